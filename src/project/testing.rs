//! For tests: messages on one line each.

use crate::{
    diag::{Diagnostic, Place},
    text::LineIndex,
};

/// `id file:line:column message | label | also file:line:column label | hint`, empty parts left out.
pub(super) fn brief(diagnostic: &Diagnostic) -> String {
    let mut parts = Vec::new();
    for (index, place) in diagnostic.places.iter().enumerate() {
        let head = if index == 0 {
            format!("{} {}", diagnostic.id, diagnostic.message)
        } else {
            format!("also {}", at(place))
        };
        match index {
            0 => parts.extend([format!("{} {} {}", diagnostic.id, at(place), diagnostic.message), place.label.clone()]),
            _ => parts.push(format!("{head} {}", place.label).trim_end().to_owned()),
        }
    }
    if diagnostic.places.is_empty() {
        parts.push(format!("{} {}", diagnostic.id, diagnostic.message));
    }
    parts.extend(diagnostic.hints.iter().cloned());
    parts.retain(|part| !part.is_empty());
    parts.join(" | ")
}

fn at(place: &Place) -> String {
    let file = place.path.file_name().unwrap_or_default().to_string_lossy();
    let Some((text, span)) = &place.source else { return file.into_owned() };
    let start = span.start();
    let (line, code_point) = LineIndex::new(text).advance_to(start);
    let line_start = text[..start].rfind('\n').map_or(0, |end| end + 1);
    let (_, line_code_point) = LineIndex::new(text).advance_to(line_start);
    format!("{file}:{line}:{}", code_point - line_code_point + 1)
}
