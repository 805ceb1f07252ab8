//! What a researcher is told of how a sheet was read: what was left out, what was guessed, what looks damaged.

use std::collections::BTreeMap;

use super::super::builder::Builder;
use super::columns::{Roles, name_of_unnamed};
use super::quotes::OpenQuote;
use super::table::Table;
use crate::diag::{and_more, counted};
use crate::sheet::letters;

/// At most so many headings are named in one message.
const NAMED: usize = 8;

/// At most so many rows are named in one message.
const NAMED_ROWS: usize = 5;

/// What is said where the project names no columns of answers.
const LIST_COLUMNS: &str = "list all columns of answers in temakart.toml, `[survey] text = […]`";

/// Tells all there is to say of `table`; `place` says which sheet it is where there are several.
pub(super) fn tell(table: &Table<'_>, roles: &Roles, place: &str, are_listed: bool, builder: &mut Builder<'_>) {
    for wanted in &roles.unknown {
        builder.notice("ingest/unknown-column", format!("no column{place} is called `{wanted}`"));
    }
    if roles.questions.is_empty() && !table.rows().is_empty() {
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
    tell_of_header(table, roles, place, builder);
    tell_of_quotes(table, builder);
    tell_of_long_rows(table, builder);
    tell_of_unnamed(table, roles, place, are_listed, builder);
    tell_of_formulas(table, place, builder);
    tell_of_hidden(table, roles, place, builder);
    tell_of_left_out(table, roles, place, are_listed, builder);
}

fn tell_of_header(table: &Table<'_>, roles: &Roles, place: &str, builder: &mut Builder<'_>) {
    let row = table.header + 1;
    if table.is_headless && !roles.questions.is_empty() {
        builder.notice(
            "ingest/no-header",
            format!(
                "row {row}{place} was read as the questions, but looks like answers, which then are not counted; put a \
                 row of questions above it"
            ),
        );
    }
    if table.first > row {
        builder.notice(
            "ingest/two-header-rows",
            format!("rows {row} and {}{place} were read together as the header; neither counts as answers", row + 1),
        );
    }
}

fn tell_of_quotes(table: &Table<'_>, builder: &mut Builder<'_>) {
    let (mended, open): (Vec<_>, Vec<_>) = table.sheet.marks.open_quotes.iter().partition(|quote| quote.is_mended);
    let rows = |quotes: &[&OpenQuote]| listed(&quotes.iter().map(|quote| quote.row).collect::<Vec<_>>());
    if !mended.is_empty() {
        let n = counted(mended.len(), "quotation mark is", "quotation marks are");
        builder.notice(
            "ingest/open-quote",
            format!(
                "{n} never closed ({}): the answer was read to the end of its line and the lines below as rows of their \
                 own; close the quotation mark in the file",
                rows(&mended)
            ),
        );
    }
    if !open.is_empty() {
        builder.notice(
            "ingest/open-quote",
            format!(
                "a quotation mark is never closed ({}): all that follows was read as one answer; close the quotation mark \
                 in the file",
                rows(&open)
            ),
        );
    }
}

fn tell_of_long_rows(table: &Table<'_>, builder: &mut Builder<'_>) {
    let delimiter = match table.sheet.marks.delimiter {
        Some('\t') => "tab".to_owned(),
        delimiter => format!("`{}`", delimiter.unwrap_or(';')),
    };
    let width = table.sheet.rows[table.header].len();
    let have = |rows: &[usize]| {
        let n = counted(rows.len(), "row has", "rows have");
        format!("{n} more cells than the header, which has {width} ({})", listed(rows))
    };
    if !table.long.joined.is_empty() {
        builder.notice(
            "ingest/cells-joined",
            format!(
                "{}: cells that begin with a space were read as the rest of an answer that contains {delimiter}; put \
                 answers in quotation marks in the file if that is wrong",
                have(&table.long.joined)
            ),
        );
    }
    if !table.long.kept.is_empty() {
        builder.notice(
            "ingest/long-rows",
            format!(
                "{}: answers may stand under the wrong question; put answers that contain {delimiter} in quotation marks \
                 in the file",
                have(&table.long.kept)
            ),
        );
    }
}

fn tell_of_unnamed(table: &Table<'_>, roles: &Roles, place: &str, are_listed: bool, builder: &mut Builder<'_>) {
    for is_read in [true, false] {
        let columns: Vec<_> = table.unnamed.iter().filter(|(at, _)| roles.uses(**at) == is_read).collect();
        if columns.is_empty() {
            continue;
        }
        let of_column = |(at, rows): &(&usize, &Vec<usize>)| {
            let n = counted(rows.len(), "cell", "cells");
            format!("`{}` ({n} in words: {})", name_of_unnamed(**at), listed(rows))
        };
        let named = and_more(columns.iter().take(NAMED).map(of_column).collect(), columns.len());
        let n = counted(columns.len(), "column", "columns");
        let have = if columns.len() == 1 { "has no heading but holds" } else { "have no heading but hold" };
        let (id, done) = match (is_read, are_listed) {
            (true, _) => {
                ("ingest/unnamed-column", "read as a question of its own; give it a heading in the file".to_owned())
            }
            (false, true) => {
                ("ingest/unnamed-left-out", "left out; to use it, add its name to `[survey] text`".to_owned())
            }
            (false, false) => ("ingest/unnamed-left-out", format!("left out; if it holds answers, {LIST_COLUMNS}")),
        };
        builder.notice(id, format!("{n}{place} {have} text, {named}: {done}"));
    }
}

fn tell_of_formulas(table: &Table<'_>, place: &str, builder: &mut Builder<'_>) {
    let mut columns: BTreeMap<usize, usize> = BTreeMap::new();
    for (row, column) in &table.sheet.marks.formulas {
        if *row >= table.header {
            *columns.entry(*column).or_default() += 1;
        }
    }
    if columns.is_empty() {
        return;
    }
    let name =
        |column: usize| table.headings.get(column).map(|heading| shortened(heading)).filter(|name| !name.is_empty());
    let of_column = |(column, n): (&usize, &usize)| {
        let name = name(*column).map_or_else(|| format!("column {}", letters(*column)), |name| format!("`{name}`"));
        format!("{n} in {name}")
    };
    let named = and_more(columns.iter().take(NAMED).map(of_column).collect(), columns.len());
    let n = counted(columns.values().sum(), "cell", "cells");
    builder.notice(
        "ingest/formulas-without-value",
        format!(
            "{n}{place} with a formula but without its value, read as empty: {named}; open the workbook in a \
             spreadsheet program and save it, which stores the values"
        ),
    );
}

fn tell_of_hidden(table: &Table<'_>, roles: &Roles, place: &str, builder: &mut Builder<'_>) {
    let marks = &table.sheet.marks;
    let has_content = |row: usize| table.sheet.rows.get(row).is_some_and(|row| row.iter().any(|cell| !cell.is_empty()));
    let rows: Vec<usize> =
        marks.hidden_rows.iter().copied().filter(|row| *row >= table.first && has_content(*row)).collect();
    let columns: Vec<usize> = roles.questions.iter().copied().filter(|at| marks.hidden_columns.contains(at)).collect();
    let mut hidden = Vec::new();
    if !rows.is_empty() {
        hidden.push(format!("{} ({})", counted(rows.len(), "hidden row", "hidden rows"), listed(&rows)));
    }
    if !columns.is_empty() {
        let names = columns.iter().take(NAMED).map(|at| format!("`{}`", shortened(&table.headings[*at]))).collect();
        let n = counted(columns.len(), "hidden column", "hidden columns");
        hidden.push(format!("{n} ({})", and_more(names, columns.len())));
    }
    if !hidden.is_empty() {
        builder.notice(
            "ingest/hidden-counted",
            format!(
                "read and counted as any other: {}{place}; delete in the file what is not to count",
                hidden.join(" and ")
            ),
        );
    }
}

fn tell_of_left_out(table: &Table<'_>, roles: &Roles, place: &str, are_listed: bool, builder: &mut Builder<'_>) {
    let left_out: Vec<usize> = roles.left_out.iter().copied().filter(|at| !table.unnamed.contains_key(at)).collect();
    if left_out.is_empty() || roles.questions.is_empty() {
        return;
    }
    let named = left_out.iter().take(NAMED).map(|at| format!("`{}`", shortened(&table.headings[*at]))).collect();
    let columns = and_more(named, left_out.len());
    let message = if are_listed {
        format!(
            "columns{place} that `[survey]` in temakart.toml does not list were left out: {columns}; to use them, add \
             them to `text` (answers) or to `attributes` (what is known of the respondents)"
        )
    } else {
        format!(
            "columns{place} were left out since they look like ids, numbers, dates, fixed answers or background: \
             {columns}; if any of them hold answers, {LIST_COLUMNS}; list what is known of the respondents in \
             `attributes = […]`"
        )
    };
    builder.notice("ingest/columns-left-out", message);
}

/// Rows by the numbers that programs show, from indices: `row 3`, `rows 3, 5 and 7 more`.
fn listed(rows: &[usize]) -> String {
    let named: Vec<String> = rows.iter().take(NAMED_ROWS).map(|row| (row + 1).to_string()).collect();
    let word = if rows.len() == 1 { "row" } else { "rows" };
    format!("{word} {}", and_more(named, rows.len()))
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
