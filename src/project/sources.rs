//! Which files are documents, and what is known of each before it is read.
//!
//! | the folder has | documents are |
//! |---|---|
//! | `temakart.toml` that names documents folders | the readable files in them, and what a manifest lists besides |
//! | `temakart.toml` that names none, or nothing, and a manifest | exactly the files that the manifest lists |
//! | `temakart.toml` that names none, and a folder `documents` | the readable files in it |
//! | nothing of this | the readable files whose path fits the layout: two folders deep, case and phase |
//!
//! In none of them what is hidden, ignored, or the project's own: see [`Own`].

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use super::{
    config::{self, Config, is_within},
    dates::iso_or_same,
    leftover::Leftovers,
    manifest::{self, Listed, Manifest},
    names::{CASE, DATE, PHASE, tidy},
    speakers,
    table::{MOST_ERRORS, capped},
    walk::{File, Stamp, Walked, is_hidden, walk},
};
use crate::diag::{Diagnostic, Place, TomlFile, did_you_mean, shortened};

/// The folder that holds the documents where the project does not say.
const DEFAULT_FOLDER: &str = "documents";

/// A file that is a document, and what is known of it before it is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// From the project, `/` between, NFC: what the document is called everywhere.
    pub path: String,
    /// Where the file is, as the system calls it.
    pub location: PathBuf,
    /// What tells whether it has changed.
    pub stamp: Stamp,
    /// What the manifest says of it; case and phase by id, dates in ISO form.
    pub manifest: BTreeMap<String, String>,
    /// What its path says of it, likewise.
    pub from_path: BTreeMap<String, String>,
}

/// What of a project folder is never a document.
#[derive(Debug)]
pub(super) struct Own {
    /// Codebooks, from the project.
    pub(super) codebooks: Vec<String>,
}

impl Own {
    fn holds(&self, path: &str) -> bool {
        let top = path.split('/').next().unwrap_or(path);
        let is_folder = matches!(top, "results" | "decisions" | ".temakart");
        let is_file = top == path
            && ([config::FILE].iter().chain(&manifest::FILES).chain(&speakers::FILES))
                .any(|name| name.eq_ignore_ascii_case(path));
        is_folder || is_file || self.codebooks.iter().any(|codebook| codebook == path)
    }
}

/// Everything that decides which files are documents.
pub(super) struct Gathering<'g> {
    pub(super) root: &'g Path,
    pub(super) config: &'g Config,
    /// The project file, where there is one.
    pub(super) file: Option<&'g TomlFile>,
    pub(super) manifest: Option<&'g Manifest>,
    pub(super) own: Own,
    pub(super) is_readable: &'g dyn Fn(&Path) -> bool,
}

/// How documents are found.
enum Plan {
    /// Exactly those that the manifest lists; the layout, if it holds, is read from the folder.
    Listed(Option<String>),
    /// What lies in these folders, and what a manifest lists besides.
    Folders(Vec<(String, PathBuf)>),
    /// What fits the layout, and what a manifest lists besides.
    Layout,
}

