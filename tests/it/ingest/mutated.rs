//! Files changed at random: whatever comes in, a reader answers with a document or an error, never with a crash.

use proptest::prelude::*;
use temakart::ingest::{Format, IngestError};

use super::make::{self, TURNS, lines, word_paragraph};
use super::{assert_whole, read};

/// One file of each format, with as much of the format in it as fits.
pub(super) fn seeds() -> Vec<(Format, Vec<u8>)> {
    let body = word_paragraph("hei på deg")
        + "<w:p><w:pPr><w:pStyle w:val=\"h\"/></w:pPr><w:ins><w:r><w:t>a</w:t><w:footnoteReference w:id=\"1\"/></w:r></w:ins></w:p>\
           <w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>";
    let notes = "<w:footnotes><w:footnote w:id=\"1\"><w:p><w:r><w:t>n</w:t></w:r></w:p></w:footnote></w:footnotes>";
    let rows: [&[&str]; 2] = [&["id", "Hva?"], &["1", "Et svar som er langt nok til å være tekst"]];
    let flat = "<?xml version=\"1.0\"?><office:document><text:list><text:list-item><text:p>a<text:s/>b</text:p></text:list-item></text:list>\
                <table:table><table:table-row><table:table-cell><text:p>c</text:p></table:table-cell></table:table-row></table:table></office:document>";
    let word_xml = format!("<?xml version=\"1.0\"?><w:wordDocument><w:body>{body}</w:body></w:wordDocument>");
    vec![
        (Format::Docx, make::docx(&body, &[("word/footnotes.xml", notes)])),
        (Format::Docx, word_xml.into_bytes()),
        (Format::Odt, make::odt("<text:p>hei <text:span>du</text:span></text:p>")),
        (Format::Odt, flat.as_bytes().to_vec()),
        (
            Format::Rtf,
            b"{\\rtf1\\ansi{\\fonttbl{\\f0\\fcharset204 A;}}{\\stylesheet{\\s1 heading 1;}}{\\info{\\title T}}\\s1 a\\par\\u230?\\'e5{\\footnote n}\\intbl c\\cell\\row}"
                .to_vec(),
        ),
        (
            Format::Html,
            b"<html><head><title>t</title><meta charset=utf-8></head><body><p class='x'>a&aring;&#229;<table><tr><td>b</table><script>s</script><ul><li>c</body>"
                .to_vec(),
        ),
        (Format::Epub, make::epub(&["<p>hei</p>"])),
        (Format::Vtt, b"WEBVTT\n\n1\n00:01.000 --> 00:02.000 align:start\n<v Kari>hei &amp; <i>du</i></v>\n\nNOTE x\n".to_vec()),
        (Format::Srt, b"1\n00:00:01,000 --> 00:00:02,000\nKari: hei\n\n2\n00:00:02,000 --> 00:00:03,000\nKari: du\n".to_vec()),
        (Format::Json, b"{\"segments\":[{\"start\":0.5,\"end\":1,\"text\":\"hei\",\"speaker\":\"A\",\"timestamp\":[1,2]}]}".to_vec()),
        (Format::Csv, b"id;Hva?\n1;\"Et svar; som er langt nok\"\n".to_vec()),
        (Format::Xlsx, make::xlsx(&rows)),
        (Format::Ods, make::ods(&rows)),
        (Format::Pdf, make::pdf(&[lines(72, 700, &[TURNS[0].1, TURNS[1].1]), lines(72, 700, &[TURNS[2].1])])),
        (Format::Text, "---\ncase: a\n---\nHei på deg.\n\n- en\n- to\n".as_bytes().to_vec()),
        (Format::Markdown, "# Hei\n\n| a | b |\n|---|---|\n| c | d |\n\n> e\n\n```\nf\n```\n".as_bytes().to_vec()),
    ]
}

#[derive(Debug, Clone)]
enum Change {
    Flip(usize, u8),
    Insert(usize, Vec<u8>),
    Remove(usize, usize),
    Repeat(usize, usize, usize),
    Cut(usize),
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        4 => (any::<usize>(), any::<u8>()).prop_map(|(at, byte)| Change::Flip(at, byte)),
        2 => (any::<usize>(), proptest::collection::vec(any::<u8>(), 1..8)).prop_map(|(at, bytes)| Change::Insert(at, bytes)),
        2 => (any::<usize>(), 1..40_usize).prop_map(|(at, n)| Change::Remove(at, n)),
        1 => (any::<usize>(), 1..40_usize, 2..200_usize).prop_map(|(at, n, times)| Change::Repeat(at, n, times)),
        1 => any::<usize>().prop_map(Change::Cut),
    ]
}

