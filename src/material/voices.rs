//! Who speaks in each row, and whether it is coded and counted for it.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::RowState;
use super::axis::NOWHERE;
use super::by_row::ByRow;
use crate::index::{Corpus, Labels};
use crate::project::{Attributes, INFORMANT, Project, SpeakerLabel};
use crate::segment::SegmentKind;

/// All rows of the corpus with those who speak in them, by row where nothing else is said.
pub(super) struct Voices<'a> {
    pub(super) states: Vec<RowState>,
    /// Numbers of persons.
    pub(super) persons: ByRow,
    /// Indices into `names`: what a speaker is called in output.
    pub(super) speakers: ByRow,
    pub(super) names: Vec<String>,
    /// Likewise the speaker's role.
    pub(super) roles: ByRow,
    /// Likewise who `speakers.csv` says that the speaker is.
    pub(super) ids: ByRow,
    /// Likewise what the respondent of a survey is called in output.
    pub(super) respondent_names: ByRow,
    /// Likewise the case that the speaker speaks for.
    pub(super) cases: ByRow,
    /// By document: words of excluded speakers and of all speakers.
    pub(super) excluded_words: Vec<(u64, u64)>,
    /// Labels that may ask and are counted, each with in how many documents.
    pub(super) askers: BTreeMap<&'a str, usize>,
}

/// Rows while those who speak in them are looked up, document by document.
struct Hearing<'a> {
    project: &'a Project,
    corpus: &'a Corpus,
    /// Labels of the corpus that were come upon, by number.
    labels: BTreeMap<u32, SpeakerLabel<'a>>,
    names: Labels,
    people: Labels,
    heard: Voices<'a>,
}

impl<'a> Voices<'a> {
    /// `attributes` are those of the documents.
    pub(super) fn of(project: &'a Project, corpus: &'a Corpus, attributes: &[Arc<Attributes>]) -> Self {
        let n_rows = corpus.rows().len();
        let heard = Self {
            states: vec![RowState::Out; n_rows],
            persons: ByRow::new(n_rows),
            speakers: ByRow::new(n_rows),
            names: Vec::new(),
            roles: ByRow::new(n_rows),
            ids: ByRow::new(n_rows),
            respondent_names: ByRow::new(n_rows),
            cases: ByRow::new(n_rows),
            excluded_words: vec![(0, 0); corpus.documents().len()],
            askers: BTreeMap::new(),
        };
        let (labels, names, people) = (BTreeMap::new(), Labels::default(), Labels::default());
        let mut hearing = Hearing { project, corpus, labels, names, people, heard };
        for (document, attributes) in attributes.iter().enumerate() {
            hearing.listen(document, attributes);
        }
        Self { names: hearing.names.finish(), ..hearing.heard }
    }
}

impl Hearing<'_> {
    /// Sets the state, the speaker and the person of each row of a document.
    fn listen(&mut self, document: usize, attributes: &Attributes) {
        let Self { project, corpus, labels: read, names, people, heard } = self;
        let (speakers, corpus) = (project.speakers(), *corpus);
        let path = corpus.documents()[document].path.as_str();
        let rows = corpus.rows();
        let informant = Some(attributes.get(INFORMANT)).filter(|informant| !informant.is_empty());
        let mut labels: BTreeMap<u32, Voice> = BTreeMap::new();
        let mut respondents: BTreeMap<u32, Option<Voice>> = BTreeMap::new();
        for row in corpus.rows_of(document) {
            let n_words = u64::from(rows.n_words(row));
            let mut state = if rows.kind(row) == SegmentKind::Heading { RowState::Context } else { RowState::Material };
            if let Some(label) = rows.speaker(row) {
                let voice = labels.entry(label).or_insert_with(|| {
                    let written = corpus.label(label);
                    let label = read.entry(label).or_insert_with(|| speakers.label(written));
                    if label.may_ask(path) {
                        *heard.askers.entry(written).or_default() += 1;
                    }
                    Voice::of(label, path, written, names, people)
                });
                heard.speakers.set(row, voice.name);
                heard.hear(row, voice);
                heard.excluded_words[document].1 += n_words;
                if voice.is_excluded {
                    state = RowState::Context;
                    heard.excluded_words[document].0 += n_words;
                }
            } else if let Some(informant) = rows.informant(row) {
                let label = corpus.label(informant);
                let listed = respondents.entry(informant).or_insert_with(|| {
                    let read = read.entry(informant).or_insert_with(|| speakers.label(label));
                    read.speaker(path).is_some().then(|| Voice::of(read, path, label, names, people))
                });
                if let Some(voice) = listed {
                    heard.hear(row, voice);
                    heard.respondent_names.set(row, voice.name);
                    state = if voice.is_excluded { RowState::Context } else { state };
                }
                if listed.as_ref().is_none_or(|voice| voice.id == NOWHERE) {
                    heard.persons.set(row, people.number(&format!("person {label}")));
                }
            } else if let Some(informant) = informant {
                heard.persons.set(row, people.number(&format!("person {informant}")));
            }
            heard.states[row] = state;
        }
        // One who is asked, with a document's own informant: the label is that person.
        let asked: Vec<&Voice> = labels.values().filter(|voice| !voice.is_excluded).collect();
        if let (Some(informant), [only]) = (informant, asked.as_slice())
            && only.id == NOWHERE
        {
            let person = people.number(&format!("person {informant}"));
            let name = only.name;
            for row in corpus.rows_of(document) {
                if heard.speakers.get(row) == name && heard.states[row] == RowState::Material {
                    heard.persons.set(row, person);
                }
            }
        }
    }
}

impl Voices<'_> {
    /// Takes in who speaks in a row.
    fn hear(&mut self, row: usize, voice: &Voice) {
        self.persons.set(row, voice.person);
        self.roles.set(row, voice.role);
        self.cases.set(row, voice.case);
        self.ids.set(row, voice.id);
    }
}

/// One speaker of one document.
struct Voice {
    name: u32,
    person: u32,
    role: u32,
    case: u32,
    /// Who `speakers.csv` says that it is.
    id: u32,
    is_excluded: bool,
}

impl Voice {
    /// Of the speaker of a document whose label is `written` there.
    fn of(label: &SpeakerLabel<'_>, path: &str, written: &str, names: &mut Labels, people: &mut Labels) -> Self {
        let known = label.speaker(path);
        let id = known.and_then(|speaker| speaker.id.as_deref());
        let name = known.and_then(|speaker| speaker.pseudonym.as_deref()).unwrap_or(written);
        Self {
            name: names.number(name),
            // Across documents the same person only where something says so.
            person: match id {
                Some(id) => people.number(&format!("person {id}")),
                None => people.unnamed(),
            },
            role: known.and_then(|speaker| speaker.role.as_deref()).map_or(NOWHERE, |role| names.number(role)),
            case: known.and_then(|speaker| speaker.case.as_deref()).map_or(NOWHERE, |case| names.number(case)),
            id: id.map_or(NOWHERE, |id| names.number(id)),
            is_excluded: label.is_excluded(path),
        }
    }
}
