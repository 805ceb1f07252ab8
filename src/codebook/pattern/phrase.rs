//! Words side by side: one word, or a phrase.
//!
//! Here it is decided whether they can match anything: whether there is a word at all, whether punctuation stands
//! between them that ends a phrase in the text, whether they would match every word.

use std::ops::Range;

use super::{
    PatternProblem,
    ast::{AtomKind, Element, GlobPart, Pattern},
    lexer::{Token, TokenKind},
    parser::MAX_EXAMPLE_LENGTH,
    word::Piece,
};
use crate::diag::shortened;

/// The pattern of `tokens`, which are words and quoted words and stand at `range`.
pub(super) fn read(source: &str, tokens: &[Token], range: &Range<usize>) -> Result<Pattern, Vec<PatternProblem>> {
    let mut problems = Vec::new();
    let mut elements: Vec<Element> = Vec::new();
    let mut last: Option<&Piece> = None;
    let mut is_broken = false;
    for token in tokens {
        let (pieces, is_quoted) = match &token.kind {
            TokenKind::Bare(pieces) => (pieces, false),
            TokenKind::Quoted(pieces) => (pieces, true),
            _ => continue,
        };
        for piece in pieces {
            is_broken |= piece.break_before;
            if let Some(element) = &piece.element {
                if let Some(last) = last.filter(|_| is_broken) {
                    problems.push(broken(source, last, piece));
                }
                elements.push(element.clone());
                last = Some(piece);
                is_broken = piece.break_after;
            } else if !is_quoted && tokens.len() > 1 && !piece.break_before {
                // A sign by itself is mostly meant for an operator.
                problems.push(no_word(source, &piece.range).hint(
                    "if the character belongs to the phrase, put the phrase in quotation marks; the character is then \
                     ignored",
                ));
            }
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    if elements.is_empty() {
        return Err(vec![no_word(source, range)]);
    }
    if elements.iter().all(takes_any_word) {
        return Err(vec![matches_everything(range.clone())]);
    }
    match <[Element; 1]>::try_from(elements) {
        Ok([Element::Atom(atom)]) => Ok(Pattern::Word(atom)),
        Ok(single @ [Element::Any]) => Ok(Pattern::Phrase(single.into())),
        Err(several) => Ok(Pattern::Phrase(several)),
    }
}

fn takes_any_word(element: &Element) -> bool {
    let Element::Atom(atom) = element else { return true };
    let AtomKind::Wildcard(parts) = &atom.kind else { return false };
    let n_single = parts.iter().filter(|part| **part == GlobPart::One).count();
    parts.contains(&GlobPart::Any) && n_single <= 1 && parts.iter().all(|part| !matches!(part, GlobPart::Literal(_)))
}

fn matches_everything(range: Range<usize>) -> PatternProblem {
    PatternProblem::new("pattern/matches-everything", range, "this matches every word", "expected at least one letter")
        .hint("`*` alone stands for one word inside a phrase, as in `støtte * ledelsen`")
}

fn no_word(source: &str, range: &Range<usize>) -> PatternProblem {
    let text = &source[range.clone()];
    let message = format!("`{}` is not a word", shortened(text));
    let problem = PatternProblem::new("pattern/no-word", range.clone(), message, "expected a letter or a digit");
    // What someone who is used to another search language may have meant.
    match text {
        "&" | "&&" | "+" => problem.hint("the operator is written `AND`"),
        "|" | "||" => problem.hint("the operator is written `OR`"),
        "!" | "-" => problem.hint("the operator is written `AND NOT`"),
        _ => problem,
    }
}

fn broken(source: &str, left: &Piece, right: &Piece) -> PatternProblem {
    let range = left.range.start..right.range.end;
    let whole = &source[range.clone()];
    let message = match source[left.range.end..right.range.start].trim() {
        "" => "a phrase never continues across punctuation".to_owned(),
        between => format!("a phrase never continues across `{}`", shortened(between)),
    };
    let problem = PatternProblem::new("pattern/broken-phrase", range, message, "this would never match");
    if let Some((name, distance)) = whole.split_once('/')
        && matches!(name.to_uppercase().as_str(), "NEAR" | "THEN")
        && distance.parse::<u32>().is_ok()
    {
        return problem.hint(format!("operators are written in capitals: `{}/{distance}`", name.to_uppercase()));
    }
    let is_short = whole.len() <= MAX_EXAMPLE_LENGTH;
    let (left, right) = (&source[left.range.clone()], &source[right.range.clone()]);
    let written = if is_short { format!("{left} THEN/1 {right}") } else { "THEN/1".to_owned() };
    problem.hint(format!("to match across it write `{written}`"))
}
