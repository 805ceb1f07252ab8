//! `temakart together`: themes that come up in the same segments and documents.

use std::path::PathBuf;

use clap::Args;

use super::arguments::Common;
use super::exit::{Exit, Stop};
use super::output::Output;
use super::study::{self, request};
use crate::compare;
use crate::diag::Diagnostic;
use crate::pipeline;
use crate::report::TogetherReport;

/// Show which themes come up together, in segments and documents, per phase if asked
#[derive(Debug, Args)]
#[command(
    after_help = concat!(
        "Examples:\n",
        "  temakart together min-studie\n",
        "  temakart together min-studie --by phase --limit 10",
    )
)]
pub(super) struct Together {
    /// Project folder
    #[arg(default_value = ".")]
    pub(super) project: PathBuf,
    /// Pairs shown in tables
    #[arg(long, value_name = "N", default_value = "20")]
    pub(super) limit: usize,
    /// Include pairs that never occur together
    #[arg(long)]
    pub(super) all: bool,
    #[command(flatten)]
    pub(super) common: Common,
}

pub(super) fn run(verb: &Together, output: &Output) -> Result<Exit, Stop> {
    let by = match verb.common.by.as_deref() {
        None => None,
        Some([one]) => Some(one),
        Some(_) => {
            return Err(Diagnostic::error("together/by-one", "`together` takes one attribute with `--by`").into());
        }
    };
    let request = request(&verb.project, &verb.common);
    let study = study::open(&request, output)?;
    let axis = by.map(|by| pipeline::axis(&study, by)).transpose()?;
    let coded = pipeline::count(&study, None)?;
    let table = compare::together(coded.themes(&study), axis.as_ref());
    study::tell(&study, &coded.codebook_warnings, output);
    let report = TogetherReport {
        project: study.project.name(),
        codebook: &coded.codebook,
        table: &table,
        limit: verb.limit,
        all: verb.all,
        warnings: study.warnings(),
    };
    output.show(verb.common.format, &report)?;
    Ok(Exit::done(study.skipped))
}
