//! Lines as paragraphs: where one ends is told by gaps, indents, short lines, marks and sizes, as each document uses
//! them.

use std::collections::BTreeMap;

use super::super::builder::Builder;
use super::super::error::IngestError;
use super::super::extracted::BlockKind;
use super::super::limits::Budget;
use super::super::lines::ListMark;
use super::Sheet;
use super::columns::zones;
use super::hyphens::Hyphens;
use super::lines::{Line, Role, add_lines, common_edges};

/// Makes paragraphs of the pages and hands them to the builder.
pub(super) fn build(sheets: Vec<Sheet>, budget: &Budget, builder: &mut Builder<'_>) -> Result<(), IngestError> {
    let mut lines = Vec::new();
    let mut edges = Vec::new();
    for sheet in sheets {
        for zone in zones(sheet.pieces, budget)? {
            add_lines(zone, sheet.number, &mut lines, &mut edges);
        }
    }
    let edges = common_edges(&edges);
    for line in &mut lines {
        line.edge = edges[line.zone];
    }
    let habits = Habits::of(&lines);
    mark_footnotes(&mut lines, &habits);
    let hyphens =
        Hyphens::learn(lines.iter().filter(|line| line.role == Role::Running).map(|line| line.piece.text.as_str()));
    let mut writer = Writer { habits: &habits, hyphens: &hyphens, open: None, notes: Vec::new(), builder };
    for line in &lines {
        budget.tick()?;
        writer.line(line)?;
    }
    writer.close()
}

/// How a document sets its paragraphs.
#[derive(Debug)]
struct Habits {
    /// Font size of the running text.
    size: f32,
    /// Distance of its lines in font sizes.
    leading: f32,
    /// Whether paragraphs are told by what stands between them, so that a short line alone means nothing.
    uses_gaps: bool,
    /// How far their first line is indented, where it is.
    indent: Option<f32>,
    /// Labels of speakers that lines begin with, numbers made alike.
    labels: Vec<String>,
}

impl Habits {
    fn of(lines: &[Line]) -> Self {
        let mut by_size: BTreeMap<i64, usize> = BTreeMap::new();
        let mut labels: BTreeMap<String, usize> = BTreeMap::new();
        for line in lines.iter().filter(|line| line.role == Role::Running) {
            *by_size.entry(tenths(line.piece.size)).or_default() += line.piece.text.len();
            if let Some(label) = label(&line.piece.text) {
                *labels.entry(label).or_default() += 1;
            }
        }
        let size = by_size.iter().max_by_key(|(size, n)| (**n, **size)).map_or(10.0, |(size, _)| from_tenths(*size));
        let mut habits = Self {
            size,
            leading: 1.2,
            uses_gaps: false,
            indent: None,
            labels: labels.into_iter().filter(|(_, n)| *n >= 3).map(|(label, _)| label).collect(),
        };
        habits.leading = habits.usual_leading(lines);
        habits.learn_breaks(lines);
        habits
    }

    /// The most frequent distance of two lines of running text.
    fn usual_leading(&self, lines: &[Line]) -> f32 {
        let mut counted: BTreeMap<i64, usize> = BTreeMap::new();
        for pair in lines.windows(2).filter(|pair| self.are_neighbours(pair)) {
            let distance = (pair[0].piece.baseline - pair[1].piece.baseline) / self.size;
            if (0.7..3.0).contains(&distance) {
                *counted.entry((tenths(distance * 10.0) + 2) / 5).or_default() += 1;
            }
        }
        // The closest of the frequent distances: a text of many short paragraphs has more gaps than lines.
        let most = counted.values().copied().max().unwrap_or(0);
        let closest = counted.iter().find(|(_, n)| **n * 3 >= most);
        closest.map_or(1.2, |(distance, _)| from_tenths(*distance * 5) / 10.0)
    }

    fn are_neighbours(&self, pair: &[Line]) -> bool {
        let is_body =
            |line: &Line| line.role == Role::Running && (line.piece.size - self.size).abs() < 0.06 * self.size;
        pair[0].zone == pair[1].zone && is_body(&pair[0]) && is_body(&pair[1])
    }

