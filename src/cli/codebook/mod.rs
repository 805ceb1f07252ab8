//! `temakart codebook`: what each pattern caught, and why; codebooks of other programs.

mod export;
mod import;

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::arguments::Common;
use super::exit::{Exit, Stop};
use super::output::Output;
use super::study::{self, request};
use crate::index;
use crate::pipeline;

/// Look into a codebook; bring it from and to other programs
#[derive(Debug, Args)]
pub(super) struct Codebook {
    #[command(subcommand)]
    pub(super) verb: CodebookVerb,
}

/// Show per pattern which word forms it caught, how often and why, and near or shut-out forms that it did not
#[derive(Debug, Args)]
#[command(after_help = concat!(
    "Example:\n",
    "  temakart codebook forms min-studie --code forankring",
))]
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
    let coded = pipeline::count(&study, None)?;
    let codes = match &verb.code {
        None => (0..coded.codebook.codes.len()).collect(),
        Some(id) => vec![coded.codebook.find(id)?],
    };
    let report = study::forms(&study, &coded, &codes, study::quotes(&verb.common)).map_err(index::unreadable)?;
    study::tell(&study, &coded.codebook_warnings, output);
    output.diagnostics(&pipeline::idle_forms(&study, &coded.codebook, &codes)?);
    output.show(verb.common.format, &report)?;
    Ok(Exit::done(study.skipped))
}
