//! The files below a folder, with what tells whether one has changed.
//!
//! Links to folders are never followed, so there are no loops; a link to a file is followed where the file lies in
//! the project. Which of the files are documents is [`super::sources`]'s matter.

use std::{
    cmp::Ordering,
    ffi::{OsStr, OsString},
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::config;
use crate::diag::{Diagnostic, Place, Severity, capped, few, shortened};
use crate::text::{composed, tidy};

/// What tells whether a file is the one that was read before, without reading it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Stamp {
    /// Bytes; 0 where the system does not say.
    pub size: u64,
    /// Time of the last change in nanoseconds since 1970; 0 where the system does not say.
    pub modified: i64,
    /// Device and file number, which a file keeps when it is renamed; zeros where the system has none.
    pub identity: (u64, u64),
}

/// Where a file is, as the system calls it. Files of one folder share its name: there may be hundreds of thousands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Location {
    folder: Arc<Path>,
    name: Box<OsStr>,
}

impl Location {
    /// Its path.
    #[must_use]
    pub fn path(&self) -> PathBuf {
        self.folder.join(&*self.name)
    }
}

/// A file of the project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct File {
    /// From the project folder, `/` between, NFC.
    pub(super) path: String,
    pub(super) location: Location,
    pub(super) stamp: Stamp,
}

impl File {
    fn by_path(&self, other: &Self) -> Ordering {
        self.path.cmp(&other.path).then_with(|| self.location.cmp(&other.location))
    }
}

/// A folder that could not be looked into: nobody knows which documents it holds.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct UnseenFolder {
    /// From the project, `/` between, NFC; empty for the project's own folder.
    pub path: String,
    /// What the system says.
    pub reason: String,
}

impl UnseenFolder {
    fn new(path: &str, error: &io::Error) -> Self {
        Self { path: path.to_owned(), reason: error.to_string() }
    }

    /// What is said of it, as an error where everything must be read.
    #[must_use]
    pub fn diagnostic(&self, root: &Path, severity: Severity) -> Diagnostic {
        let shown = if self.path.is_empty() { "." } else { &self.path };
        let message = format!(
            "the folder `{}` cannot be read: {}; documents in it are not coded, and in no denominator",
            shortened(shown),
            self.reason
        );
        Diagnostic { severity, ..Diagnostic::warning("project/unreadable-folder", message) }
            .at(Place::file(root.join(&self.path)))
    }
}

/// What was found below a folder; each list sorted by path.
#[derive(Debug, Default)]
pub(super) struct Walked {
    pub(super) files: Vec<File>,
    /// What was not entered.
    pub(super) passed: PassedBy,
    /// Paths that are not valid Unicode, as they are shown.
    pub(super) garbled: Vec<String>,
    /// Whether any of the files may have another path too.
    pub(super) has_shared: bool,
}

/// What was come upon and not entered; each list sorted by path.
#[derive(Debug, Clone, Default)]
pub(super) struct PassedBy {
    /// Links that were not followed.
    pub(super) links: Vec<String>,
    /// Folders that are projects of their own.
    pub(super) projects: Vec<String>,
    /// Folders of results that we wrote.
    pub(super) results: Vec<String>,
    /// Folders of texts that were extracted from documents.
    pub(super) extracted: Vec<String>,
    /// Folders that could not be looked into.
    pub(super) unseen: Vec<UnseenFolder>,
}

impl PassedBy {
    fn append(&mut self, mut other: Self) {
        self.links.append(&mut other.links);
        self.projects.append(&mut other.projects);
        self.results.append(&mut other.results);
        self.extracted.append(&mut other.extracted);
        self.unseen.append(&mut other.unseen);
    }

    fn sort(&mut self) {
        for paths in [&mut self.links, &mut self.projects, &mut self.results, &mut self.extracted] {
            paths.sort_unstable();
        }
        self.unseen.sort_unstable();
    }
}

