//! A run that is killed, and two runs at once: whatever is left, the next run gives what a clean one does.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use temakart::diag::Diagnostic;
use temakart::pipeline;
use temakart::report::Quotes;

use crate::root;
use crate::study::Study;

/// Documents of the small study; one of `TEMAKART_CRASH_MB` has so many for each megabyte.
const SMALL: usize = 120;
const DOCUMENTS_PER_MB: usize = 290;

/// A study of so many documents: sentences of the example study in changing order.
fn generated(n_documents: usize) -> Study {
    let study = Study::empty();
    study.write("temakart.toml", "format = 1\nname = \"Avbrutt\"\n");
    let codebook = fs::read_to_string(root().join("codebooks/piloten.toml")).unwrap();
    study.write("codebook.toml", codebook);
    let paragraphs = Study::example().paragraphs();
    for number in 0..n_documents {
        let case = ["nord", "midt", "sør"][number % 3];
        let phase = ["start", "underveis", "slutt"][number / 3 % 3];
        let some = (0..8).map(|nth| paragraphs[(number * 31 + nth * 7) % paragraphs.len()].as_str());
        let text = some.collect::<Vec<_>>().join("\n\n");
        study.write(&format!("documents/{case}/{phase}/{number:06}.txt"), text);
    }
    study
}

/// Starts `temakart code` in the folder.
fn start(folder: &Path) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_temakart"));
    command.args(["code", "."]).current_dir(folder).env_remove("RUST_BACKTRACE");
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap()
}

#[track_caller]
fn ends_well(run: Child) {
    let output = run.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
}

/// The result files of the folder, by name.
fn results(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder.join("results")).unwrap().map(|entry| entry.unwrap());
    entries.map(|entry| (entry.file_name().into_string().unwrap(), fs::read(entry.path()).unwrap())).collect()
}

fn clean(folder: &Path) {
    for name in [".temakart", "results"] {
        let _ = fs::remove_dir_all(folder.join(name));
    }
}

/// Runs from nothing, and tells how long that takes and what it yields.
fn undisturbed(study: &Study) -> (Duration, BTreeMap<String, Vec<u8>>) {
    clean(study.path());
    let begin = Instant::now();
    ends_well(start(study.path()));
    let expected = results(study.path());
    assert_eq!(
        expected.keys().map(String::as_str).collect::<Vec<_>>(),
        ["codings.jsonl", "forms.csv", "frequencies.csv", "run.json"]
    );
    (begin.elapsed(), expected)
}

/// Starts a run, kills it after `wait`, and says whether it was still running.
fn killed_after(folder: &Path, wait: Duration) -> bool {
    let mut run = start(folder);
    sleep(wait);
    let was_running = run.try_wait().unwrap().is_none();
    // On Unix this is SIGKILL: nothing of ours runs after it.
    run.kill().unwrap();
    run.wait().unwrap();
    was_running
}

#[track_caller]
fn check_same(study: &Study, expected: &BTreeMap<String, Vec<u8>>, when: &str) {
    let found = results(study.path());
    for (name, bytes) in expected {
        assert!(found.get(name) == Some(bytes), "{when}: {name} differs from a clean run's");
    }
    assert_eq!(found.len(), expected.len(), "{when}: files are left over: {:?}", found.keys());
}

/// Kills first runs at so many moments, spread over all of a run; each is run again, and gives what a clean run does.
fn kill_first_runs(study: &Study, n_moments: u32) {
    let (whole, expected) = undisturbed(study);
    for moment in 0..n_moments {
        // Not evenly: multiples of the golden ratio meet moments that no rhythm of the run follows.
        let share = (f64::from(moment) * 0.618_034 + 0.1).fract();
        let mut wait = whole.mul_f64(share);
        clean(study.path());
        // A run that was over before its time, since the machine had more to give than at first, is killed sooner.
        while !killed_after(study.path(), wait) {
            clean(study.path());
            wait /= 2;
        }
        ends_well(start(study.path()));
        check_same(study, &expected, &format!("killed after {wait:?} of {whole:?}"));
    }
    println!("{n_moments} runs were killed, at moments of the {whole:?} that a whole one takes");
}

#[test]
fn a_first_run_that_is_killed_is_completed_by_the_next() {
    match std::env::var("TEMAKART_CRASH_MB") {
        Ok(megabytes) => kill_first_runs(&generated(megabytes.parse::<usize>().unwrap() * DOCUMENTS_PER_MB), 20),
        Err(_) => kill_first_runs(&generated(SMALL), 4),
    }
}

/// A disk that was full, or a copy that was broken off: nothing in the index is a source, so it is built anew.
#[test]
fn an_index_that_is_cut_short_is_built_anew() {
    let study = generated(12);
    let (_, expected) = undisturbed(&study);
    let index = study.path().join(".temakart");
    let kind = |path: &Path| path.extension().or(path.file_name()).unwrap().to_owned();
    let files = || fs::read_dir(&index).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_file());
    let kinds: std::collections::BTreeSet<_> = files().map(|path| kind(&path)).collect();
    assert!(kinds.iter().any(|kind| kind == "rows") && kinds.iter().any(|kind| kind == "vocab"), "{kinds:?}");
    for cut in kinds.iter().filter(|kind| *kind != "lock") {
        for length in [0, 40] {
            let file = files().find(|path| kind(path) == *cut).unwrap();
            let is_longer = fs::metadata(&file).unwrap().len() > length;
            fs::OpenOptions::new().write(true).open(&file).unwrap().set_len(length).unwrap();
            ends_well(start(study.path()));
            check_same(&study, &expected, &format!("{} cut to {length} bytes: {is_longer}", file.display()));
        }
    }
}

