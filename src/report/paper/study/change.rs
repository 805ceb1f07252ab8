//! What changed from the first phase to the last: chart, table, sentences, and the same within each case.

use super::super::parts::{Chart, ChartKind, Grid, GridCell, GridRow, Orientation, Part, Series};
use super::Draft;
use super::cells::widths;
use super::frequencies::NOTHING;
use crate::compare::{ComparisonRow, Verdict};
use crate::report::{Term, round};

/// Codes that fit in one chart.
const MAX_BARS: usize = 20;
/// Cases that fit beside each other.
const MAX_ABREAST: usize = 8;

impl Draft<'_> {
    pub(super) fn change(&mut self) {
        self.chapter(Term::ChangeSection, Orientation::Portrait);
        let Some(comparison) = &self.report.comparison else {
            self.paragraph(self.lang.nothing_compared());
            return;
        };
        let overall: Vec<&ComparisonRow> = self
            .report
            .tree()
            .into_iter()
            .filter_map(|code| self.report.changes(code).find(|row| row.group.is_none()))
            .collect();
        let shown: Vec<String> = overall
            .iter()
            .filter(|row| matches!(row.verdict, Verdict::More | Verdict::Less))
            .map(|row| self.lang.change(self.report, row))
            .collect();
        self.change_chart(&overall);
        self.change_table(&overall);
        self.note(self.lang.change_note());
        self.list(shown);
        let groups: Vec<usize> = (0..comparison.groups.len()).collect();
        let pages: Vec<&[usize]> = groups.chunks(MAX_ABREAST).collect();
        if groups.len() > 1 {
            for (page, groups) in pages.iter().enumerate() {
                self.within_table(groups, page, pages.len());
            }
            self.note(self.lang.within_note());
        }
    }

    fn change_chart(&mut self, overall: &[&ComparisonRow]) {
        let mentions = |row: &ComparisonRow| row.from.mentions() + row.to.mentions();
        let mut chosen: Vec<usize> = (0..overall.len()).filter(|at| mentions(overall[*at]) > 0).collect();
        chosen.sort_by_key(|at| std::cmp::Reverse(mentions(overall[*at])));
        let all = chosen.len();
        chosen.truncate(MAX_BARS);
        chosen.sort_unstable();
        let (Some(comparison), false) = (&self.report.comparison, chosen.is_empty()) else { return };
        let rows: Vec<&ComparisonRow> = chosen.into_iter().map(|at| overall[at]).collect();
        let side = |value: usize, rate: &dyn Fn(&ComparisonRow) -> Option<f64>| Series {
            name: self.lang.value(&self.report.phase, value).to_owned(),
            values: rows.iter().map(|row| rate(row).map(round)).collect(),
        };
        let caption = self.lang.change_chart_caption(self.report, rows.len(), all);
        let told: Vec<String> = rows.iter().map(|row| self.rates_in_words(row)).collect();
        self.parts.push(Part::Chart(Chart {
            alternative: format!("{caption}. {}.", told.join("; ")),
            caption,
            kind: ChartKind::Bars,
            unit: self.term(Term::Per1000),
            categories: rows.iter().map(|row| self.report.codebook.codes[row.code].label.clone()).collect(),
            series: vec![
                side(comparison.from, &|row| row.from.per_1000_words()),
                side(comparison.to, &|row| row.to.per_1000_words()),
            ],
        }));
    }

    fn rates_in_words(&self, row: &ComparisonRow) -> String {
        let [from, to] = [&row.from, &row.to].map(|side| self.lang.rate(side.per_1000_words()));
        format!("{} {from} → {to}", self.report.codebook.codes[row.code].label)
    }

    fn change_table(&mut self, overall: &[&ComparisonRow]) {
        let Some(comparison) = &self.report.comparison else { return };
        let row = |row: &&ComparisonRow| {
            let interval = row.interval.map(|interval| {
                format!("{} … {}", self.lang.signed(interval.lower, 2), self.lang.signed(interval.upper, 2))
            });
            let adjusted = row.tested.map(|tested| self.p_alone(tested.p_adjusted));
            let nothing = || NOTHING.to_owned();
            let cells = [
                self.lang.rate(row.from.per_1000_words()),
                self.lang.rate(row.to.per_1000_words()),
                row.difference.map_or_else(nothing, |difference| self.lang.signed(difference, 2)),
                interval.unwrap_or_else(nothing),
                adjusted.unwrap_or_else(nothing),
                self.lang.verdict(row.verdict).to_owned(),
            ];
            GridRow {
                cells: std::iter::once(self.code_cell(row.code)).chain(cells.map(GridCell::text)).collect(),
                is_strong: false,
            }
        };
        let table = Grid {
            caption: self.lang.change_caption(self.report),
            groups: Vec::new(),
            header: vec![
                self.term(Term::Code),
                self.lang.value(&self.report.phase, comparison.from).to_owned(),
                self.lang.value(&self.report.phase, comparison.to).to_owned(),
                self.term(Term::Difference),
                self.term(Term::Interval),
                self.term(Term::AdjustedP),
                self.term(Term::VerdictLabel),
            ],
            widths: vec![30, 11, 11, 12, 20, 12, 24],
            left: vec![6],
            rows: overall.iter().map(row).collect(),
            key: None,
        };
        self.parts.push(Part::Table(table));
    }

    /// `0,042`, `< 0,001`: the column says what it is.
    fn p_alone(&self, p: f64) -> String {
        let text = self.lang.p(p);
        let text = text.trim_start_matches('p').trim_start();
        text.strip_prefix('=').unwrap_or(text).trim_start().to_owned()
    }

    fn within_table(&mut self, groups: &[usize], page: usize, pages: usize) {
        let cell = |code: usize, group: usize| {
            let Some(row) = self.report.changes(code).find(|row| row.group == Some(group)) else {
                return NOTHING.to_owned();
            };
            let Some(difference) = row.difference else { return NOTHING.to_owned() };
            let difference = self.lang.signed(difference, 2);
            match row.verdict {
                Verdict::More | Verdict::Less => format!("{difference}*"),
                Verdict::NoDifferenceShown => difference,
                Verdict::TooLittleMaterial => format!("({difference})"),
            }
        };
        let row = |code: usize| GridRow {
            cells: std::iter::once(self.code_cell(code))
                .chain(groups.iter().map(|group| GridCell::text(cell(code, *group))))
                .collect(),
            is_strong: false,
        };
        let caption = self.lang.within_caption(self.report);
        let names = groups.iter().map(|group| self.lang.value(&self.report.case, *group).to_owned());
        let table = Grid {
            caption: if pages == 1 { caption } else { format!("{caption} {}", self.lang.part_of(page + 1, pages)) },
            groups: Vec::new(),
            header: std::iter::once(self.term(Term::Code)).chain(names).collect(),
            widths: widths(groups.len()),
            left: Vec::new(),
            rows: self.report.tree().into_iter().map(row).collect(),
            key: None,
        };
        self.parts.push(Part::Table(table));
    }
}
