//! Attributes of documents, states and speakers of segments.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use super::askers::askers;
use super::axis::NOWHERE;
use super::unheard::unheard;
use crate::codebook::pattern::Pattern;
use crate::diag::Diagnostic;
use crate::index::{Corpus, DocumentRecord, Labels};
use crate::ingest::Properties;
use crate::project::{Attributes, Dimension, INFORMANT, LANGUAGE, Names, PHASE, Project, Source};
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
    pub(super) voices: Vec<u32>,
    /// By row: an index into `names`, what a speaker is called in output.
    pub(super) speakers: Vec<u32>,
    pub(super) names: Vec<String>,
    pub(super) roles: Vec<u32>,
    /// By row: who `speakers.csv` says that the speaker is; an index into `names`.
    pub(super) ids: Option<Vec<u32>>,
    /// By row: an index into `names`, what the respondent of a survey is called in output.
    pub(super) respondent_names: Option<Vec<u32>>,
    /// By row: an index into `names`, the case that the speaker speaks for.
    pub(super) row_cases: Option<Vec<u32>>,
    /// Words of excluded speakers and of all speakers, by document: for the material warnings.
    pub(super) excluded_words: Vec<(u64, u64)>,
    /// Whether a filter was applied.
    pub(super) is_narrowed: bool,
    /// Rows that repeat another, whether or not they are left out for that; computed when first needed.
    repeated: OnceLock<Vec<usize>>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// A document's attributes while they are put together.
enum Own {
    /// Its own.
    Of(Arc<Attributes>),
    /// What its path says, which lies at this address, and its language.
    OfPath(usize),
}

impl Material {
    /// Looks at every document and segment of the corpus once.
    ///
    /// # Errors
    /// When the filter asks for an attribute that nothing has.
    pub fn new(project: &Project, corpus: &Corpus, scope: Scope<'_>) -> Result<Self, Vec<Diagnostic>> {
        let n_rows = corpus.rows().len();
        let mut material = Self {
            attributes: Vec::with_capacity(corpus.documents().len()),
            attribute_names: project.names().clone(),
            case: project.case().clone(),
            phase: project.phase().clone(),
            phases: Vec::new(),
            respondents: respondents(project, corpus),
            failed: corpus.documents().iter().map(|document| document.failure.is_some()).collect(),
            states: vec![RowState::Out; n_rows],
            voices: vec![NOWHERE; n_rows],
            speakers: vec![NOWHERE; n_rows],
            names: Vec::new(),
            roles: vec![NOWHERE; n_rows],
            ids: None,
            respondent_names: None,
            row_cases: None,
            excluded_words: vec![(0, 0); corpus.documents().len()],
            is_narrowed: false,
            repeated: OnceLock::new(),
            diagnostics: Vec::new(),
        };
        let mut names = Labels::default();
        let mut people = Labels::default();
        let attributes_of = |record: &DocumentRecord| {
            let mut attributes = project.attributes(&record.path, record.properties());
            if let Some(language) = &record.language {
                attributes.values.entry(LANGUAGE.to_owned()).or_insert_with(|| language.clone());
            }
            attributes
        };
        // Most documents say nothing of themselves: what their path says is shared, and so is this.
        let of_one = |(record, source): (&DocumentRecord, Option<&Source>)| {
            let Properties { front_matter, document, .. } = record.properties();
            let is_silent = front_matter.is_empty() && document.is_empty();
            match source.filter(|source| is_silent && source.manifest.is_empty()) {
                Some(source) => Own::OfPath(Arc::as_ptr(&source.from_path).addr()),
                None => Own::Of(Arc::new(attributes_of(record))),
            }
        };
        let sources = sources_of(corpus.documents(), project.sources());
        let all: Vec<Own> = corpus.documents().par_iter().zip(sources).map(of_one).collect();
        let mut shared: BTreeMap<(usize, Option<&str>), Arc<Attributes>> = BTreeMap::new();
        for (document, own) in all.into_iter().enumerate() {
            let record = &corpus.documents()[document];
            let attributes = match own {
                Own::Of(attributes) => attributes,
                Own::OfPath(said) => {
                    let shared = shared.entry((said, record.language.as_deref()));
                    Arc::clone(shared.or_insert_with(|| Arc::new(attributes_of(record))))
                }
            };
            material.voices_of(project, corpus, document, &attributes, &mut names, &mut people);
            material.attributes.push(attributes);
        }
        let read = material.distinct(|document| !material.failed[document]);
        let read = read.map(|(document, own)| (corpus.documents()[document].path.as_str(), own));
        let answered = |document: usize| {
            let path = corpus.documents()[document].path.as_str();
            material.respondents[document].iter().map(move |own| (path, own))
        };
        let diagnostics = project.attribute_warnings(read, (0..material.respondents.len()).flat_map(answered));
        material.diagnostics = diagnostics;
        material.diagnostics.extend(unheard(project, corpus));
        material.diagnostics.extend(askers(project, corpus));
        material.names = names.finish();
        if scope.unique {
            let repeated = material.repetitions(corpus);
            repeated.iter().for_each(|row| material.states[*row] = RowState::Out);
            material.repeated = OnceLock::from(repeated);
        }
        let phases = material.values(PHASE).into_iter().filter(|phase| !phase.is_empty());
        material.phases = project.order(PHASE, phases).values;
        if let Some(filter) = scope.filter {
            let kept = material.passes(corpus, filter)?;
            material.narrow(corpus, filter, &kept);
        }
        Ok(material)
    }

