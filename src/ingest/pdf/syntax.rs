//! The syntax that files, content streams and character maps share.

use super::object::{Dictionary, Object, Reference};

/// Reads objects and keywords one after the other.
#[derive(Debug, Clone)]
pub(super) struct Scanner<'pdf> {
    bytes: &'pdf [u8],
    at: usize,
    /// How many more values the object at hand may hold.
    left: usize,
}

/// Deeper nesting is damage or malice.
const MAX_DEPTH: usize = 64;

/// An object of more values is damage or malice; the largest of real files list a font's widths.
const MAX_VALUES: usize = 300_000;

/// What stands at some place of a content stream.
#[derive(Debug, PartialEq)]
pub(super) enum Item<'pdf> {
    /// An operand.
    Operand(Object),
    /// An operator or another word.
    Keyword(&'pdf [u8]),
}

impl<'pdf> Scanner<'pdf> {
    /// A scanner that begins at byte `at`.
    pub(super) fn new(bytes: &'pdf [u8], at: usize) -> Self {
        Self { bytes, at: at.min(bytes.len()), left: MAX_VALUES }
    }

    /// Where it stands.
    pub(super) fn position(&self) -> usize {
        self.at
    }

    /// Goes on at byte `at`.
    pub(super) fn set_position(&mut self, at: usize) {
        self.at = at.min(self.bytes.len());
    }

