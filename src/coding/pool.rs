//! What counts for a parent: its own mentions and its descendants', overlaps resolved as for one code.

use rayon::prelude::*;

use super::mention::{Mention, Mentions};
use super::overlap::{Place, resolve_overlaps};
use crate::codebook::Codebook;
use crate::text::narrow;

/// A mention in the row of its own code or of an ancestor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Pooled {
    mention: Mention,
    /// Index of the code that matched.
    code: u32,
}

impl Place for Pooled {
    fn row(&self) -> u32 {
        self.mention.row
    }

    fn words(&self) -> std::ops::Range<u32> {
        self.mention.words()
    }

    fn rank(&self) -> u32 {
        // Codes by the codebook's order, patterns by the code's.
        self.code << 16 | self.mention.rank()
    }
}

/// For each code that has descendants, what counts for it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pool {
    parents: Vec<Option<Vec<Pooled>>>,
}

impl Pool {
    /// Resolves the overlaps of every parent.
    #[must_use]
    pub fn of(codebook: &Codebook, mentions: &Mentions) -> Self {
        let members: Vec<Vec<usize>> = (0..codebook.codes.len())
            .map(|parent| {
                (0..codebook.codes.len())
                    .filter(|code| *code == parent || codebook.ancestors(*code).any(|ancestor| ancestor == parent))
                    .collect()
            })
            .collect();
        let parents = members
            .par_iter()
            .map(|members| {
                if members.len() < 2 {
                    return None;
                }
                let mut all: Vec<Pooled> = members
                    .iter()
                    .flat_map(|code| {
                        let number = narrow(*code);
                        mentions.codes[*code].iter().map(move |mention| Pooled { mention: *mention, code: number })
                    })
                    .collect();
                all.sort_unstable();
                Some(resolve_overlaps::<Pooled, Pooled>(all, &[]))
            })
            .collect();
        Self { parents }
    }

    /// What counts for a code, by place, each with the code that matched. `mentions` are those that the pool is of.
    pub fn counted<'a>(
        &'a self,
        mentions: &'a Mentions,
        code: usize,
    ) -> impl Iterator<Item = (usize, &'a Mention)> + use<'a> {
        self.counted_from(mentions, code, 0)
    }

    /// The same, from a row on.
    pub(super) fn counted_from<'a>(
        &'a self,
        mentions: &'a Mentions,
        code: usize,
        row: usize,
    ) -> impl Iterator<Item = (usize, &'a Mention)> + use<'a> {
        let pooled = self.of_parent(code);
        let own = if pooled.is_some() { &[] } else { mentions.codes[code].as_slice() };
        let pooled = pooled.unwrap_or_default();
        let is_before = |mention: &Mention| (mention.row as usize) < row;
        let own = &own[own.partition_point(is_before)..];
        let pooled = &pooled[pooled.partition_point(|pooled| is_before(&pooled.mention))..];
        let own = own.iter().map(move |mention| (code, mention));
        own.chain(pooled.iter().map(|pooled| (pooled.code as usize, &pooled.mention)))
    }

    /// Takes over the stances of the mentions that the pool is of.
    pub(super) fn tell_stances(&mut self, mentions: &Mentions) {
        self.parents.par_iter_mut().flatten().for_each(|pooled| {
            // Of one code no two mentions begin in one place.
            let place = |mention: &Mention| (mention.row, mention.from);
            let mut rest: Vec<&[Mention]> = mentions.codes.iter().map(Vec::as_slice).collect();
            for pooled in pooled {
                let rest = &mut rest[pooled.code as usize];
                let before = rest.iter().take_while(|own| place(own) < place(&pooled.mention)).count();
                *rest = &rest[before..];
                pooled.mention.stance = rest[0].stance;
            }
        });
    }

    /// What counts for a code that has descendants; `None` for one that has none: its own mentions count.
    fn of_parent(&self, code: usize) -> Option<&[Pooled]> {
        self.parents[code].as_deref()
    }

    /// Whether a code has descendants.
    pub(super) fn is_parent(&self, code: usize) -> bool {
        self.of_parent(code).is_some()
    }

    /// Whether a mention of `code` counts in the row of `counted_in`, the code itself or an ancestor.
    #[must_use]
    pub fn counts(&self, mention: &Mention, code: usize, counted_in: usize) -> bool {
        let Some(pool) = self.of_parent(counted_in) else { return code == counted_in };
        let start =
            pool.partition_point(|pooled| (pooled.mention.row, pooled.mention.from) < (mention.row, mention.from));
        pool[start..]
            .iter()
            .take_while(|pooled| (pooled.mention.row, pooled.mention.from) == (mention.row, mention.from))
            .any(|pooled| pooled.code as usize == code && pooled.mention.to == mention.to)
    }
}
