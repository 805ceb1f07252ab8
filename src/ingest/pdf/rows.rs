//! The characters of a page as pieces of lines: what stands on one baseline without a wide gap.

use unicode_normalization::UnicodeNormalization;

use super::super::error::IngestError;
use super::super::limits::Budget;
use super::content::Glyph;
use super::geometry::Direction;

/// A piece of a line. Distances are in points; y grows upwards.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Piece {
    pub(super) text: String,
    pub(super) left: f32,
    pub(super) right: f32,
    pub(super) baseline: f32,
    pub(super) size: f32,
    /// Width of its first word.
    pub(super) first_word: f32,
    /// Whether all of it is bold.
    pub(super) is_bold: bool,
}

/// Without a blank between them, characters this far apart, in font sizes, belong to two words.
const WORD_GAP: f32 = 0.16;

/// Characters this far apart belong to two pieces; words that the file parts by a blank may lie further apart.
const PIECE_GAP: f32 = 1.0;
const PIECE_GAP_WITH_BLANK: f32 = 1.7;

/// The pieces of the characters that run in `direction`, row by row from above, each row from the left; places are
/// those of a page of size `page` turned so that they run to the right.
pub(super) fn pieces(
    glyphs: &[Glyph],
    direction: Direction,
    page: (f32, f32),
    budget: &Budget,
) -> Result<Vec<Piece>, IngestError> {
    let mut fragments: Vec<Fragment> = Vec::new();
    for glyph in glyphs.iter().filter(|glyph| glyph.direction == direction) {
        budget.tick()?;
        let glyph = turned(*glyph, page);
        match fragments.last_mut() {
            Some(last) if last.takes(&glyph) => last.push(&glyph),
            last => {
                if glyph.character == ' ' {
                    // A blank may be the end of a fragment, never the start of one.
                    if let Some(last) = last {
                        last.has_blank = true;
                    }
                } else {
                    fragments.push(Fragment::new(&glyph));
                }
            }
        }
    }
    fragments.retain(|fragment| !fragment.text.trim().is_empty());
    Ok(merged(rows(fragments)).into_iter().map(Fragment::finish).collect())
}

/// The glyph as if its baseline ran to the right.
fn turned(glyph: Glyph, (width, height): (f32, f32)) -> Glyph {
    let (x, y) = match glyph.direction {
        Direction::Right | Direction::Slanted => (glyph.x, glyph.y),
        Direction::Up => (glyph.y, width - glyph.x),
        Direction::Left => (width - glyph.x, height - glyph.y),
        Direction::Down => (height - glyph.y, glyph.x),
    };
    Glyph { x, y, ..glyph }
}

/// Characters that follow each other in the file and on the page.
#[derive(Debug, Clone)]
struct Fragment {
    text: String,
    left: f32,
    right: f32,
    baseline: f32,
    size: f32,
    first_word: Option<f32>,
    has_blank: bool,
    n_bold: usize,
    n: usize,
    /// The last characters and where they begin, to know one that is drawn twice.
    last: [(char, f32); 2],
}

impl Fragment {
    fn new(glyph: &Glyph) -> Self {
        let mut fragment = Self {
            text: String::new(),
            left: glyph.x,
            right: glyph.x,
            baseline: glyph.y,
            size: glyph.size,
            first_word: None,
            has_blank: false,
            n_bold: 0,
            n: 0,
            last: [('\0', 0.0); 2],
        };
        fragment.push(glyph);
        fragment
    }

    /// Whether `glyph` goes on with it.
    fn takes(&self, glyph: &Glyph) -> bool {
        let size = self.size.max(glyph.size);
        if (glyph.y - self.baseline).abs() > 0.5 * size {
            return false;
        }
        let gap = glyph.x - self.right;
        if glyph.character == ' ' {
            return gap.abs() < PIECE_GAP_WITH_BLANK * size;
        }
        let most = if self.has_blank { PIECE_GAP_WITH_BLANK } else { PIECE_GAP };
        // Kerning and accents step back a little; a new word on the same line does not.
        gap > -0.8 * size && gap < most * size && glyph.x >= self.left - 0.1 * size
    }

    fn push(&mut self, glyph: &Glyph) {
        if glyph.character == ' ' {
            self.has_blank = true;
            return;
        }
        let is_double = self.last.iter().any(|(character, x)| {
            *character == glyph.character && (glyph.x - x).abs() < 0.15 * glyph.size && self.right >= glyph.x
        });
        if is_double && !self.has_blank {
            return;
        }
        if self.is_note_mark(glyph.character, glyph.size, glyph.y) {
            self.right = self.right.max(glyph.x + glyph.width);
            self.last = [(glyph.character, glyph.x), self.last[0]];
            return;
        }
        let gap = glyph.x - self.right;
        let is_word = self.has_blank || gap > WORD_GAP * glyph.size.min(self.size);
        if is_word && !self.text.is_empty() {
            self.first_word.get_or_insert(self.right - self.left);
            self.text.push(' ');
        }
        self.has_blank = false;
        self.push_character(glyph);
        // Of a letter and its index, the letter's line counts.
        if glyph.size > self.size * 1.05 && self.n < 3 {
            (self.baseline, self.size) = (glyph.y, glyph.size);
        }
        self.right = self.right.max(glyph.x + glyph.width);
        self.last = [(glyph.character, glyph.x), self.last[0]];
        self.n += 1;
        self.n_bold += usize::from(glyph.is_bold);
    }

