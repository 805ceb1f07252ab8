//! The record that a whole run leaves.

use std::path::Path;

use super::{Coded, Request, Study};
use crate::disk::Input;
use crate::report::{Options, RunRecord, RunTotals};

/// The record that a whole run leaves.
#[must_use]
pub fn record(study: &Study, coded: &Coded, request: &Request) -> RunRecord {
    let totals = coded.frequencies.material.iter().filter_map(|cell| cell.totals);
    let (segments, words) = totals.fold((0, 0), |sum, cell| (sum.0 + cell.segments_total, sum.1 + cell.words_total));
    RunRecord {
        format: 1,
        temakart: env!("CARGO_PKG_VERSION").to_owned(),
        project: study.project.name().to_owned(),
        options: Options {
            by: coded.frequencies.by.clone(),
            filter: request.filter.clone(),
            unique: request.unique,
            decisions: request.decisions.to_string(),
        },
        codebook: Input { path: shown(&coded.codebook.path), sha256: coded.codebook.sha256.clone() },
        project_files: study.project.inputs().to_vec(),
        decisions: study.decisions.inputs.clone(),
        totals: RunTotals {
            documents: study.material.documents_read(&study.corpus).count() as u64,
            segments,
            words,
            mentions: coded.codings.mentions().total() as u64,
            forgotten: study.forgotten,
        },
        warnings: study.warnings().to_vec(),
    }
}

/// The file's name without the folders that lead to it, which are the machine's.
fn shown(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}