    /// Sets the state, the speaker and the person of each row of a document.
    fn voices_of(
        &mut self,
        project: &Project,
        corpus: &Corpus,
        document: usize,
        attributes: &Attributes,
        names: &mut Labels,
        people: &mut Labels,
    ) {
        let path = corpus.documents()[document].path.as_str();
        let rows = corpus.rows();
        let informant = Some(attributes.get(INFORMANT)).filter(|informant| !informant.is_empty());
        let mut labels: BTreeMap<u32, Voice> = BTreeMap::new();
        let mut respondents: BTreeMap<u32, Option<Voice>> = BTreeMap::new();
        for row in corpus.rows_of(document) {
            let n_words = u64::from(rows.n_words(row));
            let mut state = if rows.kind(row) == SegmentKind::Heading { RowState::Context } else { RowState::Material };
            if let Some(label) = rows.speaker(row) {
                let voice =
                    labels.entry(label).or_insert_with(|| Voice::of(project, path, corpus.label(label), names, people));
                self.speakers[row] = voice.name;
                self.hear(row, voice);
                self.excluded_words[document].1 += n_words;
                if voice.is_excluded {
                    state = RowState::Context;
                    self.excluded_words[document].0 += n_words;
                }
            } else if let Some(informant) = rows.informant(row) {
                let label = corpus.label(informant);
                let listed = respondents.entry(informant).or_insert_with(|| {
                    let is_listed = project.speakers().get(path, label).is_some();
                    is_listed.then(|| Voice::of(project, path, label, names, people))
                });
                if let Some(voice) = listed {
                    self.hear(row, voice);
                    self.respondent_names.get_or_insert_with(|| vec![NOWHERE; rows.len()])[row] = voice.name;
                    state = if voice.is_excluded { RowState::Context } else { state };
                }
                if listed.as_ref().is_none_or(|voice| voice.id.is_none()) {
                    self.voices[row] = people.number(&format!("person {label}"));
                }
            } else if let Some(informant) = informant {
                self.voices[row] = people.number(&format!("person {informant}"));
            }
            self.states[row] = state;
        }
        // One who is asked, with a document's own informant: the label is that person.
        let asked: Vec<&Voice> = labels.values().filter(|voice| !voice.is_excluded).collect();
        if let (Some(informant), [only]) = (informant, asked.as_slice())
            && only.id.is_none()
        {
            let person = people.number(&format!("person {informant}"));
            let name = only.name;
            for row in corpus.rows_of(document) {
                if self.speakers[row] == name && self.states[row] == RowState::Material {
                    self.voices[row] = person;
                }
            }
        }
    }

    /// Takes in who speaks in a row.
    fn hear(&mut self, row: usize, voice: &Voice) {
        let n_rows = self.states.len();
        self.voices[row] = voice.person;
        self.roles[row] = voice.role;
        if let Some(case) = voice.case {
            self.row_cases.get_or_insert_with(|| vec![NOWHERE; n_rows])[row] = case;
        }
        if let Some(id) = voice.id {
            self.ids.get_or_insert_with(|| vec![NOWHERE; n_rows])[row] = id;
        }
    }

    /// The rows that repeat another word for word, but for the first of them in the documents' order.
    fn repetitions(&self, corpus: &Corpus) -> Vec<usize> {
        let rows = corpus.rows();
        let mut repeats: Vec<(u64, u32, u32)> = Vec::new();
        for document in 0..corpus.documents().len() {
            for row in corpus.rows_of(document) {
                let is_counted = self.states[row] == RowState::Material && rows.kind(row) != SegmentKind::Answer;
                if is_counted && rows.repeat(row) != 0 {
                    repeats.push((rows.repeat(row), narrow(document), narrow(row)));
                }
            }
        }
        repeats.sort_unstable();
        repeats.chunk_by(|a, b| a.0 == b.0).flat_map(|same| same[1..].iter().map(|(_, _, row)| *row as usize)).collect()
    }

