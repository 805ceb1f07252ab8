//! The filters of streams that hold anything but pictures.

use flate2::{Decompress, FlushDecompress, Status};

use super::super::error::IngestError;
use super::super::limits::Budget;

/// What came out of a stream.
#[derive(Debug, Default)]
pub(super) struct Decoded {
    pub(super) bytes: Vec<u8>,
    /// Whether the stream broke off or was damaged, so that bytes may be missing.
    pub(super) is_damaged: bool,
}

/// How a predictor arranged the bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Predictor {
    pub(super) kind: i64,
    /// Bytes of a row.
    pub(super) row: usize,
    /// Bytes of a pixel, at least one.
    pub(super) pixel: usize,
}

/// Undoes `filter`; `None` for one that only pictures have.
pub(super) fn decode(
    filter: &str,
    bytes: &[u8],
    predictor: Option<Predictor>,
    early_change: bool,
    budget: &Budget,
) -> Result<Option<Decoded>, IngestError> {
    let mut decoded = match filter {
        "FlateDecode" | "Fl" => flate(bytes, budget)?,
        "LZWDecode" | "LZW" => lzw(bytes, early_change, budget)?,
        "ASCII85Decode" | "A85" => ascii85(bytes),
        "ASCIIHexDecode" | "AHx" => ascii_hex(bytes),
        "RunLengthDecode" | "RL" => run_length(bytes, budget)?,
        "Crypt" => Decoded { bytes: bytes.to_vec(), is_damaged: false },
        _ => return Ok(None),
    };
    if let Some(predictor) = predictor {
        decoded.bytes = unpredict(decoded.bytes, predictor);
    }
    Ok(Some(decoded))
}

/// Size of the pieces in which bytes are unpacked and accounted for.
const CHUNK: usize = 32 << 10;

fn flate(bytes: &[u8], budget: &Budget) -> Result<Decoded, IngestError> {
    let decoded = inflate(bytes, true, budget)?;
    // A damaged header leaves the data behind it whole.
    if decoded.bytes.is_empty() && decoded.is_damaged && bytes.len() > 2 {
        return inflate(&bytes[2..], false, budget);
    }
    Ok(decoded)
}

fn inflate(bytes: &[u8], has_header: bool, budget: &Budget) -> Result<Decoded, IngestError> {
    let mut state = Decompress::new(has_header);
    let mut decoded = Decoded::default();
    loop {
        decoded.bytes.reserve(CHUNK);
        let (taken, before) = (state.total_in(), decoded.bytes.len());
        let input = &bytes[usize::try_from(taken).unwrap_or(bytes.len()).min(bytes.len())..];
        let status = state.decompress_vec(input, &mut decoded.bytes, FlushDecompress::None);
        budget.unpack(decoded.bytes.len() - before)?;
        budget.hold(decoded.bytes.len())?;
        match status {
            Ok(Status::StreamEnd) => return Ok(decoded),
            Ok(_) if state.total_in() > taken || decoded.bytes.len() > before => {}
            Ok(_) | Err(_) => {
                decoded.is_damaged = true;
                return Ok(decoded);
            }
        }
    }
}

fn lzw(bytes: &[u8], early_change: bool, budget: &Budget) -> Result<Decoded, IngestError> {
    const CLEAR: usize = 256;
    const END: usize = 257;
    let mut decoded = Decoded::default();
    // Each entry: where its bytes begin in the output, and how many there are.
    let mut table: Vec<(usize, usize)> = Vec::new();
    let (mut bits, mut n_bits, mut width) = (0_u32, 0, 9);
    let mut before: Option<(usize, usize)> = None;
    for byte in bytes {
        bits = bits << 8 | u32::from(*byte);
        n_bits += 8;
        if n_bits < width {
            continue;
        }
        n_bits -= width;
        let code = (bits >> n_bits) as usize & ((1 << width) - 1);
        let start = decoded.bytes.len();
        match code {
            CLEAR => {
                table.clear();
                (width, before) = (9, None);
                continue;
            }
            END => return Ok(decoded),
            0..=255 => decoded.bytes.push((code & 0xff) as u8),
            _ => {
                let known = table.get(code - 258).copied();
                let Some((from, length)) = known.or(before.map(|(from, length)| (from, length + 1))) else {
                    decoded.is_damaged = true;
                    return Ok(decoded);
                };
                budget.unpack(length)?;
                budget.hold(start + length)?;
                // The entry may reach into what is being written.
                for at in from..from + length {
                    let byte = decoded.bytes[at];
                    decoded.bytes.push(byte);
                }
            }
        }
        if let Some((from, length)) = before
            && table.len() < 4096 - 258
        {
            table.push((from, length + 1));
        }
        before = Some((start, decoded.bytes.len() - start));
        width = match table.len() + 258 + usize::from(early_change) {
            0..512 => 9,
            512..1024 => 10,
            1024..2048 => 11,
            _ => 12,
        };
    }
    Ok(decoded)
}

fn ascii85(bytes: &[u8]) -> Decoded {
    let mut decoded = Decoded::default();
    let mut group: Vec<u8> = Vec::with_capacity(5);
    let bytes = bytes.strip_prefix(b"<~").unwrap_or(bytes);
    for byte in bytes {
        match byte {
            b'~' => break,
            b'z' if group.is_empty() => decoded.bytes.extend([0; 4]),
            b'!'..=b'u' => {
                group.push(byte - b'!');
                if group.len() == 5 {
                    decoded.bytes.extend(base85(&group).to_be_bytes());
                    group.clear();
                }
            }
            _ => {}
        }
    }
    if group.len() > 1 {
        let n = group.len() - 1;
        group.resize(5, 84);
        decoded.bytes.extend(&base85(&group).to_be_bytes()[..n]);
    }
    decoded
}

