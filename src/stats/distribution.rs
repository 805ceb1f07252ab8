//! Tail areas and quantiles of the distributions that the tests of this folder need.
//!
//! Series and continued fractions for the incomplete gamma and beta functions (DLMF 8.7.1, 8.9.2, 8.17.22), with the
//! leading factor by saddle-point expansion (Loader 2000, "Fast and accurate computation of binomial probabilities"),
//! which keeps about 13 digits where a difference of log-gammas would lose them to large counts.
//! Everything else (which statistic follows which distribution) is said where it is used.

use std::f64::consts::PI;

/// Terms after which a series or fraction is given up; enough for counts of a hundred million.
const MAX_TERMS: u32 = 200_000;

/// Area of the standard normal distribution above `z`.
#[must_use]
pub fn normal_upper(z: f64) -> f64 {
    let tail = 0.5 * gamma_upper(0.5, 0.5 * z * z);
    if z >= 0.0 { tail } else { 1.0 - tail }
}

/// Area of the standard normal distribution further out than `z` on either side: the two-sided p of a z statistic.
#[must_use]
pub fn normal_two_sided(z: f64) -> f64 {
    gamma_upper(0.5, 0.5 * z * z)
}

/// The z with the area `p` of the standard normal distribution below it; `p` in `(0, 1)`, infinite at its ends.
#[must_use]
pub fn normal_quantile(p: f64) -> f64 {
    if p > 0.5 {
        return -normal_quantile(1.0 - p);
    }
    if p <= 0.0 {
        return f64::NEG_INFINITY;
    }
    // Abramowitz & Stegun 26.2.23 is good to three decimals; Halley's steps do the rest.
    let t = (-2.0 * p.ln()).sqrt();
    let mut z =
        (2.515_517 + t * (0.802_853 + t * 0.010_328)) / (1.0 + t * (1.432_788 + t * (0.189_269 + t * 0.001_308))) - t;
    for _ in 0..4 {
        let density = (-0.5 * z * z).exp() / (2.0 * PI).sqrt();
        let step = (normal_upper(-z) - p) / density;
        z -= step / (1.0 + 0.5 * z * step);
    }
    z
}

/// Area of the chi-squared distribution with `df` degrees of freedom above `x`; 1 where `x` is not positive.
#[must_use]
pub fn chi_squared_upper(x: f64, df: f64) -> f64 {
    gamma_upper(0.5 * df, 0.5 * x)
}

/// The x with the area `p` of the chi-squared distribution with `df` degrees of freedom below it; `p` in `[0, 1)`.
#[must_use]
pub fn chi_squared_quantile(p: f64, df: f64) -> f64 {
    if p <= 0.0 {
        return 0.0;
    }
    let shape = 0.5 * df;
    // Wilson & Hilferty (1931): the cube root of a chi-squared variable is nearly normal.
    let spread = 1.0 / (9.0 * shape);
    let cube_root = 1.0 - spread + normal_quantile(p) * spread.sqrt();
    let start = shape * cube_root.max(0.1).powi(3);
    let area = |x: f64| if p < 0.5 { gamma_lower(shape, x) - p } else { (1.0 - p) - gamma_upper(shape, x) };
    let density = |x: f64| shape / x * poisson_like(shape, x);
    2.0 * root(start, 0.0, f64::INFINITY, area, density)
}

/// Area of Student's t distribution with `df` degrees of freedom further out than `t` on either side.
#[must_use]
pub fn student_two_sided(t: f64, df: f64) -> f64 {
    let square = t * t;
    beta_lower(0.5 * df, 0.5, df / (df + square), square / (df + square))
}

/// The x with the area `p` of the beta distribution with shapes `a` and `b` below it; `p` in `[0, 1]`.
#[must_use]
pub fn beta_quantile(p: f64, a: f64, b: f64) -> f64 {
    if p <= 0.0 || p >= 1.0 {
        return p.clamp(0.0, 1.0);
    }
    let area = |x: f64| {
        if p < 0.5 { beta_lower(a, b, x, 1.0 - x) - p } else { (1.0 - p) - beta_lower(b, a, 1.0 - x, x) }
    };
    let density = |x: f64| a * b / (a + b) / (x * (1.0 - x)) * binomial_like(a, a + b, x, 1.0 - x);
    root(a / (a + b), 0.0, 1.0, area, density)
}

