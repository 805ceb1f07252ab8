//! Which function stands behind which measure's name, with the names of its inputs and outputs in the example files.

use serde_json::{Value, json};
use temakart::stats::agreement::{
    Passage, Scale, Stretch, fleiss_kappa, gwet_ac1, krippendorff_alpha, tabulate, two_raters, unitised_alpha,
    unitised_disagreement_2004,
};
use temakart::stats::bootstrap::{Resampling, pooled_rate_differences};
use temakart::stats::permutation::{
    Plan, ScoredUnit, Side, Unit, mean_differences, pooled_rates, rate_slopes, sign_flip,
};
use temakart::stats::{
    Adjustment, Confidence, Exposed, Finds, Share, Together, TwoByTwo, adjust, bic, cochran_armitage, dispersion,
    distribution, ell, fisher, g2_two_cell, kruskal_wallis, log_ratio, mann_whitney, mcnemar, newcombe, odds_ratio,
    percent_difference, rate_difference_within, rate_per_1000, rate_ratio, relative_risk, simple_maths, welch, wilson,
    wilson_corrected,
};

pub(crate) fn compute(measure: &str, inputs: &Value) -> Value {
    let i = Inputs(inputs);
    match measure {
        "rate_per_1000_garwood" => rate_garwood(i),
        "rate_ratio_exact" => ratio_of_rates(i),
        "rate_difference_within" => json!({ "difference": rate_difference_within(&i.strata()) }),
        "g2_two_cell" => two_cell(i),
        "g2_contingency" => json!({ "g2": i.table().g2().unwrap().value }),
        "g2_four_cell" => four_cell(i),
        "chi2_2x2" => chi_squared(i),
        "effect_sizes" => effect_sizes(i),
        "simple_maths" => json!({ "score": simple_maths(i.f("per_million_1"), i.f("per_million_2"), i.f("n")) }),
        "wilson_interval" => wilson_both(i),
        "newcombe_difference" => newcombe_of(i),
        "fisher_exact" => fisher_of(i),
        "mcnemar" => mcnemar_of(i),
        "cochran_armitage_trend" => trend(i),
        "dispersion" => dispersion_of(i),
        "p_adjust" => adjusted(i),
        "two_sample_document_rates" => two_samples(i),
        "kruskal_wallis" => kruskal(i),
        "sign_flip_exact" => signs(i),
        "permutation_mean_difference_exact" => permuted_means(i),
        "permutation_pooled_rate_exact" => permuted_rates(i),
        "permutation_slope_exact" => permuted_slope(i),
        "document_bootstrap_exact" => bootstrapped(i),
        "two_rater_agreement" => two_rater_table(i),
        "fleiss_kappa" => fleiss(i),
        "krippendorff_alpha" => alpha(i),
        "gwet_ac1_multi" => gwet(i),
        "krippendorff_alpha_u" => alpha_u(i),
        "krippendorff_u_alpha_2016" => u_alpha(i),
        "cooccurrence" => together(i),
        "precision_recall_f1" => finds(i),
        "distribution" => distribution_of(i),
        _ => panic!("no function for `{measure}`"),
    }
}

/// The inputs of an example, read by name.
#[derive(Clone, Copy)]
struct Inputs<'a>(&'a Value);

impl<'a> Inputs<'a> {
    fn f(self, key: &str) -> f64 {
        self.0[key].as_f64().unwrap_or_else(|| panic!("`{key}` is no number"))
    }

    fn u(self, key: &str) -> u64 {
        self.0[key].as_u64().unwrap_or_else(|| panic!("`{key}` is no whole number"))
    }

