//! Words of comparison, amount, wish and doubt, as `measures.toml` has them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use serde::Deserialize;

use super::qualified::Extent;
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
    /// Behind `enn`: an amount.
    Number,
    /// Behind `enn i`: a time and no place.
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
    /// Whether a word tells the later of two times.
    times: BTreeMap<String, bool>,
    wishes: Phrases,
    denials: Phrases,
    /// Behind a denial.
    part: Phrases,
    beyond: Phrases,
    extents: Vec<(Extent, Phrases)>,
}

/// Words in a row, each list of one or more.
#[derive(Debug)]
struct Phrases(Vec<Vec<String>>);

impl Phrases {
    fn of(phrases: &[String]) -> Self {
        Self(phrases.iter().map(|phrase| list(phrase).collect()).collect())
    }

    /// How many words from `at` are the longest of these.
    fn longest_at(&self, tokens: &Tokens, at: usize) -> Option<usize> {
        let stands = |phrase: &&Vec<String>| {
            at + phrase.len() <= tokens.words().len()
                && phrase.iter().enumerate().all(|(index, word)| tokens.form(at + index) == word)
        };
        self.0.iter().filter(stands).map(Vec::len).max()
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    worth: Two,
    verbs: Two,
    changes: Two,
    comparative: One,
    lines: Vec<OwnLine>,
    deny: Deny,
    degree: Two,
    too: Too,
    fully: One,
    wish: Wish,
    contrary: Contrary,
    supposed: Supposed,
    than: Than,
    extents: Extents,
}

#[derive(Debug, Deserialize)]
struct Deny {
    words: String,
    phrases: Vec<String>,
    part: Vec<String>,
    beyond: Vec<String>,
    nobody: String,
    joins: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Extents {
    told: String,
    all: Vec<String>,
    many: Vec<String>,
    some: Vec<String>,
    few: Vec<String>,
    often: Vec<String>,
    seldom: Vec<String>,
    maybe: Vec<String>,
    apart: Vec<String>,
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
    purposes: String,
    able: String,
    will: String,
    calls: String,
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
    other: String,
    numbers: String,
    earlier: String,
    later: String,
    times: String,
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
    let changes = [&file.changes.up, &file.changes.down];
    let classes: [(Class, &[&String]); 24] = [
        (Class::Verb, &[&file.verbs.up, &file.verbs.down, changes[0], changes[1]]),
        (Class::Change, &[changes[0], changes[1], &file.comparative.words]),
        (Class::Too, &[&file.too.words]),
        (Class::Little, &[&file.too.little]),
        (Class::Fully, &[&file.fully.words]),
        (Class::Auxiliary, &[&file.wish.auxiliary]),
        (Class::Epistemic, &[&file.wish.epistemic]),
        (Class::Possible, &[&file.wish.possible]),
        (Class::Contrary, &[&file.contrary.auxiliary]),
        (Class::Supine, &[&file.contrary.supine]),
        (Class::Duty, &[&file.contrary.duty]),
        (Class::Doubt, &[&file.supposed.doubts]),
        (Class::Asking, &[&file.supposed.asks]),
        (Class::Comparison, &[&file.than.others]),
        (Class::Nobody, &[&file.deny.nobody]),
        (Class::Joins, &[&file.deny.joins]),
        (Class::Other, &[&file.than.other]),
        (Class::Number, &[&file.than.numbers]),
        (Class::Time, &[&file.than.times, &file.than.earlier, &file.than.later]),
        (Class::Purpose, &[&file.wish.purposes]),
        (Class::Able, &[&file.wish.able]),
        (Class::Will, &[&file.wish.will]),
        (Class::Calls, &[&file.wish.calls]),
        (Class::Told, &[&file.extents.told]),
    ];
    let words_of = |lists: &[&String]| lists.iter().flat_map(|words| list(words)).collect();
    Measures {
        by_word,
        by_class: classes.into_iter().map(|(class, lists)| (class, words_of(lists))).collect(),
        degrees: degree(&file.degree.up, true).into_iter().chain(degree(&file.degree.down, false)).collect(),
        times: degree(&file.than.earlier, false).into_iter().chain(degree(&file.than.later, true)).collect(),
        wishes: Phrases::of(&file.wish.phrases),
        denials: Phrases::of(&file.deny.phrases),
        part: Phrases::of(&file.deny.part),
        beyond: Phrases::of(&file.deny.beyond),
        extents: extents(&file.extents),
    }
});

fn extents(file: &Extents) -> Vec<(Extent, Phrases)> {
    let lists = [
        (Extent::All, &file.all),
        (Extent::Many, &file.many),
        (Extent::Some, &file.some),
        (Extent::Few, &file.few),
        (Extent::Often, &file.often),
        (Extent::Seldom, &file.seldom),
        (Extent::Maybe, &file.maybe),
        (Extent::Apart, &file.apart),
    ];
    lists.into_iter().map(|(extent, phrases)| (extent, Phrases::of(phrases))).collect()
}

fn list(words: &str) -> impl Iterator<Item = String> + '_ {
    words.split_whitespace().map(fold)
}

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

    /// How many words from `at` deny what follows: `alt annet enn`.
    pub(super) fn denial_phrase_at(&self, tokens: &Tokens, at: usize) -> Option<usize> {
        self.denials.longest_at(tokens, at)
    }

    /// Whether what stands at `at`, behind a denial, keeps it to a part: `ikke alle`.
    pub(super) fn is_part_at(&self, tokens: &Tokens, at: usize) -> bool {
        self.part.longest_at(tokens, at).is_some()
    }

    /// Whether what stands at `at`, behind a denial, takes it back: `ikke bare`.
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
