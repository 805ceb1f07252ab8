//! `temakart sample`: segments by lot, to be coded by hand without knowing what the rules found.

use std::path::{Path, PathBuf};

use clap::Args;

use super::arguments::Common;
use super::exit::{Exit, Stop};
use super::output::Output;
use super::study::{self, request};
use crate::agreement::{self, Sample as Drawn};
use crate::diag::Diagnostic;
use crate::index;
use crate::pipeline::{self, Study};
use crate::report::{self, SampleSheet};

/// Draw a random sample of segments for a person to code blind; `agree --gold` then shows how well the rules find each theme
#[derive(Debug, Args)]
#[command(
    after_help = concat!(
        "Examples:\n",
        "  temakart sample min-studie --per-cell 20 --out ark.xlsx\n",
        "  temakart agree min-studie --gold ark.xlsx\n",
        "\n",
        "In the sheet, write codes separated by `;`, and `-` where none fits. Keep `ark.strata.json` beside it: ",
        "it says how many segments of the material each row represents. The coder needs only the workbook, whose sheet ",
        "`codes` describes the codes; beside a .csv sheet, `ark.codes.csv` does.",
    )
)]
pub(super) struct Sample {
    /// Project folder
    #[arg(default_value = ".")]
    pub(super) project: PathBuf,
    /// Segments for each case and phase (or each cell of --by)
    #[arg(long, value_name = "N", default_value = "20", value_parser = clap::value_parser!(u32).range(2..))]
    pub(super) per_cell: u32,
    /// The sheet to write: .csv or .xlsx
    #[arg(long, value_name = "FILE")]
    pub(super) out: PathBuf,
    /// Seed of the draw: another number draws other segments
    #[arg(long, value_name = "N", default_value = "1")]
    pub(super) seed: u64,
    #[command(flatten)]
    pub(super) common: Common,
}

pub(super) fn run(verb: &Sample, output: &Output) -> Result<Exit, Stop> {
    let is_workbook = has_ending(&verb.out, "xlsx");
    if !is_workbook && !has_ending(&verb.out, "csv") {
        let message = format!("`{}` does not end in .csv or .xlsx", verb.out.display());
        return Err(Diagnostic::error("sample/unknown-format", message).into());
    }
    if !study::shows_quotes(&verb.common) {
        let why = "`--quotes none` cannot be used here: a sheet to code from contains the words of the material";
        return Err(Diagnostic::error("sample/no-quotes", why).into());
    }
    let weights_path = agreement::weights_path(&verb.out);
    let codes_path = (!is_workbook).then(|| verb.out.with_extension("codes.csv"));
    // A sheet may hold days of work.
    let written = [Some(&verb.out), Some(&weights_path), codes_path.as_ref()];
    if let Some(path) = written.into_iter().flatten().find(|path| path.exists()) {
        return Err(exists(path, verb, is_workbook).into());
    }
    let request = request(&verb.project, &verb.common);
    let study = study::open(&request, output)?;
    let (codebook, warnings) = study.codebook()?;
    output.diagnostics(warnings);
    let codings = pipeline::codings(&study, codebook)?;
    let drawn = draw(verb, &study, &codings)?;
    let sheet = SampleSheet { sample: &drawn, corpus: &study.corpus, codebook };
    let bytes = if is_workbook { sheet.xlsx() } else { sheet.csv() }.map_err(index::unreadable)?;
    write(&weights_path, sheet.weights().as_bytes())?;
    if let Some(path) = &codes_path {
        write(path, &sheet.codes_csv())?;
    }
    write(&verb.out, &bytes)?;
    study::tell_unread(&study, output);
    let of: u64 = drawn.weights.strata.iter().map(|stratum| u64::from(stratum.of)).sum();
    output.say(&format!(
        "{} of {of} segments drawn with seed {}: {}",
        drawn.drawn.len(),
        verb.seed,
        verb.out.display()
    ));
    let described = match &codes_path {
        Some(path) => format!("`{}`", path.display()),
        None => "its sheet `codes`".to_owned(),
    };
    output.say(&format!(
        "write codes separated by `;`, and `-` where none fits; the codes, described in {described}, are"
    ));
    let ids: Vec<&str> = codebook.codes.iter().map(|code| code.id.as_str()).collect();
    output.say(&report::terminal(&format!("  {}", ids.join(", "))));
    output.say(&format!("keep `{}` beside it, for `temakart agree --gold`", weights_path.display()));
    Ok(Exit::done(study.skipped))
}

/// Segments of the material by cell, and whether the rules found anything in them, by lot.
fn draw(verb: &Sample, study: &Study, codings: &crate::coding::Codings) -> Result<Drawn, Stop> {
    let cells = pipeline::cells(study, verb.common.by.as_deref())?.of_rows(study.corpus.rows().len());
    let mut is_coded = vec![false; study.corpus.rows().len()];
    codings.mentions().all().for_each(|mention| is_coded[mention.row as usize] = true);
    let rows = study.material.counted_rows(&study.corpus);
    let segments: Vec<(usize, u32, bool)> = rows.map(|(_, row)| (row, cells[row], is_coded[row])).collect();
    if segments.is_empty() {
        return Err(Diagnostic::error("sample/no-material", "there are no segments to draw").into());
    }
    Ok(agreement::draw(&segments, verb.per_cell as usize, verb.seed))
}

/// That a file is in the way, and which sample it belongs to if that has another ending.
fn exists(path: &Path, verb: &Sample, is_workbook: bool) -> Diagnostic {
    let error = Diagnostic::error("sample/exists", format!("`{}` already exists", path.display()));
    let other = verb.out.with_extension(if is_workbook { "csv" } else { "xlsx" });
    if path != verb.out && other.exists() {
        return error.hint(format!("it belongs to the sample `{}`; name another file", other.display()));
    }
    error.hint("name another file, or remove it first")
}

fn has_ending(path: &Path, ending: &str) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case(ending))
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), Stop> {
    crate::disk::replace(path, bytes).map_err(|error| Stop::io("output/unwritable", "write", path, &error))
}
