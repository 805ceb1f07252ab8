//! Conditions on segments, and on what they are coded with → the segments that fit: what filters alone ask, in a search
//! as in `--where`.

use super::stance::{self, HitStances, Wanted};
use super::{SearchHit, Searcher};
use crate::codebook::pattern::{Filter, Pattern};
use crate::diag::Diagnostic;

impl Searcher<'_> {
    /// By row, whether it fits `filter`.
    ///
    /// A code is asked of the segment: one of its mentions must stand there. A stance is asked of a mention, in one AND
    /// of a mention of the codes that the AND names. So it is with `NOT stance:`; any other NOT is of the segment. Where an
    /// OR in an AND asks for stances, each of its parts is joined to the rest of the AND.
    ///
    /// # Errors
    /// When a condition asks for what there is not, or asks for words, or the index cannot be read.
    pub fn segments(&self, filter: &Pattern) -> Result<Vec<bool>, Vec<Diagnostic>> {
        self.material.passes_with(self.corpus, filter, &|part| self.by_codings(part))
    }

    /// What depends on codings; `None` where they are not needed, or not for this part as a whole.
    fn by_codings(&self, part: &Pattern) -> Option<Result<Vec<bool>, Vec<Diagnostic>>> {
        match part {
            Pattern::Filter(filter) if filter.is_of_code() => {
                return Some(self.with_code(&filter.value).map_err(|error| vec![error]));
            }
            Pattern::Or(_) => return None,
            _ if !part.filters().into_iter().any(Filter::is_of_stance) => return None,
            _ => {}
        }
        match stance::alternatives(part) {
            Ok(each) if each.len() > 1 => return Some(self.segments(&Pattern::Or(each))),
            Ok(_) => {}
            Err(error) => return Some(Err(vec![error])),
        }
        match stance::split(part) {
            Ok((_, wanted)) if wanted.is_empty() => None,
            Ok((rest, wanted)) => Some(self.with_stances(rest.as_ref(), &wanted)),
            Err(errors) => Some(Err(errors)),
        }
    }

    /// Which rows have a mention that has all of these stances, of the codes that `conditions` name.
    fn with_stances(&self, conditions: Option<&Pattern>, wanted: &[Wanted]) -> Result<Vec<bool>, Vec<Diagnostic>> {
        let hit = |(mention, code)| SearchHit { mention, code, context: false, score: 0.0 };
        let hits = self.coded(conditions)?.into_iter().map(hit).collect();
        let hits = HitStances::new(self, None).only(hits, wanted).map_err(super::find::unreadable)?;
        let mut passes = vec![false; self.corpus.rows().len()];
        hits.iter().for_each(|hit| passes[hit.mention.row as usize] = true);
        Ok(passes)
    }
}
