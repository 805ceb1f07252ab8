//! The words of a mention that make it one: those that its pattern asks for.
//!
//! `ikke` in `orker ikke` is what the theme is recognised by and denies nothing. In `forankringen som ikke finnes hos
//! ledelsen`, found by `forankring NEAR/5 ledelse`, it only stands among the words of the mention, and denies what it
//! denies; and so it does in `ikke forankret` where the code has a pattern `forankret` too.

use std::sync::OnceLock;

use super::mention::Mention;
use super::resolve::wanted_among;
use crate::codebook::CodePattern;
use crate::codebook::pattern::{Atoms, Pattern};
use crate::language::{Compounds, Language, stance_words};
use crate::text::narrow;

/// The words that a pattern asks for, as far as they could tell a stance.
#[derive(Debug)]
pub struct OwnWords<'a> {
    pattern: &'a Pattern,
    compounds: Compounds,
    derive: bool,
    languages: &'a [Language],
    /// Their places among [`stance_words`], once somebody asked: few patterns have any.
    known: OnceLock<Vec<u32>>,
}

impl<'a> OwnWords<'a> {
    /// Those of a pattern with these options.
    #[must_use]
    pub fn new(pattern: &'a Pattern, compounds: Compounds, derive: bool, languages: &'a [Language]) -> Self {
        Self { pattern, compounds, derive, languages, known: OnceLock::new() }
    }

    /// Those of one of a code's `patterns`; `None` where another of them is one of its words, which is the theme then.
    #[must_use]
    pub fn of(pattern: &'a CodePattern, patterns: &[CodePattern], languages: &'a [Language]) -> Option<Self> {
        let parts = pattern.pattern.atoms(Atoms::Wanted);
        let is_part = |other: &CodePattern| match &other.pattern {
            Pattern::Word(atom) => parts.len() > 1 && parts.iter().any(|part| part.kind == atom.kind),
            _ => false,
        };
        let is_theme = !patterns.iter().any(is_part);
        is_theme.then(|| Self::new(&pattern.pattern, pattern.compounds, pattern.derive, languages))
    }

    /// Whether `form`, a word among those of `mention`, makes it one. The parts of a single form all do.
    #[must_use]
    pub fn has(&self, mention: &Mention, form: &str) -> bool {
        mention.form().is_some() || self.asks_for(form)
    }

    fn asks_for(&self, form: &str) -> bool {
        let Some(place) = stance_words().find(form).map(narrow) else { return false };
        let known = self.known.get().unwrap_or_else(|| {
            // Not computed inside the lock: the threads that help with it may come by and ask the same.
            let options = (self.compounds, self.derive);
            let found = wanted_among(stance_words(), self.pattern, options, self.languages);
            self.known.get_or_init(|| found)
        });
        known.binary_search(&place).is_ok()
    }
}
