//! Speakers that `speakers.csv` lists and that no segment has: whoever was to be left out or renamed is then neither.

use std::collections::BTreeSet;

use crate::diag::{Diagnostic, MAX_NAMED, and_more, did_you_mean, few, shortened};
use crate::index::Corpus;
use crate::project::{Project, comparable_label};

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
    // Only the first few unmatched labels are reported, and suggestions are computed only for these.
    let (mut n, mut silent): (usize, Vec<String>) = (0, Vec::new());
    let all = labels(&mut (0..corpus.documents().len()).flat_map(|document| corpus.rows_of(document)));
    let all: Vec<&str> = all.into_iter().map(|label| corpus.label(label)).collect();
    let pseudonymised = speakers.pseudonymised();
    let may_be_told = |label: &&str| !pseudonymised.contains(comparable_label(label).as_str());
    // The index has them in the order in which its threads met them.
    let told: BTreeSet<&str> = all.iter().copied().filter(may_be_told).collect();
    let mut tell = |label: &str, path: Option<&str>, told: &BTreeSet<&str>| {
        n += 1;
        if n <= MAX_NAMED {
            silent.push(named(label, path, told));
        }
    };
    speakers.without(None, &all).for_each(|label| tell(label, None, &told));
    for (document, record) in
        corpus.documents().iter().enumerate().filter(|(_, record)| record.outcome.failure.is_none())
    {
        if speakers.listed_in(&record.path).next().is_none() {
            continue;
        }
        let own: Vec<&str> = labels(&mut corpus.rows_of(document)).into_iter().map(|l| corpus.label(l)).collect();
        let told: BTreeSet<&str> = own.iter().copied().filter(may_be_told).collect();
        let path = Some(record.path.as_str());
        speakers.without(path, &own).for_each(|label| tell(label, path, &told));
    }
    if n == 0 {
        return None;
    }
    let occurring = if silent.iter().all(|label| label.ends_with(MEANT)) { None } else { occurring(&told) };
    let (speakers, them) = match n {
        1 => ("1 listed speaker was".to_owned(), "this speaker"),
        n => (format!("{n} listed speakers were"), "them"),
    };
    let message = format!(
        "{speakers} not found in any document; excluding or renaming {them} has no effect: {}{}",
        and_more(silent, n),
        occurring.unwrap_or_default()
    );
    Some(Diagnostic::warning("speakers/not-heard", message).hint(
        "labels are read in transcripts only: see `temakart documents`; `by = \"turn\"` declares a text to be a \
         transcript",
    ))
}

/// The end of a label that seems to be misspelt.
const MEANT: &str = "?)";

/// A label that nobody has, and which of `labels` it may be meant for.
fn named(label: &str, path: Option<&str>, labels: &BTreeSet<&str>) -> String {
    let place = path.map_or(String::new(), |path| format!(" in `{path}`"));
    let meant = did_you_mean(label, labels.iter().copied());
    let meant = meant.map_or(String::new(), |near| format!(" (did you mean `{}`{MEANT}", shortened(near)));
    format!("`{}`{place}{meant}", shortened(label))
}

/// The labels that segments do have.
fn occurring(labels: &BTreeSet<&str>) -> Option<String> {
    let told: Vec<String> = labels.iter().map(|label| (*label).to_owned()).collect();
    if told.is_empty() { None } else { Some(format!("; labels in the documents: {}", few(&told))) }
}
