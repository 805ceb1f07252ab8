//! Widths of the fonts that every reader has and files therefore leave out, in thousandths of the font size.

use unicode_normalization::UnicodeNormalization;

/// Widths of the characters from the blank to the tilde.
const SANS: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
    556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833,
    722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556,
    556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334,
    260, 334, 584,
];

const SANS_BOLD: [u16; 95] = [
    278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
    556, 556, 556, 333, 333, 584, 584, 584, 611, 975, 722, 722, 722, 722, 667, 611, 778, 722, 278, 556, 722, 611, 833,
    722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 333, 278, 333, 584, 556, 333, 556, 611, 556, 611,
    556, 333, 611, 611, 278, 278, 556, 278, 889, 611, 611, 611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389,
    280, 389, 584,
];

const SERIF: [u16; 95] = [
    250, 333, 408, 500, 500, 833, 778, 180, 333, 333, 500, 564, 250, 333, 250, 278, 500, 500, 500, 500, 500, 500, 500,
    500, 500, 500, 278, 278, 564, 564, 564, 444, 921, 722, 667, 667, 722, 611, 556, 722, 722, 333, 389, 722, 611, 889,
    722, 722, 556, 722, 667, 556, 611, 722, 722, 944, 722, 722, 611, 333, 278, 333, 469, 500, 333, 444, 500, 444, 500,
    444, 333, 500, 500, 278, 278, 500, 278, 778, 500, 500, 500, 500, 333, 389, 278, 500, 500, 722, 500, 500, 444, 480,
    200, 480, 541,
];

const SERIF_BOLD: [u16; 95] = [
    250, 333, 555, 500, 500, 1000, 833, 278, 333, 333, 500, 570, 250, 333, 250, 278, 500, 500, 500, 500, 500, 500, 500,
    500, 500, 500, 333, 333, 570, 570, 570, 500, 930, 722, 667, 722, 722, 667, 611, 778, 778, 389, 500, 778, 667, 944,
    722, 778, 611, 778, 722, 556, 667, 722, 722, 1000, 722, 722, 667, 333, 278, 333, 581, 500, 333, 500, 556, 444, 556,
    444, 333, 500, 556, 278, 333, 556, 278, 833, 556, 500, 556, 556, 444, 389, 333, 556, 500, 722, 500, 500, 444, 394,
    220, 394, 520,
];

/// The width of `character` in the font `name`, near enough to tell where words end.
pub(super) fn width(name: &str, character: char) -> f64 {
    let name = name.to_ascii_lowercase();
    if name.contains("courier") || name.contains("mono") {
        return 600.0;
    }
    let is_serif = !name.contains("sans")
        && ["times", "serif", "roman", "georgia", "garamond", "cambria"].iter().any(|part| name.contains(part));
    let is_bold = name.contains("bold");
    let table = match (is_serif, is_bold) {
        (false, false) => &SANS,
        (false, true) => &SANS_BOLD,
        (true, false) => &SERIF,
        (true, true) => &SERIF_BOLD,
    };
    let base = match character {
        'æ' | 'œ' => return if is_serif { 667.0 } else { 889.0 },
        'Æ' | 'Œ' | '—' | '…' => return 1000.0,
        '“' | '”' | '„' => {
            return match (is_serif, is_bold) {
                (false, false) => 333.0,
                (true, false) => 444.0,
                (_, true) => 500.0,
            };
        }
        'ø' if !is_serif => return 611.0,
        '–' | '«' | '»' => '0',
        '‘' | '’' | '‚' if !is_serif => 'i',
        '‘' | '’' | '‚' | '‹' | '›' => '(',
        '•' => return 350.0,
        'Ø' => 'O',
        'ø' => 'o',
        '\u{a0}' => ' ',
        other => unaccented(other),
    };
    let at = u32::from(base).wrapping_sub(0x20) as usize;
    table.get(at).copied().map_or(556.0, f64::from)
}

fn unaccented(character: char) -> char {
    std::iter::once(character).nfd().next().unwrap_or(character)
}

#[cfg(test)]
mod tests {
    use super::width;

    #[test]
    fn widths_of_letters_with_and_without_accents() {
        for (name, character, expected) in [
            ("Helvetica", 'a', 556.0),
            ("Helvetica-Bold", 'å', 556.0),
            ("Times-Roman", 'é', 444.0),
            ("ArialMT", ' ', 278.0),
            ("Helvetica", '”', 333.0),
            ("Times-Bold", '«', 500.0),
            ("Helvetica-Bold", 'b', 611.0),
            ("Courier", 'w', 600.0),
            ("OpenSans", 'i', 222.0),
            ("Helvetica", '漢', 556.0),
        ] {
            assert!((width(name, character) - expected).abs() < 1e-9, "{name} {character}");
        }
    }
}
