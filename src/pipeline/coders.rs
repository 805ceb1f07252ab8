//! What single coders and the rules alone stand for, to be set against each other.

use super::{Study, unquoted, unreadable_index};
use crate::codebook::Codebook;
use crate::coding::{self, Codings, Mentions};
use crate::decisions::unknown_coder;
use crate::diag::Diagnostic;

/// The codings of one coder, or of the rules.
#[derive(Debug)]
pub struct CoderCodings {
    /// Every mention, with its stance.
    pub codings: Codings,
    /// By row: whether it was read, so that "no code" is an answer.
    pub has_read: Vec<bool>,
}

impl CoderCodings {
    /// Marks every document in which the coder coded or read anything as read in full.
    #[must_use]
    pub fn with_whole_documents(mut self, study: &Study) -> Self {
        let mentions = self.codings.mentions().all();
        mentions.for_each(|mention| self.has_read[mention.row as usize] = true);
        for document in 0..study.corpus.documents().len() {
            let rows = study.corpus.rows_of(document);
            if self.has_read[rows.clone()].contains(&true) {
                self.has_read[rows].fill(true);
            }
        }
        self
    }
}

/// What `coder` stands for by the decisions of the run.
///
/// # Errors
/// When this coder has decided nothing, or the index cannot be read.
pub fn codings_of(study: &Study, codebook: &Codebook, coder: &str) -> Result<CoderCodings, Vec<Diagnostic>> {
    let found = study.decisions.of_coder(coder, codebook, &study.corpus, &study.material.rows_to_code());
    let (mentions, has_read) = found.ok_or_else(|| {
        let coders: Vec<&str> = study.decisions.coders().iter().map(String::as_str).collect();
        vec![unknown_coder(coder, &coders)]
    })?;
    with_stances(study, codebook, mentions, has_read)
}

/// What the rules of the codebook find, whatever people decided.
///
/// # Errors
/// When the index cannot be read.
pub fn codings_of_rules(study: &Study, codebook: &Codebook) -> Result<CoderCodings, Vec<Diagnostic>> {
    let which: Vec<usize> = (0..codebook.codes.len()).collect();
    let found =
        coding::apply(&study.corpus, codebook, &which, &study.material.rows_to_code()).map_err(unreadable_index)?;
    with_stances(study, codebook, found, vec![true; study.corpus.rows().len()])
}

/// What the results hold: the rules with the decisions of the run.
///
/// # Errors
/// When the index cannot be read.
pub fn codings_of_results(study: &Study, codebook: &Codebook) -> Result<CoderCodings, Vec<Diagnostic>> {
    let found = super::mentions(study, codebook)?;
    with_stances(study, codebook, found, vec![true; study.corpus.rows().len()])
}

fn with_stances(
    study: &Study,
    codebook: &Codebook,
    mentions: Mentions,
    has_read: Vec<bool>,
) -> Result<CoderCodings, Vec<Diagnostic>> {
    let quoted = coding::quote(&study.corpus, codebook, mentions, &|_, _| {}, &mut std::io::sink());
    let (codings, _) = quoted.map_err(unquoted)?;
    Ok(CoderCodings { codings, has_read })
}
