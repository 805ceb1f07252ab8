//! Documents → index parts, by threads that each read their own documents and own a segment writer.
//!
//! No channel and no second set of threads stands between reading and indexing: with tantivy's own
//! writer threads a first run takes a third more.

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use tantivy::indexer::{AddOperation, SegmentWriter};
use tantivy::{Index, SegmentMeta, TantivyDocument};

use super::row_file::RowWriter;
use super::schema::{Fields, prime};
use super::sketch::Sketcher;
use super::{DocumentRecord, IndexError, Outcome};
use crate::disk::Sha256;
use crate::ingest::{Format, Notice, Properties};
use crate::language::Vote;
use crate::segment::{Segment, SegmentKind};
use crate::text::narrow;

/// A thread begins a new part when its part has grown to this many bytes in memory.
const PART_BYTES: usize = 80_000_000;
/// Longer texts, in bytes, are indexed one at a time: while that lasts, each takes many times its size in memory.
const LONG_TEXT: usize = 8 << 20;
/// A segment of so many words or more counts as repeated when another has the same words.
const REPEATED_WORDS: usize = 12;

/// One document, read and cut into segments, or why that was not possible.
#[derive(Debug, Default)]
pub struct Reading {
    /// SHA-256 of the file; `None` if another try may end otherwise, so that it is read again next time.
    pub sha256: Option<Sha256>,
    /// What kind of file it is, where that is known.
    pub format: Option<Format>,
    /// Character encoding, where the format does not fix it.
    pub encoding: Option<String>,
    /// ISO code of the language, where it is given; else its words tell.
    pub language: Option<String>,
    /// What the file says of itself, and who answered in it if it is a survey.
    pub properties: Properties,
    /// What the reader left out or was in doubt about.
    pub problems: Vec<Notice>,
    /// Why nothing could be read.
    pub failure: Option<Notice>,
    /// The extracted text that the segments' spans point into.
    pub text: String,
    /// Its segments.
    pub segments: Vec<Segment>,
}

/// A document to read: its number in this index, its path and its stamp.
#[derive(Debug, Clone)]
pub(super) struct Job {
    pub(super) source: usize,
    pub(super) id: u32,
    pub(super) path: String,
    pub(super) stamp: u64,
    pub(super) settings: u64,
}

/// What building yields: parts to be committed, and the records of the documents in them.
pub(super) struct Built {
    pub(super) parts: Vec<SegmentMeta>,
    pub(super) records: Vec<DocumentRecord>,
}

/// Reads all `jobs` on `threads` threads.
pub(super) fn build(
    index: &Index,
    dir: &Path,
    fields: Fields,
    jobs: &[Job],
    threads: usize,
    read: &(dyn Fn(usize) -> Reading + Sync),
    done: &(dyn Fn(usize) + Sync),
) -> Result<Built, IndexError> {
    let next = AtomicUsize::new(0);
    let built = Mutex::new(Built { parts: Vec::new(), records: Vec::new() });
    let long = Mutex::new(());
    let work = || -> tantivy::Result<()> {
        let mut parts = Vec::new();
        let mut records = Vec::new();
        let mut writer = PartWriter::new(index, fields);
        while let Some(job) = jobs.get(next.fetch_add(1, Ordering::Relaxed)) {
            let reading = read(job.source);
            let _alone = (reading.text.len() > LONG_TEXT)
                .then(|| long.lock().unwrap_or_else(std::sync::PoisonError::into_inner));
            writer.add_document(job.id, &reading.segments, &reading.text)?;
            records.push(record(job, reading, &writer.finish_document()));
            if let Some(part) = writer.finish_if_full()? {
                parts.push(part);
            }
            done(job.source);
        }
        parts.extend(writer.finish()?);
        let mut built = built.lock().expect("no thread panics while it holds the results");
        built.parts.extend(parts);
        built.records.extend(records);
        Ok(())
    };
    // On the threads that coding runs on later: what they have freed is theirs to use again.
    let results = Mutex::new(Vec::new());
    rayon::scope(|scope| {
        for _ in 0..threads.clamp(1, jobs.len().max(1)) {
            scope.spawn(|_| {
                let result = work();
                results.lock().expect("no thread panics while it holds the results").push(result);
            });
        }
    });
    for result in results.into_inner().expect("no thread panics while it holds the results") {
        result.map_err(IndexError::tantivy(dir))?;
    }
    Ok(built.into_inner().expect("no thread panics while it holds the results"))
}

fn record(job: &Job, reading: Reading, vote: &Vote) -> DocumentRecord {
    DocumentRecord {
        id: job.id,
        path: job.path.clone(),
        stamp: job.stamp,
        settings: job.settings,
        sha256: reading.sha256,
        segments: narrow(reading.segments.len()),
        outcome: Arc::new(Outcome {
            format: reading.format,
            encoding: reading.encoding,
            language: reading.language.or_else(|| vote.tag().map(str::to_owned)),
            properties: reading.properties,
            problems: reading.problems,
            failure: reading.failure,
        }),
    }
}

/// Fills one index part after another.
pub(super) struct PartWriter<'index> {
    index: &'index Index,
    fields: Fields,
    open: Option<OpenPart>,
    // Both take in the words of the document whose segments are being added.
    sketcher: Sketcher,
    vote: Vote,
    /// A number for each word of the segment that is being added.
    hashes: Vec<u64>,
    /// What is stored of it.
    stored: String,
}

impl<'index> PartWriter<'index> {
    pub(super) fn new(index: &'index Index, fields: Fields) -> Self {
        let (sketcher, vote) = (Sketcher::default(), Vote::default());
        Self { index, fields, open: None, sketcher, vote, hashes: Vec::new(), stored: String::new() }
    }

