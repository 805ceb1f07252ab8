//! The whole run, top to bottom: folder → project → index → material → codings → frequencies → files.

mod carried_over;
mod cells;
mod check;
mod codebook_file;
mod coders;
mod collected;
mod compare;
mod compared_mentions;
mod decide;
mod decided;
mod documents;
mod evidence;
mod exchange;
mod forget;
mod index_folder;
mod narrow;
mod query;
mod record;
mod reporting;
mod request;
mod unread_labels;
mod warnings;
mod words;

use std::io::Write;
use std::sync::OnceLock;

use rayon::prelude::*;

use crate::codebook::Codebook;
use crate::coding::{self, Codings, Mentions};
use crate::decisions::PlacedDecisions;
use crate::diag::{Diagnostic, Severity, Warning};
use crate::index::{self, Changes, Corpus, Lock, Progress, Stamped};
use crate::ingest;
use crate::material::{Material, Scope};
use crate::project::{self, Project};
use crate::report::{self, Quotes};
use crate::tally::{self, Frequencies};

pub use cells::cells;
pub use check::{CheckedCodebook, check_codebook, check_codebook_alone, check_decisions, idle_forms, likely_codebook};
pub use coders::{CoderCodings, codings_of, codings_of_results, codings_of_rules};
pub use compare::{CompareRequest, axis, compare, likely_pairs, value};
pub use compared_mentions::found;
pub use decide::{Addition, Decided, Wish, decide, without_repetitions};
pub use evidence::{evidence, repeated_ids};
pub use exchange::{coded_places, exchange};
pub use forget::forget;
pub use query::{doubts_of_query, parse_query};
pub use record::record;
pub use reporting::{ReportRequest, study_report};
pub use request::{IndexPlace, Observer, Request};
pub use words::{WordLists, WordsRequest, words};

use codebook_file::CodebookFile;
use documents::{Settings, hash_document, read_document, stamp};
use index_folder::{OpenedIndex, has_index, index_error};

/// A project with its index up to date and its material sorted out. Holds the lock of the index.
#[derive(Debug)]
pub struct Study {
    /// The project.
    pub project: Project,
    /// Its index.
    pub corpus: Corpus,
    /// What counts in this run.
    pub material: Material,
    /// What changed since the last run.
    pub changes: Changes,
    /// Cases in order.
    pub cases: Vec<String>,
    /// Phases in order.
    pub phases: project::Ordered,
    /// What is good to know.
    pub notes: Vec<Diagnostic>,
    /// What people decided, as far as this run applies it.
    pub decisions: PlacedDecisions,
    /// Documents that could not be read, and folders that could not be looked into.
    pub skipped: usize,
    /// Documents that consent was withdrawn for.
    pub forgotten: u64,
    /// Whether the project's folder may be written to.
    pub is_writable: bool,
    codebook: CodebookFile,
    // Looking for them takes longer than a search, which tells none of them.
    warnings: OnceLock<Vec<Warning>>,
    _lock: Lock,
    // Removed last, after the index in it is closed.
    _temporary: Option<tempfile::TempDir>,
}

/// A coded study.
#[derive(Debug)]
pub struct Coded {
    /// The codebook.
    pub codebook: Codebook,
    /// What its reader warned of.
    pub codebook_warnings: Vec<Diagnostic>,
    /// Every mention.
    pub codings: Codings,
    /// Which forms of which patterns were mentioned how often.
    pub forms: coding::FormCounts,
    /// The table.
    pub frequencies: Frequencies,
}

