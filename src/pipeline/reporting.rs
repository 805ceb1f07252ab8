//! Everything that a report tells of a study, computed once.

use std::collections::BTreeMap;

use super::collected::collected;
use super::{Coded, CompareRequest, Request, Study, WordsRequest, axis, cells, code_with, compare, record, words};
use crate::codebook::Codebook;
use crate::coding::Coding;
use crate::compare::{self as comparing, Comparison};
use crate::diag::Diagnostic;
use crate::disk::Input;
use crate::index::DocumentRecord;
use crate::material::{Axis, RowState};
use crate::project::{self, Dimension};
use crate::report::{
    Answered, AxisValue, CaughtForms, ClaimPassage, ClaimTable, Dated, DocumentFacts, LabelledAxis, Quote, Quotes,
    Report, SkippedDocument, Spot, Timeline, WordList,
};
use crate::search::{Claim, ClaimEvidence, Passage};
use crate::stats::Adjustment;
use crate::stats::permutation::Plan;
use crate::tally::{self, Cells};

/// What a report is asked for.
#[derive(Debug, Clone)]
pub struct ReportRequest {
    /// What is reported.
    pub run: Request,
    /// Whether words of the material may stand in it.
    pub quotes: Quotes,
    /// The phase that differences are taken from: the first with material.
    pub from: Option<String>,
    /// The phase that they lead to: the last.
    pub to: Option<String>,
    /// Claims that are put to the material.
    pub claims: Vec<Claim>,
}

/// Passages for each claim.
const PASSAGES: usize = 8;

/// Words with fewer occurrences, or in fewer documents, set nothing apart.
const MIN_WORDS: (u64, usize) = (5, 3);

/// Codes a study and gathers what is reported of it, with what the codebook's reader warned of.
///
/// # Errors
/// What is wrong with the codebook or the attributes to count by.
pub fn study_report(study: &Study, request: &ReportRequest) -> Result<(Report, Vec<Diagnostic>), Vec<Diagnostic>> {
    let by = two_axes(request)?;
    let cells = cells(study, Some(&by))?;
    let (mut coded, mut quotes) = with_quotes(study, &by, &cells, request.quotes)?;
    let (documents, skipped) = documents(study, &cells, &mut quotes);
    // As the tables' columns stand: cases and phases as declared, then by document and place.
    quotes.sort_by_key(|quote| (in_order(quote.case), in_order(quote.phase), quote.document, quote.start, quote.end));
    let claims = claims(study, &coded, request, &cells, &documents)?;
    let comparison = compared(study, &coded, request, &by);
    let phase_axis = axis(study, &by[1])?;
    let together = comparing::together(coded.themes(study), Some(&phase_axis));
    let words = if request.quotes.are_shown() { words_apart(study, &by[1])? } else { Vec::new() };
    let run = record(study, &coded, &request.run);
    let file = |record: &DocumentRecord| Input { path: record.path.clone(), sha256: record.hash() };
    let files = study.corpus.documents().iter().map(file).collect();
    let warnings = std::mem::take(&mut coded.codebook_warnings);
    let n_codes = coded.codebook.codes.len();
    let report = Report {
        project: study.project.name().to_owned(),
        languages: study.project.languages().to_vec(),
        shows_quotes: request.quotes.are_shown(),
        case: labelled(study, &cells.axes()[0]),
        phase: labelled(study, &cells.axes()[1]),
        unequal: tally::unequal(&study.corpus, &study.material, &cells),
        repeated: study.material.repeated(&study.corpus),
        timeline: timeline(&documents, &quotes, n_codes),
        forms: if request.quotes.are_shown() { forms(&coded) } else { vec![Vec::new(); n_codes] },
        not_compared: comparison.as_ref().err().cloned(),
        comparison: comparison.ok(),
        together,
        words,
        quotes,
        claims,
        documents,
        skipped,
        run,
        files,
        codebook: coded.codebook,
        frequencies: coded.frequencies,
    };
    Ok((report, warnings))
}

fn two_axes(request: &ReportRequest) -> Result<[String; 2], Vec<Diagnostic>> {
    match request.run.by.as_deref() {
        None => Ok([project::CASE.to_owned(), project::PHASE.to_owned()]),
        Some([first, second]) if first != second => Ok([first.clone(), second.clone()]),
        Some(_) => Err(vec![
            Diagnostic::error("report/by-two", "a report needs exactly two attributes")
                .hint("name them with `--by`, the one to compare over time last: `--by case,phase`"),
        ]),
    }
}

