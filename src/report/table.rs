//! Tables for a terminal and for Markdown.

use std::collections::BTreeSet;

use unicode_width::UnicodeWidthStr;

use super::escape::{markdown_inline, terminal};
use super::number::{rate, rate_shown};
use super::outline::outline;
use crate::codebook::Codebook;
use crate::material::Material;
use crate::tally::{Cell, Frequencies};

/// What stands where there is no material.
const NO_MATERIAL: &str = "–";
/// Columns of texts are cut to this width before the first column is.
const NARROW: usize = 16;
/// `documents in all` must fit.
const MIN_LABEL_WIDTH: usize = 16;
/// A row's name is cut to this width, and to the other one on a wide terminal or where names would look alike.
const MAX_LABEL_WIDTH: usize = 26;
const MAX_LABEL_WIDTH_WHEN_WIDE: usize = 44;
/// From so many columns on a terminal is wide.
const WIDE: usize = 120;
/// A column's heading is cut to this width where that leaves the headings different.
const USUAL_HEADING: usize = 14;
/// No heading is wider than this.
const MAX_HEADING_WIDTH: usize = 40;

/// How a table is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TableStyle {
    /// Columns of the terminal.
    pub width: usize,
    /// Whether headings may be bold and zeros dim.
    pub color: bool,
}

/// Rows of texts under one heading line, the first column to the left, numbers to the right.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Table {
    /// Names of the columns.
    pub header: Vec<String>,
    /// Cells, row by row.
    pub rows: Vec<Vec<String>>,
    /// Columns, by index, whose texts stand to the left; the first always does.
    pub left: Vec<usize>,
    /// Whether the first column holds paths: where it must be cut, its ends say more than its beginnings, as long as
    /// those that differ still do.
    pub paths: bool,
    /// Columns, by index, that tell rows apart together with such a path.
    pub beside: Vec<usize>,
}

impl Table {
    /// The table with its columns aligned; a left column that does not fit is cut with `…`.
    #[must_use]
    pub fn render(&self, style: TableStyle) -> String {
        let widths = self.widths(style.width);
        let is_left = |column: usize| self.is_left(column);
        let fit_path = self.paths.then(|| self.fit_paths(&widths));
        let line = |cells: &[String]| {
            let mut line = String::new();
            for (column, width) in widths.iter().enumerate() {
                let cell = cells.get(column).map_or("", String::as_str);
                let pad = if column == 0 { "" } else { "  " };
                line.push_str(pad);
                let cell = match fit_path {
                    Some(fit_path) if column == 0 => fit_path(cell, *width),
                    _ => fit(cell, *width),
                };
                line.push_str(&if is_left(column) { to_left(&cell, *width) } else { to_right(&cell, *width) });
            }
            line.truncate(line.trim_end().len());
            line
        };
        let mut out = bold(&line(&self.header), style.color);
        out.push('\n');
        for row in &self.rows {
            out.push_str(&line(row));
            out.push('\n');
        }
        out
    }

    fn is_left(&self, column: usize) -> bool {
        column == 0 || self.left.contains(&column)
    }

    /// The width of each column where all of them together have at most `most`, as far as that can be.
    fn widths(&self, most: usize) -> Vec<usize> {
        let n_columns = self.header.len();
        let full = |column: usize| {
            let cells = self.rows.iter().map(|row| row.get(column).map_or(0, |cell| cell.width()));
            cells.chain([self.header[column].width()]).max().unwrap_or(0)
        };
        let mut widths: Vec<usize> = (0..n_columns).map(full).collect();
        while widths.iter().sum::<usize>() + 2 * n_columns.saturating_sub(1) > most {
            // What stands first is what a row is found by: it gives way last.
            let give = |column: &usize| {
                self.is_left(*column) && (*column > 0 || widths[1..].iter().all(|width| *width <= NARROW))
            };
            let widest = (0..n_columns).filter(give).max_by_key(|column| widths[*column]);
            match widest {
                Some(column) if widths[column] > 8 => widths[column] -= 1,
                _ if widths[0] > 8 => widths[0] -= 1,
                _ => break,
            }
        }
        widths
    }

    /// Whether rows that differ in the first column still do when the table is cut to `width`: there, or in one of the
    /// columns beside.
    pub(super) fn tells_rows_apart(&self, width: usize) -> bool {
        let widths = self.widths(width);
        self.keeps_apart(self.fit_paths(&widths), &widths)
    }

