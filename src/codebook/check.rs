//! What must hold between codes, and between the patterns of one: ids, parents, doubles.

use std::{collections::BTreeMap, ops::Range};

use super::model::{Code, CodePattern};
use super::signs::dropped;
use crate::diag::{Diagnostic, Text, TomlFile, did_you_mean, shortened};

/// At most so many codes of a cycle are pointed at.
const SHOWN_OF_A_CYCLE: usize = 4;

/// A suggestion compares with every id; after so many unknown parents nobody reads it.
const MAX_SUGGESTIONS: usize = 20;

/// A code as read, with the places that its messages point at. Its parent is still to be found.
#[derive(Debug)]
pub(super) struct Written<'t> {
    pub(super) code: Code,
    /// The header of its table.
    pub(super) range: Range<usize>,
    pub(super) id: Option<Text<'t>>,
    pub(super) parent: Option<Text<'t>>,
    /// Whether anything is written under `patterns`, be it readable or not.
    pub(super) says_patterns: bool,
    /// Where each of [`Code::patterns`] is written.
    pub(super) pattern_texts: Vec<Text<'t>>,
    /// Where each of [`Code::not`] is written.
    pub(super) not_texts: Vec<Text<'t>>,
}

impl Written<'_> {
    /// What messages call the code.
    fn called(&self) -> String {
        match self.code.id.as_str() {
            "" => "a code without id".to_owned(),
            id => format!("code `{}`", shortened(id)),
        }
    }
}

