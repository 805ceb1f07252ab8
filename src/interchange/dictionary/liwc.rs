//! LIWC's `.dic`: numbers and names between two lines of `%`, then words with the numbers they belong to.
//!
//! Since 2015 tabs before a name put it under the one above. What the program of 2007 knew beside, conditions in
//! parentheses and `<of>`, is left out and told.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use super::{Category, Dictionary, MAX_DEPTH, Read, Value};
use crate::diag::{Diagnostic, Place, capped, shortened};
use crate::text::Span;

pub(in super::super) fn read(path: &Path, text: &Arc<str>) -> Read {
    let lines = lines(text);
    let marks: Vec<usize> = (0..lines.len()).filter(|index| lines[*index].1.trim() == "%").take(2).collect();
    let [begin, end] = marks[..] else {
        let place = Place::within(
            path,
            text,
            Span::new(0, 0),
            "expected `%` on a line by itself before and after the categories",
        );
        let message = "this LIWC dictionary has no categories between two lines of `%`";
        return Err(vec![Diagnostic::error("dictionary/no-legend", message).at(place)]);
    };
    let mut legend = Legend::default();
    for (_, line) in &lines[begin + 1..end] {
        legend.read(line);
    }
    let mut words = Words { path, text, legend, notes: Notes::default() };
    for (start, line) in &lines[end + 1..] {
        words.read(*start, line);
    }
    let notes = words.notes.told();
    Ok((Dictionary { name: None, categories: words.legend.tree() }.merged(), notes))
}

/// The lines, each with the byte it begins at.
fn lines(text: &str) -> Vec<(usize, &str)> {
    let mut at = 0;
    text.split_inclusive('\n')
        .map(|line| {
            let start = at;
            at += line.len();
            (start, line.trim_end_matches(['\n', '\r']))
        })
        .collect()
}

/// The names, in the file's order.
#[derive(Default)]
struct Legend {
    entries: Vec<(usize, Category)>,
    by_number: BTreeMap<u64, usize>,
}

impl Legend {
    fn read(&mut self, line: &str) {
        let depth = line.chars().take_while(|character| *character == '\t').count().min(MAX_DEPTH);
        let line = line.trim();
        let digits = line.chars().take_while(char::is_ascii_digit).count();
        let (Ok(number), name) = (line[..digits].parse::<u64>(), &line[digits..]) else { return };
        self.by_number.entry(number).or_insert(self.entries.len());
        self.entries.push((depth, Category::new(name)));
    }

    /// The names under the nearest one above that is indented less.
    fn tree(self) -> Vec<Category> {
        let mut open: Vec<(usize, Category)> = Vec::new();
        let mut top = Vec::new();
        for (depth, category) in self.entries {
            close(&mut open, &mut top, |other| other >= depth);
            open.push((depth, category));
        }
        close(&mut open, &mut top, |_| true);
        top
    }
}

/// Hands the open categories at a depth that `is_done` to the one above each.
fn close(open: &mut Vec<(usize, Category)>, top: &mut Vec<Category>, is_done: impl Fn(usize) -> bool) {
    while let Some((_, category)) = open.pop_if(|(depth, _)| is_done(*depth)) {
        open.last_mut().map_or(&mut *top, |(_, parent)| &mut parent.children).push(category);
    }
}

struct Words<'t> {
    path: &'t Path,
    text: &'t Arc<str>,
    legend: Legend,
    notes: Notes,
}

#[derive(Default)]
struct Notes {
    conditions: Vec<Diagnostic>,
    undefined: Vec<Diagnostic>,
}

impl Notes {
    fn told(self) -> Vec<Diagnostic> {
        let mut all = capped(self.conditions, "lines like this");
        all.extend(capped(self.undefined, "numbers like this"));
        all
    }
}

impl Words<'_> {
    fn read(&mut self, start: usize, line: &str) {
        let place = |label: &str| Place::within(self.path, self.text, Span::new(start, start + line.len()), label);
        let warning = |message: String| Diagnostic::warning("dictionary/not-carried-over", message);
        if line.trim().is_empty() || line.trim() == "%" {
            return;
        }
        if line.contains("<of>") {
            let message = "a line with the condition `<of>` was left out".to_owned();
            self.notes.conditions.push(warning(message).at(place("only LIWC 2007 supports these")));
            return;
        }
        let (word, numbers) = parted(line.trim());
        let mut numbers = numbers.to_owned();
        if let (Some(open), Some(close)) = (numbers.find('('), numbers.rfind(')'))
            && open < close
        {
            numbers.replace_range(open..=close, " ");
            let message = format!("the condition in parentheses for `{}` was left out", shortened(word));
            self.notes.conditions.push(warning(message).at(place("the word counts without it")));
        }
        for number in numbers.split(|character: char| !character.is_ascii_digit()).filter(|n| !n.is_empty()) {
            let known = number.parse().ok().and_then(|number: u64| self.legend.by_number.get(&number));
            if let Some(index) = known {
                self.legend.entries[*index].1.push(word);
            } else {
                let message =
                    format!("`{}` refers to category {}, which is not defined", shortened(word), shortened(number));
                self.notes.undefined.push(warning(message).at(place("left out")));
            }
        }
    }
}

/// A line as its word and its numbers: between them stands a tab, or in carelessly written files blanks.
fn parted(line: &str) -> (&str, &str) {
    if let Some((word, numbers)) = line.split_once('\t') {
        return (word, numbers);
    }
    let is_of_number = |character: char| character.is_ascii_digit() || character.is_whitespace();
    let word = line.trim_end_matches(is_of_number);
    // The digits that a word ends in are its own.
    let end = word.len() + line[word.len()..].find(char::is_whitespace).unwrap_or(0);
    line.split_at(end)
}

/// Words of a category below others count for these too, as the program wants it told.
pub(in super::super) fn write(dictionary: &Dictionary) -> (Vec<u8>, Vec<String>) {
    let mut writer = Writer::default();
    writer.legend.push_str("%\n");
    for category in &dictionary.categories {
        writer.category(category, &mut Vec::new());
    }
    writer.legend.push_str("%\n");
    for (word, numbers) in writer.words {
        writer.legend.push_str(&word);
        numbers.iter().for_each(|number| writer.legend.push_str(&format!("\t{number}")));
        writer.legend.push('\n');
    }
    (writer.legend.into_bytes(), writer.left_out)
}

#[derive(Default)]
struct Writer {
    legend: String,
    n_categories: usize,
    words: BTreeMap<String, Vec<usize>>,
    left_out: Vec<String>,
}

impl Writer {
    fn category(&mut self, category: &Category, above: &mut Vec<usize>) {
        self.n_categories += 1;
        let number = self.n_categories;
        let name = category.name.split_whitespace().collect::<Vec<_>>().join("_");
        self.legend.push_str(&format!("{}{number}\t{name}\n", "\t".repeat(above.len())));
        above.push(number);
        for Value { text, .. } in &category.values {
            if is_writable(text) {
                let numbers = self.words.entry(text.clone()).or_default();
                numbers.extend(above.iter());
                numbers.sort_unstable();
                numbers.dedup();
            } else {
                self.left_out.push(text.clone());
            }
        }
        for child in &category.children {
            self.category(child, above);
        }
        above.pop();
    }
}

/// LIWC knows `*` at the end of a word or phrase, and no other wildcard.
pub(super) fn is_writable(value: &str) -> bool {
    let body = value.strip_suffix('*').unwrap_or(value);
    !body.is_empty() && !body.contains(['*', '?', '\t', '(']) && !body.ends_with(' ')
}
