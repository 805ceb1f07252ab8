//! Sheets as text: which character parts the cells is found out.

use ::csv::{ByteRecord, ReaderBuilder, StringRecord};

use super::super::error::IngestError;
use super::super::limits::Budget;
use super::quotes::mended;
use super::{Marks, Sheet};
use crate::text::{self, Decoded};

/// What may part cells; the first is what Excel writes in Norway.
const DELIMITERS: [u8; 4] = [b';', b',', b'\t', b'|'];

/// Rows that are looked at to find the delimiter.
const SAMPLE: usize = 50;

/// Bytes that are looked at, at most, to find the delimiter.
const SAMPLE_BYTES: usize = 64 << 10;

/// A delimiter for a file of one column, which no text contains.
const NONE: u8 = 0x1f;

/// What a separator is that a space follows each time, in a file whose header has none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Spaced {
    /// Punctuation: the file has one column.
    Punctuation,
    /// What parts cells, so that whoever asked can say that a row is too long.
    Separator,
}

/// Reads the one sheet of a file.
pub(super) fn read(bytes: &[u8], spaced: Spaced, budget: &Budget) -> Result<(Sheet, Decoded), IngestError> {
    let decoded = text::decode(bytes).map_err(|error| budget.unreadable(error.to_string()))?;
    let (delimiter, content) = match declared(&decoded.text) {
        Some((delimiter, content)) => (Some(delimiter), content),
        None => (guessed(&decoded.text, spaced), decoded.text.as_str()),
    };
    let (content, open_quotes) = mended(content, delimiter);
    let marks = Marks { delimiter: delimiter.map(char::from), open_quotes, ..Marks::default() };
    let delimiter = delimiter.unwrap_or(NONE);
    // A row is held as a whole before its cells are counted.
    budget.cells(memchr::memchr_iter(delimiter, content.as_bytes()).count())?;
    let mut sheet = Sheet { marks, ..Sheet::default() };
    let mut reader =
        ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(content.as_bytes());
    let mut record = StringRecord::new();
    loop {
        // An empty line is a row too, as programs number them, and the reader passes over it.
        let at = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX);
        let empty =
            content.as_bytes().get(at..).map_or(0, |rest| rest.iter().take_while(|byte| **byte == b'\n').count());
        if !reader.read_record(&mut record).map_err(|error| budget.unreadable(error.to_string()))? {
            break;
        }
        budget.lines(sheet.rows.len() + empty)?;
        sheet.rows.resize(sheet.rows.len() + empty, Vec::new());
        let mut row = Vec::with_capacity(record.len());
        for cell in &record {
            budget.keep_cell(cell.len())?;
            row.push(cell.to_owned());
        }
        sheet.rows.push(row);
    }
    Ok((sheet, decoded))
}

/// `sep=;` on the first line, which Excel writes and reads.
fn declared(text: &str) -> Option<(u8, &str)> {
    let (first, rest) = text.split_once('\n')?;
    let delimiter = first.trim_matches('"').strip_prefix("sep=")?;
    match delimiter.as_bytes() {
        [byte] => Some((*byte, rest)),
        _ => None,
    }
}

/// The delimiter that parts most rows into the same number of cells; `None` when there is one column.
fn guessed(text: &str, spaced: Spaced) -> Option<u8> {
    let sample = &text.as_bytes()[..text.len().min(SAMPLE_BYTES)];
    let score = |delimiter: u8| {
        let mut reader =
            ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(sample);
        let records: Vec<ByteRecord> = reader.byte_records().take(SAMPLE).flatten().collect();
        if spaced == Spaced::Punctuation && is_prose(&records) {
            return (0, 0);
        }
        let mut widths: Vec<usize> = records.iter().map(ByteRecord::len).collect();
        widths.sort_unstable();
        let usual = widths.chunk_by(|a, b| a == b).filter(|same| same[0] > 1).map(|same| (same.len(), same[0])).max();
        usual.map_or((0, 0), |(rows, width)| (rows * 100 / widths.len(), width))
    };
    let mut best = (None, (0, 0));
    for delimiter in DELIMITERS {
        let score = score(delimiter);
        if score > best.1 {
            best = (Some(delimiter), score);
        }
    }
    best.0
}

/// Whether what parts the records is punctuation of sentences: a space follows each time, and the header has none, or
/// most rows have another number of cells.
fn is_prose(records: &[ByteRecord]) -> bool {
    let Some(header) = records.first() else { return false };
    let goes_on = |cell: &[u8]| cell.is_empty() || cell.starts_with(b" ");
    let alike = records.iter().filter(|record| record.len() == header.len()).count();
    (header.len() == 1 || alike * 2 < records.len()) && records.iter().all(|record| record.iter().skip(1).all(goes_on))
}

#[cfg(test)]
mod tests {
    use super::super::super::limits::Limits;
    use super::*;
    use crate::ingest::Format;

    #[track_caller]
    fn check(bytes: &[u8], expected: &[&[&str]]) {
        let budget = Budget::new(Limits::DEFAULT, Format::Csv, 0, None);
        let (sheet, _) = read(bytes, Spaced::Punctuation, &budget).expect("readable");
        assert_eq!(sheet.rows, expected);
    }

    #[test]
    fn delimiters_are_found() {
        check(
            b"id;svar\n1;ja, litt, kanskje\n2;\"nei; eller\nja\"\n",
            &[&["id", "svar"], &["1", "ja, litt, kanskje"], &["2", "nei; eller\nja"]],
        );
        check(b"id,svar\r\n1,ja\r\n", &[&["id", "svar"], &["1", "ja"]]);
        check(b"id\tsvar\n1\tja; ja\n", &[&["id", "svar"], &["1", "ja; ja"]]);
        check(b"sep=|\nid|svar;x\n", &[&["id", "svar;x"]]);
        check(b"svar\nja\n", &[&["svar"], &["ja"]]);
        check(
            b"svar\nja, litt, kanskje\nja; nei\nvel, nei",
            &[&["svar"], &["ja, litt, kanskje"], &["ja; nei"], &["vel, nei"]],
        );
        check(b"Hva, og hvorfor?\na, b, c\nja\nd, e, f", &[&["Hva, og hvorfor?"], &["a, b, c"], &["ja"], &["d, e, f"]]);
        check(b"id, svar\n1, ja\n2, nei, litt\n", &[&["id", " svar"], &["1", " ja"], &["2", " nei", " litt"]]);
        check(b"Tittel\nid;svar\n1;ja\n", &[&["Tittel"], &["id", "svar"], &["1", "ja"]]);
        check(b"\xef\xbb\xbfid;p\xc3\xa5\n", &[&["id", "på"]]);
    }

    #[test]
    fn punctuation_parts_cells_where_that_is_asked_for() {
        let budget = Budget::new(Limits::DEFAULT, Format::Csv, 0, None);
        for (spaced, expected) in [(Spaced::Punctuation, 1), (Spaced::Separator, 2)] {
            let (sheet, _) = read(b"claim\nBra, sa de\n", spaced, &budget).expect("readable");
            assert_eq!(sheet.rows[1].len(), expected, "{spaced:?}");
        }
    }

    #[test]
    fn rows_may_differ_in_length() {
        check(
            b"a;b;c\n1;2\n1;2;3\n1;2;3;4\n",
            &[&["a", "b", "c"], &["1", "2"], &["1", "2", "3"], &["1", "2", "3", "4"]],
        );
    }
}
