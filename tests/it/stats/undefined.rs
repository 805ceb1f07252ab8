//! Where a number does not exist, there is none: neither 0 nor 1, nor a not-a-number.

use temakart::stats::agreement::{
    Boundaries, Passage, Scale, Stretch, fleiss_kappa, gwet_ac1, krippendorff_alpha, two_raters, unitised_alpha,
    unitised_disagreement_2004,
};
use temakart::stats::bootstrap::{Resampling, pooled_rate_differences, resample};
use temakart::stats::permutation::{Plan, Side, Unit, mean_differences, pooled_rates, rates_within_strata, sign_flip};
use temakart::stats::{
    Confidence, Exposed, Share, Together, TwoByTwo, cochran_armitage, dispersion, fisher, g2_two_cell, kruskal_wallis,
    log_ratio, mann_whitney, mcnemar, percent_difference, rate_difference_within, rate_per_1000, rate_ratio, welch,
};

const NOTHING: Exposed = Exposed { count: 0, exposure: 0 };
const NONE_IN_10: Exposed = Exposed { count: 0, exposure: 10 };
const SOME_IN_10: Exposed = Exposed { count: 3, exposure: 10 };

#[test]
fn rates_need_exposure_and_ratios_a_count() {
    let confidence = Confidence::P95;
    assert_eq!(rate_per_1000(NOTHING, confidence), None);
    assert_eq!(rate_ratio(NOTHING, SOME_IN_10, confidence), None);
    assert_eq!(rate_ratio(NONE_IN_10, NONE_IN_10, confidence), None);
    let ratio = rate_ratio(SOME_IN_10, NONE_IN_10, confidence).unwrap();
    assert_eq!((ratio.ratio, ratio.interval.upper), (None, f64::INFINITY));
    assert_eq!(rate_difference_within(&[(SOME_IN_10, NOTHING), (NOTHING, NONE_IN_10)]), None);
    assert_eq!(g2_two_cell(NOTHING, SOME_IN_10), None);
    assert_eq!(log_ratio(NONE_IN_10, NONE_IN_10), None);
    assert!(log_ratio(SOME_IN_10, NONE_IN_10).unwrap().zero_replaced);
    assert_eq!(percent_difference(SOME_IN_10, NONE_IN_10), None);
    assert_eq!(percent_difference(NONE_IN_10, SOME_IN_10), Some(-100.0));
    assert_eq!(dispersion(&[NONE_IN_10, NOTHING]), None);
    let one_part = dispersion(&[SOME_IN_10]).unwrap();
    assert_eq!((one_part.dp, one_part.dp_norm, one_part.juilland_d), (0.0, None, None));
}

#[test]
fn shares_and_tables_need_units() {
    assert_eq!(Confidence::new(1.0), None);
    assert_eq!(Share::new(0, 0), None);
    assert_eq!(Share::new(3, 2), None);
    let all = Share::new(4, 4).unwrap();
    assert_eq!(cochran_armitage(&[(all, 0.0), (all, 1.0)]), None);
    assert_eq!(cochran_armitage(&[(all, 0.0), (Share::new(1, 4).unwrap(), 0.0)]), None);
    assert_eq!(cochran_armitage(&[]), None);
    let empty_column = TwoByTwo([[0, 4], [0, 5]]);
    assert_eq!((empty_column.chi_squared(), empty_column.g2(), empty_column.phi()), (None, None, None));
    assert_eq!((empty_column.williams(), empty_column.odds_ratio()), (None, None));
    assert_eq!(fisher(TwoByTwo([[0, 0], [0, 0]])), None);
    assert_eq!(fisher(empty_column).map(|found| (found.p, found.odds_ratio)), Some((1.0, None)));
    assert_eq!(mcnemar(0, 0), None);
    assert_eq!(mcnemar(4, 4).map(|found| (found.p_exact, found.chi_squared_corrected.value)), Some((1.0, 0.0)));
    assert_eq!(Together::new(3, 2, 5, 10), None);
    assert_eq!(Together::new(0, 6, 6, 10), None);
    let absent = Together::new(0, 0, 0, 10).unwrap();
    assert_eq!((absent.c_coefficient(), absent.lift(), absent.npmi(), absent.phi()), (None, None, None, None));
    let never = Together::new(0, 2, 3, 10).unwrap();
    assert_eq!((never.lift(), never.pmi(), never.npmi()), (Some(0.0), None, Some(-1.0)));
}

#[test]
fn order_and_means_need_variation() {
    assert_eq!(mann_whitney(&[], &[1.0]), None);
    assert_eq!(mann_whitney(&[f64::NAN], &[1.0]), None);
    let same = mann_whitney(&[2.0, 2.0], &[2.0]).unwrap();
    assert_eq!((same.a12, same.p_exact, same.p_asymptotic), (0.5, None, None));
    assert_eq!(mann_whitney(&[0.0], &[-0.0]).unwrap().u, 0.5);
    assert_eq!(kruskal_wallis(&[&[1.0, 1.0], &[1.0]]), None);
    assert_eq!(kruskal_wallis(&[&[1.0, 2.0]]), None);
    assert_eq!(kruskal_wallis(&[&[1.0, 2.0], &[]]), None);
    assert_eq!(welch(&[1.0], &[1.0, 2.0]), None);
    assert_eq!(welch(&[1.0, 1.0], &[2.0, 2.0]), None);
}

