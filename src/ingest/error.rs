//! Why a document could not be read, in words that name the kind of file and the way out.

use std::fmt;

use thiserror::Error;

use super::format::Format;

/// Why a document could not be read. The message does not name the file: the caller knows its path.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum IngestError {
    /// The file system refused.
    #[error("`{path}` cannot be opened: {reason}")]
    Io {
        /// The path, as given.
        path: String,
        /// What the system said.
        reason: String,
    },
    /// The file breaks the rules of its format.
    #[error("cannot be read as {format}: {reason}")]
    Unreadable {
        /// What it was taken for.
        format: Format,
        /// What was expected, what was found, where.
        reason: String,
    },
    /// The content is of no kind that is read.
    #[error("is not a readable type of file: {reason}")]
    UnknownFormat {
        /// What it looks like.
        reason: String,
    },
    /// A format of old programs that is not read.
    #[error("is {format}, which cannot be read: save it as {}", .format.successor())]
    OldFormat {
        /// Which.
        format: Format,
    },
    /// A password is needed.
    #[error("is {format} {}", protection(*.format))]
    Encrypted {
        /// What it is.
        format: Format,
    },
    /// The document is larger than any that is read.
    #[error("is {format} with more than {}", .measure.of(*limit))]
    TooLarge {
        /// What it is.
        format: Format,
        /// What there is too much of.
        measure: Measure,
        /// The limit.
        limit: u64,
    },
    /// A small file that grows beyond measure when it is unpacked.
    #[error("is {format} that unpacks to more than {}, like a decompression bomb", .measure.of(*limit))]
    Bomb {
        /// What it is.
        format: Format,
        /// What there is too much of.
        measure: Measure,
        /// The limit.
        limit: u64,
    },
    /// Elements within elements without end.
    #[error("is {format} nested more than {limit} levels deep")]
    Nesting {
        /// What it is.
        format: Format,
        /// The limit.
        limit: u32,
    },
    /// The time for one document was up.
    #[error("is {format} that could not be read within the time limit for one document")]
    Timeout {
        /// What it is.
        format: Format,
    },
    /// Pages, but no text on them: scanned paper.
    #[error("is {format} without text: {reason}; text recognition (OCR) may help")]
    NoText {
        /// What it is.
        format: Format,
        /// What there is instead.
        reason: String,
    },
    /// A fault of ours or of a library.
    #[error("crashed the reader for {format}: {reason}")]
    ReaderFailed {
        /// What it was read as.
        format: Format,
        /// What the reader said when it failed.
        reason: String,
    },
}

/// What a limit counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// Bytes of the file.
    FileBytes,
    /// Bytes of extracted text.
    TextBytes,
    /// Paragraphs, cells, list items.
    Blocks,
    /// Cells of a sheet.
    Cells,
    /// Pages.
    Pages,
    /// Bytes after unpacking.
    UnpackedBytes,
    /// Bytes of one part or element.
    PartBytes,
    /// Bytes after unpacking per byte of the file.
    Ratio,
    /// Entries of an archive.
    Entries,
}

fn protection(format: Format) -> &'static str {
    match format {
        Format::Epub => "with copy protection, which only the seller's programs can open",
        _ => "with a password: save a copy without it",
    }
}

/// The ids of what keeps a document from being read at all: those of errors, and that of a text without words.
const FAILURES: [&str; 12] = [
    "ingest/io",
    "ingest/unreadable",
    "ingest/unknown-format",
    "ingest/old-format",
    "ingest/encrypted",
    "ingest/too-large",
    "ingest/bomb",
    "ingest/nesting",
    "ingest/timeout",
    "ingest/no-text",
    "ingest/reader-failed",
    "ingest/empty",
];

/// Whether a message with this id says that a document could not be read, and not only what was left out of one.
#[must_use]
pub fn is_failure(id: &str) -> bool {
    FAILURES.contains(&id)
}

