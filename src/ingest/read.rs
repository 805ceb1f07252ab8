//! Reads one file: what it is, under which limits, shielded from the faults of its reader.
//!
//! A reader runs on a thread of its own. When it panics, or does not come back in time, that document has an
//! error and the others go on. The readers of this crate watch the time themselves and stop, so a thread is
//! only ever abandoned when a library does not return.

use std::fs::File;
use std::io::Read;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::sync::{Arc, Mutex, Once, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::error::{IngestError, Measure};
use super::extracted::Extracted;
use super::format::Format;
use super::limits::{Budget, Limits, SHARED_ROOM};
use super::survey::{Sheet, SurveyColumns};
use crate::disk::Sha256;

/// A document that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ingested {
    /// Its text and structure.
    pub extracted: Extracted,
    /// What its content showed it to be.
    pub format: Format,
    /// SHA-256 of the bytes that were read, in hexadecimal.
    pub sha256: Sha256,
    /// Number of bytes that were read.
    pub bytes: u64,
}

/// Whether the file's name promises a format that [`read`] reads or can explain.
#[must_use]
pub fn is_readable(path: &Path) -> bool {
    Format::of_path(path).is_some()
}

/// Reads the document at `path` under `limits`, finding out by itself what the columns of a survey sheet are.
///
/// # Errors
/// Whenever the document cannot be read as a whole: see [`IngestError`]. Never half a document.
pub fn read(path: &Path, limits: &Limits) -> Result<Ingested, IngestError> {
    read_with(path, limits, &SurveyColumns::default())
}

/// Reads the document at `path` under `limits`; `columns` says what the columns of a survey sheet are.
///
/// # Errors
/// When the document cannot be read, as for [`read`].
pub fn read_with(path: &Path, limits: &Limits, columns: &SurveyColumns) -> Result<Ingested, IngestError> {
    let named = Format::of_path(path);
    let bytes = load(path, named, limits)?;
    read_bytes(bytes, named, limits, columns)
}

/// Reads a document that is in memory already; `named` is what its name promises.
///
/// # Errors
/// When the document cannot be read, as for [`read`].
pub fn read_bytes(
    bytes: Vec<u8>,
    named: Option<Format>,
    limits: &Limits,
    columns: &SurveyColumns,
) -> Result<Ingested, IngestError> {
    let sha256 = Sha256::of(&bytes);
    let length = bytes.len() as u64;
    let columns = columns.clone();
    let (extracted, format) = Job::new(bytes, named, limits)?.run(move |bytes, budget| {
        super::dispatch(bytes, named, &columns, budget).map(|read| (read, budget.format()))
    })?;
    Ok(Ingested { extracted, format, sha256, bytes: length })
}

/// Reads the sheets of a workbook or a file of separated values, for files of the project that are tables.
///
/// # Errors
/// When the file cannot be read, as for [`read`], or is not a table.
pub fn read_sheets(path: &Path, limits: &Limits) -> Result<Vec<Sheet>, IngestError> {
    let named = Format::of_path(path);
    Job::new(load(path, named, limits)?, named, limits)?.run(super::dispatch_sheets)
}

/// Held by the one document at a time that needs more than [`SHARED_ROOM`].
static ALONE: Mutex<()> = Mutex::new(());

/// Stack of a reader's thread; readers do not recurse deeper than `Limits::nesting` allows.
const STACK: usize = 16 << 20;

/// Texts below this size are read without a thread.
const SMALL_TEXT: usize = 1 << 20;

/// How much longer than a reader's own limit the thread is waited for.
const GRACE: Duration = Duration::from_millis(500);

/// The name of readers' threads, by which their panics are told from others.
const READER: &str = "temakart-reader";

/// Bytes to be read by some reader.
struct Job {
    bytes: Arc<Vec<u8>>,
    format: Format,
    limits: Limits,
}

/// How one attempt ended.
enum Outcome<T> {
    Done(Result<T, IngestError>),
    /// The document turned out to be too large to be read beside others.
    NeedsRoom,
}

impl Job {
    fn new(bytes: Vec<u8>, named: Option<Format>, limits: &Limits) -> Result<Self, IngestError> {
        let format = Format::of_content(&bytes, named).ok_or_else(|| unknown(&bytes, named))?;
        Ok(Self { bytes: Arc::new(bytes), format, limits: *limits })
    }

