//! The 8-bit encodings of rich text: of the document, and of each font.

use encoding_rs::{
    BIG5, EUC_KR, Encoding, GBK, MACINTOSH, SHIFT_JIS, WINDOWS_874, WINDOWS_1250, WINDOWS_1251, WINDOWS_1252,
    WINDOWS_1253, WINDOWS_1254, WINDOWS_1255, WINDOWS_1256, WINDOWS_1257, WINDOWS_1258,
};

/// How bytes become characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CodePage {
    /// An encoding of Windows or the Macintosh.
    Known(&'static Encoding),
    /// DOS, western (850) or the United States (437), alike in the letters of the Nordic languages.
    Dos,
    /// A font of pictures, whose bytes are no letters.
    Symbols,
}

impl CodePage {
    /// What Windows writes in western Europe.
    pub(super) const DEFAULT: Self = Self::Known(WINDOWS_1252);

    /// The code page of this number, as `\ansicpg` and `\cpg` give it.
    pub(super) fn of_number(number: i32) -> Option<Self> {
        Some(Self::Known(match number {
            437 | 850 | 865 => return Some(Self::Dos),
            42 => return Some(Self::Symbols),
            874 => WINDOWS_874,
            932 => SHIFT_JIS,
            936 => GBK,
            949 => EUC_KR,
            950 => BIG5,
            1250 => WINDOWS_1250,
            1251 => WINDOWS_1251,
            1252 | 0 => WINDOWS_1252,
            1253 => WINDOWS_1253,
            1254 => WINDOWS_1254,
            1255 => WINDOWS_1255,
            1256 => WINDOWS_1256,
            1257 => WINDOWS_1257,
            1258 => WINDOWS_1258,
            10000 => MACINTOSH,
            65001 => encoding_rs::UTF_8,
            _ => return None,
        }))
    }

    /// The code page of a font's character set, as `\fcharset` gives it; `None` for the document's own.
    pub(super) fn of_charset(number: i32) -> Option<Self> {
        let code_page = match number {
            2 => 42,
            77 => 10000,
            128 => 932,
            129 | 130 => 949,
            134 => 936,
            136 => 950,
            161 => 1253,
            162 => 1254,
            163 => 1258,
            177 => 1255,
            178 => 1256,
            186 => 1257,
            204 => 1251,
            222 => 874,
            238 => 1250,
            255 => 850,
            _ => return None,
        };
        Self::of_number(code_page)
    }

    /// Appends the characters that `bytes` stand for.
    pub(super) fn decode(self, bytes: &[u8], text: &mut String) {
        match self {
            Self::Known(encoding) => text.push_str(&encoding.decode_without_bom_handling(bytes).0),
            Self::Dos => text.extend(bytes.iter().map(|byte| dos(*byte))),
            Self::Symbols => {
                text.extend(bytes.iter().map(|byte| if byte.is_ascii() { char::from(*byte) } else { ' ' }))
            }
        }
    }
}

/// Code page 850, which is 865 in all letters of the Nordic languages.
fn dos(byte: u8) -> char {
    const UPPER: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤\
                         ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{ad}±‗¾¶§÷¸°¨·¹³²■\u{a0}";
    match byte {
        0..=0x7f => char::from(byte),
        _ => UPPER.chars().nth(usize::from(byte) - 0x80).unwrap_or('\u{fffd}'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(code_page: Option<CodePage>, bytes: &[u8], expected: &str) {
        let mut text = String::new();
        code_page.expect("known").decode(bytes, &mut text);
        assert_eq!(text, expected);
    }

    #[test]
    fn nordic_letters_in_every_code_page() {
        check(CodePage::of_number(1252), b"\xe6\xf8\xe5\xc6\xd8\xc5\x96", "æøåÆØÅ–");
        check(CodePage::of_number(850), b"\x91\x9b\x86\x92\x9d\x8f\xff", "æøåÆØÅ\u{a0}");
        check(CodePage::of_number(10000), b"\xbe\xbf\x8c\xae\xaf\x81", "æøåÆØÅ");
        check(CodePage::of_charset(204), b"\xe6", "ж");
        check(CodePage::of_charset(128), b"\x82\xa0", "あ");
    }
}
