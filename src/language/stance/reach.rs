//! Whether a cue is about the theme: what may stand between the two, and in which order.

use super::adverbial;
use super::lexicon::{Class, Reach};
use super::needed::{calls_for_theme, is_importance_of_theme, is_modal_of_theme};
use super::negation;
use super::phrase::{ends_clause, ends_phrase, governing_preposition, is_fronted_adverbial, leads_to_theme};
use super::sentence::{Found, Sentence};
use crate::language::Stance;

/// The furthest a verb reaches for its object, in words.
const OBJECT: usize = 12;
/// Whether `found` is about the theme. Negations and `uten` are judged in [`negation`].
pub(super) fn is_about_theme(sentence: &Sentence<'_>, found: &Found) -> bool {
    if is_inside(sentence, found) {
        return true;
    }
    if !sentence.clause.contains(&found.start) && found.reach != Reach::Sentence {
        return false;
    }
    let is_before = found.end <= sentence.theme.start;
    match (found.reach, is_before) {
        (Reach::Attribute, true) => !is_past_of_lie(sentence, found) && leads_to_theme(sentence, found.end, false),
        (Reach::Attribute | Reach::Predicative, false) => is_said_of_theme(sentence, found),
        (Reach::Predicative | Reach::Carrier | Reach::Idiom | Reach::Without, _) => false,
        (Reach::Governor, true) => leads_to_theme(sentence, found.end, true),
        (Reach::Governor, false) => {
            let takes = sentence.is(found.end - 1, Class::Preposition);
            takes && ends_clause(sentence, found.end) && no_barrier(sentence, found)
        }
        (Reach::Verb | Reach::Object | Reach::Subject, true) => takes_theme(sentence, found),
        (Reach::Verb, false) => {
            // In `manglet på alle nivå` the preposition opens an adverbial.
            let takes = sentence.is(found.end - 1, Class::Preposition);
            let is_alone = || takes || ends_phrase(sentence, found.end) || adverbial::stands_at(sentence, found.end);
            is_fronted(sentence, found) || (has_theme_as_subject(sentence, found) && is_alone())
        }
        (Reach::Object, false) => is_fronted(sentence, found),
        (Reach::Subject, false) => !is_restriction(sentence, found) && has_theme_as_subject(sentence, found),
        (Reach::Clause, true) if found.stance == Some(Stance::Needed) => opens_to_theme(sentence, found, 1),
        (Reach::Clause, true) => no_barrier(sentence, found),
        (Reach::Clause, false) => {
            let takes_another = sentence.is(found.end - 1, Class::Preposition) && !ends_clause(sentence, found.end);
            !takes_another && no_barrier(sentence, found)
        }
        (Reach::Before, true) => opens_to_theme(sentence, found, 2),
        (Reach::Before, false) => !is_restriction(sentence, found) && is_fronted(sentence, found),
        (Reach::Opener, true) => sentence.barrier_in(found.end..sentence.theme.start).is_none(),
        (Reach::Opener, false) => false,
        (Reach::Sentence, _) => true,
        (Reach::Modal, _) => is_modal_of_theme(sentence, found),
        (Reach::Predicate, true) => calls_for_theme(sentence, found),
        (Reach::Predicate, false) => !is_restriction(sentence, found) && is_importance_of_theme(sentence, found),
        (Reach::Opening, true) => {
            let has_verb = sentence.clause.clone().any(|at| sentence.is(at, Class::Finite));
            found.start == sentence.clause.start && !has_verb && no_barrier(sentence, found)
        }
        (Reach::Opening, false) => false,
        (Reach::Negation, _) => negation::negates(sentence, found),
    }
}

/// Nynorsk `låg` is "low" and "lay"; behind a noun or a person it is the verb (`båten låg forankra`).
fn is_past_of_lie(sentence: &Sentence<'_>, found: &Found) -> bool {
    let classes =
        [Class::Finite, Class::Preposition, Class::Determiner, Class::Adverb, Class::Coordinator, Class::Have];
    sentence.form(found.start) == "låg"
        && found.start > sentence.clause.start
        && !sentence.is_any(found.start - 1, &classes)
}

/// Whether the cue stands among the words of a mention of several words.
pub(super) fn is_inside(sentence: &Sentence<'_>, found: &Found) -> bool {
    found.start < sentence.theme.end && found.end > sentence.theme.start
}

/// Whether no clause of its own begins between cue and theme; one that follows the theme directly is the theme's.
fn no_barrier(sentence: &Sentence<'_>, found: &Found) -> bool {
    if found.end <= sentence.theme.start {
        return sentence.barrier_in(found.end..sentence.theme.start).is_none();
    }
    sentence.barrier_in(after_own_som(sentence)..found.start).is_none()
}

