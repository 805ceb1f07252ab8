//! The decisions of a run: read, narrowed to those who are asked for, and on their words.

use super::codebook_file::CodebookFile;
use super::{Request, unreadable_index};
use crate::decisions::{self, Decisions, PlacedDecisions, Whose};
use crate::diag::Diagnostic;
use crate::index::Corpus;
use crate::material::Material;

/// The decisions that the run is to apply, on their words.
pub(super) fn placed(
    request: &Request,
    codebook: &CodebookFile,
    corpus: &Corpus,
    material: &Material,
) -> Result<PlacedDecisions, Vec<Diagnostic>> {
    if request.decisions == Whose::None {
        return Ok(PlacedDecisions::default());
    }
    let mut decisions = decisions::read(&request.folder)?;
    decisions.keep(&request.decisions)?;
    if decisions == Decisions::default() {
        return Ok(PlacedDecisions::default());
    }
    // A codebook that cannot be read is told of by whoever needs it.
    let codebook = codebook.read().ok().map(|(codebook, _)| codebook);
    decisions::place(decisions, corpus, material, codebook).map_err(unreadable_index)
}

/// What is said of decisions that follow their words.
pub(super) fn moved(decisions: &PlacedDecisions) -> Option<Diagnostic> {
    let n = decisions.n_moved;
    let were = if n == 1 { "decision was" } else { "decisions were" };
    let message = format!("{n} {were} found again at another place, since documents have changed");
    (n > 0).then(|| Diagnostic::note("decisions/moved", message))
}
