//! What the columns of a survey sheet are: answers in words, the respondent's id, attributes, anything else.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::column_words::{ASKING, BACKGROUND, DEGREES, GRADING, IDS, LIVING, QUESTION_WORDS, SECOND_PERSON, STEPS};
use crate::sheet::letters;
use crate::text::tidy;

/// What the project file says about a survey sheet's columns, by their headings; empty where it says nothing.
///
/// Headings are compared without case and surrounding white space.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct SurveyColumns {
    /// Columns of answers in words; when empty, those that look like it.
    pub text: Vec<String>,
    /// The column that tells respondents apart; when absent, one that is called `id` or the like.
    pub informant: Option<String>,
    /// Columns of attributes of the respondent.
    pub attributes: Vec<String>,
    /// Headings of columns that are attributes unless the project says otherwise, each with its attribute: `Delpilot`,
    /// `case`. They are compared by letters and digits alone.
    pub known: Vec<(String, String)>,
}

impl SurveyColumns {
    /// Whether the cells of `row` name columns: one is a name that is known, or they ask and none is a number.
    pub(super) fn are_named_in(&self, row: &[String]) -> bool {
        row.iter().any(|cell| self.is_name(cell))
            || row.iter().any(|cell| is_phrased(cell)) && !row.iter().any(|cell| is_numeric(cell))
    }

    /// Whether any cell of `row` names a column or asks.
    pub(super) fn is_any_named_in(&self, row: &[String]) -> bool {
        row.iter().any(|cell| self.is_name(cell) || is_phrased(cell))
    }

    /// The column that tells respondents apart.
    pub(super) fn id_in(&self, headings: &[String]) -> Option<usize> {
        match &self.informant {
            Some(wanted) => headings.iter().position(|heading| is_same(heading, wanted)),
            None => headings.iter().position(|heading| is_id(heading)),
        }
    }

    fn is_name(&self, cell: &str) -> bool {
        let mut listed = self.text.iter().chain(&self.informant).chain(&self.attributes);
        !cell.trim().is_empty()
            && (is_id(cell) || self.attribute_of(cell).is_some() || listed.any(|wanted| is_same(cell, wanted)))
    }

    /// The attribute of a column with this heading, where it is one of the known.
    fn attribute_of(&self, heading: &str) -> Option<&str> {
        let heading = plain(heading);
        self.known.iter().find(|(known, _)| plain(known) == heading).map(|(_, attribute)| attribute.as_str())
    }
}

/// The columns of one sheet by index, each list ascending.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Roles {
    /// Answers in words.
    pub(super) questions: Vec<usize>,
    /// The respondent's id.
    pub(super) informant: Option<usize>,
    /// Attributes of the respondent.
    pub(super) attributes: Vec<usize>,
    /// The rest.
    pub(super) left_out: Vec<usize>,
    /// Headings that the project names and the sheet lacks.
    pub(super) unknown: Vec<String>,
}

