//! The mentions of a codebook's codes, as two codebooks are compared by them.

use super::collected::collected;
use super::{Study, codings_with};
use crate::codebook::Codebook;
use crate::coding::Coding;
use crate::diag::Diagnostic;
use crate::diff::FoundMention;
use crate::project::{CASE, PHASE};
use crate::report::RULE;

/// Every mention with its words and its stance, by document and place.
///
/// # Errors
/// When the index cannot be read.
pub fn found(study: &Study, codebook: &Codebook) -> Result<Vec<FoundMention>, Vec<Diagnostic>> {
    let found = |coding: &Coding<'_>, codebook: &Codebook| {
        let code = &codebook.codes[coding.code];
        let value = |name: &str| study.material.value(&study.corpus, coding.row, name).map(str::to_owned);
        FoundMention {
            code: code.id.clone(),
            document: study.corpus.documents()[coding.document].path.clone(),
            segment: coding.segment,
            start: coding.start,
            end: coding.end,
            line: coding.line,
            quote: coding.quote.to_owned(),
            pattern: code.source_of(coding.mention.pattern).to_owned(),
            grade: coding.mention.grade.name().to_owned(),
            stance: coding.stance.name().to_owned(),
            coder: coding.coder().0.unwrap_or(RULE).to_owned(),
            case: value(CASE),
            phase: value(PHASE),
        }
    };
    let run = |format: &super::FormatCoding<'_>| codings_with(study, codebook, format, &mut std::io::sink());
    let (_, found) = collected(&found, run)?;
    Ok(found)
}
