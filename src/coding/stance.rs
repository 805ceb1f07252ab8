//! How a mention puts its theme: as its pattern or its coder says, if they say it, else as the words around it do, and
//! those among them that are no negation which its pattern asks for.

use super::mention::{Mention, NO_PATTERN};
use super::own_words::OwnWords;
use crate::codebook::{Code, Codebook};
use crate::language::{Cue, CueSet, Stance, Stances};

/// What the codes of a codebook tell of stances.
#[derive(Debug)]
pub struct StanceRules<'a> {
    codebook: &'a Codebook,
    /// By code.
    cues: Vec<CueSet>,
    /// By code and pattern.
    own_words: Vec<Vec<Option<OwnWords<'a>>>>,
}

impl<'a> StanceRules<'a> {
    /// Prepares the cues of all codes.
    #[must_use]
    pub fn new(codebook: &'a Codebook) -> Self {
        let own_words = |code: &'a Code| {
            code.patterns.iter().map(|pattern| OwnWords::of(pattern, &code.patterns, &codebook.languages)).collect()
        };
        Self {
            codebook,
            cues: codebook.codes.iter().map(|code| code.cues.set()).collect(),
            own_words: codebook.codes.iter().map(own_words).collect(),
        }
    }

    /// The stance that its pattern, or the person who coded, gives a mention of `code`, whatever stands around it.
    #[must_use]
    pub fn given(&self, code: usize, mention: &Mention) -> Option<Stance> {
        match mention.pattern {
            NO_PATTERN => mention.stance,
            pattern => self.codebook.codes[code].patterns.get(usize::from(pattern))?.stance,
        }
    }

    /// The stance of a mention of `code`, and the words that tell it; `around` knows the mention's segment.
    pub fn of(&self, code: usize, mention: &Mention, around: &mut Stances<'_>) -> (Stance, Option<Cue>) {
        let words = mention.from as usize..mention.to as usize;
        // What a person marked as a whole has no words of its own.
        let own_words = self.own_words[code].get(usize::from(mention.pattern)).and_then(Option::as_ref);
        let is_own = |form: &str| own_words.is_some_and(|own| own.has(mention, form));
        match self.given(code, mention) {
            None => around.of(words, &is_own, &self.cues[code]),
            // A person goes by the words around, as we do.
            Some(stance) if mention.pattern == NO_PATTERN => {
                let (own, cue) = around.of(words, &is_own, &self.cues[code]);
                (stance, cue.filter(|_| own == stance))
            }
            Some(stance) => (stance, None),
        }
    }
}
