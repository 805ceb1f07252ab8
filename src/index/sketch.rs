//! A sketch of a document, by which documents that are nearly the same find each other without being read.
//!
//! Every five words that follow each other make a number; the smallest of them are the sketch. Which they are depends
//! on nothing else in the document, so the share of numbers that two sketches have in common estimates the share of
//! word sequences that the documents have in common (Broder 1997, bottom-k).

use std::cmp::Ordering;

/// Numbers in a sketch; the share of common ones is right within about 6 % of the whole.
const SIZE: usize = 64;
/// Words in a sequence.
const RUN: usize = 5;

/// Each word of a sequence is turned so many bits further than the one behind it.
const TURN: u32 = 23;

/// Takes in a document's words one by one.
#[derive(Debug, Default)]
pub(super) struct Sketcher {
    /// The smallest so far, and some that may be among them.
    numbers: Vec<u32>,
    /// No number of the sketch is larger, once there are enough.
    most: Option<u32>,
    /// How many words there were.
    n_words: usize,
    /// The last of them, each at its number's remainder.
    last: [u64; RUN],
    /// The last of them in one, each turned by its place.
    rolled: u64,
}

impl Sketcher {
    /// Takes in words, each by a number of its own.
    pub(super) fn read(&mut self, words: &[u64]) {
        for word in words {
            let oldest = std::mem::replace(&mut self.last[self.n_words % RUN], *word);
            self.rolled = (self.rolled ^ oldest.rotate_left(TURN * (RUN as u32 - 1))).rotate_left(TURN) ^ word;
            self.n_words += 1;
            let number = mixed(self.rolled);
            if self.n_words >= RUN && self.most.is_none_or(|most| number <= most) {
                self.numbers.push(number);
                if self.numbers.len() >= 2 * SIZE {
                    self.keep_smallest();
                }
            }
        }
    }

    fn keep_smallest(&mut self) {
        self.numbers.sort_unstable();
        self.numbers.dedup();
        self.numbers.truncate(SIZE);
        self.most = self.numbers.get(SIZE - 1).copied();
    }

    /// The sketch, ascending; what comes after belongs to another document.
    pub(super) fn finish(&mut self) -> Vec<u32> {
        self.keep_smallest();
        std::mem::take(self).numbers
    }
}

/// Spreads the differences between sequences over all bits.
fn mixed(rolled: u64) -> u32 {
    let mixed = (rolled ^ (rolled >> 32)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    ((mixed ^ (mixed >> 32)).wrapping_mul(0xbf58_476d_1ce4_e5b9) >> 32) as u32
}

/// The share of word sequences that two documents have in common, of all that either has; from 0 to 1.
#[must_use]
pub fn likeness(one: &[u32], other: &[u32]) -> f64 {
    // The smallest numbers of both documents together; a sketch with fewer has all numbers of its document.
    let (mut at, mut of_other) = (0, 0);
    let (mut n, mut common) = (0, 0);
    while n < SIZE {
        let order = match (one.get(at), other.get(of_other)) {
            (Some(number), Some(its)) => number.cmp(its),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => break,
        };
        at += usize::from(order.is_le());
        of_other += usize::from(order.is_ge());
        common += usize::from(order.is_eq());
        n += 1;
    }
    common as f64 / n.max(1) as f64
}

#[cfg(test)]
mod tests {
    use std::hash::Hasher;

    use super::*;

    fn sketch(text: &str) -> Vec<u32> {
        let mut sketcher = Sketcher::default();
        let hash = |word: &str| {
            let mut hasher = fnv::FnvHasher::default();
            hasher.write(word.as_bytes());
            hasher.finish()
        };
        text.split(' ').for_each(|word| sketcher.read(&[hash(word)]));
        sketcher.finish()
    }

    fn words(range: std::ops::Range<usize>) -> String {
        range.map(|number| format!("ord{number}")).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn likeness_is_the_share_of_common_sequences() {
        assert!((likeness(&sketch(&words(0..500)), &sketch(&words(0..500))) - 1.0).abs() < 1e-9);
        assert!(likeness(&sketch(&words(0..500)), &sketch(&words(500..1000))) < 0.05);
        let half = likeness(&sketch(&words(0..3000)), &sketch(&words(1000..4000)));
        assert!((half - 0.5).abs() < 0.2, "{half}");
        assert_eq!(sketch("for få ord"), Vec::<u32>::new());
        assert!(likeness(&[], &[]) < 1e-9);
        // 19 sequences of 20 words in common, one of each document's own.
        let short = likeness(&sketch(&words(0..24)), &sketch(&words(1..25)));
        assert!((short - 19.0 / 21.0).abs() < 1e-9, "{short}");
    }

    #[test]
    fn one_word_changed_in_a_short_text_leaves_it_alike() {
        let text = words(0..60);
        assert!(likeness(&sketch(&text), &sketch(&text.replace("ord30", "annet"))) > 0.7);
    }
}
