//! `name:value`: what restricts a query to some segments.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use super::{
    PatternProblem,
    ast::{Filter, FilterValue},
    lexer::Letter,
};
use crate::text::Span;

/// A piece of a filter's value between two `..`.
#[derive(Debug, Default)]
pub(super) struct Part {
    pub(super) letters: Vec<Letter>,
    pub(super) is_quoted: bool,
}

/// Whether what stands before a colon is the name of a filter: a letter, then letters, digits, `_`, `-`, `.`,
/// or anything that a backslash made ordinary.
pub(super) fn is_name(letters: &[Letter]) -> bool {
    letters.first().is_some_and(|first| first.character.is_alphabetic())
        && letters
            .iter()
            .all(|letter| letter.escaped || letter.character.is_alphanumeric() || "_-.".contains(letter.character))
}

/// The filter of this name and value, written at `range`, its value from `value_start` on.
pub(super) fn read(
    name: &[Letter],
    parts: &[Part],
    range: Range<usize>,
    value_start: usize,
) -> Result<Filter, PatternProblem> {
    let name: String = name.iter().map(|letter| letter.character).nfc().collect();
    let bad = |message: String, label: &str| {
        PatternProblem::new("pattern/bad-filter", value_start.min(range.end)..range.end, message, label)
    };
    let has_wildcard =
        |part: &Part| !part.is_quoted && part.letters.iter().any(|letter| letter.is('*') || letter.is('?'));
    if parts.iter().any(has_wildcard) {
        return Err(bad(format!("`{name}:` takes no wildcard"), "expected a whole value")
            .hint("put a value that contains `*` or `?` in quotation marks"));
    }
    let texts: Vec<String> =
        parts.iter().map(|part| part.letters.iter().map(|letter| letter.character).nfc().collect()).collect();
    let bound = |index: usize| Some(texts[index].clone()).filter(|text| !text.is_empty());
    let value = match parts.len() {
        // `type:""` asks for documents without a type.
        1 if texts[0].is_empty() && !parts[0].is_quoted => {
            return Err(bad(format!("`{name}:` has no value"), "expected a value right after the colon")
                .hint(format!("put a value that contains spaces in quotation marks, as in `{name}:\"…\"`")));
        }
        1 => FilterValue::Equals(texts[0].clone()),
        2 if texts.iter().all(String::is_empty) => {
            return Err(bad(format!("`{name}:` is open at both ends"), "expected `from..to`, `from..` or `..to`"));
        }
        2 => FilterValue::Range(bound(0), bound(1)),
        _ => return Err(bad(format!("`{name}:` has more than one `..`"), "expected `from..to`")),
    };
    Ok(Filter { name, value, span: Span::new(range.start, range.end) })
}

/// The error for a filter in a codebook's pattern.
pub(super) fn in_codebook(source: &str, range: Range<usize>, value_start: usize) -> PatternProblem {
    let (name, value) = (&source[range.start..value_start], &source[value_start..range.end]);
    let name = name.trim_end_matches(':');
    PatternProblem::new(
        "pattern/filter-in-codebook",
        range,
        format!("`{}:` is a filter, which is not allowed in a codebook", crate::diag::shortened(name)),
        "filters are for `search` and `--where`",
    )
    .hint(match value {
        "" => format!("omit the colon: `{}`", crate::diag::shortened(name)),
        _ => "a colon that belongs to a word is written `\\:`".to_owned(),
    })
}
