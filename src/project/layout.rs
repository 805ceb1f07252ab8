//! What a document's path says about it: `{case}/{phase}/*`.
//!
//! A layout is a path with attributes in braces. `*` stands for any part of one name, `**` for any number of
//! folders, and a `*` or `**` at the very end for everything below. Letters match without regard to case. Where the
//! last name holds an attribute and no ending, the file's ending may follow: `{case}/{date}_{informant}`.

use std::ops::Range;

use regex::{Regex, RegexBuilder};

use super::names::{Names, is_reserved};

/// How much memory one layout may take when it is compiled; a path of a few names needs a fraction.
const LIMIT: usize = 1 << 20;

/// A layout that paths can be read by.
#[derive(Debug, Clone)]
pub(super) struct Layout {
    /// As written, for messages.
    pub(super) source: String,
    regex: Regex,
    /// The attributes in the order of their groups in `regex`.
    attributes: Vec<String>,
}

/// Why a layout cannot be used: what is wrong, and with which bytes of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct LayoutError {
    pub(super) range: Range<usize>,
    pub(super) message: String,
}

impl Layout {
    /// What a project follows that says nothing else.
    pub(super) const DEFAULT: &'static str = "{case}/{phase}/*";

    pub(super) fn parse(source: &str, names: &Names) -> Result<Self, LayoutError> {
        let mut layout = Parser { source, names, pattern: String::from("^"), attributes: Vec::new() };
        layout.path()?;
        let Parser { pattern, attributes, .. } = layout;
        let regex = RegexBuilder::new(&pattern)
            .case_insensitive(true)
            .dot_matches_new_line(true)
            .size_limit(LIMIT)
            .build()
            .map_err(|_| LayoutError { range: 0..source.len(), message: "the layout is too long".to_owned() })?;
        Ok(Self { source: source.to_owned(), regex, attributes })
    }

    /// Whether it reads nothing but folders, so that all files of one folder say the same.
    pub(super) fn reads_folders_only(&self) -> bool {
        matches!(self.source.rsplit('/').next(), Some("*" | "**"))
    }

    /// Whether the layout says something about `attribute`.
    pub(super) fn names(&self, attribute: &str) -> bool {
        self.attributes.iter().any(|name| name == attribute)
    }

    /// The attributes that `path` (from the documents folder, `/` between) carries; `None` where it does not fit.
    pub(super) fn read<'a>(&'a self, path: &'a str) -> Option<impl Iterator<Item = (&'a str, &'a str)>> {
        let captures = self.regex.captures(path)?;
        let attributes = self.attributes.iter().enumerate();
        let values =
            attributes.filter_map(move |(index, name)| Some((name.as_str(), captures.get(index + 1)?.as_str())));
        Some(values)
    }
}

struct Parser<'a> {
    source: &'a str,
    names: &'a Names,
    pattern: String,
    attributes: Vec<String>,
}

impl Parser<'_> {
    fn path(&mut self) -> Result<(), LayoutError> {
        if let Some(at) = self.source.find('\\') {
            return error(at..at + 1, "names are separated by `/`, not by a backslash");
        }
        let mut at = 0;
        loop {
            let end = self.source[at..].find('/').map_or(self.source.len(), |length| at + length);
            let is_last = end == self.source.len();
            match &self.source[at..end] {
                "" if self.source.is_empty() => return error(0..0, "the layout is empty"),
                "" => return error(at..end, "a name is missing beside `/`"),
                "." | ".." => return error(at..end, "a layout cannot leave the documents folder"),
                "*" | "**" if is_last => self.pattern.push_str(".+$"),
                "**" => self.pattern.push_str("(?:[^/]+/)*"),
                _ => self.name(at, end, is_last)?,
            }
            if is_last {
                return Ok(());
            }
            at = end + 1;
        }
    }

    fn name(&mut self, start: usize, end: usize, is_last: bool) -> Result<(), LayoutError> {
        let mut at = start;
        let mut after_attribute = false;
        let mut has_attribute = false;
        while at < end {
            let rest = &self.source[at..end];
            if let Some(inside) = rest.strip_prefix('{') {
                let Some(length) = inside.find('}') else { return error(at..end, "`{` without a `}`") };
                let range = at..at + length + 2;
                if after_attribute {
                    return error(
                        range,
                        "two attributes must have something between them, to show where the first ends",
                    );
                }
                self.attribute(&inside[..length], range.clone())?;
                at = range.end;
                (after_attribute, has_attribute) = (true, true);
                continue;
            }
            let length = rest.find(['{', '*', '}']).unwrap_or(rest.len());
            if length > 0 {
                self.pattern.push_str(&regex::escape(&rest[..length]));
            } else if rest.starts_with('}') {
                return error(at..at + 1, "`}` without a `{`");
            } else if rest.starts_with("**") {
                return error(at..at + 2, "`**` must be alone between two `/`");
            } else {
                self.pattern.push_str("[^/]*");
            }
            at += length.max(1);
            after_attribute = false;
        }
        self.pattern.push_str(match (is_last, has_attribute && after_attribute) {
            (true, true) => r"(?:\.[^./]+)?$",
            (true, false) => "$",
            (false, _) => "/",
        });
        Ok(())
    }

    fn attribute(&mut self, raw: &str, range: Range<usize>) -> Result<(), LayoutError> {
        let name = self.names.canonical(raw);
        if name.is_empty() {
            return error(range, "an attribute needs a name");
        }
        if is_reserved(&name) {
            return error(
                range,
                &format!("`{name}` has another meaning in results and cannot be the name of an attribute"),
            );
        }
        if self.attributes.contains(&name) {
            return error(range, &format!("`{name}` occurs twice"));
        }
        self.attributes.push(name);
        self.pattern.push_str("([^/]+?)");
        Ok(())
    }
}

