//! The same interview in every format gives the same text.

use temakart::ingest::Format;

use super::make::{self, TURNS, interview};
use super::{extracted, notices, read, shown};

#[track_caller]
fn check(bytes: &[u8], format: Format) {
    let extracted = extracted(bytes, format);
    assert_eq!(extracted.text, interview(), "{}", format.name());
    assert_eq!(extracted.blocks.len(), TURNS.len(), "{}", format.name());
    assert_eq!(notices(&extracted), [""; 0], "{}", format.name());
}

fn each(make: impl Fn(&str) -> String) -> String {
    TURNS.iter().map(|(speaker, words)| make(&format!("{speaker}: {words}"))).collect()
}

#[test]
fn the_same_interview_from_every_format() {
    check(interview().as_bytes(), Format::Text);
    check(interview().as_bytes(), Format::Markdown);
    check(&make::docx(&each(make::word_paragraph), &[]), Format::Docx);
    check(&make::odt(&each(|text| format!("<text:p>{text}</text:p>"))), Format::Odt);
    check(format!("{{\\rtf1\\ansi {}}}", each(|text| make::rtf_text(text) + "\\par\n")).as_bytes(), Format::Rtf);
    check(format!("<html><body>{}</body></html>", each(|text| format!("<p>{text}"))).as_bytes(), Format::Html);
    check(&make::epub(&[&each(|text| format!("<p>{text}</p>"))]), Format::Epub);
    let json: Vec<String> =
        TURNS.iter().map(|(speaker, words)| format!("{{\"speaker\":\"{speaker}\",\"text\":\" {words}\"}}")).collect();
    check(format!("{{\"segments\":[{}]}}", json.join(",")).as_bytes(), Format::Json);
}

#[test]
fn the_same_interview_from_subtitles_cut_into_cues() {
    let (mut vtt, mut srt) = (String::from("WEBVTT\n\n"), String::new());
    let mut number = 0;
    for (speaker, words) in TURNS {
        let (one, other) = words.split_at(words.find(' ').unwrap());
        for piece in [one, other.trim()] {
            number += 1;
            vtt += &format!("00:00:0{number}.000 --> 00:00:0{number}.900\n<v {speaker}>{piece}</v>\n\n");
            srt += &format!("{number}\n00:00:0{number},000 --> 00:00:0{number},900\n{speaker}: {piece}\n\n");
        }
    }
    check(vtt.as_bytes(), Format::Vtt);
    check(srt.as_bytes(), Format::Srt);
    let turns = extracted(vtt.as_bytes(), Format::Vtt);
    let times: Vec<Option<u64>> = turns.blocks.iter().map(|block| block.time).collect();
    assert_eq!(times, [Some(1_000), Some(3_000), Some(5_000)]);
    assert_eq!(shown(&turns)[1], format!("T {}", TURNS[1].1));
    assert_eq!(turns.blocks[1].speaker.as_deref(), Some("Kari Ås"));
}

#[test]
fn the_same_interview_from_a_pdf_with_wrapped_lines() {
    let lines = make::lines(
        72,
        700,
        &[
            "Intervjuer: Hvordan er forankringen i ledelsen,",
            "slik du ser det?",
            "Kari Ås: Den er ujevn. I noen kommuner er rådmannen",
            "med, i andre har vi knapt møtt noen.",
            "Intervjuer: Og på Øya – hva med ildsjelene der?",
        ],
    );
    let extracted = extracted(&make::pdf(&[lines]), Format::Pdf);
    assert_eq!(extracted.text, interview());
    assert!(extracted.blocks.iter().all(|block| block.page == Some(1)));
}

#[test]
fn content_outranks_the_name() {
    let docx = make::docx(&make::word_paragraph("hei"), &[]);
    let html = b"<html><body><p>hei</p></body></html>";
    for (bytes, named, expected) in [
        (docx.as_slice(), Format::Doc, Format::Docx),
        (docx.as_slice(), Format::Odt, Format::Docx),
        (docx.as_slice(), Format::Text, Format::Docx),
        (html.as_slice(), Format::Docx, Format::Html),
        (b"hei".as_slice(), Format::Docx, Format::Text),
        (b"{\\rtf1 hei}".as_slice(), Format::Doc, Format::Rtf),
        (b"WEBVTT\n\n00:01.000 --> 00:02.000\nhei".as_slice(), Format::Text, Format::Vtt),
    ] {
        let ingested = read(bytes, named).unwrap();
        assert_eq!(ingested.format, expected);
        assert_eq!(ingested.extracted.text.trim_end(), "hei");
        assert_eq!(ingested.bytes, bytes.len() as u64);
        assert_eq!(ingested.sha256.to_string().len(), 64);
    }
}
