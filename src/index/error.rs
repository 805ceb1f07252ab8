//! What can go wrong between the index and the disk.

use std::path::PathBuf;

use crate::diag::Diagnostic;

/// A failure of the index itself; unreadable documents are no such failure (see [`super::DocumentRecord::failure`]).
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    /// A file or folder of the index could not be read or written.
    #[error("cannot {action} `{}`: {source}", path.display())]
    Io {
        /// What was tried, as in "cannot `create`".
        action: &'static str,
        /// Where.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The index library refused.
    #[error("the index in `{}` could not be used: {source}", path.display())]
    Tantivy {
        /// The index folder.
        path: PathBuf,
        /// What it said.
        source: tantivy::TantivyError,
    },
    /// A file of the index does not hold what it should.
    #[error("the index file `{}` is damaged: {detail}", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        detail: String,
    },
}

impl IndexError {
    pub(super) fn io(action: &'static str, path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.into();
        move |source| Self::Io { action, path, source }
    }

    pub(super) fn tantivy(path: impl Into<PathBuf>) -> impl FnOnce(tantivy::TantivyError) -> Self {
        let path = path.into();
        move |source| Self::Tantivy { path, source }
    }
}

/// What is told when an index that is open already cannot be read.
#[must_use]
pub fn unreadable(error: std::io::Error) -> Diagnostic {
    Diagnostic::error("index/unreadable", format!("cannot read the index: {error}"))
}
