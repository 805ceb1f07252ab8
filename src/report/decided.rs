//! What `decide` did, as data.

use serde::Serialize;

use super::ordered_json::pretty;
use crate::decisions::{Action, Decision};

#[derive(Serialize)]
struct Object<'a> {
    format: u32,
    coder: &'a str,
    at: &'a str,
    decisions: Vec<Row<'a>>,
}

#[derive(Serialize)]
struct Row<'a> {
    id: Option<&'a str>,
    action: Action,
    document: &'a str,
    segment: Option<u32>,
    start: Option<u32>,
    end: Option<u32>,
    code: Option<&'a str>,
    from: Option<&'a str>,
}

/// One JSON object, with a final line end; it quotes nothing.
#[must_use]
pub fn decided_json(coder: &str, at: &str, decisions: &[Decision]) -> String {
    let rows = decisions.iter().map(|decision| Row {
        id: decision.id.as_deref(),
        action: decision.action,
        document: &decision.document,
        segment: decision.segment,
        start: decision.start,
        end: decision.end,
        code: decision.code.as_deref(),
        from: decision.from.as_deref(),
    });
    let object = Object { format: 1, coder, at, decisions: rows.collect() };
    pretty(&object)
}
