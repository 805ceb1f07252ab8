//! What verbs that read a project have in common: opening it, telling what must be known.

use std::path::Path;

use super::arguments::{Common, Quotes};
use super::exit::Stop;
use super::output::Output;
use super::progress::Progress;
use crate::coding;
use crate::diag::{Diagnostic, Warning, shortened};
use crate::index::Waiting;
use crate::material::OF_FILTERS;
use crate::pipeline::{self, Coded, IndexPlace, Observer, Request, Study};
use crate::project::OrderedBy;
use crate::report;

/// Warnings of one kind that are printed; JSON and run.json have them all.
const MAX_OF_A_KIND: usize = 5;

pub(super) fn request(project: &Path, common: &Common) -> Request {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    Request {
        folder: project.to_owned(),
        codebook: common.codebook.clone(),
        filter: common.filter.clone(),
        by: common.by.clone(),
        decisions: common.decisions.clone(),
        unique: common.unique,
        strict: common.strict,
        threads: common.threads.map_or(cores, usize::from),
        rehash: common.rehash,
        index: IndexPlace::Kept,
    }
}

/// The project folder and what is asked of it, in either order; without a folder it is the current one.
///
/// # Errors
/// When neither is a folder, or there are more words than one besides it.
pub(super) fn folder_and(arguments: &[String]) -> Result<(&Path, &str), Stop> {
    let is_folder = |argument: &String| Path::new(argument).is_dir();
    match arguments {
        [asked] => Ok((Path::new("."), asked)),
        [folder, asked] if is_folder(folder) => Ok((Path::new(folder), asked)),
        [asked, folder] if is_folder(folder) => Ok((Path::new(folder), asked)),
        [folder, asked] if Path::new(folder).exists() => Ok((Path::new(folder), asked)),
        words => {
            let error = match words {
                [one, other] => {
                    let message = format!("neither `{}` nor `{}` is a folder", shortened(one), shortened(other));
                    Diagnostic::error("project/no-project", message)
                }
                _ => Diagnostic::error("cli/unquoted", "several words are given without quotes"),
            };
            let asked: Vec<&str> = words.iter().filter(|word| !is_folder(word)).map(String::as_str).collect();
            Err(error.hint(format!("words that belong together are written in quotes: \"{}\"", asked.join(" "))).into())
        }
    }
}

/// Whether words of the material may be shown.
pub(super) fn quotes(common: &Common) -> report::Quotes {
    match common.quotes {
        Quotes::All => report::Quotes::Shown,
        Quotes::None => report::Quotes::Withheld,
    }
}

pub(super) fn shows_quotes(common: &Common) -> bool {
    quotes(common).are_shown()
}

/// The forms that the patterns of these codes caught in the run, and those that they did not count.
///
/// # Errors
/// When the index cannot be read.
pub(super) fn forms<'a>(
    study: &'a Study,
    coded: &'a Coded,
    codes: &'a [usize],
    quotes: report::Quotes,
) -> std::io::Result<report::FormsReport<'a>> {
    let open = study.material.rows_to_code();
    Ok(report::FormsReport {
        codebook: &coded.codebook,
        codes,
        caught: &coded.forms,
        rejected: coding::rejected_forms(&study.corpus, &coded.codebook, &coded.forms, codes, &open)?,
        quotes,
        warnings: study.warnings(),
    })
}

/// Opens the project with its index up to date, with a bar while documents are read.
pub(super) fn open(request: &Request, output: &Output) -> Result<Study, Stop> {
    // Results do not depend on it; a pool that exists already is as good.
    let _ = rayon::ThreadPoolBuilder::new().num_threads(request.threads).build_global();
    if let Some(filter) = &request.filter {
        output.diagnostics(&pipeline::doubts_of_query(filter, "--where"));
    }
    let progress = Progress::new(output, "reading documents");
    let observer = Observer {
        reading: &|done, all| progress.set(done, all),
        waiting: &|waiting: &Waiting| {
            let holder = if waiting.holder.is_empty() { "another run" } else { waiting.holder.as_str() };
            output.say(&format!("note: {holder} is using this project; waiting for it to finish"));
        },
    };
    let study = pipeline::open(request, &observer)?;
    drop(progress);
    // Unknown `--by` attributes are rejected even by verbs that do not use them.
    if request.by.is_some() {
        pipeline::cells(&study, request.by.as_deref())?;
    }
    Ok(study)
}

