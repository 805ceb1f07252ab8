//! How fast temakart is: each phase by itself, and the aims of the whole, on generated material.
//!
//! ```text
//! cargo bench                                  phases and aims on 10 MB (2,900 files)
//! TEMAKART_BENCH_MB=100 cargo bench            the same on 100 MB (29,000 files), the size that the aims are for
//! TEMAKART_BENCH_MB=100 cargo bench -- codebook
//!                                              one of them: phases, first-run, codebook, document, search,
//!                                              open-search, evidence
//! ```
//!
//! Every measurement asserts its result. What matters are CPU seconds and ratios within one run: `tantivy` alone,
//! indexing the same paragraphs, is measured in between. Figures are medians of [`ROUNDS`].

#![expect(clippy::print_stdout, reason = "a benchmark tells its figures")]

mod aims;
mod evidence;
mod generator;
mod measure;
mod phases;
mod reference;

use std::path::Path;

use generator::Study;

/// The program's own.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How often everything is measured.
const ROUNDS: usize = 3;

fn main() {
    let megabytes = std::env::var("TEMAKART_BENCH_MB").map_or(10, |mb| mb.parse().expect("a number of megabytes"));
    let words: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    let is_wanted = |name: &str| words.is_empty() || words.iter().any(|word| name.contains(word.as_str()));
    let study = generator::study(Path::new(env!("CARGO_TARGET_TMPDIR")), megabytes).expect("material is written");
    if let Some(task) = aims::task() {
        aims::child(task, &study);
        return;
    }
    let Study { documents, segments, .. } = study;
    println!("{:.1} MB in {documents} files, {segments} segments, {} threads\n", study.megabytes(), measure::threads());
    for (name, run) in [
        ("phases", phases::run as fn(&Study)),
        ("first-run", aims::first_run),
        ("codebook", aims::changed_codebook),
        ("document", aims::changed_document),
        ("search", aims::search),
        ("open-search", aims::open_search),
        ("evidence", evidence::run),
    ] {
        if is_wanted(name) {
            run(&study);
            println!();
        }
    }
}
