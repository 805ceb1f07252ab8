//! A word in its sentence, for rules beyond stance: its clause, and which words beside it are said of it.
//!
//! What is said of what is decided as for stance (`reach.rs`); the cues that others look for need not be ours.

use std::ops::Range;

use super::lexicon::{Class, Reach};
use super::phrase::{ends_phrase, governing_preposition, leads_to_theme};
use super::reach;
use super::sentence::{Found, Sentence};
use super::{CueSet, praise, verb};
use crate::language::Tokens;

/// Prepositions that tie an adjective to what it is about: `fornøyd med opplæringen`.
const TIES: [&str; 6] = ["med", "om", "over", "imot", "mot", "åt"];

/// What is done is looked for this many words behind an adjective.
const DONE: usize = 6;

/// Verbs of being in English, which the lists of stance do not have.
const BEING: [&str; 8] = ["is", "are", "was", "were", "been", "be", "has", "had"];

/// A word, called the theme here, in its sentence. Places are those of the segment's words.
#[derive(Debug)]
pub struct Around<'a> {
    sentence: Sentence<'a>,
    base: usize,
}

impl<'a> Around<'a> {
    /// Reads the sentence around word `theme`; `None` where there is no such word.
    #[must_use]
    pub fn new(text: &str, tokens: &'a Tokens, theme: usize) -> Option<Self> {
        (theme < tokens.words().len()).then(|| {
            let sentence = Sentence::around(text, tokens, theme..theme + 1, &CueSet::default());
            let base = sentence.index(0);
            Self { sentence, base }
        })
    }

    /// The words of the clause that holds the theme.
    #[must_use]
    pub fn clause(&self) -> Range<usize> {
        self.base + self.sentence.clause.start..self.base + self.sentence.clause.end
    }

    /// Whether a finite verb stands in the sentence.
    #[must_use]
    pub fn has_verb(&self) -> bool {
        (0..self.sentence.len()).any(|at| self.sentence.is(at, Class::Finite)) || self.lone_verb().is_some()
    }

    /// The finite verb of a sentence where only the lexicon knows one.
    fn lone_verb(&self) -> Option<usize> {
        let n = self.sentence.len();
        let mut start = 0;
        (1..=n).filter(|at| *at == n || self.sentence.gap(*at)).find_map(|end| {
            let found = verb::in_clause(&self.sentence, start..end, false);
            start = end;
            found
        })
    }

    /// Whether word `at` is a finite verb, as far as a list and its place tell.
    #[must_use]
    pub fn is_finite(&self, at: usize) -> bool {
        at.checked_sub(self.base).is_some_and(|at| self.sentence.is(at, Class::Finite))
    }

    /// Whether the theme, behind a subject, is the verb of its sentence: `de startet med kurs`.
    #[must_use]
    pub fn is_verb(&self) -> bool {
        let theme = self.sentence.theme.start;
        self.sentence.is(theme, Class::Finite) || self.lone_verb() == Some(theme)
    }

    /// The word that a denial, these words, only raises above all else: `kunne ikke vært bedre`, `har aldri vært så god`.
    #[must_use]
    pub fn raised_by(&self, denial: Range<usize>) -> Option<usize> {
        let (start, end) = (denial.start.checked_sub(self.base)?, denial.end.checked_sub(self.base)?);
        praise::raised_by(&self.sentence, &(start..end)).map(|at| at + self.base)
    }

    /// Whether word `at` is a form of being, having or another verb that adds nothing of its own.
    #[must_use]
    pub fn is_being(&self, at: usize) -> bool {
        let is_any = |at: usize| self.sentence.is_any(at, &[Class::Copula, Class::Have, Class::Light]);
        at.checked_sub(self.base).is_some_and(|at| is_any(at) || BEING.contains(&self.sentence.form(at)))
    }

    /// Whether a clause of its own (`at …`, `som …`) begins among these words.
    #[must_use]
    pub fn has_barrier(&self, words: Range<usize>) -> bool {
        words.into_iter().filter_map(|at| at.checked_sub(self.base)).any(|at| self.sentence.is_barrier(at))
    }

