//! Builds the text of a document block by block, for readers of formats that are not text themselves.
//!
//! What stands between blocks is the same for every format: a tab between the cells of a row, a line end
//! between rows and between items of a list, an empty line between all else.

use std::borrow::Cow;

use crate::diag::counted;
use crate::text::{Span, leading_date};

use super::error::IngestError;
use super::extracted::{Block, BlockKind, Extracted, Notice, Properties};
use super::limits::Budget;

/// A document under construction.
#[derive(Debug)]
pub(crate) struct Builder<'budget> {
    budget: &'budget Budget,
    text: String,
    blocks: Vec<Block>,
    starts_row: bool,
    notices: Vec<Notice>,
    /// Attributes that the file carries.
    pub(crate) properties: Properties,
}

impl<'budget> Builder<'budget> {
    /// An empty document.
    pub(crate) fn new(budget: &'budget Budget) -> Self {
        Self {
            budget,
            text: String::new(),
            blocks: Vec::new(),
            starts_row: false,
            notices: Vec::new(),
            properties: Properties::default(),
        }
    }

    /// Appends `content` as one block, without the white space around it; empty content leaves no trace.
    ///
    /// Returns the block for the caller to say more about it.
    pub(crate) fn block(&mut self, kind: BlockKind, content: &str) -> Result<Option<&mut Block>, IngestError> {
        self.labelled(kind, "", content)
    }

    /// Appends `content` as one block with `label` before it, which stands in the text but not in the block.
    pub(crate) fn labelled(
        &mut self,
        kind: BlockKind,
        label: &str,
        content: &str,
    ) -> Result<Option<&mut Block>, IngestError> {
        let content = plain_lines(content);
        let content = content.trim();
        if content.is_empty() {
            return Ok(None);
        }
        self.budget.tick()?;
        self.budget.keep_text(label.len() + content.len() + 2)?;
        self.budget.keep_block()?;
        let between = match (self.blocks.last().map(|block| block.kind), kind) {
            (None, _) => "",
            (Some(BlockKind::Cell), BlockKind::Cell) if !self.starts_row => "\t",
            (Some(BlockKind::Cell), BlockKind::Cell) | (Some(BlockKind::ListItem), BlockKind::ListItem) => "\n",
            _ => "\n\n",
        };
        self.starts_row = false;
        self.text.push_str(between);
        self.text.push_str(label);
        let start = self.text.len();
        self.text.push_str(content);
        self.blocks.push(Block::new(Span::new(start, self.text.len()), kind));
        Ok(self.blocks.last_mut())
    }

    /// Says that the next cell begins a row.
    pub(crate) fn start_row(&mut self) {
        self.starts_row = true;
    }

    /// Tells the researcher something about how the document was read.
    pub(crate) fn notice(&mut self, id: &'static str, message: impl Into<String>) {
        self.notices.push(Notice::new(id, message));
    }

    /// Tells that `n` things were treated in some way, unless there were none: `1 comment was left out`.
    pub(crate) fn counted(&mut self, id: &'static str, n: usize, one: &str, many: &str) {
        if n > 0 {
            self.notice(id, counted(n, one, many));
        }
    }

    /// Keeps a property of the document itself, unless it is empty.
    pub(crate) fn property(&mut self, name: &str, value: &str) {
        let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
        if !value.is_empty() && value.len() <= 1000 {
            self.properties.document.insert(name.to_owned(), value);
        }
    }

    /// Keeps a date as `year-month-day` when `value` begins with one.
    pub(crate) fn date(&mut self, value: &str) {
        if let Some(date) = iso_date(value) {
            self.property("date", date);
        }
    }

    /// The document; that it has no text at all is told.
    pub(crate) fn finish(mut self) -> Extracted {
        if self.text.is_empty() {
            self.notices.push(Notice::no_text());
        } else {
            self.text.push('\n');
        }
        Extracted {
            text: self.text,
            blocks: self.blocks,
            properties: self.properties,
            encoding: None,
            notices: self.notices,
        }
    }
}

/// `content` with every line end as LF and without NUL.
fn plain_lines(content: &str) -> Cow<'_, str> {
    if !content.contains(['\r', '\0', '\u{b}', '\u{c}', '\u{2028}', '\u{2029}', '\u{85}']) {
        return Cow::Borrowed(content);
    }
    let mut text = String::with_capacity(content.len());
    let mut characters = content.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\r' => {
                characters.next_if_eq(&'\n');
                text.push('\n');
            }
            '\u{b}' | '\u{c}' | '\u{2028}' | '\u{2029}' | '\u{85}' => text.push('\n'),
            '\0' => {}
            _ => text.push(character),
        }
    }
    Cow::Owned(text)
}

/// The `2016-03-12` at the start of `value`, if it is a date.
pub(crate) fn iso_date(value: &str) -> Option<&str> {
    // Programs that know no date write the first that they have.
    leading_date(value.trim()).filter(|date| *date > "1901")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::{Format, Limits};

    #[test]
    fn blocks_lie_where_they_say_and_what_is_between_tells_their_kind() {
        let budget = Budget::new(Limits::DEFAULT, Format::Docx, 0, None);
        let mut builder = Builder::new(&budget);
        for (kind, content) in [
            (BlockKind::Heading, " Intervju "),
            (BlockKind::Paragraph, "\u{a0}\n"),
            (BlockKind::Paragraph, "en\r\nto\rtre"),
            (BlockKind::ListItem, "a"),
            (BlockKind::ListItem, "b"),
            (BlockKind::ListItem, "\0"),
        ] {
            builder.block(kind, content).expect("within limits");
        }
        for row in [["1", "2"], ["3", "4"]] {
            builder.start_row();
            for cell in row {
                builder.block(BlockKind::Cell, cell).expect("within limits");
            }
        }
        let extracted = builder.finish();
        assert_eq!(extracted.text, "Intervju\n\nen\nto\ntre\n\na\nb\n\n1\t2\n3\t4\n");
        let words: Vec<&str> = extracted.blocks.iter().map(|block| block.span.of(&extracted.text)).collect();
        assert_eq!(words, ["Intervju", "en\nto\ntre", "a", "b", "1", "2", "3", "4"]);
    }

    #[test]
    fn only_dates_are_dates() {
        assert_eq!(iso_date("2016-03-12T10:00:00Z"), Some("2016-03-12"));
        for not in ["", "2016-13-12", "2016-02-30", "16-03-12", "2016-3-12", "æøåæøåæøå", "0001-01-01"] {
            assert_eq!(iso_date(not), None, "{not}");
        }
    }
}
