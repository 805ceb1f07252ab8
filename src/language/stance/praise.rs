//! Praise that is worded as a denial: `kunne ikke vært bedre`, `har aldri hatt så god forankring`, `ingen andre har så god
//! forankring`. What is denied is that there is more of it anywhere or ever.

use std::ops::Range;

use super::lexicon::Class;
use super::sentence::Sentence;

/// The adjective is looked for this many words behind a denial of whoever has it.
const FAR: usize = 6;

/// The adjective or comparative that the denial, words `denial`, raises above all else, if it does; a word that says less
/// is raised too (`aldri vært dårligere`).
pub(super) fn raised_by(sentence: &Sentence<'_>, denial: &Range<usize>) -> Option<usize> {
    beyond_time(sentence, denial).or_else(|| beyond_others(sentence, denial))
}

/// `kunne ikke (ha) vært (mye) bedre`, `har aldri vært bedre`, `har aldri hatt så god …`.
fn beyond_time(sentence: &Sentence<'_>, denial: &Range<usize>) -> Option<usize> {
    let is_never = sentence.form(denial.start) == "aldri";
    let mut before = denial.start.saturating_sub(2)..denial.start;
    let could = before.any(|at| matches!(sentence.form(at), "kunne" | "kunna"));
    let mut at = denial.end + usize::from(sentence.form(denial.end) == "ha");
    let has_been = match sentence.form(at) {
        "vært" | "vore" | "hatt" => is_never || could,
        "blitt" | "vorte" | "fått" => could,
        _ => false,
    };
    if !has_been {
        return None;
    }
    at += 1;
    if is_never && sentence.form(at) == "så" {
        return (!is_comparative(sentence.form(at + 1)) && is_now(sentence, at + 2)).then_some(at + 1);
    }
    while sentence.is(at, Class::Degree) && !is_comparative(sentence.form(at)) {
        at += 1;
    }
    (is_comparative(sentence.form(at)) && is_now(sentence, at + 1)).then_some(at)
}

/// `ingen andre har så god …`, `ikke noe annet prosjekt har bedre …`, `ingen har så god … som oss`.
fn beyond_others(sentence: &Sentence<'_>, denial: &Range<usize>) -> Option<usize> {
    let is_nobody = matches!(sentence.form(denial.start), "ingen" | "inga");
    let is_nothing = || matches!(sentence.form(denial.end - 1), "noe" | "noen" | "noko" | "nokon" | "nokre");
    let is_nothing_next = || matches!(sentence.form(denial.end), "noe" | "noen" | "noko" | "nokon" | "nokre");
    if !is_nobody && !is_nothing() && !is_nothing_next() {
        return None;
    }
    let is_bound = |at: &usize| !sentence.gap(*at) && !sentence.is_barrier(*at);
    let near = || (denial.end..sentence.len().min(denial.end + FAR)).take_while(is_bound);
    let at = near().find_map(|at| match sentence.form(at) {
        "så" => Some(at + 1),
        form if is_comparative(form) && !matches!(form, "flere" | "fleire") => Some(at),
        _ => None,
    })?;
    let is_other = |at: usize| matches!(sentence.form(at), "andre" | "annen" | "annet" | "anna" | "annan");
    let has_other = near().take_while(|word| *word < at).any(is_other);
    let mut behind = (at + 1..sentence.len()).take_while(|word| !sentence.gap(*word));
    let is_compared = behind.clone().any(|word| matches!(sentence.form(word), "som" | "enn"));
    let is_so_that = behind.any(|word| sentence.form(word) == "at");
    (!is_so_that && (has_other || is_nobody && is_compared)).then_some(at)
}

/// Whether nothing is compared with from `at` on, or only what is now.
fn is_now(sentence: &Sentence<'_>, at: usize) -> bool {
    (at..sentence.len()).take_while(|word| *word == at || !sentence.gap(*word)).all(|word| match sentence.form(word) {
        "som" | "enn" => match sentence.form(word + 1) {
            "nå" | "no" | "nu" | "da" | "her" | "akkurat" => true,
            "i" => {
                matches!(sentence.form(word + 2), "dag" | "år" | "denne" | "det" | "fjor" | "høst" | "haust" | "vår")
            }
            _ => false,
        },
        "at" => false,
        _ => true,
    })
}

/// Infinitives end in `-ere` too, so the short ones are listed.
fn is_comparative(form: &str) -> bool {
    const LISTED: [&str; 34] = [
        "mer", "mere", "meir", "bedre", "betre", "større", "sterkere", "sterkare", "høyere", "høgare", "tettere",
        "tettare", "bredere", "breiare", "klarere", "klarare", "dypere", "djupare", "nærere", "nærare", "rikere",
        "rikare", "tryggere", "tryggare", "finere", "finare", "verre", "mindre", "svakere", "svakare", "lavere",
        "lågare", "tynnere", "tynnare",
    ];
    LISTED.contains(&form) || ["ligere", "legare", "igere"].iter().any(|ending| form.ends_with(ending))
}
