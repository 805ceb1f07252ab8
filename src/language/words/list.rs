//! All forms of a vocabulary in one piece, so that they are found by how they begin, by how they end, and by what
//! they hold.

use std::cmp::Ordering;
use std::ops::Range;
use std::sync::OnceLock;

use aho_corasick::AhoCorasick;

use crate::language::GROUP;
use crate::text::narrow;

/// [`GROUP`] in a text.
const MARK: u8 = GROUP as u8;

/// The forms of a vocabulary, in byte order, as they stand one behind the other in one text.
#[derive(Debug, Default)]
pub struct FormList {
    text: String,
    /// Where each form ends in the text.
    ends: Vec<u32>,
    /// The forms' places in the order of their letters read backwards.
    backwards: Vec<u32>,
    unusual: OnceLock<Vec<u32>>,
}

impl FormList {
    /// The forms that end in `text` where `ends` says, and their places in the order of their letters read backwards,
    /// as [`Self::read_backwards`] tells them.
    ///
    /// # Errors
    /// What is wrong, when these do not belong together. Whether they are in order is not looked at: out of order,
    /// forms are not found.
    pub fn of_parts(text: String, ends: Vec<u32>, backwards: Vec<u32>) -> Result<Self, &'static str> {
        let mut start = 0;
        for end in &ends {
            if *end < start || !text.is_char_boundary(*end as usize) {
                return Err("its forms do not follow each other");
            }
            start = *end;
        }
        if backwards.len() != ends.len() || backwards.iter().any(|place| *place as usize >= ends.len()) {
            return Err("its forms are not all in its other order");
        }
        Ok(Self { text, ends, backwards, unusual: OnceLock::new() })
    }

    /// How many forms.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The form at this place.
    ///
    /// # Panics
    /// When there is no such place.
    #[must_use]
    pub fn form(&self, place: usize) -> &str {
        &self.text[range(&self.ends, place)]
    }

    /// The forms, in order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|place| self.form(place))
    }

    /// Where this very form stands.
    #[must_use]
    pub fn find(&self, form: &str) -> Option<usize> {
        let place = self.first_at_or_after(form);
        (place < self.len() && self.form(place) == form).then_some(place)
    }

    /// The place of the first form that is not before `form`.
    #[must_use]
    pub fn first_at_or_after(&self, form: &str) -> usize {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = low.midpoint(high);
            if self.form(middle) < form { low = middle + 1 } else { high = middle }
        }
        low
    }

    /// The places of the forms that begin with `beginning`.
    #[must_use]
    pub fn beginning_with(&self, beginning: &str) -> Range<usize> {
        let start = self.first_at_or_after(beginning);
        let length = (start..self.len()).take_while(|place| self.form(*place).starts_with(beginning)).count();
        start..start + length
    }

    /// The places of the forms that end with `ending`, in no order.
    #[must_use]
    pub fn ending_with(&self, ending: &str) -> &[u32] {
        let bytes = |place: u32| &self.text.as_bytes()[range(&self.ends, place as usize)];
        let start = self.backwards.partition_point(|place| backwards(bytes(*place), ending.as_bytes()).is_lt());
        let rest = &self.backwards[start..];
        let length = rest.iter().take_while(|place| bytes(**place).ends_with(ending.as_bytes())).count();
        &rest[..length]
    }

    /// The places of the forms that end in `text` where `ends` says, in the order of their letters read backwards.
    #[must_use]
    pub fn read_backwards(text: &str, ends: &[u32]) -> Vec<u32> {
        // Most differ in their last letters, which are compared at once.
        let bytes = |place: u32| &text.as_bytes()[range(ends, place as usize)];
        let mut keyed: Vec<(u64, u32)> =
            (0..narrow(ends.len())).map(|place| (last_letters(bytes(place)), place)).collect();
        keyed.sort_unstable_by(|a, b| a.0.cmp(&b.0).then_with(|| backwards(bytes(a.1), bytes(b.1))));
        keyed.into_iter().map(|(_, place)| place).collect()
    }

    /// The places of the forms that are hyphenated or groups, ascending. All others are plain words.
    #[must_use]
    pub fn unusual(&self) -> &[u32] {
        self.unusual.get_or_init(|| {
            let mut unusual = Vec::new();
            let mut place = 0;
            for at in memchr::memchr2_iter(b'-', MARK, self.text.as_bytes()) {
                while self.ends[place] as usize <= at {
                    place += 1;
                }
                if unusual.last() != Some(&narrow(place)) {
                    unusual.push(narrow(place));
                }
            }
            unusual
        })
    }

    /// The places of the forms that hold a pattern of `parts`, and the pattern's number; ascending, a form as often
    /// as it holds one.
    pub fn holding(&self, parts: &AhoCorasick) -> impl Iterator<Item = (u32, usize)> {
        let (mut form, mut start) = (0, 0);
        parts.find_overlapping_iter(&self.text).filter_map(move |found| {
            while (self.ends[form] as usize) < found.end() {
                start = self.ends[form] as usize;
                form += 1;
            }
            // What begins in the form before stands in neither.
            (found.start() >= start).then(|| (narrow(form), found.pattern().as_usize()))
        })
    }
}

