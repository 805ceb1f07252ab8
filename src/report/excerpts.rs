//! What a search found: keyword in context for people, JSON and CSV for programs.

use serde::Serialize;
use serde_json::json;
use unicode_width::UnicodeWidthStr;

use super::citation::{Cited, citation};
use super::codings::time_code;
use super::csv::text_csv;
use super::escape::terminal;
use super::number::round;
use super::table::TableStyle;
use super::wording::Lang;
use crate::codebook::Codebook;
use crate::index::Corpus;
use crate::language::Stance;
use crate::material::Material;
use crate::project::Project;
use crate::search::Excerpt;

/// One answer, ready to be written.
#[derive(Debug)]
pub struct SearchReport<'a> {
    /// The query, as typed.
    pub query: &'a str,
    /// Hits in material.
    pub total: u64,
    /// Hits in context.
    pub context_total: u64,
    /// Hits in material by cell.
    pub by: Totals,
    /// The hits that are shown.
    pub excerpts: &'a [Excerpt],
    /// The index.
    pub corpus: &'a Corpus,
    /// The material.
    pub material: &'a Material,
    /// The codebook.
    pub codebook: &'a Codebook,
    /// The project, for its form of citation.
    pub project: &'a Project,
}

/// Hits by cell, in order; cells without a hit are left out.
#[derive(Debug)]
pub struct Totals {
    /// The attributes that the cells are of.
    pub names: Vec<String>,
    /// A value for each of them, where the material has one, and the hits.
    pub cells: Vec<(Vec<Option<String>>, u64)>,
}

#[derive(Serialize)]
struct Object<'a> {
    format: u32,
    query: &'a str,
    total: u64,
    context_total: u64,
    by: Vec<serde_json::Map<String, serde_json::Value>>,
    hits: Vec<HitRow<'a>>,
}

#[derive(Serialize)]
struct HitRow<'a> {
    document: &'a str,
    segment: u32,
    start: u32,
    end: u32,
    left: &'a str,
    quote: &'a str,
    right: &'a str,
    score: f64,
    context: bool,
    case: Option<&'a str>,
    phase: Option<&'a str>,
    speaker: Option<&'a str>,
    line: u32,
    page: Option<u32>,
    time: Option<String>,
    codes: Vec<&'a str>,
    stance: Stance,
}

