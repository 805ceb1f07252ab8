//! Blocks to segments.

use super::label::Label;
use super::label_words::begins_like_speaker;
use super::segment::{Segment, SegmentKind};
use super::sentence::sentence_breaks;
use super::speakers::{Decided, Labels, Speakers};
use super::tables;
use super::time;
use super::timed::{self, Line, Named};
use super::unit::SegmentUnit;
use crate::ingest::{Block, BlockKind, Extracted};
use crate::text::{LineIndex, Span, fold};

/// The segments of one document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Split {
    /// In the order of the text, without overlap, numbered from 1.
    pub segments: Vec<Segment>,
    /// Labels that look like speakers', in a text that was not taken for a transcript all the same.
    pub doubtful: Option<DoubtfulLabels>,
}

/// Labels that may be speakers'. They can be names of people, so not all are told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DoubtfulLabels {
    /// How many they are.
    pub n: usize,
    /// The first words of those that only transcripts have: `Intervjuer`, `Informant`.
    pub usual: Vec<String>,
}

/// So many lines whose label ends in a tab tell that labels do.
const MIN_TABS: usize = 2;

/// Divides a document into segments.
///
/// In a transcript (decided in `speakers.rs`) a paragraph without a label goes on with what the speaker before it says,
/// until a heading: with [`SegmentUnit::Paragraph`] as a segment of its own with the same speaker, with
/// [`SegmentUnit::Turn`] as a part of the same segment. A label always begins a new one. Labels, and time marks at
/// the ends of what is said, stand outside the segments; a label with nothing behind it makes none.
///
/// A time mark at the start is the time of the segment. One at the end, as f4 sets it, is the time at which the
/// next segment begins.
///
/// `is_listed` says of a label whether the project lists a speaker of it in this document, which makes it a transcript.
#[must_use]
pub fn split(extracted: &Extracted, unit: SegmentUnit, is_listed: &dyn Fn(&str) -> bool) -> Split {
    let text = extracted.text.as_str();
    let blocks = tables::with_turns(text, &extracted.blocks);
    let mut labels = Vec::new();
    let Decided { speakers, doubtful } =
        find_speakers(text, &blocks, (unit == SegmentUnit::Turn, is_listed), &mut labels);
    let mut pieces = Pieces {
        text,
        speakers: speakers.as_ref(),
        joins_turns: unit == SegmentUnit::Turn,
        done: Vec::with_capacity(extracted.blocks.len()),
        speaker: None,
        time: None,
        said_from: 0,
        has_met_time: false,
    };
    let mut labels = labels.as_slice();
    for block in blocks.iter() {
        let (inside, rest) = labels.split_at(labels.partition_point(|label| label.line < block.span.end()));
        labels = rest;
        if is_spoken(block) {
            pieces.spoken(block, inside);
        } else {
            pieces.written(block);
        }
    }
    Split { segments: number(text, &pieces.done, unit), doubtful: DoubtfulLabels::of(&doubtful) }
}

impl DoubtfulLabels {
    fn of(labels: &[String]) -> Option<Self> {
        let mut usual: Vec<String> = labels
            .iter()
            .filter(|label| begins_like_speaker(&fold(label)))
            .map(|label| label.split_whitespace().next().unwrap_or_default().to_owned())
            .collect();
        usual.dedup();
        (!labels.is_empty()).then_some(Self { n: labels.len(), usual })
    }
}

/// Whether a block can be a part of what somebody says, its speaker not being known from the format.
fn is_spoken(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Paragraph | BlockKind::ListItem | BlockKind::Turn) && block.speaker.is_none()
}

/// A label where it stands in the text.
struct Placed<'text> {
    /// Where its line begins.
    line: usize,
    /// Where what is said begins.
    said: usize,
    name: &'text str,
    time: Option<u64>,
}

