//! Forms per pattern, caught and not counted: as a sheet, as JSON, as text for people.

use std::collections::BTreeMap;

use serde::Serialize;

use super::blocks::{Block, blocks_markdown};
use super::csv::{CsvStyle, Sheet};
use super::escape::terminal;
use super::ordered_json::pretty;
use super::quoting::Quotes;
use super::table::{Table, TableStyle};
use super::views::Views;
use super::wrap::wrap_items;
use crate::codebook::{Code, Codebook};
use crate::coding::{FormCount, FormCounts, RejectedForm};
use crate::diag::Warning;

/// The forms of some codes' patterns.
#[derive(Debug)]
pub struct FormsReport<'a> {
    /// The codebook.
    pub codebook: &'a Codebook,
    /// Indices of the codes that are shown.
    pub codes: &'a [usize],
    /// What was caught.
    pub caught: &'a FormCounts,
    /// What was not counted though one might expect it, by code and pattern.
    pub rejected: BTreeMap<(usize, usize), Vec<RejectedForm>>,
    /// Whether the forms may be shown, which are words of the material; otherwise only how many there are by grade.
    pub quotes: Quotes,
    /// What must be known with the numbers.
    pub warnings: &'a [Warning],
}

#[derive(Serialize)]
struct Object<'a> {
    format: u32,
    patterns: Vec<PatternRow<'a>>,
    warnings: &'a [Warning],
}

#[derive(Serialize)]
struct PatternRow<'a> {
    code: &'a str,
    pattern: &'a str,
    forms: Vec<Caught<'a>>,
    rejected: Vec<Rejected<'a>>,
}

#[derive(Serialize)]
struct Caught<'a> {
    form: String,
    grade: &'a str,
    count: u64,
}

#[derive(Serialize)]
struct Rejected<'a> {
    form: &'a str,
    count: u64,
    reason: String,
}

impl Views for FormsReport<'_> {
    /// One JSON object, with a final line end.
    fn json(&self) -> String {
        let patterns = self.patterns().map(|(code, pattern, forms, rejected)| PatternRow {
            code: &self.codebook.codes[code].id,
            pattern: &self.codebook.codes[code].patterns[pattern].source,
            forms: forms
                .into_iter()
                .map(|caught| Caught { form: caught.form, grade: caught.grade.name(), count: caught.count })
                .collect(),
            rejected: rejected
                .iter()
                .map(|own| Rejected { form: &own.form, count: own.count, reason: own.reason.to_string() })
                .collect(),
        });
        let object = Object { format: 1, patterns: patterns.collect(), warnings: self.warnings };
        pretty(&object)
    }

    /// [`FormsReport::csv_in`] for R and Python.
    fn csv(&self) -> Vec<u8> {
        self.csv_in(CsvStyle::Tidy)
    }

    /// The forms as Markdown: a table for each code, with a row for each way in which forms were matched or passed over.
    fn markdown(&self) -> String {
        let mut blocks: Vec<Block> = Vec::new();
        for code in self.codes {
            let entry = &self.codebook.codes[*code];
            let header = ["pattern", "how", "mentions", "forms"].map(str::to_owned).to_vec();
            let mut table = Table { header, left: vec![1, 3], ..Table::default() };
            for (_, pattern, forms, rejected) in self.patterns().filter(|(own, ..)| own == code) {
                let source = entry.patterns[pattern].source.as_str();
                let ways = ways(&forms, rejected);
                if ways.is_empty() {
                    table.rows.push(vec![source.to_owned(), String::new(), "0".to_owned(), String::new()]);
                }
                for Way { how, mentions, forms } in ways {
                    let mentions = mentions.map(|mentions| mentions.to_string()).unwrap_or_default();
                    table.rows.push(vec![source.to_owned(), how, mentions, forms.join(", ")]);
                }
            }
            blocks.extend([Block::Heading(heading(entry)), Block::Table(table)]);
        }
        blocks_markdown(&blocks)
    }

    /// For people: what each pattern caught, in words, and what it let pass.
    fn text(&self, _: TableStyle) -> String {
        let mut out = String::new();
        let mut last_code = None;
        for (code, pattern, forms, rejected) in self.patterns() {
            let entry = &self.codebook.codes[code];
            if last_code != Some(code) {
                if last_code.is_some() {
                    out.push('\n');
                }
                out.push_str(&terminal(&heading(entry)));
                out.push('\n');
                last_code = Some(code);
            }
            let total: u64 = forms.iter().map(|form| form.count).sum();
            let mentions = if total == 1 { "1 mention".to_owned() } else { format!("{total} mentions") };
            out.push_str(&terminal(&format!("  {}  {mentions}", entry.patterns[pattern].source)));
            out.push('\n');
            for way in ways(&forms, rejected) {
                out.push_str(&listed(&way.how, &way.forms));
            }
        }
        out
    }
}

