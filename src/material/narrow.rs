//! A filter expression → which segments it lets pass, and the material of those alone.
//!
//! Conditions on documents and segments are decided here; what was coded is not known yet, and is left to others.

use super::wanted::fitting;
use super::{Axis, Material, RowState};
use crate::codebook::pattern::{FilterValue, Pattern};
use crate::diag::Diagnostic;
use crate::index::Corpus;
use crate::project::{DOCUMENT, PHASE};

/// By row, whether a filter lets it pass; or what is wrong with the filter.
type Passes = Result<Vec<bool>, Vec<Diagnostic>>;

impl Material {
    /// Leaves out the rows that `filter` does not let pass, as `kept` tells.
    pub fn narrow(&mut self, corpus: &Corpus, filter: &Pattern, kept: &[bool]) {
        let vain = self.asked_in_vain(corpus, filter);
        self.diagnostics.extend(vain);
        self.keep_repeated(corpus, kept);
        self.is_narrowed = true;
        if filter.asks_codings() {
            let message =
                "`--where` chose the material by what it is coded with: rates and shares are of those segments alone";
            self.diagnostics.push(Diagnostic::warning("where/by-codings", message));
        }
        self.states.iter_mut().zip(kept).filter(|(_, kept)| !**kept).for_each(|(state, _)| *state = RowState::Out);
    }

    /// Which rows a filter expression lets pass.
    ///
    /// # Errors
    /// When it asks for an attribute that there is none of, or for anything but attributes.
    pub fn passes(&self, corpus: &Corpus, filter: &Pattern) -> Passes {
        self.passes_with(corpus, filter, &|_| None)
    }

    /// The same for expressions with conditions of other kinds: `other` is asked for each part before it is taken apart,
    /// and answers for those that it knows.
    ///
    /// # Errors
    /// As [`Self::passes`], and what `other` says.
    pub fn passes_with(&self, corpus: &Corpus, filter: &Pattern, other: &dyn Fn(&Pattern) -> Option<Passes>) -> Passes {
        if let Some(passes) = other(filter) {
            return passes;
        }
        let join = |parts: &[Pattern], start: bool, join: fn(bool, bool) -> bool| {
            let mut joined = vec![start; corpus.rows().len()];
            let mut errors = Vec::new();
            for part in parts {
                match self.passes_with(corpus, part, other) {
                    Ok(passes) => joined.iter_mut().zip(passes).for_each(|(own, passes)| *own = join(*own, passes)),
                    Err(wrong) => errors.extend(wrong),
                }
            }
            if errors.is_empty() { Ok(joined) } else { Err(errors) }
        };
        match filter {
            Pattern::Filter(filter) => self.filter(corpus, &filter.name, &filter.value).map_err(|error| vec![error]),
            Pattern::Not(inner) => {
                let mut passes = self.passes_with(corpus, inner, other)?;
                passes.iter_mut().for_each(|passes| *passes = !*passes);
                Ok(passes)
            }
            Pattern::And(parts) => join(parts, true, |one, other| one && other),
            Pattern::Or(parts) => join(parts, false, |one, other| one || other),
            _ => Err(vec![
                Diagnostic::error("where/not-a-filter", "`--where` takes conditions on segments, not words").hint(
                    "such as `case:hadeland AND phase:start` or `code:forankring`; words are found with `search`",
                ),
            ]),
        }
    }

    /// Which rows one condition lets pass. `document` compares the path; other names are attributes, by any name
    /// that the project knows them under.
    ///
    /// # Errors
    /// When there is no such attribute.
    pub fn filter(&self, corpus: &Corpus, name: &str, value: &FilterValue) -> Result<Vec<bool>, Diagnostic> {
        let name = &self.canonical(name);
        if name == DOCUMENT {
            let paths = corpus.documents().iter().map(|document| document.path.clone()).collect();
            let axis = Axis::of_values(name, paths);
            let documents = fitting(&axis, value, None, &[]);
            return Ok((0..corpus.rows().len())
                .map(|row| corpus.rows().document(row).is_some_and(|document| documents[document]))
                .collect());
        }
        let axis = self.axis(corpus, name, &[])?;
        let order = if name == PHASE { self.phases.as_slice() } else { &[] };
        let passes = fitting(&axis, value, self.dimension(name), order);
        Ok(axis.of_rows().iter().map(|own| passes.get(*own as usize).copied().unwrap_or(false)).collect())
    }
}
