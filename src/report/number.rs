//! Rates and shares, and how they are rounded: 6 significant digits, and nothing where there is no denominator.

use crate::tally::{Counts, Totals};

/// `count` per 1,000 of `total`, rounded for files; `None` where the total is 0.
#[must_use]
pub fn per_thousand(count: u64, total: u64) -> Option<f64> {
    rate(count, total).map(round)
}

/// The same, exact: what is rounded for people must not have been rounded before.
#[must_use]
pub(super) fn rate(count: u64, total: u64) -> Option<f64> {
    (total > 0).then(|| 1_000.0 * count as f64 / total as f64)
}

/// A number with its sign, as English tables have it; what is shown as 0 has none.
#[must_use]
pub(super) fn signed_shown(number: f64, decimals: usize) -> String {
    let text = format!("{number:+.decimals$}");
    let is_zero = text.bytes().all(|byte| matches!(byte, b'+' | b'-' | b'0' | b'.'));
    if is_zero { text[1..].to_owned() } else { text }
}

/// `count` of `total`, from 0 to 1 for counts of the total's own unit; `None` where the total is 0.
#[must_use]
pub fn share(count: u64, total: u64) -> Option<f64> {
    (total > 0).then(|| round(count as f64 / total as f64))
}

/// A number that tells how much of how much.
pub(super) type Ratio = (&'static str, fn(&Counts, &Totals) -> Option<f64>);

/// Rates and shares of a row, by their names in files, in the order in which every table has them.
pub(super) const RATIOS: [Ratio; 3] = [
    ("per_1000_words", |counts, totals| per_thousand(counts.mentions, totals.words_total)),
    ("segment_share", |counts, totals| share(counts.segments, totals.segments_total)),
    ("document_share", |counts, totals| share(counts.documents, totals.documents_total)),
];

/// A rate for people: two decimals, and of one that is smaller as many as show two digits of it.
#[must_use]
pub(super) fn rate_shown(rate: f64) -> String {
    let digits = if rate == 0.0 || !rate.is_finite() { 0.0 } else { rate.abs().log10().floor() };
    // From 0.01 on, two decimals show a digit at least.
    let decimals = if digits < -2.0 { 1 + digits.abs() as usize } else { 2 };
    format!("{rate:.decimals$}")
}

/// Rounded to 6 significant digits.
#[must_use]
pub fn round(number: f64) -> f64 {
    if number == 0.0 || !number.is_finite() {
        return number;
    }
    // The shortest decimal text with so many digits is the same on every machine.
    format!("{number:.5e}").parse().unwrap_or(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_attribute_may_be_called_as_a_rate_is() {
        RATIOS.iter().for_each(|(name, _)| assert!(crate::project::is_reserved(name), "{name}"));
    }

    #[test]
    fn a_rate_that_is_not_zero_does_not_look_like_it() {
        for (rate, shown) in
            [(0.0, "0.00"), (3.54359, "3.54"), (0.05, "0.05"), (0.004_21, "0.0042"), (0.000_3, "0.00030")]
        {
            assert_eq!(rate_shown(rate), shown);
        }
    }

    #[test]
    fn a_rate_is_rounded_once() {
        let exact = rate(5, 21).unwrap();
        assert_eq!((per_thousand(5, 21), rate_shown(exact)), (Some(238.095), "238.10".to_owned()));
    }

    #[test]
    fn a_difference_that_looks_like_zero_has_no_sign() {
        let shown = [-0.001, 0.0, 0.004, -0.006, 1.5].map(|number| signed_shown(number, 2));
        assert_eq!(shown, ["0.00", "0.00", "0.00", "-0.01", "+1.50"]);
    }

    #[test]
    fn numbers_have_six_digits_and_a_denominator() {
        assert_eq!(per_thousand(5, 1_411), Some(3.54359));
        assert_eq!(share(2, 55), Some(0.036_363_6));
        assert_eq!(share(0, 0), None);
        assert_eq!(round(123_456_789.0), 123_457_000.0);
        assert_eq!(round(-0.000_012_345_67), -0.000_012_345_7);
    }
}