/// Opens a project and brings its index up to date.
///
/// # Errors
/// Everything that must be mended first, all at once.
pub fn open(request: &Request, observer: &Observer<'_>) -> Result<Study, Vec<Diagnostic>> {
    let filter = request.filter.as_deref().map(|typed| parse_query(typed, "--where")).transpose()?;
    // While the folder is looked through, what was known of it is read.
    let (project, known) = rayon::join(
        || project::open(&request.folder, request.codebook.as_deref(), ingest::is_readable),
        || has_index(request).then(|| OpenedIndex::take(request, observer)),
    );
    let mut project = project?;
    let forget::LeftOut { forgotten, note } = forget::leave_out(&mut project)?;
    let sources = project.sources();
    let place = known.unwrap_or_else(|| OpenedIndex::take(request, observer))?;
    let read = |index: usize| read_document(&project, &sources[index]);
    let hash = |index: usize| hash_document(&sources[index]);
    let now = std::time::SystemTime::now();
    let settings = Settings::of(&project);
    let stamped: Vec<Stamped<'_>> = sources.par_iter().map(|source| stamp(&settings, source, now)).collect();
    let progress =
        Progress { read: &read, hash: &hash, done: observer.reading, threads: request.threads, rehash: request.rehash };
    let (corpus, changes) = place.index.update(&stamped, &progress).map_err(index_error)?;
    let (of_codings, of_segments) = match filter {
        Some(filter) if filter.asks_codings() => (Some(filter), None),
        other => (None, other),
    };
    let material = Material::new(&project, &corpus, Scope { filter: of_segments.as_ref(), unique: request.unique })?;
    // Documents that could not be read too: a case must not vanish because its only document did.
    let found = |name: &'static str| project.order(name, material.values(name));
    let (cases, phases) = (found(project::CASE).values, found(project::PHASE));
    let failed = corpus.documents().iter().filter(|document| document.outcome.failure.is_some()).count();
    let skipped = failed + project.unseen().len();
    if request.strict && skipped > 0 {
        let folders = project.unseen().iter().map(|folder| folder.diagnostic(project.folder(), Severity::Error));
        return Err(folders.chain(corpus.documents().iter().filter_map(warnings::unreadable)).collect());
    }
    let codebook = CodebookFile::new(project.codebook());
    let decisions = decided::placed(request, &codebook, &corpus, &material)?;
    let mut notes: Vec<Diagnostic> =
        project.messages().iter().filter(|message| message.severity == Severity::Note).cloned().collect();
    notes.extend(note);
    notes.extend(decided::moved(&decisions));
    let study = Study {
        cases,
        phases,
        warnings: OnceLock::new(),
        notes,
        decisions,
        skipped,
        forgotten,
        is_writable: place.is_writable,
        codebook,
        project,
        corpus,
        material,
        changes,
        _lock: place.lock,
        _temporary: place.temporary,
    };
    match of_codings {
        None => Ok(study),
        Some(filter) => narrow::narrowed(study, request, &filter),
    }
}

impl Study {
    /// Lets go of the index at the end of the process, which takes back memory at once and not piece by piece.
    pub fn leave(self) {
        let Self { project, corpus, material, _temporary: temporary, .. } = self;
        // What lies in a temporary folder must be closed before that is removed.
        if temporary.is_none() {
            std::mem::forget((project, corpus, material));
        }
    }

    /// The codebook, which is read the first time that it is asked for, and what its reader warned of.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn codebook(&self) -> Result<(&Codebook, &[Diagnostic]), Vec<Diagnostic>> {
        self.codebook.read()
    }

    /// What must be known with every number.
    #[must_use]
    pub fn warnings(&self) -> &[Warning] {
        self.warnings.get_or_init(|| warnings::of_study(self))
    }

    /// Warnings about documents that could not be read, and folders of them, which every output has.
    #[must_use]
    pub fn unread(&self) -> Vec<Warning> {
        let documents = self.corpus.documents().iter().filter_map(warnings::of_unread);
        documents.chain(warnings::of_unseen(self)).collect()
    }
}

/// Every mention of a codebook's codes that the rules found and people left in place, and those that people made.
///
/// # Errors
/// When the index cannot be read.
pub fn mentions(study: &Study, codebook: &Codebook) -> Result<Mentions, Vec<Diagnostic>> {
    mentions_in(study, codebook, study.material.rows_to_code())
}

