//! Compounds: what may stand before a word that is the head of one, and after a word that is its first part.
//!
//! No compound is ever split without a word to look for. The word is given by the pattern; asked is only whether
//! what is left over can be the rest of a compound.

use std::cell::{LazyCell, OnceCell};
use std::sync::LazyLock;

use super::class::{is_person, is_vowel};
use super::lexicon::Lexicon;
use super::paradigm::Paradigm;

/// What makes another word of the word it stands before (`samarbeid`, `utvikling`), or is no word at all.
const PREFIXES: [&str; 52] = [
    "ad", "an", "anti", "at", "av", "be", "bi", "de", "des", "dis", "eks", "en", "er", "etter", "for", "fore", "fra",
    "fram", "frem", "gjen", "gjennom", "hen", "in", "inn", "inne", "inter", "kom", "kon", "med", "mis", "mot", "ned",
    "om", "opp", "over", "på", "re", "sam", "sub", "til", "trans", "u", "ufor", "und", "under", "unn", "ut", "utfor",
    "van", "ved", "å", "åt",
];
/// The prefixes in [`PREFIXES`] by their last byte.
static PREFIXES_BY_END: LazyLock<[Vec<&str>; 256]> = LazyLock::new(|| {
    std::array::from_fn(|last| {
        let ends = |prefix: &&str| prefix.as_bytes().last().is_some_and(|byte| usize::from(*byte) == last);
        PREFIXES.into_iter().filter(ends).collect()
    })
});
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
/// First parts that are no words by themselves, or none that the lexicon knows.
const BOUND_PARTS: [&str; 48] = [
    "anti", "auto", "bilet", "billed", "bio", "brukar", "eigar", "eige", "eigen", "euro", "fleir", "fler", "fou",
    "geo", "heil", "heilskap", "heim", "heime", "hjemme", "hoved", "hovud", "ikt", "info", "infra", "inter", "kyrkje",
    "leiar", "lærar", "makro", "mikro", "mini", "multi", "psyko", "selv", "sjølv", "skule", "små", "sosio", "sub",
    "super", "tele", "teneste", "trans", "tverr", "veg", "verksemd", "vidare", "øko",
];
/// Endings that make words and are none: what looks like a compound with them is none.
const SUFFIXES: [&str; 19] = [
    "aktig", "bar", "dom", "else", "eri", "het", "heit", "inne", "isk", "leg", "leik", "lig", "løs", "laus", "messig",
    "ning", "sam", "skap", "som",
];
/// Endings that are spelt like words, or follow suffixes.
const ENDINGS: [&str; 34] = [
    "", "a", "ande", "ane", "anes", "ar", "are", "ast", "aste", "dde", "de", "e", "en", "ende", "ene", "enes", "ens",
    "er", "ere", "erne", "ers", "es", "est", "este", "et", "ete", "ets", "ne", "nes", "or", "one", "s", "t", "te",
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

/// A form that may be a compound, with what many words ask of it.
pub(super) struct Whole<'form> {
    pub(super) form: &'form str,
    /// The base forms that the lexicon knows of it, if need be without its genitive s.
    bases: OnceCell<Vec<String>>,
}

impl<'form> Whole<'form> {
    pub(super) fn of(form: &'form str) -> Self {
        Self { form, bases: OnceCell::new() }
    }

    fn bases(&self) -> &[String] {
        self.bases.get_or_init(|| {
            let lexicon = Lexicon::get();
            let known = self.form.strip_suffix('s').filter(|_| !lexicon.knows(self.form)).unwrap_or(self.form);
            lexicon.readings(known).map(|reading| reading.base()).collect()
        })
    }
}

