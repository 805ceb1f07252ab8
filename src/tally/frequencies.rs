//! How often each code comes up in each cell, with denominators and margins.

use rayon::prelude::*;

use super::cells::Cells;
use super::count::{Counts, OfCell, Totals};
use crate::codebook::Codebook;
use crate::coding::{Codings, Counted, Mention};
use crate::index::Corpus;
use crate::material::{Material, NOWHERE, RowState};
use crate::text::narrow;

/// The counts of one code in one cell or margin; `None` where there is no material.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frequency {
    /// Index of the code.
    pub code: usize,
    /// Index into [`Frequencies::material`], or [`Frequencies::material_margins`] for a margin.
    pub cell: usize,
    /// What was counted.
    pub counts: Option<Counts>,
}

/// A cell of the table or of its margins, and what material lies in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// The value of each attribute; `None` where it is summed over.
    pub key: Vec<Option<String>>,
    /// The denominators; `None` where there is no document.
    pub totals: Option<Totals>,
}

/// A whole table: every code in every cell, and in every margin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frequencies {
    /// The attributes that the table counts by.
    pub by: Vec<String>,
    /// The cells.
    pub material: Vec<Cell>,
    /// The margins.
    pub material_margins: Vec<Cell>,
    /// Code by code, cell by cell.
    pub frequencies: Vec<Frequency>,
    /// Code by code, margin by margin.
    pub margins: Vec<Frequency>,
}

impl Frequencies {
    /// The counts of a code in a cell.
    #[must_use]
    pub fn counts(&self, code: usize, cell: usize) -> Option<&Counts> {
        self.frequencies[code * self.material.len() + cell].counts.as_ref()
    }

    /// The counts of a code in a margin.
    #[must_use]
    pub fn margin_counts(&self, code: usize, margin: usize) -> Option<&Counts> {
        self.margins[code * self.material_margins.len() + margin].counts.as_ref()
    }
}

/// Counts the mentions of all codes.
#[must_use]
pub fn tally(
    corpus: &Corpus,
    material: &Material,
    codebook: &Codebook,
    codings: &Codings,
    cells: &Cells,
) -> Frequencies {
    let place = Placed::new(corpus, material, cells);
    let levels = place.levels();
    let count = |code: usize| {
        let own = codings.is_parent(code).then(|| codings.own(code));
        place.count(codings.counted(code), own, &levels)
    };
    let codes = (0..codebook.codes.len()).into_par_iter();
    let (totals, counted): (_, Vec<Vec<Vec<Counts>>>) =
        rayon::join(|| place.totals(&levels), || codes.map(count).collect());
    let all_kept = vec![true; cells.axes().len()];
    let cell = |index: usize, kept: &[bool], totals: Option<Totals>| Cell {
        key: cells.key(index, kept).into_iter().map(|value| value.map(str::to_owned)).collect(),
        totals,
    };
    let mut material_cells = Vec::new();
    let mut material_margins = Vec::new();
    for (level, totals) in levels.iter().zip(&totals) {
        let target = if level.kept == all_kept { &mut material_cells } else { &mut material_margins };
        target.extend(totals.iter().enumerate().map(|(index, totals)| cell(index, &level.kept, *totals)));
    }
    // They are the most of what a table takes: not a row more than there are.
    let mut frequencies = Vec::with_capacity(counted.len() * material_cells.len());
    let mut margins = Vec::with_capacity(counted.len() * material_margins.len());
    for (code, of_levels) in counted.into_iter().enumerate() {
        let mut margin = 0;
        for ((level, totals), counts) in levels.iter().zip(&totals).zip(of_levels) {
            for (index, (mut counts, totals)) in counts.into_iter().zip(totals).enumerate() {
                if totals.is_none_or(|totals| totals.speakers_total.is_none()) {
                    counts.speakers = None;
                }
                let counts = totals.map(|_| counts);
                if level.kept == all_kept {
                    frequencies.push(Frequency { code, cell: index, counts });
                } else {
                    margins.push(Frequency { code, cell: margin, counts });
                    margin += 1;
                }
            }
        }
    }
    Frequencies {
        by: cells.axes().iter().map(|axis| axis.name.clone()).collect(),
        material: material_cells,
        material_margins,
        frequencies,
        margins,
    }
}

