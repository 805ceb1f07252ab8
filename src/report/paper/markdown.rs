//! A report as Markdown, as Pandoc and GitHub read it.

use std::collections::BTreeSet;

use super::parts::{Grid, Paper, Part, Run};
use crate::report::escape::{markdown as inline, visible};

impl Paper {
    /// The report as Markdown, with a final line end. Charts are left out.
    #[must_use]
    pub fn markdown(&self) -> String {
        let mut out =
            format!("---\ntitle: {}\nlang: {}\n---\n\n# {}\n", yaml(&self.title), self.tag, inline(&self.title));
        if !self.subtitle.is_empty() {
            out.push_str(&format!("\n{}\n", inline(&self.subtitle)));
        }
        let linked: BTreeSet<&str> = self.links().collect();
        let mut tables = 0;
        for part in &self.parts {
            match part {
                Part::Heading(level, text, name) => {
                    if let Some(name) = name.as_deref().filter(|name| linked.contains(name)) {
                        out.push_str(&format!("\n<a id=\"{name}\"></a>\n"));
                    }
                    out.push_str(&format!("\n{} {}\n", "#".repeat(usize::from(*level) + 1), inline(text)));
                }
                Part::Paragraph(runs) => out.push_str(&format!("\n{}\n", runs_text(runs))),
                Part::List(points) => {
                    out.push('\n');
                    points.iter().for_each(|runs| out.push_str(&format!("- {}\n", runs_text(runs))));
                }
                Part::Notice(runs) => out.push_str(&format!("\n> **!** {}\n", runs_text(runs))),
                Part::Note(text) => out.push_str(&format!("\n*{}*\n", inline(text))),
                Part::Quote { passage, citation } => {
                    out.push_str(&format!("\n> {}\n>\n> ({})\n", runs_text(passage), inline(citation)));
                }
                Part::Table(grid) => {
                    tables += 1;
                    out.push_str(&format!("\n**{}\u{a0}{tables}.** {}\n\n", self.table, inline(&grid.caption)));
                    table(grid, &mut out);
                }
                // The tables hold the numbers of the charts.
                Part::Chart(_) | Part::Turn(_) => {}
            }
        }
        out
    }

    /// The names that cells of tables lead to.
    fn links(&self) -> impl Iterator<Item = &str> {
        let grids = self.parts.iter().filter_map(|part| match part {
            Part::Table(grid) => Some(grid),
            _ => None,
        });
        grids.flat_map(|grid| &grid.rows).flat_map(|row| &row.cells).filter_map(|cell| cell.link.as_deref())
    }
}

fn table(grid: &Grid, out: &mut String) {
    // Markdown has one header line: the name over several columns goes into each of theirs.
    let over: Vec<&str> =
        grid.groups.iter().flat_map(|head| std::iter::repeat_n(head.text.as_str(), head.columns)).collect();
    let header = grid.header.iter().enumerate().map(|(column, name)| match over.get(column) {
        Some(group) if !group.is_empty() => format!("{} · {}", cell(group), cell(name)),
        _ => cell(name),
    });
    line(header, out);
    let is_left = |column: usize| column == 0 || grid.left.contains(&column);
    line((0..grid.header.len()).map(|column| if is_left(column) { "---" } else { "---:" }.to_owned()), out);
    for row in &grid.rows {
        let cells = row.cells.iter().map(|of_row| {
            let indent = "\u{a0}\u{a0}".repeat(usize::from(of_row.indent));
            let text = match &of_row.link {
                Some(target) => format!("[{}](#{target})", cell(&of_row.text)),
                None => cell(&of_row.text),
            };
            if row.is_strong && !text.is_empty() { format!("{indent}**{text}**") } else { format!("{indent}{text}") }
        });
        line(cells, out);
    }
}

fn line(cells: impl Iterator<Item = String>, out: &mut String) {
    out.push('|');
    cells.for_each(|cell| out.push_str(&format!(" {cell} |")));
    out.push('\n');
}

fn runs_text(runs: &[Run]) -> String {
    let mut out = String::new();
    for run in runs {
        let text = inline(&run.text);
        let core = text.trim();
        // Marks must touch the words, or they are read as asterisks.
        if run.is_strong && !core.is_empty() {
            let (before, after) = (text.len() - text.trim_start().len(), text.trim_end().len());
            out.push_str(&format!("{}**{core}**{}", &text[..before], &text[after..]));
        } else {
            out.push_str(&text);
        }
    }
    out
}

fn cell(text: &str) -> String {
    inline(text)
}

/// A text as a YAML string.
fn yaml(text: &str) -> String {
    format!("\"{}\"", visible(text).replace(['\n', '\t'], " ").replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strong_marks_touch_the_words() {
        assert_eq!(
            runs_text(&[Run::plain("god "), Run::strong("forankring "), Run::plain("her")]),
            "god **forankring** her"
        );
    }
}
