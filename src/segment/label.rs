//! A speaker's label at the start of a line, by its look alone; whether it names a speaker is decided elsewhere.
//!
//! | line | |
//! |---|---|
//! | `Informant 3: Ja` | a colon behind at most three words |
//! | `[00:12:31] Leder: Ja`, `Leder [00:12:31]: Ja`, `Leder: [00:12:31] Ja` | with a time |
//! | `**Intervjuer:** Ja`, `**Intervjuer**: Ja` | emphasised, as in Markdown |
//! | `Informant 3 00:12:31`, `00:12:31 Informant 3` | alone on its line, no colon, but a time |
//! | `[SPEAKER_00]: Ja` | in brackets, as speech recognisers write it |
//! | `Informant 3⇥Ja` | a tab, where those who ask are told by one: see [`Label::before_tab`] |
//! | `Kari Moe` | alone on its line, next to a line that is a time: see [`timed`](super::timed) |

use super::speakers::names_only_speakers;
use super::time::{self, TimeMark};

/// A label and where its line goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Label<'line> {
    /// The label as written, without marks around it.
    pub(super) name: &'line str,
    /// Its time in milliseconds.
    pub(super) time: Option<u64>,
    /// Bytes from the start of the line to what is said; the line's length when nothing is.
    pub(super) length: usize,
}

/// A label has at most so many words.
const MAX_WORDS: usize = 3;
/// And is at most so long, in bytes.
const MAX_LENGTH: usize = 80;
/// A word with a full stop is an abbreviation when it is at most so long, in bytes: before another word, and at the end.
const MAX_LENGTH_WITHIN: usize = 5;
const MAX_ABBREVIATION_LENGTH: usize = 8;

impl<'line> Label<'line> {
    /// The label that `line` begins with.
    pub(super) fn at_start(line: &'line str) -> Option<Self> {
        Self::read(Scan { line, at: 0, time: None, tab_ends: false })
    }

    /// The same, with a tab in place of the colon.
    pub(super) fn before_tab(line: &'line str) -> Option<Self> {
        Self::read(Scan { line, at: 0, time: None, tab_ends: true }).filter(|label| label.length < line.len())
    }

    fn read(mut scan: Scan<'line>) -> Option<Self> {
        let emphasis = scan.before_name()?;
        let has_time_before = scan.time.is_some();
        let name = scan.name(emphasis)?;
        if scan.is_at_tab() {
            scan.skip_space();
            return Some(Label { name, time: scan.time, length: scan.at });
        }
        let has_time_behind = scan.time_behind_name();
        if emphasis == Some(']') && !scan.rest().starts_with(']') {
            return None;
        }
        scan.skip_emphasis(emphasis);
        scan.skip_space();
        if scan.rest().starts_with(':') {
            scan.at += 1;
            scan.skip_emphasis(emphasis);
            let next = scan.rest().chars().next();
            // `kl. 12:30`, `http://`, `a::b`
            if next.is_some_and(|c| c.is_numeric() || matches!(c, '/' | '\\' | ':' | '=')) {
                return None;
            }
        } else if !(scan.rest().is_empty() && (has_time_behind || (has_time_before && is_surely_name(name)))) {
            return None;
        }
        scan.skip_space();
        scan.take_time(time::at_start);
        scan.skip_space();
        Some(Label { name, time: scan.time, length: scan.at })
    }
}

/// Whether `name` can hardly be a short answer: `Speaker 1`, `Kari Moe`, not `Ja`.
fn is_surely_name(name: &str) -> bool {
    let words = || name.split_whitespace();
    names_only_speakers(name) || (words().count() > 1 && words().all(|word| word.starts_with(char::is_uppercase)))
}

/// The name that is all of `line`.
pub(super) fn name_alone(line: &str) -> Option<&str> {
    let mut scan = Scan { line: line.trim(), at: 0, time: None, tab_ends: false };
    let starts_like_name = scan.rest().starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || c == '@');
    scan.at += usize::from(scan.rest().starts_with('@'));
    let name = scan.name(None)?;
    scan.skip_space();
    (starts_like_name && scan.rest().is_empty()).then_some(name)
}

/// Characters that are there and not seen: soft hyphens, zero width, direction.
pub(super) fn is_invisible(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

struct Scan<'line> {
    line: &'line str,
    at: usize,
    time: Option<u64>,
    /// Whether a tab ends a name.
    tab_ends: bool,
}

impl<'line> Scan<'line> {
    fn is_at_tab(&self) -> bool {
        self.tab_ends && self.rest().starts_with('\t')
    }

