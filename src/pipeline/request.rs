//! What a run is asked for, and what it tells while it works.

use std::path::{Path, PathBuf};

use crate::decisions::Whose;
use crate::index;

/// What a run is asked for.
#[derive(Debug, Clone)]
pub struct Request {
    /// The project's folder.
    pub folder: PathBuf,
    /// A codebook instead of the project's.
    pub codebook: Option<PathBuf>,
    /// Only segments that this filter lets pass, as typed.
    pub filter: Option<String>,
    /// Attributes to count by; case and phase if none are named.
    pub by: Option<Vec<String>>,
    /// Whose decisions are applied.
    pub decisions: Whose,
    /// Of repeated segments only the first.
    pub unique: bool,
    /// A document that cannot be read is an error.
    pub strict: bool,
    /// Threads to read with.
    pub threads: usize,
    /// Compare documents by content.
    pub rehash: bool,
    /// Where the index is kept.
    pub index: IndexPlace,
}

impl Request {
    /// A run on the whole project in `folder` as it stands, all decisions applied.
    #[must_use]
    pub fn of(folder: &Path, threads: usize) -> Self {
        Self {
            folder: folder.to_owned(),
            codebook: None,
            filter: None,
            by: None,
            decisions: Whose::All,
            unique: false,
            strict: false,
            threads,
            rehash: false,
            index: IndexPlace::Kept,
        }
    }
}

/// Where the index of a run is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IndexPlace {
    /// In the project, or in the user's cache folder if the project is read-only.
    Kept,
    /// In a folder that is removed when the run ends: nothing is written to the project.
    Temporary,
}

/// What a run tells while it works.
pub struct Observer<'a> {
    /// Documents read so far, of how many.
    pub reading: &'a (dyn Fn(usize, usize) + Sync),
    /// Another run holds the index.
    pub waiting: &'a (dyn Fn(&index::Waiting) + Sync),
}

impl std::fmt::Debug for Observer<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Observer").finish_non_exhaustive()
    }
}
