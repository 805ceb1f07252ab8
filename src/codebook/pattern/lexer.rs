//! A pattern's source as tokens: words, quoted words, operators, parentheses, filters.
//!
//! What one word of a pattern means is decided in [`super::word`]; how tokens go together, in [`super::parser`].

use std::ops::Range;

use crate::text::is_unseen;

use super::{
    Context, PatternProblem,
    ast::Filter,
    filter, regular,
    word::{self, Piece},
};

/// A distance reaches at most so far, in words.
pub(super) const MAX_DISTANCE: u32 = 10_000;

/// A token and the bytes of the source that it was read from.
#[derive(Debug, Clone)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    pub(super) range: Range<usize>,
}

#[derive(Debug, Clone)]
pub(super) enum TokenKind {
    /// `(`
    Open,
    /// `)`
    Close,
    And,
    Or,
    Not,
    /// `NEAR/5`, or `THEN/5` where ordered.
    Near {
        distance: u32,
        ordered: bool,
    },
    /// What was written without a blank: mostly one word, but `R&D` is two.
    Bare(Vec<Piece>),
    /// What was written between quotation marks.
    Quoted(Vec<Piece>),
    Filter(Filter),
    /// Something that could not be read, and has been reported.
    Broken,
}

/// A character of a word, and whether a backslash took its special meaning.
#[derive(Debug, Clone, Copy)]
pub(super) struct Letter {
    pub(super) character: char,
    pub(super) escaped: bool,
    /// First byte in the source, the backslash included.
    pub(super) start: usize,
    /// One past its last byte.
    pub(super) end: usize,
}

impl Letter {
    /// Whether this is `character` with its special meaning.
    pub(super) fn is(self, character: char) -> bool {
        self.character == character && !self.escaped
    }
}

/// Reads the whole source; what cannot be read is reported and stands as [`TokenKind::Broken`].
pub(super) fn tokens(source: &str, context: Context) -> (Vec<Token>, Vec<PatternProblem>) {
    let mut lexer = Lexer { source, at: 0, context, tokens: Vec::new(), problems: Vec::new() };
    while let Some(character) = lexer.peek() {
        let start = lexer.at;
        let kind = match character {
            _ if character.is_whitespace() => {
                lexer.advance();
                continue;
            }
            '(' => lexer.symbol(TokenKind::Open),
            ')' => lexer.symbol(TokenKind::Close),
            '/' => lexer.regular_expression(None).map_or(TokenKind::Broken, |piece| TokenKind::Bare(vec![piece])),
            _ if is_quote(character) => lexer.quoted(),
            _ => lexer.bare(),
        };
        lexer.tokens.push(Token { kind, range: start..lexer.at });
    }
    (lexer.tokens, lexer.problems)
}

struct Lexer<'s> {
    source: &'s str,
    /// The next byte to be read.
    at: usize,
    context: Context,
    tokens: Vec<Token>,
    problems: Vec<PatternProblem>,
}

