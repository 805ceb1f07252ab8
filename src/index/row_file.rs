//! What is known of each row of a part, as a file of our own beside tantivy's.
//!
//! All of it but breaks and sketches is read at every start, so it lies as it is used: column after column, numbers of
//! one width. In tantivy's columns the same takes longer to write and several times as long to read.

use std::io::{Error, ErrorKind, Result, Write as _};
use std::ops::Range;

use tantivy::directory::{FileSlice, TerminatingWrite as _};
use tantivy::index::SegmentComponent;
use tantivy::{HasLen as _, Segment};

use super::build::kind_number;
use super::rows::{Columns, Labels, N_SPARSE, NONE, Rows};
use crate::language::Tokens;
use crate::segment::Segment as Cut;
use crate::text::narrow;

/// How the file's name ends.
pub(super) const EXTENSION: &str = "rows";

/// Counts at the beginning: rows, labels, bytes of labels, bytes of breaks, numbers of sketches; numbers of each
/// column that is mostly empty.
const N_COUNTS: usize = 5 + N_SPARSE;
const HEADER: usize = N_COUNTS * 8;

pub(super) fn component() -> SegmentComponent {
    SegmentComponent::Custom(EXTENSION.to_owned())
}

/// Takes in the rows of one part.
#[derive(Default)]
pub(super) struct RowWriter {
    rows: Rows,
    labels: Labels,
    /// Words before which a phrase breaks: for each row the first, then how many words further each next one is.
    breaks: Vec<u8>,
    break_ends: Vec<u32>,
    /// For the last row of each document: the row, how many numbers, the numbers.
    sketches: Vec<u32>,
}

impl RowWriter {
    pub(super) fn len(&self) -> u32 {
        self.rows.len_u32()
    }

    /// Adds a segment of document `id` with these words.
    pub(super) fn add(&mut self, id: u32, segment: &Cut, tokens: &Tokens, repeat: u64) {
        let mut number = |label: &Option<String>| label.as_ref().map_or(NONE, |label| self.labels.number(label));
        let labels = [number(&segment.speaker), number(&segment.question), number(&segment.informant)];
        let n_words = u32::try_from(tokens.words().len()).expect("a segment has fewer words than bytes");
        let kind = kind_number(segment.kind);
        self.rows.push([id, segment.number, n_words], kind, repeat, labels, segment.respondent.unwrap_or(NONE));
        let mut last = 0;
        for (word, _) in (0_u32..).zip(tokens.words()).filter(|(_, word)| word.after_break) {
            write_number(word - last, &mut self.breaks);
            last = word;
        }
        self.break_ends.push(narrow(self.breaks.len()));
    }

    /// Adds the sketch of the document that the most recently added row belongs to.
    pub(super) fn add_sketch(&mut self, sketch: &[u32]) {
        if !sketch.is_empty() {
            self.sketches.extend([self.len() - 1, narrow(sketch.len())]);
            self.sketches.extend_from_slice(sketch);
        }
    }

    /// Writes the file of `segment`.
    pub(super) fn write(self, segment: &Segment) -> tantivy::Result<()> {
        let labels = self.labels.finish();
        let label_text: String = labels.concat();
        let counts = [self.rows.len(), labels.len(), label_text.len(), self.breaks.len(), self.sketches.len()];
        let sparse = self.rows.sparse_lengths();
        let mut bytes = Vec::with_capacity(HEADER + self.rows.len() * 64);
        bytes.extend(counts.iter().chain(&sparse).flat_map(|count| (*count as u64).to_le_bytes()));
        self.rows.write(&mut bytes);
        let ends = labels.iter().scan(0, |end, label| {
            *end += label.len();
            Some(narrow(*end))
        });
        write_numbers(ends, &mut bytes);
        bytes.extend_from_slice(label_text.as_bytes());
        write_numbers(self.break_ends.iter().copied(), &mut bytes);
        bytes.extend_from_slice(&self.breaks);
        write_numbers(self.sketches.iter().copied(), &mut bytes);
        let mut file = segment.clone().open_write(component())?;
        file.write_all(&bytes)?;
        Ok(file.terminate()?)
    }
}

