//! Every coding with the passage around it.

use super::model::Summed;
use crate::coding::Coding;
use crate::language::{Grade, Stance};
use crate::report::{Answered, Quotes, Spot};

/// Characters of the passage on either side of the coded words, about.
const REACH: usize = 220;

/// One coding, with what a reader needs to judge it and to find it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    /// An id that stays the same from run to run as long as document, code and place do.
    pub id: String,
    /// Index into [`super::Report::documents`].
    pub document: usize,
    /// The segment's number in the document, from 1.
    pub segment: u32,
    /// Index of the code that was applied.
    pub code: usize,
    /// The codes in whose rows it is counted: its own, unless a longer mention of a descendant covers it there, and
    /// ancestors. So the quotes of a row and cell are as many as its mentions.
    pub rows: Vec<usize>,
    /// Index of its case, where it is of any.
    pub case: Option<usize>,
    /// Index of its phase.
    pub phase: Option<usize>,
    /// What the speaker is called in output.
    pub speaker: Option<String>,
    /// Who answers what, in a survey's sheet.
    pub answered: Option<Answered>,
    /// First code point in the document's text.
    pub start: u32,
    /// One past the last.
    pub end: u32,
    /// Line in the document's text, from 1.
    pub line: u32,
    /// How it is found, in a document without pages.
    pub spot: Spot,
    /// Page, from 1.
    pub page: Option<u32>,
    /// Time code in milliseconds.
    pub time: Option<u64>,
    /// The text before, from the segment's start or a word about 220 characters away.
    pub left: String,
    /// Whether the segment begins before `left`.
    pub is_cut_left: bool,
    /// The coded words.
    pub words: String,
    /// The text after.
    pub right: String,
    /// Whether the segment goes on after `right`.
    pub is_cut_right: bool,
    /// How the passage puts the theme.
    pub stance: Stance,
    /// The words that decided about it.
    pub cue: Option<String>,
    /// Who made or accepted it, by name; empty for what only a rule found.
    pub people: Vec<String>,
    /// The pattern as written; empty for what no rule found.
    pub pattern: String,
    /// The form that met it.
    pub form: String,
    /// How.
    pub grade: Grade,
}

impl Quote {
    /// A coding as the report shows it; `rows`, `document`, `case`, `phase`, `speaker`, `answered` and `spot` are
    /// for the caller to say.
    /// Without `quotes` it has no words of the material.
    #[must_use]
    pub fn new(coding: &Coding<'_>, pattern: &str, quotes: Quotes) -> Self {
        let text = coding.segment_text.text.as_str();
        let to = coding.at + coding.quote.len();
        let (left, is_cut_left) = reach_of(text.get(..coding.at).unwrap_or_default(), true);
        let (right, is_cut_right) = reach_of(text.get(to..).unwrap_or_default(), false);
        let shown = |text: &str| if quotes.are_shown() { text.to_owned() } else { String::new() };
        Self {
            id: coding.id.clone(),
            document: coding.document,
            segment: coding.segment,
            code: coding.code,
            rows: Vec::new(),
            case: None,
            phase: None,
            speaker: None,
            answered: None,
            start: coding.start,
            end: coding.end,
            line: coding.line,
            spot: Spot::Line(coding.line),
            page: coding.segment_text.page,
            time: coding.segment_text.time,
            left: shown(left),
            is_cut_left,
            words: shown(coding.quote),
            right: shown(right),
            is_cut_right,
            stance: coding.stance,
            cue: coding.cue.clone().filter(|_| quotes.are_shown()),
            people: coding.people.iter().map(|name| (*name).to_owned()).collect(),
            pattern: pattern.to_owned(),
            form: shown(&coding.form),
            grade: coding.mention.grade,
        }
    }

    /// Whether the coding lies in a place of the tables.
    #[must_use]
    pub fn is_in(&self, at: Summed) -> bool {
        match at {
            Summed::Cell(case, phase) => self.case == Some(case) && self.phase == Some(phase),
            Summed::Case(case) => self.case == Some(case) && self.phase.is_some(),
            Summed::Phase(phase) => self.phase == Some(phase) && self.case.is_some(),
            Summed::All => self.case.is_some() && self.phase.is_some(),
        }
    }
}

/// What is within reach of the end (`before`) or the start of a text, cut between words; and whether it was cut.
fn reach_of(text: &str, before: bool) -> (&str, bool) {
    if before {
        let Some((at, _)) = text.char_indices().rev().nth(REACH) else { return (text, false) };
        // A word that is longer than the reach is cut through.
        let at = text[at..].find(char::is_whitespace).map_or(at, |blank| at + blank);
        (text[at..].trim_start(), true)
    } else {
        let Some((at, _)) = text.char_indices().nth(REACH) else { return (text, false) };
        let at = text[..at].rfind(char::is_whitespace).unwrap_or(at);
        (&text[..at], true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passage_is_cut_between_words() {
        let words = "ord ".repeat(100);
        let (left, is_cut) = reach_of(&words, true);
        assert!(is_cut && left.starts_with("ord") && left.len() <= REACH && left.ends_with("ord "));
        let (right, is_cut) = reach_of(&words, false);
        assert!(is_cut && right.ends_with("ord"));
        assert_eq!(reach_of("et kort utdrag ", true), ("et kort utdrag ", false));
    }

    #[test]
    fn a_word_without_end_is_cut_through() {
        let word = "å".repeat(1_000);
        assert_eq!(reach_of(&word, true).0.chars().count(), REACH + 1);
        assert_eq!(reach_of(&word, false).0.chars().count(), REACH);
    }
}
