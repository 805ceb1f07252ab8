//! How well `evidence` ranks: questions with known answers, plain baselines printed beside it.
//!
//! `cargo run --release --example ranking -- FOLDER` where FOLDER holds `no_norquad` and `en_qmsum` as downloaded
//! (`contexts.jsonl`, `queries.jsonl`; `docs/`, `queries.jsonl`). Norwegian questions look for their context among
//! all contexts; English ones for a marked span among the turns of their own meeting, where a passage may join turns.
//! `--half` uses every second question. The constants of the ranking (`RankingWeights`, the sizes of page and chapter, what a
//! kind of word or form weighs) were chosen on these two collections, all questions, before English was told apart by
//! halves of the meetings; so the figures are not of material unseen, and the halves show how much chance is in them.
//! That a name without its title and a role that only one has name a speaker was seen in the English questions that
//! missed; nothing was chosen by a figure there.

#![expect(clippy::print_stdout, reason = "an example prints its figures")]

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::time::Instant;

use serde::Deserialize;
use temakart::codebook::Codebook;
use temakart::coding::Mentions;
use temakart::language::Tokens;
use temakart::material::{Material, Scope};
use temakart::pipeline::{self, IndexPlace, Observer, Request, Study};
use temakart::search::{Claim, Evidence, RankingWeights, named_values};

#[derive(Deserialize)]
struct Context {
    id: String,
    text: String,
}

#[derive(Deserialize)]
struct Question {
    query: String,
    gold_context: Option<String>,
    doc: Option<String>,
    kind: Option<String>,
    #[serde(default)]
    gold: Vec<Gold>,
}

#[derive(Deserialize)]
struct Gold {
    char_start: u32,
    char_end: u32,
}

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    let mut arguments = std::env::args().skip(1);
    let folder = PathBuf::from(arguments.next().ok_or("usage: ranking FOLDER [--half] [NAME=NUMBER …]")?);
    let (mut step, mut weights) = (1, RankingWeights::default());
    for argument in arguments {
        match argument.split_once('=') {
            None if argument == "--half" => step = 2,
            Some((name, number)) => set(&mut weights, name, number.parse()?)?,
            None => return Err(format!("`{argument}` is neither --half nor NAME=NUMBER").into()),
        }
    }
    for (name, measure) in [
        ("no_norquad", questions_and_contexts as fn(&Path, usize, RankingWeights) -> Result<(), Failure>),
        ("en_qmsum", questions_and_meetings),
    ] {
        let collection = folder.join(name);
        if collection.is_dir() { measure(&collection, step, weights)? } else { println!("{name}: not there") }
    }
    Ok(())
}

fn set(weights: &mut RankingWeights, name: &str, number: f64) -> Result<(), Failure> {
    let field = match name {
        "k1" => &mut weights.k1,
        "b" => &mut weights.b,
        "page" => &mut weights.page,
        "chapter" => &mut weights.chapter,
        "clause" => &mut weights.clause,
        "sentence" => &mut weights.sentence,
        "near" => &mut weights.near,
        "speaker" => &mut weights.speaker,
        "opens" => &mut weights.opens,
        "cell" => &mut weights.cell,
        _ => return Err(format!("there is no weight `{name}`").into()),
    };
    *field = number;
    Ok(())
}

fn questions_and_contexts(folder: &Path, step: usize, weights: RankingWeights) -> Result<(), Failure> {
    let contexts: Vec<Context> = lines(&folder.join("contexts.jsonl"))?;
    let questions: Vec<Question> = lines(&folder.join("queries.jsonl"))?;
    let questions: Vec<&Question> = questions.iter().step_by(step).collect();
    let project = tempfile::tempdir()?;
    let documents = project.path().join("documents/all/all");
    std::fs::create_dir_all(&documents)?;
    for context in &contexts {
        std::fs::write(documents.join(format!("{}.txt", context.id)), &context.text)?;
    }
    std::fs::write(project.path().join("temakart.toml"), "format = 1\n[layout]\npath = \"{case}/{phase}/*\"\n")?;
    println!("no_norquad: {} questions, {} contexts      recall@1  recall@5    MRR", questions.len(), contexts.len());
    let texts: Vec<&str> = contexts.iter().map(|context| context.text.as_str()).collect();
    let ids: Vec<&str> = contexts.iter().map(|context| context.id.as_str()).collect();
    for (name, stem) in [("plain BM25, lower-cased words", false), ("BM25 over Snowball stems", true)] {
        let plain = Plain::new(&texts, stem.then_some(rust_stemmers::Algorithm::Norwegian));
        let ranks = questions.iter().map(|question| {
            let order = plain.rank(&question.query);
            order.iter().position(|found| Some(ids[*found]) == question.gold_context.as_deref())
        });
        print_recall(name, ranks.collect());
    }
    let study = open(project.path())?;
    let codebook = Codebook::empty();
    let mentions = Mentions::default();
    let cases = named_values(study.project.case(), &[]);
    let evidence =
        Evidence::new(&study.corpus, &study.material, &codebook, &mentions, cases, Vec::new()).with_weights(weights);
    let mut ranks = Vec::new();
    let started = Instant::now();
    for question in &questions {
        let found = evidence.answer(&[claim(&question.query)], 50)?;
        let mut documents: Vec<String> = Vec::new();
        for passage in &found[0].passages {
            let path = &study.corpus.documents()[passage.document].path;
            let id = Path::new(path).file_stem().unwrap_or_default().to_string_lossy().into_owned();
            if !documents.contains(&id) {
                documents.push(id);
            }
        }
        let rank = documents.iter().position(|id| Some(id) == question.gold_context.as_ref());
        if rank != Some(0) && std::env::var_os("MISSES").is_some() {
            println!("  {rank:?} {} | {:?}", question.query, found[0].forms);
        }
        ranks.push(rank);
    }
    let each = started.elapsed() / u32::try_from(questions.len())?;
    print_recall("evidence", ranks);
    println!("  {each:?} a question\n");
    Ok(())
}

