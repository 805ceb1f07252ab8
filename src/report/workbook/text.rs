//! What a cell of a workbook can hold, and what a sheet can be called.

use std::collections::BTreeSet;

use crate::report::escape::visible;

/// A cell holds no more UTF-16 units.
const MAX_CELL_LENGTH: usize = 32_767;
/// A sheet's name is no longer, in UTF-16 units.
const MAX_NAME_LENGTH: usize = 31;

/// A text as a cell can hold it; what is cut off is marked.
pub(super) fn cell_text(text: &str) -> String {
    let text = visible(text);
    // A character is at most two units, and never more than the bytes that it takes.
    if text.len() <= MAX_CELL_LENGTH || text.encode_utf16().count() <= MAX_CELL_LENGTH {
        return text;
    }
    cut(&text, MAX_CELL_LENGTH - 1) + "…"
}

/// Whether a spreadsheet would take a text for a formula if its reader edits the cell.
pub(super) fn looks_like_formula(text: &str) -> bool {
    text.trim_start().starts_with(['=', '+', '-', '@'])
}

fn cut(text: &str, units: usize) -> String {
    let mut used = 0;
    let fits = |character: &char| {
        used += character.len_utf16();
        used <= units
    };
    text.chars().take_while(fits).collect()
}

/// Names that sheets have already.
#[derive(Debug, Default)]
pub(super) struct SheetNames {
    taken: BTreeSet<String>,
}

impl SheetNames {
    /// A name that Excel allows and no other sheet has.
    pub(super) fn take(&mut self, wanted: &str) -> String {
        let allowed = |character: char| match character {
            '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '\n' | '\t' => ' ',
            other => other,
        };
        let base: String = visible(wanted).chars().map(allowed).collect();
        let base = base.trim_matches(['\'', ' ']);
        let base = if base.is_empty() { "–" } else { base };
        for number in 1_u32.. {
            let suffix = if number == 1 { String::new() } else { format!(" ({number})") };
            let name = cut(base, MAX_NAME_LENGTH - suffix.len()).trim_end().to_owned() + &suffix;
            // Excel takes names that differ only in case for the same.
            if self.taken.insert(name.to_lowercase()) {
                return name;
            }
        }
        base.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_are_cut_between_characters() {
        let long = "🙂".repeat(20_000);
        let cell = cell_text(&long);
        assert!(cell.encode_utf16().count() <= MAX_CELL_LENGTH && cell.ends_with('…'));
        assert_eq!(cell_text("kort\u{0}"), "kort\u{fffd}");
    }

    #[test]
    fn names_of_sheets_are_short_and_differ() {
        let mut names = SheetNames::default();
        let long = "Omtaler per 1000 ord etter delpilot og fase";
        assert_eq!(names.take(long), "Omtaler per 1000 ord etter delp");
        assert_eq!(names.take(long), "Omtaler per 1000 ord etter (2)");
        assert_eq!(names.take("a/b"), "a b");
        assert_eq!(names.take("A:B"), "A B (2)");
        assert_eq!(names.take("''"), "–");
    }
}
