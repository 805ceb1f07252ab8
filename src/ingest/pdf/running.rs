//! What repeats from page to page and is no part of the text: running headers and footers, page numbers, the
//! numbers of lines in the margin.

use std::collections::BTreeMap;

use super::super::builder::Builder;
use super::Sheet;
use super::rows::Piece;
use crate::diag::{counted, few};

/// Headers and footers stand within this share of the page's height from its edge.
const EDGE: f32 = 0.15;

/// So many rows of a header or footer are looked at.
const ROWS: usize = 4;

/// Rows at the same place on several pages may differ by so many points.
const SAME_HEIGHT: f32 = 6.0;

/// A line is set apart by a gap so much larger than others in the document, or by letters that differ so much from those
/// of its text in size; both as shares.
const WIDER: f32 = 1.25;
const OTHER_SIZE: f32 = 0.07;

/// Letters that stand at most so many points above others may be in one line with them.
const SAME_LINE: f32 = 4.0;

/// So many of the pages are nearly all, as a share.
const NEARLY_ALL: (usize, usize) = (3, 4);

/// Takes all of it out of `sheets`.
pub(super) fn remove(sheets: &mut [Sheet], builder: &mut Builder<'_>) {
    let numbers = remove_margin_numbers(sheets);
    builder.counted(
        "ingest/margin-numbers-left-out",
        numbers,
        "number in the margin was left out",
        "numbers in the margin were left out",
    );
    let usual = Usual::of(sheets);
    let removed = [Edge::Top, Edge::Bottom].map(|edge| remove_at(sheets, edge, &usual));
    let removed: Vec<Line> = removed.into_iter().flatten().filter(|line| page_number(&line.words).is_none()).collect();
    // Lines that only count the pages differ in nothing else.
    let mut named: BTreeMap<&str, &str> = BTreeMap::new();
    for line in &removed {
        named.entry(&line.signature).or_insert(&line.words);
    }
    if !removed.is_empty() {
        let message = counted(
            removed.len(),
            "line that comes again on other pages was left out as a header or footer",
            "lines that come again on other pages were left out as headers or footers",
        );
        let named: Vec<&str> = named.into_values().collect();
        builder.notice("ingest/running-lines-left-out", format!("{message}: {}", few(&named)));
    }
}

/// A line that was left out.
struct Line {
    words: String,
    signature: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Edge {
    Top,
    Bottom,
}

/// A row near the edge of a page.
#[derive(Debug)]
struct Row {
    sheet: usize,
    /// Indices of its pieces, which follow each other.
    pieces: std::ops::Range<usize>,
    height: f32,
    /// The font size of most of it, in points.
    size: f32,
    words: String,
    /// Its words, with numbers made alike.
    signature: String,
    number: Option<u32>,
    /// All numbers in it.
    numbers: Vec<u64>,
}

impl Row {
    /// Whether it is said or written as text is: a sentence, or what a speaker says.
    fn is_speech(&self) -> bool {
        let words = self.words.trim_end_matches(['»', '"', '”', ')', ' ']);
        let has_words = words.split_whitespace().filter(|word| word.contains(char::is_alphabetic)).count() > 1;
        let is_sentence = has_words && words.ends_with(['.', '!', '?', '…']);
        let is_said = self
            .words
            .split_once(": ")
            .is_some_and(|(label, said)| label.split_whitespace().count() <= 3 && said.split_whitespace().count() > 1);
        is_sentence || is_said
    }
}

/// How text is set in most of a document.
struct Usual {
    /// The distance of half of the lines from the next is at most so large, in points, and that of nine in ten.
    gap: f32,
    wide_gap: f32,
    /// The font size of half of the letters is at most so large, in points.
    size: f32,
}

impl Usual {
    fn of(sheets: &[Sheet]) -> Self {
        let mut gaps: Vec<f32> = sheets.iter().flat_map(gaps).collect();
        gaps.sort_by(f32::total_cmp);
        let mut sizes: Vec<f32> = Vec::new();
        for piece in sheets.iter().flat_map(|sheet| &sheet.pieces) {
            sizes.extend(std::iter::repeat_n(piece.size, piece.text.len().div_ceil(8)));
        }
        sizes.sort_by(f32::total_cmp);
        let at = |numbers: &[f32], tenth: usize| numbers.get(numbers.len() * tenth / 10).copied().unwrap_or_default();
        Self { gap: at(&gaps, 5), wide_gap: at(&gaps, 9), size: at(&sizes, 5) }
    }