    fn list(self, key: &str) -> &'a [Value] {
        self.0[key].as_array().unwrap_or_else(|| panic!("`{key}` is no list"))
    }

    fn floats(self, key: &str) -> Vec<f64> {
        floats(&self.0[key])
    }

    fn whole(self, key: &str) -> Vec<u64> {
        self.list(key).iter().map(|value| value.as_u64().unwrap()).collect()
    }

    fn small(self, key: &str) -> Vec<u32> {
        self.whole(key).into_iter().map(|value| u32::try_from(value).unwrap()).collect()
    }

    fn confidence(self) -> Confidence {
        Confidence::new(self.f("level")).unwrap()
    }

    fn exposed(self, count: &str, exposure: &str) -> Exposed {
        Exposed { count: self.u(count), exposure: self.u(exposure) }
    }

    fn sizes(self) -> (Exposed, Exposed) {
        (self.exposed("freq_1", "size_1"), self.exposed("freq_2", "size_2"))
    }

    fn table(self) -> TwoByTwo {
        TwoByTwo([[self.u("o11"), self.u("o12")], [self.u("o21"), self.u("o22")]])
    }

    fn strata(self) -> Vec<(Exposed, Exposed)> {
        let read = |row: &Value| row.as_array().unwrap().iter().map(|n| n.as_u64().unwrap()).collect::<Vec<u64>>();
        let side = |count, exposure| Exposed { count, exposure };
        let rows = self.list("strata").iter().map(read);
        rows.map(|row| (side(row[0], row[1]), side(row[2], row[3]))).collect()
    }

    /// The units of both sides, and one row of their hits.
    fn sides(self) -> (Vec<Unit>, Vec<Vec<u32>>) {
        let strata = |key: &str, n| if self.0[key].is_null() { vec![0; n] } else { self.small(key) };
        let mut units = Vec::new();
        let mut hits = Vec::new();
        for (side, suffix) in [(Side::First, "1"), (Side::Second, "2")] {
            let words = self.small(&format!("words_{suffix}"));
            for (stratum, exposure) in strata(&format!("strata_{suffix}"), words.len()).into_iter().zip(words) {
                units.push(Unit { stratum, side, exposure });
            }
            hits.extend(self.small(&format!("hits_{suffix}")));
        }
        (units, vec![hits])
    }
}

fn floats(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(|value| value.as_f64().unwrap()).collect()
}

/// A limit that is not finite has no place in JSON and stands as null.
fn finite(value: f64) -> Option<f64> {
    value.is_finite().then_some(value)
}

fn rate_garwood(i: Inputs<'_>) -> Value {
    let rate = rate_per_1000(i.exposed("hits", "words"), i.confidence()).unwrap();
    json!({ "rate": rate.rate, "lower": rate.interval.lower, "upper": rate.interval.upper })
}

fn ratio_of_rates(i: Inputs<'_>) -> Value {
    let (first, second) = (i.exposed("hits_1", "words_1"), i.exposed("hits_2", "words_2"));
    let found = rate_ratio(first, second, i.confidence()).unwrap();
    json!({
        "ratio": found.ratio, "lower": found.interval.lower, "upper": finite(found.interval.upper),
        "p_two_sided": found.p,
    })
}

fn two_cell(i: Inputs<'_>) -> Value {
    let (first, second) = i.sizes();
    let found = g2_two_cell(first, second).unwrap();
    json!({
        "expected_1": found.expected_1, "expected_2": found.expected_2, "g2": found.g2, "signed_g2": found.signed,
        "p_df1": found.p,
    })
}

fn four_cell(i: Inputs<'_>) -> Value {
    let (a, b) = i.sizes();
    let table = TwoByTwo([[a.count, b.count], [a.exposure - a.count, b.exposure - b.count]]);
    let (found, q) = (table.g2().unwrap(), table.williams().unwrap());
    json!({ "g2": found.value, "p_df1": found.p, "williams_q": q, "g2_williams": found.value / q })
}

fn chi_squared(i: Inputs<'_>) -> Value {
    let table = i.table();
    let (plain, yates) = (table.chi_squared().unwrap(), table.chi_squared_yates().unwrap());
    json!({
        "chi2": plain.value, "p": plain.p, "chi2_yates": yates.value, "p_yates": yates.p, "phi": table.phi(),
    })
}

fn effect_sizes(i: Inputs<'_>) -> Value {
    let (a, b) = i.sizes();
    let size = a.exposure + b.exposure;
    let g2 = g2_two_cell(a, b).unwrap();
    json!({
        "per1000_1": a.rate().unwrap() * 1000.0, "per1000_2": b.rate().unwrap() * 1000.0,
        "log_ratio": log_ratio(a, b).map(|found| found.log2), "pct_diff": percent_difference(a, b),
        "relative_risk": relative_risk(a, b), "odds_ratio": odds_ratio(a, b), "g2": g2.g2,
        "bic_bayes": bic(g2.g2, size), "ell": ell(g2, size),
    })
}

