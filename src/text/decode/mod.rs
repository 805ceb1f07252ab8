//! Bytes to text: finds the character encoding, and says what was doubtful about it.
//!
//! In this order: a byte order mark; UTF-16 and UTF-32 by where their NUL bytes stand; UTF-8; UTF-8 with stray
//! bytes of an older encoding; an older encoding ([`legacy`]). The text that comes out is the text of the
//! document: line ends as LF, no byte order mark, otherwise as it was written (soft hyphens, no-break spaces and
//! decomposed letters stay).

mod doubt;
mod legacy;
mod twice;

pub use doubt::Doubt;
use legacy::Evidence;

/// A text, and how its bytes were understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// Without byte order mark, line ends as LF, otherwise untouched.
    pub text: String,
    /// The encoding by the name people use: `UTF-8`, `UTF-16LE`, `Windows-1252`, `MacRoman`, …
    pub encoding: &'static str,
    /// What a researcher should know about it; empty for a text that can only be read in one way.
    pub doubts: Vec<Doubt>,
}

/// Why bytes are no text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// NUL bytes where text has none.
    #[error("not a text file: {count} of its {bytes} bytes are NUL")]
    Nul {
        /// How many.
        count: usize,
        /// Of so many.
        bytes: usize,
    },
    /// Control characters that text does not hold.
    #[error("not a text file: {count} of its {characters} characters are control characters")]
    Control {
        /// How many.
        count: usize,
        /// Of so many.
        characters: usize,
    },
}

/// Bytes are not text if more than one character in this many is a control character.
const CONTROL_SHARE: usize = 50;
/// Bytes are not text if more than one byte in this many is NUL.
const NUL_SHARE: usize = 1000;

/// Decodes `bytes`. An empty input is an empty text.
///
/// # Errors
/// When the bytes are no text: see [`DecodeError`].
pub fn decode(bytes: &[u8]) -> Result<Decoded, DecodeError> {
    let mut decoded = match by_mark(bytes).or_else(|| by_nul(bytes)) {
        Some(decoded) => decoded,
        None => {
            let nul = bytes.iter().filter(|byte| **byte == 0).count();
            if nul * NUL_SHARE > bytes.len() {
                return Err(DecodeError::Nul { count: nul, bytes: bytes.len() });
            }
            without_mark(bytes)
        }
    };
    if decoded.text.contains('\r') {
        decoded.text = decoded.text.replace("\r\n", "\n").replace('\r', "\n");
    }
    inspect(decoded)
}

/// What a byte order mark says; `None` without one.
fn by_mark(bytes: &[u8]) -> Option<Decoded> {
    // The mark of UTF-32LE begins with that of UTF-16LE; every unit must then be a character.
    if let Some(rest) = bytes.strip_prefix(b"\xff\xfe\0\0")
        && let Some(text) = utf32(rest, u32::from_le_bytes)
    {
        return Some(certain(text, "UTF-32LE"));
    }
    if let Some(rest) = bytes.strip_prefix(b"\0\0\xfe\xff")
        && let Some(text) = utf32(rest, u32::from_be_bytes)
    {
        return Some(certain(text, "UTF-32BE"));
    }
    if let Some(rest) = bytes.strip_prefix(b"\xff\xfe") {
        return Some(utf16(rest, u16::from_le_bytes, "UTF-16LE"));
    }
    if let Some(rest) = bytes.strip_prefix(b"\xfe\xff") {
        return Some(utf16(rest, u16::from_be_bytes, "UTF-16BE"));
    }
    None
}

/// UTF-16 and UTF-32 without a mark: letters of European languages leave a NUL in every unit.
fn by_nul(bytes: &[u8]) -> Option<Decoded> {
    if !bytes.contains(&0) {
        return None;
    }
    for (read, name) in
        [(u32::from_le_bytes as fn([u8; 4]) -> u32, "UTF-32LE"), (u32::from_be_bytes as fn([u8; 4]) -> u32, "UTF-32BE")]
    {
        if let Some(text) = utf32(bytes, read)
            && !text.contains('\0')
        {
            return Some(certain(text, name));
        }
    }
    let nul_at = |parity: usize| bytes.iter().skip(parity).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd, units) = (nul_at(0), nul_at(1), bytes.len() / 2);
    let decoded = if odd * 2 > units && even * 8 <= odd {
        utf16(bytes, u16::from_le_bytes, "UTF-16LE")
    } else if even * 2 > units && odd * 8 <= even {
        utf16(bytes, u16::from_be_bytes, "UTF-16BE")
    } else {
        return None;
    };
    (decoded.doubts.is_empty() && !decoded.text.contains('\0')).then_some(decoded)
}

