//! A coded study as other programs take it: documents with their texts, attributes, and every coding with who made it.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::carried_over;
use super::collected::collected;
use super::{Coded, Request, Study, code_with, codings_with};
use crate::codebook::Codebook;
use crate::coding::Coding;
use crate::decisions::Opinion;
use crate::diag::Diagnostic;
use crate::index::Corpus;
use crate::ingest::{self, Limits};
use crate::interchange::{CodedPlace, Draft, Exchange, FileStems, Selection, Source, Variable, is_rules};
use crate::project;
use crate::report::Quotes;
use crate::text::CodePoints;

/// A study coded and counted, and every coding for other programs, in the order of documents and places; with the words
/// of the material if `quotes`.
///
/// # Errors
/// What is wrong with the codebook or the attributes to count by.
pub fn coded_places(
    study: &Study,
    by: Option<&[String]>,
    quotes: Quotes,
) -> Result<(Coded, Vec<CodedPlace>), Vec<Diagnostic>> {
    collected(&place(study, quotes), |format| code_with(study, by, format, &mut std::io::sink()))
}

fn place(study: &Study, quotes: Quotes) -> impl Fn(&Coding<'_>, &Codebook) -> CodedPlace + Sync {
    move |coding, codebook| CodedPlace::of(coding, codebook, &study.material, quotes)
}

/// The study with its codings by rules and persons. Beside it, what other programs must know of it.
///
/// # Errors
/// What is wrong with the codebook or the decisions.
pub fn exchange(study: &Study, request: &Request) -> Result<(Exchange, Vec<Diagnostic>), Vec<Diagnostic>> {
    let (codebook, warnings) = study.codebook()?;
    let mut notes = warnings.to_vec();
    let (_, places) =
        collected(&place(study, Quotes::Shown), |format| codings_with(study, codebook, format, &mut std::io::sink()))?;
    let corpus = &study.corpus;
    let documents: Vec<usize> = study
        .material
        .documents_read(corpus)
        .filter(|document| corpus.documents()[*document].outcome.failure.is_none())
        .collect();
    let (texts, otherwise) = texts(study, &documents, &mut notes);
    let mut left = carried_over::Left::of(otherwise);
    let mut sources = Vec::with_capacity(documents.len());
    let names = names(corpus, &documents);
    let read = study.decisions.read();
    let had = carried_over::Had::by(study, &documents);
    let variables = variables(study, &documents, &had);
    for ((((document, text), name), selections), speakers) in
        documents.iter().zip(texts).zip(names).zip(by_document(&places, &documents)).zip(&had.speakers)
    {
        let Some(text) = text else { continue };
        let own = carried_over::source(study, *document, speakers.clone(), &read, &mut left);
        let mut source = Source { name, text, values: BTreeMap::new(), selections: Vec::new(), own };
        for (variable, attribute) in &variables {
            if let Some(value) = value(study, *document, attribute) {
                source.values.insert(variable.name.clone(), value);
            }
        }
        let rules = selections.iter().filter(|place| place.coder.is_none());
        let run = &codebook.sha256[..8];
        source.selections.extend(rules.map(|place| {
            let CodedPlace { start, end, code, .. } = *place;
            Selection { start, end, code, note: place.rule_note(run), ..Selection::default() }
        }));
        sources.push((*document, source, selections));
    }
    let opinions = opinions(study, request);
    for (document, source, places) in &mut sources {
        let path = corpus.documents()[*document].path.as_str();
        let own = opinions.get(path).map_or(&[][..], Vec::as_slice);
        people(source, own, places, codebook);
        source.sort_selections();
    }
    let variables: Vec<Variable> = variables.into_iter().map(|(variable, _)| variable).collect();
    let mut exchange = Exchange {
        name: study.project.name().to_owned(),
        codes: Draft::of(codebook),
        sources: sources.into_iter().map(|(_, source, _)| source).collect(),
        own: carried_over::project(study, &documents, &variables, &had, &mut left),
        variables,
    };
    notes.extend(carried_over::left_behind(study, request, codebook, &had, &left));
    notes.extend(carried_over::told(&exchange));
    exchange.sources.sort_by(|a, b| a.name.cmp(&b.name));
    notes.extend(real_names(study));
    Ok((exchange, notes))
}