    fn rest(&self) -> &'line str {
        &self.line[self.at..]
    }

    fn skip_space(&mut self) {
        self.at =
            self.line.len() - self.rest().trim_start_matches(|c: char| c.is_whitespace() || is_invisible(c)).len();
    }

    fn take_time(&mut self, parse: impl Fn(&str) -> Option<TimeMark>) -> bool {
        let mark = if self.time.is_none() { parse(self.rest()) } else { None };
        if let Some(mark) = mark {
            self.at += mark.length;
            self.time = Some(mark.milliseconds);
        }
        mark.is_some()
    }

    /// Goes to the name, past a time and emphasis; gives the character of emphasis, or `None` where no name can be.
    fn before_name(&mut self) -> Option<Option<char>> {
        let mut emphasis = None;
        loop {
            self.skip_space();
            let next = self.rest().chars().next()?;
            if self.take_time(time::at_start) || self.take_time(time::bare_at_start) {
                continue;
            }
            if matches!(next, '*' | '_') && emphasis.is_none() {
                self.skip_emphasis(Some(next));
                // `* text` is a list item.
                if self.rest().starts_with(char::is_whitespace) {
                    return None;
                }
                emphasis = Some(next);
                continue;
            }
            if next == '[' && emphasis.is_none() {
                self.at += 1;
                emphasis = Some(']');
                continue;
            }
            return next.is_alphanumeric().then_some(emphasis);
        }
    }

    fn skip_emphasis(&mut self, emphasis: Option<char>) {
        if let Some(emphasis) = emphasis {
            self.at = self.line.len() - self.rest().trim_start_matches(emphasis).len();
        }
    }

    /// One to three words, up to a colon, a time or emphasis.
    fn name(&mut self, emphasis: Option<char>) -> Option<&'line str> {
        let start = self.at;
        let mut end = start;
        for _ in 0..MAX_WORDS {
            let rest = self.rest();
            let length = rest.find(|c: char| !is_name(c)).unwrap_or(rest.len());
            let word = if emphasis == Some('_') { rest[..length].trim_end_matches('_') } else { &rest[..length] };
            // A full stop ends a sentence, unless it abbreviates a name or title: `K. Dahl`, `Dr. Moe`, `nr. 1`.
            let is_last = rest[word.len()..].trim_start_matches(['*', '_', ']']).starts_with(':');
            let longest = if is_last { MAX_ABBREVIATION_LENGTH } else { MAX_LENGTH_WITHIN };
            let is_abbreviation = (word.starts_with(char::is_uppercase) && word.len() <= longest)
                || !is_last && matches!(word, "nr." | "no.");
            if word.is_empty() || (word.ends_with('.') && !is_abbreviation) {
                return None;
            }
            self.at += word.len();
            end = self.at;
            if self.is_at_tab() {
                break;
            }
            self.skip_space();
            if self.ends_name() {
                break;
            }
        }
        let name = &self.line[start..end];
        // `Int.:` abbreviates; `Ja.` beside a time ends a sentence.
        let has_end = name.ends_with('.') && !self.rest().trim_start_matches(['*', '_', ']']).starts_with(':');
        let is_name = self.ends_name()
            && name.len() <= MAX_LENGTH
            && name.contains(char::is_alphabetic)
            && !has_end
            && !name.contains('\t')
            && !name.ends_with([',', '/', '&'])
            && name.matches('(').count() == name.matches(')').count();
        is_name.then_some(name)
    }

    /// Whether the name is over at this place.
    fn ends_name(&self) -> bool {
        let rest = self.rest();
        match rest.chars().next() {
            Some('\t') => self.tab_ends,
            None | Some(':' | '*' | '[' | ']' | '{' | '<') => true,
            Some('(' | '#' | '0'..='9') => time::at_start(rest).or_else(|| time::bare_at_start(rest)).is_some(),
            Some('_') => true,
            Some(_) => false,
        }
    }

    fn time_behind_name(&mut self) -> bool {
        self.skip_space();
        self.take_time(time::at_start) || self.take_time(time::bare_at_start)
    }
}

