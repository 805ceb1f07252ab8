//! Web pages, and the chapters of electronic books: blocks by what their elements mean.
//!
//! Scripts, styles, forms' choices, navigation and what is hidden are left out; where such a thing never ends, what
//! follows it is text, but for scripts and styles, whose source nobody said. Two line breaks in a row part
//! paragraphs, as they did before people used `<p>`. The page is read in one pass with a stack of the few elements
//! that matter, so unclosed and deeply nested elements cost nothing.

mod encoding;
mod tokens;

use std::collections::BTreeSet;

use super::builder::Builder;
use super::error::IngestError;
use super::extracted::{BlockKind, Extracted};
use super::limits::Budget;
use encoding::decode;
pub(super) use tokens::resolve;
use tokens::{Tag, Token, Tokens, is_source};

/// Reads a web page.
pub(crate) fn read(bytes: &[u8], budget: &Budget) -> Result<Extracted, IngestError> {
    let decoded = decode(bytes).map_err(|error| budget.unreadable(error.to_string()))?;
    let mut builder = Builder::new(budget);
    let is_xml = decoded.text.trim_start().starts_with("<?xml");
    Page::new(budget).read(&decoded.text, is_xml, &mut builder)?;
    for doubt in &decoded.doubts {
        builder.notice(doubt.id(), doubt.to_string());
    }
    let mut extracted = builder.finish();
    extracted.encoding = Some(decoded.encoding.to_owned());
    Ok(extracted)
}

/// Reads one chapter of a book into `builder`.
pub(super) fn read_chapter(bytes: &[u8], builder: &mut Builder<'_>, budget: &Budget) -> Result<(), IngestError> {
    let decoded = decode(bytes).map_err(|error| budget.unreadable(error.to_string()))?;
    Page { is_chapter: true, ..Page::new(budget) }.read(&decoded.text, true, builder)
}

/// Walks through the tokens and hands blocks to the builder.
struct Page<'budget> {
    budget: &'budget Budget,
    /// Elements that say what the text in them is, or that stop an unclosed one from reaching further.
    open: Vec<Element>,
    text: String,
    breaks: usize,
    /// Whether this is a chapter, whose own title is not the document's.
    is_chapter: bool,
    /// Hidden texts that were left out.
    hidden: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Element {
    Heading,
    Item,
    List,
    Cell,
    Table,
    Footnote,
    Preformatted,
}

/// Browsers do not go deeper either.
const MAX_DEPTH: usize = 512;

impl<'budget> Page<'budget> {
    fn new(budget: &'budget Budget) -> Self {
        Self { budget, open: Vec::new(), text: String::new(), breaks: 0, is_chapter: false, hidden: 0 }
    }

    fn read(mut self, html: &str, is_xml: bool, builder: &mut Builder<'_>) -> Result<(), IngestError> {
        let mut tokens = Tokens::new(html, is_xml);
        let mut unclosed = BTreeSet::new();
        while let Some(token) = tokens.next() {
            self.budget.tick()?;
            match token {
                Token::Text(text) => self.push(&text)?,
                Token::Open(tag) if is_left_out(&tag) || is_hidden(&tag) => {
                    if is_void(&tag.name) || (tag.closes_itself && is_xml) {
                        continue;
                    }
                    let content = tokens.clone();
                    let is_closed = !unclosed.contains(&tag.name) && self.skip(&mut tokens, &tag.name)?;
                    if is_closed && !is_left_out(&tag) {
                        self.hidden += 1;
                    } else if is_closed && tag.name == "title" && !self.is_chapter {
                        builder.property("title", &content.clone().text());
                    } else if !is_closed {
                        tokens = content.unclosed();
                        if unclosed.insert(tag.name.clone()) && is_source(&tag.name) {
                            let message = format!("`<{}>` is never closed: what follows it was left out", tag.name);
                            builder.notice(
                                "ingest/never-closed",
                                format!("{message}, up to the body of the page if it has one"),
                            );
                        }
                    }
                }
                Token::Open(tag) => self.start(&tag, is_xml, builder)?,
                Token::Close(name) => self.end(&name, builder)?,
            }
        }
        builder.counted(
            "ingest/hidden-left-out",
            self.hidden,
            "hidden text was left out",
            "hidden texts were left out",
        );
        self.flush(builder)
    }

