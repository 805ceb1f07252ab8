//! `speakers.csv` and `[speakers]`: who the speakers are, and whose words are context.
//!
//! Labels are compared without regard to case, composition and a colon at their end. What is said of a speaker in
//! one document outranks, cell by cell, what is said of the label in every document.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    sync::LazyLock,
};

use super::{
    config::Config,
    manifest::unknown_values,
    names::{CASE, comparable, normal_form, synonym},
    walk::normal_path,
};
use crate::diag::{Diagnostic, MAX_ERRORS, capped, did_you_mean, in_backticks, nearest_path, shortened};
use crate::sheet::{Cell, Columns, Table};
use crate::text::tidy;

/// Names of the files that list speakers, the first that is there being the one.
pub(super) const FILES: [&str; 2] = ["speakers.csv", "speakers.xlsx"];
/// Labels of those who ask, where the project does not name them.
pub const DEFAULT_EXCLUDE: [&str; 20] = [
    "Intervjuer",
    "Intervjueren",
    "Intervjuar",
    "Intervjuaren",
    "Interviewer",
    "Int",
    "I",
    "Q",
    "Spm",
    "Spørsmål",
    "Spørsmålsstiller",
    "Moderator",
    "Moderatoren",
    "Forsker",
    "Forskeren",
    "Forskar",
    "Forskaren",
    "Researcher",
    "Evaluator",
    "Evaluatør",
];

/// The same in the form in which labels are compared.
static USUAL: LazyLock<Vec<String>> = LazyLock::new(|| DEFAULT_EXCLUDE.map(comparable_label).to_vec());

/// The columns, and what else they may be called.
const COLUMNS: [(&str, &[&str]); 7] = [
    ("document", &["path", "file", "dokument", "fil", "sti", "filnavn", "filename"]),
    ("speaker", &["taler", "talar", "label", "merkelapp", "speaker_label"]),
    ("id", &["informant", "informant_id", "person", "speaker_id"]),
    ("role", &["rolle"]),
    (CASE, &["delpilot", "delprosjekt"]),
    ("pseudonym", &["alias", "dekknavn"]),
    ("exclude", &["utelat", "ekskluder", "utelate", "ekskludert", "excluded"]),
];
const NAMES: [&str; 7] = ["document", "speaker", "id", "role", CASE, "pseudonym", "exclude"];

/// What is known of the speakers of a project.
#[derive(Debug, Clone, Default)]
pub struct Speakers {
    everywhere: BTreeMap<String, Speaker>,
    /// How a label was first written, by how it is compared.
    written: BTreeMap<String, String>,
    /// By document, then by label, with what is said of the label everywhere filled in.
    within: BTreeMap<String, BTreeMap<String, Speaker>>,
    /// Labels of those whose words are context, as they are compared.
    exclude: Vec<String>,
    /// Labels of those whose words are context, as the project names them, where it does.
    named: Option<Vec<String>>,
}

/// What is known of one speaker.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Speaker {
    /// The person, the same across documents.
    pub id: Option<String>,
    /// What the person is: `virksomhetsleder`.
    pub role: Option<String>,
    /// The id of the case that the person speaks for, where a document spans cases.
    pub case: Option<String>,
    /// What stands for the label in every output.
    pub pseudonym: Option<String>,
    /// Whether the person's words are context; `None` where nothing is said of this speaker.
    pub exclude: Option<bool>,
}

/// A label as the project reads it, whatever document it stands in.
#[derive(Debug, Clone)]
pub struct SpeakerLabel<'s> {
    speakers: &'s Speakers,
    /// In the form in which labels are compared.
    label: String,
    /// Whether the project file's list or [`DEFAULT_EXCLUDE`] has it.
    is_excluded: bool,
    /// Whether it is a usual label of those who ask.
    is_usual: bool,
}

impl<'s> SpeakerLabel<'s> {
    /// What is known of the speaker in the document at `path`.
    #[must_use]
    pub fn speaker(&self, path: &str) -> Option<&'s Speaker> {
        let Speakers { within, everywhere, .. } = self.speakers;
        within.get(path).and_then(|speakers| speakers.get(&self.label)).or_else(|| everywhere.get(&self.label))
    }

    /// Whether what the speaker says in the document at `path` is context: `speakers.csv` decides, else the list of the
    /// project file or [`DEFAULT_EXCLUDE`], with or without a number behind (`Intervjuer 2`).
    #[must_use]
    pub fn is_excluded(&self, path: &str) -> bool {
        self.speaker(path).and_then(|speaker| speaker.exclude).unwrap_or(self.is_excluded)
    }

    /// Whether this is one of [`DEFAULT_EXCLUDE`] that is counted in the document at `path`, without a word about it.
    #[must_use]
    pub fn may_ask(&self, path: &str) -> bool {
        self.is_usual && !self.is_excluded && self.speaker(path).is_none_or(|speaker| speaker.exclude.is_none())
    }
}

