//! Does a passage speak for a claim or against it? A rule, not a reading: shown with the words that it went by, and
//! never summed up unread.
//!
//! Claim and passage are read in the same way (`reading`): what does the sentence say of the words that both share?
//! Where the claim says more or less of a word, the passage must say more or less of the same word, along the same
//! line; `svakere i A enn i B` and `svakere i B enn i A` are opposites. Where the claim only says that something is so,
//! a passage that has nearly all of its words and says no more agrees, and one that denies it does not. All else is
//! unclear: a direction that is given must hold, one that is missing costs the reader a glance.

use serde::{Deserialize, Serialize};

use super::doubt::Kind;
use super::measures::Line;
use super::qualified::{Fit, fit};
use super::reading::{Reading, Said, Says};
use super::sides::Turn;

/// What a passage does to a claim, by rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// It says the same of the same thing.
    Same,
    /// It says the opposite.
    Opposite,
    /// The rule cannot tell.
    Unclear,
}

/// How much of what the claim is about stands there, by rarity of the words: 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Coverage {
    /// In the sentence.
    pub(super) sentence: f64,
    /// In the sentence or, counting half, beside it.
    pub(super) passage: f64,
    /// In the sentence, by the claim's own words alone, without those of its themes.
    pub(super) words: f64,
}

/// A sentence must have this much of what the claim is about to be for or against it, and the passage this much.
const SENTENCE: f64 = 0.45;
const PASSAGE: f64 = 0.5;
/// So much of it must be the claim's own words: its theme alone is not enough.
const OWN: f64 = 0.2;
/// Where the claim only says that something is so, the sentence must have this much.
const ENOUGH: f64 = 0.8;

const UNCLEAR: (Direction, Option<String>) = (Direction::Unclear, None);

/// The direction of a sentence that says `passage`.
pub(super) fn compare(claim: &Reading, passage: &Reading, coverage: Coverage) -> (Direction, Option<String>) {
    let Some(asserted) = asserted(claim) else { return UNCLEAR };
    let is_silent = claim.is_comparison && !passage.is_comparison;
    let is_little = coverage.sentence < SENTENCE || coverage.passage < PASSAGE || coverage.words < OWN;
    // More here than there is not more than before, and less here than there is not little.
    let is_of_places = !claim.is_comparison && passage.sides.is_of_places;
    let turn = claim.sides.turn(&passage.sides);
    if claim.is_open || passage.is_open || is_silent || is_little || is_of_places || turn == Turn::Unknown {
        return UNCLEAR;
    }
    let (direction, cue) = match asserted.says {
        Says::There | Says::Denied if claim.has_loose_measure => UNCLEAR,
        Says::There | Says::Denied => event(claim, asserted, passage, coverage),
        Says::Up(_) | Says::Down(_) => as_far(measure(claim, asserted, passage, coverage), claim, passage, true),
        Says::Mixed => as_far(mixed(claim, asserted, passage), claim, passage, true),
        Says::Needed if coverage.words >= ENOUGH => as_far(needed(claim, asserted, passage), claim, passage, false),
        Says::Needed | Says::Doubted => UNCLEAR,
    };
    (if turn == Turn::Turned { turned(direction) } else { direction }, cue)
}

/// The strongest of what the claim says; what something is for is not what it says of it.
fn asserted(claim: &Reading) -> Option<&Said> {
    let is_purpose = |said: &&Said| said.wished.as_ref().is_some_and(|wished| wished.kind == Kind::Purpose);
    let strongest = |said: &&Said| said.says;
    let told = claim.said.iter().filter(|said| !is_purpose(said)).max_by_key(strongest);
    told.or_else(|| claim.said.iter().max_by_key(strongest))
}

/// What is found, where the passage goes as far as the claim does.
fn as_far(
    (direction, cue): (Direction, Option<String>),
    claim: &Reading,
    passage: &Reading,
    is_loose: bool,
) -> (Direction, Option<String>) {
    match fit(&claim.qualifiers, &passage.qualifiers, is_loose) {
        Fit::Same => (direction, cue),
        Fit::Against(words) if direction == Direction::Same => (Direction::Opposite, Some(words)),
        Fit::Against(_) | Fit::Unsure => UNCLEAR,
    }
}

