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

/// For a sheet: a text that a spreadsheet would take for a formula gets an apostrophe in front.
#[must_use]
pub(super) fn cell(text: &str) -> String {
    let risky = text.trim_start().starts_with(['=', '+', '-', '@', '\t', '\r']);
    let is_number = text.parse::<f64>().is_ok();
    if risky && !is_number { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_cannot_hold_is_shown() {
        assert_eq!(visible("a\u{0}b\r\nc\u{202e}d\u{ffff}"), "a\u{fffd}b \nc\u{fffd}d\u{fffd}");
        assert_eq!(visible("blåbær\t–"), "blåbær\t–");
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
