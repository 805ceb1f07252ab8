//! The units that chance may reassign: documents or informants, with words, mentions, stratum and side.

use std::collections::BTreeMap;

use rayon::prelude::*;

#[cfg(doc)]
use super::Grouping;
use super::{Question, Themes};
use crate::material::NOWHERE;
use crate::text::narrow;

/// One unit on one side, in one group and stratum. A document whose rows differ in these is several units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unit {
    /// Index of its value of the compared attribute.
    pub(super) value: u32,
    /// Index of its value of the attribute that rows are made within; [`NOWHERE`] without one.
    pub(super) group: u32,
    /// Number of its stratum.
    pub(super) stratum: u32,
    /// Number of its pair; [`NOWHERE`] where it has no partner on the other side, or no pairs are asked for.
    pub(super) pair: u32,
    /// Its words.
    pub(super) words: u32,
    /// What it is, as [`Grouping::of`] numbers it.
    pub(super) what: (bool, u32),
}

/// All units, in an order that depends on paths and values alone.
pub(super) struct Units {
    pub(super) list: Vec<Unit>,
    /// By row of the corpus.
    pub(super) of_row: Vec<u32>,
}

/// What tells units apart, in the order in which they are reassigned.
type Key = ((bool, u32), u32, u32, Vec<u32>, Option<(bool, u32)>);

impl Units {
    pub(super) fn of(themes: Themes<'_>, question: &Question) -> Self {
        let key = |row: usize, document: usize| -> Option<Key> {
            let value = question.attribute.of_rows()[row];
            if value == NOWHERE {
                return None;
            }
            let group = question.rows.as_ref().map_or(NOWHERE, |axis| axis.of_rows()[row]);
            let stratum = question.within.iter().map(|axis| axis.of_rows()[row]).collect();
            let pair = question.pairs.as_ref().map(|pairs| pairs.of(row, document));
            Some((question.unit.of(row, document), value, group, stratum, pair))
        };
        let mut found: BTreeMap<Key, (u64, u32)> = BTreeMap::new();
        for (document, row) in themes.rows() {
            if let Some(key) = key(row, document) {
                found.entry(key).or_default().0 += themes.words(row);
            }
        }
        let mut strata: BTreeMap<Vec<u32>, u32> = BTreeMap::new();
        for (_, _, _, stratum, _) in found.keys() {
            let next = narrow(strata.len());
            strata.entry(stratum.clone()).or_insert(next);
        }
        let pairs = Self::pairs(found.keys(), question);
        let mut list = Vec::with_capacity(found.len());
        for (index, ((what, value, group, stratum, pair), (words, number))) in (0..).zip(&mut found) {
            *number = index;
            let pair = pair.and_then(|pair| pairs.get(&(pair, *group)).copied()).unwrap_or(NOWHERE);
            let words = u32::try_from(*words).unwrap_or(u32::MAX);
            list.push(Unit { value: *value, group: *group, stratum: strata[stratum], pair, words, what: *what });
        }
        let mut of_row = vec![NOWHERE; themes.corpus.rows().len()];
        for (document, row) in themes.rows() {
            if let Some(key) = key(row, document) {
                of_row[row] = found[&key].1;
            }
        }
        Self { list, of_row }
    }

    /// Numbers for what is found on both sides of the same group.
    fn pairs<'k>(keys: impl Iterator<Item = &'k Key>, question: &Question) -> BTreeMap<((bool, u32), u32), u32> {
        let mut sides: BTreeMap<((bool, u32), u32), [bool; 2]> = BTreeMap::new();
        for (_, value, group, _, pair) in keys {
            let is_named = |pair: &(bool, u32)| question.pairs.as_ref().is_some_and(|pairs| pairs.is_named(*pair));
            if let Some(pair) = pair.filter(is_named) {
                let sides = sides.entry((pair, *group)).or_default();
                sides[0] |= *value as usize == question.from;
                sides[1] |= *value as usize == question.to;
            }
        }
        let both = sides.into_iter().filter(|(_, sides)| *sides == [true, true]);
        both.zip(0..).map(|((pair, _), number)| (pair, number)).collect()
    }

    /// The mentions of each code in each unit.
    pub(super) fn mentions(&self, themes: Themes<'_>) -> Vec<Vec<u32>> {
        (0..themes.codebook.codes.len())
            .into_par_iter()
            .map(|code| {
                let mut counts = vec![0_u32; self.list.len()];
                for mention in themes.mentions(code) {
                    let unit = self.of_row[mention.row as usize];
                    if unit != NOWHERE {
                        counts[unit as usize] += 1;
                    }
                }
                counts
            })
            .collect()
    }
}
