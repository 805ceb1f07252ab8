//! A claim that something is so, or is not.

use super::super::measures::Line;
use super::super::qualified::{Fit, fit};
use super::super::reading::{Reading, Said, Says};
use super::{Coverage, Direction, ENOUGH, UNCLEAR, as_far};

/// The claim says that something is so, or denies it.
pub(super) fn event(
    claim: &Reading,
    asserted: &Said,
    passage: &Reading,
    coverage: Coverage,
) -> (Direction, Option<String>) {
    let mut shared: Vec<usize> = passage.said.iter().map(|said| said.term).collect();
    shared.sort_unstable();
    shared.dedup();
    let has_most = coverage.words >= ENOUGH && shared.len() > 1;
    // That its theme is mentioned says nothing; that it lacks denies what is said of nothing else.
    let is_told = |said: &&Said| has_most || coverage.is_of_theme && said.says == Says::Down(Line::Worth);
    let Some(found) = passage.said.iter().max_by_key(|said| said.says).filter(is_told) else { return UNCLEAR };
    let is_so = match found.says {
        Says::There if !passage.has_verb => return UNCLEAR,
        Says::There | Says::Up(Line::Worth | Line::Amount) => true,
        Says::Denied | Says::Down(Line::Worth | Line::Amount) => false,
        Says::Doubted | Says::Mixed => return not_all(claim, passage),
        _ => return UNCLEAR,
    };
    if is_so == (asserted.says == Says::There) {
        return as_far((Direction::Same, found.cue.clone()), claim, passage, false);
    }
    // What is not so for some may be so for others.
    let is_of_some = passage.qualifiers.iter().any(|qualifier| qualifier.is_of_part());
    match fit(&claim.qualifiers, &passage.qualifiers, true) {
        Fit::Same if !is_of_some => (Direction::Opposite, found.cue.clone()),
        _ => not_all(claim, passage),
    }
}

/// `ikke alle` denies what is said of all.
pub(super) fn not_all(claim: &Reading, passage: &Reading) -> (Direction, Option<String>) {
    let denied = passage.qualifiers.iter().any(|qualifier| qualifier.is_denied);
    match fit(&claim.qualifiers, &passage.qualifiers, true) {
        Fit::Against(words) if denied => (Direction::Opposite, Some(words)),
        _ => UNCLEAR,
    }
}
