//! What the page's script works on: every coding and every number, in JSON that is safe inside a `script` element.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Page;
use super::quotes::clipped;
use crate::report::escape::visible;
use crate::report::picture::{STANCES, stance_number};
use crate::report::wording::clock;
use crate::report::{Quote, Spot, Term};

/// Bytes of passages that a page may hold, about: many codings get shorter passages.
const BUDGET: usize = 20_000_000;
/// Characters on either side of the coded words that are kept in any case.
const MIN_REACH: usize = 40;
/// A passage that is longer, in bytes, is not joined to: in endless paragraphs each coding would be searched for.
const MAX_JOINED: usize = 8_000;
/// More than passages have.
const MAX_REACH: usize = 1_000;

#[derive(Serialize)]
struct Data<'a> {
    shows: bool,
    words: BTreeMap<&'static str, serde_json::Value>,
    codes: Vec<String>,
    depths: Vec<usize>,
    tree: Vec<usize>,
    cases: Vec<String>,
    phases: Vec<String>,
    periods: Vec<String>,
    speakers: Vec<String>,
    /// Where an answer stands in its sheet, by whom and to what.
    answers: Vec<String>,
    /// Path, period, and what the places of its quotes count: lines, paragraphs.
    documents: Vec<(String, i64, &'static str)>,
    /// In whose rows a coding counts.
    rows: Vec<&'a [usize]>,
    /// Pattern, form, grade; without a pattern, who coded it in place of the form.
    reasons: Vec<(String, String, &'static str)>,
    cues: Vec<String>,
    passages: Vec<Passage>,
    quotes: Columns,
    /// Code by code in the table's order, column by column.
    cells: Vec<Option<Numbers>>,
}

/// Mentions, segments, documents, 1 where few persons are behind them, words of the cell.
type Numbers = [u64; 5];

/// A piece of a segment.
struct Passage {
    document: usize,
    segment: u32,
    page: u32,
    time: String,
    speaker: i64,
    case: i64,
    phase: i64,
    /// 1 where text was cut off before, 2 behind, 3 both.
    cut: u8,
    text: String,
    answer: i64,
}

impl Serialize for Passage {
    /// Values only, in this order: names would make up half of a page with many passages.
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { document, segment, page, time, speaker, case, phase, cut, text, answer } = self;
        // Most material has no answers, and a page many passages.
        if *answer < 0 {
            return (document, segment, page, time, speaker, case, phase, cut, text).serialize(serializer);
        }
        (document, segment, page, time, speaker, case, phase, cut, text, answer).serialize(serializer)
    }
}

/// One entry a coding; places in UTF-16 units of the passage, as scripts count.
#[derive(Serialize, Default)]
struct Columns {
    passage: Vec<usize>,
    at: Vec<usize>,
    length: Vec<usize>,
    spot: Vec<u32>,
    code: Vec<usize>,
    rows: Vec<usize>,
    stance: String,
    reason: Vec<usize>,
    cue: Vec<i64>,
}

/// Values with their numbers, in order of appearance.
struct Numbered<T>(BTreeMap<T, usize>);

impl<T: Ord> Numbered<T> {
    fn new() -> Self {
        Self(BTreeMap::new())
    }

    fn number(&mut self, value: T) -> usize {
        let next = self.0.len();
        *self.0.entry(value).or_insert(next)
    }

    fn into_values(self) -> Vec<T> {
        let mut values: Vec<(usize, T)> = self.0.into_iter().map(|(value, number)| (number, value)).collect();
        values.sort_by_key(|(number, _)| *number);
        values.into_iter().map(|(_, value)| value).collect()
    }
}

fn or_none(index: Option<usize>) -> i64 {
    index.and_then(|index| i64::try_from(index).ok()).unwrap_or(-1)
}

