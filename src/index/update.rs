//! Brings the index up to date: what changed is read again, everything else stays.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tantivy::merge_policy::NoMergePolicy;
use tantivy::{Index, IndexSettings, IndexWriter};

use super::build::{Built, Job, build};
use super::changed_sources::News;
use super::compact::compact;
use super::directory::IndexDirectory;
use super::part::OpenedPart;
use super::schema::{FORMAT, Fields, register_tokenizer, schema};
use super::table::Table;
use super::vocabulary::VocabularyPlugin;
use super::{Corpus, IndexError, Reading};
use crate::disk::{self, Sha256};
use crate::text::narrow;

/// Work between two commits, in bytes of plain text or what takes as long: a run that is killed loses no more.
const BATCH_WEIGHT: u64 = 150_000_000;
/// tantivy's own writer only commits here; this is the least that it takes.
const WRITER_BYTES: usize = 15_000_000;

/// A document as it lies in the folder now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamped<'s> {
    /// Relative to the project, `/` between, NFC.
    pub path: &'s str,
    /// Changes whenever the file's size, time or identity does.
    pub stamp: u64,
    /// Changes whenever a setting does that decides about its segments.
    pub settings: u64,
    /// The file was changed so recently that a further change may not show in its time.
    pub recent: bool,
    /// How long reading takes, in bytes of plain text.
    pub weight: u64,
}

/// How a document is read again. Both take the index of a [`Stamped`].
pub struct Progress<'a> {
    /// Reads it and cuts it into segments.
    pub read: &'a (dyn Fn(usize) -> Reading + Sync),
    /// SHA-256 of its file, as [`Reading::sha256`] has it; `None` if it cannot be opened.
    pub hash: &'a (dyn Fn(usize) -> Option<Sha256> + Sync),
    /// Called as documents are done, with how many of how many.
    pub done: &'a (dyn Fn(usize, usize) + Sync),
    /// Threads to read with.
    pub threads: usize,
    /// Take no stamp's word for it: compare contents.
    pub rehash: bool,
}

impl std::fmt::Debug for Progress<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Progress").field("threads", &self.threads).finish_non_exhaustive()
    }
}

/// What an update did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// Documents read.
    pub read: usize,
    /// Documents that the folder no longer holds.
    pub removed: usize,
    /// The index was of another version, or damaged, and was built anew: why.
    pub rebuilt: Option<String>,
}

/// Makes the index in `dir` hold exactly `sources`, and opens it.
///
/// Killed at any moment it leaves an index that the next update completes, with the same result.
///
/// # Errors
/// When the index cannot be written or read.
pub fn update(dir: &Path, sources: &[Stamped<'_>], progress: &Progress<'_>) -> Result<(Corpus, Changes), IndexError> {
    FoundIndex::open(dir)?.update(sources, progress)
}

/// The index of a folder as it was found, which may be none, or one that cannot be used.
pub struct FoundIndex {
    dir: PathBuf,
    opened: Opened,
}

impl std::fmt::Debug for FoundIndex {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("FoundIndex").field("dir", &self.dir).finish_non_exhaustive()
    }
}

impl FoundIndex {
    /// Reads what lies in `dir`, and makes an empty index where there is none.
    ///
    /// # Errors
    /// When the folder cannot be written or read.
    pub fn open(dir: &Path) -> Result<Self, IndexError> {
        Ok(Self { dir: dir.to_owned(), opened: open(dir)? })
    }

    /// Whether the document at `path` was in it.
    #[must_use]
    pub fn holds(&self, path: &str) -> bool {
        matches!(&self.opened, Opened::Ready(_, _, corpus) if corpus.document_at(path).is_some())
    }

