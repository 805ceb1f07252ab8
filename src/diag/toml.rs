//! TOML files: their text, places in it, and what is wrong with one before any of its keys is looked at.
//!
//! The keys are read through [`Fields`](super::Fields), in the file next to this one.

use std::{
    ops::Range,
    path::{Path, PathBuf},
    sync::Arc,
};

use ::toml::de::{DeTable, Error};

use super::{Diagnostic, Place};
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
    /// A string that is none of those expected: `codebook/unknown-value`.
    pub unknown_value: &'static str,
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
            Err(errors.iter().map(|error| syntax_error(self, error)).collect())
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

fn syntax_error(file: &TomlFile, error: &Error) -> Diagnostic {
    let diagnostic = Diagnostic::error(file.ids.syntax, format!("this is not valid TOML: {}", error.message()));
    let diagnostic = match error.span().and_then(|range| curly_quote(&file.text, range.start)) {
        Some(mark) => diagnostic.hint(format!("`{mark}` is not a quotation mark in TOML: use a straight `\"`")),
        None => diagnostic,
    };
    match error.span() {
        Some(range) => diagnostic.at(file.place(range, "")),
        None => diagnostic.at(Place::file(&file.path)),
    }
}

/// The typographic quotation mark that stands at `at`, as word processors write them.
fn curly_quote(text: &str, at: usize) -> Option<char> {
    let at = text.floor_char_boundary(at);
    text[at..].chars().next().filter(|mark| "“”„‟«»‘’‚".contains(*mark))
}

/// The words in backticks, separated by commas.
#[must_use]
pub fn in_backticks(words: &[&str]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}
