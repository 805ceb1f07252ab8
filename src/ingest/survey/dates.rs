//! Days counted from 1900, as workbooks keep dates.

use crate::text::date_of_day;

/// `42441.5` as `2016-03-12T12:00:00`, a whole number as a date alone; `None` outside the years that have dates.
pub(super) fn iso_from_serial(serial: f64, counts_from_1904: bool) -> Option<String> {
    const SECONDS_A_DAY: i64 = 86_400;
    // 2958465 is the last day of 9999.
    if !(1.0..2_958_466.0).contains(&serial) {
        return None;
    }
    let serial = serial + if counts_from_1904 { 1462.0 } else { 0.0 };
    let seconds = (serial * 86_400.0).round() as i64;
    let (day, second) = (seconds / SECONDS_A_DAY, seconds % SECONDS_A_DAY);
    // Workbooks count a 29 February 1900 that never was, so the count is right from March 1900 on.
    let (year, month, day) = date_of_day(day - 25_569);
    let date = format!("{year:04}-{month:02}-{day:02}");
    if second == 0 {
        return Some(date);
    }
    Some(format!("{date}T{:02}:{:02}:{:02}", second / 3600, second / 60 % 60, second % 60))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn serial_days_are_dates() {
        for (serial, from_1904, expected) in [
            (42_441.0, false, Some("2016-03-12")),
            (42_441.5, false, Some("2016-03-12T12:00:00")),
            (61.0, false, Some("1900-03-01")),
            (36_585.0, false, Some("2000-02-29")),
            (40_979.0, true, Some("2016-03-12")),
            (0.25, false, None),
            (f64::NAN, false, None),
            (1e12, false, None),
        ] {
            assert_eq!(iso_from_serial(serial, from_1904).as_deref(), expected, "{serial}");
        }
    }
}
