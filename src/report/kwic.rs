//! Keyword in context for a terminal: hits below each other, each with its citation.

use unicode_width::UnicodeWidthStr as _;

use super::escape::terminal;
use super::table::TableStyle;
use super::wrap::{CUT, cut_back, cut_front, wrap};

/// A hit in the making; texts as they stand in the material.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hit<'a> {
    pub(super) left: &'a str,
    pub(super) quote: &'a str,
    pub(super) right: &'a str,
    /// Whether the segment begins before `left` and goes on after `right`.
    pub(super) is_cut: (bool, bool),
}

/// A hit that is wider than this share of a line is no longer one word among others: it is shown as a paragraph.
const MAX_HIT_SHARE: usize = 3;
/// Lines of a paragraph that the hit itself may fill.
const MAX_LINES: usize = 5;

/// How hits are laid out beside each other.
#[derive(Debug, Clone, Copy)]
pub(super) struct Layout {
    style: TableStyle,
    /// Columns on either side of a hit.
    side: usize,
}

impl Layout {
    pub(super) fn of<'a>(style: TableStyle, quotes: impl Iterator<Item = &'a str>) -> Self {
        let widths = quotes.map(|quote| terminal(quote).width()).filter(|width| *width <= style.width / MAX_HIT_SHARE);
        Self { style, side: style.width.saturating_sub(widths.max().unwrap_or(0) + 2) / 2 }
    }

    /// The lines of a hit, each with a line end.
    pub(super) fn hit(&self, hit: Hit<'_>) -> String {
        let quote = terminal(hit.quote);
        match quote.width() {
            0 => String::new(),
            width if width <= self.style.width / MAX_HIT_SHARE => self.aligned(hit, &quote),
            _ => self.paragraph(hit, &quote),
        }
    }

    /// The hit in the middle of its line.
    fn aligned(&self, hit: Hit<'_>, quote: &str) -> String {
        let (left, right) = (terminal(hit.left), terminal(hit.right));
        let (left, right) = (left.trim_end(), right.trim_end());
        let gap = if hit.left.ends_with(char::is_whitespace) { " " } else { "" };
        let room = self.side.saturating_sub(gap.len());
        let marked = format!("{CUT} {left}");
        let left = if hit.is_cut.0 && marked.width() <= room { &marked } else { front(left, room) };
        let room = self.style.width.saturating_sub(self.side + quote.width());
        let marked = format!("{right} {CUT}");
        let right = if hit.is_cut.1 && marked.width() <= room { &marked } else { back(right, room) };
        let pad = " ".repeat(self.side.saturating_sub(left.width() + gap.len()));
        let quote = if self.style.color { format!("{BOLD}{quote}{PLAIN}") } else { quote.to_owned() };
        format!("{pad}{left}{gap}{quote}{}\n", right.trim_end())
    }

    /// A long hit, and about a line of what stands before and after it, in as many lines as it needs.
    fn paragraph(&self, hit: Hit<'_>, quote: &str) -> String {
        let width = self.style.width;
        let (before, after) = (terminal(hit.left), terminal(hit.right));
        let left = front(&before, width);
        let right = back(&after, width);
        let shown = back(quote, width * MAX_LINES);
        let lead = if hit.is_cut.0 || left.len() < before.len() { format!("{CUT} ") } else { String::new() };
        let tail = match (shown.len() < quote.len(), hit.is_cut.1 || right.len() < after.len()) {
            (true, _) => format!(" {CUT}"),
            (false, true) => format!("{right} {CUT}"),
            (false, false) => right.to_owned(),
        };
        let text = format!("{lead}{left}{shown}{tail}");
        let from = letters(&lead) + letters(left);
        let lines = wrap(&text, width);
        if self.style.color { bold(&lines, from, from + letters(shown)) } else { lines.join("\n") + "\n" }
    }
}

const BOLD: &str = "\u{1b}[1m";
const PLAIN: &str = "\u{1b}[0m";

fn letters(text: &str) -> usize {
    text.chars().filter(|character| !character.is_whitespace()).count()
}

/// The end of `text` in `width` columns, without a word that would be cut through.
fn front(text: &str, width: usize) -> &str {
    let cut = cut_front(text, width);
    let is_whole = text[..text.len() - cut.len()].chars().next_back().is_none_or(char::is_whitespace);
    if is_whole { cut.trim_start() } else { cut.find(char::is_whitespace).map_or(cut, |at| cut[at..].trim_start()) }
}

/// The start of `text` in `width` columns, without a word that would be cut through.
fn back(text: &str, width: usize) -> &str {
    let cut = cut_back(text, width);
    let is_whole = text[cut.len()..].chars().next().is_none_or(char::is_whitespace);
    if is_whole { cut } else { cut.rfind(char::is_whitespace).map_or(cut, |at| &cut[..at]) }
}

/// Lines with the characters from `from` to `to` in bold, blanks not counted: lines may be broken at any of those.
fn bold(lines: &[String], from: usize, to: usize) -> String {
    let (mut out, mut at) = (String::new(), 0);
    for line in lines {
        let mut is_bold = false;
        for character in line.chars() {
            let is_inside = (from..to).contains(&at) && !character.is_whitespace();
            if is_inside != is_bold && !character.is_whitespace() {
                out.push_str(if is_inside { BOLD } else { PLAIN });
                is_bold = is_inside;
            }
            out.push(character);
            at += usize::from(!character.is_whitespace());
        }
        out.push_str(if is_bold { PLAIN } else { "" });
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(hit: (&str, &str, &str), is_cut: (bool, bool), expected: &str) {
        let style = TableStyle { width: 40, color: false };
        let (left, quote, right) = hit;
        let layout = Layout::of(style, [quote].into_iter());
        assert_eq!(layout.hit(Hit { left, quote, right, is_cut }), expected);
    }

    #[test]
    fn short_hits_stand_in_the_middle() {
        check(("God ", "forankring", " her."), (false, false), "          God forankring her.\n");
        check(("god ", "forankring", " her"), (true, true), "      […] god forankring her […]\n");
        check(("«", "forankring", "»"), (false, false), "             «forankring»\n");
        check(
            ("og alt dette er ", "forankring", " i alle ledd av det"),
            (false, false),
            " alt dette er forankring i alle ledd av\n",
        );
    }

    #[test]
    fn long_hits_are_paragraphs_of_few_lines() {
        let quote = "støtte fra den øverste ledelsen i alle kommuner";
        check(
            ("Vi fikk ", quote, ", sa de."),
            (false, true),
            "Vi fikk støtte fra den øverste ledelsen\ni alle kommuner, sa de. […]\n",
        );
        let quote = "ord og ".repeat(60);
        let layout = Layout::of(TableStyle { width: 40, color: false }, std::iter::empty());
        let shown = layout.hit(Hit { left: "", quote: quote.trim_end(), right: "", is_cut: (false, false) });
        assert!(shown.lines().count() <= MAX_LINES + 1 && shown.ends_with(" […]\n"), "{shown}");
        assert!(shown.lines().all(|line| line.width() <= 40), "{shown}");
    }

    #[test]
    fn bold_is_for_the_hit_alone() {
        let layout = Layout::of(TableStyle { width: 24, color: true }, std::iter::empty());
        let hit = Hit { left: "a ", quote: "støtte fra ledelsen i", right: ", b", is_cut: (false, false) };
        assert_eq!(layout.hit(hit), "a \u{1b}[1mstøtte fra ledelsen i\u{1b}[0m,\nb\n");
    }
}
