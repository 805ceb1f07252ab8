//! The sentences of a segment, with what each has of a claim and does to it.

use std::ops::Range;

use super::direction::{self, Coverage, Direction};
use super::forms::SURE;
use super::inquiry::Evidence;
use super::rank::{By, Hit, Ranking};
use super::reading::{self, Spot, Told};
use super::understood::Understood;
use super::words::Role;
use crate::coding::Mention;
use crate::language::{Cue, Stance, Stances, Tokens};
use crate::segment::sentence_breaks;
use crate::text::Span;

/// The weight of the other sentences of the segment for what a sentence is about.
const BESIDE: f64 = 0.5;

/// A sentence of a passage and what it has of the claim.
pub(super) struct Sentence {
    /// Its segment's place in the passage.
    pub(super) offset: usize,
    /// Its bytes in the segment.
    pub(super) range: Range<usize>,
    /// Rarity of the claim's words in it.
    pub(super) worth: f64,
    pub(super) direction: Direction,
    pub(super) cue: Option<String>,
    /// Whether another says it than the claim names.
    pub(super) is_of_other: bool,
}

impl Sentence {
    /// All of a segment, where nothing of it tells.
    pub(super) fn whole(offset: usize, text: &str) -> Self {
        Self { offset, range: 0..text.len(), worth: 0.0, direction: Direction::Unclear, cue: None, is_of_other: false }
    }
}

/// A sentence with more words than this is speech that nobody punctuated; it is quoted by pieces of so many words, each
/// beginning halfway in the one before.
const PUNCTUATED: usize = 80;
const PIECE: usize = 40;

/// No clause extends this many words beyond a sentence: words farther away say nothing about it.
const CLAUSE: usize = 80;

/// A segment that is read for a claim.
pub(super) struct SegmentReader<'a> {
    ranking: &'a Ranking<'a>,
    understood: &'a Understood,
    text: &'a str,
    tokens: &'a Tokens,
    /// The claim's words in it.
    hits: &'a [Hit],
    spots: Vec<Spot>,
    /// The words that the claim is about, by index.
    subjects: Vec<usize>,
    /// Whether they all mention one theme.
    is_of_theme: bool,
    /// Their rarity.
    all: f64,
    /// How much of them stands in the segment.
    about: f64,
}

/// What some words of a segment have of the claim.
struct Worth {
    /// Rarity of the claim's words among them.
    worth: f64,
    /// How much of what the claim is about they have.
    about: f64,
    /// The same without what themes say of words.
    own: f64,
}

/// How surely a word of the claim stands somewhere.
#[derive(Clone, Copy, Default)]
struct Sureness {
    /// By its forms, and by themes that say it.
    any: f64,
    /// By its forms alone.
    own: f64,
}

impl<'a> SegmentReader<'a> {
    /// `hits` are the claim's words in `text`.
    pub(super) fn new(
        evidence: &'a Evidence<'_>,
        ranking: &'a Ranking<'a>,
        understood: &'a Understood,
        text: &'a str,
        tokens: &'a Tokens,
        hits: &'a [Hit],
    ) -> Self {
        // Whether a passage is from where the claim is about is asked by itself (`is_elsewhere`).
        let (subjects, is_of_theme) = understood.subjects();
        // A word that the material lacks counts too: what nobody mentions, nobody says.
        let all = subjects.iter().map(|term| ranking.rarity_or_absent(*term)).sum();
        let spots = evidence.spots(ranking, hits, text, tokens);
        let reader = Self { ranking, understood, text, tokens, hits, spots, subjects, is_of_theme, all, about: 0.0 };
        Self { about: reader.worth(hits).about, ..reader }
    }

    pub(super) fn sentences(&self) -> Vec<Sentence> {
        let mut breaks = vec![0];
        breaks.extend(sentence_breaks(self.text));
        breaks.push(self.text.len());
        let mut sentences = Vec::new();
        for range in breaks.windows(2).map(|range| range[0]..range[1]) {
            let words = self.words(&range);
            if words.len() <= PUNCTUATED {
                sentences.push(self.sentence(range));
            } else {
                sentences.extend(self.pieces(&range, &words).map(|piece| self.piece(piece)));
            }
        }
        sentences
    }

    /// A sentence that ends where the text says so.
    fn sentence(&self, range: Range<usize>) -> Sentence {
        let words = self.words(&range);
        let worth = self.worth(within(self.hits, &words, |hit| hit.at as usize));
        let (direction, cue) = match self.told(&words, &worth) {
            (Direction::Same, cue) => (Direction::Same, cue),
            _ if self.understood.wording.stands_in(self.text, self.tokens, &words) => (Direction::Same, None),
            told => told,
        };
        Sentence { offset: 0, range, worth: worth.worth, direction, cue, is_of_other: false }
    }

    /// What a sentence does to the claim, by which words.
    fn told(&self, words: &Range<usize>, worth: &Worth) -> (Direction, Option<String>) {
        if !within(&self.spots, words, |spot| spot.at).iter().any(|spot| spot.is_about) {
            return (Direction::Unclear, None);
        }
        let around = words.start.saturating_sub(CLAUSE)..words.end + CLAUSE;
        let spots = within(&self.spots, &around, |spot| spot.at);
        let reading = reading::read(self.text, self.tokens, words.clone(), spots);
        let passage = worth.about + BESIDE * (self.about - worth.about);
        let is_of_theme = self.is_of_theme;
        let coverage = Coverage { sentence: worth.about, passage, words: worth.own, is_of_theme };
        direction::compare(&self.understood.reading, &reading, coverage)
    }

