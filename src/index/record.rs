//! What the index knows of a document and of a segment besides its words.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::disk::Sha256;
use crate::ingest::{Format, Notice, Properties};
use crate::text::narrow;

/// What is known of one document, from the last time it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentRecord {
    /// Never used twice in one index: rows of an older reading carry another number.
    pub(crate) id: u32,
    /// Relative to the project, `/` between, NFC.
    pub path: String,
    /// What tells whether it must be read again.
    pub stamp: u64,
    /// The settings that its segments were made with.
    pub settings: u64,
    /// SHA-256 of the file; `None` if it could not be opened or not be read in time.
    pub sha256: Option<Sha256>,
    /// Number of its segments, context included.
    pub segments: u32,
    /// What came of reading it; documents that nothing else tells apart share it.
    pub outcome: Arc<Outcome>,
}

/// What came of reading a document, besides its segments.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// What kind of file it is, where that is known.
    pub format: Option<Format>,
    /// Character encoding, where the format does not fix it.
    pub encoding: Option<String>,
    /// ISO code of the language that was given or found.
    pub language: Option<String>,
    /// What the file says of itself, and who answered in it if it is a survey.
    pub properties: Properties,
    /// What the reader left out or was in doubt about.
    pub problems: Vec<Notice>,
    /// Why nothing could be read.
    pub failure: Option<Notice>,
}

impl Outcome {
    /// All that is to be known of the document; the reason why it could not be read, if any, comes last.
    pub fn all_problems(&self) -> impl Iterator<Item = &Notice> {
        self.problems.iter().chain(&self.failure)
    }
}

impl DocumentRecord {
    /// The hash as run records have it: in hexadecimal, empty where there is none.
    #[must_use]
    pub fn hash(&self) -> String {
        self.sha256.map_or_else(String::new, |sha256| sha256.to_string())
    }

    /// A text that never was a file.
    pub(super) fn in_memory(id: u32, path: String, segments: usize) -> Self {
        Self {
            id,
            path,
            stamp: 0,
            settings: 0,
            sha256: None,
            segments: narrow(segments),
            outcome: Arc::new(Outcome { format: Some(Format::Text), ..Outcome::default() }),
        }
    }
}
