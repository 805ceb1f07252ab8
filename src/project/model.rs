//! The project as the rest of the program uses it.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use super::{
    citation::Citation,
    dimension::Dimension,
    names::{CASE, Names, PHASE},
    order::{Known, Ordered, Words, order_values},
    places::Places,
    segments::Segments,
    sources::Source,
    speakers::Speakers,
    walk::UnseenFolder,
};
use crate::{diag::Diagnostic, disk::Input, ingest::SurveyColumns};

/// What a folder says about a study: which documents it has, what is known of them, and how they are to be coded.
#[derive(Debug, Clone)]
pub struct Project {
    pub(super) folder: PathBuf,
    pub(super) name: String,
    pub(super) languages: Vec<String>,
    pub(super) codebook: PathBuf,
    pub(super) case: Dimension,
    pub(super) phase: Dimension,
    pub(super) segments: Segments,
    pub(super) speakers: Speakers,
    pub(super) survey: SurveyColumns,
    pub(super) citation: Citation,
    /// By path.
    pub(super) sources: Vec<Source>,
    pub(super) places: Places,
    /// Files that would be documents, had they not been set aside.
    pub(super) set_aside: Vec<Source>,
    /// By path.
    pub(super) unseen: Vec<UnseenFolder>,
    pub(super) inputs: Vec<Input>,
    pub(super) messages: Vec<Diagnostic>,
    pub(super) names: Names,
    /// The values of case and phase in the manifest's order.
    pub(super) manifest_order: BTreeMap<&'static str, Vec<String>>,
}

impl Project {
    /// The folder, as the user named it.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// What the study is called; the folder's name where the project does not say.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// ISO 639-1 codes, at least one; the first is the default.
    #[must_use]
    pub fn languages(&self) -> &[String] {
        &self.languages
    }

    /// Where the codebook is; whether it is there is for its reader to see.
    #[must_use]
    pub fn codebook(&self) -> &Path {
        &self.codebook
    }

    /// What the project knows about cases.
    #[must_use]
    pub fn case(&self) -> &Dimension {
        &self.case
    }

    /// What the project knows about phases.
    #[must_use]
    pub fn phase(&self) -> &Dimension {
        &self.phase
    }

    /// The unit that is coded.
    #[must_use]
    pub fn segments(&self) -> &Segments {
        &self.segments
    }

    /// Who the speakers are.
    #[must_use]
    pub fn speakers(&self) -> &Speakers {
        &self.speakers
    }

    /// What the columns of survey sheets are, as far as the project says.
    #[must_use]
    pub fn survey(&self) -> &SurveyColumns {
        &self.survey
    }

    /// How places in the material are cited.
    #[must_use]
    pub fn citation(&self) -> &Citation {
        &self.citation
    }

    /// The documents, ordered by path.
    #[must_use]
    pub fn sources(&self) -> &[Source] {
        &self.sources
    }

    /// Sets the documents aside for which `is_out` holds, and returns these: nothing sees them any more, but their
    /// files are still the project's.
    pub fn set_aside(&mut self, is_out: impl Fn(&Source) -> bool) -> &[Source] {
        self.set_aside.extend(self.sources.extract_if(.., |source| is_out(source)));
        &self.set_aside
    }

    /// The documents, and the files that were set aside: nothing may be written over either.
    pub fn files(&self) -> impl Iterator<Item = &Source> {
        self.sources.iter().chain(&self.set_aside)
    }

    /// Folders that could not be looked into: documents in them are missing. Empty where the manifest alone says what a
    /// document is, since one that is not found is an error then.
    #[must_use]
    pub fn unseen(&self) -> &[UnseenFolder] {
        &self.unseen
    }

    /// The files that the project was read from, for the record of a run.
    #[must_use]
    pub fn inputs(&self) -> &[Input] {
        &self.inputs
    }

    /// What was found out on the way: the warnings, then the notes.
    #[must_use]
    pub fn messages(&self) -> &[Diagnostic] {
        &self.messages
    }

    /// The document at `path`, if it is one of the project.
    #[must_use]
    pub fn source(&self, path: &str) -> Option<&Source> {
        let index = self.sources.binary_search_by(|source| source.path.as_str().cmp(path)).ok()?;
        self.sources.get(index)
    }

    /// The name by which an attribute is known that a person calls `raw`: `Delpilot`, `fase`, `Dato`.
    #[must_use]
    pub fn attribute_name(&self, raw: &str) -> String {
        self.names.canonical(raw)
    }

    /// How attributes are called.
    #[must_use]
    pub fn names(&self) -> &Names {
        &self.names
    }

    /// The values `found` of an attribute in their order, with the declared ones that were not found.
    #[must_use]
    pub fn order<'a>(&self, attribute: &str, found: impl IntoIterator<Item = &'a str>) -> Ordered {
        let declared: Vec<&str> = match attribute {
            CASE => self.case.values(),
            PHASE => self.phase.values(),
            _ => &[],
        }
        .iter()
        .map(|value| value.id.as_str())
        .collect();
        let manifest: Vec<&str> =
            self.manifest_order.get(attribute).into_iter().flatten().map(String::as_str).collect();
        let words = if attribute == PHASE { Words::OfTime } else { Words::Ignored };
        order_values(found, Known { declared: &declared, manifest: &manifest, words })
    }
}
