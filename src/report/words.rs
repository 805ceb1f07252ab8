//! Words that set a part of the material apart, as JSON, as a sheet, as tables.

use super::blocks::{Block, blocks_markdown, blocks_text};
use super::csv::{CsvStyle, Sheet};
use super::number::{per_thousand, rate as exact_rate, round, signed_shown};
use super::ordered_json::{Node, object};
use super::quoting::Quotes;
use super::table::{Table, TableStyle};
use super::views::Views;
use crate::compare::{Word, WordGroup};
use crate::diag::Warning;

/// What must be said with every list of such words.
pub const WORDS_CAVEAT: &str = "G2 and BIC assume that words are independent of each other, which they are not: more \
                                than half of all chance differences between interviews pass them. This is a list to \
                                search for themes, not a test; `temakart search '=WORD'` shows whether a word \
                                points to a theme.";

/// One group of words with what it is of.
#[derive(Debug)]
pub struct WordList {
    /// What is looked at: a phase, a case, the uncoded segments.
    pub name: String,
    /// What it is set against.
    pub against: String,
    /// What people call both.
    pub labels: [String; 2],
    /// The words.
    pub group: WordGroup,
}

/// Words that set parts of the material apart.
#[derive(Debug)]
pub struct WordsReport<'a> {
    /// The project's name.
    pub project: &'a str,
    /// The attribute whose values are set apart.
    pub attribute: &'a str,
    /// Whether only segments that no code reached were looked at.
    pub uncoded: bool,
    /// The words, group by group.
    pub lists: &'a [WordList],
    /// Words shown of each group, for people.
    pub limit: usize,
    /// Whether words of the material may be shown.
    pub quotes: Quotes,
    /// What must be known with every number.
    pub warnings: &'a [Warning],
}

/// Words as output may have them: `None` where no words of the material may leave.
fn shown(word: &Word, quotes: Quotes) -> Option<&str> {
    quotes.are_shown().then_some(word.form.as_str())
}

/// The words of a list that are more frequent in it, and those that are more frequent in the rest.
fn sides(list: &WordList) -> [Vec<&Word>; 2] {
    let (more, less): (Vec<&Word>, Vec<&Word>) = list.group.words.iter().partition(|word| word.keyness.g2 >= 0.0);
    [more, less]
}

impl Views for WordsReport<'_> {
    fn json(&self) -> String {
        let Self { project, attribute, uncoded, lists, quotes, warnings, .. } = *self;
        let list = |list: &WordList| {
            let group = &list.group;
            let word = |word: &Word| {
                object! {
                    "form": shown(word, quotes),
                    "count": word.count,
                    "documents": word.documents,
                    "per_1000_words": per_thousand(word.count, group.words_total),
                    "rest_count": word.rest_count,
                    "rest_documents": word.rest_documents,
                    "rest_per_1000_words": per_thousand(word.rest_count, group.rest_words_total),
                    "g2": round(word.keyness.g2),
                    "log_ratio": round(word.keyness.log_ratio),
                    "bic": round(word.keyness.bic),
                    "dp_norm": word.keyness.dp_norm.map(round),
                }
            };
            object! {
                "name": list.name.as_str(),
                "against": list.against.as_str(),
                "words_total": group.words_total,
                "documents_total": group.documents_total,
                "rest_words_total": group.rest_words_total,
                "rest_documents_total": group.rest_documents_total,
                "forms_looked_at": group.forms_looked_at,
                "words": group.words.iter().map(word).collect::<Vec<Node>>(),
            }
        };
        let object = object! {
            "format": 1_u32,
            "project": project,
            "attribute": attribute,
            "uncoded": uncoded,
            "groups": lists.iter().map(list).collect::<Vec<Node>>(),
            "caveat": WORDS_CAVEAT,
            "warnings": warnings,
        };
        object.pretty()
    }

    /// One line a word and group.
    fn csv(&self) -> Vec<u8> {
        let header = [
            "group",
            "against",
            "form",
            "count",
            "documents",
            "per_1000_words",
            "rest_count",
            "rest_documents",
            "rest_per_1000_words",
            "g2",
            "log_ratio",
            "bic",
            "dp_norm",
            "words_total",
            "rest_words_total",
        ];
        let mut sheet = Sheet::new(CsvStyle::Tidy, &header);
        for list in self.lists {
            for word in &list.group.words {
                sheet.text(&list.name);
                sheet.text(&list.against);
                sheet.text(shown(word, self.quotes).unwrap_or_default());
                sheet.count(Some(word.count));
                sheet.count(Some(word.documents as u64));
                sheet.number(per_thousand(word.count, list.group.words_total));
                sheet.count(Some(word.rest_count));
                sheet.count(Some(word.rest_documents as u64));
                sheet.number(per_thousand(word.rest_count, list.group.rest_words_total));
                sheet.number(Some(round(word.keyness.g2)));
                sheet.number(Some(round(word.keyness.log_ratio)));
                sheet.number(Some(round(word.keyness.bic)));
                sheet.number(word.keyness.dp_norm.map(round));
                sheet.count(Some(list.group.words_total));
                sheet.count(Some(list.group.rest_words_total));
                sheet.end_row();
            }
        }
        sheet.finish()
    }

    fn markdown(&self) -> String {
        blocks_markdown(&self.blocks())
    }

    fn text(&self, style: TableStyle) -> String {
        blocks_text(&self.blocks(), style)
    }
}

