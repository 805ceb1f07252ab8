//! One immutable piece of the index: forms, postings, texts.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;
use tantivy::directory::{CompositeFile, FileSlice};
use tantivy::index::{SegmentComponent, SegmentReader};
use tantivy::positions::PositionReader;
use tantivy::postings::{Postings as _, SegmentPostings};
use tantivy::schema::IndexRecordOption;
use tantivy::store::StoreReader;
use tantivy::{DocSet as _, InvertedIndexReader};

use super::error::is_refusal;
use super::row_file::{ReadRows, RowBreaks, RowFile};
use super::row_set::RowSet;
use super::rows::Columns;
use super::schema::{Fields, as_indexed, place_of};
use super::stored::Stored;
use super::{IndexError, Vocabulary};
use crate::language::Tokens;

/// One immutable piece of the index.
pub struct Part {
    reader: SegmentReader,
    postings: Arc<InvertedIndexReader>,
    /// The positions of all forms.
    positions: FileSlice,
    vocabulary: Vocabulary,
    row_file: RowFile,
    pub(super) first_row: u32,
}

/// A part with its rows, which know neither those before them nor which documents there still are.
pub(super) struct OpenedPart {
    pub(super) part: Part,
    pub(super) rows: Columns,
    pub(super) labels: Vec<String>,
}

impl OpenedPart {
    /// All parts of the last commit.
    pub(super) fn all(dir: &Path, index: &tantivy::Index, fields: Fields) -> Result<Vec<Self>, IndexError> {
        let mut segments = index.searchable_segments().map_err(IndexError::tantivy(dir))?;
        segments.sort_by_key(tantivy::Segment::id);
        segments.par_iter().map(|segment| Self::of(dir, segment, fields)).collect()
    }

    fn of(dir: &Path, segment: &tantivy::Segment, fields: Fields) -> Result<Self, IndexError> {
        let tantivy_error = || IndexError::tantivy(dir);
        let reader = SegmentReader::open(segment).map_err(tantivy_error())?;
        let damaged = |component: &SegmentComponent, detail: String| IndexError::Damaged {
            path: dir.join(segment.relative_path(component.clone())),
            detail,
        };
        let unreadable = |component: &SegmentComponent, error: std::io::Error| match is_refusal(&error) {
            true => IndexError::io("read", dir.join(segment.relative_path(component.clone())))(error),
            false => damaged(component, error.to_string()),
        };
        let component = super::row_file::component();
        let file = reader.open_read(component.clone()).map_err(|error| tantivy_error()(error.into()))?;
        let read = RowFile::open(file).map_err(|error| unreadable(&component, error))?;
        let ReadRows { file: row_file, rows, labels } = read;
        if rows.len() != reader.max_doc() as usize {
            return Err(damaged(&component, format!("it has only {} of {} rows", rows.len(), reader.max_doc())));
        }
        let postings = reader.inverted_index(fields.words).map_err(tantivy_error())?;
        let component = super::vocabulary::component();
        let file = reader.open_read(component.clone()).map_err(|error| tantivy_error()(error.into()))?;
        let bytes = file.read_bytes().map_err(|error| unreadable(&component, error))?;
        let vocabulary = Vocabulary::open(bytes).map_err(|detail| damaged(&component, detail.to_owned()))?;
        let positions = reader.open_read(SegmentComponent::Positions);
        let positions = positions.map_err(|error| IndexError::tantivy(dir)(error.into()))?;
        let positions = CompositeFile::open(&positions).map_err(IndexError::io("read", dir))?;
        let positions = positions.open_read(fields.words).unwrap_or_else(FileSlice::empty);
        let part = Part { reader, postings, positions, vocabulary, row_file, first_row: 0 };
        Ok(Self { part, rows, labels })
    }
}

/// The text of one segment, and where it begins in its document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Code point offset in the document's text.
    pub code_point: u32,
    /// Line in the document's text, from 1.
    pub line: u32,
    /// Page, from 1, where the format has pages.
    pub page: Option<u32>,
    /// Time code in milliseconds, where the source has them.
    pub time: Option<u64>,
    /// Its text.
    pub text: String,
}

impl std::fmt::Debug for Part {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Part").field("rows", &self.n_rows()).field("forms", &self.vocabulary.len()).finish()
    }
}

