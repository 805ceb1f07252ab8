//! The whole run, top to bottom: folder → project → index → material → codings → frequencies → files.

mod check;
mod codebook_file;
mod coders;
mod collected;
mod compare;
mod decide;
mod decided;
mod documents;
mod evidence;
mod exchange;
mod forget;
mod found;
mod narrow;
mod own;
mod place;
mod reporting;
mod words;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use rayon::prelude::*;

use crate::codebook::Codebook;
use crate::codebook::pattern::{Context, Pattern, PatternProblem, parse};
use crate::coding::{self, Codings, Mentions};
use crate::decisions::{PlacedDecisions, Whose};
use crate::diag::{Diagnostic, MAX_NAMED, Severity, Warning, and_more, shortened};
use crate::disk::Input;
use crate::index::{self, Changes, Corpus, Lock, Progress, Stamped};
use crate::ingest;
use crate::material::{self, Material, Scope};
use crate::project::{self, Project};
use crate::report::{self, Options, Quotes, RunRecord, RunTotals};
use crate::tally::{self, Cells, Frequencies};

pub use check::{CheckedCodebook, check_codebook, check_codebook_alone, check_decisions, likely_codebook};
pub use coders::{CoderCodings, codings_of, codings_of_results, codings_of_rules};
pub use compare::{CompareRequest, axis, compare, value, values_with_material};
pub use decide::{Addition, Decided, Wish, decide, without_repetitions};
pub use evidence::{evidence, repeated_ids};
pub use exchange::{coded_places, exchange};
pub use forget::forget;
pub use found::found;
pub use reporting::{ReportRequest, study_report};
pub use words::{WordLists, WordsRequest, words};

use codebook_file::CodebookFile;
use documents::{Settings, hash_document, read_document, stamp};
use place::{Place, has_index, index_error};

/// What a run is asked for.
#[derive(Debug, Clone)]
pub struct Request {
    /// The project's folder.
    pub folder: PathBuf,
    /// A codebook instead of the project's.
    pub codebook: Option<PathBuf>,
    /// Only segments that this filter lets pass, as typed.
    pub filter: Option<String>,
    /// Attributes to count by; case and phase if none are named.
    pub by: Option<Vec<String>>,
    /// Whose decisions are applied.
    pub decisions: Whose,
    /// Of repeated segments only the first.
    pub unique: bool,
    /// A document that cannot be read is an error.
    pub strict: bool,
    /// Threads to read with.
    pub threads: usize,
    /// Compare documents by content.
    pub rehash: bool,
    /// Where the index is kept.
    pub index: IndexPlace,
}

impl Request {
    /// A run on the whole project in `folder` as it stands, all decisions applied.
    #[must_use]
    pub fn of(folder: &Path, threads: usize) -> Self {
        Self {
            folder: folder.to_owned(),
            codebook: None,
            filter: None,
            by: None,
            decisions: Whose::All,
            unique: false,
            strict: false,
            threads,
            rehash: false,
            index: IndexPlace::Kept,
        }
    }
}

/// Where the index of a run is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IndexPlace {
    /// In the project, or in the user's cache folder if the project is read-only.
    Kept,
    /// In a folder that is removed when the run ends: nothing is written to the project.
    Temporary,
}

/// What a run tells while it works.
pub struct Observer<'a> {
    /// Documents read so far, of how many.
    pub reading: &'a (dyn Fn(usize, usize) + Sync),
    /// Another run holds the index.
    pub waiting: &'a (dyn Fn(&index::Waiting) + Sync),
}

impl std::fmt::Debug for Observer<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Observer").finish_non_exhaustive()
    }
}

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
    /// Documents that could not be read.
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
    let filter = request.filter.as_deref().map(parse_filter).transpose()?;
    // While the folder is looked through, what was known of it is read.
    let (project, known) = rayon::join(
        || project::open(&request.folder, request.codebook.as_deref(), ingest::is_readable),
        || has_index(request).then(|| Place::take(request, observer)),
    );
    let mut project = project?;
    let forget::LeftOut { forgotten, note } = forget::leave_out(&mut project)?;
    let sources = project.sources();
    let place = known.unwrap_or_else(|| Place::take(request, observer))?;
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
    let skipped = corpus.documents().iter().filter(|document| document.failure.is_some()).count();
    if request.strict && skipped > 0 {
        return Err(corpus.documents().iter().filter_map(unreadable).collect());
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
        self.warnings.get_or_init(|| {
            let mut warnings = warnings(self);
            warnings.extend(self.decisions.problems.iter().cloned());
            warnings
        })
    }

    /// Those about documents that could not be read, which every output has.
    #[must_use]
    pub fn unread(&self) -> Vec<Warning> {
        self.corpus
            .documents()
            .iter()
            .filter_map(|document| Some(of_document(document, document.failure.as_ref()?)))
            .collect()
    }
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
/// As [`code`].
pub fn count(study: &Study, by: Option<&[String]>) -> Result<Coded, Vec<Diagnostic>> {
    code_with(study, by, &|_, _, _| {}, &mut std::io::sink())
}

/// What is made of a coding: bytes of a file, or nothing where it is kept elsewhere.
type FormatCoding<'a> = dyn Fn(&coding::Coding<'_>, &Codebook, &mut Vec<u8>) + Sync + 'a;

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
    let n_codes = codebook.codes.len();
    if let (n_rows, false) = cells.rows(n_codes) {
        let by = counted_by(cells.axes());
        return Err(too_many_cells(format!("{n_codes} codes by {by} make {n_rows} rows, sums among them")));
    }
    let (codings, forms) = codings_with(study, codebook, format, out)?;
    let frequencies = tally::tally(&study.corpus, &study.material, codebook, &codings, &cells);
    let (codebook, codebook_warnings) = (codebook.clone(), codebook_warnings.to_vec());
    Ok(Coded { codebook, codebook_warnings, codings, forms, frequencies })
}

