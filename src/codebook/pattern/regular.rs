//! `/…/`: a regular expression over one whole word.

use std::ops::Range;

use regex::{Regex, RegexBuilder};
use regex_syntax::ParserBuilder;
use unicode_normalization::UnicodeNormalization;

use super::{PatternProblem, ast::AtomKind, word::Piece};
use crate::text::{fold_into, is_unseen};

/// A compiled expression takes at most so many bytes.
const MAX_BYTES: usize = 4 << 20;
/// One class of characters takes at most a fiftieth of that, so an expression that has no more than these and
/// repeats nothing a given number of times fits without being tried.
const CLASSES_THAT_FIT: usize = 30;
/// Groups and repetitions stand at most so deep in each other.
const MAX_DEPTH: u32 = 50;

/// The expression of an [`AtomKind::Regex`], ready to be asked whether a folded form matches it as a whole.
///
/// # Errors
/// Where `source` is no expression, or too large a one; never for the source of a parsed pattern.
pub fn word_regex(source: &str) -> Result<Regex, regex::Error> {
    RegexBuilder::new(&format!(r"\A(?:{source})\z"))
        .case_insensitive(true)
        .size_limit(MAX_BYTES)
        .nest_limit(MAX_DEPTH + 2)
        .build()
}

/// The word that the expression `body`, written from byte `at` on, stands for; `range` is all of `/…/`.
pub(super) fn read(body: &str, at: usize, range: Range<usize>) -> Result<Piece, PatternProblem> {
    let bad = |range: Range<usize>, message: String, label: String| {
        PatternProblem::new("pattern/bad-regex", range, message, label)
    };
    if body.is_empty() {
        return Err(bad(
            range,
            "the regular expression is empty".to_owned(),
            "expected one between the `/`".to_owned(),
        ));
    }
    if let Some(quote) = body.find('"') {
        let place = at + quote..at + quote + 1;
        return Err(bad(place, "no word contains a quotation mark".to_owned(), "this never matches".to_owned()));
    }
    let is_verbose = body.contains("(?x") || body.contains("(?ix");
    if let Some((blank, character)) = body.char_indices().find(|(_, c)| c.is_whitespace()).filter(|_| !is_verbose) {
        let place = at + blank..at + blank + character.len_utf8();
        let problem = bad(place, "no word contains a space".to_owned(), "this never matches".to_owned());
        return Err(problem.hint(
            "one expression matches one word; to match a phrase, put several in quotation marks, as in `\"/ny.*/ \
             giv\"`",
        ));
    }
    check_syntax(body, at)?;
    let source = folded(body);
    if source == body && fits_untried(body) {
        return Ok(Piece::word(AtomKind::Regex(source), range));
    }
    match word_regex(&source) {
        Ok(_) => Ok(Piece::word(AtomKind::Regex(source), range)),
        Err(regex::Error::CompiledTooBig(_)) => {
            let message = format!("the regular expression is too large: more than {} MB", MAX_BYTES >> 20);
            Err(bad(range, message, "expected fewer or shorter repetitions".to_owned()))
        }
        // The expression parsed as typed, so our rewriting of it is at fault.
        Err(_) => Err(bad(
            range,
            "the regular expression cannot be held to one whole word".to_owned(),
            "expected neither a comment nor a range of accented letters in it".to_owned(),
        )),
    }
}

/// Whether `body`, which can be read, certainly compiles within the limit. Trying takes ten times as long as reading.
fn fits_untried(body: &str) -> bool {
    let n_classes = body.bytes().filter(|byte| matches!(byte, b'\\' | b'[' | b'.')).count();
    n_classes <= CLASSES_THAT_FIT && !body.contains('{') && !body.contains("(?")
}

fn check_syntax(body: &str, at: usize) -> Result<(), PatternProblem> {
    let parsed = ParserBuilder::new().nest_limit(MAX_DEPTH).case_insensitive(true).build().parse(body);
    let (message, span) = match &parsed {
        Ok(_) => return Ok(()),
        Err(regex_syntax::Error::Parse(error)) => (error.kind().to_string(), *error.span()),
        Err(regex_syntax::Error::Translate(error)) => (error.kind().to_string(), *error.span()),
        Err(other) => (other.to_string(), regex_syntax::ast::Span::splat(regex_syntax::ast::Position::new(0, 1, 1))),
    };
    let message = message.split_once('\n').map_or(message.as_str(), |(first, _)| first);
    let is_look_around = message.starts_with("look-around");
    let is_backreference = message.starts_with("backreferences");
    let range = at + span.start.offset..at + span.end.offset.max(span.start.offset);
    let mut problem = PatternProblem::new(
        "pattern/bad-regex",
        range,
        "this regular expression cannot be read",
        message.trim_end_matches('.'),
    );
    if is_look_around {
        problem = problem.hint("for what must not be near, write `NOT NEAR/3`; for what must not match, `not = […]`");
    } else if is_backreference {
        problem = problem.hint("write out the alternatives, as in `/(aa|ee|oo)/`");
    }
    Err(problem)
}

/// The expression with its letters as forms have them: `é` as `e`; a `\/` is a plain `/` from here on.
fn folded(body: &str) -> String {
    let mut out = String::with_capacity(body.len());
    // What folding drops goes first: it may keep a letter and its accent apart.
    let mut characters = body.chars().filter(|character| !is_unseen(*character)).nfc();
    while let Some(character) = characters.next() {
        match character {
            '\\' => match characters.next() {
                Some('/') => out.push('/'),
                Some(escaped) => out.extend(['\\', escaped]),
                None => out.push('\\'),
            },
            _ if character.is_ascii() => out.push(character),
            _ => fold_into(character.encode_utf8(&mut [0; 4]), &mut out),
        }
    }
    out
}

/// The expression as it is written between slashes.
pub(super) fn escaped(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    let mut characters = source.chars();
    while let Some(character) = characters.next() {
        match character {
            '/' => out.push_str("\\/"),
            '\\' => {
                out.push('\\');
                out.extend(characters.next());
            }
            _ => out.push(character),
        }
    }
    out
}
