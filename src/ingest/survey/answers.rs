//! Rows of sheets as answers: who answers what.

use super::super::builder::Builder;
use super::super::error::IngestError;
use super::super::extracted::{BlockKind, Extracted, Notice, Respondent};
use super::super::limits::Budget;
use super::Book;
use super::columns::{Roles, SurveyColumns};
use super::notices::tell;
use super::table::Table;
use crate::diag::{counted, few};
use crate::text::Doubt;

/// Makes each answer in words a block.
pub(super) fn read(
    mut book: Book,
    columns: &SurveyColumns,
    doubts: &[Doubt],
    budget: &Budget,
) -> Result<Extracted, IngestError> {
    let mut builder = Builder::new(budget);
    for doubt in doubts {
        builder.notice(doubt.id(), doubt.to_string());
    }
    if !book.hidden.is_empty() {
        let n = counted(book.hidden.len(), "hidden sheet was", "hidden sheets were");
        let message = format!("{n} left out: {}; to have it read, unhide it and save the file", few(&book.hidden));
        builder.notice("ingest/hidden-left-out", message);
    }
    let mut tables = Vec::new();
    for sheet in &mut book.sheets {
        tables.extend(Table::of(sheet, columns, budget)?);
    }
    for table in &tables {
        let roles = Roles::of(&table.headings, table.rows(), columns);
        let sheet = if tables.len() > 1 { table.sheet.name.as_str() } else { "" };
        let place = if tables.len() > 1 { format!(" of the sheet `{sheet}`") } else { String::new() };
        tell(table, &roles, &place, !columns.text.is_empty(), &mut builder);
        for (index, row) in table.rows().iter().enumerate() {
            budget.tick()?;
            let number = u32::try_from(table.first + 1 + index).unwrap_or(u32::MAX);
            let respondent = Respondent { sheet: sheet.to_owned(), row: number, ..Respondent::default() };
            answers(table, &roles, row, respondent, &mut builder)?;
        }
    }
    let mut extracted = builder.finish();
    // That no column holds answers says why there is no text.
    if extracted.notices.iter().any(|notice| notice.id == "ingest/no-answers") {
        extracted.notices.retain(|notice| *notice != Notice::no_text());
    }
    Ok(extracted)
}

fn answers(
    table: &Table<'_>,
    roles: &Roles,
    row: &[String],
    mut respondent: Respondent,
    builder: &mut Builder<'_>,
) -> Result<(), IngestError> {
    let cell = |at: usize| row.get(at).map_or("", |cell| cell.trim());
    let informant = roles.informant.map(cell).filter(|id| !id.is_empty());
    let number = u32::try_from(builder.properties.respondents.len()).ok();
    let mut has_answered = false;
    for at in &roles.questions {
        let question = table.headings[*at].trim();
        let label = if question.is_empty() { String::new() } else { format!("{question}: ") };
        if let Some(block) = builder.labelled(BlockKind::Answer, &label, cell(*at))? {
            block.question = (!question.is_empty()).then(|| question.to_owned());
            block.informant = informant.map(str::to_owned);
            block.respondent = number;
            // Without an id, two answers of one row still come from one person, known in this document only.
            if informant.is_none() {
                block.speaker = Some(format!("row {}", respondent.row));
            }
            has_answered = true;
        }
    }
    if has_answered {
        let attributes =
            roles.attributes.iter().map(|at| (table.headings[*at].trim().to_owned(), cell(*at).to_owned()));
        respondent.attributes.extend(attributes.filter(|(_, value)| !value.is_empty()));
        builder.properties.respondents.push(respondent);
    }
    Ok(())
}
