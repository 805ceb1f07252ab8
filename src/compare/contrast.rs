//! The comparison: every code overall and within each group, what differs, and whether chance would do as much.

use std::collections::BTreeSet;

use super::chance::{Pairs, Sides, Tested};
use super::draft::{Draft, Group};
use super::family::Adjusted;
use super::question::Question;
use super::sides::{FromTo, ShareContrast, Side, SideName};
use super::spread::{Spread, spreads};
use super::table::Table;
use super::trend::Trend;
use super::units::{Reach, Unit, Units};
use super::{LEVEL, Themes};
use crate::material::{Axis, Confounder, NOWHERE, confounders};
use crate::stats::permutation::Plan;
use crate::stats::{Adjustment, Interval, LogRatio};
use crate::tally::Totals;

/// What may be said of a difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Mentioned more often on the second side.
    More,
    /// Mentioned less often on the second side.
    Less,
    /// Tested, and not shown: which is not the same as no difference.
    NoDifferenceShown,
    /// Not tested.
    TooLittleMaterial,
}

impl Verdict {
    pub(super) fn of(tested: Option<&Tested>) -> Self {
        match tested {
            None => Self::TooLittleMaterial,
            Some(tested) if tested.p_adjusted > LEVEL => Self::NoDifferenceShown,
            Some(tested) if tested.statistic > 0.0 => Self::More,
            Some(tested) if tested.statistic < 0.0 => Self::Less,
            Some(_) => Self::NoDifferenceShown,
        }
    }
}

/// What must be known with a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Remark {
    /// There is no material on this side.
    NoMaterial(SideName),
    /// There are fewer units on this side than a test needs.
    FewUnits(SideName),
    /// There are fewer mentions on this side than a test needs.
    FewMentions(SideName),
    /// No pair has material on both sides, or too few units lie in strata that have.
    NothingToCompare,
    /// Even the largest difference could not be shown with so few units.
    CannotShow,
    /// Within the strata the difference goes the other way than overall: the mix of strata makes the overall one.
    AgainstTheMix,
    /// One unit holds more than half of the mentions on this side.
    OneUnit(SideName),
    /// A count of 0 was taken as half a mention for the Log Ratio, which only shows a direction then.
    HalfMention,
}

/// One code, overall or within one group.
#[derive(Debug, Clone, PartialEq)]
pub struct ComparisonRow {
    /// Index of the code.
    pub code: usize,
    /// Index into [`Comparison::groups`]; `None` overall.
    pub group: Option<usize>,
    /// The side that the difference is taken from.
    pub from: Side,
    /// The side that it leads to.
    pub to: Side,
    /// Second pooled rate less first, per 1,000 words.
    pub difference: Option<f64>,
    /// Doublings from the first to the second rate; `None` when neither side has a mention.
    pub log_ratio: Option<LogRatio>,
    /// Bootstrap interval of `difference`; `None` with few documents, or where nothing is tested.
    pub interval: Option<Interval>,
    /// The permutation; `None` where nothing is tested.
    pub tested: Option<Tested>,
    /// What is there on both sides, where pairs were asked for.
    pub pairs: Option<Pairs>,
    /// What may be said.
    pub verdict: Verdict,
    /// Documents with the theme.
    pub documents: ShareContrast,
    /// Speakers with the theme; where the same persons speak on both sides, the shares are not independent.
    pub speakers: ShareContrast,
    /// Over three values or more that have an order.
    pub trend: Option<Trend>,
    /// What must be known with it.
    pub remarks: Vec<Remark>,
}

/// The material of both sides, overall or in one group.
#[derive(Debug, Clone, PartialEq)]
pub struct GroupMaterial {
    /// Index into [`Comparison::groups`]; `None` overall.
    pub group: Option<usize>,
    /// The denominators of both sides; `None` where there is no material.
    pub totals: FromTo<Option<Totals>>,
    /// Units with words on both sides.
    pub units: FromTo<usize>,
    /// Those of them that lie in a stratum with units on both sides: the others cannot contribute to p.
    pub weighed: FromTo<usize>,
}

/// How many rows were tested in each family.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Families {
    /// Overall rows.
    pub overall: usize,
    /// Rows within groups.
    pub within: usize,
    /// Trends of overall rows.
    pub trend_overall: usize,
    /// Trends within groups.
    pub trend_within: usize,
}

