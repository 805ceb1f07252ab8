//! Coders: their names, which must work as file names, and whose decisions a run applies.

use std::fmt;

use unicode_normalization::UnicodeNormalization;

use crate::diag::{Diagnostic, did_you_mean, in_backticks, shortened};

/// A coder's name is also a file name, and long file names cause trouble on some systems.
const MAX_LENGTH: usize = 64;
/// Names that Windows reserves for devices.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];
/// Names that mean something else where coders are named.
const TAKEN: [&str; 3] = ["all", "none", "rule"];

/// Whose decisions are applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whose {
    /// Everybody's.
    All,
    /// Nobody's.
    None,
    /// The decisions of the named coders.
    Of(Vec<String>),
}

/// The choice as it is typed on the command line.
impl fmt::Display for Whose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::All => f.write_str("all"),
            Self::None => f.write_str("none"),
            Self::Of(names) => f.write_str(&names.join(",")),
        }
    }
}

impl From<&str> for Whose {
    /// Parses `all`, `none`, or names separated by commas.
    fn from(typed: &str) -> Self {
        match typed.trim() {
            "all" => Self::All,
            "none" | "" => Self::None,
            names => Self::Of(
                names
                    .split(',')
                    .map(|name| name.trim().nfc().collect())
                    .filter(|name: &String| !name.is_empty())
                    .collect(),
            ),
        }
    }
}

impl Whose {
    /// Whether decisions of this coder are applied.
    #[must_use]
    pub fn includes(&self, coder: &str) -> bool {
        match self {
            Self::All => true,
            Self::None => false,
            Self::Of(names) => names.iter().any(|name| name == coder),
        }
    }

    /// The names that are not among `coders`.
    pub(super) fn unknown(&self, coders: &[&str]) -> Vec<Diagnostic> {
        let Self::Of(names) = self else { return Vec::new() };
        let unknown = names.iter().filter(|name| !coders.contains(&name.as_str()));
        unknown.map(|name| unknown_coder(name, coders)).collect()
    }
}

/// The message about a coder who has decided nothing.
#[must_use]
pub fn unknown_coder(name: &str, coders: &[&str]) -> Diagnostic {
    let message = format!("there are no decisions by `{}`", shortened(name));
    let error = Diagnostic::error("decisions/unknown-coder", message);
    match did_you_mean(name, coders.iter().copied()) {
        Some(meant) => error.hint(format!("did you mean `{meant}`?")),
        None if coders.is_empty() => error.hint("nobody has decided anything yet: `temakart decide --help`"),
        None => error.hint(format!("there are decisions by {}", in_backticks(coders))),
    }
}

/// The name as it is used, if it can be a coder's.
///
/// # Errors
/// When it is empty, too long, has another meaning, or contains characters that are not allowed in file names.
pub fn coder_name(typed: &str) -> Result<String, Diagnostic> {
    let name: String = typed.trim().nfc().collect();
    let plain = name.to_lowercase();
    let stem = plain.split('.').next().unwrap_or_default();
    let is_device = DEVICES.contains(&stem)
        || (stem.len() == 4
            && (stem.starts_with("com") || stem.starts_with("lpt"))
            && stem.ends_with(char::is_numeric));
    let bad = name.chars().find(|letter| !letter.is_alphanumeric() && !" .-_'@+".contains(*letter));
    let why = match () {
        () if name.is_empty() => "it is empty".to_owned(),
        () if name.chars().count() > MAX_LENGTH => format!("it has more than {MAX_LENGTH} characters"),
        () if TAKEN.contains(&plain.as_str()) => "it has another meaning in `--decisions` or in results".to_owned(),
        () if is_device => "it is reserved on Windows".to_owned(),
        () if bad.is_some() => format!("it contains `{}`", bad.unwrap_or_default().escape_debug()),
        () if name.starts_with('.') || name.ends_with('.') => "it begins or ends with a period".to_owned(),
        () => return Ok(name),
    };
    let message = format!("`{}` cannot be a coder's name: {why}", shortened(&name));
    Err(Diagnostic::error("decisions/bad-coder", message)
        .hint("use initials or a pseudonym: letters, digits, `-`, `_`"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_can_be_files_everywhere() {
        for name in ["kari", "Åse B.-N", "ola_2", "k.n@uni"] {
            assert_eq!(coder_name(name).expect("it can be"), name);
        }
        assert_eq!(coder_name(" A\u{30a}se ").expect("it can be"), "Åse");
        for name in ["", " ", "all", "None", "rule", "a/b", "a\\b", "..", ".a", "a,b", "CON", "com1", "a\nb", "a:b"] {
            assert!(coder_name(name).is_err(), "{name:?}");
        }
        assert!(coder_name(&"a".repeat(65)).is_err());
    }

    #[test]
    fn whose_decisions_is_said_by_name() {
        assert_eq!(Whose::from("all"), Whose::All);
        assert_eq!(Whose::from("none"), Whose::None);
        let some = Whose::from("kari, ola");
        assert!(some.includes("ola") && !some.includes("per"));
        assert_eq!(some.unknown(&["kari", "ole"]).len(), 1);
    }
}
