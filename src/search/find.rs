//! A query → its hits.

use std::collections::BTreeMap;

use super::stance::{self, HitStances};
use crate::codebook::Codebook;
use crate::codebook::pattern::{Filter, FilterValue, Pattern};
use crate::coding::{Mention, Mentions, Pool, Query, find};
use crate::diag::Diagnostic;
use crate::index::{self, Corpus, Part};
use crate::language::Grade;
use crate::material::{Material, RowState};
use crate::text::narrow;

/// One hit, in the numbering of [`Mention`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SearchHit {
    /// Where.
    pub mention: Mention,
    /// The code that it is a mention of, by index, where a query asks for codes alone.
    pub code: Option<usize>,
    /// Whether the hit is in a heading or in what an interviewer says.
    pub context: bool,
    /// BM25 of its segment for the words of the query.
    pub score: f64,
}

/// All hits of a query, in the order of documents and places.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// Hits, context hits among them.
    pub hits: Vec<SearchHit>,
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
    /// The mentions of its codes.
    pub mentions: &'a Mentions,
    /// What of them counts for parents.
    pool: Pool,
}

impl<'a> Searcher<'a> {
    /// Prepares for queries that may ask for these mentions.
    #[must_use]
    pub fn new(corpus: &'a Corpus, material: &'a Material, codebook: &'a Codebook, mentions: &'a Mentions) -> Self {
        Self { corpus, material, codebook, mentions, pool: Pool::of(codebook, mentions) }
    }

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
    /// When the pattern cannot be searched for, as for [`Self::search`].
    pub fn unranked(&self, pattern: &Pattern) -> Result<Answer, Vec<Diagnostic>> {
        let has_words = names_words(pattern);
        let mut hits = if has_words { self.of_query(pattern)? } else { self.of_conditions(pattern)? };
        if !has_words {
            // Two codes may have a mention in one place, put in two ways: only now it is known which are asked for.
            hits.dedup_by_key(|hit| (hit.mention.row, hit.mention.from, hit.mention.to));
        }
        let context_total = hits.iter().filter(|hit| hit.context).count() as u64;
        Ok(Answer { total: hits.len() as u64 - context_total, context_total, hits, has_words })
    }

    /// The hits of a query that names words. What is joined to it and names none is a condition on segments, or on how
    /// a hit is put.
    fn of_query(&self, query: &Pattern) -> Result<Vec<SearchHit>, Vec<Diagnostic>> {
        let (rest, wanted) = stance::split(query)?;
        let mut parts = Vec::new();
        rest.iter().for_each(|rest| stance::joined(rest, &mut parts));
        let is_of_segments = |part: &&Pattern| stance::is_asked(part) && !has_words(part);
        let (of_segments, words): (Vec<&Pattern>, Vec<&Pattern>) = parts.into_iter().partition(is_of_segments);
        let all_of = |parts: Vec<&Pattern>| stance::all_of(parts.into_iter().cloned().collect());
        let (of_segments, words) = (all_of(of_segments), all_of(words));
        if let Some(error) = words.as_ref().and_then(stance::misplaced) {
            return Err(vec![error]);
        }
        let mut mentions = words.map_or_else(|| Ok(Vec::new()), |words| self.of_words(&words))?;
        if let Some(conditions) = of_segments {
            let passes = self.segments(&conditions)?;
            mentions.retain(|(mention, _)| passes[mention.row as usize]);
        }
        HitStances::new(self, Some(query)).only(self.in_order(&mentions), &wanted).map_err(unreadable)
    }

    /// What fits conditions alone: codings where codes or stances are asked for, else whole segments.
    fn of_conditions(&self, conditions: &Pattern) -> Result<Vec<SearchHit>, Vec<Diagnostic>> {
        let alternatives = stance::alternatives(conditions).map_err(|error| vec![error])?;
        let mut mentions = Vec::new();
        for alternative in &alternatives {
            let (rest, wanted) = stance::split(alternative)?;
            let found = match &rest {
                Some(rest) if wanted.is_empty() && named_codes(rest).is_empty() => self.whole_rows(rest)?,
                rest => self.coded(rest.as_ref())?,
            };
            let kept = HitStances::new(self, None).only(self.in_order(&found), &wanted).map_err(unreadable)?;
            match alternatives.len() {
                1 => return Ok(kept),
                _ => mentions.extend(kept.iter().map(|hit| (hit.mention, hit.code))),
            }
        }
        mentions.sort_unstable();
        mentions.dedup();
        Ok(self.in_order(&mentions))
    }

