//! Patterns that can be read, but hardly say what was meant.

use super::{
    Context, PatternProblem,
    ast::{AtomKind, Element},
    lexer::{self, Token, TokenKind},
    regular::word_regex,
};

/// What in a pattern that [`parse`](super::parse) reads is likely not meant: nothing for a pattern that it does not.
#[must_use]
pub fn lint(source: &str, context: Context) -> Vec<PatternProblem> {
    let (tokens, _) = lexer::tokens(source, context);
    let mut problems = Vec::new();
    for (index, token) in tokens.iter().enumerate() {
        match &token.kind {
            TokenKind::Bare(pieces) => {
                let is_between = index > 0 && index + 1 < tokens.len();
                problems.extend(looks_like_operator(&source[token.range.clone()], token, is_between));
                problems.extend(pieces.iter().filter_map(|piece| piece.element.as_ref()).filter_map(too_wide));
            }
            TokenKind::Quoted(pieces) => {
                problems.extend(pieces.iter().filter_map(|piece| piece.element.as_ref()).filter_map(too_wide));
            }
            _ => {}
        }
    }
    problems
}

fn looks_like_operator(text: &str, token: &Token, is_between: bool) -> Option<PatternProblem> {
    let range = token.range.clone();
    let in_capitals = text.to_uppercase();
    if is_between && in_capitals != text && matches!(in_capitals.as_str(), "AND" | "OR" | "NOT") {
        let message = format!("`{text}` is a word here, not an operator");
        let label = "operators are written in capitals";
        return Some(
            PatternProblem::new("pattern/word-like-operator", range, message, label)
                .hint(format!("write `{in_capitals}`, or put the phrase in quotation marks if you mean the word")),
        );
    }
    let meant = match text {
        "OG" => "AND",
        "ELLER" => "OR",
        "IKKE" | "IKKJE" => "NOT",
        "NÆR" => "NEAR/5",
        _ => "",
    };
    let meant = near_without_slash(&in_capitals).unwrap_or_else(|| meant.to_owned());
    if is_between && !meant.is_empty() {
        let message = format!("`{text}` is a word here, not an operator");
        let label = format!("the operator is `{meant}`");
        return Some(
            PatternProblem::new("pattern/word-like-operator", range, message, label)
                .hint("put the phrase in quotation marks if you mean the word"),
        );
    }
    let sign = text.chars().next().filter(|first| matches!(first, '-' | '+'))?;
    text[1..].starts_with(char::is_alphabetic).then(|| {
        let operator = if sign == '-' { "AND NOT" } else { "AND" };
        PatternProblem::new(
            "pattern/sign-without-meaning",
            range,
            format!("a `{sign}` before a word has no effect here"),
            format!("expected `{operator} {}`", crate::diag::shortened(&text[1..])),
        )
    })
}

/// `NEAR/5` for `NEAR5`.
fn near_without_slash(text: &str) -> Option<String> {
    ["NEAR", "THEN"].iter().find_map(|name| {
        let distance: u32 = text.strip_prefix(name)?.parse().ok()?;
        Some(format!("{name}/{distance}"))
    })
}

fn too_wide(element: &Element) -> Option<PatternProblem> {
    let Element::Atom(atom) = element else { return None };
    let range = atom.span.start()..atom.span.end();
    match &atom.kind {
        AtomKind::Fuzzy { word, edits } if word.chars().count() <= 2 * usize::from(*edits) + 1 => {
            let message = format!("`{word}` is too short for {edits} edits: most short words match");
            Some(PatternProblem::new("pattern/too-wide", range, message, "expected a longer word or fewer edits"))
        }
        AtomKind::Regex(source) => takes_all(source).then(|| {
            let message = "this regular expression matches every word";
            PatternProblem::new("pattern/too-wide", range, message, "expected some letters")
        }),
        _ => None,
    }
}

fn takes_all(source: &str) -> bool {
    // Nothing but length and letters sets these apart; who takes them all takes everything.
    const PROBES: [&str; 5] = ["e", "oij", "prøvekluten", "2019", "wxz-vaqy"];
    // Most expressions cannot match one letter, and need not be compiled to see it.
    let may_be_short = regex_syntax::parse(source)
        .is_ok_and(|parsed| parsed.properties().minimum_len().is_none_or(|length| length <= PROBES[0].len()));
    may_be_short && word_regex(source).is_ok_and(|regex| PROBES.iter().all(|probe| regex.is_match(probe)))
}
