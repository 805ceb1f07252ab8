//! A comparison for people: what must be known first, tables, and the outcomes in words.

use super::super::blocks::Block;
use super::super::number::signed_shown;
use super::super::table::Table;
use super::sentences::{confounder_sentence, names, row_sentence};
use super::{adjustment_id, named, p_text, share_text};
use crate::codebook::Codebook;
use crate::compare::{
    Comparison, ComparisonRow, Direction, GroupMaterial, LARGE_SHARE, LEVEL, MIN_FOR_INTERVAL, MIN_MENTIONS, MIN_UNITS,
    Side, SpreadOver, Verdict,
};
use crate::project::{DOCUMENT, SPEAKER};
use crate::tally::Totals;

/// What stands where there is no number.
const NONE: &str = "–";
/// A column's heading is cut to so many letters; its full name stands above the table.
const HEADING: usize = 9;

/// The whole comparison: confounding first, then the overall rows and what may be said of them, then the rest.
#[must_use]
pub fn comparison_blocks(comparison: &Comparison, codebook: &Codebook) -> Vec<Block> {
    let (from, to) = names(comparison);
    let mut blocks = Vec::new();
    for confounder in &comparison.confounders {
        blocks.push(Block::Paragraph(format!("NB: {}", confounder_sentence(comparison, confounder))));
    }
    let n_codes = codebook.codes.len();
    let overall = &comparison.rows[..n_codes];
    blocks.push(Block::Heading(format!("{to} compared with {from}")));
    blocks.extend(
        comparison.material.first().map(|material| Block::Paragraph(material_line(comparison, material, overall))),
    );
    blocks.push(Block::Table(rates(comparison, codebook, overall)));
    blocks.extend(outcomes(comparison, codebook, overall));
    blocks.push(Block::Heading("Size of the differences, and documents with the theme".to_owned()));
    blocks.push(Block::Table(shares(comparison, codebook, overall)));
    for (rows, material) in comparison.rows[n_codes..].chunks(n_codes.max(1)).zip(comparison.material.iter().skip(1)) {
        let by = comparison.rows_by.as_deref().unwrap_or_default();
        let group = material.group.map_or("", |group| comparison.group_labels[group].as_str());
        blocks.push(Block::Heading(format!("{by} {}", named(group))));
        blocks.push(Block::Paragraph(material_line(comparison, material, rows)));
        if material.totals.all(Option::is_none) {
            continue;
        }
        blocks.push(Block::Table(rates(comparison, codebook, rows)));
        let shown = rows.iter().filter(|row| matches!(row.verdict, Verdict::More | Verdict::Less));
        blocks.extend(shown.map(|row| Block::Paragraph(row_sentence(comparison, codebook, row))));
    }
    blocks.extend(trends(comparison, codebook, overall));
    blocks.push(Block::Heading(format!("How evenly themes are spread across the material in {from} and {to}")));
    blocks.push(Block::Table(spread(comparison, codebook)));
    blocks.push(Block::Paragraph(
        "Parts with mentions, out of all; spread (DPnorm): 0 in proportion to the words, 1 all in one small part."
            .to_owned(),
    ));
    blocks.extend(one_voice(comparison, codebook).map(Block::Paragraph));
    blocks.push(Block::Heading("How this was done".to_owned()));
    blocks.push(Block::Paragraph(method(comparison)));
    blocks
}

/// The denominators of both sides, and what they allow.
fn material_line(comparison: &Comparison, material: &GroupMaterial, rows: &[ComparisonRow]) -> String {
    let (from, to) = names(comparison);
    let side = |totals: Option<Totals>, name: &str| match totals {
        None => format!("{name}: no material"),
        Some(totals) => format!("{name}: {}, {} words", n_documents(totals.documents_total), totals.words_total),
    };
    let mut line = format!("{}; {}.", side(material.totals.from, from), side(material.totals.to, to));
    let (units, weighed) = (material.units, material.weighed);
    if let (Some(by), Some(pairs)) = (&comparison.paired_by, rows.iter().find_map(|row| row.pairs)) {
        line.push_str(&format!(" Only what is on both sides is compared: {} pairs by {by}.", pairs.pairs));
    } else if units != weighed && units.all(|units| *units > 0) {
        line.push_str(&format!(
            " Only {} with the same {} on both sides contribute to p: {} of {} and {} of {}; rates, differences \
             and their intervals are based on all.",
            plural(&comparison.unit),
            comparison.within.join(" and "),
            weighed.from,
            units.from,
            weighed.to,
            units.to
        ));
    }
    if let Some(p_min) = rows.iter().find_map(|row| row.tested).map(|tested| tested.p_min) {
        line.push_str(&format!(" The smallest p that this material can give is {}.", least_text(p_min)));
    }
    line
}

