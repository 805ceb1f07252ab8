//! What the names of glyphs and the codes of simple fonts stand for.
//!
//! Names of accented letters are taken apart (`aring` is an `a` with a ring), so only the rest needs a list.

use unicode_normalization::UnicodeNormalization;

/// An encoding that a font may name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BaseEncoding {
    Standard,
    WinAnsi,
    MacRoman,
    Symbol,
    ZapfDingbats,
}

impl BaseEncoding {
    /// The encoding of this name.
    pub(super) fn of_name(name: &str) -> Option<Self> {
        match name {
            "StandardEncoding" => Some(Self::Standard),
            "WinAnsiEncoding" => Some(Self::WinAnsi),
            "MacRomanEncoding" => Some(Self::MacRoman),
            _ => None,
        }
    }

    /// The character of `code`.
    pub(super) fn character(self, code: u8) -> Option<char> {
        let found = match self {
            Self::Standard => standard(code),
            Self::WinAnsi => match code {
                0x7f | 0x81 | 0x8d | 0x8f | 0x90 | 0x9d => Some('•'),
                code => decoded(encoding_rs::WINDOWS_1252, code),
            },
            Self::MacRoman => decoded(encoding_rs::MACINTOSH, code),
            Self::Symbol => symbol(code),
            Self::ZapfDingbats => dingbat(code),
        };
        found.filter(|character| !character.is_control())
    }
}

fn decoded(encoding: &'static encoding_rs::Encoding, code: u8) -> Option<char> {
    encoding.decode_without_bom_handling(&[code]).0.chars().next()
}

/// Adobe's standard encoding: ASCII with curly quotation marks, and few letters above it.
fn standard(code: u8) -> Option<char> {
    const UPPER: &str = "¡¢£⁄¥ƒ§¤'“«‹›ﬁﬂ\0–†‡·\0¶•‚„”»…‰\0¿\0`´ˆ˜¯˘˙¨\0˚¸\0˝˛ˇ—";
    const LETTERS: [(u8, char); 11] = [
        (0xe1, 'Æ'),
        (0xe3, 'ª'),
        (0xe8, 'Ł'),
        (0xe9, 'Ø'),
        (0xea, 'Œ'),
        (0xeb, 'º'),
        (0xf1, 'æ'),
        (0xf5, 'ı'),
        (0xf8, 'ł'),
        (0xf9, 'ø'),
        (0xfa, 'œ'),
    ];
    match code {
        b'\'' => Some('’'),
        b'`' => Some('‘'),
        0x20..=0x7e => Some(char::from(code)),
        0xa1..=0xd0 => UPPER.chars().nth(usize::from(code) - 0xa1).filter(|character| *character != '\0'),
        0xfb => Some('ß'),
        _ => LETTERS.iter().find(|(letter, _)| *letter == code).map(|(_, character)| *character),
    }
}

/// The encoding of the Symbol font: Greek on the letters, signs elsewhere.
fn symbol(code: u8) -> Option<char> {
    const LOWER: &str =
        " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼";
    const UPPER: &str = "ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑";
    match code {
        0x20..=0x7e => LOWER.chars().nth(usize::from(code) - 0x20),
        0xa0 => Some('€'),
        0xa1..=0xe5 => UPPER.chars().nth(usize::from(code) - 0xa1),
        0xf1 => Some('〉'),
        0xf2 => Some('∫'),
        _ => None,
    }
}

/// The few signs of the ZapfDingbats font that stand in running text: ticks, and what serves as a bullet.
fn dingbat(code: u8) -> Option<char> {
    match code {
        0x20 => Some(' '),
        0x33 | 0x34 => Some('✓'),
        0x35..=0x38 => Some('✗'),
        0x6c => Some('●'),
        0x6e => Some('■'),
        0x21..=0x7e | 0xa1..=0xfe => Some('•'),
        _ => None,
    }
}

