//! For tests: workbooks.

use std::io::{Cursor, Write};

use zip::{ZipWriter, write::SimpleFileOptions};

const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const SHEETS: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

/// Parts by their kind, called `r1` and so on.
fn relations(parts: &[(&str, &str)]) -> String {
    let relation = |(number, (kind, target)): (usize, &(&str, &str))| {
        format!(r#"<Relationship Id="r{number}" Type="{RELATIONS}/{kind}" Target="{target}"/>"#)
    };
    let all: String = (1..).zip(parts).map(relation).collect();
    format!(r#"<Relationships xmlns="{PACKAGE}/relationships">{all}</Relationships>"#)
}

/// A workbook with one sheet, whose cells are `sheet_data` in the format's own XML.
pub(crate) fn workbook(sheet_data: &str) -> Vec<u8> {
    let types = r#"<Default Extension="xml" ContentType="application/xml"/>"#;
    let files = [
        ("[Content_Types].xml", format!(r#"<Types xmlns="{PACKAGE}/content-types">{types}</Types>"#)),
        ("_rels/.rels", relations(&[("officeDocument", "xl/workbook.xml")])),
        ("xl/_rels/workbook.xml.rels", relations(&[("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml")])),
        (
            "xl/workbook.xml",
            format!(
                r#"<workbook xmlns="{SHEETS}" xmlns:r="{RELATIONS}"><sheets><sheet name="Ark1" sheetId="1" r:id="r1"/></sheets></workbook>"#
            ),
        ),
        (
            "xl/styles.xml",
            format!(
                r#"<styleSheet xmlns="{SHEETS}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>"#
            ),
        ),
        (
            "xl/worksheets/sheet1.xml",
            format!(r#"<worksheet xmlns="{SHEETS}"><sheetData>{sheet_data}</sheetData></worksheet>"#),
        ),
    ];
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        writer.start_file(name, SimpleFileOptions::default()).expect("memory can be written to");
        let text = format!(r#"<?xml version="1.0"?>{text}"#);
        writer.write_all(text.as_bytes()).expect("memory can be written to");
    }
    writer.finish().expect("memory can be written to").into_inner()
}

/// A cell of text at `place` (`B2`).
pub(crate) fn text_cell(place: &str, text: &str) -> String {
    format!(r#"<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>"#)
}
