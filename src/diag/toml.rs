//! TOML files: what the `toml` crate has to say about one, in our own words and with our own carets.
//!
//! Two doors. A loader that lets serde fill its types turns the one error it gets into a message with
//! [`toml_error`]. A loader that wants every error at once parses with [`TomlFile::parse`] and reads the tables
//! through [`Fields`](super::Fields), which is in the file next to this one.

use std::{
    ops::Range,
    path::{Path, PathBuf},
    sync::Arc,
};

use ::toml::de::{DeTable, Error};

use super::{Diagnostic, Place, did_you_mean};
use crate::text::Span;

/// The ids under which a loader reports what can be wrong with any TOML file.
#[derive(Debug, Clone, Copy)]
pub struct TomlIds {
    /// It is no TOML: `codebook/syntax`.
    pub syntax: &'static str,
    /// A key that nobody knows: `codebook/unknown-key`.
    pub unknown_key: &'static str,
    /// A value of the wrong kind: `codebook/wrong-type`.
    pub wrong_type: &'static str,
    /// A key that must be there and is not: `codebook/missing-key`.
    pub missing_key: &'static str,
}

/// A TOML file in memory: its name and its text, which every message about it shares.
#[derive(Debug, Clone)]
pub struct TomlFile {
    /// As the user named it.
    pub path: PathBuf,
    /// All of it.
    pub text: Arc<str>,
    /// How its errors are called.
    pub ids: TomlIds,
}

impl TomlFile {
    /// The file at `path`, whose text is `text`.
    #[must_use]
    pub fn new(path: &Path, text: &str, ids: TomlIds) -> Self {
        Self { path: path.to_owned(), text: Arc::from(text), ids }
    }

    /// The tree of tables, arrays and values, each with its place.
    ///
    /// # Errors
    /// Every place where the text is no TOML, in the order of the file.
    pub fn parse(&self) -> Result<DeTable<'_>, Vec<Diagnostic>> {
        let (table, errors) = DeTable::parse_recoverable(&self.text);
        if errors.is_empty() {
            Ok(table.into_inner())
        } else {
            Err(errors.iter().map(|error| toml_error(self, error)).collect())
        }
    }

    /// The part of the file in `range`, with what is to be said about it.
    ///
    /// A range that lies outside the text, or inside a character, is moved to the nearest place that does not.
    #[must_use]
    pub fn place(&self, range: Range<usize>, label: impl Into<String>) -> Place {
        let start = self.text.floor_char_boundary(range.start);
        let end = self.text.ceil_char_boundary(range.end.max(start));
        Place::within(&self.path, &self.text, Span::new(start, end), label)
    }
}

/// The message for an error of the `toml` crate or of serde above it.
#[must_use]
pub fn toml_error(file: &TomlFile, error: &Error) -> Diagnostic {
    let diagnostic = match unknown_field(error.message()) {
        Some((key, known)) => return unknown_key(file, error.span().unwrap_or_default(), key, &known),
        None if error.message().starts_with("missing field") => {
            Diagnostic::error(file.ids.missing_key, error.message().replacen("missing field", "missing key", 1))
        }
        None if is_about_a_value(error.message()) => Diagnostic::error(file.ids.wrong_type, error.message()),
        None => Diagnostic::error(file.ids.syntax, format!("this is not valid TOML: {}", error.message())),
    };
    match error.span() {
        Some(range) => diagnostic.at(file.place(range, "")),
        None => diagnostic.at(Place::file(&file.path)),
    }
}

/// The message for a key at `range` that is none of `known`.
#[must_use]
pub fn unknown_key(file: &TomlFile, range: Range<usize>, key: &str, known: &[&str]) -> Diagnostic {
    let diagnostic = Diagnostic::error(file.ids.unknown_key, format!("unknown key `{key}`"))
        .at(file.place(range, "not a key of this table"));
    match did_you_mean(key, known.iter().copied()) {
        Some(near) => diagnostic.hint(format!("did you mean `{near}`?")),
        None => diagnostic.hint(format!("the keys here are {}", in_backticks(known))),
    }
}

/// The words in backticks, separated by commas.
#[must_use]
pub fn in_backticks(words: &[&str]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

/// The key and the known keys of serde's "unknown field `a`, expected one of `b`, `c`".
fn unknown_field(message: &str) -> Option<(&str, Vec<&str>)> {
    let rest = message.strip_prefix("unknown field `")?;
    let (key, expected) = rest.split_once("`, ").or_else(|| rest.split_once('`'))?;
    Some((key, expected.split('`').skip(1).step_by(2).collect()))
}

/// Whether serde says this (of a value that is TOML, but not what we asked for), not the TOML parser.
fn is_about_a_value(message: &str) -> bool {
    ["invalid type", "invalid value", "invalid length", "unknown variant", "wanted "]
        .iter()
        .any(|start| message.starts_with(start))
}
