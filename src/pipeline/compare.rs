//! What a comparison was asked for, resolved against the material.

use std::collections::{BTreeMap, BTreeSet};

use super::{Coded, Study, cells};
use crate::compare::{self, Comparison, Grouping, Question, Themes};
use crate::diag::{Diagnostic, did_you_mean, in_backticks};
use crate::material::Axis;
use crate::project;
use crate::stats::Adjustment;
use crate::stats::permutation::Plan;

/// A comparison as it was asked for; what is `None` follows from the material.
#[derive(Debug, Clone)]
pub struct CompareRequest {
    /// The attribute whose values are compared: phase.
    pub attribute: Option<String>,
    /// The value that differences are taken from: the first with material.
    pub from: Option<String>,
    /// The value that they lead to: the last with material.
    pub to: Option<String>,
    /// The attribute within each of whose values the comparison is made once more: case.
    pub rows_by: Option<String>,
    /// The attributes within which labels are reassigned: by default, that of the rows.
    pub within: Option<Vec<String>>,
    /// What is reassigned: by default, `document`, or `informant` where one has several documents on one side.
    pub unit: Option<String>,
    /// What pairs are made by.
    pub paired_by: Option<String>,
    /// For the number of rows.
    pub adjustment: Adjustment,
    /// Draws and seed.
    pub plan: Plan,
}

impl Coded {
    /// The coded material, for comparisons.
    #[must_use]
    pub fn themes<'a>(&'a self, study: &'a Study) -> Themes<'a> {
        Themes { corpus: &study.corpus, material: &study.material, codebook: &self.codebook, codings: &self.codings }
    }
}

/// Compares what was coded.
///
/// # Errors
/// When there are no such attributes or values, or nothing to compare.
pub fn compare(study: &Study, coded: &Coded, request: &CompareRequest) -> Result<Comparison, Vec<Diagnostic>> {
    let question = question(study, request)?;
    compare::compare(coded.themes(study), &question).ok_or_else(|| {
        vec![
            Diagnostic::error("tally/too-many-cells", "these attributes make more than a million cells")
                .hint("use attributes with fewer values, or narrow the material with `--where`"),
        ]
    })
}

fn question(study: &Study, request: &CompareRequest) -> Result<Question, Vec<Diagnostic>> {
    let attribute = axis(study, request.attribute.as_deref().unwrap_or(project::PHASE))?;
    let (from, to) = sides(study, &attribute, request.from.as_deref(), request.to.as_deref())?;
    let is_other = |axis: &Axis| axis.name != attribute.name;
    let rows = match &request.rows_by {
        Some(name) => Some(axis(study, name)?),
        None => Some(axis(study, project::CASE)?).filter(is_other),
    };
    if rows.as_ref().is_some_and(|rows| !is_other(rows)) {
        let message = format!("`{}` cannot be compared within itself", attribute.name);
        return Err(vec![Diagnostic::error("compare/within-itself", message)]);
    }
    let within = match &request.within {
        Some(names) => names.iter().map(|name| axis(study, name)).collect::<Result<_, _>>()?,
        None if rows.is_none() => vec![axis(study, project::PHASE)?],
        None => rows.iter().cloned().collect(),
    };
    if within.iter().any(|axis| !is_other(axis)) {
        let message = format!("`{}` cannot be compared within itself", attribute.name);
        return Err(vec![Diagnostic::error("compare/within-itself", message).hint("leave it out of `--within`")]);
    }
    let grouping = |name: &str| match study.project.attribute_name(name).as_str() {
        project::DOCUMENT => Ok(Grouping::Documents),
        name => axis(study, name).map(Grouping::Values),
    };
    let unit = match (&request.unit, &request.paired_by) {
        (Some(name), _) => grouping(name)?,
        (None, Some(_)) => Grouping::Documents,
        (None, None) => usual_unit(study, &attribute),
    };
    Ok(Question {
        is_ordered: attribute.name == project::PHASE,
        attribute,
        from,
        to,
        rows,
        within,
        unit,
        pairs: request.paired_by.as_deref().map(grouping).transpose()?,
        adjustment: request.adjustment,
        plan: request.plan,
    })
}

/// A note where the same informants are on both sides of a comparison that does not pair them.
#[must_use]
pub fn likely_pairs(study: &Study, comparison: &Comparison) -> Option<Diagnostic> {
    let axis = |name: &str| study.material.axis(&study.corpus, name, &[]).ok();
    let asked = [comparison.attribute.as_str(), comparison.rows_by.as_deref().unwrap_or_default()];
    if comparison.paired_by.is_some() || asked.contains(&project::INFORMANT) {
        return None;
    }
    let (informants, attribute) = (axis(project::INFORMANT)?, axis(&comparison.attribute)?);
    let sides = [comparison.from, comparison.to].map(|value| comparison.values[value].as_str());
    let of_side = |side: &str| -> BTreeSet<&str> {
        let rows = study.material.counted_rows(&study.corpus).map(|(_, row)| row);
        let on_side = rows.filter(|row| attribute.value_of(*row).is_some_and(|value| attribute.values[value] == side));
        let names = on_side.filter_map(|row| Some(informants.values[informants.value_of(row)?].as_str()));
        names.filter(|name| !name.is_empty()).collect()
    };
    let n = of_side(sides[0]).intersection(&of_side(sides[1])).count();
    (n >= compare::MIN_UNITS).then(|| {
        let message = format!("{n} informants are on both sides, `{}` and `{}`", sides[0], sides[1]);
        Diagnostic::note("compare/likely-pairs", message).hint("`--paired-by informant` compares each with themselves")
    })
}

