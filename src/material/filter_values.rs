//! What the value of a filter means, and which values of an attribute it matches.

use super::Axis;
use super::build::Material;
use super::narrow::{PERSONS, documents};
use crate::codebook::pattern::{Filter, FilterValue, Pattern};
use crate::diag::{Diagnostic, did_you_mean, few, nearest_path};
use crate::index::Corpus;
use crate::project::{CASE, DATE, DOCUMENT, Dimension, PHASE, compare_naturally, iso_or_same};
use crate::text::is_iso_date;

/// The values that a message names at most.
const MAX_VALUES: usize = 8;
/// The message for a value that nothing in the material has.
const ASKED_IN_VAIN: &str = "where/no-such-value";
/// That for the end of a path that several documents have.
const SEVERAL_DOCUMENTS: &str = "where/several-documents";
/// That for a filter that leaves nothing to count.
pub(super) const ONLY_CONTEXT: &str = "where/only-context";
/// Ids of the warnings about a filter that every verb shows.
pub(crate) const OF_FILTERS: [&str; 3] = [ASKED_IN_VAIN, SEVERAL_DOCUMENTS, ONLY_CONTEXT];

/// For each value of `axis`, whether the filter's `value` matches it.
///
/// Cases and phases are known by id, label and alias, as in folders and manifests, and a range of phases goes by their
/// order, `order`. A date may be given as Norwegians write it, and a year or month stands for its days: a date fits
/// where all of it lies in what is asked for. A range whose ends are numbers compares numbers; any other goes by natural
/// order, in which `P10` comes after `P3`.
pub(super) fn fitting(axis: &Axis, value: &FilterValue, dimension: Option<&Dimension>, order: &[String]) -> Vec<bool> {
    let known = |raw: &String| match dimension.and_then(|dimension| dimension.resolve(raw)) {
        Some(id) => id,
        None if axis.name == DATE => iso_or_same(raw),
        None => raw.clone(),
    };
    match value {
        FilterValue::Equals(raw) => {
            let day = known(raw);
            let wanted = day.to_lowercase();
            let is_date = axis.name == DATE && is_iso_date(&day);
            let fits = |own: &String| {
                own.to_lowercase() == wanted || is_date && is_iso_date(own) && lies_within(own, Some(&day), Some(&day))
            };
            axis.values.iter().map(fits).collect()
        }
        FilterValue::Range(from, to) => {
            let (from, to) = (from.as_ref().map(known), to.as_ref().map(known));
            let place = |id: &String| order.iter().position(|value| value.to_lowercase() == id.to_lowercase());
            let (first, last) = (from.as_ref().map(place), to.as_ref().map(place));
            if first != Some(None) && last != Some(None) && !order.is_empty() {
                let (first, last) = (first.flatten().unwrap_or(0), last.flatten().unwrap_or(order.len()));
                return axis
                    .values
                    .iter()
                    .map(|own| place(own).is_some_and(|own| first <= own && own <= last))
                    .collect();
            }
            let (from, to) = (from.as_deref(), to.as_deref());
            let is_date = |end: Option<&str>| end.is_none_or(is_iso_date);
            let fits = |own: &String| match axis.name == DATE {
                // What is no date that can be read lies in no range of dates.
                true if !is_iso_date(own) => false,
                true if is_date(from) && is_date(to) => lies_within(own, from, to),
                _ => is_between(own, from, to),
            };
            axis.values.iter().map(fits).collect()
        }
    }
}

/// Whether all of a date is within a range: for a month without a day, each of its days.
fn lies_within(own: &str, from: Option<&str>, to: Option<&str>) -> bool {
    // What is not told is filled up, in a form that goes by byte order; beyond any time of the day stands `~`.
    let filled = |date: &str, [month, day, end]: [&str; 3]| {
        let (date, time) = date.split_once(['T', 't', ' ']).unwrap_or((date, ""));
        let mut parts = date.split('-');
        let (year, month, day) = (parts.next(), parts.next().unwrap_or(month), parts.next().unwrap_or(day));
        format!("{}-{month:0>2}-{day:0>2}T{time}{end}", year.unwrap_or_default())
    };
    let first = |date: &str| filled(date, ["01", "01", ""]);
    let last = |date: &str| filled(date, ["12", "31", "~"]);
    from.is_none_or(|from| first(own) >= first(from)) && to.is_none_or(|to| last(own) <= last(to))
}

