//! The archive: a fixed order and no clock, so that the same report is the same bytes.

use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::body;
use super::chart::{ChartError, Parts, parts};
use super::styles::{WORD, styles};
use super::xml::Xml;
use crate::report::paper::{Chart, Paper, Part};

const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const MAIN: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";
const DRAWING: &str = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml";
const WORKBOOK: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
/// The time that the file says it was made at.
const MADE: &str = "2000-01-01T00:00:00Z";

/// The report as a Word file.
///
/// # Errors
/// When a chart cannot be made, which would be a bug of ours.
pub fn docx(paper: &Paper) -> std::io::Result<Vec<u8>> {
    write(paper).map_err(std::io::Error::other)
}

fn write(paper: &Paper) -> Result<Vec<u8>, ChartError> {
    let charts: Vec<&Chart> = paper
        .parts
        .iter()
        .filter_map(|part| match part {
            Part::Chart(chart) => Some(chart),
            _ => None,
        })
        .collect();
    let mut archive = Archive { zip: ZipWriter::new(Cursor::new(Vec::new())) };
    archive.add("[Content_Types].xml", content_types(charts.len()).as_bytes())?;
    archive.add("_rels/.rels", package_relations().as_bytes())?;
    archive.add("docProps/core.xml", core(paper).as_bytes())?;
    archive.add("docProps/app.xml", application().as_bytes())?;
    archive.add("word/document.xml", body::document(paper).as_bytes())?;
    archive.add("word/styles.xml", styles(paper.tag).as_bytes())?;
    archive.add("word/numbering.xml", numbering().as_bytes())?;
    archive.add("word/settings.xml", settings(paper.tag).as_bytes())?;
    archive.add("word/footer.xml", footer().as_bytes())?;
    archive.add("word/_rels/document.xml.rels", document_relations(charts.len()).as_bytes())?;
    for (number, chart) in (1..).zip(charts) {
        let Parts { xml, workbook } = parts(chart, paper.tag)?;
        let data = format!("../embeddings/chart{number}.xlsx");
        archive.add(&format!("word/charts/chart{number}.xml"), xml.as_bytes())?;
        let relations = relations(&[("data", "package", &data)]);
        archive.add(&format!("word/charts/_rels/chart{number}.xml.rels"), relations.as_bytes())?;
        archive.add(&format!("word/embeddings/chart{number}.xlsx"), &workbook)?;
    }
    Ok(archive.zip.finish()?.into_inner())
}

struct Archive {
    zip: ZipWriter<Cursor<Vec<u8>>>,
}

impl Archive {
    fn add(&mut self, name: &str, content: &[u8]) -> Result<(), ChartError> {
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::DEFAULT);
        self.zip.start_file(name, options)?;
        self.zip.write_all(content)?;
        Ok(())
    }
}

fn content_types(n_charts: usize) -> String {
    let mut xml = Xml::new();
    xml.open("Types", &[("xmlns", "http://schemas.openxmlformats.org/package/2006/content-types")]);
    for (extension, kind) in [
        ("rels", "application/vnd.openxmlformats-package.relationships+xml"),
        ("xml", "application/xml"),
        ("xlsx", WORKBOOK),
    ] {
        xml.empty("Default", &[("Extension", extension), ("ContentType", kind)]);
    }
    let mut part = |name: &str, kind: &str| xml.empty("Override", &[("PartName", name), ("ContentType", kind)]);
    part("/word/document.xml", &format!("{MAIN}.document.main+xml"));
    part("/word/styles.xml", &format!("{MAIN}.styles+xml"));
    part("/word/numbering.xml", &format!("{MAIN}.numbering+xml"));
    part("/word/settings.xml", &format!("{MAIN}.settings+xml"));
    part("/word/footer.xml", &format!("{MAIN}.footer+xml"));
    part("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml");
    part("/docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml");
    (1..=n_charts).for_each(|number| part(&format!("/word/charts/chart{number}.xml"), DRAWING));
    xml.finish()
}

/// Relations by name, kind and target.
fn relations(all: &[(&str, &str, &str)]) -> String {
    let mut xml = Xml::new();
    xml.open("Relationships", &[("xmlns", PACKAGE)]);
    for (id, kind, target) in all {
        // The file's properties are older than the office formats' own relations.
        let kind = match *kind {
            "core" => {
                "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties".to_owned()
            }
            other => format!("{OFFICE}/{other}"),
        };
        xml.empty("Relationship", &[("Id", id), ("Type", &kind), ("Target", target)]);
    }
    xml.finish()
}

