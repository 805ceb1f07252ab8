//! `code --format json`: one object, the same bytes for the same input.

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use super::number::RATIOS;
use super::ordered_json::pretty;
use crate::codebook::Codebook;
use crate::diag::Warning;
use crate::tally::{COUNTS, Cell, Counts, Frequencies, Frequency};

#[derive(Serialize)]
struct Object<'a> {
    format: u32,
    project: &'a str,
    codebook: CodebookRow<'a>,
    by: &'a [String],
    material: Vec<MaterialRow<'a>>,
    frequencies: Vec<FrequencyRow<'a>>,
    margins: Vec<FrequencyRow<'a>>,
    material_margins: Vec<MaterialRow<'a>>,
    warnings: &'a [Warning],
}

#[derive(Serialize)]
struct CodebookRow<'a> {
    name: &'a str,
    codes: usize,
    sha256: &'a str,
}

struct MaterialRow<'a> {
    by: &'a [String],
    cell: &'a Cell,
}

struct FrequencyRow<'a> {
    code: &'a str,
    by: &'a [String],
    cell: &'a Cell,
    counts: Option<&'a Counts>,
}

fn key<M: SerializeMap>(map: &mut M, by: &[String], cell: &Cell) -> Result<(), M::Error> {
    by.iter().zip(&cell.key).try_for_each(|(name, value)| map.serialize_entry(name, value))
}

impl Serialize for MaterialRow<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let totals = self.cell.totals;
        let mut map = serializer.serialize_map(None)?;
        key(&mut map, self.by, self.cell)?;
        map.serialize_entry("documents_total", &totals.map(|t| t.documents_total))?;
        map.serialize_entry("segments_total", &totals.map(|t| t.segments_total))?;
        map.serialize_entry("words_total", &totals.map(|t| t.words_total))?;
        map.serialize_entry("speakers_total", &totals.and_then(|t| t.speakers_total))?;
        map.end()
    }
}

impl Serialize for FrequencyRow<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let counts = self.counts;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("code", self.code)?;
        key(&mut map, self.by, self.cell)?;
        for column in &COUNTS {
            map.serialize_entry(column.name, &counts.and_then(column.of))?;
        }
        let both = counts.zip(self.cell.totals.as_ref());
        for (name, of) in &RATIOS {
            map.serialize_entry(name, &both.and_then(|(counts, totals)| of(counts, totals)))?;
        }
        map.end()
    }
}

/// The whole table as one JSON object, with a final line end.
#[must_use]
pub fn frequencies_json(project: &str, codebook: &Codebook, frequencies: &Frequencies, warnings: &[Warning]) -> String {
    let by = frequencies.by.as_slice();
    pretty(&Object {
        format: 1,
        project,
        codebook: CodebookRow { name: &codebook.name, codes: codebook.codes.len(), sha256: &codebook.sha256 },
        by,
        material: frequencies.material.iter().map(|cell| MaterialRow { by, cell }).collect(),
        frequencies: rows(codebook, by, &frequencies.material, &frequencies.frequencies),
        margins: rows(codebook, by, &frequencies.material_margins, &frequencies.margins),
        material_margins: frequencies.material_margins.iter().map(|cell| MaterialRow { by, cell }).collect(),
        warnings,
    })
}

fn rows<'a>(
    codebook: &'a Codebook,
    by: &'a [String],
    cells: &'a [Cell],
    counted: &'a [Frequency],
) -> Vec<FrequencyRow<'a>> {
    let row = |frequency: &'a Frequency| FrequencyRow {
        code: &codebook.codes[frequency.code].id,
        by,
        cell: &cells[frequency.cell],
        counts: frequency.counts.as_ref(),
    };
    counted.iter().map(row).collect()
}
