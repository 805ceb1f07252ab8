//! Decisions from JSON lines: one object a segment.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Map, Value};

use super::gold::{GoldRow, NO_SHEET, Role, codes_of, decision, listed, stance_of, unknown_stance};
use crate::diag::{Diagnostic, Place, shortened};
use crate::language::Stance;
use crate::sheet::{LineIds, Lines};
use crate::text::composed;

/// Lines of a hundred thousand segments with their texts are fewer bytes.
const MAX_BYTES: u64 = 256 << 20;

const IDS: LineIds = LineIds { not_utf_8: "agreement/not-utf-8", syntax: "agreement/syntax" };

/// The rows of the file at `path`.
pub(super) fn read(path: &Path) -> Result<Vec<GoldRow>, Vec<Diagnostic>> {
    let lines = Lines::read(path, MAX_BYTES, IDS).map_err(|error| vec![error])?;
    lines.rows(|object, place| row(object, &place)).map_err(|errors| {
        // A file of another kind has this wrong in every line.
        let other = errors.iter().find(|error| error.id == NO_SHEET).cloned();
        other.map_or(errors, |error| vec![error])
    })
}

fn row(object: &Map<String, Value>, place: &Place) -> Result<GoldRow, Diagnostic> {
    let wrong = |name: &str, expected: &str| {
        Diagnostic::error("agreement/wrong-field", format!("`{name}` must be {expected}")).at(place.clone())
    };
    let mut row = GoldRow {
        document: String::new(),
        segment: 0,
        codes: Vec::new(),
        says_none: false,
        stances: BTreeMap::new(),
        text: None,
        passage: None,
        draw: None,
        place: place.clone(),
    };
    let mut has_codes = false;
    let (mut start, mut end) = (None, None);
    for (name, value) in object {
        let number = || value.as_u64().and_then(|number| u32::try_from(number).ok());
        match Role::of(name) {
            Role::Document => {
                let path = value.as_str().ok_or_else(|| wrong(name, "a path"))?;
                row.document = composed(path).into_owned();
            }
            Role::Segment => {
                row.segment = number().filter(|n| *n > 0).ok_or_else(|| wrong(name, "a number from 1"))?;
            }
            Role::Codes => {
                has_codes = true;
                (row.codes, row.says_none) = match value {
                    Value::Null => (Vec::new(), false),
                    Value::String(text) => codes_of(text),
                    Value::Array(_) => serde_json::from_value(value.clone())
                        .map(|codes: Vec<String>| listed(codes, true))
                        .map_err(|_| wrong(name, "a list of codes"))?,
                    _ => return Err(wrong(name, "a list of codes")),
                };
            }
            Role::Stance(Some(code)) => {
                row.stances.extend(stance(value, place)?.map(|stance| (Some(code), stance)));
            }
            Role::Stance(None) => match value {
                Value::Object(by_code) => {
                    for (code, value) in by_code {
                        row.stances.extend(stance(value, place)?.map(|stance| (Some(code.clone()), stance)));
                    }
                }
                value => row.stances.extend(stance(value, place)?.map(|stance| (None, stance))),
            },
            Role::Text => row.text = value.as_str().map(|text| composed(text).into_owned()),
            Role::Start => match value.as_str() {
                Some(text) => row.text = Some(composed(text).into_owned()),
                None => start = number(),
            },
            Role::End => end = number(),
            Role::Draw => row.draw = number(),
            Role::Action => return Err(decision(place.clone())),
            Role::Other => {}
        }
    }
    row.passage = start.zip(end).filter(|(start, end)| start < end);
    let missing = [("document", row.document.is_empty()), ("segment", row.segment == 0), ("codes", !has_codes)];
    match missing.iter().find(|(_, is_missing)| *is_missing) {
        Some((name, _)) => {
            Err(Diagnostic::error("agreement/missing-field", format!("a line without `{name}`")).at(place.clone()))
        }
        None => Ok(row),
    }
}

fn stance(value: &Value, place: &Place) -> Result<Option<Stance>, Diagnostic> {
    match value {
        Value::Null => Ok(None),
        Value::String(word) => stance_of(word).map_err(|()| unknown_stance(word, place.clone())),
        other => Err(unknown_stance(&shortened(&other.to_string()), place.clone())),
    }
}
