//! The words of patterns → the forms of each part's vocabulary that they accept, form by form, once.

use rayon::prelude::*;

use crate::codebook::pattern::{Atom, AtomKind, Element, GlobPart, Pattern, word_regex};
use crate::index::Corpus;
use crate::language::{self, BROKEN, Compounds, GROUP, Grade, Language, WordQuery};
use crate::text::fold;

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
}

impl Resolved {
    /// The forms that `atom` accepts in part `part`; none for a word that was not resolved.
    #[must_use]
    pub fn accepted(&self, atom: &AtomUse, part: usize) -> &[Accepted] {
        match self.atoms.binary_search_by(|known| order(known).cmp(&order(atom))) {
            Ok(index) => &self.accepted[index][part],
            Err(_) => &[],
        }
    }
}

/// A total order over atoms, by what decides about the forms they accept.
fn order(atom: &AtomUse) -> (u8, &str, Compounds, bool, u8, &[GlobPart]) {
    let (rank, word, edits, glob): (u8, &str, u8, &[GlobPart]) = match &atom.kind {
        AtomKind::Word(word) => (0, word, 0, &[]),
        AtomKind::Exact(word) => (1, word, 0, &[]),
        AtomKind::ExactCase(word) => (2, word, 0, &[]),
        AtomKind::Wildcard(parts) => (3, "", 0, parts),
        AtomKind::Fuzzy { word, edits } => (4, word, *edits, &[]),
        AtomKind::Regex(source) => (5, source, 0, &[]),
    };
    (rank, word, atom.compounds, atom.derive, edits, glob)
}

/// All words of `pattern`, each with the pattern's options.
pub(super) fn atoms(pattern: &Pattern, compounds: Compounds, derive: bool, into: &mut Vec<AtomUse>) {
    let mut add = |atom: &Atom| into.push(AtomUse { kind: atom.kind.clone(), compounds, derive });
    match pattern {
        Pattern::Word(atom) => add(atom),
        Pattern::Phrase(elements) => elements.iter().for_each(|element| {
            if let Element::Atom(atom) = element {
                add(atom);
            }
        }),
        Pattern::Near { left, right, .. } | Pattern::NotNear { left, right, .. } => {
            atoms(left, compounds, derive, into);
            atoms(right, compounds, derive, into);
        }
        Pattern::And(parts) | Pattern::Or(parts) => {
            parts.iter().for_each(|part| atoms(part, compounds, derive, into));
        }
        Pattern::Not(inner) => atoms(inner, compounds, derive, into),
        Pattern::Filter(_) => {}
    }
}

/// Decides for every word and every form of the vocabulary whether the word accepts the form.
#[must_use]
pub fn resolve(corpus: &Corpus, languages: &[Language], mut atoms: Vec<AtomUse>) -> Resolved {
    atoms.sort_by(|a, b| order(a).cmp(&order(b)));
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
    let matchers: Vec<Matcher> = others.iter().map(|atom| Matcher::new(&atoms[*atom].kind)).collect();
    for part in corpus.parts() {
        let forms = part.vocabulary().forms();
        let of_words = language::resolve(&queries, &forms);
        for (atom, found) in words.iter().zip(of_words) {
            let found =
                found.into_iter().map(|(form, grade)| Accepted { form, grade, words: n_words(forms[form as usize]) });
            accepted[*atom].push(found.collect());
        }
        let hyphenated: Vec<u32> = (0..).zip(&forms).filter(|(_, form)| has_pieces(form)).map(|(i, _)| i).collect();
        let of_others: Vec<_> = matchers.par_iter().map(|matcher| matcher.resolve(&forms, &hyphenated)).collect();
        for (atom, found) in others.iter().zip(of_others) {
            accepted[*atom].push(found);
        }
    }
    Resolved { atoms, accepted }
}

