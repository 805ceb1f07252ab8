//! What changed between two codebooks or two runs: a table, then every mention gained, lost or changed.

use std::collections::BTreeMap;

use serde::Serialize;

use super::codings::RULE;
use super::csv::text_csv;
use super::escape::{markdown, markdown_code, markdown_inline};
use super::ordered_json::pretty;
use super::quoting::Quotes;
use super::table::{Table, TableStyle};
use super::views::Views;
use super::wrap::wrapped;
use crate::diag::Warning;
use crate::diff::{Change, Changes, CodeChanges, FoundMention};

/// One comparison, ready to be written.
#[derive(Debug)]
pub struct DiffReport<'a> {
    /// The old codebook or folder, as typed.
    pub old: String,
    /// The new one.
    pub new: String,
    /// What changed.
    pub changes: &'a Changes<'a>,
    /// What people call the codes, by id, where it is known.
    pub labels: BTreeMap<String, String>,
    /// Mentions that the table lists for each code; JSON and CSV have all.
    pub limit: usize,
    /// Whether words of the material may be shown.
    pub quotes: Quotes,
    /// What must be known of the material; none where only results are compared.
    pub warnings: &'a [Warning],
}

#[derive(Serialize)]
struct Object<'a> {
    format: u32,
    old: &'a str,
    new: &'a str,
    codes: Vec<CodeRow<'a>>,
    renamed: Vec<Renamed<'a>>,
    mentions: Vec<ChangeRow<'a>>,
    warnings: &'a [Warning],
}

/// A code that is gone, and a new one at the same places.
#[derive(Serialize)]
struct Renamed<'a> {
    old: &'a str,
    new: &'a str,
}

#[derive(Serialize)]
struct CodeRow<'a> {
    code: &'a str,
    label: &'a str,
    old: u64,
    new: u64,
    same: u64,
    changed: u64,
    gained: u64,
    lost: u64,
}

#[derive(Serialize)]
struct ChangeRow<'a> {
    code: &'a str,
    change: &'static str,
    document: &'a str,
    segment: u32,
    line: u32,
    case: Option<&'a str>,
    phase: Option<&'a str>,
    old: Option<Side<'a>>,
    new: Option<Side<'a>>,
}

#[derive(Serialize)]
struct Side<'a> {
    start: u32,
    end: u32,
    quote: &'a str,
    pattern: &'a str,
    grade: &'a str,
    stance: &'a str,
    coder: &'a str,
}

/// The side to cite: the new one where there is one.
fn cited<'a>(change: &Change<'a>) -> Option<&'a FoundMention> {
    change.new.or(change.old)
}

fn kind(change: &Change<'_>) -> &'static str {
    match (change.old, change.new) {
        (Some(_), Some(_)) => "changed",
        (None, _) => "gained",
        (_, None) => "lost",
    }
}

fn place(change: &Change<'_>) -> String {
    cited(change).map_or_else(String::new, |at| format!("{}, line {}", at.document, at.line))
}

/// How texts and patterns are written.
#[derive(Clone, Copy)]
struct Form {
    text: fn(&str) -> String,
    code: fn(&str) -> String,
}

const PLAIN: Form = Form { text: str::to_owned, code: |pattern| format!("`{pattern}`") };
const MARKDOWN: Form = Form { text: markdown_inline, code: markdown_code };

impl Views for DiffReport<'_> {
    /// One JSON object, with a final line end.
    fn json(&self) -> String {
        let code = |code: &'_ CodeChanges<'_>| -> [u64; 6] {
            [code.old, code.new, code.same, code.changed, code.gained, code.lost]
        };
        let codes = self.changes.codes.iter().map(|row| {
            let [old, new, same, changed, gained, lost] = code(row);
            CodeRow { code: &row.code, label: self.label(&row.code), old, new, same, changed, gained, lost }
        });
        let object = Object {
            format: 1,
            old: &self.old,
            new: &self.new,
            codes: codes.collect(),
            renamed: self.changes.renamed.iter().map(|(old, new)| Renamed { old, new }).collect(),
            mentions: self.rows().collect(),
            warnings: self.warnings,
        };
        pretty(&object)
    }

    /// One row a mention gained, lost or changed.
    fn csv(&self) -> Vec<u8> {
        let header = [
            "code",
            "change",
            "document",
            "segment",
            "line",
            "case",
            "phase",
            "old_quote",
            "old_pattern",
            "old_grade",
            "old_stance",
            "new_quote",
            "new_pattern",
            "new_grade",
            "new_stance",
        ];
        let rows = self.rows().map(|row| {
            let text = |value: Option<&str>| value.unwrap_or_default().to_owned();
            let mut cells = vec![
                row.code.to_owned(),
                row.change.to_owned(),
                row.document.to_owned(),
                row.segment.to_string(),
                row.line.to_string(),
                text(row.case),
                text(row.phase),
            ];
            for side in [&row.old, &row.new] {
                let side = side.as_ref();
                cells.extend(
                    [side.map(|s| s.quote), side.map(|s| s.pattern), side.map(|s| s.grade), side.map(|s| s.stance)]
                        .map(text),
                );
            }
            cells
        });
        text_csv(&header, rows)
    }

    /// The changes as Markdown, with all mentions.
    fn markdown(&self) -> String {
        let head = markdown(&format!("Mentions, old: {}, new: {}", self.old, self.new));
        let mut out = format!("{head}\n\n{}", self.table().markdown());
        for line in self.renamed() {
            out.push_str(&format!("\n{}\n", markdown_inline(&line)));
        }
        for code in self.changes.codes.iter().filter(|code| !code.changes.is_empty()) {
            out.push_str(&format!("\n### {}\n\n", markdown_inline(self.label(&code.code))));
            code.changes.iter().for_each(|change| {
                let (mark, words) = self.line(change, MARKDOWN);
                out.push_str(&format!("- `{mark}` {words} · {}\n", markdown_inline(&place(change))));
            });
        }
        out
    }

    /// The table, then the first mentions of each code.
    fn text(&self, style: TableStyle) -> String {
        let mut out = wrapped(&format!("mentions, old: {}, new: {}", self.old, self.new), "", style.width);
        out.push('\n');
        out.push_str(&self.table().render(style));
        for line in self.renamed() {
            out.push('\n');
            out.push_str(&wrapped(&line, "", style.width));
        }
        for code in self.changes.codes.iter().filter(|code| !code.changes.is_empty()) {
            out.push('\n');
            out.push_str(&wrapped(self.label(&code.code), "", style.width));
            for change in code.changes.iter().take(self.limit) {
                let (mark, words) = self.line(change, PLAIN);
                out.push_str(&wrapped(&format!("{mark} {words}"), "  ", style.width));
                out.push_str(&wrapped(&place(change), "      ", style.width));
            }
            let more = code.changes.len().saturating_sub(self.limit);
            if more > 0 {
                out.push_str(&format!("  and {more} more: --limit N shows more\n"));
            }
        }
        out
    }
}

