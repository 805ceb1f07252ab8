//! What the passages of a claim rest on, and what a researcher must see beside them.

use std::collections::BTreeSet;

use super::answer::{Behind, Flag, Passage};
use super::direction::Direction;
use super::inquiry::Evidence;
use super::names::Named;

impl Evidence<'_> {
    pub(super) fn behind(&self, passages: &[Passage]) -> Behind {
        let documents: BTreeSet<usize> = passages.iter().map(|passage| passage.document).collect();
        let voices: Option<BTreeSet<u32>> = passages.iter().map(|passage| self.material.voice(passage.row)).collect();
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
            cases: values(&self.cases, "case"),
            phases: values(&self.phases, "phase"),
        }
    }

    pub(super) fn flags(&self, passages: &[Passage], behind: &Behind) -> Vec<Flag> {
        if passages.is_empty() {
            return vec![Flag::NoEvidence];
        }
        let is = |direction: Direction| passages.iter().any(|passage| passage.direction == direction);
        let several_cases = self.cases.len() > 1;
        let flags = [
            (behind.documents == 1, Flag::OneDocument),
            (behind.speakers == Some(1), Flag::OneSpeaker),
            (behind.cases.len() == 1 && several_cases, Flag::OneCase),
            (is(Direction::Opposite), Flag::CounterEvidence),
            (!is(Direction::Same), Flag::NothingSaysSame),
        ];
        flags.into_iter().filter(|(holds, _)| *holds).map(|(_, flag)| flag).collect()
    }
}
