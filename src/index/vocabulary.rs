//! Every distinct word form of one index part, with the way to its postings, as a flat file.
//!
//! Patterns are resolved form by form, so all forms are visited on every run; a flat file is read in a third
//! of the time that tantivy's own dictionary takes.

use std::any::Any;
use std::collections::BTreeMap;
use std::io::Write;

use tantivy::directory::OwnedBytes;
use tantivy::index::{SegmentComponent, SegmentReader};
use tantivy::plugin::{PluginMergeContext, PluginWriter, PluginWriterContext, SegmentPlugin};
use tantivy::postings::{Postings as _, TermInfo};
use tantivy::schema::document::ErasedDocument;
use tantivy::schema::{IndexRecordOption, Schema};
use tantivy::{DocId, DocSet as _, InvertedIndexReader, Segment, TantivyError};

use crate::language::FormList;

const EXTENSION: &str = "vocab";
/// Bytes of one entry: end of the form, document frequency, where its postings and positions begin, and the only row
/// and position, of a form that stands in one place. One more entry tells where the last ends.
const ENTRY: usize = 4 + 4 + 8 + 8 + 4 + 4;
/// The row of forms that stand in several places.
const SEVERAL: u32 = u32::MAX;

/// The forms of one index part, in byte order.
#[derive(Debug)]
pub struct Vocabulary {
    entries: OwnedBytes,
    forms: FormList,
}

impl Vocabulary {
    pub(super) fn open(bytes: OwnedBytes) -> Result<Self, &'static str> {
        const CUT: &str = "it is truncated";
        let (header, rest) = bytes.split_first_chunk::<8>().ok_or(CUT)?;
        let len = usize::try_from(u64::from_le_bytes(*header)).map_err(|_| CUT)?;
        let n_entries = len.checked_add(1).and_then(|len| len.checked_mul(ENTRY)).ok_or(CUT)?;
        let (entries, rest) = rest.split_at_checked(n_entries).ok_or(CUT)?;
        let (backwards, text) = rest.split_at_checked(len * 4).ok_or(CUT)?;
        let text = simdutf8::basic::from_utf8(text).map_err(|_| "it contains bytes that are not text")?;
        let (ends, _) = entries.as_chunks::<ENTRY>();
        let ends = ends[..len].iter().map(|entry| number(entry, 0)).collect();
        let (backwards, _) = backwards.as_chunks::<4>();
        let backwards = backwards.iter().map(|place| u32::from_le_bytes(*place)).collect();
        let forms = FormList::of_parts(text.to_owned(), ends, backwards)?;
        Ok(Self { entries: bytes.slice(8..8 + n_entries), forms })
    }

    fn entry(&self, index: usize) -> &[u8] {
        &self.entries[index * ENTRY..(index + 1) * ENTRY]
    }

    /// How many forms.
    #[must_use]
    pub fn len(&self) -> usize {
        self.forms.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.forms.is_empty()
    }

    /// All forms, in order.
    #[must_use]
    pub fn forms(&self) -> &FormList {
        &self.forms
    }

    /// In how many rows the form stands, deleted ones included.
    #[must_use]
    pub fn row_frequency(&self, index: usize) -> usize {
        number(self.entry(index), 4) as usize
    }

    /// The row and the position of a form that stands in one place only. To look there is much cheaper than to open
    /// its posting, and most forms are such.
    pub(super) fn only_place(&self, index: usize) -> Option<(u32, u32)> {
        let entry = self.entry(index);
        let row = number(entry, 24);
        (row != SEVERAL).then(|| (row, number(entry, 28)))
    }

    pub(super) fn term_info(&self, index: usize) -> TermInfo {
        let (own, next) = (self.entry(index), self.entry(index + 1));
        TermInfo {
            doc_freq: number(own, 4),
            postings_range: offset(own, 8)..offset(next, 8),
            positions_range: offset(own, 16)..offset(next, 16),
        }
    }
}

fn number(entry: &[u8], at: usize) -> u32 {
    u32::from_le_bytes(entry[at..at + 4].try_into().expect("four bytes were taken"))
}

fn offset(entry: &[u8], at: usize) -> usize {
    u64::from_le_bytes(entry[at..at + 8].try_into().expect("eight bytes were taken")) as usize
}

pub(super) fn component() -> SegmentComponent {
    SegmentComponent::Custom(EXTENSION.to_owned())
}

