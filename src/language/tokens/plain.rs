//! The quick way through plain text: letters, blanks and simple punctuation, told by their bytes.

/// What a byte is to the quick way through plain text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Byte {
    /// ASCII white space.
    Blank,
    /// Punctuation before which a phrase stops, and which no word holds at its end.
    Stop,
    Other,
}

/// Looked up, since each byte of a text is asked about.
#[inline]
pub(super) fn kind_of_byte(byte: u8) -> Byte {
    const KINDS: [Byte; 256] = {
        let mut kinds = [Byte::Other; 256];
        let mut byte = 0;
        while byte < 128 {
            kinds[byte] = match byte as u8 {
                own if own.is_ascii_whitespace() => Byte::Blank,
                b'.' | b',' | b';' | b':' | b'!' | b'?' => Byte::Stop,
                _ => Byte::Other,
            };
            byte += 1;
        }
        kinds
    };
    KINDS[usize::from(byte)]
}

/// The end of the run of ASCII letters, ASCII digits and bytes beyond ASCII that begins at `start`, and whether it is all
/// ASCII. Eight bytes are looked at in one go: most words are no longer.
#[inline]
pub(super) fn run_of_letters(bytes: &[u8], start: usize) -> (usize, bool) {
    const HIGH: u64 = 0x8080_8080_8080_8080;
    // Sets the high bit of each byte below 128 that is not less than `least`.
    let from = |bytes: u64, least: u8| bytes + u64::from_le_bytes([0x80 - least; 8]);
    let (mut end, mut beyond) = (start, 0);
    while let Some(eight) = bytes[end..].first_chunk::<8>() {
        let eight = u64::from_le_bytes(*eight);
        let low = eight & !HIGH;
        let small = low | u64::from_le_bytes([0x20; 8]);
        let is_letter = from(small, b'a') & !from(small, b'z' + 1);
        let is_digit = from(low, b'0') & !from(low, b'9' + 1);
        let stop = !(is_letter | is_digit | eight) & HIGH;
        // All bytes below the first that stops the run; all eight if none does.
        let run = (stop & stop.wrapping_neg()).wrapping_sub(1);
        beyond |= eight & run & HIGH;
        if stop != 0 {
            return (end + stop.trailing_zeros() as usize / 8, beyond == 0);
        }
        end += 8;
    }
    let is_in_run = |byte: &&u8| !byte.is_ascii() || byte.is_ascii_alphanumeric();
    let rest = bytes[end..].iter().take_while(is_in_run).count();
    (end + rest, beyond == 0 && bytes[end..end + rest].is_ascii())
}

/// Whether folding a run of letters only puts it in lower case by its ASCII letters: beyond ASCII it has only small æ, ø
/// and å. `None` where it has more than Latin-1 letters.
#[inline]
pub(super) fn latin_1(run: &[u8]) -> Option<bool> {
    let (mut at, mut is_lower) = (0, true);
    while let Some(byte) = run.get(at) {
        if byte.is_ascii() {
            at += 1;
            continue;
        }
        // U+00C0 to U+00FF, less the signs for times and division.
        let second = run.get(at + 1).filter(|second| *byte == 0xc3 && !matches!(second, 0x97 | 0xb7))?;
        is_lower &= matches!(second, 0xa6 | 0xb8 | 0xa5);
        at += 2;
    }
    Some(is_lower)
}