fn n_documents(n: u64) -> String {
    if n == 1 { "1 document".to_owned() } else { format!("{n} documents") }
}

/// A p with two digits that are not 0.
fn least_text(p: f64) -> String {
    if p < 0.0001 {
        return "under .0001".to_owned();
    }
    let digits = if p < 0.001 { 4 } else { 3 };
    format!("{p:.digits$}").trim_start_matches('0').to_owned()
}

fn plural(unit: &str) -> String {
    format!("{unit}s")
}

fn heading(name: &str) -> String {
    if name.chars().count() <= HEADING {
        return name.to_owned();
    }
    name.chars().take(HEADING - 1).chain(['…']).collect()
}

fn label(codebook: &Codebook, code: usize) -> String {
    "  ".repeat(codebook.ancestors(code).count()) + &codebook.codes[code].label
}

fn decimals(number: Option<f64>) -> String {
    number.map_or_else(|| NONE.to_owned(), |number| format!("{number:.2}"))
}

fn signed(number: Option<f64>) -> String {
    number.map_or_else(|| NONE.to_owned(), |number| signed_shown(number, 2))
}

/// Mentions, rates, difference and verdict.
fn rates(comparison: &Comparison, codebook: &Codebook, rows: &[ComparisonRow]) -> Table {
    let (from, to) = names(comparison);
    let (from, to) = (heading(from), heading(to));
    let header = ["theme", &from, "rate", &to, "rate", "diff.", "p", "adj. p", "verdict"];
    let row = |row: &ComparisonRow| {
        let count = |side: &Side| side.counts.map_or_else(|| NONE.to_owned(), |counts| counts.mentions.to_string());
        let p = |p: Option<f64>| p.map_or_else(|| NONE.to_owned(), p_text);
        let verdict = match row.verdict {
            Verdict::More => "more",
            Verdict::Less => "less",
            Verdict::NoDifferenceShown => "not shown",
            Verdict::TooLittleMaterial => "not tested",
        };
        vec![
            label(codebook, row.code),
            count(&row.from),
            decimals(row.from.per_1000_words()),
            count(&row.to),
            decimals(row.to.per_1000_words()),
            signed(row.difference),
            p(row.tested.map(|tested| tested.p)),
            p(row.tested.map(|tested| tested.p_adjusted)),
            verdict.to_owned(),
        ]
    };
    Table { header: header.map(str::to_owned).to_vec(), rows: rows.iter().map(row).collect(), ..Table::default() }
}

/// The outcomes in words: each difference that is shown, and the others together.
fn outcomes(comparison: &Comparison, codebook: &Codebook, rows: &[ComparisonRow]) -> Vec<Block> {
    let mut blocks: Vec<Block> = rows
        .iter()
        .filter(|row| matches!(row.verdict, Verdict::More | Verdict::Less))
        .map(|row| Block::Paragraph(row_sentence(comparison, codebook, row)))
        .collect();
    let labels = |verdict: Verdict| {
        let rows = rows.iter().filter(|row| row.verdict == verdict);
        rows.map(|row| codebook.codes[row.code].label.as_str()).collect::<Vec<&str>>()
    };
    let not_shown = labels(Verdict::NoDifferenceShown);
    if !not_shown.is_empty() {
        let has_interval = rows.iter().any(|row| row.verdict == Verdict::NoDifferenceShown && row.interval.is_some());
        let how_large = if has_interval { "; the intervals below show how large it may be" } else { "" };
        blocks.push(Block::Paragraph(format!(
            "No difference shown: {}. This does not show that there is no difference{how_large}.",
            not_shown.join(", ")
        )));
    }
    let too_little = labels(Verdict::TooLittleMaterial);
    let first_untested = rows.iter().find(|row| row.verdict == Verdict::TooLittleMaterial);
    let first_untested = first_untested.map_or("", |row| codebook.codes[row.code].id.as_str());
    if !too_little.is_empty() {
        blocks.push(Block::Paragraph(format!(
            "Too little material to test: {}. There are fewer than {MIN_MENTIONS} mentions or {MIN_UNITS} {} on a \
             side, or none that can be compared. The numbers are given here; judge by the passages (`temakart search \
             'code:{}'`).",
            too_little.join(", "),
            if comparison.paired_by.is_some() { "pairs".to_owned() } else { plural(&comparison.unit) },
            first_untested
        )));
    }
    blocks.extend(read_first(comparison, codebook, rows));
    blocks
}

