//! Warnings about the material that matter when its numbers are compared: repeated text, and documents with hardly any.
//!
//! Warnings about unequal cells are in `tally/unequal.rs`, those about attributes that coincide with phase in
//! `confounding.rs`.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::{Material, RowState};
use crate::diag::{Warning, few};
use crate::disk::Sha256;
use crate::index::{self, Corpus, likeness};
use crate::project::LANGUAGE;
use crate::text::narrow;

/// An excluded label with a larger share of the words than this is warned of.
const MAX_EXCLUDED: f64 = 0.6;
/// Documents with fewer words than this are nearly empty.
const NEAR_EMPTY: u64 = 20;
/// A document with at least this share of its words in another one is nearly a duplicate of it.
const NEAR_DUPLICATE: f64 = 0.8;
/// A document with fewer word sequences in its sketch is too short to be like another.
const MIN_SEQUENCES: usize = 16;
/// Documents that have at least this share of their word sequences in common are alike.
const ALIKE: f64 = 0.5;
/// Texts that occur in more documents than this are not compared pair by pair.
const MAX_SHARING: usize = 20;

/// All warnings about the material, whatever it is counted by. `languages` are those of the project, as ISO codes;
/// `is_coded` tells whether the codebook is in one.
#[must_use]
pub fn warnings(
    material: &Material,
    corpus: &Corpus,
    languages: &[String],
    is_coded: &dyn Fn(&str) -> bool,
) -> Vec<Warning> {
    let mut found = Vec::new();
    found.extend(duplicates(material, corpus));
    let same = near_duplicates(material, corpus);
    let alike = alike(material, corpus, &same);
    found.extend(same);
    found.extend(alike);
    found.extend(other_languages(material, corpus, languages, is_coded));
    found.extend(near_empty(material, corpus));
    found.extend(excluded(material, corpus));
    found.extend(repeated(material, corpus));
    found
}

/// Documents whose files are the same, byte by byte.
fn duplicates(material: &Material, corpus: &Corpus) -> Vec<Warning> {
    let documents = material.documents_read(corpus).map(|document| &corpus.documents()[document]);
    let mut by_content: Vec<(Sha256, &str)> =
        documents.filter_map(|record| Some((record.sha256?, record.path.as_str()))).collect();
    by_content.sort_unstable();
    let same = by_content.chunk_by(|a, b| a.0 == b.0).filter(|same| same.len() > 1);
    let warning = same.map(|same| {
        let others: Vec<String> = same[1..].iter().map(|(_, path)| (*path).to_owned()).collect();
        let all = if others.len() == 1 { "both" } else { "all" };
        Warning::new("material/duplicate", format!("the same file as {}: {all} are counted", few(&others)))
            .about(same[0].1)
    });
    warning.collect()
}

