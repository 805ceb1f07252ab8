//! Timed pieces of speech joined to what one person says in one go.
//!
//! Subtitles and transcribers cut speech into pieces of a line or two, which are no units of meaning: a phrase
//! may begin in one and end in the next.

use super::builder::Builder;
use super::error::IngestError;
use super::extracted::BlockKind;

/// One piece of speech, as a subtitle or a transcriber has it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Cue {
    /// Who speaks, where the format says so.
    pub(crate) speaker: Option<String>,
    /// When it begins, in milliseconds.
    pub(crate) start: Option<u64>,
    /// When it ends, in milliseconds.
    pub(crate) end: Option<u64>,
    /// What is said, in the lines of the cue.
    pub(crate) text: String,
}

/// Where nobody is named, a pause of so many milliseconds begins a new paragraph.
const PAUSE: u64 = 2_000;

/// A silence of so many milliseconds ends what somebody says: what comes then has a time of its own.
const SILENCE: u64 = 60_000;

/// Where nobody is named, a sentence that ends after so many bytes ends the paragraph.
const LONG: usize = 600;

/// What stands before the words of a new speaker who is not named.
const DASHES: [&str; 4] = ["- ", "– ", "— ", ">>"];

/// Hands `cues` to the builder as turns, or as paragraphs where nobody is named.
pub(crate) fn join(mut cues: Vec<Cue>, builder: &mut Builder<'_>) -> Result<(), IngestError> {
    name_by_labels(&mut cues);
    let mut open: Option<Cue> = None;
    for mut cue in cues {
        cue.text = cue.text.replace('\n', " ");
        match &mut open {
            Some(turn) if goes_on(turn, &cue) => {
                turn.end = cue.end;
                push_piece(&mut turn.text, &cue.text);
            }
            _ => {
                if let Some(turn) = open.replace(cue) {
                    emit(&turn, builder)?;
                }
            }
        }
    }
    open.map_or(Ok(()), |turn| emit(&turn, builder))
}

fn emit(turn: &Cue, builder: &mut Builder<'_>) -> Result<(), IngestError> {
    let block = match &turn.speaker {
        Some(speaker) => builder.labelled(BlockKind::Turn, &format!("{speaker}: "), &turn.text)?,
        None => builder.block(BlockKind::Paragraph, &turn.text)?,
    };
    if let Some(block) = block {
        block.time = turn.start;
        block.speaker.clone_from(&turn.speaker);
    }
    Ok(())
}

fn goes_on(turn: &Cue, cue: &Cue) -> bool {
    if turn.speaker != cue.speaker {
        return false;
    }
    let pause = turn.end.zip(cue.start).map_or(0, |(end, start)| start.saturating_sub(end));
    if turn.speaker.is_some() {
        return pause < SILENCE;
    }
    let has_pause = pause >= PAUSE;
    let is_full = turn.text.len() >= LONG && turn.text.ends_with(['.', '?', '!', '…']);
    !(has_pause || is_full || DASHES.iter().any(|dash| cue.text.starts_with(dash)))
}

fn push_piece(text: &mut String, piece: &str) {
    if !text.is_empty() && !text.ends_with(char::is_whitespace) {
        text.push(' ');
    }
    text.push_str(piece.trim());
}

/// Takes labels such as `Kari:` at the start of cues, and of lines in them, for speakers. A line that begins with a label
/// or a dash is a cue of its own.
///
/// A colon also stands in ordinary speech, so a label must come back, or look like a name where most cues have one.
fn name_by_labels(cues: &mut Vec<Cue>) {
    if cues.iter().any(|cue| cue.speaker.is_some()) {
        return;
    }
    let begin_so = cues.iter().filter(|cue| split_label(&cue.text).is_some()).count();
    let are_usual = begin_so * 2 > cues.len();
    let mut labels: Vec<&str> =
        cues.iter().flat_map(|cue| cue.text.lines()).filter_map(|line| Some(split_label(line)?.0)).collect();
    labels.sort_unstable();
    let known: Vec<String> = labels
        .chunk_by(|one, other| one == other)
        .filter(|same| same.len() > 1 || (are_usual && !same[0].starts_with(char::is_lowercase)))
        .map(|same| same[0].to_owned())
        .collect();
    let label_of = |line: &str| -> Option<(String, String)> {
        let (label, rest) = split_label(line)?;
        let is_known = known.binary_search_by(|candidate| candidate.as_str().cmp(label)).is_ok();
        is_known.then(|| (label.to_owned(), rest.to_owned()))
    };
    let begins = |line: &str| label_of(line).is_some() || DASHES.iter().any(|dash| line.starts_with(dash));
    let mut speaker = None;
    let mut named = Vec::with_capacity(cues.len());
    for mut cue in cues.drain(..).flat_map(|cue| at_lines(cue, begins)) {
        if let Some((label, rest)) = label_of(&cue.text) {
            speaker = Some(label);
            cue.text = rest;
        }
        cue.speaker.clone_from(&speaker);
        named.push(cue);
    }
    *cues = named;
}

/// A cue in pieces, of which each but the first starts with a line that `begins` one. All have the cue's times.
fn at_lines(cue: Cue, begins: impl Fn(&str) -> bool) -> Vec<Cue> {
    let mut pieces: Vec<String> = Vec::new();
    for line in cue.text.lines() {
        match pieces.last_mut() {
            Some(piece) if !begins(line) => {
                piece.push('\n');
                piece.push_str(line);
            }
            _ => pieces.push(line.to_owned()),
        }
    }
    let piece = |text: String| Cue { text, ..cue.clone() };
    pieces.into_iter().map(piece).collect()
}

/// The longest label, in characters and in words.
const MAX_LABEL_LENGTH: (usize, usize) = (50, 5);

