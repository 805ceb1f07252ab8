//! A study's report as running text: which chapters there are, and what stands in them.
//!
//! - `cells`: tables of codes by cells, cut to the width of a page.
//! - `material`: what there is, and what must be known with it.
//! - `frequencies`: how often each theme comes up, and how it is put.
//! - `change`: from the first phase to the last.
//! - `context`: themes together, over time, words of the phases.
//! - `codes`: code by code, with its quotes.
//! - `claims`: claims, with what speaks for and against them.
//! - `method`: how it was done, the codebook, versions.

mod cells;
mod change;
mod claims;
mod codes;
mod context;
mod frequencies;
mod material;
mod method;

use super::parts::{Orientation, Paper, Part, Run};
use crate::report::{Lang, Report, Term};

/// A report in the making.
struct Draft<'a> {
    report: &'a Report,
    lang: Lang,
    parts: Vec<Part>,
    orientation: Orientation,
}

impl Paper {
    /// A study's report in a language.
    #[must_use]
    pub fn of(report: &Report, lang: Lang) -> Self {
        let mut draft = Draft { report, lang, parts: Vec::new(), orientation: Orientation::Portrait };
        draft.paragraph(lang.introduction(report));
        draft.material();
        draft.frequencies();
        if report.tells_stance() {
            draft.stances();
        }
        draft.change();
        draft.together();
        draft.timeline();
        draft.words();
        draft.claims();
        draft.codes();
        draft.method();
        draft.codebook();
        draft.versions();
        Self {
            tag: lang.tag(),
            title: report.project.clone(),
            subtitle: lang.subtitle(report),
            contents: lang.term(Term::Contents),
            table: lang.term(Term::Table),
            figure: lang.term(Term::Figure),
            parts: draft.parts,
        }
    }
}

impl Draft<'_> {
    fn term(&self, term: Term) -> String {
        self.lang.term(term).to_owned()
    }

    /// A chapter, on pages of this orientation.
    fn chapter(&mut self, title: Term, orientation: Orientation) {
        if self.orientation != orientation {
            self.parts.push(Part::Turn(orientation));
            self.orientation = orientation;
        }
        self.parts.push(Part::Heading(1, self.term(title), Some(format!("{title:?}"))));
    }

    fn section(&mut self, title: &str) {
        self.parts.push(Part::Heading(2, title.to_owned(), Some(title.to_owned())));
    }

    fn paragraph(&mut self, text: impl Into<String>) {
        self.parts.push(Part::Paragraph(vec![Run::plain(text)]));
    }

    fn note(&mut self, text: impl Into<String>) {
        let text = text.into();
        if !text.is_empty() {
            self.parts.push(Part::Note(text));
        }
    }

    fn list(&mut self, points: impl IntoIterator<Item = String>) {
        let points: Vec<Vec<Run>> = points.into_iter().map(|point| vec![Run::plain(point)]).collect();
        if !points.is_empty() {
            self.parts.push(Part::List(points));
        }
    }

    /// `Term: text`, where there is a text.
    fn entry(&mut self, term: Term, text: &str) {
        if !text.trim().is_empty() {
            let name = format!("{}: ", self.term(term));
            self.parts.push(Part::Paragraph(vec![Run::strong(name), Run::plain(text.trim())]));
        }
    }
}

/// The name that links to a code's quotes use.
fn code_anchor(code: usize) -> String {
    format!("code_{code}")
}
