//! What people decided counts: where it was decided, where a changed document still has the words, and nowhere else.

use std::collections::BTreeMap;
use std::fs;

use proptest::prelude::*;
use serde_json::Value;
use temakart::decisions::{self, Action, Decision};
use temakart::language::Stance;

use crate::study::{self, Run, Study, quick};

const CODEBOOK: &str = r#"
format = 1
[[code]]
id = "forankring"
patterns = ["forankring", "forankre", "politisk forankring"]
[[code]]
id = "institusjonell"
parent = "forankring"
patterns = ["institusjonell forankring"]
[[code]]
id = "ildsjel"
patterns = ["ildsjel"]
"#;
const TEXT: &str = "Intervjuer: Hva med forankring?\n\nKari: Vi har politisk forankring i kommunen.\n\n\
    Ola: Det er bare ildsjeler her. Ingen forankring i ledelsen.\n\nKari: Rådmannen sover 😀, og vi bærer det alene.\n";
const PATH: &str = "documents/nord/start/a.txt";

fn small() -> Study {
    let study = Study::empty();
    study.write("temakart.toml", "format = 1\n");
    study.write("codebook.toml", CODEBOOK);
    study.write(PATH, TEXT);
    study.write("documents/nord/slutt/b.txt", "Forankring er alt.\n");
    study
}

/// A decision about the `nth` place (from 0) where `quote` stands in `text`.
fn on(action: Action, text: &str, quote: &str, nth: usize, code: &str) -> Decision {
    let (at, _) = text.match_indices(quote).nth(nth).unwrap();
    let start = text[..at].chars().count();
    let end = start + quote.chars().count();
    let before: Vec<char> = text[..at].chars().rev().take(40).collect();
    Decision {
        start: Some(start as u32),
        end: Some(end as u32),
        quote: quote.to_owned(),
        before: before.into_iter().rev().collect(),
        after: text[at + quote.len()..].chars().take(40).collect(),
        code: Some(code.to_owned()),
        ..Decision::new(action, PATH)
    }
}

fn decide(study: &Study, coder: &str, decisions: &[Decision]) {
    decisions::append(study.path(), coder, decisions).unwrap();
}

