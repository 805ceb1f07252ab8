//! What is known of each row without reading its text.

use tantivy::directory::OwnedBytes;

use super::build::kind_of;
use super::row_file::{numbers, write_numbers};
use crate::segment::SegmentKind;
use crate::text::narrow;

/// No document, or no label.
pub(super) const NONE: u32 = u32::MAX;

/// What is known of each row without reading its text. Rows are numbered through all parts.
#[derive(Default)]
pub struct Rows {
    document: Vec<u32>,
    number: Vec<u32>,
    n_words: Vec<u32>,
    kind: Vec<u8>,
    repeat: Vec<u64>,
    speaker: SparseColumn,
    question: SparseColumn,
    informant: SparseColumn,
    respondent: SparseColumn,
}

/// Numbers of which there are mostly none; of those without one at the end nothing is kept.
#[derive(Default)]
struct SparseColumn(Vec<u32>);

impl SparseColumn {
    /// Whether no row has a number.
    fn is_empty(&self) -> bool {
        self.0.iter().all(|number| *number == NONE)
    }

    fn get(&self, row: usize) -> Option<u32> {
        self.0.get(row).copied().filter(|number| *number != NONE)
    }

    /// Sets the number of a row that is behind all that have one.
    fn push(&mut self, row: usize, number: u32) {
        if number != NONE {
            self.0.resize(row, NONE);
            self.0.push(number);
        }
    }

    /// Appends the numbers of another column, whose first row is `row` here.
    fn append(&mut self, row: usize, numbers: impl ExactSizeIterator<Item = u32>) {
        if numbers.len() > 0 {
            self.0.resize(row, NONE);
            self.0.extend(numbers);
        }
    }
}

/// Columns whose length in a file tells how many rows have a number.
pub(super) const N_SPARSE: usize = 4;

impl Rows {
    /// None, with room for so many.
    pub(super) fn with_capacity(n_rows: usize) -> Self {
        Self {
            document: Vec::with_capacity(n_rows),
            number: Vec::with_capacity(n_rows),
            n_words: Vec::with_capacity(n_rows),
            kind: Vec::with_capacity(n_rows),
            repeat: Vec::with_capacity(n_rows),
            ..Self::default()
        }
    }

    /// How many rows, dead ones included.
    #[must_use]
    pub fn len(&self) -> usize {
        self.document.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.document.is_empty()
    }

    pub(super) fn len_u32(&self) -> u32 {
        narrow(self.len())
    }

    /// Index of the row's document in [`super::Corpus::documents`]; `None` for a row of an older reading.
    #[must_use]
    pub fn document(&self, row: usize) -> Option<usize> {
        some(self.document[row]).map(|document| document as usize)
    }

    /// The segment's number in its document, from 1.
    #[must_use]
    pub fn number(&self, row: usize) -> u32 {
        self.number[row]
    }

    /// How many words it has.
    #[must_use]
    pub fn n_words(&self, row: usize) -> u32 {
        self.n_words[row]
    }

    /// What it is.
    #[must_use]
    pub fn kind(&self, row: usize) -> SegmentKind {
        kind_of(self.kind[row])
    }

    /// Equal for segments with the same twelve words or more; 0 for shorter ones.
    #[must_use]
    pub fn repeat(&self, row: usize) -> u64 {
        self.repeat[row]
    }

    /// Whether any row answers a question.
    #[must_use]
    pub fn any_question(&self) -> bool {
        !self.question.is_empty()
    }

    /// Whether any row has a respondent.
    #[must_use]
    pub fn any_informant(&self) -> bool {
        !self.informant.is_empty()
    }

    /// The label of its speaker.
    #[must_use]
    pub fn speaker(&self, row: usize) -> Option<u32> {
        self.speaker.get(row)
    }

    /// The question that it answers.
    #[must_use]
    pub fn question(&self, row: usize) -> Option<u32> {
        self.question.get(row)
    }

    /// The respondent who answers.
    #[must_use]
    pub fn informant(&self, row: usize) -> Option<u32> {
        self.informant.get(row)
    }

    /// The row of a sheet that it stands in, among the respondents of its document's record.
    #[must_use]
    pub fn respondent(&self, row: usize) -> Option<u32> {
        self.respondent.get(row)
    }

