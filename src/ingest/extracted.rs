//! What every reader yields, whatever the format: one text and the blocks it consists of.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::text::Span;

/// The text of one document with its structure, as a reader found it.
///
/// Every offset anywhere in temakart points into [`Extracted::text`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Extracted {
    /// Decoded, without byte order mark, line ends as LF, otherwise untouched (not normalised).
    pub text: String,
    /// Paragraphs, headings, list items and the like, in order, without overlap, trimmed of white space.
    /// Text outside all blocks (front matter, markup between them) is neither coded nor counted.
    pub blocks: Vec<Block>,
    /// Attributes that the file itself carries: front matter, or a title and date of document properties.
    pub properties: Properties,
    /// The character encoding that was found, for formats that do not fix it (`UTF-8`, `Windows-1252`, …).
    pub encoding: Option<String>,
    /// What the reader left out or could not be sure of, for the researcher to know.
    pub notices: Vec<Notice>,
}

/// Attributes that a file carries; front matter outranks the path, the path outranks document properties.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Properties {
    /// `key: value` lines of the front matter.
    pub front_matter: BTreeMap<String, String>,
    /// `title`, `date` (ISO) and the like from the document's own properties.
    pub document: BTreeMap<String, String>,
    /// Who answered in a survey's sheets, a row after another.
    pub respondents: Vec<Respondent>,
}

impl Properties {
    /// Those of a file that says nothing of itself.
    #[must_use]
    pub const fn none() -> Self {
        Self { front_matter: BTreeMap::new(), document: BTreeMap::new(), respondents: Vec::new() }
    }
}

/// One row of a survey's sheet with answers in it. A person who was asked twice has two.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Respondent {
    /// The sheet, where the file has several; empty else.
    pub sheet: String,
    /// The row's number as the program shows it, from 1.
    pub row: u32,
    /// What is known of who answers, by the headings of the columns that the project names.
    pub attributes: BTreeMap<String, String>,
}

/// One piece of text that belongs together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Where it stands in the text.
    pub span: Span,
    /// What it is.
    pub kind: BlockKind,
    /// Page, from 1, where the format has pages.
    pub page: Option<u32>,
    /// Time code of its start in milliseconds, where the format has one.
    pub time: Option<u64>,
    /// Speaker, where the format says so by itself (subtitles, transcribers).
    pub speaker: Option<String>,
    /// The question that a survey answer answers.
    pub question: Option<String>,
    /// The respondent of a survey answer.
    pub informant: Option<String>,
    /// The row of a sheet that an answer stands in: an index into [`Properties::respondents`].
    pub respondent: Option<u32>,
}

impl Block {
    /// A block of `kind` at `span` about which nothing else is known.
    #[must_use]
    pub fn new(span: Span, kind: BlockKind) -> Self {
        Self { span, kind, page: None, time: None, speaker: None, question: None, informant: None, respondent: None }
    }
}

/// What a block is in its document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockKind {
    /// Running text.
    Paragraph,
    /// A heading by the format's own marks; never guessed from the look of plain text.
    Heading,
    /// An item of a list.
    ListItem,
    /// A cell of a table.
    Cell,
    /// A footnote or endnote.
    Footnote,
    /// A turn of a transcript whose format names the speaker.
    Turn,
    /// One respondent's answer to one question.
    Answer,
}

/// Something a researcher should know about how a document was read.
///
/// The index keeps it as long as the document does not change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// A stable id, such as `ingest/comments-left-out`.
    pub id: Cow<'static, str>,
    /// One line that stands alone.
    pub message: String,
}

impl Notice {
    /// Tells `message` under a stable id.
    #[must_use]
    pub fn new(id: &'static str, message: impl Into<String>) -> Self {
        Self { id: Cow::Borrowed(id), message: message.into() }
    }

    /// What is told of a document without text.
    #[must_use]
    pub fn no_text() -> Self {
        Self::new("ingest/empty", "it contains no text")
    }
}
