//! `temakart report`: the whole study for people, in the format that the name after `--out` asks for.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::arguments::{Common, Format};
use super::exit::{Exit, Stop};
use super::output::Output;
use super::study::{self, request};
use super::target;
use crate::diag::Diagnostic;
use crate::pipeline::{self, ReportRequest};
use crate::report::{self, CsvStyle, Lang, Paper};
use crate::search;

/// Write the whole study as a report: a self-contained page with pictures, tables, quotes and method
#[derive(Debug, Args)]
#[command(
    after_help = concat!(
        "Examples:\n",
        "  temakart report min-studie --out rapport.html\n",
        "  temakart report min-studie --out rapport.docx --lang nn\n",
        "  temakart report min-studie --out tabeller --excel --quotes none",
    )
)]
pub(super) struct Report {
    /// Project folder
    #[arg(default_value = ".")]
    pub(super) project: PathBuf,
    /// File to write; its ending decides: .html for a page, .docx for Word, .md for Markdown, .xlsx for a workbook; no ending for a folder of CSV tables
    #[arg(long, value_name = "FILE")]
    pub(super) out: Option<PathBuf>,
    /// CSV tables as Norwegian Excel reads them: byte order mark, `;`, decimal comma
    #[arg(long)]
    pub(super) excel: bool,
    /// Language of the report; the project's first language by default
    #[arg(long, value_name = "LANGUAGE")]
    pub(super) lang: Option<Language>,
    /// Phase to compare from; the first by default
    #[arg(long, value_name = "PHASE")]
    pub(super) from: Option<String>,
    /// Phase to compare to; the last by default
    #[arg(long, value_name = "PHASE")]
    pub(super) to: Option<String>,
    /// Claims to find evidence for: one per line, a sheet with a column `claim`, a Markdown list, or a draft
    #[arg(long, value_name = "FILE")]
    pub(super) claims: Option<PathBuf>,
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
    /// The language asked for, or the one of the study.
    pub(super) fn or_of(asked: Option<Self>, report: &report::Report) -> Lang {
        match asked {
            Some(Self::Nb) => Lang::Nb,
            Some(Self::Nn) => Lang::Nn,
            Some(Self::En) => Lang::En,
            None => Lang::of_study(report),
        }
    }
}

const ENDINGS: &str = "the ending decides: `.html` for a page, `.docx` for Word, `.md` for Markdown, `.xlsx` for a \
                       workbook; no ending for a folder of CSV tables";

/// What a report is written as.
enum Kind {
    Page,
    Word,
    Markdown,
    Workbook,
    Tables,
}

impl Kind {
    /// The kind that the file's name asks for.
    fn of(out: &Path) -> Result<Self, Diagnostic> {
        let extension = out.extension().map(|extension| extension.to_string_lossy().to_lowercase());
        match extension.as_deref() {
            Some("html" | "htm") => Ok(Self::Page),
            Some("docx") => Ok(Self::Word),
            Some("md" | "markdown") => Ok(Self::Markdown),
            Some("xlsx") => Ok(Self::Workbook),
            _ if extension.is_none() || out.is_dir() => Ok(Self::Tables),
            _ => {
                let message = format!("cannot tell what to write as `{}`", out.display());
                Err(Diagnostic::error("report/unknown-format", message).hint(ENDINGS))
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
    let Some(out) = verb.out.as_deref() else {
        let error = Diagnostic::error("report/no-target", "no file is named to write the report to");
        return Err(error.hint("name one: `--out rapport.html`").hint(ENDINGS).into());
    };
    let kind = Kind::of(out)?;
    let list = verb.claims.as_deref().map(search::claims_of_file).transpose()?;
    output.diagnostics(list.as_ref().and_then(|list| list.left_out.clone()).as_slice());
    let claims = list.map(|list| list.claims).unwrap_or_default();
    output.diagnostics(pipeline::repeated_ids(&claims).as_slice());
    let run = request(&verb.project, &verb.common);
    let study = study::open(&run, output)?;
    match kind {
        Kind::Tables => {
            target::refuse_document_folder(&study.project, out)?;
            target::refuse_results_folder(&study.project, out)?;
        }
        _ => target::refuse_project_files(&study.project, [out])?,
    }
    let asked = ReportRequest {
        run,
        quotes: study::quotes(&verb.common),
        from: verb.from.clone(),
        to: verb.to.clone(),
        claims,
    };
    let (found, warnings) = pipeline::study_report(&study, &asked)?;
    let lang = Language::or_of(verb.lang, &found);
    let write = |path: &Path, bytes: &[u8]| {
        crate::disk::replace(path, bytes).map_err(|error| Stop::io("output/unwritable", "write", path, &error))
    };
    let unwritable = |error: std::io::Error| Stop::io("output/unwritable", "write", out, &error);
    match kind {
        Kind::Page => write(out, report::page(&found, lang).as_bytes())?,
        Kind::Word => write(out, &report::docx(&Paper::of(&found, lang)).map_err(unwritable)?)?,
        Kind::Markdown => write(out, Paper::of(&found, lang).markdown().as_bytes())?,
        Kind::Workbook => write(out, &report::workbook(&found, lang).map_err(unwritable)?)?,
        Kind::Tables => {
            let style = if verb.excel { CsvStyle::Excel } else { CsvStyle::Tidy };
            std::fs::create_dir_all(out).map_err(unwritable)?;
            for table in report::tidy_tables(&found, lang) {
                write(&out.join(table.name).with_extension("csv"), &table.csv(style))?;
            }
        }
    }
    study::tell(&study, &warnings, output);
    output.say(&format!("written: {}", out.display()));
    Ok(Exit::done(study.skipped))
}
