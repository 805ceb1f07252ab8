//! How well a passage answers the words of a claim.
//!
//! A passage scores by BM25 over the claim's words, whose forms count by how surely they speak of the word (`forms`),
//! and over the themes that the claim mentions. To that is added what stands around it, since a paragraph seldom
//! repeats what the page is about; how much of the claim stands within a clause and within a sentence or two; and how
//! near to each other its words stand. The sum is multiplied where the claim names a speaker, a case or a phase. The
//! constants were chosen on two public collections of questions (`examples/ranking.rs` prints the figures).

use std::ops::Range;

use rayon::prelude::*;

use super::forms::Forms;
use super::layout::Layout;
use super::words::ClaimWord;
use crate::coding::Mention;
use crate::index::{Corpus, Part, Places};
use crate::material::{Material, RowState};
use crate::text::narrow;

/// What the ranking weighs; the default is what was measured to be best.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RankingWeights {
    /// How soon repetitions of a word stop counting (BM25's k1).
    pub k1: f64,
    /// How much long passages are held back, 0 to 1.
    pub b: f64,
    /// What the page around a passage is worth beside the passage itself.
    pub page: f64,
    /// What the pages around that are worth.
    pub chapter: f64,
    /// Weight of the claim's words that occur within one clause.
    pub clause: f64,
    /// Weight of the claim's words that occur within a sentence or two.
    pub sentence: f64,
    /// What nearness of two words is worth.
    pub near: f64,
    /// Factor if the named speaker says the whole passage.
    pub speaker: f64,
    /// Factor if the named speaker opens the passage.
    pub opens: f64,
    /// Factor for a passage from a named case or phase.
    pub cell: f64,
    /// A theme of the codebook that the claim mentions weighs so much beside a word.
    pub code: f64,
}

impl Default for RankingWeights {
    fn default() -> Self {
        Self {
            k1: 2.0,
            b: 0.5,
            page: 0.9,
            chapter: 0.2,
            clause: 0.3,
            sentence: 0.6,
            near: 1.0,
            speaker: 2.5,
            opens: 0.6,
            cell: 0.5,
            code: 0.4,
        }
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
    /// A code, its mentions in the material, and the words of the claim that mention it.
    Code {
        code: usize,
        mentions: &'a [Mention],
        words: Vec<usize>,
    },
}

/// A place where a word or theme of the claim occurs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Hit {
    pub(super) row: u32,
    /// Word of the row.
    pub(super) at: u32,
    /// Index of the term.
    pub(super) term: u16,
    /// How surely it speaks of it: 0 to 1.
    pub(super) weight: f32,
}

/// A passage and its score.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Ranked {
    /// Index of its document.
    pub(super) document: usize,
    pub(super) rows: Range<usize>,
    pub(super) score: f64,
    /// The share of the claim's words, by their weight, that occurs on its page: 0 to 1.
    pub(super) coverage: f64,
    /// How many of the claim's words occur there, weighted by the surety of their forms.
    pub(super) n_words: f64,
    /// Whether it is coded with a theme of the claim.
    pub(super) is_coded: bool,
}

/// A page, in words, the passage included.
const PAGE: u64 = 400;
/// A chapter, likewise.
const CHAPTER: u64 = 1600;
/// How soon a word that stands again in them stops counting, and how much many words are held back.
const AROUND: (f64, f64) = (0.9, 0.75);
/// A clause, a sentence or two, in words from the first to the last.
const CLAUSE: u64 = 12;
const SENTENCE: u64 = 40;
/// A word is held against so many hits behind it for nearness.
const NEIGHBOURS: usize = 6;
/// Factor applied to a theme word in a segment that is not coded with that theme (0 to 1).
const NOT_CODED: f32 = 0.5;
/// So many of the best passages are looked at closely; a study of usual size hardly has more for any claim.
const KEPT: usize = 400;

/// All places of a claim's words, and how rare each of them is.
#[derive(Debug)]
pub(super) struct Ranking<'a> {
    pub(super) corpus: &'a Corpus,
    pub(super) layout: &'a Layout,
    pub(super) terms: Vec<Term<'a>>,
    weights: RankingWeights,
    /// By row and word.
    hits: Vec<Hit>,
    /// By term: rarity times weight.
    idf: Vec<f64>,
    surest: Vec<f64>,
}

