//! Decryption with the empty password, which is all that files need whose authors only forbade printing or copying.
//!
//! The standard security handler of ISO 32000-2, 7.6: RC4 and AES, revisions 2 to 6.

use aes::cipher::{BlockDecrypt, BlockEncrypt, KeyInit};
use aes::{Aes128, Aes256, Block};
use md5::{Digest, Md5};
use sha2::{Sha256, Sha384, Sha512};

use super::object::{Dictionary, Object, Reference};

/// The key of a file and the methods that it encrypts with.
#[derive(Debug)]
pub(super) struct Crypt {
    key: Vec<u8>,
    strings: Method,
    streams: Method,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Method {
    None,
    Rc4,
    Aes128,
    Aes256,
}

/// What the padding of short passwords begins with; the empty password is all padding.
const PADDING: [u8; 32] = [
    0x28, 0xbf, 0x4e, 0x5e, 0x4e, 0x75, 0x8a, 0x41, 0x64, 0x00, 0x4e, 0x56, 0xff, 0xfa, 0x01, 0x08, 0x2e, 0x2e, 0x00,
    0xb6, 0xd0, 0x68, 0x3e, 0x80, 0x2f, 0x0c, 0xa9, 0xfe, 0x64, 0x53, 0x69, 0x7a,
];

impl Crypt {
    /// The key of the file whose encryption dictionary is `dictionary`, its references resolved; `None` when a
    /// password is needed or the handler is another.
    pub(super) fn open(dictionary: &Dictionary, id: &[u8]) -> Option<Self> {
        if dictionary.name("Filter").is_some_and(|filter| filter != "Standard") {
            return None;
        }
        let version = dictionary.get("V").and_then(Object::as_integer).unwrap_or(0);
        let revision = dictionary.get("R").and_then(Object::as_integer)?;
        let (strings, streams) = match version {
            1 | 2 => (Method::Rc4, Method::Rc4),
            4 | 5 => (method(dictionary, "StrF")?, method(dictionary, "StmF")?),
            _ => return None,
        };
        let key =
            if version == 5 { new_key(dictionary, revision)? } else { old_key(dictionary, version, revision, id)? };
        Some(Self { key, strings, streams })
    }

    /// Decrypts a string of the object `owner`.
    pub(super) fn string(&self, bytes: &[u8], owner: Reference) -> Vec<u8> {
        self.decrypt(self.strings, bytes, owner)
    }

    /// Decrypts the bytes of the stream `owner`.
    pub(super) fn stream(&self, bytes: &[u8], owner: Reference) -> Vec<u8> {
        self.decrypt(self.streams, bytes, owner)
    }

    fn decrypt(&self, method: Method, bytes: &[u8], owner: Reference) -> Vec<u8> {
        match method {
            Method::None => bytes.to_vec(),
            Method::Rc4 => rc4(&self.object_key(owner, false), bytes),
            Method::Aes128 => match Aes128::new_from_slice(&self.object_key(owner, true)) {
                Ok(cipher) => unpadded(cbc_decrypt(&cipher, bytes)),
                Err(_) => Vec::new(),
            },
            Method::Aes256 => match Aes256::new_from_slice(&self.key) {
                Ok(cipher) => unpadded(cbc_decrypt(&cipher, bytes)),
                Err(_) => Vec::new(),
            },
        }
    }