impl Lexer<'_> {
    /// The next character that can be seen; the others, which folding drops from the text too, are passed over.
    fn peek(&mut self) -> Option<char> {
        let rest = &self.source[self.at..];
        let seen = rest.trim_start_matches(is_unseen);
        self.at += rest.len() - seen.len();
        seen.chars().next()
    }

    fn advance(&mut self) -> Option<char> {
        let character = self.source[self.at..].chars().next()?;
        self.at += character.len_utf8();
        Some(character)
    }

    fn symbol(&mut self, kind: TokenKind) -> TokenKind {
        self.advance();
        kind
    }

    fn report(&mut self, problem: PatternProblem) -> TokenKind {
        self.problems.push(problem);
        TokenKind::Broken
    }

    /// The next character, escapes resolved.
    fn letter(&mut self) -> Option<Letter> {
        let start = self.at;
        let mut character = self.advance()?;
        let escaped = character == '\\';
        if escaped {
            let Some(ordinary) = self.peek() else {
                let problem = PatternProblem::new(
                    "pattern/dangling-escape",
                    start..self.at,
                    "the pattern ends in a backslash",
                    "expected the character that it makes ordinary",
                );
                self.report(problem.hint("a backslash itself is written `\\\\`"));
                return None;
            };
            self.advance();
            character = ordinary;
        }
        Some(Letter { character, escaped, start, end: self.at })
    }

    /// A word, an operator or a filter: what stands up to a blank, a parenthesis or a quotation mark.
    fn bare(&mut self) -> TokenKind {
        let start = self.at;
        let n_problems = self.problems.len();
        let mut letters = Vec::new();
        while let Some(next) = self.peek() {
            if next.is_whitespace() || matches!(next, '(' | ')') || is_quote(next) {
                break;
            }
            let Some(letter) = self.letter() else { break };
            if letter.is(':') && filter::is_name(&letters) {
                return self.filter(start, &letters);
            }
            letters.push(letter);
        }
        if self.problems.len() > n_problems {
            return TokenKind::Broken;
        }
        if let Some(operator) = self.operator(&letters, start) {
            return operator;
        }
        self.pieces(&letters, start).map_or(TokenKind::Broken, TokenKind::Bare)
    }

    fn pieces(&mut self, letters: &[Letter], start: usize) -> Option<Vec<Piece>> {
        word::read(letters, start..self.at).map_err(|problem| self.problems.push(problem)).ok()
    }

    fn operator(&mut self, letters: &[Letter], start: usize) -> Option<TokenKind> {
        if letters.iter().any(|letter| letter.escaped) {
            return None;
        }
        let text = &self.source[start..self.at];
        match text {
            "AND" => return Some(TokenKind::And),
            "OR" => return Some(TokenKind::Or),
            "NOT" => return Some(TokenKind::Not),
            _ => {}
        }
        let (name, distance) = text.split_once('/').map_or((text, None), |(name, rest)| (name, Some(rest)));
        let ordered = match name {
            "NEAR" => false,
            "THEN" => true,
            _ => return None,
        };
        let parsed = distance.and_then(|digits| digits.parse().ok()).filter(|n| (1..=MAX_DISTANCE).contains(n));
        if let Some(distance) = parsed {
            return Some(TokenKind::Near { distance, ordered });
        }
        let (range, message) = match distance {
            None => (start..self.at, format!("`{name}` needs a distance")),
            Some("") => (start..self.at, format!("`{name}/` needs a distance")),
            Some("0") => (start + 5..self.at, format!("the distance of `{name}` is at least 1")),
            Some(distance) => (start + 5..self.at, format!("`{}` is not a distance", crate::diag::shortened(distance))),
        };
        let label = format!("expected a number of words from 1 to {MAX_DISTANCE}, as in `{name}/5`");
        let hint = match distance {
            None => format!("to find the word itself, write `\\{name}`"),
            Some(_) => format!("`{name}/1` means next to each other, `{name}/5` at most 4 words between"),
        };
        Some(self.report(PatternProblem::new("pattern/bad-distance", range, message, label).hint(hint)))
    }

    fn filter(&mut self, start: usize, name: &[Letter]) -> TokenKind {
        let value_start = self.at;
        let mut parts = Vec::new();
        let mut part = filter::Part::default();
        while let Some(next) = self.peek() {
            if next.is_whitespace() || matches!(next, '(' | ')') {
                break;
            }
            if is_quote(next) {
                let quote_start = self.at;
                self.advance();
                let Some(letters) = self.until_quote(next) else {
                    return self.report(unclosed_quote(quote_start, next));
                };
                part.letters.extend(letters);
                part.is_quoted = true;
            } else if self.source[self.at..].starts_with("..") {
                self.at += 2;
                parts.push(std::mem::take(&mut part));
            } else {
                let Some(letter) = self.letter() else { return TokenKind::Broken };
                part.letters.push(letter);
            }
        }
        parts.push(part);
        let range = start..self.at;
        if self.context == Context::Codebook {
            return self.report(filter::in_codebook(self.source, range, value_start));
        }
        match filter::read(name, &parts, range, value_start) {
            Ok(filter) => TokenKind::Filter(filter),
            Err(problem) => self.report(problem),
        }
    }

    /// The letters up to the quotation mark that closes `open`, which is passed; `None` where there is none.
    fn until_quote(&mut self, open: char) -> Option<Vec<Letter>> {
        let mut letters = Vec::new();
        loop {
            let next = self.peek()?;
            if closes(open, next) {
                self.advance();
                return Some(letters);
            }
            letters.push(self.letter()?);
        }
    }

    fn quoted(&mut self) -> TokenKind {
        let start = self.at;
        let n_problems = self.problems.len();
        let open = self.advance().expect("the quotation mark is here");
        let mut pieces = Vec::new();
        let is_closed = loop {
            let Some(next) = self.peek() else { break false };
            if closes(open, next) {
                self.advance();
                break true;
            }
            if next.is_whitespace() {
                self.advance();
            } else if next == '/' {
                match self.regular_expression(Some(open)) {
                    Some(piece) => pieces.push(piece),
                    // What follows belongs to the expression or not; nobody can tell.
                    None => break self.until_quote(open).is_some(),
                }
            } else {
                self.quoted_word(open, &mut pieces);
            }
        };
        if !is_closed && self.problems.len() == n_problems {
            self.report(unclosed_quote(start, open));
        } else if pieces.is_empty() && self.problems.len() == n_problems {
            self.report(PatternProblem::new(
                "pattern/empty-quotes",
                start..self.at,
                "there is nothing between the quotation marks",
                "expected a word here",
            ));
        }
        if self.problems.len() > n_problems { TokenKind::Broken } else { TokenKind::Quoted(pieces) }
    }

    fn quoted_word(&mut self, open: char, pieces: &mut Vec<Piece>) {
        let start = self.at;
        let mut letters = Vec::new();
        while let Some(next) = self.peek() {
            if next.is_whitespace() || closes(open, next) {
                break;
            }
            let Some(letter) = self.letter() else { return };
            letters.push(letter);
        }
        if let Some(read) = self.pieces(&letters, start) {
            pieces.extend(read);
        }
    }

    /// `/…/`, inside the quotation mark `quote` or outside of any.
    fn regular_expression(&mut self, quote: Option<char>) -> Option<Piece> {
        let start = self.at;
        self.advance();
        let body = self.at;
        let end = loop {
            let at = self.at;
            match self.advance() {
                Some('/') => break at,
                Some('\\') => {
                    self.advance();
                }
                Some(other) if !quote.is_some_and(|open| closes(open, other)) => {}
                _ => {
                    self.at = at;
                    let problem = PatternProblem::new(
                        "pattern/unclosed-regex",
                        start..start + 1,
                        "this regular expression is not closed",
                        "expected another `/` after it",
                    );
                    self.report(
                        problem.hint("a `/` is never part of a word; to find two words that it joins, use `THEN/1`"),
                    );
                    return None;
                }
            }
        };
        let followed_by =
            self.peek().filter(|next| !next.is_whitespace() && !matches!(next, '(' | ')') && !is_quote(*next));
        if followed_by.is_some() {
            self.report(
                PatternProblem::new(
                    "pattern/bad-regex",
                    self.at..self.at + followed_by.map_or(0, char::len_utf8),
                    "the regular expression must be followed by a space",
                    "expected a space",
                )
                .hint("flags are not needed, since case is ignored; a `/` inside is written `\\/`"),
            );
            while self.peek().is_some_and(|next| !next.is_whitespace() && !is_quote(next)) {
                self.advance();
            }
            return None;
        }
        match regular::read(&self.source[body..end], body, start..self.at) {
            Ok(piece) => Some(piece),
            Err(problem) => {
                self.report(problem);
                None
            }
        }
    }
}

fn unclosed_quote(start: usize, open: char) -> PatternProblem {
    PatternProblem::new(
        "pattern/unclosed-quote",
        start..start + open.len_utf8(),
        "this quotation mark is not closed",
        format!("expected another `{}` after the last word", closing(open)),
    )
}

/// `"`, or one of the quotation marks that word processors put in its place.
pub(super) fn is_quote(character: char) -> bool {
    matches!(character, '"' | '“' | '”' | '„' | '«' | '»')
}

fn closes(open: char, character: char) -> bool {
    if open == '"' { character == '"' } else { character != '"' && is_quote(character) }
}

fn closing(open: char) -> char {
    match open {
        '«' => '»',
        '»' => '«',
        '"' => '"',
        _ => '”',
    }
}