fn certain(text: String, encoding: &'static str) -> Decoded {
    Decoded { text, encoding, doubts: Vec::new() }
}

/// `None` when a unit is no character, so that it cannot be UTF-32.
fn utf32(bytes: &[u8], read: fn([u8; 4]) -> u32) -> Option<String> {
    let (units, []) = bytes.as_chunks::<4>() else { return None };
    units.iter().map(|unit| char::from_u32(read(*unit))).collect()
}

fn utf16(bytes: &[u8], read: fn([u8; 2]) -> u16, encoding: &'static str) -> Decoded {
    let (units, rest) = bytes.as_chunks::<2>();
    let mut replaced = Places::default();
    let mut text = String::with_capacity(bytes.len() / 2);
    for unit in char::decode_utf16(units.iter().map(|unit| read(*unit))) {
        text.push(unit.unwrap_or_else(|_| {
            replaced.add(text.len());
            char::REPLACEMENT_CHARACTER
        }));
    }
    if !rest.is_empty() {
        replaced.add(text.len());
        text.push(char::REPLACEMENT_CHARACTER);
    }
    let doubts = replaced.doubt(&text, |count, line| Doubt::Replaced { count, line });
    Decoded { text, encoding, doubts: doubts.into_iter().collect() }
}

/// UTF-8, whole or nearly so, else an older encoding.
fn without_mark(bytes: &[u8]) -> Decoded {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if let Ok(text) = simdutf8::basic::from_utf8(bytes) {
        return match twice::look(text) {
            None => certain(text.to_owned(), "UTF-8"),
            Some(twice::Found { mended, count, first }) => {
                let line = line_of(text, first);
                let doubt = Doubt::EncodedTwice { count, line, mended: mended.is_some() };
                let encoding = if mended.is_some() { "UTF-8, encoded twice" } else { "UTF-8" };
                Decoded { text: mended.unwrap_or_else(|| text.to_owned()), encoding, doubts: vec![doubt] }
            }
        };
    }
    let (mut stray, mut multibyte, mut western) = (0, 0, 0);
    for chunk in bytes.utf8_chunks() {
        stray += chunk.invalid().len();
        for character in chunk.valid().chars().filter(|character| !character.is_ascii()) {
            multibyte += 1;
            western += usize::from(matches!(character, '«' | '»' | '§' | '°' | 'À'..='ÿ' | '–'..='…'));
        }
    }
    // Bytes of an older encoding can happen to be UTF-8. Rarely so in Western text; in East Asian text often,
    // but then they are any character.
    let is_utf8 = multibyte >= stray * 2 || (western * 2 >= multibyte && multibyte * 4 >= stray && multibyte > 0);
    if is_utf8 { nearly_utf8(bytes) } else { older(bytes) }
}

/// UTF-8 with stray bytes: pieces pasted from elsewhere, or damage.
fn nearly_utf8(bytes: &[u8]) -> Decoded {
    let mut evidence = Evidence::new(bytes);
    let mut at = 0;
    for chunk in bytes.utf8_chunks() {
        at += chunk.valid().len();
        if chunk.invalid().len() == 1 && at + 1 < bytes.len() {
            evidence.weigh(at);
        }
        at += chunk.invalid().len();
    }
    let verdict = evidence.verdict();
    let (mut mixed, mut replaced) = (Places::default(), Places::default());
    let mut text = String::with_capacity(bytes.len());
    let mut at = 0;
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        at += chunk.valid().len() + chunk.invalid().len();
        match chunk.invalid() {
            [] => {}
            // A single byte can be a letter of an older encoding; several, or one at the very end, are a
            // character that was cut.
            [byte] if verdict.is_plausible && at < bytes.len() => {
                mixed.add(text.len());
                text.push(verdict.encoding.character(*byte));
            }
            _ => {
                replaced.add(text.len());
                text.push(char::REPLACEMENT_CHARACTER);
            }
        }
    }
    let encoding = verdict.name;
    let doubts = [
        mixed.doubt(&text, |count, line| Doubt::Mixed { encoding, count, line }),
        replaced.doubt(&text, |count, line| Doubt::Replaced { count, line }),
    ];
    Decoded { text, encoding: "UTF-8", doubts: doubts.into_iter().flatten().collect() }
}

