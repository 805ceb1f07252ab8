//! Coding through the index equals a plain scan over the text, mention by mention: on random texts and patterns, after
//! any history of changes, and on real material.

mod scan;

use std::collections::BTreeMap;
use std::path::Path;

use proptest::prelude::*;
use rayon::prelude::*;
use temakart::codebook::{self, CodePattern, Codebook};
use temakart::coding;
use temakart::disk::Sha256;
use temakart::index::{self, Changes, Corpus, Progress, Reading, Stamped};
use temakart::ingest;
use temakart::language::Grade;
use temakart::segment::Segment;
use temakart::text::Span;

use crate::study::{Study, quick};
use crate::{random, root, shared};
use scan::Scan;

/// A mention as both sides tell it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Told {
    code: usize,
    document: String,
    segment: u32,
    from: usize,
    to: usize,
    pattern: usize,
    grade: Grade,
}

/// A segment that may be coded: its document, its number there, its text.
#[derive(Clone)]
struct Open {
    document: String,
    segment: u32,
    text: String,
}

/// The plain scan for all codes of a codebook. It remembers which forms which word accepts.
struct Oracle {
    scans: Vec<Scan>,
}

impl Oracle {
    fn new(codebook: &Codebook) -> Self {
        Self { scans: codebook.codes.iter().map(|code| Scan::new(codebook, code)).collect() }
    }

    fn mentions(&mut self, segments: &[Open]) -> Vec<Told> {
        let of_code = |(code, scan): (usize, &mut Scan)| {
            let mut told = Vec::new();
            for Open { document, segment, text } in segments {
                told.extend(scan.mentions(text).into_iter().map(|found| Told {
                    code,
                    document: document.clone(),
                    segment: *segment,
                    from: found.from,
                    to: found.to,
                    pattern: found.pattern,
                    grade: found.grade,
                }));
            }
            told
        };
        let mut told: Vec<Told> = self.scans.par_iter_mut().enumerate().flat_map_iter(of_code).collect();
        told.sort();
        told
    }
}

fn indexed(codebook: &Codebook, corpus: &Corpus, open: &[bool], threads: usize) -> Vec<Told> {
    let which: Vec<usize> = (0..codebook.codes.len()).collect();
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    let found = pool.install(|| coding::apply(corpus, codebook, &which, open)).unwrap();
    let mut told = Vec::new();
    for (code, mentions) in found.codes.iter().enumerate() {
        assert!(mentions.is_sorted_by_key(|mention| (mention.row, mention.from)));
        told.extend(mentions.iter().map(|mention| {
            let row = mention.row as usize;
            let document = corpus.rows().document(row).expect("only living rows are coded");
            Told {
                code,
                document: corpus.documents()[document].path.clone(),
                segment: corpus.rows().number(row),
                from: mention.from as usize,
                to: mention.to as usize,
                pattern: usize::from(mention.pattern),
                grade: mention.grade,
            }
        }));
    }
    told.sort();
    told
}

/// Compares the two, and tells the first segment where they differ.
fn compare(codebook: &Codebook, segments: &[Open], scanned: &[Told], indexed: &[Told]) -> Result<(), TestCaseError> {
    // Both are sorted, so they differ first where one of them has what the other lacks.
    let Some(at) = (0..scanned.len().max(indexed.len())).find(|at| scanned.get(*at) != indexed.get(*at)) else {
        return Ok(());
    };
    let first = [scanned.get(at), indexed.get(at)].into_iter().flatten().min().expect("one of them is longer");
    let here = |told: &&Told| (told.code, &told.document, told.segment) == (first.code, &first.document, first.segment);
    let lines = |all: &[Told]| all.iter().filter(here).map(|told| format!("\n  {told:?}")).collect::<String>();
    let segment = segments.iter().find(|s| s.document == first.document && s.segment == first.segment);
    let code = &codebook.codes[first.code];
    let sources = |patterns: &[CodePattern]| patterns.iter().map(|pattern| pattern.source.clone()).collect::<Vec<_>>();
    Err(TestCaseError::fail(format!(
        "code `{}`, patterns {:?}, not {:?}, forms_not {:?}\nin {:?}\nscanned{}\nindexed{}",
        code.id,
        sources(&code.patterns),
        sources(&code.not),
        code.forms_not,
        segment.map(|segment| segment.text.as_str()),
        lines(scanned),
        lines(indexed),
    )))
}

/// The same for texts that are not random.
#[track_caller]
fn check(codebook: &Codebook, segments: &[Open], scanned: &[Told], indexed: &[Told]) {
    if let Err(difference) = compare(codebook, segments, scanned, indexed) {
        panic!("{difference}");
    }
}

fn load(codebook: &str) -> Result<Codebook, TestCaseError> {
    match codebook::from_str(Path::new("codebook.toml"), codebook) {
        Ok((codebook, _)) => Ok(codebook),
        Err(_) => Err(TestCaseError::reject("the codebook cannot be read")),
    }
}