    fn learn_breaks(&mut self, lines: &[Line]) {
        let (mut short, mut with_gap, mut full_with_indent) = (0, 0, 0);
        let mut indents: BTreeMap<i64, usize> = BTreeMap::new();
        for pair in lines.windows(2).filter(|pair| self.are_neighbours(pair)) {
            let is_indented = is_indented(&pair[0], &pair[1]);
            if is_short(&pair[0], &pair[1]) {
                short += 1;
                if self.has_gap(&pair[0], &pair[1]) {
                    with_gap += 1;
                } else if pair[1].piece.left > pair[1].left + 0.6 * pair[1].piece.size {
                    *indents.entry(tenths(pair[1].piece.left - pair[1].left) / 10).or_default() += 1;
                }
            } else {
                full_with_indent += usize::from(is_indented);
            }
        }
        self.uses_gaps = short >= 3 && with_gap * 10 >= short * 6;
        let usual = indents.iter().max_by_key(|(_, n)| **n);
        if let Some((indent, n)) = usual
            && *n >= 3
            && n * 10 >= short * 4
            && *n > full_with_indent
        {
            self.indent = Some(from_tenths(*indent * 10 + 5));
        }
    }

    /// Whether the line is indented as first lines of paragraphs are.
    fn is_first(&self, line: &Line) -> bool {
        self.indent.is_some_and(|indent| (line.piece.left - line.left - indent).abs() < 1.5)
    }

    /// Whether the distance to the next line is larger than inside a paragraph.
    fn has_gap(&self, line: &Line, next: &Line) -> bool {
        let size = line.piece.size.max(next.piece.size);
        let usual = self.leading * size;
        let distance = line.piece.baseline - next.piece.baseline;
        distance > usual + (0.12 * size).max(1.0)
    }

    /// Whether `next`, in the same column, begins a paragraph.
    fn begins(&self, line: &Line, next: &Line) -> bool {
        let sizes = line.piece.size / next.piece.size;
        // Upwards is another part of the page.
        let jumps = next.piece.baseline > line.piece.baseline + line.piece.size;
        if jumps || !(0.93..1.07).contains(&sizes) || self.has_gap(line, next) || self.has_label(next) {
            return true;
        }
        let is_short = is_short(line, next);
        let is_indented = is_indented(line, next);
        if is_bullet(&next.piece.text)
            || (is_listed(&next.piece.text) && (is_short || is_indented || is_outdented(line, next)))
        {
            return true;
        }
        if line.piece.is_bold != next.piece.is_bold && (is_short || line.piece.is_bold) && is_line_of_its_own(line) {
            return true;
        }
        if self.is_first(next) && (is_indented || is_short) {
            return true;
        }
        is_short && !self.uses_gaps
    }

    fn has_label(&self, line: &Line) -> bool {
        !self.labels.is_empty()
            && label(&line.piece.text).is_some_and(|label| self.labels.binary_search(&label).is_ok())
    }

    /// Whether `next`, at the top of another column or page, goes on with the paragraph.
    fn goes_on(&self, line: &Line, next: &Line) -> bool {
        let same_size = (0.97..1.03).contains(&(line.piece.size / next.piece.size));
        let ends = line.piece.text.ends_with(['.', '!', '?', ':', '…']);
        let starts_low = next.piece.text.starts_with(char::is_lowercase);
        let is_short = is_short(line, next);
        same_size
            && line.piece.is_bold == next.piece.is_bold
            && !self.has_label(next)
            && !is_bullet(&next.piece.text)
            && !self.is_first(next)
            && (starts_low || !(is_short || ends))
    }

    fn is_heading(&self, line: &Line) -> bool {
        line.piece.size > 1.15 * self.size
    }
}

/// Whether the next line's first word would have fitted on this line, so that it ends here by intention.
fn is_short(line: &Line, next: &Line) -> bool {
    // A hyphen says that the line goes on, whatever would have fitted.
    let is_broken = line.piece.text.ends_with(['-', '\u{ad}', '\u{2010}']);
    !is_broken && line.piece.right + 0.2 * line.piece.size + next.piece.first_word < line.edge - 1.0
}

fn is_indented(line: &Line, next: &Line) -> bool {
    next.piece.left > line.piece.left + 0.6 * next.piece.size
}

fn is_outdented(line: &Line, next: &Line) -> bool {
    is_indented(next, line)
}

fn is_bullet(text: &str) -> bool {
    text.starts_with(['•', '◦', '▪', '●', '○', '■', '‣', '✓', '→'])
        && text.chars().nth(1).is_some_and(char::is_whitespace)
}

fn is_listed(text: &str) -> bool {
    is_bullet(text) || ListMark::at_start(text).is_some()
}

/// Whether a bold line is a heading rather than words that happen to be bold.
fn is_line_of_its_own(line: &Line) -> bool {
    !line.piece.text.ends_with([',', '-'])
}

