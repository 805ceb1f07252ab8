//! Where the words of a decision are now: at its position, or where its quote moved when the document changed.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::decision::Decision;
use super::document_words::{Standing, Words, around, pieces_of, standing};
use super::sought_place::{Candidate, DESCRIBED_WORDS, Wanted, described, own};
use super::surroundings::{MAX_LABEL_WORDS, Own, Way, end_label};
use crate::index::{Corpus, Row, Texts};
use crate::language::Tokens;
use crate::text::{CodePoints, narrow};

/// So many places of a quote are looked at closely: half of them for their words, half for where they are.
const MAX_JUDGED: usize = 64;

/// Some words of one segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct WordSpan {
    /// The segment's row in the corpus.
    pub row: u32,
    /// First word, from 0.
    pub from: u32,
    /// One past the last word.
    pub to: u32,
}

/// Where a quote stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Places {
    /// Each as the words of one or several segments.
    pub found: Vec<Vec<WordSpan>>,
    /// Whether the quote stands anywhere, be it in other surroundings.
    pub stands: bool,
    /// Whether there are no others; of very many only some are looked at.
    pub is_all: bool,
}

/// What became of a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Location {
    /// It is where the decision says; a place can span several segments.
    Here(Vec<WordSpan>),
    /// The document has changed, and the words were found again.
    Moved(Vec<WordSpan>),
    /// It cannot be found.
    Lost(Lost),
}

/// Why a place cannot be found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Lost {
    NoDocument,
    Unread,
    Gone,
    Elsewhere,
    Ambiguous,
    NoWords,
}

/// One document, read as far as needed.
pub(super) struct Reader<'a> {
    corpus: &'a Corpus,
    document: usize,
    rows: std::ops::Range<usize>,
    texts: Option<Texts<'a>>,
    read: BTreeMap<usize, Segment>,
    words: Option<Rc<Words>>,
}

/// One segment, read.
struct Segment {
    row: Row,
    tokens: Tokens,
    code_points: CodePoints,
}

/// The places of a quote that can be its own.
struct Best {
    /// First word, and one past the last.
    places: Vec<(usize, usize)>,
    /// Whether the quote stands anywhere.
    stands: bool,
    /// Whether all places were looked at that can be.
    is_all: bool,
}

impl<'a> Reader<'a> {
    pub(super) fn new(corpus: &'a Corpus, document: usize) -> Self {
        Self { corpus, document, rows: corpus.rows_of(document), texts: None, read: BTreeMap::new(), words: None }
    }

    /// Whether it reads this document.
    pub(super) fn is_of(&self, document: usize) -> bool {
        self.document == document
    }

    /// The row of the segment with this number.
    pub(super) fn row_of(&self, segment: u32) -> Option<usize> {
        self.corpus.row_of(self.document, segment)
    }

    /// Finds the place of a decision that has one.
    pub(super) fn locate(&mut self, decision: &Decision) -> std::io::Result<Location> {
        let place = decision.start.zip(decision.end).filter(|(start, end)| start < end);
        if let (Some((start, end)), Some(row)) = (place, decision.segment.and_then(|segment| self.row_of(segment)))
            && let Some(piece) = self.as_it_says(decision, row, start..end)?
        {
            let has_words = piece.from < piece.to;
            return Ok(if has_words { Location::Here(vec![piece]) } else { Location::Lost(Lost::NoWords) });
        }
        if let Some((start, end)) = place {
            let pieces = self.pieces(start..end)?;
            let is_here = match pieces.as_slice() {
                [] => false,
                [only] if self.holds(only.row as usize, start..end) => {
                    self.as_it_says(decision, only.row as usize, start..end)?.is_some()
                }
                _ => self.is_quoted(decision, &pieces) && self.is_in_its_place(decision, &pieces)?,
            };
            if is_here || self.is_unchanged(decision, &pieces, start..end)? {
                return Ok(Location::Here(pieces));
            }
        }
        if decision.quote.trim().is_empty() {
            return Ok(Location::Lost(Lost::Gone));
        }
        self.search(decision, place.map(|(start, _)| start))
    }

