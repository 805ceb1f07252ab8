//! Markdown: headings, paragraphs, lists, quotations, tables, notes and code, as blocks of the raw file.
//!
//! Marks at the start of a line (`#`, `>`, list marks, fences, table lines) stand outside the blocks. Marks inside
//! a line stay in the text, since offsets point into the file as it is. Code is kept as a paragraph; comments,
//! rules and link definitions are left out.

use super::extracted::{Block, BlockKind, Extracted};
use super::lines::{ListMark, lines};
use super::plain;
use crate::text::{DecodeError, Span};

/// Reads a Markdown file.
///
/// # Errors
/// When the bytes are no text.
pub(crate) fn read(bytes: &[u8]) -> Result<Extracted, DecodeError> {
    plain::read_as(bytes, |text, from| Reader::new(text).read(from))
}

/// What the lines up to here have opened.
#[derive(Debug, Clone, Copy)]
enum Within {
    Text,
    /// Code between fences of this character, at least so many of it.
    Code {
        fence: char,
        length: usize,
    },
    Comment,
    Table,
}

/// Walks the lines and closes a block when the next one begins.
struct Reader<'text> {
    text: &'text str,
    blocks: Vec<Block>,
    open: Option<Block>,
    within: Within,
}

impl<'text> Reader<'text> {
    fn new(text: &'text str) -> Self {
        Self { text, blocks: Vec::new(), open: None, within: Within::Text }
    }

    fn read(mut self, from: usize) -> Vec<Block> {
        let mut lines = lines(self.text, from).map(|line| unquoted(self.text, line)).peekable();
        while let Some(line) = lines.next() {
            let content = line.of(self.text);
            match self.within {
                Within::Code { fence, length } => {
                    if content.starts_with(fence) && fence_length(content, fence) >= length && is_only(content, fence) {
                        self.close();
                        self.within = Within::Text;
                    } else if !content.is_empty() {
                        self.extend(line);
                    }
                }
                Within::Comment => {
                    if content.contains("-->") {
                        self.within = Within::Text;
                    }
                }
                Within::Table if content.contains('|') => self.row(line),
                Within::Table | Within::Text => {
                    self.within = Within::Text;
                    let next = lines.peek().map_or("", |next| next.of(self.text));
                    if content.contains('|') && is_table_rule(next) {
                        self.close();
                        self.within = Within::Table;
                        self.row(line);
                    } else {
                        self.line(line);
                    }
                }
            }
        }
        self.close();
        self.blocks
    }

    /// A line of running text, with everything that can interrupt it.
    fn line(&mut self, line: Span) {
        let content = line.of(self.text);
        if content.is_empty() {
            return self.close();
        }
        if let Some(fence) = ['`', '~'].into_iter().find(|fence| fence_length(content, *fence) >= 3) {
            self.close();
            self.within = Within::Code { fence, length: fence_length(content, fence) };
            return;
        }
        if content.starts_with("<!--") {
            self.close();
            if !content.contains("-->") {
                self.within = Within::Comment;
            }
            return;
        }
        if let Some(heading) = heading(self.text, line) {
            self.close();
            self.blocks.extend((!heading.is_empty()).then(|| Block::new(heading, BlockKind::Heading)));
            return;
        }
        let is_paragraph = self.open.as_ref().is_some_and(|open| open.kind == BlockKind::Paragraph);
        if is_paragraph && (is_only(content, '=') || (is_only(content, '-') && content.len() > 1)) {
            if let Some(open) = &mut self.open {
                open.kind = BlockKind::Heading;
            }
            return self.close();
        }
        if is_rule(content) {
            return self.close();
        }
        let begins = |length: usize| Span::new(line.start() + length, line.end());
        if let Some((mark, length)) = ListMark::at_start(content)
            // A wrapped line can begin with a number; only a list's first number ends a paragraph.
            && (!is_paragraph || mark.is_first())
        {
            self.close();
            self.open = Some(Block::new(begins(length), BlockKind::ListItem));
        } else if let Some(length) = note_mark(content) {
            self.close();
            let note = begins(length);
            self.open = (!note.is_empty()).then(|| Block::new(note, BlockKind::Footnote));
        } else if self.open.is_none() && is_link_definition(content) {
            self.close();
        } else {
            self.extend(line);
        }
    }

