//! Which forms each pattern caught, how often and by which grade, and which it did not, be they near or shut out.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use rayon::prelude::*;

use super::mention::Mentions;
use super::shut_out::{ShutOut, shut_out};
use crate::codebook::Codebook;
use crate::codebook::pattern::{AtomKind, Pattern};
use crate::index::Corpus;
use crate::language::{GROUP, Grade, Rejection, WordMatcher, WordQuery, lookalikes};

/// A form that a pattern caught.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct FormCount {
    /// The form, folded; several words with a blank between.
    pub form: String,
    /// How it met the pattern.
    pub grade: Grade,
    /// Mentions by this form.
    pub count: u64,
}

/// Mentions by form, for every pattern of every code.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FormCounts {
    counts: BTreeMap<(usize, u16), BTreeMap<(String, Grade), u64>>,
}

impl FormCounts {
    /// Mentions of one form each, counted by the numbers that forms have in the vocabulary.
    pub(super) fn of_single_forms(corpus: &Corpus, mentions: &Mentions) -> Self {
        let mut counts = Self::default();
        for (code, mentions) in mentions.codes.iter().enumerate() {
            for in_part in corpus.parts() {
                let rows = in_part.first_row()..in_part.first_row() + in_part.n_rows();
                let start = mentions.partition_point(|mention| (mention.row as usize) < rows.start);
                let end = mentions.partition_point(|mention| (mention.row as usize) < rows.end);
                let mut by_form: Vec<(u16, usize, Grade)> = mentions[start..end]
                    .iter()
                    .filter_map(|mention| Some((mention.pattern, mention.form()?, mention.grade)))
                    .collect();
                by_form.sort_unstable();
                for same in by_form.chunk_by(|a, b| a == b) {
                    let (pattern, form, grade) = same[0];
                    counts.add(code, pattern, shown(in_part.vocabulary().forms().form(form)), grade, same.len() as u64);
                }
            }
        }
        counts
    }

    pub(super) fn add(&mut self, code: usize, pattern: u16, form: String, grade: Grade, count: u64) {
        *self.counts.entry((code, pattern)).or_default().entry((form, grade)).or_default() += count;
    }

    /// The forms that the patterns of a code caught.
    fn forms_of(&self, code: usize) -> impl Iterator<Item = &str> {
        let of_patterns = self.counts.range((code, 0)..=(code, u16::MAX));
        of_patterns.flat_map(|(_, forms)| forms.keys().map(|(form, _)| form.as_str()))
    }

    /// The forms that a pattern caught: by grade, then the most frequent first.
    #[must_use]
    pub fn of(&self, code: usize, pattern: usize) -> Vec<FormCount> {
        let Ok(pattern) = u16::try_from(pattern) else { return Vec::new() };
        let mut forms: Vec<FormCount> = self
            .counts
            .get(&(code, pattern))
            .into_iter()
            .flatten()
            .map(|((form, grade), count)| FormCount { form: form.clone(), grade: *grade, count: *count })
            .collect();
        forms.sort_by(|a, b| (a.grade, b.count, &a.form).cmp(&(b.grade, a.count, &b.form)));
        forms
    }
}

/// A group's form as people write it: `politiker- … ledernettverk`.
fn shown(form: &str) -> String {
    match form.rsplit_once(GROUP) {
        Some((body, _)) => body.replace(GROUP, " … ").replace(crate::language::BROKEN, " "),
        None => form.to_owned(),
    }
}

/// A form that a pattern does not count, though one might expect it to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RejectedForm {
    /// The form.
    pub form: String,
    /// How often it occurs in the material of the run.
    pub count: u64,
    /// Why the pattern does not count it.
    pub reason: Reason,
}

/// Why a form is not counted. Printed, it explains itself in a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// The researcher says so.
    ShutOut,
    /// It looks like the pattern's word, but is none of its forms.
    Near(Rejection),
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ShutOut => f.write_str("shut out by `forms_not`"),
            Self::Near(rejection) => rejection.fmt(f),
        }
    }
}

/// For every pattern, what it does not count: forms that its code shuts out, then near ones.
///
/// # Errors
/// When the index cannot be read.
pub fn rejected_forms(
    corpus: &Corpus,
    codebook: &Codebook,
    caught: &FormCounts,
    codes: &[usize],
    open: &[bool],
) -> std::io::Result<BTreeMap<(usize, usize), Vec<RejectedForm>>> {
    let mut rejected: BTreeMap<(usize, usize), Vec<RejectedForm>> = BTreeMap::new();
    for ShutOut { code, form, count, patterns } in shut_out(corpus, codebook, codes, open)? {
        for pattern in patterns.into_iter().filter(|_| count > 0) {
            let form = RejectedForm { form: form.clone(), count, reason: Reason::ShutOut };
            rejected.entry((code, pattern)).or_default().push(form);
        }
    }
    for (place, near) in near_forms(corpus, codebook, caught, codes, open) {
        rejected.entry(place).or_default().extend(near);
    }
    Ok(rejected)
}

/// At most this many near forms are shown for one pattern, the most frequent first.
const MAX_NEAR: usize = 12;

