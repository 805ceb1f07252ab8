//! Strings of a PDF that are text: titles, dates, what stands for a picture of letters.

/// A string that is text: UTF-16 or UTF-8 with a mark, else an encoding of its own that is nearly Latin-1.
pub(super) fn text_string(bytes: &[u8]) -> String {
    match bytes {
        [0xfe, 0xff, rest @ ..] => encoding_rs::UTF_16BE.decode_without_bom_handling(rest).0.into_owned(),
        [0xff, 0xfe, rest @ ..] => encoding_rs::UTF_16LE.decode_without_bom_handling(rest).0.into_owned(),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => bytes
            .iter()
            .map(|byte| match byte {
                0x80..=0x9f => {
                    const UPPER: &str = "•†‡…—–ƒ⁄‹›−‰„“”‘’‚™ﬁﬂŁŒŠŸŽıłœšž\u{fffd}";
                    UPPER.chars().nth(usize::from(byte - 0x80)).unwrap_or('\u{fffd}')
                }
                0xa0 => '€',
                byte => char::from(*byte),
            })
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_of_text() {
        assert_eq!(text_string(b"\xfe\xff\x00\xe5"), "å");
        assert_eq!(text_string(b"\xe5\x84\x85"), "å—–");
        assert_eq!(text_string(b"\xef\xbb\xbf\xc3\xa5"), "å");
    }
}
