//! Whether a sentence holds the claim's own words, one behind the other: then it says the same, whatever rules of what is
//! said of what make of it.
//!
//! What stands beside them must not take them back: no denial, doubt, wish, question, nothing of how far it goes.

use std::ops::Range;

use super::doubt;
use super::measures::{Class, MEASURES, Measure};
use crate::language::{Around, Tokens};

/// Beside the claim's words these make less of them, or ask.
const HEDGES: [&str; 9] = ["bare", "berre", "kun", "nesten", "delvis", "liksom", "only", "almost", "partly"];
/// Before the claim's words these bring them in another clause.
const OPENERS: [&str; 6] = ["om", "at", "som", "når", "da", "that"];
/// One word says nothing.
const MIN_LENGTH: usize = 2;

/// A claim as it is written.
#[derive(Debug)]
pub(super) struct Wording {
    words: Vec<String>,
    /// Whether it contains a finite verb; without one, it could be part of many different sentences.
    is_sentence: bool,
}

impl Wording {
    pub(super) fn of(text: &str, tokens: &Tokens) -> Self {
        let words: Vec<String> = (0..tokens.words().len()).map(|at| tokens.form(at).to_owned()).collect();
        Self { words, is_sentence: Around::new(text, tokens, 0).is_some_and(|around| around.has_verb()) }
    }

    /// Whether the words `sentence` of `text` say it.
    pub(super) fn stands_in(&self, text: &str, tokens: &Tokens, sentence: &Range<usize>) -> bool {
        let n = self.words.len();
        if n < MIN_LENGTH || n > sentence.len() || doubt::is_asked(text, tokens, sentence) {
            return false;
        }
        let stands = |at: &usize| self.words.iter().enumerate().all(|(index, word)| tokens.form(at + index) == word);
        let Some(at) = (sentence.start..=sentence.end - n).find(stands) else { return false };
        if n == sentence.len() {
            return true;
        }
        let (before, behind) = (sentence.start..at, at + n..sentence.end);
        self.is_sentence
            && (before.is_empty() || tokens.words()[at].after_break)
            && before.clone().all(|at| !OPENERS.contains(&tokens.form(at)))
            && before.chain(behind).all(|at| is_plain(tokens, at))
    }
}

fn is_plain(tokens: &Tokens, at: usize) -> bool {
    let form = tokens.form(at);
    let is_loud = matches!(MEASURES.get(form), Some(Measure::Deny | Measure::Supposed | Measure::Than))
        || MEASURES.is_measure(form)
        || MEASURES.is(form, Class::Auxiliary)
        || HEDGES.contains(&form);
    !is_loud
        && MEASURES.denial_phrase_at(tokens, at).is_none()
        && MEASURES.wish_at(tokens, at).is_none()
        && MEASURES.extent_at(tokens, at).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(claim: &str, passage: &str, expected: bool) {
        let (own, tokens) = (Tokens::of(claim), Tokens::of(passage));
        let found = Wording::of(claim, &own).stands_in(passage, &tokens, &(0..tokens.words().len()));
        assert_eq!(found, expected, "{claim} | {passage}");
    }

    #[test]
    fn the_claims_own_words_say_the_same() {
        let claim = "Kommunene samarbeidet om kurs";
        check(claim, "Kommunene samarbeidet om kurs.", true);
        check(claim, "I fjor, forteller de, kommunene samarbeidet om kurs.", true);
        check(claim, "Kommunene samarbeidet om kurs i fjor.", true);
        check("Ikke alle var enige om målene", "Ikke alle var enige om målene.", true);
    }

    #[test]
    fn what_stands_beside_may_take_them_back() {
        let claim = "Kommunene samarbeidet om kurs";
        for passage in [
            "Kommunene samarbeidet om kurs?",
            "Kommunene samarbeidet om kurs av og til.",
            "Kommunene samarbeidet om kurs bare på papiret.",
            "Det er feil at kommunene samarbeidet om kurs.",
            "Ingen av kommunene samarbeidet om kurs.",
            "Kommunene samarbeidet ikke om kurs.",
            "Hvis kommunene samarbeidet om kurs, var det fint.",
        ] {
            check(claim, passage, false);
        }
        check("Forankring", "Forankring.", false);
        check("Samarbeid om kurs", "Det var samarbeid om kurs.", false);
    }
}
