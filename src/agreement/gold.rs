//! Decisions of a person as their sheet has them, before anything is known of the material.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::{lines, sheet};
use crate::codebook::Codebook;
use crate::diag::{Diagnostic, Place, shortened};
use crate::language::Stance;
use crate::project::{Meant, Project};
use crate::sheet::Lines;

/// A sheet of decisions.
#[derive(Debug, Clone)]
pub struct Gold {
    /// Where it was read from, as the user named it.
    pub path: PathBuf,
    /// Its rows, in its order.
    pub rows: Vec<GoldRow>,
}

impl Gold {
    /// Gives the documents their whole paths, where they are named by the end of one.
    #[must_use]
    pub fn with_whole_paths(mut self, project: &Project) -> Self {
        let mut known: BTreeMap<String, String> = BTreeMap::new();
        for row in &mut self.rows {
            let whole =
                known.entry(row.document.clone()).or_insert_with(|| match project.find(Path::new(&row.document)) {
                    Meant::One(source) => source.path.clone(),
                    Meant::Several(_) | Meant::None(_) => row.document.clone(),
                });
            row.document.clone_from(whole);
        }
        self
    }
}

/// What one row says of one segment.
#[derive(Debug, Clone)]
pub struct GoldRow {
    /// The document's path, in NFC.
    pub document: String,
    /// The segment's number in the document, from 1.
    pub segment: u32,
    /// Its codes, as written.
    pub codes: Vec<String>,
    /// Whether the row says that no code fits, and does not merely stay empty.
    pub says_none: bool,
    /// How the segment puts a code, by the code as written; under no code the stance of all codes of the row.
    pub stances: BTreeMap<Option<String>, Stance>,
    /// The segment's text, or how it begins.
    pub text: Option<String>,
    /// First code point in the document's text and one past the last, where the row is about a passage.
    pub passage: Option<(u32, u32)>,
    /// The number that it was drawn with, in a sheet that was drawn; in older ones its stratum.
    pub draw: Option<u32>,
    /// Where it stands, for messages.
    pub place: Place,
}

/// Reads a sheet of decisions: JSON lines by the endings `.jsonl` and `.ndjson`, else CSV or a workbook.
///
/// Columns or fields are `document` (or `path`), `segment` (or `paragraph`), `codes` and, where stances were judged,
/// `stance`, `stance_CODE`, `CODE_stance` or `CODE_polarity`; where passages were marked, `start` and `end` in code points
/// of the document's text. Others are not read.
///
/// # Errors
/// Everything that is wrong with it.
pub fn read_gold(path: &Path) -> Result<Gold, Vec<Diagnostic>> {
    let rows = if Lines::is_named(path) { lines::read(path)? } else { sheet::read(path)? };
    if rows.is_empty() {
        let name = path.display();
        return Err(vec![
            Diagnostic::error("agreement/empty", format!("`{name}` lists no segment")).at(Place::file(path)),
        ]);
    }
    Ok(Gold { path: path.to_owned(), rows })
}

/// What a column or field is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Role {
    Document,
    Segment,
    Codes,
    /// Of one code, or of all codes of the row.
    Stance(Option<String>),
    Text,
    /// How the text begins, or with [`Role::End`] the first code point of a passage.
    Start,
    End,
    Draw,
    /// Of a line that tells what a coder did, and not what a segment has.
    Action,
    Other,
}

impl Role {
    /// What a column called `name` is for.
    pub(super) fn of(name: &str) -> Self {
        let name = name.trim();
        match name.to_lowercase().as_str() {
            "document" | "path" | "dokument" => Self::Document,
            "segment" | "paragraph" | "avsnitt" | "tekstsegment" => Self::Segment,
            "codes" | "code" | "koder" | "kode" => Self::Codes,
            "stance" | "framstilling" => Self::Stance(None),
            "text" | "tekst" => Self::Text,
            "start" => Self::Start,
            "end" | "slutt" => Self::End,
            "action" => Self::Action,
            "draw" | "stratum" => Self::Draw,
            lower => {
                let code = ["stance_", "polarity_"]
                    .iter()
                    .find_map(|prefix| lower.starts_with(prefix).then(|| name.get(prefix.len()..)).flatten())
                    .or_else(|| {
                        let end = ["_stance", "_polarity"].iter().find(|end| lower.ends_with(*end))?;
                        name.get(..name.len().checked_sub(end.len())?)
                    });
                code.filter(|code| !code.is_empty()).map_or(Self::Other, |code| Self::Stance(Some(code.to_owned())))
            }
        }
    }
}

