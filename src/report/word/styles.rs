//! What the report looks like: Word's own styles by their own names, so that a template can take over.

use super::xml::Xml;

pub(super) const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// The style of texts in table cells.
pub(super) const CELL: &str = "TableText";
/// The style of names over columns.
pub(super) const HEADER: &str = "TableHeader";
/// The style of small print below tables.
pub(super) const NOTE: &str = "Note";
/// The style of what must not be overlooked.
pub(super) const NOTICE: &str = "Notice";

const INK: &str = "1F3A4D";
const GREY: &str = "595959";

/// A paragraph style.
struct Style {
    id: &'static str,
    name: &'static str,
    based_on: &'static str,
    next: &'static str,
    /// Space before and after, in twentieths of a point.
    space: (u32, u32),
    /// Type size in half points; 0 for that of the text.
    size: u32,
    color: &'static str,
    bold: bool,
    italic: bool,
    /// Outline level from 0 of a heading.
    outline: Option<u8>,
    /// Moved in from the left and the right, in twentieths of a point.
    indent: (u32, u32),
    keep_next: bool,
}

const BODY: Style = Style {
    id: "",
    name: "",
    based_on: "Normal",
    next: "Normal",
    space: (0, 120),
    size: 0,
    color: "",
    bold: false,
    italic: false,
    outline: None,
    indent: (0, 0),
    keep_next: false,
};

const fn heading(id: &'static str, name: &'static str, level: u8, size: u32, before: u32) -> Style {
    Style {
        id,
        name,
        space: (before, 100),
        size,
        color: INK,
        bold: true,
        outline: Some(level),
        keep_next: true,
        ..BODY
    }
}

const STYLES: [Style; 17] = [
    Style { id: "Title", name: "Title", space: (0, 80), size: 52, color: INK, bold: true, ..BODY },
    Style { id: "Subtitle", name: "Subtitle", space: (0, 240), size: 24, color: GREY, ..BODY },
    heading("Heading1", "heading 1", 0, 32, 400),
    heading("Heading2", "heading 2", 1, 26, 300),
    heading("Heading3", "heading 3", 2, 23, 220),
    Style {
        id: "Caption",
        name: "caption",
        space: (200, 80),
        size: 19,
        color: INK,
        bold: true,
        keep_next: true,
        ..BODY
    },
    Style { id: "Quote", name: "Quote", space: (60, 20), indent: (397, 397), italic: true, keep_next: true, ..BODY },
    Style { id: "Citation", name: "Citation", space: (0, 140), indent: (397, 397), size: 18, color: GREY, ..BODY },
    Style { id: "ListBullet", name: "List Bullet", space: (0, 60), ..BODY },
    Style { id: NOTE, name: "Note", space: (60, 160), size: 18, color: GREY, next: "Normal", ..BODY },
    Style { id: NOTICE, name: "Notice", space: (80, 160), indent: (170, 170), ..BODY },
    Style { id: CELL, name: "Table Text", space: (20, 20), size: 18, next: CELL, ..BODY },
    Style { id: HEADER, name: "Table Header", space: (20, 20), size: 16, bold: true, next: HEADER, ..BODY },
    Style {
        id: "TOCHeading",
        name: "TOC Heading",
        space: (300, 100),
        size: 26,
        color: INK,
        bold: true,
        keep_next: true,
        ..BODY
    },
    Style { id: "TOC1", name: "toc 1", space: (60, 20), ..BODY },
    Style { id: "TOC2", name: "toc 2", space: (0, 20), indent: (284, 0), ..BODY },
    Style { id: "Footer", name: "footer", space: (0, 0), size: 18, color: GREY, ..BODY },
];

/// `word/styles.xml` for a report in the language `tag`.
pub(super) fn styles(tag: &str) -> String {
    let mut xml = Xml::new();
    xml.open("w:styles", &[("xmlns:w", WORD)]);
    defaults(&mut xml, tag);
    xml.open("w:style", &[("w:type", "paragraph"), ("w:default", "1"), ("w:styleId", "Normal")]);
    xml.value("w:name", "Normal");
    xml.empty("w:qFormat", &[]);
    xml.close();
    STYLES.iter().for_each(|style| paragraph_style(&mut xml, style));
    character_styles(&mut xml);
    table_styles(&mut xml);
    xml.open("w:style", &[("w:type", "numbering"), ("w:default", "1"), ("w:styleId", "NoList")]);
    xml.value("w:name", "No List");
    xml.close();
    xml.finish()
}

fn defaults(xml: &mut Xml, tag: &str) {
    xml.open("w:docDefaults", &[]);
    xml.open("w:rPrDefault", &[]);
    xml.open("w:rPr", &[]);
    let font = "Calibri";
    xml.empty("w:rFonts", &[("w:ascii", font), ("w:hAnsi", font), ("w:eastAsia", font), ("w:cs", font)]);
    xml.value("w:sz", "22");
    xml.value("w:szCs", "22");
    xml.empty("w:lang", &[("w:val", tag), ("w:eastAsia", tag), ("w:bidi", "ar-SA")]);
    xml.close();
    xml.close();
    xml.open("w:pPrDefault", &[]);
    xml.open("w:pPr", &[]);
    xml.empty("w:spacing", &[("w:after", "120"), ("w:line", "264"), ("w:lineRule", "auto")]);
    xml.close();
    xml.close();
    xml.close();
}

