//! `compare --format json`: one object, the same bytes for the same input.

use super::super::number::round;
use super::super::ordered_json::{Node, object};
use super::super::{CsvStyle, TableStyle, Views, blocks_markdown, blocks_text};
use super::{
    adjustment_id, comparison_blocks, comparison_csv, confounder_sentence, direction_id, method_id, remark_id,
    row_sentence, verdict_id,
};
use crate::codebook::Codebook;
use crate::compare::{Comparison, ComparisonRow, GroupMaterial, LEVEL, ShareContrast, Side, Spread, Trend};
use crate::diag::Warning;
use crate::material::{CONFOUNDED, Confounder, Extent};
use crate::project::CASE;
use crate::stats::{Interval, Share};
use crate::tally::Totals;

/// A comparison with what it is of.
#[derive(Debug)]
pub struct ComparisonReport<'a> {
    /// The project's name.
    pub project: &'a str,
    /// The codes.
    pub codebook: &'a Codebook,
    /// The comparison.
    pub comparison: &'a Comparison,
    /// What must be known with every number.
    pub warnings: &'a [Warning],
}

impl Views for ComparisonReport<'_> {
    fn json(&self) -> String {
        comparison_json(self)
    }

    fn csv(&self) -> Vec<u8> {
        comparison_csv(self.comparison, self.codebook, CsvStyle::Tidy)
    }

    fn markdown(&self) -> String {
        blocks_markdown(&comparison_blocks(self.comparison, self.codebook))
    }

    fn text(&self, style: TableStyle) -> String {
        blocks_text(&comparison_blocks(self.comparison, self.codebook), style)
    }
}

/// The whole comparison, with a final line end.
#[must_use]
pub fn comparison_json(report: &ComparisonReport<'_>) -> String {
    let ComparisonReport { comparison, codebook, .. } = *report;
    let object = object! {
        "format": 1_u32,
        "project": report.project,
        "codebook": object! {
            "name": codebook.name.as_str(), "codes": codebook.codes.len(), "sha256": codebook.sha256.as_str(),
        },
        "attribute": comparison.attribute.as_str(),
        "from": comparison.values[comparison.from].as_str(),
        "to": comparison.values[comparison.to].as_str(),
        "confounded": confounded(comparison),
        "material": comparison.material.iter().map(|material| material_node(comparison, material)).collect::<Vec<Node>>(),
        "codes": comparison.rows.iter().map(|row| row_node(comparison, codebook, row)).collect::<Vec<Node>>(),
        "method": method(comparison),
        "warnings": warnings(report).as_slice(),
    };
    object.pretty()
}

/// The material's warnings, and each confounder as one.
fn warnings(report: &ComparisonReport<'_>) -> Vec<Warning> {
    let confounded = report
        .comparison
        .confounders
        .iter()
        .map(|confounder| Warning::new(CONFOUNDED, confounder_sentence(report.comparison, confounder)));
    // Of the whole material the same may be known already; what is compared here says it better.
    let others = report.warnings.iter().filter(|warning| warning.id != CONFOUNDED).cloned();
    others.chain(confounded).collect()
}

fn number(number: Option<f64>) -> Node {
    Node::from(number.map(round))
}

fn interval(interval: Option<Interval>) -> Node {
    Node::from(interval.map(|interval| vec![round(interval.lower), round(interval.upper)]))
}

/// The name of the attribute that rows are made within, and the group's value: `null` overall.
fn key(comparison: &Comparison, group: Option<usize>) -> (String, Node) {
    let name = comparison.rows_by.clone().unwrap_or_else(|| CASE.to_owned());
    (name, Node::from(group.map(|group| comparison.groups[group].as_str())))
}

fn confounded(comparison: &Comparison) -> Vec<Node> {
    let one = |confounder: &Confounder| {
        let [from, to] = confounder.values.each_ref().map(|values| {
            values
                .iter()
                .map(|(value, documents)| object! { "value": value.as_str(), "documents": *documents })
                .collect::<Vec<Node>>()
        });
        object! {
            "attribute": confounder.attribute.as_str(),
            "extent": match confounder.extent { Extent::Whole => "whole", Extent::Mostly => "mostly" },
            "from": from,
            "to": to,
            "sentence": confounder_sentence(comparison, confounder),
        }
    };
    comparison.confounders.iter().map(one).collect()
}

fn material_node(comparison: &Comparison, material: &GroupMaterial) -> Node {
    let side = |totals: Option<Totals>, units: usize, weighed: usize| {
        let total = |total: fn(&Totals) -> u64| totals.as_ref().map(total);
        object! {
            "documents_total": total(|t| t.documents_total),
            "segments_total": total(|t| t.segments_total),
            "words_total": total(|t| t.words_total),
            "speakers_total": totals.and_then(|t| t.speakers_total),
            "units": units,
            "units_weighed": weighed,
        }
    };
    let GroupMaterial { totals, units, weighed, .. } = material;
    let from = side(totals.from, units.from, weighed.from);
    let to = side(totals.to, units.to, weighed.to);
    let sides = [("from", from), ("to", to)].map(|(name, side)| (name.to_owned(), side));
    Node::Object(std::iter::once(key(comparison, material.group)).chain(sides).collect())
}

