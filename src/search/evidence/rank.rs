//! How well a passage answers the words of a claim.
//!
//! A passage scores by BM25 over the claim's words, whose forms count by how surely they speak of the word
//! (`forms`); then by what stands around it, since a paragraph seldom repeats what the page is about; then by how near
//! to each other different words of the claim stand; then by who speaks, where the claim names a speaker, and by case
//! and phase, where it names those. The constants were chosen on one half of two
//! public collections of questions and checked on the whole (`examples/ranking.rs` prints the figures).

use std::ops::Range;

use super::forms::Forms;
use super::layout::Layout;
use super::words::ClaimWord;
use crate::index::Corpus;
use crate::material::{Material, RowState};

/// What the ranking weighs; the default is what was measured to be best.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Weights {
    /// How soon a word that stands again stops counting.
    pub k1: f64,
    /// How much long passages are held back, 0 to 1.
    pub b: f64,
    /// What nearness of two words is worth.
    pub near: f64,
    /// What it is worth that the named speaker says all of it.
    pub speaker: f64,
    /// What it is worth that the named speaker opens it.
    pub opens: f64,
    /// What it is worth to stand in a named case or phase.
    pub cell: f64,
    /// What the surroundings of a passage are worth beside the passage itself.
    pub around: f64,
    /// A theme of the codebook that the claim mentions weighs so much beside a word.
    pub code: f64,
}

impl Default for Weights {
    fn default() -> Self {
        Self { k1: 0.9, b: 0.6, near: 1.5, speaker: 2.5, opens: 0.3, cell: 0.5, around: 1.2, code: 0.4 }
    }
}

/// One word or theme to be ranked by.
#[derive(Debug, Clone)]
pub(super) struct Term<'a> {
    /// What it weighs by its role.
    pub(super) weight: f64,
    /// What it is looked for by.
    pub(super) by: By<'a>,
}

#[derive(Debug, Clone)]
pub(super) enum By<'a> {
    Word(&'a ClaimWord),
    /// The rows with a mention of a code, ascending, one entry a mention.
    Code(Vec<u32>),
}

/// A passage and its score.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Ranked {
    pub(super) rows: Range<usize>,
    pub(super) score: f64,
    /// How much of the claim's words, by their weight, it has: 0 to 1.
    pub(super) coverage: f64,
}

/// What stands around a passage, itself included, is this many words.
const AROUND_WORDS: u64 = 400;
/// How much many words around are held back.
const AROUND_B: f64 = 0.75;
/// Passages that are looked at closely for nearness.
const CLOSELY: usize = 60;
/// Passages that come so far.
const KEPT: usize = 400;

#[derive(Debug)]
pub(super) struct Ranking<'a> {
    pub(super) corpus: &'a Corpus,
    pub(super) material: &'a Material,
    pub(super) layout: &'a Layout,
    pub(super) forms: &'a Forms,
    pub(super) terms: Vec<Term<'a>>,
    pub(super) weights: Weights,
}

