//! Files made to harm: each is refused with the right reason, or read without harm.

use std::time::{Duration, Instant};

use temakart::ingest::{Format, Limits};

use super::make::{self, word_paragraph};
use super::{extracted, notices, read, read_within, shown};

/// Limits that small files reach.
const SMALL: Limits = Limits {
    file_bytes: 1 << 20,
    text_bytes: 64 << 10,
    blocks: 100,
    cells: 100,
    unpacked_bytes: 512 << 10,
    ratio: 20,
    ratio_from: 64 << 10,
    part_bytes: 128 << 10,
    entries: 20,
    nesting: 50,
    pages: 5,
    time: Duration::from_secs(9),
};

#[track_caller]
fn refused(bytes: &[u8], format: Format, id: &str) {
    let started = Instant::now();
    let error = read_within(bytes, format, &SMALL).unwrap_err();
    assert_eq!(error.id(), id, "{error}");
    assert!(started.elapsed() < Duration::from_secs(10), "{error}");
}

#[test]
fn archives_that_grow_beyond_measure() {
    let blanks = " ".repeat(200 << 10);
    refused(&make::docx(&word_paragraph(&blanks), &[]), Format::Docx, "ingest/bomb");
    refused(&make::docx(&word_paragraph("hei").repeat(5_000), &[]), Format::Docx, "ingest/too-large");
    refused(&make::docx(&"<w:p/>".repeat(100_000), &[]), Format::Docx, "ingest/bomb");
    refused(&make::odt(&"<text:p>hei</text:p>".repeat(5_000)), Format::Odt, "ingest/too-large");
    refused(
        &make::odt(&format!("<text:p>x{}</text:p>", "<text:s text:c=\"999\"/>".repeat(900))),
        Format::Odt,
        "ingest/bomb",
    );
    let names: Vec<String> = (0..30).map(|at| format!("x/{at}")).collect();
    let mut parts = vec![("word/document.xml", "<w:document/>")];
    parts.extend(names.iter().map(|name| (name.as_str(), "")));
    refused(&make::archive(&parts), Format::Docx, "ingest/bomb");
}

#[test]
fn nesting_without_end() {
    refused(&make::docx(&"<w:tbl>".repeat(200), &[]), Format::Docx, "ingest/nesting");
    refused(&make::odt(&"<text:span>".repeat(200)), Format::Odt, "ingest/nesting");
    refused(format!("{{\\rtf1{}", "{".repeat(200)).as_bytes(), Format::Rtf, "ingest/nesting");
    refused("[".repeat(100_000).as_bytes(), Format::Json, "ingest/unreadable");
    let deep = "<div>".repeat(100_000) + "hei";
    assert_eq!(shown(&extracted(deep.as_bytes(), Format::Html)), ["P hei"]);
}

#[test]
fn cells_that_repeat_themselves() {
    let content = "<o><table:table><table:table-row table:number-rows-repeated=\"1000000\">\
                   <table:table-cell table:number-columns-repeated=\"16000\"><text:p>hei</text:p></table:table-cell>\
                   </table:table-row></table:table></o>";
    let ods =
        make::archive(&[("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", content)]);
    refused(&ods, Format::Ods, "ingest/too-large");
    refused(";".repeat(10_000).as_bytes(), Format::Csv, "ingest/too-large");
}

#[test]
fn entities_are_never_expanded_nor_fetched() {
    let laughs = "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\"><!ENTITY x SYSTEM \"file:///etc/passwd\">]>\
                  <w:document><w:body><w:p><w:r><w:t>Før &b;&x; etter &amp; ut</w:t></w:r></w:p></w:body></w:document>";
    let extracted = extracted(&make::archive(&[("word/document.xml", laughs)]), Format::Docx);
    assert_eq!(shown(&extracted), ["P Før  etter & ut"]);
    assert_eq!(notices(&extracted), ["ingest/entities-left-out"]);
}

#[test]
fn paths_in_an_archive_lead_nowhere() {
    let rels = "<Relationships><Relationship Id=\"1\" Type=\"x/officeDocument\" Target=\"../../../etc/passwd\"/></Relationships>";
    let bytes = make::archive(&[
        ("_rels/.rels", rels),
        ("../../etc/passwd", "x"),
        ("word/document.xml", "<w:document><w:body><w:p><w:r><w:t>hei</w:t></w:r></w:p></w:body></w:document>"),
    ]);
    assert_eq!(shown(&extracted(&bytes, Format::Docx)), ["P hei"]);
}

