//! The table of frequencies, in every form.

use super::{CsvStyle, TableStyle, Views, frequencies_csv, frequencies_json, frequency_markdown, frequency_table};
use crate::codebook::Codebook;
use crate::diag::Warning;
use crate::material::Material;
use crate::tally::Frequencies;

/// What was counted.
#[derive(Debug)]
pub struct FrequenciesReport<'a> {
    /// The project's name.
    pub project: &'a str,
    /// What people call cases and phases.
    pub material: &'a Material,
    /// The codes.
    pub codebook: &'a Codebook,
    /// How often each comes up.
    pub frequencies: &'a Frequencies,
    /// Who the sheet is for.
    pub style: CsvStyle,
    /// What must be known with every number.
    pub warnings: &'a [Warning],
}

impl Views for FrequenciesReport<'_> {
    fn json(&self) -> String {
        frequencies_json(self.project, self.codebook, self.frequencies, self.warnings)
    }

    fn csv(&self) -> Vec<u8> {
        frequencies_csv(self.codebook, self.frequencies, self.style)
    }

    fn markdown(&self) -> String {
        frequency_markdown(self.material, self.codebook, self.frequencies)
    }

    fn text(&self, style: TableStyle) -> String {
        frequency_table(self.material, self.codebook, self.frequencies, style)
    }
}
