"""Computes wider.json: what other software, or counting in whole fractions, gives for the measures of the stats module.

Run as `python wider.py > wider.json` with scipy, statsmodels, mpmath, krippendorff, krippendorff-unitized-alpha and
irrCAC installed. Published examples are named in `source`, and what they print stands in `printed`.
"""

import itertools
import json
import math
import sys
from fractions import Fraction

import krippendorff
import mpmath
import numpy as np
import pandas as pd
from irrCAC.raw import CAC
from krippendorff_unitized_alpha.krippendorffs_unitized_alpha import EMPTY_TAG, KrippendorffUnitizedAlpha, Segment
from scipy import stats
from statsmodels.stats import inter_rater, multitest, proportion
from statsmodels.stats.contingency_tables import mcnemar

mpmath.mp.dps = 40
GROUPS = {}


def add(measure, name, source, inputs, expected, printed=None, tolerance=1e-9):
    """One example; the first of a measure sets its tolerance."""
    group = GROUPS.setdefault(measure, {"measure": measure, "tolerance": tolerance, "cases": []})
    case = {"id": name, "source": source, "inputs": inputs, "expected": expected}
    if printed:
        case["printed"] = printed
    group["cases"].append(case)


def number(value):
    return None if value is None or not math.isfinite(value) else float(value)


def rates():
    for hits, words in [(1, 400), (3, 52_000), (250, 41_000), (12_000, 1_000_000)]:
        lower = stats.chi2.ppf(0.05, 2 * hits) / 2
        upper = stats.chi2.ppf(0.95, 2 * hits + 2) / 2
        expected = {"rate": 1000 * hits / words, "lower": 1000 * lower / words, "upper": 1000 * upper / words}
        inputs = {"hits": hits, "words": words, "level": 0.9}
        add("rate_per_1000_garwood", f"{hits}-in-{words}-at-90", "scipy chi2.ppf", inputs, expected)
    # R's help page: 137 events in 24.19893 units, here in hundred-thousandths.
    lower, upper = (stats.chi2.ppf(p, 274 + d) / 2 / 2.419893 * 0.1 for p, d in [(0.025, 0), (0.975, 2)])
    add(
        "rate_per_1000_garwood", "r-poisson-test", "R, help page of poisson.test, first example",
        {"hits": 137, "words": 2_419_893, "level": 0.95},
        {"rate": 137_000 / 2_419_893, "lower": lower / 100, "upper": upper / 100},
        {"lower": [0.04753125, 5e-9], "upper": [0.06692709, 5e-9]},
    )
    for a, c, b, d in [(0, 900, 4, 1100), (7, 1200, 0, 900), (30, 10_000, 12, 9_000), (4_000, 900_000, 4_200, 910_000)]:
        low = stats.beta.ppf(0.025, a, b + 1) if a else 0.0
        high = stats.beta.ppf(0.975, a + 1, b) if b else None
        odds = d / c
        expected = {
            "ratio": number(a * d / (b * c)) if b else None,
            "lower": low / (1 - low) * odds,
            "upper": None if high is None else high / (1 - high) * odds,
            "p_two_sided": stats.binomtest(a, a + b, c / (c + d)).pvalue,
        }
        inputs = {"hits_1": a, "words_1": c, "hits_2": b, "words_2": d, "level": 0.95}
        add("rate_ratio_exact", f"{a}-in-{c}-{b}-in-{d}", "scipy beta.ppf, binomtest", inputs, expected, tolerance=1e-8)
    strata = [[5, 1000, 9, 700], [0, 400, 2, 1500], [30, 2500, 3, 90], [4, 0, 1, 10]]
    parts = [(Fraction(c * d, c + d), Fraction(a, c) - Fraction(b, d)) for a, c, b, d in strata if c and d]
    difference = sum(w * r for w, r in parts) / sum(w for w, _ in parts)
    add("rate_difference_within", "three-strata", "Mantel-Haenszel weights in fractions", {"strata": strata},
        {"difference": float(difference)})