/// Themes with too few mentions for a test whose documents differ by more than their interval: a theme that comes or
/// goes altogether is among them.
fn read_first(comparison: &Comparison, codebook: &Codebook, rows: &[ComparisonRow]) -> Option<Block> {
    let (from, to) = names(comparison);
    let one = |row: &ComparisonRow| {
        let interval = row.documents.difference?.interval;
        let (own_from, own_to) = row.from.documents().zip(row.to.documents())?;
        let is_apart = row.verdict == Verdict::TooLittleMaterial && !interval.contains(0.0);
        is_apart.then(|| {
            let label = &codebook.codes[row.code].label;
            format!("{label} ({} of {} and {} of {})", own_from.part(), own_from.whole(), own_to.part(), own_to.whole())
        })
    };
    let found: Vec<String> = rows.iter().filter_map(one).collect();
    (!found.is_empty()).then(|| {
        Block::Paragraph(format!(
            "Of these, read first those where the 95 % interval of the difference in shares of documents excludes 0 \
             (this is not a test, since it is not adjusted for the number of themes; documents in {from} and in {to}): \
             {}.",
            found.join(", ")
        ))
    })
}

/// The interval of the difference, the ratio, and documents.
fn shares(comparison: &Comparison, codebook: &Codebook, rows: &[ComparisonRow]) -> Table {
    let (from, to) = names(comparison);
    let (from, to) = (heading(from), heading(to));
    let header = ["theme", "diff. 95 %", "log2", &from, &to, "shares", "95 %"];
    let row = |row: &ComparisonRow| {
        let of = |share: Option<crate::stats::Share>| {
            share.map_or_else(|| NONE.to_owned(), |share| format!("{} of {}", share.part(), share.whole()))
        };
        let interval = row
            .interval
            .map(|interval| format!("{} to {}", signed_shown(interval.lower, 2), signed_shown(interval.upper, 2)));
        let ratio = row.log_ratio.map(|ratio| {
            let about = if ratio.zero_replaced { "~" } else { "" };
            format!("{about}{}", signed_shown(ratio.log2, 2))
        });
        let difference = row.documents.difference;
        vec![
            label(codebook, row.code),
            interval.unwrap_or_else(|| NONE.to_owned()),
            ratio.unwrap_or_else(|| NONE.to_owned()),
            of(row.from.documents()),
            of(row.to.documents()),
            difference.map_or_else(|| NONE.to_owned(), |found| share_text(found.difference)),
            difference.map_or_else(
                || NONE.to_owned(),
                |found| format!("{} to {}", share_text(found.interval.lower), share_text(found.interval.upper)),
            ),
        ]
    };
    Table { header: header.map(str::to_owned).to_vec(), rows: rows.iter().map(row).collect(), ..Table::default() }
}

/// Rates over all phases, where there are three or more.
fn trends(comparison: &Comparison, codebook: &Codebook, rows: &[ComparisonRow]) -> Vec<Block> {
    let Some(first) = rows.iter().find_map(|row| row.trend.as_ref()) else { return Vec::new() };
    let phases: Vec<&str> = first.values.iter().map(|(value, _, _)| comparison.labels[*value].as_str()).collect();
    let mut header = vec!["rate".to_owned()];
    header.extend(phases.iter().map(|phase| heading(phase)));
    header.extend(["slope", "p", "adj. p", "trend"].map(str::to_owned));
    let row = |row: &ComparisonRow| {
        let trend = row.trend.as_ref()?;
        let mut cells = vec![label(codebook, row.code)];
        cells.extend(trend.values.iter().map(|(_, counts, totals)| {
            let rate = 1_000.0 * counts.mentions as f64 / totals.words_total as f64;
            decimals(Some(rate).filter(|rate| rate.is_finite()))
        }));
        let p = |p: Option<f64>| p.map_or_else(|| NONE.to_owned(), p_text);
        cells.extend([signed(trend.slope), p(trend.p), p(trend.p_adjusted)]);
        cells.push(
            match trend.direction {
                Direction::Rising => "rising",
                Direction::Falling => "falling",
                Direction::NoTrendShown => "not shown",
                Direction::TooLittleMaterial => "not tested",
            }
            .to_owned(),
        );
        Some(cells)
    };
    vec![
        Block::Heading(format!("Mentions per 1,000 words over {}", phases.join(", "))),
        Block::Table(Table { header, rows: rows.iter().filter_map(row).collect(), ..Table::default() }),
    ]
}

