//! `temakart check`: everything that can be wrong, at once; writes nothing.

use std::path::PathBuf;

use clap::Args;

use super::arguments::Common;
use super::exit::{Exit, Stop};
use super::output::Output;
use super::study::{self, request};
use crate::diag::{Diagnostic, Severity};
use crate::pipeline::{self, CheckedCodebook, IndexPlace, Request};
use crate::project;
use crate::report::CheckReport;

/// Check project, codebook, documents and decisions, all problems at once; writes nothing
#[derive(Debug, Args)]
#[command(after_help = concat!(
    "Example:\n",
    "  temakart check min-studie",
))]
pub(super) struct Check {
    /// Project folder
    #[arg(default_value = ".")]
    pub(super) project: PathBuf,
    #[command(flatten)]
    pub(super) common: Common,
}

pub(super) fn run(verb: &Check, output: &Output) -> Result<Exit, Stop> {
    let request = Request { index: IndexPlace::Temporary, ..request(&verb.project, &verb.common) };
    // A codebook that cannot be read must not hide what is wrong with the project, nor the other way round.
    let study = study::open(&request, output);
    let codebook = match &study {
        Ok(study) => pipeline::check_codebook(study),
        Err(_) => codebook_alone(&request),
    };
    let study = match study {
        Ok(study) => study,
        Err(Stop::Input(mut diagnostics)) => {
            diagnostics.extend(codebook.all().cloned());
            diagnostics.extend(pipeline::check_decisions(&request));
            return Err(Stop::Input(diagnostics));
        }
        Err(stop) => return Err(stop),
    };
    study::tell(&study, &[], output);
    let found: Vec<Diagnostic> = codebook.all().cloned().collect();
    output.diagnostics(&found);
    let report = CheckReport {
        project: study.project.name(),
        documents: study.corpus.documents().len(),
        unreadable: study.skipped,
        codebook: &found,
        decisions: &study.decisions,
        warnings: study.warnings(),
    };
    output.show(verb.common.format, &report)?;
    let is_broken = codebook.problems.iter().any(|problem| problem.severity == Severity::Error);
    let is_failed = !codebook.failed_examples.is_empty() || study.decisions.is_damaged();
    Ok(if is_broken { Exit::Usage } else { Exit::found(study.skipped, !is_failed) })
}

/// What is wrong with the codebook of a project that cannot be opened. Where there is no project, nobody misses one.
fn codebook_alone(request: &Request) -> CheckedCodebook {
    let path = pipeline::likely_codebook(request);
    if request.codebook.is_none() && !path.exists() && !project::is_declared(&request.folder) {
        return CheckedCodebook::default();
    }
    pipeline::check_codebook_alone(&path)
}