/// How many words of text a form stands for.
fn n_words(form: &str) -> u32 {
    form.rsplit_once(GROUP).and_then(|(_, number)| number.parse().ok()).unwrap_or(1)
}

fn has_pieces(form: &str) -> bool {
    form.contains(['-', GROUP])
}

/// The words that a form shows to wildcards, regular expressions and edits: itself, and the parts between
/// its hyphens; for a broken word the whole word. A suspended compound shows nothing beyond its parts.
pub(super) fn pieces(form: &str) -> Vec<String> {
    if let Some((body, _)) = form.rsplit_once(GROUP) {
        return match body.split_once(BROKEN) {
            Some((left, right)) => vec![format!("{}{right}", left.trim_end_matches('-'))],
            None => Vec::new(),
        };
    }
    let whole = form.trim_matches('-');
    let mut pieces = vec![whole.to_owned()];
    if whole.contains('-') {
        pieces.extend(whole.split('-').filter(|piece| !piece.is_empty()).map(str::to_owned));
    }
    pieces
}

/// Recognises forms by everything but inflection.
pub(super) enum Matcher {
    /// This whole form.
    Exact(String),
    /// Over the whole word or a part between hyphens.
    Wildcard(Vec<GlobPart>),
    Fuzzy {
        word: String,
        edits: u8,
    },
    Regex(Option<regex::Regex>),
}

impl Matcher {
    pub(super) fn new(kind: &AtomKind) -> Self {
        match kind {
            AtomKind::Word(word) | AtomKind::Exact(word) => Self::Exact(word.clone()),
            AtomKind::ExactCase(word) => Self::Exact(fold(word)),
            AtomKind::Wildcard(parts) => Self::Wildcard(parts.clone()),
            AtomKind::Fuzzy { word, edits } => Self::Fuzzy { word: word.clone(), edits: *edits },
            // The pattern parser has compiled it before; one that does not compile matches nothing.
            AtomKind::Regex(source) => Self::Regex(word_regex(source).ok()),
        }
    }

    fn grade(&self) -> Grade {
        match self {
            Self::Exact(_) => Grade::Exact,
            Self::Wildcard(_) => Grade::Wildcard,
            Self::Fuzzy { .. } => Grade::Fuzzy,
            Self::Regex(_) => Grade::Regex,
        }
    }

    /// Whether one word, without regard to hyphens, is met.
    fn is_match(&self, word: &str) -> bool {
        match self {
            Self::Exact(exact) => exact == word,
            Self::Wildcard(parts) => glob_matches(parts, word),
            Self::Fuzzy { word: wanted, edits } => within_edits(wanted, word, *edits),
            Self::Regex(regex) => regex.as_ref().is_some_and(|regex| regex.is_match(word)),
        }
    }

    /// How the form is met, if it is: the slow, obvious definition.
    pub(super) fn accept(&self, form: &str) -> Option<Grade> {
        let is_met = match self {
            Self::Exact(exact) => exact == form || exact == form.trim_matches('-') && !form.contains(GROUP),
            _ if has_pieces(form) => pieces(form).iter().any(|piece| self.is_match(piece)),
            _ => self.is_match(form),
        };
        is_met.then(|| self.grade())
    }

    fn resolve(&self, forms: &[&str], hyphenated: &[u32]) -> Vec<Accepted> {
        let prefix = match self {
            Self::Exact(exact) => exact.as_str(),
            Self::Wildcard(parts) => match parts.first() {
                Some(GlobPart::Literal(literal)) => literal.as_str(),
                _ => "",
            },
            Self::Fuzzy { .. } | Self::Regex(_) => "",
        };
        let start = forms.partition_point(|form| *form < prefix);
        let end = start + forms[start..].partition_point(|form| form.starts_with(prefix));
        let mut found: Vec<Accepted> = (start..end)
            .filter(|form| !has_pieces(forms[*form]))
            .chain(hyphenated.iter().map(|form| *form as usize))
            .filter(|form| !forms[*form].starts_with(crate::index::BREAK))
            .filter_map(|form| {
                let grade = self.accept(forms[form])?;
                let index = u32::try_from(form).expect("a vocabulary has fewer than 2^32 forms");
                Some(Accepted { form: index, grade, words: n_words(forms[form]) })
            })
            .collect();
        found.sort_unstable();
        found
    }
}

