//! Attributes of documents, states and speakers of segments.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use super::attributes;
use super::axis::NOWHERE;
use super::by_row::ByRow;
use super::counted_interviewers::askers;
use super::silent_speakers::unheard;
use super::voices::Voices;
use crate::codebook::pattern::Pattern;
use crate::diag::Diagnostic;
use crate::index::Corpus;
use crate::project::{Attributes, Dimension, Names, PHASE, Project};
use crate::segment::SegmentKind;
use crate::text::narrow;

/// Whether a segment is coded and counted in this run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowState {
    /// Not of this run: of an older reading, outside the filter, or repeated where repetitions are left out.
    Out,
    /// Coded, counted, in denominators.
    Material,
    /// Searchable, never coded, in no denominator: headings and those who ask.
    Context,
}

/// What of the project a run looks at.
#[derive(Debug, Clone, Copy)]
pub struct Scope<'a> {
    /// Only segments that this filter lets pass.
    pub filter: Option<&'a Pattern>,
    /// Of repeated segments only the first, in the documents' order; answers are never left out.
    pub unique: bool,
}

/// The material of one run.
#[derive(Debug)]
pub struct Material {
    /// Shared by documents that have the same.
    pub(super) attributes: Vec<Arc<Attributes>>,
    attribute_names: Names,
    pub(super) case: Dimension,
    pub(super) phase: Dimension,
    /// The phases of the material in their order.
    pub(super) phases: Vec<String>,
    /// Attributes of those who answered in a survey's sheets, by document and number.
    pub(super) respondents: Vec<Vec<Attributes>>,
    pub(super) failed: Vec<bool>,
    pub(super) states: Vec<RowState>,
    pub(super) voices: ByRow,
    /// By row: an index into `names`, what a speaker is called in output.
    pub(super) speakers: ByRow,
    pub(super) names: Vec<String>,
    pub(super) roles: ByRow,
    /// By row: who `speakers.csv` says that the speaker is; an index into `names`.
    pub(super) ids: ByRow,
    /// By row: an index into `names`, what the respondent of a survey is called in output.
    pub(super) respondent_names: ByRow,
    /// By row: an index into `names`, the case that the speaker speaks for.
    pub(super) row_cases: ByRow,
    /// Words of excluded speakers and of all speakers, by document: for the material warnings.
    pub(super) excluded_words: Vec<(u64, u64)>,
    /// Whether a filter was applied.
    pub(super) is_narrowed: bool,
    /// Rows that repeat another, whether or not they are left out for that; computed when first needed.
    repeated: OnceLock<Vec<usize>>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl Material {
    /// Looks at every document and segment of the corpus once.
    ///
    /// # Errors
    /// When the filter asks for an attribute that nothing has.
    pub fn new(project: &Project, corpus: &Corpus, scope: Scope<'_>) -> Result<Self, Vec<Diagnostic>> {
        let attributes = attributes::of_documents(project, corpus);
        let respondents = attributes::of_respondents(project, corpus);
        let failed: Vec<bool> = corpus.documents().iter().map(|document| document.outcome.failure.is_some()).collect();
        let mut voices = Voices::of(project, corpus, &attributes);
        let repeated = scope.unique.then(|| repetitions(corpus, &voices.states));
        if let Some(repeated) = &repeated {
            leave_out(corpus, repeated, &mut voices.states);
        }
        let phases = attributes::values(&attributes, &respondents, PHASE);
        let phases = phases.into_iter().filter(|phase| !phase.is_empty());
        let mut material = Self {
            attribute_names: project.names().clone(),
            case: project.case().clone(),
            phase: project.phase().clone(),
            phases: project.order(PHASE, phases).values,
            diagnostics: diagnostics(project, corpus, &attributes, &respondents, &failed, &voices.askers),
            attributes,
            respondents,
            failed,
            states: voices.states,
            voices: voices.persons,
            speakers: voices.speakers,
            names: voices.names,
            roles: voices.roles,
            ids: voices.ids,
            respondent_names: voices.respondent_names,
            row_cases: voices.cases,
            excluded_words: voices.excluded_words,
            is_narrowed: false,
            repeated: repeated.map_or_else(OnceLock::new, OnceLock::from),
        };
        if let Some(filter) = scope.filter {
            let kept = material.passes(corpus, filter)?;
            material.narrow(corpus, filter, &kept);
        }
        Ok(material)
    }

    pub(super) fn canonical(&self, name: &str) -> String {
        self.attribute_names.canonical(name)
    }

    /// Whether the row is coded and counted.
    #[must_use]
    pub fn state(&self, row: usize) -> RowState {
        self.states[row]
    }

    /// By row: whether it is material, which is coded and counted.
    #[must_use]
    pub fn rows_to_code(&self) -> Vec<bool> {
        self.states.iter().map(|state| *state == RowState::Material).collect()
    }

    /// By row: whether it can be searched, material or context.
    #[must_use]
    pub fn searchable(&self) -> Vec<bool> {
        self.states.iter().map(|state| *state != RowState::Out).collect()
    }

    /// The person who speaks, by a number; `None` where the source does not tell.
    #[must_use]
    pub fn voice(&self, row: usize) -> Option<u32> {
        Some(self.voices.get(row)).filter(|voice| *voice != NOWHERE)
    }

    /// What the speaker is called in every output: a pseudonym where one is given, else the label.
    #[must_use]
    pub fn speaker(&self, row: usize) -> Option<&str> {
        self.names.get(self.speakers.get(row) as usize).map(String::as_str)
    }

    /// What one who answers a survey is called in every output, likewise.
    #[must_use]
    pub fn respondent<'a>(&'a self, corpus: &'a Corpus, row: usize) -> Option<&'a str> {
        let number = self.respondent_names.get(row);
        let listed = self.names.get(number as usize).map(String::as_str);
        listed.or_else(|| corpus.rows().informant(row).map(|label| corpus.label(label)))
    }

    /// An attribute of a document; `None` where it lacks it.
    #[must_use]
    pub fn attribute(&self, document: usize, name: &str) -> Option<&str> {
        self.attributes[document].values.get(name).map(String::as_str)
    }

    /// What people call the value `id` of the attribute `name`: the label of a case or phase, where it has one.
    #[must_use]
    pub fn label_of<'a>(&'a self, name: &str, id: &'a str) -> &'a str {
        self.dimension(name).map_or(id, |dimension| dimension.label_of(id))
    }

    /// All attributes of a document.
    #[must_use]
    pub fn attributes(&self, document: usize) -> &BTreeMap<String, String> {
        &self.attributes[document].values
    }

    /// The documents that were read and have a row in this run, by index; a document without segments counts too
    /// unless the run is filtered.
    pub fn documents_read<'a>(&'a self, corpus: &'a Corpus) -> impl Iterator<Item = usize> + 'a {
        (0..corpus.documents().len()).filter(|document| self.is_read(corpus, *document))
    }

    pub(super) fn is_read(&self, corpus: &Corpus, document: usize) -> bool {
        let mut rows = corpus.rows_of(document);
        !self.failed[document] && (rows.is_empty() || rows.any(|row| self.states[row] != RowState::Out))
    }

    /// The documents that a run lists: without a filter all, else those with a row that it lets pass, and those without
    /// any row, since nobody knows what it would have let pass.
    pub fn documents_listed<'a>(&'a self, corpus: &'a Corpus) -> impl Iterator<Item = usize> + 'a {
        (0..corpus.documents().len()).filter(|document| {
            let mut rows = corpus.rows_of(*document);
            !self.is_narrowed || rows.is_empty() || rows.any(|row| self.states[row] != RowState::Out)
        })
    }

    /// Segments that repeat another word for word, whether they are left out for it or not, and their words.
    #[must_use]
    pub fn repeated(&self, corpus: &Corpus) -> (u64, u64) {
        let words = self.repeated_rows(corpus).iter().map(|row| u64::from(corpus.rows().n_words(*row)));
        (self.repeated_rows(corpus).len() as u64, words.sum())
    }

    /// Rows that repeat another word for word, whether they are left out for it or not.
    pub(super) fn repeated_rows(&self, corpus: &Corpus) -> &[usize] {
        self.repeated.get_or_init(|| repetitions(corpus, &self.states))
    }

    /// Of the rows that repeat another, only those that `kept` marks are in the material.
    pub(super) fn keep_repeated(&mut self, corpus: &Corpus, kept: &[bool]) {
        let repeated: Vec<usize> = self.repeated_rows(corpus).iter().copied().filter(|row| kept[*row]).collect();
        self.repeated = OnceLock::from(repeated);
    }

    /// The attributes of the documents that `fits` takes, by document; those that neighbours share come once.
    pub(super) fn distinct(&self, fits: impl Fn(usize) -> bool) -> impl Iterator<Item = (usize, &Attributes)> {
        attributes::distinct(&self.attributes, fits)
    }

    /// The values that documents and respondents have of an attribute, in the order in which they come up.
    #[must_use]
    pub fn values(&self, name: &str) -> Vec<&str> {
        attributes::values(&self.attributes, &self.respondents, name)
    }

    /// What attributes and speakers showed that must be known.
    #[must_use]
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }
}

