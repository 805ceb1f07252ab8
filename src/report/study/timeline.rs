//! Mentions over time, for documents that have dates.

use std::collections::BTreeMap;

/// How long a period is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grain {
    /// A calendar month.
    Month,
    /// Three months.
    Quarter,
    /// A calendar year.
    Year,
}

/// A month, quarter or year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Period {
    /// The year.
    pub year: i32,
    /// Month from 1 to 12, quarter from 1 to 4, or 1.
    pub part: u32,
    /// Documents of this period.
    pub documents: u64,
    /// Their words.
    pub words: u64,
    /// Mentions by code, as in its row: descendants included.
    pub mentions: Vec<u64>,
}

/// What happened when. Periods follow each other without gaps; one without documents has no words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timeline {
    /// How long each period is.
    pub grain: Grain,
    /// From the first to the last.
    pub periods: Vec<Period>,
    /// Documents without a date that could be placed: in no period.
    pub undated: u64,
}

/// One document: its date, its words, its mentions by code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dated {
    /// ISO date, or the beginning of one.
    pub date: Option<String>,
    /// Words.
    pub words: u64,
    /// By code, as in its row.
    pub mentions: Vec<u64>,
}

/// Up to so many months are shown month by month.
const MAX_MONTHS: i32 = 30;
/// Up to so many months are shown by quarters; more by years.
const MAX_MONTHS_IN_QUARTERS: i32 = 120;
/// Years further apart than this are misread dates rather than a study.
const MAX_YEARS: i32 = 200;

impl Timeline {
    /// `None` where no document has a date, or all dates fall into one period.
    #[must_use]
    pub fn of(documents: &[Dated], n_codes: usize) -> Option<Self> {
        let dates: Vec<Option<Date>> =
            documents.iter().map(|document| document.date.as_deref().and_then(Date::read)).collect();
        let months: Vec<i32> = dates.iter().flatten().map(|date| date.year * 12 + date.month.unwrap_or(6)).collect();
        let span = months.iter().max()? - months.iter().min()?;
        // A date that is a year only cannot be placed in a month.
        let grain = match span {
            _ if dates.iter().flatten().any(|date| date.month.is_none()) => Grain::Year,
            0..=MAX_MONTHS => Grain::Month,
            _ if span <= MAX_MONTHS_IN_QUARTERS => Grain::Quarter,
            _ => Grain::Year,
        };
        let number = |date: &Date| grain.number(date);
        let numbers: Vec<i32> = dates.iter().flatten().map(number).collect();
        let (first, last) = (*numbers.iter().min()?, *numbers.iter().max()?);
        if first == last || last - first > MAX_YEARS {
            return None;
        }
        let empty = |number: i32| {
            let (year, part) = grain.year_and_part(number);
            (number, Period { year, part, documents: 0, words: 0, mentions: vec![0; n_codes] })
        };
        let mut periods: BTreeMap<i32, Period> = (first..=last).map(empty).collect();
        let mut undated = 0;
        for (document, date) in documents.iter().zip(&dates) {
            let Some(period) = date.as_ref().and_then(|date| periods.get_mut(&number(date))) else {
                undated += 1;
                continue;
            };
            period.documents += 1;
            period.words += document.words;
            period.mentions.iter_mut().zip(&document.mentions).for_each(|(sum, own)| *sum += own);
        }
        Some(Self { grain, periods: periods.into_values().collect(), undated })
    }
}

impl Timeline {
    /// The period that a document falls into, by index.
    #[must_use]
    pub fn period_of(&self, document: &super::DocumentFacts) -> Option<usize> {
        let date = Date::read(document.date.as_deref()?)?;
        let wanted = self.grain.year_and_part(self.grain.number(&date));
        self.periods.iter().position(|period| (period.year, period.part) == wanted)
    }
}

struct Date {
    year: i32,
    /// From 0 to 11.
    month: Option<i32>,
}

impl Date {
    /// The beginning of an ISO date.
    fn read(text: &str) -> Option<Self> {
        let mut parts = text.splitn(3, '-');
        let year = parts.next()?;
        let year = (year.len() == 4).then(|| year.parse::<u16>().ok())??;
        let month = match parts.next() {
            None => None,
            Some(month) => Some(month.parse::<u8>().ok().filter(|month| (1..=12).contains(month))?),
        };
        Some(Self { year: i32::from(year), month: month.map(|month| i32::from(month) - 1) })
    }
}

impl Grain {
    fn number(self, date: &Date) -> i32 {
        let month = date.month.unwrap_or(0);
        match self {
            Self::Month => date.year * 12 + month,
            Self::Quarter => date.year * 4 + month / 3,
            Self::Year => date.year,
        }
    }

    fn year_and_part(self, number: i32) -> (i32, u32) {
        let parts = match self {
            Self::Month => 12,
            Self::Quarter => 4,
            Self::Year => 1,
        };
        (number.div_euclid(parts), u32::try_from(number.rem_euclid(parts)).unwrap_or(0) + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dated(dates: &[&str]) -> Vec<Dated> {
        let one = |date: &&str| Dated { date: Some((*date).to_owned()), words: 10, mentions: vec![1] };
        dates.iter().map(one).collect()
    }

    #[track_caller]
    fn check(dates: &[&str], expected: Option<(Grain, usize)>) {
        let found = Timeline::of(&dated(dates), 1).map(|timeline| (timeline.grain, timeline.periods.len()));
        assert_eq!(found, expected, "{dates:?}");
    }

    #[test]
    fn the_grain_follows_from_the_span() {
        check(&["2016-01-12", "2016-12-01"], Some((Grain::Month, 12)));
        check(&["2014-01-12", "2018-12-01"], Some((Grain::Quarter, 20)));
        check(&["1990-01-12", "2018-12-01"], Some((Grain::Year, 29)));
        check(&["2014", "2015-03"], Some((Grain::Year, 2)));
    }

    #[test]
    fn what_cannot_be_placed_is_counted_apart() {
        check(&["2016-05-01", "2016-05-30"], None);
        check(&["i fjor", "2016-13-01"], None);
        let mut documents = dated(&["2016-01", "2016-03", "våren 2016"]);
        documents.push(Dated { date: None, words: 5, mentions: vec![2] });
        let timeline = Timeline::of(&documents, 1).unwrap();
        assert_eq!((timeline.undated, timeline.periods[1].words), (2, 0));
        assert_eq!(timeline.periods.iter().map(|period| period.mentions[0]).sum::<u64>(), 2);
    }
}
