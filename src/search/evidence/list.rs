//! A file of claims → claims: one a line, a sheet with ids, a Markdown list, or the sentences of a draft.

use std::path::Path;

use super::Claim;
use super::references::{without_mark, without_markup};
use crate::diag::{Diagnostic, Place, few};
use crate::ingest::{self, BlockKind, Format, Limits};
use crate::language::{Around, Tokens};
use crate::segment::sentence_breaks;

/// A claim longer than this, in characters, is a page and no claim.
const MAX_LENGTH: usize = 2_000;
/// A sentence of a draft with fewer words than this and without a verb is not a claim: a heading, a caption.
const MIN_LENGTH: usize = 4;
/// What the column with claims may be called.
const CLAIM_COLUMNS: [&str; 8] = ["claim", "påstand", "pastand", "påstander", "utsagn", "text", "tekst", "funn"];
/// What the column with their ids may be called.
const ID_COLUMNS: [&str; 6] = ["id", "nr", "no", "nummer", "number", "#"];

/// The claim that was typed, with id `1`.
///
/// # Errors
/// When it is empty or far too long.
pub fn typed_claim(text: &str) -> Result<Claim, Diagnostic> {
    let checked = checked("1".to_owned(), text);
    checked.map_err(|error| error.hint("pass a draft as a file with `--claims`")).and_then(|claim| {
        claim.ok_or_else(|| {
            Diagnostic::error("evidence/empty-claim", "the claim is empty").hint("write it as a sentence, in quotes")
        })
    })
}

/// The claims of a file.
#[derive(Debug, Clone, PartialEq)]
pub struct ClaimList {
    /// Those that it has, in order.
    pub claims: Vec<Claim>,
    /// A note on the sentences of a draft that are not claims.
    pub left_out: Option<Diagnostic>,
}

/// The claims of a file.
///
/// # Errors
/// When it cannot be read, is of a kind that holds no text, or has no claim.
pub fn claims_of_file(path: &Path) -> Result<ClaimList, Vec<Diagnostic>> {
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default().to_lowercase();
    let (texts, left_out) = match extension.as_str() {
        "csv" | "tsv" | "xlsx" | "ods" | "xls" => (of_sheet(path)?, Vec::new()),
        _ => of_text(path, extension == "txt")?,
    };
    let (mut claims, mut errors) = (Vec::new(), Vec::new());
    let texts = texts.into_iter().filter(|(_, text)| !text.trim().is_empty());
    for (index, (id, text)) in texts.enumerate() {
        match checked(id.unwrap_or_else(|| (index + 1).to_string()), &text) {
            Ok(claim) => claims.extend(claim),
            Err(error) => {
                let hint = if extension == "txt" {
                    "a text file has one claim per line; to have a draft read sentence by sentence, save it as .md or \
                     .docx"
                } else {
                    "split it into several claims"
                };
                errors.push(error.at(Place::file(path)).hint(hint));
            }
        }
    }
    if claims.is_empty() && errors.is_empty() {
        let error = Diagnostic::error("evidence/no-claims", format!("`{}` contains no claims", path.display()));
        errors.push(
            error.hint("expected one claim per line, a sheet with a column `claim`, a Markdown list, or a draft"),
        );
    }
    let left_out = left_out_of(path, &left_out);
    if errors.is_empty() { Ok(ClaimList { claims, left_out }) } else { Err(errors) }
}

/// How many sentences are not claims, and why.
fn left_out_of(path: &Path, sentences: &[String]) -> Option<Diagnostic> {
    let (n, are) = match sentences.len() {
        0 => return None,
        1 => ("1 sentence".to_owned(), "is not a claim"),
        n => (format!("{n} sentences"), "are not claims"),
    };
    let message =
        format!("{n} in `{}` {are}: fewer than {MIN_LENGTH} words and no verb ({})", path.display(), few(sentences));
    Some(Diagnostic::note("evidence/left-out", message))
}

fn checked(id: String, text: &str) -> Result<Option<Claim>, Diagnostic> {
    let text = text.split(|c: char| c.is_whitespace() || is_invisible(c)).filter(|word| !word.is_empty());
    let text = text.collect::<Vec<_>>().join(" ");
    let text = without_markup(without_mark(&text));
    let n = text.chars().count();
    if n > MAX_LENGTH {
        let start: String = text.chars().take(40).collect();
        let message = format!("the claim `{start}…` has {n} characters; a claim is a sentence of at most {MAX_LENGTH}");
        return Err(Diagnostic::error("evidence/long-claim", message));
    }
    Ok((!Tokens::of(&text).words().is_empty()).then_some(Claim { id, text }))
}