/// An encoding from before Unicode: the one whose letters stand where letters stand.
fn older(bytes: &[u8]) -> Decoded {
    let mut evidence = Evidence::new(bytes);
    let (mut high, mut letters) = (0, 0);
    for (at, byte) in bytes.iter().enumerate() {
        if byte.is_ascii() {
            letters += usize::from(byte.is_ascii_alphabetic());
        } else {
            high += 1;
            evidence.weigh(at);
        }
    }
    let verdict = evidence.verdict();
    // Western languages write most letters in ASCII.
    let is_strange = !verdict.is_plausible || high > letters.max(20);
    if is_strange && let Some(decoded) = foreign(bytes) {
        return decoded;
    }
    let text = bytes.iter().map(|byte| verdict.encoding.character(*byte)).collect();
    let is_doubtful = is_strange || verdict.rival.is_some();
    let doubts = is_doubtful.then_some(Doubt::Guessed { encoding: verdict.name, rival: verdict.rival });
    Decoded { text, encoding: verdict.name, doubts: doubts.into_iter().collect() }
}

/// An encoding of a language that Norwegian letters do not help with; `None` when it is Western after all.
fn foreign(bytes: &[u8]) -> Option<Decoded> {
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let encoding = detector.guess(None, chardetng::Utf8Detection::Deny);
    if encoding == encoding_rs::WINDOWS_1252 {
        return None;
    }
    let (text, had_errors) = encoding.decode_without_bom_handling(bytes);
    let mut doubts = vec![Doubt::Guessed { encoding: encoding.name(), rival: None }];
    if had_errors && let Some(first) = text.find(char::REPLACEMENT_CHARACTER) {
        let count = text.matches(char::REPLACEMENT_CHARACTER).count();
        doubts.push(Doubt::Replaced { count, line: line_of(&text, first) });
    }
    Some(Decoded { text: text.into_owned(), encoding: encoding.name(), doubts })
}

/// Refuses what is no text after all, and notes characters that are easily overlooked.
fn inspect(mut decoded: Decoded) -> Result<Decoded, DecodeError> {
    // Nearly every text ends this here; without branches it is as fast as memory.
    if decoded.text.bytes().fold(false, |found, byte| found | is_odd_control(byte)) {
        let text = &decoded.text;
        let odd = text.bytes().filter(|byte| is_odd_control(*byte)).count();
        let characters = text.chars().count();
        if odd * CONTROL_SHARE > characters {
            return Err(DecodeError::Control { count: odd, characters });
        }
        if let Some(first) = text.find('\0') {
            let count = text.bytes().filter(|byte| *byte == 0).count();
            decoded.doubts.push(Doubt::Nul { count, line: line_of(text, first) });
        }
    }
    if has_direction(decoded.text.as_bytes())
        && let Some(first) = decoded.text.find(turns_direction)
    {
        let count = decoded.text.matches(turns_direction).count();
        decoded.doubts.push(Doubt::Direction { count, line: line_of(&decoded.text, first) });
    }
    Ok(decoded)
}

/// A control character other than tab, line feed, vertical tab, form feed and escape.
fn is_odd_control(byte: u8) -> bool {
    (byte < 0x20) & (byte.wrapping_sub(9) > 3) & (byte != 0x1b)
}

/// Whether UTF-8 holds a character that [`turns_direction`]; nearly every text does not, which is quick to tell.
fn has_direction(bytes: &[u8]) -> bool {
    let is_direction = |rest: &[u8]| matches!(rest, [_, 0x80, 0xaa..=0xae, ..] | [_, 0x81, 0xa6..=0xa9, ..]);
    memchr::memchr_iter(0xe2, bytes).any(|at| is_direction(&bytes[at..]))
}

fn turns_direction(character: char) -> bool {
    matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn line_of(text: &str, offset: usize) -> usize {
    let before = &text.as_bytes()[..offset];
    let ends = before.iter().filter(|byte| **byte == b'\n').count();
    // Line ends may not have been made LF yet: a CR counts unless an LF follows it.
    let lone = before.windows(2).filter(|pair| pair[0] == b'\r' && pair[1] != b'\n').count();
    1 + ends + lone
}

/// How many places, and the first of them.
#[derive(Default)]
struct Places {
    count: usize,
    first: usize,
}

impl Places {
    fn add(&mut self, offset: usize) {
        if self.count == 0 {
            self.first = offset;
        }
        self.count += 1;
    }

    fn doubt(&self, text: &str, doubt: impl FnOnce(usize, usize) -> Doubt) -> Option<Doubt> {
        (self.count > 0).then(|| doubt(self.count, line_of(text, self.first)))
    }
}

#[cfg(test)]
mod tests;