impl Roles {
    /// What each column below `headings` is, by what the project says and else by the `rows`.
    pub(super) fn of(headings: &[String], rows: &[Vec<String>], columns: &SurveyColumns) -> Self {
        let mut roles = Self::default();
        let find = |wanted: &str, unknown: &mut Vec<String>| {
            let mut found: Vec<usize> = (0..headings.len()).filter(|at| is_same(&headings[*at], wanted)).collect();
            if found.is_empty() {
                let attribute = columns.attribute_of(wanted);
                let goes_by = |at: &usize| attribute.is_some() && columns.attribute_of(&headings[*at]) == attribute;
                found.extend((0..headings.len()).find(goes_by));
            }
            if found.is_empty() {
                let is_above =
                    |at: &usize| headings[*at].split_once(ABOVE).is_some_and(|(own, _)| is_same(own, wanted));
                found.extend((0..headings.len()).filter(is_above));
            }
            if found.is_empty() {
                unknown.push(wanted.to_owned());
            }
            found
        };
        let mut unknown = Vec::new();
        roles.informant = match &columns.informant {
            Some(wanted) => find(wanted, &mut unknown).first().copied(),
            None => headings.iter().position(|heading| is_id(heading)),
        };
        roles.attributes = columns.attributes.iter().flat_map(|wanted| find(wanted, &mut unknown)).collect();
        roles.questions = columns.text.iter().flat_map(|wanted| find(wanted, &mut unknown)).collect();
        let mut has: BTreeSet<&str> =
            roles.attributes.iter().filter_map(|at| columns.attribute_of(&headings[*at])).collect();
        for (at, heading) in headings.iter().enumerate() {
            let is_taken = Some(at) == roles.informant || roles.questions.contains(&at);
            if let Some(attribute) = columns.attribute_of(heading).filter(|_| !is_taken)
                && has.insert(attribute)
            {
                roles.attributes.push(at);
            }
        }
        roles.attributes.sort_unstable();
        roles.attributes.dedup();
        if columns.text.is_empty() {
            let taken = |at: &usize| Some(*at) == roles.informant || roles.attributes.contains(at);
            let values = by_column(rows, headings.len());
            let columns = headings.iter().zip(values).enumerate();
            roles.questions = columns
                .filter(|(at, _)| !taken(at))
                .filter_map(|(at, (heading, values))| {
                    let column = Column::new(heading, values);
                    let is_unnamed = *heading == name_of_unnamed(at);
                    (column.holds_answers() || is_unnamed && column.is_mostly_phrases()).then_some(at)
                })
                .collect();
        }
        roles.questions.sort_unstable();
        roles.unknown = unknown;
        roles.left_out = (0..headings.len())
            .filter(|at| {
                !headings[*at].is_empty()
                    && Some(*at) != roles.informant
                    && !roles.attributes.contains(at)
                    && !roles.questions.contains(at)
            })
            .collect();
        roles
    }

    /// Whether the column `at` counts for anything.
    pub(super) fn uses(&self, at: usize) -> bool {
        Some(at) == self.informant || self.attributes.contains(&at) || self.questions.contains(&at)
    }
}

/// What stands between a heading over several columns and the one below it.
pub(super) const ABOVE: &str = " – ";

/// What a column without a heading is called.
pub(super) fn name_of_unnamed(at: usize) -> String {
    format!("column {}", letters(at))
}

/// The values of so many columns that are not empty.
fn by_column(rows: &[Vec<String>], n: usize) -> Vec<Vec<&str>> {
    let mut columns = vec![Vec::new(); n];
    for row in rows {
        for (column, value) in columns.iter_mut().zip(row) {
            if !value.trim().is_empty() {
                column.push(value.trim());
            }
        }
    }
    columns
}

fn is_same(heading: &str, wanted: &str) -> bool {
    tidy(heading).to_lowercase() == tidy(wanted).to_lowercase()
}

/// A heading in lower case, letters and digits only.
fn plain(heading: &str) -> String {
    tidy(heading).chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn is_id(heading: &str) -> bool {
    IDS.contains(&plain(heading).as_str())
}

/// A value of so many words, or characters, is long.
const LONG: (usize, usize) = (5, 35);

/// A column that may hold answers.
struct Column<'sheet> {
    /// The words of its heading in lower case.
    heading: Vec<String>,
    /// Whether its heading ends in a question mark.
    has_question_mark: bool,
    /// Its values that are not empty.
    values: Vec<&'sheet str>,
}

