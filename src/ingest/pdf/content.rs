//! The content of a page: operators that place text, carried out as far as text goes.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::super::error::IngestError;
use super::file::File;
use super::font::Font;
use super::geometry::{Direction, Matrix};
use super::object::{Dictionary, Object, Reference, Stream};
use super::strings::text_string;
use super::syntax::{Item, Scanner, is_space};

/// Stands where the file does not tell which letter it shows.
pub(super) const UNKNOWN: char = '\u{fffd}';

/// One character on a page, in points, with the origin at the lower left of the page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Glyph {
    pub(super) character: char,
    /// Where it begins on its baseline.
    pub(super) x: f32,
    pub(super) y: f32,
    /// How far it reaches along its baseline.
    pub(super) width: f32,
    /// Height of the font.
    pub(super) size: f32,
    pub(super) direction: Direction,
    pub(super) is_bold: bool,
    /// Whether the file marks it as not part of the text: a running header, a page number.
    pub(super) is_artifact: bool,
}

/// What a page holds.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub(super) glyphs: Vec<Glyph>,
    /// Whether there are pictures on it.
    pub(super) has_images: bool,
    /// Whether some of its content could not be unpacked.
    pub(super) is_damaged: bool,
}

/// Fonts that were read, by the object that describes them.
pub(super) type Fonts = BTreeMap<Reference, Rc<Font>>;

/// Forms within forms go no deeper.
const MAX_DEPTH: usize = 12;

/// More forms on a page than this are forms that call each other.
const MAX_FORMS: usize = 10_000;

/// Saved states that are never restored are damage.
const MAX_STATES: usize = 256;

/// Carries out the content of a page.
pub(super) struct Interpreter<'file, 'pdf> {
    file: &'file File<'pdf>,
    fonts: &'file mut Fonts,
    page: Page,
    state: State,
    saved: Vec<State>,
    /// Marked content that is open: whether it is an artifact, and the text that stands for it.
    marked: Vec<Marked>,
    depth: usize,
    /// How many forms were carried out on this page.
    n_forms: usize,
    scratch: String,
}

#[derive(Debug, Default)]
struct Marked {
    is_artifact: bool,
    /// The text that replaces the glyphs, until it has been used.
    replacement: Option<String>,
    is_replaced: bool,
}

#[derive(Debug, Clone)]
struct State {
    to_page: Matrix,
    text: Matrix,
    line: Matrix,
    font: Option<Rc<Font>>,
    size: f64,
    character_space: f64,
    word_space: f64,
    /// 1 for 100 %.
    stretch: f64,
    leading: f64,
    rise: f64,
}

impl<'file, 'pdf> Interpreter<'file, 'pdf> {
    /// An interpreter for a page whose coordinates `to_page` turns upright.
    pub(super) fn new(file: &'file File<'pdf>, fonts: &'file mut Fonts, to_page: Matrix) -> Self {
        let state = State {
            to_page,
            text: Matrix::IDENTITY,
            line: Matrix::IDENTITY,
            font: None,
            size: 0.0,
            character_space: 0.0,
            word_space: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
        };
        Self {
            file,
            fonts,
            page: Page::default(),
            state,
            saved: Vec::new(),
            marked: Vec::new(),
            depth: 0,
            n_forms: 0,
            scratch: String::new(),
        }
    }

    /// What was found.
    pub(super) fn finish(self) -> Page {
        self.page
    }

    /// Notes that a part of the content is missing.
    pub(super) fn damaged(&mut self) {
        self.page.is_damaged = true;
    }

    /// Carries out `content`.
    pub(super) fn run(&mut self, content: &[u8], resources: &Dictionary) -> Result<(), IngestError> {
        let mut scanner = Scanner::new(content, 0);
        let mut operands: Vec<Object> = Vec::new();
        while let Some(item) = scanner.item() {
            match item {
                Item::Operand(operand) => {
                    // No operator takes more; damaged content may have any number.
                    if operands.len() < 64 {
                        operands.push(operand);
                    }
                }
                Item::Keyword(b"ID") => {
                    skip_inline_image(content, &mut scanner);
                    self.page.has_images = true;
                    operands.clear();
                }
                Item::Keyword(operator) => {
                    self.file.budget.tick()?;
                    self.operator(operator, &operands, resources)?;
                    operands.clear();
                }
            }
        }
        Ok(())
    }

