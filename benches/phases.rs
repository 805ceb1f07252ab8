//! Each phase by itself, against tantivy alone.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use temakart::codebook::pattern::{Context, parse};
use temakart::coding::{self, Pool, Query};
use temakart::index::{self, Corpus, Progress, Reading, Stamped};
use temakart::ingest::{self, Extracted, Limits};
use temakart::language::{Compounds, Tokens};
use temakart::report::{Quotes, write_coding};
use temakart::segment::{self, Segment, SegmentUnit};
use temakart::tally;
use temakart::{codebook, pipeline};

use crate::aims::{observer, request};
use crate::generator::Study;
use crate::measure::{Cost, cost, median, threads};
use crate::{ROUNDS, reference};

/// Measures all phases in turn, [`ROUNDS`] times, so that a busy moment of the machine meets all of them.
pub(crate) fn run(study: &Study) {
    let mut rows = Rows::default();
    for _ in 0..ROUNDS {
        round(study, &mut rows);
    }
    rows.print(study.megabytes());
}

/// What each phase took, in the order in which phases were first measured.
#[derive(Default)]
struct Rows {
    costs: Vec<(&'static str, Vec<Cost>)>,
}

const REFERENCE: &str = "tantivy alone";

impl Rows {
    fn measure<R>(&mut self, name: &'static str, work: impl FnOnce() -> R) -> R {
        let (result, cost) = cost(work);
        match self.costs.iter_mut().find(|(known, _)| *known == name) {
            Some((_, costs)) => costs.push(cost),
            None => self.costs.push((name, vec![cost])),
        }
        result
    }

