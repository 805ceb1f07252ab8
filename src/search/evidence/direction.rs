//! Does a passage speak for a claim or against it? A rule, not a reading: shown with the words that it went by, and
//! never summed up unread.
//!
//! Claim and passage are read in the same way: what does the sentence say of the words that both share? Stance cues
//! (`manglende`, `ulik grad av`, `må`) come first, then words of comparison and amount beside the word (`svakere`,
//! `ikke god`). Where both say it with a word, the two agree or not; `svakere i A enn i B` and `svakere i B enn i A`
//! do not. Where the claim only says that something is so, a passage that has most of its words and says no more
//! agrees, and one that denies it does not. Questions and suppositions, and all else, are unclear.

use serde::{Deserialize, Serialize};

use super::measures::{Line, MEASURES, Measure};
use crate::language::{CueSet, Stance, Tokens, stance_of};

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

/// What a text says of a thing; the later outdoes the earlier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Says {
    /// It is there; nothing says how much.
    There,
    Up(Line),
    Needed,
    Mixed,
    Down(Line),
}

/// A word of a sentence that the claim is about.
#[derive(Debug, Clone)]
pub(super) struct Spot<'c> {
    /// Its place among the words of the text.
    pub(super) at: usize,
    /// The word of the claim that it stands for.
    pub(super) term: usize,
    /// Whether something is said of it; else it only names what is compared.
    pub(super) is_about: bool,
    /// The cues of the theme that it mentions.
    pub(super) cues: Option<&'c CueSet>,
    /// The stance that the theme's pattern gives.
    pub(super) stance: Option<Stance>,
}

/// What a sentence says of one of its words, and by which words.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Said {
    term: usize,
    says: Says,
    cue: Option<String>,
    /// Whether the cue is a mere denial.
    is_denial: bool,
}

/// A sentence as it bears on a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reading {
    said: Vec<Said>,
    /// Whether it is a question or a supposition.
    is_open: bool,
    /// For each word of the claim in it, whether it stands behind `enn`; empty where nothing is compared.
    behind: Vec<(usize, bool)>,
}

/// A measure is looked for this many words before and after.
const BEFORE: usize = 5;
const AFTER: usize = 6;
/// A denial is looked for this many words before a measure.
const DENIED: usize = 3;
/// A sentence must have this much of what the claim is about, by rarity of the words, to be for or against it.
const ABOUT: f64 = 0.4;
/// A sentence that says nothing but the thing itself agrees if it has this much.
const ENOUGH: f64 = 0.7;

