//! Pieces of a column as its lines, or as cells where a table stands in it.

use std::collections::BTreeMap;

use super::super::lines::ListMark;
use super::columns::Zone;
use super::rows::Piece;

/// A line of a column, or a cell of a table.
#[derive(Debug)]
pub(super) struct Line {
    pub(super) piece: Piece,
    pub(super) page: u32,
    pub(super) zone: usize,
    /// Left edge of its column.
    pub(super) left: f32,
    /// Right edge of its column, up to which lines of running text reach.
    pub(super) edge: f32,
    pub(super) role: Role,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Running,
    /// A piece of a row with several, and whether it is the first of them.
    Cell {
        starts_row: bool,
    },
    Footnote,
}

/// What is known of one zone's edges.
#[derive(Debug, Clone, Copy)]
pub(super) struct Edges {
    left: f32,
    right: f32,
    n_lines: usize,
}

/// Makes lines and cells of the pieces of `zone`, which stands on `page`, and notes how far its lines reach.
pub(super) fn add_lines(zone: Zone, page: u32, lines: &mut Vec<Line>, edges: &mut Vec<Edges>) {
    let number = edges.len();
    let line = |piece: Piece, role| Line { piece, page, zone: number, left: zone.left, edge: zone.right, role };
    let mut running = Edges { left: zone.left, right: f32::NEG_INFINITY, n_lines: 0 };
    let mut rows = rows(zone.pieces);
    join_stretched(&mut rows, zone.left, zone.right);
    join_wrapped(&mut rows);
    for row in rows {
        if row.len() == 1 {
            running.right = row.iter().fold(running.right, |right, piece| right.max(piece.right));
            running.n_lines += 1;
            lines.extend(row.into_iter().map(|piece| line(piece, Role::Running)));
        } else {
            let roles = std::iter::once(true).chain(std::iter::repeat(false));
            lines.extend(row.into_iter().zip(roles).map(|(piece, starts_row)| line(piece, Role::Cell { starts_row })));
        }
    }
    if running.n_lines == 0 {
        running.right = zone.right;
    }
    edges.push(running);
}

/// The pieces that stand on one baseline; a mark or label is part of what it stands before.
fn rows(pieces: Vec<Piece>) -> Vec<Vec<Piece>> {
    let mut rows: Vec<Vec<Piece>> = Vec::new();
    let mut baseline = (0.0, 0.0);
    for piece in pieces {
        let (height, size) = baseline;
        match rows.last_mut() {
            Some(row) if f32::abs(piece.baseline - height) <= 0.3 * piece.size.max(size) => match row.last_mut() {
                Some(last) if stands_before(last) => join_row(last, piece),
                _ => row.push(piece),
            },
            _ => {
                baseline = (piece.baseline, piece.size);
                rows.push(vec![piece]);
            }
        }
    }
    rows
}

/// Makes one piece of each row whose words were only driven apart to fill a justified column.
///
/// Such a row looks like one of a table, but goes from edge to edge with gaps all alike, next to a full line.
fn join_stretched(rows: &mut [Vec<Piece>], left: f32, right: f32) {
    let fills = |row: &[Piece]| match (row.first(), row.last()) {
        (Some(first), Some(last)) => {
            first.left - left < 2.5 * first.size && right - last.right < 0.15 * last.size + 1.0
        }
        _ => false,
    };
    let is_full: Vec<bool> = rows.iter().map(|row| row.len() == 1 && fills(row)).collect();
    for (at, row) in rows.iter_mut().enumerate().filter(|(_, row)| row.len() > 1) {
        let is_beside =
            |other: Option<usize>| other.and_then(|other| is_full.get(other)).is_some_and(|is_full| *is_full);
        let (before, after) = (is_beside(at.checked_sub(1)), is_beside(Some(at + 1)));
        // Two words at the edges are a row of a table as often as not.
        let is_certain = if row.len() == 2 { before && after } else { before || after };
        if is_certain && fills(row) && has_even_gaps(row) {
            let mut pieces = std::mem::take(row).into_iter();
            let Some(mut joined) = pieces.next() else { continue };
            pieces.for_each(|piece| join_row(&mut joined, piece));
            row.push(joined);
        }
    }
}

/// Appends rows that go on with cells of the row above them, whose text was too long for one line.
fn join_wrapped(rows: &mut Vec<Vec<Piece>>) {
    /// Cells begin at the same place, within so many points.
    const SAME: f32 = 2.0;
    let mut kept: Vec<Vec<Piece>> = Vec::with_capacity(rows.len());
    let mut baseline = f32::INFINITY;
    for row in rows.drain(..) {
        let place = row.first().map_or(0.0, |piece| piece.baseline);
        let is_near = row.first().is_some_and(|piece| baseline - place < 1.6 * piece.size);
        baseline = place;
        let Some(above) = kept.last_mut().filter(|above| is_near && above.len() > 1 && row.len() < above.len()) else {
            kept.push(row);
            continue;
        };
        // Below the first cell a paragraph may begin as well as a line of the cell.
        let cell_of = |piece: &Piece| above[1..].iter().position(|cell| (cell.left - piece.left).abs() <= SAME);
        let cells: Option<Vec<usize>> = row.iter().map(|piece| cell_of(piece).map(|at| at + 1)).collect();
        match cells {
            Some(cells) => {
                for (at, piece) in cells.into_iter().zip(row) {
                    let right = above[at].right.max(piece.right);
                    join_row(&mut above[at], piece);
                    above[at].right = right;
                }
            }
            None => kept.push(row),
        }
    }
    *rows = kept;
}

