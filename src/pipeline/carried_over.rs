//! Project data that REFI-QDA cannot express: what is stored in descriptions so that a re-import gives the same counts,
//! and what is lost.

use std::collections::{BTreeMap, BTreeSet};

use super::{Request, Study};
use crate::codebook::Codebook;
use crate::decisions::{Action, Decision};
use crate::diag::{Diagnostic, counted, few};
use crate::ingest::{self, Format, Ingested, Limits, SurveyColumns};
use crate::interchange::{
    self, Exchange, OwnFormat, OwnProject, OwnReading, OwnSource, OwnSpeaker, OwnValue, Variable,
};
use crate::project::{CASE, Dimension, PHASE, TYPE, USUAL_LANGUAGES, common_name, comparable_label};
use crate::segment::{self, Segment, SegmentKind, SegmentUnit};
use crate::text::narrow;

/// The cases, phases and speakers of the exported documents.
#[derive(Debug)]
pub(super) struct Had {
    /// The ids of cases, of which some may be only those of speakers.
    cases: BTreeSet<String>,
    phases: BTreeSet<String>,
    /// Who speaks in each document, as far as anything is known of them.
    pub(super) speakers: Vec<Vec<OwnSpeaker>>,
}

impl Had {
    pub(super) fn by(study: &Study, documents: &[usize]) -> Self {
        let ids = |name: &str| -> BTreeSet<String> {
            let ids = documents.iter().filter_map(|document| study.material.attribute(*document, name));
            ids.filter(|id| !id.is_empty()).map(str::to_owned).collect()
        };
        let speakers: Vec<Vec<OwnSpeaker>> = documents.iter().map(|document| speakers(study, *document)).collect();
        let mut cases = ids(CASE);
        cases.extend(speakers.iter().flatten().filter_map(|speaker| speaker.case.clone()));
        Self { cases, phases: ids(PHASE), speakers }
    }

    /// The ids of cases or phases.
    pub(super) fn of(&self, name: &str) -> &BTreeSet<String> {
        if name == CASE { &self.cases } else { &self.phases }
    }

    /// How many declared ones there are beside them.
    fn n_without(&self, dimension: &Dimension, name: &str) -> usize {
        dimension.values().iter().filter(|value| !self.of(name).contains(&value.id)).count()
    }
}

/// What is to be known of the project as a whole, as far as it is about these documents.
pub(super) fn project(
    study: &Study,
    documents: &[usize],
    variables: &[Variable],
    had: &Had,
    left: &mut Left,
) -> OwnProject {
    let project = &study.project;
    let labels: BTreeSet<&str> = documents.iter().flat_map(|document| labels(study, *document)).collect();
    let languages = project.languages();
    let (all, types) = project.segments().names();
    let unusual = |dimension: &Dimension, name: &str| {
        let label = dimension.label();
        let is_written = variables.iter().any(|variable| variable.name == label);
        (is_written && common_name(label) != name).then(|| label.to_owned())
    };
    let own = OwnProject {
        case: unusual(project.case(), CASE),
        phase: unusual(project.phase(), PHASE),
        languages: if languages == USUAL_LANGUAGES { Vec::new() } else { languages.to_vec() },
        segments: all.map(str::to_owned),
        types: types.map(|(name, unit)| (name.to_owned(), unit.to_owned())).collect(),
        // Names that no text has are nobody's business.
        exclude: project.speakers().named_for(&labels),
        cases: values(project.case(), had.of(CASE)),
        phases: values(project.phase(), had.of(PHASE)),
    };
    left.project = interchange::is_too_long(&own);
    if left.project { OwnProject::default() } else { own }
}

/// Those that other programs know by another name than we do, or by one of several; as far as any is `had`.
fn values(dimension: &Dimension, had: &BTreeSet<String>) -> Vec<OwnValue> {
    let values = dimension.values().iter().filter(|value| had.contains(&value.id));
    let several = values.filter(|value| value.id != value.label || !value.aliases.is_empty());
    let own = several.map(|value| OwnValue {
        id: value.id.clone(),
        label: value.label.clone(),
        aliases: value.aliases.clone(),
    });
    own.collect()
}

/// The rows that each coder has read.
pub(super) type Read<'s> = BTreeMap<&'s str, BTreeSet<u32>>;

