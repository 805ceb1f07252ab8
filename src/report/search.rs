//! What a search found: keyword in context for people, JSON and CSV for programs.

use serde::Serialize;
use serde_json::json;

use super::citation::{AnswerRow, Answered, Cited, citation};
use super::codings::time_code;
use super::csv::text_csv;
use super::escape::{markdown, terminal};
use super::kwic::{Hit, Layout};
use super::number::round;
use super::ordered_json::pretty;
use super::table::TableStyle;
use super::views::Views;
use super::wording::Lang;
use super::wrap::{CUT, wrap, wrap_items};
use crate::codebook::Codebook;
use crate::diag::Warning;
use crate::index::Corpus;
use crate::language::Stance;
use crate::material::Material;
use crate::project::{CASE, PHASE, Project};
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
    pub by: HitTotals,
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
    /// What must be known with what was found.
    pub warnings: &'a [Warning],
    /// Whether the codes and the stance of each hit have a line of their own, also where there is nothing to see.
    pub tells_codes: bool,
}

/// Hits by cell, in order; cells without a hit are left out.
#[derive(Debug)]
pub struct HitTotals {
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
    warnings: &'a [Warning],
}

#[derive(Serialize)]
struct HitRow<'a> {
    document: &'a str,
    segment: u32,
    start: u32,
    end: u32,
    left: String,
    quote: &'a str,
    right: String,
    score: f64,
    context: bool,
    case: Option<&'a str>,
    phase: Option<&'a str>,
    speaker: Option<&'a str>,
    #[serde(flatten)]
    answer: Option<AnswerRow>,
    line: u32,
    page: Option<u32>,
    time: Option<String>,
    codes: Vec<&'a str>,
    stance: Stance,
}

impl Views for SearchReport<'_> {
    /// One JSON object, with a final line end.
    fn json(&self) -> String {
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
            warnings: self.warnings,
        };
        pretty(&object)
    }

    /// One row a hit.
    fn csv(&self) -> Vec<u8> {
        let mut header = vec![
            "document", "segment", "case", "phase", "speaker", "line", "page", "time", "left", "quote", "right",
            "codes", "stance", "context", "score", "citation",
        ];
        let has_answers = AnswerRow::are_in(self.corpus);
        header.extend(has_answers.then_some(AnswerRow::NAMES).into_iter().flatten());
        let rows = self.excerpts.iter().map(|excerpt| {
            let hit = self.hit(excerpt);
            let text = |value: Option<&str>| value.unwrap_or_default().to_owned();
            let answer = has_answers.then(|| hit.answer.unwrap_or_default().cells());
            let mut row = vec![
                hit.document.to_owned(),
                hit.segment.to_string(),
                text(hit.case),
                text(hit.phase),
                text(hit.speaker),
                hit.line.to_string(),
                hit.page.map(|page| page.to_string()).unwrap_or_default(),
                hit.time.unwrap_or_default(),
                hit.left,
                hit.quote.to_owned(),
                hit.right,
                hit.codes.join(";"),
                hit.stance.name().to_owned(),
                hit.context.to_string(),
                hit.score.to_string(),
                self.citation(self.lang(), excerpt),
            ];
            row.extend(answer.into_iter().flatten());
            row
        });
        text_csv(&header, rows)
    }

    /// The quotes with their citations, codes and stances, as Markdown.
    fn markdown(&self) -> String {
        let mut out = format!("{}\n", self.total());
        let by = self.cells();
        if !by.is_empty() {
            out.push_str(&format!("{}\n", markdown(&by.join("   "))));
        }
        for excerpt in self.excerpts {
            let citation = markdown(&self.citation(self.lang(), excerpt));
            let told = self.told(excerpt);
            let told = if told.is_empty() { String::new() } else { format!(" · {}", markdown(&told.join(" · "))) };
            if excerpt.quote.is_empty() {
                out.push_str(&format!("\n- {citation}{told}\n"));
                continue;
            }
            let (left, right) = (markdown(&excerpt.left), markdown(&excerpt.right));
            let mark = |is_cut: bool| if is_cut { CUT } else { "" };
            let (before, after) = (mark(excerpt.is_cut.0), mark(excerpt.is_cut.1));
            let text = format!("{before} {left}**{}**{right} {after}", markdown(&excerpt.quote));
            out.push_str(&format!("\n> {}\n>\n> ({citation}){told}\n", text.trim()));
        }
        out
    }

    /// Totals, then each hit in the middle of its line, with its citation below.
    fn text(&self, style: TableStyle) -> String {
        let mut out = format!("{}\n", self.total());
        let by: Vec<String> = self.cells().iter().map(|cell| terminal(cell)).collect();
        wrap_items(&by, "   ", style.width).iter().for_each(|line| out.push_str(&format!("{line}\n")));
        let layout = Layout::of(style, self.excerpts.iter().map(|excerpt| excerpt.quote.as_str()));
        for excerpt in self.excerpts {
            let Excerpt { left, quote, right, is_cut, .. } = excerpt;
            out.push_str(&layout.hit(Hit { left, quote, right, is_cut: *is_cut }));
            // What stands around it is English; Markdown and CSV are for pasting elsewhere.
            let mut about = vec![self.citation(Lang::En, excerpt)];
            if !self.tells_codes {
                about.extend(self.told(excerpt));
            } else if excerpt.context {
                about.push("context".to_owned());
            }
            let mut lines = wrap(&terminal(&about.join(" · ")), style.width.saturating_sub(4));
            if self.tells_codes {
                let ids = self.code_ids(excerpt).join(", ");
                let ids = if ids.is_empty() { "none" } else { &ids };
                let codes = format!("codes: {ids}; stance: {}", excerpt.stance.name());
                lines.extend(wrap(&terminal(&codes), style.width.saturating_sub(4)));
            }
            lines.iter().for_each(|line| out.push_str(&format!("    {line}\n")));
        }
        if (self.excerpts.len() as u64) < self.total + self.context_total {
            let rest = self.total + self.context_total - self.excerpts.len() as u64;
            out.push_str(&format!("and {rest} more: --limit N shows more\n"));
        }
        out
    }
}

