//! Whether a sentence says that something is so: not where it is asked, supposed, wished, planned or only possible.

use std::ops::Range;

use super::measures::{Class, MEASURES, Measure};
use super::reading::written;
use crate::language::{Around, Tokens};

/// Words that affirm all the same are looked for within this many words after `må`.
const EPISTEMIC: usize = 5;
/// The second verb of `kunne gjerne ha vært` is looked for within this many words after the first.
const SUPINE: usize = 4;

/// How something is not so yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// It is called for.
    Duty,
    /// It can be.
    Able,
    /// It will be, or somebody wants it.
    Will,
    /// It is what something is for.
    Purpose,
    /// It is hoped for, planned, expected.
    Hope,
}

/// What says that something is wished, planned or possible.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wish {
    pub(super) kind: Kind,
    pub(super) cue: String,
}

/// Whether the sentence ends with a question mark, or quotes a question: `«Skal vi slutte?» spør Kari`.
pub(super) fn is_asked(text: &str, tokens: &Tokens, sentence: &Range<usize>) -> bool {
    let words = tokens.words();
    let from = words.get(sentence.start).map_or(0, |first| first.start as usize);
    let to = words.get(sentence.end).map_or(text.len(), |word| word.start as usize);
    text.get(from..to).is_some_and(|rest| rest.contains('?'))
}

/// `Uten naboene hadde låven brent ned`: says what would have happened.
fn is_unreal(tokens: &Tokens, sentence: &Range<usize>) -> bool {
    let mut words = sentence.clone().map(|at| tokens.form(at));
    let is_without = words.next().is_some_and(|form| matches!(form, "uten" | "utan" | "without"));
    is_without && words.any(|form| matches!(form, "hadde" | "ville" | "would"))
}

/// Whether the sentence supposes, doubts or asks indirectly before the first word that matters.
pub(super) fn is_supposed(tokens: &Tokens, sentence: &Range<usize>, first: usize) -> bool {
    let form = |at: usize| tokens.form(at);
    if is_unreal(tokens, sentence) {
        return true;
    }
    let opens = |at: usize| at == sentence.start || tokens.words()[at].after_break;
    sentence.clone().any(|at| match MEASURES.get(form(at)) {
        Some(Measure::Supposed) => true,
        _ if form(at) == "om" => {
            (opens(at) && at < first)
                || (sentence.start..at)
                    .rev()
                    .take(2)
                    .any(|before| MEASURES.is(form(before), Class::Doubt) && at <= first)
        }
        _ => at == sentence.start && MEASURES.is(form(at), Class::Asking),
    })
}

/// A word in its sentence, of which something may be denied, wished or supposed.
pub(super) struct Place<'s, 't> {
    pub(super) text: &'t str,
    pub(super) tokens: &'t Tokens,
    pub(super) sentence: &'s Range<usize>,
    pub(super) around: &'s Around<'t>,
    /// Its place among the words of the text.
    pub(super) at: usize,
}

impl Place<'_, '_> {
    /// `kunne vært bedre`, `skulle gjerne hatt mer`, `burde vært forankret`: the words that say that it was not so, where
    /// they are said of the word. `is_claimed` tells the words of the claim.
    pub(super) fn contrary(&self, is_claimed: &dyn Fn(usize) -> bool) -> Option<String> {
        let clause = self.around.clause();
        let first = clause.clone().find(|at| self.is(*at, Class::Contrary))?;
        let mut behind = first + 1..clause.end.min(first + 1 + SUPINE);
        let second = behind.find(|at| self.is(*at, Class::Supine))?;
        // `kunne ikke vært bedre`: it was as good as can be.
        if !self.is(first, Class::Duty) && (first + 1..second).any(|at| MEASURES.is_denial(self.tokens.form(at))) {
            return None;
        }
        // `burde vært forankret`: what should have been was not.
        if is_claimed(second + 1) && self.is(first, Class::Duty) {
            return Some(self.written(first..second + 1));
        }
        let is_more = |at: &usize| *at != self.at && matches!(MEASURES.sign(self.tokens.form(*at)), Some((_, true)));
        let more = (second + 1..clause.end).take(SUPINE).find(is_more)?;
        // `mer fornøyde`
        let is_degree = MEASURES.degree(self.tokens.form(more)).is_some();
        let is_led_on = is_degree && more + 1 < clause.end && MEASURES.sign(self.tokens.form(more + 1)).is_some();
        let end = more + 1 + usize::from(is_led_on && more + 1 != self.at);
        (self.around.is_described_by(more..end)).then(|| self.written(first..end))
    }

