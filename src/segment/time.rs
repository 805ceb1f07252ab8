//! Time marks of transcripts: `[00:12:31]`, `(12:31)`, `#00:01:23-4#`, `[00:00:05.250 --> 00:00:09]`.

/// A time mark at one end of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TimeMark {
    /// Its length in bytes, brackets included.
    pub(super) length: usize,
    /// Its time from the start of the recording; of an interval, the start.
    pub(super) milliseconds: u64,
    /// Whether it can be nothing else: `(12:30)` may be a time of day, `[00:12:30]` hardly.
    pub(super) is_certain: bool,
}

/// The longest mark that is looked for backwards, in bytes.
const MAX_LENGTH: usize = 40;

const BRACKETS: [(char, char); 5] = [('[', ']'), ('(', ')'), ('#', '#'), ('{', '}'), ('<', '>')];

/// The bracketed mark that `text` begins with.
pub(super) fn at_start(text: &str) -> Option<TimeMark> {
    let opening = text.chars().next()?;
    let (_, closing) = BRACKETS.into_iter().find(|(open, _)| *open == opening)?;
    let inner = text[1..].trim_start();
    let clock = interval(inner)?;
    let rest = inner[clock.length..].trim_start().strip_prefix(closing)?;
    let is_certain = opening == '#' || (opening != '(' && clock.is_certain);
    Some(TimeMark { length: text.len() - rest.len(), is_certain, ..clock })
}

/// The mark without brackets that `text` begins with.
pub(super) fn bare_at_start(text: &str) -> Option<TimeMark> {
    interval(text)
}

/// The bracketed mark that `text` ends with.
pub(super) fn at_end(text: &str) -> Option<TimeMark> {
    let closing = text.chars().next_back()?;
    let (opening, _) = BRACKETS.into_iter().find(|(_, close)| *close == closing)?;
    let before = &text[..text.len() - 1];
    let from = before.len().saturating_sub(MAX_LENGTH);
    let from = (from..=before.len()).find(|at| before.is_char_boundary(*at))?;
    let start = from + before[from..].rfind(opening)?;
    at_start(&text[start..]).filter(|mark| start + mark.length == text.len())
}

/// The time of a line that holds nothing but a mark.
pub(super) fn alone(line: &str) -> Option<TimeMark> {
    let line = line.trim();
    at_start(line).or_else(|| bare_at_start(line)).filter(|mark| mark.length == line.len())
}

/// A point in time, or two with an arrow or dash between.
fn interval(text: &str) -> Option<TimeMark> {
    let from = clock(text)?;
    let rest = text[from.length..].trim_start();
    let to = ["-->", "->", "–", "-"].iter().find_map(|arrow| clock(rest.strip_prefix(arrow)?.trim_start()));
    let Some(to) = to else { return Some(from) };
    let after = text[from.length..].trim_start().trim_start_matches(['-', '>', '–']).trim_start();
    Some(TimeMark { length: text.len() - after.len() + to.length, is_certain: true, ..from })
}

/// `1:02:03`, `02:03`, each with tenths or more behind `.`, `,` or f4's `-`.
fn clock(text: &str) -> Option<TimeMark> {
    let bytes = text.as_bytes();
    let digits = |at: usize| bytes[at.min(bytes.len())..].iter().take(4).take_while(|b| b.is_ascii_digit()).count();
    let number = |at: usize, count: usize| text[at..at + count].parse::<u64>().ok();
    let mut at = digits(0);
    if !(1..=3).contains(&at) {
        return None;
    }
    let mut parts = [number(0, at)?, 0, 0];
    let mut count = 1;
    let mut is_unpadded = false;
    while count < 3 && bytes.get(at) == Some(&b':') && matches!(digits(at + 1), 1 | 2) {
        let length = digits(at + 1);
        parts[count] = number(at + 1, length).filter(|part| *part < 60)?;
        count += 1;
        at += 1 + length;
        is_unpadded |= length == 1;
    }
    let seconds = match (count, parts) {
        (2, [minutes, seconds, _]) => minutes * 60 + seconds,
        (3, [hours, minutes, seconds]) => (hours * 60 + minutes) * 60 + seconds,
        _ => return None,
    };
    let mut milliseconds = seconds * 1000;
    let places = digits(at + 1);
    let has_fraction = matches!(bytes.get(at), Some(b'.' | b',' | b'-'))
        && (1..=3).contains(&places)
        && bytes.get(at + 1 + places) != Some(&b':');
    if has_fraction {
        milliseconds += number(at + 1, places)? * [100, 10, 1][places - 1];
        at += 1 + places;
    }
    // Teams writes `0:0:3.120`; anything shorter may be a ratio or a verse.
    if is_unpadded && !(count == 3 && has_fraction) {
        return None;
    }
    let goes_on = bytes.get(at).is_some_and(|byte| byte.is_ascii_digit() || *byte == b':' && digits(at + 1) > 0);
    (!goes_on).then_some(TimeMark { length: at, milliseconds, is_certain: count == 3 || has_fraction })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<(usize, u64, bool)>) {
        let found = at_start(text).map(|mark| (mark.length, mark.milliseconds, mark.is_certain));
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn marks_at_the_start() {
        check("[00:12:31] Leder", Some((10, 751_000, true)));
        check("#00:01:23-4# Ja", Some((12, 83_400, true)));
        check("(12:31)", Some((7, 751_000, false)));
        check("[12:31]", Some((7, 751_000, false)));
        check("[ 1:00:00 ]", Some((11, 3_600_000, true)));
        check("<00:00:01.250>", Some((14, 1_250, true)));
        check("[00:00:05 --> 00:00:09.5] x", Some((25, 5_000, true)));
        check("[00:05-00:09]", Some((13, 5_000, true)));
        check("{00:00:05,25}", Some((13, 5_250, true)));
        for none in [
            "",
            "[ee]",
            "[12]",
            "[12:3]",
            "[12:61]",
            "[1:2:3:4]",
            "[00:12:31",
            "(kl. 12:30)",
            "[2016]",
            "[00:12:31:11]",
        ] {
            check(none, None);
        }
    }

    #[test]
    fn marks_at_the_end() {
        let found = |text: &str| at_end(text).map(|mark| mark.length);
        assert_eq!(found("ja #00:00:14-2#"), Some(12));
        assert_eq!(found("ja [00:14]"), Some(7));
        assert_eq!(found("ja (latter)"), None);
        assert_eq!(found("#"), None);
        assert_eq!(found("ja [00:14] nei]"), None);
    }

    proptest! {
        #[test]
        fn marks_lie_within_the_text(text in "[\\[\\](){}#<>0-9:.,æ -]{0,40}") {
            for mark in [at_start(&text), bare_at_start(&text)].into_iter().flatten() {
                prop_assert!(text.is_char_boundary(mark.length));
            }
            if let Some(mark) = at_end(&text) {
                prop_assert!(text.is_char_boundary(text.len() - mark.length));
            }
        }
    }
}
