//! `codings.jsonl`: one line a mention, which leads from every count to its quote.

use super::Quotes;
use super::citation::Answered;
use crate::codebook::Codebook;
use crate::coding::Coding;
use crate::index::Corpus;
use crate::material::Material;
use crate::project::{CASE, PHASE};

/// The coder of what a rule found.
pub(crate) const RULE: &str = "rule";

/// Appends the line of one coding; its offsets are code points of the document's extracted text, from 0, end
/// exclusive. `counted` is false for a mention that a longer one of a descendant covers in its own code's row, so that
/// the lines of a code and those that count for it add up to its row.
pub fn write_coding(
    coding: &Coding<'_>,
    corpus: &Corpus,
    material: &Material,
    codebook: &Codebook,
    quotes: Quotes,
    into: &mut Vec<u8>,
) {
    let code = &codebook.codes[coding.code];
    let counts_for = codebook
        .ancestors(coding.code)
        .filter(|ancestor| coding.counts_for(*ancestor))
        .map(|ancestor| codebook.codes[ancestor].id.as_str());
    let (coder, accepted_by) = coding.coder();
    let shown = |words| if quotes.are_shown() { words } else { "" };
    let mut line = Line { into };
    line.name("{\"id\":", &coding.id);
    line.text(",\"document\":", &corpus.documents()[coding.document].path);
    line.number(",\"segment\":", coding.segment);
    line.text(",\"code\":", &code.id);
    line.texts(",\"counts_for\":", counts_for);
    line.flag(",\"counted\":", coding.counts_for(coding.code));
    line.number(",\"start\":", coding.start);
    line.number(",\"end\":", coding.end);
    line.text(",\"quote\":", shown(coding.quote));
    line.text(",\"pattern\":", code.source_of(coding.mention.pattern));
    // Of a phrase or NEAR the form is all that stands there.
    line.text(",\"form\":", shown(&coding.form));
    line.name(",\"grade\":", coding.mention.grade.name());
    line.name(",\"stance\":", coding.stance.name());
    line.some_text(",\"cue\":", coding.cue.as_deref().filter(|_| quotes.are_shown()));
    line.text(",\"coder\":", coder.unwrap_or(RULE));
    // Who else stands behind it.
    if !accepted_by.is_empty() {
        line.texts(",\"accepted_by\":", accepted_by.iter().copied());
    }
    line.some_text(",\"case\":", material.value(corpus, coding.row, CASE));
    line.some_text(",\"phase\":", material.value(corpus, coding.row, PHASE));
    line.some_text(",\"speaker\":", material.speaker(coding.row));
    // Of an answer, by whom and to what: the sheet is where people look it up.
    if let Some(answered) = Answered::of(corpus, material, coding.row) {
        line.some_text(",\"informant\":", answered.respondent.as_deref());
        line.some_text(",\"question\":", answered.question.as_deref());
        line.number(",\"row\":", answered.row);
    }
    line.number(",\"line\":", coding.line);
    match coding.segment_text.page {
        Some(page) => line.number(",\"page\":", page),
        None => line.push(",\"page\":null"),
    }
    line.some_text(",\"time\":", coding.segment_text.time.map(time_code).as_deref());
    line.push("}\n");
}

/// A JSON object, one member after another, each with what stands before its value. There are millions of lines:
/// going through a serializer costs as much as finding them.
struct Line<'a> {
    into: &'a mut Vec<u8>,
}

impl Line<'_> {
    fn push(&mut self, json: &str) {
        self.into.extend_from_slice(json.as_bytes());
    }

    fn text(&mut self, before: &str, text: &str) {
        self.push(before);
        self.string(text);
    }

    /// A text of ours, which needs no escapes.
    fn name(&mut self, before: &str, name: &str) {
        self.push(before);
        self.quoted(name);
    }

    fn some_text(&mut self, before: &str, text: Option<&str>) {
        self.push(before);
        match text {
            Some(text) => self.string(text),
            None => self.push("null"),
        }
    }

    fn texts<'t>(&mut self, before: &str, texts: impl Iterator<Item = &'t str>) {
        self.push(before);
        self.push("[");
        for (index, text) in texts.enumerate() {
            if index > 0 {
                self.push(",");
            }
            self.string(text);
        }
        self.push("]");
    }

    fn number(&mut self, before: &str, number: u32) {
        self.push(before);
        serde_json::to_writer(&mut *self.into, &number).expect("a number goes to memory");
    }

    fn flag(&mut self, before: &str, is_set: bool) {
        self.push(before);
        self.push(if is_set { "true" } else { "false" });
    }

    fn string(&mut self, text: &str) {
        if text.bytes().fold(false, |found, byte| found | (byte < b' ') | (byte == b'"') | (byte == b'\\')) {
            serde_json::to_writer(&mut *self.into, text).expect("a text goes to memory");
        } else {
            self.quoted(text);
        }
    }

    fn quoted(&mut self, text: &str) {
        self.into.push(b'"');
        self.push(text);
        self.into.push(b'"');
    }
}

/// `hh:mm:ss.mmm`, as subtitles write it.
pub(crate) fn time_code(milliseconds: u64) -> String {
    let (seconds, millis) = (milliseconds / 1_000, milliseconds % 1_000);
    format!("{:02}:{:02}:{:02}.{millis:03}", seconds / 3_600, seconds / 60 % 60, seconds % 60)
}
