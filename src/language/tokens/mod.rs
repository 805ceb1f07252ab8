//! A segment's words, as they are counted, indexed and matched. The only tokeniser there is.
//!
//! A word is a UAX #29 word with a letter or a digit, without underlines around it (Markdown's `_viktig_`); hyphens
//! join words (`e-læring`, `FoU-miljø`).
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

mod plain;
#[cfg(test)]
mod tests;

use unicode_segmentation::UnicodeSegmentation;

use self::plain::{Byte, kind_of_byte, latin_1, run_of_letters};
use crate::text::{differs_in_case_only, fold_into};

/// Stands between the parts of a suspended compound's group form, and before its number of words.
pub const GROUP: char = '\u{1f}';
/// Stands between the parts of a word broken over a line end.
pub const BROKEN: char = '\u{1e}';

/// Programs put it inside a word where a line may break; UAX #29, made for scripts without blanks, ends a word there.
const BREAK_HINT: char = '\u{200b}';

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
    /// The form of the whole group, as described at the type.
    pub form: String,
}

/// The words of one segment. Reused from segment to segment.
#[derive(Debug, Default)]
pub struct Tokens {
    words: Vec<Word>,
    /// The text in lower case, which most forms are a piece of; behind it the other forms.
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
        self.begin(text);
        if Scan::new(text, self).run() {
            self.find_groups(text);
        }
    }

    fn begin(&mut self, text: &str) {
        self.words.clear();
        self.forms.clear();
        self.groups.clear();
        self.forms.push_str(text);
        self.forms.make_ascii_lowercase();
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

    /// The forms of all words, in order.
    pub fn forms(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(|word| &self.forms[word.form_start as usize..word.form_end as usize])
    }

    /// Suspended compounds and broken words, by first word.
    #[must_use]
    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    fn push(&mut self, text: &str, start: usize, end: usize, after_break: bool) {
        let word = &text[start..end];
        if differs_in_case_only(word) {
            self.push_in_lower_case(start, end, after_break);
            return;
        }
        let form_start = self.forms.len();
        fold_into(word, &mut self.forms);
        if self.forms.len() > form_start {
            let (form_start, form_end) = (offset(form_start), offset(self.forms.len()));
            self.words.push(Word { start: offset(start), end: offset(end), form_start, form_end, after_break });
        }
    }

    /// A word that folding only puts in lower case.
    fn push_in_lower_case(&mut self, start: usize, end: usize, after_break: bool) {
        let (start, end) = (offset(start), offset(end));
        self.words.push(Word { start, end, form_start: start, form_end: end, after_break });
    }

    fn find_groups(&mut self, text: &str) {
        for index in 0..self.words.len() {
            if self.form(index).ends_with('-') {
                self.left_suspended(text, index);
            } else if index >= 2 {
                self.right_suspended(text, index);
            }
        }
        let mut suspended = vec![false; self.words.len()];
        for group in self.groups.iter().filter(|group| !group.form.contains(BROKEN)) {
            // Without their last part: `helse-` and `omsorgs-` in `helse-, omsorgs- og velferdstjenester`.
            suspended[group.first as usize..group.last as usize].fill(true);
        }
        for (index, is_suspended) in suspended.into_iter().enumerate() {
            // A hyphen that neither suspends nor follows a linking s is a dash typed carelessly.
            let form = self.form(index);
            if form.ends_with('-') && !form.ends_with("s-") && !is_suspended {
                self.words[index].form_end -= 1;
            }
        }
        self.groups.sort_by_key(|group| (group.first, group.last));
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
        let is_suspended = self.form(last).starts_with('-') || before.len() > 1 && matches!(before.trim(), "–" | "-");
        if !is_suspended || !CONNECTORS.contains(&self.form(last - 1)) {
            return;
        }
        let gap = &text[self.words[last - 2].end as usize..self.words[last - 1].start as usize];
        if gap.chars().all(char::is_whitespace) && !self.form(last - 2).ends_with('-') {
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

/// One pass over a segment's text.
struct Scan<'a> {
    text: &'a str,
    tokens: &'a mut Tokens,
    /// The word being read: hyphens may still lengthen it.
    open: Option<Open>,
    /// A phrase break stands behind the last word.
    broken: bool,
    /// Nothing before this byte holds words: a transcription mark.
    skip_to: usize,
    /// A hyphen or dash joins no words: there may be groups.
    has_loose_hyphen: bool,
}

/// A word that is not finished: `hyphen` is set while a hyphen follows it directly.
#[derive(Clone, Copy)]
struct Open {
    start: usize,
    end: usize,
    hyphen: Option<usize>,
    after_break: bool,
}

/// What UAX #29 finds between two boundaries, as far as it matters here.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Piece {
    Word,
    Other,
}

/// What underlines before a word may be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lead {
    /// What holds signs together that are several pieces without them.
    MayHoldTogether,
    /// Further ones, behind some: signs between them belong to no word.
    HoldsNothing,
}