fn error<T>(range: Range<usize>, message: &str) -> Result<T, LayoutError> {
    Err(LayoutError { range, message: message.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(layout: &str, path: &str, expected: Option<&[(&str, &str)]>) {
        let layout = Layout::parse(layout, &Names::default()).expect("the layout is right");
        let read = layout.read(path).map(Iterator::collect::<Vec<_>>);
        assert_eq!(read.as_deref(), expected, "{path}");
    }

    #[track_caller]
    fn check_error(layout: &str, offending: &str, message: &str) {
        let error = Layout::parse(layout, &Names::default()).expect_err("the layout is wrong");
        assert_eq!((&layout[error.range], error.message.as_str()), (offending, message));
    }

    #[test]
    fn the_star_at_the_end_reaches_any_depth() {
        let expected: &[(&str, &str)] = &[("case", "omsorg 3.0"), ("phase", "start")];
        check("{case}/{phase}/*", "omsorg 3.0/start/01.txt", Some(expected));
        check("{case}/{phase}/*", "omsorg 3.0/start/møter/mars/01.txt", Some(expected));
        check("{case}/{phase}/*", "omsorg 3.0/01.txt", None);
        check("{case}/{phase}/**", "omsorg 3.0/start/a/01.txt", Some(expected));
    }

    #[test]
    fn names_may_hold_several_attributes() {
        check(
            "{delpilot}/{dato}_{informant}",
            "hadeland/2016-03-12_th-03.v2.docx",
            Some(&[("case", "hadeland"), ("date", "2016-03-12"), ("informant", "th-03.v2")]),
        );
        check("{type}-*/{case}.txt", "Intervju-2016/Åmot.TXT", Some(&[("type", "Intervju"), ("case", "Åmot")]));
        check("*/{case} (fase {phase})/*", "x/hadeland (fase 2)/a.txt", Some(&[("case", "hadeland"), ("phase", "2")]));
    }

    #[test]
    fn two_stars_stand_for_any_number_of_folders() {
        check("**/{phase}/*.txt", "a.txt", None);
        check("**/{phase}/*.txt", "start/a.txt", Some(&[("phase", "start")]));
        check("**/{phase}/*.txt", "x/y/start/a.txt", Some(&[("phase", "start")]));
    }

    #[test]
    fn a_wrong_layout_says_where() {
        check_error("", "", "the layout is empty");
        check_error("{case}//*", "", "a name is missing beside `/`");
        check_error("../{case}/*", "..", "a layout cannot leave the documents folder");
        check_error("{case", "{case", "`{` without a `}`");
        check_error("a}/b", "}", "`}` without a `{`");
        check_error(
            "{case}{phase}/*",
            "{phase}",
            "two attributes must have something between them, to show where the first ends",
        );
        check_error("{}/*", "{}", "an attribute needs a name");
        check_error("{case}/{delpilot}/*", "{delpilot}", "`case` occurs twice");
        check_error(
            "{words}/*",
            "{words}",
            "`words` has another meaning in results and cannot be the name of an attribute",
        );
        check_error("{case}\\{phase}", "\\", "names are separated by `/`, not by a backslash");
        check_error("{case}/a**/*", "**", "`**` must be alone between two `/`");
    }

    proptest! {
        #[test]
        fn no_layout_and_no_path_is_too_odd(layout in "[{}*/a-cæ\\\\.]{0,12}|.{0,8}", path in "[a-cæ/.]{0,12}|.{0,8}") {
            if let Ok(layout) = Layout::parse(&layout, &Names::default()) {
                for (name, value) in layout.read(&path).into_iter().flatten() {
                    prop_assert!(!name.is_empty() && !value.is_empty());
                }
            }
        }
    }
}
