//! Where a noun phrase begins and ends: what may stand before the theme in its phrase, which preposition it hangs on,
//! and whether a word ends its phrase. Guesses by word class and ending; nobody parses.

use super::lexicon::{Class, Reach};
use super::sentence::Sentence;

/// Endings of adjectives and of adverbs made from them.
const ADJECTIVE_ENDINGS: [&str; 26] = [
    "ig", "ige", "eg", "ege", "sk", "ske", "skt", "ell", "elt", "elle", "iv", "ivt", "ive", "al", "alt", "ale", "ær",
    "ært", "ære", "bar", "ende", "ande", "ert", "erte", "nt", "ens",
];

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
pub(super) fn is_fronted_adverbial(sentence: &Sentence<'_>) -> bool {
    let start = sentence.clause.start;
    governing_preposition(sentence).is_some_and(|at| {
        sentence.is(start, Class::Preposition) && !(start..at).any(|word| sentence.is(word, Class::Finite))
    })
}

/// Whether the clause is over at `at`.
pub(super) fn ends_clause(sentence: &Sentence<'_>, at: usize) -> bool {
    at >= sentence.clause.end || sentence.gap(at)
}

/// Whether an adjective or verb before `at` stands alone and is not said of a noun that follows.
pub(super) fn ends_phrase(sentence: &Sentence<'_>, at: usize) -> bool {
    let form = sentence.form(at);
    ends_clause(sentence, at)
        || sentence.is_any(
            at,
            &[
                Class::Preposition,
                Class::Coordinator,
                Class::Barrier,
                Class::Adverb,
                Class::Degree,
                Class::Finite,
                Class::Person,
            ],
        )
        || matches!(form, "enn" | "å" | "seg" | "hele" | "heile" | "hver" | "kvar")
        || matches!(form, "det" | "de" | "dei" | "den")
            && matches!(sentence.form(at + 1), "siste" | "første" | "fyrste")
        || sentence.is(at, Class::Positive) && ends_clause(sentence, at + 1)
        || sentence.found_at(at).is_some_and(|found| found.reach == Reach::Negation)
        || is_participle(form) && !sentence.covered(at)
}

/// A guess by the ending: `ivaretatt`, `fordelt`; not `engasjement`, `enighet`.
fn is_participle(form: &str) -> bool {
    form.len() > 5
        && form.ends_with('t')
        && !["ent", "het", "eit", "skt", "ivt"].iter().any(|ending| form.ends_with(ending))
}
