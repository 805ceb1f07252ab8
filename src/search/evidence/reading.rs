//! What a sentence says of the words of a claim: that there is more or less of them, that they lack, that they are
//! called for, or only that they are there.
//!
//! Stance cues come first (`manglende`, `ulik grad av`, `må`), then words of comparison and amount, which count for a
//! word only where they are said of it: in `en god start på veien mot målet` the goal is not good. What is wished,
//! planned, supposed or asked is no fact, however near its words stand (`doubt`).

use std::ops::Range;

use super::doubt::{self, Place};
use super::measures::{Class, Line, MEASURES, Measure};
use crate::language::{Around, Cue, CueSet, Stance, Tokens, stance_of};
use crate::text::fold;

/// What a text says of a thing; the later outdoes the earlier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Says {
    /// It is there; nothing says how much.
    There,
    /// The clause that it stands in is denied.
    Denied,
    Up(Line),
    /// It is wished, planned, possible.
    Needed,
    /// Somebody denies that it is so: `ingen mener at …`.
    Doubted,
    Mixed,
    Down(Line),
}

/// A word of a sentence that the claim is about.
#[derive(Debug, Clone)]
pub(super) struct Spot<'c> {
    /// Its place among the words of the text.
    pub(super) at: usize,
    /// The word of the claim that it stands for.
    pub(super) term: usize,
    /// Whether something is said of it; else it only names what is compared.
    pub(super) is_about: bool,
    /// The cues of the theme that it mentions.
    pub(super) cues: Option<&'c CueSet>,
    /// The stance that the theme's pattern gives.
    pub(super) stance: Option<Stance>,
}

/// What a sentence says of one of its words, and by which words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Said {
    pub(super) term: usize,
    pub(super) says: Says,
    pub(super) cue: Option<String>,
    /// Whether a denial tells it.
    pub(super) is_denial: bool,
    /// Whether it compares with what was or is elsewhere.
    pub(super) is_change: bool,
    /// How many other words of the claim stand in its clause.
    pub(super) n_beside: usize,
}

impl Said {
    /// Whether nothing but a denial tells it.
    pub(super) fn is_mere_denial(&self) -> bool {
        self.is_denial && self.cue.as_deref().is_some_and(is_denial)
    }
}

/// A sentence as it bears on a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reading {
    pub(super) said: Vec<Said>,
    /// Whether it is a question or a supposition.
    pub(super) is_open: bool,
    /// Whether it has a finite verb.
    pub(super) has_verb: bool,
    /// Whether it says more or less of something that is none of these words.
    pub(super) has_loose_measure: bool,
    /// Whether it compares.
    pub(super) is_comparison: bool,
    /// For each word of the claim in it, whether it stands behind `enn`; empty where there is none.
    pub(super) behind: Vec<(usize, bool)>,
}

/// A denial is looked for this many words before a measure.
const DENIED: usize = 3;

