//! Laws that hold for every input: what may not matter does not, and what belongs together agrees.

use proptest::prelude::*;
use temakart::stats::agreement::{
    Boundaries, Passage, Scale, fleiss_kappa, gwet_ac1, krippendorff_alpha, tabulate, two_raters, unitised_alpha,
};
use temakart::stats::bootstrap::{Bootstrapped, Resampling, pooled_rate_differences};
use temakart::stats::permutation::{
    Method, Permuted, Plan, ScoredUnit, Side, Unit, mean_differences, pooled_rates, rate_slopes, rates_within_strata,
    sign_flip,
};
use temakart::stats::{
    Adjustment, Confidence, Exposed, Share, Together, TwoByTwo, adjust, distribution, fisher, g2_two_cell, log_ratio,
    mann_whitney, newcombe, rate_difference_within, rate_per_1000, rate_ratio, welch, wilson, wilson_corrected,
};

/// Units on both sides in up to three strata, with counts for three measures.
#[derive(Debug, Clone)]
struct Study {
    units: Vec<Unit>,
    counts: Vec<Vec<u32>>,
}

fn study(most: usize) -> impl Strategy<Value = Study> {
    let unit = (0..3_u32, any::<bool>(), 1..500_u32, prop::array::uniform3(0..6_u32));
    prop::collection::vec(unit, 2..most).prop_map(|mut rows| {
        // Every study has both sides, and a stratum that holds both.
        rows[0].1 = true;
        rows[1].1 = false;
        rows[1].0 = rows[0].0;
        let side = |first| if first { Side::First } else { Side::Second };
        let units = rows.iter().map(|&(stratum, first, exposure, _)| Unit { stratum, side: side(first), exposure });
        let counts = (0..3).map(|measure| rows.iter().map(|row| row.3[measure]).collect());
        Study { units: units.collect(), counts: counts.collect() }
    })
}

impl Study {
    fn swapped(&self) -> Self {
        let mut swapped = self.clone();
        for unit in &mut swapped.units {
            unit.side = match unit.side {
                Side::First => Side::Second,
                Side::Second => Side::First,
            };
        }
        swapped
    }

    fn reordered(&self, order: &[usize]) -> Self {
        let counts = self.counts.iter().map(|row| order.iter().map(|&unit| row[unit]).collect());
        Self { units: order.iter().map(|&unit| self.units[unit]).collect(), counts: counts.collect() }
    }

    fn pooled(&self, plan: Plan) -> Vec<Permuted> {
        pooled_rates(&self.units, &self.counts, plan).unwrap()
    }

    fn within(&self, plan: Plan) -> Vec<Permuted> {
        rates_within_strata(&self.units, &self.counts, plan).unwrap()
    }

    fn means(&self, plan: Plan) -> Vec<Permuted> {
        let units: Vec<_> = self.units.iter().map(|unit| (unit.stratum, unit.side)).collect();
        let rate = |(&count, unit): (&u32, &Unit)| f64::from(count) / f64::from(unit.exposure);
        let values: Vec<Vec<f64>> =
            self.counts.iter().map(|row| row.iter().zip(&self.units).map(rate).collect()).collect();
        mean_differences(&units, &values, plan).unwrap()
    }

    fn bootstrapped(&self) -> Vec<Bootstrapped> {
        let resampling = Resampling { draws: 199, seed: 5 };
        pooled_rate_differences(&self.units, &self.counts, Confidence::P95, resampling).unwrap()
    }
}

/// Counts all reassignments of small studies.
const EXACT: Plan = Plan { exact_limit: 200_000, draws: 99, seed: 5 };
/// Draws even for the smallest.
const DRAWN: Plan = Plan { exact_limit: 0, draws: 99, seed: 5 };

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1e-6)
}

