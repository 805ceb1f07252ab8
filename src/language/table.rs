//! Words of our own lists and what is known of each, looked up for every word of every text.

/// What is known of each word. An attacker gains nothing by making words of our own lists collide.
#[expect(clippy::disallowed_types, reason = "only looked up, never walked")]
pub(super) type WordTable<T> = std::collections::HashMap<String, T, rustc_hash::FxBuildHasher>;
