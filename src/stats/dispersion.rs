//! How evenly counts are spread over the parts of a body of material.
//!
//! Parts are texts, chapters, persons: whatever the counts were made in. s are the parts' shares of the size, v their
//! shares of the counts. Formulas and worked example: Gries 2008, Int. J. Corpus Linguistics 13:403–437, and Gries
//! 2020, "Analyzing dispersion". These describe; they test nothing.

use super::Exposed;

/// Measures of spread; each `Option` is `None` where the measure does not exist for so few parts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Dispersion {
    /// Number of parts with a count above 0.
    pub range: usize,
    /// Share of all counts that lies in the part with most, from 1/n to 1.
    pub largest_share: f64,
    /// Gries' deviation of proportions, ½ Σ |v - s|: 0 when spread as the sizes are, near 1 when all in one small part.
    pub dp: f64,
    /// DP over its greatest value, 1 - min s (Lijffijt & Gries 2012): from 0 to 1. `None` with one part.
    pub dp_norm: Option<f64>,
    /// Juilland's D, 1 - (σ / mean of the parts' rates) / √(n - 1), σ the population's: 1 even, 0 all in one of equal
    /// parts. `None` with one part.
    pub juilland_d: Option<f64>,
    /// Rosengren's S, (Σ √(s v))²: 1 even, the size of the part when all lies in one.
    pub rosengren_s: f64,
}

/// The spread of counts over parts; parts without size are left out. `None` when nothing was counted in the rest.
#[must_use]
pub fn dispersion(parts: &[Exposed]) -> Option<Dispersion> {
    let parts: Vec<Exposed> = parts.iter().copied().filter(|part| part.exposure > 0).collect();
    let n = parts.len() as f64;
    let counted: u64 = parts.iter().map(|part| part.count).sum();
    if counted == 0 {
        return None;
    }
    let size: u64 = parts.iter().map(|part| part.exposure).sum();
    let v = |part: &Exposed| part.count as f64 / counted as f64;
    let s = |part: &Exposed| part.exposure as f64 / size as f64;

    let dp = 0.5 * parts.iter().map(|part| (v(part) - s(part)).abs()).sum::<f64>();
    let smallest = parts.iter().map(s).fold(f64::INFINITY, f64::min);
    let rates: Vec<f64> = parts.iter().filter_map(|part| part.rate()).collect();
    let mean = rates.iter().sum::<f64>() / n;
    let variance = rates.iter().map(|rate| (rate - mean).powi(2)).sum::<f64>() / n;
    let several = parts.len() > 1;
    Some(Dispersion {
        range: parts.iter().filter(|part| part.count > 0).count(),
        largest_share: parts.iter().map(v).fold(0.0, f64::max),
        dp,
        dp_norm: several.then(|| (dp / (1.0 - smallest)).min(1.0)),
        juilland_d: several.then(|| 1.0 - variance.sqrt() / mean / (n - 1.0).sqrt()),
        rosengren_s: parts.iter().map(|part| (s(part) * v(part)).sqrt()).sum::<f64>().powi(2),
    })
}
