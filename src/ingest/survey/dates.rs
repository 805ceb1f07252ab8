//! Days counted from 1900, as workbooks keep dates.

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
    let (year, month, day) = civil_from_days(day - 25_569);
    let date = format!("{year:04}-{month:02}-{day:02}");
    if second == 0 {
        return Some(date);
    }
    Some(format!("{date}T{:02}:{:02}:{:02}", second / 3600, second / 60 % 60, second % 60))
}

/// The date of a number of days since 1970-01-01, in the proleptic Gregorian calendar.
///
/// Years are counted from March, so that the leap day is the last of its year.
fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day)
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
