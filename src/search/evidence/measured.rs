//! The words of a sentence that say more or less, better or worse, with what makes them stronger or turns them.

use std::ops::Range;

use super::denial::{Denial, denial_of};
use super::measures::{Class, Line, MEASURES};
use super::reading::{Says, Spot, written};
use super::sides;
use crate::language::{Around, Tokens};

/// A denial that is this many words away is shown with `…`.
const FAR: usize = 3;
/// A wish is looked for within this many words before `flere`.
const WISHED: usize = 3;

/// Words that say more or less, with what makes them stronger or turns them.
#[derive(Debug)]
pub(super) struct Measured {
    pub(super) words: Range<usize>,
    line: Line,
    /// Whether they say more, be that denied or not.
    pub(super) is_up: bool,
    is_verb: bool,
    /// What denies them.
    denial: Option<Denial>,
    /// Whether it only denies that there is more anywhere: `kunne ikke vært bedre`.
    is_raised: bool,
}

impl Measured {
    /// Whether they are said of the word that it is around.
    pub(super) fn is_of(&self, around: &Around<'_>) -> bool {
        if self.is_verb {
            around.is_argument_of(self.words.clone())
        } else {
            around.is_described_by(self.words.clone())
                || self.line != Line::Amount && around.is_done(self.words.clone())
        }
    }

    /// What they say.
    pub(super) fn says(&self) -> Says {
        match &self.denial {
            Some(denial) if !denial.is_sure && !self.is_raised => Says::Doubted,
            denial if self.is_up == (denial.is_none() || self.is_raised) => Says::Up(self.line),
            _ => Says::Down(self.line),
        }
    }

    /// Whether a denial tells what they say.
    pub(super) fn is_denied(&self) -> bool {
        self.denial.is_some() && !self.is_raised
    }

    /// Whether they compare with what was or is elsewhere; what could not be better is not for that reason better.
    pub(super) fn is_change(&self, tokens: &Tokens) -> bool {
        !self.is_raised && self.words.clone().any(|word| MEASURES.is(tokens.form(word), Class::Change))
    }

    /// They and what denies them, as they stand in the text; with `…` for what stands far between.
    pub(super) fn cue(&self, text: &str, tokens: &Tokens) -> String {
        let Some(denial) = self.denial.as_ref().map(|denial| &denial.words) else {
            return written(text, tokens, self.words.clone());
        };
        let (first, last) = if denial.start < self.words.start { (denial, &self.words) } else { (&self.words, denial) };
        if last.start.saturating_sub(first.end) > FAR {
            return format!("{} … {}", written(text, tokens, first.clone()), written(text, tokens, last.clone()));
        }
        written(text, tokens, first.start..last.end)
    }
}

/// The measures of a sentence; words of the claim are none.
pub(super) fn measures(text: &str, tokens: &Tokens, sentence: &Range<usize>, spots: &[Spot<'_>]) -> Vec<Measured> {
    let words = tokens.words();
    let is_free = |at: usize| spots.iter().all(|spot| !spot.is_about || spot.at != at);
    let follows = |at: usize| at > sentence.start && !words[at].after_break;
    let mut found = Vec::new();
    let mut at = sentence.start;
    while at < sentence.end {
        let next = Some(at + 1).filter(|next| sentence.contains(next) && follows(*next));
        let sign = |at: usize| {
            let more = || is_more_of_them(tokens, sentence, at).then_some((Line::Amount, true));
            MEASURES.sign(tokens.form(at)).or_else(more).filter(|_| is_free(at))
        };
        let (line, is_up, end) =
            match (MEASURES.degree(tokens.form(at)), next.and_then(|next| Some((next, sign(next)?)))) {
                // `mer utrygg` says `utrygg`; `mindre trygg` says the opposite of `trygg`.
                (Some(degree), Some((next, (line, is_up)))) if is_free(at) => (line, degree == is_up, next + 1),
                _ => match sign(at) {
                    Some(_)
                        if next.is_some_and(|next| !is_free(next)) && MEASURES.is(tokens.form(at), Class::Fully) =>
                    {
                        (Line::Worth, true, at + 1)
                    }
                    Some((line, is_up)) => (line, is_up, at + 1),
                    None if is_free(at)
                        && MEASURES.is(tokens.form(at), Class::Little)
                        && follows(at)
                        && MEASURES.is(tokens.form(at - 1), Class::Too) =>
                    {
                        (Line::Worth, false, at + 1)
                    }
                    None => {
                        at += 1;
                        continue;
                    }
                },
            };
        let mut start = at;
        at = end;
        if follows(start) && MEASURES.is(tokens.form(start - 1), Class::Too) {
            // `for store mål` is no praise.
            if is_up && line.is_along(Line::Worth) {
                continue;
            }
            start -= 1;
        }
        // `hvor god`; and `det vanskelige` is a thing, unless a word of the claim follows.
        let names_word = end < sentence.end && !is_free(end);
        let is_definite = tokens.form(end - 1).ends_with(['e', 'å']);
        let is_thing = |before: &str| is_definite && !names_word && matches!(before, "det" | "den" | "de" | "dei");
        if follows(start) && (MEASURES.is(tokens.form(start - 1), Class::Asking) || is_thing(tokens.form(start - 1))) {
            continue;
        }
        let is_verb = MEASURES.is(tokens.form(end - 1), Class::Verb);
        let denial = denial_of(text, tokens, sentence, &(start..end), is_verb);
        let raises = |denial: &Denial| {
            let raised = Around::new(text, tokens, start)?.raised_by(denial.words.clone())?;
            Some((start..end).contains(&raised))
        };
        let is_raised = denial.as_ref().and_then(raises).unwrap_or(false);
        found.push(Measured { words: start..end, line, is_up, is_verb, denial, is_raised });
    }
    found
}

/// `flere` mostly counts (`flere sa …`); it says that there are more where it is compared, or wished.
fn is_more_of_them(tokens: &Tokens, sentence: &Range<usize>, at: usize) -> bool {
    let is_wished = |at: usize| {
        MEASURES.is(tokens.form(at), Class::Auxiliary) || MEASURES.wish_at(tokens, at).is_some_and(|n| n < WISHED)
    };
    matches!(tokens.form(at), "flere" | "fleire")
        && ((at + 1..sentence.end).any(|than| sides::is_than(tokens, sentence, than))
            || (at.saturating_sub(WISHED).max(sentence.start)..at).any(is_wished))
}
