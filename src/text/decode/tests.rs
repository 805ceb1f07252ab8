//! Decoding: every encoding that a study's files come in, damage, and the shared material.

use std::path::PathBuf;

use proptest::prelude::*;

use super::*;

const SAMPLE: &str =
    "Ærlig talt: på «øya» sa Åse at ildsjelene må få § 3 på plass, naïvt nok.\nNoen år etter: 50 °C på kafé.\n";

#[track_caller]
fn check(bytes: &[u8], text: &str, encoding: &str, doubts: &[Doubt]) {
    let decoded = decode(bytes).unwrap();
    assert_eq!((decoded.text.as_str(), decoded.encoding), (text, encoding));
    assert_eq!(decoded.doubts, doubts);
}

fn single_byte(text: &str, legacy: Legacy) -> Vec<u8> {
    let reverse = legacy.reverse();
    let byte = |c: char| reverse.iter().find(|entry| entry.0 == c).map(|entry| entry.1);
    text.chars().map(|c| u8::try_from(c).ok().filter(u8::is_ascii).or_else(|| byte(c)).unwrap()).collect()
}

use legacy::Legacy;

#[test]
fn unicode_encodings() {
    let units: Vec<u16> = SAMPLE.encode_utf16().collect();
    let little: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
    let big: Vec<u8> = units.iter().flat_map(|unit| unit.to_be_bytes()).collect();
    let wide: Vec<u8> = SAMPLE.chars().flat_map(|c| u32::from(c).to_le_bytes()).collect();
    check(b"", "", "UTF-8", &[]);
    check(SAMPLE.as_bytes(), SAMPLE, "UTF-8", &[]);
    check(&[b"\xef\xbb\xbf", SAMPLE.as_bytes()].concat(), SAMPLE, "UTF-8", &[]);
    check(&little, SAMPLE, "UTF-16LE", &[]);
    check(&big, SAMPLE, "UTF-16BE", &[]);
    check(&[b"\xff\xfe", &little[..]].concat(), SAMPLE, "UTF-16LE", &[]);
    check(&[b"\xfe\xff", &big[..]].concat(), SAMPLE, "UTF-16BE", &[]);
    check(&wide, SAMPLE, "UTF-32LE", &[]);
    check(&[b"\xff\xfe\0\0", &wide[..]].concat(), SAMPLE, "UTF-32LE", &[]);
}

#[test]
fn encodings_from_before_unicode() {
    check(&single_byte(SAMPLE, Legacy::Windows1252), SAMPLE, "Latin-1", &[]);
    check(&single_byte(SAMPLE, Legacy::MacRoman), SAMPLE, "MacRoman", &[]);
    check(&single_byte(SAMPLE, Legacy::Cp850), SAMPLE, "CP850", &[]);
    let dashed = "Jeg – «vi» – må få “noe” på plass… Æsj, det’s dyrt.";
    check(&single_byte(dashed, Legacy::Windows1252), dashed, "Windows-1252", &[]);
    check(&single_byte(dashed, Legacy::MacRoman), dashed, "MacRoman", &[]);
    let euro = "Det kostet 500 € på bygda.";
    check(&single_byte(euro, Legacy::Latin9), euro, "Latin-9 (ISO 8859-15)", &[]);
    check(&single_byte(euro, Legacy::Windows1252), euro, "Windows-1252", &[]);
    let dos = "Det går på hele året.";
    check(&single_byte(dos, Legacy::Cp850), dos, "CP850/865", &[]);
    let half = "Det tok 2½ år.";
    check(&single_byte(half, Legacy::Windows1252), half, "Latin-1", &[]);
    let english = "Don’t say “never” – it isn’t over.";
    check(&single_byte(english, Legacy::Windows1252), english, "Windows-1252", &[]);
}

#[test]
fn line_ends_become_lf_and_nothing_else_changes() {
    check(b"a\r\nb\rc\n\r\n\rd", "a\nb\nc\n\n\nd", "UTF-8", &[]);
    let kept = "for\u{ad}ankring\u{a0}og\u{200b}\u{feff} a\u{30a}pen\u{c}\t\u{85}\u{2028}";
    check(kept.as_bytes(), kept, "UTF-8", &[]);
}