#[test]
fn damaged_files_say_what_is_wrong() {
    let whole = make::docx(&word_paragraph(&"hei ".repeat(200)), &[]);
    for (bytes, format, part) in [
        (&whole[..whole.len() / 2], Format::Docx, "damaged or cut off"),
        (b"".as_slice(), Format::Docx, "the file is empty"),
        (b"\x00\x01\x02\x03".as_slice(), Format::Odt, "first bytes"),
        (b"PK\x03\x04garbage".as_slice(), Format::Epub, "damaged or cut off"),
        (b"%PDF-1.4\n%%EOF".as_slice(), Format::Pdf, "no list of pages"),
        (b"{\\rtf1 \\bin2147483647 abc}".as_slice(), Format::Rtf, "cut off"),
        (b"{\\rtf1 {\\b {\\i hei".as_slice(), Format::Rtf, "cut off"),
        (b"{\"a\":1}".as_slice(), Format::Json, "expected a list"),
    ] {
        let error = read(bytes, format).unwrap_err();
        assert_eq!(error.id(), "ingest/unreadable", "{error}");
        assert!(error.to_string().contains(part), "{error}");
        assert!(error.to_string().contains(&format.to_string()), "{error}");
        assert!(!error.hint().is_empty());
    }
    let no_document = make::archive(&[("x.txt", "hei")]);
    let error = read(&no_document, Format::Docx).unwrap_err();
    assert!(error.to_string().contains("contains no document"), "{error}");
    let malformed = make::docx("<w:p><w:r></w:p>", &[]);
    assert!(read(&malformed, Format::Docx).unwrap_err().to_string().contains("not well-formed"));
}

#[test]
fn pages_that_never_end() {
    let page = || make::lines(72, 700, &["hei"]);
    refused(&make::pdf(&[page(), page(), page(), page(), page(), page()]), Format::Pdf, "ingest/too-large");
    // A tree that bites its own tail has one page.
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[2 0 R 3 0 R 3 0 R]/Count 3>>",
        "<</Type/Page/Contents 4 0 R/Resources<</Font<</F 5 0 R>>/XObject<</X 4 0 R>>>>>>",
        "<</Subtype/Form/Length 0>>\nstream\nBT /F 10 Tf 72 700 Td (hei) Tj ET /X Do /X Do\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ];
    let started = Instant::now();
    let result = read(&make::pdf_of(&objects.map(str::to_owned), ""), Format::Pdf);
    assert!(started.elapsed() < Duration::from_secs(10));
    assert!(result.is_ok(), "{result:?}");
}

/// A chapter that is not there is looked for as often as the book names it.
#[test]
fn chapters_that_are_not_there() {
    let names: Vec<String> = (0..90_000).map(|at| format!("x/{at}")).collect();
    let order = "<itemref idref=\"c\"/>".repeat(60_000);
    let package = format!(
        "<package><manifest><item id=\"c\" href=\"kapittel.xhtml\"/></manifest><spine>{order}</spine></package>"
    );
    let locked: String = (0..20_000).map(|at| format!("<CipherReference URI=\"font{at}\"/>")).collect();
    let locked = format!("<encryption>{locked}</encryption>");
    let mut parts =
        vec![("mimetype", "application/epub+zip"), ("b.opf", &package), ("META-INF/encryption.xml", &locked)];
    parts.extend(names.iter().map(|name| (name.as_str(), "")));
    let book = make::archive(&parts);
    // Whoever waits is told when the time is up; here the reading itself must come to its end.
    let limits = Limits { time: Duration::from_secs(60), ..Limits::DEFAULT };
    let error = read_within(&book, Format::Epub, &limits).unwrap_err();
    assert!(error.to_string().contains("none of its chapters"), "{error}");
}

#[test]
fn the_time_for_a_document_is_kept() {
    let limits = Limits { time: Duration::ZERO, ..Limits::DEFAULT };
    let error = read_within(&make::docx(&word_paragraph("hei").repeat(1_000), &[]), Format::Docx, &limits).unwrap_err();
    assert_eq!(error.id(), "ingest/timeout");
}

#[test]
fn a_document_that_needs_room_is_read_alone() {
    // More text than may be held beside others; two at a time must not wait for each other for ever.
    let large = ("Et avsnitt med litt tekst i.\n\n").repeat(150_000);
    let html = format!("<html><body>{}</body></html>", large.replace("\n\n", "<p>"));
    // Time is another test's matter: this one may run beside many.
    let limits = Limits { time: Duration::from_secs(120), ..Limits::DEFAULT };
    let read_it = || read_within(html.as_bytes(), Format::Html, &limits).unwrap().extracted.blocks.len();
    let numbers =
        std::thread::scope(|scope| [scope.spawn(read_it), scope.spawn(read_it)].map(|one| one.join().unwrap()));
    assert_eq!(numbers, [150_000, 150_000]);
}

#[test]
fn the_readme_states_the_limits() {
    let readme = include_str!("../../../README.md").replace("\n> ", " ");
    assert!(readme.contains(&Limits::DEFAULT.to_string()), "{}", Limits::DEFAULT);
}
