//! `measures.toml` → the words that tell: what the file holds, and what becomes of it.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::super::qualified::Extent;
use super::phrases::Phrases;
use super::{Class, Line, Measure, Measures};
use crate::text::fold;

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
    distrusts: Vec<String>,
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

/// The word lists of `measures.toml`, folded.
pub(super) fn read() -> Measures {
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
        distrusts: Phrases::of(&file.supposed.distrusts),
        extents: extents(&file.extents),
    }
}

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
        assert_eq!(read().get("svakere"), Some(Measure::Down(Line::Worth)));
        assert_eq!(read().get("enn"), Some(Measure::Than));
    }
}
