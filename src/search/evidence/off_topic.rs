//! Whether a passage is about something other than what the claim names: then it is no evidence for or against it.
//!
//! A case or phase is where the passage comes from, or stands in it. A speaker says the turn that is quoted, or stands in
//! it. Any other proper name stands in the passage, or in the path of its document.

use std::ops::Range;

use super::forms::SURE;
use super::inquiry::Evidence;
use super::names::Named;
use super::rank::{By, Hit, Ranking};
use super::understood::Understood;
use super::words::Role;
use crate::project::{CASE, PHASE};
use crate::text::fold;

impl Evidence<'_> {
    pub(super) fn is_elsewhere(&self, ranking: &Ranking<'_>, understood: &Understood, rows: &Range<usize>) -> bool {
        let hits = ranking.hits(rows);
        let is_name =
            |hit: &Hit| matches!(&ranking.terms[usize::from(hit.term)].by, By::Word(word) if word.role == Role::Name);
        let is_of_other = |values: &[Named], found: &[usize], name: &str| {
            let here = self.material.value(self.corpus, rows.start, name);
            !found.is_empty() && found.iter().all(|index| Some(values[*index].id.as_str()) != here)
        };
        let is_from_other =
            is_of_other(&self.cases, &understood.cases, CASE) || is_of_other(&self.phases, &understood.phases, PHASE);
        if is_from_other && !hits.iter().any(is_name) {
            return true;
        }
        let path = self.corpus.rows().document(rows.start).map(|document| &self.corpus.documents()[document].path);
        let path = path.map_or_else(String::new, |path| as_in_paths(&fold(path)));
        let is_said_by_named = rows.clone().any(|row| self.is_named_speaker(understood, row));
        let is_named = |term: usize| {
            let word = &understood.words[term];
            word.role == Role::Name && is_said_by_named
                || path.contains(&as_in_paths(&word.word))
                || hits.iter().any(|hit| usize::from(hit.term) == term && hit.weight >= SURE)
        };
        !understood.proper.iter().all(|term| is_named(*term))
    }

    /// Whether a turn is of another speaker than those that the claim names, and names none of them: what Kari said is
    /// not what Nils answered. `hits` are the claim's words in it.
    pub(super) fn is_of_other_speaker(&self, understood: &Understood, row: usize, hits: &[Hit]) -> bool {
        let names = |term: usize| understood.proper.contains(&term) && understood.words[term].role == Role::Name;
        let is_name = |hit: &Hit| hit.weight >= SURE && names(usize::from(hit.term));
        let is_person = (0..understood.words.len()).any(names) && !understood.speakers.is_empty();
        is_person && !self.is_named_speaker(understood, row) && !hits.iter().any(is_name)
    }

    fn is_named_speaker(&self, understood: &Understood, row: usize) -> bool {
        let speaker = self.material.speaker(row);
        understood.speakers.iter().any(|(label, _)| Some(label.as_str()) == speaker)
    }
}

fn as_in_paths(name: &str) -> String {
    name.replace('å', "a").replace('ø', "o").replace('æ', "ae")
}
