//! Word, OpenDocument and rich text: what of a document is text, what it is, and what is left out with a word.

use temakart::ingest::Format;

use super::make::{self, word_paragraph};
use super::{extracted, notices, read, shown};

#[track_caller]
fn check(bytes: &[u8], format: Format, blocks: &[&str], ids: &[&str]) {
    let extracted = extracted(bytes, format);
    assert_eq!(shown(&extracted), blocks, "{}", format.name());
    assert_eq!(notices(&extracted), ids, "{}", format.name());
}

#[test]
fn headings_lists_and_tables_of_word() {
    let styles = "<w:styles><w:style w:styleId=\"Overskrift1\"><w:name w:val=\"heading 1\"/></w:style>\
                  <w:style w:styleId=\"Kule\"><w:name w:val=\"Kule\"/><w:pPr><w:numPr><w:numId w:val=\"3\"/></w:numPr></w:pPr></w:style>\
                  </w:styles>";
    let styled = |style: &str, text: &str| {
        format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
    };
    let cell = |text: &str| format!("<w:tc>{}</w:tc>", word_paragraph(text));
    let body = styled("Overskrift1", "Funn")
        + &word_paragraph("Vi fant:")
        + &styled("Kule", "en ting")
        + "<w:p><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr><w:r><w:t>to ting</w:t></w:r></w:p>"
        + &format!("<w:tbl><w:tr>{}{}</w:tr><w:tr>{}{}</w:tr></w:tbl>", cell("a"), cell("b"), cell("c"), cell("d"));
    let bytes = make::docx(&body, &[("word/styles.xml", styles)]);
    check(&bytes, Format::Docx, &["H Funn", "P Vi fant:", "L en ting", "L to ting", "C a", "C b", "C c", "C d"], &[]);
    assert_eq!(extracted(&bytes, Format::Docx).text, "Funn\n\nVi fant:\n\nen ting\nto ting\n\na\tb\nc\td\n");
}

#[test]
fn tracked_changes_of_word_are_read_as_accepted() {
    let body = "<w:p><w:r><w:t>Vi </w:t></w:r><w:del><w:r><w:delText>skal</w:delText></w:r></w:del>\
                <w:ins><w:r><w:t>må</w:t></w:r></w:ins><w:r><w:rPr><w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange></w:rPr>\
                <w:t> videre.</w:t></w:r></w:p>\
                <w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>Ett </w:t></w:r></w:p><w:p><w:r><w:t>avsnitt</w:t></w:r></w:p>\
                <w:p><w:moveFrom><w:r><w:t>hit</w:t></w:r></w:moveFrom></w:p><w:p><w:moveTo><w:r><w:t>hit</w:t></w:r></w:moveTo></w:p>\
                <w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p><w:r><w:t>borte</w:t></w:r></w:p></w:tc></w:tr>\
                <w:tr><w:tc><w:p><w:r><w:t>her</w:t></w:r></w:p></w:tc></w:tr></w:tbl>";
    let blocks = ["P Vi må videre.", "P Ett avsnitt", "P hit", "C her"];
    check(&make::docx(body, &[]), Format::Docx, &blocks, &["ingest/changes-accepted"]);
}

#[test]
fn hidden_text_of_opendocument_is_left_out_and_told() {
    let body = "<text:section text:display=\"none\"><text:p>Skjult</text:p></text:section>\
                <text:p>Synlig <text:span text:style-name=\"T1\">skjult</text:span><text:span text:style-name=\"T2\">her</text:span></text:p>\
                <text:section text:display=\"condition\"><text:p>Kanskje</text:p></text:section>";
    let style = |name: &str, property: &str| {
        format!("<style:style style:name=\"{name}\"><style:text-properties {property}/></style:style>")
    };
    let styles = style("T1", "text:display=\"none\"") + &style("T2", "fo:font-weight=\"bold\"");
    let flat = format!("<?xml version=\"1.0\"?><office:document>{styles}{body}</office:document>");
    check(flat.as_bytes(), Format::Odt, &["P Synlig her", "P Kanskje"], &["ingest/hidden-left-out"]);
}

