//! What positions in a file count: the standard says code points, programs do as they please.
//!
//! UTF-16 units or code points, a line end of two characters as one or as two, a byte order mark as a character or
//! not. Every way that makes a difference is tried on all codings; names that quote the text decide, then whether
//! codings begin and end at words, then what the program that wrote the file was seen to do.

use super::exchange::OffsetUnit;
use crate::diag::Diagnostic;
use crate::text::CodePoints;

/// What must be known of a project whose positions count `unit`, and which has characters that UTF-16 counts twice in
/// `n_astral` documents.
#[must_use]
pub fn about_offsets(unit: OffsetUnit, n_astral: usize) -> Option<Diagnostic> {
    let documents = if n_astral == 1 { "one document holds".to_owned() } else { format!("{n_astral} documents hold") };
    let message = format!("{documents} emoji or other characters that UTF-16 counts twice");
    (n_astral > 0).then(|| match unit {
        OffsetUnit::CodePoint => Diagnostic::note("export/offsets", format!("{message}, as NVivo on Windows does"))
            .hint("for NVivo on Windows write another file with `--offset-unit utf16`"),
        OffsetUnit::Utf16 => Diagnostic::warning("export/offsets", format!("{message}, and so do the positions"))
            .hint("only NVivo on Windows places codings correctly then; all other programs count code points"),
    })
}

/// One way of counting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Counting {
    utf16: bool,
    /// CR LF counts as two.
    crlf: bool,
    /// A byte order mark counts.
    mark: bool,
}

/// A text as it stood in the file, with what decides about positions in it.
#[derive(Debug, Default)]
pub(super) struct RawText {
    /// With line ends as LF and without byte order mark.
    pub(super) text: String,
    had_mark: bool,
    /// In the text, by code point: characters of two UTF-16 units.
    astral: Vec<u32>,
    /// In the text, by code point: line feeds that were CR LF.
    crlf: Vec<u32>,
    code_points: CodePoints,
}

impl RawText {
    pub(super) fn new(raw: &str) -> Self {
        let had_mark = raw.starts_with('\u{feff}');
        let raw = raw.strip_prefix('\u{feff}').unwrap_or(raw);
        let mut this = Self { had_mark, ..Self::default() };
        let mut characters = raw.chars().peekable();
        let mut at = 0;
        while let Some(mut character) = characters.next() {
            if character == '\r' {
                if characters.next_if_eq(&'\n').is_some() {
                    this.crlf.push(at);
                }
                character = '\n';
            }
            if character.len_utf8() == 4 {
                this.astral.push(at);
            }
            this.text.push(character);
            at += 1;
        }
        this.code_points = CodePoints::of(&this.text);
        this
    }

    /// The code point in the text that a file's position means; `None` outside.
    fn code_point(&self, position: i64, counting: Counting) -> Option<u32> {
        let mut position = u32::try_from(position).ok()?;
        if counting.mark && self.had_mark {
            position = position.checked_sub(1)?;
        }
        // The position is what stands before it: find how much of that counted twice.
        let extra = |code_point: u32| {
            let before = |places: &[u32]| places.partition_point(|place| *place < code_point);
            let astral = if counting.utf16 { before(&self.astral) } else { 0 };
            let crlf = if counting.crlf { before(&self.crlf) } else { 0 };
            u32::try_from(astral + crlf).unwrap_or(u32::MAX)
        };
        let (mut low, mut high) = (0, self.code_points.n());
        while low < high {
            let middle = low + (high - low) / 2;
            if middle.saturating_add(extra(middle)) < position { low = middle + 1 } else { high = middle }
        }
        (low.saturating_add(extra(low)) >= position).then_some(low)
    }

    /// The place that a selection means.
    pub(super) fn place(&self, start: i64, end: i64, counting: Counting) -> Option<(u32, u32)> {
        let (start, end) = (self.code_point(start, counting)?, self.code_point(end, counting)?);
        (start < end).then_some((start, end))
    }

    /// The byte at a code point, or at the end of the text.
    fn byte(&self, code_point: u32) -> usize {
        self.code_points.byte(&self.text, code_point).unwrap_or(self.text.len())
    }

    /// The text before, at and after a place, the outer two up to `around` code points long.
    pub(super) fn cut(&self, (start, end): (u32, u32), around: u32) -> (&str, &str, &str) {
        let bounds = [start.saturating_sub(around), start, end, end.saturating_add(around)].map(|at| self.byte(at));
        let [from, start, end, to] = bounds;
        (&self.text[from..start], &self.text[start..end], &self.text[end..to])
    }
}

/// A selection as the file has it: its name and its positions.
pub(super) struct Marked<'x> {
    pub(super) text: &'x RawText,
    pub(super) name: &'x str,
    pub(super) start: i64,
    pub(super) end: i64,
}

/// What was found out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Verdict {
    pub(super) counting: Counting,
    /// Codings whose name quotes the text there.
    pub(super) quoted: usize,
    /// Codings whose name could.
    pub(super) named: usize,
    /// Ways of counting that make a difference for these texts.
    pub(super) n_ways: usize,
}

