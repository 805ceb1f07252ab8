//! The paragraphs of a Word document, in reading order, whatever they stand in: tables, boxes, notes.

use std::collections::{BTreeMap, VecDeque};

use super::super::builder::Builder;
use super::super::error::IngestError;
use super::super::extracted::BlockKind;
use super::super::limits::Budget;
use super::super::xml::{Element, Node, Xml};
use super::styles::{Role, Styles};

/// Walks through the XML of a document or its notes and yields what it finds.
pub(super) struct Body<'doc> {
    xml: Xml<'doc>,
    styles: &'doc Styles,
    budget: &'doc Budget,
    /// The paragraph that is being read, outermost first: a text box stands inside a paragraph.
    open: Vec<Paragraph>,
    /// Paragraphs of boxes, which follow the paragraph that holds the box.
    boxed: Vec<Item>,
    ready: VecDeque<Item>,
    /// Text of a paragraph whose mark was deleted: it goes on in the next one.
    carried: String,
    cells: usize,
    inline_notes: usize,
    is_in_text: bool,
    is_hidden: bool,
    /// The fields around what is being read, the outermost first.
    fields: Vec<Field>,
    /// Whether the content control that is being read only shows what may be filled in.
    is_placeholder: bool,
    tally: Tally,
}

/// What the walk yields.
pub(super) enum Item {
    /// A table's row begins.
    Row,
    /// A note begins, in a part that holds notes.
    Note {
        /// Its id, by which the text refers to it.
        id: String,
    },
    /// A paragraph.
    Paragraph {
        /// What it is.
        kind: BlockKind,
        /// Its text, untrimmed.
        text: String,
    },
}

/// Which part a note stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NoteReference {
    /// At the foot of the page.
    Footnote,
    /// At the end of the document.
    Endnote,
}

/// What was met on the way and is to be told.
#[derive(Debug, Default)]
pub(super) struct Tally {
    /// References to notes, in order.
    pub(super) notes: Vec<(NoteReference, String)>,
    changes: usize,
    hidden: usize,
    embedded: usize,
    entities: usize,
}

#[derive(Debug, Default)]
struct Paragraph {
    text: String,
    style: Option<String>,
    is_heading: Option<bool>,
    is_list_item: Option<bool>,
    is_mark_deleted: bool,
}

impl<'doc> Body<'doc> {
    /// A walk through `xml`.
    pub(super) fn new(xml: Xml<'doc>, styles: &'doc Styles, budget: &'doc Budget) -> Self {
        Self {
            xml,
            styles,
            budget,
            open: Vec::new(),
            boxed: Vec::new(),
            ready: VecDeque::new(),
            carried: String::new(),
            cells: 0,
            inline_notes: 0,
            is_in_text: false,
            is_hidden: false,
            fields: Vec::new(),
            is_placeholder: false,
            tally: Tally::default(),
        }
    }

    /// The next thing found.
    pub(super) fn next(&mut self) -> Result<Option<Item>, IngestError> {
        loop {
            if let Some(item) = self.ready.pop_front() {
                return Ok(Some(item));
            }
            match self.xml.next()? {
                Node::Start(element) => {
                    let step = Step::of(&element);
                    self.start(step)?;
                }
                Node::End(element) => {
                    let name = element.name();
                    match name {
                        "t" => self.is_in_text = false,
                        "r" => self.is_hidden = false,
                        "tc" => self.cells = self.cells.saturating_sub(1),
                        "footnote" | "endnote" => self.inline_notes = self.inline_notes.saturating_sub(1),
                        "p" => self.end_paragraph(),
                        "sdt" => self.is_placeholder = false,
                        _ => {}
                    }
                }
                Node::Text(text) => {
                    if self.is_in_text
                        && is_shown(&self.fields)
                        && let Some(paragraph) = self.open.last_mut()
                    {
                        if self.is_hidden {
                            self.tally.hidden += 1;
                        } else {
                            paragraph.text.push_str(&text);
                            self.budget.hold(paragraph.text.len())?;
                        }
                    }
                }
                Node::Other => {}
                Node::Done => {
                    if self.carried.is_empty() {
                        return Ok(None);
                    }
                    let text = std::mem::take(&mut self.carried);
                    return Ok(Some(Item::Paragraph { kind: BlockKind::Paragraph, text }));
                }
            }
        }
    }

    /// What was counted on the way.
    pub(super) fn into_tally(self) -> Tally {
        Tally { entities: self.xml.entities_left_out(), ..self.tally }
    }

