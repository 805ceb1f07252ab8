//! The main picture: how much there is, what must be known, what differs, what is spoken of most.

use super::Page;
use super::html::Html;
use crate::compare::{ComparisonRow, Verdict};
use crate::report::{Place, Summed, Term};

/// Themes that are named as the most frequent.
const MAX_THEMES: usize = 5;
/// Documents named with one warning.
const MAX_NAMED_IN_REMARK: usize = 5;

impl Page<'_> {
    pub(super) fn glance(&self, html: &mut Html) {
        let (lang, totals) = (self.lang, self.report.run.totals);
        let speakers = self.report.totals(Summed::All).and_then(|totals| totals.speakers_total);
        let figures = [
            (Some(totals.documents), Term::Document, Term::Documents),
            (Some(totals.words), Term::Word, Term::Words),
            (speakers, Term::Speaker, Term::Speakers),
            (Some(self.report.codebook.codes.len() as u64), Term::CodeWord, Term::CodeWords),
            (Some(totals.mentions), Term::Mention, Term::Mentions),
        ];
        html.inside("ul class=\"figures\"", |html| {
            for (number, one, many) in figures {
                let Some(number) = number else { continue };
                html.inside("li", |html| {
                    html.tag("b", &lang.count(number));
                    html.tag("span", lang.term(if number == 1 { one } else { many }));
                });
            }
        });
        self.remarks(html);
        self.differences(html);
        self.most(html);
    }

    fn remarks(&self, html: &mut Html) {
        let remarks = self.lang.remarks(self.report);
        if remarks.is_empty() {
            return;
        }
        html.inside("div class=\"note\"", |html| {
            html.tag("h3", self.term(Term::WarningsHeading));
            html.inside("ul", |html| {
                for remark in &remarks {
                    html.inside("li", |html| {
                        html.text(&remark.text);
                        if !remark.about.is_empty() {
                            let (all, between) = remark.named();
                            let more = all.len().saturating_sub(MAX_NAMED_IN_REMARK);
                            let named: Vec<&str> = all.iter().take(MAX_NAMED_IN_REMARK).map(String::as_str).collect();
                            let named = named.join(between);
                            let rest = if more > 0 { format!(" (+{more})") } else { String::new() };
                            html.tag("div class=\"about\"", &format!("{named}{rest}"));
                        }
                        if remark.about.is_empty() {
                            for detail in remark.details.iter().take(MAX_NAMED_IN_REMARK) {
                                html.tag("div class=\"about\" lang=\"en\"", detail);
                            }
                        }
                    });
                }
            });
        });
    }

    fn differences(&self, html: &mut Html) {
        let Some([from, to]) = self.lang.sides(self.report) else { return };
        html.tag("h3", &self.lang.change_title(&from, &to));
        let rows: Vec<&ComparisonRow> = self.report.comparison.iter().flat_map(|comparison| &comparison.rows).collect();
        let is_shown = |row: &&&ComparisonRow| matches!(row.verdict, Verdict::More | Verdict::Less);
        let overall = rows.iter().filter(|row| row.group.is_none());
        let shown: Vec<&&ComparisonRow> = overall.clone().filter(is_shown).collect();
        let within: Vec<&&ComparisonRow> = rows.iter().filter(|row| row.group.is_some()).filter(is_shown).collect();
        let tested = overall.clone().filter(|row| row.tested.is_some()).count();
        html.tag("p", &self.lang.differences_in_short(shown.len(), tested, overall.count()));
        if shown.is_empty() && within.is_empty() {
            return;
        }
        html.inside("ul", |html| {
            for row in shown.into_iter().chain(within) {
                html.inside("li", |html| html.tag("p", &self.lang.change(self.report, row)));
            }
        });
    }

    fn most(&self, html: &mut Html) {
        let total = |code: &usize| self.report.headline(*code, Summed::All).map_or(0, |all| all.counts.mentions);
        let mut codes: Vec<usize> = (0..self.report.codebook.codes.len()).filter(|code| total(code) > 0).collect();
        codes.sort_by_key(|code| (std::cmp::Reverse(total(code)), *code));
        if codes.is_empty() {
            return;
        }
        html.tag("h3", self.term(Term::MostMentioned));
        html.inside("ol", |html| {
            for code in codes.into_iter().take(MAX_THEMES) {
                let Some(all) = self.report.headline(code, Summed::All) else { continue };
                html.inside("li", |html| {
                    let href = Place::new(code, Summed::All).href();
                    html.tag(&format!("a href=\"{href}\""), self.label(code));
                    html.text(&format!(" – {}", self.lang.headline(&all)));
                });
            }
        });
        let never: Vec<String> = (0..self.report.codebook.codes.len())
            .filter(|code| total(code) == 0)
            .map(|code| self.label(code).to_owned())
            .collect();
        if !never.is_empty() {
            html.tag("p", &self.lang.never(&never));
        }
    }
}
