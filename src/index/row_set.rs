//! Which rows of a part are meant, a bit for each.

/// A set of rows, numbered within their part. Small enough to stay near the processor while postings are walked through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowSet(Vec<u64>);

impl RowSet {
    /// No row of a part with so many.
    #[must_use]
    pub fn none(n_rows: usize) -> Self {
        Self(vec![0; n_rows.div_ceil(64)])
    }

    /// The rows of a part that `is_in` tells of, one after another.
    #[must_use]
    pub fn of(is_in: &[bool]) -> Self {
        let bits = |rows: &[bool]| rows.iter().rev().fold(0, |bits, is_in| bits << 1 | u64::from(*is_in));
        Self(is_in.chunks(64).map(bits).collect())
    }

    /// Takes in a row, which must be one of the part's.
    pub fn insert(&mut self, row: u32) {
        self.0[row as usize / 64] |= 1 << (row % 64);
    }

    /// Whether a row, which must be one of the part's, is in it.
    #[must_use]
    pub fn has(&self, row: u32) -> bool {
        self.0[row as usize / 64] >> (row % 64) & 1 == 1
    }

    /// Whether any row from `first` to `last`, both included, can be in it; sometimes true for none.
    #[must_use]
    pub fn may_have_any(&self, first: u32, last: u32) -> bool {
        self.0[first as usize / 64..=last as usize / 64].iter().any(|bits| *bits != 0)
    }

    /// Keeps those that `other` has too.
    pub fn retain(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(own, other)| *own &= other);
    }

    /// How many rows are in it.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.iter().map(|bits| bits.count_ones() as usize).sum()
    }

    /// Whether none is.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|bits| *bits == 0)
    }

    /// The rows, ascending.
    pub fn iter(&self) -> impl Iterator<Item = u32> {
        (0_u32..).step_by(64).zip(&self.0).flat_map(|(first, bits)| {
            let mut bits = *bits;
            std::iter::from_fn(move || {
                let bit = (bits != 0).then(|| bits.trailing_zeros())?;
                bits &= bits - 1;
                Some(first + bit)
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn it_holds_what_it_was_made_of(
            is_in in proptest::collection::vec(proptest::bool::weighted(0.1), 1..300), from in 0_u32..300, length in 0_u32..70
        ) {
            let set = RowSet::of(&is_in);
            let rows: Vec<u32> = (0..).zip(&is_in).filter(|(_, is_in)| **is_in).map(|(row, _)| row).collect();
            proptest::prop_assert_eq!(set.iter().collect::<Vec<_>>(), rows.clone());
            proptest::prop_assert_eq!((set.len(), set.is_empty()), (rows.len(), rows.is_empty()));
            let mut inserted = RowSet::none(is_in.len());
            rows.iter().for_each(|row| inserted.insert(*row));
            proptest::prop_assert_eq!(&inserted, &set);
            let n_rows = is_in.len() as u32;
            proptest::prop_assert!((0..n_rows).all(|row| set.has(row) == is_in[row as usize]));
            let (first, last) = (from.min(n_rows - 1), (from + length).min(n_rows - 1));
            proptest::prop_assert!(set.may_have_any(first, last) || !(first..=last).any(|row| set.has(row)));
            let even: Vec<bool> = (0..is_in.len()).map(|row| row % 2 == 0).collect();
            inserted.retain(&RowSet::of(&even));
            proptest::prop_assert!(inserted.iter().eq(rows.iter().copied().filter(|row| row % 2 == 0)));
        }
    }
}