/// What a sentence, words `sentence` of `text`, says of `spots`.
pub(super) fn read(text: &str, tokens: &Tokens, sentence: Range<usize>, spots: &[Spot<'_>]) -> Reading {
    let measures = measures(tokens, &sentence, spots);
    let mut is_tied = vec![false; measures.len()];
    let mut said = Vec::new();
    let mut has_verb = false;
    for spot in spots.iter().filter(|spot| spot.is_about && sentence.contains(&spot.at)) {
        let Some(around) = Around::new(text, tokens, spot.at) else { continue };
        has_verb |= around.has_verb();
        let own: Vec<&Measured> = measures
            .iter()
            .zip(&mut is_tied)
            .filter(|(measured, _)| measured.is_of(&around))
            .map(|(measured, is_tied)| {
                *is_tied = true;
                measured
            })
            .collect();
        let clause = around.clause();
        let mut beside: Vec<usize> =
            spots.iter().filter(|other| clause.contains(&other.at)).map(|other| other.term).collect();
        beside.sort_unstable();
        beside.dedup();
        let n_beside = beside.len() - usize::from(beside.contains(&spot.term));
        let place = Place { text, tokens, sentence: &sentence, around: &around, at: spot.at };
        let of_spot = OfSpot { place, spot, measures: own, n_beside };
        said.extend(of_spot.said(spots));
    }
    // Beside a comparison an adjective only tells which ones: `de små kommunene hadde større utbytte`.
    if said.iter().any(|said: &Said| said.is_change) {
        for said in said.iter_mut().filter(|said| !said.is_change && matches!(said.says, Says::Up(_) | Says::Down(_))) {
            (said.says, said.cue) = (Says::There, None);
        }
    }
    let first = spots.iter().map(|spot| spot.at).filter(|at| sentence.contains(at)).min().unwrap_or(sentence.end);
    let than = sentence.clone().find(|word| MEASURES.get(tokens.form(*word)) == Some(Measure::Than));
    let behind = |than: usize| {
        spots.iter().filter(|spot| sentence.contains(&spot.at)).map(move |spot| (spot.term, spot.at > than))
    };
    Reading {
        said,
        is_open: doubt::is_asked(text, tokens, &sentence) || doubt::is_supposed(tokens, &sentence, first),
        has_verb,
        has_loose_measure: is_tied.contains(&false),
        is_comparison: sentence.clone().any(|word| MEASURES.is(tokens.form(word), Class::Comparison)),
        behind: than.into_iter().flat_map(behind).collect(),
    }
}

/// Words that say more or less, with what makes them stronger or turns them.
#[derive(Debug)]
struct Measured {
    words: Range<usize>,
    line: Line,
    is_up: bool,
    is_verb: bool,
    /// The denial before them.
    denial: Option<usize>,
}

impl Measured {
    fn is_of(&self, around: &Around<'_>) -> bool {
        if self.is_verb {
            around.is_argument_of(self.words.clone())
        } else {
            around.is_described_by(self.words.clone())
        }
    }

    fn says(&self) -> Says {
        if self.is_up == self.denial.is_none() { Says::Up(self.line) } else { Says::Down(self.line) }
    }

    fn cue(&self, text: &str, tokens: &Tokens) -> String {
        written(text, tokens, self.denial.unwrap_or(self.words.start)..self.words.end)
    }
}

/// The measures of a sentence; words of the claim are none.
fn measures(tokens: &Tokens, sentence: &Range<usize>, spots: &[Spot<'_>]) -> Vec<Measured> {
    let words = tokens.words();
    let is_free = |at: usize| spots.iter().all(|spot| !spot.is_about || spot.at != at);
    let follows = |at: usize| at > sentence.start && !words[at].after_break;
    let mut found = Vec::new();
    let mut at = sentence.start;
    while at < sentence.end {
        let next = Some(at + 1).filter(|next| sentence.contains(next) && follows(*next));
        let sign = |at: usize| MEASURES.sign(tokens.form(at)).filter(|_| is_free(at));
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
        let is_thing = |before: &str| !names_word && matches!(before, "det" | "den" | "de" | "dei");
        if follows(start) && (MEASURES.is(tokens.form(start - 1), Class::Asking) || is_thing(tokens.form(start - 1))) {
            continue;
        }
        let denial = (start.saturating_sub(DENIED).max(sentence.start)..start)
            .rev()
            .take_while(|before| !words[before + 1].after_break)
            .find(|before| MEASURES.is_denial(tokens.form(*before)));
        found.push(Measured {
            words: start..end,
            line,
            is_up,
            is_verb: MEASURES.is(tokens.form(end - 1), Class::Verb),
            denial,
        });
    }
    found
}

/// One word of the claim in a sentence, with the measures that are said of it.
struct OfSpot<'s, 't> {
    place: Place<'s, 't>,
    spot: &'s Spot<'s>,
    measures: Vec<&'s Measured>,
    n_beside: usize,
}

impl OfSpot<'_, '_> {
    fn said(&self, spots: &[Spot<'_>]) -> Vec<Said> {
        let is_claimed = |at: usize| spots.iter().any(|spot| spot.is_about && spot.at == at);
        if let Some(cue) = self.place.contrary(&is_claimed) {
            return vec![self.of(Says::Down(Line::Worth), Some(cue))];
        }
        if let Some(cue) = self.place.wish() {
            return vec![self.of(Says::Needed, Some(cue))];
        }
        if let Some(cue) = self.place.denied_from_afar() {
            return vec![self.of(Says::Doubted, Some(cue))];
        }
        let Place { text, tokens, .. } = self.place;
        let shipped = CueSet::default();
        let words = self.spot.at..self.spot.at + 1;
        let (stance, cue) = stance_of(text, tokens, words, self.spot.cues.unwrap_or(&shipped));
        let stance = self.spot.stance.unwrap_or(stance);
        // Whether an auxiliary calls for the word has been asked already, more strictly.
        let is_auxiliary =
            |cue: &Cue| cue.written(text).split_whitespace().all(|word| MEASURES.is(&fold(word), Class::Auxiliary));
        let (stance, cue) = match (stance, cue) {
            // In `avhengig av ildsjeler` the claim says it itself.
            (Stance::Needed, Some(cue)) if is_auxiliary(&cue) || self.is_claimed(spots, &cue) => {
                (Stance::Present, None)
            }
            known => known,
        };
        let written = cue.map(|cue| cue.written(text));
        let measured = || {
            self.measures.iter().map(|measured| Said {
                is_denial: measured.denial.is_some(),
                is_change: measured.words.clone().any(|word| MEASURES.is(tokens.form(word), Class::Change)),
                ..self.of(measured.says(), Some(measured.cue(text, tokens)))
            })
        };
        let is_denial = written.as_deref().is_some_and(is_denial);
        let is_measure = written.as_deref().is_some_and(|cue| signs(cue).next().is_some());
        let is_own_line =
            written.as_deref().is_some_and(|cue| signs(cue).any(|(line, _)| matches!(line, Line::Own(..))));
        match stance {
            // What the denial denies is what is measured, where anything is; and a measure may be denied.
            Stance::Missing if !self.measures.is_empty() && (is_denial || is_measure) => measured().collect(),
            Stance::Missing => vec![Said { is_denial, ..self.of(Says::Down(Line::Worth), written) }],
            // `ulik i kommunene og svakere i nord`: the comparison says more.
            Stance::Mixed if measured().any(|said| said.is_change) => measured().collect(),
            Stance::Mixed => vec![self.of(Says::Mixed, written)],
            // `viktig` calls for its theme, and says of it that it is important.
            Stance::Needed if is_own_line && !self.measures.is_empty() => measured().collect(),
            Stance::Needed => vec![self.of(Says::Needed, written)],
            Stance::Present if !self.measures.is_empty() => measured().collect(),
            Stance::Present => match self.denied(spots) {
                Some(cue) => vec![Said { is_denial: true, ..self.of(Says::Denied, Some(cue)) }],
                None => vec![self.of(Says::There, None)],
            },
        }
    }

    /// Whether a cue is made of words of the claim.
    fn is_claimed(&self, spots: &[Spot<'_>], cue: &Cue) -> bool {
        let start = |at: usize| self.place.tokens.words()[at].start as usize;
        spots.iter().any(|spot| spot.at != self.spot.at && (cue.span.start()..cue.span.end()).contains(&start(spot.at)))
    }

    fn of(&self, says: Says, cue: Option<String>) -> Said {
        Said { term: self.spot.term, says, cue, is_denial: false, is_change: false, n_beside: self.n_beside }
    }

    /// The denial in the word's clause, where the clause says of it what the claim does: where another of the claim's
    /// words stands there too.
    fn denied(&self, spots: &[Spot<'_>]) -> Option<String> {
        let clause = self.place.around.clause();
        let others = spots.iter().filter(|spot| spot.is_about && spot.at != self.spot.at && clause.contains(&spot.at));
        let denial = clause.clone().find(|word| MEASURES.denies(self.place.tokens, *word))?;
        (others.count() > 0).then(|| self.place.written(denial..denial + 1))
    }
}

/// Words of a text as they stand there.
pub(super) fn written(text: &str, tokens: &Tokens, words: Range<usize>) -> String {
    let (first, last) = (tokens.words()[words.start], tokens.words()[words.end - 1]);
    text[first.start as usize..last.end as usize].to_owned()
}

fn is_denial(cue: &str) -> bool {
    let tokens = Tokens::of(cue);
    (0..tokens.words().len()).all(|word| MEASURES.is_denial(tokens.form(word)))
}

/// What the words of a cue say, where they say more or less.
fn signs(cue: &str) -> impl Iterator<Item = (Line, bool)> {
    let tokens = Tokens::of(cue);
    (0..tokens.words().len()).filter_map(move |word| MEASURES.sign(tokens.form(word)))
}
