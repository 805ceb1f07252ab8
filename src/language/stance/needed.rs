//! What calls for the theme: modal verbs, and what is said to be important.

use super::lexicon::Class;
use super::phrase::{ends_clause, ends_phrase, is_fronted_adverbial, leads_to_theme};
use super::reach::{after_own_som, has_theme_as_subject};
use super::sentence::{Found, Sentence};

/// The furthest a modal verb reaches, in words.
const MODAL: usize = 16;

/// `må (…) forankres`, `må sørge for at …`, `forankringen må …`; not `må si`, `må ha vært`.
pub(super) fn is_modal_of_theme(sentence: &Sentence<'_>, found: &Found) -> bool {
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
    let is_plan = sentence.is(found.start, Class::Plan);
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
    if sentence.form(next) != "ha" || !sentence.is(found.start, Class::Supposing) {
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
pub(super) fn calls_for_theme(sentence: &Sentence<'_>, found: &Found) -> bool {
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
pub(super) fn is_importance_of_theme(sentence: &Sentence<'_>, found: &Found) -> bool {
    let between = after_own_som(sentence)..found.start;
    let is_free = ends_phrase(sentence, found.end) || sentence.is(found.end, Class::NounOfImportance);
    let fits = |at: usize| {
        let is_other_verb = sentence.is(at, Class::Finite) && !sentence.is_any(at, &[Class::Copula, Class::Light]);
        !is_other_verb && !sentence.is(at, Class::Past) && !sentence.is_subject(at) && sentence.form(at) != "men"
    };
    is_free && between.clone().all(fits) && sentence.barrier_in(between).is_none() && !is_fronted_adverbial(sentence)
}
