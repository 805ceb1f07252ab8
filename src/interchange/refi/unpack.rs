//! A project that was read becomes a folder: documents, what is known of them, codebook, and what people coded.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use super::exchange::{Exchange, FileStems, Selection, Source};
use super::offsets::RawText;
use super::own::{OwnFormat, OwnProject, OwnSpeaker, OwnValue};
use super::read::ReadProject;
use super::write::RULES_USER;
use crate::decisions::{self, Action, Decision, coder_name};
use crate::diag::{Diagnostic, Place};
use crate::disk;
use crate::ingest::{self, Limits};
use crate::interchange::coded::stance_in;
use crate::interchange::draft::one_line;
use crate::interchange::unique::Unique;
use crate::project::{self, GITIGNORE, comparable_label, is_reserved, toml_string};
use crate::report::text_csv;
use crate::segment::{self, Segment, SegmentUnit};
use crate::text::CodePoints;

/// Code points of context that a coding is found again by when its document changes.
const AROUND: u32 = 240;

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
    let message = format!("`{}` already exists", folder.display());
    Err(Diagnostic::error("refi/not-overwritten", message).hint("name a folder that does not exist yet"))
}

/// Makes a project folder of a project, whole or not at all.
///
/// # Errors
/// When something is there already, the codes make no codebook, or the system refuses to write.
pub fn unpack(project: &ReadProject, folder: &Path) -> Result<Unpacked, Vec<Diagnostic>> {
    is_free(folder).map_err(|error| vec![error])?;
    // A project without codes waits for some; one whose codes cannot be read would open for no verb.
    if !project.exchange.codes.codes.is_empty() {
        project.exchange.codes.check(&folder.join("codebook.toml"))?;
    }
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
            let path = path_of(source);
            fs::write(self.root.join(&path), source.text.as_bytes())?;
            rows.push((path, &source.values));
        }
        let mut stems = FileStems::default();
        for (name, bytes, values) in &project.files {
            let (stem, extension) = name.rsplit_once('.').unwrap_or((name, "docx"));
            let stem = stems.take(stem);
            let path = format!("documents/{stem}.{extension}");
            fs::write(self.root.join(&path), bytes)?;
            rows.push((path, values));
        }
        fs::write(self.root.join("temakart.toml"), self.settings())?;
        fs::write(self.root.join("documents.csv"), self.manifest(&rows))?;
        if let Some(speakers) = self.speakers() {
            fs::write(self.root.join("speakers.csv"), speakers)?;
        }
        fs::write(self.root.join("codebook.toml"), self.exchange.codes.toml())?;
        fs::write(self.root.join(".gitignore"), GITIGNORE)?;
        let (codings, coders) = self.decisions()?;
        let codes = self.exchange.codes.codes.len();
        Ok(Unpacked { documents: rows.len(), codes, codings, coders })
    }

    /// What attributes are called as columns, by the names of variables.
    fn columns(&self) -> Vec<(&str, String)> {
        let mut unique = Unique::default();
        unique.take("path".to_owned(), |base, _| base.to_owned());
        let mut columns = Vec::new();
        let OwnProject { case, phase, .. } = &self.exchange.own;
        let told = [(case, project::CASE), (phase, project::PHASE)];
        for variable in &self.exchange.variables {
            let told = told.iter().find(|(own, _)| own.as_deref() == Some(&*variable.name));
            let mut name = told.map_or_else(|| project::common_name(&variable.name), |(_, name)| (*name).to_owned());
            if name.is_empty() || is_reserved(&name) {
                name.push('_');
            }
            let name = unique.take(name, |base, n| if n == 2 { format!("{base}_") } else { format!("{base}_{n}") });
            columns.push((variable.name.as_str(), name));
        }
        columns
    }

    fn settings(&self) -> String {
        let mut out = String::from("format = 1\n");
        let _ = writeln!(out, "name = {}", toml_string(&self.exchange.name));
        let own = &self.exchange.own;
        let mut languages = own.languages.clone();
        languages.retain(|language| project::is_language(language));
        if !languages.is_empty() {
            let _ = writeln!(out, "languages = {}", toml_strings(&languages));
        }
        let _ = writeln!(out, "documents = [\"documents\"]\ncodebook = \"codebook.toml\"");
        let columns = self.columns();
        for (variable, (_, column)) in self.exchange.variables.iter().zip(&columns) {
            if column != project::CASE && column != project::PHASE {
                continue;
            }
            let _ = writeln!(out, "\n[{column}]\nlabel = {}", toml_string(&variable.name));
            let values = self.values(&variable.groups, column == project::CASE);
            if !values.is_empty() {
                let _ = writeln!(out, "values = [\n{}]", values.concat());
            }
        }
        let segments = self.segments();
        let (all, types) = segments.names();
        if let Some(all) = all {
            let _ = writeln!(out, "\n[segments]\nby = {}", toml_string(all));
        }
        let types: Vec<String> =
            types.map(|(name, unit)| format!("{} = {}\n", toml_string(name), toml_string(unit))).collect();
        if !types.is_empty() {
            let _ = write!(out, "\n[segments.types]\n{}", types.concat());
        }
        if let Some(exclude) = &own.exclude {
            let _ = writeln!(out, "\n[speakers]\nexclude = {}", toml_strings(exclude));
        }
        out
    }

    /// How the documents of the project were cut.
    fn segments(&self) -> project::Segments {
        let own = &self.exchange.own;
        let types = own.types.iter().map(|(name, unit)| (name.as_str(), unit.as_str()));
        project::Segments::named(own.segments.as_deref(), types)
    }

    /// The values of case or phase, each with all its names; no name means two.
    fn values(&self, groups: &[String], is_case: bool) -> Vec<String> {
        let own = if is_case { &self.exchange.own.cases } else { &self.exchange.own.phases };
        // By name, the value that goes by it, of which one may go by a name in several spellings.
        let mut taken: BTreeMap<String, usize> = BTreeMap::new();
        let mut lines = Vec::new();
        let mut declare = |value: &OwnValue| {
            if value.id.is_empty() || taken.contains_key(&project::comparable(&value.id)) {
                return;
            }
            let number = lines.len();
            let mut is_own =
                |name: &String| !name.is_empty() && *taken.entry(project::comparable(name)).or_insert(number) == number;
            let has_label = is_own(&value.id) && is_own(&value.label) && value.label != value.id;
            let label = if has_label { format!(", label = {}", toml_string(&value.label)) } else { String::new() };
            let aliases: Vec<&String> = value.aliases.iter().filter(|name| is_own(name)).collect();
            let aliases =
                if aliases.is_empty() { String::new() } else { format!(", aliases = {}", toml_strings(&aliases)) };
            lines.push(format!("  {{ id = {}{label}{aliases} }},\n", toml_string(&value.id)));
        };
        let by_label: BTreeMap<&str, &OwnValue> = own.iter().map(|value| (value.label.as_str(), value)).collect();
        for group in groups {
            match by_label.get(group.as_str()) {
                Some(value) => declare(value),
                None => declare(&OwnValue { id: group.clone(), ..OwnValue::default() }),
            }
        }
        // What only speakers are of.
        let of_speakers = self.exchange.sources.iter().flat_map(|source| &source.own.speakers);
        for case in of_speakers.filter(|_| is_case && !groups.is_empty()).filter_map(|speaker| speaker.case.as_ref()) {
            declare(&OwnValue { id: case.clone(), ..OwnValue::default() });
        }
        lines
    }

    /// Who speaks, where anything is known of anybody.
    fn speakers(&self) -> Option<Vec<u8>> {
        let header = ["document", "speaker", "id", "role", "case", "pseudonym", "exclude"];
        let mut rows = Vec::new();
        for source in &self.exchange.sources {
            let mut seen = BTreeSet::new();
            for speaker in &source.own.speakers {
                let label = one_line(&speaker.label);
                if label.is_empty() || !seen.insert(comparable_label(&label)) {
                    continue;
                }
                let cell = |said: &Option<String>| said.as_deref().map(one_line).unwrap_or_default();
                let exclude = speaker.exclude.map_or("", |exclude| if exclude { "ja" } else { "nei" });
                let OwnSpeaker { id, role, case, pseudonym, .. } = speaker;
                let [id, role, case, pseudonym] = [id, role, case, pseudonym].map(cell);
                rows.push(vec![path_of(source), label, id, role, case, pseudonym, exclude.to_owned()]);
            }
        }
        (!rows.is_empty()).then(|| text_csv(&header, rows))
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

    /// Codings are additions by their coders; beside them, who has read what. How many codings, of how many coders.
    fn decisions(&self) -> Result<(usize, usize), Stop> {
        let mut by_coder: BTreeMap<String, Vec<Decision>> = BTreeMap::new();
        let names = coders(self.exchange);
        let units = self.segments();
        let columns = self.columns();
        let of_type = columns.iter().find(|(_, column)| column == project::TYPE).map(|(variable, _)| *variable);
        let mut n_codings = 0;
        for source in &self.exchange.sources {
            let path = path_of(source);
            if source.selections.is_empty() && source.own.read.is_empty() {
                continue;
            }
            let document_type = of_type.and_then(|variable| source.values.get(variable));
            let unit = units.unit(document_type.map(String::as_str));
            let cut = CutText::read(&self.root.join(&path), unit, &source.own.speakers);
            if !source.selections.is_empty() {
                let text = RawText::new(&source.text);
                for selection in &source.selections {
                    let decision = self.decision(&path, source, selection, &text, &cut);
                    by_coder.entry(names[selection.user.as_str()].clone()).or_default().push(decision);
                }
                n_codings += source.selections.len();
            }
            for reading in &source.own.read {
                let own = by_coder.entry(names[reading.coder.as_str()].clone()).or_default();
                let read = |segment: Option<u32>| Decision { segment, ..Decision::new(Action::Read, &path) };
                // No more than there are, whatever the file says.
                let there = cut.segments.iter().map(|segment| segment.number).filter(|number| reading.has(*number));
                match reading.segments.is_empty() {
                    true => own.push(read(None)),
                    false => own.extend(there.map(|number| read(Some(number)))),
                }
            }
        }
        for (coder, decisions) in &by_coder {
            decisions::append(self.root, coder, decisions).map_err(Stop::Decisions)?;
        }
        Ok((n_codings, by_coder.len()))
    }

    fn decision(&self, path: &str, source: &Source, selection: &Selection, text: &RawText, cut: &CutText) -> Decision {
        debug_assert_eq!(text.text.len(), source.text.len(), "line ends are LF already");
        let (before, quote, after) = text.cut((selection.start, selection.end), AROUND);
        let (before, after) = cut
            .around((selection.start, selection.end), quote)
            .unwrap_or_else(|| (before.to_owned(), after.to_owned()));
        let segments = &cut.segments;
        let inside = segments.partition_point(|segment| segment.code_point <= selection.start);
        let mut decision = Decision::new(Action::Add, path);
        decision.at.clone_from(&selection.at);
        decision.segment = inside.checked_sub(1).map(|index| segments[index].number);
        decision.start = Some(selection.start);
        decision.end = Some(selection.end);
        decision.quote = quote.to_owned();
        decision.before = before;
        decision.after = after;
        decision.code = Some(self.exchange.codes.codes[selection.code].id.clone());
        // What the rules of another program, or a person, make of a passage is not known: its words tell.
        decision.stance = Some(&selection.note).filter(|_| selection.user.is_empty()).and_then(|note| stance_in(note));
        decision.note = Some(selection.note.clone()).filter(|note| !note.is_empty());
        decision
    }
}

