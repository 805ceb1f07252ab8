//! Words of comparison, amount, wish and doubt: what each says, and of which line and class it is.
//!
//! - `file`: how `measures.toml` is read
//! - `phrases`: words in a row

mod file;
mod phrases;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use self::phrases::Phrases;
use super::qualified::Extent;
use crate::language::Tokens;

/// What a word measures along.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Line {
    /// More or better, less or worse.
    Worth,
    /// More or less, and nothing of better or worse: `mer` by itself.
    Amount,
    /// Something of its own, by its number in the file, and whether it says better or worse too.
    Own(u8, bool),
}

impl Line {
    /// Whether what is said along the one line bears on the other.
    pub(super) fn bears_on(self, other: Self) -> bool {
        self.is_along(other)
            || matches!((self, other), (Self::Worth, Self::Own(_, true)) | (Self::Own(_, true), Self::Worth))
    }

    /// Whether both are the same line, or amount and worth, which are seldom told apart.
    pub(super) fn is_along(self, other: Self) -> bool {
        self == other || matches!((self, other), (Self::Worth, Self::Amount) | (Self::Amount, Self::Worth))
    }
}

/// What a word is to the words beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Measure {
    /// There is more of them.
    Up(Line),
    /// There is less.
    Down(Line),
    /// It turns a measure round.
    Deny,
    /// What follows is not said to be so.
    Supposed,
    /// What is compared with follows.
    Than,
}

/// What a word is, besides what it measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Class {
    /// A verb that says more or less: `økte`.
    Verb,
    /// It compares with what was or is elsewhere: `bedre`, `økte`.
    Change,
    /// It makes the word that follows too much: `altfor`.
    Too,
    /// It says too little behind such a word: `kort`.
    Little,
    /// It says that what follows is much so: `tungt involvert`.
    Fully,
    /// What depends on it is wished, planned or possible: `må`.
    Auxiliary,
    /// Behind such a word it says that something is so all the same: `må sies å være`.
    Epistemic,
    /// It says that something is possible and no more.
    Possible,
    /// It opens what was not so: `kunne … vært`.
    Contrary,
    /// The other verb of that.
    Supine,
    /// What should have been, by it, was not: `burde`.
    Duty,
    /// `om` after it asks.
    Doubt,
    /// It asks how much.
    Asking,
    /// It compares one with another.
    Comparison,
    /// A denial of whoever it is said of: `ingen`.
    Nobody,
    /// What follows has a denial of its own: `og`.
    Joins,
    /// Before `enn`: something else, and not more or less.
    Other,
    /// After `enn`: an amount.
    Number,
    /// After `enn i`: a time, not a place.
    Time,
    /// What something is for.
    Purpose,
    /// What can be done.
    Able,
    /// What will be done.
    Will,
    /// It calls for what it brings: `krever`.
    Calls,
    /// Who says it follows.
    Told,
}

/// The word lists.
#[derive(Debug)]
pub(super) struct Measures {
    by_word: BTreeMap<String, Measure>,
    by_class: BTreeMap<Class, BTreeSet<String>>,
    degrees: BTreeMap<String, bool>,
    /// Whether a word marks the later of two times.
    times: BTreeMap<String, bool>,
    wishes: Phrases,
    denials: Phrases,
    /// After a denial.
    part: Phrases,
    beyond: Phrases,
    distrusts: Phrases,
    extents: Vec<(Extent, Phrases)>,
}

/// The words of `measures.toml`.
pub(super) static MEASURES: LazyLock<Measures> = LazyLock::new(file::read);

impl Measures {
    /// What a folded word says of those beside it.
    pub(super) fn get(&self, form: &str) -> Option<Measure> {
        self.by_word.get(form).copied()
    }

    /// Whether a folded word is of this class.
    pub(super) fn is(&self, form: &str, class: Class) -> bool {
        self.by_class.get(&class).is_some_and(|words| words.contains(form))
    }

    /// Whether it says more or less, better or worse.
    pub(super) fn is_measure(&self, form: &str) -> bool {
        matches!(self.get(form), Some(Measure::Up(_) | Measure::Down(_)))
    }