    /// The bytes of the pieces of what nobody punctuated.
    fn pieces(&self, range: &Range<usize>, words: &Range<usize>) -> impl Iterator<Item = Range<usize>> {
        let (range, words) = (range.clone(), words.clone());
        let place = |at: usize| self.tokens.words()[at].start as usize;
        let starts = words.clone().step_by(PIECE / 2).take_while(move |start| start + PIECE / 2 < words.end);
        starts.map(move |start| {
            let from = if start == words.start { range.start } else { place(start) };
            let to = if start + PIECE < words.end { place(start + PIECE) } else { range.end };
            from..to
        })
    }

    /// A piece: who says what of what cannot be told where nothing tells where a sentence ends.
    fn piece(&self, range: Range<usize>) -> Sentence {
        let hits = within(self.hits, &self.words(&range), |hit| hit.at as usize);
        let worth = self.worth(hits).worth;
        Sentence { offset: 0, range, worth, direction: Direction::Unclear, cue: None, is_of_other: false }
    }

    /// The words at some bytes.
    fn words(&self, range: &Range<usize>) -> Range<usize> {
        let first_word = |byte: usize| self.tokens.words().partition_point(|word| (word.start as usize) < byte);
        first_word(range.start)..first_word(range.end)
    }

    fn worth(&self, hits: &[Hit]) -> Worth {
        let best = self.surest(hits);
        let rarity = |term: usize| self.ranking.rarity(term);
        let share = |sure: fn(&Sureness) -> f64| {
            let about: f64 = self.subjects.iter().map(|term| sure(&best[*term]) * rarity(*term)).sum();
            about / self.all.max(f64::MIN_POSITIVE)
        };
        Worth {
            worth: best.iter().enumerate().map(|(term, sure)| sure.any * rarity(term)).sum(),
            about: share(|sure| sure.any),
            own: share(|sure| sure.own),
        }
    }

    /// Of each term of the ranking, the surest of `hits`.
    fn surest(&self, hits: &[Hit]) -> Vec<Sureness> {
        let mut best = vec![Sureness::default(); self.ranking.terms.len()];
        for hit in hits {
            let (term, sure) = (usize::from(hit.term), f64::from(hit.weight));
            best[term].any = best[term].any.max(sure);
            match &self.ranking.terms[term].by {
                By::Word(_) => best[term].own = best[term].own.max(sure),
                By::Code { words, .. } => {
                    words.iter().for_each(|word| best[*word].any = best[*word].any.max(self.ranking.surest(*word)));
                }
            }
        }
        best
    }
}

/// Those of `items`, which are in the order of their words, that stand at `words`. A segment may be a whole document in one
/// line: none of its sentences may look through all of it.
fn within<'i, T>(items: &'i [T], words: &Range<usize>, at: impl Fn(&T) -> usize) -> &'i [T] {
    let start = items.partition_point(|item| at(item) < words.start);
    let n = items[start..].partition_point(|item| at(item) < words.end);
    &items[start..start + n]
}

impl Evidence<'_> {
    /// The words of a segment that the claim is about, or that name what it names.
    fn spots(&self, ranking: &Ranking<'_>, hits: &[Hit], text: &str, tokens: &Tokens) -> Vec<Spot> {
        let mut spots = Vec::new();
        let mut around = Stances::new(text, tokens);
        for hit in hits {
            let at = hit.at as usize;
            match &ranking.terms[usize::from(hit.term)].by {
                By::Word(word) if hit.weight >= SURE && word.role != Role::Measure => {
                    let is_about = word.is_spoken_of();
                    spots.push(Spot { at, term: usize::from(hit.term), is_about, told: None });
                }
                By::Code { code, mentions, words } => {
                    let index = mentions.partition_point(|mention| (mention.row, mention.from) < (hit.row, hit.at));
                    let told = mentions.get(index).map(|mention| self.told(*code, mention, tokens, &mut around));
                    spots.extend(words.iter().map(|term| Spot { at, term: *term, is_about: true, told }));
                }
                By::Word(_) => {}
            }
        }
        // What the codings say of a word goes before what the shipped cues do.
        spots.sort_by_key(|spot| (spot.at, spot.term, spot.told.is_none()));
        spots.dedup_by_key(|spot| (spot.at, spot.term));
        spots
    }

    /// How a mention puts its theme, and by which words: by its own where its pattern tells it.
    pub(super) fn told(&self, code: usize, mention: &Mention, tokens: &Tokens, around: &mut Stances<'_>) -> Told {
        let given = self.stances.given(code, mention).filter(|stance| *stance != Stance::Present);
        let ends = given.and_then(|_| {
            tokens.words().get(mention.from as usize).zip(tokens.words().get((mention.to as usize).checked_sub(1)?))
        });
        match given.zip(ends) {
            Some((stance, (first, last))) => {
                let span = Span::new(first.start as usize, last.end as usize);
                (stance, Some(Cue { span, also: None }))
            }
            None => self.stances.of(code, mention, around),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::within;

    #[test]
    fn what_stands_at_some_words_is_found_without_a_look_at_all_others() {
        let items: Vec<usize> = (0..100_000).map(|at| at / 3).collect();
        for words in [0..0, 0..1, 5..9, 33_332..40_000, 70_000..70_001] {
            let n_looked = Cell::new(0);
            let look = |item: &usize| {
                n_looked.set(n_looked.get() + 1);
                *item
            };
            let expected: Vec<usize> = items.iter().copied().filter(|at| words.contains(at)).collect();
            assert_eq!(within(&items, &words, look), expected);
            assert!(n_looked.get() < 40, "{} for {words:?}", n_looked.get());
        }
    }
}
