//! What was meant: words of the material that are near to those of a query that found nothing.

use std::collections::BTreeMap;

use crate::codebook::pattern::{Atom, AtomKind, Atoms, Pattern};
use crate::index::Corpus;
use crate::language::GROUP;

/// At most this many words are suggested for one word of the query.
const MAX_SUGGESTED: usize = 3;
/// Words shorter than this have neighbours everywhere.
const MIN_LENGTH: usize = 4;

/// For each plain word of the query that does not occur in the material, the most similar ones that do, frequent first.
#[must_use]
pub fn did_you_mean(corpus: &Corpus, pattern: &Pattern) -> Vec<(String, Vec<String>)> {
    let word = |atom: &Atom| match &atom.kind {
        AtomKind::Word(word) | AtomKind::Exact(word) => Some(word.clone()),
        _ => None,
    };
    let mut words: Vec<String> = pattern.atoms(Atoms::OutsideNot).into_iter().filter_map(word).collect();
    let stands = |word: &String| corpus.parts().iter().any(|part| part.vocabulary().forms().find(word).is_some());
    words.retain(|word| word.chars().count() >= MIN_LENGTH && !stands(word));
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
            let near: Vec<String> = near.into_iter().take(MAX_SUGGESTED).map(|(.., form)| form.to_owned()).collect();
            (!near.is_empty()).then_some((word, near))
        })
        .collect()
}
