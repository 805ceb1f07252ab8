//! How a passage puts a theme: present, needed, missing or mixed, by cue words in the clause of the mention.
//!
//! The rules are few and shallow, and err on the side of `present`, the default:
//!
//! 1. The [sentence] around the mention is read, its clause found, its cues looked up in the data files under
//!    `cues/` (bokmål and nynorsk together, since people mix them). The longest cue wins a place, a codebook's own
//!    before a shipped one; idioms (`ikke minst`, `uten tvil`) swallow their words. No word that makes a mention one
//!    (`ikke` in a theme `orker ikke`) is part of a shipped cue; a word that only stands among its words may be.
//! 2. A negation and a cue that it takes back (`ikke svak`, `mangler ikke`) leave together.
//! 3. Each cue left is about the theme or not, by what stands between the two ([reach], [negation]).
//! 4. Of those that are, the strongest wins: mixed, missing, needed; of equals the nearest.
//!
//! Prefixes and suffixes (`uforankret`, `lederløs`) are a codebook's matter: a pattern may carry its stance.

mod adverbial;
mod around;
mod contrast;
mod lexicon;
mod needed;
mod negation;
mod phrase;
mod praise;
mod reach;
mod sentence;
#[cfg(test)]
mod tests;
mod verb;

use std::ops::Range;

pub use self::around::Around;
use self::lexicon::{Lexicon, Reach};
use self::sentence::{Found, Sentence};
use super::{FormList, Stance, Tokens};
use crate::text::Span;

/// The words that told a stance, as places in the segment's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cue {
    /// The cue.
    pub span: Span,
    /// Its second part, where it has one (`uten … ingen`, `noen … andre`).
    pub also: Option<Span>,
}

impl Cue {
    /// The words as written in `text`, the segment that the cue was found in.
    #[must_use]
    pub fn written(&self, text: &str) -> String {
        match self.also {
            None => self.span.of(text).to_owned(),
            Some(also) if also.start() < self.span.start() => format!("{} … {}", also.of(text), self.span.of(text)),
            Some(also) => format!("{} … {}", self.span.of(text), also.of(text)),
        }
    }
}

/// The cues of one code: the shipped ones and the codebook's own.
#[derive(Debug, Clone, Default)]
pub struct CueSet {
    /// Longest first.
    own: Vec<OwnCue>,
}

#[derive(Debug, Clone)]
struct OwnCue {
    words: Vec<String>,
    stance: Stance,
}

impl CueSet {
    /// The shipped cues and a code's own for the three stances.
    ///
    /// A cue is one or more words, each compared in its folded form and not inflected: `mangla` must be given
    /// beside `mangler`. It holds anywhere in the theme's clause. One without a word is left out.
    #[must_use]
    pub fn new(missing: &[String], mixed: &[String], needed: &[String]) -> Self {
        let lists = [(missing, Stance::Missing), (mixed, Stance::Mixed), (needed, Stance::Needed)];
        let mut own: Vec<OwnCue> = lists
            .iter()
            .flat_map(|(list, stance)| list.iter().map(|cue| OwnCue { words: forms(cue), stance: *stance }))
            .filter(|cue| !cue.words.is_empty())
            .collect();
        own.sort_by_key(|cue| std::cmp::Reverse(cue.words.len()));
        Self { own }
    }
}

fn forms(text: &str) -> Vec<String> {
    let tokens = Tokens::of(text);
    (0..tokens.words().len()).map(|index| tokens.form(index).to_owned()).collect()
}

/// All words that stance is read by, sorted: those of the shipped cues, and those that the rules know besides.
#[must_use]
pub fn stance_words() -> &'static FormList {
    Lexicon::shipped().words()
}

/// How the passage puts the theme that words `mention` of the segment name, and the words that tell it. Of several
/// words any may be a cue.
///
/// `tokens` are the words of `text`. A mention that is empty or not within them is `present`.
#[must_use]
pub fn stance_of(text: &str, tokens: &Tokens, mention: Range<usize>, cues: &CueSet) -> (Stance, Option<Cue>) {
    Stances::new(text, tokens).of(mention, &|_| false, cues)
}

/// The stances of one segment's mentions, asked one by one: [`stance_of`] for many of them. What does not depend on the
/// mention is found out once for all that follow each other in a sentence.
#[derive(Debug)]
pub struct Stances<'a> {
    text: &'a str,
    tokens: &'a Tokens,
    /// Around the last mention.
    sentence: Option<Sentence<'a>>,
}

