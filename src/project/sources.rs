//! Which files are documents, and what is known of each before it is read.
//!
//! | the folder has | documents are |
//! |---|---|
//! | `temakart.toml` that names documents folders | the readable files in them, and what a manifest lists besides |
//! | a manifest, and no documents folders named | exactly the files that the manifest lists |
//! | `temakart.toml`, and a folder `documents` | the readable files in it |
//! | none of these | the readable files whose path fits the layout: two folders deep, case and phase |
//!
//! In none of them what is hidden, ignored, or the project's own: see [`Own`].

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::Arc,
};

use rayon::slice::ParallelSliceMut as _;

use super::{
    attributes::and_in,
    config::{self, Config, is_within},
    dates::iso_or_same,
    leftover::Leftovers,
    manifest::{self, Listed, Manifest},
    names::{CASE, DATE, PHASE},
    plan::Plan,
    speakers,
    walk::{File, Location, Stamp, UnseenFolder, walk},
};
use crate::diag::{Diagnostic, Place, TomlFile, capped, shortened};
use crate::text::tidy;

/// A file that is a document, and what is known of it before it is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// From the project, `/` between, NFC: what the document is called everywhere.
    pub path: String,
    /// Where the file is.
    pub location: Location,
    /// What tells whether it has changed.
    pub stamp: Stamp,
    /// What the manifest says of it; case and phase by id, dates in ISO form.
    pub manifest: BTreeMap<String, String>,
    /// What its path says of it, likewise; shared by documents that it says the same of.
    pub from_path: Arc<BTreeMap<String, String>>,
    /// Identifies `from_path`: documents with the same number share it.
    pub from_path_number: u32,
}

/// What the document at `path` is called: its file's name without folders and ending.
#[must_use]
pub fn name_of(path: &str) -> &str {
    let file = path.rsplit('/').next().unwrap_or(path);
    file.rsplit_once('.').map_or(file, |(name, _)| name)
}

/// So deep below the project folder files outside the documents folders are still looked for: as deep as a case and a
/// phase would be.
const DEEPEST_OUTSIDE: usize = 3;

/// Whether the file at `path` is of a type that hardly holds anything but a document.
fn looks_like_document(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    let is_about = ["readme", "license", "licence", "changelog", "lesmeg"].contains(&stem.to_lowercase().as_str());
    let is_usual = ["txt", "docx", "odt", "rtf", "pdf", "md", "vtt", "srt"].contains(&ending.to_lowercase().as_str());
    is_usual && !is_about
}

/// What of a project folder is never a document.
#[derive(Debug, Clone)]
pub(super) struct Own {
    /// Codebooks, from the project.
    pub(super) codebooks: Vec<String>,
}

/// A file with a line for each document that was forgotten.
pub const FORGOTTEN: &str = "forgotten.txt";

impl Own {
    pub(super) fn holds(&self, path: &str) -> bool {
        let top = path.split('/').next().unwrap_or(path);
        let is_folder = matches!(top, "results" | "decisions" | ".temakart");
        let is_file = top.len() == path.len()
            && ([config::FILE, FORGOTTEN].iter().chain(&manifest::FILES).chain(&speakers::FILES))
                .any(|name| name.eq_ignore_ascii_case(path));
        is_folder || is_file || self.codebooks.iter().any(|codebook| codebook == path)
    }
}

/// A name that a file in a folder may have, to ask whether files in it are ignored.
const ANY_NAME: &str = "x.txt";

/// What a project's folders hold.
pub(super) struct Gathered {
    /// The documents by path.
    pub(super) sources: Vec<Source>,
    /// Folders that may hold others.
    pub(super) unseen: Vec<UnseenFolder>,
    /// How they were found.
    pub(super) plan: Plan,
}

/// Everything that decides which files are documents.
pub(super) struct Gathering<'g> {
    pub(super) root: &'g Path,
    pub(super) config: &'g Config,
    /// The project file, where there is one.
    pub(super) file: Option<&'g TomlFile>,
    pub(super) manifest: Option<&'g Manifest>,
    pub(super) own: Own,
    pub(super) is_readable: &'g (dyn Fn(&Path) -> bool + Sync),
}