/// Collects the lines that begin with something like a label, and decides which of them name speakers.
fn find_speakers<'text>(
    text: &'text str,
    blocks: &[Block],
    (is_declared, is_listed): (bool, &dyn Fn(&str) -> bool),
    placed: &mut Vec<Placed<'text>>,
) -> Decided<'text> {
    let mut labels = Labels::default();
    let mut unlabelled = 0;
    // The lines of a list item do not begin with labels.
    let spoken = || blocks.iter().filter(|block| is_spoken(block) && block.kind != BlockKind::ListItem);
    let mut lines = Vec::new();
    for block in spoken() {
        let mut start = block.span.start();
        for line in block.span.of(text).split_inclusive('\n') {
            lines.push(Line { start, text: line.trim_end() });
            start += line.len();
        }
    }
    let label_of = if tabs_end_labels(&lines) { Label::before_tab } else { Label::at_start };
    let named = timed::named(&lines);
    let mut named = named.iter().peekable();
    let mut lines = lines.iter().peekable();
    let mut said = 0;
    for block in spoken() {
        let before = placed.len();
        // A block that only holds a name or a time is part of the label that it belongs to.
        let is_label = block.span.end() <= said;
        while let Some(line) = lines.next_if(|line| line.start < block.span.end()) {
            let begins_paragraph = line.start == block.span.start();
            if let Some(Named { name, time, from, to }) = named.next_if(|named| named.from <= line.start) {
                labels.meet(name, begins_paragraph, true);
                placed.push(Placed { line: *from, said: *to, name, time: Some(*time) });
                said = *to;
            } else if line.start >= said
                && let Some(Label { name, time, length }) = label_of(line.text)
            {
                labels.meet(name, begins_paragraph, time.is_some());
                placed.push(Placed { line: line.start, said: line.start + length, name, time });
            }
        }
        unlabelled += usize::from(placed.len() == before && !is_label);
    }
    labels.decide(unlabelled, is_declared, is_listed)
}

/// Whether speakers are told by a tab and not by a colon: the label of somebody who asks stands before one again and
/// again, and before no colon.
fn tabs_end_labels(lines: &[Line<'_>]) -> bool {
    let asks = |label: &Label<'_>| begins_like_speaker(&fold(label.name));
    let with_tabs = lines.iter().filter(|line| line.text.contains('\t'));
    let n_tabs = with_tabs.filter_map(|line| Label::before_tab(line.text)).filter(asks).count();
    n_tabs >= MIN_TABS && !lines.iter().filter_map(|line| Label::at_start(line.text)).any(|label| asks(&label))
}

/// A stretch of text that becomes a segment, or several sentences.
struct Piece<'doc> {
    span: Span,
    kind: SegmentKind,
    speaker: Option<&'doc str>,
    time: Option<u64>,
    block: &'doc Block,
}

/// The pieces so far, and who speaks.
struct Pieces<'doc> {
    text: &'doc str,
    speakers: Option<&'doc Speakers<'doc>>,
    joins_turns: bool,
    done: Vec<Piece<'doc>>,
    /// Who speaks until the next label.
    speaker: Option<&'doc str>,
    /// The time at which the next piece begins, where a mark before it says so.
    time: Option<u64>,
    /// Where what is said begins, when a label reaches into the next block.
    said_from: usize,
    has_met_time: bool,
}

impl<'doc> Pieces<'doc> {
    /// A block that nobody's label stands in: headings end a turn, notes and cells stand apart from it.
    fn written(&mut self, block: &'doc Block) {
        let kind = match block.kind {
            BlockKind::Heading => {
                self.speaker = None;
                SegmentKind::Heading
            }
            BlockKind::Answer => SegmentKind::Answer,
            BlockKind::Turn => SegmentKind::Turn,
            BlockKind::ListItem => SegmentKind::ListItem,
            BlockKind::Paragraph | BlockKind::Cell | BlockKind::Footnote if block.speaker.is_some() => {
                SegmentKind::Turn
            }
            BlockKind::Paragraph | BlockKind::Cell | BlockKind::Footnote => SegmentKind::Paragraph,
        };
        let span = block.span.trimmed(self.text);
        if !span.is_empty() {
            self.done.push(Piece { span, kind, speaker: block.speaker.as_deref(), time: block.time, block });
        }
    }