impl<'a> Scan<'a> {
    fn new(text: &'a str, tokens: &'a mut Tokens) -> Self {
        Self { text, tokens, open: None, broken: false, skip_to: 0, has_loose_hyphen: false }
    }

    /// Word boundaries never depend on what stands beyond white space, so chunks are read one by one:
    /// those of plain letters and simple punctuation directly, all others by the full rules.
    /// Tells whether there may be groups.
    fn run(mut self) -> bool {
        let bytes = self.text.as_bytes();
        let mut at = 0;
        while let Some(byte) = bytes.get(at) {
            if kind_of_byte(*byte) == Byte::Blank {
                at += 1;
                continue;
            }
            if self.skip_to <= at
                && let Some(end) = self.plain_chunk(at)
            {
                at = end;
                continue;
            }
            let end = bytes[at..].iter().position(u8::is_ascii_whitespace).map_or(bytes.len(), |length| at + length);
            if self.skip_to < end {
                self.full_chunk(at, end);
            }
            at = end;
        }
        self.has_loose_hyphen
    }

    /// Reads a chunk of ASCII and Latin-1 letters, digits, and punctuation that is never part of a word
    /// where it stands, and tells where it ends; having read nothing, `None` if the chunk holds anything else.
    fn plain_chunk(&mut self, start: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let (word_end, is_ascii) = run_of_letters(bytes, start);
        if word_end == start {
            return None;
        }
        let stops = bytes[word_end..].iter().take_while(|byte| kind_of_byte(**byte) == Byte::Stop).count();
        let end = word_end + stops;
        if bytes.get(end).is_some_and(|byte| kind_of_byte(*byte) != Byte::Blank) {
            return None;
        }
        if is_ascii || latin_1(&bytes[start..word_end])? {
            self.tokens.push_in_lower_case(start, word_end, self.broken);
        } else {
            self.tokens.push(self.text, start, word_end, self.broken);
        }
        self.broken = stops > 0;
        Some(end)
    }

    fn full_chunk(&mut self, start: usize, end: usize) {
        self.pieces(start, end, Lead::MayHoldTogether);
        self.close();
    }

    fn pieces(&mut self, start: usize, end: usize, lead: Lead) {
        for (offset, piece) in self.text[start..end].split_word_bound_indices() {
            let from = start + offset;
            if from < self.skip_to {
                continue;
            }
            let to = from + piece.len();
            match kind_of(piece) {
                // Underlines around a word are markup; UAX #29 takes them into it, and a blank under a combining letter.
                Piece::Word => {
                    let is_around = |c: char| c == '_' || c.is_whitespace();
                    let word_end = from + piece.trim_end_matches(is_around).len();
                    match (piece.find(|c| !is_around(c)).unwrap_or(0), lead) {
                        (0, _) => self.word(from, word_end),
                        (length, Lead::MayHoldTogether) => self.pieces(from + length, word_end, Lead::HoldsNothing),
                        (length, Lead::HoldsNothing) => {
                            let letter = piece.find(char::is_alphanumeric).unwrap_or(length);
                            self.word(from + letter, word_end);
                        }
                    }
                }
                Piece::Other => self.other(from, to, piece),
            }
        }
    }

    fn word(&mut self, start: usize, end: usize) {
        if let Some(open) = &mut self.open
            && open.hyphen == Some(start)
        {
            open.end = end;
            open.hyphen = None;
            return;
        }
        self.close();
        // A hyphen before the word belongs to it where a suspended compound can stand.
        let start = if self.is_right_suspended(start) { start - hyphen_before(self.text, start) } else { start };
        self.open = Some(Open { start, end, hyphen: None, after_break: std::mem::take(&mut self.broken) });
    }

