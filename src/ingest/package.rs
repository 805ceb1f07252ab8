//! Which kind of document a zip archive holds, told by its entries, and the reader for it.

use super::archive::Archive;
use super::docx;
use super::epub;
use super::error::IngestError;
use super::extracted::Extracted;
use super::format::Format;
use super::limits::Budget;
use super::odt;
use super::survey::{self, Sheet, SurveyColumns};

/// Reads the document in the archive `bytes`.
pub(crate) fn read(
    bytes: &[u8],
    named: Option<Format>,
    columns: &SurveyColumns,
    budget: &Budget,
) -> Result<Extracted, IngestError> {
    budget.set_format(named.unwrap_or(Format::Docx));
    let mut archive = open(bytes, budget)?;
    match budget.format() {
        Format::Docx => docx::read(&mut archive, budget),
        Format::Odt => odt::read(&mut archive, budget),
        Format::Epub => epub::read(&mut archive, budget),
        Format::Xlsx | Format::Ods => survey::read_workbook(&mut archive, columns, budget),
        _ => unreachable!("`kind` names no other formats"),
    }
}

/// Reads the sheets of the workbook in the archive `bytes`.
pub(crate) fn read_sheets(bytes: &[u8], budget: &Budget) -> Result<Vec<Sheet>, IngestError> {
    let mut archive = open(bytes, budget)?;
    match budget.format() {
        Format::Xlsx | Format::Ods => survey::workbook(&mut archive, budget),
        _ => Err(budget.unreadable("it is not a table")),
    }
}

/// Opens the archive and corrects the budget's format by what is in it.
fn open<'doc>(bytes: &'doc [u8], budget: &'doc Budget) -> Result<Archive<'doc>, IngestError> {
    let mut archive = Archive::open(bytes, budget)?;
    let Some(format) = kind(&mut archive)? else {
        return Err(budget.unreadable("it is a zip archive, but contains no document"));
    };
    budget.set_format(format);
    Ok(archive)
}

fn kind(archive: &mut Archive<'_>) -> Result<Option<Format>, IngestError> {
    if let Some(mimetype) = archive.bytes("mimetype")? {
        let mimetype = String::from_utf8_lossy(&mimetype);
        for (start, format) in [
            ("application/vnd.oasis.opendocument.text", Format::Odt),
            ("application/vnd.oasis.opendocument.spreadsheet", Format::Ods),
            ("application/epub+zip", Format::Epub),
        ] {
            if mimetype.trim().starts_with(start) {
                return Ok(Some(format));
            }
        }
    }
    if archive.has("META-INF/container.xml") {
        return Ok(Some(Format::Epub));
    }
    let mut found = None;
    for name in archive.names() {
        let name = name.replace('\\', "/").to_ascii_lowercase();
        if name.starts_with("word/document") && name.ends_with(".xml") {
            return Ok(Some(Format::Docx));
        } else if name.starts_with("xl/workbook") {
            return Ok(Some(Format::Xlsx));
        } else if name == "content.xml" {
            found = Some(Format::Odt);
        }
    }
    Ok(found)
}
