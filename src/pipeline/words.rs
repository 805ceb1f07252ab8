//! Which parts of the material are set apart by their words.

use super::compare::{axis, value, values_with_material};
use super::{Study, count};
use crate::compare::{self, WordQuestion};
use crate::diag::Diagnostic;
use crate::material::Axis;
use crate::project;
use crate::report::WordList;

/// Words as they were asked for.
#[derive(Debug, Clone)]
pub struct WordsRequest {
    /// The attribute whose values are set apart, each from all others: phase.
    pub attribute: Option<String>,
    /// Two values that are set apart from each other instead.
    pub sides: Option<(String, String)>,
    /// Only segments that no code reached.
    pub uncoded: bool,
    /// Forms with fewer occurrences are left out.
    pub fewest: u64,
    /// Forms in fewer documents are left out.
    pub fewest_documents: usize,
}

/// The lists of words, and the attribute whose values they are of.
#[derive(Debug)]
pub struct WordLists {
    /// The attribute.
    pub attribute: String,
    /// One list a value; first that of the uncoded segments, where those are asked for.
    pub lists: Vec<WordList>,
}

/// Finds the words that set parts of the material apart. Codes only where coded segments must be told from others.
///
/// # Errors
/// When there are no such attributes or values, or the codebook or index cannot be read.
pub fn words(study: &Study, request: &WordsRequest) -> Result<WordLists, Vec<Diagnostic>> {
    let axis = axis(study, request.attribute.as_deref().unwrap_or(project::PHASE))?;
    let with_material = values_with_material(study, &axis);
    let chosen: Vec<(usize, Option<usize>)> = match &request.sides {
        None => with_material.iter().map(|value| (*value, None)).collect(),
        Some((from, to)) => {
            let find = |raw: &str| value(study, &axis, &with_material, raw).map_err(|error| vec![error]);
            let (from, to) = (find(from)?, find(to)?);
            if from == to {
                let message = format!("`{}` cannot be compared with itself", axis.values[from]);
                return Err(vec![Diagnostic::error("compare/same-value", message)]);
            }
            vec![(to, Some(from))]
        }
    };
    if request.uncoded {
        let coded = count(study, None)?;
        let uncoded = compare::uncoded_rows(coded.themes(study));
        let rows = uncoded.iter().map(|uncoded| Some(*uncoded)).collect();
        let segments = ["uncoded segments", "coded segments"].map(str::to_owned);
        let first = list(study, request, segments.clone(), segments, rows)?;
        let mut lists = vec![first];
        lists.extend(of_values(study, request, &axis, &chosen, Some(&uncoded))?);
        return Ok(WordLists { attribute: axis.name, lists });
    }
    let lists = of_values(study, request, &axis, &chosen, None)?;
    Ok(WordLists { attribute: axis.name, lists })
}

fn of_values(
    study: &Study,
    request: &WordsRequest,
    axis: &Axis,
    chosen: &[(usize, Option<usize>)],
    only: Option<&[bool]>,
) -> Result<Vec<WordList>, Vec<Diagnostic>> {
    let named = |name: &str| if name.is_empty() { "(none)".to_owned() } else { name.to_owned() };
    let id = |value: usize| named(&axis.values[value]);
    let label = |value: usize| named(study.material.label_of(&axis.name, &axis.values[value]));
    let one = |(value, against): &(usize, Option<usize>)| {
        let side = |row: usize| {
            if only.is_some_and(|only| !only[row]) {
                return None;
            }
            let own = axis.value_of(row)?;
            let is_rest = against.is_none_or(|against| own == against);
            if own == *value { Some(true) } else { is_rest.then_some(false) }
        };
        let rows = (0..study.corpus.rows().len()).map(side).collect();
        let uncoded = if only.is_some() { ", uncoded" } else { "" };
        let names = |named: &dyn Fn(usize) -> String| {
            let against = against.map_or_else(|| "the rest".to_owned(), named);
            [format!("{}{uncoded}", named(*value)), against]
        };
        list(study, request, names(&id), names(&label), rows)
    };
    chosen.iter().map(one).collect()
}

fn list(
    study: &Study,
    request: &WordsRequest,
    [name, against]: [String; 2],
    labels: [String; 2],
    rows: Vec<Option<bool>>,
) -> Result<WordList, Vec<Diagnostic>> {
    let question = WordQuestion { rows, fewest: request.fewest, fewest_documents: request.fewest_documents };
    let group = compare::words(&study.corpus, &study.material, &question).map_err(super::unreadable_index)?;
    Ok(WordList { name, against, labels, group })
}
