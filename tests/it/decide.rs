//! `temakart decide` as a person types it: what is said of codings, and what must not be said for them.

use std::process::Command;

use crate::study::Study;

const TEXT: &str = "God forankring her, og svak forankring der.\n\nVi har ildsjeler.\n";
const PATH: &str = "documents/nord/start/a.txt";

fn small() -> Study {
    let study = Study::empty();
    study.write("temakart.toml", "format = 1\n");
    study.write(
        "codebook.toml",
        "format = 1\n[[code]]\nid = \"f\"\npatterns = [\"forankring\"]\n[[code]]\nid = \"g\"\n",
    );
    study.write(PATH, TEXT);
    study
}

/// Everything that a run says, on both streams.
fn said(study: &Study, arguments: &[&str]) -> String {
    let output =
        Command::new(env!("CARGO_BIN_EXE_temakart")).current_dir(study.path()).args(arguments).output().unwrap();
    let [stdout, stderr] = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
    stdout + &stderr
}

/// The same of `decide`, by `kn`.
fn decide(study: &Study, arguments: &[&str]) -> String {
    said(study, &[&["decide"], arguments, &["--coder", "kn"]].concat())
}

/// The ids of the codings now, in order.
fn ids(study: &Study) -> Vec<String> {
    let run = study.run();
    let lines = String::from_utf8(run.lines.clone()).unwrap();
    let id = |line: &str| serde_json::from_str::<serde_json::Value>(line).unwrap()["id"].as_str().unwrap().to_owned();
    lines.lines().map(id).collect()
}

const MISSING: [&str; 5] = ["from", ".", "ut/codings.jsonl", "--reject-missing", "--dry-run"];

#[test]
fn what_people_added_since_is_not_missing_in_an_older_file() {
    let study = small();
    said(&study, &["code", ".", "--out", "ut"]);
    assert!(decide(&study, &["add", ".", "a.txt", "ildsjeler", "--code", "g"]).contains("1 added"));
    let found = decide(&study, &MISSING);
    assert!(found.contains("nothing new") && found.contains("decide/missing-decided"), "{found}");
    // What the rules found was there then, and was taken out.
    let lines = std::fs::read_to_string(study.path().join("ut/codings.jsonl")).unwrap();
    study.write("ut/codings.jsonl", lines.split_inclusive('\n').next().unwrap());
    assert!(decide(&study, &MISSING).contains("1 rejected"));
    // A file that was written since had the addition too.
    said(&study, &["code", ".", "--out", "ut"]);
    let lines = std::fs::read_to_string(study.path().join("ut/codings.jsonl")).unwrap();
    study.write("ut/codings.jsonl", lines.split_inclusive('\n').take(2).collect::<String>());
    let found = decide(&study, &MISSING);
    assert!(found.contains("1 rejected") && !found.contains("decide/missing-decided"), "{found}");
}

#[test]
fn a_file_of_another_project_file_or_version_lacks_what_nobody_took_out() {
    let study = small();
    said(&study, &["code", ".", "--out", "ut"]);
    study.write("temakart.toml", "format = 1\n[speakers]\nexclude = []\n");
    let found = decide(&study, &MISSING);
    assert!(found.contains("decide/missing-of-another-run") && found.contains("`temakart.toml`"), "{found}");
    said(&study, &["code", ".", "--out", "ut"]);
    assert!(decide(&study, &MISSING).contains("nothing new"));
    let record = std::fs::read_to_string(study.path().join("ut/run.json")).unwrap();
    let version = format!("\"temakart\": \"{}\"", env!("CARGO_PKG_VERSION"));
    assert!(record.contains(&version), "{record}");
    study.write("ut/run.json", record.replace(&version, "\"temakart\": \"0.0.1\""));
    let found = decide(&study, &MISSING);
    assert!(found.contains("decide/missing-of-another-run") && found.contains("temakart 0.0.1"), "{found}");
}

