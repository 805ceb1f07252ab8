//! Rich text, as Word, LibreOffice, TextEdit and pandoc write it.
//!
//! Headers and footers are left out; comments are left out and counted; tracked changes are read as accepted;
//! notes stand at the end.

mod codepage;
mod lexer;
mod state;

use std::collections::{BTreeMap, BTreeSet};

use super::builder::Builder;
use super::error::IngestError;
use super::extracted::{BlockKind, Extracted};
use super::limits::Budget;
use codepage::CodePage;
use lexer::{Lexer, Token};
use state::{Destination, Group, Paragraph};

/// A longer paragraph is no heading, however it looks; in bytes.
const MAX_HEADING_LENGTH: usize = 200;

/// Reads a rich text file.
pub(crate) fn read(bytes: &[u8], budget: &Budget) -> Result<Extracted, IngestError> {
    let mut reader = Reader::new(budget);
    for token in Lexer::new(bytes) {
        budget.tick()?;
        reader.token(token)?;
        if reader.is_done {
            break;
        }
    }
    reader.finish()
}

struct Reader<'budget> {
    budget: &'budget Budget,
    builder: Builder<'budget>,
    groups: Vec<Group>,
    /// The text of the paragraph so far, of whatever destination is being read.
    text: String,
    /// Bytes that were not decoded yet, since a character may need the next one too.
    bytes: Vec<u8>,
    /// First half of a character that `\u` gives in two.
    surrogate: Option<u16>,
    /// Characters still to pass over after `\u`, which repeat it for old programs.
    replaced: usize,
    /// Whether a list's mark stood before the paragraph.
    has_list_mark: bool,
    code_page: CodePage,
    fonts: BTreeMap<i32, CodePage>,
    /// Styles of headings, by number.
    headings: BTreeSet<i32>,
    /// Whether the paragraph's text so far looks like a heading's, where it has any.
    is_emphatic: Option<bool>,
    notes: Vec<String>,
    date: [Option<i32>; 3],
    comments: usize,
    deleted: usize,
    hidden: usize,
    is_done: bool,
}

impl<'budget> Reader<'budget> {
    fn new(budget: &'budget Budget) -> Self {
        Self {
            budget,
            builder: Builder::new(budget),
            groups: vec![Group::outermost()],
            text: String::new(),
            bytes: Vec::new(),
            surrogate: None,
            replaced: 0,
            has_list_mark: false,
            code_page: CodePage::DEFAULT,
            fonts: BTreeMap::new(),
            headings: BTreeSet::new(),
            is_emphatic: None,
            notes: Vec::new(),
            date: [None; 3],
            comments: 0,
            deleted: 0,
            hidden: 0,
            is_done: false,
        }
    }

    fn finish(mut self) -> Result<Extracted, IngestError> {
        // Some programs forget the last brace; more open groups mean that the rest of the file is missing.
        if self.groups.len() > 2 {
            return Err(self.budget.unreadable("it is cut off: groups are open at its end"));
        }
        if self.groups.len() > 1 {
            let message = "the file does not end as RTF does: if a part of it is missing, so is the text there";
            self.builder.notice("ingest/cut-off", message.to_owned());
        }
        self.end_paragraph(BlockKind::Paragraph)?;
        for note in std::mem::take(&mut self.notes) {
            self.builder.block(BlockKind::Footnote, &note)?;
        }
        if let [Some(year), Some(month), Some(day)] = self.date {
            self.builder.date(&format!("{year:04}-{month:02}-{day:02}"));
        }
        self.builder.counted(super::docx::COMMENTS, self.comments, "comment was left out", "comments were left out");
        self.builder.counted(
            "ingest/changes-accepted",
            self.deleted,
            "tracked deletion was read as accepted",
            "tracked deletions were read as accepted",
        );
        self.builder.counted(
            "ingest/hidden-left-out",
            self.hidden,
            "hidden text was left out",
            "hidden texts were left out",
        );
        Ok(self.builder.finish())
    }

    fn group(&mut self) -> &mut Group {
        self.groups.last_mut().expect("the outermost group is never closed")
    }

    fn token(&mut self, token: Token<'_>) -> Result<(), IngestError> {
        if self.replaced > 0 && self.pass_over(token) {
            return Ok(());
        }
        if let Token::Byte(byte) = token {
            return self.byte(byte);
        }
        self.decode()?;
        match token {
            Token::Open => self.open(),
            Token::Close => self.close(),
            Token::Word(word, value) => self.word(word, value),
            Token::Symbol(symbol) => self.symbol(symbol),
            Token::Binary { is_cut_off: true } => {
                Err(self.budget.unreadable("it is cut off: it ends inside the bytes of a picture"))
            }
            Token::Byte(_) | Token::Binary { .. } => Ok(()),
        }
    }

    fn open(&mut self) -> Result<(), IngestError> {
        let mut group = self.group().opened();
        if group.destination == Destination::Styles {
            group.destination = Destination::Style;
            group.outer_text = Some(std::mem::take(&mut self.text));
        }
        self.groups.push(group);
        self.budget.nest(self.groups.len())
    }

