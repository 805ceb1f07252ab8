//! `temakart documents`: the material, document by document.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clap::Args;
use rayon::prelude::*;
use serde::Serialize;

use super::arguments::{Common, Format};
use super::exit::{Exit, Stop};
use super::output::Output;
use super::study::{self, request};
use super::target;
use crate::diag::Diagnostic;
use crate::disk;
use crate::ingest::{self, Limits};
use crate::material::RowState;
use crate::pipeline::Study;
use crate::project;
use crate::report::{self, Table};

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
    attributes: std::collections::BTreeMap<&'a str, &'a str>,
    problems: Vec<&'a str>,
    read: bool,
}

#[derive(Serialize)]
struct Label<'a> {
    speaker: &'a str,
    words: u64,
    context: bool,
}

/// List the documents with format, language, words, segments, speakers, attributes
#[derive(Debug, Args)]
#[command(after_help = help())]
pub(super) struct Documents {
    /// Project folder
    #[arg(default_value = ".")]
    pub(super) project: PathBuf,
    /// Write the extracted texts, which all offsets point into, to this folder
    #[arg(long, value_name = "DIR")]
    pub(super) text: Option<PathBuf>,
    #[command(flatten)]
    pub(super) common: Common,
}

fn help() -> String {
    format!(
        "A document is read within these limits; a larger one is named and left out: {}.\n\n\
         Example:\n  temakart documents min-studie --format csv",
        Limits::DEFAULT
    )
}

pub(super) fn run(verb: &Documents, output: &Output) -> Result<Exit, Stop> {
    if verb.text.is_some() && !study::shows_quotes(&verb.common) {
        let why = "`--quotes none` cannot be kept: `--text` writes the words of the material";
        return Err(Diagnostic::error("documents/no-quotes", why).into());
    }
    let request = request(&verb.project, &verb.common);
    let study = study::open(&request, output)?;
    if let Some(dir) = &verb.text {
        write_texts(&study, dir)?;
    }
    let listed = study.material.documents_listed(&study.corpus);
    let rows: Vec<Row<'_>> = listed.map(|document| row(&study, document)).collect();
    study::tell(&study, &[], output);
    match verb.common.format {
        Format::Json => {
            #[derive(Serialize)]
            struct Object<'a> {
                format: u32,
                project: &'a str,
                documents: &'a [Row<'a>],
                warnings: &'a [report::WarningRow],
            }
            let object =
                Object { format: 1, project: study.project.name(), documents: &rows, warnings: study.warnings() };
            let mut json = serde_json::to_string_pretty(&object).expect("an object of ours has text keys only");
            json.push('\n');
            output.data(json.as_bytes())?;
        }
        Format::Csv => output.data(&csv(&study, &rows))?,
        Format::Table => output.data(table(&rows).render(output.table_style()).as_bytes())?,
        Format::Markdown => output.data(table(&rows).markdown().as_bytes())?,
    }
    Ok(if study.skipped > 0 { Exit::Skipped } else { Exit::Done })
}

