//! What a person wants to decide → decisions with their places, ready to be appended.

mod edited;
mod judged;
mod missing;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use super::{Request, Study, mentions, unquoted, unreadable_index};
use crate::codebook::Codebook;
use crate::coding::{self, Mentions};
use crate::decisions::{self, Action, Anchors, Decision, Places, WordSpan};
use crate::diag::{Diagnostic, shortened};
use crate::material::RowState;
use crate::project::Meant;

/// So many places of a quote are named.
const MAX_SEGMENTS_NAMED: usize = 10;

/// What is to be decided.
#[derive(Debug, Clone)]
pub enum Wish {
    /// Something about codings, by their ids in `codings.jsonl`.
    OnCodings {
        /// Accept, reject, recode or note.
        action: Action,
        /// The ids.
        ids: Vec<String>,
        /// The new code, to recode.
        code: Option<String>,
    },
    /// A coding that is not there yet.
    Add(Addition),
    /// That whole documents have been read, by path or by the end of one.
    Read {
        /// The documents.
        documents: Vec<String>,
    },
    /// What a file says: a sheet of `sample` with codes filled in, or codings that were edited.
    File {
        /// Where it is.
        path: PathBuf,
        /// Whether codings that the file lacks are rejected.
        rejects_missing: bool,
    },
}

/// A coding that is not there yet.
#[derive(Debug, Clone, Default)]
pub struct Addition {
    /// The document's path or the end of one.
    pub document: String,
    /// Its words.
    pub quote: String,
    /// The code's id.
    pub code: String,
    /// The segment that they stand in, where they stand in several.
    pub segment: Option<u32>,
    /// What stands right before them.
    pub before: String,
    /// What stands right after them.
    pub after: String,
}

/// Decisions that follow from a wish, and what is to be said of them.
#[derive(Debug, Clone, Default)]
pub struct Decided {
    /// Without coder and time.
    pub decisions: Vec<Decision>,
    /// What was left out and why.
    pub warnings: Vec<Diagnostic>,
}

/// Finds the places of what is to be decided.
///
/// # Errors
/// Everything that must be mended first; then nothing is to be appended.
pub fn decide(study: &Study, request: &Request, codebook: &Codebook, wish: &Wish) -> Result<Decided, Vec<Diagnostic>> {
    let mut desk = Desk { study, request, codebook, anchors: Anchors::new(&study.corpus), decided: Decided::default() };
    match wish {
        Wish::OnCodings { action, ids, code } => desk.on_codings(*action, ids, code.as_deref())?,
        Wish::Add(addition) => desk.add(addition)?,
        Wish::Read { documents } => desk.read(documents)?,
        Wish::File { path, rejects_missing } => {
            if judged::is_sheet(path)? {
                if *rejects_missing {
                    return Err(vec![missing::not_of_segments(path)]);
                }
                desk.judge(path)?;
            } else {
                desk.take_edited(path, *rejects_missing)?;
            }
        }
    }
    Ok(desk.decided)
}

/// Leaves out what `coder` said last of the same place already.
///
/// # Errors
/// When the decisions cannot be read.
pub fn without_repetitions(study: &Study, coder: &str, new: Vec<Decision>) -> Result<Vec<Decision>, Vec<Diagnostic>> {
    type Key = (String, Option<u32>, Option<u32>, Option<u32>, Option<String>);
    // Recoding says something of the old code there and of the new one.
    let keys = |decision: &Decision| -> Vec<Key> {
        let Decision { document, segment, start, end, .. } = decision;
        let codes = [Some(&decision.code), Some(&decision.from).filter(|from| from.is_some())];
        codes.into_iter().flatten().map(|code| (document.clone(), *segment, *start, *end, code.clone())).collect()
    };
    // Adding and accepting are the same opinion.
    let opinion = |action: Action| if action == Action::Add { Action::Accept } else { action };
    let said = |decision: &Decision| {
        (opinion(decision.action), decision.from.clone(), decision.quote.clone(), decision.note.clone())
    };
    let decisions = decisions::read(study.project.folder())?;
    let own = decisions.entries().map(|(_, entry)| &entry.decision).filter(|decision| decision.coder == coder);
    let mut last: BTreeMap<Key, &Decision> = BTreeMap::new();
    for decision in own {
        last.extend(keys(decision).into_iter().map(|key| (key, decision)));
    }
    // What is recoded without a word about the old code takes the place of what stands there then.
    let is_open = |decision: &Decision| decision.action == Action::Recode && decision.from.is_none();
    let is_said = |decision: &Decision| {
        let mut all = keys(decision).into_iter();
        all.all(|key| last.get(&key).is_some_and(|last| said(last) == said(decision)))
    };
    Ok(new.into_iter().filter(|decision| is_open(decision) || !is_said(decision)).collect())
}

