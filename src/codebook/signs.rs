//! Signs that a pattern holds and no word does: `C++` would be read as the letter `c` without a word about it.

use super::check::Written;
use crate::diag::{Diagnostic, TomlFile, shortened};

/// Signs that mean something to those who write them beside a word, and that the tokeniser drops.
const DROPPED: [char; 9] = ['+', '#', '%', '$', '€', '£', '§', '@', '^'];

/// Warns of the patterns of a code whose signs are not looked for.
pub(super) fn dropped(file: &TomlFile, written: &Written<'_>, found: &mut Vec<Diagnostic>) {
    for (pattern, text) in written.code.patterns.iter().zip(&written.pattern_texts) {
        let Some(word) = with_dropped_sign(&pattern.source) else { continue };
        let message = format!("special characters in `{}` are ignored", shortened(word));
        found.push(
            Diagnostic::warning("codebook/dropped-sign", message)
                .at(file.place(
                    text.range.clone(),
                    format!("this matches like `{}`", shortened(&pattern.pattern.to_string())),
                ))
                .hint(
                    "words consist of letters and digits; other characters beside them are not part of words, in texts \
                     or in patterns",
                ),
        );
    }
}

/// The first word of a pattern that has such a sign, or is one; regular expressions aside.
pub(crate) fn with_dropped_sign(source: &str) -> Option<&str> {
    if source.contains('/') {
        return None;
    }
    let words = source.split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '"' | '«' | '»'));
    words.into_iter().find(|word| word.contains(DROPPED))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_with_signs_are_found() {
        for (source, expected) in [
            ("C++", Some("C++")),
            ("kurs i C#", Some("C#")),
            ("\"50% stilling\"", Some("50%")),
            ("50 %", Some("%")),
            ("forankr*", None),
            ("prosjekt~1", None),
            ("/c+/", None),
            ("støtte NEAR/5 ledelse", None),
            ("R&D", None),
        ] {
            assert_eq!(with_dropped_sign(source), expected, "{source}");
        }
    }
}
