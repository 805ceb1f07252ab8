//! Each theme over time: one small panel a code, all on the same scales.

use super::canvas::{Anchor, Canvas, Ink, decimals, ticks};
use super::{Links, Picture, Place};
use crate::report::{Lang, Period, Report, Summed, Term, per_thousand};

const WIDTH: f64 = 250.0;
const HEIGHT: f64 = 70.0;
const GAP: f64 = 40.0;
const ABREAST: usize = 3;
/// Room for the numbers of the axis.
const AXIS: f64 = 30.0;

/// Mentions per 1,000 words by period; `None` where documents have no dates.
#[must_use]
pub fn timeline(report: &Report, lang: Lang, links: Links) -> Option<Picture> {
    let timeline = report.timeline.as_ref()?;
    let rate = |period: &Period, code: usize| per_thousand(period.mentions[code], period.words);
    let codes: Vec<usize> = report
        .tree()
        .into_iter()
        .filter(|code| timeline.periods.iter().any(|period| period.mentions[*code] > 0))
        .collect();
    let periods = &timeline.periods;
    let rates = codes.iter().flat_map(|code| periods.iter().filter_map(move |period| rate(period, *code)));
    let ticks = ticks(rates.fold(0.0, f64::max), 2.0);
    let (most, digits) = (ticks.last().copied().unwrap_or(1.0), decimals(&ticks));
    let step = (WIDTH - AXIS) / (periods.len() - 1).max(1) as f64;
    let mut canvas = Canvas::new("timeline", links);
    let block = HEIGHT + 64.0;
    for (index, code) in codes.iter().enumerate() {
        let left = (index % ABREAST) as f64 * (WIDTH + GAP) + AXIS;
        let top = (index / ABREAST) as f64 * block + 30.0;
        let (x, y) = (|period: usize| left + period as f64 * step, |rate: f64| top + HEIGHT * (1.0 - rate / most));
        let label = &report.codebook.codes[*code].label;
        canvas.fitted((left, top - 12.0), Anchor::Start, Ink::Text, 13, label, WIDTH - AXIS);
        for tick in &ticks {
            canvas.line((left, y(*tick)), (left + WIDTH - AXIS, y(*tick)), Ink::Grid, 1.0);
            let number = lang.decimal(*tick, digits);
            canvas.text((left - 6.0, y(*tick) + 4.0), Anchor::End, Ink::Muted, 11, &number);
        }
        let ends = [(0, Anchor::Start), (periods.len() - 1, Anchor::End)];
        for (period, anchor) in ends {
            let name = lang.period(timeline.grain, &periods[period]);
            canvas.text((x(period), top + HEIGHT + 16.0), anchor, Ink::Muted, 11, &name);
        }
        // A line joins periods that follow each other; a gap in the material is a gap in the line.
        let known: Vec<Option<f64>> = periods.iter().map(|period| rate(period, *code)).collect();
        for run in known.iter().enumerate().collect::<Vec<_>>().chunk_by(|a, b| a.1.is_some() == b.1.is_some()) {
            let points: Vec<(f64, f64)> =
                run.iter().filter_map(|(period, rate)| rate.map(|rate| (x(*period), y(rate)))).collect();
            if points.len() > 1 {
                canvas.path(&points, Ink::To, 1.5);
            }
        }
        for (number, (period, rate)) in periods.iter().zip(&known).enumerate() {
            let Some(rate) = rate else { continue };
            let mentions = period.mentions[*code];
            let name = format!(
                "{label}, {}: {} ({} {})",
                lang.period(timeline.grain, period),
                lang.counted(mentions, Term::Mention, Term::Mentions),
                lang.rate(Some(*rate)),
                lang.term(Term::Per1000)
            );
            let place = Place { period: Some(number), ..Place::new(*code, Summed::All) };
            let reach = (step / 2.0).clamp(3.0, 12.0);
            canvas.linked(place, &name, |canvas| {
                canvas.target(x(number) - reach, top - 6.0, 2.0 * reach, HEIGHT + 12.0);
                canvas.dot(x(number), y(*rate), if mentions == 0 { 2.0 } else { 3.5 }, Ink::To, false);
            });
        }
    }
    let lines = codes.len().div_ceil(ABREAST);
    let width = codes.len().clamp(1, ABREAST) as f64 * (WIDTH + GAP);
    let title = format!("{}: {}", lang.term(Term::TimelineSection), lang.term(Term::UnitRate).to_lowercase());
    Some(canvas.finish(width, lines as f64 * block + 4.0, title, lang.term(Term::TimelineHow).to_owned()))
}
