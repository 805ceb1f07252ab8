//! Where a mark or a cell leads: to the quotes of a code, narrowed.

use std::fmt::Write as _;

use crate::language::Stance;
use crate::report::Summed;

/// The quotes behind a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Index of the code in whose row they count.
    pub code: usize,
    /// Cell or margin.
    pub at: Summed,
    /// Only with this stance.
    pub stance: Option<Stance>,
    /// Only in segments that this code is in too.
    pub with: Option<usize>,
    /// Only of this period of the timeline.
    pub period: Option<usize>,
}

impl Place {
    /// All quotes of a code in a cell or margin.
    #[must_use]
    pub fn new(code: usize, at: Summed) -> Self {
        Self { code, at, stance: None, with: None, period: None }
    }

    /// The address on the page.
    #[must_use]
    pub fn href(self) -> String {
        let mut href = format!("#q?c={}", self.code);
        let (case, phase) = match self.at {
            Summed::Cell(case, phase) => (Some(case), Some(phase)),
            Summed::Case(case) => (Some(case), None),
            Summed::Phase(phase) => (None, Some(phase)),
            Summed::All => (None, None),
        };
        let stance = self.stance.map(stance_number);
        for (name, value) in [("a", case), ("p", phase), ("s", stance), ("w", self.with), ("t", self.period)] {
            if let Some(value) = value {
                let _ = write!(href, "&{name}={value}");
            }
        }
        href
    }
}

/// The numbers of stances in addresses and in the page's data: present, missing, mixed, needed.
pub(crate) const STANCES: [Stance; 4] = [Stance::Present, Stance::Missing, Stance::Mixed, Stance::Needed];

/// A stance by its number.
pub(crate) fn stance_number(stance: Stance) -> usize {
    STANCES.iter().position(|other| *other == stance).expect("all stances have numbers")
}
