//! Hashes as run records name them: SHA-256, in hexadecimal where people read it.

use std::fmt;
use std::io::{self, Read};

use serde::{Serialize, Serializer};
use sha2::Digest as _;

/// The SHA-256 of a file's bytes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sha256([u8; 32]);

impl Sha256 {
    /// That of bytes which are at hand.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self(sha2::Sha256::digest(bytes).into())
    }

    /// That of everything that can be read from `source`, and how many bytes these are.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn of_all(source: &mut impl Read) -> io::Result<(Self, u64)> {
        let mut hasher = sha2::Sha256::new();
        let length = io::copy(source, &mut hasher)?;
        Ok((Self(hasher.finalize().into()), length))
    }
}

impl From<[u8; 32]> for Sha256 {
    fn from(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }
}

impl From<Sha256> for [u8; 32] {
    fn from(hash: Sha256) -> Self {
        hash.0
    }
}

impl fmt::Display for Sha256 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Sha256 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Sha256 {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// The SHA-256 of some bytes, in hexadecimal.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    Sha256::of(bytes).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first example of FIPS 180-4's test vectors, and the empty text.
    #[test]
    fn hashes_are_shown_as_everyone_shows_them() {
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(Sha256::of(b"abc").to_string(), abc);
        assert_eq!(serde_json::to_string(&Sha256::of(b"abc")).expect("a text"), format!("\"{abc}\""));
        let (read, length) = Sha256::of_all(&mut b"abc".as_slice()).expect("bytes can be read");
        assert_eq!((read, length), (Sha256::of(b"abc"), 3));
        assert!(sha256(b"").starts_with("e3b0c44298fc1c14"));
    }
}