impl Gathering<'_> {
    /// The documents, with what the rows `listed` of the manifest say of them. What is wrong is added to `errors`, what is to be known to `notes`.
    pub(super) fn gather(
        &self,
        listed: Vec<Listed>,
        errors: &mut Vec<Diagnostic>,
        notes: &mut Vec<Diagnostic>,
    ) -> Gathered {
        let plan = Plan::of(self.root, self.config, self.file, self.manifest.is_some(), errors);
        let mut found = Found::default();
        found.left.manifest = self.manifest.map(|manifest| manifest.table.name()).unwrap_or_default();
        found.left.layout.clone_from(&self.config.layout.source);
        found.left.is_bare = self.file.is_none() && self.manifest.is_none();
        match &plan {
            Plan::Listed(base) => self.listed(listed, base.as_deref(), &mut found, errors, notes),
            Plan::Folders(_) | Plan::Layout => self.in_folders(listed, &plan, &mut found, errors, notes),
        }
        // Almost in order already, which this sort makes use of.
        found.sources.sort_by(|a, b| a.path.cmp(&b.path));
        notes.extend(self.ignored(&found.ignored));
        notes.extend(self.unknown_values(&found));
        if found.has_shared {
            notes.extend(same_files(self.root, &found.sources));
        }
        errors.extend(self.missing_columns(&found.sources));
        if let Plan::Folders(folders) = &plan {
            found.left.outside_folders = self.outside(folders, &found.sources);
            found.left.folders = folders.iter().map(|(folder, _)| folder.clone()).collect();
        }
        found.left.report(&found.sources, notes);
        if found.sources.is_empty() && errors.is_empty() {
            errors.push(self.no_documents(&plan, &found.left));
        }
        Gathered { sources: found.sources, unseen: found.unseen, plan }
    }

    /// Whether a folder that could not be looked into may hold documents. A pattern such as `gammelt/**` leaves out
    /// whatever lies in one.
    fn may_hold_documents(&self, folder: &UnseenFolder) -> bool {
        !self.is_ignored(&folder.path) && !self.is_ignored(&format!("{}/{ANY_NAME}", folder.path))
    }

    fn is_ignored(&self, path: &str) -> bool {
        // Most projects ignore nothing, and preparing a path to be matched takes longer than all else that is asked of it.
        !self.config.ignore.is_empty() && self.config.ignore.is_match(path)
    }

    /// The documents are those of the manifest.
    fn listed(
        &self,
        listed: Vec<Listed>,
        base: Option<&str>,
        found: &mut Found,
        errors: &mut Vec<Diagnostic>,
        notes: &mut Vec<Diagnostic>,
    ) {
        let Some(manifest) = self.manifest else { return };
        let walked = walk(self.root, &[(String::new(), self.root.to_owned())], |path| self.own.holds(path));
        walked.report(errors, notes);
        found.has_shared |= walked.has_shared;
        let lost = pair(walked.files, listed, |file, row| match row {
            _ if self.is_ignored(&file.path) => found.ignored.extend(row),
            Some(row) => {
                let said = base.and_then(|base| self.said_by_path(&file.path, base, found));
                found.add(file, Some(row), said);
            }
            None => found.left.not_listed.push(file.path),
        });
        let paths = found.sources.iter().map(|source| &source.path).chain(&found.left.not_listed);
        let paths: Vec<&str> = if lost.is_empty() { Vec::new() } else { paths.map(String::as_str).collect() };
        errors.extend(self.missing_documents(manifest, lost, &walked.passed, &paths));
        found.left.projects = walked.passed.projects;
    }

    /// The documents are those that lie in the folders of the plan, and what a manifest lists besides.
    fn in_folders(
        &self,
        listed: Vec<Listed>,
        plan: &Plan,
        found: &mut Found,
        errors: &mut Vec<Diagnostic>,
        notes: &mut Vec<Diagnostic>,
    ) {
        let starts = plan.starts(self.root);
        let walked = walk(self.root, &starts, |path| self.own.holds(path));
        walked.report(errors, notes);
        found.has_shared |= walked.has_shared;
        found.unseen.extend(walked.passed.unseen.iter().filter(|folder| self.may_hold_documents(folder)).cloned());
        found.sources.reserve(walked.files.len());
        let elsewhere = pair(walked.files, listed, |file, row| {
            if self.is_ignored(&file.path) {
                return found.ignored.extend(row);
            }
            let base = starts.iter().find(|(start, _)| is_within(&file.path, start)).map_or("", |(start, _)| start);
            let said = self.said_by_path(&file.path, base, found);
            if row.is_none() {
                if said.is_none() && matches!(plan, Plan::Layout) {
                    return found.left.outside_layout.push(file.path);
                }
                if !(self.is_readable)(Path::new(&file.path)) {
                    return found.left.unread.push(file.path);
                }
                if said.is_none() {
                    found.left.without_place.push(file.path.clone());
                }
                if self.manifest.is_some() {
                    found.left.unlisted_documents.push(file.path.clone());
                }
            }
            found.add(file, row, said);
        });
        found.left.projects = walked.passed.projects;
        let Some(manifest) = self.manifest.filter(|_| !elsewhere.is_empty()) else { return };
        // Some are listed that lie elsewhere in the project.
        let walked = walk(self.root, &[(String::new(), self.root.to_owned())], |path| self.own.holds(path));
        found.has_shared |= walked.has_shared;
        let mut others = Vec::new();
        let lost = pair(walked.files, elsewhere, |file, row| match row {
            None => others.push(file.path),
            Some(row) if self.is_ignored(&file.path) => found.ignored.push(row),
            Some(row) => found.add(file, Some(row), None),
        });
        let paths: Vec<&str> = others.iter().map(String::as_str).collect();
        errors.extend(self.missing_documents(manifest, lost, &walked.passed, &paths));
    }

    /// Files of the project that look like documents and are in none of the documents folders: somebody may take them
    /// for documents. What people keep beside their documents is not told of: tables, pages, readmes.
    fn outside(&self, folders: &[(String, PathBuf)], sources: &[Source]) -> Vec<String> {
        let is_elsewhere = |path: &str| {
            let is_deep = path.matches('/').count() >= DEEPEST_OUTSIDE;
            is_deep || self.own.holds(path) || folders.iter().any(|(folder, _)| is_within(path, folder))
        };
        let walked = walk(self.root, &[(String::new(), self.root.to_owned())], is_elsewhere);
        let is_document = |path: &String| {
            let is_listed = sources.binary_search_by(|source| source.path.cmp(path)).is_ok();
            !is_listed && !self.is_ignored(path) && looks_like_document(path)
        };
        walked.files.into_iter().map(|file| file.path).filter(is_document).collect()
    }

    /// What a path says, read from the folder `base`; `None` where it does not fit the layout.
    fn said_by_path(&self, path: &str, base: &str, found: &mut Found) -> Option<Shared> {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        if let Some((_, said)) = found.last_said.as_ref().filter(|(last, _)| last == folder) {
            return said.clone();
        }
        if let Some(said) = found.by_folder.get(folder).cloned() {
            found.last_said = Some((folder.to_owned(), said.clone()));
            return said;
        }
        let said = self.said(path, base, found);
        let is_known = said.as_ref().is_ok_and(|_| self.config.layout.reads_folders_only());
        let said = said.unwrap_or_else(|said| said).map(|said| found.share(said));
        if is_known {
            found.by_folder.insert(folder.to_owned(), said.clone());
        }
        said
    }

    /// What a path says of its document, found from the path itself; an error where it names a value that is not
    /// declared, which is then noted.
    fn said(&self, path: &str, base: &str, found: &mut Found) -> Result<Said, Said> {
        let Some(below) = below(path, base) else { return Ok(None) };
        let Some(read) = self.config.layout.read(below) else { return Ok(None) };
        let (mut attributes, mut is_known) = (BTreeMap::new(), true);
        for (name, raw) in read {
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
                None => {
                    is_known = false;
                    found.unknown.entry((name.to_owned(), raw.to_owned())).or_default().push(path.to_owned());
                }
            }
        }
        if is_known { Ok(Some(attributes)) } else { Err(Some(attributes)) }
    }

    /// Listed documents that `ignore` leaves out.
    fn ignored(&self, ignored: &[Listed]) -> Option<Diagnostic> {
        let first = ignored.iter().min_by_key(|row| row.cell.span)?;
        let (message, label) = match ignored.len() {
            1 => ("1 listed document is excluded by `ignore`".to_owned(), ""),
            n => (format!("{n} listed documents are excluded by `ignore`"), "the first of them"),
        };
        let place = self.manifest?.table.place(&first.cell, label);
        Some(Diagnostic::warning("manifest/ignored", message).at(place))
    }

    /// Folders that are named as no declared case or phase, where the manifest does not say better.
    fn unknown_values(&self, found: &Found) -> Vec<Diagnostic> {
        let mut warnings = Vec::new();
        for ((name, raw), paths) in &found.unknown {
            let is_open = |path: &&String| {
                let index = found.sources.binary_search_by(|source| source.path.cmp(path));
                index.is_ok_and(|index| !found.sources[index].manifest.contains_key(name))
            };
            let open: Vec<String> = paths.iter().filter(is_open).cloned().collect();
            let Some((first, others)) = open.split_first() else { continue };
            let dimension = if name == CASE { &self.config.case } else { &self.config.phase };
            let message = format!(
                "`{}` in the path{} is not a declared value of `{name}` and counts under (none); {}",
                shortened(raw),
                and_in(others),
                dimension.hint(raw)
            );
            warnings.push(
                Diagnostic::warning("project/unknown-value", message)
                    .at(Place::file(self.root.join(first)))
                    .hint(format!("rename the folder, or add it to `values` of `[{name}]` in temakart.toml")),
            );
        }
        warnings
    }
}

