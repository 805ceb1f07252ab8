//! Headings, paragraphs and tables one below the other, for a terminal or as Markdown.

use unicode_width::UnicodeWidthStr as _;

use super::escape::terminal;
use super::table::{Table, TableStyle};

/// A piece of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A line of its own.
    Heading(String),
    /// Running text, wrapped to the width there is.
    Paragraph(String),
    /// Rows and columns.
    Table(Table),
}

/// The blocks for a terminal.
#[must_use]
pub fn blocks_text(blocks: &[Block], style: TableStyle) -> String {
    let mut out = String::new();
    for (index, block) in blocks.iter().enumerate() {
        let follows_heading = index > 0 && matches!(blocks[index - 1], Block::Heading(_));
        if index > 0 && !follows_heading {
            out.push('\n');
        }
        match block {
            Block::Heading(text) => {
                let text = wrapped(text, style.width);
                out.push_str(&if style.color { format!("\u{1b}[1m{text}\u{1b}[0m") } else { text });
                out.push('\n');
            }
            Block::Paragraph(text) => {
                out.push_str(&wrapped(text, style.width));
                out.push('\n');
            }
            Block::Table(table) => out.push_str(&table.render(style)),
        }
    }
    out
}

/// The blocks as Markdown.
#[must_use]
pub fn blocks_markdown(blocks: &[Block]) -> String {
    let block = |block: &Block| match block {
        Block::Heading(text) => format!("### {text}\n"),
        Block::Paragraph(text) => format!("{text}\n"),
        Block::Table(table) => table.markdown(),
    };
    blocks.iter().map(block).collect::<Vec<String>>().join("\n")
}

/// `text` in lines of at most `width` columns, broken at spaces.
fn wrapped(text: &str, width: usize) -> String {
    let text = terminal(text);
    let mut lines: Vec<String> = vec![String::new()];
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let line = lines.last_mut().expect("there is always a line");
        if line.is_empty() {
            line.push_str(word);
        } else if line.width() + 1 + word.width() <= width {
            line.push(' ');
            line.push_str(word);
        } else {
            lines.push(word.to_owned());
        }
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_keep_to_the_width() {
        assert_eq!(wrapped("et  langt avsnitt her", 9), "et langt\navsnitt\nher");
        assert_eq!(wrapped("", 9), "");
    }
}