/// Probability of exactly `k` successes in `n` trials of probability `p`.
#[must_use]
pub fn binomial(k: u64, n: u64, p: f64) -> f64 {
    if k > n { 0.0 } else { binomial_like(k as f64, n as f64, p, 1.0 - p) }
}

/// Probability of at most `k` successes in `n` trials of probability `p`.
#[must_use]
pub fn binomial_at_most(k: u64, n: u64, p: f64) -> f64 {
    if k >= n { 1.0 } else { beta_lower((n - k) as f64, k as f64 + 1.0, 1.0 - p, p) }
}

/// Probability of at least `k` successes in `n` trials of probability `p`.
#[must_use]
pub fn binomial_at_least(k: u64, n: u64, p: f64) -> f64 {
    match k {
        0 => 1.0,
        k if k > n => 0.0,
        k => beta_lower(k as f64, (n - k) as f64 + 1.0, p, 1.0 - p),
    }
}

/// Two-sided p of `k` successes in `n` trials under probability `p`: the sum over all outcomes that are no more
/// likely than the one seen.
///
/// "No more likely" allows a relative 1e-7, as R's `binom.test` does, so that mirror images count as equally likely.
#[must_use]
pub fn binomial_two_sided(k: u64, n: u64, p: f64) -> f64 {
    let limit = binomial(k, n, p) * (1.0 + 1e-7);
    let is_rare = |outcome: u64| binomial(outcome, n, p) <= limit;
    // The probabilities rise to the mode and fall after it, so the rare outcomes on the other side have one border.
    let mode = ((n + 1) as f64 * p).floor().min(n as f64) as u64;
    let total = if k <= mode {
        let border = first(mode, n + 1, is_rare);
        binomial_at_most(k, n, p) + binomial_at_least(border, n, p)
    } else {
        let border = first(0, mode + 1, |outcome| !is_rare(outcome));
        let below = if border == 0 { 0.0 } else { binomial_at_most(border - 1, n, p) };
        below + binomial_at_least(k, n, p)
    };
    total.min(1.0)
}

/// The first number of `from..to` for which `holds`, given that it holds for all after one for which it does; else
/// `to`.
fn first(from: u64, to: u64, holds: impl Fn(u64) -> bool) -> u64 {
    let (mut low, mut high) = (from, to);
    while low < high {
        let middle = low + (high - low) / 2;
        if holds(middle) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    low
}

/// Regularised lower incomplete gamma function P(a, x).
fn gamma_lower(a: f64, x: f64) -> f64 {
    if x <= 0.0 {
        0.0
    } else if x < a + 1.0 {
        gamma_series(a, x)
    } else {
        1.0 - gamma_fraction(a, x)
    }
}

/// Regularised upper incomplete gamma function Q(a, x) = 1 - P(a, x).
fn gamma_upper(a: f64, x: f64) -> f64 {
    if x <= 0.0 {
        1.0
    } else if x < a + 1.0 {
        1.0 - gamma_series(a, x)
    } else {
        gamma_fraction(a, x)
    }
}

/// P(a, x) by its power series, which is quick for x below a + 1.
fn gamma_series(a: f64, x: f64) -> f64 {
    let mut term = 1.0;
    let mut sum = 1.0;
    for n in 1..MAX_TERMS {
        term *= x / (a + f64::from(n));
        sum += term;
        if term < sum * f64::EPSILON * 0.5 {
            break;
        }
    }
    poisson_like(a, x) * sum
}

/// Q(a, x) by its continued fraction, which is quick for x above a + 1.
fn gamma_fraction(a: f64, x: f64) -> f64 {
    let numerator = |n: u32| f64::from(n) * (a - f64::from(n));
    let denominator = |n: u32| x - a + 1.0 + 2.0 * f64::from(n);
    a * poisson_like(a, x) / continued_fraction(denominator(0), numerator, denominator)
}

/// Regularised incomplete beta function I_x(a, b), given both `x` and `y` = 1 - x so that neither loses digits.
fn beta_lower(a: f64, b: f64, x: f64, y: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    if y <= 0.0 {
        return 1.0;
    }
    if x > (a + 1.0) / (a + b + 2.0) { 1.0 - beta_fraction(b, a, y, x) } else { beta_fraction(a, b, x, y) }
}

/// I_x(a, b) by its continued fraction, which is quick for x below the mean.
fn beta_fraction(a: f64, b: f64, x: f64, y: f64) -> f64 {
    let numerator = |n: u32| {
        let m = f64::from(n / 2);
        if n.is_multiple_of(2) {
            m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m))
        } else {
            -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0))
        }
    };
    b / (a + b) * binomial_like(a, a + b, x, y) / continued_fraction(1.0, numerator, |_| 1.0)
}

