//! Labels of those who ask that begin paragraphs and were not read as speakers: what they say is coded and counted then.

use std::collections::BTreeMap;

use crate::ingest::Notice;
use crate::project::is_usual_label;
use crate::segment::Segment;

/// In fewer paragraphs a word at the start is chance.
const MIN_PARAGRAPHS: usize = 3;

/// A label has at most so many words.
const MAX_WORDS: usize = 3;

/// What is said where usual labels of those who ask begin paragraphs and name no speakers. A project's own list is not
/// looked at: documents are not read again when it changes.
pub(super) fn unread_labels(segments: &[Segment], text: &str) -> Option<Notice> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for segment in segments.iter().filter(|segment| segment.speaker.is_none() && segment.question.is_none()) {
        if let Some(label) = openings(segment.span.of(text)).find(|label| is_usual_label(label)) {
            *counts.entry(label).or_default() += 1;
        }
    }
    let (label, n) = counts.into_iter().max_by_key(|(_, n)| *n).filter(|(_, n)| *n >= MIN_PARAGRAPHS)?;
    Some(Notice::new(
        "segment/labels-not-read",
        format!(
            "`{label}` begins {n} paragraphs but is not read as a speaker's label, so what follows it is coded and \
             counted; write labels with a colon at the start of paragraphs that are no list items (`{label}: …`)"
        ),
    ))
}

/// What a paragraph may have for a label: its first one to three words, set off from the rest by a sign, a tab, brackets,
/// the end, or a blank before a capital letter.
fn openings(paragraph: &str) -> impl Iterator<Item = &str> {
    let paragraph = paragraph.trim_start_matches(['*', '_', '[', '(', '-', '–', '—', '>', ' ']);
    let ends = paragraph.char_indices().filter(|(_, c)| !c.is_alphanumeric()).map(|(at, _)| at);
    ends.chain([paragraph.len()]).take(MAX_WORDS).filter_map(move |end| {
        let (label, rest) = paragraph.split_at(end);
        is_set_off(label, rest).then_some(label)
    })
}

fn is_set_off(label: &str, rest: &str) -> bool {
    let behind = rest.trim_start_matches(' ');
    let is_marked = behind.is_empty() || behind.starts_with([':', '\t', '\n', ']', ')', '*', '_', '–', '—', '-']);
    // `I` is a word, and so are other letters.
    let may_be_word = label.chars().count() < 2;
    is_marked || !may_be_word && behind.len() < rest.len() && behind.starts_with(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::{Block, BlockKind, Extracted, Properties};
    use crate::segment::{SegmentUnit, split};
    use crate::text::Span;

    #[track_caller]
    fn check(paragraphs: &[&str], expected: Option<&str>) {
        let (mut text, mut blocks) = (String::new(), Vec::new());
        for paragraph in paragraphs {
            let start = text.len();
            text.push_str(paragraph);
            blocks.push(Block::new(Span::new(start, text.len()), BlockKind::Paragraph));
            text.push_str("\n\n");
        }
        let properties = Properties::none();
        let extracted = Extracted { text, blocks, properties, encoding: None, notices: Vec::new() };
        let split = split(&extracted, SegmentUnit::Paragraph, &|_| false);
        let notice = unread_labels(&split.segments, &extracted.text);
        assert_eq!(notice.as_ref().map(|notice| &*notice.message), expected, "{paragraphs:?}");
    }

    #[test]
    fn labels_without_a_colon_are_told_of() {
        let told = "`Intervjuer` begins 3 paragraphs but is not read as a speaker's label, so what follows it is coded \
                    and counted; write labels with a colon at the start of paragraphs that are no list items \
                    (`Intervjuer: …`)";
        for layout in
            ["Intervjuer\tHva?", "Intervjuer", "[Intervjuer] Hva?", "**Intervjuer** Hva?", "Intervjuer – Hva?"]
        {
            check(&[layout, "Leder svarer.", layout, "Leder svarer.", layout], Some(told));
        }
        check(&["Intervjuer Hva mener du?", "Ja.", "Intervjuer Hvorfor?", "Nei.", "Intervjuer Når?"], Some(told));
    }

    #[test]
    fn words_of_text_and_labels_that_were_read_are_not() {
        check(&["I dag", "I går var det", "I Oslo", "I Bergen", "I Hamar"], None);
        check(&["Intervjuer var til stede.", "Intervjuere ble lært opp.", "Intervjueren spurte."], None);
        check(&["Intervjuer\tHva?", "Ja.", "Intervjuer\tHvorfor?"], None);
        check(&["Intervjuer: Hva?", "Leder: Ja.", "Intervjuer: Hvorfor?", "Leder: Nei.", "Intervjuer: Når?"], None);
    }
}
