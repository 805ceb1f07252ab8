//! The stance of hits: a condition on the hit itself, not on its segment.

use rayon::prelude::*;

use super::{Found, Searcher};
use crate::codebook::STANCES;
use crate::codebook::pattern::{Filter, FilterValue, Pattern};
use crate::diag::Diagnostic;
use crate::language::{CueSet, Stance, Tokens, stance_of};

/// A stance that hits must have, or must not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Wanted {
    stance: Stance,
    is_shut_out: bool,
}

impl Wanted {
    pub(super) fn admits(self, stance: Stance) -> bool {
        (stance == self.stance) != self.is_shut_out
    }
}

/// Takes the conditions on stance out of what is joined by AND; the rest is `None` where nothing else is asked.
///
/// # Errors
/// For a stance that is none.
pub(super) fn split(pattern: &Pattern) -> Result<(Option<Pattern>, Vec<Wanted>), Vec<Diagnostic>> {
    let mut parts = Vec::new();
    joined(pattern, &mut parts);
    let (mut rest, mut wanted, mut errors) = (Vec::new(), Vec::new(), Vec::new());
    for part in parts {
        let (filter, is_shut_out) = match part {
            Pattern::Filter(filter) => (Some(filter), false),
            Pattern::Not(inner) => match &**inner {
                Pattern::Filter(filter) => (Some(filter), true),
                _ => (None, false),
            },
            _ => (None, false),
        };
        match filter.filter(|filter| filter.is_of_stance()) {
            Some(filter) => match named(filter) {
                Ok(stance) => wanted.push(Wanted { stance, is_shut_out }),
                Err(error) => errors.push(error),
            },
            None => rest.push(part.clone()),
        }
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    let rest = match rest.len() {
        0 => None,
        1 => rest.pop(),
        _ => Some(Pattern::And(rest)),
    };
    Ok((rest, wanted))
}

/// The parts that are joined by AND, through parentheses.
fn joined<'p>(pattern: &'p Pattern, into: &mut Vec<&'p Pattern>) {
    match pattern {
        Pattern::And(parts) => parts.iter().for_each(|part| joined(part, into)),
        other => into.push(other),
    }
}

/// The error for a condition on stance that is left when a query was [`split`]: one on a part of it only.
pub(super) fn misplaced(rest: &Pattern) -> Option<Diagnostic> {
    rest.filters().iter().any(|filter| filter.is_of_stance()).then(|| {
        Diagnostic::error("search/filter-place", "`stance:` is a condition on all hits of a query")
            .hint("put it beside the whole query: `(a OR b) AND stance:missing`")
    })
}

fn named(filter: &Filter) -> Result<Stance, Diagnostic> {
    let name = match &filter.value {
        FilterValue::Equals(name) => name.to_lowercase(),
        FilterValue::Range(..) => String::new(),
    };
    let known = STANCES.iter().find(|(known, _)| *known == name);
    known
        .map(|(_, stance)| *stance)
        .ok_or_else(|| Diagnostic::error("search/filter-value", "`stance:` takes present, missing, mixed or needed"))
}

/// What tells the stance of hits: the shipped cues, and those of the codes that some of them are mentions of.
#[derive(Debug)]
pub(super) struct Stances<'a> {
    searcher: &'a Searcher<'a>,
    shipped: CueSet,
    /// By code.
    own: Vec<CueSet>,
}

impl<'a> Stances<'a> {
    pub(super) fn new(searcher: &'a Searcher<'a>) -> Self {
        let own = searcher.codebook.codes.iter().map(|code| code.cues.set()).collect();
        Self { searcher, shipped: CueSet::default(), own }
    }

    /// The stance of one hit in its segment's text: as its code has it where it is a mention of one.
    pub(super) fn of(&self, hit: &Found, text: &str, tokens: &Tokens) -> Stance {
        let words = hit.mention.from as usize..hit.mention.to as usize;
        let Some(code) = hit.code else { return stance_of(text, tokens, words, &self.shipped).0 };
        let pattern = self.searcher.codebook.codes[code].patterns.get(usize::from(hit.mention.pattern));
        let given = pattern.and_then(|pattern| pattern.stance);
        given.unwrap_or_else(|| stance_of(text, tokens, words, &self.own[code]).0)
    }

    /// The hits, which lie together by row, that have all of these stances.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub(super) fn only(&self, hits: Vec<Found>, wanted: &[Wanted]) -> std::io::Result<Vec<Found>> {
        if wanted.is_empty() {
            return Ok(hits);
        }
        let rows: Vec<&[Found]> = hits.chunk_by(|a, b| a.mention.row == b.mention.row).collect();
        let kept: Vec<Vec<Found>> = rows
            .par_chunks(ROWS_AT_ONCE)
            .map(|rows| {
                let (mut kept, mut tokens) = (Vec::new(), Tokens::default());
                for hits in rows {
                    let row = hits[0].mention.row as usize;
                    let stored = self.searcher.corpus.part_of(row).texts()?.get(row)?;
                    tokens.read(&stored.text);
                    let has = |hit: &&Found| {
                        let stance = self.of(hit, &stored.text, &tokens);
                        wanted.iter().all(|wanted| wanted.admits(stance))
                    };
                    kept.extend(hits.iter().filter(has).copied());
                }
                Ok(kept)
            })
            .collect::<std::io::Result<_>>()?;
        Ok(kept.concat())
    }
}

/// One task reads so many segments.
const ROWS_AT_ONCE: usize = 64;
