//! Dates as people write them, turned into ISO dates.
//!
//! A form is chosen for a whole column, never cell by cell: only the column can tell 3 April from 4 March.

use std::fmt;

use crate::text::{MONTHS, is_day, is_iso_date, number};

/// A way of writing a date that is not ISO's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DateForm {
    /// `12.03.2016`
    Dots,
    /// `12.03.16`
    DotsShortYear,
    /// `12/03/2016`, the day first
    DayFirst,
    /// `03/12/2016`, the month first
    MonthFirst,
    /// `12. mars 2016`
    Words,
    /// `20160312`
    Compact,
}

use DateForm::{Compact, DayFirst, Dots, DotsShortYear, MonthFirst, Words};

/// In the order in which they are tried: of two that fit, the earlier is meant.
const FORMS: [DateForm; 6] = [Dots, DotsShortYear, DayFirst, MonthFirst, Words, Compact];

impl fmt::Display for DateForm {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Dots => "12.03.2016",
            DotsShortYear => "12.03.16",
            DayFirst => "12/03/2016",
            MonthFirst => "03/12/2016",
            Words => "12. mars 2016",
            Compact => "20160312",
        })
    }
}

impl DateForm {
    /// The ISO date that `text` gives in this form.
    pub(super) fn read(self, text: &str) -> Option<String> {
        let (year, month, day) = match self {
            Dots | DotsShortYear => {
                let [day, month, year] = parts(text, '.')?;
                (self.year(year)?, number(month, 2)?, number(day, 2)?)
            }
            DayFirst => {
                let [day, month, year] = parts(text, '/')?;
                (self.year(year)?, number(month, 2)?, number(day, 2)?)
            }
            MonthFirst => {
                let [month, day, year] = parts(text, '/')?;
                (self.year(year)?, number(month, 2)?, number(day, 2)?)
            }
            Words => {
                let mut words = text.split_whitespace();
                let (day, month, year) = (words.next()?, words.next()?, words.next()?);
                if words.next().is_some() {
                    return None;
                }
                (self.year(year)?, month_named(month)?, number(day.trim_end_matches('.'), 2)?)
            }
            Compact => {
                if text.len() != 8 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
                    return None;
                }
                (number(&text[..4], 4)?, number(&text[4..6], 2)?, number(&text[6..], 2)?)
            }
        };
        is_day(year, month, day).then(|| format!("{year:04}-{month:02}-{day:02}"))
    }

    fn year(self, text: &str) -> Option<u16> {
        match (self, text.len()) {
            // An interview of '69 would be older than any programme that is evaluated today.
            (DotsShortYear, 2) => number(text, 2).map(|year| if year < 70 { 2000 + year } else { 1900 + year }),
            (DotsShortYear, _) => None,
            (_, 4) => number(text, 4),
            _ => None,
        }
    }
}

/// The form of all the values of a column that are neither empty nor ISO already.
///
/// `is_date` says that the column is known to hold dates. Others are taken for dates only where each value is
/// day, month and a four-digit year between points, so that `1.3.16` stays a section number.
pub(super) fn form_of_column<'a>(values: impl Iterator<Item = &'a str> + Clone, is_date: bool) -> Option<DateForm> {
    let mut foreign = values.filter(|value| !value.is_empty() && !is_iso_date(value)).peekable();
    foreign.peek()?;
    let forms = if is_date { FORMS.as_slice() } else { &FORMS[..1] };
    forms.iter().copied().find(|form| foreign.clone().all(|value| form.read(value).is_some()))
}

/// The forms of the values of a column that is known to hold dates; several where people wrote it by hand.
///
/// A value in no form at all leaves the others in theirs. Whether the day or the month stands before a slash is
/// decided for the column: it is neither where some values say the one and some the other.
pub(super) fn forms_of_dates<'a>(values: impl Iterator<Item = &'a str> + Clone) -> Vec<DateForm> {
    if let Some(form) = form_of_column(values.clone(), true) {
        return vec![form];
    }
    let foreign = values.filter(|value| !value.is_empty() && !is_iso_date(value));
    let slashes = foreign.clone().filter(|value| parts(value, '/').is_some());
    let slash = [DayFirst, MonthFirst].into_iter().find(|form| slashes.clone().all(|value| form.read(value).is_some()));
    let forms = [Some(Dots), Some(DotsShortYear), slash, Some(Words), Some(Compact)].into_iter().flatten();
    forms.filter(|form| foreign.clone().any(|value| form.read(value).is_some())).collect()
}

