//! Codes × (case × phase) as a map of shades with the numbers in it.

use super::canvas::{Anchor, Canvas, Ink, width_of};
use super::{Links, Picture, Place};
use crate::report::{Headline, Lang, Report, Summed, Term};

/// What the numbers of a heat map count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Mentions.
    Mentions,
    /// Segments with a mention.
    Segments,
    /// Documents with a mention.
    Documents,
    /// Mentions per 1,000 words.
    Rate,
}

impl Unit {
    /// The number of this unit.
    #[must_use]
    pub fn of(self, headline: &Headline) -> Option<f64> {
        Some(match self {
            Self::Mentions => headline.counts.mentions as f64,
            Self::Segments => headline.counts.segments as f64,
            Self::Documents => headline.counts.documents as f64,
            Self::Rate => headline.per_1000_words()?,
        })
    }

    /// The number as it is written.
    #[must_use]
    pub fn written(self, lang: Lang, headline: &Headline) -> String {
        match self {
            Self::Mentions => lang.count(headline.counts.mentions),
            Self::Segments => lang.count(headline.counts.segments),
            Self::Documents => lang.count(headline.counts.documents),
            Self::Rate => lang.rate(headline.per_1000_words()),
        }
    }

    /// The number with what it counts: `1 omtale`, `0,31 per 1000 ord`.
    #[must_use]
    pub fn counted(self, lang: Lang, headline: &Headline) -> String {
        let counts = &headline.counts;
        match self {
            Self::Mentions => lang.counted(counts.mentions, Term::Mention, Term::Mentions),
            Self::Segments => lang.counted(counts.segments, Term::Segment, Term::Segments),
            Self::Documents => lang.counted(counts.documents, Term::Document, Term::Documents),
            Self::Rate => format!("{} {}", self.written(lang, headline), lang.term(Term::Per1000)),
        }
    }

    /// What the unit is called.
    #[must_use]
    pub fn term(self) -> Term {
        match self {
            Self::Mentions => Term::UnitMentions,
            Self::Segments => Term::UnitSegments,
            Self::Documents => Term::UnitDocuments,
            Self::Rate => Term::UnitRate,
        }
    }
}

/// Steps of the scale above 0.
const LEVELS: usize = 8;

/// The step of a number on a scale that ends at `most`: 0 for nothing, and no other number is 0.
pub(crate) fn level(number: f64, most: f64) -> usize {
    if number <= 0.0 || most <= 0.0 {
        return 0;
    }
    ((number / most * LEVELS as f64).ceil() as usize).clamp(1, LEVELS)
}

const ROW: f64 = 26.0;
const LABEL: f64 = 230.0;
const HEADER: f64 = 74.0;
const SIZE: u32 = 13;

/// The heat map of a report.
#[must_use]
pub fn heatmap(report: &Report, lang: Lang, unit: Unit, links: Links) -> Picture {
    let cells: Vec<Summed> = report.cells().collect();
    let phases = report.phase.values.len();
    let codes = report.tree();
    let longest = (0..phases).map(|phase| width_of(lang.value(&report.phase, phase), 12)).fold(0.0, f64::max);
    let column = longest.clamp(44.0, 96.0) + 8.0;
    let gap = 8.0;
    let left = |index: usize| LABEL + index as f64 * column + (index / phases.max(1)) as f64 * gap;
    let number = |code: usize, cell: Summed| report.headline(code, cell).and_then(|headline| unit.of(&headline));
    let most =
        codes.iter().flat_map(|code| cells.iter().filter_map(move |cell| number(*code, *cell))).fold(0.0, f64::max);
    let mut canvas = Canvas::new("heatmap", links);
    canvas.text((0.0, 16.0), Anchor::Start, Ink::Muted, SIZE, lang.term(unit.term()));
    for case in 0..report.case.values.len() {
        let x = left(case * phases);
        let width = column * phases as f64;
        canvas.fitted((x + 2.0, HEADER - 32.0), Anchor::Start, Ink::Text, SIZE, lang.value(&report.case, case), width);
        canvas.line((x + 2.0, HEADER - 24.0), (x + width - 2.0, HEADER - 24.0), Ink::Grid, 1.0);
    }
    for (index, cell) in cells.iter().enumerate() {
        if let Summed::Cell(_, phase) = cell {
            let middle = left(index) + column / 2.0;
            let name = lang.value(&report.phase, *phase);
            canvas.fitted((middle, HEADER - 8.0), Anchor::Middle, Ink::Muted, 12, name, column - 4.0);
        }
    }
    for (row, code) in codes.iter().enumerate() {
        let y = HEADER + row as f64 * ROW;
        let indent = 14.0 * report.depth(*code) as f64;
        let label = &report.codebook.codes[*code].label;
        canvas.fitted((indent, y + 17.0), Anchor::Start, Ink::Text, SIZE, label, LABEL - indent - 10.0);
        for (index, cell) in cells.iter().enumerate() {
            let (x, middle) = (left(index), left(index) + column / 2.0);
            let Some(headline) = report.headline(*code, *cell) else {
                canvas.text((middle, y + 17.0), Anchor::Middle, Ink::Muted, 12, "–");
                continue;
            };
            let step = level(unit.of(&headline).unwrap_or(0.0), most);
            let mark = if headline.points_at_few() { "°" } else { "" };
            let text = format!("{}{mark}", unit.written(lang, &headline));
            let few = if mark.is_empty() { String::new() } else { format!(" ({})", lang.term(Term::FewPersons)) };
            let name = format!("{label}, {}: {}{few}", lang.place(report, *cell), unit.counted(lang, &headline));
            canvas.linked(Place::new(*code, *cell), &name, |canvas| {
                canvas.rect(x + 1.0, y + 1.0, column - 2.0, ROW - 2.0, Ink::Heat(step));
                canvas.text((middle, y + 17.0), Anchor::Middle, Ink::OnHeat(step), 12, &text);
            });
        }
    }
    let height = HEADER + codes.len() as f64 * ROW + 30.0;
    canvas.text((0.0, height - 8.0), Anchor::Start, Ink::Muted, 11, lang.term(Term::PictureKey));
    let width = left(cells.len().saturating_sub(1)) + column + 2.0;
    let title = format!("{}: {}", lang.term(Term::FrequencyMap), lang.term(unit.term()).to_lowercase());
    canvas.finish(width.max(420.0), height, title, lang.term(Term::HeatmapHow).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_nothing_has_no_shade() {
        assert_eq!((level(0.0, 8.0), level(0.01, 8.0), level(8.0, 8.0), level(4.0, 8.0)), (0, 1, 8, 4));
        assert_eq!(level(0.0, 0.0), 0);
    }
}
