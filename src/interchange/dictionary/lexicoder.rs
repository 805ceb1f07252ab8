//! Lexicoder's `.lc3`: a plus sign before each name, its words in the lines below.

use std::path::Path;
use std::sync::Arc;

use super::{Category, Dictionary, Read};
use crate::diag::{Diagnostic, Place};
use crate::text::Span;

pub(in super::super) fn read(path: &Path, text: &Arc<str>) -> Read {
    let mut categories: Vec<Category> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        if let Some(name) = line.trim().strip_prefix('+') {
            categories.push(Category::new(name));
        } else if let Some(category) = categories.last_mut() {
            category.push(line);
        } else if !line.trim().is_empty() {
            let place = Place::within(path, text, Span::new(start, start + line.trim_end().len()), "expected `+Tema`");
            return Err(vec![Diagnostic::error("dictionary/not-read", "a word is under no category").at(place)]);
        }
    }
    if categories.is_empty() {
        let error = Diagnostic::error("dictionary/no-legend", "this dictionary has no categories");
        return Err(vec![error.at(Place::file(path)).hint("expected a line `+Tema` before the words")]);
    }
    Ok((Dictionary { name: None, categories }.merged(), Vec::new()))
}

/// The format has one level: words of a category below others count for these too.
pub(in super::super) fn write(dictionary: &Dictionary) -> Vec<u8> {
    let mut out = String::new();
    dictionary.categories.iter().for_each(|category| write_category(category, &mut out));
    out.into_bytes()
}

fn write_category(category: &Category, out: &mut String) {
    out.push_str(&format!("+{}\n", category.name));
    write_values(category, out);
    for child in &category.children {
        write_category(child, out);
    }
}

fn write_values(category: &Category, out: &mut String) {
    for value in &category.values {
        out.push_str(&format!("{}\n", value.text));
    }
    category.children.iter().for_each(|child| write_values(child, out));
}
