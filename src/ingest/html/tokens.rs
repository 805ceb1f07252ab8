//! Web pages as a run of tags and text, read as forgivingly as a browser does, in one pass.

use std::borrow::Cow;

use quick_xml::escape::resolve_html5_entity;

/// A tag or the text before it.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Token<'html> {
    /// `<p class="x">`; one that closes itself is followed by nothing.
    Open(Tag<'html>),
    /// `</p>`, its name in lower case.
    Close(Cow<'html, str>),
    /// Text with its references resolved.
    Text(Cow<'html, str>),
}

/// An opening tag.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Tag<'html> {
    /// In lower case, without a prefix.
    pub(super) name: Cow<'html, str>,
    /// Whether it ends with `/>`.
    pub(super) closes_itself: bool,
    attributes: &'html str,
}

impl<'html> Tag<'html> {
    /// The value of the attribute `name`, empty for one without value.
    pub(super) fn attribute(&self, name: &str) -> Option<Cow<'html, str>> {
        let mut rest = self.attributes;
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
            let end = rest.find(|c: char| c.is_ascii_whitespace() || matches!(c, '=' | '/')).unwrap_or(rest.len());
            let (key, after) = rest.split_at(end.max(rest.chars().next()?.len_utf8()));
            let after = after.trim_start();
            let value;
            (value, rest) = match after.strip_prefix('=').map(str::trim_start) {
                None => ("", after),
                Some(after) => match after.chars().next() {
                    Some(quote @ ('"' | '\'')) => after[1..].split_once(quote).unwrap_or((&after[1..], "")),
                    _ => after.split_at(after.find(|c: char| c.is_ascii_whitespace()).unwrap_or(after.len())),
                },
            };
            if key.eq_ignore_ascii_case(name) {
                return Some(resolve(value));
            }
        }
    }
}

/// Splits a page into tokens.
#[derive(Debug, Clone)]
pub(super) struct Tokens<'html> {
    rest: &'html str,
    /// Whether `<title/>` is a whole element, as in XML.
    is_xml: bool,
    /// The element whose content is no markup and has not ended yet.
    raw: Option<&'static str>,
}

/// Elements whose content is text, not markup, up to their own end tag.
const RAW: [&str; 8] = ["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"];

/// Whether the element holds source and no words.
pub(super) fn is_source(name: &str) -> bool {
    matches!(name, "script" | "style")
}

impl<'html> Tokens<'html> {
    /// The tokens of `html`.
    pub(super) fn new(html: &'html str, is_xml: bool) -> Self {
        Self { rest: html, is_xml, raw: None }
    }