impl WordsReport<'_> {
    /// For each list its words, at most `limit`; for the last of two lists that mirror each other nothing is said twice.
    fn blocks(&self) -> Vec<Block> {
        let Self { lists, limit, quotes, .. } = *self;
        let mut blocks = Vec::new();
        for list in lists {
            let group = &list.group;
            let [more, less] = sides(list);
            blocks.push(Block::Heading(format!(
                "More in {}: {} words in {} {}, vs {}: {} words in {}",
                list.labels[0],
                group.words_total,
                group.documents_total,
                if group.documents_total == 1 { "document" } else { "documents" },
                list.labels[1],
                group.rest_words_total,
                group.rest_documents_total
            )));
            if more.is_empty() {
                blocks.push(Block::Paragraph(format!(
                    "None of the {} forms that are frequent enough stands out.",
                    group.forms_looked_at
                )));
            } else {
                blocks.push(Block::Table(table(list, &more, limit, quotes)));
            }
            let left_out = more.len().saturating_sub(limit);
            if left_out > 0 {
                blocks.push(Block::Paragraph(format!(
                    "{left_out} further {}: `--limit N`, or `--format csv` for all.",
                    if left_out == 1 { "word" } else { "words" }
                )));
            }
            if lists.len() == 1 && !less.is_empty() {
                blocks.push(Block::Heading(format!("More in {}", list.labels[1])));
                blocks.push(Block::Table(table(list, &less, limit, quotes)));
            }
        }
        blocks.push(Block::Paragraph(
            "Listed are words with evidence beyond chance (BIC above 0). docs: documents with the word; log2: \
             doublings of its rate, ~ where a 0 was counted as ½; spread \
             (DPnorm): 0 even, 1 all in one small document."
                .to_owned(),
        ));
        blocks.push(Block::Paragraph(WORDS_CAVEAT.to_owned()));
        blocks
    }
}

fn table(list: &WordList, words: &[&Word], limit: usize, quotes: Quotes) -> Table {
    let header = ["word", "count", "docs", "per 1,000", "rest", "docs", "per 1,000", "G2", "log2", "spread"];
    let shown_rate = |rate: Option<f64>| rate.map_or_else(|| "–".to_owned(), |rate| format!("{rate:.2}"));
    let row = |word: &&Word| {
        let about = if word.count.min(word.rest_count) == 0 { "~" } else { "" };
        vec![
            shown(word, quotes).unwrap_or("(withheld)").to_owned(),
            word.count.to_string(),
            word.documents.to_string(),
            shown_rate(exact_rate(word.count, list.group.words_total)),
            word.rest_count.to_string(),
            word.rest_documents.to_string(),
            shown_rate(exact_rate(word.rest_count, list.group.rest_words_total)),
            format!("{:.1}", word.keyness.g2.abs()),
            format!("{about}{}", signed_shown(word.keyness.log_ratio, 1)),
            shown_rate(word.keyness.dp_norm),
        ]
    };
    Table {
        header: header.map(str::to_owned).to_vec(),
        rows: words.iter().take(limit).map(row).collect(),
        ..Table::default()
    }
}