/// `Informant 3: …` as `Informant #`.
fn label(text: &str) -> Option<String> {
    const MAX_LENGTH: usize = 40;
    let end = text.char_indices().take(MAX_LENGTH).find(|(_, c)| *c == ':').map(|(at, _)| at)?;
    let label = &text[..end];
    let is_label = label.starts_with(|c: char| c.is_uppercase() || c == '[' || c == '(')
        && label.split_whitespace().count() <= 4
        && text[end + 1..].chars().next().is_none_or(char::is_whitespace)
        && !label.contains(['.', ',', ';', '?', '!', '«', '"']);
    is_label.then(|| label.chars().map(|c| if c.is_ascii_digit() { '#' } else { c }).collect())
}

/// Small lines at the foot of a column that begin with a number are notes.
fn mark_footnotes(lines: &mut [Line], habits: &Habits) {
    for column in lines.chunk_by_mut(|a, b| a.zone == b.zone) {
        let is_small = |line: &Line| line.role == Role::Running && line.piece.size < 0.92 * habits.size;
        let n_small = column.iter().rev().take_while(|line| is_small(line)).count();
        let first = column.len() - n_small;
        if first == 0 {
            continue;
        }
        let Some(start) = column[first..].iter().position(|line| begins_note(&line.piece.text)) else { continue };
        for line in &mut column[first + start..] {
            line.role = Role::Footnote;
        }
    }
}

fn begins_note(text: &str) -> bool {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    (1..=3).contains(&digits) && !text[digits..].starts_with(['.', ',', '%', ')']) || text.starts_with(['*', '†'])
}

fn tenths(value: f32) -> i64 {
    (value * 10.0).round() as i64
}

fn from_tenths(value: i64) -> f32 {
    value as f32 / 10.0
}

/// Gathers lines to paragraphs.
struct Writer<'read, 'line, 'budget> {
    habits: &'read Habits,
    hyphens: &'read Hyphens,
    open: Option<Open<'line>>,
    /// Notes at the foot of pages, which follow the paragraph that the page breaks.
    notes: Vec<(String, u32)>,
    builder: &'read mut Builder<'budget>,
}

/// The paragraph that is being gathered.
struct Open<'line> {
    text: String,
    kind: BlockKind,
    page: u32,
    last: &'line Line,
}

impl<'line> Writer<'_, 'line, '_> {
    fn line(&mut self, line: &'line Line) -> Result<(), IngestError> {
        match line.role {
            Role::Cell { starts_row } => {
                self.close()?;
                if starts_row {
                    self.builder.start_row();
                }
                let text = self.hyphens.visible(&line.piece.text);
                if let Some(block) = self.builder.block(BlockKind::Cell, &text)? {
                    block.page = Some(line.page);
                }
                return Ok(());
            }
            Role::Footnote => {
                match self.notes.last_mut() {
                    Some((note, page)) if *page == line.page && !begins_note(&line.piece.text) => {
                        self.hyphens.join(note, &line.piece.text);
                    }
                    _ => self.notes.push((self.hyphens.visible(&line.piece.text), line.page)),
                }
                return Ok(());
            }
            Role::Running => {}
        }
        if let Some(open) = &mut self.open {
            let goes_on = if open.last.zone == line.zone {
                !self.habits.begins(open.last, line)
            } else {
                self.habits.goes_on(open.last, line)
            };
            if goes_on {
                // A short line inside a paragraph is a line of its own, as in a poem or an address.
                if open.last.zone == line.zone && is_short(open.last, line) {
                    open.text.push('\n');
                    open.text.push_str(&self.hyphens.visible(&line.piece.text));
                } else {
                    self.hyphens.join(&mut open.text, &line.piece.text);
                }
                open.last = line;
                return Ok(());
            }
        }
        self.close()?;
        let kind = if self.habits.is_heading(line) {
            BlockKind::Heading
        } else if is_listed(&line.piece.text) {
            BlockKind::ListItem
        } else {
            BlockKind::Paragraph
        };
        self.open = Some(Open { text: self.hyphens.visible(&line.piece.text), kind, page: line.page, last: line });
        Ok(())
    }

    fn close(&mut self) -> Result<(), IngestError> {
        if let Some(open) = self.open.take()
            && let Some(block) = self.builder.block(open.kind, &open.text)?
        {
            block.page = Some(open.page);
        }
        for (note, page) in std::mem::take(&mut self.notes) {
            if let Some(block) = self.builder.block(BlockKind::Footnote, &note)? {
                block.page = Some(page);
            }
        }
        Ok(())
    }
}
