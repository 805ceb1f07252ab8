//! The four forms in which a verb's answer leaves the program.

use super::TableStyle;

/// What a verb found, in whichever form is asked for.
pub trait Views {
    /// One JSON object, with a final line end.
    #[must_use]
    fn json(&self) -> String;

    /// A sheet with one header.
    #[must_use]
    fn csv(&self) -> Vec<u8>;

    /// Markdown, for what people paste elsewhere.
    #[must_use]
    fn markdown(&self) -> String;

    /// For people, on a terminal.
    #[must_use]
    fn text(&self, style: TableStyle) -> String;
}
