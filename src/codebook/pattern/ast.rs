//! A pattern as a tree: what the researcher wrote, with every operator in its place.

use crate::text::Span;

/// One pattern or query.
#[derive(Debug, Clone, PartialEq)]
pub enum Pattern {
    /// One word.
    Word(Atom),
    /// Words next to each other.
    Phrase(Vec<Element>),
    /// Both, at most `distance - 1` words between the nearest ends.
    Near {
        /// The first part.
        left: Box<Pattern>,
        /// The second part.
        right: Box<Pattern>,
        /// At least 1: `NEAR/1` is next to each other.
        distance: u32,
        /// THEN: the left part must stand before the right one.
        ordered: bool,
    },
    /// The left part where no right part stands that near.
    NotNear {
        /// What is matched.
        left: Box<Pattern>,
        /// What must not stand near.
        right: Box<Pattern>,
        /// At least 1.
        distance: u32,
    },
    /// All in the same segment; each part that is no [`Pattern::Not`] gives its own matches.
    And(Vec<Pattern>),
    /// Any of them.
    Or(Vec<Pattern>),
    /// A segment without it: inside [`Pattern::And`], beside a part that is no NOT; anywhere in a query where it
    /// holds filters and no words.
    Not(Box<Pattern>),
    /// `name:value`; in queries and `--where` only. Restricts to segments, matches no words.
    Filter(Filter),
}

impl Pattern {
    /// All filters in it, as they were written from left to right.
    #[must_use]
    pub fn filters(&self) -> Vec<&Filter> {
        match self {
            Self::Filter(filter) => vec![filter],
            Self::And(parts) | Self::Or(parts) => parts.iter().flat_map(Self::filters).collect(),
            Self::Not(inner) => inner.filters(),
            Self::Near { left, right, .. } | Self::NotNear { left, right, .. } => {
                [left, right].into_iter().flat_map(|part| part.filters()).collect()
            }
            Self::Word(_) | Self::Phrase(_) => Vec::new(),
        }
    }

    /// Its words from left to right: all, or those that `which` takes.
    #[must_use]
    pub fn atoms(&self, which: Atoms) -> Vec<&Atom> {
        match self {
            Self::Word(atom) => vec![atom],
            Self::Phrase(elements) => elements.iter().filter_map(Element::atom).collect(),
            Self::NotNear { left, .. } if which == Atoms::Wanted => left.atoms(which),
            Self::Near { left, right, .. } | Self::NotNear { left, right, .. } => {
                [left, right].into_iter().flat_map(|part| part.atoms(which)).collect()
            }
            Self::And(parts) | Self::Or(parts) => parts.iter().flat_map(|part| part.atoms(which)).collect(),
            Self::Not(inner) if which == Atoms::All => inner.atoms(which),
            Self::Not(_) | Self::Filter(_) => Vec::new(),
        }
    }

    /// Whether only codings can tell what fits it.
    #[must_use]
    pub fn asks_codings(&self) -> bool {
        self.filters().into_iter().any(|filter| filter.is_of_code() || filter.is_of_stance())
    }
}

/// Which words of a pattern are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Atoms {
    /// All that stand in it.
    All,
    /// The atoms outside NOT, including those that must not be near.
    OutsideNot,
    /// The atoms that are asked for, without any that are excluded.
    Wanted,
}

/// One word of a pattern.
#[derive(Debug, Clone, PartialEq)]
pub struct Atom {
    /// How it matches.
    pub kind: AtomKind,
    /// Its position in the pattern's source.
    pub span: Span,
}

/// The ways in which one word can be recognised. Text is folded unless said otherwise.
#[derive(Debug, Clone, PartialEq)]
pub enum AtomKind {
    /// The word in every inflected form, and compounds as the codebook says.
    Word(String),
    /// That form only.
    Exact(String),
    /// That form in that case: NFC, not folded.
    ExactCase(String),
    /// `*` any run of characters, `?` one; over the whole word.
    Wildcard(Vec<GlobPart>),
    /// Up to so many edits away.
    Fuzzy {
        /// The word.
        word: String,
        /// 1 or 2.
        edits: u8,
    },
    /// A regular expression over the whole word: its source without the slashes, letters as forms have them.
    /// [`word_regex`](super::word_regex) compiles it, and never fails for a parsed pattern.
    Regex(String),
}

/// A part of a wildcard.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum GlobPart {
    /// These characters, folded.
    Literal(String),
    /// `?`
    One,
    /// `*`
    Any,
}

/// A part of a phrase.
#[derive(Debug, Clone, PartialEq)]
pub enum Element {
    /// A word.
    Atom(Atom),
    /// `*` alone: any one word.
    Any,
}

impl Element {
    /// The word, if it is one.
    #[must_use]
    pub fn atom(&self) -> Option<&Atom> {
        match self {
            Self::Atom(atom) => Some(atom),
            Self::Any => None,
        }
    }
}

/// A condition on a segment, its document or its codings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {
    /// The attribute, or `code`, `stance`, `speaker`, `document`, `date`.
    pub name: String,
    /// What is asked of it.
    pub value: FilterValue,
    /// Its position in the query's source.
    pub span: Span,
}

impl Filter {
    /// Whether it asks for a code.
    #[must_use]
    pub fn is_of_code(&self) -> bool {
        self.name.to_lowercase() == "code"
    }

    /// Whether it asks how a theme is put.
    #[must_use]
    pub fn is_of_stance(&self) -> bool {
        self.name.to_lowercase() == "stance"
    }
}

/// What a filter asks.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum FilterValue {
    /// Equal, without regard to case.
    Equals(String),
    /// From – to, both included; either may be open. ISO dates or their beginnings compare as text.
    Range(Option<String>, Option<String>),
}
