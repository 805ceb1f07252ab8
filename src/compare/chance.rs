//! How much of a difference chance alone would show: permutation, pairs and bootstrap, for many codes at once.

use super::units::Unit;
use super::{MIN_FOR_INTERVAL, Question};
use crate::material::NOWHERE;
use crate::stats::bootstrap::{Resampling, pooled_rate_differences, resample};
use crate::stats::permutation::{self, Method, Permuted, Side, rates_within_strata, sign_flip};
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

impl Tested {
    pub(super) fn of(permuted: Permuted, scale: f64) -> Self {
        Self {
            statistic: permuted.observed * scale,
            p: permuted.p,
            p_min: permuted.p_min,
            p_adjusted: permuted.p,
            method: permuted.method,
            assignments: permuted.assignments,
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

/// The units of both sides of one group.
pub(super) struct Sides<'a> {
    question: &'a Question,
    /// Places in the list of all units, and the units.
    units: Vec<(usize, Unit)>,
}

impl<'a> Sides<'a> {
    /// Units without words can neither be reassigned nor drawn.
    pub(super) fn new(question: &'a Question, units: impl Iterator<Item = (usize, Unit)>) -> Self {
        let is_paired = question.pairs.is_some();
        let on_a_side = |unit: &Unit| [question.from, question.to].contains(&(unit.value as usize));
        let units = units.filter(|(_, unit)| on_a_side(unit) && unit.words > 0 && (!is_paired || unit.pair != NOWHERE));
        Self { question, units: units.collect() }
    }

    fn is_to(&self, unit: &Unit) -> bool {
        unit.value as usize == self.question.to
    }

    /// Units on the first and the second side.
    pub(super) fn len(&self) -> [usize; 2] {
        let to = self.units.iter().filter(|(_, unit)| self.is_to(unit)).count();
        [self.units.len() - to, to]
    }

    /// Units of each side that lie in a stratum which both sides have: the others cannot weigh in the test.
    pub(super) fn weighed(&self) -> [usize; 2] {
        let mut strata: std::collections::BTreeMap<u32, [usize; 2]> = std::collections::BTreeMap::new();
        for (_, unit) in &self.units {
            strata.entry(unit.stratum).or_default()[usize::from(self.is_to(unit))] += 1;
        }
        let shared = strata.values().filter(|sides| sides[0] > 0 && sides[1] > 0);
        shared.fold([0, 0], |sum, sides| [sum[0] + sides[0], sum[1] + sides[1]])
    }

    /// Whether the units come from several strata.
    pub(super) fn is_stratified(&self) -> bool {
        self.units.windows(2).any(|pair| pair[0].1.stratum != pair[1].1.stratum)
    }

    /// The units as the statistics want them: the second side first, so that more there is a positive difference.
    fn to_reassign(&self) -> Vec<permutation::Unit> {
        let unit = |(_, unit): &(usize, Unit)| permutation::Unit {
            stratum: unit.stratum,
            side: if self.is_to(unit) { Side::First } else { Side::Second },
            exposure: unit.words,
        };
        self.units.iter().map(unit).collect()
    }

    fn counts(&self, mentions: &[Vec<u32>], codes: &[usize]) -> Vec<Vec<u32>> {
        codes.iter().map(|code| self.units.iter().map(|(place, _)| mentions[*code][*place]).collect()).collect()
    }

    /// Tests the codes at the indices `codes`; `None` when no stratum has units on both sides.
    pub(super) fn tested(&self, mentions: &[Vec<u32>], codes: &[usize]) -> Option<Vec<Tested>> {
        let tested = rates_within_strata(&self.to_reassign(), &self.counts(mentions, codes), self.question.plan)?;
        Some(tested.into_iter().map(|permuted| Tested::of(permuted, 1_000.0)).collect())
    }

    /// Intervals of the differences of pooled rates, per 1,000 words; `None` with too few units on a side.
    pub(super) fn intervals(&self, mentions: &[Vec<u32>], codes: &[usize]) -> Option<Vec<Interval>> {
        if self.len().iter().any(|units| *units < MIN_FOR_INTERVAL) {
            return None;
        }
        let resampling = Resampling::usual(self.question.plan.seed);
        let counts = self.counts(mentions, codes);
        let found = pooled_rate_differences(&self.to_reassign(), &counts, Confidence::P95, resampling)?;
        Some(found.into_iter().map(|found| per_1000(found.interval)).collect())
    }

    /// The pairs, in order: places of the first and of the second side's units.
    fn pairs(&self) -> Vec<[Vec<(usize, u32)>; 2]> {
        let mut pairs: std::collections::BTreeMap<u32, [Vec<(usize, u32)>; 2]> = std::collections::BTreeMap::new();
        for (place, unit) in &self.units {
            pairs.entry(unit.pair).or_default()[usize::from(self.is_to(unit))].push((*place, unit.words));
        }
        // A partner may have had no words.
        pairs.into_values().filter(|pair| !pair[0].is_empty() && !pair[1].is_empty()).collect()
    }

    /// Each code in the pairs, and what the sign flip says of those in `tested`; `None` without pairs.
    pub(super) fn paired(&self, mentions: &[Vec<u32>], is_tested: &[bool]) -> Option<Vec<(Pairs, Option<Tested>)>> {
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
            for [from, to] in &pairs {
                let (from, to) = (side(from), side(to));
                let rate = |(count, words): (u64, u64)| 1_000.0 * count as f64 / words as f64;
                differences.push(rate(to) - rate(from));
                only_from += u64::from(from.0 > 0 && to.0 == 0);
                only_to += u64::from(from.0 == 0 && to.0 > 0);
            }
            let n = pairs.len() as f64;
            let tested = is_tested.then(|| sign_flip(&differences, self.question.plan)).flatten();
            let own = Pairs {
                pairs: pairs.len(),
                mean_difference: differences.iter().sum::<f64>() / n,
                higher: differences.iter().filter(|difference| **difference > 0.0).count(),
                lower: differences.iter().filter(|difference| **difference < 0.0).count(),
                only_from,
                only_to,
                mcnemar: tested.and_then(|_| mcnemar(only_from, only_to)),
            };
            // The sign flip's statistic is a sum.
            (own, tested.map(|tested| Tested::of(tested, 1.0 / n)))
        };
        Some(mentions.iter().zip(is_tested).map(of_code).collect())
    }

    /// Intervals of the differences of pooled rates when whole pairs are drawn; `None` with too few pairs.
    pub(super) fn paired_intervals(&self, mentions: &[Vec<u32>], codes: &[usize]) -> Option<Vec<Option<Interval>>> {
        let pairs = self.pairs();
        if pairs.len() < MIN_FOR_INTERVAL {
            return None;
        }
        let sum = |side: &[(usize, u32)], of: &dyn Fn(usize, u32) -> u32| -> u64 {
            side.iter().map(|(place, words)| u64::from(of(*place, *words))).sum()
        };
        let words: Vec<[u64; 2]> =
            pairs.iter().map(|pair| [0, 1].map(|side| sum(&pair[side], &|_, words| words))).collect();
        let counts: Vec<Vec<[u64; 2]>> = codes
            .iter()
            .map(|code| {
                let count = |place: usize, _| mentions[*code][place];
                pairs.iter().map(|pair| [0, 1].map(|side| sum(&pair[side], &count))).collect()
            })
            .collect();
        let weigh = |drawn: &[u32], of: &[[u64; 2]]| -> [f64; 2] {
            let mut sums = [0_u64; 2];
            for (times, of) in drawn.iter().zip(of) {
                sums[0] += u64::from(*times) * of[0];
                sums[1] += u64::from(*times) * of[1];
            }
            sums.map(|sum| sum as f64)
        };
        let resampling = Resampling::usual(self.question.plan.seed);
        let found = resample(&vec![0; pairs.len()], codes.len(), Confidence::P95, resampling, |drawn, figures| {
            let words = weigh(drawn, &words);
            for (figure, counts) in figures.iter_mut().zip(&counts) {
                let counts = weigh(drawn, counts);
                *figure = Some(counts[1] / words[1] - counts[0] / words[0]);
            }
        });
        Some(found.into_iter().map(|found| found.interval.map(per_1000)).collect())
    }
}

fn per_1000(interval: Interval) -> Interval {
    Interval { lower: 1_000.0 * interval.lower, upper: 1_000.0 * interval.upper }
}