/// The texts that offsets point into, by the order of `documents`; `None` where one can no longer be read. And the
/// documents that are cut otherwise where their text is read as plain text.
fn texts(study: &Study, documents: &[usize], notes: &mut Vec<Diagnostic>) -> (Vec<Option<String>>, BTreeSet<String>) {
    let read = |document: &usize| {
        let path = &study.corpus.documents()[*document].path;
        let source = study.project.source(path)?;
        let read = ingest::read_with(&source.location.path(), &Limits::default(), study.project.survey()).ok()?;
        let is_same = carried_over::is_cut_the_same(study, *document, &read);
        Some((read.extracted.text, is_same))
    };
    let read: Vec<Option<(String, bool)>> = documents.par_iter().map(read).collect();
    let is_otherwise = |read: &Option<(String, bool)>| read.as_ref().is_some_and(|(_, is_same)| !is_same);
    let otherwise = documents.iter().zip(&read).filter(|(_, read)| is_otherwise(read));
    let otherwise = otherwise.map(|(document, _)| study.corpus.documents()[*document].path.clone()).collect();
    let texts: Vec<Option<String>> = read.into_iter().map(|read| read.map(|(text, _)| text)).collect();
    for (document, _) in documents.iter().zip(&texts).filter(|(_, text)| text.is_none()) {
        let path = &study.corpus.documents()[*document].path;
        notes.push(Diagnostic::warning(
            "export/unreadable",
            format!("`{path}` could not be read and is not in the file"),
        ));
    }
    (texts, otherwise)
}

/// What documents are called in other programs: the file's name, with its folders where that is not enough.
fn names(corpus: &Corpus, documents: &[usize]) -> Vec<String> {
    let paths: Vec<&str> = documents.iter().map(|document| corpus.documents()[*document].path.as_str()).collect();
    let mut count: BTreeMap<String, usize> = BTreeMap::new();
    paths.iter().for_each(|path| *count.entry(project::name_of(path).to_lowercase()).or_default() += 1);
    let mut stems = FileStems::default();
    paths
        .iter()
        .map(|path| {
            let own = project::name_of(path).to_owned();
            let is_unique = count[&own.to_lowercase()] == 1;
            let folders = path.rsplit_once('/').map_or("", |(folders, _)| folders);
            let folders = folders.strip_prefix("documents/").unwrap_or(folders);
            let name = match is_unique || folders.is_empty() {
                true => own,
                false => format!("{} - {own}", folders.replace('/', " - ")),
            };
            stems.take(&name)
        })
        .collect()
}

/// The variables with the attributes that they are: case and phase under their labels, then the others.
fn variables(study: &Study, documents: &[usize], had: &carried_over::Had) -> Vec<(Variable, String)> {
    let has = |name: &str| documents.iter().any(|document| value(study, *document, name).is_some());
    let labels = |dimension: &project::Dimension, values: &[String]| -> Vec<String> {
        let values = values.iter().filter(|value| !value.is_empty());
        values.map(|id| dimension.label_of(id).to_owned()).collect()
    };
    let (case, phase) = (study.project.case(), study.project.phase());
    let mut variables = Vec::new();
    let ordered = [(project::CASE, case, &study.cases), (project::PHASE, phase, &study.phases.values)];
    for (attribute, dimension, order) in ordered.into_iter().filter(|(attribute, ..)| has(attribute)) {
        // Cases that only speakers are of come last.
        let had = had.of(attribute);
        let mut values: Vec<String> = order.iter().filter(|value| had.contains(*value)).cloned().collect();
        values.extend(had.iter().filter(|value| !order.contains(value)).cloned());
        let variable = Variable { name: dimension.label().to_owned(), groups: labels(dimension, &values) };
        variables.push((variable, attribute.to_owned()));
    }
    for name in study.material.document_attribute_names(&study.corpus) {
        let is_own = [project::CASE, project::PHASE].contains(&name.as_str());
        if !is_own && has(&name) {
            variables.push((Variable { name: name.clone(), groups: Vec::new() }, name));
        }
    }
    variables
}