impl DiffReport<'_> {
    /// What people call a code; its id where that is not known.
    fn label<'s>(&'s self, id: &'s str) -> &'s str {
        self.labels.get(id).map_or(id, String::as_str)
    }

    fn renamed(&self) -> impl Iterator<Item = String> {
        self.changes.renamed.iter().map(|(old, new)| format!("the same places in both: {old} → {new}"))
    }

    fn side<'a>(&self, found: &'a FoundMention) -> Side<'a> {
        Side {
            start: found.start,
            end: found.end,
            quote: if self.quotes.are_shown() { &found.quote } else { "" },
            pattern: &found.pattern,
            grade: &found.grade,
            stance: &found.stance,
            coder: &found.coder,
        }
    }

    fn rows(&self) -> impl Iterator<Item = ChangeRow<'_>> {
        self.changes.codes.iter().flat_map(move |code| {
            code.changes.iter().filter_map(move |change| {
                let at = cited(change)?;
                Some(ChangeRow {
                    code: &code.code,
                    change: kind(change),
                    document: &at.document,
                    segment: at.segment,
                    line: at.line,
                    case: at.case.as_deref(),
                    phase: at.phase.as_deref(),
                    old: change.old.map(|found| self.side(found)),
                    new: change.new.map(|found| self.side(found)),
                })
            })
        })
    }

    fn table(&self) -> Table {
        let header = ["theme", "old", "new", "same", "changed", "gained", "lost"];
        let mut table = Table { header: header.map(str::to_owned).to_vec(), ..Table::default() };
        for code in &self.changes.codes {
            let mut row = vec![self.label(&code.code).to_owned()];
            let counts = [code.old, code.new, code.same, code.changed, code.gained, code.lost];
            row.extend(counts.map(|count| count.to_string()));
            table.rows.push(row);
        }
        table
    }

    /// Whether a mention was gained, lost or changed, and what it is and was.
    fn line(&self, change: &Change<'_>, form: Form) -> (char, String) {
        let words = |found: &FoundMention| {
            let quote =
                if self.quotes.are_shown() { (form.text)(&format!("\"{}\" ", found.quote)) } else { String::new() };
            // What a person coded has no pattern.
            let is_rule = found.coder.is_empty() || found.coder == RULE;
            let by = if is_rule { (form.code)(&found.pattern) } else { (form.text)(&found.coder) };
            format!("{quote}by {by} ({}, {})", found.grade, found.stance)
        };
        match (change.old, change.new) {
            (Some(old), Some(new)) => ('~', format!("{}, was {}", words(new), words(old))),
            (_, Some(new)) => ('+', words(new)),
            (old, None) => ('-', old.map_or_else(String::new, words)),
        }
    }
}
