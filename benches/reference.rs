//! tantivy alone: the same paragraphs, with positions and stored text, by its own writer and tokeniser.

use std::fs;
use std::path::{Path, PathBuf};

use tantivy::schema::{IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{LowerCaser, SimpleTokenizer, TextAnalyzer};
use tantivy::{Index, IndexWriter, TantivyDocument};

/// tantivy's own default in its documentation.
const WRITER_BYTES: usize = 50_000_000;

/// Indexes every paragraph of `files` in `dir`, and returns their number.
///
/// # Errors
/// When the files cannot be read or the index not be written.
pub(crate) fn index(files: &[PathBuf], dir: &Path, threads: usize) -> tantivy::Result<usize> {
    if dir.exists() {
        fs::remove_dir_all(dir)?;
    }
    fs::create_dir_all(dir)?;
    let mut schema = Schema::builder();
    let indexing =
        TextFieldIndexing::default().set_tokenizer("simple").set_index_option(IndexRecordOption::WithFreqsAndPositions);
    let text = schema.add_text_field("text", TextOptions::default().set_indexing_options(indexing).set_stored());
    let index = Index::create_in_dir(dir, schema.build())?;
    index.tokenizers().register("simple", TextAnalyzer::builder(SimpleTokenizer::default()).filter(LowerCaser).build());
    let mut writer: IndexWriter = index.writer_with_num_threads(threads, threads * WRITER_BYTES)?;
    for file in files {
        let read = fs::read_to_string(file)?;
        for paragraph in read.split("\n\n") {
            let mut document = TantivyDocument::default();
            document.add_text(text, paragraph.trim());
            writer.add_document(document)?;
        }
    }
    writer.commit()?;
    writer.wait_merging_threads()?;
    let segments = index.searchable_segment_metas()?;
    Ok(segments.iter().map(|segment| segment.max_doc() as usize).sum())
}
