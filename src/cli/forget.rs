//! `temakart forget`: withdrawn consent.

use std::path::{Path, PathBuf};

use super::arguments::Forget;
use super::exit::{Exit, Stop};
use super::output::Output;
use crate::pipeline;

pub(super) fn run(verb: &Forget, output: &Output) -> Result<Exit, Stop> {
    let (project, document): (&Path, &PathBuf) = match verb.arguments.as_slice() {
        [project, document] => (project, document),
        [document] => (Path::new("."), document),
        _ => unreachable!("the argument parser takes one or two"),
    };
    let forgotten = pipeline::forget(project, document)?;
    output.say(&format!("`{}` has left the project:", document.display()));
    for line in forgotten {
        output.say(&format!("- {line}"));
    }
    output.say("Run `temakart code` to write results without it. Backups and copies elsewhere are yours to remove.");
    Ok(Exit::Done)
}
