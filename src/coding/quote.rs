//! Mentions → codings: exact words, place in the document, stance. The only step of coding that reads texts.

use std::borrow::Cow;
use std::hash::Hasher as _;
use std::io::Write;

use rayon::prelude::*;

use super::codings::Codings;
use super::forms::FormCounts;
use super::mention::{Mention, Mentions, NO_PATTERN};
use super::pool::Pool;
use super::stance::StanceRules;
use crate::codebook::Codebook;
use crate::index::{Corpus, Row, Texts};
use crate::language::{Grade, Stance, Stances, Tokens};
use crate::text::narrow;

/// Documents are quoted in groups with about this many mentions; a group is one task.
const GROUP_MENTIONS: usize = 4_000;
/// Groups that are in memory at a time, for each thread.
const GROUPS_AHEAD: usize = 4;

/// One mention with everything that is read from the text: exact words, place, stance.
#[derive(Debug)]
pub struct Coding<'a> {
    /// An id that stays the same from run to run as long as document, code and place do.
    pub id: String,
    /// Index of the document in the corpus.
    pub document: usize,
    /// The segment's row in the corpus.
    pub row: usize,
    /// The segment's number in the document, from 1.
    pub segment: u32,
    /// Index of the code.
    pub code: usize,
    /// The mention.
    pub mention: &'a Mention,
    /// How the passage puts the theme.
    pub stance: Stance,
    /// First code point in the document's text.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
    /// The byte in the segment's text that the words begin at.
    pub at: usize,
    /// The exact words.
    pub quote: &'a str,
    /// The form that met the pattern, folded; several words with a blank between.
    pub form: Cow<'a, str>,
    /// The words that decided about the stance.
    pub cue: Option<String>,
    /// Who made or accepted it, by name; empty for what only a rule found.
    pub people: Vec<&'a str>,
    /// Line in the document's text, from 1.
    pub line: u32,
    /// The segment's text and place.
    pub segment_text: &'a Row,
    pool: &'a Pool,
}

impl<'a> Coding<'a> {
    /// The person who made it, `None` for a rule; and who else accepted it.
    #[must_use]
    pub fn coder(&self) -> (Option<&'a str>, &[&'a str]) {
        match self.people.split_first() {
            Some((first, others)) if self.mention.pattern == NO_PATTERN => (Some(*first), others),
            _ => (None, &self.people),
        }
    }

    /// Whether it counts in the row of `code`, its own or an ancestor.
    #[must_use]
    pub fn counts_for(&self, code: usize) -> bool {
        self.pool.counts(self.mention, self.code, code)
    }
}

/// Why codings could not be made.
#[derive(Debug, thiserror::Error)]
pub enum QuoteError {
    /// The texts of the index cannot be read.
    #[error("cannot read the index: {0}")]
    Index(std::io::Error),
    /// What was made of codings cannot be written.
    #[error("cannot write codings: {0}")]
    Output(std::io::Error),
}