/// What a path says; `None` where it does not fit the layout.
type Said = Option<BTreeMap<String, String>>;

/// What one or more paths say.
#[derive(Clone, Default)]
struct Shared {
    /// 0 for nothing.
    number: u32,
    said: Arc<BTreeMap<String, String>>,
}

/// The path from the folder `base`, if it leads below it.
fn below<'p>(path: &'p str, base: &str) -> Option<&'p str> {
    if base.is_empty() { Some(path) } else { path.strip_prefix(base)?.strip_prefix('/') }
}

/// What was found so far.
#[derive(Default)]
struct Found {
    sources: Vec<Source>,
    unseen: Vec<UnseenFolder>,
    /// Whether some files may be the same.
    has_shared: bool,
    /// The folder that was asked for last, and what the paths of its files say: the next file is mostly there too.
    last_said: Option<(String, Option<Shared>)>,
    /// What the paths of a folder's files say, where all say the same.
    by_folder: BTreeMap<String, Option<Shared>>,
    /// How many numbers there are for what paths say.
    n_said: u32,
    /// Paths by attribute and value, where the value is none of the declared.
    unknown: BTreeMap<(String, String), Vec<String>>,
    /// Rows of documents that are ignored.
    ignored: Vec<Listed>,
    left: Leftovers,
}