    fn other(&mut self, start: usize, end: usize, piece: &str) {
        if let Some(open) = &mut self.open
            && (is_hyphen(piece) || piece.starts_with(BREAK_HINT))
            && open.end == start
            && open.hyphen.is_none()
        {
            open.hyphen = Some(end);
            return;
        }
        self.has_loose_hyphen |= is_hyphen(piece) || piece == "–";
        // A run of hyphens is typed for a dash.
        let is_run = is_hyphen(piece) && self.open.as_mut().is_some_and(|open| open.hyphen.take() == Some(start));
        self.close();
        if let Some(mark_end) = mark_at(self.text, start) {
            self.skip_to = mark_end;
        } else if is_run || is_break(piece) || is_spaced_dash(self.text, start, end, piece) {
            self.broken = !self.tokens.words.is_empty();
        }
    }

    fn close(&mut self) {
        if let Some(open) = self.open.take() {
            // Accents and signs that nobody sees may stand behind the last letter.
            let last = || self.text[open.start..open.end].chars().rev().find(|c| c.is_alphanumeric());
            let is_letter = || last().is_some_and(char::is_alphabetic);
            let end = open.hyphen.filter(|_| is_letter()).unwrap_or(open.end);
            self.has_loose_hyphen |= open.hyphen.is_some();
            self.tokens.push(self.text, open.start, end, open.after_break);
        }
    }

    fn is_right_suspended(&self, start: usize) -> bool {
        let hyphen = hyphen_before(self.text, start);
        if hyphen == 0 || self.tokens.words.len() < 2 {
            return false;
        }
        let last = self.tokens.words.len() - 1;
        let between = &self.text[self.tokens.words[last].end as usize..start - hyphen];
        !between.is_empty() && between.chars().all(char::is_whitespace) && CONNECTORS.contains(&self.tokens.form(last))
    }
}

fn kind_of(piece: &str) -> Piece {
    if piece.chars().any(char::is_alphanumeric) { Piece::Word } else { Piece::Other }
}

fn is_hyphen(piece: &str) -> bool {
    matches!(piece, "-" | "\u{2010}" | "\u{2011}")
}

/// The length in bytes of a hyphen that ends directly before `at`, or 0.
fn hyphen_before(text: &str, at: usize) -> usize {
    text[..at]
        .chars()
        .next_back()
        .filter(|last| matches!(last, '-' | '\u{2010}' | '\u{2011}'))
        .map_or(0, char::len_utf8)
}

fn is_break(piece: &str) -> bool {
    piece
        .chars()
        .any(|c| matches!(c, '.' | ',' | ';' | ':' | '?' | '!' | '…' | '(' | ')' | '[' | ']' | '{' | '}' | '/'))
}

fn is_spaced_dash(text: &str, start: usize, end: usize, piece: &str) -> bool {
    let before = text[..start].chars().next_back().is_none_or(char::is_whitespace);
    let after = text[end..].chars().next().is_none_or(char::is_whitespace);
    match piece {
        "–" | "—" | "―" => before || after,
        "-" | "\u{2010}" | "\u{2011}" | "−" => before && after,
        _ => false,
    }
}

/// The end of the transcription mark that begins at `start`: `<ee>`, `#00:01:23-4#`, `[00:12:31]`, or the
/// number of a homonym in `vi|1`.
fn mark_at(text: &str, start: usize) -> Option<usize> {
    let rest = &text[start..];
    let inner = |close: char| {
        let length =
            rest[1..].bytes().take(40).position(|byte| byte == close as u8 || byte == b'<' || byte == b'\n')?;
        (rest.as_bytes()[1 + length] == close as u8 && length > 0).then(|| (&rest[1..=length], start + length + 2))
    };
    let is_time = |mark: &str| mark.starts_with(|c: char| c.is_ascii_digit()) && mark.contains(':');
    let is_time = |mark: &str| is_time(mark) && mark.bytes().all(|b| b.is_ascii_digit() || b":.,- ".contains(&b));
    match rest.as_bytes()[0] {
        b'<' => inner('>')
            .filter(|(mark, _)| mark.starts_with(|c: char| c.is_alphabetic() || c == '/'))
            .map(|found| found.1),
        b'#' => inner('#').filter(|(mark, _)| is_time(mark)).map(|found| found.1),
        b'[' => inner(']').filter(|(mark, _)| is_time(mark)).map(|found| found.1),
        b'|' if text[..start].ends_with(char::is_alphanumeric) => {
            let digits = rest[1..].bytes().take_while(u8::is_ascii_digit).count();
            let ends = !rest[1 + digits..].starts_with(char::is_alphanumeric);
            (digits > 0 && ends).then_some(start + 1 + digits)
        }
        _ => None,
    }
}
