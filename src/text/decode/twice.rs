//! Text that was encoded twice: UTF-8 that some program took for an older encoding and encoded again.

use super::legacy::Legacy;

/// Signs of double encoding in a text.
pub(super) struct Found {
    /// The text put right, when every letter outside ASCII takes part and all come out as UTF-8.
    pub(super) mended: Option<String>,
    /// How many letters show it.
    pub(super) count: usize,
    /// Byte offset of the first.
    pub(super) first: usize,
}

/// Encodings that UTF-8 is taken for, and what the first byte of `æ ø å é` looks like in them.
const WRONG: [(Legacy, char); 3] = [(Legacy::Windows1252, 'Ã'), (Legacy::MacRoman, '√'), (Legacy::Cp850, '├')];

/// Looks for letters encoded twice.
pub(super) fn look(text: &str) -> Option<Found> {
    if text.is_ascii() {
        return None;
    }
    WRONG.iter().find_map(|(taken_for, sign)| {
        // Quotation marks and dashes look like `â€` there, but nobody writes them without these letters.
        text.contains(*sign).then(|| look_in(text, *taken_for, *sign)).flatten()
    })
}

fn look_in(text: &str, taken_for: Legacy, sign: char) -> Option<Found> {
    let reverse = taken_for.reverse();
    let byte = |character: char| -> Option<u8> {
        if character.is_ascii() {
            return u8::try_from(character).ok();
        }
        let found = reverse.binary_search_by_key(&character, |entry| entry.0).ok()?;
        Some(reverse[found].1)
    };
    let continues = |character: Option<char>| character.and_then(byte).is_some_and(|b| matches!(b, 0x80..=0xbf));
    let mut places = text.match_indices(sign).filter(|(at, _)| continues(text[at + sign.len_utf8()..].chars().next()));
    let first = places.next()?.0;
    let count = 1 + places.count();
    let bytes: Option<Vec<u8>> = text.chars().map(byte).collect();
    let mended = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
    let mended = mended.map(|text| text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text));
    Some(Found { mended, count, first })
}
