//! Words of comparison, amount, wish and doubt, as `measures.toml` has them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use serde::Deserialize;

use crate::language::Tokens;
use crate::text::fold;

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

/// The word lists.
#[derive(Debug)]
pub(super) struct Measures {
    by_word: BTreeMap<String, Measure>,
    verbs: BTreeSet<String>,
    changes: BTreeSet<String>,
    degrees: BTreeMap<String, bool>,
    too: [BTreeSet<String>; 2],
    fully: BTreeSet<String>,
    auxiliary: BTreeSet<String>,
    epistemic: BTreeSet<String>,
    possible: BTreeSet<String>,
    wishes: Vec<Vec<String>>,
    contrary: [BTreeSet<String>; 2],
    duty: BTreeSet<String>,
    doubts: BTreeSet<String>,
    asks: BTreeSet<String>,
    compares: BTreeSet<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    worth: Two,
    verbs: Two,
    changes: Two,
    comparative: One,
    lines: Vec<OwnLine>,
    deny: One,
    degree: Two,
    too: Too,
    fully: One,
    wish: Wish,
    contrary: Contrary,
    supposed: Supposed,
    than: Than,
}

#[derive(Debug, Deserialize)]
struct Two {
    up: String,
    down: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct OwnLine {
    #[expect(dead_code, reason = "names the line for those who read the file")]
    name: String,
    is_worth: bool,
    up: String,
    down: String,
}

#[derive(Debug, Deserialize)]
struct One {
    words: String,
}

#[derive(Debug, Deserialize)]
struct Too {
    words: String,
    little: String,
}

#[derive(Debug, Deserialize)]
struct Wish {
    auxiliary: String,
    epistemic: String,
    possible: String,
    phrases: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct Contrary {
    auxiliary: String,
    duty: String,
    supine: String,
}

#[derive(Debug, Deserialize)]
struct Supposed {
    words: String,
    doubts: String,
    asks: String,
}

#[derive(Debug, Deserialize)]
struct Than {
    words: String,
    others: String,
}

pub(super) static MEASURES: LazyLock<Measures> = LazyLock::new(|| {
    let file: File = toml::from_str(include_str!("measures.toml")).expect("the shipped word list is checked by a test");
    let mut by_word = BTreeMap::new();
    let mut add = |words: &str, measure: Measure| by_word.extend(list(words).map(|word| (word, measure)));
    for two in [&file.worth, &file.verbs, &file.changes] {
        add(&two.up, Measure::Up(Line::Worth));
        add(&two.down, Measure::Down(Line::Worth));
    }
    for (number, line) in (0..).zip(&file.lines) {
        add(&line.up, Measure::Up(Line::Own(number, line.is_worth)));
        add(&line.down, Measure::Down(Line::Own(number, line.is_worth)));
    }
    add(&file.deny.words, Measure::Deny);
    add(&file.supposed.words, Measure::Supposed);
    add(&file.than.words, Measure::Than);
    let degree = |words: &str, is_up: bool| list(words).map(|word| (word, is_up)).collect::<Vec<_>>();
    let set = |words: &str| list(words).collect::<BTreeSet<String>>();
    let sets = |lists: &[&String]| lists.iter().flat_map(|words| list(words)).collect::<BTreeSet<String>>();
    let changes = [&file.changes.up, &file.changes.down];
    Measures {
        by_word,
        verbs: sets(&[&file.verbs.up, &file.verbs.down, changes[0], changes[1]]),
        changes: sets(&[changes[0], changes[1], &file.comparative.words]),
        degrees: degree(&file.degree.up, true).into_iter().chain(degree(&file.degree.down, false)).collect(),
        too: [set(&file.too.words), set(&file.too.little)],
        fully: set(&file.fully.words),
        auxiliary: set(&file.wish.auxiliary),
        epistemic: set(&file.wish.epistemic),
        possible: set(&file.wish.possible),
        wishes: file.wish.phrases.iter().map(|phrase| list(phrase).collect()).collect(),
        duty: set(&file.contrary.duty),
        contrary: [set(&file.contrary.auxiliary), set(&file.contrary.supine)],
        doubts: set(&file.supposed.doubts),
        asks: set(&file.supposed.asks),
        compares: sets(&[&file.than.words, &file.than.others]),
    }
});

fn list(words: &str) -> impl Iterator<Item = String> + '_ {
    words.split_whitespace().map(fold)
}

impl Measures {
    /// What a folded word says of those beside it.
    pub(super) fn get(&self, form: &str) -> Option<Measure> {
        self.by_word.get(form).copied()
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

    /// Whether a word that says more or less is a verb.
    pub(super) fn is_verb(&self, form: &str) -> bool {
        self.verbs.contains(form)
    }

    /// Whether it compares with what was or is elsewhere: `bedre`, `økte`.
    pub(super) fn is_change(&self, form: &str) -> bool {
        self.changes.contains(form)
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

    /// Whether it makes the word that follows too much, `altfor`.
    pub(super) fn is_too(&self, form: &str) -> bool {
        self.too[0].contains(form)
    }

    /// Whether it says too little behind such a word: `kort`.
    pub(super) fn is_little(&self, form: &str) -> bool {
        self.too[1].contains(form)
    }

    /// Whether it says that what follows is much so: `tungt involvert`.
    pub(super) fn is_fully(&self, form: &str) -> bool {
        self.fully.contains(form)
    }

    /// Whether what depends on it is wished, planned or possible: `må`.
    pub(super) fn is_auxiliary(&self, form: &str) -> bool {
        self.auxiliary.contains(form)
    }

    /// Whether behind such a word it says that something is so all the same: `må sies å være`.
    pub(super) fn is_epistemic(&self, form: &str) -> bool {
        self.epistemic.contains(form)
    }

    /// Whether it says that something is possible and no more.
    pub(super) fn is_possible(&self, form: &str) -> bool {
        self.possible.contains(form)
    }

    /// How many words from `at` say that what they bring is wished.
    pub(super) fn wish_at(&self, tokens: &Tokens, at: usize) -> Option<usize> {
        let stands = |phrase: &Vec<String>| {
            at + phrase.len() <= tokens.words().len()
                && phrase.iter().enumerate().all(|(index, word)| tokens.form(at + index) == word)
        };
        self.wishes.iter().filter(|phrase| stands(phrase)).map(Vec::len).max()
    }

    /// Whether it opens, or is the other verb of, what was not so: `kunne … vært`.
    pub(super) fn contrary(&self, form: &str) -> (bool, bool) {
        (self.contrary[0].contains(form), self.contrary[1].contains(form))
    }

    /// Whether what should have been, by it, was not: `burde`.
    pub(super) fn is_duty(&self, form: &str) -> bool {
        self.duty.contains(form)
    }

    /// Whether `om` after it asks.
    pub(super) fn is_doubt(&self, form: &str) -> bool {
        self.doubts.contains(form)
    }

    /// Whether it asks how much.
    pub(super) fn is_asking(&self, form: &str) -> bool {
        self.asks.contains(form)
    }

    /// Whether it compares one with another.
    pub(super) fn is_comparison(&self, form: &str) -> bool {
        self.compares.contains(form)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_word_list_parses_and_names_no_word_twice() {
        let file: File = toml::from_str(include_str!("measures.toml")).unwrap();
        let mut lists = vec![
            &file.worth.up,
            &file.worth.down,
            &file.verbs.up,
            &file.verbs.down,
            &file.changes.up,
            &file.changes.down,
        ];
        lists.extend(file.lines.iter().flat_map(|line| [&line.up, &line.down]));
        lists.extend([&file.deny.words, &file.supposed.words, &file.than.words]);
        let mut words: Vec<&str> = lists.iter().flat_map(|list| list.split_whitespace()).collect();
        words.sort_unstable();
        let twice: Vec<&str> = words.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0]).collect();
        assert!(twice.is_empty(), "{twice:?}");
        assert_eq!(MEASURES.get("svakere"), Some(Measure::Down(Line::Worth)));
        assert_eq!(MEASURES.get("enn"), Some(Measure::Than));
    }

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
