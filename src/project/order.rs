//! The order of an attribute's values, in tables, pictures and comparisons.
//!
//! Declared order first; else the order in which the manifest brings the values; else, for phases, what words such
//! as `start` and `slutt` and years say; else natural order, numbers by value and letters by the Norwegian alphabet.

use std::{cmp::Ordering, collections::BTreeSet};

use crate::text::MONTHS;

/// What is known about the order of an attribute's values before they are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known<'a> {
    /// The declared values, in their order; empty where none are.
    pub declared: &'a [&'a str],
    /// The values in the manifest's order of appearance; empty where there is no manifest.
    pub manifest: &'a [&'a str],
    /// Whether the values' own words may decide.
    pub words: Words,
}

/// Whether the words in values say something about their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Words {
    /// They do: the values are phases.
    OfTime,
    /// They do not.
    Ignored,
}

/// Values in order, and what decided it: the order is always printed with its reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ordered {
    /// Every declared and every found value once; the empty value, for documents without one, last if it was found.
    pub values: Vec<String>,
    /// What decided.
    pub by: OrderedBy,
}

/// What decided an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrderedBy {
    /// The project file.
    Declared,
    /// Order of appearance in the manifest.
    Manifest,
    /// Words that name a time: `før`, `start`, `underveis`, `slutt`, `etter`, `T0`, `2016`.
    Words,
    /// Words that name a time in some of the values; the others follow in natural order.
    SomeWords,
    /// Numbers by value, letters by the alphabet.
    Natural,
}

/// Puts the values `found` in the material in order, with the declared ones that were not found among them.
///
/// Values of which the deciding source knows nothing follow those that it knows, in the order of the next source.
#[must_use]
pub fn order_values<'a>(found: impl IntoIterator<Item = &'a str>, known: Known<'_>) -> Ordered {
    let found: BTreeSet<&str> = found.into_iter().collect();
    let mut values: BTreeSet<&str> =
        found.iter().chain(known.declared).copied().filter(|value| !value.is_empty()).collect();
    let mut ordered: Vec<&str> = Vec::with_capacity(values.len() + 1);
    let mut by = OrderedBy::Natural;
    for (source, reason) in [(known.declared, OrderedBy::Declared), (known.manifest, OrderedBy::Manifest)] {
        let before = ordered.len();
        ordered.extend(source.iter().filter_map(|value| values.take(value)));
        if before == 0 && !ordered.is_empty() {
            by = reason;
        }
    }
    let mut rest: Vec<&str> = values.into_iter().collect();
    match known.words {
        Words::OfTime => rest.sort_by(|a, b| compare_times(a, b)),
        Words::Ignored => rest.sort_by(|a, b| compare_naturally(a, b)),
    }
    if ordered.is_empty() && known.words == Words::OfTime {
        by = match rest.iter().filter(|value| Time::of(value).is_known()).count() {
            0 => by,
            n if n == rest.len() => OrderedBy::Words,
            _ => OrderedBy::SomeWords,
        };
    }
    ordered.extend(rest);
    if found.contains("") {
        ordered.push("");
    }
    Ordered { values: ordered.into_iter().map(str::to_owned).collect(), by }
}

/// The order that the words of all of `values` tell, where it is not the one that they stand in.
pub(super) fn contradicted<'a>(values: &[&'a str]) -> Option<Vec<&'a str>> {
    let mut by_words = values.to_vec();
    by_words.sort_by(|a, b| compare_times(a, b));
    (by_words != values && values.iter().all(|value| Time::of(value).is_known())).then_some(by_words)
}

/// Natural order: numbers by value, letters by the Norwegian alphabet without regard to case, then by code points.
#[must_use]
pub fn compare_naturally(a: &str, b: &str) -> Ordering {
    pieces(a).cmp(pieces(b)).then_with(|| a.cmp(b))
}

/// The order of two phases by their words, natural where the words say nothing.
fn compare_times(a: &str, b: &str) -> Ordering {
    Time::of(a).cmp(&Time::of(b)).then_with(|| compare_naturally(a, b))
}

