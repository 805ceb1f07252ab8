//! Messages with a place and a hint: what is wrong, where, what was expected, what to do.
//!
//! A leaf: it knows how messages look, not what they are about.

mod excerpt;
mod few;
mod fields;
mod nearest;
mod render;
mod suggest;
mod toml;
mod toml_string;
mod warning;

use std::path::PathBuf;

use crate::text::Span;

pub(crate) use self::{
    excerpt::file_name,
    few::{MAX_ERRORS, MAX_NAMED, and_more, capped, counted, few},
    nearest::nearest_path,
};
pub use self::{
    excerpt::{printable, shortened},
    fields::{Fields, Text},
    render::{Style, render},
    suggest::did_you_mean,
    toml::{TomlFile, TomlIds, in_backticks},
    warning::Warning,
};

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing can be done before this is mended.
    Error,
    /// Results are given, and this must be known with them.
    Warning,
    /// Good to know.
    Note,
}

/// One message. The first line, [`Diagnostic::message`], stands alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// A stable id such as `codebook/unknown-parent`, for documentation, tests and scripts.
    pub id: &'static str,
    /// What is wrong, the offending word in backticks, lower case, no final period.
    pub message: String,
    /// Where; the first is the offending place, others explain it.
    pub places: Vec<Place>,
    /// What to do about it, one line each.
    pub hints: Vec<String>,
}

/// A place that a message points at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The file, as the user would name it.
    pub path: PathBuf,
    /// The file's text and the part of it that is meant; `None` when the whole file is meant.
    pub source: Option<(std::sync::Arc<str>, Span)>,
    /// What is to be said about this place, beside the caret.
    pub label: String,
    /// How people find the place where the file has no lines, as in a workbook: `row 5, column E`. It is told instead
    /// of a line of the source.
    pub cell: Option<String>,
}

impl Diagnostic {
    /// An error without place or hint; add them with [`Diagnostic::at`] and [`Diagnostic::hint`].
    #[must_use]
    pub fn error(id: &'static str, message: impl Into<String>) -> Self {
        Self { severity: Severity::Error, id, message: message.into(), places: Vec::new(), hints: Vec::new() }
    }

    /// A warning without place or hint.
    #[must_use]
    pub fn warning(id: &'static str, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(id, message) }
    }

    /// A note without place or hint.
    #[must_use]
    pub fn note(id: &'static str, message: impl Into<String>) -> Self {
        Self { severity: Severity::Note, ..Self::error(id, message) }
    }

    /// Adds a place that the message points at.
    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.places.push(place);
        self
    }

    /// Adds a hint.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }
}

impl Place {
    /// A place inside a file.
    #[must_use]
    pub fn within(
        path: impl Into<PathBuf>,
        source: &std::sync::Arc<str>,
        span: Span,
        label: impl Into<String>,
    ) -> Self {
        Self { path: path.into(), source: Some((std::sync::Arc::clone(source), span)), label: label.into(), cell: None }
    }

    /// A whole file.
    #[must_use]
    pub fn file(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into(), source: None, label: String::new(), cell: None }
    }

    /// This place, told as `cell` of a file that has no lines.
    #[must_use]
    pub fn told_as(self, cell: impl Into<String>) -> Self {
        Self { cell: Some(cell.into()), ..self }
    }
}