/// Whether `whole`, which ends in a form of a word from byte `at` on, is a compound with that word as its head.
pub(super) fn is_head(whole: &Whole<'_>, at: usize, paradigm: &Paradigm) -> Result<(), Refusal> {
    let form = whole.form;
    let word = paradigm.word.as_str();
    let (before, tail) = form.split_at(at);
    let length = before.chars().count();
    let refused = || Err(Refusal::NoWord(before.to_owned()));
    if let Some(prefix) = prefix(before, tail, word) {
        return Err(Refusal::Prefix(prefix.to_owned()));
    }
    if let Some(other) = opaque(before, word) {
        return Err(Refusal::FormOf(other));
    }
    // A `praksislærer` is a `lærer`, whatever the present of `lære` is.
    if is_person(tail, word) {
        return Err(Refusal::FormOf(tail.to_owned()));
    }
    if (length < 3 && !SHORT_PARTS.contains(&before)) || !before.contains(is_vowel) || SUFFIXES.contains(&word) {
        return refused();
    }
    let mut first = None;
    for base in whole.bases() {
        // A participle may be a base form of its own: `forskningsbasert`.
        let is_participle =
            |tail: &str| (tail.ends_with(['t', 'd']) || tail.ends_with("ende")) && paradigm.accepts(tail);
        let of_participle = || base.strip_prefix(before).filter(|tail| is_participle(tail)).map(|_| before);
        match base.strip_suffix(word).or_else(of_participle) {
            Some(before) if is_first_part_before(before, tail) => return Ok(()),
            _ => first = first.or(Some(base)),
        }
    }
    if let Some(base) = first {
        return if base.ends_with(word) { refused() } else { Err(Refusal::FormOf(base.clone())) };
    }
    let least = if before.ends_with(['s', 'e']) { TRUSTED - 1 } else { TRUSTED };
    let is_trusted = length >= TRUSTED && word.chars().count() >= least;
    if is_trusted || is_first_part_before(before, tail) { Ok(()) } else { refused() }
}

/// Whether `whole`, which begins with a word and its link up to byte `at`, is a compound with that word as its first
/// part.
pub(super) fn is_modifier(whole: &Whole<'_>, at: usize) -> Result<(), Refusal> {
    let form = whole.form;
    let (before, after) = form.split_at(at);
    let refused = || Err(Refusal::NoWord(after.to_owned()));
    if !may_follow(after) {
        return refused();
    }
    let mut first = None;
    for base in whole.bases() {
        match base.strip_prefix(before) {
            Some(after) if may_follow(after) && is_last_part_after(before, after, form) => return Ok(()),
            _ => first = first.or(Some(base)),
        }
    }
    if let Some(base) = first {
        return Err(Refusal::FormOf(base.clone()));
    }
    let is_trusted = || after.chars().count() >= TRUSTED && !is_split_elsewhere(form, at);
    if is_last_part_after(before, after, form) || is_trusted() { Ok(()) } else { refused() }
}

/// The prefix that makes another word of the word, if one stands directly before it: `sam` in `nettverkssamarbeid`.
fn prefix(before: &str, tail: &str, word: &str) -> Option<&'static str> {
    let makes_word = |prefix: &str| before == prefix || Lexicon::get().knows(&format!("{prefix}{tail}"));
    let is_word = LazyCell::new(|| before.chars().count() >= 3 && Lexicon::get().knows(before));
    let stands = |prefix: &&&'static str| {
        before.ends_with(**prefix)
            && !(FREE_PREFIXES.contains(prefix) && is_free_noun(word))
            && (before == **prefix || (!*is_word && makes_word(prefix)))
    };
    let last = before.as_bytes().last()?;
    PREFIXES_BY_END[usize::from(*last)].iter().filter(stands).max_by_key(|prefix| prefix.len()).copied()
}

/// The word that is spelt like a compound of `word` and is none, if the form is one of it.
fn opaque(before: &str, word: &str) -> Option<String> {
    static OPAQUE: LazyLock<Vec<&str>> =
        LazyLock::new(|| include_str!("../data/opaque.txt").lines().filter(|line| !line.starts_with('#')).collect());
    let ends = |other: &&&str| {
        // Nearly all others differ in this letter, which is told at once.
        let at = other.len().wrapping_sub(word.len());
        let may_end = other.as_bytes().get(at) == word.as_bytes().first();
        may_end
            && other.strip_suffix(word).is_some_and(|first_part| !first_part.is_empty() && before.ends_with(first_part))
    };
    OPAQUE.iter().find(ends).map(|other| (*other).to_owned())
}

/// What a word looks like as first part of a compound: itself, with link s, with link e.
pub(super) fn first_parts(word: &str) -> Vec<String> {
    let mut parts = vec![word.to_owned()];
    if !word.ends_with(['s', 'x', 'z']) {
        parts.push(format!("{word}s"));
    }
    let with_e = format!("{word}e");
    // `målepunkt` is about measuring (`måle`), not about a goal (`mål`).
    if !word.ends_with(is_vowel) && !Lexicon::get().is_base(&with_e) {
        parts.push(with_e);
    }
    let bound =
        [("bilde", "billed"), ("bilete", "bilet"), ("hjem", "hjemme"), ("heim", "heime"), ("menneske", "mennesk")];
    parts.extend(bound.iter().filter(|(base, _)| *base == word).map(|(_, bound)| (*bound).to_owned()));
    parts
}

