//! `temakart plot`: one picture of a study as SVG.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::arguments::{Common, Format};
use super::exit::{Exit, Stop};
use super::output::Output;
use super::report::Language;
use super::study::{self, request};
use super::target;
use crate::diag::Diagnostic;
use crate::pipeline::{self, ReportRequest};
use crate::report::{self, Lang, Links, Picture, Report, Unit};

/// Endings of pictures that we do not write: a file under such a name could not be opened.
const OTHER_PICTURES: [&str; 10] = ["png", "jpg", "jpeg", "gif", "webp", "tif", "tiff", "pdf", "eps", "emf"];

/// Draw one picture as SVG, for papers: heatmap, change, change-within, together, timeline or stance
#[derive(Debug, Args)]
#[command(
    after_help = concat!(
        "Examples:\n",
        "  temakart plot heatmap min-studie --out kart.svg\n",
        "  temakart plot heatmap min-studie --unit rate --lang en --out map.svg\n",
        "  temakart plot change min-studie --from start --to slutt --out endring.svg",
    )
)]
pub(super) struct Plot {
    /// What to draw
    #[arg(value_name = "PICTURE")]
    pub(super) picture: What,
    /// Project folder
    #[arg(default_value = ".")]
    pub(super) project: PathBuf,
    /// File to write; without it, the picture is printed
    #[arg(long, value_name = "FILE")]
    pub(super) out: Option<PathBuf>,
    /// Unit of the numbers in a heat map
    #[arg(long, value_name = "UNIT", default_value = "mentions")]
    pub(super) unit: UnitName,
    /// Language of labels; the project's first language by default
    #[arg(long, value_name = "LANGUAGE")]
    pub(super) lang: Option<Language>,
    /// Phase to compare from; the first by default
    #[arg(long, value_name = "PHASE")]
    pub(super) from: Option<String>,
    /// Phase to compare to; the last by default
    #[arg(long, value_name = "PHASE")]
    pub(super) to: Option<String>,
    #[command(flatten)]
    pub(super) common: Common,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum What {
    /// Codes × (case × phase), as shaded cells with numbers
    Heatmap,
    /// From the first phase to the last, with intervals and verdicts
    Change,
    /// From the first phase to the last, within each case
    ChangeWithin,
    /// Themes in the same segments
    Together,
    /// Themes over time, where documents have dates
    Timeline,
    /// Present, missing, mixed, needed, by code and phase
    Stance,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum UnitName {
    Mentions,
    Segments,
    Documents,
    /// Mentions per 1,000 words
    Rate,
}

fn draw(verb: &Plot, report: &Report, lang: Lang) -> Result<Picture, Diagnostic> {
    let unit = match verb.unit {
        UnitName::Mentions => Unit::Mentions,
        UnitName::Segments => Unit::Segments,
        UnitName::Documents => Unit::Documents,
        UnitName::Rate => Unit::Rate,
    };
    let none = |why: &str| Diagnostic::error("plot/nothing-to-draw", why);
    let not_compared = || {
        let why = report.not_compared.as_deref().unwrap_or("there are not two cases to compare within");
        none(why)
    };
    match verb.picture {
        What::Heatmap => Ok(report::heatmap(report, lang, unit, Links::None)),
        What::Change => report::change(report, lang, Links::None).ok_or_else(not_compared),
        What::ChangeWithin => report::change_within(report, lang, Links::None).ok_or_else(not_compared),
        What::Together => report::together_picture(report, lang, Links::None)
            .ok_or_else(|| none("no two themes occur in the same segment")),
        What::Timeline => report::timeline_picture(report, lang, Links::None).ok_or_else(|| {
            none("no two documents have different dates").hint("give them in `documents.csv`, in a column `date`")
        }),
        What::Stance => Ok(report::stance(report, lang, Links::None)),
    }
}

pub(super) fn run(verb: &Plot, output: &Output) -> Result<Exit, Stop> {
    if verb.common.format != Format::Table {
        return Err(
            Diagnostic::error("plot/format", "`plot` writes SVG only; `--format` is for verbs that print").into()
        );
    }
    let ending = verb.out.as_ref().and_then(|out| out.extension()).unwrap_or_default().to_string_lossy().to_lowercase();
    if OTHER_PICTURES.contains(&ending.as_str()) {
        let error = Diagnostic::error("plot/unknown-format", format!("`plot` writes SVG, not `.{ending}`"));
        return Err(error
            .hint("name a file ending in `.svg`; Word, browsers and drawing programs can open and convert it")
            .into());
    }
    let run = request(&verb.project, &verb.common);
    let study = study::open(&run, output)?;
    target::refuse_project_files(&study.project, verb.out.as_deref())?;
    let quotes = study::quotes(&verb.common);
    let asked = ReportRequest { run, quotes, from: verb.from.clone(), to: verb.to.clone(), claims: Vec::new() };
    let (found, warnings) = pipeline::study_report(&study, &asked)?;
    let lang = Language::or_of(verb.lang, &found);
    let file = draw(verb, &found, lang)?.file();
    study::tell(&study, &warnings, output);
    match &verb.out {
        None => output.data(file.as_bytes())?,
        Some(out) => {
            crate::disk::replace(out, file.as_bytes())
                .map_err(|error| Stop::io("output/unwritable", "write", out, &error))?;
            output.say(&format!("written: {}", out.display()));
        }
    }
    Ok(Exit::done(study.skipped))
}