    /// How `row` stands to the text that follows it from the edge inwards; one that nothing follows stands close.
    fn distance(&self, row: &Row, baselines: &[f32], edge: Edge) -> Distance {
        let next = match edge {
            Edge::Top => baselines.iter().rev().find(|baseline| **baseline < row.height - 0.5 * row.size),
            Edge::Bottom => baselines.iter().find(|baseline| **baseline > row.height + 0.5 * row.size),
        };
        let Some(gap) = next.map(|next| (row.height - next).abs()) else { return Distance::Close };
        if gap > WIDER * self.wide_gap || (row.size - self.size).abs() > OTHER_SIZE * self.size {
            Distance::Apart
        } else if gap > WIDER * self.gap {
            Distance::Loose
        } else {
            Distance::Close
        }
    }
}

/// How far a line stands from the next one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Distance {
    /// As lines of a paragraph do.
    Close,
    /// As paragraphs do.
    Loose,
    /// Further than nearly all lines, or in letters of another size.
    Apart,
}

/// The heights of a page's lines, from below.
fn baselines(sheet: &Sheet) -> Vec<f32> {
    let mut baselines: Vec<f32> = sheet.pieces.iter().map(|piece| piece.baseline).collect();
    baselines.sort_by(f32::total_cmp);
    baselines
}

/// The distances of lines from the next, in points; letters of one line stand a little higher or lower.
fn gaps(sheet: &Sheet) -> Vec<f32> {
    baselines(sheet).windows(2).map(|pair| pair[1] - pair[0]).filter(|gap| *gap > SAME_LINE).collect()
}

/// Takes out the lines that repeat at an edge of the pages, and returns them.
fn remove_at(sheets: &mut [Sheet], edge: Edge, usual: &Usual) -> Vec<Line> {
    let rows: Vec<Vec<Row>> = sheets.iter().enumerate().map(|(index, sheet)| rows_at(sheet, index, edge)).collect();
    let mut by_place: BTreeMap<&str, Vec<&Row>> = BTreeMap::new();
    for row in rows.iter().flatten() {
        by_place.entry(&row.signature).or_default().push(row);
    }
    let doomed: Vec<&Row> = rows
        .iter()
        .zip(sheets.iter())
        .flat_map(|(rows, sheet)| {
            let baselines = baselines(sheet);
            running(rows, &by_place, sheets.len(), &|row| usual.distance(row, &baselines, edge))
        })
        .collect();
    // A document that is nothing but what repeats has no running heads.
    let mut left: Vec<usize> = sheets.iter().map(|sheet| sheet.pieces.len()).collect();
    for row in &doomed {
        left[row.sheet] = left[row.sheet].saturating_sub(row.pieces.len());
    }
    let n_emptied = sheets.iter().zip(&left).filter(|(sheet, left)| **left == 0 && !sheet.pieces.is_empty()).count();
    if n_emptied * 2 > sheets.len() {
        return Vec::new();
    }
    let line = |row: &&Row| Line { words: row.words.clone(), signature: row.signature.clone() };
    let lines = doomed.iter().map(line).collect();
    let doomed: Vec<(usize, std::ops::Range<usize>)> =
        doomed.iter().map(|row| (row.sheet, row.pieces.clone())).collect();
    for (sheet, pieces) in doomed {
        for piece in &mut sheets[sheet].pieces[pieces] {
            piece.text.clear();
        }
    }
    for sheet in sheets {
        sheet.pieces.retain(|piece| !piece.text.is_empty());
    }
    lines
}

