//! The mentions of codes, found through the index.

use std::cmp::Ordering;
use std::ops::Range;

use rayon::prelude::*;

use super::evaluate::{Among, Ground, Hit};
use super::order::sort_in_rows;
use super::overlap::{Place, resolve_overlaps};
use super::people::People;
use super::resolve::{AtomUse, Resolved, atoms, resolve, resolve_among};
use crate::codebook::pattern::{AtomKind, Filter, Pattern};
use crate::codebook::{CodePattern, Codebook};
use crate::index::{Corpus, Part, RowSet};
use crate::language::{Compounds, Grade, Language, Stance};
use crate::text::narrow;

/// In an index with more rows than this the codes are taken in several rounds.
const ROWS_IN_A_ROUND: usize = 500_000;

/// With at most this many rows, reading their texts is faster than deciding about all forms of a part.
const FEW_TEXTS: usize = 256;

/// The pattern of a mention that a person made.
pub const NO_PATTERN: u16 = u16::MAX;

/// One mention of a code. 20 bytes: there can be millions. In order of place, then pattern, then grade.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mention {
    /// The row, numbered through all parts of the corpus.
    pub row: u32,
    /// First word, from 0 in the segment.
    pub from: u32,
    /// One past the last word.
    pub to: u32,
    /// The form in the vocabulary of the row's part, for a mention of one form.
    form: u32,
    /// Index of the pattern in its code, or [`NO_PATTERN`].
    pub pattern: u16,
    /// How the form met the pattern.
    pub grade: Grade,
    /// How the passage puts the theme: told to whoever has [`Codings`](super::Codings), since only texts tell it. Until
    /// then, what the pattern or the person says of it.
    pub(super) stance: Option<Stance>,
}

impl Mention {
    /// A place of several words that no pattern of a code found.
    #[must_use]
    pub fn of_words(row: u32, words: Range<u32>, grade: Grade) -> Self {
        let form = super::evaluate::NO_FORM;
        Self { row, from: words.start, to: words.end, form, pattern: 0, grade, stance: None }
    }

    /// A place where a person applied a code, with the stance that the person said it has.
    #[must_use]
    pub fn manual(row: u32, words: Range<u32>, stance: Option<Stance>) -> Self {
        Self { pattern: NO_PATTERN, stance, ..Self::of_words(row, words, Grade::Manual) }
    }

    /// The form in the vocabulary of the row's part; `None` for a mention of several forms.
    #[must_use]
    pub fn form(&self) -> Option<usize> {
        (self.form != super::evaluate::NO_FORM).then_some(self.form as usize)
    }
}

impl Ord for Mention {
    fn cmp(&self, other: &Self) -> Ordering {
        // Row and first word in one number, which is compared at once.
        let start = |mention: &Self| u64::from(mention.row) << 32 | u64::from(mention.from);
        let rest = |mention: &Self| (mention.to, mention.pattern, mention.grade, mention.form, mention.stance);
        start(self).cmp(&start(other)).then_with(|| rest(self).cmp(&rest(other)))
    }
}

impl PartialOrd for Mention {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Place for Mention {
    fn row(&self) -> u32 {
        self.row
    }

    fn words(&self) -> Range<u32> {
        self.from..self.to
    }

    fn rank(&self) -> u32 {
        u32::from(self.pattern)
    }
}

/// The mentions of each code, by the codebook's order, each list sorted by row and word. How they put their themes is
/// not known before [`quote`](super::quote()) has read their texts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mentions {
    /// By index of the code.
    pub codes: Vec<Vec<Mention>>,
    /// The people who support them, besides the rules.
    pub people: People,
}

impl Mentions {
    /// No mention of any of so many codes.
    #[must_use]
    pub fn none(n_codes: usize) -> Self {
        Self { codes: vec![Vec::new(); n_codes], people: People::default() }
    }

    /// All of them, code by code.
    pub fn all(&self) -> impl Iterator<Item = &Mention> {
        self.codes.iter().flatten()
    }