    fn operator(&mut self, operator: &[u8], operands: &[Object], resources: &Dictionary) -> Result<(), IngestError> {
        let number = |at: usize| operands.get(at).and_then(Object::as_number).unwrap_or(0.0);
        match operator {
            b"q" if self.saved.len() < MAX_STATES => self.saved.push(self.state.clone()),
            b"Q" => {
                if let Some(saved) = self.saved.pop() {
                    self.state = saved;
                }
            }
            b"cm" => {
                if let Some(matrix) = Matrix::of(operands) {
                    self.state.to_page = matrix.then(self.state.to_page);
                }
            }
            b"BT" => (self.state.text, self.state.line) = (Matrix::IDENTITY, Matrix::IDENTITY),
            b"Tc" => self.state.character_space = number(0),
            b"Tw" => self.state.word_space = number(0),
            b"Tz" => self.state.stretch = number(0) / 100.0,
            b"TL" => self.state.leading = number(0),
            b"Ts" => self.state.rise = number(0),
            b"Tf" => {
                self.state.size = number(1);
                let name = operands.first().and_then(Object::as_name).unwrap_or_default();
                self.state.font = self.font(name, resources)?;
            }
            b"gs" => self.graphics_state(operands, resources)?,
            b"Td" => self.next_line(number(0), number(1)),
            b"TD" => {
                self.state.leading = -number(1);
                self.next_line(number(0), number(1));
            }
            b"Tm" => {
                if let Some(matrix) = Matrix::of(operands) {
                    (self.state.text, self.state.line) = (matrix, matrix);
                }
            }
            b"T*" => self.next_line(0.0, -self.state.leading),
            b"Tj" => self.show(operands.first())?,
            b"'" => {
                self.next_line(0.0, -self.state.leading);
                self.show(operands.first())?;
            }
            b"\"" => {
                (self.state.word_space, self.state.character_space) = (number(0), number(1));
                self.next_line(0.0, -self.state.leading);
                self.show(operands.get(2))?;
            }
            b"TJ" => {
                for item in operands.first().and_then(Object::as_array).unwrap_or_default() {
                    match item.as_number() {
                        Some(thousandths) => {
                            let shift = -thousandths / 1000.0 * self.state.size * self.state.stretch;
                            self.state.text = Matrix::shift(shift, 0.0).then(self.state.text);
                        }
                        None => self.show(Some(item))?,
                    }
                }
            }
            b"Do" => self.external(operands, resources)?,
            b"sh" => {}
            b"BMC" | b"BDC" => self.begin_marked(operands, resources)?,
            b"EMC" => {
                self.marked.pop();
            }
            _ => {}
        }
        Ok(())
    }

    fn next_line(&mut self, x: f64, y: f64) {
        self.state.line = Matrix::shift(x, y).then(self.state.line);
        self.state.text = self.state.line;
    }

    fn resource(&self, resources: &Dictionary, kind: &str, name: &str) -> Result<Option<Object>, IngestError> {
        let of_kind = self.file.lookup(resources, kind)?;
        Ok(of_kind.as_dictionary().and_then(|of_kind| of_kind.get(name)).cloned())
    }

    fn font(&mut self, name: &str, resources: &Dictionary) -> Result<Option<Rc<Font>>, IngestError> {
        let Some(object) = self.resource(resources, "Font", name)? else { return Ok(None) };
        self.read_font(object)
    }

