//! Speakers that `speakers.csv` lists and that no segment has: whoever was to be left out or renamed is then neither.

use std::collections::BTreeSet;

use crate::diag::{Diagnostic, MAX_NAMED, and_more, shortened};
use crate::index::Corpus;
use crate::project::Project;

/// One warning that names them, if there are any.
pub(super) fn unheard(project: &Project, corpus: &Corpus) -> Option<Diagnostic> {
    let speakers = project.speakers();
    if speakers.is_empty() {
        return None;
    }
    let rows = corpus.rows();
    let labels = |rows_of: &mut dyn Iterator<Item = usize>| -> BTreeSet<u32> {
        rows_of.filter_map(|row| rows.speaker(row).or_else(|| rows.informant(row))).collect()
    };
    let mut silent: Vec<String> = Vec::new();
    let all = labels(&mut (0..corpus.documents().len()).flat_map(|document| corpus.rows_of(document)));
    let all: Vec<&str> = all.into_iter().map(|label| corpus.label(label)).collect();
    silent.extend(speakers.without(None, &all).map(|label| format!("`{}`", shortened(label))));
    for (document, record) in corpus.documents().iter().enumerate().filter(|(_, record)| record.failure.is_none()) {
        if speakers.listed_in(&record.path).next().is_none() {
            continue;
        }
        let own: Vec<&str> = labels(&mut corpus.rows_of(document)).into_iter().map(|l| corpus.label(l)).collect();
        let missing = speakers.without(Some(&record.path), &own);
        silent.extend(missing.map(|label| format!("`{}` in `{}`", shortened(label), record.path)));
    }
    if silent.is_empty() {
        return None;
    }
    let n = silent.len();
    silent.truncate(MAX_NAMED);
    let (speakers, them) = match n {
        1 => ("1 listed speaker was".to_owned(), "this speaker"),
        n => (format!("{n} listed speakers were"), "them"),
    };
    let message = format!(
        "{speakers} not found in any document; excluding or renaming {them} has no effect: {}",
        and_more(silent, n)
    );
    Some(Diagnostic::warning("speakers/not-heard", message).hint(
        "labels are read in transcripts only: see `temakart documents`; `by = \"turn\"` declares a text to be a \
         transcript",
    ))
}
