//! Whether a word that says more or less is denied, and by which word: before it, or behind the finite verb, where main
//! clauses have it (`kostnadene økte ikke`, `ingen av legene var fornøyde`).
//!
//! What is denied of a part only (`ikke nødvendigvis`, `ikke alle`, `ikke fordi`) says neither that it is so nor that it
//! is not. `ikke bare` and `ikke minst` deny nothing.

use std::ops::Range;

use super::measures::{Class, MEASURES};
use crate::language::{Around, Tokens};

/// A denial is looked for this many words before a measure, whatever they are.
const AHEAD: usize = 3;
/// Words after it that are looked at, as far as the clause goes.
const BEHIND: usize = 5;

/// What denies a word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Denial {
    /// The words that do.
    pub(super) words: Range<usize>,
    /// Whether they deny that it is so; else they only keep from saying it.
    pub(super) is_sure: bool,
}

/// The denial that begins with word `at`, if there is one.
pub(super) fn denial_at(tokens: &Tokens, at: usize) -> Option<Denial> {
    if let Some(n) = MEASURES.denial_phrase_at(tokens, at) {
        return Some(Denial { words: at..at + n, is_sure: true });
    }
    if !MEASURES.denies(tokens, at) {
        return None;
    }
    let is_sure = !MEASURES.is_part_at(tokens, at + 1);
    (!MEASURES.is_beyond_at(tokens, at + 1)).then(|| Denial { words: at..at + 1, is_sure })
}

/// The denial of a measure, `words` of `sentence`; `is_verb` where it is a verb.
pub(super) fn denial_of(
    text: &str,
    tokens: &Tokens,
    sentence: &Range<usize>,
    words: &Range<usize>,
    is_verb: bool,
) -> Option<Denial> {
    let has_break = |at: usize| tokens.words()[at].after_break;
    let is_bound = |at: &usize| !has_break(at + 1);
    let near = (words.start.saturating_sub(AHEAD).max(sentence.start)..words.start).rev().take_while(is_bound);
    let single = |at: usize| MEASURES.is_denial(tokens.form(at)) || MEASURES.denial_phrase_at(tokens, at).is_some();
    if let Some(denial) = near.filter(|at| single(*at)).find_map(|at| denial_at(tokens, at)) {
        return Some(denial);
    }
    // Few sentences deny anything, and reading one takes its time.
    if !sentence.clone().any(|at| denial_at(tokens, at).is_some()) {
        return None;
    }
    let around = Around::new(text, tokens, words.start)?;
    let clause = around.clause().start.max(sentence.start)..around.clause().end.min(sentence.end);
    let ahead = (clause.start..words.start).rev().take_while(is_bound).find_map(|at| {
        let denial = denial_at(tokens, at)?;
        let between = denial.words.end..words.start;
        let verbs: Vec<usize> = between.clone().filter(|at| around.is_finite(*at)).collect();
        let is_open = !around.has_barrier(between.clone()) && verbs.iter().all(|at| around.is_being(*at));
        // `ingen av legene var fornøyde`: whoever it is said of, there is none. `vi fikk ingen penger til gode kurs`:
        // what is denied is something else.
        let is_of_subject = verbs.len() == 1 && MEASURES.is(tokens.form(at), Class::Nobody);
        let is_of_verb = verbs.is_empty() && is_verb;
        is_open.then_some(Denial { is_sure: denial.is_sure && (is_of_subject || is_of_verb), ..denial })
    });
    if ahead.is_some() {
        return ahead;
    }
    let is_fronted = is_verb || words.start == clause.start;
    let goes_on = |at: &usize| {
        !has_break(*at) && !around.has_barrier(*at..*at + 1) && !MEASURES.is(tokens.form(*at), Class::Joins)
    };
    let behind = (words.end..clause.end.min(words.end + BEHIND)).filter(|_| is_fronted).take_while(goes_on);
    let mut denials = behind.filter_map(|at| denial_at(tokens, at));
    denials.next().map(|denial| {
        let is_of_verb = !MEASURES.is(tokens.form(denial.words.start), Class::Nobody);
        Denial { is_sure: denial.is_sure && is_of_verb, ..denial }
    })
}