    /// Passes over the content of the element `name`, whose start was just seen; false when it has no end.
    fn skip(&mut self, tokens: &mut Tokens<'_>, name: &str) -> Result<bool, IngestError> {
        let mut depth = 1;
        for token in tokens {
            self.budget.tick()?;
            match token {
                // Its end was left out, as it may be: nobody knows how far it reaches.
                Token::Open(tag) if tag.name == name && ends_with_the_next(name) => return Ok(false),
                Token::Open(tag) if tag.name == name && !tag.closes_itself => depth += 1,
                Token::Close(closed) if closed == name => {
                    depth -= 1;
                    if depth == 0 {
                        return Ok(true);
                    }
                }
                _ => {}
            }
        }
        Ok(false)
    }

    fn start(&mut self, tag: &Tag<'_>, is_xml: bool, builder: &mut Builder<'_>) -> Result<(), IngestError> {
        match tag.name.as_ref() {
            "br" => {
                self.breaks += 1;
                if self.breaks > 1 && !self.is_open(Element::Preformatted) {
                    self.flush(builder)?;
                }
                self.text.push('\n');
                return Ok(());
            }
            "meta" => {
                let name = tag.attribute("name").or_else(|| tag.attribute("property")).unwrap_or_default();
                let is_date = ["date", "dc.date", "dcterms.date", "dcterms.created", "article:published_time"]
                    .iter()
                    .any(|known| name.eq_ignore_ascii_case(known));
                if is_date && let Some(date) = tag.attribute("content") {
                    builder.date(&date);
                }
                return Ok(());
            }
            name if !is_block(name) => return Ok(()),
            _ => {}
        }
        self.flush(builder)?;
        if tag.closes_itself && is_xml {
            return Ok(());
        }
        let element = match tag.name.as_ref() {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Element::Heading,
            "li" | "dt" | "dd" => {
                self.close(Element::Item, Element::List);
                Element::Item
            }
            "ul" | "ol" | "dl" | "menu" | "dir" => Element::List,
            "td" | "th" => {
                self.close(Element::Cell, Element::Table);
                Element::Cell
            }
            "tr" => {
                self.close(Element::Cell, Element::Table);
                builder.start_row();
                return Ok(());
            }
            "table" => Element::Table,
            "pre" | "listing" => Element::Preformatted,
            _ if is_footnote(tag) => Element::Footnote,
            _ => {
                // A paragraph or section ends a heading that was never closed.
                self.close(Element::Heading, Element::Table);
                return Ok(());
            }
        };
        if self.open.len() < MAX_DEPTH {
            self.open.push(element);
        }
        Ok(())
    }