/// Those of a page's outermost rows that are no part of the text: they come again on other pages, and stand apart from
/// the text, alone or together with what repeats further in. What reads as text must do so on nearly all pages, and so
/// must what does not stand apart, which must count the pages or be no line of a paragraph besides.
fn running<'r>(
    rows: &'r [Row],
    by_place: &BTreeMap<&str, Vec<&Row>>,
    n_sheets: usize,
    distance: &dyn Fn(&Row) -> Distance,
) -> Vec<&'r Row> {
    let same = |row: &Row| -> Vec<&Row> {
        let rows = by_place.get(row.signature.as_str()).into_iter().flatten();
        rows.filter(|other| (other.height - row.height).abs() <= SAME_HEIGHT).copied().collect()
    };
    // From the edge inwards, up to the first row that belongs to the text; each with those like it on other pages.
    let with_same = rows.iter().map(|row| (row, same(row)));
    let repeated: Vec<(&Row, Vec<&Row>)> = with_same.take_while(|(_, same)| is_repeated(same, n_sheets)).collect();
    let n_apart = repeated.iter().rposition(|(row, _)| distance(row) == Distance::Apart).map_or(0, |last| last + 1);
    let is_running = |(index, (row, same)): (usize, &(&Row, Vec<&Row>))| {
        let (part, whole) = NEARLY_ALL;
        let is_on_nearly_all = pages(same) > 2 && pages(same) * whole >= n_sheets * part;
        match index < n_apart {
            true => !row.is_speech() || is_on_nearly_all,
            false => !row.is_speech() && is_on_nearly_all && (count_pages(same) || distance(row) == Distance::Loose),
        }
    };
    repeated.iter().enumerate().take_while(|row| is_running(*row)).map(|(_, (row, _))| *row).collect()
}

/// Whether a number in all of the rows goes up by one from page to page.
fn count_pages(rows: &[&Row]) -> bool {
    let counts = |slot: usize| {
        rows.windows(2).all(|pair| {
            let pages = (pair[1].sheet - pair[0].sheet) as u64;
            let numbers = pair[0].numbers.get(slot).zip(pair[1].numbers.get(slot));
            numbers.is_some_and(|(one, next)| one.checked_add(pages) == Some(*next))
        })
    };
    let n_numbers = rows.iter().map(|row| row.numbers.len()).min().unwrap_or(0);
    (0..n_numbers).any(counts) || rows.iter().all(|row| row.number.is_some())
}

/// How many pages rows stand on, which are in the order of pages.
fn pages(rows: &[&Row]) -> usize {
    rows.chunk_by(|one, other| one.sheet == other.sheet).count()
}

/// Whether rows at one place of several pages are the same often enough to be no part of the text.
fn is_repeated(rows: &[&Row], n_sheets: usize) -> bool {
    if pages(rows) < 2 || pages(rows) * 5 < n_sheets {
        return false;
    }
    // Its numbers must stay the same or count the pages: chapters and notes are numbered too.
    let is_kept = |pair: &&[&Row]| {
        let pages = (pair[1].sheet - pair[0].sheet) as u64;
        let mut slots = pair[0].numbers.iter().zip(&pair[1].numbers);
        slots.all(|(one, next)| one == next || one.checked_add(pages) == Some(*next))
    };
    // A number alone must count them; any number may end a table.
    let is_number = rows.iter().all(|row| row.number.is_some());
    let counts = |pair: &&[&Row]| match (pair[0].number, pair[1].number) {
        (Some(one), Some(next)) => u64::from(one) + (pair[1].sheet - pair[0].sheet) as u64 == u64::from(next),
        _ => false,
    };
    let pairs = || rows.windows(2);
    let n_right = if is_number { pairs().filter(counts).count() } else { pairs().filter(is_kept).count() };
    n_right * 3 >= (rows.len() - 1) * 2
}

/// The rows nearest to the edge, the outermost first.
fn rows_at(sheet: &Sheet, index: usize, edge: Edge) -> Vec<Row> {
    let band = sheet.height * EDGE;
    let is_near = |piece: &Piece| match edge {
        Edge::Top => piece.baseline > sheet.height - band,
        Edge::Bottom => piece.baseline < band,
    };
    let mut rows: Vec<Row> = Vec::new();
    let pieces = &sheet.pieces;
    let mut at = 0;
    while at < pieces.len() {
        let mut end = at + 1;
        while end < pieces.len() && is_same_row(&pieces[at], &pieces[end]) {
            end += 1;
        }
        if is_near(&pieces[at]) {
            let words: Vec<&str> = pieces[at..end].iter().map(|piece| piece.text.as_str()).collect();
            let words = words.join(" ");
            rows.push(Row {
                sheet: index,
                pieces: at..end,
                height: pieces[at].baseline,
                size: pieces[at..end].iter().max_by_key(|piece| piece.text.len()).map_or(0.0, |piece| piece.size),
                signature: signature(&words),
                numbers: numbers(&words),
                number: page_number(&words),
                words,
            });
        }
        at = end;
    }
    match edge {
        Edge::Top => rows.sort_by(|a, b| b.height.total_cmp(&a.height)),
        Edge::Bottom => rows.sort_by(|a, b| a.height.total_cmp(&b.height)),
    }
    rows.truncate(ROWS);
    rows
}