impl Gathering<'_> {
    /// The documents by path. What is wrong is added to `errors`, what is to be known to `notes`.
    pub(super) fn gather(&self, errors: &mut Vec<Diagnostic>, notes: &mut Vec<Diagnostic>) -> Vec<Source> {
        let before = errors.len();
        let plan = self.plan(errors);
        let starts = match &plan {
            Plan::Listed(_) | Plan::Layout => vec![(String::new(), self.root.to_owned())],
            Plan::Folders(folders) => folders.clone(),
        };
        let own = &self.own;
        let walked = walk(self.root, &starts, |path| own.holds(path));
        report_walk(self.root, &walked, errors, notes);
        let mut found = Found::default();
        match &plan {
            Plan::Listed(base) => self.listed(&walked, base.as_deref(), &mut found, errors, notes),
            Plan::Folders(_) | Plan::Layout => self.in_folders(&walked, &starts, &plan, &mut found, errors, notes),
        }
        found.sources.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        notes.extend(found.unknown_values(self.config, self.root));
        notes.extend(same_files(self.root, &found.sources));
        errors.extend(self.missing_columns(&found.sources));
        found.left.report(&found.sources, notes);
        if found.sources.is_empty() && errors.len() == before {
            errors.push(self.no_documents(&plan, &found.left));
        }
        found.sources
    }

    fn plan(&self, errors: &mut Vec<Diagnostic>) -> Plan {
        if let Some(named) = &self.config.documents {
            if named.iter().any(|(folder, _)| folder.is_empty()) {
                return Plan::Layout;
            }
            let mut folders = Vec::new();
            for (folder, range) in named {
                match locate(self.root, folder) {
                    Some(location) if location.is_dir() && !location.is_symlink() => {
                        folders.push((folder.clone(), location))
                    }
                    location => {
                        errors.extend(self.file.map(|file| no_folder(self.root, file, folder, range, location)))
                    }
                }
            }
            return Plan::Folders(folders);
        }
        let default = locate(self.root, DEFAULT_FOLDER).filter(|folder| folder.is_dir() && !folder.is_symlink());
        match (self.manifest, self.file, default) {
            (Some(_), None, _) => Plan::Listed(None),
            (Some(_), Some(_), Some(_)) => Plan::Listed(Some(DEFAULT_FOLDER.to_owned())),
            (Some(_), Some(_), None) => Plan::Listed(self.config.says_layout.then(String::new)),
            (None, Some(_), Some(location)) => Plan::Folders(vec![(DEFAULT_FOLDER.to_owned(), location)]),
            (None, _, _) => Plan::Layout,
        }
    }

    /// The documents are those of the manifest.
    fn listed(
        &self,
        walked: &Walked,
        base: Option<&str>,
        found: &mut Found,
        errors: &mut Vec<Diagnostic>,
        notes: &mut Vec<Diagnostic>,
    ) {
        let Some(manifest) = self.manifest else { return };
        let mut listed: Vec<&Listed> = manifest.listed.iter().collect();
        listed.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        for file in &walked.files {
            if self.config.ignore.is_match(&file.path) {
                continue;
            }
            match listed.binary_search_by(|row| row.path.cmp(&file.path)).ok().and_then(|index| listed.get(index)) {
                Some(row) => {
                    let from_path = base.and_then(|base| self.from_path(&file.path, base, found)).unwrap_or_default();
                    found.add(file, row.attributes.clone(), from_path);
                }
                None => found.left.not_listed.push(file.path.clone()),
            }
        }
        found.left.manifest = manifest.table.name();
        self.missing(manifest, walked, errors, notes);
    }

    /// The documents are those that lie in `starts`, and what a manifest lists besides.
    fn in_folders(
        &self,
        walked: &Walked,
        starts: &[(String, PathBuf)],
        plan: &Plan,
        found: &mut Found,
        errors: &mut Vec<Diagnostic>,
        notes: &mut Vec<Diagnostic>,
    ) {
        let mut listed: BTreeMap<&str, &Listed> =
            self.manifest.iter().flat_map(|manifest| &manifest.listed).map(|row| (row.path.as_str(), row)).collect();
        for file in &walked.files {
            if self.config.ignore.is_match(&file.path) {
                continue;
            }
            let row = listed.remove(file.path.as_str());
            let base = starts.iter().find(|(start, _)| is_within(&file.path, start)).map_or("", |(start, _)| start);
            let from_path = self.from_path(&file.path, base, found);
            match (plan, row, &from_path) {
                (Plan::Layout, None, None) => {
                    found.left.outside_layout.push(file.path.clone());
                    continue;
                }
                (_, None, _) if !(self.is_readable)(Path::new(&file.path)) => {
                    found.left.unread.push(file.path.clone());
                    continue;
                }
                (Plan::Folders(_), None, None) => found.left.without_place.push(file.path.clone()),
                _ => {}
            }
            if row.is_none() && self.manifest.is_some() {
                found.left.unlisted_documents.push(file.path.clone());
            }
            found.add(file, row.map(|row| row.attributes.clone()).unwrap_or_default(), from_path.unwrap_or_default());
        }
        found.left.layout.clone_from(&self.config.layout.source);
        let Some(manifest) = self.manifest else { return };
        found.left.manifest = manifest.table.name();
        if listed.is_empty() {
            return;
        }
        // Some are listed that lie elsewhere in the project.
        let own = &self.own;
        let all = walk(self.root, &[(String::new(), self.root.to_owned())], |path| own.holds(path));
        for file in all.files.iter().filter(|file| !self.config.ignore.is_match(&file.path)) {
            if let Some(row) = listed.remove(file.path.as_str()) {
                found.add(file, row.attributes.clone(), BTreeMap::new());
            }
        }
        self.missing(manifest, &all, errors, notes);
    }

    /// What the path says, read from the folder `base`; `None` where it does not fit the layout.
    fn from_path(&self, path: &str, base: &str, found: &mut Found) -> Option<BTreeMap<String, String>> {
        let below = if base.is_empty() { path } else { path.strip_prefix(base)?.strip_prefix('/')? };
        let mut attributes = BTreeMap::new();
        for (name, raw) in self.config.layout.read(below)? {
            let value = match name {
                CASE => self.config.case.resolve(raw),
                PHASE => self.config.phase.resolve(raw),
                DATE => Some(iso_or_same(raw)),
                _ => Some(tidy(raw).into_owned()),
            };
            match value {
                Some(value) => {
                    attributes.insert(name.to_owned(), value);
                }
                None => found.unknown.entry((name.to_owned(), raw.to_owned())).or_default().push(path.to_owned()),
            }
        }
        Some(attributes)
    }

    /// Listed documents that are not among the files of `walked`, and why.
    fn missing(&self, manifest: &Manifest, walked: &Walked, errors: &mut Vec<Diagnostic>, notes: &mut Vec<Diagnostic>) {
        let mut missing = Vec::new();
        let mut ignored: Vec<&Listed> = Vec::new();
        let paths: Vec<&str> = walked.files.iter().map(|file| file.path.as_str()).collect();
        for row in &manifest.listed {
            let place = |label: &str| manifest.table.place(&row.cell, label);
            let path = shortened(&row.path);
            if walked.file(&row.path).is_some() {
                if self.config.ignore.is_match(&row.path) {
                    ignored.push(row);
                }
                continue;
            }
            let is_link = walked.links.iter().any(|link| is_within(&row.path, link));
            missing.push(if self.own.holds(&row.path) {
                Diagnostic::error(
                    "manifest/never-a-document",
                    format!("`{path}` is temakart's own and can be no document"),
                )
                .at(place("take this row out"))
            } else if row.path.split('/').any(is_hidden) {
                Diagnostic::error("manifest/never-a-document", format!("`{path}` is hidden and can be no document"))
                    .at(place("names that begin with `.` or `~$` are never read"))
            } else if is_link {
                Diagnostic::error("manifest/link", format!("`{path}` is reached by a link that is not followed"))
                    .at(place("links to folders, and out of the project, are not followed"))
            } else if self.root.join(&row.path).is_dir() {
                Diagnostic::error("manifest/not-a-file", format!("`{path}` is a folder"))
                    .at(place("list each document in it"))
            } else {
                let error = Diagnostic::error("manifest/no-such-file", format!("`{path}` does not exist"))
                    .at(place("no file of the project has this path"));
                // Looking for the nearest of many thousand files is only worth it for an error that is told.
                match if missing.len() < MOST_ERRORS { speakers::nearest(&row.path, &paths) } else { None } {
                    Some(near) => error.hint(format!("did you mean `{}`?", shortened(near))),
                    None => error.hint("paths are relative to the project folder"),
                }
            });
        }
        errors.extend(capped(missing, "listed documents that are not there"));
        if let Some(first) = ignored.first() {
            let n = ignored.len();
            let message = if n == 1 {
                "a listed document is left out by `ignore`".to_owned()
            } else {
                format!("{n} listed documents are left out by `ignore`")
            };
            notes.push(
                Diagnostic::warning("manifest/ignored", message)
                    .at(manifest.table.place(&first.cell, if n == 1 { "" } else { "the first of them" })),
            );
        }
    }

    /// Columns that the manifest must have, since nothing else says what they would: case and phase, where neither
    /// the paths say them nor the project's own layout leaves them out.
    fn missing_columns(&self, sources: &[Source]) -> Vec<Diagnostic> {
        let Some(manifest) = self.manifest else { return Vec::new() };
        let is_missing = |name: &&str| {
            let is_left_out = self.config.says_layout && !self.config.layout.names(name);
            let is_elsewhere = sources.iter().any(|source| source.from_path.contains_key(*name));
            !manifest.attributes.iter().any(|attribute| attribute == name) && !is_left_out && !is_elsewhere
        };
        let error = |name| {
            super::columns::Columns::missing(&manifest.table, "manifest/missing-column", name)
                .hint("its cells may be empty where a document has none")
        };
        [CASE, PHASE].into_iter().filter(is_missing).map(error).collect()
    }

    fn no_documents(&self, plan: &Plan, left: &Leftovers) -> Diagnostic {
        let error = Diagnostic::error("project/no-documents", "there are no documents").at(Place::file(self.root));
        let error = match plan {
            Plan::Listed(_) => error.hint(format!("`{}` lists none", left.manifest)),
            Plan::Folders(folders) => {
                let names: Vec<&str> = folders.iter().map(|(folder, _)| folder.as_str()).collect();
                error.hint(format!("nothing that can be read lies in {}", crate::diag::in_backticks(&names)))
            }
            Plan::Layout => error
                .hint(format!("no file that can be read fits the layout `{}`", self.config.layout.source))
                .hint("put the documents in a folder for each case, and in it one for each phase, or list them in documents.csv"),
        };
        let mut others = left.unread.iter().chain(&left.outside_layout);
        match (others.next(), others.count()) {
            (None, _) => error,
            (Some(path), 0) => error.hint(format!("1 other file was found: `{}`", shortened(path))),
            (Some(path), more) => {
                error.hint(format!("{} other files were found, such as `{}`", more + 1, shortened(path)))
            }
        }
    }
}

