//! The index opened for reading: documents, rows, forms, postings, texts.

use std::path::Path;

use super::part::{OpenedPart, Part};
use super::rows::{Labels, Rows};
use super::schema::Fields;
use super::table::Table;
use super::{DocumentRecord, IndexError};
use crate::segment::Segment;

/// Everything that was indexed, ready to be coded and searched.
pub struct Corpus {
    table: Table,
    ranges: Vec<(u32, u32)>,
    parts: Vec<Part>,
    rows: Rows,
    labels: Vec<String>,
}

impl std::fmt::Debug for Corpus {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Corpus").field("documents", &self.documents().len()).field("rows", &self.rows.len()).finish()
    }
}

impl Corpus {
    pub(super) fn open(dir: &Path, index: &tantivy::Index, fields: Fields, table: Table) -> Result<Self, IndexError> {
        Self::of_parts(dir, OpenedPart::all(dir, index, fields)?, table)
    }

    /// The corpus of all parts of a commit and its table.
    pub(super) fn of_parts(dir: &Path, opened: Vec<OpenedPart>, table: Table) -> Result<Self, IndexError> {
        let index_of_id = table.index_of_id();
        let mut rows = Rows::with_capacity(opened.iter().map(|opened| opened.rows.len()).sum());
        let mut parts = Vec::with_capacity(opened.len());
        let mut labels = Labels::default();
        for OpenedPart { mut part, rows: own, labels: of_part } in opened {
            part.first_row = rows.len_u32();
            let numbers: Vec<u32> = of_part.iter().map(|label| labels.number(label)).collect();
            rows.append(&own, &index_of_id, &numbers);
            parts.push(part);
        }
        let ranges = rows.ranges(table.documents.len());
        for (document, range) in table.documents.iter().zip(&ranges) {
            if range.1 != document.segments {
                let detail = format!("`{}` has only {} of its {} segments", document.path, range.1, document.segments);
                return Err(IndexError::Damaged { path: dir.to_owned(), detail });
            }
        }
        Ok(Self { table, ranges, parts, rows, labels: labels.finish() })
    }

    /// The documents of the commit that it was read from.
    pub(super) fn table(&self) -> &Table {
        &self.table
    }

    /// Closes it, and leaves the documents.
    pub(super) fn into_table(self) -> Table {
        self.table
    }

    /// A corpus in memory, of one document with one segment for each text, in their order.
    ///
    /// # Errors
    /// When there are more texts than an index can hold.
    pub fn of_texts(texts: &[&str]) -> std::io::Result<Self> {
        let whole = |text: &&str| vec![Segment::whole(text)];
        let documents: Vec<(&str, Vec<Segment>)> = texts.iter().map(|text| (*text, whole(text))).collect();
        Self::of_documents(&documents)
    }

    /// A corpus in memory of documents that are cut into segments already; their paths are their numbers.
    ///
    /// # Errors
    /// When there are more documents than an index can hold.
    pub fn of_documents(documents: &[(&str, Vec<Segment>)]) -> std::io::Result<Self> {
        super::memory::corpus(documents).map_err(|error| std::io::Error::other(error.to_string()))
    }

    /// The documents, by path.
    #[must_use]
    pub fn documents(&self) -> &[DocumentRecord] {
        &self.table.documents
    }

    /// The index of the document at `path`.
    #[must_use]
    pub fn document_at(&self, path: &str) -> Option<usize> {
        self.table.find(path)
    }

    /// The rows of the document at this index, in the document's order.
    #[must_use]
    pub fn rows_of(&self, document: usize) -> std::ops::Range<usize> {
        let (first, count) = self.ranges[document];
        first as usize..(first + count) as usize
    }

    /// The row of the segment with this number in the document at this index.
    #[must_use]
    pub fn row_of(&self, document: usize, segment: u32) -> Option<usize> {
        let std::ops::Range { start, end } = self.rows_of(document);
        // Segments are numbered in their order.
        let (mut low, mut high) = (start, end);
        while low < high {
            let middle = low + (high - low) / 2;
            if self.rows.number(middle) < segment { low = middle + 1 } else { high = middle }
        }
        (low < end && self.rows.number(low) == segment).then_some(low)
    }

    /// Hands over what tells whether another document is nearly the same, document by document in no order: see
    /// [`super::likeness`]. Those of all documents together are a quarter of a kilobyte for each.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn each_sketch(&self, mut take: impl FnMut(usize, &[u32])) -> std::io::Result<()> {
        for part in &self.parts {
            part.each_sketch(|row, sketch| {
                if let Some(document) = self.rows.document(part.first_row() + row as usize) {
                    take(document, sketch);
                }
            })?;
        }
        Ok(())
    }

    /// All rows, through all parts; some are dead (see [`Rows::document`]).
    #[must_use]
    pub fn rows(&self) -> &Rows {
        &self.rows
    }

    /// The immutable pieces of the index.
    #[must_use]
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// The part that a row lies in.
    ///
    /// # Panics
    /// When there is no such row.
    #[must_use]
    pub fn part_of(&self, row: usize) -> &Part {
        &self.parts[self.part_index(row)]
    }

    /// The index in [`Self::parts`] of the part that a row lies in.
    ///
    /// # Panics
    /// When there is no such row.
    #[must_use]
    pub fn part_index(&self, row: usize) -> usize {
        self.parts.partition_point(|part| part.first_row() <= row) - 1
    }

    /// A speaker, question or informant, by the number that [`Rows`] gives.
    #[must_use]
    pub fn label(&self, label: u32) -> &str {
        &self.labels[label as usize]
    }

    /// All labels, by number.
    #[must_use]
    pub fn labels(&self) -> &[String] {
        &self.labels
    }
}
