//! Whether a sentence says that something is so: not where it is asked, supposed, wished, planned or only possible.

use std::ops::Range;

use super::measures::{MEASURES, Measure};
use super::reading::written;
use crate::language::{Around, Tokens};

/// What says that something is so all the same is looked for this many words behind `må`.
const EPISTEMIC: usize = 5;
/// The second verb of `kunne gjerne ha vært` is looked for this many words behind the first.
const SUPINE: usize = 4;

/// Whether the sentence ends with a question mark.
pub(super) fn is_asked(text: &str, tokens: &Tokens, sentence: &Range<usize>) -> bool {
    let words = tokens.words();
    let from = sentence.end.checked_sub(1).map_or(0, |last| words[last].end as usize);
    let to = words.get(sentence.end).map_or(text.len(), |word| word.start as usize);
    text.get(from..to).is_some_and(|rest| rest.contains('?'))
}

/// Whether the sentence supposes, doubts or asks indirectly before the first word that matters.
pub(super) fn is_supposed(tokens: &Tokens, sentence: &Range<usize>, first: usize) -> bool {
    let form = |at: usize| tokens.form(at);
    let opens = |at: usize| at == sentence.start || tokens.words()[at].after_break;
    sentence.clone().any(|at| match MEASURES.get(form(at)) {
        Some(Measure::Supposed) => true,
        _ if form(at) == "om" => {
            (opens(at) && at < first)
                || (sentence.start..at).rev().take(2).any(|before| MEASURES.is_doubt(form(before)) && at <= first)
        }
        _ => at == sentence.start && MEASURES.is_asking(form(at)),
    })
}

/// `kunne vært bedre`, `skulle gjerne hatt mer`, `burde vært forankret`: the words that say that it was not so, where they are said of the
/// word at `place`. `is_claimed` tells the words of the claim.
pub(super) fn contrary(
    text: &str,
    tokens: &Tokens,
    around: &Around<'_>,
    place: usize,
    is_claimed: &dyn Fn(usize) -> bool,
) -> Option<String> {
    let clause = around.clause();
    let first = clause.clone().find(|at| MEASURES.contrary(tokens.form(*at)).0)?;
    let mut behind = first + 1..clause.end.min(first + 1 + SUPINE);
    let second = behind.find(|at| MEASURES.contrary(tokens.form(*at)).1)?;
    // `burde vært forankret`: what should have been was not.
    if is_claimed(second + 1) && MEASURES.is_duty(tokens.form(first)) {
        return Some(written(text, tokens, first..second + 1));
    }
    let is_more = |at: &usize| *at != place && matches!(MEASURES.sign(tokens.form(*at)), Some((_, true)));
    let more = (second + 1..clause.end).take(SUPINE).find(is_more)?;
    (around.is_described_by(more..more + 1)).then(|| written(text, tokens, first..more + 1))
}

/// What says that the word at `place` is wished, planned or possible: an auxiliary in its clause, or words before it
/// in the sentence that bring it.
pub(super) fn wish(
    text: &str,
    tokens: &Tokens,
    sentence: &Range<usize>,
    around: &Around<'_>,
    place: usize,
) -> Option<String> {
    let words = tokens.words();
    let clause = around.clause();
    let is_so = |at: usize| {
        if MEASURES.is_possible(tokens.form(at)) {
            return false;
        }
        let mut behind = (at + 1..clause.end.min(at + 1 + EPISTEMIC)).take_while(|next| !words[*next].after_break);
        behind.any(|next| MEASURES.is_epistemic(tokens.form(next)))
    };
    // Behind the word the auxiliary is its own only where no other verb is.
    let is_own = |at: usize| at < place || !(clause.start..at).any(|verb| around.is_finite(verb));
    let auxiliary =
        clause.clone().find(|at| *at != place && MEASURES.is_auxiliary(tokens.form(*at)) && is_own(*at) && !is_so(*at));
    if let Some(at) = auxiliary {
        return Some(written(text, tokens, at..at + 1));
    }
    let wish = |at: usize| Some((at, MEASURES.wish_at(tokens, at)?));
    let ahead =
        (sentence.start..place).filter_map(wish).find(|(at, n)| at + n <= place && leads(tokens, at + n..place));
    let in_clause = || clause.clone().filter(|at| *at > place).find_map(wish);
    let (at, n) = ahead.or_else(in_clause)?;
    Some(written(text, tokens, at..at + n))
}

/// The denial of a clause that brings the one with the word at `place`: `ingen mener at …`.
pub(super) fn denied_from_afar(
    text: &str,
    tokens: &Tokens,
    sentence: &Range<usize>,
    around: &Around<'_>,
    place: usize,
) -> Option<String> {
    let is_afar =
        |at: &usize| MEASURES.denies(tokens, *at) && leads(tokens, at + 1..place) && around.has_barrier(at + 1..place);
    let at = (sentence.start..place).find(is_afar)?;
    Some(written(text, tokens, at..at + 1))
}

/// What brings something stands before it, with no break between but one before `at`.
fn leads(tokens: &Tokens, between: Range<usize>) -> bool {
    let is_bound = |at: usize| !tokens.words()[at].after_break || matches!(tokens.form(at), "at" | "om" | "that");
    (between.start..=between.end).all(is_bound)
}
