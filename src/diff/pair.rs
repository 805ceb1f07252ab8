//! Which mentions of two runs are the same, which changed, which are only in one.

use std::collections::BTreeMap;

use super::mentions::FoundMention;

/// One difference. At least one side is there; both where the mention changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change<'a> {
    /// The mention in the old run.
    pub old: Option<&'a FoundMention>,
    /// The mention in the new run.
    pub new: Option<&'a FoundMention>,
}

/// What changed for one code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeChanges<'a> {
    /// The code's id.
    pub code: String,
    /// Mentions in the old run.
    pub old: u64,
    /// Mentions in the new run.
    pub new: u64,
    /// Mentions of the same words with the same stance in both runs; another pattern may have found them.
    pub same: u64,
    /// Mentions of the same words with another stance, or of overlapping words.
    pub changed: u64,
    /// Mentions in the new run only.
    pub gained: u64,
    /// Only in the old run.
    pub lost: u64,
    /// All but the same, by document and place.
    pub changes: Vec<Change<'a>>,
}

/// What changed from one run to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changes<'a> {
    /// By code, those of `order` first, others by id.
    pub codes: Vec<CodeChanges<'a>>,
    /// Ids of a code that is gone and of one that is new at the very same places: most likely the same, renamed.
    pub renamed: Vec<(String, String)>,
}

/// Compares two lists of mentions, each by document and place. Codes come in the order of `order`, those that it
/// lacks after them.
#[must_use]
pub fn compare<'a>(old: &'a [FoundMention], new: &'a [FoundMention], order: &[String]) -> Changes<'a> {
    type Sides<'a> = (Vec<&'a FoundMention>, Vec<&'a FoundMention>);
    let mut by_code: BTreeMap<&str, BTreeMap<&str, Sides<'a>>> = BTreeMap::new();
    for found in old {
        by_code.entry(&found.code).or_default().entry(&found.document).or_default().0.push(found);
    }
    for found in new {
        by_code.entry(&found.code).or_default().entry(&found.document).or_default().1.push(found);
    }
    let others = by_code.keys().filter(|code| !order.iter().any(|known| known == *code)).map(|code| (*code).to_owned());
    let codes: Vec<String> = order.iter().cloned().chain(others).collect();
    let of_code = |code: String| {
        let mut of_code =
            CodeChanges { code, old: 0, new: 0, same: 0, changed: 0, gained: 0, lost: 0, changes: Vec::new() };
        for (old, new) in by_code.get(of_code.code.as_str()).into_iter().flat_map(BTreeMap::values) {
            of_code.old += old.len() as u64;
            of_code.new += new.len() as u64;
            pair(old, new, &mut of_code);
        }
        of_code
    };
    let codes: Vec<CodeChanges<'a>> = codes.into_iter().map(of_code).collect();
    let renamed = renamed(&codes);
    Changes { codes, renamed }
}

/// Document, first code point, one past the last.
type Place<'a> = (&'a str, u32, u32);

/// Where the mentions of a code stand that only one of the runs has.
fn places<'a>(code: &CodeChanges<'a>) -> Vec<Place<'a>> {
    let one = |change: &Change<'a>| change.old.or(change.new);
    code.changes.iter().filter_map(one).map(|at| (at.document.as_str(), at.start, at.end)).collect()
}

/// Codes with all their mentions in the old run, and those with as many at the same places, all in the new one.
fn renamed(codes: &[CodeChanges<'_>]) -> Vec<(String, String)> {
    let mut new: Vec<(Vec<Place<'_>>, &str)> =
        codes.iter().filter(|code| code.old == 0 && code.new > 0).map(|code| (places(code), &*code.code)).collect();
    let mut found = Vec::new();
    for gone in codes.iter().filter(|code| code.new == 0 && code.old > 0) {
        let own = places(gone);
        if let Some(at) = new.iter().position(|(places, _)| *places == own) {
            found.push((gone.code.clone(), new.remove(at).1.to_owned()));
        }
    }
    found
}

/// Pairs the mentions of one code in one document. Within a run they do not overlap, so one walk finds all pairs.
fn pair<'a>(old: &[&'a FoundMention], new: &[&'a FoundMention], into: &mut CodeChanges<'a>) {
    let (mut i, mut j) = (0, 0);
    while i < old.len() || j < new.len() {
        match (old.get(i).copied(), new.get(j).copied()) {
            (Some(a), Some(b)) if a.start < b.end && b.start < a.end => {
                if (a.start, a.end, &a.stance) == (b.start, b.end, &b.stance) {
                    into.same += 1;
                } else {
                    into.changed += 1;
                    into.changes.push(Change { old: Some(a), new: Some(b) });
                }
                (i, j) = (i + 1, j + 1);
            }
            (Some(a), other) if other.is_none_or(|b| a.end <= b.start) => {
                into.lost += 1;
                into.changes.push(Change { old: Some(a), new: None });
                i += 1;
            }
            (_, b) => {
                into.gained += 1;
                into.changes.push(Change { old: None, new: b });
                j += 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(code: &str, start: u32, end: u32, stance: &str) -> FoundMention {
        FoundMention {
            code: code.to_owned(),
            document: "a.txt".to_owned(),
            segment: 1,
            start,
            end,
            line: 1,
            quote: String::new(),
            pattern: String::new(),
            grade: String::new(),
            stance: stance.to_owned(),
            coder: "rule".to_owned(),
            case: None,
            phase: None,
        }
    }

    #[test]
    fn mentions_are_the_same_changed_gained_or_lost() {
        let old = [
            found("a", 0, 4, "present"),
            found("a", 10, 14, "present"),
            found("a", 20, 24, "present"),
            found("a", 30, 34, "present"),
            found("gone", 0, 4, "present"),
        ];
        let new = [
            found("a", 0, 4, "present"),
            found("a", 8, 14, "present"),
            found("a", 20, 24, "missing"),
            found("a", 40, 44, "present"),
        ];
        let changes = compare(&old, &new, &["a".to_owned(), "none".to_owned()]);
        let counts: Vec<(&str, [u64; 6])> = changes
            .codes
            .iter()
            .map(|c| (c.code.as_str(), [c.old, c.new, c.same, c.changed, c.gained, c.lost]))
            .collect();
        assert_eq!(counts, [("a", [4, 4, 1, 2, 1, 1]), ("none", [0; 6]), ("gone", [1, 0, 0, 0, 0, 1])]);
    }

    #[test]
    fn a_code_at_the_places_of_one_that_is_gone_is_that_one_renamed() {
        let old = [found("a", 0, 4, "present"), found("b", 0, 4, "present"), found("b", 5, 9, "present")];
        let new = [found("c", 0, 4, "present"), found("d", 0, 4, "present"), found("d", 5, 9, "present")];
        let renamed = compare(&old, &new, &[]).renamed;
        let renamed: Vec<(&str, &str)> = renamed.iter().map(|(old, new)| (old.as_str(), new.as_str())).collect();
        assert_eq!(renamed, [("a", "c"), ("b", "d")]);
        assert!(compare(&old, &new[..2], &[]).renamed.iter().all(|(old, _)| old == "a"));
    }

    #[test]
    fn a_longer_mention_takes_the_place_of_two() {
        let old = [found("a", 0, 4, "present"), found("a", 5, 9, "present")];
        let new = [found("a", 0, 9, "present")];
        let changes = compare(&old, &new, &[]);
        assert_eq!((changes.codes[0].changed, changes.codes[0].lost, changes.codes[0].gained), (1, 1, 0));
    }
}
