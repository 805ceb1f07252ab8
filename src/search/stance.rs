//! The stance of hits: a condition on the hit itself, not on its segment.

use rayon::prelude::*;

use super::{SearchHit, Searcher};
use crate::codebook::pattern::{Filter, FilterValue, Pattern};
use crate::codebook::{Codebook, STANCES};
use crate::coding::{OwnWords, StanceRules};
use crate::diag::Diagnostic;
use crate::language::{CueSet, Stance, Stances, Tokens};

/// The stances of which hits must have one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wanted(Vec<Stance>);

impl Wanted {
    pub(super) fn admits(&self, stance: Stance) -> bool {
        self.0.contains(&stance)
    }
}

/// Takes the conditions on stance out of what is joined by AND; the rest is `None` where nothing else is asked.
///
/// # Errors
/// When a stance is not one of the four.
pub(super) fn split(pattern: &Pattern) -> Result<(Option<Pattern>, Vec<Wanted>), Vec<Diagnostic>> {
    let mut parts = Vec::new();
    joined(pattern, &mut parts);
    let (mut rest, mut wanted, mut errors) = (Vec::new(), Vec::new(), Vec::new());
    for part in parts {
        match admitted(part) {
            Some(Ok(stances)) => wanted.push(Wanted(stances)),
            Some(Err(error)) => errors.push(error),
            None => rest.push(part.clone()),
        }
    }
    if errors.is_empty() { Ok((all_of(rest), wanted)) } else { Err(errors) }
}

/// The stances that conditions on nothing but stance admit; `None` where anything else is asked.
fn admitted(pattern: &Pattern) -> Option<Result<Vec<Stance>, Diagnostic>> {
    let of_parts = |parts: &[Pattern]| -> Option<Result<Vec<Vec<Stance>>, Diagnostic>> {
        let each: Option<Vec<_>> = parts.iter().map(admitted).collect();
        each.map(|each| each.into_iter().collect())
    };
    let those = |fits: &dyn Fn(&Stance) -> bool| -> Vec<Stance> {
        STANCES.iter().map(|(_, stance)| *stance).filter(fits).collect()
    };
    Some(match pattern {
        Pattern::Filter(filter) if filter.is_of_stance() => named(filter).map(|stance| vec![stance]),
        // Of a NOT of more than one condition the segment is asked.
        Pattern::Not(inner) => match &**inner {
            Pattern::Filter(filter) if filter.is_of_stance() => {
                named(filter).map(|shut_out| those(&|stance| *stance != shut_out))
            }
            _ => return None,
        },
        Pattern::And(parts) => {
            of_parts(parts)?.map(|parts| those(&|stance| parts.iter().all(|part| part.contains(stance))))
        }
        Pattern::Or(parts) => {
            of_parts(parts)?.map(|parts| those(&|stance| parts.iter().any(|part| part.contains(stance))))
        }
        _ => return None,
    })
}

/// All of these parts joined by AND; `None` if there are none.
pub(super) fn all_of(mut parts: Vec<Pattern>) -> Option<Pattern> {
    if parts.len() > 1 { Some(Pattern::And(parts)) } else { parts.pop() }
}

/// The parts that are joined by AND, through parentheses.
pub(super) fn joined<'p>(pattern: &'p Pattern, into: &mut Vec<&'p Pattern>) {
    match pattern {
        Pattern::And(parts) => parts.iter().for_each(|part| joined(part, into)),
        other => into.push(other),
    }
}

