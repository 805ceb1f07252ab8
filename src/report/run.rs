//! `run.json`: what a run was made from, so that it can be repeated; no clock, no machine.

use serde::Serialize;

use super::node::pretty;
use crate::diag::Warning;
use crate::disk::Input;

/// Versions, options, hashes of every input, and what came of it.
#[derive(Debug, Clone, Serialize)]
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
    /// The documents, by path.
    pub documents: Vec<Input>,
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
    /// The file's text.
    #[must_use]
    pub fn json(&self) -> String {
        pretty(self)
    }
}
