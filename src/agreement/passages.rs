//! Where in the judged segments the passages of two coders lie, and how far their boundaries agree.
//!
//! Whether a segment has a code says nothing of which of its words are meant. Where both coders tell that, Krippendorff's
//! uα compares their passages word by word, code by code: passages of different codes overlap freely.

use std::ops::Range;

use super::judged::Unit;
use super::measure::Measured;
use crate::codebook::Codebook;
use crate::coding::{Codings, Counted};
use crate::index::Corpus;
use crate::stats::Confidence;
use crate::stats::agreement::Boundaries;
use crate::stats::bootstrap::{Resampling, resample};

/// The passages of one coder: by code, by unit, the words of each passage in order, without overlaps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passages {
    of_code: Vec<Vec<Vec<Range<u64>>>>,
}

/// How far two coders agree on the words of one code.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PassageAgreement {
    /// Passages of the first coder, the gold.
    pub gold: u64,
    /// Passages of the second.
    pub found: u64,
    /// Krippendorff's uα over the words of the judged segments.
    pub alpha: Measured,
}

impl Passages {
    /// What codings mark in `units`; for a parent its own and its descendants'.
    #[must_use]
    pub fn of_codings(codings: &Codings, units: &[Unit]) -> Self {
        let passage = |Counted { mention, .. }: Counted<'_>| u64::from(mention.from)..u64::from(mention.to);
        let of_unit = |code: usize, unit: &Unit| apart(codings.counted_in(code, unit.row).map(passage).collect());
        let of_code = |code: usize| units.iter().map(|unit| of_unit(code, unit)).collect();
        Self { of_code: (0..codings.n_codes()).map(of_code).collect() }
    }

    /// What `given` marks, by unit: each passage with its code, which its ancestors have too.
    pub(super) fn of_given<'a>(
        codebook: &Codebook,
        given: impl ExactSizeIterator<Item = &'a [(usize, Range<u64>)]>,
    ) -> Self {
        let mut of_code = vec![vec![Vec::new(); given.len()]; codebook.codes.len()];
        for (unit, passages) in given.enumerate() {
            for (code, passage) in passages {
                for code in std::iter::once(*code).chain(codebook.ancestors(*code)) {
                    of_code[code][unit].push(passage.clone());
                }
            }
        }
        of_code.iter_mut().flatten().for_each(|passages| *passages = apart(std::mem::take(passages)));
        Self { of_code }
    }

    /// Keeps the units for which `is_kept`, by index, is true.
    pub(super) fn retain(&mut self, is_kept: impl Fn(usize) -> bool + Copy) {
        self.of_code.iter_mut().for_each(|units| super::judged::retain(units, is_kept));
    }
}

/// The passages in order; those that overlap become one.
fn apart(mut passages: Vec<Range<u64>>) -> Vec<Range<u64>> {
    passages.retain(|passage| !passage.is_empty());
    passages.sort_unstable_by_key(|passage| (passage.start, passage.end));
    passages.dedup_by(|next, kept| {
        let overlaps = next.start < kept.end;
        if overlaps {
            kept.end = kept.end.max(next.end);
        }
        overlaps
    });
    passages
}

/// Compares the passages of two coders, `gold` being what the other is held to, in the same units, code by code.
/// Intervals are percentiles of resampled units.
#[must_use]
pub fn compare_passages(
    corpus: &Corpus,
    units: &[Unit],
    gold: &Passages,
    found: &Passages,
    resampling: Resampling,
) -> Vec<PassageAgreement> {
    let lengths: Vec<u64> = units.iter().map(|unit| u64::from(corpus.rows().n_words(unit.row))).collect();
    let n_codes = gold.of_code.len();
    // By code, of the units that somebody marked something in.
    let marked = |code: usize| -> Vec<(usize, Boundaries)> {
        let both = gold.of_code[code].iter().zip(&found.of_code[code]).enumerate();
        let in_use = both.filter(|(_, (gold, found))| !gold.is_empty() || !found.is_empty());
        in_use.filter_map(|(unit, (gold, found))| Some((unit, Boundaries::of(lengths[unit], [gold, found])?))).collect()
    };
    let marked: Vec<Vec<(usize, Boundaries)>> = (0..n_codes).map(marked).collect();
    let alpha = |length: u64, marked: &[(usize, Boundaries)], times: &dyn Fn(usize) -> u64| {
        let mut sum = Boundaries::default();
        marked.iter().for_each(|(unit, counts)| sum += counts.times(times(*unit)));
        sum.length = length;
        sum.alpha()?.alpha
    };
    let resampled = resample(&vec![0; units.len()], n_codes, Confidence::P95, resampling, |multiplicity, figures| {
        let times = |unit: usize| u64::from(multiplicity[unit]);
        let length = lengths.iter().enumerate().map(|(unit, length)| length * times(unit)).sum();
        for (figure, marked) in figures.iter_mut().zip(&marked) {
            *figure = alpha(length, marked, &times);
        }
    });
    let count = |coder: &Passages, code: usize| coder.of_code[code].iter().map(|passages| passages.len() as u64).sum();
    let of_code = |code: usize| PassageAgreement {
        gold: count(gold, code),
        found: count(found, code),
        alpha: Measured::new(alpha(lengths.iter().sum(), &marked[code], &|_| 1), &resampled[code]),
    };
    (0..n_codes).map(of_code).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passages_that_overlap_become_one_and_neighbours_stay_two() {
        assert_eq!(apart(vec![4..6, 0..2, 2..3, 5..9, 7..7]), [0..2, 2..3, 4..9]);
    }
}
