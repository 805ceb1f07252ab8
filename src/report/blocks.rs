//! Headings, paragraphs and tables one below the other, for a terminal or as Markdown.

use super::escape::{markdown, markdown_inline};
use super::table::{Table, TableStyle};
use super::wrap::wrapped;

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
pub(super) fn blocks_text(blocks: &[Block], style: TableStyle) -> String {
    let mut out = String::new();
    for (index, block) in blocks.iter().enumerate() {
        let follows_heading = index > 0 && matches!(blocks[index - 1], Block::Heading(_));
        if index > 0 && !follows_heading {
            out.push('\n');
        }
        match block {
            Block::Heading(text) => {
                let text = wrapped(text, "", style.width);
                let text = text.trim_end();
                out.push_str(&if style.color { format!("\u{1b}[1m{text}\u{1b}[0m") } else { text.to_owned() });
                out.push('\n');
            }
            Block::Paragraph(text) => out.push_str(&wrapped(text, "", style.width)),
            Block::Table(table) => out.push_str(&table.render(style)),
        }
    }
    out
}

/// The blocks as Markdown; their texts are plain.
pub(super) fn blocks_markdown(blocks: &[Block]) -> String {
    let block = |block: &Block| match block {
        Block::Heading(text) => format!("### {}\n", markdown_inline(text)),
        Block::Paragraph(text) => format!("{}\n", markdown(text)),
        Block::Table(table) => table.markdown(),
    };
    blocks.iter().map(block).collect::<Vec<String>>().join("\n")
}

/// A list as Markdown; its items are plain text.
pub(super) fn list_markdown(items: &[String]) -> String {
    items.iter().map(|item| format!("- {}\n", markdown(item))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_stay_texts_in_markdown() {
        let table = Table {
            header: vec!["Spørsmål [a|b]".to_owned(), "n".to_owned()],
            rows: vec![vec!["mappe/min_fil_1.txt <ee> `x` *a* |".to_owned(), "-1.5".to_owned()]],
            ..Table::default()
        };
        let blocks = [
            Block::Heading("min_kode_a".to_owned()),
            Block::Paragraph("# `phase` og [fase](x)".to_owned()),
            Block::Table(table),
        ];
        assert_eq!(
            blocks_markdown(&blocks),
            "### min\\_kode\\_a\n\n\\# \\`phase\\` og \\[fase\\](x)\n\n| Spørsmål \\[a\\|b\\] | n |\n| --- | ---: |\n| \
             mappe/min\\_fil\\_1.txt &lt;ee&gt; \\`x\\` \\*a\\* \\| | -1.5 |\n"
        );
    }

    #[test]
    fn paragraphs_keep_to_the_width() {
        let style = TableStyle { width: 9, color: true };
        let blocks =
            [Block::Heading("en lang overskrift".to_owned()), Block::Paragraph("et  langt avsnitt".to_owned())];
        let expected = "\u{1b}[1men lang\noverskrif\nt\u{1b}[0m\net langt\navsnitt\n";
        assert_eq!(blocks_text(&blocks, style), expected);
    }
}
