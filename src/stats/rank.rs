//! Comparison of measured values by their order only: Mann–Whitney, Kruskal–Wallis, and the effect sizes that go along.
//!
//! Values are one per independent unit. What is tested is whether one group tends to have larger values; a claim about
//! means or medians would need distributions of the same shape besides.

use super::distribution::{chi_squared_upper, normal_two_sided};

/// Groups this large or larger get no exact p from [`mann_whitney`]; R's `wilcox.test` draws the line there too.
const EXACT_BELOW: usize = 50;

/// Two groups compared by order.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MannWhitney {
    /// Pairs in which the first group's value is larger, ties counting half.
    pub u: f64,
    /// Vargha & Delaney's A (2000): U / (m n), the chance that a value of the first group is the larger; .5 is even.
    pub a12: f64,
    /// Cliff's δ (1993): 2 A - 1, from -1 to 1.
    pub cliffs_delta: f64,
    /// Two-sided p from all orders, equally likely; `None` when values tie or a group has 50 or more.
    pub p_exact: Option<f64>,
    /// Two-sided p by the normal approximation with tie and continuity correction; `None` when all values are equal.
    pub p_asymptotic: Option<f64>,
}

/// Mann & Whitney (1947, Ann. Math. Statist. 18:50–60) on two groups of finite values.
///
/// `None` when a group is empty or a value is not finite.
#[must_use]
pub fn mann_whitney(first: &[f64], second: &[f64]) -> Option<MannWhitney> {
    if first.is_empty() || second.is_empty() {
        return None;
    }
    let (m, n) = (first.len() as f64, second.len() as f64);
    let ranked = rank(first.iter().chain(second))?;
    let u = ranked.ranks[..first.len()].iter().sum::<f64>() - m * (m + 1.0) / 2.0;
    let a12 = u / (m * n);
    let total = m + n;
    let variance = m * n / 12.0 * (total + 1.0 - ranked.tie_sum / (total * (total - 1.0)));
    let distance = (u - m * n / 2.0).abs();
    let small = first.len().max(second.len()) < EXACT_BELOW;
    Some(MannWhitney {
        u,
        a12,
        cliffs_delta: 2.0 * a12 - 1.0,
        p_exact: (small && ranked.tie_sum == 0.0).then(|| exact_p(first.len(), second.len(), u as usize)),
        p_asymptotic: (variance > 0.0).then(|| normal_two_sided((distance - 0.5).max(0.0) / variance.sqrt())),
    })
}

/// Twice the smaller tail of U over all orders of `m` and `n` values without ties.
fn exact_p(m: usize, n: usize, u: usize) -> f64 {
    let smaller = u.min(m * n - u);
    // shares[j][v]: share of all orders of i first and j second values with U = v, row i built from row i - 1. The
    // largest value is a first one with probability i / (i + j), and then exceeds all j second ones.
    let mut shares = vec![vec![0.0; smaller + 1]; n + 1];
    for row in &mut shares {
        row[0] = 1.0;
    }
    for i in 1..=m {
        for j in 1..=n {
            let from_first = i as f64 / (i + j) as f64;
            for v in (0..=smaller).rev() {
                let without_first = if v >= j { shares[j][v - j] } else { 0.0 };
                shares[j][v] = from_first * without_first + (1.0 - from_first) * shares[j - 1][v];
            }
        }
    }
    (2.0 * shares[n].iter().sum::<f64>()).min(1.0)
}

/// Several groups compared by order.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct KruskalWallis {
    /// H, corrected for ties.
    pub h: f64,
    /// Degrees of freedom: groups less one.
    pub df: f64,
    /// Area of χ² above H; good from about five values a group.
    pub p: f64,
}

/// Kruskal & Wallis (1952, JASA 47:583–621): H = 12 / (N(N+1)) Σ R²/n - 3(N+1), divided by the tie correction.
///
/// `None` with fewer than two groups, an empty group, a value that is not finite, or all values equal.
#[must_use]
pub fn kruskal_wallis(groups: &[&[f64]]) -> Option<KruskalWallis> {
    if groups.len() < 2 || groups.iter().any(|group| group.is_empty()) {
        return None;
    }
    let ranked = rank(groups.iter().copied().flatten())?;
    let total = ranked.ranks.len() as f64;
    let correction = 1.0 - ranked.tie_sum / (total * total * total - total);
    if correction <= 0.0 {
        return None;
    }
    let mut rest = ranked.ranks.as_slice();
    let mut sum = 0.0;
    for group in groups {
        let (ranks, behind) = rest.split_at(group.len());
        rest = behind;
        // The distance from the mean rank, and not the raw sum, so that nothing cancels.
        let distance = ranks.iter().sum::<f64>() / group.len() as f64 - (total + 1.0) / 2.0;
        sum += group.len() as f64 * distance * distance;
    }
    let h = 12.0 / (total * (total + 1.0)) * sum / correction;
    let df = (groups.len() - 1) as f64;
    Some(KruskalWallis { h, df, p: chi_squared_upper(h, df) })
}

/// Ranks from 1, ties sharing their mean rank, and Σ (t³ - t) over the ties.
struct Ranked {
    ranks: Vec<f64>,
    tie_sum: f64,
}

fn rank<'a>(values: impl Iterator<Item = &'a f64>) -> Option<Ranked> {
    // Adding 0 makes -0 into 0, which `total_cmp` would tell apart.
    let values: Vec<f64> = values.map(|value| value + 0.0).collect();
    if values.iter().any(|value| !value.is_finite()) {
        return None;
    }
    let mut ascending: Vec<usize> = (0..values.len()).collect();
    ascending.sort_by(|&a, &b| values[a].total_cmp(&values[b]));
    let mut ranks = vec![0.0; values.len()];
    let mut tie_sum = 0.0;
    let mut below = 0;
    for tied in ascending.chunk_by(|&a, &b| values[a] == values[b]) {
        let size = tied.len() as f64;
        for &place in tied {
            ranks[place] = below as f64 + (size + 1.0) / 2.0;
        }
        tie_sum += size * size * size - size;
        below += tied.len();
    }
    Some(Ranked { ranks, tie_sum })
}
