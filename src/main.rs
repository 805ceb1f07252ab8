//! argv to cli, nothing else.

use std::process::ExitCode;

#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    temakart::cli::run(std::env::args_os())
}
