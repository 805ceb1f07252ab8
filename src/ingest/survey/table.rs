//! A sheet with its questions told from its answers: which row is the header, and what stands outside its columns.

use std::collections::{BTreeMap, BTreeSet};

use super::super::error::IngestError;
use super::super::limits::Budget;
use super::Sheet;
use super::columns::{ABOVE, SurveyColumns, is_numeric, is_worded, n_words, name_of_unnamed};

/// A header, the answers below it, and what was odd about them.
pub(super) struct Table<'sheet> {
    pub(super) sheet: &'sheet Sheet,
    /// A name for each column; empty where a column has neither heading nor words.
    pub(super) headings: Vec<String>,
    /// Index of the header's first row.
    pub(super) header: usize,
    /// Index of the first row of answers.
    pub(super) first: usize,
    /// Rows of separated values that had more cells than the header.
    pub(super) long: LongRows,
    /// Columns without a heading that hold words, each with the indices of the rows that do.
    pub(super) unnamed: BTreeMap<usize, Vec<usize>>,
    /// Whether the header looks like one more row of answers.
    pub(super) is_headless: bool,
}

/// Indices of rows that had more cells than the header.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct LongRows {
    /// Those whose cells were joined again where a separator belonged to an answer.
    pub(super) joined: Vec<usize>,
    /// Those of which nothing says where the surplus belongs.
    pub(super) kept: Vec<usize>,
}

impl<'sheet> Table<'sheet> {
    /// The table that `sheet` holds; `None` when it has no content.
    ///
    /// # Errors
    /// When the time is up.
    pub(super) fn of(
        sheet: &'sheet mut Sheet,
        columns: &SurveyColumns,
        budget: &Budget,
    ) -> Result<Option<Self>, IngestError> {
        let Some(header) = header_row(&sheet.rows, columns) else { return Ok(None) };
        let long = match sheet.marks.delimiter {
            Some(delimiter) => joined(&mut sheet.rows, header, delimiter),
            None => LongRows::default(),
        };
        let sheet: &Sheet = sheet;
        let has_second = has_second_row(&sheet.rows[header..], columns);
        let first = header + 1 + usize::from(has_second);
        let mut headings = if has_second {
            combined(&sheet.rows[header], &sheet.rows[header + 1], columns)
        } else {
            sheet.rows[header].clone()
        };
        let unnamed = unnamed(&headings, &sheet.rows, first, budget)?;
        let width = unnamed.last_key_value().map_or(0, |(last, _)| last + 1);
        headings.resize(headings.len().max(width), String::new());
        for column in unnamed.keys() {
            headings[*column] = name_of_unnamed(*column);
        }
        let is_headless = is_headless(&sheet.rows[header..], columns);
        Ok(Some(Self { sheet, headings, header, first, long, unnamed, is_headless }))
    }

    /// The rows of answers.
    pub(super) fn rows(&self) -> &'sheet [Vec<String>] {
        self.sheet.rows.get(self.first..).unwrap_or_default()
    }
}

fn filled(row: &[String]) -> usize {
    row.iter().filter(|cell| !cell.trim().is_empty()).count()
}

fn cell(row: &[String], at: usize) -> &str {
    row.get(at).map_or("", |cell| cell.trim())
}

/// The header is the first row that is as full as most, since exports put titles and dates above it; or one above that
/// names columns, where that one does not: an answer with separators in it makes a row fuller than its header.
fn header_row(rows: &[Vec<String>], columns: &SurveyColumns) -> Option<usize> {
    let widest = rows.iter().map(|row| filled(row)).max()?;
    let fullest = rows.iter().position(|row| filled(row) * 2 > widest)?;
    if let Some(above) = fullest.checked_sub(1)
        && has_second_row(&rows[above..], columns)
    {
        return Some(above);
    }
    if columns.are_named_in(&rows[fullest]) {
        return Some(fullest);
    }
    let above = || (0..fullest).filter(|at| filled(&rows[*at]) > 1);
    let has_number = |at: usize| rows[at].iter().any(|cell| is_numeric(cell));
    let worded = || if has_number(fullest) { above().find(|at| !has_number(*at)) } else { None };
    Some(above().find(|at| columns.are_named_in(&rows[*at])).or_else(worded).unwrap_or(fullest))
}

