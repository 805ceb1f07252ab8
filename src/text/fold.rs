//! Folding: what of a letter does not count when words are compared.
//!
//! Case never counts, composed and decomposed letters are the same (NFC), `é è ê ó ò ô à` count as their
//! plain letter, and soft hyphens and zero-width characters inside a word are not there. `æ ø å` always count.
//! A curved apostrophe, which word processors put for a straight one, is the same.

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// The folded form of `word`: see the module for what folding drops.
#[must_use]
pub fn fold(word: &str) -> String {
    let mut folded = String::with_capacity(word.len());
    fold_into(word, &mut folded);
    folded
}

/// Appends the folded form of `word` to `out`.
pub fn fold_into(word: &str, out: &mut String) {
    if word.is_ascii() {
        let from = out.len();
        out.push_str(word);
        out[from..].make_ascii_lowercase();
        return;
    }
    if is_nfc_quick(word.chars()) == IsNormalized::Yes && !word.contains(is_unseen) {
        fold_characters(word.chars(), out);
    } else {
        // Whatever is unseen goes first: it may keep a letter and its accent apart.
        fold_characters(word.chars().filter(|character| !is_unseen(*character)).nfc(), out);
    }
}

/// Whether folding `word` only puts its ASCII letters in lower case, as it does with nearly every word.
#[must_use]
pub fn differs_in_case_only(word: &str) -> bool {
    let mut bytes = word.bytes();
    while let Some(byte) = bytes.next() {
        // The second bytes of æ, ø and å.
        if !(byte.is_ascii() || byte == 0xc3 && matches!(bytes.next(), Some(0xa6 | 0xb8 | 0xa5))) {
            return false;
        }
    }
    true
}

/// The word as people see it, case and accents kept: composed, without what nobody sees, hyphens and apostrophes alike.
#[must_use]
pub fn as_seen(word: &str) -> String {
    let seen = word.chars().filter(|character| !is_unseen(*character)).nfc();
    let plain = |character| match character {
        '\u{2019}' => '\'',
        hyphen if is_hyphen_like(hyphen) => '-',
        other => other,
    };
    seen.map(plain).collect()
}

/// Characters that a word processor puts inside a word and nobody sees.
#[must_use]
pub fn is_unseen(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

/// Hyphens that look like one are one.
fn is_hyphen_like(character: char) -> bool {
    matches!(character, '\u{2010}' | '\u{2011}')
}

fn fold_characters(characters: impl Iterator<Item = char>, out: &mut String) {
    for character in characters {
        match character {
            'a'..='z' | '0'..='9' | 'æ' | 'ø' | 'å' => out.push(character),
            'A'..='Z' => out.push(character.to_ascii_lowercase()),
            'Æ' => out.push('æ'),
            'Ø' => out.push('ø'),
            'Å' | '\u{212b}' => out.push('å'),
            'é' | 'è' | 'ê' | 'É' | 'È' | 'Ê' => out.push('e'),
            'ó' | 'ò' | 'ô' | 'Ó' | 'Ò' | 'Ô' => out.push('o'),
            'à' | 'À' => out.push('a'),
            '\u{2019}' => out.push('\''),
            hyphen if is_hyphen_like(hyphen) => out.push('-'),
            _ => out.extend(character.to_lowercase()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_table() {
        for (word, expected) in [
            ("Forankring", "forankring"),
            ("IDÉ", "ide"),
            ("ÆØÅ", "æøå"),
            ("A\u{30a}pen", "åpen"),
            ("for\u{ad}ankring", "forankring"),
            ("a\u{ad}\u{30a}pen", "åpen"),
            ("for\u{200b}ank\u{2060}ring", "forankring"),
            ("òg", "og"),
            ("à", "a"),
            ("FoU\u{2011}miljø", "fou-miljø"),
            ("naïv", "naïv"),
            ("Ola’s", "ola's"),
        ] {
            assert_eq!(fold(word), expected, "{word}");
        }
    }
}
