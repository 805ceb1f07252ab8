//! Survey answers from sheets of all kinds.

use temakart::ingest::{Block, Format, Limits, SurveyColumns, read_bytes};

use super::make;
use super::{assert_whole, extracted, notices, shown};

const ROWS: [&[&str]; 3] = [
    &["Respondent-ID", "Kommune", "Hva var bra?", "Hva manglet?"],
    &["17", "Øyer", "Samarbeidet; på tvers av kommuner", "Forankring i ledelsen var helt borte"],
    &["18", "Gausdal", "Ildsjelene gjorde en viktig jobb", ""],
];

fn csv() -> Vec<u8> {
    let quoted = |row: &&[&str]| row.iter().map(|cell| format!("\"{cell}\"")).collect::<Vec<_>>().join(";");
    let text = ROWS.iter().map(quoted).collect::<Vec<_>>().join("\r\n");
    encoding_rs::WINDOWS_1252.encode(&text).0.into_owned()
}

#[test]
fn each_answer_is_a_block_with_its_question_and_respondent() {
    for (bytes, format) in [(csv(), Format::Csv), (make::xlsx(&ROWS), Format::Xlsx), (make::ods(&ROWS), Format::Ods)] {
        let extracted = extracted(&bytes, format);
        let answers = [
            "A Samarbeidet; på tvers av kommuner",
            "A Forankring i ledelsen var helt borte",
            "A Ildsjelene gjorde en viktig jobb",
        ];
        assert_eq!(shown(&extracted), answers, "{}", format.name());
        let of = |at: usize| {
            let block = &extracted.blocks[at];
            (block.question.as_deref().unwrap(), block.informant.as_deref().unwrap())
        };
        assert_eq!([of(0), of(1), of(2)], [("Hva var bra?", "17"), ("Hva manglet?", "17"), ("Hva var bra?", "18")]);
        assert_eq!(notices(&extracted), ["ingest/columns-left-out"]);
        let told = &extracted.notices[0].message;
        assert!(told.contains("background: `Kommune`; ") && told.contains("`[survey] text = […]`"), "{told}");
        assert!(extracted.text.starts_with("Hva var bra?: Samarbeidet"), "{}", extracted.text);
    }
}

#[test]
fn the_project_says_which_columns_are_what() {
    let columns = SurveyColumns {
        text: vec!["Hva manglet?".to_owned(), "Alder".to_owned()],
        informant: Some("respondent-id".to_owned()),
        attributes: vec!["Kommune".to_owned()],
        known: Vec::new(),
    };
    let ingested = read_bytes(csv(), Some(Format::Csv), &Limits::DEFAULT, &columns).unwrap();
    assert_whole(&ingested.extracted);
    assert_eq!(shown(&ingested.extracted), ["A Forankring i ledelsen var helt borte"]);
    assert_eq!(notices(&ingested.extracted), ["ingest/unknown-column", "ingest/columns-left-out"]);
    let told = &ingested.extracted.notices[1].message;
    assert!(told.starts_with("columns that `[survey]` in temakart.toml does not list were left out: "), "{told}");
    let respondents = &ingested.extracted.properties.respondents;
    let known: Vec<(u32, &str)> =
        respondents.iter().map(|respondent| (respondent.row, respondent.attributes["Kommune"].as_str())).collect();
    assert_eq!(known, [(2, "Øyer")], "the other row has no answer");
    assert_eq!(ingested.extracted.blocks[0].respondent, Some(0));
}

#[test]
fn rows_are_numbered_as_programs_number_them() {
    for line_end in ["\n", "\r\n"] {
        let lines = [
            "id;Hva skjedde?",
            "1;\"Vi kom\nog gikk igjen\"",
            "",
            "",
            "2;Det var ingen som visste noe",
            "",
            "3;Ingenting nytt",
        ];
        let csv = lines.join(line_end);
        let extracted = extracted(csv.as_bytes(), Format::Csv);
        let row_of = |block: &Block| extracted.properties.respondents[block.respondent.unwrap() as usize].row;
        assert_eq!(extracted.blocks.iter().map(row_of).collect::<Vec<_>>(), [2, 5, 7], "{line_end:?}");
    }
}