/// The denominators of each cell; `None` where there is no document.
pub(super) fn totals_of_cells(corpus: &Corpus, material: &Material, cells: &Cells) -> Vec<Option<Totals>> {
    let place = Placed::new(corpus, material, cells);
    place.totals(&place.levels()[..1]).swap_remove(0)
}

/// The cells themselves, or one of their margins.
struct Level {
    kept: Vec<bool>,
    of_cell: Vec<u32>,
    len: usize,
}

/// Rows and documents with the cells that they lie in.
struct Placed<'a> {
    corpus: &'a Corpus,
    material: &'a Material,
    cells: &'a Cells,
    of_row: Vec<u32>,
    of_document: Option<Vec<u32>>,
}

impl<'a> Placed<'a> {
    fn new(corpus: &'a Corpus, material: &'a Material, cells: &'a Cells) -> Self {
        let of_row = cells.of_rows(corpus.rows().len());
        let of_document = cells.of_documents(corpus.documents().len());
        Self { corpus, material, cells, of_row, of_document }
    }

    fn levels(&self) -> Vec<Level> {
        let all = Level {
            kept: vec![true; self.cells.axes().len()],
            of_cell: (0..).take(self.cells.len()).collect(),
            len: self.cells.len(),
        };
        let margins = self.cells.margins().into_iter().map(|kept| {
            let (of_cell, len) = self.cells.margin_of(&kept);
            Level { kept, of_cell, len }
        });
        std::iter::once(all).chain(margins).collect()
    }

    /// The denominators of each cell of each level.
    fn totals(&self, levels: &[Level]) -> Vec<Vec<Option<Totals>>> {
        let mut cells = vec![Totals::default(); self.cells.len()];
        let mut met = Met::default();
        let mut unknown: Vec<u32> = Vec::new();
        for document in self.material.documents_read(self.corpus) {
            let cell = self.of_document.as_ref().map(|cells| cells[document]);
            let cell = cell.filter(|cell| *cell != NOWHERE);
            if let Some(cell) = cell {
                met.document(cell, document);
            }
            if let Some(cell) = cell.filter(|_| self.is_all_context(document)) {
                match self.silent_voice(document) {
                    Silent::Known(voice) => met.voice(cell, voice),
                    Silent::Unknown => unknown.push(cell),
                    Silent::Nobody => {}
                }
            }
            for row in self.corpus.rows_of(document) {
                let cell = self.of_row[row];
                if cell == NOWHERE || self.material.state(row) != RowState::Material {
                    continue;
                }
                cells[cell as usize].segments_total += 1;
                cells[cell as usize].words_total += u64::from(self.corpus.rows().n_words(row));
                if self.of_document.is_none() {
                    met.document(cell, document);
                }
                match self.material.voice(row) {
                    Some(voice) => met.voice(cell, voice),
                    None => unknown.push(cell),
                }
            }
        }
        let of_levels = levels.iter().zip(self.in_levels(&cells, met, levels));
        of_levels
            .map(|(level, mut totals)| {
                for cell in &unknown {
                    totals[level.of_cell[*cell as usize] as usize].speakers_total = None;
                }
                totals.into_iter().map(|totals| (totals.documents_total > 0).then_some(totals)).collect()
            })
            .collect()
    }

    /// What was counted in each cell of each level, from what was counted in the cells themselves and met in them.
    fn in_levels<T: OfCell>(&self, cells: &[T], mut met: Met, levels: &[Level]) -> Vec<Vec<T>> {
        // Once for all levels.
        met.voices.sort_unstable();
        met.voices.dedup();
        let in_level = |(level, documents): (&Level, Vec<u64>)| {
            let mut found = vec![T::default(); level.len];
            for (cell, target) in cells.iter().zip(&level.of_cell) {
                found[*target as usize].add_what_sums(cell);
            }
            let speakers = distinct(&met.voices, level);
            for (found, (documents, speakers)) in found.iter_mut().zip(documents.into_iter().zip(speakers)) {
                found.set_distinct(documents, speakers);
            }
            found
        };
        levels.iter().zip(self.documents(&met.documents, levels)).map(in_level).collect()
    }

    fn is_all_context(&self, document: usize) -> bool {
        self.corpus.rows_of(document).all(|row| self.material.state(row) != RowState::Material)
    }

