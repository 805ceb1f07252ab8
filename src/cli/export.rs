//! `temakart export`: a coded project for other programs.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::arguments::Common;
use super::exit::{Exit, Stop};
use super::output::Output;
use super::study::{self, request};
use super::target;
use crate::diag::{Diagnostic, counted};
use crate::disk;
use crate::interchange::{self, OffsetUnit, Writing};
use crate::pipeline::{self, Request, Study};
use crate::report::{self, CsvStyle};
use crate::text::is_date_time;

/// Write the coded project for another program
///
/// `--qdpx` writes a REFI-QDA project, which NVivo, ATLAS.ti, MAXQDA and QualCoder open: texts, codes, codings by rule
/// and by person, cases and phases. `--csv` writes tables for R and Python.
#[derive(Debug, Args)]
#[command(
    after_help = concat!(
        "Examples:\n",
        "  temakart export min-studie --qdpx studie.qdpx\n",
        "  temakart export min-studie --csv tabeller\n",
        "  temakart export min-studie --csv tabeller --excel",
    )
)]
pub(super) struct Export {
    /// Project folder
    #[arg(default_value = ".")]
    pub(super) project: PathBuf,
    /// Write a REFI-QDA project to this file
    #[arg(long, value_name = "FILE")]
    qdpx: Option<PathBuf>,
    /// Write codings.csv, frequencies.csv and documents.csv to this folder
    #[arg(long, value_name = "DIR")]
    csv: Option<PathBuf>,
    /// Write CSV for Norwegian Excel: byte order mark, `;`, decimal comma
    #[arg(long)]
    excel: bool,
    /// Unit of positions in the REFI-QDA project; NVivo on Windows needs utf16
    #[arg(long, value_name = "UNIT", default_value = "codepoint")]
    offset_unit: Unit,
    /// Creation time to record in the project, as 2026-11-23T12:00:00Z; without it, two runs write the same bytes
    #[arg(long, value_name = "TIME")]
    timestamp: Option<String>,
    #[command(flatten)]
    pub(super) common: Common,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Unit {
    /// Unicode code points, as the standard says
    Codepoint,
    /// UTF-16 units: an emoji counts as two
    Utf16,
}

pub(super) fn run(verb: &Export, output: &Output) -> Result<Exit, Stop> {
    if verb.qdpx.is_none() && verb.csv.is_none() {
        let error = Diagnostic::error("export/no-target", "no output is given");
        return Err(error.hint("name a file or a folder: `--qdpx studie.qdpx`, `--csv tabeller`").into());
    }
    if verb.qdpx.is_some() && !study::shows_quotes(&verb.common) {
        let error = Diagnostic::error(
            "export/no-quotes",
            "`--quotes none` cannot be combined with `--qdpx`: a project contains whole texts",
        );
        return Err(error.hint("`--csv` can leave out the words of the material").into());
    }
    if let Some(time) = verb.timestamp.as_deref().filter(|time| !is_date_time(time)) {
        let error = Diagnostic::error("export/bad-time", format!("`{time}` is not a date and time"));
        return Err(error.hint("expected one as 2026-11-23T12:00:00Z").into());
    }
    let request = request(&verb.project, &verb.common);
    let study = study::open(&request, output)?;
    target::refuse_project_files(&study.project, verb.qdpx.as_deref())?;
    if let Some(dir) = &verb.csv {
        target::refuse_document_folder(&study.project, dir)?;
        target::refuse_results_folder(&study.project, dir)?;
    }
    study::tell(&study, &[], output);
    if let Some(file) = &verb.qdpx {
        write_qdpx(verb, file, &study, &request, output)?;
    }
    if let Some(dir) = &verb.csv {
        write_csv(verb, dir, &study, &request, output)?;
    }
    Ok(Exit::done(study.skipped))
}

fn write_qdpx(verb: &Export, file: &Path, study: &Study, request: &Request, output: &Output) -> Result<(), Stop> {
    let (exchange, notes) = pipeline::exchange(study, request)?;
    output.diagnostics(&notes);
    let unit = match verb.offset_unit {
        Unit::Codepoint => OffsetUnit::CodePoint,
        Unit::Utf16 => OffsetUnit::Utf16,
    };
    let n_astral = exchange.sources.iter().filter(|source| source.text.bytes().any(|byte| byte >= 0xf0)).count();
    output.diagnostics(interchange::about_offsets(unit, n_astral).as_slice());
    let how = Writing { unit, timestamp: verb.timestamp.clone() };
    let mut bytes = std::io::Cursor::new(Vec::new());
    let unwritable = |error: std::io::Error| Stop::io("output/unwritable", "write", file, &error);
    interchange::write_qdpx(&exchange, &how, &mut bytes).map_err(unwritable)?;
    disk::replace(file, bytes.get_ref()).map_err(unwritable)?;
    let n_codings: usize = exchange.sources.iter().map(|source| source.selections.len()).sum();
    output.say(&format!(
        "Wrote {}, {} and {} to `{}`.",
        counted(exchange.sources.len(), "document", "documents"),
        counted(exchange.codes.codes.len(), "code", "codes"),
        counted(n_codings, "coding", "codings"),
        file.display()
    ));
    Ok(())
}

fn write_csv(verb: &Export, dir: &Path, study: &Study, request: &Request, output: &Output) -> Result<(), Stop> {
    let unwritable = |error: std::io::Error| Stop::io("output/unwritable", "write to", dir, &error);
    let style = if verb.excel { CsvStyle::Excel } else { CsvStyle::Tidy };
    let quotes = study::quotes(&verb.common);
    let (coded, places) = pipeline::coded_places(study, request.by.as_deref(), quotes)?;
    output.diagnostics(&coded.codebook_warnings);
    std::fs::create_dir_all(dir).map_err(unwritable)?;
    let (corpus, material) = (&study.corpus, &study.material);
    for (name, bytes) in [
        ("codings.csv", interchange::codings_csv(&places, &coded.codebook, corpus, material, style)),
        ("frequencies.csv", report::frequencies_csv(&coded.codebook, &coded.frequencies, style)),
        ("documents.csv", interchange::documents_csv(corpus, material, style)),
    ] {
        disk::replace(&dir.join(name), &bytes).map_err(unwritable)?;
    }
    output.say(&format!(
        "Wrote {} and {} to `{}`.",
        counted(places.len(), "coding", "codings"),
        counted(material.documents_listed(corpus).count(), "document", "documents"),
        dir.display()
    ));
    Ok(())
}