    /// The words at the place in a row, if the quote is there between the same words as before.
    fn as_it_says(
        &mut self,
        decision: &Decision,
        row: usize,
        place: std::ops::Range<u32>,
    ) -> std::io::Result<Option<WordSpan>> {
        let segment = self.segment(row)?;
        let Some(span) = segment.bytes_of(place) else { return Ok(None) };
        let text = &segment.row.text;
        let (left, right) = (&text[..span.start], &text[span.end..]);
        let (before, after) = (decision.before.as_str(), decision.after.as_str());
        if !decision.quote.is_empty() && text[span.clone()] != decision.quote {
            return Ok(None);
        }
        // Contexts may reach over the segment's ends, and be shorter than it.
        let (beyond_left, beyond_right) = match (before.strip_suffix(left), after.strip_prefix(right)) {
            (Some(beyond_left), Some(beyond_right)) => (beyond_left, beyond_right),
            (None, Some(beyond_right)) if left.ends_with(before) => ("", beyond_right),
            (Some(beyond_left), None) if right.starts_with(after) => (beyond_left, ""),
            (None, None) if left.ends_with(before) && right.starts_with(after) => ("", ""),
            _ => return Ok(None),
        };
        let piece = segment.piece(row, &span);
        let is_same = self.goes_on(beyond_left, row, Way::Left)? && self.goes_on(beyond_right, row, Way::Right)?;
        Ok(is_same.then_some(piece))
    }

    /// Whether all of the kept text, labels included, is where it was, as far as segments contain it.
    fn is_unchanged(
        &mut self,
        decision: &Decision,
        pieces: &[WordSpan],
        place: std::ops::Range<u32>,
    ) -> std::io::Result<bool> {
        let n = |text: &str| narrow(text.chars().count());
        let Some(from) = place.start.checked_sub(n(&decision.before)) else { return Ok(false) };
        let Some(first) = pieces.first().filter(|_| n(&decision.quote) == place.end - place.start) else {
            return Ok(false);
        };
        let known = [decision.before.as_str(), &decision.quote, &decision.after].concat();
        let points = CodePoints::of(&known);
        let to = from + points.n();
        let mut row = first.row as usize;
        while row > self.rows.start && self.segment(row - 1)?.end() > from {
            row -= 1;
        }
        let mut is_told = false;
        for row in row..self.rows.end {
            let segment = self.segment(row)?;
            if segment.row.code_point >= to {
                break;
            }
            let within = from.max(segment.row.code_point)..to.min(segment.end());
            let byte = |at: u32| points.byte(&known, at - from);
            let Some(((start, end), now)) =
                byte(within.start).zip(byte(within.end)).zip(segment.bytes_of(within.clone()))
            else {
                return Ok(false);
            };
            if known[start..end] != segment.row.text[now] {
                return Ok(false);
            }
            is_told |= within.start < place.start || within.end > place.end;
        }
        Ok(is_told)
    }

    /// Whether the letters of `beyond` are in the segments before or after a row.
    fn goes_on(&mut self, beyond: &str, row: usize, way: Way) -> std::io::Result<bool> {
        let mut wanted: Vec<char> = beyond.chars().filter(|letter| letter.is_alphanumeric()).collect();
        if way == Way::Right {
            wanted.reverse();
        }
        let mut row = row;
        while !wanted.is_empty() {
            let next = match way {
                Way::Left => row.checked_sub(1),
                Way::Right => Some(row + 1),
            };
            let Some(next) = next.filter(|row| self.rows.contains(row)) else { return Ok(false) };
            row = next;
            let mut letters = self.segment(row)?.row.text.chars().filter(|letter| letter.is_alphanumeric());
            while let Some(last) = wanted.last() {
                let letter = if way == Way::Left { letters.next_back() } else { letters.next() };
                match letter {
                    Some(letter) if letter == *last => drop(wanted.pop()),
                    Some(_) => return Ok(false),
                    None => break,
                }
            }
        }
        Ok(true)
    }

    /// Whether a place that spans several segments is the decision's own.
    fn is_in_its_place(&mut self, decision: &Decision, pieces: &[WordSpan]) -> std::io::Result<bool> {
        let words = self.read_all()?;
        let (Some(first), Some(last)) = (pieces.first(), pieces.last()) else { return Ok(false) };
        let first = words.places.partition_point(|place| *place < (first.row, first.from));
        let end = words.places.partition_point(|place| *place < (last.row, last.to));
        let (quote, before, after) = (Tokens::default(), Tokens::of(&decision.before), Tokens::of(&decision.after));
        let wanted = Wanted::new(decision, &quote, &before, &after);
        Ok(!own(&[self.candidate(&wanted, &words, first, end)], 0).is_empty())
    }