fn has_even_gaps(row: &[Piece]) -> bool {
    let is_alike = |piece: &Piece| (piece.size - row[0].size).abs() < 0.05 * row[0].size && !piece.text.contains(' ');
    let gaps = || row.windows(2).map(|pair| pair[1].left - pair[0].right);
    let (least, most) = gaps().fold((f32::INFINITY, 0.0), |(least, most), gap| (gap.min(least), gap.max(most)));
    row.iter().all(is_alike) && most - least < 0.25 * row[0].size
}

/// Whether a piece is a bullet, a label or a time, which belongs to what stands to the right of it.
fn stands_before(piece: &Piece) -> bool {
    /// Labels are no longer than this.
    const MAX_LENGTH: usize = 40;
    let text = piece.text.as_str();
    if text.len() > MAX_LENGTH {
        return false;
    }
    let is_mark = ListMark::at_start(&format!("{text} x")).is_some_and(|(_, length)| length == text.len() + 1);
    let is_time = text.contains(':')
        && text.chars().all(|c| c.is_ascii_digit() || matches!(c, ':' | '.' | '[' | ']' | '(' | ')'));
    is_mark || is_time || text.ends_with(':')
}

fn join_row(before: &mut Piece, after: Piece) {
    before.text.push(' ');
    before.text.push_str(&after.text);
    before.right = after.right;
    before.is_bold &= after.is_bold;
}

/// Zones with at least so many lines show where their column ends.
const TELLING_LINES: usize = 8;

/// For each zone, how far its lines may reach, learnt from all zones that begin at the same distance from the left.
pub(super) fn common_edges(edges: &[Edges]) -> Vec<f32> {
    const SAME: f32 = 12.0;
    let mut telling: Vec<Edges> = edges.iter().filter(|zone| zone.n_lines >= TELLING_LINES).copied().collect();
    telling.sort_by(|a, b| a.right.total_cmp(&b.right));
    let usual = |left: f32| {
        let alike: Vec<f32> =
            telling.iter().filter(|zone| (zone.left - left).abs() <= SAME).map(|zone| zone.right).collect();
        alike.get(alike.len() / 2).copied()
    };
    // Many zones begin at the same place, and looking for their kin anew for each would take long.
    let mut known: BTreeMap<i64, Option<f32>> = BTreeMap::new();
    edges
        .iter()
        .map(|zone| {
            let place = zone.left.round() as i64;
            match known.entry(place).or_insert_with(|| usual(zone.left)) {
                // A last page with a few short lines has the column of the pages before.
                Some(usual) if zone.right < *usual && (zone.n_lines < TELLING_LINES || zone.right > *usual * 0.85) => {
                    *usual
                }
                _ => zone.right,
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(pieces: &[(f32, f32, &str)]) -> Vec<Piece> {
        let piece = |(left, right, text): &(f32, f32, &str)| Piece {
            text: (*text).to_owned(),
            left: *left,
            right: *right,
            baseline: 0.0,
            size: 10.0,
            first_word: 20.0,
            is_bold: false,
        };
        pieces.iter().map(piece).collect()
    }

    #[track_caller]
    fn check(rows: &[&[(f32, f32, &str)]], expected: &[usize]) {
        let mut rows: Vec<Vec<Piece>> = rows.iter().map(|pieces| row(pieces)).collect();
        join_stretched(&mut rows, 0.0, 100.0);
        assert_eq!(rows.iter().map(Vec::len).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn words_driven_apart_to_fill_a_column_are_a_line() {
        let full: &[(f32, f32, &str)] = &[(0.0, 100.0, "en full linje")];
        let stretched: &[(f32, f32, &str)] = &[(0.0, 15.0, "med"), (40.0, 60.0, "lange"), (85.0, 100.0, "rom")];
        check(&[full, stretched], &[1, 1]);
        // Without a full line beside it, or with uneven gaps, it is a row of a table.
        check(&[stretched, stretched], &[3, 3]);
        check(&[full, &[(0.0, 15.0, "Øyer"), (30.0, 50.0, "12"), (85.0, 100.0, "7")]], &[1, 3]);
        // Two words must stand between full lines.
        let two: &[(f32, f32, &str)] = &[(0.0, 30.0, "Deltakere"), (80.0, 100.0, "tolv")];
        check(&[full, two], &[1, 2]);
        check(&[full, two, full], &[1, 1, 1]);
    }
}
