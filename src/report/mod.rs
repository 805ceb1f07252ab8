//! Results → what leaves the program: JSON, CSV, Markdown, tables for a terminal, the files of a run.
//!
//! Formats only: counts come from `tally`, what is tested from `compare` and `agreement`. Here they are set against their
//! denominators, rounded and laid out. Nothing is printed here.
//!
//! | what | where |
//! |---|---|
//! | the answer of one verb, in each of its forms | the module with the verb's name, `frequencies` and `json` for `code`, `kwic` for `search` on a terminal, `overview` for many claims, `comparison` for `compare`, `agreement` for `agree` |
//! | the files of a run | `codings`, `forms`, `run` |
//! | the report on a whole study | `study` is its value; `page`, `paper`, `word`, `workbook`, `tidy` and `picture` write it down, in the words of `wording` |
//! | what all of them use | `views`, `table`, `blocks`, `csv`, `ordered_json`, `number`, `citation`, `quoting`, `escape`, `wrap`, `outline` |

mod agreement;
mod blocks;
mod check;
mod citation;
mod codings;
mod comparison;
mod csv;
mod decided;
mod diff;
mod documents;
mod escape;
mod evidence;
mod forms;
mod frequencies;
mod json;
mod kwic;
mod number;
mod ordered_json;
mod outline;
mod overview;
mod page;
mod paper;
mod picture;
mod quoting;
mod run;
mod sample;
mod search;
mod study;
mod table;
mod tidy;
mod together;
mod views;
mod word;
mod wording;
mod words;
mod workbook;
mod wrap;

pub use agreement::AgreementReport;
pub use blocks::Block;
use blocks::{blocks_markdown, blocks_text, list_markdown};
pub use check::CheckReport;
pub use citation::{Answered, Spot};
pub use codings::write_coding;
pub(crate) use codings::{RULE, time_code};
pub use comparison::{
    ComparisonReport, comparison_blocks, comparison_csv, comparison_json, confounder_sentence, row_sentence,
};
pub use csv::{CsvStyle, frequencies_csv, text_csv, text_csv_in};
pub use decided::decided_json;
pub use diff::DiffReport;
pub use documents::DocumentsReport;
pub(crate) use escape::of_cell;
pub use escape::terminal;
pub use evidence::EvidenceReport;
pub use forms::FormsReport;
pub use frequencies::FrequenciesReport;
pub use json::frequencies_json;
pub use number::{per_thousand, round, share};
pub use page::page;
pub use paper::{Chart, ChartKind, Grid, GridCell, GridRow, Head, Orientation, Paper, Part, Run, Series};
pub use picture::{
    Links, Picture, Place, Unit, change, change_within, heatmap, stance, timeline as timeline_picture,
    together as together_picture,
};
pub use quoting::Quotes;
pub use run::{Options, RunRecord, RunTotals};
pub use sample::SampleSheet;
pub use search::{HitTotals, SearchReport};
pub use study::{
    AxisValue, CaughtForms, ClaimPassage, ClaimTable, Dated, DocumentFacts, FewPersons, Grain, Headline, LabelledAxis,
    Period, Quote, Report, SkippedDocument, Summed, Timeline,
};
pub use table::{Table, TableStyle, frequency_markdown, frequency_table};
pub use tidy::{Column, Kind, TidyTable, Value, tidy_tables};
pub use together::TogetherReport;
pub use views::Views;
pub use word::docx;
pub use wording::{Lang, Remark, Term};
pub use words::{WORDS_CAVEAT, WordList, WordsReport};
pub use workbook::workbook;
