//! A ranked passage, read: the sentence to quote, and what it does to the claim.

use std::ops::Range;

use super::answer::Passage;
use super::direction::Direction;
use super::inquiry::Evidence;
use super::rank::{Ranked, Ranking};
use super::sentences::{SegmentReader, Sentence};
use super::understood::Understood;
use crate::index::Row;
use crate::language::Tokens;
use crate::material::RowState;

/// A sentence that the rule can judge is quoted before one that has more of the claim, down to this share.
const NEARLY: f64 = 0.75;

/// What a list item begins with in a plain text is no part of what it says.
const BULLETS: [char; 6] = ['-', '–', '•', '*', '·', ' '];

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
            self.quoted(ranked, row..row + 1, &rows[sentence.offset..=sentence.offset], 0, sentence)
        });
        let own = self.quoted(ranked, ranked.rows.clone(), &rows[n_leading..], best.offset - n_leading, &best);
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
            let mut own = SegmentReader::new(self, ranking, understood, &row.text, &tokens, hits).sentences();
            let is_of_other = self.is_of_other_speaker(understood, number, hits);
            own.iter_mut().for_each(|sentence| (sentence.offset, sentence.is_of_other) = (offset, is_of_other));
            sentences.extend(own);
        }
        sentences
    }

    /// A passage of the ranked one's document that quotes a sentence of segment `offset` of its own.
    fn quoted(
        &self,
        ranked: &Ranked,
        range: Range<usize>,
        rows: &[Row],
        offset: usize,
        sentence: &Sentence,
    ) -> Passage {
        let row = &rows[offset];
        let last = &rows[rows.len() - 1];
        let text: Vec<&str> = rows.iter().map(|row| row.text.as_str()).collect();
        let n_last = u32::try_from(last.text.chars().count()).expect("a segment is shorter than 4 GiB");
        let (before, after) = (&row.text[..sentence.range.start], &row.text[sentence.range.end..]);
        let n_lines = before.matches('\n').count();
        Passage {
            document: ranked.document,
            start: rows[0].code_point,
            end: last.code_point + n_last,
            text: text.join("\n"),
            quote: row.text[sentence.range.clone()].trim_start_matches(BULLETS).trim().to_owned(),
            is_cut: (!before.trim().is_empty(), !after.trim().is_empty()),
            score: ranked.score,
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

    /// The codes with a mention in these rows.
    fn codes_in(&self, rows: &Range<usize>) -> Vec<usize> {
        let codes = 0..self.mentions.codes.len();
        codes.filter(|code| !self.mentions.in_rows(*code, rows.clone()).is_empty()).collect()
    }
}
