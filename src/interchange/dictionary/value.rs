//! What a word of a dictionary matches, as a pattern of ours; and a pattern of ours as words of a dictionary.
//!
//! Dictionaries match whole words, capitals or not, in the form that is written, which is `=word`. `*` is any run of
//! characters and `?` one, over the whole word, as with us; a `*` alone in a phrase is any one word. Regular
//! expressions match anywhere inside one word there, over the whole word with us.

use super::Value;
use crate::codebook::pattern::{Atom, AtomKind, Context, Element, GlobPart, Pattern, parse};
use crate::language::{Language, is_function_word};
use crate::text::{as_seen, fold};

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
    /// Accents count there, so that the word is written with and without them.
    BothSpellings,
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

/// The values that say what `pattern` says, and what they do not say; `None` where a dictionary has no equal. `source`
/// is the pattern as written; `languages` tell which words are common.
pub(in super::super) fn values_of(
    pattern: &Pattern,
    source: &str,
    languages: &[Language],
) -> Option<(Vec<String>, Vec<Lost>)> {
    let mut lost = Vec::new();
    let words = match pattern {
        Pattern::Or(parts) => {
            let mut all = Vec::new();
            for part in parts {
                let (values, of_part) = values_of(part, source, languages)?;
                all.extend(values);
                lost.extend(of_part);
            }
            return Some((all, lost));
        }
        Pattern::Word(atom) => vec![Spelt::of(atom, source, languages, &mut lost)?],
        Pattern::Phrase(elements) => elements
            .iter()
            .map(|element| match element {
                Element::Any => Some(Spelt::alike("*".to_owned())),
                Element::Atom(atom) => Spelt::of(atom, source, languages, &mut lost),
            })
            .collect::<Option<Vec<Spelt>>>()?,
        _ => return None,
    };
    let joined =
        |spelt: fn(&Spelt) -> Option<&str>| Some(words.iter().map(spelt).collect::<Option<Vec<_>>>()?.join(" "));
    let mut values: Vec<String> = joined(|word| Some(&word.written)).into_iter().collect();
    match joined(|word| word.plain.as_deref()) {
        Some(plain) if values.contains(&plain) => {}
        Some(plain) => {
            values.push(plain);
            lost.push(Lost::BothSpellings);
        }
        None => lost.push(Lost::Accents),
    }
    Some((values, lost))
}

/// Words that are others with an accent, beside those of grammar: `allé`, `armé`, `entré`, `rosé`, `turné`, `vêr`, …
const OTHERS_WITH_ACCENTS: [&str; 14] = [
    "alle", "arme", "dine", "entre", "expose", "file", "loge", "passe", "pate", "pre", "resume", "rose", "turne", "ver",
];

/// One word as a dictionary has it.
struct Spelt {
    /// As the codebook writes it, in lower case.
    written: String,
    /// Without accents, which temakart finds too; `None` where that is another word.
    plain: Option<String>,
}

impl Spelt {
    fn alike(text: String) -> Self {
        Self { plain: Some(text.clone()), written: text }
    }

    fn of(atom: &Atom, source: &str, languages: &[Language], lost: &mut Vec<Lost>) -> Option<Self> {
        let form = match &atom.kind {
            AtomKind::ExactCase(form) => {
                lost.push(Lost::Case);
                return Some(Self::alike(form.clone()));
            }
            AtomKind::Wildcard(parts) => return Some(wildcard(parts, atom, source)),
            AtomKind::Fuzzy { .. } | AtomKind::Regex(_) => return None,
            AtomKind::Word(word) => {
                lost.push(Lost::Inflection);
                word
            }
            AtomKind::Exact(form) => form,
        };
        let mut written: String = letters(atom, source).map(|(letter, _)| letter).collect();
        written = as_seen(&written).to_lowercase();
        if form.ends_with('-') && !written.ends_with('-') {
            written.push('-');
        }
        if written == *form || fold(&written) != *form {
            return Some(Self::alike(form.clone()));
        }
        let is_other = form.chars().count() <= 2
            || is_function_word(form, languages)
            || OTHERS_WITH_ACCENTS.contains(&form.as_str());
        Some(Self { written, plain: (!is_other).then(|| form.clone()) })
    }
}

