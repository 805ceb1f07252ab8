//! What every reader owes whatever it is given: a document that holds together, or an error that is not its fault.

use temakart::ingest::{Format, IngestError, Limits, SurveyColumns, read_bytes};

/// Reads `bytes` as a file named for `format`; inside an archive format, also as the part that holds the text.
pub fn check(bytes: &[u8], format: Format) {
    let limits = Limits { text_bytes: 1 << 20, unpacked_bytes: 4 << 20, part_bytes: 1 << 20, ..Limits::DEFAULT };
    match read_bytes(bytes.to_vec(), Some(format), &limits, &SurveyColumns::default()) {
        Ok(ingested) => {
            let mut at = 0;
            for block in &ingested.extracted.blocks {
                assert!(at <= block.span.start() && !block.span.is_empty());
                assert_eq!(block.span.trimmed(&ingested.extracted.text), block.span);
                at = block.span.end();
            }
        }
        Err(error @ (IngestError::ReaderFailed { .. } | IngestError::Timeout { .. })) => panic!("{error}"),
        Err(_) => {}
    }
}
