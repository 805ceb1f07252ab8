//! How a mention puts its theme: as its pattern or its coder says, if they say it, else as the words around it
//! do.

use super::mention::{Mention, NO_PATTERN};
use crate::codebook::Codebook;
use crate::language::{Cue, CueSet, Stance, Stances};

/// What the codes of a codebook tell of stances.
#[derive(Debug)]
pub struct StanceRules<'a> {
    codebook: &'a Codebook,
    /// By code.
    cues: Vec<CueSet>,
}

impl<'a> StanceRules<'a> {
    /// Prepares the cues of all codes.
    #[must_use]
    pub fn new(codebook: &'a Codebook) -> Self {
        Self { codebook, cues: codebook.codes.iter().map(|code| code.cues.set()).collect() }
    }

    /// The cues of a code.
    #[must_use]
    pub fn cues(&self, code: usize) -> &CueSet {
        &self.cues[code]
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
        match self.given(code, mention) {
            None => around.of(words, &self.cues[code]),
            // A person goes by the words around, as we do.
            Some(stance) if mention.pattern == NO_PATTERN => {
                let (own, cue) = around.of(words, &self.cues[code]);
                (stance, cue.filter(|_| own == stance))
            }
            Some(stance) => (stance, None),
        }
    }
}
