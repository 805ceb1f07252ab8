//! OpenDocument texts, packed or as one XML file.
//!
//! Headers and footers stand in another part and are never seen; comments are left out and counted; tracked
//! changes are read as accepted; notes stand at the end. White space is collapsed as the format demands.

use std::collections::{BTreeMap, BTreeSet};

use super::archive::Archive;
use super::builder::Builder;
use super::error::IngestError;
use super::extracted::{BlockKind, Extracted};
use super::limits::Budget;
use super::xml::{Element, Node, Xml};

/// Reads the document of an open package.
pub(crate) fn read(archive: &mut Archive<'_>, budget: &Budget) -> Result<Extracted, IngestError> {
    refuse_encrypted(archive, budget)?;
    let mut builder = Builder::new(budget);
    if let Some(part) = archive.part("meta.xml")? {
        Body::new(Xml::new(part, "meta.xml", budget)?, budget).read(&mut builder)?;
    }
    let Some(part) = archive.part("content.xml")? else {
        return Err(budget.unreadable("expected the part `content.xml`, found no such part"));
    };
    Body::new(Xml::new(part, "content.xml", budget)?, budget).read(&mut builder)?;
    Ok(builder.finish())
}

/// Reads a document that is one XML file.
pub(crate) fn read_flat(bytes: &[u8], budget: &Budget) -> Result<Extracted, IngestError> {
    let mut builder = Builder::new(budget);
    Body::new(Xml::new(bytes, "the document", budget)?, budget).read(&mut builder)?;
    Ok(builder.finish())
}

/// Fails when the package's list of parts says that they have a password.
pub(super) fn refuse_encrypted(archive: &mut Archive<'_>, budget: &Budget) -> Result<(), IngestError> {
    let manifest = archive.bytes("META-INF/manifest.xml")?.unwrap_or_default();
    if memchr::memmem::find(&manifest, b"encryption-data").is_some() {
        return Err(budget.encrypted());
    }
    Ok(())
}

/// Walks through the XML and hands paragraphs to the builder.
struct Body<'doc> {
    xml: Xml<'doc>,
    budget: &'doc Budget,
    /// The paragraph that is being read, outermost first: frames and notes stand inside paragraphs.
    open: Vec<Paragraph>,
    /// Paragraphs of frames, which follow the paragraph that holds the frame.
    framed: Vec<(BlockKind, String)>,
    notes: Vec<String>,
    /// Paragraph styles that stand for titles, by name.
    titles: BTreeSet<String>,
    ancestors: BTreeMap<String, String>,
    lists: usize,
    cells: usize,
    contents: usize,
    note_depth: usize,
    comments: usize,
    changes: usize,
    /// The style whose properties are being read.
    style: Option<String>,
    /// Styles whose text is not shown.
    hidden_styles: BTreeSet<String>,
    /// Hidden texts that were left out.
    hidden: usize,
    modified: Option<String>,
}

struct Paragraph {
    kind: BlockKind,
    text: String,
}

impl<'doc> Body<'doc> {
    fn new(xml: Xml<'doc>, budget: &'doc Budget) -> Self {
        Self {
            xml,
            budget,
            open: Vec::new(),
            framed: Vec::new(),
            notes: Vec::new(),
            titles: ["Title", "Subtitle"].map(str::to_owned).into(),
            ancestors: BTreeMap::new(),
            lists: 0,
            cells: 0,
            contents: 0,
            note_depth: 0,
            comments: 0,
            changes: 0,
            style: None,
            hidden_styles: BTreeSet::new(),
            hidden: 0,
            modified: None,
        }
    }

