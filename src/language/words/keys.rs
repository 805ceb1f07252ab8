//! A hash index of many short strings, asked for every beginning or every end of a word at once.
//!
//! The hash of a string grows letter by letter, so that all ends of a word cost one walk over it, and a filter that
//! fits the processor's cache turns nearly all of them away. The filter knows the beginnings of the walks to longer
//! keys too, so that most walks end after a few letters.

/// Which way a string is read: from its end for ends of words, from its start for beginnings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    Forwards,
    Backwards,
}

/// Lengths in bytes at which a walk stops unless some longer key begins like that.
const STOPS: [usize; 3] = [4, 6, 8];

/// Strings and the numbers they stand for.
#[derive(Debug)]
pub(super) struct Keys {
    direction: Direction,
    /// A bit for each key's hash, and one for each beginning of a key that has one of the lengths [`STOPS`]; a clear
    /// bit proves that there is none.
    filter: Vec<u64>,
    /// Where each group of equal leading bits starts in `entries`, one more at the end.
    buckets: Vec<u32>,
    bucket_shift: u32,
    /// Hash and number, sorted.
    entries: Vec<(u64, u32)>,
}

/// A hash that grows by a byte at a time.
#[derive(Debug, Clone, Copy)]
struct Hash(u64);

impl Hash {
    const START: Self = Self(0xcbf2_9ce4_8422_2325);

    fn with(self, byte: u8) -> Self {
        Self((self.0 ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3))
    }

    /// Stands for the beginning of longer keys, not for a key.
    fn of_beginning(self) -> u64 {
        Self(!self.0).finished()
    }

    /// Spreads the differences over all bits; the growing hash itself has them in its low ones.
    fn finished(self) -> u64 {
        let mixed = (self.0 ^ (self.0 >> 32)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        mixed ^ (mixed >> 29)
    }
}

impl Keys {
    /// The index of `keys`, each with its number. A key may stand for several numbers.
    pub(super) fn new<'key>(direction: Direction, keys: impl Iterator<Item = (&'key str, u32)>) -> Self {
        let mut entries = Vec::new();
        let mut beginnings = Vec::new();
        for (key, number) in keys {
            let hash = walk(direction, key).last().map_or(Hash::START, |(_, hash)| hash);
            entries.push((hash.finished(), number));
            let passed = walk(direction, key).filter(|(count, _)| STOPS.contains(count) && *count < key.len());
            beginnings.extend(passed.map(|(_, hash)| hash.of_beginning()));
        }
        entries.sort_unstable();
        entries.dedup();
        let bits = (entries.len() * 16).next_power_of_two().max(1 << 10);
        let mut filter = vec![0_u64; bits / 64];
        for hash in entries.iter().map(|entry| entry.0).chain(beginnings) {
            let (word, bit) = place(hash, bits);
            filter[word] |= bit;
        }
        let bucket_bits = entries.len().next_power_of_two().ilog2().clamp(1, 24);
        let bucket_shift = u64::BITS - bucket_bits;
        let mut buckets = vec![0_u32; (1 << bucket_bits) + 1];
        for (hash, _) in &entries {
            buckets[index(hash >> bucket_shift) + 1] += 1;
        }
        for at in 1..buckets.len() {
            buckets[at] += buckets[at - 1];
        }
        Self { direction, filter, buckets, bucket_shift, entries }
    }

    /// Calls `found` with a byte offset and a number for every beginning or end of `text` that may be a key: the part
    /// before the offset forwards, from it on backwards. Two strings of one hash are possible, so the caller compares.
    pub(super) fn find(&self, text: &str, mut found: impl FnMut(usize, u32)) {
        let bits = self.filter.len() * 64;
        let is_set = |hash| {
            let (word, bit) = place(hash, bits);
            self.filter[word] & bit != 0
        };
        for (count, hash) in walk(self.direction, text) {
            let finished = hash.finished();
            if is_set(finished) {
                let at = match self.direction {
                    Direction::Forwards => count,
                    Direction::Backwards => text.len() - count,
                };
                if text.is_char_boundary(at) {
                    self.with_hash(finished).for_each(|number| found(at, number));
                }
            }
            if STOPS.contains(&count) && !is_set(hash.of_beginning()) {
                return;
            }
        }
    }

    fn with_hash(&self, hash: u64) -> impl Iterator<Item = u32> {
        let bucket = index(hash >> self.bucket_shift);
        let entries = &self.entries[self.buckets[bucket] as usize..self.buckets[bucket + 1] as usize];
        entries.iter().filter(move |entry| entry.0 == hash).map(|entry| entry.1)
    }
}

/// The hashes of the first 1, 2, 3, … bytes of `text`, read in `direction`.
fn walk(direction: Direction, text: &str) -> impl Iterator<Item = (usize, Hash)> {
    let bytes = text.as_bytes();
    let mut hash = Hash::START;
    (1..=bytes.len()).map(move |count| {
        hash = hash.with(match direction {
            Direction::Forwards => bytes[count - 1],
            Direction::Backwards => bytes[bytes.len() - count],
        });
        (count, hash)
    })
}

/// The place of a hash in a filter of so many bits, a power of two.
fn place(hash: u64, bits: usize) -> (usize, u64) {
    let bit = index(hash) & (bits - 1);
    (bit / 64, 1 << (bit % 64))
}

fn index(hash: u64) -> usize {
    usize::try_from(hash & 0xffff_ffff).expect("32 bits are a usize where we run")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_and_beginnings_are_found() {
        let keys = ["ring", "forankring", "for", "på"];
        let numbered = || keys.iter().copied().zip(0..);
        let found = |direction, text: &str| {
            let mut found = Vec::new();
            Keys::new(direction, numbered()).find(text, |at, number| found.push((at, number)));
            found
        };
        assert_eq!(found(Direction::Backwards, "forankring"), [(6, 0), (0, 1)]);
        assert_eq!(found(Direction::Forwards, "forankring"), [(3, 2), (10, 1)]);
        assert_eq!(found(Direction::Forwards, "påfor"), [(3, 3)]);
        assert_eq!(found(Direction::Forwards, ""), []);
    }
}
