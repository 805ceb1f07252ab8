//! One decision of a person, as one line of a file.

use serde::{Deserialize, Deserializer, Serialize};

use crate::language::Stance;

/// What a person decided about one application of a code to one place, or about a document.
///
/// Offsets are code points of the document's extracted text, from 0, end exclusive, as in `codings.jsonl`. Where the
/// document has changed, the place is found again by `quote` with `before` and `after`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// The coding's id in `codings.jsonl`, for people and scripts; what counts are the place and the code.
    #[serde(default)]
    pub id: Option<String>,
    /// The time of the decision in ISO 8601. It is the only time that temakart writes, and nothing depends on it.
    #[serde(default, deserialize_with = "text")]
    pub at: String,
    /// The coder; by default, the name of the file.
    #[serde(default, deserialize_with = "text")]
    pub coder: String,
    /// What was decided.
    pub action: Action,
    /// The document's path in the project, `/` between, NFC.
    #[serde(default, deserialize_with = "text")]
    pub document: String,
    /// The segment's number in the document, from 1.
    #[serde(default)]
    pub segment: Option<u32>,
    /// First code point.
    #[serde(default)]
    pub start: Option<u32>,
    /// One past the last code point.
    #[serde(default)]
    pub end: Option<u32>,
    /// The exact words.
    #[serde(default, deserialize_with = "text")]
    pub quote: String,
    /// The text right before them.
    #[serde(default, deserialize_with = "text")]
    pub before: String,
    /// The text right after them.
    #[serde(default, deserialize_with = "text")]
    pub after: String,
    /// The code's id; for [`Action::Recode`], the new code.
    #[serde(default)]
    pub code: Option<String>,
    /// For [`Action::Recode`], the old code. If it is missing, it is found by `id`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// How the passage puts the theme, where the coder says it; else the words around tell. A mention that a rule finds
    /// keeps the stance that it has by the rule.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stance: Option<Stance>,
    /// The person's note about it.
    #[serde(default)]
    pub note: Option<String>,
}

/// What a person decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Action {
    /// The coding is right, whatever becomes of the rule that made it.
    Accept,
    /// The coding is wrong.
    Reject,
    /// There is a coding here that no rule found.
    Add,
    /// Another code fits this place.
    Recode,
    /// A note, which changes no count.
    Note,
    /// The whole document has been read, or the segment that is named: where nothing was decided, no code fits.
    Read,
}

impl Action {
    /// The action's name in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::Reject => "reject",
            Self::Add => "add",
            Self::Recode => "recode",
            Self::Note => "note",
            Self::Read => "read",
        }
    }
}

impl Decision {
    /// A decision without place, time and person; fill in what it has.
    #[must_use]
    pub fn new(action: Action, document: &str) -> Self {
        Self {
            id: None,
            at: String::new(),
            coder: String::new(),
            action,
            document: document.to_owned(),
            segment: None,
            start: None,
            end: None,
            quote: String::new(),
            before: String::new(),
            after: String::new(),
            code: None,
            from: None,
            stance: None,
            note: None,
        }
    }

    /// The decision as a line of a file, with the line end.
    #[must_use]
    pub fn line(&self) -> String {
        let mut line = serde_json::to_string(self).expect("a decision has text keys only");
        line.push('\n');
        line
    }
}

/// A text that may be `null`.
fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_read_as_it_was_written_and_lines_by_hand_may_leave_things_out() {
        let mut decision = Decision::new(Action::Recode, "a.txt");
        decision.start = Some(3);
        decision.quote = "«løft»\n".to_owned();
        decision.from = Some("x".to_owned());
        decision.stance = Some(Stance::Missing);
        let line = decision.line();
        assert_eq!(line.matches('\n').count(), 1);
        assert_eq!(serde_json::from_str::<Decision>(&line).expect("it can be read"), decision);
        let brief = r#"{"action":"read","document":"a.txt","before":null,"a key of another tool":[1]}"#;
        let read: Decision = serde_json::from_str(brief).expect("it can be read");
        assert_eq!(read, Decision::new(Action::Read, "a.txt"));
    }
}
