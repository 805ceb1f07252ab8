//! Fonts, as far as text needs them: what each code stands for, and how wide it is.

use std::collections::BTreeMap;

use super::super::error::IngestError;
use super::cmap::Cmap;
use super::file::File;
use super::font_program;
use super::glyph_names::{self, BaseEncoding};
use super::metrics;
use super::object::{Dictionary, Object};

/// A font of a page.
#[derive(Debug)]
pub(super) struct Font {
    kind: Kind,
    to_unicode: Cmap,
    /// Whether its strokes are heavy.
    pub(super) is_bold: bool,
    /// What a width is multiplied by to be in units of the font size.
    unit: f64,
}

#[derive(Debug)]
enum Kind {
    /// One byte a code.
    Simple(Box<Simple>),
    /// Codes of one to four bytes.
    Composite(Composite),
}

#[derive(Debug)]
struct Simple {
    characters: Vec<Option<String>>,
    widths: Vec<f64>,
}

#[derive(Debug)]
struct Composite {
    codes: Cmap,
    /// Whether the codes are characters themselves, in UTF-16.
    codes_are_unicode: bool,
    /// Characters by glyph, from the font program, for fonts that do not say more.
    by_glyph: BTreeMap<u32, char>,
    /// First glyph, last glyph, width; by first glyph.
    widths: Vec<(u32, u32, f64)>,
    default_width: f64,
}

/// One code of a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Code {
    pub(super) code: u32,
    /// Number of its bytes.
    pub(super) length: usize,
    /// In units of the font size.
    pub(super) width: f64,
}

impl Font {
    /// Reads a font dictionary.
    pub(super) fn read(file: &File<'_>, dictionary: &Dictionary) -> Result<Self, IngestError> {
        let to_unicode = match file.lookup(dictionary, "ToUnicode")? {
            Object::Stream(stream) => Cmap::read(&file.data(&stream)?.bytes, file.budget)?,
            Object::Name(name) if name.starts_with("Identity") => Cmap::identity(),
            _ => Cmap::default(),
        };
        let subtype = file.lookup(dictionary, "Subtype")?;
        let base = file.lookup(dictionary, "BaseFont")?;
        let name = base.as_name().unwrap_or_default();
        let descriptor = file.lookup(dictionary, "FontDescriptor")?;
        let mut is_bold = is_heavy(file, name, descriptor.as_dictionary())?;
        let mut unit = 0.001;
        let kind = match subtype.as_name() {
            Some("Type0") => {
                let descendants = file.lookup(dictionary, "DescendantFonts")?;
                let first = descendants.as_array().and_then(<[Object]>::first).cloned().unwrap_or_default();
                let descendant = file.resolve(first)?;
                let empty = Dictionary::default();
                let descendant = descendant.as_dictionary().unwrap_or(&empty);
                let descriptor = file.lookup(descendant, "FontDescriptor")?;
                is_bold |= is_heavy(file, name, descriptor.as_dictionary())?;
                Kind::Composite(Composite::read(file, dictionary, descendant, descriptor.as_dictionary(), &to_unicode)?)
            }
            subtype => {
                if subtype == Some("Type3") {
                    let matrix = file.lookup(dictionary, "FontMatrix")?;
                    let scale = matrix.as_array().and_then(<[Object]>::first).and_then(Object::as_number);
                    unit = scale.map_or(0.001, f64::abs);
                }
                let is_truetype = subtype == Some("TrueType");
                let simple = Simple::read(file, dictionary, descriptor.as_dictionary(), name, is_truetype)?;
                Kind::Simple(Box::new(simple))
            }
        };
        Ok(Self { kind, to_unicode, is_bold, unit })
    }

    /// The first code of `bytes`, which are not empty.
    pub(super) fn next_code(&self, bytes: &[u8]) -> Code {
        match &self.kind {
            Kind::Simple(simple) => {
                let code = bytes[0];
                Code { code: u32::from(code), length: 1, width: simple.widths[usize::from(code)] * self.unit }
            }
            Kind::Composite(composite) => {
                let (code, length) = composite.codes.next_code(bytes);
                let glyph = composite.codes.glyph(code);
                let width = composite.width(glyph);
                Code { code, length, width: width * self.unit }
            }
        }
    }

