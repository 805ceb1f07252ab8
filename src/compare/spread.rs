//! How evenly a theme is spread: is it shared, or one voice's?

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::units::Units;
use super::{Question, Themes};
use crate::material::NOWHERE;
use crate::project::{DOCUMENT, ROLE, SPEAKER};
use crate::stats::{Exposed, dispersion};
use crate::text::narrow;

/// A code over the documents, speakers, roles and groups of both sides.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Spread {
    /// By name of what it is spread over: `document`, `speaker`, `role`, `case`; what the material does not tell is
    /// not there.
    pub over: Vec<SpreadOver>,
}

/// A code over one kind of parts.
#[derive(Debug, Clone, PartialEq)]
pub struct SpreadOver {
    /// What the parts are.
    pub parts_are: String,
    /// Parts with words.
    pub parts: usize,
    /// Mentions in all parts: those of which the part is known.
    pub mentions: u64,
    /// Parts with mentions.
    pub with: usize,
    /// DPnorm: 0 spread as the words are, 1 all in one small part. `None` with one part or without mentions.
    pub dp_norm: Option<f64>,
    /// The part that holds most mentions and its share of them; `None` without mentions.
    pub largest: Option<(String, f64)>,
}

/// Rows sorted into parts.
struct Parts {
    are: String,
    of_row: Vec<u32>,
    names: Vec<String>,
    words: Vec<u64>,
}

impl Parts {
    /// `part` tells of a row and its document what part it lies in, by a key that orders parts, and the part's name.
    fn new<K: Ord>(
        are: &str,
        themes: Themes<'_>,
        is_in: &dyn Fn(usize) -> bool,
        part: impl Fn(usize, usize) -> Option<(K, String)>,
    ) -> Option<Self> {
        let mut numbers: BTreeMap<K, u32> = BTreeMap::new();
        let mut parts = Self {
            are: are.to_owned(),
            of_row: vec![NOWHERE; themes.corpus.rows().len()],
            names: Vec::new(),
            words: Vec::new(),
        };
        for (document, row) in themes.rows().filter(|(_, row)| is_in(*row)) {
            let Some((key, name)) = part(row, document) else { continue };
            let number = *numbers.entry(key).or_insert_with(|| {
                parts.names.push(name);
                parts.words.push(0);
                narrow(parts.names.len() - 1)
            });
            parts.of_row[row] = number;
            parts.words[number as usize] += themes.words(row);
        }
        (!parts.names.is_empty()).then_some(parts)
    }

    fn spread(&self, themes: Themes<'_>, code: usize) -> SpreadOver {
        let mut counts = vec![0_u64; self.names.len()];
        for mention in themes.mentions(code) {
            if let Some(count) = counts.get_mut(self.of_row[mention.row as usize] as usize) {
                *count += 1;
            }
        }
        let exposed: Vec<Exposed> =
            counts.iter().zip(&self.words).map(|(count, words)| Exposed { count: *count, exposure: *words }).collect();
        let found = dispersion(&exposed);
        // Of equal parts the first.
        let most = counts.iter().enumerate().rev().max_by_key(|(_, count)| **count);
        SpreadOver {
            parts_are: self.are.clone(),
            parts: self.words.iter().filter(|words| **words > 0).count(),
            mentions: counts.iter().sum(),
            with: found.map_or(0, |found| found.range),
            dp_norm: found.and_then(|found| found.dp_norm),
            largest: found.zip(most).map(|(found, (part, _))| (self.names[part].clone(), found.largest_share)),
        }
    }
}

/// The spread of every code over the material of both sides.
pub(super) fn spreads(themes: Themes<'_>, question: &Question, units: &Units) -> Vec<Spread> {
    let is_in = |row: usize| {
        let unit = units.list.get(units.of_row[row] as usize);
        unit.is_some_and(|unit| {
            question.side_of(unit.value).is_some() && (question.pairs.is_none() || unit.pair != NOWHERE)
        })
    };
    let path = |document: usize| themes.corpus.documents()[document].path.clone();
    let mut all = Vec::new();
    all.extend(Parts::new(DOCUMENT, themes, &is_in, |_, document| Some((document, path(document)))));
    all.extend(Parts::new(SPEAKER, themes, &is_in, |row, document| {
        let voice = themes.material.voice(row)?;
        Some((voice, themes.material.speaker(row).map_or_else(|| path(document), str::to_owned)))
    }));
    if let Ok(roles) = themes.material.axis(themes.corpus, ROLE, &[]) {
        let role = |row: usize| roles.value_of(row).map(|role| &roles.values[role]).filter(|role| !role.is_empty());
        all.extend(Parts::new(ROLE, themes, &is_in, |row, _| role(row).map(|role| (role.clone(), role.clone()))));
    }
    if let Some(axis) = &question.rows {
        let part = |row| axis.value_of(row).map(|value| (value, axis.values[value].clone()));
        all.extend(Parts::new(&axis.name, themes, &is_in, |row, _| part(row)));
    }
    let of_code = |code: usize| Spread { over: all.iter().map(|parts| parts.spread(themes, code)).collect() };
    (0..themes.codebook.codes.len()).into_par_iter().map(of_code).collect()
}