fn is_between(own: &str, from: Option<&str>, to: Option<&str>) -> bool {
    if let (Ok(from), Ok(to)) = (from.map(number).transpose(), to.map(number).transpose()) {
        if let Ok(own) = number(own) {
            return from.is_none_or(|from| own >= from) && to.is_none_or(|to| own <= to);
        }
        // A day of one of these years still is between them.
        if !is_iso_date(own) {
            return false;
        }
    }
    let own = own.to_lowercase();
    let order = |end: &str| compare_naturally(&own, &end.to_lowercase());
    let after = from.is_none_or(|from| order(from).is_ge());
    let before = to.is_none_or(|to| order(to).is_le() || goes_on(&own, &to.to_lowercase()));
    !own.is_empty() && after && before
}

/// Whether a value begins with the end of a range: a day lies in its month, `b2` under `b`; `p31` is not `p3`.
fn goes_on(own: &str, end: &str) -> bool {
    let is_digit = |letter: Option<char>| letter.is_some_and(|letter| letter.is_ascii_digit());
    let rest = own.strip_prefix(end);
    rest.is_some_and(|rest| !(is_digit(end.chars().next_back()) && is_digit(rest.chars().next())))
}

/// A number as people write it in a table, with a decimal point or comma; an error if it is not a number.
fn number(text: &str) -> Result<f64, ()> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let is_number = digits.starts_with(|first: char| first.is_ascii_digit())
        && digits.chars().all(|character| character.is_ascii_digit() || matches!(character, '.' | ','))
        && digits.matches(['.', ',']).count() <= 1;
    if is_number { text.replace(',', ".").parse().map_err(|_| ()) } else { Err(()) }
}

const VALUES: [&str; 2] = ["its only value is", "its values are"];
const DOCUMENTS: [&str; 2] = ["the only document is", "the documents are"];

/// The values that do occur, after the words for one or for several; empty where they are many.
fn there_is([one, several]: [&str; 2], values: &[&str], dimension: Option<&Dimension>) -> String {
    if values.is_empty() || values.len() > MAX_VALUES {
        return String::new();
    }
    format!(
        "; {} {}",
        if values.len() == 1 { one } else { several },
        values.iter().map(|id| with_names(id, dimension)).collect::<Vec<_>>().join(", ")
    )
}

impl Material {
    /// Warnings about values that a filter asks for and nothing in the material has: most often typing errors.
    #[must_use]
    pub fn asked_in_vain(&self, corpus: &Corpus, filter: &Pattern) -> Vec<Diagnostic> {
        let vain = |filter: &Filter| match &filter.value {
            FilterValue::Equals(raw) => self.in_vain(corpus, &filter.name, raw),
            FilterValue::Range(from, to) => self.range_in_vain(corpus, &filter.name, [from, to]),
        };
        filter.filters().into_iter().filter_map(vain).collect()
    }

    /// A range that nothing lies in: turned around, or beyond what there is.
    fn range_in_vain(&self, corpus: &Corpus, name: &str, [from, to]: [&Option<String>; 2]) -> Option<Diagnostic> {
        let name = self.canonical(name);
        let axis = self.axis(corpus, &name, &[]).ok()?;
        let order: &[String] = if name == PHASE { &self.phases } else { &[] };
        let fits = |from: &Option<String>, to: &Option<String>| {
            let range = FilterValue::Range(from.clone(), to.clone());
            match PERSONS.contains(&name.as_str()) {
                true => self.persons(corpus, &name, &range).is_ok_and(|rows| rows.contains(&true)),
                false => fitting(&axis, &range, self.dimension(&name), order).contains(&true),
            }
        };
        if fits(from, to) {
            return None;
        }
        let shown = |end: &Option<String>| end.clone().unwrap_or_default();
        let (first, last) = (shown(from), shown(to));
        let values: Vec<&str> = axis.values.iter().map(String::as_str).filter(|value| !value.is_empty()).collect();
        let others = there_is(VALUES, &values, self.dimension(&name));
        let message = format!("no material is in `{name}:{first}..{last}`{others}");
        let vain = Diagnostic::warning(ASKED_IN_VAIN, message);
        let is_turned = from.is_some() && to.is_some() && fits(to, from);
        Some(if is_turned { vain.hint(format!("did you mean the reverse, `{name}:{last}..{first}`?")) } else { vain })
    }

