//! What else differs between the two sides: an attribute whose values hardly meet there may be the reason instead.

use std::collections::{BTreeMap, BTreeSet};

use super::units::{NOWHERE, Units};
use super::{Question, Themes};

/// How far an attribute goes with the one that is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// No value of it is on both sides: the two cannot be told apart.
    Whole,
    /// Most documents of a side have a value that the other side has not.
    Mostly,
}

/// An attribute that goes together with the one that is compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confounder {
    /// Its name.
    pub attribute: String,
    /// How far.
    pub extent: Extent,
    /// On each side, its values with their numbers of documents.
    pub values: [Vec<(String, usize)>; 2],
    /// On each side, documents whose value is on the other side too, and all.
    pub shared: [(usize, usize); 2],
}

/// Attributes that name single documents or persons differ by their nature, and those of time by the question's.
const NATURAL: [&str; 6] = ["date", "title", "section", "informant", "time", "year"];

/// The attributes that go together with the one that is compared, and that labels are not dealt within.
pub(super) fn confounders(themes: Themes<'_>, question: &Question, units: &Units) -> Vec<Confounder> {
    let is_compared = |row: usize| {
        let unit = units.list.get(units.of_row[row] as usize);
        unit.is_some_and(|unit| question.pairs.is_none() || unit.pair != NOWHERE)
    };
    let mut documents: [BTreeSet<usize>; 2] = [BTreeSet::new(), BTreeSet::new()];
    for (document, row) in themes.rows().filter(|(_, row)| is_compared(*row)) {
        let value = question.attribute.of_row[row] as usize;
        for (side, documents) in [question.from, question.to].iter().zip(&mut documents) {
            if value == *side {
                documents.insert(document);
            }
        }
    }
    let all = || documents.iter().flatten().copied();
    let names: BTreeSet<&str> =
        all().flat_map(|document| themes.material.attributes(document).keys()).map(String::as_str).collect();
    let is_asked = |name: &str| {
        name == question.attribute.name
            || NATURAL.contains(&name)
            || question.within.iter().any(|axis| axis.name == name)
    };
    names.into_iter().filter(|name| !is_asked(name)).filter_map(|name| confounder(themes, name, &documents)).collect()
}

fn confounder(themes: Themes<'_>, name: &str, documents: &[BTreeSet<usize>; 2]) -> Option<Confounder> {
    let counted = documents.each_ref().map(|documents| {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for document in documents {
            *counts.entry(themes.material.attribute(*document, name).unwrap_or_default()).or_default() += 1;
        }
        counts
    });
    let [from, to] = &counted;
    let distinct = from.keys().chain(to.keys()).collect::<BTreeSet<_>>().len();
    let [n_from, n_to] = documents.each_ref().map(BTreeSet::len);
    // Nearly as many values as documents: a name, not a kind.
    if distinct < 2 || distinct * 2 > n_from + n_to {
        return None;
    }
    let shared = |own: &BTreeMap<&str, usize>, other: &BTreeMap<&str, usize>| -> usize {
        own.iter().filter(|(value, _)| other.contains_key(*value)).map(|(_, documents)| documents).sum()
    };
    let shared = [(shared(from, to), n_from), (shared(to, from), n_to)];
    let extent = match shared {
        [(0, _), _] => Extent::Whole,
        _ if shared.iter().any(|(shared, all)| shared * 2 < *all) => Extent::Mostly,
        _ => return None,
    };
    let values = counted.each_ref().map(|counts| counts.iter().map(|(value, n)| ((*value).to_owned(), *n)).collect());
    Some(Confounder { attribute: name.to_owned(), extent, values, shared })
}