/// Puts the cells of too long rows together again where just as many as are too many begin with a space, as what
/// follows a separator within a sentence does.
fn joined(rows: &mut [Vec<String>], header: usize, delimiter: char) -> LongRows {
    let width = rows[header].len();
    let goes_on = |cell: &str| cell.starts_with([' ', '\u{a0}']) && !cell.trim().is_empty();
    let mut long = LongRows::default();
    for (index, row) in rows.iter_mut().enumerate().skip(header + 1) {
        let n = row.iter().rposition(|cell| !cell.trim().is_empty()).map_or(0, |last| last + 1);
        if n <= width {
            continue;
        }
        if row[1..n].iter().filter(|cell| goes_on(cell)).count() != n - width {
            long.kept.push(index);
            continue;
        }
        let mut whole: Vec<String> = Vec::with_capacity(width);
        for cell in row.drain(..n) {
            match whole.last_mut() {
                Some(last) if goes_on(&cell) => {
                    last.push(delimiter);
                    last.push_str(&cell);
                }
                _ => whole.push(cell),
            }
        }
        *row = whole;
        long.joined.push(index);
    }
    long
}

/// A label below a heading has so many words at most.
const LABEL: usize = 4;

/// Rows that are looked at to tell labels from fixed answers.
const SAMPLE: usize = 50;

/// Whether the second of `rows` parts the headings of the first: short labels, some of them under no heading of their
/// own, that do not come back below, in a row that has no id where others have one, or with each label several times.
fn has_second_row(rows: &[Vec<String>], columns: &SurveyColumns) -> bool {
    let [header, labels, answers @ ..] = rows else { return false };
    let first = header.iter().position(|cell| !cell.trim().is_empty()).unwrap_or(0);
    let places: Vec<usize> = (0..labels.len()).filter(|at| !cell(labels, *at).is_empty()).collect();
    let fills_gap = places.iter().any(|at| *at > first && cell(header, *at).is_empty());
    let answers: Vec<&Vec<String>> = answers.iter().filter(|row| filled(row) > 0).take(SAMPLE).collect();
    let is_label = |at: &usize| {
        let label = cell(labels, *at);
        is_worded(label) && n_words(label) <= LABEL && answers.iter().all(|row| cell(row, *at) != label)
    };
    if !fills_gap || answers.is_empty() || !places.iter().all(is_label) {
        return false;
    }
    if let Some(id) = columns.id_in(header) {
        let identified = answers.iter().filter(|row| !cell(row, id).is_empty()).count();
        return cell(labels, id).is_empty() && identified * 2 > answers.len();
    }
    let distinct: BTreeSet<&str> = places.iter().map(|at| cell(labels, *at)).collect();
    distinct.len() * 2 <= places.len()
}

/// Headings with what stands below them; one that has no heading of its own has the next to the left.
fn combined(header: &[String], labels: &[String], columns: &SurveyColumns) -> Vec<String> {
    let id = columns.id_in(header);
    let mut above = "";
    (0..header.len().max(labels.len()))
        .map(|at| {
            let (own, label) = (cell(header, at), cell(labels, at));
            if !own.is_empty() {
                above = if Some(at) == id { "" } else { own };
            }
            match (own, label) {
                (_, "") => own.to_owned(),
                _ if above.is_empty() => label.to_owned(),
                _ => format!("{above}{ABOVE}{label}"),
            }
        })
        .collect()
}

/// Columns without a heading that hold words at or below the row `first`, with the indices of the rows that do.
fn unnamed(
    headings: &[String],
    rows: &[Vec<String>],
    first: usize,
    budget: &Budget,
) -> Result<BTreeMap<usize, Vec<usize>>, IngestError> {
    let mut unnamed: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (index, row) in rows.iter().enumerate().skip(first) {
        budget.tick()?;
        for (at, value) in row.iter().enumerate() {
            if cell(headings, at).is_empty() && is_worded(value.trim()) {
                unnamed.entry(at).or_default().push(index);
            }
        }
    }
    Ok(unnamed)
}

/// Whether the first of `rows` names no column and has a number where the rows below have numbers too.
fn is_headless(rows: &[Vec<String>], columns: &SurveyColumns) -> bool {
    let [header, answers @ ..] = rows else { return false };
    let is_numbered = |at: usize| {
        let mut below =
            answers.iter().map(|row| cell(row, at)).filter(|value| !value.is_empty()).take(SAMPLE).peekable();
        is_numeric(&header[at]) && below.peek().is_some() && below.all(is_numeric)
    };
    !columns.is_any_named_in(header) && (0..header.len()).any(is_numbered)
}

#[cfg(test)]
mod tests {
    use super::super::super::limits::Limits;
    use super::super::Marks;
    use super::*;
    use crate::ingest::Format;

    fn rows(text: &str) -> Vec<Vec<String>> {
        text.lines().map(|line| line.split('|').map(str::to_owned).collect()).collect()
    }

    #[track_caller]
    fn check_header(text: &str, expected: usize) {
        assert_eq!(header_row(&rows(text), &SurveyColumns::default()), Some(expected), "{text}");
    }

