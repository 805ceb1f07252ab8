//! Splitting: transcripts of every kind, what is none, the laws, and the shared material.

use std::path::{Path, PathBuf};

use proptest::prelude::*;

use super::*;
use crate::ingest::{markdown, plain};

/// Each segment as `speaker@milliseconds: text`, what is unknown left out.
fn show(text: &str, unit: SegmentUnit) -> Vec<String> {
    let extracted = plain::read(text.as_bytes()).unwrap();
    let shown = |segment: &Segment| {
        let time = segment.time.map(|time| format!("@{time}")).unwrap_or_default();
        let head = format!("{}{time}", segment.speaker.as_deref().unwrap_or_default());
        let text = segment.span.of(&extracted.text).replace('\n', "|");
        if head.is_empty() { text } else { format!("{head}: {text}") }
    };
    split(&extracted, unit, &|_| false).segments.iter().map(shown).collect()
}

/// Whether speakers were found, by labels or by the format itself.
fn is_transcript(found: &Split) -> bool {
    found.segments.iter().any(|segment| segment.speaker.is_some())
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    assert_eq!(show(text, SegmentUnit::Paragraph), expected);
}

#[test]
fn text_without_labels_is_a_segment_a_paragraph() {
    check(
        "Hei.\n\n- Du\n- Der\n\nSINTEF Raufoss Manufacturing AS (SRM): Er et selskap.",
        &["Hei.", "- Du", "- Der", "SINTEF Raufoss Manufacturing AS (SRM): Er et selskap."],
    );
}

#[test]
fn a_tab_ends_labels_where_those_who_ask_stand_before_one() {
    check(
        "Intervjuer\tHva mener du?\n\nLeder\tVi er med.\n\nOg mer.\n\nIntervjuer\tHvorfor?\n\nLeder\tFordi: det.",
        &[
            "Intervjuer: Hva mener du?",
            "Leder: Vi er med.",
            "Leder: Og mer.",
            "Intervjuer: Hvorfor?",
            "Leder: Fordi: det.",
        ],
    );
    let program = "Kl. 10\tÅpning\n\nLeder\tInnlegg\n\nKl. 11\tKaffe\n\nLeder\tSlutt";
    check(program, &["Kl. 10\tÅpning", "Leder\tInnlegg", "Kl. 11\tKaffe", "Leder\tSlutt"]);
    let once = "Intervjuer\tKari Moe\n\nLeder\tOla\n\nLeder\tPer";
    check(once, &["Intervjuer\tKari Moe", "Leder\tOla", "Leder\tPer"]);
    let by_colon = "Intervjuer: Hva?\n\nLeder: Ja.\n\nIntervjuer\tHva?\n\nLeder: Nei.\n\nIntervjuer\tNår?";
    check(
        by_colon,
        &["Intervjuer: Hva?", "Leder: Ja.", "Leder: Intervjuer\tHva?", "Leder: Nei.", "Leder: Intervjuer\tNår?"],
    );
}

#[test]
fn labels_stand_outside_what_is_said() {
    check(
        "Tittel\n\nIntervjuer: Hva?\n\nInformant 1: Det.\n\nOg mer.\n\nIntervjuer: Ja.",
        &["Tittel", "Intervjuer: Hva?", "Informant 1: Det.", "Informant 1: Og mer.", "Intervjuer: Ja."],
    );
}

#[test]
fn labels_on_every_line_of_a_paragraph() {
    check("I: Hva?\nA: Det\nog det.\n\nI: Ja?\nA: Ja.", &["I: Hva?", "A: Det|og det.", "I: Ja?", "A: Ja."]);
    check("I: Hva?\nA: Det.\nI: Ja.", &["I: Hva?", "A: Det.", "I: Ja."]);
}

#[test]
fn a_label_alone_belongs_to_the_text_below() {
    check(
        "Intervjuer:\nHva?\n\nLeder:\n\nDet.\n\nIntervjuer:\nJa.\n\nLeder:\n",
        &["Intervjuer: Hva?", "Leder: Det.", "Intervjuer: Ja."],
    );
    check(
        "Kari Moe  0:03\nHva?\n\nOla Dahl  0:09\nDet.\n\nKari Moe  1:00:00\nJa.",
        &["Kari Moe@3000: Hva?", "Ola Dahl@9000: Det.", "Kari Moe@3600000: Ja."],
    );
}

