//! What is stored of a row to be shown: where it stands in its document, and its text.
//!
//! Four numbers and the text, in one value: tantivy takes several times as long for a field of its own for each.

use super::Row;
use super::row_file::{read_number, write_number};
use crate::segment::Segment;

/// Appends what is stored of a segment with this text.
pub(super) fn write(segment: &Segment, text: &str, into: &mut Vec<u8>) {
    let page = segment.page.map_or(0, |page| page.saturating_add(1));
    let (high, low) = segment.time.map_or((0, 0), |time| ((time >> 32) as u32, time as u32));
    for number in [segment.code_point, segment.line, page, u32::from(segment.time.is_some()), high, low] {
        write_number(number, into);
    }
    into.extend_from_slice(text.as_bytes());
}

/// The row of these bytes, if [`write`] wrote them.
pub(super) fn read(mut bytes: &[u8]) -> Option<Row> {
    let mut number = || read_number(&mut bytes);
    let (code_point, line, page) = (number()?, number()?, number()?);
    let (has_time, high, low) = (number()?, number()?, number()?);
    Some(Row {
        code_point,
        line,
        page: page.checked_sub(1),
        time: (has_time == 1).then(|| u64::from(high) << 32 | u64::from(low)),
        text: std::str::from_utf8(bytes).ok()?.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        for (page, time) in [(None, None), (Some(1), Some(0)), (Some(300), Some(u64::MAX - 1)), (None, Some(61_001))] {
            let text = "Blåbær på tur";
            let segment = Segment { page, time, line: 12, code_point: 70_000, ..Segment::whole(text) };
            let mut bytes = Vec::new();
            write(&segment, text, &mut bytes);
            let row = Row { code_point: 70_000, line: 12, page, time, text: text.to_owned() };
            assert_eq!(read(&bytes), Some(row));
        }
        assert_eq!(read(&[0x80]), None);
        assert_eq!(read(&[0, 1, 0, 0, 0, 0, 0xff]), None);
    }
}
