//! Which forms of the material a word might be mistaken for: those that begin like it, hold it or are a few edits
//! away. [`WordMatcher::near`] says of each whether it is, and why; here all others are left out unasked.

use aho_corasick::AhoCorasick;
use rayon::prelude::*;

use super::matcher::WordMatcher;

/// For each word the places in `forms` of all forms that [`WordMatcher::near`] may have something to say about,
/// ascending. `forms` are in byte order.
#[must_use]
pub fn lookalikes(matchers: &[WordMatcher], forms: &[&str]) -> Vec<Vec<u32>> {
    let mut found = holding(matchers, forms);
    found.par_iter_mut().zip(matchers).for_each(|(found, matcher)| {
        let Some(likeness) = matcher.likeness() else { return };
        found.extend(beginning_with(forms, &likeness.beginning));
        found.extend(within(forms, &matcher.query.word, usize::from(likeness.most_edits)));
        found.sort_unstable();
        found.dedup();
    });
    found
}

fn place(index: usize) -> u32 {
    u32::try_from(index).expect("an index holds fewer forms than 4 billion")
}

/// The forms that hold each word, all words looked for at once.
fn holding(matchers: &[WordMatcher], forms: &[&str]) -> Vec<Vec<u32>> {
    let asked: Vec<usize> = (0..matchers.len()).filter(|index| matchers[*index].likeness().is_some()).collect();
    let mut found = vec![Vec::new(); matchers.len()];
    let words = asked.iter().map(|index| &matchers[*index].query.word);
    let automaton = AhoCorasick::new(words).expect("a codebook is small enough for an automaton of its words");
    let chunks = forms.par_chunks(CHUNK).enumerate().map(|(number, chunk)| {
        let mut hits = Vec::new();
        for (index, form) in chunk.iter().enumerate() {
            let words = automaton.find_overlapping_iter(form).map(|hit| asked[hit.pattern().as_usize()]);
            hits.extend(words.map(|word| (word, place(number * CHUNK + index))));
        }
        hits
    });
    for (word, form) in chunks.collect::<Vec<_>>().into_iter().flatten() {
        found[word].push(form);
    }
    found
}

/// Forms that one task looks through.
const CHUNK: usize = 8192;

fn beginning_with(forms: &[&str], beginning: &str) -> impl Iterator<Item = u32> {
    let first = forms.partition_point(|form| *form < beginning);
    let n = forms[first..].partition_point(|form| form.starts_with(beginning));
    (first..first + n).map(place)
}

/// The forms at most so many edits away: letters put in, left out, exchanged, or two neighbours swapped, no letter
/// touched twice. What forms have in common at their beginning is worked out once, and a beginning that is too far
/// away already is left with all forms that have it.
fn within(forms: &[&str], word: &str, most: usize) -> Vec<u32> {
    let word: Vec<char> = word.chars().collect();
    let mut table = Table::new(&word, most);
    let mut found = Vec::new();
    let mut index = 0;
    while let Some(form) = forms.get(index) {
        match table.go_to(form) {
            Reached::End { edits } => {
                if edits <= most {
                    found.push(place(index));
                }
                index += 1;
            }
            Reached::TooFar { bytes } => {
                let beginning = &form[..bytes];
                index += skip(&forms[index..], |form| form.starts_with(beginning));
            }
        }
    }
    found
}

/// How many forms at the start of `forms` the condition holds for, where it holds for no later ones; in steps that
/// double, since they are mostly few.
fn skip(forms: &[&str], holds: impl Fn(&str) -> bool) -> usize {
    let mut step = 1;
    while step < forms.len() && holds(forms[step]) {
        step *= 2;
    }
    let end = forms.len().min(step);
    forms[..end].partition_point(|form| holds(form))
}

enum Reached {
    End {
        edits: usize,
    },
    /// No form that begins with these bytes is near enough.
    TooFar {
        bytes: usize,
    },
}

/// Edits between the beginnings of the word and those of a form: a row for each letter of the form.
struct Table<'w> {
    word: &'w [char],
    most: usize,
    /// Row after row; each has one cell more than the word has letters.
    cells: Vec<u8>,
    /// The letters whose rows are filled, and where each ends in the form.
    letters: Vec<(char, usize)>,
}