/// What was found so far.
#[derive(Default)]
struct Found {
    sources: Vec<Source>,
    /// Documents by attribute and value, where the value is none of the declared.
    unknown: BTreeMap<(String, String), Vec<String>>,
    left: Leftovers,
}

impl Found {
    fn add(&mut self, file: &File, manifest: BTreeMap<String, String>, from_path: BTreeMap<String, String>) {
        self.sources.push(Source {
            path: file.path.clone(),
            location: file.location.clone(),
            stamp: file.stamp,
            manifest,
            from_path,
        });
    }

    /// Folders that are named as no declared case or phase, where the manifest does not say better.
    fn unknown_values(&self, config: &Config, root: &Path) -> Vec<Diagnostic> {
        let mut warnings = Vec::new();
        for ((name, raw), paths) in &self.unknown {
            let is_open = |path: &&String| {
                let source = self
                    .sources
                    .binary_search_by(|source| source.path.cmp(path))
                    .ok()
                    .and_then(|index| self.sources.get(index));
                source.is_some_and(|source| !source.manifest.contains_key(name))
            };
            let Some(first) = paths.iter().find(is_open) else { continue };
            let dimension = if name == CASE { &config.case } else { &config.phase };
            let n = paths.iter().filter(is_open).count();
            let documents = if n == 1 { "a document".to_owned() } else { format!("{n} documents") };
            warnings.push(
                Diagnostic::warning(
                    "project/unknown-value",
                    format!(
                        "`{}` in the path of {documents} is none of the declared values of `{name}`",
                        shortened(raw)
                    ),
                )
                .at(Place::file(root.join(first)))
                .hint(dimension.hint(raw)),
            );
        }
        warnings
    }
}