/// When a phase lies, as far as its name tells; earlier is less, and what tells nothing comes last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Time {
    /// A word for a part of the programme, and the number of the measurement for `T1`, `T2`.
    Part(Part, u64),
    /// A year and a place in it.
    Year(u64, u64),
    /// A month of no year.
    Month(u64),
    Unknown,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Before,
    Start,
    Middle,
    End,
    After,
}

/// Words for parts of a programme; a name is judged by the first of its words that stands here, by itself or before
/// one of [`HEADS`].
const PARTS: [(Part, &[&str]); 5] = [
    (Part::Before, &["før", "foer", "pre", "baseline", "nullpunkt", "before"]),
    (
        Part::Start,
        &[
            "start",
            "starten",
            "oppstart",
            "oppstarten",
            "begynnelse",
            "begynnelsen",
            "innleiande",
            "innledende",
            "innledning",
            "beginning",
        ],
    ),
    (
        Part::Middle,
        &[
            "undervegs",
            "underveis",
            "midt",
            "midten",
            "midtveis",
            "midtvegs",
            "mellom",
            "mid",
            "midline",
            "middle",
            "midway",
            "during",
        ],
    ),
    (
        Part::End,
        &[
            "slutt",
            "slutten",
            "avslutning",
            "avslutninga",
            "avslutningen",
            "avsluttande",
            "avsluttende",
            "end",
            "final",
            "endline",
        ],
    ),
    (Part::After, &["etter", "oppfølging", "oppfølgjing", "post", "after", "followup"]),
];

/// What names of phases are compounds with: `oppstartsfase`, `førundersøkelse`. Nothing else may follow a word of
/// [`PARTS`], or `Førde` and `endring` would be times.
const HEADS: [&str; 17] = [
    "fase",
    "fasen",
    "fasa",
    "periode",
    "perioden",
    "måling",
    "målinga",
    "målingen",
    "undersøkelse",
    "undersøkelsen",
    "undersøking",
    "undersøkinga",
    "kartlegging",
    "evaluering",
    "rapport",
    "intervju",
    "test",
];

/// What is measured several times: `måling 1`, `2. måling`.
const MEASUREMENTS: [&str; 5] = ["måling", "målinga", "målingen", "measurement", "wave"];

/// Words for parts of a year, in tenths of months.
const SEASONS: [(u64, &[&str]); 7] = [
    (0, &["vinter", "vinteren"]),
    (35, &["vår", "våren", "q1", "k1", "1h"]),
    (45, &["q2", "k2"]),
    (65, &["sommer", "sommeren", "sommar", "sommaren"]),
    (75, &["q3", "k3"]),
    (95, &["høst", "høsten", "haust", "hausten", "2h"]),
    (115, &["q4", "k4"]),
];
impl Part {
    fn of(word: &str) -> Option<Self> {
        let named = |word: &str| PARTS.iter().find(|(_, names)| names.contains(&word)).map(|(part, _)| *part);
        let first_part = |head: &&str| word.strip_suffix(*head).filter(|first| !first.is_empty());
        let of_compound = |first: &str| named(first).or_else(|| named(first.strip_suffix('s')?));
        named(word).or_else(|| HEADS.iter().filter_map(first_part).find_map(of_compound))
    }
}

impl Time {
    fn of(value: &str) -> Self {
        let value = value.to_lowercase();
        let words: Vec<&str> = value.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        let part =
            words.iter().find_map(|word| Part::of(word).map(|part| Self::Part(part, 0)).or_else(|| measurement(word)));
        if let Some(part) = part.or_else(|| numbered_measurement(&words)) {
            return part;
        }
        let month = words.iter().find_map(|word| {
            (1..)
                .zip(MONTHS)
                .find(|(_, (norwegian, english))| norwegian.contains(word) || english.contains(word))
                .map(|(month, _): (u64, _)| month * 10)
        });
        let Some(year) = words.iter().find_map(|word| year(word)) else {
            return month.map_or(Self::Unknown, Self::Month);
        };
        let season = words.iter().find_map(|word| {
            // `2025Q1` is one word.
            let word = word.trim_start_matches(|c: char| c.is_ascii_digit());
            SEASONS.iter().find(|(_, names)| names.contains(&word)).map(|(season, _)| *season)
        });
        Self::Year(year, month.or(season).unwrap_or(0))
    }

    fn is_known(self) -> bool {
        self != Self::Unknown
    }
}