fn wilson_both(i: Inputs<'_>) -> Value {
    let share = Share::new(i.u("x"), i.u("n")).unwrap();
    let (plain, corrected) = (wilson(share, i.confidence()), wilson_corrected(share, i.confidence()));
    json!({
        "p": share.value(), "lower": plain.lower, "upper": plain.upper, "lower_cc": corrected.lower,
        "upper_cc": corrected.upper,
    })
}

fn newcombe_of(i: Inputs<'_>) -> Value {
    let share = |x: &str, n: &str| Share::new(i.u(x), i.u(n)).unwrap();
    let found = newcombe(share("x1", "n1"), share("x2", "n2"), i.confidence());
    json!({ "diff": found.difference, "lower": found.interval.lower, "upper": found.interval.upper })
}

fn fisher_of(i: Inputs<'_>) -> Value {
    let found = fisher(i.table()).unwrap();
    json!({
        "p_two_sided": found.p, "p_greater": found.p_greater, "p_less": found.p_less,
        "odds_ratio_sample": i.table().odds_ratio(), "odds_ratio_conditional_mle": found.odds_ratio,
    })
}

fn mcnemar_of(i: Inputs<'_>) -> Value {
    let found = mcnemar(i.u("only_first"), i.u("only_second")).unwrap();
    json!({
        "chi2": found.chi_squared.value, "p_chi2": found.chi_squared.p, "chi2_cc": found.chi_squared_corrected.value,
        "p_exact": found.p_exact,
    })
}

fn trend(i: Inputs<'_>) -> Value {
    let shares = i.whole("x").into_iter().zip(i.whole("n")).map(|(x, n)| Share::new(x, n).unwrap());
    let found = cochran_armitage(&shares.zip(i.floats("scores")).collect::<Vec<_>>()).unwrap();
    json!({ "chi2": found.chi_squared, "z": found.z, "p_two_sided": found.p })
}

fn dispersion_of(i: Inputs<'_>) -> Value {
    let parts = i.whole("counts").into_iter().zip(i.whole("part_sizes"));
    let found = dispersion(&parts.map(|(count, exposure)| Exposed { count, exposure }).collect::<Vec<_>>()).unwrap();
    json!({
        "range": found.range, "dp": found.dp, "dp_norm": found.dp_norm, "juilland_d": found.juilland_d,
        "rosengren_s": found.rosengren_s,
    })
}

fn adjusted(i: Inputs<'_>) -> Value {
    let p = i.floats("p");
    let rejected = |by| adjust(&p, by).iter().filter(|&&p| p <= 0.05).count();
    json!({
        "bh": adjust(&p, Adjustment::BenjaminiHochberg), "holm": adjust(&p, Adjustment::Holm),
        "by": adjust(&p, Adjustment::BenjaminiYekutieli), "bonferroni": adjust(&p, Adjustment::Bonferroni),
        "rejected_bh_05": rejected(Adjustment::BenjaminiHochberg), "rejected_holm_05": rejected(Adjustment::Holm),
    })
}

fn two_samples(i: Inputs<'_>) -> Value {
    let (x, y) = (i.floats("x"), i.floats("y"));
    let (ranks, means) = (mann_whitney(&x, &y).unwrap(), welch(&x, &y).unwrap());
    json!({
        "U": ranks.u, "a12": ranks.a12, "cliffs_delta": ranks.cliffs_delta, "p_exact_two_sided": ranks.p_exact,
        "p_asymptotic_cc": ranks.p_asymptotic, "welch_t": means.t, "welch_df": means.df, "welch_p": means.p,
    })
}

fn kruskal(i: Inputs<'_>) -> Value {
    let groups: Vec<Vec<f64>> = i.list("groups").iter().map(floats).collect();
    let found = kruskal_wallis(&groups.iter().map(Vec::as_slice).collect::<Vec<_>>()).unwrap();
    json!({ "h": found.h, "p": found.p })
}

fn signs(i: Inputs<'_>) -> Value {
    let found = sign_flip(&i.floats("differences"), Plan::usual(1)).unwrap();
    json!({
        "sum": found.observed, "count_total": found.assignments, "p_greater": found.p_greater, "p_less": found.p_less,
        "p_two_sided": found.p, "p_min": found.p_min,
    })
}

