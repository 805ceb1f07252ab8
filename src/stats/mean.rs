//! Means of two groups compared: Welch's t.

use super::distribution::student_two_sided;

/// A difference of means in units of its standard error.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Welch {
    /// First mean less second, over the standard error.
    pub t: f64,
    /// Degrees of freedom by Welch and Satterthwaite.
    pub df: f64,
    /// Two-sided p.
    pub p: f64,
}

/// Welch's t test (Welch 1947, Biometrika 34:28–35) on two groups of finite values.
///
/// t = (x̄ - ȳ) / √(s²x/m + s²y/n). Takes the means as nearly normal; variances may differ. `None` with fewer than two
/// values in a group, a value that is not finite, or no variation at all.
#[must_use]
pub fn welch(first: &[f64], second: &[f64]) -> Option<Welch> {
    let (mean_1, error_1) = mean_and_squared_error(first)?;
    let (mean_2, error_2) = mean_and_squared_error(second)?;
    let squared = error_1 + error_2;
    if squared <= 0.0 {
        return None;
    }
    let t = (mean_1 - mean_2) / squared.sqrt();
    let freedom = |error: f64, values: &[f64]| error * error / (values.len() - 1) as f64;
    let df = squared * squared / (freedom(error_1, first) + freedom(error_2, second));
    Some(Welch { t, df, p: student_two_sided(t, df) })
}

/// The mean, and the square of its standard error.
fn mean_and_squared_error(values: &[f64]) -> Option<(f64, f64)> {
    if values.len() < 2 || values.iter().any(|value| !value.is_finite()) {
        return None;
    }
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
    Some((mean, squares / (n - 1.0) / n))
}
