//! Compounds: what may stand before a word that is the head of one, and after a word that is its first part.
//!
//! No compound is ever split without a word to look for. The word is given by the pattern; asked is only whether
//! what is left over can be the rest of a compound.

use super::class::is_vowel;
use super::lexicon::Lexicon;
use super::paradigm::{Paradigm, is_participle};

/// What makes another word of the word it stands before (`samarbeid`, `utvikling`), or is no word at all.
const PREFIXES: [&str; 52] = [
    "ad", "an", "anti", "at", "av", "be", "bi", "de", "des", "dis", "eks", "en", "er", "etter", "for", "fore", "fra",
    "fram", "frem", "gjen", "gjennom", "hen", "in", "inn", "inne", "inter", "kom", "kon", "med", "mis", "mot", "ned",
    "om", "opp", "over", "på", "re", "sam", "sub", "til", "trans", "u", "ufor", "und", "under", "unn", "ut", "utfor",
    "van", "ved", "å", "åt",
];
/// Of those, the ones that are the first part of a compound before a long noun that names no deed: `forprosjekt`,
/// `medeierskap`, `underleverandør`.
const FREE_PREFIXES: [&str; 12] =
    ["anti", "etter", "for", "fore", "inter", "med", "mot", "over", "sam", "sub", "trans", "under"];
/// How long such a noun must be, for short ones are too often part of another word (`forhold`, `samfunn`, `motstand`).
const LONG_NOUN: usize = 7;
/// How nouns end that name a deed or a doer.
const DEEDS: [&str; 9] = ["ing", "else", "sjon", "nad", "er", "ar", "het", "heit", "ende"];

/// First parts of two letters; all others have three at least.
const SHORT_PARTS: [&str; 17] =
    ["bo", "bu", "by", "el", "eu", "gå", "is", "it", "ku", "ny", "sy", "tv", "ur", "øl", "øy", "ås", "år"];
/// First parts that are no words by themselves.
const BOUND_PARTS: [&str; 44] = [
    "auto", "bilet", "billed", "bio", "deltids", "digital", "eige", "eigen", "euro", "fag", "fler", "fleir", "fou",
    "fylkes", "geo", "heim", "heime", "heil", "hjemme", "hoved", "hovud", "ikt", "info", "makro", "mikro", "mini",
    "multi", "nynorsk", "psyko", "selv", "sjølv", "sosio", "stor", "super", "små", "særs", "tele", "teneste", "tilleggs",
    "tverr", "tverrfag", "ung", "ungdoms", "øko",
];
/// Endings that make words and are none: what looks like a compound with them is none.
const SUFFIXES: [&str; 19] = [
    "aktig", "bar", "dom", "else", "eri", "het", "heit", "inne", "isk", "leg", "leik", "lig", "løs", "laus", "messig",
    "ning", "sam", "skap", "som",
];
/// From this length on, what is left over and unknown is trusted to be a word: a name, nynorsk, jargon.
const TRUSTED: usize = 5;

/// Why what is left over makes no compound.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Refusal {
    /// The whole form is known as a form of another word, which is no such compound.
    FormOf(String),
    /// A prefix stands before the word.
    Prefix(String),
    /// What is left over is no word.
    NoWord(String),
}

/// Whether `form`, which ends in a form of `word` from byte `at` on, is a compound with the word as its head.
pub(super) fn is_head(form: &str, at: usize, paradigm: &Paradigm) -> Result<(), Refusal> {
    let (word, before) = (paradigm.word.as_str(), &form[..at]);
    if PREFIXES.contains(&before) && !(FREE_PREFIXES.contains(&before) && is_free_noun(word)) {
        return Err(Refusal::Prefix(before.to_owned()));
    }
    let length = before.chars().count();
    let refused = || Err(Refusal::NoWord(before.to_owned()));
    if (length < 3 && !SHORT_PARTS.contains(&before)) || !before.contains(is_vowel) || SUFFIXES.contains(&word) {
        return refused();
    }
    let mut first = None;
    for base in bases(form) {
        // A participle may be a base form of its own: `forskningsbasert`.
        let of_participle = || base.strip_prefix(before).filter(|tail| is_participle(tail) && paradigm.accepts(tail));
        match base.strip_suffix(word).or_else(|| of_participle().map(|_| before)) {
            Some(before) if is_first_part(before) => return Ok(()),
            _ => first = first.or(Some(base)),
        }
    }
    if let Some(base) = first {
        return if base.ends_with(word) { refused() } else { Err(Refusal::FormOf(base)) };
    }
    let is_trusted = length >= TRUSTED && word.chars().count() >= TRUSTED;
    if is_first_part(before) || is_trusted { Ok(()) } else { refused() }
}

