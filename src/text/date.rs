//! Dates and times as ISO 8601 writes them: which texts are some, and which day a count of days is.
//!
//! How people write dates is known to `project`, which turns them into these.

/// Each month's names in Norwegian, the full one first, and in English where they are others; in small letters.
pub(crate) const MONTHS: [(&[&str], &[&str]); 12] = [
    (&["januar", "jan"], &["january"]),
    (&["februar", "feb"], &["february"]),
    (&["mars", "mar"], &["march"]),
    (&["april", "apr"], &[]),
    (&["mai"], &["may"]),
    (&["juni", "jun"], &["june"]),
    (&["juli", "jul"], &["july"]),
    (&["august", "aug"], &[]),
    (&["september", "sep", "sept"], &[]),
    (&["oktober", "okt"], &["october", "oct"]),
    (&["november", "nov"], &[]),
    (&["desember", "des"], &["december", "dec"]),
];

/// Whether there is such a day.
pub(crate) fn is_day(year: u16, month: u16, day: u16) -> bool {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => return false,
    };
    (1..=days).contains(&day)
}

/// Whether `value` is an ISO date or the beginning of one: `2016`, `2016-03`, `2016-03-12`, `2016-03-12T10:00`.
pub(crate) fn is_iso_date(value: &str) -> bool {
    let date = value.split(['T', ' ']).next().unwrap_or_default();
    let mut parts = date.split('-');
    let year = parts.next().filter(|year| year.len() == 4).and_then(|year| number(year, 4));
    let month = parts.next().map(|month| number(month, 2));
    let day = parts.next().map(|day| number(day, 2));
    match (year, month, day, parts.next()) {
        (Some(_), None, None, None) => true,
        (Some(_), Some(Some(month)), None, None) => (1..=12).contains(&month),
        (Some(year), Some(Some(month)), Some(Some(day)), None) => is_day(year, month, day),
        _ => false,
    }
}

/// The whole date at the start of `value`, such as `2016-03-12`, if there is one.
pub(crate) fn leading_date(value: &str) -> Option<&str> {
    value.get(..10).filter(|date| is_iso_date(date) && date.bytes().filter(|byte| *byte == b'-').count() == 2)
}

/// `text` as XML has dates and times, if it is a date, or a date and a time: a date is its first moment, a time without
/// seconds the first of its minute. XML has no year 0.
pub(crate) fn date_time(text: &str) -> Option<String> {
    let text = text.trim();
    let date = leading_date(text).filter(|date| !date.starts_with("0000"))?;
    let rest = &text[date.len()..];
    let Some(time) = rest.strip_prefix(['T', ' ']) else {
        return rest.is_empty().then(|| format!("{date}T00:00:00"));
    };
    let (clock, zone) = time.split_at(time.find(['Z', '+', '-']).unwrap_or(time.len()));
    let (whole, fraction) = clock.split_once('.').map_or((clock, None), |(whole, fraction)| (whole, Some(fraction)));
    let parts: Vec<Option<u16>> = whole.split(':').map(|part| number(part, 2).filter(|_| part.len() == 2)).collect();
    let seconds = match parts[..] {
        [Some(0..=23), Some(0..=59), Some(0..=59)] => "",
        [Some(0..=23), Some(0..=59)] if fraction.is_none() => ":00",
        _ => return None,
    };
    let is_fraction =
        fraction.is_none_or(|digits| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()));
    (is_fraction && is_zone(zone)).then(|| format!("{date}T{clock}{seconds}{zone}"))
}

/// Whether `text` is a date, or a date and a time.
pub(crate) fn is_date_time(text: &str) -> bool {
    date_time(text).is_some()
}

fn is_zone(zone: &str) -> bool {
    let is = |text: &str, most: u16| text.len() == 2 && number(text, 2).is_some_and(|number| number <= most);
    match zone {
        "" | "Z" => true,
        zone => {
            let offset = zone.strip_prefix(['+', '-']).and_then(|offset| offset.split_once(':'));
            offset.is_some_and(|(hours, minutes)| is(hours, 13) && is(minutes, 59))
        }
    }
}

/// The Gregorian date of a day counted from 1970-01-01, by eras of 400 years that begin on 1 March: so the leap day is the
/// last of its year.
pub(crate) fn date_of_day(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let (era, day_of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    (era * 400 + year_of_era + i64::from(month <= 2), month, day)
}

/// A number of at most `longest` digits, and of nothing else.
pub(crate) fn number(digits: &str, longest: usize) -> Option<u16> {
    let is_number = (1..=longest).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    if is_number { digits.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn iso_dates_and_their_beginnings_are_iso() {
        for (value, expected) in [
            ("2016", true),
            ("2016-02", true),
            ("2016-02-29", true),
            ("2015-02-29", false),
            ("2016-13", false),
            ("16-02-01", false),
            ("2016-03-12T10:00", true),
        ] {
            assert_eq!(is_iso_date(value), expected, "{value}");
        }
    }

    #[test]
    fn a_text_may_begin_with_a_date() {
        assert_eq!(leading_date("2016-03-12T10:00:00Z"), Some("2016-03-12"));
        for not in ["", "2016-13-12", "2016-02-30", "16-03-12", "2016-3-12", "æøåæøåæøå", "2016 mars ", "2016T12-12"]
        {
            assert_eq!(leading_date(not), None, "{not}");
        }
    }

    #[test]
    fn only_what_xml_takes_for_a_time_is_one() {
        for (text, expected) in [
            ("2026-11-23T12:00:00Z", Some("2026-11-23T12:00:00Z")),
            ("2026-11-23 12:00:00.25+01:00", Some("2026-11-23T12:00:00.25+01:00")),
            ("2026-11-23T12:00", Some("2026-11-23T12:00:00")),
            ("2026-11-23T12:00+01:00", Some("2026-11-23T12:00:00+01:00")),
            ("2024-02-29", Some("2024-02-29T00:00:00")),
            ("2026-02-29", None),
            ("2016-99-99", None),
            ("2016-03-12T99:99", None),
            ("2016-03-12T12", None),
            ("2016-03-12T12:00.5", None),
            ("2016-03-12x", None),
            ("0000-03-12", None),
            ("i går", None),
            ("2026-11-23T25:00:00", None),
            ("2026-11-23T12:00:00+1", None),
            ("2026-11-23T12:00:00Z01:30", None),
            ("2026-11-23T12:00:00.", None),
            ("", None),
        ] {
            assert_eq!(date_time(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn days_are_dates() {
        for (days, expected) in [
            (0, (1970, 1, 1)),
            (-1, (1969, 12, 31)),
            (-25_508, (1900, 3, 1)),
            (11_015, (2000, 2, 28)),
            (11_016, (2000, 2, 29)),
            (47_541, (2100, 3, 1)),
        ] {
            assert_eq!(date_of_day(days), expected);
        }
    }
}
