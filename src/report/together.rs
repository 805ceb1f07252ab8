//! Codes that come up together, as JSON, as a sheet, as tables.

use super::blocks::{Block, blocks_markdown, blocks_text};
use super::csv::{CsvStyle, Sheet};
use super::number::{round, signed_shown};
use super::ordered_json::{Node, object};
use super::table::{Table, TableStyle};
use super::views::Views;
use crate::codebook::Codebook;
use crate::compare::{Meeting, Pair, PairFlag, TogetherTable};
use crate::diag::Warning;

pub(super) fn flag_id(flag: PairFlag) -> &'static str {
    match flag {
        PairFlag::Uneven => "uneven",
        PairFlag::Few => "few",
    }
}

/// The coefficients of a meeting: c, share of the first's units with the second, of the second's with the first, NPMI.
pub(super) fn coefficients(meeting: Meeting) -> [Option<f64>; 4] {
    let found = meeting.coefficients();
    [
        found.and_then(|found| found.c_coefficient()),
        found.and_then(|found| found.second_given_first()),
        found.and_then(|found| found.first_given_second()),
        found.and_then(|found| found.npmi()),
    ]
    .map(|number| number.map(round))
}

/// Pairs that meet somewhere, unless `all` are wanted; those with the highest c coefficient first.
pub(super) fn ordered(table: &TogetherTable, all: bool) -> Vec<&Pair> {
    let mut pairs: Vec<&Pair> = table.pairs.iter().filter(|pair| all || pair.documents[0].both > 0).collect();
    let c = |pair: &Pair| coefficients(pair.segments[0])[0].unwrap_or(0.0);
    pairs.sort_by(|a, b| c(b).total_cmp(&c(a)).then((a.first, a.second).cmp(&(b.first, b.second))));
    pairs
}

/// Codes that come up together.
#[derive(Debug)]
pub struct TogetherReport<'a> {
    /// The project's name.
    pub project: &'a str,
    /// The codes.
    pub codebook: &'a Codebook,
    /// How often they meet.
    pub table: &'a TogetherTable,
    /// Pairs shown, for people.
    pub limit: usize,
    /// Whether pairs that never meet are wanted too.
    pub all: bool,
    /// What must be known with every number.
    pub warnings: &'a [Warning],
}

impl Views for TogetherReport<'_> {
    /// One JSON object, with a final line end: pairs in the order of the codebook, each with one object a cell.
    fn json(&self) -> String {
        let Self { project, codebook, table, all, warnings, .. } = *self;
        let by = table.by.as_deref();
        let keyed = |cell: usize, object: Node| match by {
            Some(by) => object.with_first(by, table.cells[cell].value.as_deref()),
            None => object,
        };
        let material = table.cells.iter().enumerate().map(|(cell, totals)| {
            let totals = object! { "segments_total": totals.segments_total, "documents_total": totals.documents_total };
            keyed(cell, totals)
        });
        let unit = |meeting: Meeting| {
            let [c, second_given_first, first_given_second, npmi] = coefficients(meeting);
            object! {
                "both": meeting.both,
                "first": meeting.first,
                "second": meeting.second,
                "total": meeting.units,
                "c_coefficient": c,
                "second_given_first": second_given_first,
                "first_given_second": first_given_second,
                "npmi": npmi,
            }
        };
        let pair = |pair: &Pair| {
            let cells = (0..table.cells.len()).map(|cell| {
                let met = object! {
                    "segments": unit(pair.segments[cell]),
                    "documents": unit(pair.documents[cell]),
                    "flags": pair.flags[cell].iter().map(|flag| flag_id(*flag)).collect::<Vec<_>>(),
                };
                keyed(cell, met)
            });
            object! {
                "first": codebook.codes[pair.first].id.as_str(),
                "second": codebook.codes[pair.second].id.as_str(),
                "cells": cells.collect::<Vec<Node>>(),
                "change": change(table, pair),
            }
        };
        let pairs = table.pairs.iter().filter(|pair| all || pair.documents[0].both > 0).map(pair);
        let object = object! {
            "format": 1_u32,
            "project": project,
            "by": by,
            "material": material.collect::<Vec<Node>>(),
            "pairs": pairs.collect::<Vec<Node>>(),
            "warnings": warnings,
        };
        object.pretty()
    }

    /// One line a pair and cell.
    fn csv(&self) -> Vec<u8> {
        let Self { codebook, table, all, .. } = *self;
        let by = table.by.as_deref().unwrap_or("cell");
        let header = [
            "first",
            "second",
            by,
            "unit",
            "both",
            "first_total",
            "second_total",
            "units_total",
            "c_coefficient",
            "second_given_first",
            "first_given_second",
            "npmi",
            "flags",
        ];
        let mut sheet = Sheet::new(CsvStyle::Tidy, &header);
        for pair in table.pairs.iter().filter(|pair| all || pair.documents[0].both > 0) {
            for (cell, totals) in table.cells.iter().enumerate() {
                for (unit, meeting) in [("segment", pair.segments[cell]), ("document", pair.documents[cell])] {
                    sheet.text(&codebook.codes[pair.first].id);
                    sheet.text(&codebook.codes[pair.second].id);
                    sheet.text(totals.value.as_deref().unwrap_or_default());
                    sheet.text(unit);
                    for count in [meeting.both, meeting.first, meeting.second, meeting.units] {
                        sheet.count(Some(count));
                    }
                    coefficients(meeting).into_iter().for_each(|number| sheet.number(number));
                    let flags: Vec<&str> = pair.flags[cell].iter().map(|flag| flag_id(*flag)).collect();
                    sheet.text(if unit == "segment" { flags.join(" ") } else { String::new() }.as_str());
                    sheet.end_row();
                }
            }
        }
        sheet.finish()
    }

    fn markdown(&self) -> String {
        blocks_markdown(&self.blocks())
    }

    fn text(&self, style: TableStyle) -> String {
        blocks_text(&self.blocks(), style)
    }
}