    fn print(&self, megabytes: f64) {
        let reference = self.costs.iter().find(|(name, _)| *name == REFERENCE).map_or(1.0, |row| median(&row.1).cpu);
        println!("{:<24}{:>10}{:>10}{:>12}{:>12}", "phase", "CPU s", "wall s", "MB/CPU s", "x tantivy");
        for (name, costs) in &self.costs {
            let Cost { cpu, wall } = median(costs);
            println!("{name:<24}{cpu:>10.3}{wall:>10.3}{:>12.1}{:>12.3}", megabytes / cpu, cpu / reference);
        }
    }
}

fn round(study: &Study, rows: &mut Rows) {
    let files = study.files();
    let folder = study.folder.join("phases");

    let bytes: u64 = rows.measure("read files", || {
        files.iter().map(|file| fs::read(file).expect("the generator wrote it").len() as u64).sum()
    });
    assert_eq!(bytes, study.bytes);

    let extracted: Vec<Extracted> = rows.measure("ingest", || {
        files.iter().map(|file| ingest::read(file, &Limits::default()).expect("it is plain text").extracted).collect()
    });
    assert_eq!(extracted.iter().map(|document| document.text.len() as u64).sum::<u64>(), study.bytes);

    let segments: Vec<Vec<Segment>> = rows.measure("segment", || {
        extracted.iter().map(|document| segment::split(document, SegmentUnit::Paragraph, &|_| false).segments).collect()
    });
    assert_eq!(segments.iter().map(Vec::len).sum::<usize>(), study.segments);

    let words: usize = rows.measure("tokenise", || {
        let mut tokens = Tokens::default();
        let mut words = 0;
        for (document, segments) in extracted.iter().zip(&segments) {
            for segment in segments {
                tokens.read(segment.span.of(&document.text));
                words += tokens.words().len();
            }
        }
        words
    });

    let paragraphs = rows.measure(REFERENCE, || reference::index(&files, &folder.join("tantivy"), threads()));
    assert_eq!(paragraphs.expect("the folder can be written"), study.segments);

    let own = folder.join("index");
    if own.exists() {
        fs::remove_dir_all(&own).expect("an earlier round made it");
    }
    let corpus = rows.measure("ingest to index", || build(&files, &own));
    assert_eq!((0..corpus.rows().len()).map(|row| corpus.rows().n_words(row) as usize).sum::<usize>(), words);
    exact_words_are_counted_as_by_reading(&corpus, &extracted, &segments);
    drop(corpus);
    code(study, rows);
}

/// Reads, cuts and indexes all files.
fn build(files: &[PathBuf], dir: &std::path::Path) -> Corpus {
    let sources: Vec<Stamped> = files
        .iter()
        .map(|file| Stamped {
            path: file.to_str().expect("the generator names files in ASCII"),
            stamp: 1,
            settings: 1,
            recent: false,
            weight: 3_450,
        })
        .collect();
    let read = |index: usize| {
        let extracted = ingest::read(&files[index], &Limits::default()).expect("it is plain text").extracted;
        let segments = segment::split(&extracted, SegmentUnit::Paragraph, &|_| false).segments;
        Reading { text: extracted.text, segments, ..Reading::default() }
    };
    let progress = Progress { read: &read, hash: &|_| None, done: &|_, _| {}, threads: threads(), rehash: false };
    index::update(dir, &sources, &progress).expect("the folder can be written").0
}

/// Coding through the index finds each word as often as it is read.
fn exact_words_are_counted_as_by_reading(corpus: &Corpus, extracted: &[Extracted], segments: &[Vec<Segment>]) {
    let mut read: BTreeMap<String, usize> =
        ["kommunen", "prosjektet", "ungdommer", "samarbeidet", "tid"].map(|word| (word.to_owned(), 0)).into();
    let mut tokens = Tokens::default();
    for (document, segments) in extracted.iter().zip(segments) {
        for segment in segments {
            tokens.read(segment.span.of(&document.text));
            for word in 0..tokens.words().len() {
                if let Some(count) = read.get_mut(tokens.form(word)) {
                    *count += 1;
                }
            }
        }
    }
    let open = vec![true; corpus.rows().len()];
    for (word, count) in read {
        let pattern = parse(&format!("={word}"), Context::Codebook).expect("it is one word");
        let query = Query { pattern, languages: Vec::new(), compounds: Compounds::None, derive: false };
        let found = coding::find(corpus, &query, &open, &|_, part| vec![true; part.n_rows()]);
        assert_eq!((found.expect("the index can be read").len(), count > 0), (count, true), "{word}");
    }
}

/// The phases behind the index, with both codebooks.
fn code(study: &Study, rows: &mut Rows) {
    pipeline::open(&request(study), &observer()).expect("the generated project is sound");
    let opened = rows.measure("open, nothing changed", || pipeline::open(&request(study), &observer()));
    let opened = opened.expect("the generated project is sound");
    let corpus = &opened.corpus;
    let cells = pipeline::cells(&opened, None).expect("case and phase are declared");
    let open = opened.material.rows_to_code();
    let names = [
        (study.small_codebook(), ["resolve, 120", "resolve + code, 120", "tally, 120"]),
        (study.large_codebook(), ["resolve, 6,000", "resolve + code, 6,000", "tally, 6,000"]),
    ];
    for (path, [resolve, code, tally]) in names {
        let (codebook, _) = codebook::load(&path).expect("the generator wrote it");
        let which: Vec<usize> = (0..codebook.codes.len()).collect();
        rows.measure(resolve, || coding::resolve(corpus, &codebook.languages, coding::words(&codebook, &which)));
        let found = rows.measure(code, || coding::apply(corpus, &codebook, &which, &open));
        let found = found.expect("the index can be read");
        let mentions = found.total();
        let codings = pipeline::codings(&opened, &codebook).expect("the index can be read");
        let counted = rows.measure(tally, || {
            let pool = Pool::of(&codebook, &found);
            (pool, tally::tally(corpus, &opened.material, &codebook, &codings, &cells)).1
        });
        let in_cells: u64 = counted.frequencies.iter().filter_map(|f| f.counts).map(|counts| counts.mentions).sum();
        assert_eq!(in_cells, mentions as u64);
        if path == study.small_codebook() {
            let format = |coding: &coding::Coding<'_>, into: &mut Vec<u8>| {
                write_coding(coding, corpus, &opened.material, &codebook, Quotes::Shown, into);
            };
            let mut lines = Vec::new();
            let quoted = rows.measure("quote, 120", || coding::quote(corpus, &codebook, found, &format, &mut lines));
            quoted.expect("the index can be read");
            assert_eq!(lines.iter().filter(|byte| **byte == b'\n').count(), mentions);
        }
    }
}
