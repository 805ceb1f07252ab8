//! Many words against many forms at once, as coding does it: which forms of the material does each word accept?
//!
//! Every form that a word may have is known beforehand, so the question is turned round: for each form, each of its
//! ends and beginnings is looked up among the forms of all words. Only what is found there is asked about.

use rayon::prelude::*;

use super::keys::{Direction, Keys};
use super::matcher::{WordMatcher, WordQuery};
use super::shape::Shape;
use super::stemmer;
use crate::language::{Grade, OtherLanguage};

/// Forms that one task works through.
const CHUNK: usize = 4096;

/// For each query, the forms it accepts (their places in `forms`, ascending) and how.
///
/// The answers are those of [`WordMatcher::accept`] for every pair. For several lists of forms, see [`Resolver`].
#[must_use]
pub fn resolve(queries: &[WordQuery], forms: &[&str]) -> Vec<Vec<(u32, Grade)>> {
    Resolver::new(queries).resolve(forms)
}

/// Word queries made ready, and where to look for those that a form concerns.
#[derive(Debug)]
pub struct Resolver {
    matchers: Vec<WordMatcher>,
    /// The words and their forms, as ends of forms.
    tails: Keys,
    /// The first parts of compounds, as beginnings of forms.
    heads: Keys,
    /// Languages that are stemmed, and the stems in each.
    stems: Vec<(OtherLanguage, Keys)>,
}

impl Resolver {
    /// The resolver for `queries`.
    #[must_use]
    pub fn new(queries: &[WordQuery]) -> Self {
        let matchers: Vec<WordMatcher> = queries.par_iter().map(WordMatcher::new).collect();
        let numbered = || (0_u32..).zip(&matchers);
        let tails = numbered().flat_map(|(number, matcher)| {
            let bases = matcher.bases.iter().flat_map(|(base, _)| base.forms().chain([base.word.as_str()]));
            bases.chain([matcher.query.word.as_str()]).map(move |form| (form, number))
        });
        let heads = numbered().filter(|(_, matcher)| matcher.takes_modifiers()).flat_map(|(number, matcher)| {
            matcher.first_parts.iter().map(move |part| (part.as_str(), number))
        });
        let mut languages: Vec<OtherLanguage> =
            matchers.iter().flat_map(|matcher| matcher.stems.iter().map(|(language, _)| *language)).collect();
        languages.sort_unstable();
        languages.dedup();
        let stems_in = |language| {
            numbered().flat_map(move |(number, matcher)| {
                let stems = matcher.stems.iter().filter(move |(of, _)| *of == language);
                stems.map(move |(_, stem)| (stem.as_str(), number))
            })
        };
        let stems = languages.into_iter();
        let stems = stems.map(|language| (language, Keys::new(Direction::Forwards, stems_in(language)))).collect();
        Self {
            tails: Keys::new(Direction::Backwards, tails),
            heads: Keys::new(Direction::Forwards, heads),
            stems,
            matchers,
        }
    }

    /// The same as [`resolve`], for the queries that it was made of.
    #[must_use]
    pub fn resolve(&self, forms: &[&str]) -> Vec<Vec<(u32, Grade)>> {
        let work = |(number, chunk): (usize, &[&str])| {
            let mut task = Task { resolver: self, accepted: Vec::new(), candidates: Vec::new() };
            for (place, form) in chunk.iter().enumerate() {
                task.form(offset(number * CHUNK + place), form);
            }
            task.accepted
        };
        let chunks: Vec<Vec<Accepted>> = forms.par_chunks(CHUNK).enumerate().map(work).collect();
        let mut counts = vec![0; self.matchers.len()];
        for accepted in chunks.iter().flatten() {
            counts[accepted.query as usize] += 1;
        }
        let mut resolved: Vec<Vec<(u32, Grade)>> = counts.into_iter().map(Vec::with_capacity).collect();
        for accepted in chunks.into_iter().flatten() {
            resolved[accepted.query as usize].push((accepted.form, accepted.grade));
        }
        resolved
    }
}

