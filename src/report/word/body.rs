//! `word/document.xml`: the parts of the report, one below the other.

use super::grid;
use super::styles::{NOTE, NOTICE, WORD};
use super::xml::Xml;
use crate::disk::sha256;
use crate::report::paper::{Chart, Orientation, Paper, Part, Run};

/// The relations that the document may name, and the drawings in it.
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const DRAWING: &str = "http://schemas.openxmlformats.org/drawingml/2006/main";
const IN_WORD: &str = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing";
const CHART: &str = "http://schemas.openxmlformats.org/drawingml/2006/chart";

/// A4 and its margins, in twentieths of a point.
const SHORT: u32 = 11_906;
const LONG: u32 = 16_838;
const MARGIN: u32 = 1_304;
/// EMUs (drawing units) per twentieth of a point.
const EMU: u32 = 635;
/// The height of a chart of bars grows with its categories, of lines it is fixed; in twentieths of a point.
const CHART_FRAME: u32 = 1_600;
const BAR: u32 = 230;
const TALLEST: u32 = 12_000;
const LINES: u32 = 5_200;

/// How wide the text is on a page, in twentieths of a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TextWidth(pub(super) u32);

impl TextWidth {
    fn of(orientation: Orientation) -> Self {
        Self(if orientation == Orientation::Portrait { SHORT } else { LONG } - 2 * MARGIN)
    }
}

/// The document; charts are the relations `chart1`, `chart2`, … in order.
pub(super) fn document(paper: &Paper) -> String {
    let mut xml = Xml::new();
    let namespaces =
        [("xmlns:w", WORD), ("xmlns:r", RELATIONS), ("xmlns:wp", IN_WORD), ("xmlns:a", DRAWING), ("xmlns:c", CHART)];
    xml.open("w:document", &namespaces);
    xml.open("w:body", &[]);
    paragraph(&mut xml, "Title", &[Run::plain(paper.title.as_str())]);
    if !paper.subtitle.is_empty() {
        paragraph(&mut xml, "Subtitle", &[Run::plain(paper.subtitle.as_str())]);
    }
    let mut body = Body { xml, orientation: Orientation::Portrait, tables: 0, figures: 0, bookmarks: 0 };
    for (at, part) in paper.parts.iter().enumerate() {
        // What stands before the first chapter introduces the whole.
        if matches!(part, Part::Heading(..)) && !paper.parts[..at].iter().any(|part| matches!(part, Part::Heading(..)))
        {
            body.contents(paper);
        }
        body.part(part, paper);
        let is_above_text =
            matches!(paper.parts.get(at + 1), None | Some(Part::Paragraph(_) | Part::List(_) | Part::Notice(_)));
        if matches!(part, Part::Table(_)) && is_above_text {
            paragraph(&mut body.xml, NOTE, &[]);
        }
    }
    let Body { mut xml, orientation, .. } = body;
    section(&mut xml, orientation);
    xml.finish()
}

struct Body {
    xml: Xml,
    orientation: Orientation,
    tables: u32,
    figures: u32,
    bookmarks: u32,
}

impl Body {
    fn part(&mut self, part: &Part, paper: &Paper) {
        match part {
            Part::Heading(level, text, name) => self.heading(*level, text, name.as_deref()),
            Part::Paragraph(runs) => paragraph(&mut self.xml, "", runs),
            Part::List(points) => points.iter().for_each(|runs| paragraph(&mut self.xml, "ListBullet", runs)),
            Part::Notice(runs) => paragraph(&mut self.xml, NOTICE, runs),
            Part::Note(text) => paragraph(&mut self.xml, NOTE, &[Run::plain(text.as_str())]),
            Part::Quote { passage, citation } => {
                paragraph(&mut self.xml, "Quote", passage);
                paragraph(&mut self.xml, "Citation", &[Run::plain(citation.as_str())]);
            }
            Part::Table(table) => {
                self.tables += 1;
                caption(&mut self.xml, paper.table, self.tables, &table.caption, true);
                grid::write(&mut self.xml, table, TextWidth::of(self.orientation));
                if let Some(key) = table.key {
                    paragraph(&mut self.xml, NOTE, &[Run::plain(key)]);
                }
            }
            Part::Chart(chart) => {
                self.figures += 1;
                self.chart(chart, paper.figure);
                caption(&mut self.xml, paper.figure, self.figures, &chart.caption, false);
            }
            Part::Turn(orientation) => {
                self.xml.open("w:p", &[]);
                self.xml.open("w:pPr", &[]);
                section(&mut self.xml, self.orientation);
                self.xml.close();
                self.xml.close();
                self.orientation = *orientation;
            }
        }
    }

