//! Writes all living rows into new parts and drops the old ones, in one commit.
//!
//! Rows are copied from the index itself, so no document is extracted again.

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use tantivy::indexer::IndexWriter;
use tantivy::{Index, SegmentMeta};

use super::build::PartWriter;
use super::schema::Fields;
use super::table::Table;
use super::update::commit;
use super::{Corpus, DocumentRecord, IndexError};
use crate::segment::Segment;
use crate::text::Span;

pub(super) fn compact(
    dir: &Path,
    index: &Index,
    writer: &mut IndexWriter,
    fields: Fields,
    table: &mut Table,
    threads: usize,
) -> Result<(), IndexError> {
    let living = Table { generation: table.generation, next_id: table.next_id, documents: table.documents.clone() };
    let corpus = Corpus::open(dir, index, fields, living)?;
    let next = AtomicUsize::new(0);
    let work = || -> Result<Vec<SegmentMeta>, IndexError> {
        let tantivy_error = || IndexError::tantivy(dir);
        let mut parts = Vec::new();
        let mut part = PartWriter::new(index, fields);
        loop {
            let document = next.fetch_add(1, Ordering::Relaxed);
            let Some(record) = corpus.documents().get(document) else { break };
            copy(&corpus, document, record, &mut part, dir)?;
            parts.extend(part.finish_if_full().map_err(tantivy_error())?);
        }
        parts.extend(part.finish().map_err(tantivy_error())?);
        Ok(parts)
    };
    let results: Vec<_> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads.max(1)).map(|_| scope.spawn(work)).collect();
        workers.into_iter().map(|worker| worker.join()).collect()
    });
    let mut parts = Vec::new();
    for result in results {
        match result {
            Ok(result) => parts.extend(result?),
            Err(panic) => std::panic::resume_unwind(panic),
        }
    }
    writer.delete_all_documents().map_err(IndexError::tantivy(dir))?;
    for part in parts {
        writer.add_segment(part).map_err(IndexError::tantivy(dir))?;
    }
    commit(dir, writer, table)?;
    drop(corpus);
    writer.garbage_collect_files().wait().map_err(IndexError::tantivy(dir))?;
    Ok(())
}

fn copy(
    corpus: &Corpus,
    document: usize,
    record: &DocumentRecord,
    part: &mut PartWriter<'_>,
    dir: &Path,
) -> Result<(), IndexError> {
    let rows = corpus.rows_of(document);
    if rows.is_empty() {
        return Ok(());
    }
    let texts = corpus.part_of(rows.start).texts().map_err(IndexError::io("read", dir))?;
    let label = |label: Option<u32>| label.map(|label| corpus.label(label).to_owned());
    for row in rows.clone() {
        let stored = texts.get(row).map_err(IndexError::io("read", dir))?;
        let segment = Segment {
            number: corpus.rows().number(row),
            span: Span::new(0, stored.text.len()),
            kind: corpus.rows().kind(row),
            speaker: label(corpus.rows().speaker(row)),
            question: label(corpus.rows().question(row)),
            informant: label(corpus.rows().informant(row)),
            respondent: corpus.rows().respondent(row),
            page: stored.page,
            time: stored.time,
            line: stored.line,
            code_point: stored.code_point,
        };
        part.add(record.id, &segment, &stored.text, row + 1 == rows.end).map_err(IndexError::tantivy(dir))?;
    }
    // Its record knows the language.
    let _ = part.finish_document();
    Ok(())
}