#[test]
fn a_note_is_part_of_what_was_said_already() {
    let study = small();
    let id = &ids(&study)[0];
    assert!(decide(&study, &["reject", ".", id]).contains("1 rejected"));
    assert!(decide(&study, &["reject", ".", id]).contains("nothing new"));
    assert!(decide(&study, &["reject", ".", id, "--note", "båt"]).contains("1 rejected"));
    assert!(decide(&study, &["reject", ".", id, "--note", "båt"]).contains("nothing new"));
    let lines = std::fs::read_to_string(study.path().join("decisions/kn.jsonl")).unwrap();
    assert!(lines.lines().count() == 2 && lines.contains("\"note\":\"båt\""), "{lines}");
}

#[test]
fn words_that_stand_often_are_looked_for_in_the_segment_that_is_named() {
    let study = small();
    study.write(PATH, "Det er god forankring i ledelsen.\n\n".repeat(200));
    let add =
        ["add", ".", "a.txt", "Det er god forankring i ledelsen", "--code", "g", "--before", "ikke ", "--dry-run"];
    let found = decide(&study, &add);
    assert!(found.contains("occurs in at least 64 places"), "{found}");
    let found = decide(&study, &[&add[..], &["--segment", "150"]].concat());
    assert!(found.contains("1 added") && found.contains("\"segment\":150"), "{found}");
}

#[test]
fn a_sheet_takes_nothing_back_that_was_decided_mention_by_mention() {
    let study = small();
    let second = &ids(&study)[1];
    decide(&study, &["reject", ".", second]);
    study.write("ark.csv", format!("document,segment,codes\n{PATH},1,f\n"));
    assert!(decide(&study, &["from", ".", "ark.csv"]).contains("1 accepted, 1 read"));
    assert_eq!(ids(&study).len(), 1);
    // Where nothing counts, all that the rules find is judged.
    let first = &ids(&study)[0];
    decide(&study, &["reject", ".", first]);
    assert!(ids(&study).is_empty());
    assert!(decide(&study, &["from", ".", "ark.csv"]).contains("2 accepted"));
    // What does not fit is rejected altogether.
    study.write("ark.csv", format!("document,segment,codes\n{PATH},1,-\n"));
    assert!(decide(&study, &["from", ".", "ark.csv"]).contains("2 rejected"));
}

#[cfg(target_os = "linux")]
#[test]
fn decisions_that_do_not_fit_on_the_disk_are_none() {
    let study = small();
    let ids = ids(&study);
    assert!(decide(&study, &["reject", ".", &ids[0]]).contains("1 rejected"));
    let before = std::fs::read(study.path().join("decisions/kn.jsonl")).unwrap();
    // A file may grow by a line and a half; the rest is refused as on a full disk.
    let both = ids.join(" ");
    let script = format!(
        "trap '' XFSZ; ulimit -f 1; exec {} decide accept . {both} --coder kn --note {}",
        env!("CARGO_BIN_EXE_temakart"),
        "x".repeat(300)
    );
    let output = Command::new("sh").current_dir(study.path()).args(["-c", &script]).output().unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert!(stderr.contains("decisions/unwritable"), "{stderr}");
    assert_eq!(std::fs::read(study.path().join("decisions/kn.jsonl")).unwrap(), before);
}

#[test]
fn many_rows_on_one_document_take_time_by_their_number() {
    let study = small();
    let answer =
        |n: usize| format!("Svar nummer{n} fra oss {}", "er at det går som det skal her hos oss nå ".repeat(5));
    study.write(PATH, (0..4000).map(answer).collect::<Vec<_>>().join("\n\n"));
    let rows: String = (0..150).map(|n| format!("{PATH},nummer{} fra oss,g\n", n * 20)).collect();
    study.write("nye.csv", format!("document,quote,code\n{rows}"));
    let begun = std::time::Instant::now();
    let found = decide(&study, &["from", ".", "nye.csv"]);
    assert!(found.contains("150 added"), "{found}");
    assert!(begun.elapsed().as_secs() < 30, "{:?}", begun.elapsed());
}
