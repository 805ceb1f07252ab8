//! A project that was read becomes a folder: documents, what is known of them, codebook, and what people coded.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use super::exchange::{Exchange, Selection, Source, file_stem};
use super::offsets::RawText;
use super::read::ReadProject;
use super::write::RULES;
use crate::decisions::{self, Action, Decision, coder_name};
use crate::diag::{Diagnostic, Place};
use crate::disk;
use crate::ingest::{self, Limits};
use crate::project::{self, GITIGNORE, is_reserved};
use crate::report::text_csv;
use crate::segment::{self, Segment};

/// Code points of context that a coding is found again by when its document changes.
const AROUND: u32 = 40;

/// How much came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Unpacked {
    /// Documents written.
    pub documents: usize,
    /// Codes in the codebook.
    pub codes: usize,
    /// Codings, as decisions of their coders.
    pub codings: usize,
    /// Coders.
    pub coders: usize,
}

/// Whether a project can be made in `folder`: where nothing is yet.
///
/// # Errors
/// When something is there that would have to give way.
pub fn is_free(folder: &Path) -> Result<(), Diagnostic> {
    let is_free = match fs::read_dir(folder) {
        Ok(mut entries) => entries.next().is_none(),
        Err(error) => error.kind() == std::io::ErrorKind::NotFound,
    };
    if is_free {
        return Ok(());
    }
    let message = format!("`{}` is there already", folder.display());
    Err(Diagnostic::error("refi/not-overwritten", message).hint("name a folder that is not there yet"))
}

/// Makes a project folder of a project, whole or not at all.
///
/// # Errors
/// When something is there already, or the system refuses to write.
pub fn unpack(project: &ReadProject, folder: &Path) -> Result<Unpacked, Vec<Diagnostic>> {
    is_free(folder).map_err(|error| vec![error])?;
    let failed = |error: std::io::Error| {
        let message = format!("cannot write `{}`: {error}", folder.display());
        vec![Diagnostic::error("refi/unwritable", message).at(Place::file(folder))]
    };
    let parent = disk::folder_of(folder);
    fs::create_dir_all(parent).map_err(failed)?;
    let made = tempfile::Builder::new().prefix(".temakart-import").tempdir_in(parent).map_err(failed)?;
    let unpacked =
        Folder { root: made.path(), exchange: &project.exchange }.fill(project).map_err(|stop| match stop {
            Stop::Io(error) => failed(error),
            Stop::Decisions(error) => vec![error],
        })?;
    if folder.exists() {
        fs::remove_dir(folder).map_err(failed)?;
    }
    // It is a folder of the project now, so it is no longer removed at the end, and others may read it as usual.
    let made = made.keep();
    fs::rename(&made, folder).map_err(|error| {
        // The error of the renaming is the one to tell.
        let _ = fs::remove_dir_all(&made);
        failed(error)
    })?;
    open_to_others(folder).map_err(failed)?;
    Ok(unpacked)
}

/// Temporary folders are closed to others; a project's folder is as any that one makes.
#[cfg(unix)]
fn open_to_others(folder: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    let usual = fs::metadata(folder.join("documents"))?.permissions().mode();
    fs::set_permissions(folder, fs::Permissions::from_mode(usual))
}

#[cfg(not(unix))]
fn open_to_others(_: &Path) -> std::io::Result<()> {
    Ok(())
}

enum Stop {
    Io(std::io::Error),
    Decisions(Diagnostic),
}

impl From<std::io::Error> for Stop {
    fn from(error: std::io::Error) -> Self {
        Self::Io(error)
    }
}

struct Folder<'p> {
    root: &'p Path,
    exchange: &'p Exchange,
}

