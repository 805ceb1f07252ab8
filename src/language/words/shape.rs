//! What kind of form a form is: plain, hyphenated, suspended, or a group of several words (see
//! [`crate::language::Tokens`], which makes them).

use crate::language::{BROKEN, GROUP};

/// A form, taken apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape<'form> {
    /// `forankring`
    Plain(&'form str),
    /// `e-læring`
    Hyphenated(&'form str),
    /// `politiker-`, without its hyphen.
    SuspendedLeft(&'form str),
    /// `-produkt`, without its hyphen.
    SuspendedRight(&'form str),
    /// `politiker- og ledernettverk`, `innovasjonsprosess og -produkt`
    Suspended(Group<'form>),
    /// `innovasjons- ledelse`, without its hyphen.
    Broken {
        /// Before the line end.
        left: &'form str,
        /// After it.
        right: &'form str,
    },
}

/// The parts of a suspended compound, without hyphens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Group<'form> {
    /// The left part lacks its end: some tail of the right part.
    Left { part: &'form str, whole: &'form str },
    /// The right part lacks its beginning: some beginning of the left part.
    Right { whole: &'form str, part: &'form str },
}

impl<'form> Shape<'form> {
    /// The shape of `form`.
    pub(super) fn of(form: &'form str) -> Self {
        // Nearly all forms are plain, and there are very many.
        if !form.bytes().any(|byte| byte == b'-' || byte < b' ') {
            return Self::Plain(form);
        }
        if let Some((parts, _)) = form.rsplit_once(GROUP) {
            if let Some((left, right)) = parts.split_once(BROKEN) {
                return Self::Broken { left: left.trim_end_matches('-'), right };
            }
            if let Some((left, right)) = parts.split_once(GROUP) {
                return Self::Suspended(match right.strip_prefix('-') {
                    Some(part) => Group::Right { whole: left, part },
                    None => Group::Left { part: left.trim_end_matches('-'), whole: right },
                });
            }
        }
        if let Some(part) = form.strip_suffix('-').filter(|part| !part.is_empty()) {
            return Self::SuspendedLeft(part);
        }
        if let Some(part) = form.strip_prefix('-').filter(|part| !part.is_empty()) {
            return Self::SuspendedRight(part);
        }
        Self::Hyphenated(form)
    }
}

impl<'form> Group<'form> {
    /// The words that the suspended part may stand for.
    pub(super) fn joined(self) -> impl Iterator<Item = String> + 'form {
        let whole = match self {
            Self::Left { whole, .. } | Self::Right { whole, .. } => whole,
        };
        whole.char_indices().map(|(at, _)| at).filter_map(move |at| {
            let (before, after) = whole.split_at(at);
            match self {
                // Three letters at least are shared, or it is no part of a compound that is.
                Self::Left { part, .. } => (after.chars().count() >= 3).then(|| format!("{part}{after}")),
                Self::Right { part, .. } => (before.chars().count() >= 2).then(|| format!("{before}{part}")),
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_of_forms() {
        for (form, expected) in [
            ("forankring", Shape::Plain("forankring")),
            ("e-læring", Shape::Hyphenated("e-læring")),
            ("politiker-", Shape::SuspendedLeft("politiker")),
            ("-produkt", Shape::SuspendedRight("produkt")),
            ("-", Shape::Hyphenated("-")),
            ("innovasjons-\u{1e}ledelse\u{1f}2", Shape::Broken { left: "innovasjons", right: "ledelse" }),
            (
                "politiker-\u{1f}ledernettverk\u{1f}3",
                Shape::Suspended(Group::Left { part: "politiker", whole: "ledernettverk" }),
            ),
            (
                "innovasjonsprosess\u{1f}-produkt\u{1f}3",
                Shape::Suspended(Group::Right { whole: "innovasjonsprosess", part: "produkt" }),
            ),
        ] {
            assert_eq!(Shape::of(form), expected, "{form}");
        }
    }
}