fn row_node(comparison: &Comparison, codebook: &Codebook, row: &ComparisonRow) -> Node {
    let code = ("code".to_owned(), Node::from(codebook.codes[row.code].id.as_str()));
    let mut object = vec![code, key(comparison, row.group)];
    let tested = row.tested;
    let fields = [
        ("from", side(&row.from)),
        ("to", side(&row.to)),
        ("difference", number(row.difference)),
        ("log_ratio", number(row.log_ratio.map(|ratio| ratio.log2))),
        ("interval", interval(row.interval)),
        ("p", number(tested.map(|tested| tested.p))),
        ("p_min", number(tested.map(|tested| tested.p_min))),
        ("p_adjusted", number(tested.map(|tested| tested.p_adjusted))),
        ("verdict", Node::from(verdict_id(row.verdict))),
        ("difference_tested", number(tested.map(|tested| tested.statistic))),
        ("p_method", Node::from(tested.map(|tested| method_id(tested.method)))),
        ("assignments", Node::from(tested.map(|tested| tested.assignments))),
        ("documents", shares(&row.documents)),
        ("speakers", shares(&row.speakers)),
        ("pairs", Node::from(row.pairs.map(pairs))),
        ("trend", Node::from(row.trend.as_ref().map(|found| trend(comparison, found)))),
        ("flags", Node::from(row.remarks.iter().map(|remark| remark_id(*remark)).collect::<Vec<_>>())),
        ("sentence", Node::from(row_sentence(comparison, codebook, row))),
    ];
    object.extend(fields.map(|(name, value)| (name.to_owned(), value)));
    if row.group.is_none() {
        object.push(("spread".to_owned(), spread(&comparison.spread[row.code])));
    }
    Node::Object(object)
}

fn side(side: &Side) -> Node {
    let counts = side.counts;
    let totals = side.totals;
    object! {
        "mentions": counts.map(|c| c.mentions),
        "segments": counts.map(|c| c.segments),
        "documents": counts.map(|c| c.documents),
        "speakers": counts.and_then(|c| c.speakers),
        "words_total": totals.map(|t| t.words_total),
        "segments_total": totals.map(|t| t.segments_total),
        "documents_total": totals.map(|t| t.documents_total),
        "speakers_total": totals.and_then(|t| t.speakers_total),
        "per_1000_words": number(side.per_1000_words()),
        "largest": largest(side.largest.as_ref()),
    }
}

fn largest(largest: Option<&(String, f64)>) -> Node {
    Node::from(largest.map(|(name, share)| object! { "name": name.as_str(), "share": round(*share) }))
}

fn shares(shares: &ShareContrast) -> Node {
    let share = |share: Option<(Share, Interval)>| {
        Node::from(share.map(|(share, own)| object! { "share": round(share.value()), "interval": interval(Some(own)) }))
    };
    object! {
        "from": share(shares.from),
        "to": share(shares.to),
        "difference": number(shares.difference.map(|found| found.difference)),
        "interval": interval(shares.difference.map(|found| found.interval)),
        "fisher_p": number(shares.fisher.map(|fisher| fisher.p)),
    }
}

fn pairs(pairs: crate::compare::Pairs) -> Node {
    object! {
        "pairs": pairs.pairs,
        "mean_difference": round(pairs.mean_difference),
        "higher": pairs.higher,
        "lower": pairs.lower,
        "only_from": pairs.only_from,
        "only_to": pairs.only_to,
        "mcnemar_p": number(pairs.mcnemar.map(|found| found.p_exact)),
    }
}

fn trend(comparison: &Comparison, trend: &Trend) -> Node {
    let value = |(value, counts, totals): &(usize, crate::tally::Counts, Totals)| {
        object! {
            "value": comparison.values[*value].as_str(),
            "mentions": counts.mentions,
            "documents": counts.documents,
            "words_total": totals.words_total,
            "documents_total": totals.documents_total,
        }
    };
    object! {
        "values": trend.values.iter().map(value).collect::<Vec<Node>>(),
        "slope": number(trend.slope),
        "p": number(trend.p),
        "p_min": number(trend.p_min),
        "p_adjusted": number(trend.p_adjusted),
        "presence_z": number(trend.presence.map(|found| found.z)),
        "presence_p": number(trend.presence.map(|found| found.p)),
        "verdict": direction_id(trend.direction),
    }
}

fn spread(spread: &Spread) -> Node {
    let over = spread.over.iter().map(|over| {
        let value = object! {
            "parts": over.parts,
            "mentions": over.mentions,
            "with": over.with,
            "dp_norm": number(over.dp_norm),
            "largest": largest(over.largest.as_ref()),
        };
        (format!("{}s", over.parts_are), value)
    });
    Node::Object(over.collect())
}

fn method(comparison: &Comparison) -> Node {
    let families = comparison.families;
    let statistic = match comparison.paired_by {
        Some(_) => "mean over the pairs of the difference of rates per 1,000 words",
        None => "difference of rates within strata, Mantel-Haenszel weights, per 1,000 words",
    };
    let p = match comparison.paired_by {
        Some(_) => "sign flip of pairs",
        None => "units reassigned within strata",
    };
    object! {
        "difference": "pooled rates per 1,000 words, to less from",
        "interval": "95 %, percentile bootstrap of units; null under 10 a side",
        "p": p,
        "statistic": statistic,
        "unit": comparison.unit.as_str(),
        "within": comparison.within.iter().filter(|_| comparison.paired_by.is_none()).map(String::as_str).collect::<Vec<_>>(),
        "paired_by": comparison.paired_by.as_deref(),
        "adjustment": adjustment_id(comparison.adjustment),
        "m": object! {
            "overall": families.overall,
            "within": families.within,
            "trend_overall": families.trend_overall,
            "trend_within": families.trend_within,
        },
        "level": LEVEL,
        "seed": comparison.plan.seed,
        "permutations": comparison.plan.draws,
        "exact_limit": comparison.plan.exact_limit,
        "not_tested_below": object! { "mentions": crate::compare::MIN_MENTIONS, "units": crate::compare::MIN_UNITS },
    }
}