/// What the walk came upon.
fn report_walk(root: &Path, walked: &Walked, errors: &mut Vec<Diagnostic>, notes: &mut Vec<Diagnostic>) {
    for (path, error) in walked.unreadable.iter().take(MOST_ERRORS) {
        let shown = if path.is_empty() { "." } else { path };
        notes.push(
            Diagnostic::warning(
                "project/unreadable-folder",
                format!("`{}` cannot be looked into: {error}", shortened(shown)),
            )
            .at(Place::file(root.join(path))),
        );
    }
    if walked.unreadable.len() > MOST_ERRORS {
        let n = walked.unreadable.len() - MOST_ERRORS;
        notes.push(Diagnostic::warning(
            "project/unreadable-folder",
            format!("and {n} more folders cannot be looked into"),
        ));
    }
    if !walked.links.is_empty() {
        let message = format!(
            "links to folders, and out of the project, are not followed: {}",
            super::leftover::few(&walked.links)
        );
        notes.push(Diagnostic::note("project/link", message));
    }
    if !walked.garbled.is_empty() {
        let message = format!(
            "names that are not valid Unicode are shown with `\u{fffd}`: {}",
            super::leftover::few(&walked.garbled)
        );
        notes.push(Diagnostic::warning("project/garbled-name", message));
    }
    let same = walked.files.windows(2).filter(|pair| pair[0].path == pair[1].path).map(|pair| {
        Diagnostic::error("project/same-path", format!("two files are called `{}`", shortened(&pair[0].path)))
            .at(Place::file(&pair[0].location))
            .at(Place::file(&pair[1].location))
            .hint("their names look alike but are composed of other characters; rename one")
    });
    errors.extend(capped(same.collect(), "pairs of files of one name"));
}

