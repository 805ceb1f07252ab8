//! The decisions that still hold for each coder, line by line: for programs that store a person's own places.

use std::collections::BTreeSet;

use super::decision::Decision;
use super::place::{PlacedDecisions, Vote};

/// A line whose decision still holds for its coder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Opinion<'p> {
    /// The line; its words are where it says.
    pub decision: &'p Decision,
    /// The code that it assigns: the codebook's id, even if the line names the code otherwise or omits it.
    pub code: &'p str,
}

impl PlacedDecisions {
    /// Every line whose decision still holds, in order, except those whose words have moved to another place.
    pub fn opinions(&self) -> impl Iterator<Item = Opinion<'_>> {
        let entries: Vec<_> = self.decisions.entries().collect();
        self.standing.iter().map(move |(order, code)| Opinion {
            decision: &entries[*order as usize].1.decision,
            code: &self.codes[*code as usize],
        })
    }
}

/// Of votes in order, by line and code: those for a code whose coder withdrew none of their words, and decided nothing
/// later about all of them. Only lines that `is_here` are considered.
pub(super) fn standing(votes: &[Vote], is_here: impl Fn(u32) -> bool) -> Vec<(u32, u32)> {
    let (mut last, mut taken_back) = (BTreeSet::new(), BTreeSet::new());
    for on_place in votes.chunk_by(|a, b| (a.code, a.piece, a.coder) == (b.code, b.piece, b.coder)) {
        let winner = on_place[on_place.len() - 1];
        if winner.is_for {
            last.insert((winner.order, winner.code));
        } else {
            taken_back.extend(on_place.iter().filter(|vote| vote.is_for).map(|vote| (vote.order, vote.code)));
        }
    }
    last.into_iter().filter(|line| !taken_back.contains(line) && is_here(line.0)).collect()
}