impl Walked {
    /// Says what is to be known of the files and folders that were come upon.
    pub(super) fn report(&self, errors: &mut Vec<Diagnostic>, notes: &mut Vec<Diagnostic>) {
        let PassedBy { links, results, extracted, .. } = &self.passed;
        if !links.is_empty() {
            let links = few(links);
            let message = format!("links to folders, and out of the project, are not followed: {links}");
            notes.push(Diagnostic::note("project/link", message));
        }
        if !results.is_empty() {
            let message = format!("results written by `code` are not read as documents: {}", few(results));
            notes.push(Diagnostic::note("project/results", message));
        }
        if !extracted.is_empty() {
            let folders = few(extracted);
            let message = format!("texts written by `documents --text` are not read as documents: {folders}");
            let hint = format!("to read them as documents, remove `{EXTRACTED}` from the folder");
            notes.push(Diagnostic::note("project/extracted", message).hint(hint));
        }
        if !self.garbled.is_empty() {
            let names = few(&self.garbled);
            let message = format!("invalid Unicode in names is shown as `\u{fffd}`: {names}");
            notes.push(Diagnostic::warning("project/garbled-name", message));
        }
        let same = self.files.windows(2).filter(|pair| pair[0].path == pair[1].path).map(|pair| {
            Diagnostic::error("project/same-path", format!("two files are called `{}`", shortened(&pair[0].path)))
                .at(Place::file(pair[0].location.path()))
                .at(Place::file(pair[1].location.path()))
                .hint("their names look the same but consist of different characters; rename one")
        });
        errors.extend(capped(same.collect(), "pairs of files with the same name"));
    }

    /// What all folders together hold, of which each has its files in order.
    fn of(mut folders: Vec<Self>) -> Self {
        folders.sort_by(|a, b| a.files.first().map(|file| &file.path).cmp(&b.files.first().map(|file| &file.path)));
        let with_files: Vec<&[File]> = folders.iter().map(|folder| &*folder.files).filter(|f| !f.is_empty()).collect();
        let is_before = |a: &[File], b: &[File]| a.last().zip(b.first()).is_none_or(|(a, b)| a.by_path(b).is_le());
        // Files beside folders may belong between those in them.
        let is_in_order = with_files.windows(2).all(|pair| is_before(pair[0], pair[1]));
        let n_files = with_files.iter().map(|files| files.len()).sum();
        let mut all = Self { files: Vec::with_capacity(n_files), ..Self::default() };
        folders.into_iter().for_each(|folder| all.append(folder));
        if !is_in_order {
            all.files.par_sort_by(File::by_path);
        }
        all.passed.sort();
        all.garbled.sort_unstable();
        all
    }

    fn append(&mut self, mut other: Self) {
        self.files.append(&mut other.files);
        self.passed.append(other.passed);
        self.garbled.append(&mut other.garbled);
        self.has_shared |= other.has_shared;
    }
}

/// Marks a folder of texts that were extracted from documents, which would else be counted a second time.
pub const EXTRACTED: &str = ".temakart-text";

/// Whatever lies below the folders `starts` of the project `root`, each with its path from the project and its
/// location, and is not left out by `skip`, which sees each path from the project. No start lies in another.
pub(super) fn walk(root: &Path, starts: &[(String, PathBuf)], skip: impl Fn(&str) -> bool + Sync) -> Walked {
    let inside = fs::canonicalize(root).unwrap_or_else(|_| root.to_owned());
    let mut walked = Vec::new();
    let mut folders: Vec<(String, PathBuf)> = starts.to_vec();
    while !folders.is_empty() {
        let read: Vec<Entries> =
            folders.par_iter().map(|(path, location)| Entries::of(path, location, &inside, &skip)).collect();
        folders.clear();
        for entries in read {
            folders.extend(entries.folders);
            walked.push(entries.walked);
        }
    }
    Walked::of(walked)
}

/// So many entries of a folder one task looks at.
const PIECE: usize = 1_024;

/// A folder that is looked through.
struct Looking<'l, S> {
    /// Its path from the project.
    parent: &'l str,
    folder: Arc<Path>,
    /// The project's own folder.
    inside: &'l Path,
    skip: &'l S,
}

