//! Words of comparison and amount, as `measures.toml` has them.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::text::fold;

/// What a word measures along.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Line {
    /// More or better, less or worse.
    Worth,
    /// Something of its own, by its number in the file.
    Own(u8),
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

#[derive(Debug)]
pub(super) struct Measures {
    by_word: BTreeMap<String, Measure>,
    wished: Vec<String>,
    degrees: BTreeMap<String, bool>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    up: String,
    down: String,
    lines: Vec<Two>,
    deny: One,
    degree: Two,
    wished: One,
    supposed: One,
    than: One,
}

#[derive(Debug, Deserialize)]
struct Two {
    up: String,
    down: String,
}

#[derive(Debug, Deserialize)]
struct One {
    words: String,
}

pub(super) static MEASURES: LazyLock<Measures> = LazyLock::new(|| {
    let file: File = toml::from_str(include_str!("measures.toml")).expect("the shipped word list is checked by a test");
    let mut by_word = BTreeMap::new();
    let mut add = |words: &str, measure: Measure| by_word.extend(list(words).map(|word| (word, measure)));
    add(&file.up, Measure::Up(Line::Worth));
    add(&file.down, Measure::Down(Line::Worth));
    for (line, words) in (0..).map(Line::Own).zip(&file.lines) {
        add(&words.up, Measure::Up(line));
        add(&words.down, Measure::Down(line));
    }
    add(&file.deny.words, Measure::Deny);
    add(&file.supposed.words, Measure::Supposed);
    add(&file.than.words, Measure::Than);
    let degree = |words: &str, is_up: bool| list(words).map(|word| (word, is_up)).collect::<Vec<_>>();
    Measures {
        by_word,
        wished: list(&file.wished.words).collect(),
        degrees: degree(&file.degree.up, true).into_iter().chain(degree(&file.degree.down, false)).collect(),
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

    /// Whether it calls for more, beside `må` or `bør`.
    pub(super) fn is_wished(&self, form: &str) -> bool {
        self.wished.iter().any(|word| word == form)
    }

    /// Whether it is a word of degree, and whether it is one of more.
    pub(super) fn degree(&self, form: &str) -> Option<bool> {
        self.degrees.get(form).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_word_list_parses_and_names_no_word_twice() {
        let text = include_str!("measures.toml");
        let file: File = toml::from_str(text).unwrap();
        let mut lists = vec![&file.up, &file.down];
        lists.extend(file.lines.iter().flat_map(|line| [&line.up, &line.down]));
        let mut up: Vec<&str> = lists[0].split_whitespace().collect();
        up.retain(|word| lists[1].split_whitespace().any(|other| other == *word));
        assert!(up.is_empty(), "both up and down: {up:?}");
        assert_eq!(MEASURES.get("svakere"), Some(Measure::Down(Line::Worth)));
        assert_eq!(MEASURES.get("dyrere"), Some(Measure::Up(Line::Own(0))));
        assert_eq!(MEASURES.get("enn"), Some(Measure::Than));
    }
}
