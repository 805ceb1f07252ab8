//! The unit that is coded, and what is known about it.

use serde::{Deserialize, Serialize};

use crate::text::Span;

/// One piece of a document that is coded as a whole: a paragraph, a turn, an answer, a list item, a sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Segment {
    /// From 1 in the document, context segments included.
    pub number: u32,
    /// Where its words stand in the document's text; a speaker's label and time marks stand outside.
    pub span: Span,
    /// What it is.
    pub kind: SegmentKind,
    /// The speaker's label, as written.
    pub speaker: Option<String>,
    /// The question that an answer answers.
    pub question: Option<String>,
    /// The respondent of an answer.
    pub informant: Option<String>,
    /// The row of a sheet that an answer stands in: an index into the document's respondents.
    pub respondent: Option<u32>,
    /// Page, from 1.
    pub page: Option<u32>,
    /// Time code of its start, in milliseconds.
    pub time: Option<u64>,
    /// Line of its start, from 1.
    pub line: u32,
    /// Code point offset of its start, from 0.
    pub code_point: u32,
}

impl Segment {
    /// A text that is one paragraph as it stands.
    #[must_use]
    pub fn whole(text: &str) -> Self {
        Self {
            number: 1,
            span: Span::new(0, text.len()),
            kind: SegmentKind::Paragraph,
            speaker: None,
            question: None,
            informant: None,
            respondent: None,
            page: None,
            time: None,
            line: 1,
            code_point: 0,
        }
    }
}

/// What a segment is; headings are context, and so are the turns of excluded speakers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum SegmentKind {
    /// Running text, a table cell, a footnote.
    Paragraph,
    /// A heading: context, never coded.
    Heading,
    /// An item of a list.
    ListItem,
    /// What one speaker says in one go.
    Turn,
    /// One respondent's answer to one question.
    Answer,
}
