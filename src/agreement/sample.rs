//! Segments by lot, for a person to code blind.

use std::collections::BTreeMap;

use super::weights::{FORMAT, SampleWeights, Stratum};
use crate::stats::Random;
use crate::text::narrow;

/// One drawn segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Drawn {
    /// Its row in the corpus.
    pub row: usize,
    /// The number of its stratum.
    pub stratum: u32,
}

/// A drawn sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sample {
    /// The segments in the order in which they are to be coded, which is random too; in the sheet each has the number of
    /// its place in it.
    pub drawn: Vec<Drawn>,
    /// What each stands for.
    pub weights: SampleWeights,
}

/// Draws `per_cell` segments of each cell, half of them from those that have a code and half from those that have
/// none, the rest from where there are more; all of a cell that has no more.
///
/// `segments` gives row, cell and whether it has a code, in an order that is the same in every run. Segments of a
/// stratum are drawn with equal chance and without replacement. Strata are numbered in random order, and segments
/// come in random order, so that neither tells the person who codes what the rules found. Each stratum gives at
/// least one segment, since what has no segment in the sample nothing could stand for: `per_cell` is at least 2.
#[must_use]
pub fn draw(segments: &[(usize, u32, bool)], per_cell: usize, seed: u64) -> Sample {
    let mut strata: BTreeMap<(u32, bool), Vec<usize>> = BTreeMap::new();
    for (row, cell, is_coded) in segments {
        strata.entry((*cell, *is_coded)).or_default().push(*row);
    }
    let mut random = Random::stream(seed, 0);
    let mut numbers: Vec<u32> = (1..).take(strata.len()).collect();
    random.shuffle(&mut numbers);
    let mut drawn = Vec::new();
    let mut weights = SampleWeights { format: FORMAT, seed, strata: Vec::new(), rows: Vec::new() };
    for ((key, rows), number) in strata.iter().zip(numbers) {
        let other = strata.get(&(key.0, !key.1)).map_or(0, Vec::len);
        let n = share(per_cell.max(2), rows.len(), other, key.1);
        let mut rows = rows.clone();
        Random::stream(seed, u64::from(number)).shuffle(&mut rows);
        drawn.extend(rows[..n].iter().map(|row| Drawn { row: *row, stratum: number }));
        weights.strata.push(Stratum { stratum: number, drawn: narrow(n), of: narrow(rows.len()) });
    }
    weights.strata.sort_by_key(|stratum| stratum.stratum);
    random.shuffle(&mut drawn);
    weights.rows = drawn.iter().map(|drawn| drawn.stratum).collect();
    Sample { drawn, weights }
}

/// How many of `own` segments are drawn when there are `other` ones in the cell's other stratum. The odd one of
/// an odd number is a segment that has a code.
fn share(per_cell: usize, own: usize, other: usize, is_coded: bool) -> usize {
    let half = |is_coded: bool| if is_coded { per_cell.div_ceil(2) } else { per_cell / 2 };
    let left_by_other = half(!is_coded).saturating_sub(other);
    own.min(half(is_coded) + left_by_other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(per_cell: usize, coded: usize, uncoded: usize, expected: (usize, usize)) {
        assert_eq!((share(per_cell, coded, uncoded, true), share(per_cell, uncoded, coded, false)), expected);
    }

    #[test]
    fn half_of_each_and_the_rest_from_where_there_is_more() {
        check(10, 50, 50, (5, 5));
        check(9, 50, 50, (5, 4));
        check(10, 2, 50, (2, 8));
        check(10, 50, 0, (10, 0));
        check(10, 3, 4, (3, 4));
        check(2, 1, 1, (1, 1));
    }

    #[test]
    fn a_seed_gives_one_sample_whose_weights_add_up_to_the_material() {
        let segments: Vec<(usize, u32, bool)> = (0..100).map(|row| (row, (row / 40) as u32, row % 3 == 0)).collect();
        let sample = draw(&segments, 10, 7);
        assert_eq!(sample, draw(&segments, 10, 7));
        assert_ne!(sample.drawn, draw(&segments, 10, 8).drawn);
        assert_eq!(sample.drawn.len(), 30);
        assert_eq!(sample.weights.strata.iter().map(|stratum| stratum.of).sum::<u32>(), 100);
        for stratum in &sample.weights.strata {
            let n = sample.drawn.iter().filter(|drawn| drawn.stratum == stratum.stratum).count();
            assert_eq!(n, stratum.drawn as usize);
        }
        let sizes = sample.weights.sizes();
        for (number, drawn) in (1..).zip(&sample.drawn) {
            assert_eq!(sizes[&number].0, drawn.stratum);
        }
    }
}