/// The opened file; what is not read at the start is read where it is asked for.
#[derive(Debug)]
pub(super) struct RowFile {
    file: FileSlice,
    n_rows: usize,
    breaks: Range<usize>,
    sketches: Range<usize>,
}

/// Rows and the labels that they name by number.
pub(super) struct ReadRows {
    pub(super) file: RowFile,
    pub(super) rows: Columns,
    pub(super) labels: Vec<String>,
}

impl RowFile {
    /// Opens the file and reads all that is needed at every start.
    pub(super) fn open(file: FileSlice) -> Result<ReadRows> {
        let header = file.read_bytes_slice(0..HEADER.min(file.len()))?;
        let (counts, rest) = header.as_chunks::<8>();
        // No count is larger than the file, so no sum of them overflows.
        let count = |count: &[u8; 8]| usize::try_from(u64::from_le_bytes(*count)).ok().filter(|n| *n <= file.len());
        let counts: Option<Vec<usize>> = counts.iter().map(count).collect();
        let [n_rows, n_labels, label_bytes, break_bytes, n_sketches, sparse @ ..] = counts
            .and_then(|counts| <[usize; N_COUNTS]>::try_from(counts).ok())
            .filter(|_| rest.is_empty())
            .ok_or_else(cut)?;
        let n_bytes = Columns::n_bytes(n_rows, sparse).ok_or_else(cut)?;
        let labels = HEADER + n_bytes..HEADER + n_bytes + 4 * n_labels + label_bytes;
        let breaks = labels.end..labels.end + 4 * n_rows + break_bytes;
        let sketches = breaks.end..breaks.end + 4 * n_sketches;
        if sketches.end != file.len() {
            return Err(cut());
        }
        let bytes = file.read_bytes_slice(HEADER..labels.end)?;
        let labels = read_labels(&bytes[n_bytes..], n_labels).ok_or_else(cut)?;
        let rows = Columns::of(bytes.slice(0..n_bytes), n_rows, sparse, n_labels).ok_or_else(cut)?;
        Ok(ReadRows { file: Self { file, n_rows, breaks, sketches }, rows, labels })
    }

    /// The words before which phrases break, of all rows.
    pub(super) fn breaks(&self) -> Result<RowBreaks> {
        let bytes = self.file.read_bytes_slice(self.breaks.clone())?;
        let (ends, places) = bytes.split_at(4 * self.n_rows);
        Ok(RowBreaks { ends: numbers(ends).collect(), places: places.to_vec() })
    }

    /// Hands over the sketches of documents one by one: the last row of each, and its numbers.
    pub(super) fn each_sketch(&self, mut take: impl FnMut(u32, &[u32])) -> Result<()> {
        // All documents may be too short for one, and reading nothing is an error to the reader of files.
        if self.sketches.is_empty() {
            return Ok(());
        }
        let bytes = self.file.read_bytes_slice(self.sketches.clone())?;
        let mut numbers = numbers(&bytes);
        let mut sketch = Vec::new();
        while let Some((row, length)) = numbers.next().zip(numbers.next()) {
            sketch.clear();
            sketch.extend(numbers.by_ref().take(length as usize));
            if row as usize >= self.n_rows || sketch.len() < length as usize {
                return Err(cut());
            }
            take(row, &sketch);
        }
        Ok(())
    }
}

/// The words before which phrases break, of all rows of a part.
#[derive(Debug)]
pub struct RowBreaks {
    ends: Vec<u32>,
    places: Vec<u8>,
}

impl RowBreaks {
    /// The indices of those words in a row, numbered within the part; ascending.
    pub fn of(&self, row: usize) -> impl Iterator<Item = u32> {
        let start = row.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        let mut bytes = self.places.get(start..self.ends[row] as usize).unwrap_or_default();
        let mut word = 0;
        std::iter::from_fn(move || {
            word += read_number(&mut bytes)?;
            Some(word)
        })
    }
}