    /// The words at a place, through all segments that it spans.
    fn pieces(&mut self, place: std::ops::Range<u32>) -> std::io::Result<Vec<WordSpan>> {
        let (mut row, mut end) = (self.rows.start, self.rows.end);
        while row < end {
            let middle = row + (end - row) / 2;
            if self.segment(middle)?.end() <= place.start {
                row = middle + 1;
            } else {
                end = middle;
            }
        }
        let mut pieces = Vec::new();
        for row in row..self.rows.end {
            let segment = self.segment(row)?;
            if segment.row.code_point >= place.end {
                break;
            }
            let within = place.start.max(segment.row.code_point)..place.end.min(segment.end());
            let span = (within.start < within.end).then(|| segment.bytes_of(within)).flatten();
            pieces.extend(span.map(|span| segment.piece(row, &span)).filter(|piece| piece.from < piece.to));
        }
        Ok(pieces)
    }

    /// Whether a place is in a segment that was read.
    fn holds(&self, row: usize, place: std::ops::Range<u32>) -> bool {
        self.read.get(&row).is_some_and(|segment| segment.row.code_point <= place.start && place.end <= segment.end())
    }

    /// Every place of a decision's quote that its context and its segment leave in question.
    pub(super) fn places(&mut self, decision: &Decision) -> std::io::Result<Places> {
        let row = decision.segment.map(|segment| self.row_of(segment));
        if row == Some(None) {
            return Ok(Places { found: Vec::new(), stands: false, is_all: true });
        }
        let words = self.read_all()?;
        let Best { places, stands, is_all } = self.best(decision, row.flatten(), &words);
        let found = places.into_iter().map(|(first, end)| pieces_of(&words.places[first..end])).collect();
        Ok(Places { found, stands, is_all })
    }

    /// Whether the quote has these words in order and, besides them, only words that come between segments: the
    /// labels of speakers, time codes.
    fn is_quoted(&self, decision: &Decision, pieces: &[WordSpan]) -> bool {
        if decision.quote.is_empty() {
            return true;
        }
        let quote = Tokens::of(&decision.quote);
        let mut forms = (0..quote.words().len()).map(|word| (word, quote.form(word)));
        let gap_before =
            |word: usize| &decision.quote[quote.words()[word - 1].end as usize..quote.words()[word].start as usize];
        let ends_label = |word: usize| end_label(gap_before(word));
        let begins_label = |word: usize| gap_before(word).contains(['\t', '\n']);
        let (mut skipped, mut is_label) = (0, false);
        for (index, piece) in pieces.iter().enumerate() {
            for word in piece.from..piece.to {
                let own = self.form((piece.row, word));
                // The outermost words may be cut.
                let is_first = index == 0 && word == piece.from;
                let is_last = index + 1 == pieces.len() && word + 1 == piece.to;
                let is_it =
                    |form: &str| own == form || is_first && own.ends_with(form) || is_last && own.starts_with(form);
                loop {
                    match forms.next() {
                        Some((at, form)) if is_it(form) && (!is_label || ends_label(at)) => break,
                        // Nothing stands between the words of one segment.
                        Some(_) if word == piece.from && (index > 0 || word == 0) => {
                            skipped += 1;
                            is_label = true;
                        }
                        _ => return false,
                    }
                }
                is_label = false;
            }
        }
        let rest = forms.next();
        rest.is_none_or(|(at, _)| at == 0 || begins_label(at))
            && skipped + usize::from(rest.is_some()) + forms.count() <= MAX_LABEL_WORDS * pieces.len()
    }