impl IngestError {
    /// The stable id, for documentation, tests and scripts.
    #[must_use]
    pub fn id(&self) -> &'static str {
        match self {
            Self::Io { .. } => "ingest/io",
            Self::Unreadable { .. } => "ingest/unreadable",
            Self::UnknownFormat { .. } => "ingest/unknown-format",
            Self::OldFormat { .. } => "ingest/old-format",
            Self::Encrypted { .. } => "ingest/encrypted",
            Self::TooLarge { .. } => "ingest/too-large",
            Self::Bomb { .. } => "ingest/bomb",
            Self::Nesting { .. } => "ingest/nesting",
            Self::Timeout { .. } => "ingest/timeout",
            Self::NoText { .. } => "ingest/no-text",
            Self::ReaderFailed { .. } => "ingest/reader-failed",
        }
    }

    /// Whether the same file may be read another time: it was locked, or the machine was busy.
    #[must_use]
    pub fn is_passing(&self) -> bool {
        matches!(self, Self::Io { .. } | Self::Timeout { .. })
    }

    /// Why, without naming the format, for files that are no documents.
    pub(crate) fn why(&self) -> String {
        match self {
            Self::Unreadable { reason, .. } => reason.clone(),
            Self::Encrypted { format: Format::Epub } => "it is copy-protected".to_owned(),
            Self::Encrypted { .. } => "it has a password".to_owned(),
            Self::TooLarge { measure, limit, .. } => format!("it has more than {}", measure.of(*limit)),
            Self::Bomb { measure, limit, .. } => {
                format!("it unpacks to more than {}, like a decompression bomb", measure.of(*limit))
            }
            Self::Nesting { limit, .. } => format!("its elements are nested more than {limit} levels deep"),
            Self::Timeout { .. } => "it could not be read within the time limit".to_owned(),
            other => other.to_string(),
        }
    }

    /// What the researcher can do about it.
    #[must_use]
    pub fn hint(&self) -> String {
        match self {
            Self::Io { .. } => "check that the file exists and that you have permission to read it".to_owned(),
            Self::Unreadable { format, .. } => {
                format!(
                    "if {} can open it, save it again from there; otherwise find an undamaged copy",
                    format.program()
                )
            }
            Self::UnknownFormat { .. } => {
                "expected Word, OpenDocument, PDF, RTF, HTML, EPUB, text, subtitles or a survey sheet; \
                 save it as one of these"
                    .to_owned()
            }
            Self::OldFormat { format } => {
                format!("open it in {} or LibreOffice and save it as {}", format.program(), format.successor())
            }
            Self::Encrypted { format: Format::Epub } => {
                "ask whoever published it for a copy without protection".to_owned()
            }
            Self::Encrypted { format } => {
                format!("open it in {} and save a copy without a password", format.program())
            }
            Self::TooLarge { .. } => "split it into several documents".to_owned(),
            Self::Bomb { format, .. } | Self::Nesting { format, .. } => {
                format!("if it is a real document, open it in {} and save it as .docx or .txt", format.program())
            }
            Self::Timeout { format } => {
                format!("open it in {}, save it as .txt and use that, or split it", format.program())
            }
            Self::NoText { .. } => {
                "it may be scanned paper: run text recognition (OCR) on it and save it with text".to_owned()
            }
            Self::ReaderFailed { format, .. } => {
                format!("open it in {} and save it as .docx or .txt; please report this as a bug", format.program())
            }
        }
    }
}

impl Measure {
    fn of(self, limit: u64) -> String {
        match self {
            Self::FileBytes => Bytes(limit).to_string(),
            Self::TextBytes => format!("{} of text", Bytes(limit)),
            Self::Blocks => format!("{limit} paragraphs"),
            Self::Cells => format!("{limit} cells"),
            Self::Pages => format!("{limit} pages"),
            Self::UnpackedBytes => Bytes(limit).to_string(),
            Self::PartBytes => format!("{} in one piece", Bytes(limit)),
            Self::Ratio => format!("{limit} times its size"),
            Self::Entries => format!("{limit} entries"),
        }
    }
}

/// A number of bytes as people say it.
struct Bytes(u64);

impl fmt::Display for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            bytes if bytes >= 1 << 20 => write!(f, "{} MB", bytes >> 20),
            bytes if bytes >= 1 << 10 => write!(f, "{} kB", bytes >> 10),
            bytes => write!(f, "{bytes} bytes"),
        }
    }
}
