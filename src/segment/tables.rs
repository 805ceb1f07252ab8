//! Transcripts typed into a table: who speaks in one column, what is said in another, perhaps the time in a third.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::speakers::names_only_speakers;
use super::time;
use crate::ingest::{Block, BlockKind};

/// A table with fewer rows shows too little to be taken for a transcript.
const MIN_ROWS: usize = 3;
/// A label has at most so many words and bytes.
const MAX_LABEL_LENGTH: (usize, usize) = (4, 40);
/// So many of ten rows must be as the table is taken to be: there may be a head, and blank cells.
const MIN_OF_TEN: usize = 8;

/// `blocks` with the rows of such tables as turns of those who are named in them.
pub(super) fn with_turns<'doc>(text: &str, blocks: &'doc [Block]) -> Cow<'doc, [Block]> {
    if !blocks.iter().any(|block| block.kind == BlockKind::Cell) {
        return Cow::Borrowed(blocks);
    }
    let mut all = Vec::with_capacity(blocks.len());
    let mut has_turns = false;
    for run in blocks.chunk_by(|one, other| one.kind == BlockKind::Cell && other.kind == BlockKind::Cell) {
        match (run[0].kind == BlockKind::Cell).then(|| turns(text, run)).flatten() {
            Some(turns) => {
                has_turns = true;
                all.extend(turns);
            }
            None => all.extend_from_slice(run),
        }
    }
    if has_turns { Cow::Owned(all) } else { Cow::Borrowed(blocks) }
}

/// The turns of a table, when it is a transcript.
fn turns(text: &str, cells: &[Block]) -> Option<Vec<Block>> {
    // The cells of a row stand on one line of the text.
    let is_same_row = |one: &Block, other: &Block| !text[one.span.end()..other.span.start()].contains('\n');
    let rows: Vec<&[Block]> = cells.chunk_by(is_same_row).collect();
    let width = usual_width(&rows)?;
    let regular: Vec<&[Block]> = rows.iter().copied().filter(|row| row.len() == width).collect();
    if regular.len() < MIN_ROWS || regular.len() * 10 < rows.len() * MIN_OF_TEN {
        return None;
    }
    // The first row may be a head.
    let body = if regular.len() > MIN_ROWS { &regular[1..] } else { &regular[..] };
    let cell = |row: &[Block], column: usize| row[column].span.of(text).trim();
    let words = |column: usize| body.iter().map(|row| cell(row, column).split_whitespace().count()).sum::<usize>();
    let speech = (0..width).max_by_key(|column| (words(*column), *column))?;
    let is_usual = |column: usize, holds: &dyn Fn(&str) -> bool| {
        body.iter().filter(|row| holds(cell(row, column))).count() * 10 >= body.len() * MIN_OF_TEN
    };
    let others = || (0..width).filter(|column| *column != speech);
    let times = others().find(|column| is_usual(*column, &|cell| time::alone(cell).is_some()));
    let labels_in = |column: usize| body.iter().filter_map(move |row| label(cell(row, column)));
    let column = others().filter(|column| Some(*column) != times).find(|column| {
        let labels: Vec<&str> = labels_in(*column).collect();
        let distinct: BTreeSet<&str> = labels.iter().copied().collect();
        let are_many = labels.len() * 10 >= body.len() * MIN_OF_TEN && distinct.len() * 2 <= labels.len() + 1;
        let have_colons = is_usual(*column, &|cell| cell.ends_with(':'));
        let are_known = distinct.iter().filter(|label| names_only_speakers(label)).count() * 2 >= distinct.len();
        are_many && distinct.len() > 1 && (have_colons || are_known || times.is_some())
    })?;
    let speakers: BTreeSet<&str> = labels_in(column).collect();
    let mut all = Vec::new();
    for (index, row) in rows.into_iter().enumerate() {
        let named = (row.len() == width).then(|| label(cell(row, column))).flatten();
        let at = times.filter(|_| row.len() == width).and_then(|times| time::alone(cell(row, times)));
        match named {
            // A head such as `Tid`, `Hvem`, `Ytring` is said by nobody.
            Some(name) if index == 0 && !speakers.contains(name) && at.is_none() && is_short(cell(row, speech)) => {
                all.extend(row.iter().map(|cell| Block { kind: BlockKind::Heading, ..cell.clone() }));
            }
            Some(name) if speakers.contains(name) => all.push(Block {
                kind: BlockKind::Turn,
                speaker: Some(name.to_owned()),
                time: at.map(|mark| mark.milliseconds).or(row[speech].time),
                ..row[speech].clone()
            }),
            _ => all.extend_from_slice(row),
        }
    }
    Some(all)
}