/// What the glyph `name` stands for; `None` for names that only its font knows.
pub(super) fn meaning(name: &str) -> Option<String> {
    // What follows a full stop tells variants of one character apart.
    let name = name.split('.').next().filter(|base| !base.is_empty()).unwrap_or(name);
    if let Some((one, other)) = name.split_once('_') {
        return Some(meaning(one)? + &meaning(other)?);
    }
    single(name).map(String::from).or_else(|| by_code(name))
}

fn single(name: &str) -> Option<char> {
    let mut characters = name.chars();
    if let (Some(only), None) = (characters.next(), characters.next()) {
        return Some(only);
    }
    if let Ok(at) = NAMES.binary_search_by_key(&name, |(known, _)| known) {
        return Some(NAMES[at].1);
    }
    for (accent, mark) in ACCENTS {
        if let Some(base) = name.strip_suffix(accent)
            && let Some(base) = base_letter(base)
        {
            return [base, mark].into_iter().nfc().next();
        }
    }
    greek(name)
}

fn base_letter(name: &str) -> Option<char> {
    match name {
        "dotlessi" => Some('ı'),
        "ae" => Some('æ'),
        "AE" => Some('Æ'),
        "oslash" => Some('ø'),
        "Oslash" => Some('Ø'),
        _ if name.len() == 1 => name.chars().next().filter(char::is_ascii_alphabetic),
        _ => None,
    }
}

const ACCENTS: [(&str, char); 14] = [
    ("acute", '\u{301}'),
    ("breve", '\u{306}'),
    ("caron", '\u{30c}'),
    ("cedilla", '\u{327}'),
    ("circumflex", '\u{302}'),
    ("commaaccent", '\u{326}'),
    ("dieresis", '\u{308}'),
    ("dotaccent", '\u{307}'),
    ("grave", '\u{300}'),
    ("hungarumlaut", '\u{30b}'),
    ("macron", '\u{304}'),
    ("ogonek", '\u{328}'),
    ("ring", '\u{30a}'),
    ("tilde", '\u{303}'),
];

/// `alpha`, `Omega`.
fn greek(name: &str) -> Option<char> {
    const LETTERS: [&str; 25] = [
        "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu", "nu",
        "xi", "omicron", "pi", "rho", "sigma1", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega",
    ];
    let lower = name.to_ascii_lowercase();
    let at = u32::try_from(LETTERS.iter().position(|letter| *letter == lower)?).ok()?;
    let is_upper = name.starts_with(|c: char| c.is_ascii_uppercase());
    char::from_u32(if is_upper { 0x391 } else { 0x3b1 } + at)
}

/// `uni00E5`, `u1F600`, and the bare numbers of some programs.
fn by_code(name: &str) -> Option<String> {
    if let Some(hex) = name.strip_prefix("uni")
        && hex.len() >= 4
        && hex.len().is_multiple_of(4)
        && hex.is_ascii()
    {
        let units: Option<Vec<u16>> =
            (0..hex.len()).step_by(4).map(|at| u16::from_str_radix(&hex[at..at + 4], 16).ok()).collect();
        return String::from_utf16(&units?).ok();
    }
    let hex = name.strip_prefix('u').filter(|hex| (4..=6).contains(&hex.len()))?;
    u32::from_str_radix(hex, 16).ok().and_then(char::from_u32).map(String::from)
}