/// A word with wildcards as written. Without accents it would match too many others.
fn wildcard(parts: &[GlobPart], atom: &Atom, source: &str) -> Spelt {
    let plain = |part: &GlobPart| match part {
        GlobPart::Literal(text) => text.clone(),
        GlobPart::One => "?".to_owned(),
        GlobPart::Any => "*".to_owned(),
    };
    let plain: String = parts.iter().map(plain).collect();
    let is_wild = |(letter, is_escaped): &(char, bool)| !is_escaped && matches!(letter, '*' | '?');
    let written: Vec<(char, bool)> = letters(atom, source).collect();
    let is_inside = |letter: &(char, bool)| letter.0.is_alphanumeric() || is_wild(letter);
    let first = written.iter().position(is_inside).unwrap_or(0);
    let end = written.iter().rposition(is_inside).map_or(0, |last| last + 1);
    let written: String = written[first..end.max(first)].iter().map(|(letter, _)| letter).collect();
    let written = as_seen(&written).to_lowercase();
    if written == plain || fold(&written) != plain {
        return Spelt::alike(plain);
    }
    Spelt { written, plain: None }
}

/// The characters of a word as written, and whether a backslash took the meaning of each.
fn letters(atom: &Atom, source: &str) -> impl Iterator<Item = (char, bool)> {
    let mut characters = source.get(atom.span.start()..atom.span.end()).unwrap_or_default().chars();
    std::iter::from_fn(move || match characters.next()? {
        '\\' => characters.next().map(|escaped| (escaped, true)),
        other => Some((other, false)),
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

    #[track_caller]
    fn check_written(source: &str, expected: Option<(&[&str], &[Lost])>) {
        let pattern = parse(source, Context::Codebook).expect("it is a pattern");
        let found = values_of(&pattern, source, &[Language::Bokmaal, Language::Nynorsk]);
        let expected = expected.map(|(values, lost)| (values.iter().map(|v| (*v).to_owned()).collect(), lost.to_vec()));
        assert_eq!(found, expected, "{source}");
    }

    #[test]
    fn what_a_dictionary_cannot_say_is_told() {
        check_written("=ny OR \"=god * tur*\"", Some((&["ny", "god * tur*"], &[])));
        check_written("Forankring", Some((&["forankring"], &[Lost::Inflection])));
        check_written("==SI", Some((&["SI"], &[Lost::Case])));
        check_written("støtte NEAR/5 ledelse", None);
        check_written("/a.*/", None);
    }

    #[test]
    fn words_keep_their_accents_and_are_plain_too_where_that_is_no_other_word() {
        check_written("=Kafé", Some((&["kafé", "kafe"], &[Lost::BothSpellings])));
        check_written("idé", Some((&["idé", "ide"], &[Lost::Inflection, Lost::BothSpellings])));
        check_written("=én OR =òg", Some((&["én", "òg"], &[Lost::Accents, Lost::Accents])));
        check_written("=fôr", Some((&["fôr"], &[Lost::Accents])));
        check_written("=à", Some((&["à"], &[Lost::Accents])));
        check_written("=allé", Some((&["allé"], &[Lost::Accents])));
        check_written("\"=idé =kafé\"", Some((&["idé kafé", "ide kafe"], &[Lost::BothSpellings])));
        check_written("\"=på =én =kafé\"", Some((&["på én kafé"], &[Lost::Accents])));
        check_written("idé*", Some((&["idé*"], &[Lost::Accents])));
        check_written("(idé*?.)", Some((&["idé*?"], &[Lost::Accents])));
        check_written("=kaf\\é", Some((&["kafé", "kafe"], &[Lost::BothSpellings])));
        check_written("=kafe\u{301}", Some((&["kafé", "kafe"], &[Lost::BothSpellings])));
        check_written("=KAF\u{ad}É", Some((&["kafé", "kafe"], &[Lost::BothSpellings])));
        check_written("=naïv OR =ærlig", Some((&["naïv", "ærlig"], &[])));
        check_written("=Ola’s", Some((&["ola's"], &[])));
        let both = [Lost::Inflection, Lost::Inflection, Lost::BothSpellings];
        check_written("kafé- og", Some((&["kafé- og", "kafe- og"], &both)));
    }
}
