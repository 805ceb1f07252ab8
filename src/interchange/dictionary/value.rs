//! What a word of a dictionary matches, as a pattern of ours; and a pattern of ours as words of a dictionary.
//!
//! Dictionaries match whole words, capitals or not, in the form that is written, which is `=word`. `*` is any run of
//! characters and `?` one, over the whole word, as with us; a `*` alone in a phrase is any one word. Regular
//! expressions match anywhere inside one word there, over the whole word with us.

use super::Value;
use crate::codebook::pattern::{Atom, AtomKind, Context, Element, GlobPart, Pattern, parse};
use crate::text::fold;

/// How the words of a dictionary are to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Matching {
    /// `*` and `?` are wildcards.
    #[default]
    Glob,
    /// Every character is meant as it stands.
    Fixed,
    /// Regular expressions, one for each word.
    Regex,
    /// Patterns of our own language.
    Own,
}

/// How the words of a dictionary become patterns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Values {
    /// What the characters of a word mean.
    pub matching: Matching,
    /// Capitals count.
    pub case_sensitive: bool,
    /// Words without wildcards take their inflections and compounds, which dictionaries do not know.
    pub inflected: bool,
    /// A character that stands for the blank between the words of a phrase, beside the blank itself.
    pub separator: Option<char>,
}

/// What a pattern has that a dictionary cannot say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in super::super) enum Lost {
    /// Capitals count in the one and not in the other.
    Case,
    /// The pattern takes inflections, the word of a dictionary does not.
    Inflection,
    /// Accents count there, and not with us.
    Accents,
}

/// The pattern for `value`, and what it does not say as the dictionary does.
///
/// # Errors
/// Why there is none.
pub(in super::super) fn pattern_of(value: &Value, how: Values) -> Result<(String, Vec<Lost>), String> {
    let matching = if value.is_regex { Matching::Regex } else { how.matching };
    let mut lost = Vec::new();
    let source = if matching == Matching::Own {
        value.text.clone()
    } else {
        let is_blank = |character: char| character.is_whitespace() || Some(character) == how.separator;
        let words: Vec<&str> = value.text.split(is_blank).filter(|word| !word.is_empty()).collect();
        let words: Vec<String> = words.into_iter().map(|text| word(text, matching, how, &mut lost)).collect();
        match words.as_slice() {
            [single] => single.clone(),
            several => format!("\"{}\"", several.join(" ")),
        }
    };
    lost.sort_unstable();
    lost.dedup();
    match parse(&source, Context::Codebook) {
        Ok(_) => Ok((source, lost)),
        // The message is about the word as the dictionary has it, which has no backslashes of ours.
        Err(problems) => Err(problems.first().map_or_else(String::new, |problem| problem.message.replace('\\', ""))),
    }
}

/// One word of a value, as a word of a pattern.
fn word(text: &str, matching: Matching, how: Values, lost: &mut Vec<Lost>) -> String {
    if matching == Matching::Regex {
        if how.case_sensitive {
            lost.push(Lost::Case);
        }
        return anywhere(text);
    }
    if has_accents(text) {
        lost.push(Lost::Accents);
    }
    let is_glob = matching == Matching::Glob && text.contains(['*', '?']);
    if is_glob {
        if how.case_sensitive {
            lost.push(Lost::Case);
        }
        return escaped(text, false);
    }
    let mark = match (how.case_sensitive, how.inflected) {
        (true, _) => "==",
        (false, true) => "",
        (false, false) => "=",
    };
    format!("{mark}{}", escaped(text, true))
}

/// An expression that may match anywhere in a word, as one over the whole word.
fn anywhere(source: &str) -> String {
    let source = source.replace('/', "\\/");
    if source.contains('|') {
        return format!("/.*(?:{source}).*/");
    }
    let (start, source) = source.strip_prefix('^').map_or((".*", source.as_str()), |rest| ("", rest));
    let (source, end) = match source.strip_suffix('$') {
        Some(rest) if !rest.ends_with('\\') => (rest, ""),
        _ => (source, ".*"),
    };
    // What is left to repeat would repeat what was put in front.
    format!("/{start}{source}{end}/").replace(".*.*", ".*")
}

