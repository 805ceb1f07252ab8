//! How a run ends, as scripts see it.

use std::process::ExitCode;

use super::output::Output;
use crate::diag::{Diagnostic, Severity};

/// Exit codes; where several fit, bad input goes before skipped documents before a failed check.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Exit {
    /// Done.
    Done,
    /// A check failed, or nothing was found.
    Failed,
    /// Bad input or usage; nothing was done.
    Usage,
    /// Done, but documents were skipped.
    Skipped,
    /// A bug of ours.
    Bug,
}

impl Exit {
    /// The end of a run in which so many documents could not be read.
    pub(super) fn done(skipped: usize) -> Self {
        if skipped > 0 { Self::Skipped } else { Self::Done }
    }

    /// The end of a run in which so many documents could not be read, and which fails if nothing was found.
    pub(super) fn found(skipped: usize, is_any: bool) -> Self {
        if skipped == 0 && !is_any { Self::Failed } else { Self::done(skipped) }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Done => 0,
            Exit::Failed => 1,
            Exit::Usage => 2,
            Exit::Skipped => 3,
            Exit::Bug => 70,
        })
    }
}

/// Why a verb could not be carried out.
#[derive(Debug)]
pub(super) enum Stop {
    /// Something the user mends.
    Input(Vec<Diagnostic>),
    /// The reader of our output has gone away: not an error.
    PipeClosed,
}

impl From<Vec<Diagnostic>> for Stop {
    fn from(diagnostics: Vec<Diagnostic>) -> Self {
        Self::Input(diagnostics)
    }
}

impl From<Diagnostic> for Stop {
    fn from(diagnostic: Diagnostic) -> Self {
        Self::Input(vec![diagnostic])
    }
}

impl Stop {
    /// A failure of the system at a path.
    pub(super) fn io(id: &'static str, action: &str, path: &std::path::Path, error: &std::io::Error) -> Self {
        let why = match error.kind() {
            std::io::ErrorKind::AlreadyExists | std::io::ErrorKind::NotADirectory => {
                "it is a file, not a folder".to_owned()
            }
            std::io::ErrorKind::PermissionDenied => "there is no permission to write it".to_owned(),
            std::io::ErrorKind::NotFound => match path.parent().filter(|folder| !folder.exists()) {
                Some(folder) => format!("the folder `{}` does not exist", folder.display()),
                None => error.to_string(),
            },
            _ => error.to_string(),
        };
        Self::Input(vec![Diagnostic::error(id, format!("cannot {action} `{}`: {why}", path.display()))])
    }
}

/// Runs a verb; its errors are printed, its panics are bugs of ours and said to be.
pub(super) fn guarded(output: &Output, verb: impl FnOnce() -> Result<Exit, Stop>) -> Exit {
    match std::panic::catch_unwind(std::panic::AssertUnwindSafe(verb)) {
        Ok(Ok(exit)) => exit,
        Ok(Err(Stop::PipeClosed)) => Exit::Done,
        Ok(Err(Stop::Input(diagnostics))) => {
            output.diagnostics(&diagnostics);
            let is_error = diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error);
            if is_error { Exit::Usage } else { Exit::Failed }
        }
        Err(_) => {
            output.say("this is a bug in temakart; results are incomplete. Please report the lines above.");
            output.say(
                "If the disk may have damaged the index, delete the folder `.temakart` in the project and run again.",
            );
            Exit::Bug
        }
    }
}
