//! `temakart agree`: do rules and people, or two people, agree.

use std::path::{Path, PathBuf};

use clap::Args;

use super::arguments::{Common, Format};
use super::exit::{Exit, Stop};
use super::output::Output;
use super::study::{self, request};
use crate::agreement::{self, Coder, Gold, Judged, Passages};
use crate::diag::Diagnostic;
use crate::pipeline::{self, Study};
use crate::report::AgreementReport;
use crate::stats::bootstrap::Resampling;

/// Where the random numbers of the intervals start; printed with them.
const SEED: u64 = 1;

/// Compare what the rules found with what a person decided, or two persons with each other
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  temakart agree min-studie --gold gull.csv\n  temakart agree min-studie --gold gull.csv --list\n  temakart agree min-studie --gold kari.csv --against ola.csv --format json"
)]
pub(super) struct Agree {
    /// Project folder
    #[arg(default_value = ".")]
    pub(super) project: PathBuf,
    /// What a person decided: csv, xlsx or jsonl with `document`, `segment`, `codes`, and `stance_CODE` if judged
    #[arg(long, value_name = "FILE")]
    pub(super) gold: PathBuf,
    /// What another person decided, to compare with in place of the rules
    #[arg(long, value_name = "FILE")]
    pub(super) against: Option<PathBuf>,
    /// Also list the segments on which they differ, with text and pattern
    #[arg(long, visible_alias = "disagreements")]
    pub(super) list: bool,
    #[command(flatten)]
    pub(super) common: Common,
}

pub(super) fn run(verb: &Agree, output: &Output) -> Result<Exit, Stop> {
    // Before documents are read: a misspelt path costs no time.
    let gold = agreement::read_gold(&verb.gold)?;
    let against = verb.against.as_deref().map(agreement::read_gold).transpose()?;
    let request = request(&verb.project, &verb.common);
    let study = study::open(&request, output)?;
    let coded = pipeline::code(&study, None, false, &mut std::io::sink())?;
    let codebook = &coded.codebook;
    let mut judged = gold.place(codebook, &study.corpus, &study.material)?;
    let mut warnings = std::mem::take(&mut judged.warnings);
    let other = match &against {
        None => None,
        Some(against) => Some(in_both(&mut judged, against, &study, &coded, &mut warnings)?),
    };
    let (found, other_passages) = other.unwrap_or_else(|| {
        let (codings, pool, units) = (&coded.codings, &coded.pool, &judged.units);
        let passages = Passages::of_codings(codebook, codings, pool, units);
        (Coder::of_codings(codebook, codings, pool, units), Some(passages))
    });
    let sizes = sizes(&verb.gold, &judged)?;
    let agreement = agreement::measure(&judged.coder, &found, sizes.as_deref(), Resampling::usual(SEED));
    let passages = judged.passages.as_ref().zip(other_passages.as_ref()).filter(|_| sizes.is_none());
    let passages =
        passages.map(|both| agreement::compare_passages(&study.corpus, &judged.units, both, Resampling::usual(SEED)));
    let rules = against.is_none().then_some((&coded.codings, &coded.pool));
    let listed = verb.list.then(|| {
        agreement::disagreements(&study.corpus, codebook, &judged.units, (&judged.coder, &found), rules)
            .map_err(|error| Diagnostic::error("index/unreadable", format!("cannot read the index: {error}")))
    });
    let listed = listed.transpose()?;
    let report = AgreementReport {
        gold: name(&verb.gold),
        against: verb.against.as_deref().map(name),
        agreement: &agreement,
        passages: passages.as_deref(),
        units: &judged.units,
        disagreements: listed.as_deref(),
        quotes: study::shows_quotes(&verb.common),
        corpus: &study.corpus,
        codebook,
        warnings: &warnings,
    };
    output.diagnostics(&coded.codebook_warnings);
    output.diagnostics(&warnings);
    study::tell_skipped(&study, output);
    match verb.common.format {
        Format::Json => output.data(report.json().as_bytes())?,
        Format::Csv => output.data(&report.csv())?,
        Format::Markdown => output.data(report.markdown().as_bytes())?,
        Format::Table => output.data(report.text(output.table_style()).as_bytes())?,
    }
    Ok(if study.skipped > 0 { Exit::Skipped } else { Exit::Done })
}

/// Keeps what both sheets list, and gives what the other one says of it.
fn in_both(
    judged: &mut Judged,
    against: &Gold,
    study: &Study,
    coded: &pipeline::Coded,
    warnings: &mut Vec<Diagnostic>,
) -> Result<(Coder, Option<Passages>), Stop> {
    let mut other = against.place(&coded.codebook, &study.corpus, &study.material)?;
    warnings.append(&mut other.warnings);
    let (n_gold, n_other) = (judged.units.len(), other.units.len());
    let listed = other.units.clone();
    judged.retain(|unit| listed.binary_search(unit).is_ok());
    let common = judged.units.clone();
    other.retain(|unit| common.binary_search(unit).is_ok());
    if common.is_empty() {
        return Err(Diagnostic::error("agreement/nothing-in-common", "the two sheets have no segment in common").into());
    }
    if n_gold > common.len() || n_other > common.len() {
        let message = format!(
            "{} segments are in both sheets and compared; {} only in the first and {} only in the second are left out",
            common.len(),
            n_gold - common.len(),
            n_other - common.len()
        );
        warnings.push(Diagnostic::warning("agreement/not-in-both", message));
    }
    Ok((other.coder, other.passages))
}

/// For a drawn sheet, the stratum of each unit and how many segments of the material that has.
fn sizes(sheet: &Path, judged: &Judged) -> Result<Option<Vec<(u32, u32)>>, Stop> {
    let Some(strata) = &judged.strata else { return Ok(None) };
    let sizes = agreement::read_weights(sheet)?.sizes();
    let mut of_units = Vec::with_capacity(strata.len());
    for stratum in strata {
        let Some(size) = sizes.get(stratum) else {
            let message = format!("the weights beside the sheet have no stratum {stratum}");
            return Err(Diagnostic::error("agreement/unknown-stratum", message).into());
        };
        of_units.push((*stratum, *size));
    }
    Ok(Some(of_units))
}

fn name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}
