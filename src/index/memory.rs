//! An index in memory: a few texts, gone when they are not needed any more.

use std::path::Path;
use std::sync::Arc;

use tantivy::directory::RamDirectory;
use tantivy::{Index, IndexWriter, TantivyDocument};

use super::build::PartWriter;
use super::schema::{register_tokenizer, schema};
use super::table::Table;
use super::vocabulary::VocabularyPlugin;
use super::{Corpus, DocumentRecord, IndexError};
use crate::segment::Segment;

/// tantivy takes no less, though its own threads have nothing to do here.
const WRITER_BYTES: usize = 15_000_000;

pub(super) fn corpus(documents: &[(&str, Vec<Segment>)]) -> Result<Corpus, IndexError> {
    let name = Path::new("memory");
    let error = || IndexError::tantivy(name);
    let (schema, fields) = schema();
    let index = Index::builder()
        .schema(schema)
        .register_plugin(Arc::new(VocabularyPlugin))
        .open_or_create(RamDirectory::create())
        .map_err(error())?;
    register_tokenizer(&index);
    let mut part = PartWriter::new(&index, fields);
    let mut table = Table::default();
    // Paths sort as their numbers do.
    let digits = documents.len().to_string().len();
    for (id, (text, segments)) in (0..).zip(documents) {
        part.add_document(id, segments, text).map_err(error())?;
        table.next_id = id + 1;
        table.documents.push(DocumentRecord::in_memory(id, format!("{id:0digits$}"), segments.len()));
    }
    let mut writer: IndexWriter<TantivyDocument> = index.writer_with_num_threads(1, WRITER_BYTES).map_err(error())?;
    if let Some(part) = part.finish().map_err(error())? {
        writer.add_segment(part).map_err(error())?;
    }
    writer.commit().map_err(error())?;
    Corpus::open(name, &index, fields, table)
}
