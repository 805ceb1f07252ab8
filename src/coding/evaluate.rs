//! Postings of accepted forms → where a pattern fits, by the pattern's operators.
//!
//! Every operator takes lists of hits sorted by place and gives one. Distances count words; a phrase never
//! crosses a break ([`crate::index::RowBreaks`]).

use std::borrow::Cow;
use std::cmp::Ordering;
use std::sync::OnceLock;

use super::order::sort_in_rows;
use super::resolve::{Accepted, Resolved};
use crate::codebook::pattern::{Atom, AtomKind, Element, Filter, Pattern};
use crate::index::{Corpus, Part, Places, RowBreaks, RowSet};
use crate::language::{Compounds, Grade, Tokens};
use crate::text::as_seen;

/// A hit of several words has no form of its own.
pub(super) const NO_FORM: u32 = u32::MAX;
/// A posting is walked through where it has fewer entries than this for each row asked for.
const WALK_RATIO: usize = 32;
/// Open rows count as few if they are fewer than one in this many.
const FEW: usize = 32;
/// A word counts as frequent if it has more than one entry for this many rows.
const OFTEN: usize = 64;

/// One place where a pattern, or a part of one, fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hit {
    /// The row, numbered within its part.
    pub row: u32,
    /// First word.
    pub from: u32,
    /// One past the last word.
    pub to: u32,
    /// Whether a phrase breaks before the first word, for a hit of one form.
    pub after_break: bool,
    /// How it fits.
    pub grade: Grade,
    /// The form in the part's vocabulary, for a hit of one form.
    pub form: u32,
}

/// What patterns are evaluated against: one part of the corpus.
pub(super) struct Ground<'a> {
    pub(super) corpus: &'a Corpus,
    pub(super) part: &'a Part,
    pub(super) part_index: usize,
    pub(super) resolved: &'a Resolved,
    /// The rows of the part where matches may be.
    pub(super) open: &'a RowSet,
    pub(super) compounds: Compounds,
    pub(super) derive: bool,
    /// The rows where matches may be, if they are so few that they are looked up one by one.
    pub(super) few: Option<&'a Among>,
    /// Forms that the researcher shut out of the code, sorted.
    pub(super) shut_out: &'a [u32],
    /// Which rows of the part a filter lets pass.
    pub(super) filter: &'a dyn Fn(&Filter, &Part) -> Vec<bool>,
}

impl Hit {
    fn of_form(accepted: &Accepted, row: u32, from: u32, after_break: bool) -> Self {
        let Accepted { form, grade, words } = *accepted;
        Self { row, from, to: from + words, after_break, grade, form }
    }

    fn of_words(row: u32, words: std::ops::Range<u32>, grade: Grade) -> Self {
        Self { row, from: words.start, to: words.end, after_break: false, grade, form: NO_FORM }
    }

    /// Row and first word in one number, which is compared at once.
    fn start(&self) -> u64 {
        u64::from(self.row) << 32 | u64::from(self.from)
    }
}

impl Ord for Hit {
    fn cmp(&self, other: &Self) -> Ordering {
        let rest = |hit: &Self| (hit.to, hit.grade, hit.form);
        self.start().cmp(&other.start()).then_with(|| rest(self).cmp(&rest(other)))
    }
}