impl<'a> Ranking<'a> {
    /// Finds all places of the terms.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub(super) fn new(
        corpus: &'a Corpus,
        material: &Material,
        layout: &'a Layout,
        forms: &Forms,
        terms: Vec<Term<'a>>,
        weights: RankingWeights,
    ) -> std::io::Result<Self> {
        let of_parts: Vec<Vec<Hit>> = (0..corpus.parts().len())
            .into_par_iter()
            .map(|part| hits_in(part, &corpus.parts()[part], material, forms, &terms))
            .collect::<std::io::Result<_>>()?;
        let surest = vec![0.0; terms.len()];
        let mut ranking = Self { corpus, layout, terms, weights, hits: of_parts.concat(), idf: Vec::new(), surest };
        for hit in &ranking.hits {
            let surest = &mut ranking.surest[usize::from(hit.term)];
            *surest = surest.max(f64::from(hit.weight));
        }
        ranking.idf = ranking.rarities();
        Ok(ranking)
    }

    /// The places in these rows.
    pub(super) fn hits(&self, rows: &Range<usize>) -> &[Hit] {
        let start = self.hits.partition_point(|hit| (hit.row as usize) < rows.start);
        let end = start + self.hits[start..].partition_point(|hit| (hit.row as usize) < rows.end);
        &self.hits[start..end]
    }

    /// How informative each term is: its rarity times its weight.
    pub(super) fn rarity(&self, term: usize) -> f64 {
        self.idf[term]
    }

    /// How informative each term is, where a word that the material does not have counts as the rarest possible.
    pub(super) fn rarity_or_absent(&self, term: usize) -> f64 {
        if self.surest[term] > 0.0 { self.idf[term] } else { self.terms[term].weight * self.idf_of(0.0) }
    }

    /// How surely the surest form of a term in the material speaks of it: 0 to 1.
    pub(super) fn surest(&self, term: usize) -> f64 {
        self.surest[term]
    }

    /// Passages that do not overlap, the best first, and whether there are more with any word of the claim. `boost`
    /// multiplies by what the claim names.
    pub(super) fn passages(&self, boost: &dyn Fn(&Range<usize>) -> f64) -> (Vec<Ranked>, bool) {
        // A word that the material does not have is as rare as can be, and lacking everywhere.
        let all: f64 = (0..self.terms.len()).map(|term| self.rarity_or_absent(term)).sum();
        let mut ranked: Vec<(Ranked, f64)> = Vec::new();
        let mut counts = vec![0.0; self.terms.len()];
        let mut first = 0;
        for of_row in self.hits.chunk_by(|a, b| a.row == b.row) {
            let passage = self.layout.passage(of_row[0].row as usize);
            let here = self.hits[first..].iter().take_while(|hit| (hit.row as usize) < passage.end);
            first += of_row.len();
            if passage.is_empty() {
                continue;
            }
            let Some(document) = self.corpus.rows().document(passage.start) else { continue };
            count(here, &mut counts);
            let length = self.layout.n_words(&passage) as f64 / self.layout.mean;
            let boost = boost(&passage);
            let score = boost * self.bm25(&counts, length, (self.weights.k1, self.weights.b));
            let mut of_terms = counts.iter().zip(&self.terms);
            let is_coded = of_terms.any(|(n, term)| *n > 0.0 && matches!(term.by, By::Code { .. }));
            ranked.push((Ranked { document, rows: passage, score, coverage: 0.0, n_words: 0.0, is_coded }, boost));
        }
        self.sort(&mut ranked);
        let has_more = ranked.len() > KEPT;
        ranked.truncate(KEPT);
        for (passage, boost) in &mut ranked {
            let mut more = 0.0;
            for (size, worth) in [(PAGE, self.weights.page), (CHAPTER, self.weights.chapter)] {
                let around = self.layout.around(self.corpus, &passage.rows, size);
                count(self.hits(&around).iter(), &mut counts);
                more += worth * self.bm25(&counts, self.layout.n_words(&around) as f64 / size as f64, AROUND);
                if size == PAGE {
                    let covered: f64 = counts.iter().zip(&self.idf).map(|(n, idf)| idf * n.min(1.0)).sum();
                    passage.coverage = covered / all.max(f64::MIN_POSITIVE);
                    let words = counts.iter().zip(&self.terms).filter(|(_, term)| matches!(term.by, By::Word(_)));
                    passage.n_words = words.map(|(n, _)| n.min(1.0)).sum();
                }
            }
            more += self.closeness(&passage.rows);
            passage.score += more * *boost;
        }
        self.sort(&mut ranked);
        let mut taken: Vec<Range<usize>> = Vec::new();
        let mut apart = Vec::new();
        for (passage, _) in ranked {
            let rows = &passage.rows;
            if taken.iter().all(|other| rows.end <= other.start || other.end <= rows.start) {
                taken.push(rows.clone());
                apart.push(passage);
            }
        }
        (apart, has_more)
    }

    /// The best first, equals in the order of documents, which that of rows need not be.
    fn sort(&self, ranked: &mut [(Ranked, f64)]) {
        let place = |passage: &Ranked| (self.corpus.rows().document(passage.rows.start), passage.rows.start);
        ranked.sort_by(|(a, _), (b, _)| b.score.total_cmp(&a.score).then_with(|| place(a).cmp(&place(b))));
    }

    fn bm25(&self, counts: &[f64], length: f64, (k1, b): (f64, f64)) -> f64 {
        let norm = k1 * (1.0 - b + b * length);
        counts.iter().zip(&self.idf).map(|(n, idf)| idf * n * (k1 + 1.0) / (n + norm)).sum()
    }

    /// How rare a word is that occurs in this many passages.
    fn idf_of(&self, with: f64) -> f64 {
        (1.0 + (self.layout.n as f64 - with + 0.5).max(0.0) / (with + 0.5)).ln()
    }

    /// How rare each term is, times its weight. A row where only a compound stands counts as a part of one.
    fn rarities(&self) -> Vec<f64> {
        // Counted in hundredths: a sum of fractions would differ with the order of the rows.
        let mut with = vec![0_u64; self.terms.len()];
        let mut counts = vec![0.0; self.terms.len()];
        for of_row in self.hits.chunk_by(|a, b| a.row == b.row) {
            count(of_row.iter(), &mut counts);
            with.iter_mut().zip(&counts).for_each(|(with, n)| *with += (n.min(1.0) * 100.0).round() as u64);
        }
        let rarity = |(with, term): (u64, &Term<'_>)| match with {
            0 => 0.0,
            with => term.weight * self.idf_of(with as f64 / 100.0),
        };
        with.into_iter().zip(&self.terms).map(rarity).collect()
    }

    /// How much of the claim occurs together in a passage.
    fn closeness(&self, passage: &Range<usize>) -> f64 {
        let words: Vec<(u64, usize, f64)> = self
            .hits(passage)
            .iter()
            .filter(|hit| matches!(self.terms[usize::from(hit.term)].by, By::Word(_)))
            .map(|hit| {
                let at = self.layout.offset(passage, hit.row as usize) + u64::from(hit.at);
                (at, usize::from(hit.term), f64::from(hit.weight))
            })
            .collect();
        let n_terms = self.terms.len();
        let mut pairs = vec![0.0_f64; n_terms * n_terms];
        for (index, (at, term, weight)) in words.iter().enumerate() {
            for (other_at, other, other_weight) in words[index + 1..].iter().take(NEIGHBOURS) {
                if term != other {
                    let rarer = self.idf[*term].min(self.idf[*other]);
                    let worth = rarer * weight.min(*other_weight) / ((other_at - at) as f64 + 1.0);
                    let pair = &mut pairs[term.min(other) * n_terms + term.max(other)];
                    *pair = pair.max(worth);
                }
            }
        }
        self.weights.near * pairs.iter().sum::<f64>()
            + self.weights.clause * self.within(&words, CLAUSE)
            + self.weights.sentence * self.within(&words, SENTENCE)
    }

    /// The largest part of the claim that occurs within this many words.
    fn within(&self, words: &[(u64, usize, f64)], size: u64) -> f64 {
        let mut best = 0.0_f64;
        let mut worth = vec![0.0_f64; self.terms.len()];
        for (index, (start, ..)) in words.iter().enumerate() {
            worth.fill(0.0);
            for (_, term, weight) in words[index..].iter().take_while(|(at, ..)| at - start <= size) {
                worth[*term] = worth[*term].max(weight * self.idf[*term]);
            }
            best = best.max(worth.iter().sum());
        }
        best
    }
}

