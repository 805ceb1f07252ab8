//! The words of a claim: what it is about, and how much each word contributes to that.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::measures::MEASURES;
use crate::language::{Language, Tokens, is_function_word, language_of_tag};
use crate::text::fold;

/// What a word of a claim is there for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// What the claim is about.
    Subject,
    /// The name of a case, phase or speaker.
    Name,
    /// Comparison or amount: decides about direction.
    Measure,
    /// How people speak about speaking: `mente`, `the group`.
    Talk,
}

impl Role {
    /// How much a word of this role weighs in the ranking.
    fn weight(self) -> f64 {
        match self {
            Self::Subject => 1.0,
            Self::Name => 0.3,
            Self::Measure => 0.3,
            Self::Talk => 0.2,
        }
    }
}

/// One word of a claim that takes part in the ranking.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct ClaimWord {
    /// Folded.
    pub word: String,
    /// Its place among the words of the claim.
    pub at: usize,
    /// What it is there for.
    pub role: Role,
    /// Its weight for its place in the sentence, 0 to 1.
    pub place: f64,
}

/// What a study of projects is about in any case; passages seldom name it.
const THE_PROJECT: [&str; 28] = [
    "prosjekt",
    "prosjektet",
    "prosjekta",
    "prosjekter",
    "prosjektene",
    "tiltak",
    "tiltaket",
    "tiltaka",
    "tiltakene",
    "program",
    "programmet",
    "programma",
    "programmene",
    "pilot",
    "piloten",
    "pilotane",
    "pilotene",
    "delpilot",
    "delpiloten",
    "pilotprosjektet",
    "satsing",
    "satsinga",
    "satsingen",
    "satsning",
    "satsningen",
    "initiativet",
    "ordninga",
    "ordningen",
];

/// What opens an aside that only says when: `… when discussing the budget`.
const ASIDE: [&str; 4] = ["when", "while", "når", "da"];
/// How much words of an aside weigh, of what they would otherwise.
const ASIDE_WEIGHT: f64 = 0.4;
/// What asks for a kind of thing: `which country`. A passage that answers seldom names the kind.
const ASKS_KIND: [&str; 7] = ["hvilken", "hvilket", "hvilke", "what", "which", "slags", "mange"];
/// How much the kind that is asked for weighs, of what it would otherwise.
const KIND_WEIGHT: f64 = 0.4;

impl ClaimWord {
    /// How much it weighs in the ranking.
    pub(super) fn weight(&self) -> f64 {
        self.role.weight() * self.place
    }

    /// Whether it names what the study is about in any case, and so tells nothing apart.
    pub(super) fn is_the_project(&self) -> bool {
        THE_PROJECT.contains(&self.word.as_str())
    }

    /// Whether something may be said of it: it names no place, and says nothing of another as `billigere` does.
    pub(super) fn is_spoken_of(&self) -> bool {
        matches!(self.role, Role::Subject | Role::Talk) && !MEASURES.is_measure(&self.word)
    }
}

/// Words beyond this number are left out: a claim is a sentence, not a page.
const MAX_WORDS: usize = 32;

#[derive(Debug, Deserialize)]
struct Lists {
    grammar: String,
    talk: String,
    measure: String,
}

/// By tag of the language and word; the stronger reason to weigh little wins.
static PASSING: LazyLock<BTreeMap<(String, String), Option<Role>>> = LazyLock::new(|| {
    let lists: BTreeMap<String, Lists> =
        toml::from_str(include_str!("passing_words.toml")).expect("the shipped word lists are checked by a test");
    let mut passing = BTreeMap::new();
    for (tag, lists) in lists {
        for (words, role) in
            [(lists.talk, Some(Role::Talk)), (lists.measure, Some(Role::Measure)), (lists.grammar, None)]
        {
            passing.extend(words.split_whitespace().map(|word| ((tag.clone(), fold(word)), role)));
        }
    }
    passing
});

/// The words of `claim` that take part in ranking, each once, in order.
pub(super) fn claim_words(tokens: &Tokens, languages: &[Language], is_name: &dyn Fn(usize) -> bool) -> Vec<ClaimWord> {
    let mut words: Vec<ClaimWord> = Vec::new();
    let aside = (1..tokens.words().len()).find(|at| ASIDE.contains(&tokens.form(*at)) && *at > 2);
    for at in 0..tokens.words().len() {
        let word = tokens.form(at);
        if words.iter().any(|known| known.word == word) {
            continue;
        }
        let role = if is_name(at) { Some(Role::Name) } else { role_of(word, languages) };
        words.extend(role.map(|role| ClaimWord {
            word: word.to_owned(),
            at,
            role,
            place: match () {
                () if aside.is_some_and(|aside| at > aside) => ASIDE_WEIGHT,
                () if at > 0 && ASKS_KIND.contains(&tokens.form(at - 1)) => KIND_WEIGHT,
                () => 1.0,
            },
        }));
        if words.len() == MAX_WORDS {
            break;
        }
    }
    words
}

/// What a word is there for; `None` for one of grammar.
pub(super) fn role_of(word: &str, languages: &[Language]) -> Option<Role> {
    let of_lists = ["nb", "nn", "en"]
        .into_iter()
        .filter(|tag| language_of_tag(tag).is_some_and(|language| languages.contains(&language)))
        .filter_map(|tag| PASSING.get(&(tag.to_owned(), word.to_owned())))
        .max();
    match of_lists {
        Some(role) => *role,
        None if is_function_word(word, languages) => None,
        None => Some(Role::Subject),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(claim: &str, expected: &[(&str, Role)]) {
        let words = claim_words(&Tokens::of(claim), &[Language::Bokmaal, Language::Nynorsk], &|_| false);
        let found: Vec<(&str, Role)> = words.iter().map(|word| (word.word.as_str(), word.role)).collect();
        assert_eq!(found, expected, "{claim}");
    }

    #[test]
    fn grammar_is_left_out_and_the_subject_stays() {
        check(
            "Forankringen var svakere enn deltakerne mente",
            &[
                ("forankringen", Role::Subject),
                ("svakere", Role::Measure),
                ("deltakerne", Role::Talk),
                ("mente", Role::Talk),
            ],
        );
        check("Kva er det?", &[]);
    }
}