def keyness():
    def two_cell(a, b, c, d):
        e1, e2 = c * (a + b) / (c + d), d * (a + b) / (c + d)
        g2 = stats.power_divergence([a, b], [e1, e2], lambda_="log-likelihood").statistic
        return e1, e2, g2

    for a, b, c, d in [(3, 17, 8000, 9100), (1200, 1100, 310_000, 240_000), (0, 5, 700, 700)]:
        e1, e2, g2 = two_cell(a, b, c, d)
        sign = -1 if a / c < b / d else 1
        inputs = {"freq_1": a, "freq_2": b, "size_1": c, "size_2": d}
        name = f"{a}-in-{c}-{b}-in-{d}"
        add("g2_two_cell", name, "scipy power_divergence", inputs, {
            "expected_1": e1, "expected_2": e2, "g2": g2, "signed_g2": sign * g2, "p_df1": stats.chi2.sf(g2, 1)})
        table = [[a, b], [c - a, d - b]]
        four = stats.chi2_contingency(table, correction=False, lambda_="log-likelihood")
        add("g2_four_cell", name, "scipy chi2_contingency", inputs, {"g2": four.statistic, "p_df1": four.pvalue})
        plain, yates = (stats.chi2_contingency(table, correction=on) for on in (False, True))
        add("chi2_2x2", name, "scipy chi2_contingency", {"o11": a, "o12": b, "o21": c - a, "o22": d - b}, {
            "chi2": plain.statistic, "p": plain.pvalue, "chi2_yates": yates.statistic, "p_yates": yates.pvalue})
        smallest = min(e1, e2)
        zero = lambda x: x or 0.5  # noqa: E731
        add("effect_sizes", name, "formulas in Python", inputs, {
            "per1000_1": 1000 * a / c, "per1000_2": 1000 * b / d,
            "log_ratio": math.log2(zero(a) / c / (zero(b) / d)),
            "pct_diff": 100 * (a / c / (b / d) - 1), "bic_bayes": g2 - math.log(c + d),
            "ell": g2 / ((c + d) * math.log(smallest)) if smallest > 1 else None})
    for name, cells, g2 in [("dunning-previous-year", (31, 23, 139, 31584), 256.84),
                            ("dunning-at-the", (76, 104, 2476, 29121), 157.21)]:
        table = np.array(cells).reshape(2, 2)
        value = stats.chi2_contingency(table, correction=False, lambda_="log-likelihood").statistic
        add("g2_contingency", name, "Dunning 1993, bigram table; scipy chi2_contingency",
            dict(zip(("o11", "o12", "o21", "o22"), cells)), {"g2": value}, {"g2": [g2, 0.0051]})
    for f1, f2, n in [(100, 90, 1), (100, 50, 10), (12_000, 10_000, 1)]:
        add("simple_maths", f"{f1}-{f2}-add-{n}", "formula of Kilgarriff 2009",
            {"per_million_1": f1, "per_million_2": f2, "n": n}, {"score": (f1 + n) / (f2 + n)})


def shares():
    for x, n, printed in [(15, 148, (0.0624, 0.1605, 0.0598, 0.1644)), (1, 29, (0.0061, 0.1718, 0.0018, 0.1963)),
                          (29, 29, None), (3, 7, None), (5_000, 90_000, None)]:
        plain, corrected = (stats.binomtest(x, n).proportion_ci(0.95, m) for m in ("wilson", "wilsoncc"))
        keys = ("lower", "upper", "lower_cc", "upper_cc")
        source = "Newcombe 1998, table I; scipy binomtest" if printed else "scipy binomtest"
        add("wilson_interval", f"{x}-of-{n}", source,
            {"x": x, "n": n, "level": 0.95},
            {"p": x / n, "lower": plain.low, "upper": plain.high,
             "lower_cc": corrected.low, "upper_cc": corrected.high},
            {key: [value, 5.1e-5] for key, value in zip(keys, printed)} if printed else None)
    for name, cells, printed in [("c", (6, 7, 2, 7), (0.0582, 0.8062)), ("d", (5, 56, 0, 29), (-0.0381, 0.1926)),
                                 ("f", (0, 10, 0, 10), (-0.2775, 0.2775)), ("g", (10, 10, 0, 20), (0.6791, 1.0))]:
        low, high = proportion.confint_proportions_2indep(*cells, method="newcomb", compare="diff")
        add("newcombe_difference", f"newcombe-case-{name}",
            "Newcombe 1998, Statistics in Medicine 17:873, table II, method 10; statsmodels confint_proportions_2indep",
            dict(zip(("x1", "n1", "x2", "n2"), cells), level=0.95),
            {"diff": cells[0] / cells[1] - cells[2] / cells[3], "lower": low, "upper": high},
            {"lower": [printed[0], 5.1e-5], "upper": [printed[1], 5.1e-5]})
    for x, n, scores in [([2, 4, 9], [11, 12, 13], [0, 1, 2]), ([30, 20, 5], [40, 40, 41], [2012, 2014, 2016])]:
        s, total = np.array(scores, float), sum(n)
        p, mean = sum(x) / total, np.dot(n, s) / total
        z = np.dot(x, s - mean) / math.sqrt(p * (1 - p) * np.dot(n, (s - mean) ** 2))
        add("cochran_armitage_trend", "-".join(map(str, x)), "formula in numpy", {"x": x, "n": n, "scores": scores},
            {"chi2": z * z, "z": z, "p_two_sided": 2 * stats.norm.sf(abs(z))})


