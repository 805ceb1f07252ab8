//! How far two coders agree: tables for people, JSON and CSV for programs.

use serde::Serialize;

use super::csv::text_csv;
use super::escape::terminal;
use super::excerpts::stance_name;
use super::number::round;
use super::table::{Table, TableStyle};
use crate::agreement::{Agreement, CodeAgreement, Difference, Disagreement, Measured, Unit};
use crate::codebook::Codebook;
use crate::diag::Diagnostic;
use crate::index::Corpus;
use crate::language::Stance;

/// What stands for a figure that does not exist.
const UNDEFINED: &str = "–";

/// One comparison, ready to be written.
#[derive(Debug)]
pub struct AgreementReport<'a> {
    /// The name of the sheet that is taken as true.
    pub gold: String,
    /// The name of the sheet that it is compared with; the rules without one.
    pub against: Option<String>,
    /// The figures.
    pub agreement: &'a Agreement,
    /// The segments that were compared.
    pub units: &'a [Unit],
    /// What they differ on, where that is asked for.
    pub disagreements: Option<&'a [Disagreement]>,
    /// Whether words of the material may be shown.
    pub quotes: bool,
    /// The index.
    pub corpus: &'a Corpus,
    /// The codebook.
    pub codebook: &'a Codebook,
    /// What must be known of the comparison.
    pub warnings: &'a [Diagnostic],
}

#[derive(Serialize)]
struct Object<'a> {
    format: u32,
    gold: &'a str,
    against: Option<&'a str>,
    units: usize,
    documents: usize,
    stand_for: Option<u64>,
    codes: Vec<CodeRow<'a>>,
    macro_f1: Option<f64>,
    macro_f1_interval: Option<[f64; 2]>,
    macro_codes: usize,
    stance: StanceRows<'a>,
    method: Method,
    #[serde(skip_serializing_if = "Option::is_none")]
    disagreements: Option<Vec<DisagreementRow<'a>>>,
    warnings: Vec<WarningLine<'a>>,
}

#[derive(Serialize)]
struct CodeRow<'a> {
    code: &'a str,
    units: u64,
    gold: u64,
    found: u64,
    both: u64,
    precision: Option<f64>,
    precision_interval: Option<[f64; 2]>,
    recall: Option<f64>,
    recall_interval: Option<[f64; 2]>,
    f1: Option<f64>,
    f1_interval: Option<[f64; 2]>,
    alpha: Option<f64>,
    alpha_interval: Option<[f64; 2]>,
    kappa: Option<f64>,
    ac1: Option<f64>,
    percent: Option<f64>,
    prevalence: Option<f64>,
}

#[derive(Serialize)]
struct StanceRows<'a> {
    gold: u64,
    units: u64,
    agree: u64,
    codes: Vec<StanceRow<'a>>,
}

#[derive(Serialize)]
struct StanceRow<'a> {
    code: &'a str,
    gold: u64,
    units: u64,
    agree: u64,
}

#[derive(Serialize)]
struct Method {
    confidence: f64,
    draws: u32,
    seed: u64,
}

#[derive(Serialize)]
struct WarningLine<'a> {
    id: &'a str,
    message: &'a str,
}

#[derive(Serialize)]
struct DisagreementRow<'a> {
    code: &'a str,
    document: &'a str,
    segment: u32,
    line: u32,
    kind: &'static str,
    stance_gold: Option<&'static str>,
    stance_found: Option<&'static str>,
    found: Vec<FindRow<'a>>,
    text: &'a str,
}

#[derive(Serialize)]
struct FindRow<'a> {
    quote: &'a str,
    pattern: &'a str,
    stance: Stance,
}

fn interval(measured: Measured) -> Option<[f64; 2]> {
    measured.interval.map(|interval| [round(interval.lower), round(interval.upper)])
}