    /// The text up to the next tag.
    pub(super) fn text(mut self) -> Cow<'html, str> {
        match self.next() {
            Some(Token::Text(text)) => text,
            _ => Cow::Borrowed(""),
        }
    }

    /// These tokens, when the element that was just opened has no end: what follows is markup again. What stands in the
    /// head of a page ends with it; source without such an end is all that follows.
    pub(super) fn unclosed(mut self) -> Self {
        if let Some(name) = self.raw.take().filter(|name| is_source(name) || *name == "title") {
            let is_end = |at: &usize| {
                let starts =
                    |tag: &str| self.rest.get(*at..*at + tag.len()).is_some_and(|own| own.eq_ignore_ascii_case(tag));
                starts("</head") || starts("<body")
            };
            let end = memchr::memchr_iter(b'<', self.rest.as_bytes()).find(is_end);
            match end {
                Some(at) => self.rest = &self.rest[at..],
                None if is_source(name) => self.rest = "",
                None => {}
            }
        }
        self
    }

    /// The text up to the end tag of the raw element `name`, or of all the rest without one.
    fn raw_text(&mut self, name: &str) -> Token<'html> {
        let mut from = 0;
        let end = loop {
            match self.rest[from..].find("</") {
                None => break self.rest.len(),
                Some(at) => {
                    let after = &self.rest.as_bytes()[from + at + 2..];
                    if after.len() >= name.len() && after[..name.len()].eq_ignore_ascii_case(name.as_bytes()) {
                        break from + at;
                    }
                    from += at + 2;
                }
            }
        };
        let (text, rest) = self.rest.split_at(end);
        self.rest = rest;
        Token::Text(if matches!(name, "title" | "textarea") { resolve(text) } else { Cow::Borrowed(text) })
    }

    /// What the `<` at the start of the rest begins; `None` when it was a comment or the like.
    fn markup(&mut self) -> Option<Token<'html>> {
        let after = &self.rest[1..];
        if let Some(comment) = after.strip_prefix("!--") {
            // `<!-->` and `<!--->` are comments too.
            let end = if comment.starts_with('>') { Some(0) } else { comment.find("-->").map(|at| at + 2) };
            self.rest = end.map_or("", |end| &comment[end + 1..]);
            return None;
        }
        if self.is_xml
            && let Some(data) = after.strip_prefix("![CDATA[")
        {
            let (text, rest) = data.split_once("]]>").unwrap_or((data, ""));
            self.rest = rest;
            return Some(Token::Text(Cow::Borrowed(text)));
        }
        if after.starts_with(['!', '?']) {
            self.rest = after.split_once('>').map_or("", |(_, rest)| rest);
            return None;
        }
        let is_close = after.starts_with('/');
        let name_from = &after[usize::from(is_close)..];
        if !name_from.starts_with(|c: char| c.is_ascii_alphabetic()) {
            if is_close {
                self.rest = after.split_once('>').map_or("", |(_, rest)| rest);
                return None;
            }
            self.rest = after;
            return Some(Token::Text(Cow::Borrowed("<")));
        }
        let end =
            name_from.find(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>')).unwrap_or(name_from.len());
        let (name, inside) = name_from.split_at(end);
        let close = end_of_tag(inside);
        self.rest = &inside[(close + 1).min(inside.len())..];
        let attributes = &inside[..close];
        let name = lower(name.rsplit(':').next().unwrap_or(name));
        if is_close {
            return Some(Token::Close(name));
        }
        let closes_itself = attributes.ends_with('/');
        if !(closes_itself && self.is_xml) {
            self.raw = RAW.into_iter().find(|raw| *raw == name);
        }
        Some(Token::Open(Tag { name, closes_itself, attributes }))
    }
}

impl<'html> Iterator for Tokens<'html> {
    type Item = Token<'html>;

    fn next(&mut self) -> Option<Token<'html>> {
        if let Some(name) = self.raw.take() {
            return Some(self.raw_text(name));
        }
        while !self.rest.is_empty() {
            if self.rest.starts_with('<') {
                if let Some(token) = self.markup() {
                    return Some(token);
                }
            } else {
                let (text, rest) = self.rest.split_at(self.rest.find('<').unwrap_or(self.rest.len()));
                self.rest = rest;
                return Some(Token::Text(resolve(text)));
            }
        }
        None
    }
}

/// Where the `>` stands that ends a tag: not inside a quoted value.
fn end_of_tag(inside: &str) -> usize {
    let bytes = inside.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'>' => return at,
            quote @ (b'"' | b'\'') if bytes[..at].trim_ascii_end().ends_with(b"=") => {
                match memchr::memchr(quote, &bytes[at + 1..]) {
                    Some(length) => at += length + 1,
                    // A quotation mark that is never closed is taken for a slip.
                    None => return memchr::memchr(b'>', &bytes[at..]).map_or(bytes.len(), |length| at + length),
                }
            }
            _ => {}
        }
        at += 1;
    }
    bytes.len()
}

fn lower(name: &str) -> Cow<'_, str> {
    if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Owned(name.to_ascii_lowercase())
    } else {
        Cow::Borrowed(name)
    }
}

/// The longest name of a reference, in bytes.
const MAX_REFERENCE_LENGTH: usize = 33;

/// `text` with its references as characters; what is none stays as it is.
pub(in crate::ingest) fn resolve(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut resolved = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        resolved.push_str(&rest[..at]);
        rest = &rest[at..];
        let length = reference(&rest[1..], &mut resolved);
        if length == 0 {
            resolved.push('&');
        }
        rest = &rest[1 + length..];
    }
    resolved.push_str(rest);
    Cow::Owned(resolved)
}