/// What entries of a folder are.
#[derive(Default)]
struct Entries {
    folders: Vec<(String, PathBuf)>,
    walked: Walked,
    signs: Signs,
}

/// Names in a folder that tell what it is.
#[derive(Debug, Clone, Copy, Default)]
struct Signs {
    has_project: bool,
    has_record: bool,
    has_codings: bool,
    is_extracted: bool,
}

impl Signs {
    fn see(&mut self, name: &OsStr) {
        let is = |wanted: &str| name.eq_ignore_ascii_case(wanted);
        self.has_project |= is(config::FILE);
        self.has_record |= is("run.json");
        self.has_codings |= is("codings.jsonl");
        self.is_extracted |= name == EXTRACTED;
    }

    fn or(self, other: Self) -> Self {
        Self {
            has_project: self.has_project || other.has_project,
            has_record: self.has_record || other.has_record,
            has_codings: self.has_codings || other.has_codings,
            is_extracted: self.is_extracted || other.is_extracted,
        }
    }

    /// Why the folder at `path` is skipped, if it cannot hold documents.
    fn passed_as(self, path: &str) -> Option<PassedBy> {
        let passed = PassedBy::default();
        let one = || vec![path.to_owned()];
        let is_results = self.has_record && (self.has_codings || path.ends_with("/results"));
        match self {
            // Whatever the project's own folder holds, it is what was asked for.
            _ if path.is_empty() => None,
            Self { is_extracted: true, .. } => Some(PassedBy { extracted: one(), ..passed }),
            Self { has_project: true, .. } => Some(PassedBy { projects: one(), ..passed }),
            _ if is_results => Some(PassedBy { results: one(), ..passed }),
            _ => None,
        }
    }
}

impl Entries {
    /// Those of the folder at `path`.
    fn of(path: &str, location: &Path, inside: &Path, skip: &(impl Fn(&str) -> bool + Sync)) -> Self {
        let mut all = Self::default();
        let mut found = Vec::new();
        match fs::read_dir(location) {
            Ok(entries) => {
                for entry in entries {
                    match entry {
                        Ok(entry) => found.push(entry),
                        Err(error) => all.walked.passed.unseen.push(UnseenFolder::new(path, &error)),
                    }
                }
            }
            Err(error) => all.walked.passed.unseen.push(UnseenFolder::new(path, &error)),
        }
        let looking = Looking { parent: path, folder: location.into(), inside, skip };
        let look = |entries: &[fs::DirEntry]| {
            let mut some = Self::default();
            entries.iter().for_each(|entry| some.take(&looking, entry));
            some
        };
        for mut some in found.par_chunks(PIECE).map(look).collect::<Vec<Self>>() {
            all.folders.append(&mut some.folders);
            all.walked.append(some.walked);
            all.signs = all.signs.or(some.signs);
        }
        if let Some(passed) = all.signs.passed_as(path) {
            return Self { walked: Walked { passed, ..Walked::default() }, ..Self::default() };
        }
        all.walked.files.par_sort_unstable_by(File::by_path);
        all
    }

    fn take(&mut self, looking: &Looking<'_, impl Fn(&str) -> bool>, entry: &fs::DirEntry) {
        let Looking { parent, folder, inside, skip } = looking;
        let name = entry.file_name();
        self.signs.see(&name);
        let shown = name.to_string_lossy();
        let path =
            if parent.is_empty() { composed(&shown).into_owned() } else { [*parent, &composed(&shown)].join("/") };
        if is_hidden(&shown) || skip(&path) {
            return;
        }
        if name.to_str().is_none() {
            self.walked.garbled.push(path.clone());
        }
        let kind = match entry.file_type() {
            Ok(kind) => kind,
            Err(error) => return self.walked.passed.unseen.push(UnseenFolder::new(&path, &error)),
        };
        if kind.is_dir() {
            self.folders.push((path, entry.path()));
        } else if kind.is_file() {
            let metadata = entry.metadata().ok();
            self.walked.has_shared |= metadata.as_ref().is_some_and(has_other_names);
            self.add(path, folder, name, metadata.as_ref());
        } else if kind.is_symlink() {
            match fs::canonicalize(entry.path()) {
                Ok(target) if target.starts_with(inside) && target.is_file() => {
                    self.walked.has_shared = true;
                    self.add(path, folder, name, fs::metadata(&target).ok().as_ref());
                }
                Ok(_) => self.walked.passed.links.push(path),
                Err(_) => self.add(path, folder, name, None),
            }
        }
    }

