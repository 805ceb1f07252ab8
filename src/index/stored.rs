//! What is stored of a row to be shown: where it stands in its document, and its text.
//!
//! Four numbers and the text, in one text: tantivy takes several times as long for a field of its own for each, and
//! takes bytes in and gives them back one by one.

use std::fmt::Write as _;

use tantivy::schema::document::{
    DeserializeError, DocumentDeserialize, DocumentDeserializer, ValueDeserialize, ValueDeserializer,
};

use super::Row;
use crate::segment::Segment;

/// Stands between the numbers, and before the text.
const BETWEEN: char = ' ';

/// Appends what is stored of a segment with this text.
pub(super) fn write(segment: &Segment, text: &str, into: &mut String) {
    let (code_point, line) = (u64::from(segment.code_point), u64::from(segment.line));
    for number in [Some(code_point), Some(line), segment.page.map(u64::from), segment.time] {
        if let Some(number) = number {
            write!(into, "{number}").expect("a number goes to memory");
        }
        into.push(BETWEEN);
    }
    into.push_str(text);
}

/// What is stored of a row, as it lies in the index.
pub(super) struct Stored(String);

impl Stored {
    /// The row, if [`write()`] wrote it.
    pub(super) fn row(self) -> Option<Row> {
        let Self(mut stored) = self;
        let mut pieces = stored.splitn(5, BETWEEN);
        let mut piece = || pieces.next();
        let (code_point, line, page, time, text) = (piece()?, piece()?, piece()?, piece()?, piece()?);
        let row = Row {
            code_point: code_point.parse().ok()?,
            line: line.parse().ok()?,
            page: page.parse().ok(),
            time: time.parse().ok(),
            text: String::new(),
        };
        let before = stored.len() - text.len();
        stored.drain(..before);
        Some(Row { text: stored, ..row })
    }
}

/// Without a document of tantivy's in between, which would be two more copies of each text.
impl DocumentDeserialize for Stored {
    fn deserialize<'de, D: DocumentDeserializer<'de>>(mut document: D) -> Result<Self, DeserializeError> {
        let field = document.next_field::<Self>()?;
        field.map(|(_, stored)| stored).ok_or_else(|| DeserializeError::custom("the row is empty"))
    }
}

impl ValueDeserialize for Stored {
    fn deserialize<'de, D: ValueDeserializer<'de>>(value: D) -> Result<Self, DeserializeError> {
        value.deserialize_string().map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        for (page, time) in [(None, None), (Some(1), Some(0)), (Some(300), Some(u64::MAX - 1)), (None, Some(61_001))] {
            let text = " Blåbær  på\ntur ";
            let segment = Segment { page, time, line: 12, code_point: 70_000, ..Segment::whole(text) };
            let mut stored = String::new();
            write(&segment, text, &mut stored);
            let row = Row { code_point: 70_000, line: 12, page, time, text: text.to_owned() };
            assert_eq!(Stored(stored).row(), Some(row));
        }
        for other in ["", "x 1   tekst", "1 1 1 1"] {
            assert_eq!(Stored(other.to_owned()).row(), None);
        }
    }
}
