//! Subtitles, WebVTT and SubRip: cues with times and, in WebVTT, voices.
//!
//! Players take what they can, and so does this: a cue whose times cannot be read keeps its words, and so does
//! text that stands outside the cues of a damaged file. Notes, styles and regions of WebVTT are left out.

use super::builder::Builder;
use super::error::IngestError;
use super::extracted::Extracted;
use super::format::Format;
use super::html;
use super::limits::Budget;
use super::turns::{Cue, join, milliseconds};
use crate::text;

/// Reads subtitles of either kind.
pub(crate) fn read(bytes: &[u8], budget: &Budget) -> Result<Extracted, IngestError> {
    budget.lines(memchr::memchr2_iter(b'\n', b'\r', bytes).count())?;
    let decoded = text::decode(bytes).map_err(|error| budget.unreadable(error.to_string()))?;
    let mut builder = Builder::new(budget);
    for doubt in &decoded.doubts {
        builder.notice(doubt.id(), doubt.to_string());
    }
    let mut reader =
        Reader { budget, cues: Vec::new(), is_vtt: budget.format() == Format::Vtt, bad_times: 0, strays: 0 };
    reader.read(&decoded.text)?;
    builder.counted(
        "ingest/bad-times",
        reader.bad_times,
        "cue has times that cannot be read; its words were kept",
        "cues have times that cannot be read; their words were kept",
    );
    builder.counted(
        "ingest/outside-cues",
        reader.strays,
        "piece of text was outside the cues and was kept",
        "pieces of text were outside the cues and were kept",
    );
    join(reader.cues, &mut builder)?;
    let mut extracted = builder.finish();
    extracted.encoding = Some(decoded.encoding.to_owned());
    Ok(extracted)
}

struct Reader<'budget> {
    budget: &'budget Budget,
    cues: Vec<Cue>,
    is_vtt: bool,
    bad_times: usize,
    strays: usize,
}