fn paragraph_style(xml: &mut Xml, style: &Style) {
    let is_custom = ["Citation", NOTE, NOTICE, CELL, HEADER].contains(&style.id);
    let custom: &[(&str, &str)] = if is_custom { &[("w:customStyle", "1")] } else { &[] };
    xml.open("w:style", &[&[("w:type", "paragraph"), ("w:styleId", style.id)], custom].concat());
    xml.value("w:name", style.name);
    xml.value("w:basedOn", style.based_on);
    xml.value("w:next", style.next);
    xml.empty("w:qFormat", &[]);
    xml.open("w:pPr", &[]);
    if style.keep_next {
        xml.empty("w:keepNext", &[]);
        xml.empty("w:keepLines", &[]);
    }
    match style.id {
        "ListBullet" => {
            xml.open("w:numPr", &[]);
            xml.value("w:numId", "1");
            xml.close();
        }
        NOTICE => {
            xml.open("w:pBdr", &[]);
            let border = [("w:val", "single"), ("w:sz", "24"), ("w:space", "8"), ("w:color", "C8641B")];
            xml.empty("w:left", &border);
            xml.close();
        }
        _ => {}
    }
    xml.empty("w:spacing", &[("w:before", &style.space.0.to_string()), ("w:after", &style.space.1.to_string())]);
    if style.indent != (0, 0) {
        xml.empty("w:ind", &[("w:left", &style.indent.0.to_string()), ("w:right", &style.indent.1.to_string())]);
    }
    if style.id == "Footer" {
        xml.value("w:jc", "center");
    }
    if let Some(level) = style.outline {
        xml.value("w:outlineLvl", &level.to_string());
    }
    xml.close();
    xml.open("w:rPr", &[]);
    if style.bold {
        xml.empty("w:b", &[]);
    }
    if style.italic {
        xml.empty("w:i", &[]);
    }
    if !style.color.is_empty() {
        xml.value("w:color", style.color);
    }
    if style.size > 0 {
        xml.value("w:sz", &style.size.to_string());
        xml.value("w:szCs", &style.size.to_string());
    }
    xml.close();
    xml.close();
}

fn character_styles(xml: &mut Xml) {
    xml.open("w:style", &[("w:type", "character"), ("w:default", "1"), ("w:styleId", "DefaultParagraphFont")]);
    xml.value("w:name", "Default Paragraph Font");
    xml.close();
    xml.open("w:style", &[("w:type", "character"), ("w:styleId", "Strong")]);
    xml.value("w:name", "Strong");
    xml.empty("w:qFormat", &[]);
    xml.open("w:rPr", &[]);
    xml.empty("w:b", &[]);
    xml.close();
    xml.close();
    xml.open("w:style", &[("w:type", "character"), ("w:styleId", "Hyperlink")]);
    xml.value("w:name", "Hyperlink");
    xml.open("w:rPr", &[]);
    xml.value("w:color", "1F5F99");
    xml.close();
    xml.close();
}

fn table_styles(xml: &mut Xml) {
    xml.open("w:style", &[("w:type", "table"), ("w:default", "1"), ("w:styleId", "TableNormal")]);
    xml.value("w:name", "Normal Table");
    xml.open("w:tblPr", &[]);
    margins(xml, 108);
    xml.close();
    xml.close();
    xml.open("w:style", &[("w:type", "table"), ("w:styleId", "TableGrid")]);
    xml.value("w:name", "Table Grid");
    xml.value("w:basedOn", "TableNormal");
    xml.open("w:tblPr", &[]);
    xml.open("w:tblBorders", &[]);
    for side in ["w:top", "w:left", "w:bottom", "w:right", "w:insideH", "w:insideV"] {
        xml.empty(side, &[("w:val", "single"), ("w:sz", "4"), ("w:space", "0"), ("w:color", "BFC8CE")]);
    }
    xml.close();
    margins(xml, 45);
    xml.close();
    xml.open("w:tblStylePr", &[("w:type", "firstRow")]);
    xml.open("w:rPr", &[]);
    xml.empty("w:b", &[]);
    xml.close();
    xml.open("w:tcPr", &[]);
    xml.empty("w:shd", &[("w:val", "clear"), ("w:color", "auto"), ("w:fill", "E9EEF1")]);
    xml.close();
    xml.close();
    xml.close();
}

fn margins(xml: &mut Xml, side: u32) {
    xml.open("w:tblCellMar", &[]);
    for (name, width) in [("w:top", 0), ("w:left", side), ("w:bottom", 0), ("w:right", side)] {
        xml.empty(name, &[("w:w", &width.to_string()), ("w:type", "dxa")]);
    }
    xml.close();
}
