//! Which segments of the material were judged, and which codes each coder gave them.

use std::collections::BTreeMap;
use std::ops::Range;

use super::gold::{Gold, GoldRow, find_code};
use super::passages::Passages;
use crate::codebook::Codebook;
use crate::coding::Codings;
use crate::compare::Themes;
use crate::diag::{Diagnostic, capped, nearest_path};
use crate::index::Corpus;
use crate::language::{Stance, Tokens, stance_of_segment};
use crate::material::{Material, RowState};

/// One judged segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unit {
    /// Index of the document in the corpus.
    pub document: usize,
    /// The segment's number in the document, from 1.
    pub segment: u32,
    /// Its row in the corpus.
    pub row: usize,
}

/// What one coder gave to each of a list of units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coder {
    /// By code, by unit: whether the coder gave it, or a descendant of it.
    pub has: Vec<Vec<bool>>,
    /// By code, by unit: how the coder says that the segment puts it.
    pub stance: Vec<Vec<Option<Stance>>>,
}

/// The segments that a sheet judges, found in the material.
#[derive(Debug, Clone)]
pub struct Judged {
    /// By document and segment.
    pub units: Vec<Unit>,
    /// What the sheet says of them.
    pub coder: Coder,
    /// Which words it means, where every row with a code says so.
    pub passages: Option<Passages>,
    /// The number that each unit was drawn with, in a sheet that was drawn: see [`super::SampleWeights::sizes`].
    pub draws: Option<Vec<u32>>,
    /// What must be known of the comparison.
    pub warnings: Vec<Diagnostic>,
}

impl Gold {
    /// Finds the rows in the material.
    ///
    /// # Errors
    /// Codes that the codebook does not have.
    pub fn place(&self, codebook: &Codebook, corpus: &Corpus, material: &Material) -> Result<Judged, Vec<Diagnostic>> {
        let mut names = Names { codebook, known: BTreeMap::new(), errors: Vec::new() };
        let mut placer =
            Placer { corpus, material, missing: BTreeMap::new(), no_segment: Vec::new(), n_context: 0, n_out: 0 };
        let is_drawn = self.rows.iter().all(|row| row.draw.is_some());
        let marks_none = self.rows.iter().any(|row| row.says_none);
        let mut n_empty = 0;
        // Where some rows tell of words and others only of segments, boundaries cannot be compared.
        let marks_words = self.rows.iter().any(|row| row.passage.is_some())
            && self.rows.iter().all(|row| row.passage.is_some() || row.codes.is_empty());
        let mut by_unit: BTreeMap<Unit, Given> = BTreeMap::new();
        let mut outside = Vec::new();
        for row in &self.rows {
            let given = names.given(row);
            let Some(unit) = placer.unit(row) else { continue };
            let words = row.passage.filter(|_| marks_words).map(|passage| words_of(corpus, unit.row, passage));
            if words.as_ref().is_some_and(Range::is_empty) {
                outside.push(row);
            }
            if is_drawn && row.codes.is_empty() && !row.says_none {
                n_empty += 1;
                if marks_none {
                    continue;
                }
            }
            by_unit.entry(unit).or_default().add(given, words, row);
        }
        let mut errors = names.errors;
        let mut warnings = placer.warnings(self.rows.len());
        if n_empty > 0 {
            warnings.push(empty_rows(n_empty, marks_none));
        }
        if is_drawn && n_empty == self.rows.len() {
            errors.push(
                Diagnostic::error("agreement/nothing-judged", "no row of the sheet has codes")
                    .at(self.rows[0].place.clone())
                    .hint("write codes separated by `;`, and `-` where none fits"),
            );
        }
        if by_unit.is_empty() && errors.is_empty() {
            errors.push(
                Diagnostic::error("agreement/nothing-judged", "none of the segments it lists is in the material")
                    .at(self.rows[0].place.clone()),
            );
            errors.append(&mut warnings);
        }
        if !errors.is_empty() {
            return Err(capped(errors, "codes like this"));
        }
        warnings.extend(other_texts(corpus, &by_unit));
        warnings.extend(capped(outside.into_iter().map(no_words).collect(), "passages like this"));
        let given = || by_unit.values().map(|given| given.passages.as_slice());
        Ok(Judged {
            passages: marks_words.then(|| Passages::of_given(codebook, given())),
            units: by_unit.keys().copied().collect(),
            coder: Coder::of_given(codebook, by_unit.values()),
            draws: is_drawn.then(|| by_unit.values().map(|given| given.draw).collect()),
            warnings,
        })
    }
}

impl Judged {
    /// What a coder says of all segments of the material that `has_read` (by row) names.
    #[must_use]
    pub fn of_codings(coded: Themes<'_>, has_read: &[bool]) -> Self {
        let Themes { corpus, material, codings, .. } = coded;
        let units: Vec<Unit> = material
            .counted_rows(corpus)
            .filter(|(_, row)| has_read[*row])
            .map(|(document, row)| Unit { document, segment: corpus.rows().number(row), row })
            .collect();
        Self {
            coder: Coder::of_codings(codings, &units),
            passages: Some(Passages::of_codings(codings, &units)),
            units,
            draws: None,
            warnings: Vec::new(),
        }
    }