impl FormsReport<'_> {
    fn patterns(&self) -> impl Iterator<Item = (usize, usize, Vec<FormCount>, &[RejectedForm])> {
        let patterns =
            self.codes.iter().flat_map(|code| (0..self.codebook.codes[*code].patterns.len()).map(|p| (*code, p)));
        patterns.map(|(code, pattern)| {
            let caught = self.caught.of(code, pattern);
            if !self.quotes.are_shown() {
                return (code, pattern, without_words(&caught), &[][..]);
            }
            (code, pattern, caught, self.rejected.get(&(code, pattern)).map_or(&[][..], Vec::as_slice))
        })
    }

    /// A row for each form; `count` is in mentions, and for forms that were not caught, which have a `reason`,
    /// in words of the same material.
    #[must_use]
    pub fn csv_in(&self, style: CsvStyle) -> Vec<u8> {
        let mut sheet = Sheet::new(style, &["code", "pattern", "form", "grade", "count", "reason"]);
        for (code, pattern, forms, rejected) in self.patterns() {
            let code = &self.codebook.codes[code];
            let mut row = |form: &str, grade: &str, count: u64, reason: &str| {
                sheet.text(&code.id);
                sheet.text(&code.patterns[pattern].source);
                sheet.text(form);
                sheet.text(grade);
                sheet.count(Some(count));
                sheet.text(reason);
                sheet.end_row();
            };
            for caught in forms {
                row(&caught.form, caught.grade.name(), caught.count, "");
            }
            for own in rejected {
                row(&own.form, "rejected", own.count, &own.reason.to_string());
            }
        }
        sheet.finish()
    }
}

fn heading(code: &Code) -> String {
    format!("{} ({})", code.label, code.id)
}

/// Forms of one pattern that were met in one way, or let pass for one reason.
struct Way {
    /// In words.
    how: String,
    /// Mentions of them all; `None` for what was let pass.
    mentions: Option<u64>,
    /// Each form with how many mentions it has, or, let pass, how often it stands there; only numbers where forms
    /// may not be shown.
    forms: Vec<String>,
}

fn ways(caught: &[FormCount], rejected: &[RejectedForm]) -> Vec<Way> {
    let caught = caught.chunk_by(|a, b| a.grade == b.grade).map(|same| Way {
        how: same[0].grade.explanation().to_owned(),
        mentions: Some(same.iter().map(|form| form.count).sum()),
        forms: same.iter().map(|form| format!("{} {}", form.form, form.count).trim_start().to_owned()).collect(),
    });
    let mut by_reason: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for own in rejected {
        by_reason.entry(own.reason.to_string()).or_default().push(format!("{} {}", own.form, own.count));
    }
    let let_pass = by_reason.into_iter().map(|(reason, forms)| Way {
        how: format!("not counted, {reason}"),
        mentions: None,
        forms,
    });
    caught.chain(let_pass).collect()
}

/// One count for each grade, of no form.
fn without_words(caught: &[FormCount]) -> Vec<FormCount> {
    let grades = caught.chunk_by(|a, b| a.grade == b.grade);
    grades
        .map(|same| FormCount {
            form: String::new(),
            grade: same[0].grade,
            count: same.iter().map(|form| form.count).sum(),
        })
        .collect()
}

/// Items behind a heading, in lines of at most 100 columns; an item is broken only where it is wider.
fn listed(heading: &str, items: &[String]) -> String {
    const WIDTH: usize = 100;
    let last = items.len().saturating_sub(1);
    let item = |(index, item): (usize, &String)| {
        let heading = if index == 0 { format!("{heading}: ") } else { String::new() };
        format!("{heading}{}{}", terminal(item), if index < last { "," } else { "" })
    };
    let items: Vec<String> = items.iter().enumerate().map(item).collect();
    let lines = wrap_items(&items, " ", WIDTH - "      ".len());
    let indent = |index: usize| if index == 0 { "    " } else { "      " };
    lines.iter().enumerate().map(|(index, line)| format!("{}{line}\n", indent(index))).collect()
}
