//! The single-byte encodings of Norwegian text from before Unicode, told apart by where their letters stand.
//!
//! All of them agree on ASCII and differ in the 128 bytes above it. Each such byte is a character in each
//! encoding, and a character is likely or not between its neighbours: `ø` inside a word, `“` before one, `½`
//! after a digit. The encoding with the most likely characters wins.

/// An encoding that uses one byte a character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Legacy {
    /// Windows, Western Europe; Latin-1 is a part of it.
    Windows1252,
    /// Latin-1 with the euro sign.
    Latin9,
    /// Old Mac OS.
    MacRoman,
    /// DOS, Western Europe.
    Cp850,
    /// DOS, Nordic.
    Cp865,
}

/// In order of preference where nothing else decides.
const ALL: [Legacy; 5] = [Legacy::Windows1252, Legacy::Latin9, Legacy::MacRoman, Legacy::Cp850, Legacy::Cp865];

/// Bytes 80 to FF of code page 850.
const CP850: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤\
    ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{ad}±‗¾¶§÷¸°¨·¹³²■\u{a0}";
/// Bytes 80 to FF of code page 865.
const CP865: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø₧ƒáíóúñÑªº¿⌐¬½¼¡«¤░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧\
    ╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}";

impl Legacy {
    /// The characters of bytes 80 to FF.
    fn table(self) -> [char; 128] {
        let mut table = [char::REPLACEMENT_CHARACTER; 128];
        match self {
            Self::Cp850 => fill(&mut table, CP850),
            Self::Cp865 => fill(&mut table, CP865),
            Self::Windows1252 => fill(&mut table, &standard(encoding_rs::WINDOWS_1252)),
            Self::Latin9 => fill(&mut table, &standard(encoding_rs::ISO_8859_15)),
            Self::MacRoman => fill(&mut table, &standard(encoding_rs::MACINTOSH)),
        }
        table
    }

    /// The bytes 80 to FF by their character, sorted.
    pub(super) fn reverse(self) -> Vec<(char, u8)> {
        let mut reverse: Vec<_> = self.table().into_iter().zip(0x80..=0xff).collect();
        reverse.sort_unstable();
        reverse
    }
}

fn fill(table: &mut [char; 128], characters: &str) {
    for (place, character) in table.iter_mut().zip(characters.chars()) {
        *place = character;
    }
}

fn standard(encoding: &'static encoding_rs::Encoding) -> String {
    let bytes: Vec<u8> = (0x80..=0xff).collect();
    encoding.decode_without_bom_handling(&bytes).0.into_owned()
}

/// An encoding with its table at hand.
pub(super) struct Table {
    legacy: Legacy,
    upper: [char; 128],
}

impl Table {
    /// The character of `byte`.
    pub(super) fn character(&self, byte: u8) -> char {
        if byte.is_ascii() { char::from(byte) } else { self.upper[usize::from(byte - 0x80)] }
    }
}

/// What the bytes of one text say for each encoding.
pub(super) struct Evidence<'bytes> {
    bytes: &'bytes [u8],
    tables: [Table; ALL.len()],
    scores: [i64; ALL.len()],
    weighed: i64,
    seen: [bool; 128],
}

/// The most likely encoding.
pub(super) struct Verdict {
    /// The encoding.
    pub(super) encoding: Table,
    /// What people call it: `Latin-1` where the text holds none of the characters that Windows added.
    pub(super) name: &'static str,
    /// Whether its characters stand where such characters stand.
    pub(super) is_plausible: bool,
    /// An encoding that gives another text and is about as likely.
    pub(super) rival: Option<&'static str>,
}

impl<'bytes> Evidence<'bytes> {
    /// Nothing weighed yet.
    pub(super) fn new(bytes: &'bytes [u8]) -> Self {
        let tables = ALL.map(|legacy| Table { legacy, upper: legacy.table() });
        Self { bytes, tables, scores: [0; ALL.len()], weighed: 0, seen: [false; 128] }
    }

    /// Weighs the byte at `at`, which is 80 or above.
    pub(super) fn weigh(&mut self, at: usize) {
        let byte = self.bytes[at];
        let before = at.checked_sub(1).map(|at| self.bytes[at]);
        let after = self.bytes.get(at + 1).copied();
        for (table, score) in self.tables.iter().zip(&mut self.scores) {
            let neighbour = |byte: Option<u8>| byte.map_or(Class::Space, |byte| Class::of(table.character(byte)));
            *score += likelihood(neighbour(before), table.character(byte), neighbour(after));
        }
        self.weighed += 1;
        self.seen[usize::from(byte - 0x80)] = true;
    }

