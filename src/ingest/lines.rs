//! Lines, and the marks that make a line an item of a list: what plain text and Markdown have in common.

use crate::text::{MONTHS, Span};

/// The lines of `text` from byte `from` on, without their line ends.
pub(super) fn lines(text: &str, from: usize) -> impl Iterator<Item = Span> {
    let mut at = from;
    text[from..].split_inclusive('\n').map(move |line| {
        let start = at;
        at += line.len();
        Span::new(start, start + line.strip_suffix('\n').unwrap_or(line).len())
    })
}

/// What a list item begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ListMark {
    /// `-`, `•`, `–` and the like.
    Bullet(char),
    /// `1.` or `1)`.
    Number { value: u32, closed_by: char },
    /// `a)`.
    Letter(char),
}

/// Characters that stand before an item; the last is what Word's symbol fonts leave behind.
const BULLETS: [char; 14] = ['-', '*', '+', '•', '–', '—', '·', '◦', '‣', '▪', '●', '○', '■', '\u{f0b7}'];

impl ListMark {
    /// The mark at the start of `line`, and the length of it with the white space behind it.
    ///
    /// A mark alone is none, and neither is the day of a date (`1. mai`).
    pub(super) fn at_start(line: &str) -> Option<(Self, usize)> {
        let first = line.chars().next()?;
        let (mark, length) = if BULLETS.contains(&first) {
            (Self::Bullet(first), first.len_utf8())
        } else if first.is_ascii_digit() {
            let digits = line.bytes().take_while(u8::is_ascii_digit).count();
            let closed_by = line[digits..].chars().next().filter(|c| matches!(c, '.' | ')'))?;
            // Four digits are a year.
            let value = line[..digits].parse().ok().filter(|_| digits <= 3)?;
            (Self::Number { value, closed_by }, digits + 1)
        } else if first.is_ascii_lowercase() && line[1..].starts_with(')') {
            (Self::Letter(first), 2)
        } else {
            return None;
        };
        let rest = &line[length..];
        let text = rest.trim_start();
        if text.is_empty() || text.len() == rest.len() {
            return None;
        }
        let word = text.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        // In English a line may begin with `may` or `march` for other reasons.
        let is_month = MONTHS.iter().any(|(norwegian, _)| norwegian.contains(&word));
        let is_date = matches!(mark, Self::Number { closed_by: '.', .. }) && is_month;
        (!is_date).then_some((mark, length + (rest.len() - text.len())))
    }

    /// Whether a list can begin with it.
    pub(super) fn is_first(self) -> bool {
        matches!(self, Self::Bullet(_) | Self::Number { value: 1, .. } | Self::Letter('a'))
    }

    /// Whether it can stand after `before` in one list.
    pub(super) fn follows(self, before: Self) -> bool {
        match (before, self) {
            (Self::Bullet(one), Self::Bullet(other)) => one == other,
            (Self::Number { value, closed_by }, Self::Number { value: next, closed_by: close }) => {
                closed_by == close && value + 1 == next
            }
            (Self::Letter(letter), Self::Letter(next)) => u32::from(letter) + 1 == u32::from(next),
            _ => false,
        }
    }

    /// Whether both count in the same way.
    pub(super) fn is_kin(self, other: Self) -> bool {
        match (self, other) {
            (Self::Bullet(one), Self::Bullet(other)) => one == other,
            _ => std::mem::discriminant(&self) == std::mem::discriminant(&other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, expected: Option<(ListMark, usize)>) {
        assert_eq!(ListMark::at_start(line), expected, "{line}");
    }

    #[test]
    fn marks_of_list_items() {
        check("- a", Some((ListMark::Bullet('-'), 2)));
        check("•\ta", Some((ListMark::Bullet('•'), 4)));
        check("– a", Some((ListMark::Bullet('–'), 4)));
        check("1. a", Some((ListMark::Number { value: 1, closed_by: '.' }, 3)));
        check("12)  a", Some((ListMark::Number { value: 12, closed_by: ')' }, 5)));
        check("b) a", Some((ListMark::Letter('b'), 3)));
        for none in ["", "-", "- ", "-a", "1.a", "1.5 a", "1. mai", "2016. a", "a. a", "A) a", "æ) a", "--- a"] {
            check(none, None);
        }
    }

    #[test]
    fn lines_have_no_line_ends() {
        let text = "x\n\na\nb";
        assert_eq!(lines(text, 1).map(|line| line.of(text)).collect::<Vec<_>>(), ["", "", "a", "b"]);
        assert_eq!(lines("", 0).count(), 0);
    }
}