/// Finds what the positions of `marked` count; `origin` is the program that wrote them.
pub(super) fn counting(marked: &[Marked<'_>], origin: &str) -> Verdict {
    let ways = ways(marked, origin);
    let scores: Vec<(usize, usize)> = ways.iter().map(|way| score(marked, *way)).collect();
    let named = marked.iter().filter(|marked| is_quote_like(marked)).count();
    // Our own positions are code points unless quotes say otherwise.
    let is_ours = origin.starts_with("temakart");
    let mut best = 0;
    for index in 1..ways.len() {
        // A few codings at words prove nothing: it takes some more than the others have.
        let margin = 1 + scores[best].1 / 50;
        let is_at_words = scores[index].0 == scores[best].0 && scores[index].1 >= scores[best].1 + margin;
        let is_open = !is_ours && (named == 0 || scores[best].0 < named);
        if scores[index].0 > scores[best].0 || is_open && is_at_words {
            best = index;
        }
    }
    Verdict { counting: ways[best], quoted: scores[best].0, named, n_ways: ways.len() }
}

/// All ways that make a difference, the likeliest first.
fn ways(marked: &[Marked<'_>], origin: &str) -> Vec<Counting> {
    let origin = origin.to_lowercase();
    let has = |is: &dyn Fn(&RawText) -> bool| marked.iter().any(|marked| is(marked.text));
    let both = |makes_a_difference: bool, likely: bool| match makes_a_difference {
        true => vec![likely, !likely],
        false => vec![false],
    };
    let utf16 = both(has(&|text| !text.astral.is_empty()), origin.contains("nvivo"));
    let crlf = both(has(&|text| !text.crlf.is_empty()), !origin.contains("atlas"));
    let mark = both(has(&|text| text.had_mark), false);
    let mut all = Vec::new();
    for mark in mark {
        for crlf in &crlf {
            all.extend(utf16.iter().map(|utf16| Counting { utf16: *utf16, crlf: *crlf, mark }));
        }
    }
    all
}

/// How many codings their names quote, and how many ends of codings are ends of words.
fn score(marked: &[Marked<'_>], counting: Counting) -> (usize, usize) {
    let (mut quoted, mut at_words) = (0, 0);
    for marked in marked {
        let Some(place) = marked.text.place(marked.start, marked.end, counting) else { continue };
        let (before, quote, after) = marked.text.cut(place, 1);
        quoted += usize::from(is_quote_like(marked) && quotes(marked.name, quote));
        let is_word = |character: Option<char>| character.is_some_and(char::is_alphanumeric);
        let begins = !is_word(before.chars().last()) && is_word(quote.chars().next());
        let ends = is_word(quote.chars().last()) && !is_word(after.chars().next());
        at_words += usize::from(begins) + usize::from(ends);
    }
    (quoted, at_words)
}

/// Whether the name may be a quote: some programs put numbers of lines there.
fn is_quote_like(marked: &Marked<'_>) -> bool {
    let name = marked.name.trim();
    !name.is_empty() && !name.starts_with("line:")
}

/// Whether `name` is the quote, or the beginning of it; white space and what stands for the rest left aside.
fn quotes(name: &str, quote: &str) -> bool {
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let (name, quote) = (plain(name), plain(quote));
    let start = name.trim_end_matches(['…', '.']).trim_end();
    !start.is_empty() && (quote == name || start.chars().count() >= 10 && quote.starts_with(start))
}

impl std::fmt::Display for Counting {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(if self.utf16 { "UTF-16 units" } else { "code points" })?;
        if self.crlf {
            f.write_str(", line ends of two characters as two")?;
        }
        if self.mark {
            f.write_str(", the byte order mark as one")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Codings of words in a text whose positions are counted as `wanted`.
    fn found(raw: &str, wanted: Counting, origin: &str, with_names: bool) -> Counting {
        let text = RawText::new(raw);
        let units = |until: usize| {
            let (mut n, mut previous) = (i64::from(wanted.mark && text.had_mark), ' ');
            for character in raw.strip_prefix('\u{feff}').unwrap_or(raw)[..until].chars() {
                n += if wanted.utf16 { character.len_utf16() as i64 } else { 1 };
                n -= i64::from(!wanted.crlf && previous == '\r' && character == '\n');
                previous = character;
            }
            n
        };
        let plain = raw.strip_prefix('\u{feff}').unwrap_or(raw);
        let words: Vec<(usize, &str)> =
            unicode_segmentation::UnicodeSegmentation::unicode_word_indices(plain).collect();
        let marked: Vec<Marked<'_>> = words
            .iter()
            .map(|(at, word)| Marked {
                text: &text,
                name: if with_names { word } else { "" },
                start: units(*at),
                end: units(at + word.len()),
            })
            .collect();
        counting(&marked, origin).counting
    }

    #[test]
    fn the_way_of_counting_is_found() {
        let raw = "\u{feff}Hei 😀 dere\r\nDet 🇳🇴 var\r\nfint å høre 😀 om pilotene\r\nHer er mer";
        for utf16 in [false, true] {
            for crlf in [false, true] {
                for mark in [false, true] {
                    let wanted = Counting { utf16, crlf, mark };
                    for origin in ["NVivo 12", "ATLAS.ti 9", ""] {
                        assert_eq!(found(raw, wanted, origin, true), wanted, "{origin}");
                        assert_eq!(found(raw, wanted, origin, false), wanted, "{origin}");
                    }
                }
            }
        }
    }

    #[test]
    fn positions_outside_mean_nothing() {
        let text = RawText::new("a\r\nb");
        let plain = Counting { utf16: false, crlf: false, mark: false };
        assert_eq!(text.place(2, 3, plain), Some((2, 3)));
        assert_eq!(text.place(3, 4, Counting { crlf: true, ..plain }), Some((2, 3)));
        for (start, end) in [(-1, 2), (2, 2), (3, 1), (0, 99), (i64::MAX, i64::MAX)] {
            assert_eq!(text.place(start, end, plain), None);
        }
    }
}
