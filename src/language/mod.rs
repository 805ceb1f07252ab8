//! What temakart knows of languages: words, inflection, compounds, stance cues.

mod terms;
mod tokens;

pub use terms::{Compounds, Grade, Language, OtherLanguage, Stance};
pub use tokens::{BROKEN, GROUP, Group, Tokens, Word};
