//! Dictionaries of other programs for counting words: names, words under them, names under names.
//!
//! One file per format, each with `read` and `write`; what a word of a dictionary matches is said in `value`.

mod lexicoder;
mod liwc;
mod liwc22;
mod value;
mod wordstat;
mod yaml;
mod yoshikoder;

use std::collections::BTreeMap;

use crate::diag::Diagnostic;

pub(super) use lexicoder::{read as read_lexicoder, write as write_lexicoder};
pub(super) use liwc::{read as read_liwc, write as write_liwc};
pub(super) use liwc22::{read as read_liwc22, write as write_liwc22};
pub(super) use value::{Lost, pattern_of, values_of};
pub use value::{Matching, Values};
pub(super) use wordstat::{read as read_wordstat, write as write_wordstat};
pub(super) use yaml::{read as read_yaml, write as write_yaml};
pub(super) use yoshikoder::{read as read_yoshikoder, write as write_yoshikoder};

/// Categories stand at most so deep in each other.
const MAX_DEPTH: usize = 50;

/// A dictionary as its file has it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Dictionary {
    /// Its own name, where the format has one.
    pub(super) name: Option<String>,
    /// The categories at the top, in the file's order.
    pub(super) categories: Vec<Category>,
}

/// One name with what stands under it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Category {
    pub(super) name: String,
    /// What the format says about it; mostly nothing.
    pub(super) definition: String,
    pub(super) values: Vec<Value>,
    pub(super) children: Vec<Category>,
}

/// A word or phrase as it is written.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Value {
    pub(super) text: String,
    /// The file says that this one is a regular expression.
    pub(super) is_regex: bool,
}

/// A dictionary, and what its file holds that a dictionary does not.
pub(super) type Read = Result<(Dictionary, Vec<Diagnostic>), Vec<Diagnostic>>;

impl Category {
    pub(super) fn new(name: &str) -> Self {
        Self { name: name.trim().to_owned(), ..Self::default() }
    }

    /// Adds a value, trimmed, if it is not empty.
    pub(super) fn push(&mut self, text: &str) {
        let text = text.trim();
        if !text.is_empty() {
            self.values.push(Value { text: text.to_owned(), is_regex: false });
        }
    }
}

impl Dictionary {
    /// Categories of one name under one parent are one, and no value stands twice in a category.
    pub(super) fn merged(self) -> Self {
        Self { categories: merge(self.categories), ..self }
    }

    /// Only the levels named, counted from 1: the categories of a level that is left out hand what they hold to the
    /// category above, and what has none above is gone. Names that are the same then are one category.
    pub(super) fn levels(self, levels: &[usize]) -> Self {
        let mut kept = Vec::new();
        fold_levels(self.categories, 1, levels, &mut None, &mut kept);
        Self { name: self.name, categories: kept }.merged()
    }
}

fn merge(categories: Vec<Category>) -> Vec<Category> {
    let mut merged: Vec<Category> = Vec::new();
    let mut index: BTreeMap<String, usize> = BTreeMap::new();
    for category in categories {
        if let Some(first) = index.get(&category.name) {
            let first = &mut merged[*first];
            first.values.extend(category.values);
            first.children.extend(category.children);
            if first.definition.is_empty() {
                first.definition = category.definition;
            }
        } else {
            index.insert(category.name.clone(), merged.len());
            merged.push(category);
        }
    }
    for category in &mut merged {
        let mut seen = std::collections::BTreeSet::new();
        category.values.retain(|value| seen.insert(value.clone()));
        category.children = merge(std::mem::take(&mut category.children));
    }
    merged
}

/// Hands the kept categories to `siblings`, and the values of those that are not kept to `above`.
fn fold_levels(
    categories: Vec<Category>,
    level: usize,
    levels: &[usize],
    above: &mut Option<&mut Vec<Value>>,
    siblings: &mut Vec<Category>,
) {
    for mut category in categories {
        let children = std::mem::take(&mut category.children);
        if levels.contains(&level) {
            let mut own = Vec::new();
            fold_levels(children, level + 1, levels, &mut Some(&mut category.values), &mut own);
            category.children = own;
            siblings.push(category);
        } else {
            if let Some(above) = above {
                above.extend(category.values);
            }
            fold_levels(children, level + 1, levels, above, siblings);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn category(name: &str, values: &[&str], children: Vec<Category>) -> Category {
        let mut category = Category { children, ..Category::new(name) };
        values.iter().for_each(|value| category.push(value));
        category
    }

    #[test]
    fn a_level_that_is_left_out_hands_its_words_up() {
        let dictionary = Dictionary {
            name: None,
            categories: vec![
                category("a", &["1"], vec![category("x", &["2"], vec![category("deep", &["3"], vec![])])]),
                category("b", &[], vec![category("x", &["4", "2"], vec![])]),
            ],
        };
        let only = |levels: &[usize]| dictionary.clone().levels(levels).categories;
        assert_eq!(only(&[2]), [category("x", &["2", "3", "4"], vec![])]);
        assert_eq!(only(&[1]), [category("a", &["1", "2", "3"], vec![]), category("b", &["4", "2"], vec![])]);
        assert_eq!(only(&[3]), [category("deep", &["3"], vec![])]);
    }
}