impl Part {
    /// The number of its first row among all rows.
    #[must_use]
    pub fn first_row(&self) -> usize {
        self.first_row as usize
    }

    /// How many rows it holds, dead ones included.
    #[must_use]
    pub fn n_rows(&self) -> usize {
        self.reader.max_doc() as usize
    }

    /// Hands over the sketches of the documents in it, each with the document's last row, numbered within the part.
    pub(super) fn each_sketch(&self, take: impl FnMut(u32, &[u32])) -> std::io::Result<()> {
        self.row_file.each_sketch(take)
    }

    /// The words before which phrases break, of all its rows.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn breaks(&self) -> std::io::Result<RowBreaks> {
        self.row_file.breaks()
    }

    /// Its word forms.
    #[must_use]
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// Where the form of this index in the vocabulary stands.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn posting(&self, form: usize) -> std::io::Result<Posting> {
        let info = self.vocabulary.term_info(form);
        let postings = self.postings.read_postings_from_terminfo(&info, IndexRecordOption::WithFreqsAndPositions)?;
        Ok(Posting { postings })
    }

    /// The row, numbered within the part, and the index of the word of a form that stands in one place only, and
    /// whether a phrase breaks before it. Most forms are such, and this is much cheaper than to open their postings.
    #[must_use]
    pub fn only_place(&self, form: usize) -> Option<(u32, u32, bool)> {
        let (row, position) = self.vocabulary.only_place(form)?;
        let (word, after_break) = place_of(position);
        Some((row, word, after_break))
    }

    /// Calls `take` with each row in which the form of this index stands, dead rows included, ascending, numbered
    /// within the part. Cheaper than to open its posting, which knows places too.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn each_row(&self, form: usize, mut take: impl FnMut(u32)) -> std::io::Result<()> {
        if let Some((row, _)) = self.vocabulary.only_place(form) {
            take(row);
            return Ok(());
        }
        let info = self.vocabulary.term_info(form);
        let mut blocks = self.postings.read_block_postings_from_terminfo(&info, IndexRecordOption::Basic)?;
        while !blocks.docs().is_empty() {
            blocks.docs().iter().for_each(|row| take(*row));
            blocks.advance();
        }
        Ok(())
    }

    /// How often the form of this index stands in the rows that `is_asked`, numbered within the part.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn n_words(&self, form: usize, is_asked: impl Fn(u32) -> bool) -> std::io::Result<u64> {
        if let Some((row, _)) = self.vocabulary.only_place(form) {
            return Ok(u64::from(is_asked(row)));
        }
        let info = self.vocabulary.term_info(form);
        let mut blocks = self.postings.read_block_postings_from_terminfo(&info, IndexRecordOption::WithFreqs)?;
        let mut n = 0;
        while !blocks.docs().is_empty() {
            let rows = blocks.docs().iter().zip(blocks.freqs());
            n += rows.filter(|(row, _)| is_asked(**row)).map(|(_, frequency)| u64::from(*frequency)).sum::<u64>();
            blocks.advance();
        }
        Ok(n)
    }

    /// Calls `take` with the row, numbered within the part, the index of the word and whether a phrase breaks before it,
    /// for each place where the form of this index stands, in the rows of `asked`; ascending. Much cheaper
    /// than [`Self::posting`] where many rows are wanted. `buffer` is used for what is decoded.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn each_place(
        &self,
        form: usize,
        buffer: &mut Vec<u32>,
        asked: &RowSet,
        mut take: impl FnMut(u32, u32, bool),
    ) -> std::io::Result<()> {
        let info = self.vocabulary.term_info(form);
        let mut blocks = self.postings.read_block_postings_from_terminfo(&info, IndexRecordOption::WithFreqs)?;
        let mut positions = PositionReader::open(self.positions.read_bytes_slice(info.positions_range)?)?;
        // Positions lie row after row; those of a block of rows are decoded at once.
        let mut first: u64 = 0;
        while let (Some(first_row), Some(last_row)) = (blocks.docs().first(), blocks.docs().last()) {
            let (rows, frequencies) = (blocks.docs(), blocks.freqs());
            let length: u32 = frequencies.iter().sum();
            if asked.may_have_any(*first_row, *last_row) && rows.iter().any(|row| asked.has(*row)) {
                buffer.resize(length as usize, 0);
                positions.read(first, buffer);
                let mut rest = buffer.as_slice();
                for (row, frequency) in rows.iter().zip(frequencies) {
                    let (own, behind) = rest.split_at(*frequency as usize);
                    rest = behind;
                    if asked.has(*row) {
                        let mut position = 0;
                        for distance in own {
                            position += distance;
                            let (word, after_break) = place_of(position);
                            take(*row, word, after_break);
                        }
                    }
                }
            }
            first += u64::from(length);
            blocks.advance();
        }
        Ok(())
    }

    /// The forms that stand in these rows, numbered within the part and ascending, by their texts; ascending. Quick
    /// where the rows are few.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn forms_in(&self, rows: &[u32]) -> std::io::Result<Vec<u32>> {
        let texts = self.texts()?;
        let mut tokens = Tokens::default();
        let mut forms: BTreeSet<String> = BTreeSet::new();
        for row in rows {
            tokens.read(&texts.get(self.first_row() + *row as usize)?.text);
            let words = (0..tokens.words().len()).map(|word| tokens.form(word));
            for form in words.chain(tokens.groups().iter().map(|group| group.form.as_str())) {
                if !forms.contains(form) {
                    forms.insert(form.to_owned());
                }
            }
        }
        let places = forms.iter().filter_map(|form| self.vocabulary.forms().find(as_indexed(form)));
        let mut places: Vec<u32> = places.filter_map(|place| u32::try_from(place).ok()).collect();
        places.dedup();
        Ok(places)
    }

    /// A reader of its texts; one for each task, rows in ascending order.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn texts(&self) -> std::io::Result<Texts<'_>> {
        Ok(Texts { store: self.reader.get_store_reader(2)?, part: self })
    }
}

