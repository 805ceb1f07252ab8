//! JSON lines that a person or a program made: one object a line, each with its place, so that a message can point at it.

use std::cell::OnceCell;
use std::fs::File;
use std::io::{BufRead as _, BufReader, Read as _};
use std::path::Path;
use std::sync::Arc;

use serde_json::{Map, Value};

use crate::diag::{Diagnostic, Place, capped};
use crate::disk::read_bytes;
use crate::text::Span;

/// The first line tells what a file holds; a longer one tells nothing.
const MAX_FIRST_LINE: u64 = 1 << 20;

/// The ids under which a reader reports what can be wrong with any JSON lines.
#[derive(Debug, Clone, Copy)]
pub(crate) struct LineIds {
    /// It is no UTF-8: `decide/not-utf-8`.
    pub(crate) not_utf_8: &'static str,
    /// A line is no JSON object: `decide/syntax`.
    pub(crate) syntax: &'static str,
}

/// A file of JSON lines in memory.
#[derive(Debug)]
pub(crate) struct Lines<'p> {
    path: &'p Path,
    text: String,
    /// The text that places share, once there is one.
    shared: OnceCell<Arc<str>>,
    ids: LineIds,
}

impl<'p> Lines<'p> {
    /// Whether the file at `path` is one, by its ending.
    pub(crate) fn is_named(path: &Path) -> bool {
        let is = |ending: &std::ffi::OsStr| ["jsonl", "ndjson"].iter().any(|own| ending.eq_ignore_ascii_case(own));
        path.extension().is_some_and(is)
    }

    /// Reads the file at `path`, which may have at most `most` bytes.
    ///
    /// # Errors
    /// Why it cannot be read.
    pub(crate) fn read(path: &'p Path, most: u64, ids: LineIds) -> Result<Self, Diagnostic> {
        let (_, bytes) = read_bytes(path, most)?;
        let mut text = String::from_utf8(bytes)
            .map_err(|_| Diagnostic::error(ids.not_utf_8, "JSON lines must be UTF-8").at(Place::file(path)))?;
        if text.starts_with('\u{feff}') {
            text = text.trim_start_matches('\u{feff}').to_owned();
        }
        Ok(Self { path, text, shared: OnceCell::new(), ids })
    }

    /// The lines that are not empty.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (Span, &str)> {
        let mut at = 0;
        let lines = self.text.split_inclusive('\n').map(move |line| {
            let start = at;
            at += line.len();
            (Span::new(start, start + line.trim_end().len()), line.trim())
        });
        lines.filter(|(_, line)| !line.is_empty())
    }

    /// The place of a line.
    pub(crate) fn place(&self, span: Span) -> Place {
        Place::within(self.path, self.shared.get_or_init(|| Arc::from(self.text.as_str())), span, "")
    }

    /// What `row` makes of each object.
    ///
    /// # Errors
    /// Lines that are no objects, and what `row` refuses.
    pub(crate) fn rows<T>(
        &self,
        mut row: impl FnMut(&Map<String, Value>, Place) -> Result<T, Diagnostic>,
    ) -> Result<Vec<T>, Vec<Diagnostic>> {
        let (mut rows, mut errors) = (Vec::new(), Vec::new());
        for (span, line) in self.iter() {
            let place = self.place(span);
            let read = match serde_json::from_str::<Map<String, Value>>(line) {
                Ok(object) => row(&object, place),
                Err(error) => {
                    let message = format!("this line is not a JSON object: {error}");
                    Err(Diagnostic::error(self.ids.syntax, message).at(place))
                }
            };
            match read {
                Ok(row) => rows.push(row),
                Err(error) => errors.push(error),
            }
        }
        if errors.is_empty() { Ok(rows) } else { Err(capped(errors, "lines like this")) }
    }
}

/// The first object of the file at `path`, which tells what the others are; `None` for what cannot be read, which is told
/// by whoever reads all of it.
pub(crate) fn first_object(path: &Path) -> Option<Map<String, Value>> {
    // Reading a pipe would wait for ever, and take away what is to be read.
    if !std::fs::metadata(path).ok()?.is_file() {
        return None;
    }
    let lines = BufReader::new(File::open(path).ok()?.take(MAX_FIRST_LINE)).lines();
    let mut lines = lines.map_while(Result::ok).map(|line| line.trim_start_matches('\u{feff}').trim().to_owned());
    serde_json::from_str(&lines.find(|line| !line.is_empty())?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const IDS: LineIds = LineIds { not_utf_8: "x/not-utf-8", syntax: "x/syntax" };

    fn file(content: &[u8]) -> tempfile::NamedTempFile {
        let file = tempfile::NamedTempFile::new().expect("a file for the test");
        std::fs::write(file.path(), content).expect("a file for the test");
        file
    }

    fn ids(content: &[u8], most: u64) -> Result<Vec<String>, Vec<&'static str>> {
        let file = file(content);
        let lines = Lines::read(file.path(), most, IDS).map_err(|error| vec![error.id])?;
        let row = |object: &Map<String, Value>, _| Ok(object["id"].to_string());
        lines.rows(row).map_err(|errors| errors.iter().map(|error| error.id).collect())
    }

    #[test]
    fn each_line_that_is_not_empty_is_an_object() {
        assert_eq!(ids("\u{feff}{\"id\":1}\r\n\n  {\"id\":2}".as_bytes(), 100), Ok(vec!["1".into(), "2".into()]));
        assert_eq!(ids(b"{\"id\":1}\n[2]\nx\n", 100), Err(vec!["x/syntax"; 2]));
        assert_eq!(ids(b"{\"id\":\"\xff\"}", 100), Err(vec!["x/not-utf-8"]));
        assert_eq!(ids(b"{\"id\":1}", 7), Err(vec!["file/unreadable"]));
    }

    #[test]
    fn places_are_those_of_the_lines() {
        let file = file(b"{}\n\n {\"id\":2} \n");
        let lines = Lines::read(file.path(), 100, IDS).expect("it can be read");
        let places: Vec<Place> = lines.iter().map(|(span, _)| lines.place(span)).collect();
        let written = |place: &Place| place.source.as_ref().map(|(text, span)| span.of(text).to_owned());
        assert_eq!(places.iter().filter_map(written).collect::<Vec<_>>(), ["{}", " {\"id\":2}"]);
    }

    #[test]
    fn the_first_object_tells_what_a_file_holds_however_long_the_rest_is() {
        let long = [&b"\xef\xbb\xbf\n{\"id\":1}\n"[..], &vec![b'x'; 3 << 20], b"\xff"].concat();
        let first = first_object(file(&long).path()).expect("there is one");
        assert!(first.contains_key("id"));
        assert_eq!(first_object(file(b"x\n{}").path()), None);
        assert_eq!(first_object(Path::new("/")), None);
    }

    #[test]
    fn lines_are_known_by_their_ending() {
        for (path, expected) in [("a.jsonl", true), ("a.NDJSON", true), ("a.json", false), ("jsonl", false)] {
            assert_eq!(Lines::is_named(Path::new(path)), expected, "{path}");
        }
    }
}