impl<'sheet> Column<'sheet> {
    /// The column of `values`, none of which is empty.
    fn new(heading: &str, values: Vec<&'sheet str>) -> Self {
        let words = tidy(heading).to_lowercase();
        Self {
            heading: words.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned).collect(),
            has_question_mark: words.trim_end().ends_with('?'),
            values,
        }
    }

    /// Whether these are answers in words, and not ids, numbers, dates, fixed answers or what respondents are: long for
    /// the most part or on the whole, or as short as may be where the heading asks or nearly all are words that differ.
    fn holds_answers(&self) -> bool {
        let n = self.values.len();
        let worded = || self.values.iter().copied().filter(|value| is_worded(value));
        if n == 0 || (self.is_fixed() && !self.has_long_tail()) {
            return false;
        }
        let words: usize = worded().map(n_words).sum();
        let long = worded().filter(|value| n_words(value) >= LONG.0 || value.chars().count() >= LONG.1).count();
        if !self.is_fixed() && (long * 2 > n || (long * 5 >= n && words >= 3 * n)) {
            return true;
        }
        let scales = self.values.iter().filter(|value| is_of_a_scale(value)).count();
        if scales * 2 > n || self.is_background() || self.is_multiple_choice() {
            return false;
        }
        if self.asks_for_words() {
            return worded().count() * 2 > n;
        }
        self.asks_for_degree() && !self.is_fixed() && words >= 2 * n || self.is_mostly_different_words()
    }

    /// Whether most values are several words in no fixed form: enough where no heading says that they are anything else.
    fn is_mostly_phrases(&self) -> bool {
        let is_phrase = |value: &&&str| is_worded(value) && n_words(value) > 1 && !is_of_a_scale(value);
        !self.is_fixed() && self.values.iter().filter(is_phrase).count() * 2 > self.values.len()
    }

    /// Whether values come back as the labels of fixed answers do.
    fn is_fixed(&self) -> bool {
        let distinct: BTreeSet<&str> = self.values.iter().copied().collect();
        self.values.len() >= 4 && distinct.len() * 2 <= self.values.len()
    }

    /// Whether the heading asks, and many a value was given once only: people in their own words do say the same.
    fn has_long_tail(&self) -> bool {
        let mut times: BTreeMap<&str, usize> = BTreeMap::new();
        for value in &self.values {
            *times.entry(value).or_default() += 1;
        }
        let once = times.values().filter(|times| **times == 1).count();
        self.asks_for_words() && times.len() > 4 && once * 5 >= self.values.len()
    }

    /// Whether the values are made of a few that are ticked off, as forms join them.
    fn is_multiple_choice(&self) -> bool {
        let parts = || self.values.iter().flat_map(|value| value.split(';')).map(str::trim).filter(|p| !p.is_empty());
        let (n, distinct) = (parts().count(), parts().collect::<BTreeSet<_>>().len());
        n > self.values.len() && n >= 4 && distinct * 2 <= n
    }

    fn starts_with_any(&self, words: &[&str]) -> bool {
        self.heading.first().is_some_and(|first| words.contains(&first.as_str()))
    }

    /// Whether the heading asks how much, how often or when, so that a short answer is none in one's own words.
    fn asks_for_degree(&self) -> bool {
        let word = |at: usize| self.heading.get(at).map_or("", String::as_str);
        let of_two = matches!(word(0), "hvor" | "kor" | "how") && DEGREES.contains(&word(1));
        of_two
            || matches!(word(0), "når" | "when")
            || self.heading.iter().any(|word| word == "grad" || word == "extent")
    }

    /// Whether the heading asks for an answer in one's own words.
    fn asks_for_words(&self) -> bool {
        let asks = self.has_question_mark || self.starts_with_any(&QUESTION_WORDS);
        (asks || self.heading.iter().any(|word| ASKING.contains(&word.as_str()))) && !self.asks_for_degree()
    }

    /// Whether the heading tells of the respondents: `Kommune`, `Hvilken rolle har du?`.
    fn is_background(&self) -> bool {
        let has = |words: &[&str]| self.heading.iter().any(|word| words.contains(&word.as_str()));
        let asks = self.asks_for_words();
        has(&BACKGROUND) && (!asks || self.heading.len() <= 2 || has(&SECOND_PERSON))
            || has(&LIVING) && has(&SECOND_PERSON)
    }

    /// Whether nearly all values are words, hardly any of which comes back, and that are no names in several words.
    fn is_mostly_different_words(&self) -> bool {
        let n = self.values.len();
        let is_lower =
            |value: &str| value.chars().any(char::is_lowercase) && !value.contains(|c: char| c.is_ascii_digit());
        let words = self.values.iter().filter(|value| is_worded(value) && is_lower(value)).count();
        let distinct: BTreeSet<String> = self.values.iter().map(|value| value.to_lowercase()).collect();
        let is_name = |value: &str| value.split_whitespace().all(|word| word.starts_with(char::is_uppercase));
        let several = || self.values.iter().filter(|value| n_words(value) > 1);
        let are_names = several().count() > 0 && several().all(|value| is_name(value));
        n >= 4 && words * 10 >= n * 9 && distinct.len() * 10 >= n * 8 && !are_names
    }
}

