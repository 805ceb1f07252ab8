//! `run.json`: what a run was made from, so that it can be repeated; no clock, no machine.

use std::io::{self, Write};

use serde::{Serialize, Serializer};

use crate::diag::Warning;
use crate::disk::Input;
use crate::index::DocumentRecord;

/// Versions, options, hashes of every input, and what came of it.
///
/// The documents are not among it: there may be hundreds of thousands, and the index has them.
#[derive(Debug, Clone)]
pub struct RunRecord {
    /// Of this file.
    pub format: u32,
    /// Of the program.
    pub temakart: String,
    /// The project's name.
    pub project: String,
    /// How the run was asked for.
    pub options: Options,
    /// The codebook.
    pub codebook: Input,
    /// Project file, manifest, speakers: whatever of them there is.
    pub project_files: Vec<Input>,
    /// Files of decisions that were applied.
    pub decisions: Vec<Input>,
    /// How much was coded.
    pub totals: RunTotals,
    /// What must be known with the numbers.
    pub warnings: Vec<Warning>,
}

/// The options that decide about numbers.
#[derive(Debug, Clone, Serialize)]
pub struct Options {
    /// Attributes counted by.
    pub by: Vec<String>,
    /// The filter.
    #[serde(rename = "where")]
    pub filter: Option<String>,
    /// Whether repeated segments were counted once.
    pub unique: bool,
    /// Whose decisions were applied.
    pub decisions: String,
}

/// How much was coded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct RunTotals {
    /// Documents read.
    pub documents: u64,
    /// Material segments.
    pub segments: u64,
    /// Words in them.
    pub words: u64,
    /// Mentions of all codes.
    pub mentions: u64,
    /// Documents that consent was withdrawn for and that left the project.
    pub forgotten: u64,
}

impl RunRecord {
    /// Writes the file; `documents` are those of the run, by path.
    ///
    /// # Errors
    /// When `out` cannot be written.
    pub fn write(&self, documents: &[DocumentRecord], out: &mut dyn Write) -> io::Result<()> {
        let Self { format, temakart, project, options, codebook, project_files, decisions, totals, warnings } = self;
        let documents = Documents(documents);
        let file = File {
            format,
            temakart,
            project,
            options,
            codebook,
            project_files,
            decisions,
            documents,
            totals,
            warnings,
        };
        serde_json::to_writer_pretty(&mut *out, &file)?;
        out.write_all(b"\n")
    }
}

/// The file, with its fields in the order in which they are written.
#[derive(Serialize)]
struct File<'a> {
    format: &'a u32,
    temakart: &'a str,
    project: &'a str,
    options: &'a Options,
    codebook: &'a Input,
    project_files: &'a [Input],
    decisions: &'a [Input],
    documents: Documents<'a>,
    totals: &'a RunTotals,
    warnings: &'a [Warning],
}

/// Documents by path and hash.
struct Documents<'a>(&'a [DocumentRecord]);

impl Serialize for Documents<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer
            .collect_seq(self.0.iter().map(|document| Input { path: document.path.clone(), sha256: document.hash() }))
    }
}
