//! uα of two raters and one kind of passage, from counts that add up over pieces of the continuum.

use std::ops::{AddAssign, Range};

use super::UnitisedAlpha;

/// What [`Boundaries::alpha`] needs to know of a piece of the continuum, in units of length. Counts of pieces add up
/// to those of the whole, so that pieces can be resampled; a passage belongs to one piece.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Boundaries {
    /// Its length.
    pub length: u64,
    /// Length that one rater marked and the other did not.
    pub differing: u64,
    /// Length that was marked, both raters added.
    pub marked: u64,
    /// Squared lengths of the passages, both raters added.
    pub squares: u64,
}

impl Boundaries {
    /// The counts of one piece; each rater's passages in order. `None` where a passage is empty, leaves the piece or
    /// overlaps the one before it.
    #[must_use]
    pub fn of(length: u64, raters: [&[Range<u64>]; 2]) -> Option<Self> {
        let mut counts = Self { length, ..Self::default() };
        for passages in raters {
            let mut at = 0;
            for passage in passages {
                if passage.start < at || passage.end <= passage.start || passage.end > length {
                    return None;
                }
                let size = passage.end - passage.start;
                counts.marked += size;
                counts.squares += size * size;
                at = passage.end;
            }
        }
        let common: u64 = raters[0].iter().map(|passage| common(passage, raters[1])).sum();
        counts.differing = counts.marked - 2 * common;
        Some(counts)
    }

    /// So many of these pieces.
    #[must_use]
    pub fn times(self, times: u64) -> Self {
        Self {
            length: self.length * times,
            differing: self.differing * times,
            marked: self.marked * times,
            squares: self.squares * times,
        }
    }

    /// uα as [`super::unitised_alpha`] gives it for two raters and one category. `None` without length, or when all of
    /// it was marked in one piece by both.
    #[must_use]
    pub fn alpha(self) -> Option<UnitisedAlpha> {
        let whole = 2.0 * self.length as f64;
        let marked = self.marked as f64;
        let left = whole - marked;
        let free = whole * whole - self.squares as f64 - left;
        if self.length == 0 || free <= 0.0 {
            return None;
        }
        let observed = 2.0 * self.differing as f64;
        let expected = 2.0 * whole * marked * left / free;
        let alpha = (expected > 0.0).then(|| 1.0 - observed / expected);
        Some(UnitisedAlpha { observed, expected, alpha })
    }
}

impl AddAssign for Boundaries {
    fn add_assign(&mut self, other: Self) {
        self.length += other.length;
        self.differing += other.differing;
        self.marked += other.marked;
        self.squares += other.squares;
    }
}

/// How much of a passage lies in `passages`.
fn common(passage: &Range<u64>, passages: &[Range<u64>]) -> u64 {
    let shared = |other: &Range<u64>| passage.end.min(other.end).saturating_sub(passage.start.max(other.start));
    passages.iter().map(shared).sum()
}