impl<'w> Table<'w> {
    fn new(word: &'w [char], most: usize) -> Self {
        let cells = (0..=word.len()).map(|cell| u8::try_from(cell).unwrap_or(u8::MAX)).collect();
        Self { word, most, cells, letters: Vec::new() }
    }

    fn row(&self, number: usize) -> &[u8] {
        let width = self.word.len() + 1;
        &self.cells[number * width..(number + 1) * width]
    }

    fn go_to(&mut self, form: &str) -> Reached {
        let mut letters = form.char_indices().map(|(at, letter)| (letter, at + letter.len_utf8()));
        let mut shared = 0;
        let mut next = letters.next();
        while next.is_some() && self.letters.get(shared) == next.as_ref() {
            shared += 1;
            next = letters.next();
        }
        self.letters.truncate(shared);
        self.cells.truncate((shared + 1) * (self.word.len() + 1));
        while let Some((letter, end)) = next {
            self.push(letter, end);
            if self.is_too_far() {
                return Reached::TooFar { bytes: end };
            }
            next = letters.next();
        }
        let edits = self.row(self.letters.len()).last().copied().unwrap_or(u8::MAX);
        Reached::End { edits: usize::from(edits) }
    }

    fn push(&mut self, letter: char, end: usize) {
        let number = self.letters.len() + 1;
        let width = self.word.len() + 1;
        let before = (number - 1) * width;
        self.cells.push(self.cells[before].saturating_add(1));
        let swapped_with = self.letters.last().map(|(letter, _)| *letter);
        for (at, own) in self.word.iter().enumerate() {
            let same = self.cells[before + at].saturating_add(u8::from(*own != letter));
            let left_out = self.cells[before + at + 1].saturating_add(1);
            let put_in = self.cells[before + width + at].saturating_add(1);
            let mut least = same.min(left_out).min(put_in);
            if at > 0 && number > 1 && swapped_with == Some(*own) && self.word[at - 1] == letter {
                least = least.min(self.cells[before - width + at - 1].saturating_add(1));
            }
            self.cells.push(least);
        }
        self.letters.push((letter, end));
    }

    /// Whether no further letters can bring the form near enough; a swap reaches back over one row.
    fn is_too_far(&self) -> bool {
        let least = |number: usize| self.row(number).iter().copied().min().map_or(usize::MAX, usize::from);
        let last = self.letters.len();
        least(last) > self.most && least(last - 1) >= self.most
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::language::{Compounds, Language, WordQuery};

    fn matcher(word: &str) -> WordMatcher {
        let languages = vec![Language::Bokmaal, Language::Nynorsk];
        WordMatcher::new(&WordQuery { word: word.to_owned(), languages, compounds: Compounds::Head, derive: false })
    }

    proptest! {
        #[test]
        fn no_near_form_is_left_out(
            parts in prop::collection::vec(("[fora]{0,3}", "ankring|nkring|ankrng|leds|øvels|båt", "[enr]{0,3}"), 1..40),
            noise in prop::collection::vec("[a-eæøå-]{0,7}", 0..20),
        ) {
            let matchers = ["forankring", "ledelse", "øvelse", "båter", "å"].map(matcher);
            let mut forms: Vec<String> = parts.into_iter().map(|(one, two, three)| one + &two + &three).collect();
            forms.extend(noise);
            forms.sort();
            forms.dedup();
            let forms: Vec<&str> = forms.iter().map(String::as_str).collect();
            for (matcher, places) in matchers.iter().zip(lookalikes(&matchers, &forms)) {
                let asked: Vec<&str> = places.iter().map(|place| forms[*place as usize]).collect();
                for form in forms.iter().filter(|form| matcher.near(form).is_some()) {
                    prop_assert!(asked.contains(form), "{} {form}", matcher.query.word);
                }
            }
        }

        #[test]
        fn edits_are_counted_as_one_by_one(
            word in "[ab]{4,9}",
            forms in prop::collection::btree_set("[abc]{0,11}", 1..40),
            most in 1_usize..3,
        ) {
            let forms: Vec<&str> = forms.iter().map(String::as_str).collect();
            let is_near = |form: &&str| strsim::osa_distance(&word, form) <= most;
            let expected: Vec<&str> = forms.iter().copied().filter(is_near).collect();
            let found: Vec<&str> = within(&forms, &word, most).into_iter().map(|place| forms[place as usize]).collect();
            prop_assert_eq!(found, expected);
        }
    }
}