/// A list of forms that are in byte order.
impl<'f> FromIterator<&'f str> for FormList {
    fn from_iter<T: IntoIterator<Item = &'f str>>(forms: T) -> Self {
        let (mut text, mut ends) = (String::new(), Vec::new());
        for form in forms {
            text.push_str(form);
            ends.push(narrow(text.len()));
        }
        let backwards = FormList::read_backwards(&text, &ends);
        Self { text, ends, backwards, unusual: OnceLock::new() }
    }
}

fn range(ends: &[u32], place: usize) -> Range<usize> {
    let start = if place == 0 { 0 } else { ends[place - 1] as usize };
    start..ends[place] as usize
}

/// The last eight bytes, the last one in the highest place.
fn last_letters(form: &[u8]) -> u64 {
    let mut letters = [0; 8];
    letters.iter_mut().zip(form.iter().rev()).for_each(|(letter, byte)| *letter = *byte);
    u64::from_be_bytes(letters)
}

fn backwards(a: &[u8], b: &[u8]) -> Ordering {
    a.iter().rev().cmp(b.iter().rev())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(forms: &[&str], parts: &[&str], expected: &[(u32, usize)]) {
        let list: FormList = forms.iter().copied().collect();
        assert!(list.iter().eq(forms.iter().copied()));
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
        let forms = ["e-læring-s", "helse-\u{1f}læring\u{1f}3", "inno-\u{1e}læring\u{1f}2", "læring"];
        assert_eq!(forms.into_iter().collect::<FormList>().unusual(), [0, 1, 2]);
    }

    #[test]
    fn parts_that_do_not_belong_together_are_refused() {
        let of_parts = |text: &str, ends: &[u32], backwards: &[u32]| {
            FormList::of_parts(text.to_owned(), ends.to_vec(), backwards.to_vec()).is_ok()
        };
        assert!(of_parts("aøb", &[3, 4], &[1, 0]));
        assert!(!of_parts("aøb", &[2, 4], &[1, 0]), "within a character");
        assert!(!of_parts("aøb", &[4, 3], &[1, 0]), "backwards");
        assert!(!of_parts("aøb", &[3, 9], &[1, 0]), "behind the end");
        assert!(!of_parts("aøb", &[3, 4], &[1]), "too few");
        assert!(!of_parts("aøb", &[3, 4], &[1, 2]), "no such form");
    }

    proptest::proptest! {
        #[test]
        fn what_is_looked_up_is_what_a_scan_finds(
            forms in proptest::collection::btree_set("[abæ]{0,12}", 0..40),
            part in "[abæ]{0,3}",
        ) {
            let list: FormList = forms.iter().map(String::as_str).collect();
            let scan = |fits: &dyn Fn(&str) -> bool| -> Vec<u32> {
                (0..).zip(&forms).filter(|(_, form)| fits(form)).map(|(place, _)| place).collect()
            };
            let begin: Vec<u32> = list.beginning_with(&part).map(narrow).collect();
            proptest::prop_assert_eq!(begin, scan(&|form| form.starts_with(&part)));
            let mut end = list.ending_with(&part).to_vec();
            end.sort_unstable();
            proptest::prop_assert_eq!(end, scan(&|form| form.ends_with(&part)));
            let found: Vec<u32> = list.find(&part).map(narrow).into_iter().collect();
            proptest::prop_assert_eq!(found, scan(&|form| form == part));
        }
    }
}
