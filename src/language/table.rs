//! Words of our own lists and what is known of each, looked up for every word of every text.

/// What is known of each word. It is only looked up, never walked, so its order reaches no result.
#[expect(clippy::disallowed_types, reason = "only looked up, never walked")]
pub(super) type WordTable<T> = std::collections::HashMap<String, T, std::hash::BuildHasherDefault<ShortHasher>>;

/// FNV-1a: words are short, and an attacker gains nothing by colliding with our own list.
#[derive(Debug)]
pub(super) struct ShortHasher(u64);

impl Default for ShortHasher {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl std::hash::Hasher for ShortHasher {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    fn finish(&self) -> u64 {
        self.0
    }
}
