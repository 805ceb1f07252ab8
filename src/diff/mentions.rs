//! Mentions as they are compared, and as a run's `codings.jsonl` has them.

use std::path::Path;

use serde::Deserialize;

use crate::diag::Diagnostic;
use crate::sheet::{LineIds, Lines};

/// Four million mentions are about so many bytes.
const MAX_BYTES: u64 = 2 << 30;
const IDS: LineIds = LineIds { not_utf_8: "diff/unreadable", syntax: "diff/unreadable" };

/// A mention, without what is not compared; a line of `codings.jsonl`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct FoundMention {
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
    /// Who made it: `rule`, or a person's name.
    #[serde(default)]
    pub coder: String,
    /// The case that it counts for.
    pub case: Option<String>,
    /// The phase that it counts for.
    pub phase: Option<String>,
}

/// The codes of the results in the folder `dir`, id and label, in the order of their codebook; none where the table of
/// frequencies is not there or not as `code` writes it.
#[must_use]
pub fn read_codes(dir: &Path) -> Vec<(String, String)> {
    let Ok(mut table) = csv::Reader::from_path(dir.join("frequencies.csv")) else { return Vec::new() };
    let mut codes: Vec<(String, String)> = Vec::new();
    if !table.headers().is_ok_and(|header| header.iter().take(2).eq(["code", "label"])) {
        return codes;
    }
    for row in table.records() {
        let Ok(row) = row else { return codes };
        // The rows of a code stand together.
        if codes.last().is_none_or(|(last, _)| *last != row[0]) {
            codes.push((row[0].to_owned(), row[1].to_owned()));
        }
    }
    codes
}

/// The mentions of the results in the folder `dir`, by document and place.
///
/// # Errors
/// When there are none or they cannot be read.
pub fn read_results(dir: &Path) -> Result<Vec<FoundMention>, Diagnostic> {
    let path = dir.join("codings.jsonl");
    let failed = |error: Diagnostic| {
        Diagnostic { id: IDS.syntax, ..error }
            .hint("`temakart code` writes results; a results folder contains a `codings.jsonl`")
    };
    let lines = Lines::read(&path, MAX_BYTES, IDS).map_err(failed)?;
    let mut found: Vec<FoundMention> = Vec::new();
    for (span, line) in lines.iter() {
        found.push(serde_json::from_str(line).map_err(|error| {
            let message = format!("results cannot be read: mention {}: {error}", found.len() + 1);
            failed(Diagnostic::error(IDS.syntax, message).at(lines.place(span)))
        })?);
    }
    found.sort_by(|a, b| (&a.document, a.start, a.end).cmp(&(&b.document, b.start, b.end)));
    Ok(found)
}
