//! Where a character of a TOML string stands in the file, through the escapes that the string is written with.

/// The byte of `raw` (a TOML string as written, quotes included) at which byte `offset` of its `value` is written.
///
/// The end of the value is where the closing quotes begin. An offset past the end is taken as the end.
pub(super) fn offset_in_source(raw: &str, value: &str, offset: usize) -> usize {
    let quotes = Quotes::of(raw);
    let end = raw.len().saturating_sub(quotes.width).max(quotes.width.min(raw.len()));
    let mut at = quotes.width.min(raw.len());
    if quotes.width == 3 {
        // A line end right after the opening quotes is no part of the value.
        at += ["\r\n", "\n"].iter().find(|line_end| raw[at..].starts_with(**line_end)).map_or(0, |found| found.len());
    }
    let mut passed = 0;
    while passed < offset.min(value.len()) && at < end {
        let unit = Unit::first_of(&raw[at..end], rest(value, passed), quotes.escapes);
        if passed + unit.value > offset {
            break;
        }
        at += unit.raw;
        passed += unit.value;
    }
    // A line that ends in a backslash goes on at the next visible character.
    while quotes.escapes && at < end {
        let unit = Unit::first_of(&raw[at..end], rest(value, passed), true);
        if unit.value > 0 {
            break;
        }
        at += unit.raw;
    }
    at
}

/// What of `value` comes after its first `passed` bytes.
fn rest(value: &str, passed: usize) -> &str {
    value.get(passed..).unwrap_or_default()
}

/// How a string is written: `"`, `'`, `"""` or `'''`.
struct Quotes {
    width: usize,
    escapes: bool,
}

impl Quotes {
    fn of(raw: &str) -> Self {
        let is_long = raw.len() >= 6 && (raw.starts_with("\"\"\"") || raw.starts_with("'''"));
        Self { width: if is_long { 3 } else { 1 }, escapes: raw.starts_with('"') }
    }
}

/// The least piece of a string that stands for something, in bytes of the source and of the value.
struct Unit {
    raw: usize,
    value: usize,
}

impl Unit {
    /// The first unit of `raw`, which is not empty and stands for the beginning of `value`.
    fn first_of(raw: &str, value: &str, escapes: bool) -> Self {
        let width = |text: &str| text.chars().next().map_or(0, char::len_utf8);
        let Some(escape) = raw.strip_prefix('\\').filter(|_| escapes) else {
            // The parser may drop the `\r` of a line end.
            let is_dropped = raw.starts_with('\r') && !value.starts_with('\r');
            return Self { raw: width(raw), value: if is_dropped { 0 } else { width(raw) } };
        };
        let digits = match escape.chars().next() {
            Some('x') => 2,
            Some('u') => 4,
            Some('U') => 8,
            Some(c) if c.is_whitespace() => {
                return Self { raw: 1 + (escape.len() - escape.trim_start().len()), value: 0 };
            }
            _ => 0,
        };
        Self { raw: (1 + width(escape) + digits).min(raw.len()), value: width(value) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `raw` is TOML; the character of its value marked by `marked` must be found at `marked` in `raw`.
    #[track_caller]
    fn check(raw: &str, marked: &str) {
        let document = format!("a = {raw}");
        let table = ::toml::de::DeTable::parse(&document).expect("the fixture is TOML").into_inner();
        let value = table["a"].get_ref().as_str().expect("the fixture is a string").to_owned();
        let offset = value.find(marked).expect("the mark is in the value");
        assert_eq!(&raw[offset_in_source(raw, &value, offset)..][..marked.len()], marked, "{raw} has {value:?}");
        let end = offset_in_source(raw, &value, value.len());
        assert!(raw[end..].chars().all(|c| c == '"' || c == '\''), "the end of {raw} is at {end}");
    }

    #[test]
    fn finds_characters_in_every_kind_of_string() {
        check(r#""støtte NEAR/x ledelse""#, "NEAR");
        check(r#"'\bstøtte\b NEAR'"#, "NEAR");
        check(r#""\"ny giv\" \u00e6\U0001F600\x41\te NEAR""#, "NEAR");
        check("\"\"\"\nførste\nandre NEAR\"\"\"", "NEAR");
        check("\"\"\"\r\nførste\r\nandre NEAR\"\"\"", "NEAR");
        check("'''\nf\\ørste\nandre NEAR'''", "NEAR");
        check("\"\"\"første \\\n    NEAR \\\"andre\\\"\"\"\"", "NEAR");
        check("\"\"\"første \\\n    NEAR \\\"andre\\\"\"\"\"", "andre");
        check(r#""""a""b" NEAR""""#, "NEAR");
    }

    #[test]
    fn offsets_outside_are_the_end() {
        assert_eq!(offset_in_source("\"æ\"", "æ", 99), 3);
        assert_eq!(offset_in_source("\"\"", "", 0), 1);
        assert_eq!(offset_in_source("", "", 3), 0);
    }
}