    /// Those of a code in some rows.
    #[must_use]
    pub fn in_rows(&self, code: usize, rows: Range<usize>) -> &[Mention] {
        let mentions = &self.codes[code];
        let first = mentions.partition_point(|mention| (mention.row as usize) < rows.start);
        let n = mentions[first..].iter().take_while(|mention| (mention.row as usize) < rows.end).count();
        &mentions[first..first + n]
    }

    /// How many there are.
    #[must_use]
    pub fn total(&self) -> usize {
        self.codes.iter().map(Vec::len).sum()
    }
}

/// Finds the mentions of the codes at the indices `which`; the lists of all others stay empty.
///
/// `open` says, by row, where mentions may be: in material that is not excluded from this run.
///
/// # Errors
/// When the index cannot be read.
pub fn apply(corpus: &Corpus, codebook: &Codebook, which: &[usize], open: &[bool]) -> std::io::Result<Mentions> {
    let open = by_part(corpus, open);
    let few: Vec<Option<Among>> = corpus.parts().iter().zip(&open).map(|(part, open)| Among::few(part, open)).collect();
    let few_forms = corpus.parts().par_iter().zip(&few).map(|(part, few)| {
        let few = few.as_ref().map(Among::rows).filter(|rows| rows.len() <= FEW_TEXTS);
        few.map(|rows| part.forms_in(rows)).transpose()
    });
    let few_forms: Vec<Option<Vec<u32>>> = few_forms.collect::<std::io::Result<_>>()?;
    let resolved = resolve_among(corpus, &codebook.languages, words(codebook, which), &few_forms);
    let find = |code: usize, part: usize| {
        let code = &codebook.codes[code];
        let vocabulary = corpus.parts()[part].vocabulary();
        let mut shut_out: Vec<u32> =
            code.forms_not.iter().filter_map(|form| vocabulary.forms().find(form)).map(narrow).collect();
        shut_out.sort_unstable();
        let (open, few) = (&open[part], few[part].as_ref());
        let setting = Setting { corpus, part, resolved: &resolved, open, few, shut_out: &shut_out };
        setting.mentions(&code.patterns, &code.not, &|_, part| vec![true; part.n_rows()])
    };
    let mut all = Mentions::none(codebook.codes.len());
    let n_parts = corpus.parts().len().max(1);
    // What was found part by part is let go of before the next round: there may be millions of mentions.
    let n_rounds = 1 + corpus.rows().len() / ROWS_IN_A_ROUND;
    for codes in which.chunks(which.len().div_ceil(n_rounds).max(1)) {
        let tasks: Vec<(usize, usize)> =
            codes.iter().flat_map(|code| (0..corpus.parts().len()).map(|part| (*code, part))).collect();
        let found: Vec<Vec<Mention>> =
            tasks.par_iter().map(|(code, part)| find(*code, *part)).collect::<std::io::Result<_>>()?;
        let of_codes: Vec<Vec<Mention>> = found.par_chunks(n_parts).map(<[_]>::concat).collect();
        for (code, mentions) in codes.iter().zip(of_codes) {
            all.codes[*code] = mentions;
        }
    }
    Ok(all)
}

/// All words of the patterns of the codes at the indices `which`.
#[must_use]
pub fn words(codebook: &Codebook, which: &[usize]) -> Vec<AtomUse> {
    let mut words = Vec::new();
    for code in which.iter().map(|index| &codebook.codes[*index]) {
        for pattern in code.patterns.iter().chain(&code.not) {
            atoms(&pattern.pattern, pattern.compounds, pattern.derive, &mut words);
        }
    }
    words
}

/// A pattern by itself, with the options that a codebook would give it.
#[derive(Debug, Clone)]
pub struct Query {
    /// The pattern.
    pub pattern: Pattern,
    /// Languages its words are inflected in.
    pub languages: Vec<Language>,
    /// How bare words take compounds.
    pub compounds: Compounds,
    /// Whether bare words join verb, noun and adjective of one stem.
    pub derive: bool,
}

