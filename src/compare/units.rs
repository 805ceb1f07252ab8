//! The units that chance may reassign: documents or informants, with words, mentions, stratum and side.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::question::{Grouping, UnitId};
use super::sides::FromTo;
use super::{Question, Themes};
use crate::material::NOWHERE;
use crate::text::narrow;

/// How far a unit reaches where a document lies in several groups, as a joint meeting of several cases does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// Through all of them: what was said at one meeting is one observation of the whole material.
    AllGroups,
    /// Through one: its part in each group is a unit of that group's own comparison.
    OneGroup,
}

/// One unit on one side. What belongs together but has several values of the compared attribute is several units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unit {
    /// Index of its value of the compared attribute.
    pub(super) value: u32,
    /// Index of its value of the attribute that rows are made within; [`NOWHERE`] without one, or when it may lie in
    /// several.
    pub(super) group: u32,
    /// Number of its stratum. What lies in several is reassigned among those that lie in the same ones.
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    id: UnitId,
    /// As in [`Unit`].
    value: u32,
    /// As in [`Unit`].
    group: u32,
    /// What its partner on the other side would be too, where pairs are asked for.
    pair: Option<PairId>,
}

/// A pair, in its group.
type PairId = (UnitId, u32);

/// The values of the attributes that labels are reassigned within.
type Stratum = Vec<u32>;

/// What the rows of one key have together.
#[derive(Default)]
struct Found {
    words: u64,
    strata: BTreeSet<Stratum>,
}

impl Units {
    pub(super) fn of(themes: Themes<'_>, question: &Question, reach: Reach) -> Self {
        let key = |row: usize, document: usize| -> Option<Key> {
            let value = question.attribute.of_rows()[row];
            if value == NOWHERE {
                return None;
            }
            let group = question.rows.as_ref().map_or(NOWHERE, |axis| axis.of_rows()[row]);
            let pair = question.pairs.as_ref().map(|pairs| (pairs.of(row, document), group));
            let reaches_on = reach == Reach::AllGroups && question.unit.is_one_everywhere();
            let group = if reaches_on { NOWHERE } else { group };
            Some(Key { id: question.unit.of(row, document), value, group, pair })
        };
        let mut numbers: BTreeMap<Key, u32> = BTreeMap::new();
        let mut found: Vec<Found> = Vec::new();
        let mut of_row = vec![NOWHERE; themes.corpus.rows().len()];
        for (document, row) in themes.rows() {
            let Some(key) = key(row, document) else { continue };
            let number = *numbers.entry(key).or_insert_with(|| {
                found.push(Found::default());
                narrow(found.len() - 1)
            });
            let found = &mut found[number as usize];
            found.words += themes.words(row);
            let stratum: Stratum = question.within.iter().map(|axis| axis.of_rows()[row]).collect();
            if !found.strata.contains(&stratum) {
                found.strata.insert(stratum);
            }
            of_row[row] = number;
        }
        let pairs = Self::pairs(numbers.keys(), question, reach);
        let mut strata: BTreeMap<&BTreeSet<Stratum>, u32> = BTreeMap::new();
        let mut places = vec![NOWHERE; found.len()];
        let mut list = Vec::with_capacity(found.len());
        for (place, (key, number)) in (0..).zip(&numbers) {
            places[*number as usize] = place;
            let found = &found[*number as usize];
            let next = narrow(strata.len());
            list.push(Unit {
                value: key.value,
                group: key.group,
                stratum: *strata.entry(&found.strata).or_insert(next),
                pair: key.pair.and_then(|pair| pairs.get(&pair).copied()).unwrap_or(NOWHERE),
                words: u32::try_from(found.words).unwrap_or(u32::MAX),
                id: key.id,
            });
        }
        for unit in of_row.iter_mut().filter(|unit| **unit != NOWHERE) {
            *unit = places[*unit as usize];
        }
        Self { list, of_row }
    }

    /// Numbers for what is found on both sides of the same group. A document or person that is so in several groups is
    /// one pair of the whole material.
    fn pairs<'k>(keys: impl Iterator<Item = &'k Key>, question: &Question, reach: Reach) -> BTreeMap<PairId, u32> {
        let mut sides: BTreeMap<PairId, FromTo<bool>> = BTreeMap::new();
        let is_named = |pair: &PairId| question.pairs.as_ref().is_some_and(|pairs| pairs.is_named(pair.0));
        for key in keys {
            if let (Some(pair), Some(side)) = (key.pair.filter(is_named), question.side_of(key.value)) {
                *sides.entry(pair).or_default().get_mut(side) = true;
            }
        }
        let both = sides.into_iter().filter(|(_, sides)| sides.all(|is_there| *is_there));
        let is_one = reach == Reach::AllGroups && question.pairs.as_ref().is_some_and(Grouping::is_one_everywhere);
        let mut numbers: BTreeMap<PairId, u32> = BTreeMap::new();
        let numbered = |(pair, _): (PairId, _)| {
            let next = narrow(numbers.len());
            (pair, *numbers.entry(if is_one { (pair.0, NOWHERE) } else { pair }).or_insert(next))
        };
        both.map(numbered).collect()
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
