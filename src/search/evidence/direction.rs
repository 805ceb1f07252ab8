//! Does a passage speak for a claim or against it? A rule, not a reading: shown with the words that it went by, and
//! never summed up unread.
//!
//! Claim and passage are read in the same way: what does the text say of the words that both share? Stance cues
//! (`manglende`, `ulik grad av`, `må`) come first, then words of comparison and amount beside the word (`svakere`,
//! `ikke god`). Where both say it with a word, the two agree or not. Where one of them says nothing but the thing
//! itself, they agree only if the passage has most of the claim's words. All else is unclear.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::language::{CueSet, Stance, Tokens, stance_of};
use crate::text::fold;

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

/// What a text says of a thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Says {
    /// It is there; nothing says how much.
    There,
    Up,
    Needed,
    Mixed,
    Down,
}

/// What a text says of some of its words, and by which words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reading {
    says: Says,
    cue: Option<String>,
}

/// A measure is looked for this many words before and after.
const BEFORE: usize = 5;
const AFTER: usize = 6;
/// A sentence must have this much of what the claim is about, by rarity of the words, to be for or against it.
const ABOUT: f64 = 0.4;
/// A sentence that says nothing but the thing itself agrees if it has this much.
const ENOUGH: f64 = 0.7;

#[derive(Debug, Deserialize)]
struct Lists {
    up: String,
    down: String,
    deny: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Measure {
    Up,
    Down,
    Deny,
}

static MEASURES: LazyLock<BTreeMap<String, Measure>> = LazyLock::new(|| {
    let lists: Lists =
        toml::from_str(include_str!("measures.toml")).expect("the shipped word lists are checked by a test");
    [(lists.up, Measure::Up), (lists.down, Measure::Down), (lists.deny, Measure::Deny)]
        .into_iter()
        .flat_map(|(words, measure)| words.split_whitespace().map(|word| (fold(word), measure)).collect::<Vec<_>>())
        .collect()
});

/// What `text` says of its words at `places`; the strongest of what it says of each.
pub(super) fn read(text: &str, tokens: &Tokens, places: &[usize]) -> Reading {
    let cues = CueSet::default();
    let mut best = Reading { says: Says::There, cue: None };
    for place in places.iter().copied().filter(|place| *place < tokens.words().len()) {
        let (stance, cue) = stance_of(text, tokens, place..place + 1, &cues);
        let written = cue.map(|cue| cue.written(text));
        let reading = match stance {
            Stance::Missing => Reading { says: Says::Down, cue: written },
            Stance::Mixed => Reading { says: Says::Mixed, cue: written },
            Stance::Needed => Reading { says: Says::Needed, cue: written },
            Stance::Present => measured(text, tokens, place, places),
        };
        if reading.says > best.says {
            best = reading;
        }
    }
    best
}

/// What the words of comparison and amount beside word `place` say; the nearest one decides.
fn measured(text: &str, tokens: &Tokens, place: usize, places: &[usize]) -> Reading {
    let words = tokens.words();
    let is_closed = |from: usize, to: usize| (from + 1..=to).any(|word| words[word].after_break);
    let before = (place.saturating_sub(BEFORE)..place).rev().take_while(|word| !is_closed(*word, place));
    let after = (place + 1..words.len().min(place + 1 + AFTER)).take_while(|word| !is_closed(place, *word));
    let mut found: Vec<(usize, usize, Measure)> = before
        .chain(after)
        .filter(|word| !places.contains(word))
        .filter_map(|word| Some((word.abs_diff(place), word, *MEASURES.get(tokens.form(word))?)))
        .filter(|(.., measure)| *measure != Measure::Deny)
        .collect();
    found.sort_by_key(|(distance, word, _)| (*distance, *word));
    let Some((_, word, measure)) = found.first().copied() else { return Reading { says: Says::There, cue: None } };
    let denied = (word.saturating_sub(3)..word)
        .rev()
        .take_while(|before| !is_closed(*before, word))
        .find(|before| MEASURES.get(tokens.form(*before)) == Some(&Measure::Deny));
    let says = if (measure == Measure::Up) == denied.is_none() { Says::Up } else { Says::Down };
    let written = |words: Range<usize>| {
        let (first, last) = (tokens.words()[words.start], tokens.words()[words.end - 1]);
        text[first.start as usize..last.end as usize].to_owned()
    };
    Reading { says, cue: Some(written(denied.unwrap_or(word)..word + 1)) }
}

/// The direction of a sentence that says `passage` and has `coverage` of what the claim is about, 0 to 1.
pub(super) fn compare(claim: &Reading, passage: &Reading, coverage: f64) -> (Direction, Option<String>) {
    if coverage < ABOUT {
        return (Direction::Unclear, None);
    }
    let enough = coverage >= ENOUGH;
    let direction = match (claim.says, passage.says) {
        (Says::There | Says::Up, Says::Up) | (Says::Down, Says::Down) => Direction::Same,
        (Says::There | Says::Up, Says::Down) | (Says::Down, Says::Up) => Direction::Opposite,
        (Says::There, Says::There) if enough => Direction::Same,
        (Says::Mixed, Says::Mixed) | (Says::Needed, Says::Needed) => Direction::Same,
        _ => Direction::Unclear,
    };
    (direction, passage.cue.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(claim: &str, passage: &str, expected: Direction) {
        let reading = |text: &str| {
            let tokens = Tokens::of(text);
            let place = (0..tokens.words().len()).find(|word| tokens.form(*word).starts_with("forank"));
            read(text, &tokens, &[place.expect("the word is there")])
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
    }
}