/// The rows in which one form stands, dead rows included, ascending, numbered within the part.
pub struct Posting {
    postings: SegmentPostings,
}

impl Posting {
    /// The row that it stands on, from 0 in the part; `None` behind the last.
    #[must_use]
    pub fn row(&self) -> Option<usize> {
        let row = self.postings.doc();
        (row != tantivy::TERMINATED).then_some(row as usize)
    }

    /// Goes to the next row.
    pub fn advance(&mut self) {
        self.postings.advance();
    }

    /// Goes to the first row that is not before `row`.
    pub fn seek(&mut self, row: u32) {
        if self.postings.doc() < row {
            self.postings.seek(row);
        }
    }

    /// The words of this row that have the form.
    pub fn places(&mut self, into: &mut Places) {
        self.postings.positions(&mut into.positions);
    }
}

/// Where a form stands in one row.
#[derive(Debug, Default)]
pub struct Places {
    /// As tantivy knows them.
    positions: Vec<u32>,
}

impl Places {
    /// The index of each word, ascending, and whether a phrase breaks before it.
    pub fn iter(&self) -> impl Iterator<Item = (u32, bool)> {
        self.positions.iter().map(|position| place_of(*position))
    }

    /// Whether the word of this index is one of them.
    #[must_use]
    pub fn contains(&self, word: u32) -> bool {
        self.positions.binary_search_by_key(&word, |position| place_of(*position).0).is_ok()
    }

    /// How many words.
    #[must_use]
    pub fn len(&self) -> usize {
        self.positions.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.positions.is_empty()
    }
}

impl std::fmt::Debug for Posting {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Posting").field("row", &self.row()).finish()
    }
}

/// Reads the texts of one part.
pub struct Texts<'part> {
    store: StoreReader,
    part: &'part Part,
}

impl std::fmt::Debug for Texts<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Texts").field("part", &self.part).finish()
    }
}

impl Texts<'_> {
    /// The text of a row, by its number among all rows.
    ///
    /// # Errors
    /// When the index cannot be read or holds something else.
    pub fn get(&self, row: usize) -> std::io::Result<Row> {
        let damaged = || std::io::Error::new(std::io::ErrorKind::InvalidData, "the index contains an invalid row");
        let doc = u32::try_from(row - self.part.first_row()).map_err(|_| damaged())?;
        let stored: Stored = self.store.get(doc).map_err(|error| match error {
            tantivy::TantivyError::IoError(error) => std::io::Error::new(error.kind(), error.to_string()),
            other => std::io::Error::other(other.to_string()),
        })?;
        stored.row().ok_or_else(damaged)
    }
}
