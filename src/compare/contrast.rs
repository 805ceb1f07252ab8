//! The comparison: every code overall and within each group, what differs, and whether chance would do as much.

use std::collections::BTreeSet;

use super::chance::{Pairs, Sides, Tested};
use super::question::{Grouping, Question};
use super::sides::{ShareContrast, Side, SideName};
use super::spread::{Spread, spreads};
use super::trend::{Trend, adjust_trends, trends};
use super::units::{Unit, Units};
use super::{LARGE_SHARE, LEVEL, MIN_MENTIONS, MIN_UNITS, Themes};
use crate::material::{Axis, Confounder, NOWHERE, confounders};
use crate::stats::permutation::Plan;
use crate::stats::{Adjustment, Interval, LogRatio, adjust, log_ratio};
use crate::tally::{Cells, Counts, Frequencies, Totals, tally};

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
    pub totals: [Option<Totals>; 2],
    /// Units with words on both sides.
    pub units: [usize; 2],
    /// Those of them that lie in a stratum with units on both sides: the others cannot weigh in a test.
    pub weighed: [usize; 2],
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
    /// Index of the first side's value.
    pub from: usize,
    /// Index of the second side's value.
    pub to: usize,
    /// The attribute that rows are made within.
    pub rows_by: Option<String>,
    /// Its values, in order.
    pub groups: Vec<String>,
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
    let units = Units::of(themes, question);
    let mentions = units.mentions(themes);
    let table = Table::new(themes, question, &units)?;
    let groups = question.rows.as_ref().map(|axis| axis.values.clone()).unwrap_or_default();
    let mut material = Vec::new();
    let mut rows = Vec::new();
    for group in std::iter::once(None).chain((0..groups.len()).map(Some)) {
        let members: Vec<(usize, Unit)> =
            units.list.iter().copied().enumerate().filter(|(_, unit)| is_in(unit, group)).collect();
        let sides = Sides::new(question, members.iter().copied());
        material.push(GroupMaterial {
            group,
            totals: [question.from, question.to].map(|value| table.totals(group, value)),
            units: sides.len(),
            weighed: sides.weighed(),
        });
        let mut of_group: Vec<ComparisonRow> = (0..themes.codebook.codes.len())
            .map(|code| draft(themes, question, &table, &members, &mentions, code, group))
            .collect();
        test(question, &sides, &mentions, &mut of_group);
        trends(question, &table, &members, &mentions, &mut of_group);
        rows.append(&mut of_group);
    }
    if question.pairs.is_some() {
        // Newcombe's interval is for independent shares; those of the same informants are not.
        for row in &mut rows {
            (row.documents.difference, row.speakers.difference) = (None, None);
        }
    }
    let families = Families {
        overall: adjust_family(&mut rows, question, Family::Overall),
        within: adjust_family(&mut rows, question, Family::Within),
        trend_overall: adjust_trends(&mut rows, question.adjustment, Family::Overall),
        trend_within: adjust_trends(&mut rows, question.adjustment, Family::Within),
    };
    let within = question.within.iter().map(|axis| axis.name.as_str());
    let asked: Vec<&str> = within.chain([question.attribute.name.as_str()]).collect();
    Some(Comparison {
        attribute: question.attribute.name.clone(),
        values: question.attribute.values.clone(),
        from: question.from,
        to: question.to,
        rows_by: question.rows.as_ref().map(|axis| axis.name.clone()),
        groups,
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

fn is_in(unit: &Unit, group: Option<usize>) -> bool {
    group.is_none_or(|group| unit.group as usize == group)
}

/// A row before anything is tested.
fn draft(
    themes: Themes<'_>,
    question: &Question,
    table: &Table,
    members: &[(usize, Unit)],
    mentions: &[Vec<u32>],
    code: usize,
    group: Option<usize>,
) -> ComparisonRow {
    let side = |value: usize| {
        let (counts, totals) = (table.counts(code, group, value), table.totals(group, value));
        Side { counts, totals, largest: largest(themes, question, members, &mentions[code], value) }
    };
    let (from, to) = (side(question.from), side(question.to));
    let rates = to.per_1000_words().zip(from.per_1000_words());
    let log_ratio = to.exposed().zip(from.exposed()).and_then(|(to, from)| log_ratio(to, from));
    let mut remarks = Vec::new();
    for (name, side) in [(SideName::From, &from), (SideName::To, &to)] {
        let holds_most = side.largest.as_ref().is_some_and(|(_, share)| *share > LARGE_SHARE);
        if holds_most && side.mentions() >= MIN_MENTIONS {
            remarks.push(Remark::OneUnit(name));
        }
    }
    if log_ratio.is_some_and(|ratio| ratio.zero_replaced) {
        remarks.push(Remark::HalfMention);
    }
    ComparisonRow {
        code,
        group,
        difference: rates.map(|(to, from)| to - from),
        log_ratio,
        interval: None,
        tested: None,
        pairs: None,
        verdict: Verdict::TooLittleMaterial,
        documents: ShareContrast::new(from.documents(), to.documents()),
        speakers: ShareContrast::new(from.speakers(), to.speakers()),
        trend: None,
        remarks,
        from,
        to,
    }
}

/// The unit with the largest share of the mentions on one side; of equal ones the first.
fn largest(
    themes: Themes<'_>,
    question: &Question,
    members: &[(usize, Unit)],
    mentions: &[u32],
    value: usize,
) -> Option<(String, f64)> {
    let is_counted = |unit: &Unit| unit.value as usize == value && (question.pairs.is_none() || unit.pair != NOWHERE);
    let mut sum = 0_u64;
    let mut most: Option<(u32, Unit)> = None;
    for (place, unit) in members.iter().filter(|(_, unit)| is_counted(unit)) {
        let count = mentions[*place];
        sum += u64::from(count);
        if most.is_none_or(|(most, _)| count > most) {
            most = Some((count, *unit));
        }
    }
    let (count, unit) = most.filter(|(count, _)| *count > 0)?;
    let name = match (&question.unit, unit.what) {
        (Grouping::Values(axis), (false, value)) => axis.values[value as usize].clone(),
        (_, (_, document)) => themes.corpus.documents()[document as usize].path.clone(),
    };
    Some((name, f64::from(count) / sum as f64))
}

/// Tests what can be tested of one group's rows, and says why the others are not.
fn test(question: &Question, sides: &Sides<'_>, mentions: &[Vec<u32>], rows: &mut [ComparisonRow]) {
    let [n_from, n_to] = sides.len();
    let can_weigh = question.pairs.is_some() || sides.weighed().iter().all(|units| *units >= MIN_UNITS);
    let mut is_tested = vec![false; rows.len()];
    for row in rows.iter_mut() {
        let mut reasons = Vec::new();
        for (name, side, units) in [(SideName::From, &row.from, n_from), (SideName::To, &row.to, n_to)] {
            if side.totals.is_none() {
                reasons.push(Remark::NoMaterial(name));
            } else if units < MIN_UNITS {
                reasons.push(Remark::FewUnits(name));
            } else if side.mentions() < MIN_MENTIONS {
                reasons.push(Remark::FewMentions(name));
            }
        }
        if reasons.is_empty() && !can_weigh {
            reasons.push(Remark::NothingToCompare);
        }
        is_tested[row.code] = reasons.is_empty();
        row.remarks.splice(0..0, reasons);
    }
    let codes: Vec<usize> = (0..rows.len()).filter(|code| is_tested[*code]).collect();
    let found = match question.pairs {
        Some(_) => tested_in_pairs(sides, mentions, &is_tested, rows),
        None => tested_by_reassignment(sides, mentions, &codes, rows),
    };
    if found.is_none() {
        codes.iter().for_each(|code| rows[*code].remarks.insert(0, Remark::NothingToCompare));
        return;
    }
    for code in codes {
        let row = &mut rows[code];
        let Some(tested) = row.tested else { continue };
        if question.pairs.is_none() {
            row.documents = ShareContrast::tested(row.from.documents(), row.to.documents());
        }
        if tested.p_min > LEVEL {
            row.remarks.push(Remark::CannotShow);
        }
        let opposite = row.difference.is_some_and(|difference| difference * tested.statistic < 0.0);
        if opposite && question.pairs.is_none() && sides.is_stratified() {
            row.remarks.push(Remark::AgainstTheMix);
        }
    }
}

fn tested_by_reassignment(
    sides: &Sides<'_>,
    mentions: &[Vec<u32>],
    codes: &[usize],
    rows: &mut [ComparisonRow],
) -> Option<()> {
    if codes.is_empty() {
        return Some(());
    }
    let tested = sides.tested(mentions, codes)?;
    for (code, tested) in codes.iter().zip(tested) {
        rows[*code].tested = Some(tested);
    }
    for (code, interval) in codes.iter().zip(sides.intervals(mentions, codes).into_iter().flatten()) {
        rows[*code].interval = Some(interval);
    }
    Some(())
}

fn tested_in_pairs(
    sides: &Sides<'_>,
    mentions: &[Vec<u32>],
    is_tested: &[bool],
    rows: &mut [ComparisonRow],
) -> Option<()> {
    let paired = sides.paired(mentions, is_tested)?;
    for (row, (pairs, tested)) in rows.iter_mut().zip(paired) {
        row.pairs = Some(pairs);
        // Several units may make one side of a pair.
        if pairs.pairs >= MIN_UNITS {
            row.tested = tested;
        } else if tested.is_some() {
            row.remarks.insert(0, Remark::FewUnits(SideName::From));
        }
    }
    let codes: Vec<usize> = rows.iter().filter(|row| row.tested.is_some()).map(|row| row.code).collect();
    for (code, interval) in codes.iter().zip(sides.paired_intervals(mentions, &codes).into_iter().flatten()) {
        rows[*code].interval = interval;
    }
    Some(())
}

/// Rows whose p values are adjusted together.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Family {
    /// Those of all the material.
    Overall,
    /// Those within a group.
    Within,
}

impl Family {
    pub(super) fn holds(self, row: &ComparisonRow) -> bool {
        row.group.is_some() == (self == Self::Within)
    }
}

/// Adjusts the p values of one family, speaks the verdicts, and gives the family's size.
fn adjust_family(rows: &mut [ComparisonRow], question: &Question, family: Family) -> usize {
    let mut family: Vec<&mut ComparisonRow> =
        rows.iter_mut().filter(|row| family.holds(row) && row.tested.is_some()).collect();
    let p: Vec<f64> = family.iter().filter_map(|row| row.tested.map(|tested| tested.p)).collect();
    let adjusted = adjust(&p, question.adjustment);
    for (row, p_adjusted) in family.iter_mut().zip(&adjusted) {
        let Some(tested) = &mut row.tested else { continue };
        tested.p_adjusted = *p_adjusted;
        row.verdict = match *p_adjusted <= LEVEL {
            true if tested.statistic > 0.0 => Verdict::More,
            true if tested.statistic < 0.0 => Verdict::Less,
            _ => Verdict::NoDifferenceShown,
        };
    }
    p.len()
}

/// Counts and denominators of every code in every group and value.
pub(super) struct Table {
    frequencies: Frequencies,
    n_values: usize,
    has_groups: bool,
    /// For each value, its margin over all groups.
    margins: Vec<usize>,
}

impl Table {
    fn new(themes: Themes<'_>, question: &Question, units: &Units) -> Option<Self> {
        let attribute = match question.pairs {
            None => question.attribute.clone(),
            Some(_) => only_pairs(&question.attribute, units),
        };
        let n_values = attribute.values.len();
        let has_groups = question.rows.is_some();
        let axes = question.rows.iter().cloned().chain([attribute]).collect();
        let Themes { corpus, material, codebook, codings } = themes;
        let frequencies = tally(corpus, material, codebook, codings, &Cells::new(axes)?);
        let margin = |value: &String| {
            let is_it = |key: &[Option<String>]| matches!(key, [None, Some(own)] if own == value);
            frequencies.material_margins.iter().position(|cell| is_it(&cell.key)).unwrap_or(0)
        };
        let margins = question.attribute.values.iter().map(margin).collect();
        Some(Self { n_values, has_groups, margins, frequencies })
    }

    pub(super) fn totals(&self, group: Option<usize>, value: usize) -> Option<Totals> {
        match group {
            Some(group) => self.frequencies.material[group * self.n_values + value].totals,
            None if self.has_groups => self.frequencies.material_margins[self.margins[value]].totals,
            None => self.frequencies.material[value].totals,
        }
    }

    pub(super) fn counts(&self, code: usize, group: Option<usize>, value: usize) -> Option<Counts> {
        match group {
            Some(group) => self.frequencies.counts(code, group * self.n_values + value).copied(),
            None if self.has_groups => self.frequencies.margin_counts(code, self.margins[value]).copied(),
            None => self.frequencies.counts(code, value).copied(),
        }
    }
}

/// The axis without what has no partner on the other side.
fn only_pairs(axis: &Axis, units: &Units) -> Axis {
    let is_paired = |unit: u32| units.list.get(unit as usize).is_some_and(|unit| unit.pair != NOWHERE);
    axis.only(|row| is_paired(units.of_row[row]))
}
