//! A query → its hits.

use std::collections::BTreeMap;

use super::stance::{self, Stances};
use crate::codebook::Codebook;
use crate::codebook::pattern::{Filter, FilterValue, Pattern};
use crate::coding::{Codings, Mention, Pool, Query, find};
use crate::diag::{Diagnostic, did_you_mean};
use crate::index::{Corpus, Part};
use crate::language::Grade;
use crate::material::{Material, RowState};

/// One hit, in the numbering of [`Mention`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Found {
    /// Where.
    pub mention: Mention,
    /// The code that it is a mention of, by index, where a query asks for codes alone.
    pub code: Option<usize>,
    /// Whether it stands in a heading or in what an interviewer says.
    pub context: bool,
    /// BM25 of its segment for the words of the query.
    pub score: f64,
}

/// All hits of a query, in the order of documents and places.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// Hits, context hits among them.
    pub hits: Vec<Found>,
    /// Hits in material.
    pub total: u64,
    /// Hits in context.
    pub context_total: u64,
    /// Whether the query names words; one of filters alone finds codings or whole segments.
    pub has_words: bool,
}

/// What queries are put to.
#[derive(Debug)]
pub struct Searcher<'a> {
    /// The index.
    pub corpus: &'a Corpus,
    /// What counts, and as what.
    pub material: &'a Material,
    /// The codebook, for `code:` and for the way words take compounds.
    pub codebook: &'a Codebook,
    /// Its codings, with stances.
    pub codings: &'a Codings,
    /// What counts for parents.
    pub pool: &'a Pool,
}

impl Searcher<'_> {
    /// The hits of `pattern`, with the options that the codebook gives its own patterns.
    ///
    /// # Errors
    /// When a filter asks for what there is not, or the index cannot be read.
    pub fn search(&self, pattern: &Pattern) -> Result<Answer, Vec<Diagnostic>> {
        let mut answer = self.unranked(pattern)?;
        if answer.has_words {
            let scores = self.scores(pattern).map_err(unreadable)?;
            for hit in &mut answer.hits {
                hit.score = scores.get(&hit.mention.row).copied().unwrap_or(0.0);
            }
        }
        Ok(answer)
    }

    /// The hits of `pattern` without scores, for counting.
    ///
    /// # Errors
    /// As [`Self::search`].
    pub fn unranked(&self, pattern: &Pattern) -> Result<Answer, Vec<Diagnostic>> {
        let (pattern, wanted) = stance::split(pattern)?;
        let filters = pattern.as_ref().map_or_else(|| Ok(BTreeMap::new()), |pattern| self.filters(pattern))?;
        let words = pattern.as_ref().filter(|pattern| names_words(pattern));
        let mentions: Vec<(Mention, Option<usize>)> = match (words, &pattern) {
            (Some(words), _) => {
                let lookup = |filter: &Filter, part: &Part| {
                    let rows = part.first_row()..part.first_row() + part.n_rows();
                    filters.get(&key(filter)).map_or_else(|| vec![false; part.n_rows()], |passes| passes[rows].to_vec())
                };
                let query = self.query(words.clone());
                let found = find(self.corpus, &query, &self.material.searchable(), &lookup).map_err(unreadable)?;
                found.into_iter().map(|mention| (mention, None)).collect()
            }
            (None, Some(pattern)) => self.of_filters(pattern, &filters, !wanted.is_empty()),
            (None, None) => self.of_codes(0..self.codebook.codes.len(), &|_| true),
        };
        let mut hits = Vec::with_capacity(mentions.len());
        for document in 0..self.corpus.documents().len() {
            let rows = self.corpus.rows_of(document);
            let start = mentions.partition_point(|(mention, _)| (mention.row as usize) < rows.start);
            let here = mentions[start..].iter().take_while(|(mention, _)| (mention.row as usize) < rows.end);
            hits.extend(here.map(|(mention, code)| {
                let context = self.material.state(mention.row as usize) == RowState::Context;
                Found { mention: *mention, code: *code, context, score: 0.0 }
            }));
        }
        let hits = Stances::new(self).only(hits, &wanted).map_err(unreadable)?;
        let context_total = hits.iter().filter(|hit| hit.context).count() as u64;
        Ok(Answer { total: hits.len() as u64 - context_total, context_total, hits, has_words: words.is_some() })
    }

    /// A pattern with the options that the codebook gives its own.
    pub(super) fn query(&self, pattern: Pattern) -> Query {
        Query {
            pattern,
            languages: self.codebook.languages.clone(),
            compounds: self.codebook.compounds,
            derive: self.codebook.derive,
        }
    }

    /// What a query of filters alone finds: the mentions of the codes that it names, else those of all codes where
    /// their stance is asked for, else whole segments.
    fn of_filters(
        &self,
        pattern: &Pattern,
        filters: &BTreeMap<String, Vec<bool>>,
        asks_stance: bool,
    ) -> Vec<(Mention, Option<usize>)> {
        let passes = passes(pattern, filters, self.corpus.rows().len());
        let mut named = Vec::new();
        codes_of(pattern, &mut named);
        let is_open = |row: usize| passes[row] && self.material.state(row) != RowState::Out;
        if !named.is_empty() {
            return self.of_codes(named.iter().filter_map(|id| self.code(id)), &is_open);
        }
        if asks_stance {
            return self.of_codes(0..self.codebook.codes.len(), &is_open);
        }
        let rows = (0..self.corpus.rows().len()).filter(|row| is_open(*row) && self.corpus.rows().n_words(*row) > 0);
        rows.map(|row| (whole_row(row, self.corpus.rows().n_words(row)), None)).collect()
    }

    /// The mentions of these codes and of their descendants, each place once.
    fn of_codes(
        &self,
        codes: impl Iterator<Item = usize>,
        is_open: &dyn Fn(usize) -> bool,
    ) -> Vec<(Mention, Option<usize>)> {
        let mut mentions: Vec<(Mention, Option<usize>)> = codes
            .flat_map(|code| match self.pool.of_parent(code) {
                Some(pooled) => pooled.iter().map(|pooled| (pooled.mention, Some(pooled.code as usize))).collect(),
                None => self.codings.codes[code].iter().map(|mention| (*mention, Some(code))).collect::<Vec<_>>(),
            })
            .filter(|(mention, _)| is_open(mention.row as usize))
            .collect();
        mentions.sort_unstable();
        mentions.dedup_by_key(|(mention, _)| (mention.row, mention.from, mention.to));
        mentions
    }

    fn code(&self, id: &str) -> Option<usize> {
        self.codebook.codes.iter().position(|code| code.id.to_lowercase() == id.to_lowercase())
    }

    /// Which rows each filter of the query lets pass.
    fn filters(&self, pattern: &Pattern) -> Result<BTreeMap<String, Vec<bool>>, Vec<Diagnostic>> {
        let mut found = BTreeMap::new();
        let mut errors = Vec::new();
        let mut filters = Vec::new();
        collect(pattern, &mut filters);
        for filter in filters {
            let passes = match filter.name.as_str() {
                "code" => self.with_code(&filter.value),
                name => self.material.filter(self.corpus, name, &filter.value),
            };
            match passes {
                Ok(passes) => drop(found.insert(key(filter), passes)),
                Err(error) => errors.push(error),
            }
        }
        if errors.is_empty() { Ok(found) } else { Err(errors) }
    }

    fn with_code(&self, value: &FilterValue) -> Result<Vec<bool>, Diagnostic> {
        let FilterValue::Equals(id) = value else {
            return Err(Diagnostic::error("search/filter-value", "`code:` takes one code, not a range"));
        };
        let Some(code) = self.code(id) else {
            let error = Diagnostic::error("codebook/unknown-code", format!("there is no code `{id}` in this codebook"));
            let ids: Vec<&str> = self.codebook.codes.iter().map(|code| code.id.as_str()).collect();
            return Err(match did_you_mean(id, ids.iter().copied()) {
                Some(meant) => error.hint(format!("did you mean `{meant}`?")),
                None => error.hint(format!("codes: {}", ids.join(", "))),
            });
        };
        let mut passes = vec![false; self.corpus.rows().len()];
        match self.pool.of_parent(code) {
            Some(pooled) => pooled.iter().for_each(|pooled| passes[pooled.mention.row as usize] = true),
            None => self.codings.codes[code].iter().for_each(|mention| passes[mention.row as usize] = true),
        }
        Ok(passes)
    }
}