/// Where a source's text goes.
fn path_of(source: &Source) -> String {
    let extension = match source.own.format {
        Some(OwnFormat::Markdown) => "md",
        None => "txt",
    };
    format!("documents/{}.{extension}", source.name)
}

/// A document as it will be cut, to find its codings quickly; empty where it cannot be read.
struct CutText {
    text: String,
    code_points: CodePoints,
    segments: Vec<Segment>,
}

impl CutText {
    /// `speakers` are those that the project will list for it.
    fn read(location: &Path, unit: SegmentUnit, speakers: &[OwnSpeaker]) -> Self {
        let listed: BTreeSet<String> = speakers.iter().map(|speaker| comparable_label(&speaker.label)).collect();
        let is_listed = |label: &str| listed.contains(&comparable_label(label));
        let (text, segments) = match ingest::read(location, &Limits::default()) {
            Ok(read) => {
                let segments = segment::split(&read.extracted, unit, &is_listed).segments;
                (read.extracted.text, segments)
            }
            Err(_) => (String::new(), Vec::new()),
        };
        Self { code_points: CodePoints::of(&text), text, segments }
    }

    /// What stands around a quote, without what stands between segments.
    fn around(&self, (start, end): (u32, u32), quote: &str) -> Option<(String, String)> {
        let byte = |code_point| self.code_points.byte(&self.text, code_point);
        let (from, to) = (byte(start)?, byte(end)?);
        if self.segments.is_empty() || self.text.get(from..to)? != quote {
            return None;
        }
        let text = |segment: &Segment| Ok(&self.text[segment.span.start()..segment.span.end()]);
        let n_left = self.segments.partition_point(|segment| segment.span.end() <= from);
        let n_until = self.segments.partition_point(|segment| segment.span.start() < to);
        let own_left = self.segments.get(n_left).filter(|segment| segment.span.start() < from);
        let own_left = own_left.map_or("", |segment| &self.text[segment.span.start()..from]);
        let own_right = self.segments[..n_until].last().filter(|segment| segment.span.end() > to);
        let own_right = own_right.map_or("", |segment| &self.text[to..segment.span.end()]);
        let before = decisions::before(start, own_left, self.segments[..n_left].iter().rev().map(text));
        let after = decisions::after(own_right, self.segments[n_until..].iter().map(text));
        before.ok().zip(after.ok())
    }
}

