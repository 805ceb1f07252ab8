//! The words of a sentence that say more or less, better or worse, with what makes them stronger or turns them.

use std::ops::Range;

use super::compared_parts;
use super::denial::{Denial, denial_of};
use super::measures::{Class, Line, MEASURES};
use super::reading::{Says, Spot, written};
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
pub(super) fn measures(text: &str, tokens: &Tokens, sentence: &Range<usize>, spots: &[Spot]) -> Vec<Measured> {
    let searched = Searched { text, tokens, sentence, spots };
    let mut found = Vec::new();
    let mut at = sentence.start;
    while at < sentence.end {
        let Some(sign) = searched.sign_at(at) else {
            at += 1;
            continue;
        };
        at = sign.words.end;
        found.extend(searched.measured(sign));
    }
    found
}

/// A sentence that is looked through for measures.
struct Searched<'a> {
    text: &'a str,
    tokens: &'a Tokens,
    sentence: &'a Range<usize>,
    spots: &'a [Spot],
}

/// Words that say more or less, by themselves.
struct Sign {
    words: Range<usize>,
    line: Line,
    is_up: bool,
}

impl Searched<'_> {
    /// The sign that begins with this word, with the degree that it may have.
    fn sign_at(&self, at: usize) -> Option<Sign> {
        let next = Some(at + 1).filter(|next| self.sentence.contains(next) && self.follows(*next));
        // `mer utrygg` says `utrygg`; `mindre trygg` says the opposite of `trygg`.
        if let Some(degree) = MEASURES.degree(self.tokens.form(at)).filter(|_| self.is_free(at))
            && let Some((next, (line, is_up))) = next.and_then(|next| Some((next, self.sign_of(next)?)))
        {
            return Some(Sign { words: at..next + 1, line, is_up: degree == is_up });
        }
        let (line, is_up) = match self.sign_of(at) {
            Some(_) if next.is_some_and(|next| !self.is_free(next)) && self.is(at, Class::Fully) => (Line::Worth, true),
            Some(sign) => sign,
            None if self.is_free(at) && self.is(at, Class::Little) && self.is_too(at) => (Line::Worth, false),
            None => return None,
        };
        Some(Sign { words: at..at + 1, line, is_up })
    }

    /// What one word says by itself.
    fn sign_of(&self, at: usize) -> Option<(Line, bool)> {
        let more = || is_more_of_them(self.tokens, self.sentence, at).then_some((Line::Amount, true));
        MEASURES.sign(self.tokens.form(at)).or_else(more).filter(|_| self.is_free(at))
    }

    /// A sign with what stands around it; `None` where it measures nothing there.
    fn measured(&self, sign: Sign) -> Option<Measured> {
        let Sign { words: Range { mut start, end }, line, is_up } = sign;
        if self.is_too(start) {
            // `for store mål` is no praise.
            if is_up && line.is_along(Line::Worth) {
                return None;
            }
            start -= 1;
        }
        // `hvor god` asks.
        if self.follows(start) && (self.is(start - 1, Class::Asking) || self.is_thing(&(start..end))) {
            return None;
        }
        let is_verb = self.is(end - 1, Class::Verb);
        let denial = denial_of(self.text, self.tokens, self.sentence, &(start..end), is_verb);
        let raises = |denial: &Denial| {
            let raised = Around::new(self.text, self.tokens, start)?.raised_by(denial.words.clone())?;
            Some((start..end).contains(&raised))
        };
        let is_raised = denial.as_ref().and_then(raises).unwrap_or(false);
        Some(Measured { words: start..end, line, is_up, is_verb, denial, is_raised })
    }

    /// `det vanskelige` is a thing, unless a word of the claim follows.
    fn is_thing(&self, words: &Range<usize>) -> bool {
        let names_word = words.end < self.sentence.end && !self.is_free(words.end);
        let is_definite = self.tokens.form(words.end - 1).ends_with(['e', 'å']);
        is_definite && !names_word && matches!(self.tokens.form(words.start - 1), "det" | "den" | "de" | "dei")
    }

    /// Whether `for` stands directly before this word.
    fn is_too(&self, at: usize) -> bool {
        self.follows(at) && self.is(at - 1, Class::Too)
    }

    /// Whether it is no word of the claim.
    fn is_free(&self, at: usize) -> bool {
        self.spots.iter().all(|spot| !spot.is_about || spot.at != at)
    }

    /// Whether a word of the sentence stands directly before it.
    fn follows(&self, at: usize) -> bool {
        at > self.sentence.start && !self.tokens.words()[at].after_break
    }

    fn is(&self, at: usize, class: Class) -> bool {
        MEASURES.is(self.tokens.form(at), class)
    }
}

/// `flere` mostly counts (`flere sa …`); it says that there are more where it is compared, or wished.
fn is_more_of_them(tokens: &Tokens, sentence: &Range<usize>, at: usize) -> bool {
    let is_wished = |at: usize| {
        MEASURES.is(tokens.form(at), Class::Auxiliary) || MEASURES.wish_at(tokens, at).is_some_and(|n| n < WISHED)
    };
    matches!(tokens.form(at), "flere" | "fleire")
        && ((at + 1..sentence.end).any(|than| compared_parts::is_than(tokens, sentence, than))
            || (at.saturating_sub(WISHED).max(sentence.start)..at).any(is_wished))
}
