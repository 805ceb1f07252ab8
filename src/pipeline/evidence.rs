//! Claims put to an opened study.

use super::Study;
use crate::codebook::Codebook;
use crate::coding::Codings;
use crate::diag::Diagnostic;
use crate::search::{Claim, ClaimEvidence, Evidence, named_values};

/// What the material says to each of `claims`, at most `limit` passages each.
///
/// # Errors
/// When the index cannot be read.
pub fn evidence(
    study: &Study,
    codebook: &Codebook,
    codings: &Codings,
    claims: &[Claim],
    limit: usize,
) -> Result<Vec<ClaimEvidence>, Vec<Diagnostic>> {
    let cases = named_values(study.project.case(), &study.cases);
    let phases = named_values(study.project.phase(), &study.phases.values);
    let evidence = Evidence::new(&study.corpus, &study.material, codebook, codings, cases, phases);
    evidence.answer(claims, limit).map_err(super::unreadable_index)
}
