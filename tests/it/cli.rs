//! The commands as people meet them: what each prints, where, and how it ends.
//!
//! A case is `cmd/NAME.toml`: files, and runs with their arguments and the exit code that they must end with. What they
//! print stands beside it in `cmd/NAME.out`. With `TEMAKART_BLESS=1` in the environment that is written anew; read it
//! as somebody who sees it for the first time before you keep it.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use rayon::prelude::*;
use serde::Deserialize;

use crate::root;
use crate::study::{Study, copy};

/// A case: what lies in the folder, and what is run there, in order.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Case {
    /// A folder of `cmd/projects` that is there as `studie`.
    project: Option<String>,
    /// Files by path.
    #[serde(default)]
    files: BTreeMap<String, String>,
    run: Vec<Run>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Run {
    args: Vec<String>,
    status: i32,
    #[serde(default)]
    env: BTreeMap<String, String>,
    /// Files that are written before it.
    #[serde(default)]
    files: BTreeMap<String, String>,
    /// Texts that are written before it in an encoding of old.
    #[serde(default)]
    encoded: BTreeMap<String, Encoded>,
    /// Files that are written before it and are no text.
    #[serde(default)]
    bytes: BTreeMap<String, Vec<u8>>,
    /// Files that are removed before it.
    #[serde(default)]
    remove: Vec<String>,
    /// Folders that may not be written to while it runs.
    #[serde(default)]
    read_only: Vec<String>,
    /// Files and folders that it leaves, to be shown; a folder by the names in it.
    #[serde(default)]
    show: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Encoded {
    /// `utf-16le`, or a name that browsers know.
    encoding: String,
    text: String,
}

impl Encoded {
    fn bytes(&self) -> Vec<u8> {
        if self.encoding == "utf-16le" {
            return self.text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        }
        let encoding = encoding_rs::Encoding::for_label(self.encoding.as_bytes()).expect("the encoding is known");
        encoding.encode(&self.text).0.into_owned()
    }
}

fn program(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_temakart"));
    command.current_dir(folder).env_clear().env("HOME", folder).env("XDG_CACHE_HOME", folder.join("cache"));
    command.env("COLUMNS", "80").stdin(Stdio::null());
    command
}

/// What one run looked like; `folder` stands in it as `[folder]`.
fn shown(run: &Run, folder: &Path) -> String {
    let write = |path: &String, content: &[u8]| {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    };
    run.files.iter().for_each(|(path, content)| write(path, content.as_bytes()));
    run.encoded.iter().for_each(|(path, encoded)| write(path, &encoded.bytes()));
    run.bytes.iter().for_each(|(path, content)| write(path, content));
    run.remove.iter().for_each(|path| fs::remove_file(folder.join(path)).unwrap());
    let set_read_only = |is_read_only: bool| {
        for path in run.read_only.iter().map(|path| folder.join(path)) {
            let mut permissions = fs::metadata(&path).unwrap().permissions();
            permissions.set_readonly(is_read_only);
            fs::set_permissions(&path, permissions).unwrap();
        }
    };
    set_read_only(true);
    let Output { status, stdout, stderr } = program(folder).envs(&run.env).args(&run.args).output().unwrap();
    set_read_only(false);
    let mut out = format!("$ temakart {}\n", run.args.iter().map(|arg| quoted(arg)).collect::<Vec<_>>().join(" "));
    for (name, bytes) in [("stdout", &stdout), ("stderr", &stderr)] {
        let text = std::str::from_utf8(bytes).expect("the program writes UTF-8");
        if !text.is_empty() {
            write!(out, "--- {name}\n{text}").unwrap();
            out.push_str(if text.ends_with('\n') { "" } else { "[no line end]\n" });
        }
    }
    writeln!(out, "--- exit code {}\n", status.code().expect("it ends by itself")).unwrap();
    for path in &run.show {
        writeln!(out, "--- {path}\n{}", content(&folder.join(path))).unwrap();
    }
    if status.code() != Some(run.status) {
        writeln!(out, "!!! the exit code must be {}", run.status).unwrap();
    }
    let name = folder.to_str().unwrap();
    out.replace(name, "[folder]").replace(env!("CARGO_PKG_VERSION"), "[version]").replace('\u{feff}', "[BOM]")
}

fn quoted(argument: &str) -> String {
    if argument.contains([' ', '"', '(']) || argument.is_empty() {
        format!("'{argument}'")
    } else {
        argument.to_owned()
    }
}

fn content(path: &Path) -> String {
    if path.is_dir() {
        let entries = fs::read_dir(path).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = entries.collect();
        names.sort();
        return names.join("\n") + "\n";
    }
    fs::read_to_string(path).unwrap_or_else(|error| format!("[{error}]\n"))
}

/// Runs a case, and says what is wrong with it.
fn check(path: &Path, is_blessing: bool) -> Option<String> {
    let case: Case =
        toml::from_str(&fs::read_to_string(path).unwrap()).unwrap_or_else(|error| panic!("{path:?}: {error}"));
    let study = Study::empty();
    if let Some(project) = &case.project {
        copy(&root().join("tests/it/cmd/projects").join(project), &study.path().join("studie"));
    }
    case.files.iter().for_each(|(path, content)| drop(study.write(path, content)));
    let found: String = case.run.iter().map(|run| shown(run, study.path())).collect();
    let golden = path.with_extension("out");
    if is_blessing && !found.contains("\n!!!") {
        fs::write(&golden, &found).unwrap();
    }
    let expected = fs::read_to_string(&golden).unwrap_or_default();
    (found != expected).then(|| format!("{}\n{}", path.display(), difference(&expected, &found)))
}

/// The lines from the first that differs to the last, as they are expected and as they are.
fn difference(expected: &str, found: &str) -> String {
    let (expected, found): (Vec<&str>, Vec<&str>) = (expected.lines().collect(), found.lines().collect());
    let same = expected.iter().zip(&found).take_while(|(a, b)| a == b).count();
    let rest = expected[same..].iter().rev().zip(found[same..].iter().rev()).take_while(|(a, b)| a == b).count();
    let lines = |sign: &str, lines: &[&str]| lines.iter().map(|line| format!("{sign} {line}\n")).collect::<String>();
    let (expected, found) = (&expected[same..expected.len() - rest], &found[same..found.len() - rest]);
    format!("from line {}\n{}{}", same + 1, lines("-", expected), lines("+", found))
}

#[test]
fn each_case_prints_what_stands_beside_it() {
    let folder = root().join("tests/it/cmd");
    let with = |extension: &str| {
        let paths = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path());
        let mut paths: Vec<_> = paths.filter(|path| path.extension().is_some_and(|own| own == extension)).collect();
        paths.sort();
        paths
    };
    let is_blessing =
        std::env::var_os("TEMAKART_BLESS").is_some_and(|value| value == "1") && std::env::var_os("CI").is_none();
    let cases = with("toml");
    assert!(cases.len() > 40, "{} cases", cases.len());
    let mut wrong: Vec<String> = cases.par_iter().filter_map(|case| check(case, is_blessing)).collect();
    let strays = with("out").into_iter().filter(|golden| !golden.with_extension("toml").exists());
    wrong.extend(strays.map(|golden| format!("{} belongs to no case", golden.display())));
    assert!(wrong.is_empty(), "{}\nTEMAKART_BLESS=1 writes them anew", wrong.join("\n"));
}

