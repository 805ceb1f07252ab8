//! Reading order: columns from the left, whatever spans them in between, rows from above.

use super::super::error::IngestError;
use super::super::limits::Budget;
use super::rows::Piece;

/// Pieces that are read from above, and the edges of the column they fill.
#[derive(Debug)]
pub(super) struct Zone {
    pub(super) left: f32,
    pub(super) right: f32,
    pub(super) pieces: Vec<Piece>,
}

/// Columns within columns go no deeper.
const MAX_DEPTH: usize = 4;

/// A column has at least so many rows.
const MIN_ROWS: usize = 5;

/// The zones of a page, in reading order.
pub(super) fn zones(pieces: Vec<Piece>, budget: &Budget) -> Result<Vec<Zone>, IngestError> {
    let mut zones = Vec::new();
    split(pieces, 0, &mut zones, budget)?;
    Ok(zones)
}

fn split(pieces: Vec<Piece>, depth: usize, zones: &mut Vec<Zone>, budget: &Budget) -> Result<(), IngestError> {
    budget.check_time()?;
    let gutter = if depth < MAX_DEPTH { gutter(&pieces) } else { None };
    let Some(gutter) = gutter else {
        let left = pieces.iter().map(|piece| piece.left).min_by(f32::total_cmp);
        let right = pieces.iter().map(|piece| piece.right).max_by(f32::total_cmp);
        if let (Some(left), Some(right)) = (left, right) {
            zones.push(Zone { left, right, pieces });
        }
        return Ok(());
    };
    // What spans the gutter is read where it stands, after both columns above it.
    let (mut lefts, mut rights, mut spanning) = (Vec::new(), Vec::new(), Vec::new());
    for piece in pieces {
        let is_spanning = piece.left < gutter && piece.right > gutter;
        if is_spanning {
            if !(lefts.is_empty() && rights.is_empty()) {
                split_spanning(&mut spanning, zones);
                split(std::mem::take(&mut lefts), depth + 1, zones, budget)?;
                split(std::mem::take(&mut rights), depth + 1, zones, budget)?;
            }
            spanning.push(piece);
            continue;
        }
        split_spanning(&mut spanning, zones);
        if piece.right <= gutter { lefts.push(piece) } else { rights.push(piece) }
    }
    split_spanning(&mut spanning, zones);
    split(lefts, depth + 1, zones, budget)?;
    split(rights, depth + 1, zones, budget)
}

fn split_spanning(spanning: &mut Vec<Piece>, zones: &mut Vec<Zone>) {
    if spanning.is_empty() {
        return;
    }
    let pieces = std::mem::take(spanning);
    let left = pieces.iter().map(|piece| piece.left).fold(f32::INFINITY, f32::min);
    let right = pieces.iter().map(|piece| piece.right).fold(f32::NEG_INFINITY, f32::max);
    zones.push(Zone { left, right, pieces });
}

/// Width of the strips in which a gutter is looked for, in points.
const STRIP: f32 = 2.0;

/// Where a gutter runs between two columns of running text.
///
/// A table has gutters too, but its cells do not fill their columns; it is read row by row.
fn gutter(pieces: &[Piece]) -> Option<f32> {
    let left = pieces.iter().map(|piece| piece.left).min_by(f32::total_cmp)?;
    let right = pieces.iter().map(|piece| piece.right).max_by(f32::total_cmp)?;
    let n_strips = strip(right - left) + 1;
    if pieces.len() < 2 * MIN_ROWS || n_strips > 5000 {
        return None;
    }
    // Differences of the number of pieces over each strip.
    let mut covering = vec![0_i32; n_strips + 1];
    for piece in pieces {
        covering[strip(piece.left - left)] += 1;
        covering[strip(piece.right - left) + 1] -= 1;
    }
    let mut best: Option<(i32, usize, f32)> = None;
    let mut over = 0;
    let mut run: Option<(i32, usize)> = None;
    let allowed = i32::try_from(pieces.len() / 8).unwrap_or(i32::MAX);
    for (at, change) in covering.iter().enumerate() {
        over += change;
        match run {
            Some((least, start)) if over == least => run = Some((least, start)),
            _ => {
                if let Some((least, start)) = run {
                    consider(pieces, left, (start, at), least, allowed, &mut best);
                }
                run = Some((over, at));
            }
        }
    }
    best.map(|(.., x)| x)
}

/// Remembers the strips from `from` to `to` when they are a better gutter than the best so far.
fn consider(
    pieces: &[Piece],
    left: f32,
    (from, to): (usize, usize),
    crossing: i32,
    allowed: i32,
    best: &mut Option<(i32, usize, f32)>,
) {
    if crossing > allowed {
        return;
    }
    let x = left + (from + to) as f32 / 2.0 * STRIP;
    let sides = [Side::of(pieces, |piece| piece.right <= x), Side::of(pieces, |piece| piece.left >= x)];
    let [Some(one), Some(other)] = sides else { return };
    let overlap = one.upper.min(other.upper) - one.lower.max(other.lower);
    let shorter = (one.upper - one.lower).min(other.upper - other.lower);
    if !(one.is_text && other.is_text) || overlap < 0.5 * shorter {
        return;
    }
    let n = one.n.min(other.n);
    if best.is_none_or(|(least, most, _)| (crossing, std::cmp::Reverse(n)) < (least, std::cmp::Reverse(most))) {
        *best = Some((crossing, n, x));
    }
}

/// The pieces on one side of a gutter.
struct Side {
    n: usize,
    upper: f32,
    lower: f32,
    /// Whether they fill their column as running text does.
    is_text: bool,
}

impl Side {
    fn of(pieces: &[Piece], is_on: impl Fn(&Piece) -> bool) -> Option<Self> {
        let on: Vec<&Piece> = pieces.iter().filter(|piece| is_on(piece)).collect();
        if on.len() < MIN_ROWS {
            return None;
        }
        let words: usize = on.iter().map(|piece| piece.text.split(' ').count()).sum();
        let baselines = || on.iter().map(|piece| piece.baseline);
        Some(Self {
            n: on.len(),
            upper: baselines().fold(f32::NEG_INFINITY, f32::max),
            lower: baselines().fold(f32::INFINITY, f32::min),
            is_text: words >= 3 * on.len() && fills_column(&on),
        })
    }
}

/// Whether most pieces that begin at the most frequent left edge reach far into the column that they make up.
///
/// There may be more columns on this side of the gutter, so the pieces are not measured by all of it.
fn fills_column(pieces: &[&Piece]) -> bool {
    const SAME: f32 = 6.0;
    let mut lefts: Vec<f32> = pieces.iter().map(|piece| piece.left).collect();
    lefts.sort_by(f32::total_cmp);
    let near =
        |left: f32| lefts.partition_point(|other| *other <= left + SAME) - lefts.partition_point(|other| *other < left);
    let Some(left) = lefts.iter().copied().max_by_key(|left| near(*left)) else { return false };
    let column = pieces.iter().filter(|piece| (left..=left + SAME).contains(&piece.left));
    let mut rights: Vec<f32> = column.map(|piece| piece.right).collect();
    rights.sort_by(f32::total_cmp);
    match (rights.get(rights.len() / 2), rights.last()) {
        (Some(usual), Some(right)) => usual - left >= 0.6 * (right - left),
        _ => false,
    }
}

fn strip(distance: f32) -> usize {
    (distance / STRIP).clamp(0.0, 1e6) as usize
}
