//! Comma-separated values with the place of every cell, so that a message can point at it.
//!
//! RFC 4180, and what Norwegian Excel makes of it: `;` between columns, a `sep=;` line on top, rows of nothing but
//! separators, rows of different lengths. What the columns mean is for others to say.

use crate::text::{Span, tidy};

/// What may stand between columns, the likeliest first.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];
/// The delimiter is found by looking at so many rows.
const SAMPLE: usize = 50;
/// More cells than this are no table that people fill in; a hundred thousand documents with ten attributes are half as many.
const MAX_CELLS: usize = 2_000_000;

/// One cell, trimmed and in NFC, and where it stands in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cell {
    pub(crate) text: String,
    pub(crate) span: Span,
}

/// Why a text cannot be taken apart into cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CsvError {
    /// A quotation mark that opens here, and the rest of its line, is never closed.
    OpenQuote(Span),
    /// More than [`MAX_CELLS`].
    TooManyCells,
}

/// The rows of `text`, those without any content left out.
pub(super) fn rows(text: &str, delimiter: u8) -> Result<Vec<Vec<Cell>>, CsvError> {
    let mut rows = Vec::new();
    let mut cells = 0;
    for row in (Rows { text, delimiter, at: start(text) }) {
        let row = row?;
        cells += row.len();
        if cells > MAX_CELLS {
            return Err(CsvError::TooManyCells);
        }
        if row.iter().any(|cell| !cell.text.is_empty()) {
            rows.push(row);
        }
    }
    Ok(rows)
}

/// The delimiter of `text`: what a `sep=` line says; else the one under which the first row holds most names for
/// which `is_known` answers yes, then under which most rows are as long as the first.
pub(super) fn delimiter(text: &str, is_known: impl Fn(&str) -> bool) -> u8 {
    if let Some(declared) = declared(text) {
        return declared;
    }
    let score = |delimiter: u8| {
        let has_content = |row: &Vec<Cell>| row.iter().any(|cell| !cell.text.is_empty());
        let mut rows = Rows { text, delimiter, at: 0 }.map_while(Result::ok).filter(has_content).take(SAMPLE);
        let Some(header) = rows.next() else { return (0, 0) };
        let known = header.iter().filter(|cell| is_known(&cell.text)).count();
        let alike = rows.filter(|row| row.len() == header.len()).count();
        (known, if header.len() > 1 { alike + 1 } else { 0 })
    };
    let mut best = (DELIMITERS[0], score(DELIMITERS[0]));
    for delimiter in &DELIMITERS[1..] {
        let score = score(*delimiter);
        if score > best.1 {
            best = (*delimiter, score);
        }
    }
    best.0
}

/// How a message names a delimiter.
pub(super) fn name(delimiter: u8) -> &'static str {
    match delimiter {
        b'\t' => "tab",
        b';' => "`;`",
        b'|' => "`|`",
        _ => "`,`",
    }
}

/// The delimiter that Excel's own first line declares.
fn declared(text: &str) -> Option<u8> {
    let line = text.lines().next()?.trim_end();
    let delimiter = line.strip_prefix("sep=").or_else(|| line.strip_prefix("SEP="))?;
    match *delimiter.as_bytes() {
        [delimiter] if DELIMITERS.contains(&delimiter) => Some(delimiter),
        // A tab is trimmed with the white space at the end of the line.
        [] => Some(b'\t'),
        _ => None,
    }
}

/// Where the rows begin: after a `sep=` line.
fn start(text: &str) -> usize {
    match declared(text) {
        Some(_) => text.find('\n').map_or(text.len(), |end| end + 1),
        None => 0,
    }
}

struct Rows<'a> {
    text: &'a str,
    delimiter: u8,
    at: usize,
}

impl Iterator for Rows<'_> {
    type Item = Result<Vec<Cell>, CsvError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.at >= self.text.len() {
            return None;
        }
        let mut row = Vec::new();
        loop {
            match self.cell() {
                Ok((cell, is_last)) => {
                    row.push(cell);
                    if is_last {
                        return Some(Ok(row));
                    }
                }
                Err(error) => {
                    self.at = self.text.len();
                    return Some(Err(error));
                }
            }
        }
    }
}

impl Rows<'_> {
    /// The cell that begins here and whether its row ends with it; moves past what ends it.
    fn cell(&mut self) -> Result<(Cell, bool), CsvError> {
        let bytes = self.text.as_bytes();
        let start = self.at;
        let mut at = start;
        if bytes.get(at) == Some(&b'"') {
            loop {
                let Some(length) = self.text[at + 1..].find('"') else {
                    return Err(CsvError::OpenQuote(self.line(start)));
                };
                at += length + 2;
                if bytes.get(at) != Some(&b'"') {
                    break;
                }
            }
        }
        // Whatever follows a closing quotation mark still belongs to the cell.
        let closed = at;
        while at < bytes.len() && bytes[at] != self.delimiter && bytes[at] != b'\n' {
            at += 1;
        }
        self.at = at + 1;
        let is_last = bytes.get(at) != Some(&self.delimiter);
        // A delimiter that ends the file stands before one more, empty, cell; the file's end closes the row.
        let span = Span::new(start, at).trimmed(self.text);
        Ok((Cell { text: content(span.of(self.text), closed > start), span }, is_last))
    }

    fn line(&self, start: usize) -> Span {
        let length = self.text[start..].find('\n').unwrap_or(self.text.len() - start);
        Span::new(start, start + length)
    }
}

