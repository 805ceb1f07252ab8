//! The first sheet: what the workbook is, what must be known, how it was done, where things stand.

use rust_xlsxwriter::{Format, FormatAlign, Worksheet, XlsxError};

use super::text::cell_text;
use crate::report::{Lang, Report, Term};

/// Width of the column, in characters.
const WIDTH: u16 = 110;

/// Writes the sheet; `sheets` are the others.
pub(super) fn write(
    sheet: &mut Worksheet,
    report: &Report,
    lang: Lang,
    sheets: impl Iterator<Item = String>,
) -> Result<(), XlsxError> {
    let text = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let heading = Format::new().set_bold().set_font_size(13).set_font_color("1F3A4D");
    let title = Format::new().set_bold().set_font_size(18).set_font_color("1F3A4D");
    sheet.set_column_width(0, WIDTH)?;
    let mut row = 0;
    let mut line = |sheet: &mut Worksheet, words: &str, format: &Format| -> Result<(), XlsxError> {
        sheet.write_string_with_format(row, 0, cell_text(words), format)?;
        row += 1;
        Ok(())
    };
    line(sheet, &report.project, &title)?;
    line(sheet, &lang.subtitle(report), &text)?;
    line(sheet, "", &text)?;
    line(sheet, lang.term(Term::Contents), &heading)?;
    for name in sheets {
        line(sheet, &name, &text)?;
    }
    let remarks: Vec<String> = lang.remarks(report).into_iter().map(|remark| remark.text).collect();
    let owned = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
    let sections = [
        (Term::WarningsHeading, remarks),
        (Term::MethodParagraph, vec![lang.method_paragraph(report)]),
        (Term::DataParagraph, vec![lang.data_paragraph(report)]),
        (Term::CountingRules, owned(lang.counting_rules())),
        (Term::Limits, owned(&lang.limits(report))),
        (
            Term::Versions,
            vec![
                format!("temakart {}", report.run.temakart),
                format!("{} {}", report.run.codebook.path, report.run.codebook.sha256),
            ],
        ),
    ];
    for (term, texts) in sections.iter().filter(|(_, texts)| !texts.is_empty()) {
        line(sheet, "", &text)?;
        line(sheet, lang.term(*term), &heading)?;
        for words in texts {
            line(sheet, words, &text)?;
        }
    }
    Ok(())
}
