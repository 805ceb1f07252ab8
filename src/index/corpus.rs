//! The index opened for reading: documents, rows, forms, postings, texts.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;
use tantivy::columnar::Column;
use tantivy::directory::{CompositeFile, FileSlice};
use tantivy::index::{SegmentComponent, SegmentReader};
use tantivy::positions::PositionReader;
use tantivy::postings::{Postings as _, SegmentPostings};
use tantivy::schema::{IndexRecordOption, Value as _};
use tantivy::store::StoreReader;
use tantivy::{DocSet as _, InvertedIndexReader, TantivyDocument};

use super::build::kind_of;
use super::schema::{Fields, as_indexed, place_of};
use super::table::Table;
use super::{DocumentRecord, IndexError, Vocabulary};
use crate::language::Tokens;
use crate::segment::{Segment, SegmentKind};

/// No document, or no label.
const NONE: u32 = u32::MAX;

/// Everything that was indexed, ready to be coded and searched.
pub struct Corpus {
    documents: Vec<DocumentRecord>,
    ranges: Vec<(u32, u32)>,
    parts: Vec<Part>,
    rows: Rows,
    labels: Vec<String>,
}

/// What is known of each row without reading its text. Rows are numbered through all parts.
#[derive(Default)]
pub struct Rows {
    document: Vec<u32>,
    number: Vec<u32>,
    n_words: Vec<u32>,
    kind: Vec<u8>,
    repeat: Vec<u64>,
    speaker: Vec<u32>,
    question: Vec<u32>,
    informant: Vec<u32>,
}

/// One immutable piece of the index.
pub struct Part {
    reader: SegmentReader,
    postings: Arc<InvertedIndexReader>,
    /// The positions of all forms.
    positions: FileSlice,
    vocabulary: Vocabulary,
    first_row: u32,
    all_alive: bool,
    fields: Fields,
}

/// A part with its rows, which do not know yet of those before them.
struct OpenedPart {
    part: Part,
    rows: Rows,
    labels: Vec<String>,
}

impl OpenedPart {
    fn of(dir: &Path, segment: &tantivy::Segment, fields: Fields, index_of_id: &[u32]) -> Result<Self, IndexError> {
        let tantivy_error = || IndexError::tantivy(dir);
        let reader = SegmentReader::open(segment).map_err(tantivy_error())?;
        let mut rows = Rows::default();
        let mut labels = Labels::default();
        rows.read(&reader, index_of_id, &mut labels).map_err(tantivy_error())?;
        let postings = reader.inverted_index(fields.words).map_err(tantivy_error())?;
        let path = dir.join(segment.relative_path(super::vocabulary::component()));
        let file = reader
            .open_read(super::vocabulary::component())
            .map_err(|error| IndexError::Damaged { path: path.clone(), detail: error.to_string() })?;
        let bytes = file.read_bytes().map_err(IndexError::io("read", &path))?;
        let vocabulary =
            Vocabulary::open(bytes).map_err(|detail| IndexError::Damaged { path, detail: detail.to_owned() })?;
        let positions = reader.open_read(SegmentComponent::Positions);
        let positions = positions.map_err(|error| IndexError::tantivy(dir)(error.into()))?;
        let positions = CompositeFile::open(&positions).map_err(IndexError::io("read", dir))?;
        let positions = positions.open_read(fields.words).unwrap_or_else(FileSlice::empty);
        let part = Part { reader, postings, positions, vocabulary, first_row: 0, all_alive: true, fields };
        Ok(Self { part, rows, labels: labels.finish() })
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

impl std::fmt::Debug for Corpus {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Corpus").field("documents", &self.documents.len()).field("rows", &self.rows.len()).finish()
    }
}

impl std::fmt::Debug for Part {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Part").field("rows", &self.n_rows()).field("forms", &self.vocabulary.len()).finish()
    }
}

impl Corpus {
    pub(super) fn open(dir: &Path, index: &tantivy::Index, fields: Fields, table: Table) -> Result<Self, IndexError> {
        let tantivy_error = || IndexError::tantivy(dir);
        let documents = table.documents;
        let mut index_of_id = vec![NONE; table.next_id as usize];
        for (index, document) in (0..).zip(&documents) {
            index_of_id[document.id as usize] = index;
        }
        let mut segments = index.searchable_segments().map_err(tantivy_error())?;
        segments.sort_by_key(tantivy::Segment::id);
        let opened = segments.par_iter().map(|segment| OpenedPart::of(dir, segment, fields, &index_of_id));
        let opened: Vec<OpenedPart> = opened.collect::<Result<_, IndexError>>()?;
        let mut rows = Rows::default();
        let mut parts = Vec::with_capacity(opened.len());
        let mut labels = Labels::default();
        for OpenedPart { mut part, rows: own, labels: of_part } in opened {
            part.first_row = rows.len_u32();
            part.all_alive = own.document.iter().all(|document| *document != NONE);
            let numbers: Vec<u32> = of_part.iter().map(|label| labels.number(label)).collect();
            rows.append(own, &numbers);
            parts.push(part);
        }
        let ranges = rows.ranges(documents.len());
        for (document, range) in documents.iter().zip(&ranges) {
            if range.1 != document.segments {
                let detail = format!("`{}` has {} of its {} segments", document.path, range.1, document.segments);
                return Err(IndexError::Damaged { path: dir.to_owned(), detail });
            }
        }
        Ok(Self { documents, ranges, parts, rows, labels: labels.finish() })
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
        &self.documents
    }

