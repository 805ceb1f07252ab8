//! Documents for the index: what tells that one has changed, and how it is read and cut.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Serialize;

use super::unread_labels::unread_labels;
use crate::diag::few;
use crate::disk::Sha256;
use crate::index::{self, Reading, Stamped};
use crate::ingest::{self, Format, IngestError, Limits, Notice, Properties};
use crate::project::{self, Project, Segments, Source, Speakers};
use crate::segment::{self, DoubtfulLabels, SegmentUnit};

/// How a document is cut, and in which language it is where that is given: as its attributes say, without those that
/// its format keeps.
fn given(project: &Project, source: &Source, front_matter: &BTreeMap<String, String>) -> (SegmentUnit, Option<String>) {
    let own = Properties { front_matter: front_matter.clone(), ..Properties::default() };
    let mut said = project.attributes(&source.path, &own).values;
    (project.segments().unit(said.get(project::TYPE).map(String::as_str)), said.remove(project::LANGUAGE))
}

/// Files changed so short a time ago may change again without a new time.
const RECENT: std::time::Duration = std::time::Duration::from_secs(2);

pub(super) fn stamp<'s>(settings: &Settings<'_>, source: &'s Source, now: std::time::SystemTime) -> Stamped<'s> {
    let since = now.duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    let recent = i64::try_from(since.saturating_sub(RECENT).as_nanos()).unwrap_or(i64::MAX);
    let stamp = source.stamp;
    let modified = stamp.modified.to_le_bytes();
    let (device, number) = stamp.identity;
    let facts = [stamp.size.to_le_bytes(), modified, device.to_le_bytes(), number.to_le_bytes()];
    // Formats that must be unpacked and parsed take about ten times as long as plain text.
    let is_plain = matches!(Format::of_path(Path::new(&source.path)), Some(Format::Text | Format::Markdown));
    Stamped {
        path: &source.path,
        stamp: index::stamp_of(facts.as_flattened()),
        settings: settings.stamp(source),
        recent: stamp.modified >= recent,
        weight: if is_plain { stamp.size } else { stamp.size.saturating_mul(10) },
    }
}

/// What of the project decides about a document's segments and language, as a short number.
pub(super) struct Settings<'p> {
    segments: &'p Segments,
    speakers: &'p Speakers,
    of_all: u64,
    of_silent: u64,
}

impl<'p> Settings<'p> {
    pub(super) fn of(project: &'p Project) -> Self {
        let rules = (ingest::RULES_VERSION, segment::RULES_VERSION);
        let of_all = stamp_of(&(rules, project.segments(), project.survey()));
        Self { segments: project.segments(), speakers: project.speakers(), of_silent: stamp_of(&of_all), of_all }
    }

    /// Manifest and path stand apart here, since what the document says of itself comes between them.
    fn stamp(&self, source: &Source) -> u64 {
        let said = [&source.manifest, &*source.from_path];
        let units = said.map(|said| said.get(project::TYPE).map(|kind| self.segments.unit(Some(kind))));
        let languages = said.map(|said| said.get(project::LANGUAGE));
        let listed: Vec<&str> = self.speakers.listed_in(&source.path).collect();
        if units == [None, None] && languages == [None, None] && listed.is_empty() {
            return self.of_silent;
        }
        stamp_of(&(self.of_all, units, languages, listed))
    }
}

fn stamp_of(facts: &impl Serialize) -> u64 {
    index::stamp_of(&serde_json::to_vec(facts).expect("these are texts, numbers and lists"))
}

pub(super) fn hash_document(source: &Source) -> Option<Sha256> {
    ingest::sha256_of(&source.location.path(), &Limits::default())
}

pub(super) fn read_document(project: &Project, source: &Source) -> Reading {
    match ingest::read_with(&source.location.path(), &Limits::default(), project.survey()) {
        Err(error) => Reading {
            sha256: if error.is_passing() { None } else { hash_document(source) },
            format: Format::of_path(&source.location.path()),
            failure: Some(Notice::new(error.id(), without_machine(error, source).to_string())),
            ..Reading::default()
        },
        Ok(ingested) => {
            let extracted = ingested.extracted;
            let (unit, language) = given(project, source, &extracted.properties.front_matter);
            let split = segment::split(&extracted, unit, &|label| project.speakers().lists(&source.path, label));
            let mut problems = extracted.notices;
            problems.extend(split.doubtful.as_ref().map(doubtful_speakers));
            problems.extend(unread_labels(&split.segments, &extracted.text));
            // A reader that found nothing may have said so: that is why there is nothing, and no problem beside it.
            problems.retain(|problem| *problem != Notice::no_text());
            let failure = split.segments.is_empty().then(|| without_text(&mut problems));
            Reading {
                sha256: Some(ingested.sha256),
                format: Some(ingested.format),
                encoding: extracted.encoding,
                language,
                properties: extracted.properties,
                problems,
                failure,
                segments: split.segments,
                text: extracted.text,
            }
        }
    }
}