fn read_labels(bytes: &[u8], n_labels: usize) -> Option<Vec<String>> {
    let (ends, text) = bytes.split_at_checked(4 * n_labels)?;
    let text = std::str::from_utf8(text).ok()?;
    let mut start = 0;
    let label = |end: u32| {
        let label = text.get(start..end as usize)?.to_owned();
        start = end as usize;
        Some(label)
    };
    numbers(ends).map(label).collect()
}

/// Seven bits a byte, the last with its highest bit clear.
fn write_number(mut number: u32, into: &mut Vec<u8>) {
    while number > 0x7f {
        into.push(number as u8 | 0x80);
        number >>= 7;
    }
    into.push(number as u8);
}

fn read_number(bytes: &mut &[u8]) -> Option<u32> {
    let (mut number, mut shift) = (0, 0);
    loop {
        let (byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u32::from(byte & 0x7f).checked_shl(shift)?;
        if byte & 0x80 == 0 {
            return Some(number);
        }
        shift += 7;
    }
}

pub(super) fn write_numbers(numbers: impl Iterator<Item = u32>, into: &mut Vec<u8>) {
    into.extend(numbers.flat_map(u32::to_le_bytes));
}

pub(super) fn numbers(bytes: &[u8]) -> impl ExactSizeIterator<Item = u32> {
    bytes.as_chunks::<4>().0.iter().map(|number| u32::from_le_bytes(*number))
}

fn cut() -> Error {
    Error::new(ErrorKind::InvalidData, "it is truncated or contains something else")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_back_whatever_their_size() {
        let all = [0, 1, 127, 128, 300, 16_383, 16_384, u32::MAX];
        let mut bytes = Vec::new();
        all.iter().for_each(|number| write_number(*number, &mut bytes));
        let mut rest = bytes.as_slice();
        let read: Vec<u32> = std::iter::from_fn(|| read_number(&mut rest)).collect();
        assert_eq!(read, all);
    }

    #[test]
    fn breaks_stand_before_the_words_that_they_were_told_of() {
        let texts = ["Først dette, så det.", "ingen", "a. b. c; d"];
        let mut writer = RowWriter::default();
        for text in texts {
            writer.add(0, &Cut::whole(text), &Tokens::of(text), 0);
        }
        let breaks = RowBreaks { ends: writer.break_ends, places: writer.breaks };
        let of = |row| breaks.of(row).collect::<Vec<_>>();
        assert_eq!((of(0), of(1), of(2)), (vec![2], vec![], vec![1, 2, 3]));
    }

    #[test]
    fn a_file_that_is_cut_or_longer_than_it_says_is_told_of() {
        let mut bytes = vec![0; HEADER];
        assert!(RowFile::open(FileSlice::from(bytes.clone())).is_ok());
        assert!(RowFile::open(FileSlice::from(bytes[1..].to_vec())).is_err());
        bytes[0] = 7;
        assert!(RowFile::open(FileSlice::from(bytes.clone())).is_err());
        bytes[7] = 255;
        assert!(RowFile::open(FileSlice::from(bytes)).is_err());
    }

    #[test]
    fn a_sketch_of_a_row_that_is_not_there_or_that_is_cut_is_an_error() {
        let sketch = |numbers: [u32; 4]| {
            let mut bytes = vec![0; HEADER];
            bytes[4 * 8] = 4;
            write_numbers(numbers.into_iter(), &mut bytes);
            RowFile { n_rows: 1, ..RowFile::open(FileSlice::from(bytes)).expect("it is whole").file }
        };
        let mut found = Vec::new();
        let mut take = |row: u32, numbers: &[u32]| found.push((row, numbers.to_vec()));
        assert!(sketch([0, 2, 7, 8]).each_sketch(&mut take).is_ok());
        assert!(sketch([1, 2, 7, 8]).each_sketch(&mut take).is_err(), "there is one row");
        assert!(sketch([0, 3, 7, 8]).each_sketch(&mut take).is_err(), "there are two numbers");
        assert_eq!(found, [(0, vec![7, 8])]);
    }
}
