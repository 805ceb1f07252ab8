//! Which forms of the material a bare word of a pattern accepts: inflection, derivation, compounds.
//!
//! The text is never stemmed. A pattern's word is inflected instead, once, and a form is accepted if it is among the
//! word's forms, or a compound with one of them:
//!
//! | question | answered by |
//! |---|---|
//! | which endings can the word take? | `class`: from the lexicon, its ending, its last part |
//! | which forms does that give? | `endings` by rule, `irregular` from lists; together in `paradigm` |
//! | is a form spelt like that really a form of it? | `lexicon` (Norsk ordbank bokmål), asked by `paradigm` |
//! | which words share its stem? | `derivation`, where the pattern asks for it |
//! | is what is left of a longer form the rest of a compound? | `compound` |
//! | what kind of form is it: hyphenated, suspended, broken? | `shape` |
//! | is this form accepted, and how? | `matcher`: the definition |
//! | which of 700,000 forms do 6,000 words accept? | `resolve`, by way of `keys` |
//! | what does the other written standard have for it? | `twins`: asked with running text only |
//! | can a form be the verb of a clause, or a noun's? | `verbs`: asked with running text only |
//! | which forms look alike and are not accepted, and why? | `near`; for many words at once by way of `lookalikes` |
//!
//! The lexicon knows bokmål. It has no say over a nynorsk form of a word that it does not know, or with an ending of
//! nynorsk's own. In other languages than Norwegian two words are one if their stems are (`stemmer`).
//!
//! The word lists lie in `language/data`; `examples/ordbank.rs` makes the lexicon.

mod base;
mod class;
mod compound;
mod derivation;
mod endings;
mod irregular;
mod keys;
mod lexicon;
mod list;
mod lookalikes;
mod matcher;
mod near;
mod paradigm;
mod resolve;
mod shape;
mod stemmer;
mod twins;
mod verbs;

pub use base::{base_forms, norwegian_stem};
pub use list::FormList;
pub use lookalikes::lookalikes;
pub use matcher::{WordMatcher, WordQuery};
pub use near::Rejection;
pub use resolve::{Resolver, resolve};
pub use twins::twins;
pub use verbs::{VerbForm, is_adjective, is_adverb, is_known, is_noun, is_noun_form, verb_form};