def tables():
    def fisher(a, b, c, d):
        """All tables with these margins in whole numbers, and the conditional odds ratio by bisection."""
        row, column, total = a + b, a + c, a + b + c + d
        span = range(max(0, row + column - total), min(row, column) + 1)
        weights = [math.comb(column, x) * math.comb(total - column, row - x) for x in span]
        seen = span.index(a)
        whole = sum(weights)
        share = lambda chosen: float(Fraction(sum(chosen), whole))  # noqa: E731
        if seen in (0, len(weights) - 1):
            odds = None if seen == len(weights) - 1 else 0.0
        else:
            mean = lambda t: (  # noqa: E731
                mpmath.fsum(w * mpmath.e ** (t * x) * x for x, w in enumerate(weights))
                / mpmath.fsum(w * mpmath.e ** (t * x) for x, w in enumerate(weights)) - seen)
            odds = float(mpmath.e ** mpmath.findroot(mean, (-30, 30), solver="anderson", tol=1e-25))
        return {
            "p_two_sided": share(w for w in weights if w <= weights[seen]), "p_greater": share(weights[seen:]),
            "p_less": share(weights[:seen + 1]), "odds_ratio_sample": a * d / (b * c) if b * c else None,
            "odds_ratio_conditional_mle": odds}

    for name, cells, printed in [
        ("convictions", (2, 15, 10, 3), {"p_two_sided": [0.0005367, 5.1e-8]}),
        ("small", (10, 4, 3, 17), None), ("none-in-first", (0, 9, 5, 7), None), ("all-in-first", (6, 0, 2, 9), None),
        ("empty-column", (0, 4, 0, 5), None), ("hundreds", (320, 411, 290, 505), None),
    ]:
        add("fisher_exact", name, "all tables counted in whole numbers; convictions as in R's fisher.test",
            dict(zip(("o11", "o12", "o21", "o22"), cells)), fisher(*cells), printed)
    for b, c in [(5, 5), (0, 6), (1, 9), (260, 215)]:
        exact, plain = mcnemar([[0, b], [c, 0]], exact=True), mcnemar([[0, b], [c, 0]], exact=False, correction=False)
        add("mcnemar", f"{b}-against-{c}", "statsmodels mcnemar", {"only_first": b, "only_second": c},
            {"chi2": plain.statistic, "p_chi2": plain.pvalue, "p_exact": exact.pvalue})


def samples():
    for name, x, y, printed in [
        ("scipy-diabetes", [19, 22, 16, 29, 24], [20, 11, 17, 12], {"U": [17, 0], "p_exact_two_sided": [0.1111, 5e-5]}),
        ("three-against-three", [1.5, 2.5, 9.0], [3.5, 4.5, 5.5], None),
        ("twenty-against-thirty", [math.sin(i) + 0.2 for i in range(20)], [math.cos(3 * i) for i in range(30)], None),
        ("half-a-rank-apart", [1, 4, 4, 8], [2, 4, 7, 8], None),
    ]:
        asymptotic = stats.mannwhitneyu(x, y, method="asymptotic")
        u, pairs = asymptotic.statistic, len(x) * len(y)
        t = stats.ttest_ind(x, y, equal_var=False)
        expected = {
            "U": u, "a12": u / pairs, "cliffs_delta": 2 * u / pairs - 1, "p_asymptotic_cc": asymptotic.pvalue,
            "welch_t": t.statistic, "welch_df": t.df, "welch_p": t.pvalue}
        ties = len(set(x + y)) < len(x + y)
        expected["p_exact_two_sided"] = None if ties else stats.mannwhitneyu(x, y, method="exact").pvalue
        add("two_sample_document_rates", name, "scipy mannwhitneyu, ttest_ind", {"x": x, "y": y}, expected, printed)
    for name, groups in [("ties", [[1, 2, 2, 5], [3, 3, 9], [0, 2, 2.5, 7, 8]]),
                         ("two", [[1.0, 4.0, 6.0], [2.0, 8.0, 9.0]])]:
        found = stats.kruskal(*groups)
        add("kruskal_wallis", name, "scipy kruskal", {"groups": groups}, {"h": found.statistic, "p": found.pvalue})
    p = [0.21, 0.0004, 0.04, 0.04, 0.009, 1.0, 0.62, 0.011, 0.03]
    methods = {"bh": "fdr_bh", "holm": "holm", "by": "fdr_by", "bonferroni": "bonferroni"}
    add("p_adjust", "ties", "statsmodels multipletests", {"p": p},
        {key: list(multitest.multipletests(p, method=method)[1]) for key, method in methods.items()})


