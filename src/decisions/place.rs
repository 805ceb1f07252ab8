//! Decisions × index → who voted for and against which code on which words.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::decision::{Action, Decision};
use super::locate::{Location, Lost, Reader, WordSpan};
use super::opinion::standing;
use super::problems::{Lines, conflicts};
use super::read::{DecisionFile, Decisions, Entry};
use super::recoded::Recoded;
use crate::codebook::Codebook;
use crate::coding::coding_id;
use crate::diag::{Diagnostic, Warning, did_you_mean, shortened};
use crate::disk::Input;
use crate::index::Corpus;
use crate::language::Stance;
use crate::material::{Material, RowState};
use crate::text::narrow;

/// The decisions of a run, each on the words that it is about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PlacedDecisions {
    pub(super) coders: Vec<String>,
    pub(super) codes: Vec<String>,
    /// By code and place: each coder's last vote on it.
    pub(super) votes: Vec<Vote>,
    /// Coder and row of each segment that was read.
    pub(super) read: Vec<(u32, u32)>,
    /// Lines whose decisions still hold, by their order, with the code that each assigns.
    pub(super) standing: Vec<(u32, u32)>,
    pub(super) decisions: Decisions,
    /// The files that the decisions came from.
    pub inputs: Vec<Input>,
    /// Warnings that belong with the numbers.
    pub problems: Vec<Warning>,
    /// How many decisions there are, lost ones among them.
    pub n_decisions: usize,
    /// Decisions that were found again at another place, since their document has changed.
    pub n_moved: usize,
    /// Decisions whose place or code cannot be found.
    pub n_lost: usize,
}

/// One coder's vote for or against one code on some words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Vote {
    /// Index of the code's name in [`PlacedDecisions::codes`].
    pub(super) code: u32,
    pub(super) piece: WordSpan,
    pub(super) coder: u32,
    /// When it was decided, by the order of lines.
    pub(super) order: u32,
    pub(super) is_for: bool,
    /// How the coder says that the words put the theme.
    pub(super) stance: Option<Stance>,
}

impl PlacedDecisions {
    /// The coders whose decisions these are, by name.
    #[must_use]
    pub fn coders(&self) -> &[String] {
        &self.coders
    }

    /// Whether a file of decisions is damaged; all other problems come from the decisions themselves.
    #[must_use]
    pub fn is_damaged(&self) -> bool {
        !self.decisions.damage.is_empty()
    }

    /// The rows that each coder has read, by name.
    #[must_use]
    pub fn read(&self) -> BTreeMap<&str, BTreeSet<u32>> {
        let mut rows: BTreeMap<&str, BTreeSet<u32>> = BTreeMap::new();
        for (coder, row) in &self.read {
            rows.entry(self.coders[*coder as usize].as_str()).or_default().insert(*row);
        }
        rows
    }

    /// How many lines there are with this action.
    #[must_use]
    pub fn n_lines(&self, action: Action) -> usize {
        self.decisions.entries().filter(|(_, entry)| entry.decision.action == action).count()
    }

    /// Whether there is nothing to apply.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.votes.is_empty() && self.read.is_empty()
    }
}