/// Writes the vocabulary of each part when tantivy finishes it, and tells tantivy of our other file beside it.
pub(super) struct VocabularyPlugin;

struct VocabularyWriter;

impl SegmentPlugin for VocabularyPlugin {
    fn extensions(&self) -> &[&str] {
        &[EXTENSION, super::row_file::EXTENSION]
    }

    fn create_writer(&self, _: &PluginWriterContext<'_>) -> tantivy::Result<Box<dyn PluginWriter>> {
        Ok(Box::new(VocabularyWriter))
    }

    fn merge(&self, _: PluginMergeContext<'_>) -> tantivy::Result<()> {
        Err(TantivyError::InternalError("parts are put together by `compact`, which knows their rows".to_owned()))
    }

    fn space_usage(
        &self,
        _: &SegmentReader,
    ) -> tantivy::Result<BTreeMap<String, tantivy::space_usage::ComponentSpaceUsage>> {
        Ok(BTreeMap::new())
    }
}

impl PluginWriter for VocabularyWriter {
    fn add_document(&mut self, _: DocId, _: &dyn ErasedDocument, _: &Schema) -> tantivy::Result<()> {
        Ok(())
    }

    fn serialize(
        self: Box<Self>,
        segment: &Segment,
        _: Option<&tantivy::indexer::doc_id_mapping::DocIdMapping>,
    ) -> tantivy::Result<()> {
        write(segment)
    }

    fn mem_usage(&self) -> usize {
        0
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn as_any_mut(&mut self) -> &mut dyn Any {
        self
    }
}

/// Copies the dictionary that tantivy has just written for `segment`.
fn write(segment: &Segment) -> tantivy::Result<()> {
    let reader = SegmentReader::open(segment)?;
    let words = reader.inverted_index(segment.schema().get_field("words")?)?;
    let mut stream = words.terms().stream()?;
    let (mut entries, mut text, mut ends) = (Vec::new(), Vec::new(), Vec::new());
    let (mut postings, mut positions) = (0, 0);
    while stream.advance() {
        let info = stream.value();
        if info.postings_range.start != postings || info.positions_range.start != positions {
            return Err(TantivyError::InternalError("postings do not follow each other".to_owned()));
        }
        text.extend_from_slice(stream.key());
        let end = u32::try_from(text.len())
            .map_err(|_| TantivyError::InvalidArgument("more than 4 GiB of word forms".to_owned()))?;
        ends.push(end);
        let (row, position) = only_place(&words, info)?.unwrap_or((SEVERAL, 0));
        entries.extend(entry(end, info.doc_freq, [postings, positions], [row, position]));
        (postings, positions) = (info.postings_range.end, info.positions_range.end);
    }
    entries.extend(entry(0, 0, [postings, positions], [SEVERAL, 0]));
    let text =
        String::from_utf8(text).map_err(|_| TantivyError::InternalError("a word form is not text".to_owned()))?;
    let backwards = FormList::read_backwards(&text, &ends);
    let mut file = segment.clone().open_write(component())?;
    file.write_all(&(ends.len() as u64).to_le_bytes())?;
    file.write_all(&entries)?;
    file.write_all(&backwards.iter().flat_map(|place| place.to_le_bytes()).collect::<Vec<u8>>())?;
    file.write_all(text.as_bytes())?;
    tantivy::directory::TerminatingWrite::terminate(file)?;
    Ok(())
}

fn entry(end: u32, n_rows: u32, starts: [usize; 2], place: [u32; 2]) -> [u8; ENTRY] {
    let mut entry = [0; ENTRY];
    let numbers = [end, n_rows].into_iter().flat_map(u32::to_le_bytes);
    let numbers = numbers.chain(starts.into_iter().flat_map(|start| (start as u64).to_le_bytes()));
    let numbers = numbers.chain(place.into_iter().flat_map(u32::to_le_bytes));
    entry.iter_mut().zip(numbers).for_each(|(byte, number)| *byte = number);
    entry
}

/// The row and the position of a form that stands in one place only.
fn only_place(words: &InvertedIndexReader, info: &TermInfo) -> tantivy::Result<Option<(u32, u32)>> {
    if info.doc_freq != 1 {
        return Ok(None);
    }
    let mut posting = words.read_postings_from_terminfo(info, IndexRecordOption::WithFreqsAndPositions)?;
    let mut positions = Vec::new();
    posting.positions(&mut positions);
    Ok(match positions.as_slice() {
        [only] => Some((posting.doc(), *only)),
        _ => None,
    })
}