    #[test]
    fn the_header_is_found_below_titles_and_above_fuller_rows() {
        check_header("id|Hva var bra?\n1|Vi har tid\n", 0);
        check_header("Undersøkelse|\nid|Hva var bra?|Alder\n1|Vi har tid|30", 1);
        check_header("Bakgrunn||Svar||Skala|\nid|Alder|Hva?|Hvorfor?|Grad|By\n1|3|a|b|c|d", 1);
        check_header("id|Hva var bra?\n1|Tid| men ikke ro\n2|God| og| mer", 0);
        check_header("Nr|Svar\n1|Tid| men ikke ro\n2|God| og| mer", 0);
        check_header("Uttrekk|2016\nNr|Svar|Alder|Sted|Dag\n1|a|b|c|d", 1);
        check_header("Hva var bra?\nTid\nRo", 0);
    }

    /// Cells of the rows below a header of so many, and which rows were joined and kept.
    #[track_caller]
    fn check_joined(text: &str, expected: &str, joined_rows: &[usize], kept: &[usize]) {
        let mut read = rows(text);
        let long = joined(&mut read, 0, ';');
        let shown: Vec<String> = read[1..].iter().map(|row| row.join("|")).collect();
        assert_eq!(shown.join("\n"), expected, "{text}");
        assert_eq!((long.joined.as_slice(), long.kept.as_slice()), (joined_rows, kept), "{text}");
    }

    #[test]
    fn cells_that_go_on_are_joined_where_that_gives_the_width_of_the_header() {
        check_joined("a|b|c\n2|God| og mer|Tid", "2|God; og mer|Tid", &[1], &[]);
        check_joined("a|b\n2|God| og| mer\n3|Tid", "2|God; og; mer\n3|Tid", &[1], &[]);
        check_joined("a|b|c\n2|God|Tid|mer", "2|God|Tid|mer", &[], &[1]);
        check_joined("a|b|c\n2| God| og| mer", "2| God| og| mer", &[], &[1]);
        check_joined("a|b\n2|God|| \n3|God", "2|God|| \n3|God", &[], &[]);
    }

    #[track_caller]
    fn check_headings(text: &str, expected: &str, n_answers: usize) {
        let mut sheet = Sheet { rows: rows(text), marks: Marks::default(), ..Sheet::default() };
        let budget = Budget::new(Limits::DEFAULT, Format::Csv, 0, None);
        let table = Table::of(&mut sheet, &SurveyColumns::default(), &budget).expect("in time").expect("content");
        assert_eq!(table.headings.join("|"), expected, "{text}");
        assert_eq!(table.rows().len(), n_answers, "{text}");
    }

    #[test]
    fn headings_over_several_columns_are_parted_by_the_row_below() {
        let answers = "1|Bra|God|Ny|Mer\n2|Fin|Ja|Alt|Noe";
        let parted = "Hva? – Leder|Hva? – Ansatt|Hvorfor? – Leder|Hvorfor? – Ansatt";
        check_headings(
            &format!("id|Hva?||Hvorfor?|\n|Leder|Ansatt|Leder|Ansatt\n{answers}"),
            &format!("id|{parted}"),
            2,
        );
        let without_id = "Bra|God|Ny|Mer\nFin|Ja|Alt|Noe";
        check_headings(&format!("Hva?||Hvorfor?|\nLeder|Ansatt|Leder|Ansatt\n{without_id}"), parted, 2);
        check_headings(
            &format!("id||Hva?|\n|Kjønn|Leder|Ansatt\n{answers}"),
            "id|Kjønn|Hva? – Leder|Hva? – Ansatt|column E",
            2,
        );
    }

    #[test]
    fn a_row_of_answers_is_no_second_header() {
        check_headings("id|Hva?|\n1|Leder|Ansatt\n2|Bra|God", "id|Hva?|column C", 2);
        check_headings("id|Hva?|\n|Ja|Nei\n2|Ja|Nei", "id|Hva?|column C", 2);
        check_headings("id|Hva?|Alder\n|Leder|\n2|Bra|3", "id|Hva?|Alder", 2);
    }

    #[test]
    fn columns_with_words_but_without_heading_have_a_name() {
        check_headings("id|Hva?||\n1|Bra||fint|\n2|God|7|\n3|Ja||også|8", "id|Hva?||column D", 3);
    }

    #[track_caller]
    fn check_headless(text: &str, expected: bool) {
        assert_eq!(is_headless(&rows(text), &SurveyColumns::default()), expected, "{text}");
    }

    #[test]
    fn a_header_of_numbers_above_numbers_is_none() {
        check_headless("1|Vi har tid\n2|Vi har ro", true);
        check_headless("id|1|2\n1|Vi har tid|3", false);
        check_headless("1|Hva var bra?\n2|Vi har ro", false);
        check_headless("Kode|Svar\n2|Vi har ro", false);
        check_headless("1|Svar\nA|Vi har ro", false);
        check_headless("1|Svar", false);
    }
}