    /// What says that the word is wished, planned or possible: an auxiliary in its clause, or words before it in the
    /// sentence that bring it.
    pub(super) fn wish(&self) -> Option<Wish> {
        let words = self.tokens.words();
        let clause = self.around.clause();
        let is_so = |at: usize| {
            if self.is(at, Class::Possible) {
                return false;
            }
            let mut behind = (at + 1..clause.end.min(at + 1 + EPISTEMIC)).take_while(|next| !words[*next].after_break);
            behind.any(|next| self.is(next, Class::Epistemic))
        };
        // Behind the word the auxiliary is its own only where no other verb is.
        let is_own = |at: usize| at < self.at || !(clause.start..at).any(|verb| self.around.is_finite(verb));
        let is_auxiliary = |at: &usize| *at != self.at && self.is(*at, Class::Auxiliary) && is_own(*at) && !is_so(*at);
        if let Some(at) = clause.clone().find(is_auxiliary) {
            return Some(Wish { kind: self.kind(at, 1), cue: self.written(at..at + 1) });
        }
        let wish = |at: usize| Some((at, MEASURES.wish_at(self.tokens, at)?));
        let brings = |(at, n): &(usize, usize)| at + n <= self.at && self.is_led_to_from(at + n);
        let ahead = (self.sentence.start..self.at).filter_map(wish).find(brings);
        // Behind the word a verb may be its own (`forankring etterlyses`); a phrase that goes on is of what follows it.
        let goes_on = |at: usize, n: usize| {
            let is_open = n > 1 || self.is(at, Class::Purpose);
            is_open && at + n < clause.end && !words[at + n].after_break
        };
        let behind = clause.clone().filter(|at| *at > self.at).filter_map(wish).find(|(at, n)| !goes_on(*at, *n));
        let (at, n) = ahead.or(behind)?;
        Some(Wish { kind: self.kind(at, n), cue: self.written(at..at + n) })
    }

    /// How what these words bring is not so yet.
    fn kind(&self, at: usize, n: usize) -> Kind {
        let is_verb = n == 1 && self.is(at, Class::Auxiliary);
        match () {
            () if self.is(at, Class::Able) => Kind::Able,
            () if self.is(at, Class::Will) => Kind::Will,
            () if is_verb || self.is(at, Class::Calls) => Kind::Duty,
            () if self.is(at, Class::Purpose) => Kind::Purpose,
            () => Kind::Hope,
        }
    }

    /// The denial of a clause that brings the one with the word: `ingen mener at …`.
    pub(super) fn denied_from_afar(&self) -> Option<String> {
        let is_afar = |at: &usize| {
            MEASURES.denies(self.tokens, *at) && self.is_led_to_from(at + 1) && self.around.has_barrier(at + 1..self.at)
        };
        let distrust = (self.sentence.start..self.at).find_map(|at| {
            let end = at + MEASURES.distrust_at(self.tokens, at)?;
            let is_denied = at > self.sentence.start && MEASURES.is_denial(self.tokens.form(at - 1));
            (!is_denied && end <= self.at && self.is_led_to_from(end)).then_some(at..end)
        });
        let words = distrust.or_else(|| (self.sentence.start..self.at).find(is_afar).map(|at| at..at + 1))?;
        Some(self.written(words))
    }

    /// `det er ikke slik at …`, of the clause with the word.
    pub(super) fn not_so(&self) -> Option<String> {
        let is_so =
            |at: usize| matches!(self.tokens.form(at), "slik" | "sånn" | "tilfelle" | "riktig" | "rett" | "sant");
        let at = (self.sentence.start..self.at.saturating_sub(2)).find(|at| {
            MEASURES.is_denial(self.tokens.form(*at)) && is_so(at + 1) && self.tokens.form(at + 2) == "at"
        })?;
        self.is_led_to_from(at + 1).then(|| self.written(at..at + 3))
    }

    fn is(&self, at: usize, class: Class) -> bool {
        MEASURES.is(self.tokens.form(at), class)
    }

    /// Words of the text as they stand there.
    pub(super) fn written(&self, words: Range<usize>) -> String {
        written(self.text, self.tokens, words)
    }

    /// What brings something stands before it, with no break from `start` on but one before `at`.
    fn is_led_to_from(&self, start: usize) -> bool {
        let is_bound =
            |at: usize| !self.tokens.words()[at].after_break || matches!(self.tokens.form(at), "at" | "om" | "that");
        (start..=self.at).all(is_bound)
    }
}
