//! Places and counts in 32 bits, as indexes and tables keep them.

/// A place or a count in 32 bits. Documents, their texts, what is found in them and codebooks are limited so that all of
/// these fit.
#[inline]
#[must_use]
pub(crate) fn narrow(number: usize) -> u32 {
    u32::try_from(number).expect("documents, rows, words, characters and codes are fewer than 2^32")
}
