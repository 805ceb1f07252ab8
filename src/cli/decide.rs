//! `temakart decide`: what a person says of codings, one at a time or from a file.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use super::arguments::{Common, Format};
use super::exit::{Exit, Stop};
use super::output::Output;
use super::study::{self, request};
use crate::decisions::{self, Action, Decision};
use crate::diag::Diagnostic;
use crate::pipeline::{self, Addition, Wish};
use crate::report;
use crate::text::is_date_time;

/// The setting that names the coder where `--coder` does not.
const CODER: &str = "TEMAKART_CODER";

/// Accept, reject, recode or add codings, one at a time or from a file; all other verbs then count accordingly
#[derive(Debug, Args)]
#[command(
    after_help = concat!(
        "Examples:\n",
        "  temakart decide reject min-studie 3f0c9a41b27e55d0 --coder kn\n",
        "  temakart decide recode min-studie 3f0c9a41b27e55d0 --code samarbeid --coder kn\n",
        "  temakart decide add min-studie intervju-03.docx 'rådmannen har ikke vist seg' --code forankring --coder kn\n",
        "  temakart decide from min-studie ark.xlsx --coder kn\n",
        "\n",
        "Ids are listed in results/codings.jsonl. Decisions are appended to decisions/CODER.jsonl and never change the ",
        "documents; the last one on a coding is the one that counts, so each can be undone. The coder's name appears in ",
        "results: use initials or a pseudonym. To avoid typing it, set TEMAKART_CODER in the environment.",
    )
)]
pub(super) struct Decide {
    #[command(subcommand)]
    pub(super) verb: DecideVerb,
}

#[derive(Debug, Subcommand)]
pub(super) enum DecideVerb {
    /// Confirm codings, even if the codebook no longer finds them
    Accept(OnCodings),
    /// Reject codings as wrong: they are no longer counted
    Reject(OnCodings),
    /// Give codings another code
    Recode(Recode),
    /// Attach a note to codings (--note); changes no count
    Note(OnCodings),
    /// Add a code to words that no pattern found
    Add(Add),
    /// Mark whole documents as read: where nothing was decided, no code fits
    Read(Read),
    /// Take decisions from a file: a sheet from `sample` with codes filled in, or edited codings (csv, xlsx, jsonl)
    From(From),
}

/// Who decides, and when.
#[derive(Debug, Args)]
pub(super) struct Person {
    /// Who decides: initials or a pseudonym, which appear in results
    #[arg(long, value_name = "NAME")]
    pub(super) coder: Option<String>,
    /// Why: stored with the decision
    #[arg(long, value_name = "TEXT")]
    pub(super) note: Option<String>,
    /// Time of the decision if not now, such as 2016-03-12T10:00:00Z
    #[arg(long, value_name = "TIME")]
    pub(super) at: Option<String>,
    /// Print the decisions and append nothing
    #[arg(long)]
    pub(super) dry_run: bool,
}

#[derive(Debug, Args)]
pub(super) struct OnCodings {
    /// Ids of codings, after the project folder if it is not the current one
    #[arg(required = true, num_args = 1.., value_names = ["PROJECT", "ID"])]
    pub(super) arguments: Vec<String>,
    #[command(flatten)]
    pub(super) person: Person,
    #[command(flatten)]
    pub(super) common: Common,
}

#[derive(Debug, Args)]
pub(super) struct Recode {
    /// Ids of codings, after the project folder if it is not the current one
    #[arg(required = true, num_args = 1.., value_names = ["PROJECT", "ID"])]
    pub(super) arguments: Vec<String>,
    /// The code that fits
    #[arg(long, value_name = "ID")]
    pub(super) code: String,
    #[command(flatten)]
    pub(super) person: Person,
    #[command(flatten)]
    pub(super) common: Common,
}

