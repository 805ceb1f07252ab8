//! Whether a cue is about the theme: what may stand between the two, and in which order.

use super::lexicon::{Class, Reach};
use super::negation;
use super::sentence::{Found, Sentence};
use crate::language::Stance;

/// The furthest a verb reaches for its object, in words.
const OBJECT: usize = 12;
/// The furthest a modal verb reaches, in words.
const MODAL: usize = 16;

/// Endings of adjectives and of adverbs made from them.
const ADJECTIVE_ENDINGS: [&str; 26] = [
    "ig", "ige", "eg", "ege", "sk", "ske", "skt", "ell", "elt", "elle", "iv", "ivt", "ive", "al", "alt", "ale", "ær", "ært",
    "ære", "bar", "ende", "ande", "ert", "erte", "nt", "ens",
];

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
            is_fronted(sentence, found) || (ends_phrase(sentence, found.end) && has_theme_as_subject(sentence, found))
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
    let classes = [Class::Finite, Class::Preposition, Class::Determiner, Class::Adverb, Class::Coordinator, Class::Have];
    sentence.form(found.start) == "låg"
        && found.start > sentence.clause.start
        && !sentence.is_any(found.start - 1, &classes)
}

/// Whether the cue stands among the words of a mention of several words.
pub(super) fn is_inside(sentence: &Sentence<'_>, found: &Found) -> bool {
    found.start < sentence.theme.end && found.end > sentence.theme.start
}

/// Whether word `at` can stand before a noun in its phrase: adjectives, determiners, adverbs, genitives.
pub(super) fn is_premodifier(sentence: &Sentence<'_>, at: usize) -> bool {
    let form = sentence.form(at);
    if sentence.is_any(at, &[Class::Adjective, Class::Adverb, Class::Degree, Class::Determiner]) {
        return true;
    }
    if sentence.is_any(at, &[Class::Preposition, Class::Coordinator, Class::Barrier, Class::Finite]) {
        return false;
    }
    let is_genitive = form.len() > 5 && ["ens", "ets", "enes", "anes"].iter().any(|ending| form.ends_with(ending));
    is_genitive || (form.len() > 4 && ADJECTIVE_ENDINGS.iter().any(|ending| form.ends_with(ending)))
}

/// Whether only premodifiers, carriers and earlier members of a list stand between word `from` and the theme.
///
/// An adjective stops short of a list's later member that has adjectives of its own ("lite tid og god forankring");
/// a governor does not.
pub(super) fn leads_to_theme(sentence: &Sentence<'_>, from: usize, governs: bool) -> bool {
    let mut at = from;
    let mut in_list = false;
    while at < sentence.theme.start {
        if at > from && sentence.gap(at) && !sentence.is(at, Class::Coordinator) && !in_list {
            return false;
        }
        if let Some(carrier) = sentence.found_at(at).filter(|found| found.reach == Reach::Carrier) {
            at = carrier.end;
        } else if is_premodifier(sentence, at) && !sentence.covered(at) {
            if in_list && !governs {
                return false;
            }
            at += 1;
        } else if let Some(next) = after_list_member(sentence, at) {
            in_list = true;
            at = next;
        } else if sentence.covered(at) && sentence.found_at(at).is_some_and(|found| is_attribute(found.reach)) {
            at += 1;
        } else {
            return false;
        }
    }
    at == sentence.theme.start && (at == from || !sentence.gap(at) || in_list)
}

fn is_attribute(reach: Reach) -> bool {
    matches!(reach, Reach::Attribute | Reach::Predicate)
}

/// Where a list goes on behind the noun at `at`: `tid og …`, `tid, …`, `forankring av og …`.
fn after_list_member(sentence: &Sentence<'_>, at: usize) -> Option<usize> {
    let classes = [Class::Preposition, Class::Barrier, Class::Finite, Class::Pronoun, Class::Light];
    if sentence.is_any(at, &classes) && !sentence.is(at, Class::Coordinator) {
        return None;
    }
    if is_join(sentence.form(at)) {
        return Some(at + 1);
    }
    let next = if sentence.is(at + 1, Class::Preposition) && is_join(sentence.form(at + 2)) { at + 2 } else { at + 1 };
    if is_join(sentence.form(next)) {
        return Some(next + 1);
    }
    (sentence.gap(next) && !sentence.is(next, Class::Coordinator)).then_some(next)
}

