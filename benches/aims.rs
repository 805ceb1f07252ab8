//! The aims of the whole: first run, changed codebook, changed document, memory.
//!
//! What is measured as a command runs in a process of its own, so that its CPU time and memory are all its own.

use std::ffi::OsString;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::time::Instant;

use temakart::codebook;
use temakart::codebook::pattern::Pattern;
use temakart::coding::{self, Mentions, Pool, Query};
use temakart::index::Part;
use temakart::pipeline::{self, Observer, Request};
use temakart::tally;

use crate::generator::Study;
use crate::measure::{Cost, cost, median, peak_memory, threads};
use crate::{ROUNDS, reference};

/// How often a changed codebook is coded anew.
const RECODINGS: usize = 9;
/// How often one document is changed, and how often a command is started.
const EDITS: usize = 5;

/// Every aim is for 100 MB but memory's second one, which is for 1 GB.
pub(crate) fn tell(what: &str, found: String, aim: &str) {
    println!("{what:<50}{found:>34}{aim:>24}");
}

/// CPU seconds of tantivy alone on the same material, measured once in each run of this program.
fn alone(study: &Study) -> f64 {
    static ALONE: OnceLock<f64> = OnceLock::new();
    *ALONE.get_or_init(|| in_child(Task::Reference, study).cost.cpu)
}

/// A run on the project as the command line makes it.
pub(crate) fn request(study: &Study) -> Request {
    Request::of(&study.folder, threads())
}

/// Nobody watches.
pub(crate) fn observer() -> Observer<'static> {
    Observer { reading: &|_, _| {}, waiting: &|_| {} }
}

/// Everything from files to results, beside tantivy alone; the two take turns.
pub(crate) fn first_run(study: &Study) {
    let (mut own, mut alone, mut ratios, mut memory) = (Vec::new(), Vec::new(), Vec::new(), 0.0_f64);
    for _ in 0..ROUNDS {
        let reference = in_child(Task::Reference, study);
        let results = study.folder.join("results");
        for dir in [study.folder.join(".temakart"), results.clone()] {
            if dir.exists() {
                fs::remove_dir_all(dir).expect("an earlier run made it");
            }
        }
        let run = in_child(Task::Code, study);
        let lines = fs::read(results.join("codings.jsonl")).expect("the run wrote it");
        let mentions = lines.iter().filter(|byte| **byte == b'\n').count();
        assert_eq!(mentions, mentions_in_table(&results.join("frequencies.csv")));
        ratios.push(Cost { cpu: run.cost.cpu / reference.cost.cpu, wall: run.cost.wall / reference.cost.wall });
        memory = memory.max(run.memory);
        own.push(run.cost);
        alone.push(reference.cost);
    }
    let (own, alone, ratio) = (median(&own), median(&alone), median(&ratios));
    tell("tantivy alone, CPU s (wall s)", format!("{:.2} ({:.2})", alone.cpu, alone.wall), "");
    tell("first run, CPU s (wall s)", format!("{:.2} ({:.2})", own.cpu, own.wall), "< 9");
    tell("first run, CPU x tantivy alone (median of pairs)", format!("{:.2}", ratio.cpu), "<= 1.3");
    tell("first run, cores busy", format!("{:.2} of {}", own.cpu / own.wall, threads()), "all");
    tell("first run, memory, MB", format!("{memory:.0}"), "< 250; 1 GB: < 500");
}

/// The sum of the mentions of all cells in `frequencies.csv`.
fn mentions_in_table(file: &Path) -> usize {
    let table = fs::read_to_string(file).expect("the run wrote it");
    let mut lines = table.lines().map(|line| line.split(',').collect::<Vec<_>>());
    let header = lines.next().expect("a table has a header");
    let column = |name: &str| header.iter().position(|own| *own == name).expect("a table of frequencies has it");
    let (case, phase, mentions) = (column("case"), column("phase"), column("mentions"));
    lines
        .filter(|row| !row[case].is_empty() && !row[phase].is_empty())
        .map(|row| row[mentions].parse::<usize>().unwrap_or(0))
        .sum()
}

