//! Themes in the same segment, themes over time, and the words that set phases apart.

use super::super::parts::{Chart, ChartKind, Grid, GridCell, GridRow, Orientation, Part, Series};
use super::Draft;
use super::frequencies::NOTHING;
use crate::compare::{Pair, PairFlag, Word};
use crate::report::number::{rate as exact_rate, round};
use crate::report::together::{coefficients, ordered};
use crate::report::{Period, Term, Timeline, WordList};

/// Pairs that are shown.
const MAX_PAIRS: usize = 20;
/// Codes that can be told apart in a chart over time.
const MAX_LINES: usize = 5;
/// Words that are shown of each part of the material.
const MAX_WORDS: usize = 15;

impl Draft<'_> {
    pub(super) fn together(&mut self) {
        let pairs = ordered(&self.report.together, false);
        let n_pairs = pairs.len();
        if n_pairs == 0 {
            return;
        }
        let row = |pair: &&Pair| {
            let (segments, documents) = (pair.segments[0], pair.documents[0]);
            let [c, _, _, npmi] = coefficients(segments);
            let flags: Vec<&str> = pair.flags[0]
                .iter()
                .map(|flag| match flag {
                    PairFlag::Few => self.lang.term(Term::Few),
                    PairFlag::Uneven => self.lang.term(Term::Uneven),
                })
                .collect();
            let numbers = [
                self.lang.count(segments.both),
                self.lang.count(documents.both),
                self.lang.rate(c),
                self.lang.rate(npmi),
                flags.join(", "),
            ];
            let codes = [pair.first, pair.second].map(|code| GridCell { indent: 0, ..self.code_cell(code) });
            GridRow { cells: codes.into_iter().chain(numbers.map(GridCell::text)).collect(), is_strong: false }
        };
        let rows: Vec<GridRow> = pairs.iter().take(MAX_PAIRS).map(row).collect();
        let table = Grid {
            caption: self.lang.together_caption(rows.len(), n_pairs),
            groups: Vec::new(),
            header: vec![
                self.term(Term::Theme),
                self.term(Term::Theme),
                self.term(Term::UnitSegments),
                self.term(Term::UnitDocuments),
                self.term(Term::CCoefficient),
                self.term(Term::Npmi),
                self.term(Term::Note),
            ],
            widths: vec![24, 24, 16, 15, 9, 10, 20],
            left: vec![1, 6],
            rows,
            key: None,
        };
        self.chapter(Term::TogetherSection, Orientation::Portrait);
        self.parts.push(Part::Table(table));
        self.note(self.lang.together_note());
    }

    pub(super) fn timeline(&mut self) {
        let Some(timeline) = &self.report.timeline else { return };
        self.chapter(Term::TimelineSection, Orientation::Portrait);
        let codes = self.most_frequent(timeline);
        let rate = |period: &Period, code: usize| exact_rate(period.mentions[code], period.words);
        let label = |code: usize| self.report.codebook.codes[code].label.clone();
        let periods: Vec<String> =
            timeline.periods.iter().map(|period| self.lang.period(timeline.grain, period)).collect();
        let series = |code: &usize| Series {
            name: label(*code),
            values: timeline.periods.iter().map(|period| rate(period, *code).map(round)).collect(),
        };
        let told = |code: &usize| {
            let rates = timeline.periods.iter().map(|period| self.lang.rate(rate(period, *code)));
            format!("{} {}", label(*code), rates.collect::<Vec<_>>().join(" → "))
        };
        let caption = self.lang.timeline_caption().to_owned();
        let chart = Chart {
            alternative: format!("{caption}. {}.", codes.iter().map(told).collect::<Vec<_>>().join("; ")),
            caption: caption.clone(),
            kind: ChartKind::Lines,
            unit: self.term(Term::Per1000),
            categories: periods.clone(),
            series: codes.iter().map(series).collect(),
        };
        let row = |(period, name): (&Period, &String)| {
            let numbers = codes.iter().map(|code| self.lang.rate(rate(period, *code)));
            let material = [name.clone(), self.lang.count(period.words)];
            GridRow { cells: material.into_iter().chain(numbers).map(GridCell::text).collect(), is_strong: false }
        };
        let table = Grid {
            caption,
            groups: Vec::new(),
            header: [String::new(), self.term(Term::WordsLabel)]
                .into_iter()
                .chain(codes.iter().map(|code| label(*code)))
                .collect(),
            widths: [14, 9].into_iter().chain(std::iter::repeat_n(17, codes.len())).collect(),
            left: Vec::new(),
            rows: timeline.periods.iter().zip(&periods).map(row).collect(),
            key: None,
        };
        let undated = timeline.undated;
        self.parts.push(Part::Chart(chart));
        self.parts.push(Part::Table(table));
        if undated > 0 {
            self.note(self.lang.undated_note(undated));
        }
    }

    /// The topmost codes with the most mentions, in the order of the codebook.
    fn most_frequent(&self, timeline: &Timeline) -> Vec<usize> {
        let mentions = |code: usize| timeline.periods.iter().map(|period| period.mentions[code]).sum::<u64>();
        let mut codes: Vec<usize> = self
            .report
            .tree()
            .into_iter()
            .filter(|code| self.report.depth(*code) == 0 && mentions(*code) > 0)
            .collect();
        let order = codes.clone();
        codes.sort_by_key(|code| std::cmp::Reverse(mentions(*code)));
        codes.truncate(MAX_LINES);
        order.into_iter().filter(|code| codes.contains(code)).collect()
    }

    pub(super) fn words(&mut self) {
        let lists: Vec<&WordList> = self.report.words.iter().filter(|list| more(list).next().is_some()).collect();
        if lists.is_empty() {
            return;
        }
        self.chapter(Term::WordsSection, Orientation::Portrait);
        for list in lists {
            let row = |word: &Word| {
                let group = &list.group;
                let cells = [
                    word.form.clone(),
                    self.lang.count(word.count),
                    self.lang.count(word.documents as u64),
                    self.lang.rate(exact_rate(word.count, group.words_total)),
                    self.lang.rate(exact_rate(word.rest_count, group.rest_words_total)),
                    self.lang.log_ratio(word),
                ];
                GridRow { cells: cells.map(GridCell::text).to_vec(), is_strong: false }
            };
            let per = self.term(Term::Per1000);
            let value = (0..self.report.phase.values.len()).find(|at| self.report.phase.values[*at].id == list.name);
            let name = value.map_or(list.name.as_str(), |value| self.lang.value(&self.report.phase, value));
            let table = Grid {
                caption: self.lang.words_caption(name),
                groups: Vec::new(),
                header: vec![
                    self.term(Term::WordForm),
                    self.term(Term::CountLabel),
                    self.term(Term::UnitDocuments),
                    capital(&per),
                    format!("{}, {}", capital(&per), self.lang.term(Term::Elsewhere)),
                    self.term(Term::LogRatio),
                ],
                widths: vec![30, 12, 16, 16, 20, 14],
                left: Vec::new(),
                rows: more(list).take(MAX_WORDS).map(row).collect(),
                key: None,
            };
            self.parts.push(Part::Table(table));
        }
        self.note(self.lang.words_note());
    }
}

/// The words that are more frequent in the group.
fn more(list: &WordList) -> impl Iterator<Item = &Word> {
    list.group.words.iter().filter(|word| word.keyness.g2 >= 0.0)
}

fn capital(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or_else(|| NOTHING.to_owned(), |first| first.to_uppercase().chain(characters).collect())
}