impl Page<'_> {
    /// The page's data; `<` does not occur in it.
    pub(super) fn data(&self) -> String {
        let report = self.report;
        let labels = |axis: &crate::report::LabelledAxis| -> Vec<String> {
            (0..axis.values.len()).map(|value| visible(self.lang.value(axis, value))).collect()
        };
        let mut rows = Numbered::new();
        let mut reasons = Numbered::new();
        let mut cues = Numbered::new();
        let mut speakers = Numbered::new();
        let mut answers = Numbered::new();
        let mut passages = Passages::new(report.quotes.len());
        let mut quotes = Columns::default();
        let mut spots = vec![""; report.documents.len()];
        for quote in &report.quotes {
            let speaker = quote.speaker.as_deref().map(|speaker| speakers.number(speaker));
            let answer = quote.answered.as_ref().map(|own| answers.number(visible(&self.lang.answered(own))));
            let at = passages.place(quote, or_none(speaker), or_none(answer));
            quotes.passage.push(at.passage);
            quotes.at.push(at.start);
            quotes.length.push(at.length);
            let (Spot::Line(number) | Spot::Segment(_, number)) = quote.spot;
            quotes.spot.push(number);
            spots[quote.document] = self.term(quote.spot.term());
            quotes.code.push(quote.code);
            quotes.rows.push(rows.number(quote.rows.as_slice()));
            quotes.stance.push(char::from(b'0' + u8::try_from(stance_number(quote.stance)).unwrap_or(0)));
            let grade = self.lang.grade(quote.grade);
            let met = if quote.pattern.is_empty() { quote.people.join(", ") } else { clipped(&quote.form) };
            quotes.reason.push(reasons.number((visible(&quote.pattern), visible(&met), grade)));
            quotes.cue.push(or_none(quote.cue.as_deref().map(|cue| cues.number(visible(cue)))));
        }
        let columns = self.columns();
        let cell = |code: usize, at: crate::report::Summed| {
            let found = report.headline(code, at)?;
            let (counts, words) = (found.counts, found.totals.words_total);
            Some([counts.mentions, counts.segments, counts.documents, u64::from(found.points_at_few()), words])
        };
        let tree = report.tree();
        let data = Data {
            shows: report.shows_quotes,
            words: self.script_words(),
            codes: (0..report.codebook.codes.len()).map(|code| visible(self.label(code))).collect(),
            depths: (0..report.codebook.codes.len()).map(|code| report.depth(code)).collect(),
            cells: tree.iter().flat_map(|code| columns.iter().map(move |at| cell(*code, *at))).collect(),
            tree,
            cases: labels(&report.case),
            phases: labels(&report.phase),
            periods: self.periods(),
            speakers: speakers.into_values().into_iter().map(visible).collect(),
            answers: answers.into_values(),
            documents: report
                .documents
                .iter()
                .zip(spots)
                .map(|(document, spot)| {
                    let period = report.timeline.as_ref().and_then(|timeline| timeline.period_of(document));
                    (visible(&document.path), or_none(period), spot)
                })
                .collect(),
            rows: rows.into_values(),
            reasons: reasons.into_values(),
            cues: cues.into_values(),
            passages: passages.done,
            quotes,
        };
        let json = serde_json::to_string(&data).expect("an object of ours has text keys only");
        // `</script` and `<!--` would end or hide the element; in JSON `<` only stands in texts.
        json.replace('<', "\\u003c")
    }

    fn periods(&self) -> Vec<String> {
        let Some(timeline) = &self.report.timeline else { return Vec::new() };
        timeline.periods.iter().map(|period| self.lang.period(timeline.grain, period)).collect()
    }

    /// The script's words.
    fn script_words(&self) -> BTreeMap<&'static str, serde_json::Value> {
        let term = |name: &'static str, term: Term| (name, serde_json::Value::from(self.term(term)));
        let told: &[_] = if self.report.tells_stance() { &STANCES } else { &[] };
        let stances: Vec<&str> = told.iter().map(|stance| self.lang.stance(*stance)).collect();
        let (point, thousands) = self.lang.separators();
        BTreeMap::from([
            term("all", Term::All),
            term("mention", Term::Mention),
            term("mentions", Term::Mentions),
            term("segment", Term::Segment),
            term("segments", Term::Segments),
            term("document", Term::Document),
            term("documents", Term::Documents),
            term("nothing", Term::NoQuotes),
            term("page", Term::Page),
            term("pageOf", Term::PageOf),
            term("copied", Term::Copied),
            term("scrolls", Term::Scrolls),
            term("printed", Term::PrintedQuotes),
            ("point", point.to_string().into()),
            ("thousands", thousands.to_string().into()),
            ("stances", stances.into()),
        ])
    }
}