/// Both undefined, or both the same but for rounding.
fn same(a: Option<f64>, b: Option<f64>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => (a - b).abs() < 1e-12,
        (None, None) => true,
        _ => false,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn exchanging_the_sides_changes_the_sign_and_nothing_else(study in study(12)) {
        let swapped = study.swapped();
        for plan in [EXACT, DRAWN] {
            let tests: [fn(&Study, Plan) -> Vec<Permuted>; 3] = [Study::pooled, Study::within, Study::means];
            for test in tests {
                for (one, other) in test(&study, plan).into_iter().zip(test(&swapped, plan)) {
                    prop_assert!(close(one.observed, -other.observed), "{one:?} {other:?}");
                    prop_assert_eq!((one.p, one.p_greater, one.p_less), (other.p, other.p_less, other.p_greater));
                    prop_assert_eq!((one.p_min, one.assignments), (other.p_min, other.assignments));
                }
            }
        }
        for (one, other) in study.bootstrapped().into_iter().zip(swapped.bootstrapped()) {
            prop_assert_eq!(one.observed, -other.observed);
            prop_assert_eq!((one.interval.lower, one.interval.upper), (-other.interval.upper, -other.interval.lower));
        }
    }

    #[test]
    fn the_order_of_units_does_not_matter_to_a_full_count(
        (study, order) in study(10).prop_flat_map(|study| {
            let order: Vec<usize> = (0..study.units.len()).collect();
            (Just(study), Just(order).prop_shuffle())
        })
    ) {
        let reordered = study.reordered(&order);
        let tests: [fn(&Study, Plan) -> Vec<Permuted>; 3] = [Study::pooled, Study::within, Study::means];
        for test in tests {
            for (one, other) in test(&study, EXACT).into_iter().zip(test(&reordered, EXACT)) {
                prop_assert_eq!(one.method, Method::Exact);
                prop_assert!(close(one.observed, other.observed));
                prop_assert_eq!((one.p, one.p_greater, one.p_less), (other.p, other.p_greater, other.p_less));
                prop_assert_eq!(one.p_min, other.p_min);
            }
        }
    }

    #[test]
    fn neither_threads_nor_other_measures_move_a_result(study in study(40)) {
        let pool = |threads| rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let all = |study: &Study| (study.pooled(DRAWN), study.within(DRAWN), study.means(DRAWN), study.bootstrapped());
        let alone = pool(1).install(|| all(&study));
        prop_assert_eq!(&alone, &pool(4).install(|| all(&study)));
        let only_last = Study { counts: vec![study.counts[2].clone()], ..study };
        prop_assert_eq!(alone.0[2], only_last.pooled(DRAWN)[0]);
        prop_assert_eq!(alone.1[2], only_last.within(DRAWN)[0]);
        prop_assert_eq!(alone.3[2], only_last.bootstrapped()[0]);
    }

    #[test]
    fn permutation_p_are_shares_and_never_below_the_least(study in study(14)) {
        for plan in [EXACT, DRAWN] {
            for found in study.pooled(plan).into_iter().chain(study.within(plan)).chain(study.means(plan)) {
                for p in [found.p, found.p_greater, found.p_less] {
                    prop_assert!(p > 0.0 && p <= 1.0);
                }
                // Draws from fewer reassignments than draws may by chance miss the observed one.
                let least = if found.method == Method::Exact { found.p_min } else { 1.0 / 100.0 };
                prop_assert!(found.p >= least * (1.0 - 1e-12), "{found:?}");
                prop_assert!(found.p_greater + found.p_less >= 1.0 - 1e-12, "the observed assignment counts on both sides");
            }
        }
    }

    #[test]
    fn draws_come_near_the_full_count(study in study(12)) {
        let drawn = Plan { draws: 1_999, ..DRAWN };
        for (exact, near) in study.pooled(EXACT).into_iter().zip(study.pooled(drawn)) {
            prop_assert!((exact.p - near.p).abs() < 0.06, "{exact:?} {near:?}");
        }
    }

    #[test]
    fn with_one_stratum_the_three_rate_tests_are_one(study in study(12)) {
        let mut study = study;
        study.units.iter_mut().for_each(|unit| unit.stratum = 0);
        let score = |unit: &Unit| {
            ScoredUnit { stratum: 0, score: if unit.side == Side::First { 7 } else { 6 }, exposure: unit.exposure }
        };
        let slopes = rate_slopes(&study.units.iter().map(score).collect::<Vec<_>>(), &study.counts, EXACT).unwrap();
        for ((pooled, within), slope) in study.pooled(EXACT).into_iter().zip(study.within(EXACT)).zip(slopes) {
            prop_assert_eq!(pooled, slope);
            prop_assert!(close(pooled.observed, within.observed));
            prop_assert_eq!((pooled.p, pooled.p_greater, pooled.p_less), (within.p, within.p_greater, within.p_less));
        }
    }

    #[test]
    fn a_stratum_with_one_side_has_no_part_in_a_test_within_strata(
        study in study(12), alone in prop::collection::vec((1..90_u32, 0..5_u32), 1..5)
    ) {
        let mut more = study.clone();
        for (exposure, count) in alone {
            more.units.push(Unit { stratum: 9, side: Side::Second, exposure });
            more.counts.iter_mut().for_each(|counts| counts.push(count));
        }
        for (few, many) in study.within(EXACT).into_iter().zip(more.within(EXACT)) {
            prop_assert!(close(few.observed, many.observed));
            prop_assert_eq!((few.p, few.p_min, few.assignments), (many.p, many.p_min, many.assignments));
        }
    }

    #[test]
    fn the_statistic_within_strata_is_the_weighted_difference(study in study(12)) {
        let side = |stratum, side| {
            let units = study.units.iter().zip(&study.counts[0]);
            let here = units.filter(|(unit, _)| unit.stratum == stratum && unit.side == side);
            here.fold(Exposed { count: 0, exposure: 0 }, |sum, (unit, &count)| Exposed {
                count: sum.count + u64::from(count),
                exposure: sum.exposure + u64::from(unit.exposure),
            })
        };
        let strata: Vec<_> = (0..3).map(|h| (side(h, Side::First), side(h, Side::Second))).collect();
        let difference = rate_difference_within(&strata).unwrap();
        prop_assert!((study.within(EXACT)[0].observed - difference).abs() < 1e-12);
    }

    #[test]
    fn reversing_scores_turns_the_slope(
        rows in prop::collection::vec((0..2_u32, 0..3_i16, 1..90_u32, 0..5_u32), 3..9)
    ) {
        type Row = (u32, i16, u32, u32);
        let units = |sign: i16| -> Vec<ScoredUnit> {
            let unit = |&(stratum, score, exposure, _): &Row| ScoredUnit { stratum, score: sign * score, exposure };
            rows.iter().map(unit).collect()
        };
        let counts = [rows.iter().map(|row| row.3).collect::<Vec<u32>>()];
        for plan in [EXACT, DRAWN] {
            let slope = |sign| rate_slopes(&units(sign), &counts, plan);
            let (Some(rising), Some(falling)) = (slope(1), slope(-1)) else { continue };
            prop_assert!(close(rising[0].observed, -falling[0].observed));
            prop_assert_eq!((rising[0].p, rising[0].p_greater), (falling[0].p, falling[0].p_less));
        }
    }

    #[test]
    fn turning_all_pairs_round_turns_the_sum(differences in prop::collection::vec(-5..6_i32, 1..12)) {
        let pairs = |sign: f64| differences.iter().map(|&d| sign * f64::from(d)).collect::<Vec<f64>>();
        for plan in [EXACT, DRAWN] {
            let (one, other) = (sign_flip(&pairs(1.0), plan).unwrap(), sign_flip(&pairs(-1.0), plan).unwrap());
            prop_assert_eq!((one.observed, one.p, one.p_greater), (-other.observed, other.p, other.p_less));
            prop_assert!(one.method == Method::MonteCarlo || one.p >= one.p_min);
        }
    }

    #[test]
    fn two_sample_measures_turn_with_their_samples(
        x in prop::collection::vec(-9..9_i32, 2..9), y in prop::collection::vec(-9..9_i32, 2..9)
    ) {
        let floats = |values: &[i32]| values.iter().map(|&value| f64::from(value)).collect::<Vec<f64>>();
        let (x, y) = (floats(&x), floats(&y));
        let (one, other) = (mann_whitney(&x, &y).unwrap(), mann_whitney(&y, &x).unwrap());
        prop_assert!(close(one.cliffs_delta, -other.cliffs_delta));
        prop_assert!(close(one.u + other.u, (x.len() * y.len()) as f64));
        prop_assert_eq!((one.p_exact.is_some(), one.p_asymptotic), (other.p_exact.is_some(), other.p_asymptotic));
        if let (Some(one), Some(other)) = (welch(&x, &y), welch(&y, &x)) {
            prop_assert!(close(one.t, -other.t) && close(one.p, other.p));
        }
    }

    #[test]
    fn counts_of_two_sides_turn_with_them(a in 0..60_u64, b in 0..60_u64, c in 60..4000_u64, d in 60..4000_u64) {
        let (one, two) = (Exposed { count: a, exposure: c }, Exposed { count: b, exposure: d });
        let (there, back) = (g2_two_cell(one, two).unwrap(), g2_two_cell(two, one).unwrap());
        prop_assert!(close(there.g2, back.g2) && close(there.p, back.p));
        prop_assert!(there.g2 < 1e-9 || close(there.signed, -back.signed));
        if let (Some(there), Some(back)) = (log_ratio(one, two), log_ratio(two, one)) {
            prop_assert!((there.log2 + back.log2).abs() < 1e-12);
        }
        let ratio = |one, two| rate_ratio(one, two, Confidence::P95);
        if let (Some(there), Some(back)) = (ratio(one, two), ratio(two, one)) {
            prop_assert!(close(there.p, back.p));
            let upper = there.interval.upper;
            prop_assert!(upper.is_infinite() || close(upper * back.interval.lower, 1.0));
            prop_assert!(there.ratio.is_none_or(|ratio| there.interval.contains(ratio)));
        }
        let (first, second) = (Share::new(a, c).unwrap(), Share::new(b, d).unwrap());
        let (there, back) = (newcombe(first, second, Confidence::P95), newcombe(second, first, Confidence::P95));
        prop_assert!(close(there.difference, -back.difference) && close(there.interval.lower, -back.interval.upper));
        let table = TwoByTwo([[a, b], [c - a, d - b]]);
        let turned = TwoByTwo([[b, a], [d - b, c - a]]);
        let (there, back) = (fisher(table).unwrap(), fisher(turned).unwrap());
        prop_assert!(close(there.p, back.p) && close(there.p_greater, back.p_less));
    }

    #[test]
    fn intervals_hold_their_value_and_stay_in_range(part in 0..500_u64, more in 0..500_u64, share in 0.5..0.999_f64) {
        let confidence = Confidence::new(share).unwrap();
        if let Some(of) = Share::new(part, part + more) {
            let (plain, wide) = (wilson(of, confidence), wilson_corrected(of, confidence));
            prop_assert!(0.0 <= plain.lower && plain.contains(of.value()) && plain.upper <= 1.0);
            prop_assert!(wide.lower <= plain.lower && plain.upper <= wide.upper);
        }
        let rate = rate_per_1000(Exposed { count: part, exposure: more + 1 }, confidence).unwrap();
        prop_assert!(rate.interval.contains(rate.rate));
    }

    #[test]
    fn quantiles_undo_areas(p in 0.0001..0.9999_f64, df in 1..3000_u32, a in 1..2000_u32, b in 1..2000_u32) {
        let x = distribution::chi_squared_quantile(p, f64::from(df));
        prop_assert!((distribution::chi_squared_upper(x, f64::from(df)) - (1.0 - p)).abs() < 1e-11);
        let z = distribution::normal_quantile(p);
        prop_assert!((distribution::normal_upper(z) - (1.0 - p)).abs() < 1e-13);
        let x = distribution::beta_quantile(p, f64::from(a), f64::from(b));
        let above = distribution::binomial_at_least(u64::from(a), u64::from(a + b - 1), x);
        prop_assert!((above - p).abs() < 1e-10, "{above} {p}");
    }

    #[test]
    fn adjusting_keeps_the_order_and_never_lowers(p in prop::collection::vec(0.0..=1.0_f64, 0..30)) {
        let by = |adjustment| adjust(&p, adjustment);
        let (holm, bonferroni) = (by(Adjustment::Holm), by(Adjustment::Bonferroni));
        let (bh, by) = (by(Adjustment::BenjaminiHochberg), by(Adjustment::BenjaminiYekutieli));
        for adjusted in [&holm, &bonferroni, &bh, &by] {
            for (index, &one) in adjusted.iter().enumerate() {
                prop_assert!(one >= p[index] && one <= 1.0);
                prop_assert!(p.iter().zip(adjusted).all(|(&p_other, &other)| p_other > p[index] || other <= one));
            }
        }
        for index in 0..p.len() {
            prop_assert!(holm[index] <= bonferroni[index] && bh[index] <= by[index]);
            prop_assert!(bh[index] <= holm[index] * (1.0 + 1e-12));
        }
    }

    #[test]
    fn full_agreement_is_1_on_every_scale(values in prop::collection::vec(1..5_u8, 2..20), raters in 2..5_usize) {
        let varied = values.iter().any(|&value| value != values[0]);
        let units: Vec<Vec<Option<f64>>> = values.iter().map(|&value| vec![Some(f64::from(value)); raters]).collect();
        for scale in [Scale::Nominal, Scale::Ordinal, Scale::Interval, Scale::Ratio] {
            prop_assert_eq!(krippendorff_alpha(&units, scale).unwrap().alpha, varied.then_some(1.0));
        }
        let judged = |&value: &u8| vec![Some(usize::from(value)); raters];
        let counts = tabulate(&values.iter().map(judged).collect::<Vec<_>>(), 5);
        prop_assert_eq!(fleiss_kappa(&counts).unwrap().kappa, varied.then_some(1.0));
        prop_assert_eq!(gwet_ac1(&counts).unwrap().ac1, 1.0);
    }

    #[test]
    fn coefficients_of_two_raters_agree_with_those_of_many(
        pairs in prop::collection::vec((0..3_usize, 0..3_usize), 1..40), shift in 1..3_usize
    ) {
        let mut cells = [0; 9];
        pairs.iter().for_each(|&(one, other)| cells[3 * one + other] += 1);
        let two = two_raters(3, &cells).unwrap();
        let judged: Vec<Vec<Option<usize>>> = pairs.iter().map(|&(one, other)| vec![Some(one), Some(other)]).collect();
        let counts = tabulate(&judged, 3);
        prop_assert!(same(fleiss_kappa(&counts).unwrap().kappa, two.pi));
        prop_assert!(same(Some(gwet_ac1(&counts).unwrap().ac1), two.ac1));
        // Neither the names of categories nor the order of raters and units matter to a nominal α.
        let renamed = |value: usize| Some(((value + shift) % 3) as f64);
        let turned = |&(one, other): &(usize, usize)| vec![renamed(other), renamed(one)];
        let units: Vec<Vec<Option<f64>>> = pairs.iter().rev().map(turned).collect();
        prop_assert!(same(krippendorff_alpha(&units, Scale::Nominal).unwrap().alpha, two.alpha));
    }

    #[test]
    fn passages_of_length_one_agree_as_units_do(rows in prop::collection::vec((0..3_u32, 0..3_u32, 0..3_u32), 2..30)) {
        let rater = |pick: fn(&(u32, u32, u32)) -> u32| -> Vec<u32> { rows.iter().map(pick).collect() };
        let raters = [rater(|row| row.0), rater(|row| row.1), rater(|row| row.2)];
        // Category 0 stays unmarked.
        let passages: Vec<Vec<Passage>> = raters.iter().map(|marks| {
            (0..).zip(marks).filter(|&(_, &category)| category > 0)
                .map(|(start, &category)| Passage { start, end: start + 1, category }).collect()
        }).collect();
        let units: Vec<Vec<Option<f64>>> = rows.iter()
            .map(|row| [row.0, row.1, row.2].map(|value| Some(f64::from(value))).to_vec()).collect();
        let by_unit = krippendorff_alpha(&units, Scale::Nominal).unwrap().alpha;
        let by_length = unitised_alpha(rows.len() as u64, &passages).unwrap().alpha;
        prop_assert!(same(by_unit, by_length), "{by_unit:?} {by_length:?}");
    }

    #[test]
    fn boundaries_add_up_over_pieces_of_the_continuum(
        pieces in prop::collection::vec((1..12_u64, prop::collection::vec(any::<bool>(), 12), prop::collection::vec(any::<bool>(), 12)), 1..6)
    ) {
        // Runs of marked places are passages; a piece ends with a place that nobody marks.
        let runs = |length: u64, marks: &[bool]| -> Vec<std::ops::Range<u64>> {
            let is_marked = |at: &u64| marks[*at as usize];
            let begins = (0..length).filter(|at| is_marked(at) && (*at == 0 || !is_marked(&(at - 1))));
            begins.map(|start| start..(start..length).find(|at| !is_marked(at)).unwrap_or(length)).collect()
        };
        let mut sum = Boundaries::default();
        let mut whole: [Vec<Passage>; 2] = [Vec::new(), Vec::new()];
        let mut at = 0;
        for (length, one, other) in &pieces {
            let raters = [runs(*length, one), runs(*length, other)];
            sum += Boundaries::of(length + 1, [&raters[0], &raters[1]]).unwrap();
            for (whole, own) in whole.iter_mut().zip(&raters) {
                whole.extend(own.iter().map(|run| Passage { start: at + run.start, end: at + run.end, category: 0 }));
            }
            at += length + 1;
        }
        let (one, all) = (sum.alpha(), unitised_alpha(at, &whole));
        prop_assert_eq!(one.map(|found| found.observed), all.map(|found| found.observed));
        prop_assert!(same(one.and_then(|found| found.alpha), all.and_then(|found| found.alpha)), "{one:?} {all:?}");
        prop_assert_eq!(sum.times(3).differing, 3 * sum.differing);
    }

    #[test]
    fn what_goes_together_goes_together_both_ways(
        both in 0..20_u64, one in 0..20_u64, two in 0..20_u64, neither in 0..20_u64
    ) {
        let units = both + one + two + neither;
        let there = Together::new(both, both + one, both + two, units).unwrap();
        let back = Together::new(both, both + two, both + one, units).unwrap();
        prop_assert_eq!((there.c_coefficient(), there.dice()), (back.c_coefficient(), back.dice()));
        prop_assert_eq!(there.second_given_first(), back.first_given_second());
        prop_assert!(there.npmi().is_none_or(|npmi| (-1.0..=1.0 + 1e-12).contains(&npmi)));
        prop_assert!(there.phi().is_none_or(|phi| phi.abs() <= 1.0 + 1e-12));
        prop_assert!(there.c_coefficient().zip(there.dice()).is_none_or(|(c, dice)| c <= dice));
    }
}