fn apply(bytes: &mut Vec<u8>, change: &Change) {
    let at = |at: &usize| at % (bytes.len() + 1);
    match change {
        Change::Flip(place, byte) => {
            let place = at(place);
            if let Some(slot) = bytes.get_mut(place) {
                *slot = *byte;
            }
        }
        Change::Insert(place, more) => {
            let place = at(place);
            bytes.splice(place..place, more.iter().copied());
        }
        Change::Remove(place, n) => {
            let place = at(place);
            bytes.drain(place..(place + n).min(bytes.len()));
        }
        Change::Repeat(place, n, times) => {
            let place = at(place);
            let piece = bytes[place..(place + n).min(bytes.len())].repeat(*times);
            bytes.splice(place..place, piece);
        }
        Change::Cut(place) => {
            let place = at(place);
            bytes.truncate(place);
        }
    }
}

/// A document that holds together or an error that is no fault of the reader's.
fn assert_answered(bytes: &[u8], format: Format) {
    match read(bytes, format) {
        Ok(ingested) => assert_whole(&ingested.extracted),
        Err(error @ (IngestError::ReaderFailed { .. } | IngestError::Timeout { .. })) => {
            panic!("{} of {} bytes: {error}", format.name(), bytes.len())
        }
        Err(_) => {}
    }
}

#[test]
fn files_cut_off_anywhere() {
    for (format, bytes) in seeds() {
        for end in (0..bytes.len()).step_by(1 + bytes.len() / 200) {
            assert_answered(&bytes[..end], format);
        }
    }
}

#[test]
fn files_under_every_name() {
    let formats = seeds();
    for (_, bytes) in &formats {
        for (named, _) in &formats {
            assert_answered(bytes, *named);
        }
    }
}

/// A part, the format that it makes, and the entries of its archive; the empty one is the part's place.
type Package<'a> = (&'a str, Format, &'a [(&'a str, &'a str)]);

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn files_changed_at_random(which in any::<prop::sample::Index>(), changes in proptest::collection::vec(change(), 1..8)) {
        let seeds = seeds();
        let (format, mut bytes) = seeds[which.index(seeds.len())].clone();
        for change in &changes {
            apply(&mut bytes, change);
        }
        assert_answered(&bytes, format);
    }

    /// Inside an archive chance hardly ever gets past the checksums, so parts are changed before they are packed.
    #[test]
    fn parts_changed_at_random(which in 0..6_usize, changes in proptest::collection::vec(change(), 1..8)) {
        let word = format!("<w:document><w:body>{}<w:tbl><w:tr><w:tc><w:p><w:del><w:r><w:t>x</w:t></w:r></w:del></w:p></w:tc></w:tr></w:tbl></w:body></w:document>", word_paragraph("hei"));
        let parts: [Package<'_>; 6] = [
            (&word, Format::Docx, &[("word/document.xml", "")]),
            ("<o><text:p>hei<text:note><text:p>n</text:p></text:note></text:p><table:table/></o>", Format::Odt,
                &[("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", "")]),
            ("<o><table:table><table:table-row table:number-rows-repeated=\"2\"><table:table-cell><text:p>hei</text:p></table:table-cell></table:table-row></table:table></o>",
                Format::Ods, &[("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", "")]),
            ("<worksheet><row r=\"1\"><c r=\"B1\" t=\"inlineStr\" s=\"1\"><is><t>hei</t></is></c><c><v>42441.5</v></c></row></worksheet>", Format::Xlsx,
                &[("xl/workbook.xml", "<workbook><sheets><sheet r:id=\"1\"/></sheets></workbook>"), ("xl/worksheets/sheet1.xml", "")]),
            ("<package><manifest><item id=\"a\" href=\"a.xhtml\"/></manifest><spine><itemref idref=\"a\"/></spine></package>", Format::Epub,
                &[("META-INF/container.xml", "<c><rootfile full-path=\"p.opf\"/></c>"), ("a.xhtml", "<p>hei</p>"), ("p.opf", "")]),
            ("<w:styles><w:style w:styleId=\"a\"><w:name w:val=\"heading 1\"/><w:basedOn w:val=\"b\"/></w:style></w:styles>", Format::Docx,
                &[("word/_rels/document.xml.rels", "<R><Relationship Type=\"x/styles\" Target=\"styles.xml\"/></R>"),
                  ("word/document.xml", "<w:p><w:pPr><w:pStyle w:val=\"a\"/></w:pPr><w:r><w:t>hei</w:t></w:r></w:p>"), ("word/styles.xml", "")]),
        ];
        let (content, format, others) = parts[which];
        let mut bytes = content.as_bytes().to_vec();
        for change in &changes {
            apply(&mut bytes, change);
        }
        let content = String::from_utf8_lossy(&bytes);
        let all: Vec<(&str, &str)> = others.iter().map(|(name, part)| (*name, if part.is_empty() { content.as_ref() } else { part })).collect();
        assert_answered(&make::archive(&all), format);
    }
}
