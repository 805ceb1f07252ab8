//! LIWC-22's `.dicx`: a table with a row for each word and a column for each category.

use std::collections::BTreeMap;
use std::path::Path;

use super::{Category, Dictionary, Read};
use crate::diag::{Diagnostic, capped};
use crate::sheet::Table;

/// The heading of the words, as the program writes it.
const WORDS: &str = "DicTerm";

pub(in super::super) fn read(path: &Path) -> Read {
    let is_known = |name: &str| name.eq_ignore_ascii_case(WORDS);
    let (table, mut notes) = Table::read(path, is_known)?;
    let mut categories: Vec<Category> = table.header.iter().skip(1).map(|cell| Category::new(&cell.text)).collect();
    if categories.is_empty() {
        let place = table.header_place("expected `DicTerm` and a column for each category");
        return Err(vec![Diagnostic::error("dictionary/no-legend", "this dictionary has no categories").at(place)]);
    }
    let mut weighted = Vec::new();
    for row in &table.rows {
        let Some((word, cells)) = row.split_first() else { continue };
        for (category, cell) in categories.iter_mut().zip(cells).filter(|(_, cell)| !cell.text.is_empty()) {
            category.push(&word.text);
            if cell.text.parse::<f64>().is_ok_and(|weight| weight != 1.0) {
                let message = format!("the weight {} of `{}` counts as 1", cell.text, word.text);
                let place = table.place(cell, "mentions have no weights");
                weighted.push(Diagnostic::warning("dictionary/not-carried-over", message).at(place));
            }
        }
    }
    notes.extend(capped(weighted, "weights"));
    Ok((Dictionary { name: None, categories }.merged(), notes))
}

/// Words of a category below others count for these too: the table knows no order of categories.
pub(in super::super) fn write(dictionary: &Dictionary) -> (Vec<u8>, Vec<String>) {
    let mut table = Table22::default();
    for category in &dictionary.categories {
        table.category(category, &mut Vec::new());
    }
    let mut writer = csv::Writer::from_writer(Vec::new());
    let mut row = vec![WORDS.to_owned()];
    row.extend(table.names.iter().cloned());
    writer.write_record(&row).expect("rows go to memory and are equally long");
    for word in table.order {
        let columns = &table.words[&word];
        row.clear();
        row.push(word);
        row.extend((0..table.names.len()).map(|column| if columns.contains(&column) { "X" } else { "" }.to_owned()));
        writer.write_record(&row).expect("rows go to memory and are equally long");
    }
    (writer.into_inner().expect("rows go to memory"), table.left_out)
}

#[derive(Default)]
struct Table22 {
    names: Vec<String>,
    words: BTreeMap<String, Vec<usize>>,
    /// The words in the order they were met.
    order: Vec<String>,
    left_out: Vec<String>,
}

impl Table22 {
    fn category(&mut self, category: &Category, above: &mut Vec<usize>) {
        above.push(self.names.len());
        self.names.push(category.name.clone());
        for value in &category.values {
            if super::liwc::is_writable(&value.text) {
                let columns = self.words.entry(value.text.clone()).or_insert_with(|| {
                    self.order.push(value.text.clone());
                    Vec::new()
                });
                columns.extend(above.iter());
            } else {
                self.left_out.push(value.text.clone());
            }
        }
        for child in &category.children {
            self.category(child, above);
        }
        above.pop();
    }
}
