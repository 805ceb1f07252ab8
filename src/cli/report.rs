//! `temakart report`: the whole study for people, in the format that the name after `--out` asks for.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::arguments::{Common, Format};
use super::exit::{Exit, Stop};
use super::output::Output;
use super::study::{self, request};
use crate::diag::Diagnostic;
use crate::pipeline::{self, ReportRequest};
use crate::report::{self, Lang, Paper};

/// Write the whole study for people: a self-contained page with pictures, tables, quotes and method
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  temakart report min-studie --out rapport.html\n  temakart report min-studie --out rapport.html --lang nn --quotes none"
)]
pub(super) struct Report {
    /// Project folder
    #[arg(default_value = ".")]
    pub(super) project: PathBuf,
    /// File to write; its ending decides about the format
    #[arg(long, value_name = "FILE")]
    pub(super) out: PathBuf,
    /// Language of the report; the project's first by default
    #[arg(long, value_name = "LANGUAGE")]
    pub(super) lang: Option<Language>,
    /// Phase that differences are taken from; the first by default
    #[arg(long, value_name = "PHASE")]
    pub(super) from: Option<String>,
    /// Phase that differences lead to; the last by default
    #[arg(long, value_name = "PHASE")]
    pub(super) to: Option<String>,
    #[command(flatten)]
    pub(super) common: Common,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Language {
    Nb,
    Nn,
    En,
}

impl Language {
    /// The language asked for, or the project's first.
    pub(super) fn or_of(asked: Option<Self>, languages: &[String]) -> Lang {
        match asked {
            Some(Self::Nb) => Lang::Nb,
            Some(Self::Nn) => Lang::Nn,
            Some(Self::En) => Lang::En,
            None => Lang::of(languages.first().map_or("nb", String::as_str)),
        }
    }
}

/// What a report is written as.
enum Kind {
    Page,
    Word,
    Markdown,
}

impl Kind {
    /// The kind that the file's name asks for.
    fn of(out: &Path) -> Result<Self, Diagnostic> {
        let extension = out.extension().map(|extension| extension.to_string_lossy().to_lowercase());
        match extension.as_deref() {
            Some("html" | "htm") => Ok(Self::Page),
            Some("docx") => Ok(Self::Word),
            Some("md" | "markdown") => Ok(Self::Markdown),
            _ => {
                let message = format!("cannot tell what to write as `{}`", out.display());
                Err(Diagnostic::error("report/unknown-format", message)
                    .hint("the ending decides: `.html` for a page, `.docx` for Word, `.md` for Markdown"))
            }
        }
    }
}

pub(super) fn run(verb: &Report, output: &Output) -> Result<Exit, Stop> {
    if verb.common.format != Format::Table {
        let error = Diagnostic::error("report/format", "`report` takes its format from the name after `--out`");
        return Err(error.hint("`--format` is for verbs that print").into());
    }
    // Before documents are read: a misspelt name costs no time.
    let kind = Kind::of(&verb.out)?;
    let run = request(&verb.project, &verb.common);
    let study = study::open(&run, output)?;
    let asked =
        ReportRequest { run, quotes: study::shows_quotes(&verb.common), from: verb.from.clone(), to: verb.to.clone() };
    let (found, warnings) = pipeline::study_report(&study, &asked)?;
    let lang = Language::or_of(verb.lang, &found.languages);
    let unwritable = |error: std::io::Error| Stop::io("output/unwritable", "write", &verb.out, &error);
    let bytes = match kind {
        Kind::Page => report::page(&found, lang).into_bytes(),
        Kind::Word => {
            report::docx(&Paper::of(&found, lang)).map_err(|error| unwritable(std::io::Error::other(error)))?
        }
        Kind::Markdown => Paper::of(&found, lang).markdown().into_bytes(),
    };
    report::write_atomically(&verb.out, |file| file.write_all(&bytes)).map_err(unwritable)?;
    study::tell(&study, &warnings, output);
    output.say(&format!("written: {}", verb.out.display()));
    Ok(if study.skipped > 0 { Exit::Skipped } else { Exit::Done })
}
