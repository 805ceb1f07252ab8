//! Codebooks for generated material: of ten patterns four are words, three wildcards, two phrases, one is a NEAR.

use std::fmt::Write as _;

use super::source::Source;

/// How large a codebook is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Size {
    codes: usize,
    /// Ten patterns each.
    tens: usize,
}

/// 12 codes, 120 patterns.
pub(crate) const SMALL: Size = Size { codes: 12, tens: 1 };
/// 300 codes, 6,000 patterns.
pub(crate) const LARGE: Size = Size { codes: 300, tens: 2 };

/// The most frequent words and pairs belong to no theme.
const FIRST_WORD: usize = 60;
const FIRST_PAIR: usize = 20;

/// The codebook file.
pub(crate) fn codebook(source: &Source, size: Size) -> String {
    let (words, pairs) = (source.words(), source.pairs());
    // Every kind of pattern goes through the list by its own stride, so that all have rare and frequent ones.
    let word = |index: usize| words[FIRST_WORD + (index * 7) % (words.len() - FIRST_WORD)];
    let pair = |index: usize| pairs[FIRST_PAIR + (index * 3) % (pairs.len() - FIRST_PAIR)];
    let mut toml = String::from("format = 1\nname = \"Speed\"\nlanguages = [\"nb\", \"nn\"]\n");
    for code in 0..size.codes {
        let _ = write!(toml, "\n[[code]]\nid = \"tema-{code:03}\"\npatterns = [\n");
        for ten in code * size.tens..(code + 1) * size.tens {
            let mut patterns: Vec<String> = (0..4).map(|i| word(ten * 4 + i).to_owned()).collect();
            patterns.extend((0..3).map(|i| {
                let word = word(ten * 3 + i + 1);
                let stem: String = word.chars().take(word.chars().count().div_ceil(2).max(4)).collect();
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
