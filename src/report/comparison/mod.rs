//! A comparison as JSON, as a sheet, as tables with sentences.
//!
//! What may be said in words of each outcome stands in `sentences`, once.

mod blocks;
mod json;
mod sentences;
mod sheet;

pub use blocks::comparison_blocks;
pub use json::{ComparisonReport, comparison_json};
pub use sentences::{confounder_sentence, row_sentence};
pub use sheet::comparison_csv;

use crate::compare::{Direction, Remark, SideName, Verdict};
use crate::stats::Adjustment;
use crate::stats::permutation::Method;

pub(super) fn verdict_id(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::More => "more",
        Verdict::Less => "less",
        Verdict::NoDifferenceShown => "no-difference-shown",
        Verdict::TooLittleMaterial => "too-little-material",
    }
}

fn direction_id(direction: Direction) -> &'static str {
    match direction {
        Direction::Rising => "rising",
        Direction::Falling => "falling",
        Direction::NoTrendShown => "no-trend-shown",
        Direction::TooLittleMaterial => "too-little-material",
    }
}

pub(super) fn remark_id(remark: Remark) -> &'static str {
    match remark {
        Remark::NoMaterial(SideName::From) => "no-material-from",
        Remark::NoMaterial(SideName::To) => "no-material-to",
        Remark::FewUnits(SideName::From) => "few-units-from",
        Remark::FewUnits(SideName::To) => "few-units-to",
        Remark::FewMentions(SideName::From) => "few-mentions-from",
        Remark::FewMentions(SideName::To) => "few-mentions-to",
        Remark::NothingToCompare => "nothing-to-compare",
        Remark::CannotShow => "cannot-show",
        Remark::AgainstTheMix => "against-the-mix",
        Remark::OneUnit(SideName::From) => "one-document-from",
        Remark::OneUnit(SideName::To) => "one-document-to",
        Remark::HalfMention => "half-mention",
    }
}

fn adjustment_id(adjustment: Adjustment) -> &'static str {
    match adjustment {
        Adjustment::Bonferroni => "bonferroni",
        Adjustment::Holm => "holm",
        Adjustment::BenjaminiHochberg => "benjamini-hochberg",
        Adjustment::BenjaminiYekutieli => "benjamini-yekutieli",
    }
}

fn method_id(method: Method) -> &'static str {
    match method {
        Method::Exact => "exact",
        Method::MonteCarlo => "monte-carlo",
    }
}

/// A value as text shows it; what lacks the attribute has none.
fn named(value: &str) -> &str {
    if value.is_empty() { "(none)" } else { value }
}

/// A p as papers print it: `.042`, `<.001`.
fn p_text(p: f64) -> String {
    match p {
        p if p < 0.001 => "<.001".to_owned(),
        p if p > 0.9995 => "1".to_owned(),
        p => format!("{p:.3}").trim_start_matches('0').to_owned(),
    }
}

/// A share from -1 to 1 with two digits and no leading 0: `.47`, `-.20`.
fn share_text(share: f64) -> String {
    format!("{share:.2}").replacen("0.", ".", 1)
}