fn is_free_noun(word: &str) -> bool {
    word.chars().count() >= LONG_NOUN && !DEEDS.iter().any(|ending| word.ends_with(ending)) && !word.ends_with("ere")
}

/// Whether something can be a compound's first part: a word with or without link, or a compound itself.
fn is_first_part(text: &str) -> bool {
    let is_compound =
        |(first, second): (&str, &str)| is_linked_word(first) && is_linked_word(second) && !PREFIXES.contains(&second);
    is_linked_word(text) || splits(text).any(is_compound)
}

/// A known word, with a link after it or without.
fn is_linked_word(text: &str) -> bool {
    let is_word = |text: &str| {
        let is_known = || text.chars().count() >= 3 && Lexicon::get().knows(text);
        let is_short = || text.len() <= 4 && SHORT_PARTS.contains(&text);
        is_short() || BOUND_PARTS.binary_search(&text).is_ok() || is_known()
    };
    is_word(text) || text.strip_suffix(['s', 'e']).is_some_and(is_word)
}

/// Whether `text` can be the first part of a compound before `tail`, where one of three equal consonants is not written
/// (`nett`, `tjeneste`: `nettjeneste`).
fn is_first_part_before(text: &str, tail: &str) -> bool {
    is_first_part(text) || swallowed(text, tail).is_some_and(|letter| is_first_part(&format!("{text}{letter}")))
}

/// The consonant on both sides of a seam, where it may stand for three.
fn swallowed(before: &str, after: &str) -> Option<char> {
    let letter = before.chars().last()?;
    (after.starts_with(letter) && !is_vowel(letter)).then_some(letter)
}

/// Whether `text`, which follows `before` in `form`, can be a compound's last part: a form of a word, or of a compound
/// if no other cut of the whole is plainer (`lærer`, `utdanning`; not `lære`, `rutdanning`).
fn is_last_part_after(before: &str, text: &str, form: &str) -> bool {
    let is_compound = |text| splits(text).any(|(first, second)| is_first_part(first) && is_form(second));
    if is_form(text) || (is_compound(text) && !is_split_elsewhere(form, before.len())) {
        return true;
    }
    let mut letters = before.chars().rev();
    let (last, before_last) = (letters.next(), letters.next());
    last.filter(|_| last == before_last).is_some_and(|letter| is_form(&format!("{letter}{text}")))
}

/// Whether the lexicon knows `text`, in the genitive or not.
fn is_form(text: &str) -> bool {
    let lexicon = Lexicon::get();
    lexicon.knows(text) || text.strip_suffix('s').is_some_and(|text| lexicon.knows(text))
}

/// Whether something is long enough for a compound's last part, and neither an ending nor a suffix with its endings.
fn may_follow(after: &str) -> bool {
    let is_suffix =
        SUFFIXES.iter().any(|suffix| after.strip_prefix(suffix).is_some_and(|rest| ENDINGS.contains(&rest)));
    after.chars().count() >= 3 && after.contains(is_vowel) && !is_suffix && !ENDINGS.contains(&after)
}

/// Whether a cut a few letters away gives two known words, and what lies between the cuts is none (as it is in
/// `læreplan|verk` after `lære`).
fn is_split_elsewhere(form: &str, at: usize) -> bool {
    splits(form).any(|(first, second)| {
        let between = &form[at.min(first.len())..at.max(first.len())];
        (1..=4).contains(&between.len())
            && !(between.len() >= 3 && is_form(between))
            && is_linked_word(first)
            && is_form(second)
    })
}

/// The cuts of `text` into parts of three letters at least.
fn splits(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let count = text.chars().count();
    text.char_indices().take(count.saturating_sub(2)).skip(3).map(|(at, _)| text.split_at(at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bound_parts_are_sorted_for_the_search_and_short_parts_are_short() {
        assert!(BOUND_PARTS.is_sorted());
        assert!(SHORT_PARTS.iter().all(|part| part.len() <= 4));
    }
}
