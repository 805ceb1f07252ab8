//! Claims with what the material says for them and against them.

use crate::report::{Answered, Spot};
use crate::search::{Direction, Flag};

/// One claim with its evidence.
#[derive(Debug, Clone, PartialEq)]
pub struct ClaimTable {
    /// The claim's id in the claims file.
    pub id: String,
    /// The claim.
    pub claim: String,
    /// The best passages, spread over cases and phases.
    pub passages: Vec<ClaimPassage>,
    /// How many were found, however many are given here.
    pub found: usize,
    /// Whether there are more that have some of the claim's words.
    pub has_more: bool,
    /// How many documents those that were found are from.
    pub documents: u64,
    /// How many persons' words they are; `None` where one of the documents does not tell.
    pub speakers: Option<u64>,
    /// What must be seen beside them.
    pub flags: Vec<Flag>,
}

/// A passage that speaks to a claim.
#[derive(Debug, Clone, PartialEq)]
pub struct ClaimPassage {
    /// Index into [`super::Report::documents`].
    pub document: usize,
    /// Index of its case, where it is of any.
    pub case: Option<usize>,
    /// Index of its phase.
    pub phase: Option<usize>,
    /// What the speaker is called in output.
    pub speaker: Option<String>,
    /// Who answers what, in a survey's sheet.
    pub answered: Option<Answered>,
    /// Where it stands, in a document without pages.
    pub spot: Spot,
    /// Page, from 1.
    pub page: Option<u32>,
    /// Time code in milliseconds.
    pub time: Option<u64>,
    /// For or against, by rule.
    pub direction: Direction,
    /// The words that the rule went by; `None` too where no words of the material may stand.
    pub cue: Option<String>,
    /// The sentence that has most of the claim's words; empty where no words of the material may stand.
    pub quote: String,
    /// Whether text is left out before and after the quote.
    pub is_cut: (bool, bool),
}

impl ClaimPassage {
    /// The quote on one line, with `[…]` where the segment goes on.
    #[must_use]
    pub fn quoted(&self) -> String {
        let (before, after) = self.is_cut;
        let words = self.quote.split_whitespace().collect::<Vec<_>>().join(" ");
        format!("{}{words}{}", if before { "[…] " } else { "" }, if after { " […]" } else { "" })
    }
}
