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