    /// A file of which the system says nothing, such as a link that leads nowhere, is one too: whoever reads it will be
    /// told why not.
    fn add(&mut self, path: String, folder: &Arc<Path>, name: OsString, metadata: Option<&fs::Metadata>) {
        let location = Location { folder: Arc::clone(folder), name: name.into_boxed_os_str() };
        self.walked.files.push(File { path, location, stamp: metadata.map(stamp).unwrap_or_default() });
    }
}

/// Names that no document has: hidden files, and the lock files of Word.
pub(super) fn is_hidden(name: &str) -> bool {
    name.starts_with('.') || name.starts_with("~$") || matches!(name, "Thumbs.db" | "desktop.ini")
}

fn stamp(metadata: &fs::Metadata) -> Stamp {
    Stamp { size: metadata.len(), modified: modified(metadata), identity: identity(metadata) }
}

fn modified(metadata: &fs::Metadata) -> i64 {
    let Ok(time) = metadata.modified() else { return 0 };
    match time.duration_since(std::time::UNIX_EPOCH) {
        Ok(since) => i64::try_from(since.as_nanos()).unwrap_or(i64::MAX),
        Err(before) => i64::try_from(before.duration().as_nanos()).map_or(i64::MIN, |nanoseconds| -nanoseconds),
    }
}

#[cfg(unix)]
fn has_other_names(metadata: &fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    metadata.nlink() > 1
}

#[cfg(not(unix))]
fn has_other_names(_metadata: &fs::Metadata) -> bool {
    false
}

#[cfg(unix)]
fn identity(metadata: &fs::Metadata) -> (u64, u64) {
    use std::os::unix::fs::MetadataExt;
    (metadata.dev(), metadata.ino())
}

#[cfg(not(unix))]
fn identity(_metadata: &fs::Metadata) -> (u64, u64) {
    (0, 0)
}