    /// Who speaks in a document that holds no material, only headings or those who ask.
    fn silent_voice(&self, document: usize) -> Silent {
        let mut rows = self.corpus.rows_of(document);
        if rows.clone().any(|row| self.material.speaker(row).is_some()) {
            return Silent::Nobody;
        }
        rows.find_map(|row| self.material.voice(row)).map_or(Silent::Unknown, Silent::Known)
    }

    /// How many documents each cell of each level holds, from pairs of cell and document in the order of rows.
    fn documents(&self, pairs: &[(u32, u32)], levels: &[Level]) -> Vec<Vec<u64>> {
        if self.of_document.is_none() {
            return levels.iter().map(|level| distinct(pairs, level)).collect();
        }
        // Each document lies in one cell, and its rows follow each other: no pair stands there twice.
        let mut in_cells = vec![0; self.cells.len()];
        pairs.iter().for_each(|(cell, _)| in_cells[*cell as usize] += 1);
        let in_level = |level: &Level| {
            let mut counts = vec![0; level.len];
            in_cells.iter().zip(&level.of_cell).for_each(|(count, cell)| counts[*cell as usize] += count);
            counts
        };
        levels.iter().map(in_level).collect()
    }

    /// The counts of one code in each cell of each level; `own` are its own mentions where these are not all.
    fn count<'m>(
        &self,
        mentions: impl Iterator<Item = Counted<'m>>,
        own: Option<&[Mention]>,
        levels: &[Level],
    ) -> Vec<Vec<Counts>> {
        let mut cells = vec![Counts::default(); self.cells.len()];
        let mut met = Met::default();
        let mut last_row = None;
        for counted in mentions {
            let row = counted.mention.row as usize;
            let cell = self.of_row[row];
            if cell == NOWHERE {
                continue;
            }
            let counts = &mut cells[cell as usize];
            counts.add_mention(counted);
            if last_row == Some(row) {
                continue;
            }
            last_row = Some(row);
            counts.segments += 1;
            if let Some(document) = self.corpus.rows().document(row) {
                met.document(cell, document);
            }
            if let Some(voice) = self.material.voice(row) {
                met.voice(cell, voice);
            }
        }
        match own {
            None => cells.iter_mut().for_each(|counts| counts.own_mentions = counts.mentions),
            Some(own) => {
                let of_own = own.iter().map(|mention| self.of_row[mention.row as usize]);
                of_own.filter(|cell| *cell != NOWHERE).for_each(|cell| cells[cell as usize].own_mentions += 1);
            }
        }
        self.in_levels(&cells, met, levels)
    }
}

/// Documents and voices with the cells that they were met in.
#[derive(Default)]
struct Met {
    /// In the order of rows: a cell and a document.
    documents: Vec<(u32, u32)>,
    /// A cell and a voice.
    voices: Vec<(u32, u32)>,
}

impl Met {
    fn document(&mut self, cell: u32, document: usize) {
        push_new(&mut self.documents, (cell, narrow(document)));
    }

    fn voice(&mut self, cell: u32, voice: u32) {
        push_new(&mut self.voices, (cell, voice));
    }
}

/// Most rows are of the same document and voice as the one before.
fn push_new(pairs: &mut Vec<(u32, u32)>, pair: (u32, u32)) {
    if pairs.last() != Some(&pair) {
        pairs.push(pair);
    }
}

/// Who speaks in a document without material.
enum Silent {
    /// The document's own informant.
    Known(u32),
    /// Somebody: neither labels nor an informant tell who.
    Unknown,
    /// Its labels name none but those who ask.
    Nobody,
}

/// How many different things each cell of a level holds, from pairs of cell and thing.
fn distinct(pairs: &[(u32, u32)], level: &Level) -> Vec<u64> {
    let packed = |cell: u32, thing: u32| u64::from(level.of_cell[cell as usize]) << 32 | u64::from(thing);
    let mut mapped: Vec<u64> = pairs.iter().map(|(cell, thing)| packed(*cell, *thing)).collect();
    mapped.sort_unstable();
    mapped.dedup();
    let mut counts = vec![0; level.len];
    mapped.iter().for_each(|pair| counts[(pair >> 32) as usize] += 1);
    counts
}
