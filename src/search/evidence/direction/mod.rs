//! Does a passage speak for a claim or against it? A rule, not a reading: shown with the words that it went by, and
//! never summed up unread.
//!
//! Claim and passage are read in the same way (`reading`): what does the sentence say of the words that both share?
//! Where the claim says more or less of a word, the passage must say more or less of the same word, along the same
//! line; `svakere i A enn i B` and `svakere i B enn i A` are opposites. Where the claim only says that something is so,
//! a passage that has nearly all of its words and says no more agrees, and one that denies it does not. All else is
//! unclear: a direction that is given must hold, one that is missing costs the reader a glance.
//!
//! Each kind of claim has its rule: `event` for what is so, `amount` for more, less and mixed, `call` for what is called
//! for.

mod amount;
mod call;
mod event;

use serde::{Deserialize, Serialize};

use self::amount::{measure, mixed};
use self::call::needed;
use self::event::{event, not_all};
use super::compared_parts::Turn;
use super::doubt::Kind;
use super::qualified::{Fit, fit};
use super::reading::{Reading, Said, Says, signs};

/// What a passage does to a claim, by rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// It says the same of the same thing.
    Same,
    /// It says the opposite.
    Opposite,
    /// The rules cannot decide.
    Unclear,
}

/// How much of what the claim is about occurs there, weighted by the rarity of the words: 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Coverage {
    /// In the sentence.
    pub(super) sentence: f64,
    /// In the sentence or, counting half, beside it.
    pub(super) passage: f64,
    /// In the sentence, by the claim's own words alone, without those of its themes.
    pub(super) words: f64,
    /// Whether the claim is about nothing but one theme: then its theme is enough, by whichever words.
    pub(super) is_of_theme: bool,
}

/// A sentence must have this much of what the claim is about to be for or against it, and the passage this much.
const SENTENCE: f64 = 0.45;
const PASSAGE: f64 = 0.5;
/// So much of it must be the claim's own words: its theme alone is not enough, unless the claim has nothing else.
const OWN: f64 = 0.2;
/// Where the claim only says that something is so, the sentence must have this much.
const ENOUGH: f64 = 0.8;

const UNCLEAR: (Direction, Option<String>) = (Direction::Unclear, None);

/// The direction of a sentence that says `passage`.
pub(super) fn compare(claim: &Reading, passage: &Reading, coverage: Coverage) -> (Direction, Option<String>) {
    let Some(asserted) = asserted(claim) else { return UNCLEAR };
    let is_silent = claim.is_comparison && !passage.is_comparison;
    let is_little =
        coverage.sentence < SENTENCE || coverage.passage < PASSAGE || coverage.words < OWN && !coverage.is_of_theme;
    // More here than there is not more than before, and less here than there is not little.
    let is_of_places = !claim.is_comparison && passage.sides.is_of_places;
    let turn = claim.sides.turn(&passage.sides);
    if claim.is_open || passage.is_open || is_silent || is_little || is_of_places || turn == Turn::Unknown {
        return UNCLEAR;
    }
    let (direction, cue) = match asserted.says {
        Says::There | Says::Denied if claim.has_loose_measure => UNCLEAR,
        Says::There | Says::Denied => event(claim, asserted, passage, coverage),
        Says::Up(line) | Says::Down(line) => {
            let told = as_far(measure(claim, asserted, passage, coverage), claim, passage, true);
            let is_of_part = |said: &Said| {
                let mut of = said.cue.as_deref().into_iter().flat_map(signs);
                said.says == Says::Doubted && of.any(|(own, _)| own.is_along(line))
            };
            // `ikke alle var enige` is against what is said of all.
            match told.0 {
                Direction::Unclear if coverage.sentence >= ENOUGH && passage.said.iter().any(is_of_part) => {
                    not_all(claim, passage)
                }
                _ => told,
            }
        }
        Says::Mixed => as_far(mixed(claim, asserted, passage), claim, passage, true),
        Says::Needed if coverage.words >= ENOUGH || coverage.is_of_theme => {
            as_far(needed(claim, asserted, passage), claim, passage, false)
        }
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
            let spot = |at: usize| Some(Spot { at, term: term(at)?, is_about: true, told: None });
            let spots: Vec<Spot> = (0..tokens.words().len()).filter_map(spot).collect();
            read(text, &tokens, 0..tokens.words().len(), &spots)
        };
        let coverage = Coverage { sentence: 1.0, passage: 1.0, words: 1.0, is_of_theme: false };
        let (found, cue) = compare(&reading(claim), &reading(passage), coverage);
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