#[test]
fn fields_show_their_results_and_controls_what_was_filled_in() {
    let run = |text: &str| format!("<w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r>");
    let mark = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    let instruction = |text: &str| format!("<w:r><w:instrText>{text}</w:instrText></w:r>");
    let inner = [mark("begin"), instruction("MERGEFIELD a"), mark("separate"), run("indre"), mark("end")].concat();
    let field =
        [mark("begin"), instruction("IF "), inner, instruction("= 1"), mark("separate"), run("ytre"), mark("end")];
    let control = |properties: &str, text: &str| {
        format!("<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>", run(text))
    };
    let unfilled = control("<w:showingPlcHdr/>", "Klikk her");
    let filled = control("<w:showingPlcHdr w:val=\"0\"/>", "svar");
    let paragraphs =
        [run("før ") + &field.concat(), unfilled + &filled, mark("begin") + &run("uten slutt"), run("neste")];
    let body: String = paragraphs.map(|content| format!("<w:p>{content}</w:p>")).concat();
    check(&make::docx(&body, &[]), Format::Docx, &["P før ytre", "P svar", "P neste"], &[]);
}

#[test]
fn an_rtf_file_that_ends_before_its_last_brace_says_so() {
    check(b"{\\rtf1\\ansi Hei\\par du", Format::Rtf, &["P Hei", "P du"], &["ingest/cut-off"]);
    check(b"{\\rtf1\\ansi Hei\\par du}", Format::Rtf, &["P Hei", "P du"], &[]);
}

#[test]
fn notes_boxes_comments_and_hidden_text_of_word() {
    let notes = "<w:footnotes><w:footnote w:type=\"separator\" w:id=\"0\"><w:p><w:r><w:t>---</w:t></w:r></w:p></w:footnote>\
                 <w:footnote w:id=\"2\"><w:p><w:r><w:footnoteRef/><w:t> Se NOU.</w:t></w:r></w:p></w:footnote></w:footnotes>";
    let comments =
        "<w:comments><w:comment w:id=\"1\"><w:p><w:r><w:t>Sikkert?</w:t></w:r></w:p></w:comment></w:comments>";
    let text_box = "<w:txbxContent><w:p><w:r><w:t>I en boks</w:t></w:r></w:p></w:txbxContent>";
    let body = format!(
        "<w:p><w:r><w:t>Tekst</w:t><w:footnoteReference w:id=\"2\"/></w:r>\
         <mc:AlternateContent><mc:Choice>{text_box}</mc:Choice><mc:Fallback>{text_box}</mc:Fallback></mc:AlternateContent>\
         <w:r><w:t xml:space=\"preserve\"> med mer</w:t><w:br/><w:t>ny</w:t><w:noBreakHyphen/><w:t>linje</w:t></w:r>\
         <w:r><w:rPr><w:vanish/></w:rPr><w:t>skjult</w:t></w:r><w:r><w:instrText>PAGE</w:instrText></w:r></w:p>"
    );
    let bytes = make::docx(&body, &[("word/footnotes.xml", notes), ("word/comments.xml", comments)]);
    let blocks = ["P Tekst med mer\nny\u{2011}linje", "P I en boks", "F Se NOU."];
    check(&bytes, Format::Docx, &blocks, &["ingest/comments-left-out", "ingest/hidden-left-out"]);
}

#[test]
fn properties_of_documents() {
    let core = "<cp:coreProperties><dc:title>Referat</dc:title><dcterms:created>2016-03-12T10:00:00Z</dcterms:created></cp:coreProperties>";
    let docx = make::docx(&word_paragraph("hei"), &[("docProps/core.xml", core)]);
    let meta = "<office:document-meta><dc:title>Referat</dc:title><meta:creation-date>2016-03-12T10:00:00</meta:creation-date></office:document-meta>";
    let odt = make::archive(&[
        ("mimetype", "application/vnd.oasis.opendocument.text"),
        ("meta.xml", meta),
        ("content.xml", "<o><text:p>hei</text:p></o>"),
    ]);
    let rtf = b"{\\rtf1{\\info{\\title Referat}{\\creatim\\yr2016\\mo3\\dy12\\hr1}}hei}";
    let html = b"<html><head><title>Referat</title><meta name=date content=2016-03-12></head><body>hei</body></html>";
    for (bytes, format) in
        [(docx.as_slice(), Format::Docx), (&odt, Format::Odt), (rtf, Format::Rtf), (html, Format::Html)]
    {
        let properties = extracted(bytes, format).properties.document;
        assert_eq!(properties.get("title").map(String::as_str), Some("Referat"), "{}", format.name());
        assert_eq!(properties.get("date").map(String::as_str), Some("2016-03-12"), "{}", format.name());
    }
}

