//! What the material is like: its documents, where it has gaps, where it points at few persons.

use super::model::{FEW_PERSONS, Report, Summed};
use crate::codebook::Cues;

/// A document that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentFacts {
    /// Relative to the project, `/` between.
    pub path: String,
    /// Index of its case: the one that all its material has, else its own.
    pub case: Option<usize>,
    /// Index of its phase, likewise.
    pub phase: Option<usize>,
    /// ISO date, or the beginning of one.
    pub date: Option<String>,
    /// What kind of document it is, such as `intervju`.
    pub kind: Option<String>,
    /// ISO code of its language, as given or recognised.
    pub language: Option<String>,
    /// Material segments.
    pub segments: u64,
    /// Words in them.
    pub words: u64,
    /// Its codings, own mentions of all codes.
    pub codings: u64,
}

/// A document that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SkippedDocument {
    /// Relative to the project.
    pub path: String,
    /// Index of its case.
    pub case: Option<usize>,
    /// Index of its phase.
    pub phase: Option<usize>,
    /// Why, in English.
    pub reason: String,
}

/// How far the tables point at few persons.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FewPersons {
    /// Cells with one or two speakers in all.
    pub cells: Vec<(usize, usize)>,
    /// Numbers of the frequency table, above 0, that stand on one or two speakers.
    pub numbers: usize,
    /// Numbers above 0 whose speakers are known.
    pub known: usize,
}

/// The languages that the shipped cue words are of.
const LANGUAGES_WITH_CUES: [&str; 3] = ["nb", "nn", "no"];

impl DocumentFacts {
    /// Whether the shipped cue words are of another language, so that they find no stance in it.
    #[must_use]
    pub fn is_without_cues(&self) -> bool {
        let is_other = |language: &str| language.len() == 2 && !LANGUAGES_WITH_CUES.contains(&language);
        self.language.as_deref().is_some_and(is_other)
    }
}

impl Report {
    /// Whether anything could tell how passages put the themes: shipped cue words, or a codebook's own.
    #[must_use]
    pub fn tells_stance(&self) -> bool {
        !self.documents.iter().all(DocumentFacts::is_without_cues) || self.has_own_cues()
    }

    /// Whether the codebook itself says what tells a stance.
    #[must_use]
    pub fn has_own_cues(&self) -> bool {
        let codes = &self.codebook.codes;
        codes
            .iter()
            .any(|code| code.cues != Cues::default() || code.patterns.iter().any(|pattern| pattern.stance.is_some()))
    }

    /// The cells without any document.
    #[must_use]
    pub fn gaps(&self) -> Vec<Summed> {
        self.cells().filter(|cell| self.totals(*cell).is_none()).collect()
    }

    /// Where the frequency table stands on fewer than three persons.
    #[must_use]
    pub fn few_persons(&self) -> FewPersons {
        let mut few = FewPersons::default();
        for cell in self.cells() {
            let speakers = self.totals(cell).and_then(|totals| totals.speakers_total);
            if let (Some(1..FEW_PERSONS), Summed::Cell(case, phase)) = (speakers, cell) {
                few.cells.push((case, phase));
            }
            for code in 0..self.codebook.codes.len() {
                let Some(headline) = self.headline(code, cell) else { continue };
                few.known += usize::from(headline.counts.speakers.is_some_and(|speakers| speakers > 0));
                few.numbers += usize::from(headline.points_at_few());
            }
        }
        few
    }
}