/// Values as declared; what has none comes last.
fn in_order(value: Option<usize>) -> usize {
    value.unwrap_or(usize::MAX)
}

/// The case and the phase that a row counts in.
fn place_of(cells: &Cells, row: usize) -> (Option<usize>, Option<usize>) {
    match cells.place_of(row).as_deref() {
        Some([case, phase]) => (Some(*case), Some(*phase)),
        _ => (None, None),
    }
}

/// Every coding as it is quoted; documents are still numbered as in the corpus.
fn with_quotes(
    study: &Study,
    by: &[String; 2],
    cells: &Cells,
    quotes: Quotes,
) -> Result<(Coded, Vec<Quote>), Vec<Diagnostic>> {
    let quote = |coding: &Coding<'_>, codebook: &Codebook| {
        let counts = |code: &usize| coding.counts_for(*code);
        let (case, phase) = place_of(cells, coding.row);
        Quote {
            rows: std::iter::once(coding.code).chain(codebook.ancestors(coding.code)).filter(counts).collect(),
            case,
            phase,
            speaker: study.material.speaker(coding.row).map(str::to_owned),
            answered: Answered::of(&study.corpus, &study.material, coding.row),
            spot: Spot::of(&study.project, &study.corpus, &study.material, coding.row, coding.line),
            ..Quote::new(coding, codebook.codes[coding.code].source_of(coding.mention.pattern), quotes)
        }
    };
    collected(&quote, |format| code_with(study, Some(by), format, &mut std::io::sink()))
}

/// The documents that were read, by case, phase and path, and those that could not be; quotes point into the former
/// after this.
fn documents(study: &Study, cells: &Cells, quotes: &mut [Quote]) -> (Vec<DocumentFacts>, Vec<SkippedDocument>) {
    let (corpus, material) = (&study.corpus, &study.material);
    let mut facts = Vec::new();
    for document in material.documents_read(corpus) {
        let attribute =
            |name: &str| material.attribute(document, name).filter(|own| !own.is_empty()).map(str::to_owned);
        let counted = material.counted(corpus, document).material;
        let fact = DocumentFacts {
            path: corpus.documents()[document].path.clone(),
            case: value(study, &cells.axes()[0], document),
            phase: value(study, &cells.axes()[1], document),
            date: attribute(project::DATE),
            kind: attribute(project::TYPE),
            language: attribute(project::LANGUAGE),
            segments: counted.segments,
            words: counted.words,
            codings: 0,
        };
        facts.push((document, fact));
    }
    facts.sort_by_key(|(document, fact)| (in_order(fact.case), in_order(fact.phase), *document));
    let mut numbers = vec![usize::MAX; corpus.documents().len()];
    facts.iter().enumerate().for_each(|(number, (document, _))| numbers[*document] = number);
    let mut facts: Vec<DocumentFacts> = facts.into_iter().map(|(_, fact)| fact).collect();
    for quote in quotes {
        quote.document = numbers[quote.document];
        facts[quote.document].codings += 1;
    }
    let skipped = corpus.documents().iter().enumerate().filter_map(|(document, record)| {
        Some(SkippedDocument {
            path: record.path.clone(),
            case: value(study, &cells.axes()[0], document),
            phase: value(study, &cells.axes()[1], document),
            reason: record.outcome.failure.as_ref()?.message.clone(),
        })
    });
    (facts, skipped.collect())
}

/// The value of an attribute that a document is listed under: the one that all its material has, else its own.
fn value(study: &Study, axis: &Axis, document: usize) -> Option<usize> {
    let (corpus, material) = (&study.corpus, &study.material);
    let mut rows = corpus.rows_of(document).filter(|row| material.state(*row) == RowState::Material);
    let first = rows.next().and_then(|row| axis.value_of(row));
    let same = first.filter(|first| rows.all(|row| axis.value_of(row) == Some(*first)));
    same.or_else(|| axis.value_of_document(document)).or_else(|| {
        let own = material.attribute(document, &axis.name).unwrap_or_default();
        axis.values.iter().position(|value| value == own)
    })
}

