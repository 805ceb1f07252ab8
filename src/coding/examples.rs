//! The codebook's own examples: each must be coded, and no near miss may be.

use super::mention::apply;
use super::pool::Pool;
use crate::codebook::{Codebook, Example};
use crate::diag::{Diagnostic, Place};
use crate::index::Corpus;

/// What is wrong with the examples of `codebook`.
///
/// # Errors
/// When the passages cannot be indexed in memory.
pub fn check_examples(codebook: &Codebook) -> std::io::Result<Vec<Diagnostic>> {
    let passages: Vec<(usize, &Example, bool)> = codebook
        .codes
        .iter()
        .enumerate()
        .flat_map(|(index, code)| {
            let examples = code.examples.iter().map(move |example| (index, example, true));
            examples.chain(code.near_misses.iter().map(move |example| (index, example, false)))
        })
        .collect();
    let texts: Vec<&str> = passages.iter().map(|(_, example, _)| example.text.as_str()).collect();
    let corpus = Corpus::of_texts(&texts)?;
    let which: Vec<usize> = (0..codebook.codes.len()).collect();
    let mentions = apply(&corpus, codebook, &which, &vec![true; corpus.rows().len()])?;
    let pool = Pool::of(codebook, &mentions);
    let mut found = Vec::new();
    for (passage, (code, example, must_be_coded)) in passages.iter().enumerate() {
        let row = corpus.rows_of(passage).start;
        // The pattern that codes it for the code or one of its descendants.
        let here = pool.counted_from(&mentions, *code, row).find(|(_, mention)| mention.row as usize == row);
        let by = here.map(|(code, mention)| codebook.codes[code].source_of(mention.pattern));
        let place = |label: String| Place::within(&codebook.path, &codebook.text, example.span, label);
        let code = &codebook.codes[*code];
        match (must_be_coded, by) {
            (true, None) => found.push(
                Diagnostic::error("codebook/example-not-coded", format!("an example of `{}` is not coded", code.id))
                    .at(place("no pattern of the code matches here".to_owned()))
                    .hint("add a pattern, or correct the example"),
            ),
            (false, Some(pattern)) => found.push(
                Diagnostic::error("codebook/near-miss-coded", format!("a near miss of `{}` is coded", code.id))
                    .at(place(format!("`{pattern}` matches here")))
                    .hint("narrow that pattern, or exclude this with `not`"),
            ),
            _ => {}
        }
    }
    Ok(found)
}
