//! Plain text: paragraphs and list items.
//!
//! - Empty lines separate paragraphs. A paragraph may run over several lines.
//! - Lines that begin with a list mark are an item each; the lines that follow belong to the item.
//! - A text without any empty line has one paragraph a line, unless its lines were wrapped at a width
//!   ([`is_wrapped`]): then it is one paragraph.
//! - Lines between empty ones are a paragraph each where most of the text is in lines longer than any width that lines
//!   are wrapped at, or where they are long and all end as sentences do ([`is_of_paragraphs`]).
//! - Nothing is taken for a heading: plain text has no marks for them.

use super::extracted::{Block, BlockKind, Extracted, Notice, Properties};
use super::front_matter;
use super::lines::{ListMark, lines};
use crate::text::{DecodeError, Doubt, Span, decode};

/// Reads a plain text file.
///
/// # Errors
/// When the bytes are no text.
pub(crate) fn read(bytes: &[u8]) -> Result<Extracted, DecodeError> {
    read_as(bytes, blocks)
}

/// Reads a file that is text, whose blocks from a byte on `blocks` finds.
pub(super) fn read_as(bytes: &[u8], blocks: impl Fn(&str, usize) -> Vec<Block>) -> Result<Extracted, DecodeError> {
    let decoded = decode(bytes)?;
    let front_matter = front_matter::read(&decoded.text);
    let blocks = blocks(&decoded.text, front_matter.end);
    let mut notices: Vec<Notice> = decoded.doubts.iter().map(Notice::from).collect();
    notices.extend(front_matter.notices);
    Ok(Extracted {
        text: decoded.text,
        blocks,
        properties: Properties { front_matter: front_matter.properties, ..Properties::default() },
        encoding: Some(decoded.encoding.to_owned()),
        notices,
    })
}

impl From<&Doubt> for Notice {
    fn from(doubt: &Doubt) -> Self {
        Self::new(doubt.id(), doubt.to_string())
    }
}

/// The paragraphs and list items of `text` from byte `from` on.
fn blocks(text: &str, from: usize) -> Vec<Block> {
    let lines: Vec<Span> = lines(text, from).map(|line| line.trimmed(text)).collect();
    let first = lines.iter().position(|line| !line.is_empty()).unwrap_or(lines.len());
    let last = lines.iter().rposition(|line| !line.is_empty()).map_or(first, |last| last + 1);
    let lines = &lines[first..last];
    let mut blocks = Vec::new();
    let has_empty = lines.iter().any(|line| line.is_empty());
    let is_one_paragraph =
        |group: &[Span]| if has_empty { !is_of_paragraphs(text, group) } else { is_wrapped(text, group) };
    for group in lines.split(|line| line.is_empty()).filter(|group| !group.is_empty()) {
        if is_one_paragraph(group) {
            push_group(text, group, &mut blocks);
        } else {
            group.iter().for_each(|line| push_group(text, std::slice::from_ref(line), &mut blocks));
        }
    }
    blocks
}

/// Adds lines without an empty line between them: a paragraph, list items, or a paragraph and the items after it.
fn push_group(text: &str, group: &[Span], blocks: &mut Vec<Block>) {
    let mut open = None;
    for (line, is_item) in group.iter().zip(items(text, group)) {
        match &mut open {
            Some(Block { span, .. }) if !is_item => *span = Span::new(span.start(), line.end()),
            _ => {
                let kind = if is_item { BlockKind::ListItem } else { BlockKind::Paragraph };
                blocks.extend(open.replace(Block::new(*line, kind)));
            }
        }
    }
    blocks.extend(open);
}

/// Which lines of a group begin a list item.
///
/// The first does when it has a mark. After that a dash or a number may have come to a line's start by wrapping,
/// so a mark counts only when it goes on with a list that is open, or can begin one and stands after a colon or
/// before a line that goes on with it.
fn items(text: &str, group: &[Span]) -> Vec<bool> {
    let marks: Vec<Option<ListMark>> =
        group.iter().map(|line| ListMark::at_start(line.of(text)).map(|(mark, _)| mark)).collect();
    let mut next = None;
    let mut goes_on = vec![false; group.len()];
    for (index, mark) in marks.iter().enumerate().rev() {
        if let Some(mark) = mark {
            goes_on[index] = next.is_some_and(|next: ListMark| next.follows(*mark));
            next = Some(*mark);
        }
    }
    let mut open: Vec<ListMark> = Vec::new();
    let mut items = Vec::with_capacity(group.len());
    for (index, mark) in marks.into_iter().enumerate() {
        let Some(mark) = mark else {
            items.push(false);
            continue;
        };
        let is_item = index == 0
            || open.iter().any(|before| mark.follows(*before))
            || (mark.is_first() && (!open.is_empty() || goes_on[index] || group[index - 1].of(text).ends_with(':')));
        if is_item {
            open.retain(|before| !before.is_kin(mark));
            open.push(mark);
        }
        items.push(is_item);
    }
    items
}