fn questions_and_meetings(folder: &Path, step: usize, weights: RankingWeights) -> Result<(), Failure> {
    let questions: Vec<Question> = lines(&folder.join("queries.jsonl"))?;
    let questions: Vec<&Question> =
        questions.iter().filter(|question| question.kind.as_deref() == Some("specific")).step_by(step).collect();
    let mut by_meeting: BTreeMap<&str, Vec<&Question>> = BTreeMap::new();
    for question in &questions {
        by_meeting.entry(question.doc.as_deref().unwrap_or_default()).or_default().push(question);
    }
    let project = tempfile::tempdir()?;
    for doc in by_meeting.keys() {
        let path = project.path().join(doc);
        std::fs::create_dir_all(path.parent().ok_or("a meeting lies in a folder")?)?;
        std::fs::copy(folder.join("docs").join(doc), path)?;
    }
    println!(
        "en_qmsum: {} questions, {} meetings: first, one of five; of every other meeting; of the others",
        questions.len(),
        by_meeting.len()
    );
    // By way of ranking: the first passage that overlaps, and whether the meeting is of the first half.
    let mut found: [Vec<(Option<usize>, bool)>; 3] = Default::default();
    let study = open(project.path())?;
    let codebook = Codebook::empty();
    let mentions = Mentions::default();
    let mut time = std::time::Duration::ZERO;
    for (number, (doc, questions)) in by_meeting.iter().enumerate() {
        let is_first = number % 2 == 0;
        let text = std::fs::read_to_string(project.path().join(doc))?;
        let mut turns: Vec<(Range<u32>, &str)> = Vec::new();
        let mut at = 0_u32;
        for turn in text.split("\n\n") {
            let length = u32::try_from(turn.chars().count())?;
            turns.push((at..at + length, turn));
            at += length + 2;
        }
        let texts: Vec<&str> =
            turns.iter().map(|(_, turn)| turn.split_once(':').map_or(*turn, |(_, words)| words)).collect();
        for (index, stem) in [None, Some(rust_stemmers::Algorithm::English)].into_iter().enumerate() {
            let plain = Plain::new(&texts, stem);
            for question in questions {
                let ranges: Vec<Range<u32>> =
                    plain.rank(&question.query).iter().map(|turn| turns[*turn].0.clone()).collect();
                found[index].push((first_overlap(&ranges, &question.gold), is_first));
            }
        }
        let filter =
            pipeline::parse_query(&format!("document:\"{doc}\""), "ranking").map_err(|error| format!("{error:?}"))?;
        let scope = Scope { filter: Some(&filter), unique: false };
        let material = Material::new(&study.project, &study.corpus, scope).map_err(|error| format!("{error:?}"))?;
        let evidence =
            Evidence::new(&study.corpus, &material, &codebook, &mentions, Vec::new(), Vec::new()).with_weights(weights);
        let started = Instant::now();
        for question in questions {
            let answer = evidence.answer(&[claim(&question.query)], 5)?;
            let ranges: Vec<Range<u32>> = answer[0].passages.iter().map(|passage| passage.start..passage.end).collect();
            let rank = first_overlap(&ranges, &question.gold);
            if rank != Some(0) && std::env::var_os("MISSES").is_some() {
                println!("  {rank:?} {doc} {} | {:?}", question.query, answer[0].speakers);
            }
            found[2].push((rank, is_first));
        }
        time += started.elapsed();
    }
    for (name, found) in ["plain BM25 over turns", "BM25 over stems of turns", "evidence"].into_iter().zip(&found) {
        let share = |n: usize, of: &dyn Fn(bool) -> bool| {
            let of: Vec<Option<usize>> = found.iter().filter(|(_, half)| of(*half)).map(|(rank, _)| *rank).collect();
            of.iter().flatten().filter(|rank| **rank < n).count() as f64 / of.len() as f64
        };
        let columns = [&|_: bool| true, &|half: bool| half, &|half: bool| !half] as [&dyn Fn(bool) -> bool; 3];
        let columns: Vec<String> =
            columns.iter().map(|of| format!("{:.3} {:.3}", share(1, of), share(5, of))).collect();
        println!("  {name:<30} {}", columns.join("   "));
    }
    println!("  {:?} a question", time / u32::try_from(questions.len())?);
    Ok(())
}