/// One who was asked twice stands in two rows, each with what was known then.
#[test]
fn each_row_has_its_own_attributes() {
    let columns = SurveyColumns { attributes: vec!["Fase".to_owned()], ..SurveyColumns::default() };
    let csv = "id;Fase;Hva skjedde?\n1;start;Vi kom og gikk igjen\n1;slutt;Det var ingen som visste noe\n";
    let read = read_bytes(csv.into(), Some(Format::Csv), &Limits::DEFAULT, &columns).unwrap();
    let phases: Vec<&str> =
        read.extracted.properties.respondents.iter().map(|respondent| respondent.attributes["Fase"].as_str()).collect();
    assert_eq!(phases, ["start", "slutt"]);
}

#[test]
fn without_an_id_each_row_is_a_speaker_of_its_own() {
    let csv = "Tid;Hva skjedde?\n12.03.2016;Vi fikk til et godt samarbeid\n13.03.2016;Det var ingen som visste noe\n";
    let extracted = extracted(csv.as_bytes(), Format::Csv);
    let speakers: Vec<&str> = extracted.blocks.iter().map(|block| block.speaker.as_deref().unwrap()).collect();
    assert_eq!(speakers, ["row 2", "row 3"]);
    assert_eq!(notices(&extracted), ["ingest/no-informant", "ingest/columns-left-out"]);
}

#[test]
fn a_table_of_numbers_is_no_survey() {
    let extracted = extracted(b"a;b\n1;2\n", Format::Csv);
    assert_eq!(notices(&extracted), ["ingest/no-answers"]);
}

#[test]
fn workbooks_with_shared_texts_dates_and_gaps() {
    let bytes = make::archive(&[
        (
            "xl/workbook.xml",
            "<workbook><sheets><sheet name=\"Skjult\" state=\"hidden\" r:id=\"r2\"/><sheet name=\"Svar\" r:id=\"r1\"/></sheets></workbook>",
        ),
        (
            "xl/_rels/workbook.xml.rels",
            "<Relationships><Relationship Id=\"r1\" Target=\"/xl/worksheets/a.xml\"/></Relationships>",
        ),
        (
            "xl/sharedStrings.xml",
            "<sst><si><t>id</t></si><si><r><t>Hva </t></r><r><t>nå?</t></r><rPh><t>x</t></rPh></si></sst>",
        ),
        ("xl/styles.xml", "<styleSheet><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>"),
        (
            "xl/worksheets/a.xml",
            "<worksheet><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"C1\" t=\"s\"><v>1</v></c></row>\
             <row r=\"3\"><c r=\"A3\" s=\"1\"><v>42441</v></c><c r=\"C3\" t=\"str\"><v>Et svar som er langt nok til å telle</v></c></row></worksheet>",
        ),
    ]);
    let extracted = extracted(&bytes, Format::Xlsx);
    assert_eq!(shown(&extracted), ["A Et svar som er langt nok til å telle"]);
    assert_eq!(extracted.blocks[0].informant.as_deref(), Some("2016-03-12"));
    assert_eq!(extracted.blocks[0].question.as_deref(), Some("Hva nå?"));
}

/// What is told of `bytes` under `id`, each begun as expected.
#[track_caller]
fn check_told(read: &temakart::ingest::Extracted, id: &str, expected: &[&str]) {
    let told: Vec<&str> =
        read.notices.iter().filter(|notice| notice.id == id).map(|notice| notice.message.as_str()).collect();
    assert_eq!(told.len(), expected.len(), "{id}: {told:?}");
    for (told, expected) in told.iter().zip(expected) {
        assert!(told.contains(expected), "{id}: {told}");
    }
}

/// The answers of a file of separated values, each with its question, and what is told of it by id and content.
#[track_caller]
fn check_csv(csv: &str, answers: &[&str], told: &[(&str, &str)]) {
    let read = extracted(csv.as_bytes(), Format::Csv);
    let question = |block: &Block| block.question.clone().unwrap_or_default();
    let found: Vec<String> =
        read.blocks.iter().map(|block| format!("{}: {}", question(block), block.span.of(&read.text))).collect();
    assert_eq!(found, answers, "{csv}");
    let ids: Vec<&str> = told.iter().map(|(id, _)| *id).collect();
    assert_eq!(notices(&read), ids, "{csv}");
    for (id, message) in told {
        check_told(&read, id, &[message]);
    }
}