/// What is reassigned where nobody says: documents; informants where one of them has several documents with the same
/// value of `attribute`, which are not independent of each other, as long as every document has one informant at most.
fn usual_unit(study: &Study, attribute: &Axis) -> Grouping {
    let Ok(informants) = study.material.axis(&study.corpus, project::INFORMANT, &[]) else {
        return Grouping::Documents;
    };
    let informant_of = |row: usize| {
        let value = informants.value_of(row)?;
        (!informants.values[value].is_empty()).then_some(value)
    };
    let mut of_document: BTreeMap<usize, usize> = BTreeMap::new();
    let mut documents: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    let mut has_several = false;
    for (document, row) in study.material.counted_rows(&study.corpus) {
        let Some(informant) = informant_of(row) else { continue };
        if *of_document.entry(document).or_insert(informant) != informant {
            return Grouping::Documents;
        }
        if let Some(value) = attribute.value_of(row) {
            has_several |= *documents.entry((value, informant)).or_insert(document) != document;
        }
    }
    if has_several && attribute.name != informants.name { Grouping::Values(informants) } else { Grouping::Documents }
}

/// One attribute with its values in order.
///
/// # Errors
/// When there is none of this name.
pub fn axis(study: &Study, name: &str) -> Result<Axis, Vec<Diagnostic>> {
    let cells = cells(study, Some(&[name.to_owned()]))?;
    Ok(cells.axes()[0].clone())
}

/// The values of an attribute that have material, by index, in order.
#[must_use]
pub(super) fn values_with_material(study: &Study, axis: &Axis) -> Vec<usize> {
    let mut has = vec![false; axis.values.len()];
    for (_, row) in study.material.counted_rows(&study.corpus) {
        if let Some(value) = axis.value_of(row) {
            has[value] = true;
        }
    }
    (0..has.len()).filter(|value| has[*value]).collect()
}

/// The two values that are compared: as named, or the first and the last with material.
fn sides(study: &Study, axis: &Axis, from: Option<&str>, to: Option<&str>) -> Result<(usize, usize), Vec<Diagnostic>> {
    let with_material = values_with_material(study, axis);
    let named: Vec<usize> = with_material.iter().copied().filter(|value| !axis.values[*value].is_empty()).collect();
    let mut errors = Vec::new();
    let mut side = |raw: Option<&str>, default: Option<usize>| match raw {
        None => default,
        Some(raw) => value(study, axis, &with_material, raw).map_err(|error| errors.push(error)).ok(),
    };
    // What has no order in time has no first and last either, unless there are but two of them.
    let has_ends = axis.name == project::PHASE || named.len() <= 2;
    let first = side(from, named.first().copied().filter(|_| has_ends));
    let last = side(to, named.last().copied().filter(|_| has_ends));
    if !errors.is_empty() {
        return Err(errors);
    }
    let values: Vec<&str> = named.iter().map(|value| axis.values[*value].as_str()).collect();
    match (first, last) {
        (Some(from), Some(to)) if from != to => Ok((from, to)),
        (Some(_), Some(_)) if from.is_none() && to.is_none() => {
            let message = format!("nothing to compare: all material has the same `{}`", axis.name);
            Err(vec![
                Diagnostic::error("compare/one-value", message).hint("compare another attribute with `--attribute`"),
            ])
        }
        (Some(from), Some(_)) => {
            let message = format!("`{}` cannot be compared with itself", axis.values[from]);
            Err(vec![
                Diagnostic::error("compare/same-value", message)
                    .hint(format!("values with material: {}", in_backticks(&values))),
            ])
        }
        _ if values.is_empty() => {
            let message = format!("nothing to compare: no material has a `{}`", axis.name);
            Err(vec![Diagnostic::error("compare/one-value", message)])
        }
        _ => {
            let message = format!("the values of `{}` have no order: name the two to compare", axis.name);
            let hint = format!("use `--from` and `--to`; values with material: {}", in_backticks(&values));
            Err(vec![Diagnostic::error("compare/which-values", message).hint(hint)])
        }
    }
}

/// The value that a person calls `raw`, among those with material.
///
/// # Errors
/// When there is none.
pub fn value(study: &Study, axis: &Axis, with_material: &[usize], raw: &str) -> Result<usize, Diagnostic> {
    let resolved = match axis.name.as_str() {
        project::CASE => study.project.case().resolve(raw),
        project::PHASE => study.project.phase().resolve(raw),
        _ => None,
    };
    let wanted = resolved.unwrap_or_else(|| raw.to_owned()).to_lowercase();
    let found = axis.values.iter().position(|value| value.to_lowercase() == wanted);
    match found {
        Some(value) if with_material.contains(&value) => Ok(value),
        _ => {
            let values: Vec<&str> = with_material.iter().map(|value| axis.values[*value].as_str()).collect();
            let message = match found {
                Some(_) => format!("no material has `{raw}` as its `{}`", axis.name),
                None => format!("`{}` has no value `{raw}`", axis.name),
            };
            let error = Diagnostic::error("compare/unknown-value", message);
            Err(match did_you_mean(raw, values.iter().copied()) {
                Some(meant) if found.is_none() => error.hint(format!("did you mean `{meant}`?")),
                _ => error.hint(format!("values with material: {}", in_backticks(&values))),
            })
        }
    }
}