    /// Appends the characters of `code` to `text`; false for a code of which the file does not say what it shows.
    pub(super) fn characters(&self, code: u32, text: &mut String) -> bool {
        let said = self.to_unicode.characters(code);
        // Some programs say that their blank is a tab: it is known, and shows nothing.
        let is_silent = said.as_ref().is_some_and(|said| !said.is_empty() && said.chars().all(char::is_control));
        let said = said.filter(|said| !is_useless(said));
        let known = match &self.kind {
            // A map into private use says less than the name of the glyph.
            Kind::Simple(simple) => {
                let named = simple.characters.get(code as usize).and_then(Option::as_ref);
                match (said, named) {
                    (Some(said), Some(named)) if said.chars().any(is_private) => Some(named.clone()),
                    (Some(said), _) => Some(said),
                    (None, named) => named.cloned(),
                }
            }
            Kind::Composite(composite) => said.or_else(|| {
                if composite.codes_are_unicode {
                    return char::from_u32(code).map(String::from);
                }
                composite.by_glyph.get(&composite.codes.glyph(code)).copied().map(String::from)
            }),
        };
        if let Some(known) = &known {
            text.extend(known.chars().map(shown));
        }
        known.is_some() || is_silent
    }
}

impl Simple {
    fn read(
        file: &File<'_>,
        dictionary: &Dictionary,
        descriptor: Option<&Dictionary>,
        name: &str,
        is_truetype: bool,
    ) -> Result<Self, IngestError> {
        let encoding = file.lookup(dictionary, "Encoding")?;
        let named = match &encoding {
            Object::Name(name) => BaseEncoding::of_name(name),
            Object::Dictionary(own) => own.name("BaseEncoding").and_then(BaseEncoding::of_name),
            _ => None,
        };
        let flags = descriptor.and_then(|own| own.get("Flags")).and_then(Object::as_integer).unwrap_or(0);
        let is_symbolic = flags & 4 != 0;
        let mut characters: Vec<Option<String>> = match named.or_else(|| by_font_name(name)) {
            Some(base) => (0..=255).map(|code| base.character(code).map(String::from)).collect(),
            None => {
                let own = match descriptor {
                    Some(descriptor) if is_symbolic || !is_truetype => font_program::encoding(file, descriptor)?,
                    _ => None,
                };
                // Without a word from the font, TrueType fonts follow Windows and others Adobe.
                let base = if is_truetype { BaseEncoding::WinAnsi } else { BaseEncoding::Standard };
                own.unwrap_or_else(|| (0..=255).map(|code| base.character(code).map(String::from)).collect())
            }
        };
        if let Object::Dictionary(own) = &encoding {
            let differences = file.lookup(own, "Differences")?;
            let mut code = 0;
            for item in differences.as_array().unwrap_or_default() {
                match item {
                    Object::Integer(number) => code = usize::try_from(*number).unwrap_or(usize::MAX),
                    Object::Name(name) => {
                        if let Some(slot) = characters.get_mut(code) {
                            *slot = glyph_names::meaning(name);
                        }
                        code = code.saturating_add(1);
                    }
                    _ => {}
                }
            }
        }
        let widths = widths(file, dictionary, descriptor, name, &characters)?;
        Ok(Self { characters, widths })
    }
}

fn widths(
    file: &File<'_>,
    dictionary: &Dictionary,
    descriptor: Option<&Dictionary>,
    name: &str,
    characters: &[Option<String>],
) -> Result<Vec<f64>, IngestError> {
    let given = file.lookup(dictionary, "Widths")?;
    let Some(given) = given.as_array() else {
        let width = |text: &Option<String>| {
            text.as_ref().and_then(|text| text.chars().next()).map_or(0.0, |c| metrics::width(name, c))
        };
        return Ok(characters.iter().map(width).collect());
    };
    let missing = descriptor.and_then(|own| own.get("MissingWidth")).and_then(Object::as_number).unwrap_or(0.0);
    let first = file.lookup(dictionary, "FirstChar")?.as_integer().unwrap_or(0);
    let mut widths = vec![missing; 256];
    for (at, width) in given.iter().enumerate() {
        let code = usize::try_from(first).unwrap_or(usize::MAX).saturating_add(at);
        if let Some(slot) = widths.get_mut(code) {
            let width = file.resolve(width.clone())?;
            *slot = width.as_number().unwrap_or(missing);
        }
    }
    Ok(widths)
}

