//! Codings with all that other programs may want of them.

use crate::codebook::{Codebook, STANCES};
use crate::coding::Coding;
use crate::language::{Grade, Stance};
use crate::material::Material;
use crate::report::Quotes;

/// One coding, by a rule or a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodedPlace {
    /// An id that stays the same from run to run.
    pub id: String,
    /// Index of the document.
    pub document: usize,
    /// The segment's row.
    pub row: usize,
    /// The segment's number in the document, from 1.
    pub segment: u32,
    /// Index of the code.
    pub code: usize,
    /// Whether it counts in its own code's row.
    pub counted: bool,
    /// First code point in the document's text.
    pub start: u32,
    /// One past the last.
    pub end: u32,
    /// The exact words; empty where none of the material's may be shown.
    pub quote: String,
    /// The pattern, as written; empty where a person coded.
    pub pattern: String,
    /// The form that met it, folded; empty as the quote is.
    pub form: String,
    /// How the form met the pattern.
    pub grade: Grade,
    /// How the clause puts the theme.
    pub stance: Stance,
    /// The words that show it; `None` where none may be shown.
    pub cue: Option<String>,
    /// The person who coded; `None` for a rule.
    pub coder: Option<String>,
    /// Who else stands behind it.
    pub accepted_by: Vec<String>,
    /// What the speaker is called.
    pub speaker: Option<String>,
    /// Line in the document's text, from 1.
    pub line: u32,
    /// Page, from 1.
    pub page: Option<u32>,
    /// Milliseconds from the start.
    pub time: Option<u64>,
}

/// The word before the stance in the note of a coding.
const STANCE: &str = "stance: ";

impl CodedPlace {
    /// What is said of a coding by a rule in the run `run`, so that it can be traced.
    #[must_use]
    pub fn rule_note(&self, run: &str) -> String {
        let Self { pattern, grade, .. } = self;
        format!("rule: {pattern}; grade: {}; {}; run {run}", grade.name(), self.stance_note())
    }

    /// What is said of its stance alone, by which it is counted when it comes back.
    #[must_use]
    pub fn stance_note(&self) -> String {
        let cue = self.cue.as_ref().map_or(String::new(), |cue| format!(" ({cue})"));
        format!("{STANCE}{}{cue}", self.stance.name())
    }

    /// What is to be known of a coding; with the words of the material if `quotes`.
    #[must_use]
    pub fn of(coding: &Coding<'_>, codebook: &Codebook, material: &Material, quotes: Quotes) -> Self {
        let shown = |words: &str| if quotes.are_shown() { words.to_owned() } else { String::new() };
        let (coder, others) = coding.coder();
        Self {
            id: coding.id.clone(),
            document: coding.document,
            row: coding.row,
            segment: coding.segment,
            code: coding.code,
            counted: coding.counts_for(coding.code),
            start: coding.start,
            end: coding.end,
            quote: shown(coding.quote),
            pattern: codebook.codes[coding.code].source_of(coding.mention.pattern).to_owned(),
            form: shown(&coding.form),
            grade: coding.mention.grade,
            stance: coding.stance,
            cue: coding.cue.clone().filter(|_| quotes.are_shown()),
            coder: coder.map(str::to_owned),
            accepted_by: others.iter().map(|name| (*name).to_owned()).collect(),
            speaker: material.speaker(coding.row).map(str::to_owned),
            line: coding.line,
            page: coding.segment_text.page,
            time: coding.segment_text.time,
        }
    }
}

/// The stance that the note of a coding by a rule says; `None` where somebody has rewritten it.
pub(super) fn stance_in(note: &str) -> Option<Stance> {
    // A pattern, which stands before it, may say anything.
    note.rmatch_indices(STANCE).find_map(|(at, _)| {
        let (before, said) = (&note[..at], &note[at + STANCE.len()..]);
        let is_part = |rest: &str| rest.is_empty() || rest.starts_with("; ") || rest.starts_with(" (");
        let named = STANCES.iter().find(|(name, _)| said.strip_prefix(name).is_some_and(is_part));
        named.filter(|_| before.is_empty() || before.ends_with("; ")).map(|(_, stance)| *stance)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stance_of_a_note_is_read() {
        for (note, expected) in [
            ("rule: forankring; grade: exact; stance: needed (må); run 0123abcd", Some(Stance::Needed)),
            ("rule: (hvem OR ingen) THEN/3 eie; grade: near; stance: missing; run 0123abcd", Some(Stance::Missing)),
            ("rule: x; stance: mixed; y; grade: exact; stance: present; run 0123abcd", Some(Stance::Present)),
            ("stance: mixed (deler av)", Some(Stance::Mixed)),
            ("Kari sier stance: missing", None),
            ("rule: x; grade: exact; stance: missingly; run 0123abcd", None),
            ("rule: x; grade: exact; stance: ", None),
            ("", None),
        ] {
            assert_eq!(stance_in(note), expected, "{note}");
        }
    }
}