#[test]
fn emphasised_labels_as_in_markdown() {
    check(
        "**Intervjuer:** Hva?\n\n**Leder**: **Det**.\n\n**Intervjuer:** Ja.",
        &["Intervjuer: Hva?", "Leder: **Det**.", "Intervjuer: Ja."],
    );
}

#[test]
fn times_before_and_behind_labels() {
    check(
        "[00:00:05] Intervjuer: Hva?\n\nLeder [00:12:31]: Det.\n\nIntervjuer: (12:40) Ja.\n\n[00:13:00] Og?",
        &["Intervjuer@5000: Hva?", "Leder@751000: Det.", "Intervjuer@760000: Ja.", "Intervjuer@780000: Og?"],
    );
}

/// Who speaks once between others that speak often is no part of what they say, however much has no label.
#[test]
fn who_has_a_time_beside_the_name_speaks_even_once() {
    check(
        "Intervju om piloten\n\n0:0:0.0 --> 0:0:4.120\nKari Moe\nHei, velkommen.\n\n0:0:4.320 --> 0:0:9.0\nOla Li\nTakk.\n\n\
         0:0:10.0 --> 0:0:12.0\nPer Berg\nEnig.\n\nOg en ting til.\n\nOg enda en.\n\n0:0:13.0 --> 0:0:15.0\nKari Moe\nJa.",
        &[
            "Intervju om piloten",
            "Kari Moe@0: Hei, velkommen.",
            "Ola Li@4320: Takk.",
            "Per Berg@10000: Enig.",
            "Per Berg: Og en ting til.",
            "Per Berg: Og enda en.",
            "Kari Moe@13000: Ja.",
        ],
    );
    check(
        "Intervju om piloten\n\nKari Moe   0:40\n\nHei.\n\nVelkommen.\n\nPer Berg   0:52\n\nEnig.\n\nOg en ting til.\n\n\
         Kari Moe   1:10\n\nJa.",
        &[
            "Intervju om piloten",
            "Kari Moe@40000: Hei.",
            "Kari Moe: Velkommen.",
            "Per Berg@52000: Enig.",
            "Per Berg: Og en ting til.",
            "Kari Moe@70000: Ja.",
        ],
    );
}

#[test]
fn a_time_at_the_end_is_where_the_next_segment_begins() {
    check("I: Hva? #00:00:14-2#\n\nA: Det. #00:01:37-8#\n\nI: Ja.", &["I@0: Hva?", "A@14200: Det.", "I@97800: Ja."]);
    check("#00:00:02-0# I: Hva?\n\n#00:00:14-2# A: Det.\n\nI: Ja.", &["I@2000: Hva?", "A@14200: Det.", "I: Ja."]);
}

#[test]
fn times_without_labels() {
    check("[00:00:05] Ja.\n\n[00:00:09] Nei.", &["@5000: Ja.", "@9000: Nei."]);
    check("(12:30) Lunsj.\n\n[12:30] Lunsj.", &["(12:30) Lunsj.", "[12:30] Lunsj."]);
}

#[test]
fn lists_and_headings_within_a_transcript() {
    let text = "# Del 1\n\nI: Hva?\n\nA: Dette:\n\n- ett\n- to\n\n# Del 2\n\nStille.\n\nI: Ja.\n";
    let extracted = markdown::read(text.as_bytes()).unwrap();
    let segments = split(&extracted, SegmentUnit::Paragraph, &|_| false).segments;
    let shown: Vec<_> = segments.iter().map(|s| (s.kind, s.speaker.as_deref(), s.span.of(text))).collect();
    use SegmentKind::{Heading, ListItem, Paragraph, Turn};
    assert_eq!(
        shown,
        [
            (Heading, None, "Del 1"),
            (Turn, Some("I"), "Hva?"),
            (Turn, Some("A"), "Dette:"),
            (ListItem, Some("A"), "ett"),
            (ListItem, Some("A"), "to"),
            (Heading, None, "Del 2"),
            (Paragraph, None, "Stille."),
            (Turn, Some("I"), "Ja."),
        ]
    );
}

