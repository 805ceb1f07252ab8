//! A ranked passage, read: the sentence to quote, and what it does to the claim.

use std::ops::Range;

use super::answer::Passage;
use super::direction::{self, Coverage, Direction};
use super::forms::SURE;
use super::inquiry::Evidence;
use super::rank::{By, Hit, Ranked, Ranking};
use super::reading::{self, Spot};
use super::understood::Understood;
use super::words::Role;
use crate::index::Row;
use crate::language::Tokens;
use crate::material::RowState;
use crate::segment::sentence_breaks;

/// The weight of the other sentences of the segment for what a sentence is about.
const BESIDE: f64 = 0.5;
/// A sentence that the rule can judge is quoted before one that has more of the claim, down to this share.
const NEARLY: f64 = 0.75;

/// What a list item begins with in a plain text is no part of what it says.
const BULLETS: [char; 6] = ['-', '–', '•', '*', '·', ' '];

/// A sentence of a passage and what it has of the claim.
struct Sentence {
    /// Its segment's place in the passage.
    offset: usize,
    /// Its bytes in the segment.
    range: Range<usize>,
    /// Rarity of the claim's words in it.
    worth: f64,
    direction: Direction,
    cue: Option<String>,
    /// Whether another says it than the claim names.
    is_of_other: bool,
}

impl Sentence {
    /// All of a segment, where nothing of it tells.
    fn whole(offset: usize, text: &str) -> Self {
        Self { offset, range: 0..text.len(), worth: 0.0, direction: Direction::Unclear, cue: None, is_of_other: false }
    }
}

/// A sentence with more words than this is speech that nobody punctuated; it is quoted by pieces of so many words, each
/// beginning halfway in the one before.
const PUNCTUATED: usize = 80;
const PIECE: usize = 40;

/// No clause extends this many words beyond a sentence: words farther away say nothing about it.
const CLAUSE: usize = 80;

/// Those of `items`, which are in the order of their words, that stand at `words`. A segment may be a whole document in one
/// line: none of its sentences may look through all of it.
fn within<'i, T>(items: &'i [T], words: &Range<usize>, at: impl Fn(&T) -> usize) -> &'i [T] {
    let start = items.partition_point(|item| at(item) < words.start);
    let n = items[start..].partition_point(|item| at(item) < words.end);
    &items[start..start + n]
}