/// The error by what the document is called in the project: records of runs name no folder of the machine.
fn without_machine(error: IngestError, source: &Source) -> IngestError {
    match error {
        IngestError::Io { reason, .. } => IngestError::Io { path: source.path.clone(), reason },
        error => error,
    }
}

/// Why a document without text has none: that no column of a sheet holds answers is the reason, and no problem beside it.
fn without_text(problems: &mut Vec<Notice>) -> Notice {
    let reason = problems.extract_if(.., |problem| problem.id == "ingest/no-answers").next();
    problems.retain(|problem| problem.id != "ingest/no-answers");
    let no_text = Notice::no_text();
    match reason {
        Some(reason) => Notice { message: format!("{}: {}", no_text.message, reason.message), ..no_text },
        None => no_text,
    }
}

/// What is said of a text that might be a transcript.
fn doubtful_speakers(labels: &DoubtfulLabels) -> Notice {
    let such = if labels.usual.is_empty() { String::new() } else { format!(" such as {}", few(&labels.usual)) };
    let message = format!(
        "{} labels{such} look like speakers' but do not recur in enough paragraphs to be read as such; if they are \
         speakers, declare the document's type in temakart.toml: `[segments.types]` with `intervju = \"turn\"`",
        labels.n
    );
    Notice::new("segment/no-transcript", message)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is read of a project's one document, whose file holds `bytes`.
    fn reading_of(name: &str, bytes: &[u8]) -> Reading {
        let folder = tempfile::tempdir().expect("a folder for the test");
        let path = folder.path().join("A/start").join(name);
        std::fs::create_dir_all(folder.path().join("A/start")).expect("a folder for the test");
        std::fs::write(path, bytes).expect("a file for the test");
        let project = project::open(folder.path(), None, ingest::is_readable).expect("a plain folder is a project");
        read_document(&project, &project.sources()[0])
    }

    #[test]
    fn why_nothing_was_read_is_told_apart_from_what_else_is_to_be_known() {
        let reading = reading_of("tom.docx", b"  \n");
        assert_eq!(reading.failure.expect("there is no text in it").id, "ingest/empty");
        assert_eq!(reading.problems.iter().map(|problem| &problem.id).collect::<Vec<_>>(), ["ingest/named-otherwise"]);
    }

    #[test]
    fn a_sheet_without_answers_is_told_of_once() {
        let reading = reading_of("svar.csv", b"nr;kommune\n1;Vang\n2;Lom\n");
        assert_eq!(reading.problems, []);
        let failure = reading.failure.expect("there is no text in it");
        assert_eq!(failure.id, "ingest/empty");
        assert!(failure.message.starts_with("it contains no text: no column was recognised"), "{}", failure.message);
    }

    #[test]
    fn only_what_may_be_read_another_time_has_no_hash() {
        let reading = reading_of("brutt.pdf", b"%PDF-1.7 and no more");
        assert!(reading.failure.is_some());
        assert_eq!(reading.sha256, Some(Sha256::of(b"%PDF-1.7 and no more")));
        let folder = tempfile::tempdir().expect("a folder for the test");
        std::fs::create_dir_all(folder.path().join("A/start")).expect("a folder for the test");
        let path = folder.path().join("A/start/x.txt");
        std::fs::write(&path, "Vi har hatt kurs.").expect("a file for the test");
        let project = project::open(folder.path(), None, ingest::is_readable).expect("a plain folder is a project");
        std::fs::remove_file(path).expect("it is there");
        let reading = read_document(&project, &project.sources()[0]);
        assert_eq!(reading.failure.expect("it is gone").id, "ingest/io");
        assert_eq!(reading.sha256, None);
    }
}
