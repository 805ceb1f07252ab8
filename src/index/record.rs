//! What the index knows of a document and of a segment besides its words.

use serde::{Deserialize, Serialize};

use crate::disk::Sha256;
use crate::ingest::{Format, Notice, Properties};

/// What is known of one document, from the last time it was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
    /// What kind of file it is, where that is known.
    pub format: Option<Format>,
    /// Character encoding, where the format does not fix it.
    pub encoding: Option<String>,
    /// ISO code of the language that was given or found.
    pub language: Option<String>,
    // Most documents have none, and there may be hundreds of thousands.
    pub(super) properties: Option<Box<Properties>>,
    /// What the reader left out or was in doubt about.
    pub problems: Vec<Notice>,
    /// Why nothing could be read.
    pub failure: Option<Box<Notice>>,
    /// Number of its segments, context included.
    pub segments: u32,
}

impl DocumentRecord {
    /// Bytes that one takes in a file at least: one for each of its facts.
    pub(super) const MIN_BYTES: usize = 12;

    /// All that is to be known of it, why it could not be read last.
    pub fn all_problems(&self) -> impl Iterator<Item = &Notice> {
        self.problems.iter().chain(self.failure.as_deref())
    }

    /// The hash as run records have it: in hexadecimal, empty where there is none.
    #[must_use]
    pub fn hash(&self) -> String {
        self.sha256.map_or_else(String::new, |sha256| sha256.to_string())
    }

    /// What the file says of itself, and who answered in it if it is a survey.
    #[must_use]
    pub fn properties(&self) -> &Properties {
        static NONE: Properties = Properties::none();
        self.properties.as_deref().unwrap_or(&NONE)
    }

    /// A text that never was a file.
    pub(super) fn in_memory(id: u32, path: String, segments: usize) -> Self {
        Self {
            id,
            path,
            stamp: 0,
            settings: 0,
            sha256: None,
            format: Some(Format::Text),
            encoding: None,
            language: None,
            properties: None,
            problems: Vec::new(),
            failure: None,
            segments: u32::try_from(segments).expect("texts in memory are few"),
        }
    }
}
