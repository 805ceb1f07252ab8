//! Makes small files of every format, as simple as their programs would read them.

use std::fmt::Write as _;
use std::io::Write as _;

use zip::write::SimpleFileOptions;

/// Three turns of an interview, labelled.
pub(super) const TURNS: [(&str, &str); 3] = [
    ("Intervjuer", "Hvordan er forankringen i ledelsen, slik du ser det?"),
    ("Kari Ås", "Den er ujevn. I noen kommuner er rådmannen med, i andre har vi knapt møtt noen."),
    ("Intervjuer", "Og på Øya – hva med ildsjelene der?"),
];

/// The interview as every format must give it.
pub(super) fn interview() -> String {
    let turns: Vec<String> = TURNS.iter().map(|(speaker, words)| format!("{speaker}: {words}")).collect();
    turns.join("\n\n") + "\n"
}

/// A zip archive of these parts.
pub(super) fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// A Word document with this body, and further parts beside it.
pub(crate) fn docx(body: &str, parts: &[(&str, &str)]) -> Vec<u8> {
    let document = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:document xmlns:w=\"{WORD}\"><w:body>{body}</w:body></w:document>"
    );
    let relation =
        |role: &str, target: &str| format!("<Relationship Id=\"{role}\" Type=\"x/{role}\" Target=\"{target}\"/>");
    let package = format!("<Relationships>{}</Relationships>", relation("officeDocument", "word/document.xml"));
    let own: String = parts
        .iter()
        .filter_map(|(name, _)| name.strip_prefix("word/"))
        .map(|name| relation(name.trim_end_matches(".xml"), name))
        .collect();
    let own = format!("<Relationships>{own}</Relationships>");
    let mut all = vec![
        ("_rels/.rels", package.as_str()),
        ("word/document.xml", &document),
        ("word/_rels/document.xml.rels", &own),
    ];
    all.extend(parts);
    archive(&all)
}

/// A paragraph of a Word document.
pub(super) fn word_paragraph(text: &str) -> String {
    format!("<w:p><w:r><w:t xml:space=\"preserve\">{}</w:t></w:r></w:p>", escaped(text))
}

/// An OpenDocument text with this content.
pub(super) fn odt(body: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content><office:body><office:text>{body}</office:text></office:body></office:document-content>"
    );
    archive(&[("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", &content)])
}

/// A book of these chapters, each the body of a page.
pub(super) fn epub(chapters: &[&str]) -> Vec<u8> {
    let container = "<container><rootfiles><rootfile full-path=\"OPS/book.opf\"/></rootfiles></container>";
    let mut items =
        String::from("<item id=\"nav\" href=\"nav.xhtml\" media-type=\"application/xhtml+xml\" properties=\"nav\"/>");
    let mut spine = String::from("<itemref idref=\"nav\"/>");
    let mut parts = vec![("OPS/nav.xhtml".to_owned(), page("<p>Innhold</p>"))];
    for (at, chapter) in chapters.iter().enumerate() {
        write!(items, "<item id=\"c{at}\" href=\"kap%20{at}.xhtml\" media-type=\"application/xhtml+xml\"/>").unwrap();
        write!(spine, "<itemref idref=\"c{at}\"/>").unwrap();
        parts.push((format!("OPS/kap {at}.xhtml"), page(chapter)));
    }
    let package = format!(
        "<package><metadata><dc:title>Boka</dc:title><dc:date>2016-03-12</dc:date></metadata>\
         <manifest>{items}</manifest><spine>{spine}</spine></package>"
    );
    let mut all =
        vec![("mimetype", "application/epub+zip"), ("META-INF/container.xml", container), ("OPS/book.opf", &package)];
    all.extend(parts.iter().map(|(name, content)| (name.as_str(), content.as_str())));
    archive(&all)
}

/// A page of XHTML.
pub(super) fn page(body: &str) -> String {
    format!("<?xml version=\"1.0\"?><html><head><title/></head><body>{body}</body></html>")
}

/// Text as rich text writes it.
pub(super) fn rtf_text(text: &str) -> String {
    text.chars().map(|c| if c.is_ascii() { c.to_string() } else { format!("\\u{}?", u32::from(c)) }).collect()
}