    /// The cells of a table's row; the line below a table's head has none.
    fn row(&mut self, line: Span) {
        let content = line.of(self.text);
        if is_table_rule(content) {
            return;
        }
        let mut start = line.start();
        let escaped = |at: usize| content.as_bytes()[..at].ends_with(b"\\");
        let bars = content.match_indices('|').map(|(at, _)| at).filter(|at| !escaped(*at));
        for end in bars.chain([content.len()]) {
            let end = line.start() + end;
            let cell = Span::new(start, end).trimmed(self.text);
            self.blocks.extend((!cell.is_empty()).then(|| Block::new(cell, BlockKind::Cell)));
            start = (end + 1).min(line.end());
        }
    }

    fn extend(&mut self, line: Span) {
        match &mut self.open {
            Some(open) => open.span = Span::new(open.span.start(), line.end()),
            None => self.open = Some(Block::new(line, BlockKind::Paragraph)),
        }
    }

    fn close(&mut self) {
        self.blocks.extend(self.open.take());
    }
}

/// The line without white space around it and without the marks of a quotation before it.
fn unquoted(text: &str, line: Span) -> Span {
    let mut line = line.trimmed(text);
    while line.of(text).starts_with('>') {
        line = Span::new(line.start() + 1, line.end()).trimmed(text);
    }
    line
}

/// The words of a heading `## … ##`.
fn heading(text: &str, line: Span) -> Option<Span> {
    let content = line.of(text);
    let level = fence_length(content, '#');
    let rest = &content[level..];
    if !(1..=6).contains(&level) || !(rest.is_empty() || rest.starts_with([' ', '\t'])) {
        return None;
    }
    let closed = rest.trim_end_matches('#');
    let words = if closed.is_empty() || closed.ends_with([' ', '\t']) { closed } else { rest };
    Some(Span::new(line.start() + level, line.start() + level + words.len()).trimmed(text))
}

/// How many of `character` the line begins with.
fn fence_length(content: &str, character: char) -> usize {
    content.chars().take_while(|c| *c == character).count()
}

fn is_only(content: &str, character: char) -> bool {
    content.chars().all(|c| c == character)
}

/// `---`, `* * *` and the like.
fn is_rule(content: &str) -> bool {
    ['-', '*', '_'].into_iter().any(|mark| {
        content.chars().all(|c| c == mark || c == ' ') && content.chars().filter(|c| *c == mark).count() >= 3
    })
}

/// `|---|:---:|`.
fn is_table_rule(content: &str) -> bool {
    content.contains('-')
        && content.contains('|')
        && content.chars().all(|c| matches!(c, '-' | ':' | '|') || c.is_whitespace())
}

/// The length of `[^1]: ` at the start of the line.
fn note_mark(content: &str) -> Option<usize> {
    let (label, text) = content.strip_prefix("[^")?.split_once("]:")?;
    let is_label = !label.is_empty() && !label.contains(char::is_whitespace);
    is_label.then(|| content.len() - text.trim_start().len())
}

