//! Any text as a pattern of a codebook and as a search query: read or refused, and written back as the same pattern.

#![no_main]

use temakart::codebook::pattern::{Context, parse};

libfuzzer_sys::fuzz_target!(|source: &str| {
    for context in [Context::Codebook, Context::Query] {
        if let Ok(pattern) = parse(source, context) {
            let written = pattern.to_string();
            let again = parse(&written, context).unwrap_or_else(|problems| panic!("`{written}`: {problems:?}"));
            assert_eq!(again.to_string(), written);
        }
    }
});
