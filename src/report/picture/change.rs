//! From the first phase to the second: a dumbbell a code, with intervals and the verdict in words; and one panel a case.

use super::canvas::{Anchor, Canvas, Ink, decimals, ticks, width_of};
use super::{Links, Picture, Place};
use crate::compare::{Comparison, ComparisonRow, Side, Verdict};
use crate::report::{Lang, Report, Summed, Term};

const ROW: f64 = 28.0;
const LABEL: f64 = 210.0;
const HEADER: f64 = 56.0;
const SIZE: u32 = 13;

/// What one panel is drawn of.
struct Panel<'a> {
    report: &'a Report,
    comparison: &'a Comparison,
    lang: Lang,
    left: f64,
    width: f64,
    ticks: Vec<f64>,
}

impl Panel<'_> {
    fn x(&self, rate: f64) -> f64 {
        let most = self.ticks.last().copied().unwrap_or(1.0);
        self.left + rate / most * self.width
    }

    fn grid(&self, canvas: &mut Canvas, top: f64, bottom: f64) {
        let digits = decimals(&self.ticks);
        for tick in &self.ticks {
            let x = self.x(*tick);
            canvas.line((x, top), (x, bottom), Ink::Grid, 1.0);
            canvas.text((x, bottom + 15.0), Anchor::Middle, Ink::Muted, 11, &self.lang.decimal(*tick, digits));
        }
    }

    /// Both rates of a row, joined.
    fn dumbbell(&self, canvas: &mut Canvas, row: &ComparisonRow, y: f64) {
        let is_shown = matches!(row.verdict, Verdict::More | Verdict::Less);
        let rates = (row.from.per_1000_words(), row.to.per_1000_words());
        if let (Some(from), Some(to)) = rates {
            let ink = if is_shown { Ink::To } else { Ink::Quiet };
            canvas.line((self.x(from), y), (self.x(to), y), ink, if is_shown { 4.0 } else { 2.0 });
        }
        self.end(canvas, row, (&row.from, self.comparison.from), y, true);
        self.end(canvas, row, (&row.to, self.comparison.to), y, false);
    }

    fn end(&self, canvas: &mut Canvas, row: &ComparisonRow, (side, phase): (&Side, usize), y: f64, hollow: bool) {
        let Some(rate) = side.per_1000_words() else { return };
        let at = row.group.map_or(Summed::Phase(phase), |case| Summed::Cell(case, phase));
        let name = format!(
            "{}, {}: {} ({} {})",
            self.report.codebook.codes[row.code].label,
            self.lang.place(self.report, at),
            self.lang.counted(side.mentions(), Term::Mention, Term::Mentions),
            self.lang.rate(Some(rate)),
            self.lang.term(Term::Per1000)
        );
        let x = self.x(rate);
        canvas.linked(Place::new(row.code, at), &name, |canvas| {
            canvas.target(x - 12.0, y - 12.0, 24.0, 24.0);
            canvas.dot(x, y, 5.5, if hollow { Ink::From } else { Ink::To }, hollow);
        });
    }
}

/// Which dot is which phase.
fn key(canvas: &mut Canvas, report: &Report, comparison: &Comparison, lang: Lang, x: f64) {
    let (from, to) = (lang.value(&report.phase, comparison.from), lang.value(&report.phase, comparison.to));
    canvas.dot(x + 6.0, 12.0, 5.5, Ink::From, true);
    canvas.text((x + 18.0, 16.0), Anchor::Start, Ink::Text, SIZE, from);
    let next = x + 34.0 + width_of(from, SIZE);
    canvas.dot(next + 6.0, 12.0, 5.5, Ink::To, false);
    canvas.text((next + 18.0, 16.0), Anchor::Start, Ink::Text, SIZE, to);
}

fn largest_rate<'a>(rows: impl Iterator<Item = &'a ComparisonRow>) -> f64 {
    rows.flat_map(|row| [row.from.per_1000_words(), row.to.per_1000_words()]).flatten().fold(0.0, f64::max)
}

/// Every code over all cases; `None` where nothing is compared.
#[must_use]
pub fn change(report: &Report, lang: Lang, links: Links) -> Option<Picture> {
    let comparison = report.comparison.as_ref()?;
    let rows: Vec<&ComparisonRow> =
        report.tree().into_iter().filter_map(|code| report.changes(code).find(|row| row.group.is_none())).collect();
    let panel = Panel {
        report,
        comparison,
        lang,
        left: LABEL,
        width: 300.0,
        ticks: ticks(largest_rate(rows.iter().copied()), 5.0),
    };
    let has_intervals = rows.iter().any(|row| row.interval.is_some());
    let bottom = HEADER + rows.len() as f64 * ROW;
    let mut canvas = Canvas::new("change", links);
    key(&mut canvas, report, comparison, lang, LABEL);
    canvas.text((LABEL, HEADER - 14.0), Anchor::Start, Ink::Muted, 12, lang.term(Term::UnitRate));
    panel.grid(&mut canvas, HEADER - 6.0, bottom);
    let differences = has_intervals.then(|| Differences::new(&rows, LABEL + 350.0));
    if let Some(differences) = &differences {
        differences.grid(&mut canvas, lang, bottom);
    }
    let words = LABEL + if has_intervals { 565.0 } else { 330.0 };
    canvas.text((words, HEADER - 14.0), Anchor::Start, Ink::Muted, 12, lang.term(Term::VerdictWithP));
    for (index, row) in rows.iter().enumerate() {
        let y = HEADER + (index as f64 + 0.5) * ROW;
        let indent = 14.0 * report.depth(row.code) as f64;
        let label = &report.codebook.codes[row.code].label;
        canvas.fitted((indent, y + 4.5), Anchor::Start, Ink::Text, SIZE, label, LABEL - indent - 14.0);
        panel.dumbbell(&mut canvas, row, y);
        if let Some(differences) = &differences {
            differences.draw(&mut canvas, row, y);
        }
        let is_shown = matches!(row.verdict, Verdict::More | Verdict::Less);
        let p = row.tested.map_or_else(String::new, |tested| format!(", {}", lang.p(tested.p_adjusted)));
        let ink = if is_shown { Ink::Text } else { Ink::Muted };
        canvas.text((words, y + 4.5), Anchor::Start, ink, 12, &format!("{}{p}", lang.verdict(row.verdict)));
    }
    let title = lang.sides(report).map_or_else(String::new, |[from, to]| lang.change_title(&from, &to));
    let width = words + 250.0;
    Some(canvas.finish(width, bottom + 26.0, title, lang.term(Term::ChangeHow).to_owned()))
}