def permutations():
    def tails(observed, values):
        n = len(values)
        return {
            "count_total": n, "p_greater": sum(v >= observed for v in values) / n,
            "p_less": sum(v <= observed for v in values) / n,
            "p_two_sided": sum(abs(v) >= abs(observed) for v in values) / n}

    def reassignments(strata, labels):
        """Every distinct reassignment of the labels within strata."""
        places = {h: [i for i, s in enumerate(strata) if s == h] for h in sorted(set(strata))}
        ways = [sorted(set(itertools.permutations([labels[i] for i in spots]))) for spots in places.values()]
        for choice in itertools.product(*ways):
            assigned = [0] * len(labels)
            for spots, values in zip(places.values(), choice):
                for spot, value in zip(spots, values):
                    assigned[spot] = value
            yield assigned

    def slope(scores, hits, words):
        w, x = sum(words), sum(hits)
        sw = sum(s * n for s, n in zip(scores, words))
        sx = sum(s * n for s, n in zip(scores, hits))
        ssw = sum(s * s * n for s, n in zip(scores, words))
        return 1000 * Fraction(sx * w - x * sw, ssw * w - sw * sw)

    for name, one, two in [
        ("three-strata", ([4, 0, 7, 1], [900, 400, 1500, 300], [0, 0, 1, 2]),
         ([1, 2, 0, 3], [700, 1100, 800, 500], [0, 1, 1, 2])),
        ("uneven-strata", ([4, 9, 1], [300, 500, 420], [0, 0, 1]),
         ([2, 0, 1, 3, 1], [310, 620, 500, 450, 700], [0, 1, 1, 1, 1])),
        ("equal-exposure", ([1, 1, 0, 1], [1, 1, 1, 1], [0] * 4), ([0, 0, 0, 1, 0], [1] * 5, [0] * 5)),
        ("one-in-each", ([3], [100], [0]), ([1], [100], [0])),
        ("nothing-to-reassign", ([3, 2], [100, 80], [0, 0]), ([1], [100], [1])),
    ]:
        hits, words, strata = (list(a) + list(b) for a, b in zip(one, two))
        labels = [1] * len(one[0]) + [0] * len(two[0])
        observed = slope(labels, hits, words)
        inputs = {"hits_1": one[0], "words_1": one[1], "strata_1": one[2],
                  "hits_2": two[0], "words_2": two[1], "strata_2": two[2]}
        values = [slope(labels_now, hits, words) for labels_now in reassignments(strata, labels)]
        add("permutation_pooled_rate_exact", name, "all reassignments counted in fractions", inputs,
            {"diff": float(observed), **tails(observed, values)})
    def slope_within(scores, hits, words, strata):
        """The slope with a level of its own for each stratum."""
        above, below = Fraction(0), Fraction(0)
        for h in set(strata):
            here = [i for i, s in enumerate(strata) if s == h]
            mean = Fraction(sum(scores[i] * words[i] for i in here), sum(words[i] for i in here))
            above += sum((scores[i] - mean) * hits[i] for i in here)
            below += sum((scores[i] - mean) ** 2 * words[i] for i in here)
        return 1000 * above / below

    for name, scores, hits, words, strata in [
        ("three-groups", [0, 0, 1, 1, 2, 2, 2], [1, 0, 3, 2, 5, 4, 1], [400, 300, 500, 350, 600, 450, 200], [0] * 7),
        ("years-in-two-strata", [2012, 2013, 2016, 2012, 2013, 2016, 2016], [5, 2, 1, 4, 4, 0, 1],
         [300, 300, 300, 200, 500, 400, 350], [0, 0, 0, 1, 1, 1, 1]),
        ("rising-in-strata-that-differ", [0, 1, 2, 2, 0, 0, 1, 2], [20, 24, 28, 27, 1, 2, 6, 9],
         [900, 1000, 1000, 950, 1000, 800, 1000, 1000], [0, 0, 0, 0, 1, 1, 1, 1]),
        ("a-stratum-with-one-group", [0, 1, 2, 1, 1], [1, 3, 4, 9, 7], [300, 400, 350, 500, 200], [0, 0, 0, 1, 1]),
    ]:
        observed = slope_within(scores, hits, words, strata)
        values = [slope_within(labels_now, hits, words, strata) for labels_now in reassignments(strata, scores)]
        add("permutation_slope_exact", name, "all reassignments counted in fractions",
            {"scores": scores, "hits": hits, "words": words, "strata": strata},
            {"slope": float(observed), **tails(observed, values)})
    for name, x, y in [("small", [1.2, 0.4, 3.3], [0.1, 0.2, 2.0, 0.7]), ("ties", [1, 1, 2, 5], [0, 1, 2, 2])]:
        statistic = lambda a, b: np.mean(a) - np.mean(b)  # noqa: E731
        found = [stats.permutation_test((x, y), statistic, n_resamples=np.inf, alternative=side)
                 for side in ("greater", "two-sided")]
        values = found[0].null_distribution
        add("permutation_mean_difference_exact", name, "scipy permutation_test", {"x": x, "y": y}, {
            "diff": statistic(x, y), "count_total": len(values), "p_greater": found[0].pvalue,
            "p_two_sided": float(np.mean(np.abs(values) >= abs(statistic(x, y)) - 1e-9))})
    for name, d in [("five-pairs", [3, 1, 4, 2, 6]), ("zeros-and-ties", [0, 2, -2, 5, 0, 1, 1]), ("one", [2])]:
        values = [sum(s * v for s, v in zip(signs, d)) for signs in itertools.product((1, -1), repeat=len(d))]
        least = min(1, 2 / 2 ** sum(v != 0 for v in d))
        add("sign_flip_exact", name, "all signs counted", {"differences": d},
            {"sum": sum(d), **tails(sum(d), values), "p_min": least})


