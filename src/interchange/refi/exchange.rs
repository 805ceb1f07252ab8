//! A coded project as it is handed from program to program.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

use super::own::{OwnProject, OwnSource};
use crate::interchange::Draft;
use crate::interchange::unique::Unique;

/// A project with all that other programs know of one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Exchange {
    /// What it is called.
    pub name: String,
    /// The codes; patterns stay behind.
    pub codes: Draft,
    /// What is known of sources, by name and in order; `case` and `phase` first where there are any.
    pub variables: Vec<Variable>,
    /// By name.
    pub sources: Vec<Source>,
    /// What only a project of ours knows.
    pub own: OwnProject,
}

/// An attribute of sources.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Variable {
    /// What other programs call it: a label of the project's.
    pub name: String,
    /// The values that are cases of their own in other programs, in order; empty for what groups nothing.
    pub groups: Vec<String>,
}

/// A document with its text, what is known of it, and its codings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Source {
    /// Unique, and fit for a file: see [`FileStems`].
    pub name: String,
    /// Line ends as LF.
    pub text: String,
    /// Values by the names of variables.
    pub values: BTreeMap<String, String>,
    /// By place, code and person.
    pub selections: Vec<Selection>,
    /// What only a project of ours knows of it.
    pub own: OwnSource,
}

/// One code at one place, by one person or by the rules.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Selection {
    /// First code point.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
    /// Index of the code.
    pub code: usize,
    /// Who; empty for the rules.
    pub user: String,
    /// What is to be said about it.
    pub note: String,
    /// When, as XML has dates and times; empty where nothing tells.
    pub at: String,
}

impl Source {
    /// Puts selections in their order, and of those that say the same of the same place keeps one. How many went.
    pub fn sort_selections(&mut self) -> usize {
        let n = self.selections.len();
        self.selections.sort();
        self.selections.dedup_by(|a, b| (a.start, a.end, a.code, &a.user) == (b.start, b.end, b.code, &b.user));
        n - self.selections.len()
    }
}

/// What positions in a file count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum OffsetUnit {
    /// Unicode code points, as the standard says.
    #[default]
    CodePoint,
    /// UTF-16 units, as NVivo on Windows counts: an emoji is two.
    Utf16,
}

/// Names of more characters are cut: some systems allow 255 bytes.
const MAX_NAME_LENGTH: usize = 80;

/// Hands out names that every system takes for a file's, no two of which differ in case only.
#[derive(Debug, Default)]
pub struct FileStems {
    unique: Unique,
}

impl FileStems {
    /// A name as near to `name` as can be.
    #[must_use]
    pub fn take(&mut self, name: &str) -> String {
        self.unique.take(file_stem(name), |base, n| format!("{base} ({n})"))
    }
}

/// `name` so that every system takes it for a file's.
fn file_stem(name: &str) -> String {
    let safe = |character: char| match character {
        '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' => '-',
        control if control.is_control() => ' ',
        // These are not seen, and would make two names look alike.
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' => ' ',
        other => other,
    };
    let plain: String = name.nfc().map(safe).collect();
    let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    let plain: String = plain.trim_start_matches(['.', '~', '$']).chars().take(MAX_NAME_LENGTH).collect();
    let mut plain = plain.trim_end_matches(['.', ' ']).trim_start().to_owned();
    let first = plain.split('.').next().unwrap_or_default().to_lowercase();
    let is_device = matches!(first.as_str(), "con" | "prn" | "aux" | "nul")
        || first.len() == 4 && (first.starts_with("com") || first.starts_with("lpt"));
    if plain.is_empty() || is_device {
        plain = format!("dokument {plain}").trim_end().to_owned();
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_fit_for_files() {
        let mut stems = FileStems::default();
        for (name, expected) in [
            ("Intervju Gjøvik", "Intervju Gjøvik"),
            ("../../etc/passwd", "-..-etc-passwd"),
            ("C:\\x\u{202e}.txt", "C--x .txt"),
            ("intervju gjøvik", "intervju gjøvik (2)"),
            ("nul", "dokument nul"),
            (" \n", "dokument"),
            ("..", "dokument (2)"),
        ] {
            assert_eq!(stems.take(name), expected);
        }
        assert_eq!(stems.take(&"å".repeat(300)).chars().count(), MAX_NAME_LENGTH);
    }
}
