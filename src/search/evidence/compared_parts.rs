//! What is compared with what: which words come before `enn` and which after it.
//!
//! `svakere i A enn i B` and `svakere i B enn i A` are opposites. Words that only say what it is about stay where they are
//! in both and tell nothing; those that change sides do.

use std::ops::Range;

use super::measures::{Class, MEASURES, Measure};
use super::reading::Spot;
use crate::language::Tokens;

/// The sides of a comparison.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Sides {
    /// Whether there is an `enn` that compares.
    pub(super) has_than: bool,
    /// Whether a place stands behind it, as far as a preposition tells: `enn i de andre`.
    pub(super) is_of_places: bool,
    front: Vec<Thing>,
    behind: Vec<Thing>,
}

/// What may be compared: a word of the claim, a time, or a kind (`små`, `store`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Thing {
    Term(usize),
    /// Whether it is the later time.
    Time(bool),
    /// Whether it is more.
    Kind(bool),
}

/// How the sides of one comparison are those of another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    Straight,
    Turned,
    Unknown,
}

impl Sides {
    /// Those of a sentence.
    pub(super) fn of(tokens: &Tokens, sentence: &Range<usize>, spots: &[Spot]) -> Self {
        let Some(than) = sentence.clone().find(|at| is_than(tokens, sentence, *at)) else { return Self::default() };
        let end = (than + 2..sentence.end).find(|at| tokens.words()[*at].after_break).unwrap_or(sentence.end);
        let is_more = |at: &usize| MEASURES.is(tokens.form(*at), Class::Change);
        // Of `mer fornøyde etter enn før` the times stand between what compares and `enn`, and behind it.
        let from = (sentence.start..than).rev().find(is_more).map_or(than, |at| at + 1);
        let things = |words: Range<usize>, times: Range<usize>| {
            let terms = spots.iter().filter(|spot| words.contains(&spot.at)).map(|spot| Thing::Term(spot.term));
            let kinds = words.clone().filter_map(|at| kind(tokens.form(at)).filter(|_| !is_more(&at)));
            let times = times.filter_map(|at| MEASURES.time(tokens.form(at)).map(Thing::Time));
            terms.chain(kinds.map(Thing::Kind)).chain(times).collect::<Vec<Thing>>()
        };
        let form = |at: usize| if at < end { tokens.form(at) } else { "" };
        let is_time =
            |at: usize| MEASURES.is(form(at), Class::Time) || form(at).starts_with(|c: char| c.is_ascii_digit());
        Self {
            has_than: true,
            is_of_places: matches!(form(than + 1), "i" | "på" | "hos" | "blant" | "in" | "at" | "among")
                && !is_time(than + 2),
            front: things(sentence.start..than, from..than),
            behind: things(than + 1..end, than + 1..end),
        }
    }

    /// How the sides of `passage` are those of this claim.
    pub(super) fn turn(&self, passage: &Self) -> Turn {
        if !self.has_than || !passage.has_than {
            return Turn::Straight;
        }
        // Where both compare times, what the time is reckoned by may stand on either side: `etter anbudet enn før`.
        let is_time = |thing: &Thing| matches!(thing, Thing::Time(_));
        let is_of_times = [self, passage].iter().all(|sides| sides.behind.iter().any(is_time));
        let is_on_one = |thing: &&Thing| {
            let is_both = |sides: &Self| sides.front.contains(thing) && sides.behind.contains(thing);
            !is_both(self) && !is_both(passage) && (is_time(thing) || !is_of_times)
        };
        let shared = |own: &[Thing], other: &[Thing]| own.iter().filter(is_on_one).any(|thing| other.contains(thing));
        let stays = shared(&self.behind, &passage.behind);
        let moves = shared(&self.behind, &passage.front) || shared(&self.front, &passage.behind);
        match (stays, moves) {
            (true, true) => Turn::Unknown,
            (false, true) => Turn::Turned,
            (true, false) => Turn::Straight,
            // It is compared with something else; `enn ventet` of a claim has no word to go by.
            (false, false) if self.behind.is_empty() && passage.behind.is_empty() => Turn::Straight,
            (false, false) => Turn::Unknown,
        }
    }
}

/// Whether `enn` at `at` compares: not in `annet enn`, nor in `mer enn halvparten`.
pub(super) fn is_than(tokens: &Tokens, sentence: &Range<usize>, at: usize) -> bool {
    let is_than = MEASURES.get(tokens.form(at)) == Some(Measure::Than);
    let is_other = || at > sentence.start && MEASURES.is(tokens.form(at - 1), Class::Other);
    let counts = || {
        let next = if at + 1 < sentence.end { tokens.form(at + 1) } else { "" };
        next.starts_with(|c: char| c.is_ascii_digit()) || MEASURES.is(next, Class::Number)
    };
    is_than && !is_other() && !counts()
}

/// Whether a word tells one kind from another by size or worth, and whether it is more.
fn kind(form: &str) -> Option<bool> {
    MEASURES.sign(form).filter(|_| MEASURES.degree(form).is_none()).map(|(_, is_up)| is_up)
}
