//! What was meant: words of the material that are near to those of a query that found nothing.

use std::collections::BTreeMap;

use crate::codebook::pattern::{Atom, AtomKind, Element, Pattern};
use crate::index::Corpus;
use crate::language::GROUP;

/// At most so many words are suggested for one of the query's.
const MOST: usize = 3;
/// Words shorter than this have neighbours everywhere.
const SHORTEST: usize = 4;

/// For each plain word of the query that does not stand in the material, the nearest that do, the frequent first.
#[must_use]
pub fn did_you_mean(corpus: &Corpus, pattern: &Pattern) -> Vec<(String, Vec<String>)> {
    let mut words = Vec::new();
    collect(pattern, &mut words);
    let stands = |word: &String| corpus.parts().iter().any(|part| part.vocabulary().forms().find(word).is_some());
    words.retain(|word| word.chars().count() >= SHORTEST && !stands(word));
    if words.is_empty() {
        return Vec::new();
    }
    let mut frequencies: BTreeMap<&str, usize> = BTreeMap::new();
    for part in corpus.parts() {
        for index in 0..part.vocabulary().len() {
            let form = part.vocabulary().forms().form(index);
            if !form.contains(GROUP) {
                *frequencies.entry(form).or_default() += part.vocabulary().row_frequency(index);
            }
        }
    }
    words
        .into_iter()
        .filter_map(|word| {
            let edits = if word.chars().count() < 8 { 1 } else { 2 };
            let mut near: Vec<(usize, std::cmp::Reverse<usize>, &str)> = frequencies
                .iter()
                .filter(|(form, _)| form.len().abs_diff(word.len()) <= 2 * edits)
                .map(|(form, n)| (strsim::osa_distance(&word, form), std::cmp::Reverse(*n), *form))
                .filter(|(distance, ..)| *distance <= edits)
                .collect();
            near.sort();
            let near: Vec<String> = near.into_iter().take(MOST).map(|(.., form)| form.to_owned()).collect();
            (!near.is_empty()).then_some((word, near))
        })
        .collect()
}

fn collect(pattern: &Pattern, into: &mut Vec<String>) {
    let mut add = |atom: &Atom| match &atom.kind {
        AtomKind::Word(word) | AtomKind::Exact(word) => into.push(word.clone()),
        _ => {}
    };
    match pattern {
        Pattern::Word(atom) => add(atom),
        Pattern::Phrase(elements) => elements.iter().for_each(|element| {
            if let Element::Atom(atom) = element {
                add(atom);
            }
        }),
        Pattern::Near { left, right, .. } | Pattern::NotNear { left, right, .. } => {
            collect(left, into);
            collect(right, into);
        }
        Pattern::And(parts) | Pattern::Or(parts) => parts.iter().for_each(|part| collect(part, into)),
        Pattern::Not(_) | Pattern::Filter(_) => {}
    }
}
