//! How far two coders agree: tables for people, JSON and CSV for programs.

mod data;
mod tables;

use super::{Quotes, TableStyle, Views};
use crate::agreement::{Agreement, Disagreement, PassageAgreement, Unit};
use crate::codebook::Codebook;
use crate::diag::Warning;
use crate::index::Corpus;

/// One comparison, ready to be written.
#[derive(Debug)]
pub struct AgreementReport<'a> {
    /// The name of the sheet or coder that is taken as true.
    pub gold: String,
    /// The name of the sheet or coder that it is compared with; the rules without one.
    pub against: Option<String>,
    /// Those whose decisions are in what the rules found.
    pub deciders: &'a [String],
    /// The figures.
    pub agreement: &'a Agreement,
    /// By code, how far the boundaries of passages agree, where both tell which words they mean.
    pub passages: Option<&'a [PassageAgreement]>,
    /// The segments that were compared.
    pub units: &'a [Unit],
    /// What they differ on, where that is asked for.
    pub disagreements: Option<&'a [Disagreement]>,
    /// Whether words of the material may be shown.
    pub quotes: Quotes,
    /// The index.
    pub corpus: &'a Corpus,
    /// The codebook.
    pub codebook: &'a Codebook,
    /// What must be known of the material and of the comparison.
    pub warnings: &'a [Warning],
}

impl AgreementReport<'_> {
    fn n_documents(&self) -> usize {
        self.units.chunk_by(|a, b| a.document == b.document).count()
    }
}

impl Views for AgreementReport<'_> {
    fn json(&self) -> String {
        self.as_json()
    }

    fn csv(&self) -> Vec<u8> {
        self.as_csv()
    }

    fn markdown(&self) -> String {
        self.as_markdown()
    }

    fn text(&self, style: TableStyle) -> String {
        self.as_text(style)
    }
}
