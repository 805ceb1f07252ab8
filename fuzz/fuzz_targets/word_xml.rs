//! Any XML as the text of a Word document, which a changed archive would hardly ever let through to its reader.

#![no_main]

mod answered;

libfuzzer_sys::fuzz_target!(|xml: &[u8]| {
    let flat = [b"<?xml version=\"1.0\"?><w:wordDocument>", xml].concat();
    answered::check(&flat, temakart::ingest::Format::Docx);
});
