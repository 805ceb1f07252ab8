//! `temakart agree`: do rules and people, or two people, agree.

use std::path::{Path, PathBuf};

use clap::Args;

use super::arguments::Common;
use super::exit::{Exit, Stop};
use super::output::Output;
use super::study::{self, request};
use crate::agreement::{self, Coder, Gold, Judged, Passages, Unit};
use crate::codebook::Codebook;
use crate::compare::Themes;
use crate::decisions::Whose;
use crate::diag::{Diagnostic, Warning, shortened};
use crate::index;
use crate::pipeline::{self, CoderCodings, Study};
use crate::report::AgreementReport;
use crate::stats::bootstrap::Resampling;

/// Seed of the random numbers for the intervals; printed with them.
const SEED: u64 = 1;

/// Compare what the rules found with what a person decided, or two persons with each other
#[derive(Debug, Args)]
#[command(
    after_help = concat!(
        "Examples:\n",
        "  temakart agree min-studie --gold gull.csv\n",
        "  temakart agree min-studie --gold gull.csv --list\n",
        "  temakart agree min-studie --gold kari.csv --against ola.csv --format json\n",
        "  temakart agree min-studie --coder kari --coder ola",
    )
)]
pub(super) struct Agree {
    /// Project folder
    #[arg(default_value = ".")]
    pub(super) project: PathBuf,
    /// What a person decided: csv, xlsx or jsonl with `document`, `segment`, `codes`; `stance_CODE` if judged, `start` and
    /// `end` if passages were marked
    #[arg(long, value_name = "FILE")]
    pub(super) gold: Option<PathBuf>,
    /// What another person decided, to compare with in place of the rules
    #[arg(long, value_name = "FILE", requires = "gold", conflicts_with = "coder")]
    pub(super) against: Option<PathBuf>,
    /// A coder in `decisions/`: one is compared with the gold file, or with the rules where there is none; two with each other
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub(super) coder: Vec<String>,
    /// Treat every document in which a coder decided anything as read by that coder
    #[arg(long, requires = "coder")]
    pub(super) assume_read: bool,
    /// Also list the segments on which the two differ, with text and pattern
    #[arg(long, visible_alias = "disagreements")]
    pub(super) list: bool,
    #[command(flatten)]
    pub(super) common: Common,
}

/// The two that are compared.
struct Compared {
    /// The name of the first.
    first: String,
    /// What the first says.
    judged: Judged,
    second: Party,
    /// Whether the second is a person, not the rules.
    is_person: bool,
    warnings: Vec<Diagnostic>,
}

/// The second of the two that are compared.
struct Party {
    name: String,
    coder: Coder,
    passages: Option<Passages>,
    /// Where it found what, if it tells more than the segments.
    places: Option<CoderCodings>,
}