/// For every pattern that is one bare word, the near forms that no pattern of its code caught; others have none. Only
/// what stands in rows that are `open` is looked at, which are those that were coded.
fn near_forms(
    corpus: &Corpus,
    codebook: &Codebook,
    caught: &FormCounts,
    codes: &[usize],
    open: &[bool],
) -> BTreeMap<(usize, usize), Vec<RejectedForm>> {
    let of_codes: BTreeMap<usize, BTreeSet<&str>> =
        codes.iter().map(|code| (*code, caught.forms_of(*code).collect())).collect();
    let words = codes.iter().flat_map(|code| {
        let patterns = codebook.codes[*code].patterns.iter().enumerate();
        patterns.filter_map(move |(index, pattern)| {
            let Pattern::Word(atom) = &pattern.pattern else { return None };
            let AtomKind::Word(word) = &atom.kind else { return None };
            let query = WordQuery {
                word: word.clone(),
                languages: codebook.languages.clone(),
                compounds: pattern.compounds,
                derive: pattern.derive,
            };
            Some(((*code, index), query))
        })
    });
    let (places, queries): (Vec<(usize, usize)>, Vec<WordQuery>) = words.unzip();
    let matchers: Vec<WordMatcher> = queries.par_iter().map(WordMatcher::new).collect();
    let vocabulary = PlainForms::of(corpus);
    let alike = lookalikes(&matchers, &vocabulary.forms);
    let near: Vec<Vec<RejectedForm>> = matchers
        .par_iter()
        .zip(&places)
        .zip(alike)
        .map(|((matcher, (code, _)), alike)| {
            let is_counted = |form: &str| of_codes.get(code).is_some_and(|forms| forms.contains(form));
            let count = |place: u32| vocabulary.n_words(corpus, open, place as usize);
            let mut alike: Vec<(u64, u32)> = alike.into_iter().map(|place| (count(place), place)).collect();
            alike.retain(|(count, _)| *count > 0);
            alike.sort_unstable_by_key(|(count, place)| (std::cmp::Reverse(*count), *place));
            most_worth_a_look(alike.into_iter().filter_map(|(count, place)| {
                let form = vocabulary.forms[place as usize];
                let reason = if is_counted(form) { None } else { matcher.near(form) };
                reason.map(|reason| (form, count, reason))
            }))
        })
        .collect();
    places.into_iter().zip(near).collect()
}

/// Of near forms, the most frequent first, those that are shown: before all others the ones that may be meant. Once
/// there are enough of these no more are asked for.
fn most_worth_a_look<'c>(near: impl Iterator<Item = (&'c str, u64, Rejection)>) -> Vec<RejectedForm> {
    let (mut meant, mut other) = (Vec::new(), Vec::new());
    for (form, count, reason) in near {
        let may_be_meant = reason.may_be_meant();
        let form = RejectedForm { form: form.to_owned(), count, reason: Reason::Near(reason) };
        if may_be_meant {
            meant.push(form);
        } else if other.len() < MAX_NEAR {
            other.push(form);
        }
        if meant.len() == MAX_NEAR {
            break;
        }
    }
    meant.extend(other);
    meant.truncate(MAX_NEAR);
    meant
}

/// Every plain form of the index, in byte order, and its place in the vocabularies of the parts.
struct PlainForms<'c> {
    forms: Vec<&'c str>,
    /// Part and place in its vocabulary, form after form.
    places: Vec<(u32, u32)>,
    /// Where the places of each form end.
    ends: Vec<u32>,
}

impl<'c> PlainForms<'c> {
    fn of(corpus: &'c Corpus) -> Self {
        let mut all: Vec<(&str, u32, u32)> = Vec::new();
        for (number, part) in (0..).zip(corpus.parts()) {
            let forms = (0..).zip(part.vocabulary().forms().iter());
            all.extend(forms.filter(|(_, form)| !form.contains(GROUP)).map(|(i, form)| (form, number, i)));
        }
        // Each part is in order, which this sort makes use of.
        all.sort();
        let mut plain = Self { forms: Vec::new(), places: Vec::with_capacity(all.len()), ends: Vec::new() };
        for same in all.chunk_by(|a, b| a.0 == b.0) {
            plain.forms.push(same[0].0);
            plain.places.extend(same.iter().map(|(_, part, index)| (*part, *index)));
            plain.ends.push(u32::try_from(plain.places.len()).expect("an index holds fewer forms than 4 billion"));
        }
        plain
    }

    /// How often the form at `place` occurs in open rows.
    fn n_words(&self, corpus: &Corpus, open: &[bool], place: usize) -> u64 {
        let start = if place == 0 { 0 } else { self.ends[place - 1] as usize };
        let places = &self.places[start..self.ends[place] as usize];
        let in_part = |(part, form): &(u32, u32)| {
            let part = &corpus.parts()[*part as usize];
            let open = &open[part.first_row()..part.first_row() + part.n_rows()];
            // An index that cannot be read is told of by whoever codes.
            part.n_words(*form as usize, |row| open[row as usize]).unwrap_or(0)
        };
        places.iter().map(in_part).sum()
    }
}
