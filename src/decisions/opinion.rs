//! What coders stand for in the end, line by line: for programs that keep a person's own places.

use std::collections::BTreeSet;

use super::decision::Decision;
use super::place::{PlacedDecisions, Vote};

/// A line that its coder still stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Opinion<'p> {
    /// The line; its words stand where it says.
    pub decision: &'p Decision,
    /// The code that it puts on them: the codebook's id, whatever the line says or leaves out.
    pub code: &'p str,
}

impl PlacedDecisions {
    /// Every line that its coder still stands for, in order, but for such as follow their words to another place.
    pub fn opinions(&self) -> impl Iterator<Item = Opinion<'_>> {
        let entries: Vec<_> = self.decisions.entries().collect();
        self.standing.iter().map(move |(order, code)| Opinion {
            decision: &entries[*order as usize].1.decision,
            code: &self.codes[*code as usize],
        })
    }
}

/// Of votes in order: those for a code whose coder took back none of their words, and said nothing later that is about
/// all of them; by line and code. Only lines that `is_here` are asked for.
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
