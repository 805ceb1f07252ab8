//! Negations: which word they negate, which cue they cancel, and `uten` as a lack or as a condition.

use super::lexicon::{Class, Reach};
use super::phrase::{governing_preposition, is_premodifier, leads_to_theme};
use super::praise;
use super::sentence::{Found, Sentence};
use crate::language::Stance;

/// The furthest a negation reaches, in words.
const NEGATION: usize = 7;

/// Removes cues that a negation takes back (`ikke svak`, `mangler ikke`), together with the negation.
pub(super) fn cancel(sentence: &mut Sentence<'_>) {
    let negations: Vec<Found> = sentence.found.iter().filter(|found| found.reach == Reach::Negation).copied().collect();
    for negation in negations {
        // `aldri vært dårligere` takes nothing back.
        if praise::raised_by(sentence, &(negation.start..negation.end)).is_some() {
            continue;
        }
        let cancelled = sentence.found.iter().position(|cue| {
            let is_verb = matches!(cue.reach, Reach::Verb | Reach::Object | Reach::Subject | Reach::Before);
            is_cancellable(cue)
                && (is_close(sentence, negation.end, cue.start)
                    || is_verb && is_close(sentence, cue.end, negation.start))
        });
        if let Some(index) = cancelled {
            sentence.found.remove(index);
            sentence.found.retain(|found| *found != negation);
        }
    }
}

fn is_cancellable(cue: &Found) -> bool {
    cue.stance.is_some()
        && !matches!(cue.reach, Reach::Negation | Reach::Modal | Reach::Without | Reach::Sentence | Reach::Opening)
}

/// Whether at most two words, none of them of weight, stand from `from` up to `to`.
fn is_close(sentence: &Sentence<'_>, from: usize, to: usize) -> bool {
    let light = [Class::Adverb, Class::Degree, Class::Determiner, Class::Person, Class::Light];
    from <= to
        && to - from <= 2
        && (from..=to).all(|at| !sentence.gap(at))
        && (from..to).all(|at| sentence.is_any(at, &light))
}

/// Whether the negation is about the theme.
pub(super) fn negates(sentence: &Sentence<'_>, found: &Found) -> bool {
    if without(sentence).is_some() || is_praise(sentence, found) {
        return false;
    }
    if found.end <= sentence.theme.start { negates_ahead(sentence, found) } else { negates_behind(sentence, found) }
}

/// Whether the negation only says that there was never more of it, or nowhere.
fn is_praise(sentence: &Sentence<'_>, found: &Found) -> bool {
    let is_lack = |at: usize| {
        matches!(sentence.form(at), "verre" | "mindre")
            || sentence.found_at(at).is_some_and(|cue| cue.stance == Some(Stance::Missing))
    };
    praise::raised_by(sentence, &(found.start..found.end)).is_some_and(|at| !is_lack(at))
}

/// `ikke (godt nok) forankret`, `har ikke (prosjektet) fått støtte`, `tror ikke at forankringen …`.
fn negates_ahead(sentence: &Sentence<'_>, found: &Found) -> bool {
    let (from, to) = (found.end, sentence.theme.start);
    let is_open = match sentence.barrier_in(from..to) {
        None => true,
        Some(at) => {
            let is_raised = (found.start.saturating_sub(2)..found.start).any(|word| sentence.is(word, Class::Raising));
            at == from && sentence.form(at) == "at" && is_raised && sentence.barrier_in(at + 1..to).is_none()
        }
    };
    // "Kommer ikke til å støtte", "lyktes ikke med å forankre": part of the verb.
    let is_of_verb = |at: usize| {
        sentence.form(at + 1) == "å"
            && (from..at).all(|word| sentence.is_any(word, &[Class::Light, Class::Adverb, Class::Degree]))
    };
    let is_governed =
        governing_preposition(sentence).is_some_and(|at| at >= from && !sentence.covered(at) && !is_of_verb(at));
    if to - from > NEGATION || !is_open || is_governed || is_cleft(sentence, found) {
        return false;
    }
    let mut verbs = 0;
    for at in from..to {
        let is_list = matches!(sentence.form(to - 1), "og" | "eller");
        if sentence.is_any(at, &[Class::Block, Class::Speech]) && !sentence.is(at, Class::Light) && !sentence.covered(at)
            // What was never better is good.
            || sentence.form(found.start) == "aldri" && sentence.is(at, Class::Comparative)
            || matches!(sentence.form(at), "men" | "så")
                && !sentence.is_any(at + 1, &[Class::Adverb, Class::Adjective, Class::Degree])
            || sentence.gap(at) && at > from && !is_list
        {
            return false;
        }
        if sentence.is(at, Class::Finite) {
            verbs += 1;
            if !sentence.is_any(at, &[Class::Copula, Class::Have, Class::Light, Class::Raising]) {
                return false;
            }
        }
    }
    verbs <= 1 && (!sentence.gap(to) || to == from || matches!(sentence.form(to - 1), "og" | "eller"))
}