pub(super) fn n_words(value: &str) -> usize {
    value.split_whitespace().count()
}

/// A heading of so many words, or fewer, may name a column by the background that it tells of.
const NAME: usize = 3;

/// A heading of so many words, or fewer, may ask; longer ones are answers.
const ASK: usize = 40;

/// Whether a cell reads as a heading: it asks for something in words or for a degree, or tells of respondents.
fn is_phrased(cell: &str) -> bool {
    let column = Column::new(cell, Vec::new());
    let n = column.heading.len();
    n <= NAME && column.is_background() || n <= ASK && (column.asks_for_words() || column.asks_for_degree())
}

/// Whether a cell has digits and no letters, as numbers and dates do.
pub(super) fn is_numeric(cell: &str) -> bool {
    cell.chars().any(|c| c.is_ascii_digit()) && !cell.chars().any(char::is_alphabetic)
}

/// Times, numbers and addresses are no words, however many there are.
pub(super) fn is_worded(value: &str) -> bool {
    let digits = value.chars().filter(char::is_ascii_digit).count();
    let is_address = value.starts_with("http") || (value.contains('@') && !value.contains(' '));
    !is_address && value.chars().filter(|c| c.is_alphabetic()).count() > digits
}

/// Whether a value is a step of a scale, or a yes or no.
fn is_of_a_scale(value: &str) -> bool {
    let value = value.to_lowercase();
    let value = value.trim_end_matches('.');
    let first = value.split_whitespace().next().unwrap_or_default();
    STEPS.contains(&value)
        || n_words(value) > 1 && n_words(value) <= 4 && (GRADING.contains(&first) || value.ends_with(" grad"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> Vec<Vec<String>> {
        text.lines().map(|line| line.split('|').map(str::to_owned).collect()).collect()
    }

    const ROWS: &str = "7|svært godt fornøyd med det|Vi fikk til et godt samarbeid|3\n\
                        8|svært godt fornøyd med det|Det var ingen som visste noe|4\n\
                        9|svært godt fornøyd med det|nei|4\n\
                        10|svært godt fornøyd med det|Ledelsen var ikke med på dette|4";

    #[test]
    fn columns_are_told_by_their_values() {
        let headings = ["Respondent-ID", "Hvor fornøyd?", "Hva skjedde?", "Alder"].map(str::to_owned);
        let roles = Roles::of(&headings, &table(ROWS), &SurveyColumns::default());
        let expected = Roles { questions: vec![2], informant: Some(0), left_out: vec![1, 3], ..Roles::default() };
        assert_eq!(roles, expected);
    }

    #[test]
    fn short_answers_count_where_they_are_asked_for() {
        let headings = ["Sendt", "Hvilken rolle har du?", "Hva bør endres?", "Kommune", "Kommentar"].map(str::to_owned);
        let rows = table(
            "2016/03/10 9:00:11 AM CET x|Leder|Mer tid til forankring|Nordre Land|Takk for meg\n\
             2016/03/11 9:00:11 AM CET x|Ansatt|Vet ikke|Søndre Land|\n\
             2016/03/12 9:00:11 AM CET x|Politiker|Flere møter, helst fysisk|Østre Toten|Bra tiltak\n\
             2016/03/13 9:00:11 AM CET x|Eier||Vestre Toten|",
        );
        assert_eq!(Roles::of(&headings, &rows, &SurveyColumns::default()).questions, [2, 4]);
    }

    #[test]
    fn the_project_has_the_last_word() {
        let headings = ["Nr", "Hvor fornøyd?", "Hva skjedde?", "Alder"].map(str::to_owned);
        let columns = SurveyColumns {
            text: vec!["hvor fornøyd? ".to_owned()],
            informant: Some("nr".to_owned()),
            attributes: vec!["Alder".to_owned(), "Kjønn".to_owned()],
            known: Vec::new(),
        };
        let expected = Roles {
            questions: vec![1],
            informant: Some(0),
            attributes: vec![3],
            left_out: vec![2],
            unknown: vec!["Kjønn".to_owned()],
        };
        assert_eq!(Roles::of(&headings, &table(ROWS), &columns), expected);
    }

    /// Whether a column of these values, separated by `|`, holds answers.
    #[track_caller]
    fn check(heading: &str, values: &str, expected: bool) {
        let rows: Vec<Vec<String>> = values.split('|').map(|value| vec![value.to_owned()]).collect();
        assert_eq!(
            Column::new(heading, by_column(&rows, 1).remove(0)).holds_answers(),
            expected,
            "{heading}: {values}"
        );
    }

    #[test]
    fn short_answers_to_a_question_are_answers() {
        check("Hva savnet du?", "Tid|Penger|Folk|Tid|Ro", true);
        check("Hvem bør eie prosjektet?", "Ledelsen|Rådmannen|Vi", true);
        check("Kven burde vore med", "Leiinga|Alle|Ingen", true);
        check("Nevn tre ting som hjalp", "Tid|Penger|Folk", true);
        check("What was missing?", "time|money", true);
        check("Savn", "tid|Penger|ro|Folk|ledelse", true);
        check("Hva hindret dere?", "Tid|Tid|Tid|Tid|Tid|Penger|Penger|Folk|Ledelse|Ro|Makt|Møter|Tid|Tid|Penger", true);
        check("Hvilken rolle bør kommunen ha?", "Eier|Ingen|Pådriver", true);
    }

    #[test]
    fn fixed_answers_background_ids_numbers_and_dates_are_none() {
        check("Hvor fornøyd er du?", "Godt|Middels|Lite", false);
        check("I hvilken grad ble du hørt?", "Noe|Mye|Lite", false);
        check("Er du med?", "Ja|Nei|Ja", false);
        check("Ble dere hørt?", "Helt enig|Delvis enig|Verken eller|Delvis uenig", false);
        check("Hva fikk dere?", "I stor grad|I noen grad|I liten grad", false);
        check("Hva passer?", "Kurs;Mat|Mat|Kurs;Mat;Reise|Kurs|Reise;Mat", false);
        check("Hva valgte du?", "Kurs|Mat|Kurs|Mat|Kurs|Mat|Kurs|Mat", false);
        check("Hvilket kjønn?", "Mann|Kvinne|Annet", false);
        check("Hvilken kommune bor du i?", "Gran|Lunner|Lom|Vang", false);
        check("Hvor jobber du?", "Sykehjemmet|Skolen|NAV", false);
        check("Navn", "Kari|Ola|Per|Pål", false);
        check("Deltok", "Kari Moen|Ola Lie|Per Dal|Pål Li", false);
        check("Kode", "AB|AC|AD|AE", false);
        check("Svarnummer", "R1x|R2x|R3x|R4x", false);
        check("Hva er klokka?", "12.00|13.00", false);
        check("Når begynte du?", "Mars|April|Mai", false);
        check("Hvor mange?", "", false);
    }

    fn known() -> SurveyColumns {
        let known = [("delpilot", "case"), ("case", "case"), ("fase", "phase"), ("phase", "phase"), ("dato", "date")];
        SurveyColumns {
            known: known.map(|(heading, attribute)| (heading.to_owned(), attribute.to_owned())).to_vec(),
            ..SurveyColumns::default()
        }
    }

    #[test]
    fn columns_of_known_attributes_are_taken_as_such() {
        let headings = ["id", "Delpilot ", "FASE", "phase", "Hva skjedde?", "Dato"].map(str::to_owned);
        let rows = table("7|a|start|x|Vi fikk til et godt samarbeid|12.03.2016");
        let roles = Roles::of(&headings, &rows, &known());
        assert_eq!((roles.attributes, roles.questions, roles.left_out), (vec![1, 2, 5], vec![4], vec![3]));
        let listed = SurveyColumns { attributes: vec!["case".to_owned(), "phase".to_owned()], ..known() };
        let roles = Roles::of(&headings, &rows, &listed);
        assert_eq!((roles.attributes, roles.unknown), (vec![1, 3, 5], vec![]));
        let text = SurveyColumns { text: vec!["fase".to_owned()], ..known() };
        let roles = Roles::of(&headings, &rows, &text);
        assert_eq!((roles.attributes, roles.questions), (vec![1, 3, 5], vec![2]));
    }
}