/// What users are called as coders, whose names are files' too, by their names.
fn coders(exchange: &Exchange) -> BTreeMap<&str, String> {
    let mut names: BTreeMap<&str, String> = BTreeMap::new();
    let mut unique = Unique::default();
    let of_codings = exchange.sources.iter().flat_map(|source| &source.selections).map(|selection| &selection.user);
    let of_readings = exchange.sources.iter().flat_map(|source| &source.own.read).map(|reading| &reading.coder);
    for user in of_codings.chain(of_readings).map(String::as_str) {
        if names.contains_key(user) {
            continue;
        }
        let name = if user.is_empty() { RULES_USER } else { user };
        let safe: String = name
            .chars()
            .map(|letter| if letter.is_alphanumeric() || " .-_'@+".contains(letter) { letter } else { '-' })
            .take(50)
            .collect();
        let safe = safe.trim_matches(['.', ' ']);
        let base = coder_name(safe).unwrap_or_else(|_| format!("person {safe}").trim_end().to_owned());
        names.insert(user, unique.take(base, |base, n| format!("{base} {n}")));
    }
    names
}

fn toml_strings(texts: &[impl AsRef<str>]) -> String {
    let texts: Vec<String> = texts.iter().map(|text| toml_string(text.as_ref())).collect();
    format!("[{}]", texts.join(", "))
}