/// `text` with a backslash before all that has a meaning in a pattern; wildcards too, where `all` is said.
fn escaped(text: &str, all: bool) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        let is_sign = matches!(character, '\\' | '~' | '=' | '(' | ')' | '/' | ':' | '"' | '“' | '”' | '„' | '«' | '»');
        if is_sign || all && matches!(character, '*' | '?') {
            out.push('\\');
        }
        out.push(character);
    }
    // A word in capitals may be an operator.
    if matches!(text, "AND" | "OR" | "NOT") || text.starts_with("NEAR") || text.starts_with("THEN") {
        out.insert(0, '\\');
    }
    out
}

fn has_accents(text: &str) -> bool {
    let plain = text.to_lowercase();
    !plain.is_ascii() && "éèêóòôà".chars().any(|accented| plain.contains(accented)) && fold(text) != plain
}

/// The values that say what `pattern` says, and what they do not say; `None` where a dictionary has no equal.
pub(in super::super) fn values_of(pattern: &Pattern) -> Option<(Vec<String>, Vec<Lost>)> {
    let mut lost = Vec::new();
    let values = match pattern {
        Pattern::Or(parts) => {
            let mut all = Vec::new();
            for part in parts {
                let (values, of_part) = values_of(part)?;
                all.extend(values);
                lost.extend(of_part);
            }
            all
        }
        Pattern::Word(atom) => vec![text_of(atom, &mut lost)?],
        Pattern::Phrase(elements) => {
            let words: Option<Vec<String>> = elements
                .iter()
                .map(|element| match element {
                    Element::Any => Some("*".to_owned()),
                    Element::Atom(atom) => text_of(atom, &mut lost),
                })
                .collect();
            vec![words?.join(" ")]
        }
        _ => return None,
    };
    Some((values, lost))
}

fn text_of(atom: &Atom, lost: &mut Vec<Lost>) -> Option<String> {
    Some(match &atom.kind {
        AtomKind::Exact(form) => form.clone(),
        AtomKind::ExactCase(form) => {
            lost.push(Lost::Case);
            form.clone()
        }
        AtomKind::Word(word) => {
            lost.push(Lost::Inflection);
            word.clone()
        }
        AtomKind::Wildcard(parts) => parts
            .iter()
            .map(|part| match part {
                GlobPart::Literal(text) => text.as_str(),
                GlobPart::One => "?",
                GlobPart::Any => "*",
            })
            .collect(),
        AtomKind::Fuzzy { .. } | AtomKind::Regex(_) => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const GLOB: Values = Values { matching: Matching::Glob, case_sensitive: false, inflected: false, separator: None };

    #[track_caller]
    fn check(value: &str, how: Values, expected: Result<&str, &str>) {
        let value = Value { text: value.to_owned(), is_regex: false };
        let found = pattern_of(&value, how).map(|(source, _)| source);
        assert_eq!(found.as_deref().map_err(String::as_str), expected);
    }

    #[test]
    fn words_of_dictionaries_are_exact_words() {
        check("ildsjel", GLOB, Ok("=ildsjel"));
        check("forankr*", GLOB, Ok("forankr*"));
        check("føderale * av", GLOB, Ok("\"=føderale * =av\""));
        check("NOT", GLOB, Ok("=\\NOT"));
        check(":)", GLOB, Err("`=:)` is not a word"));
        check("og/eller", GLOB, Err("a phrase never continues across `/`"));
        check("store_kom*", Values { separator: Some('_'), ..GLOB }, Ok("\"=store kom*\""));
        check("ildsjel", Values { inflected: true, ..GLOB }, Ok("ildsjel"));
        check("SI", Values { case_sensitive: true, ..GLOB }, Ok("==SI"));
    }

    #[test]
    fn expressions_match_anywhere_in_a_word() {
        let regex = Values { matching: Matching::Regex, ..GLOB };
        check("n$", regex, Ok("/.*n/"));
        check("^foren ^nasj", regex, Ok("\"/foren.*/ /nasj.*/\""));
        check("^a|b$", regex, Ok("/.*(?:^a|b$).*/"));
        check("Skol.*$", regex, Ok("/.*Skol.*/"));
    }

    #[test]
    fn what_a_dictionary_cannot_say_is_told() {
        let of = |source: &str| values_of(&parse(source, Context::Codebook).expect("it is a pattern"));
        assert_eq!(of("=ny OR \"=god * tur*\""), Some((vec!["ny".to_owned(), "god * tur*".to_owned()], vec![])));
        assert_eq!(of("forankring"), Some((vec!["forankring".to_owned()], vec![Lost::Inflection])));
        assert_eq!(of("støtte NEAR/5 ledelse"), None);
        assert_eq!(of("/a.*/"), None);
    }
}