    /// The index of the document at `path`.
    #[must_use]
    pub fn document_at(&self, path: &str) -> Option<usize> {
        self.documents.binary_search_by(|document| document.path.as_str().cmp(path)).ok()
    }

    /// The rows of the document at this index, in the document's order.
    #[must_use]
    pub fn rows_of(&self, document: usize) -> std::ops::Range<usize> {
        let (first, count) = self.ranges[document];
        first as usize..(first + count) as usize
    }

    /// What tells whether another document is nearly the same, by document: see [`super::likeness`].
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn sketches(&self) -> std::io::Result<Vec<Vec<u32>>> {
        // A part whose documents are all too short for one has no such column.
        let columns: Vec<Option<Column<u64>>> = self
            .parts
            .iter()
            .map(|part| part.reader.fast_fields().column_opt("sketch"))
            .collect::<tantivy::Result<_>>()
            .map_err(|error| std::io::Error::other(error.to_string()))?;
        let of_document = |document: usize| {
            let Some(last) = self.rows_of(document).next_back() else { return Vec::new() };
            let part = self.part_index(last);
            let row = u32::try_from(last - self.parts[part].first_row()).expect("a part has fewer than 2^32 rows");
            let numbers = columns[part].iter().flat_map(|column| column.values_for_doc(row));
            numbers.filter_map(|number| u32::try_from(number).ok()).collect()
        };
        Ok((0..self.documents.len()).map(of_document).collect())
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

    fn part_index(&self, row: usize) -> usize {
        self.parts.partition_point(|part| part.first_row as usize <= row) - 1
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

impl Rows {
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

    fn len_u32(&self) -> u32 {
        u32::try_from(self.len()).expect("an index has fewer than 2^32 rows")
    }

    /// Index of the row's document in [`Corpus::documents`]; `None` for a row of an older reading.
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
        kind_of(u64::from(self.kind[row]))
    }

    /// Equal for segments with the same twelve words or more; 0 for shorter ones.
    #[must_use]
    pub fn repeat(&self, row: usize) -> u64 {
        self.repeat[row]
    }

    /// The label of its speaker.
    #[must_use]
    pub fn speaker(&self, row: usize) -> Option<u32> {
        some(self.speaker[row])
    }

    /// The question that it answers.
    #[must_use]
    pub fn question(&self, row: usize) -> Option<u32> {
        some(self.question[row])
    }

    /// The respondent who answers.
    #[must_use]
    pub fn informant(&self, row: usize) -> Option<u32> {
        some(self.informant[row])
    }

    fn read(&mut self, reader: &SegmentReader, index_of_id: &[u32], labels: &mut Labels) -> tantivy::Result<()> {
        let n_rows = reader.max_doc() as usize;
        let mut values = vec![0_u64; n_rows];
        let narrow = |value: u64| u32::try_from(value).unwrap_or(NONE);
        let mut column = |name: &str, take: &mut dyn FnMut(u64)| -> tantivy::Result<()> {
            reader.fast_fields().column_first_or_default::<u64>(name)?.get_range(0, &mut values);
            values.iter().for_each(|value| take(*value));
            Ok(())
        };
        column("document", &mut |id| {
            self.document.push(index_of_id.get(narrow(id) as usize).copied().unwrap_or(NONE));
        })?;
        column("number", &mut |number| self.number.push(narrow(number)))?;
        column("n_words", &mut |n_words| self.n_words.push(narrow(n_words)))?;
        column("kind", &mut |kind| self.kind.push(u8::try_from(kind).unwrap_or(0)))?;
        column("repeat", &mut |repeat| self.repeat.push(repeat))?;
        for (name, target) in
            [("speaker", &mut self.speaker), ("question", &mut self.question), ("informant", &mut self.informant)]
        {
            let first = target.len();
            target.resize(first + n_rows, NONE);
            let Some(column) = reader.fast_fields().str(name)? else { continue };
            let mut numbers = Vec::with_capacity(column.num_terms());
            let mut label = String::new();
            for ord in 0..column.num_terms() as u64 {
                label.clear();
                column.ord_to_str(ord, &mut label)?;
                numbers.push(labels.number(&label));
            }
            for row in 0..reader.max_doc() {
                if let Some(ord) = column.term_ords(row).next() {
                    target[first + row as usize] = numbers[ord as usize];
                }
            }
        }
        Ok(())
    }

    /// Adds the rows of the next part, whose labels are called by `numbers` among all.
    fn append(&mut self, mut other: Self, numbers: &[u32]) {
        let named = |label: u32| if label == NONE { NONE } else { numbers[label as usize] };
        self.document.append(&mut other.document);
        self.number.append(&mut other.number);
        self.n_words.append(&mut other.n_words);
        self.kind.append(&mut other.kind);
        self.repeat.append(&mut other.repeat);
        self.speaker.extend(other.speaker.into_iter().map(named));
        self.question.extend(other.question.into_iter().map(named));
        self.informant.extend(other.informant.into_iter().map(named));
    }

    /// First row and number of rows of each document.
    fn ranges(&self, n_documents: usize) -> Vec<(u32, u32)> {
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

fn some(number: u32) -> Option<u32> {
    (number != NONE).then_some(number)
}

/// Labels by number while rows are read.
#[derive(Default)]
struct Labels {
    numbers: std::collections::BTreeMap<String, u32>,
}

impl Labels {
    fn number(&mut self, label: &str) -> u32 {
        if let Some(number) = self.numbers.get(label) {
            return *number;
        }
        let number = u32::try_from(self.numbers.len()).expect("an index has fewer than 2^32 labels");
        self.numbers.insert(label.to_owned(), number);
        number
    }

    fn finish(self) -> Vec<String> {
        let mut labels = vec![String::new(); self.numbers.len()];
        for (label, number) in self.numbers {
            labels[number as usize] = label;
        }
        labels
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

    /// Whether no row of it is of an older reading.
    #[must_use]
    pub fn is_all_alive(&self) -> bool {
        self.all_alive
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
    pub fn only_place(&self, form: usize) -> Option<(usize, u32, bool)> {
        let (row, position) = self.vocabulary.only_place(form)?;
        let (word, after_break) = place_of(position);
        Some((row as usize, word, after_break))
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

    /// Calls `take` with the row, numbered within the part, the index of the word and whether a phrase breaks before it,
    /// for each place where the form of this index stands, in the rows that `is_asked` wants; ascending. Much cheaper
    /// than [`Self::posting`] where many rows are wanted. `buffer` is used for what is decoded.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn each_place(
        &self,
        form: usize,
        buffer: &mut Vec<u32>,
        is_asked: impl Fn(usize) -> bool,
        mut take: impl FnMut(usize, u32, bool),
    ) -> std::io::Result<()> {
        let info = self.vocabulary.term_info(form);
        let mut blocks = self.postings.read_block_postings_from_terminfo(&info, IndexRecordOption::WithFreqs)?;
        let mut positions = PositionReader::open(self.positions.read_bytes_slice(info.positions_range)?)?;
        // Positions lie row after row; those of a block of rows are decoded at once.
        let mut first: u64 = 0;
        while !blocks.docs().is_empty() {
            let length: u32 = blocks.freqs().iter().sum();
            if blocks.docs().iter().any(|row| is_asked(*row as usize)) {
                buffer.resize(length as usize, 0);
                positions.read(first, buffer);
                let mut rest = buffer.as_slice();
                for (row, frequency) in blocks.docs().iter().zip(blocks.freqs()) {
                    let (own, behind) = rest.split_at(*frequency as usize);
                    rest = behind;
                    if is_asked(*row as usize) {
                        let mut position = 0;
                        for distance in own {
                            position += distance;
                            let (word, after_break) = place_of(position);
                            take(*row as usize, word, after_break);
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
    pub fn seek(&mut self, row: usize) {
        let row = u32::try_from(row).expect("a part has fewer than 2^32 rows");
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
        let damaged = || std::io::Error::new(std::io::ErrorKind::InvalidData, "the index holds a row that is none");
        let doc = u32::try_from(row - self.part.first_row()).map_err(|_| damaged())?;
        let document: TantivyDocument = self.store.get(doc).map_err(|error| match error {
            tantivy::TantivyError::IoError(error) => std::io::Error::new(error.kind(), error.to_string()),
            other => std::io::Error::other(other.to_string()),
        })?;
        let fields = &self.part.fields;
        let text = document.get_first(fields.text).and_then(|value| value.as_str()).ok_or_else(damaged)?.to_owned();
        let number = |field| document.get_first(field).and_then(|value| value.as_u64());
        let narrow = |number: Option<u64>| number.and_then(|number| u32::try_from(number).ok());
        Ok(Row {
            code_point: narrow(number(fields.code_point)).ok_or_else(damaged)?,
            line: narrow(number(fields.line)).ok_or_else(damaged)?,
            page: narrow(number(fields.page)),
            time: number(fields.time),
            text,
        })
    }
}
