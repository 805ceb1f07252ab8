//! The command line: one file per verb. Only this module prints and knows exit codes.

mod agree;
mod arguments;
mod check;
mod code;
mod codebook;
mod compare;
mod decide;
mod diff;
mod documents;
mod evidence;
mod exit;
mod export;
mod forget;
mod import;
mod new;
mod order;
mod output;
mod plot;
mod progress;
mod report;
mod sample;
mod search;
mod study;
mod target;
mod together;
mod words;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser as _;

use arguments::{Arguments, Verb};
use exit::Exit;
use output::Output;

/// Runs the program with `arguments`, the program's name first, and says how it ended.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let typed: Vec<OsString> = arguments.into_iter().collect();
    let arguments = match Arguments::try_parse_from(&typed) {
        Ok(arguments) => arguments,
        Err(message) => {
            if let Some(error) = order::folder_first(&typed, message.kind()) {
                Output::new().diagnostics(&[error]);
                return Exit::Usage.into();
            }
            let is_asked_for = !message.use_stderr();
            // A terminal that cannot be written to cannot be told so.
            let _ = message.print();
            return if is_asked_for { Exit::Done } else { Exit::Usage }.into();
        }
    };
    let output = Output::new();
    exit::guarded(&output, || match &arguments.verb {
        Verb::New(verb) => new::run(verb, &output),
        Verb::Check(verb) => check::run(verb, &output),
        Verb::Documents(verb) => documents::run(verb, &output),
        Verb::Code(verb) => code::run(verb, &output),
        Verb::Codebook(verb) => codebook::run(verb, &output),
        Verb::Compare(verb) => compare::run(verb, &output),
        Verb::Together(verb) => together::run(verb, &output),
        Verb::Words(verb) => words::run(verb, &output),
        Verb::Search(verb) => search::run(verb, &output),
        Verb::Evidence(verb) => evidence::run(verb, &output),
        Verb::Plot(verb) => plot::run(verb, &output),
        Verb::Report(verb) => report::run(verb, &output),
        Verb::Decide(verb) => decide::run(verb, &output),
        Verb::Diff(verb) => diff::run(verb, &output),
        Verb::Sample(verb) => sample::run(verb, &output),
        Verb::Agree(verb) => agree::run(verb, &output),
        Verb::Import(verb) => import::run(verb, &output),
        Verb::Export(verb) => export::run(verb, &output),
        Verb::Forget(verb) => forget::run(verb, &output),
    })
    .into()
}