fn base85(group: &[u8]) -> u32 {
    group.iter().fold(0_u32, |value, digit| value.wrapping_mul(85).wrapping_add(u32::from(*digit)))
}

fn ascii_hex(bytes: &[u8]) -> Decoded {
    let digits = bytes.iter().take_while(|byte| **byte != b'>').filter_map(|byte| char::from(*byte).to_digit(16));
    let digits: Vec<u8> = digits.map(|digit| (digit & 15) as u8).collect();
    let bytes = digits.chunks(2).map(|pair| pair[0] << 4 | pair.get(1).copied().unwrap_or(0)).collect();
    Decoded { bytes, is_damaged: false }
}

fn run_length(bytes: &[u8], budget: &Budget) -> Result<Decoded, IngestError> {
    let mut decoded = Decoded::default();
    let mut rest = bytes;
    while let [length, after @ ..] = rest {
        match length {
            128 => break,
            0..=127 => {
                let n = (usize::from(*length) + 1).min(after.len());
                decoded.bytes.extend(&after[..n]);
                rest = &after[n..];
            }
            129..=255 => {
                let [byte, after @ ..] = after else { break };
                let n = 257 - usize::from(*length);
                decoded.bytes.extend(std::iter::repeat_n(*byte, n));
                budget.unpack(n)?;
                rest = after;
            }
        }
        budget.hold(decoded.bytes.len())?;
    }
    Ok(decoded)
}

fn unpredict(bytes: Vec<u8>, predictor: Predictor) -> Vec<u8> {
    let Predictor { kind, row, pixel } = predictor;
    if row == 0 || kind < 2 {
        return bytes;
    }
    let mut bytes = bytes;
    if kind == 2 {
        for row in bytes.chunks_mut(row) {
            for at in pixel..row.len() {
                row[at] = row[at].wrapping_add(row[at - pixel]);
            }
        }
        return bytes;
    }
    let mut plain: Vec<u8> = Vec::with_capacity(bytes.len());
    for line in bytes.chunks(row + 1) {
        let (kind, line) = (line[0], &line[1..]);
        let above = plain.len().checked_sub(row);
        for (at, byte) in line.iter().enumerate() {
            let up = above.map_or(0, |above| plain.get(above + at).copied().unwrap_or(0));
            let here = plain.len();
            let left = if at >= pixel { plain[here - pixel] } else { 0 };
            let up_left = if at >= pixel { above.map_or(0, |above| plain[above + at - pixel]) } else { 0 };
            let guess = match kind {
                1 => left,
                2 => up,
                3 => ((u16::from(left) + u16::from(up)) / 2) as u8,
                4 => paeth(left, up, up_left),
                _ => 0,
            };
            plain.push(byte.wrapping_add(guess));
        }
    }
    plain
}

fn paeth(left: u8, up: u8, up_left: u8) -> u8 {
    let guess = i16::from(left) + i16::from(up) - i16::from(up_left);
    let distance = |byte: u8| (guess - i16::from(byte)).abs();
    if distance(left) <= distance(up) && distance(left) <= distance(up_left) {
        left
    } else if distance(up) <= distance(up_left) {
        up
    } else {
        up_left
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::format::Format;
    use super::super::super::limits::Limits;
    use super::*;

    #[track_caller]
    fn check(filter: &str, bytes: &[u8], expected: &[u8], is_damaged: bool) {
        let budget = Budget::new(Limits::DEFAULT, Format::Pdf, 0, None);
        let decoded = decode(filter, bytes, None, true, &budget).expect("within limits").expect("known");
        assert_eq!(decoded.bytes, expected, "{filter}");
        assert_eq!(decoded.is_damaged, is_damaged, "{filter}");
    }

    #[test]
    fn filters() {
        check("ASCIIHexDecode", b"48 65 6>", b"He`", false);
        check("ASCII85Decode", b"87cURD]j7BEbo80~>", b"Hello world!", false);
        check("ASCII85Decode", b"z87c", b"\0\0\0\0He", false);
        check("RunLengthDecode", b"\x02abc\xfed\x80x", b"abcddd", false);
        check("LZWDecode", b"\x80\x0b\x60\x50\x22\x0c\x0c\x85\x01", b"-----A---B", false);
        check("FlateDecode", b"\x78\x9c\x4b\x4c\x4a\x06\x00\x02\x4d\x01\x27", b"abc", false);
        // Of the third letter 5 of its 8 bits are there.
        check("FlateDecode", b"\x78\x9c\x4b\x4c\x4a", b"ab", true);
        check("FlateDecode", b"", b"", true);
    }

    #[test]
    fn predictors_are_undone() {
        let png = Predictor { kind: 12, row: 2, pixel: 1 };
        assert_eq!(unpredict(vec![2, 1, 2, 2, 1, 1, 1, 5, 1], png), [1, 2, 2, 3, 5, 6]);
        let tiff = Predictor { kind: 2, row: 3, pixel: 1 };
        assert_eq!(unpredict(vec![1, 1, 1, 5], tiff), [1, 2, 3, 5]);
    }
}
