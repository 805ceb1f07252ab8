//! `temakart code`: the main job.

use std::path::{Path, PathBuf};

use clap::Args;

use super::arguments::Common;
use super::exit::{Exit, Stop};
use super::output::Output;
use super::study::{self, request};
use super::target;
use crate::disk;
use crate::pipeline::{self, Coded, Study};
use crate::report::{self, CsvStyle, FrequenciesReport, Quotes};

/// The record of a run among its results.
const RECORD: &str = "run.json";

/// Code the material and count each theme per case and phase
#[derive(Debug, Args)]
#[command(
    after_help = concat!(
        "Examples:\n",
        "  temakart code min-studie\n",
        "  temakart code min-studie --where 'phase:start' --by case,type\n",
        "  temakart code min-studie --codebook ny.toml --format json --out prøve",
    )
)]
pub(super) struct Code {
    /// Project folder
    #[arg(default_value = ".")]
    pub(super) project: PathBuf,
    /// Write result files to this folder instead of the project's `results`
    #[arg(long, value_name = "DIR")]
    pub(super) out: Option<PathBuf>,
    /// Write CSV for Norwegian Excel: byte order mark, `;`, decimal comma
    #[arg(long)]
    pub(super) excel: bool,
    #[command(flatten)]
    pub(super) common: Common,
}

pub(super) fn run(verb: &Code, output: &Output) -> Result<Exit, Stop> {
    let request = request(&verb.project, &verb.common);
    let study = study::open(&request, output)?;
    if let Some(out) = &verb.out {
        target::refuse_among_documents(&study.project, out)?;
    }
    let target = place(verb, &study);
    let quotes = study::quotes(&verb.common);
    let style = if verb.excel { CsvStyle::Excel } else { CsvStyle::Tidy };
    let by = request.by.as_deref();
    let coded = match &target {
        Err(_) => pipeline::count(&study, by)?,
        Ok(dir) => {
            let unwritable = |error: std::io::Error| Stop::io("output/unwritable", "write to", dir, &error);
            let is_new = !dir.exists();
            std::fs::create_dir_all(dir).map_err(unwritable)?;
            let coded = disk::replace_or(
                &dir.join("codings.jsonl"),
                |file| {
                    let coded = pipeline::code(&study, by, quotes, file)?;
                    remove_record(dir).map_err(unwritable)?;
                    Ok(coded)
                },
                unwritable,
            );
            if coded.is_err() && is_new {
                // Nothing came of the run; a folder that is not empty stays.
                let _ = std::fs::remove_dir(dir);
            }
            let coded = coded?;
            write_results(dir, &study, &coded, &request, style, quotes).map_err(unwritable)?;
            coded
        }
    };
    study::tell(&study, &coded.codebook_warnings, output);
    match &target {
        Ok(dir) => {
            let below = dir.strip_prefix(".").ok().filter(|below| !below.as_os_str().is_empty());
            output.say(&format!("written: {}", below.unwrap_or(dir).display()));
        }
        Err(why) => output.say(&format!("note: nothing was written: {why}")),
    }
    let report = FrequenciesReport {
        material: &study.material,
        project: study.project.name(),
        codebook: &coded.codebook,
        frequencies: &coded.frequencies,
        style,
        warnings: study.warnings(),
    };
    output.show(verb.common.format, &report)?;
    let is_any = verb.common.filter.is_none() || study.material.rows_to_code().contains(&true);
    if !is_any {
        output.say("nothing was found: no segment of the material matches `--where`");
    }
    Ok(Exit::found(study.skipped, is_any))
}

/// Where result files go; or why they go nowhere.
fn place(verb: &Code, study: &Study) -> Result<PathBuf, &'static str> {
    let is_whole = verb.common.filter.is_none() && verb.common.by.is_none() && !verb.common.unique;
    match &verb.out {
        Some(out) => Ok(out.clone()),
        None if !is_whole => Err("a run with --where, --by or --unique writes only where --out says"),
        None if !study.is_writable => Err("the project's folder is read-only; --out DIR writes elsewhere"),
        None => Ok(study.project.folder().join("results")),
    }
}

/// Takes away the record of the run before, which is written anew when all else is: it must not stand beside codings of
/// a run that did not end.
fn remove_record(dir: &Path) -> std::io::Result<()> {
    let record = dir.join(RECORD);
    match std::fs::remove_file(&record) {
        Ok(()) => disk::sync_folder(&record),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
        Err(error) => return Err(error),
    }
    Ok(())
}

fn write_results(
    dir: &Path,
    study: &Study,
    coded: &Coded,
    request: &pipeline::Request,
    style: CsvStyle,
    quotes: Quotes,
) -> std::io::Result<()> {
    let write = |name: &str, bytes: &[u8]| disk::replace(&dir.join(name), bytes);
    write("frequencies.csv", &report::frequencies_csv(&coded.codebook, &coded.frequencies, style))?;
    let codes: Vec<usize> = (0..coded.codebook.codes.len()).collect();
    let forms = study::forms(study, coded, &codes, quotes)?;
    write("forms.csv", &forms.csv_in(style))?;
    let record = pipeline::record(study, coded, request);
    disk::replace_with(&dir.join(RECORD), |file| record.write(study.corpus.documents(), file))
}