/// The claim says that something is so, or denies it.
fn event(claim: &Reading, asserted: &Said, passage: &Reading, coverage: Coverage) -> (Direction, Option<String>) {
    let mut shared: Vec<usize> = passage.said.iter().map(|said| said.term).collect();
    shared.sort_unstable();
    shared.dedup();
    let strongest = passage.said.iter().max_by_key(|said| said.says);
    let Some(found) = strongest.filter(|_| coverage.words >= ENOUGH && shared.len() > 1) else { return UNCLEAR };
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
fn not_all(claim: &Reading, passage: &Reading) -> (Direction, Option<String>) {
    let denied = passage.qualifiers.iter().any(|qualifier| qualifier.is_denied);
    match fit(&claim.qualifiers, &passage.qualifiers, true) {
        Fit::Against(words) if denied => (Direction::Opposite, Some(words)),
        _ => UNCLEAR,
    }
}

/// The claim says that there is more or less of something.
fn measure(claim: &Reading, asserted: &Said, passage: &Reading, coverage: Coverage) -> (Direction, Option<String>) {
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
fn mixed(claim: &Reading, asserted: &Said, passage: &Reading) -> (Direction, Option<String>) {
    let is_focus = |term: usize| claim.said.iter().any(|said| said.term == term && said.says == asserted.says);
    let found = passage.said.iter().find(|said| is_focus(said.term) && said.says == asserted.says);
    found.map_or(UNCLEAR, |said| (Direction::Same, said.cue.clone()))
}

/// The claim says that something is called for, possible or planned. So must the passage, and it must be the same that
/// is: what should be dear should not be cheap.
fn needed(claim: &Reading, asserted: &Said, passage: &Reading) -> (Direction, Option<String>) {
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

fn turned(direction: Direction) -> Direction {
    match direction {
        Direction::Same => Direction::Opposite,
        Direction::Opposite => Direction::Same,
        Direction::Unclear => Direction::Unclear,
    }
}

#[cfg(test)]
mod tests {
    use super::super::reading::{Spot, read};
    use super::*;
    use crate::language::Tokens;

    /// Words that the claims below are about, by the beginnings of their forms.
    const STEMS: [&str; 6] = ["forank", "prosj", "lilleh", "øyer", "bruker", "transp"];

    #[track_caller]
    fn check(claim: &str, passage: &str, expected: Direction) {
        let reading = |text: &str| {
            let tokens = Tokens::of(text);
            let term = |word: usize| STEMS.iter().position(|stem| tokens.form(word).starts_with(stem));
            let spot = |at: usize| Some(Spot { at, term: term(at)?, is_about: true, cues: None, stance: None });
            let spots: Vec<Spot<'_>> = (0..tokens.words().len()).filter_map(spot).collect();
            read(text, &tokens, 0..tokens.words().len(), &spots)
        };
        let (found, cue) =
            compare(&reading(claim), &reading(passage), Coverage { sentence: 1.0, passage: 1.0, words: 1.0 });
        assert_eq!(found, expected, "{claim} | {passage} | {cue:?}");
    }

    #[test]
    fn stance_and_measure_tell_the_direction() {
        check("Forankringen var svak", "Det var manglende forankring hos ledelsen.", Direction::Same);
        check("Forankringen var svak", "Forankringen i kommunen var sterk.", Direction::Opposite);
        check("Prosjektet var godt forankret", "Prosjektet var ikke forankret.", Direction::Opposite);
        check("Prosjektet var godt forankret", "Prosjektet er forankra i leiinga.", Direction::Unclear);
        check("Prosjektet er forankret", "Prosjektet er forankra i leiinga.", Direction::Same);
        check("Forankringen var god", "Prosjektet må forankres i ledelsen.", Direction::Unclear);
        check("Forankringen var god", "Forankringen må bli bedre.", Direction::Unclear);
        check("Forankringen var god", "Forankringen kunne vært bedre.", Direction::Opposite);
        check("Prosjektet var godt forankret", "Prosjektet burde vært forankret før.", Direction::Opposite);
    }

    #[test]
    fn what_is_said_of_another_word_tells_nothing() {
        check("Prosjektet nådde forankring", "Prosjektet er en god start på veien.", Direction::Unclear);
        check("Forankringen var god", "Det er store forskjeller på forankring.", Direction::Unclear);
        check("Brukerne er fornøyde", "Brukerne har ingen plan.", Direction::Unclear);
        check("Brukerne fikk god forankring", "Brukerne roste maten.", Direction::Unclear);
    }

    #[test]
    fn a_wish_is_no_fact_however_far_from_its_word() {
        check("Prosjektet ble forankret", "Målet er at prosjektet blir forankret.", Direction::Unclear);
        check(
            "Forankringen var god",
            "Det anbefales alle kommuner i fylket, at forankringen er god.",
            Direction::Unclear,
        );
        check("Forankringen var god", "Forankringen kan ha vært god.", Direction::Unclear);
        check("Forankringen var svak", "Ingen mener at forankringen var svak.", Direction::Unclear);
    }

    #[test]
    fn what_is_so_is_not_for_that_reason_more_so() {
        check("Forankringen ble sterkere", "Forankringen er sterk.", Direction::Unclear);
        check("Forankringen er sterk", "Forankringen er blitt sterkere.", Direction::Unclear);
        check("Forankringen ble sterkere", "Forankringen økte.", Direction::Same);
        check("Forankringen ble sterkere", "Forankringen ble svakere.", Direction::Opposite);
    }

    #[test]
    fn a_degree_takes_the_sign_of_its_word() {
        check("Brukerne ble tryggere", "Brukerne var mer utrygge enn før.", Direction::Opposite);
        check("Brukerne ble tryggere", "Brukerne er mindre utrygge.", Direction::Same);
        check("Brukerne er fornøyde", "Brukerne er mindre fornøyde.", Direction::Opposite);
    }

    #[test]
    fn the_sides_of_a_comparison_count() {
        let claim = "Forankringen var svakere i Lillehammer enn i Øyer";
        check(claim, "Forankringen er svakere i Lillehammer enn i Øyer.", Direction::Same);
        check(claim, "Forankringen er svakere i Øyer enn i Lillehammer.", Direction::Opposite);
        check(claim, "Forankringen er sterkere i Øyer enn i Lillehammer.", Direction::Same);
    }

    #[test]
    fn what_changes_sides_counts_and_what_it_is_about_does_not() {
        let claim = "Forankringen av prosjektet var svakere i Øyer enn i Lillehammer";
        check(claim, "Forankringen av prosjektet var svakere i Lillehammer enn i Øyer.", Direction::Opposite);
        check(claim, "Forankringen av prosjektet var sterkere i Lillehammer enn i Øyer.", Direction::Same);
        check(claim, "Forankringen av prosjektet var svakere enn i Lillehammer.", Direction::Same);
        check(claim, "Forankringen av prosjektet var svakere enn ventet.", Direction::Unclear);
        check("Forankringen ble svakere", "Forankringen var svakere i Øyer enn i Vang.", Direction::Unclear);
    }

    #[test]
    fn a_denial_behind_the_verb_turns_it() {
        check("Forankringen økte", "Forankringen økte ikke.", Direction::Opposite);
        check("Forankringen økte", "I fjor økte forankringen aldri.", Direction::Opposite);
        check("Forankringen økte", "Forankringen økte ikke bare litt.", Direction::Same);
        check("Forankringen økte", "Forankringen økte ikke nødvendigvis.", Direction::Unclear);
        check("Brukerne var fornøyde", "Ingen av brukerne var fornøyde.", Direction::Opposite);
        check("Brukerne var fornøyde", "Ikke minst var brukerne fornøyde.", Direction::Same);
    }

    #[test]
    fn what_is_needed_must_be_the_same() {
        check("Transporten bør være dyr", "Transporten må være dyr.", Direction::Same);
        check("Transporten bør være dyr", "Transporten bør være billig.", Direction::Opposite);
        check("Transporten bør være dyr", "Transporten kan være dyr.", Direction::Unclear);
        check("Transporten bør være dyr", "Transporten bør være med.", Direction::Unclear);
    }

    #[test]
    fn what_is_so_of_some_is_not_so_of_all() {
        check("Brukerne er fornøyde", "To av brukerne er fornøyde.", Direction::Unclear);
        check("Brukerne er fornøyde", "Kanskje er brukerne fornøyde.", Direction::Unclear);
        check("Brukerne er fornøyde", "Brukerne er fornøyde, sier en av dem.", Direction::Same);
        check("Mange brukere er fornøyde", "Få brukere er fornøyde.", Direction::Opposite);
    }

    #[test]
    fn what_is_asked_or_supposed_tells_nothing_and_prices_are_not_better_or_worse() {
        check("Forankringen var svak", "Var forankringen svak?", Direction::Unclear);
        check("Forankringen var svak", "Hvis forankringen er svak, må noe gjøres.", Direction::Unclear);
        check("Transporten ble billigere", "Transporten er blitt dyrere.", Direction::Opposite);
        check("Transporten ble billigere", "Transporten er blitt dårligere.", Direction::Unclear);
    }
}