/// The places of all terms in one part, by row and word.
fn hits_in(
    index: usize,
    part: &Part,
    material: &Material,
    forms: &Forms,
    terms: &[Term<'_>],
) -> std::io::Result<Vec<Hit>> {
    let mut hits = Vec::new();
    let mut places = Places::default();
    let rows = part.first_row()..part.first_row() + part.n_rows();
    for (term, of_term) in (0_u16..).zip(terms) {
        let word = match &of_term.by {
            By::Word(word) => word,
            By::Code { mentions, .. } => {
                let start = mentions.partition_point(|mention| (mention.row as usize) < rows.start);
                let here = mentions[start..].iter().take_while(|mention| (mention.row as usize) < rows.end);
                hits.extend(here.map(|mention| Hit { row: mention.row, at: mention.from, term, weight: 1.0 }));
                continue;
            }
        };
        // Where the claim's word mentions a theme and the codebook sees none, it is likely to mean something else.
        let of_theme = theme_of(term, terms);
        for (form, weight) in forms.of(&word.word, index) {
            let mut posting = part.posting(*form as usize)?;
            while let Some(row) = posting.row() {
                let row = part.first_row() + row;
                if material.state(row) == RowState::Material {
                    posting.places(&mut places);
                    let row = narrow(row);
                    let is_coded = of_theme
                        .is_none_or(|mentions| mentions.binary_search_by_key(&row, |mention| mention.row).is_ok());
                    let weight = if is_coded { *weight } else { *weight * NOT_CODED };
                    hits.extend(places.iter().map(|(at, _)| Hit { row, at, term, weight }));
                }
                posting.advance();
            }
        }
    }
    hits.sort_unstable_by_key(|hit| (hit.row, hit.at, hit.term));
    Ok(hits)
}

/// The mentions of the theme that a word of the claim mentions.
fn theme_of<'t>(term: u16, terms: &'t [Term<'_>]) -> Option<&'t [Mention]> {
    terms.iter().find_map(|of_term| match &of_term.by {
        By::Code { mentions, words, .. } if words.contains(&usize::from(term)) => Some(*mentions),
        _ => None,
    })
}

/// How often each term occurs in the places of `hits`, weighted by its forms.
fn count<'h>(hits: impl Iterator<Item = &'h Hit>, counts: &mut [f64]) {
    counts.fill(0.0);
    hits.for_each(|hit| counts[usize::from(hit.term)] += f64::from(hit.weight));
}
