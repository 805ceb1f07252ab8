//! How much of the material each judged segment stands for, when segments were drawn by strata.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::diag::{Diagnostic, Place};
use crate::disk::read_bytes;

/// The file holds a line for each stratum.
const MAX_BYTES: u64 = 16 << 20;

/// One stratum: segments of one cell, with or without a code. Who codes must not see which rows are of one: in a cell
/// there are only two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stratum {
    /// Its number, by which [`SampleWeights::rows`] names it; in format 1, by which the sheet does.
    pub stratum: u32,
    /// Segments drawn from it.
    pub drawn: u32,
    /// Segments of the material that it has.
    pub of: u32,
}

/// The file beside a drawn sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SampleWeights {
    /// Of this file.
    pub format: u32,
    /// The seed of the draw.
    pub seed: u64,
    /// All strata that anything was drawn from.
    pub strata: Vec<Stratum>,
    /// The stratum of each row of the sheet, which has only a number: the first is that of row 1. None in format 1.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rows: Vec<u32>,
}

/// The version of the file that is written.
pub(super) const FORMAT: u32 = 2;

impl SampleWeights {
    /// For each number that a row of the sheet may have: its stratum, and the segments in that.
    #[must_use]
    pub fn sizes(&self) -> BTreeMap<u32, (u32, u32)> {
        let sizes: BTreeMap<u32, u32> = self.strata.iter().map(|stratum| (stratum.stratum, stratum.of)).collect();
        let with_size = |(number, stratum): (u32, u32)| Some((number, (stratum, *sizes.get(&stratum)?)));
        match self.rows.as_slice() {
            [] => sizes.keys().filter_map(|stratum| with_size((*stratum, *stratum))).collect(),
            rows => (1..).zip(rows.iter().copied()).filter_map(with_size).collect(),
        }
    }
}

/// Where the weights of a drawn sheet stand: beside it, `sheet.csv` with `sheet.strata.json`.
#[must_use]
pub fn weights_path(sheet: &Path) -> PathBuf {
    sheet.with_extension("strata.json")
}

/// Reads the weights of the sheet at `sheet`.
///
/// # Errors
/// When they are not there or damaged.
pub fn read_weights(sheet: &Path) -> Result<SampleWeights, Diagnostic> {
    let path = weights_path(sheet);
    let (_, bytes) = read_bytes(&path, MAX_BYTES).map_err(|error| {
        // One that is there and cannot be read needs another remedy.
        if path.try_exists().unwrap_or(true) {
            return error;
        }
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Diagnostic::error(
            "agreement/no-weights",
            format!("the sheet is a stratified sample, but `{name}` is not beside it"),
        )
        .at(Place::file(&path))
        .hint("`sample` wrote it with the sheet; it says how many segments each row represents")
        .hint(format!("if the sheet was saved under another name, copy the original's `.strata.json` to `{name}`"))
    })?;
    let damaged = |why: String| Diagnostic::error("agreement/bad-weights", why).at(Place::file(&path));
    let weights: SampleWeights =
        serde_json::from_slice(&bytes).map_err(|error| damaged(format!("the weights cannot be read: {error}")))?;
    if !(1..=FORMAT).contains(&weights.format)
        || weights.strata.iter().any(|stratum| stratum.drawn > stratum.of || stratum.drawn == 0)
    {
        return Err(damaged("the weights are inconsistent".to_owned()));
    }
    Ok(weights)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_that_are_not_there_are_told_of_otherwise_than_such_as_cannot_be_read() {
        let dir = tempfile::tempdir().expect("a folder for the test");
        let sheet = dir.path().join("ark.csv");
        let id = || read_weights(&sheet).map(|weights| weights.seed).map_err(|error| error.id);
        assert_eq!(id(), Err("agreement/no-weights"));
        std::fs::create_dir(weights_path(&sheet)).expect("a folder for the test");
        assert_eq!(id(), Err("file/unreadable"));
        std::fs::remove_dir(weights_path(&sheet)).expect("it is there");
        std::fs::write(weights_path(&sheet), "{").expect("a file for the test");
        assert_eq!(id(), Err("agreement/bad-weights"));
    }
}