    pub(super) fn canonical(&self, name: &str) -> String {
        self.attribute_names.canonical(name)
    }

    /// Whether the row is coded and counted.
    #[must_use]
    pub fn state(&self, row: usize) -> RowState {
        self.states[row]
    }

    /// By row: whether it is material.
    #[must_use]
    pub fn open(&self) -> Vec<bool> {
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
        (self.voices[row] != NOWHERE).then_some(self.voices[row])
    }

    /// What the speaker is called in every output: a pseudonym where one is given, else the label.
    #[must_use]
    pub fn speaker(&self, row: usize) -> Option<&str> {
        self.names.get(self.speakers[row] as usize).map(String::as_str)
    }

    /// What one who answers a survey is called in every output, likewise.
    #[must_use]
    pub fn respondent<'a>(&'a self, corpus: &'a Corpus, row: usize) -> Option<&'a str> {
        let number = self.respondent_names.as_ref().map_or(NOWHERE, |names| names[row]);
        let listed = self.names.get(number as usize).map(String::as_str);
        listed.or_else(|| corpus.rows().informant(row).map(|label| corpus.label(label)))
    }

    /// An attribute of a document; `None` where it lacks it.
    #[must_use]
    pub fn attribute(&self, document: usize, name: &str) -> Option<&str> {
        self.attributes[document].values.get(name).map(String::as_str)
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
        self.repeated.get_or_init(|| self.repetitions(corpus))
    }

    /// Of the rows that repeat another, only those that `kept` marks are in the material.
    pub(super) fn keep_repeated(&mut self, corpus: &Corpus, kept: &[bool]) {
        let repeated: Vec<usize> = self.repeated_rows(corpus).iter().copied().filter(|row| kept[*row]).collect();
        self.repeated = OnceLock::from(repeated);
    }

    /// The attributes of the documents that `fits` takes, by document; those that neighbours share come once.
    pub(super) fn distinct(&self, fits: impl Fn(usize) -> bool) -> impl Iterator<Item = (usize, &Attributes)> {
        let mut last: Option<&Arc<Attributes>> = None;
        self.attributes.iter().enumerate().filter_map(move |(document, own)| {
            let is_new = last.is_none_or(|last| !Arc::ptr_eq(last, own)) && fits(document);
            if is_new {
                last = Some(own);
            }
            is_new.then_some((document, &**own))
        })
    }

    /// The values that documents and respondents have of an attribute, in the order in which they come up.
    #[must_use]
    pub fn values(&self, name: &str) -> Vec<&str> {
        let mut seen = BTreeSet::new();
        let of_documents = self.distinct(|_| true).map(|(_, own)| own);
        let all = of_documents.chain(self.respondents.iter().flatten());
        let values = all.filter_map(|own| own.values.get(name)).map(String::as_str);
        values.filter(|value| seen.insert(*value)).collect()
    }

    /// What attributes and speakers showed that must be known.
    #[must_use]
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }
}

/// What is known about the respondents of survey sheets, by document and number.
fn respondents(project: &Project, corpus: &Corpus) -> Vec<Vec<Attributes>> {
    let of_document = |document: &DocumentRecord| project.respondents_attributes(&document.properties().respondents);
    corpus.documents().iter().map(of_document).collect()
}

/// The file of each document; both are in order of path.
fn sources_of<'p>(documents: &[DocumentRecord], sources: &'p [Source]) -> Vec<Option<&'p Source>> {
    let mut sources = sources.iter().peekable();
    let of_document = |document: &DocumentRecord| {
        while sources.next_if(|source| source.path < document.path).is_some() {}
        sources.next_if(|source| source.path == document.path)
    };
    documents.iter().map(of_document).collect()
}

/// One speaker of one document.
struct Voice {
    name: u32,
    person: u32,
    role: u32,
    case: Option<u32>,
    /// Who `speakers.csv` says that it is.
    id: Option<u32>,
    is_excluded: bool,
}

impl Voice {
    fn of(project: &Project, path: &str, label: &str, names: &mut Labels, people: &mut Labels) -> Self {
        let known = project.speakers().get(path, label);
        let id = known.and_then(|speaker| speaker.id.as_deref());
        let name = known.and_then(|speaker| speaker.pseudonym.as_deref()).unwrap_or(label);
        Self {
            name: names.number(name),
            // Across documents the same person only where something says so.
            person: match id {
                Some(id) => people.number(&format!("person {id}")),
                None => people.unnamed(),
            },
            role: known.and_then(|speaker| speaker.role.as_deref()).map_or(NOWHERE, |role| names.number(role)),
            case: known.and_then(|speaker| speaker.case.as_deref()).map(|case| names.number(case)),
            id: id.map(|id| names.number(id)),
            is_excluded: project.speakers().is_excluded(path, label),
        }
    }
}
