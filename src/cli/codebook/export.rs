//! `temakart codebook export`: the codebook as other programs read it.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::cli::exit::{Exit, Stop};
use crate::cli::output::Output;
use crate::cli::target;
use crate::codebook;
use crate::diag::{Diagnostic, counted};
use crate::disk;
use crate::interchange::{self, CodebookFormat};
use crate::project;

/// Write the codebook for another program
///
/// What the other program cannot say, such as inflection or NEAR, is told.
#[derive(Debug, Args)]
#[command(
    after_help = concat!(
        "Examples:\n",
        "  temakart codebook export min-studie --qdc kodebok.qdc\n",
        "  temakart codebook export codebook.toml --yml ordbok.yml --csv kodebok.csv",
    )
)]
pub(in crate::cli) struct Export {
    /// Project folder, or a codebook file
    #[arg(default_value = ".")]
    project: PathBuf,
    /// Codebook to use instead of the project's, relative to the current folder
    #[arg(long, value_name = "FILE")]
    codebook: Option<PathBuf>,
    /// Write REFI-QDA: NVivo, ATLAS.ti, MAXQDA, QualCoder
    #[arg(long, value_name = "FILE")]
    qdc: Option<PathBuf>,
    /// Write a quanteda dictionary
    #[arg(long, value_name = "FILE", alias = "yaml")]
    yml: Option<PathBuf>,
    /// Write a LIWC dictionary, for versions up to 2015
    #[arg(long, value_name = "FILE")]
    dic: Option<PathBuf>,
    /// Write a LIWC-22 dictionary
    #[arg(long, value_name = "FILE")]
    dicx: Option<PathBuf>,
    /// Write a WordStat dictionary
    #[arg(long, value_name = "FILE")]
    cat: Option<PathBuf>,
    /// Write a Yoshikoder dictionary
    #[arg(long, value_name = "FILE")]
    ykd: Option<PathBuf>,
    /// Write a Lexicoder dictionary
    #[arg(long, value_name = "FILE")]
    lc3: Option<PathBuf>,
    /// Write a table with everything in the codebook, one row per pattern
    #[arg(long, value_name = "FILE")]
    csv: Option<PathBuf>,
}

pub(super) fn run(verb: &Export, output: &Output) -> Result<Exit, Stop> {
    let is_document = |path: &Path| crate::ingest::is_readable(path);
    let (path, project) = match &verb.codebook {
        None if !verb.project.is_file() => {
            let project = project::open(&verb.project, None, is_document)?;
            (project.codebook().to_owned(), Some(project))
        }
        own => {
            let path = own.as_ref().unwrap_or(&verb.project);
            // A codebook that stands alone may lie in any folder, which is then not looked through.
            let folder = if verb.project.is_file() { disk::folder_of(&verb.project) } else { &verb.project };
            let project = project::is_declared(folder).then(|| project::open(folder, None, is_document)).transpose()?;
            (path.clone(), project)
        }
    };
    let (codebook, warnings) = codebook::load(&path)?;
    output.diagnostics(&warnings);
    let wanted = [
        (CodebookFormat::Qdc, &verb.qdc),
        (CodebookFormat::Yaml, &verb.yml),
        (CodebookFormat::Liwc, &verb.dic),
        (CodebookFormat::Liwc22, &verb.dicx),
        (CodebookFormat::WordStat, &verb.cat),
        (CodebookFormat::Yoshikoder, &verb.ykd),
        (CodebookFormat::Lexicoder, &verb.lc3),
        (CodebookFormat::Csv, &verb.csv),
    ];
    if wanted.iter().all(|(_, file)| file.is_none()) {
        let error = Diagnostic::error("codebook/no-target", "no output file is given");
        return Err(error.hint("name a file, as in `--qdc kodebok.qdc` or `--csv kodebok.csv`").into());
    }
    let files = || wanted.iter().filter_map(|(_, file)| file.as_deref());
    target::refuse_codebook(&path, files())?;
    if let Some(project) = &project {
        target::refuse_project_files(project, files())?;
    }
    for (format, file) in wanted.into_iter().filter_map(|(format, file)| Some((format, file.as_ref()?))) {
        let (bytes, notes) = interchange::write_codebook(&codebook, format);
        output.diagnostics(&notes);
        disk::replace(file, &bytes).map_err(|error| Stop::io("output/unwritable", "write", file, &error))?;
        let codes = counted(codebook.codes.len(), "code", "codes");
        output.say(&format!("Wrote {codes} for {} to `{}`.", format.program(), file.display()));
    }
    Ok(Exit::Done)
}
