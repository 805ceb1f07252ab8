//! Warnings about decisions that are not applied, or that contradict each other.

use std::collections::BTreeMap;

use super::locate::Lost;
use super::place::{PlacedDecisions, Vote};
use super::read::{DecisionFile, Entry};
use crate::diag::{MAX_NAMED, Warning, and_more, shortened};
use crate::index::Corpus;
use crate::material::{Material, RowState};

/// The kind of problem with a line, in the order of the ids.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    InContext,
    Lost,
    /// It is unclear which of several codes at the place was recoded.
    UnclearRecode,
    UnknownCode,
}

impl Kind {
    fn id(self) -> &'static str {
        match self {
            Self::InContext => "decisions/in-context",
            Self::Lost => "decisions/lost",
            Self::UnclearRecode => "decisions/unclear-recode",
            Self::UnknownCode => "decisions/unknown-code",
        }
    }
}

/// Lines by file, kind of problem and document.
#[derive(Default)]
pub(super) struct Lines {
    lines: BTreeMap<(String, Kind, String, String), Vec<u32>>,
}

impl Lines {
    pub(super) fn lost(&mut self, why: Lost, file: &DecisionFile, entry: &Entry) {
        let why = match why {
            Lost::NoDocument => "there is no such document",
            Lost::Unread => "the document could not be read",
            Lost::Gone => "its quote was not found",
            Lost::Elsewhere => "its quote was found only in other surroundings",
            Lost::Ambiguous => "its quote was found in several places",
            Lost::NoWords => "there is no word at its place",
        };
        self.add(Kind::Lost, why, file, entry);
    }

    pub(super) fn unknown_code(&mut self, file: &DecisionFile, entry: &Entry, why: &str) {
        self.add(Kind::UnknownCode, why, file, entry);
    }

    pub(super) fn in_context(&mut self, file: &DecisionFile, entry: &Entry) {
        let why = "headings and the words of excluded speakers are never coded";
        self.add(Kind::InContext, why, file, entry);
    }

    pub(super) fn unclear(&mut self, codes: &[&str], file: &DecisionFile, entry: &Entry) {
        let codes: Vec<String> = codes.iter().map(|code| format!("`{}`", shortened(code))).collect();
        let why =
            format!("which of {} was recoded: all count besides the new code; name it in `from`", codes.join(", "));
        self.add(Kind::UnclearRecode, &why, file, entry);
    }

    fn add(&mut self, kind: Kind, why: &str, file: &DecisionFile, entry: &Entry) {
        let key = (file.input.path.clone(), kind, entry.decision.document.clone(), why.to_owned());
        self.lines.entry(key).or_default().push(entry.line);
    }

    pub(super) fn problems(self) -> impl Iterator<Item = Warning> {
        self.lines.into_iter().map(|((file, kind, document, why), lines)| {
            let (are, n) = if lines.len() == 1 { ("line", "is") } else { ("lines", "are") };
            let named: Vec<String> = lines.iter().take(MAX_NAMED).map(u32::to_string).collect();
            let named = and_more(named, lines.len());
            let message = match kind {
                Kind::UnclearRecode if lines.len() == 1 => format!("{are} {named} on `{document}` does not tell {why}"),
                Kind::UnclearRecode => format!("{are} {named} on `{document}` do not tell {why}"),
                _ => format!("{are} {named} on `{document}` {n} not applied: {why}"),
            };
            Warning::new(kind.id(), message).about(file)
        })
    }
}

/// Codings that one coder voted for and another against, one message per document.
pub(super) fn conflicts(placed: &PlacedDecisions, corpus: &Corpus, material: &Material) -> Vec<Warning> {
    let mut by_document: BTreeMap<usize, Vec<&Vote>> = BTreeMap::new();
    let mut coders: BTreeMap<usize, Vec<u32>> = BTreeMap::new();
    for in_row in placed.votes.chunk_by(|a, b| (a.code, a.piece.row) == (b.code, b.piece.row)) {
        let row = in_row[0].piece.row as usize;
        let Some(document) = corpus.rows().document(row) else { continue };
        if material.state(row) != RowState::Material {
            continue;
        }
        let others: Vec<&Vote> = in_row.iter().filter(|vote| !vote.is_for).collect();
        if others.is_empty() {
            continue;
        }
        let mut last = None;
        for own in in_row.iter().filter(|vote| vote.is_for) {
            let meets = |other: &&&Vote| other.coder != own.coder && own.piece.from < other.piece.to;
            let before_end = others.iter().take_while(|other| other.piece.from < own.piece.to);
            let against: Vec<u32> = before_end.filter(meets).map(|vote| vote.coder).collect();
            if against.is_empty() {
                continue;
            }
            coders.entry(document).or_default().extend(against.iter().chain([&own.coder]));
            // Two who stand for the same place are contradicted once.
            if last.replace(own.piece) != Some(own.piece) {
                by_document.entry(document).or_default().push(own);
            }
        }
    }
    let message = |(document, mut votes): (usize, Vec<&Vote>)| {
        votes.sort_by_key(|vote| (vote.piece, vote.code));
        let mut names: Vec<String> =
            coders[&document].iter().map(|coder| format!("`{}`", placed.coders[*coder as usize])).collect();
        names.sort();
        names.dedup();
        let named = votes.iter().take(MAX_NAMED).map(|vote| {
            let segment = corpus.rows().number(vote.piece.row as usize);
            format!("segment {segment} `{}`", placed.codes[vote.code as usize])
        });
        let (codings, are) = if votes.len() == 1 { ("coding", "is") } else { ("codings", "are") };
        let text = format!(
            "{} disagree on {} {codings}, which {are} counted: {}",
            names.join(", "),
            votes.len(),
            and_more(named.collect(), votes.len())
        );
        Warning::new("decisions/conflict", text).about(&corpus.documents()[document].path)
    };
    by_document.into_iter().map(message).collect()
}
