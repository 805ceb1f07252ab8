//! Which format a file is: by its name before it is opened, by its content once it is.
//!
//! Content outranks the name, since mail programs and web forms rename files freely. What is inside a zip
//! archive is told by its entries, see `package`.

use std::borrow::Cow;
use std::fmt;
use std::path::Path;

use serde::{Deserialize, Serialize};

/// The formats that are known, those included that can only be named in a clear message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Format {
    /// Plain text.
    Text,
    /// Markdown.
    Markdown,
    /// Word since 2007, with or without macros, documents and templates.
    Docx,
    /// Word before 2007.
    Doc,
    /// OpenDocument text.
    Odt,
    /// Rich text format.
    Rtf,
    /// PDF.
    Pdf,
    /// A web page.
    Html,
    /// An electronic book.
    Epub,
    /// WebVTT subtitles.
    Vtt,
    /// SubRip subtitles.
    Srt,
    /// A transcriber's output with timed segments.
    Json,
    /// Survey answers, separated by commas, semicolons or tabs.
    Csv,
    /// Excel since 2007.
    Xlsx,
    /// Excel before 2007.
    Xls,
    /// OpenDocument sheet.
    Ods,
}

/// Bytes of the longest extension that says a format.
const MAX_EXTENSION: usize = 8;

impl Format {
    /// The format that the file's name promises.
    #[must_use]
    pub fn of_path(path: &Path) -> Option<Self> {
        // Asked of every file of a project in every run: nothing is made for it.
        let extension = path.extension()?.to_str()?.as_bytes();
        let mut small = [0; MAX_EXTENSION];
        let small = small.get_mut(..extension.len())?;
        small.copy_from_slice(extension);
        small.make_ascii_lowercase();
        Some(match &*small {
            b"txt" | b"text" => Self::Text,
            b"md" | b"markdown" => Self::Markdown,
            b"docx" | b"docm" | b"dotx" | b"dotm" => Self::Docx,
            b"doc" | b"dot" => Self::Doc,
            b"odt" | b"ott" | b"fodt" => Self::Odt,
            b"rtf" => Self::Rtf,
            b"pdf" => Self::Pdf,
            b"html" | b"htm" | b"xhtml" => Self::Html,
            b"epub" => Self::Epub,
            b"vtt" => Self::Vtt,
            b"srt" => Self::Srt,
            b"json" => Self::Json,
            b"csv" | b"tsv" => Self::Csv,
            b"xlsx" | b"xlsm" | b"xltx" => Self::Xlsx,
            b"xls" => Self::Xls,
            b"ods" | b"fods" => Self::Ods,
            _ => return None,
        })
    }

    /// The short name that lists and JSON use: its usual extension.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "txt",
            Self::Markdown => "md",
            Self::Docx => "docx",
            Self::Doc => "doc",
            Self::Odt => "odt",
            Self::Rtf => "rtf",
            Self::Pdf => "pdf",
            Self::Html => "html",
            Self::Epub => "epub",
            Self::Vtt => "vtt",
            Self::Srt => "srt",
            Self::Json => "json",
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Xls => "xls",
            Self::Ods => "ods",
        }
    }

    /// Whether the file itself is text in some encoding.
    pub(crate) fn is_text(self) -> bool {
        matches!(
            self,
            Self::Text | Self::Markdown | Self::Html | Self::Vtt | Self::Srt | Self::Json | Self::Csv | Self::Rtf
        )
    }

    /// The program that people open it with.
    pub(crate) fn program(self) -> &'static str {
        match self {
            Self::Docx | Self::Doc | Self::Rtf => "Word",
            Self::Odt | Self::Ods => "LibreOffice",
            Self::Pdf => "a PDF viewer",
            Self::Html => "a browser",
            Self::Epub => "an e-book reader",
            Self::Xlsx | Self::Xls | Self::Csv => "Excel",
            Self::Text | Self::Markdown | Self::Vtt | Self::Srt | Self::Json => "a text editor",
        }
    }

    /// The format that took the place of an old one.
    pub(crate) fn successor(self) -> &'static str {
        if self == Self::Xls { ".xlsx" } else { ".docx" }
    }

    /// The format that `bytes` show, where `named` is what the name promises.
    ///
    /// Anything in a zip archive comes out as [`Format::Docx`]; the archive's entries tell more.
    pub(crate) fn of_content(bytes: &[u8], named: Option<Self>) -> Option<Self> {
        if let Some(format) = by_signature(bytes) {
            return Some(format);
        }
        match named {
            // These have a signature, and it is not there.
            Some(Self::Docx | Self::Doc | Self::Odt | Self::Rtf | Self::Epub | Self::Xlsx | Self::Xls | Self::Ods) => {
                if bytes.is_empty() {
                    return None;
                }
                let start = start_of_text(bytes)?;
                Some(if looks_like_html(&start) { Self::Html } else { Self::Text })
            }
            // Some producers put junk before the signature; the reader looks further.
            Some(Self::Pdf) => Some(Self::Pdf),
            other => other,
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Text => "plain text",
            Self::Markdown => "Markdown",
            Self::Docx => "a Word document (.docx)",
            Self::Doc => "a Word document from before 2007 (.doc)",
            Self::Odt => "an OpenDocument text (.odt)",
            Self::Rtf => "rich text (.rtf)",
            Self::Pdf => "a PDF",
            Self::Html => "a web page (.html)",
            Self::Epub => "an electronic book (.epub)",
            Self::Vtt => "WebVTT subtitles (.vtt)",
            Self::Srt => "SubRip subtitles (.srt)",
            Self::Json => "a transcriber's .json",
            Self::Csv => "a sheet of answers (.csv)",
            Self::Xlsx => "an Excel sheet (.xlsx)",
            Self::Xls => "an Excel sheet from before 2007 (.xls)",
            Self::Ods => "an OpenDocument sheet (.ods)",
        })
    }
}

