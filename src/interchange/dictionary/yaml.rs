//! quanteda's YAML: a mapping of names to lists of words, or to further mappings.
//!
//! Read from the parser's events, not from typed values: a category `no` or `NA` is a name, whatever YAML takes it
//! for, and nothing that a file refers to twice is ever unfolded.

use std::path::Path;
use std::sync::Arc;

use saphyr_parser::{Event, Parser, ScalarStyle};

use super::{Category, Dictionary, MAX_DEPTH, Read};
use crate::diag::{Diagnostic, Place, capped, shortened};
use crate::text::Span;

/// Under this name stand the words of a category that has others below it.
const OWN: &str = "__";

pub(in super::super) fn read(path: &Path, text: &Arc<str>) -> Read {
    let mut reader =
        Reader { path, text, starts: Starts::of(text), parser: Parser::new_from_str(text), errors: vec![] };
    let categories = match reader.document() {
        Ok(categories) => categories,
        Err(error) => {
            reader.errors.push(error);
            Vec::new()
        }
    };
    if !reader.errors.is_empty() {
        return Err(capped(reader.errors, "values like this"));
    }
    Ok((Dictionary { name: None, categories }.merged(), Vec::new()))
}

struct Reader<'t> {
    path: &'t Path,
    text: &'t Arc<str>,
    starts: Starts,
    parser: Parser<'t, saphyr_parser::StrInput<'t>>,
    errors: Vec<Diagnostic>,
}

/// Byte offsets of the lines of a text.
struct Starts(Vec<usize>);

impl Starts {
    fn of(text: &str) -> Self {
        Self(std::iter::once(0).chain(memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1)).collect())
    }

    /// The byte offset of a place that the parser gives as line from 1 and column from 0, in characters.
    fn byte(&self, text: &str, marker: saphyr_parser::Marker) -> usize {
        let Some(start) = self.0.get(marker.line().saturating_sub(1)) else { return text.len() };
        let rest = &text[*start..];
        start + rest.char_indices().nth(marker.col()).map_or(rest.len(), |(at, _)| at)
    }
}

type Stop = Diagnostic;

impl<'t> Reader<'t> {
    fn next(&mut self) -> Result<(Event<'t>, Span), Stop> {
        match self.parser.next() {
            Some(Ok((event, span))) => {
                let start = self.starts.byte(self.text, span.start);
                let end = self.starts.byte(self.text, span.end).max(start);
                Ok((event, Span::new(start, end)))
            }
            Some(Err(error)) => {
                let at = self.starts.byte(self.text, *error.marker());
                Err(self.error(Span::new(at, at), "this is not valid YAML".to_owned(), error.info()))
            }
            None => Ok((Event::StreamEnd, Span::new(self.text.len(), self.text.len()))),
        }
    }

    fn error(&self, span: Span, message: String, label: &str) -> Diagnostic {
        Diagnostic::error("dictionary/not-read", message).at(Place::within(self.path, self.text, span, label))
    }

    fn document(&mut self) -> Result<Vec<Category>, Stop> {
        loop {
            let (event, span) = self.next()?;
            match event {
                Event::StreamStart | Event::DocumentStart(_) | Event::Nothing => {}
                Event::MappingStart(..) => return self.mapping(1).map(|(categories, _)| categories),
                _ => {
                    let message = "the dictionary has no categories".to_owned();
                    return Err(self.error(span, message, "expected a name and a colon, as in `Tema: [ord, annet*]`"));
                }
            }
        }
    }

    /// The categories of a mapping that has begun, and the words of the category that it belongs to.
    fn mapping(&mut self, depth: usize) -> Result<(Vec<Category>, Category), Stop> {
        let mut categories = Vec::new();
        let mut own = Category::default();
        loop {
            let (event, span) = self.next()?;
            let name = match event {
                Event::MappingEnd => return Ok((categories, own)),
                Event::Scalar(name, style, ..) if style != ScalarStyle::Plain || !matches!(&*name, "" | "~") => name,
                Event::Scalar(..) => {
                    self.errors.push(self.error(span, "words are under no category".to_owned(), "expected a name"));
                    "-".into()
                }
                _ => {
                    return Err(self.error(
                        span,
                        "this is not a category name".to_owned(),
                        "expected a word before the colon",
                    ));
                }
            };
            if depth > MAX_DEPTH {
                return Err(self.error(span, format!("categories are nested more than {MAX_DEPTH} levels deep"), ""));
            }
            if name.trim() == OWN {
                self.values(&mut own, depth)?;
                continue;
            }
            let mut category = Category::new(&name);
            self.values(&mut category, depth)?;
            categories.push(category);
        }
    }

