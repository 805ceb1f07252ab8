//! The folder `decisions/` → every decision that can be read, and what is wrong with the others. Nothing is changed.

use std::fs;
use std::path::{Path, PathBuf};

use unicode_normalization::UnicodeNormalization;

use super::coder::Whose;
use super::decision::{Action, Decision};
use super::lock::Lock;
use crate::diag::{Diagnostic, Place, shortened};
use crate::disk::{Input, read_bytes};

/// The folder in a project.
pub(super) const FOLDER: &str = "decisions";
/// A million decisions with their quotes are about this many bytes; a folder with more was not made by people.
const MAX_BYTES: u64 = 1 << 30;
/// A line is a decision about a passage; a longer one is not.
const MAX_LINE_LENGTH: usize = 1 << 20;

/// All decisions of a project, file by file, each in the order in which it was made.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Decisions {
    /// By name.
    pub files: Vec<DecisionFile>,
    /// What is wrong with lines that are therefore not applied; they stay where they are. Each names its file.
    pub damage: Vec<Diagnostic>,
}

/// The decisions of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecisionFile {
    /// Path from the project, and hash.
    pub input: Input,
    /// Its lines that could be read, in order. Every one names its coder.
    pub entries: Vec<Entry>,
}

/// A decision and its line in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// From 1.
    pub line: u32,
    /// What it says.
    pub decision: Decision,
}

impl Decisions {
    /// The coders who decided anything, by name.
    #[must_use]
    pub fn coders(&self) -> Vec<&str> {
        let mut coders: Vec<&str> = self.entries().map(|(_, entry)| entry.decision.coder.as_str()).collect();
        coders.sort_unstable();
        coders.dedup();
        coders
    }

    /// Every decision with the file that it is in.
    pub fn entries(&self) -> impl Iterator<Item = (&DecisionFile, &Entry)> {
        self.files.iter().flat_map(|file| file.entries.iter().map(move |entry| (file, entry)))
    }

    /// Whether nobody decided anything.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.files.iter().all(|file| file.entries.is_empty())
    }

    /// Keeps the decisions of those whom `whose` names, and the files that hold any.
    ///
    /// # Errors
    /// For names that nobody has.
    pub fn keep(&mut self, whose: &Whose) -> Result<(), Vec<Diagnostic>> {
        let unknown = whose.unknown(&self.coders());
        if !unknown.is_empty() {
            return Err(unknown);
        }
        if *whose != Whose::All {
            self.files.iter_mut().for_each(|file| file.entries.retain(|e| whose.includes(&e.decision.coder)));
            self.files.retain(|file| !file.entries.is_empty());
            let kept: Vec<&Path> = self.files.iter().map(|file| Path::new(&file.input.path)).collect();
            self.damage.retain(|damage| damage.places.iter().all(|place| kept.contains(&place.path.as_path())));
        }
        Ok(())
    }
}

/// Reads the decisions of the project in `folder`; there are none where there is no folder of them.
///
/// # Errors
/// When a file cannot be read at all, or together they are too large to have been made by people: numbers must not
/// seem to include decisions that they do not.
pub fn read(folder: &Path) -> Result<Decisions, Vec<Diagnostic>> {
    read_within(folder, MAX_BYTES)
}

fn read_within(folder: &Path, most: u64) -> Result<Decisions, Vec<Diagnostic>> {
    let paths = match files(folder) {
        Ok(paths) => paths,
        Err(error) => {
            let message = format!("`{FOLDER}` cannot be read: {error}");
            return Err(vec![Diagnostic::error("decisions/unreadable", message).at(Place::file(folder.join(FOLDER)))]);
        }
    };
    if paths.is_empty() {
        return Ok(Decisions::default());
    }
    // A line that is just being written is waited for. Where locks cannot be had, nobody writes either.
    let _lock = Lock::shared(folder);
    let mut decisions = Decisions::default();
    let mut errors = Vec::new();
    let mut left = most;
    for path in paths {
        // What is left for a file tells nothing of the file.
        if fs::metadata(&path).is_ok_and(|metadata| metadata.is_file() && metadata.len() > left) {
            let message = format!("`{FOLDER}` holds more than {} MB, too much to have been made by people", most >> 20);
            let error = Diagnostic::error("decisions/too-large", message).at(Place::file(path));
            return Err(vec![error.hint("this file exceeds the limit; remove it if it does not contain decisions")]);
        }
        match read_bytes(&path, left) {
            Ok((input, bytes)) => {
                left -= bytes.len() as u64;
                let stem = path.file_stem().unwrap_or_default().to_string_lossy().nfc().collect::<String>();
                let name = format!("{FOLDER}/{}", input.path);
                let entries = lines(&bytes, &name, &stem, &mut decisions.damage);
                decisions.files.push(DecisionFile { input: Input { path: name, ..input }, entries });
            }
            Err(error) => errors.push(error),
        }
    }
    if errors.is_empty() { Ok(decisions) } else { Err(errors) }
}

