//! `temakart codebook import`: a codebook or dictionary of another program as a codebook file of ours.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use crate::cli::exit::{Exit, Stop};
use crate::cli::output::Output;
use crate::diag::{Diagnostic, counted};
use crate::disk;
use crate::interchange::{self, CodebookFormat, Matching, ReadAs};

/// Make a codebook of another program's codebook or dictionary
///
/// Reads quanteda's YAML, LIWC's .dic and .dicx, WordStat's .cat, Yoshikoder's .ykd, Lexicoder's .lc3, a plain table
/// (.csv, .xlsx) and REFI-QDA's .qdc. Words match as they do there: whole words, capitals or not, `*` and `?` as
/// wildcards, without inflection; `--inflect` lets them inflect.
#[derive(Debug, Args)]
#[command(
    after_help = concat!(
        "Examples:\n",
        "  temakart codebook import ordbok.dic --out codebook.toml\n",
        "  temakart codebook import temaer.yml --inflect > codebook.toml",
    )
)]
pub(in crate::cli) struct Import {
    /// The other program's file
    pub(in crate::cli) file: PathBuf,
    /// Format of the file, where its name does not say: yml, dic, dicx, cat, ykd, lc3, csv, qdc
    #[arg(long = "as", value_name = "FORMAT")]
    format: Option<String>,
    /// How the words are written; by default, temakart patterns in tables and globs in all other formats
    #[arg(long, value_name = "HOW")]
    values: Option<ValuesAre>,
    /// Match case
    #[arg(long)]
    case_sensitive: bool,
    /// Let words without wildcards match their inflections and compounds too
    #[arg(long)]
    inflect: bool,
    /// Character that the file uses for the space between the words of a phrase
    #[arg(long, value_name = "CHARACTER")]
    separator: Option<char>,
    /// Levels of categories to keep, from 1; words on other levels move to the level above
    #[arg(long, value_name = "LEVELS", value_delimiter = ',')]
    levels: Vec<usize>,
    /// Encoding of the file, if it is not detected: windows-1252, shift_jis
    #[arg(long, value_name = "NAME")]
    encoding: Option<String>,
    /// Write the codebook to this file instead of standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ValuesAre {
    /// `*` and `?` are wildcards
    Glob,
    /// Every character is literal
    Fixed,
    /// Regular expressions, matching anywhere in one word
    Regex,
    /// Patterns of temakart
    Patterns,
}

pub(super) fn run(verb: &Import, output: &Output) -> Result<Exit, Stop> {
    let format = verb.format.as_deref().map(|name| CodebookFormat::named(name).ok_or_else(|| unknown(name)));
    let how = ReadAs {
        format: format.transpose()?,
        matching: verb.values.map(|values| match values {
            ValuesAre::Glob => Matching::Glob,
            ValuesAre::Fixed => Matching::Fixed,
            ValuesAre::Regex => Matching::Regex,
            ValuesAre::Patterns => Matching::Own,
        }),
        case_sensitive: verb.case_sensitive,
        inflected: verb.inflect,
        separator: verb.separator,
        levels: verb.levels.clone(),
        encoding: verb.encoding.clone(),
    };
    let (draft, notes) = interchange::read_codebook(&verb.file, &how)?;
    output.diagnostics(&notes);
    let toml = draft.toml();
    let Some(out) = &verb.out else {
        output.data(toml.as_bytes())?;
        return Ok(Exit::Done);
    };
    write_new(out, toml.as_bytes())?;
    let n_patterns: usize = draft.codes.iter().map(|code| code.patterns.len()).sum();
    let (codes, patterns) = (counted(draft.codes.len(), "code", "codes"), counted(n_patterns, "pattern", "patterns"));
    output.say(&format!("Wrote {codes} with {patterns} to `{}`.", out.display()));
    Ok(Exit::Done)
}

/// Writes a file that is not there yet.
fn write_new(path: &Path, bytes: &[u8]) -> Result<(), Stop> {
    if path.symlink_metadata().is_ok() {
        let error = Diagnostic::error("output/not-overwritten", format!("`{}` already exists", path.display()));
        return Err(error.hint("name a file that does not exist yet, or remove this one").into());
    }
    disk::replace(path, bytes).map_err(|error| Stop::io("output/unwritable", "write", path, &error))
}

fn unknown(name: &str) -> Diagnostic {
    let known: Vec<&str> = CodebookFormat::ALL.iter().map(|format| format.name()).collect();
    Diagnostic::error("dictionary/unknown-format", format!("`{name}` is not a codebook format"))
        .hint(format!("formats: {}", known.join(", ")))
}
