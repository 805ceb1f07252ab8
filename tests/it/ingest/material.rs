//! Real and made files of the shared material: nothing crashes or hangs, and the same text comes from every format.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use temakart::ingest::{BlockKind, Extracted, IngestError, Limits, is_readable, read};

use super::assert_whole;
use crate::shared;

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = walkdir::WalkDir::new(folder)
        .into_iter()
        .filter_map(Result::ok)
        .map(walkdir::DirEntry::into_path)
        .filter(|path| path.is_file() && is_readable(path))
        .collect();
    files.sort();
    files
}

/// How long a document may take; without optimisation everything is slower, the clock's own grain included.
const MAX_LENGTH: Duration = Duration::from_secs(if cfg!(debug_assertions) { 20 } else { 10 });

/// Reads every file below `folder`; returns how many could be read, and how many not.
fn sweep(folder: &str) -> Option<(usize, usize)> {
    let folder = shared(folder)?;
    let (mut good, mut bad) = (0, 0);
    for path in files(&folder) {
        let started = Instant::now();
        match read(&path, &Limits::DEFAULT) {
            Ok(ingested) => {
                assert_whole(&ingested.extracted);
                good += 1;
            }
            Err(error) => {
                assert!(!matches!(error, IngestError::ReaderFailed { .. }), "{}: {error}", path.display());
                bad += 1;
            }
        }
        assert!(started.elapsed() < MAX_LENGTH, "{}", path.display());
    }
    Some((good, bad))
}

#[test]
fn files_of_real_programs() {
    if let Some((good, bad)) = sweep("data/formats") {
        assert!(good > 450 && bad > 150, "{good} read, {bad} not");
    }
}

#[test]
fn files_made_to_harm() {
    if let Some((good, bad)) = sweep("data/formats_made/hostile") {
        assert_eq!((good, bad), (19, 13));
    }
}

#[test]
fn texts_in_every_encoding() {
    let Some(folder) = shared("data/formats_made/encodings") else { return };
    let expected = document(&folder.join("utf8.txt"));
    for name in [
        "cp850",
        "cp865_dos_nordisk",
        "cr_only",
        "crlf",
        "iso8859_15",
        "latin1",
        "macroman",
        "utf16be_bom",
        "utf16le_bom",
        "utf16le_nobom",
        "utf32_bom",
        "utf8_bom",
        "windows1252",
    ] {
        let found = document(&folder.join(format!("{name}.txt")));
        // The last paragraph has signs that not every encoding knows.
        let (found, expected) = (paragraphs(&found), paragraphs(&expected));
        assert!(found[..4] == expected[..4], "{name}");
    }
}

fn document(path: &Path) -> Extracted {
    read(path, &Limits::DEFAULT).unwrap_or_else(|error| panic!("{}: {error}", path.display())).extracted
}

/// Words of each paragraph; headings are no part of the comparison, since plain text has none.
fn paragraphs(extracted: &Extracted) -> Vec<String> {
    let blocks = extracted.blocks.iter().filter(|block| block.kind != BlockKind::Heading);
    blocks.map(|block| block.span.of(&extracted.text).split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

#[test]
fn transcripts_are_the_same_in_every_format() {
    let Some(folder) = shared("data/formats_made/parity") else { return };
    for number in 0..4 {
        let expected = paragraphs(&document(&folder.join(format!("doc{number}.txt"))));
        for extension in ["docx", "odt", "rtf", "html", "epub", "pdf"] {
            let found = paragraphs(&document(&folder.join(format!("doc{number}.{extension}"))));
            assert!(found == expected, "doc{number}.{extension}: {} paragraphs, not {}", found.len(), expected.len());
        }
    }
}

#[test]
fn interviews_from_pdf_have_the_words_of_their_texts() {
    let Some(folder) = shared("data/en_pdpilot") else { return };
    for number in 1..=7 {
        let count = |extracted: &Extracted, word: &str| {
            extracted
                .text
                .split(|c: char| !c.is_alphanumeric())
                .filter(|found| found.eq_ignore_ascii_case(word))
                .count()
        };
        let text = document(&folder.join(format!("docs/alle/intervju/P{number}.txt")));
        let pdf = document(&folder.join(format!("pdf/P{number}.pdf")));
        assert!(!pdf.text.contains('\u{fffd}'), "P{number}: blanks are no unknown letters");
        for word in ["plots", "ice", "feature", "the", "and", "interaction", "participant", "dan"] {
            let (expected, found) = (count(&text, word), count(&pdf, word));
            assert!(expected.abs_diff(found) * 100 <= expected, "P{number}: `{word}` {found} times, not {expected}");
        }
    }
}
