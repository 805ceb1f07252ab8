//! What a sentence says of the words of a claim: that there is more or less of them, that they lack, that they are
//! called for, or only that they are there.
//!
//! Stance cues come first (`manglende`, `ulik grad av`, `må`), then words of comparison and amount, which count for a
//! word only where they are said of it: in `en god start på veien mot målet` the goal is not good. What is wished,
//! planned, supposed or asked is no fact, however near its words stand (`doubt`).

use std::ops::Range;

use super::compared_parts::Sides;
use super::denial::denial_at;
use super::doubt::{self, Kind, Place};
use super::measured::{Measured, measures};
use super::measures::{Class, Line, MEASURES};
use super::qualified::{Qualifier, qualifiers};
use crate::language::{Around, Cue, CueSet, Stance, Tokens, stance_of};
use crate::text::fold;

/// What a text says of a thing; the later outdoes the earlier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Says {
    /// It is there; nothing says how much.
    There,
    /// Its clause is denied.
    Denied,
    Up(Line),
    /// It is wished, planned, possible.
    Needed,
    /// Somebody denies that it is so: `ingen mener at …`.
    Doubted,
    Mixed,
    Down(Line),
}

/// How a theme is put, and by which words.
pub(super) type Told = (Stance, Option<Cue>);

/// A word of a sentence that the claim is about.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spot {
    /// Its place among the words of the text.
    pub(super) at: usize,
    /// The word of the claim that it matches.
    pub(super) term: usize,
    /// Whether something is said of it; else it only names what is compared.
    pub(super) is_about: bool,
    /// How the theme is put that it mentions, and by which words: as codings have it.
    pub(super) told: Option<Told>,
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
    /// How many other words of the claim are in its clause.
    pub(super) n_beside: usize,
    /// What is wished of it, where it is wished.
    pub(super) wished: Option<Wished>,
}

/// What is called for, planned or possible.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wished {
    pub(super) kind: Kind,
    /// What would be said if it were so, and by which words.
    pub(super) says: Says,
    pub(super) cue: Option<String>,
    pub(super) is_denial: bool,
}

impl Said {
    /// Whether nothing but a denial tells it.
    pub(super) fn is_mere_denial(&self) -> bool {
        self.is_denial && self.cue.as_deref().is_some_and(is_denial)
    }
}

impl Wished {
    fn of(kind: Kind, said: Said) -> Self {
        Self { kind, says: said.says, cue: said.cue, is_denial: said.is_denial }
    }

    /// Whether both call for the same, or one for what the other calls to leave; `None` where it cannot be told.
    pub(super) fn agrees(&self, other: &Self) -> Option<bool> {
        let is_denied = |wished: &Self| match wished.says {
            Says::There => Some(false),
            Says::Denied => Some(true),
            Says::Down(_) if wished.is_denial => Some(true),
            _ => None,
        };
        match (self.says, other.says) {
            (Says::Up(a), Says::Up(b)) | (Says::Down(a), Says::Down(b)) if a.is_along(b) => Some(true),
            (Says::Up(a), Says::Down(b)) | (Says::Down(a), Says::Up(b)) if a.is_along(b) => Some(false),
            _ => Some(is_denied(self)? == is_denied(other)?),
        }
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
    /// What it compares with what.
    pub(super) sides: Sides,
    /// How far it goes.
    pub(super) qualifiers: Vec<Qualifier>,
}

/// What a sentence, words `sentence` of `text`, says of `spots`.
pub(super) fn read(text: &str, tokens: &Tokens, sentence: Range<usize>, spots: &[Spot]) -> Reading {
    let measures = measures(text, tokens, &sentence, spots);
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
    let sides = Sides::of(tokens, &sentence, spots);
    let is_spot = |at: usize| spots.iter().any(|spot| spot.is_about && spot.at == at);
    Reading {
        said,
        is_open: doubt::is_asked(text, tokens, &sentence) || doubt::is_supposed(tokens, &sentence, first),
        has_verb,
        has_loose_measure: is_tied.contains(&false),
        is_comparison: sides.has_than || sentence.clone().any(|word| MEASURES.is(tokens.form(word), Class::Comparison)),
        sides,
        qualifiers: qualifiers(text, tokens, &sentence, &is_spot),
    }
}

/// One word of the claim in a sentence, with the measures that are said of it.
struct OfSpot<'s, 't> {
    place: Place<'s, 't>,
    spot: &'s Spot,
    measures: Vec<&'s Measured>,
    n_beside: usize,
}

impl OfSpot<'_, '_> {
    fn said(&self, spots: &[Spot]) -> Vec<Said> {
        let is_claimed = |at: usize| spots.iter().any(|spot| spot.is_about && spot.at == at);
        if let Some(cue) = self.place.contrary(&is_claimed) {
            return vec![self.of(Says::Down(Line::Worth), Some(cue))];
        }
        if let Some(wish) = self.place.wish() {
            let stated = self.stated(spots);
            let wished = stated.into_iter().max_by_key(|said| said.says);
            let wished = wished.map(|said| match said.wished.clone() {
                // The stance calls for it too: what is called for is said once.
                Some(own) => Wished { kind: wish.kind, ..own },
                None => Wished::of(wish.kind, said),
            });
            return vec![Said { wished, ..self.of(Says::Needed, Some(wish.cue)) }];
        }
        if let Some(cue) = self.place.denied_from_afar() {
            return vec![self.of(Says::Doubted, Some(cue))];
        }
        let mut stated = self.stated(spots);
        // That it is not so that it was bad does not say that it was good.
        if let Some(cue) = self.place.not_so() {
            let is_own = |said: &Said| said.cue.as_deref().is_some_and(|own| own.contains(cue.as_str()));
            let is_bad = self.measures.iter().any(|measured| !measured.is_up);
            for said in stated
                .iter_mut()
                .filter(|said| matches!(said.says, Says::Down(_)) && !said.is_denial && (is_bad || !is_own(said)))
            {
                (said.says, said.cue) = (Says::Doubted, Some(cue.clone()));
            }
        }
        stated
    }

