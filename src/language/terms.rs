//! The words that languages and their matching are described in.

use serde::{Deserialize, Serialize};

/// A language whose words can be inflected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// Norwegian bokmål.
    Bokmaal,
    /// Norwegian nynorsk.
    Nynorsk,
    /// Another language, through its Snowball stemmer.
    Other(OtherLanguage),
}

/// The languages that rust-stemmers knows besides Norwegian.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "their names say it")]
pub enum OtherLanguage {
    Arabic,
    Danish,
    Dutch,
    English,
    Finnish,
    French,
    German,
    Greek,
    Hungarian,
    Italian,
    Portuguese,
    Romanian,
    Russian,
    Spanish,
    Swedish,
    Tamil,
    Turkish,
}

/// How a bare word takes compounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Compounds {
    /// The word alone.
    None,
    /// Compounds whose last part it is: ledelsesforankring is a forankring.
    #[default]
    Head,
    /// Those, and compounds whose first part it is: forankringsarbeid is about it.
    Both,
}

/// How a form met a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Grade {
    /// The very form.
    Exact,
    /// Another form of the same word.
    Inflection,
    /// A word of the same stem and another class.
    Derived,
    /// A compound whose last part is the word.
    Head,
    /// A compound whose first part is the word.
    Modifier,
    /// By `*` or `?`.
    Wildcard,
    /// By so many edits.
    Fuzzy,
    /// By a regular expression.
    Regex,
    /// Several words next to each other.
    Phrase,
    /// Several words near each other.
    Near,
    /// By a person, not by a pattern.
    Manual,
}

impl Grade {
    /// As it stands in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Inflection => "inflection",
            Self::Derived => "derived",
            Self::Head => "head",
            Self::Modifier => "modifier",
            Self::Wildcard => "wildcard",
            Self::Fuzzy => "fuzzy",
            Self::Regex => "regex",
            Self::Phrase => "phrase",
            Self::Near => "near",
            Self::Manual => "manual",
        }
    }

    /// What the grade says, for people who never heard of stemming.
    #[must_use]
    pub fn explanation(self) -> &'static str {
        match self {
            Self::Exact => "the word exactly as in the pattern",
            Self::Inflection => "another form of the same word",
            Self::Derived => "a verb, noun or adjective of the same stem",
            Self::Head => "a compound that ends in the word",
            Self::Modifier => "a compound that begins with the word",
            Self::Wildcard => "matches the `*` or `?` in the pattern",
            Self::Fuzzy => "one or two letters away from the word",
            Self::Regex => "matches the regular expression",
            Self::Phrase => "words next to each other",
            Self::Near => "words near each other",
            Self::Manual => "coded by a person",
        }
    }
}

/// How a passage puts a theme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Default)]
#[serde(rename_all = "kebab-case")]
pub enum Stance {
    /// It is there, or simply spoken of.
    #[default]
    Present,
    /// It is called for.
    Needed,
    /// It is not there.
    Missing,
    /// It is there in places.
    Mixed,
}

impl Stance {
    /// As it stands in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Present => "present",
            Self::Needed => "needed",
            Self::Missing => "missing",
            Self::Mixed => "mixed",
        }
    }
}
