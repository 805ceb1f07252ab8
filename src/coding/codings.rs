//! What mentions are when their texts are read: codings, with their stances and with what counts for parents.

use super::mention::{Mention, Mentions};
use super::pool::Pool;
use crate::language::Stance;

/// Every mention with its stance, and what counts in the row of each code. Only [`quote`](super::quote()) makes them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Codings {
    mentions: Mentions,
    pool: Pool,
}

/// A mention that counts in the row of a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counted<'a> {
    /// Index of the code that matched: the row's own or a descendant.
    pub code: usize,
    /// The mention.
    pub mention: &'a Mention,
    /// How the passage puts the theme.
    pub stance: Stance,
}

impl Codings {
    /// Mentions whose stances have all been told, also those in the pool.
    pub(super) fn new(mentions: Mentions, pool: Pool) -> Self {
        Self { mentions, pool }
    }

    /// The mentions by themselves.
    #[must_use]
    pub fn mentions(&self) -> &Mentions {
        &self.mentions
    }

    /// Of how many codes.
    #[must_use]
    pub fn n_codes(&self) -> usize {
        self.mentions.codes.len()
    }

    /// The mentions of a code itself, by place.
    #[must_use]
    pub fn own(&self, code: usize) -> &[Mention] {
        &self.mentions.codes[code]
    }

    /// Whether a code has descendants: then what counts for it is not what is its own.
    #[must_use]
    pub fn is_parent(&self, code: usize) -> bool {
        self.pool.is_parent(code)
    }

    /// What counts for a code, by place: its own mentions and its descendants', overlaps resolved as for one code.
    pub fn counted(&self, code: usize) -> impl Iterator<Item = Counted<'_>> {
        self.pool.counted(&self.mentions, code).map(told)
    }

    /// Of what counts for a code, that in one row.
    pub fn counted_in(&self, code: usize, row: usize) -> impl Iterator<Item = Counted<'_>> {
        self.pool.counted_from(&self.mentions, code, row).take_while(move |(_, own)| own.row as usize == row).map(told)
    }
}

fn told((code, mention): (usize, &Mention)) -> Counted<'_> {
    Counted { code, mention, stance: mention.stance.unwrap_or_default() }
}