/// Characters that steer a terminal or the direction of writing, and are no part of a word.
fn is_invisible(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

type Texts = Vec<(Option<String>, String)>;

fn of_sheet(path: &Path) -> Result<Texts, Vec<Diagnostic>> {
    let sheets = ingest::read_sheets(path, &Limits::default()).map_err(|error| unreadable(path, &error))?;
    let Some(sheet) = sheets.into_iter().find(|sheet| !sheet.rows.is_empty()) else { return Ok(Vec::new()) };
    let named = |names: &[&str]| {
        let is_named = |cell: &String| names.contains(&cell.trim().to_lowercase().as_str());
        sheet.rows[0].iter().position(is_named)
    };
    let (claim, id) = (named(&CLAIM_COLUMNS), named(&ID_COLUMNS));
    if claim.is_none() && sheet.rows[0].len() > 1 {
        let error =
            Diagnostic::error("evidence/no-claim-column", format!("`{}` has no column `claim`", path.display()));
        return Err(vec![error.hint(format!("its columns: {}", sheet.rows[0].join(", ")))]);
    }
    let is_header = claim.is_some() || id.is_some();
    let cell = |row: &[String], column: usize| {
        row.get(column).map(|cell| cell.trim().to_owned()).filter(|cell| !cell.is_empty())
    };
    let is_separated =
        path.extension().is_some_and(|own| own.eq_ignore_ascii_case("csv") || own.eq_ignore_ascii_case("tsv"));
    let broken: Vec<Diagnostic> = too_long(path, &sheet.rows).filter(|_| is_separated).collect();
    if !broken.is_empty() {
        return Err(broken);
    }
    let rows = sheet.rows.iter().skip(usize::from(is_header));
    Ok(rows.filter_map(|row| Some((id.and_then(|id| cell(row, id)), cell(row, claim.unwrap_or(0))?))).collect())
}

/// At most this many rows are reported.
const MAX_ROWS: usize = 5;

/// Rows with more in them than the first has cells: most often a comma of a claim that was taken for the end of its cell,
/// and half a claim says another thing than the whole.
fn too_long(path: &Path, rows: &[Vec<String>]) -> impl Iterator<Item = Diagnostic> {
    let n_columns = rows.first().map_or(0, Vec::len);
    let filled = |row: &Vec<String>| row.iter().rposition(|cell| !cell.trim().is_empty()).map_or(0, |last| last + 1);
    let long =
        rows.iter().enumerate().map(move |(index, row)| (index + 1, filled(row))).filter(move |(_, n)| *n > n_columns);
    long.take(MAX_ROWS).map(move |(number, n)| {
        let cells = if n_columns == 1 { "1 cell".to_owned() } else { format!("{n_columns} cells") };
        let message = format!("row {number} of `{}` has {n} cells, but its first row has {cells}", path.display());
        Diagnostic::error("evidence/row-too-long", message)
            .hint("put a claim that contains a comma in quotation marks: `\"Forankringen er sterk, sier de\"`")
    })
}

/// The claims of a text, and its sentences that are not claims.
fn of_text(path: &Path, by_line: bool) -> Result<(Texts, Vec<String>), Vec<Diagnostic>> {
    let read = ingest::read(path, &Limits::default()).map_err(|error| unreadable(path, &error))?;
    let extracted = read.extracted;
    let text = |span: crate::text::Span| span.of(&extracted.text).to_owned();
    if by_line && matches!(read.format, Format::Text) {
        return Ok((extracted.text.lines().map(|line| (None, line.to_owned())).collect(), Vec::new()));
    }
    let items: Texts = extracted
        .blocks
        .iter()
        .filter(|block| block.kind == BlockKind::ListItem)
        .map(|block| (None, text(block.span)))
        .collect();
    let is_list = !items.is_empty()
        && extracted.blocks.iter().all(|block| matches!(block.kind, BlockKind::ListItem | BlockKind::Heading));
    if is_list {
        return Ok((items, Vec::new()));
    }
    let (mut sentences, mut left_out) = (Vec::new(), Vec::new());
    for block in
        extracted.blocks.iter().filter(|block| matches!(block.kind, BlockKind::Paragraph | BlockKind::ListItem))
    {
        let paragraph = text(block.span);
        let mut breaks = vec![0];
        breaks.extend(sentence_breaks(&paragraph));
        breaks.push(paragraph.len());
        for sentence in breaks.windows(2).map(|range| paragraph[range[0]..range[1]].trim().to_owned()) {
            let tokens = Tokens::of(&sentence);
            let has_verb = || Around::new(&sentence, &tokens, 0).is_some_and(|around| around.has_verb());
            match tokens.words().len() {
                0 => {}
                n if n >= MIN_LENGTH || has_verb() => sentences.push((None, sentence)),
                _ => left_out.push(sentence),
            }
        }
    }
    Ok((sentences, left_out))
}

fn unreadable(path: &Path, error: &ingest::IngestError) -> Vec<Diagnostic> {
    vec![
        Diagnostic::error(
            "evidence/unreadable-claims",
            format!("cannot read claims from `{}`: {error}", path.display()),
        )
        .hint(error.hint()),
    ]
}
