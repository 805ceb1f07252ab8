//! Where quotes are chosen and read. The list itself is made by the script, page by page, from the page's data.

use super::Page;
use super::html::Html;
use crate::report::picture::stance_number;
use crate::report::{Quote, Term};

/// Longest coded words that are shown whole, in characters.
const MAX_WORDS: usize = 600;

impl Page<'_> {
    pub(super) fn quotes(&self, html: &mut Html) {
        html.raw("<noscript>");
        html.tag("p", self.term(Term::NeedsScript));
        html.raw("</noscript>");
        if !self.report.shows_quotes {
            html.tag("p", self.term(Term::QuotesLeftOut));
        }
        let fields = [
            ("c", self.term(Term::Code)),
            ("a", self.lang.axis(&self.report.case)),
            ("p", self.lang.axis(&self.report.phase)),
            ("s", self.term(Term::StanceLabel)),
            ("v", self.term(Term::SpeakerLabel)),
            ("d", self.term(Term::DocumentLabel)),
            ("w", self.term(Term::TogetherWith)),
            ("t", self.term(Term::PeriodLabel)),
        ];
        html.inside("form class=\"filters\" id=\"filters\" hidden", |html| {
            for (key, label) in fields {
                html.inside("label", |html| {
                    html.tag("span", label);
                    html.raw(&format!("<select id=\"f-{key}\"></select>"));
                });
            }
            html.tag("button class=\"plain\" type=\"reset\"", self.term(Term::ClearFilters));
        });
        html.raw("<p id=\"printed\" class=\"printed\" hidden></p>");
        html.raw("<p id=\"status\" role=\"status\"></p><ol class=\"quotes\" id=\"list\"></ol>");
        html.inside("div class=\"pager\" id=\"pager\" hidden", |html| {
            html.tag("button class=\"plain\" type=\"button\" id=\"previous\"", self.term(Term::Previous));
            html.raw("<span id=\"page\"></span>");
            html.tag("button class=\"plain\" type=\"button\" id=\"next\"", self.term(Term::Next));
        });
    }

    /// One quote with its citation, as the script shows it too.
    pub(super) fn quote(&self, html: &mut Html, quote: &Quote) {
        html.inside("blockquote", |html| {
            html.text(if quote.is_cut_left { "… " } else { "" });
            html.text(&quote.left);
            html.tag("mark", &clipped(&quote.words));
            html.text(&quote.right);
            html.text(if quote.is_cut_right { " …" } else { "" });
        });
        html.inside("p class=\"source\"", |html| html.tag("cite", &self.lang.citation(self.report, quote)));
        html.inside("p class=\"source\"", |html| {
            if self.report.tells_stance() {
                let cue = quote.cue.as_ref().map_or_else(String::new, |cue| format!(": {cue}"));
                html.tag(
                    &format!("span class=\"chip s{}\"", stance_number(quote.stance)),
                    &format!("{}{cue}", self.lang.stance(quote.stance)),
                );
            }
            let places = [(&self.report.case, quote.case), (&self.report.phase, quote.phase)];
            let places: Vec<&str> =
                places.iter().filter_map(|(axis, value)| Some(self.lang.value(axis, (*value)?))).collect();
            html.text(&places.join(" · "));
        });
    }
}

/// A phrase over a whole page, or a word without end, is cut.
pub(super) fn clipped(words: &str) -> String {
    match words.char_indices().nth(MAX_WORDS) {
        None => words.to_owned(),
        Some((at, _)) => format!("{} …", &words[..at]),
    }
}
