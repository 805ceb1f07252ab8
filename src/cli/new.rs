//! `temakart new`: a project to start from.

use std::path::PathBuf;

use clap::Args;

use super::exit::{Exit, Stop};
use super::output::Output;
use crate::diag::in_backticks;
use crate::ingest;
use crate::project::{self, ScaffoldDocuments};

/// Create a commented project to start from
#[derive(Debug, Args)]
#[command(after_help = concat!(
    "Example:\n",
    "  temakart new min-studie\n",
    "  temakart code min-studie",
))]
pub(super) struct New {
    /// Folder to create
    pub(super) dir: PathBuf,
}

pub(super) fn run(verb: &New, output: &Output) -> Result<Exit, Stop> {
    let made = project::scaffold(&verb.dir, ingest::is_readable)?;
    let dir = verb.dir.display();
    let next = match made.documents {
        ScaffoldDocuments::Example(example) => format!(
            "Created a project in `{dir}`. Next:\n\
             - put your documents into `{}`\n\
             - delete the example `{}`: it would be counted too\n\
             - name your cases and phases in `{}`, your themes in `{}`",
            verb.dir.join("documents/CASE/PHASE").display(),
            example.display(),
            verb.dir.join("temakart.toml").display(),
            verb.dir.join("codebook.toml").display(),
        ),
        ScaffoldDocuments::Found(n) => {
            let documents =
                if n == 1 { "the document that is".to_owned() } else { format!("the {n} documents that are") };
            let names: Vec<String> =
                made.written.iter().filter_map(|path| Some(path.file_name()?.to_string_lossy().into_owned())).collect();
            format!(
                "Made `{dir}` a project of {documents} there, without an example. Written: {}. Next:\n\
                 - look through `{}`: are cases and phases right?\n\
                 - name your themes in `{}`",
                in_backticks(&names.iter().map(String::as_str).collect::<Vec<_>>()),
                verb.dir.join("temakart.toml").display(),
                verb.dir.join("codebook.toml").display(),
            )
        }
    };
    let not_ignored = match made.not_ignored.as_slice() {
        [] => String::new(),
        lines => format!(
            "\n- personal data may end up in version control: `.gitignore` was there before and was not changed; add {}",
            in_backticks(&lines.iter().map(String::as_str).collect::<Vec<_>>())
        ),
    };
    output.say(&format!("{next}{not_ignored}\n- run `temakart code {dir}`"));
    Ok(Exit::Done)
}