/// One application of a code, by its id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Site {
    words: WordSpan,
    /// Index of the code.
    code: usize,
}

struct Desk<'a> {
    study: &'a Study,
    request: &'a Request,
    codebook: &'a Codebook,
    anchors: Anchors<'a>,
    decided: Decided,
}

impl Desk<'_> {
    fn on_codings(&mut self, action: Action, ids: &[String], code: Option<&str>) -> Result<(), Vec<Diagnostic>> {
        let code = code.map(|code| self.codebook.find(code)).transpose().map_err(|error| vec![error])?;
        let wanted: BTreeSet<&str> = ids.iter().map(String::as_str).collect();
        let sites = self.sites(Some(&wanted))?;
        let unknown = ids.iter().filter(|id| !sites.contains_key(*id));
        let errors: Vec<Diagnostic> = unknown.map(|id| unknown_coding(id)).collect();
        if !errors.is_empty() {
            return Err(errors);
        }
        for id in ids {
            self.on_site(action, sites[id], code)?;
        }
        Ok(())
    }

    /// Decides on one coding; `code` is the new one, to recode.
    fn on_site(&mut self, action: Action, site: Site, code: Option<usize>) -> Result<(), Vec<Diagnostic>> {
        let old = self.codebook.codes[site.code].id.as_str();
        let decision = self.anchors.decision(action, &[site.words], old).map_err(unreadable_index)?;
        let Some(mut decision) = decision else { return Ok(()) };
        if let Some(new) = code {
            decision.from = Some(old.to_owned());
            decision.code = Some(self.codebook.codes[new].id.clone());
        }
        self.decided.decisions.push(decision);
        Ok(())
    }

    fn add(&mut self, addition: &Addition) -> Result<(), Vec<Diagnostic>> {
        let (document, code) = (self.document(&addition.document), self.codebook.find(&addition.code));
        let (document, code) = match (document, code) {
            (Ok(document), Ok(code)) => (document, code),
            (document, code) => return Err([document.err(), code.err()].into_iter().flatten().collect()),
        };
        let path = self.study.corpus.documents()[document].path.clone();
        let wanted = Decision {
            quote: addition.quote.clone(),
            before: addition.before.clone(),
            after: addition.after.clone(),
            segment: addition.segment,
            ..Decision::new(Action::Add, &path)
        };
        if let Some(segment) = addition.segment
            && self.study.corpus.row_of(document, segment).is_none()
        {
            let last = self.study.corpus.rows_of(document).last().map(|row| self.study.corpus.rows().number(row));
            return Err(vec![no_such_segment(&path, segment, last)]);
        }
        let places = self.anchors.places(document, &wanted).map_err(unreadable_index)?;
        match places.found.as_slice() {
            [] => Err(vec![no_such_words(&path, addition, places.stands)]),
            [words] => self.add_at(words, code),
            [..] => Err(vec![self.several_places(&path, addition, &places)]),
        }
    }

    fn add_at(&mut self, words: &[WordSpan], code: usize) -> Result<(), Vec<Diagnostic>> {
        let code = self.codebook.codes[code].id.as_str();
        let Some(decision) = self.anchors.decision(Action::Add, words, code).map_err(unreadable_index)? else {
            return Ok(());
        };
        if words.iter().all(|words| self.study.material.state(words.row as usize) == RowState::Context) {
            let message = format!(
                "segment {} of `{}` is context: a coding added there is kept but not counted",
                decision.segment.unwrap_or_default(),
                decision.document
            );
            self.decided.warnings.push(
                Diagnostic::warning("decisions/in-context", message)
                    .hint("headings and the words of excluded speakers are never coded"),
            );
        }
        self.decided.decisions.push(decision);
        Ok(())
    }

    fn several_places(&self, path: &str, addition: &Addition, places: &Places) -> Diagnostic {
        let n = places.found.len();
        let segments: Vec<String> = places
            .found
            .iter()
            .filter_map(|words| words.first())
            .map(|words| self.study.corpus.rows().number(words.row as usize).to_string())
            .take(MAX_SEGMENTS_NAMED)
            .collect();
        let more = if n > MAX_SEGMENTS_NAMED || !places.is_all { ", …" } else { "" };
        let at_least = if places.is_all { "" } else { "at least " };
        let message = format!("`{}` occurs in {at_least}{n} places in `{path}`", shortened(&addition.quote));
        Diagnostic::error("decide/several-places", message)
            .hint(format!("in segments {}{more}: say which with `--segment`", segments.join(", ")))
            .hint("or quote more words, or give the words around them with `--before` and `--after`")
    }

    fn read(&mut self, documents: &[String]) -> Result<(), Vec<Diagnostic>> {
        let mut errors = Vec::new();
        for document in documents {
            match self.document(document) {
                Ok(document) => {
                    let path = &self.study.corpus.documents()[document].path;
                    self.decided.decisions.push(Decision::new(Action::Read, path));
                }
                Err(error) => errors.push(error),
            }
        }
        if errors.is_empty() { Ok(()) } else { Err(errors) }
    }

    /// What the rules alone find.
    fn by_rules(&self) -> Result<Mentions, Vec<Diagnostic>> {
        let which: Vec<usize> = (0..self.codebook.codes.len()).collect();
        let open = self.study.material.rows_to_code();
        coding::apply(&self.study.corpus, self.codebook, &which, &open).map_err(unreadable_index)
    }

    /// The codings of this run, and those that were rejected, by id: all, or those that are wanted.
    fn sites(&self, wanted: Option<&BTreeSet<&str>>) -> Result<BTreeMap<String, Site>, Vec<Diagnostic>> {
        let mut sites = self.sites_of(mentions(self.study, self.codebook)?, wanted)?;
        if wanted.is_none_or(|wanted| wanted.len() > sites.len()) {
            for (id, site) in self.sites_of(self.by_rules()?, wanted)? {
                sites.entry(id).or_insert(site);
            }
        }
        Ok(sites)
    }

    fn sites_of(
        &self,
        mentions: Mentions,
        wanted: Option<&BTreeSet<&str>>,
    ) -> Result<BTreeMap<String, Site>, Vec<Diagnostic>> {
        let sites = Mutex::new(BTreeMap::new());
        let take = |coding: &coding::Coding<'_>, _: &mut Vec<u8>| {
            if wanted.is_none_or(|wanted| wanted.contains(coding.id.as_str())) {
                let mention = coding.mention;
                let words = WordSpan { row: mention.row, from: mention.from, to: mention.to };
                // A thread that panicked has ended the run.
                let mut sites = sites.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                sites.insert(coding.id.clone(), Site { words, code: coding.code });
            }
        };
        coding::quote(&self.study.corpus, self.codebook, mentions, &take, &mut std::io::sink()).map_err(unquoted)?;
        Ok(sites.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner))
    }

    /// The document that a path as typed means.
    fn document(&self, typed: &str) -> Result<usize, Diagnostic> {
        let found = match self.study.project.find(Path::new(typed)) {
            Meant::One(source) => self.study.corpus.document_at(&source.path).ok_or(None),
            Meant::None(meant) => Err(meant),
            Meant::Several(several) => {
                let message = format!("`{}` matches several documents", shortened(typed));
                let (first, second) = (&several[0].path, &several[1].path);
                return Err(
                    Diagnostic::error("decide/several-documents", message).hint(format!("`{first}` or `{second}`?"))
                );
            }
        };
        found.map_err(|meant| {
            let message = format!("there is no document `{}` in this project", shortened(typed));
            let error = Diagnostic::error("decide/unknown-document", message);
            match meant {
                Some(near) => error.hint(format!("did you mean `{near}`?")),
                None => error.hint("`temakart documents` lists them"),
            }
        })
    }
}

