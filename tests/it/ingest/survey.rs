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
