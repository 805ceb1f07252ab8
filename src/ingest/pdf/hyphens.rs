//! Lines joined to running text: which hyphen at a line's end is part of the word, and which only breaks it.

use std::collections::BTreeMap;

/// Words before which a hyphen stands for the rest of a compound: `forsknings- og utviklingsarbeid`.
const CONNECTORS: [&str; 9] = ["og", "eller", "samt", "til", "and", "or", "och", "und", "oder"];

/// Where a document breaks words at line ends, more than one line in so many does it.
const BROKEN_LINES: usize = 40;

/// How a document uses hyphens, learnt from all its lines.
#[derive(Debug, Default)]
pub(super) struct Hyphens {
    /// How often words stand inside lines, of those that some line end makes one wonder about.
    counts: BTreeMap<String, usize>,
    /// Whether it breaks words at line ends at all.
    breaks_words: bool,
    /// Whether soft hyphens stand inside lines too, so that they are ordinary ones.
    has_visible_soft: bool,
    /// Whether it breaks words with a sign of its own, which never stands inside a line.
    has_own_sign: bool,
}

impl Hyphens {
    /// Learns from the lines of a document, in reading order.
    pub(super) fn learn<'text>(lines: impl Iterator<Item = &'text str> + Clone) -> Self {
        let mut hyphens = Self::default();
        let (mut n_lines, mut n_broken, mut n_own, mut n_own_inside) = (0, 0, 0, 0);
        for (line, next) in lines.clone().zip(lines.clone().skip(1)) {
            n_lines += 1;
            if let Some((left, hyphen)) = broken_word(line)
                && let Some(right) = first_word(next).filter(|right| right.starts_with(char::is_lowercase))
            {
                n_broken += usize::from(!CONNECTORS.contains(&right));
                n_own += usize::from(hyphen == '\u{2010}');
                hyphens.counts.entry(key(&format!("{left}{right}"))).or_default();
                hyphens.counts.entry(key(&format!("{left}-{right}"))).or_default();
            }
        }
        // One hyphen at the end of a line is no habit.
        hyphens.breaks_words = n_broken > 1 && n_broken * BROKEN_LINES > n_lines;
        for line in lines {
            let inner = line.trim_end_matches(['\u{ad}', '-', '\u{2010}']);
            hyphens.has_visible_soft |= inner.contains('\u{ad}');
            n_own_inside += usize::from(inner.contains('\u{2010}'));
            if n_broken == 0 {
                continue;
            }
            for word in inner.split_whitespace() {
                if let Some(count) = hyphens.counts.get_mut(&key(word)) {
                    *count += 1;
                }
            }
        }
        hyphens.has_own_sign = n_own >= 3 && n_own_inside == 0;
        hyphens
    }

    /// Appends `line` to `text`, which ends with the line before it.
    pub(super) fn join(&self, text: &mut String, line: &str) {
        let line = self.visible(line);
        let Some((left, hyphen)) = broken_word(text) else {
            if !(text.is_empty() || breaks_after_sign(text) || ends_in_address(text, &line)) {
                text.push(' ');
            }
            text.push_str(&line);
            return;
        };
        let right = first_word(&line).unwrap_or_default();
        match self.decide(left, hyphen, right) {
            Decision::Drop => {
                text.truncate(text.len() - hyphen.len_utf8());
            }
            Decision::Keep => {
                if hyphen == '\u{ad}' {
                    text.pop();
                    text.push('-');
                }
            }
            Decision::Suspended => text.push(' '),
        }
        text.push_str(&line);
    }

    /// The line with soft hyphens that can be seen as ordinary ones.
    pub(super) fn visible(&self, line: &str) -> String {
        match line.char_indices().next_back() {
            Some((end, '\u{ad}')) if !self.has_visible_soft => line[..end].replace('\u{ad}', "-") + "\u{ad}",
            _ => line.replace('\u{ad}', "-"),
        }
    }

    fn decide(&self, left: &str, hyphen: char, right: &str) -> Decision {
        if hyphen == '\u{ad}' && !self.has_visible_soft || hyphen == '\u{2010}' && self.has_own_sign {
            return Decision::Drop;
        }
        let count = |word: String| self.counts.get(&key(&word)).copied().unwrap_or(0);
        let (whole, hyphenated) = (count(format!("{left}{right}")), count(format!("{left}-{right}")));
        if CONNECTORS.contains(&right) {
            return if whole > 0 { Decision::Drop } else { Decision::Suspended };
        }
        if !right.starts_with(char::is_alphabetic) {
            return if right.starts_with(|c: char| c.is_ascii_digit()) { Decision::Keep } else { Decision::Suspended };
        }
        if right.starts_with(char::is_uppercase) || self.has_own_sign {
            return Decision::Keep;
        }
        match whole.cmp(&hyphenated) {
            std::cmp::Ordering::Greater => return Decision::Drop,
            std::cmp::Ordering::Less => return Decision::Keep,
            std::cmp::Ordering::Equal => {}
        }
        // `FoU-`, `e-`, `2016-`: abbreviations and the like keep their hyphen.
        let n_upper = left.chars().filter(|c| c.is_uppercase()).count();
        let is_abbreviation = left.chars().count() == 1 || n_upper > 1 || left.ends_with(|c: char| c.is_ascii_digit());
        if self.breaks_words && !is_abbreviation { Decision::Drop } else { Decision::Keep }
    }
}

