//! Whether words of the material may stand in what leaves the program.

/// Whether words of the material may be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quotes {
    /// They may.
    Shown,
    /// They may not: for output that is shared.
    Withheld,
}

impl Quotes {
    /// Whether they may.
    #[must_use]
    pub fn are_shown(self) -> bool {
        self == Self::Shown
    }
}