/// What a cell says: without its quotation marks, doubled ones single.
fn content(raw: &str, is_quoted: bool) -> String {
    if !is_quoted {
        return tidy(raw).into_owned();
    }
    let inner = raw.strip_prefix('"').unwrap_or(raw);
    let inner = inner.strip_suffix('"').unwrap_or(inner);
    tidy(&inner.replace("\"\"", "\"")).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(text: &str, expected: &[&[&str]]) {
        let delimiter = delimiter(text, |name| matches!(name, "path" | "sti"));
        let rows = rows(text, delimiter).expect("it can be read");
        let found: Vec<Vec<&str>> =
            rows.iter().map(|row| row.iter().map(|cell| cell.text.as_str()).collect()).collect();
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn the_delimiter_is_found() {
        check("path,case\na.txt,x\n", &[&["path", "case"], &["a.txt", "x"]]);
        check("path;case\na, b.txt;x\n", &[&["path", "case"], &["a, b.txt", "x"]]);
        check("path\tcase\na,b;c.txt\tx", &[&["path", "case"], &["a,b;c.txt", "x"]]);
        check("sep=;\npath;a,b,c\nx;1,5", &[&["path", "a,b,c"], &["x", "1,5"]]);
        check("path\na, b.txt\nc, d.txt\n", &[&["path"], &["a", "b.txt"], &["c", "d.txt"]]);
        check("\r\n\npath;case\na.txt;x\nb.txt;3,5\n", &[&["path", "case"], &["a.txt", "x"], &["b.txt", "3,5"]]);
        check("fil;navn\nx;y\n", &[&["fil", "navn"], &["x", "y"]]);
    }

    #[test]
    fn quoted_cells_hold_anything() {
        check("path,t\n\"a,b\",\"sa \"\"ja\"\"\nog nei\"\n", &[&["path", "t"], &["a,b", "sa \"ja\"\nog nei"]]);
        check("path,t\na,\"\"\n", &[&["path", "t"], &["a", ""]]);
        check("path,t\na,\"x\" y\n", &[&["path", "t"], &["a", "x\" y"]]);
        check("path,t\na,5\" skjerm\n", &[&["path", "t"], &["a", "5\" skjerm"]]);
    }

    #[test]
    fn rows_of_nothing_are_left_out() {
        check("path;t\n;;;\n\na.txt;\n ; \n", &[&["path", "t"], &["a.txt", ""]]);
        check("", &[]);
        check("\n\n", &[]);
    }

    #[test]
    fn cells_are_trimmed_in_nfc_and_found_again() {
        let text = "path,case\n  a.txt , A\u{30a}mot\n";
        let rows = rows(text, b',').expect("it can be read");
        assert_eq!(rows[1][1].text, "Åmot");
        assert_eq!(rows[1][0].span.of(text), "a.txt");
        assert_eq!(rows[1][1].span.of(text), "A\u{30a}mot");
    }

    #[test]
    fn a_quotation_mark_that_is_never_closed_is_shown() {
        let text = "path,t\na,\"x\nb,y\n";
        assert_eq!(rows(text, b','), Err(CsvError::OpenQuote(Span::new(9, 11))));
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(table in prop::collection::vec(prop::collection::vec("[a-cæ\",;\n]{0,5}x", 1..4), 0..5)) {
            let mut text = String::new();
            for row in &table {
                let cells: Vec<String> = row.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect();
                text.push_str(&cells.join(";"));
                text.push('\n');
            }
            let read: Vec<Vec<String>> = rows(&text, b';').expect("it can be read")
                .into_iter().map(|row| row.into_iter().map(|cell| cell.text).collect()).collect();
            let expected: Vec<Vec<String>> = table.iter().map(|row| row.iter().map(|cell| cell.trim().to_owned()).collect()).collect();
            prop_assert_eq!(read, expected);
        }

        #[test]
        fn no_text_is_too_odd(text in "[a\",;\n\tæ]{0,20}|.{0,20}") {
            let delimiter = delimiter(&text, |_| false);
            if let Ok(rows) = rows(&text, delimiter) {
                for cell in rows.iter().flatten() {
                    prop_assert!(cell.span.end() <= text.len());
                    let _ = cell.span.of(&text);
                }
            }
        }
    }
}