impl Composite {
    fn read(
        file: &File<'_>,
        dictionary: &Dictionary,
        descendant: &Dictionary,
        descriptor: Option<&Dictionary>,
        to_unicode: &Cmap,
    ) -> Result<Self, IngestError> {
        let mut codes_are_unicode = false;
        let codes = match file.lookup(dictionary, "Encoding")? {
            Object::Stream(stream) => {
                let cmap = Cmap::read(&file.data(&stream)?.bytes, file.budget)?;
                if cmap.has_codespaces() { cmap } else { Cmap::two_bytes() }
            }
            Object::Name(name) => {
                codes_are_unicode = name.contains("UCS2") || name.contains("UTF16");
                Cmap::two_bytes()
            }
            _ => Cmap::two_bytes(),
        };
        let by_glyph = match descriptor {
            Some(descriptor) if !to_unicode.has_characters() && !codes_are_unicode => {
                font_program::characters(file, descriptor)?
            }
            _ => BTreeMap::new(),
        };
        let default_width = file.lookup(descendant, "DW")?.as_number().unwrap_or(1000.0);
        let mut widths = Vec::new();
        let given = file.lookup(descendant, "W")?;
        let mut items = given.as_array().unwrap_or_default().iter();
        while let Some(first) = items.next() {
            file.budget.tick()?;
            let first = file.resolve(first.clone())?.as_integer().and_then(|first| u32::try_from(first).ok());
            let (Some(first), Some(second)) = (first, items.next()) else { break };
            match file.resolve(second.clone())? {
                Object::Array(each) => {
                    for (glyph, width) in (first..).zip(each) {
                        if let Some(width) = file.resolve(width)?.as_number() {
                            widths.push((glyph, glyph, width));
                        }
                    }
                }
                last => {
                    let width = items.next().cloned().unwrap_or_default();
                    let width = file.resolve(width)?.as_number();
                    if let (Some(last), Some(width)) =
                        (last.as_integer().and_then(|last| u32::try_from(last).ok()), width)
                    {
                        widths.push((first, last, width));
                    }
                }
            }
        }
        widths.sort_by_key(|(first, ..)| *first);
        Ok(Self { codes, codes_are_unicode, by_glyph, widths, default_width })
    }

    fn width(&self, glyph: u32) -> f64 {
        let after = self.widths.partition_point(|(first, ..)| *first <= glyph);
        let found = self.widths[..after].last().filter(|(_, last, _)| glyph <= *last);
        found.map_or(self.default_width, |(.., width)| *width)
    }
}

fn by_font_name(name: &str) -> Option<BaseEncoding> {
    let name = name.split('+').next_back().unwrap_or(name);
    match name {
        "Symbol" | "SymbolMT" => Some(BaseEncoding::Symbol),
        "ZapfDingbats" => Some(BaseEncoding::ZapfDingbats),
        _ => None,
    }
}

fn is_heavy(file: &File<'_>, name: &str, descriptor: Option<&Dictionary>) -> Result<bool, IngestError> {
    let name = name.to_ascii_lowercase();
    if ["bold", "black", "heavy"].iter().any(|part| name.contains(part)) {
        return Ok(true);
    }
    let Some(descriptor) = descriptor else { return Ok(false) };
    let flags = file.lookup(descriptor, "Flags")?.as_integer().unwrap_or(0);
    let weight = file.lookup(descriptor, "FontWeight")?.as_number().unwrap_or(400.0);
    Ok(flags & 1 << 18 != 0 || weight >= 600.0)
}

fn is_useless(text: &str) -> bool {
    text.is_empty() || text.chars().all(|character| character.is_control() || character == '\u{fffd}')
}

fn is_private(character: char) -> bool {
    ('\u{e000}'..='\u{f8ff}').contains(&character)
}

/// `character`, or what stands for it in text: symbol fonts put their bullets into private use.
fn shown(character: char) -> char {
    match character {
        '\u{f0e0}' => '→',
        '\u{f0fc}' => '✓',
        '\u{f020}' => ' ',
        '\u{f021}'..='\u{f0ff}' => '•',
        '\u{a0}' | '\t' | '\r' | '\n' => ' ',
        other => other,
    }
}