    /// How paths are cut: so that the end is left, or the middle is left out where ends are alike.
    fn fit_paths(&self, widths: &[usize]) -> fn(&str, usize) -> String {
        let ways: [fn(&str, usize) -> String; 3] = [fit_end, fit_ends, fit];
        ways.into_iter().find(|way| self.keeps_apart(*way, widths)).unwrap_or(fit_end)
    }

    /// Whether rows differ in what is left of a path that is cut in one way, and of the columns that place it.
    fn keeps_apart(&self, way: fn(&str, usize) -> String, widths: &[usize]) -> bool {
        let cell = |row: &'_ Vec<String>, column: usize| row.get(column).cloned().unwrap_or_default();
        let paths: BTreeSet<&String> = self.rows.iter().filter_map(|row| row.first()).collect();
        let cut = self.rows.iter().map(|row| {
            let beside = self.beside.iter().map(|column| fit(&cell(row, *column), widths[*column]));
            std::iter::once(way(&cell(row, 0), widths[0])).chain(beside).collect::<Vec<_>>()
        });
        cut.collect::<BTreeSet<_>>().len() >= paths.len()
    }

    /// The table as Markdown; its cells are plain text.
    #[must_use]
    pub fn markdown(&self) -> String {
        let line = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
        let texts = |cells: &[String]| line(&cells.iter().map(|cell| markdown_inline(cell)).collect::<Vec<_>>());
        let marks: Vec<String> = (0..self.header.len())
            .map(|column| if column == 0 || self.left.contains(&column) { "---" } else { "---:" }.to_owned())
            .collect();
        let mut out = texts(&self.header) + &line(&marks);
        self.rows.iter().for_each(|row| out.push_str(&texts(row)));
        out
    }
}

fn bold(text: &str, color: bool) -> String {
    if color { format!("\u{1b}[1m{text}\u{1b}[0m") } else { text.to_owned() }
}

/// Cut or filled to `width` columns, to the left.
fn to_left(text: &str, width: usize) -> String {
    let text = fit(text, width);
    let fill = width.saturating_sub(text.width());
    text + &" ".repeat(fill)
}

fn to_right(text: &str, width: usize) -> String {
    let text = fit(text, width);
    " ".repeat(width.saturating_sub(text.width())) + &text
}

fn fit(text: &str, width: usize) -> String {
    let text = terminal(text.trim_end());
    if text.width() <= width {
        return text;
    }
    let mut cut = String::new();
    for character in text.chars() {
        if cut.width() + 1 >= width {
            break;
        }
        cut.push(character);
    }
    cut.push('…');
    cut
}

/// The end of a text that does not fit.
fn fit_end(text: &str, width: usize) -> String {
    let text = terminal(text);
    if text.width() <= width {
        return text;
    }
    let mut start = text.len();
    for (at, character) in text.char_indices().rev() {
        if text[at..].width() + 1 > width || character == '\n' {
            break;
        }
        start = at;
    }
    format!("…{}", &text[start..])
}

/// The beginning and the end of a text that does not fit.
fn fit_ends(text: &str, width: usize) -> String {
    if terminal(text).width() <= width {
        return fit(text, width);
    }
    let begin = fit(text, width / 2);
    let end = fit_end(text, width.saturating_sub(begin.width()).saturating_add(1));
    begin + end.trim_start_matches('…')
}

/// Mentions of each code in each cell: cells of one group (case) side by side, as many groups as fit in the
/// width, further ones below. The last columns give the whole: mentions, per 1,000 words, documents. Cases and phases
/// are called what people call them.
#[must_use]
pub fn frequency_table(
    material: &Material,
    codebook: &Codebook,
    frequencies: &Frequencies,
    style: TableStyle,
) -> String {
    let labels: Vec<String> = outline(codebook).into_iter().map(|(depth, label)| "  ".repeat(depth) + &label).collect();
    let widest = if style.width < WIDE && stay_apart(labels.iter().map(String::as_str), MAX_LABEL_WIDTH) {
        MAX_LABEL_WIDTH
    } else {
        MAX_LABEL_WIDTH_WHEN_WIDE.min(style.width / 2)
    };
    let label_width = labels.iter().map(|label| label.width()).max().unwrap_or(0).clamp(MIN_LABEL_WIDTH, widest);
    let columns = columns(material, codebook, frequencies);
    let room = style.width.saturating_sub(label_width + 2);
    let pieces = pieces(columns, room);
    let mut blocks: Vec<Vec<&Column>> = Vec::new();
    for piece in &pieces {
        let width = |columns: &[&Column]| columns.iter().map(|column| column.width + 2).sum::<usize>();
        let piece: Vec<&Column> = piece.iter().collect();
        match blocks.last_mut() {
            Some(block) if label_width + width(block) + width(&piece) + 2 <= style.width => block.extend(piece),
            _ => blocks.push(piece),
        }
    }
    let mut out = String::new();
    for block in blocks {
        out.push_str(&block_of(&block, &labels, label_width, style));
        out.push('\n');
    }
    out + &whole(frequencies, &labels, label_width, style)
}

