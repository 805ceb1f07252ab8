//! `temakart evidence`: what the material says for a claim and against it, and what that rests on.

use std::path::{Path, PathBuf};

use clap::Args;

use super::arguments::Common;
use super::exit::{Exit, Stop};
use super::output::Output;
use super::search::codebook_or_none;
use super::study::{self, request};
use crate::diag::Diagnostic;
use crate::pipeline;
use crate::report::EvidenceReport;
use crate::search::{self, ClaimList};

/// Rank the passages that speak for and against a claim, and show what they rest on
#[derive(Debug, Args)]
#[command(
    override_usage = concat!(
        "temakart evidence [OPTIONS] [PROJECT] <CLAIM>\n",
        "       temakart evidence [OPTIONS] [PROJECT] --claims <FILE>",
    ),
    after_help = concat!(
        "Direction (same, opposite, unclear) is assigned by rule from cue words: read the passages.\n",
        "\n",
        "A passage may be several segments, such as successive turns. In JSON, `text` then joins their texts with line breaks, ",
        "while `start` and `end` are where the passage begins and ends in the document (code points in what `documents ",
        "--text` writes), with speakers' names and times in between. `quote` is verbatim from one segment.\n",
        "\n",
        "Examples:\n",
        "  temakart evidence min-studie 'Forankringen var svakere i Lillehammer enn i de andre kommunene'\n",
        "  temakart evidence min-studie --claims funn.csv --format markdown\n",
        "  temakart evidence min-studie --claims rapportutkast.docx --limit 3",
    )
)]
pub(super) struct Evidence {
    /// The claim, or the project folder and the claim; with `--claims` the folder alone
    #[arg(num_args = 0.., value_name = "CLAIM")]
    pub(super) arguments: Vec<String>,
    /// Claims: one a line, a sheet with a column `claim`, a Markdown list, or a draft in .md or .docx
    #[arg(long, value_name = "FILE")]
    pub(super) claims: Option<PathBuf>,
    /// Passages to show for each claim; counts and flags do not depend on it: they are of the best 400 that were found
    #[arg(long, value_name = "N", default_value = "8")]
    pub(super) limit: usize,
    #[command(flatten)]
    pub(super) common: Common,
}

pub(super) fn run(verb: &Evidence, output: &Output) -> Result<Exit, Stop> {
    let (folder, ClaimList { claims, left_out }) = asked(verb)?;
    output.diagnostics(left_out.as_slice());
    output.diagnostics(pipeline::repeated_ids(&claims).as_slice());
    let request = request(folder, &verb.common);
    let study = study::open(&request, output)?;
    study::tell_asked_in_vain(&study, output);
    let codebook = codebook_or_none(&study, &verb.common)?;
    let mentions = pipeline::mentions(&study, &codebook)?;
    let found = pipeline::evidence(&study, &codebook, &mentions, &claims, verb.limit)?;
    let unread = study::tell_unread(&study, output);
    let report = EvidenceReport {
        claims: &found,
        corpus: &study.corpus,
        material: &study.material,
        codebook: &codebook,
        project: &study.project,
        quotes: study::quotes(&verb.common),
        warnings: &unread,
    };
    output.show(verb.common.format, &report)?;
    Ok(Exit::found(study.skipped, found.iter().any(|claim| claim.found.total() > 0)))
}

fn asked(verb: &Evidence) -> Result<(&Path, ClaimList), Stop> {
    let typed = |claim: &str| search::typed_claim(claim).map(|claim| ClaimList { claims: vec![claim], left_out: None });
    match (verb.arguments.as_slice(), &verb.claims) {
        ([_, _, ..], None) => {
            let (folder, claim) = study::folder_and(&verb.arguments)?;
            Ok((folder, typed(claim)?))
        }
        ([folder], None) if Path::new(folder).is_dir() => {
            Err(Diagnostic::error("evidence/no-claim", format!("`{folder}` is a folder, and no claim is given"))
                .hint("give a claim in quotes after it, or a file with `--claims`")
                .into())
        }
        ([claim], None) => Ok((Path::new("."), typed(claim)?)),
        ([folder], Some(file)) => Ok((Path::new(folder), search::claims_of_file(file)?)),
        ([], Some(file)) => Ok((Path::new("."), search::claims_of_file(file)?)),
        ([], None) => Err(Diagnostic::error("evidence/no-claim", "no claim is given")
            .hint("give one in quotes, or a file with `--claims`")
            .into()),
        (_, Some(_)) => {
            Err(Diagnostic::error("evidence/two-claims", "a claim and `--claims` cannot be used together").into())
        }
    }
}
