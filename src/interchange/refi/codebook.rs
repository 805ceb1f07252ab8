//! `.qdc`: a codebook alone.

use std::path::Path;

use super::codes::{Named, ReadCodes};
use crate::codebook::{Code, Codebook, Cues};
use crate::diag::{Diagnostic, Place};
use crate::interchange::draft::{Draft, one_line};
use crate::interchange::tree::Element;

/// Reads the codes of a `.qdc`, of whatever version, whose outermost element is `root`.
pub(in super::super) fn read(path: &Path, root: &Element) -> Result<(Draft, Vec<Diagnostic>), Vec<Diagnostic>> {
    let error = |message: String| vec![Diagnostic::error("refi/not-read", message).at(Place::file(path))];
    let codebook = if &*root.name == "CodeBook" { Some(root) } else { root.child("CodeBook") };
    let Some(codes) = codebook.and_then(|codebook| codebook.child("Codes")) else {
        let mut errors = error("not a REFI-QDA codebook: it has no `<Codes>`".to_owned());
        errors
            .iter_mut()
            .for_each(|error| error.hints.push("a project (.qdpx) is read by `temakart import`".to_owned()));
        return Err(errors);
    };
    let mut read = ReadCodes::default();
    read.read(codes, &|_| false);
    let stem = path.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
    read.draft.name = one_line(&stem);
    let n_sets = codebook.and_then(|codebook| codebook.child("Sets")).map_or(0, |sets| sets.all("Set").count());
    let mut notes = Vec::from_iter(read.about_names());
    if n_sets > 0 {
        let message = format!(
            "{} not carried over: codes have parents, not sets",
            if n_sets == 1 { "1 set of codes was".to_owned() } else { format!("{n_sets} sets of codes were") }
        );
        notes.push(Diagnostic::warning("refi/not-carried-over", message));
    }
    let n_without = read.draft.codes.iter().filter(|code| code.patterns.is_empty()).count();
    if n_without > 0 {
        let message = match n_without {
            1 => "1 code has no patterns: only people can assign it until you add some".to_owned(),
            n => format!("{n} codes have no patterns: only people can assign them until you add some"),
        };
        notes.push(Diagnostic::note("refi/no-patterns", message));
    }
    Ok((read.draft, notes))
}

/// What a `.qdc` of `codebook` does not say.
pub(in super::super) fn lost(codebook: &Codebook) -> Vec<Diagnostic> {
    let has = |code: &&Code| !code.not.is_empty() || !code.forms_not.is_empty() || code.cues != Cues::default();
    let n = codebook.codes.iter().filter(has).count();
    let codes = if n == 1 { "1 code".to_owned() } else { format!("{n} codes") };
    let message = format!("`not`, `forms_not` and `cues` of {codes} were left out: REFI-QDA has no place for them");
    let hint = "patterns are written into the descriptions; `--csv` and the codebook file itself have everything";
    (n > 0).then(|| Diagnostic::warning("refi/not-carried-over", message).hint(hint)).into_iter().collect()
}

/// The codebook as a `.qdc`; patterns stand in the descriptions, for people to read.
pub(in super::super) fn write(draft: &Draft) -> Vec<u8> {
    let codes = Named::new(draft, true).xml();
    let origin = concat!("temakart ", env!("CARGO_PKG_VERSION"));
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<CodeBook xmlns=\"urn:QDA-XML:codebook:1.0\" origin=\"{origin}\">\
         <Codes>{codes}</Codes></CodeBook>\n"
    )
    .into_bytes()
}