#[test]
fn permutation_and_bootstrap_need_two_sides() {
    let plan = Plan::usual(1);
    let unit = |stratum, side, exposure| Unit { stratum, side, exposure };
    let one_sided = [unit(0, Side::First, 10), unit(0, Side::Second, 0)];
    assert_eq!(pooled_rates(&one_sided, &[vec![1, 0]], plan), None);
    assert_eq!(rates_within_strata(&one_sided, &[vec![1, 0]], plan), None);
    assert_eq!(pooled_rate_differences(&one_sided, &[vec![1, 0]], Confidence::P95, Resampling::usual(1)), None);
    let apart = [unit(0, Side::First, 10), unit(1, Side::Second, 10)];
    assert_eq!(rates_within_strata(&apart, &[vec![1, 0]], plan), None);
    let stuck = pooled_rates(&apart, &[vec![1, 0]], plan).unwrap()[0];
    assert_eq!((stuck.p, stuck.p_min, stuck.assignments), (1.0, 1.0, 1));
    assert_eq!(mean_differences(&[(0, Side::First)], &[vec![1.0]], plan), None);
    assert_eq!(mean_differences(&[(0, Side::First), (0, Side::Second)], &[vec![1.0, f64::NAN]], plan), None);
    assert_eq!(sign_flip(&[], plan), None);
    assert_eq!(sign_flip(&[0.0, 0.0], plan).map(|found| (found.p, found.p_min)), Some((1.0, 1.0)));
}

#[test]
fn too_many_undefined_resamples_leave_no_interval() {
    let resampling = Resampling { draws: 400, seed: 3 };
    let first_unit = |multiplicity: &[u32], figures: &mut [Option<f64>]| {
        figures[0] = (multiplicity[0] > 0).then_some(1.0);
        figures[1] = Some(f64::from(multiplicity[0]));
    };
    let found = resample(&[0; 20], 2, Confidence::P95, resampling, first_unit);
    assert_eq!(found[0].interval, None);
    assert!((100..200).contains(&found[0].undefined), "{}", found[0].undefined);
    assert!(found[1].interval.is_some() && found[1].undefined == 0);
    // Strata keep their sizes, so a stratum of one is in every resample exactly once.
    let strata: Vec<u32> = (0..20).map(|unit| u32::from(unit > 0)).collect();
    let kept = resample(&strata, 2, Confidence::P95, resampling, first_unit);
    assert_eq!(kept[0].interval.map(|found| (found.lower, found.upper)), Some((1.0, 1.0)));
}

#[test]
fn agreement_needs_more_than_one_category() {
    assert_eq!(two_raters(2, &[0, 0, 0, 0]), None);
    let one = two_raters(2, &[0, 0, 0, 7]).unwrap();
    assert_eq!((one.kappa, one.pi, one.alpha), (None, None, None));
    assert_eq!((one.percent, one.ac1, one.s), (1.0, Some(1.0), Some(1.0)));
    let only = two_raters(1, &[7]).unwrap();
    assert_eq!((only.ac1, only.s), (None, None));
    assert_eq!(fleiss_kappa(&[]), None);
    assert_eq!(fleiss_kappa(&[vec![2, 1], vec![1, 1]]), None);
    assert_eq!(fleiss_kappa(&[vec![3, 0], vec![3, 0]]).map(|found| found.kappa), Some(None));
    assert_eq!(gwet_ac1(&[vec![1, 0], vec![0, 1]]), None);
    assert_eq!(krippendorff_alpha(&[vec![Some(1.0), None]], Scale::Nominal), None);
    let same = krippendorff_alpha(&[vec![Some(1.0), Some(1.0)]], Scale::Nominal);
    assert_eq!(same.map(|found| found.alpha), Some(None));
}

#[test]
fn passages_must_lie_in_the_continuum_one_after_the_other() {
    let passage = |start, end| Passage { start, end, category: 0 };
    let good = vec![passage(2, 4)];
    assert_eq!(unitised_alpha(10, std::slice::from_ref(&good)), None);
    assert_eq!(unitised_alpha(10, &[good.clone(), vec![passage(8, 11)]]), None);
    assert_eq!(unitised_alpha(10, &[good.clone(), vec![passage(3, 3)]]), None);
    assert_eq!(unitised_alpha(10, &[good, vec![passage(3, 6), passage(5, 7)]]), None);
    let nothing_marked = unitised_alpha(10, &[vec![], vec![]]).unwrap();
    assert_eq!((nothing_marked.observed, nothing_marked.alpha), (0.0, None));

    let (one, two, beyond) = ([2..4, 6..7], [3..6, 5..7], [1..2, 8..11]);
    assert_eq!(Boundaries::of(10, [&one, &two]), None);
    assert_eq!(Boundaries::of(10, [&one, &beyond]), None);
    let marked = Boundaries::of(10, [&one, &[]]).unwrap();
    assert_eq!((marked.differing, marked.marked, marked.squares), (3, 3, 5));
    assert_eq!(Boundaries::default().alpha(), None);
    assert_eq!(Boundaries { length: 10, ..Boundaries::default() }.alpha().map(|found| found.alpha), Some(None));

    let whole = Stretch { start: 0, end: 10 };
    let stretch = |start, end| Stretch { start, end };
    assert_eq!(unitised_disagreement_2004(whole, &[vec![stretch(2, 4)]]), None);
    assert_eq!(unitised_disagreement_2004(whole, &[vec![], vec![stretch(4, 12)]]), None);
    assert_eq!(unitised_disagreement_2004(whole, &[vec![], vec![]]).map(|found| found.alpha()), Some(None));
}
