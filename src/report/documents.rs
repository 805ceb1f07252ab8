//! The documents of a run, one row each: as JSON, as a sheet and as a table.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use super::ordered_json::pretty;
use super::{Table, TableStyle, Views, text_csv};
use crate::diag::Warning;
use crate::index::Corpus;
use crate::ingest::Format;
use crate::material::{Material, RowState, SpeakerWords};
use crate::project::{CASE, DATE, LANGUAGE, PHASE, TYPE};

/// The documents of a run.
#[derive(Debug)]
pub struct DocumentsReport<'a> {
    /// The project's name.
    pub project: &'a str,
    /// The documents.
    pub corpus: &'a Corpus,
    /// Which of them the run lists, and how much of each counts.
    pub material: &'a Material,
    /// What must be known of them.
    pub warnings: &'a [Warning],
}

#[derive(Serialize)]
struct Object<'a> {
    format: u32,
    project: &'a str,
    documents: Vec<Row<'a>>,
    warnings: &'a [Warning],
}

/// What is shown of one document. Totals are of material; context is what interviewers and headings hold.
#[derive(Serialize)]
struct Row<'a> {
    path: &'a str,
    case: Option<&'a str>,
    phase: Option<&'a str>,
    format: &'a str,
    encoding: Option<&'a str>,
    language: Option<&'a str>,
    segments_total: u64,
    words_total: u64,
    context_segments: u64,
    context_words: u64,
    speakers: Vec<Label<'a>>,
    attributes: &'a BTreeMap<String, String>,
    problems: Vec<&'a str>,
    read: bool,
}

#[derive(Serialize)]
struct Label<'a> {
    speaker: &'a str,
    words: u64,
    context: bool,
}

impl<'a> From<SpeakerWords<'a>> for Label<'a> {
    fn from(own: SpeakerWords<'a>) -> Self {
        Self { speaker: own.speaker, words: own.words, context: own.is_context }
    }
}

impl Views for DocumentsReport<'_> {
    /// One JSON object, with a final line end.
    fn json(&self) -> String {
        let documents = self.rows().collect();
        pretty(&Object { format: 1, project: self.project, documents, warnings: self.warnings })
    }

    /// A sheet with a column for each attribute that documents have.
    fn csv(&self) -> Vec<u8> {
        let names = self.material.document_attribute_names(self.corpus);
        let mut header = vec!["document"];
        header.extend(names.iter().map(String::as_str));
        header.extend(["format", "encoding", "words_total", "segments_total", "context_words", "speakers", "problems"]);
        let records = self.rows().map(|row| {
            let mut record = vec![row.path.to_owned()];
            record.extend(names.iter().map(|name| row.attributes.get(name).cloned().unwrap_or_default()));
            record.extend([
                row.format.to_owned(),
                row.encoding.unwrap_or_default().to_owned(),
                row.words_total.to_string(),
                row.segments_total.to_string(),
                row.context_words.to_string(),
                labels(&row.speakers),
                row.problems.join("; "),
            ]);
            record
        });
        text_csv(&header, records)
    }

    /// The columns that people ask for first, as Markdown.
    fn markdown(&self) -> String {
        let documents = Documents::of(self, false);
        documents.table(&documents.all().collect::<Vec<_>>()).markdown()
    }

    /// The columns that people ask for first, and of the others those that there is room for.
    fn text(&self, style: TableStyle) -> String {
        Documents::of(self, true).fitting(style.width).render(style)
    }
}

impl DocumentsReport<'_> {
    fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.material.documents_listed(self.corpus).map(|document| self.row(document))
    }

    fn row(&self, document: usize) -> Row<'_> {
        let record = &self.corpus.documents()[document];
        let counted = self.material.counted(self.corpus, document);
        Row {
            path: &record.path,
            case: self.material.attribute(document, CASE),
            phase: self.material.attribute(document, PHASE),
            format: record.outcome.format.map_or("", Format::name),
            encoding: record.outcome.encoding.as_deref(),
            language: record.outcome.language.as_deref(),
            segments_total: counted.material.segments,
            words_total: counted.material.words,
            context_segments: counted.context.segments,
            context_words: counted.context.words,
            speakers: self.material.speakers_of(self.corpus, document).into_iter().map(Label::from).collect(),
            attributes: self.material.attributes(document),
            problems: record.outcome.all_problems().map(|problem| problem.message.as_str()).collect(),
            read: record.outcome.failure.is_none(),
        }
    }
}