#[test]
fn minutes_are_no_transcript() {
    let minutes = "Til stede: Kari, Ola\n\nForfall: Per\n\nSak 1: Framdrift\n\nGår bra.\n\nVedtak: Tatt til etterretning.\n\n\
        Sak 2: Budsjett\n\nVedtak: Utsettes.\n\nBedriftene: De vil ha mer.\n\nBedriftene: Og mer.";
    let extracted = plain::read(minutes.as_bytes()).unwrap();
    let found = split(&extracted, SegmentUnit::Paragraph, &|_| false);
    assert!(!is_transcript(&found));
    assert_eq!(found.segments[0].span.of(minutes), "Til stede: Kari, Ola");
}

#[test]
fn turns_join_the_paragraphs_under_one_label() {
    let text = "Før.\n\nI: Hva?\n\nA: Det.\n\n- ett\n\nOg mer. [00:01:00]\n\nA: Og så.\n\nI: Ja.";
    assert_eq!(
        show(text, SegmentUnit::Turn),
        ["Før.", "I: Hva?", "A: Det.||- ett||Og mer.", "A@60000: Og så.", "I: Ja.",]
    );
    assert_eq!(show("farsund_01: Ja.\n\nOg nei.", SegmentUnit::Turn), ["farsund_01: Ja.||Og nei."]);
}

#[test]
fn sentences_inherit_what_is_known_of_their_turn() {
    let text = "I: Hva? Hvem?\n\n[00:00:05] A: Vi må f.eks. Øyer. Det er sagt.\n\nI: Ja.";
    assert_eq!(
        show(text, SegmentUnit::Sentence),
        ["I: Hva?", "I: Hvem?", "A@5000: Vi må f.eks. Øyer.", "A@5000: Det er sagt.", "I: Ja.",]
    );
}

#[test]
fn what_the_format_knows_comes_along() {
    let text = "Hva er bra?\nKaffen: den\nLeder: Ja.\n";
    let block = |start: usize, end: usize, kind: BlockKind| Block::new(Span::new(start, end), kind);
    let mut answer = block(12, 24, BlockKind::Answer);
    (answer.question, answer.informant) = (Some("Hva er bra?".to_owned()), Some("7".to_owned()));
    let mut turn = block(24, 34, BlockKind::Turn);
    (turn.speaker, turn.time, turn.page) = (Some("Moe".to_owned()), Some(5), Some(2));
    let blocks = vec![block(0, 11, BlockKind::Heading), answer, turn];
    let found =
        split(&Extracted { text: text.to_owned(), blocks, ..Extracted::default() }, SegmentUnit::Paragraph, &|_| false);
    let [heading, answer, turn] = &found.segments[..] else { panic!("three segments") };
    assert_eq!((heading.kind, heading.number, heading.line, heading.code_point), (SegmentKind::Heading, 1, 1, 0));
    assert_eq!((answer.kind, answer.informant.as_deref(), answer.line), (SegmentKind::Answer, Some("7"), 2));
    assert_eq!(answer.span.of(text), "Kaffen: den");
    assert_eq!(
        (turn.kind, turn.speaker.as_deref(), turn.time, turn.page),
        (SegmentKind::Turn, Some("Moe"), Some(5), Some(2))
    );
    assert!(is_transcript(&found));
}

#[test]
fn a_label_in_other_case_is_the_same_speaker() {
    check("I: Hva da?\n\nA: Det.\n\ni: Ja.", &["I: Hva da?", "A: Det.", "I: Ja."]);
}

#[test]
fn one_label_is_no_transcript() {
    check("npsc_1: Ja.\n\nnpsc_1: Nei.", &["npsc_1: Ja.", "npsc_1: Nei."]);
}

fn shared(folder: &str) -> Option<PathBuf> {
    let found = std::env::var_os("TEMAKART_SHARED").map(|shared| PathBuf::from(shared).join("data").join(folder));
    if found.is_none() {
        println!("skipped: TEMAKART_SHARED is not set");
    }
    found
}

/// Splits every .txt below `folder`: documents, transcripts, segments, segments with a speaker.
fn count(folder: &Path, unit: SegmentUnit) -> [usize; 4] {
    let mut counts = [0; 4];
    for entry in walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok) {
        if entry.path().extension().is_some_and(|extension| extension == "txt") {
            let extracted = plain::read(&std::fs::read(entry.path()).unwrap()).unwrap();
            let found = split(&extracted, unit, &|_| false);
            counts[0] += 1;
            counts[1] += usize::from(is_transcript(&found));
            counts[2] += found.segments.len();
            counts[3] += found.segments.iter().filter(|segment| segment.speaker.is_some()).count();
        }
    }
    counts
}

