//! Where sentences end in Norwegian text.
//!
//! The sentence boundaries of UAX #29, without those that stand behind an abbreviation, a date, a list number or
//! initials, inside a quotation's sentence, or only at the end of a line.

use unicode_segmentation::UnicodeSegmentation;

use crate::text::{MONTHS, fold};

/// What stands before a full stop that does not end a sentence; folded, inner full stops kept.
const ABBREVIATIONS: &[&str] = &[
    "adm", "adr", "avd", "bl", "bl.a", "ca", "d.e", "d.v.s", "dr", "dvs", "e.g", "e.kr", "e.l", "eks", "ekskl", "el.l",
    "etc", "evt", "f.eks", "f.kr", "f.o.m", "ff", "fig", "fhv", "fmk", "forts", "frk", "gnr", "hhv", "hr", "i.e",
    "ibid", "inkl", "jf", "jfr", "jr", "kap", "kgl", "kl", "kr", "m.a", "m.a.o", "m.fl", "m.h.t", "m.m", "m.v", "maks",
    "mfl", "mht", "mr", "mrs", "ms", "mv", "nr", "o.a", "o.l", "off", "oppr", "osv", "ovf", "p.g.a", "p.t", "pga",
    "pkt", "pr", "prof", "s.k", "s.u", "sml", "spes", "sr", "st", "t.d", "t.eks", "t.o.m", "tab", "tlf", "u.a", "vedr",
    "vha", "vol", "vs", "årg", "§", "§§",
];

/// Abbreviations only before a number: `s. 12`, `art. 3`.
const BEFORE_NUMBERS: &[&str] = &["art", "bd", "no", "p", "s", "sp"];

/// Words that begin a sentence, so that the single letter before them is no initial: `plan B. Det gikk`.
const OPENERS: &[&str] = &[
    "alle", "at", "da", "de", "dei", "deim", "den", "der", "det", "dette", "disse", "du", "eg", "eit", "en", "et",
    "etter", "for", "før", "ei", "han", "her", "hun", "ho", "hva", "hvor", "ikke", "ikkje", "ja", "jeg", "kva", "med",
    "men", "me", "nei", "når", "og", "på", "slik", "som", "så", "til", "vi", "ved",
];

/// Verbs that tell whose words have gone before, with or without quotation marks: `Skal vi slutte? spurte hun.`
const REPORTING: &[&str] = &[
    "sier",
    "sa",
    "seier",
    "sade",
    "spør",
    "spurte",
    "spurde",
    "svarer",
    "svarte",
    "svara",
    "ropte",
    "roper",
    "undrer",
    "undret",
    "undra",
    "undrar",
    "lurte",
    "lurer",
    "lurar",
    "oppsummerer",
    "oppsummerte",
    "forteller",
    "fortalte",
    "fortel",
    "fortalde",
    "mener",
    "mente",
    "meiner",
    "meinte",
    "skriver",
    "skrev",
    "skriv",
    "utbryter",
    "utbrøt",
    "kommenterer",
    "kommenterte",
    "said",
    "says",
    "asked",
    "asks",
    "wondered",
    "replied",
];

/// Looking back for a sentence's last words goes no further than this, in bytes.
const REACH: usize = 64;

/// The byte offsets in `text` at which a sentence begins, except the first; ascending, none at a white space.
///
/// A line end inside a sentence does not end it, an empty line does.
#[must_use]
pub fn sentence_breaks(text: &str) -> Vec<usize> {
    let mut breaks = Vec::new();
    let mut sentence = text.len() - text.trim_start().len();
    let mut end = 0;
    for piece in text.split_sentence_bounds() {
        end += piece.len();
        // White space ahead is a piece of its own: the boundary is behind it.
        if end <= sentence || text[end..].starts_with(char::is_whitespace) || end == text.len() {
            continue;
        }
        if ends_sentence(&text[sentence..end], &text[end..]) {
            breaks.push(end);
            sentence = end;
        }
    }
    breaks
}

/// Whether the sentence that has run so far ends before `next`.
fn ends_sentence(sentence: &str, next: &str) -> bool {
    let words = sentence.trim_end();
    let space = &sentence[words.len()..];
    let from = words.len().saturating_sub(REACH);
    let from = (from..=words.len()).find(|at| words.is_char_boundary(*at)).unwrap_or(0);
    let words = &words[from..];
    if space.bytes().filter(|byte| *byte == b'\n').count() > 1 {
        return true;
    }
    let bare = words.trim_end_matches(is_closing);
    let Some(mark) = bare.chars().next_back().filter(|mark| is_end_mark(*mark)) else { return false };
    // `a?b`, the query of an address; scripts that write no spaces have end marks of their own.
    if space.is_empty() && mark.is_ascii() {
        return false;
    }
    let is_lower = next.trim_start_matches(is_opening).starts_with(char::is_lowercase);
    if mark != '.' {
        // `«Hvorfor?» spurte hun.`, and in speech without marks only where a verb tells that it is reported.
        let is_reported = || REPORTING.contains(&next.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default());
        return !(is_lower && (bare.len() < words.len() || is_reported()));
    }
    if is_lower {
        return false;
    }
    let before = bare.trim_end_matches('.');
    let word = before.rsplit(char::is_whitespace).next().unwrap_or(before).trim_start_matches(is_opening);
    let is_all = before.len() == word.len() && from == 0;
    bare.len() - before.len() > 1 || !abbreviates(word, is_all, next)
}