    fn end(&mut self, name: &str, builder: &mut Builder<'_>) -> Result<(), IngestError> {
        if !is_block(name) {
            return Ok(());
        }
        self.flush(builder)?;
        match name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.close(Element::Heading, Element::Table),
            "li" | "dt" | "dd" => self.close(Element::Item, Element::List),
            "ul" | "ol" | "dl" | "menu" | "dir" => self.close(Element::List, Element::Table),
            "td" | "th" => self.close(Element::Cell, Element::Table),
            "table" => self.close(Element::Table, Element::Table),
            "pre" | "listing" => self.close(Element::Preformatted, Element::Table),
            // Which of these opened the note is not kept; notes do not hold each other.
            "aside" | "section" | "div" if self.open.last() == Some(&Element::Footnote) => {
                self.open.pop();
            }
            _ => {}
        }
        Ok(())
    }

    /// Closes the innermost open `element` and all inside it, unless a `fence` stands between.
    fn close(&mut self, element: Element, fence: Element) {
        let innermost = self.open.iter().rposition(|open| *open == element || *open == fence);
        if let Some(at) = innermost
            && self.open[at] == element
        {
            self.open.truncate(at);
        }
    }

    fn is_open(&self, element: Element) -> bool {
        self.open.contains(&element)
    }

    fn push(&mut self, more: &str) -> Result<(), IngestError> {
        self.budget.hold(self.text.len() + more.len())?;
        if self.is_open(Element::Preformatted) {
            self.breaks = 0;
            self.text.push_str(more);
            return Ok(());
        }
        for character in more.chars() {
            if matches!(character, ' ' | '\t' | '\n' | '\r' | '\u{c}') {
                if !self.text.is_empty() && !self.text.ends_with([' ', '\n']) {
                    self.text.push(' ');
                }
            } else {
                self.breaks = 0;
                self.text.push(character);
            }
        }
        Ok(())
    }

    fn flush(&mut self, builder: &mut Builder<'_>) -> Result<(), IngestError> {
        self.breaks = 0;
        if self.text.is_empty() {
            return Ok(());
        }
        let kind = self.open.iter().rev().find_map(|element| match element {
            Element::Heading => Some(BlockKind::Heading),
            Element::Item => Some(BlockKind::ListItem),
            Element::Cell => Some(BlockKind::Cell),
            Element::Footnote => Some(BlockKind::Footnote),
            Element::List | Element::Table | Element::Preformatted => None,
        });
        let kind =
            if self.is_open(Element::Footnote) { BlockKind::Footnote } else { kind.unwrap_or(BlockKind::Paragraph) };
        builder.block(kind, &self.text)?;
        self.text.clear();
        Ok(())
    }
}

/// Elements whose content is not on the page.
fn is_left_out(tag: &Tag<'_>) -> bool {
    matches!(
        tag.name.as_ref(),
        "script"
            | "style"
            | "title"
            | "template"
            | "noscript"
            | "svg"
            | "iframe"
            | "noframes"
            | "noembed"
            | "object"
            | "select"
            | "datalist"
            | "textarea"
            | "button"
            | "audio"
            | "video"
            | "canvas"
            | "nav"
            | "rt"
            | "rp"
    )
}

/// Whether a page says of an element itself that it is not shown. What a style sheet says is not looked at.
fn is_hidden(tag: &Tag<'_>) -> bool {
    let is_whole = matches!(tag.name.as_ref(), "html" | "head" | "body");
    !is_whole
        && (tag.attribute("hidden").is_some()
            || tag.attribute("style").is_some_and(|style| {
                let style: String = style.chars().filter(|c| !c.is_whitespace()).collect();
                let style = style.to_ascii_lowercase();
                style.split(';').any(|rule| {
                    let rule = rule.trim_end_matches("!important");
                    rule == "display:none" || rule == "visibility:hidden"
                })
            }))
}

/// Elements whose end may be left out before another of them.
fn ends_with_the_next(name: &str) -> bool {
    matches!(name, "p" | "li" | "dt" | "dd" | "tr" | "td" | "th" | "option")
}

/// Elements that have no content.
fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "source"
            | "track"
            | "wbr"
    )
}

/// Elements whose start and end part text.
fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "caption"
            | "center"
            | "dd"
            | "details"
            | "dir"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "head"
            | "header"
            | "hr"
            | "html"
            | "legend"
            | "li"
            | "listing"
            | "main"
            | "menu"
            | "ol"
            | "p"
            | "pre"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
            | "ul"
    )
}

/// Whether a book marks the element as a note.
fn is_footnote(tag: &Tag<'_>) -> bool {
    let is_note = |name: &str| {
        tag.attribute(name).is_some_and(|value| {
            value.split_ascii_whitespace().any(|word| {
                matches!(word, "footnote" | "endnote" | "rearnote" | "doc-footnote" | "doc-endnote" | "footnotes")
            })
        })
    };
    matches!(tag.name.as_ref(), "aside" | "section" | "div") && (is_note("epub:type") || is_note("role"))
}