    /// What is said of it, be it wished or not.
    fn stated(&self, spots: &[Spot]) -> Vec<Said> {
        let Place { text, tokens, .. } = self.place;
        let words = self.spot.at..self.spot.at + 1;
        let (stance, cue) = self.spot.told.unwrap_or_else(|| stance_of(text, tokens, words, &CueSet::default()));
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
        let written = cue.as_ref().map(|cue| cue.written(text));
        let measured = || {
            self.measures.iter().map(|measured| Said {
                is_denial: measured.is_denied(),
                is_change: measured.is_change(tokens),
                ..self.of(measured.says(), Some(measured.cue(text, tokens)))
            })
        };
        let is_denial = written.as_deref().is_some_and(is_denial);
        // `ikke bare` denies nothing, `ikke alle` not that it is so.
        let denial = cue.filter(|_| is_denial).map(|cue| denial_at(tokens, word_at(tokens, cue.span.start())));
        let is_measure = written.as_deref().is_some_and(|cue| signs(cue).next().is_some());
        let is_own_line =
            written.as_deref().is_some_and(|cue| signs(cue).any(|(line, _)| matches!(line, Line::Own(..))));
        match stance {
            // What the denial denies is what is measured, where anything is; and a measure may be denied.
            Stance::Missing if !self.measures.is_empty() && (is_denial || is_measure) => measured().collect(),
            Stance::Missing if denial == Some(None) => vec![self.of(Says::There, None)],
            Stance::Missing if denial.as_ref().is_some_and(|denial| denial.as_ref().is_some_and(|it| !it.is_sure)) => {
                vec![self.of(Says::Doubted, written)]
            }
            Stance::Missing => vec![Said { is_denial, ..self.of(Says::Down(Line::Worth), written) }],
            // `ulik i kommunene og svakere i nord`: the comparison says more.
            Stance::Mixed if measured().any(|said| said.is_change) => measured().collect(),
            // `ikke alle var enige`: what is denied of a part is the measure.
            Stance::Mixed if !self.measures.is_empty() && measured().all(|said| said.says == Says::Doubted) => {
                measured().collect()
            }
            Stance::Mixed => vec![self.of(Says::Mixed, written)],
            // `viktig` calls for its theme, and says of it that it is important.
            Stance::Needed if is_own_line && !self.measures.is_empty() => measured().collect(),
            Stance::Needed => {
                let wished = measured().max_by_key(|said| said.says).unwrap_or_else(|| self.of(Says::There, None));
                vec![Said { wished: Some(Wished::of(Kind::Duty, wished)), ..self.of(Says::Needed, written) }]
            }
            Stance::Present if !self.measures.is_empty() => measured().collect(),
            Stance::Present => match self.denied(spots) {
                Some((cue, true)) => vec![Said { is_denial: true, ..self.of(Says::Denied, Some(cue)) }],
                Some((cue, false)) => vec![self.of(Says::Doubted, Some(cue))],
                None => vec![self.of(Says::There, None)],
            },
        }
    }

    /// Whether a cue is made of words of the claim.
    fn is_claimed(&self, spots: &[Spot], cue: &Cue) -> bool {
        let start = |at: usize| self.place.tokens.words()[at].start as usize;
        let mut others = spots.iter().filter(|spot| spot.is_about && spot.at != self.spot.at);
        others.any(|spot| (cue.span.start()..cue.span.end()).contains(&start(spot.at)))
    }

    fn of(&self, says: Says, cue: Option<String>) -> Said {
        Said {
            term: self.spot.term,
            says,
            cue,
            is_denial: false,
            is_change: false,
            n_beside: self.n_beside,
            wished: None,
        }
    }

    /// The denial in the word's clause, where the clause says of it what the claim does: where another of the claim's
    /// words stands there too. With whether it denies that it is so; else it only keeps from saying it.
    fn denied(&self, spots: &[Spot]) -> Option<(String, bool)> {
        let clause = self.place.around.clause();
        let others = spots.iter().filter(|spot| spot.is_about && spot.at != self.spot.at && clause.contains(&spot.at));
        let denial = clause.clone().find_map(|word| denial_at(self.place.tokens, word))?;
        (others.count() > 0).then(|| (self.place.written(denial.words), denial.is_sure))
    }
}

/// Words of a text exactly as they are written there.
pub(super) fn written(text: &str, tokens: &Tokens, words: Range<usize>) -> String {
    let (first, last) = (tokens.words()[words.start], tokens.words()[words.end - 1]);
    text[first.start as usize..last.end as usize].to_owned()
}

/// The word that begins at this byte or holds it.
fn word_at(tokens: &Tokens, byte: usize) -> usize {
    tokens.words().partition_point(|word| word.end as usize <= byte)
}

fn is_denial(cue: &str) -> bool {
    let tokens = Tokens::of(cue);
    (0..tokens.words().len()).all(|word| MEASURES.is_denial(tokens.form(word)))
}

/// What the words of a cue say, where they say more or less.
pub(super) fn signs(cue: &str) -> impl Iterator<Item = (Line, bool)> {
    let tokens = Tokens::of(cue);
    (0..tokens.words().len()).filter_map(move |word| MEASURES.sign(tokens.form(word)))
}