impl Speakers {
    /// Reads a label, which can then be asked about in many documents.
    #[must_use]
    pub fn label(&self, label: &str) -> SpeakerLabel<'_> {
        let label = comparable_label(label);
        let is_excluded = is_named(&label, &self.exclude);
        let is_usual = is_named(&label, &USUAL);
        SpeakerLabel { speakers: self, label, is_excluded, is_usual }
    }

    /// What is known of the speaker called `label` in the document at `path`.
    #[must_use]
    pub fn get(&self, path: &str, label: &str) -> Option<&Speaker> {
        self.label(label).speaker(path)
    }

    /// Whether nothing is listed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.everywhere.is_empty() && self.within.is_empty()
    }

    /// Whether any speaker goes by another name in what we write.
    #[must_use]
    pub fn has_pseudonyms(&self) -> bool {
        !self.pseudonymised().is_empty()
    }

    /// The labels of those who, in whatever document, go by another name in what we write; in the form in which labels
    /// are compared.
    #[must_use]
    pub fn pseudonymised(&self) -> BTreeSet<&str> {
        let all = self.within.values().chain([&self.everywhere]).flatten();
        all.filter(|(_, speaker)| speaker.pseudonym.is_some()).map(|(label, _)| label.as_str()).collect()
    }

    /// Whether a row of the table is about the speaker called `label` in the document at `path`.
    #[must_use]
    pub fn lists(&self, path: &str, label: &str) -> bool {
        self.within.get(path).is_some_and(|speakers| speakers.contains_key(&comparable_label(label)))
    }

    /// The labels that are listed for the document at `path` itself, in the form in which labels are compared.
    pub fn listed_in(&self, path: &str) -> impl Iterator<Item = &str> {
        self.within.get(path).into_iter().flatten().map(|(label, _)| label.as_str())
    }

    /// The speakers listed for the document at `path`, or for every document, that none of `labels` is; as they are
    /// written.
    pub fn without<'a>(&'a self, path: Option<&str>, labels: &[&str]) -> impl Iterator<Item = &'a str> + use<'a> {
        let labels: BTreeSet<String> = labels.iter().map(|label| comparable_label(label)).collect();
        let listed = match path {
            Some(path) => self.within.get(path),
            None => Some(&self.everywhere),
        };
        let silent = listed.into_iter().flatten().map(|(label, _)| label).filter(move |label| !labels.contains(*label));
        silent.map(|label| self.written.get(label).unwrap_or(label).as_str())
    }

    /// Whether the project names those who ask, so that the usual labels do not hold. An empty list is a word of its
    /// own: nobody is left out.
    #[must_use]
    pub fn has_own_list(&self) -> bool {
        self.named.as_ref().is_some_and(|named| !named.is_empty())
    }

    /// Of the list in the project file, what shuts out any of `labels`; `None` where there is no list.
    #[must_use]
    pub fn named_for(&self, labels: &BTreeSet<&str>) -> Option<Vec<String>> {
        let shuts_out = |name: &&String| {
            let alone = Self::excluding(Some(std::slice::from_ref(*name)));
            labels.iter().any(|label| alone.label(label).is_excluded)
        };
        Some(self.named.as_ref()?.iter().filter(shuts_out).cloned().collect())
    }

    /// The list of the project file, or the default.
    pub(super) fn excluding(labels: Option<&[String]>) -> Self {
        let exclude = match labels {
            Some(labels) => labels.iter().map(|label| comparable_label(label)).collect(),
            None => USUAL.to_vec(),
        };
        Self { exclude, named: labels.map(<[String]>::to_vec), ..Self::default() }
    }

    /// Adds what the table at `path` says. `documents` are the paths of all documents in order, where they are
    /// known. What is wrong is added to `errors`, what was found out to `notes`.
    pub(super) fn read(
        &mut self,
        path: &Path,
        config: &Config,
        documents: Option<&[&str]>,
        errors: &mut Vec<Diagnostic>,
        notes: &mut Vec<Diagnostic>,
    ) -> Option<Table> {
        let canonical = |name: &str| {
            let name = normal_form(name);
            if config.names.case_label.as_ref() == Some(&name) && !NAMES.contains(&name.as_str()) {
                return CASE.to_owned();
            }
            synonym(&name, &COLUMNS).map_or(name, str::to_owned)
        };
        let is_known = |name: &str| NAMES.contains(&canonical(name).as_str());
        let table = Table::read_or_tell(path, is_known, errors, notes)?;
        let columns = Columns::of(&table, canonical, errors);
        let unused = unknown_columns(&table, &columns, errors);
        let n = table.rows.len();
        let speakers = if n == 1 { "1 speaker" } else { &format!("{n} speakers") };
        let mut message = format!("`{}` lists {speakers}; {}", table.name(), table.form);
        if !unused.is_empty() {
            message += &format!("; not used: {}", in_backticks(&unused));
        }
        notes.push(Diagnostic::note("speakers/form", message));
        if columns.index("speaker").is_none() {
            errors.push(Columns::missing(&table, "speakers/missing-column", "speaker"));
            return Some(table);
        }
        if let Some(index) = columns.index(CASE) {
            errors.extend(unknown_values(&table, "speakers/unknown-value", (CASE, index), &config.case));
        }
        let rows = Rows { table: &table, columns: &columns, config, documents };
        self.take(&rows, errors);
        Some(table)
    }

    fn take(&mut self, rows: &Rows<'_>, errors: &mut Vec<Diagnostic>) {
        let mut seen: BTreeMap<(Option<String>, String), &Cell> = BTreeMap::new();
        let (mut nameless, mut lost, mut twice, mut unclear) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for row in &rows.table.rows {
            let Some(cell) = rows.cell(row, "speaker") else {
                let place = row.iter().find(|cell| !cell.text.is_empty()).or(row.first());
                let error = Diagnostic::error("speakers/no-speaker", "a row names no speaker");
                nameless.extend(place.map(|cell| error.at(rows.table.place(cell, "this row has no speaker"))));
                continue;
            };
            let document = match rows.document(row, lost.len() < MAX_ERRORS) {
                Ok(document) => document,
                Err(error) => {
                    lost.push(error);
                    continue;
                }
            };
            let label = comparable_label(&cell.text);
            if let Some(first) = seen.get(&(document.clone(), label.clone())) {
                let error = Diagnostic::error(
                    "speakers/listed-twice",
                    format!("the speaker `{}` is listed twice", shortened(&cell.text)),
                )
                .at(rows.table.place(cell, "listed again here"))
                .at(rows.table.place(first, "listed first here"));
                twice.push(error);
                continue;
            }
            seen.insert((document.clone(), label.clone()), cell);
            self.written.entry(label.clone()).or_insert_with(|| tidy(&cell.text).into_owned());
            let speaker = rows.speaker(row, &mut unclear);
            match document {
                Some(document) => {
                    self.within.entry(document).or_default().insert(label, speaker);
                }
                None => {
                    self.everywhere.insert(label, speaker);
                }
            }
        }
        errors.extend(capped(nameless, "rows without a speaker"));
        errors.extend(capped(lost, "rows whose document is not there"));
        errors.extend(capped(twice, "speakers that are listed twice"));
        errors.extend(capped(unclear, "such cells"));
        for (label, speaker) in self.within.values_mut().flatten() {
            if let Some(general) = self.everywhere.get(label) {
                speaker.fill_from(general);
            }
        }
    }
}