/// The codes of a cell: a JSON array, or names with `;` between. The second value tells that the cell says "none".
pub(super) fn codes_of(cell: &str) -> (Vec<String>, bool) {
    let cell = cell.trim();
    match serde_json::from_str::<Vec<String>>(cell) {
        Ok(array) => listed(array, true),
        Err(_) => listed(cell.split([';', '\n']).map(str::to_owned).collect(), cell.starts_with('[')),
    }
}

/// The codes of a list, without what names none. The second value tells that the list says "none": a dash, or that it
/// `is_array` and empty.
pub(super) fn listed(parts: Vec<String>, is_array: bool) -> (Vec<String>, bool) {
    let mut codes: Vec<String> =
        parts.iter().map(|code| code.trim().to_owned()).filter(|code| !code.is_empty()).collect();
    let n = codes.len();
    codes.retain(|code| !["-", "–", "—"].contains(&code.as_str()));
    let says_none = codes.is_empty() && (n > 0 || is_array);
    (codes, says_none)
}

/// The stance that a word names; `Ok(None)` for an empty one.
pub(super) fn stance_of(word: &str) -> Result<Option<Stance>, ()> {
    Ok(Some(match word.trim().to_lowercase().as_str() {
        "" | "-" => return Ok(None),
        "present" | "til stede" | "til stades" => Stance::Present,
        "missing" | "mangler" | "manglar" => Stance::Missing,
        "mixed" | "varierende" | "varierande" => Stance::Mixed,
        "needed" | "etterlyst" => Stance::Needed,
        _ => return Err(()),
    }))
}

pub(super) fn unknown_stance(word: &str, place: Place) -> Diagnostic {
    Diagnostic::error("agreement/unknown-stance", format!("`{}` is not a stance", shortened(word)))
        .at(place)
        .hint("the stances are `present`, `missing`, `mixed` and `needed`")
}

/// The code that a sheet calls `name`, at `place`.
pub(super) fn find_code(codebook: &Codebook, name: &str, place: &Place) -> Result<usize, Diagnostic> {
    codebook.find(name).map_err(|error| {
        let error = Diagnostic { id: "agreement/unknown-code", ..error }.at(place.clone());
        if name.contains(',') { error.hint("several codes of one segment are separated by `;`") } else { error }
    })
}

/// What a file of decisions is told under.
pub(super) const NO_SHEET: &str = "agreement/decisions";

/// A line of `decisions/`: what it says of a segment depends on other lines.
pub(super) fn decision(place: Place) -> Diagnostic {
    Diagnostic::error(NO_SHEET, "this is a file of decisions, not a sheet of segments with their codes")
        .at(place)
        .hint("`--coder NAME` uses a coder's decisions; given twice, it compares two coders")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_known_by_several_names() {
        for (name, expected) in [
            ("path", Role::Document),
            ("Paragraph", Role::Segment),
            ("stance", Role::Stance(None)),
            ("stance_forankring", Role::Stance(Some("forankring".to_owned()))),
            ("forankring_polarity", Role::Stance(Some("forankring".to_owned()))),
            ("Læring_stance", Role::Stance(Some("Læring".to_owned()))),
            ("start", Role::Start),
            ("disputed", Role::Other),
            ("stance_", Role::Other),
        ] {
            assert_eq!(Role::of(name), expected, "{name}");
        }
    }

    #[test]
    fn codes_stand_in_arrays_or_between_semicolons_and_a_dash_is_none() {
        let owned = |codes: &[&str]| codes.iter().map(|code| (*code).to_owned()).collect::<Vec<_>>();
        assert_eq!(codes_of("a; b ;"), (owned(&["a", "b"]), false));
        assert_eq!(codes_of("[\"a\", \"b\"]"), (owned(&["a", "b"]), false));
        assert_eq!(codes_of("tid og rom"), (owned(&["tid og rom"]), false));
        assert_eq!(codes_of(""), (Vec::new(), false));
        assert_eq!(codes_of("-"), (Vec::new(), true));
        assert_eq!(codes_of("[]"), (Vec::new(), true));
    }

    #[test]
    fn a_list_says_the_same_wherever_it_stands() {
        let read = |codes: &[&str]| listed(codes.iter().map(|code| (*code).to_owned()).collect(), true);
        for (codes, cell) in [
            (&["a", "b"][..], "[\"a\", \"b\"]"),
            (&["a", ""], "[\"a\", \"\"]"),
            (&[" a "], "[\" a \"]"),
            (&["-"], "[\"-\"]"),
            (&[""], "[\"\"]"),
            (&[], "[]"),
        ] {
            assert_eq!(read(codes), codes_of(cell), "{cell}");
        }
        assert_eq!(read(&["-"]), (Vec::new(), true));
        assert_eq!(read(&["a", ""]), (vec!["a".to_owned()], false));
    }
}
