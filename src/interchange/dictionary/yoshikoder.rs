//! Yoshikoder's `.ykd`, and Lexicoder's old `.lcd`: categories and patterns as XML.

use std::path::Path;

use super::{Category, Dictionary, Read, Value};
use crate::diag::{Diagnostic, Place};
use crate::interchange::tree::{self, Element};

pub(in super::super) fn read(path: &Path, root: &Element) -> Read {
    let mut weighted = 0;
    let mut categories = children(root, &mut weighted);
    let mut name = None;
    // The outermost node stands for the dictionary, unless words stand right below it.
    if let [outer] = categories.as_mut_slice()
        && outer.values.is_empty()
        && !outer.children.is_empty()
    {
        name = Some(std::mem::take(&mut outer.name));
        categories = std::mem::take(&mut outer.children);
    }
    if categories.is_empty() {
        let error = Diagnostic::error("dictionary/no-legend", "this dictionary has no categories");
        return Err(vec![error.at(Place::file(path)).hint("expected `<cnode name=\"…\">` in it")]);
    }
    let mut notes = Vec::new();
    if weighted > 0 {
        let message = format!("the scores of {weighted} words count as 1");
        notes.push(Diagnostic::warning("dictionary/not-carried-over", message));
    }
    Ok((Dictionary { name, categories }.merged(), notes))
}

fn children(element: &Element, weighted: &mut usize) -> Vec<Category> {
    let mut found = Vec::new();
    for child in &element.children {
        match &*child.name {
            "cnode" => found.push(category(child, weighted)),
            // Older files have further elements around.
            "pnode" => {}
            _ => found.extend(children(child, weighted)),
        }
    }
    found
}

fn category(element: &Element, weighted: &mut usize) -> Category {
    let mut category = Category::new(element.attribute("name").unwrap_or_default());
    category.definition = element.attribute("desc").unwrap_or_default().trim().to_owned();
    for pattern in element.children.iter().filter(|child| &*child.name == "pnode") {
        let text = pattern.attribute("name").unwrap_or_default().trim();
        let is_regex = pattern.attribute("regexp").is_some_and(|says| matches!(says, "true" | "1" | "yes"));
        let score = pattern.attribute("score").and_then(|score| score.parse::<f64>().ok());
        *weighted += usize::from(score.is_some_and(|score| score != 1.0));
        if !text.is_empty() {
            category.values.push(Value { text: text.to_owned(), is_regex });
        }
    }
    category.children = children(element, weighted);
    category
}

pub(in super::super) fn write(dictionary: &Dictionary) -> Vec<u8> {
    let name = dictionary.name.as_deref().unwrap_or("temakart");
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    out.push_str("<dictionary style=\"050805\" patternengine=\"substring\">\n");
    out.push_str(&format!("  <cnode name=\"{}\" desc=\"\">\n", tree::attribute(name)));
    categories(&dictionary.categories, 2, &mut out);
    out.push_str("  </cnode>\n</dictionary>\n");
    out.into_bytes()
}

fn categories(all: &[Category], depth: usize, out: &mut String) {
    let indent = "  ".repeat(depth);
    for category in all {
        let (name, definition) = (tree::attribute(&category.name), tree::attribute(&category.definition));
        out.push_str(&format!("{indent}<cnode name=\"{name}\" desc=\"{definition}\">\n"));
        for value in &category.values {
            out.push_str(&format!("{indent}  <pnode name=\"{}\"/>\n", tree::attribute(&value.text)));
        }
        categories(&category.children, depth + 1, out);
        out.push_str(&format!("{indent}</cnode>\n"));
    }
}
