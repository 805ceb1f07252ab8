//! What is told of decisions that are not applied, or that others contradict.

use std::collections::BTreeMap;

use super::locate::Lost;
use super::place::{Placed, Vote};
use super::read::{DecisionFile, Entry, Problem};
use crate::diag::shortened;
use crate::index::Corpus;
use crate::material::{Material, RowState};

/// So many lines or codings of one kind are named; the rest is counted.
const MOST_NAMED: usize = 5;
/// The id of what is said of recoded places where several codes stood.
const UNCLEAR: &str = "decisions/unclear-recode";

/// Lines by file, by what is to be said of them, and by document.
#[derive(Default)]
pub(super) struct Lines {
    lines: BTreeMap<(String, &'static str, String, String), Vec<u32>>,
}

impl Lines {
    pub(super) fn lost(&mut self, why: Lost, file: &DecisionFile, entry: &Entry) {
        let why = match why {
            Lost::NoDocument => "there is no such document",
            Lost::Unread => "the document could not be read",
            Lost::Gone => "its words do not stand there",
            Lost::Ambiguous => "the words stand in several places",
            Lost::NoWords => "there is no word at the place",
        };
        self.add("decisions/lost", why, file, entry);
    }

    pub(super) fn unknown_code(&mut self, file: &DecisionFile, entry: &Entry, why: &str) {
        self.add("decisions/unknown-code", why, file, entry);
    }

    pub(super) fn in_context(&mut self, file: &DecisionFile, entry: &Entry) {
        let why = "a heading, or the words of a speaker who is left out, is never coded";
        self.add("decisions/in-context", why, file, entry);
    }

    pub(super) fn unclear(&mut self, codes: &[&str], file: &DecisionFile, entry: &Entry) {
        let codes: Vec<String> = codes.iter().map(|code| format!("`{}`", shortened(code))).collect();
        let why =
            format!("which of {} was recoded: all count beside the new code; `from` says which", codes.join(", "));
        self.add(UNCLEAR, &why, file, entry);
    }

    fn add(&mut self, id: &'static str, why: &str, file: &DecisionFile, entry: &Entry) {
        let key = (file.input.path.clone(), id, entry.decision.document.clone(), why.to_owned());
        self.lines.entry(key).or_default().push(entry.line);
    }

    pub(super) fn problems(self) -> impl Iterator<Item = Problem> {
        self.lines.into_iter().map(|((file, id, document, why), lines)| {
            let (are, n) = if lines.len() == 1 { ("line", "is") } else { ("lines", "are") };
            let named: Vec<String> = lines.iter().take(MOST_NAMED).map(u32::to_string).collect();
            let named = listed(named, lines.len());
            let message = match id {
                UNCLEAR if lines.len() == 1 => format!("{are} {named} on `{document}` does not tell {why}"),
                UNCLEAR => format!("{are} {named} on `{document}` do not tell {why}"),
                _ => format!("{are} {named} on `{document}` {n} not applied: {why}"),
            };
            Problem::new(id, &file, message)
        })
    }
}

/// Codings that one coder stands for and another against, one message a document.
pub(super) fn conflicts(placed: &Placed, corpus: &Corpus, material: &Material) -> Vec<Problem> {
    let mut by_document: BTreeMap<usize, Vec<&Vote>> = BTreeMap::new();
    let mut coders: BTreeMap<usize, Vec<u16>> = BTreeMap::new();
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
            let against: Vec<u16> = before_end.filter(meets).map(|vote| vote.coder).collect();
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
            coders[&document].iter().map(|coder| format!("`{}`", placed.coders[usize::from(*coder)])).collect();
        names.sort();
        names.dedup();
        let named = votes.iter().take(MOST_NAMED).map(|vote| {
            let segment = corpus.rows().number(vote.piece.row as usize);
            format!("segment {segment} `{}`", placed.codes[vote.code as usize])
        });
        let (codings, are) = if votes.len() == 1 { ("coding", "is") } else { ("codings", "are") };
        let text = format!(
            "{} disagree on {} {codings}, which {are} counted: {}",
            names.join(", "),
            votes.len(),
            listed(named.collect(), votes.len())
        );
        Problem::new("decisions/conflict", &corpus.documents()[document].path, text)
    };
    by_document.into_iter().map(message).collect()
}

fn listed(named: Vec<String>, n: usize) -> String {
    let more = n - named.len();
    let list = named.join(", ");
    if more == 0 { list } else { format!("{list} and {more} more") }
}