fn small_study() -> Study {
    Study::copy_of(&root().join("tests/it/cmd/projects/to-delpiloter"))
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let study = small_study();
    for args in
        [&["code", "."][..], &["code", ".", "--format", "json"], &["documents", "."], &["codebook", "forms", "."]]
    {
        let mut child = program(study.path()).args(args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
        assert!(!String::from_utf8_lossy(&output.stderr).contains("pipe"), "{args:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn output_that_cannot_be_written_is_an_error() {
    let study = small_study();
    let full = fs::File::options().write(true).open("/dev/full").unwrap();
    let output = program(study.path()).args(["code", "."]).stdout(full).stderr(Stdio::piped()).output().unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{stderr}");
    assert!(stderr.contains("error[output/unwritable]: cannot write to `standard output`"), "{stderr}");
}

/// What a run prints on a terminal, both streams together.
#[cfg(target_os = "linux")]
fn on_a_terminal(study: &Study, args: &str, env: &[(&str, &str)]) -> Option<String> {
    let command = format!("{} {args}", env!("CARGO_BIN_EXE_temakart"));
    let mut script = Command::new("script");
    script.args(["-q", "-e", "-c", &command, "/dev/null"]).current_dir(study.path()).env("TERM", "xterm-256color");
    script.env_remove("NO_COLOR").env("COLUMNS", "80").envs(env.iter().copied()).stdin(Stdio::null());
    let Ok(output) = script.output() else {
        println!("skipped: there is no `script` to make a terminal with");
        return None;
    };
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

#[cfg(target_os = "linux")]
#[test]
fn colour_is_for_terminals_that_want_it() {
    let study = small_study();
    study.write("broken.toml", "format = 1\n[[code]]\nid = \"a\"\npatterns = [\"(a\"]\n");
    for args in ["code .", "code . --codebook broken.toml", "code . --no-such-flag", "--help"] {
        let Some(plain) = on_a_terminal(&study, args, &[("NO_COLOR", "1")]) else { return };
        assert!(!plain.contains('\u{1b}'), "{args} with NO_COLOR: {plain:?}");
        let coloured = on_a_terminal(&study, args, &[]).unwrap();
        assert!(coloured.contains('\u{1b}') || args == "code .", "{args}: {coloured:?}");
        let piped = program(study.path()).args(args.split(' ')).output().unwrap();
        assert!(![piped.stdout, piped.stderr].concat().contains(&0x1b), "{args} into a pipe");
    }
}

/// A folder in `study` whose path is longer than systems take, so that nobody can look into it, whatever their rights.
#[cfg(unix)]
fn add_unreadable_folder(study: &Study) {
    let deep = |top: &str| {
        let path = std::iter::repeat_n("x".repeat(250), 12).fold(study.path().join(top), |path, name| path.join(name));
        fs::create_dir_all(&path).unwrap();
        path
    };
    let end = deep("documents/valdres/slutt/arkiv");
    deep("more");
    fs::rename(study.path().join("more"), end.join("more")).unwrap();
}

/// The exit code and what is told.
#[cfg(unix)]
fn ends(study: &Study, args: &[&str]) -> (i32, String) {
    let output = program(study.path()).args(args).output().unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    (output.status.code().expect("it ends by itself"), told)
}

#[cfg(unix)]
#[test]
fn every_verb_tells_of_a_folder_that_cannot_be_looked_into() {
    let study = small_study();
    study.write("fasit.csv", "document,segment,codes\n");
    assert_eq!(ends(&study, &["code", "."]).0, 0);
    add_unreadable_folder(&study);
    for verb in [
        &["code", "."][..],
        &["documents", "."],
        &["check", "."],
        &["search", ".", "forankring"],
        &["evidence", ".", "forankringen er svak"],
        &["sample", ".", "--out", "utvalg.csv"],
        &["report", ".", "--out", "rapport.md"],
    ] {
        let (code, told) = ends(&study, verb);
        assert_eq!(code, 3, "{verb:?}: {told}");
        assert!(
            told.contains("warning[project/unreadable-folder]: the folder `documents/valdres/slutt/arkiv/xxx"),
            "{told}"
        );
    }
    let (code, told) = ends(&study, &["code", ".", "--strict"]);
    assert_eq!(code, 2, "{told}");
    assert!(told.contains("error[project/unreadable-folder]"), "{told}");

    let project = fs::read_to_string(study.path().join("temakart.toml")).unwrap();
    study.write("temakart.toml", project.replacen("format = 1\n", "format = 1\nignore = [\"**/arkiv/**\"]\n", 1));
    let (code, told) = ends(&study, &["code", "."]);
    assert_eq!(code, 0, "nothing in a folder that is ignored is missed: {told}");
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_nowhere_is_a_document_that_cannot_be_read() {
    let study = small_study();
    let link = study.path().join("documents/valdres/start/borte.txt");
    std::os::unix::fs::symlink("../ute.txt", &link).unwrap();
    for verb in [&["code", "."][..], &["search", ".", "forankring"]] {
        let (code, told) = ends(&study, verb);
        assert_eq!(code, 3, "{verb:?}: {told}");
        assert!(told.contains("warning[ingest/io]: documents/valdres/start/borte.txt: "), "{told}");
        assert!(told.contains("this is a link that leads nowhere"), "{told}");
    }
    let record = fs::read_to_string(study.path().join("results/run.json")).unwrap();
    assert!(record.contains("`documents/valdres/start/borte.txt` cannot be opened"), "{record}");
    assert!(!record.contains(study.path().to_str().unwrap()), "a record names no folder of the machine: {record}");
    // It is read as soon as there is something to read.
    study.write("documents/valdres/ute.txt", "Forankringen er god.\n");
    let (code, told) = ends(&study, &["code", "."]);
    assert_eq!(code, 0, "{told}");
}

/// Whoever finds a record takes the codings beside it for those that it tells of.
#[test]
fn codings_of_a_run_that_did_not_end_have_no_record() {
    let study = small_study();
    let run = || program(study.path()).args(["code", "."]).output().unwrap().status.code();
    assert_eq!(run(), Some(0));
    let results = study.path().join("results");
    let codings = || fs::read(results.join("codings.jsonl")).unwrap();
    let before = codings();
    fs::remove_file(results.join("frequencies.csv")).unwrap();
    fs::create_dir(results.join("frequencies.csv")).unwrap();
    study.write("documents/valdres/start/ny.txt", "Forankringen er god.\n");
    assert_eq!(run(), Some(2), "a folder stands where a file must be");
    assert!(codings() != before && !results.join("run.json").exists());
    fs::remove_dir(results.join("frequencies.csv")).unwrap();
    assert_eq!(run(), Some(0));
    assert!(results.join("run.json").exists());
}
