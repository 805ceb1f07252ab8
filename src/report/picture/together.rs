//! Which themes meet in the same segments: a half matrix of shades with the numbers in it.

use super::canvas::{Anchor, Canvas, Ink};
use super::{Links, Picture, Place, level};
use crate::compare::{Meeting, Pair};
use crate::report::{Lang, Report, Summed, Term};

const CELL: f64 = 40.0;
const ROW: f64 = 26.0;
const LABEL: f64 = 220.0;

/// More codes than this make a matrix that nobody reads; those with most meetings stay.
const MAX_CODES: usize = 30;

/// The half matrix; `None` where no two codes meet.
#[must_use]
pub fn together(report: &Report, lang: Lang, links: Links) -> Option<Picture> {
    let pairs: Vec<&Pair> = report.together.pairs.iter().filter(|pair| pair.segments[0].both > 0).collect();
    let codes = codes(report, &pairs);
    if codes.len() < 2 {
        return None;
    }
    let c = |meeting: Meeting| meeting.coefficients().and_then(|found| found.c_coefficient()).unwrap_or(0.0);
    let of = |first: usize, second: usize| {
        pairs.iter().find(|pair| (pair.first, pair.second) == (first.min(second), first.max(second)))
    };
    let most = pairs.iter().map(|pair| c(pair.segments[0])).fold(0.0, f64::max);
    let mut canvas = Canvas::new("together", links);
    let top = 10.0;
    for (row, code) in codes.iter().enumerate() {
        let y = top + row as f64 * ROW;
        let label = &report.codebook.codes[*code].label;
        canvas.fitted((0.0, y + 17.0), Anchor::Start, Ink::Text, 13, &format!("{}  {label}", row + 1), LABEL - 10.0);
        for (column, other) in codes[..row].iter().enumerate() {
            let x = LABEL + column as f64 * CELL;
            let Some(pair) = of(*code, *other) else { continue };
            let meeting = pair.segments[0];
            let step = level(c(meeting), most);
            let both = lang.count(meeting.both);
            let name = format!(
                "{label} – {}: {} {} (c {})",
                report.codebook.codes[*other].label,
                both,
                lang.term(if meeting.both == 1 { Term::Segment } else { Term::Segments }),
                lang.decimal(c(meeting), 2)
            );
            let place = Place { with: Some(*other), ..Place::new(*code, Summed::All) };
            canvas.linked(place, &name, |canvas| {
                canvas.rect(x + 1.0, y + 1.0, CELL - 2.0, ROW - 2.0, Ink::Heat(step));
                canvas.text((x + CELL / 2.0, y + 17.0), Anchor::Middle, Ink::OnHeat(step), 12, &both);
            });
        }
        // The diagonal carries the column's number.
        let x = LABEL + row as f64 * CELL + CELL / 2.0;
        canvas.text((x, y + 17.0), Anchor::Middle, Ink::Muted, 12, &(row + 1).to_string());
    }
    let height = top + codes.len() as f64 * ROW + 26.0;
    canvas.text((0.0, height - 6.0), Anchor::Start, Ink::Muted, 11, lang.term(Term::TogetherKey));
    let width = (LABEL + codes.len() as f64 * CELL).max(560.0);
    let title = lang.term(Term::TogetherSection).to_owned();
    Some(canvas.finish(width, height, title, lang.term(Term::TogetherHow).to_owned()))
}

/// The codes that meet any other, in the order of the tree; of too many, those that meet most.
fn codes(report: &Report, pairs: &[&Pair]) -> Vec<usize> {
    let mut meetings = vec![0_u64; report.codebook.codes.len()];
    for pair in pairs {
        meetings[pair.first] += pair.segments[0].both;
        meetings[pair.second] += pair.segments[0].both;
    }
    let mut codes: Vec<usize> = (0..meetings.len()).filter(|code| meetings[*code] > 0).collect();
    codes.sort_by_key(|code| (std::cmp::Reverse(meetings[*code]), *code));
    codes.truncate(MAX_CODES);
    report.tree().into_iter().filter(|code| codes.contains(code)).collect()
}
