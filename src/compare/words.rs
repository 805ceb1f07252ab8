//! The word forms that set one part of the material apart from another, counted from the index.
//!
//! The measures assume that words fall independently of each other. They do not, so with realistic interviews more
//! than half of all chance differences look significant: what is found here is a list to look through, for themes that
//! a codebook lacks. It is no test, and no p is given.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::Themes;
use crate::index::{Corpus, Part, Places};
use crate::language::{BROKEN, GROUP};
use crate::material::Material;
use crate::stats::{Exposed, bic, dispersion, g2_two_cell, log_ratio};

/// In no group.
const NOWHERE: u8 = u8::MAX;

/// What is set apart from what: rows in two groups.
#[derive(Debug, Clone)]
pub struct WordQuestion {
    /// By row of the corpus: whether it is of the part that is looked at (`true`), of what it is set against, or of
    /// neither.
    pub rows: Vec<Option<bool>>,
    /// Forms with fewer occurrences in both groups together are left out.
    pub fewest: u64,
    /// Forms in fewer documents are left out: they are one voice's.
    pub fewest_documents: usize,
}

/// A form, more or less frequent in the group than in the rest.
#[derive(Debug, Clone, PartialEq)]
pub struct Word {
    /// The folded form.
    pub form: String,
    /// Occurrences in the group.
    pub count: u64,
    /// Documents of the group that have it.
    pub documents: usize,
    /// Occurrences in what the group is set against.
    pub rest_count: u64,
    /// Documents of that which have it.
    pub rest_documents: usize,
    /// The measures.
    pub keyness: Keyness,
}

/// How far a form sets a group apart.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Keyness {
    /// Log-likelihood ratio over two cells, with the sign of the difference.
    pub g2: f64,
    /// Doublings; a count of 0 taken as ½.
    pub log_ratio: f64,
    /// G² less ln N: below 0 the counts speak for no difference.
    pub bic: f64,
    /// DPnorm over the documents of the side where the form is more frequent: 0 even, 1 all in one small document.
    pub dp_norm: Option<f64>,
}

/// The words of one group against the rest.
#[derive(Debug, Clone, PartialEq)]
pub struct WordGroup {
    /// Words in the group.
    pub words_total: u64,
    /// Documents in the group.
    pub documents_total: usize,
    /// Words in the rest.
    pub rest_words_total: u64,
    /// Documents in the rest.
    pub rest_documents_total: usize,
    /// Forms that were frequent enough to be looked at.
    pub forms_looked_at: usize,
    /// Forms with BIC above 0, those that are more frequent in the group first, each side by falling |G²|.
    pub words: Vec<Word>,
}

/// The rows that no code reached.
#[must_use]
pub fn uncoded_rows(themes: Themes<'_>) -> Vec<bool> {
    let mut uncoded = vec![false; themes.corpus.rows().len()];
    themes.rows().for_each(|(_, row)| uncoded[row] = true);
    for mention in themes.codings.mentions().all() {
        uncoded[mention.row as usize] = false;
    }
    uncoded
}

/// Counts all forms in both groups and gives those that set them apart.
///
/// # Errors
/// When the index cannot be read.
pub fn words(corpus: &Corpus, material: &Material, question: &WordQuestion) -> std::io::Result<WordGroup> {
    let mut side_of_row = vec![NOWHERE; corpus.rows().len()];
    let mut sizes: [BTreeMap<usize, u64>; 2] = [BTreeMap::new(), BTreeMap::new()];
    for (document, row) in material.counted_rows(corpus) {
        if let Some(is_group) = question.rows[row] {
            let side = usize::from(!is_group);
            side_of_row[row] = u8::from(!is_group);
            *sizes[side].entry(document).or_default() += u64::from(corpus.rows().n_words(row));
        }
    }
    let totals = sizes.each_ref().map(|sizes| sizes.values().sum::<u64>());
    let ground = Ground { corpus, question, side_of_row, sizes, totals };
    let forms = forms(corpus);
    let found: Vec<Option<Option<Word>>> =
        forms.into_par_iter().map(|(form, places)| ground.word(form, &places)).collect::<std::io::Result<_>>()?;
    let forms_looked_at = found.iter().flatten().count();
    let mut words: Vec<Word> = found.into_iter().flatten().flatten().collect();
    words.sort_by(|a, b| {
        let (a_g2, b_g2) = (a.keyness.g2, b.keyness.g2);
        (a_g2 < 0.0).cmp(&(b_g2 < 0.0)).then(b_g2.abs().total_cmp(&a_g2.abs())).then_with(|| a.form.cmp(&b.form))
    });
    Ok(WordGroup {
        words_total: totals[0],
        documents_total: ground.sizes[0].len(),
        rest_words_total: totals[1],
        rest_documents_total: ground.sizes[1].len(),
        forms_looked_at,
        words,
    })
}