/// `det er ikke forankringen som …`: denies that it is the theme, not the theme.
fn is_cleft(sentence: &Sentence<'_>, found: &Found) -> bool {
    let end = sentence.theme.end;
    let points_on = sentence.form(end) == "som" || sentence.is(end, Class::Pronoun);
    found.start >= 2
        && points_on
        && sentence.is(found.start - 1, Class::Copula)
        && sentence.form(found.start - 2) == "det"
}

/// `støtter ikke`, `forankringen er ikke god`, `støtte fikk vi ikke`.
fn negates_behind(sentence: &Sentence<'_>, found: &Found) -> bool {
    let (from, to) = (sentence.theme.end, found.start);
    if sentence.gap(to) || (found.end..found.end + 2).any(|at| sentence.is(at, Class::Block)) {
        return false;
    }
    if to == from || (to == from + 1 && sentence.is(from, Class::Pronoun)) {
        return to > from || sentence.is_barrier(found.end) || denies_in_subclause(sentence, found.end);
    }
    let from = if sentence.form(from) == "som" { from + 1 } else { from };
    let Some(verb) = (from..to).find(|at| sentence.is(*at, Class::Finite)) else {
        // "… at forankringen i leddene ikke er god": only what hangs on a preposition stands between.
        let hangs = sentence.is(from, Class::Preposition)
            && sentence.is(found.end, Class::Finite)
            && !(from..to).any(|at| sentence.is_subject(at));
        return hangs && sentence.barrier_in(from..to).is_none() && denies_in_subclause(sentence, found.end);
    };
    let has_one_verb = (verb + 1..to).all(|at| !sentence.is(at, Class::Finite));
    let is_have = sentence.is(verb, Class::Have);
    let is_known = is_have || sentence.is_any(verb, &[Class::Copula, Class::Light]);
    let has_person = (from..to).any(|at| sentence.is_subject(at));
    if !has_one_verb
        || !is_known
        || (has_person && (!is_have || !sentence.is_subject(verb + 1) || governing_preposition(sentence).is_some()))
        || sentence.barrier_in(from..to).is_some()
        || (from..to).any(|at| sentence.form(at) == "men")
    {
        return false;
    }
    let next = found.end;
    let is_over = next >= sentence.clause.end || sentence.gap(next);
    let is_name = ["en", "ene", "ane"].iter().any(|ending| sentence.form(next).ends_with(ending));
    let begins_noun = (is_name && !is_premodifier(sentence, next))
        || sentence.is(next, Class::Determiner) && !matches!(sentence.form(next), "noe" | "noko" | "all");
    if is_have && !has_person {
        return is_over || sentence.is_any(next, &[Class::Supine, Class::Light]);
    }
    is_over || !begins_noun
}

/// Behind a theme that is a clause's subject (`at forankringen ikke var …`) the negation is about what follows;
/// it is about the theme where that is being there, being good, or being had.
fn denies_in_subclause(sentence: &Sentence<'_>, next: usize) -> bool {
    let before = sentence.theme.start.checked_sub(1);
    let is_inverted =
        before.is_some_and(|at| sentence.is(at, Class::Finite) && sentence.is_any(at, &[Class::Copula, Class::Have]));
    let (verb, mut next) = match before {
        _ if sentence.is(next, Class::Finite) => (next, next + 1),
        Some(before) if is_inverted => (before, next),
        _ => return true,
    };
    while sentence.is_any(next, &[Class::Adverb, Class::Degree, Class::Supine, Class::Light]) {
        next += 1;
    }
    let is_over = next >= sentence.clause.end || sentence.gap(next);
    sentence.is_any(verb, &[Class::Copula, Class::Have, Class::Light])
        && (is_over || sentence.is_any(next, &[Class::Positive, Class::Preposition, Class::Adjective]))
}

