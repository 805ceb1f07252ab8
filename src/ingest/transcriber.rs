//! The JSON of speech recognisers: Whisper and its kin, and services that name their speakers.
//!
//! All of them have a list of timed pieces under one of a few names. Only its pieces are kept while the file is
//! read, so a file that is something else costs nothing.

use std::fmt;

use serde::de::{DeserializeSeed, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::builder::Builder;
use super::error::IngestError;
use super::extracted::Extracted;
use super::limits::Budget;
use super::turns::{Cue, join, milliseconds};
use crate::text;

/// Reads a transcriber's output.
pub(crate) fn read(bytes: &[u8], budget: &Budget) -> Result<Extracted, IngestError> {
    let decoded = text::decode(bytes).map_err(|error| budget.unreadable(error.to_string()))?;
    let mut found = Found { cues: Vec::new(), stopped: None, budget };
    let mut json = serde_json::Deserializer::from_str(&decoded.text);
    let read = Part { found: &mut found, unit: Unit::Seconds }.deserialize(&mut json).and_then(|()| json.end());
    if let Err(error) = read {
        return Err(found.stopped.unwrap_or_else(|| budget.unreadable(format!("it is not well-formed: {error}"))));
    }
    if found.cues.is_empty() {
        return Err(budget.unreadable("expected a list `segments` of objects with `text`, found none"));
    }
    let mut builder = Builder::new(budget);
    join(found.cues, &mut builder)?;
    Ok(builder.finish())
}

/// The pieces so far, and why no more could be kept.
struct Found<'budget> {
    cues: Vec<Cue>,
    stopped: Option<IngestError>,
    budget: &'budget Budget,
}

impl Found<'_> {
    fn keep(&mut self, cue: Cue) -> Result<(), &'static str> {
        let allowed = self.budget.tick().and_then(|()| self.budget.lines(self.cues.len()));
        if let Err(error) = allowed {
            self.stopped = Some(error);
            return Err("stopped");
        }
        if !cue.text.trim().is_empty() {
            self.cues.push(cue);
        }
        Ok(())
    }
}

/// Names of lists of timed pieces. Words, which many files list inside each piece, have other names.
const LISTS: [&str; 8] =
    ["segments", "transcription", "utterances", "chunks", "results", "transcripts", "phrases", "recognizedPhrases"];

/// What a whole number counts where a time is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    Seconds,
    Milliseconds,
}

/// An object or list on the way to the timed pieces, or one of them.
struct Part<'read, 'budget> {
    found: &'read mut Found<'budget>,
    unit: Unit,
}

impl<'de> DeserializeSeed<'de> for Part<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Part<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object or a list of objects with `text`")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut cue = Cue::default();
        let before = self.found.cues.len();
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                list if LISTS.contains(&list) && self.found.cues.len() == before => {
                    let unit = if list == "utterances" { Unit::Milliseconds } else { self.unit };
                    map.next_value_seed(Part { found: &mut *self.found, unit })?;
                }
                "text" | "transcript" | "display" => {
                    cue.text = map.next_value::<Scalar>()?.into_text().unwrap_or_default();
                }
                "speaker" | "speaker_label" | "speaker_id" | "speakerId" | "speaker_name" => {
                    cue.speaker = map.next_value::<Scalar>()?.into_text().filter(|name| !name.is_empty());
                }
                "start" | "start_time" | "startTime" | "begin" => {
                    cue.start = map.next_value::<Scalar>()?.time(self.unit);
                }
                "end" | "end_time" | "endTime" => cue.end = map.next_value::<Scalar>()?.time(self.unit),
                // whisper.cpp has these in milliseconds; the pipeline of transformers has a pair of seconds.
                "offsets" => {
                    let offsets = map.next_value::<Offsets>()?;
                    cue.start = offsets.from.time(Unit::Milliseconds);
                    cue.end = offsets.to.time(Unit::Milliseconds);
                }
                "timestamp" => match map.next_value::<Scalar>()? {
                    Scalar::Pair(pair) => (cue.start, cue.end) = (pair.0.time(self.unit), pair.1.time(self.unit)),
                    start => cue.start = start.time(self.unit),
                },
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        // An object with a list also has the text as a whole, which is then there already.
        if self.found.cues.len() == before {
            self.found.keep(cue).map_err(A::Error::custom)?;
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while list.next_element_seed(Part { found: &mut *self.found, unit: self.unit })?.is_some() {}
        Ok(())
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }
}

#[derive(Debug, Default, Deserialize)]
struct Offsets {
    #[serde(default)]
    from: Scalar,
    #[serde(default)]
    to: Scalar,
}