    /// What the report holds, with links; Word fills in page numbers when its reader asks it to (F9).
    fn contents(&mut self, paper: &Paper) {
        let headings: Vec<(u8, &str, &str)> = paper
            .parts
            .iter()
            .filter_map(|part| match part {
                Part::Heading(level @ 1..=2, text, Some(name)) => Some((*level, text.as_str(), name.as_str())),
                _ => None,
            })
            .collect();
        if headings.is_empty() {
            return;
        }
        let xml = &mut self.xml;
        paragraph(xml, "TOCHeading", &[Run::plain(paper.contents)]);
        for (at, (level, text, name)) in headings.iter().enumerate() {
            xml.open("w:p", &[]);
            xml.open("w:pPr", &[]);
            xml.value("w:pStyle", if *level == 1 { "TOC1" } else { "TOC2" });
            xml.close();
            if at == 0 {
                field_mark(xml, "begin");
                instruction(xml, " TOC \\o \"1-2\" \\h \\z \\u ");
                field_mark(xml, "separate");
            }
            xml.open("w:hyperlink", &[("w:anchor", &anchor(name)), ("w:history", "1")]);
            text_run(xml, text, false, None, None);
            xml.close();
            if at + 1 == headings.len() {
                field_mark(xml, "end");
            }
            xml.close();
        }
    }

    fn heading(&mut self, level: u8, text: &str, name: Option<&str>) {
        let style = match level {
            1 => "Heading1",
            2 => "Heading2",
            _ => "Heading3",
        };
        self.xml.open("w:p", &[]);
        self.xml.open("w:pPr", &[]);
        self.xml.value("w:pStyle", style);
        self.xml.close();
        let id = self.bookmarks.to_string();
        if let Some(name) = name {
            self.xml.empty("w:bookmarkStart", &[("w:id", &id), ("w:name", &anchor(name))]);
        }
        text_run(&mut self.xml, text, false, None, None);
        if name.is_some() {
            self.xml.empty("w:bookmarkEnd", &[("w:id", &id)]);
            self.bookmarks += 1;
        }
        self.xml.close();
    }

    fn chart(&mut self, chart: &Chart, word: &str) {
        let number = self.figures.to_string();
        let width = TextWidth::of(self.orientation).0;
        let size = (width * EMU, chart_height(chart) * EMU);
        let xml = &mut self.xml;
        xml.open("w:p", &[]);
        xml.open("w:pPr", &[]);
        xml.empty("w:keepNext", &[]);
        xml.empty("w:spacing", &[("w:before", "200"), ("w:after", "60")]);
        xml.close();
        xml.open("w:r", &[]);
        xml.open("w:drawing", &[]);
        xml.open("wp:inline", &[("distT", "0"), ("distB", "0"), ("distL", "0"), ("distR", "0")]);
        xml.empty("wp:extent", &[("cx", &size.0.to_string()), ("cy", &size.1.to_string())]);
        let name = format!("{word} {number}");
        xml.empty("wp:docPr", &[("id", &number), ("name", &name), ("descr", &chart.alternative)]);
        xml.empty("wp:cNvGraphicFramePr", &[]);
        xml.open("a:graphic", &[]);
        xml.open("a:graphicData", &[("uri", CHART)]);
        xml.empty("c:chart", &[("r:id", &format!("chart{number}"))]);
        for _ in 0..6 {
            xml.close();
        }
    }
}

/// In twentieths of a point: room for every bar, on one page.
fn chart_height(chart: &Chart) -> u32 {
    let bars = u32::try_from(chart.categories.len() * (chart.series.len() + 1)).unwrap_or(u32::MAX);
    match chart.kind {
        crate::report::paper::ChartKind::Bars => bars.saturating_mul(BAR).saturating_add(CHART_FRAME).min(TALLEST),
        crate::report::paper::ChartKind::Lines => LINES,
    }
}