#[test]
fn the_shared_transcripts_have_their_turns() {
    for (folder, unit, expected) in [
        ("piloten", SegmentUnit::Paragraph, [61, 0, 519, 0]),
        ("en_pdpilot/docs", SegmentUnit::Paragraph, [7, 7, 834, 834]),
        ("en_pdpilot/docs", SegmentUnit::Turn, [7, 7, 834, 834]),
        ("no_stortinget_npsc", SegmentUnit::Turn, [43, 43, 1405, 1405]),
        ("no_lia_dialektintervju", SegmentUnit::Turn, [5, 5, 5, 5]),
        ("no_lia_dialektintervju", SegmentUnit::Paragraph, [5, 0, 5, 0]),
    ] {
        if let Some(path) = shared(folder) {
            assert_eq!(count(&path, unit), expected, "{folder} by {unit:?}");
        }
    }
}

/// Texts of labels, times, marks and words in any order.
fn any_text() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "Intervjuer:",
        "I:",
        "A: ",
        "**Leder:**",
        "Sak 1:",
        "[00:01:02]",
        "#00:00:01-2#",
        "(1:02)",
        "\n",
        "\n\n",
        "- ",
        "1. ",
        " ",
        "ord ",
        "Å dra. ",
        "Hva? ",
        "f.eks. ",
        "\u{a0}",
        "# ",
        "\u{ad}",
        "…",
        "---\n",
        "😀",
    ]);
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn segments_hold_all_that_is_said_in_order(text in any_text(), is_markdown in any::<bool>()) {
        let read = if is_markdown { markdown::read } else { plain::read };
        let extracted = read(text.as_bytes()).unwrap();
        for unit in [SegmentUnit::Paragraph, SegmentUnit::Turn, SegmentUnit::Sentence] {
            let found = split(&extracted, unit, &|_| false);
            let mut at = 0;
            let mut index = LineIndex::new(&extracted.text);
            for (place, segment) in found.segments.iter().enumerate() {
                prop_assert!(at <= segment.span.start() && !segment.span.is_empty());
                prop_assert_eq!(segment.span.trimmed(&extracted.text), segment.span);
                prop_assert_eq!(segment.number as usize, place + 1);
                prop_assert_eq!((segment.line, segment.code_point), index.advance_to(segment.span.start()));
                at = segment.span.end();
                let holds = |block: &Block| block.span.start() <= segment.span.start() && segment.span.start() < block.span.end();
                prop_assert!(extracted.blocks.iter().any(holds));
            }
            // What a block holds and no segment does is a label or a time mark.
            for block in &extracted.blocks {
                let mut from = block.span.start();
                let inside = found.segments.iter().map(|s| s.span).filter(|s| s.end() > block.span.start());
                for span in inside.chain([Span::new(extracted.text.len(), extracted.text.len())]) {
                    let to = span.start().clamp(from, block.span.end().max(from));
                    let rest = extracted.text[from..to].lines().all(is_mark);
                    prop_assert!(rest, "lost {:?}", &extracted.text[from..to]);
                    from = span.end().max(from);
                }
            }
        }
    }

    #[test]
    fn sentences_divide_paragraphs_and_nothing_else(text in any_text()) {
        let extracted = plain::read(text.as_bytes()).unwrap();
        let letters = |unit| -> String {
            let segments = split(&extracted, unit, &|_| false).segments;
            segments.iter().flat_map(|s| s.span.of(&extracted.text).chars()).filter(|c| !c.is_whitespace()).collect()
        };
        prop_assert_eq!(letters(SegmentUnit::Paragraph), letters(SegmentUnit::Sentence));
    }
}

/// Whether a line, or what is left of one, is only labels and time marks.
fn is_mark(line: &str) -> bool {
    let mut rest = line.trim();
    while !rest.is_empty() {
        let label = Label::at_start(rest).map(|label| label.length);
        let Some(length) = label.or(time::at_start(rest).map(|mark| mark.length)) else { return false };
        rest = rest[length..].trim();
    }
    true
}