/// What a sentence, words `sentence` of `text`, says of `spots`, which lie in it.
pub(super) fn read(text: &str, tokens: &Tokens, sentence: std::ops::Range<usize>, spots: &[Spot<'_>]) -> Reading {
    let shipped = CueSet::default();
    let is = |measure: Measure| move |word: &usize| MEASURES.get(tokens.form(*word)) == Some(measure);
    let about = spots.iter().filter(|spot| spot.is_about && sentence.contains(&spot.at));
    let said = about.map(|spot| {
        let (stance, cue) = stance_of(text, tokens, spot.at..spot.at + 1, spot.cues.unwrap_or(&shipped));
        let stance = spot.stance.unwrap_or(stance);
        let written = cue.map(|cue| cue.written(text));
        let measured = || measured(text, tokens, spot.at, spots);
        let said = |says, cue, is_denial| Said { term: spot.term, says, cue, is_denial };
        match stance {
            Stance::Missing => {
                let is_denial = written.as_deref().is_some_and(is_denial);
                said(Says::Down(Line::Worth), written, is_denial)
            }
            Stance::Mixed => said(Says::Mixed, written, false),
            Stance::Needed => {
                match (measured(), sentence.clone().find(|word| MEASURES.is_wished(tokens.form(*word)))) {
                    (Some((Says::Down(line), cue)), _) => said(Says::Down(line), Some(cue), false),
                    (_, Some(wished)) => {
                        let more = word(text, tokens, wished..wished + 1);
                        let cue = written.map_or(more.to_owned(), |must| format!("{must} … {more}"));
                        said(Says::Down(Line::Worth), Some(cue), false)
                    }
                    _ => said(Says::Needed, written, false),
                }
            }
            Stance::Present => match measured() {
                Some((says, cue)) => said(says, Some(cue), false),
                None => match denied(text, tokens, spot.at, spots) {
                    Some(cue) => said(Says::Down(Line::Worth), Some(cue), true),
                    None => said(Says::There, None, false),
                },
            },
        }
    });
    let said: Vec<Said> = said.collect();
    let first = spots.iter().map(|spot| spot.at).filter(|at| sentence.contains(at)).min().unwrap_or(sentence.end);
    let end = tokens.words().get(sentence.end).map_or(text.len(), |word| word.start as usize);
    let from = sentence.end.checked_sub(1).map_or(0, |last| tokens.words()[last].end as usize);
    let is_asked = text.get(from..end).is_some_and(|rest| rest.contains('?'));
    let is_supposed = (sentence.start..first).any(|word| is(Measure::Supposed)(&word));
    let than = sentence.clone().find(is(Measure::Than));
    let behind = |than: usize| {
        spots.iter().filter(|spot| sentence.contains(&spot.at)).map(move |spot| (spot.term, spot.at > than))
    };
    Reading { said, is_open: is_asked || is_supposed, behind: than.into_iter().flat_map(behind).collect() }
}

/// The denial in the clause of word `place`, where the clause says of it what the claim does: where another of the
/// claim's words stands there too.
fn denied(text: &str, tokens: &Tokens, place: usize, spots: &[Spot<'_>]) -> Option<String> {
    let words = tokens.words();
    let start = (1..=place).rev().find(|word| words[*word].after_break).unwrap_or(0);
    let end = (place + 1..words.len()).find(|word| words[*word].after_break).unwrap_or(words.len());
    let others = spots.iter().filter(|spot| spot.is_about && spot.at != place && (start..end).contains(&spot.at));
    let is_deny = |word: &usize| MEASURES.get(tokens.form(*word)) == Some(Measure::Deny);
    let denial = (start..end).find(is_deny).filter(|_| others.count() > 0)?;
    Some(word(text, tokens, denial..denial + 1).to_owned())
}

/// What the words of comparison and amount beside word `place` say; the nearest one decides.
fn measured(text: &str, tokens: &Tokens, place: usize, spots: &[Spot<'_>]) -> Option<(Says, String)> {
    let words = tokens.words();
    let is_closed = |from: usize, to: usize| (from + 1..=to).any(|word| words[word].after_break);
    let sign = |word: usize| match MEASURES.get(tokens.form(word)) {
        Some(Measure::Up(line)) => Some((line, true)),
        Some(Measure::Down(line)) => Some((line, false)),
        _ => None,
    };
    let before = (place.saturating_sub(BEFORE)..place).rev().take_while(|word| !is_closed(*word, place));
    let after = (place + 1..words.len().min(place + 1 + AFTER)).take_while(|word| !is_closed(place, *word));
    let nearest = before
        .chain(after)
        .filter(|word| spots.iter().all(|spot| !spot.is_about || spot.at != *word))
        .filter_map(|word| sign(word).map(|sign| (word.abs_diff(place), word, sign)))
        .min();
    let (_, mut word, (mut line, mut is_up)) = nearest?;
    // `mer utrygg` says `utrygg`; `mindre trygg` says the opposite of `trygg`. Either word may be the nearest.
    if word > 0 && MEASURES.degree(tokens.form(word - 1)).is_some() && !words[word].after_break {
        word -= 1;
    }
    let mut last = word;
    if let Some(degree) = MEASURES.degree(tokens.form(word))
        && let Some(next) = Some(word + 1).filter(|next| *next < words.len() && !words[*next].after_break)
        && let Some((of_next, next_is_up)) = sign(next)
    {
        (line, is_up, last) = (of_next, degree == next_is_up, next);
    }
    let denied = (word.saturating_sub(DENIED)..word)
        .rev()
        .take_while(|before| !is_closed(*before, word))
        .find(|before| MEASURES.get(tokens.form(*before)) == Some(Measure::Deny));
    let says = if is_up == denied.is_none() { Says::Up(line) } else { Says::Down(line) };
    Some((says, self::word(text, tokens, denied.unwrap_or(word)..last + 1).to_owned()))
}

fn word<'t>(text: &'t str, tokens: &Tokens, words: std::ops::Range<usize>) -> &'t str {
    let (first, last) = (tokens.words()[words.start], tokens.words()[words.end - 1]);
    &text[first.start as usize..last.end as usize]
}

fn is_denial(cue: &str) -> bool {
    let tokens = Tokens::of(cue);
    (0..tokens.words().len()).all(|word| MEASURES.get(tokens.form(word)) == Some(Measure::Deny))
}

/// The direction of a sentence that says `passage` and has `coverage` of what the claim is about, 0 to 1.
pub(super) fn compare(claim: &Reading, passage: &Reading, coverage: f64) -> (Direction, Option<String>) {
    let strongest = |said: &[Said], wanted: Option<usize>| {
        let of_term = said.iter().filter(|said| wanted.is_none_or(|wanted| wanted == said.term));
        of_term.max_by_key(|said| said.says).cloned()
    };
    let Some(asserted) = strongest(&claim.said, None) else { return (Direction::Unclear, None) };
    // Where the claim says something of one of its words, that word is looked at first in the passage too.
    let focus = (asserted.says != Says::There).then_some(asserted.term);
    let found = strongest(&passage.said, focus).or_else(|| strongest(&passage.said, None));
    let Some(found) = found.filter(|_| coverage >= ABOUT && !claim.is_open && !passage.is_open) else {
        return (Direction::Unclear, None);
    };
    let is_enough = coverage >= ENOUGH;
    let mut shared: Vec<usize> = passage.said.iter().map(|said| said.term).collect();
    shared.sort_unstable();
    shared.dedup();
    let is_event = shared.len() > 1 || claim.said.len() == 1;
    let direction = match (asserted.says, found.says) {
        (Says::There, Says::Up(_)) => Direction::Same,
        (Says::There, Says::Down(_)) => Direction::Opposite,
        (Says::There, Says::There) if is_enough && is_event => Direction::Same,
        (Says::Down(_), Says::There) if is_enough && asserted.is_denial && shared.len() > 1 => Direction::Opposite,
        (Says::Up(a), Says::Up(b)) | (Says::Down(a), Says::Down(b)) if a == b => Direction::Same,
        (Says::Up(a), Says::Down(b)) | (Says::Down(a), Says::Up(b)) if a == b => Direction::Opposite,
        (Says::Mixed, Says::Mixed) | (Says::Needed, Says::Needed) => Direction::Same,
        _ => Direction::Unclear,
    };
    let direction = if is_turned(claim, passage) { turned(direction) } else { direction };
    (direction, found.cue)
}

/// Whether what stands before `enn` in the one stands behind it in the other.
fn is_turned(claim: &Reading, passage: &Reading) -> bool {
    let sides = claim.behind.iter().flat_map(|(term, behind)| {
        passage.behind.iter().filter(move |(other, _)| other == term).map(move |(_, other)| behind == other)
    });
    let (same, other): (Vec<bool>, Vec<bool>) = sides.partition(|same| *same);
    other.len() > same.len()
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
    use super::*;

    /// Words that the claims below are about, by the beginnings of their forms.
    const ABOUT: [&str; 5] = ["forank", "lilleh", "øyer", "bruker", "transp"];

    #[track_caller]
    fn check(claim: &str, passage: &str, expected: Direction) {
        let reading = |text: &str| {
            let tokens = Tokens::of(text);
            let term = |word: usize| ABOUT.iter().position(|about| tokens.form(word).starts_with(about));
            let spot = |at: usize| Some(Spot { at, term: term(at)?, is_about: true, cues: None, stance: None });
            let spots: Vec<Spot<'_>> = (0..tokens.words().len()).filter_map(spot).collect();
            read(text, &tokens, 0..tokens.words().len(), &spots)
        };
        let (found, cue) = compare(&reading(claim), &reading(passage), 1.0);
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
        check("Forankringen var god", "Forankringen må bli bedre.", Direction::Opposite);
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
    fn what_is_asked_or_supposed_tells_nothing_and_prices_are_not_better_or_worse() {
        check("Forankringen var svak", "Var forankringen svak?", Direction::Unclear);
        check("Forankringen var svak", "Hvis forankringen er svak, må noe gjøres.", Direction::Unclear);
        check("Transporten ble billigere", "Transporten er blitt dyrere.", Direction::Opposite);
        check("Transporten ble billigere", "Transporten er blitt dårligere.", Direction::Unclear);
    }
}
