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
    let mut found = Vec::new();
    for at in sentence.clone() {
        let Some((extent, n)) = MEASURES.extent_at(tokens, at).filter(|(_, n)| at + n <= sentence.end) else {
            continue;
        };
        let is_bound = |word: usize| !tokens.words()[word].after_break;
        let counts = || {
            let mut behind = (at + n..sentence.end.min(at + n + COUNTED)).take_while(|word| is_bound(*word));
            behind.any(is_spot)
        };
        // `de fleste var fornøyde med opplæringen`: who they are is not said.
        let is_subject = || {
            let verb = at + n;
            let is_told = verb >= sentence.end || MEASURES.is(tokens.form(verb), Class::Told);
            let is_of_clause = |around: Around<'_>| {
                let is_of = |word: usize| word > verb && is_spot(word) && !around.has_barrier(verb..word);
                around.is_finite(verb) && around.clause().any(is_of)
            };
            !is_told && Around::new(text, tokens, at).is_some_and(is_of_clause)
        };
        let is_in_clause = || {
            Around::new(text, tokens, at).is_some_and(|around| around.clause().any(|word| word != at && is_spot(word)))
        };
        // `kanskje noe overraskende finner vi` doubts nothing.
        let is_aside =
            extent == Extent::Maybe && at + n < sentence.end && ["noe", "noko", "litt"].contains(&tokens.form(at + n));
        // `ikke … noen` is none, not some.
        let is_any = matches!(tokens.form(at), "noen" | "nokre" | "nokon" | "some")
            && (sentence.start..at)
                .rev()
                .take_while(|word| is_bound(word + 1))
                .any(|word| MEASURES.is_denial(tokens.form(word)));
        // `…, sier en av de ansatte` tells who says it.
        let is_told_by = at > sentence.start && MEASURES.is(tokens.form(at - 1), Class::Told);
        if is_aside
            || is_any
            || is_told_by
            || is_spot(at)
            || !(if extent.is_quantity() { counts() || is_subject() } else { is_in_clause() })
        {
            continue;
        }
        let is_denied = at > sentence.start && is_bound(at) && MEASURES.is_denial(tokens.form(at - 1));
        let (first, last) = (tokens.words()[at - usize::from(is_denied)], tokens.words()[at + n - 1]);
        found.push(Qualifier { extent, words: text[first.start as usize..last.end as usize].to_owned(), is_denied });
    }
    found
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
