//! Many claims at a glance: a row for each, before their passages.

use super::evidence::EvidenceReport;
use super::table::{Table, TableStyle};
use super::wording::{Lang, Term};
use crate::search::{ClaimEvidence, Direction, Directions, Flag};

/// What a number has behind it that a flag is about.
const FLAGGED: &str = "!";

impl EvidenceReport<'_> {
    /// A row for each claim, for a terminal.
    pub(super) fn overview_text(&self, style: TableStyle) -> String {
        let header = ["id", "claim", "same", "opp.", "unclear", "docs", "speakers", "cases", "phases"];
        let row = |found: &ClaimEvidence| {
            let mut row = vec![found.claim.id.clone(), found.claim.text.clone()];
            row.extend(numbers(found));
            row
        };
        let table = Table {
            header: header.map(str::to_owned).to_vec(),
            rows: self.claims.iter().map(row).collect(),
            left: vec![1],
            ..Table::default()
        };
        let about = "numbers are of all passages found, not only of those shown";
        format!("{}{about}\n{FLAGGED}: flagged, for the reason given below the claim\n\n", table.render(style))
    }

    /// The overview of all claims as Markdown, with flags in words.
    pub(super) fn overview_markdown(&self, lang: Lang) -> String {
        let named = |term: Term| lang.term(term).to_owned();
        let directions = DIRECTIONS.map(|direction| lang.direction(direction).to_owned());
        let dimensions = [self.project.case(), self.project.phase()];
        let header = ["#".to_owned(), named(Term::Claim)]
            .into_iter()
            .chain(directions)
            .chain([named(Term::UnitDocuments), named(Term::UnitSpeakers)])
            .chain(dimensions.map(|dimension| dimension.label().to_owned()))
            .chain([String::new()]);
        let row = |found: &ClaimEvidence| {
            let flags = lang.flags(&found.flags);
            let texts = [&found.claim.id, &found.claim.text].map(String::clone);
            texts.into_iter().chain(numbers(found)).chain([flags.join(" ")]).collect()
        };
        let rows = self.claims.iter().map(row).collect();
        Table { header: header.collect(), rows, left: vec![1, 9], ..Table::default() }.markdown() + "\n"
    }
}

const DIRECTIONS: [Direction; 3] = [Direction::Same, Direction::Opposite, Direction::Unclear];

/// Passages that were found, by direction, then documents, speakers, cases and phases behind them.
fn numbers(found: &ClaimEvidence) -> Vec<String> {
    let has = |flag: Flag| found.flags.contains(&flag);
    let Directions { same, opposite, unclear } = found.found;
    let behind = &found.behind;
    let number = |n: u64, is_flagged: bool| format!("{n}{}", if is_flagged { FLAGGED } else { "" });
    vec![
        number(same as u64, has(Flag::NothingSaysSame) || has(Flag::NoEvidence)),
        number(opposite as u64, has(Flag::CounterEvidence)),
        number(unclear as u64, false),
        number(behind.documents, has(Flag::OneDocument)),
        behind.speakers.map_or("?".to_owned(), |speakers| number(speakers, has(Flag::OneSpeaker))),
        number(behind.cases.len() as u64, has(Flag::OneCase)),
        number(behind.phases.len() as u64, false),
    ]
}
