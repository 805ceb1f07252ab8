//! A filter that asks what was coded: the material is coded whole, by the rules and decisions of the run, and then
//! narrowed to the segments that fit.

use super::{Request, Study, decided, mentions};
use crate::codebook::pattern::Pattern;
use crate::coding::Pool;
use crate::diag::Diagnostic;
use crate::search::Searcher;

/// The study of the segments that `filter` lets pass.
///
/// # Errors
/// What is wrong with the filter, the codebook, or the index.
pub(super) fn narrowed(mut study: Study, request: &Request, filter: &Pattern) -> Result<Study, Vec<Diagnostic>> {
    let (codebook, _) = study.codebook().map_err(|mut errors| {
        if let (false, Some(error)) = (study.project.codebook().exists(), errors.first_mut()) {
            error.hints.insert(0, "`code:` and `stance:` in `--where` go by the codebook".to_owned());
        }
        errors
    })?;
    let codings = mentions(&study, codebook)?;
    let pool = Pool::of(codebook, &codings);
    let (corpus, material) = (&study.corpus, &study.material);
    let searcher = Searcher { corpus, material, codebook, codings: &codings, pool: &pool };
    let kept = searcher.segments(filter)?;
    study.material.narrow(&study.corpus, filter, &kept);
    // What is said of decisions is said of those in the material.
    study.decisions = decided::placed(request, &study.codebook, &study.corpus, &study.material)?;
    Ok(study)
}