    /// Keeps the units for which `keeps` is true.
    pub fn retain(&mut self, keeps: impl Fn(&Unit) -> bool) {
        let kept: Vec<bool> = self.units.iter().map(keeps).collect();
        let is_kept = |index: usize| kept[index];
        self.coder.has.iter_mut().for_each(|units| retain(units, is_kept));
        self.coder.stance.iter_mut().for_each(|units| retain(units, is_kept));
        self.passages.iter_mut().for_each(|passages| passages.retain(is_kept));
        self.draws.iter_mut().for_each(|units| retain(units, is_kept));
        retain(&mut self.units, is_kept);
    }
}

pub(super) fn retain<T>(items: &mut Vec<T>, is_kept: impl Fn(usize) -> bool) {
    let mut index = 0;
    items.retain(|_| {
        index += 1;
        is_kept(index - 1)
    });
}

impl Coder {
    /// What the rules of the codebook gave to `units`.
    #[must_use]
    pub fn of_codings(codings: &Codings, units: &[Unit]) -> Self {
        let mut coder = Self::empty(codings.n_codes(), units.len());
        for code in 0..codings.n_codes() {
            for (index, unit) in units.iter().enumerate() {
                let stance = stance_of_segment(codings.counted_in(code, unit.row).map(|counted| counted.stance));
                coder.has[code][index] = stance.is_some();
                coder.stance[code][index] = stance;
            }
        }
        coder
    }

    /// A parent has what its descendants have; where it has no stance of its own, theirs.
    fn of_given<'a>(codebook: &Codebook, units: impl ExactSizeIterator<Item = &'a Given>) -> Self {
        let mut coder = Self::empty(codebook.codes.len(), units.len());
        for (index, given) in units.enumerate() {
            let mut inherited: BTreeMap<usize, Vec<Stance>> = BTreeMap::new();
            for code in &given.codes {
                coder.has[*code][index] = true;
                let own = given.stance(*code);
                coder.stance[*code][index] = own;
                for ancestor in codebook.ancestors(*code) {
                    coder.has[ancestor][index] = true;
                    inherited.entry(ancestor).or_default().extend(own);
                }
            }
            for (ancestor, stances) in inherited {
                let own = coder.stance[ancestor][index];
                coder.stance[ancestor][index] = own.or_else(|| stance_of_segment(stances));
            }
        }
        coder
    }

    fn empty(n_codes: usize, n_units: usize) -> Self {
        Self { has: vec![vec![false; n_units]; n_codes], stance: vec![vec![None; n_units]; n_codes] }
    }
}

/// What the rows of one segment give it.
#[derive(Debug, Default)]
struct Given {
    codes: Vec<usize>,
    passages: Vec<(usize, Range<u64>)>,
    stances: BTreeMap<Option<usize>, Stance>,
    draw: u32,
    text: Option<String>,
}

impl Given {
    /// Several rows of one segment add up.
    fn add(
        &mut self,
        (codes, stances): (Vec<usize>, BTreeMap<Option<usize>, Stance>),
        words: Option<Range<u64>>,
        row: &GoldRow,
    ) {
        // In a sheet with a row for each code, a stance without a code is that row's.
        for code in &codes {
            if let Some(stance) = stances.get(&Some(*code)).or_else(|| stances.get(&None)) {
                self.stances.insert(Some(*code), *stance);
            }
        }
        self.passages.extend(words.into_iter().flat_map(|words| codes.iter().map(move |code| (*code, words.clone()))));
        self.codes.extend(codes);
        self.codes.sort_unstable();
        self.codes.dedup();
        self.draw = row.draw.unwrap_or_default();
        self.text = self.text.take().or_else(|| row.text.clone());
    }

    fn stance(&self, code: usize) -> Option<Stance> {
        self.stances.get(&Some(code)).copied()
    }
}

/// Codes by the names that a sheet uses, each looked up once.
struct Names<'a> {
    codebook: &'a Codebook,
    known: BTreeMap<String, Option<usize>>,
    errors: Vec<Diagnostic>,
}

impl Names<'_> {
    fn given(&mut self, row: &GoldRow) -> (Vec<usize>, BTreeMap<Option<usize>, Stance>) {
        let codes = row.codes.iter().filter_map(|name| self.find(name, row)).collect();
        let stances = row.stances.iter().filter_map(|(name, stance)| match name {
            None => Some((None, *stance)),
            Some(name) => self.find(name, row).map(|code| (Some(code), *stance)),
        });
        (codes, stances.collect())
    }

    fn find(&mut self, name: &str, row: &GoldRow) -> Option<usize> {
        if let Some(known) = self.known.get(name) {
            return *known;
        }
        let found = find_code(self.codebook, name, &row.place).map_err(|error| self.errors.push(error)).ok();
        self.known.insert(name.to_owned(), found);
        found
    }
}

/// Rows of a sheet → rows of the corpus, and what could not be found.
struct Placer<'a> {
    corpus: &'a Corpus,
    material: &'a Material,
    missing: BTreeMap<&'a str, (&'a GoldRow, usize)>,
    no_segment: Vec<&'a GoldRow>,
    n_context: usize,
    n_out: usize,
}