fn permuted_means(i: Inputs<'_>) -> Value {
    let (x, y) = (i.floats("x"), i.floats("y"));
    let mut units = vec![(0, Side::First); x.len()];
    units.resize(x.len() + y.len(), (0, Side::Second));
    let found = mean_differences(&units, &[[x, y].concat()], Plan::usual(1)).unwrap()[0];
    json!({
        "diff": found.observed, "count_total": found.assignments, "p_greater": found.p_greater,
        "p_two_sided": found.p, "p_min": found.p_min,
    })
}

fn permuted_rates(i: Inputs<'_>) -> Value {
    let (units, hits) = i.sides();
    let found = pooled_rates(&units, &hits, Plan::usual(1)).unwrap()[0];
    let rate = |side| {
        let on = |unit: &Unit| unit.side == side;
        let hits: u32 = hits[0].iter().zip(&units).filter(|(_, unit)| on(unit)).map(|(hits, _)| hits).sum();
        let words: u32 = units.iter().filter(|unit| on(unit)).map(|unit| unit.exposure).sum();
        1000.0 * f64::from(hits) / f64::from(words)
    };
    json!({
        "rate_1": rate(Side::First), "rate_2": rate(Side::Second), "diff": 1000.0 * found.observed,
        "count_total": found.assignments, "p_greater": found.p_greater, "p_less": found.p_less,
        "p_two_sided": found.p, "p_min": found.p_min,
    })
}

fn permuted_slope(i: Inputs<'_>) -> Value {
    let scores = i.list("scores").iter().map(|score| i16::try_from(score.as_i64().unwrap()).unwrap());
    let units: Vec<ScoredUnit> = scores
        .zip(i.small("words"))
        .zip(i.small("strata"))
        .map(|((score, exposure), stratum)| ScoredUnit { stratum, score, exposure })
        .collect();
    let found = rate_slopes(&units, &[i.small("hits")], Plan::usual(1)).unwrap()[0];
    json!({
        "slope": 1000.0 * found.observed, "count_total": found.assignments, "p_greater": found.p_greater,
        "p_less": found.p_less, "p_two_sided": found.p,
    })
}

fn bootstrapped(i: Inputs<'_>) -> Value {
    let (units, hits) = i.sides();
    let found = pooled_rate_differences(&units, &hits, i.confidence(), Resampling::usual(1)).unwrap()[0];
    let per_1000 = |value: f64| 1000.0 * value;
    json!({
        "q0.025": per_1000(found.interval.lower), "q0.975": per_1000(found.interval.upper),
        "observed": per_1000(found.observed), "mean": per_1000(found.mean), "se": per_1000(found.standard_error),
        "count_total": found.resamples,
    })
}

fn two_rater_table(i: Inputs<'_>) -> Value {
    let rows = i.list("table");
    let cells: Vec<u64> =
        rows.iter().flat_map(|row| row.as_array().unwrap()).map(|cell| cell.as_u64().unwrap()).collect();
    let found = two_raters(rows.len(), &cells).unwrap();
    json!({
        "percent": found.percent, "cohen_kappa": found.kappa, "scott_pi": found.pi, "gwet_ac1": found.ac1,
        "bennett_s": found.s, "kripp_alpha": found.alpha,
    })
}

fn fleiss(i: Inputs<'_>) -> Value {
    let read = |row: &Value| row.as_array().unwrap().iter().map(|n| n.as_u64().unwrap()).collect();
    let found = fleiss_kappa(&i.list("counts").iter().map(read).collect::<Vec<_>>()).unwrap();
    json!({ "p_bar": found.observed, "p_e": found.expected, "fleiss_kappa": found.kappa })
}

fn alpha(i: Inputs<'_>) -> Value {
    let scale = match i.0["level"].as_str().unwrap() {
        "nominal" => Scale::Nominal,
        "ordinal" => Scale::Ordinal,
        "interval" => Scale::Interval,
        "ratio" => Scale::Ratio,
        other => panic!("no scale `{other}`"),
    };
    let read = |unit: &Value| unit.as_array().unwrap().iter().map(Value::as_f64).collect();
    let found = krippendorff_alpha(&i.list("units").iter().map(read).collect::<Vec<_>>(), scale).unwrap();
    json!({
        "n_pairable": found.pairable, "d_o": found.observed, "d_e": found.expected, "alpha": found.alpha,
        "level": i.0["level"],
    })
}

