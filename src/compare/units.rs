//! The units that chance may reassign: documents or informants, with words, mentions, stratum and side.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::question::UnitId;
use super::sides::FromTo;
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
    /// What it is.
    pub(super) id: UnitId,
}

/// All units, in an order that depends on paths and values alone.
pub(super) struct Units {
    pub(super) list: Vec<Unit>,
    /// By row of the corpus.
    pub(super) of_row: Vec<u32>,
}

/// What tells units apart; the order of its fields is the one that they are reassigned in.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    id: UnitId,
    /// As in [`Unit`].
    value: u32,
    /// As in [`Unit`].
    group: u32,
    /// Its value of each attribute that labels are reassigned within.
    stratum: Vec<u32>,
    /// What its partner on the other side would be too, where pairs are asked for.
    pair: Option<UnitId>,
}

/// What the rows of one key have together.
#[derive(Default)]
struct Found {
    words: u64,
    /// Its place among the units.
    place: u32,
}

/// A pair, in its group.
type PairId = (UnitId, u32);

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
            Some(Key { id: question.unit.of(row, document), value, group, stratum, pair })
        };
        let mut found: BTreeMap<Key, Found> = BTreeMap::new();
        for (document, row) in themes.rows() {
            if let Some(key) = key(row, document) {
                found.entry(key).or_default().words += themes.words(row);
            }
        }
        let mut strata: BTreeMap<Vec<u32>, u32> = BTreeMap::new();
        for key in found.keys() {
            let next = narrow(strata.len());
            strata.entry(key.stratum.clone()).or_insert(next);
        }
        let pairs = Self::pairs(found.keys(), question);
        let mut list = Vec::with_capacity(found.len());
        for (place, (key, found)) in (0..).zip(&mut found) {
            found.place = place;
            let pair = key.pair.and_then(|pair| pairs.get(&(pair, key.group)).copied());
            list.push(Unit {
                value: key.value,
                group: key.group,
                stratum: strata[&key.stratum],
                pair: pair.unwrap_or(NOWHERE),
                words: u32::try_from(found.words).unwrap_or(u32::MAX),
                id: key.id,
            });
        }
        let mut of_row = vec![NOWHERE; themes.corpus.rows().len()];
        for (document, row) in themes.rows() {
            if let Some(key) = key(row, document) {
                of_row[row] = found[&key].place;
            }
        }
        Self { list, of_row }
    }

    /// Numbers for what is found on both sides of the same group.
    fn pairs<'k>(keys: impl Iterator<Item = &'k Key>, question: &Question) -> BTreeMap<PairId, u32> {
        let mut sides: BTreeMap<PairId, FromTo<bool>> = BTreeMap::new();
        let is_named = |pair: &UnitId| question.pairs.as_ref().is_some_and(|pairs| pairs.is_named(*pair));
        for key in keys {
            if let (Some(pair), Some(side)) = (key.pair.filter(is_named), question.side_of(key.value)) {
                *sides.entry((pair, key.group)).or_default().get_mut(side) = true;
            }
        }
        let both = sides.into_iter().filter(|(_, sides)| sides.all(|is_there| *is_there));
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