/// What the material says to each claim.
fn claims(
    study: &Study,
    coded: &Coded,
    request: &ReportRequest,
    cells: &Cells,
    documents: &[DocumentFacts],
) -> Result<Vec<ClaimTable>, Vec<Diagnostic>> {
    if request.claims.is_empty() {
        return Ok(Vec::new());
    }
    let found = super::evidence(study, &coded.codebook, coded.codings.mentions(), &request.claims, PASSAGES)?;
    let numbers: BTreeMap<&str, usize> =
        documents.iter().enumerate().map(|(number, document)| (document.path.as_str(), number)).collect();
    let passage = |passage: Passage| {
        let path = &study.corpus.documents()[passage.document].path;
        let (case, phase) = place_of(cells, passage.row);
        Some(ClaimPassage {
            document: *numbers.get(path.as_str())?,
            case,
            phase,
            speaker: study.material.speaker(passage.row).map(str::to_owned),
            answered: Answered::of(&study.corpus, &study.material, passage.row),
            spot: Spot::of(&study.project, &study.corpus, &study.material, passage.row, passage.line),
            page: passage.page,
            time: passage.time,
            direction: passage.direction,
            cue: passage.cue.filter(|_| request.quotes.are_shown()),
            quote: if request.quotes.are_shown() { passage.quote } else { String::new() },
            is_cut: passage.is_cut,
        })
    };
    let table = |claim: ClaimEvidence| ClaimTable {
        id: claim.claim.id,
        claim: claim.claim.text,
        passages: claim.passages.into_iter().filter_map(passage).collect(),
        found: claim.found.total(),
        has_more: claim.has_more,
        documents: claim.behind.documents,
        speakers: claim.behind.speakers,
        flags: claim.flags,
    };
    Ok(found.into_iter().map(table).collect())
}

fn compared(study: &Study, coded: &Coded, request: &ReportRequest, by: &[String; 2]) -> Result<Comparison, String> {
    let asked = CompareRequest {
        attribute: Some(by[1].clone()),
        from: request.from.clone(),
        to: request.to.clone(),
        rows_by: Some(by[0].clone()),
        within: None,
        unit: None,
        paired_by: None,
        adjustment: Adjustment::BenjaminiHochberg,
        plan: Plan::usual(1),
    };
    compare(study, coded, &asked)
        .map_err(|errors| errors.first().map_or_else(String::new, |error| error.message.clone()))
}

fn words_apart(study: &Study, attribute: &str) -> Result<Vec<WordList>, Vec<Diagnostic>> {
    let asked = WordsRequest {
        attribute: Some(attribute.to_owned()),
        sides: None,
        uncoded: false,
        fewest: MIN_WORDS.0,
        fewest_documents: MIN_WORDS.1,
    };
    Ok(words(study, &asked)?.lists)
}

fn labelled(study: &Study, axis: &Axis) -> LabelledAxis {
    let dimension = match axis.name.as_str() {
        project::CASE => Some(study.project.case()),
        project::PHASE => Some(study.project.phase()),
        _ => None,
    };
    let label = |id: &str| dimension.map_or(id, |dimension| dimension.label_of(id)).to_owned();
    let values = axis.values.iter().map(|id| AxisValue { label: label(id), id: id.clone() }).collect();
    // What a project that says nothing calls them is English, and the report has its own words.
    let name = dimension.and_then(Dimension::own_label);
    LabelledAxis { name: axis.name.clone(), label: name.map(str::to_owned), values }
}

fn forms(coded: &Coded) -> Vec<Vec<CaughtForms>> {
    let of_code = |(index, code): (usize, &crate::codebook::Code)| {
        let patterns = code.patterns.iter().enumerate();
        patterns
            .map(|(number, pattern)| CaughtForms {
                pattern: pattern.source.clone(),
                forms: coded.forms.of(index, number),
            })
            .collect()
    };
    coded.codebook.codes.iter().enumerate().map(of_code).collect()
}

fn timeline(documents: &[DocumentFacts], quotes: &[Quote], n_codes: usize) -> Option<Timeline> {
    let dated = |document: &DocumentFacts| Dated {
        date: document.date.clone(),
        words: document.words,
        mentions: vec![0; n_codes],
    };
    let mut dated: Vec<Dated> = documents.iter().map(dated).collect();
    for quote in quotes {
        quote.rows.iter().for_each(|row| dated[quote.document].mentions[*row] += 1);
    }
    Timeline::of(&dated, n_codes)
}
