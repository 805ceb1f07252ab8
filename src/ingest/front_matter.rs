//! Front matter: lines `key: value` between two lines `---` at the very start of a text or Markdown file.

use std::collections::BTreeMap;

use super::extracted::Notice;
use super::lines::lines;

/// The id of what is told of lines that are left out.
const ID: &str = "ingest/front-matter";

/// What stands before the text proper.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct FrontMatter {
    /// Keys and values as written, without quotation marks around a value; empty values left out.
    pub(super) properties: BTreeMap<String, String>,
    /// Byte offset of the text proper; 0 when there is no front matter.
    pub(super) end: usize,
    /// What looked like front matter and could not be understood.
    pub(super) notices: Vec<Notice>,
}

/// Front matter is closed within so many lines.
const MAX_LINES: usize = 200;
/// The longest key, in bytes.
const MAX_KEY_LENGTH: usize = 60;

/// Reads the front matter of `text`.
///
/// A first line `---` may also be a rule. It opens front matter when another one closes it and most lines between
/// are `key: value`; the others are told, and when they prevail, all of it is text.
pub(super) fn read(text: &str) -> FrontMatter {
    let mut found = FrontMatter::default();
    let mut rest = lines(text, 0).enumerate();
    if rest.next().is_none_or(|(_, line)| line.of(text).trim_end() != "---") {
        return found;
    }
    let (mut good, mut bad, mut repeated) = (0, Vec::new(), Vec::new());
    // How many lines were so before the first that is empty, where front matter would end if it is not closed.
    let mut head = None;
    let mut end = None;
    for (index, line) in rest.take(MAX_LINES) {
        let content = line.of(text).trim_end();
        if matches!(content, "---" | "...") {
            end = Some((line.end() + 1).min(text.len()));
            break;
        }
        if content.is_empty() {
            head = head.or(Some((good, bad.len())));
        }
        if content.is_empty() || content.starts_with('#') {
            continue;
        }
        match key_and_value(content) {
            Some((key, value)) => {
                good += 1;
                if found.properties.contains_key(key) {
                    repeated.push(key.to_owned());
                } else if !value.is_empty() {
                    found.properties.insert(key.to_owned(), value.to_owned());
                }
            }
            None => bad.push(index + 1),
        }
    }
    let is_front_matter = bad.len() <= good;
    let (good_in_head, bad_in_head) = head.unwrap_or((good, bad.len()));
    match end {
        Some(end) if is_front_matter => found.end = end,
        None if good_in_head > 0 && bad_in_head <= good_in_head => {
            return broken("the closing line `---` is missing");
        }
        Some(_) if good > 0 => return broken(&format!("line {} is not `key: value`", bad[0])),
        _ => return FrontMatter::default(),
    }
    for line in bad {
        let message = format!("line {line} of the front matter is not `key: value` and was left out");
        found.notices.push(Notice::new(ID, message));
    }
    for key in repeated {
        let message = format!("`{key}` occurs more than once in the front matter; the first is used");
        found.notices.push(Notice::new(ID, message));
    }
    found
}

fn broken(reason: &str) -> FrontMatter {
    let message = format!("looks like front matter, but {reason}; read as text");
    FrontMatter { notices: vec![Notice::new(ID, message)], ..FrontMatter::default() }
}

fn key_and_value(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once(':')?;
    let is_key = key.len() <= MAX_KEY_LENGTH
        && key.starts_with(char::is_alphabetic)
        && key.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '.'));
    if !is_key || !(value.is_empty() || value.starts_with([' ', '\t'])) {
        return None;
    }
    let value = value.trim();
    let unquoted = ['"', '\''].iter().find_map(|quote| value.strip_prefix(*quote)?.strip_suffix(*quote));
    Some((key.trim_end(), unquoted.unwrap_or(value)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, properties: &[(&str, &str)], rest: &str, notices: &[&str]) {
        let found = read(text);
        let expected: Vec<_> = properties.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
        assert_eq!(found.properties.into_iter().collect::<Vec<_>>(), expected, "{text}");
        assert_eq!(&text[found.end..], rest, "{text}");
        assert_eq!(found.notices.iter().map(|n| n.message.as_str()).collect::<Vec<_>>(), notices, "{text}");
    }

    #[test]
    fn keys_and_values() {
        let text = "---\ncase: matnavet\n# et ord\ndate: 2022-01-20\ntitle: \"Intervju: bonden\"\nvem:\n---\nHei\n";
        let expected = [("case", "matnavet"), ("date", "2022-01-20"), ("title", "Intervju: bonden")];
        check(text, &expected, "Hei\n", &[]);
        check("---\na: b\n...\n", &[("a", "b")], "", &[]);
        check("---\n---\nHei", &[], "Hei", &[]);
    }

    #[test]
    fn what_is_no_front_matter_is_text() {
        for text in [
            "",
            "Hei\n---\na: b\n---\n",
            "---\n\nHei på deg.\n\n---\n",
            "---\nHei",
            "----\na: b\n---\n",
            "---\n\nMerk: alt.\n",
        ] {
            check(text, &[], text, &[]);
        }
    }

    #[test]
    fn broken_front_matter_is_told() {
        let text = "---\na: b\n\nHei";
        check(text, &[], text, &["looks like front matter, but the closing line `---` is missing; read as text"]);
        // However much text follows.
        let text = "---\ncase: Gran\n\nEple her.\n\nMer\nog mer.\n";
        check(text, &[], text, &["looks like front matter, but the closing line `---` is missing; read as text"]);
        let text = "---\na: b\nHei du\nog du\n---\n";
        check(text, &[], text, &["looks like front matter, but line 3 is not `key: value`; read as text"]);
        let notice = "line 4 of the front matter is not `key: value` and was left out";
        check("---\na: b\nc: d\n - e\n---\nHei", &[("a", "b"), ("c", "d")], "Hei", &[notice]);
        let notice = "`a` occurs more than once in the front matter; the first is used";
        check("---\na: b\na: c\n---\n", &[("a", "b")], "", &[notice]);
    }
}