impl PartialOrd for Hit {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

type Hits = std::io::Result<Vec<Hit>>;

impl Ground<'_> {
    /// Where `pattern` fits, sorted.
    pub(super) fn hits(&self, pattern: &Pattern) -> Hits {
        match pattern {
            Pattern::Word(atom) => self.atom(atom, None),
            Pattern::Phrase(elements) => self.phrase(elements),
            Pattern::Near { left, right, distance, ordered } => {
                let sides = match (left.as_ref(), right.as_ref()) {
                    (Pattern::Word(left), Pattern::Word(right)) => self.together(&[left, right])?,
                    (left, right) => vec![self.hits(left)?, self.hits(right)?],
                };
                Ok(near(&sides[0], &sides[1], *distance, *ordered))
            }
            Pattern::NotNear { left, right, distance } => {
                let mut hits = self.hits(left)?;
                let right = match right.as_ref() {
                    Pattern::Word(atom) => self.atom(atom, Some(&Among::of_hits(&hits, self.part.n_rows())))?,
                    right => self.hits(right)?,
                };
                let widest = widest(&right);
                // What stands in the very same place is not another.
                let is_other = |hit: &Hit, other: &Hit| (hit.from, hit.to) != (other.from, other.to);
                let is_near = |hit: &Hit, other: &Hit| gap(hit, other) < i64::from(*distance) && is_other(hit, other);
                hits.retain(|hit| {
                    let (_, around) = around(in_row(&right, hit.row), hit, *distance, widest);
                    !around.iter().any(|other| is_near(hit, other))
                });
                Ok(hits)
            }
            Pattern::And(parts) => self.all(parts),
            Pattern::Or(parts) => {
                let mut hits = Vec::new();
                for part in parts {
                    hits.extend(self.hits(part)?);
                }
                Ok(self.each_place_once(hits))
            }
            // Alone they match no words; the parser lets them stand only beside something that does.
            Pattern::Not(_) | Pattern::Filter(_) => Ok(Vec::new()),
        }
    }

    fn all(&self, parts: &[Pattern]) -> Hits {
        let mut open = vec![true; self.part.n_rows()];
        let mut hits = Vec::new();
        for part in parts {
            match part {
                Pattern::Filter(filter) => {
                    let passes = (self.filter)(filter, self.part);
                    open.iter_mut().zip(passes).for_each(|(open, passes)| *open &= passes);
                }
                Pattern::Not(inner) => match inner.as_ref() {
                    Pattern::Filter(filter) => {
                        let passes = (self.filter)(filter, self.part);
                        open.iter_mut().zip(passes).for_each(|(open, passes)| *open &= !passes);
                    }
                    inner => self.hits(inner)?.iter().for_each(|hit| open[hit.row as usize] = false),
                },
                part => {
                    let found = self.hits(part)?;
                    let mut has = vec![false; open.len()];
                    found.iter().for_each(|hit| has[hit.row as usize] = true);
                    open.iter_mut().zip(has).for_each(|(open, has)| *open &= has);
                    hits.extend(found);
                }
            }
        }
        hits.retain(|hit| open[hit.row as usize]);
        Ok(self.each_place_once(hits))
    }

    fn accepted(&self, atom: &Atom) -> impl Iterator<Item = Accepted> {
        let accepted = self.resolved.accepted(&atom.kind, self.compounds, self.derive, self.part_index);
        accepted.iter().copied().filter(|accepted| self.shut_out.binary_search(&accepted.form).is_err())
    }

    /// In how many rows a word occurs, each row counted once for every form of the word in it.
    fn frequency(&self, atom: &Atom) -> usize {
        self.accepted(atom).map(|accepted| self.part.vocabulary().row_frequency(accepted.form as usize)).sum()
    }

    /// Where words occur, in the order in which they are given, and only in rows that have all of them.
    fn together(&self, atoms: &[&Atom]) -> std::io::Result<Vec<Vec<Hit>>> {
        let among = self.rows_of_all(atoms)?;
        if among.rows.is_empty() {
            return Ok(vec![Vec::new(); atoms.len()]);
        }
        atoms.iter().map(|atom| self.atom(atom, Some(&among))).collect()
    }

    /// The open rows that have each of `atoms`.
    fn rows_of_all(&self, atoms: &[&Atom]) -> std::io::Result<Among> {
        let mut all = self.open.clone();
        for atom in atoms {
            all.retain(&*self.rows(atom)?);
        }
        Ok(Among::of(all))
    }