    fn search(&mut self, decision: &Decision, start: Option<u32>) -> std::io::Result<Location> {
        if Tokens::of(&decision.quote).words().is_empty() {
            return Ok(Location::Lost(Lost::NoWords));
        }
        let words = self.read_all()?;
        let Best { places: found, stands, .. } = self.best(decision, None, &words);
        let expected = start.and_then(|start| self.word_from(&words, start));
        let is_here = |first: usize| Some(first) == expected;
        let in_segment = |first: usize| {
            let row = words.places[first].0 as usize;
            start.is_none() && decision.segment == Some(self.corpus.rows().number(row))
        };
        let chosen = match found.as_slice() {
            [] => return Ok(Location::Lost(if stands { Lost::Elsewhere } else { Lost::Gone })),
            [only] => only,
            several => match several.iter().find(|(first, _)| is_here(*first)) {
                Some(here) => here,
                None => {
                    let mut named = several.iter().filter(|(first, _)| in_segment(*first));
                    match (named.next(), named.next()) {
                        (Some(only), None) => only,
                        _ => return Ok(Location::Lost(Lost::Ambiguous)),
                    }
                }
            },
        };
        let pieces = pieces_of(&words.places[chosen.0..chosen.1]);
        Ok(if start.is_none() || is_here(chosen.0) { Location::Here(pieces) } else { Location::Moved(pieces) })
    }

    /// The places of a quote that can be its own, in the segment at `row` if that is given.
    fn best(&self, decision: &Decision, row: Option<usize>, words: &Words) -> Best {
        let (quote, before, after) =
            (Tokens::of(&decision.quote), Tokens::of(&decision.before), Tokens::of(&decision.after));
        let wanted = Wanted::new(decision, &quote, &before, &after);
        let in_row = |one: &Standing| {
            let (first, last) = (words.places[one.first].0, words.places[one.end - 1].0);
            row.is_none_or(|row| (first..=last).contains(&narrow(row)))
        };
        let begins: Vec<u32> = match wanted.forms.first() {
            None => Vec::new(),
            Some(part) if wanted.is_cut.0 => words.with_part(part, wanted.is_cut.1 && wanted.forms.len() == 1),
            Some(form) => words.standing(form).to_vec(),
        };
        let mut standing: Vec<Standing> =
            begins.iter().filter_map(|first| standing(&wanted, words, *first)).filter(in_row).collect();
        let n_words = wanted.forms.len();
        let (mut best, mut is_all) = self.judged(decision, &wanted, words, &standing);
        // A quote may begin with the label of who speaks, which stands before the segment's words.
        for skipped in 1..=n_words.saturating_sub(1).min(MAX_LABEL_WORDS) {
            if !standing.is_empty() || n_words - skipped < DESCRIBED_WORDS {
                break;
            }
            let Some(wanted) = wanted.without_label(skipped) else { continue };
            let begins = words.standing(wanted.forms[0]).iter().filter(|first| words.places[**first as usize].1 == 0);
            standing = begins.filter_map(|first| self::standing(&wanted, words, *first)).filter(in_row).collect();
            (best, is_all) = self.judged(decision, &wanted, words, &standing);
        }
        let places = best.iter().map(|candidate| (candidate.first, candidate.end)).collect();
        Best { places, stands: !standing.is_empty(), is_all }
    }

    /// The best of the places where a quote stands, and whether all were looked at closely that can be.
    fn judged(
        &self,
        decision: &Decision,
        wanted: &Wanted<'_>,
        words: &Words,
        standing: &[Standing],
    ) -> (Vec<Candidate>, bool) {
        let is_placed = decision.start.is_some();
        let mut is_all = true;
        let mut found: Vec<Candidate> = if standing.iter().any(Standing::is_whole) {
            let whole = standing.iter().filter(|one| one.is_whole()).map(|one| Candidate {
                first: one.first,
                end: one.end,
                left: wanted.before.fit_whole(one.left),
                right: wanted.after.fit_whole(one.right),
            });
            whole.collect()
        } else {
            // What may be a label must be compared with all others.
            let own = standing.iter().map(Standing::own).max().filter(|own| *own != Own::Labelled);
            let mut likely: Vec<&Standing> =
                standing.iter().filter(|one| !is_placed || own.is_none_or(|own| one.own() == own)).collect();
            if likely.len() > MAX_JUDGED {
                // An edit leaves the nearest words, or the passage about where it was.
                let expected = self.expected(decision, words);
                let distance = |one: &&Standing| one.first.abs_diff(expected);
                likely.sort_by_key(|one| (std::cmp::Reverse(one.left.n_same + one.right.n_same), distance(one)));
                let mut others = likely.split_off(MAX_JUDGED / 2);
                others.sort_by_key(distance);
                others.truncate(MAX_JUDGED / 2);
                likely.extend(others);
                is_all = false;
            }
            likely.iter().map(|one| self.candidate(wanted, words, one.first, one.end)).collect()
        };
        found.sort_by_key(|one| one.first);
        (if is_placed { own(&found, wanted.forms.len()) } else { described(&found, wanted) }, is_all)
    }