    /// Adds the segments of document `id`, whose spans point into `text`.
    pub(super) fn add_document(&mut self, id: u32, segments: &[Segment], text: &str) -> tantivy::Result<()> {
        for (index, segment) in segments.iter().enumerate() {
            self.add(id, segment, segment.span.of(text), index + 1 == segments.len())?;
        }
        Ok(())
    }

    /// Adds one segment of document `id`, whose words are those of `text`; the last of a document carries its sketch.
    pub(super) fn add(&mut self, id: u32, segment: &Segment, text: &str, is_last: bool) -> tantivy::Result<()> {
        let Self { index, fields, open, sketcher, vote, hashes, stored } = self;
        let open = match open {
            Some(open) => open,
            none => none.insert(OpenPart::new(index)?),
        };
        prime(text, |tokens| {
            hashes.clear();
            hashes.extend(tokens.forms().map(number_of));
            sketcher.read(hashes);
            vote.read(tokens);
            open.rows.add(id, segment, tokens, repeat_key(hashes));
        });
        if is_last {
            open.rows.add_sketch(&sketcher.finish());
        }
        stored.clear();
        super::stored::write(segment, text, stored);
        let mut row = TantivyDocument::default();
        row.add_text(fields.words, "");
        row.add_text(fields.stored, &stored);
        open.writer.add_document(AddOperation { opstamp: 0, document: row })
    }

    /// What the words of the document voted whose segments were added; what comes after belongs to another.
    pub(super) fn finish_document(&mut self) -> Vote {
        std::mem::take(&mut self.vote)
    }

    pub(super) fn finish_if_full(&mut self) -> tantivy::Result<Option<SegmentMeta>> {
        let is_full = self.open.as_ref().is_some_and(|open| open.writer.mem_usage() > PART_BYTES);
        if is_full { self.finish() } else { Ok(None) }
    }

    pub(super) fn finish(&mut self) -> tantivy::Result<Option<SegmentMeta>> {
        self.open.take().map(OpenPart::finish).transpose()
    }
}

/// A part that rows are still added to.
struct OpenPart {
    segment: tantivy::Segment,
    writer: SegmentWriter,
    rows: RowWriter,
}

impl OpenPart {
    fn new(index: &Index) -> tantivy::Result<Self> {
        let segment = index.new_segment();
        let writer = SegmentWriter::for_segment(PART_BYTES, segment.clone())?;
        Ok(Self { segment, writer, rows: RowWriter::default() })
    }

    fn finish(self) -> tantivy::Result<SegmentMeta> {
        let n_rows = self.rows.len();
        self.writer.finalize()?;
        self.rows.write(&self.segment)?;
        let meta = self.segment.with_max_doc(n_rows).meta().clone();
        meta.untrack_temp_docstore();
        Ok(meta)
    }
}

/// A number for a word, by which repeated segments and like documents are known. It is kept on disk, so it is worked
/// out here: a library's hash may be another in its next version.
fn number_of(form: &str) -> u64 {
    // The two halves of the product with an odd number, the 64 bits of the golden ratio, so that all bits count.
    let mix = |mixed: u64, bits: u64| {
        let product = u128::from(mixed ^ bits) * 0x9e37_79b9_7f4a_7c15;
        product as u64 ^ (product >> 64) as u64
    };
    let (eights, rest) = form.as_bytes().as_chunks::<8>();
    let mut last = [0; 8];
    last[..rest.len()].copy_from_slice(rest);
    let begin = mix(0x2545_f491_4f6c_dd1d, form.len() as u64);
    eights.iter().chain([&last]).fold(begin, |mixed, bytes| mix(mixed, u64::from_le_bytes(*bytes)))
}

/// Equal for segments with the same words, 0 for segments too short to matter. The chance that any two of a million
/// segments with other words have the same number is 1 in 37 million.
fn repeat_key(words: &[u64]) -> u64 {
    if words.len() < REPEATED_WORDS {
        return 0;
    }
    let mix = |mixed: u64, word: &u64| {
        let mixed = (mixed.rotate_left(23) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        mixed ^ (mixed >> 32)
    };
    words.iter().fold(0, mix).max(1)
}

pub(super) fn kind_number(kind: SegmentKind) -> u8 {
    match kind {
        SegmentKind::Paragraph => 0,
        SegmentKind::Heading => 1,
        SegmentKind::ListItem => 2,
        SegmentKind::Turn => 3,
        SegmentKind::Answer => 4,
    }
}

pub(super) fn kind_of(number: u8) -> SegmentKind {
    match number {
        1 => SegmentKind::Heading,
        2 => SegmentKind::ListItem,
        3 => SegmentKind::Turn,
        4 => SegmentKind::Answer,
        _ => SegmentKind::Paragraph,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What was written by an older version of this program is compared with what is written now.
    #[test]
    fn numbers_of_words_stay_what_they_are() {
        for (form, number) in [
            ("", 4_668_987_721_552_326_547),
            ("og", 4_156_398_489_700_404_865),
            ("forankring", 8_414_692_997_249_185_985),
            ("prosjekttrettheten", 300_854_889_872_476_093),
        ] {
            assert_eq!(number_of(form), number, "{form}");
        }
        let words: Vec<u64> = ["og", "så", "videre"].repeat(4).into_iter().map(number_of).collect();
        assert_eq!((repeat_key(&words), repeat_key(&words[1..])), (1_052_344_497_065_811_311, 0));
    }
}