/// A whole comparison.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// The attribute that is compared.
    pub attribute: String,
    /// Its values, in order.
    pub values: Vec<String>,
    /// What people call them.
    pub labels: Vec<String>,
    /// Index of the first side's value.
    pub from: usize,
    /// Index of the second side's value.
    pub to: usize,
    /// The attribute that rows are made within.
    pub rows_by: Option<String>,
    /// Its values, in order.
    pub groups: Vec<String>,
    /// What people call them.
    pub group_labels: Vec<String>,
    /// The attributes within which labels are reassigned.
    pub within: Vec<String>,
    /// What is reassigned.
    pub unit: String,
    /// What pairs are made by.
    pub paired_by: Option<String>,
    /// Overall first, then group by group.
    pub material: Vec<GroupMaterial>,
    /// Overall code by code, then group by group.
    pub rows: Vec<ComparisonRow>,
    /// By code: how evenly it is spread over the material of both sides.
    pub spread: Vec<Spread>,
    /// What else differs between the sides: to be said before anything else.
    pub confounders: Vec<Confounder>,
    /// Rows in each family.
    pub families: Families,
    /// How p was adjusted.
    pub adjustment: Adjustment,
    /// Draws and seed.
    pub plan: Plan,
}

/// Compares every code between two values of an attribute. `None` when the table would have more than a million cells.
#[must_use]
pub fn compare(themes: Themes<'_>, question: &Question) -> Option<Comparison> {
    let units = Units::of(themes, question, Reach::AllGroups);
    let mentions = units.mentions(themes);
    let in_groups = question.rows.as_ref().map(|_| {
        let units = Units::of(themes, question, Reach::OneGroup);
        let mentions = units.mentions(themes);
        (units, mentions)
    });
    let table = Table::new(themes, question, &units)?;
    let groups = question.rows.as_ref().map(|axis| axis.values.clone()).unwrap_or_default();
    let mut material = Vec::new();
    let mut drafts = Vec::new();
    for index in std::iter::once(None).chain((0..groups.len()).map(Some)) {
        let (units, mentions) = match (index, &in_groups) {
            (Some(_), Some((units, mentions))) => (units, mentions),
            _ => (&units, &mentions),
        };
        let is_in = |unit: &Unit| index.is_none_or(|group| unit.group as usize == group);
        let members = units.list.iter().copied().enumerate().filter(|(_, unit)| is_in(unit)).collect();
        let group = Group { themes, question, table: &table, mentions, index, members };
        let sides = Sides::new(question, group.members.iter().copied());
        material.push(GroupMaterial {
            group: index,
            totals: question.values().map(|value| table.totals(index, value)),
            units: sides.len(),
            weighed: sides.weighed(),
        });
        drafts.extend(group.drafts(&sides));
    }
    let adjusted = |p_of: fn(&Draft) -> Option<f64>| {
        let p: Vec<_> = drafts.iter().map(|draft| (draft.family(), p_of(draft))).collect();
        Adjusted::new(&p, question.adjustment)
    };
    let (of_rows, of_trends) = (adjusted(Draft::p), adjusted(Draft::trend_p));
    let p = of_rows.p.iter().zip(&of_trends.p);
    let rows = drafts.into_iter().zip(p).map(|(draft, (p, trend_p))| draft.finish(question, *p, *trend_p)).collect();
    let families = Families {
        overall: of_rows.n_overall,
        within: of_rows.n_within,
        trend_overall: of_trends.n_overall,
        trend_within: of_trends.n_within,
    };
    let labels = |axis: &Axis| -> Vec<String> {
        axis.values.iter().map(|value| themes.material.label_of(&axis.name, value).to_owned()).collect()
    };
    let within = question.within.iter().map(|axis| axis.name.as_str());
    let asked: Vec<&str> = within.chain([question.attribute.name.as_str()]).collect();
    Some(Comparison {
        attribute: question.attribute.name.clone(),
        values: question.attribute.values.clone(),
        labels: labels(&question.attribute),
        from: question.from,
        to: question.to,
        rows_by: question.rows.as_ref().map(|axis| axis.name.clone()),
        groups,
        group_labels: question.rows.as_ref().map(labels).unwrap_or_default(),
        within: question.within.iter().map(|axis| axis.name.clone()).collect(),
        unit: question.unit.name().to_owned(),
        paired_by: question.pairs.as_ref().map(|pairs| pairs.name().to_owned()),
        material,
        rows,
        spread: spreads(themes, question, &units),
        confounders: confounders(themes.material, &documents(themes, question, &units), &asked),
        families,
        adjustment: question.adjustment,
        plan: question.plan,
    })
}

/// The documents of each side that are compared.
fn documents(themes: Themes<'_>, question: &Question, units: &Units) -> [BTreeSet<usize>; 2] {
    let is_compared = |row: usize| {
        let unit = units.list.get(units.of_row[row] as usize);
        unit.is_some_and(|unit| question.pairs.is_none() || unit.pair != NOWHERE)
    };
    let compared = || themes.rows().filter(|(_, row)| is_compared(*row));
    [question.from, question.to].map(|side| {
        let of_side = compared().filter(|(_, row)| question.attribute.value_of(*row) == Some(side));
        of_side.map(|(document, _)| document).collect()
    })
}