impl Reader<'_> {
    /// Reads the blocks of lines between empty lines.
    fn read(&mut self, text: &str) -> Result<(), IngestError> {
        let mut lines = text.lines().map(|line| line.trim_end_matches('\r')).peekable();
        let mut is_first = true;
        let mut block: Vec<&str> = Vec::new();
        while lines.peek().is_some() {
            self.budget.tick()?;
            block.clear();
            block.extend(lines.by_ref().find(|line| !line.trim().is_empty()));
            while let Some(line) = lines.next_if(|line| !is_blank(line, block.last().copied())) {
                block.push(line);
            }
            if std::mem::take(&mut is_first) && block.first().is_some_and(|line| line.starts_with("WEBVTT")) {
                self.is_vtt = true;
                // The header is its lines up to the first times, if an empty line is missing after it.
                let end = block.iter().position(|line| line.contains("-->")).unwrap_or(block.len());
                block.drain(..end);
            }
            self.block(&block)?;
        }
        Ok(())
    }

    fn block(&mut self, block: &[&str]) -> Result<(), IngestError> {
        let Some(first) = block.first() else { return Ok(()) };
        let has_arrow = |line: &&str| arrow(line).is_some();
        let is_comment = self.is_vtt
            && ["NOTE", "STYLE", "REGION"].iter().any(|word| {
                first.strip_prefix(word).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t', ':']))
            });
        if is_comment && !block[..block.len().min(2)].iter().any(has_arrow) {
            return Ok(());
        }
        let Some(times) = block.iter().position(has_arrow) else {
            return self.stray(block);
        };
        // The line before the times is the cue's number, in WebVTT any name of its own; more belong to the cue before.
        let is_named = times > 0 && (self.is_vtt || block[times - 1].bytes().all(|byte| byte.is_ascii_digit()));
        let before = times - usize::from(is_named);
        if before > 0 {
            self.stray(&block[..before])?;
        }
        self.cue(block[times], &block[times + 1..])
    }

    /// Text where a cue should be: part of the cue before, whose text had an empty line in it.
    fn stray(&mut self, lines: &[&str]) -> Result<(), IngestError> {
        let is_number = lines.len() == 1 && lines[0].bytes().all(|byte| byte.is_ascii_digit());
        if is_number {
            return Ok(());
        }
        self.strays += 1;
        self.push_lines(None, None, lines)
    }

    /// A cue, or several without an empty line between them.
    fn cue(&mut self, times: &str, lines: &[&str]) -> Result<(), IngestError> {
        let (mut times, mut lines) = (times, lines);
        while let Some(next) = lines.iter().position(|line| arrow(line).is_some()) {
            // The line before the times is the number of their cue.
            let number = usize::from(next > 0 && lines[next - 1].bytes().all(|byte| byte.is_ascii_digit()));
            self.one_cue(times, &lines[..next - number])?;
            (times, lines) = (lines[next], &lines[next + 1..]);
        }
        self.one_cue(times, lines)
    }

    fn one_cue(&mut self, times: &str, lines: &[&str]) -> Result<(), IngestError> {
        let (start, end) = arrow(times).unwrap_or_default();
        let start = milliseconds(start);
        let end = milliseconds(end.split_whitespace().next().unwrap_or_default());
        if start.is_none() || end.is_none() {
            self.bad_times += 1;
        }
        let lines = self.without_repeated(lines, start, end);
        self.push_lines(start, end, lines)
    }

    /// Rolling captions show the last line of the cue before once more.
    fn without_repeated<'lines, 'text>(
        &self,
        lines: &'lines [&'text str],
        start: Option<u64>,
        end: Option<u64>,
    ) -> &'lines [&'text str] {
        let blank = lines.iter().take_while(|line| plain(line).trim().is_empty()).count();
        let lines = &lines[blank..];
        let (Some(before), Some(first)) = (self.cues.last(), lines.first()) else { return lines };
        let touches = before.end.zip(start).is_some_and(|(end, start)| start <= end + 20);
        let words = plain(first);
        let is_repeated = touches && !words.trim().is_empty() && before.text.ends_with(words.trim());
        // One line alone may be said twice, but not in the blink of an eye.
        let is_blink = start.zip(end).is_some_and(|(start, end)| end.saturating_sub(start) <= BLINK);
        let rest = lines.get(1..).unwrap_or_default();
        let has_more = rest.iter().any(|line| !plain(line).trim().is_empty());
        if is_repeated && (has_more || is_blink) { rest } else { lines }
    }

    /// Keeps `lines` as cues, one for each voice in them.
    fn push_lines(&mut self, start: Option<u64>, end: Option<u64>, lines: &[&str]) -> Result<(), IngestError> {
        let mut cue = Cue { start, end, ..Cue::default() };
        for line in lines {
            let mut rest = *line;
            // Another speaker may begin with a line.
            let mut separator = '\n';
            while let Some(at) = find_voice(rest) {
                append(&mut cue.text, separator, &plain(&rest[..at]));
                separator = ' ';
                let voice = &rest[at..];
                let (tag, after) = voice.split_once('>').unwrap_or((voice, ""));
                self.push(std::mem::replace(&mut cue, Cue { speaker: voice_name(tag), start, end, ..Cue::default() }))?;
                rest = after;
            }
            append(&mut cue.text, separator, &plain(rest));
        }
        self.push(cue)
    }

    fn push(&mut self, cue: Cue) -> Result<(), IngestError> {
        if cue.text.trim().is_empty() {
            return Ok(());
        }
        if self.cues.len() as u64 >= 2 * self.budget.limits().blocks {
            self.budget.lines(usize::MAX)?;
        }
        self.cues.push(cue);
        Ok(())
    }
}

/// A cue that is shown for so many milliseconds only moves the lines of rolling captions.
const BLINK: u64 = 100;

/// Whether `line` ends the cue whose line before it is `before`: rolling captions have a blank directly below the times.
fn is_blank(line: &str, before: Option<&str>) -> bool {
    line.is_empty() || (line.trim().is_empty() && before.is_none_or(|before| arrow(before).is_none()))
}

fn append(text: &mut String, separator: char, more: &str) {
    let more = more.trim();
    if !text.is_empty() && !more.is_empty() {
        text.push(separator);
    }
    text.push_str(more);
}

/// The times on both sides of an arrow.
fn arrow(line: &str) -> Option<(&str, &str)> {
    let begins_like_time = |time: &str| time.trim_start().starts_with(|c: char| c.is_ascii_digit());
    line.split_once("-->")
        .or_else(|| line.split_once("->").filter(|(start, end)| begins_like_time(start) && begins_like_time(end)))
}

fn find_voice(text: &str) -> Option<usize> {
    text.match_indices("<v").map(|(at, _)| at).find(|at| text[at + 2..].starts_with([' ', '.', '\t']))
}

/// The name in `<v.loud Kari Nordmann`.
fn voice_name(tag: &str) -> Option<String> {
    let name = tag.split_once([' ', '\t'])?.1;
    let name = html::resolve(name).split_whitespace().collect::<Vec<_>>().join(" ");
    (!name.is_empty()).then_some(name)
}

/// Marks of subtitles; anything else in angle brackets is a mark of the transcriber's and stays.
const MARKS: [&str; 10] = ["b", "i", "u", "c", "v", "lang", "ruby", "rt", "font", "s"];