    fn read_font(&mut self, object: Object) -> Result<Option<Rc<Font>>, IngestError> {
        let reference = object.as_reference();
        if let Some(font) = reference.and_then(|reference| self.fonts.get(&reference)) {
            return Ok(Some(Rc::clone(font)));
        }
        let Object::Dictionary(dictionary) = self.file.resolve(object)? else { return Ok(None) };
        let font = Rc::new(Font::read(self.file, &dictionary)?);
        if let Some(reference) = reference {
            self.fonts.insert(reference, Rc::clone(&font));
        }
        Ok(Some(font))
    }

    fn graphics_state(&mut self, operands: &[Object], resources: &Dictionary) -> Result<(), IngestError> {
        let name = operands.first().and_then(Object::as_name).unwrap_or_default();
        let Some(object) = self.resource(resources, "ExtGState", name)? else { return Ok(()) };
        let Object::Dictionary(state) = self.file.resolve(object)? else { return Ok(()) };
        if let Object::Array(font) = self.file.lookup(&state, "Font")?
            && let [object, size] = font.as_slice()
        {
            self.state.size = size.as_number().unwrap_or(self.state.size);
            self.state.font = self.read_font(object.clone())?;
        }
        Ok(())
    }

    /// A form, whose content is carried out in its place, or a picture.
    fn external(&mut self, operands: &[Object], resources: &Dictionary) -> Result<(), IngestError> {
        let name = operands.first().and_then(Object::as_name).unwrap_or_default();
        let Some(object) = self.resource(resources, "XObject", name)? else { return Ok(()) };
        let Object::Stream(stream) = self.file.resolve(object)? else { return Ok(()) };
        match stream.dictionary.name("Subtype") {
            Some("Image") => self.page.has_images = true,
            Some("Form") => self.form(&stream, Matrix::IDENTITY, resources)?,
            _ => {}
        }
        Ok(())
    }

    /// Carries out a form's content where `place` moves it.
    pub(super) fn form(&mut self, form: &Stream, place: Matrix, outer: &Dictionary) -> Result<(), IngestError> {
        self.n_forms += 1;
        if self.depth >= MAX_DEPTH || self.n_forms > MAX_FORMS {
            self.page.is_damaged = true;
            return Ok(());
        }
        let before = (self.state.clone(), std::mem::take(&mut self.saved), self.marked.len());
        let matrix = self.file.lookup(&form.dictionary, "Matrix")?;
        let matrix = matrix.as_array().and_then(Matrix::of).unwrap_or(Matrix::IDENTITY);
        self.state.to_page = matrix.then(place).then(self.state.to_page);
        let content = self.file.data(form)?;
        self.page.is_damaged |= content.is_damaged;
        self.depth += 1;
        match self.file.lookup(&form.dictionary, "Resources")? {
            Object::Dictionary(own) => self.run(&content.bytes, &own)?,
            _ => self.run(&content.bytes, outer)?,
        }
        self.depth -= 1;
        (self.state, self.saved) = (before.0, before.1);
        self.marked.truncate(before.2);
        Ok(())
    }

    fn begin_marked(&mut self, operands: &[Object], resources: &Dictionary) -> Result<(), IngestError> {
        if self.marked.len() >= MAX_STATES {
            return Ok(());
        }
        let tag = operands.first().and_then(Object::as_name).unwrap_or_default();
        let properties = match operands.get(1) {
            Some(Object::Name(name)) => match self.resource(resources, "Properties", name)? {
                Some(object) => self.file.resolve(object)?,
                None => Object::Null,
            },
            Some(other) => other.clone(),
            None => Object::Null,
        };
        let properties = properties.as_dictionary();
        let replacement = properties.and_then(|own| own.get("ActualText")).and_then(Object::as_string).map(text_string);
        // Backgrounds and the like are artifacts too, but text in them belongs to the page.
        let kind = properties.and_then(|own| own.name("Type"));
        let is_artifact = tag == "Artifact" && matches!(kind, None | Some("Pagination"));
        self.marked.push(Marked { is_artifact, replacement, is_replaced: false });
        Ok(())
    }