    fn object_key(&self, owner: Reference, is_aes: bool) -> Vec<u8> {
        let mut hash = Md5::new();
        hash.update(&self.key);
        hash.update(&owner.number.to_le_bytes()[..3]);
        hash.update(owner.generation.to_le_bytes());
        if is_aes {
            hash.update(b"sAlT");
        }
        hash.finalize()[..(self.key.len() + 5).min(16)].to_vec()
    }
}

/// The method of the crypt filter that `which` names.
fn method(dictionary: &Dictionary, which: &str) -> Option<Method> {
    let name = dictionary.name(which).unwrap_or("Identity");
    if name == "Identity" {
        return Some(Method::None);
    }
    let filter = dictionary.get("CF")?.as_dictionary()?.get(name)?.as_dictionary()?;
    match filter.name("CFM")? {
        "None" => Some(Method::None),
        "V2" => Some(Method::Rc4),
        "AESV2" => Some(Method::Aes128),
        "AESV3" => Some(Method::Aes256),
        _ => None,
    }
}

/// Revisions 2 to 4: algorithm 2, checked by algorithms 4 and 5.
fn old_key(dictionary: &Dictionary, version: i64, revision: i64, id: &[u8]) -> Option<Vec<u8>> {
    let owner = dictionary.get("O")?.as_string()?.get(..32)?;
    let user = dictionary.get("U")?.as_string()?;
    let permissions = dictionary.get("P")?.as_integer()? as u32;
    let bits = dictionary.get("Length").and_then(Object::as_integer).unwrap_or(40);
    let length = match version {
        1 => 5,
        4 => 16,
        _ => usize::try_from(bits / 8).ok()?.clamp(5, 16),
    };
    let mut hash = Md5::new();
    hash.update(PADDING);
    hash.update(owner);
    hash.update(permissions.to_le_bytes());
    hash.update(id);
    if revision >= 4 && dictionary.get("EncryptMetadata") == Some(&Object::Bool(false)) {
        hash.update([0xff; 4]);
    }
    let mut key = hash.finalize();
    if revision >= 3 {
        for _ in 0..50 {
            key = Md5::digest(&key[..length]);
        }
    }
    let key = key[..length].to_vec();
    let is_right = if revision >= 3 {
        let mut hash = Md5::new();
        hash.update(PADDING);
        hash.update(id);
        let mut check = hash.finalize().to_vec();
        for round in 0..20_u8 {
            let round_key: Vec<u8> = key.iter().map(|byte| byte ^ round).collect();
            check = rc4(&round_key, &check);
        }
        user.starts_with(&check)
    } else {
        user.starts_with(&rc4(&key, &PADDING))
    };
    is_right.then_some(key)
}

/// Revisions 5 and 6: algorithm 2.A for the user's password.
fn new_key(dictionary: &Dictionary, revision: i64) -> Option<Vec<u8>> {
    let user = dictionary.get("U")?.as_string()?;
    let (check, validation, salt) = (user.get(..32)?, user.get(32..40)?, user.get(40..48)?);
    let encrypted = dictionary.get("UE")?.as_string()?.get(..32)?;
    let hash = |salt: &[u8]| if revision >= 6 { hardened_hash(salt) } else { Sha256::digest(salt).to_vec() };
    if hash(validation) != check {
        return None;
    }
    let cipher = Aes256::new_from_slice(&hash(salt)).ok()?;
    let zeros = [0; 16];
    Some(cbc_decrypt(&cipher, &[&zeros, encrypted].concat()))
}

/// Algorithm 2.B with the empty password.
fn hardened_hash(salt: &[u8]) -> Vec<u8> {
    let mut key = Sha256::digest(salt).to_vec();
    let mut round = 0;
    loop {
        let mut data = key.repeat(64);
        let Ok(cipher) = Aes128::new_from_slice(&key[..16]) else { return key };
        let mut previous: [u8; 16] = std::array::from_fn(|at| key[16 + at]);
        for chunk in data.chunks_exact_mut(16) {
            for (byte, before) in chunk.iter_mut().zip(previous) {
                *byte ^= before;
            }
            cipher.encrypt_block(Block::from_mut_slice(chunk));
            previous.copy_from_slice(chunk);
        }
        let rest = data[..16].iter().map(|byte| u32::from(*byte)).sum::<u32>() % 3;
        key = match rest {
            0 => Sha256::digest(&data).to_vec(),
            1 => Sha384::digest(&data).to_vec(),
            _ => Sha512::digest(&data).to_vec(),
        };
        round += 1;
        let last = data.last().copied().map_or(0, u32::from);
        if round >= 64 && last + 32 <= round {
            key.truncate(32);
            return key;
        }
    }
}

/// Cipher block chaining; the first block is the initial value.
fn cbc_decrypt(cipher: &impl BlockDecrypt<BlockSize = aes::cipher::consts::U16>, bytes: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(bytes.len());
    let blocks: Vec<&[u8]> = bytes.chunks_exact(16).collect();
    for pair in blocks.windows(2) {
        let mut block = Block::clone_from_slice(pair[1]);
        cipher.decrypt_block(&mut block);
        plain.extend(block.iter().zip(pair[0]).map(|(byte, before)| byte ^ before));
    }
    plain
}

/// `plain` without the bytes that fill its last block, whose number the last one is.
fn unpadded(mut plain: Vec<u8>) -> Vec<u8> {
    if let Some(n @ 1..=16) = plain.last().copied() {
        plain.truncate(plain.len().saturating_sub(usize::from(n)));
    }
    plain
}

fn rc4(key: &[u8], bytes: &[u8]) -> Vec<u8> {
    let mut state: [u8; 256] = std::array::from_fn(|at| (at & 0xff) as u8);
    let mut other: u8 = 0;
    for at in 0..256 {
        other = other.wrapping_add(state[at]).wrapping_add(key[at % key.len()]);
        state.swap(at, usize::from(other));
    }
    let (mut one, mut other) = (0_u8, 0_u8);
    bytes
        .iter()
        .map(|byte| {
            one = one.wrapping_add(1);
            other = other.wrapping_add(state[usize::from(one)]);
            state.swap(usize::from(one), usize::from(other));
            byte ^ state[usize::from(state[usize::from(one)].wrapping_add(state[usize::from(other)]))]
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rc4_as_published() {
        assert_eq!(rc4(b"Key", b"Plaintext"), b"\xbb\xf3\x16\xe8\xd9\x40\xaf\x0a\xd3");
    }

    #[test]
    fn padding_comes_off() {
        assert_eq!(unpadded(b"abc\x02\x02".to_vec()), b"abc");
        assert_eq!(unpadded(b"abc".to_vec()), b"abc");
        assert_eq!(unpadded(vec![16; 3]), b"");
    }
}
