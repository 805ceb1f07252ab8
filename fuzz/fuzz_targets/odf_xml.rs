//! Any XML as the text of an OpenDocument text or sheet, which a changed archive would hardly ever let through.

#![no_main]

mod answered;

libfuzzer_sys::fuzz_target!(|xml: &[u8]| {
    for (mark, format) in [("text", temakart::ingest::Format::Odt), ("spreadsheet", temakart::ingest::Format::Ods)] {
        let head = format!("<?xml version=\"1.0\"?><office:document m=\"opendocument.{mark}\">");
        answered::check(&[head.as_bytes(), xml].concat(), format);
    }
});
