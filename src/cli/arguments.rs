//! Verbs, flags, and their help.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// temakart – koding av kvalitativt materiale.
///
/// Indexes a folder of interviews, minutes and reports, codes it against a codebook, and counts each theme per
/// case and phase; every count leads to its quotes.
#[derive(Debug, Parser)]
#[command(name = "temakart", version, disable_help_subcommand = true, arg_required_else_help = true)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub(super) verb: Verb,
}

#[derive(Debug, Subcommand)]
pub(super) enum Verb {
    New(New),
    Check(Check),
    Documents(Documents),
    Code(Code),
    Codebook(Codebook),
    Forget(Forget),
}

/// Flags of every verb that reads a project.
#[derive(Debug, Args)]
pub(super) struct Common {
    /// Codebook to use instead of the project's, relative to the current folder
    #[arg(long, value_name = "FILE")]
    pub(super) codebook: Option<PathBuf>,
    /// Only segments that this lets pass: `case:hadeland AND phase:start`, `date:2016-01..2016-06`
    #[arg(long = "where", value_name = "FILTER")]
    pub(super) filter: Option<String>,
    /// Attributes to count by, in order, such as `case,type`
    #[arg(long, value_name = "ATTRIBUTES", value_delimiter = ',')]
    pub(super) by: Option<Vec<String>>,
    /// Whose decisions are applied: all, none, or names
    #[arg(long, value_name = "WHOSE", default_value = "all")]
    pub(super) decisions: String,
    /// Count repeated segments once, in counts and denominators alike
    #[arg(long)]
    pub(super) unique: bool,
    /// Stop when a document cannot be read
    #[arg(long)]
    pub(super) strict: bool,
    /// Threads to use; as many as there are cores by default
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=512))]
    pub(super) threads: Option<u16>,
    /// Compare documents by content, not by size and time
    #[arg(long)]
    pub(super) rehash: bool,
    /// How the result is written
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    pub(super) format: Format,
    /// `none` leaves out all words of the material, for output that may be shared
    #[arg(long, value_name = "WHICH", default_value = "all")]
    pub(super) quotes: Quotes,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    Table,
    Json,
    Csv,
    Markdown,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Quotes {
    All,
    None,
}

/// Make a commented project to start from
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  temakart new min-studie\n  temakart code min-studie")]
pub(super) struct New {
    /// Folder to make
    pub(super) dir: PathBuf,
}

/// Check project, codebook and documents, all problems at once; writes nothing
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  temakart check min-studie")]
pub(super) struct Check {
    /// Project folder
    #[arg(default_value = ".")]
    pub(super) project: PathBuf,
    #[command(flatten)]
    pub(super) common: Common,
}

/// List the documents with format, language, words, segments, speakers, attributes
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  temakart documents min-studie --format csv")]
pub(super) struct Documents {
    /// Project folder
    #[arg(default_value = ".")]
    pub(super) project: PathBuf,
    /// Write the extracted texts, which all offsets point into, to this folder
    #[arg(long, value_name = "DIR")]
    pub(super) text: Option<PathBuf>,
    #[command(flatten)]
    pub(super) common: Common,
}

/// Code the material and count each theme per case and phase
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  temakart code min-studie\n  temakart code min-studie --where 'phase:start' --by case,type\n  temakart code min-studie --codebook ny.toml --format json --out prøve"
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

/// Look into a codebook
#[derive(Debug, Args)]
pub(super) struct Codebook {
    #[command(subcommand)]
    pub(super) verb: CodebookVerb,
}

#[derive(Debug, Subcommand)]
pub(super) enum CodebookVerb {
    Forms(Forms),
}

/// Show per pattern which word forms it caught, how often and why, and near forms that it did not
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  temakart codebook forms min-studie --code forankring")]
pub(super) struct Forms {
    /// Project folder
    #[arg(default_value = ".")]
    pub(super) project: PathBuf,
    /// Only this code
    #[arg(long, value_name = "ID")]
    pub(super) code: Option<String>,
    #[command(flatten)]
    pub(super) common: Common,
}

/// Take a document out after withdrawn consent: file, index, results, decisions
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  temakart forget min-studie documents/hadeland/start/intervju-03.docx")]
pub(super) struct Forget {
    /// The document, or the project folder and the document
    #[arg(required = true, num_args = 1..=2, value_names = ["PROJECT", "DOCUMENT"])]
    pub(super) arguments: Vec<PathBuf>,
}