fn package_relations() -> String {
    relations(&[
        ("document", "officeDocument", "word/document.xml"),
        ("core", "core", "docProps/core.xml"),
        ("app", "extended-properties", "docProps/app.xml"),
    ])
}

fn document_relations(n_charts: usize) -> String {
    let charts: Vec<(String, String)> =
        (1..=n_charts).map(|number| (format!("chart{number}"), format!("charts/chart{number}.xml"))).collect();
    let mut all = vec![
        ("styles", "styles", "styles.xml"),
        ("numbering", "numbering", "numbering.xml"),
        ("settings", "settings", "settings.xml"),
        ("footer", "footer", "footer.xml"),
    ];
    all.extend(charts.iter().map(|(id, target)| (id.as_str(), "chart", target.as_str())));
    relations(&all)
}

fn core(paper: &Paper) -> String {
    let mut xml = Xml::new();
    xml.open(
        "cp:coreProperties",
        &[
            ("xmlns:cp", "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"),
            ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
            ("xmlns:dcterms", "http://purl.org/dc/terms/"),
            ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
        ],
    );
    xml.leaf("dc:title", &[], &paper.title);
    xml.leaf("dc:creator", &[], "temakart");
    xml.leaf("dc:language", &[], paper.tag);
    xml.leaf("dcterms:created", &[("xsi:type", "dcterms:W3CDTF")], MADE);
    xml.leaf("dcterms:modified", &[("xsi:type", "dcterms:W3CDTF")], MADE);
    xml.finish()
}

fn application() -> String {
    let mut xml = Xml::new();
    let namespace = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties";
    xml.open("Properties", &[("xmlns", namespace)]);
    xml.leaf("Application", &[], "temakart");
    xml.finish()
}

fn settings(tag: &str) -> String {
    let mut xml = Xml::new();
    xml.open("w:settings", &[("xmlns:w", WORD)]);
    xml.empty("w:zoom", &[("w:percent", "100")]);
    xml.open("w:compat", &[]);
    xml.empty(
        "w:compatSetting",
        &[("w:name", "compatibilityMode"), ("w:uri", "http://schemas.microsoft.com/office/word"), ("w:val", "15")],
    );
    xml.close();
    xml.empty("w:themeFontLang", &[("w:val", tag)]);
    xml.value("w:decimalSymbol", if tag.starts_with("en") { "." } else { "," });
    xml.value("w:listSeparator", if tag.starts_with("en") { "," } else { ";" });
    xml.finish()
}

/// Bullets of lists.
fn numbering() -> String {
    let mut xml = Xml::new();
    xml.open("w:numbering", &[("xmlns:w", WORD)]);
    xml.open("w:abstractNum", &[("w:abstractNumId", "0")]);
    xml.value("w:multiLevelType", "singleLevel");
    xml.open("w:lvl", &[("w:ilvl", "0")]);
    xml.value("w:start", "1");
    xml.value("w:numFmt", "bullet");
    xml.value("w:pStyle", "ListBullet");
    xml.value("w:lvlText", "•");
    xml.value("w:lvlJc", "left");
    xml.open("w:pPr", &[]);
    xml.empty("w:ind", &[("w:left", "360"), ("w:hanging", "260")]);
    xml.close();
    xml.close();
    xml.close();
    xml.open("w:num", &[("w:numId", "1")]);
    xml.value("w:abstractNumId", "0");
    xml.finish()
}

