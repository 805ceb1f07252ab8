//! Fisher's exact test of a two-by-two table, and the odds ratio that belongs to it.

use super::TwoByTwo;

/// What the hypergeometric distribution says of a table with its margins held fixed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fisher {
    /// Sum of the probabilities of all tables that are no likelier than the one seen (to a relative 1e-7).
    pub p: f64,
    /// Probability of a first cell at least as large.
    pub p_greater: f64,
    /// Probability of a first cell at most as large.
    pub p_less: f64,
    /// Conditional maximum-likelihood odds ratio: 0 when the first cell is as small as the margins allow, `None` (it
    /// would be infinite) when it is as large as they allow.
    pub odds_ratio: Option<f64>,
}

/// Fisher's exact test (Fisher 1935, The Design of Experiments; the figures are those of R's `fisher.test`).
///
/// Assumes independent units and takes both margins as given. A table with an empty row or column has one possible
/// arrangement, so p is 1 and there is no odds ratio. `None` for an empty table.
#[must_use]
pub fn fisher(table: TwoByTwo) -> Option<Fisher> {
    let [[a, b], [c, d]] = table.0;
    let (row, column) = (a + b, a + c);
    let total = row + c + d;
    if total == 0 {
        return None;
    }
    let least = (row + column).saturating_sub(total);
    let most = row.min(column);
    let logs = log_weights(row, column, total, least, most);
    let seen = (a - least) as usize;

    let peak = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let weights: Vec<f64> = logs.iter().map(|log| (log - peak).exp()).collect();
    let sum = |weights: &[f64]| weights.iter().sum::<f64>();
    let whole = sum(&weights);
    let limit = weights[seen] * (1.0 + 1e-7);
    let rare: f64 = weights.iter().filter(|&&weight| weight <= limit).sum();
    Some(Fisher {
        p: (rare / whole).min(1.0),
        p_greater: (sum(&weights[seen..]) / whole).min(1.0),
        p_less: (sum(&weights[..=seen]) / whole).min(1.0),
        odds_ratio: conditional_odds_ratio(&logs, seen),
    })
}

/// Logarithms of the hypergeometric probabilities of a first cell from `least` to `most`, up to a common addend.
///
/// Neighbours differ by a ratio of small integers, so no factorial and no large number is ever formed.
fn log_weights(row: u64, column: u64, total: u64, least: u64, most: u64) -> Vec<f64> {
    let mut log = 0.0_f64;
    let mut logs = vec![log];
    for x in least..most {
        let up = (row - x) as f64 * (column - x) as f64;
        // x + 1 more than `least`, so total - row - column + x + 1 is at least 1.
        let down = (x + 1) as f64 * (total + x + 1 - row - column) as f64;
        log += (up / down).ln();
        logs.push(log);
    }
    logs
}

/// The odds ratio under which the expected first cell is the one seen (Cornfield 1956).
fn conditional_odds_ratio(logs: &[f64], seen: usize) -> Option<f64> {
    if seen + 1 == logs.len() {
        return None;
    }
    if seen == 0 {
        return Some(0.0);
    }
    let (mut low, mut high) = (-1.0, 1.0);
    let target = seen as f64;
    while mean_under(logs, low) > target {
        low *= 2.0;
    }
    while mean_under(logs, high) < target {
        high *= 2.0;
    }
    // The mean rises with the odds ratio: halve until the bracket cannot be halved.
    loop {
        let middle = 0.5 * (low + high);
        if middle <= low || middle >= high {
            return Some(middle.exp());
        }
        if mean_under(logs, middle) < target {
            low = middle;
        } else {
            high = middle;
        }
    }
}

/// Mean place of the distribution whose weights are tilted by `log_odds` a place.
fn mean_under(logs: &[f64], log_odds: f64) -> f64 {
    let tilted = || logs.iter().enumerate().map(|(place, log)| (place as f64, log + place as f64 * log_odds));
    let peak = tilted().map(|(_, log)| log).fold(f64::NEG_INFINITY, f64::max);
    let (mut sum, mut weighted) = (0.0, 0.0);
    for (place, log) in tilted() {
        let weight = (log - peak).exp();
        sum += weight;
        weighted += weight * place;
    }
    weighted / sum
}
