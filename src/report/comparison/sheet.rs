//! A comparison as a tidy table: one line a code and group.

use super::super::csv::{CsvStyle, Sheet};
use super::super::number::round;
use super::{remark_id, verdict_id};
use crate::codebook::Codebook;
use crate::compare::{Comparison, ComparisonRow, Side};
use crate::project::{CASE, DOCUMENT};
use crate::stats::Interval;

/// All rows; overall ones have an empty group.
#[must_use]
pub fn comparison_csv(comparison: &Comparison, codebook: &Codebook, style: CsvStyle) -> Vec<u8> {
    let by = comparison.rows_by.as_deref().unwrap_or(CASE);
    let mut header =
        vec!["code", "label", by, "attribute", "from", "to"].into_iter().map(str::to_owned).collect::<Vec<_>>();
    for side in ["from", "to"] {
        let columns = [
            "mentions",
            "segments",
            "documents",
            "speakers",
            "words_total",
            "segments_total",
            "documents_total",
            "speakers_total",
            "per_1000_words",
        ];
        header.extend(columns.iter().map(|column| format!("{side}_{column}")));
    }
    let effects = [
        "difference",
        "interval_low",
        "interval_high",
        "log_ratio",
        "difference_tested",
        "p",
        "p_min",
        "p_adjusted",
        "verdict",
        "document_share_difference",
        "document_share_low",
        "document_share_high",
        "trend_slope",
        "trend_p_adjusted",
        "document_spread",
        "document_largest_share",
        "flags",
    ];
    header.extend(effects.map(str::to_owned));
    let names: Vec<&str> = header.iter().map(String::as_str).collect();
    let mut sheet = Sheet::new(style, &names);
    for row in &comparison.rows {
        write_row(&mut sheet, comparison, codebook, row);
    }
    sheet.finish()
}

fn write_row(sheet: &mut Sheet, comparison: &Comparison, codebook: &Codebook, row: &ComparisonRow) {
    let code = &codebook.codes[row.code];
    sheet.text(&code.id);
    sheet.text(&code.label);
    sheet.text(row.group.map_or("", |group| comparison.groups[group].as_str()));
    sheet.text(&comparison.attribute);
    sheet.text(&comparison.values[comparison.from]);
    sheet.text(&comparison.values[comparison.to]);
    side(sheet, &row.from);
    side(sheet, &row.to);
    let ends = |interval: Option<Interval>| [interval.map(|i| i.lower), interval.map(|i| i.upper)];
    let mut number = |number: Option<f64>| sheet.number(number.filter(|number| number.is_finite()).map(round));
    number(row.difference);
    ends(row.interval).into_iter().for_each(&mut number);
    number(row.log_ratio.map(|ratio| ratio.log2));
    number(row.tested.map(|tested| tested.statistic));
    number(row.tested.map(|tested| tested.p));
    number(row.tested.map(|tested| tested.p_min));
    number(row.tested.map(|tested| tested.p_adjusted));
    sheet.text(verdict_id(row.verdict));
    let mut number = |number: Option<f64>| sheet.number(number.filter(|number| number.is_finite()).map(round));
    number(row.documents.difference.map(|found| found.difference));
    ends(row.documents.difference.map(|found| found.interval)).into_iter().for_each(&mut number);
    let trend = row.trend.as_ref();
    number(trend.and_then(|trend| trend.slope));
    number(trend.and_then(|trend| trend.p_adjusted));
    let spread = comparison.spread.get(row.code).filter(|_| row.group.is_none());
    let documents = spread.and_then(|spread| spread.over.iter().find(|over| over.parts_are == DOCUMENT));
    number(documents.and_then(|over| over.dp_norm));
    number(documents.and_then(|over| over.largest.as_ref().map(|(_, share)| *share)));
    let flags: Vec<&str> = row.remarks.iter().map(|remark| remark_id(*remark)).collect();
    sheet.text(&flags.join(" "));
    sheet.end_row();
}

fn side(sheet: &mut Sheet, side: &Side) {
    let (counts, totals) = (side.counts, side.totals);
    for count in [
        counts.map(|c| c.mentions),
        counts.map(|c| c.segments),
        counts.map(|c| c.documents),
        counts.and_then(|c| c.speakers),
        totals.map(|t| t.words_total),
        totals.map(|t| t.segments_total),
        totals.map(|t| t.documents_total),
        totals.and_then(|t| t.speakers_total),
    ] {
        sheet.count(count);
    }
    sheet.number(side.per_1000_words().map(round));
}