impl Ranking<'_> {
    /// Passages that do not overlap, the best first, and how rare each term is. `boost` multiplies by what the claim
    /// names.
    pub(super) fn passages(&self, boost: &dyn Fn(&Range<usize>) -> f64) -> std::io::Result<(Vec<Ranked>, Vec<f64>)> {
        let n_terms = self.terms.len();
        if n_terms == 0 {
            return Ok((Vec::new(), Vec::new()));
        }
        let counts = self.counts()?;
        let of_row = |row: usize| &counts[row * n_terms..(row + 1) * n_terms];
        let idf = self.idf(&counts);
        let all: f64 = idf.iter().sum();
        let Weights { k1, b, .. } = self.weights;
        let mut ranked: Vec<Ranked> = Vec::new();
        let mut sums = vec![0.0_f64; n_terms];
        let score = |sums: &[f64], length: f64, b: f64| -> f64 {
            let norm = k1 * (1.0 - b + b * length);
            sums.iter().zip(&idf).map(|(tf, idf)| idf * tf * (k1 + 1.0) / (tf + norm)).sum()
        };
        for row in (0..self.corpus.rows().len()).filter(|row| of_row(*row).iter().any(|count| *count > 0.0)) {
            let passage = self.layout.passage(row);
            if passage.is_empty() {
                continue;
            }
            sums.fill(0.0);
            for row in passage.clone() {
                sums.iter_mut().zip(of_row(row)).for_each(|(sum, count)| *sum += f64::from(*count));
            }
            let length = self.layout.n_words(&passage) as f64 / self.layout.mean;
            let score = score(&sums, length, b);
            let covered: f64 = sums.iter().zip(&idf).map(|(tf, idf)| idf * tf.min(1.0)).sum();
            let score = score * boost(&passage);
            ranked.push(Ranked { rows: passage, score, coverage: covered / all.max(f64::MIN_POSITIVE) });
        }
        sort(&mut ranked);
        let mut taken = vec![false; self.corpus.rows().len()];
        let mut apart: Vec<Ranked> = Vec::new();
        for passage in ranked {
            if !taken[passage.rows.clone()].iter().any(|taken| *taken) {
                taken[passage.rows.clone()].fill(true);
                apart.push(passage);
                if apart.len() == KEPT {
                    break;
                }
            }
        }
        for passage in &mut apart {
            let around = self.layout.around(self.corpus, &passage.rows, AROUND_WORDS);
            let length = self.layout.n_words(&around) as f64 / AROUND_WORDS as f64;
            sums.fill(0.0);
            for row in around {
                sums.iter_mut().zip(of_row(row)).for_each(|(sum, count)| *sum += f64::from(*count));
            }
            // A long passage brings its surroundings with it.
            let lacks = 1.0 - (self.layout.n_words(&passage.rows) as f64 / AROUND_WORDS as f64).min(1.0);
            passage.score += self.weights.around * lacks * score(&sums, length, AROUND_B) * boost(&passage.rows);
        }
        sort(&mut apart);
        self.add_nearness(&mut apart, &idf, boost)?;
        sort(&mut apart);
        Ok((apart, idf))
    }

    /// How often each term stands in each row: `[row × term]`, by weight of the forms.
    fn counts(&self) -> std::io::Result<Vec<f32>> {
        let n_terms = self.terms.len();
        let mut counts = vec![0.0_f32; self.corpus.rows().len() * n_terms];
        let mut positions = Vec::new();
        for (term, of_term) in self.terms.iter().enumerate() {
            let word = match &of_term.by {
                By::Word(word) => word,
                By::Code(rows) => {
                    rows.iter().for_each(|row| counts[*row as usize * n_terms + term] += 1.0);
                    continue;
                }
            };
            for (index, part) in self.corpus.parts().iter().enumerate() {
                for (form, weight) in self.forms.of(&word.word, index) {
                    let mut posting = part.posting(*form as usize)?;
                    while let Some(row) = posting.row() {
                        let row = part.first_row() + row;
                        if self.material.state(row) == RowState::Material {
                            posting.positions(&mut positions);
                            counts[row * n_terms + term] += weight * positions.len() as f32;
                        }
                        posting.advance();
                    }
                }
            }
        }
        Ok(counts)
    }

    /// How rare each term is, times its weight. A row where only a compound stands counts as a part of one.
    fn idf(&self, counts: &[f32]) -> Vec<f64> {
        let n_terms = self.terms.len();
        let n = self.layout.n as f64;
        let idf = |(term, of_term): (usize, &Term<'_>)| {
            let with: f64 = counts[term..].iter().step_by(n_terms).map(|count| f64::from(count.min(1.0))).sum();
            if with == 0.0 { 0.0 } else { of_term.weight * (1.0 + (n - with + 0.5).max(0.0) / (with + 0.5)).ln() }
        };
        self.terms.iter().enumerate().map(idf).collect()
    }

    fn add_nearness(
        &self,
        ranked: &mut [Ranked],
        idf: &[f64],
        boost: &dyn Fn(&Range<usize>) -> f64,
    ) -> std::io::Result<()> {
        for passage in ranked.iter_mut().take(CLOSELY) {
            let hits = self.hits(&passage.rows)?;
            let mut best = vec![0.0_f64; idf.len() * idf.len()];
            for (index, (at, term, weight)) in hits.iter().enumerate() {
                for (other_at, other, other_weight) in hits[index + 1..].iter().take(4) {
                    if term != other {
                        let worth = idf[*term].min(idf[*other]) * f64::from(weight.min(*other_weight))
                            / ((other_at - at) as f64 + 1.0);
                        let pair = term.min(other) * idf.len() + term.max(other);
                        best[pair] = best[pair].max(worth);
                    }
                }
            }
            passage.score += self.weights.near * best.iter().sum::<f64>() * boost(&passage.rows);
        }
        Ok(())
    }

    /// Where the words of the claim stand in a passage: word of the passage, term, weight; in order.
    pub(super) fn hits(&self, passage: &Range<usize>) -> std::io::Result<Vec<(u64, usize, f32)>> {
        let mut hits = Vec::new();
        let mut positions = Vec::new();
        let part_index = self.corpus.parts().partition_point(|part| part.first_row() <= passage.start) - 1;
        let part = &self.corpus.parts()[part_index];
        for (term, of_term) in self.terms.iter().enumerate() {
            let By::Word(word) = &of_term.by else { continue };
            for (form, weight) in self.forms.of(&word.word, part_index) {
                let mut posting = part.posting(*form as usize)?;
                posting.seek(passage.start - part.first_row());
                while let Some(row) =
                    posting.row().map(|row| part.first_row() + row).filter(|row| passage.contains(row))
                {
                    if self.material.state(row) == RowState::Material {
                        posting.positions(&mut positions);
                        let offset = self.layout.offset(passage, row);
                        hits.extend(positions.iter().map(|at| (offset + u64::from(*at), term, *weight)));
                    }
                    posting.advance();
                }
            }
        }
        hits.sort_unstable_by_key(|(at, term, _)| (*at, *term));
        Ok(hits)
    }
}

/// The best first, equals in the order of the material.
fn sort(ranked: &mut [Ranked]) {
    ranked.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.rows.start.cmp(&b.rows.start)));
}