/// `text` without marks and with its references resolved.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        plain.push_str(&rest[..at]);
        let inside = &rest[at + 1..];
        let name = inside.strip_prefix('/').unwrap_or(inside);
        let name = &name[..name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len())];
        let is_time = inside.starts_with(|c: char| c.is_ascii_digit());
        let is_mark = is_time || MARKS.iter().any(|mark| name.eq_ignore_ascii_case(mark));
        // A mark ends before the next one begins.
        let end = inside.find(['<', '>']).filter(|end| is_mark && inside[*end..].starts_with('>'));
        match end {
            Some(end) => rest = &inside[end + 1..],
            None => {
                plain.push('<');
                rest = inside;
            }
        }
    }
    plain.push_str(rest);
    remove_overrides(&mut plain);
    match html::resolve(&plain) {
        std::borrow::Cow::Borrowed(_) => plain,
        std::borrow::Cow::Owned(resolved) => resolved,
    }
}

/// Takes out `{\\an8}` and the like, which place and colour a subtitle.
fn remove_overrides(text: &mut String) {
    if !text.contains("{\\") {
        return;
    }
    let mut kept = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some((before, inside)) = rest.split_once("{\\") {
        let Some((_, after)) = inside.split_once('}') else { break };
        kept.push_str(before);
        rest = after;
    }
    kept.push_str(rest);
    *text = kept;
}

#[cfg(test)]
mod tests {
    use super::super::limits::Limits;
    use super::*;

    #[track_caller]
    fn check(format: Format, bytes: &str, expected: &str, notices: &[&str]) {
        let budget = Budget::new(Limits::DEFAULT, format, 0, None);
        let extracted = read(bytes.as_bytes(), &budget).expect("readable");
        assert_eq!(extracted.text, expected, "{bytes}");
        let ids: Vec<&str> = extracted.notices.iter().map(|notice| &*notice.id).collect();
        assert_eq!(ids, notices, "{bytes}");
    }

    #[test]
    fn voices_become_turns() {
        let vtt = "WEBVTT\n\nid-1\n00:01.000 --> 00:02.000 align:start\n<v Kari Nordmann>Vi &amp; <i>dere</i></v>\n\n\
                   NOTE Confidence: 0.9\n\n00:02.000 --> 00:03.000\n<v Kari Nordmann>må <ee> si\ndet</v>\n\n\
                   00:03.000 --> 00:04.000\n<v Ola>Ja</v><v.loud Kari>Nei</v>\n";
        check(Format::Vtt, vtt, "Kari Nordmann: Vi & dere må <ee> si det\n\nOla: Ja\n\nKari: Nei\n", &[]);
    }

    #[test]
    fn numbers_and_times_are_no_text() {
        let srt = "1\n00:00:01,000 --> 00:00:02,000\nDet er\n\n2\n00:00:02,000 --> 00:00:03,000\n2016\n3\n\
                   00:00:03,000 --> 00:00:04,000\nja\n";
        check(Format::Srt, srt, "Det er 2016 ja\n", &[]);
    }

    #[test]
    fn damaged_cues_keep_their_words() {
        check(Format::Vtt, "WEBVTT\n\nxx --> yy\nord\n", "ord\n", &["ingest/bad-times"]);
        check(
            Format::Srt,
            "1\n00:00:01,000 -> 00:00:02,000\nhei\n\nog hallo\n",
            "hei og hallo\n",
            &["ingest/outside-cues"],
        );
        check(Format::Vtt, "00:00:01.000 --> 00:00:02.000\nhei\n", "hei\n", &[]);
        check(Format::Vtt, "WEBVTT\n", "", &["ingest/empty"]);
    }

    #[test]
    fn codes_of_other_players_are_no_text() {
        check(Format::Srt, "1\n00:00:01,000 --> 00:00:02,000\n{\\an8}Her {\\i1}er{\\i0} {vi}\n", "Her er {vi}\n", &[]);
    }

    #[test]
    fn rolling_captions_say_everything_once() {
        let youtube = "WEBVTT\n\n00:00.000 --> 00:02.000\n \nhei<00:01.000><c> alle</c>\n\n00:02.000 --> 00:02.010\n\
                       hei alle\n \n\n00:02.010 --> 00:04.000\nhei alle\ni<00:03.000><c> dag</c>\n";
        check(Format::Vtt, youtube, "hei alle i dag\n", &[]);
        let vtt =
            "WEBVTT\n\n00:00.000 --> 00:02.000\nhei på\n\n00:02.000 --> 00:03.000\nhei på\n<00:02.100><c>deg</c>\n";
        check(Format::Vtt, vtt, "hei på deg\n", &[]);
    }
}