    fn in_vain(&self, corpus: &Corpus, name: &str, raw: &str) -> Option<Diagnostic> {
        let name = self.canonical(name);
        let dimension = self.dimension(&name);
        let value = FilterValue::Equals(raw.to_owned());
        let known: Vec<String> = if name == DOCUMENT {
            let paths = corpus.documents().iter().map(|document| document.path.clone());
            let meant = documents(corpus, &value).into_iter().zip(paths.clone()).filter(|(fits, _)| *fits);
            let meant: Vec<String> = meant.map(|(_, path)| path).collect();
            match meant.as_slice() {
                [] => paths.collect(),
                [_] => return None,
                several => {
                    let message = format!("`document:{raw}` matches {} documents: {}", several.len(), few(several));
                    return Some(Diagnostic::warning(SEVERAL_DOCUMENTS, message));
                }
            }
        } else {
            let axis = self.axis(corpus, &name, &[]).ok()?;
            let is_declared = dimension.is_some_and(|known| !known.values().is_empty() && known.resolve(raw).is_some());
            let fits = || match PERSONS.contains(&name.as_str()) {
                true => self.persons(corpus, &name, &value).is_ok_and(|rows| rows.contains(&true)),
                false => fitting(&axis, &value, dimension, &[]).contains(&true),
            };
            if is_declared || fits() {
                return None;
            }
            axis.values
        };
        let values: Vec<&str> = known.iter().map(String::as_str).filter(|value| !value.is_empty()).collect();
        let message = match name == DOCUMENT {
            true => format!("no document matches `document:{raw}`{}", there_is(DOCUMENTS, &values, None)),
            false => format!("no material has `{name}:{raw}`{}", there_is(VALUES, &values, dimension)),
        };
        let vain = Diagnostic::warning(ASKED_IN_VAIN, message);
        let meant = if name == DOCUMENT {
            nearest_path(raw, &values)
        } else {
            let declared = dimension.iter().flat_map(|known| known.values());
            let names = declared.flat_map(|value| [&value.id, &value.label].into_iter().chain(&value.aliases));
            did_you_mean(raw, values.iter().copied().chain(names.map(String::as_str)))
        };
        Some(match meant {
            Some(meant) if meant.contains(char::is_whitespace) => {
                vain.hint(format!("did you mean `{name}:\"{meant}\"`?"))
            }
            Some(meant) => vain.hint(format!("did you mean `{meant}`?")),
            None => vain,
        })
    }

    /// What the project knows about the values of an attribute.
    pub(super) fn dimension(&self, name: &str) -> Option<&Dimension> {
        match name {
            CASE => Some(&self.case),
            PHASE => Some(&self.phase),
            _ => None,
        }
    }
}