/// Notes and warnings, on stderr, before the data.
pub(super) fn tell(study: &Study, codebook_warnings: &[Diagnostic], output: &Output) {
    output.diagnostics(&study.notes);
    output.diagnostics(codebook_warnings);
    if let Some(why) = &study.changes.rebuilt {
        output.say(&format!("note: the index was rebuilt: {why}"));
    }
    let by = match study.phases.by {
        OrderedBy::Declared => "declared in temakart.toml",
        OrderedBy::Manifest => "in the order of the manifest",
        OrderedBy::Words => "by their names",
        OrderedBy::SomeWords => "by the names of some, then the others in natural order",
        OrderedBy::Natural => "in natural order",
    };
    let phases: Vec<&str> =
        study.phases.values.iter().map(|phase| if phase.is_empty() { "(none)" } else { phase }).collect();
    if study.phases.values.iter().any(|phase| !phase.is_empty()) {
        output.say(&format!("phases: {} ({by})", phases.join(", ")));
    }
    tell_warnings(study, study.warnings(), output);
}

/// Warnings by kind, those that are too many only counted, and how many documents are in no number.
fn tell_warnings(study: &Study, warnings: &[Warning], output: &Output) {
    let mut warnings: Vec<&Warning> = warnings.iter().collect();
    warnings.sort_by_key(|warning| &warning.id);
    for kind in warnings.chunk_by(|a, b| a.id == b.id) {
        for warning in kind.iter().take(MAX_OF_A_KIND) {
            let about = warning.path.as_ref().map_or(String::new(), |path| format!("{path}: "));
            let line = report::terminal(&format!("warning[{}]: {about}{}", warning.id, warning.message));
            output.say(&line);
        }
        if let Some(line) = more_of(study, kind) {
            output.say(&report::terminal(&line));
        }
    }
    if study.skipped > 0 {
        let n = study.corpus.documents().len();
        output.say(&format!("{} of {n} documents could not be read and are not counted", study.skipped));
    }
}

/// What is said of the warnings of a kind that are too many; documents that were not read are named nevertheless.
fn more_of(study: &Study, kind: &[&Warning]) -> Option<String> {
    let rest = kind.get(MAX_OF_A_KIND..).filter(|rest| !rest.is_empty())?;
    let is_failed = |path: &&str| {
        let document = study.corpus.document_at(path);
        document.is_some_and(|document| study.corpus.documents()[document].outcome.failure.is_some())
    };
    let not_read: Vec<&str> = rest.iter().filter_map(|row| row.path.as_deref()).filter(is_failed).collect();
    let named = match not_read.len() {
        0 => String::new(),
        n if n == rest.len() => format!(", also not coded: `{}`", not_read.join("`, `")),
        n => format!(", {n} of them not coded: `{}`", not_read.join("`, `")),
    };
    Some(format!("warning[{}]: and {} more{named}", kind[0].id, rest.len()))
}

/// What `--where` asks for in vain or in more than one document, for verbs that tell no other warning.
pub(super) fn tell_asked_in_vain(study: &Study, output: &Output) {
    let vain = study.material.diagnostics().iter().filter(|warning| OF_FILTERS.contains(&warning.id));
    output.diagnostics(&vain.cloned().collect::<Vec<_>>());
}

/// The documents that could not be read, for verbs that tell no other warning; they are returned for their output.
pub(super) fn tell_unread(study: &Study, output: &Output) -> Vec<Warning> {
    let unread = study.unread();
    tell_warnings(study, &unread, output);
    unread
}