/// Checks the codes against each other, and finds their parents.
pub(super) fn between_codes(file: &TomlFile, codes: &mut [Written<'_>], found: &mut Vec<Diagnostic>) {
    let by_id = ids(file, codes, found);
    parents(file, codes, &by_id, found);
    cycles(file, codes, found);
    for written in codes.iter() {
        doubles(file, written, found);
        dropped(file, written, found);
    }
    without_patterns(file, codes, found);
}

/// Which code has which id. Ids that differ only in case are told apart by no filter, so they are the same.
fn ids(file: &TomlFile, codes: &[Written<'_>], found: &mut Vec<Diagnostic>) -> BTreeMap<String, usize> {
    let mut by_id: BTreeMap<String, usize> = BTreeMap::new();
    let mut by_plain_id: BTreeMap<String, usize> = BTreeMap::new();
    for (index, written) in codes.iter().enumerate() {
        let Some(text) = written.id.as_ref().filter(|id| !id.value.trim().is_empty()) else { continue };
        let id = &written.code.id;
        by_id.entry(id.clone()).or_insert(index);
        let first = *by_plain_id.entry(id.to_lowercase()).or_insert(index);
        if first == index {
            continue;
        }
        let message = match codes[first].code.id == *id {
            true => format!("two codes have the id `{}`", shortened(id)),
            false => {
                format!("the ids `{}` and `{}` differ only in case", shortened(&codes[first].code.id), shortened(id))
            }
        };
        let first_range = codes[first].id.as_ref().map_or(codes[first].range.clone(), |id| id.range.clone());
        found.push(
            Diagnostic::error("codebook/duplicate-id", message)
                .at(file.place(text.range.clone(), "expected an id that no other code has"))
                .at(file.place(first_range, "the first code with this id")),
        );
    }
    by_id
}

fn parents(file: &TomlFile, codes: &mut [Written<'_>], by_id: &BTreeMap<String, usize>, found: &mut Vec<Diagnostic>) {
    let mut n_unknown = 0;
    for written in codes.iter_mut() {
        let Some(parent) = &written.parent else { continue };
        let id: String = unicode_normalization::UnicodeNormalization::nfc(parent.value).collect();
        if let Some(index) = by_id.get(&id) {
            written.code.parent = Some(*index);
            continue;
        }
        let message = format!("{} has unknown parent `{}`", written.called(), shortened(parent.value));
        let diagnostic = Diagnostic::error("codebook/unknown-parent", message)
            .at(file.place(parent.range.clone(), "no code has this id"));
        n_unknown += 1;
        let others = by_id.keys().map(String::as_str).filter(|other| *other != written.code.id);
        let near = if n_unknown <= MAX_SUGGESTIONS { did_you_mean(&id, others) } else { None };
        found.push(match near {
            Some(near) => diagnostic.hint(format!("did you mean `{near}`?")),
            None => diagnostic,
        });
    }
}

/// Reports each cycle of parents once, at its first code.
fn cycles(file: &TomlFile, codes: &[Written<'_>], found: &mut Vec<Diagnostic>) {
    // Which walk has been at a code: none yet, or the one that began at this code.
    let mut walked: Vec<Option<usize>> = vec![None; codes.len()];
    for start in 0..codes.len() {
        let mut at = start;
        while walked[at].is_none() {
            walked[at] = Some(start);
            let Some(parent) = codes[at].code.parent else { break };
            at = parent;
            if walked[at] == Some(start) {
                found.push(cycle(file, codes, at));
            }
        }
    }
}

fn cycle(file: &TomlFile, codes: &[Written<'_>], member: usize) -> Diagnostic {
    let next = |index: &usize| codes[*index].code.parent.filter(|parent| *parent != member);
    let mut members: Vec<usize> = std::iter::successors(Some(member), next).collect();
    // Told from the code that stands first in the file.
    let first = members.iter().enumerate().min_by_key(|(_, index)| **index).map_or(0, |(position, _)| position);
    members.rotate_left(first);
    let id = |index: usize| shortened(&codes[index].code.id);
    let message = match members.as_slice() {
        [only] => format!("code `{}` is its own parent", id(*only)),
        [one, other] => format!("codes `{}` and `{}` are each other's parent", id(*one), id(*other)),
        _ => format!("code `{}` is its own ancestor, via {} others", id(members[0]), members.len() - 1),
    };
    let mut diagnostic = Diagnostic::error("codebook/parent-cycle", message);
    for (position, index) in members.iter().take(SHOWN_OF_A_CYCLE).enumerate() {
        let range = codes[*index].parent.as_ref().map_or(0..0, |parent| parent.range.clone());
        let label = match position {
            0 => "expected a parent that is not below this code".to_owned(),
            _ => format!("the parent of `{}`", id(*index)),
        };
        diagnostic = diagnostic.at(file.place(range, label));
    }
    diagnostic
}

/// Patterns of a code that say the same, and patterns that its `not` voids altogether.
fn doubles(file: &TomlFile, written: &Written<'_>, found: &mut Vec<Diagnostic>) {
    let mut first_with: BTreeMap<String, usize> = BTreeMap::new();
    let plain = |pattern: &CodePattern| pattern.pattern.to_string();
    let code = written.called();
    for (index, pattern) in written.code.patterns.iter().enumerate() {
        let first = *first_with.entry(plain(pattern)).or_insert(index);
        if first != index {
            let message = format!("{code} has the pattern `{}` twice", shortened(&pattern.source));
            found.push(
                Diagnostic::warning("codebook/duplicate-pattern", message)
                    .at(file.place(written.pattern_texts[index].range.clone(), "this finds nothing more"))
                    .at(file.place(written.pattern_texts[first].range.clone(), "first given here")),
            );
        }
    }
    for (pattern, text) in written.code.not.iter().zip(&written.not_texts) {
        if let Some(voided) = first_with.get(&plain(pattern)) {
            let message = format!("{code} voids all matches of its pattern `{}`", shortened(&pattern.source));
            found.push(
                Diagnostic::warning("codebook/voided-pattern", message)
                    .at(file.place(text.range.clone(), "matches that share a word with this are void"))
                    .at(file.place(written.pattern_texts[*voided].range.clone(), "every match of this pattern does")),
            );
        }
    }
}

fn without_patterns(file: &TomlFile, codes: &[Written<'_>], found: &mut Vec<Diagnostic>) {
    let mut has_children = vec![false; codes.len()];
    for parent in codes.iter().filter_map(|written| written.code.parent) {
        has_children[parent] = true;
    }
    for (written, _) in
        codes.iter().zip(has_children).filter(|(written, is_parent)| !written.says_patterns && !is_parent)
    {
        let range = written.id.as_ref().map_or(written.range.clone(), |id| id.range.clone());
        let message = format!("{} has neither patterns nor subcodes", written.called());
        found.push(
            Diagnostic::warning("codebook/no-patterns", message)
                .at(file.place(range, "only people can assign this code")),
        );
    }
}