impl AgreementReport<'_> {
    fn n_documents(&self) -> usize {
        self.units.chunk_by(|a, b| a.document == b.document).count()
    }

    fn rows(&self) -> impl Iterator<Item = CodeRow<'_>> {
        self.codebook.codes.iter().zip(&self.agreement.codes).map(|(code, figures)| CodeRow {
            code: &code.id,
            units: figures.units,
            gold: figures.gold,
            found: figures.found,
            both: figures.both,
            precision: figures.precision.value.map(round),
            precision_interval: interval(figures.precision),
            recall: figures.recall.value.map(round),
            recall_interval: interval(figures.recall),
            f1: figures.f1.value.map(round),
            f1_interval: interval(figures.f1),
            alpha: figures.alpha.value.map(round),
            alpha_interval: interval(figures.alpha),
            kappa: figures.kappa.map(round),
            ac1: figures.ac1.map(round),
            percent: figures.percent.map(round),
            prevalence: figures.prevalence.map(round),
        })
    }

    /// One JSON object, with a final line end.
    #[must_use]
    pub fn json(&self) -> String {
        let agreement = self.agreement;
        let stances = self.codebook.codes.iter().zip(&agreement.stances).filter(|(_, stance)| stance.gold > 0);
        let object = Object {
            format: 1,
            gold: &self.gold,
            against: self.against.as_deref(),
            units: self.units.len(),
            documents: self.n_documents(),
            stand_for: agreement.stand_for,
            codes: self.rows().collect(),
            macro_f1: agreement.macro_f1.value.map(round),
            macro_f1_interval: interval(agreement.macro_f1),
            macro_codes: agreement.macro_codes,
            stance: StanceRows {
                gold: agreement.stance.gold,
                units: agreement.stance.units,
                agree: agreement.stance.agree,
                codes: stances
                    .map(|(code, stance)| StanceRow {
                        code: &code.id,
                        gold: stance.gold,
                        units: stance.units,
                        agree: stance.agree,
                    })
                    .collect(),
            },
            method: Method { confidence: 0.95, draws: agreement.resampling.draws, seed: agreement.resampling.seed },
            disagreements: self.disagreements.map(|all| all.iter().map(|one| self.row_of(one)).collect()),
            warnings: self
                .warnings
                .iter()
                .map(|warning| WarningLine { id: warning.id, message: &warning.message })
                .collect(),
        };
        let mut json = serde_json::to_string_pretty(&object).expect("an object of ours has text keys only");
        json.push('\n');
        json
    }

    fn row_of<'a>(&'a self, one: &'a Disagreement) -> DisagreementRow<'a> {
        let (kind, stance_gold, stance_found) = match one.difference {
            Difference::Missed => ("missed", None, None),
            Difference::Extra => ("extra", None, None),
            Difference::Stance { gold, found } => ("stance", Some(stance_name(gold)), found.map(stance_name)),
        };
        let shown = |text: &'a str| if self.quotes { text } else { "" };
        DisagreementRow {
            code: &self.codebook.codes[one.code].id,
            document: &self.corpus.documents()[one.unit.document].path,
            segment: one.unit.segment,
            line: one.line,
            kind,
            stance_gold,
            stance_found,
            found: one
                .finds
                .iter()
                .map(|find| FindRow { quote: shown(&find.quote), pattern: &find.pattern, stance: find.stance })
                .collect(),
            text: shown(&one.text),
        }
    }

    /// One row a code; or, where they are asked for, one row a disagreement.
    #[must_use]
    pub fn csv(&self) -> Vec<u8> {
        if let Some(disagreements) = self.disagreements {
            return self.disagreements_csv(disagreements);
        }
        let header = [
            "code",
            "units",
            "gold",
            "found",
            "both",
            "precision",
            "precision_low",
            "precision_high",
            "recall",
            "recall_low",
            "recall_high",
            "f1",
            "f1_low",
            "f1_high",
            "alpha",
            "alpha_low",
            "alpha_high",
            "kappa",
            "ac1",
            "percent",
            "prevalence",
            "stance_gold",
            "stance_units",
            "stance_agree",
        ];
        let number = |number: Option<f64>| number.map(|number| number.to_string()).unwrap_or_default();
        let measured = |value: Option<f64>, interval: Option<[f64; 2]>| {
            [number(value), number(interval.map(|limits| limits[0])), number(interval.map(|limits| limits[1]))]
        };
        let rows = self.rows().zip(&self.agreement.stances).map(|(row, stance)| {
            let counts = [row.units, row.gold, row.found, row.both].map(|count| count.to_string());
            let mut cells = vec![row.code.to_owned()];
            cells.extend(counts);
            cells.extend(measured(row.precision, row.precision_interval));
            cells.extend(measured(row.recall, row.recall_interval));
            cells.extend(measured(row.f1, row.f1_interval));
            cells.extend(measured(row.alpha, row.alpha_interval));
            cells.extend([row.kappa, row.ac1, row.percent, row.prevalence].map(number));
            cells.extend([stance.gold, stance.units, stance.agree].map(|count| count.to_string()));
            cells
        });
        text_csv(&header, rows)
    }

    fn disagreements_csv(&self, disagreements: &[Disagreement]) -> Vec<u8> {
        let header =
            ["code", "document", "segment", "line", "kind", "stance_gold", "stance_found", "found", "pattern", "text"];
        let rows = disagreements.iter().map(|one| {
            let row = self.row_of(one);
            let join = |part: fn(&FindRow<'_>) -> String| row.found.iter().map(part).collect::<Vec<_>>().join("; ");
            vec![
                row.code.to_owned(),
                row.document.to_owned(),
                row.segment.to_string(),
                row.line.to_string(),
                row.kind.to_owned(),
                row.stance_gold.unwrap_or_default().to_owned(),
                row.stance_found.unwrap_or_default().to_owned(),
                join(|find| find.quote.to_owned()),
                join(|find| find.pattern.to_owned()),
                row.text.to_owned(),
            ]
        });
        text_csv(&header, rows)
    }

    fn head(&self) -> String {
        let second = self.against.as_deref().unwrap_or("the rules of the codebook");
        let n = self.n_documents();
        let mut head = format!(
            "{} {} in {n} {}: {} (gold) against {second}\n",
            self.units.len(),
            if self.units.len() == 1 { "segment" } else { "segments" },
            if n == 1 { "document" } else { "documents" },
            self.gold
        );
        if let Some(all) = self.agreement.stand_for {
            head.push_str(&format!(
                "drawn by strata; they stand for {all} segments, and shares below are estimates for those\n"
            ));
        }
        terminal_lines(&head)
    }

    fn finds_table(&self) -> Table {
        let header = ["theme", "gold", "found", "both", "precision", "recall", "F1", "95 %"];
        let mut table = Table { header: header.map(str::to_owned).to_vec(), ..Table::default() };
        for (label, figures) in self.labelled() {
            let mut row = vec![label];
            row.extend([figures.gold, figures.found, figures.both].map(|count| count.to_string()));
            row.extend([figures.precision, figures.recall, figures.f1].map(|figure| share(figure.value)));
            row.push(limits(figures.f1));
            table.rows.push(row);
        }
        table
    }

    fn agreement_table(&self) -> Table {
        let header = ["theme", "prevalence", "alike", "alpha", "95 %", "kappa", "AC1"];
        let mut table = Table { header: header.map(str::to_owned).to_vec(), ..Table::default() };
        for (label, figures) in self.labelled() {
            let percent = |share: Option<f64>| {
                share.map_or_else(|| UNDEFINED.to_owned(), |share| format!("{:.1} %", 100.0 * share))
            };
            table.rows.push(vec![
                label,
                percent(figures.prevalence),
                percent(figures.percent),
                share(figures.alpha.value),
                limits(figures.alpha),
                share(figures.kappa),
                share(figures.ac1),
            ]);
        }
        table
    }

    fn labelled(&self) -> impl Iterator<Item = (String, &CodeAgreement)> {
        self.agreement.codes.iter().enumerate().map(|(code, figures)| {
            let depth = self.codebook.ancestors(code).count();
            ("  ".repeat(depth) + &self.codebook.codes[code].label, figures)
        })
    }

    /// What holds for all codes, and how to read the figures.
    fn foot(&self) -> Vec<String> {
        let agreement = self.agreement;
        let mut lines = Vec::new();
        lines.push(format!(
            "macro F1 {}{} over the codes that the gold has ({})",
            share(agreement.macro_f1.value),
            agreement.macro_f1.interval.map_or_else(String::new, |_| format!(" ({})", limits(agreement.macro_f1))),
            agreement.macro_codes
        ));
        if agreement.stance.gold > 0 {
            let n_codes = agreement.stances.iter().filter(|stance| stance.gold > 0).count();
            let of = if n_codes == 1 {
                let code = agreement.stances.iter().position(|stance| stance.gold > 0);
                code.map_or_else(String::new, |code| format!(" of `{}`", self.codebook.codes[code].id))
            } else {
                format!(" of {n_codes} codes")
            };
            let missed = agreement.stance.gold - agreement.stance.units;
            let missed = if missed > 0 { format!(" ({missed} more only in the gold)") } else { String::new() };
            lines.push(format!(
                "stance{of}: the same in {} of {} segments where both have it{missed}",
                agreement.stance.agree, agreement.stance.units
            ));
        }
        let (draws, seed) = (agreement.resampling.draws, agreement.resampling.seed);
        lines.push(format!(
            "95 %: percentile bootstrap over segments{}, {draws} resamples, seed {seed}",
            if agreement.stand_for.is_some() { " within strata" } else { "" }
        ));
        lines.push(
            "alpha: .800 and more is reliable, .667 and more tentative; alpha and kappa fall where a theme is rare, AC1 does not"
                .to_owned(),
        );
        lines.push(format!("{UNDEFINED}: does not exist (nothing to divide by, or only one category used); as an interval: resampling cannot tell"));
        lines
    }

    /// Tables for a terminal, then the disagreements where they are asked for.
    #[must_use]
    pub fn text(&self, style: TableStyle) -> String {
        let mut out: String = self.head().lines().map(|line| wrapped(line, "", style.width)).collect();
        out.push('\n');
        out.push_str(&self.finds_table().render(style));
        out.push('\n');
        out.push_str(&self.agreement_table().render(style));
        out.push('\n');
        self.foot().iter().for_each(|line| out.push_str(&wrapped(line, "", style.width)));
        for one in self.disagreements.into_iter().flatten() {
            out.push('\n');
            out.push_str(&wrapped(&self.title_of(one), "", style.width));
            for find in &one.finds {
                let quote = if self.quotes { format!("\"{}\" ", find.quote) } else { String::new() };
                let line = format!("found {quote}by `{}`, {}", find.pattern, stance_name(find.stance));
                out.push_str(&wrapped(&line, "  ", style.width));
            }
            if self.quotes {
                out.push_str(&wrapped(&one.text, "    ", style.width));
            }
        }
        out
    }

    fn title_of(&self, one: &Disagreement) -> String {
        let row = self.row_of(one);
        let second = if self.against.is_some() { "second" } else { "rules" };
        let what = match one.difference {
            Difference::Missed => format!("only in the gold, not by the {second}"),
            Difference::Extra => format!("not in the gold, only by the {second}"),
            Difference::Stance { gold, found } => {
                let found = found.map_or("nothing", stance_name);
                format!("stance {} in the gold, {found} by the {second}", stance_name(gold))
            }
        };
        format!("{}: {what} · {}, segment {}, line {}", row.code, row.document, row.segment, row.line)
    }

    /// The same as Markdown.
    #[must_use]
    pub fn markdown(&self) -> String {
        let mut out =
            format!("{}\n{}\n{}\n", self.head(), self.finds_table().markdown(), self.agreement_table().markdown());
        self.foot().iter().for_each(|line| out.push_str(&format!("- {line}\n")));
        for one in self.disagreements.into_iter().flatten() {
            let patterns: Vec<String> = one.finds.iter().map(|find| format!("`{}`", find.pattern)).collect();
            let by = if patterns.is_empty() { String::new() } else { format!("; found by {}", patterns.join(", ")) };
            out.push_str(&format!("\n{}{by}\n", self.title_of(one)));
            if self.quotes {
                out.push_str(&format!("\n> {}\n", one.text.split_whitespace().collect::<Vec<_>>().join(" ")));
            }
        }
        out
    }
}

