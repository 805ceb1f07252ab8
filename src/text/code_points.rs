//! From code points, which files and people count, to bytes.

/// A mark is kept for every so many code points.
const STEP: usize = 64;

/// Where the code points of a text begin, each found from the nearest mark before it: long texts cost no more than
/// short ones. Made of a text, it answers for that text only.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CodePoints {
    /// The byte of every [`STEP`]th code point; empty where each is one byte.
    marks: Vec<usize>,
    n: u32,
}

impl CodePoints {
    /// Looks through a text of at most 2³² code points.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let n = text.chars().count();
        let is_plain = n == text.len();
        let marks = if is_plain { Vec::new() } else { text.char_indices().step_by(STEP).map(|(at, _)| at).collect() };
        Self { marks, n: u32::try_from(n).unwrap_or(u32::MAX) }
    }

    /// How many there are.
    #[must_use]
    pub fn n(&self) -> u32 {
        self.n
    }

    /// The byte of `text` at which a code point begins, or at which the text ends; `None` beyond.
    #[must_use]
    pub fn byte(&self, text: &str, code_point: u32) -> Option<usize> {
        let at = code_point as usize;
        if code_point >= self.n {
            return (code_point == self.n).then_some(text.len());
        }
        let Some(mark) = self.marks.get(at / STEP) else { return Some(at) };
        text.get(*mark..)?.char_indices().nth(at % STEP).map(|(byte, _)| mark + byte)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn every_code_point_is_found_where_it_begins(text in "[a-zåøæ😀\n]{0,200}") {
            let points = CodePoints::of(&text);
            let begins: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
            let found: Vec<Option<usize>> = (0..=points.n()).map(|at| points.byte(&text, at)).collect();
            prop_assert_eq!(found, begins.into_iter().map(Some).collect::<Vec<_>>());
            prop_assert_eq!(points.byte(&text, points.n() + 1), None);
        }
    }

    #[test]
    fn in_plain_text_code_points_are_bytes() {
        let text = "a".repeat(200);
        assert_eq!(CodePoints::of(&text).byte(&text, 150), Some(150));
        assert_eq!(CodePoints::of("").byte("", 0), Some(0));
    }
}
