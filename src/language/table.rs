//! Words of our own lists and what is known of each, looked up for every word of every text.

/// Nothing is gained by making words of our own lists collide.
#[expect(clippy::disallowed_types, reason = "only looked up, never walked")]
type Table<K, T> = std::collections::HashMap<K, T, rustc_hash::FxBuildHasher>;

/// What is known of each word.
#[derive(Debug)]
pub(super) struct WordTable<T> {
    /// Most words of a list: a number is compared, not a text.
    short: Table<u64, T>,
    long: Table<String, T>,
    /// The length in bytes of the longest word; most long words of a text are longer.
    longest: usize,
}

impl<T> Default for WordTable<T> {
    fn default() -> Self {
        Self { short: Table::default(), long: Table::default(), longest: 0 }
    }
}

impl<T> WordTable<T> {
    /// What is known of `word`.
    #[inline]
    pub(super) fn get(&self, word: &str) -> Option<&T> {
        match packed(word) {
            Some(packed) => self.short.get(&packed),
            None if word.len() > self.longest => None,
            None => self.long.get(word),
        }
    }

    /// What is known of `word`, which is taken up with `T`'s default if it was not known.
    pub(super) fn entry(&mut self, word: &str) -> &mut T
    where
        T: Default,
    {
        self.longest = self.longest.max(word.len());
        match packed(word) {
            Some(packed) => self.short.entry(packed).or_default(),
            None => self.long.entry(word.to_owned()).or_default(),
        }
    }
}

/// The bytes of a word of at most eight of them, followed by zeros: a number of its own, since no word ends in a zero
/// byte. Read in two pieces that may share bytes, which is quicker than byte by byte.
#[inline]
fn packed(word: &str) -> Option<u64> {
    let bytes = word.as_bytes();
    let length = bytes.len();
    match length {
        0 => Some(0),
        1..=3 => {
            let byte = |at: usize| u64::from(bytes[at]) << (8 * at);
            Some(byte(0) | byte(length / 2) | byte(length - 1))
        }
        4..=8 => {
            let four =
                |at: usize| bytes[at..at + 4].iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte));
            Some(four(0) | four(length - 4) << (8 * (length - 4)))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn words_are_found_and_no_others(words in proptest::collection::btree_set("[a-cå]{0,12}", 0..30), other in "[a-cå]{0,12}") {
            let mut table = WordTable::default();
            for (number, word) in words.iter().enumerate() {
                *table.entry(word) = number;
            }
            for (number, word) in words.iter().enumerate() {
                proptest::prop_assert_eq!(table.get(word), Some(&number));
            }
            proptest::prop_assert_eq!(table.get(&other).is_some(), words.contains(&other));
        }

        #[test]
        fn a_short_word_is_its_bytes(word in "[a-cå]{0,8}") {
            let mut bytes = [0; 8];
            let is_short = word.len() <= 8;
            if is_short {
                bytes[..word.len()].copy_from_slice(word.as_bytes());
            }
            proptest::prop_assert_eq!(packed(&word), is_short.then(|| u64::from_le_bytes(bytes)));
        }
    }
}
