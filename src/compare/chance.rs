//! How much of a difference chance alone would show: permutation, pairs and bootstrap, for many codes at once.

use std::collections::BTreeMap;

use super::sides::{FromTo, SideName};
use super::units::Unit;
use super::{MIN_FOR_INTERVAL, Question};
use crate::material::NOWHERE;
use crate::stats::bootstrap::{Resampling, pooled_rate_differences, resample};
use crate::stats::permutation::{self, Method, Permuted, rates_within_strata, sign_flip};
use crate::stats::{Confidence, Interval, McNemar, mcnemar};

/// What a permutation says of one row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tested {
    /// The statistic, per 1,000 words: the difference of rates within strata, or the mean difference of pairs.
    pub statistic: f64,
    /// Two-sided.
    pub p: f64,
    /// The smallest p that so many units, so divided, can give.
    pub p_min: f64,
    /// Adjusted for the rows of its family.
    pub p_adjusted: f64,
    /// Whether every reassignment was counted.
    pub method: Method,
    /// How many were looked at.
    pub assignments: u64,
}

/// The same before p is adjusted.
#[derive(Debug, Clone, Copy)]
pub(super) struct Chance {
    permuted: Permuted,
    /// From the unit of what was permuted to that of the statistic.
    scale: f64,
}

impl Chance {
    pub(super) fn statistic(&self) -> f64 {
        self.permuted.observed * self.scale
    }

    pub(super) fn p(&self) -> f64 {
        self.permuted.p
    }

    pub(super) fn p_min(&self) -> f64 {
        self.permuted.p_min
    }

    pub(super) fn tested(self, p_adjusted: f64) -> Tested {
        Tested {
            statistic: self.statistic(),
            p: self.permuted.p,
            p_min: self.permuted.p_min,
            p_adjusted,
            method: self.permuted.method,
            assignments: self.permuted.assignments,
        }
    }
}

/// A code in what is there on both sides.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pairs {
    /// Pairs with words on both sides.
    pub pairs: usize,
    /// Mean over the pairs of second rate less first, per 1,000 words.
    pub mean_difference: f64,
    /// Pairs whose rate is higher on the second side.
    pub higher: usize,
    /// Pairs whose rate is lower on the second side.
    pub lower: usize,
    /// Pairs with the theme on the first side only.
    pub only_from: u64,
    /// Pairs with the theme on the second side only.
    pub only_to: u64,
    /// McNemar's test of these two, not adjusted and in no verdict; `None` when no pair changes or nothing is tested.
    pub mcnemar: Option<McNemar>,
}

/// All that is found of one code besides its counts.
#[derive(Debug, Clone, Default)]
pub(super) struct Found {
    /// The permutation; `None` where nothing is tested.
    pub(super) chance: Option<Chance>,
    /// As in [`super::ComparisonRow`].
    pub(super) interval: Option<Interval>,
    /// As in [`super::ComparisonRow`].
    pub(super) pairs: Option<Pairs>,
}

/// The units of both sides of one group.
pub(super) struct Sides<'a> {
    question: &'a Question,
    units: Vec<Placed>,
}

/// A unit on one of the sides.
struct Placed {
    side: SideName,
    /// Its place among the units of the whole comparison.
    place: usize,
    unit: Unit,
}

/// Units of one pair on one side: their places, and their words.
type OfPair = Vec<(usize, u32)>;

impl<'a> Sides<'a> {
    /// Units without words can neither be reassigned nor drawn.
    pub(super) fn new(question: &'a Question, units: impl Iterator<Item = (usize, Unit)>) -> Self {
        let is_paired = question.pairs.is_some();
        let units = units.filter(|(_, unit)| unit.words > 0 && (!is_paired || unit.pair != NOWHERE));
        let on_a_side =
            |(place, unit): (usize, Unit)| Some(Placed { side: question.side_of(unit.value)?, place, unit });
        Self { question, units: units.filter_map(on_a_side).collect() }
    }

    /// Units on each side.
    pub(super) fn len(&self) -> FromTo<usize> {
        FromTo::of_each(|side| self.units.iter().filter(|placed| placed.side == side).count())
    }