fn unreadable(error: std::io::Error) -> Vec<Diagnostic> {
    vec![Diagnostic::error("index/unreadable", format!("cannot read the index: {error}"))]
}

/// A hit that is a whole segment.
fn whole_row(row: usize, n_words: u32) -> Mention {
    let row = u32::try_from(row).expect("an index has fewer than 2^32 rows");
    Mention::of_words(row, 0..n_words, Grade::Phrase)
}

fn key(filter: &Filter) -> String {
    format!("{}:{:?}", filter.name, filter.value)
}

fn collect<'p>(pattern: &'p Pattern, into: &mut Vec<&'p Filter>) {
    match pattern {
        Pattern::Filter(filter) => into.push(filter),
        Pattern::And(parts) | Pattern::Or(parts) => parts.iter().for_each(|part| collect(part, into)),
        Pattern::Not(inner) => collect(inner, into),
        Pattern::Near { left, right, .. } | Pattern::NotNear { left, right, .. } => {
            collect(left, into);
            collect(right, into);
        }
        Pattern::Word(_) | Pattern::Phrase(_) => {}
    }
}

/// The codes that a query asks for, not those that it shuts out.
fn codes_of(pattern: &Pattern, into: &mut Vec<String>) {
    match pattern {
        Pattern::Filter(Filter { name, value: FilterValue::Equals(id), .. }) if name == "code" => into.push(id.clone()),
        Pattern::And(parts) | Pattern::Or(parts) => parts.iter().for_each(|part| codes_of(part, into)),
        _ => {}
    }
}

/// Whether the query can match words.
fn names_words(pattern: &Pattern) -> bool {
    match pattern {
        Pattern::Word(_) | Pattern::Phrase(_) | Pattern::Near { .. } | Pattern::NotNear { .. } => true,
        Pattern::And(parts) | Pattern::Or(parts) => parts.iter().any(names_words),
        Pattern::Not(_) | Pattern::Filter(_) => false,
    }
}

fn passes(pattern: &Pattern, filters: &BTreeMap<String, Vec<bool>>, n_rows: usize) -> Vec<bool> {
    let join = |parts: &[Pattern], start: bool, join: fn(bool, bool) -> bool| {
        parts.iter().fold(vec![start; n_rows], |all, part| {
            all.into_iter().zip(passes(part, filters, n_rows)).map(|(a, b)| join(a, b)).collect()
        })
    };
    match pattern {
        Pattern::Filter(filter) => filters.get(&key(filter)).cloned().unwrap_or_else(|| vec![false; n_rows]),
        Pattern::Not(inner) => passes(inner, filters, n_rows).into_iter().map(|passes| !passes).collect(),
        Pattern::And(parts) => join(parts, true, |a, b| a && b),
        Pattern::Or(parts) => join(parts, false, |a, b| a || b),
        _ => vec![false; n_rows],
    }
}