#[test]
fn stray_bytes_in_utf8_are_read_and_told() {
    let mixed = [SAMPLE.as_bytes(), b"p\xe5 m\xf8tet\n"].concat();
    let doubt = Doubt::Mixed { encoding: "Latin-1", count: 2, line: 3 };
    check(&mixed, &format!("{SAMPLE}på møtet\n"), "UTF-8", &[doubt]);
    let cut = &SAMPLE.as_bytes()[..SAMPLE.find('é').unwrap() + 1];
    let expected = format!("{}\u{fffd}", &SAMPLE[..SAMPLE.find('é').unwrap()]);
    check(cut, &expected, "UTF-8", &[Doubt::Replaced { count: 1, line: 2 }]);
    let cut_inside = [SAMPLE.as_bytes(), b"x \xe2\x80 y"].concat();
    let doubt = Doubt::Replaced { count: 1, line: 3 };
    check(&cut_inside, &format!("{SAMPLE}x \u{fffd} y"), "UTF-8", &[doubt]);
}

#[test]
fn damaged_utf16_is_told() {
    let doubts = [Doubt::Replaced { count: 2, line: 2 }];
    check(b"\xff\xfea\0\n\0\x00\xd8b\0c", "a\n\u{fffd}b\u{fffd}", "UTF-16LE", &doubts);
}

#[test]
fn double_encoding_is_mended_only_when_all_of_it_can_be() {
    let twice = |legacy: Legacy| -> String {
        let table = legacy.reverse();
        let upper = |byte: u8| table.iter().find(|entry| entry.1 == byte).map_or(' ', |entry| entry.0);
        SAMPLE.bytes().map(|b| if b.is_ascii() { char::from(b) } else { upper(b) }).collect()
    };
    for legacy in [Legacy::Windows1252, Legacy::MacRoman, Legacy::Cp850] {
        let decoded = decode(twice(legacy).as_bytes()).unwrap();
        assert_eq!((decoded.text.as_str(), decoded.encoding), (SAMPLE, "UTF-8, encoded twice"), "{legacy:?}");
        assert!(matches!(decoded.doubts[..], [Doubt::EncodedTwice { mended: true, line: 1, .. }]));
    }
    let partly = "Vi mÃ¥ få det pÃ¥ plass.";
    check(partly.as_bytes(), partly, "UTF-8", &[Doubt::EncodedTwice { count: 2, line: 1, mended: false }]);
    check("São Paulo, SÃO PAULO".as_bytes(), "São Paulo, SÃO PAULO", "UTF-8", &[]);
    check("√2 er 1,41 på kvadratet".as_bytes(), "√2 er 1,41 på kvadratet", "UTF-8", &[]);
}

#[test]
fn what_is_no_text_is_refused_with_the_reason() {
    assert_eq!(decode(&[0; 10]), Err(DecodeError::Nul { count: 10, bytes: 10 }));
    let picture = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\x01\0\0\xff\x80\x08\x06\0\0";
    assert!(matches!(decode(picture), Err(DecodeError::Nul { .. })));
    assert!(matches!(decode(b"ab\x01\x02\x03cd"), Err(DecodeError::Control { count: 3, characters: 7 })));
    assert_eq!(decode(&[0; 10]).unwrap_err().to_string(), "not a text file: 10 of its 10 bytes are NUL");
}

#[test]
fn a_stray_nul_and_turned_direction_are_kept_and_told() {
    let text = format!("{}\n\0x", "a".repeat(2000));
    check(text.as_bytes(), &text, "UTF-8", &[Doubt::Nul { count: 1, line: 2 }]);
    let turned = "\u{202e}snu\u{202c}";
    check(turned.as_bytes(), turned, "UTF-8", &[Doubt::Direction { count: 2, line: 1 }]);
}

#[test]
fn other_scripts_are_guessed_and_told() {
    let russian = "Привет, как дела? Проект закончился в прошлом году.";
    let (bytes, _, _) = encoding_rs::KOI8_R.encode(russian);
    let decoded = decode(&bytes).unwrap();
    assert_eq!(decoded.text, russian);
    assert!(matches!(decoded.doubts[..], [Doubt::Guessed { rival: None, .. }]));
    // Lower-case Cyrillic looks like accented letters to Windows-1252.
    let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode(russian);
    assert_eq!(decode(&bytes).unwrap().text, russian);
}