/// Appends what the reference at the start of `after`, behind its `&`, stands for; returns its length, 0 for none.
fn reference(after: &str, resolved: &mut String) -> usize {
    if let Some(number) = after.strip_prefix('#') {
        let (digits, radix, prefix) = match number.strip_prefix(['x', 'X']) {
            Some(hex) => (hex, 16, 2),
            None => (number, 10, 1),
        };
        let n = digits.bytes().take_while(|byte| char::from(*byte).is_digit(radix)).count();
        if n == 0 {
            return 0;
        }
        let code = u32::from_str_radix(&digits[..n], radix).unwrap_or(0);
        resolved.push(character(code));
        return prefix + n + usize::from(digits[n..].starts_with(';'));
    }
    let n = after.bytes().take(MAX_REFERENCE_LENGTH).take_while(u8::is_ascii_alphanumeric).count();
    let name = &after[..n];
    if after[n..].starts_with(';')
        && let Some(meaning) = resolve_html5_entity(name)
    {
        resolved.push_str(meaning);
        return n + 1;
    }
    // Old pages leave out the semicolon after the names of Latin-1 letters and of `& < > "`.
    for length in (2..=n.min(6)).rev() {
        if let Some(meaning) = resolve_html5_entity(&name[..length])
            && meaning.chars().all(|c| matches!(c, '&' | '<' | '>' | '"' | '\u{a0}'..='\u{ff}'))
        {
            resolved.push_str(meaning);
            return length;
        }
    }
    0
}

/// The character of a numeric reference; the codes of Windows-1252 mean what their authors meant.
fn character(code: u32) -> char {
    if let Ok(byte @ 0x80..=0x9f) = u8::try_from(code) {
        let bytes = [byte];
        let (decoded, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(&bytes);
        return decoded.chars().next().unwrap_or('\u{fffd}');
    }
    char::from_u32(code).filter(|character| *character != '\0').unwrap_or('\u{fffd}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(html: &str, expected: &str) {
        let mut shown = Vec::new();
        for token in Tokens::new(html, false) {
            shown.push(match token {
                Token::Open(tag) => format!("<{}", tag.name),
                Token::Close(name) => format!("/{name}"),
                Token::Text(text) => format!("'{text}'"),
            });
        }
        assert_eq!(shown.join(" "), expected, "{html}");
    }

    #[test]
    fn tags_and_text() {
        check("<P>en<br/>to</P>", "<p 'en' <br 'to' /p");
        check("a < b", "'a ' '<' ' b'");
        check("<!doctype html><!-- <p> -->x<!-->y", "'x' 'y'");
        check("<a title='>' href=\"a>b\">x</a >", "<a 'x' /a");
        check("<a title=\"ikke lukket>x", "<a 'x'");
        check("<script>if (a<b) '</p>'</script>x", "<script 'if (a<b) '</p>'' /script 'x'");
        check("<style>x", "<style 'x'");
        check("<o:p>x</o:p>", "<p 'x' /p");
        check("<", "'<'");
        check("</>x", "'x'");
    }

    #[test]
    fn references() {
        check("&aring;&#229;&#xE5;&aring&#150;", "'ååå\u{e5}–'");
        check("R&D &amp; &ukjent; &#0; &#x110000;", "'R&D & &ukjent; \u{fffd} \u{fffd}'");
        check("&notit; fr&aring n&aring;r", "'¬it; frå når'");
    }

    #[test]
    fn attributes() {
        let attribute = |html: &'static str, name: &str| match Tokens::new(html, false).next() {
            Some(Token::Open(tag)) => tag.attribute(name).map(Cow::into_owned),
            _ => None,
        };
        assert_eq!(attribute("<a hidden x=1 y='2 3' Z=\"&amp;\">", "z").as_deref(), Some("&"));
        assert_eq!(attribute("<a hidden x=1 y='2 3'>", "hidden").as_deref(), Some(""));
        assert_eq!(attribute("<a hidden x=1 y = '2 3'>", "y").as_deref(), Some("2 3"));
        assert_eq!(attribute("<a =\"\" ='' é>", "z"), None);
    }
}
