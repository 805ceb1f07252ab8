//! Codings that an edited file lacks → rejected, where nothing but a person can have taken them out.
//!
//! An id is derived from document, place and code. A file made from other documents, another codebook or a part of the
//! material lacks codings that nobody removed, so it is refused, with nothing written; a document that the file says
//! nothing of is left as it is, and so is what people stand for where the file may be older than their decisions.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::Value;

use super::{Desk, Site};
use crate::coding::Mention;
use crate::decisions::{Action, Whose};
use crate::diag::{Diagnostic, Place, few, file_name, shortened};
use crate::disk::{Input, folder_of, read_bytes};
use crate::pipeline::Request;

/// The record of a run of a hundred thousand documents is smaller.
const MAX_BYTES: u64 = 256 << 20;

/// The ids that rows of a file have, each with its place.
pub(super) type Ids<'r> = Vec<(&'r str, &'r Place)>;

/// Refuses `--reject-missing` for a sheet of segments.
pub(super) fn not_of_segments(path: &Path) -> Diagnostic {
    let message = format!("`--reject-missing` works on edited codings, but `{}` lists segments", file_name(path));
    Diagnostic::error("decide/missing-of-segments", message)
        .at(Place::file(path))
        .hint("a row with codes, or with `-`, already rejects what it does not name: omit the flag")
}