struct Column {
    group: Vec<String>,
    header: String,
    counts: Vec<String>,
    words: String,
    documents: String,
    /// Of the terminal's columns, see [`pieces`].
    width: usize,
}

/// The columns by group; a group that is wider than `room` in several pieces.
///
/// Each column has the width of its numbers and heading, and each piece that of its group's name, at most `room`: two
/// cases whose names begin alike must not look alike.
fn pieces(mut columns: Vec<Column>, room: usize) -> Vec<Vec<Column>> {
    let widest = MAX_HEADING_WIDTH.min(room);
    let width = |column: &Column, heading: usize| {
        let cells = column.counts.iter().chain([&column.words, &column.documents]).map(|cell| cell.width());
        cells.max().unwrap_or(1).max(column.header.width().min(heading)).max(5)
    };
    let all = |heading: usize| columns.iter().map(|column| width(column, heading) + 2).sum::<usize>();
    let headers = columns.iter().map(|column| column.header.as_str());
    let is_usual = all(widest) > room + 2 && stay_apart(headers, USUAL_HEADING);
    let heading = if is_usual { USUAL_HEADING } else { widest };
    columns.iter_mut().for_each(|column| column.width = width(column, heading));
    let mut pieces: Vec<Vec<Column>> = Vec::new();
    let mut columns = columns.into_iter().peekable();
    while let Some(first) = columns.next() {
        let mut group = vec![first];
        while let Some(next) = columns.next_if(|next| next.group == group[0].group) {
            group.push(next);
        }
        let own = group.iter().map(|column| column.width + 2).sum::<usize>();
        // Of the same length as far as possible: a last piece of one column says little.
        let n_pieces = own.div_ceil(room + 2).max(1);
        let mut length = group.len().div_ceil(n_pieces);
        let is_wide = |piece: &[Column]| piece.iter().map(|column| column.width + 2).sum::<usize>() > room + 2;
        while length > 1 && group.chunks(length).any(is_wide) {
            length -= 1;
        }
        while !group.is_empty() {
            let rest = group.split_off(length.min(group.len()));
            pieces.push(std::mem::replace(&mut group, rest));
        }
    }
    for piece in &mut pieces {
        let own = piece.iter().map(|column| column.width + 2).sum::<usize>() - 2;
        let missing = piece[0].name().width().min(widest).saturating_sub(own);
        let n_columns = piece.len();
        for (index, column) in piece.iter_mut().enumerate() {
            column.width += missing / n_columns + usize::from(index < missing % n_columns);
        }
    }
    pieces
}

/// Whether texts that differ still do when they are cut to `width`.
fn stay_apart<'t>(texts: impl Iterator<Item = &'t str>, width: usize) -> bool {
    let texts: BTreeSet<&str> = texts.collect();
    texts.iter().map(|text| fit(text, width)).collect::<BTreeSet<_>>().len() == texts.len()
}

fn columns(material: &Material, codebook: &Codebook, frequencies: &Frequencies) -> Vec<Column> {
    let cells = frequencies.material.iter().enumerate();
    cells.map(|(index, cell)| Column::new(material, codebook, frequencies, index, cell)).collect()
}

impl Column {
    fn new(material: &Material, codebook: &Codebook, frequencies: &Frequencies, index: usize, cell: &Cell) -> Self {
        let values = frequencies.by.iter().zip(&cell.key);
        let mut key: Vec<String> =
            values.map(|(name, id)| shown(id.as_deref().map(|id| material.label_of(name, id)))).collect();
        let header = key.pop().unwrap_or_else(|| "mentions".to_owned());
        let count = |code: usize| {
            frequencies.counts(code, index).map_or_else(|| NO_MATERIAL.to_owned(), |counts| counts.mentions.to_string())
        };
        let total = |number: Option<u64>| number.map_or_else(|| NO_MATERIAL.to_owned(), |number| number.to_string());
        Self {
            group: key,
            header,
            counts: (0..codebook.codes.len()).map(count).collect(),
            words: total(cell.totals.map(|totals| totals.words_total)),
            documents: total(cell.totals.map(|totals| totals.documents_total)),
            width: 0,
        }
    }