impl SearchReport<'_> {
    fn citation(&self, excerpt: &Excerpt) -> String {
        let Excerpt { document, row, line, page, time, .. } = *excerpt;
        citation(Lang::En, self.project, self.corpus, self.material, Cited { document, row, line, page, time })
    }

    fn hit<'a>(&'a self, excerpt: &'a Excerpt) -> HitRow<'a> {
        HitRow {
            document: &self.corpus.documents()[excerpt.document].path,
            segment: self.corpus.rows().number(excerpt.row),
            start: excerpt.start,
            end: excerpt.end,
            left: &excerpt.left,
            quote: &excerpt.quote,
            right: &excerpt.right,
            score: round(excerpt.score),
            context: excerpt.context,
            case: self.material.value(self.corpus, excerpt.row, "case"),
            phase: self.material.value(self.corpus, excerpt.row, "phase"),
            speaker: self.material.speaker(excerpt.row),
            line: excerpt.line,
            page: excerpt.page,
            time: excerpt.time.map(time_code),
            codes: excerpt.codes.iter().map(|code| self.codebook.codes[*code].id.as_str()).collect(),
            stance: excerpt.stance,
        }
    }

    /// One JSON object, with a final line end.
    #[must_use]
    pub fn json(&self) -> String {
        let by = self.by.cells.iter().map(|(values, total)| {
            let named = self.by.names.iter().cloned().zip(values.iter().map(|value| json!(value)));
            named.chain([("total".to_owned(), json!(total))]).collect()
        });
        let object = Object {
            format: 1,
            query: self.query,
            total: self.total,
            context_total: self.context_total,
            by: by.collect(),
            hits: self.excerpts.iter().map(|excerpt| self.hit(excerpt)).collect(),
        };
        let mut json = serde_json::to_string_pretty(&object).expect("an object of ours has text keys only");
        json.push('\n');
        json
    }

    /// One row a hit.
    #[must_use]
    pub fn csv(&self) -> Vec<u8> {
        let header = [
            "document", "segment", "case", "phase", "speaker", "line", "page", "time", "left", "quote", "right",
            "codes", "stance", "context", "score",
        ];
        let rows = self.excerpts.iter().map(|excerpt| {
            let hit = self.hit(excerpt);
            let text = |value: Option<&str>| value.unwrap_or_default().to_owned();
            vec![
                hit.document.to_owned(),
                hit.segment.to_string(),
                text(hit.case),
                text(hit.phase),
                text(hit.speaker),
                hit.line.to_string(),
                hit.page.map(|page| page.to_string()).unwrap_or_default(),
                hit.time.unwrap_or_default(),
                hit.left.to_owned(),
                hit.quote.to_owned(),
                hit.right.to_owned(),
                hit.codes.join(";"),
                hit.stance.name().to_owned(),
                hit.context.to_string(),
                hit.score.to_string(),
            ]
        });
        text_csv(&header, rows)
    }

    /// Totals, then each hit in the middle of its line, with its citation below.
    #[must_use]
    pub fn text(&self, style: TableStyle) -> String {
        let mut out = self.head();
        let bold = |text: &str| if style.color { format!("\u{1b}[1m{text}\u{1b}[0m") } else { text.to_owned() };
        let longest = self.excerpts.iter().map(|excerpt| terminal(&excerpt.quote).width()).max().unwrap_or(0);
        let side = style.width.saturating_sub(longest.min(style.width / 3) + 2) / 2;
        for excerpt in self.excerpts {
            let left = cut_front(terminal(&excerpt.left).trim_end(), side);
            let right = cut_back(terminal(&excerpt.right).trim_end(), side);
            let quote = terminal(&excerpt.quote);
            let gap = if excerpt.left.ends_with(char::is_whitespace) { " " } else { "" };
            let pad = " ".repeat(side.saturating_sub(left.width() + gap.len()));
            if !quote.is_empty() {
                out.push_str(&format!("{pad}{left}{gap}{}{right}\n", bold(&quote)));
            }
            let mut about = vec![terminal(&self.citation(excerpt))];
            if !excerpt.codes.is_empty() {
                let ids: Vec<&str> = excerpt.codes.iter().map(|code| self.codebook.codes[*code].id.as_str()).collect();
                about.push(ids.join(", "));
            }
            if excerpt.stance != Stance::Present {
                about.push(excerpt.stance.name().to_owned());
            }
            if excerpt.context {
                about.push("context".to_owned());
            }
            out.push_str(&format!("    {}\n", about.join(" · ")));
        }
        if (self.excerpts.len() as u64) < self.total + self.context_total {
            let rest = self.total + self.context_total - self.excerpts.len() as u64;
            out.push_str(&format!("and {rest} more: --limit N shows more\n"));
        }
        out
    }

    /// The quotes with their citations, as Markdown.
    #[must_use]
    pub fn markdown(&self) -> String {
        let mut out = self.head();
        for excerpt in self.excerpts {
            if excerpt.quote.is_empty() {
                out.push_str(&format!("\n- {}\n", self.citation(excerpt)));
                continue;
            }
            let text = format!("{}**{}**{}", excerpt.left, excerpt.quote, excerpt.right).replace('\n', " ");
            out.push_str(&format!("\n> {}\n>\n> ({})\n", text.trim(), self.citation(excerpt)));
        }
        out
    }

    fn head(&self) -> String {
        let context =
            if self.context_total > 0 { format!(", {} more in context", self.context_total) } else { String::new() };
        let hits = if self.total == 1 { "hit" } else { "hits" };
        let mut out = format!("{} {hits}{context}\n", self.total);
        let cell = |(values, total): &(Vec<Option<String>>, u64)| {
            let names: Vec<&str> = values.iter().map(|value| name(value.as_deref())).collect();
            format!("{} {total}", names.join(" · "))
        };
        let by: Vec<String> = self.by.cells.iter().map(cell).collect();
        if !by.is_empty() {
            out.push_str(&format!("{}\n", terminal(&by.join("   "))));
        }
        out
    }
}

fn name(value: Option<&str>) -> &str {
    value.filter(|value| !value.is_empty()).unwrap_or("(none)")
}

fn cut_front(text: &str, width: usize) -> String {
    let mut start = text.len();
    for (at, _) in text.char_indices().rev() {
        if text[at..].width() > width {
            break;
        }
        start = at;
    }
    text[start..].to_owned()
}

fn cut_back(text: &str, width: usize) -> String {
    let mut end = 0;
    for (at, character) in text.char_indices() {
        if text[..at + character.len_utf8()].width() > width {
            break;
        }
        end = at + character.len_utf8();
    }
    text[..end].to_owned()
}
