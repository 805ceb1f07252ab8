//! Codings as `codings.jsonl` has them, collected while they are written.

use std::io::Write;

use serde::Deserialize;

/// One line, with all that other programs may want of it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct CodingLine {
    /// The same from run to run.
    pub id: String,
    /// The document's path.
    pub document: String,
    /// The segment's number in the document, from 1.
    pub segment: u32,
    /// The code's id.
    pub code: String,
    /// Whether it counts in its own code's row.
    pub counted: bool,
    /// First code point in the document's text.
    pub start: u32,
    /// One past the last.
    pub end: u32,
    /// The exact words.
    pub quote: String,
    /// The pattern, as written; empty where a person coded.
    pub pattern: String,
    /// The form that met it, folded.
    pub form: String,
    /// How the form met the pattern.
    pub grade: String,
    /// How the clause puts the theme.
    pub stance: String,
    /// The words that show it.
    pub cue: Option<String>,
    /// `rule`, or who coded.
    pub coder: String,
    /// Who else stands behind it.
    #[serde(default)]
    pub accepted_by: Vec<String>,
    /// What the speaker is called.
    pub speaker: Option<String>,
    /// Line in the document's text, from 1.
    pub line: u32,
    /// Page, from 1.
    pub page: Option<u32>,
    /// `hh:mm:ss.mmm`.
    pub time: Option<String>,
}

/// Collects codings from lines that are written to it.
#[derive(Debug, Default)]
pub struct Lines {
    /// By document and place.
    pub all: Vec<CodingLine>,
    rest: Vec<u8>,
}

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        for piece in bytes.split_inclusive(|byte| *byte == b'\n') {
            self.rest.extend_from_slice(piece);
            if piece.ends_with(b"\n") {
                self.all.push(serde_json::from_slice(&self.rest).map_err(std::io::Error::other)?);
                self.rest.clear();
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
