//! What is known of a document once it has been read: manifest over front matter over path over properties.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::{
    dates::{DateForm, HOW_TO_WRITE_A_DATE, forms_of_dates, iso_or_same},
    model::Project,
    names::{CASE, DATE, PHASE, comparable, is_reserved},
};
use crate::{
    diag::{Diagnostic, Place, few, in_backticks, shortened},
    ingest::{Properties, Respondent},
    text::{is_iso_date, tidy},
};

/// The attributes of one document, and what of its own words could not be used.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Attributes {
    /// Values by name; case and phase by id, dates in ISO form. A document without a value lacks the name.
    pub values: BTreeMap<String, String>,
    /// Attributes of the file's own whose value is none of the declared: name and value as written.
    pub unknown: Vec<(String, String)>,
    /// Keys of the file's own that stand for something else in results, as written.
    pub reserved: Vec<String>,
    /// Dates of the front matter or of a column that cannot be read and are kept as they are.
    pub undated: Vec<String>,
}

impl Attributes {
    /// The value of `name`; empty where the document has none, as such documents are counted under `""`.
    #[must_use]
    pub fn get(&self, name: &str) -> &str {
        self.values.get(name).map_or("", String::as_str)
    }
}

impl Project {
    /// The attributes of the document at `path`, whose file says `properties` of itself.
    ///
    /// A value of the front matter that is none of the declared gives way to what the path says.
    #[must_use]
    pub fn attributes(&self, path: &str, properties: &Properties) -> Attributes {
        let source = self.source(path);
        let mut attributes = Attributes::default();
        for (raw, value) in &properties.document {
            let name = self.attribute_name(raw);
            let value = self.value(&name, value, iso_or_same);
            if let Some(value) = value.filter(|_| !name.is_empty() && !is_reserved(&name)) {
                attributes.values.insert(name, value);
            }
        }
        attributes
            .values
            .extend(source.into_iter().flat_map(|source| source.from_path.iter().map(|(n, v)| (n.clone(), v.clone()))));
        self.take(&properties.front_matter, &mut attributes, |_, value| iso_or_same(value));
        // The manifest has said better.
        let is_listed = |name: &str| source.is_some_and(|source| source.manifest.contains_key(name));
        attributes.unknown.retain(|(name, _)| !is_listed(name));
        let dated = attributes.values.get(DATE).filter(|date| !is_listed(DATE) && !is_iso_date(date));
        // Paths and properties of files are not written by hand as dates are here.
        let own = properties.front_matter.keys().any(|raw| self.attribute_name(raw) == DATE);
        attributes.undated.extend(dated.filter(|_| own).cloned());
        attributes.values.extend(source.map(|source| source.manifest.clone()).unwrap_or_default());
        attributes
    }

    /// What is known of each of those who answer in a file, under the names and in the form of all attributes. What a
    /// date means, all cells of its column tell together.
    #[must_use]
    pub fn respondents_attributes(&self, respondents: &[Respondent]) -> Vec<Attributes> {
        let mut columns: BTreeMap<(&str, &str), Vec<Cow<'_, str>>> = BTreeMap::new();
        for respondent in respondents {
            for (raw, value) in respondent.attributes.iter().filter(|(raw, _)| self.attribute_name(raw) == DATE) {
                columns.entry((&respondent.sheet, raw)).or_default().push(tidy(value));
            }
        }
        let forms: BTreeMap<(&str, &str), Vec<DateForm>> = columns
            .into_iter()
            .map(|(column, cells)| (column, forms_of_dates(cells.iter().map(AsRef::as_ref))))
            .collect();
        let of_one = |respondent: &Respondent| {
            let mut attributes = Attributes::default();
            let iso = |raw: &str, value: &str| {
                let forms = forms.get(&(respondent.sheet.as_str(), raw)).map_or(&[][..], Vec::as_slice);
                forms.iter().find_map(|form| form.read(value)).unwrap_or_else(|| value.to_owned())
            };
            self.take(&respondent.attributes, &mut attributes, iso);
            let undated = attributes.values.get(DATE).filter(|date| !is_iso_date(date)).cloned();
            attributes.undated.extend(undated);
            attributes
        };
        respondents.iter().map(of_one).collect()
    }

    /// Adds what a file says by names of its own. `iso` turns dates into ISO dates, by the name and value as written.
    fn take(&self, said: &BTreeMap<String, String>, attributes: &mut Attributes, iso: impl Fn(&str, &str) -> String) {
        for (raw, value) in said {
            let name = self.attribute_name(raw);
            if name.is_empty() || value.trim().is_empty() {
                continue;
            }
            if is_reserved(&name) {
                attributes.reserved.push(raw.clone());
                continue;
            }
            match self.value(&name, value, |date| iso(raw, date)) {
                Some(value) => {
                    attributes.values.insert(name, value);
                }
                None => attributes.unknown.push((name, value.clone())),
            }
        }
    }

    /// The value in the form in which it is counted; `None` where it is empty or none of the declared. `iso` turns dates
    /// into ISO dates.
    fn value(&self, name: &str, raw: &str, iso: impl FnOnce(&str) -> String) -> Option<String> {
        let value = match name {
            CASE => self.case().resolve(raw),
            PHASE => self.phase().resolve(raw),
            DATE => Some(iso(&tidy(raw))),
            _ => Some(tidy(raw).into_owned()),
        };
        value.filter(|value| !value.is_empty())
    }