/// Whether a cell can name a column.
fn is_short(cell: &str) -> bool {
    cell.split_whitespace().count() <= MAX_LABEL_LENGTH.0
}

/// The most frequent number of cells in a row, if that is more than one.
fn usual_width(rows: &[&[Block]]) -> Option<usize> {
    let mut widths: BTreeMap<usize, usize> = BTreeMap::new();
    rows.iter().for_each(|row| *widths.entry(row.len()).or_default() += 1);
    widths.into_iter().max_by_key(|(width, n)| (*n, *width)).map(|(width, _)| width).filter(|width| *width > 1)
}

/// The label in a cell that holds nothing else.
fn label(cell: &str) -> Option<&str> {
    let label = cell.trim_end_matches([':', ' ']);
    let (words, bytes) = MAX_LABEL_LENGTH;
    let is_label = label.contains(char::is_alphabetic)
        && label.len() <= bytes
        && label.split_whitespace().count() <= words
        && !label.contains(['\n', '?', '!', ';']);
    is_label.then_some(label)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Span;

    /// The table as blocks, cells apart by tabs; each block of the result as `speaker|time|text`, headings behind `#`.
    #[track_caller]
    fn check(table: &str, expected: &[&str]) {
        let mut blocks = Vec::new();
        let mut at = 0;
        for line in table.split_inclusive('\n') {
            let mut start = at;
            for cell in line.trim_end().split('\t') {
                blocks.push(Block::new(Span::new(start, start + cell.len()), BlockKind::Cell));
                start += cell.len() + 1;
            }
            at += line.len();
        }
        let shown: Vec<String> = with_turns(table, &blocks)
            .iter()
            .map(|block| {
                let time = block.time.map_or(String::new(), |time| time.to_string());
                let mark = if block.kind == BlockKind::Heading { "# " } else { "" };
                format!("{mark}{}|{time}|{}", block.speaker.as_deref().unwrap_or_default(), block.span.of(table))
            })
            .collect();
        assert_eq!(shown, expected, "{table}");
    }

    #[test]
    fn rows_become_turns() {
        check(
            "I\tHva er forankring for dere her?\nR1\tDet er støtte fra ledelsen.\nI\tTakk for det.\n",
            &["I||Hva er forankring for dere her?", "R1||Det er støtte fra ledelsen.", "I||Takk for det."],
        );
        check(
            "Tid\tHvem\tYtring\n00:01\tKari:\tHva er det da?\n00:09\tOla:\tDet er støtte.\n00:20\tKari:\tJa vel ja.\n",
            &[
                "# ||Tid",
                "# ||Hvem",
                "# ||Ytring",
                "Kari|1000|Hva er det da?",
                "Ola|9000|Det er støtte.",
                "Kari|20000|Ja vel ja.",
            ],
        );
    }

    #[test]
    fn other_tables_stay_tables() {
        let table =
            "Gran\tKommunen har en plan for dette.\nLunner\tHer er det ingen plan ennå.\nGran\tIngen flere tiltak.\n";
        check(
            table,
            &[
                "||Gran",
                "||Kommunen har en plan for dette.",
                "||Lunner",
                "||Her er det ingen plan ennå.",
                "||Gran",
                "||Ingen flere tiltak.",
            ],
        );
    }
}
