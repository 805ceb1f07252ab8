//! What documents, and those who answer in them, have as attributes. Most documents say nothing of themselves: what
//! their paths say is shared, and so are attributes that follow from it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use crate::index::{Corpus, DocumentRecord};
use crate::ingest::Properties;
use crate::project::{Attributes, LANGUAGE, Project, Source};

/// A document's attributes while it is not known which others have the same.
enum Own {
    /// Its own.
    Of(Arc<Attributes>),
    /// Those that follow from its language and from what its path says, which has this number.
    OfPath(u32),
}

/// The attributes of each document; one value for all that have the same since their paths say the same.
pub(super) fn of_documents(project: &Project, corpus: &Corpus) -> Vec<Arc<Attributes>> {
    let of_one = |(record, source): (&DocumentRecord, Option<&Source>)| {
        let Properties { front_matter, document, .. } = &record.outcome.properties;
        let is_silent = front_matter.is_empty() && document.is_empty();
        match source.filter(|source| is_silent && source.manifest.is_empty()) {
            Some(source) => Own::OfPath(source.from_path_number),
            None => Own::Of(Arc::new(of_document(project, record))),
        }
    };
    let sources = sources_of(corpus.documents(), project.sources());
    let all: Vec<Own> = corpus.documents().par_iter().zip(sources).map(of_one).collect();
    let mut shared: BTreeMap<(u32, Option<&str>), Arc<Attributes>> = BTreeMap::new();
    let mut last = None;
    let of_all = all.into_iter().zip(corpus.documents()).map(|(own, record)| match own {
        Own::Of(attributes) => attributes,
        Own::OfPath(said) => {
            let key = (said, record.outcome.language.as_deref());
            // Neighbours mostly have the same.
            if let Some((_, attributes)) = last.as_ref().filter(|(last, _)| *last == key) {
                return Arc::clone(attributes);
            }
            let attributes = Arc::clone(shared.entry(key).or_insert_with(|| Arc::new(of_document(project, record))));
            last = Some((key, Arc::clone(&attributes)));
            attributes
        }
    });
    of_all.collect()
}

fn of_document(project: &Project, record: &DocumentRecord) -> Attributes {
    let mut attributes = project.attributes(&record.path, &record.outcome.properties);
    if let Some(language) = &record.outcome.language {
        attributes.values.entry(LANGUAGE.to_owned()).or_insert_with(|| language.clone());
    }
    attributes
}

/// The file of each document; both are in order of path.
fn sources_of<'p>(documents: &[DocumentRecord], sources: &'p [Source]) -> Vec<Option<&'p Source>> {
    let mut sources = sources.iter().peekable();
    let of_document = |document: &DocumentRecord| {
        while sources.next_if(|source| source.path < document.path).is_some() {}
        sources.next_if(|source| source.path == document.path)
    };
    documents.iter().map(of_document).collect()
}

/// What is known about the respondents of survey sheets, by document and number.
pub(super) fn of_respondents(project: &Project, corpus: &Corpus) -> Vec<Vec<Attributes>> {
    let of_document =
        |document: &DocumentRecord| project.respondents_attributes(&document.outcome.properties.respondents);
    corpus.documents().iter().map(of_document).collect()
}

/// The attributes of the documents that `fits` takes, by document; those that neighbours share come once.
pub(super) fn distinct(
    of_documents: &[Arc<Attributes>],
    fits: impl Fn(usize) -> bool,
) -> impl Iterator<Item = (usize, &Attributes)> {
    let mut last: Option<&Arc<Attributes>> = None;
    of_documents.iter().enumerate().filter_map(move |(document, own)| {
        let is_new = last.is_none_or(|last| !Arc::ptr_eq(last, own)) && fits(document);
        if is_new {
            last = Some(own);
        }
        is_new.then_some((document, &**own))
    })
}

/// The values that documents and respondents have of an attribute, in the order in which they come up.
pub(super) fn values<'a>(
    of_documents: &'a [Arc<Attributes>],
    of_respondents: &'a [Vec<Attributes>],
    name: &str,
) -> Vec<&'a str> {
    let mut seen = BTreeSet::new();
    let all = distinct(of_documents, |_| true).map(|(_, own)| own).chain(of_respondents.iter().flatten());
    let values = all.filter_map(|own| own.values.get(name)).map(String::as_str);
    values.filter(|value| seen.insert(*value)).collect()
}