impl Speaker {
    fn fill_from(&mut self, general: &Self) {
        let fill = |own: &mut Option<String>, other: &Option<String>| *own = own.take().or_else(|| other.clone());
        fill(&mut self.id, &general.id);
        fill(&mut self.role, &general.role);
        fill(&mut self.case, &general.case);
        fill(&mut self.pseudonym, &general.pseudonym);
        self.exclude = self.exclude.or(general.exclude);
    }
}

struct Rows<'r> {
    table: &'r Table,
    columns: &'r Columns,
    config: &'r Config,
    documents: Option<&'r [&'r str]>,
}

impl Rows<'_> {
    /// The cell of `row` in the column `name`, if it holds anything.
    fn cell<'c>(&self, row: &'c [Cell], name: &str) -> Option<&'c Cell> {
        row.get(self.columns.index(name)?).filter(|cell| !cell.text.is_empty())
    }

    fn text(&self, row: &[Cell], name: &str) -> Option<String> {
        self.cell(row, name).map(|cell| cell.text.clone())
    }

    /// The document that `row` is about; `None` for every document. An error says what may be meant if it is `told`.
    fn document(&self, row: &[Cell], told: bool) -> Result<Option<String>, Diagnostic> {
        let Some(cell) = self.cell(row, "document") else { return Ok(None) };
        // A pseudonym for a document that is misspelt would leave the name in every output.
        let error = || {
            Diagnostic::error(
                "speakers/unknown-document",
                format!("`{}` is not a document of the project", shortened(&cell.text)),
            )
        };
        let Some(path) = normal_path(&cell.text) else {
            return Err(error().at(self.table.place(cell, "is outside the project")));
        };
        let Some(documents) = self.documents else { return Ok(Some(path)) };
        if documents.binary_search(&path.as_str()).is_ok() {
            return Ok(Some(path));
        }
        let error = error().at(self.table.place(cell, "no document has this path"));
        Err(match if told { nearest_path(&path, documents) } else { None } {
            Some(near) => error.hint(format!("did you mean `{near}`?")),
            None => error.hint("paths are relative to the project folder; an empty cell means every document"),
        })
    }

    fn speaker(&self, row: &[Cell], unclear: &mut Vec<Diagnostic>) -> Speaker {
        let exclude = self.cell(row, "exclude").and_then(|cell| {
            let answer = yes_or_no(&cell.text);
            if answer.is_none() {
                unclear.push(
                    Diagnostic::error("speakers/unclear", format!("`{}` is neither yes nor no", shortened(&cell.text)))
                        .at(self.table.place(cell, "expected ja, nei, yes, no, x or nothing")),
                );
            }
            answer
        });
        Speaker {
            id: self.text(row, "id"),
            role: self.text(row, "role"),
            case: self.text(row, CASE).and_then(|case| self.config.case.resolve(&case)),
            pseudonym: self.text(row, "pseudonym"),
            exclude,
        }
    }
}