impl Evidence<'_> {
    /// Reads a passage: what it does to the claim by its best sentence. Where another sentence of it, or of the turns that
    /// lead up to it, has nearly as much of the claim and is not of that direction, it stands behind it by itself.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub(super) fn passages(
        &self,
        ranking: &Ranking<'_>,
        understood: &Understood,
        ranked: &Ranked,
    ) -> std::io::Result<Vec<Passage>> {
        let texts = self.corpus.part_of(ranked.rows.start).texts()?;
        let range = self.layout.leading(self.corpus, &ranked.rows)..ranked.rows.end;
        let n_leading = ranked.rows.start - range.start;
        let rows: Vec<Row> = range.clone().map(|row| texts.get(row)).collect::<std::io::Result<_>>()?;
        let mut sentences = self.judged(ranking, understood, &range, &rows);
        let is_elsewhere = self.is_elsewhere(ranking, understood, &ranked.rows);
        for sentence in sentences.iter_mut().filter(|sentence| is_elsewhere || sentence.is_of_other) {
            (sentence.direction, sentence.cue) = (Direction::Unclear, None);
        }
        // Where the claim names who says it, no other's words are quoted if there are any of theirs.
        if sentences
            .iter()
            .any(|sentence| !sentence.is_of_other && sentence.offset >= n_leading && sentence.worth > 0.0)
        {
            sentences.retain(|sentence| !sentence.is_of_other);
        }
        let is_own = |sentence: &Sentence| sentence.offset >= n_leading;
        let own = sentences.iter().filter(|sentence| is_own(sentence));
        let most = own.map(|sentence| sentence.worth).fold(0.0, f64::max);
        let can_tell = |sentence: &Sentence| sentence.direction != Direction::Unclear;
        sentences.retain(|sentence| sentence.worth == most || can_tell(sentence) && sentence.worth >= most * NEARLY);
        // Of equals the first.
        let best = (0..sentences.len()).rev().filter(|index| is_own(&sentences[*index])).max_by(|a, b| {
            let (a, b) = (&sentences[*a], &sentences[*b]);
            can_tell(a).cmp(&can_tell(b)).then(a.worth.total_cmp(&b.worth))
        });
        let best = best.map_or_else(|| Sentence::whole(n_leading, &rows[n_leading].text), |at| sentences.remove(at));
        let is_against = |sentence: &&Sentence| can_tell(sentence) && sentence.direction != best.direction;
        let against = sentences.iter().filter(is_against).max_by(|a, b| a.worth.total_cmp(&b.worth));
        let against = against.map(|sentence| {
            let row = range.start + sentence.offset;
            self.quoted(row..row + 1, &rows[sentence.offset..=sentence.offset], 0, sentence, ranked.score)
        });
        let own = self.quoted(ranked.rows.clone(), &rows[n_leading..], best.offset - n_leading, &best, ranked.score);
        Ok(std::iter::once(own).chain(against).collect())
    }

    /// The sentences of the material among these rows.
    fn judged(
        &self,
        ranking: &Ranking<'_>,
        understood: &Understood,
        range: &Range<usize>,
        rows: &[Row],
    ) -> Vec<Sentence> {
        let mut tokens = Tokens::default();
        let mut sentences: Vec<Sentence> = Vec::new();
        for (offset, row) in rows.iter().enumerate() {
            let number = range.start + offset;
            if self.material.state(number) != RowState::Material {
                continue;
            }
            tokens.read(&row.text);
            let hits = ranking.hits(&(number..number + 1));
            let mut own = self.sentences(ranking, understood, &row.text, &tokens, hits);
            let is_of_other = self.is_of_other_speaker(understood, number, hits);
            own.iter_mut().for_each(|sentence| (sentence.offset, sentence.is_of_other) = (offset, is_of_other));
            sentences.extend(own);
        }
        sentences
    }

    /// A passage that quotes a sentence of segment `offset` of its own.
    fn quoted(&self, range: Range<usize>, rows: &[Row], offset: usize, sentence: &Sentence, score: f64) -> Passage {
        let row = &rows[offset];
        let last = &rows[rows.len() - 1];
        let text: Vec<&str> = rows.iter().map(|row| row.text.as_str()).collect();
        let n_last = u32::try_from(last.text.chars().count()).expect("a segment is shorter than 4 GiB");
        let (before, after) = (&row.text[..sentence.range.start], &row.text[sentence.range.end..]);
        let n_lines = before.matches('\n').count();
        Passage {
            document: self.corpus.rows().document(range.start).unwrap_or(0),
            start: rows[0].code_point,
            end: last.code_point + n_last,
            text: text.join("\n"),
            quote: row.text[sentence.range.clone()].trim_start_matches(BULLETS).trim().to_owned(),
            is_cut: (!before.trim().is_empty(), !after.trim().is_empty()),
            score,
            direction: sentence.direction,
            cue: sentence.cue.clone(),
            row: range.start + offset,
            line: row.line + u32::try_from(n_lines).unwrap_or(0),
            page: row.page,
            time: row.time,
            codes: self.codes_in(&range),
            rows: range,
        }
    }

    /// The sentences of a segment, with what each does to the claim. `hits` are the claim's words in it.
    fn sentences(
        &self,
        ranking: &Ranking<'_>,
        understood: &Understood,
        text: &str,
        tokens: &Tokens,
        hits: &[Hit],
    ) -> Vec<Sentence> {
        let spots = self.spots(ranking, hits);
        // Whether a passage is from where the claim is about is asked by itself (`is_elsewhere`).
        let is_subject = |term: &usize| understood.words[*term].is_spoken_of() && !understood.proper.contains(term);
        let subjects: Vec<usize> = (0..understood.words.len()).filter(is_subject).collect();
        // A word that the material lacks counts too: what nobody mentions, nobody says.
        let all: f64 = subjects.iter().map(|term| ranking.rarity_or_absent(*term)).sum();
        // Of each word of the claim the surest form among `hits`, and what that is worth; with what themes say of words, and
        // without.
        let worth = |hits: &[Hit]| {
            let mut best = vec![(0.0_f64, 0.0_f64); ranking.terms.len()];
            for hit in hits {
                let (term, sure) = (usize::from(hit.term), f64::from(hit.weight));
                best[term].0 = best[term].0.max(sure);
                match &ranking.terms[term].by {
                    By::Word(_) => best[term].1 = best[term].1.max(sure),
                    By::Code { words, .. } => {
                        words.iter().for_each(|word| best[*word].0 = best[*word].0.max(ranking.surest(*word)));
                    }
                }
            }
            let share = |sure: &dyn Fn(usize) -> f64| {
                let about: f64 = subjects.iter().map(|term| sure(*term) * ranking.rarity(*term)).sum();
                about / all.max(f64::MIN_POSITIVE)
            };
            let worth: f64 = best.iter().enumerate().map(|(term, (sure, _))| sure * ranking.rarity(term)).sum();
            (worth, share(&|term| best[term].0), share(&|term| best[term].1))
        };
        let (_, about_all, _) = worth(hits);
        let mut breaks = vec![0];
        breaks.extend(sentence_breaks(text));
        breaks.push(text.len());
        let first_word = |byte: usize| tokens.words().partition_point(|word| (word.start as usize) < byte);
        let sentence = |range: Range<usize>, is_whole: bool| {
            let words = first_word(range.start)..first_word(range.end);
            let (worth, about, own) = worth(within(hits, &words, |hit| hit.at as usize));
            // Who says what of what cannot be told where nothing tells where a sentence ends.
            let is_read = is_whole && within(&spots, &words, |spot| spot.at).iter().any(|spot| spot.is_about);
            let told = if is_read {
                let around = words.start.saturating_sub(CLAUSE)..words.end + CLAUSE;
                let reading = reading::read(text, tokens, words.clone(), within(&spots, &around, |spot| spot.at));
                let coverage = Coverage { sentence: about, passage: about + BESIDE * (about_all - about), words: own };
                direction::compare(&understood.reading, &reading, coverage)
            } else {
                (Direction::Unclear, None)
            };
            let (direction, cue) = match told {
                (Direction::Same, cue) => (Direction::Same, cue),
                _ if is_whole && understood.wording.stands_in(text, tokens, &words) => (Direction::Same, None),
                told => told,
            };
            Sentence { offset: 0, range, worth, direction, cue, is_of_other: false }
        };
        let mut sentences = Vec::new();
        for range in breaks.windows(2).map(|range| range[0]..range[1]) {
            let words = first_word(range.start)..first_word(range.end);
            if words.len() <= PUNCTUATED {
                sentences.push(sentence(range, true));
                continue;
            }
            for start in words.clone().step_by(PIECE / 2).take_while(|start| start + PIECE / 2 < words.end) {
                let place = |at: usize| tokens.words()[at].start as usize;
                let from = if start == words.start { range.start } else { place(start) };
                let to = if start + PIECE < words.end { place(start + PIECE) } else { range.end };
                sentences.push(sentence(from..to, false));
            }
        }
        sentences
    }

    /// The words of a segment that the claim is about, or that name what it names.
    fn spots(&self, ranking: &Ranking<'_>, hits: &[Hit]) -> Vec<Spot<'_>> {
        let mut spots = Vec::new();
        for hit in hits {
            let at = hit.at as usize;
            match &ranking.terms[usize::from(hit.term)].by {
                By::Word(word) if hit.weight >= SURE && word.role != Role::Measure => {
                    let is_about = word.is_spoken_of();
                    spots.push(Spot { at, term: usize::from(hit.term), is_about, cues: None, stance: None });
                }
                By::Code { code, mentions, words } => {
                    let index = mentions.partition_point(|mention| (mention.row, mention.from) < (hit.row, hit.at));
                    let stance = mentions.get(index).and_then(|mention| self.stances.given(*code, mention));
                    let cues = Some(self.stances.cues(*code));
                    spots.extend(words.iter().map(|term| Spot { at, term: *term, is_about: true, cues, stance }));
                }
                By::Word(_) => {}
            }
        }
        // What a theme's own cues and patterns say of a word goes before what the shipped ones do.
        spots.sort_by_key(|spot| (spot.at, spot.term, spot.cues.is_none()));
        spots.dedup_by_key(|spot| (spot.at, spot.term));
        spots
    }

    /// The codes with a mention in these rows.
    fn codes_in(&self, rows: &Range<usize>) -> Vec<usize> {
        let has = |code: &usize| {
            let mentions = &self.mentions.codes[*code];
            let at = mentions.partition_point(|mention| (mention.row as usize) < rows.start);
            mentions.get(at).is_some_and(|mention| (mention.row as usize) < rows.end)
        };
        (0..self.mentions.codes.len()).filter(has).collect()
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
