//! Hits → excerpts: left, hit, right, and everything that a citation needs.

use super::collate::Collated;
use super::stance::HitStances;
use super::{SearchHit, Searcher};
use crate::codebook::pattern::Pattern;
use crate::language::{Stance, Tokens};
use crate::text::LineIndex;

/// How much text is shown on either side of a hit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// Words on either side.
    pub words: usize,
}

/// The order of excerpts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// By document and place.
    Document,
    /// The best segment first.
    Rank,
    /// By the words of the segment before the hit, the nearest first.
    Left,
    /// By the words of the segment after the hit.
    Right,
}

/// One hit with what surrounds it.
#[derive(Debug, Clone, PartialEq)]
pub struct Excerpt {
    /// Index of the document.
    pub document: usize,
    /// The segment's row.
    pub row: usize,
    /// First code point of the hit in the document's text.
    pub start: u32,
    /// One past its last.
    pub end: u32,
    /// The text before.
    pub left: String,
    /// The exact words.
    pub quote: String,
    /// The text after.
    pub right: String,
    /// Whether the segment begins before `left` and goes on after `right`.
    pub is_cut: (bool, bool),
    /// BM25 of the segment.
    pub score: f64,
    /// Whether the excerpt is from context.
    pub context: bool,
    /// Indices of the codes that the segment has.
    pub codes: Vec<usize>,
    /// How the passage puts the hit.
    pub stance: Stance,
    /// Line in the document's text, from 1.
    pub line: u32,
    /// Page, from 1.
    pub page: Option<u32>,
    /// Time code in milliseconds.
    pub time: Option<u64>,
}

impl Excerpt {
    /// Removes its words, for output that may be shared; its position is kept.
    pub fn withhold(&mut self) {
        for text in [&mut self.left, &mut self.quote, &mut self.right] {
            text.clear();
        }
        self.is_cut = (false, false);
    }
}

impl Order {
    /// The first hits, at most `limit` if there is a limit; all of them where their order depends on their texts.
    #[must_use]
    pub fn first(self, hits: &[SearchHit], limit: Option<usize>) -> Vec<SearchHit> {
        let mut chosen = hits.to_vec();
        if self == Self::Rank {
            // A stable sort keeps the documents' order among equals.
            chosen.sort_by(|a, b| b.score.total_cmp(&a.score));
        }
        if matches!(self, Self::Rank | Self::Document) {
            chosen.truncate(limit.unwrap_or(usize::MAX));
        }
        chosen
    }
}

/// The first `limit` excerpts in `order`, or all, of hits that `query` found.
///
/// # Errors
/// When the index cannot be read.
pub fn excerpts(
    searcher: &Searcher<'_>,
    query: &Pattern,
    hits: &[SearchHit],
    window: Window,
    order: Order,
    limit: Option<usize>,
) -> std::io::Result<Vec<Excerpt>> {
    let mut excerpts = read(searcher, query, &order.first(hits, limit), window, order)?;
    // A stable sort keeps the documents' order among equals; nothing has words to sort by unless it is asked for.
    excerpts.sort_by(|(a, _), (b, _)| a.cmp(b));
    excerpts.truncate(limit.unwrap_or(usize::MAX));
    Ok(excerpts.into_iter().map(|(_, excerpt)| excerpt).collect())
}

fn read(
    searcher: &Searcher<'_>,
    query: &Pattern,
    hits: &[SearchHit],
    window: Window,
    order: Order,
) -> std::io::Result<Vec<(Collated, Excerpt)>> {
    let stances = HitStances::new(searcher, Some(query));
    let mut excerpts: Vec<Option<(Collated, Excerpt)>> = vec![None; hits.len()];
    // Texts lie together by row, whatever the order of the excerpts.
    let mut by_row: Vec<usize> = (0..hits.len()).collect();
    by_row.sort_by_key(|index| (hits[*index].mention.row, hits[*index].mention.from));
    let mut tokens = Tokens::default();
    for same in by_row.chunk_by(|a, b| hits[*a].mention.row == hits[*b].mention.row) {
        let row = hits[same[0]].mention.row as usize;
        let Some(document) = searcher.corpus.rows().document(row) else { continue };
        let stored = searcher.corpus.part_of(row).texts()?.get(row)?;
        let text = stored.text.as_str();
        tokens.read(text);
        let mut lines = LineIndex::new(text);
        let codes = codes_of_row(searcher, row);
        for index in same {
            let hit = &hits[*index];
            let words = hit.mention.from as usize..hit.mention.to as usize;
            let Some((first, last)) = tokens.words().get(words.start).zip(tokens.words().get(words.end - 1)) else {
                continue;
            };
            let (begin, end) = (first.start as usize, last.end as usize);
            let (line, start) = lines.advance_to(begin);
            let length = u32::try_from(text[begin..end].chars().count()).expect("a segment is shorter than 4 GiB");
            let from = tokens.words()[words.start.saturating_sub(window.words)].start as usize;
            let from = if words.start <= window.words { 0 } else { from };
            let to_word = words.end - 1 + window.words;
            let to = tokens.words().get(to_word).map_or(text.len(), |word| word.end as usize);
            let to = if to_word + 1 >= tokens.words().len() { text.len() } else { to };
            let excerpt = Excerpt {
                document,
                row,
                start: stored.code_point + start,
                end: stored.code_point + start + length,
                left: text[from..begin].to_owned(),
                quote: text[begin..end].to_owned(),
                right: text[end..to].to_owned(),
                is_cut: (from > 0, to < text.len()),
                score: hit.score,
                context: hit.context,
                codes: codes.clone(),
                stance: stances.of(hit, text, &tokens),
                line: stored.line + line - 1,
                page: stored.page,
                time: stored.time,
            };
            let beside = match order {
                Order::Document | Order::Rank => Collated::default(),
                Order::Left => Collated::of((0..words.start).rev().map(|word| tokens.form(word))),
                Order::Right => Collated::of((words.end..tokens.words().len()).map(|word| tokens.form(word))),
            };
            excerpts[*index] = Some((beside, excerpt));
        }
    }
    Ok(excerpts.into_iter().flatten().collect())
}

/// The codes that the segment has at least one mention of.
fn codes_of_row(searcher: &Searcher<'_>, row: usize) -> Vec<usize> {
    let has = |code: &usize| {
        let mentions = &searcher.mentions.codes[*code];
        let at = mentions.partition_point(|mention| (mention.row as usize) < row);
        mentions.get(at).is_some_and(|mention| mention.row as usize == row)
    };
    (0..searcher.codebook.codes.len()).filter(has).collect()
}