fn by_signature(bytes: &[u8]) -> Option<Format> {
    const OLE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
    let head = &bytes[..bytes.len().min(1024)];
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        return Some(Format::Docx);
    }
    if head.starts_with(OLE) {
        let is_sheet = !has_utf16(bytes, "WordDocument") && (has_utf16(bytes, "Workbook") || has_utf16(bytes, "Book"));
        return Some(if is_sheet { Format::Xls } else { Format::Doc });
    }
    if head.starts_with(b"{\\rtf") || head.starts_with(b"\xef\xbb\xbf{\\rtf") {
        return Some(Format::Rtf);
    }
    if head.starts_with(b"%PDF-") {
        return Some(Format::Pdf);
    }
    let start = start_of_text(bytes)?;
    if start.starts_with("WEBVTT") {
        return Some(Format::Vtt);
    }
    if start.starts_with("<?xml") {
        for (mark, format) in [
            ("opendocument.spreadsheet", Format::Ods),
            ("office:document", Format::Odt),
            ("w:wordDocument", Format::Docx),
            ("progid=\"Word.Document\"", Format::Docx),
            ("pkg:package", Format::Docx),
        ] {
            if start.contains(mark) {
                return Some(format);
            }
        }
    }
    None
}

/// Whether an OLE file is a modern document under a password.
pub(crate) fn is_encrypted_package(bytes: &[u8]) -> bool {
    has_utf16(bytes, "EncryptedPackage")
}

fn has_utf16(bytes: &[u8], name: &str) -> bool {
    let mut wanted: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    wanted.extend([0, 0]);
    contains(bytes, &wanted)
}

/// Whether `needle` stands anywhere in `bytes`.
fn contains(bytes: &[u8], needle: &[u8]) -> bool {
    bytes.windows(needle.len()).any(|window| window == needle)
}

/// The first characters, white space and byte order mark left out; `None` when it is not text.
fn start_of_text(bytes: &[u8]) -> Option<Cow<'_, str>> {
    let head = &bytes[..bytes.len().min(4096)];
    if let [0xff, 0xfe, ..] | [0xfe, 0xff, ..] = head {
        let (text, ..) = encoding_rs::UTF_8.decode(head);
        return Some(text.trim_start().to_owned().into());
    }
    let is_odd_control = |byte: u8| (byte < b' ') & (byte.wrapping_sub(9) > 4) & (byte != 27);
    // Nearly every text holds none; without branches it is quick to tell.
    if head.iter().fold(false, |found, byte| found | is_odd_control(*byte))
        && head.iter().filter(|byte| is_odd_control(**byte)).count() * 50 > head.len()
    {
        return None;
    }
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    Some(match std::str::from_utf8(head) {
        Ok(text) => text.trim_start().into(),
        // Of another encoding, or cut within a letter.
        Err(_) => String::from_utf8_lossy(head).trim_start().to_owned().into(),
    })
}

fn looks_like_html(start: &str) -> bool {
    let lower = start.get(..start.len().min(1024)).unwrap_or(start).to_ascii_lowercase();
    lower.starts_with("<!doctype html")
        || lower.starts_with("<html")
        || (lower.starts_with('<') && (lower.contains("<html") || lower.contains("<body")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(named: &str, bytes: &[u8], expected: Option<Format>) {
        assert_eq!(Format::of_content(bytes, Format::of_path(Path::new(named))), expected, "{named}");
    }

    #[test]
    fn content_outranks_the_name() {
        check("a.docx", b"<html><body>hei", Some(Format::Html));
        check("a.docx", b"Informant 1: hei", Some(Format::Text));
        check("a.doc", b"{\\rtf1 hei}", Some(Format::Rtf));
        check("a.doc", b"PK\x03\x04....", Some(Format::Docx));
        check("a.txt", b"%PDF-1.4", Some(Format::Pdf));
        check("a.txt", b"<html>", Some(Format::Text));
        check("a.odt", b"\x00\x01\x02\x03\x04\x05", None);
        check("a.txt", b"\xef\xbb\xbfWEBVTT\n", Some(Format::Vtt));
    }

    #[test]
    fn names_are_read_without_case() {
        assert_eq!(Format::of_path(Path::new("x/INTERVJU.DOCX")), Some(Format::Docx));
        assert_eq!(Format::of_path(Path::new("x/lyd.mp3")), None);
        assert_eq!(Format::of_path(Path::new("x/docx")), None);
    }
}
