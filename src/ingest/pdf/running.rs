//! What repeats from page to page and is no part of the text: running headers and footers, page numbers, the
//! numbers of lines in the margin.

use std::collections::BTreeMap;

use super::super::builder::Builder;
use super::Sheet;
use super::rows::Piece;

/// Headers and footers stand within this share of the page's height from its edge.
const EDGE: f32 = 0.15;

/// So many rows of a header or footer are looked at.
const ROWS: usize = 4;

/// Rows at the same place on several pages may differ by so many points.
const SAME_HEIGHT: f32 = 6.0;

/// Takes all of it out of `sheets`.
pub(super) fn remove(sheets: &mut [Sheet], builder: &mut Builder<'_>) {
    let numbers = remove_margin_numbers(sheets);
    builder.counted(
        "ingest/margin-numbers-left-out",
        numbers,
        "number in the margin was left out",
        "numbers in the margin were left out",
    );
    for edge in [Edge::Top, Edge::Bottom] {
        remove_at(sheets, edge);
    }
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
    /// Its words, with numbers made alike.
    signature: String,
    number: Option<u32>,
    /// All numbers in it.
    numbers: Vec<u64>,
}

fn remove_at(sheets: &mut [Sheet], edge: Edge) {
    let mut by_place: BTreeMap<String, Vec<Row>> = BTreeMap::new();
    let mut order: Vec<Vec<(String, f32)>> = Vec::new();
    for (index, sheet) in sheets.iter().enumerate() {
        let rows = rows_at(sheet, index, edge);
        order.push(rows.iter().map(|row| (row.signature.clone(), row.height)).collect());
        for row in rows {
            by_place.entry(row.signature.clone()).or_default().push(row);
        }
    }
    let mut doomed: Vec<(usize, std::ops::Range<usize>)> = Vec::new();
    let is_running = |signature: &str, height: f32| {
        let Some(rows) = by_place.get(signature) else { return false };
        let same: Vec<&Row> = rows.iter().filter(|row| (row.height - height).abs() <= SAME_HEIGHT).collect();
        is_repeated(&same, sheets.len())
    };
    for (index, rows) in order.iter().enumerate() {
        // From the edge inwards, up to the first row that belongs to the text.
        for (signature, height) in rows.iter().take_while(|(signature, height)| is_running(signature, *height)) {
            let rows = by_place.get(signature).into_iter().flatten();
            doomed.extend(
                rows.filter(|row| row.sheet == index && row.height == *height).map(|row| (index, row.pieces.clone())),
            );
        }
    }
    // A document that is nothing but what repeats has no running heads.
    let mut left: Vec<usize> = sheets.iter().map(|sheet| sheet.pieces.len()).collect();
    for (index, range) in &doomed {
        left[*index] = left[*index].saturating_sub(range.len());
    }
    let n_emptied = sheets.iter().zip(&left).filter(|(sheet, left)| **left == 0 && !sheet.pieces.is_empty()).count();
    if n_emptied * 2 > sheets.len() {
        return;
    }
    for (index, range) in doomed {
        for piece in &mut sheets[index].pieces[range] {
            piece.text.clear();
        }
    }
    for sheet in sheets {
        sheet.pieces.retain(|piece| !piece.text.is_empty());
    }
}

/// Whether rows at one place of several pages are the same often enough to be no part of the text.
fn is_repeated(rows: &[&Row], n_sheets: usize) -> bool {
    let mut pages: Vec<usize> = rows.iter().map(|row| row.sheet).collect();
    pages.dedup();
    if pages.len() < 2 || pages.len() * 5 < n_sheets {
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
                signature: signature(&words),
                numbers: numbers(&words),
                number: page_number(&words),
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
