//! A pattern as text again, in one way only: what is parsed from it is the same pattern.

use std::fmt::{Display, Formatter, Result, Write};

use super::{
    ast::{Atom, AtomKind, Element, Filter, FilterValue, GlobPart, Pattern},
    lexer::is_quote,
    regular,
};

impl Display for Pattern {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Self::Word(atom) => atom.fmt(f),
            Self::Phrase(elements) => {
                f.write_char('"')?;
                joined(f, elements, " ", |f, element| element.fmt(f))?;
                f.write_char('"')
            }
            Self::Near { left, right, distance, ordered } => {
                let name = if *ordered { "THEN" } else { "NEAR" };
                pair(f, left, right, format_args!(" {name}/{distance} "))
            }
            Self::NotNear { left, right, distance } => pair(f, left, right, format_args!(" NOT NEAR/{distance} ")),
            Self::And(parts) => {
                joined(f, parts, " AND ", |f, part| in_parentheses(f, part, matches!(part, Self::And(_) | Self::Or(_))))
            }
            // AND binds tighter than OR, but few readers bet on it.
            Self::Or(parts) => {
                joined(f, parts, " OR ", |f, part| in_parentheses(f, part, matches!(part, Self::And(_) | Self::Or(_))))
            }
            Self::Not(part) => {
                f.write_str("NOT ")?;
                in_parentheses(f, part, matches!(**part, Self::And(_) | Self::Or(_) | Self::Not(_)))
            }
            Self::Filter(filter) => filter.fmt(f),
        }
    }
}

impl Display for Element {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Self::Atom(atom) => atom.fmt(f),
            Self::Any => f.write_char('*'),
        }
    }
}

impl Display for Atom {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match &self.kind {
            AtomKind::Word(word) => escaped(f, word),
            AtomKind::Exact(form) => {
                f.write_char('=')?;
                escaped(f, form)
            }
            AtomKind::ExactCase(form) => {
                f.write_str("==")?;
                escaped(f, form)
            }
            AtomKind::Wildcard(parts) => parts.iter().try_for_each(|part| match part {
                GlobPart::Literal(text) => escaped(f, text),
                GlobPart::One => f.write_char('?'),
                GlobPart::Any => f.write_char('*'),
            }),
            AtomKind::Fuzzy { word, edits } => {
                escaped(f, word)?;
                write!(f, "~{edits}")
            }
            AtomKind::Regex(source) => write!(f, "/{}/", regular::escaped(source)),
        }
    }
}

impl Display for Filter {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        for character in self.name.chars() {
            if !character.is_alphanumeric() && !"_-.".contains(character) {
                f.write_char('\\')?;
            }
            f.write_char(character)?;
        }
        f.write_char(':')?;
        match &self.value {
            FilterValue::Equals(value) => filter_value(f, value),
            FilterValue::Range(from, to) => {
                from.iter().try_for_each(|from| filter_value(f, from))?;
                f.write_str("..")?;
                to.iter().try_for_each(|to| filter_value(f, to))
            }
        }
    }
}

fn filter_value(f: &mut Formatter<'_>, value: &str) -> Result {
    let is_plain = |character: char| character.is_alphanumeric() || "_-./".contains(character);
    let is_open = value.starts_with('.') || value.ends_with('.') || value.contains("..");
    if !value.is_empty() && value.chars().all(is_plain) && !is_open {
        return f.write_str(value);
    }
    f.write_char('"')?;
    for character in value.chars() {
        if matches!(character, '"' | '\\') {
            f.write_char('\\')?;
        }
        f.write_char(character)?;
    }
    f.write_char('"')
}

fn escaped(f: &mut Formatter<'_>, word: &str) -> Result {
    for character in word.chars() {
        let is_sign = matches!(character, '\\' | '*' | '?' | '~' | '=' | '(' | ')' | '/' | ':');
        if is_sign || is_quote(character) || character.is_whitespace() {
            f.write_char('\\')?;
        }
        f.write_char(character)?;
    }
    Ok(())
}

/// NEAR is left-associative: on its right, another one needs parentheses.
fn pair(f: &mut Formatter<'_>, left: &Pattern, right: &Pattern, operator: std::fmt::Arguments<'_>) -> Result {
    let is_loose = |part: &Pattern| matches!(part, Pattern::And(_) | Pattern::Or(_) | Pattern::Not(_));
    let is_near = |part: &Pattern| matches!(part, Pattern::Near { .. } | Pattern::NotNear { .. });
    in_parentheses(f, left, is_loose(left))?;
    f.write_fmt(operator)?;
    in_parentheses(f, right, is_loose(right) || is_near(right))
}

fn in_parentheses(f: &mut Formatter<'_>, part: &Pattern, needed: bool) -> Result {
    if needed { write!(f, "({part})") } else { part.fmt(f) }
}

fn joined<T>(
    f: &mut Formatter<'_>,
    parts: &[T],
    between: &str,
    write_one: impl Fn(&mut Formatter<'_>, &T) -> Result,
) -> Result {
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            f.write_str(between)?;
        }
        write_one(f, part)?;
    }
    Ok(())
}