    /// The next operand or keyword; `None` at the end. Stray brackets are passed over.
    pub(super) fn item(&mut self) -> Option<Item<'pdf>> {
        self.left = MAX_VALUES;
        loop {
            self.skip_space();
            match self.peek()? {
                b'0'..=b'9' | b'+' | b'-' | b'.' => return Some(Item::Operand(self.number())),
                b'/' | b'(' | b'[' => return self.value(0, false).map(Item::Operand),
                b'<' => return self.value(0, false).map(Item::Operand),
                b']' | b'>' | b'}' | b'{' | b')' => self.at += 1,
                _ => return Some(Item::Keyword(self.word())),
            }
        }
    }

    /// The next object, references included.
    pub(super) fn object(&mut self) -> Option<Object> {
        self.left = MAX_VALUES;
        self.value(0, true)
    }

    /// The next object when it is a whole number.
    pub(super) fn integer(&mut self) -> Option<i64> {
        self.skip_space();
        let start = self.at;
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        std::str::from_utf8(&self.bytes[start..self.at]).ok()?.parse().ok()
    }

    /// Passes over `word` when it comes next.
    pub(super) fn keyword(&mut self, word: &[u8]) -> bool {
        self.skip_space();
        let is_next = self.bytes[self.at..].starts_with(word);
        if is_next {
            self.at += word.len();
        }
        is_next
    }

    /// Passes over white space and comments.
    pub(super) fn skip_space(&mut self) {
        while let Some(byte) = self.peek() {
            if byte == b'%' {
                let line = &self.bytes[self.at..];
                self.at += line.iter().position(|byte| matches!(byte, b'\r' | b'\n')).unwrap_or(line.len());
            } else if is_space(byte) {
                self.at += 1;
            } else {
                break;
            }
        }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn value(&mut self, depth: usize, has_references: bool) -> Option<Object> {
        if depth > MAX_DEPTH {
            // What is nested that deep is no object, and neither is anything around it.
            self.left = 0;
        }
        if self.left == 0 {
            return None;
        }
        self.left -= 1;
        self.skip_space();
        match self.peek()? {
            b'/' => Some(Object::Name(self.name())),
            b'(' => Some(Object::String(self.literal())),
            b'<' if self.bytes.get(self.at + 1) == Some(&b'<') => {
                self.at += 2;
                Some(Object::Dictionary(self.dictionary(depth, has_references)?))
            }
            b'<' => Some(Object::String(self.hexadecimal())),
            b'[' => {
                self.at += 1;
                self.array(depth, has_references)
            }
            b'0'..=b'9' if has_references => Some(self.reference().unwrap_or_else(|| self.number())),
            b'0'..=b'9' | b'+' | b'-' | b'.' => Some(self.number()),
            b')' | b']' | b'>' | b'{' | b'}' => None,
            _ => match self.word() {
                b"true" => Some(Object::Bool(true)),
                b"false" => Some(Object::Bool(false)),
                b"null" => Some(Object::Null),
                _ => None,
            },
        }
    }

    fn array(&mut self, depth: usize, has_references: bool) -> Option<Object> {
        let mut items = Vec::new();
        loop {
            self.skip_space();
            match self.peek() {
                None => return Some(Object::Array(items)),
                Some(b']') => {
                    self.at += 1;
                    return Some(Object::Array(items));
                }
                Some(_) => {
                    let before = self.at;
                    match self.value(depth + 1, has_references) {
                        Some(item) => items.push(item),
                        None if depth + 1 > MAX_DEPTH || self.left == 0 => return None,
                        // Damage: the array ends where it cannot be read on.
                        None if self.at == before => return Some(Object::Array(items)),
                        None => {}
                    }
                }
            }
        }
    }

    fn dictionary(&mut self, depth: usize, has_references: bool) -> Option<Dictionary> {
        let mut dictionary = Dictionary::default();
        loop {
            self.skip_space();
            match self.peek() {
                Some(b'/') => {
                    let key = self.name();
                    let before = self.at;
                    match self.value(depth + 1, has_references) {
                        Some(value) => dictionary.push(key, value),
                        None if depth + 1 > MAX_DEPTH || self.left == 0 => return None,
                        None if self.at == before && !self.bytes[self.at..].starts_with(b">>") => {
                            return Some(dictionary);
                        }
                        None => {}
                    }
                }
                Some(b'>') => {
                    self.at += if self.bytes[self.at..].starts_with(b">>") { 2 } else { 1 };
                    return Some(dictionary);
                }
                None => return Some(dictionary),
                Some(_) => {
                    // Junk between entries; an `endobj` means that the end mark is missing.
                    let before = self.at;
                    if matches!(self.word(), b"endobj" | b"stream") {
                        self.at = before;
                        return Some(dictionary);
                    }
                    if self.at == before {
                        self.at += 1;
                    }
                }
            }
        }
    }

    /// `12 0 R`.
    fn reference(&mut self) -> Option<Object> {
        let mut ahead = self.clone();
        let number = u32::try_from(ahead.integer()?).ok()?;
        if !ahead.peek().is_some_and(is_space) {
            return None;
        }
        let generation = u16::try_from(ahead.integer()?).ok()?;
        ahead.skip_space();
        if ahead.peek() != Some(b'R') || ahead.bytes.get(ahead.at + 1).is_some_and(|byte| is_regular(*byte)) {
            return None;
        }
        self.at = ahead.at + 1;
        Some(Object::Reference(Reference { number, generation }))
    }

    /// A number as programs write it, which may have several signs or end in junk.
    fn number(&mut self) -> Object {
        let start = self.at;
        while self.peek().is_some_and(|byte| byte.is_ascii_digit() || matches!(byte, b'+' | b'-' | b'.')) {
            self.at += 1;
        }
        let text = std::str::from_utf8(&self.bytes[start..self.at]).unwrap_or_default();
        let digits = text.trim_start_matches(['+', '-']);
        let sign = if text.starts_with('-') { -1 } else { 1 };
        // `12-34` is written for `12`.
        let digits = digits.split(['+', '-']).next().unwrap_or_default();
        if let Ok(number) = digits.parse::<i64>() {
            return Object::Integer(sign * number);
        }
        let number: f64 = digits.parse().unwrap_or(0.0);
        Object::Real(if sign < 0 { -number } else { number })
    }

    fn name(&mut self) -> String {
        self.at += 1;
        let mut bytes = Vec::new();
        while let Some(byte) = self.peek().filter(|byte| is_regular(*byte)) {
            self.at += 1;
            let code = self.bytes.get(self.at..self.at + 2).filter(|_| byte == b'#').and_then(hex_byte);
            if let Some(code) = code {
                bytes.push(code);
                self.at += 2;
            } else {
                bytes.push(byte);
            }
        }
        match String::from_utf8(bytes) {
            Ok(name) => name,
            Err(error) => error.into_bytes().into_iter().map(char::from).collect(),
        }
    }

    fn word(&mut self) -> &'pdf [u8] {
        let start = self.at;
        while self.peek().is_some_and(is_regular) {
            self.at += 1;
        }
        if self.at == start {
            self.at = (start + 1).min(self.bytes.len());
        }
        &self.bytes[start..self.at]
    }

    fn literal(&mut self) -> Vec<u8> {
        self.at += 1;
        let mut bytes = Vec::new();
        let mut depth = 0;
        while let Some(byte) = self.peek() {
            self.at += 1;
            match byte {
                b'(' => depth += 1,
                b')' if depth == 0 => break,
                b')' => depth -= 1,
                b'\\' => {
                    self.escape(&mut bytes);
                    continue;
                }
                b'\r' => {
                    if self.peek() == Some(b'\n') {
                        self.at += 1;
                    }
                    bytes.push(b'\n');
                    continue;
                }
                _ => {}
            }
            bytes.push(byte);
        }
        bytes
    }

    fn escape(&mut self, bytes: &mut Vec<u8>) {
        let Some(byte) = self.peek() else { return };
        self.at += 1;
        match byte {
            b'n' => bytes.push(b'\n'),
            b'r' => bytes.push(b'\r'),
            b't' => bytes.push(b'\t'),
            b'b' => bytes.push(8),
            b'f' => bytes.push(12),
            b'\r' => {
                if self.peek() == Some(b'\n') {
                    self.at += 1;
                }
            }
            b'\n' => {}
            b'0'..=b'7' => {
                let mut code = u32::from(byte - b'0');
                for _ in 0..2 {
                    let Some(digit @ b'0'..=b'7') = self.peek() else { break };
                    code = code * 8 + u32::from(digit - b'0');
                    self.at += 1;
                }
                bytes.push((code & 0xff) as u8);
            }
            other => bytes.push(other),
        }
    }

    fn hexadecimal(&mut self) -> Vec<u8> {
        self.at += 1;
        let mut bytes = Vec::new();
        let mut half: Option<u8> = None;
        while let Some(byte) = self.peek() {
            self.at += 1;
            if byte == b'>' {
                break;
            }
            let Some(digit) = char::from(byte).to_digit(16) else { continue };
            let digit = (digit & 15) as u8;
            match half.take() {
                Some(high) => bytes.push(high << 4 | digit),
                None => half = Some(digit),
            }
        }
        bytes.extend(half.map(|high| high << 4));
        bytes
    }
}