    fn read(mut self, builder: &mut Builder<'_>) -> Result<(), IngestError> {
        loop {
            match self.xml.next()? {
                Node::Start(element) => {
                    let step = Step::of(&element);
                    self.start(step, builder)?;
                }
                Node::End(element) => match element.name() {
                    "p" | "h" => self.end_paragraph(builder)?,
                    "list" => self.lists = self.lists.saturating_sub(1),
                    "table-cell" => self.cells = self.cells.saturating_sub(1),
                    "note" => self.note_depth = self.note_depth.saturating_sub(1),
                    "table-of-content" => self.contents = self.contents.saturating_sub(1),
                    _ => {}
                },
                Node::Text(text) => {
                    if let Some(paragraph) = self.open.last_mut() {
                        push_collapsed(&mut paragraph.text, &text);
                        self.budget.hold(paragraph.text.len())?;
                    }
                }
                Node::Other => {}
                Node::Done => break,
            }
        }
        for note in std::mem::take(&mut self.notes) {
            builder.block(BlockKind::Footnote, &note)?;
        }
        if let Some(modified) = &self.modified
            && !builder.properties.document.contains_key("date")
        {
            builder.date(modified);
        }
        builder.counted(super::docx::COMMENTS, self.comments, "comment was left out", "comments were left out");
        builder.counted(
            "ingest/changes-accepted",
            self.changes,
            "tracked change was read as accepted",
            "tracked changes were read as accepted",
        );
        builder.counted(
            "ingest/hidden-left-out",
            self.hidden,
            "hidden text was left out",
            "hidden texts were left out",
        );
        Ok(())
    }

    fn start(&mut self, step: Step, builder: &mut Builder<'_>) -> Result<(), IngestError> {
        match step {
            Step::Style { name, parent } => {
                if let Some(parent) = parent {
                    self.ancestors.insert(name.clone(), parent);
                }
                self.style = Some(name);
            }
            Step::HiddenText => self.hidden_styles.extend(self.style.clone()),
            Step::Heading => self.open(BlockKind::Heading)?,
            Step::HiddenSection => self.leave_out()?,
            Step::Span { style } if self.is_hidden(style.as_deref()) => self.leave_out()?,
            Step::Span { .. } => {}
            Step::Paragraph { style } if self.is_hidden(style.as_deref()) => self.leave_out()?,
            Step::Paragraph { style } => {
                let kind = self.kind(style.as_deref());
                self.open(kind)?;
            }
            Step::List => self.lists += 1,
            Step::Row => {
                if self.open.is_empty() {
                    builder.start_row();
                }
            }
            Step::Cell => self.cells += 1,
            Step::Contents => self.contents += 1,
            Step::Note => {
                self.note_depth += 1;
                self.notes.push(String::new());
            }
            Step::Characters { character, n } => {
                if let Some(paragraph) = self.open.last_mut() {
                    paragraph.text.extend(std::iter::repeat_n(character, n));
                    self.budget.hold(paragraph.text.len())?;
                }
            }
            Step::Comment => {
                self.comments += 1;
                self.xml.skip()?;
            }
            Step::Changes => self.count_changes()?,
            Step::Skipped => self.xml.skip()?,
            Step::Title => {
                let title = self.xml.text()?;
                builder.property("title", &title);
            }
            Step::Created => {
                let date = self.xml.text()?;
                builder.date(&date);
            }
            Step::Modified => self.modified = Some(self.xml.text()?),
            Step::Other => {}
        }
        Ok(())
    }

    fn leave_out(&mut self) -> Result<(), IngestError> {
        self.hidden += 1;
        self.xml.skip()
    }

    /// Whether text of a style, or of the one that it is made from, is not shown.
    fn is_hidden(&self, style: Option<&str>) -> bool {
        style.is_some_and(|style| {
            let parent = self.ancestors.get(style);
            self.hidden_styles.contains(style) || parent.is_some_and(|parent| self.hidden_styles.contains(parent))
        })
    }

    fn open(&mut self, kind: BlockKind) -> Result<(), IngestError> {
        self.open.push(Paragraph { kind, text: String::new() });
        self.budget.nest(self.open.len())
    }

    fn kind(&self, style: Option<&str>) -> BlockKind {
        let parent = |style: &str| self.ancestors.get(style).map(String::as_str);
        let is_title = style
            .is_some_and(|style| self.titles.contains(style) || parent(style).is_some_and(|p| self.titles.contains(p)));
        if self.note_depth > 0 {
            BlockKind::Footnote
        } else if self.cells > 0 {
            BlockKind::Cell
        } else if self.contents > 0 || is_title {
            BlockKind::Heading
        } else if self.lists > 0 {
            BlockKind::ListItem
        } else {
            BlockKind::Paragraph
        }
    }

