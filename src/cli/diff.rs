//! `temakart diff`: what another codebook or another run changed.

use std::path::{Path, PathBuf};

use clap::Args;

use super::arguments::Common;
use super::exit::{Exit, Stop};
use super::output::Output;
use super::study::{self, request};
use crate::codebook::{self, Codebook};
use crate::decisions::Whose;
use crate::diag::{Diagnostic, Warning};
use crate::diff::{self, FoundMention};
use crate::pipeline;
use crate::report::DiffReport;

/// Show the mentions gained and lost between two codebooks, or between two results folders
#[derive(Debug, Args)]
#[command(
    override_usage = "temakart diff [OPTIONS] [PROJECT] <OLD> <NEW>",
    after_help = concat!(
        "Examples:\n",
        "  temakart diff min-studie gammel.toml ny.toml\n",
        "  temakart diff resultater-1 resultater-2 --format json",
    )
)]
pub(super) struct Diff {
    /// Two codebooks, or the project folder and two codebooks; or two results folders written by `code`
    #[arg(required = true, num_args = 2..=3, value_name = "PATH")]
    pub(super) arguments: Vec<PathBuf>,
    /// Mentions shown for each code; JSON, CSV and Markdown have all
    #[arg(long, value_name = "N", default_value = "10")]
    pub(super) limit: usize,
    #[command(flatten)]
    pub(super) common: Common,
}

pub(super) fn run(verb: &Diff, output: &Output) -> Result<Exit, Stop> {
    let (folder, old, new) = match verb.arguments.as_slice() {
        [folder, old, new] => (folder.as_path(), old.as_path(), new.as_path()),
        [old, new] => (Path::new("."), old.as_path(), new.as_path()),
        _ => unreachable!("the argument parser takes two or three"),
    };
    let (mentions, known, skipped, warnings) = match (old.is_dir(), new.is_dir()) {
        (true, true) => {
            only_for_material(verb)?;
            let mentions = [diff::read_results(old)?, diff::read_results(new)?];
            (mentions, with_gone(diff::read_codes(new), diff::read_codes(old)), 0, Vec::new())
        }
        (false, false) => of_codebooks(verb, (folder, old, new), output)?,
        _ => {
            let message = "a codebook cannot be compared with a results folder";
            return Err(Diagnostic::error("diff/two-kinds", message)
                .hint("name two codebooks, or two results folders written by `code`")
                .into());
        }
    };
    let [old_mentions, new_mentions] = &mentions;
    let order: Vec<String> = known.iter().map(|(id, _)| id.clone()).collect();
    let changes = diff::compare(old_mentions, new_mentions, &order);
    let report = DiffReport {
        old: old.display().to_string(),
        new: new.display().to_string(),
        changes: &changes,
        labels: known.into_iter().collect(),
        limit: verb.limit,
        quotes: study::quotes(&verb.common),
        warnings: &warnings,
    };
    output.show(verb.common.format, &report)?;
    Ok(Exit::done(skipped))
}

/// Results hold mentions and no material that they could be narrowed by or coded from.
fn only_for_material(verb: &Diff) -> Result<(), Stop> {
    let common = &verb.common;
    let given = [
        ("PROJECT", verb.arguments.len() > 2),
        ("--where", common.filter.is_some()),
        ("--by", common.by.is_some()),
        ("--codebook", common.codebook.is_some()),
        ("--decisions", common.decisions != Whose::All),
        ("--unique", common.unique),
    ];
    let errors: Vec<Diagnostic> = given
        .into_iter()
        .filter(|(_, is_given)| *is_given)
        .map(|(name, _)| {
            Diagnostic::error("diff/results-only", format!("`{name}` cannot be used with two results folders"))
                .hint("use it when writing them (`temakart code … --out DIR`), then compare the folders")
        })
        .collect();
    if errors.is_empty() { Ok(()) } else { Err(errors.into()) }
}

/// Codes by id and label: those of the new codebook in its order, then those that only the old one has.
fn with_gone(new: Vec<(String, String)>, old: Vec<(String, String)>) -> Vec<(String, String)> {
    let mut codes = new;
    let gone: Vec<(String, String)> =
        old.into_iter().filter(|(id, _)| !codes.iter().any(|(known, _)| known == id)).collect();
    codes.extend(gone);
    codes
}

/// Both lists of mentions, the codes in the new codebook's order with their labels, and how many documents were
/// skipped, and what must be known of the material.
type Coded = ([Vec<FoundMention>; 2], Vec<(String, String)>, usize, Vec<Warning>);

fn of_codebooks(verb: &Diff, (folder, old, new): (&Path, &Path, &Path), output: &Output) -> Result<Coded, Stop> {
    // Errors of both codebooks at once, before any document is read.
    let mut errors = Vec::new();
    let mut load = |path: &Path| codebook::load(path).map_err(|found| errors.extend(found)).ok();
    let (Some((old, _)), Some((new, warnings))) = (load(old), load(new)) else { return Err(errors.into()) };
    let request = request(folder, &verb.common);
    let study = study::open(&request, output)?;
    output.diagnostics(&warnings);
    study::tell_unread(&study, output);
    let codes = |codebook: &Codebook| codebook.codes.iter().map(|code| (code.id.clone(), code.label.clone())).collect();
    Ok((
        [pipeline::found(&study, &old)?, pipeline::found(&study, &new)?],
        with_gone(codes(&new), codes(&old)),
        study.skipped,
        study.warnings().to_vec(),
    ))
}
