//! The rows of one group before they are adjusted for the rows of other groups: all that the group tells by itself.

use super::chance::{Chance, Found, Pairs, Sides};
use super::contrast::{ComparisonRow, Remark, Verdict};
use super::family::Family;
use super::question::{Grouping, UnitId};
use super::sides::{FromTo, ShareContrast, Side, SideName};
use super::table::Table;
use super::trend::TrendDraft;
use super::units::Unit;
use super::{LARGE_SHARE, LEVEL, MIN_MENTIONS, MIN_UNITS, Question, Themes};
use crate::material::NOWHERE;

/// All of the material, or one group of it, with what its rows are made from.
pub(super) struct Group<'a> {
    pub(super) themes: Themes<'a>,
    pub(super) question: &'a Question,
    pub(super) table: &'a Table,
    /// By code: the mentions in each unit of the whole comparison.
    pub(super) mentions: &'a [Vec<u32>],
    /// Index of the group; `None` for all of the material.
    pub(super) index: Option<usize>,
    /// Its units, with their places in the whole comparison.
    pub(super) members: Vec<(usize, Unit)>,
}

/// A row that lacks its adjusted p, and so its verdict.
pub(super) struct Draft {
    code: usize,
    group: Option<usize>,
    sides: FromTo<Side>,
    found: Found,
    trend: Option<TrendDraft>,
    remarks: Vec<Remark>,
}

impl Group<'_> {
    /// The rows of all codes.
    pub(super) fn drafts(&self, sides: &Sides<'_>) -> Vec<Draft> {
        let n_codes = self.themes.codebook.codes.len();
        let counted: Vec<FromTo<Side>> = (0..n_codes).map(|code| self.both_sides(code)).collect();
        let mut untested: Vec<Vec<Remark>> = counted.iter().map(|of_code| self.untested(of_code, sides)).collect();
        let is_tested: Vec<bool> = untested.iter().map(Vec::is_empty).collect();
        let found = sides.found(self.mentions, &is_tested).unwrap_or_else(|| {
            let no_longer = untested.iter_mut().zip(&is_tested).filter(|(_, is_tested)| **is_tested);
            no_longer.for_each(|(remarks, _)| remarks.push(Remark::NothingToCompare));
            vec![Found::default(); n_codes]
        });
        let trends = self.trends();
        let of_codes = counted.into_iter().zip(untested).zip(found.into_iter().zip(trends));
        let draft = |(code, ((counted, mut remarks), (found, trend)))| {
            let found = enough_pairs(found, &mut remarks);
            remarks.extend(remarks_on(&counted));
            if let Some(chance) = &found.chance {
                if chance.p_min() > LEVEL {
                    remarks.push(Remark::CannotShow);
                }
                let opposite = counted.rate_difference().is_some_and(|overall| overall * chance.statistic() < 0.0);
                if opposite && self.question.pairs.is_none() && sides.is_stratified() {
                    remarks.push(Remark::AgainstTheMix);
                }
            }
            Draft { code, group: self.index, sides: counted, found, trend, remarks }
        };
        of_codes.enumerate().map(draft).collect()
    }

    /// What was counted of a code on both sides.
    fn both_sides(&self, code: usize) -> FromTo<Side> {
        self.question.values().map(|value| Side {
            counts: self.table.counts(code, self.index, value),
            totals: self.table.totals(self.index, value),
            largest: self.largest(code, value),
        })
    }

    /// The unit with the largest share of a code's mentions on one side; of equal ones the first.
    fn largest(&self, code: usize, value: usize) -> Option<(String, f64)> {
        let is_paired = self.question.pairs.is_some();
        let is_counted = |unit: &Unit| unit.value as usize == value && (!is_paired || unit.pair != NOWHERE);
        let mut sum = 0_u64;
        let mut most: Option<(u32, Unit)> = None;
        for (place, unit) in self.members.iter().filter(|(_, unit)| is_counted(unit)) {
            let count = self.mentions[code][*place];
            sum += u64::from(count);
            if most.is_none_or(|(most, _)| count > most) {
                most = Some((count, *unit));
            }
        }
        let (count, unit) = most.filter(|(count, _)| *count > 0)?;
        Some((self.name_of(unit.id), f64::from(count) / sum as f64))
    }

    /// What a unit is called.
    fn name_of(&self, id: UnitId) -> String {
        match (id, &self.question.unit) {
            (UnitId::Value(value), Grouping::Values(axis)) => axis.values[value as usize].clone(),
            (UnitId::Document(document), _) => self.themes.corpus.documents()[document as usize].path.clone(),
            (UnitId::Value(_), Grouping::Documents) => {
                unreachable!("where documents are reassigned, no unit is a value")
            }
        }
    }

    /// Why a code is not tested; empty where it can be.
    fn untested(&self, counted: &FromTo<Side>, sides: &Sides<'_>) -> Vec<Remark> {
        let units = sides.len();
        let mut reasons = Vec::new();
        for (name, side, units) in [(SideName::From, &counted.from, units.from), (SideName::To, &counted.to, units.to)]
        {
            if side.totals.is_none() {
                reasons.push(Remark::NoMaterial(name));
            } else if units < MIN_UNITS {
                reasons.push(Remark::FewUnits(name));
            } else if side.mentions() < MIN_MENTIONS {
                reasons.push(Remark::FewMentions(name));
            }
        }
        let can_weigh = self.question.pairs.is_some() || sides.weighed().all(|units| *units >= MIN_UNITS);
        if reasons.is_empty() && !can_weigh {
            reasons.push(Remark::NothingToCompare);
        }
        reasons
    }
}

