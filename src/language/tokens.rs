//! A segment's words, as they are counted, indexed and matched. The only tokeniser there is.
//!
//! A word is a UAX #29 word with a letter or a digit; hyphens join words (`e-læring`, `FoU-miljø`).
//! Transcription marks (`<ee>`, `#00:01:23-4#`, the number in `vi|1`) hold no words.
//!
//! A word's **form** is folded ([`crate::text::fold`]). Besides its plain form a word can have one of these:
//!
//! | form | text | meaning |
//! |---|---|---|
//! | `e-læring` | e-læring | hyphenated: one word, whose parts match too (last part as head, others as modifiers) |
//! | `politiker-` | politiker- og … | suspended on the left, or interrupted |
//! | `-produkt` | … og -produkt | suspended on the right; only after og, eller, samt, versus |
//!
//! and **groups**, further forms at the place of a group's first word (see [`Group`]).

use unicode_segmentation::UnicodeSegmentation;

use crate::text::fold_into;

/// Stands between the parts of a suspended compound's group form, and before its number of words.
pub const GROUP: char = '\u{1f}';
/// Stands between the parts of a word broken over a line end.
pub const BROKEN: char = '\u{1e}';

/// Words that may join the parts of a suspended compound.
const CONNECTORS: [&str; 6] = ["og", "eller", "samt", "versus", "and", "or"];
/// A suspended compound reaches at most so many words from its first part to its last.
const GROUP_WORDS: usize = 9;

/// One word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    /// First byte in the segment's text.
    pub start: u32,
    /// One past its last byte.
    pub end: u32,
    form_start: u32,
    form_end: u32,
    /// Whether a phrase stops before this word: `. , ; : ? ! …`, a bracket, `/` or a spaced dash stands there.
    pub after_break: bool,
}

/// A suspended compound or broken word: several words that stand for one.
///
/// Its form is `left GROUP right GROUP n` (`politiker-␟ledernettverk␟3`, `innovasjonsprosess␟-produkt␟3`)
/// or `left BROKEN right GROUP 2` (`innovasjons-␞ledelse␟2`), n being its number of words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Index of its first word.
    pub first: u32,
    /// Index of its last word.
    pub last: u32,
    /// See the type.
    pub form: String,
}

/// The words of one segment. Reused from segment to segment.
#[derive(Debug, Default)]
pub struct Tokens {
    words: Vec<Word>,
    forms: String,
    groups: Vec<Group>,
}

impl Tokens {
    /// The words of `text`.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let mut tokens = Self::default();
        tokens.read(text);
        tokens
    }

    /// Replaces what it holds with the words of `text`.
    pub fn read(&mut self, text: &str) {
        self.words.clear();
        self.forms.clear();
        self.groups.clear();
        Scan { text, tokens: self, broken: false }.run();
        self.find_groups(text);
    }

    /// The words, in order.
    #[must_use]
    pub fn words(&self) -> &[Word] {
        &self.words
    }

    /// The form of word `index`.
    #[must_use]
    pub fn form(&self, index: usize) -> &str {
        let word = self.words[index];
        &self.forms[word.form_start as usize..word.form_end as usize]
    }

    /// Suspended compounds and broken words, by first word.
    #[must_use]
    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    fn push(&mut self, text: &str, start: usize, end: usize, after_break: bool) {
        let form_start = self.forms.len();
        fold_into(&text[start..end], &mut self.forms);
        if self.forms.len() == form_start {
            return;
        }
        self.words.push(Word {
            start: offset(start),
            end: offset(end),
            form_start: offset(form_start),
            form_end: offset(self.forms.len()),
            after_break,
        });
    }

    fn find_groups(&mut self, text: &str) {
        if !text.contains(['-', '\u{2010}', '\u{2011}', '–']) {
            return;
        }
        for index in 0..self.words.len() {
            if self.form(index).ends_with('-') {
                self.left_suspended(text, index);
            } else if index >= 2 && CONNECTORS.contains(&self.form(index - 1)) {
                self.right_suspended(text, index);
            }
        }
        self.groups.sort_by(|a, b| (a.first, a.last).cmp(&(b.first, b.last)));
    }

    /// `politiker- og ledernettverk`, `helse-, omsorgs- og velferdstjenester`, `innovasjons- ledelse`.
    fn left_suspended(&mut self, text: &str, first: usize) {
        let mut joined = false;
        for index in first + 1..self.words.len().min(first + GROUP_WORDS) {
            let form = self.form(index);
            let between = &text[self.words[index - 1].end as usize..self.words[index].start as usize];
            if !between.chars().all(|c| c.is_whitespace() || c == ',' || c == '/') {
                return;
            }
            if between.contains([',', '/']) {
                joined = true;
            }
            if CONNECTORS.contains(&form) {
                joined = true;
            } else if !form.ends_with('-') {
                let separator = if joined { GROUP } else { BROKEN };
                let is_capital = text[self.words[index].start as usize..].starts_with(char::is_uppercase);
                if joined || (index == first + 1 && !is_capital) {
                    self.push_group(first, index, separator);
                }
                return;
            }
        }
    }

    /// `innovasjonsprosess og -produkt`, `innovasjonsprosess og – produkt`.
    fn right_suspended(&mut self, text: &str, last: usize) {
        let before = &text[self.words[last - 1].end as usize..self.words[last].start as usize];
        let is_suspended = self.form(last).starts_with('-') || before.trim() == "–" || before.trim() == "-";
        let gap = &text[self.words[last - 2].end as usize..self.words[last - 1].start as usize];
        if is_suspended && gap.chars().all(char::is_whitespace) && !self.form(last - 2).ends_with('-') {
            self.push_group(last - 2, last, GROUP);
        }
    }

    fn push_group(&mut self, first: usize, last: usize, separator: char) {
        let (left, right) = (self.form(first), self.form(last));
        let hyphen = if separator == GROUP && !left.ends_with('-') && !right.starts_with('-') { "-" } else { "" };
        let form = format!("{left}{separator}{hyphen}{right}{GROUP}{}", last - first + 1);
        self.groups.push(Group { first: offset(first), last: offset(last), form });
    }
}

fn offset(value: usize) -> u32 {
    u32::try_from(value).expect("segments are limited to less than 4 GiB")
}