/// Finds the stance of every mention, which makes them codings, and writes what `format` makes of each to `out`, sorted
/// by document and place, in the same bytes whatever the number of threads.
///
/// # Errors
/// When the index cannot be read or `out` cannot be written.
pub fn quote(
    corpus: &Corpus,
    codebook: &Codebook,
    mut mentions: Mentions,
    format: &(dyn Fn(&Coding<'_>, &mut Vec<u8>) + Sync),
    out: &mut dyn Write,
) -> Result<(Codings, FormCounts), QuoteError> {
    let mut pool = Pool::of(codebook, &mentions);
    let rules = StanceRules::new(codebook);
    let quoter = Quoter { corpus, codebook, mentions: &mentions, pool: &pool, rules: &rules, format };
    let groups = quoter.groups();
    // A byte for each mention: they cannot be written where they are read.
    let own = |mentions: &Vec<Mention>| mentions.iter().map(|mention| mention.stance).collect();
    let mut stances: Vec<Vec<Option<Stance>>> = mentions.codes.iter().map(own).collect();
    let mut forms = FormCounts::of_single_forms(corpus, &mentions);
    for ahead in groups.chunks(rayon::current_num_threads() * GROUPS_AHEAD) {
        let quoted = ahead.par_iter().map(|documents| quoter.group(documents.clone()));
        for quoted in quoted.collect::<std::io::Result<Vec<_>>>().map_err(QuoteError::Index)? {
            out.write_all(&quoted.bytes).map_err(QuoteError::Output)?;
            for (code, index, stance) in quoted.stances {
                stances[code as usize][index as usize] = Some(stance);
            }
            quoted.forms.into_iter().for_each(|(code, pattern, form, grade)| forms.add(code, pattern, form, grade, 1));
        }
    }
    for (mention, stance) in mentions.codes.iter_mut().flatten().zip(stances.into_iter().flatten()) {
        mention.stance = stance;
    }
    pool.tell_stances(&mentions);
    Ok((Codings::new(mentions, pool), forms))
}

struct Quoter<'a> {
    corpus: &'a Corpus,
    codebook: &'a Codebook,
    mentions: &'a Mentions,
    pool: &'a Pool,
    rules: &'a StanceRules<'a>,
    format: &'a (dyn Fn(&Coding<'_>, &mut Vec<u8>) + Sync),
}

#[derive(Default)]
struct Quoted {
    bytes: Vec<u8>,
    stances: Vec<(u32, u32, Stance)>,
    /// Forms of several words: code, pattern, form.
    forms: Vec<(usize, u16, String, Grade)>,
}

impl Quoter<'_> {
    /// Ranges of documents with about equally many mentions.
    fn groups(&self) -> Vec<std::ops::Range<usize>> {
        let n_documents = self.corpus.documents().len();
        let mut mentions = vec![0_usize; n_documents];
        for mention in self.mentions.all() {
            if let Some(document) = self.corpus.rows().document(mention.row as usize) {
                mentions[document] += 1;
            }
        }
        let mut groups = Vec::new();
        let (mut start, mut sum) = (0, 0);
        for (document, n) in mentions.iter().enumerate() {
            sum += n;
            if sum >= GROUP_MENTIONS || document + 1 == n_documents {
                groups.push(start..document + 1);
                (start, sum) = (document + 1, 0);
            }
        }
        groups
    }

    fn group(&self, documents: std::ops::Range<usize>) -> std::io::Result<Quoted> {
        let mut quoted = Quoted::default();
        let mut tokens = Tokens::default();
        let mut texts: Vec<Option<Texts<'_>>> = self.corpus.parts().iter().map(|_| None).collect();
        let mut in_document: Vec<(u32, u32, usize, usize)> = Vec::new();
        // By part and code: where the mentions of the last document end. Those of the next one mostly follow.
        let n_codes = self.mentions.codes.len();
        let mut ends = vec![0; n_codes * self.corpus.parts().len()];
        for document in documents {
            let rows = self.corpus.rows_of(document);
            if rows.is_empty() {
                continue;
            }
            let ends = &mut ends[n_codes * self.corpus.part_index(rows.start)..];
            in_document.clear();
            for ((code, mentions), end) in self.mentions.codes.iter().enumerate().zip(ends) {
                let first = first_from(mentions, rows.start, *end);
                let before = in_document.len();
                let here = mentions[first..].iter().take_while(|mention| (mention.row as usize) < rows.end);
                in_document.extend(here.zip(first..).map(|(mention, index)| (mention.row, mention.from, code, index)));
                *end = first + in_document.len() - before;
            }
            in_document.sort_unstable();
            for in_row in in_document.chunk_by(|a, b| a.0 == b.0) {
                let row = in_row[0].0 as usize;
                let part = self.corpus.part_index(row);
                let reader = match &mut texts[part] {
                    Some(reader) => reader,
                    none => none.insert(self.corpus.parts()[part].texts()?),
                };
                let text = reader.get(row)?;
                tokens.read(&text.text);
                self.row(document, row, in_row, &text, &tokens, &mut quoted);
            }
        }
        Ok(quoted)
    }

    fn row(
        &self,
        document: usize,
        row: usize,
        in_row: &[(u32, u32, usize, usize)],
        text: &Row,
        tokens: &Tokens,
        quoted: &mut Quoted,
    ) {
        let mut lines = crate::text::LineIndex::new(&text.text);
        let mut stances = Stances::new(&text.text, tokens);
        let id = CodingId::in_document(&self.corpus.documents()[document].path);
        for (_, _, code, index) in in_row {
            let mention = &self.mentions.codes[*code][*index];
            let Some((first, last)) =
                tokens.words().get(mention.from as usize).zip(tokens.words().get(mention.to as usize - 1))
            else {
                continue;
            };
            let span = first.start as usize..last.end as usize;
            let (stance, cue) = self.rules.of(*code, mention, &mut stances);
            quoted.stances.push((narrow(*code), narrow(*index), stance));
            let (line, start) = lines.advance_to(span.start);
            let at = span.start;
            let quote = &text.text[span];
            let start = text.code_point + start;
            let end = start + narrow(quote.chars().count());
            let coding = Coding {
                id: id.of(&self.codebook.codes[*code].id, start, end),
                document,
                row,
                segment: self.corpus.rows().number(row),
                code: *code,
                mention,
                stance,
                start,
                end,
                at,
                quote,
                form: form_of(tokens, mention),
                cue: cue.map(|cue| cue.written(&text.text)),
                people: self.mentions.people.of(*code, mention).collect(),
                line: text.line + line - 1,
                segment_text: text,
                pool: self.pool,
            };
            (self.format)(&coding, &mut quoted.bytes);
            if mention.form().is_none() && mention.pattern != NO_PATTERN {
                quoted.forms.push((*code, mention.pattern, coding.form.into_owned(), mention.grade));
            }
        }
    }
}