/// The ISO date of one value that stands alone, where it has one; the value itself where it has none.
pub(crate) fn iso_or_same(value: &str) -> String {
    form_of_column(std::iter::once(value), true).and_then(|form| form.read(value)).unwrap_or_else(|| value.to_owned())
}

/// What is said where a date cannot be read.
pub(crate) const HOW_TO_WRITE_A_DATE: &str = "write `2016-03-12`, or `2016` or `2016-03` where the day is not known";

fn parts(text: &str, separator: char) -> Option<[&str; 3]> {
    let mut parts = text.split(separator).map(str::trim);
    let three = [parts.next()?, parts.next()?, parts.next()?];
    parts.next().is_none().then_some(three)
}

fn month_named(word: &str) -> Option<u16> {
    let word = word.trim_end_matches('.').to_lowercase();
    // Their first three letters tell them apart in all three languages.
    let begins_as = |names: &&[&str]| names.iter().any(|name| word.starts_with(&name[..3]));
    let index = MONTHS.iter().position(|(norwegian, english)| [norwegian, english].into_iter().any(begins_as))?;
    u16::try_from(index + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(values: &[&str], is_date: bool, expected: Option<&[&str]>) {
        let form = form_of_column(values.iter().copied(), is_date);
        let read = form.map(|form| values.iter().filter_map(|value| form.read(value)).collect::<Vec<_>>());
        let expected = expected.map(|dates| dates.iter().map(ToString::to_string).collect::<Vec<_>>());
        assert_eq!(read, expected, "{values:?}");
    }

    #[test]
    fn a_column_has_one_form() {
        check(&["12.03.2016", "1.4.2016"], false, Some(&["2016-03-12", "2016-04-01"]));
        check(&["12/03/2016", "04/05/2016"], true, Some(&["2016-03-12", "2016-05-04"]));
        check(&["12/03/2016", "04/15/2016"], true, Some(&["2016-12-03", "2016-04-15"]));
        check(&["12. mars 2016", "3 des. 2016"], true, Some(&["2016-03-12", "2016-12-03"]));
        check(&["01.02.16", "28.11.99"], true, Some(&["2016-02-01", "1999-11-28"]));
        check(&["20160312"], true, Some(&["2016-03-12"]));
    }

    #[test]
    fn what_is_no_date_in_every_cell_stays_as_it_is() {
        check(&["12.03.2016", "våren 2016"], true, None);
        check(&["30.02.2016"], true, None);
        check(&["1.3.1", "3.1.4"], false, None);
        check(&["1.3.16"], false, None);
        check(&["2016-03-12", "", "2016"], true, None);
        check(&["½.¼.2016", "1.1.20æ6"], true, None);
    }

    #[test]
    fn a_column_of_dates_that_people_wrote_by_hand_has_several_forms() {
        #[track_caller]
        fn check(values: &[&str], expected: &[DateForm]) {
            assert_eq!(forms_of_dates(values.iter().copied()), expected, "{values:?}");
        }
        check(&["12.03.2016", "våren 2016", "2016-04-01"], &[Dots]);
        check(&["12.03.2016", "1.4.16", "3. mai 2016", ""], &[Dots, DotsShortYear, Words]);
        check(&["12.03.2016", "1/4/2016", "15/4/2016"], &[Dots, DayFirst]);
        check(&["12.03.2016", "4/15/2016", "15/4/2016"], &[Dots]);
        check(&["ukjent", "våren 2016"], &[]);
    }

    #[test]
    fn a_value_that_stands_alone_is_read_by_its_own_form() {
        assert_eq!(iso_or_same("12. mars 2016"), "2016-03-12");
        assert_eq!(iso_or_same("våren 2016"), "våren 2016");
        assert_eq!(iso_or_same("2016"), "2016");
    }
}