/// Documents most of whose words also occur, word for word, in one other document.
fn near_duplicates(material: &Material, corpus: &Corpus) -> Vec<Warning> {
    let rows = corpus.rows();
    // Texts that can stand in several documents: what repeats, the document, and the words.
    let texts = material.documents_read(corpus).flat_map(|document| {
        let repeating = corpus.rows_of(document).filter(|row| rows.repeat(*row) != 0);
        repeating.map(move |row| (rows.repeat(row), narrow(document), rows.n_words(row)))
    });
    // There may be millions, so none takes more room than it must.
    let mut texts: Vec<(u64, u32, u32)> = texts.collect();
    texts.par_sort_unstable();
    // Two documents, the later first, and the words of the later that stand in the earlier.
    let mut shared: Vec<(u32, u32, u32)> = Vec::new();
    for same in texts.chunk_by(|a, b| a.0 == b.0).filter(|same| same.len() > 1) {
        let documents: Vec<(u32, u32)> = same
            .chunk_by(|a, b| a.1 == b.1)
            .map(|in_one| (in_one[0].1, in_one.iter().map(|(_, _, words)| words).sum()))
            .collect();
        // A text that stands in very many documents is a form's, and says nothing about two of them.
        if documents.len() > MAX_SHARING {
            continue;
        }
        for (at, (later, words)) in documents.iter().enumerate() {
            shared.extend(documents[..at].iter().map(|(earlier, _)| (*later, *earlier, *words)));
        }
    }
    shared.par_sort_unstable();
    let mut found = Vec::new();
    for of_later in shared.chunk_by(|a, b| a.0 == b.0) {
        let sums = of_later.chunk_by(|a, b| a.1 == b.1).map(|pair| {
            let words: u64 = pair.iter().map(|(_, _, words)| u64::from(*words)).sum();
            (words, std::cmp::Reverse(pair[0].1))
        });
        let Some((same, std::cmp::Reverse(other))) = sums.max() else { continue };
        let document = of_later[0].0 as usize;
        let words: u64 = corpus.rows_of(document).map(|row| u64::from(rows.n_words(row))).sum();
        let (own, other) = (&corpus.documents()[document], &corpus.documents()[other as usize]);
        if same as f64 >= NEAR_DUPLICATE * words as f64 && own.sha256 != other.sha256 {
            let message = format!("{same} of its {words} words also occur, word for word, in `{}`", other.path);
            let share = same as f64 / words.max(1) as f64;
            let warning = Warning::new("material/near-duplicate", message).about(&own.path);
            found.push(warning.shared(&other.path, share));
        }
    }
    found
}

/// Documents that are alike all through, though few of their segments are word for word the same; `known` have been
/// told of already.
fn alike(material: &Material, corpus: &Corpus, known: &[Warning]) -> Vec<Warning> {
    let documents = corpus.documents();
    let mut is_read = vec![false; documents.len()];
    material.documents_read(corpus).for_each(|document| is_read[document] = true);
    // Documents that are alike have one of the smallest numbers in common, but for one pair in 2^16.
    let mut numbers: Vec<(u32, u32)> = Vec::new();
    let taken = corpus.each_sketch(|document, sketch| {
        if is_read[document] {
            numbers.extend(sketch.iter().take(MIN_SEQUENCES).map(|number| (*number, narrow(document))));
        }
    });
    numbers.par_sort_unstable();
    let mut pairs: Vec<(u32, u32)> = Vec::new();
    for same in numbers.chunk_by(|one, other| one.0 == other.0).filter(|same| same.len() <= MAX_SHARING) {
        for (at, (_, later)) in same.iter().enumerate() {
            pairs.extend(same[..at].iter().map(|(_, earlier)| (*later, *earlier)));
        }
    }
    drop(numbers);
    pairs.par_sort_unstable();
    pairs.dedup();
    // Only theirs are kept whole.
    let mut sketches: BTreeMap<u32, Vec<u32>> =
        pairs.iter().flat_map(|(later, earlier)| [*later, *earlier]).map(|document| (document, Vec::new())).collect();
    let taken = taken.and_then(|()| {
        corpus.each_sketch(|document, sketch| {
            if let Some(own) = sketches.get_mut(&narrow(document)) {
                sketch.clone_into(own);
            }
        })
    });
    if let Err(error) = taken {
        return vec![Warning::from(&index::unreadable(error))];
    }
    let mut found: BTreeMap<usize, (f64, usize)> = BTreeMap::new();
    for (document, other) in pairs {
        let (sketch, its) = (&sketches[&document], &sketches[&other]);
        let (document, other) = (document as usize, other as usize);
        let (own, twin) = (&documents[document], &documents[other]);
        let share = likeness(sketch, its);
        let is_telling = sketch.len().min(its.len()) >= MIN_SEQUENCES;
        let is_most = found.get(&document).is_none_or(|(most, _)| share > *most);
        if is_telling && share >= ALIKE && own.sha256 != twin.sha256 && is_most {
            found.insert(document, (share, other));
        }
    }
    let known: BTreeSet<&str> = known.iter().filter_map(|warning| warning.path.as_deref()).collect();
    let new = found.into_iter().filter(|(document, _)| !known.contains(documents[*document].path.as_str()));
    new.map(|(document, (share, other))| {
        let message =
            format!("about {:.0} % of its word sequences are shared with `{}`", 100.0 * share, documents[other].path);
        let warning = Warning::new("material/near-duplicate", message).about(&documents[document].path);
        warning.shared(&documents[other].path, share)
    })
    .collect()
}

