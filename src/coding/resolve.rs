//! The words of patterns → the forms of each part's vocabulary that they accept, form by form, once.

use std::sync::OnceLock;

use rayon::prelude::*;

use super::matcher::Matchers;
use crate::codebook::pattern::{Atom, AtomKind, Atoms, GlobPart, Pattern};
use crate::index::{Corpus, Part, RowSet};
use crate::language::{Compounds, FormList, GROUP, Grade, Language, Resolver, WordQuery};

/// A form that a word of a pattern accepts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Accepted {
    /// Its index in the part's vocabulary.
    pub form: u32,
    /// How it met the pattern.
    pub grade: Grade,
    /// How many words of text it stands for: more than one for suspended compounds and broken words.
    pub words: u32,
}

/// One word of a pattern with all that decides about the forms it accepts.
#[derive(Debug, Clone, PartialEq)]
pub struct AtomUse {
    /// The word.
    pub kind: AtomKind,
    /// How it takes compounds.
    pub compounds: Compounds,
    /// Whether it joins verb, noun and adjective of one stem.
    pub derive: bool,
}

/// What each word accepts in each part: `[atom][part]`, sorted by form.
#[derive(Debug)]
pub struct Resolved {
    atoms: Vec<AtomUse>,
    accepted: Vec<Vec<Vec<Accepted>>>,
    /// The rows of the part that have the word, if they were computed: phrases share their words.
    rows: Vec<Vec<OnceLock<RowSet>>>,
}

impl Resolved {
    /// The forms that a word with these options accepts in part `part`; none for one that was not resolved.
    #[must_use]
    pub fn accepted(&self, kind: &AtomKind, compounds: Compounds, derive: bool, part: usize) -> &[Accepted] {
        self.index(kind, compounds, derive).map_or(&[], |index| &self.accepted[index][part])
    }

    /// Where the rows that have a word are kept.
    pub(super) fn rows(
        &self,
        kind: &AtomKind,
        compounds: Compounds,
        derive: bool,
        part: usize,
    ) -> Option<&OnceLock<RowSet>> {
        self.index(kind, compounds, derive).map(|index| &self.rows[index][part])
    }

    fn index(&self, kind: &AtomKind, compounds: Compounds, derive: bool) -> Option<usize> {
        let wanted = order(kind, compounds, derive);
        self.atoms.binary_search_by(|known| known.order().cmp(&wanted)).ok()
    }
}

impl AtomUse {
    fn order(&self) -> Order<'_> {
        order(&self.kind, self.compounds, self.derive)
    }
}

/// A total order over words and their options, by what decides about the forms they accept.
type Order<'a> = (u8, &'a str, Compounds, bool, u8, &'a [GlobPart]);

fn order(kind: &AtomKind, compounds: Compounds, derive: bool) -> Order<'_> {
    let (rank, word, edits, glob): (u8, &str, u8, &[GlobPart]) = match kind {
        AtomKind::Word(word) => (0, word, 0, &[]),
        AtomKind::Exact(word) => (1, word, 0, &[]),
        AtomKind::ExactCase(word) => (2, word, 0, &[]),
        AtomKind::Wildcard(parts) => (3, "", 0, parts),
        AtomKind::Fuzzy { word, edits } => (4, word, *edits, &[]),
        AtomKind::Regex(source) => (5, source, 0, &[]),
    };
    (rank, word, compounds, derive, edits, glob)
}

/// All words of `pattern`, each with the pattern's options.
pub(super) fn atoms(pattern: &Pattern, compounds: Compounds, derive: bool, into: &mut Vec<AtomUse>) {
    let own = |atom: &Atom| AtomUse { kind: atom.kind.clone(), compounds, derive };
    into.extend(pattern.atoms(Atoms::All).into_iter().map(own));
}

/// Decides for every word and every form of the vocabulary whether the word accepts the form.
#[must_use]
pub fn resolve(corpus: &Corpus, languages: &[Language], atoms: Vec<AtomUse>) -> Resolved {
    resolve_among(corpus, languages, atoms, &vec![None; corpus.parts().len()])
}