fn is_same_row(one: &Piece, other: &Piece) -> bool {
    (one.baseline - other.baseline).abs() <= 0.3 * one.size.max(other.size)
}

/// `Side 3 av 12` as `side # av #`.
fn signature(words: &str) -> String {
    if roman(words.trim()).is_some() {
        return "#".to_owned();
    }
    let mut signature = String::new();
    for character in words.chars().filter(|character| !character.is_whitespace()) {
        if !character.is_ascii_digit() {
            signature.extend(character.to_lowercase());
        } else if !signature.ends_with('#') {
            signature.push('#');
        }
    }
    signature
}

/// The numbers in `Side 3 av 12`; what is too long to be one counts as none.
fn numbers(words: &str) -> Vec<u64> {
    let digits = words.split(|c: char| !c.is_ascii_digit()).filter(|digits| !digits.is_empty());
    digits.map(|digits| digits.parse().unwrap_or(0)).collect()
}

/// The number in `3`, `- 3 -`, `[3]` or `iii`.
fn page_number(words: &str) -> Option<u32> {
    let bare = words
        .trim_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | '|' | '[' | ']' | '(' | ')' | '.'));
    bare.parse().ok().or_else(|| roman(bare))
}

/// The value of a number in small roman letters below 40.
fn roman(text: &str) -> Option<u32> {
    let (tens, ones) = text.split_at(text.bytes().take_while(|byte| *byte == b'x').count());
    let ones = ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"].iter().position(|known| *known == ones)?;
    let value = u32::try_from(tens.len() * 10 + ones).ok()?;
    (tens.len() <= 3 && value > 0).then_some(value)
}

/// So many numbers in the margin are a numbering.
const MIN_NUMBERS: usize = 5;

/// Takes out the numbers of lines or paragraphs that stand beside the text; returns how many.
fn remove_margin_numbers(sheets: &mut [Sheet]) -> usize {
    let Some((left, right)) = text_edges(sheets) else { return 0 };
    let is_beside = |piece: &Piece| {
        let is_number = piece.text.len() <= 5 && piece.text.bytes().all(|byte| byte.is_ascii_digit());
        is_number && (piece.right < left || piece.left > right)
    };
    let numbers: Vec<u32> = sheets
        .iter()
        .flat_map(|sheet| &sheet.pieces)
        .filter(|piece| is_beside(piece))
        .filter_map(|piece| piece.text.parse().ok())
        .collect();
    let rising = numbers.windows(2).filter(|pair| pair[0] < pair[1]).count();
    if numbers.len() < MIN_NUMBERS || rising * 10 < (numbers.len() - 1) * 8 {
        return 0;
    }
    for sheet in sheets {
        sheet.pieces.retain(|piece| !is_beside(piece));
    }
    numbers.len()
}

/// The left and right edge of running text, in points.
fn text_edges(sheets: &[Sheet]) -> Option<(f32, f32)> {
    /// A piece of so many characters is running text.
    const LONG: usize = 40;
    let long: Vec<&Piece> =
        sheets.iter().flat_map(|sheet| &sheet.pieces).filter(|piece| piece.text.len() >= LONG).collect();
    let left = long.iter().map(|piece| piece.left).min_by(f32::total_cmp)?;
    let right = long.iter().map(|piece| piece.right).max_by(f32::total_cmp)?;
    Some((left, right))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signatures_and_numbers() {
        assert_eq!(signature("Side 3 av 12"), "side#av#");
        assert_eq!(signature("xiv"), "#");
        for (words, number) in
            [("- 12 -", Some(12)), ("iv", Some(4)), ("xxix", Some(29)), ("Side 3", None), ("i dag", None)]
        {
            assert_eq!(page_number(words), number, "{words}");
        }
    }
}