#[derive(Debug, Args)]
pub(super) struct Add {
    /// The document and its words, after the project folder if it is not the current one
    #[arg(required = true, num_args = 2..=3, value_names = ["PROJECT", "DOCUMENT", "QUOTE"])]
    pub(super) arguments: Vec<String>,
    /// The code that fits
    #[arg(long, value_name = "ID")]
    pub(super) code: String,
    /// Number of the segment, where the words occur in several
    #[arg(long, value_name = "N")]
    pub(super) segment: Option<u32>,
    /// The text right before the words
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub(super) before: String,
    /// The text right after the words
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub(super) after: String,
    #[command(flatten)]
    pub(super) person: Person,
    #[command(flatten)]
    pub(super) common: Common,
}

#[derive(Debug, Args)]
pub(super) struct Read {
    /// Documents, after the project folder if it is not the current one
    #[arg(required = true, num_args = 1.., value_names = ["PROJECT", "DOCUMENT"])]
    pub(super) arguments: Vec<String>,
    #[command(flatten)]
    pub(super) person: Person,
    #[command(flatten)]
    pub(super) common: Common,
}

#[derive(Debug, Args)]
pub(super) struct From {
    /// The file, after the project folder if it is not the current one
    #[arg(required = true, num_args = 1..=2, value_names = ["PROJECT", "FILE"])]
    pub(super) arguments: Vec<String>,
    /// Reject the codings that are missing from an edited file, in the documents that it covers; all its ids must be known
    #[arg(long)]
    pub(super) reject_missing: bool,
    #[command(flatten)]
    pub(super) person: Person,
    #[command(flatten)]
    pub(super) common: Common,
}

/// The project folder, what is wished there, and by whom.
fn asked(verb: &Decide) -> Result<(PathBuf, Wish, &Person, &Common), Stop> {
    let on_codings = |action: Action, verb: &OnCodings| {
        let (folder, ids) = folder_and(&verb.arguments);
        (folder, Wish::OnCodings { action, ids: ids.to_vec(), code: None })
    };
    let ((folder, wish), person, common) = match &verb.verb {
        DecideVerb::Accept(verb) => (on_codings(Action::Accept, verb), &verb.person, &verb.common),
        DecideVerb::Reject(verb) => (on_codings(Action::Reject, verb), &verb.person, &verb.common),
        DecideVerb::Note(verb) => {
            if verb.person.note.is_none() {
                return Err(Diagnostic::error("decide/no-note", "there is nothing to note")
                    .hint("`--note TEXT`")
                    .into());
            }
            (on_codings(Action::Note, verb), &verb.person, &verb.common)
        }
        DecideVerb::Recode(verb) => {
            let (folder, ids) = folder_and(&verb.arguments);
            let code = Some(verb.code.clone());
            ((folder, Wish::OnCodings { action: Action::Recode, ids: ids.to_vec(), code }), &verb.person, &verb.common)
        }
        DecideVerb::Add(verb) => ((folder_of_three(&verb.arguments), addition(verb)), &verb.person, &verb.common),
        DecideVerb::Read(verb) => {
            let (folder, documents) = folder_and(&verb.arguments);
            ((folder, Wish::Read { documents: documents.to_vec() }), &verb.person, &verb.common)
        }
        DecideVerb::From(verb) => {
            let (folder, file) = match verb.arguments.as_slice() {
                [folder, file] => (PathBuf::from(folder), file),
                files => (PathBuf::from("."), &files[0]),
            };
            let wish = Wish::File { path: PathBuf::from(file), rejects_missing: verb.reject_missing };
            ((folder, wish), &verb.person, &verb.common)
        }
    };
    Ok((folder, wish, person, common))
}

