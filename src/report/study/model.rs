//! The report as one value.

use super::claims::ClaimTable;
use super::material::{DocumentFacts, SkippedDocument};
use super::quotes::Quote;
use super::timeline::Timeline;
use crate::codebook::Codebook;
use crate::coding::FormCount;
use crate::compare::{Comparison, ComparisonRow, TogetherTable};
use crate::disk::Input;
use crate::report::{RunRecord, WordList};
use crate::tally::{Cell, Counts, Frequencies, Totals, Unequal};

/// One of the two attributes that the report's tables are built on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LabelledAxis {
    /// The attribute: `case`.
    pub name: String,
    /// What the project calls it: `Delpilot`; `None` where it does not say.
    pub label: Option<String>,
    /// Its values, in the order of all tables.
    pub values: Vec<AxisValue>,
}

/// A value of an axis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AxisValue {
    /// What stands in results; empty for what lacks the attribute.
    pub id: String,
    /// For people.
    pub label: String,
}

/// The forms that one pattern caught.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaughtForms {
    /// The pattern as written.
    pub pattern: String,
    /// By grade, then the most frequent first.
    pub forms: Vec<FormCount>,
}

/// What a number of the tables is summed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Summed {
    /// One cell: the index of the case and of the phase.
    Cell(usize, usize),
    /// A case over all phases.
    Case(usize),
    /// A phase over all cases.
    Phase(usize),
    /// All of the material.
    All,
}

/// A code's counts with their denominators.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Headline {
    /// What was counted.
    pub counts: Counts,
    /// Of how much.
    pub totals: Totals,
}

impl Headline {
    /// Mentions per 1,000 words.
    #[must_use]
    pub fn per_1000_words(&self) -> Option<f64> {
        crate::report::number::rate(self.counts.mentions, self.totals.words_total)
    }

    /// One or two known speakers stand behind the mentions: the number points at persons.
    #[must_use]
    pub fn points_at_few(&self) -> bool {
        self.counts.speakers.is_some_and(|speakers| (1..FEW_PERSONS).contains(&speakers))
    }
}

/// Fewer persons than this can be pointed at.
pub(super) const FEW_PERSONS: u64 = 3;

/// A study with everything that is reported of it.
#[derive(Debug)]
pub struct Report {
    /// The project's name.
    pub project: String,
    /// ISO codes of the project's languages.
    pub languages: Vec<String>,
    /// Whether words of the material may stand in the report; without, all quotes, cues and forms are empty.
    pub shows_quotes: bool,
    /// The attribute of the tables' first side: case, unless another was asked for.
    pub case: LabelledAxis,
    /// The attribute of their second side: phase.
    pub phase: LabelledAxis,
    /// The codes.
    pub codebook: Codebook,
    /// Every code in every cell and margin, of the two axes.
    pub frequencies: Frequencies,
    /// Neighbouring cells that hold unlike amounts of material.
    pub unequal: Vec<Unequal>,
    /// Segments that repeat another word for word, and their words; counted or not, as the run's options say.
    pub repeated: (u64, u64),
    /// First phase against last, overall and within each case; `None` where there is nothing to compare.
    pub comparison: Option<Comparison>,
    /// Why there is no comparison.
    pub not_compared: Option<String>,
    /// Which codes meet, in all of the material and in each phase.
    pub together: TogetherTable,
    /// The words that set each phase apart from the others; empty without quotes.
    pub words: Vec<WordList>,
    /// Mentions over time; `None` where no document has a date.
    pub timeline: Option<Timeline>,
    /// By code, pattern by pattern; empty without quotes.
    pub forms: Vec<Vec<CaughtForms>>,
    /// Every coding, by case, phase, document and place.
    pub quotes: Vec<Quote>,
    /// The claims that were put to the material, with their evidence; empty where none were.
    pub claims: Vec<ClaimTable>,
    /// The documents that were read, by case, phase and path.
    pub documents: Vec<DocumentFacts>,
    /// Documents that could not be read.
    pub skipped: Vec<SkippedDocument>,
    /// Versions, options, hashes, totals and warnings.
    pub run: RunRecord,
    /// The files of all documents, by path, with their hashes.
    pub files: Vec<Input>,
}