#[test]
fn rows_with_more_cells_than_the_header_lose_nothing() {
    let joined = "ingest/cells-joined";
    check_csv(
        "ID;Hva har fungert bra?\n1;Vi har tid; men ikke ro\n2;God stemning; og mer; særlig nå\n3;Alt er bra her\n",
        &[
            "Hva har fungert bra?: Vi har tid; men ikke ro",
            "Hva har fungert bra?: God stemning; og mer; særlig nå",
            "Hva har fungert bra?: Alt er bra her",
        ],
        &[(joined, "2 rows have more cells than the header, which has 2 (rows 2, 3): cells that begin with a space")],
    );
    check_csv(
        "ID;Hva var bra?;Hva bør endres?\n1;Bra tid;Mer tid\n2;God; og ro;Bedre tid\n",
        &[
            "Hva var bra?: Bra tid",
            "Hva bør endres?: Mer tid",
            "Hva var bra?: God; og ro",
            "Hva bør endres?: Bedre tid",
        ],
        &[(joined, "1 row has more cells than the header, which has 3 (row 3)")],
    );
    check_csv(
        "ID;Hva var bra?\n1;Bra tid\n2;God ro;ekstra ro\n",
        &["Hva var bra?: Bra tid", "Hva var bra?: God ro", "column C: ekstra ro"],
        &[
            ("ingest/long-rows", "1 row has more cells than the header, which has 2 (row 3)"),
            (
                "ingest/unnamed-column",
                "1 column has no heading but holds text, `column C` (1 cell in words: row 3): read",
            ),
        ],
    );
    check_csv(
        "ID;Hva var bra?\n1;Bra tid\n2;God ro;ro\n",
        &["Hva var bra?: Bra tid", "Hva var bra?: God ro"],
        &[
            ("ingest/long-rows", "(row 3)"),
            ("ingest/unnamed-left-out", "`column C` (1 cell in words: row 3): left out"),
        ],
    );
}

#[test]
fn punctuation_in_one_column_parts_no_cells() {
    check_csv(
        "Hva har fungert bra?\nVi har tid, og ro\nDet er svakt, dessverre, nå\nAlt er bra\n",
        &[
            "Hva har fungert bra?: Vi har tid, og ro",
            "Hva har fungert bra?: Det er svakt, dessverre, nå",
            "Hva har fungert bra?: Alt er bra",
        ],
        &[("ingest/no-informant", "no column")],
    );
}

#[test]
fn a_quotation_mark_that_is_never_closed_hides_no_respondents() {
    check_csv(
        "ID;Hva var bra?\n1;\"Tid og ro\n2;Alt er bra\n3;Folk\n",
        &["Hva var bra?: Tid og ro", "Hva var bra?: Alt er bra", "Hva var bra?: Folk"],
        &[(
            "ingest/open-quote",
            "1 quotation mark is never closed (row 2): the answer was read to the end of its line",
        )],
    );
    check_csv(
        "ID;Hva var bra?\n1;\"Tid og ro\nog mye mer\n",
        &["Hva var bra?: Tid og ro\nog mye mer"],
        &[("ingest/open-quote", "a quotation mark is never closed (row 2): all that follows was read as one answer")],
    );
}

#[test]
fn a_sheet_without_a_header_is_told_of() {
    let read = extracted("1;Vi har tid til dette nå;Mer\n2;Det er svakt hos oss her;Ro\n".as_bytes(), Format::Csv);
    check_told(&read, "ingest/no-header", &["row 1 was read as the questions, but looks like answers"]);
}

/// A workbook of one sheet with this content, and a hidden one.
fn workbook(sheet: &str) -> Vec<u8> {
    make::archive(&[
        (
            "xl/workbook.xml",
            "<workbook><sheets><sheet name=\"Svar\" r:id=\"r1\"/>\
             <sheet name=\"Skjult\" state=\"hidden\" r:id=\"r2\"/></sheets></workbook>",
        ),
        ("xl/worksheets/sheet1.xml", &format!("<worksheet>{sheet}</worksheet>")),
    ])
}

fn cell(place: &str, text: &str) -> String {
    format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
}