def bootstraps():
    for name, h1, w1, h2, w2 in [("two-against-four", [3, 0], [500, 700], [1, 1, 4, 0], [400, 350, 600, 800]),
                                 ("four-against-four", [2, 0, 1, 5], [90, 80, 70, 60], [0, 0, 1, 1], [50, 60, 70, 80])]:
        def side(hits, words):
            n = len(hits)
            for drawn in itertools.product(range(n), repeat=n):
                yield Fraction(sum(hits[i] for i in drawn), sum(words[i] for i in drawn))
        ones, twos = ([float(1000 * v) for v in side(*s)] for s in ((h1, w1), (h2, w2)))
        values = np.sort([a - b for a in ones for b in twos])
        quantile = lambda p: values[math.ceil(len(values) * p) - 1]  # noqa: E731
        add("document_bootstrap_exact", name, "all resamples formed",
            {"hits_1": h1, "words_1": w1, "hits_2": h2, "words_2": w2, "level": 0.95}, {
                "q0.025": quantile(0.025), "q0.975": quantile(0.975), "mean": values.mean(), "se": values.std(),
                "observed": 1000 * (sum(h1) / sum(w1) - sum(h2) / sum(w2)), "count_total": len(values)})


def dispersions():
    for counts, sizes in [([5, 0, 3, 9], [1200, 300, 900, 4000]), ([2, 2], [100, 300]), ([7], [50]),
                          ([0, 1, 0], [10, 10, 980])]:
        v, s = np.array(counts) / sum(counts), np.array(sizes) / sum(sizes)
        r, n = np.array(counts) / np.array(sizes), len(counts)
        dp = 0.5 * np.abs(v - s).sum()
        add("dispersion", "-".join(map(str, counts)), "formulas in numpy", {"counts": counts, "part_sizes": sizes}, {
            "range": int((v > 0).sum()), "dp": dp, "dp_norm": dp / (1 - s.min()) if n > 1 else None,
            "juilland_d": 1 - r.std() / r.mean() / math.sqrt(n - 1) if n > 1 else None,
            "rosengren_s": np.sqrt(v * s).sum() ** 2})


