//! Agreement for people: tables, how to read them, and the disagreements with their text.

use super::super::escape::{markdown, markdown_code};
use super::super::table::{Table, TableStyle};
use super::super::wrap::wrapped;
use super::AgreementReport;
use crate::agreement::{CodeAgreement, Difference, Disagreement, Measured};
use crate::language::Stance;

/// What stands for a figure that does not exist.
const UNDEFINED: &str = "–";

impl AgreementReport<'_> {
    fn head(&self) -> String {
        let second = self.against.as_deref().map_or_else(|| self.rules(), str::to_owned);
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
                "a stratified sample that represents {all} segments; the shares below are estimates for those\n"
            ));
        }
        head
    }

    /// What the second coder is where it is no person.
    fn rules(&self) -> String {
        if self.deciders.is_empty() {
            return "the rules of the codebook".to_owned();
        }
        format!("the rules of the codebook and what {} decided", self.deciders.join(", "))
    }

    fn finds_table(&self) -> Table {
        let header = ["theme", "gold", "found", "both", "precision 95 %", "recall 95 %", "F1"];
        let mut table = Table { header: header.map(str::to_owned).to_vec(), ..Table::default() };
        for (label, figures) in self.labelled() {
            let mut row = vec![label];
            row.extend([figures.gold, figures.found, figures.both].map(|count| count.to_string()));
            row.extend([figures.precision, figures.recall].map(with_limits));
            row.push(share(figures.f1.value));
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

    /// Boundaries of passages, where both coders tell which words they mean.
    fn passages_table(&self) -> Option<Table> {
        let header = ["theme", "passages in gold", "found", "u-alpha", "95 %"];
        let mut table = Table { header: header.map(str::to_owned).to_vec(), ..Table::default() };
        for ((label, _), passages) in self.labelled().zip(self.passages?) {
            let counts = [passages.gold, passages.found].map(|count| count.to_string());
            table.rows.push(vec![
                label,
                counts[0].clone(),
                counts[1].clone(),
                share(passages.alpha.value),
                limits(passages.alpha),
            ]);
        }
        Some(table)
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
            "macro F1 {}{} over the codes in the gold ({})",
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
                "stance{of}: the same in {} of {} segments where both have the code{missed}",
                agreement.stance.agree, agreement.stance.units
            ));
        }
        let (draws, seed) = (agreement.resampling.draws, agreement.resampling.seed);
        lines.push(format!(
            "95 %: {}, {draws} resamples, seed {seed}",
            if agreement.stand_for.is_some() {
                "percentile bootstrap over segments within strata"
            } else {
                "Wilson's for precision and recall, else percentile bootstrap over segments"
            }
        ));
        lines.push(
            "alpha: .800 or more is reliable, .667 or more tentative; alpha and kappa are lower where a theme is rare, \
             AC1 is not"
                .to_owned(),
        );
        if self.passages.is_some() {
            lines.push("u-alpha: agreement on the exact words, that is on where passages begin and end".to_owned());
        }
        lines.push(format!(
            "{UNDEFINED}: undefined (division by zero, or only one category used); for an interval: cannot be found by \
             resampling"
        ));
        lines
    }

    /// Tables for a terminal, then the disagreements where they are asked for.
    pub(super) fn as_text(&self, style: TableStyle) -> String {
        let mut out: String = self.head().lines().map(|line| wrapped(line, "", style.width)).collect();
        out.push('\n');
        out.push_str(&self.finds_table().render(style));
        out.push('\n');
        out.push_str(&self.agreement_table().render(style));
        out.push('\n');
        if let Some(passages) = self.passages_table() {
            out.push_str(&passages.render(style));
            out.push('\n');
        }
        self.foot().iter().for_each(|line| out.push_str(&wrapped(line, "", style.width)));
        for one in self.disagreements.into_iter().flatten() {
            out.push('\n');
            out.push_str(&wrapped(&self.title_of(one), "", style.width));
            for find in &one.finds {
                let quote = if self.quotes.are_shown() { format!("\"{}\" ", find.quote) } else { String::new() };
                let by = if find.pattern.is_empty() { String::new() } else { format!("by `{}`", find.pattern) };
                let line = format!("found {quote}{by}, {}", find.stance.name()).replace(" ,", ",");
                out.push_str(&wrapped(&line, "  ", style.width));
            }
            if self.quotes.are_shown() {
                out.push_str(&wrapped(&one.text, "    ", style.width));
            }
        }
        out
    }

    fn title_of(&self, one: &Disagreement) -> String {
        let code = &self.codebook.codes[one.code].id;
        let document = &self.corpus.documents()[one.unit.document].path;
        let second = if self.against.is_some() { "second" } else { "rules" };
        let what = match one.difference {
            Difference::Missed => format!("only in the gold, not by the {second}"),
            Difference::Extra => format!("not in the gold, only by the {second}"),
            Difference::Stance { gold, found } => {
                let found = found.map_or("nothing", Stance::name);
                format!("stance {} in the gold, {found} by the {second}", gold.name())
            }
        };
        format!("{code}: {what} · {document}, segment {}, line {}", one.unit.segment, one.line)
    }

    /// The agreement report as Markdown.
    pub(super) fn as_markdown(&self) -> String {
        let head: String = self.head().lines().map(|line| markdown(line) + "\n").collect();
        let mut out = format!("{head}\n{}\n{}\n", self.finds_table().markdown(), self.agreement_table().markdown());
        if let Some(passages) = self.passages_table() {
            out.push_str(&format!("{}\n", passages.markdown()));
        }
        self.foot().iter().for_each(|line| out.push_str(&format!("- {}\n", markdown(line))));
        for one in self.disagreements.into_iter().flatten() {
            let by_rules = one.finds.iter().filter(|find| !find.pattern.is_empty());
            let patterns: Vec<String> = by_rules.map(|find| markdown_code(&find.pattern)).collect();
            let by = if patterns.is_empty() { String::new() } else { format!("; found by {}", patterns.join(", ")) };
            out.push_str(&format!("\n{}{by}\n", markdown(&self.title_of(one))));
            if self.quotes.are_shown() {
                let text = one.text.split_whitespace().collect::<Vec<_>>().join(" ");
                out.push_str(&format!("\n> {}\n", markdown(&text)));
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

/// A figure with its limits in brackets.
fn with_limits(measured: Measured) -> String {
    match measured.interval {
        None => share(measured.value),
        Some(interval) => {
            let ends = [interval.lower, interval.upper].map(|end| share(Some(end)));
            format!("{} ({}–{})", share(measured.value), ends[0], ends[1])
        }
    }
}

fn limits(measured: Measured) -> String {
    let text = |interval: crate::stats::Interval| {
        format!("{} to {}", share(Some(interval.lower)), share(Some(interval.upper)))
    };
    measured.interval.map_or_else(|| UNDEFINED.to_owned(), text)
}
