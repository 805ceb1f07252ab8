//! A claim that something is called for, possible or planned.

use super::super::reading::{Reading, Said, Says};
use super::{Direction, UNCLEAR};

/// The claim says that something is called for, possible or planned. So must the passage, and it must be the same that
/// is: what should be dear should not be cheap.
pub(super) fn needed(claim: &Reading, asserted: &Said, passage: &Reading) -> (Direction, Option<String>) {
    let wishes = |said: &Said| said.wished.clone().filter(|_| said.says == Says::Needed);
    let Some(kind) = wishes(asserted).map(|wished| wished.kind) else { return UNCLEAR };
    let mut agree: Vec<(Option<bool>, bool)> = Vec::new();
    let mut cue: Option<String> = None;
    for own in &claim.said {
        for other in passage.said.iter().filter(|other| other.term == own.term) {
            let (Some(ours), Some(theirs)) = (wishes(own), wishes(other)) else { continue };
            if ours.kind == kind && theirs.kind == kind {
                agree.push((ours.agrees(&theirs), matches!(ours.says, Says::Up(_) | Says::Down(_))));
                let what = theirs.cue.as_ref().map_or(String::new(), |what| format!(" … {what}"));
                let told = other.cue.as_ref().map(|by| format!("{by}{what}"));
                // The words that say what is called for tell more than those that only call.
                if cue.is_none() || theirs.cue.is_some() {
                    cue = told;
                }
            }
        }
    }
    // Where more or less of something is called for, that is what counts.
    let is_measured = agree.iter().any(|(_, is_measure)| *is_measure);
    let told: Vec<Option<bool>> =
        agree.into_iter().filter(|(_, is_measure)| *is_measure == is_measured).map(|(agrees, _)| agrees).collect();
    match told.as_slice() {
        [] => UNCLEAR,
        told if told.iter().all(|agrees| *agrees == Some(true)) => (Direction::Same, cue),
        told if told.contains(&Some(false)) && !(is_measured && told.contains(&Some(true))) => {
            (Direction::Opposite, cue)
        }
        _ => UNCLEAR,
    }
}
