//! The documents of a run, one row each: as JSON, as a sheet and as a table.

use std::collections::BTreeMap;

use serde::Serialize;

use super::ordered_json::pretty;
use super::{Table, TableStyle, Views, text_csv};
use crate::diag::Warning;
use crate::index::Corpus;
use crate::ingest::Format;
use crate::material::{Material, SpeakerWords};
use crate::project::{CASE, PHASE};

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
                labels(&row),
                row.problems.join("; "),
            ]);
            record
        });
        text_csv(&header, records)
    }

    /// The columns that people ask for first, as Markdown.
    fn markdown(&self) -> String {
        self.table().markdown()
    }

    /// The columns that people ask for first.
    fn text(&self, style: TableStyle) -> String {
        self.table().render(style)
    }
}

impl DocumentsReport<'_> {
    fn table(&self) -> Table {
        let header = ["document", "words", "segments", "format", "language", "speakers"];
        let line = |row: Row<'_>| {
            let segments = if row.read { row.segments_total.to_string() } else { "not read".to_owned() };
            let language = row.language.unwrap_or("–").to_owned();
            let (path, format) = (row.path.to_owned(), row.format.to_owned());
            vec![path, row.words_total.to_string(), segments, format, language, labels(&row)]
        };
        Table {
            header: header.map(str::to_owned).to_vec(),
            rows: self.rows().map(line).collect(),
            left: vec![3, 4, 5],
            paths: true,
        }
    }

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
            format: record.format.map_or("", Format::name),
            encoding: record.encoding.as_deref(),
            language: record.language.as_deref(),
            segments_total: counted.material.segments,
            words_total: counted.material.words,
            context_segments: counted.context.segments,
            context_words: counted.context.words,
            speakers: self.material.speakers_of(self.corpus, document).into_iter().map(Label::from).collect(),
            attributes: self.material.attributes(document),
            problems: record.all_problems().map(|problem| problem.message.as_str()).collect(),
            read: record.failure.is_none(),
        }
    }
}

fn labels(row: &Row<'_>) -> String {
    let label = |label: &Label<'_>| {
        let context = if label.context { ", context" } else { "" };
        let words = if label.words == 1 { "word" } else { "words" };
        format!("{} ({} {words}{context})", label.speaker, label.words)
    };
    row.speakers.iter().map(label).collect::<Vec<_>>().join("; ")
}