/// All codes anew, and one code anew, on an index that is open.
pub(crate) fn changed_codebook(study: &Study) {
    let opened = pipeline::open(&request(study), &observer()).expect("the generated project is sound");
    let cells = pipeline::cells(&opened, None).expect("case and phase are declared");
    let open = opened.material.rows_to_code();
    let names = [
        (study.small_codebook(), "120 patterns: resolve + code + tally, ms (CPU)", "< 50 ms"),
        (study.large_codebook(), "6,000 patterns, ms (CPU)", "< 500 ms"),
    ];
    for (path, name, aim) in names {
        let (codebook, _) = codebook::load(&path).expect("the generator wrote it");
        let codings = pipeline::codings(&opened, &codebook).expect("the index can be read");
        // Texts are not read again for their stances: what is counted are the codings that are known already.
        let recode = |which: &[usize], before: Option<&Mentions>| {
            let mut found = coding::apply(&opened.corpus, &codebook, which, &open).expect("the index can be read");
            if let Some(before) = before {
                for (code, mentions) in found.codes.iter_mut().enumerate().filter(|(code, _)| !which.contains(code)) {
                    mentions.clone_from(&before.codes[code]);
                }
            }
            let pool = Pool::of(&codebook, &found);
            let counted = tally::tally(&opened.corpus, &opened.material, &codebook, &codings, &cells);
            (found, pool, counted)
        };
        let all: Vec<usize> = (0..codebook.codes.len()).collect();
        let mut costs = Vec::new();
        let first = recode(&all, None);
        for _ in 0..RECODINGS {
            let (again, cost) = cost(|| recode(&all, None));
            assert!(again == first, "the same codebook gives the same table");
            costs.push(cost);
        }
        tell(name, milliseconds(median(&costs), study), aim);
        let mut costs = Vec::new();
        for code in 0..codebook.codes.len().min(RECODINGS) {
            let (again, cost) = cost(|| recode(&[code], Some(&first.0)));
            assert!(again == first, "one code anew changes nothing");
            costs.push(cost);
        }
        tell("  one code of it changed, ms (CPU)", milliseconds(median(&costs), study), "< 15 ms (of 12 codes)");
        tell("  mentions", first.0.total().to_string(), "");
    }
}

/// Wall time, CPU time, and the latter beside what tantivy alone takes to index the same material.
fn milliseconds(cost: Cost, study: &Study) -> String {
    let share = cost.cpu / alone(study);
    format!("{:.1} ({:.1}; {share:.4} x tantivy)", cost.wall * 1e3, cost.cpu * 1e3)
}

/// One document of all written anew.
pub(crate) fn changed_document(study: &Study) {
    pipeline::open(&request(study), &observer()).expect("the generated project is sound");
    let file = &study.files()[study.documents / 2];
    let text = fs::read_to_string(file).expect("the generator wrote it");
    let mut costs = Vec::new();
    for edit in 0..EDITS {
        fs::write(file, format!("{text}\nEn setning til, nummer {edit}.\n")).expect("the generator wrote it");
        let (opened, cost) = cost(|| pipeline::open(&request(study), &observer()));
        assert_eq!(opened.expect("the generated project is sound").changes.read, 1);
        costs.push(cost);
    }
    fs::write(file, text).expect("the generator wrote it");
    pipeline::open(&request(study), &observer()).expect("the generated project is sound");
    tell("one document changed, ms (CPU)", milliseconds(median(&costs), study), "< 300 ms");
}

/// `temakart search` as a process of its own, on an index that is up to date.
pub(crate) fn search(study: &Study) {
    pipeline::open(&request(study), &observer()).expect("the generated project is sound");
    let mut costs = Vec::new();
    for _ in 0..EDITS {
        let begin = Instant::now();
        let run = in_child(Task::Search, study);
        costs.push(Cost { wall: begin.elapsed().as_secs_f64(), ..run.cost });
    }
    tell("search as a whole process, ms (CPU)", milliseconds(median(&costs), study), "< 50 ms");
}