/// The documents as columns of texts.
struct Documents {
    /// What a document is found by: its path, case and phase; then how much it holds.
    first: Vec<Column>,
    /// What is shown where there is room: what is found in the file, then further attributes.
    further: Vec<Column>,
    /// Those who speak, by name, the ones who are context last.
    speakers: Column,
}

struct Column {
    name: String,
    cells: Vec<String>,
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Path,
    /// Case or phase.
    Place,
    Text,
    Number,
}

/// A column of names that is cut to less than this says nothing.
const LEAST_ROOM: usize = 18;

impl Documents {
    /// The documents of `report`; `is_short` leaves out the folders that all have in common.
    fn of(report: &DocumentsReport<'_>, is_short: bool) -> Self {
        let (material, corpus) = (report.material, report.corpus);
        let documents: Vec<usize> = material.documents_listed(corpus).collect();
        let rows: Vec<Row<'_>> = report.rows().collect();
        let column = |name: &str, kind: Kind, cell: &dyn Fn(usize) -> String| Column {
            name: name.to_owned(),
            cells: (0..rows.len()).map(cell).collect(),
            kind,
        };
        let shared = if is_short { shared_folders(rows.iter().map(|row| row.path)) } else { "" };
        let heading = if shared.is_empty() { "document".to_owned() } else { format!("{shared}…") };
        let mut first = vec![column(&heading, Kind::Path, &|at| rows[at].path[shared.len()..].to_owned())];
        for name in [CASE, PHASE] {
            let shown = column(name, Kind::Place, &|at| shown_value(material, corpus, documents[at], name));
            first.extend((!shown.is_empty()).then_some(shown));
        }
        let segments = |row: &Row<'_>| if row.read { row.segments_total.to_string() } else { "not read".to_owned() };
        let n_speakers = |at: usize| match material.n_speakers(corpus, documents[at]) {
            Some(n) if rows[at].read => n.to_string(),
            _ => "–".to_owned(),
        };
        first.extend([
            column("words", Kind::Number, &|at| rows[at].words_total.to_string()),
            column("segments", Kind::Number, &|at| segments(&rows[at])),
            column("speakers", Kind::Number, &n_speakers),
        ]);
        let mut further = vec![
            column("format", Kind::Text, &|at| rows[at].format.to_owned()),
            column("language", Kind::Text, &|at| rows[at].language.unwrap_or("–").to_owned()),
        ];
        let mut names = material.document_attribute_names(corpus);
        names.retain(|name| ![CASE, PHASE, LANGUAGE].contains(&name.as_str()));
        // Stable: the others stay in their order.
        names.sort_by_key(|name| [TYPE, DATE].iter().position(|first| name == first).unwrap_or(2));
        let value = |at: usize, name: &str| rows[at].attributes.get(name).cloned().unwrap_or_default();
        further.extend(names.iter().map(|name| column(name, Kind::Text, &|at| value(at, name))));
        further.retain(|column| !column.is_empty());
        let speakers = column("who", Kind::Text, &|at| {
            let (own, context): (Vec<_>, Vec<_>) = rows[at].speakers.iter().partition(|label| !label.context);
            labels(own.into_iter().chain(context))
        });
        Self { first, further, speakers }
    }

    fn all(&self) -> impl Iterator<Item = &Column> {
        let speakers = Some(&self.speakers).filter(|column| !column.is_empty());
        self.first.iter().chain(&self.further).chain(speakers)
    }

    /// As many columns as `width` has room for, and as few as tell the documents apart.
    fn fitting(&self, width: usize) -> Table {
        let mut shown: Vec<&Column> = self.first.iter().collect();
        if !self.table(&shown).tells_rows_apart(width) {
            shown.retain(|column| column.kind != Kind::Place);
        }
        let mut full: usize = shown.iter().map(|column| column.width() + 2).sum();
        for column in &self.further {
            // Nothing stands behind the last column.
            if full + column.width() <= width {
                full += column.width() + 2;
                shown.push(column);
            }
        }
        let room = width.saturating_sub(full);
        if !self.speakers.is_empty() && room >= self.speakers.width().min(LEAST_ROOM) {
            shown.push(&self.speakers);
        }
        self.table(&shown)
    }