    /// What its group is called.
    fn name(&self) -> String {
        self.group.join(" · ")
    }
}

/// A value as a heading shows it; a document that lacks the attribute counts under no value.
fn shown(value: Option<&str>) -> String {
    match value {
        None => "all".to_owned(),
        Some("") => "(none)".to_owned(),
        Some(value) => value.to_owned(),
    }
}

fn block_of(block: &[&Column], labels: &[String], label_width: usize, style: TableStyle) -> String {
    let mut groups = " ".repeat(label_width);
    for group in block.chunk_by(|a, b| a.group == b.group) {
        let width = group.iter().map(|column| column.width + 2).sum::<usize>();
        groups.push_str("  ");
        groups.push_str(&to_left(&group[0].name(), width - 2));
    }
    let line = |label: &str, cell: &dyn Fn(&Column) -> String| {
        let mut line = to_left(label, label_width);
        for column in block {
            line.push_str("  ");
            line.push_str(&to_right(&cell(column), column.width));
        }
        line.truncate(line.trim_end().len());
        line + "\n"
    };
    let mut out = String::new();
    if !groups.trim().is_empty() {
        out.push_str(&bold(groups.trim_end(), style.color));
        out.push('\n');
    }
    out.push_str(&bold(line("mentions", &|column| column.header.clone()).trim_end(), style.color));
    out.push('\n');
    for (code, label) in labels.iter().enumerate() {
        out.push_str(&line(label, &|column| column.counts[code].clone()));
    }
    out.push_str(&line("words in all", &|column| column.words.clone()));
    out.push_str(&line("documents in all", &|column| column.documents.clone()));
    out
}

/// The last margin: everything together, with the headline units.
fn whole(frequencies: &Frequencies, labels: &[String], label_width: usize, style: TableStyle) -> String {
    // The last margin sums over everything; a table by nothing has one cell, which is everything.
    let last_margin = frequencies.material_margins.len().checked_sub(1);
    let cell = match last_margin {
        Some(margin) => &frequencies.material_margins[margin],
        None => &frequencies.material[0],
    };
    let counts = |code: usize| match last_margin {
        Some(margin) => frequencies.margin_counts(code, margin),
        None => frequencies.counts(code, 0),
    };
    let header = ["all material", "mentions", "per 1,000 words", "segments", "documents"];
    let mut table = Table { header: header.map(str::to_owned).to_vec(), ..Table::default() };
    table.header[0] = to_left(&table.header[0], label_width);
    for (code, label) in labels.iter().enumerate() {
        let mut row = vec![fit(label, label_width)];
        match counts(code).zip(cell.totals) {
            None => row.extend(std::iter::repeat_n(NO_MATERIAL.to_owned(), 4)),
            Some((counts, totals)) => {
                let rate = rate(counts.mentions, totals.words_total);
                row.push(counts.mentions.to_string());
                row.push(rate.map_or_else(|| NO_MATERIAL.to_owned(), rate_shown));
                row.push(format!("{} of {}", counts.segments, totals.segments_total));
                row.push(format!("{} of {}", counts.documents, totals.documents_total));
            }
        }
        table.rows.push(row);
    }
    table.render(style)
}

/// Mentions of each code in each cell, and the whole, as Markdown.
#[must_use]
pub fn frequency_markdown(material: &Material, codebook: &Codebook, frequencies: &Frequencies) -> String {
    let columns = columns(material, codebook, frequencies);
    let heading = |column: &Column| {
        let parts: Vec<&str> = column.group.iter().map(String::as_str).chain([column.header.as_str()]).collect();
        parts.join(" · ")
    };
    let mut table = Table { header: vec!["mentions".to_owned()], ..Table::default() };
    table.header.extend(columns.iter().map(heading));
    for (code, (depth, label)) in outline(codebook).into_iter().enumerate() {
        let name = "\u{a0}\u{a0}".repeat(depth) + &label;
        table
            .rows
            .push(std::iter::once(name).chain(columns.iter().map(|column| column.counts[code].clone())).collect());
    }
    let row = |name: &str, cell: fn(&Column) -> &String| {
        std::iter::once(name.to_owned()).chain(columns.iter().map(|column| cell(column).clone())).collect()
    };
    table.rows.push(row("words in all", |column| &column.words));
    table.rows.push(row("documents in all", |column| &column.documents));
    table.markdown()
}
