//! The unit that a project codes by.

use serde::{Deserialize, Serialize};

/// What one segment of running text or speech is; headings, list items and answers are always one each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SegmentUnit {
    /// A paragraph. In transcripts too: each paragraph of a long turn is a segment with the turn's speaker.
    #[default]
    Paragraph,
    /// All that one speaker says under one label. Declares the text a transcript.
    Turn,
    /// A sentence.
    Sentence,
}
