//! Whether a form of running text is a verb's, a noun's, or may be either, as the lexicon has it.

use super::lexicon::{Lexicon, Reading};

/// How a form may be the finite verb of a clause. Where it stands decides what it is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VerbForm {
    /// The present or past of a verb, and nothing else: `forankrer`, `prioriterte`.
    Finite,
    /// Its past or its participle: `støttet`, `slutta`.
    Past,
    /// Its passive, which is present or infinitive: `oppfattes`.
    Passive,
    /// That, or a noun or an adjective: `samarbeidet`, `ønsket`.
    Shared,
}

/// What verb form `form` may be, folded; `None` where it is none, or none that can carry a clause.
#[must_use]
pub fn verb_form(form: &str) -> Option<VerbForm> {
    let ends = |endings: &[&str]| endings.iter().any(|ending| form.ends_with(ending));
    let found = match () {
        // `støttende`, and the nynorsk passive, which the lexicon does not know.
        () if ends(&["ende", "ande", "st"]) => return None,
        () if ends(&["es"]) => VerbForm::Passive,
        () if ends(&["et", "a"]) => VerbForm::Past,
        () if ends(&["te", "de"]) => VerbForm::Finite,
        // Other forms in t are participles, but for a few strong pasts, which stand in a list.
        () if ends(&["s", "e", "t"]) => return None,
        () => VerbForm::Finite,
    };
    let readings = Lexicon::get().readings(form);
    let is_verb = readings.clone().any(|reading| reading.is_verb() && !reading.begins_with(form));
    // A participle is an adjective too, and its base form a verb.
    let is_other = |reading: Reading<'_>| !(reading.is_verb() || reading.is_adjective() && reading.ends_with('e'));
    is_verb.then(|| if readings.clone().any(is_other) { VerbForm::Shared } else { found })
}

/// Whether `form` is `noun` inflected; `None` where the lexicon does not know `noun` as one.
///
/// The lexicon has no genitives.
#[must_use]
pub fn is_noun_form(form: &str, noun: &str) -> Option<bool> {
    let is_known = |form: &str| Lexicon::get().readings(form).any(|reading| reading.is_noun() && reading.is(noun));
    is_known(noun).then(|| is_known(form) || form.strip_suffix('s').is_some_and(is_known))
}

/// Whether the lexicon has `form` as a noun.
#[must_use]
pub fn is_noun(form: &str) -> bool {
    Lexicon::get().readings(form).any(|reading| reading.is_noun())
}

/// Whether the lexicon has `form` at all.
#[must_use]
pub fn is_known(form: &str) -> bool {
    Lexicon::get().knows(form)
}

/// Whether the lexicon has `form` as an adverb, and as no noun.
#[must_use]
pub fn is_adverb(form: &str) -> bool {
    Lexicon::get().readings(form).any(|reading| reading.is_adverb()) && !is_noun(form)
}

/// Whether the lexicon has `form` as an adjective, and as no noun.
#[must_use]
pub fn is_adjective(form: &str) -> bool {
    Lexicon::get().readings(form).any(|reading| reading.is_adjective()) && !is_noun(form)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(forms: &str, expected: Option<VerbForm>) {
        let wrong: Vec<(&str, Option<VerbForm>)> =
            forms.split(' ').map(|form| (form, verb_form(form))).filter(|(_, found)| *found != expected).collect();
        assert!(wrong.is_empty(), "{wrong:?}");
    }

    #[test]
    fn a_form_may_be_the_verb_of_a_clause() {
        check("forankrer prioriterte gikk", Some(VerbForm::Finite));
        check("støttet sluttet manglet styrket slutta", Some(VerbForm::Past));
        check("forankres oppfattes", Some(VerbForm::Passive));
        check("samarbeidet ønsket snakket droppet leder støtter støtta", Some(VerbForm::Shared));
        check("forankre forankring brukt støttende kommunene god prosjektet", None);
    }

    #[test]
    fn a_noun_is_inflected_and_a_verb_of_its_letters_is_not_it() {
        for (form, expected) in [
            ("starten", Some(true)),
            ("startens", Some(true)),
            ("slutten", Some(true)),
            ("sluttet", Some(false)),
            ("slutta", Some(false)),
            ("startet", Some(false)),
        ] {
            let noun = if form.starts_with("sl") { "slutt" } else { "start" };
            assert_eq!(is_noun_form(form, noun), expected, "{form}");
        }
        assert_eq!(is_noun_form("gjøviks", "gjøvik"), None);
    }
}
