//! `temakart codebook`: what each pattern caught, and why; codebooks of other programs.

mod export;
mod import;

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::arguments::{Common, Format};
use super::exit::{Exit, Stop};
use super::output::Output;
use super::study::{self, request};
use crate::coding;
use crate::diag::{Diagnostic, did_you_mean};
use crate::pipeline;
use crate::report::{CsvStyle, FormsReport};

/// Look into a codebook; bring it from and to other programs
#[derive(Debug, Args)]
pub(super) struct Codebook {
    #[command(subcommand)]
    pub(super) verb: CodebookVerb,
}

/// Show per pattern which word forms it caught, how often and why, and near forms that it did not
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  temakart codebook forms min-studie --code forankring")]
pub(super) struct Forms {
    /// Project folder
    #[arg(default_value = ".")]
    pub(super) project: PathBuf,
    /// Only this code
    #[arg(long, value_name = "ID")]
    pub(super) code: Option<String>,
    #[command(flatten)]
    pub(super) common: Common,
}

#[derive(Debug, Subcommand)]
pub(super) enum CodebookVerb {
    Forms(Forms),
    Import(import::Import),
    Export(export::Export),
}

pub(super) fn run(verb: &Codebook, output: &Output) -> Result<Exit, Stop> {
    match &verb.verb {
        CodebookVerb::Forms(forms) => show_forms(forms, output),
        CodebookVerb::Import(verb) => import::run(verb, output),
        CodebookVerb::Export(verb) => export::run(verb, output),
    }
}

fn show_forms(verb: &Forms, output: &Output) -> Result<Exit, Stop> {
    let request = request(&verb.project, &verb.common);
    let study = study::open(&request, output)?;
    let coded = pipeline::code(&study, None, true, &mut std::io::sink())?;
    let codes = match &verb.code {
        None => (0..coded.codebook.codes.len()).collect(),
        Some(id) => vec![coded.codebook.index_of(id).ok_or_else(|| unknown_code(&coded.codebook, id))?],
    };
    let near = coding::near_forms(&study.corpus, &coded.codebook, &codes);
    let quotes = study::shows_quotes(&verb.common);
    let report = FormsReport { codebook: &coded.codebook, codes: &codes, caught: &coded.forms, near: &near, quotes };
    study::tell(&study, &coded.codebook_warnings, output);
    match verb.common.format {
        Format::Json => output.data(report.json().as_bytes())?,
        Format::Csv => output.data(&report.csv(CsvStyle::Tidy))?,
        Format::Table | Format::Markdown => output.data(report.text().as_bytes())?,
    }
    Ok(if study.skipped > 0 { Exit::Skipped } else { Exit::Done })
}

fn unknown_code(codebook: &crate::codebook::Codebook, id: &str) -> Stop {
    let ids: Vec<&str> = codebook.codes.iter().map(|code| code.id.as_str()).collect();
    let error = Diagnostic::error("codebook/unknown-code", format!("there is no code `{id}` in this codebook"));
    let error = match did_you_mean(id, ids.iter().copied()) {
        Some(meant) => error.hint(format!("did you mean `{meant}`?")),
        None => error.hint(format!("codes: {}", ids.join(", "))),
    };
    error.into()
}