/// The value of `first + numerator(1) / (denominator(1) + numerator(2) / (denominator(2) + …))`, by Lentz's method as
/// modified by Thompson & Barnett (1986).
fn continued_fraction(first: f64, numerator: impl Fn(u32) -> f64, denominator: impl Fn(u32) -> f64) -> f64 {
    const TINY: f64 = 1e-300;
    let away_from_zero = |value: f64| if value.abs() < TINY { TINY } else { value };
    let mut value = away_from_zero(first);
    let (mut c, mut d) = (value, 0.0);
    for n in 1..MAX_TERMS {
        d = 1.0 / away_from_zero(denominator(n) + numerator(n) * d);
        c = away_from_zero(denominator(n) + numerator(n) / c);
        let factor = c * d;
        value *= factor;
        if (factor - 1.0).abs() < f64::EPSILON {
            break;
        }
    }
    value
}

/// x^a e^-x / Γ(a + 1): the Poisson probability of `a` under mean `x`, for any positive `a`.
fn poisson_like(a: f64, x: f64) -> f64 {
    (-stirling_error(a) - deviance(a, x)).exp() / (2.0 * PI * a).sqrt()
}

/// Γ(n + 1) / (Γ(k + 1) Γ(n - k + 1)) p^k q^(n - k): the binomial probability of `k` of `n`, for any `0 <= k <= n`.
fn binomial_like(k: f64, n: f64, p: f64, q: f64) -> f64 {
    let rest = n - k;
    if k == 0.0 {
        // The smaller of p and q carries the digits.
        return if p < 0.1 { (n * (-p).ln_1p()).exp() } else { q.powf(n) };
    }
    if rest == 0.0 {
        return if q < 0.1 { (n * (-q).ln_1p()).exp() } else { p.powf(n) };
    }
    if p <= 0.0 || q <= 0.0 {
        return 0.0;
    }
    let exponent =
        stirling_error(n) - stirling_error(k) - stirling_error(rest) - deviance(k, n * p) - deviance(rest, n * q);
    exponent.exp() * (n / (2.0 * PI * k * rest)).sqrt()
}

/// ln Γ(n + 1) less Stirling's formula for it, n > 0.
fn stirling_error(n: f64) -> f64 {
    // The asymptotic series is exact to the last digit from here on; below, step up to it.
    const FAR_ENOUGH: f64 = 16.0;
    let mut at = n;
    let mut stepped = 0.0;
    while at < FAR_ENOUGH {
        stepped += (at + 0.5) * (1.0 / at).ln_1p() - 1.0;
        at += 1.0;
    }
    let square = at * at;
    let series =
        1.0 / 12.0 - (1.0 / 360.0 - (1.0 / 1260.0 - (1.0 / 1680.0 - 1.0 / 1188.0 / square) / square) / square) / square;
    stepped + series / at
}

/// x ln(x / mean) + mean - x, without cancellation where the two are close.
fn deviance(x: f64, mean: f64) -> f64 {
    let difference = x - mean;
    if difference.abs() >= 0.1 * (x + mean) {
        return x * (x / mean).ln() - difference;
    }
    let ratio = difference / (x + mean);
    let square = ratio * ratio;
    let mut sum = difference * ratio;
    let mut power = 2.0 * x * ratio;
    for odd in (3..).step_by(2).take(1000) {
        power *= square;
        let next = sum + power / f64::from(odd);
        if next == sum {
            break;
        }
        sum = next;
    }
    sum
}

/// The place between `low` and `high` where `area`, which never falls, is 0: Newton's steps with `area`'s slope
/// `density`, and a halving of the bracket wherever a step would leave it.
fn root(start: f64, low: f64, high: f64, area: impl Fn(f64) -> f64, density: impl Fn(f64) -> f64) -> f64 {
    let (mut low, mut high, mut x) = (low, high, start);
    for _ in 0..200 {
        let excess = area(x);
        if excess == 0.0 {
            break;
        }
        if excess > 0.0 {
            high = x;
        } else {
            low = x;
        }
        let newton = x - excess / density(x);
        let middle = if high.is_finite() { 0.5 * (low + high) } else { 2.0 * x };
        let next = if newton > low && newton < high { newton } else { middle };
        if (next - x).abs() <= f64::EPSILON * x.abs() {
            return next;
        }
        x = next;
    }
    x
}
