//! Byte ranges of a text and what people cite instead of them: lines and code points.

use serde::{Deserialize, Serialize};

/// A half-open byte range of one text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    start: u32,
    end: u32,
}

impl Span {
    /// The span from byte `start` up to, not including, byte `end`.
    ///
    /// # Panics
    /// When `end` lies before `start` or past 4 GiB; readers refuse documents that long.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        assert!(start <= end, "a span ends before it starts: {start}..{end}");
        let limit = |offset: usize| u32::try_from(offset).expect("documents are limited to less than 4 GiB");
        Self { start: limit(start), end: limit(end) }
    }

    /// First byte.
    #[must_use]
    pub fn start(self) -> usize {
        self.start as usize
    }

    /// One past the last byte.
    #[must_use]
    pub fn end(self) -> usize {
        self.end as usize
    }

    /// Length in bytes.
    #[must_use]
    pub fn len(self) -> usize {
        self.end() - self.start()
    }

    /// Whether the span holds no byte.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The part of `text` that this span covers.
    ///
    /// # Panics
    /// When the span does not lie on character boundaries of `text`: it belongs to another text.
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        &text[self.start()..self.end()]
    }

    /// The span without white space at either end.
    #[must_use]
    pub fn trimmed(self, text: &str) -> Self {
        let inner = self.of(text);
        let start = self.start() + (inner.len() - inner.trim_start().len());
        Self::new(start, start + inner.trim().len())
    }

    /// The span moved `by` bytes towards the end.
    #[must_use]
    pub fn shifted(self, by: usize) -> Self {
        Self::new(self.start() + by, self.end() + by)
    }
}

/// Finds line numbers and code point offsets of ascending byte offsets in one pass over the text.
#[derive(Debug)]
pub struct LineIndex<'text> {
    text: &'text str,
    at: usize,
    line: u32,
    code_points: u32,
}

impl<'text> LineIndex<'text> {
    /// A walk that begins at the start of `text`.
    #[must_use]
    pub fn new(text: &'text str) -> Self {
        Self { text, at: 0, line: 1, code_points: 0 }
    }

    /// The line (from 1) and the code point offset (from 0) of byte `offset`; offsets must not descend.
    pub fn advance_to(&mut self, offset: usize) -> (u32, u32) {
        debug_assert!(offset >= self.at, "offsets must ascend");
        let passed = &self.text[self.at..offset];
        self.line += u32::try_from(passed.bytes().filter(|b| *b == b'\n').count()).expect("fewer lines than bytes");
        self.code_points += u32::try_from(passed.chars().count()).expect("fewer characters than bytes");
        self.at = offset;
        (self.line, self.code_points)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trimming_keeps_to_the_characters() {
        let text = "  æ ø\u{a0}\n";
        assert_eq!(Span::new(0, text.len()).trimmed(text).of(text), "æ ø");
    }

    #[test]
    fn lines_and_code_points_count_across_wide_characters() {
        let text = "æøå\n😀x";
        let mut index = LineIndex::new(text);
        assert_eq!(index.advance_to(2), (1, 1));
        assert_eq!(index.advance_to(7), (2, 4));
        assert_eq!(index.advance_to(11), (2, 5));
    }
}
