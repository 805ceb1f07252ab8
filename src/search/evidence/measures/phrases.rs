//! Words in a row that say something together: `alt annet enn`.

use crate::language::Tokens;
use crate::text::fold;

/// Words in a row, each list of one or more.
#[derive(Debug)]
pub(super) struct Phrases(Vec<Vec<String>>);

impl Phrases {
    pub(super) fn of(phrases: &[String]) -> Self {
        Self(phrases.iter().map(|phrase| phrase.split_whitespace().map(fold).collect()).collect())
    }

    /// How many words from `at` are the longest of these.
    pub(super) fn longest_at(&self, tokens: &Tokens, at: usize) -> Option<usize> {
        let stands = |phrase: &&Vec<String>| {
            at + phrase.len() <= tokens.words().len()
                && phrase.iter().enumerate().all(|(index, word)| tokens.form(at + index) == word)
        };
        self.0.iter().filter(stands).map(Vec::len).max()
    }
}