    /// Units of each side that lie in a stratum which both sides have: the others cannot contribute to p.
    pub(super) fn weighed(&self) -> FromTo<usize> {
        let mut strata: BTreeMap<u32, FromTo<usize>> = BTreeMap::new();
        for Placed { side, unit, .. } in &self.units {
            *strata.entry(unit.stratum).or_default().get_mut(*side) += 1;
        }
        let shared = strata.values().filter(|n| n.all(|n| *n > 0));
        shared.fold(FromTo::default(), |sum, n| FromTo { from: sum.from + n.from, to: sum.to + n.to })
    }

    /// Whether the units come from several strata.
    pub(super) fn is_stratified(&self) -> bool {
        self.units.windows(2).any(|two| two[0].unit.stratum != two[1].unit.stratum)
    }

    /// The units as the statistics want them.
    fn to_reassign(&self) -> Vec<permutation::Unit> {
        let unit = |Placed { side, unit, .. }: &Placed| permutation::Unit {
            stratum: unit.stratum,
            side: side.in_statistics(),
            exposure: unit.words,
        };
        self.units.iter().map(unit).collect()
    }

    fn counts(&self, mentions: &[Vec<u32>], codes: &[usize]) -> Vec<Vec<u32>> {
        codes.iter().map(|code| self.units.iter().map(|placed| mentions[*code][placed.place]).collect()).collect()
    }

    /// Each code, with what chance says of those that `is_tested` names; `None` without a pair, or when no stratum has
    /// units on both sides.
    pub(super) fn found(&self, mentions: &[Vec<u32>], is_tested: &[bool]) -> Option<Vec<Found>> {
        match self.question.pairs {
            Some(_) => self.found_in_pairs(mentions, is_tested),
            None => self.found_by_reassigning(mentions, is_tested),
        }
    }

    fn found_by_reassigning(&self, mentions: &[Vec<u32>], is_tested: &[bool]) -> Option<Vec<Found>> {
        let mut found = vec![Found::default(); mentions.len()];
        let codes: Vec<usize> = (0..mentions.len()).filter(|code| is_tested[*code]).collect();
        if codes.is_empty() {
            return Some(found);
        }
        let counts = self.counts(mentions, &codes);
        let permuted = rates_within_strata(&self.to_reassign(), &counts, self.question.plan)?;
        for (code, permuted) in codes.iter().zip(permuted) {
            found[*code].chance = Some(Chance { permuted, scale: 1_000.0 });
        }
        for (code, interval) in codes.iter().zip(self.intervals(&counts).into_iter().flatten()) {
            found[*code].interval = Some(interval);
        }
        Some(found)
    }

    fn found_in_pairs(&self, mentions: &[Vec<u32>], is_tested: &[bool]) -> Option<Vec<Found>> {
        let mut found = self.paired(mentions, is_tested)?;
        let codes: Vec<usize> = (0..found.len()).filter(|code| found[*code].chance.is_some()).collect();
        for (code, interval) in codes.iter().zip(self.paired_intervals(mentions, &codes).into_iter().flatten()) {
            found[*code].interval = interval;
        }
        Some(found)
    }

    /// Intervals of the differences of pooled rates, per 1,000 words; `None` with too few units on a side.
    fn intervals(&self, counts: &[Vec<u32>]) -> Option<Vec<Interval>> {
        if !self.len().all(|units| *units >= MIN_FOR_INTERVAL) {
            return None;
        }
        let resampling = Resampling::usual(self.question.plan.seed);
        let found = pooled_rate_differences(&self.to_reassign(), counts, Confidence::P95, resampling)?;
        Some(found.into_iter().map(|found| per_1000(found.interval)).collect())
    }

    /// The pairs, in order.
    fn pairs(&self) -> Vec<FromTo<OfPair>> {
        let mut pairs: BTreeMap<u32, FromTo<OfPair>> = BTreeMap::new();
        for Placed { side, place, unit } in &self.units {
            pairs.entry(unit.pair).or_default().get_mut(*side).push((*place, unit.words));
        }
        // A partner may have had no words.
        pairs.into_values().filter(|pair| pair.all(|side| !side.is_empty())).collect()
    }

