//! What is wrong with a pattern, and where in it.

use std::{ops::Range, path::Path, sync::Arc};

use crate::{
    diag::{Diagnostic, Place, Severity},
    text::Span,
};

/// Something wrong with a pattern: an error where [`parse`](super::parse) returns it, a warning where
/// [`lint`](super::lint()) does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PatternProblem {
    /// A stable id such as `pattern/unclosed-quote`.
    pub id: &'static str,
    /// What is wrong; lower case, no final period.
    pub message: String,
    /// Bytes of the pattern's source.
    pub span: Span,
    /// What is to be said beside the caret: what was expected there.
    pub label: String,
    /// What to write instead, one line each.
    pub hints: Vec<String>,
}

impl PatternProblem {
    pub(super) fn new(
        id: &'static str,
        range: Range<usize>,
        message: impl Into<String>,
        label: impl Into<String>,
    ) -> Self {
        let span = Span::new(range.start, range.end);
        Self { id, message: message.into(), span, label: label.into(), hints: Vec::new() }
    }

    pub(super) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// The problem as a message about `place`, which is where [`PatternProblem::span`] is written.
    #[must_use]
    pub fn into_diagnostic(self, severity: Severity, mut place: Place) -> Diagnostic {
        place.label = self.label;
        Diagnostic { severity, id: self.id, message: self.message, places: vec![place], hints: self.hints }
    }

    /// The problem as a message about a pattern that stands alone, such as a query; `name` is what the
    /// message calls its source.
    #[must_use]
    pub fn into_diagnostic_alone(self, severity: Severity, name: &Path, source: &Arc<str>) -> Diagnostic {
        let place = Place::within(name, source, self.span, "");
        self.into_diagnostic(severity, place)
    }
}
