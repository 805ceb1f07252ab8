//! What material there is, by case and phase, with its gaps in sight; and the documents one by one.

use super::Page;
use super::html::{Html, quoted};
use crate::report::{Report, Summed, Term};
use crate::tally::Totals;

/// Width of the longest bar, in pixels.
const BAR: f64 = 72.0;
/// More documents than this are left to the workbook.
const MAX_DOCUMENTS: usize = 500;

impl Page<'_> {
    pub(super) fn material(&self, html: &mut Html) {
        let report = self.report;
        html.tag("p", &self.lang.material_in_short(report));
        let most = report.cells().filter_map(|cell| report.totals(cell)).map(|totals| totals.words_total).max();
        let most = most.unwrap_or(0).max(1);
        html.tag("p class=\"how\"", self.term(Term::MaterialHow));
        self.wide(html, Term::Material, |html| {
            html.inside("table", |html| {
                html.inside("thead", |html| {
                    html.inside("tr", |html| {
                        html.tag("th scope=\"col\" class=\"first\"", self.lang.axis(&report.case));
                        for phase in 0..report.phase.values.len() {
                            html.tag("th scope=\"col\"", self.lang.value(&report.phase, phase));
                        }
                        html.tag("th scope=\"col\"", self.term(Term::Total));
                    });
                });
                html.inside("tbody", |html| {
                    for case in 0..report.case.values.len() {
                        let cells = (0..report.phase.values.len()).map(|phase| Summed::Cell(case, phase));
                        let cells: Vec<Summed> = cells.chain([Summed::Case(case)]).collect();
                        self.material_row(html, self.lang.value(&report.case, case), &cells, most);
                    }
                    let phases = (0..report.phase.values.len()).map(Summed::Phase);
                    let margins: Vec<Summed> = phases.chain([Summed::All]).collect();
                    self.material_row(html, self.term(Term::Total), &margins, 0);
                });
            });
        });
        self.documents(html);
        self.skipped(html);
    }

    /// `most` words make the longest bar; none are drawn in sums.
    fn material_row(&self, html: &mut Html, name: &str, cells: &[Summed], most: u64) {
        html.inside("tr", |html| {
            html.tag("th scope=\"row\"", name);
            for cell in cells {
                let Some(totals) = self.report.totals(*cell) else {
                    html.tag("td class=\"none\"", self.term(Term::NoMaterial));
                    continue;
                };
                html.inside("td", |html| {
                    html.text(&self.amounts(&totals)[0]);
                    for amount in &self.amounts(&totals)[1..] {
                        html.raw("<br>");
                        html.text(amount);
                    }
                    if most > 0 && matches!(cell, Summed::Cell(..)) {
                        let width = totals.words_total as f64 / most as f64 * BAR;
                        html.raw(&format!(
                            "<svg class=\"bar\" width=\"{BAR}\" height=\"4\" aria-hidden=\"true\"><rect width=\"{width:.1}\" height=\"4\"/></svg>"
                        ));
                    }
                });
            }
        });
    }

    fn amounts(&self, totals: &Totals) -> Vec<String> {
        let lang = self.lang;
        let mut amounts = vec![
            lang.counted(totals.documents_total, Term::Document, Term::Documents),
            lang.counted(totals.words_total, Term::Word, Term::Words),
        ];
        amounts.extend(totals.speakers_total.map(|speakers| lang.counted(speakers, Term::Speaker, Term::Speakers)));
        amounts
    }

    fn documents(&self, html: &mut Html) {
        let Report { documents, .. } = self.report;
        html.inside("details class=\"print\"", |html| {
            html.tag("summary", self.term(Term::DocumentList));
            let (has_dates, has_kinds) =
                (documents.iter().any(|one| one.date.is_some()), documents.iter().any(|one| one.kind.is_some()));
            self.wide(html, Term::DocumentList, |html| {
                html.inside("table", |html| {
                    html.inside("thead", |html| {
                        html.inside("tr", |html| {
                            html.tag("th scope=\"col\" class=\"first\"", self.term(Term::DocumentLabel));
                            html.tag("th scope=\"col\" class=\"first\"", self.lang.axis(&self.report.case));
                            html.tag("th scope=\"col\" class=\"first\"", self.lang.axis(&self.report.phase));
                            if has_kinds {
                                html.tag("th scope=\"col\" class=\"first\"", self.term(Term::Kind));
                            }
                            if has_dates {
                                html.tag("th scope=\"col\"", self.term(Term::Date));
                            }
                            html.tag("th scope=\"col\"", self.term(Term::WordsLabel));
                            html.tag("th scope=\"col\"", self.term(Term::UnitSegments));
                            html.tag("th scope=\"col\"", self.term(Term::UnitMentions));
                        });
                    });
                    html.inside("tbody", |html| {
                        for document in documents.iter().take(MAX_DOCUMENTS) {
                            html.inside("tr", |html| {
                                html.tag("th scope=\"row\"", &document.path);
                                let label = |axis, value: Option<usize>| {
                                    value.map_or("", |value| self.lang.value(axis, value)).to_owned()
                                };
                                html.tag("td class=\"words\"", &label(&self.report.case, document.case));
                                html.tag("td class=\"words\"", &label(&self.report.phase, document.phase));
                                if has_kinds {
                                    html.tag("td class=\"words\"", document.kind.as_deref().unwrap_or(""));
                                }
                                if has_dates {
                                    let date = document.date.as_deref().map(|date| self.lang.date(date));
                                    html.tag("td", &date.unwrap_or_default());
                                }
                                for number in [document.words, document.segments, document.codings] {
                                    html.tag("td", &self.lang.count(number));
                                }
                            });
                        }
                    });
                });
            });
            if documents.len() > MAX_DOCUMENTS {
                html.tag("p", &self.lang.further((documents.len() - MAX_DOCUMENTS) as u64));
            }
        });
    }

    fn skipped(&self, html: &mut Html) {
        if self.report.skipped.is_empty() {
            return;
        }
        html.tag("h3", self.term(Term::SkippedHeading));
        html.inside("ul", |html| {
            for skipped in &self.report.skipped {
                html.inside("li", |html| {
                    html.text(&format!("{}: ", skipped.path));
                    html.tag("span lang=\"en\" class=\"about\"", &skipped.reason);
                });
            }
        });
    }

    /// What may be wider than the screen scrolls by itself, by keyboard too.
    pub(super) fn region(&self, html: &mut Html, name: Term, fill: impl FnOnce(&mut Html)) {
        self.scrolling(html, "scroll", name, fill);
    }

    /// A region of many columns of numbers, which takes all the width of the window that it needs.
    pub(super) fn wide(&self, html: &mut Html, name: Term, fill: impl FnOnce(&mut Html)) {
        self.scrolling(html, "scroll wide", name, fill);
    }

    fn scrolling(&self, html: &mut Html, class: &str, name: Term, fill: impl FnOnce(&mut Html)) {
        let name = quoted(self.term(name));
        html.inside(&format!("div class=\"{class}\" role=\"group\" tabindex=\"0\" aria-label={name}"), fill);
    }
}