    /// Whether `character` is part of the number of a note, which stands raised and small behind a word: read with
    /// the word, it would make another word of it.
    fn is_note_mark(&self, character: char, size: f32, baseline: f32) -> bool {
        /// Units that have exponents.
        const UNITS: [&str; 4] = ["m", "km", "cm", "mm"];
        let is_raised = size < 0.8 * self.size && baseline > self.baseline + 0.15 * self.size;
        if !is_raised || !character.is_ascii_digit() || self.text.is_empty() {
            return false;
        }
        let word = self.text.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        !UNITS.contains(&word)
    }

    /// Old typesetting draws an accent and then its letter below it.
    fn push_character(&mut self, glyph: &Glyph) {
        let accent = self.text.chars().next_back().and_then(combining);
        if let Some(mark) = accent
            && glyph.character.is_alphabetic()
            && self.last[0].1 + 0.1 * glyph.size >= glyph.x
        {
            self.text.pop();
            self.text.extend([glyph.character, mark].into_iter().nfc());
            return;
        }
        if let Some(mark) = combining(glyph.character)
            && let Some(letter) = self.text.chars().next_back().filter(|letter| letter.is_alphabetic())
            && glyph.x + 0.1 * glyph.size < self.right
        {
            self.text.pop();
            self.text.extend([letter, mark].into_iter().nfc());
            return;
        }
        match ligature(glyph.character) {
            Some(letters) => self.text.push_str(letters),
            None => self.text.push(glyph.character),
        }
    }

    /// Appends `other`, which stands to the right on the same row.
    fn join(&mut self, other: Self) {
        let size = self.size.min(other.size);
        if self.has_blank || other.left - self.right > WORD_GAP * size {
            self.first_word.get_or_insert(self.right - self.left);
            self.text.push(' ');
        }
        if self.first_word.is_none() {
            self.first_word = other.first_word.map(|width| width + other.left - self.left);
        }
        self.text.push_str(&other.text);
        if other.size > self.size {
            (self.size, self.baseline) = (other.size, other.baseline);
        }
        self.right = self.right.max(other.right);
        self.has_blank = other.has_blank;
        self.n += other.n;
        self.n_bold += other.n_bold;
    }

    fn finish(self) -> Piece {
        Piece {
            first_word: self.first_word.unwrap_or(self.right - self.left),
            is_bold: self.n_bold == self.n,
            text: self.text,
            left: self.left,
            right: self.right,
            baseline: self.baseline,
            size: self.size,
        }
    }
}

/// Fragments by the row they stand on, from above; the fragments of a row from the left.
fn rows(mut fragments: Vec<Fragment>) -> Vec<Vec<Fragment>> {
    fragments.sort_by(|a, b| b.baseline.total_cmp(&a.baseline));
    let mut rows: Vec<Vec<Fragment>> = Vec::new();
    for fragment in fragments {
        let is_same = rows.last().and_then(|row| row.last()).is_some_and(|last| {
            let size = last.size.max(fragment.size);
            let smaller = last.size.min(fragment.size);
            let drop = last.baseline - fragment.baseline;
            // An index or exponent stands off the line of its letter.
            drop <= 0.25 * size || (smaller < 0.8 * size && drop <= 0.45 * size)
        });
        match rows.last_mut() {
            Some(row) if is_same => row.push(fragment),
            _ => rows.push(vec![fragment]),
        }
    }
    for row in &mut rows {
        row.sort_by(|a, b| a.left.total_cmp(&b.left));
    }
    rows
}

/// Neighbours on a row that touch become one; what is drawn twice counts once.
fn merged(rows: Vec<Vec<Fragment>>) -> Vec<Fragment> {
    let mut merged: Vec<Fragment> = Vec::new();
    for row in rows {
        let first = merged.len();
        for fragment in row {
            let Some(last) = merged[first..].last_mut() else {
                merged.push(fragment);
                continue;
            };
            let size = last.size.min(fragment.size);
            let gap = fragment.left - last.right;
            let is_double = last.text == fragment.text && (fragment.left - last.left).abs() < 0.3 * size;
            if is_double {
                continue;
            }
            let most = if last.has_blank { 0.9 } else { 0.5 };
            let is_note_mark = gap > -0.3 * size
                && gap < most * size
                && fragment.text.len() <= 3
                && fragment.text.chars().all(|c| last.is_note_mark(c, fragment.size, fragment.baseline));
            if is_note_mark {
                last.right = last.right.max(fragment.right);
                last.has_blank |= fragment.has_blank;
                continue;
            }
            if gap > -0.3 * size && gap < most * size {
                last.join(fragment);
            } else {
                merged.push(fragment);
            }
        }
    }
    merged
}

/// The combining mark of an accent that stands by itself.
fn combining(character: char) -> Option<char> {
    Some(match character {
        '´' => '\u{301}',
        '`' => '\u{300}',
        '¨' => '\u{308}',
        '˚' => '\u{30a}',
        '˜' => '\u{303}',
        'ˆ' => '\u{302}',
        '¸' => '\u{327}',
        'ˇ' => '\u{30c}',
        _ => return None,
    })
}

/// The letters of a ligature.
fn ligature(character: char) -> Option<&'static str> {
    Some(match character {
        'ﬀ' => "ff",
        'ﬁ' => "fi",
        'ﬂ' => "fl",
        'ﬃ' => "ffi",
        'ﬄ' => "ffl",
        'ﬅ' | 'ﬆ' => "st",
        _ => return None,
    })
}