    /// Whether an adjective or adverb is said of the theme: `god forankring`, `forankringen var god`, `samarbeidet
    /// fungerte godt`, `fornøyd med samarbeidet`.
    #[must_use]
    pub fn is_described_by(&self, words: Range<usize>) -> bool {
        let Some(found) = self.found(words, Reach::Attribute) else { return false };
        let is_before = found.end <= self.sentence.theme.start;
        let is_tied = if is_before { !self.has_preposition(&found) } else { self.has_being(&found) };
        let is_attribute = is_tied && reach::is_about_theme(&self.sentence, &found);
        is_attribute || self.is_complement(&found) || self.is_manner(&found)
    }

    /// Whether the theme is what is done, behind an adjective with `å`: `lett å komme med ideer`.
    #[must_use]
    pub fn is_done(&self, words: Range<usize>) -> bool {
        let Some(found) = self.found(words, Reach::Attribute) else { return false };
        let (from, to) = (found.end, self.sentence.theme.start);
        let is_bound = |at: usize| {
            !self.sentence.gap(at) && !self.sentence.is_any(at, &[Class::Finite, Class::Barrier, Class::Coordinator])
        };
        let is_object = governing_preposition(&self.sentence).is_none_or(|at| at <= from + 2);
        from < to && to - from <= DONE && self.sentence.form(from) == "å" && is_object && (from..=to).all(is_bound)
    }

    /// Whether the theme is subject or object of a verb: `samarbeidet økte`, `svekket framdriften`, `framdriften ble
    /// svekket`.
    #[must_use]
    pub fn is_argument_of(&self, words: Range<usize>) -> bool {
        let ties = [Reach::Subject, Reach::Object, Reach::Attribute];
        ties.into_iter()
            .filter_map(|reach| self.found(words.clone(), reach))
            .any(|found| !self.is_parted(&found) && reach::is_about_theme(&self.sentence, &found))
    }

    /// Whether punctuation stands between the theme and a verb.
    fn is_parted(&self, found: &Found) -> bool {
        let theme = &self.sentence.theme;
        let between = if found.end <= theme.start { found.end..=theme.start } else { theme.end..=found.start };
        between.into_iter().any(|at| self.sentence.gap(at))
    }

    fn found(&self, words: Range<usize>, reach: Reach) -> Option<Found> {
        let (start, end) = (words.start.checked_sub(self.base)?, words.end.checked_sub(self.base)?);
        let is_beside = end <= self.sentence.theme.start || start >= self.sentence.theme.end;
        (is_beside && start < end && end <= self.sentence.len()).then_some(Found { start, end, stance: None, reach })
    }

    /// Whether a verb of being or having ties an adjective to the theme before it: `støtten var god`, `var støtten god`.
    fn has_being(&self, found: &Found) -> bool {
        (self.sentence.clause.start..found.start).any(|at| self.is_being(self.base + at))
    }

    /// Whether a preposition parts an adjective from the theme behind it: `gjorde mer for samarbeidet`.
    fn has_preposition(&self, found: &Found) -> bool {
        let mut between = found.end..self.sentence.theme.start.max(found.end);
        between.any(|at| self.sentence.is(at, Class::Preposition) && !self.sentence.covered(at))
    }

    fn is_complement(&self, found: &Found) -> bool {
        let is_infinitive = self.sentence.form(found.end + 1) == "å";
        found.end < self.sentence.theme.start
            && TIES.contains(&self.sentence.form(found.end))
            && leads_to_theme(&self.sentence, found.end + 1 + usize::from(is_infinitive), true)
    }

    /// Said of how something goes, where the theme is what goes.
    fn is_manner(&self, found: &Found) -> bool {
        let adverbs =
            (0..found.start).rev().take_while(|at| self.sentence.is_any(*at, &[Class::Degree, Class::Adverb]));
        let Some(verb) = found.start.checked_sub(adverbs.count() + 1) else { return false };
        let verb = Found { start: verb, end: verb + 1, ..Found { reach: Reach::Subject, ..*found } };
        verb.start >= self.sentence.theme.end
            && (self.sentence.theme.end..verb.start).all(|at| self.sentence.form(at) != "som")
            && !self.sentence.gap(found.start)
            && ends_phrase(&self.sentence, found.end)
            && reach::is_about_theme(&self.sentence, &verb)
    }
}