    /// Brings this index up to date with `sources`, as [`update()`] does.
    ///
    /// # Errors
    /// When the index cannot be written or read.
    pub fn update(self, sources: &[Stamped<'_>], progress: &Progress<'_>) -> Result<(Corpus, Changes), IndexError> {
        let dir = self.dir.as_path();
        let mut changes = Changes::default();
        let why = match &self.opened {
            Opened::Ready(index, ..) if progress.rehash => damage(index).map_err(IndexError::tantivy(dir))?,
            Opened::Ready(..) => None,
            Opened::Unusable(why) => Some(why.clone()),
        };
        let (index, fields, known) = match (why, self.opened) {
            (None, Opened::Ready(index, fields, corpus)) => (index, fields, corpus),
            (why, opened) => {
                drop(opened);
                clear(dir)?;
                changes.rebuilt = why;
                create(dir)?
            }
        };
        let news = News::of(known.table(), sources, progress);
        if news.is_none() {
            return Ok((*known, changes));
        }
        changes.removed = news.removed;
        changes.read = news.to_read.len();
        let mut table = known.into_table();
        let to_read = news.keep_others(&mut table);
        bring_up_to_date(dir, &index, fields, &mut table, &to_read, sources, progress)?;
        let corpus = Corpus::open(dir, &index, fields, table);
        match corpus {
            Err(IndexError::Damaged { detail, .. }) if changes.rebuilt.is_none() => {
                drop(index);
                clear(dir)?;
                let (corpus, again) = update(dir, sources, progress)?;
                Ok((corpus, Changes { rebuilt: Some(detail), ..again }))
            }
            result => Ok((result?, changes)),
        }
    }
}

/// Takes the document at `path` out of the index in `dir` at once, text and all; and whether it was there.
///
/// Rows of older readings go too: a document whose file was deleted before is no longer known here, but its text is.
///
/// # Errors
/// When the index cannot be written or read.
pub fn forget(dir: &Path, path: &str) -> Result<bool, IndexError> {
    let Opened::Ready(index, fields, corpus) = open(dir)? else {
        clear(dir)?;
        return Ok(false);
    };
    let mut table = corpus.into_table();
    let before = table.documents.len();
    table.documents.retain(|document| document.path != path);
    let found = table.documents.len() < before;
    let mut writer = writer(dir, &index)?;
    compact(dir, &index, &mut writer, fields, &mut table, 1)?;
    Ok(found)
}

/// What is wrong with files of an index, by their checksums; reads all of it.
fn damage(index: &Index) -> tantivy::Result<Option<String>> {
    let damaged = index.validate_checksum()?;
    Ok((!damaged.is_empty()).then(|| format!("files that are not as they were written: {}", damaged.len())))
}

enum Opened {
    /// With all that it holds: mostly nothing has changed, and it is read while the folder is looked through.
    Ready(Index, Fields, Box<Corpus>),
    Unusable(String),
}

fn open(dir: &Path) -> Result<Opened, IndexError> {
    std::fs::create_dir_all(dir).map_err(IndexError::io("create", dir))?;
    let version = dir.join("format");
    let meta = dir.join("meta.json");
    if !meta.try_exists().map_err(IndexError::io("read", &meta))? {
        clear(dir)?;
        let (index, fields, corpus) = create(dir)?;
        return Ok(Opened::Ready(index, fields, corpus));
    }
    match std::fs::read_to_string(&version) {
        Ok(found) if found.trim() == FORMAT.to_string() => {}
        Ok(found) => {
            return Ok(Opened::Unusable(format!("it has format {}, this version uses format {FORMAT}", found.trim())));
        }
        Err(error) => {
            let error = IndexError::io("read", &version)(error);
            let why = "it does not state its format".to_owned();
            return if error.is_refusal() { Err(error) } else { Ok(Opened::Unusable(why)) };
        }
    }
    let opened = open_or_create(dir).and_then(|(index, fields)| {
        let payload = index.load_metas().map_err(IndexError::tantivy(dir))?.payload;
        let (table, parts) =
            rayon::join(|| Table::load(dir, payload.as_deref()), || OpenedPart::all(dir, &index, fields));
        let corpus = Corpus::of_parts(dir, parts?, table?)?;
        Ok(Opened::Ready(index, fields, Box::new(corpus)))
    });
    match opened {
        // What the system refuses now may be read in the next run: nothing tells that it is damaged.
        Err(error) if error.is_refusal() => Err(error),
        Err(error) => Ok(Opened::Unusable(error.to_string())),
        ready => ready,
    }
}

/// Makes an empty index in `dir`, where there is none.
fn create(dir: &Path) -> Result<(Index, Fields, Box<Corpus>), IndexError> {
    let version = dir.join("format");
    disk::replace(&version, format!("{FORMAT}\n").as_bytes()).map_err(IndexError::io("write", &version))?;
    let (index, fields) = open_or_create(dir)?;
    let corpus = Corpus::open(dir, &index, fields, Table::default())?;
    Ok((index, fields, Box::new(corpus)))
}

fn open_or_create(dir: &Path) -> Result<(Index, Fields), IndexError> {
    let (schema, fields) = schema();
    let directory = IndexDirectory::open(dir).map_err(|error| IndexError::tantivy(dir)(error.into()))?;
    let settings = IndexSettings { docstore_compress_dedicated_thread: false, ..IndexSettings::default() };
    let index = Index::builder()
        .schema(schema)
        .settings(settings)
        .register_plugin(Arc::new(VocabularyPlugin))
        .open_or_create(directory)
        .map_err(IndexError::tantivy(dir))?;
    register_tokenizer(&index);
    Ok((index, fields))
}

/// Removes everything in `dir` but the lock.
fn clear(dir: &Path) -> Result<(), IndexError> {
    for entry in std::fs::read_dir(dir).map_err(IndexError::io("read", dir))? {
        let path = entry.map_err(IndexError::io("read", dir))?.path();
        if path.is_file() && path.file_name().is_some_and(|name| name != "lock") {
            std::fs::remove_file(&path).map_err(IndexError::io("remove", &path))?;
        }
    }
    Ok(())
}

fn writer(dir: &Path, index: &Index) -> Result<IndexWriter, IndexError> {
    let writer = index.writer_with_num_threads(1, WRITER_BYTES).map_err(IndexError::tantivy(dir))?;
    writer.set_merge_policy(Box::new(NoMergePolicy));
    Ok(writer)
}

fn bring_up_to_date(
    dir: &Path,
    index: &Index,
    fields: Fields,
    table: &mut Table,
    to_read: &[usize],
    sources: &[Stamped<'_>],
    progress: &Progress<'_>,
) -> Result<(), IndexError> {
    let mut writer = writer(dir, index)?;
    let n_done = AtomicUsize::new(0);
    let done = |_: usize| (progress.done)(n_done.fetch_add(1, Ordering::Relaxed) + 1, to_read.len());
    let mut batches = batches(to_read, sources).peekable();
    loop {
        let batch = batches.next().unwrap_or_default();
        let jobs: Vec<Job> = (table.next_id..)
            .zip(&batch)
            .map(|(id, source)| Job {
                source: *source,
                id,
                path: sources[*source].path.to_owned(),
                stamp: sources[*source].stamp,
                settings: sources[*source].settings,
            })
            .collect();
        table.next_id += narrow(jobs.len());
        let Built { parts, records } = build(index, dir, fields, &jobs, progress.threads, progress.read, &done)?;
        for part in parts {
            writer.add_segment(part).map_err(IndexError::tantivy(dir))?;
        }
        table.documents.extend(records);
        commit(dir, &mut writer, table)?;
        if batches.peek().is_none() {
            break;
        }
    }
    if needs_compaction(dir, index, table)? {
        compact(dir, index, &mut writer, fields, table, progress.threads)?;
    }
    Ok(())
}

fn batches<'a>(to_read: &'a [usize], sources: &'a [Stamped]) -> impl Iterator<Item = Vec<usize>> + 'a {
    let mut rest = to_read;
    std::iter::from_fn(move || {
        let mut weight = 0;
        let length = rest.iter().take_while(|index| {
            let fits = weight == 0 || weight + sources[**index].weight <= BATCH_WEIGHT;
            weight += sources[**index].weight.max(1);
            fits
        });
        let (batch, left) = rest.split_at(length.count());
        rest = left;
        (!batch.is_empty()).then(|| batch.to_vec())
    })
}

/// Writes the table and commits it together with all parts that the writer knows.
pub(super) fn commit(dir: &Path, writer: &mut IndexWriter, table: &mut Table) -> Result<(), IndexError> {
    let name = table.save(dir)?;
    let mut prepared = writer.prepare_commit().map_err(IndexError::tantivy(dir))?;
    prepared.set_payload(&name);
    prepared.commit().map_err(IndexError::tantivy(dir))?;
    Table::remove_others(dir, &name);
    Ok(())
}

/// Many parts make every look-up slower, and dead rows are text that the folder no longer holds.
fn needs_compaction(dir: &Path, index: &Index, table: &Table) -> Result<bool, IndexError> {
    const MAX_PARTS: usize = 24;
    let metas = index.searchable_segment_metas().map_err(IndexError::tantivy(dir))?;
    let n_rows: u64 = metas.iter().map(|meta| u64::from(meta.max_doc())).sum();
    let n_live: u64 = table.documents.iter().map(|document| u64::from(document.segments)).sum();
    let small = metas.iter().filter(|meta| u64::from(meta.max_doc()) * 50 < n_rows).count();
    Ok(n_rows - n_live.min(n_rows) > n_live / 3 + 100 || small > MAX_PARTS)
}

/// A short number for facts that must be recognised again.
#[must_use]
pub fn stamp_of(facts: &[u8]) -> u64 {
    use std::hash::Hasher as _;
    let mut hasher = fnv::FnvHasher::default();
    hasher.write(facts);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_index_that_is_only_opened_is_not_written_to() {
        let dir = tempfile::tempdir().expect("a folder for the test");
        drop(FoundIndex::open(dir.path()).expect("it can be made"));
        let version = dir.path().join("format");
        assert_eq!(std::fs::read_to_string(&version).expect("it is there"), format!("{FORMAT}\n"));
        std::fs::write(&version, format!(" {FORMAT} ")).expect("a file for the test");
        assert!(matches!(open(dir.path()), Ok(Opened::Ready(..))));
        assert_eq!(std::fs::read_to_string(&version).expect("it is there"), format!(" {FORMAT} "));
    }

    #[test]
    fn an_index_that_the_system_does_not_let_us_read_is_left_as_it_is() {
        let dir = tempfile::tempdir().expect("a folder for the test");
        drop(FoundIndex::open(dir.path()).expect("it can be made"));
        let version = dir.path().join("format");
        std::fs::remove_file(&version).expect("it is there");
        assert!(matches!(open(dir.path()), Ok(Opened::Unusable(_))));
        // A folder cannot be read as a file.
        std::fs::create_dir(&version).expect("a folder for the test");
        assert!(matches!(open(dir.path()), Err(IndexError::Io { .. })));
        assert!(dir.path().join("meta.json").exists());
    }
}
