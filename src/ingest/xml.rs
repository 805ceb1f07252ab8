//! XML as documents use it: elements by local name, text with its references resolved, within the budget.
//!
//! Nothing outside the file is ever looked at, and entities that a file defines itself are not expanded.

use std::borrow::Cow;
use std::io::{BufRead, Read};

use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8};
use quick_xml::events::{BytesEnd, BytesStart, Event};

use super::archive::from_io;
use super::error::IngestError;
use super::limits::Budget;

/// Reads one XML part node by node.
pub(crate) struct Xml<'doc> {
    reader: quick_xml::Reader<Transcoder<'doc>>,
    buffer: Vec<u8>,
    budget: &'doc Budget,
    name: String,
    depth: usize,
    left_out: usize,
}

/// One step through the XML.
pub(crate) enum Node<'xml> {
    /// An element begins; one without content is followed by its end.
    Start(Element<'xml>),
    /// An element ends.
    End(Ended<'xml>),
    /// Text, or the character of a reference.
    Text(Cow<'xml, str>),
    /// A comment and the like.
    Other,
    /// The part has been read to its end.
    Done,
}

/// The start of an element.
pub(crate) struct Element<'xml>(BytesStart<'xml>);

impl Element<'_> {
    /// Its name without the namespace prefix.
    pub(crate) fn name(&self) -> &str {
        self.0.local_name().into_inner()
    }

    /// The value of the attribute of this local name.
    pub(crate) fn attribute(&self, name: &str) -> Option<String> {
        let mut attributes = self.0.attributes();
        attributes.with_checks(false);
        let found = attributes.flatten().find(|attribute| attribute.key.local_name().into_inner() == name)?;
        let raw: &str = &found.value;
        Some(quick_xml::escape::unescape(raw).map_or_else(|_| raw.to_owned(), Cow::into_owned))
    }

    /// All attributes, by local name.
    pub(crate) fn attributes(&self) -> Vec<(Box<str>, Box<str>)> {
        let mut attributes = self.0.attributes();
        attributes.with_checks(false);
        let read = |attribute: quick_xml::events::attributes::Attribute<'_>| {
            let raw: &str = &attribute.value;
            let value = quick_xml::escape::unescape(raw).unwrap_or(Cow::Borrowed(raw));
            (attribute.key.local_name().into_inner().into(), value.into())
        };
        attributes.flatten().map(read).collect()
    }

    /// Whether it stands in the Dublin Core vocabulary, which all office formats use for titles and dates.
    pub(crate) fn is_metadata(&self) -> bool {
        self.0.name().prefix().is_some_and(|prefix| prefix.into_inner() == "dc")
    }

    /// Whether an on-off property is on: present, and not said to be off.
    pub(crate) fn is_on(&self) -> bool {
        !matches!(self.attribute("val").as_deref(), Some("0" | "false" | "off" | "none"))
    }
}

/// The end of an element.
pub(crate) struct Ended<'xml>(BytesEnd<'xml>);

impl Ended<'_> {
    /// Its name without the namespace prefix.
    pub(crate) fn name(&self) -> &str {
        self.0.local_name().into_inner()
    }
}

impl<'doc> Xml<'doc> {
    /// Reads the XML in `source`, which messages call `name`.
    pub(crate) fn new(source: impl Read + 'doc, name: &str, budget: &'doc Budget) -> Result<Self, IngestError> {
        let transcoder = Transcoder::new(Box::new(source), budget).map_err(|error| from_io(budget, name, &error))?;
        let mut reader = quick_xml::Reader::from_reader(transcoder);
        reader.config_mut().expand_empty_elements = true;
        reader.config_mut().allow_dangling_amp = true;
        Ok(Self { reader, buffer: Vec::new(), budget, name: name.to_owned(), depth: 0, left_out: 0 })
    }

    /// How many elements are open.
    pub(crate) fn depth(&self) -> usize {
        self.depth
    }

    /// How many references to entities that nothing outside this file could define were left out.
    pub(crate) fn entities_left_out(&self) -> usize {
        self.left_out
    }

    /// Whether bytes that are no text in the encoding that the XML declares were replaced so far.
    pub(crate) fn has_replaced(&self) -> bool {
        self.reader.get_ref().has_replaced
    }