fn row(study: &Study, document: usize) -> Row<'_> {
    let record = &study.corpus.documents()[document];
    let mut totals = [(0, 0), (0, 0)];
    let mut speakers: Vec<Label<'_>> = Vec::new();
    for row in study.corpus.rows_of(document) {
        let words = u64::from(study.corpus.rows().n_words(row));
        let context = match study.material.state(row) {
            RowState::Out => continue,
            RowState::Material => false,
            RowState::Context => true,
        };
        let total = &mut totals[usize::from(context)];
        *total = (total.0 + 1, total.1 + words);
        if let Some(speaker) = study.material.speaker(row) {
            match speakers.iter_mut().find(|known| known.speaker == speaker) {
                Some(known) => known.words += words,
                None => speakers.push(Label { speaker, words, context }),
            }
        }
    }
    let attributes = study.material.attributes(document).iter().map(|(name, value)| (name.as_str(), value.as_str()));
    Row {
        path: &record.path,
        case: study.material.attribute(document, "case"),
        phase: study.material.attribute(document, "phase"),
        format: &record.format,
        encoding: record.encoding.as_deref(),
        language: record.language.as_deref(),
        segments_total: totals[0].0,
        words_total: totals[0].1,
        context_segments: totals[1].0,
        context_words: totals[1].1,
        speakers,
        attributes: attributes.collect(),
        problems: record.all_problems().map(|problem| problem.message.as_str()).collect(),
        read: record.failure.is_none(),
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

fn table(rows: &[Row<'_>]) -> Table {
    let header = ["document", "words", "segments", "format", "language", "speakers"];
    let text = |value: Option<&str>| value.unwrap_or("–").to_owned();
    Table {
        header: header.map(str::to_owned).to_vec(),
        rows: rows
            .iter()
            .map(|row| {
                let state = if row.read { row.segments_total.to_string() } else { "not read".to_owned() };
                vec![
                    row.path.to_owned(),
                    row.words_total.to_string(),
                    state,
                    row.format.to_owned(),
                    text(row.language),
                    labels(row),
                ]
            })
            .collect(),
        left: vec![3, 4, 5],
        paths: true,
    }
}

fn csv(study: &Study, rows: &[Row<'_>]) -> Vec<u8> {
    let names = study.material.document_attribute_names(&study.corpus);
    let own: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut header = vec!["document"];
    header.extend(&own);
    header.extend(["format", "encoding", "words_total", "segments_total", "context_words", "speakers", "problems"]);
    let records = rows.iter().map(|row| {
        let mut record = vec![row.path.to_owned()];
        record
            .extend(own.iter().map(|name| row.attributes.get(name).map_or(String::new(), |value| (*value).to_owned())));
        record.extend([
            row.format.to_owned(),
            row.encoding.unwrap_or_default().to_owned(),
            row.words_total.to_string(),
            row.segments_total.to_string(),
            row.context_words.to_string(),
            labels(row),
            row.problems.join("; "),
        ]);
        record
    });
    report::text_csv(&header, records)
}

/// What the file says that marks a folder of extracted texts.
const MARKER: &str = "The texts in this folder were extracted by `temakart documents --text`. While this file is here, \
                      temakart does not take them for documents.\n";

/// Writes the text that each document's offsets point into.
fn write_texts(study: &Study, dir: &Path) -> Result<(), Stop> {
    let marker = dir.join(project::EXTRACTED);
    let unwritable = |error: std::io::Error| Stop::io("output/unwritable", "write to", dir, &error);
    std::fs::create_dir_all(dir).map_err(unwritable)?;
    target::holds_no_documents(&study.project, dir)?;
    disk::replace(&marker, MARKER.as_bytes()).map_err(unwritable)?;
    let paths =
        study.material.documents_listed(&study.corpus).map(|document| &*study.corpus.documents()[document].path);
    let targets = targets(paths.collect());
    targets.par_iter().try_for_each(|(path, target)| {
        let source = study.project.source(path).expect("a document of the index is one of the project");
        let Ok(ingested) = ingest::read_with(&source.location, &Limits::default(), study.project.survey()) else {
            return Ok(());
        };
        if ingested.extracted.text.is_empty() {
            return Ok(());
        }
        let target = dir.join(target);
        let write = || {
            std::fs::create_dir_all(target.parent().unwrap_or(dir))?;
            disk::replace(&target, ingested.extracted.text.as_bytes())
        };
        write().map_err(|error| Stop::io("output/unwritable", "write", &target, &error))
    })
}

/// Where the text of each document goes: under its own name if it is plain text, else with `.txt` behind that, or more
/// where another document has that name.
fn targets(paths: Vec<&str>) -> Vec<(&str, String)> {
    let is_plain = |path: &&str| path.ends_with(".txt") || path.ends_with(".md");
    let (plain, others): (Vec<&str>, Vec<&str>) = paths.into_iter().partition(is_plain);
    let mut taken: BTreeSet<String> = plain.iter().map(|path| path.to_lowercase()).collect();
    let mut targets: Vec<(&str, String)> = plain.into_iter().map(|path| (path, path.to_owned())).collect();
    for path in others {
        let mut target = format!("{path}.txt");
        while !taken.insert(target.to_lowercase()) {
            target.push_str(".txt");
        }
        targets.push((path, target));
    }
    targets
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_texts_go_to_one_file() {
        assert_eq!(
            targets(vec!["a/x.docx", "a/x.docx.TXT", "a/x.docx.txt", "b.pdf", "c.md"]),
            [
                ("a/x.docx.txt", "a/x.docx.txt".to_owned()),
                ("c.md", "c.md".to_owned()),
                ("a/x.docx", "a/x.docx.txt.txt".to_owned()),
                ("a/x.docx.TXT", "a/x.docx.TXT.txt.txt".to_owned()),
                ("b.pdf", "b.pdf.txt".to_owned()),
            ]
        );
    }
}