    /// Adds a row: the number of its document, its own and that of its words; speaker, question and informant; the
    /// row of a sheet.
    pub(super) fn push(
        &mut self,
        [document, number, n_words]: [u32; 3],
        kind: u8,
        repeat: u64,
        labels: [u32; 3],
        respondent: u32,
    ) {
        let row = self.len();
        self.document.push(document);
        self.number.push(number);
        self.n_words.push(n_words);
        self.kind.push(kind);
        self.repeat.push(repeat);
        for (column, label) in [&mut self.speaker, &mut self.question, &mut self.informant].into_iter().zip(labels) {
            column.push(row, label);
        }
        self.respondent.push(row, respondent);
    }

    fn sparse(&self) -> [&SparseColumn; N_SPARSE] {
        [&self.speaker, &self.question, &self.informant, &self.respondent]
    }

    /// How many numbers each sparse column has.
    pub(super) fn sparse_lengths(&self) -> [usize; N_SPARSE] {
        self.sparse().map(|column| column.0.len())
    }

    /// Appends all columns.
    pub(super) fn write(&self, into: &mut Vec<u8>) {
        into.extend(self.repeat.iter().flat_map(|repeat| repeat.to_le_bytes()));
        let known = [&self.document, &self.number, &self.n_words];
        let narrow = known.into_iter().chain(self.sparse().map(|column| &column.0));
        narrow.for_each(|column| write_numbers(column.iter().copied(), into));
        into.extend_from_slice(&self.kind);
    }

    /// Adds the rows of the next part, whose documents have their places in `index_of_id`, and its labels their numbers
    /// among all in `numbers`. Rows of older readings have no document.
    pub(super) fn append(&mut self, part: &Columns, index_of_id: &[u32], numbers: &[u32]) {
        let document = |id: u32| index_of_id.get(id as usize).copied().unwrap_or(NONE);
        let named = |label: u32| if label == NONE { NONE } else { numbers[label as usize] };
        let row = self.len();
        self.repeat.extend(part.repeat());
        let [documents, own_numbers, n_words] = part.known();
        self.document.extend(documents.map(document));
        self.number.extend(own_numbers);
        self.n_words.extend(n_words);
        let [speaker, question, informant, respondent] = part.sparse();
        self.speaker.append(row, speaker.map(named));
        self.question.append(row, question.map(named));
        self.informant.append(row, informant.map(named));
        self.respondent.append(row, respondent);
        self.kind.extend_from_slice(part.kind());
    }

    /// First row and number of rows of each document.
    pub(super) fn ranges(&self, n_documents: usize) -> Vec<(u32, u32)> {
        let mut ranges = vec![(0, 0); n_documents];
        for (row, document) in (0..).zip(&self.document) {
            if *document != NONE {
                let (first, count): &mut (u32, u32) = &mut ranges[*document as usize];
                if *count == 0 {
                    *first = row;
                }
                // A document lies in one part, its segments in order; a gap shows as a wrong count.
                if *first + *count == row {
                    *count += 1;
                }
            }
        }
        ranges
    }
}

/// The rows of one part as [`Rows::write`] wrote them.
pub(super) struct Columns {
    bytes: OwnedBytes,
    n_rows: usize,
    n_sparse: [usize; N_SPARSE],
}

impl Columns {
    /// How many bytes so many rows take; `None` where a column would have more numbers than there are rows.
    pub(super) fn n_bytes(n_rows: usize, n_sparse: [usize; N_SPARSE]) -> Option<usize> {
        let is_sound = n_sparse.iter().all(|length| *length <= n_rows);
        is_sound.then(|| n_rows * (8 + 3 * 4 + 1) + 4 * n_sparse.iter().sum::<usize>())
    }

    /// `None` where there are not so many bytes, or labels are named that are not among `n_labels`.
    pub(super) fn of(bytes: OwnedBytes, n_rows: usize, n_sparse: [usize; N_SPARSE], n_labels: usize) -> Option<Self> {
        if Self::n_bytes(n_rows, n_sparse) != Some(bytes.len()) {
            return None;
        }
        let columns = Self { bytes, n_rows, n_sparse };
        let [speaker, question, informant, _] = columns.sparse();
        let is_label = |label: u32| label == NONE || (label as usize) < n_labels;
        let are_labels = speaker.chain(question).chain(informant).all(is_label);
        are_labels.then_some(columns)
    }

    pub(super) fn len(&self) -> usize {
        self.n_rows
    }

    fn repeat(&self) -> impl Iterator<Item = u64> {
        self.bytes[..8 * self.n_rows].as_chunks::<8>().0.iter().map(|repeat| u64::from_le_bytes(*repeat))
    }

