//! What a PDF consists of: objects, and how they are written.

use super::syntax::Scanner;

/// One object. Streams keep only where their bytes lie.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) enum Object {
    #[default]
    Null,
    Bool(bool),
    Integer(i64),
    Real(f64),
    /// Bytes, decrypted once the file has read them.
    String(Vec<u8>),
    /// Without its slash.
    Name(String),
    Array(Vec<Object>),
    Dictionary(Dictionary),
    Stream(Stream),
    /// Another object, by number and generation.
    Reference(Reference),
}

/// The number and generation of an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Reference {
    pub(super) number: u32,
    pub(super) generation: u16,
}

/// Keys and values, in the order of the file.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Dictionary(Vec<(String, Object)>);

/// A dictionary and the bytes that follow it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Stream {
    pub(super) dictionary: Dictionary,
    /// Where the bytes begin in the file.
    pub(super) start: usize,
    /// Which object it is, for decryption.
    pub(super) owner: Reference,
}

impl Dictionary {
    /// The value of `key`, as it stands there.
    pub(super) fn get(&self, key: &str) -> Option<&Object> {
        self.0.iter().find(|(name, _)| name == key).map(|(_, value)| value)
    }

    /// Keys and values, in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &Object)> {
        self.0.iter().map(|(key, value)| (key.as_str(), value))
    }

    /// Values, for decryption.
    pub(super) fn values_mut(&mut self) -> impl Iterator<Item = &mut Object> {
        self.0.iter_mut().map(|(_, value)| value)
    }

    /// Adds an entry; the first of a repeated key counts.
    pub(super) fn push(&mut self, key: String, value: Object) {
        self.0.push((key, value));
    }

    /// The name under `key`.
    pub(super) fn name(&self, key: &str) -> Option<&str> {
        self.get(key)?.as_name()
    }
}

impl Object {
    pub(super) fn as_name(&self) -> Option<&str> {
        match self {
            Self::Name(name) => Some(name),
            _ => None,
        }
    }

    pub(super) fn as_integer(&self) -> Option<i64> {
        match self {
            Self::Integer(number) => Some(*number),
            Self::Real(number) => Some(*number as i64),
            _ => None,
        }
    }

    pub(super) fn as_number(&self) -> Option<f64> {
        match self {
            Self::Integer(number) => Some(*number as f64),
            Self::Real(number) => Some(*number),
            _ => None,
        }
    }

    pub(super) fn as_string(&self) -> Option<&[u8]> {
        match self {
            Self::String(bytes) => Some(bytes),
            _ => None,
        }
    }

    pub(super) fn as_array(&self) -> Option<&[Object]> {
        match self {
            Self::Array(items) => Some(items),
            _ => None,
        }
    }

    pub(super) fn as_reference(&self) -> Option<Reference> {
        match self {
            Self::Reference(reference) => Some(*reference),
            _ => None,
        }
    }

    /// The dictionary, of a stream too.
    pub(super) fn as_dictionary(&self) -> Option<&Dictionary> {
        match self {
            Self::Dictionary(dictionary) => Some(dictionary),
            Self::Stream(stream) => Some(&stream.dictionary),
            _ => None,
        }
    }
}

/// The object that begins at byte `at` with `12 0 obj`, and its reference.
pub(super) fn indirect(bytes: &[u8], at: usize) -> Option<(Reference, Object)> {
    let mut scanner = Scanner::new(bytes, at);
    let number = u32::try_from(scanner.integer()?).ok()?;
    let generation = u16::try_from(scanner.integer()?).ok()?;
    if !scanner.keyword(b"obj") {
        return None;
    }
    let owner = Reference { number, generation };
    let object = scanner.object()?;
    let Object::Dictionary(dictionary) = object else { return Some((owner, object)) };
    if !scanner.keyword(b"stream") {
        return Some((owner, Object::Dictionary(dictionary)));
    }
    let mut start = scanner.position();
    // One line end belongs to the keyword.
    if bytes.get(start) == Some(&b'\r') {
        start += 1;
    }
    if bytes.get(start) == Some(&b'\n') {
        start += 1;
    }
    Some((owner, Object::Stream(Stream { dictionary, start, owner })))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn indirect_objects() {
        let (owner, object) = indirect(b"x 12 1 obj <</Length 3 /K[1 0 R]>>\nstream\r\nabc", 2).expect("an object");
        assert_eq!(owner, Reference { number: 12, generation: 1 });
        let Object::Stream(stream) = object else { panic!("a stream") };
        assert_eq!(stream.start, 43);
        let kids = stream.dictionary.get("K").and_then(Object::as_array).expect("an array");
        assert_eq!(kids, [Object::Reference(Reference { number: 1, generation: 0 })]);
        assert_eq!(indirect(b"12 0 R", 0), None);
        assert_eq!(indirect(b"", 0), None);
    }
}
