//! The words of reports, in bokmål, nynorsk and English: every writer takes its headings, terms and sentences here.
//!
//! - `terms`: single words and short phrases.
//! - `numbers`: decimal comma, thousands, dates, p.
//! - `captions`: what stands over and below tables and charts.
//! - `columns`: what the columns of workbooks are called.
//! - `change`: what may be said of a comparison.
//! - `method`: how it was done, and how data were handled, as paragraphs to paste.
//! - `sentences`: short sentences with numbers, and citations.
//! - `warnings`: what must be known with the numbers.
//!
//! Messages of the program itself are English and stand where they arise.

mod captions;
mod change;
mod columns;
mod method;
mod numbers;
mod sentences;
mod terms;
mod warnings;

use super::{DocumentFacts, Report};
use crate::language::Language;
use crate::project::USUAL_LANGUAGES;

pub(super) use sentences::{PassageNumbers, clock};
pub use terms::Term;
pub use warnings::Remark;

/// A language that reports are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lang {
    /// Bokmål.
    Nb,
    /// Nynorsk.
    Nn,
    /// English.
    En,
}

impl Lang {
    /// The language with this ISO code; bokmål for `no`, English for all others.
    #[must_use]
    pub fn of(code: &str) -> Self {
        match code {
            "nb" | "no" => Self::Nb,
            "nn" => Self::Nn,
            _ => Self::En,
        }
    }

    /// The language of a study's report, unless another is asked for: the project's first. English where a project is
    /// said to be Norwegian by default only, and neither its documents nor its codebook are.
    #[must_use]
    pub fn of_study(report: &Report) -> Self {
        let is_norwegian = |language: &Language| matches!(language, Language::Bokmaal | Language::Nynorsk);
        let is_usual = report.languages == USUAL_LANGUAGES;
        let is_foreign = !report.documents.is_empty() && report.documents.iter().all(DocumentFacts::is_without_cues);
        if is_usual && is_foreign && !report.codebook.languages.iter().any(is_norwegian) {
            return Self::En;
        }
        Self::of(report.languages.first().map_or("nb", String::as_str))
    }

    /// Its ISO code.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.pick("nb", "nn", "en")
    }

    /// One of three, by language.
    fn pick<T>(self, nb: T, nn: T, en: T) -> T {
        match self {
            Self::Nb => nb,
            Self::Nn => nn,
            Self::En => en,
        }
    }
}
