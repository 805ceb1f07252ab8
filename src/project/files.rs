//! The files in a project folder that say what the project is.

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{config, manifest, speakers};
use crate::{
    diag::{Diagnostic, Place, TomlFile, in_backticks},
    disk::{Input, read_bytes},
    text::Span,
};

/// A project file is written by hand; one larger than this is not one.
const MAX_BYTES: u64 = 4 << 20;

/// The files of a folder that say what the project is. Their names are known in any case (`Documents.CSV`).
pub(super) struct Files {
    pub(super) project: Option<PathBuf>,
    /// The manifest, and others that stand in its shadow.
    pub(super) manifests: Vec<PathBuf>,
    /// The list of speakers, and others that stand in its shadow.
    pub(super) speakers: Vec<PathBuf>,
}

impl Files {
    /// Looks for them in `folder`.
    pub(super) fn find(folder: &Path) -> Result<Self, Diagnostic> {
        let failed = |message: String| Diagnostic::error("project/no-project", message).at(Place::file(folder));
        let metadata = fs::metadata(folder).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => failed("there is no such folder".to_owned()),
            _ => failed(format!("the project folder cannot be read: {error}")),
        })?;
        if !metadata.is_dir() {
            return Err(failed("a project is a folder, but this is a file".to_owned())
                .hint("give the folder that contains the file"));
        }
        let unreadable = |error: io::Error| failed(format!("the project folder cannot be read: {error}"));
        let entries = fs::read_dir(folder).map_err(unreadable)?;
        let paths = entries.map(|entry| entry.map(|entry| entry.path())).collect::<io::Result<Vec<PathBuf>>>();
        let mut paths = paths.map_err(unreadable)?;
        paths.sort_unstable();
        // A link that leads nowhere is kept, for its reader to complain: without its pseudonyms, a list of speakers
        // that is out of reach would let names through.
        let called = |wanted: &[&str]| -> Vec<PathBuf> {
            let is_called =
                |path: &PathBuf, name: &str| path.file_name().is_some_and(|own| own.eq_ignore_ascii_case(name));
            let found = wanted.iter().flat_map(|name| paths.iter().filter(move |path| is_called(path, name)));
            found.filter(|path| !path.is_dir()).cloned().collect()
        };
        Ok(Self {
            project: called(&[config::FILE]).into_iter().next(),
            manifests: called(&manifest::FILES),
            speakers: called(&speakers::FILES),
        })
    }

    /// Of two manifests, or two lists of speakers, only one is read.
    pub(super) fn ignored(&self) -> impl Iterator<Item = Diagnostic> {
        [&self.manifests, &self.speakers].into_iter().filter_map(|paths| {
            let (used, others) = paths.split_first().filter(|(_, others)| !others.is_empty())?;
            let name = |path: &PathBuf| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let others: Vec<String> = others.iter().map(name).collect();
            let others: Vec<&str> = others.iter().map(String::as_str).collect();
            let message = format!("`{}` is used and {} ignored", name(used), in_backticks(&others));
            Some(Diagnostic::warning("project/two-lists", message).at(Place::file(used)).hint("keep one of them"))
        })
    }
}

/// The project file at `path`, if it is text.
pub(super) fn read_project_file(
    path: &Path,
    inputs: &mut Vec<Input>,
    errors: &mut Vec<Diagnostic>,
) -> Option<TomlFile> {
    let (input, bytes) = read_bytes(path, MAX_BYTES).map_err(|error| errors.push(error)).ok()?;
    inputs.push(input);
    // Windows' editor writes a byte order mark.
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(TomlFile::new(path, text, config::IDS)),
        Err(error) => {
            let at = error.valid_up_to();
            let text: Arc<str> = Arc::from(String::from_utf8_lossy(bytes));
            let place = Place::within(
                path,
                &text,
                Span::new(at, at + char::REPLACEMENT_CHARACTER.len_utf8()),
                "this byte is not UTF-8",
            );
            errors.push(
                Diagnostic::error("project/encoding", format!("`{}` is not UTF-8", config::FILE))
                    .at(place)
                    .hint("save it as UTF-8"),
            );
            None
        }
    }
}
