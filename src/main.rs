//! argv to cli, nothing else.

use std::process::ExitCode;

fn main() -> ExitCode {
    temakart::cli::run(std::env::args_os())
}
