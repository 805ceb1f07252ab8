//! Languages other than Norwegian: two words are forms of one where their Snowball stems are equal.

use rust_stemmers::{Algorithm, Stemmer};

use crate::language::OtherLanguage;

/// The stem of `form` in `language`.
pub(super) fn stem(form: &str, language: OtherLanguage) -> String {
    Stemmer::create(algorithm(language)).stem(form).into_owned()
}

fn algorithm(language: OtherLanguage) -> Algorithm {
    match language {
        OtherLanguage::Arabic => Algorithm::Arabic,
        OtherLanguage::Danish => Algorithm::Danish,
        OtherLanguage::Dutch => Algorithm::Dutch,
        OtherLanguage::English => Algorithm::English,
        OtherLanguage::Finnish => Algorithm::Finnish,
        OtherLanguage::French => Algorithm::French,
        OtherLanguage::German => Algorithm::German,
        OtherLanguage::Greek => Algorithm::Greek,
        OtherLanguage::Hungarian => Algorithm::Hungarian,
        OtherLanguage::Italian => Algorithm::Italian,
        OtherLanguage::Portuguese => Algorithm::Portuguese,
        OtherLanguage::Romanian => Algorithm::Romanian,
        OtherLanguage::Russian => Algorithm::Russian,
        OtherLanguage::Spanish => Algorithm::Spanish,
        OtherLanguage::Swedish => Algorithm::Swedish,
        OtherLanguage::Tamil => Algorithm::Tamil,
        OtherLanguage::Turkish => Algorithm::Turkish,
    }
}