/// `[label]: address`.
fn is_link_definition(content: &str) -> bool {
    let Some((label, address)) = content.strip_prefix('[').and_then(|rest| rest.split_once("]:")) else {
        return false;
    };
    let address = address.split_whitespace().next().unwrap_or_default();
    !label.is_empty() && !label.contains(']') && (address.contains("://") || address.starts_with(['/', '#', '<', '.']))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[(BlockKind, &str)]) {
        let extracted = read(text.as_bytes()).unwrap();
        let blocks = extracted.blocks.iter().map(|block| (block.kind, block.span.of(&extracted.text)));
        assert_eq!(blocks.collect::<Vec<_>>(), expected);
    }

    use BlockKind::{Cell, Footnote, Heading, ListItem, Paragraph};

    #[test]
    fn headings_by_both_kinds_of_marks() {
        check(
            "# Tittel\nTekst\n## Under ##\n#ikke\n",
            &[(Heading, "Tittel"), (Paragraph, "Tekst"), (Heading, "Under"), (Paragraph, "#ikke")],
        );
        check(
            "Stor\n====\n\nLiten\n---\n\n---\n\nTekst\n",
            &[(Heading, "Stor"), (Heading, "Liten"), (Paragraph, "Tekst")],
        );
        check("# C#\n#\n", &[(Heading, "C#")]);
    }

    #[test]
    fn paragraphs_run_to_an_empty_line() {
        check("En *vektig*\nlinje  \ntil.\n\nNy.", &[(Paragraph, "En *vektig*\nlinje  \ntil."), (Paragraph, "Ny.")]);
        check("---\na: b\n---\n# T\n", &[(Heading, "T")]);
    }

    #[test]
    fn list_items_are_a_block_each() {
        check(
            "Slik:\n- en\n  og mer\n* to\n    1. tre\n\n2. fire",
            &[
                (Paragraph, "Slik:"),
                (ListItem, "en\n  og mer"),
                (ListItem, "to"),
                (ListItem, "tre"),
                (ListItem, "fire"),
            ],
        );
        check("Det var i\n2. etasje.", &[(Paragraph, "Det var i\n2. etasje.")]);
    }

    #[test]
    fn quotations_are_paragraphs() {
        check(
            "> Vi må\n> få det til.\n>\n> > Ja.\n\nSa hun.",
            &[(Paragraph, "Vi må\n> få det til."), (Paragraph, "Ja."), (Paragraph, "Sa hun.")],
        );
    }

    #[test]
    fn code_is_a_paragraph_and_its_fences_are_not() {
        check(
            "Før\n```r\n# kode\n\n- x\n```\nEtter\n~~~\nåpen",
            &[(Paragraph, "Før"), (Paragraph, "# kode\n\n- x"), (Paragraph, "Etter"), (Paragraph, "åpen")],
        );
    }

    #[test]
    fn tables_are_cells() {
        check(
            "| Mål | Nådd |\n|---|:--:|\n| Forankring | nei \\| ja |\na | b\n\nEller | ikke",
            &[
                (Cell, "Mål"),
                (Cell, "Nådd"),
                (Cell, "Forankring"),
                (Cell, "nei \\| ja"),
                (Cell, "a"),
                (Cell, "b"),
                (Paragraph, "Eller | ikke"),
            ],
        );
    }

    #[test]
    fn comments_and_link_definitions_are_left_out_and_notes_kept() {
        check(
            "<!-- en\nto -->\nTekst[^1].\n\n[^1]: En note.\n\n[x]: https://eksempel.no\n",
            &[(Paragraph, "Tekst[^1]."), (Footnote, "En note.")],
        );
        check("[Merk]: dette er tekst", &[(Paragraph, "[Merk]: dette er tekst")]);
    }

    proptest! {
        #[test]
        fn blocks_are_ordered_and_trimmed(text in "(#|=|-|\\*|>|\\||`|~|_|1\\.|\\[\\^a\\]:|<!--|-->|[a-zæø]{1,5}| |\n){0,80}") {
            let extracted = read(text.as_bytes()).unwrap();
            let mut at = 0;
            for block in &extracted.blocks {
                prop_assert!(at <= block.span.start() && !block.span.is_empty());
                prop_assert_eq!(block.span.trimmed(&extracted.text), block.span);
                at = block.span.end();
            }
        }
    }
}