fn value(study: &Study, document: usize, attribute: &str) -> Option<String> {
    let value = study.material.attributes(document).get(attribute).filter(|value| !value.is_empty())?;
    Some(match attribute {
        project::CASE => study.project.case().label_of(value).to_owned(),
        project::PHASE => study.project.phase().label_of(value).to_owned(),
        _ => value.clone(),
    })
}

/// The codings of each of `documents`.
fn by_document<'p>(places: &'p [CodedPlace], documents: &[usize]) -> Vec<&'p [CodedPlace]> {
    let of = |document: &usize| {
        let start = places.partition_point(|place| place.document < *document);
        let n = places[start..].partition_point(|place| place.document == *document);
        &places[start..start + n]
    };
    documents.iter().map(of).collect()
}

/// What each coder stands for in the end, by document, with the exact places.
///
/// Nothing where the run is narrowed: then codings tell whose they are, by whole words.
fn opinions<'s>(study: &'s Study, request: &Request) -> BTreeMap<&'s str, Vec<Opinion<'s>>> {
    let mut by_document: BTreeMap<&str, Vec<Opinion<'_>>> = BTreeMap::new();
    if request.filter.is_none() && !request.unique {
        for opinion in study.decisions.opinions() {
            by_document.entry(opinion.decision.document.as_str()).or_default().push(opinion);
        }
    }
    by_document
}

/// Adds what persons coded: where they said, if their words still stand there; else where they were found again.
fn people(source: &mut Source, opinions: &[Opinion<'_>], places: &[CodedPlace], codebook: &Codebook) {
    let code_points = CodePoints::of(&source.text);
    let byte = |code_point| code_points.byte(&source.text, code_point);
    let text = |start, end| source.text.get(byte(start)?..byte(end)?);
    let mut exact: BTreeSet<(String, usize, u32, u32)> = BTreeSet::new();
    for Opinion { decision, code } in opinions {
        let (Some(code), Some((start, end))) = (codebook.index_of(code), decision.start.zip(decision.end)) else {
            continue;
        };
        if start >= end || text(start, end) != Some(decision.quote.as_str()) {
            continue;
        }
        exact.insert((decision.coder.clone(), code, start, end));
        source.selections.push(Selection {
            start,
            end,
            code,
            user: user(&decision.coder),
            note: decision.note.clone().unwrap_or_default(),
            at: decision.at.clone(),
        });
    }
    for place in places {
        let code = place.code;
        for coder in place.coder.iter().chain(&place.accepted_by) {
            let from = (coder.clone(), code, 0, 0);
            let mut of_coder = exact.range(from..).take_while(|(own, own_code, ..)| own == coder && *own_code == code);
            if of_coder.any(|(.., start, end)| *start < place.end && place.start < *end) {
                continue;
            }
            let (start, end, user) = (place.start, place.end, user(coder));
            let note = if user.is_empty() { place.stance_note() } else { String::new() };
            source.selections.push(Selection { start, end, code, user, note, ..Selection::default() });
        }
    }
}

/// Codings by rules that came in from a project of ours, of whatever version, are by the rules still.
fn user(coder: &str) -> String {
    if is_rules(coder) { String::new() } else { coder.to_owned() }
}

/// Pseudonyms stand in our own outputs; whole texts are handed on as they are.
fn real_names(study: &Study) -> Option<Diagnostic> {
    study.project.speakers().has_pseudonyms().then(|| {
        let message =
            "texts are exported unchanged: they contain real names, and the file says whose each pseudonym is";
        Diagnostic::warning("export/real-names", message)
            .hint("`--csv` writes quotes and pseudonyms, but no whole texts")
    })
}