    /// The rows of the part that have a form of the word.
    fn rows(&self, atom: &Atom) -> std::io::Result<Cow<'_, RowSet>> {
        let known = self.resolved.rows(&atom.kind, self.compounds, self.derive, self.part_index);
        // What a code shuts out, others may take in. And for a rare word the bits take more memory than time.
        let is_kept = self.shut_out.is_empty() && self.frequency(atom) > self.part.n_rows() / OFTEN;
        let known = known.filter(|_| is_kept);
        if let Some(rows) = known.and_then(OnceLock::get) {
            return Ok(Cow::Borrowed(rows));
        }
        let mut rows = RowSet::none(self.part.n_rows());
        for accepted in self.accepted(atom) {
            self.part.each_row(accepted.form as usize, |row| rows.insert(row))?;
        }
        Ok(match known {
            Some(known) => Cow::Borrowed(known.get_or_init(|| rows)),
            None => Cow::Owned(rows),
        })
    }

    /// Where a word occurs; only in rows that `among` marks, if given.
    fn atom(&self, atom: &Atom, among: Option<&Among>) -> Hits {
        let mut hits = Vec::new();
        self.each(atom, among, &mut |hit| hits.push(hit))?;
        let mut hits = self.each_place_once(hits);
        if let AtomKind::ExactCase(word) = &atom.kind {
            self.keep_case(&mut hits, word)?;
        }
        Ok(hits)
    }

    /// The hits of an atom form by form, each in the order of its places, ignoring case. A place that two
    /// forms share comes twice.
    pub(super) fn each(&self, atom: &Atom, among: Option<&Among>, take: &mut impl FnMut(Hit)) -> std::io::Result<()> {
        let among = among.or(self.few);
        let asked = among.map_or(self.open, |among| &among.set);
        let (mut places, mut buffer) = (Places::default(), Vec::new());
        for accepted in self.accepted(atom) {
            if let Some((row, from, after_break)) = self.part.only_place(accepted.form as usize) {
                if asked.has(row) {
                    take(Hit::of_form(&accepted, row, from, after_break));
                }
                continue;
            }
            let frequency = self.part.vocabulary().row_frequency(accepted.form as usize);
            match among {
                Some(among) if frequency > WALK_RATIO * among.rows.len() => {
                    let mut posting = self.part.posting(accepted.form as usize)?;
                    for row in among.rows.iter().copied() {
                        posting.seek(row);
                        match posting.row() {
                            Some(found) if found == row as usize => posting.places(&mut places),
                            Some(_) => continue,
                            None => break,
                        }
                        places
                            .iter()
                            .for_each(|(from, after_break)| take(Hit::of_form(&accepted, row, from, after_break)));
                    }
                }
                _ => {
                    let place = |row, from, after_break| take(Hit::of_form(&accepted, row, from, after_break));
                    self.part.each_place(accepted.form as usize, &mut buffer, asked, place)?;
                }
            }
        }
        Ok(())
    }

    /// Sorts hits; a place that is met in two ways is met in the better one, or `NEAR` would pair it twice.
    fn each_place_once(&self, mut hits: Vec<Hit>) -> Vec<Hit> {
        sort_in_rows(&mut hits, self.part.n_rows(), |hit| hit.row as usize);
        hits.dedup_by(|later, first| (later.row, later.from, later.to) == (first.row, first.from, first.to));
        hits
    }

    /// Drops hits whose words differ in case, which only the text shows.
    fn keep_case(&self, hits: &mut Vec<Hit>, word: &str) -> std::io::Result<()> {
        let wanted = as_seen(word);
        let texts = self.part.texts()?;
        let mut tokens = Tokens::default();
        let mut kept = Vec::new();
        for hits in hits.chunk_by(|a, b| a.row == b.row) {
            let text = texts.get(self.part.first_row() + hits[0].row as usize)?.text;
            tokens.read(&text);
            kept.extend(hits.iter().filter(|hit| {
                let (first, last) = (tokens.words()[hit.from as usize], tokens.words()[hit.to as usize - 1]);
                let written = &text[first.start as usize..last.end as usize];
                as_seen(written).trim_matches('-') == wanted
            }));
        }
        *hits = kept;
        Ok(())
    }

    /// Words next to each other.
    fn phrase(&self, elements: &[Element]) -> Hits {
        let atoms = elements.iter().filter_map(|element| match element {
            Element::Any => None,
            Element::Atom(atom) => Some(atom),
        });
        let mut of_atoms = self.together(&atoms.collect::<Vec<_>>())?.into_iter();
        let lists: Vec<Vec<Hit>> = elements
            .iter()
            .map(|element| match element {
                Element::Any => Vec::new(),
                Element::Atom(_) => of_atoms.next().unwrap_or_default(),
            })
            .collect();
        let names_all = !elements.iter().any(|element| matches!(element, Element::Any));
        let mut breaks = if names_all { Breaks::default() } else { Breaks::open(self.part)? };
        self.join(elements, &lists, &mut breaks)
    }

    /// Places where each element begins at the word right after the previous element, with no break between.
    fn join(&self, elements: &[Element], lists: &[Vec<Hit>], breaks: &mut Breaks) -> Hits {
        let first_atom = elements.iter().position(|element| matches!(element, Element::Atom(_)));
        let Some(first_atom) = first_atom else { return Ok(Vec::new()) };
        let mut hits = Vec::new();
        let mut rest: Vec<&[Hit]> = lists.iter().map(Vec::as_slice).collect();
        let (mut in_row, mut ends, mut next) = (Vec::new(), Vec::new(), Vec::new());
        for starts in lists[first_atom].chunk_by(|a, b| a.row == b.row) {
            let row = starts[0].row;
            in_row.clear();
            in_row.extend(rest.iter_mut().map(|list| take_row(list, row)));
            let is_missing = |(element, hits): (&Element, &&[Hit])| !matches!(element, Element::Any) && hits.is_empty();
            if elements.iter().zip(&in_row).any(is_missing) {
                continue;
            }
            for start in starts {
                // Every `*` before the first word takes one word in front of it.
                let before = u32::try_from(first_atom).unwrap_or(u32::MAX);
                let Some(from) = start.from.checked_sub(before) else { continue };
                ends.clear();
                ends.push(start.to);
                for index in first_atom + 1..elements.len() {
                    next.clear();
                    for end in &ends {
                        match elements[index] {
                            Element::Any => {
                                let n_words = self.corpus.rows().n_words(self.part.first_row() + row as usize);
                                next.extend((*end < n_words && !breaks.at(row, *end)).then_some(end + 1));
                            }
                            Element::Atom(_) => {
                                let behind = &in_row[index][in_row[index].partition_point(|hit| hit.from < *end)..];
                                let fits = behind.iter().take_while(|hit| hit.from == *end && !hit.after_break);
                                next.extend(fits.map(|hit| hit.to));
                            }
                        }
                    }
                    std::mem::swap(&mut ends, &mut next);
                }
                if ends.is_empty() || (from + 1..=start.from).any(|position| breaks.at(row, position)) {
                    continue;
                }
                hits.extend(ends.iter().map(|to| Hit::of_words(row, from..*to, Grade::Phrase)));
            }
        }
        hits.sort_unstable();
        hits.dedup();
        Ok(hits)
    }
}

