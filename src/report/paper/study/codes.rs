//! Code by code: what it means, how often it comes up, which words it caught, and its quotes.

use std::collections::BTreeMap;

use super::super::parts::{Orientation, Part, Run};
use super::{Draft, code_anchor};
use crate::language::Stance;
use crate::report::{Quote, Term};

/// Quotes of one code; the page and the workbook have all.
pub(super) const MAX_QUOTES: usize = 12;
/// Forms that are named.
const MAX_FORMS: usize = 12;

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
        if quotes.is_empty() {
            self.note(self.lang.no_own_quotes());
            return;
        }
        let chosen = spread(passages(quotes), MAX_QUOTES);
        let mentions: usize = chosen.iter().map(|passage| passage.mentions.len()).sum();
        self.note(self.lang.quotes_shown(chosen.len(), mentions, quotes.len()));
        for passage in chosen {
            let citation = self.citation_with_place(&passage);
            if self.report.shows_quotes {
                self.parts.push(Part::Quote { passage: passage.runs(), citation });
            } else {
                self.list([citation]);
            }
        }
    }

    /// The citation, the cell, and the stances that are not plainly there.
    fn citation_with_place(&self, passage: &Passage<'_>) -> String {
        let quote = passage.quote;
        let mut parts = vec![self.lang.citation(self.report, quote)];
        if let (Some(case), Some(phase)) = (quote.case, quote.phase) {
            parts.push(self.lang.value(&self.report.case, case).to_owned());
            parts.push(self.lang.value(&self.report.phase, phase).to_owned());
        }
        for stance in [Stance::Missing, Stance::Mixed, Stance::Needed] {
            if passage.mentions.iter().any(|mention| mention.stance == stance) {
                parts.push(self.lang.stance(stance).to_owned());
            }
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
            .take(MAX_FORMS)
            .map(|(form, count)| format!("{form}\u{a0}({})", self.lang.count(*count)))
            .collect();
        let more = forms.len() - named.len();
        let more = if more > 0 { format!(" (+{})", self.lang.count(more as u64)) } else { String::new() };
        self.entry(Term::FormsCaught, &format!("{}{more}", named.join(", ")));
    }
}

/// A passage with all mentions of a code in it.
struct Passage<'a> {
    /// The first of its mentions, whose surroundings are shown.
    quote: &'a Quote,
    /// All of them.
    mentions: Vec<&'a Quote>,
}

/// The quotes of one code; those that stand in the surroundings of the one before are one passage with it.
fn passages<'a>(quotes: &[&'a Quote]) -> Vec<Passage<'a>> {
    let mut passages: Vec<Passage<'a>> = Vec::new();
    for quote in quotes {
        match passages.last_mut() {
            Some(passage) if passage.holds(quote) => passage.mentions.push(quote),
            _ => passages.push(Passage { quote, mentions: vec![quote] }),
        }
    }
    passages
}

impl Passage<'_> {
    fn holds(&self, other: &Quote) -> bool {
        let own = self.quote;
        let reach = u32::try_from(own.right.trim_end().chars().count()).unwrap_or(0);
        let follows = self.mentions.last().is_some_and(|last| other.start >= last.end);
        (own.document, own.segment) == (other.document, other.segment) && follows && other.end <= own.end + reach
    }

    /// The passage on one line, its mentions strong.
    fn runs(&self) -> Vec<Run> {
        let Quote { left, words, right, .. } = self.quote;
        let text: Vec<char> = left.chars().chain(words.chars()).chain(right.trim_end().chars()).collect();
        let first = self.quote.start as usize - left.chars().count().min(self.quote.start as usize);
        let piece = |from: usize, to: usize| -> String {
            let (from, to) = (from.saturating_sub(first).min(text.len()), to.saturating_sub(first).min(text.len()));
            let blank = |character: &char| if matches!(character, '\n' | '\t') { ' ' } else { *character };
            text[from..to.max(from)].iter().map(blank).collect()
        };
        let mut runs = vec![Run::plain(if self.quote.is_cut_left { "…" } else { "" })];
        let mut at = first;
        for mention in &self.mentions {
            let (start, end) = (mention.start as usize, mention.end as usize);
            runs.push(Run::plain(piece(at, start)));
            runs.push(Run::strong(piece(start, end)));
            at = end;
        }
        runs.push(Run::plain(piece(at, usize::MAX)));
        runs.push(Run::plain(if self.quote.is_cut_right { "…" } else { "" }));
        runs.retain(|run| !run.text.is_empty());
        runs
    }
}

/// At most so many passages, from as many documents and cells as possible; in the order they came in.
fn spread(passages: Vec<Passage<'_>>, most: usize) -> Vec<Passage<'_>> {
    // A second passage of one document waits until every document has had its first; among first ones, those that
    // are the first of their cell go before.
    let mut of_cell: BTreeMap<(Option<usize>, Option<usize>, usize), usize> = BTreeMap::new();
    let mut of_document: BTreeMap<usize, usize> = BTreeMap::new();
    let mut ranked: Vec<(usize, usize, usize)> = Vec::with_capacity(passages.len());
    for (at, Passage { quote, .. }) in passages.iter().enumerate() {
        let in_document = of_document.entry(quote.document).or_default();
        let in_cell = of_cell.entry((quote.case, quote.phase, *in_document)).or_default();
        ranked.push((*in_document, *in_cell, at));
        *in_cell += 1;
        *in_document += 1;
    }
    ranked.sort_unstable();
    let mut chosen: Vec<usize> = ranked.into_iter().take(most).map(|(_, _, at)| at).collect();
    chosen.sort_unstable();
    let mut chosen = chosen.into_iter().peekable();
    let is_chosen = |(at, passage): (usize, _)| chosen.next_if_eq(&at).map(|_| passage);
    passages.into_iter().enumerate().filter_map(is_chosen).collect()
}