    /// Those of which every row has one: its document, its own number, how many words.
    fn known(&self) -> [impl ExactSizeIterator<Item = u32>; 3] {
        [0, 1, 2].map(|column| self.numbers(8 * self.n_rows + column * 4 * self.n_rows, self.n_rows))
    }

    /// Those of which most rows have none: speaker, question, informant, respondent.
    fn sparse(&self) -> [impl ExactSizeIterator<Item = u32>; N_SPARSE] {
        let mut start = 20 * self.n_rows;
        self.n_sparse.map(|length| {
            let column = self.numbers(start, length);
            start += 4 * length;
            column
        })
    }

    fn kind(&self) -> &[u8] {
        &self.bytes[self.bytes.len() - self.n_rows..]
    }

    fn numbers(&self, start: usize, length: usize) -> impl ExactSizeIterator<Item = u32> {
        numbers(&self.bytes[start..start + 4 * length])
    }
}

fn some(number: u32) -> Option<u32> {
    (number != NONE).then_some(number)
}

/// Numbers for texts, in order of appearance.
#[derive(Default)]
pub(crate) struct Labels {
    numbers: std::collections::BTreeMap<String, u32>,
    next: u32,
}

impl Labels {
    pub(crate) fn number(&mut self, label: &str) -> u32 {
        if let Some(number) = self.numbers.get(label) {
            return *number;
        }
        let number = self.unnamed();
        self.numbers.insert(label.to_owned(), number);
        number
    }

    /// A number that no text has.
    pub(crate) fn unnamed(&mut self) -> u32 {
        let number = self.next;
        self.next = number.checked_add(1).expect("fewer than 2^32 different texts");
        number
    }

    pub(crate) fn finish(self) -> Vec<String> {
        let mut labels = vec![String::new(); self.next as usize];
        self.numbers.into_iter().for_each(|(label, number)| labels[number as usize] = label);
        labels
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows_of(speakers: &[u32]) -> Rows {
        let mut rows = Rows::default();
        for (number, speaker) in (1..).zip(speakers) {
            rows.push([0, number, 3], 0, 7, [*speaker, NONE, NONE], NONE);
        }
        rows
    }

    fn written(rows: &Rows, n_labels: usize) -> Option<Columns> {
        let mut bytes = Vec::new();
        rows.write(&mut bytes);
        Columns::of(OwnedBytes::new(bytes), rows.len(), rows.sparse_lengths(), n_labels)
    }

    fn speakers(rows: &Rows) -> Vec<Option<u32>> {
        (0..rows.len()).map(|row| rows.speaker(row)).collect()
    }

    #[test]
    fn numbers_that_are_mostly_missing_stay_with_their_rows() {
        let mut rows = rows_of(&[NONE, 0, NONE]);
        assert_eq!(rows.sparse_lengths(), [2, 0, 0, 0]);
        rows.append(&written(&rows_of(&[NONE, NONE]), 0).expect("they are whole"), &[0], &[]);
        rows.append(&written(&rows_of(&[0, NONE, 1]), 2).expect("they are whole"), &[0], &[1, 0]);
        assert_eq!(speakers(&rows), [None, Some(0), None, None, None, Some(1), None, Some(0)]);
        assert!((0..rows.len()).all(|row| rows.question(row).is_none() && rows.respondent(row).is_none()));
        assert!(written(&rows, 1).is_none(), "a label that there is none of");
        assert!(Columns::n_bytes(2, [3, 0, 0, 0]).is_none());
    }

    #[test]
    fn rows_are_read_as_they_were_written_but_for_documents_that_are_no_more() {
        let mut rows = Rows::default();
        rows.push([0, 1, 5], 1, 11, [NONE, 1, 0], 3);
        rows.push([2, 1, 6], 2, 12, [0, NONE, NONE], NONE);
        let mut read = Rows::default();
        read.append(&written(&rows, 2).expect("they are whole"), &[4], &[0, 1]);
        let facts = |row| (read.document(row), read.number(row), read.n_words(row), read.kind[row], read.repeat(row));
        assert_eq!([facts(0), facts(1)], [(Some(4), 1, 5, 1, 11), (None, 1, 6, 2, 12)]);
        let named = |row| (read.speaker(row), read.question(row), read.informant(row), read.respondent(row));
        assert_eq!([named(0), named(1)], [(None, Some(1), Some(0), Some(3)), (Some(0), None, None, None)]);
    }
}