/// Takes back what was found in too few pairs: several units may make one side of a pair.
fn enough_pairs(found: Found, remarks: &mut Vec<Remark>) -> Found {
    if found.chance.is_none() || found.pairs.is_none_or(|pairs| pairs.pairs >= MIN_UNITS) {
        return found;
    }
    remarks.push(Remark::FewUnits(SideName::From));
    let pairs = found.pairs.map(|pairs| Pairs { mcnemar: None, ..pairs });
    Found { chance: None, pairs, ..found }
}

/// What the counts tell by themselves.
fn remarks_on(counted: &FromTo<Side>) -> Vec<Remark> {
    let mut remarks = Vec::new();
    for (name, side) in [(SideName::From, &counted.from), (SideName::To, &counted.to)] {
        let holds_most = side.largest.as_ref().is_some_and(|(_, share)| *share > LARGE_SHARE);
        if holds_most && side.mentions() >= MIN_MENTIONS {
            remarks.push(Remark::OneUnit(name));
        }
    }
    if counted.log_ratio().is_some_and(|ratio| ratio.zero_replaced) {
        remarks.push(Remark::HalfMention);
    }
    remarks
}

impl Draft {
    pub(super) fn family(&self) -> Family {
        if self.group.is_some() { Family::Within } else { Family::Overall }
    }

    /// p before it is adjusted; `None` where nothing is tested.
    pub(super) fn p(&self) -> Option<f64> {
        self.found.chance.as_ref().map(Chance::p)
    }

    /// Likewise of the trend.
    pub(super) fn trend_p(&self) -> Option<f64> {
        self.trend.as_ref()?.p()
    }

    /// The row, with what its p and that of its trend are when they are adjusted.
    pub(super) fn finish(self, question: &Question, p_adjusted: Option<f64>, trend_p: Option<f64>) -> ComparisonRow {
        let Self { code, group, sides, found, trend, remarks } = self;
        let tested = found.chance.zip(p_adjusted).map(|(chance, p_adjusted)| chance.tested(p_adjusted));
        let documents = sides.as_ref().map(Side::documents);
        let speakers = sides.as_ref().map(Side::speakers);
        let is_paired = question.pairs.is_some();
        let are_documents = matches!(question.unit, Grouping::Documents);
        ComparisonRow {
            code,
            group,
            difference: sides.rate_difference(),
            log_ratio: sides.log_ratio(),
            interval: found.interval,
            pairs: found.pairs,
            verdict: Verdict::of(tested.as_ref()),
            documents: match tested {
                _ if is_paired || !are_documents => ShareContrast::dependent(documents),
                Some(_) => ShareContrast::tested(documents),
                None => ShareContrast::new(documents),
            },
            speakers: if is_paired { ShareContrast::dependent(speakers) } else { ShareContrast::new(speakers) },
            trend: trend.map(|trend| trend.finish(trend_p)),
            tested,
            remarks,
            from: sides.from,
            to: sides.to,
        }
    }
}