/// A coefficient with two decimals and without the zero in front, as the field writes it.
fn share(value: Option<f64>) -> String {
    let Some(value) = value else { return UNDEFINED.to_owned() };
    let text = format!("{value:.2}");
    match text.strip_prefix("0.") {
        Some(rest) => format!(".{rest}"),
        None if text == "-0.00" => ".00".to_owned(),
        None => text.replacen("-0.", "-.", 1),
    }
}

fn limits(measured: Measured) -> String {
    let text = |interval: crate::stats::Interval| {
        format!("{} to {}", share(Some(interval.lower)), share(Some(interval.upper)))
    };
    measured.interval.map_or_else(|| UNDEFINED.to_owned(), text)
}

fn terminal_lines(text: &str) -> String {
    text.lines().map(|line| terminal(line) + "\n").collect()
}

/// Words in lines of `width` columns, each with `indent` in front.
pub(super) fn wrapped(text: &str, indent: &str, width: usize) -> String {
    use unicode_width::UnicodeWidthStr as _;
    let text = terminal(text);
    let mut out = String::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        if !line.is_empty() && indent.len() + line.width() + 1 + word.width() > width {
            out.push_str(&format!("{indent}{line}\n"));
            line.clear();
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    if !line.is_empty() {
        out.push_str(&format!("{indent}{line}\n"));
    }
    out
}