/// A value in backticks, with what else it is called.
fn with_names(id: &str, dimension: Option<&Dimension>) -> String {
    let value = dimension.and_then(|dimension| dimension.values().iter().find(|value| value.id == id));
    let names = value.iter().flat_map(|value| std::iter::once(&value.label).chain(&value.aliases));
    let names: Vec<String> = names.filter(|name| *name != id).map(|name| format!("`{name}`")).collect();
    if names.is_empty() { format!("`{id}`") } else { format!("`{id}` ({})", names.join(", ")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, values: &[&str], value: FilterValue, expected: &[&str]) {
        let values: Vec<String> = values.iter().map(|value| (*value).to_owned()).collect();
        let axis = Axis::of_values(name, values.clone());
        let order = if name == PHASE { values.as_slice() } else { &[] };
        let fits = fitting(&axis, &value, None, order);
        let found: Vec<&str> = values.iter().zip(fits).filter(|(_, fits)| *fits).map(|(own, _)| own.as_str()).collect();
        assert_eq!(found, expected, "{name}:{value:?}");
    }

    fn range(from: &str, to: &str) -> FilterValue {
        let end = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        FilterValue::Range(end(from), end(to))
    }

    fn is(value: &str) -> FilterValue {
        FilterValue::Equals(value.to_owned())
    }

    #[test]
    fn numbers_are_compared_as_numbers() {
        check("alder", &["4", "9", "35", "100", "ukjent", ""], range("9", "50"), &["9", "35"]);
        check("alder", &["4", "9", "35", "100", "ukjent", ""], range("9", ""), &["9", "35", "100"]);
        check("score", &["1,5", "2.25", "10,0", "-3"], range("2", "10"), &["2.25", "10,0"]);
        check("informant", &["a1", "a10", "b2"], range("a1", "b"), &["a1", "a10", "b2"]);
    }

    #[test]
    fn other_values_go_by_natural_order() {
        let people = ["P1", "P2", "P3", "P10", "P25", "P31"];
        check("informant", &people, range("P1", "P3"), &["P1", "P2", "P3"]);
        check("informant", &people, range("p3", "P25"), &["P3", "P10", "P25"]);
        check("informant", &people, range("P3", "P1"), &[]);
    }

    #[test]
    fn what_is_no_date_lies_in_no_range_of_dates() {
        let dates = ["2016-03", "2016-07-01", "mars 2016", "vår 2016", "1/2016", ""];
        check(DATE, &dates, range("2016-06", ""), &["2016-07-01"]);
        check(DATE, &dates, range("", "2016-03"), &["2016-03"]);
        check(DATE, &dates, range("2015", "2017"), &["2016-03", "2016-07-01"]);
    }

    #[test]
    fn dates_are_asked_for_as_people_write_them() {
        let dates = ["2015", "2016-03-12", "2016-03-12T10:00", "2016-12-03", "våren 2016"];
        check(DATE, &dates, is("12.03.2016"), &["2016-03-12", "2016-03-12T10:00"]);
        check(DATE, &dates, is("2016-03"), &["2016-03-12", "2016-03-12T10:00"]);
        check(DATE, &dates, is("2016"), &["2016-03-12", "2016-03-12T10:00", "2016-12-03"]);
        check(DATE, &dates, range("1.3.2016", "2016-06"), &["2016-03-12", "2016-03-12T10:00"]);
        check(DATE, &dates, range("2015", "2016"), &["2015", "2016-03-12", "2016-03-12T10:00", "2016-12-03"]);
        check(
            DATE,
            &["2016-03-12 10:00", "2016-03-12T10:00:30"],
            is("2016-03-12"),
            &["2016-03-12 10:00", "2016-03-12T10:00:30"],
        );
        check(DATE, &["2016-03-12 10:00", "2016-03-12T11:00"], is("2016-03-12T10:00"), &["2016-03-12 10:00"]);
        check("type", &["2016", "2016-03"], is("2016"), &["2016"]);
    }

    #[test]
    fn a_date_that_is_not_told_by_the_day_lies_in_a_range_as_a_whole() {
        let dates = ["2016", "2016-03", "2016-04", "2016-04-01", "2016-04-30T23:30", "2016-05"];
        check(DATE, &dates, range("", "2016-04-01"), &["2016-03", "2016-04-01"]);
        check(DATE, &dates, range("2016-04-01", ""), &["2016-04", "2016-04-01", "2016-04-30T23:30", "2016-05"]);
        check(DATE, &dates, range("2016-04-02", ""), &["2016-04-30T23:30", "2016-05"]);
        check(DATE, &dates, range("2016-04", "2016-04"), &["2016-04", "2016-04-01", "2016-04-30T23:30"]);
        check(DATE, &dates, range("2016-01", "2016-12"), &dates);
        check(DATE, &dates, range("2016-02", "2016-12"), &dates[1..]);
        check(DATE, &dates, range("2016-04-30T12:00", "2016-04-30"), &["2016-04-30T23:30"]);
    }

    #[test]
    fn a_range_of_phases_goes_by_their_order() {
        let phases = ["start", "underveis", "slutt"];
        check(PHASE, &phases, range("underveis", "slutt"), &["underveis", "slutt"]);
        check(PHASE, &phases, range("Underveis", ""), &["underveis", "slutt"]);
        check(PHASE, &phases, range("", "start"), &["start"]);
    }
}
