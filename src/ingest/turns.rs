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
    /// What is said.
    pub(crate) text: String,
}

/// Where nobody is named, a pause of so many milliseconds begins a new paragraph.
const PAUSE: u64 = 2_000;

/// Where nobody is named, a sentence that ends after so many bytes ends the paragraph.
const LONG: usize = 600;

/// What stands before the words of a new speaker who is not named.
const DASHES: [&str; 4] = ["- ", "– ", "— ", ">>"];

/// Hands `cues` to the builder as turns, or as paragraphs where nobody is named.
pub(crate) fn join(mut cues: Vec<Cue>, builder: &mut Builder<'_>) -> Result<(), IngestError> {
    name_by_labels(&mut cues);
    let mut open: Option<Cue> = None;
    for cue in cues {
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
    if turn.speaker.is_some() {
        return true;
    }
    let has_pause = match (turn.end, cue.start) {
        (Some(end), Some(start)) => start.saturating_sub(end) >= PAUSE,
        _ => false,
    };
    let is_full = turn.text.len() >= LONG && turn.text.ends_with(['.', '?', '!', '…']);
    !(has_pause || is_full || DASHES.iter().any(|dash| cue.text.starts_with(dash)))
}

fn push_piece(text: &mut String, piece: &str) {
    if !text.is_empty() && !text.ends_with(char::is_whitespace) {
        text.push(' ');
    }
    text.push_str(piece.trim());
}

/// Takes labels such as `Kari:` at the start of cues for speakers.
///
/// A colon also stands in ordinary speech, so a label must come back, or look like a name where most cues have one.
fn name_by_labels(cues: &mut [Cue]) {
    if cues.iter().any(|cue| cue.speaker.is_some()) {
        return;
    }
    let mut labels: Vec<&str> = cues.iter().filter_map(|cue| Some(split_label(&cue.text)?.0)).collect();
    let are_usual = labels.len() * 2 > cues.len();
    labels.sort_unstable();
    let known: Vec<String> = labels
        .chunk_by(|one, other| one == other)
        .filter(|same| same.len() > 1 || (are_usual && !same[0].starts_with(char::is_lowercase)))
        .map(|same| same[0].to_owned())
        .collect();
    let mut speaker = None;
    for cue in cues {
        if let Some((label, rest)) = split_label(&cue.text)
            && known.binary_search_by(|candidate| candidate.as_str().cmp(label)).is_ok()
        {
            speaker = Some(label.to_owned());
            cue.text = rest.to_owned();
        }
        cue.speaker.clone_from(&speaker);
    }
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
