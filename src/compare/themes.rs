//! A coded material: what all comparisons are made of.

use crate::codebook::Codebook;
use crate::coding::{Codings, Mention};
use crate::index::Corpus;
use crate::material::Material;

/// A material and the mentions of every code in it.
#[derive(Debug, Clone, Copy)]
pub struct Themes<'a> {
    /// The index.
    pub corpus: &'a Corpus,
    /// What counts in this run.
    pub material: &'a Material,
    /// The codes.
    pub codebook: &'a Codebook,
    /// Their mentions.
    pub codings: &'a Codings,
}

impl<'a> Themes<'a> {
    /// The mentions that count in the row of `code`: its own and its descendants', sorted by row.
    pub(super) fn mentions(self, code: usize) -> impl Iterator<Item = &'a Mention> {
        self.codings.counted(code).map(|counted| counted.mention)
    }

    /// The rows that are counted, with their documents, in the order of the documents' paths.
    pub(super) fn rows(self) -> impl Iterator<Item = (usize, usize)> + 'a {
        self.material.counted_rows(self.corpus)
    }

    /// How many words a row has.
    pub(super) fn words(self, row: usize) -> u64 {
        u64::from(self.corpus.rows().n_words(row))
    }
}