#[test]
fn parts_of_opendocument() {
    let body = "<text:tracked-changes><text:changed-region><text:deletion><text:p>borte</text:p></text:deletion></text:changed-region></text:tracked-changes>\
                <text:h>Funn</text:h><text:p>Vi   fant\n<text:s text:c=\"2\"/>dette<text:note><text:note-citation>1</text:note-citation>\
                <text:note-body><text:p>Se NOU.</text:p></text:note-body></text:note>:<office:annotation><text:p>Sikkert?</text:p></office:annotation></text:p>\
                <text:list><text:list-item><text:p>en<text:line-break/>ting</text:p></text:list-item></text:list>\
                <text:p><draw:frame><draw:text-box><text:p>I en boks</text:p></draw:text-box></draw:frame>Ved boksen</text:p>\
                <table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell><table:table-cell><text:p>b</text:p></table:table-cell></table:table-row></table:table>\
                <text:table-of-content><text:index-body><text:p>Funn 1</text:p></text:index-body></text:table-of-content>";
    let blocks = [
        "H Funn",
        "P Vi fant   dette:",
        "L en\nting",
        "P Ved boksen",
        "P I en boks",
        "C a",
        "C b",
        "H Funn 1",
        "F Se NOU.",
    ];
    check(&make::odt(body), Format::Odt, &blocks, &["ingest/comments-left-out", "ingest/changes-accepted"]);
    let flat = format!(
        "<?xml version=\"1.0\"?><office:document><office:body>{body}</office:body><office:master-styles><text:p>Bunntekst</text:p></office:master-styles></office:document>"
    );
    check(flat.as_bytes(), Format::Odt, &blocks, &["ingest/comments-left-out", "ingest/changes-accepted"]);
}

#[test]
fn parts_of_rich_text() {
    let rtf = b"{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0 Times;}{\\f1\\fcharset204 Times;}}{\\stylesheet{\\s1 heading 1;}{\\s2 Normal;}}\
        {\\header Topptekst\\par}\\pard\\s1 Funn\\par\\pard\\s2 p\\'e5 \\u248\\'f8ya\\f1 \\'e6\\f0{\\footnote\\pard Se NOU.\\par}:\\line ny\\par\
        {\\listtext 1.\\tab}en ting\\par \\pard\\intbl a\\cell b\\cell\\row\\pard{\\*\\ukjent x}{\\v skjult}{\\deleted borte}\
        {\\*\\annotation Sikkert?}{\\field{\\*\\fldinst HYPERLINK}{\\fldrslt lenke}} \\u-10179?\\u-8704?\\emdash\\~\\par}";
    let blocks = ["H Funn", "P på øyaж:\nny", "L en ting", "C a", "C b", "P lenke 😀—", "F Se NOU."];
    let ids = ["ingest/comments-left-out", "ingest/changes-accepted", "ingest/hidden-left-out"];
    check(rtf, Format::Rtf, &blocks, &ids);
    // Without styles, a line of its own in large bold letters is a heading.
    let rtf = b"{\\rtf1{\\pard\\b\\fs36 Intervju 1\\par}{\\pard\\b Fet\\b0  tekst\\par}{\\pard\\fs36 Stor\\par}}";
    check(rtf, Format::Rtf, &["H Intervju 1", "P Fet tekst", "P Stor"], &[]);
}

#[test]
fn old_formats_and_passwords_are_named_with_the_way_out() {
    let ole = |name: &str| {
        let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).chain([0, 0]).collect();
        [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".as_slice(), &[0; 600], &name].concat()
    };
    let manifest = "<manifest:manifest><manifest:encryption-data/></manifest:manifest>";
    let odt = make::archive(&[
        ("mimetype", "application/vnd.oasis.opendocument.text"),
        ("META-INF/manifest.xml", manifest),
        ("content.xml", "\u{1}\u{2}"),
    ]);
    for (bytes, named, id, way_out) in [
        (ole("WordDocument"), Format::Doc, "ingest/old-format", "save it as .docx"),
        (ole("Workbook"), Format::Xls, "ingest/old-format", "save it as .xlsx"),
        (ole("EncryptedPackage"), Format::Docx, "ingest/encrypted", "save a copy without it"),
        (odt, Format::Odt, "ingest/encrypted", "save a copy without it"),
    ] {
        let error = read(&bytes, named).unwrap_err();
        assert_eq!(error.id(), id, "{error}");
        assert!(error.to_string().contains(way_out), "{error}");
    }
}
