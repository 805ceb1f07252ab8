//! The codes of a codebook as an indented list.

use crate::codebook::Codebook;

/// For each code, in the order of the codebook, how far it is indented and what it is called.
///
/// A code is indented below its parent where only codes below that parent stand between; elsewhere it would seem to
/// belong to another, so it stands by itself with its parent's name.
pub(super) fn outline(codebook: &Codebook) -> Vec<(usize, String)> {
    let mut depths: Vec<usize> = Vec::with_capacity(codebook.codes.len());
    let mut lines = Vec::with_capacity(codebook.codes.len());
    for (code, entry) in codebook.codes.iter().enumerate() {
        let parent = codebook.ancestors(code).next();
        let is_below = parent.is_some_and(|parent| {
            parent < code
                && (parent + 1..code).all(|between| codebook.ancestors(between).any(|ancestor| ancestor == parent))
        });
        let (depth, label) = match parent {
            Some(parent) if is_below => (depths[parent] + 1, entry.label.clone()),
            Some(parent) => (0, format!("{} / {}", codebook.codes[parent].label, entry.label)),
            None => (0, entry.label.clone()),
        };
        depths.push(depth);
        lines.push((depth, label));
    }
    lines
}