/// Searches in a program that has the index open: every phrase and every NEAR of the large codebook, all mentions.
pub(crate) fn open_search(study: &Study) {
    let opened = pipeline::open(&request(study), &observer()).expect("the generated project is sound");
    let (codebook, _) = codebook::load(&study.large_codebook()).expect("the generator wrote it");
    let open = opened.material.rows_to_code();
    let patterns = codebook.codes.iter().flat_map(|code| &code.patterns);
    let patterns = patterns.filter(|own| matches!(own.pattern, Pattern::Phrase(_) | Pattern::Near { .. }));
    let (mut times, mut mentions) = (Vec::new(), 0);
    for own in patterns {
        let query = Query {
            pattern: own.pattern.clone(),
            languages: codebook.languages.clone(),
            compounds: own.compounds,
            derive: own.derive,
        };
        let all = |_: &_, part: &Part| vec![true; part.n_rows()];
        let (found, cost) = cost(|| coding::find(&opened.corpus, &query, &open, &all));
        mentions += found.expect("the index can be read").len();
        times.push(cost.wall * 1e3);
    }
    assert!(mentions > times.len(), "phrases of the material stand in it");
    times.sort_by(f64::total_cmp);
    let share = |percent: usize| times[times.len() * percent / 100];
    tell("search in process, p50, ms", format!("{:.2} of {}", share(50), times.len()), "");
    tell("  p99, ms", format!("{:.2}", share(99)), "< 5 ms");
}

/// What a process of its own is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Task {
    /// `temakart code`.
    Code,
    /// tantivy alone.
    Reference,
    /// `temakart search` for two words near each other.
    Search,
}

/// What a process of its own took.
struct Run {
    cost: Cost,
    /// Megabytes at the most.
    memory: f64,
}

/// The environment variable that says what a process was started for.
const TASK: &str = "TEMAKART_BENCH_TASK";

/// What this process was started for, if it was started to be measured.
pub(crate) fn task() -> Option<Task> {
    let name = std::env::var(TASK).ok()?;
    [Task::Code, Task::Reference, Task::Search].into_iter().find(|task| format!("{task:?}") == name)
}

fn in_child(task: Task, study: &Study) -> Run {
    let program = std::env::current_exe().expect("this program is running");
    let status = Command::new(program)
        .env(TASK, format!("{task:?}"))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .expect("this program can be started again");
    assert!(status.success(), "{task:?} ends with {status}");
    let told = fs::read_to_string(study.folder.join("measured")).expect("the child wrote it");
    let numbers: Vec<f64> = told.split_whitespace().map(|number| number.parse().expect("a number")).collect();
    Run { cost: Cost { cpu: numbers[0], wall: numbers[1] }, memory: numbers[2] }
}

/// Does the task and writes down what it took.
pub(crate) fn child(task: Task, study: &Study) {
    let ((), cost) = match task {
        Task::Code => {
            let arguments: [OsString; 3] = ["temakart".into(), "code".into(), study.folder.clone().into_os_string()];
            cost(|| {
                let _ = temakart::cli::run(arguments);
            })
        }
        Task::Search => {
            let (program, verb, query) = ("temakart".into(), "search".into(), "forank* NEAR/5 kommune".into());
            let arguments: [OsString; 4] = [program, verb, study.folder.clone().into_os_string(), query];
            cost(|| {
                let _ = temakart::cli::run(arguments);
            })
        }
        Task::Reference => {
            let files = study.files();
            cost(|| {
                reference::index(&files, &study.folder.join("tantivy"), threads()).expect("the folder can be written");
            })
        }
    };
    let memory = peak_memory().unwrap_or(f64::NAN);
    let measured = format!("{} {} {memory}\n", cost.cpu, cost.wall);
    fs::write(study.folder.join("measured"), measured).expect("the folder is ours");
}
