//! What a sentence says of how many it is so for, how often and how surely: `to av deltakerne`, `sjelden`, `kanskje`.
//!
//! What is so of some is not so of all, and what is thought of is not done. So a passage that narrows what it says, where
//! the claim does not, is not for the claim; nor is one that is of some where the claim is of all.

use std::ops::Range;

use super::measures::{Class, MEASURES};
use crate::language::{Around, Tokens};

/// How far something goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Extent {
    All,
    Many,
    Some,
    Few,
    Often,
    Seldom,
    /// It may be so, or is planned.
    Maybe,
    /// Each for themselves.
    Apart,
}

impl Extent {
    fn is_quantity(self) -> bool {
        matches!(self, Self::All | Self::Many | Self::Some | Self::Few)
    }

    /// Whether less is said than without it.
    fn narrows(self) -> bool {
        matches!(self, Self::Some | Self::Few | Self::Seldom | Self::Maybe | Self::Apart)
    }

    /// Whether both cannot be said of one thing.
    fn contradicts(self, other: Self) -> bool {
        let pair = if self < other { (self, other) } else { (other, self) };
        matches!(pair, (Self::All | Self::Many, Self::Few) | (Self::Often, Self::Seldom))
    }

    /// Whether what is so to this extent is so to the other.
    fn implies(self, other: Self) -> bool {
        self == other || (self, other) == (Self::All, Self::Many)
    }
}

/// Words of a sentence that say how far it goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Qualifier {
    pub(super) extent: Extent,
    /// As they are written.
    pub(super) words: String,
    /// Whether a denial is directly before them: `ikke alle`.
    pub(super) is_denied: bool,
}

impl Qualifier {
    /// Whether it tells of a part, small or large.
    pub(super) fn is_of_part(&self) -> bool {
        matches!(self.extent, Extent::Many | Extent::Some | Extent::Few) && !self.is_denied
    }
}

/// How far a passage goes as the claim does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fit {
    /// Both go equally far.
    Same,
    /// The words of the passage say the opposite.
    Against(String),
    /// It cannot be decided.
    Unsure,
}

/// A word that counts is of a word of the claim that follows within so many words.
const COUNTED: usize = 3;

/// What tells how far a sentence goes, where it is told of words for which `is_spot` holds.
pub(super) fn qualifiers(
    text: &str,
    tokens: &Tokens,
    sentence: &Range<usize>,
    is_spot: &dyn Fn(usize) -> bool,
) -> Vec<Qualifier> {
    let at = |at: usize| {
        let (extent, n) = MEASURES.extent_at(tokens, at).filter(|(_, n)| at + n <= sentence.end)?;
        let candidate = Candidate { text, tokens, sentence, is_spot, extent, words: at..at + n };
        candidate.is_of_spot().then(|| candidate.qualifier())
    };
    sentence.clone().filter_map(at).collect()
}

/// Words of a sentence that tell an extent, of whatever that is.
struct Candidate<'a> {
    text: &'a str,
    tokens: &'a Tokens,
    sentence: &'a Range<usize>,
    is_spot: &'a dyn Fn(usize) -> bool,
    extent: Extent,
    words: Range<usize>,
}

impl Candidate<'_> {
    /// Whether it is the extent of one of the words that are asked for.
    fn is_of_spot(&self) -> bool {
        if self.is_aside() || self.is_none() || self.is_of_who_says_it() || (self.is_spot)(self.words.start) {
            return false;
        }
        if self.extent.is_quantity() { self.counts() || self.is_subject() } else { self.is_in_clause() }
    }

    fn qualifier(&self) -> Qualifier {
        let (start, end) = (self.words.start, self.words.end);
        let is_denied = start > self.sentence.start && self.is_bound(start) && self.is_denial(start - 1);
        let (first, last) = (self.tokens.words()[start - usize::from(is_denied)], self.tokens.words()[end - 1]);
        let words = self.text[first.start as usize..last.end as usize].to_owned();
        Qualifier { extent: self.extent, words, is_denied }
    }

    /// Whether it counts what a word soon behind it names.
    fn counts(&self) -> bool {
        let behind = self.words.end..self.sentence.end.min(self.words.end + COUNTED);
        behind.take_while(|word| self.is_bound(*word)).any(self.is_spot)
    }

    /// `de fleste var fornøyde med opplæringen`: who they are is not said.
    fn is_subject(&self) -> bool {
        let verb = self.words.end;
        if verb >= self.sentence.end || MEASURES.is(self.tokens.form(verb), Class::Told) {
            return false;
        }
        self.around().is_some_and(|around| {
            let is_of = |word: usize| word > verb && (self.is_spot)(word) && !around.has_barrier(verb..word);
            around.is_finite(verb) && around.clause().any(is_of)
        })
    }

    fn is_in_clause(&self) -> bool {
        let is_other = |word: usize| word != self.words.start && (self.is_spot)(word);
        self.around().is_some_and(|around| around.clause().any(is_other))
    }

    /// `kanskje noe overraskende finner vi` doubts nothing.
    fn is_aside(&self) -> bool {
        self.extent == Extent::Maybe
            && self.words.end < self.sentence.end
            && ["noe", "noko", "litt"].contains(&self.tokens.form(self.words.end))
    }

    /// `ikke … noen` is none, not some.
    fn is_none(&self) -> bool {
        let start = self.words.start;
        let mut before = (self.sentence.start..start).rev().take_while(|word| self.is_bound(word + 1));
        matches!(self.tokens.form(start), "noen" | "nokre" | "nokon" | "some")
            && before.any(|word| self.is_denial(word))
    }

    /// `…, sier en av de ansatte` tells who says it.
    fn is_of_who_says_it(&self) -> bool {
        let start = self.words.start;
        start > self.sentence.start && MEASURES.is(self.tokens.form(start - 1), Class::Told)
    }

    fn is_bound(&self, word: usize) -> bool {
        !self.tokens.words()[word].after_break
    }

    fn is_denial(&self, word: usize) -> bool {
        MEASURES.is_denial(self.tokens.form(word))
    }

    fn around(&self) -> Option<Around<'_>> {
        Around::new(self.text, self.tokens, self.words.start)
    }
}

/// Whether a passage with these qualifiers goes as far as a claim with those. `is_loose` where what is said is a measure:
/// then what the passage leaves open may be open.
pub(super) fn fit(claim: &[Qualifier], passage: &[Qualifier], is_loose: bool) -> Fit {
    for own in claim.iter().filter(|own| !own.is_denied) {
        let against = |other: &&Qualifier| {
            own.extent.contradicts(other.extent) && !other.is_denied
                || other.is_denied && own.extent == Extent::All && other.extent == Extent::All
        };
        if let Some(other) = passage.iter().find(against) {
            return Fit::Against(other.words.clone());
        }
    }
    let is_met = |own: &Qualifier| {
        passage.iter().any(|other| other.is_denied == own.is_denied && other.extent.implies(own.extent))
    };
    let is_known = |other: &Qualifier| {
        claim.iter().any(|own| own.is_denied == other.is_denied && other.extent.implies(own.extent))
    };
    let is_narrowed = passage.iter().any(|other| (other.is_denied || other.extent.narrows()) && !is_known(other));
    let is_open = !is_loose && !claim.iter().all(is_met);
    if is_narrowed || is_open { Fit::Unsure } else { Fit::Same }
}