/// The widths, in characters, at which people and programs wrap lines.
const WIDTHS: std::ops::RangeInclusive<usize> = 40..=200;

/// Lines of more characters than this on average are hardly each a sentence that somebody gave its own line.
const LONG_LINE: usize = 120;

/// Whether lines without an empty one between them are nevertheless a paragraph each.
fn is_of_paragraphs(text: &str, lines: &[Span]) -> bool {
    let lengths = || lines.iter().map(|line| length(text, line));
    let all_end = || lines.iter().all(|line| ends_sentence(line.of(text)));
    // One overlong line among wrapped ones, as of a table in a scanned book, tells nothing of the others.
    let (all, overlong) = (lengths().sum::<usize>(), lengths().filter(|length| length > WIDTHS.end()).sum::<usize>());
    overlong * 2 > all || lines.len() > 2 && all > lines.len() * LONG_LINE && all_end()
}

fn ends_sentence(line: &str) -> bool {
    line.ends_with(['.', '?', '!', ':', ';', '…', '»', '”', '"', ')'])
}

/// Characters of a line.
fn length(text: &str, line: &Span) -> usize {
    line.of(text).chars().count()
}

/// Whether lines end because the next word did not fit, and not because a paragraph ends.
///
/// That is so when for most lines the next line's first word would have gone beyond the longest line, and at
/// least every fourth line ends inside a sentence.
fn is_wrapped(text: &str, lines: &[Span]) -> bool {
    let length = |line: &Span| length(text, line);
    let width = lines.iter().map(length).max().unwrap_or(0);
    if !WIDTHS.contains(&width) || lines.len() < 2 {
        return false;
    }
    let (mut full, mut open) = (0, 0);
    for pair in lines.windows(2) {
        let word = pair[1].of(text).split_whitespace().next().map_or(0, |word| word.chars().count());
        full += usize::from(length(&pair[0]) + 1 + word > width);
        open += usize::from(!ends_sentence(pair[0].of(text)));
    }
    let joints = lines.len() - 1;
    full * 2 > joints && open * 4 >= joints
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use proptest::prelude::*;

    use super::*;

    /// `*` before an item, `-` before a paragraph.
    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let extracted = read(text.as_bytes()).unwrap();
        let show = |block: &Block| {
            let sign = if block.kind == BlockKind::ListItem { '*' } else { '-' };
            format!("{sign} {}", block.span.of(&extracted.text).replace('\n', "|"))
        };
        assert_eq!(extracted.blocks.iter().map(show).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn empty_lines_separate_paragraphs() {
        check("", &[]);
        check(" \n\t\n", &[]);
        check("Hei\n\n\n  du \n \t\nder\n", &["- Hei", "- du", "- der"]);
        check("Vi har\r\nto linjer.\r\n\r\nOg en.", &["- Vi har|to linjer.", "- Og en."]);
    }

    #[test]
    fn front_matter_is_no_block() {
        check("---\ntype: intervju\n---\n\nHei.\n\nDu.", &["- Hei.", "- Du."]);
    }

    #[test]
    fn lists_between_empty_lines() {
        check(
            "Mål:\n\n- En ting\n\n- En til\n  som går videre\n",
            &["- Mål:", "* - En ting", "* - En til|  som går videre"],
        );
        check("1. Hvor er vi?\n\nHer.\n", &["* 1. Hvor er vi?", "- Her."]);
    }

    #[test]
    fn lists_line_by_line() {
        check(
            "x\n\nVi ble enige om\n- en ting\n- to ting\n  og litt\n",
            &["- x", "- Vi ble enige om", "* - en ting", "* - to ting|  og litt"],
        );
        check("x\n\nSlik:\n1. en\n• a\n• b\n2. to\n", &["- x", "- Slik:", "* 1. en", "* • a", "* • b", "* 2. to"]);
        check("x\n\na) en\nb) to", &["- x", "* a) en", "* b) to"]);
    }

    #[test]
    fn wrapped_lines_that_happen_to_begin_with_a_mark_are_none() {
        check(
            "x\n\nDette kom først i drift den\n1. mai, og så igjen\n– som vi husker – i\n12. time.",
            &["- x", "- Dette kom først i drift den|1. mai, og så igjen|– som vi husker – i|12. time."],
        );
    }

    #[test]
    fn without_empty_lines_a_line_is_a_paragraph() {
        check(
            "Tittel\nEt langt avsnitt som bare går og går og går.\nEt kort.\n- ting",
            &["- Tittel", "- Et langt avsnitt som bare går og går og går.", "- Et kort.", "* - ting"],
        );
        check("I: Hei på deg\nA: Hallo igjen", &["- I: Hei på deg", "- A: Hallo igjen"]);
    }

    #[test]
    fn lines_too_long_to_be_wrapped_are_paragraphs_between_empty_lines_too() {
        let long = "Et langt avsnitt som går og går. ".repeat(7);
        let long = long.trim();
        check(
            &format!("Tittel\n\nFørst dette.\n{long}\n{long}\n- ting\n\nTo\nlinjer."),
            &["- Tittel", "- Først dette.", &format!("- {long}"), &format!("- {long}"), "* - ting", "- To|linjer."],
        );
    }

    #[test]
    fn an_overlong_line_among_wrapped_ones_changes_nothing() {
        let wrapped = ["En linje i en bok, som her er brukket"; 9].join("\n");
        let text = format!("Tittel\n\n{wrapped}\n{}\n{wrapped}", "x ".repeat(110).trim());
        let group = text.strip_prefix("Tittel\n\n").unwrap().replace('\n', "|");
        check(&text, &["- Tittel", &format!("- {group}")]);
    }

    #[test]
    fn long_lines_that_all_end_as_sentences_are_paragraphs() {
        let line = "Et langt avsnitt som går og går. ".repeat(4);
        let line = line.trim();
        let three = [line; 3].join("\n");
        check(
            &format!("Tittel\n\n{three}"),
            &["- Tittel", &format!("- {line}"), &format!("- {line}"), &format!("- {line}")],
        );
        // A line that ends within a sentence goes on.
        let open = three.replace("går.\n", "går\n");
        check(&format!("Tittel\n\n{open}"), &["- Tittel", &format!("- {}", open.replace('\n', "|"))]);
    }

    #[test]
    fn without_empty_lines_wrapped_lines_are_one_paragraph() {
        let text = "Prosjektet har vært gjennomført i tre kommuner\nmed ulik størrelse, og det har vist seg at de\nminste har kommet lengst. Vi vet ikke hvorfor.\n";
        check(
            text,
            &[
                "- Prosjektet har vært gjennomført i tre kommuner|med ulik størrelse, og det har vist seg at de|minste har kommet lengst. Vi vet ikke hvorfor.",
            ],
        );
    }

    #[test]
    fn doubts_and_encoding_come_along() {
        let extracted = read(b"p\xe5 \xe5pent hav").unwrap();
        assert_eq!((extracted.text.as_str(), extracted.encoding.as_deref()), ("på åpent hav", Some("Latin-1")));
        let extracted = read("\u{202e}a\u{202c}".as_bytes()).unwrap();
        assert_eq!(extracted.notices[0].id, "ingest/turned-direction");
    }

    /// Paragraph numbers of the hand-coded report: every paragraph of its list begins as the list says.
    #[test]
    fn the_shared_report_has_the_paragraphs_of_its_gold_file() {
        let Some(shared) = std::env::var_os("TEMAKART_SHARED") else {
            println!("skipped: TEMAKART_SHARED is not set");
            return;
        };
        let folder = PathBuf::from(shared).join("data/piloten");
        let blocks_of = |path: &str| read(&std::fs::read(folder.join(path)).unwrap()).unwrap();
        let list = std::fs::read_to_string(folder.join("documents.csv")).unwrap();
        let documents: Vec<&str> = list.lines().skip(1).filter_map(|line| line.split(',').next()).collect();
        let total: usize = documents.iter().map(|path| blocks_of(path).blocks.len()).sum();
        assert_eq!((documents.len(), total), (61, 519));
        let gold = std::fs::read_to_string(folder.join("gold.jsonl")).unwrap();
        let mut checked = 0;
        for line in gold.lines() {
            let entry: serde_json::Value = serde_json::from_str(line).unwrap();
            let extracted = blocks_of(entry["path"].as_str().unwrap());
            let number = usize::try_from(entry["paragraph"].as_u64().unwrap()).unwrap();
            let start = entry["start"].as_str().unwrap();
            assert!(extracted.blocks[number - 1].span.of(&extracted.text).starts_with(start), "{line}");
            checked += 1;
        }
        assert_eq!(checked, 307);
    }

    proptest! {
        #[test]
        fn blocks_hold_all_the_text_in_order(text in "([a-zæø:.]{0,9}[ \n-]{1,2}|1\\. |- |• |\u{a0}|--- ?\n|a: b\n){0,60}") {
            let extracted = read(text.as_bytes()).unwrap();
            let mut at = front_matter::read(&extracted.text).end;
            for block in &extracted.blocks {
                let (start, end) = (block.span.start(), block.span.end());
                prop_assert!(at <= start && start < end);
                prop_assert!(extracted.text[at..start].trim().is_empty());
                prop_assert_eq!(block.span.trimmed(&extracted.text), block.span);
                at = end;
            }
            prop_assert!(extracted.text[at..].trim().is_empty());
        }
    }
}