    fn start(&mut self, step: Step) -> Result<(), IngestError> {
        match step {
            Step::Paragraph => {
                let text = if self.open.is_empty() { std::mem::take(&mut self.carried) } else { String::new() };
                self.open.push(Paragraph { text, ..Paragraph::default() });
                self.budget.nest(self.open.len())?;
            }
            Step::ParagraphProperties => self.paragraph_properties()?,
            Step::RunProperties => self.run_properties()?,
            Step::Text => self.is_in_text = true,
            Step::Character(character) => {
                if let Some(paragraph) = self.open.last_mut()
                    && !self.is_hidden
                    && is_shown(&self.fields)
                {
                    paragraph.text.push(character);
                }
            }
            Step::Field(at) => match at {
                FieldMark::Begin => self.fields.push(Field::Instruction),
                FieldMark::Separate => {
                    if let Some(field) = self.fields.last_mut() {
                        *field = Field::Result;
                    }
                }
                FieldMark::End => {
                    self.fields.pop();
                }
            },
            Step::ControlProperties => self.control_properties()?,
            Step::ControlContent if self.is_placeholder => self.xml.skip()?,
            Step::ControlContent => {}
            Step::Row => self.push(Item::Row),
            Step::RowProperties => self.row_properties()?,
            Step::Cell => self.cells += 1,
            Step::Inserted => self.tally.changes += 1,
            Step::Deleted => {
                self.tally.changes += 1;
                self.xml.skip()?;
            }
            Step::Embedded => {
                self.tally.embedded += 1;
                self.xml.skip()?;
            }
            Step::Note { is_separator: true, .. } => self.xml.skip()?,
            Step::Note { id, is_separator: false } => {
                self.inline_notes += 1;
                if let Some(id) = id {
                    self.push(Item::Note { id });
                }
            }
            Step::NoteReference(kind, id) => self.tally.notes.push((kind, id)),
            Step::Skipped => self.xml.skip()?,
            Step::Other => {}
        }
        Ok(())
    }

    /// Hands out `item` now, or after the paragraph that holds the box it stands in.
    fn push(&mut self, item: Item) {
        if self.open.is_empty() { self.ready.push_back(item) } else { self.boxed.push(item) }
    }

    fn end_paragraph(&mut self) {
        let Some(paragraph) = self.open.pop() else { return };
        // Instructions end in their paragraph; a field that never ends hides nothing further on.
        self.fields.fill(Field::Result);
        if paragraph.is_mark_deleted && self.open.is_empty() {
            self.carried = paragraph.text;
        } else {
            let kind = self.kind(&paragraph);
            self.push(Item::Paragraph { kind, text: paragraph.text });
        }
        if self.open.is_empty() {
            self.ready.extend(self.boxed.drain(..));
        }
    }

    fn kind(&self, paragraph: &Paragraph) -> BlockKind {
        let role = paragraph.style.as_deref().map_or(Role::Body, |style| self.styles.role(style));
        if self.inline_notes > 0 {
            BlockKind::Footnote
        } else if paragraph.is_heading.unwrap_or(matches!(role, Role::Heading | Role::Contents)) {
            BlockKind::Heading
        } else if self.cells > 0 {
            BlockKind::Cell
        } else if paragraph.is_list_item.unwrap_or(role == Role::ListItem) {
            BlockKind::ListItem
        } else {
            BlockKind::Paragraph
        }
    }

    fn paragraph_properties(&mut self) -> Result<(), IngestError> {
        let outside = self.xml.depth() - 1;
        while self.xml.depth() > outside {
            let Node::Start(element) = self.xml.next()? else { continue };
            let Some(paragraph) = self.open.last_mut() else { continue };
            match element.name() {
                "pStyle" => paragraph.style = element.attribute("val"),
                "numId" => paragraph.is_list_item = Some(element.attribute("val").as_deref() != Some("0")),
                "listPr" => paragraph.is_list_item = Some(true),
                "outlineLvl" => {
                    let level = element.attribute("val").and_then(|level| level.parse::<u32>().ok());
                    paragraph.is_heading = level.map(|level| level < 9);
                }
                "del" | "moveFrom" => {
                    paragraph.is_mark_deleted = true;
                    self.tally.changes += 1;
                }
                name if name.ends_with("Change") || name == "sectPr" => self.xml.skip()?,
                _ => {}
            }
        }
        Ok(())
    }

    fn run_properties(&mut self) -> Result<(), IngestError> {
        let outside = self.xml.depth() - 1;
        while self.xml.depth() > outside {
            let Node::Start(element) = self.xml.next()? else { continue };
            match element.name() {
                "vanish" => self.is_hidden = element.is_on(),
                name if name.ends_with("Change") => self.xml.skip()?,
                _ => {}
            }
        }
        Ok(())
    }

    /// What a control that nobody filled in shows is no text of the document.
    fn control_properties(&mut self) -> Result<(), IngestError> {
        let outside = self.xml.depth() - 1;
        while self.xml.depth() > outside {
            let Node::Start(element) = self.xml.next()? else { continue };
            self.is_placeholder |= element.name() == "showingPlcHdr" && element.is_on();
        }
        Ok(())
    }

    /// A row that was deleted under tracking is passed over as a whole.
    fn row_properties(&mut self) -> Result<(), IngestError> {
        let outside = self.xml.depth() - 1;
        let mut is_deleted = false;
        while self.xml.depth() > outside {
            let Node::Start(element) = self.xml.next()? else { continue };
            is_deleted |= element.name() == "del";
        }
        if is_deleted {
            self.tally.changes += 1;
            while self.xml.depth() >= outside && !matches!(self.xml.next()?, Node::Done) {}
        }
        Ok(())
    }
}

