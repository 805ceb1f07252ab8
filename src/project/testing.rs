//! For tests: messages on one line each.

use crate::{
    diag::{Diagnostic, Place},
    text::LineIndex,
};

/// `id file:line:column message | label | also file:line:column label | hint`, empty parts left out.
pub(super) fn brief(diagnostic: &Diagnostic) -> String {
    let mut places = diagnostic.places.iter();
    let first = places.next();
    let place = first.map(|place| format!(" {}", at(place))).unwrap_or_default();
    let mut parts = vec![format!("{}{place} {}", diagnostic.id, diagnostic.message)];
    parts.extend(first.map(|place| place.label.clone()));
    parts.extend(places.map(|place| format!("also {} {}", at(place), place.label).trim_end().to_owned()));
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
