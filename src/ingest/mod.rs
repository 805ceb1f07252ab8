//! A file of any format becomes an [`Extracted`]: one text, its blocks, and what the file says about itself.
//!
//! [`read()`] finds the format by content before name, keeps every reader within [`Limits`], and turns whatever
//! goes wrong into an [`IngestError`] that names the kind of file and the way out. One file per format; a
//! reader sees bytes and a budget, and knows no path. To add a format: a variant of [`Format`], a file with
//! `read(bytes, budget)`, and a line in `dispatch`.

mod archive;
mod builder;
mod docx;
mod epub;
mod error;
mod extracted;
mod format;
mod front_matter;
mod html;
mod limits;
mod lines;
pub(crate) mod markdown;
mod odt;
mod package;
mod pdf;
pub(crate) mod plain;
mod read;
mod rtf;
mod subtitles;
mod survey;
mod transcriber;
mod turns;
mod xml;

/// Raised whenever a reader would make another text, other blocks or another failure of the same bytes: what was read by
/// an older one is read anew.
pub const RULES_VERSION: u32 = 2;

pub use error::{IngestError, Measure, is_failure};
pub use extracted::{Block, BlockKind, Extracted, Notice, Properties, Respondent};
pub use format::Format;
pub use limits::Limits;
pub use read::{Ingested, is_readable, read, read_bytes, read_sheets, read_with, sha256_of};
pub use survey::{Sheet, SurveyColumns};

pub(crate) use archive::Archive;
pub(crate) use limits::Budget;
pub(crate) use xml::{Node, Xml};

/// Reads `bytes` with the reader of the budget's format.
fn dispatch(
    bytes: &[u8],
    named: Option<Format>,
    columns: &SurveyColumns,
    budget: &Budget,
) -> Result<Extracted, IngestError> {
    match budget.format() {
        Format::Text | Format::Markdown => text(bytes, budget).map(|read| with_doubt(read, named)),
        Format::Docx if bytes.starts_with(b"PK") => package::read(bytes, named, columns, budget),
        Format::Docx => docx::read_flat(bytes, budget),
        Format::Odt => odt::read_flat(bytes, budget),
        Format::Html => html::read(bytes, budget),
        Format::Rtf => rtf::read(bytes, budget),
        Format::Csv => survey::read_csv(bytes, columns, budget),
        Format::Ods => survey::read_flat(bytes, columns, budget),
        Format::Json => transcriber::read(bytes, budget),
        Format::Vtt | Format::Srt => subtitles::read(bytes, budget),
        Format::Doc | Format::Xls if format::is_encrypted_package(bytes) => {
            budget.set_format(if named == Some(Format::Xlsx) { Format::Xlsx } else { Format::Docx });
            Err(budget.encrypted())
        }
        format @ (Format::Doc | Format::Xls) => Err(IngestError::OldFormat { format }),
        Format::Epub | Format::Xlsx => Err(budget.unreadable("expected a zip archive, found something else")),
        Format::Pdf => pdf::read(bytes, budget),
    }
}

/// Reads the sheets of `bytes`, when they are a table of any kind.
fn dispatch_sheets(bytes: &[u8], budget: &Budget) -> Result<Vec<Sheet>, IngestError> {
    match budget.format() {
        Format::Docx if bytes.starts_with(b"PK") => package::read_sheets(bytes, budget),
        Format::Csv | Format::Text => survey::csv_sheet(bytes, budget),
        format @ (Format::Doc | Format::Xls) => Err(IngestError::OldFormat { format }),
        _ => Err(budget.unreadable("it is not a table")),
    }
}

/// Says that a file whose name promises another kind of document holds plain text.
fn with_doubt(mut read: Extracted, named: Option<Format>) -> Extracted {
    use Format::{Doc, Docx, Epub, Ods, Odt, Pdf, Rtf, Xls, Xlsx};
    if let Some(named) = named.filter(|named| matches!(named, Doc | Docx | Epub | Ods | Odt | Pdf | Rtf | Xls | Xlsx)) {
        let message = format!("it is named as {} but contains plain text, and was read as plain text", named.name());
        read.notices.push(Notice::new("ingest/named-otherwise", message));
    }
    read
}

/// Text and Markdown keep no budget of their own: their size bounds what they can cost, and so must their lines.
fn text(bytes: &[u8], budget: &Budget) -> Result<Extracted, IngestError> {
    budget.lines(memchr::memchr2_iter(b'\n', b'\r', bytes).count())?;
    let result = if budget.format() == Format::Markdown { markdown::read(bytes) } else { plain::read(bytes) };
    result.map_err(|error| budget.unreadable(error.to_string()))
}
