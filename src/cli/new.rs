//! `temakart new`: a project to start from.

use super::arguments::New;
use super::exit::{Exit, Stop};
use super::output::Output;
use crate::project;

pub(super) fn run(verb: &New, output: &Output) -> Result<Exit, Stop> {
    project::scaffold(&verb.dir)?;
    let dir = verb.dir.display();
    output.say(&format!("Made a project in `{dir}`. Next: put documents into it, then `temakart code {dir}`."));
    Ok(Exit::Done)
}