    /// The line of a word that says more or less, and whether it says more.
    pub(super) fn sign(&self, form: &str) -> Option<(Line, bool)> {
        let (line, is_up) = match self.get(form)? {
            Measure::Up(line) => (line, true),
            Measure::Down(line) => (line, false),
            _ => return None,
        };
        Some((if self.degree(form).is_some() { Line::Amount } else { line }, is_up))
    }

    /// Whether it denies.
    pub(super) fn is_denial(&self, form: &str) -> bool {
        self.get(form) == Some(Measure::Deny)
    }

    /// Whether word `at` denies: a denial, or `få av …`.
    pub(super) fn denies(&self, tokens: &Tokens, at: usize) -> bool {
        let is_part = || at + 1 < tokens.words().len() && matches!(tokens.form(at + 1), "av" | "som" | "of" | "who");
        self.is_denial(tokens.form(at)) || matches!(tokens.form(at), "få" | "færrest" | "few") && is_part()
    }

    /// Whether it is a word of degree, and whether it is one of more.
    pub(super) fn degree(&self, form: &str) -> Option<bool> {
        self.degrees.get(form).copied()
    }

    /// How many words from `at` say that what they bring is wished.
    pub(super) fn wish_at(&self, tokens: &Tokens, at: usize) -> Option<usize> {
        self.wishes.longest_at(tokens, at)
    }

    /// How many words from `at` say that somebody does not believe what follows: `tviler på at`.
    pub(super) fn distrust_at(&self, tokens: &Tokens, at: usize) -> Option<usize> {
        self.distrusts.longest_at(tokens, at)
    }

    /// How many words from `at` deny what follows: `alt annet enn`.
    pub(super) fn denial_phrase_at(&self, tokens: &Tokens, at: usize) -> Option<usize> {
        self.denials.longest_at(tokens, at)
    }

    /// Whether the words at `at`, after a denial, restrict it to a part: `ikke alle`.
    pub(super) fn is_part_at(&self, tokens: &Tokens, at: usize) -> bool {
        self.part.longest_at(tokens, at).is_some()
    }

    /// Whether the words at `at`, after a denial, cancel it: `ikke bare`.
    pub(super) fn is_beyond_at(&self, tokens: &Tokens, at: usize) -> bool {
        self.beyond.longest_at(tokens, at).is_some()
    }

    /// Whether a word tells the later of two times; `None` for one that tells none.
    pub(super) fn time(&self, form: &str) -> Option<bool> {
        self.times.get(form).copied()
    }

    /// How far something goes, by the longest phrase that begins with word `at`, and of how many words it is.
    pub(super) fn extent_at(&self, tokens: &Tokens, at: usize) -> Option<(Extent, usize)> {
        let form = |at: usize| if at < tokens.words().len() { tokens.form(at) } else { "" };
        let is_of = matches!(form(at + 1), "av" | "of");
        let is_number = form(at).starts_with(|c: char| c.is_ascii_digit())
            || matches!(form(at), "en" | "ein" | "ett" | "one")
            || self.is(form(at), Class::Number);
        if is_of && is_number {
            return Some((Extent::Some, 2));
        }
        // `få` is a verb too, and `få av` a denial.
        let is_verb = || at > 0 && (form(at - 1) == "å" || self.is(form(at - 1), Class::Auxiliary));
        if form(at) == "få" && (is_of || is_verb()) {
            return None;
        }
        let longest = |(extent, phrases): &(Extent, Phrases)| Some((*extent, phrases.longest_at(tokens, at)?));
        self.extents.iter().filter_map(longest).max_by_key(|(_, n)| *n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_say_better_or_worse_bear_on_worth_and_not_on_each_other() {
        let line = |word: &str| MEASURES.sign(word).map(|(line, _)| line).unwrap();
        assert!(line("fornøyd").bears_on(line("god")));
        assert!(line("misfornøyd").bears_on(line("fornøyd")));
        assert!(!line("fornøyd").bears_on(line("tydelig")));
        assert!(!line("billig").bears_on(line("god")));
        assert!(!line("viktig").bears_on(line("god")));
        assert!(line("mer").bears_on(line("god")));
        assert!(!line("mer").bears_on(line("fornøyd")));
    }
}