impl Found {
    fn share(&mut self, said: BTreeMap<String, String>) -> Shared {
        self.n_said = self.n_said.checked_add(1).expect("fewer than 2^32 paths");
        Shared { number: self.n_said, said: Arc::new(said) }
    }

    fn add(&mut self, file: File, row: Option<Listed>, said: Option<Shared>) {
        let File { path, location, stamp } = file;
        let manifest = row.map(|row| row.attributes).unwrap_or_default();
        let Shared { number: from_path_number, said: from_path } = said.unwrap_or_default();
        self.sources.push(Source { path, location, stamp, manifest, from_path, from_path_number });
    }
}

/// Hands each of `files`, which are in order, to `each` with the row that lists it. Returns the rows that are left.
fn pair(files: Vec<File>, mut listed: Vec<Listed>, mut each: impl FnMut(File, Option<Listed>)) -> Vec<Listed> {
    listed.sort_unstable_by(|a, b| a.path.cmp(&b.path));
    let mut rows = listed.into_iter().peekable();
    let mut left = Vec::new();
    for file in files {
        while let Some(row) = rows.next_if(|row| row.path < file.path) {
            left.push(row);
        }
        let row = rows.next_if(|row| row.path == file.path);
        each(file, row);
    }
    left.extend(rows);
    left
}

/// A file that is two documents counts twice.
fn same_files(root: &Path, sources: &[Source]) -> Vec<Diagnostic> {
    let known = sources.iter().filter(|source| source.stamp.identity != (0, 0));
    let mut by_identity: Vec<(&(u64, u64), &str)> =
        known.map(|source| (&source.stamp.identity, source.path.as_str())).collect();
    by_identity.par_sort_unstable();
    let same = by_identity.windows(2).filter(|pair| pair[0].0 == pair[1].0);
    let mut pairs: Vec<(&str, &str)> = same.map(|pair| (pair[0].1, pair[1].1)).collect();
    pairs.sort_unstable();
    let warnings = pairs.iter().map(|(one, other)| {
        let message =
            format!("`{}` and `{}` are the same file but count as two documents", shortened(one), shortened(other));
        Diagnostic::warning("project/same-file", message).at(Place::file(root.join(other)))
    });
    capped(warnings.collect(), "files that count as two documents")
}