/// Expands conditions into alternatives, so that no alternative has a stance in only one branch of an OR. A hit satisfies
/// the whole if it satisfies any alternative. `code:a AND (stance:missing OR phase:start)` is `code:a AND stance:missing` or `code:a AND phase:start`.
///
/// # Errors
/// When that gives more alternatives than anybody means.
pub(super) fn alternatives(pattern: &Pattern) -> Result<Vec<Pattern>, Diagnostic> {
    let (mut open, mut found) = (vec![pattern.clone()], Vec::new());
    while let Some(next) = open.pop() {
        if open.len() + found.len() >= MAX_ALTERNATIVES {
            return Err(Diagnostic::error("search/filter-place", "`stance:` is in too many ORs joined by AND")
                .hint("simplify the query, or put `stance:` outside: `(a OR b) AND stance:missing`"));
        }
        let mut parts = Vec::new();
        joined(&next, &mut parts);
        let is_mixed = |part: &&&Pattern| matches!(part, Pattern::Or(_)) && is_asked(part) && admitted(part).is_none();
        let Some(mixed) = parts.iter().position(|part| is_mixed(&part)) else {
            found.push(next);
            continue;
        };
        let Pattern::Or(each) = parts[mixed] else { continue };
        let others = |own: &Pattern| {
            let own = [own.clone()].into_iter();
            let rest = parts.iter().enumerate().filter(|(index, _)| *index != mixed).map(|(_, part)| (*part).clone());
            all_of(own.chain(rest).collect())
        };
        open.extend(each.iter().rev().filter_map(others));
    }
    Ok(found)
}

/// A query that asks for a stance in several places may have at most this many alternatives.
const MAX_ALTERNATIVES: usize = 256;

/// Whether it contains a condition on stance anywhere.
pub(super) fn is_asked(pattern: &Pattern) -> bool {
    pattern.filters().iter().any(|filter| filter.is_of_stance())
}

/// The error for a condition on stance that is left when a query for words was [`split`]: one on some of the words only.
pub(super) fn misplaced(rest: &Pattern) -> Option<Diagnostic> {
    is_asked(rest).then(|| {
        Diagnostic::error("search/filter-place", "`stance:` must apply to all hits of a query")
            .hint("put it outside the rest of the query: `(a OR b) AND stance:missing`")
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

/// What tells the stance of hits: the shipped cues, and what the codes say that some of them are mentions of.
#[derive(Debug)]
pub(super) struct HitStances<'a> {
    searcher: &'a Searcher<'a>,
    shipped: CueSet,
    rules: StanceRules<'a>,
    /// Those of the query, for hits that are no codings.
    own_words: Option<OwnWords<'a>>,
}

impl<'a> HitStances<'a> {
    /// `query` is what hits were found by, if it names words.
    pub(super) fn new(searcher: &'a Searcher<'a>, query: Option<&'a Pattern>) -> Self {
        let Codebook { compounds, derive, languages, .. } = searcher.codebook;
        let own_words = query.map(|query| OwnWords::new(query, *compounds, *derive, languages));
        Self { searcher, shipped: CueSet::default(), rules: StanceRules::new(searcher.codebook), own_words }
    }

    /// The stance of one hit in its segment's text: as its code has it where it is a mention of one.
    pub(super) fn of(&self, hit: &SearchHit, text: &str, tokens: &Tokens) -> Stance {
        let words = hit.mention.from as usize..hit.mention.to as usize;
        let mut around = Stances::new(text, tokens);
        let (stance, _) = match hit.code {
            Some(code) => self.rules.of(code, &hit.mention, &mut around),
            None => {
                let is_own = |form: &str| self.own_words.as_ref().is_some_and(|own| own.has(&hit.mention, form));
                around.of(words, &is_own, &self.shipped)
            }
        };
        stance
    }

    /// The hits, which lie together by row, that have all of these stances.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub(super) fn only(&self, hits: Vec<SearchHit>, wanted: &[Wanted]) -> std::io::Result<Vec<SearchHit>> {
        if wanted.is_empty() {
            return Ok(hits);
        }
        let rows: Vec<&[SearchHit]> = hits.chunk_by(|a, b| a.mention.row == b.mention.row).collect();
        let kept: Vec<Vec<SearchHit>> = rows
            .par_chunks(ROWS_AT_ONCE)
            .map(|rows| {
                let (mut kept, mut tokens) = (Vec::new(), Tokens::default());
                for hits in rows {
                    let row = hits[0].mention.row as usize;
                    let stored = self.searcher.corpus.part_of(row).texts()?.get(row)?;
                    tokens.read(&stored.text);
                    let has = |hit: &&SearchHit| {
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

/// Segments that one task reads.
const ROWS_AT_ONCE: usize = 64;
