//! Claims put to an opened study.

use std::collections::BTreeMap;

use super::Study;
use crate::codebook::Codebook;
use crate::coding::Mentions;
use crate::diag::{Diagnostic, few};
use crate::search::{Claim, ClaimEvidence, Evidence, named_values};

/// What the material says to each of `claims`, at most `limit` passages each.
///
/// # Errors
/// When the index cannot be read.
pub fn evidence(
    study: &Study,
    codebook: &Codebook,
    mentions: &Mentions,
    claims: &[Claim],
    limit: usize,
) -> Result<Vec<ClaimEvidence>, Vec<Diagnostic>> {
    let cases = named_values(study.project.case(), &study.cases);
    let phases = named_values(study.project.phase(), &study.phases.values);
    let evidence = Evidence::new(&study.corpus, &study.material, codebook, mentions, cases, phases);
    evidence.answer(claims, limit).map_err(super::unreadable_index)
}

/// A warning for ids that several claims have: what is written of one cannot be told from what is written of the other.
#[must_use]
pub fn repeated_ids(claims: &[Claim]) -> Option<Diagnostic> {
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    claims.iter().for_each(|claim| *times.entry(&claim.id).or_default() += 1);
    let repeated: Vec<String> = times.iter().filter(|(_, n)| **n > 1).map(|(id, _)| (*id).to_owned()).collect();
    (!repeated.is_empty()).then(|| {
        let message = format!("several claims have the same id: {}", few(&repeated));
        Diagnostic::warning("evidence/repeated-id", message)
    })
}