/// A document of these segments, one behind the other.
fn document(texts: &[String]) -> (String, Vec<Segment>) {
    let mut whole = String::new();
    let mut segments = Vec::new();
    for (number, text) in (1..).zip(texts) {
        let start = whole.len();
        whole.push_str(text);
        segments.push(Segment { number, span: Span::new(start, whole.len()), ..Segment::whole(text) });
        whole.push_str("\n\n");
    }
    (whole, segments)
}

/// All rows that are not of an older reading.
fn living(corpus: &Corpus) -> Vec<bool> {
    (0..corpus.rows().len()).map(|row| corpus.rows().document(row).is_some()).collect()
}

/// The living rows that are open, as the scan reads them.
fn open_segments(corpus: &Corpus, documents: &BTreeMap<String, Vec<String>>, open: &[bool]) -> Vec<Open> {
    let mut segments = Vec::new();
    for (index, record) in corpus.documents().iter().enumerate() {
        let texts = &documents[&record.path];
        assert_eq!(corpus.rows_of(index).len(), texts.len(), "{}", record.path);
        for (row, text) in corpus.rows_of(index).zip(texts).filter(|(row, _)| open[*row]) {
            segments.push(Open {
                document: record.path.clone(),
                segment: corpus.rows().number(row),
                text: text.clone(),
            });
        }
    }
    segments
}

/// Makes the index in `dir` hold `documents`, each with a commit of its own if `small`.
fn update(dir: &Path, documents: &BTreeMap<String, Vec<String>>, threads: usize, small: bool) -> (Corpus, Changes) {
    let stamp = |texts: &Vec<String>| index::stamp_of(format!("{texts:?}").as_bytes());
    let sources: Vec<Stamped> = documents
        .iter()
        .map(|(path, texts)| Stamped {
            path,
            stamp: stamp(texts),
            settings: 0,
            recent: false,
            weight: if small { u64::MAX / 4 } else { 1 },
        })
        .collect();
    let texts: Vec<&Vec<String>> = documents.values().collect();
    let hash_of = |source: usize| Some(Sha256::of(&stamp(texts[source]).to_le_bytes()));
    let read = |source: usize| {
        let (text, segments) = document(texts[source]);
        Reading { text, segments, sha256: hash_of(source), ..Reading::default() }
    };
    let progress = Progress { read: &read, hash: &hash_of, done: &|_, _| {}, threads, rehash: false };
    index::update(dir, &sources, &progress).unwrap()
}

proptest! {
    #![proptest_config(quick(150))]

    #[test]
    fn coding_equals_the_scan_on_random_texts(
        texts in prop::collection::vec(random::segment(), 1..8),
        codebook in random::codebook(),
        closed in any::<prop::sample::Index>(),
    ) {
        let codebook = load(&codebook)?;
        let corpus = Corpus::of_texts(&texts.iter().map(String::as_str).collect::<Vec<_>>()).unwrap();
        let mut open = vec![true; corpus.rows().len()];
        if open.len() > 1 {
            open[closed.index(corpus.rows().len())] = false;
        }
        let documents = corpus.documents().iter().map(|d| d.path.clone()).zip(texts.iter().map(|t| vec![t.clone()])).collect();
        let segments = open_segments(&corpus, &documents, &open);
        let scanned = Oracle::new(&codebook).mentions(&segments);
        compare(&codebook, &segments, &scanned, &indexed(&codebook, &corpus, &open, 1))?;
    }
}

/// The documents of a folder at one time: paths to texts.
fn folder() -> impl Strategy<Value = BTreeMap<String, Vec<String>>> {
    let texts = prop::collection::vec(random::segment(), 0..4);
    prop::collection::btree_map("[a-e]", texts, 0..5)
}

proptest! {
    #![proptest_config(quick(16))]

    #[test]
    fn coding_equals_the_scan_after_any_history(
        history in prop::collection::vec((folder(), 1_usize..4, any::<bool>()), 1..4),
        codebook in random::codebook(),
    ) {
        let codebook = load(&codebook)?;
        let dir = tempfile::tempdir().unwrap();
        for (documents, threads, small) in &history {
            let (corpus, changes) = update(dir.path(), documents, *threads, *small);
            prop_assert_eq!(changes.rebuilt, None);
            let open = living(&corpus);
            let segments = open_segments(&corpus, documents, &open);
            let scanned = Oracle::new(&codebook).mentions(&segments);
            for threads in [1, 3] {
                compare(&codebook, &segments, &scanned, &indexed(&codebook, &corpus, &open, threads))?;
            }
        }
    }
}

const SMALL: &str = r#"
format = 1
[[code]]
id = "samarbeid"
patterns = ["samarbeid", "kommune NEAR/8 (bedrift OR tilsett OR ansatt)", "vi THEN/2 har", "*møte*"]
not = ["ikke"]
[[code]]
id = "tid"
parent = "samarbeid"
patterns = ["tid", "\"for * tid\"", "prosjekt AND NOT penge", "==Vi"]
"#;