def agreement():
    def from_table(table):
        """The judgements behind a table, one row a rater, numbered from 1."""
        pairs = [(r, c) for r, row in enumerate(table) for c, n in enumerate(row) for _ in range(n)]
        return np.array(pairs).T + 1

    for name, table, printed in [
        ("artstein-poesio-three", [[46, 6, 0], [0, 32, 0], [0, 6, 10]],
         {"cohen_kappa": [0.8013, 6e-5], "scott_pi": [0.7995, 6e-5], "kripp_alpha": [0.8005, 6e-5]}),
        ("fleiss-cohen-everitt", [[106, 10, 4], [22, 28, 10], [2, 12, 6]], {"cohen_kappa": [0.429, 0.00051]}),
        ("rare", [[2, 3], [1, 494]], None), ("never-alike", [[0, 5], [5, 0]], None),
        ("one-uses-one-category", [[0, 0], [4, 16]], None),
        ("four-categories", [[9, 1, 0, 0], [2, 8, 1, 0], [0, 3, 7, 2], [0, 0, 1, 30]], None),
    ]:
        ratings = from_table(table)
        q, n = len(table), ratings.shape[1]
        frame = CAC(pd.DataFrame(ratings.T), categories=list(range(1, q + 1)))
        po = np.trace(np.array(table)) / n
        with np.errstate(divide="ignore", invalid="ignore"):
            kappa = number(inter_rater.cohens_kappa(np.array(table)).kappa)
        m = (np.array(table).sum(0) + np.array(table).sum(1)) / (2 * n)
        gamma = (m * (1 - m)).sum() / (q - 1)
        assert abs(frame.gwet()["est"]["coefficient_value"] - (po - gamma) / (1 - gamma)) < 1e-5
        add("two_rater_agreement", name, "statsmodels cohens_kappa, krippendorff, irrCAC", {"table": table}, {
            "percent": po, "cohen_kappa": kappa, "scott_pi": (po - (m * m).sum()) / (1 - (m * m).sum()),
            "bennett_s": (po - 1 / q) / (1 - 1 / q), "gwet_ac1": (po - gamma) / (1 - gamma),
            "kripp_alpha": krippendorff.alpha(ratings, level_of_measurement="nominal", value_domain=range(1, q + 1))},
            printed)
    wikipedia = [[0, 0, 0, 0, 14], [0, 2, 6, 4, 2], [0, 0, 3, 5, 6], [0, 3, 9, 2, 0], [2, 2, 8, 1, 1],
                 [7, 7, 0, 0, 0], [3, 2, 6, 3, 0], [2, 5, 3, 2, 2], [6, 5, 2, 1, 0], [0, 2, 2, 3, 7]]
    for name, counts, printed in [("wikipedia", wikipedia, {"fleiss_kappa": [0.210, 0.00051]}),
                                  ("three-raters", [[3, 0], [1, 2], [0, 3], [2, 1], [3, 0]], None)]:
        add("fleiss_kappa", name, "statsmodels fleiss_kappa", {"counts": counts},
            {"fleiss_kappa": inter_rater.fleiss_kappa(np.array(counts))}, printed)
    x = None
    readme = [[x, x, x, x, x, 3, 4, 1, 2, 1, 1, 3, 3, x, 3], [1, x, 2, 1, 3, 3, 4, 3, x, x, x, x, x, x, x],
              [x, x, 2, 1, 3, 4, 4, x, 2, 1, 1, 3, 3, x, 4]]
    large = [[(7 * i + j * (i % 3)) % 4 + 1 if (i + j) % 5 else None for i in range(40)] for j in range(4)]
    for name, raters, printed in [("readme", readme, {"nominal": 0.691, "interval": 0.811}),
                                  ("four-raters", large, {})]:
        data = np.array([[np.nan if v is None else v for v in row] for row in raters], float)
        for level in ("nominal", "ordinal", "interval", "ratio"):
            add("krippendorff_alpha", f"{name}-{level}", "krippendorff, whose README has the first data",
                {"units": [list(unit) for unit in zip(*raters)], "level": level},
                {"alpha": krippendorff.alpha(data, level_of_measurement=level)},
                {"alpha": [printed[level], 0.00051]} if level in printed else None)
    names = "abcd"
    for name, raters in [("readme", readme), ("four-raters", large)]:
        letters = [[None if v is None else names[v - 1] for v in row] for row in raters]
        frame = pd.DataFrame([[np.nan if v is None else v for v in unit] for unit in zip(*raters)])
        value = CAC(frame, categories=[1, 2, 3, 4], digits=12).gwet()["est"]["coefficient_value"]
        add("gwet_ac1_multi", name, "irrCAC", {"units": [list(u) for u in zip(*letters)], "categories": list(names)},
            {"gwet_ac1": value})


