//! `temakart new`: a project to start from.

use std::path::PathBuf;

use clap::Args;

use super::exit::{Exit, Stop};
use super::output::Output;
use crate::project;

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
    project::scaffold(&verb.dir)?;
    let dir = verb.dir.display();
    output.say(&format!("Created a project in `{dir}`. Next: put documents into it, then run `temakart code {dir}`."));
    Ok(Exit::Done)
}
