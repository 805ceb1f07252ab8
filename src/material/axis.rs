//! Attributes as axes of a table: their values in order, and which of them each row has.

use std::collections::{BTreeMap, BTreeSet};
use std::iter::repeat;

use super::Material;
use crate::diag::{Diagnostic, did_you_mean};
use crate::index::Corpus;
use crate::project::{CASE, INFORMANT, PHASE, QUESTION, ROLE, SPEAKER};

/// One attribute of a table: its values in order, and which of them each row has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Axis {
    /// The attribute.
    pub name: String,
    /// Its values, in the order of all tables.
    pub values: Vec<String>,
    /// By row of the corpus: an index into `values`, or [`NOWHERE`].
    of_row: Vec<u32>,
    /// By document of the corpus: an index into `values`, or [`NOWHERE`]; `None` for an attribute that varies within
    /// documents.
    of_document: Option<Vec<u32>>,
}

/// Marks a row or document that has no value.
pub(crate) const NOWHERE: u32 = u32::MAX;

impl Axis {
    /// The value that a row has, by index; `None` for rows that belong nowhere.
    #[must_use]
    pub fn value_of(&self, row: usize) -> Option<usize> {
        Some(self.of_row[row] as usize).filter(|value| *value < self.values.len())
    }

    /// The value that a document has in all its rows; `None` where an attribute varies within documents.
    #[must_use]
    pub fn value_of_document(&self, document: usize) -> Option<usize> {
        Some(self.of_document.as_ref()?[document] as usize).filter(|value| *value < self.values.len())
    }

    /// By row of the corpus: an index into `values`, or [`NOWHERE`].
    pub(crate) fn of_rows(&self) -> &[u32] {
        &self.of_row
    }

    /// By document of the corpus: an index into `values`, or [`NOWHERE`]; `None` for an attribute that varies within
    /// documents.
    pub(crate) fn of_documents(&self) -> Option<&[u32]> {
        self.of_document.as_deref()
    }

    /// The axis with only those rows that `is_kept` takes.
    pub(crate) fn only(&self, is_kept: impl Fn(usize) -> bool) -> Self {
        let own = |(row, value): (usize, &u32)| if is_kept(row) { *value } else { NOWHERE };
        let of_row = self.of_row.iter().enumerate().map(own).collect();
        Self { of_row, of_document: None, ..self.clone() }
    }

    /// Values that were asked for by name, whether or not any row has them.
    pub(crate) fn of_values(name: &str, values: Vec<String>) -> Self {
        Self { name: name.to_owned(), values, of_row: Vec::new(), of_document: None }
    }
}

/// Attributes that segments have, not documents.
const OF_SEGMENTS: [&str; 3] = [SPEAKER, ROLE, QUESTION];

impl Material {
    /// The attribute `name` as an axis. Values come in the order of `order`, further ones after them in byte
    /// order; the empty value, for what lacks the attribute, comes last.
    ///
    /// # Errors
    /// When nothing in the material has such an attribute.
    pub fn axis(&self, corpus: &Corpus, name: &str, order: &[String]) -> Result<Axis, Diagnostic> {
        let known = self.attribute_names(corpus);
        let is_known = known.iter().any(|attribute| attribute == name) || !order.is_empty();
        if !is_known {
            let message = match name {
                SPEAKER => "no text in the material has speaker labels".to_owned(),
                ROLE => "`speakers.csv` gives no speaker of the material a `role`".to_owned(),
                QUESTION => "nothing in the material answers a `question`".to_owned(),
                name => format!("no document has an attribute `{name}`"),
            };
            let mut error = Diagnostic::error("project/unknown-attribute", message);
            if let Some(meant) = did_you_mean(name, known.iter().map(String::as_str)) {
                error = error.hint(format!("did you mean `{meant}`?"));
            }
            return Err(error.hint(format!("attributes of this material: {}", known.join(", "))));
        }
        let is_of_speakers = match name {
            CASE => !self.row_cases.is_empty(),
            INFORMANT => !self.ids.is_empty() || corpus.rows().any_informant(),
            name => OF_SEGMENTS.contains(&name),
        };
        let varies = is_of_speakers || self.is_of_respondents(name);
        let value = |document: usize, row: Option<usize>| -> &str {
            let own = row.and_then(|row| self.of_segment(corpus, row, name));
            own.or_else(|| self.attribute(document, name)).unwrap_or_default()
        };
        let mut found: BTreeMap<&str, u32> = BTreeMap::new();
        if varies {
            let rows = self.documents_read(corpus).flat_map(|document| corpus.rows_of(document).zip(repeat(document)));
            found.extend(rows.map(|(row, document)| (value(document, Some(row)), NOWHERE)));
        } else {
            let documents = self.distinct(|document| self.is_read(corpus, document));
            found.extend(documents.map(|(document, _)| (value(document, None), NOWHERE)));
        }
        let mut values: Vec<String> = order.to_vec();
        values
            .extend(found.keys().filter(|v| !v.is_empty() && !order.iter().any(|o| o == *v)).map(|v| (*v).to_owned()));
        if found.contains_key("") {
            values.retain(|value| !value.is_empty());
            values.push(String::new());
        }
        let numbers: BTreeMap<&str, u32> = values.iter().map(String::as_str).zip(0..).collect();
        let number = |value: &str| numbers.get(value).copied().unwrap_or(NOWHERE);
        let mut of_document = vec![NOWHERE; corpus.documents().len()];
        let firsts: Vec<(usize, u32)> =
            self.distinct(|_| true).map(|(document, _)| (document, number(value(document, None)))).collect();
        let ends = firsts.iter().skip(1).map(|(first, _)| *first).chain([of_document.len()]);
        for ((first, own), end) in firsts.iter().zip(ends) {
            of_document[*first..end].fill(*own);
        }
        let of_row = (0..corpus.rows().len())
            .map(|row| match corpus.rows().document(row) {
                None => NOWHERE,
                Some(document) if varies => number(value(document, Some(row))),
                Some(document) => of_document[document],
            })
            .collect();
        let of_document = (!varies).then_some(of_document);
        Ok(Axis { name: name.to_owned(), values, of_row, of_document })
    }