/// `støtten (som) vi trenger`, `den støtten som er nødvendig`: says which one, and calls for nothing.
fn is_restriction(sentence: &Sentence<'_>, found: &Found) -> bool {
    let end = sentence.theme.end;
    found.stance == Some(Stance::Needed) && (sentence.is_barrier(end) || sentence.is_subject(end))
}

/// The word behind the theme, or behind a `som` or a preposition `om` that follows it directly.
pub(super) fn after_own_som(sentence: &Sentence<'_>) -> usize {
    let end = sentence.theme.end;
    if matches!(sentence.form(end), "som" | "om") { end + 1 } else { end }
}

/// `forankringen (i ledelsen) er (svært) svak`, `… oppleves som svak`, `forankringen, som var svak, …`.
fn is_said_of_theme(sentence: &Sentence<'_>, found: &Found) -> bool {
    if !ends_phrase(sentence, found.end) {
        return false;
    }
    let has_copula = (sentence.theme.end..found.start).any(|at| sentence.is(at, Class::Copula));
    if !has_copula && governing_preposition(sentence).is_some() {
        return false;
    }
    let mut joined = false;
    for at in after_own_som(sentence)..found.start {
        if sentence.is_barrier(at) || sentence.is_subject(at) {
            return false;
        }
        let is_verb_of_being = sentence.is_any(at, &[Class::Copula, Class::Have, Class::Light]) || sentence.covered(at);
        if sentence.is(at, Class::Finite) && !is_verb_of_being {
            return false;
        }
        if (sentence.gap(at) && at > sentence.theme.end) || sentence.is(at, Class::Coordinator) {
            joined = true;
        } else if joined
            && !is_verb_of_being
            && !sentence.is_any(at, &[Class::Adverb, Class::Degree, Class::Preposition, Class::Determiner])
        {
            // A noun behind a comma or `og` is what the adjective is said of, unless it hangs on a preposition.
            let mut before = (sentence.theme.end..at).rev().take_while(|word| !sentence.gap(*word));
            if !before.any(|word| sentence.is(word, Class::Preposition)) {
                return false;
            }
        }
    }
    true
}

/// A verb before its object or subject: `mangler (kommunen) (politisk) forankring`.
fn takes_theme(sentence: &Sentence<'_>, found: &Found) -> bool {
    let (from, to) = (found.end, sentence.theme.start);
    if to - from > OBJECT
        || (from..to).any(|at| sentence.is_any(at, &[Class::Speech, Class::Block]) && !sentence.covered(at))
    {
        return false;
    }
    opens_to_theme(sentence, found, 2) && governing_preposition(sentence).is_none_or(|at| at < from)
}

/// `Forankring savner vi`, `støtten (som) vi savnet`, `forankring er noe vi trenger`.
fn is_fronted(sentence: &Sentence<'_>, found: &Found) -> bool {
    let is_behind = sentence.is_subject(found.end);
    let is_before = sentence.is_subject(found.start - 1) && ends_phrase(sentence, found.end);
    let verbs = (sentence.theme.end..found.start).filter(|at| sentence.is(*at, Class::Finite));
    (is_behind || is_before)
        && governing_preposition(sentence).is_none()
        && verbs.into_iter().all(|at| sentence.is_any(at, &[Class::Copula, Class::Have]))
        && no_barrier(sentence, found)
}

/// `forankringen (i ledelsen) (har) sviktet`.
pub(super) fn has_theme_as_subject(sentence: &Sentence<'_>, found: &Found) -> bool {
    let between = after_own_som(sentence)..found.start;
    let fits = |at: usize| {
        let is_other_verb =
            sentence.is(at, Class::Finite) && !sentence.is_any(at, &[Class::Copula, Class::Have, Class::Light]);
        !is_other_verb && !sentence.is_subject(at) && !matches!(sentence.form(at), "men")
    };
    between.clone().all(fits) && sentence.barrier_in(between).is_none() && !is_fronted_adverbial(sentence)
}

/// Whether the theme stands in the cue's clause, or in one with `at` that begins within `within` words of the cue.
fn opens_to_theme(sentence: &Sentence<'_>, found: &Found, within: usize) -> bool {
    let (from, to) = (found.end, sentence.theme.start);
    match sentence.barrier_in(from..to) {
        None => true,
        Some(at) => {
            let is_pronoun = at > 0 && sentence.is(at - 1, Class::Indefinite);
            let opens = sentence.form(at) == "at" || (sentence.form(at) == "som" && is_pronoun);
            opens && at - from <= within && sentence.barrier_in(at + 1..to).is_none()
        }
    }
}