/// Decides for every word which forms it accepts; in a part for which `few` has forms, only for those forms.
pub(super) fn resolve_among(
    corpus: &Corpus,
    languages: &[Language],
    mut atoms: Vec<AtomUse>,
    few: &[Option<Vec<u32>>],
) -> Resolved {
    atoms.sort_by(|a, b| a.order().cmp(&b.order()));
    atoms.dedup();
    let mut accepted: Vec<Vec<Vec<Accepted>>> = vec![Vec::with_capacity(corpus.parts().len()); atoms.len()];
    let (words, others): (Vec<usize>, Vec<usize>) =
        (0..atoms.len()).partition(|atom| matches!(atoms[*atom].kind, AtomKind::Word(_)));
    let queries: Vec<WordQuery> = words
        .iter()
        .filter_map(|atom| match &atoms[*atom].kind {
            AtomKind::Word(word) => Some(WordQuery {
                word: word.clone(),
                languages: languages.to_vec(),
                compounds: atoms[*atom].compounds,
                derive: atoms[*atom].derive,
            }),
            _ => None,
        })
        .collect();
    let resolver = Resolver::new(&queries);
    let matchers = Matchers::new(others.iter().map(|atom| &atoms[*atom].kind));
    let resolved = |(part, few): (&Part, &Option<Vec<u32>>)| {
        let all = part.vocabulary().forms();
        let few_forms = few.as_ref().map(|few| few.iter().map(|form| all.form(*form as usize)).collect::<FormList>());
        let forms = few_forms.as_ref().unwrap_or(all);
        let accept = |place: u32, grade| {
            let form = few.as_ref().map_or(place, |few| few[place as usize]);
            Accepted { form, grade, words: n_words(forms.form(place as usize)) }
        };
        let of_words = resolver.resolve(forms).into_iter();
        let of_words = of_words.map(|found| found.into_iter().map(|(form, grade)| accept(form, grade)).collect());
        let of_others = matchers.resolve(forms).into_iter();
        let of_others = of_others.map(|(grade, found)| found.into_iter().map(|form| accept(form, grade)).collect());
        of_words.chain(of_others).collect::<Vec<Vec<Accepted>>>()
    };
    for of_atoms in corpus.parts().par_iter().zip(few).map(resolved).collect::<Vec<_>>() {
        for (atom, found) in words.iter().chain(&others).zip(of_atoms) {
            accepted[*atom].push(found);
        }
    }
    let rows = atoms.iter().map(|_| corpus.parts().iter().map(|_| OnceLock::new()).collect()).collect();
    Resolved { atoms, accepted, rows }
}

/// The places in `forms`, ascending, of those that any word of a pattern that is asked for accepts.
pub(super) fn wanted_among(
    forms: &FormList,
    pattern: &Pattern,
    options: (Compounds, bool),
    languages: &[Language],
) -> Vec<u32> {
    let atoms = pattern.atoms(Atoms::Wanted);
    let query = |atom: &&Atom| match &atom.kind {
        AtomKind::Word(word) => {
            let (compounds, derive) = options;
            Some(WordQuery { word: word.clone(), languages: languages.to_vec(), compounds, derive })
        }
        _ => None,
    };
    let queries: Vec<WordQuery> = atoms.iter().filter_map(query).collect();
    let others = atoms.iter().map(|atom| &atom.kind).filter(|kind| !matches!(kind, AtomKind::Word(_)));
    let of_words = Resolver::new(&queries).resolve(forms).into_iter().flatten().map(|(form, _)| form);
    let of_others = Matchers::new(others).resolve(forms).into_iter().flat_map(|(_, found)| found);
    let mut found: Vec<u32> = of_words.chain(of_others).collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// How many words of text a form stands for.
fn n_words(form: &str) -> u32 {
    form.rsplit_once(GROUP).and_then(|(_, number)| number.parse().ok()).unwrap_or(1)
}
