//! What the numbers of a row are called, in the order in which every table has them.

use super::{Counts, Totals};

/// A number of a row by its name; `None` where it is not known.
#[derive(Debug, Clone, Copy)]
pub struct Column<T> {
    /// Its name in JSON and CSV.
    pub name: &'static str,
    /// The number.
    pub of: fn(&T) -> Option<u64>,
}

/// What is counted.
pub const COUNTS: [Column<Counts>; 16] = [
    Column { name: "mentions", of: |counts| Some(counts.mentions) },
    Column { name: "own_mentions", of: |counts| Some(counts.own_mentions) },
    Column { name: "segments", of: |counts| Some(counts.segments) },
    Column { name: "documents", of: |counts| Some(counts.documents) },
    Column { name: "speakers", of: |counts| counts.speakers },
    Column { name: "missing", of: |counts| Some(counts.missing) },
    Column { name: "mixed", of: |counts| Some(counts.mixed) },
    Column { name: "needed", of: |counts| Some(counts.needed) },
    Column { name: "exact", of: |counts| Some(counts.exact) },
    Column { name: "inflection", of: |counts| Some(counts.inflection) },
    Column { name: "derived", of: |counts| Some(counts.derived) },
    Column { name: "head", of: |counts| Some(counts.head) },
    Column { name: "modifier", of: |counts| Some(counts.modifier) },
    Column { name: "pattern", of: |counts| Some(counts.pattern) },
    Column { name: "phrase", of: |counts| Some(counts.phrase) },
    Column { name: "manual", of: |counts| Some(counts.manual) },
];

/// The denominators.
pub const TOTALS: [Column<Totals>; 4] = [
    Column { name: "words_total", of: |totals| Some(totals.words_total) },
    Column { name: "segments_total", of: |totals| Some(totals.segments_total) },
    Column { name: "documents_total", of: |totals| Some(totals.documents_total) },
    Column { name: "speakers_total", of: |totals| totals.speakers_total },
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::coding::{Counted, Mention};
    use crate::language::{Grade, Stance};
    use crate::project::is_reserved;

    #[test]
    fn no_attribute_may_be_called_as_a_column_is() {
        for name in COUNTS.map(|column| column.name).iter().chain(&TOTALS.map(|column| column.name)) {
            assert!(is_reserved(name), "{name}");
        }
    }

    #[test]
    fn every_number_has_its_column_and_grades_add_up_to_mentions() {
        let grades = [
            Grade::Exact,
            Grade::Inflection,
            Grade::Derived,
            Grade::Head,
            Grade::Modifier,
            Grade::Wildcard,
            Grade::Fuzzy,
            Grade::Regex,
            Grade::Phrase,
            Grade::Near,
            Grade::Manual,
        ];
        let mut counts = Counts::default();
        for grade in grades {
            let mut mention = Mention::manual(0, 0..1, None);
            mention.grade = grade;
            counts.add_mention(Counted { code: 0, mention: &mention, stance: Stance::Present });
        }
        let of_grades = COUNTS.iter().skip_while(|column| column.name != "exact");
        let sum: Option<u64> = of_grades.map(|column| (column.of)(&counts)).sum();
        assert_eq!(sum, Some(grades.len() as u64));
        assert_eq!((COUNTS[0].of)(&counts), sum);
    }
}