/// Spread over each kind of parts.
fn spread(comparison: &Comparison, codebook: &Codebook) -> Table {
    let first = comparison.spread.first();
    let mut header = vec!["theme".to_owned()];
    for over in first.map(|first| first.over.as_slice()).unwrap_or_default() {
        header.extend([plural(&over.parts_are), "spread".to_owned()]);
    }
    let rows = comparison.spread.iter().enumerate().map(|(code, spread)| {
        let mut row = vec![label(codebook, code)];
        for over in &spread.over {
            row.push(format!("{} of {}", over.with, over.parts));
            row.push(over.dp_norm.map_or_else(|| NONE.to_owned(), share_text));
        }
        row
    });
    Table { header, rows: rows.collect(), ..Table::default() }
}

/// Themes of which one document or speaker holds more than half. Few and large parts (cases, roles) would often do so
/// by their size alone.
fn one_voice(comparison: &Comparison, codebook: &Codebook) -> Option<String> {
    let mut found = Vec::new();
    for (code, spread) in comparison.spread.iter().enumerate() {
        let is_voice = |over: &&SpreadOver| [DOCUMENT, SPEAKER].contains(&over.parts_are.as_str());
        let large = spread.over.iter().filter(is_voice).filter(|over| over.mentions >= MIN_MENTIONS && over.parts > 1);
        let large = large.filter_map(|over| over.largest.as_ref().map(|(name, share)| (over, name, share)));
        let parts: Vec<String> = large
            .filter(|(_, _, share)| **share > LARGE_SHARE)
            .map(|(over, name, share)| {
                let known = if over.parts_are == DOCUMENT { "" } else { " whose speaker is known" };
                format!("{} {} ({:.0} % of {}{known})", over.parts_are, named(name), 100.0 * share, over.mentions)
            })
            .collect();
        if !parts.is_empty() {
            found.push(format!("{}: {}", codebook.codes[code].label, parts.join(", ")));
        }
    }
    (!found.is_empty())
        .then(|| format!("More than half of the mentions come from a single source: {}.", found.join("; ")))
}

/// How the figures came about, so that anyone can repeat them.
fn method(comparison: &Comparison) -> String {
    let families = comparison.families;
    let mut text = match &comparison.paired_by {
        Some(by) => format!(
            "Only what is found on both sides counts, by {by}. p: permutation test that flips the signs of the pairs' \
             differences in rate (statistic: the mean of these differences)."
        ),
        None => format!(
            "Rates are mentions per 1,000 words. p: permutation test that reassigns {}{} at random{}; \
             statistic: the difference of rates within these (Mantel–Haenszel weights).",
            plural(&comparison.unit),
            if comparison.unit == DOCUMENT { "" } else { ", each with all its documents," },
            if comparison.within.is_empty() {
                String::new()
            } else {
                format!(" within {}", comparison.within.join(" and "))
            }
        ),
    };
    text.push_str(&format!(
        " If there are at most {} reassignments, all are counted; if there are more, {} are drawn (seed {}). p is two-sided and \
         adjusted by {} for {} overall rows and {} rows within {}, each as a family of its own; a difference is shown at \
         adjusted p ≤ {}.",
        grouped(comparison.plan.exact_limit),
        grouped(u64::from(comparison.plan.draws)),
        comparison.plan.seed,
        adjustment_name(comparison),
        families.overall,
        families.within,
        comparison.rows_by.as_deref().unwrap_or("groups"),
        share_text(LEVEL)
    ));
    if families.trend_overall + families.trend_within > 0 {
        text.push_str(&format!(
            " Trends: slope of the rate over the values within {}, reassigned likewise; {} overall and {} within {} are \
             families of their own.",
            comparison.within.join(" and "),
            families.trend_overall,
            families.trend_within,
            comparison.rows_by.as_deref().unwrap_or("groups"),
        ));
    }
    text.push_str(&format!(
        " Intervals: bootstrap of whole {} where each side has {MIN_FOR_INTERVAL} or more, otherwise none; Newcombe \
         for shares. log2: doublings, ~ where a 0 was counted as half a mention. More and less refer to how often a \
         theme is mentioned in this material.",
        if comparison.paired_by.is_some() { "pairs".to_owned() } else { plural(&comparison.unit) },
    ));
    text
}

/// A number below a million with a comma between its thousands.
fn grouped(number: u64) -> String {
    if number < 1_000 { number.to_string() } else { format!("{},{:03}", number / 1_000, number % 1_000) }
}

fn adjustment_name(comparison: &Comparison) -> &'static str {
    match adjustment_id(comparison.adjustment) {
        "benjamini-hochberg" => "Benjamini–Hochberg",
        "holm" => "Holm",
        other => other,
    }
}