    /// Whether `token` only repeats the character before it.
    fn pass_over(&mut self, token: Token<'_>) -> bool {
        if matches!(token, Token::Open | Token::Close) || matches!(token, Token::Word("u" | "par" | "cell" | "row", _))
        {
            self.replaced = 0;
            return false;
        }
        self.replaced -= 1;
        true
    }

    fn byte(&mut self, byte: u8) -> Result<(), IngestError> {
        self.group().is_fresh = false;
        if self.group().takes_text() {
            self.look(byte.is_ascii_whitespace());
            self.bytes.push(byte);
            self.budget.hold(self.bytes.len())?;
        } else {
            self.count_left_out();
        }
        Ok(())
    }

    fn decode(&mut self) -> Result<(), IngestError> {
        if self.bytes.is_empty() {
            return Ok(());
        }
        let font = self.group().font;
        let code_page = self.fonts.get(&font).copied().unwrap_or(self.code_page);
        code_page.decode(&self.bytes, &mut self.text);
        self.bytes.clear();
        self.budget.hold(self.text.len())
    }

    fn push(&mut self, character: char) -> Result<(), IngestError> {
        self.group().is_fresh = false;
        if self.group().takes_text() {
            self.look(character.is_whitespace());
            self.text.push(character);
            self.budget.hold(self.text.len())?;
        } else {
            self.count_left_out();
        }
        Ok(())
    }

    /// Remembers whether all of the paragraph looks like a heading.
    fn look(&mut self, is_blank: bool) {
        if !is_blank {
            let is_emphatic = self.group().is_emphatic();
            self.is_emphatic = Some(is_emphatic && self.is_emphatic != Some(false));
        }
    }

    /// Remembers once for each run of characters that they were not for reading.
    fn count_left_out(&mut self) {
        let group = self.group();
        if group.destination != Destination::Text || group.is_counted {
            return;
        }
        group.is_counted = true;
        if group.is_deleted {
            self.deleted += 1;
        } else {
            self.hidden += 1;
        }
    }

    fn symbol(&mut self, symbol: u8) -> Result<(), IngestError> {
        match symbol {
            b'*' => {
                self.group().is_optional = true;
                Ok(())
            }
            b'~' => self.push('\u{a0}'),
            b'_' => self.push('\u{2011}'),
            b'-' => self.push('\u{ad}'),
            b'\\' | b'{' | b'}' => self.push(char::from(symbol)),
            b'\r' | b'\n' => self.end_paragraph(BlockKind::Paragraph),
            b'\t' => self.push('\t'),
            _ => Ok(()),
        }
    }

    fn word(&mut self, word: &str, value: Option<i32>) -> Result<(), IngestError> {
        if std::mem::take(&mut self.group().is_fresh)
            && let Some(destination) = Destination::of(word, self.group().is_optional)
        {
            return self.begin(destination);
        }
        let number = value.unwrap_or(1);
        let is_on = value != Some(0);
        match word {
            "u" => return self.unicode(number),
            "uc" => self.group().replaced_by = usize::try_from(number).unwrap_or(1).min(16),
            "par" | "sect" | "page" => return self.end_paragraph(BlockKind::Paragraph),
            "cell" | "nestcell" => return self.end_paragraph(BlockKind::Cell),
            "row" | "nestrow" => {
                self.end_paragraph(BlockKind::Cell)?;
                self.builder.start_row();
            }
            "line" | "lbr" => return self.push('\n'),
            "tab" => return self.push('\t'),
            "emdash" => return self.push('—'),
            "endash" => return self.push('–'),
            "lquote" => return self.push('‘'),
            "rquote" => return self.push('’'),
            "ldblquote" => return self.push('“'),
            "rdblquote" => return self.push('”'),
            "bullet" => return self.push('•'),
            "emspace" | "enspace" | "qmspace" => return self.push(' '),
            "pard" => self.group().paragraph = Paragraph::default(),
            "plain" => {
                let group = self.group();
                (group.is_hidden, group.is_deleted, group.is_counted) = (false, false, false);
                (group.is_bold, group.size) = (false, state::DEFAULT_SIZE);
            }
            "v" => self.group().is_hidden = is_on,
            "deleted" => self.group().is_deleted = is_on,
            "intbl" => self.group().paragraph.is_cell = is_on,
            "ls" => self.group().paragraph.is_item = number > 0,
            "outlinelevel" => self.group().paragraph.is_heading = number < 9,
            "s" => {
                self.group().paragraph.style = number;
                let is_heading = self.headings.contains(&number);
                self.group().paragraph.is_heading |= is_heading;
            }
            "b" => self.group().is_bold = is_on,
            "fs" => self.group().size = number,
            "f" => self.group().font = number,
            "fcharset" => {
                let font = self.group().font;
                if self.group().destination == Destination::Fonts
                    && let Some(code_page) = CodePage::of_charset(number)
                {
                    self.fonts.insert(font, code_page);
                }
            }
            "ansicpg" => self.code_page = CodePage::of_number(number).unwrap_or(self.code_page),
            "mac" => self.code_page = CodePage::of_number(10000).unwrap_or(self.code_page),
            "pc" | "pca" => self.code_page = CodePage::Dos,
            "yr" | "mo" | "dy" if self.group().destination == Destination::Created => {
                self.date[match word {
                    "yr" => 0,
                    "mo" => 1,
                    _ => 2,
                }] = value;
            }
            _ => {}
        }
        Ok(())
    }

