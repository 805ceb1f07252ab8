//! How passages put each theme in each phase: bars whose length is mentions and whose parts are stances.

use super::canvas::{Anchor, Canvas, Ink, width_of};
use super::link::STANCES;
use super::{Links, Picture, Place};
use crate::language::Stance;
use crate::report::{Lang, Report, Summed, Term};
use crate::tally::Counts;

const LABEL: f64 = 220.0;
const ROW: f64 = 26.0;
const HEADER: f64 = 62.0;

/// Mentions of one stance.
pub(crate) fn of_stance(counts: &Counts, stance: Stance) -> u64 {
    match stance {
        Stance::Present => counts.mentions - counts.missing - counts.mixed - counts.needed,
        Stance::Missing => counts.missing,
        Stance::Mixed => counts.mixed,
        Stance::Needed => counts.needed,
    }
}

/// Bars by code and phase.
#[must_use]
pub fn stance(report: &Report, lang: Lang, links: Links) -> Picture {
    let codes = report.tree();
    let phases: Vec<usize> =
        (0..report.phase.values.len()).filter(|phase| report.totals(Summed::Phase(*phase)).is_some()).collect();
    let counts =
        |code: usize, phase: usize| report.headline(code, Summed::Phase(phase)).map(|headline| headline.counts);
    let most = codes
        .iter()
        .flat_map(|code| phases.iter().filter_map(move |phase| counts(*code, *phase)))
        .map(|counts| counts.mentions)
        .max()
        .unwrap_or(0)
        .max(1);
    let column = (660.0 / phases.len().max(1) as f64).clamp(130.0, 260.0);
    let bar = column - 52.0;
    let mut canvas = Canvas::new("stance", links);
    let mut x = LABEL;
    for stance in STANCES {
        canvas.rect(x, 4.0, 12.0, 12.0, Ink::Stance(stance));
        canvas.text((x + 18.0, 15.0), Anchor::Start, Ink::Text, 12, lang.stance(stance));
        x += 40.0 + width_of(lang.stance(stance), 12);
    }
    for (place, phase) in phases.iter().enumerate() {
        let left = LABEL + place as f64 * column;
        let name = lang.value(&report.phase, *phase);
        canvas.fitted((left, HEADER - 14.0), Anchor::Start, Ink::Muted, 13, name, column - 10.0);
    }
    for (row, code) in codes.iter().enumerate() {
        let y = HEADER + row as f64 * ROW;
        let indent = 14.0 * report.depth(*code) as f64;
        let label = &report.codebook.codes[*code].label;
        canvas.fitted((indent, y + 12.0), Anchor::Start, Ink::Text, 13, label, LABEL - indent - 12.0);
        for (place, phase) in phases.iter().enumerate() {
            let left = LABEL + place as f64 * column;
            canvas.line((left, y - 2.0), (left, y + ROW - 6.0), Ink::Grid, 1.0);
            let Some(counts) = counts(*code, *phase) else { continue };
            let mut x = left;
            for stance in STANCES {
                let n = of_stance(&counts, stance);
                if n == 0 {
                    continue;
                }
                let width = n as f64 / most as f64 * bar;
                let at = Summed::Phase(*phase);
                let name = format!(
                    "{label}, {}, {}: {}",
                    lang.place(report, at),
                    lang.stance(stance),
                    lang.counted(n, Term::Mention, Term::Mentions)
                );
                canvas.linked(Place { stance: Some(stance), ..Place::new(*code, at) }, &name, |canvas| {
                    canvas.target(x, y - 4.0, width, ROW - 2.0);
                    canvas.rect(x, y, (width - 1.0).max(1.0), 16.0, Ink::Stance(stance));
                });
                x += width;
            }
            canvas.text((x + 6.0, y + 12.0), Anchor::Start, Ink::Muted, 12, &lang.count(counts.mentions));
        }
    }
    let width = LABEL + phases.len() as f64 * column;
    let height = HEADER + codes.len() as f64 * ROW + 6.0;
    let title = lang.term(Term::StanceSection).to_owned();
    canvas.finish(width.max(640.0), height, title, lang.term(Term::StanceHow).to_owned())
}