def passages():
    def alpha(length, coders):
        data = {}
        for index, units in enumerate(coders):
            at, segments = 0, []
            for start, end, tag in [*sorted(units), (length, length, None)]:
                segments += [Segment(EMPTY_TAG, at, start)] if at < start else []
                segments += [Segment(tag, start, end)] if tag else []
                at = end
            data[str(index)] = segments
        found = KrippendorffUnitizedAlpha(data)
        matrices = found.observed_coincidence_matrix_, found.expected_coincidence_matrix_
        observed, expected = (float(m.sum() - np.trace(m)) for m in matrices)
        value = 1 - observed / expected if expected else None
        return {"observed_disagreement": observed, "expected_disagreement": expected, "alpha": value}

    examples = [
        (50, [[(3, 12, "a"), (20, 31, "b")], [(4, 12, "a"), (22, 30, "b"), (40, 44, "a")],
              [(2, 9, "a"), (20, 31, "a")]]),
        (20, [[(0, 20, "a")], [(0, 10, "a"), (10, 20, "b")]]),
        (100, [[], [(10, 30, "a")]]),
        (30, [[(0, 5, "a"), (5, 9, "b")], [(0, 9, "a")], [(1, 5, "a"), (6, 9, "b")], [(25, 30, "c")]]),
    ]
    for index, (length, coders) in enumerate(examples):
        merged = [[(start, end, "x") for start, end, _ in units] for units in coders]
        add("krippendorff_u_alpha_2016", f"made-up-{index + 1}", "krippendorff-unitized-alpha",
            {"length": length, "coders": coders},
            {"nominal": alpha(length, coders), "binary_boundaries": alpha(length, merged)})

    # Krippendorff 1995, examples A and C: what the older form's parts are printed as.
    def older(begin, length, coders):
        length_of = [[u[1] for u in units] for units in coders]
        sections = []
        for units in coders:
            at, mine = begin, []
            for start, size in units:
                mine += [(at, start - at, False)] if start > at else []
                mine.append((start, size, True))
                at = start + size
            mine += [(at, begin + length - at, False)] if at < begin + length else []
            sections.append(mine)
        observed = 0
        for one, two in itertools.permutations(sections, 2):
            for (b1, l1, u1), (b2, l2, u2) in itertools.product(one, two):
                if u1 and u2 and b1 < b2 + l2 and b2 < b1 + l1:
                    observed += (b1 - b2) ** 2 + (b1 + l1 - b2 - l2) ** 2
                elif u1 and not u2 and b2 <= b1 and b1 + l1 <= b2 + l2:
                    observed += l1 * l1
                elif u2 and not u1 and b1 <= b2 and b2 + l2 <= b1 + l1:
                    observed += l2 * l2
        m = len(coders)
        lengths = sum(length_of, [])
        gaps = [size for mine in sections for _, size, unit in mine if not unit]
        total = Fraction(0)
        for l in lengths:
            total += Fraction((len(lengths) - 1) * (2 * l**3 - 3 * l**2 + l), 3)
            total += l * l * sum(g - l + 1 for g in gaps if g >= l)
        chance = Fraction(2, length) * total / (m * length * (m * length - 1) - sum(l * (l - 1) for l in lengths))
        return Fraction(observed, m * (m - 1) * length**2), chance

    for name, begin, length, coders in [
        ("krippendorff-1995-a", 0, 24, [[(2, 8), (14, 6)], [(4, 4), (15, 2)]]),
        ("three-raters", 10, 200, [[(20, 30), (90, 15)], [(25, 20)], [(60, 10), (95, 20), (150, 5)]]),
    ]:
        observed, chance = older(begin, length, coders)
        add("krippendorff_alpha_u", name, "formula in fractions", {"begin": begin, "length": length, "coders": coders},
            {"d_o": float(observed), "d_e": float(chance), "alpha_u": float(1 - observed / chance)},
            {"d_o": [0.03125, 1e-9]} if name.endswith("-a") else None)


def pairs():
    for n12, n1, n2, n, printed in [(0, 10, 20, 100, None), (3, 9, 5, 60, None), (50, 50, 50, 50, None),
                                    (0, 0, 4, 9, None),
                                    (8, 1105, 44, 15_000_000, {"pmi_bits": [11.3, 0.1]})]:
        lift = n12 * n / (n1 * n2) if n1 and n2 else None
        pmi = math.log2(lift) if lift else None
        margin = n1 * n2 * (n - n1) * (n - n2)
        expected = {
            "c_coefficient": n12 / (n1 + n2 - n12), "dice": 2 * n12 / (n1 + n2), "lift": lift, "pmi_bits": pmi,
            "phi": (n12 * n - n1 * n2) / math.sqrt(margin) if margin else None}
        if n1 and n2:
            expected["npmi"] = -1.0 if n12 == 0 else 1.0 if n12 == n else pmi / -math.log2(n12 / n)
        add("cooccurrence", f"{n12}-of-{n1}-and-{n2}", "formulas in Python; the large one Church & Hanks 1990",
            {"n12": n12, "n1": n1, "n2": n2, "n": n}, expected, printed)
    for both, found, true in [(8, 2, 4), (0, 3, 0), (0, 0, 2), (0, 0, 0), (12.5, 1.5, 6.0)]:
        ratio = lambda a, b: a / b if b else None  # noqa: E731
        add("precision_recall_f1", f"{both}-{found}-{true}", "definition",
            {"both": both, "only_found": found, "only_true": true},
            {"precision": ratio(both, both + found), "recall": ratio(both, both + true),
             "f1": ratio(2 * both, 2 * both + found + true)})


