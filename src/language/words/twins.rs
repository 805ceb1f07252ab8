//! The words that the other written standard has for a word: `vei` and `veg`, `ledelsen` and `leiinga`.
//!
//! For who asks with running text and wants what is said, in whichever standard: patterns do not use it, since a researcher
//! who writes `vei` is shown the forms that it catches and decides on `veg` by themselves.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// By form: the forms of the other standard.
static TWINS: LazyLock<BTreeMap<&'static str, BTreeSet<&'static str>>> = LazyLock::new(|| {
    let mut twins: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (bokmaal, nynorsk) in lines() {
        for (own, other) in [(bokmaal, nynorsk), (nynorsk, bokmaal)] {
            for form in own.split(' ') {
                twins.entry(form).or_default().extend(other.split(' ').filter(|twin| *twin != form));
            }
        }
    }
    twins
});

fn lines() -> impl Iterator<Item = (&'static str, &'static str)> {
    let lines = include_str!("../data/twins.tsv").lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once('\t'))
}

/// Endings that differ by rule, bokmål and nynorsk, the longest first: `vanskelig`, `brukerne`, `virksomheten`.
const ENDINGS: [(&str, &str); 14] = [
    ("ligere", "legare"),
    ("ligste", "legaste"),
    ("ligst", "legast"),
    ("heten", "heita"),
    ("heter", "heiter"),
    ("ende", "ande"),
    ("erne", "arane"),
    ("eren", "aren"),
    ("lige", "lege"),
    ("ere", "arar"),
    ("ere", "are"),
    ("lig", "leg"),
    ("het", "heit"),
    ("er", "ar"),
];
/// What is left before such an ending has this many letters at least.
const MIN_LENGTH: usize = 3;
/// A part of a compound that has a twin has this many.
const MIN_PART_LENGTH: usize = 4;

/// What the other standard may have for `form`, folded; in order, without `form` itself. Not each is a word.
#[must_use]
pub fn twins(form: &str) -> Vec<String> {
    let mut found: BTreeSet<String> = BTreeSet::new();
    if let Some(listed) = TWINS.get(form) {
        found.extend(listed.iter().map(|twin| (*twin).to_owned()));
    } else {
        for at in form.char_indices().map(|(at, _)| at).skip(1) {
            let (first, last) = form.split_at(at);
            let is_long = |part: &str| part.chars().count() >= MIN_PART_LENGTH;
            // `tillitsvalde`, `tenestekontoret`: one part has a twin and the other stays.
            if is_long(last) && first.chars().count() >= MIN_LENGTH {
                found.extend(TWINS.get(last).into_iter().flatten().map(|twin| format!("{first}{twin}")));
            }
            if is_long(first) && is_long(last) {
                let twins = TWINS.get(first).into_iter().flatten().filter(|twin| is_long(twin));
                found.extend(twins.map(|twin| format!("{twin}{last}")));
            }
        }
    }
    for (bokmaal, nynorsk) in ENDINGS {
        for (own, other) in [(bokmaal, nynorsk), (nynorsk, bokmaal)] {
            let stem = form.strip_suffix(own).filter(|stem| stem.chars().count() >= MIN_LENGTH);
            found.extend(stem.map(|stem| format!("{stem}{other}")));
        }
    }
    found.remove(form);
    found.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold;

    #[track_caller]
    fn check(form: &str, twin: &str) {
        assert!(twins(form).iter().any(|found| found == twin), "{form}: {:?}", twins(form));
        assert!(twins(twin).iter().any(|found| found == form), "{twin}: {:?}", twins(twin));
    }

    #[test]
    fn listed_words_parts_of_compounds_and_endings_have_twins() {
        check("veien", "vegen");
        check("ledelsen", "leiinga");
        check("tillitsvalgte", "tillitsvalde");
        check("fornøyde", "nøgde");
        check("hverdagstjenesten", "hverdagstenesta");
        check("tjenestekontoret", "tenestekontoret");
        check("trebrukerne", "trebrukarane");
        check("farlig", "farleg");
    }

    #[test]
    fn the_list_is_folded_and_has_two_sides_a_line() {
        assert!(lines().count() > 80);
        let text = include_str!("../data/twins.tsv").lines().filter(|line| !line.starts_with('#'));
        for line in text {
            let sides: Vec<&str> = line.split('\t').collect();
            assert_eq!(sides.len(), 2, "{line}");
            assert!(
                sides.iter().all(|side| side.split(' ').all(|form| !form.is_empty() && fold(form) == form)),
                "{line}"
            );
        }
        assert_eq!(twins("og"), [] as [String; 0]);
    }
}