/// Rows that are still in question, numbered within their part.
pub(super) struct Among {
    rows: Vec<u32>,
    set: RowSet,
}

impl Among {
    fn of(set: RowSet) -> Self {
        Self { rows: set.iter().collect(), set }
    }

    fn of_hits(hits: &[Hit], n_rows: usize) -> Self {
        let mut set = RowSet::none(n_rows);
        hits.iter().for_each(|hit| set.insert(hit.row));
        Self::of(set)
    }

    /// The open rows of a part, if they are few of its rows.
    pub(super) fn few(part: &Part, open: &RowSet) -> Option<Self> {
        (open.len() < part.n_rows() / FEW).then(|| Self::of(open.clone()))
    }

    /// The rows, ascending.
    pub(super) fn rows(&self) -> &[u32] {
        &self.rows
    }
}

/// Says where phrases break at words that no pattern names.
#[derive(Default)]
struct Breaks {
    of_part: Option<RowBreaks>,
    /// The row that was asked about last, and its breaks.
    row: Option<u32>,
    words: Vec<u32>,
}

impl Breaks {
    fn open(part: &Part) -> std::io::Result<Self> {
        Ok(Self { of_part: Some(part.breaks()?), ..Self::default() })
    }

    fn at(&mut self, row: u32, word: u32) -> bool {
        if self.row != Some(row) {
            self.row = Some(row);
            self.words.clear();
            self.words.extend(self.of_part.iter().flat_map(|breaks| breaks.of(row as usize)));
        }
        self.words.binary_search(&word).is_ok()
    }
}

