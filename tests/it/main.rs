//! The one integration test binary. Every file beside this one is a module of it; a test below keeps it so.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![expect(clippy::print_stdout, reason = "a test that is skipped says so")]

mod agree;
mod architecture;
mod cli;
mod codebook;
mod crash;
mod compare;
mod counts;
mod decide;
mod decisions;
mod dictionaries;
mod diff;
mod evidence;
mod filters;
mod ingest;
mod laws;
mod material;
mod narrow;
mod norwegian;
mod oracle;
mod places;
mod random;
mod report_files;
mod refi;
mod search;
mod report;
mod stats;
mod study;
mod survey;

use std::path::{Path, PathBuf};

/// The repository's root.
fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A folder or file of the material that tests may use when it is there; says when it is not.
fn shared(path: &str) -> Option<PathBuf> {
    let Some(shared) = std::env::var_os("TEMAKART_SHARED") else {
        println!("skipped: TEMAKART_SHARED is not set, so `{path}` is not there");
        return None;
    };
    let path = Path::new(&shared).join(path);
    if !path.exists() {
        println!("skipped: `{}` is not there", path.display());
        return None;
    }
    Some(path)
}

#[test]
fn no_test_file_is_forgotten() {
    let main = include_str!("main.rs");
    for entry in std::fs::read_dir(root().join("tests/it")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "rs") {
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            assert!(name == "main" || main.contains(&format!("mod {name};")), "`{name}.rs` is in no `mod` line");
        }
    }
}