impl Report {
    /// The cell of a place in [`Frequencies::material`], or `None` for a margin.
    #[must_use]
    pub fn cell(&self, at: Summed) -> &Cell {
        let (cases, phases) = (self.case.values.len(), self.phase.values.len());
        match at {
            Summed::Cell(case, phase) => &self.frequencies.material[case * phases + phase],
            Summed::Case(case) => &self.frequencies.material_margins[case],
            Summed::Phase(phase) => &self.frequencies.material_margins[cases + phase],
            Summed::All => &self.frequencies.material_margins[cases + phases],
        }
    }

    /// The denominators of a place; `None` where there is no material.
    #[must_use]
    pub fn totals(&self, at: Summed) -> Option<Totals> {
        self.cell(at).totals
    }

    /// A code's counts in a place; `None` where there is no material.
    #[must_use]
    pub fn headline(&self, code: usize, at: Summed) -> Option<Headline> {
        let (cases, phases) = (self.case.values.len(), self.phase.values.len());
        let counts = match at {
            Summed::Cell(case, phase) => self.frequencies.counts(code, case * phases + phase),
            Summed::Case(case) => self.frequencies.margin_counts(code, case),
            Summed::Phase(phase) => self.frequencies.margin_counts(code, cases + phase),
            Summed::All => self.frequencies.margin_counts(code, cases + phases),
        };
        Some(Headline { counts: *counts?, totals: self.totals(at)? })
    }

    /// The place of a cell by its number in the table.
    #[must_use]
    pub fn cell_at(&self, number: usize) -> Summed {
        let phases = self.phase.values.len();
        Summed::Cell(number / phases, number % phases)
    }

    /// All cells, case by case.
    pub fn cells(&self) -> impl Iterator<Item = Summed> + '_ {
        let phases = self.phase.values.len();
        (0..self.case.values.len()).flat_map(move |case| (0..phases).map(move |phase| Summed::Cell(case, phase)))
    }

    /// How deep a code stands in the codebook: 0 without a parent.
    #[must_use]
    pub fn depth(&self, code: usize) -> usize {
        self.codebook.ancestors(code).count()
    }

    /// Whether a code has codes below it.
    #[must_use]
    pub fn has_children(&self, code: usize) -> bool {
        self.codebook.codes.iter().any(|other| other.parent == Some(code))
    }

    /// The codes in the order in which a tree is read: children after their parent, else as in the codebook.
    #[must_use]
    pub fn tree(&self) -> Vec<usize> {
        let mut order = Vec::with_capacity(self.codebook.codes.len());
        let mut open: Vec<usize> = self.children(None);
        open.reverse();
        while let Some(code) = open.pop() {
            order.push(code);
            open.extend(self.children(Some(code)).into_iter().rev());
        }
        order
    }

    fn children(&self, parent: Option<usize>) -> Vec<usize> {
        (0..self.codebook.codes.len()).filter(|code| self.codebook.codes[*code].parent == parent).collect()
    }

    /// The codes from the topmost ancestor down to `code`, such as `samarbeid / nettverk`.
    #[must_use]
    pub fn code_path(&self, code: usize) -> String {
        let mut path: Vec<&str> =
            self.codebook.ancestors(code).map(|ancestor| self.codebook.codes[ancestor].label.as_str()).collect();
        path.reverse();
        path.push(&self.codebook.codes[code].label);
        path.join(" / ")
    }

    /// The comparison's rows of one code: overall first, then group by group.
    pub fn changes(&self, code: usize) -> impl Iterator<Item = &ComparisonRow> {
        self.comparison.iter().flat_map(move |comparison| comparison.rows.iter().filter(move |row| row.code == code))
    }

    /// The quotes that count in a code's row, in a place.
    pub fn quotes_of(&self, code: usize, at: Summed) -> impl Iterator<Item = &Quote> {
        self.quotes.iter().filter(move |quote| quote.rows.contains(&code) && quote.is_in(at))
    }
}
