//! Codebooks for generated material: of ten patterns four are words, three wildcards, two phrases, one is a NEAR.

use std::fmt::Write as _;

use super::source::Source;

/// How large a codebook is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Size {
    codes: usize,
    /// A code has ten patterns so many times.
    tens: usize,
    /// More frequent words than this one, by rank, belong to no theme.
    first_word: usize,
    /// Likewise for pairs of words.
    first_pair: usize,
    /// So many compounds are among the words.
    compounds: u64,
}

/// 12 codes, 120 patterns, of words that are frequent: nearly every paragraph is coded.
pub(crate) const SMALL: Size = Size { codes: 12, tens: 1, first_word: 60, first_pair: 20, compounds: 0 };
/// 300 codes, 6,000 patterns, of words that are rarer.
pub(crate) const LARGE: Size = Size { codes: 300, tens: 2, first_word: 800, first_pair: 300, compounds: 5_000 };

/// The codebook file.
pub(crate) fn codebook(source: &Source, size: Size) -> String {
    let (words, pairs) = (source.words(size.compounds), source.pairs());
    // Every kind of pattern goes through the list by its own stride, so that all have rare and frequent ones.
    let word = |index: usize| words[size.first_word + (index * 7) % (words.len() - size.first_word)].clone();
    let pair = |index: usize| pairs[size.first_pair + (index * 3) % (pairs.len() - size.first_pair)];
    let mut toml = String::from("format = 1\nname = \"Speed\"\nlanguages = [\"nb\", \"nn\"]\n");
    for code in 0..size.codes {
        let _ = write!(toml, "\n[[code]]\nid = \"tema-{code:03}\"\npatterns = [\n");
        for ten in code * size.tens..(code + 1) * size.tens {
            let mut patterns: Vec<String> = (0..4).map(|i| word(ten * 4 + i)).collect();
            patterns.extend((0..3).map(|i| {
                let word = word(ten * 3 + i + 1);
                let stem: String = word.chars().take((word.chars().count() * 2).div_ceil(3).max(4)).collect();
                if i == 2 { format!("*{word}*") } else { format!("{stem}*") }
            }));
            patterns.extend((0..2).map(|i| {
                let (first, second) = pair(ten * 2 + i);
                format!("{first} {second}")
            }));
            patterns.push(format!("{} NEAR/5 {}", word(ten * 2 + 2), word(ten * 2 + 3)));
            for pattern in patterns {
                let _ = writeln!(toml, "  \"{pattern}\",");
            }
        }
        toml.push_str("]\n");
    }
    toml
}
