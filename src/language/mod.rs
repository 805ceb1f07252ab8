//! What temakart knows of languages: words, inflection, compounds, stance cues.

mod stance;
mod table;
mod terms;
mod tokens;
mod vote;
mod words;

pub use stance::{Around, Cue, CueSet, Stances, stance_of, stance_of_segment, stance_words};
pub use terms::{Compounds, Grade, Language, OtherLanguage, Stance};
pub use tokens::{BROKEN, GROUP, Group, Tokens, Word};
pub use vote::{Vote, is_function_word, language_of_tag};
pub use words::{
    FormList, Rejection, Resolver, VerbForm, WordMatcher, WordQuery, base_forms, is_adjective, is_adverb, is_known,
    is_noun, is_noun_form, lookalikes, norwegian_stem, resolve, twins, verb_form,
};
