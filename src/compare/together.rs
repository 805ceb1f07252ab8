//! Which codes come up in the same segments, and in the same documents.
//!
//! Segments and documents are counted, never mentions: overlapping mentions would make the c coefficient exceed its
//! range. A code and its ancestor always meet and are no pair.

use rayon::prelude::*;

use super::Themes;
use crate::material::Axis;
use crate::stats;
use crate::text::narrow;

/// A code that is so many times as frequent as the other makes c small whatever they do.
const UNEVEN: u64 = 5;
/// Fewer meetings than this can be chance or one voice.
const FEW: u64 = 5;

/// A part of the material that meetings are counted in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TogetherCell {
    /// The value of the attribute; `None` for all of the material.
    pub value: Option<String>,
    /// Its segments.
    pub segments_total: u64,
    /// Its documents.
    pub documents_total: u64,
}

/// Two codes in one cell, by one unit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Meeting {
    /// Units with both.
    pub both: u64,
    /// Units with the first.
    pub first: u64,
    /// Units with the second.
    pub second: u64,
    /// All units.
    pub units: u64,
}

impl Meeting {
    /// The coefficients; `None` where the counts cannot be, which counting makes impossible.
    #[must_use]
    pub fn coefficients(self) -> Option<stats::Together> {
        stats::Together::new(self.both, self.first, self.second, self.units)
    }
}

/// What must be known with a pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PairFlag {
    /// One code is in more than five times as many segments as the other.
    Uneven,
    /// They meet in fewer than five segments.
    Few,
}

/// Two codes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// Index of the first code.
    pub first: usize,
    /// Index of the second code.
    pub second: usize,
    /// By segments, cell by cell.
    pub segments: Vec<Meeting>,
    /// By documents, cell by cell.
    pub documents: Vec<Meeting>,
    /// Cell by cell, of the meetings in segments.
    pub flags: Vec<Vec<PairFlag>>,
}

/// All pairs of codes that both occur and are not in one line of descent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TogetherTable {
    /// The attribute that the material is divided by.
    pub by: Option<String>,
    /// All of the material, then value by value.
    pub cells: Vec<TogetherCell>,
    /// In the order of the codebook.
    pub pairs: Vec<Pair>,
}

/// Counts the meetings of all codes, in all of the material and in each value of `by`.
#[must_use]
pub fn together(themes: Themes<'_>, by: Option<&Axis>) -> TogetherTable {
    let n_values = by.map_or(0, |axis| axis.values.len());
    let value_of = |row: usize| by.and_then(|axis| axis.value_of(row));
    let segments = Incidence::new(themes, n_values, |row, _| (row, value_of(row)));
    let documents = Incidence::new(themes, n_values, |row, document| (document, value_of(row)));
    let cells = (0..=n_values)
        .map(|cell| TogetherCell {
            value: by.zip(cell.checked_sub(1)).map(|(axis, value)| axis.values[value].clone()),
            segments_total: segments.totals[cell],
            documents_total: documents.totals[cell],
        })
        .collect();
    let n_codes = themes.codebook.codes.len();
    let descends = |code: usize, from: usize| themes.codebook.ancestors(code).any(|ancestor| ancestor == from);
    let pairs = (0..n_codes).flat_map(|first| (first + 1..n_codes).map(move |second| (first, second)));
    let pairs = pairs
        .filter(|(first, second)| !descends(*first, *second) && !descends(*second, *first))
        .filter(|(first, second)| segments.of_code(*first, 0) > 0 && segments.of_code(*second, 0) > 0)
        .map(|(first, second)| {
            let by_segments = segments.meetings(first, second);
            let flags = by_segments.iter().map(|meeting| flags(*meeting)).collect();
            Pair { first, second, documents: documents.meetings(first, second), segments: by_segments, flags }
        });
    TogetherTable { by: by.map(|axis| axis.name.clone()), cells, pairs: pairs.collect() }
}

fn flags(meeting: Meeting) -> Vec<PairFlag> {
    let (less, more) = (meeting.first.min(meeting.second), meeting.first.max(meeting.second));
    let mut flags = Vec::new();
    if more > UNEVEN * less {
        flags.push(PairFlag::Uneven);
    }
    if meeting.both < FEW {
        flags.push(PairFlag::Few);
    }
    flags
}

/// Which codes are in which units, counted by cell: 0 for all of the material, then value by value.
struct Incidence {
    n_codes: usize,
    totals: Vec<u64>,
    /// By cell and code.
    codes: Vec<u64>,
    /// `(first code, second code, cell)` with its count, sorted.
    pairs: Vec<((u32, u32, u32), u64)>,
}

impl Incidence {
    /// `unit` tells of a row and its document what unit it is of, and in which value.
    fn new(themes: Themes<'_>, n_values: usize, unit: impl Fn(usize, usize) -> (usize, Option<usize>)) -> Self {
        let n_codes = themes.codebook.codes.len();
        let mut totals = vec![0_u64; n_values + 1];
        // A unit can lie in several values where they vary within documents; in the whole it counts once.
        let mut places: Vec<(usize, usize)> = Vec::new();
        let mut places_of_row: Vec<(u32, u32)> = vec![(u32::MAX, 0); themes.corpus.rows().len()];
        for (document, row) in themes.rows() {
            let (unit, value) = unit(row, document);
            places.push((0, unit));
            places.extend(value.map(|value| (value + 1, unit)));
            places_of_row[row] = (narrow(unit), value.map_or(0, |value| narrow(value + 1)));
        }
        places.sort_unstable();
        places.dedup();
        places.iter().for_each(|(cell, _)| totals[*cell] += 1);

        let found: Vec<Vec<(u32, u32, u32)>> = (0..n_codes)
            .into_par_iter()
            .map(|code| {
                let mut found: Vec<(u32, u32, u32)> = Vec::new();
                for mention in themes.mentions(code) {
                    let (unit, cell) = places_of_row[mention.row as usize];
                    if unit != u32::MAX {
                        found.push((0, unit, narrow(code)));
                        if cell > 0 {
                            found.push((cell, unit, narrow(code)));
                        }
                    }
                }
                found.sort_unstable();
                found.dedup();
                found
            })
            .collect();
        let mut found = found.concat();
        found.par_sort_unstable();
        let mut codes = vec![0_u64; (n_values + 1) * n_codes];
        let mut met: Vec<(u32, u32, u32)> = Vec::new();
        for unit in found.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
            for (index, (cell, _, first)) in unit.iter().enumerate() {
                codes[*cell as usize * n_codes + *first as usize] += 1;
                met.extend(unit[index + 1..].iter().map(|(_, _, second)| (*first, *second, *cell)));
            }
        }
        met.par_sort_unstable();
        let pairs = met.chunk_by(|a, b| a == b).map(|same| (same[0], same.len() as u64)).collect();
        Self { n_codes, totals, codes, pairs }
    }

    fn of_code(&self, code: usize, cell: usize) -> u64 {
        self.codes[cell * self.n_codes + code]
    }

    fn meetings(&self, first: usize, second: usize) -> Vec<Meeting> {
        let meeting = |cell: usize| {
            let key = (narrow(first), narrow(second), narrow(cell));
            let both = self.pairs.binary_search_by_key(&key, |(pair, _)| *pair).map_or(0, |index| self.pairs[index].1);
            Meeting {
                both,
                first: self.of_code(first, cell),
                second: self.of_code(second, cell),
                units: self.totals[cell],
            }
        };
        (0..self.totals.len()).map(meeting).collect()
    }
}