/// Documents in languages that neither the project nor the codebook is in.
fn other_languages(
    material: &Material,
    corpus: &Corpus,
    languages: &[String],
    is_coded: &dyn Fn(&str) -> bool,
) -> Option<Warning> {
    let mut others: BTreeMap<&str, u64> = BTreeMap::new();
    let mut all = 0;
    for document in material.documents_read(corpus) {
        all += 1;
        let language = material.attribute(document, LANGUAGE).unwrap_or_default();
        if language.len() == 2 && !languages.iter().any(|own| own == language) {
            *others.entry(language).or_default() += 1;
        }
    }
    others.retain(|language, _| !is_coded(language));
    let named: Vec<String> = others.iter().map(|(language, n)| format!("{n} in {language}")).collect();
    let message = || {
        format!(
            "of {all} documents, {}: the project lists only {}, and words are inflected only in the codebook's \
             languages",
            named.join(", "),
            languages.join(", ")
        )
    };
    (!named.is_empty()).then(|| Warning::new("material/other-languages", message()))
}

fn near_empty(material: &Material, corpus: &Corpus) -> Vec<Warning> {
    let empty = material.documents_read(corpus).filter_map(|document| {
        let is_whole = corpus.rows_of(document).all(|row| material.state(row) != RowState::Out);
        let words = material.counted(corpus, document).material.words;
        (is_whole && words < NEAR_EMPTY).then(|| {
            let message = format!("the document has only {words} {}", if words == 1 { "word" } else { "words" });
            Warning::new("material/near-empty", message).about(&corpus.documents()[document].path)
        })
    });
    empty.collect()
}

/// Documents of the run in which excluded speakers say most of the words, counted without the filter.
fn excluded(material: &Material, corpus: &Corpus) -> Vec<Warning> {
    let large = material.documents_read(corpus).filter_map(|document| {
        let (excluded, all) = material.excluded_words[document];
        let share = excluded as f64 / all.max(1) as f64;
        (share > MAX_EXCLUDED).then(|| {
            let message = format!(
                "excluded speakers account for {excluded} of {all} words ({:.0} %): are they really interviewers?",
                100.0 * share
            );
            let path = &corpus.documents()[document].path;
            Warning::new("material/excluded-speaker-dominates", message).about(path)
        })
    });
    large.collect()
}

fn repeated(material: &Material, corpus: &Corpus) -> Option<Warning> {
    let (segments, words) = material.repeated(corpus);
    let n_words = |row: usize| u64::from(corpus.rows().n_words(row));
    let counted = (0..corpus.rows().len()).filter(|row| material.state(*row) == RowState::Material);
    let left_out = material.repeated_rows(corpus).iter().filter(|row| material.state(**row) == RowState::Out);
    let all: u64 = counted.map(n_words).sum::<u64>() + left_out.map(|row| n_words(*row)).sum::<u64>();
    let repeating = if segments == 1 { "1 segment".to_owned() } else { format!("{segments} segments") };
    let verb = if segments == 1 { "repeats" } else { "repeat" };
    let message = format!(
        "{repeating} of 12 words or more {verb} another word for word ({words} words, {:.1} % of the material); \
         `--unique` counts each once",
        100.0 * words as f64 / (all.max(1)) as f64
    );
    (segments > 0).then(|| Warning::new("material/repeated", message))
}