/// Where the mentions at or after `row` begin; `guess` is tried first.
fn first_from(mentions: &[Mention], row: usize, guess: usize) -> usize {
    let is_before = |mention: &Mention| (mention.row as usize) < row;
    let (before, behind) = mentions.split_at(guess);
    if before.last().is_none_or(is_before) && !behind.first().is_some_and(is_before) {
        return guess;
    }
    mentions.partition_point(is_before)
}

/// A name for one application of a code to one place, the same in every run whatever else is in the material or the
/// codebook. Offsets are code points of the document's text.
#[must_use]
pub fn coding_id(path: &str, code: &str, start: u32, end: u32) -> String {
    CodingId::in_document(path).of(code, start, end)
}

/// What the ids of one document's codings have in common.
struct CodingId(fnv::FnvHasher);

impl CodingId {
    fn in_document(path: &str) -> Self {
        let mut hasher = fnv::FnvHasher::default();
        hasher.write(path.as_bytes());
        hasher.write(b"\0");
        Self(hasher)
    }

    fn of(&self, code: &str, start: u32, end: u32) -> String {
        let mut hasher = fnv::FnvHasher::with_key(self.0.finish());
        for piece in [code.as_bytes(), b"\0", &start.to_le_bytes(), &end.to_le_bytes()] {
            hasher.write(piece);
        }
        let hash = hasher.finish();
        let digit = |place: u32| char::from(b"0123456789abcdef"[(hash >> (4 * place) & 15) as usize]);
        (0..u64::BITS / 4).rev().map(digit).collect()
    }
}

/// The forms of a mention's words with a blank between.
fn form_of<'t>(tokens: &'t Tokens, mention: &Mention) -> Cow<'t, str> {
    let mut form = Cow::Borrowed(tokens.form(mention.from as usize));
    for word in mention.from + 1..mention.to {
        let form = form.to_mut();
        form.push(' ');
        form.push_str(tokens.form(word as usize));
    }
    form
}
