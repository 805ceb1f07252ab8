//! Withdrawn consent: removes decisions about a document, which quote it. Nothing else ever removes lines.

use std::fs;
use std::path::Path;

use unicode_normalization::UnicodeNormalization;

use super::append::TORN;
use super::lock::Lock;
use super::read::{FOLDER, files_that_end};
use crate::disk;

/// Of files that quote documents: decisions, and lines that were cut off, which stay when the file beside them goes.
const ENDINGS: [&str; 2] = ["jsonl", TORN];

/// Removes every line about `document` from the files of the project in `folder`; all others stay as they are, byte
/// by byte. Returns the files that had any, and how many lines were removed.
///
/// A line that cannot be read is removed if it names the document, or if it breaks off before naming any.
///
/// # Errors
/// When a file cannot be rewritten; it is then as it was.
pub fn forget(folder: &Path, document: &str) -> std::io::Result<Vec<(String, usize)>> {
    if !folder.join(FOLDER).is_dir() {
        return Ok(Vec::new());
    }
    let _lock = Lock::exclusive(folder)?;
    let mut done = Vec::new();
    for path in files_that_end(folder, &ENDINGS)? {
        // Left where a `forget` was killed; of another document it may still hold quotes.
        let _ = fs::remove_file(disk::part_of(&path));
        let bytes = fs::read(&path)?;
        let lines = bytes.split_inclusive(|byte| *byte == b'\n');
        let (gone, kept): (Vec<&[u8]>, Vec<&[u8]>) = lines.partition(|line| is_about(line, document));
        if !gone.is_empty() {
            disk::replace(&path, &kept.concat())?;
            disk::sync_folder(&path);
            done.push((path.file_name().unwrap_or_default().to_string_lossy().into_owned(), gone.len()));
        }
    }
    Ok(done)
}

/// Whether any line of the project in `folder` is about `document`.
///
/// # Errors
/// When a file cannot be read.
pub fn tell_of(folder: &Path, document: &str) -> std::io::Result<bool> {
    if !folder.join(FOLDER).is_dir() {
        return Ok(false);
    }
    for path in files_that_end(folder, &ENDINGS)? {
        let bytes = fs::read(&path)?;
        let mut lines = bytes.split(|byte| *byte == b'\n');
        if lines.any(|line| names(line, document)) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether a line that cannot be read names the document, judged by its text.
fn names(line: &[u8], document: &str) -> bool {
    let is_json = serde_json::from_slice::<serde_json::Value>(line).is_ok();
    is_about(line, document) && (is_json || String::from_utf8_lossy(line).contains(document))
}

fn is_about(line: &[u8], document: &str) -> bool {
    let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line);
    if line.trim_ascii().is_empty() {
        return false;
    }
    if let Ok(value) = serde_json::from_slice::<serde_json::Value>(line) {
        let path = value["document"].as_str().unwrap_or_default().trim().nfc().collect::<String>();
        return path.strip_prefix("./").unwrap_or(&path) == document;
    }
    let text = String::from_utf8_lossy(line);
    let begins_decision = text.trim_start().starts_with('{');
    text.contains(document) || begins_decision && !names_any(&text)
}

/// Whether a line that cannot be read gives the name of a document, blanks or not.
fn names_any(text: &str) -> bool {
    let mut said = text.split("\"document\"").skip(1).filter_map(|rest| rest.trim_start().strip_prefix(':'));
    said.any(|value| value.trim_start().starts_with('"'))
}

#[cfg(test)]
mod tests {
    use super::super::{Action, Decision, append, read};
    use super::*;

    #[test]
    fn lines_about_the_document_go_and_all_others_stay_as_they_are() {
        let dir = tempfile::tempdir().expect("a folder for the test");
        let about = |document: &str| Decision { quote: "hemmelig".to_owned(), ..Decision::new(Action::Read, document) };
        append(dir.path(), "kari", &[about("a.txt"), about("b.txt"), about("a.txt")]).expect("it can be written");
        append(dir.path(), "ola", &[about("b.txt")]).expect("it can be written");
        let path = dir.path().join("decisions/kari.jsonl");
        let mut text = fs::read_to_string(&path).expect("it is there");
        text.push_str(
            "  {\"x\": 1,   \"document\":\"b.txt\", broken\n{\"id\":null,\"document\":\"a.txt\",\"quote\":\"hemm",
        );
        fs::write(&path, &text).expect("it can be written");
        fs::write(dir.path().join("decisions/kari.torn"), "{\"id\":\"123\n{\"document\":\"b.txt\",\"q\n")
            .expect("it can be written");
        let done = forget(dir.path(), "a.txt").expect("it can be written");
        assert_eq!(done, [("kari.jsonl".to_owned(), 3), ("kari.torn".to_owned(), 1)]);
        let left = fs::read_to_string(&path).expect("it is there");
        let expected: String = text.split_inclusive('\n').filter(|line| line.contains("b.txt")).collect();
        assert_eq!(left, expected);
        assert_eq!(read(dir.path()).expect("it can be read").entries().count(), 2);
        assert_eq!(forget(dir.path(), "a.txt").expect("it can be read"), []);
    }

    #[test]
    fn lines_that_were_cut_off_go_though_the_file_that_they_came_from_is_gone() {
        let dir = tempfile::tempdir().expect("a folder for the test");
        append(dir.path(), "ola", &[Decision::new(Action::Read, "b.txt")]).expect("it can be written");
        let path = dir.path().join("decisions/kari.torn");
        fs::write(&path, "{\"document\":\"a.txt\",\"quote\":\"hemm\n").expect("it can be written");
        assert!(tell_of(dir.path(), "a.txt").expect("it can be read"));
        assert_eq!(forget(dir.path(), "a.txt").expect("it can be written"), [("kari.torn".to_owned(), 1)]);
        assert_eq!(fs::read(&path).expect("it is there"), b"");
    }

    #[test]
    fn a_broken_line_names_its_document_however_it_is_written() {
        #[track_caller]
        fn check(line: &str, expected: bool) {
            assert_eq!(is_about(line.as_bytes(), "a.txt"), expected, "{line}");
        }
        for of_other in ["\"document\":\"b.txt\"", "\"document\": \"b.txt\"", "\"document\"\t:  \"b.txt\""] {
            check(&format!("{{\"action\":\"reject\", {of_other}, \"start\": 1,"), false);
        }
        check("{\"action\": \"reject\", \"document\": \"a.txt\", \"start\": 1,", true);
        check("{\"quote\": \"hemmelig\", \"document\": ", true);
        check("{\"quote\": \"hemmelig\", \"docu", true);
    }
}