/// `t0` is measured before anything happens, `t1`, `t2`, … under way.
fn measurement(word: &str) -> Option<Time> {
    let number: u64 = word.strip_prefix('t').filter(|digits| digits.len() <= 2)?.parse().ok()?;
    Some(if number == 0 { Time::Part(Part::Before, 0) } else { Time::Part(Part::Middle, number) })
}

/// A number beside a word for what is measured; the one of 0 is measured before anything happens.
fn numbered_measurement(words: &[&str]) -> Option<Time> {
    let number = |word: &str| word.parse::<u64>().ok().filter(|_| word.len() <= 2);
    words.windows(2).find_map(|pair| {
        let number = match (MEASUREMENTS.contains(&pair[0]), MEASUREMENTS.contains(&pair[1])) {
            (true, false) => number(pair[1])?,
            (false, true) => number(pair[0])?,
            _ => return None,
        };
        Some(if number == 0 { Time::Part(Part::Before, 0) } else { Time::Part(Part::Middle, number) })
    })
}

fn year(word: &str) -> Option<u64> {
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    if digits != 4 {
        return None;
    }
    word[..4].parse().ok().filter(|year| (1500..2200).contains(year))
}

/// A run of digits or one letter, so that `fase 2` comes before `fase 10`, and `å` after `z`.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Piece {
    /// Length without leading zeros, then the digits: numbers by value, however long.
    Number(usize, String),
    Letter(u32),
}

fn pieces(text: &str) -> impl Iterator<Item = Piece> + '_ {
    let mut characters = text.chars().flat_map(char::to_lowercase).peekable();
    std::iter::from_fn(move || {
        let first = characters.next()?;
        if !first.is_ascii_digit() {
            return Some(Piece::Letter(rank(first)));
        }
        let mut digits = String::from(first);
        while let Some(digit) = characters.next_if(char::is_ascii_digit) {
            digits.push(digit);
        }
        let digits = digits.trim_start_matches('0').to_owned();
        Some(Piece::Number(digits.len(), digits))
    })
}