impl<'a> Placer<'a> {
    fn unit(&mut self, row: &'a GoldRow) -> Option<Unit> {
        let name = row.document.strip_prefix("./").unwrap_or(&row.document);
        let Some(document) = self.corpus.document_at(name) else {
            self.missing.entry(row.document.as_str()).or_insert((row, 0)).1 += 1;
            return None;
        };
        let Some(found) = self.corpus.row_of(document, row.segment) else {
            self.no_segment.push(row);
            return None;
        };
        match self.material.state(found) {
            RowState::Material => return Some(Unit { document, segment: row.segment, row: found }),
            RowState::Context => self.n_context += 1,
            RowState::Out => self.n_out += 1,
        }
        None
    }

    fn warnings(&self, n_rows: usize) -> Vec<Diagnostic> {
        let mut warnings = Vec::new();
        let paths: Vec<&str> = self.corpus.documents().iter().map(|document| document.path.as_str()).collect();
        let unknown = self.missing.iter().map(|(path, (row, n))| {
            let message = format!("`{path}` is not a document of the project: {} left out", segments(*n));
            let warning = Diagnostic::warning("agreement/unknown-document", message).at(row.place.clone());
            match nearest_path(path, &paths) {
                Some(near) => warning.hint(format!("did you mean `{near}`?")),
                None => warning,
            }
        });
        warnings.extend(capped(unknown.collect(), "documents like this"));
        let absent = self.no_segment.iter().map(|row| {
            let message = format!("`{}` has no segment {}: left out", row.document, row.segment);
            Diagnostic::warning("agreement/unknown-segment", message).at(row.place.clone())
        });
        warnings.extend(capped(absent.collect(), "segments like this"));
        let of_all = |n: usize, why: &str| {
            let are = if n == 1 { "is" } else { "are" };
            format!("{n} of {n_rows} listed segments {are} {why} and left out")
        };
        if self.n_context > 0 {
            let message = of_all(self.n_context, "context (headings or excluded speakers)");
            warnings.push(Diagnostic::warning("agreement/context", message));
        }
        if self.n_out > 0 {
            warnings.push(Diagnostic::warning("agreement/not-in-run", of_all(self.n_out, "not in this run")));
        }
        warnings
    }
}

fn empty_rows(n: usize, marks_none: bool) -> Diagnostic {
    let (message, hint) = if marks_none {
        (format!("{} without codes left out as not yet read", segments(n)), "write `-` where no code fits")
    } else {
        (
            format!("{} without codes counted as read, with no code that fits", segments(n)),
            "if some have not been read yet, write `-` where no code fits: empty ones are then left out",
        )
    };
    Diagnostic::warning("agreement/empty-rows", message).hint(hint)
}

/// Segments whose text is not the one that the sheet was made from.
fn other_texts(corpus: &Corpus, by_unit: &BTreeMap<Unit, Given>) -> Option<Diagnostic> {
    let plain = |text: &str| text.chars().filter(|letter| letter.is_alphanumeric()).collect::<String>();
    let mut other: Vec<&Unit> = Vec::new();
    for (unit, given) in by_unit {
        let Some(text) = &given.text else { continue };
        // What cannot be read is told when it is coded.
        let Ok(texts) = corpus.part_of(unit.row).texts() else { continue };
        let Ok(row) = texts.get(unit.row) else { continue };
        let written = plain(text);
        if !plain(&row.text).starts_with(&written) && !written.starts_with(&plain(&row.text)) {
            other.push(unit);
        }
    }
    let first = other.first()?;
    let path = &corpus.documents()[first.document].path;
    let message = format!(
        "{} not as in the sheet: the documents have changed, or are segmented differently",
        match other.len() {
            1 => "the text of 1 segment is".to_owned(),
            n => format!("the texts of {n} segments are"),
        }
    );
    Some(
        Diagnostic::warning("agreement/other-text", message)
            .hint(format!("the first is segment {} of `{path}`", first.segment)),
    )
}

/// The words of a row that a place in the document's text touches.
fn words_of(corpus: &Corpus, row: usize, (start, end): (u32, u32)) -> Range<u64> {
    // What cannot be read is told when it is coded.
    let Ok(row) = corpus.part_of(row).texts().and_then(|texts| texts.get(row)) else { return 0..0 };
    let tokens = Tokens::of(&row.text);
    let place = |bytes: u32| row.code_point as usize + row.text[..bytes as usize].chars().count();
    let before = tokens.words().partition_point(|word| place(word.end) <= start as usize);
    let until = tokens.words().partition_point(|word| place(word.start) < end as usize);
    before as u64..until.max(before) as u64
}

fn no_words(row: &GoldRow) -> Diagnostic {
    let (start, end) = row.passage.unwrap_or_default();
    let message = format!("{start} to {end} contains no word of segment {} of `{}`", row.segment, row.document);
    Diagnostic::warning("agreement/no-words", message).at(row.place.clone())
}

fn segments(n: usize) -> String {
    if n == 1 { "1 segment".to_owned() } else { format!("{n} segments") }
}
