//! What the passages of a claim rest on, and what a researcher must see beside them.

use std::collections::BTreeSet;

use super::answer::{Behind, Flag, Passage};
use super::direction::Direction;
use super::inquiry::Evidence;
use super::names::Named;
use crate::project::{CASE, PHASE};

impl Evidence<'_> {
    pub(super) fn behind(&self, passages: &[&Passage]) -> Behind {
        let documents: BTreeSet<usize> = passages.iter().map(|passage| passage.document).collect();
        // Between labelled turns a text may have words of nobody; a document without any label does not tell.
        let voices: Option<Vec<Option<u32>>> = passages
            .iter()
            .map(|passage| match self.material.voice(passage.row) {
                None if !self.tells_speakers(passage.document) => None,
                voice => Some(voice),
            })
            .collect();
        let voices: Option<BTreeSet<u32>> = voices.map(|voices| voices.into_iter().flatten().collect());
        let values = |known: &[Named], name: &str| {
            let own: BTreeSet<&str> = passages
                .iter()
                .filter_map(|passage| self.material.value(self.corpus, passage.row, name))
                .filter(|own| !own.is_empty())
                .collect();
            let mut ordered: Vec<String> =
                known.iter().filter(|value| own.contains(value.id.as_str())).map(|value| value.id.clone()).collect();
            ordered
                .extend(own.into_iter().filter(|own| !known.iter().any(|value| value.id == *own)).map(str::to_owned));
            ordered
        };
        Behind {
            documents: documents.len() as u64,
            speakers: voices.map(|voices| voices.len() as u64),
            cases: values(&self.cases, CASE),
            phases: values(&self.phases, PHASE),
        }
    }

    /// Whether a document names the speaker of any of its words.
    fn tells_speakers(&self, document: usize) -> bool {
        self.corpus.rows_of(document).any(|row| self.material.voice(row).is_some())
    }

    /// Flags about the passages that were found.
    pub(super) fn flags(&self, found: &[Passage]) -> Vec<Flag> {
        if found.is_empty() {
            return vec![Flag::NoEvidence];
        }
        let is = |direction: Direction| found.iter().any(|passage| passage.direction == direction);
        let says_same = is(Direction::Same);
        let rests_on: Vec<&Passage> =
            found.iter().filter(|passage| !says_same || passage.direction == Direction::Same).collect();
        let behind = self.behind(&rests_on);
        let flags = [
            (behind.documents == 1, Flag::OneDocument),
            (behind.speakers == Some(1), Flag::OneSpeaker),
            (behind.cases.len() == 1 && self.cases.len() > 1, Flag::OneCase),
            (is(Direction::Opposite), Flag::CounterEvidence),
            (!says_same, Flag::NothingSaysSame),
        ];
        flags.into_iter().filter(|(holds, _)| *holds).map(|(_, flag)| flag).collect()
    }
}
