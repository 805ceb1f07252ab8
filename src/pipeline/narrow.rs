//! A filter that asks what was coded: the material is coded whole, by the rules and decisions of the run, and then
//! narrowed to the segments that fit.

use super::{Request, Study, decided, mentions};
use crate::codebook::pattern::Pattern;
use crate::diag::Diagnostic;
use crate::search::Searcher;

/// The study of the segments that `filter` lets pass.
///
/// # Errors
/// What is wrong with the filter, the codebook, or the index.
pub(super) fn narrowed(mut study: Study, request: &Request, filter: &Pattern) -> Result<Study, Vec<Diagnostic>> {
    let (codebook, _) = study.codebook().map_err(|mut errors| {
        if let (false, Some(error)) = (study.project.codebook().exists(), errors.first_mut()) {
            error.hints.insert(0, "`code:` and `stance:` in `--where` need the codebook".to_owned());
        }
        errors
    })?;
    let mentions = mentions(&study, codebook)?;
    let kept = Searcher::new(&study.corpus, &study.material, codebook, &mentions).segments(filter)?;
    study.material.narrow(&study.corpus, filter, &kept);
    // What is said of decisions is said of those in the material.
    study.decisions = decided::placed(request, &study.codebook, &study.corpus, &study.material)?;
    Ok(study)
}
