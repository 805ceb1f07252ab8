//! Tokens as a tree. Binding, tightest first: phrase, NEAR / THEN / NOT NEAR, NOT, AND, OR.
//!
//! What single words mean was decided before ([`super::word`]); whether what is written can match anything is
//! decided here.

use std::ops::Range;

use super::{
    Context, PatternProblem,
    ast::Pattern,
    lexer::{self, Token, TokenKind},
    limits, phrase,
};
use crate::diag::shortened;

/// A pattern has at most so many characters.
pub(super) const MAX_LENGTH: usize = 10_000;
/// Parentheses and operators stand at most so deep in each other.
pub(super) const MAX_DEPTH: usize = 100;

/// A hint quotes what was written if it is at most so long.
pub(super) const MAX_EXAMPLE_LENGTH: usize = 40;

/// Reads a whole pattern.
pub(super) fn parse(source: &str, context: Context) -> Result<Pattern, Vec<PatternProblem>> {
    if let Some((at, _)) = source.char_indices().nth(MAX_LENGTH) {
        return Err(vec![
            PatternProblem::new(
                "pattern/too-long",
                at..at,
                format!("the pattern has {} characters", source.chars().count()),
                format!("expected at most {MAX_LENGTH}"),
            )
            .hint("several patterns of a code work like one pattern with OR between them"),
        ]);
    }
    let (tokens, problems) = lexer::tokens(source, context);
    if !problems.is_empty() {
        return Err(problems);
    }
    let mut parser = Parser { source, tokens: &tokens, at: 0, open: 0, problems: Vec::new() };
    let tree = parser.whole();
    match tree {
        Some(node) if parser.problems.is_empty() => {
            let problems = limits::check(&node.pattern);
            if problems.is_empty() { Ok(node.pattern) } else { Err(problems) }
        }
        _ => Err(parser.problems),
    }
}

/// A part of the tree while it is being built.
struct Node {
    pattern: Pattern,
    range: Range<usize>,
    /// How many levels it has.
    depth: usize,
    /// It holds filters and no words, so that it says something of segments even where it is a NOT.
    is_condition: bool,
}

struct Parser<'t> {
    source: &'t str,
    tokens: &'t [Token],
    at: usize,
    /// Parentheses open here.
    open: usize,
    problems: Vec<PatternProblem>,
}

