//! Character maps: from the codes of a font to characters, or to the numbers of its glyphs.

use std::collections::BTreeMap;

use super::super::error::IngestError;
use super::super::limits::Budget;
use super::object::Object;
use super::syntax::{Item, Scanner};

/// A character map.
#[derive(Debug, Clone, Default)]
pub(super) struct Cmap {
    /// Lengths and ranges of valid codes.
    codespaces: Vec<(usize, u32, u32)>,
    /// Characters of single codes.
    characters: BTreeMap<u32, String>,
    /// First code, last code, first character.
    ranges: Vec<(u32, u32, u32)>,
    /// First code, last code, first glyph.
    glyphs: Vec<(u32, u32, u32)>,
}

/// More entries than there are characters are damage.
const MAX_ENTRIES: usize = 200_000;

impl Cmap {
    /// The map of a font whose codes are the numbers of its glyphs, two bytes each.
    pub(super) fn two_bytes() -> Self {
        Self { codespaces: vec![(2, 0, 0xffff)], ..Self::default() }
    }

    /// The map of codes that are characters of the basic plane themselves.
    pub(super) fn identity() -> Self {
        Self { ranges: vec![(0, 0xffff, 0)], ..Self::default() }
    }

    /// Reads a map.
    pub(super) fn read(bytes: &[u8], budget: &Budget) -> Result<Self, IngestError> {
        let mut cmap = Self::default();
        let mut scanner = Scanner::new(bytes, 0);
        let mut operands: Vec<Object> = Vec::new();
        while let Some(item) = scanner.item() {
            budget.tick()?;
            match item {
                Item::Operand(operand) => {
                    if operands.len() < MAX_ENTRIES {
                        operands.push(operand);
                    }
                }
                Item::Keyword(word) => {
                    match word {
                        b"endcodespacerange" => cmap.codespaces(&operands),
                        b"endbfchar" => cmap.single_characters(&operands),
                        b"endbfrange" => cmap.character_ranges(&operands),
                        b"endcidchar" => cmap.single_glyphs(&operands),
                        b"endcidrange" => cmap.glyph_ranges(&operands),
                        _ => {}
                    }
                    operands.clear();
                }
            }
            if cmap.characters.len() + cmap.ranges.len() + cmap.glyphs.len() > MAX_ENTRIES {
                break;
            }
        }
        cmap.ranges.sort_unstable();
        cmap.glyphs.sort_unstable();
        Ok(cmap)
    }

    /// Whether it says anything about characters.
    pub(super) fn has_characters(&self) -> bool {
        !self.characters.is_empty() || !self.ranges.is_empty()
    }

    /// The next code of `bytes` and its length in bytes, which is at least one.
    pub(super) fn next_code(&self, bytes: &[u8]) -> (u32, usize) {
        let mut code = 0;
        for (at, byte) in bytes.iter().take(4).enumerate() {
            code = code << 8 | u32::from(*byte);
            let length = at + 1;
            if self.codespaces.iter().any(|(n, low, high)| *n == length && is_within(code, *low, *high, length)) {
                return (code, length);
            }
        }
        // No valid code: as many bytes as the shortest ones have.
        let length = self.codespaces.iter().map(|(n, ..)| *n).min().unwrap_or(1).clamp(1, bytes.len().max(1));
        let code = bytes.iter().take(length).fold(0, |code, byte| code << 8 | u32::from(*byte));
        (code, length)
    }

    /// Whether codes are said to have some length.
    pub(super) fn has_codespaces(&self) -> bool {
        !self.codespaces.is_empty()
    }

    /// The characters of `code`.
    pub(super) fn characters(&self, code: u32) -> Option<String> {
        if let Some(characters) = self.characters.get(&code) {
            return Some(characters.clone());
        }
        in_ranges(&self.ranges, code).and_then(char::from_u32).map(String::from)
    }

    /// The number of the glyph of `code`: the code itself where the map says nothing.
    pub(super) fn glyph(&self, code: u32) -> u32 {
        in_ranges(&self.glyphs, code).unwrap_or(code)
    }

    fn codespaces(&mut self, operands: &[Object]) {
        for pair in operands.chunks_exact(2) {
            if let [Object::String(low), Object::String(high)] = pair
                && (1..=4).contains(&low.len())
                && self.codespaces.len() < 1000
            {
                self.codespaces.push((low.len(), number(low), number(high)));
            }
        }
    }

    fn single_characters(&mut self, operands: &[Object]) {
        for pair in operands.chunks_exact(2) {
            let Object::String(code) = &pair[0] else { continue };
            let characters = match &pair[1] {
                Object::String(characters) => utf16(characters),
                Object::Name(name) => super::glyph_names::meaning(name),
                _ => None,
            };
            if let Some(characters) = characters {
                self.characters.insert(number(code), characters);
            }
        }
    }

