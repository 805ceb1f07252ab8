//! How a quote is cited: document, page or line, speaker, time.

use super::{Lang, Term};
use crate::report::{Quote, Report};

impl Lang {
    /// `omsorg/slutt/01.docx, s. 3, Informant 2, 00:12:07`.
    #[must_use]
    pub fn citation(self, report: &Report, quote: &Quote) -> String {
        let document = report.documents.get(quote.document).map_or("", |document| document.path.as_str());
        let mut parts = vec![document.to_owned()];
        parts.push(match quote.page {
            Some(page) => format!("{}\u{a0}{page}", self.term(Term::Page)),
            None => format!("{}\u{a0}{}", self.term(Term::Line), quote.line),
        });
        parts.extend(quote.speaker.clone());
        parts.extend(quote.time.map(|time| {
            let seconds = time / 1_000;
            format!("{:02}:{:02}:{:02}", seconds / 3_600, seconds / 60 % 60, seconds % 60)
        }));
        parts.join(", ")
    }
}