struct Accepted {
    query: u32,
    form: u32,
    grade: Grade,
}

/// One thread's work.
struct Task<'r> {
    resolver: &'r Resolver,
    accepted: Vec<Accepted>,
    candidates: Vec<Candidate>,
}

/// A word that a form may belong to; `at` says where the word begins or ends in it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Candidate {
    query: u32,
    grade: Grade,
    at: usize,
}

impl Task<'_> {
    fn form(&mut self, number: u32, form: &str) {
        self.candidates.clear();
        match Shape::of(form) {
            Shape::Plain(form) => self.plain(number, form),
            shape => {
                self.parts(form, shape);
                self.ask(number, form);
            }
        }
    }

    /// The usual case: each candidate knows which question to ask.
    fn plain(&mut self, number: u32, form: &str) {
        let Self { resolver, candidates, .. } = self;
        resolver.tails.find(form, |at, query| {
            let grade = if at == 0 { Grade::Exact } else { Grade::Head };
            candidates.push(Candidate { query, grade, at });
        });
        resolver.heads.find(form, |at, query| candidates.push(Candidate { query, grade: Grade::Modifier, at }));
        self.stems(form);
        self.candidates.sort_unstable();
        let mut candidates = self.candidates.as_slice();
        while let Some(first) = candidates.first() {
            let (own, rest) = candidates.split_at(candidates.partition_point(|other| other.query == first.query));
            candidates = rest;
            let matcher = &self.resolver.matchers[first.query as usize];
            let asked = own.iter().find_map(|candidate| match candidate.grade {
                Grade::Head => (matcher.takes_heads() && matcher.is_head(form, candidate.at)).then_some(Grade::Head),
                Grade::Modifier => matcher.fits_first_part(form, candidate.at).then_some(Grade::Modifier),
                _ => matcher.whole(form),
            });
            self.accepted.extend(asked.map(|grade| Accepted { query: first.query, form: number, grade }));
        }
    }

    /// Every word that any part of an unusual form may concern.
    fn parts(&mut self, form: &str, shape: Shape<'_>) {
        match shape {
            Shape::Suspended(group) => group.joined().for_each(|joined| self.part(&joined)),
            Shape::Broken { left, right } => {
                self.part(&format!("{left}{right}"));
            }
            Shape::Plain(whole) | Shape::Hyphenated(whole) | Shape::SuspendedLeft(whole) | Shape::SuspendedRight(whole) => {
                for part in whole.split('-').chain([whole, form]) {
                    self.part(part);
                    self.part(part.strip_suffix('s').unwrap_or_default());
                }
            }
        }
    }

    fn part(&mut self, part: &str) {
        let Self { resolver, candidates, .. } = self;
        let mut add = |at, query| candidates.push(Candidate { query, grade: Grade::Exact, at });
        resolver.tails.find(part, &mut add);
        resolver.heads.find(part, &mut add);
        self.stems(part);
    }

    fn stems(&mut self, form: &str) {
        for (language, stems) in &self.resolver.stems {
            let stem = stemmer::stem(form, *language);
            stems.find(&stem, |at, query| {
                if at == stem.len() {
                    self.candidates.push(Candidate { query, grade: Grade::Exact, at: 0 });
                }
            });
        }
    }

    fn ask(&mut self, number: u32, form: &str) {
        self.candidates.sort_unstable();
        self.candidates.dedup_by_key(|candidate| candidate.query);
        for candidate in &self.candidates {
            let grade = self.resolver.matchers[candidate.query as usize].accept(form);
            self.accepted.extend(grade.map(|grade| Accepted { query: candidate.query, form: number, grade }));
        }
    }
}

fn offset(place: usize) -> u32 {
    u32::try_from(place).expect("an index holds fewer forms than 4 billion")
}