/// Every form that is a word, with the parts that have it and its place in their vocabularies.
fn forms(corpus: &Corpus) -> Vec<(&str, Vec<(usize, usize)>)> {
    let is_word = |form: &str| !form.contains([GROUP, BROKEN]) && form.chars().any(char::is_alphabetic);
    let mut all: Vec<(&str, usize, usize)> = Vec::new();
    for (number, part) in corpus.parts().iter().enumerate() {
        let forms = part.vocabulary().forms().iter().enumerate();
        all.extend(forms.filter(|(_, form)| is_word(form)).map(|(place, form)| (form, number, place)));
    }
    all.par_sort_unstable();
    all.chunk_by(|a, b| a.0 == b.0)
        .map(|same| (same[0].0, same.iter().map(|(_, part, place)| (*part, *place)).collect()))
        .collect()
}

struct Ground<'a> {
    corpus: &'a Corpus,
    question: &'a WordQuestion,
    side_of_row: Vec<u8>,
    /// Words of each document on each side.
    sizes: [BTreeMap<usize, u64>; 2],
    totals: [u64; 2],
}

impl Ground<'_> {
    /// `None` for a form that is too rare; `Some(None)` for one that sets nothing apart.
    fn word(&self, form: &str, places: &[(usize, usize)]) -> std::io::Result<Option<Option<Word>>> {
        let mut counts: [BTreeMap<usize, u64>; 2] = [BTreeMap::new(), BTreeMap::new()];
        for (part, place) in places {
            self.count(&self.corpus.parts()[*part], *place, &mut counts)?;
        }
        let sums = counts.each_ref().map(|counts| counts.values().sum::<u64>());
        let n_documents = counts[0].keys().chain(counts[1].keys().filter(|d| !counts[0].contains_key(d))).count();
        if sums[0] + sums[1] < self.question.fewest || n_documents < self.question.fewest_documents {
            return Ok(None);
        }
        let exposed = [0, 1].map(|side| Exposed { count: sums[side], exposure: self.totals[side] });
        let both = g2_two_cell(exposed[0], exposed[1]).zip(log_ratio(exposed[0], exposed[1]));
        let Some((g2, log_ratio)) = both else { return Ok(Some(None)) };
        let Some(bic) = bic(g2.g2, self.totals[0] + self.totals[1]).filter(|bic| *bic > 0.0) else {
            return Ok(Some(None));
        };
        let side = usize::from(g2.signed < 0.0);
        let parts: Vec<Exposed> = self.sizes[side]
            .iter()
            .map(|(document, size)| Exposed {
                count: counts[side].get(document).copied().unwrap_or(0),
                exposure: *size,
            })
            .collect();
        Ok(Some(Some(Word {
            form: form.to_owned(),
            count: sums[0],
            documents: counts[0].len(),
            rest_count: sums[1],
            rest_documents: counts[1].len(),
            keyness: Keyness {
                g2: g2.signed,
                log_ratio: log_ratio.log2,
                bic,
                dp_norm: dispersion(&parts).and_then(|found| found.dp_norm),
            },
        })))
    }

    fn count(&self, part: &Part, place: usize, counts: &mut [BTreeMap<usize, u64>; 2]) -> std::io::Result<()> {
        let mut posting = part.posting(place)?;
        let mut places = Places::default();
        while let Some(row) = posting.row() {
            let row = part.first_row() + row;
            let side = self.side_of_row[row];
            if side != NOWHERE
                && let Some(document) = self.corpus.rows().document(row)
            {
                posting.places(&mut places);
                *counts[usize::from(side)].entry(document).or_default() += places.len() as u64;
            }
            posting.advance();
        }
        Ok(())
    }
}
