//! What of a file is shown with a message: its name, and the line of the caret with nothing invisible in it.

use std::{borrow::Cow, fmt::Write, ops::Range, path::Path};

use crate::text::Span;

/// So much of a line is kept after the caret; no screen shows more.
const KEPT_AFTER: usize = 2_000;

/// The line of a file in which a span begins.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Excerpt {
    /// From 1.
    pub(super) line: usize,
    /// The line, each invisible character replaced by one that shows, so that columns stay.
    pub(super) shown: String,
    /// The part of `shown` that the span covers. A span over several lines is cut at the end of its first.
    pub(super) caret: Range<usize>,
}

impl Excerpt {
    /// The line of `text` in which `span` begins.
    pub(super) fn of(text: &str, span: Span) -> Self {
        let start = text.floor_char_boundary(span.start());
        let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
        let line_length = text[line_start..].find('\n').unwrap_or(text.len() - line_start);
        let line = text[line_start..line_start + line_length].trim_end_matches('\r');
        let caret_start = (start - line_start).min(line.len());
        let line = &line[..line.ceil_char_boundary(caret_start + KEPT_AFTER)];
        let caret_end = line.ceil_char_boundary(span.end().saturating_sub(line_start).clamp(caret_start, line.len()));

        let mut shown = String::with_capacity(line.len());
        shown.extend(line[..caret_start].chars().map(visible));
        let from = shown.len();
        shown.extend(line[caret_start..caret_end].chars().map(visible));
        let to = shown.len();
        shown.extend(line[caret_end..].chars().map(visible));
        let line = text[..line_start].bytes().filter(|byte| *byte == b'\n').count() + 1;
        Self { line, shown, caret: from..to }
    }
}

/// ASCII's control characters are left to the renderer, which has pictures of them.
fn visible(character: char) -> char {
    if is_printable(character) || character.is_ascii() { character } else { char::REPLACEMENT_CHARACTER }
}

/// The last part of `path`.
pub(crate) fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

/// `text` with what a terminal would obey or nobody would see written out, as in `\u{1b}`.
#[must_use]
pub fn printable(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_printable) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    push_printable(text, &mut out);
    Cow::Owned(out)
}

/// `text`, cut where it is too long to stand inside a message.
#[must_use]
pub fn shortened(text: &str) -> Cow<'_, str> {
    const MAX_LENGTH: usize = 60;
    match text.char_indices().nth(MAX_LENGTH) {
        Some((at, _)) => Cow::Owned(format!("{}…", &text[..at])),
        None => Cow::Borrowed(text),
    }
}

fn push_printable(text: &str, out: &mut String) {
    for character in text.chars() {
        match character {
            '\t' => out.push_str("    "),
            '\n' => out.push_str("\\n"),
            _ if is_printable(character) => out.push(character),
            _ => {
                // Writing to a String cannot fail.
                let _ = write!(out, "\\u{{{:x}}}", u32::from(character));
            }
        }
    }
}

fn is_printable(character: char) -> bool {
    let is_invisible = matches!(character,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}');
    !character.is_control() && !is_invisible
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, span: (usize, usize), line: usize, shown: &str, caret: &str) {
        let excerpt = Excerpt::of(text, Span::new(span.0, span.1));
        assert_eq!(excerpt.line, line);
        assert_eq!(excerpt.shown, shown);
        assert_eq!(&excerpt.shown[excerpt.caret.clone()], caret);
    }

    #[test]
    fn the_line_of_the_span_is_shown() {
        check("a\nstøtte NEAR/x\nb", (10, 16), 2, "støtte NEAR/x", "NEAR/x");
        check("a\r\nb\r\n", (3, 4), 2, "b", "b");
    }

    #[test]
    fn a_span_over_several_lines_ends_with_its_first() {
        check("a = [\n 1,\n]", (4, 11), 1, "a = [", "[");
    }

    #[test]
    fn the_end_of_a_file_has_a_place() {
        check("a\n", (2, 2), 2, "", "");
        check("a", (1, 1), 1, "a", "");
        check("", (0, 0), 1, "", "");
    }

    #[test]
    fn nothing_invisible_is_shown() {
        check("x\u{202e}\u{9b}å", (1, 4), 1, "x\u{fffd}\u{fffd}å", "\u{fffd}");
        assert_eq!(printable("\u{1b}[2J\u{ad}å\n"), "\\u{1b}[2J\\u{ad}å\\n");
    }
}
