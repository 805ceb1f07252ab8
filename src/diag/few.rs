//! Long lists in messages: the first few, and how many more.

use super::{Diagnostic, shortened};

/// Of messages of one kind about one file so many are told; the rest is counted.
pub(crate) const MAX_ERRORS: usize = 5;
/// Inside a message so many names are told; the rest is counted.
pub(crate) const MAX_NAMED: usize = 5;

/// The first few of `errors`, and one that counts the rest as `more` of this kind.
pub(crate) fn capped(mut errors: Vec<Diagnostic>, more: &str) -> Vec<Diagnostic> {
    if errors.len() > MAX_ERRORS + 1 {
        let n = errors.len() - MAX_ERRORS;
        let mut last = errors.swap_remove(MAX_ERRORS);
        errors.truncate(MAX_ERRORS);
        last.message = format!("and {n} more {more}");
        last.places.truncate(1);
        last.places.iter_mut().for_each(|place| place.label = "the next of them".to_owned());
        last.hints.clear();
        errors.push(last);
    }
    errors
}

/// So many of something, as in `1 file` and `2 files`.
pub(crate) fn counted(n: usize, one: &str, many: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {many}") }
}

/// The first few of `names` in backticks, and how many more there are.
pub(crate) fn few(names: &[impl AsRef<str>]) -> String {
    let named = names.iter().take(MAX_NAMED).map(|name| format!("`{}`", shortened(name.as_ref()))).collect();
    and_more(named, names.len())
}

/// What was `named` of `n` things, and how many more there are.
pub(crate) fn and_more(named: Vec<String>, n: usize) -> String {
    let more = n - named.len();
    let list = named.join(", ");
    if more == 0 { list } else { format!("{list} and {more} more") }
}
