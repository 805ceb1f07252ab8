//! The tokens of rich text: groups, control words, characters.

/// One token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'rtf> {
    /// `{`
    Open,
    /// `}`
    Close,
    /// `\par`, `\u230`.
    Word(&'rtf str, Option<i32>),
    /// `\~`, `\*`.
    Symbol(u8),
    /// `\'e5`, or a byte that stands for itself.
    Byte(u8),
    /// Bytes that are no text, behind `\bin`.
    Binary {
        /// Whether the file ends before they do.
        is_cut_off: bool,
    },
}

/// Splits rich text into tokens.
#[derive(Debug)]
pub(super) struct Lexer<'rtf> {
    bytes: &'rtf [u8],
    at: usize,
}

/// Longer control words are damage.
const MAX_WORD_LENGTH: usize = 32;

impl<'rtf> Lexer<'rtf> {
    /// The tokens of `bytes`.
    pub(super) fn new(bytes: &'rtf [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    fn control(&mut self) -> Token<'rtf> {
        let rest = &self.bytes[self.at..];
        match rest.first().copied() {
            None => Token::Symbol(b'\\'),
            Some(b'\'') => {
                let hex = rest.get(1..3).and_then(|digits| std::str::from_utf8(digits).ok());
                match hex.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
                    Some(byte) => {
                        self.at += 3;
                        Token::Byte(byte)
                    }
                    None => {
                        self.at += 1;
                        Token::Symbol(b'\'')
                    }
                }
            }
            Some(first) if first.is_ascii_alphabetic() => self.word(),
            Some(symbol) => {
                self.at += 1;
                Token::Symbol(symbol)
            }
        }
    }

    fn word(&mut self) -> Token<'rtf> {
        let rest = &self.bytes[self.at..];
        let length = rest.iter().take(MAX_WORD_LENGTH).take_while(|byte| byte.is_ascii_alphabetic()).count();
        let word = std::str::from_utf8(&rest[..length]).expect("letters are ASCII");
        let number = &rest[length..];
        let minus = usize::from(number.first() == Some(&b'-'));
        let digits = number[minus..].iter().take(11).take_while(|byte| byte.is_ascii_digit()).count();
        let mut used = length;
        let mut value = None;
        if digits > 0 {
            let number = std::str::from_utf8(&number[..minus + digits]).expect("digits are ASCII");
            value = Some(number.parse::<i64>().map_or(0, |n| n.clamp(i32::MIN.into(), i32::MAX.into())));
            used += minus + digits;
        }
        if rest.get(used) == Some(&b' ') {
            used += 1;
        }
        self.at += used;
        let value = value.map(|n| i32::try_from(n).expect("clamped to the range"));
        if word == "bin" {
            let end = self.at.saturating_add(usize::try_from(value.unwrap_or(0)).unwrap_or(0));
            self.at = end.min(self.bytes.len());
            return Token::Binary { is_cut_off: end > self.bytes.len() };
        }
        Token::Word(word, value)
    }
}

impl<'rtf> Iterator for Lexer<'rtf> {
    type Item = Token<'rtf>;

    fn next(&mut self) -> Option<Token<'rtf>> {
        loop {
            let byte = *self.bytes.get(self.at)?;
            self.at += 1;
            return Some(match byte {
                b'\r' | b'\n' | 0 => continue,
                b'{' => Token::Open,
                b'}' => Token::Close,
                b'\\' => self.control(),
                byte => Token::Byte(byte),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_of_all_kinds() {
        let tokens: Vec<Token<'_>> = Lexer::new(b"{\\u-8211 a\\'e5\\~\\par\r\n\\bin3 }}}\\zzz\\'g").collect();
        let expected = [
            Token::Open,
            Token::Word("u", Some(-8211)),
            Token::Byte(b'a'),
            Token::Byte(0xe5),
            Token::Symbol(b'~'),
            Token::Word("par", None),
            Token::Binary { is_cut_off: false },
            Token::Word("zzz", None),
            Token::Symbol(b'\''),
            Token::Byte(b'g'),
        ];
        assert_eq!(tokens, expected);
    }

    #[test]
    fn numbers_beyond_all_bounds_are_held_in_check() {
        let tokens: Vec<Token<'_>> = Lexer::new(b"\\u99999999999\\bin99999999999 x").collect();
        assert_eq!(tokens, [Token::Word("u", Some(i32::MAX)), Token::Binary { is_cut_off: true }]);
    }
}
