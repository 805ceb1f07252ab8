//! Families of rows, whose p values are adjusted together: those of all the material, and those within groups.

use crate::stats::{Adjustment, adjust};

/// Rows whose p values are adjusted together.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Family {
    /// Those of all the material.
    Overall,
    /// Those within a group.
    Within,
}

/// The p values of all rows, each adjusted for those of its family.
pub(super) struct Adjusted {
    /// By row; `None` where nothing is tested.
    pub(super) p: Vec<Option<f64>>,
    /// How many overall rows were tested.
    pub(super) n_overall: usize,
    /// How many rows within groups were.
    pub(super) n_within: usize,
}

impl Adjusted {
    /// `rows` gives each row's family and its p, if it has one.
    pub(super) fn new(rows: &[(Family, Option<f64>)], adjustment: Adjustment) -> Self {
        let mut all = vec![None; rows.len()];
        let mut adjust_family = |family: Family| {
            let of_family = rows.iter().enumerate().filter(|(_, (own, _))| *own == family);
            let (places, p): (Vec<usize>, Vec<f64>) =
                of_family.filter_map(|(place, (_, p))| Some((place, (*p)?))).unzip();
            for (place, adjusted) in places.into_iter().zip(adjust(&p, adjustment)) {
                all[place] = Some(adjusted);
            }
            p.len()
        };
        let (n_overall, n_within) = (adjust_family(Family::Overall), adjust_family(Family::Within));
        Self { p: all, n_overall, n_within }
    }
}
