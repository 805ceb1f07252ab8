//! A filter expression → which segments it lets pass, and the material of those alone.
//!
//! Conditions on documents and segments are decided here; what was coded is not known yet, and is left to others.

use std::collections::BTreeSet;

use super::by_row::ByRow;
use super::filter_values::{ONLY_CONTEXT, fitting};
use super::{Axis, Material, RowState};
use crate::codebook::pattern::{FilterValue, Pattern};
use crate::diag::Diagnostic;
use crate::index::Corpus;
use crate::project::{DOCUMENT, INFORMANT, PHASE, SPEAKER, path_of};

/// Conditions on persons, who go by several names.
pub(super) const PERSONS: [&str; 2] = [SPEAKER, INFORMANT];

/// By row, whether a filter lets it pass; or what is wrong with the filter.
type Passes = Result<Vec<bool>, Vec<Diagnostic>>;

impl Material {
    /// Leaves out the rows that `filter` does not let pass, as given by `kept`.
    pub fn narrow(&mut self, corpus: &Corpus, filter: &Pattern, kept: &[bool]) {
        let vain = self.asked_in_vain(corpus, filter);
        self.diagnostics.extend(vain);
        self.keep_repeated(corpus, kept);
        self.is_narrowed = true;
        if filter.asks_codings() {
            let message =
                "`--where` selects segments by how they are coded: rates and shares describe those segments only";
            self.diagnostics.push(Diagnostic::warning("where/by-codings", message));
        }
        let left = |state: RowState| self.states.iter().zip(kept).any(|(own, kept)| *kept && *own == state);
        if left(RowState::Context) && !left(RowState::Material) {
            let message = "`--where` selects only context (headings and interviewers' speech), which can be searched \
                           but is not counted";
            self.diagnostics.push(Diagnostic::warning(ONLY_CONTEXT, message));
        }
        self.states.iter_mut().zip(kept).filter(|(_, kept)| !**kept).for_each(|(state, _)| *state = RowState::Out);
    }

    /// Which rows a filter expression lets pass.
    ///
    /// # Errors
    /// When it asks for an attribute that nothing has, or for anything but attributes.
    pub fn passes(&self, corpus: &Corpus, filter: &Pattern) -> Passes {
        self.passes_with(corpus, filter, &|_| None)
    }

    /// Which rows a filter expression with other kinds of conditions lets pass: `other` is asked about each part before
    /// it is taken apart, and answers for those that it knows.
    ///
    /// # Errors
    /// When the expression asks for an attribute that nothing has, or `other` returns an error.
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

    /// Which rows one condition lets pass. `document` compares the path or its end, `speaker` and `informant` what
    /// one is called in the text, in `speakers.csv` and in output; other names are attributes, by any name that the
    /// project knows them under.
    ///
    /// # Errors
    /// When there is no such attribute.
    pub fn filter(&self, corpus: &Corpus, name: &str, value: &FilterValue) -> Result<Vec<bool>, Diagnostic> {
        let name = &self.canonical(name);
        let rows = 0..corpus.rows().len();
        if name == DOCUMENT {
            let documents = documents(corpus, value);
            return Ok(rows
                .map(|row| corpus.rows().document(row).is_some_and(|document| documents[document]))
                .collect());
        }
        if PERSONS.contains(&name.as_str()) {
            return self.persons(corpus, name, value);
        }
        let axis = self.axis(corpus, name, &[])?;
        let order = if name == PHASE { self.phases.as_slice() } else { &[] };
        let passes = fitting(&axis, value, self.dimension(name), order);
        Ok(axis.of_rows().iter().map(|own| passes.get(*own as usize).copied().unwrap_or(false)).collect())
    }

    /// The rows of the speakers or informants, as `name` says, that `value` asks for by label, id or pseudonym. Of a
    /// label that has a pseudonym only that is shown; who asks by the label knows it already.
    pub(super) fn persons(&self, corpus: &Corpus, name: &str, value: &FilterValue) -> Result<Vec<bool>, Diagnostic> {
        let shown = self.axis(corpus, name, &[])?;
        let asked = AskedFor {
            by_shown: fitting(&shown, value, None, &[]),
            by_name: of_texts(name, self.names.clone(), value),
            by_label: labels(corpus, name, value),
        };
        let passes = |row: usize| {
            label(corpus, name, row).is_some_and(|label| asked.by_label.contains(&label))
                || shown.value_of(row).is_some_and(|own| asked.by_shown[own])
                || asked.is_named(&self.ids, row)
                || name != SPEAKER && asked.is_named(&self.respondent_names, row)
        };
        Ok((0..corpus.rows().len()).map(passes).collect())
    }
}

/// The persons that a condition asks for, by all that they go by.
struct AskedFor {
    /// By value of the axis of what persons are called in output.
    by_shown: Vec<bool>,
    /// By index in the names that the project has of them.
    by_name: Vec<bool>,
    /// The labels in the texts.
    by_label: BTreeSet<u32>,
}

impl AskedFor {
    /// Whether the name that `numbers` gives a row is one that is asked for.
    fn is_named(&self, numbers: &ByRow, row: usize) -> bool {
        self.by_name.get(numbers.get(row) as usize).copied().unwrap_or(false)
    }
}

/// The labels of speakers or informants, as `name` says, that `value` asks for.
fn labels(corpus: &Corpus, name: &str, value: &FilterValue) -> BTreeSet<u32> {
    let all: BTreeSet<u32> = (0..corpus.rows().len()).filter_map(|row| label(corpus, name, row)).collect();
    let fits = of_texts(name, all.iter().map(|label| corpus.label(*label).to_owned()).collect(), value);
    all.into_iter().zip(fits).filter(|(_, fits)| *fits).map(|(label, _)| label).collect()
}

/// The label of a row's speaker or informant, as `name` says.
fn label(corpus: &Corpus, name: &str, row: usize) -> Option<u32> {
    if name == SPEAKER { corpus.rows().speaker(row) } else { corpus.rows().informant(row) }
}

/// Which of these texts `value` asks for.
fn of_texts(name: &str, texts: Vec<String>, value: &FilterValue) -> Vec<bool> {
    fitting(&Axis::of_values(name, texts), value, None, &[])
}

/// For each document, whether `value` means it: by its path or, if no document has that path, by the end of its path.
pub(super) fn documents(corpus: &Corpus, value: &FilterValue) -> Vec<bool> {
    let paths = corpus.documents().iter().map(|document| document.path.clone()).collect();
    let axis = Axis::of_values(DOCUMENT, paths);
    let by_path = fitting(&axis, value, None, &[]);
    match value {
        FilterValue::Equals(raw) if !by_path.contains(&true) && !raw.trim().is_empty() => {
            let end = format!("/{}", path_of(raw.trim().as_ref()).to_lowercase());
            axis.values.iter().map(|path| path.to_lowercase().ends_with(&end)).collect()
        }
        _ => by_path,
    }
}