/// Names that are no letters with accents, sorted.
#[rustfmt::skip]
const NAMES: [(&str, char); 227] = [
    ("AE", 'Æ'), ("Dcroat", 'Đ'), ("Delta", '∆'), ("Eng", 'Ŋ'), ("Eth", 'Ð'), ("Euro", '€'), ("Germandbls", 'ẞ'),
    ("Hbar", 'Ħ'), ("IJ", 'Ĳ'), ("Ldot", 'Ŀ'), ("Lslash", 'Ł'), ("OE", 'Œ'), ("Omega", 'Ω'), ("Oslash", 'Ø'),
    ("Tbar", 'Ŧ'), ("Thorn", 'Þ'), ("acute", '´'), ("ae", 'æ'), ("afii00208", '―'), ("afii61289", 'ℓ'),
    ("ampersand", '&'), ("angle", '∠'), ("approxequal", '≈'), ("arrowboth", '↔'), ("arrowdblboth", '⇔'),
    ("arrowdblright", '⇒'), ("arrowdown", '↓'), ("arrowleft", '←'), ("arrowright", '→'), ("arrowup", '↑'),
    ("asciicircum", '^'), ("asciitilde", '~'), ("asterisk", '*'), ("asteriskmath", '∗'), ("at", '@'),
    ("backslash", '\\'), ("bar", '|'), ("braceleft", '{'), ("braceright", '}'), ("bracketleft", '['),
    ("bracketright", ']'), ("breve", '˘'), ("brokenbar", '¦'), ("bullet", '•'), ("caron", 'ˇ'), ("cedilla", '¸'),
    ("cent", '¢'), ("checkmark", '✓'), ("circle", '○'), ("circlemultiply", '⊗'), ("circleplus", '⊕'),
    ("circumflex", 'ˆ'), ("club", '♣'), ("colon", ':'), ("comma", ','), ("copyright", '©'), ("copyrightsans", '©'),
    ("copyrightserif", '©'), ("currency", '¤'), ("dagger", '†'), ("daggerdbl", '‡'), ("dcroat", 'đ'), ("degree", '°'),
    ("diamond", '♦'), ("dieresis", '¨'), ("divide", '÷'), ("dmacron", 'đ'), ("dollar", '$'), ("dotaccent", '˙'),
    ("dotlessi", 'ı'), ("dotlessj", 'ȷ'), ("dotmath", '⋅'), ("eight", '8'), ("eightsuperior", '⁸'), ("element", '∈'),
    ("ellipsis", '…'), ("emdash", '—'), ("emptyset", '∅'), ("endash", '–'), ("eng", 'ŋ'), ("equal", '='),
    ("equivalence", '≡'), ("estimated", '℮'), ("eth", 'ð'), ("exclam", '!'), ("exclamdown", '¡'),
    ("existential", '∃'), ("ff", 'ﬀ'), ("ffi", 'ﬃ'), ("ffl", 'ﬄ'), ("fi", 'ﬁ'), ("figuredash", '‒'), ("five", '5'),
    ("fiveeighths", '⅝'), ("fivesuperior", '⁵'), ("fl", 'ﬂ'), ("florin", 'ƒ'), ("four", '4'), ("foursuperior", '⁴'),
    ("fraction", '⁄'), ("germandbls", 'ß'), ("gradient", '∇'), ("grave", '`'), ("greater", '>'),
    ("greaterequal", '≥'), ("guillemotleft", '«'), ("guillemotright", '»'), ("guilsinglleft", '‹'),
    ("guilsinglright", '›'), ("hbar", 'ħ'), ("heart", '♥'), ("hungarumlaut", '˝'), ("hyphen", '-'),
    ("hyphentwo", '‐'), ("ij", 'ĳ'), ("infinity", '∞'), ("integral", '∫'), ("intersection", '∩'),
    ("kgreenlandic", 'ĸ'), ("ldot", 'ŀ'), ("less", '<'), ("lessequal", '≤'), ("logicaland", '∧'), ("logicalnot", '¬'),
    ("logicalor", '∨'), ("longs", 'ſ'), ("lozenge", '◊'), ("lslash", 'ł'), ("macron", '¯'), ("middot", '·'),
    ("minus", '−'), ("minusplus", '∓'), ("minute", '′'), ("mu", 'µ'), ("mu1", 'µ'), ("multiply", '×'),
    ("napostrophe", 'ŉ'), ("nbspace", '\u{a0}'), ("nine", '9'), ("ninesuperior", '⁹'), ("nobreakspace", '\u{a0}'),
    ("nonbreakingspace", '\u{a0}'), ("notelement", '∉'), ("notequal", '≠'), ("notsubset", '⊄'), ("numbersign", '#'),
    ("oe", 'œ'), ("ogonek", '˛'), ("one", '1'), ("oneeighth", '⅛'), ("onehalf", '½'), ("onequarter", '¼'),
    ("onesuperior", '¹'), ("onethird", '⅓'), ("openbullet", '◦'), ("ordfeminine", 'ª'), ("ordmasculine", 'º'),
    ("oslash", 'ø'), ("overscore", '¯'), ("paragraph", '¶'), ("parenleft", '('), ("parenright", ')'),
    ("partialdiff", '∂'), ("percent", '%'), ("period", '.'), ("periodcentered", '·'), ("perthousand", '‰'),
    ("plus", '+'), ("plusminus", '±'), ("product", '∏'), ("propersubset", '⊂'), ("propersuperset", '⊃'),
    ("proportional", '∝'), ("question", '?'), ("questiondown", '¿'), ("quotedbl", '"'), ("quotedblbase", '„'),
    ("quotedblleft", '“'), ("quotedblright", '”'), ("quoteleft", '‘'), ("quotereversed", '‛'), ("quoteright", '’'),
    ("quotesinglbase", '‚'), ("quotesingle", '\''), ("radical", '√'), ("registered", '®'), ("registersans", '®'),
    ("registerserif", '®'), ("ring", '˚'), ("second", '″'), ("section", '§'), ("semicolon", ';'), ("seven", '7'),
    ("seveneighths", '⅞'), ("sevensuperior", '⁷'), ("sfthyphen", '\u{ad}'), ("six", '6'), ("sixsuperior", '⁶'),
    ("slash", '/'), ("softhyphen", '\u{ad}'), ("space", ' '), ("spade", '♠'), ("ssharp", 'ß'), ("sterling", '£'),
    ("summation", '∑'), ("tbar", 'ŧ'), ("therefore", '∴'), ("thorn", 'þ'), ("three", '3'), ("threeeighths", '⅜'),
    ("threequarters", '¾'), ("threesuperior", '³'), ("tilde", '˜'), ("trademark", '™'), ("trademarksans", '™'),
    ("trademarkserif", '™'), ("two", '2'), ("twodotenleader", '‥'), ("twosuperior", '²'), ("twothirds", '⅔'),
    ("underscore", '_'), ("union", '∪'), ("universal", '∀'), ("visiblespace", ' '), ("yen", '¥'), ("zero", '0'),
    ("zerosuperior", '⁰'),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_sorted() {
        assert!(NAMES.is_sorted_by_key(|(name, _)| name));
    }

    #[test]
    fn names_and_their_meanings() {
        for (name, expected) in [
            ("A", Some("A")),
            ("aring", Some("å")),
            ("Oslash", Some("Ø")),
            ("oslashacute", Some("ǿ")),
            ("ae", Some("æ")),
            ("eacute", Some("é")),
            ("Scaron", Some("Š")),
            ("ring", Some("˚")),
            ("fi", Some("ﬁ")),
            ("f_i", Some("fi")),
            ("a.sc", Some("a")),
            ("uni00E5", Some("å")),
            ("uni00660069", Some("fi")),
            ("u1F600", Some("😀")),
            ("alpha", Some("α")),
            ("Psi", Some("Ψ")),
            ("g23", None),
            (".notdef", None),
            ("uniÅÅ", None),
        ] {
            assert_eq!(meaning(name).as_deref(), expected, "{name}");
        }
    }

    #[test]
    fn codes_and_their_meanings() {
        for (encoding, code, expected) in [
            (BaseEncoding::Standard, 0xf9, Some('ø')),
            (BaseEncoding::Standard, 0xae, Some('ﬁ')),
            (BaseEncoding::Standard, 0xd0, Some('—')),
            (BaseEncoding::Standard, 0xff, None),
            (BaseEncoding::WinAnsi, 0xe5, Some('å')),
            (BaseEncoding::WinAnsi, 0x95, Some('•')),
            (BaseEncoding::MacRoman, 0x8c, Some('å')),
            (BaseEncoding::Symbol, 0x61, Some('α')),
            (BaseEncoding::Symbol, 0xb7, Some('•')),
            (BaseEncoding::Symbol, 0xe5, Some('∑')),
        ] {
            assert_eq!(encoding.character(code), expected, "{encoding:?} {code:x}");
        }
    }
}
