//! Quotation marks of separated values that are never closed, and would swallow the rows below them.

use std::borrow::Cow;

/// A quotation mark that opens a cell and is never closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct OpenQuote {
    /// Index of the row it stands in.
    pub(super) row: usize,
    /// Whether the lines below it were told from its cell again.
    pub(super) is_mended: bool,
}

/// `text` without the quotation marks that are never closed and stand above lines that are rows, and all that are never
/// closed. With `delimiter` `None` there is one column, and any line is a row.
///
/// One is also never closed where the next mark stands in another line and something else than a separator follows: it
/// opens a cell of its own.
pub(super) fn mended(text: &str, delimiter: Option<u8>) -> (Cow<'_, str>, Vec<OpenQuote>) {
    let bytes = text.as_bytes();
    let mut open = Vec::new();
    let mut cuts = Vec::new();
    let (mut at, mut row, mut starts_cell) = (0, 0, true);
    while at < bytes.len() {
        if !(starts_cell && bytes[at] == b'"') {
            starts_cell = bytes[at] == b'\n' || Some(bytes[at]) == delimiter;
            row += usize::from(bytes[at] == b'\n');
            at += 1;
            continue;
        }
        starts_cell = false;
        let end = closing(bytes, at);
        let held = &text[at + 1..end.unwrap_or(text.len())];
        let goes_on = |end: usize| bytes.get(end + 1).is_some_and(|next| *next != b'\n' && Some(*next) != delimiter);
        let is_open = end.is_none_or(|end| held.contains('\n') && goes_on(end));
        let is_mended = is_open && are_rows(held, delimiter, end.is_some());
        if is_mended || end.is_none() {
            open.push(OpenQuote { row, is_mended });
        }
        match end {
            _ if is_mended => {
                cuts.push(at);
                at += 1;
            }
            Some(end) => at = end + 1,
            None => break,
        }
    }
    (without(text, &cuts), open)
}

/// Where the mark stands that closes the one at `open`; doubled ones do not.
fn closing(bytes: &[u8], open: usize) -> Option<usize> {
    let mut at = open + 1;
    loop {
        at += memchr::memchr(b'"', bytes.get(at..)?)?;
        if bytes.get(at + 1) != Some(&b'"') {
            return Some(at);
        }
        at += 2;
    }
}

/// Whether the lines after the first of `held` have cells; the last of them is cut off when a quotation mark ends it.
fn are_rows(held: &str, delimiter: Option<u8>, is_cut: bool) -> bool {
    let Some(delimiter) = delimiter else { return true };
    let lines: Vec<&str> = held.split('\n').skip(1).collect();
    let whole = lines.len() - usize::from(is_cut && !lines.is_empty());
    let has_cells = |line: &&str| line.trim().is_empty() || line.as_bytes().contains(&delimiter);
    let last_has_cells =
        !is_cut || lines.last().is_none_or(|last| last.as_bytes().last() == Some(&delimiter) || last.is_empty());
    lines[..whole].iter().all(has_cells) && last_has_cells
}

fn without<'text>(text: &'text str, cuts: &[usize]) -> Cow<'text, str> {
    if cuts.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut kept = String::with_capacity(text.len());
    let mut from = 0;
    for cut in cuts {
        kept.push_str(&text[from..*cut]);
        from = cut + 1;
    }
    kept.push_str(&text[from..]);
    Cow::Owned(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is left of `text`, and for each open mark its row and whether it was mended.
    #[track_caller]
    fn check(text: &str, expected: &str, open: &[(usize, bool)]) {
        let (mended, found) = mended(text, Some(b';'));
        assert_eq!(mended, expected, "{text}");
        let found: Vec<(usize, bool)> = found.iter().map(|quote| (quote.row, quote.is_mended)).collect();
        assert_eq!(found, open, "{text}");
    }

    #[test]
    fn marks_that_are_never_closed_are_found() {
        check("a;b\n1;\"x\n2;y\n", "a;b\n1;x\n2;y\n", &[(1, true)]);
        check("a;b\n1;\"x\n2;\"y\"\n3;z\n", "a;b\n1;x\n2;\"y\"\n3;z\n", &[(1, true)]);
        check("a;b\n1;\"x\n\n2;\"y\n3;z\n", "a;b\n1;x\n\n2;y\n3;z\n", &[(1, true), (3, true)]);
        check("a;b\n1;\"x\n\"2\";y\n", "a;b\n1;x\n\"2\";y\n", &[(1, true)]);
        check("a;b\n1;\"x\nmer om x\n", "a;b\n1;\"x\nmer om x\n", &[(1, false)]);
        check("a;b\n1;\"x", "a;b\n1;x", &[(1, true)]);
    }

    #[test]
    fn marks_that_are_closed_stay() {
        for text in [
            "a;b\n1;\"x\n2;y\"\n3;z\n",
            "a;b\n1;\"sa \"\"ja\"\"; og\nnei\"\n2;\"\"\n",
            "a;b\n1;\"Sitat\" midt i\n2;12\" rør\n",
            "a;b\n1;\"x\ny\" sa han\n",
            "a;b\n1;\"x\"",
            "\"a\";\"b\"",
            "",
        ] {
            check(text, text, &[]);
        }
    }

    #[test]
    fn in_one_column_any_line_is_a_row() {
        let (mended, open) = mended("Hva?\n\"Tid, ro\nMer, tid\n", None);
        assert_eq!(mended, "Hva?\nTid, ro\nMer, tid\n");
        assert_eq!(open, [OpenQuote { row: 1, is_mended: true }]);
    }
}
