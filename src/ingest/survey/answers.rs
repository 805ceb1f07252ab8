//! Rows of a sheet as answers: which row holds the questions, who answers, what is left out.

use super::super::builder::Builder;
use super::super::error::IngestError;
use super::super::extracted::{BlockKind, Extracted, Notice, Respondent};
use super::super::limits::Budget;
use super::Sheet;
use super::columns::{Roles, SurveyColumns};
use crate::text::Doubt;

/// Makes each answer in words a block.
pub(super) fn read(
    sheets: &[Sheet],
    columns: &SurveyColumns,
    doubts: &[Doubt],
    budget: &Budget,
) -> Result<Extracted, IngestError> {
    let mut builder = Builder::new(budget);
    for doubt in doubts {
        builder.notice(doubt.id(), doubt.to_string());
    }
    let tables: Vec<Table<'_>> = sheets.iter().filter_map(Table::of).collect();
    for table in &tables {
        let roles = Roles::of(table.headings, table.rows, columns);
        tell(table, &roles, tables.len() > 1, !columns.text.is_empty(), &mut builder);
        for (index, row) in table.rows.iter().enumerate() {
            budget.tick()?;
            let sheet = if tables.len() > 1 { table.name } else { "" };
            let number = u32::try_from(table.first_row + index).unwrap_or(u32::MAX);
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

/// A sheet with its questions told from its answers.
struct Table<'sheet> {
    name: &'sheet str,
    headings: &'sheet [String],
    rows: &'sheet [Vec<String>],
    /// Number of the first row of answers, from 1, as the program shows it.
    first_row: usize,
}

impl<'sheet> Table<'sheet> {
    /// The headings are the first row that is as full as most: exports put titles and dates above them.
    fn of(sheet: &'sheet Sheet) -> Option<Self> {
        let filled = |row: &Vec<String>| row.iter().filter(|cell| !cell.trim().is_empty()).count();
        let widest = sheet.rows.iter().map(filled).max()?;
        let at = sheet.rows.iter().position(|row| filled(row) * 2 > widest)?;
        Some(Self { name: &sheet.name, headings: &sheet.rows[at], rows: &sheet.rows[at + 1..], first_row: at + 2 })
    }
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

/// At most so many headings are named in one message.
const NAMED: usize = 8;

fn tell(table: &Table<'_>, roles: &Roles, is_one_of_several: bool, are_listed: bool, builder: &mut Builder<'_>) {
    let place = if is_one_of_several { format!(" of the sheet `{}`", table.name) } else { String::new() };
    for wanted in &roles.unknown {
        builder.notice("ingest/unknown-column", format!("no column{place} is called `{wanted}`"));
    }
    if roles.questions.is_empty() && !table.rows.is_empty() {
        builder.notice(
            "ingest/no-answers",
            format!(
                "no column{place} was recognised as answers in words; name such columns in temakart.toml, \
                 `[survey] text = […]`"
            ),
        );
    }
    if roles.informant.is_none() && !roles.questions.is_empty() {
        builder.notice(
            "ingest/no-informant",
            format!("no column{place} identifies the respondents; each row counts as a separate respondent"),
        );
    }
    if !roles.left_out.is_empty() && !roles.questions.is_empty() {
        let named: Vec<String> =
            roles.left_out.iter().take(NAMED).map(|at| format!("`{}`", shortened(&table.headings[*at]))).collect();
        let more = roles.left_out.len().saturating_sub(NAMED);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let columns = format!("{}{more}", named.join(", "));
        let message = if are_listed {
            format!(
                "columns{place} that `[survey]` in temakart.toml does not list were left out: {columns}; to use them, \
                 add them to `text` (answers) or to `attributes` (what is known of the respondents)"
            )
        } else {
            format!(
                "columns{place} were left out since they look like ids, numbers, dates, fixed answers or background: \
                 {columns}; if any of them hold answers, list all columns of answers in temakart.toml, \
                 `[survey] text = […]`; list what is known of the respondents in `attributes = […]`"
            )
        };
        builder.notice("ingest/columns-left-out", message);
    }
}

/// A heading, which may be a long question, cut to what a message can hold.
fn shortened(heading: &str) -> String {
    const MAX_LENGTH: usize = 40;
    let heading = heading.split_whitespace().collect::<Vec<_>>().join(" ");
    match heading.char_indices().nth(MAX_LENGTH) {
        Some((end, _)) => format!("{}…", &heading[..end]),
        None => heading,
    }
}
