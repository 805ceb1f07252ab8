//! WordStat's `.cat`: names indented by tabs, words with a weight in parentheses.

use std::path::Path;
use std::sync::Arc;

use super::{Category, Dictionary, MAX_DEPTH, Read};
use crate::diag::{Diagnostic, Place, capped, shortened};
use crate::text::Span;

pub(in super::super) fn read(path: &Path, text: &Arc<str>) -> Read {
    let mut open: Vec<(usize, Category)> = Vec::new();
    let mut top = Vec::new();
    let (mut errors, mut notes) = (Vec::new(), Vec::new());
    let has_tabs = text.contains("\n\t") || text.contains("\n \t");
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let trimmed = line.trim();
        if trimmed.is_empty() {
            continue;
        }
        let blank = &line[..line.len() - line.trim_start().len()];
        // Blanks before the tabs occur, and mean nothing; without any tab they are all there is.
        let depth = if has_tabs { blank.matches('\t').count() } else { blank.len() };
        let place = |label: &str| {
            let first = start + blank.len();
            Place::within(path, text, Span::new(first, first + trimmed.len()), label)
        };
        while let Some((_, category)) = open.pop_if(|(other, _)| *other >= depth) {
            open.last_mut().map_or(&mut top, |(_, parent)| &mut parent.children).push(category);
        }
        match weighted(trimmed) {
            None if open.len() >= MAX_DEPTH => {
                let error = Diagnostic::error(
                    "dictionary/not-read",
                    format!("categories are nested more than {MAX_DEPTH} levels deep"),
                );
                errors.push(error.at(place("")));
                break;
            }
            None => open.push((depth, Category::new(trimmed))),
            Some((word, weight)) => {
                if weight.parse::<f64>().is_ok_and(|weight| weight != 1.0) {
                    let message = format!("the weight {weight} of `{}` counts as 1", shortened(word));
                    let note = Diagnostic::warning("dictionary/not-carried-over", message);
                    notes.push(note.at(place("mentions have no weights")));
                }
                if let Some((_, category)) = open.last_mut() {
                    category.push(word);
                } else {
                    let error = Diagnostic::error("dictionary/not-read", "a word is under no category");
                    errors.push(error.at(place("expected a category above it, indented less")));
                }
            }
        }
    }
    while let Some((_, category)) = open.pop() {
        open.last_mut().map_or(&mut top, |(_, parent)| &mut parent.children).push(category);
    }
    if !errors.is_empty() {
        return Err(capped(errors, "words like this"));
    }
    if top.is_empty() {
        let error = Diagnostic::error("dictionary/no-legend", "this dictionary has no categories");
        return Err(vec![error.at(Place::file(path))]);
    }
    Ok((Dictionary { name: None, categories: top }.merged(), capped(notes, "weights")))
}

/// `word (1)` as the word and its weight; `None` for a name.
fn weighted(line: &str) -> Option<(&str, &str)> {
    let (word, weight) = line.strip_suffix(')')?.rsplit_once('(')?;
    let is_number = !weight.trim().is_empty() && weight.trim().replace(',', ".").parse::<f64>().is_ok();
    (is_number && !word.trim().is_empty()).then(|| (word.trim(), weight.trim()))
}

/// Beside the file, the words that it would turn into phrases: `_` is the blank of one.
pub(in super::super) fn write(dictionary: &Dictionary) -> (Vec<u8>, Vec<String>) {
    let (mut out, mut left_out) = (String::new(), Vec::new());
    categories(&dictionary.categories, 0, &mut out, &mut left_out);
    (out.into_bytes(), left_out)
}

fn categories(all: &[Category], depth: usize, out: &mut String, left_out: &mut Vec<String>) {
    let indent = "\t".repeat(depth);
    for category in all {
        out.push_str(&format!("{indent}{}\n", category.name));
        for value in &category.values {
            if value.text.contains('_') {
                left_out.push(value.text.clone());
                continue;
            }
            out.push_str(&format!("{indent}\t{} (1)\n", value.text.replace(' ', "_")));
        }
        categories(&category.children, depth + 1, out, left_out);
    }
}