#[test]
fn hidden_rows_and_columns_count_and_hidden_sheets_do_not() {
    let sheet = format!(
        "<cols><col min=\"3\" max=\"9\" hidden=\"1\"/></cols><sheetData><row r=\"1\">{}{}{}</row>\
         <row r=\"2\" hidden=\"1\">{}{}</row><row r=\"3\" hidden=\"true\"/><row r=\"4\">{}{}</row></sheetData>",
        cell("A1", "id"),
        cell("B1", "Hva var bra?"),
        cell("C1", "Hva manglet?"),
        cell("A2", "1"),
        cell("B2", "Tid og ro"),
        cell("A4", "2"),
        cell("C4", "Folk og penger"),
    );
    let read = extracted(&workbook(&sheet), Format::Xlsx);
    assert_eq!(shown(&read), ["A Tid og ro", "A Folk og penger"]);
    assert_eq!(notices(&read), ["ingest/hidden-left-out", "ingest/hidden-counted"]);
    check_told(&read, "ingest/hidden-left-out", &["1 hidden sheet was left out: `Skjult`; to have it read"]);
    let counted = "read and counted as any other: 1 hidden row (row 2) and 1 hidden column (`Hva manglet?`); delete";
    check_told(&read, "ingest/hidden-counted", &[counted]);
}

#[test]
fn formulas_without_a_value_are_told_of() {
    let sheet = format!(
        "<row r=\"1\">{}{}</row><row r=\"2\">{}{}</row><row r=\"3\">{}<c r=\"B3\"><f>A1</f><v></v></c></row>\
         <row r=\"4\">{}<c r=\"B4\"><f>A1</f></c></row><row r=\"5\">{}<c r=\"B5\" t=\"str\"><f>A1</f><v></v></c></row>",
        cell("A1", "id"),
        cell("B1", "Hva var bra?"),
        cell("A2", "1"),
        cell("B2", "Tid og ro"),
        cell("A3", "2"),
        cell("A4", "3"),
        cell("A5", "4"),
    );
    let read = extracted(&workbook(&sheet), Format::Xlsx);
    let told = "2 cells with a formula but without its value, read as empty: 2 in `Hva var bra?`; open";
    check_told(&read, "ingest/formulas-without-value", &[told]);
}

#[test]
fn line_ends_that_workbooks_escape_are_line_ends() {
    let sheet = format!(
        "<row r=\"1\">{}{}</row><row r=\"2\">{}{}</row>",
        cell("A1", "id"),
        cell("B1", "Hva_x005F_x000D_ var bra?"),
        cell("A2", "1"),
        cell("B2", "Mer eierskap_x000D_\nog forankring_x000D_"),
    );
    let read = extracted(&workbook(&sheet), Format::Xlsx);
    assert_eq!(read.text, "Hva_x000D_ var bra?: Mer eierskap\nog forankring\n");
}

#[test]
fn headings_over_several_columns_are_parted_by_the_row_below() {
    let rows: [&[&str]; 4] = [
        &["ID", "Hva har fungert bra?", "", "Hva bør endres?", ""],
        &["", "Leder", "Ansatt", "Leder", "Ansatt"],
        &["1", "Bra leder om tid", "Bra ansatt om tid", "Ny leder om tid", "Ny ansatt om tid"],
        &["2", "Bra leder om ro", "Bra ansatt om ro", "Ny leder om ro", "Ny ansatt om ro"],
    ];
    for (bytes, format) in [(make::xlsx(&rows), Format::Xlsx), (make::ods(&rows), Format::Ods)] {
        let read = extracted(&bytes, format);
        let questions: Vec<&str> = read.blocks.iter().filter_map(|block| block.question.as_deref()).collect();
        assert_eq!(questions.len(), 8);
        let parted = ["bra? – Leder", "bra? – Ansatt", "endres? – Leder", "endres? – Ansatt"];
        assert!(questions[4..].iter().zip(parted).all(|(question, end)| question.ends_with(end)), "{questions:?}");
        assert_eq!(read.properties.respondents.len(), 2);
        check_told(&read, "ingest/two-header-rows", &["rows 1 and 2 were read together as the header"]);
        let columns = SurveyColumns { text: vec!["Hva bør endres?".to_owned()], ..SurveyColumns::default() };
        let listed = read_bytes(bytes, Some(format), &Limits::DEFAULT, &columns).unwrap().extracted;
        assert_eq!(listed.blocks.len(), 4);
    }
}
