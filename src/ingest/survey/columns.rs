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
            (0..headings.len()).filter(|at| !taken(at) && holds_words(rows, *at)).collect()
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

/// Whether most values of column `at` are long and hardly any comes back, as the labels of fixed answers do.
fn holds_words(rows: &[Vec<String>], at: usize) -> bool {
    let values: Vec<&str> =
        rows.iter().filter_map(|row| row.get(at)).map(|value| value.trim()).filter(|value| !value.is_empty()).collect();
    let (words, characters) = LONG;
    let long =
        values.iter().filter(|value| value.split_whitespace().count() >= words || value.chars().count() >= characters);
    let distinct: BTreeSet<&str> = values.iter().copied().collect();
    let is_address = |value: &&&str| value.starts_with("http") || value.contains('@') && !value.contains(' ');
    long.filter(|value| !is_address(value)).count() * 2 > values.len()
        && (values.len() < 4 || distinct.len() * 2 > values.len())
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