/// A path as a manifest or the project file gives it, in the form in which paths are compared: `/` between,
/// NFC, without `./`. `None` for a path that leads out of the project.
pub(super) fn normal_path(raw: &str) -> Option<String> {
    let raw = tidy(raw).replace('\\', "/");
    let has_drive = matches!(raw.as_bytes(), [letter, b':', b'/', ..] if letter.is_ascii_alphabetic());
    if raw.starts_with('/') || has_drive {
        return None;
    }
    let mut names: Vec<&str> = Vec::new();
    for name in raw.split('/') {
        match name {
            "" | "." => {}
            ".." => {
                names.pop()?;
            }
            name => names.push(name),
        }
    }
    Some(names.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn project(files: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a folder for the test");
        for file in files {
            let location = folder.path().join(file);
            fs::create_dir_all(location.parent().expect("it has one")).expect("a folder for the test");
            fs::write(location, "x").expect("a file for the test");
        }
        folder
    }

    #[track_caller]
    fn check(folder: &Path, starts: &[&str], files: &[&str], links: &[&str]) {
        let starts: Vec<(String, PathBuf)> =
            starts.iter().map(|start| (start.to_string(), folder.join(start))).collect();
        let walked = walk(folder, &starts, |path| path == "results");
        assert_eq!(walked.files.iter().map(|file| file.path.as_str()).collect::<Vec<_>>(), files);
        assert_eq!(walked.passed.links, links);
        assert!(walked.files.iter().all(|file| file.stamp.size == 1 && file.stamp.modified > 0));
    }

    #[test]
    fn hidden_and_skipped_files_are_not_there() {
        let folder = project(&["a/b.txt", "a/.skjult", "a/~$b.docx", "results/r.csv", "a/results/ja.txt", ".git/x"]);
        check(folder.path(), &[""], &["a/b.txt", "a/results/ja.txt"], &[]);
        check(folder.path(), &["a/results"], &["a/results/ja.txt"], &[]);
    }

    #[test]
    fn names_are_given_in_nfc_and_found_as_they_are() {
        let folder = project(&["Gjo\u{308}vik/A\u{30a}pen.txt"]);
        check(folder.path(), &[""], &["Gjövik/Åpen.txt"], &[]);
        let walked = walk(folder.path(), &[(String::new(), folder.path().to_owned())], |_| false);
        assert!(walked.files[0].location.path().exists());
    }

    #[test]
    fn other_projects_results_and_extracted_texts_are_passed_by() {
        let folder = project(&[
            "temakart.toml",
            "run.json",
            "codings.jsonl",
            "a/b.txt",
            "a/run.json",
            "studie/Temakart.toml",
            "studie/documents/c.txt",
            "a/ny/run.json",
            "a/ny/codings.jsonl",
            "a/results/run.json",
            "a/results/frequencies.csv",
            "b/results/svar.csv",
            "tekst/.temakart-text",
            "tekst/d.txt",
        ]);
        let walked = walk(folder.path(), &[(String::new(), folder.path().to_owned())], |_| false);
        let files: Vec<&str> = walked.files.iter().map(|file| file.path.as_str()).collect();
        assert_eq!(
            files,
            ["a/b.txt", "a/run.json", "b/results/svar.csv", "codings.jsonl", "run.json", "temakart.toml"]
        );
        let PassedBy { links, projects, results, extracted, .. } = walked.passed;
        assert_eq!((links, projects, extracted), (vec![], vec!["studie".to_owned()], vec!["tekst".to_owned()]));
        assert_eq!(results, ["a/ny", "a/results"]);
    }

    #[cfg(unix)]
    #[test]
    fn links_to_folders_and_out_of_the_project_are_not_followed() {
        use std::os::unix::fs::symlink;
        let outside = project(&["secret.txt"]);
        let folder = project(&["a/b.txt"]);
        symlink("../a", folder.path().join("a/loop")).expect("a link");
        symlink(outside.path().join("secret.txt"), folder.path().join("a/out.txt")).expect("a link");
        symlink("b.txt", folder.path().join("a/in.txt")).expect("a link");
        check(folder.path(), &[""], &["a/b.txt", "a/in.txt"], &["a/loop", "a/out.txt"]);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_that_leads_nowhere_is_a_file_that_cannot_be_read() {
        use std::os::unix::fs::symlink;
        let folder = project(&[]);
        symlink("gone.txt", folder.path().join("broken.txt")).expect("a link");
        symlink("round.txt", folder.path().join("round.txt")).expect("a link");
        let walked = walk(folder.path(), &[(String::new(), folder.path().to_owned())], |_| false);
        let files: Vec<(&str, Stamp)> = walked.files.iter().map(|file| (file.path.as_str(), file.stamp)).collect();
        assert_eq!(files, [("broken.txt", Stamp::default()), ("round.txt", Stamp::default())]);
    }

    #[test]
    fn a_folder_that_is_not_there_is_reported() {
        let folder = project(&[]);
        let walked = walk(folder.path(), &[("borte".to_owned(), folder.path().join("borte"))], |_| false);
        assert_eq!(walked.passed.unseen.iter().map(|folder| &folder.path).collect::<Vec<_>>(), ["borte"]);
    }

    #[test]
    fn paths_are_compared_in_one_form() {
        for (raw, expected) in [
            ("a/b.txt", Some("a/b.txt")),
            ("./a//b.txt", Some("a/b.txt")),
            ("a\\A\u{30a}.txt", Some("a/Å.txt")),
            (" a/../b.txt ", Some("b.txt")),
            ("../b.txt", None),
            ("a/../../b.txt", None),
            ("/etc/passwd", None),
            ("C:\\temp\\b.txt", None),
            ("", Some("")),
        ] {
            assert_eq!(normal_path(raw).as_deref(), expected, "{raw}");
        }
    }
}
