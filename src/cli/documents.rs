//! `temakart documents`: the material, document by document.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clap::Args;
use rayon::prelude::*;

use super::arguments::Common;
use super::exit::{Exit, Stop};
use super::output::Output;
use super::study::{self, request};
use super::target;
use crate::diag::Diagnostic;
use crate::disk;
use crate::ingest::{self, Limits};
use crate::pipeline::Study;
use crate::project;
use crate::report::DocumentsReport;

/// List the documents with format, language, words, segments, speakers, attributes
#[derive(Debug, Args)]
#[command(after_help = help())]
pub(super) struct Documents {
    /// Project folder
    #[arg(default_value = ".")]
    pub(super) project: PathBuf,
    /// Write the extracted texts, to which all offsets refer, to this folder
    #[arg(long, value_name = "DIR")]
    pub(super) text: Option<PathBuf>,
    #[command(flatten)]
    pub(super) common: Common,
}

fn help() -> String {
    format!(
        concat!(
            "These limits apply to each document; one that exceeds them is reported and left out: {}.\n",
            "\n",
            "Example:\n",
            "  temakart documents min-studie --format csv",
        ),
        Limits::DEFAULT
    )
}

pub(super) fn run(verb: &Documents, output: &Output) -> Result<Exit, Stop> {
    if verb.text.is_some() && !study::shows_quotes(&verb.common) {
        let why = "`--quotes none` cannot be combined with `--text`, which writes the words of the material";
        return Err(Diagnostic::error("documents/no-quotes", why).into());
    }
    let request = request(&verb.project, &verb.common);
    let study = study::open(&request, output)?;
    if let Some(dir) = &verb.text {
        write_texts(&study, dir)?;
    }
    study::tell(&study, &[], output);
    let report = DocumentsReport {
        project: study.project.name(),
        corpus: &study.corpus,
        material: &study.material,
        warnings: study.warnings(),
    };
    output.show(verb.common.format, &report)?;
    Ok(Exit::done(study.skipped))
}

/// What the file says that marks a folder of extracted texts.
const MARKER: &str = "The texts in this folder were extracted by `temakart documents --text`. While this file is here, \
                      temakart does not read them as documents.\n";

/// Writes the text that each document's offsets point into.
fn write_texts(study: &Study, dir: &Path) -> Result<(), Stop> {
    let marker = dir.join(project::EXTRACTED);
    let unwritable = |error: std::io::Error| Stop::io("output/unwritable", "write to", dir, &error);
    std::fs::create_dir_all(dir).map_err(unwritable)?;
    target::refuse_document_folder(&study.project, dir)?;
    disk::replace(&marker, MARKER.as_bytes()).map_err(unwritable)?;
    let paths =
        study.material.documents_listed(&study.corpus).map(|document| &*study.corpus.documents()[document].path);
    let targets = targets(paths.collect());
    targets.par_iter().try_for_each(|(path, target)| {
        let source = study.project.source(path).expect("a document of the index is one of the project");
        let Ok(ingested) = ingest::read_with(&source.location.path(), &Limits::default(), study.project.survey())
        else {
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