/// `None` stands for something that was reported.
impl Parser<'_> {
    fn whole(&mut self) -> Option<Node> {
        if self.tokens.is_empty() {
            let problem =
                PatternProblem::new("pattern/empty", 0..self.source.len(), "the pattern is empty", "expected a word");
            return self.fail(problem);
        }
        let node = self.or()?;
        if let Some(token) = self.peek() {
            let range = token.range.clone();
            let problem = match token.kind {
                TokenKind::Close => PatternProblem::new(
                    "pattern/unopened-parenthesis",
                    range,
                    "this parenthesis was never opened",
                    "expected an operator or the end",
                )
                .hint("a parenthesis in the text is written `\\)`"),
                TokenKind::Not => PatternProblem::new(
                    "pattern/missing-operator",
                    range,
                    "an operator is missing before `NOT`",
                    "expected `AND NOT` or `NOT NEAR/5`",
                ),
                _ => self.missing_operator(&node, token),
            };
            return self.fail(problem);
        }
        self.matching(node)
    }

    fn or(&mut self) -> Option<Node> {
        let mut nodes = vec![self.and()?];
        while self.take(|kind| matches!(kind, TokenKind::Or)) {
            nodes.push(self.and()?);
        }
        if nodes.len() == 1 {
            return nodes.pop();
        }
        let mut matching = Vec::with_capacity(nodes.len());
        for node in nodes {
            matching.push(self.matching(node)?);
        }
        self.joined(matching, |part| match part {
            Pattern::Or(parts) => Ok(parts),
            other => Err(other),
        })
        .map(|(parts, node)| Node { pattern: Pattern::Or(parts), ..node })
    }

    fn and(&mut self) -> Option<Node> {
        let mut nodes = vec![self.not()?];
        while self.take(|kind| matches!(kind, TokenKind::And)) {
            nodes.push(self.not()?);
        }
        if nodes.len() == 1 {
            return nodes.pop();
        }
        let is_bare_not = |node: &Node| matches!(node.pattern, Pattern::Not(_)) && !node.is_condition;
        if nodes.iter().all(|node| matches!(node.pattern, Pattern::Not(_))) && nodes.iter().any(is_bare_not) {
            let range = nodes[0].range.start..nodes[nodes.len() - 1].range.end;
            return self.fail(lone_not(range));
        }
        self.joined(nodes, |part| match part {
            Pattern::And(parts) => Ok(parts),
            other => Err(other),
        })
        .map(|(parts, node)| Node { pattern: Pattern::And(parts), ..node })
    }

    /// The parts of an AND or OR, those of the same operator in parentheses taken in; the node is to be completed.
    fn joined(
        &mut self,
        nodes: Vec<Node>,
        parts_of: impl Fn(Pattern) -> Result<Vec<Pattern>, Pattern>,
    ) -> Option<(Vec<Pattern>, Node)> {
        let range = nodes[0].range.start..nodes[nodes.len() - 1].range.end;
        let depth = 1 + nodes.iter().map(|node| node.depth).max().unwrap_or(0);
        let is_condition = nodes.iter().all(|node| node.is_condition);
        let mut parts = Vec::with_capacity(nodes.len());
        for node in nodes {
            match parts_of(node.pattern) {
                Ok(inner) => parts.extend(inner),
                Err(part) => parts.push(part),
            }
        }
        let node = Node { pattern: Pattern::Or(Vec::new()), range, depth, is_condition };
        self.not_too_deep(node).map(|node| (parts, node))
    }

    fn not(&mut self) -> Option<Node> {
        let start = self.tokens.get(self.at).map_or(self.source.len(), |token| token.range.start);
        let is_not_near = matches!(self.tokens.get(self.at + 1).map(|token| &token.kind), Some(TokenKind::Near { .. }));
        if is_not_near || !self.take(|kind| matches!(kind, TokenKind::Not)) {
            return self.near();
        }
        if let Some(token) = self.peek().filter(|token| matches!(token.kind, TokenKind::Not)) {
            let problem = PatternProblem::new(
                "pattern/double-not",
                start..token.range.end,
                "`NOT NOT` has no effect",
                "expected a single `NOT`",
            );
            return self.fail(problem);
        }
        let operand = self.near()?;
        let operand = self.matching(operand)?;
        let node = Node {
            range: start..operand.range.end,
            depth: operand.depth + 1,
            is_condition: operand.is_condition,
            pattern: Pattern::Not(Box::new(operand.pattern)),
        };
        self.not_too_deep(node)
    }

    fn near(&mut self) -> Option<Node> {
        let mut left = self.primary()?;
        loop {
            let is_negated = matches!(self.tokens.get(self.at).map(|token| &token.kind), Some(TokenKind::Not));
            let operator = self.tokens.get(self.at + usize::from(is_negated));
            let Some(&Token { kind: TokenKind::Near { distance, ordered }, ref range }) = operator else {
                return Some(left);
            };
            if is_negated && ordered {
                let range = self.tokens[self.at].range.start..range.end;
                return self.fail(PatternProblem::new(
                    "pattern/not-then",
                    range,
                    "there is no `NOT THEN`",
                    format!("expected `NOT NEAR/{distance}`"),
                ));
            }
            self.at += 1 + usize::from(is_negated);
            let right = self.primary()?;
            left = self.pair(left, right, distance, |left, right| {
                if is_negated {
                    Pattern::NotNear { left, right, distance }
                } else {
                    Pattern::Near { left, right, distance, ordered }
                }
            })?;
        }
    }

    fn pair(
        &mut self,
        left: Node,
        right: Node,
        distance: u32,
        pattern: impl FnOnce(Box<Pattern>, Box<Pattern>) -> Pattern,
    ) -> Option<Node> {
        for side in [&left, &right] {
            if side.is_condition {
                let problem = PatternProblem::new(
                    "pattern/filter-near",
                    side.range.clone(),
                    "nothing can be near a filter: it has no place in the text",
                    "expected words",
                );
                return self.fail(problem.hint("join it with AND, outside the NEAR"));
            }
            if matches!(side.pattern, Pattern::Not(_)) {
                let problem = lone_not(side.range.clone());
                return self.fail(problem.hint(format!("for what must not be near, write `NOT NEAR/{distance}`")));
            }
        }
        let node = Node {
            range: left.range.start..right.range.end,
            depth: 1 + left.depth.max(right.depth),
            is_condition: false,
            pattern: pattern(Box::new(left.pattern), Box::new(right.pattern)),
        };
        self.not_too_deep(node)
    }

    /// A phrase, a filter, or something in parentheses.
    fn primary(&mut self) -> Option<Node> {
        let node = match self.peek().map(|token| (&token.kind, token.range.clone())) {
            Some((TokenKind::Open, range)) => self.parenthesised(range)?,
            Some((TokenKind::Bare(_) | TokenKind::Quoted(_), _)) => self.phrase()?,
            Some((TokenKind::Filter(filter), range)) => {
                let pattern = Pattern::Filter(filter.clone());
                self.at += 1;
                Node { pattern, range, depth: 1, is_condition: true }
            }
            found => {
                let range = found.map_or(self.source.len()..self.source.len(), |(_, range)| range);
                let problem = self.missing_operand(range);
                return self.fail(problem);
            }
        };
        let starts_operand = |kind: &TokenKind| {
            matches!(kind, TokenKind::Open | TokenKind::Bare(_) | TokenKind::Quoted(_) | TokenKind::Filter(_))
        };
        match self.peek().filter(|token| starts_operand(&token.kind)) {
            Some(token) => {
                let problem = self.missing_operator(&node, token);
                self.fail(problem)
            }
            None => Some(node),
        }
    }

    fn parenthesised(&mut self, open: Range<usize>) -> Option<Node> {
        if self.open == MAX_DEPTH {
            return self.fail(too_deep(open));
        }
        self.at += 1;
        if let Some(close) = self.peek().filter(|token| matches!(token.kind, TokenKind::Close)) {
            let range = open.start..close.range.end;
            return self.fail(
                PatternProblem::new(
                    "pattern/missing-operand",
                    range,
                    "there is nothing in the parentheses",
                    "expected a word",
                )
                .hint("parentheses in the text are written `\\(` and `\\)`"),
            );
        }
        self.open += 1;
        let node = self.or()?;
        self.open -= 1;
        if self.take(|kind| matches!(kind, TokenKind::Close)) {
            let end = self.tokens[self.at - 1].range.end;
            return Some(Node { range: open.start..end, ..node });
        }
        let problem = match self.peek() {
            None => PatternProblem::new(
                "pattern/unclosed-parenthesis",
                open,
                "this parenthesis is not closed",
                "expected a `)` after it",
            )
            .hint("a parenthesis in the text is written `\\(`"),
            Some(token) => self.missing_operator(&node, token),
        };
        self.fail(problem)
    }

    /// Words and quoted words that stand side by side.
    fn phrase(&mut self) -> Option<Node> {
        let rest = &self.tokens[self.at..];
        let is_part = |token: &&Token| matches!(token.kind, TokenKind::Bare(_) | TokenKind::Quoted(_));
        let tokens = &rest[..rest.iter().take_while(is_part).count()];
        self.at += tokens.len();
        let range = tokens[0].range.start..tokens[tokens.len() - 1].range.end;
        match phrase::read(self.source, tokens, &range) {
            Ok(pattern) => Some(Node { pattern, range, depth: 1, is_condition: false }),
            Err(problems) => {
                self.problems.extend(problems);
                None
            }
        }
    }

    /// The node, unless it is a NOT of words with nothing beside it that matches.
    fn matching(&mut self, node: Node) -> Option<Node> {
        if matches!(node.pattern, Pattern::Not(_)) && !node.is_condition {
            return self.fail(lone_not(node.range));
        }
        Some(node)
    }

    fn not_too_deep(&mut self, node: Node) -> Option<Node> {
        if node.depth > MAX_DEPTH {
            return self.fail(too_deep(node.range));
        }
        Some(node)
    }

    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at)
    }

    fn take(&mut self, is_wanted: impl Fn(&TokenKind) -> bool) -> bool {
        let found = self.peek().is_some_and(|token| is_wanted(&token.kind));
        self.at += usize::from(found);
        found
    }

    fn fail<T>(&mut self, problem: PatternProblem) -> Option<T> {
        self.problems.push(problem);
        None
    }

    fn missing_operand(&self, range: Range<usize>) -> PatternProblem {
        let expected = "expected a word, a phrase or `(`";
        let before = self.at.checked_sub(1).map(|before| self.tokens[before].range.clone());
        let (found, beside) = match (self.peek(), before) {
            (None, Some(before)) => ("the pattern ends", Some(before)),
            (Some(token), before) if matches!(token.kind, TokenKind::Close) => ("the parenthesis closes", before),
            (Some(_), _) => {
                let message = format!("there is nothing before `{}`", shortened(&self.source[range.clone()]));
                return PatternProblem::new("pattern/missing-operand", range.clone(), message, expected)
                    .hint(format!("to find the word itself, write `\\{}`", shortened(&self.source[range.clone()])));
            }
            (None, None) => ("the pattern ends", None),
        };
        let message = match beside {
            Some(beside) => format!("{found} after `{}`", shortened(&self.source[beside])),
            None => found.to_owned(),
        };
        PatternProblem::new("pattern/missing-operand", range, message, expected)
    }

    /// `left` is followed by `right`, and the two make no phrase.
    fn missing_operator(&self, left: &Node, right: &Token) -> PatternProblem {
        let has_filter = left.is_condition || matches!(right.kind, TokenKind::Filter(_));
        let right = right.range.clone();
        let (expected, reason, operator) = if has_filter {
            ("expected `AND` or `OR`", "a filter must be joined to what it restricts:", "AND")
        } else {
            let reason = "only words can form a phrase; for parts next to each other";
            ("expected `AND`, `OR`, `NEAR/5` or `THEN/5`", reason, "THEN/1")
        };
        let (left_text, right_text) = (&self.source[left.range.clone()], &self.source[right.clone()]);
        let message = format!("an operator is missing before `{}`", shortened(right_text));
        let is_short = left_text.len() + right_text.len() <= MAX_EXAMPLE_LENGTH && right_text != "(";
        let written = if is_short { format!("{left_text} {operator} {right_text}") } else { operator.to_owned() };
        let in_capitals = right_text.to_uppercase();
        let hint = match ["AND", "OR", "NOT"].contains(&in_capitals.as_str()) {
            true => format!("operators are written in capitals: `{in_capitals}`"),
            false => format!("{reason} write `{written}`"),
        };
        let problem = PatternProblem::new("pattern/missing-operator", right, message, expected).hint(hint);
        match &left.pattern {
            Pattern::Filter(filter) => problem
                .hint(format!("put a value that contains spaces in quotation marks, as in `{}:\"…\"`", filter.name)),
            _ => problem,
        }
    }
}

fn lone_not(range: Range<usize>) -> PatternProblem {
    PatternProblem::new("pattern/lone-not", range, "a `NOT` alone excludes from nothing", "expected `… AND NOT …`")
}

fn too_deep(range: Range<usize>) -> PatternProblem {
    PatternProblem::new(
        "pattern/too-deep",
        range,
        format!("the pattern is nested more than {MAX_DEPTH} levels deep"),
        "expected fewer parentheses and operators in each other",
    )
}