/// A workbook of one sheet with these rows of texts.
pub(super) fn xlsx(rows: &[&[&str]]) -> Vec<u8> {
    let mut sheet = String::new();
    for row in rows {
        sheet.push_str("<row>");
        for cell in *row {
            write!(sheet, "<c t=\"inlineStr\"><is><t>{}</t></is></c>", escaped(cell)).unwrap();
        }
        sheet.push_str("</row>");
    }
    archive(&[
        ("xl/workbook.xml", "<workbook><sheets><sheet name=\"Svar\" r:id=\"r1\"/></sheets></workbook>"),
        (
            "xl/_rels/workbook.xml.rels",
            "<Relationships><Relationship Id=\"r1\" Target=\"worksheets/sheet1.xml\"/></Relationships>",
        ),
        ("xl/worksheets/sheet1.xml", &format!("<worksheet><sheetData>{sheet}</sheetData></worksheet>")),
    ])
}

/// An OpenDocument workbook of one sheet with these rows of texts.
pub(super) fn ods(rows: &[&[&str]]) -> Vec<u8> {
    let mut table = String::new();
    for row in rows {
        table.push_str("<table:table-row>");
        for cell in *row {
            write!(table, "<table:table-cell><text:p>{}</text:p></table:table-cell>", escaped(cell)).unwrap();
        }
        table.push_str("<table:table-cell table:number-columns-repeated=\"16000\"/></table:table-row>");
    }
    table.push_str("<table:table-row table:number-rows-repeated=\"1048000\"><table:table-cell/></table:table-row>");
    let content = format!("<o><table:table table:name=\"Svar\">{table}</table:table></o>");
    archive(&[("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", &content)])
}

/// A piece of text on a page of a PDF: where it begins, in points from the lower left, and its size.
pub(super) struct Placed<'text> {
    pub(super) x: u32,
    pub(super) y: u32,
    pub(super) size: u32,
    pub(super) text: &'text str,
}

/// A PDF of pages of 600 by 800 points, in a font whose characters are all half as wide as it is high.
pub(super) fn pdf(pages: &[Vec<Placed<'_>>]) -> Vec<u8> {
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        String::new(),
        format!(
            "<</Type/Font/Subtype/Type1/BaseFont/Test/Encoding/WinAnsiEncoding/FirstChar 0/Widths[{}]>>",
            "500 ".repeat(256)
        ),
    ];
    let mut kids = String::new();
    for page in pages {
        let number = objects.len() + 1;
        write!(kids, "{number} 0 R ").unwrap();
        let mut content = String::new();
        for Placed { x, y, size, text } in page {
            let bytes = encoding_rs::WINDOWS_1252.encode(text).0;
            let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
            writeln!(content, "BT /F {size} Tf {x} {y} Td <{hex}> Tj ET").unwrap();
        }
        objects.push(format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents {} 0 R/Resources<</Font<</F 3 0 R>>>>>>",
            number + 1
        ));
        objects.push(format!("<</Length {}>>\nstream\n{content}\nendstream", content.len()));
    }
    objects[1] = format!("<</Type/Pages/Kids[{kids}]/Count {}>>", pages.len());
    pdf_of(&objects, "")
}

/// A PDF of these objects, the first of which is the root.
pub(super) fn pdf_of(objects: &[String], trailer: &str) -> Vec<u8> {
    let mut file = String::from("%PDF-1.7\n");
    let mut places = String::new();
    for (at, object) in objects.iter().enumerate() {
        writeln!(places, "{:010} 00000 n ", file.len()).unwrap();
        write!(file, "{} 0 obj\n{object}\nendobj\n", at + 1).unwrap();
    }
    let table = file.len();
    let size = objects.len() + 1;
    write!(file, "xref\n0 {size}\n0000000000 65535 f \n{places}").unwrap();
    write!(file, "trailer\n<</Size {size}/Root 1 0 R{trailer}>>\nstartxref\n{table}\n%%EOF\n").unwrap();
    file.into_bytes()
}

/// `text` in lines of at most `width` characters, broken where the next word no longer fits.
pub(super) fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// Lines of text set in a column from `x` and `y` downwards, twelve points apart at a size of ten.
pub(super) fn lines<T: AsRef<str>>(x: u32, y: u32, texts: &[T]) -> Vec<Placed<'_>> {
    (0..).zip(texts).map(|(at, text)| Placed { x, y: y - 12 * at, size: 10, text: text.as_ref() }).collect()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}