fn first_overlap(ranges: &[Range<u32>], gold: &[Gold]) -> Option<usize> {
    ranges.iter().position(|range| gold.iter().any(|gold| range.start < gold.char_end && gold.char_start < range.end))
}

fn print_recall(name: &str, ranks: Vec<Option<usize>>) {
    let n = ranks.len() as f64;
    let share = |most: usize| ranks.iter().flatten().filter(|rank| **rank < most).count() as f64 / n;
    let mrr: f64 = ranks.iter().flatten().map(|rank| 1.0 / (*rank as f64 + 1.0)).sum::<f64>() / n;
    println!("  {name:<40} {:.3}     {:.3}     {mrr:.3}", share(1), share(5));
}

fn claim(text: &str) -> Claim {
    Claim { id: "1".to_owned(), text: text.to_owned() }
}

fn open(folder: &Path) -> Result<Study, Failure> {
    let request = Request { index: IndexPlace::Temporary, ..Request::of(folder, 2) };
    let observer = Observer { reading: &|_, _| {}, waiting: &|_| {} };
    pipeline::open(&request, &observer).map_err(|error| format!("{error:?}").into())
}

fn lines<T: for<'de> Deserialize<'de>>(path: &Path) -> Result<Vec<T>, Failure> {
    let text = std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    text.lines().map(|line| Ok(serde_json::from_str(line)?)).collect()
}

/// BM25 as everybody has it: k1 1.2, b 0.75, over words in lower case or their stems.
struct Plain {
    stemmer: Option<rust_stemmers::Stemmer>,
    texts: Vec<BTreeMap<String, f64>>,
    lengths: Vec<f64>,
    mean: f64,
}

impl Plain {
    fn new(texts: &[&str], algorithm: Option<rust_stemmers::Algorithm>) -> Self {
        let mut plain = Self {
            stemmer: algorithm.map(rust_stemmers::Stemmer::create),
            texts: Vec::new(),
            lengths: Vec::new(),
            mean: 0.0,
        };
        for text in texts {
            let words = plain.words(text);
            plain.lengths.push(words.len() as f64);
            let mut counts: BTreeMap<String, f64> = BTreeMap::new();
            words.into_iter().for_each(|word| *counts.entry(word).or_default() += 1.0);
            plain.texts.push(counts);
        }
        plain.mean = plain.lengths.iter().sum::<f64>() / plain.lengths.len().max(1) as f64;
        plain
    }

    fn words(&self, text: &str) -> Vec<String> {
        let tokens = Tokens::of(text);
        let form = |index: usize| match &self.stemmer {
            Some(stemmer) => stemmer.stem(tokens.form(index)).into_owned(),
            None => tokens.form(index).to_owned(),
        };
        (0..tokens.words().len()).map(form).collect()
    }

    fn rank(&self, query: &str) -> Vec<usize> {
        let n = self.texts.len() as f64;
        let mut scores = vec![0.0; self.texts.len()];
        for word in self.words(query) {
            let with = self.texts.iter().filter(|text| text.contains_key(&word)).count() as f64;
            let idf = (1.0 + (n - with + 0.5) / (with + 0.5)).ln();
            for ((score, text), length) in scores.iter_mut().zip(&self.texts).zip(&self.lengths) {
                let tf = text.get(&word).copied().unwrap_or_default();
                *score += idf * tf * 2.2 / (tf + 1.2 * (0.25 + 0.75 * length / self.mean));
            }
        }
        let mut order: Vec<usize> = (0..scores.len()).collect();
        order.sort_by(|a, b| scores[*b].total_cmp(&scores[*a]).then(a.cmp(b)));
        order
    }
}
