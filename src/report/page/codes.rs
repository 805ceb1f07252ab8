//! Code by code: what it means, what recognised it, a few of its quotes, and the way to all of them.

use std::collections::BTreeSet;

use super::Page;
use super::html::Html;
use crate::codebook::Code;
use crate::report::{Place, Quote, Summed, Term};

/// Quotes of each code that stand on the page without a script, and in print.
const SAMPLES: usize = 3;
/// Forms of each pattern and grade; the workbook has all.
const MAX_FORMS: usize = 40;

impl Page<'_> {
    pub(super) fn codes(&self, html: &mut Html) {
        for code in self.report.tree() {
            html.inside(&format!("details class=\"code\" id=\"code-{code}\""), |html| {
                let all = self.report.headline(code, Summed::All);
                html.inside("summary", |html| {
                    html.text(&self.report.code_path(code));
                    let numbers =
                        all.map_or_else(|| self.term(Term::NoMaterial).to_owned(), |all| self.lang.headline(&all));
                    html.raw(" ");
                    html.tag("span", &format!("– {numbers}"));
                });
                html.inside("div", |html| {
                    self.definition(html, &self.report.codebook.codes[code]);
                    self.forms(html, code);
                    self.samples(html, code);
                });
            });
            html.line();
        }
    }

    fn definition(&self, html: &mut Html, code: &Code) {
        html.inside("dl", |html| {
            let mut entry = |term: Term, words: &str| {
                if !words.is_empty() {
                    html.tag("dt", self.term(term));
                    html.tag("dd", words);
                }
            };
            entry(Term::CodeId, &code.id);
            entry(Term::Definition, &code.definition);
            entry(Term::Include, &code.include);
            entry(Term::Exclude, &code.exclude);
            let examples: Vec<String> = code.examples.iter().map(|example| self.lang.quoted(&example.text)).collect();
            entry(Term::Examples, &examples.join(" "));
            let not: Vec<&str> = code.not.iter().map(|pattern| pattern.source.as_str()).collect();
            entry(Term::VoidedBy, &not.join(" · "));
            entry(Term::FormsShutOut, &code.forms_not.join(" · "));
        });
    }

    /// What each pattern caught; the patterns alone where no words of the material may stand here.
    fn forms(&self, html: &mut Html, code: usize) {
        let caught = &self.report.forms[code];
        html.inside("details", |html| {
            html.tag("summary", self.term(if caught.is_empty() { Term::Patterns } else { Term::FormsCaught }));
            html.inside("dl", |html| {
                for (index, pattern) in self.report.codebook.codes[code].patterns.iter().enumerate() {
                    html.inside("dt", |html| html.tag("code", &pattern.source));
                    html.inside("dd", |html| {
                        let forms = caught.get(index).map(|caught| caught.forms.as_slice()).unwrap_or_default();
                        if forms.is_empty() && !caught.is_empty() {
                            html.tag("span class=\"about\"", self.term(Term::NotCaught));
                        }
                        for same in forms.chunk_by(|a, b| a.grade == b.grade) {
                            let shown: Vec<String> = same
                                .iter()
                                .take(MAX_FORMS)
                                .map(|form| format!("{} {}", form.form, self.lang.count(form.count)))
                                .collect();
                            let more = same.len().saturating_sub(MAX_FORMS);
                            let more = if more > 0 { format!(" … (+{more})") } else { String::new() };
                            html.inside("div", |html| {
                                html.tag("span class=\"about\"", &format!("{}: ", self.lang.grade(same[0].grade)));
                                html.text(&format!("{}{more}", shown.join(", ")));
                            });
                        }
                    });
                }
            });
        });
    }

    fn samples(&self, html: &mut Html, code: usize) {
        let quotes: Vec<&Quote> = self.report.quotes_of(code, Summed::All).collect();
        if quotes.is_empty() {
            return;
        }
        if self.report.shows_quotes {
            let samples = samples(&quotes);
            html.inside("ul class=\"samples\"", |html| {
                for quote in &samples {
                    html.inside("li", |html| self.quote(html, quote));
                }
            });
            if samples.len() < quotes.len() {
                html.tag("p class=\"printed\"", &self.lang.samples_shown(samples.len(), quotes.len()));
            }
        }
        html.inside("p class=\"act\"", |html| {
            let href = Place::new(code, Summed::All).href();
            let all = self.lang.counted(quotes.len() as u64, Term::Quote, Term::Quotes);
            html.tag(&format!("a href=\"{href}\""), &format!("{}: {all}", self.term(Term::ShowQuotes)));
        });
    }
}

/// Some quotes that differ in case, phase and stance where there are such, in the order of the documents.
fn samples<'a>(quotes: &[&'a Quote]) -> Vec<&'a Quote> {
    let mut seen: [BTreeSet<usize>; 3] = Default::default();
    let mut chosen: Vec<(usize, &Quote)> = Vec::new();
    for _ in 0..SAMPLES {
        let news = |quote: &Quote| -> usize {
            let marks = [quote.case.unwrap_or(usize::MAX), quote.phase.unwrap_or(usize::MAX), quote.stance as usize];
            marks.iter().zip(&seen).map(|(mark, seen)| usize::from(!seen.contains(mark))).sum()
        };
        let is_free = |index: usize| chosen.iter().all(|(own, _)| *own != index);
        let free = quotes.iter().enumerate().filter(|(index, _)| is_free(*index));
        // Of equals the first.
        let Some((index, quote)) = free.rev().max_by_key(|(_, quote)| news(quote)) else { break };
        seen[0].insert(quote.case.unwrap_or(usize::MAX));
        seen[1].insert(quote.phase.unwrap_or(usize::MAX));
        seen[2].insert(quote.stance as usize);
        chosen.push((index, quote));
    }
    chosen.sort_by_key(|(index, _)| *index);
    chosen.into_iter().map(|(_, quote)| quote).collect()
}
