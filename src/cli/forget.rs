//! `temakart forget`: withdrawn consent.

use std::path::{Path, PathBuf};

use clap::Args;

use super::exit::{Exit, Stop};
use super::output::Output;
use crate::pipeline;

/// Remove a document after consent is withdrawn: from index, results and decisions
#[derive(Debug, Args)]
#[command(
    override_usage = "temakart forget [PROJECT] <DOCUMENT>",
    after_help = concat!(
        "Example:\n",
        "  temakart forget min-studie documents/hadeland/start/intervju-03.docx",
    )
)]
pub(super) struct Forget {
    /// The document, or the project folder and the document
    #[arg(required = true, num_args = 1..=2, value_name = "DOCUMENT")]
    pub(super) arguments: Vec<PathBuf>,
}

pub(super) fn run(verb: &Forget, output: &Output) -> Result<Exit, Stop> {
    let (project, document): (&Path, &PathBuf) = match verb.arguments.as_slice() {
        [project, document] => (project, document),
        [document] => (Path::new("."), document),
        _ => unreachable!("the argument parser takes one or two"),
    };
    let forgotten = pipeline::forget(project, document)?;
    output.say(&format!("`{}` was removed from the project:", document.display()));
    for line in forgotten {
        output.say(&format!("- {line}"));
    }
    output.say("Run `temakart code` to write results without it. Remove backups, and what was written elsewhere with");
    output.say("--out or --text, yourself.");
    Ok(Exit::Done)
}