    /// Mentions, which are ordered by row, as hits in the order of documents and places.
    fn in_order(&self, mentions: &[(Mention, Option<usize>)]) -> Vec<SearchHit> {
        let document = |(mention, _): &(Mention, Option<usize>)| self.corpus.rows().document(mention.row as usize);
        // Rows of one document follow each other.
        let mut of_documents: Vec<&[(Mention, Option<usize>)]> =
            mentions.chunk_by(|a, b| document(a) == document(b)).collect();
        of_documents.sort_by_key(|mentions| mentions.first().and_then(document));
        let hit = |(mention, code): &(Mention, Option<usize>)| {
            let context = self.material.state(mention.row as usize) == RowState::Context;
            SearchHit { mention: *mention, code: *code, context, score: 0.0 }
        };
        of_documents.into_iter().flatten().map(hit).collect()
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

    /// The places of a query that names words.
    fn of_words(&self, query: &Pattern) -> Result<Vec<(Mention, Option<usize>)>, Vec<Diagnostic>> {
        let filters = self.filters(query)?;
        let lookup = |filter: &Filter, part: &Part| {
            let rows = part.first_row()..part.first_row() + part.n_rows();
            filters.get(&condition(filter)).map_or_else(|| vec![false; part.n_rows()], |passes| passes[rows].to_vec())
        };
        let query = self.query(query.clone());
        let found = find(self.corpus, &query, &self.material.searchable(), &lookup).map_err(unreadable)?;
        Ok(found.into_iter().map(|mention| (mention, None)).collect())
    }

    /// The segments that fit conditions, each as a hit.
    fn whole_rows(&self, conditions: &Pattern) -> Result<Vec<(Mention, Option<usize>)>, Vec<Diagnostic>> {
        let passes = self.segments(conditions)?;
        let is_open = |row: usize| passes[row] && self.material.state(row) != RowState::Out;
        let rows = (0..self.corpus.rows().len()).filter(|row| is_open(*row) && self.corpus.rows().n_words(*row) > 0);
        Ok(rows.map(|row| (whole_row(row, self.corpus.rows().n_words(row)), None)).collect())
    }

    /// In the segments that fit conditions, the mentions of the codes that these name, or of all codes where they name
    /// none.
    pub(super) fn coded(&self, conditions: Option<&Pattern>) -> Result<Vec<(Mention, Option<usize>)>, Vec<Diagnostic>> {
        let Some(conditions) = conditions else { return Ok(self.of_codes(0..self.codebook.codes.len(), &|_| true)) };
        let passes = self.segments(conditions)?;
        let is_open = |row: usize| passes[row];
        let named = named_codes(conditions);
        Ok(if named.is_empty() {
            self.of_codes(0..self.codebook.codes.len(), &is_open)
        } else {
            self.of_codes(named.into_iter().filter_map(|id| self.codebook.find(id).ok()), &is_open)
        })
    }

    /// The mentions of these codes and of their descendants, by place.
    fn of_codes(
        &self,
        codes: impl Iterator<Item = usize>,
        is_open: &dyn Fn(usize) -> bool,
    ) -> Vec<(Mention, Option<usize>)> {
        let mut mentions: Vec<(Mention, Option<usize>)> = codes
            .flat_map(|code| self.pool.counted(self.mentions, code))
            .map(|(code, mention)| (*mention, Some(code)))
            .filter(|(mention, _)| is_open(mention.row as usize))
            .collect();
        mentions.sort_unstable();
        mentions
    }

    /// Which rows each filter of the query lets pass.
    fn filters(&self, pattern: &Pattern) -> Result<BTreeMap<Condition, Vec<bool>>, Vec<Diagnostic>> {
        let mut found = BTreeMap::new();
        let mut errors = Vec::new();
        for filter in pattern.filters() {
            let passes = match filter.is_of_code() {
                true => self.with_code(&filter.value),
                false => self.material.filter(self.corpus, &filter.name, &filter.value),
            };
            match passes {
                Ok(passes) => drop(found.insert(condition(filter), passes)),
                Err(error) => errors.push(error),
            }
        }
        if errors.is_empty() { Ok(found) } else { Err(errors) }
    }

    /// Which rows have a mention of a code or of its descendants.
    pub(super) fn with_code(&self, value: &FilterValue) -> Result<Vec<bool>, Diagnostic> {
        let FilterValue::Equals(id) = value else {
            return Err(Diagnostic::error("search/filter-value", "`code:` takes one code, not a range"));
        };
        let code = self.codebook.find(id)?;
        let mut passes = vec![false; self.corpus.rows().len()];
        self.pool.counted(self.mentions, code).for_each(|(_, mention)| passes[mention.row as usize] = true);
        Ok(passes)
    }
}

pub(super) fn unreadable(error: std::io::Error) -> Vec<Diagnostic> {
    vec![index::unreadable(error)]
}

/// A hit that is a whole segment.
fn whole_row(row: usize, n_words: u32) -> Mention {
    let row = narrow(row);
    Mention::of_words(row, 0..n_words, Grade::Phrase)
}

/// The name and value of a filter, wherever in the query it is.
type Condition = (String, FilterValue);

fn condition(filter: &Filter) -> Condition {
    (filter.name.clone(), filter.value.clone())
}

/// The codes that conditions ask for, not those that they shut out.
fn named_codes(pattern: &Pattern) -> Vec<&str> {
    match pattern {
        Pattern::Filter(filter) => match &filter.value {
            FilterValue::Equals(id) if filter.is_of_code() => vec![id],
            _ => Vec::new(),
        },
        Pattern::And(parts) | Pattern::Or(parts) => parts.iter().flat_map(named_codes).collect(),
        _ => Vec::new(),
    }
}

/// Whether a query contains words anywhere, excluded ones included.
fn has_words(pattern: &Pattern) -> bool {
    match pattern {
        Pattern::Not(inner) => has_words(inner),
        Pattern::And(parts) | Pattern::Or(parts) => parts.iter().any(has_words),
        other => names_words(other),
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
