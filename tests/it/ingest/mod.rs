//! Documents of every format: the same text from each, hostile ones refused, nothing ever crashing.

mod hostile;
pub(crate) mod make;
mod material;
mod mutated;
mod office;
mod parity;
mod pdf;
mod survey;
mod web;

use std::fmt::Write as _;

use temakart::ingest::{BlockKind, Extracted, Format, IngestError, Ingested, Limits, SurveyColumns, read_bytes};
use temakart::segment::SegmentUnit;
use temakart::{index, ingest, segment};

/// Reads `bytes` as a file named for `format`.
fn read(bytes: &[u8], format: Format) -> Result<Ingested, IngestError> {
    read_within(bytes, format, &Limits::DEFAULT)
}

fn read_within(bytes: &[u8], format: Format, limits: &Limits) -> Result<Ingested, IngestError> {
    read_bytes(bytes.to_vec(), Some(format), limits, &SurveyColumns::default())
}

/// The document in `bytes`, which must be readable and hold together.
#[track_caller]
fn extracted(bytes: &[u8], format: Format) -> Extracted {
    let ingested = read(bytes, format).unwrap_or_else(|error| panic!("{}: {error}", format.name()));
    assert_whole(&ingested.extracted);
    ingested.extracted
}

/// Fails unless blocks lie in order inside the text, trimmed and not empty.
#[track_caller]
fn assert_whole(extracted: &Extracted) {
    let mut at = 0;
    for block in &extracted.blocks {
        assert!(at <= block.span.start(), "blocks overlap");
        assert!(!block.span.is_empty(), "a block is empty");
        assert_eq!(block.span.trimmed(&extracted.text), block.span, "a block has white space around it");
        at = block.span.end();
    }
    assert!(at <= extracted.text.len());
    assert!(!extracted.text.contains('\r'), "line ends are LF");
}

/// Each block as its kind's first letter and its text.
fn shown(extracted: &Extracted) -> Vec<String> {
    extracted
        .blocks
        .iter()
        .map(|block| {
            let kind = match block.kind {
                BlockKind::Paragraph => 'P',
                BlockKind::Heading => 'H',
                BlockKind::ListItem => 'L',
                BlockKind::Cell => 'C',
                BlockKind::Footnote => 'F',
                BlockKind::Turn => 'T',
                BlockKind::Answer => 'A',
            };
            format!("{kind} {}", block.span.of(&extracted.text))
        })
        .collect()
}

/// The ids of what was told about the document.
fn notices(extracted: &Extracted) -> Vec<&str> {
    extracted.notices.iter().map(|notice| &*notice.id).collect()
}

/// What one version of the rules makes of a file of each format and of the example study's documents.
#[test]
fn what_is_read_and_segmented_belongs_to_a_version_of_the_rules() {
    let mut files = mutated::seeds();
    let folder = crate::root().join("corpora/fjellregionen/documents");
    files.extend(crate::study::files(&folder).iter().map(|path| {
        (Format::of_path(path).expect("the format is known"), std::fs::read(path).expect("it can be read"))
    }));
    let (mut read, mut cut) = (String::new(), String::new());
    for (format, bytes) in files {
        let extracted = extracted(&bytes, format);
        let Extracted { text, blocks, notices, properties, .. } = &extracted;
        writeln!(read, "{text}\n{properties:?}\n{notices:?}\n{blocks:?}").expect("a text can be added to");
        for unit in [SegmentUnit::Paragraph, SegmentUnit::Turn, SegmentUnit::Sentence] {
            let split = segment::split(&extracted, unit, &|_| false);
            writeln!(cut, "{:?}", split.segments).expect("a text can be added to");
        }
    }
    let [read, cut] = [read, cut].map(|all| index::stamp_of(all.as_bytes()));
    assert_eq!(
        (ingest::RULES_VERSION, read),
        (2, 1_226_201_678_297_854_437),
        "documents are read otherwise: raise `ingest::RULES_VERSION` and write both here"
    );
    assert_eq!(
        (segment::RULES_VERSION, cut),
        (9, 371_717_334_447_064_874),
        "documents are segmented otherwise: raise `segment::RULES_VERSION` and write both here"
    );
}