/// What attributes and speakers show that must be known.
fn diagnostics(
    project: &Project,
    corpus: &Corpus,
    attributes: &[Arc<Attributes>],
    respondents: &[Vec<Attributes>],
    failed: &[bool],
    found_askers: &BTreeMap<&str, usize>,
) -> Vec<Diagnostic> {
    let path = |document: usize| corpus.documents()[document].path.as_str();
    let read = attributes::distinct(attributes, |document| !failed[document]);
    let read = read.map(|(document, own)| (path(document), own));
    let answered =
        respondents.iter().enumerate().flat_map(|(document, all)| all.iter().map(move |own| (document, own)));
    let answered = answered.map(|(document, own)| (path(document), own));
    let mut diagnostics = project.attribute_warnings(read, answered);
    diagnostics.extend(unheard(project, corpus));
    diagnostics.extend(askers(project, found_askers));
    diagnostics
}

/// Takes rows out that repeat others, and with a document's last material its headings and questions: nothing of it is
/// counted then.
fn leave_out(corpus: &Corpus, repeated: &[usize], states: &mut [RowState]) {
    repeated.iter().for_each(|row| states[*row] = RowState::Out);
    let documents: BTreeSet<usize> = repeated.iter().filter_map(|row| corpus.rows().document(*row)).collect();
    for rows in documents.into_iter().map(|document| corpus.rows_of(document)) {
        if states[rows.clone()].iter().all(|state| *state != RowState::Material) {
            states[rows].fill(RowState::Out);
        }
    }
}

/// The rows that repeat another word for word, but for the first of them in the documents' order.
fn repetitions(corpus: &Corpus, states: &[RowState]) -> Vec<usize> {
    let rows = corpus.rows();
    let mut repeats: Vec<(u64, u32, u32)> = Vec::new();
    for document in 0..corpus.documents().len() {
        for row in corpus.rows_of(document) {
            let is_counted = states[row] == RowState::Material && rows.kind(row) != SegmentKind::Answer;
            if is_counted && rows.repeat(row) != 0 {
                repeats.push((rows.repeat(row), narrow(document), narrow(row)));
            }
        }
    }
    repeats.sort_unstable();
    repeats.chunk_by(|a, b| a.0 == b.0).flat_map(|same| same[1..].iter().map(|(_, _, row)| *row as usize)).collect()
}
