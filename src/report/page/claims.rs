//! The claims of a claims file, each with its evidence for and against.

use super::Page;
use super::html::Html;
use crate::report::{ClaimPassage, ClaimTable, Term};
use crate::search::Direction;

impl Page<'_> {
    pub(super) fn claims(&self, html: &mut Html) {
        html.tag("p class=\"how\"", self.term(Term::ClaimsHow));
        for claim in &self.report.claims {
            self.claim(html, claim);
        }
    }

    fn claim(&self, html: &mut Html, claim: &ClaimTable) {
        html.tag("h3", &format!("{}. {}", claim.id, claim.claim));
        html.tag("p class=\"about\"", &self.lang.behind_claim(claim));
        for flag in self.lang.flags(&claim.flags) {
            html.tag("p class=\"about\"", flag);
        }
        if claim.passages.is_empty() {
            return;
        }
        self.region(html, Term::EvidenceSection, |html| {
            html.inside("table", |html| {
                html.inside("thead", |html| {
                    html.inside("tr", |html| {
                        for term in [Term::DirectionLabel, Term::QuoteLabel, Term::Citation] {
                            html.tag("th scope=\"col\" class=\"first\"", self.term(term));
                        }
                    });
                });
                html.inside("tbody", |html| {
                    for direction in [Direction::Same, Direction::Opposite, Direction::Unclear] {
                        let own = claim.passages.iter().filter(|passage| passage.direction == direction);
                        own.for_each(|passage| self.claim_passage(html, passage));
                    }
                });
            });
        });
    }

    fn claim_passage(&self, html: &mut Html, passage: &ClaimPassage) {
        let quoted = passage.quoted();
        html.inside("tr", |html| {
            html.inside("th scope=\"row\"", |html| {
                html.text(self.lang.direction(passage.direction));
                if let Some(cue) = &passage.cue {
                    html.tag("div class=\"about\"", cue);
                }
            });
            html.tag("td class=\"words\"", if passage.quote.is_empty() { "" } else { &quoted });
            html.inside("td class=\"words\"", |html| {
                html.text(&self.lang.claim_citation(self.report, passage));
                let places = [(&self.report.case, passage.case), (&self.report.phase, passage.phase)];
                let places: Vec<&str> =
                    places.iter().filter_map(|(axis, value)| Some(self.lang.value(axis, (*value)?))).collect();
                html.tag("div class=\"about\"", &places.join(" · "));
            });
        });
    }
}