/// Finds the words that decisions are about. The codebook, if one can be read, tells which code a line without one
/// means, which codes no longer exist, and which code a line recodes if it does not say.
///
/// # Errors
/// When the index cannot be read.
pub fn place(
    decisions: Decisions,
    corpus: &Corpus,
    material: &Material,
    codebook: Option<&Codebook>,
) -> std::io::Result<PlacedDecisions> {
    let codes: Option<Vec<&str>> =
        codebook.map(|codebook| codebook.codes.iter().map(|code| code.id.as_str()).collect());
    let entries: Vec<(&DecisionFile, &Entry)> = decisions.entries().collect();
    let locations = locate(&entries, corpus)?;
    let coders: Vec<String> = decisions.coders().into_iter().map(str::to_owned).collect();
    let mut placer = Placer {
        material,
        codes: codes.as_deref(),
        coders: &coders,
        names: BTreeMap::new(),
        votes: Vec::new(),
        recoded: Vec::new(),
        read: Vec::new(),
        lines: Lines::default(),
        n_lost: 0,
    };
    let mut n_moved = 0;
    for (order, ((file, entry), location)) in (0..).zip(entries.iter().zip(&locations)) {
        n_moved += usize::from(matches!(location, Location::Moved(_)));
        placer.take(order, file, entry, location);
    }
    if let Some(codebook) = codebook {
        placer.settle(&entries, corpus, codebook)?;
    }
    let Placer { names, mut votes, mut read, lines, n_lost, .. } = placer;
    let mut codes = vec![String::new(); names.len()];
    names.into_iter().for_each(|(name, number)| codes[number as usize] = name);
    votes.sort_unstable();
    let standing = standing(&votes, |order| matches!(locations[order as usize], Location::Here(_)));
    // Equal but for the order of lines: the last stays.
    votes.reverse();
    votes.dedup_by_key(|vote| (vote.code, vote.piece, vote.coder));
    votes.reverse();
    read.sort_unstable();
    read.dedup();
    let mut problems: Vec<Warning> = decisions.damage.iter().map(of_file).collect();
    problems.extend(lines.problems());
    let n_decisions = entries.len();
    let mut placed = PlacedDecisions {
        coders,
        codes,
        votes,
        read,
        standing,
        inputs: decisions.files.iter().map(|file| file.input.clone()).collect(),
        problems,
        n_decisions,
        n_moved,
        n_lost,
        decisions,
    };
    placed.problems.extend(conflicts(&placed, corpus, material));
    Ok(placed)
}

/// What is wrong with a file of decisions, as a warning that goes with the numbers.
fn of_file(damage: &Diagnostic) -> Warning {
    let warning = Warning::from(damage);
    damage.places.iter().fold(warning, |warning, place| warning.about(place.path.to_string_lossy()))
}

/// Finds the words of each decision, document by document.
fn locate(entries: &[(&DecisionFile, &Entry)], corpus: &Corpus) -> std::io::Result<Vec<Location>> {
    let mut by_document: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, (_, entry)) in entries.iter().enumerate() {
        by_document.entry(&entry.decision.document).or_default().push(index);
    }
    let groups: Vec<(&str, Vec<usize>)> = by_document.into_iter().collect();
    let found: Vec<Vec<(usize, Location)>> = groups
        .into_par_iter()
        .map(|(path, mut indices)| {
            let Some(document) = corpus.document_at(path) else {
                return Ok(indices.into_iter().map(|index| (index, Location::Lost(Lost::NoDocument))).collect());
            };
            if corpus.documents()[document].outcome.failure.is_some() {
                return Ok(indices.into_iter().map(|index| (index, Location::Lost(Lost::Unread))).collect());
            }
            // Texts are read fastest in their order.
            indices.sort_by_key(|index| entries[*index].1.decision.segment);
            let mut reader = Reader::new(corpus, document);
            let one = |index: usize| Ok((index, location(&mut reader, corpus, document, &entries[index].1.decision)?));
            indices.into_iter().map(one).collect()
        })
        .collect::<std::io::Result<_>>()?;
    let mut locations = vec![Location::Here(Vec::new()); entries.len()];
    found.into_iter().flatten().for_each(|(index, location)| locations[index] = location);
    Ok(locations)
}

fn location(
    reader: &mut Reader<'_>,
    corpus: &Corpus,
    document: usize,
    decision: &Decision,
) -> std::io::Result<Location> {
    let has_place =
        decision.start.zip(decision.end).is_some_and(|(start, end)| start < end) || !decision.quote.trim().is_empty();
    // A place that is all 0 fills fields that a line must have: the document was read, not a segment.
    let segment = decision.segment.filter(|_| decision.start.is_none());
    let whole = |row: usize| WordSpan { row: narrow(row), from: 0, to: corpus.rows().n_words(row) };
    Ok(match (decision.action, segment) {
        (Action::Note, _) => Location::Here(Vec::new()),
        (Action::Read, None) if !has_place => Location::Here(corpus.rows_of(document).map(whole).collect()),
        (Action::Read, Some(segment)) if !has_place => match reader.row_of(segment) {
            Some(row) => Location::Here(vec![whole(row)]),
            None => Location::Lost(Lost::Gone),
        },
        _ => reader.locate(decision)?,
    })
}

/// What a coder says of a code, wherever that is.
pub(super) struct Ballot<'c> {
    pub(super) coder: u32,
    /// As the line has it.
    pub(super) code: &'c str,
    pub(super) is_for: bool,
}

