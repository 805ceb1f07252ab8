//! What `check` asks of a codebook and of decisions.

use std::path::{Path, PathBuf};

use super::codebook_file::CodebookFile;
use super::{Request, Study};
use crate::codebook::Codebook;
use crate::coding::{self, ShutOut};
use crate::decisions;
use crate::diag::{Diagnostic, Place, shortened};
use crate::index;

/// Everything that is wrong or odd with a codebook.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CheckedCodebook {
    /// What is wrong or odd with the file.
    pub problems: Vec<Diagnostic>,
    /// Its own examples that are not coded as it says: a check that failed, not input that is bad.
    pub failed_examples: Vec<Diagnostic>,
}

impl CheckedCodebook {
    /// All messages, examples last.
    pub fn all(&self) -> impl Iterator<Item = &Diagnostic> {
        self.problems.iter().chain(&self.failed_examples)
    }
}

/// Everything that is wrong or odd with the study's codebook, its examples included.
#[must_use]
pub fn check_codebook(study: &Study) -> CheckedCodebook {
    let mut found = checked(&study.codebook);
    if let Ok((codebook, _)) = study.codebook.read() {
        let codes: Vec<usize> = (0..codebook.codes.len()).collect();
        found.problems.extend(idle_forms(study, codebook, &codes).unwrap_or_else(|error| vec![error]));
    }
    found
}

/// Notes about the forms in `forms_not` of the codes at the indices `codes` that change nothing.
///
/// # Errors
/// When the index cannot be read.
pub fn idle_forms(study: &Study, codebook: &Codebook, codes: &[usize]) -> Result<Vec<Diagnostic>, Diagnostic> {
    let open = study.material.rows_to_code();
    let all = coding::shut_out(&study.corpus, codebook, codes, &open).map_err(index::unreadable)?;
    let note = |own: ShutOut| {
        let code = &codebook.codes[own.code];
        let (why, hint) = if own.count == 0 {
            let hint = "check the spelling: `forms_not` takes single forms, as `temakart codebook forms` shows them";
            ("which does not occur in the material", hint)
        } else if own.patterns.is_empty() {
            ("which none of its patterns would count", "remove it from `forms_not`, or check the code's patterns")
        } else {
            return None;
        };
        let message = format!("code `{}` shuts out the form `{}`, {why}", shortened(&code.id), shortened(&own.form));
        let place = Place::file(study.project.codebook());
        Some(Diagnostic::note("codebook/idle-form", message).at(place).hint(hint))
    };
    Ok(all.into_iter().filter_map(note).collect())
}

/// Everything that is wrong or odd with the codebook at `path`, where the project itself could not be opened.
#[must_use]
pub fn check_codebook_alone(path: &Path) -> CheckedCodebook {
    checked(&CodebookFile::new(path))
}

fn checked(codebook: &CodebookFile) -> CheckedCodebook {
    let (codebook, warnings) = match codebook.read() {
        Ok(read) => read,
        Err(problems) => return CheckedCodebook { problems, failed_examples: Vec::new() },
    };
    let mut problems = warnings.to_vec();
    let failed_examples = coding::check_examples(codebook).unwrap_or_else(|error| {
        problems.push(Diagnostic::error("index/unreadable", format!("cannot index the examples: {error}")));
        Vec::new()
    });
    CheckedCodebook { problems, failed_examples }
}

/// What is wrong with the lines of decisions, where the project itself could not be opened to find their places.
#[must_use]
pub fn check_decisions(request: &Request) -> Vec<Diagnostic> {
    let mut damage = match decisions::read(&request.folder) {
        Ok(decisions) => decisions.damage,
        Err(errors) => return errors,
    };
    for place in damage.iter_mut().flat_map(|damage| &mut damage.places) {
        place.path = request.folder.join(&place.path);
    }
    damage
}

/// Where the codebook is when the project itself could not be opened.
#[must_use]
pub fn likely_codebook(request: &Request) -> PathBuf {
    request.codebook.clone().unwrap_or_else(|| request.folder.join("codebook.toml"))
}
