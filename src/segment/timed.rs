//! Speakers named on a line of their own, beside a line that is a time: the transcripts of meeting programs.
//!
//! | lines | written by |
//! |---|---|
//! | `0:0:3.120 --> 0:0:6.500`, `Kari Moe`, what she says | Teams |
//! | `Kari Moe`, `00:00:03`, what she says | Stream and others |
//!
//! A short answer looks like a name too, so each document is taken to have the one or the other order throughout:
//! that in which the names come back.

use std::collections::BTreeSet;

use super::label::name_alone;
use super::time;

/// A line where it stands in the text, without its line end.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'text> {
    pub(super) start: usize,
    pub(super) text: &'text str,
}

impl Line<'_> {
    fn end(&self) -> usize {
        self.start + self.text.len()
    }
}

/// A name and a time on neighbouring lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Named<'text> {
    pub(super) name: &'text str,
    pub(super) time: u64,
    /// Where the first of the two lines begins, and where the second ends.
    pub(super) from: usize,
    pub(super) to: usize,
}

/// All of them, in order; none where no name comes back.
pub(super) fn named<'text>(lines: &[Line<'text>]) -> Vec<Named<'text>> {
    let lines: Vec<Line<'text>> = lines.iter().copied().filter(|line| !line.text.trim().is_empty()).collect();
    let mut before = Vec::new();
    let mut after = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let Some(mark) = time::alone(line.text) else { continue };
        let name = |at: usize| lines.get(at).and_then(|line| Some((line, name_alone(line.text)?)));
        if let Some((above, name)) = at.checked_sub(1).and_then(name) {
            before.push(Named { name, time: mark.milliseconds, from: above.start, to: line.end() });
        }
        // Something must be said below the name.
        if let Some((below, name)) = name(at + 1).filter(|_| lines.len() > at + 2) {
            after.push(Named { name, time: mark.milliseconds, from: line.start, to: below.end() });
        }
    }
    let returns = |named: &[Named<'_>]| {
        let distinct: BTreeSet<&str> = named.iter().map(|named| named.name).collect();
        named.len() - distinct.len()
    };
    let best = if returns(&before) > returns(&after) { before } else { after };
    if returns(&best) > 0 { best } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[(&str, u64)]) {
        let mut start = 0;
        let mut lines = Vec::new();
        for line in text.split_inclusive('\n') {
            lines.push(Line { start, text: line.trim_end() });
            start += line.len();
        }
        let named = named(&lines);
        assert_eq!(named.iter().map(|named| (named.name, named.time)).collect::<Vec<_>>(), expected, "{text}");
    }

    #[test]
    fn names_above_and_below_their_times() {
        check(
            "0:0:3.120 --> 0:0:6.500\nKari Moe\nTakk\n\n0:0:7.0 --> 0:0:8.0\nOla Li\nJa.\n\n0:0:9.0 --> 0:0:9.5\n\
             Kari Moe\nNei.\n",
            &[("Kari Moe", 3120), ("Ola Li", 7000), ("Kari Moe", 9000)],
        );
        check(
            "Kari Moe\n00:00:03\nTakk\nOla Li\n00:00:07\nJa.\nKari Moe\n00:00:09\nNei.\n",
            &[("Kari Moe", 3000), ("Ola Li", 7000), ("Kari Moe", 9000)],
        );
    }

    #[test]
    fn an_agenda_names_nobody() {
        check("10:00\nKaffe\n10:15\nVelkommen\n10:30\nPause\n", &[]);
        check("Møtet begynner\n12:30\nog slutter\n", &[]);
    }
}