pub(super) fn run(verb: &Agree, output: &Output) -> Result<Exit, Stop> {
    check_who(verb)?;
    // Before documents are read: a misspelt path costs no time.
    let gold = verb.gold.as_deref().map(agreement::read_gold).transpose()?;
    let against = verb.against.as_deref().map(agreement::read_gold).transpose()?;
    let mut request = request(&verb.project, &verb.common);
    if !verb.coder.is_empty() {
        // Each coder is taken alone, so nobody's decisions are applied to another's.
        request.decisions = Whose::All;
    }
    let study = study::open(&request, output)?;
    let [gold, against] = [gold, against].map(|sheet| sheet.map(|sheet| sheet.with_whole_paths(&study.project)));
    let (codebook, codebook_warnings) = study.codebook()?;
    let both = (gold.as_ref(), against.as_ref());
    let Compared { first, judged, second, is_person, warnings } = compared(verb, both, &study, codebook)?;
    let deciders = if is_person || gold.is_none() { &[] } else { study.decisions.coders() };
    let sizes = match verb.gold.as_deref() {
        Some(path) => sizes(path, &judged)?,
        None => None,
    };
    let resampling = Resampling::usual(SEED);
    let agreement = agreement::measure(&judged.coder, &second.coder, sizes.as_deref(), resampling);
    let passages = judged.passages.as_ref().zip(second.passages.as_ref()).filter(|_| sizes.is_none());
    let passages = passages
        .map(|(gold, found)| agreement::compare_passages(&study.corpus, &judged.units, gold, found, resampling));
    let places = second.places.as_ref().map(|coding| &coding.codings);
    let listed = verb.list.then(|| {
        agreement::disagreements(&study.corpus, codebook, &judged.units, (&judged.coder, &second.coder), places)
            .map_err(index::unreadable)
    });
    let listed = listed.transpose()?;
    let mut rows = study.warnings().to_vec();
    rows.extend(warnings.iter().map(Warning::from));
    let report = AgreementReport {
        gold: first,
        against: is_person.then_some(second.name),
        deciders,
        agreement: &agreement,
        passages: passages.as_deref(),
        units: &judged.units,
        disagreements: listed.as_deref(),
        quotes: study::quotes(&verb.common),
        corpus: &study.corpus,
        codebook,
        warnings: &rows,
    };
    output.diagnostics(codebook_warnings);
    output.diagnostics(&warnings);
    study::tell_unread(&study, output);
    output.show(verb.common.format, &report)?;
    Ok(Exit::done(study.skipped))
}

/// Whether it is clear who is compared with whom.
fn check_who(verb: &Agree) -> Result<(), Diagnostic> {
    let most = if verb.gold.is_some() { 1 } else { 2 };
    match verb.coder.as_slice() {
        [] if verb.gold.is_none() => Err(Diagnostic::error("agreement/nobody", "nobody is named to compare with")
            .hint("`--gold FILE` compares the rules with a sheet that somebody coded by hand; `temakart sample` makes one")
            .hint("`--coder NAME` compares them with what a coder decided, two `--coder` the coders with each other")),
        [first, second, ..] if first == second => {
            Err(Diagnostic::error("agreement/same-coder", format!("`{}` is named twice", shortened(first)))
                .hint("name two coders to compare them, or one to compare with the rules"))
        }
        coders if coders.len() > most => {
            Err(Diagnostic::error("agreement/too-many-coders", "at most two can be compared")
                .hint("one `--coder` with `--gold`, two without"))
        }
        _ => Ok(()),
    }
}

/// Those who are compared, on the segments that both have judged.
fn compared(
    verb: &Agree,
    (gold, against): (Option<&Gold>, Option<&Gold>),
    study: &Study,
    codebook: &Codebook,
) -> Result<Compared, Stop> {
    let mut codings: Vec<(String, CoderCodings)> = Vec::new();
    for coder in &verb.coder {
        codings.push((coder.clone(), codings_of(verb, study, codebook, coder)?));
    }
    let (mut judged, first, mut warnings) = match (gold, verb.gold.as_deref()) {
        (Some(gold), Some(path)) => {
            let mut judged = gold.place(codebook, &study.corpus, &study.material)?;
            let warnings = std::mem::take(&mut judged.warnings);
            (judged, file_name(path), warnings)
        }
        _ => {
            let (name, coding) = codings.remove(0);
            (read_by(study, codebook, &name, &coding)?, name, Vec::new())
        }
    };
    let second = match (against, codings.pop()) {
        (Some(against), _) => {
            let path = verb.against.as_deref().unwrap_or(Path::new(""));
            Some(in_both(&mut judged, (against, path), study, codebook, &mut warnings)?)
        }
        (None, Some((name, coding))) => Some(read_by_both(&mut judged, name, coding, &first)?),
        (None, None) => None,
    };
    let is_person = second.is_some();
    let second = match second {
        Some(second) => second,
        None => of_rules(study, codebook, &judged, gold.is_some())?,
    };
    Ok(Compared { first, judged, second, is_person, warnings })
}

fn codings_of(verb: &Agree, study: &Study, codebook: &Codebook, coder: &str) -> Result<CoderCodings, Stop> {
    let coding = pipeline::codings_of(study, codebook, coder)?;
    Ok(if verb.assume_read { coding.with_whole_documents(study) } else { coding })
}