/// `Kari Nordmann: hei` as `Kari Nordmann` and `hei`.
fn split_label(text: &str) -> Option<(&str, &str)> {
    let (label, rest) = text.trim_start_matches(['>', '-', '–', ' ']).split_once(':')?;
    let label = label.trim_end();
    // Recognisers write `[SPEAKER_00]: …`.
    let label = label.strip_prefix('[').and_then(|inner| inner.strip_suffix(']')).unwrap_or(label);
    let (characters, words) = MAX_LABEL_LENGTH;
    let is_label = !label.is_empty()
        && rest.starts_with(char::is_whitespace)
        && label.chars().count() <= characters
        && label.split_whitespace().count() <= words
        && label.starts_with(char::is_alphanumeric)
        && label.contains(char::is_alphabetic)
        && !label.contains(['?', '!', ',', ';', '"', '\n', '<']);
    is_label.then_some((label, rest.trim_start()))
}

/// Milliseconds of `1:02:03,5`, `02:03.500` or `3.5`; `None` for what is no time.
pub(crate) fn milliseconds(time: &str) -> Option<u64> {
    let (whole, fraction) = time.trim().split_once(['.', ',']).unwrap_or((time.trim(), ""));
    let is_number = |digits: &str| digits.bytes().all(|byte| byte.is_ascii_digit());
    if fraction.len() > 9 || !is_number(fraction) {
        return None;
    }
    let thousandths: String = fraction.chars().chain("000".chars()).take(3).collect();
    let mut total: u64 = thousandths.parse().ok()?;
    let has_minutes = whole.contains(':');
    for (index, part) in whole.rsplit(':').enumerate() {
        if part.is_empty() || part.len() > 6 || !is_number(part) {
            return None;
        }
        let value: u64 = part.parse().ok()?;
        if has_minutes && index < 2 && value > 59 {
            return None;
        }
        total += value * [1_000, 60_000, 3_600_000].get(index)?;
    }
    Some(total)
}

#[cfg(test)]
mod tests {
    use super::super::limits::{Budget, Limits};
    use super::*;
    use crate::ingest::Format;

    #[track_caller]
    fn check(cues: &[(Option<&str>, u64, u64, &str)], expected: &str) {
        let budget = Budget::new(Limits::DEFAULT, Format::Vtt, 0, None);
        let mut builder = Builder::new(&budget);
        let cues = cues
            .iter()
            .map(|(speaker, start, end, text)| Cue {
                speaker: speaker.map(str::to_owned),
                start: Some(*start),
                end: Some(*end),
                text: (*text).to_owned(),
            })
            .collect();
        join(cues, &mut builder).expect("within limits");
        assert_eq!(builder.finish().text, expected);
    }

    #[test]
    fn pieces_of_one_speaker_are_one_turn() {
        check(
            &[(Some("Kari"), 0, 9, "vi må"), (Some("Kari"), 9000, 9, "forankre det"), (Some("Ola"), 9, 9, "ja")],
            "Kari: vi må forankre det\n\nOla: ja\n",
        );
    }

    #[test]
    fn labels_that_come_back_name_speakers() {
        let cues = [
            (None, 0, 1, "Kari: vi må"),
            (None, 1, 2, "huske dette: alt"),
            (None, 2, 3, "Ola B: ja"),
            (None, 3, 4, "Kari: nei"),
            (None, 4, 5, "Ola B: jo"),
        ];
        check(&cues, "Kari: vi må huske dette: alt\n\nOla B: ja\n\nKari: nei\n\nOla B: jo\n");
        check(&[(None, 0, 1, "Husk: dette"), (None, 1, 2, "og"), (None, 2, 3, "det")], "Husk: dette og det\n");
    }

    #[test]
    fn each_line_of_a_cue_may_be_said_by_another() {
        let cues = [
            (None, 0, 1, "Leder: Vi har\nforankring."),
            (None, 1, 2, "Leder: Ja.\nAnsatt: Nei, det mangler.\nLeder: Jo."),
            (None, 2, 3, "- Ansatt: Her.\n- Leder: Der."),
        ];
        check(
            &cues,
            "Leder: Vi har forankring. Ja.\n\nAnsatt: Nei, det mangler.\n\nLeder: Jo.\n\nAnsatt: Her.\n\nLeder: Der.\n",
        );
        check(&[(None, 0, 1, "- Hvor?\n- Her."), (None, 1, 2, "og der")], "- Hvor?\n\n- Her. og der\n");
    }

    #[test]
    fn a_long_silence_ends_a_turn() {
        check(&[(Some("Kari"), 0, 9, "ja"), (Some("Kari"), 70_000, 71_000, "og så")], "Kari: ja\n\nKari: og så\n");
    }

    #[test]
    fn without_speakers_pauses_and_dashes_part_paragraphs() {
        check(&[(None, 0, 1000, "vi må"), (None, 1500, 2000, "gå."), (None, 4000, 5000, "Nå")], "vi må gå.\n\nNå\n");
        check(&[(None, 0, 1, "Hvor?"), (None, 1, 2, "- Her.")], "Hvor?\n\n- Her.\n");
    }

    #[test]
    fn times() {
        for (time, expected) in [
            ("00:00:01,000", Some(1_000)),
            ("1:02:03.5", Some(3_723_500)),
            ("02:03.045", Some(123_045)),
            ("100:00:00.000", Some(360_000_000)),
            ("12.25", Some(12_250)),
            ("90", Some(90_000)),
            ("00:99:00.000", None),
            ("xx", None),
            ("", None),
            ("1:2:3:4", None),
            ("-1", None),
        ] {
            assert_eq!(milliseconds(time), expected, "{time}");
        }
    }
}