/// Whether the full stop after `word` belongs to it; `is_all` when the sentence has no other word.
fn abbreviates(word: &str, is_all: bool, next: &str) -> bool {
    let is_number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let next_word = next.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let next_is_number = next.starts_with(|c: char| c.is_ascii_digit());
    let folded = fold(word);
    if ABBREVIATIONS.contains(&folded.as_str()) || (next_is_number && BEFORE_NUMBERS.contains(&folded.as_str())) {
        return true;
    }
    if word.is_empty() {
        return false;
    }
    if is_number(word) {
        let next = fold(next_word);
        return is_all || next_is_number || MONTHS.iter().any(|(norwegian, _)| next == norwegian[0]);
    }
    // `K. Dahl`, `J.B. Moe`, and `a. Første punkt` at the start.
    let last = word.rsplit('.').next().unwrap_or(word);
    let mut letters = last.chars();
    let is_single = letters.next().is_some_and(|c| c.is_uppercase() || is_all) && letters.next().is_none();
    let is_initial_next = next[next_word.len()..].starts_with('.');
    is_single && (is_all || is_initial_next || !OPENERS.contains(&fold(next_word).as_str()))
}

fn is_end_mark(character: char) -> bool {
    matches!(character, '.' | '?' | '!' | '…' | '。' | '！' | '？' | '؟' | '।')
}

fn is_closing(character: char) -> bool {
    matches!(character, '"' | '\'' | '»' | '”' | '’' | ')' | ']' | '*' | '_' | '“' | '«')
}

fn is_opening(character: char) -> bool {
    matches!(character, '"' | '\'' | '«' | '“' | '„' | '‘' | '(' | '[' | '*' | '_' | '»' | '”')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(sentences: &[&str]) {
        let text = sentences.concat();
        let mut ends = sentence_breaks(&text);
        ends.push(text.len());
        let mut start = 0;
        let found: Vec<&str> = ends.into_iter().map(|end| &text[std::mem::replace(&mut start, end)..end]).collect();
        assert_eq!(found, sentences);
    }

    #[test]
    fn sentences_end_at_full_stops_and_other_marks() {
        check(&["Vi må forankre det. ", "Det er sagt! ", "Hvem gjør det? ", "Ingen."]);
        check(&["Han sa: «Vi får det til.» ", "Så gikk han."]);
        check(&["Det er bra (sa hun). ", "Så gikk hun."]);
        check(&["Uten slutt"]);
        check(&[""]);
        check(&["  Hei.  ", "Du.  "]);
        check(&["Jeg vet ikke... ", "Kanskje."]);
    }

    #[test]
    fn abbreviations_end_none() {
        for sentence in [
            "Det gjelder f.eks. Lillehammer og bl.a. Øyer.",
            "Se jf. Ot.prp. og pr. 1. Januar kl. 12 ca. 30 personer.",
            "Møte kl. 10 i rom nr. 3.",
            "Utstyr, reise m.m. Øyer betaler evt. Gausdal.",
            "Det vil si dvs. Ringebu mfl. Kommunene osv. Andre.",
            "Dr. Moe og prof. Dahl kom.",
            "Se pkt. 3 og fig. 4 i kap. 2, s. 12.",
            "Det hendte 200 f.Kr. Romerne kom.",
            "Det koster kr. 500.",
            "K. Dahl og J.B. Moe kom.",
        ] {
            check(&[sentence]);
        }
    }

    #[test]
    fn dates_and_list_numbers_end_none() {
        check(&["1. Hvor er vi? ", "Her."]);
        check(&["a. De som er med."]);
        check(&["Fristen er 12. Mars eller 12. 03. 2016."]);
        check(&["Den 5. gangen gikk det. ", "Vi var 12. ", "Det holdt."]);
        check(&["Vi valgte plan B. ", "Det gikk bra."]);
    }

    #[test]
    fn quotations_and_addresses_go_on() {
        check(&["«Hvorfor?» spurte hun. ", "Ingen svarte."]);
        check(&["«Skulle vi ha tenkt mer utenfor boksen?» oppsummerer en av gruppene. ", "Ja."]);
        check(&["Skulle vi ha tenkt mer? spurte gruppene i Skåbu. ", "Ja."]);
        check(&["Skulle vi ha tenkt mer? ", "ja det synes jeg."]);
        check(&["Se https://x.no/?q=1 og mer. ", "Takk."]);
    }

    #[test]
    fn lines_end_no_sentence_and_empty_lines_do() {
        check(&["Dette er en lang\nsetning som er brutt.\n", "Ny."]);
        check(&["Uten punktum\n\n", "Nytt avsnitt"]);
        let far = format!("Slutt.{}", " \n".repeat(100));
        check(&[&far, "Ny."]);
    }

    proptest! {
        #[test]
        fn breaks_ascend_and_stand_before_words(text in "([a-zæøA-ZÅ0-9]{0,6}[.?!…»«)( \n]{1,3}){0,40}") {
            let mut last = 0;
            for at in sentence_breaks(&text) {
                prop_assert!(at > last && at < text.len() && text.is_char_boundary(at));
                prop_assert!(!text[at..].starts_with(char::is_whitespace));
                prop_assert!(!text[last..at].trim().is_empty());
                last = at;
            }
        }
    }
}