/// Which part of a field is being read: how its result is found, or the result, which is what the page shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    Instruction,
    Result,
}

/// Whether what stands within these fields is on the page.
fn is_shown(fields: &[Field]) -> bool {
    fields.iter().all(|field| *field == Field::Result)
}

enum FieldMark {
    Begin,
    Separate,
    End,
}

/// What the start of an element means for the walk.
enum Step {
    Paragraph,
    ParagraphProperties,
    RunProperties,
    Text,
    Character(char),
    Field(FieldMark),
    ControlProperties,
    ControlContent,
    Row,
    RowProperties,
    Cell,
    Inserted,
    Deleted,
    Embedded,
    Note { id: Option<String>, is_separator: bool },
    NoteReference(NoteReference, String),
    Skipped,
    Other,
}

impl Step {
    fn of(element: &Element<'_>) -> Self {
        match element.name() {
            "p" => Self::Paragraph,
            "pPr" => Self::ParagraphProperties,
            "rPr" => Self::RunProperties,
            "t" => Self::Text,
            "tab" | "ptab" => Self::Character('\t'),
            "br" | "cr" => Self::Character('\n'),
            "noBreakHyphen" => Self::Character('\u{2011}'),
            "softHyphen" => Self::Character('\u{ad}'),
            "sym" => Self::Character(symbol(element)),
            "fldChar" => match element.attribute("fldCharType").as_deref() {
                Some("begin") => Self::Field(FieldMark::Begin),
                Some("separate") => Self::Field(FieldMark::Separate),
                Some("end") => Self::Field(FieldMark::End),
                _ => Self::Other,
            },
            "sdtPr" => Self::ControlProperties,
            "sdtContent" => Self::ControlContent,
            "tr" => Self::Row,
            "trPr" => Self::RowProperties,
            "tc" => Self::Cell,
            "ins" | "moveTo" => Self::Inserted,
            "del" | "moveFrom" => Self::Deleted,
            "altChunk" | "subDoc" => Self::Embedded,
            "footnote" | "endnote" => Self::Note {
                id: element.attribute("id"),
                is_separator: element.attribute("type").is_some_and(|kind| kind != "normal"),
            },
            "footnoteReference" | "endnoteReference" => {
                let kind = if element.name() == "footnoteReference" {
                    NoteReference::Footnote
                } else {
                    NoteReference::Endnote
                };
                element.attribute("id").map_or(Self::Other, |id| Self::NoteReference(kind, id))
            }
            // A box is there twice, for new and for old programs; `rt` is the reading aid above a character.
            "Fallback" | "rt" | "hdr" | "ftr" | "comments" | "styles" | "sectPr" => Self::Skipped,
            name if name.ends_with("Change") => Self::Skipped,
            _ => Self::Other,
        }
    }
}

/// A character of a symbol font; the arrows that Word types by itself are kept, ornaments become a blank.
fn symbol(element: &Element<'_>) -> char {
    let code = element.attribute("char").and_then(|code| u32::from_str_radix(&code, 16).ok()).unwrap_or(0);
    match code & 0xff {
        0xdf | 0xac if code >= 0xf000 => '←',
        0xe0 | 0xae if code >= 0xf000 => '→',
        _ if (0xf000..0xf100).contains(&code) => ' ',
        _ => char::from_u32(code).filter(|character| !character.is_control()).unwrap_or(' '),
    }
}

/// The notes of a part that holds notes, by id.
pub(super) fn notes(xml: Xml<'_>, styles: &Styles, budget: &Budget) -> Result<BTreeMap<String, String>, IngestError> {
    let mut notes: BTreeMap<String, String> = BTreeMap::new();
    let mut body = Body::new(xml, styles, budget);
    let mut current: Option<String> = None;
    let mut bytes = 0;
    while let Some(item) = body.next()? {
        match item {
            Item::Note { id } => current = Some(id),
            Item::Paragraph { text, .. } => {
                let Some(id) = &current else { continue };
                bytes += text.len() + 1;
                budget.hold(bytes)?;
                let note = notes.entry(id.clone()).or_default();
                if !note.is_empty() {
                    note.push('\n');
                }
                note.push_str(text.trim());
            }
            Item::Row => {}
        }
    }
    Ok(notes)
}

impl Tally {
    /// Tells what was left out.
    pub(super) fn report(&self, builder: &mut Builder<'_>) {
        let notices = [
            (
                "ingest/changes-accepted",
                self.changes,
                "tracked change was read as accepted",
                "tracked changes were read as accepted",
            ),
            ("ingest/hidden-left-out", self.hidden, "hidden text was left out", "hidden texts were left out"),
            (
                "ingest/embedded-left-out",
                self.embedded,
                "document inside the document was left out",
                "documents inside the document were left out",
            ),
            (
                "ingest/entities-left-out",
                self.entities,
                "reference to something outside the text was left out",
                "references to something outside the text were left out",
            ),
        ];
        for (id, n, one, many) in notices {
            builder.counted(id, n, one, many);
        }
    }
}
