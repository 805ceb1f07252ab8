//! Which passages there are: segments, and turns of a conversation joined with those that follow them.

use std::ops::Range;

use crate::index::Corpus;
use crate::material::{Material, RowState};
use crate::text::narrow;

/// Neighbouring turns are joined up to this many words.
pub const PASSAGE_WORDS: u32 = 150;

/// The passages of a study: one begins at every row of material.
#[derive(Debug)]
pub(super) struct Layout {
    /// Where the passage that begins at a row ends; the row itself if none begins there.
    end: Vec<u32>,
    /// Words before each row.
    before: Vec<u64>,
    /// How many passages.
    pub(super) n: u64,
    /// Their mean length in words.
    pub(super) mean: f64,
}

impl Layout {
    pub(super) fn new(corpus: &Corpus, material: &Material) -> Self {
        let rows = corpus.rows();
        let mut before = Vec::with_capacity(rows.len() + 1);
        before.push(0);
        for row in 0..rows.len() {
            before.push(before[row] + u64::from(rows.n_words(row)));
        }
        let mut end: Vec<u32> = (0..narrow(rows.len())).collect();
        let (mut n, mut words) = (0, 0);
        for document in 0..corpus.documents().len() {
            let range = corpus.rows_of(document);
            let mut stop = range.start;
            for row in range.clone() {
                if material.state(row) != RowState::Material || rows.n_words(row) == 0 {
                    continue;
                }
                stop = stop.max(row + 1);
                let is_turn = |row: usize| rows.speaker(row).is_some() && material.state(row) != RowState::Out;
                while is_turn(row)
                    && stop < range.end
                    && is_turn(stop)
                    && before[stop + 1] - before[row] <= u64::from(PASSAGE_WORDS)
                {
                    stop += 1;
                }
                end[row] = narrow(stop);
                n += 1;
                words += before[stop] - before[row];
            }
        }
        Self { end, before, n, mean: words as f64 / n.max(1) as f64 }
    }

    /// The rows of the passage that begins at `row`; empty if none begins there.
    pub(super) fn passage(&self, row: usize) -> Range<usize> {
        row..self.end[row] as usize
    }

    /// Where the first of the passages begins that reach into this one: turns that were heard just before it.
    pub(super) fn leading(&self, corpus: &Corpus, passage: &Range<usize>) -> usize {
        let Some(document) = corpus.rows().document(passage.start) else { return passage.start };
        let rows = corpus.rows_of(document).start..passage.start;
        let is_near = |row: &usize| self.n_words(&(*row..passage.start)) <= u64::from(PASSAGE_WORDS);
        let reaches = |row: &usize| self.end[*row] as usize > passage.start;
        rows.rev().take_while(is_near).filter(reaches).last().unwrap_or(passage.start)
    }

    /// The rows around a passage in its document, up to `most` words, as many before as after.
    pub(super) fn around(&self, corpus: &Corpus, passage: &Range<usize>, most: u64) -> Range<usize> {
        let Some(document) = corpus.rows().document(passage.start) else { return passage.clone() };
        let rows = corpus.rows_of(document);
        let mut around = passage.clone();
        loop {
            let before = around.start.checked_sub(1).filter(|row| *row >= rows.start);
            let after = Some(around.end).filter(|row| *row < rows.end);
            // The nearer side first, in words.
            let (left, right) = (
                self.before[passage.start] - self.before[around.start],
                self.before[around.end] - self.before[passage.end],
            );
            let wider = match (before, after) {
                (Some(before), after) if after.is_none() || left <= right => before..around.end,
                (_, Some(after)) => around.start..after + 1,
                _ => return around,
            };
            if self.n_words(&wider) > most {
                return around;
            }
            around = wider;
        }
    }

    pub(super) fn n_words(&self, passage: &Range<usize>) -> u64 {
        self.before[passage.end] - self.before[passage.start]
    }

    /// Words of `passage` before one of its rows.
    pub(super) fn offset(&self, passage: &Range<usize>, row: usize) -> u64 {
        self.before[row] - self.before[passage.start]
    }
}