    fn end_paragraph(&mut self, builder: &mut Builder<'_>) -> Result<(), IngestError> {
        let Some(paragraph) = self.open.pop() else { return Ok(()) };
        if paragraph.kind == BlockKind::Footnote {
            if let Some(note) = self.notes.last_mut() {
                if !note.is_empty() {
                    note.push('\n');
                }
                note.push_str(paragraph.text.trim());
                self.budget.hold(note.len())?;
            }
        } else if self.open.is_empty() {
            builder.block(paragraph.kind, &paragraph.text)?;
            for (kind, text) in std::mem::take(&mut self.framed) {
                builder.block(kind, &text)?;
            }
        } else {
            self.budget.keep_text(paragraph.text.len())?;
            self.framed.push((paragraph.kind, paragraph.text));
        }
        Ok(())
    }

    /// The list of tracked changes holds what was deleted; what was inserted stands in the text.
    fn count_changes(&mut self) -> Result<(), IngestError> {
        let outside = self.xml.depth() - 1;
        while self.xml.depth() > outside {
            if let Node::Start(element) = self.xml.next()?
                && element.name() == "changed-region"
            {
                self.changes += 1;
            }
        }
        Ok(())
    }
}

/// What the start of an element means for the walk.
enum Step {
    Style {
        name: String,
        parent: Option<String>,
    },
    /// A property of the style: its text is not shown.
    HiddenText,
    HiddenSection,
    Span {
        style: Option<String>,
    },
    Heading,
    Paragraph {
        style: Option<String>,
    },
    List,
    Row,
    Cell,
    Contents,
    Note,
    Characters {
        character: char,
        n: usize,
    },
    Comment,
    Changes,
    Skipped,
    Title,
    Created,
    Modified,
    Other,
}

/// More blanks in a row than this are a damaged count.
const MAX_BLANKS: usize = 1000;

impl Step {
    fn of(element: &Element<'_>) -> Self {
        match element.name() {
            "h" => Self::Heading,
            "p" => Self::Paragraph { style: element.attribute("style-name") },
            "style" => match element.attribute("name") {
                Some(name) => Self::Style { name, parent: element.attribute("parent-style-name") },
                None => Self::Other,
            },
            "text-properties" if is_not_shown(element) => Self::HiddenText,
            "section" if is_not_shown(element) => Self::HiddenSection,
            "span" => Self::Span { style: element.attribute("style-name") },
            "list" => Self::List,
            "table-row" => Self::Row,
            "table-cell" => Self::Cell,
            "table-of-content" => Self::Contents,
            "note" => Self::Note,
            "s" => {
                let n = element.attribute("c").and_then(|n| n.parse().ok()).unwrap_or(1);
                Self::Characters { character: ' ', n: usize::min(n, MAX_BLANKS) }
            }
            "tab" => Self::Characters { character: '\t', n: 1 },
            "line-break" => Self::Characters { character: '\n', n: 1 },
            "annotation" => Self::Comment,
            "tracked-changes" => Self::Changes,
            "note-citation"
            | "master-styles"
            | "ruby-text"
            | "forms"
            | "script"
            | "settings"
            | "title-source"
            | "table-of-content-source"
            | "binary-data"
            | "hidden-text" => Self::Skipped,
            "title" if element.is_metadata() => Self::Title,
            "creation-date" => Self::Created,
            "date" if element.is_metadata() => Self::Modified,
            // The title and description of a picture are not on the page.
            "title" | "desc" => Self::Skipped,
            _ => Self::Other,
        }
    }
}

fn is_not_shown(element: &Element<'_>) -> bool {
    element.attribute("display").is_some_and(|display| display == "none")
}

/// Appends `more`, in which any white space counts as one blank, and none after white space or at the start.
fn push_collapsed(text: &mut String, more: &str) {
    for character in more.chars() {
        if matches!(character, ' ' | '\t' | '\n' | '\r') {
            if !text.is_empty() && !text.ends_with([' ', '\n', '\t']) {
                text.push(' ');
            }
        } else {
            text.push(character);
        }
    }
}
