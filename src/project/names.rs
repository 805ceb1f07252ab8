//! Names of attributes: how a column, a key of front matter or a part of a path comes to be called `case`.
//!
//! What an attribute's values may be is [`super::dimension`]'s matter.

use crate::text::{fold, tidy};

/// The attribute that says which sub-pilot a document belongs to.
pub const CASE: &str = "case";
/// The attribute that says when in the programme a document was made.
pub const PHASE: &str = "phase";
/// The attribute that dates a document; its values are ISO dates wherever a known date form was found.
pub const DATE: &str = "date";
/// The attribute by which [`super::Segments`] may tell documents apart.
pub const TYPE: &str = "type";
/// The attribute `language`: an ISO code.
pub const LANGUAGE: &str = "language";
/// The attribute `informant`: who is asked, the same person across documents.
pub const INFORMANT: &str = "informant";
/// The attribute `speaker`, which segments have.
pub const SPEAKER: &str = "speaker";
/// The attribute `role` of a speaker.
pub const ROLE: &str = "role";
/// The attribute `question` that an answer answers.
pub const QUESTION: &str = "question";
/// What a document goes by in filters and comparisons, as other things by an attribute: its path.
pub const DOCUMENT: &str = "document";

/// What Norwegian files call the attributes that temakart itself gives a meaning to.
const SYNONYMS: [(&str, &[&str]); 6] = [
    (CASE, &["delpilot", "delpiloten", "delprosjekt", "underprosjekt", "caset"]),
    (PHASE, &["fase", "prosjektfase"]),
    (DATE, &["dato"]),
    (TYPE, &["dokumenttype", "document_type", "doc_type", "teksttype"]),
    (INFORMANT, &["informant_id", "informantid", "informant_nr", "informantnr"]),
    (LANGUAGE, &["språk", "sprak", "målform", "malform"]),
];

/// Names that stand for something else in results and filters: counts, units, grades, stances, places, and every other
/// column that a table of ours has beside attributes.
///
/// An attribute of such a name would make two columns of one name, or a filter that can mean two things.
pub const RESERVED: [&str; 52] = [
    "code",
    "codes",
    "counts_for",
    "mentions",
    "own_mentions",
    "segments",
    "documents",
    "words",
    "speakers",
    "words_total",
    "segments_total",
    "documents_total",
    "speakers_total",
    "mentions_total",
    "per_1000_words",
    "segment_share",
    "document_share",
    "speaker_share",
    "few_persons",
    "present",
    "missing",
    "mixed",
    "needed",
    "exact",
    "inflection",
    "derived",
    "head",
    "modifier",
    "wildcard",
    "fuzzy",
    "regex",
    "phrase",
    "near",
    "manual",
    "document",
    "path",
    "segment",
    "speaker",
    "stance",
    "grade",
    "cue",
    "coder",
    "quote",
    "pattern",
    "form",
    "label",
    "level",
    "summed_over",
    "format",
    "encoding",
    "context_words",
    "problems",
];

/// How attributes are called in one project: the names above, and the labels that it gives case and phase.
#[derive(Debug, Clone, Default)]
pub struct Names {
    /// The label of the case attribute in normal form, when it has one of its own.
    pub(super) case_label: Option<String>,
    /// The label of the phase attribute in normal form, when it has one of its own.
    pub(super) phase_label: Option<String>,
}

impl Names {
    /// What a column of case, phase or date may be called, each heading with its attribute.
    #[must_use]
    pub(super) fn headings(&self) -> Vec<(String, String)> {
        let own = [(CASE, &self.case_label), (PHASE, &self.phase_label)];
        let own = own.into_iter().filter_map(|(name, label)| Some((label.as_deref()?, name)));
        let usual = SYNONYMS.iter().filter(|(name, _)| [CASE, PHASE, DATE].contains(name));
        let usual =
            usual.flat_map(|(name, others)| std::iter::once(name).chain(*others).map(|heading| (*heading, *name)));
        own.chain(usual).map(|(heading, name)| (heading.to_owned(), name.to_owned())).collect()
    }

    /// The name under which an attribute that a file calls `raw` is known.
    #[must_use]
    pub fn canonical(&self, raw: &str) -> String {
        let name = normal_form(raw);
        if name == CASE || name == PHASE {
            return name;
        }
        if self.case_label.as_ref() == Some(&name) {
            return CASE.to_owned();
        }
        if self.phase_label.as_ref() == Some(&name) {
            return PHASE.to_owned();
        }
        synonym(&name, &SYNONYMS).map_or(name, str::to_owned)
    }
}

/// The name under which an attribute that a file calls `raw` is known in a project that gives it no other.
#[must_use]
pub fn common_name(raw: &str) -> String {
    Names::default().canonical(raw)
}

/// Whether an attribute may not be called `name`.
#[must_use]
pub fn is_reserved(name: &str) -> bool {
    // The codes above a code stand in columns `code_1`, `code_2`, …
    let is_level = |rest: &str| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit());
    RESERVED.contains(&name) || name.strip_prefix("code_").is_some_and(is_level)
}

/// Lower case and NFC, with one `_` for whatever a filter such as `type:intervju` could not hold.
pub(super) fn normal_form(raw: &str) -> String {
    let mut name = String::with_capacity(raw.len());
    for character in lowercase_nfc(raw).chars() {
        if character.is_alphanumeric() || matches!(character, '-' | '.') {
            name.push(character);
        } else if !name.is_empty() && !name.ends_with('_') {
            name.push('_');
        }
    }
    name.truncate(name.trim_end_matches('_').len());
    name
}

/// The canonical name among `table` of which `name` is one of the others.
pub(super) fn synonym<'a>(name: &str, table: &[(&'a str, &[&str])]) -> Option<&'a str> {
    table.iter().find(|(_, others)| others.contains(&name)).map(|(canonical, _)| *canonical)
}

/// The form in which values and labels are compared: folded, with single spaces.
pub(crate) fn comparable(value: &str) -> String {
    fold(value).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn lowercase_nfc(text: &str) -> String {
    tidy(text).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(raw: &str, expected: &str) {
        let names = Names { case_label: Some("kommune".to_owned()), phase_label: Some("runde".to_owned()) };
        assert_eq!(names.canonical(raw), expected, "{raw}");
    }

    #[test]
    fn norwegian_names_of_known_attributes_are_known() {
        check("Delpilot", "case");
        check(" FASE ", "phase");
        check("Dato", "date");
        check("Dokumenttype", "type");
        check("Ma\u{30a}lform", "language");
    }

    #[test]
    fn the_projects_own_labels_are_known() {
        check("Kommune", "case");
        check("Runde", "phase");
    }

    #[test]
    fn other_names_are_kept_in_a_form_that_a_filter_can_hold() {
        check("Kjønn og alder", "kjønn_og_alder");
        check("speaker_or_party", "speaker_or_party");
        check("Stilling (pst.)", "stilling_pst.");
        check(" _", "");
    }

    #[test]
    fn no_known_attribute_is_reserved() {
        for name in SYNONYMS.iter().flat_map(|(name, others)| std::iter::once(name).chain(others.iter())) {
            assert!(!is_reserved(name), "{name}");
        }
    }
}