/// What `uten` says of the theme, if it stands over it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Without {
    /// The cue itself.
    pub(super) cue: Found,
    /// Missing, needed where it is a condition, present where a negation takes it back.
    pub(super) stance: Stance,
    /// The denial that makes it a condition.
    pub(super) denial: Option<(usize, usize)>,
}

/// `startet uten forankring` is a lack; `uten forankring, ingen varig verdi` and `går ikke uten støtte` are conditions.
pub(super) fn without(sentence: &Sentence<'_>) -> Option<Without> {
    let cue = *sentence.found.iter().rev().find(|found| {
        let is_ahead = found.end <= sentence.theme.start && sentence.clause.contains(&found.start);
        found.reach == Reach::Without && is_ahead && {
            let to = sentence.theme.start;
            match sentence.form(found.end - 1) {
                "at" => to - found.end <= NEGATION + 1 && sentence.barrier_in(found.end..to).is_none(),
                "å" | "ha" | "få" | "være" | "vere" => {
                    to - found.end <= 4 && governing_preposition(sentence).is_none_or(|at| at < found.end)
                }
                _ => leads_to_theme(sentence, found.end, true),
            }
        }
    })?;
    let needed = |denial| Some(Without { cue, stance: Stance::Needed, denial });
    if let Some(denial) = denial_before(sentence, &cue) {
        let is_double = denial.1 == cue.start && takes_back(sentence, denial.0);
        return if is_double {
            Some(Without { cue, stance: Stance::Present, denial: None })
        } else {
            needed(Some(denial))
        };
    }
    if is_initial(sentence, &cue) {
        if let Some(denial) = denial_after(sentence) {
            return needed(Some(denial));
        }
        if is_general(sentence) {
            return needed(None);
        }
    }
    Some(Without { cue, stance: Stance::Missing, denial: None })
}

/// `vi er ikke uten støtte` takes the lack back; `det går ikke uten støtte` states a condition.
fn takes_back(sentence: &Sentence<'_>, denial: usize) -> bool {
    denial == sentence.clause.start
        || (denial.saturating_sub(2)..denial).any(|at| sentence.is_any(at, &[Class::Copula, Class::Have]))
}

fn is_initial(sentence: &Sentence<'_>, cue: &Found) -> bool {
    cue.start == sentence.clause.start
        || sentence.gap(cue.start)
        || sentence.is_any(cue.start - 1, &[Class::Coordinator, Class::Barrier])
}

fn is_denial(sentence: &Sentence<'_>, at: usize) -> Option<(usize, usize)> {
    match sentence.found_at(at) {
        Some(found) if found.reach == Reach::Negation => Some((found.start, found.end)),
        _ => sentence.is(at, Class::Denial).then_some((at, at + 1)),
    }
}

fn denial_before(sentence: &Sentence<'_>, cue: &Found) -> Option<(usize, usize)> {
    let start = sentence.clause.start;
    let is_open = |at: &usize| !sentence.is_barrier(*at) && !sentence.gap(at + 1);
    (start..cue.start).rev().take_while(is_open).find_map(|at| is_denial(sentence, at))
}

/// Looks up to the end of the sentence, or to an `og` or `men` with a clause of its own.
fn denial_after(sentence: &Sentence<'_>) -> Option<(usize, usize)> {
    let is_other = |at: usize| at >= sentence.clause.end && sentence.is(at, Class::Coordinator);
    (sentence.theme.end..sentence.len()).take_while(|at| !is_other(*at)).find_map(|at| is_denial(sentence, at))
}

/// Whether the first verb behind the theme speaks in general: a present tense other than the perfect's `har`.
fn is_general(sentence: &Sentence<'_>) -> bool {
    let verb = (sentence.theme.end..sentence.len()).find(|at| sentence.is(*at, Class::Finite));
    verb.is_some_and(|at| {
        let form = sentence.form(at);
        form != "har"
            && (form.ends_with('r') || matches!(form, "vil" | "kan" | "må" | "vert" | "kjem" | "bør"))
            && form != "var"
    })
}