/// Turns located decisions into votes, one after the other.
pub(super) struct Placer<'a> {
    pub(super) material: &'a Material,
    codes: Option<&'a [&'a str]>,
    coders: &'a [String],
    /// Numbers of codes' names, in order of appearance.
    names: BTreeMap<String, u32>,
    votes: Vec<Vote>,
    /// Recoded places whose old code is not stated anywhere.
    pub(super) recoded: Vec<Recoded>,
    read: Vec<(u32, u32)>,
    pub(super) lines: Lines,
    n_lost: usize,
}

impl Placer<'_> {
    fn take(&mut self, order: u32, file: &DecisionFile, entry: &Entry, location: &Location) {
        let decision = &entry.decision;
        let coder = self.coders.binary_search(&decision.coder).expect("all coders are listed");
        let coder = narrow(coder);
        let pieces = match location {
            Location::Here(pieces) | Location::Moved(pieces) => pieces,
            Location::Lost(why) => {
                self.n_lost += 1;
                return self.lines.lost(*why, file, entry);
            }
        };
        let own = decision.code.as_deref().map(str::trim).filter(|code| !code.is_empty());
        match decision.action {
            Action::Note => {}
            Action::Read => self.read.extend(pieces.iter().map(|piece| (coder, piece.row))),
            Action::Accept | Action::Reject | Action::Add => {
                let is_for = decision.action != Action::Reject;
                match own.map(str::to_owned).or_else(|| self.by_id(decision)) {
                    Some(code) => self.vote(order, file, entry, Ballot { coder, code: &code, is_for }, pieces),
                    None => self.unknown(file, entry, "its `id` matches no code of the codebook at that place"),
                }
            }
            Action::Recode => {
                let old = decision.from.clone().or_else(|| self.by_id(decision));
                let new = own.unwrap_or_default();
                if old.is_none() {
                    let recoded = |piece: &WordSpan| Recoded { order, coder, piece: *piece, new: new.to_owned() };
                    self.recoded.extend(pieces.iter().map(recoded));
                }
                // Recoding to the same code is to accept it.
                if let Some(old) = old.filter(|old| old != new) {
                    self.vote(order, file, entry, Ballot { coder, code: &old, is_for: false }, pieces);
                }
                self.vote(order, file, entry, Ballot { coder, code: new, is_for: true }, pieces);
            }
        }
    }

    pub(super) fn vote(
        &mut self,
        order: u32,
        file: &DecisionFile,
        entry: &Entry,
        Ballot { coder, code, is_for }: Ballot<'_>,
        pieces: &[WordSpan],
    ) {
        let id = match self.codes.map(|codes| (codes, find(codes, code))) {
            None => code.to_owned(),
            Some((_, Some(id))) => id.to_owned(),
            // There is nothing to stand against.
            Some((_, None)) if !is_for => return,
            Some((codes, None)) => {
                let meant = did_you_mean(code, codes.iter().copied());
                let hint = meant.map_or(String::new(), |meant| format!("; did you mean `{meant}`?"));
                return self.unknown(file, entry, &format!("there is no code `{}`{hint}", shortened(code)));
            }
        };
        let is_context = |piece: &WordSpan| self.material.state(piece.row as usize) == RowState::Context;
        if is_for && pieces.iter().all(is_context) {
            self.lines.in_context(file, entry);
        }
        let next = narrow(self.names.len());
        let code = *self.names.entry(id).or_insert(next);
        let stance = entry.decision.stance;
        self.votes.extend(pieces.iter().map(|piece| Vote { code, piece: *piece, coder, order, is_for, stance }));
    }

    fn unknown(&mut self, file: &DecisionFile, entry: &Entry, why: &str) {
        self.n_lost += 1;
        self.lines.unknown_code(file, entry, why);
    }

    /// The code whose coding at the decision's place has the decision's id.
    fn by_id(&self, decision: &Decision) -> Option<String> {
        let (id, (start, end)) = (decision.id.as_deref()?, decision.start.zip(decision.end)?);
        let is_it = |code: &&&str| coding_id(&decision.document, code, start, end) == id;
        self.codes?.iter().find(is_it).map(|code| (*code).to_owned())
    }
}

/// The id among `codes` that `code` means, also in other case.
fn find<'c>(codes: &[&'c str], code: &str) -> Option<&'c str> {
    let is_alike = |own: &&&str| own.to_lowercase() == code.to_lowercase();
    codes.iter().find(|own| **own == code).or_else(|| codes.iter().find(is_alike)).copied()
}
