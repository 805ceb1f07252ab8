//! The words that a codebook file may use where only certain words are allowed, and what they stand for.

use super::Codebook;
use crate::language::{Compounds, Language, OtherLanguage, Stance};

/// What `compounds` may say.
pub(crate) const COMPOUNDS: &[(&str, Compounds)] =
    &[("none", Compounds::None), ("head", Compounds::Head), ("both", Compounds::Both)];

/// What `stance` may say.
pub(crate) const STANCES: &[(&str, Stance)] =
    &[("present", Stance::Present), ("missing", Stance::Missing), ("mixed", Stance::Mixed), ("needed", Stance::Needed)];

/// What each of `languages` may say: ISO 639-1 codes. `no` is Norwegian of either kind.
pub(crate) const LANGUAGES: &[(&str, &[Language])] = &[
    ("nb", &[Language::Bokmaal]),
    ("nn", &[Language::Nynorsk]),
    ("no", &NORWEGIAN),
    ("ar", &[Language::Other(OtherLanguage::Arabic)]),
    ("da", &[Language::Other(OtherLanguage::Danish)]),
    ("de", &[Language::Other(OtherLanguage::German)]),
    ("el", &[Language::Other(OtherLanguage::Greek)]),
    ("en", &[Language::Other(OtherLanguage::English)]),
    ("es", &[Language::Other(OtherLanguage::Spanish)]),
    ("fi", &[Language::Other(OtherLanguage::Finnish)]),
    ("fr", &[Language::Other(OtherLanguage::French)]),
    ("hu", &[Language::Other(OtherLanguage::Hungarian)]),
    ("it", &[Language::Other(OtherLanguage::Italian)]),
    ("nl", &[Language::Other(OtherLanguage::Dutch)]),
    ("pt", &[Language::Other(OtherLanguage::Portuguese)]),
    ("ro", &[Language::Other(OtherLanguage::Romanian)]),
    ("ru", &[Language::Other(OtherLanguage::Russian)]),
    ("sv", &[Language::Other(OtherLanguage::Swedish)]),
    ("ta", &[Language::Other(OtherLanguage::Tamil)]),
    ("tr", &[Language::Other(OtherLanguage::Turkish)]),
];

impl Codebook {
    /// Whether it inflects words of the language with this ISO 639-1 code.
    #[must_use]
    pub fn is_in(&self, code: &str) -> bool {
        let known = LANGUAGES.iter().find(|(known, _)| *known == code);
        known.is_some_and(|(_, own)| own.iter().any(|language| self.languages.contains(language)))
    }
}

/// Both kinds of Norwegian: what `no` means, and what a codebook that names no language is taken to be in.
pub(super) const NORWEGIAN: [Language; 2] = [Language::Bokmaal, Language::Nynorsk];