/// Finds the mentions of a pattern by itself: those that a code with only this pattern would have.
///
/// `filter` says which rows of a part a filter lets pass.
///
/// # Errors
/// When the index cannot be read.
pub fn find(
    corpus: &Corpus,
    query: &Query,
    open: &[bool],
    filter: &(dyn Fn(&Filter, &Part) -> Vec<bool> + Sync),
) -> std::io::Result<Vec<Mention>> {
    let mut words: Vec<AtomUse> = Vec::new();
    atoms(&query.pattern, query.compounds, query.derive, &mut words);
    let resolved = resolve(corpus, &query.languages, words);
    let pattern = CodePattern {
        source: String::new(),
        pattern: query.pattern.clone(),
        compounds: query.compounds,
        derive: query.derive,
        stance: None,
    };
    let found: Vec<Vec<Mention>> = by_part(corpus, open)
        .par_iter()
        .enumerate()
        .map(|(part, open)| {
            let few = Among::few(&corpus.parts()[part], open);
            let setting = Setting { corpus, part, resolved: &resolved, open, few: few.as_ref(), shut_out: &[] };
            setting.mentions(std::slice::from_ref(&pattern), &[], filter)
        })
        .collect::<std::io::Result<_>>()?;
    Ok(found.concat())
}

/// The open rows of each part.
fn by_part(corpus: &Corpus, open: &[bool]) -> Vec<RowSet> {
    corpus.parts().iter().map(|part| RowSet::of(&open[part.first_row()..part.first_row() + part.n_rows()])).collect()
}

struct Setting<'a> {
    corpus: &'a Corpus,
    part: usize,
    resolved: &'a Resolved,
    open: &'a RowSet,
    few: Option<&'a Among>,
    shut_out: &'a [u32],
}

impl Setting<'_> {
    fn mentions(
        &self,
        patterns: &[CodePattern],
        not: &[CodePattern],
        filter: &dyn Fn(&Filter, &Part) -> Vec<bool>,
    ) -> std::io::Result<Vec<Mention>> {
        let part = &self.corpus.parts()[self.part];
        let ground = |pattern: &CodePattern| Ground {
            corpus: self.corpus,
            part,
            part_index: self.part,
            resolved: self.resolved,
            open: self.open,
            few: self.few,
            compounds: pattern.compounds,
            derive: pattern.derive,
            shut_out: self.shut_out,
            filter,
        };
        let mut matches = Vec::new();
        for (index, pattern) in patterns.iter().enumerate() {
            let index = u16::try_from(index).expect("a code has fewer patterns than 16 bits count");
            let mut take = |hit: Hit| matches.push(mention(&hit, part, index, pattern.stance));
            match &pattern.pattern {
                // All are sorted below, so single words need not be sorted each by itself.
                Pattern::Word(atom) if !matches!(atom.kind, AtomKind::ExactCase(_)) => {
                    ground(pattern).each(atom, None, &mut take)?;
                }
                other => ground(pattern).hits(other)?.into_iter().for_each(take),
            }
        }
        let mut void = Vec::new();
        for pattern in not {
            let hits = ground(pattern).hits(&pattern.pattern)?;
            void.extend(hits.iter().map(|hit| mention(hit, part, 0, None)));
        }
        let row = |mention: &Mention| mention.row as usize - part.first_row();
        sort_in_rows(&mut matches, part.n_rows(), row);
        sort_in_rows(&mut void, part.n_rows(), row);
        Ok(resolve_overlaps(matches, &void))
    }
}

fn mention(hit: &Hit, part: &Part, pattern: u16, stance: Option<Stance>) -> Mention {
    let row = narrow(part.first_row()) + hit.row;
    Mention { row, from: hit.from, to: hit.to, form: hit.form, pattern, grade: hit.grade, stance }
}
