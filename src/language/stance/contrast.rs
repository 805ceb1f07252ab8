//! Mixed stances that no single cue tells: `noen … andre`, `forankret politisk, men ikke administrativt`.

use std::ops::Range;

use super::lexicon::{Class, Reach};
use super::sentence::{Found, Sentence};
use crate::language::Stance;

/// The two words that set some against others around the theme.
pub(super) fn some_and_others(sentence: &Sentence<'_>) -> Option<(Range<usize>, Range<usize>)> {
    let others = (0..sentence.len()).find(|at| sentence.form(*at) == "andre" && !sentence.own(*at))?;
    let some = (0..others).rev().find(|at| sentence.is(*at, Class::Some) && !sentence.own(*at))?;
    let is_parted = (some..=others)
        .any(|at| sentence.gap(at) || sentence.is(at, Class::Coordinator) || sentence.is(at, Class::Whereas));
    let is_negated = |at: usize| sentence.found_at(at).is_some_and(|found| found.reach == Reach::Negation);
    let stands_alone = others + 1 >= sentence.len()
        || sentence.gap(others + 1)
        || sentence.is(others + 1, Class::Finite)
        || is_negated(others + 1);
    let is_alike = sentence.form(some + 1) == sentence.form(others + 1)
        || some > 0
            && sentence.is(some - 1, Class::Preposition)
            && sentence.form(some - 1) == sentence.form(others - 1);
    // "Med noen kommuner og med andre aktører" sets nothing against anything.
    let has_lack = || sentence.found.iter().any(|found| found.start > some && found.stance == Some(Stance::Missing));
    let is_alike = is_alike && (stands_alone || has_lack());
    let is_subject = sentence.is_any(others - 1, &[Class::Coordinator, Class::AdverbialClause]) || sentence.gap(others);
    (is_parted && (is_alike || (stands_alone && is_subject))).then(|| (some..some + 1, others..others + 1))
}

/// `her er det forankret, mens det i nord er svakt`: a clause of the same subject that lacks it.
pub(super) fn whereas(sentence: &Sentence<'_>) -> Option<Range<usize>> {
    let at = (sentence.theme.end..sentence.len()).find(|at| sentence.is(*at, Class::Whereas))?;
    let is_lack = |found: &&Found| {
        found.start > at
            && found.stance == Some(Stance::Missing)
            && (found.end == sentence.len() || sentence.gap(found.end))
    };
    let lack = sentence.found.iter().find(is_lack)?;
    matches!(sentence.form(at + 1), "det" | "den" | "han" | "ho").then_some(lack.start..lack.end)
}

/// `men ikke …`, `men bare …`, `men svakere …` behind the theme, with no verb of their own.
pub(super) fn but_not(sentence: &Sentence<'_>) -> Option<Range<usize>> {
    let behind = sentence.theme.end..sentence.clause.end;
    let is_good = |end: usize| (sentence.theme.end..end).any(|at| sentence.is(at, Class::Positive));
    let turns = |at: &usize| sentence.form(*at) == "men" || sentence.form(*at) == "og" && is_good(*at);
    let at = behind.into_iter().find(turns)?;
    let end = match sentence.found_at(at + 1) {
        Some(found) if found.reach == Reach::Negation && sentence.form(at) == "men" => found.end,
        Some(found) if found.reach == Reach::Attribute && found.stance == Some(Stance::Missing) => found.end,
        _ if sentence.form(at) == "men" && sentence.is(at + 1, Class::Only) => at + 2,
        _ => return None,
    };
    let mut rest = (end..sentence.len()).take_while(|word| !sentence.gap(*word));
    (!rest.any(|word| sentence.is(word, Class::Finite))).then_some(at..end)
}