/// The files of decisions in a project, by name.
pub(super) fn files(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    files_that_end(folder, &["jsonl"])
}

/// The files in the folder of decisions whose names have one of these endings, by name.
pub(super) fn files_that_end(folder: &Path, endings: &[&str]) -> std::io::Result<Vec<PathBuf>> {
    let entries = match fs::read_dir(folder.join(FOLDER)) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut paths = Vec::new();
    for entry in entries {
        let path = entry?.path();
        let is_hidden = path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."));
        if path.extension().is_some_and(|own| endings.iter().any(|ending| own == *ending)) && !is_hidden {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

/// The decisions that the lines of a file hold. `coder` is who decides where a line does not say.
fn lines(bytes: &[u8], name: &str, coder: &str, damage: &mut Vec<Diagnostic>) -> Vec<Entry> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut tell = |id, message| damage.push(Diagnostic::warning(id, message).at(Place::file(name)));
    let mut entries = Vec::new();
    let mut conflict = None;
    for (number, line) in (1_u32..).zip(bytes.split_inclusive(|byte| *byte == b'\n')) {
        let content = line.trim_ascii();
        if content.is_empty() {
            continue;
        }
        if is_conflict_marker(content) {
            conflict.get_or_insert(number);
            continue;
        }
        match decision(content) {
            Ok(mut decision) => {
                if decision.coder.trim().is_empty() {
                    decision.coder = coder.to_owned();
                }
                entries.push(Entry { line: number, decision });
            }
            Err(_) if !line.ends_with(b"\n") => {
                let message =
                    format!("line {number} is incomplete (its end was never written): it is kept but not applied");
                tell("decisions/torn-line", message);
            }
            Err(why) => {
                let message = format!("line {number} is not applied: {}", shortened(&why));
                tell("decisions/unreadable-line", message);
            }
        }
    }
    if let Some(number) = conflict {
        let message = format!("line {number} marks a merge conflict: the decisions of both sides are applied");
        tell("decisions/merge-conflict", message);
    }
    entries
}

/// A line that version control leaves where two sides changed the same lines.
fn is_conflict_marker(line: &[u8]) -> bool {
    ["<<<<<<<", "|||||||", "=======", ">>>>>>>"].iter().any(|marker| line.starts_with(marker.as_bytes()))
}

/// The decision of one line, with all that its action needs.
fn decision(line: &[u8]) -> Result<Decision, String> {
    if line.len() > MAX_LINE_LENGTH {
        return Err(format!("it is longer than {} MB", MAX_LINE_LENGTH >> 20));
    }
    let mut decision: Decision = serde_json::from_slice(line).map_err(|error| match error.classify() {
        serde_json::error::Category::Data => {
            // The place in the line says nothing that the message does not.
            let message = error.to_string();
            message.rsplit_once(" at line ").map_or(message.clone(), |(what, _)| what.to_owned())
        }
        _ => "not a JSON object".to_owned(),
    })?;
    let document: String = decision.document.trim().nfc().collect();
    decision.document = document.strip_prefix("./").map_or(document.clone(), str::to_owned);
    decision.coder = decision.coder.trim().nfc().collect();
    if decision.document.is_empty() {
        return Err("it names no `document`".to_owned());
    }
    let has_place = decision.start.zip(decision.end).is_some() || !decision.quote.trim().is_empty();
    let has_code = decision.code.as_ref().is_some_and(|code| !code.trim().is_empty());
    match decision.action {
        Action::Read | Action::Note => Ok(decision),
        _ if !has_place => Err("it has neither `start` and `end` nor a `quote`".to_owned()),
        Action::Add | Action::Recode if !has_code => Err("it names no `code`".to_owned()),
        Action::Accept | Action::Reject if !has_code && decision.id.is_none() => {
            Err("it names neither `code` nor `id`".to_owned())
        }
        _ => Ok(decision),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
        let dir = tempfile::tempdir().expect("a folder for the test");
        fs::create_dir(dir.path().join(FOLDER)).expect("a folder for the test");
        for (name, content) in files {
            fs::write(dir.path().join(FOLDER).join(name), content).expect("a file for the test");
        }
        dir
    }

    #[track_caller]
    fn check(content: &[u8], n_entries: usize, problems: &[(&str, &str)]) {
        let dir = folder(&[("kari.jsonl", content)]);
        let read = read(dir.path()).expect("it can be read");
        assert_eq!(read.entries().count(), n_entries);
        let found: Vec<(&str, &str)> = read.damage.iter().map(|p| (p.id, p.message.as_str())).collect();
        assert_eq!(found, problems);
    }

    const GOOD: &str = r#"{"action":"reject","document":"a.txt","start":1,"end":2,"code":"x"}"#;

    #[test]
    fn lines_are_read_and_those_that_cannot_be_are_told_of() {
        check(format!("\u{feff}{GOOD}\r\n\r\n{GOOD}").as_bytes(), 2, &[]);
        check(
            format!("{GOOD}\n{{\"action\":\"rej").as_bytes(),
            1,
            &[("decisions/torn-line", "line 2 is incomplete (its end was never written): it is kept but not applied")],
        );
        check(
            format!("not json\n{{\"action\":\"approve\",\"document\":\"a\"}}\n{GOOD}\n").as_bytes(),
            1,
            &[
                ("decisions/unreadable-line", "line 1 is not applied: not a JSON object"),
                (
                    "decisions/unreadable-line",
                    "line 2 is not applied: unknown variant `approve`, expected one of `accept`, `reject…",
                ),
            ],
        );
        check(b"\xff\xfe\n", 0, &[("decisions/unreadable-line", "line 1 is not applied: not a JSON object")]);
        for (line, why) in [
            (r#"{"action":"reject","start":1,"end":2,"code":"x"}"#, "it names no `document`"),
            (r#"{"action":"reject","document":"a","code":"x"}"#, "it has neither `start` and `end` nor a `quote`"),
            (r#"{"action":"add","document":"a","quote":"x"}"#, "it names no `code`"),
            (r#"{"action":"accept","document":"a","quote":"x"}"#, "it names neither `code` nor `id`"),
        ] {
            check(
                format!("{line}\n").as_bytes(),
                0,
                &[("decisions/unreadable-line", &format!("line 1 is not applied: {why}"))],
            );
        }
    }

    #[test]
    fn all_files_together_may_be_so_large() {
        let dir = folder(&[("kari.jsonl", &vec![b'\n'; 2 << 20]), ("ola.jsonl", &vec![b'\n'; 2 << 20])]);
        assert!(read_within(dir.path(), 4 << 20).is_ok());
        let errors = read_within(dir.path(), 3 << 20).expect_err("they are larger");
        assert_eq!(errors[0].id, "decisions/too-large");
        assert!(errors[0].message.contains("holds more than 3 MB"), "{}", errors[0].message);
        assert!(errors[0].places[0].path.ends_with("ola.jsonl"));
    }

    #[test]
    fn both_sides_of_a_merge_conflict_are_read() {
        let text = format!("<<<<<<< HEAD\n{GOOD}\n=======\n{GOOD}\n{GOOD}\n>>>>>>> her-branch\n");
        check(
            text.as_bytes(),
            3,
            &[("decisions/merge-conflict", "line 1 marks a merge conflict: the decisions of both sides are applied")],
        );
    }

    #[test]
    fn a_line_names_its_coder_or_its_file_does() {
        let other = r#"{"coder":"Ola","action":"read","document":"./A\u030a.txt"}"#;
        let dir = folder(&[
            ("kari.jsonl", format!("{GOOD}\n{other}\n").as_bytes()),
            ("kari.torn", b"x"),
            (".kari.jsonl", b"x"),
        ]);
        let mut read = read(dir.path()).expect("it can be read");
        assert_eq!(read.coders(), ["Ola", "kari"]);
        assert_eq!(read.entries().last().map(|(_, e)| e.decision.document.as_str()), Some("Å.txt"));
        assert!(read.keep(&Whose::from("kari,per")).is_err());
        read.keep(&Whose::from("kari")).expect("there is one");
        assert_eq!(read.coders(), ["kari"]);
    }

    proptest::proptest! {
        #[test]
        fn no_file_is_too_odd(content in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..200)) {
            let mut damage = Vec::new();
            let _ = lines(&content, "decisions/x.jsonl", "x", &mut damage);
        }
    }
}