    /// What is to be said of the attributes of all documents and of all `respondents` together: unknown and reserved
    /// ones that files have, and values that differ in nothing but case. Each with its document.
    #[must_use]
    pub fn attribute_warnings<'a>(
        &self,
        documents: impl IntoIterator<Item = (&'a str, &'a Attributes)>,
        respondents: impl IntoIterator<Item = (&'a str, &'a Attributes)>,
    ) -> Vec<Diagnostic> {
        let mut seen = Seen::default();
        for (path, attributes) in documents {
            seen.add(path, attributes, OfFile::FrontMatter);
        }
        for (path, attributes) in respondents {
            seen.add(path, attributes, OfFile::Column);
        }
        let mut warnings = Vec::new();
        for ((of_file, name, value), paths) in &seen.unknown {
            let dimension = if name == CASE { self.case() } else { self.phase() };
            let why = format!("is not a declared value of `{name}`");
            let warning = self.in_file("project/unknown-value", (*of_file, value), &why, paths);
            warnings.push(warning.hint(dimension.hint(value)));
        }
        for ((of_file, name), paths) in &seen.reserved {
            let why = "has another meaning in results and is ignored";
            warnings.push(self.in_file("project/reserved-key", (*of_file, name), why, paths));
        }
        for (date, paths) in &seen.undated {
            let why = "is not a date and is kept as written";
            let warning = self.in_file("project/no-date", (OfFile::FrontMatter, date), why, paths);
            warnings.push(warning.hint(HOW_TO_WRITE_A_DATE));
        }
        for (path, dates) in &seen.undated_cells {
            let (first, others) = dates.split_first().expect("a cell has it");
            let others = match others.len() {
                0 => String::new(),
                1 => ", nor is 1 more".to_owned(),
                n => format!(", nor are {n} more"),
            };
            let message = format!("`{}` in a column is not a date{others}: kept as written", shortened(first));
            let warning = Diagnostic::warning("project/no-date", message);
            warnings.push(warning.at(Place::file(self.folder().join(path))).hint(HOW_TO_WRITE_A_DATE));
        }
        warnings.extend([CASE, PHASE].into_iter().flat_map(|name| seen.alike(name)));
        warnings
    }

    /// A warning about a word that stands in the documents at `paths`.
    fn in_file(&self, id: &'static str, (of_file, word): (OfFile, &str), why: &str, paths: &[String]) -> Diagnostic {
        let (first, others) = paths.split_first().expect("a document has it");
        let message = format!("`{}` in {}{} {why}", shortened(word), of_file.name(), and_in(others));
        Diagnostic::warning(id, message).at(Place::file(self.folder().join(first)))
    }
}

/// Where a file says what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum OfFile {
    FrontMatter,
    /// A column of a survey's sheet.
    Column,
}

impl OfFile {
    fn name(self) -> &'static str {
        match self {
            Self::FrontMatter => "the front matter",
            Self::Column => "a column",
        }
    }
}

/// Documents by what is to be said of them.
#[derive(Default)]
struct Seen {
    unknown: BTreeMap<(OfFile, String, String), Vec<String>>,
    reserved: BTreeMap<(OfFile, String), Vec<String>>,
    /// Dates of the front matter, each with its documents.
    undated: BTreeMap<String, Vec<String>>,
    /// Those of each document's columns: a sheet may have a thousand of them.
    undated_cells: BTreeMap<String, Vec<String>>,
    /// Values of the attribute.
    values: BTreeMap<&'static str, BTreeSet<String>>,
}

impl Seen {
    fn add(&mut self, path: &str, attributes: &Attributes, of_file: OfFile) {
        // Respondents of a document come one after another.
        let add = |paths: &mut Vec<String>| {
            if paths.last().is_none_or(|last| last != path) {
                paths.push(path.to_owned());
            }
        };
        for (name, value) in &attributes.unknown {
            add(self.unknown.entry((of_file, name.clone(), value.clone())).or_default());
        }
        for name in &attributes.reserved {
            add(self.reserved.entry((of_file, name.clone())).or_default());
        }
        for date in &attributes.undated {
            match of_file {
                OfFile::FrontMatter => add(self.undated.entry(date.clone()).or_default()),
                OfFile::Column => self.undated_cells.entry(path.to_owned()).or_default().push(date.clone()),
            }
        }
        for name in [CASE, PHASE] {
            let Some(value) = attributes.values.get(name) else { continue };
            let values = self.values.entry(name).or_default();
            if !values.contains(value) {
                values.insert(value.clone());
            }
        }
    }

    /// Values that a reader would take for one.
    fn alike(&self, name: &str) -> Vec<Diagnostic> {
        let mut by_look: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        for value in self.values.get(name).into_iter().flatten() {
            by_look.entry(comparable(value)).or_default().push(value);
        }
        let alike = by_look.values().filter(|values| values.len() > 1);
        let warning = |values: &Vec<&str>| {
            let message = format!("similar values of `{name}` are counted separately: {}", in_backticks(values));
            Diagnostic::warning("project/alike", message)
                .hint("if they mean the same, declare one value in temakart.toml, with the others as aliases")
        };
        alike.map(warning).collect()
    }
}

/// How a message about a document goes on to name the others that it is about.
pub(super) fn and_in(others: &[String]) -> String {
    if others.is_empty() { String::new() } else { format!(" (also of {})", few(others)) }
}
