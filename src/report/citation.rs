//! Where a passage stands, as the project wants it cited.

use super::codings::time_code;
use super::wording::{Lang, Term};
use crate::index::Corpus;
use crate::material::Material;
use crate::project::{CASE, CitationField, PHASE, Project, ROLE, name_of};

/// A place in the material.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cited {
    pub(super) document: usize,
    pub(super) row: usize,
    pub(super) line: u32,
    pub(super) page: Option<u32>,
    pub(super) time: Option<u64>,
}

/// Its citation in the project's form, in a language.
pub(super) fn citation(lang: Lang, project: &Project, corpus: &Corpus, material: &Material, cited: Cited) -> String {
    let path = corpus.documents()[cited.document].path.as_str();
    let attribute = |name: &str| material.value(corpus, cited.row, name).filter(|value| !value.is_empty());
    let value = |field: CitationField| match field {
        CitationField::Document => Some(path.to_owned()),
        CitationField::Name => Some(name_of(path).to_owned()),
        CitationField::Case => attribute(CASE).map(|id| project.case().label_of(id).to_owned()),
        CitationField::Phase => attribute(PHASE).map(|id| project.phase().label_of(id).to_owned()),
        CitationField::Speaker => speaker(project, corpus, material, cited),
        CitationField::Role => attribute(ROLE).map(str::to_owned),
        CitationField::Place => Some(match cited.page {
            Some(page) => format!("{} {page}", lang.term(Term::Page)),
            None => format!("{} {}", lang.term(Term::Line), cited.line),
        }),
        CitationField::Page => cited.page.map(|page| page.to_string()),
        CitationField::Line => Some(cited.line.to_string()),
        // Without thousandths: no one looks a quote up by those.
        CitationField::Time => cited.time.map(|time| time_code(time).split('.').next().unwrap_or_default().to_owned()),
        CitationField::Segment => Some(corpus.rows().number(cited.row).to_string()),
    };
    project.citation().write(&value)
}

/// The speaker by pseudonym, else by role: a role says more to a reader than a label and tells less of the person. The
/// label stands where nothing else is known.
fn speaker(project: &Project, corpus: &Corpus, material: &Material, cited: Cited) -> Option<String> {
    let path = corpus.documents()[cited.document].path.as_str();
    let label = corpus.rows().speaker(cited.row).map(|label| corpus.label(label));
    let known = label.and_then(|label| project.speakers().get(path, label));
    let named = known.and_then(|speaker| speaker.pseudonym.as_ref().or(speaker.role.as_ref()));
    named.cloned().or_else(|| material.speaker(cited.row).map(str::to_owned))
}
