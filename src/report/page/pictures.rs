//! The sections that are pictures, each with its numbers as a table beside it.

use super::Page;
use super::html::{Html, quoted};
use crate::compare::{ComparisonRow, Pair, PairFlag};
use crate::report::picture::{self, Links, Picture};
use crate::report::{Place, Summed, Term};

/// Pairs of themes in the table.
const MAX_PAIRS: usize = 20;

impl Page<'_> {
    fn picture(&self, html: &mut Html, picture: &Picture) {
        html.inside("figure class=\"pic\"", |html| {
            let name = quoted(&picture.title);
            html.inside(&format!("div class=\"scroll\" role=\"group\" tabindex=\"0\" aria-label={name}"), |html| {
                html.raw(&picture.svg);
            });
            html.tag("figcaption", &picture.description);
        });
    }

    pub(super) fn change(&self, html: &mut Html) {
        let Some(comparison) = &self.report.comparison else {
            html.tag("p", self.term(Term::NotCompared));
            if let Some(reason) = &self.report.not_compared {
                html.tag("p lang=\"en\" class=\"about\"", reason);
            }
            return;
        };
        for confounder in &comparison.confounders {
            html.inside("div class=\"note\"", |html| html.tag("p", &self.lang.confounder(self.report, confounder)));
        }
        if let Some(picture) = picture::change(self.report, self.lang, Links::ToQuotes) {
            self.picture(html, &picture);
        }
        html.inside("details class=\"print\"", |html| {
            html.tag("summary", self.term(Term::InWords));
            html.inside("ul", |html| {
                for code in self.report.tree() {
                    for row in self.report.changes(code).filter(|row| row.group.is_none()) {
                        html.inside("li", |html| html.text(&self.lang.change(self.report, row)));
                    }
                }
            });
        });
        self.change_table(html);
        if let Some(picture) = picture::change_within(self.report, self.lang, Links::ToQuotes) {
            html.tag("h3", &picture.title);
            self.picture(html, &picture);
        }
    }

    fn change_table(&self, html: &mut Html) {
        let Some(comparison) = &self.report.comparison else { return };
        let (from, to) = (comparison.from, comparison.to);
        let sides = [from, to].map(|value| self.lang.value(&self.report.phase, value));
        html.inside("details class=\"print\"", |html| {
            html.tag("summary class=\"act\"", self.term(Term::AsTable));
            self.wide(html, Term::ChangeSection, |html| {
                html.inside("table", |html| {
                    html.inside("thead", |html| {
                        html.inside("tr", |html| {
                            html.tag("th scope=\"col\" class=\"first\"", self.term(Term::Theme));
                            html.tag("th scope=\"col\" class=\"first\"", self.lang.axis(&self.report.case));
                            for side in sides {
                                let rate = self.term(Term::Per1000);
                                html.tag("th scope=\"col\"", &format!("{side}, {}", self.term(Term::Mentions)));
                                html.tag("th scope=\"col\"", &format!("{side}, {rate}"));
                            }
                            for term in [Term::Difference, Term::Interval, Term::AdjustedP] {
                                html.tag("th scope=\"col\"", self.term(term));
                            }
                            html.tag("th scope=\"col\" class=\"first\"", self.term(Term::VerdictLabel));
                        });
                    });
                    html.inside("tbody", |html| {
                        for code in self.report.tree() {
                            self.report.changes(code).for_each(|row| self.change_row(html, row, [from, to]));
                        }
                    });
                });
            });
        });
    }

    fn change_row(&self, html: &mut Html, row: &ComparisonRow, phases: [usize; 2]) {
        let lang = self.lang;
        html.inside("tr", |html| {
            html.tag("th scope=\"row\"", self.label(row.code));
            let group = row.group.map_or(lang.term(Term::Overall), |group| lang.value(&self.report.case, group));
            html.tag("td class=\"words\"", group);
            for (side, phase) in [&row.from, &row.to].into_iter().zip(phases) {
                let at = row.group.map_or(Summed::Phase(phase), |case| Summed::Cell(case, phase));
                match side.counts {
                    None => html.tag("td class=\"none\" colspan=\"2\"", lang.term(Term::NoMaterial)),
                    Some(counts) => {
                        html.inside("td", |html| self.number(html, Place::new(row.code, at), counts.mentions));
                        html.tag("td", &lang.rate(side.per_1000_words()));
                    }
                }
            }
            html.tag("td", &row.difference.map_or("–".to_owned(), |number| lang.signed(number, 2)));
            let interval = row
                .interval
                .map(|interval| format!("{} – {}", lang.signed(interval.lower, 2), lang.signed(interval.upper, 2)));
            html.tag("td", interval.as_deref().unwrap_or("–"));
            html.tag("td", &row.tested.map_or("–".to_owned(), |tested| lang.decimal(tested.p_adjusted, 3)));
            html.tag("td class=\"words\"", lang.verdict(row.verdict));
        });
    }

    /// A number that leads to its quotes.
    pub(super) fn number(&self, html: &mut Html, place: Place, number: u64) {
        let href = place.href().replace('&', "&amp;");
        html.tag(&format!("a href=\"{href}\""), &self.lang.count(number));
    }

    pub(super) fn together(&self, html: &mut Html) {
        if let Some(picture) = picture::together(self.report, self.lang, Links::ToQuotes) {
            self.picture(html, &picture);
        }
        let c = |pair: &Pair| pair.segments[0].coefficients().and_then(|found| found.c_coefficient()).unwrap_or(0.0);
        let mut pairs: Vec<&Pair> =
            self.report.together.pairs.iter().filter(|pair| pair.segments[0].both > 0).collect();
        pairs.sort_by(|a, b| c(b).total_cmp(&c(a)).then((a.first, a.second).cmp(&(b.first, b.second))));
        html.inside("details class=\"print\"", |html| {
            html.tag("summary class=\"act\"", self.term(Term::AsTable));
            self.wide(html, Term::TogetherSection, |html| {
                html.inside("table", |html| {
                    html.inside("thead", |html| {
                        html.inside("tr", |html| {
                            html.tag("th scope=\"col\" class=\"first\"", self.term(Term::TheFirst));
                            html.tag("th scope=\"col\" class=\"first\"", self.term(Term::TheSecond));
                            for term in [Term::SegmentsWithBoth, Term::DocumentsWithBoth, Term::CCoefficient] {
                                html.tag("th scope=\"col\"", self.term(term));
                            }
                            html.tag("th scope=\"col\"", self.term(Term::ShareOfFirst));
                            html.tag("th scope=\"col\"", self.term(Term::ShareOfSecond));
                            html.tag("th scope=\"col\"", self.term(Term::Npmi));
                            html.tag("th scope=\"col\" class=\"first\"", self.term(Term::Note));
                        });
                    });
                    html.inside("tbody", |html| pairs.iter().take(MAX_PAIRS).for_each(|pair| self.pair(html, pair)));
                });
            });
        });
    }

    fn pair(&self, html: &mut Html, pair: &Pair) {
        let lang = self.lang;
        let (segments, documents) = (pair.segments[0], pair.documents[0]);
        let found = segments.coefficients();
        let share = |share: Option<f64>| share.map_or("–".to_owned(), |share| lang.percent(share));
        let number = |number: Option<f64>| number.map_or("–".to_owned(), |number| lang.decimal(number, 2));
        let flag = |flag: &PairFlag| lang.term(if *flag == PairFlag::Few { Term::Few } else { Term::Uneven });
        html.inside("tr", |html| {
            html.tag("th scope=\"row\"", self.label(pair.first));
            html.tag("td class=\"words\"", self.label(pair.second));
            html.inside("td", |html| {
                let place = Place { with: Some(pair.second), ..Place::new(pair.first, Summed::All) };
                self.number(html, place, segments.both);
            });
            html.tag("td", &lang.count(documents.both));
            html.tag("td", &number(found.and_then(|found| found.c_coefficient())));
            html.tag("td", &share(found.and_then(|found| found.second_given_first())));
            html.tag("td", &share(found.and_then(|found| found.first_given_second())));
            html.tag("td", &number(found.and_then(|found| found.npmi())));
            html.tag("td class=\"words\"", &pair.flags[0].iter().map(flag).collect::<Vec<_>>().join(", "));
        });
    }

    pub(super) fn timeline(&self, html: &mut Html) {
        if let Some(picture) = picture::timeline(self.report, self.lang, Links::ToQuotes) {
            self.picture(html, &picture);
        }
        let undated = self.report.timeline.as_ref().map_or(0, |timeline| timeline.undated);
        if undated > 0 {
            html.tag("p", &self.lang.undated(undated));
        }
    }

    pub(super) fn stance(&self, html: &mut Html) {
        let picture = picture::stance(self.report, self.lang, Links::ToQuotes);
        self.picture(html, &picture);
        html.inside("details class=\"print\"", |html| {
            html.tag("summary class=\"act\"", self.term(Term::AsTable));
            self.region(html, Term::StanceSection, |html| html.inside("table", |html| self.stance_table(html)));
        });
    }

    fn stance_table(&self, html: &mut Html) {
        let report = self.report;
        html.inside("thead", |html| {
            html.inside("tr", |html| {
                html.tag("th scope=\"col\" class=\"first\"", self.term(Term::Theme));
                html.tag("th scope=\"col\" class=\"first\"", self.lang.axis(&report.phase));
                picture::STANCES.iter().for_each(|stance| html.tag("th scope=\"col\"", self.lang.stance(*stance)));
            });
        });
        html.inside("tbody", |html| {
            for code in report.tree() {
                for phase in 0..report.phase.values.len() {
                    let at = Summed::Phase(phase);
                    let Some(found) = report.headline(code, at) else { continue };
                    html.inside("tr", |html| {
                        html.tag("th scope=\"row\"", self.label(code));
                        html.tag("td class=\"words\"", self.lang.value(&report.phase, phase));
                        for stance in picture::STANCES {
                            let place = Place { stance: Some(stance), ..Place::new(code, at) };
                            let n = picture::of_stance(&found.counts, stance);
                            html.inside("td", |html| self.number(html, place, n));
                        }
                    });
                }
            }
        });
    }
}
