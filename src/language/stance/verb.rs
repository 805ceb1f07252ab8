//! The finite verb of a clause where no list knows it (`ledelsen støttet oss`), by the lexicon and by its place.
//!
//! A past in `-et` or `-a` is spelt like a participle, and some are spelt like a noun (`samarbeidet`), so a word is only
//! believed to be the verb where none of the lists has one, behind something that can be a subject. Asked where a comma
//! or a coordinator asks for it, not of every sentence: the lexicon is slow beside the lists.

use std::ops::Range;

use super::lexicon::Class;
use super::phrase::is_premodifier;
use super::sentence::Sentence;
use crate::language::{VerbForm, is_known, is_noun, verb_form};

/// What is no verb, or one that the lists know better.
const KNOWN: [Class; 14] = [
    Class::Adverb,
    Class::Degree,
    Class::Adjective,
    Class::Preposition,
    Class::Determiner,
    Class::Pronoun,
    Class::Person,
    Class::Indefinite,
    Class::Coordinator,
    Class::Barrier,
    Class::Copula,
    Class::Have,
    Class::Light,
    Class::Supine,
];

/// The word that is the verb of the clause `words`, if no listed verb stands there. `is_behind_coordinator` where the
/// clause is the later of two, whose subject may stand in the first: `… og støttet arbeidet`.
pub(super) fn in_clause(sentence: &Sentence<'_>, words: Range<usize>, is_behind_coordinator: bool) -> Option<usize> {
    if words.clone().any(|at| sentence.is(at, Class::Finite)) || sentence.has_being(words.clone()) {
        return None;
    }
    let has_subject = |at: &usize| match () {
        () if *at > words.start => can_follow(sentence, *at),
        () => is_behind_coordinator && !sentence.gap(*at) && opens_predicate(sentence, at + 1),
    };
    let fits = |at: &usize| match verb_form(sentence.form(*at)) {
        Some(VerbForm::Finite) => true,
        // `prosjekter støttet av rådmannen`
        Some(VerbForm::Past) => sentence.form(at + 1) != "av",
        // `målene må avklares og forankringen styrkes` has one verb for both.
        Some(VerbForm::Passive) => !is_behind_coordinator,
        Some(VerbForm::Shared) => is_behind_subject(sentence, *at, &words),
        None => is_past_of_nynorsk(sentence.form(*at)) && is_behind_subject(sentence, *at, &words),
    };
    words.clone().find(|at| !sentence.is_any(*at, &KNOWN) && has_subject(at) && fits(at))
}

/// Whether a verb may stand at `at`, going by the word before it.
fn can_follow(sentence: &Sentence<'_>, at: usize) -> bool {
    let before = at - 1;
    !sentence.gap(at)
        && !matches!(sentence.form(before), "å" | "en" | "ein" | "de" | "dei" | "seg" | "mer" | "meir")
        && !sentence.is_any(before, &[Class::Preposition, Class::Coordinator, Class::Barrier])
        && (!is_premodifier(sentence, before) || is_people(sentence, before))
}

/// `de ansatte`, `dei unge`: an adjective that names people.
fn is_people(sentence: &Sentence<'_>, at: usize) -> bool {
    at > 0 && matches!(sentence.form(at - 1), "de" | "dei")
}

/// Whether what stands at `at`, behind a verb without a subject of its own, is no noun that a participle stands before:
/// `og styrket arbeidet`, not `og styrket samarbeid`.
fn opens_predicate(sentence: &Sentence<'_>, at: usize) -> bool {
    at >= sentence.len()
        || sentence.gap(at)
        || sentence.form(at) == "å"
        || sentence.is_definite_noun(at)
        || sentence.is_any(
            at,
            &[Class::Determiner, Class::Pronoun, Class::Preposition, Class::Adverb, Class::Degree, Class::Barrier],
        )
}

/// Whether a definite noun or a name stands before word `at`, and no preposition opens its clause: then a word that may
/// be a noun is the verb.
fn is_behind_subject(sentence: &Sentence<'_>, at: usize, clause: &Range<usize>) -> bool {
    if at == clause.start || sentence.is(clause.start, Class::Preposition) {
        return false;
    }
    let before = at - 1;
    let is_name = || before == clause.start && !sentence.is_any(before, &KNOWN) && !is_known(sentence.form(before));
    sentence.is_definite_noun(before) || sentence.is_subject(before) || is_people(sentence, before) || is_name()
}

/// A guess by the ending, where the lexicon of bokmål knows nothing: `sakna`, `lurde`.
fn is_past_of_nynorsk(form: &str) -> bool {
    form.len() > 4 && ["a", "te", "de"].iter().any(|ending| form.ends_with(ending)) && !is_noun(form)
}
