//! How a mention puts its theme: as its pattern says, if that says it, else as the words around it do, and those among
//! its words that its pattern does not ask for.

use super::mention::Mention;
use super::own_words::OwnWords;
use crate::codebook::Codebook;
use crate::language::{Cue, CueSet, Stance, Stances};

/// What the codes of a codebook tell of stances.
#[derive(Debug)]
pub struct StanceRules<'a> {
    codebook: &'a Codebook,
    /// By code.
    cues: Vec<CueSet>,
    /// By code and pattern.
    own_words: Vec<Vec<OwnWords<'a>>>,
}

impl<'a> StanceRules<'a> {
    /// Prepares the cues of all codes.
    #[must_use]
    pub fn new(codebook: &'a Codebook) -> Self {
        let own_words = |pattern| OwnWords::of(pattern, &codebook.languages);
        Self {
            codebook,
            cues: codebook.codes.iter().map(|code| code.cues.set()).collect(),
            own_words: codebook.codes.iter().map(|code| code.patterns.iter().map(own_words).collect()).collect(),
        }
    }

    /// The stance that its pattern gives a mention of `code`, whatever stands around it. What a person coded has no
    /// pattern.
    #[must_use]
    pub fn given(&self, code: usize, mention: &Mention) -> Option<Stance> {
        self.codebook.codes[code].patterns.get(usize::from(mention.pattern))?.stance
    }

    /// The stance of a mention of `code`, and the words that tell it; `around` knows the mention's segment.
    pub fn of(&self, code: usize, mention: &Mention, around: &mut Stances<'_>) -> (Stance, Option<Cue>) {
        let words = mention.from as usize..mention.to as usize;
        if let Some(stance) = self.given(code, mention) {
            return (stance, None);
        }
        // What a person marked as a whole has no words of its own.
        let own_words = self.own_words[code].get(usize::from(mention.pattern));
        around.of(words, &|form| own_words.is_some_and(|own| own.has(mention, form)), &self.cues[code])
    }
}