impl<'a> Stances<'a> {
    /// `tokens` are the words of `text`.
    #[must_use]
    pub fn new(text: &'a str, tokens: &'a Tokens) -> Self {
        Self { text, tokens, sentence: None }
    }

    /// The stance of the words at `mention` and the cue that decided it, as [`stance_of`] finds them.
    ///
    /// `is_own` says of a folded form among them whether it is one that makes them a mention, as `ikke` does in a theme
    /// `orker ikke`: no shipped cue has a word of these. It is asked of words of [`stance_words`] alone, and seldom.
    pub fn of(&mut self, mention: Range<usize>, is_own: &dyn Fn(&str) -> bool, cues: &CueSet) -> (Stance, Option<Cue>) {
        if mention.is_empty() || mention.end > self.tokens.words().len() {
            return (Stance::Present, None);
        }
        let sentence = match self.sentence.take() {
            Some(known) if known.is_around(&mention) => known,
            done => Sentence::read(self.text, self.tokens, &mention, done),
        };
        let sentence = self.sentence.insert(sentence);
        if sentence.is_quiet(cues) {
            return (Stance::Present, None);
        }
        sentence.turn_to(mention, is_own, cues);
        negation::cancel(sentence);
        told(sentence, self.tokens)
    }
}

/// What a sentence tells of its theme.
fn told(sentence: &Sentence<'_>, tokens: &Tokens) -> (Stance, Option<Cue>) {
    let cue = |words: Range<usize>, also: Option<Range<usize>>| {
        let span = |words: Range<usize>| {
            let words = &tokens.words()[sentence.index(words.start)..sentence.index(words.end)];
            Span::new(words[0].start as usize, words[words.len() - 1].end as usize)
        };
        Some(Cue { span: span(words), also: also.map(span) })
    };
    if let Some((some, others)) = contrast::some_and_others(sentence) {
        return (Stance::Mixed, cue(some, Some(others)));
    }
    let strongest = strongest(sentence);
    if strongest.is_none_or(|(stance, _)| stance != Stance::Mixed)
        && let Some(words) = contrast::but_not(sentence).or_else(|| contrast::whereas(sentence))
    {
        return (Stance::Mixed, cue(words, None));
    }
    let without = negation::without(sentence);
    match (strongest, without) {
        (best, Some(without)) if best.is_none_or(|(stance, _)| stance <= without.stance) => {
            let denial = without.denial.map(|(start, end)| start..end);
            let words = (without.stance != Stance::Present).then_some(without.cue);
            (without.stance, words.and_then(|words| cue(words.start..words.end, denial)))
        }
        (Some((stance, found)), _) => (stance, cue(found.start..with_carrier(sentence, &found), None)),
        (None, _) => (Stance::Present, None),
    }
}

/// The strongest cue about the theme, the nearest of equals.
fn strongest(sentence: &Sentence<'_>) -> Option<(Stance, Found)> {
    let distance = |found: &Found| {
        if found.end <= sentence.theme.start {
            sentence.theme.start - found.end
        } else {
            found.start.saturating_sub(sentence.theme.end)
        }
    };
    sentence
        .found
        .iter()
        .filter_map(|found| Some((found.stance?, *found)))
        .filter(|(_, found)| reach::is_about_theme(sentence, found))
        .max_by_key(|(stance, found)| (*stance, std::cmp::Reverse(distance(found))))
}

/// The end of an attribute's cue with its carrier: `ulik grad av`.
fn with_carrier(sentence: &Sentence<'_>, found: &Found) -> usize {
    let carrier = sentence.found_at(found.end).filter(|next| next.reach == Reach::Carrier);
    carrier
        .filter(|_| found.reach == Reach::Attribute && found.end < sentence.theme.start)
        .map_or(found.end, |next| next.end)
}

/// The stance of a segment, given those of its mentions: mixed where the theme is both present and missing, else
/// the strongest. `None` for no mention.
#[must_use]
pub fn stance_of_segment(mentions: impl IntoIterator<Item = Stance>) -> Option<Stance> {
    let (mut strongest, mut is_present, mut is_missing) = (None, false, false);
    for stance in mentions {
        strongest = strongest.max(Some(stance));
        is_present |= stance == Stance::Present;
        is_missing |= stance == Stance::Missing;
    }
    if is_present && is_missing { Some(Stance::Mixed) } else { strongest }
}
