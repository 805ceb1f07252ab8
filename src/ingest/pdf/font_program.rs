//! What embedded font programs say where the PDF itself says nothing: old or careless files only.

use std::collections::BTreeMap;

use super::super::error::IngestError;
use super::file::File;
use super::glyph_names;
use super::object::{Dictionary, Object};

/// The characters of the 256 codes by the font's own encoding; `None` when it has none that can be read.
pub(super) fn encoding(file: &File<'_>, descriptor: &Dictionary) -> Result<Option<Vec<Option<String>>>, IngestError> {
    if let Object::Stream(stream) = file.lookup(descriptor, "FontFile")? {
        return Ok(type1_encoding(&file.data(&stream)?.bytes));
    }
    if let Object::Stream(stream) = file.lookup(descriptor, "FontFile3")? {
        let bytes = file.data(&stream)?.bytes;
        let Some(table) = ttf_parser::cff::Table::parse(&bytes) else { return Ok(None) };
        let character = |code: u8| table.glyph_name(table.glyph_index(code)?).and_then(glyph_names::meaning);
        return Ok(Some((0..=255).map(character).collect()));
    }
    Ok(None)
}

/// `dup 65 /A put` lines of a Type 1 font, which stand in its readable part.
fn type1_encoding(bytes: &[u8]) -> Option<Vec<Option<String>>> {
    let end = memchr::memmem::find(bytes, b"eexec").unwrap_or(bytes.len());
    let start = memchr::memmem::find(&bytes[..end], b"/Encoding")?;
    let text = String::from_utf8_lossy(&bytes[start..end]);
    let mut characters = vec![None; 256];
    let mut is_empty = true;
    let mut words = text.split_ascii_whitespace();
    while let Some(word) = words.next() {
        match word {
            "dup" => {
                let code = words.next().and_then(|code| code.parse::<usize>().ok());
                let name = words.next().and_then(|name| name.strip_prefix('/'));
                if let (Some(slot), Some(name)) = (code.and_then(|code| characters.get_mut(code)), name) {
                    *slot = glyph_names::meaning(name);
                    is_empty = false;
                }
            }
            "def" if !is_empty => break,
            _ => {}
        }
    }
    (!is_empty).then_some(characters)
}

/// Characters by glyph number, from the font's map the other way round.
pub(super) fn characters(file: &File<'_>, descriptor: &Dictionary) -> Result<BTreeMap<u32, char>, IngestError> {
    let mut by_glyph = BTreeMap::new();
    let Object::Stream(stream) = file.lookup(descriptor, "FontFile2")? else { return Ok(by_glyph) };
    let bytes = file.data(&stream)?.bytes;
    let Ok(face) = ttf_parser::Face::parse(&bytes, 0) else { return Ok(by_glyph) };
    let Some(cmap) = face.tables().cmap else { return Ok(by_glyph) };
    for table in cmap.subtables {
        if !table.is_unicode() {
            continue;
        }
        table.codepoints(|code| {
            if let (Some(character), Some(glyph)) = (char::from_u32(code), table.glyph_index(code)) {
                by_glyph.entry(u32::from(glyph.0)).or_insert(character);
            }
        });
        file.budget.check_time()?;
    }
    Ok(by_glyph)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_readable_part_of_a_type_1_font() {
        let font = b"/FontName /X def /Encoding 256 array 0 1 255 {1 index exch /.notdef put} for\n\
                     dup 65 /A put dup 229 /aring put readonly def /x dup 66 /B put eexec dup 67 /C put";
        let encoding = type1_encoding(font).expect("an encoding");
        assert_eq!(encoding[65].as_deref(), Some("A"));
        assert_eq!(encoding[229].as_deref(), Some("å"));
        assert_eq!(encoding[67], None);
        assert_eq!(type1_encoding(b"/Encoding StandardEncoding def"), None);
    }
}
