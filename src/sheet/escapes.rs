//! Characters that workbooks write as `_x000D_`: the type ST_Xstring of ECMA-376, part 1, 22.9.2.19.

use std::borrow::Cow;

/// Length of an escape in bytes.
const LENGTH: usize = "_x000D_".len();

/// `text` as its author wrote it: `_x000D_` is a carriage return, `_x005F_` an underscore that was none.
///
/// To be used once on what the file holds. Control characters other than white space are dropped, and half of a
/// surrogate pair stays as it is written.
pub(crate) fn without_escapes(text: &str) -> Cow<'_, str> {
    if !text.contains("_x") {
        return Cow::Borrowed(text);
    }
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        decoded.push_str(&rest[..at]);
        rest = &rest[at..];
        match character(rest) {
            Some((character, length)) => {
                if !character.is_control() || character.is_whitespace() {
                    decoded.push(character);
                }
                rest = &rest[length..];
            }
            None => {
                decoded.push('_');
                rest = &rest[1..];
            }
        }
    }
    decoded.push_str(rest);
    Cow::Owned(decoded)
}

/// The character that `text` begins with as an escape or a pair of them, and the length of it in bytes.
fn character(text: &str) -> Option<(char, usize)> {
    let first = unit(text)?;
    if let Some(character) = char::from_u32(u32::from(first)) {
        return Some((character, LENGTH));
    }
    let second = unit(&text[LENGTH..])?;
    let pair = char::decode_utf16([first, second]).next()?.ok()?;
    Some((pair, 2 * LENGTH))
}

/// The UTF-16 unit that `text` begins with as an escape.
fn unit(text: &str) -> Option<u16> {
    let digits = text.strip_prefix("_x")?.get(..4)?;
    let is_closed = text.as_bytes().get(LENGTH - 1) == Some(&b'_');
    if !is_closed || !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return None;
    }
    u16::from_str_radix(digits, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_the_characters_they_stand_for() {
        for (written, expected) in [
            ("eierskap_x000D_\nog mer_x000D_", "eierskap\r\nog mer\r"),
            ("_x005F_x000D_", "_x000D_"),
            ("a_x005f_b", "a_b"),
            ("_x00E5_r", "år"),
            ("_xD83D__xDE00_!", "😀!"),
            ("_xD83D_!", "_xD83D_!"),
            ("_xDE00__xD83D_", "_xDE00__xD83D_"),
            ("eier_x001B_skap", "eierskap"),
            ("a_x0009_b", "a\tb"),
            ("_x00D_ _x00GG_ _x000D _xå", "_x00D_ _x00GG_ _x000D _xå"),
            ("__x000D_", "_\r"),
            ("snake_x", "snake_x"),
            ("", ""),
        ] {
            assert_eq!(without_escapes(written), expected, "{written}");
        }
    }
}
