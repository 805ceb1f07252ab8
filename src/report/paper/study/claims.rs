//! The claims that were put to the material, with the passages for and against each.

use super::super::parts::{Orientation, Part, Run};
use super::Draft;
use crate::report::{ClaimPassage, ClaimTable, Term};
use crate::search::Direction;

impl Draft<'_> {
    pub(super) fn claims(&mut self) {
        if self.report.claims.is_empty() {
            return;
        }
        self.chapter(Term::EvidenceSection, Orientation::Portrait);
        self.paragraph(self.term(Term::ClaimsHow));
        for claim in &self.report.claims {
            self.claim(claim);
        }
    }

    fn claim(&mut self, claim: &ClaimTable) {
        self.section(&format!("{}. {}", claim.id, claim.claim));
        self.paragraph(self.lang.behind_claim(claim));
        for flag in self.lang.flags(&claim.flags) {
            self.parts.push(Part::Notice(vec![Run::plain(flag)]));
        }
        for direction in [Direction::Same, Direction::Opposite, Direction::Unclear] {
            let own: Vec<&ClaimPassage> =
                claim.passages.iter().filter(|passage| passage.direction == direction).collect();
            if own.is_empty() {
                continue;
            }
            self.parts.push(Part::Paragraph(vec![Run::strong(self.lang.direction(direction))]));
            for passage in own {
                let citation = self.claim_citation(passage);
                if self.report.shows_quotes {
                    let quote = Run::plain(passage.quoted());
                    self.parts.push(Part::Quote { passage: vec![quote], citation });
                } else {
                    self.list([citation]);
                }
            }
        }
    }

    /// The citation, the case and phase, and the words that the direction went by.
    fn claim_citation(&self, passage: &ClaimPassage) -> String {
        let mut parts = vec![self.lang.claim_citation(self.report, passage)];
        for (axis, value) in [(&self.report.case, passage.case), (&self.report.phase, passage.phase)] {
            parts.extend(value.map(|value| self.lang.value(axis, value).to_owned()));
        }
        parts.extend(passage.cue.as_ref().map(|cue| format!("«{cue}»")));
        parts.join(" · ")
    }
}
