//! `temakart words`: words that set a phase or case apart, or the segments that no code reached.

use std::path::PathBuf;

use clap::Args;

use super::arguments::Common;
use super::exit::{Exit, Stop};
use super::output::Output;
use super::study::{self, request};
use crate::pipeline::{self, WordsRequest};
use crate::report::WordsReport;

/// Show the words that set a phase or case apart: a way to find themes that the codebook lacks
#[derive(Debug, Args)]
#[command(
    after_help = concat!(
        "Examples:\n",
        "  temakart words min-studie --from start --to slutt\n",
        "  temakart words min-studie --attribute case\n",
        "  temakart words min-studie --uncoded",
    )
)]
pub(super) struct Words {
    /// Project folder
    #[arg(default_value = ".")]
    pub(super) project: PathBuf,
    /// Attribute whose values are compared [default: phase]
    #[arg(long, value_name = "NAME")]
    pub(super) attribute: Option<String>,
    /// First of the two values to compare; needs `--to`
    #[arg(long, value_name = "VALUE", requires = "to")]
    pub(super) from: Option<String>,
    /// Second of the two values to compare; needs `--from`
    #[arg(long, value_name = "VALUE", requires = "from")]
    pub(super) to: Option<String>,
    /// Use only segments without a code; first compares their words with those of the coded segments
    #[arg(long)]
    pub(super) uncoded: bool,
    /// Leave out words with fewer occurrences
    #[arg(long, value_name = "N", default_value = "5")]
    pub(super) fewest: u64,
    /// Leave out words in fewer documents
    #[arg(long, value_name = "N", default_value = "3")]
    pub(super) documents: usize,
    /// Words shown in tables for each group
    #[arg(long, value_name = "N", default_value = "15")]
    pub(super) limit: usize,
    #[command(flatten)]
    pub(super) common: Common,
}

pub(super) fn run(verb: &Words, output: &Output) -> Result<Exit, Stop> {
    let request = request(&verb.project, &verb.common);
    let study = study::open(&request, output)?;
    let asked = WordsRequest {
        attribute: verb.attribute.clone().or_else(|| verb.common.by.as_ref().and_then(|by| by.first().cloned())),
        sides: verb.from.clone().zip(verb.to.clone()),
        uncoded: verb.uncoded,
        fewest: verb.fewest,
        fewest_documents: verb.documents,
    };
    let lists = pipeline::words(&study, &asked)?;
    study::tell(&study, &[], output);
    let quotes = study::quotes(&verb.common);
    if !quotes.are_shown() {
        output.say("note: the words themselves are left out because of `--quotes none`");
    }
    let report = WordsReport {
        project: study.project.name(),
        attribute: &lists.attribute,
        uncoded: verb.uncoded,
        lists: &lists.lists,
        limit: verb.limit,
        quotes,
        warnings: study.warnings(),
    };
    output.show(verb.common.format, &report)?;
    Ok(Exit::done(study.skipped))
}