/// A value of which only text and numbers are of interest.
#[derive(Debug, Default)]
enum Scalar {
    Text(String),
    Whole(u64),
    Fraction(f64),
    /// The first two of a list.
    Pair(Box<(Scalar, Scalar)>),
    #[default]
    Other,
}

impl Scalar {
    fn into_text(self) -> Option<String> {
        match self {
            Self::Text(text) => Some(text),
            Self::Whole(number) => Some(number.to_string()),
            Self::Fraction(_) | Self::Pair(_) | Self::Other => None,
        }
    }

    /// Milliseconds.
    fn time(&self, unit: Unit) -> Option<u64> {
        /// No recording is longer, and no sum of such times overflows.
        const MAX_LENGTH: u64 = 1 << 40;
        match self {
            Self::Text(text) => milliseconds(text),
            Self::Whole(number) if unit == Unit::Milliseconds => Some(*number),
            Self::Whole(number) => number.checked_mul(1000),
            Self::Fraction(seconds) if *seconds >= 0.0 && *seconds < 1e9 => Some((seconds * 1000.0).round() as u64),
            Self::Fraction(_) | Self::Pair(_) | Self::Other => None,
        }
        .filter(|milliseconds| *milliseconds < MAX_LENGTH)
    }
}

impl<'de> Deserialize<'de> for Scalar {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ScalarVisitor)
    }
}

struct ScalarVisitor;

impl<'de> Visitor<'de> for ScalarVisitor {
    type Value = Scalar;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text or a number")
    }

    fn visit_str<E>(self, text: &str) -> Result<Scalar, E> {
        Ok(Scalar::Text(text.to_owned()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Scalar, E> {
        Ok(Scalar::Whole(number))
    }

    fn visit_i64<E>(self, _: i64) -> Result<Scalar, E> {
        Ok(Scalar::Other)
    }

    fn visit_f64<E>(self, number: f64) -> Result<Scalar, E> {
        Ok(Scalar::Fraction(number))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Scalar, E> {
        Ok(Scalar::Other)
    }

    fn visit_unit<E>(self) -> Result<Scalar, E> {
        Ok(Scalar::Other)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Scalar, A::Error> {
        let first = list.next_element::<Scalar>()?;
        let second = list.next_element::<Scalar>()?;
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(first.zip(second).map_or(Scalar::Other, |pair| Scalar::Pair(Box::new(pair))))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Scalar, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Scalar::Other)
    }
}

#[cfg(test)]
mod tests {
    use super::super::limits::Limits;
    use super::*;
    use crate::ingest::Format;

    fn read_json(json: &str) -> Result<Extracted, IngestError> {
        read(json.as_bytes(), &Budget::new(Limits::DEFAULT, Format::Json, 0, None))
    }

    #[track_caller]
    fn check(json: &str, expected: &str, times: &[Option<u64>]) {
        let extracted = read_json(json).expect("readable");
        assert_eq!(extracted.text, expected, "{json}");
        assert_eq!(extracted.blocks.iter().map(|block| block.time).collect::<Vec<_>>(), times, "{json}");
    }

    #[test]
    fn lists_of_all_kinds() {
        check(
            r#"{"text":" vi må si det","segments":[{"id":0,"start":0.0,"end":1.5,"text":" vi må","words":[{"word":"vi"}]},
                {"start":1.5,"end":2,"text":" si det"}],"language":"no"}"#,
            "vi må si det\n",
            &[Some(0)],
        );
        check(
            r#"{"segments":[{"start":1,"text":"ja","speaker":"SPEAKER_00"},{"start":2.25,"text":"nei","speaker":"SPEAKER_01"}]}"#,
            "SPEAKER_00: ja\n\nSPEAKER_01: nei\n",
            &[Some(1000), Some(2250)],
        );
        check(r#"{"transcription":[{"offsets":{"from":40,"to":90},"text":"ja"}]}"#, "ja\n", &[Some(40)]);
        check(r#"{"text":"ja","chunks":[{"timestamp":[0.5,null],"text":"ja"}]}"#, "ja\n", &[Some(500)]);
        check(r#"{"utterances":[{"speaker":"A","start":250,"text":"ja"}]}"#, "A: ja\n", &[Some(250)]);
        check(r#"[{"start":"00:00:01,500","text":"ja"}]"#, "ja\n", &[Some(1500)]);
        check(r#"{"text":"bare tekst"}"#, "bare tekst\n", &[None]);
    }

    #[test]
    fn other_files_are_refused() {
        for (json, part) in [("{}", "expected a list"), ("[1,2", "not well-formed"), ("", "not well-formed")] {
            let error = read_json(json).expect_err(json).to_string();
            assert!(error.contains(part), "{error}");
        }
        assert!(read_json(&"[".repeat(100_000)).is_err());
    }
}
