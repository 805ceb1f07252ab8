//! A form → the words that it may be a form of, for those who ask with running text and not with a base form.

use rust_stemmers::{Algorithm, Stemmer};

use super::lexicon::Lexicon;

/// The base forms that the lexicon gives for `form`, folded, in order; without `form` itself.
#[must_use]
pub fn base_forms(form: &str) -> Vec<String> {
    let mut bases: Vec<String> =
        Lexicon::get().readings(form).map(|reading| reading.base()).filter(|base| base != form).collect();
    bases.sort();
    bases.dedup();
    bases
}

/// What Snowball leaves of a Norwegian form: a beginning of it. Rough, but it needs no lexicon.
#[must_use]
pub fn norwegian_stem(form: &str) -> String {
    Stemmer::create(Algorithm::Norwegian).stem(form).into_owned()
}