/// The 25 encodings of one text: each is read as that text, or its difference is told.
#[test]
fn the_shared_encodings_are_read_or_told() {
    let Some(shared) = std::env::var_os("TEMAKART_SHARED") else {
        println!("skipped: TEMAKART_SHARED is not set");
        return;
    };
    let folder = PathBuf::from(shared).join("data/formats_made/encodings");
    let read = |name: &str| std::fs::read(folder.join(format!("{name}.txt"))).unwrap();
    let original = String::from_utf8(read("utf8")).unwrap();
    // Characters that an encoding lacks stand as `?` in its file.
    let lacking = |lacks: &str| original.replace(|c| lacks.contains(c), "?");
    for (name, encoding, expected) in [
        ("utf8", "UTF-8", original.clone()),
        ("utf8_bom", "UTF-8", original.clone()),
        ("crlf", "UTF-8", original.clone()),
        ("cr_only", "UTF-8", original.clone()),
        ("utf16be_bom", "UTF-16BE", original.clone()),
        ("utf16le_bom", "UTF-16LE", original.clone()),
        ("utf16le_nobom", "UTF-16LE", original.clone()),
        ("utf32_bom", "UTF-32LE", original.clone()),
        ("windows1252", "Windows-1252", original.clone()),
        ("macroman", "MacRoman", original.clone()),
        ("latin1", "Latin-1", lacking("–…")),
        ("iso8859_15", "Latin-1", lacking("–…")),
        ("cp850", "CP850", lacking("–…")),
        ("cp865_dos_nordisk", "CP850/865", lacking("–…»§")),
        ("empty", "UTF-8", String::new()),
        ("only_bom", "UTF-8", String::new()),
    ] {
        let decoded = decode(&read(name)).unwrap();
        assert!(decoded.text == expected, "{name} differs");
        assert_eq!((decoded.encoding, decoded.doubts), (encoding, vec![]), "{name}");
    }
    for (name, id) in [("mojibake_double_utf8", "ingest/encoded-twice"), ("bidi_override", "ingest/turned-direction")] {
        let decoded = decode(&read(name)).unwrap();
        assert_eq!(decoded.doubts.iter().map(Doubt::id).collect::<Vec<_>>(), [id], "{name}");
    }
    assert!(decode(&read("mojibake_double_utf8")).unwrap().text == original);
    // Latin-1 letters, one NUL and a few bytes of noise, all within UTF-8.
    let mixed = decode(&read("invalid_utf8_mixed")).unwrap();
    assert_eq!(
        mixed.doubts.iter().map(Doubt::id).collect::<Vec<_>>(),
        ["ingest/encoding-mixed", "ingest/nul-characters"]
    );
    assert!(mixed.text.contains("transportpolitiske målet") && !mixed.text.contains(char::REPLACEMENT_CHARACTER));
    for name in
        ["mixed_eol", "soft_hyphen_zwsp_nbsp", "utf8_nfd", "one_line_no_newline", "whitespace_only", "nul_bytes"]
    {
        let bytes = read(name);
        let decoded = decode(&bytes).unwrap();
        assert_eq!(decoded.encoding, "UTF-8", "{name}");
        assert!(decoded.text == String::from_utf8(bytes).unwrap().replace("\r\n", "\n").replace('\r', "\n"), "{name}");
    }
}

proptest! {
    #[test]
    fn any_bytes_are_decoded_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        if let Ok(decoded) = decode(&bytes) {
            prop_assert!(!decoded.text.contains('\r'));
        }
    }

    #[test]
    fn utf8_without_cr_comes_out_as_it_went_in(text in "[a-zæøå .,\n–«»\u{ad}\u{a0}]{0,200}") {
        let decoded = decode(text.as_bytes()).unwrap();
        prop_assert_eq!(decoded.text, text);
        prop_assert_eq!(decoded.doubts, vec![]);
    }

    #[test]
    fn norwegian_words_come_out_of_every_old_encoding(
        words in prop::collection::vec("[A-ZÆØÅ]?([bdfgklmnprstv][aeiouyæøå]){1,4}", 1..30),
        legacy in prop::sample::select(vec![Legacy::Windows1252, Legacy::MacRoman, Legacy::Cp850]),
    ) {
        let text = words.join(" ");
        prop_assert_eq!(decode(&single_byte(&text, legacy)).unwrap().text, text);
    }
}