    /// A block that labels may divide.
    fn spoken(&mut self, block: &'doc Block, labels: &[Placed<'_>]) {
        let mut from = block.span.start().max(self.said_from);
        let mut begins_turn = false;
        for label in labels {
            if let Some(speaker) = self.speakers.and_then(|speakers| speakers.get(label.name)) {
                self.say_from(block, from, label.line, begins_turn);
                self.speaker = Some(speaker);
                self.time = label.time.or(self.time);
                from = label.said;
                begins_turn = true;
            }
        }
        self.said_from = from;
        self.say_from(block, from, block.span.end(), begins_turn);
    }

    /// What is said from `from` to `to`, if that is anything.
    fn say_from(&mut self, block: &'doc Block, from: usize, to: usize, begins_turn: bool) {
        if from < to {
            self.say(block, Span::new(from, to), begins_turn);
        }
    }

    /// What is said between two labels, without the time marks at its ends.
    fn say(&mut self, block: &'doc Block, span: Span, begins_turn: bool) {
        let mut span = span.trimmed(self.text);
        let accepts = |mark: &time::TimeMark| mark.is_certain || self.speakers.is_some();
        let (mut start, mut end) = (None, None);
        while let Some(mark) = time::at_start(span.of(self.text)).filter(accepts) {
            start = start.or(Some(mark.milliseconds));
            span = Span::new(span.start() + mark.length, span.end()).trimmed(self.text);
        }
        while let Some(mark) = time::at_end(span.of(self.text)).filter(accepts) {
            end = end.or(Some(mark.milliseconds));
            span = Span::new(span.start(), span.end() - mark.length).trimmed(self.text);
        }
        if span.is_empty() {
            self.time = end.or(start).or(self.time);
            return;
        }
        // A recording whose marks stand at the ends begins at 0.
        let first = if end.is_some() && !self.has_met_time { Some(0) } else { None };
        let time = start.or(self.time.take()).or(block.time).or(first);
        self.has_met_time |= time.is_some() || end.is_some();
        self.time = end;
        let joined = self.done.last_mut().filter(|before| {
            self.joins_turns && !begins_turn && self.speaker.is_some() && before.speaker == self.speaker
        });
        if let Some(turn) = joined {
            turn.span = Span::new(turn.span.start(), span.end());
            turn.kind = SegmentKind::Turn;
            return;
        }
        let kind = match block.kind {
            BlockKind::ListItem => SegmentKind::ListItem,
            _ if self.speaker.is_some() || block.kind == BlockKind::Turn => SegmentKind::Turn,
            _ => SegmentKind::Paragraph,
        };
        self.done.push(Piece { span, kind, speaker: self.speaker, time, block });
    }
}

fn number(text: &str, pieces: &[Piece<'_>], unit: SegmentUnit) -> Vec<Segment> {
    let mut index = LineIndex::new(text);
    let mut segments: Vec<Segment> = Vec::with_capacity(pieces.len());
    let mut push = |piece: &Piece<'_>, span: Span| {
        let (line, code_point) = index.advance_to(span.start());
        segments.push(Segment {
            number: u32::try_from(segments.len() + 1).expect("a document has fewer segments than bytes"),
            span,
            kind: piece.kind,
            speaker: piece.speaker.map(str::to_owned),
            question: piece.block.question.clone(),
            informant: piece.block.informant.clone(),
            respondent: piece.block.respondent,
            page: piece.block.page,
            time: piece.time,
            line,
            code_point,
        });
    };
    for piece in pieces {
        if unit == SegmentUnit::Sentence && piece.kind != SegmentKind::Heading {
            let inner = piece.span.of(text);
            let mut start = 0;
            for end in sentence_breaks(inner).into_iter().chain([inner.len()]) {
                push(piece, Span::new(start, end).shifted(piece.span.start()).trimmed(text));
                start = end;
            }
        } else {
            push(piece, piece.span);
        }
    }
    segments
}

#[cfg(test)]
mod tests;