impl TogetherReport<'_> {
    /// The pairs with the highest c coefficient, and what its columns mean.
    fn blocks(&self) -> Vec<Block> {
        let Self { codebook, table, limit, all, .. } = *self;
        let pairs = ordered(table, all);
        let mut blocks = Vec::new();
        let whole = &table.cells[0];
        blocks.push(Block::Heading(format!(
            "Themes in the same segment: {} segments, {} documents",
            whole.segments_total, whole.documents_total
        )));
        let percent =
            |share: Option<f64>| share.map_or_else(|| "–".to_owned(), |share| format!("{:.0} %", 100.0 * share));
        let decimals = |number: Option<f64>| number.map_or_else(|| "–".to_owned(), |number| format!("{number:.2}"));
        let mark = |flags: &[PairFlag]| -> String {
            flags
                .iter()
                .map(|flag| if *flag == PairFlag::Few { "few" } else { "uneven" })
                .collect::<Vec<_>>()
                .join(", ")
        };
        let row = |pair: &&Pair| {
            let (segments, documents) = (pair.segments[0], pair.documents[0]);
            let [c, second_given_first, first_given_second, npmi] = coefficients(segments);
            vec![
                codebook.codes[pair.first].label.clone(),
                codebook.codes[pair.second].label.clone(),
                segments.both.to_string(),
                documents.both.to_string(),
                decimals(c),
                percent(second_given_first),
                percent(first_given_second),
                decimals(npmi),
                mark(&pair.flags[0]),
            ]
        };
        let header = ["A", "B", "both", "docs", "c", "of A", "of B", "NPMI", "note"];
        blocks.push(Block::Table(Table {
            header: header.map(str::to_owned).to_vec(),
            rows: pairs.iter().take(limit).map(row).collect(),
            left: vec![1, 8],
            ..Table::default()
        }));
        if pairs.len() > limit {
            blocks.push(Block::Paragraph(format!(
                "{} further pairs: `--limit N`, or `--format csv` for all.",
                pairs.len() - limit
            )));
        }
        blocks.extend(by_value(codebook, table, &pairs, limit));
        blocks.push(Block::Paragraph(
            "both: segments with both themes; docs: documents with both; c: both / (A + B - both), 0 never, 1 always; \
             of A: share of A's segments that also have B; NPMI: -1 never together, 0 as often as by chance, 1 always. \
             few: fewer than 5 segments in common; uneven: one is in more than five times as many segments, so c must \
             be small. Nothing is tested, and themes in the same segment need not be related: read the passages."
                .to_owned(),
        ));
        blocks
    }
}

/// The first and the last cell with segments, where the material is divided in two or more.
fn ends(table: &TogetherTable) -> Option<(usize, usize)> {
    let named = |cell: &usize| table.cells[*cell].value.as_deref().is_some_and(|value| !value.is_empty());
    let cells: Vec<usize> =
        (1..table.cells.len()).filter(named).filter(|cell| table.cells[*cell].segments_total > 0).collect();
    let (first, last) = (*cells.first()?, *cells.last()?);
    (first != last).then_some((first, last))
}

/// How much the c coefficient of segments differs between the first and the last cell. A description: nothing is tested.
fn change(table: &TogetherTable, pair: &Pair) -> Option<f64> {
    let (first, last) = ends(table)?;
    let c = |cell: usize| coefficients(pair.segments[cell])[0];
    Some(round(c(last)? - c(first)?))
}

/// Meetings in each value of the attribute.
fn by_value(codebook: &Codebook, table: &TogetherTable, pairs: &[&Pair], limit: usize) -> Vec<Block> {
    let Some(by) = &table.by else { return Vec::new() };
    let mut header = vec!["A".to_owned(), "B".to_owned()];
    let named = |value: Option<&str>| match value {
        None | Some("") => "(none)".to_owned(),
        Some(value) => value.to_owned(),
    };
    header.extend(table.cells[1..].iter().map(|cell| named(cell.value.as_deref())));
    if ends(table).is_some() {
        header.push("change of c".to_owned());
    }
    let row = |pair: &&Pair| {
        let mut row = vec![codebook.codes[pair.first].label.clone(), codebook.codes[pair.second].label.clone()];
        row.extend(pair.segments[1..].iter().map(|meeting| {
            let c = coefficients(*meeting)[0];
            c.map_or_else(|| "–".to_owned(), |c| format!("{} ({c:.2})", meeting.both))
        }));
        if ends(table).is_some() {
            row.push(change(table, pair).map_or_else(|| "–".to_owned(), |change| signed_shown(change, 2)));
        }
        row
    };
    vec![
        Block::Heading(format!("By {by}: segments with both (c)")),
        Block::Table(Table {
            header,
            rows: pairs.iter().take(limit).map(row).collect(),
            left: vec![1],
            ..Table::default()
        }),
    ]
}