/// A file that is two documents counts twice.
fn same_files(root: &Path, sources: &[Source]) -> Vec<Diagnostic> {
    let mut by_identity: Vec<(&(u64, u64), &str)> = sources
        .iter()
        .filter(|source| source.stamp.identity != (0, 0))
        .map(|source| (&source.stamp.identity, source.path.as_str()))
        .collect();
    by_identity.sort_unstable();
    let mut pairs: Vec<(&str, &str)> =
        by_identity.windows(2).filter(|pair| pair[0].0 == pair[1].0).map(|pair| (pair[0].1, pair[1].1)).collect();
    pairs.sort_unstable();
    let warnings = pairs.iter().map(|(one, other)| {
        Diagnostic::warning(
            "project/same-file",
            format!("`{}` and `{}` are one file and count as two documents", shortened(one), shortened(other)),
        )
        .at(Place::file(root.join(other)))
    });
    capped(warnings.collect(), "files that are two documents")
}

fn no_folder(
    root: &Path,
    file: &TomlFile,
    folder: &str,
    range: &std::ops::Range<usize>,
    found: Option<PathBuf>,
) -> Diagnostic {
    let error = Diagnostic::error("project/no-folder", format!("there is no documents folder `{}`", shortened(folder)));
    match found {
        Some(location) if location.is_symlink() => {
            error.at(file.place(range.clone(), "this is a link, and links to folders are not followed"))
        }
        Some(_) => error.at(file.place(range.clone(), "this is a file")),
        None => {
            let error = error.at(file.place(range.clone(), "not a folder of the project"));
            let names = names_in(root);
            match did_you_mean(folder, names.iter().map(String::as_str)) {
                Some(near) => error.hint(format!("did you mean `{near}`?")),
                None => error,
            }
        }
    }
}

/// The names in a folder, in order and in NFC; none where it cannot be looked into.
fn names_in(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names: Vec<String> = entries
        .map(|entry| tidy(&entry.file_name().to_string_lossy()).into_owned())
        .filter(|name| !is_hidden(name))
        .collect();
    names.sort_unstable();
    names
}

/// Where the folder that is called `path` in NFC lies, however the system composes its name.
fn locate(root: &Path, path: &str) -> Option<PathBuf> {
    let mut location = root.to_owned();
    for name in path.split('/') {
        let next = location.join(name);
        location = if next.exists() || next.is_symlink() {
            next
        } else {
            let mut entries = fs::read_dir(&location).ok()?.flatten();
            entries.find(|entry| tidy(&entry.file_name().to_string_lossy()) == name)?.path()
        };
    }
    Some(location)
}