/// The page's number.
fn footer() -> String {
    let mut xml = Xml::new();
    xml.open("w:ftr", &[("xmlns:w", WORD)]);
    xml.open("w:p", &[]);
    xml.open("w:pPr", &[]);
    xml.value("w:pStyle", "Footer");
    xml.close();
    xml.open("w:fldSimple", &[("w:instr", " PAGE ")]);
    xml.open("w:r", &[]);
    xml.leaf("w:t", &[], "1");
    xml.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::paper::{ChartKind, Grid, GridCell, GridRow, Head, Orientation, Run, Series};

    fn paper() -> Paper {
        let row = |label: &str, shade: u8| GridRow {
            cells: vec![
                GridCell { link: Some("kode-løft".to_owned()), ..GridCell::text(label) },
                GridCell { shade, ..GridCell::text("3,14") },
                GridCell { shade: 5, ..GridCell::text("12\u{202f}000") },
            ],
            is_strong: false,
        };
        let table = Grid {
            caption: "Omtaler per 1000 ord".to_owned(),
            groups: vec![Head { text: String::new(), columns: 1 }, Head { text: "Øya".to_owned(), columns: 2 }],
            header: ["Kode", "Start", "Slutt"].map(str::to_owned).to_vec(),
            widths: vec![4, 1, 1],
            left: Vec::new(),
            rows: vec![row("Løft", 1), row("=1+1", 3)],
            key: None,
        };
        let chart = |kind| Chart {
            caption: "Endring fra start til slutt".to_owned(),
            alternative: "Stolper".to_owned(),
            kind,
            unit: "per 1000 ord".to_owned(),
            categories: vec!["Løft".to_owned(), "=1+1".to_owned()],
            series: vec![
                Series { name: "Start".to_owned(), values: vec![Some(1.5), None] },
                Series { name: "Slutt".to_owned(), values: vec![Some(2.25), Some(0.5)] },
            ],
        };
        Paper {
            tag: "nb-NO",
            title: "Øya <b>".to_owned(),
            subtitle: "Temarapport".to_owned(),
            contents: "Innhold",
            table: "Tabell",
            figure: "Figur",
            parts: vec![
                Part::Heading(1, "Materialet".to_owned(), Some("material".to_owned())),
                Part::Paragraph(vec![Run::plain("Et \u{1}avsnitt med "), Run::strong("</w:t> & tegn")]),
                Part::List(vec![vec![Run::plain("ett punkt")]]),
                Part::Notice(vec![Run::plain("Det må leseren vite")]),
                Part::Chart(chart(ChartKind::Bars)),
                Part::Turn(Orientation::Landscape),
                Part::Table(table),
                Part::Chart(chart(ChartKind::Lines)),
                Part::Turn(Orientation::Portrait),
                Part::Heading(2, "Løft".to_owned(), Some("kode-løft".to_owned())),
                Part::Quote {
                    passage: vec![Run::plain("Vi "), Run::strong("løftet"), Run::plain(" i lag.")],
                    citation: "01.txt, linje 3".to_owned(),
                },
            ],
        }
    }

    /// The names and texts of the parts of a Word file.
    fn unpacked(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
        use std::io::Read as _;
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let names: Vec<String> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
        let mut read = |name: String| {
            let mut content = Vec::new();
            archive.by_name(&name).unwrap().read_to_end(&mut content).unwrap();
            (name, content)
        };
        names.into_iter().map(&mut read).collect()
    }

    #[test]
    fn every_part_is_sound_xml_and_every_relation_leads_somewhere() {
        let parts = unpacked(&docx(&paper()).unwrap());
        for (name, content) in parts.iter().filter(|(name, _)| name.ends_with(".xml") || name.ends_with(".rels")) {
            let text = String::from_utf8(content.clone()).unwrap();
            let mut reader = quick_xml::Reader::from_str(&text);
            loop {
                match reader.read_event() {
                    Ok(quick_xml::events::Event::Eof) => break,
                    Ok(_) => {}
                    Err(error) => panic!("{name}: {error}"),
                }
            }
            for target in text.split("Target=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
                let target = target.trim_start_matches("../");
                assert!(parts.iter().any(|(part, _)| part.ends_with(target)), "{name} leads to `{target}`");
            }
        }
        let text_of =
            |part: &str| String::from_utf8_lossy(&parts.iter().find(|(name, _)| name == part).unwrap().1).into_owned();
        assert!(text_of("word/document.xml").contains("&lt;/w:t&gt; &amp; tegn"));
        let chart = text_of("word/charts/chart1.xml");
        assert!(chart.contains("<c:externalData r:id=\"data\">") && chart.contains("<c:v>2.25</c:v>"), "{chart}");
    }

    #[test]
    fn the_same_report_is_the_same_bytes() {
        assert!(docx(&paper()).unwrap() == docx(&paper()).unwrap());
    }
}
