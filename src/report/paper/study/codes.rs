//! Code by code: what it means, how often it comes up, which words it caught, and its quotes.

use std::collections::BTreeMap;

use super::super::parts::{Orientation, Part, Run};
use super::{Draft, code_anchor};
use crate::language::Stance;
use crate::report::{Quote, Term};

/// Quotes of one code; the page and the workbook have all.
pub(super) const MOST_QUOTES: usize = 12;
/// Forms that are named.
const MOST_FORMS: usize = 12;

impl Draft<'_> {
    pub(super) fn codes(&mut self) {
        self.chapter(Term::CodesSection, Orientation::Portrait);
        if !self.report.shows_quotes {
            self.paragraph(self.term(Term::QuotesLeftOut));
        }
        let mut by_code: Vec<Vec<&Quote>> = vec![Vec::new(); self.report.codebook.codes.len()];
        for quote in self.report.quotes.iter().filter(|quote| quote.case.is_some() && quote.phase.is_some()) {
            by_code[quote.code].push(quote);
        }
        for code in self.report.tree() {
            self.code(code, &by_code[code]);
        }
    }

    fn code(&mut self, code: usize, quotes: &[&Quote]) {
        self.parts.push(Part::Heading(2, self.report.code_path(code), Some(code_anchor(code))));
        let definition = &self.report.codebook.codes[code].definition;
        if !definition.trim().is_empty() {
            self.paragraph(definition.trim());
        }
        let numbers = self.lang.code_numbers(self.report, code);
        self.parts.push(Part::Paragraph(vec![Run::strong(numbers)]));
        let change = self.report.changes(code).find(|row| row.group.is_none());
        if let Some(row) = change {
            self.paragraph(self.lang.change(self.report, row));
        }
        self.forms(code);
        let chosen = spread(quotes, MOST_QUOTES);
        if quotes.is_empty() {
            self.note(self.lang.no_own_quotes());
            return;
        }
        self.note(self.lang.quotes_shown(chosen.len(), quotes.len()));
        for quote in chosen {
            let citation = self.citation_with_place(quote);
            if self.report.shows_quotes {
                self.parts.push(Part::Quote { passage: passage(quote), citation });
            } else {
                self.list([citation]);
            }
        }
    }

    /// The citation, the cell, and the stance where it is not plainly there.
    fn citation_with_place(&self, quote: &Quote) -> String {
        let mut parts = vec![self.lang.citation(self.report, quote)];
        if let (Some(case), Some(phase)) = (quote.case, quote.phase) {
            parts.push(self.lang.value(&self.report.case, case).to_owned());
            parts.push(self.lang.value(&self.report.phase, phase).to_owned());
        }
        if quote.stance != Stance::Present {
            parts.push(self.lang.stance(quote.stance).to_owned());
        }
        parts.join(" · ")
    }

    fn forms(&mut self, code: usize) {
        let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
        for form in self.report.forms.get(code).into_iter().flatten().flat_map(|caught| &caught.forms) {
            *counts.entry(&form.form).or_default() += form.count;
        }
        let mut forms: Vec<(&str, u64)> = counts.into_iter().collect();
        forms.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        let named: Vec<String> = forms
            .iter()
            .take(MOST_FORMS)
            .map(|(form, count)| format!("{form}\u{a0}({})", self.lang.count(*count)))
            .collect();
        let more = forms.len() - named.len();
        let more = if more > 0 { format!(" (+{})", self.lang.count(more as u64)) } else { String::new() };
        self.entry(Term::FormsCaught, &format!("{}{more}", named.join(", ")));
    }
}

/// The passage on one line, the coded words strong.
fn passage(quote: &Quote) -> Vec<Run> {
    let joined = |text: &str| text.replace(['\n', '\t'], " ");
    let cut = |is_cut: bool| if is_cut { "…" } else { "" };
    vec![
        Run::plain(format!("{}{}", cut(quote.is_cut_left), joined(&quote.left).trim_start())),
        Run::strong(joined(&quote.words)),
        Run::plain(format!("{}{}", joined(&quote.right).trim_end(), cut(quote.is_cut_right))),
    ]
}

/// At most so many quotes, from as many cells and then documents as possible; in the order they came in.
fn spread<'a>(quotes: &[&'a Quote], most: usize) -> Vec<&'a Quote> {
    // How many of its cell, and of its document, stand before it: those with few come first.
    let mut of_cell: BTreeMap<(Option<usize>, Option<usize>, usize), u32> = BTreeMap::new();
    let mut of_document: BTreeMap<usize, usize> = BTreeMap::new();
    let mut ranked: Vec<(u32, usize, usize)> = Vec::with_capacity(quotes.len());
    for (at, quote) in quotes.iter().enumerate() {
        let in_document = of_document.entry(quote.document).or_default();
        let in_cell = of_cell.entry((quote.case, quote.phase, *in_document)).or_default();
        ranked.push((*in_cell, *in_document, at));
        *in_cell += 1;
        *in_document += 1;
    }
    // A second quote of one document waits until every document of its cell has had its first.
    ranked.sort_by_key(|(in_cell, in_document, at)| (*in_document, *in_cell, *at));
    let mut chosen: Vec<usize> = ranked.into_iter().take(most).map(|(_, _, at)| at).collect();
    chosen.sort_unstable();
    chosen.into_iter().map(|at| quotes[at]).collect()
}
