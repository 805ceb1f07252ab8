//! Any bytes under the name of a `.epub` file.

#![no_main]

mod answered;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| answered::check(bytes, temakart::ingest::Format::Epub));