/// The differences of rates with their intervals, beside the dumbbells.
struct Differences {
    left: f64,
    width: f64,
    reach: f64,
}

impl Differences {
    fn new(rows: &[&ComparisonRow], left: f64) -> Self {
        let ends = rows.iter().filter_map(|row| row.interval).flat_map(|interval| [interval.lower, interval.upper]);
        let most = ends.map(f64::abs).filter(|end| end.is_finite()).fold(0.0, f64::max);
        let reach = ticks(most, 2.0).last().copied().unwrap_or(1.0);
        Self { left, width: 170.0, reach }
    }

    fn x(&self, difference: f64) -> f64 {
        self.left + (difference / self.reach + 1.0) / 2.0 * self.width
    }

    fn grid(&self, canvas: &mut Canvas, lang: Lang, bottom: f64) {
        canvas.text((self.left, HEADER - 14.0), Anchor::Start, Ink::Muted, 12, lang.term(Term::DifferenceWithInterval));
        for number in [-self.reach, 0.0, self.reach] {
            let x = self.x(number);
            canvas.line((x, HEADER - 6.0), (x, bottom), if number == 0.0 { Ink::Muted } else { Ink::Grid }, 1.0);
            let digits = usize::from(self.reach < 10.0);
            canvas.text((x, bottom + 15.0), Anchor::Middle, Ink::Muted, 11, &lang.signed(number, digits));
        }
    }

    fn draw(&self, canvas: &mut Canvas, row: &ComparisonRow, y: f64) {
        let Some((difference, interval)) = row.difference.zip(row.interval) else { return };
        let (lower, upper) = (self.x(interval.lower), self.x(interval.upper));
        let ink = if matches!(row.verdict, Verdict::More | Verdict::Less) { Ink::To } else { Ink::From };
        canvas.line((lower, y), (upper, y), ink, 2.0);
        canvas.line((lower, y - 4.0), (lower, y + 4.0), ink, 2.0);
        canvas.line((upper, y - 4.0), (upper, y + 4.0), ink, 2.0);
        canvas.dot(self.x(difference), y, 3.5, ink, false);
    }
}

/// Panels beside each other, at most.
const ABREAST: usize = 3;

/// Every code within each case: one panel a case; `None` where nothing is compared or there is but one case.
#[must_use]
pub fn change_within(report: &Report, lang: Lang, links: Links) -> Option<Picture> {
    let comparison = report.comparison.as_ref()?;
    let groups: Vec<usize> = (0..comparison.groups.len())
        .filter(|group| comparison.material.iter().any(|of| of.group == Some(*group) && of.totals.all(Option::is_some)))
        .collect();
    if groups.is_empty() || comparison.groups.len() < 2 {
        return None;
    }
    let codes = report.tree();
    let of = |code: usize, group: usize| report.changes(code).find(move |row| row.group == Some(group));
    let most = codes.iter().flat_map(|code| groups.iter().filter_map(move |group| of(*code, *group)));
    let ticks = ticks(largest_rate(most), 3.0);
    let (width, gap, row_height) = (190.0, 34.0, 24.0);
    let block = 34.0 + codes.len() as f64 * row_height + 40.0;
    let mut canvas = Canvas::new("change-within", links);
    key(&mut canvas, report, comparison, lang, LABEL);
    for (index, group) in groups.iter().enumerate() {
        let (column, line) = (index % ABREAST, index / ABREAST);
        let top = 34.0 + line as f64 * block;
        let left = LABEL + column as f64 * (width + gap);
        let panel = Panel { report, comparison, lang, left, width, ticks: ticks.clone() };
        let bottom = top + 34.0 + codes.len() as f64 * row_height;
        canvas.fitted((left, top + 20.0), Anchor::Start, Ink::Text, SIZE, lang.value(&report.case, *group), width);
        panel.grid(&mut canvas, top + 30.0, bottom);
        for (place, code) in codes.iter().enumerate() {
            let y = top + 34.0 + (place as f64 + 0.5) * row_height;
            if column == 0 {
                let indent = 14.0 * report.depth(*code) as f64;
                let label = &report.codebook.codes[*code].label;
                canvas.fitted((indent, y + 4.5), Anchor::Start, Ink::Text, 12, label, LABEL - indent - 14.0);
            }
            if let Some(row) = of(*code, *group) {
                panel.dumbbell(&mut canvas, row, y);
            }
        }
    }
    let lines = groups.len().div_ceil(ABREAST);
    let abreast = groups.len().min(ABREAST);
    let title = lang
        .sides(report)
        .map_or_else(String::new, |[from, to]| lang.change_within_title(&from, &to, lang.axis(&report.case)));
    let width = LABEL + abreast as f64 * (width + gap);
    Some(canvas.finish(width.max(560.0), 34.0 + lines as f64 * block, title, lang.term(Term::ChangeHow).to_owned()))
}
