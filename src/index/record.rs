//! What the index knows of a document and of a segment besides its words.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::ingest::{Notice, Respondent};

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
    /// SHA-256 of the file, in hexadecimal; empty if it could not be opened or not be read in time.
    pub sha256: String,
    /// `txt`, `docx`, …
    pub format: String,
    /// Character encoding, where the format does not fix it.
    pub encoding: Option<String>,
    /// ISO code of the language that was given or found.
    pub language: Option<String>,
    /// Attributes of the file's front matter.
    pub front_matter: BTreeMap<String, String>,
    /// Attributes of the file's document properties.
    pub properties: BTreeMap<String, String>,
    /// Who answered in a survey's sheets, by the numbers that its rows give.
    pub respondents: Vec<Respondent>,
    /// What the reader left out or was in doubt about.
    pub problems: Vec<Notice>,
    /// Why nothing could be read.
    pub failure: Option<Notice>,
    /// Number of its segments, context included.
    pub segments: u32,
}

impl DocumentRecord {
    /// All that is to be known of it, why it could not be read last.
    pub fn all_problems(&self) -> impl Iterator<Item = &Notice> {
        self.problems.iter().chain(&self.failure)
    }

    /// A text that never was a file.
    pub(super) fn in_memory(id: u32, path: String, segments: usize) -> Self {
        Self {
            id,
            path,
            stamp: 0,
            settings: 0,
            sha256: String::new(),
            format: "txt".to_owned(),
            encoding: None,
            language: None,
            front_matter: BTreeMap::new(),
            properties: BTreeMap::new(),
            respondents: Vec::new(),
            problems: Vec::new(),
            failure: None,
            segments: u32::try_from(segments).expect("texts in memory are few"),
        }
    }
}
