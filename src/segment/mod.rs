//! A document's blocks become the segments that are coded: paragraphs, turns, answers, list items, sentences.
//!
//! [`split()`] finds out whether a text is a transcript and who speaks where, takes labels and time marks off the
//! ends of what they say, and numbers the segments. Excluding speakers is left to who knows the project.

mod label;
mod label_words;
#[expect(clippy::module_inception, reason = "the type that the folder is named for")]
mod segment;
mod sentence;
mod speakers;
mod split;
mod tables;
mod time;
mod timed;
mod unit;

/// Changes when another rule would find other segments or speakers: what was cut by an older one is cut anew.
pub const RULES_VERSION: u32 = 9;

pub use segment::{Segment, SegmentKind};
pub use sentence::sentence_breaks;
pub use split::{DoubtfulLabels, Split, split};
pub use unit::SegmentUnit;
