//! How much of a document counts in a run, and how much each of those who speak in it says.

use std::collections::BTreeSet;

use super::{Material, RowState};
use crate::index::Corpus;

/// Segments and the words in them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Amount {
    /// Segments.
    pub segments: u64,
    /// Their words.
    pub words: u64,
}

/// How much of a document is in the run.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counted {
    /// What is coded and counted.
    pub material: Amount,
    /// What is only searchable: interviewers' speech and headings.
    pub context: Amount,
}

/// How much one speaker says in a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SpeakerWords<'a> {
    /// What the speaker is called in every output.
    pub speaker: &'a str,
    /// Words.
    pub words: u64,
    /// Whether they are context.
    pub is_context: bool,
}

impl Material {
    /// How much of a document is in this run.
    #[must_use]
    pub fn counted(&self, corpus: &Corpus, document: usize) -> Counted {
        let mut counted = Counted::default();
        for row in corpus.rows_of(document) {
            let amount = match self.state(row) {
                RowState::Out => continue,
                RowState::Material => &mut counted.material,
                RowState::Context => &mut counted.context,
            };
            amount.segments += 1;
            amount.words += u64::from(corpus.rows().n_words(row));
        }
        counted
    }

    /// The rows that are counted, with their documents, in the order of the documents' paths.
    pub fn counted_rows<'a>(&'a self, corpus: &'a Corpus) -> impl Iterator<Item = (usize, usize)> + 'a {
        self.documents_read(corpus)
            .flat_map(move |document| corpus.rows_of(document).map(move |row| (document, row)))
            .filter(move |(_, row)| self.state(*row) == RowState::Material)
    }

    /// How many persons a document's material is of, as in the totals of a cell; `None` where it does not tell.
    #[must_use]
    pub fn n_speakers(&self, corpus: &Corpus, document: usize) -> Option<usize> {
        let rows = || corpus.rows_of(document);
        if rows().all(|row| self.state(row) != RowState::Material) && rows().any(|row| self.speaker(row).is_some()) {
            return Some(0);
        }
        let voices = rows().filter(|row| self.state(*row) == RowState::Material).map(|row| self.voice(row));
        let voices: Option<BTreeSet<u32>> = voices.collect();
        voices.map(|voices| voices.len()).filter(|n| *n > 0)
    }

    /// Those who speak in a document, in the order in which they do.
    #[must_use]
    pub fn speakers_of(&self, corpus: &Corpus, document: usize) -> Vec<SpeakerWords<'_>> {
        let mut speakers: Vec<SpeakerWords<'_>> = Vec::new();
        for row in corpus.rows_of(document).filter(|row| self.state(*row) != RowState::Out) {
            let Some(speaker) = self.speaker(row) else { continue };
            let words = u64::from(corpus.rows().n_words(row));
            match speakers.iter_mut().find(|known| known.speaker == speaker) {
                Some(known) => known.words += words,
                None => {
                    speakers.push(SpeakerWords { speaker, words, is_context: self.state(row) == RowState::Context });
                }
            }
        }
        speakers
    }
}
