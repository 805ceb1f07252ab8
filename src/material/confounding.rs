//! What else differs between two phases, or two values of any attribute: an attribute whose values hardly meet there may
//! be the reason instead.

use std::collections::{BTreeMap, BTreeSet};

use super::{Axis, Material};
use crate::diag::Warning;
use crate::index::Corpus;
use crate::project::{CASE, DATE, INFORMANT};

/// The id of the warning about an attribute that coincides with the one that is compared.
pub(crate) const CONFOUNDED: &str = "compare/confounded";

/// How far an attribute goes with the one that is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// No value of it occurs on both sides: the two cannot be separated.
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
    /// On each side, documents whose value also occurs on the other side, and all documents.
    pub shared: [(usize, usize); 2],
}

/// Attributes that name single documents or persons differ by their nature, and those of time by the question's.
const NATURAL: [&str; 6] = [DATE, "title", "section", INFORMANT, "time", "year"];

/// The attributes that go together with what `documents` are told apart by. `asked` are those that are compared, or
/// compared within.
#[must_use]
pub fn confounders(material: &Material, documents: &[BTreeSet<usize>; 2], asked: &[&str]) -> Vec<Confounder> {
    let all = documents.iter().flatten();
    let names: BTreeSet<&String> = all.flat_map(|document| material.attributes(*document).keys()).collect();
    let names = names.into_iter().map(String::as_str);
    let others = names.filter(|name| !NATURAL.contains(name) && !asked.contains(name));
    others.filter_map(|name| confounder(material, name, documents)).collect()
}

/// What goes together with phase in the whole material: the first phase against the last, within cases, as they are
/// compared where nothing else is asked for. `phases` is the axis of phases.
#[must_use]
pub fn confounded(material: &Material, corpus: &Corpus, phases: &Axis) -> Vec<Warning> {
    let mut with_material: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for (document, row) in material.counted_rows(corpus) {
        if let Some(phase) = phases.value_of(row) {
            with_material.entry(phase).or_default().insert(document);
        }
    }
    let is_named = |phase: &usize| !phases.values[*phase].is_empty();
    let mut named = with_material.into_iter().filter(|(phase, _)| is_named(phase));
    let Some(((first, from), (last, to))) = named.next().zip(named.next_back()) else { return Vec::new() };
    let found = confounders(material, &[from, to], &[&phases.name, CASE]);
    let sides = [first, last].map(|phase| material.label_of(&phases.name, &phases.values[phase]));
    found.into_iter().map(|found| Warning::new(CONFOUNDED, found.message(phases, sides))).collect()
}

impl Confounder {
    fn message(&self, compared: &Axis, sides: [&str; 2]) -> String {
        let (how, counts) = match self.extent {
            Extent::Whole => ("coincides", false),
            Extent::Mostly => ("largely coincides", true),
        };
        let named = |(value, documents): &(String, usize)| {
            let value = if value.is_empty() { "(none)" } else { value };
            if counts { format!("{value} {documents}") } else { value.to_owned() }
        };
        let [from, to] = self.values.each_ref().map(|own| own.iter().map(named).collect::<Vec<_>>().join(", "));
        format!(
            "{} {how} with `{}` ({}: {from}; {}: {to}): a difference may be due to either",
            compared.name, self.attribute, sides[0], sides[1]
        )
    }
}

fn confounder(material: &Material, name: &str, documents: &[BTreeSet<usize>; 2]) -> Option<Confounder> {
    let counted = documents.each_ref().map(|documents| {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for document in documents {
            *counts.entry(material.attribute(*document, name).unwrap_or_default()).or_default() += 1;
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