/// Nothing shows when a disk gave back other bytes than it was given, so that is looked for when it is asked for.
#[test]
fn an_index_with_other_bytes_than_were_written_is_built_anew_when_it_is_checked() {
    let study = generated(12);
    let (_, expected) = undisturbed(&study);
    let index = study.path().join(".temakart");
    for kind in ["store", "rows", "vocab", "idx", "pos"] {
        let mut paths = fs::read_dir(&index).unwrap().map(|entry| entry.unwrap().path());
        let file = paths.find(|path| path.extension().is_some_and(|own| own == kind)).unwrap();
        let mut bytes = fs::read(&file).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 0x10;
        fs::write(&file, bytes).unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_temakart"));
        let run = command.args(["code", ".", "--rehash"]).current_dir(study.path()).output().unwrap();
        let told = String::from_utf8_lossy(&run.stderr);
        assert!(told.contains("note: the index was rebuilt: "), "{kind}: {told}");
        check_same(&study, &expected, kind);
    }
}

/// What no codings can be made for is told, whether codings are written somewhere or only counted.
#[cfg(unix)]
#[test]
fn texts_that_cannot_be_read_are_told_apart_from_a_file_that_cannot_be_written() {
    struct Full;
    impl std::io::Write for Full {
        fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
            Err(std::io::ErrorKind::StorageFull.into())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let study = generated(3);
    let opened = study.open();
    let (codebook, _) = opened.codebook().unwrap();
    #[track_caller]
    fn check<T>(made: Result<T, Vec<Diagnostic>>, expected: &str) {
        let messages = made.map(|_| ()).unwrap_err();
        assert_eq!(messages.iter().map(|message| message.id).collect::<Vec<_>>(), [expected], "{messages:?}");
    }
    let full = || pipeline::code(&opened, None, Quotes::Shown, &mut Full);
    check(full(), "output/unwritable");
    for entry in fs::read_dir(study.path().join(".temakart")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "store") {
            fs::OpenOptions::new().write(true).open(path).unwrap().set_len(0).unwrap();
        }
    }
    check(full(), "index/unreadable");
    check(pipeline::count(&opened, None), "index/unreadable");
    check(pipeline::codings(&opened, codebook), "index/unreadable");
    check(pipeline::found(&opened, codebook), "index/unreadable");
    check(pipeline::codings_of_rules(&opened, codebook), "index/unreadable");
}

/// Most documents change, so that the run also writes the index anew without what is dead.
#[test]
fn a_second_run_that_is_killed_is_completed_by_the_next() {
    let study = generated(SMALL);
    let (_, before) = undisturbed(&study);
    let paths: Vec<_> = crate::study::files(&study.path().join("documents")).into_iter().step_by(2).collect();
    let texts: Vec<String> = paths.iter().map(|path| fs::read_to_string(path).unwrap()).collect();
    let changed = |note: &str| {
        for (path, text) in paths.iter().zip(&texts) {
            fs::write(path, format!("{text}\n\nForankringen i ledelsen er ny{note}.\n")).unwrap();
        }
    };
    changed("");
    let (_, expected) = undisturbed(&study);
    assert!(before != expected, "the change shows in the results");
    changed(" igjen");
    ends_well(start(study.path()));
    changed("");
    let begin = Instant::now();
    ends_well(start(study.path()));
    let whole = begin.elapsed();
    check_same(&study, &expected, "not killed");
    for moment in 0..3 {
        changed(" igjen");
        ends_well(start(study.path()));
        changed("");
        let mut wait = whole.mul_f64((f64::from(moment) * 0.618_034 + 0.3).fract());
        // One that was over before its time is made to have as much to do again, and killed sooner.
        while !killed_after(study.path(), wait) {
            changed(" igjen");
            ends_well(start(study.path()));
            changed("");
            wait /= 2;
        }
        ends_well(start(study.path()));
        check_same(&study, &expected, &format!("killed after {wait:?} of {whole:?}"));
    }
}

#[test]
fn two_runs_at_once_both_end_well() {
    let study = generated(SMALL);
    let (_, expected) = undisturbed(&study);
    clean(study.path());
    let runs = [start(study.path()), start(study.path())];
    runs.into_iter().for_each(ends_well);
    check_same(&study, &expected, "two at once");
}

#[test]
fn a_run_waits_for_one_that_is_killed() {
    let study = generated(SMALL);
    let (whole, expected) = undisturbed(&study);
    clean(study.path());
    let mut first = start(study.path());
    let second = start(study.path());
    sleep(whole / 3);
    first.kill().unwrap();
    first.wait().unwrap();
    ends_well(second);
    check_same(&study, &expected, "the other was killed");
}