/// Whether `byte` is white space in a PDF.
pub(super) fn is_space(byte: u8) -> bool {
    matches!(byte, 0 | b'\t' | b'\n' | 12 | b'\r' | b' ')
}

/// Whether `byte` may stand inside a name or keyword.
pub(super) fn is_regular(byte: u8) -> bool {
    !is_space(byte) && !matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

fn hex_byte(digits: &[u8]) -> Option<u8> {
    let digits = std::str::from_utf8(digits).ok().filter(|text| text.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
    u8::from_str_radix(digits, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(source: &str, expected: Option<Object>) {
        assert_eq!(Scanner::new(source.as_bytes(), 0).object(), expected, "{source}");
    }

    #[test]
    fn objects() {
        check("  % c\n -12", Some(Object::Integer(-12)));
        check("--1.5", Some(Object::Real(-1.5)));
        check("+.5", Some(Object::Real(0.5)));
        check("/A#20b#zz", Some(Object::Name("A b#zz".to_owned())));
        check("(a(b)\\)\\101\\\n\\n)", Some(Object::String(b"a(b))A\n".to_vec())));
        check("<48 6>", Some(Object::String(b"H`".to_vec())));
        check("1 0 R", Some(Object::Reference(Reference { number: 1, generation: 0 })));
        check("[1 0 2]", Some(Object::Array([1, 0, 2].map(Object::Integer).to_vec())));
        check("[true null]", Some(Object::Array(vec![Object::Bool(true), Object::Null])));
        check("", None);
        check("]", None);
        check(&"[".repeat(100_000), None);
        check(&"<</A".repeat(100_000), None);
    }

    #[test]
    fn damaged_dictionaries_give_what_they_have() {
        let Some(Object::Dictionary(dictionary)) = Scanner::new(b"<</A 1 junk /B /C /D >", 0).object() else {
            panic!("a dictionary")
        };
        assert_eq!(dictionary.get("A"), Some(&Object::Integer(1)));
        assert_eq!(dictionary.name("B"), Some("C"));
    }

    #[test]
    fn operators_and_operands() {
        let mut scanner = Scanner::new(b"[(a)-20]TJ 1 0 0 rg", 0);
        let mut keywords = Vec::new();
        while let Some(item) = scanner.item() {
            if let Item::Keyword(word) = item {
                keywords.push(String::from_utf8_lossy(word).into_owned());
            }
        }
        assert_eq!(keywords, ["TJ", "rg"]);
    }
}