pub(super) fn run(verb: &Decide, output: &Output) -> Result<Exit, Stop> {
    let (folder, wish, person, common) = asked(verb)?;
    let coder = coder(person)?;
    let at = at(person)?;
    let request = request(&folder, common);
    let study = study::open(&request, output)?;
    let (codebook, warnings) = study.codebook()?;
    let mut decided = pipeline::decide(&study, &request, codebook, &wish)?;
    let n_all = decided.decisions.len();
    for decision in &mut decided.decisions {
        decision.coder.clone_from(&coder);
        decision.at.clone_from(&at);
        decision.note = decision.note.take().or_else(|| person.note.clone());
    }
    let decisions = pipeline::without_repetitions(&study, &coder, decided.decisions)?;
    output.diagnostics(warnings);
    output.diagnostics(&decided.warnings);
    study::tell_unread(&study, output);
    if person.dry_run {
        let shown = |decision: &Decision| {
            let mut decision = decision.clone();
            if !study::shows_quotes(common) {
                (decision.quote, decision.before, decision.after) = Default::default();
            }
            decision.line()
        };
        output.data(decisions.iter().map(shown).collect::<String>().as_bytes())?;
    } else if !decisions.is_empty() {
        decisions::append(study.project.folder(), &coder, &decisions)?;
    }
    let summary = Summary { coder: &coder, decisions: &decisions, n_repeated: n_all - decisions.len() };
    match common.format {
        Format::Json if !person.dry_run => output.data(report::decided_json(&coder, &at, &decisions).as_bytes())?,
        _ => output.say(&summary.line(person.dry_run)),
    }
    Ok(Exit::found(study.skipped, n_all > 0))
}

/// The project folder, if the first of several arguments is one, and the others.
fn folder_and(arguments: &[String]) -> (PathBuf, &[String]) {
    match arguments.split_first() {
        Some((first, rest)) if !rest.is_empty() && Path::new(first).is_dir() => (PathBuf::from(first), rest),
        _ => (PathBuf::from("."), arguments),
    }
}

fn folder_of_three(arguments: &[String]) -> PathBuf {
    PathBuf::from(if arguments.len() == 3 { arguments[0].as_str() } else { "." })
}

fn addition(verb: &Add) -> Wish {
    let (document, quote) = match verb.arguments.as_slice() {
        [.., document, quote] => (document.clone(), quote.clone()),
        _ => unreachable!("the argument parser takes two or three"),
    };
    Wish::Add(Addition {
        document,
        quote,
        code: verb.code.clone(),
        segment: verb.segment,
        before: verb.before.clone(),
        after: verb.after.clone(),
    })
}

/// Who decides. Never the name of the user, which nobody asked to be put into results.
fn coder(person: &Person) -> Result<String, Stop> {
    let typed = person.coder.clone().or_else(|| std::env::var(CODER).ok().filter(|name| !name.trim().is_empty()));
    match typed {
        Some(name) => Ok(decisions::coder_name(&name)?),
        None => Err(Diagnostic::error("decide/no-coder", "who decides?")
            .hint(format!("`--coder NAME`, or {CODER} in the environment"))
            .hint("the name appears in results: use initials or a pseudonym")
            .into()),
    }
}

/// When, as ISO 8601 has it: a date at least.
fn at(person: &Person) -> Result<String, Stop> {
    let Some(typed) = &person.at else { return Ok(decisions::now()) };
    if is_date_time(typed) {
        return Ok(typed.trim().to_owned());
    }
    let message = format!("`{}` is not a time", crate::diag::shortened(typed));
    Err(Diagnostic::error("decide/bad-time", message).hint("such as 2016-03-12T10:00:00Z").into())
}

/// What was done, for people.
struct Summary<'a> {
    coder: &'a str,
    decisions: &'a [Decision],
    n_repeated: usize,
}

impl Summary<'_> {
    fn line(&self, is_dry_run: bool) -> String {
        let counts: Vec<String> = [
            (Action::Accept, "accepted"),
            (Action::Reject, "rejected"),
            (Action::Recode, "recoded"),
            (Action::Add, "added"),
            (Action::Read, "read"),
            (Action::Note, "noted"),
        ]
        .into_iter()
        .map(|(action, word)| (self.decisions.iter().filter(|decision| decision.action == action).count(), word))
        .filter(|(n, _)| *n > 0)
        .map(|(n, word)| format!("{n} {word}"))
        .collect();
        let repeated = match self.n_repeated {
            0 => String::new(),
            n => format!("; {n} already recorded and left out"),
        };
        let counts = if counts.is_empty() { "nothing new".to_owned() } else { counts.join(", ") };
        let place =
            if is_dry_run { "nothing was appended".to_owned() } else { format!("decisions/{}.jsonl", self.coder) };
        format!("{counts}{repeated} ({place})")
    }
}
