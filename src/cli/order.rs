//! What is typed in another order than it is read in: the folder before the verb, or before the picture.

use std::ffi::OsString;
use std::path::Path;

use clap::error::ErrorKind;
use clap::{CommandFactory as _, ValueEnum as _};

use super::arguments::Arguments;
use super::plot::What;
use crate::diag::{Diagnostic, shortened};

/// The error for a folder that stands where the verb or the picture must, with the right order; `None` where it is
/// something else that is wrong with what was `typed`, the program's name first.
pub(super) fn folder_first(typed: &[OsString], kind: ErrorKind) -> Option<Diagnostic> {
    let words: Vec<&str> = typed.iter().skip(1).map(|word| word.to_str()).collect::<Option<_>>()?;
    let (what, before, folder, rest) = match (kind, words.as_slice()) {
        (ErrorKind::InvalidSubcommand, [folder, rest @ ..]) => ("the verb", "temakart", *folder, rest),
        (ErrorKind::InvalidValue, ["plot", folder, rest @ ..]) => ("the picture", "temakart plot", *folder, rest),
        _ => return None,
    };
    if !Path::new(folder).is_dir() {
        return None;
    }
    let is_expected = |word: &str| match what {
        "the verb" => Arguments::command().get_subcommands().any(|verb| verb.get_name() == word),
        _ => What::from_str(word, false).is_ok(),
    };
    let error = Diagnostic::error("cli/order", format!("`{}` is a folder: {what} comes first", shortened(folder)));
    Some(match rest.first().filter(|word| is_expected(word)) {
        Some(word) => error.hint(format!("write `{before} {word} {}`", shortened(folder))),
        None => error.hint(format!("see `{before} --help`")),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(words: &[&str], kind: ErrorKind, hint: Option<&str>) {
        let typed: Vec<OsString> =
            std::iter::once("temakart").chain(words.iter().copied()).map(OsString::from).collect();
        let found = folder_first(&typed, kind);
        assert_eq!(found.as_ref().map(|error| error.hints[0].as_str()), hint, "{words:?}");
    }

    #[test]
    fn a_folder_where_something_else_comes_first_is_told_of_with_the_right_order() {
        check(&["src", "code"], ErrorKind::InvalidSubcommand, Some("write `temakart code src`"));
        check(&["src"], ErrorKind::InvalidSubcommand, Some("see `temakart --help`"));
        check(&["src", "kode"], ErrorKind::InvalidSubcommand, Some("see `temakart --help`"));
        check(&["kode", "src"], ErrorKind::InvalidSubcommand, None);
        check(&["plot", "src", "heatmap"], ErrorKind::InvalidValue, Some("write `temakart plot heatmap src`"));
        check(&["plot", "kart", "src"], ErrorKind::InvalidValue, None);
        check(&["code", "src", "--format", "xml"], ErrorKind::InvalidValue, None);
    }
}