    fn show(&mut self, text: Option<&Object>) -> Result<(), IngestError> {
        let Some(bytes) = text.and_then(Object::as_string) else { return Ok(()) };
        let Some(font) = self.state.font.clone() else { return Ok(()) };
        let is_artifact = self.marked.iter().any(|marked| marked.is_artifact);
        let mut rest = bytes;
        while !rest.is_empty() {
            self.file.budget.tick()?;
            let code = font.next_code(rest);
            let is_blank = code.length == 1 && code.code == 32;
            rest = &rest[code.length..];
            self.scratch.clear();
            match self.replacement() {
                Some(text) => self.scratch.push_str(&text),
                None if font.characters(code.code, &mut self.scratch) => {}
                // Control characters and the blank of a font without names show nothing.
                None if code.width <= 0.0 || (code.length == 1 && matches!(code.code, 9 | 10 | 13 | 32)) => {}
                None => self.scratch.push(UNKNOWN),
            }
            let state = &self.state;
            let space = state.character_space + if is_blank { state.word_space } else { 0.0 };
            let advance = (code.width * state.size + space) * state.stretch;
            if !self.scratch.is_empty() {
                self.place(code.width, font.is_bold, is_artifact)?;
            }
            self.state.text = Matrix::shift(advance, 0.0).then(self.state.text);
        }
        Ok(())
    }

    /// The text that stands for the glyphs of marked content: all of it for the first, nothing for the others.
    fn replacement(&mut self) -> Option<String> {
        let marked = self.marked.iter_mut().rev().find(|marked| marked.replacement.is_some() || marked.is_replaced)?;
        marked.is_replaced = true;
        Some(marked.replacement.take().unwrap_or_default())
    }

    /// Puts the characters in `scratch` where the next glyph goes, sharing its width.
    fn place(&mut self, width: f64, is_bold: bool, is_artifact: bool) -> Result<(), IngestError> {
        let state = &self.state;
        let scale = Matrix { a: state.size * state.stretch, b: 0.0, c: 0.0, d: state.size, e: 0.0, f: state.rise };
        let glyph = scale.then(state.text).then(state.to_page);
        let length = glyph.a.hypot(glyph.b);
        let size = glyph.c.hypot(glyph.d);
        if !(glyph.e.is_finite() && glyph.f.is_finite() && length.is_finite() && size.is_finite()) || size <= 0.0 {
            return Ok(());
        }
        let direction = Direction::of(glyph.a, glyph.b);
        let n = self.scratch.chars().count();
        let part = width / n as f64;
        for (at, character) in self.scratch.chars().enumerate() {
            let before = part * at as f64;
            self.page.glyphs.push(Glyph {
                character,
                x: (glyph.e + glyph.a * before) as f32,
                y: (glyph.f + glyph.b * before) as f32,
                width: (length * part) as f32,
                size: size as f32,
                direction,
                is_bold,
                is_artifact,
            });
        }
        self.file.budget.hold(self.page.glyphs.len() * size_of::<Glyph>())
    }
}

/// Passes over the bytes of a picture that stands in the content itself, up to its `EI`.
fn skip_inline_image(content: &[u8], scanner: &mut Scanner<'_>) {
    let start = scanner.position();
    for at in memchr::memmem::find_iter(&content[start..], b"EI") {
        let (before, after) = (start + at, start + at + 2);
        let is_word = content[before.saturating_sub(1)..].first().is_some_and(|byte| is_space(*byte))
            && content.get(after).is_none_or(|byte| is_space(*byte));
        // What follows must look like content again, since pictures may hold any bytes.
        let looks_right =
            content[after..].iter().take(16).all(|byte| matches!(byte, b'\t' | b'\n' | b'\r' | b' '..=b'~'));
        if is_word && looks_right {
            scanner.set_position(after);
            return;
        }
    }
    scanner.set_position(content.len());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_in_the_content_end_where_content_goes_on() {
        let content = b"ID \x01 EI \xff\x00 EI\nBT";
        let mut scanner = Scanner::new(content, 2);
        skip_inline_image(content, &mut scanner);
        assert_eq!(scanner.position(), content.len() - 3);
    }
}
