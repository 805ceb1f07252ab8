//! What may be wrong with a text's characters, in words.

use std::borrow::Cow;
use std::fmt;

/// Something about a text's characters that may make it differ from what its author wrote. Lines count from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Doubt {
    /// The encoding is a guess, and another one fits about as well (`None`: no rival is known).
    Guessed {
        /// The encoding that was used.
        encoding: &'static str,
        /// The one that lost narrowly.
        rival: Option<&'static str>,
    },
    /// Single bytes that are not UTF-8 in a text that is, read in an older encoding.
    Mixed {
        /// The encoding they were read in.
        encoding: &'static str,
        /// How many.
        count: usize,
        /// Where the first one stands.
        line: usize,
    },
    /// Byte sequences that mean nothing; `U+FFFD` stands for each.
    Replaced {
        /// How many.
        count: usize,
        /// Where the first one stands.
        line: usize,
    },
    /// Text that was encoded twice on its way (`pÃ¥` for `på`).
    EncodedTwice {
        /// Letters that show it.
        count: usize,
        /// Where the first one stands.
        line: usize,
        /// Whether the whole text could be put right, and was.
        mended: bool,
    },
    /// NUL characters in what is otherwise text; they are kept.
    Nul {
        /// How many.
        count: usize,
        /// Where the first one stands.
        line: usize,
    },
    /// Characters that turn the direction of writing: what a screen shows differs from what is stored. Kept.
    Direction {
        /// How many.
        count: usize,
        /// Where the first one stands.
        line: usize,
    },
}

impl Doubt {
    /// A stable id, such as `ingest/encoding-guessed`.
    #[must_use]
    pub fn id(&self) -> &'static str {
        match self {
            Self::Guessed { .. } => "ingest/encoding-guessed",
            Self::Mixed { .. } => "ingest/encoding-mixed",
            Self::Replaced { .. } => "ingest/damaged-characters",
            Self::EncodedTwice { .. } => "ingest/encoded-twice",
            Self::Nul { .. } => "ingest/nul-characters",
            Self::Direction { .. } => "ingest/turned-direction",
        }
    }
}

impl fmt::Display for Doubt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let many = |count: usize, one: &'static str, several: &'static str| -> Cow<'static, str> {
            if count == 1 { one.into() } else { format!("{count} {several}").into() }
        };
        match self {
            Self::Guessed { encoding, rival: Some(rival) } => {
                write!(f, "read as {encoding}, but {rival} fits about as well; check the letters")
            }
            Self::Guessed { encoding, rival: None } => {
                write!(f, "read as {encoding}, which is a guess; check the letters")
            }
            Self::Mixed { encoding, count, line } => {
                let what = many(*count, "one byte that is not UTF-8", "bytes that are not UTF-8");
                write!(f, "{what} (first in line {line}) read as {encoding}")
            }
            Self::Replaced { count, line } => {
                let what = many(*count, "one damaged character", "damaged characters");
                write!(f, "{what} (first in line {line}) could not be read")
            }
            Self::EncodedTwice { count, line, mended } => {
                let what = many(*count, "one letter", "letters");
                let end = if *mended { "; corrected" } else { " and could not be corrected" };
                write!(f, "{what} (first in line {line}) encoded twice on the way, as in `pÃ¥`{end}")
            }
            Self::Nul { count, line } => {
                write!(f, "{} (first in line {line})", many(*count, "one NUL character", "NUL characters"))
            }
            Self::Direction { count, line } => {
                let what = many(*count, "one character", "characters");
                write!(
                    f,
                    "{what} (first in line {line}) change the writing direction: the text shown differs from the text \
                     that is read"
                )
            }
        }
    }
}
