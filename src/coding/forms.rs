//! Which forms each pattern caught, how often and by which grade, and the near ones that it did not.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::mention::Codings;
use crate::codebook::Codebook;
use crate::codebook::pattern::{AtomKind, Pattern};
use crate::index::{BREAK, Corpus, Part};
use crate::language::{GROUP, Grade, Rejection, WordMatcher, WordQuery};

/// A form that a pattern caught.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct FormCount {
    /// The form, folded; several words with a blank between.
    pub form: String,
    /// How it met the pattern.
    pub grade: Grade,
    /// Mentions by this form.
    pub count: u64,
}

/// Mentions by form, for every pattern of every code.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FormCounts {
    counts: BTreeMap<(usize, u16), BTreeMap<(String, Grade), u64>>,
}

impl FormCounts {
    /// Mentions of one form each, counted by the numbers that forms have in the vocabulary.
    pub(super) fn of_single_forms(corpus: &Corpus, codings: &Codings) -> Self {
        let mut counts = Self::default();
        for (code, mentions) in codings.codes.iter().enumerate() {
            for in_part in corpus.parts() {
                let rows = in_part.first_row()..in_part.first_row() + in_part.n_rows();
                let start = mentions.partition_point(|mention| (mention.row as usize) < rows.start);
                let end = mentions.partition_point(|mention| (mention.row as usize) < rows.end);
                let mut by_form: Vec<(u16, usize, Grade)> = mentions[start..end]
                    .iter()
                    .filter_map(|mention| Some((mention.pattern, mention.form()?, mention.grade)))
                    .collect();
                by_form.sort_unstable();
                for same in by_form.chunk_by(|a, b| a == b) {
                    let (pattern, form, grade) = same[0];
                    counts.add(code, pattern, shown(in_part.vocabulary().form(form)), grade, same.len() as u64);
                }
            }
        }
        counts
    }

    pub(super) fn add(&mut self, code: usize, pattern: u16, form: String, grade: Grade, count: u64) {
        *self.counts.entry((code, pattern)).or_default().entry((form, grade)).or_default() += count;
    }

    /// The forms that a pattern caught: by grade, then the most frequent first.
    #[must_use]
    pub fn of(&self, code: usize, pattern: usize) -> Vec<FormCount> {
        let Ok(pattern) = u16::try_from(pattern) else { return Vec::new() };
        let mut forms: Vec<FormCount> = self
            .counts
            .get(&(code, pattern))
            .into_iter()
            .flatten()
            .map(|((form, grade), count)| FormCount { form: form.clone(), grade: *grade, count: *count })
            .collect();
        forms.sort_by(|a, b| (a.grade, b.count, &a.form).cmp(&(b.grade, a.count, &b.form)));
        forms
    }
}

/// A group's form as people write it: `politiker- … ledernettverk`.
fn shown(form: &str) -> String {
    match form.rsplit_once(GROUP) {
        Some((body, _)) => body.replace(GROUP, " … ").replace(crate::language::BROKEN, " "),
        None => form.to_owned(),
    }
}

/// A form that looks like a pattern's word and is none of its forms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NearForm {
    /// The form.
    pub form: String,
    /// In how many segments of the index it stands.
    pub segments: u64,
    /// Why the pattern did not catch it.
    pub reason: Rejection,
}

/// At most so many near forms are shown for one pattern, the most frequent first.
const MOST_NEAR: usize = 12;

/// For every pattern that is one bare word, the near forms that it did not catch; other patterns have none.
#[must_use]
pub fn near_forms(corpus: &Corpus, codebook: &Codebook, codes: &[usize]) -> BTreeMap<(usize, usize), Vec<NearForm>> {
    let vocabulary = living_forms(corpus);
    let patterns: Vec<(usize, usize)> = codes
        .iter()
        .flat_map(|code| (0..codebook.codes[*code].patterns.len()).map(|pattern| (*code, pattern)))
        .collect();
    patterns
        .into_par_iter()
        .filter_map(|(code, index)| {
            let pattern = &codebook.codes[code].patterns[index];
            let Pattern::Word(atom) = &pattern.pattern else { return None };
            let AtomKind::Word(word) = &atom.kind else { return None };
            let matcher = WordMatcher::new(&WordQuery {
                word: word.clone(),
                languages: codebook.languages.clone(),
                compounds: pattern.compounds,
                derive: pattern.derive,
            });
            let mut near: Vec<NearForm> = vocabulary
                .iter()
                .filter_map(|(form, segments)| {
                    let reason = matcher.near(form)?;
                    Some(NearForm { form: (*form).to_owned(), segments: *segments, reason })
                })
                .collect();
            near.sort_by(|a, b| (b.segments, &a.form).cmp(&(a.segments, &b.form)));
            near.truncate(MOST_NEAR);
            Some(((code, index), near))
        })
        .collect()
}

/// Every plain form of the index with the number of segments that it stands in.
fn living_forms(corpus: &Corpus) -> BTreeMap<&str, u64> {
    let mut forms: BTreeMap<&str, u64> = BTreeMap::new();
    for part in corpus.parts() {
        let first = usize::from(part.vocabulary().find(BREAK).is_some());
        for index in first..part.vocabulary().len() {
            let form = part.vocabulary().form(index);
            if !form.contains(GROUP) {
                *forms.entry(form).or_default() += living_rows(corpus, part, index);
            }
        }
    }
    forms.retain(|_, segments| *segments > 0);
    forms
}

fn living_rows(corpus: &Corpus, part: &Part, form: usize) -> u64 {
    // Rows of older readings are few; only where there are any must postings be walked.
    if part.is_all_alive() {
        return part.vocabulary().row_frequency(form) as u64;
    }
    let Ok(mut posting) = part.posting(form) else { return 0 };
    let mut living = 0;
    while let Some(row) = posting.row() {
        living += u64::from(corpus.rows().document(part.first_row() + row).is_some());
        posting.advance();
    }
    living
}
