//! All words of a document, and where among them the words of a quote stand.

use std::collections::BTreeMap;

use super::locate::WordSpan;
use super::sought_place::Wanted;
use super::surroundings::{Around, MAX_LABEL_WORDS, Near, Own};
use crate::language::Tokens;
use crate::text::narrow;

/// All words of a document, through its segments.
#[derive(Default)]
pub(super) struct Words {
    /// Row and word of each.
    pub(super) places: Vec<(u32, u32)>,
    /// The form of each word, as a number.
    forms: Vec<u32>,
    /// Every form, and where it occurs.
    by_number: Vec<(String, Vec<u32>)>,
    by_form: BTreeMap<String, u32>,
    /// How many words there are up to the end of each row.
    ends: Vec<usize>,
    first_row: usize,
}

/// A place where a quote stands, looked at as far as the nearest words go.
pub(super) struct Standing {
    /// First word.
    pub(super) first: usize,
    /// One past the last word.
    pub(super) end: usize,
    pub(super) left: Near,
    pub(super) right: Near,
}

impl Standing {
    pub(super) fn own(&self) -> Own {
        self.left.own.min(self.right.own)
    }

    pub(super) fn is_whole(&self) -> bool {
        self.left.is_whole && self.right.is_whole
    }
}

impl Words {
    /// None yet, of a document whose rows begin with this one.
    pub(super) fn from_row(first_row: usize) -> Self {
        Self { first_row, ..Self::default() }
    }

    /// Adds the words of the next row.
    pub(super) fn add_row(&mut self, row: usize, tokens: &Tokens) {
        for word in 0..tokens.words().len() {
            let number = narrow(self.places.len());
            self.places.push((narrow(row), narrow(word)));
            let form = tokens.form(word);
            let known = self.by_form.get(form).copied();
            let id = known.unwrap_or_else(|| {
                let id = narrow(self.by_number.len());
                self.by_number.push((form.to_owned(), Vec::new()));
                self.by_form.insert(form.to_owned(), id);
                id
            });
            self.forms.push(id);
            self.by_number[id as usize].1.push(number);
        }
        self.ends.push(self.places.len());
    }

    fn form(&self, word: usize) -> &str {
        &self.by_number[self.forms[word] as usize].0
    }

    /// Where a form occurs.
    pub(super) fn standing(&self, form: &str) -> &[u32] {
        self.by_form.get(form).map_or(&[], |number| &self.by_number[*number as usize].1)
    }

    /// Where forms occur that contain `part` at their end, or anywhere.
    pub(super) fn with_part(&self, part: &str, anywhere: bool) -> Vec<u32> {
        let holds = |form: &str| if anywhere { form.contains(part) } else { form.ends_with(part) };
        let forms = self.by_number.iter().filter(|(form, _)| holds(form));
        let mut standing: Vec<u32> = forms.flat_map(|(_, standing)| standing).copied().collect();
        standing.sort_unstable();
        standing
    }

    /// How many words follow word `last` in its row.
    pub(super) fn n_right(&self, last: usize) -> usize {
        self.ends[self.places[last].0 as usize - self.first_row] - 1 - last
    }
}

/// The words around a place, from there outward as `at` goes, the first `n_own` of them in its own segment.
pub(super) fn around<'w>(
    words: &'w Words,
    at: impl ExactSizeIterator<Item = usize>,
    n_own: usize,
    reach: usize,
) -> Around<'w> {
    let is_all = at.len() <= reach;
    let words: Vec<&str> = at.take(reach).map(|word| words.form(word)).collect();
    Around { n_own: n_own.min(words.len()), is_all, words }
}

/// Whether and how the wanted words occur from word `first` on.
pub(super) fn standing(wanted: &Wanted<'_>, words: &Words, first: u32) -> Option<Standing> {
    let first = first as usize;
    let end = fits(wanted, words, first)?;
    let left = (0..first).rev().map(|word| words.form(word));
    let right = (end..words.places.len()).map(|word| words.form(word));
    Some(Standing {
        first,
        end,
        left: wanted.before.near(left, words.places[first].1 as usize),
        right: wanted.after.near(right, words.n_right(end - 1)),
    })
}

/// One past the last word, if the wanted words occur from word `first` on.
fn fits(wanted: &Wanted<'_>, words: &Words, first: usize) -> Option<usize> {
    let (mut at, mut skipped, mut skips) = (first, 0, false);
    let last = wanted.forms.len() - 1;
    for (index, form) in wanted.forms.iter().enumerate() {
        let own = (at < words.places.len()).then(|| words.form(at));
        let is_same = own.is_some_and(|own| match (index == 0 && wanted.is_cut.0, index == last && wanted.is_cut.1) {
            (false, false) => own == *form,
            (true, false) => own.ends_with(form),
            (false, true) => own.starts_with(form),
            (true, true) => own.contains(form),
        });
        if is_same {
            (at, skips) = (at + 1, false);
            continue;
        }
        let begins_segment = words.places.get(at).is_some_and(|place| place.1 == 0);
        skips |= index > 0 && wanted.after_line[index] && begins_segment;
        skipped += 1;
        if !skips || skipped > MAX_LABEL_WORDS {
            return None;
        }
    }
    (!skips).then_some(at)
}

/// Places of words by row.
pub(super) fn pieces_of(places: &[(u32, u32)]) -> Vec<WordSpan> {
    let in_rows = places.chunk_by(|a, b| a.0 == b.0);
    in_rows.map(|in_row| WordSpan { row: in_row[0].0, from: in_row[0].1, to: in_row[in_row.len() - 1].1 + 1 }).collect()
}
