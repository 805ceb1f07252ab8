//! `temakart import`: another program's project as a folder of ours.

use std::path::PathBuf;

use clap::Args;

use super::exit::{Exit, Stop};
use super::output::Output;
use crate::diag::{Diagnostic, counted};
use crate::interchange::{self, CodebookFormat};

/// Create a project from a REFI-QDA project exported by NVivo, ATLAS.ti, MAXQDA or QualCoder
///
/// Imports documents and their attributes, the codebook, and what people coded, as their decisions. What cannot be
/// carried over is reported.
#[derive(Debug, Args)]
#[command(after_help = concat!(
    "Example:\n",
    "  temakart import prosjekt.qdpx min-studie\n",
    "  temakart check min-studie",
))]
pub(super) struct Import {
    /// The other program's project: .qdpx, or .qde
    pub(super) file: PathBuf,
    /// Folder to create; named after the file by default
    dir: Option<PathBuf>,
}

pub(super) fn run(verb: &Import, output: &Output) -> Result<Exit, Stop> {
    let extension = verb.file.extension().map(|extension| extension.to_string_lossy().to_lowercase());
    if extension.as_deref().and_then(CodebookFormat::named).is_some() {
        let message = format!("`{}` is a codebook, not a project", verb.file.display());
        let error = Diagnostic::error("import/codebook", message);
        return Err(error.hint(format!("`temakart codebook import {}` reads it", verb.file.display())).into());
    }
    let dir = match &verb.dir {
        Some(dir) => dir.clone(),
        None => PathBuf::from(verb.file.file_stem().unwrap_or_default()),
    };
    // Before the file is read: a name that is taken costs no time.
    interchange::is_free(&dir)?;
    let project = interchange::read_qdpx(&verb.file)?;
    output.diagnostics(&project.notes);
    let made = interchange::unpack(&project, &dir)?;
    output.say(&format!(
        "Created a project in `{}`: {}, {}, {} by {}. Next: `temakart code {}`.",
        dir.display(),
        counted(made.documents, "document", "documents"),
        counted(made.codes, "code", "codes"),
        counted(made.codings, "coding", "codings"),
        counted(made.coders, "coder", "coders"),
        dir.display()
    ));
    Ok(Exit::Done)
}