    /// Each code in the pairs, and what the sign flip says of those that are tested; `None` without pairs.
    fn paired(&self, mentions: &[Vec<u32>], is_tested: &[bool]) -> Option<Vec<Found>> {
        let pairs = self.pairs();
        if pairs.is_empty() {
            return None;
        }
        let of_code = |(counts, is_tested): (&Vec<u32>, &bool)| {
            let side = |side: &[(usize, u32)]| -> (u64, u64) {
                let sum = |(count, words): (u64, u64), (place, own): &(usize, u32)| {
                    (count + u64::from(counts[*place]), words + u64::from(*own))
                };
                side.iter().fold((0, 0), sum)
            };
            let mut differences = Vec::with_capacity(pairs.len());
            let (mut only_from, mut only_to) = (0, 0);
            for pair in &pairs {
                let pair = pair.as_ref().map(|units| side(units));
                let rate = |(count, words): (u64, u64)| 1_000.0 * count as f64 / words as f64;
                differences.push(pair.map(rate).difference());
                let has = pair.map(|(count, _)| count > 0);
                only_from += u64::from(has.from && !has.to);
                only_to += u64::from(has.to && !has.from);
            }
            let n = pairs.len() as f64;
            let permuted = is_tested.then(|| sign_flip(&differences, self.question.plan)).flatten();
            let pairs = Pairs {
                pairs: pairs.len(),
                mean_difference: differences.iter().sum::<f64>() / n,
                higher: differences.iter().filter(|difference| **difference > 0.0).count(),
                lower: differences.iter().filter(|difference| **difference < 0.0).count(),
                only_from,
                only_to,
                mcnemar: permuted.and_then(|_| mcnemar(only_from, only_to)),
            };
            // The sign flip's statistic is a sum.
            let chance = permuted.map(|permuted| Chance { permuted, scale: 1.0 / n });
            Found { chance, interval: None, pairs: Some(pairs) }
        };
        Some(mentions.iter().zip(is_tested).map(of_code).collect())
    }

    /// Intervals of the differences of pooled rates when whole pairs are drawn; `None` with too few pairs.
    fn paired_intervals(&self, mentions: &[Vec<u32>], codes: &[usize]) -> Option<Vec<Option<Interval>>> {
        let pairs = self.pairs();
        if pairs.len() < MIN_FOR_INTERVAL {
            return None;
        }
        let sum = |side: &[(usize, u32)], of: &dyn Fn(usize, u32) -> u32| -> u64 {
            side.iter().map(|(place, words)| u64::from(of(*place, *words))).sum()
        };
        let words: Vec<FromTo<u64>> =
            pairs.iter().map(|pair| pair.as_ref().map(|side| sum(side, &|_, words| words))).collect();
        let counts: Vec<Vec<FromTo<u64>>> = codes
            .iter()
            .map(|code| {
                let count = |place: usize, _| mentions[*code][place];
                pairs.iter().map(|pair| pair.as_ref().map(|side| sum(side, &count))).collect()
            })
            .collect();
        let weigh = |drawn: &[u32], of: &[FromTo<u64>]| -> FromTo<f64> {
            let mut sums = FromTo::<u64>::default();
            for (times, of) in drawn.iter().zip(of) {
                sums.from += u64::from(*times) * of.from;
                sums.to += u64::from(*times) * of.to;
            }
            sums.map(|sum| sum as f64)
        };
        let resampling = Resampling::usual(self.question.plan.seed);
        let found = resample(&vec![0; pairs.len()], codes.len(), Confidence::P95, resampling, |drawn, figures| {
            let words = weigh(drawn, &words);
            for (figure, counts) in figures.iter_mut().zip(&counts) {
                let counts = weigh(drawn, counts);
                let rates = FromTo { from: counts.from / words.from, to: counts.to / words.to };
                *figure = Some(rates.difference());
            }
        });
        Some(found.into_iter().map(|found| found.interval.map(per_1000)).collect())
    }
}

fn per_1000(interval: Interval) -> Interval {
    Interval { lower: 1_000.0 * interval.lower, upper: 1_000.0 * interval.upper }
}
