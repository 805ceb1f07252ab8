//! What a project holds that has no place here: counted while it is read, told at the end, never dropped in silence.

use std::collections::BTreeMap;

use crate::diag::{Diagnostic, shortened};

/// So many are named.
const NAMED: usize = 3;

/// What is left behind, by kind.
#[derive(Debug, Default)]
pub(super) struct LeftBehind {
    /// How many, and the first few by name.
    kinds: BTreeMap<Kind, (usize, Vec<String>)>,
}

/// What can be left behind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// Sources whose text is not in the file.
    NoText,
    /// Sources that are no text: sound, pictures, video.
    NotText,
    /// Codings of such, and of whole documents.
    CodingOfWhole,
    CodingOfPicture,
    CodingOfFormatted,
    /// Codings whose place is not in the text.
    Outside,
    /// Codings with a code that there is none of.
    NoCode,
    Repeated,
    /// Codes that only repeat a case.
    CaseCode,
    CaseName,
    Memo,
    Annotation,
    Link,
    Set,
    Graph,
    Value,
}

impl Kind {
    fn told(self, n: usize) -> String {
        let one = n == 1;
        let of = |single: &str, several: &str| if one { format!("one {single}") } else { format!("{n} {several}") };
        match self {
            Self::NoText => format!("{}: the text is not in the file", of("source", "sources")),
            Self::NotText => format!("{}: neither sound nor pictures are coded here", of("source", "sources")),
            Self::CodingOfWhole => {
                format!("{} of a whole document: use an attribute instead", of("coding", "codings"))
            }
            Self::CodingOfPicture => {
                format!("{} of a region, a page or a moment: only text is coded here", of("coding", "codings"))
            }
            Self::CodingOfFormatted => {
                format!("{} of a document without its plain text", of("coding", "codings"))
            }
            Self::Outside => format!("{} outside the text, or empty", of("coding", "codings")),
            Self::NoCode => format!("{} with a code that is not in the codebook", of("coding", "codings")),
            Self::Repeated => format!("{} that repeats another", of("coding", "codings")),
            Self::CaseCode => format!("{}, and the codings with it: it repeats a case", of("code", "codes")),
            Self::CaseName => {
                format!(
                    "{}: the document's own attribute already gives its case",
                    of("name of a case", "names of cases")
                )
            }
            Self::Memo => of("memo", "memos"),
            Self::Annotation => of("annotation without a code", "annotations without a code"),
            Self::Link => of("link", "links"),
            Self::Set => of("set", "sets"),
            Self::Graph => of("graph", "graphs"),
            Self::Value => format!("{} of a variable that is not declared", of("value", "values")),
        }
    }
}

impl LeftBehind {
    pub(super) fn add(&mut self, kind: Kind, name: &str) {
        self.many(kind, 1, name);
    }

    pub(super) fn many(&mut self, kind: Kind, n: usize, name: &str) {
        if n == 0 {
            return;
        }
        let (count, names) = self.kinds.entry(kind).or_default();
        *count += n;
        let name = name.trim();
        if names.len() < NAMED && !name.is_empty() && names.iter().all(|other| other != name) {
            names.push(name.to_owned());
        }
    }

    /// One warning for each kind.
    pub(super) fn told(&self) -> Vec<Diagnostic> {
        let told = |(kind, (n, names)): (&Kind, &(usize, Vec<String>))| {
            let mut message = format!("not carried over: {}", kind.told(*n));
            if !names.is_empty() {
                let named: Vec<String> = names.iter().map(|name| format!("`{}`", shortened(name))).collect();
                let more = if *n > names.len() { ", …" } else { "" };
                message.push_str(&format!(" ({}{more})", named.join(", ")));
            }
            Diagnostic::warning("refi/not-carried-over", message)
        };
        self.kinds.iter().map(told).collect()
    }
}
