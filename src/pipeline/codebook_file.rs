//! The codebook of a run, read once and only where a verb asks for it: what does without it must not fail for it.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use crate::codebook::{self, Codebook};
use crate::diag::Diagnostic;

type Loaded = Result<(Codebook, Vec<Diagnostic>), Vec<Diagnostic>>;

/// The file that a project, or `--codebook`, names.
#[derive(Debug)]
pub(super) struct CodebookFile {
    path: PathBuf,
    loaded: OnceLock<Loaded>,
}

impl CodebookFile {
    pub(super) fn new(path: &Path) -> Self {
        Self { path: path.to_owned(), loaded: OnceLock::new() }
    }

    /// The codebook, and what its reader warned of.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub(super) fn read(&self) -> Result<(&Codebook, &[Diagnostic]), Vec<Diagnostic>> {
        match self.loaded.get_or_init(|| codebook::load(&self.path)) {
            Ok((codebook, warnings)) => Ok((codebook, warnings)),
            Err(errors) => Err(errors.clone()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_knows_one_codebook_whatever_becomes_of_the_file() {
        let folder = tempfile::tempdir().expect("a folder for the test");
        let path = folder.path().join("codebook.toml");
        std::fs::write(&path, "format = 1\n[[code]]\nid = \"a\"\npatterns = [\"kurs\"]\n")
            .expect("a file for the test");
        let file = CodebookFile::new(&path);
        let (codebook, _) = file.read().expect("it is sound");
        std::fs::remove_file(path).expect("it is there");
        let (again, _) = file.read().expect("it was read");
        assert_eq!(codebook.sha256, again.sha256);
    }
}