/// Passages of codings that lie close together are one.
struct Passages {
    reach: usize,
    done: Vec<Passage>,
    /// Code points of the last one in its document.
    from: usize,
    to: usize,
}

/// Where a coding stands.
struct At {
    passage: usize,
    start: usize,
    length: usize,
}

impl Passages {
    fn new(n_quotes: usize) -> Self {
        let reach = (BUDGET / 2 / n_quotes.max(1)).clamp(MIN_REACH, MAX_REACH);
        Self { reach, done: Vec::new(), from: 0, to: 0 }
    }

    fn place(&mut self, quote: &Quote, speaker: i64, answer: i64) -> At {
        let (left, is_cut_left) = self.cut_left(quote);
        let (right, is_cut_right) = self.cut_right(quote);
        let words = clipped(&quote.words);
        let start = quote.start as usize;
        let n_left = left.chars().count();
        let text = visible(&format!("{left}{words}{right}"));
        let (from, to) = (start - n_left.min(start), start - n_left.min(start) + text.chars().count());
        let cut = u8::from(is_cut_left) | u8::from(is_cut_right) << 1;
        let length = utf16(&visible(&words));
        let is_whole = words.len() == quote.words.len();
        if let Some(last) = self.done.last_mut()
            && (last.document, last.segment) == (quote.document, quote.segment)
            && (self.from..=self.to).contains(&from)
            && is_whole
            && !text.is_empty()
            && last.text.len() < MAX_JOINED
        {
            if to > self.to {
                last.text.extend(text.chars().skip(self.to - from));
                last.cut = last.cut & 1 | cut & 2;
                self.to = to;
            }
            let before: usize = last.text.chars().take(start - self.from).map(char::len_utf16).sum();
            return At { passage: self.done.len() - 1, start: before, length };
        }
        // A passage that was cut through its own words must not be joined to.
        (self.from, self.to) = if is_whole { (from, to) } else { (usize::MAX, usize::MAX) };
        self.done.push(Passage {
            document: quote.document,
            segment: quote.segment,
            page: quote.page.unwrap_or(0),
            time: quote.time.map(clock).unwrap_or_default(),
            speaker,
            case: or_none(quote.case),
            phase: or_none(quote.phase),
            cut,
            text,
            answer,
        });
        At { passage: self.done.len() - 1, start: utf16(&visible(left)), length }
    }

    fn cut_left<'q>(&self, quote: &'q Quote) -> (&'q str, bool) {
        let text = quote.left.as_str();
        let Some((at, _)) = text.char_indices().rev().nth(self.reach) else { return (text, quote.is_cut_left) };
        let at = text[at..].find(char::is_whitespace).map_or(at, |blank| at + blank);
        (text[at..].trim_start(), true)
    }

    fn cut_right<'q>(&self, quote: &'q Quote) -> (&'q str, bool) {
        let text = quote.right.as_str();
        let Some((at, _)) = text.char_indices().nth(self.reach) else { return (text, quote.is_cut_right) };
        (&text[..text[..at].rfind(char::is_whitespace).unwrap_or(at)], true)
    }
}

fn utf16(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}
