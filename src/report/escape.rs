//! Text that leaves us, made harmless for where it goes.

/// For a terminal: control characters and marks that turn the direction of writing are shown, not obeyed.
#[must_use]
pub fn terminal(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\n' | '\t' | '\r' => safe.push(' '),
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' => safe.push('\u{fffd}'),
            control if control.is_control() => safe.push('\u{fffd}'),
            other => safe.push(other),
        }
    }
    safe
}

/// Control characters and marks that turn the direction of writing, made visible; as many characters as before.
#[must_use]
pub(super) fn visible(text: &str) -> String {
    let shown = |character: char| match character {
        '\n' | '\t' => character,
        '\r' => ' ',
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' => '\u{fffd}',
        // No XML document may hold these two.
        '\u{fffe}' | '\u{ffff}' => '\u{fffd}',
        control if control.is_control() => '\u{fffd}',
        other => other,
    };
    text.chars().map(shown).collect()
}

/// For HTML and XML, between tags or in an attribute in quotation marks.
#[must_use]
pub(super) fn markup(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in visible(text).chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}

/// For Markdown, at the start of a block: on one line, with every character that Markdown or HTML would obey escaped.
#[must_use]
pub(super) fn markdown(text: &str) -> String {
    let mut out = markdown_inline(text);
    let start = out.len() - out.trim_start().len();
    if out[start..].starts_with(['#', '+', '-', '=', ':']) {
        out.insert(start, '\\');
    }
    numbered(out)
}

/// For Markdown, where no block can begin, as in a cell of a table.
#[must_use]
pub(super) fn markdown_inline(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in visible(text).chars() {
        match character {
            '\n' | '\t' | '\r' => out.push(' '),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '$' | '^' => {
                out.push('\\');
                out.push(character);
            }
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            _ => out.push(character),
        }
    }
    out
}

/// For Markdown, as code: between more backticks than stand in a row in it.
#[must_use]
pub(super) fn markdown_code(text: &str) -> String {
    let text = visible(text).replace(['\n', '\t'], " ");
    let longest = text.split(|character| character != '`').map(str::len).max().unwrap_or(0);
    let marks = "`".repeat(longest + 1);
    let blank = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{marks}{blank}{text}{blank}{marks}")
}

/// `1. mai` at the start of a paragraph would begin a list.
fn numbered(text: String) -> String {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    match text.as_bytes().get(digits) {
        Some(b'.' | b')') if digits > 0 => format!("{}\\{}", &text[..digits], &text[digits..]),
        _ => text,
    }
}

/// For a sheet: a text that a spreadsheet would take for a formula gets an apostrophe in front.
#[must_use]
pub(super) fn cell(text: &str) -> String {
    let is_number = text.parse::<f64>().is_ok();
    if begins_like_formula(text) && !is_number { format!("'{text}") } else { text.to_owned() }
}

/// From a sheet: a text without the apostrophe that keeps spreadsheets from taking it for a formula.
#[must_use]
pub(crate) fn of_cell(text: &str) -> &str {
    text.strip_prefix('\'').filter(|rest| begins_like_formula(rest)).unwrap_or(text)
}

fn begins_like_formula(text: &str) -> bool {
    text.trim_start().starts_with(['=', '+', '-', '@'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_stays_text() {
        for (text, expected) in [
            ("<script>x</script>", "&lt;script&gt;x&lt;/script&gt;"),
            ("a | b*c_d", "a \\| b\\*c\\_d"),
            ("# ikke en overskrift", "\\# ikke en overskrift"),
            ("1. mai", "1\\. mai"),
            ("en\nlinje", "en linje"),
            ("snu\u{202e}meg", "snu\u{fffd}meg"),
            ("[her](http://x.no) `kode`", "\\[her\\](http://x.no) \\`kode\\`"),
            ("> nei &lt;", "&gt; nei &amp;lt;"),
        ] {
            assert_eq!(markdown(text), expected);
        }
        assert_eq!(markdown_inline("-1.5 | # 1. mai"), "-1.5 \\| # 1. mai");
    }

    #[test]
    fn patterns_stay_code() {
        assert_eq!(markdown_code("til*_a"), "`til*_a`");
        assert_eq!(markdown_code("a``b"), "```a``b```");
        assert_eq!(markdown_code("`a"), "`` `a ``");
    }

    #[test]
    fn what_xml_cannot_hold_is_shown() {
        assert_eq!(visible("a\u{0}b\r\nc\u{202e}d\u{ffff}"), "a\u{fffd}b \nc\u{fffd}d\u{fffd}");
        assert_eq!(visible("blåbær\t–"), "blåbær\t–");
    }

    proptest::proptest! {
        #[test]
        fn what_is_written_in_a_cell_is_read_from_it(text in "[ \t\r]{0,2}[-=+@a1.']{0,3}") {
            // An apostrophe that somebody wrote before a formula is taken for ours.
            proptest::prop_assume!(!text.starts_with('\''));
            let written = cell(&text);
            proptest::prop_assert_eq!(of_cell(&written), text);
        }
    }

    #[test]
    fn formulas_and_control_characters_are_harmless() {
        assert_eq!(cell("=HYPERLINK(\"x\")"), "'=HYPERLINK(\"x\")");
        assert_eq!(cell("-1.5"), "-1.5");
        assert_eq!(cell("forankring"), "forankring");
        assert_eq!(markup("<a href=\"x\">\u{0}'"), "&lt;a href=&quot;x&quot;&gt;\u{fffd}&#39;");
        assert_eq!(visible("a\u{202e}b\nc\u{7}"), "a\u{fffd}b\nc\u{fffd}");
        assert_eq!(terminal("a\u{1b}[31mb\u{202e}c"), "a\u{fffd}[31mb\u{fffd}c");
    }
}