    fn unicode(&mut self, number: i32) -> Result<(), IngestError> {
        self.replaced = self.group().replaced_by;
        // Programs write the code as a signed or an unsigned 16-bit number, a few as the whole code.
        let character = match u16::try_from(number.rem_euclid(0x1_0000)) {
            _ if number > 0xffff => u32::try_from(number).ok().and_then(char::from_u32),
            Ok(low @ 0xdc00..=0xdfff) => match self.surrogate.take() {
                Some(high) => char::decode_utf16([high, low]).next().and_then(Result::ok),
                None => None,
            },
            Ok(high @ 0xd800..=0xdbff) => {
                self.surrogate = Some(high);
                return Ok(());
            }
            Ok(code @ 0xf000..=0xf0ff) => {
                char::from_u32(u32::from(code) - 0xf000).filter(char::is_ascii_graphic).or(Some(' '))
            }
            Ok(code) => char::from_u32(u32::from(code)),
            Err(_) => None,
        };
        self.surrogate = None;
        self.push(character.filter(|character| *character != '\0').unwrap_or('\u{fffd}'))
    }

    /// The group at hand has a destination of its own.
    fn begin(&mut self, destination: Destination) -> Result<(), IngestError> {
        // What is inside something left out is left out too, but for the Unicode form of what is there twice.
        if self.group().destination == Destination::Skipped && destination != Destination::Text {
            return Ok(());
        }
        match destination {
            Destination::Comment => self.comments += 1,
            Destination::ListMark => self.has_list_mark = true,
            Destination::Note => self.notes.push(String::new()),
            _ => {}
        }
        if matches!(destination, Destination::Note | Destination::Shape | Destination::Title) {
            self.budget.hold(self.text.len())?;
            let outer = std::mem::take(&mut self.text);
            // A style's group has set the text around it aside already.
            self.group().outer_text.get_or_insert(outer);
            self.group().paragraph = Paragraph::default();
        }
        self.group().destination = destination;
        Ok(())
    }

    fn close(&mut self) -> Result<(), IngestError> {
        if self.groups.len() == 1 {
            return Ok(());
        }
        if self.group().outer_text.is_some() {
            match self.group().destination {
                Destination::Style => self.end_style(),
                Destination::Title => {
                    let title = std::mem::take(&mut self.text);
                    self.builder.property("title", &title);
                }
                _ => self.end_paragraph(BlockKind::Paragraph)?,
            }
        }
        if let Some(outer) = self.groups.pop().and_then(|closed| closed.outer_text) {
            self.text = outer;
        }
        self.is_done = self.groups.len() == 1;
        Ok(())
    }

    /// `{\s1 ... heading 1;}` in the list of styles.
    fn end_style(&mut self) {
        let name = std::mem::take(&mut self.text).to_lowercase();
        let name = name.trim_end_matches([';', ' ']);
        let stem = name.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
        let is_heading = match stem {
            "heading" | "overskrift" | "title" | "tittel" | "subtitle" | "undertittel" => true,
            "toc" | "innh" => stem != name,
            _ => self.group().paragraph.is_heading,
        };
        if is_heading {
            let style = self.group().paragraph.style;
            self.headings.insert(style);
        }
    }

    fn end_paragraph(&mut self, end: BlockKind) -> Result<(), IngestError> {
        self.decode()?;
        self.surrogate = None;
        let group = self.group();
        if !group.destination.holds_paragraphs() {
            return Ok(());
        }
        let (destination, paragraph) = (group.destination, group.paragraph);
        let mut text = std::mem::take(&mut self.text);
        let mut is_item = std::mem::take(&mut self.has_list_mark) || paragraph.is_item;
        // pandoc writes the bullet as text.
        if let Some(rest) = text.trim_start().strip_prefix("•\t") {
            (is_item, text) = (true, rest.to_owned());
        }
        if destination == Destination::Note {
            if let Some(note) = self.notes.last_mut() {
                if !note.is_empty() && !text.trim().is_empty() {
                    note.push('\n');
                }
                note.push_str(text.trim());
                self.budget.hold(note.len())?;
            }
            return Ok(());
        }
        let is_emphatic = self.is_emphatic.take() == Some(true);
        let looks_like_heading =
            is_emphatic && !paragraph.is_cell && end == BlockKind::Paragraph && text.len() <= MAX_HEADING_LENGTH;
        let kind = if paragraph.is_heading || (looks_like_heading && !is_item) {
            BlockKind::Heading
        } else if end == BlockKind::Cell || paragraph.is_cell {
            BlockKind::Cell
        } else if is_item {
            BlockKind::ListItem
        } else {
            BlockKind::Paragraph
        };
        self.builder.block(kind, &text).map(|_| ())
    }
}