fn lines(run: &Run) -> Vec<Value> {
    let text = String::from_utf8(run.lines.clone()).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Code, quote, coder and those who accepted, of the lines about the document.
fn told(run: &Run) -> Vec<String> {
    let of_document = lines(run).into_iter().filter(|line| line["document"] == PATH);
    of_document
        .map(|line| {
            let accepted = line.get("accepted_by").map_or(String::new(), |names| format!(" {names}"));
            let (code, quote, coder) = (&line["code"], &line["quote"], &line["coder"]);
            format!("{code} {quote} {coder}{accepted}").replace('"', "")
        })
        .collect()
}

fn ids(run: &Run) -> Vec<&str> {
    run.study.warnings.iter().map(|w| &*w.id).filter(|id| id.starts_with("decisions/")).collect()
}

fn mentions(run: &Run, code: usize) -> u64 {
    let all = run.coded.frequencies.material_margins.len() - 1;
    run.coded.frequencies.margin_counts(code, all).unwrap().mentions
}

#[track_caller]
fn check(decided: &[(&str, Decision)], expected: &[&str], warnings: &[&str]) {
    let study = small();
    for (coder, decision) in decided {
        decide(&study, coder, std::slice::from_ref(decision));
    }
    let run = study.run();
    assert_eq!(told(&run), expected);
    assert_eq!(ids(&run), warnings);
}

const POLITICAL: &str = "forankring politisk forankring rule";
const FEW: &str = "ildsjel ildsjeler rule";
const NONE: &str = "forankring forankring rule";

/// Of a place that no rule finds, the stance is the coder's, where one says it; of others it is the rule's.
#[test]
fn a_coder_may_say_the_stance_of_a_place() {
    let stances = |said: [Option<Stance>; 2], quote: &str| {
        let study = small();
        for (coder, stance) in ["kari", "ola"].into_iter().zip(said) {
            decide(&study, coder, &[Decision { stance, ..on(Action::Add, TEXT, quote, 0, "forankring") }]);
        }
        let of_place = |line: &Value| line["quote"] == quote && line["code"] == "forankring";
        let own: Vec<Value> = lines(&study.run()).into_iter().filter(of_place).collect();
        assert_eq!(own.len(), 1, "{own:?}");
        own[0]["stance"].as_str().unwrap().to_owned()
    };
    let by_hand = "bærer det alene";
    assert_eq!(stances([None, None], by_hand), "present");
    assert_eq!(stances([None, Some(Stance::Missing)], by_hand), "missing");
    assert_eq!(stances([Some(Stance::Mixed), Some(Stance::Missing)], by_hand), "mixed");
    assert_eq!(stances([Some(Stance::Missing), None], "politisk forankring"), "present");
}

#[test]
fn without_decisions_the_rules_alone_count() {
    check(&[], &[POLITICAL, FEW, NONE], &[]);
}

#[test]
fn what_is_rejected_is_not_counted_and_what_is_added_is() {
    let rejected = on(Action::Reject, TEXT, "politisk forankring", 0, "forankring");
    check(&[("kari", rejected.clone())], &[FEW, NONE], &[]);
    // A part of a mention is enough, as with `not`; another code is not.
    check(&[("kari", on(Action::Reject, TEXT, "forankring", 1, "forankring"))], &[FEW, NONE], &[]);
    check(&[("kari", on(Action::Reject, TEXT, "forankring", 1, "ildsjel"))], &[POLITICAL, FEW, NONE], &[]);
    let added = on(Action::Add, TEXT, "Rådmannen sover 😀", 0, "forankring");
    check(&[("kari", added.clone())], &[POLITICAL, FEW, NONE, "forankring Rådmannen sover kari"], &[]);
    // Two who add the same are one mention, and so is what a rule found too.
    check(
        &[("ola", added.clone()), ("kari", added)],
        &[POLITICAL, FEW, NONE, "forankring Rådmannen sover kari [ola]"],
        &[],
    );
    let same = on(Action::Add, TEXT, "politisk forankring", 0, "forankring");
    check(&[("kari", same)], &["forankring politisk forankring rule [kari]", FEW, NONE], &[]);
    // The overlap rule holds for people too.
    let longer = on(Action::Add, TEXT, "har politisk forankring i", 0, "forankring");
    check(&[("kari", longer)], &["forankring har politisk forankring i kari", FEW, NONE], &[]);
}

#[test]
fn whoever_has_read_a_document_may_fill_in_a_place_of_zeros() {
    let study = small();
    let filled = Decision { segment: Some(1), start: Some(0), end: Some(0), ..Decision::new(Action::Read, PATH) };
    decide(&study, "kari", &[filled]);
    let opened = study.open();
    let (codebook, _) = temakart::codebook::load(opened.project.codebook()).unwrap();
    let (_, has_read) =
        opened.decisions.of_coder("kari", &codebook, &opened.corpus, &opened.material.rows_to_code()).unwrap();
    let read = has_read.iter().filter(|read| **read).count();
    assert_eq!((opened.decisions.n_lost, read), (0, 4));
}

/// Numbers of coders have room for more than any study has.
#[test]
fn no_coder_is_taken_for_another_however_many_there_are() {
    let study = small();
    let line = |coder: usize| {
        format!("{{\"coder\":\"k{coder:05}\",\"action\":\"read\",\"document\":\"documents/nord/slutt/b.txt\"}}\n")
    };
    let last =
        Decision { coder: "siste".to_owned(), ..on(Action::Add, TEXT, "Rådmannen sover 😀", 0, "forankring") };
    let lines: String = (0..65_600).map(line).chain([last.line()]).collect();
    study.write("decisions/alle.jsonl", lines);
    let added = told(&study.run()).pop();
    assert_eq!(added.as_deref(), Some("forankring Rådmannen sover siste"));
}

#[test]
fn a_boundary_is_moved_by_rejecting_and_adding() {
    let rejected = on(Action::Reject, TEXT, "politisk forankring", 0, "forankring");
    let shorter = on(Action::Add, TEXT, "politisk", 0, "forankring");
    check(&[("kari", shorter), ("kari", rejected)], &["forankring politisk kari", FEW, NONE], &[]);
}

#[test]
fn recoding_moves_a_mention_and_accepting_holds_it_whatever_the_rules_find() {
    let mut recoded = on(Action::Recode, TEXT, "politisk forankring", 0, "institusjonell");
    recoded.from = Some("forankring".to_owned());
    let moved = ["institusjonell politisk forankring kari", FEW, NONE];
    check(&[("kari", recoded.clone())], &moved, &[]);
    // Without the old code, the id tells it.
    recoded.from = None;
    let (start, end) = (recoded.start.unwrap(), recoded.end.unwrap());
    recoded.id = Some(temakart::coding::coding_id(PATH, "forankring", start, end));
    check(&[("kari", recoded.clone())], &moved, &[]);
    // And where that is no coding's, the one that a rule finds there.
    recoded.id = Some("r1".to_owned());
    check(&[("kari", recoded.clone())], &moved, &[]);
    let unclear = on(Action::Recode, TEXT, "har politisk forankring i kommunen", 0, "institusjonell");
    let both = CODEBOOK.replace("patterns = [\"ildsjel\"]", "patterns = [\"ildsjel\", \"kommune\"]");
    let study = small();
    study.write("codebook.toml", both);
    decide(&study, "kari", &[unclear]);
    assert_eq!(ids(&study.run()), ["decisions/unclear-recode"]);

    let study = small();
    decide(&study, "kari", &[on(Action::Accept, TEXT, "ildsjeler", 0, "ildsjel")]);
    study.write("codebook.toml", CODEBOOK.replace("patterns = [\"ildsjel\"]", "patterns = [\"enkeltperson\"]"));
    assert_eq!(told(&study.run()), [POLITICAL, "ildsjel ildsjeler kari", NONE]);
}

#[test]
fn the_last_word_of_a_coder_holds_and_coders_who_disagree_are_told_of() {
    let reject = on(Action::Reject, TEXT, "politisk forankring", 0, "forankring");
    let accept = Decision { action: Action::Accept, ..reject.clone() };
    let accepted = ["forankring politisk forankring rule [kari]", FEW, NONE];
    check(&[("kari", reject.clone()), ("kari", accept.clone())], &accepted, &[]);
    check(&[("kari", accept.clone()), ("kari", reject.clone())], &[FEW, NONE], &[]);
    check(&[("kari", accept.clone()), ("ola", reject.clone())], &accepted, &["decisions/conflict"]);
    let note = Decision { action: Action::Note, note: Some("?".to_owned()), ..reject.clone() };
    check(&[("kari", note)], &[POLITICAL, FEW, NONE], &[]);

    let study = small();
    decide(&study, "kari", &[accept]);
    decide(&study, "ola", &[reject]);
    let run = study.run();
    let warning = run.study.warnings.iter().find(|w| w.id == "decisions/conflict").unwrap();
    assert_eq!(warning.path.as_deref(), Some(PATH));
    assert_eq!(warning.message, "`kari`, `ola` disagree on 1 coding, which is counted: segment 2 `forankring`");
    let of = |whose: &str| {
        let mut request = study.request();
        request.decisions = whose.into();
        told(&study::run(&request))
    };
    assert_eq!(of("kari"), accepted);
    assert_eq!(of("ola"), [FEW, NONE]);
    assert_eq!(of("none"), [POLITICAL, FEW, NONE]);
}

#[test]
fn what_cannot_be_applied_is_told_of_and_kept() {
    let heading = on(Action::Add, TEXT, "forankring", 0, "forankring");
    check(&[("kari", heading)], &[POLITICAL, FEW, NONE], &["decisions/in-context"]);
    let unknown = on(Action::Add, TEXT, "sover", 0, "forankrnig");
    check(&[("kari", unknown)], &[POLITICAL, FEW, NONE], &["decisions/unknown-code"]);
    let mut elsewhere = on(Action::Add, TEXT, "sover", 0, "forankring");
    elsewhere.document = "documents/nord/start/borte.txt".to_owned();
    check(&[("kari", elsewhere)], &[POLITICAL, FEW, NONE], &["decisions/lost"]);
    let mut gone = on(Action::Add, TEXT, "sover", 0, "forankring");
    gone.quote = "drømmer".to_owned();
    check(&[("kari", gone)], &[POLITICAL, FEW, NONE], &["decisions/lost"]);
    let mut absurd = on(Action::Add, TEXT, "sover", 0, "forankring");
    (absurd.start, absurd.end, absurd.segment) = (Some(u32::MAX), Some(3), Some(u32::MAX));
    check(&[("kari", absurd)], &[POLITICAL, FEW, NONE, "forankring sover kari"], &[]);
    let mut no_word = on(Action::Add, TEXT, "😀,", 0, "forankring");
    no_word.segment = Some(4);
    check(&[("kari", no_word)], &[POLITICAL, FEW, NONE], &["decisions/lost"]);
}

#[test]
fn a_selection_over_several_segments_is_a_mention_in_each() {
    let across = on(Action::Add, TEXT, "kommunen.\n\nOla: Det er bare", 0, "forankring");
    check(
        &[("kari", across.clone())],
        &[POLITICAL, "forankring kommunen kari", "forankring Det er bare kari", FEW, NONE],
        &[],
    );
    // One of them can be taken back.
    let part = on(Action::Reject, TEXT, "Det er bare", 0, "forankring");
    check(&[("kari", across), ("kari", part)], &[POLITICAL, "forankring kommunen kari", FEW, NONE], &[]);
}

#[test]
fn parts_of_words_are_widened_to_words() {
    let cut = on(Action::Add, TEXT, "ådmannen sov", 0, "forankring");
    check(&[("kari", cut)], &[POLITICAL, FEW, NONE, "forankring Rådmannen sover kari"], &[]);
}

#[test]
fn counts_grades_and_parents_follow() {
    let study = small();
    let before = study.run();
    assert_eq!((mentions(&before, 0), mentions(&before, 1)), (3, 0));
    drop(before);
    decide(&study, "kari", &[on(Action::Add, TEXT, "Rådmannen sover", 0, "institusjonell")]);
    let run = study.run();
    assert_eq!((mentions(&run, 0), mentions(&run, 1)), (4, 1));
    let all = run.coded.frequencies.material_margins.len() - 1;
    let counts = run.coded.frequencies.margin_counts(0, all).unwrap();
    assert_eq!((counts.own_mentions, counts.manual, counts.phrase), (3, 1, 1));
    let line = lines(&run).into_iter().find(|line| line["coder"] == "kari").unwrap();
    let expected = [
        ("counts_for", r#"["forankring"]"#),
        ("pattern", r#""""#),
        ("form", r#""rådmannen sover""#),
        ("grade", r#""manual""#),
        ("segment", "4"),
        ("speaker", r#""Kari""#),
    ];
    for (key, value) in expected {
        assert_eq!(line[key].to_string(), value, "{key}");
    }
}

#[test]
fn a_coder_has_codings_of_their_own_and_has_read_what_they_say() {
    let study = small();
    let accept = on(Action::Accept, TEXT, "politisk forankring", 0, "forankring");
    let reject = on(Action::Reject, TEXT, "ildsjeler", 0, "ildsjel");
    let read_one = Decision { segment: Some(3), ..Decision::new(Action::Read, PATH) };
    decide(&study, "kari", &[accept, reject, read_one]);
    decide(&study, "ola", &[Decision::new(Action::Read, PATH)]);
    let opened = study.open();
    let run = {
        let (codebook, _) = temakart::codebook::load(opened.project.codebook()).unwrap();
        let of = |coder: &str| {
            let own = opened.decisions.of_coder(coder, &codebook, &opened.corpus, &opened.material.rows_to_code());
            let (mentions, has_read) = own.unwrap();
            let n: Vec<usize> = mentions.codes.iter().map(Vec::len).collect();
            let rows = (0..has_read.len()).filter(|row| has_read[*row]);
            (n, rows.map(|row| opened.corpus.rows().number(row)).collect::<Vec<_>>())
        };
        assert!(opened.decisions.of_coder("per", &codebook, &opened.corpus, &[]).is_none());
        (of("kari"), of("ola"))
    };
    assert_eq!(run, ((vec![1, 0, 0], vec![3]), (vec![0, 0, 0], vec![1, 2, 3, 4])));
}

/// The lines of a run with the document's text around them, as decisions.
fn of_lines(run: &Run, study: &Study, action: Action, n: usize) -> Vec<Decision> {
    let decision = |line: &Value| {
        let path = line["document"].as_str().unwrap();
        let text: Vec<char> = fs::read_to_string(study.path().join(path)).unwrap().chars().collect();
        let place = |key: &str| line[key].as_u64().unwrap() as usize;
        let (start, end) = (place("start"), place("end"));
        Decision {
            id: line["id"].as_str().map(str::to_owned),
            start: Some(start as u32),
            end: Some(end as u32),
            segment: Some(place("segment") as u32),
            quote: text[start..end].iter().collect(),
            before: text[start.saturating_sub(40)..start].iter().collect(),
            after: text[end..(end + 40).min(text.len())].iter().collect(),
            code: line["code"].as_str().map(str::to_owned),
            ..Decision::new(action, path)
        }
    };
    lines(run)
        .iter()
        .filter(|line| line["document"].as_str().unwrap().ends_with(".txt"))
        .take(n)
        .map(decision)
        .collect()
}

#[test]
fn ten_rejected_and_five_added_hold_when_a_document_changes() {
    let study = Study::example();
    let run = study.run();
    let count = |run: &Run| lines(run).len();
    let n = count(&run);
    let mut rejected = of_lines(&run, &study, Action::Reject, 40);
    rejected = rejected.into_iter().step_by(4).collect();
    assert_eq!(rejected.len(), 10);
    let path = rejected[0].document.clone();
    let text = fs::read_to_string(study.path().join(&path)).unwrap();
    // Words that no code `utskifting` touches, in the middle of five paragraphs.
    let paragraphs: Vec<&str> = text.split("\n\n").filter(|p| p.split_whitespace().count() > 25).take(5).collect();
    let added: Vec<Decision> = paragraphs
        .iter()
        .map(|paragraph| {
            let quote = paragraph.split_whitespace().skip(8).take(6).collect::<Vec<_>>().join(" ");
            Decision { document: path.clone(), ..on(Action::Add, &text, &quote, 0, "utskifting") }
        })
        .collect();
    assert_eq!(added.len(), 5);
    drop(run);
    decide(&study, "kari", &rejected);
    decide(&study, "ola", &added);
    let decided = study.run();
    let quotes = |run: &Run| {
        let of = lines(run).into_iter().map(|line| format!("{} {} {}", line["document"], line["code"], line["quote"]));
        let mut all: Vec<String> = of.collect();
        all.sort();
        all
    };
    assert_eq!(count(&decided), n - 10 + 5);
    assert_eq!(ids(&decided), [""; 0]);
    let before = quotes(&decided);
    drop(decided);
    // A paragraph comes in front, another in the middle.
    let middle = text.find("\n\n").unwrap();
    let middle = middle + text[middle + 2..].find("\n\n").unwrap() + 2;
    let changed = format!("{}\n\nKaffen var kald.{}", &text[..middle], &text[middle..]);
    let changed = match changed.strip_prefix("---\n") {
        Some(_) => changed.replacen("\n---\n", "\n---\n\nDet regnet hele dagen.\n", 1),
        None => format!("Det regnet hele dagen.\n\n{changed}"),
    };
    assert_ne!(changed, text);
    study.write(&path, &changed);
    let again = study.run();
    assert_eq!(ids(&again), [""; 0]);
    assert_eq!(quotes(&again), before);
    drop(again);
    // What is torn off stays, and what can be read holds.
    let file = study.path().join("decisions/kari.jsonl");
    let whole = fs::read_to_string(&file).unwrap();
    fs::write(&file, &whole[..whole.len() - 30]).unwrap();
    let torn = study.run();
    assert_eq!(ids(&torn), ["decisions/torn-line"]);
    assert_eq!(count(&torn), n - 9 + 5);
    assert_eq!(fs::read_to_string(&file).unwrap(), whole[..whole.len() - 30]);
}

#[test]
fn neither_threads_nor_the_order_of_coders_show_in_a_result() {
    let study = Study::example();
    let run = study.run();
    let all = of_lines(&run, &study, Action::Reject, 60);
    drop(run);
    let (some, others): (Vec<_>, Vec<_>) = all.into_iter().enumerate().partition(|(index, _)| index % 2 == 0);
    let own = |decisions: Vec<(usize, Decision)>| decisions.into_iter().map(|(_, d)| d).collect::<Vec<_>>();
    decide(&study, "kari", &own(some));
    decide(&study, "ola", &own(others));
    let of = |threads: usize| {
        let mut request = study.request();
        request.threads = threads;
        study::run(&request)
    };
    let (one, four) = (of(1).lines, of(4).lines);
    assert!(!one.is_empty());
    assert_eq!(one, four);
    // One file or two, other names: only the names differ.
    let merged = ["kari", "ola"].map(|name| study.path().join(format!("decisions/{name}.jsonl")));
    let both = fs::read_to_string(&merged[1]).unwrap() + &fs::read_to_string(&merged[0]).unwrap();
    fs::write(&merged[0], both).unwrap();
    fs::remove_file(&merged[1]).unwrap();
    assert_eq!(of(2).lines, one);
}

#[test]
fn the_id_of_a_coding_depends_on_nothing_but_document_code_and_place() {
    let study = small();
    let ids = |run: &Run| -> BTreeMap<String, String> {
        let key = |line: &Value| format!("{} {} {}", line["document"], line["code"], line["start"]);
        lines(run).iter().map(|line| (key(line), line["id"].to_string())).collect()
    };
    let before = ids(&study.run());
    study.write("documents/nord/aa/0.txt", "Forankring og ildsjeler.\n");
    study.write("documents/nord/start/aa.txt", "Forankring og ildsjeler.\n");
    study.write(
        "codebook.toml",
        format!("format = 1\n[[code]]\nid = \"aa\"\npatterns = [\"vi\"]\n{}", CODEBOOK.replace("format = 1", "")),
    );
    let after = ids(&study.run());
    assert!(after.len() > before.len());
    for (key, id) in before {
        assert_eq!(after[&key], id, "{key}");
    }
}

#[test]
fn part_of_a_quote_at_its_old_place_is_not_the_quote() {
    let study = small();
    let (front, rest) = ("a\n\na\n\na\n\n", "og Forankring, a og\n\n");
    study.write(PATH, format!("{front}{rest}"));
    let decision = Decision {
        start: Some(24),
        end: Some(28),
        quote: "a og".to_owned(),
        before: format!("{front}og Forankring, "),
        after: "\n\n".to_owned(),
        code: Some("ildsjel".to_owned()),
        ..Decision::new(Action::Add, PATH)
    };
    decide(&study, "kari", &[decision]);
    study.write(PATH, format!("😀 😀 a 😀 æ 😀 aæ\n\n{front}{rest}"));
    let mut request = study.request();
    request.rehash = true;
    let run = study::run(&request);
    let own: Vec<_> = lines(&run).into_iter().filter(|line| line["coder"] == "kari").collect();
    assert_eq!(own.iter().map(|line| line["quote"].as_str().unwrap()).collect::<Vec<_>>(), ["a og"]);
}

fn words() -> impl Strategy<Value = Vec<String>> {
    let word = prop_oneof!["[a-dæ]{1,2}", Just("og".to_owned()), Just("Forankring,".to_owned()), Just("😀".to_owned())];
    proptest::collection::vec(word, 1..9)
}

fn document() -> impl Strategy<Value = Vec<Vec<String>>> {
    proptest::collection::vec(words(), 1..7)
}

fn written(paragraphs: &[Vec<String>]) -> String {
    paragraphs.iter().map(|words| words.join(" ") + "\n\n").collect()
}

proptest! {
    #![proptest_config(quick(40))]

    /// A place in a text that is not changed is found; in a changed one it is found on the same words or not at all,
    /// and found again where nothing else in the text looks like it.
    #[test]
    fn a_place_is_found_again_by_its_words_or_not_at_all(
        paragraphs in document(),
        extra in words(),
        at in any::<proptest::sample::Index>(),
        pick in (any::<proptest::sample::Index>(), any::<proptest::sample::Index>(), any::<proptest::sample::Index>()),
    ) {
        let study = small();
        let index = pick.0.index(paragraphs.len());
        let own = &paragraphs[index];
        let (first, last) = (pick.1.index(own.len()), pick.2.index(own.len()));
        let (first, last) = (first.min(last), first.max(last));
        let quote = own[first..=last].join(" ");
        let text = written(&paragraphs);
        let before = written(&paragraphs[..index]).len() + own[..first].iter().map(|word| word.len() + 1).sum::<usize>();
        let start = text[..before].chars().count();
        let end = start + quote.chars().count();
        let decision = Decision {
            start: Some(start as u32),
            end: Some(end as u32),
            quote: quote.clone(),
            before: text.chars().take(start).skip(start.saturating_sub(40)).collect(),
            after: text.chars().skip(end).take(40).collect(),
            code: Some("ildsjel".to_owned()),
            ..Decision::new(Action::Add, PATH)
        };
        let has_word = quote.contains(char::is_alphanumeric);
        study.write(PATH, &text);
        decide(&study, "kari", &[decision]);
        let found = |run: &Run| {
            // Words that have come to stand in two paragraphs are two mentions.
            let own: Vec<_> = lines(run).into_iter().filter(|line| line["coder"] == "kari").collect();
            let words: Vec<&str> = own.iter().map(|line| line["quote"].as_str().unwrap()).collect();
            own.first().map(|line| (words.join(" "), line["start"].as_u64().unwrap() as usize))
        };
        let plain = |text: &str| text.split_whitespace().map(|w| w.trim_matches([',', '😀'])).filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ");
        let first_run = found(&study.run());
        prop_assert_eq!(first_run.is_some(), has_word);
        if let Some((words, place)) = &first_run {
            prop_assert_eq!(plain(words), plain(&quote));
            prop_assert!(*place >= start && *place < end);
        }
        let mut changed = paragraphs.clone();
        changed.insert(at.index(paragraphs.len() + 1), extra);
        let changed = written(&changed);
        study.write(PATH, &changed);
        let mut request = study.request();
        request.rehash = true;
        let run = study::run(&request);
        match found(&run) {
            Some((words, _)) => prop_assert_eq!(plain(&words), plain(&quote)),
            None => prop_assert!(!has_word || ids(&run).contains(&"decisions/lost")),
        }
        let is_unique = format!(" {} ", plain(&changed)).matches(&format!(" {} ", plain(&quote))).count() == 1;
        if has_word && is_unique && own.len() > last - first + 4 {
            prop_assert!(found(&run).is_some(), "{:?} in {:?}", quote, changed);
        }
    }
}

#[test]
fn programs_that_decide_at_once_lose_nothing() {
    let study = small();
    let decide = |coder: &str, n: usize| {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_temakart"))
            .args(["decide", "add"])
            .arg(study.path())
            .args(["a.txt", "ildsjeler her", "--code", "forankring", "--coder", coder, "--note", &n.to_string()])
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    };
    std::thread::scope(|scope| {
        for coder in ["kari", "ola"] {
            for n in 0..4 {
                scope.spawn(move || decide(coder, n));
            }
        }
    });
    let read = decisions::read(study.path()).unwrap();
    assert_eq!(read.damage, []);
    let mut found: Vec<String> = read
        .entries()
        .map(|(_, entry)| format!("{} {}", entry.decision.coder, entry.decision.note.clone().unwrap_or_default()))
        .collect();
    found.sort();
    let expected = ["kari 0", "kari 1", "kari 2", "kari 3", "ola 0", "ola 1", "ola 2", "ola 3"];
    assert_eq!(found, expected);
    assert_eq!(told(&study.run()).len(), 4);
}

#[test]
fn every_verb_takes_what_people_made() {
    let study = small();
    decide(&study, "kari", &[on(Action::Add, TEXT, "Rådmannen sover 😀", 0, "forankring")]);
    decide(&study, "ola", &[on(Action::Accept, TEXT, "ildsjeler", 0, "ildsjel")]);
    study.write("gull.csv", format!("document,segment,codes\n{PATH},4,forankring\n{PATH},3,ildsjel\n"));
    let codebook = study.path().join("codebook.toml").display().to_string();
    let (gold, sheet) = (study.path().join("gull.csv"), study.path().join("ark.csv"));
    let (gold, sheet) = (gold.display().to_string(), sheet.display().to_string());
    let page = study.path().join("side.html").display().to_string();
    let folder = study.path().display().to_string();
    for arguments in [
        vec!["code", &folder],
        vec!["check", &folder],
        vec!["documents", &folder],
        vec!["codebook", "forms", &folder],
        vec!["compare", &folder],
        vec!["together", &folder],
        vec!["words", &folder, "--uncoded"],
        vec!["search", &folder, "code:forankring"],
        vec!["search", &folder, "sover", "--format", "json"],
        vec!["evidence", &folder, "Forankringen er svak, rådmannen sover", "--format", "json"],
        vec!["diff", &folder, &codebook, &codebook],
        vec!["sample", &folder, "--out", &sheet],
        vec!["agree", &folder, "--gold", &gold, "--list"],
        vec!["report", &folder, "--out", &page],
    ] {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_temakart")).args(&arguments).output().unwrap();
        let code = output.status.code();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(code == Some(0) || code == Some(1), "{arguments:?} ends with {code:?}: {said}");
    }
    let found = std::process::Command::new(env!("CARGO_BIN_EXE_temakart"))
        .args(["search", &folder, "code:forankring", "--count"])
        .output()
        .unwrap();
    assert_eq!(String::from_utf8_lossy(&found.stdout), "4\n");
}

#[test]
fn a_selection_with_the_label_of_who_speaks_is_a_coding_of_the_words() {
    let turn = on(Action::Add, TEXT, "Kari: Rådmannen sover 😀, og vi bærer det alene.", 0, "forankring");
    let found = ["forankring Rådmannen sover 😀, og vi bærer det alene kari"];
    check(&[("kari", turn.clone())], &[POLITICAL, FEW, NONE, found[0]], &[]);
    // With and without the segment's number, and where the document has changed.
    for segment in [None, Some(3), Some(4)] {
        let study = small();
        decide(&study, "kari", &[Decision { segment, ..turn.clone() }]);
        study.write(PATH, format!("Ola: Først noe annet.\n\n{TEXT}"));
        assert!(told(&study.run()).contains(&found[0].to_owned()), "{segment:?}");
    }
}

#[test]
fn what_a_sheet_recodes_is_said_once() {
    let study = small();
    let line = lines(&study.run()).into_iter().find(|line| line["quote"] == "politisk forankring").unwrap();
    let id = line["id"].as_str().unwrap();
    let program = |arguments: &[&str]| {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_temakart"))
            .current_dir(study.path())
            .args(arguments)
            .output()
            .unwrap();
        String::from_utf8(output.stderr).unwrap()
    };
    study.write("rettet.csv", format!("id,code\n{id},institusjonell\n"));
    let from = ["decide", "from", ".", "rettet.csv", "--coder", "kari"];
    assert!(program(&from).contains("1 recoded"));
    assert!(program(&from).contains("nothing new"));
    // Who has accepted the old code since has changed their mind, and may again.
    assert!(program(&["decide", "accept", ".", id, "--coder", "kari"]).contains("1 accepted"));
    assert!(program(&from).contains("1 recoded"));
}