/// What the rules say of the judged segments, with decisions applied where the results have them too.
fn of_rules(study: &Study, codebook: &Codebook, judged: &Judged, with_decisions: bool) -> Result<Party, Stop> {
    let coding = if with_decisions {
        pipeline::codings_of_results(study, codebook)?
    } else {
        pipeline::codings_of_rules(study, codebook)?
    };
    Ok(Party::of(String::new(), coding, &judged.units))
}

impl Party {
    fn of(name: String, coding: CoderCodings, units: &[Unit]) -> Self {
        Self {
            name,
            coder: Coder::of_codings(&coding.codings, units),
            passages: Some(Passages::of_codings(&coding.codings, units)),
            places: Some(coding),
        }
    }
}

/// What one coder says of all that this coder has read.
fn read_by(study: &Study, codebook: &Codebook, name: &str, coding: &CoderCodings) -> Result<Judged, Stop> {
    let CoderCodings { codings, has_read } = coding;
    let coded = Themes { corpus: &study.corpus, material: &study.material, codebook, codings };
    let judged = Judged::of_codings(coded, has_read);
    if judged.units.is_empty() {
        return Err(nothing_read(format!("`{name}` has not read any segment of this run")));
    }
    Ok(judged)
}

fn nothing_read(message: String) -> Stop {
    Diagnostic::error("agreement/nothing-read", message)
        .hint("the absence of a code counts only in documents that were marked as read (`read`)")
        .hint("`--assume-read` treats every document in which a coder decided anything as read")
        .into()
}

/// Keeps what the coder has read, and gives what the coder says of it.
fn read_by_both(judged: &mut Judged, name: String, coding: CoderCodings, first: &str) -> Result<Party, Stop> {
    judged.retain(|unit| coding.has_read[unit.row]);
    if judged.units.is_empty() {
        return Err(nothing_read(format!("`{first}` and `{name}` have no judged segment in common")));
    }
    Ok(Party::of(name, coding, &judged.units))
}

/// Keeps what both sheets list, and gives what the other one says of it.
fn in_both(
    judged: &mut Judged,
    (against, path): (&Gold, &Path),
    study: &Study,
    codebook: &Codebook,
    warnings: &mut Vec<Diagnostic>,
) -> Result<Party, Stop> {
    let mut other = against.place(codebook, &study.corpus, &study.material)?;
    warnings.append(&mut other.warnings);
    let (n_gold, n_other) = (judged.units.len(), other.units.len());
    let listed = other.units.clone();
    judged.retain(|unit| listed.binary_search(unit).is_ok());
    let common = judged.units.clone();
    other.retain(|unit| common.binary_search(unit).is_ok());
    if common.is_empty() {
        return Err(Diagnostic::error("agreement/nothing-in-common", "the two sheets have no segment in common").into());
    }
    if n_gold > common.len() || n_other > common.len() {
        let message = format!(
            "the {} segments in both sheets are compared; {} only in the first and {} only in the second are left out",
            common.len(),
            n_gold - common.len(),
            n_other - common.len()
        );
        warnings.push(Diagnostic::warning("agreement/not-in-both", message));
    }
    Ok(Party { name: file_name(path), coder: other.coder, passages: other.passages, places: None })
}

/// For a drawn sheet, the stratum of each unit and how many segments of the material that has.
fn sizes(sheet: &Path, judged: &Judged) -> Result<Option<Vec<(u32, u32)>>, Stop> {
    let Some(numbers) = &judged.draws else { return Ok(None) };
    let sizes = agreement::read_weights(sheet)?.sizes();
    let mut of_units = Vec::with_capacity(numbers.len());
    for number in numbers {
        let Some(size) = sizes.get(number) else {
            let message = format!("the weights file has no entry for draw number {number}");
            return Err(Diagnostic::error("agreement/unknown-stratum", message).into());
        };
        of_units.push(*size);
    }
    Ok(Some(of_units))
}

fn file_name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}
