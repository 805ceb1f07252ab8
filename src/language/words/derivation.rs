//! Derivation: verb, noun and adjective of one stem (`forankre`, `forankring`; `tålmodig`, `tålmodighet`;
//! `innovere`, `innovasjon`, `innovativ`).
//!
//! Only where a code asks for it. Persons are left out: who learns is another theme than learning (`lærer`, `læring`).

use std::collections::BTreeSet;

use super::class::is_vowel;
use super::lexicon::Lexicon;

/// What words of one native stem end in: the verb and its nouns.
const VERBAL: [&str; 7] = ["e", "je", "ing", "ning", "else", "nad", ""];
/// What words of one loaned stem end in.
const LOANED: [&str; 10] = ["ere", "ering", "asjon", "isjon", "ativ", "iv", "ement", "anse", "ent", "ant"];
/// Loaned adjectives and their nouns.
const ABSTRACT: [(&str, &str); 6] =
    [("", "itet"), ("i", "isk"), ("ikk", "isk"), ("isme", "istisk"), ("ens", "ent"), ("sis", "tisk")];
/// Nouns made from adjectives.
const QUALITIES: [&str; 3] = ["het", "heit", "leik"];
/// Adjectives made from nouns.
const ADJECTIVES: [&str; 5] = ["ig", "lig", "leg", "elig", "som"];
/// Nouns in ing and ning that name a thing, no deed of their verb.
const THINGS: [&str; 10] =
    ["bygning", "holdning", "ledning", "leidning", "regning", "rekning", "retning", "setning", "stilling", "tegning"];
/// A noun without ending is taken for its verb's (`samarbeid`, `samarbeide`) only from this length on, since short
/// ones are too often another word (`lær`, `lære`).
const BARE_NOUN: usize = 5;

/// The base forms that share their stem with `word`, sorted.
pub(super) fn relatives(word: &str) -> Vec<String> {
    let lexicon = Lexicon::get();
    // What the lexicon does not know may be nynorsk, and then it knows its relatives no better.
    let is_known = lexicon.is_base(word);
    let is_word = |relative: &String| lexicon.is_base(relative) || (!is_known && !lexicon.knows(relative));
    let mut found: BTreeSet<String> = by_rule(word).into_iter().filter(is_word).collect();
    if is_known {
        // From a noun to its verb to another noun of it, and no further.
        let second: Vec<String> = found.iter().flat_map(|relative| by_rule(relative)).filter(is_word).collect();
        found.extend(second);
    }
    found.extend(listed(word));
    found.remove(word);
    found.into_iter().collect()
}

/// The families that no rule gives.
fn listed(word: &str) -> BTreeSet<String> {
    let lines = include_str!("../data/stems.txt").lines().filter(|line| !line.starts_with('#'));
    let families = lines.filter(|line| line.split(' ').any(|member| member == word));
    families.flat_map(|line| line.split(' ')).map(str::to_owned).collect()
}

fn by_rule(word: &str) -> Vec<String> {
    let mut relatives = Vec::new();
    let mut add = |stem: &str, ending: &str| {
        let relative = format!("{stem}{ending}");
        if stem.chars().count() >= 2 && !THINGS.contains(&relative.as_str()) {
            relatives.push(relative);
        }
    };
    for from in VERBAL {
        let Some(stem) = stem(word, from) else { continue };
        let may_be_bare = stem.chars().count() >= BARE_NOUN && !stem.ends_with(is_vowel);
        for to in VERBAL.iter().filter(|to| from != **to && (may_be_bare || (!to.is_empty() && !from.is_empty()))) {
            add(stem, to);
        }
        // `forstå`, `forståelse`: a verb in a stressed vowel has no e to lose.
        if from.len() > 2 && stem.ends_with(['å', 'a', 'o', 'y', 'ø', 'u']) {
            add(stem, "");
        }
    }
    for from in LOANED {
        let Some(stem) = stem(word, from) else { continue };
        for to in LOANED.iter().filter(|to| from != **to) {
            add(stem, to);
            // `kommunisere`, `kommunikasjon`
            if let Some(before) = stem.strip_suffix('s') {
                add(&format!("{before}k"), to);
            } else if let Some(before) = stem.strip_suffix('k') {
                add(&format!("{before}s"), to);
            }
        }
    }
    for (one, other) in ABSTRACT {
        for (from, to) in [(one, other), (other, one)] {
            if let Some(stem) = stem(word, from) {
                add(stem, to);
            }
        }
    }
    for quality in QUALITIES {
        match stem(word, quality) {
            Some(adjective) => add(adjective, ""),
            None => add(word, quality),
        }
    }
    for ending in ADJECTIVES {
        match stem(word, ending) {
            Some(noun) if noun.chars().count() >= BARE_NOUN => add(noun, ""),
            Some(_) => {}
            None if word.chars().count() >= BARE_NOUN => add(word, ending),
            None => {}
        }
    }
    relatives
}

fn stem<'word>(word: &'word str, ending: &str) -> Option<&'word str> {
    word.strip_suffix(ending).filter(|stem| stem.chars().count() >= 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(word: &str, has: &[&str], has_not: &[&str]) {
        let relatives = relatives(word);
        for relative in has {
            assert!(relatives.iter().any(|it| it == relative), "{word}: {relative} not in {relatives:?}");
        }
        for other in has_not {
            assert!(!relatives.iter().any(|it| it == other), "{word}: {other} in {relatives:?}");
        }
    }

    #[test]
    fn verbs_and_their_nouns() {
        check("forankring", &["forankre"], &["anker"]);
        check("forankre", &["forankring"], &[]);
        check("lære", &["læring"], &["lærer", "lær", "lærling"]);
        check("ledelse", &["lede"], &["leder", "ledning", "ledig"]);
        check("forstå", &["forståelse"], &[]);
        check("samarbeid", &["samarbeide"], &["arbeid"]);
        check("medverknad", &["medverke"], &[]);
        check("deltakelse", &["delta", "deltaking"], &["dele"]);
    }

    #[test]
    fn adjectives_and_their_nouns() {
        check("tålmodig", &["tålmodighet"], &["utålmodig"]);
        check("tålmodighet", &["tålmodig"], &["utålmodighet"]);
        check("strategi", &["strategisk"], &[]);
    }

    #[test]
    fn loan_words() {
        check("innovasjon", &["innovere", "innovativ"], &["renovere"]);
        check("engasjement", &["engasjere"], &[]);
        check("kommunikasjon", &["kommunisere"], &["kommune"]);
        check("evaluering", &["evaluere"], &["valuta"]);
    }
}