fn paragraph(xml: &mut Xml, style: &str, runs: &[Run]) {
    xml.open("w:p", &[]);
    if !style.is_empty() {
        xml.open("w:pPr", &[]);
        xml.value("w:pStyle", style);
        xml.close();
    }
    runs.iter().for_each(|run| text_run(xml, &run.text, run.is_strong, None, None));
    xml.close();
}

/// One piece of text; line ends and tabs are elements of their own in Word.
pub(super) fn text_run(xml: &mut Xml, text: &str, is_strong: bool, style: Option<&str>, color: Option<&str>) {
    if text.is_empty() {
        return;
    }
    xml.open("w:r", &[]);
    if is_strong || style.is_some() || color.is_some() {
        xml.open("w:rPr", &[]);
        if let Some(style) = style {
            xml.value("w:rStyle", style);
        }
        if is_strong {
            xml.empty("w:b", &[]);
        }
        if let Some(color) = color {
            xml.value("w:color", color);
        }
        xml.close();
    }
    for (at, line) in text.replace("\r\n", "\n").split('\n').enumerate() {
        if at > 0 {
            xml.empty("w:br", &[]);
        }
        for (at, piece) in line.split('\t').enumerate() {
            if at > 0 {
                xml.empty("w:tab", &[]);
            }
            xml.leaf("w:t", &[("xml:space", "preserve")], piece);
        }
    }
    xml.close();
}

/// `Tabell 1 …`, its number a field, so that Word counts on when tables are added.
fn caption(xml: &mut Xml, word: &str, number: u32, text: &str, is_above: bool) {
    xml.open("w:p", &[]);
    xml.open("w:pPr", &[]);
    xml.value("w:pStyle", "Caption");
    if !is_above {
        xml.empty("w:keepNext", &[("w:val", "0")]);
        xml.empty("w:spacing", &[("w:before", "0"), ("w:after", "200")]);
    }
    xml.close();
    text_run(xml, &format!("{word}\u{a0}"), false, None, None);
    field_mark(xml, "begin");
    instruction(xml, &format!(" SEQ {word} \\* ARABIC "));
    field_mark(xml, "separate");
    text_run(xml, &number.to_string(), false, None, None);
    field_mark(xml, "end");
    text_run(xml, &format!(". {text}"), false, None, None);
    xml.close();
}

fn field_mark(xml: &mut Xml, kind: &str) {
    xml.open("w:r", &[]);
    xml.empty("w:fldChar", &[("w:fldCharType", kind)]);
    xml.close();
}

fn instruction(xml: &mut Xml, text: &str) {
    xml.open("w:r", &[]);
    xml.leaf("w:instrText", &[("xml:space", "preserve")], text);
    xml.close();
}

fn section(xml: &mut Xml, orientation: Orientation) {
    let (width, height, name) = match orientation {
        Orientation::Portrait => (SHORT, LONG, "portrait"),
        Orientation::Landscape => (LONG, SHORT, "landscape"),
    };
    xml.open("w:sectPr", &[]);
    xml.empty("w:footerReference", &[("w:type", "default"), ("r:id", "footer")]);
    xml.empty("w:pgSz", &[("w:w", &width.to_string()), ("w:h", &height.to_string()), ("w:orient", name)]);
    let margin = MARGIN.to_string();
    xml.empty(
        "w:pgMar",
        &[
            ("w:top", &margin),
            ("w:right", &margin),
            ("w:bottom", &margin),
            ("w:left", &margin),
            ("w:header", "680"),
            ("w:footer", "680"),
            ("w:gutter", "0"),
        ],
    );
    xml.close();
}

/// A bookmark's name: letters, digits and `_`, 40 at most, different for different names.
pub(super) fn anchor(name: &str) -> String {
    let is_plain = name.len() <= 40
        && name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    if is_plain {
        return name.to_owned();
    }
    format!("a_{}", &sha256(name.as_bytes())[..24])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bookmarks_are_short_and_differ() {
        assert_eq!(anchor("method"), "method");
        assert_ne!(anchor("kode løft"), anchor("kode loft"));
        assert!(anchor(&"x".repeat(100)).len() <= 40);
    }

    #[test]
    fn lines_and_tabs_are_elements() {
        let mut xml = Xml::new();
        text_run(&mut xml, "a\nb\tc<\u{1}", true, None, None);
        let written = xml.finish();
        assert!(written.contains("<w:br/>") && written.contains("<w:tab/>") && written.contains("c&lt;\u{fffd}"));
    }
}
