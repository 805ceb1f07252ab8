//! `temakart compare`: what differs between two phases, and whether chance would do as much.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::arguments::Common;
use super::exit::{Exit, Stop};
use super::output::Output;
use super::study::{self, request};
use crate::diag::Diagnostic;
use crate::pipeline::{self, CompareRequest};
use crate::report::ComparisonReport;
use crate::stats::Adjustment;
use crate::stats::permutation::Plan;

/// Compare phases, or the values of any attribute: what differs, how certain it is, and when there is too little to tell
#[derive(Debug, Args)]
#[command(
    after_help = concat!(
        "Examples:\n",
        "  temakart compare min-studie --from start --to slutt\n",
        "  temakart compare min-studie --attribute type --from intervju --to referat\n",
        "  temakart compare min-studie --within case,type\n",
        "  temakart compare min-studie --paired-by informant",
    )
)]
pub(super) struct Compare {
    /// Project folder
    #[arg(default_value = ".")]
    pub(super) project: PathBuf,
    /// Value to compare from; the first phase by default
    #[arg(long, value_name = "VALUE")]
    pub(super) from: Option<String>,
    /// Value to compare to; the last phase by default
    #[arg(long, value_name = "VALUE")]
    pub(super) to: Option<String>,
    /// Attribute whose values are compared [default: phase]
    #[arg(long, value_name = "NAME")]
    pub(super) attribute: Option<String>,
    /// Compare only what has the same values of these attributes [default: case]
    #[arg(long, value_name = "ATTRIBUTES", value_delimiter = ',')]
    pub(super) within: Option<Vec<String>>,
    /// Compare only what is present on both sides, such as informants who were asked twice
    #[arg(long, value_name = "ATTRIBUTE", conflicts_with = "within")]
    pub(super) paired_by: Option<String>,
    /// Unit that is reassigned, and must be independent [default: document, or informant where one has several documents
    /// on one side]
    #[arg(long, value_name = "ATTRIBUTE")]
    pub(super) unit: Option<String>,
    /// How p is adjusted for the number of themes: bh to explore, holm for hypotheses fixed in advance
    #[arg(long, value_name = "HOW", default_value = "bh")]
    pub(super) adjust: Adjust,
    /// Seed of the random draws; the same seed gives the same numbers
    #[arg(long, value_name = "N", default_value = "1")]
    pub(super) seed: u64,
    /// Number of random draws where there are too many reassignments to go through all
    #[arg(long, value_name = "N", default_value = "9999", value_parser = clap::value_parser!(u32).range(99..=999_999))]
    pub(super) permutations: u32,
    #[command(flatten)]
    pub(super) common: Common,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Adjust {
    Bh,
    Holm,
}

pub(super) fn run(verb: &Compare, output: &Output) -> Result<Exit, Stop> {
    let rows_by = match verb.common.by.as_deref() {
        None => None,
        Some([one]) => Some(one.clone()),
        Some(_) => {
            let error = Diagnostic::error("compare/by-one", "`compare` takes one attribute with `--by`");
            return Err(error.hint("each of its values gets its own rows; `--within` takes several attributes").into());
        }
    };
    let request = request(&verb.project, &verb.common);
    let study = study::open(&request, output)?;
    let asked = CompareRequest {
        attribute: verb.attribute.clone(),
        from: verb.from.clone(),
        to: verb.to.clone(),
        rows_by,
        within: verb.within.clone(),
        unit: verb.unit.clone(),
        paired_by: verb.paired_by.clone(),
        adjustment: match verb.adjust {
            Adjust::Bh => Adjustment::BenjaminiHochberg,
            Adjust::Holm => Adjustment::Holm,
        },
        plan: Plan { draws: verb.permutations, ..Plan::usual(verb.seed) },
    };
    let coded = pipeline::count(&study, None)?;
    let comparison = pipeline::compare(&study, &coded, &asked)?;
    study::tell(&study, &coded.codebook_warnings, output);
    output.diagnostics(pipeline::likely_pairs(&study, &comparison).as_slice());
    let report = ComparisonReport {
        project: study.project.name(),
        codebook: &coded.codebook,
        comparison: &comparison,
        warnings: study.warnings(),
    };
    output.show(verb.common.format, &report)?;
    Ok(Exit::done(study.skipped))
}