    /// The encoding that fits best; the first of [`ALL`] when several do.
    pub(super) fn verdict(self) -> Verdict {
        let best = (0..ALL.len()).rev().max_by_key(|index| self.scores[*index]).unwrap_or(0);
        let reads_otherwise = |index: &usize| {
            let pairs = self.tables[*index].upper.iter().zip(&self.tables[best].upper);
            pairs.zip(self.seen).any(|((one, other), seen)| seen && one != other)
        };
        let rival = (0..ALL.len()).filter(reads_otherwise).max_by_key(|index| self.scores[*index]);
        let score = self.scores[best];
        // Half a point a character: a text whose every third letter is `ø`, `å` or `æ` reaches three.
        let is_plausible = score * 2 >= self.weighed;
        // One letter in its usual place outweighs any other reading by more than this.
        let is_close = rival.is_some_and(|rival| score - self.scores[rival] < 3);
        let rival = rival.filter(|_| is_close).map(|rival| self.name(rival));
        let name = self.name(best);
        let encoding = self.tables.into_iter().nth(best).expect("the best of the tables is one of them");
        Verdict { encoding, name, is_plausible, rival }
    }

    fn name(&self, index: usize) -> &'static str {
        let holds = |from: u8, to: u8| (from..=to).any(|byte| self.seen[usize::from(byte - 0x80)]);
        let reads_alike = |one: usize, other: usize| {
            (0..128).all(|byte| !self.seen[byte] || self.tables[one].upper[byte] == self.tables[other].upper[byte])
        };
        match self.tables[index].legacy {
            Legacy::Windows1252 if !holds(0x80, 0x9f) => "Latin-1",
            Legacy::Windows1252 => "Windows-1252",
            Legacy::Latin9 => "Latin-9 (ISO 8859-15)",
            Legacy::MacRoman => "MacRoman",
            Legacy::Cp850 if reads_alike(3, 4) => "CP850/865",
            Legacy::Cp850 => "CP850",
            Legacy::Cp865 => "CP865",
        }
    }
}

/// What stands beside a character, as far as it matters here.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Lower,
    Upper,
    Digit,
    Space,
    Mark,
}

impl Class {
    fn of(character: char) -> Self {
        match character {
            c if c.is_lowercase() => Self::Lower,
            c if c.is_alphabetic() => Self::Upper,
            c if c.is_numeric() => Self::Digit,
            c if c.is_whitespace() || c == '\0' => Self::Space,
            _ => Self::Mark,
        }
    }

    fn is_letter(self) -> bool {
        matches!(self, Self::Lower | Self::Upper)
    }

    fn is_word(self) -> bool {
        self.is_letter() || self == Self::Digit
    }
}

/// How likely `character` is between its neighbours in Norwegian text: 3 usual, 0 says nothing, below 0 unlikely.
fn likelihood(before: Class, character: char, after: Class) -> i64 {
    let inside = before.is_letter() && after.is_letter();
    let if_else = |condition: bool, yes: i64, no: i64| if condition { yes } else { no };
    match character {
        'æ' | 'ø' | 'å' => match (before, after) {
            (Class::Upper, Class::Upper) => -2,
            _ if before.is_letter() || after == Class::Lower => 3,
            _ => if_else(character == 'å', 2, 0),
        },
        'Æ' | 'Ø' | 'Å' if before != Class::Lower => if_else(before == Class::Upper || after.is_letter(), 3, 1),
        'é' | 'è' | 'ê' | 'ó' | 'ò' | 'ô' | 'à' | 'ä' | 'ö' | 'ü' => {
            if_else(before.is_letter() || after == Class::Lower, 2, if character == 'à' { 1 } else { -1 })
        }
        'É' | 'Ä' | 'Ö' | 'Ü' if before != Class::Lower => if_else(after.is_letter(), 1, -1),
        '«' | '“' | '„' | '‘' => if_else(inside, -3, if_else(!before.is_word() && after.is_word(), 2, -1)),
        '»' | '”' => if_else(inside, -3, if_else(before != Class::Space && !after.is_word(), 2, -1)),
        '’' => if_else(before.is_letter(), 2, if_else(after.is_word(), 0, -1)),
        '–' | '—' => match (before, after) {
            (Class::Space, Class::Space) | (Class::Digit, Class::Digit) => 2,
            _ => if_else(inside, 0, 1),
        },
        '…' => if_else(inside, 0, 1),
        '§' => if_else(!before.is_letter() && matches!(after, Class::Space | Class::Digit), 2, -1),
        '°' | '½' | '¼' | '¾' | '²' | '³' => if_else(inside, -3, if_else(before != Class::Mark, 1, 0)),
        '€' | '£' => if_else(inside, -3, if_else(before == Class::Digit || after == Class::Digit, 2, 1)),
        '¤' => if_else(inside, -3, -2),
        '\u{a0}' => if_else(before != Class::Space && after != Class::Space, 1, 0),
        '\u{ad}' => if_else(inside, 1, -1),
        '•' | '·' => if_else(before == Class::Space && after == Class::Space, 2, if_else(inside, -3, 0)),
        '\u{80}'..='\u{9f}' | '\u{e000}'..='\u{f8ff}' => -10,
        '─'..='▟' => if_else(before.is_word() || after.is_word(), -3, 0),
        c if c.is_lowercase() => if_else(before.is_letter() || after.is_letter(), 0, -2),
        c if c.is_alphabetic() => if_else(before == Class::Lower, -3, -1),
        _ => if_else(inside, -3, -1),
    }
}
