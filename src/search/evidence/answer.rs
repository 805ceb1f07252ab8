//! What is found for a claim, and what it rests on.

use std::ops::Range;

use serde::Serialize;

use super::direction::Direction;
use super::words::Role;

/// A claim to be looked into.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// The claim's id as the user gives it, or its place in the list.
    pub id: String,
    /// The claim.
    pub text: String,
}

/// One passage for or against a claim.
#[derive(Debug, Clone, PartialEq)]
pub struct Passage {
    /// Index of the document.
    pub document: usize,
    /// Its rows.
    pub rows: Range<usize>,
    /// First code point in the document's text, of the first segment's words.
    pub start: u32,
    /// One past the last code point of the last segment.
    pub end: u32,
    /// Its segments' words, a line break between.
    pub text: String,
    /// The sentence that has most of the claim's words.
    pub quote: String,
    /// Whether text is left out before and after the quote.
    pub is_cut: (bool, bool),
    /// Only the order of scores is meaningful; `rank` documents how they are computed.
    pub score: f64,
    /// For or against, by rule.
    pub direction: Direction,
    /// The words that the rule went by.
    pub cue: Option<String>,
    /// The row of the quote, and whose words it is.
    pub row: usize,
    /// Line of the quote's segment, from 1.
    pub line: u32,
    /// Page of the quote's segment.
    pub page: Option<u32>,
    /// Time code of the quote's segment.
    pub time: Option<u64>,
    /// Indices of the codes that it has.
    pub codes: Vec<usize>,
}

/// What a researcher must see beside a claim's passages. It rests on the passages that were found, not on those that are
/// shown: on what says the same, or, where nothing does, on all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Flag {
    /// Nothing in the material has enough of the claim's words.
    NoEvidence,
    /// What says the same is from one document.
    OneDocument,
    /// It is one person's words.
    OneSpeaker,
    /// It is from one case.
    OneCase,
    /// A passage says the opposite, by rule.
    CounterEvidence,
    /// No passage says the same, by rule.
    NothingSaysSame,
}

/// How many of the passages that were found do what to a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Directions {
    /// Say the same.
    pub same: usize,
    /// Say the opposite.
    pub opposite: usize,
    /// The rules cannot tell.
    pub unclear: usize,
}

impl Directions {
    pub(super) fn of(passages: &[Passage]) -> Self {
        let count = |wanted: Direction| passages.iter().filter(|passage| passage.direction == wanted).count();
        let [same, opposite, unclear] = [Direction::Same, Direction::Opposite, Direction::Unclear].map(count);
        Self { same, opposite, unclear }
    }

    /// How many were found.
    #[must_use]
    pub fn total(&self) -> usize {
        self.same + self.opposite + self.unclear
    }
}

/// What the passages that were found rest on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Behind {
    /// How many documents.
    pub documents: u64,
    /// How many persons; `None` if one of the documents names nobody.
    pub speakers: Option<u64>,
    /// Cases, in the study's order.
    pub cases: Vec<String>,
    /// Phases, in the study's order.
    pub phases: Vec<String>,
}

/// All that was found for one claim.
#[derive(Debug, Clone, PartialEq)]
pub struct ClaimEvidence {
    /// The claim.
    pub claim: Claim,
    /// The passages that are shown, the best first.
    pub passages: Vec<Passage>,
    /// How many were found, and what they do to the claim, however many are shown.
    pub found: Directions,
    /// Whether there are more that have some of its words: only so many of the best are read.
    pub has_more: bool,
    /// What those that were found rest on.
    pub behind: Behind,
    /// What to see in those that were found.
    pub flags: Vec<Flag>,
    /// What the claim was understood to be about.
    pub words: Vec<(String, Role)>,
    /// Codes whose patterns the claim itself mentions, by index.
    pub codes: Vec<usize>,
    /// Case ids that it names.
    pub cases: Vec<String>,
    /// Phase ids that it names.
    pub phases: Vec<String>,
    /// Speakers that it names.
    pub speakers: Vec<String>,
    /// The forms in the material that its words match, the surest first, without compounds.
    pub forms: Vec<(String, Vec<String>)>,
}