    /// The next node.
    pub(crate) fn next(&mut self) -> Result<Node<'_>, IngestError> {
        self.budget.tick()?;
        self.buffer.clear();
        self.reader.get_mut().token_bytes = 0;
        let event = match self.reader.read_event_into(&mut self.buffer) {
            Ok(event) => event,
            Err(error) => return Err(failed(self.budget, &self.name, &error)),
        };
        Ok(match event {
            Event::Start(start) | Event::Empty(start) => {
                self.depth += 1;
                self.budget.nest(self.depth)?;
                Node::Start(Element(start))
            }
            Event::End(end) => {
                self.depth -= 1;
                Node::End(Ended(end))
            }
            Event::Text(text) => Node::Text(text.into_inner()),
            Event::CData(text) => Node::Text(text.into_inner()),
            Event::GeneralRef(reference) => match resolve(&reference) {
                Some(character) => Node::Text(Cow::Owned(character.to_string())),
                None => {
                    self.left_out += 1;
                    Node::Other
                }
            },
            Event::Comment(_) | Event::PI(_) | Event::Decl(_) | Event::DocType(_) => Node::Other,
            Event::Eof if self.depth > 0 => {
                return Err(self.budget.unreadable(format!("`{}` inside it is cut off", self.name)));
            }
            Event::Eof => Node::Done,
        })
    }

    /// Passes over the rest of the element whose start was just returned.
    pub(crate) fn skip(&mut self) -> Result<(), IngestError> {
        let outside = self.depth - 1;
        while self.depth > outside {
            if matches!(self.next()?, Node::Done) {
                break;
            }
        }
        Ok(())
    }

    /// The text of the element whose start was just returned, whatever elements stand around it.
    pub(crate) fn text(&mut self) -> Result<String, IngestError> {
        let outside = self.depth - 1;
        let mut text = String::new();
        while self.depth > outside {
            match self.next()? {
                Node::Text(piece) => text.push_str(&piece),
                Node::Done => break,
                _ => {}
            }
            self.budget.hold(text.len())?;
        }
        Ok(text)
    }
}

/// The character of a numeric or predefined reference, or of one that web pages use in XML too.
fn resolve(reference: &quick_xml::events::BytesRef<'_>) -> Option<char> {
    if reference.is_char_ref() {
        return reference.resolve_char_ref().ok().flatten();
    }
    quick_xml::escape::resolve_html5_entity(reference)?.chars().next()
}

fn failed(budget: &Budget, name: &str, error: &quick_xml::Error) -> IngestError {
    match error {
        quick_xml::Error::Io(error) => from_io(budget, name, error),
        error => budget.unreadable(format!("`{name}` inside it is not well-formed: {error}")),
    }
}

/// UTF-8 from whatever encoding the XML is in, with the bytes of the present token counted.
struct Transcoder<'doc> {
    source: Box<dyn Read + 'doc>,
    decoder: Decoder,
    raw: Vec<u8>,
    raw_at: usize,
    raw_end: usize,
    is_at_end: bool,
    decoded: Vec<u8>,
    at: usize,
    end: usize,
    token_bytes: usize,
    has_replaced: bool,
    budget: &'doc Budget,
}

/// Size of the pieces that are read and decoded.
const CHUNK: usize = 32 << 10;

impl<'doc> Transcoder<'doc> {
    fn new(mut source: Box<dyn Read + 'doc>, budget: &'doc Budget) -> std::io::Result<Self> {
        let mut raw = vec![0; CHUNK];
        let mut raw_end = 0;
        while raw_end < 256 {
            match source.read(&mut raw[raw_end..])? {
                0 => break,
                n => raw_end += n,
            }
        }
        let decoder = declared_encoding(&raw[..raw_end]).new_decoder();
        let decoded = vec![0; CHUNK * 3];
        Ok(Self {
            source,
            decoder,
            raw,
            raw_at: 0,
            raw_end,
            is_at_end: false,
            decoded,
            at: 0,
            end: 0,
            token_bytes: 0,
            has_replaced: false,
            budget,
        })
    }
}

impl Read for Transcoder<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let available = self.fill_buf()?;
        let n = available.len().min(buffer.len());
        buffer[..n].copy_from_slice(&available[..n]);
        self.consume(n);
        Ok(n)
    }
}

impl BufRead for Transcoder<'_> {
    fn fill_buf(&mut self) -> std::io::Result<&[u8]> {
        while self.at == self.end && !self.is_at_end {
            if self.raw_at == self.raw_end {
                self.raw_at = 0;
                self.raw_end = self.source.read(&mut self.raw)?;
            }
            let is_last = self.raw_end == 0;
            let (result, read, written, has_replaced) =
                self.decoder.decode_to_utf8(&self.raw[self.raw_at..self.raw_end], &mut self.decoded, is_last);
            self.has_replaced |= has_replaced;
            self.raw_at += read;
            (self.at, self.end) = (0, written);
            self.is_at_end = is_last && result == CoderResult::InputEmpty;
        }
        self.budget.hold(self.token_bytes).map_err(std::io::Error::other)?;
        Ok(&self.decoded[self.at..self.end])
    }

    fn consume(&mut self, amount: usize) {
        self.at += amount;
        self.token_bytes += amount;
    }
}

/// What the byte order mark or the XML declaration says; else UTF-8.
fn declared_encoding(start: &[u8]) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(start) {
        return encoding;
    }
    match start {
        [b'<', 0, b'?', 0, ..] => return encoding_rs::UTF_16LE,
        [0, b'<', 0, b'?', ..] => return encoding_rs::UTF_16BE,
        _ => {}
    }
    let start = String::from_utf8_lossy(&start[..start.len().min(200)]);
    let declared = start.strip_prefix("<?xml").and_then(|rest| rest.split("?>").next()).and_then(|declaration| {
        let value = declaration.split("encoding").nth(1)?.trim_start().strip_prefix('=')?.trim_start();
        value.get(1..)?.split(['"', '\'']).next().map(str::to_owned)
    });
    declared.and_then(|label| Encoding::for_label(label.as_bytes())).unwrap_or(UTF_8)
}