impl SearchReport<'_> {
    fn citation(&self, lang: Lang, excerpt: &Excerpt) -> String {
        let Excerpt { document, row, line, page, time, .. } = *excerpt;
        citation(lang, self.project, self.corpus, self.material, Cited { document, row, line, page, time })
    }

    /// The language of what people paste elsewhere: the project's.
    fn lang(&self) -> Lang {
        Lang::of(self.project.languages().first().map_or("nb", String::as_str))
    }

    fn code_ids(&self, excerpt: &Excerpt) -> Vec<&str> {
        excerpt.codes.iter().map(|code| self.codebook.codes[*code].id.as_str()).collect()
    }

    fn hit<'a>(&'a self, excerpt: &'a Excerpt) -> HitRow<'a> {
        let dots = |is_cut: bool| if is_cut { "…" } else { "" };
        HitRow {
            document: &self.corpus.documents()[excerpt.document].path,
            segment: self.corpus.rows().number(excerpt.row),
            start: excerpt.start,
            end: excerpt.end,
            left: format!("{}{}", dots(excerpt.is_cut.0), excerpt.left),
            quote: &excerpt.quote,
            right: format!("{}{}", excerpt.right, dots(excerpt.is_cut.1)),
            score: round(excerpt.score),
            context: excerpt.context,
            case: self.material.value(self.corpus, excerpt.row, CASE),
            phase: self.material.value(self.corpus, excerpt.row, PHASE),
            speaker: self.material.speaker(excerpt.row),
            answer: Answered::of(self.corpus, self.material, excerpt.row).map(AnswerRow::from),
            line: excerpt.line,
            page: excerpt.page,
            time: excerpt.time.map(time_code),
            codes: self.code_ids(excerpt),
            stance: excerpt.stance,
        }
    }

    /// The codes of a hit, how it is put unless it simply speaks of its theme, and whether it is context.
    fn told(&self, excerpt: &Excerpt) -> Vec<String> {
        let mut told = Vec::new();
        if !excerpt.codes.is_empty() {
            told.push(self.code_ids(excerpt).join(", "));
        }
        if excerpt.stance != Stance::Present {
            told.push(excerpt.stance.name().to_owned());
        }
        if excerpt.context {
            told.push("context".to_owned());
        }
        told
    }

    fn total(&self) -> String {
        let context =
            if self.context_total > 0 { format!(", {} more in context", self.context_total) } else { String::new() };
        let hits = if self.total == 1 { "hit" } else { "hits" };
        format!("{} {hits}{context}", self.total)
    }

    /// The cells with their hits, called what people call them: `Nordbygd · Start 3`.
    fn cells(&self) -> Vec<String> {
        let cell = |(values, total): &(Vec<Option<String>>, u64)| {
            let values = self.by.names.iter().zip(values);
            let label = |(attribute, id): (&String, &'_ Option<String>)| {
                name(id.as_deref().map(|id| self.material.label_of(attribute, id))).to_owned()
            };
            let names: Vec<String> = values.map(label).collect();
            format!("{} {total}", names.join(" · "))
        };
        self.by.cells.iter().map(cell).collect()
    }
}

fn name(value: Option<&str>) -> &str {
    value.filter(|value| !value.is_empty()).unwrap_or("(none)")
}