/// Whether the parts cover the whole word.
fn glob_matches(parts: &[GlobPart], word: &str) -> bool {
    // Where to resume when a literal fails: behind the last `*`, one character later.
    let (mut part, mut rest) = (0, word);
    let mut resume: Option<(usize, &str)> = None;
    loop {
        let step = match parts.get(part) {
            None => rest.is_empty().then_some(rest),
            Some(GlobPart::Any) => {
                part += 1;
                resume = Some((part, rest));
                continue;
            }
            Some(GlobPart::One) => rest.chars().next().map(|first| &rest[first.len_utf8()..]),
            Some(GlobPart::Literal(literal)) => rest.strip_prefix(literal.as_str()),
        };
        match (step, &mut resume) {
            (Some(_), _) if part >= parts.len() => return true,
            (Some(next), _) => {
                part += 1;
                rest = next;
            }
            (None, Some((resume_part, resume_rest))) => {
                let Some(first) = resume_rest.chars().next() else { return false };
                *resume_rest = &resume_rest[first.len_utf8()..];
                part = *resume_part;
                rest = resume_rest;
            }
            (None, None) => return false,
        }
    }
}

/// Whether so many insertions, deletions, replacements or swaps of neighbours turn one word into the other.
fn within_edits(wanted: &str, word: &str, edits: u8) -> bool {
    let edits = usize::from(edits);
    if wanted.len().abs_diff(word.len()) > edits * 4 {
        return false;
    }
    strsim::osa_distance(wanted, word) <= edits
}

#[cfg(test)]
mod tests {
    use super::*;

    fn glob(pattern: &str) -> Vec<GlobPart> {
        let mut parts = Vec::new();
        for character in pattern.chars() {
            match (character, parts.last_mut()) {
                ('*', _) => parts.push(GlobPart::Any),
                ('?', _) => parts.push(GlobPart::One),
                (other, Some(GlobPart::Literal(literal))) => literal.push(other),
                (other, _) => parts.push(GlobPart::Literal(other.to_string())),
            }
        }
        parts
    }

    #[test]
    fn wildcards_cover_the_whole_word() {
        for (pattern, word, expected) in [
            ("forankr*", "forankret", true),
            ("forankr*", "uforankret", false),
            ("*sjel*", "ildsjelene", true),
            ("*sjel*", "sjel", true),
            ("prosjektt?etthet", "prosjekttretthet", true),
            ("prosjektt?etthet", "prosjekttretthets", false),
            ("?re", "øre", true),
            ("*a*b", "xaabab", true),
            ("*a*b", "xaaba", false),
            ("*", "", true),
        ] {
            assert_eq!(glob_matches(&glob(pattern), word), expected, "{pattern} {word}");
        }
    }

    #[test]
    fn wildcards_see_hyphenated_parts_and_exact_words_do_not() {
        let wildcard = Matcher::new(&AtomKind::Wildcard(glob("lær*")));
        assert_eq!(wildcard.accept("e-læring"), Some(Grade::Wildcard));
        assert_eq!(wildcard.accept("innlæring"), None);
        let exact = Matcher::new(&AtomKind::Exact("læring".to_owned()));
        assert_eq!(exact.accept("læring"), Some(Grade::Exact));
        assert_eq!(exact.accept("e-læring"), None);
    }

    #[test]
    fn edits_count_characters() {
        assert!(within_edits("prosjekttretthet", "prosjektrettthet", 1));
        assert!(within_edits("læring", "lering", 1));
        assert!(!within_edits("læring", "leringen", 1));
    }
}