/// What is to be known of one document beside its `speakers`. One that comes back with other segments says nothing of
/// who has read some of them.
pub(super) fn source(
    study: &Study,
    document: usize,
    speakers: Vec<OwnSpeaker>,
    read: &Read<'_>,
    left: &mut Left,
) -> OwnSource {
    let path = || study.corpus.documents()[document].path.clone();
    let is_markdown = study.corpus.documents()[document].outcome.format == Some(Format::Markdown);
    let format = is_markdown.then_some(OwnFormat::Markdown);
    let mut readings = readings(study, document, read);
    if left.otherwise.contains(&path()) {
        let n = readings.len();
        readings.retain(|reading| reading.segments.is_empty());
        left.readings.extend((readings.len() < n).then(path));
    }
    let own = OwnSource { format, speakers, read: readings };
    if interchange::is_too_long(&own) {
        left.too_long.push(path());
        return OwnSource { format, ..OwnSource::default() };
    }
    own
}

/// The paths of documents of which something stays behind.
#[derive(Debug, Default)]
pub(super) struct Left {
    /// Those that come back as another text than they were.
    pub(super) otherwise: BTreeSet<String>,
    /// Those of which some segments were read, which are others when they come back.
    readings: Vec<String>,
    /// Those of which more is to be said than a description holds.
    too_long: Vec<String>,
    /// Whether the project's own description is too long as well.
    project: bool,
}

impl Left {
    pub(super) fn of(otherwise: BTreeSet<String>) -> Self {
        Self { otherwise, ..Self::default() }
    }
}

/// The labels of a document's speakers, in byte order.
fn labels(study: &Study, document: usize) -> impl Iterator<Item = &str> {
    let rows = study.corpus.rows();
    let numbers: BTreeSet<u32> = study.corpus.rows_of(document).filter_map(|row| rows.speaker(row)).collect();
    let labels: BTreeSet<&str> = numbers.into_iter().map(|label| study.corpus.label(label)).collect();
    labels.into_iter()
}

/// Who speaks in a document, as far as `speakers.csv` tells more of them than the text does.
fn speakers(study: &Study, document: usize) -> Vec<OwnSpeaker> {
    let path = study.corpus.documents()[document].path.as_str();
    // Two ways of writing one label are one speaker.
    let mut seen = BTreeSet::new();
    let known = labels(study, document).filter(|label| seen.insert(comparable_label(label))).filter_map(|label| {
        let known = study.project.speakers().get(path, label)?;
        let speaker = OwnSpeaker {
            label: label.to_owned(),
            id: known.id.clone(),
            role: known.role.clone(),
            case: known.case.clone(),
            pseudonym: known.pseudonym.clone(),
            exclude: known.exclude,
        };
        (speaker != OwnSpeaker { label: label.to_owned(), ..OwnSpeaker::default() }).then_some(speaker)
    });
    known.collect()
}

/// Who has read a document, or some of its segments.
fn readings(study: &Study, document: usize, read: &Read<'_>) -> Vec<OwnReading> {
    let rows = study.corpus.rows_of(document);
    let mut readings = Vec::new();
    for (coder, read) in read {
        let own = read.range(narrow(rows.start)..narrow(rows.end));
        let segments: Vec<u32> = own.map(|row| study.corpus.rows().number(*row as usize)).collect();
        if !segments.is_empty() {
            let is_whole = segments.len() == rows.len();
            readings.push(OwnReading::of(coder, segments.into_iter().filter(|_| !is_whole)));
        }
    }
    readings
}

/// Whether a document has the same segments, of the same speakers, where its text is read as it comes back.
pub(super) fn is_cut_the_same(study: &Study, document: usize, read: &Ingested) -> bool {
    if matches!(read.format, Format::Text | Format::Markdown) {
        return true;
    }
    let unit = study.project.segments().unit(study.material.attribute(document, TYPE));
    let text = read.extracted.text.clone().into_bytes();
    let again = ingest::read_bytes(text, Some(Format::Text), &Limits::default(), &SurveyColumns::default());
    let path = &study.corpus.documents()[document].path;
    let is_listed = |label: &str| study.project.speakers().lists(path, label);
    again.is_ok_and(|again| cut(&read.extracted, unit, &is_listed) == cut(&again.extracted, unit, &is_listed))
}

