//! The verbs, and the flags that those have in common which read a project. A verb's own are in its file.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::decisions::Whose;

/// Codes interviews, minutes and reports against a codebook, and counts each theme per case and phase.
///
/// Every count leads to its quotes.
#[derive(Debug, Parser)]
#[command(name = "temakart", version, disable_help_subcommand = true, arg_required_else_help = true)]
#[command(
    after_help = concat!(
        "To start:\n",
        "  temakart new min-studie\n",
        "  temakart code min-studie\n",
        "\n",
        "`temakart VERB --help` has an example of each.\n",
        "\n",
        "Exit codes:\n",
        "   0  done\n",
        "   1  nothing was found, or a check failed\n",
        "   2  bad input or usage; nothing was done\n",
        "   3  done, but documents could not be read and are not counted\n",
        "  70  a bug in temakart",
    )
)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub(super) verb: Verb,
}

#[derive(Debug, Subcommand)]
pub(super) enum Verb {
    New(super::new::New),
    Check(super::check::Check),
    Documents(super::documents::Documents),
    Code(super::code::Code),
    Codebook(super::codebook::Codebook),
    Compare(super::compare::Compare),
    Together(super::together::Together),
    Words(super::words::Words),
    Search(super::search::Search),
    Evidence(super::evidence::Evidence),
    Report(super::report::Report),
    Plot(super::plot::Plot),
    Decide(super::decide::Decide),
    Diff(super::diff::Diff),
    Sample(super::sample::Sample),
    Agree(super::agree::Agree),
    Import(super::import::Import),
    Export(super::export::Export),
    Forget(super::forget::Forget),
}

/// Flags of every verb that reads a project.
#[derive(Debug, Args)]
pub(super) struct Common {
    /// Codebook to use instead of the project's, relative to the current folder
    #[arg(long, value_name = "FILE")]
    pub(super) codebook: Option<PathBuf>,
    /// Only segments that match: `case:hadeland AND date:2016-01..2016-06`, `code:forankring AND stance:missing`
    #[arg(long = "where", value_name = "FILTER")]
    pub(super) filter: Option<String>,
    /// Attributes to count by, in order, such as `case,type`
    #[arg(long, value_name = "ATTRIBUTES", value_delimiter = ',')]
    pub(super) by: Option<Vec<String>>,
    /// Whose decisions are applied: all, none, or names
    #[arg(long, value_name = "WHOSE", default_value = "all")]
    pub(super) decisions: Whose,
    /// Count repeated segments once, where they first occur in all the material, in counts and denominators alike
    #[arg(long)]
    pub(super) unique: bool,
    /// Stop when a document cannot be read
    #[arg(long)]
    pub(super) strict: bool,
    /// Threads to use; as many as there are cores by default
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=512))]
    pub(super) threads: Option<u16>,
    /// Detect changed documents by content, not by size and time, and check the index for damage
    #[arg(long)]
    pub(super) rehash: bool,
    /// Format of the result
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