fn unknown_coding(id: &str) -> Diagnostic {
    Diagnostic::error("decide/unknown-coding", format!("no coding has the id `{}`", shortened(id))).hint(
        "ids are listed in `results/codings.jsonl`; run `temakart code` again if documents or codebook have changed",
    )
}

/// `last` is the number of the document's last segment, if it has any.
fn no_such_segment(path: &str, segment: u32, last: Option<u32>) -> Diagnostic {
    Diagnostic::error("decide/no-such-segment", format!("`{path}` has no segment {segment}")).hint(match last {
        Some(last) => format!("its segments are numbered from 1 to {last}"),
        None => "it has no text".to_owned(),
    })
}

/// `stands` says that they occur, but between other words than were given.
fn no_such_words(path: &str, addition: &Addition, stands: bool) -> Diagnostic {
    let place = addition.segment.map_or(String::new(), |segment| format!(" in segment {segment}"));
    let quote = shortened(&addition.quote);
    let id = "decide/no-such-words";
    if stands {
        let message = format!("`{quote}` occurs{place} in `{path}`, but not between the words given");
        return Diagnostic::error(id, message)
            .hint("`--before` and `--after` take the words right before and right after, blanks included");
    }
    Diagnostic::error(id, format!("`{quote}` does not occur{place} in `{path}`"))
        .hint("quote the words exactly as in the document, with nothing left out between them")
}
