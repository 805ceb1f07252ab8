//! Appends decisions to their coder's file, whole lines at a time; they are on disk before success is reported.

use std::fs::{File, OpenOptions};
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use super::coder::coder_name;
use super::decision::Decision;
use super::lock::Lock;
use super::read::{FOLDER, files};
use crate::diag::{Diagnostic, Place};
use crate::disk;

/// Appends decisions of `coder` to `decisions/<coder>.jsonl`, whose name goes into every line.
///
/// An incomplete last line, which a crash may have left, is first moved to `decisions/<coder>.torn`.
///
/// # Errors
/// When the name cannot be a coder's, or differs from another one only in case; or the file cannot be written.
pub fn append(folder: &Path, coder: &str, decisions: &[Decision]) -> Result<(), Diagnostic> {
    let coder = coder_name(coder)?;
    let path = folder.join(FOLDER).join(format!("{coder}.jsonl"));
    let failed = |error: std::io::Error| {
        Diagnostic::error("decisions/unwritable", format!("cannot write `{FOLDER}/{coder}.jsonl`: {error}"))
            .at(Place::file(&path))
            .hint("nothing was decided")
    };
    let _lock = Lock::exclusive(folder).map_err(failed)?;
    if let Some(other) = differs_in_case(folder, &coder).map_err(failed)? {
        let message = format!("a coder `{other}` already exists, and some systems treat `{coder}` as the same file");
        return Err(Diagnostic::error("decisions/coder-case", message).hint(format!("did you mean `{other}`?")));
    }
    let mut lines = String::new();
    for decision in decisions {
        lines.push_str(&Decision { coder: coder.clone(), ..decision.clone() }.line());
    }
    write(&path, lines.as_bytes()).map_err(failed)
}

fn differs_in_case(folder: &Path, coder: &str) -> std::io::Result<Option<String>> {
    let names = files(folder)?;
    let names = names.iter().filter_map(|path| path.file_stem()?.to_str());
    let mut alike = names.filter(|name| *name != coder && name.to_lowercase() == coder.to_lowercase());
    Ok(alike.next().map(str::to_owned))
}

fn write(path: &Path, lines: &[u8]) -> std::io::Result<()> {
    let is_new = !path.exists();
    let mut file = OpenOptions::new().read(true).append(true).create(true).open(path)?;
    let mut bytes = Vec::new();
    if mend_end(&mut file, path)? {
        bytes.push(b'\n');
    }
    bytes.extend_from_slice(lines);
    let length = file.metadata()?.len();
    if let Err(error) = file.write_all(&bytes).and_then(|()| file.sync_all()) {
        // Lines that were written before the disk was full were never said; the error of the writing is the one to tell.
        let _ = if is_new { std::fs::remove_file(path) } else { shorten(path, length) };
        return Err(error);
    }
    if is_new {
        disk::sync_folder(path);
    }
    Ok(())
}

/// Says whether a line end must be written first, so that what is appended begins a line. A last line that cannot be
/// read is set aside.
fn mend_end(file: &mut File, path: &Path) -> std::io::Result<bool> {
    let length = file.metadata()?.len();
    if length == 0 {
        return Ok(false);
    }
    let mut last = [0];
    file.seek(SeekFrom::Start(length - 1))?;
    file.read_exact(&mut last)?;
    if last[0] == b'\n' {
        return Ok(false);
    }
    let mut all = Vec::new();
    file.seek(SeekFrom::Start(0))?;
    file.read_to_end(&mut all)?;
    let start = all.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    let line = all[start..].strip_prefix(b"\xef\xbb\xbf").unwrap_or(&all[start..]);
    if serde_json::from_slice::<serde_json::Value>(line).is_ok() {
        return Ok(true);
    }
    let mut aside = OpenOptions::new().append(true).create(true).open(torn(path))?;
    aside.write_all(&all[start..])?;
    aside.write_all(b"\n")?;
    aside.sync_all()?;
    shorten(path, start as u64)?;
    Ok(false)
}

fn shorten(path: &Path, length: u64) -> std::io::Result<()> {
    // Windows lets no handle shorten a file that may only append to it.
    OpenOptions::new().write(true).open(path)?.set_len(length)
}

/// How the names of files with torn lines end.
pub(super) const TORN: &str = "torn";

/// Where torn lines of a file are kept.
fn torn(path: &Path) -> PathBuf {
    path.with_extension(TORN)
}

#[cfg(test)]
mod tests {
    use super::super::{Action, read};
    use super::*;

    fn decision(document: &str) -> Decision {
        Decision::new(Action::Read, document)
    }

    fn documents(folder: &Path) -> Vec<String> {
        let read = read(folder).expect("it can be read");
        read.entries().map(|(_, entry)| entry.decision.document.clone()).collect()
    }

    #[test]
    fn a_torn_line_is_kept_aside_and_an_unfinished_whole_one_is_finished() {
        let dir = tempfile::tempdir().expect("a folder for the test");
        append(dir.path(), "kari", &[decision("a")]).expect("it can be written");
        let path = dir.path().join("decisions/kari.jsonl");
        let whole = std::fs::read_to_string(&path).expect("it is there");
        std::fs::write(&path, format!("{whole}{}", whole.trim_end())).expect("it can be written");
        append(dir.path(), "kari", &[decision("b")]).expect("it can be written");
        assert_eq!(documents(dir.path()), ["a", "a", "b"]);
        let three = std::fs::read_to_string(&path).expect("it is there");
        std::fs::write(&path, format!("{three}{{\"id\":\"half")).expect("it can be written");
        append(dir.path(), "kari", &[decision("c")]).expect("it can be written");
        assert_eq!(documents(dir.path()), ["a", "a", "b", "c"]);
        let aside = std::fs::read_to_string(dir.path().join("decisions/kari.torn")).expect("it is there");
        assert_eq!(aside, "{\"id\":\"half\n");
    }

    #[test]
    fn names_that_differ_in_case_only_are_one_coder() {
        let dir = tempfile::tempdir().expect("a folder for the test");
        append(dir.path(), "Kari", &[decision("a")]).expect("it can be written");
        let error = append(dir.path(), "kari", &[decision("a")]).expect_err("it is another's file");
        assert_eq!(error.id, "decisions/coder-case");
    }

    #[test]
    fn writers_at_once_lose_nothing() {
        let dir = tempfile::tempdir().expect("a folder for the test");
        let write = |writer: usize| {
            for n in 0..40 {
                let both = [decision(&format!("{writer}/{n}/1")), decision(&format!("{writer}/{n}/2"))];
                append(dir.path(), "kari", &both).expect("it can be written");
            }
        };
        std::thread::scope(|scope| {
            (0..4).for_each(|writer| {
                scope.spawn(move || write(writer));
            });
        });
        let mut found = documents(dir.path());
        assert!(found.chunks(2).all(|two| two[0].trim_end_matches('1') == two[1].trim_end_matches('2')));
        found.sort();
        found.dedup();
        assert_eq!(found.len(), 320);
    }
}
