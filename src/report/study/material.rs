//! What the material is like: its documents, where it has gaps, where it is unlike, where it points at few persons.

use super::model::{FEW_PERSONS, Report, Summed};

/// A document that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentFacts {
    /// Relative to the project, `/` between.
    pub path: String,
    /// Index of its case; `None` where it has several.
    pub case: Option<usize>,
    /// Index of its phase.
    pub phase: Option<usize>,
    /// ISO date, or the beginning of one.
    pub date: Option<String>,
    /// What kind of document it is, such as `intervju`.
    pub kind: Option<String>,
    /// Material segments.
    pub segments: u64,
    /// Words in them.
    pub words: u64,
    /// Its codings, own mentions of all codes.
    pub codings: u64,
}

/// A document that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SkippedDocument {
    /// Relative to the project.
    pub path: String,
    /// Why, in English.
    pub reason: String,
}

/// What two neighbouring cells are unlike in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnequalWhat {
    /// Number of documents.
    Documents,
    /// Number of words.
    Words,
    /// Words in the median segment.
    SegmentLength,
}

/// Two neighbouring cells of which one has more than twice as much material.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnequalPair {
    /// The one with less.
    pub less: Summed,
    /// The one with more.
    pub more: Summed,
    /// In what.
    pub what: UnequalWhat,
    /// How much both have.
    pub amounts: (u64, u64),
}

/// How far the tables point at few persons.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FewPersons {
    /// Cells with one or two speakers in all.
    pub cells: Vec<(usize, usize)>,
    /// Numbers of the frequency table, above 0, that stand on one or two speakers.
    pub numbers: usize,
    /// Numbers above 0 whose speakers are known.
    pub known: usize,
}

/// A neighbour with more than so many times as much is named.
const UNEQUAL: u64 = 2;

impl Report {
    /// The cells without any document.
    #[must_use]
    pub fn gaps(&self) -> Vec<Summed> {
        self.cells().filter(|cell| self.totals(*cell).is_none()).collect()
    }

    /// Neighbouring cells with unlike amounts: the same case in the next phase with material, the same phase in the
    /// next case.
    #[must_use]
    pub fn unequal(&self) -> Vec<UnequalPair> {
        let (cases, phases) = (self.case.values.len(), self.phase.values.len());
        let has = |cell: &Summed| self.totals(*cell).is_some();
        let mut found = Vec::new();
        for case in 0..cases {
            let row: Vec<Summed> = (0..phases).map(|phase| Summed::Cell(case, phase)).filter(has).collect();
            row.windows(2).for_each(|pair| self.unlike(pair[0], pair[1], &mut found));
        }
        for phase in 0..phases {
            let column: Vec<Summed> = (0..cases).map(|case| Summed::Cell(case, phase)).filter(has).collect();
            column.windows(2).for_each(|pair| self.unlike(pair[0], pair[1], &mut found));
        }
        found
    }

    fn unlike(&self, a: Summed, b: Summed, found: &mut Vec<UnequalPair>) {
        let Some((first, second)) = self.totals(a).zip(self.totals(b)) else { return };
        let median = |at: Summed| match at {
            Summed::Cell(case, phase) => self.medians[case * self.phase.values.len() + phase],
            _ => 0,
        };
        let measures = [
            (UnequalWhat::Documents, first.documents_total, second.documents_total),
            (UnequalWhat::Words, first.words_total, second.words_total),
            (UnequalWhat::SegmentLength, median(a), median(b)),
        ];
        for (what, x, y) in measures {
            let (less, more, amounts) = if x <= y { (a, b, (x, y)) } else { (b, a, (y, x)) };
            if amounts.1 > UNEQUAL * amounts.0 {
                found.push(UnequalPair { less, more, what, amounts });
            }
        }
    }

    /// Where the frequency table stands on fewer than three persons.
    #[must_use]
    pub fn few_persons(&self) -> FewPersons {
        let mut few = FewPersons::default();
        for cell in self.cells() {
            let speakers = self.totals(cell).and_then(|totals| totals.speakers_total);
            if let (Some(1..FEW_PERSONS), Summed::Cell(case, phase)) = (speakers, cell) {
                few.cells.push((case, phase));
            }
            for code in 0..self.codebook.codes.len() {
                let Some(headline) = self.headline(code, cell) else { continue };
                few.known += usize::from(headline.counts.speakers.is_some_and(|speakers| speakers > 0));
                few.numbers += usize::from(headline.points_at_few());
            }
        }
        few
    }
}
