//! Recoded places whose line does not say which code they had: it is inferred from what the rules find there.

use super::locate::WordSpan;
use super::place::{Ballot, Placer};
use super::read::{DecisionFile, Entry};
use crate::codebook::Codebook;
use crate::coding::{self, Mention};
use crate::index::Corpus;
use crate::material::RowState;

/// A recoded place whose old code is not stated.
pub(super) struct Recoded {
    /// The line, by the order of all lines.
    pub(super) order: u32,
    pub(super) coder: u32,
    pub(super) piece: WordSpan,
    /// The code that it has now.
    pub(super) new: String,
}

impl Placer<'_> {
    /// Votes against the one other code that a rule finds at each of the places; where there are several, all count, and
    /// a warning says so.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub(super) fn settle(
        &mut self,
        entries: &[(&DecisionFile, &Entry)],
        corpus: &Corpus,
        codebook: &Codebook,
    ) -> std::io::Result<()> {
        if self.recoded.is_empty() {
            return Ok(());
        }
        let recoded = std::mem::take(&mut self.recoded);
        let mut open = vec![false; corpus.rows().len()];
        for place in &recoded {
            let row = place.piece.row as usize;
            open[row] = self.material.state(row) == RowState::Material;
        }
        let which: Vec<usize> = (0..codebook.codes.len()).collect();
        let found = coding::apply(corpus, codebook, &which, &open)?;
        for place in &recoded {
            let (file, entry) = entries[place.order as usize];
            let others =
                which.iter().filter(|code| codebook.codes[**code].id.to_lowercase() != place.new.to_lowercase());
            let (piece, row) = (place.piece, place.piece.row as usize);
            let with = |fits: &dyn Fn(&Mention) -> bool| -> Vec<&str> {
                let here = others.clone().filter(|code| found.in_rows(**code, row..row + 1).iter().any(fits));
                here.map(|code| codebook.codes[*code].id.as_str()).collect()
            };
            let exact = with(&|own| (own.from, own.to) == (piece.from, piece.to));
            let codes = match exact.as_slice() {
                [] => with(&|own| own.from < piece.to && piece.from < own.to),
                _ => exact,
            };
            match codes.as_slice() {
                [] => {}
                [only] => {
                    let ballot = Ballot { coder: place.coder, code: only, is_for: false };
                    self.vote(place.order, file, entry, ballot, &[piece]);
                }
                several => self.lines.unclear(several, file, entry),
            }
        }
        Ok(())
    }
}