/// Every mention of a codebook's codes that the rules found and people left in place, and those that people made.
///
/// # Errors
/// When the index cannot be read.
pub fn mentions(study: &Study, codebook: &Codebook) -> Result<Mentions, Vec<Diagnostic>> {
    mentions_in(study, codebook, study.material.open())
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

/// The cells of a table by the attributes that are asked for, or by case and phase.
///
/// # Errors
/// When there is no such attribute, or far too many cells.
pub fn cells(study: &Study, by: Option<&[String]>) -> Result<Cells, Vec<Diagnostic>> {
    let default = [project::CASE.to_owned(), project::PHASE.to_owned()];
    let mut errors = Vec::new();
    let mut axes: Vec<material::Axis> = Vec::new();
    for raw in by.unwrap_or(&default) {
        let name = study.project.attribute_name(raw);
        if axes.iter().any(|axis| axis.name == name) {
            errors.push(Diagnostic::error("tally/attribute-twice", format!("`{name}` is to be counted by twice")));
            continue;
        }
        let order = match name.as_str() {
            project::CASE => study.cases.clone(),
            project::PHASE => study.phases.values.clone(),
            _ => Vec::new(),
        };
        match study.material.axis(&study.corpus, &name, &order) {
            Ok(mut axis) => {
                if order.is_empty() {
                    let ordered = study.project.order(&name, axis.values.iter().map(String::as_str)).values;
                    axis = study.material.axis(&study.corpus, &name, &ordered).map_err(|error| vec![error])?;
                }
                axes.push(axis);
            }
            Err(error) => errors.push(error),
        }
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    let by = counted_by(&axes);
    Cells::new(axes).ok_or_else(|| too_many_cells(format!("{by} make more than a million cells, sums among them")))
}

/// The attributes of a table, and how many values each has.
fn counted_by(axes: &[material::Axis]) -> String {
    let named = axes.iter().take(MAX_NAMED).map(|axis| match axis.values.len() {
        1 => format!("`{}` with 1 value", shortened(&axis.name)),
        n => format!("`{}` with {n} values", shortened(&axis.name)),
    });
    and_more(named.collect(), axes.len())
}

fn too_many_cells(message: String) -> Vec<Diagnostic> {
    let error = Diagnostic::error("tally/too-many-cells", message);
    vec![error.hint("count by fewer attributes, or by such as have fewer values")]
}

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

/// A `--where` as typed.
fn parse_filter(source: &str) -> Result<Pattern, Vec<Diagnostic>> {
    parse_query(source, "--where")
}

/// A query or filter as typed at `place`, which messages name.
///
/// # Errors
/// Everything that is wrong with it.
pub fn parse_query(source: &str, place: &str) -> Result<Pattern, Vec<Diagnostic>> {
    let text = std::sync::Arc::from(source);
    let diagnostic = |problem: PatternProblem| problem.into_diagnostic_alone(Severity::Error, Path::new(place), &text);
    parse(source, Context::Query).map_err(|problems| problems.into_iter().map(diagnostic).collect())
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

fn unreadable(document: &index::DocumentRecord) -> Option<Diagnostic> {
    let failure = document.failure.as_ref()?;
    Some(Diagnostic::error("ingest/unreadable", format!("`{}`: {}", document.path, failure.message)))
}

/// What became of a document.
fn of_document(document: &index::DocumentRecord, problem: &ingest::Notice) -> Warning {
    let is_why = document.failure.as_deref() == Some(problem);
    let effect = if is_why { ": not coded, not in any denominator" } else { "" };
    Warning::new(problem.id.clone(), format!("{}{effect}", problem.message)).about(&document.path)
}

/// A message with the document that it is about, and what was meant.
fn of_message(study: &Study, message: &Diagnostic) -> Warning {
    let file = message.places.first().and_then(|place| place.path.strip_prefix(study.project.folder()).ok());
    let path = file.and_then(|file| file.to_str()).filter(|path| study.corpus.document_at(path).is_some());
    let meant = message.hints.iter().find(|hint| hint.starts_with("did you mean"));
    let text = meant.map_or_else(|| message.message.clone(), |meant| format!("{}; {meant}", message.message));
    let warning = Warning::new(message.id, text);
    match path {
        Some(path) => warning.about(path),
        None => warning,
    }
}

fn warnings(study: &Study) -> Vec<Warning> {
    let Study { project, corpus, material, .. } = study;
    let mut warnings = Vec::new();
    for document in corpus.documents() {
        warnings.extend(document.all_problems().map(|problem| of_document(document, problem)));
    }
    let messages = project.messages().iter().filter(|message| message.severity == Severity::Warning);
    warnings.extend(messages.chain(material.diagnostics()).map(|message| of_message(study, message)));
    warnings.extend(material::warnings(material, corpus, project.languages()));
    // More cells than a table can have are told of where the table is asked for.
    if let Ok(cells) = cells(study, None) {
        let unequal = tally::unequal_lines(&tally::unequal(corpus, material, &cells), &cells);
        warnings.extend(unequal.into_iter().map(|message| Warning::new("material/unequal", message)));
        warnings.extend(material::confounded(material, corpus, &cells.axes()[1]));
    }
    warnings
}
