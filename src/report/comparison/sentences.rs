//! What may be said of each outcome, in plain words. No sentence claims more than its numbers carry: none speaks of
//! change in a programme, and what is not shown is not said to be absent.

use super::{named, p_text};
use crate::codebook::Codebook;
use crate::compare::{Comparison, ComparisonRow, MIN_MENTIONS, MIN_UNITS, Remark, Side, SideName, Verdict};
use crate::material::{Confounder, Extent};

/// One attribute that may be the reason instead.
#[must_use]
pub fn confounder_sentence(comparison: &Comparison, confounder: &Confounder) -> String {
    let (from, to) = names(comparison);
    let list = |values: &[(String, usize)]| -> String {
        values.iter().map(|(value, n)| format!("{} {n}", named(value))).collect::<Vec<_>>().join(", ")
    };
    let what = match confounder.extent {
        Extent::Whole => format!(
            "`{}` coincides with `{}`: none of its values occurs on both sides ({from}: {}; {to}: {}). The two cannot \
             be separated",
            comparison.attribute,
            confounder.attribute,
            list(&confounder.values[0]),
            list(&confounder.values[1])
        ),
        Extent::Mostly => {
            let [(shared_from, all_from), (shared_to, all_to)] = confounder.shared;
            format!(
                "`{}` largely coincides with `{}`: of {all_from} documents in {from}, {shared_from} have a value that \
                 also occurs in {to}; of {all_to} in {to}, {shared_to}",
                comparison.attribute, confounder.attribute
            )
        }
    };
    let hint = match confounder.extent {
        Extent::Mostly if comparison.paired_by.is_none() => {
            let within: Vec<&str> =
                comparison.within.iter().map(String::as_str).chain([confounder.attribute.as_str()]).collect();
            format!(
                " With `--within {}`, only documents of the same {} are compared.",
                within.join(","),
                confounder.attribute
            )
        }
        Extent::Whole | Extent::Mostly => String::new(),
    };
    format!(
        "{what}. A difference below may therefore be one between kinds of documents, and is not in itself evidence of \
         a change in what they describe.{hint}"
    )
}

/// The outcome of one row.
#[must_use]
pub fn row_sentence(comparison: &Comparison, codebook: &Codebook, row: &ComparisonRow) -> String {
    let theme = &codebook.codes[row.code].label;
    let (from, to) = names(comparison);
    let within = match (row.group, &comparison.rows_by) {
        (Some(group), Some(by)) => format!("In {by} {}: ", named(&comparison.group_labels[group])),
        _ => String::new(),
    };
    let numbers = format!("{} in {to} vs {} in {from}", side_numbers(&row.to), side_numbers(&row.from));
    let p = row.tested.map(|tested| format!("adjusted p {}", p_text(tested.p_adjusted))).unwrap_or_default();
    let has = |remark: Remark| row.remarks.contains(&remark);
    let mut text = match row.verdict {
        Verdict::More | Verdict::Less if has(Remark::AgainstTheMix) => {
            let (direction, pooled) = if row.verdict == Verdict::More { ("more", "lower") } else { ("less", "higher") };
            format!(
                "{theme} is mentioned {direction} often in {to} than in {from} within the same {} ({p}). Across all \
                 material the rate is {pooled}, because the two sides are composed differently: {numbers}.",
                comparison.within.join(" and ")
            )
        }
        Verdict::More => format!("{theme} is mentioned more often in {to} than in {from}: {numbers} ({p})."),
        Verdict::Less => format!("{theme} is mentioned less often in {to} than in {from}: {numbers} ({p})."),
        Verdict::NoDifferenceShown => {
            format!("No difference shown for {theme}: {numbers} ({p}). This does not show that there is no difference.")
        }
        Verdict::TooLittleMaterial => format!("{theme} is not tested: {}. {numbers}.", why_not(comparison, row)),
    };
    if matches!(row.verdict, Verdict::More | Verdict::Less) && !comparison.confounders.is_empty() {
        let attributes: Vec<String> =
            comparison.confounders.iter().map(|other| format!("`{}`", other.attribute)).collect();
        text.push_str(&format!(" The two sides also differ in {}, which may be the reason.", attributes.join(" and ")));
    }
    if has(Remark::CannotShow) {
        let p_min = row.tested.map(|tested| p_text(tested.p_min)).unwrap_or_default();
        text.push_str(&format!(
            " So little material could not have shown a difference: the smallest p it can give is {p_min}."
        ));
    }
    for (name, side, value) in [(SideName::From, &row.from, from), (SideName::To, &row.to, to)] {
        if let Some((unit, share)) = side.largest.as_ref().filter(|_| has(Remark::OneUnit(name))) {
            text.push_str(&format!(
                " One {}, {unit}, accounts for {:.0} % of the mentions in {value}.",
                comparison.unit,
                100.0 * share
            ));
        }
    }
    within + &text
}

/// Why a row was not tested.
fn why_not(comparison: &Comparison, row: &ComparisonRow) -> String {
    let (from, to) = names(comparison);
    let side = |name: SideName| if name == SideName::From { from } else { to };
    let reason = |remark: &Remark| match remark {
        Remark::NoMaterial(name) => Some(format!("there is no material in {}", side(*name))),
        Remark::FewUnits(_) if comparison.paired_by.is_some() => Some(format!("fewer than {MIN_UNITS} pairs")),
        Remark::FewUnits(name) => Some(format!("fewer than {MIN_UNITS} {}s in {}", comparison.unit, side(*name))),
        Remark::FewMentions(name) => Some(format!("fewer than {MIN_MENTIONS} mentions in {}", side(*name))),
        Remark::NothingToCompare if comparison.paired_by.is_some() => Some("nothing is found on both sides".to_owned()),
        Remark::NothingToCompare => Some(format!(
            "fewer than {MIN_UNITS} {}s of {from} or {to} have the same {}",
            comparison.unit,
            comparison.within.join(" and ")
        )),
        _ => None,
    };
    let mut reasons: Vec<String> = row.remarks.iter().filter_map(reason).collect();
    reasons.dedup();
    reasons.join(", ")
}

fn side_numbers(side: &Side) -> String {
    let Some((counts, totals)) = side.counts.zip(side.totals) else { return "no material".to_owned() };
    let rate = side.per_1000_words().map_or_else(|| "–".to_owned(), |rate| format!("{rate:.2}"));
    let mentions = if counts.mentions == 1 { "mention" } else { "mentions" };
    format!(
        "{} {mentions} ({rate} per 1,000 words; {} of {} documents)",
        counts.mentions, counts.documents, totals.documents_total
    )
}

pub(super) fn names(comparison: &Comparison) -> (&str, &str) {
    (named(&comparison.labels[comparison.from]), named(&comparison.labels[comparison.to]))
}
