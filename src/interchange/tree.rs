//! Small XML files as trees of elements, within limits whatever they claim; and text made safe for XML.

use std::borrow::Cow;
use std::io::Read;

use crate::diag::Diagnostic;
use crate::ingest::{Budget, Format, Limits, Node, Xml};
use crate::text::decode;

/// Elements stand at most so deep in each other.
const MAX_DEPTH: u32 = 200;
/// A project with half a million codings has fewer elements.
const MAX_ELEMENTS: usize = 4_000_000;
/// All names, values and text of a file together have at most so many bytes.
const MAX_BYTES: usize = 256 << 20;

/// An element with its attributes, by local names, and what stands in it.
#[derive(Debug, Default)]
pub(super) struct Element {
    pub(super) name: Box<str>,
    attributes: Vec<(Box<str>, Box<str>)>,
    /// The text in it, that of elements in it left out.
    pub(super) text: String,
    pub(super) children: Vec<Element>,
}

impl Element {
    /// The value of an attribute.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(own, _)| &**own == name).map(|(_, value)| &**value)
    }

    /// The first element of this name in it.
    pub(super) fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| &*child.name == name)
    }

    /// The elements of this name in it.
    pub(super) fn all<'e>(&'e self, name: &'e str) -> impl Iterator<Item = &'e Self> {
        self.children.iter().filter(move |child| &*child.name == name)
    }

    /// The text of the first element of this name in it.
    pub(super) fn text_of(&self, name: &str) -> &str {
        self.child(name).map_or("", |child| child.text.as_str())
    }
}

/// The limits for files of other programs: larger than documents are.
fn limits() -> Limits {
    Limits {
        file_bytes: 1 << 30,
        text_bytes: 512 << 20,
        unpacked_bytes: 1 << 30,
        part_bytes: 256 << 20,
        nesting: MAX_DEPTH,
        time: std::time::Duration::from_secs(60),
        ..Limits::DEFAULT
    }
}

/// What one file of `bytes` may cost.
pub(super) fn budget(bytes: u64) -> Budget {
    // Messages say why without naming the format, so any will do.
    Budget::new(limits(), Format::Docx, bytes, None)
}

/// XML that was read.
pub(super) struct Tree {
    /// The outermost element.
    pub(super) root: Element,
    /// What is doubtful about its characters.
    pub(super) doubts: Vec<Diagnostic>,
}

/// The XML in `bytes`, which messages call `name`; where it is not in the encoding that it declares, read in the one that
/// it seems to be in.
///
/// # Errors
/// Why it cannot be read.
pub(super) fn read(bytes: &[u8], name: &str) -> Result<Tree, String> {
    read_within(bytes, name, &budget(bytes.len() as u64))
}

/// As [`read`], within a budget.
pub(super) fn read_within(bytes: &[u8], name: &str, budget: &Budget) -> Result<Tree, String> {
    if let Some(root) = read_from(bytes, name, budget)? {
        return Ok(Tree { root, doubts: Vec::new() });
    }
    let decoded = decode(bytes).map_err(|error| format!("{name} cannot be decoded: {error}"))?;
    let message = format!("{name} is not in the encoding that it declares; it was read as {}", decoded.encoding);
    let mut doubts = vec![Diagnostic::warning("xml/encoding", message).hint("look at the letters æ, ø and å in it")];
    doubts.extend(decoded.doubts.iter().map(|doubt| Diagnostic::warning(doubt.id(), doubt.to_string())));
    Ok(Tree { root: read_text(&decoded.text, name, budget)?, doubts })
}

/// The outermost element of XML that is decoded already, whatever encoding it says.
pub(super) fn read_text(text: &str, name: &str, budget: &Budget) -> Result<Element, String> {
    // The mark outranks what the XML says.
    let source = "\u{feff}".as_bytes().chain(text.as_bytes());
    read_from(source, name, budget)?.ok_or_else(|| format!("{name} cannot be decoded"))
}

/// As [`read`], from what may still have to be unpacked; `None` where it is not in the encoding that it says.
pub(super) fn read_from(source: impl Read, name: &str, budget: &Budget) -> Result<Option<Element>, String> {
    let mut xml = Xml::new(source, name, budget).map_err(|error| error.why())?;
    let mut open: Vec<Element> = vec![Element::default()];
    let (mut n_elements, mut n_bytes) = (0, 0);
    loop {
        match xml.next().map_err(|error| error.why())? {
            Node::Start(start) => {
                let attributes: Vec<(Box<str>, Box<str>)> = start.attributes();
                n_elements += 1;
                n_bytes += attributes.iter().map(|(name, value)| name.len() + value.len()).sum::<usize>();
                open.push(Element { name: start.name().into(), attributes, ..Element::default() });
            }
            Node::Text(text) => {
                n_bytes += text.len();
                if let Some(element) = open.last_mut() {
                    element.text.push_str(&text);
                }
            }
            Node::End(_) => {
                if let Some(done) = open.pop()
                    && let Some(parent) = open.last_mut()
                {
                    parent.children.push(done);
                }
            }
            Node::Other => {}
            Node::Done => break,
        }
        if n_elements > MAX_ELEMENTS || n_bytes > MAX_BYTES {
            return Err(format!("{name} contains more than {MAX_ELEMENTS} elements or {} MB", MAX_BYTES >> 20));
        }
    }
    if xml.has_replaced() {
        return Ok(None);
    }
    if xml.entities_left_out() > 0 {
        return Err(format!("{name} defines entities of its own, which are never expanded"));
    }
    let root = open.pop().and_then(|mut outside| outside.children.pop());
    root.map(Some).ok_or_else(|| format!("{name} contains no XML"))
}

/// `text` as the value of an attribute; what XML cannot hold is left out.
pub(super) fn attribute(text: &str) -> Cow<'_, str> {
    escaped(text, true)
}

/// `text` between tags; what XML cannot hold is left out.
pub(super) fn content(text: &str) -> Cow<'_, str> {
    escaped(text, false)
}

fn escaped(text: &str, is_attribute: bool) -> Cow<'_, str> {
    let is_plain = |character: char| match character {
        '&' | '<' | '>' | '"' | '\r' => false,
        '\n' | '\t' => !is_attribute,
        _ => is_legal(character),
    };
    if text.chars().all(is_plain) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\r' => out.push_str("&#13;"),
            '\n' if is_attribute => out.push_str("&#10;"),
            '\t' if is_attribute => out.push_str("&#9;"),
            legal if is_legal(legal) => out.push(legal),
            _ => {}
        }
    }
    Cow::Owned(out)
}

/// Whether XML 1.0 can hold the character at all.
fn is_legal(character: char) -> bool {
    !matches!(character, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}
