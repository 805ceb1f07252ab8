//! Agreement for programs: one JSON object, or a tidy table.

use serde::Serialize;

use super::super::csv::text_csv;
use super::super::number::round;
use super::super::ordered_json::pretty;
use super::AgreementReport;
use crate::agreement::{CodeAgreement, Difference, Disagreement, Measured, PassageAgreement};
use crate::codebook::Code;
use crate::diag::Warning;
use crate::language::Stance;

#[derive(Serialize)]
struct Object<'a> {
    format: u32,
    gold: &'a str,
    against: Option<&'a str>,
    decisions: &'a [String],
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
    warnings: &'a [Warning],
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
    gold_passages: Option<u64>,
    found_passages: Option<u64>,
    u_alpha: Option<f64>,
    u_alpha_interval: Option<[f64; 2]>,
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
    fn rows(&self) -> impl Iterator<Item = CodeRow<'_>> {
        let codes = self.codebook.codes.iter().zip(&self.agreement.codes).enumerate();
        codes.map(|(index, (code, figures))| self.row(code, figures, self.passages.map(|all| all[index])))
    }

    fn row<'a>(&self, code: &'a Code, figures: &CodeAgreement, passages: Option<PassageAgreement>) -> CodeRow<'a> {
        CodeRow {
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
            gold_passages: passages.map(|passages| passages.gold),
            found_passages: passages.map(|passages| passages.found),
            u_alpha: passages.and_then(|passages| passages.alpha.value).map(round),
            u_alpha_interval: passages.and_then(|passages| interval(passages.alpha)),
        }
    }

    /// One JSON object, with a final line end.
    pub(super) fn as_json(&self) -> String {
        let agreement = self.agreement;
        let stances = self.codebook.codes.iter().zip(&agreement.stances).filter(|(_, stance)| stance.gold > 0);
        let object = Object {
            format: 1,
            gold: &self.gold,
            against: self.against.as_deref(),
            decisions: self.deciders,
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
            warnings: self.warnings,
        };
        pretty(&object)
    }

    fn row_of<'a>(&'a self, one: &'a Disagreement) -> DisagreementRow<'a> {
        let (kind, stance_gold, stance_found) = match one.difference {
            Difference::Missed => ("missed", None, None),
            Difference::Extra => ("extra", None, None),
            Difference::Stance { gold, found } => ("stance", Some(gold.name()), found.map(Stance::name)),
        };
        let shown = |text: &'a str| if self.quotes.are_shown() { text } else { "" };
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
    pub(super) fn as_csv(&self) -> Vec<u8> {
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
            "gold_passages",
            "found_passages",
            "u_alpha",
            "u_alpha_low",
            "u_alpha_high",
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
            let count = |count: Option<u64>| count.map(|count| count.to_string()).unwrap_or_default();
            cells.extend([row.gold_passages, row.found_passages].map(count));
            cells.extend(measured(row.u_alpha, row.u_alpha_interval));
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
}