/// The same in the rows that `open` marks.
///
/// # Errors
/// When the index cannot be read.
pub fn mentions_in(study: &Study, codebook: &Codebook, open: Vec<bool>) -> Result<Mentions, Vec<Diagnostic>> {
    let which: Vec<usize> = (0..codebook.codes.len()).collect();
    let mentions = coding::apply(&study.corpus, codebook, &which, &open).map_err(unreadable_index)?;
    Ok(study.decisions.apply(codebook, mentions, &open))
}

/// Every mention of a codebook's codes with its stance.
///
/// # Errors
/// When the index cannot be read.
pub fn codings(study: &Study, codebook: &Codebook) -> Result<Codings, Vec<Diagnostic>> {
    let (codings, _) = codings_with(study, codebook, &|_, _, _| {}, &mut std::io::sink())?;
    Ok(codings)
}

/// What is made of a coding: bytes of a file, or nothing where it is kept elsewhere.
type FormatCoding<'a> = dyn Fn(&coding::Coding<'_>, &Codebook, &mut Vec<u8>) + Sync + 'a;

fn codings_with(
    study: &Study,
    codebook: &Codebook,
    format: &FormatCoding<'_>,
    out: &mut dyn Write,
) -> Result<(Codings, coding::FormCounts), Vec<Diagnostic>> {
    let mentions = mentions(study, codebook)?;
    let format = |coding: &coding::Coding<'_>, into: &mut Vec<u8>| format(coding, codebook, into);
    coding::quote(&study.corpus, codebook, mentions, &format, out).map_err(unquoted)
}

/// Codes a study and counts; the line of every coding in `codings.jsonl` is written to `out`.
///
/// # Errors
/// What is wrong with the codebook or the attributes to count by.
pub fn code(
    study: &Study,
    by: Option<&[String]>,
    quotes: Quotes,
    out: &mut dyn Write,
) -> Result<Coded, Vec<Diagnostic>> {
    code_with(study, by, &lines(study, quotes), out)
}

/// Codes a study and counts; no coding is written anywhere.
///
/// # Errors
/// When the study cannot be coded, as for [`code`].
pub fn count(study: &Study, by: Option<&[String]>) -> Result<Coded, Vec<Diagnostic>> {
    code_with(study, by, &|_, _, _| {}, &mut std::io::sink())
}

/// The line of `codings.jsonl` of each coding.
fn lines(study: &Study, quotes: Quotes) -> impl Fn(&coding::Coding<'_>, &Codebook, &mut Vec<u8>) + Sync {
    move |coding, codebook, into| {
        report::write_coding(coding, &study.corpus, &study.material, codebook, quotes, into);
    }
}

fn code_with(
    study: &Study,
    by: Option<&[String]>,
    format: &FormatCoding<'_>,
    out: &mut dyn Write,
) -> Result<Coded, Vec<Diagnostic>> {
    let (codebook, codebook_warnings) = study.codebook()?;
    let cells = cells(study, by)?;
    cells::check_rows(&cells, codebook.codes.len())?;
    // Looked for now: later they would take their room beside all the mentions.
    let _ = study.warnings();
    let (codings, forms) = codings_with(study, codebook, format, out)?;
    let frequencies = tally::tally(&study.corpus, &study.material, codebook, &codings, &cells);
    let (codebook, codebook_warnings) = (codebook.clone(), codebook_warnings.to_vec());
    Ok(Coded { codebook, codebook_warnings, codings, forms, frequencies })
}

fn unreadable_index(error: std::io::Error) -> Vec<Diagnostic> {
    vec![index::unreadable(error)]
}

/// What is told where codings could not be made.
fn unquoted(error: coding::QuoteError) -> Vec<Diagnostic> {
    let id = match error {
        coding::QuoteError::Index(error) => return unreadable_index(error),
        coding::QuoteError::Output(_) => "output/unwritable",
    };
    vec![Diagnostic::error(id, error.to_string())]
}