enum Decision {
    /// The hyphen breaks a word.
    Drop,
    /// The hyphen is part of the word.
    Keep,
    /// The hyphen ends its word.
    Suspended,
}

/// Whether the line before was broken inside `og/eller`, where programs break without a blank.
fn breaks_after_sign(text: &str) -> bool {
    text.strip_suffix(['/', '|']).is_some_and(|rest| rest.ends_with(char::is_alphanumeric))
}

/// Whether the line before ends inside an address of the web, which `line` goes on with.
fn ends_in_address(text: &str, line: &str) -> bool {
    let last = text.rsplit(char::is_whitespace).next().unwrap_or(text);
    let goes_on =
        line.split_whitespace().next().is_some_and(|first| first.contains(['.', '/']) && !first.ends_with(','));
    (last.contains("://") || last.contains("www.")) && goes_on
}

/// The part of a word before a hyphen at the end of `line`, and the hyphen.
fn broken_word(line: &str) -> Option<(&str, char)> {
    let hyphen = line.chars().next_back().filter(|c| matches!(c, '-' | '\u{ad}' | '\u{2010}'))?;
    let rest = &line[..line.len() - hyphen.len_utf8()];
    let word = rest.rsplit(char::is_whitespace).next().unwrap_or(rest);
    let word = word.trim_start_matches(|c: char| !c.is_alphanumeric());
    word.ends_with(char::is_alphanumeric).then_some((word, hyphen))
}

fn first_word(line: &str) -> Option<&str> {
    let word = line.split_whitespace().next()?;
    let end = word.find(|c: char| !(c.is_alphanumeric() || c == '-')).unwrap_or(word.len());
    Some(&word[..end]).filter(|word| !word.is_empty())
}

fn key(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).replace('\u{2010}', "-").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Joins the lines of a document that otherwise holds `others`.
    #[track_caller]
    fn check(others: &str, lines: &[&str], expected: &str) {
        let all: Vec<&str> = others.lines().chain(lines.iter().copied()).collect();
        let hyphens = Hyphens::learn(all.iter().copied());
        let mut text = hyphens.visible(lines[0]);
        for line in &lines[1..] {
            hyphens.join(&mut text, line);
        }
        assert_eq!(text, expected);
    }

    const BREAKS: &str = "her er et av-\nsnitt der ord blir de-\nlt på slutten av lin-\njer";

    #[test]
    fn broken_words_are_joined() {
        check(BREAKS, &["en kom-", "mune"], "en kommune");
        check(BREAKS, &["en kom\u{2010}", "mune"], "en kommune");
        check("", &["en kom\u{ad}", "mune"], "en kommune");
    }

    #[test]
    fn hyphens_of_words_are_kept() {
        check(BREAKS, &["forsknings-", "og utviklingsarbeid"], "forsknings- og utviklingsarbeid");
        check(BREAKS, &["i Nord-", "Norge"], "i Nord-Norge");
        check(BREAKS, &["FoU-", "miljø og e-", "læring"], "FoU-miljø og e-læring");
        check("alle Bell-helikoptrene", &["alle Bell-", "helikoptrene"], "alle Bell-helikoptrene");
        check(
            "alt står på linja si\nog ingen ord blir delt",
            &["alle Bell-", "helikoptrene"],
            "alle Bell-helikoptrene",
        );
        check("e\u{ad}læring", &["om e\u{ad}", "læring"], "om e-læring");
    }

    #[test]
    fn dashes_are_no_hyphens() {
        check(BREAKS, &["vi gikk –", "og kom"], "vi gikk – og kom");
        check(BREAKS, &["vi gikk -", "og kom"], "vi gikk - og kom");
        check(BREAKS, &["den og/", "eller den /", "det"], "den og/eller den / det");
    }
}