    fn table(&self, columns: &[&Column]) -> Table {
        let n_rows = self.first[0].cells.len();
        Table {
            header: columns.iter().map(|column| column.name.clone()).collect(),
            rows: (0..n_rows).map(|row| columns.iter().map(|column| column.cells[row].clone()).collect()).collect(),
            left: (0..columns.len()).filter(|at| columns[*at].kind != Kind::Number).collect(),
            paths: true,
            beside: (0..columns.len()).filter(|at| columns[*at].kind == Kind::Place).collect(),
        }
    }
}

impl Column {
    fn is_empty(&self) -> bool {
        self.cells.iter().all(String::is_empty)
    }

    fn width(&self) -> usize {
        self.cells.iter().chain([&self.name]).map(|cell| cell.width()).max().unwrap_or(0)
    }
}

/// The folders that all `paths` lie in, with the last `/`.
fn shared_folders<'p>(paths: impl Iterator<Item = &'p str>) -> &'p str {
    let folder = |path: &'p str| path.rfind('/').map_or("", |at| &path[..=at]);
    let both = |one: &'p str, other: &'p str| {
        let alike = one.split_inclusive('/').zip(other.split_inclusive('/')).take_while(|(one, other)| one == other);
        &one[..alike.map(|(part, _)| part.len()).sum()]
    };
    paths.map(folder).reduce(both).unwrap_or_default()
}

/// The label of a document's case or phase; its segments may have some of their own.
fn shown_value(material: &Material, corpus: &Corpus, document: usize, name: &str) -> String {
    let rows = corpus.rows_of(document).filter(|row| material.state(*row) != RowState::Out);
    let of_rows: BTreeSet<&str> = rows.filter_map(|row| material.value(corpus, row, name)).collect();
    let values = if of_rows.is_empty() { material.attribute(document, name).into_iter().collect() } else { of_rows };
    match values.into_iter().collect::<Vec<_>>().as_slice() {
        [] => String::new(),
        [only] => material.label_of(name, only).to_owned(),
        [..] => "several".to_owned(),
    }
}

fn labels<'l>(speakers: impl IntoIterator<Item = &'l Label<'l>>) -> String {
    let label = |label: &Label<'_>| {
        let context = if label.context { ", context" } else { "" };
        let words = if label.words == 1 { "word" } else { "words" };
        format!("{} ({} {words}{context})", label.speaker, label.words)
    };
    speakers.into_iter().map(label).collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_that_all_share_are_found() {
        for (paths, expected) in [
            (&["documents/a/1.txt", "documents/a/2.txt"][..], "documents/a/"),
            (&["documents/a/1.txt", "documents/ab/2.txt"], "documents/"),
            (&["a/1.txt", "b/1.txt"], ""),
            (&["1.txt", "2.txt"], ""),
            (&["a/b/1.txt"], "a/b/"),
            (&[], ""),
        ] {
            assert_eq!(shared_folders(paths.iter().copied()), expected, "{paths:?}");
        }
    }

    fn column(name: &str, kind: Kind, cells: [&str; 2]) -> Column {
        Column { name: name.to_owned(), cells: cells.map(str::to_owned).to_vec(), kind }
    }

    #[test]
    fn columns_are_shown_as_there_is_room_for_them() {
        let paths = ["tryggere-hjemme/start/02-startundersokelse.txt", "matnavet/start/02-startundersokelse.txt"];
        let documents = Documents {
            first: vec![
                column("documents/…", Kind::Path, paths),
                column("case", Kind::Place, ["Tryggere hjemme", "Matnavet"]),
                column("words", Kind::Number, ["7", "11"]),
            ],
            further: vec![column("title", Kind::Text, [&"x".repeat(60), ""]), column("date", Kind::Text, ["2016", ""])],
            speakers: column("who", Kind::Text, ["Ola (7 words); Intervjuer (4 words, context)", ""]),
        };
        let names = |width: usize| documents.fitting(width).header.join(" ");
        assert_eq!(names(40), "documents/… case words");
        let shown = documents.fitting(40).render(TableStyle { width: 40, color: false });
        let expected = [
            "documents/…       case             words",
            "…ndersokelse.txt  Tryggere hjemme      7",
            "…ndersokelse.txt  Matnavet            11",
        ];
        assert_eq!(shown.lines().collect::<Vec<_>>(), expected);
        assert_eq!(names(60), "documents/… case words");
        assert_eq!(names(80), "documents/… case words date");
        assert_eq!(names(100), "documents/… case words date who");
        assert_eq!(names(240), "documents/… case words title date who");
    }
}
