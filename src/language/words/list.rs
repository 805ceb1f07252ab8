//! All forms of a vocabulary in one piece, so that what they hold is looked for in one go.

use std::sync::OnceLock;

use aho_corasick::AhoCorasick;

use crate::language::GROUP;

/// The forms of a vocabulary, in byte order, as they stand one behind the other in one text.
#[derive(Debug)]
pub struct FormList<'v> {
    text: &'v str,
    forms: Vec<&'v str>,
    unusual: OnceLock<Vec<u32>>,
}

impl<'v> FormList<'v> {
    /// The forms whose ends in `text` are `ends`, ascending.
    ///
    /// # Panics
    /// When an end lies before another, or within a character.
    pub fn new(text: &'v str, ends: impl Iterator<Item = usize>) -> Self {
        let mut start = 0;
        let form = |end| {
            let form = &text[start..end];
            start = end;
            form
        };
        Self { text, forms: ends.map(form).collect(), unusual: OnceLock::new() }
    }

    /// The same of forms that stand apart; `text`, which is empty, takes them in.
    pub fn joined(forms: &[&str], text: &'v mut String) -> Self {
        let mut ends = Vec::with_capacity(forms.len());
        for form in forms {
            text.push_str(form);
            ends.push(text.len());
        }
        Self::new(text, ends.into_iter())
    }

    /// The forms.
    #[must_use]
    pub fn forms(&self) -> &[&'v str] {
        &self.forms
    }

    /// The places of the forms that are hyphenated, groups, or markers, ascending. All others are plain words.
    #[must_use]
    pub fn unusual(&self) -> &[u32] {
        self.unusual.get_or_init(|| {
            let marks = ["-", "\u{1}", &GROUP.to_string()];
            let Ok(marks) = AhoCorasick::new(marks) else { return (0..place(self.forms.len())).collect() };
            let mut unusual: Vec<u32> = self.holding(&marks).map(|(form, _)| form).collect();
            unusual.dedup();
            unusual
        })
    }

    /// The places of the forms that hold a pattern of `parts`, and the pattern's number; ascending, a form as often
    /// as it holds one.
    pub fn holding(&self, parts: &AhoCorasick) -> impl Iterator<Item = (u32, usize)> {
        let (mut form, mut start) = (0, 0);
        parts.find_overlapping_iter(self.text).filter_map(move |found| {
            while start + self.forms[form].len() < found.end() {
                start += self.forms[form].len();
                form += 1;
            }
            // What begins in the form before stands in neither.
            (found.start() >= start).then(|| (place(form), found.pattern().as_usize()))
        })
    }
}

impl<'v> IntoIterator for FormList<'v> {
    type Item = &'v str;
    type IntoIter = std::vec::IntoIter<&'v str>;

    fn into_iter(self) -> Self::IntoIter {
        self.forms.into_iter()
    }
}

fn place(index: usize) -> u32 {
    u32::try_from(index).expect("an index holds fewer forms than 4 billion")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(forms: &[&str], parts: &[&str], expected: &[(u32, usize)]) {
        let mut text = String::new();
        let list = FormList::joined(forms, &mut text);
        assert_eq!(list.forms(), forms);
        let found: Vec<(u32, usize)> = list.holding(&AhoCorasick::new(parts).expect("few parts")).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn forms_that_hold_a_part_are_found_and_seams_are_no_forms() {
        check(
            &["", "bok", "bøker", "", "kontor"],
            &["ok", "rk", "k", "bøker"],
            &[(1, 0), (1, 2), (2, 2), (2, 3), (4, 2)],
        );
        check(&["a", "a", "aa"], &["aa"], &[(2, 0)]);
        check(&[], &["a"], &[]);
    }

    #[test]
    fn unusual_forms_are_those_that_are_no_plain_words() {
        let forms = ["\u{1}", "e-læring", "helse-\u{1f}læring\u{1f}3", "inno-\u{1e}læring\u{1f}2", "læring"];
        assert_eq!(FormList::joined(&forms, &mut String::new()).unusual(), [0, 1, 2, 3]);
    }
}
