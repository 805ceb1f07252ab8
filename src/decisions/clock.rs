//! The time of a decision. No other code reads the clock for anything that is written.

use std::time::{SystemTime, UNIX_EPOCH};

use crate::text::date_of_day;

/// The time of day in UTC, to the second: `2026-11-23T20:07:25Z`.
#[must_use]
pub fn now() -> String {
    // A clock before 1970 is no reason to lose a decision.
    written(SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs())
}

fn written(seconds: u64) -> String {
    let (days, rest) = (seconds / 86_400, seconds % 86_400);
    let (year, month, day) = date_of_day(days.cast_signed());
    format!("{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}Z", rest / 3_600, rest / 60 % 60, rest % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_are_dates() {
        for (seconds, expected) in [
            (0, "1970-01-01T00:00:00Z"),
            (951_782_399, "2000-02-28T23:59:59Z"),
            (951_782_400, "2000-02-29T00:00:00Z"),
            (1_709_251_199, "2024-02-29T23:59:59Z"),
            (4_107_542_400, "2100-03-01T00:00:00Z"),
        ] {
            assert_eq!(written(seconds), expected);
        }
    }
}
