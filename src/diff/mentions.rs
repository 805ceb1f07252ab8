//! Mentions as `codings.jsonl` has them.

use std::io::Write;
use std::path::Path;

use serde::Deserialize;

use crate::diag::{Diagnostic, Place};

/// One line of `codings.jsonl`, without what is not compared.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Found {
    /// The code's id.
    pub code: String,
    /// The document's path.
    pub document: String,
    /// The segment's number in the document, from 1.
    pub segment: u32,
    /// First code point in the document's text.
    pub start: u32,
    /// One past the last.
    pub end: u32,
    /// Line in the document's text, from 1.
    pub line: u32,
    /// The exact words; empty where quotes were left out.
    #[serde(default)]
    pub quote: String,
    /// The pattern, as written.
    #[serde(default)]
    pub pattern: String,
    /// How the form met the pattern.
    #[serde(default)]
    pub grade: String,
    /// How the clause puts the theme.
    #[serde(default)]
    pub stance: String,
    /// The document's case.
    pub case: Option<String>,
    /// The document's phase.
    pub phase: Option<String>,
}

/// Collects mentions from lines that are written to it, so that no run's lines need be in memory as text.
#[derive(Debug, Default)]
pub struct Mentions {
    found: Vec<Found>,
    rest: Vec<u8>,
}

impl Write for Mentions {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        for piece in bytes.split_inclusive(|byte| *byte == b'\n') {
            self.rest.extend_from_slice(piece);
            if piece.ends_with(b"\n") {
                self.take_line()?;
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Mentions {
    fn take_line(&mut self) -> std::io::Result<()> {
        let line = self.rest.trim_ascii();
        if !line.is_empty() {
            let line = serde_json::from_slice(line)
                .map_err(|error| std::io::Error::other(format!("mention {}: {error}", self.found.len() + 1)))?;
            self.found.push(line);
        }
        self.rest.clear();
        Ok(())
    }

    /// The mentions by document and place.
    ///
    /// # Errors
    /// When what came last is no whole line.
    pub fn finish(mut self) -> std::io::Result<Vec<Found>> {
        self.take_line()?;
        self.found.sort_by(|a, b| (&a.document, a.start, a.end).cmp(&(&b.document, b.start, b.end)));
        Ok(self.found)
    }
}

/// The mentions of the results in the folder `dir`.
///
/// # Errors
/// When there are none or they cannot be read.
pub fn read_results(dir: &Path) -> Result<Vec<Found>, Diagnostic> {
    let path = dir.join("codings.jsonl");
    let failed = |error: std::io::Error| {
        Diagnostic::error("diff/unreadable", format!("results cannot be read: {error}"))
            .at(Place::file(&path))
            .hint("`temakart code` writes them; a folder of results holds a `codings.jsonl`")
    };
    let mut mentions = Mentions::default();
    std::fs::File::open(&path).and_then(|mut file| std::io::copy(&mut file, &mut mentions)).map_err(failed)?;
    mentions.finish().map_err(failed)
}
