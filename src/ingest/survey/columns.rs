//! What the columns of a survey sheet are: answers in words, the respondent's id, attributes, anything else.

use std::collections::BTreeSet;

/// What the project file says about a survey sheet's columns, by their headings; empty where it says nothing.
///
/// Headings are compared without case and surrounding white space.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SurveyColumns {
    /// Columns of answers in words; when empty, those whose values are mostly long and differ.
    pub text: Vec<String>,
    /// The column that tells respondents apart; when absent, one that is called `id` or the like.
    pub informant: Option<String>,
    /// Columns of attributes of the respondent.
    pub attributes: Vec<String>,
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
            let found: Vec<usize> = (0..headings.len()).filter(|at| is_same(&headings[*at], wanted)).collect();
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
        roles.questions = if columns.text.is_empty() {
            let taken = |at: &usize| Some(*at) == roles.informant || roles.attributes.contains(at);
            (0..headings.len()).filter(|at| !taken(at) && holds_words(&headings[*at], rows, *at)).collect()
        } else {
            columns.text.iter().flat_map(|wanted| find(wanted, &mut unknown)).collect()
        };
        roles.questions.sort_unstable();
        roles.attributes.sort_unstable();
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
}

fn is_same(heading: &str, wanted: &str) -> bool {
    heading.trim().to_lowercase() == wanted.trim().to_lowercase()
}

/// Headings of the column that tells respondents apart, in lower case, letters and digits only.
const IDS: [&str; 16] = [
    "id",
    "respondent",
    "respondentid",
    "respondentnr",
    "respondentnummer",
    "informant",
    "informantid",
    "informantnr",
    "deltaker",
    "deltakerid",
    "deltakarid",
    "svarid",
    "submissionid",
    "responseid",
    "participant",
    "participantid",
];

fn is_id(heading: &str) -> bool {
    let plain: String = heading.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    IDS.contains(&plain.as_str())
}

/// A value of so many words, or characters, is long.
const LONG: (usize, usize) = (5, 35);

/// Words of headings that ask for an answer in words.
const ASKING: [&str; 12] = [
    "kommentar",
    "kommentarer",
    "beskriv",
    "utdyp",
    "forklar",
    "fritekst",
    "merknad",
    "merknader",
    "comment",
    "comments",
    "describe",
    "explain",
];

fn asks(heading: &str) -> bool {
    let heading = heading.trim().to_lowercase();
    heading.ends_with('?') || heading.split(|c: char| !c.is_alphanumeric()).any(|word| ASKING.contains(&word))
}

/// Whether column `at` holds answers in words: hardly any comes back, as the labels of fixed answers do, and they are
/// long for the most part, or on the whole, or at least more than a word where the heading asks for words.
fn holds_words(heading: &str, rows: &[Vec<String>], at: usize) -> bool {
    let values: Vec<&str> =
        rows.iter().filter_map(|row| row.get(at)).map(|value| value.trim()).filter(|value| !value.is_empty()).collect();
    let distinct: BTreeSet<&str> = values.iter().copied().collect();
    if values.len() >= 4 && distinct.len() * 2 <= values.len() {
        return false;
    }
    let n_words = |value: &str| value.split_whitespace().count();
    // Times, numbers and addresses are no words, however many there are.
    let is_worded = |value: &&str| {
        let digits = value.chars().filter(char::is_ascii_digit).count();
        let is_address = value.starts_with("http") || (value.contains('@') && !value.contains(' '));
        !is_address && value.chars().filter(|c| c.is_alphabetic()).count() > digits
    };
    let worded = || values.iter().filter(|value| is_worded(value));
    let words: usize = worded().map(|value| n_words(value)).sum();
    let is_long = |value: &&&str| n_words(value) >= LONG.0 || value.chars().count() >= LONG.1;
    let long = worded().filter(is_long).count();
    let (n, is_asked) = (values.len(), asks(heading));
    long * 2 > n || (n > 0 && ((long * 5 >= n && words >= 3 * n) || (is_asked && words >= 2 * n)))
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
}