/// The hits of `row` in a sorted list, which is advanced past them; rows must be asked for in ascending order.
fn take_row<'h>(rest: &mut &'h [Hit], row: u32) -> &'h [Hit] {
    // In steps that double: the next row is mostly near.
    let mut step = 1;
    while rest.get(step).is_some_and(|hit| hit.row < row) {
        step *= 2;
    }
    let start = rest[..rest.len().min(step + 1)].partition_point(|hit| hit.row < row);
    let length = rest[start..].iter().take_while(|hit| hit.row == row).count();
    let (found, behind) = rest[start..].split_at(length);
    *rest = behind;
    found
}

/// The hits of one row in a sorted list.
fn in_row(hits: &[Hit], row: u32) -> &[Hit] {
    let start = hits.partition_point(|hit| hit.row < row);
    let length = hits[start..].partition_point(|hit| hit.row == row);
    &hits[start..start + length]
}

/// The words of the longest of these hits.
fn widest(hits: &[Hit]) -> u32 {
    hits.iter().map(|hit| hit.to - hit.from).max().unwrap_or(0)
}

/// Those of a row's hits, of at most `widest` words, that can have fewer than `distance` words between them and `hit`;
/// and the index of the first. A segment may be a whole book in one line.
fn around<'h>(hits: &'h [Hit], hit: &Hit, distance: u32, widest: u32) -> (usize, &'h [Hit]) {
    let from = hit.from.saturating_sub(distance.saturating_add(widest));
    let to = hit.to.saturating_add(distance);
    let first = hits.partition_point(|other| other.from < from);
    let length = hits[first..].partition_point(|other| other.from < to);
    (first, &hits[first..first + length])
}

/// How many words are between two hits of one row; negative if they share words.
fn gap(a: &Hit, b: &Hit) -> i64 {
    let (first, second) = if a.from <= b.from { (a, b) } else { (b, a) };
    if first.to > second.from { -1 } else { i64::from(second.from - first.to) }
}

/// Each left hit with its nearest free right hit: fewer than `distance` words between them, no word shared.
/// Of two that are equally near, the first in the text is taken.
fn near(left: &[Hit], right: &[Hit], distance: u32, ordered: bool) -> Vec<Hit> {
    let mut hits = Vec::new();
    let mut rest = right;
    for left in left.chunk_by(|a, b| a.row == b.row) {
        let right = take_row(&mut rest, left[0].row);
        if right.is_empty() {
            continue;
        }
        let mut taken = vec![false; right.len()];
        let widest = widest(right);
        for hit in left {
            let (first, around) = around(right, hit, distance, widest);
            let nearest = (first..)
                .zip(around)
                .filter(|(index, other)| !taken[*index] && (!ordered || other.from >= hit.to))
                .map(|(index, other)| (gap(hit, other), index))
                .filter(|(gap, _)| (0..i64::from(distance)).contains(gap))
                .min();
            if let Some((_, index)) = nearest {
                taken[index] = true;
                let other = &right[index];
                let words = hit.from.min(other.from)..hit.to.max(other.to);
                hits.push(Hit::of_words(hit.row, words, Grade::Near));
            }
        }
    }
    hits.sort_unstable();
    hits.dedup();
    hits
}
