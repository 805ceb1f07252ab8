//! The codebook as the rest of the program uses it: checked, ordered, every pattern parsed.

use std::{path::PathBuf, sync::Arc};

use super::pattern::Pattern;
use crate::{
    diag::{Diagnostic, did_you_mean, few, shortened},
    language::{Compounds, CueSet, Language, Stance},
    text::Span,
};

/// A checked codebook. Codes keep the order of the file everywhere.
#[derive(Debug, Clone)]
pub struct Codebook {
    /// The file that the codebook was read from, as the user named it.
    pub path: PathBuf,
    /// The file's text, which the spans in it and messages about it point into.
    pub text: Arc<str>,
    /// Its `name`, or the file's stem.
    pub name: String,
    /// Languages its words are inflected in; the first is the default.
    pub languages: Vec<Language>,
    /// How bare words take compounds where neither code nor pattern says.
    pub compounds: Compounds,
    /// Whether bare words join verb, noun and adjective of one stem where neither code nor pattern says.
    pub derive: bool,
    /// SHA-256 of the file's bytes, in hexadecimal.
    pub sha256: String,
    /// The codes, in the file's order.
    pub codes: Vec<Code>,
}

/// One theme.
#[derive(Debug, Clone)]
pub struct Code {
    /// Unique in the codebook; may hold any letters.
    pub id: String,
    /// For people; the id where none is given.
    pub label: String,
    /// What the code means.
    pub definition: String,
    /// When to use it.
    pub include: String,
    /// When not to.
    pub exclude: String,
    /// `#rrggbb`.
    pub color: Option<String>,
    /// Index of the parent in [`Codebook::codes`].
    pub parent: Option<usize>,
    /// What recognises it, in the file's order.
    pub patterns: Vec<CodePattern>,
    /// A match that shares a word with a match of one of these is void.
    pub not: Vec<CodePattern>,
    /// Folded forms that the researcher shut out.
    pub forms_not: Vec<String>,
    /// Further stance cues for this code.
    pub cues: Cues,
    /// Passages that must be coded.
    pub examples: Vec<Example>,
    /// Passages that must not be.
    pub near_misses: Vec<Example>,
}

/// One pattern of a code with its options resolved (code over codebook, pattern over code).
#[derive(Debug, Clone)]
pub struct CodePattern {
    /// The pattern as written in the codebook.
    pub source: String,
    /// The pattern as parsed.
    pub pattern: Pattern,
    /// How bare words take compounds.
    pub compounds: Compounds,
    /// Whether bare words join verb, noun and adjective of one stem.
    pub derive: bool,
    /// The stance that every match of this pattern has, whatever its clause says.
    pub stance: Option<Stance>,
}

/// Cue words and phrases for the three stances that need one, as written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cues {
    /// The theme is not there.
    pub missing: Vec<String>,
    /// It is there in places.
    pub mixed: Vec<String>,
    /// It is called for.
    pub needed: Vec<String>,
}

impl Cues {
    /// The code's own cues and the shipped ones, compiled for searching.
    #[must_use]
    pub fn set(&self) -> CueSet {
        CueSet::new(&self.missing, &self.mixed, &self.needed)
    }
}

/// A passage given with a code, and where it stands for messages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// The passage.
    pub text: String,
    /// Its position in [`Codebook::text`], quotation marks included.
    pub span: Span,
}

impl Code {
    /// The pattern of this number as written; empty where there is none, as for what a person coded.
    #[must_use]
    pub fn source_of(&self, pattern: u16) -> &str {
        self.patterns.get(usize::from(pattern)).map_or("", |pattern| &pattern.source)
    }
}

impl Codebook {
    /// A codebook without codes, for searching where there is none.
    #[must_use]
    pub fn empty() -> Self {
        Self {
            path: PathBuf::new(),
            text: Arc::from(""),
            name: String::new(),
            languages: vec![Language::Bokmaal, Language::Nynorsk],
            compounds: Compounds::default(),
            derive: false,
            sha256: String::new(),
            codes: Vec::new(),
        }
    }

    /// The indices of the ancestors of code `index`, nearest first.
    pub fn ancestors(&self, index: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(self.codes[index].parent, |parent| self.codes[*parent].parent)
    }

    /// The index of the code with this id.
    #[must_use]
    pub fn index_of(&self, id: &str) -> Option<usize> {
        self.codes.iter().position(|code| code.id == id)
    }

    /// The index of the code that a person calls `name`: its id, or id or label written with other case or dashes.
    ///
    /// # Errors
    /// When no code is called so, or several are.
    pub fn find(&self, name: &str) -> Result<usize, Diagnostic> {
        let plain = |text: &str| text.to_lowercase().replace(['-', ' '], "_");
        let wanted = plain(name);
        let alike = |text: fn(&Code) -> &str| -> Vec<usize> {
            (0..self.codes.len()).filter(|index| plain(text(&self.codes[*index])) == wanted).collect()
        };
        if let Some(found) = self.index_of(name) {
            return Ok(found);
        }
        let by_id = alike(|code| &code.id);
        let found = if by_id.is_empty() { alike(|code| &code.label) } else { by_id };
        let ids = || self.codes.iter().map(|code| code.id.as_str());
        match found.as_slice() {
            [only] => Ok(*only),
            [] => {
                let message = format!("there is no code `{}` in this codebook", shortened(name));
                let error = Diagnostic::error("codebook/unknown-code", message);
                Err(match did_you_mean(name, ids()) {
                    Some(meant) => error.hint(format!("did you mean `{meant}`?")),
                    None => error.hint(format!("codes: {}", shortened(&ids().collect::<Vec<_>>().join(", ")))),
                })
            }
            several => {
                let meant: Vec<&str> = several.iter().map(|index| self.codes[*index].id.as_str()).collect();
                let message = format!("`{}` matches several codes: {}", shortened(name), few(&meant));
                Err(Diagnostic::error("codebook/unknown-code", message).hint("write the id of the code you mean"))
            }
        }
    }
}
