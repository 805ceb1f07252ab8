//! Every distinct word form of one index part, with the way to its postings, as a flat file.
//!
//! Patterns are resolved form by form, so all forms are visited on every run; a flat file is read in a third
//! of the time that tantivy's own dictionary takes.

use std::any::Any;
use std::collections::BTreeMap;
use std::io::Write;

use tantivy::directory::OwnedBytes;
use tantivy::index::SegmentComponent;
use tantivy::plugin::{PluginMergeContext, PluginWriter, PluginWriterContext, SegmentPlugin};
use tantivy::postings::TermInfo;
use tantivy::schema::Schema;
use tantivy::schema::document::ErasedDocument;
use tantivy::termdict::TermDictionary;
use tantivy::{DocId, Segment, TantivyError};

use crate::language::FormList;

const EXTENSION: &str = "vocab";
/// Bytes of one entry: end of the form, document frequency, postings from and to, positions from and to.
const ENTRY: usize = 4 + 4 + 4 * 8;

/// The forms of one index part, in byte order.
#[derive(Debug)]
pub struct Vocabulary {
    bytes: OwnedBytes,
    len: usize,
}

impl Vocabulary {
    pub(super) fn open(bytes: OwnedBytes) -> Result<Self, String> {
        let header = bytes.get(..8).ok_or("it is cut short")?;
        let len = u64::from_le_bytes(header.try_into().expect("eight bytes were taken")) as usize;
        let vocabulary = Self { len, bytes };
        let forms = vocabulary.forms_start().ok_or("it is cut short")?;
        let all = vocabulary.bytes.get(forms..).ok_or("it is cut short")?;
        let all = std::str::from_utf8(all).map_err(|_| "it holds bytes that are no text")?;
        let mut start = 0;
        for index in 0..len {
            let end = vocabulary.number(index, 0);
            if end < start || !all.is_char_boundary(end) {
                return Err("its forms do not follow each other".to_owned());
            }
            start = end;
        }
        Ok(vocabulary)
    }

    fn forms_start(&self) -> Option<usize> {
        self.len.checked_mul(ENTRY)?.checked_add(8).filter(|start| *start <= self.bytes.len())
    }

    fn number(&self, index: usize, field: usize) -> usize {
        let at = 8 + index * ENTRY + field;
        u32::from_le_bytes(self.bytes[at..at + 4].try_into().expect("four bytes were taken")) as usize
    }

    fn offset(&self, index: usize, field: usize) -> usize {
        let at = 8 + index * ENTRY + 8 + field * 8;
        u64::from_le_bytes(self.bytes[at..at + 8].try_into().expect("eight bytes were taken")) as usize
    }

    /// How many forms.
    #[must_use]
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The form of this index; forms are sorted by bytes.
    #[must_use]
    pub fn form(&self, index: usize) -> &str {
        let base = 8 + self.len * ENTRY;
        let start = if index == 0 { 0 } else { self.number(index - 1, 0) };
        let bytes = &self.bytes[base + start..base + self.number(index, 0)];
        std::str::from_utf8(bytes).expect("checked when it was opened")
    }

    /// All forms, in order.
    #[must_use]
    pub fn forms(&self) -> FormList<'_> {
        let base = 8 + self.len * ENTRY;
        let all = std::str::from_utf8(&self.bytes[base..]).expect("checked when it was opened");
        FormList::new(all, (0..self.len).map(|index| self.number(index, 0)))
    }

    /// Where this very form stands.
    #[must_use]
    pub fn find(&self, form: &str) -> Option<usize> {
        let index = self.first_at_or_after(form);
        (index < self.len && self.form(index) == form).then_some(index)
    }

    /// The index of the first form that is not before `form`.
    #[must_use]
    pub fn first_at_or_after(&self, form: &str) -> usize {
        let (mut low, mut high) = (0, self.len);
        while low < high {
            let middle = low.midpoint(high);
            if self.form(middle) < form { low = middle + 1 } else { high = middle }
        }
        low
    }

    /// In how many rows the form stands, deleted ones included.
    #[must_use]
    pub fn row_frequency(&self, index: usize) -> usize {
        self.number(index, 4)
    }

    pub(super) fn term_info(&self, index: usize) -> TermInfo {
        TermInfo {
            doc_freq: u32::try_from(self.number(index, 4)).expect("it was written from 32 bits"),
            postings_range: self.offset(index, 0)..self.offset(index, 1),
            positions_range: self.offset(index, 2)..self.offset(index, 3),
        }
    }
}

pub(super) fn component() -> SegmentComponent {
    SegmentComponent::Custom(EXTENSION.to_owned())
}

/// Writes the vocabulary of each part when tantivy finishes it.
pub(super) struct VocabularyPlugin;

struct VocabularyWriter;

impl SegmentPlugin for VocabularyPlugin {
    fn extensions(&self) -> &[&str] {
        &[EXTENSION]
    }

    fn create_writer(&self, _: &PluginWriterContext<'_>) -> tantivy::Result<Box<dyn PluginWriter>> {
        Ok(Box::new(VocabularyWriter))
    }

    fn merge(&self, context: PluginMergeContext<'_>) -> tantivy::Result<()> {
        write(context.target_segment)
    }

    fn space_usage(
        &self,
        _: &tantivy::SegmentReader,
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
    let field = segment.schema().get_field("words")?;
    let terms = tantivy::directory::CompositeFile::open(&segment.open_read(SegmentComponent::Terms)?)?;
    let mut entries = Vec::new();
    let mut forms = Vec::new();
    let mut len: u64 = 0;
    if let Some(file) = terms.open_read(field) {
        let dictionary = TermDictionary::open(file)?;
        let mut stream = dictionary.stream()?;
        while stream.advance() {
            forms.extend_from_slice(stream.key());
            let end = u32::try_from(forms.len())
                .map_err(|_| TantivyError::InvalidArgument("more than 4 GiB of word forms".to_owned()))?;
            let info = stream.value();
            entries.extend_from_slice(&end.to_le_bytes());
            entries.extend_from_slice(&info.doc_freq.to_le_bytes());
            for range in [&info.postings_range, &info.positions_range] {
                entries.extend_from_slice(&(range.start as u64).to_le_bytes());
                entries.extend_from_slice(&(range.end as u64).to_le_bytes());
            }
            len += 1;
        }
    }
    let mut file = segment.clone().open_write(component())?;
    file.write_all(&len.to_le_bytes())?;
    file.write_all(&entries)?;
    file.write_all(&forms)?;
    tantivy::directory::TerminatingWrite::terminate(file)?;
    Ok(())
}