fn is_name(character: char) -> bool {
    character.is_alphanumeric()
        || is_invisible(character)
        || matches!(
            character,
            '_' | '-' | '\u{2010}' | '\u{2011}' | '.' | '\'' | '’' | '&' | '/' | '(' | ')' | ',' | '#'
        )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(line: &str, name: &str, time: Option<u64>, text: &str) {
        let label = Label::at_start(line).unwrap_or_else(|| panic!("no label in {line}"));
        assert_eq!((label.name, label.time, &line[label.length..]), (name, time, text), "{line}");
    }

    #[test]
    fn labels_by_a_tab() {
        for (line, name, said) in [
            ("Intervjuer\tHva mener du?", "Intervjuer", "Hva mener du?"),
            ("Informant 3\t\tJa, det", "Informant 3", "Ja, det"),
            ("[00:12:31] Leder\tJa", "Leder", "Ja"),
        ] {
            let label = Label::before_tab(line).unwrap_or_else(|| panic!("no label in {line}"));
            assert_eq!((label.name, &line[label.length..]), (name, said), "{line}");
            assert_eq!(Label::at_start(line), None, "{line}");
        }
        for line in ["Leder", "Leder\t", "Vi som er med her\tJa", "Ja.\tNei", "12\tJa"] {
            assert_eq!(Label::before_tab(line), None, "{line}");
        }
    }

    #[test]
    fn labels_by_a_colon() {
        check("Intervjuer: Hei", "Intervjuer", None, "Hei");
        check("I: Hei", "I", None, "Hei");
        check("I:Hei", "I", None, "Hei");
        check("Informant 3:\tHei", "Informant 3", None, "Hei");
        check("Informant 1, prosjektleder: Ja", "Informant 1, prosjektleder", None, "Ja");
        check("npsc_179: president", "npsc_179", None, "president");
        check("Grad C: OK", "Grad C", None, "OK");
        check("Lynne Neagle AM: OK", "Lynne Neagle AM", None, "OK");
        check("K. Dahl: Ja", "K. Dahl", None, "Ja");
        check("Leder (2): Ja", "Leder (2)", None, "Ja");
        check("Informant\u{a0}32:\u{a0}Stortinget", "Informant\u{a0}32", None, "Stortinget");
        check("\u{202e}Informant 32: Hei", "Informant 32", None, "Hei");
        check("Intervjuer:", "Intervjuer", None, "");
        check("Intervjuer : Hei", "Intervjuer", None, "Hei");
        check("Å: Ja", "Å", None, "Ja");
    }

    #[test]
    fn labels_with_a_full_stop() {
        check("Int.: Hei", "Int.", None, "Hei");
        check("Interv.: Hei", "Interv.", None, "Hei");
        check("Inf. 2: Hei", "Inf. 2", None, "Hei");
        check("Informant nr. 1: Hei", "Informant nr. 1", None, "Hei");
        check("Dir. K. Dahl: Hei", "Dir. K. Dahl", None, "Hei");
        check("**Int.:** Hei", "Int.", None, "Hei");
        check("**Int.**: Hei", "Int.", None, "Hei");
        check("[00:12:31] Inf.: Ja", "Inf.", Some(751_000), "Ja");
    }

    #[test]
    fn labels_with_a_time() {
        check("[00:12:31] Leder: Ja", "Leder", Some(751_000), "Ja");
        check("Leder [00:12:31]: Ja", "Leder", Some(751_000), "Ja");
        check("Leder (12:31): Ja", "Leder", Some(751_000), "Ja");
        check("Leder: [00:12:31] Ja", "Leder", Some(751_000), "Ja");
        check("00:12:31 Leder: Ja", "Leder", Some(751_000), "Ja");
        check("#00:01:23-4# Leder: Ja", "Leder", Some(83_400), "Ja");
        check("Informant 3 00:12:31", "Informant 3", Some(751_000), "");
        check("Kari Moe  [0:03]", "Kari Moe", Some(3_000), "");
        check("Leder 12:31: Ja", "Leder", Some(751_000), "Ja");
        check("00:12:31 Informant 3", "Informant 3", Some(751_000), "");
        check("[SPEAKER_00]: Ja", "SPEAKER_00", None, "Ja");
    }

    #[test]
    fn labels_in_emphasis() {
        check("**Intervjuer:** Hei", "Intervjuer", None, "Hei");
        check("**Intervjuer**: Hei", "Intervjuer", None, "Hei");
        check("*I:* Hei", "I", None, "Hei");
        check("__Informant 2:__ Hei", "Informant 2", None, "Hei");
        check("__Informant_2__: Hei", "Informant_2", None, "Hei");
        check("**[00:12:31] Leder:** Ja", "Leder", Some(751_000), "Ja");
        check("[00:12:31] **Leder:** **Ja**", "Leder", Some(751_000), "**Ja**");
    }

    #[test]
    fn what_is_no_label() {
        for line in [
            "",
            ":",
            "Hei",
            "Dette er en setning: ja",
            "SINTEF Raufoss Manufacturing AS (SRM): Er et",
            "- Intervjuer: Hei",
            "* Intervjuer: Hei",
            "Møtet begynte kl. 12:30 i dag",
            "kl. 12:30",
            "http://eksempel.no",
            "Vi kom. Så: ja",
            "Prosjektet. Så: ja",
            "Møtet. Så: ja",
            "Ja. [00:12:31]",
            "00:12:31 Ja.",
            "Det er nr.: ja",
            "§ 3: Formål",
            "12: Hei",
            "[ee] ja",
            "[00:12:31] ja vi kom",
            "**Viktig** tekst",
            "Leder, : hei",
            "«Nei»: hei",
            "Møte 12:30 i salen",
        ] {
            assert_eq!(Label::at_start(line), None, "{line}");
        }
    }

    proptest! {
        #[test]
        fn a_label_lies_within_its_line(line in "[A-Za-zæøå0-9:*_\\[\\]()#. \u{a0}\u{ad}]{0,60}") {
            if let Some(label) = Label::at_start(&line) {
                prop_assert!(line.is_char_boundary(label.length));
                prop_assert!(!label.name.trim().is_empty());
            }
        }
    }
}
