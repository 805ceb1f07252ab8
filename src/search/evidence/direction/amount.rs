//! A claim that there is more or less of something, or that it varies.

use super::super::measures::Line;
use super::super::reading::{Reading, Said, Says};
use super::{Coverage, Direction, ENOUGH, OWN, UNCLEAR};

/// The claim says that there is more or less of something.
pub(super) fn measure(
    claim: &Reading,
    asserted: &Said,
    passage: &Reading,
    coverage: Coverage,
) -> (Direction, Option<String>) {
    let (Says::Up(line) | Says::Down(line)) = asserted.says else { return UNCLEAR };
    let is_focus = |term: usize| claim.said.iter().any(|said| said.term == term && said.says == asserted.says);
    let found: Vec<&Said> = passage.said.iter().filter(|said| is_focus(said.term)).collect();
    // What is said along another line must be of nearly all that the claim is about.
    let is_heard = |of: Line| of.is_along(line) || of.bears_on(line) && coverage.sentence >= ENOUGH;
    let sign = |said: &Said| match said.says {
        // What is so is not for that reason more so than before or elsewhere.
        Says::Up(_) | Says::Down(_) if asserted.is_change && !said.is_change && !passage.is_comparison => None,
        // And what has become better need not be good: only what has become worse is bad.
        Says::Up(_) if said.is_change && !asserted.is_change => None,
        // What is not there at all is not active there either.
        Says::Down(of) if said.is_mere_denial() && matches!(asserted.says, Says::Up(_)) && of.bears_on(line) => {
            is_heard(of).then_some(false)
        }
        // A denial tells nothing along another line: what is not there is not unclear, what is not clear is not bad.
        Says::Up(of) | Says::Down(of) if said.is_denial && !of.is_along(line) => None,
        Says::Up(of) if is_heard(of) => Some(true),
        Says::Down(of) if is_heard(of) => Some(false),
        _ => None,
    };
    let mut signs: Vec<(bool, &Said)> = found.iter().filter_map(|said| Some((sign(said)?, *said))).collect();
    // Of `mindre tid til kjøring` and `mer tid til brukerne` the one with more of the claim in its clause.
    let most = signs.iter().map(|(_, said)| said.n_beside).max();
    signs.retain(|(_, said)| Some(said.n_beside) == most);
    let is_unsure = |said: &Said| matches!(said.says, Says::Needed | Says::Doubted | Says::Mixed);
    let is_blocked = found.iter().any(|said| is_unsure(said) && signs.iter().all(|(_, sure)| sure.term == said.term));
    signs.dedup_by_key(|(sign, _)| *sign);
    match signs.as_slice() {
        [(is_up, said)] if !is_blocked => {
            let is_same = *is_up == matches!(asserted.says, Says::Up(_));
            (if is_same { Direction::Same } else { Direction::Opposite }, said.cue.clone())
        }
        // What the claim denies, the passage tells.
        [] if asserted.is_mere_denial()
            && !is_blocked
            && coverage.sentence >= ENOUGH
            && coverage.words >= OWN
            && passage.said.len() > 1
            && passage.has_verb =>
        {
            let all_there = passage.said.iter().all(|said| said.says == Says::There);
            (if all_there { Direction::Opposite } else { Direction::Unclear }, None)
        }
        _ => UNCLEAR,
    }
}

/// The claim says that something varies.
pub(super) fn mixed(claim: &Reading, asserted: &Said, passage: &Reading) -> (Direction, Option<String>) {
    let is_focus = |term: usize| claim.said.iter().any(|said| said.term == term && said.says == asserted.says);
    let found = passage.said.iter().find(|said| is_focus(said.term) && said.says == asserted.says);
    found.map_or(UNCLEAR, |said| (Direction::Same, said.cue.clone()))
}
