//! Where a passage stands, as the project wants it cited.

use serde::Serialize;

use super::codings::time_code;
use super::wording::{Lang, Term};
use crate::index::Corpus;
use crate::ingest::Format;
use crate::material::Material;
use crate::project::{CASE, CitationField, PHASE, Project, ROLE, TYPE, name_of};
use crate::segment::SegmentUnit;

/// A place in the material.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cited {
    pub(super) document: usize,
    pub(super) row: usize,
    pub(super) line: u32,
    pub(super) page: Option<u32>,
    pub(super) time: Option<u64>,
}

/// How a reader finds a segment of a document that has no pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spot {
    /// By the line, in files that are text.
    Line(u32),
    /// By counting the document's segments, in files whose lines nobody sees.
    Segment(SegmentUnit, u32),
}

impl Spot {
    /// Where the segment of a row stands, with the line that its quote is on.
    #[must_use]
    pub fn of(project: &Project, corpus: &Corpus, material: &Material, row: usize, line: u32) -> Self {
        let document = corpus.rows().document(row);
        let format = document.and_then(|document| corpus.documents()[document].outcome.format);
        match format {
            Some(
                Format::Docx
                | Format::Doc
                | Format::Odt
                | Format::Rtf
                | Format::Pdf
                | Format::Html
                | Format::Epub
                | Format::Json
                | Format::Xlsx
                | Format::Xls
                | Format::Ods,
            ) => {
                let kind = document.and_then(|document| material.attribute(document, TYPE));
                Self::Segment(project.segments().unit(kind), corpus.rows().number(row))
            }
            Some(Format::Text | Format::Markdown | Format::Vtt | Format::Srt | Format::Csv) | None => Self::Line(line),
        }
    }

    /// What it counts: `linje`, `avsnitt`.
    pub(super) fn term(self) -> Term {
        match self {
            Self::Line(_) => Term::Line,
            Self::Segment(SegmentUnit::Paragraph, _) => Term::Paragraph,
            Self::Segment(SegmentUnit::Turn, _) => Term::Turn,
            Self::Segment(SegmentUnit::Sentence, _) => Term::Sentence,
        }
    }

    /// `linje 12`, `avsnitt 3`.
    pub(super) fn written(self, lang: Lang) -> String {
        let (Self::Line(number) | Self::Segment(_, number)) = self;
        format!("{}\u{a0}{number}", lang.term(self.term()))
    }
}

/// Who answers which question, and where that stands in a survey's sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// The sheet, where its file has several; empty else.
    pub sheet: String,
    /// The row, as programs number it.
    pub row: u32,
    /// Who answers, where a column tells.
    pub respondent: Option<String>,
    /// What is asked.
    pub question: Option<String>,
}

/// A question of more characters is cut where it only names an answer.
const MAX_QUESTION_LENGTH: usize = 80;

impl Answered {
    /// What is known of the segment of this row; `None` for what is no answer in a sheet.
    #[must_use]
    pub fn of(corpus: &Corpus, material: &Material, row: usize) -> Option<Self> {
        let rows = corpus.rows();
        let document = &corpus.documents()[rows.document(row)?];
        let respondent = document.outcome.properties.respondents.get(rows.respondent(row)? as usize)?;
        Some(Self {
            sheet: respondent.sheet.clone(),
            row: respondent.row,
            respondent: material.respondent(corpus, row).map(str::to_owned),
            question: rows.question(row).map(|label| corpus.label(label).to_owned()),
        })
    }

    /// The row, with its sheet where the file has several.
    pub(super) fn place(&self, lang: Lang) -> String {
        let sheet = if self.sheet.is_empty() { String::new() } else { format!("{}, ", self.sheet) };
        format!("{sheet}{}\u{a0}{}", lang.term(Term::SheetRow), self.row)
    }

    /// The question on one line, cut where it is long.
    pub(super) fn question(&self) -> Option<String> {
        let question = self.question.as_ref()?.split_whitespace().collect::<Vec<_>>().join(" ");
        Some(match question.char_indices().nth(MAX_QUESTION_LENGTH) {
            Some((end, _)) => format!("{}…", &question[..end]),
            None => question,
        })
    }
}

/// What programs are told of an answer.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct AnswerRow {
    informant: Option<String>,
    question: Option<String>,
    row: Option<u32>,
}

impl From<Answered> for AnswerRow {
    fn from(answered: Answered) -> Self {
        Self { informant: answered.respondent, question: answered.question, row: Some(answered.row) }
    }
}

impl AnswerRow {
    /// The columns of tables.
    pub(super) const NAMES: [&str; 3] = ["informant", "question", "row"];

    /// Whether the material has answers in sheets, so that tables have columns for them.
    pub(super) fn are_in(corpus: &Corpus) -> bool {
        corpus.documents().iter().any(|document| !document.outcome.properties.respondents.is_empty())
    }

    pub(super) fn cells(self) -> [String; 3] {
        let row = self.row.map(|row| row.to_string());
        [self.informant, self.question, row].map(Option::unwrap_or_default)
    }
}

/// Its citation in the project's form, in a language.
pub(super) fn citation(lang: Lang, project: &Project, corpus: &Corpus, material: &Material, cited: Cited) -> String {
    let path = corpus.documents()[cited.document].path.as_str();
    let answered = Answered::of(corpus, material, cited.row);
    let answered = answered.as_ref();
    let attribute = |name: &str| material.value(corpus, cited.row, name).filter(|value| !value.is_empty());
    let value = |field: CitationField| match field {
        CitationField::Document => Some(path.to_owned()),
        CitationField::Name => Some(name_of(path).to_owned()),
        CitationField::Case => attribute(CASE).map(|id| project.case().label_of(id).to_owned()),
        CitationField::Phase => attribute(PHASE).map(|id| project.phase().label_of(id).to_owned()),
        // A row without a respondent is one that speaks by its number, which the place tells.
        CitationField::Speaker if answered.is_some() => None,
        CitationField::Speaker => speaker(project, corpus, material, cited),
        CitationField::Role => attribute(ROLE).map(str::to_owned),
        CitationField::Place => Some(match (cited.page, answered) {
            (Some(page), _) => format!("{} {page}", lang.term(Term::Page)),
            (None, Some(answered)) => answered.place(lang).replace('\u{a0}', " "),
            (None, None) => {
                let spot = Spot::of(project, corpus, material, cited.row, cited.line);
                spot.written(lang).replace('\u{a0}', " ")
            }
        }),
        CitationField::Page => cited.page.map(|page| page.to_string()),
        CitationField::Line => Some(cited.line.to_string()),
        // Without thousandths: no one looks a quote up by those.
        CitationField::Time => cited.time.map(|time| time_code(time).split('.').next().unwrap_or_default().to_owned()),
        CitationField::Segment => Some(corpus.rows().number(cited.row).to_string()),
        CitationField::Respondent => {
            let name = answered.and_then(|answered| answered.respondent.as_deref());
            name.map(|name| lang.respondent(name).replace('\u{a0}', " "))
        }
        CitationField::Question => answered.and_then(Answered::question),
        CitationField::Row => answered.map(|answered| answered.row.to_string()),
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