/// The example study's paragraphs as so many documents, distributed differently in each `round`.
fn distributed(n_documents: usize, round: usize) -> BTreeMap<String, Vec<String>> {
    let paragraphs = Study::example().paragraphs();
    let mut documents: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (index, text) in paragraphs.into_iter().take(300).enumerate() {
        documents.entry(format!("{:03}", (index + index * index * round) % n_documents)).or_default().push(text);
    }
    documents
}

#[test]
fn joining_small_parts_and_dropping_dead_rows_changes_nothing() {
    let codebook = load(SMALL).unwrap();
    let mut oracle = Oracle::new(&codebook);
    let dir = tempfile::tempdir().unwrap();
    let mut check_now = |documents: &BTreeMap<String, Vec<String>>, corpus: &Corpus| {
        let open = living(corpus);
        let segments = open_segments(corpus, documents, &open);
        let scanned = oracle.mentions(&segments);
        assert!(scanned.len() > 50, "{} mentions", scanned.len());
        check(&codebook, &segments, &scanned, &indexed(&codebook, corpus, &open, 2));
    };
    for (round, small) in [(0, true), (1, false), (2, false)] {
        let documents = distributed(60, round);
        let (corpus, _) = update(dir.path(), &documents, 2, small);
        assert!(corpus.parts().len() < 10, "{} parts are left", corpus.parts().len());
        check_now(&documents, &corpus);
    }
    let mut documents = distributed(60, 2);
    let (forgotten, _) = documents.pop_first().unwrap();
    assert!(index::forget(dir.path(), &forgotten).unwrap());
    let (corpus, changes) = update(dir.path(), &documents, 2, false);
    assert_eq!((changes.read, changes.removed), (0, 0));
    assert_eq!(corpus.rows().len(), documents.values().map(Vec::len).sum::<usize>(), "rows that nobody needs are left");
    check_now(&documents, &corpus);
    drop(corpus);
    // A document that left by itself is not known any more, but forgetting it takes its text too.
    let (removed, _) = documents.pop_first().unwrap();
    drop(update(dir.path(), &documents, 2, false));
    assert!(!index::forget(dir.path(), &removed).unwrap());
    let (corpus, _) = update(dir.path(), &documents, 2, false);
    assert_eq!(
        corpus.rows().len(),
        documents.values().map(Vec::len).sum::<usize>(),
        "text of a removed document is left"
    );
}

/// Every codebook on one study, the texts of its segments read from the documents anew. Each codebook meets one
/// segment of `step`, another one each time: asking every word about every form takes its time.
fn check_study(study: &Study, step: usize) {
    let opened = study.open();
    let corpus = &opened.corpus;
    let mut texts: BTreeMap<usize, Open> = BTreeMap::new();
    // By document: which rows a document got depends on who was quicker.
    let mut rows: Vec<usize> = Vec::new();
    for (index, record) in corpus.documents().iter().enumerate() {
        let source = opened.project.sources().iter().find(|source| source.path == record.path).unwrap();
        let text = ingest::read(&source.location.path(), &ingest::Limits::default()).map(|read| read.extracted.text);
        let characters: Vec<char> = text.unwrap_or_default().chars().collect();
        for row in corpus.rows_of(index) {
            let stored = corpus.part_of(row).texts().unwrap().get(row).unwrap();
            let start = stored.code_point as usize;
            let text: String = characters[start..start + stored.text.chars().count()].iter().collect();
            assert_eq!(text, stored.text, "{} holds another text", record.path);
            rows.push(row);
            texts.insert(row, Open { document: record.path.clone(), segment: corpus.rows().number(row), text });
        }
    }
    assert!(texts.len() > 100, "{} segments", texts.len());
    for (offset, codebook) in ["piloten", "prosjektsuksess", "brems-og-push"].into_iter().enumerate() {
        let (codebook, _) = codebook::load(&root().join("codebooks").join(codebook).with_extension("toml")).unwrap();
        let mut open = opened.material.rows_to_code();
        let left_out = rows.iter().enumerate().filter(|(place, _)| place % step != offset % step);
        left_out.for_each(|(_, row)| open[*row] = false);
        let segments: Vec<Open> = texts.iter().filter(|(row, _)| open[**row]).map(|(_, text)| text.clone()).collect();
        let scanned = Oracle::new(&codebook).mentions(&segments);
        assert!(!scanned.is_empty(), "nothing is coded");
        for threads in [1, 4] {
            check(&codebook, &segments, &scanned, &indexed(&codebook, corpus, &open, threads));
        }
    }
}

#[test]
fn coding_equals_the_scan_on_the_example_study() {
    check_study(&Study::example(), 12);
}

#[test]
fn coding_equals_the_scan_on_a_real_programme() {
    if let Some(folder) = shared("data/piloten") {
        check_study(&Study::copy_of(&folder), 2);
    }
}

#[test]
fn coding_equals_the_scan_on_parliamentary_debates() {
    if let Some(folder) = shared("data/no_stortinget_npsc") {
        check_study(&Study::copy_of(&folder), 40);
    }
}