/// Where segments stand, what they are, and whose.
fn cut(
    extracted: &ingest::Extracted,
    unit: SegmentUnit,
    is_listed: &dyn Fn(&str) -> bool,
) -> Vec<(usize, usize, bool, Option<String>)> {
    let of = |segment: Segment| {
        let is_heading = segment.kind == SegmentKind::Heading;
        (segment.span.start(), segment.span.end(), is_heading, segment.speaker)
    };
    segment::split(extracted, unit, is_listed).segments.into_iter().map(of).collect()
}

/// What is not in the file.
pub(super) fn left_behind(
    study: &Study,
    request: &Request,
    codebook: &Codebook,
    had: &Had,
    of_documents: &Left,
) -> Vec<Diagnostic> {
    let warning =
        |message: String| Diagnostic::warning("export/not-carried-over", format!("not carried over: {message}"));
    let few_of = |paths: &[String]| few(&paths.iter().map(String::as_str).collect::<Vec<_>>());
    let mut left = Vec::new();
    let n = codebook.codes.iter().filter(|code| !code.patterns.is_empty() || !code.not.is_empty()).count();
    if n > 0 {
        let message = format!("the patterns of {}", counted(n, "code", "codes"));
        left.push(
            warning(message)
                .hint("they are in the codebook, and `codebook export --qdc` writes them into the descriptions"),
        );
    }
    let lines = [(Action::Reject, "rejection", "rejections"), (Action::Note, "note", "notes")];
    for (action, one, several) in lines {
        let n = study.decisions.n_lines(action);
        if n > 0 {
            left.push(warning(format!("{} in `decisions/`", counted(n, one, several))));
        }
    }
    let is_told = |decision: &Decision| decision.stance.is_some() && !interchange::is_rules(&decision.coder);
    let n = study.decisions.opinions().filter(|opinion| is_told(opinion.decision)).count();
    if n > 0 {
        left.push(warning(format!("the stance of {} in `decisions/`", counted(n, "coding", "codings"))));
    }
    let dimensions = [(study.project.case(), CASE, "case", "cases"), (study.project.phase(), PHASE, "phase", "phases")];
    let without = dimensions.map(|(dimension, name, one, several)| (had.n_without(dimension, name), one, several));
    let without: Vec<String> =
        without.into_iter().filter(|(n, ..)| *n > 0).map(|(n, one, several)| counted(n, one, several)).collect();
    // What `--where` leaves out is told by itself.
    if !without.is_empty() && request.filter.is_none() {
        left.push(warning(format!("{} without documents", without.join(" and "))));
    }
    let Left { otherwise, readings, too_long, project } = of_documents;
    if !otherwise.is_empty() {
        let one = otherwise.len() == 1;
        let otherwise: Vec<String> = otherwise.iter().cloned().collect();
        left.push(warning(format!(
            "which paragraphs of {} are headings, answers or speech; read as plain text, {} differently: {}",
            counted(otherwise.len(), "document", "documents"),
            if one { "it is counted" } else { "they are counted" },
            few_of(&otherwise)
        )));
    }
    if !readings.is_empty() {
        let documents = counted(readings.len(), "document", "documents");
        let paths = few_of(readings);
        left.push(warning(format!(
            "which segments of {documents} were read, since plain text is segmented differently: {paths}"
        )));
    }
    if !too_long.is_empty() {
        let documents = counted(too_long.len(), "document", "documents");
        let paths = few_of(too_long);
        left.push(warning(format!(
            "who speaks in {documents} and who has read what (too long for a description): {paths}"
        )));
    }
    if *project {
        left.push(warning(
            "aliases of cases and phases, and the segmentation rules (too long for a description)".to_owned(),
        ));
    }
    if request.filter.is_some() || request.unique {
        left.push(warning("the selection made by `--where` or `--unique`: texts are exported whole".to_owned()));
    }
    left
}

/// Where what others have no place for stands.
pub(super) fn told(exchange: &Exchange) -> Option<Diagnostic> {
    let has_own = exchange.sources.iter().any(|source| source.own != OwnSource::default());
    (has_own || exchange.own != OwnProject::default()).then(|| {
        let message = "segmentation, speakers and who has read what are stored in descriptions, which other programs \
                       show as memos; `temakart import` uses them to restore the same counts";
        Diagnostic::note("export/descriptions", message)
    })
}