/// Code points, but for the last letters of the Norwegian alphabet, which follow `z`.
fn rank(letter: char) -> u32 {
    match letter {
        'æ' | 'ä' => 4 * u32::from('z') + 1,
        'ø' | 'ö' => 4 * u32::from('z') + 2,
        'å' => 4 * u32::from('z') + 3,
        _ => 4 * u32::from(letter),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const NOTHING: Known<'_> = Known { declared: &[], manifest: &[], words: Words::OfTime };

    #[track_caller]
    fn check(found: &[&str], known: Known<'_>, expected: &[&str], by: OrderedBy) {
        let ordered = order_values(found.iter().copied(), known);
        assert_eq!(ordered.values, expected);
        assert_eq!(ordered.by, by);
    }

    #[test]
    fn declared_order_holds_and_keeps_values_that_were_not_found() {
        let known = Known { declared: &["start", "underveis", "slutt"], ..NOTHING };
        check(&["slutt", "start", ""], known, &["start", "underveis", "slutt", ""], OrderedBy::Declared);
    }

    #[test]
    fn the_manifests_order_holds_and_newcomers_follow() {
        let known = Known { manifest: &["slutt", "start"], ..NOTHING };
        check(&["start", "før", "slutt", "etter"], known, &["slutt", "start", "før", "etter"], OrderedBy::Manifest);
    }

    #[test]
    fn phases_follow_their_words() {
        check(&["slutt", "start", "underveis"], NOTHING, &["start", "underveis", "slutt"], OrderedBy::Words);
        check(&["etter", "før", "midtveis"], NOTHING, &["før", "midtveis", "etter"], OrderedBy::Words);
        check(&["T10", "T2", "T0"], NOTHING, &["T0", "T2", "T10"], OrderedBy::Words);
        check(
            &["slutt_1855-1899", "mid_1840-1854", "start_1800-1839"],
            NOTHING,
            &["start_1800-1839", "mid_1840-1854", "slutt_1855-1899"],
            OrderedBy::Words,
        );
        check(
            &["2. Underveis", "3. Slutt", "1. Oppstart"],
            NOTHING,
            &["1. Oppstart", "2. Underveis", "3. Slutt"],
            OrderedBy::Words,
        );
        check(
            &["høst 2015", "vår 2016", "vår 2015"],
            NOTHING,
            &["vår 2015", "høst 2015", "vår 2016"],
            OrderedBy::Words,
        );
        check(
            &["sluttfase", "midtveisfase", "oppstartsfase"],
            NOTHING,
            &["oppstartsfase", "midtveisfase", "sluttfase"],
            OrderedBy::Words,
        );
        check(
            &["etterundersøkelse", "førundersøkelse"],
            NOTHING,
            &["førundersøkelse", "etterundersøkelse"],
            OrderedBy::Words,
        );
        check(&["start", "Førde", "endring"], NOTHING, &["start", "endring", "Førde"], OrderedBy::SomeWords);
        check(&["2025Q4", "2025Q1", "2024"], NOTHING, &["2024", "2025Q1", "2025Q4"], OrderedBy::Words);
        check(&["endline", "midline", "baseline"], NOTHING, &["baseline", "midline", "endline"], OrderedBy::Words);
        check(
            &["oppfølging", "måling 10", "måling 2", "nullpunkt"],
            NOTHING,
            &["nullpunkt", "måling 2", "måling 10", "oppfølging"],
            OrderedBy::Words,
        );
        check(&["2. måling", "1. måling", "Slutt"], NOTHING, &["1. måling", "2. måling", "Slutt"], OrderedBy::Words);
        check(&["november", "mars", "april"], NOTHING, &["mars", "april", "november"], OrderedBy::Words);
        check(
            &["juni 2016", "april 2016", "høst 2015", "mai 2016"],
            NOTHING,
            &["høst 2015", "april 2016", "mai 2016", "juni 2016"],
            OrderedBy::Words,
        );
        check(&["ekstra", "slutt", "start"], NOTHING, &["start", "slutt", "ekstra"], OrderedBy::SomeWords);
    }

    #[test]
    fn other_values_stand_in_natural_order() {
        check(&["fase 10", "fase 2", "Fase 1"], NOTHING, &["Fase 1", "fase 2", "fase 10"], OrderedBy::Natural);
        let cases = Known { words: Words::Ignored, ..NOTHING };
        check(
            &["start", "Åmot", "Øyer", "Ærø", "alta", "slutt"],
            cases,
            &["alta", "slutt", "start", "Ærø", "Øyer", "Åmot"],
            OrderedBy::Natural,
        );
        check(&["007", "7", "06"], cases, &["06", "007", "7"], OrderedBy::Natural);
    }

    #[test]
    fn an_order_that_the_words_contradict_is_seen() {
        assert_eq!(contradicted(&["slutt", "start"]), Some(vec!["start", "slutt"]));
        assert_eq!(contradicted(&["start", "slutt"]), None);
        assert_eq!(contradicted(&["runde b", "start"]), None);
    }

    #[test]
    fn nothing_found_is_no_order() {
        check(&[], NOTHING, &[], OrderedBy::Natural);
        check(&[""], NOTHING, &[""], OrderedBy::Natural);
    }

    proptest! {
        #[test]
        fn every_value_comes_once_whatever_its_order(mut found in prop::collection::vec("[a-cæøåT0-9 ._]{0,6}", 0..8), seed in 0usize..8) {
            let once = order_values(found.iter().map(String::as_str), NOTHING);
            if !found.is_empty() {
                let by = seed % found.len();
                found.rotate_left(by);
            }
            prop_assert_eq!(&once, &order_values(found.iter().map(String::as_str), NOTHING));
            let mut sorted = once.values;
            sorted.sort();
            found.sort();
            found.dedup();
            prop_assert_eq!(sorted, found);
        }

        #[test]
        fn natural_order_is_an_order(a in ".{0,6}", b in ".{0,6}", c in "[0-9a]{0,6}") {
            prop_assert_eq!(compare_naturally(&a, &b), compare_naturally(&b, &a).reverse());
            prop_assert_eq!(compare_naturally(&a, &a), Ordering::Equal);
            if compare_naturally(&a, &b).is_le() && compare_naturally(&b, &c).is_le() {
                prop_assert!(compare_naturally(&a, &c).is_le());
            }
        }
    }
}
