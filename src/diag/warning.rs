//! A warning as it goes with results: a message about the material, not about a place in a file that is to be mended.

use std::borrow::Cow;

use serde::Serialize;

use super::Diagnostic;

/// Something that everybody who reads the numbers must know.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Warning {
    /// A stable id, such as `material/duplicate`.
    pub id: Cow<'static, str>,
    /// The document or file that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// One line that stands alone.
    pub message: String,
    /// Where the message is about two documents, the other one and what they share, for messages in other languages.
    #[serde(skip)]
    pub shared: Option<Shared>,
}

/// How much of a document stands in another one too.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Shared {
    /// The other document.
    pub with: String,
    /// Per cent, rounded.
    pub percent: u8,
}

impl Warning {
    /// A warning about the material as a whole.
    #[must_use]
    pub fn new(id: impl Into<Cow<'static, str>>, message: impl Into<String>) -> Self {
        Self { id: id.into(), message: message.into(), ..Self::default() }
    }

    /// Makes it a warning about one document or file.
    #[must_use]
    pub fn about(self, path: impl Into<String>) -> Self {
        Self { path: Some(path.into()), ..self }
    }

    /// Says that `share` of the document, from 0 to 1, stands in another one.
    #[must_use]
    pub fn shared(self, with: &str, share: f64) -> Self {
        let percent = (100.0 * share).round().clamp(0.0, 100.0) as u8;
        Self { shared: Some(Shared { with: with.to_owned(), percent }), ..self }
    }
}

/// What a message says, without the place that it points at.
impl From<&Diagnostic> for Warning {
    fn from(diagnostic: &Diagnostic) -> Self {
        Self::new(diagnostic.id, diagnostic.message.as_str())
    }
}