impl Desk<'_> {
    /// Rejects the codings of this run that have none of `ids`. `sites` are all codings that ids can mean.
    pub(super) fn reject_missing(
        &mut self,
        path: &Path,
        ids: &Ids<'_>,
        sites: &BTreeMap<String, Site>,
    ) -> Result<(), Vec<Diagnostic>> {
        self.are_known(path, ids, sites).map_err(|error| vec![error])?;
        // Beside the record may lie what is of a part only: `export --where`, or what a person made.
        let record = self.record(path).map_err(|error| vec![error])?;
        let record = record.filter(|_| path.file_name().is_some_and(|name| name == "codings.jsonl"));
        let had_all = record.is_some();
        let had_decided = record.is_some_and(|own| inputs(&own, "decisions") == hashes(&self.study.decisions.inputs));
        let rows = self.study.corpus.rows();
        let document = |site: &Site| rows.document(site.words.row as usize);
        let told_of: BTreeSet<Option<usize>> = ids.iter().map(|(id, _)| document(&sites[*id])).collect();
        let kept: BTreeSet<&str> = ids.iter().map(|(id, _)| *id).collect();
        let now = super::mentions(self.study, self.codebook)?;
        let people = now.people.clone();
        let now = self.sites_of(now, None)?;
        let is_decided = |Site { words, code }: &Site| {
            people.of(*code, &Mention::manual(words.row, words.from..words.to, None)).next().is_some()
        };
        let missing = now.iter().filter(|(id, _)| !kept.contains(id.as_str())).map(|(_, site)| *site);
        let (missing, elsewhere): (Vec<Site>, Vec<Site>) =
            missing.partition(|site| had_all || told_of.contains(&document(site)));
        let (decided, mut missing): (Vec<Site>, Vec<Site>) =
            missing.into_iter().partition(|site| is_decided(site) && !had_decided);
        let elsewhere: BTreeSet<usize> = elsewhere.iter().filter_map(document).collect();
        // Row numbers depend on reading order, so they are sorted by document and place instead.
        missing.sort_by_key(|site| (document(site), site.words, site.code));
        for site in missing {
            self.on_site(Action::Reject, site, None)?;
        }
        self.decided.warnings.extend(decided_since(path, decided.len()));
        self.decided.warnings.extend(self.left_alone(path, &elsewhere));
        Ok(())
    }

    fn are_known(&self, path: &Path, ids: &Ids<'_>, sites: &BTreeMap<String, Site>) -> Result<(), Diagnostic> {
        let name = file_name(path);
        if ids.is_empty() {
            let message = format!("no row of `{name}` has an `id`, so it cannot be told which codings are kept");
            return Err(Diagnostic::error("decide/missing-without-ids", message)
                .at(Place::file(path))
                .hint("edit the `codings.jsonl` that `temakart code` writes, or omit `--reject-missing`"));
        }
        let unknown: Vec<_> = ids.iter().filter(|(id, _)| !sites.contains_key(*id)).collect();
        let Some((_, first)) = unknown.first() else { return Ok(()) };
        let which = match unknown.len() {
            1 => format!("1 id in `{name}` matches no coding in this run"),
            n => format!("{n} ids in `{name}` match no coding in this run"),
        };
        let message = format!(
            "{which}: documents or codebook have changed, and `--reject-missing` could reject codings that the file \
             keeps"
        );
        Err(Diagnostic::error("decide/missing-of-another-run", message)
            .at((*first).clone())
            .hint("run `temakart code` again and edit its new output, or omit `--reject-missing`"))
    }

    /// The record beside a file, if there is one: of this run, but for what people decided since.
    ///
    /// # Errors
    /// When it is of another run.
    fn record(&self, path: &Path) -> Result<Option<Value>, Diagnostic> {
        let record = read_bytes(&folder_of(path).join("run.json"), MAX_BYTES).ok();
        let record: Option<Value> = record.and_then(|(_, bytes)| serde_json::from_slice(&bytes).ok());
        let Some(record) = record.filter(|record| record.get("temakart").is_some()) else { return Ok(None) };
        let Some(why) = self.other_run(&record) else { return Ok(Some(record)) };
        let message = format!("`{}` comes from a different run: {why}", file_name(path));
        Err(Diagnostic::error("decide/missing-of-another-run", message)
            .at(Place::file(path))
            .hint("use the same options, or run `temakart code` again and edit its new output")
            .hint("without `--reject-missing`, only the rows that state a decision are applied"))
    }

    /// How the recorded run differs from this one, where it may have found fewer codings for that.
    fn other_run(&self, record: &Value) -> Option<String> {
        let Request { filter, unique, decisions, .. } = self.request;
        let empty = Value::Null;
        let version = text(record, "temakart").unwrap_or_default();
        if version != env!("CARGO_PKG_VERSION") {
            return Some(format!("temakart {} made it", shortened(&version)));
        }
        let options = record.get("options").unwrap_or(&empty);
        let narrowed =
            |filter: Option<&str>| filter.map_or("no `--where`".to_owned(), |own| format!("`--where '{own}'`"));
        let own = text(options, "where");
        if own != *filter {
            let (own, now) = (narrowed(own.as_deref()), narrowed(filter.as_deref()));
            return Some(format!("it used {own}, this one {now}"));
        }
        if options.get("unique").and_then(Value::as_bool) != Some(*unique) {
            return Some("only one of the two had `--unique`".to_owned());
        }
        let own = text(options, "decisions").unwrap_or_default();
        if Whose::from(own.as_str()) != *decisions {
            return Some(format!("it used `--decisions {own}`, this one `--decisions {decisions}`"));
        }
        if record.get("codebook").and_then(|own| text(own, "sha256")).as_ref() != Some(&self.codebook.sha256) {
            return Some("it used another codebook".to_owned());
        }
        let (own, now) = (inputs(record, "project_files"), hashes(self.study.project.inputs()));
        let other: BTreeSet<&str> = own.symmetric_difference(&now).map(|(path, _)| path.as_str()).collect();
        if !other.is_empty() {
            let other: Vec<&str> = other.into_iter().collect();
            return Some(format!("added, removed or changed since then: {}", few(&other)));
        }
        let own: BTreeMap<String, String> = inputs(record, "documents").into_iter().collect();
        let documents = self.study.corpus.documents().iter();
        let other = documents.filter(|document| own.get(&document.path) != Some(&document.hash()));
        let other: Vec<&str> = other.map(|document| document.path.as_str()).collect();
        (!other.is_empty()).then(|| format!("added or changed since then: {}", few(&other)))
    }

    /// Tells of documents with codings that the file has no row of.
    fn left_alone(&self, path: &Path, documents: &BTreeSet<usize>) -> Option<Diagnostic> {
        let paths: Vec<&str> =
            documents.iter().map(|document| self.study.corpus.documents()[*document].path.as_str()).collect();
        let message =
            format!("`{}` has no rows from {}: codings there are left as they are", file_name(path), few(&paths));
        (!paths.is_empty()).then(|| {
            Diagnostic::warning("decide/missing-documents", message)
                .hint("only a `codings.jsonl` beside its `run.json` is known to be complete")
                .hint("`temakart decide reject` takes ids")
        })
    }
}

/// Tells of codings that somebody added or accepted, and that the file may be too old to have.
fn decided_since(path: &Path, n: usize) -> Option<Diagnostic> {
    let (codings, are_kept, them) =
        if n == 1 { ("1 coding".to_owned(), "is kept", "it") } else { (format!("{n} codings"), "are kept", "them") };
    let file = file_name(path);
    let message =
        format!("{codings} that somebody added or accepted {are_kept}, though `{file}` does not contain {them}");
    (n > 0).then(|| {
        Diagnostic::warning("decide/missing-decided", message)
            .hint("the file may be older than what they decided; `temakart decide reject` takes ids")
    })
}

/// Path and hash of the files that a record has under `name`.
fn inputs(record: &Value, name: &str) -> BTreeSet<(String, String)> {
    let files = record.get(name).and_then(Value::as_array).into_iter().flatten();
    files.filter_map(|file| Some((text(file, "path")?, text(file, "sha256")?))).collect()
}

fn hashes(files: &[Input]) -> BTreeSet<(String, String)> {
    files.iter().map(|file| (file.path.clone(), file.sha256.clone())).collect()
}

fn text(of: &Value, name: &str) -> Option<String> {
    of.get(name).and_then(Value::as_str).map(str::to_owned)
}