/// Whether `form`, which begins with `word` and its link up to byte `at`, is a compound with `word` as its first part.
pub(super) fn is_modifier(form: &str, at: usize) -> Result<(), Refusal> {
    let after = &form[at..];
    let refused = || Err(Refusal::NoWord(after.to_owned()));
    if !may_follow(after) {
        return refused();
    }
    let mut first = None;
    for base in bases(form) {
        match base.strip_prefix(&form[..at]) {
            Some(after) if may_follow(after) && is_last_part(after) => return Ok(()),
            _ => first = first.or(Some(base)),
        }
    }
    if let Some(base) = first {
        return Err(Refusal::FormOf(base));
    }
    let is_trusted = || after.chars().count() >= TRUSTED && !is_split_elsewhere(form, at);
    if is_last_part(after) || is_trusted() { Ok(()) } else { refused() }
}

/// What a word looks like as first part of a compound: itself, with link s, with link e.
pub(super) fn first_parts(word: &str) -> Vec<String> {
    let mut parts = vec![word.to_owned()];
    if !word.ends_with(['s', 'x', 'z']) {
        parts.push(format!("{word}s"));
    }
    if !word.ends_with(is_vowel) {
        parts.push(format!("{word}e"));
    }
    let bound = [("bilde", "billed"), ("bilete", "bilet"), ("hjem", "hjemme"), ("heim", "heime"), ("menneske", "mennesk")];
    parts.extend(bound.iter().filter(|(base, _)| *base == word).map(|(_, bound)| (*bound).to_owned()));
    parts
}

/// The base forms of a form that the lexicon knows.
fn bases(form: &str) -> impl Iterator<Item = String> {
    Lexicon::get().readings(form).map(|reading| reading.base())
}

fn is_free_noun(word: &str) -> bool {
    word.chars().count() >= LONG_NOUN && !DEEDS.iter().any(|ending| word.ends_with(ending)) && !word.ends_with("ere")
}

/// Whether something can be a compound's first part: a word with or without link, or a compound itself.
fn is_first_part(text: &str) -> bool {
    let is_word = |text: &str| {
        let lexicon = Lexicon::get();
        BOUND_PARTS.contains(&text) || (text.chars().count() >= 3 && lexicon.knows(text)) || SHORT_PARTS.contains(&text)
    };
    let is_linked = |text: &str| is_word(text) || text.strip_suffix(['s', 'e']).is_some_and(is_word);
    is_linked(text) || splits(text).any(|(first, second)| is_linked(first) && is_linked(second))
}

/// Whether something can be a compound's last part: a form of a word or of a compound, genitive or not.
fn is_last_part(text: &str) -> bool {
    let lexicon = Lexicon::get();
    let is_form = |text: &str| lexicon.knows(text) || text.strip_suffix('s').is_some_and(|text| lexicon.knows(text));
    is_form(text) || splits(text).any(|(first, second)| is_first_part(first) && is_form(second))
}

fn may_follow(after: &str) -> bool {
    let is_ending = |rest: &str| rest.chars().count() <= 4;
    let is_suffix = SUFFIXES.iter().any(|suffix| after.strip_prefix(suffix).is_some_and(is_ending));
    after.chars().count() >= 3 && after.contains(is_vowel) && !is_suffix
}

/// Whether a cut a little further on gives two known parts: `lærer|utdanning`, not `lære|rutdanning`.
fn is_split_elsewhere(form: &str, at: usize) -> bool {
    splits(form).any(|(first, second)| {
        first.len() != at && first.len().abs_diff(at) <= 4 && is_first_part(first) && is_last_part(second)
    })
}

/// The cuts of `text` into parts of three letters at least.
fn splits(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let count = text.chars().count();
    text.char_indices().take(count.saturating_sub(2)).skip(3).map(|(at, _)| text.split_at(at))
}