    /// What the attribute `name` is for one segment: the case that its speaker speaks for and what a respondent said of
    /// themselves, before what its document has. The cell that it counts in.
    #[must_use]
    pub fn value<'a>(&'a self, corpus: &'a Corpus, row: usize, name: &str) -> Option<&'a str> {
        self.of_segment(corpus, row, name).or_else(|| self.attribute(corpus.rows().document(row)?, name))
    }

    /// All attributes that anything in the material has.
    #[must_use]
    pub fn attribute_names(&self, corpus: &Corpus) -> Vec<String> {
        let of_documents: BTreeSet<&String> =
            self.distinct(|_| true).flat_map(|(_, attributes)| attributes.values.keys()).collect();
        let mut names: Vec<String> = of_documents.into_iter().cloned().collect();
        if !self.speakers.is_empty() {
            names.push(SPEAKER.to_owned());
        }
        if !self.roles.is_empty() {
            names.push(ROLE.to_owned());
        }
        if corpus.rows().any_question() {
            names.push(QUESTION.to_owned());
        }
        if !self.ids.is_empty() || corpus.rows().any_informant() {
            names.push(INFORMANT.to_owned());
        }
        names.extend(self.respondents.iter().flatten().flat_map(|known| known.values.keys().cloned()));
        names.extend([CASE, PHASE].map(str::to_owned));
        names.sort();
        names.dedup();
        names
    }

    /// Those that documents and answers have: all but the ones of segments, and of speakers alone.
    #[must_use]
    pub fn document_attribute_names(&self, corpus: &Corpus) -> Vec<String> {
        let mut names = self.attribute_names(corpus);
        let is_of_speakers = |name: &str| {
            name == INFORMANT
                && self.distinct(|_| true).all(|(_, own)| own.get(name).is_empty())
                && !corpus.rows().any_informant()
        };
        names.retain(|name| !OF_SEGMENTS.contains(&name.as_str()) && !is_of_speakers(name));
        names
    }

    fn is_of_respondents(&self, name: &str) -> bool {
        self.respondents.iter().flatten().any(|known| known.values.contains_key(name))
    }

    fn of_segment<'a>(&'a self, corpus: &'a Corpus, row: usize, name: &str) -> Option<&'a str> {
        let named = |number: u32| self.names.get(number as usize).map(String::as_str);
        let own = match name {
            SPEAKER => self.speaker(row),
            ROLE => named(self.roles.get(row)),
            CASE => named(self.row_cases.get(row)),
            QUESTION => corpus.rows().question(row).map(|label| corpus.label(label)),
            INFORMANT => named(self.ids.get(row)).or_else(|| self.respondent(corpus, row)),
            _ => None,
        };
        own.or_else(|| {
            let respondents = &self.respondents[corpus.rows().document(row)?];
            respondents.get(corpus.rows().respondent(row)? as usize)?.values.get(name).map(String::as_str)
        })
    }
}