impl Folder<'_> {
    fn fill(&self, project: &ReadProject) -> Result<Unpacked, Stop> {
        fs::create_dir(self.root.join("documents"))?;
        let mut rows: Vec<(String, &BTreeMap<String, String>)> = Vec::new();
        for source in &self.exchange.sources {
            let path = format!("documents/{}.txt", source.name);
            fs::write(self.root.join(&path), source.text.as_bytes())?;
            rows.push((path, &source.values));
        }
        let mut taken: BTreeSet<String> = rows.iter().map(|(path, _)| path.to_lowercase()).collect();
        for (name, bytes, values) in &project.files {
            let (stem, extension) = name.rsplit_once('.').unwrap_or((name, "docx"));
            let stem = file_stem(stem, &mut taken);
            let path = format!("documents/{stem}.{extension}");
            fs::write(self.root.join(&path), bytes)?;
            rows.push((path, values));
        }
        fs::write(self.root.join("temakart.toml"), self.settings())?;
        fs::write(self.root.join("documents.csv"), self.manifest(&rows))?;
        fs::write(self.root.join("codebook.toml"), self.exchange.codes.toml())?;
        fs::write(self.root.join(".gitignore"), GITIGNORE)?;
        let (codings, coders) = self.decisions()?;
        let codes = self.exchange.codes.codes.len();
        Ok(Unpacked { documents: rows.len(), codes, codings, coders })
    }

    /// What attributes are called as columns, by the names of variables.
    fn columns(&self) -> Vec<(&str, String)> {
        let mut taken: BTreeSet<String> = BTreeSet::from(["path".to_owned()]);
        let mut columns = Vec::new();
        for variable in &self.exchange.variables {
            let mut name = project::common_name(&variable.name);
            if name.is_empty() || is_reserved(&name) {
                name.push('_');
            }
            while !taken.insert(name.clone()) {
                name.push('_');
            }
            columns.push((variable.name.as_str(), name));
        }
        columns
    }

    fn settings(&self) -> String {
        let mut out = String::from("format = 1\n");
        let _ = writeln!(out, "name = {}", toml_string(&self.exchange.name));
        let _ = writeln!(out, "documents = [\"documents\"]\ncodebook = \"codebook.toml\"");
        let columns = self.columns();
        for (variable, (_, column)) in self.exchange.variables.iter().zip(&columns) {
            if column != project::CASE && column != project::PHASE {
                continue;
            }
            let _ = writeln!(out, "\n[{column}]\nlabel = {}", toml_string(&variable.name));
            let mut seen = BTreeSet::new();
            let groups: Vec<String> = variable
                .groups
                .iter()
                .filter(|group| seen.insert(group.to_lowercase()))
                .map(|group| format!("  {{ id = {} }},\n", toml_string(group)))
                .collect();
            if !groups.is_empty() {
                let _ = writeln!(out, "values = [\n{}]", groups.concat());
            }
        }
        out
    }

    fn manifest(&self, rows: &[(String, &BTreeMap<String, String>)]) -> Vec<u8> {
        let mut columns = self.columns();
        // A manifest has these two in any case; their cells may be empty.
        for name in [project::CASE, project::PHASE] {
            if columns.iter().all(|(_, column)| column != name) {
                columns.push((name, name.to_owned()));
            }
        }
        let header: Vec<&str> = std::iter::once("path").chain(columns.iter().map(|(_, name)| name.as_str())).collect();
        let rows = rows.iter().map(|(path, values)| {
            let values = columns.iter().map(|(variable, _)| values.get(*variable).cloned().unwrap_or_default());
            std::iter::once(path.clone()).chain(values).collect()
        });
        text_csv(&header, rows)
    }

    /// Codings are additions by their coders. How many, of how many coders.
    fn decisions(&self) -> Result<(usize, usize), Stop> {
        let mut by_coder: BTreeMap<String, Vec<Decision>> = BTreeMap::new();
        let names = coders(self.exchange);
        for source in self.exchange.sources.iter().filter(|source| !source.selections.is_empty()) {
            let path = format!("documents/{}.txt", source.name);
            let segments = segments(&self.root.join(&path));
            let text = RawText::new(&source.text);
            for selection in &source.selections {
                let decision = self.decision(&path, source, selection, &text, &segments);
                by_coder.entry(names[selection.user.as_str()].clone()).or_default().push(decision);
            }
        }
        let mut n_codings = 0;
        for (coder, decisions) in &by_coder {
            decisions::append(self.root, coder, decisions).map_err(Stop::Decisions)?;
            n_codings += decisions.len();
        }
        Ok((n_codings, by_coder.len()))
    }

    fn decision(
        &self,
        path: &str,
        source: &Source,
        selection: &Selection,
        text: &RawText,
        segments: &[Segment],
    ) -> Decision {
        debug_assert_eq!(text.text.len(), source.text.len(), "line ends are LF already");
        let (before, quote, after) = text.cut((selection.start, selection.end), AROUND);
        let inside = segments.partition_point(|segment| segment.code_point <= selection.start);
        let mut decision = Decision::new(Action::Add, path);
        decision.at.clone_from(&selection.at);
        decision.segment = inside.checked_sub(1).map(|index| segments[index].number);
        decision.start = Some(selection.start);
        decision.end = Some(selection.end);
        decision.quote = quote.to_owned();
        decision.before = before.to_owned();
        decision.after = after.to_owned();
        decision.code = Some(self.exchange.codes.codes[selection.code].id.clone());
        decision.note = Some(selection.note.clone()).filter(|note| !note.is_empty());
        decision
    }
}

/// The segments that the document will have, to find its codings quickly; none where it cannot be read.
fn segments(location: &Path) -> Vec<Segment> {
    let unit = project::Segments::default().unit(None);
    let read = ingest::read(location, &Limits::default());
    read.map_or_else(|_| Vec::new(), |read| segment::split(&read.extracted, unit).segments)
}

/// What users are called as coders, whose names are files' too, by their names.
fn coders(exchange: &Exchange) -> BTreeMap<&str, String> {
    let mut names: BTreeMap<&str, String> = BTreeMap::new();
    let mut taken = BTreeSet::new();
    for user in exchange.sources.iter().flat_map(|source| &source.selections).map(|selection| selection.user.as_str()) {
        if names.contains_key(user) {
            continue;
        }
        let name = if user.is_empty() { RULES } else { user };
        let safe: String = name
            .chars()
            .map(|letter| if letter.is_alphanumeric() || " .-_'@+".contains(letter) { letter } else { '-' })
            .take(50)
            .collect();
        let safe = safe.trim_matches(['.', ' ']);
        let base = coder_name(safe).unwrap_or_else(|_| format!("person {safe}").trim_end().to_owned());
        let mut name = base.clone();
        let mut n = 1;
        while !taken.insert(name.to_lowercase()) {
            n += 1;
            name = format!("{base} {n}");
        }
        names.insert(user, name);
    }
    names
}

fn toml_string(text: &str) -> String {
    toml::Value::from(text).to_string()
}