fn gwet(i: Inputs<'_>) -> Value {
    let categories = i.list("categories");
    let read = |unit: &Value| -> Vec<Option<usize>> {
        unit.as_array().unwrap().iter().map(|value| categories.iter().position(|one| one == value)).collect()
    };
    let units: Vec<_> = i.list("units").iter().map(read).collect();
    let found = gwet_ac1(&tabulate(&units, categories.len())).unwrap();
    json!({ "pa": found.observed, "pe": found.expected, "gwet_ac1": found.ac1 })
}

fn alpha_u(i: Inputs<'_>) -> Value {
    let stretch = |start, length| Stretch { start, end: start + length };
    let read = |coder: &Value| -> Vec<Stretch> {
        let units = coder.as_array().unwrap().iter();
        units.map(|unit| stretch(unit[0].as_u64().unwrap(), unit[1].as_u64().unwrap())).collect()
    };
    let raters: Vec<_> = i.list("coders").iter().map(read).collect();
    let found = unitised_disagreement_2004(stretch(i.u("begin"), i.u("length")), &raters).unwrap();
    json!({ "d_o": found.observed, "d_e": found.expected, "alpha_u": found.alpha() })
}

fn u_alpha(i: Inputs<'_>) -> Value {
    let code = |unit: &Value| u32::from(unit[2].as_str().unwrap().bytes().next().unwrap());
    let read = |coder: &Value, code: &dyn Fn(&Value) -> u32| -> Vec<Passage> {
        let units = coder.as_array().unwrap().iter();
        let passage = |unit: &Value| Passage {
            start: unit[0].as_u64().unwrap(),
            end: unit[1].as_u64().unwrap(),
            category: code(unit),
        };
        units.map(passage).collect()
    };
    let compute = |code: &dyn Fn(&Value) -> u32| {
        let raters: Vec<_> = i.list("coders").iter().map(|coder| read(coder, code)).collect();
        let found = unitised_alpha(i.u("length"), &raters).unwrap();
        json!({
            "observed_disagreement": found.observed, "expected_disagreement": found.expected, "alpha": found.alpha,
        })
    };
    json!({ "nominal": compute(&code), "binary_boundaries": compute(&|_| 0) })
}

fn together(i: Inputs<'_>) -> Value {
    let pair = Together::new(i.u("n12"), i.u("n1"), i.u("n2"), i.u("n")).unwrap();
    json!({
        "c_coefficient": pair.c_coefficient(), "jaccard": pair.c_coefficient(), "dice": pair.dice(),
        "lift": pair.lift(), "pmi_bits": pair.pmi(), "npmi": pair.npmi(), "phi": pair.phi(),
    })
}

fn finds(i: Inputs<'_>) -> Value {
    let found = Finds { both: i.f("both"), only_found: i.f("only_found"), only_true: i.f("only_true") };
    json!({ "precision": found.precision(), "recall": found.recall(), "f1": found.f1() })
}

fn distribution_of(i: Inputs<'_>) -> Value {
    let value = match i.0["function"].as_str().unwrap() {
        "normal_upper" => distribution::normal_upper(i.f("z")),
        "normal_quantile" => distribution::normal_quantile(i.f("p")),
        "chi_squared_upper" => distribution::chi_squared_upper(i.f("x"), i.f("df")),
        "chi_squared_quantile" => distribution::chi_squared_quantile(i.f("p"), i.f("df")),
        "student_two_sided" => distribution::student_two_sided(i.f("t"), i.f("df")),
        "beta_quantile" => distribution::beta_quantile(i.f("p"), i.f("a"), i.f("b")),
        "binomial" => distribution::binomial(i.u("k"), i.u("n"), i.f("p")),
        "binomial_at_most" => distribution::binomial_at_most(i.u("k"), i.u("n"), i.f("p")),
        "binomial_two_sided" => distribution::binomial_two_sided(i.u("k"), i.u("n"), i.f("p")),
        other => panic!("no function `{other}`"),
    };
    // Relative to the value expected, since most of these are far below 1.
    json!({ "relative": value / i.f("expected") })
}
