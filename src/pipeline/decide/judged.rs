//! A sheet of `sample` that a person filled in → what that says of what was coded.
//!
//! A row with codes, or with `-`, judges its segment: it was read; each code that it names is accepted where it is
//! counted, else where rules find it, and else added on the whole segment; mentions of all other codes are rejected. Rows
//! without codes were not judged.

use std::path::Path;

use super::Desk;
use crate::agreement::{Gold, read_gold};
use crate::coding::Mentions;
use crate::decisions::{Action, WordSpan};
use crate::diag::Diagnostic;
use crate::pipeline::{mentions, unreadable_index};
use crate::sheet::{Lines, Table, first_object};
use crate::text::narrow;

/// Whether the file has a row for each segment with its codes, and not a row for each coding.
pub(super) fn is_sheet(path: &Path) -> Result<bool, Vec<Diagnostic>> {
    if Lines::is_named(path) {
        let first = first_object(path);
        return Ok(first.is_some_and(|object| object.contains_key("codes") && !object.contains_key("id")));
    }
    let (table, _) = Table::read(path, |name| ["document", "segment", "codes", "id", "quote"].contains(&name))?;
    let has = |wanted: &[&str]| table.header.iter().any(|cell| wanted.contains(&cell.text.to_lowercase().as_str()));
    Ok(has(&["codes", "koder"]) && !has(&["id"]))
}

impl Desk<'_> {
    pub(super) fn judge(&mut self, path: &Path) -> Result<(), Vec<Diagnostic>> {
        let Gold { path, mut rows } = read_gold(path)?;
        let n_rows = rows.len();
        rows.retain(|row| !row.codes.is_empty() || row.says_none);
        if rows.is_empty() {
            let message = "no row of the sheet has codes";
            let hint = "write codes separated by `;`, and `-` where none fits";
            return Err(vec![
                Diagnostic::error("decide/nothing-judged", message).at(crate::diag::Place::file(&path)).hint(hint),
            ]);
        }
        let left_out = n_rows - rows.len();
        let study = self.study;
        let gold = Gold { path, rows }.with_whole_paths(&study.project);
        let judged = gold.place(self.codebook, &study.corpus, &study.material)?;
        self.decided.warnings.extend(judged.warnings);
        if left_out > 0 {
            let rows = if left_out == 1 { "1 row was".to_owned() } else { format!("{left_out} rows were") };
            let message = format!("{rows} left out as not yet read: neither codes nor `-`");
            self.decided.warnings.push(Diagnostic::warning("decide/empty-rows", message));
        }
        // What others rejected is judged too.
        let (by_rules, now) = (self.by_rules()?, mentions(study, self.codebook)?);
        for (index, unit) in judged.units.iter().enumerate() {
            let row = narrow(unit.row);
            let whole = WordSpan { row, from: 0, to: study.corpus.rows().n_words(unit.row) };
            self.has_read(whole)?;
            for code in 0..self.codebook.codes.len() {
                let is_given = judged.coder.has[code][index];
                let counted = in_row(&now, code, unit.row);
                // What was rejected mention by mention is taken back only where nothing is left that the code can be.
                let mut found = if is_given && !counted.is_empty() {
                    counted
                } else {
                    [counted, in_row(&by_rules, code, unit.row)].concat()
                };
                found.sort_unstable();
                found.dedup();
                for words in found.iter().copied() {
                    let action = if is_given { Action::Accept } else { Action::Reject };
                    self.on_site(action, super::Site { words, code }, None)?;
                }
                // A parent that is given with one of its descendants counts theirs.
                let has_child = || {
                    (0..self.codebook.codes.len()).any(|child| {
                        judged.coder.has[child][index] && self.codebook.ancestors(child).any(|parent| parent == code)
                    })
                };
                if is_given && found.is_empty() && !has_child() {
                    self.add_at(&[whole], code)?;
                }
            }
        }
        Ok(())
    }

    fn has_read(&mut self, whole: WordSpan) -> Result<(), Vec<Diagnostic>> {
        let decision = self.anchors.decision(Action::Read, &[whole], "").map_err(unreadable_index)?;
        self.decided.decisions.extend(decision.map(|mut decision| {
            (decision.id, decision.code) = (None, None);
            decision
        }));
        Ok(())
    }
}

/// The places of a code's mentions in one row.
fn in_row(mentions: &Mentions, code: usize, row: usize) -> Vec<WordSpan> {
    let own = mentions.in_rows(code, row..row + 1).iter();
    own.map(|mention| WordSpan { row: mention.row, from: mention.from, to: mention.to }).collect()
}