    /// Runs `reader` beside others as long as little memory is needed, and else again when it is alone.
    fn run<T: Send + 'static>(
        &self,
        reader: impl Fn(&[u8], &Budget) -> Result<T, IngestError> + Clone + Send + 'static,
    ) -> Result<T, IngestError> {
        silence_readers();
        let mut spent = Duration::ZERO;
        if (self.bytes.len() as u64) < SHARED_ROOM {
            let started = Instant::now();
            if let Outcome::Done(result) = self.attempt(reader.clone(), Some(SHARED_ROOM), spent) {
                return result;
            }
            spent = started.elapsed();
        }
        let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
        match self.attempt(reader, None, spent) {
            Outcome::Done(result) => result,
            Outcome::NeedsRoom => unreachable!("an attempt without a bound on its room cannot lack it"),
        }
    }

    fn attempt<T: Send + 'static>(
        &self,
        reader: impl Fn(&[u8], &Budget) -> Result<T, IngestError> + Send + 'static,
        room: Option<u64>,
        spent: Duration,
    ) -> Outcome<T> {
        let (bytes, format, limits) = (Arc::clone(&self.bytes), self.format, self.limits);
        let time = limits.time.saturating_sub(spent);
        let attempt = move || {
            let budget = Budget::new(Limits { time, ..limits }, format, bytes.len() as u64, room);
            let result = reader(&bytes, &budget);
            if budget.is_short_of_room() { Outcome::NeedsRoom } else { Outcome::Done(result) }
        };
        // Plain text goes through no library, and a thread would cost more than reading a small file.
        if matches!(self.format, Format::Text | Format::Markdown) && self.bytes.len() < SMALL_TEXT {
            return shielded(format, attempt);
        }
        let (sender, receiver) = sync_channel(1);
        let spawned = thread::Builder::new().name(READER.to_owned()).stack_size(STACK).spawn(move || {
            // The receiver is gone when the time was up: nobody wants the result any more.
            let _ = sender.send(shielded(format, attempt));
        });
        let failed = |reason: String| Outcome::Done(Err(IngestError::ReaderFailed { format, reason }));
        if let Err(error) = spawned {
            return failed(format!("no thread for it: {error}"));
        }
        match receiver.recv_timeout(time + GRACE) {
            Ok(outcome) => outcome,
            Err(RecvTimeoutError::Timeout) => Outcome::Done(Err(IngestError::Timeout { format })),
            Err(RecvTimeoutError::Disconnected) => failed("its thread ended".to_owned()),
        }
    }
}

/// Runs `attempt` and makes a panic inside it an error.
fn shielded<T>(format: Format, attempt: impl FnOnce() -> Outcome<T>) -> Outcome<T> {
    catch_unwind(AssertUnwindSafe(attempt)).unwrap_or_else(|panic| {
        let reason = panic
            .downcast_ref::<String>()
            .map(String::as_str)
            .or_else(|| panic.downcast_ref::<&str>().copied())
            .unwrap_or("no reason given")
            .to_owned();
        Outcome::Done(Err(IngestError::ReaderFailed { format, reason }))
    })
}

/// Keeps the panics of readers off the terminal: they are reported as errors of their documents.
fn silence_readers() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if thread::current().name() != Some(READER) {
                before(info);
            }
        }));
    });
}

fn load(path: &Path, named: Option<Format>, limits: &Limits) -> Result<Vec<u8>, IngestError> {
    let io = |error: std::io::Error| IngestError::Io { path: path.display().to_string(), reason: reason(&error) };
    let file = File::open(path).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound if path.is_symlink() => {
            IngestError::Io { path: path.display().to_string(), reason: "this is a link that leads nowhere".to_owned() }
        }
        _ => io(error),
    })?;
    let size = file.metadata().map_err(io)?.len();
    let format = named.unwrap_or(Format::Text);
    let limit = if named.is_some_and(Format::is_text) { limits.text_bytes } else { limits.file_bytes };
    let too_large = || IngestError::TooLarge { format, measure: Measure::FileBytes, limit };
    if size > limit {
        return Err(too_large());
    }
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0));
    // A file may grow, or be a device, after its size was asked for.
    file.take(limit + 1).read_to_end(&mut bytes).map_err(io)?;
    if bytes.len() as u64 > limit { Err(too_large()) } else { Ok(bytes) }
}

/// The system's words without its number.
fn reason(error: &std::io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or(&text).to_lowercase()
}

fn unknown(bytes: &[u8], named: Option<Format>) -> IngestError {
    match named {
        Some(format @ (Format::Doc | Format::Xls)) => IngestError::OldFormat { format },
        Some(format) if bytes.is_empty() => IngestError::Unreadable { format, reason: "the file is empty".to_owned() },
        Some(format) => {
            IngestError::Unreadable { format, reason: "its first bytes are not those of this format".to_owned() }
        }
        None => IngestError::UnknownFormat { reason: "neither its name nor its first bytes say what it is".to_owned() },
    }
}

/// SHA-256 of the file at `path`, as [`Ingested::sha256`] has it; `None` if it cannot be read, or is
/// larger than any document may be.
#[must_use]
pub fn sha256_of(path: &Path, limits: &Limits) -> Option<Sha256> {
    let file = File::open(path).ok()?;
    if !file.metadata().ok()?.is_file() {
        return None;
    }
    let (hash, length) = Sha256::of_all(&mut file.take(limits.file_bytes + 1)).ok()?;
    (length <= limits.file_bytes).then_some(hash)
}
