//! What counts for a parent: its own mentions and its descendants', overlaps resolved as for one code.

use rayon::prelude::*;

use super::mention::{Codings, Mention};
use super::overlap::{Place, resolve_overlaps};
use crate::codebook::Codebook;

/// A mention in the row of its own code or of an ancestor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pooled {
    /// The mention.
    pub mention: Mention,
    /// Index of the code that matched.
    pub code: u32,
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
#[derive(Debug, Clone, Default)]
pub struct Pool {
    parents: Vec<Option<Vec<Pooled>>>,
}

impl Pool {
    /// Resolves the overlaps of every parent.
    #[must_use]
    pub fn of(codebook: &Codebook, codings: &Codings) -> Self {
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
                        let number = u32::try_from(*code).expect("a codebook has fewer than 2^32 codes");
                        codings.codes[*code].iter().map(move |mention| Pooled { mention: *mention, code: number })
                    })
                    .collect();
                all.sort_unstable();
                Some(resolve_overlaps::<Pooled, Pooled>(all, &[]))
            })
            .collect();
        Self { parents }
    }

    /// What counts for a code that has descendants; `None` for one that has none: its own mentions count.
    #[must_use]
    pub fn of_parent(&self, code: usize) -> Option<&[Pooled]> {
        self.parents[code].as_deref()
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
