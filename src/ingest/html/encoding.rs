//! Which encoding a web page is in: what it is before what it says.

use encoding_rs::Encoding;

use crate::text::{self, DecodeError, Decoded};

/// How far into a page its own word about its encoding is looked for.
const DECLARED_WITHIN: usize = 4096;

/// Decodes a page.
///
/// UTF-8 is never met by chance, so a page that is UTF-8 is read so whatever it says; any other is read as it says,
/// where that makes sense.
pub(super) fn decode(bytes: &[u8]) -> Result<Decoded, DecodeError> {
    let has_mark = Encoding::for_bom(bytes).is_some();
    if !has_mark
        && std::str::from_utf8(bytes).is_err()
        && let Some(encoding) = declared(&bytes[..bytes.len().min(DECLARED_WITHIN)])
        && encoding != encoding_rs::UTF_8
        && encoding.is_ascii_compatible()
    {
        let (text, _, has_errors) = encoding.decode(bytes);
        if !has_errors {
            return Ok(Decoded { text: text.into_owned(), encoding: encoding.name(), doubts: Vec::new() });
        }
    }
    text::decode(bytes)
}

/// The encoding that `start` names, in whichever of the two ways.
fn declared(start: &[u8]) -> Option<&'static Encoding> {
    let start = String::from_utf8_lossy(start).to_ascii_lowercase();
    let named = |key: &str| {
        let value = start.split(key).nth(1)?.trim_start().strip_prefix('=')?;
        let value = value.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\''));
        let end =
            value.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':'))).unwrap_or(value.len());
        Encoding::for_label(value[..end].as_bytes())
    };
    named("charset").or_else(|| named("encoding"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], expected: &str) {
        let decoded = decode(bytes).expect("text");
        assert!(decoded.text.contains(expected), "{:?}", decoded.text);
    }

    #[test]
    fn a_page_is_read_as_what_it_is() {
        check(b"<meta charset=\"iso-8859-1\">p\xe5 \xd8ya", "på Øya");
        check(b"<meta http-equiv=Content-Type content=\"text/html; charset=windows-1252\">p\xe5 \x96", "på –");
        check(b"<meta charset=macintosh>p\x8c", "på");
        check("<meta charset=\"iso-8859-1\">på".as_bytes(), "på");
        check("<p>på øya er alt lov</p>".as_bytes(), "på øya");
    }
}