    /// The word at which a decision says that its quote begins, or the segment that contains it.
    fn expected(&self, decision: &Decision, words: &Words) -> usize {
        let row = || {
            let row = narrow(self.row_of(decision.segment?)?);
            Some(words.places.partition_point(|place| *place < (row, 0)))
        };
        decision.start.and_then(|start| self.word_from(words, start)).or_else(row).unwrap_or(0)
    }

    /// How the words around words `first..end` fit.
    fn candidate(&self, wanted: &Wanted<'_>, words: &Words, first: usize, end: usize) -> Candidate {
        let n_left = words.places[first].1 as usize;
        let left = around(words, (0..first).rev(), n_left, wanted.before.reach());
        let right = around(words, end..words.places.len(), words.n_right(end - 1), wanted.after.reach());
        Candidate { first, end, left: wanted.before.fit(&left), right: wanted.after.fit(&right) }
    }

    /// The number of the word at or right after a code point.
    fn word_from(&self, words: &Words, start: u32) -> Option<usize> {
        let ends_before = |(row, word): &(u32, u32)| {
            let Some(segment) = self.read.get(&(*row as usize)) else { return true };
            if segment.end() <= start || segment.row.code_point >= start {
                return segment.end() <= start;
            }
            // The word's own characters decide only in the segment of the place.
            let place = segment.row.code_point..start;
            segment.bytes_of(place).is_some_and(|span| segment.tokens.words()[*word as usize].end as usize <= span.end)
        };
        let first = words.places.partition_point(ends_before);
        (first < words.places.len()).then_some(first)
    }

    fn form(&self, (row, word): (u32, u32)) -> &str {
        self.read.get(&(row as usize)).map_or("", |segment| segment.tokens.form(word as usize))
    }

    fn segment(&mut self, row: usize) -> std::io::Result<&Segment> {
        if !self.read.contains_key(&row) {
            let texts = match &self.texts {
                Some(texts) => texts,
                None => self.texts.insert(self.corpus.part_of(row).texts()?),
            };
            self.read.insert(row, Segment::new(texts.get(row)?));
        }
        Ok(&self.read[&row])
    }

    fn read_all(&mut self) -> std::io::Result<Rc<Words>> {
        if let Some(words) = &self.words {
            return Ok(Rc::clone(words));
        }
        let mut words = Words::from_row(self.rows.start);
        for row in self.rows.clone() {
            words.add_row(row, &self.segment(row)?.tokens);
        }
        Ok(Rc::clone(self.words.insert(Rc::new(words))))
    }
}

impl Segment {
    fn new(row: Row) -> Self {
        Self { tokens: Tokens::of(&row.text), code_points: CodePoints::of(&row.text), row }
    }

    /// One past its last code point.
    fn end(&self) -> u32 {
        self.row.code_point + self.code_points.n()
    }

    /// The bytes that a place covers; `None` if it reaches beyond the segment.
    fn bytes_of(&self, place: std::ops::Range<u32>) -> Option<std::ops::Range<usize>> {
        let byte =
            |code_point: u32| self.code_points.byte(&self.row.text, code_point.checked_sub(self.row.code_point)?);
        Some(byte(place.start)?..byte(place.end)?)
    }

    /// The words that share a character with `span`; an empty piece if there are none.
    fn piece(&self, row: usize, span: &std::ops::Range<usize>) -> WordSpan {
        let words = self.tokens.words();
        let from = words.partition_point(|word| word.end as usize <= span.start);
        let to = words.partition_point(|word| (word.start as usize) < span.end);
        WordSpan { row: narrow(row), from: narrow(from), to: narrow(to.max(from)) }
    }
}