/// Columns that are not ours: an error where one is nearly ours, since a misspelt `pseudonym` would show names.
fn unknown_columns<'t>(table: &'t Table, columns: &Columns, errors: &mut Vec<Diagnostic>) -> Vec<&'t str> {
    let mut unused = Vec::new();
    for (name, index) in columns.in_order() {
        if NAMES.contains(&name) {
            continue;
        }
        let cell = &table.header[index];
        match did_you_mean(name, NAMES) {
            Some(near) => errors.push(
                Diagnostic::error("speakers/unknown-column", format!("unknown column `{}`", shortened(&cell.text)))
                    .at(table.place(cell, "not a column of speakers.csv"))
                    .hint(format!("did you mean `{near}`?")),
            ),
            None => unused.push(cell.text.as_str()),
        }
    }
    unused
}

/// The form in which labels are compared.
pub(crate) fn comparable_label(label: &str) -> String {
    // `Int.` abbreviates what `Int` does.
    comparable(label.trim().trim_end_matches([':', '.']))
}

/// Whether `label` is one of [`DEFAULT_EXCLUDE`], with or without a number behind.
pub(crate) fn is_usual_label(label: &str) -> bool {
    is_named(&comparable_label(label), &USUAL)
}

fn yes_or_no(text: &str) -> Option<bool> {
    match comparable(text).as_str() {
        "ja" | "j" | "yes" | "y" | "x" | "1" | "true" | "sann" | "sant" => Some(true),
        "nei" | "n" | "no" | "0" | "false" | "usann" | "usant" | "-" => Some(false),
        _ => None,
    }
}

/// Whether `label`, in the form in which labels are compared, is one of `names`, with or without a number behind.
fn is_named(label: &str, names: &[String]) -> bool {
    let name = label.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, ' ' | '.'));
    let name = name.strip_suffix(" nr").unwrap_or(name);
    // `I 2` and `F1` are as likely informants.
    let name = if name.chars().nth(1).is_some() { name } else { label };
    names.iter().any(|excluded| excluded == label || excluded == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(labels: Option<&[&str]>, label: &str, expected: bool) {
        let labels = labels.map(|labels| labels.iter().map(ToString::to_string).collect::<Vec<_>>());
        let speakers = Speakers::excluding(labels.as_deref());
        assert_eq!(speakers.label(label).is_excluded("a.txt"), expected, "{label}");
    }

    #[test]
    fn those_who_ask_are_context_by_default() {
        check(None, "Intervjuer", true);
        check(None, "INTERVJUAR:", true);
        check(None, "Intervjuer 2", true);
        check(None, "Int.", true);
        check(None, "Int. 2", true);
        check(None, "Intervjuer nr. 2", true);
        check(None, "I", true);
        check(None, "I2", false);
        check(None, "Informant 1", false);
        check(None, "Forskningsleder", false);
    }

    #[test]
    fn the_projects_own_list_takes_the_place_of_the_default() {
        check(Some(&["Møteleder"]), "møteleder", true);
        check(Some(&["Møteleder"]), "Intervjuer", false);
        check(Some(&[]), "Intervjuer", false);
    }

    #[test]
    fn the_usual_labels_that_an_own_list_leaves_out_are_seen() {
        let may_ask = |labels: Option<&[&str]>, label: &str| {
            let labels = labels.map(|labels| labels.iter().map(ToString::to_string).collect::<Vec<_>>());
            let speakers = Speakers::excluding(labels.as_deref());
            speakers.has_own_list() && speakers.label(label).may_ask("a.txt")
        };
        assert!(may_ask(Some(&["Moderator"]), "Intervjuer 2"));
        assert!(!may_ask(Some(&["Moderator"]), "Moderator"));
        assert!(!may_ask(Some(&["Moderator"]), "Kari"));
        assert!(!may_ask(Some(&[]), "Intervjuer"));
        assert!(!may_ask(None, "Intervjuer"));
    }
}
