//! Tables for R and Python: every coding, every document, one header, ISO dates, codes with the path that leads there.

use super::coded::CodedPlace;
use crate::codebook::Codebook;
use crate::index::Corpus;
use crate::ingest::Format;
use crate::material::Material;
use crate::project::{CASE, LANGUAGE, PHASE};
use crate::report::{Answered, CsvStyle, RULE, text_csv_in, time_code};

/// Every coding with its document's attributes; the codes above its own in columns, from the top.
#[must_use]
pub fn codings_csv(
    places: &[CodedPlace],
    codebook: &Codebook,
    corpus: &Corpus,
    material: &Material,
    style: CsvStyle,
) -> Vec<u8> {
    let paths: Vec<Vec<&str>> = (0..codebook.codes.len()).map(|code| path(codebook, code)).collect();
    let deepest = paths.iter().map(Vec::len).max().unwrap_or(0);
    let levels: Vec<String> = (1..=deepest).map(|level| format!("code_{level}")).collect();
    let attributes = attributes(corpus, material);
    let mut header = vec!["id", "document"];
    let names: Vec<String> = attributes.iter().map(|name| column(name)).collect();
    header.extend(names.iter().map(String::as_str));
    header.extend(["segment", "code", "label"]);
    header.extend(levels.iter().map(String::as_str));
    header.extend(["counted", "start", "end", "quote", "pattern", "form", "grade", "stance", "cue", "coder"]);
    header.extend(["speaker", "line", "page", "time"]);
    let has_answers = corpus.documents().iter().any(|document| !document.outcome.properties.respondents.is_empty());
    header.extend(has_answers.then_some(["question", "row"]).into_iter().flatten());
    let rows = places.iter().map(|place| {
        let mut row = vec![place.id.clone(), corpus.documents()[place.document].path.clone()];
        let own = |name: &String| material.value(corpus, place.row, name).unwrap_or_default().to_owned();
        row.extend(attributes.iter().map(own));
        let code = &codebook.codes[place.code];
        row.extend([place.segment.to_string(), code.id.clone(), code.label.clone()]);
        row.extend((0..deepest).map(|level| paths[place.code].get(level).copied().unwrap_or_default().to_owned()));
        row.extend([place.counted.to_string(), place.start.to_string(), place.end.to_string(), place.quote.clone()]);
        row.extend([place.pattern.clone(), place.form.clone()]);
        row.extend([place.grade.name(), place.stance.name()].map(str::to_owned));
        row.extend([place.cue.clone().unwrap_or_default(), place.coder.clone().unwrap_or_else(|| RULE.to_owned())]);
        row.extend([place.speaker.clone().unwrap_or_default(), place.line.to_string()]);
        row.extend([place.page.map(|page| page.to_string()).unwrap_or_default()]);
        row.extend([place.time.map(time_code).unwrap_or_default()]);
        if has_answers {
            let answered = Answered::of(corpus, material, place.row);
            let question = answered.as_ref().and_then(|answered| answered.question.clone());
            row.extend([question, answered.map(|answered| answered.row.to_string())].map(Option::unwrap_or_default));
        }
        row
    });
    text_csv_in(style, &header, rows)
}

/// What the column of an attribute is called: `document_id` where `id` is a coding's own. People give documents such
/// columns, and a study must not fail for it.
fn column(attribute: &str) -> String {
    const OF_CODINGS: [&str; 9] = ["id", "start", "end", "line", "page", "time", "row", "read", "counted"];
    if OF_CODINGS.contains(&attribute) { format!("document_{attribute}") } else { attribute.to_owned() }
}

/// Every document of the run with its attributes and how much of it counts.
#[must_use]
pub fn documents_csv(corpus: &Corpus, material: &Material, style: CsvStyle) -> Vec<u8> {
    let attributes = attributes(corpus, material);
    let mut header = vec!["document"];
    let names: Vec<String> = attributes.iter().map(|name| column(name)).collect();
    header.extend(names.iter().map(String::as_str));
    header.extend(["format", "language", "read", "words_total", "segments_total", "context_words"]);
    let rows = material.documents_listed(corpus).map(|document| {
        let record = &corpus.documents()[document];
        let counted = material.counted(corpus, document);
        let mut line = vec![record.path.clone()];
        line.extend(values(material, document, &attributes));
        line.extend([
            record.outcome.format.map_or("", Format::name).to_owned(),
            record.outcome.language.clone().unwrap_or_default(),
        ]);
        line.extend([
            record.outcome.failure.is_none().to_string(),
            counted.material.words.to_string(),
            counted.material.segments.to_string(),
            counted.context.words.to_string(),
        ]);
        line
    });
    text_csv_in(style, &header, rows)
}

/// The attributes of documents: case and phase, then the others by name.
fn attributes(corpus: &Corpus, material: &Material) -> Vec<String> {
    let mut names = vec![CASE.to_owned(), PHASE.to_owned()];
    for name in material.document_attribute_names(corpus) {
        if !names.contains(&name) && name != LANGUAGE {
            names.push(name);
        }
    }
    names
}

fn values<'m>(material: &'m Material, document: usize, attributes: &'m [String]) -> impl Iterator<Item = String> + 'm {
    attributes.iter().map(move |name| material.attribute(document, name).unwrap_or_default().to_owned())
}

/// The ids from the top down to the code.
fn path(codebook: &Codebook, code: usize) -> Vec<&str> {
    let mut path: Vec<&str> =
        std::iter::once(code).chain(codebook.ancestors(code)).map(|index| codebook.codes[index].id.as_str()).collect();
    path.reverse();
    path
}
