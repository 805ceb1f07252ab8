//! uα of 2016: agreement of raters who each mark and name passages of one continuum, such as the characters of a text.

use std::collections::BTreeMap;

/// A marked passage with its category; `start` up to, not including, `end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Passage {
    /// First place.
    pub start: u64,
    /// One past the last place.
    pub end: u64,
    /// What the rater called it.
    pub category: u32,
}

/// uα with its parts, in units of length.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct UnitisedAlpha {
    /// Length over which pairs of raters differ.
    pub observed: f64,
    /// Length over which they would differ if the same passages and gaps had fallen by chance.
    pub expected: f64,
    /// 1 - observed / expected; `None` when nothing else than full agreement was possible.
    pub alpha: Option<f64>,
}

/// Nominal uα (Krippendorff, Mathet, Bouvry & Widlöcher 2016, Quality & Quantity 50:2347–2364).
///
/// What a rater left unmarked counts as a category of its own. Coincidences l_ck are lengths that one rater called c
/// and another k, over the raters less one; e_ck = l (l_c l_k - [c = k] K_c) / (l² - ΣK), where K sums the squared
/// lengths of passages, and the plain lengths of gaps, since a passage falls as a whole and a gap can be cut
/// anywhere. To compare boundaries only, give all passages one category.
///
/// `raters` has each rater's passages in any order. `None` with fewer than two raters, a continuum without length, a
/// passage that is empty or leaves it, or overlapping passages of one rater.
#[must_use]
pub fn unitised_alpha(length: u64, raters: &[Vec<Passage>]) -> Option<UnitisedAlpha> {
    if raters.len() < 2 || length == 0 {
        return None;
    }
    let tilings: Vec<Vec<Piece>> = raters.iter().map(|passages| tile(length, passages)).collect::<Option<_>>()?;

    // By category, `None` the gaps: total length, and K.
    let mut totals: BTreeMap<Option<u32>, (f64, f64)> = BTreeMap::new();
    for piece in tilings.iter().flatten() {
        let size = (piece.end - piece.start) as f64;
        let (total, kept) = totals.entry(piece.category).or_default();
        *total += size;
        *kept += if piece.category.is_some() { size * size } else { size };
    }
    let whole = length as f64 * raters.len() as f64;
    let kept: f64 = totals.values().map(|&(_, kept)| kept).sum();
    let squares: f64 = totals.values().map(|&(total, _)| total * total).sum();
    let free = whole * whole - kept;
    if free <= 0.0 {
        return None;
    }
    // Ordered pairs of different categories: all pairs less those of a category with itself.
    let expected = whole * (whole * whole - squares) / free;

    let mut differing = 0_u64;
    for (index, one) in tilings.iter().enumerate() {
        for other in &tilings[..index] {
            differing += differing_length(one, other);
        }
    }
    let observed = 2.0 * differing as f64 / (raters.len() - 1) as f64;
    let alpha = (expected > 0.0).then(|| 1.0 - observed / expected);
    Some(UnitisedAlpha { observed, expected, alpha })
}

/// A passage or a gap.
struct Piece {
    start: u64,
    end: u64,
    category: Option<u32>,
}

/// The passages and the gaps between them, in order and without holes.
fn tile(length: u64, passages: &[Passage]) -> Option<Vec<Piece>> {
    let mut passages = passages.to_vec();
    passages.sort_unstable();
    let mut pieces = Vec::with_capacity(2 * passages.len() + 1);
    let mut at = 0;
    for Passage { start, end, category } in passages {
        if start < at || end <= start || end > length {
            return None;
        }
        if start > at {
            pieces.push(Piece { start: at, end: start, category: None });
        }
        pieces.push(Piece { start, end, category: Some(category) });
        at = end;
    }
    if at < length {
        pieces.push(Piece { start: at, end: length, category: None });
    }
    Some(pieces)
}

/// Length over which two tilings of one continuum have different categories.
fn differing_length(one: &[Piece], other: &[Piece]) -> u64 {
    let (mut one, mut other) = (one.iter().peekable(), other.iter().peekable());
    let mut at = 0;
    let mut differing = 0;
    while let (Some(a), Some(b)) = (one.peek(), other.peek()) {
        let until = a.end.min(b.end);
        if a.category != b.category {
            differing += until - at;
        }
        at = until;
        let (a_done, b_done) = (a.end == until, b.end == until);
        if a_done {
            one.next();
        }
        if b_done {
            other.next();
        }
    }
    differing
}