def distributions():
    def two_sided(k, n, p):
        """All outcomes no likelier than k, in whole fractions."""
        p = Fraction(p)
        up, down = p.numerator, p.denominator - p.numerator
        weight = lambda i: math.comb(n, i) * up**i * down ** (n - i)  # noqa: E731
        seen = weight(k)
        return float(Fraction(sum(w for w in map(weight, range(n + 1)) if w <= seen), p.denominator**n))

    m = mpmath
    gamma = lambda df, x: m.gammainc(m.mpf(df) / 2, m.mpf(x) / 2, m.inf, regularized=True)  # noqa: E731
    student = lambda t, df: m.betainc(m.mpf(df) / 2, 0.5, 0, df / (df + m.mpf(t) ** 2), regularized=True)  # noqa: E731
    at_most = lambda k, n, p: m.betainc(n - k, k + 1, 0, 1 - m.mpf(p), regularized=True)  # noqa: E731
    exactly = lambda k, n, p: m.binomial(n, k) * m.mpf(p) ** k * (1 - m.mpf(p)) ** (n - k)  # noqa: E731
    normal = lambda p: m.sqrt(2) * m.erfinv(2 * m.mpf(p) - 1)  # noqa: E731
    values = []
    values += [("normal_upper", {"z": z}, m.erfc(m.mpf(z) / m.sqrt(2)) / 2) for z in (-3, -0.1, 0.001, 1, 1.96, 6, 15)]
    values += [("normal_quantile", {"p": p}, normal(p)) for p in (1e-12, 0.001, 0.025, 0.4, 0.6, 0.975, 0.9999)]
    values += [("chi_squared_upper", {"x": x, "df": df}, gamma(df, x))
               for x, df in ((0.01, 1), (3.84, 1), (30, 1), (200, 1), (5, 3), (50, 40), (1900, 2000), (2200, 2000))]
    values += [("chi_squared_quantile", {"p": p, "df": df}, stats.chi2.ppf(p, df))
               for p, df in ((0.025, 2), (0.975, 2), (0.025, 20), (0.975, 22), (0.005, 24_000), (0.995, 24_002),
                             (1e-6, 4))]
    values += [("student_two_sided", {"t": t, "df": df}, student(t, df))
               for t, df in ((0.1, 3), (2.1, 1), (-2.5, 12.97), (8, 30), (1.9, 5000))]
    values += [("beta_quantile", {"p": p, "a": a, "b": b}, stats.beta.ppf(p, a, b))
               for p, a, b in ((0.025, 11, 22), (0.975, 12, 21), (0.025, 1, 5), (0.025, 0.5, 9), (0.975, 4001, 4200))]
    values += [("binomial", {"k": k, "n": n, "p": p}, exactly(k, n, p))
               for k, n, p in ((0, 20, 0.1), (3, 10, 0.5), (20, 20, 0.9), (4000, 9000, 0.44), (1, 100_000, 1e-5))]
    values += [("binomial_at_most", {"k": k, "n": n, "p": p}, at_most(k, n, p))
               for k, n, p in ((0, 6, 0.5), (3, 10, 0.5), (4000, 9000, 0.44), (480, 1000, 0.5))]
    values += [("binomial_two_sided", {"k": k, "n": n, "p": p}, two_sided(k, n, p))
               for k, n, p in ((0, 6, 0.5), (5, 10, 0.5), (3, 11, 0.3), (9, 11, 0.3), (4, 5, 0.8), (120, 300, 0.45),
                               (1, 40, 0.001))]
    for function, inputs, value in values:
        value = float(value)
        name = "-".join([function, *map(str, inputs.values())])
        add("distribution", name, "mpmath, scipy ppf, or counted in fractions",
            {"function": function, **inputs, "expected": value}, {"relative": 1.0}, tolerance=1e-11)


def main():
    for part in (rates, keyness, shares, tables, samples, permutations, bootstraps, dispersions, agreement, passages,
                 pairs, distributions):
        part()
    as_json = lambda value: json.dumps(value, ensure_ascii=False, default=float)  # noqa: E731
    lines = ['{', '  "about": "Written by wider.py: values of other software for the measures of the stats module.",',
             '  "measures": [']
    blocks = []
    for group in GROUPS.values():
        head = f'    {{"measure": "{group["measure"]}", "tolerance": {group["tolerance"]}, "cases": [\n'
        blocks.append(head + ",\n".join("      " + as_json(case) for case in group["cases"]) + "\n    ]}")
    lines.append(",\n".join(blocks))
    lines += ["  ]", "}"]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
