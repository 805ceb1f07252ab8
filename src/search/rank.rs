//! How well a segment answers the words of a query: Okapi BM25 over matches, not over word forms, so that an
//! inflected form or a compound counts as the word that it is a form of.
//!
//! `sum over words of idf · tf · (k1 + 1) / (tf + k1 · (1 - b + b · length / mean length))` with
//! `idf = ln(1 + (N - n + 0.5) / (n + 0.5))`; Robertson & Zaragoza 2009, "The Probabilistic Relevance Framework".

use std::collections::BTreeMap;

use super::Searcher;
use crate::codebook::pattern::{Atoms, Pattern};
use crate::coding::find;
use crate::material::RowState;

const K1: f64 = 1.2;
const B: f64 = 0.75;

impl Searcher<'_> {
    /// The score of each segment in which a word of the query occurs.
    pub(super) fn scores(&self, pattern: &Pattern) -> std::io::Result<BTreeMap<u32, f64>> {
        let open = self.material.searchable();
        let (mut n_rows, mut n_words) = (0_u64, 0_u64);
        for row in 0..self.corpus.rows().len() {
            if self.material.state(row) != RowState::Out {
                n_rows += 1;
                n_words += u64::from(self.corpus.rows().n_words(row));
            }
        }
        let mean = n_words as f64 / n_rows.max(1) as f64;
        let mut scores: BTreeMap<u32, f64> = BTreeMap::new();
        for word in pattern.atoms(Atoms::Wanted) {
            let pattern = Pattern::Word(word.clone());
            let query = self.query(pattern);
            let mentions = find(self.corpus, &query, &open, &|_, part| vec![true; part.n_rows()])?;
            let in_rows: Vec<_> = mentions.chunk_by(|a, b| a.row == b.row).collect();
            let n = in_rows.len() as f64;
            let idf = (1.0 + (n_rows as f64 - n + 0.5) / (n + 0.5)).ln();
            for mentions in in_rows {
                let row = mentions[0].row;
                let tf = mentions.len() as f64;
                let length = f64::from(self.corpus.rows().n_words(row as usize)) / mean.max(1.0);
                *scores.entry(row).or_default() += idf * tf * (K1 + 1.0) / (tf + K1 * (1.0 - B + B * length));
            }
        }
        Ok(scores)
    }
}
