//! `codings.jsonl`: one line a mention, which leads from every count to its quote.

use serde::Serialize;

use crate::codebook::Codebook;
use crate::coding::{Coding, Pool};
use crate::index::Corpus;
use crate::language::{Grade, Stance};
use crate::material::Material;

/// The coder of what a rule found.
pub(crate) const RULE: &str = "rule";

/// One line. Offsets are code points of the document's extracted text, from 0, end exclusive.
#[derive(Serialize)]
struct Line<'a> {
    id: &'a str,
    document: &'a str,
    segment: u32,
    code: &'a str,
    counts_for: Vec<&'a str>,
    counted: bool,
    start: u32,
    end: u32,
    quote: &'a str,
    pattern: &'a str,
    form: &'a str,
    grade: Grade,
    stance: Stance,
    cue: Option<&'a str>,
    coder: &'a str,
    /// Who else stands behind it.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    accepted_by: &'a [&'a str],
    case: Option<&'a str>,
    phase: Option<&'a str>,
    speaker: Option<&'a str>,
    line: u32,
    page: Option<u32>,
    time: Option<String>,
}

/// Appends the line of one coding. `counted` is false for a mention that a longer one of a descendant covers
/// in its own code's row, so that the lines of a code and those that count for it add up to its row.
pub fn write_coding(
    coding: &Coding<'_>,
    corpus: &Corpus,
    material: &Material,
    codebook: &Codebook,
    pool: &Pool,
    quotes: bool,
    into: &mut Vec<u8>,
) {
    let code = &codebook.codes[coding.code];
    let counts_for: Vec<&str> = codebook
        .ancestors(coding.code)
        .filter(|ancestor| pool.counts(coding.mention, coding.code, *ancestor))
        .map(|ancestor| codebook.codes[ancestor].id.as_str())
        .collect();
    let (coder, accepted_by) = coding.coder();
    let line = Line {
        id: &coding.id,
        document: &corpus.documents()[coding.document].path,
        segment: coding.segment,
        code: &code.id,
        counts_for,
        counted: pool.counts(coding.mention, coding.code, coding.code),
        start: coding.start,
        end: coding.end,
        quote: if quotes { coding.quote } else { "" },
        pattern: code.source_of(coding.mention.pattern),
        // Of a phrase or NEAR the form is all that stands there.
        form: if quotes { &coding.form } else { "" },
        grade: coding.mention.grade,
        stance: coding.mention.stance,
        cue: coding.cue.as_deref().filter(|_| quotes),
        coder: coder.unwrap_or(RULE),
        accepted_by,
        case: material.value(corpus, coding.row, "case"),
        phase: material.value(corpus, coding.row, "phase"),
        speaker: material.speaker(coding.row),
        line: coding.line,
        page: coding.segment_text.page,
        time: coding.segment_text.time.map(time_code),
    };
    serde_json::to_writer(&mut *into, &line).expect("a line goes to memory and has text keys only");
    into.push(b'\n');
}

/// `hh:mm:ss.mmm`, as subtitles write it.
pub(crate) fn time_code(milliseconds: u64) -> String {
    let (seconds, millis) = (milliseconds / 1_000, milliseconds % 1_000);
    format!("{:02}:{:02}:{:02}.{millis:03}", seconds / 3_600, seconds / 60 % 60, seconds % 60)
}