    /// What stands behind the colon.
    fn values(&mut self, into: &mut Category, depth: usize) -> Result<(), Stop> {
        let (event, span) = self.next()?;
        match event {
            Event::Scalar(text, style, ..) => self.value(into, &text, style, span),
            Event::MappingStart(..) => {
                let (children, own) = self.mapping(depth + 1)?;
                into.children.extend(children);
                into.values.extend(own.values);
            }
            Event::SequenceStart(..) => self.sequence(into, depth)?,
            _ => return Err(self.error(span, "this is not a list of words".to_owned(), ALIASES)),
        }
        Ok(())
    }

    fn sequence(&mut self, into: &mut Category, depth: usize) -> Result<(), Stop> {
        loop {
            let (event, span) = self.next()?;
            match event {
                Event::SequenceEnd => return Ok(()),
                Event::Scalar(text, style, ..) => self.value(into, &text, style, span),
                // A list of words and mappings is how some programs write words beside categories.
                Event::MappingStart(..) => {
                    let (children, own) = self.mapping(depth + 1)?;
                    into.children.extend(children);
                    into.values.extend(own.values);
                }
                _ => return Err(self.error(span, "a list of words contains something else".to_owned(), ALIASES)),
            }
        }
    }

    fn value(&mut self, into: &mut Category, text: &str, style: ScalarStyle, span: Span) {
        if style == ScalarStyle::Plain && text.parse::<f64>().is_ok() {
            let error = self.error(span, format!("`{}` is a number, not a word", shortened(text)), "expected text");
            self.errors.push(error.hint(format!("in quotation marks it is read as a word: `\"{}\"`", shortened(text))));
        } else if style != ScalarStyle::Plain || text != "~" {
            into.push(text);
        }
    }
}

const ALIASES: &str = "expected words; references to other parts of the file (`*name`) are not followed";

pub(in super::super) fn write(dictionary: &Dictionary) -> Vec<u8> {
    let mut out = String::new();
    categories(&dictionary.categories, 0, &mut out);
    out.into_bytes()
}

fn categories(all: &[Category], depth: usize, out: &mut String) {
    let indent = "  ".repeat(depth);
    for category in all {
        out.push_str(&format!("{indent}{}:", scalar(&category.name)));
        if category.children.is_empty() {
            if category.values.is_empty() {
                out.push_str(" []");
            }
            out.push('\n');
            values(category, depth + 1, out);
            continue;
        }
        out.push('\n');
        if !category.values.is_empty() {
            out.push_str(&format!("{indent}  {OWN}:\n"));
            values(category, depth + 2, out);
        }
        categories(&category.children, depth + 1, out);
    }
}

fn values(category: &Category, depth: usize, out: &mut String) {
    let indent = "  ".repeat(depth);
    for value in &category.values {
        out.push_str(&format!("{indent}- {}\n", scalar(&value.text)));
    }
}

/// The text plain where no reader of YAML can take it for anything else, in quotation marks otherwise.
fn scalar(text: &str) -> String {
    let is_plain = text.starts_with(|first: char| first.is_alphabetic())
        && text.ends_with(|last: char| last.is_alphanumeric())
        && text.chars().all(|character| character.is_alphanumeric() || "_- ".contains(character));
    let lower = text.to_ascii_lowercase();
    let is_special = ["y", "n", "yes", "no", "on", "off", "true", "false", "null", "na", "nan", "inf"];
    if is_plain && !is_special.contains(&lower.as_str()) {
        return text.to_owned();
    }
    serde_json::to_string(text).expect("a text is written to memory")
}