    fn character_ranges(&mut self, operands: &[Object]) {
        for triple in operands.chunks_exact(3) {
            let [Object::String(low), Object::String(high), to] = triple else { continue };
            let (low, high) = (number(low), number(high));
            match to {
                // A range of the plane may begin with a NUL that no text shows.
                Object::String(first) if first.len() <= 2 => self.ranges.push((low, high, number(first))),
                Object::String(first) => {
                    let Some(first) = utf16(first) else { continue };
                    let mut characters = first.chars();
                    if let (Some(only), None) = (characters.next(), characters.next()) {
                        self.ranges.push((low, high, u32::from(only)));
                    } else {
                        self.count_up(low, high, &first);
                    }
                }
                Object::Array(each) => {
                    for (code, characters) in (low..=high).zip(each) {
                        if let Some(characters) = characters.as_string().and_then(utf16) {
                            self.characters.insert(code, characters);
                        }
                    }
                }
                _ => {}
            }
        }
    }

    /// A range that begins with several characters counts up the last of them.
    fn count_up(&mut self, low: u32, high: u32, first: &str) {
        if self.characters.len() > MAX_ENTRIES {
            return;
        }
        let Some((at, last)) = first.char_indices().next_back() else { return };
        for code in low..=high.min(low.saturating_add(255)) {
            if let Some(last) = char::from_u32(u32::from(last) + (code - low)) {
                self.characters.insert(code, format!("{}{last}", &first[..at]));
            }
        }
    }

    fn single_glyphs(&mut self, operands: &[Object]) {
        for pair in operands.chunks_exact(2) {
            if let (Object::String(code), Some(glyph)) = (&pair[0], pair[1].as_integer()) {
                let code = number(code);
                self.glyphs.push((code, code, u32::try_from(glyph).unwrap_or(0)));
            }
        }
    }

    fn glyph_ranges(&mut self, operands: &[Object]) {
        for triple in operands.chunks_exact(3) {
            if let (Object::String(low), Object::String(high), Some(glyph)) =
                (&triple[0], &triple[1], triple[2].as_integer())
            {
                self.glyphs.push((number(low), number(high), u32::try_from(glyph).unwrap_or(0)));
            }
        }
    }
}

/// Whether each byte of `code` lies in the range of that byte.
fn is_within(code: u32, low: u32, high: u32, length: usize) -> bool {
    (0..length).all(|at| {
        let byte = |number: u32| number >> (8 * at) & 0xff;
        (byte(low)..=byte(high)).contains(&byte(code))
    })
}

fn in_ranges(ranges: &[(u32, u32, u32)], code: u32) -> Option<u32> {
    let after = ranges.partition_point(|(low, ..)| *low <= code);
    // Ranges of damaged files overlap; the nearest few are enough to look at.
    let near = ranges[..after].iter().rev().take(4);
    near.into_iter().find(|(_, high, _)| code <= *high).map(|(low, _, to)| to.saturating_add(code - low))
}

fn number(bytes: &[u8]) -> u32 {
    bytes.iter().take(4).fold(0, |value, byte| value << 8 | u32::from(*byte))
}

/// Characters in UTF-16, most significant byte first; a single byte stands for itself.
fn utf16(bytes: &[u8]) -> Option<String> {
    if let [byte] = bytes {
        return Some(char::from(*byte).to_string());
    }
    let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
    let text = String::from_utf16_lossy(&units);
    (!text.is_empty() && !text.contains(['\0', '\u{fffd}'])).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::super::super::format::Format;
    use super::super::super::limits::Limits;
    use super::*;

    fn read(text: &str) -> Cmap {
        let budget = Budget::new(Limits::DEFAULT, Format::Pdf, 0, None);
        Cmap::read(text.as_bytes(), &budget).expect("within limits")
    }

    #[test]
    fn maps_of_characters() {
        let cmap = read(
            "1 begincodespacerange <0000> <FFFF> endcodespacerange 2 beginbfchar <0003> <0020> <0005> <00660069> endbfchar\n\
             3 beginbfrange <0010> <0012> <0041> <0020> <0021> [<00E6> <00F8>] <0030> <0031> <00410042> endbfrange",
        );
        let expected = [(3, " "), (5, "fi"), (0x11, "B"), (0x21, "ø"), (0x31, "AC")];
        for (code, characters) in expected {
            assert_eq!(cmap.characters(code).as_deref(), Some(characters), "{code}");
        }
        assert_eq!(cmap.characters(0x13), None);
        assert_eq!(cmap.next_code(b"\x00\x11\x00"), (0x11, 2));
        assert_eq!(cmap.next_code(b"\x11"), (0x11, 1));
    }

    #[test]
    fn codes_of_several_lengths() {
        let cmap = read(
            "2 begincodespacerange <00> <80> <8140> <9ffc> endcodespacerange 1 begincidrange <00> <20> 5 endcidrange",
        );
        assert_eq!(cmap.next_code(b"\x20\x81"), (0x20, 1));
        assert_eq!(cmap.next_code(b"\x81\x50"), (0x8150, 2));
        assert_eq!(cmap.glyph(1), 6);
        assert_eq!(cmap.glyph(0x8150), 0x8150);
    }
}
