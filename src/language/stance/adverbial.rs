//! What stands behind a verb: where, when and how, or what the verb takes.
//!
//! `forankringen manglet mange steder` lacks nothing but itself, `forankringen manglet midler` lacks means. Most words for
//! where and when are nouns, so the nouns are listed; how is told by an adjective that no noun follows.

use super::lexicon::Class;
use super::phrase::{ends_clause, ends_phrase, is_premodifier};
use super::sentence::Sentence;
use crate::language::{is_adjective, is_adverb};

/// Nouns of place and time, of which an adverbial is made without a preposition.
const PLACES_AND_TIMES: [&str; 55] = [
    "steder", "sted", "stader", "stad", "plasser", "plassar", "kanter", "kantar", "hold", "gang", "gangen", "ganger",
    "gonger", "gongen", "gong", "tid", "tida", "tiden", "dag", "dagen", "dager", "dagar", "uke", "uka", "uken", "uker",
    "veke", "veka", "veker", "måned", "måneden", "måneder", "månad", "månaden", "månader", "år", "året", "årene",
    "åra", "høst", "høsten", "hausten", "vår", "våren", "vinter", "vinteren", "sommer", "sommeren", "sommaren",
    "perioden", "perioda", "veien", "vegen", "stund", "stunder",
];
/// Adverbs that the lexicon does not have as such.
const ADVERBS: [&str; 13] = [
    "lenge",
    "lenger",
    "lengre",
    "fremdeles",
    "ellers",
    "elles",
    "imidlertid",
    "derimot",
    "dessuten",
    "stundom",
    "utover",
    "rett",
    "sett",
];
/// The words before such a noun, at most.
const MAX_LENGTH: usize = 4;

/// Whether an adverbial stands at `at`, behind the verb, and nothing that the verb takes.
pub(super) fn stands_at(sentence: &Sentence<'_>, mut at: usize) -> bool {
    // `manglet både hos …`
    at += usize::from(matches!(sentence.form(at), "både" | "såvel" | "særlig" | "særleg"));
    let end = at + MAX_LENGTH;
    // Adverbs and adjectives lead on; what ends the phrase then tells that none of them was a noun's.
    let mut tells_how = true;
    while at < end && !ends_clause(sentence, at) {
        let form = sentence.form(at);
        if PLACES_AND_TIMES.contains(&form) {
            return true;
        }
        let is_adverb = ADVERBS.contains(&form) || is_adverb(form);
        let is_known = sentence.is_any(at, &[Class::Preposition, Class::Coordinator, Class::Barrier]);
        if is_known || is_adverb && ends_phrase(sentence, at + 1) {
            return true;
        }
        // What only looks like an adjective may be a noun at the end: `styringsdokument`.
        tells_how =
            is_adverb || is_adjective(form) || sentence.is_any(at, &[Class::Adverb, Class::Degree, Class::Adjective]);
        if !tells_how && !is_premodifier(sentence, at) && !is_quantity(form) {
            return false;
        }
        at += 1;
    }
    tells_how && ends_clause(sentence, at)
}

/// What counts places and times: `mange steder`, `to år`.
fn is_quantity(form: &str) -> bool {
    matches!(form, "mange" | "flere" | "fleire" | "noen" | "nokre" | "enkelte" | "få" | "en" | "ein" | "ei" | "et")
        || form.starts_with(|c: char| c.is_ascii_digit())
}