fn is_join(form: &str) -> bool {
    matches!(form, "og" | "eller" | "samt")
}

/// The preposition that governs the theme's phrase, unless a carrier brings it.
pub(super) fn governing_preposition(sentence: &Sentence<'_>) -> Option<usize> {
    let mut at = sentence.theme.start;
    while at > 0 && !sentence.gap(at) {
        let before = at - 1;
        if let Some(carrier) = sentence.found_at(before).filter(|found| found.reach == Reach::Carrier) {
            at = carrier.start;
        } else if sentence.is(before, Class::Preposition) {
            return Some(before);
        } else if before > 0 && is_join(sentence.form(before)) {
            // A later member of a list hangs on what the first one hangs on.
            at = before - 1;
        } else if before > 0 && sentence.form(before - 1) == "å" {
            at = before - 1;
        } else if is_premodifier(sentence, before)
            || sentence.form(before) == "å"
            || sentence.is(before, Class::Light) && !sentence.is(before, Class::Finite)
        {
            at = before;
        } else {
            return None;
        }
    }
    None
}

/// Whether the theme hangs on a preposition that opens the clause: `Til tross for støtten må …`.
fn is_fronted_adverbial(sentence: &Sentence<'_>) -> bool {
    let start = sentence.clause.start;
    governing_preposition(sentence).is_some_and(|at| {
        sentence.is(start, Class::Preposition) && !(start..at).any(|word| sentence.is(word, Class::Finite))
    })
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
fn after_own_som(sentence: &Sentence<'_>) -> usize {
    let end = sentence.theme.end;
    if matches!(sentence.form(end), "som" | "om") { end + 1 } else { end }
}

/// Whether the clause is over at `at`.
fn ends_clause(sentence: &Sentence<'_>, at: usize) -> bool {
    at >= sentence.clause.end || sentence.gap(at)
}

/// Whether an adjective or verb before `at` stands alone and is not said of a noun that follows.
fn ends_phrase(sentence: &Sentence<'_>, at: usize) -> bool {
    let form = sentence.form(at);
    ends_clause(sentence, at)
        || sentence.is_any(
            at,
            &[Class::Preposition, Class::Coordinator, Class::Barrier, Class::Adverb, Class::Degree, Class::Finite, Class::Person],
        )
        || matches!(form, "enn" | "å" | "seg" | "hele" | "heile" | "hver" | "kvar")
        || sentence.is(at, Class::Positive) && ends_clause(sentence, at + 1)
        || sentence.found_at(at).is_some_and(|found| found.reach == Reach::Negation)
        || is_participle(form) && !sentence.covered(at)
}

/// A guess by the ending: `ivaretatt`, `fordelt`; not `engasjement`, `enighet`.
fn is_participle(form: &str) -> bool {
    form.len() > 5 && form.ends_with('t') && !["ent", "het", "eit", "skt", "ivt"].iter().any(|ending| form.ends_with(ending))
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
    if to - from > OBJECT || (from..to).any(|at| sentence.is_any(at, &[Class::Speech, Class::Block]) && !sentence.covered(at)) {
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
fn has_theme_as_subject(sentence: &Sentence<'_>, found: &Found) -> bool {
    let between = after_own_som(sentence)..found.start;
    let fits = |at: usize| {
        let is_other_verb = sentence.is(at, Class::Finite) && !sentence.is_any(at, &[Class::Copula, Class::Have, Class::Light]);
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
            let is_pronoun = at > 0 && matches!(sentence.form(at - 1), "noen" | "nokon" | "en" | "ein" | "folk" | "nån");
            let opens = sentence.form(at) == "at" || (sentence.form(at) == "som" && is_pronoun);
            opens && at - from <= within && sentence.barrier_in(at + 1..to).is_none()
        }
    }
}

fn is_modal_of_theme(sentence: &Sentence<'_>, found: &Found) -> bool {
    let mut next = found.end;
    while next < sentence.len()
        && next < found.end + 4
        && sentence.is_any(next, &[Class::Adverb, Class::Degree, Class::Person, Class::Pronoun])
    {
        next += 1;
    }
    if sentence.is(next, Class::Speech) || is_supposition(sentence, found, next) {
        return false;
    }
    if found.end <= sentence.theme.start {
        let (from, to) = (found.end, sentence.theme.start);
        return to - from <= MODAL
            && match sentence.barrier_in(from..to) {
                None => true,
                Some(at) => {
                    sentence.form(at) == "at"
                        && (from..at).any(|word| sentence.is(word, Class::Opener))
                        && sentence.barrier_in(at + 1..to).is_none()
                }
            };
    }
    // Must and ought are said of their subject; "støtten skal gå til …" only tells a plan.
    let is_plan = matches!(sentence.form(found.start), "skal" | "ska" | "skulle");
    let form = sentence.form(next);
    let is_about = !is_plan
        || sentence.is(next, Class::RightOfModal)
        || (form.len() > 3 && (form.ends_with('s') || form.ends_with("st")))
        || sentence.is_subject(found.end)
        || ends_clause(sentence, found.end);
    is_about && has_theme_as_subject(sentence, found)
}

/// `må ha hatt`, `skal visstnok ha vært`: said of what was, not of what is called for.
fn is_supposition(sentence: &Sentence<'_>, found: &Found, next: usize) -> bool {
    if sentence.form(next) != "ha" || !matches!(sentence.form(found.start), "må" | "skal" | "ska" | "måtte" | "lyt") {
        return false;
    }
    let mut at = next + 1;
    while sentence.is(at, Class::Adverb) && at < next + 3 {
        at += 1;
    }
    let is_participle_theme = at == sentence.theme.start && sentence.form(at).ends_with("ret");
    sentence.is(at, Class::Supine) || is_participle_theme
}

/// `viktig (for oss) å …`, `viktig at …`, `det viktigste er …`; what *was* important that … was there.
fn calls_for_theme(sentence: &Sentence<'_>, found: &Found) -> bool {
    let (mut from, to) = (found.end, sentence.theme.start);
    if sentence.is(from, Class::NounOfImportance) {
        from += 1;
    }
    let was = (found.start.saturating_sub(4)..found.start).any(|at| sentence.is(at, Class::Past));
    let mut openers = (from..to.min(from + 8)).filter(|at| matches!(sentence.form(*at), "å" | "at" | "med"));
    let opens = |at: usize| {
        let is_other_verb = |word: usize| sentence.is(word, Class::Finite) && !sentence.is(word, Class::Copula);
        let is_open = !(from..at).any(is_other_verb);
        let was = was || (from..at).any(|word| sentence.is(word, Class::Past));
        let is_factual = was && sentence.form(at) != "å";
        is_open && !is_factual && sentence.barrier_in(at + 1..to).is_none()
    };
    if openers.any(opens) {
        return true;
    }
    let copula = (from..to.min(from + 6)).find(|at| sentence.is(*at, Class::Copula) && sentence.is(*at, Class::Finite));
    let is_matrix = |at: usize| sentence.barrier_in(from..at).is_none() && !sentence.is(at, Class::Past);
    copula.is_some_and(|at| is_matrix(at) && leads_to_theme(sentence, at + 1, true))
}

/// `forankring er viktig`, `forankring som et viktig suksesskriterium`; not what *was* important.
fn is_importance_of_theme(sentence: &Sentence<'_>, found: &Found) -> bool {
    let between = after_own_som(sentence)..found.start;
    let is_free = ends_phrase(sentence, found.end) || sentence.is(found.end, Class::NounOfImportance);
    let fits = |at: usize| {
        let is_other_verb = sentence.is(at, Class::Finite) && !sentence.is_any(at, &[Class::Copula, Class::Light]);
        !is_other_verb && !sentence.is(at, Class::Past) && !sentence.is_subject(at) && sentence.form(at) != "men"
    };
    is_free && between.clone().all(fits) && sentence.barrier_in(between).is_none() && !is_fronted_adverbial(sentence)
}
