//! The report's files, read back: the same numbers in all of them, nothing obeyed, nothing left of the material where
//! none was wanted.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};
use std::process::Command;

use calamine::{Data, DataType as _, Reader as _};
use quick_xml::events::Event;
use temakart::pipeline::{self, ReportRequest};
use temakart::report::{
    CsvStyle, Lang, Paper, Quotes, Report, TidyTable, docx, frequencies_json, page, tidy_tables, workbook,
};

use crate::root;
use crate::study::{Study, open};

/// Code and case and phase (all three as ids; no phase and case for everything) → mentions; none without material.
type Numbers = BTreeMap<(String, Option<(String, String)>), Option<u64>>;

fn report(study: &Study, quotes: Quotes) -> Report {
    let request = study.request();
    let opened = open(&request);
    let asked = ReportRequest { run: request, quotes, from: None, to: None, claims: Vec::new() };
    pipeline::study_report(&opened, &asked).unwrap_or_else(|messages| panic!("{messages:#?}")).0
}

/// Case and phase of the table's columns, in order; everything is last.
fn columns(report: &Report) -> Vec<Option<(String, String)>> {
    let phases = &report.phase.values;
    let cell = |case: &temakart::report::AxisValue| {
        phases.iter().map(|phase| Some((case.id.clone(), phase.id.clone()))).collect::<Vec<_>>()
    };
    report.case.values.iter().flat_map(cell).chain([None]).collect()
}

/// The numbers of a table with a line a code, in the order of the codebook's tree, and a column a cell.
fn by_position(report: &Report, rows: &[Vec<String>]) -> Numbers {
    let mut numbers = Numbers::new();
    assert_eq!(rows.len(), report.codebook.codes.len(), "{rows:?}");
    for (row, code) in rows.iter().zip(report.tree()) {
        assert_eq!(row.len(), columns(report).len(), "{row:?}");
        for (text, place) in row.iter().zip(columns(report)) {
            let digits: String = text.chars().filter(char::is_ascii_digit).collect();
            numbers.insert((report.codebook.codes[code].id.clone(), place), digits.parse().ok());
        }
    }
    numbers
}

fn of_json(report: &Report) -> Numbers {
    let json = frequencies_json(&report.project, &report.codebook, &report.frequencies, &[]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let mut numbers = Numbers::new();
    for row in json["frequencies"].as_array().unwrap().iter().chain(json["margins"].as_array().unwrap()) {
        let text = |name: &str| row[name].as_str().map(str::to_owned);
        let place = match (text("case"), text("phase")) {
            (Some(case), Some(phase)) => Some((case, phase)),
            (None, None) => None,
            _ => continue,
        };
        numbers.insert((text("code").unwrap(), place), row["mentions"].as_u64());
    }
    numbers
}

fn of_csv(tables: &[TidyTable]) -> Numbers {
    let bytes = tables.iter().find(|table| table.name == "frequencies").unwrap().csv(CsvStyle::Tidy);
    let mut reader = csv::Reader::from_reader(bytes.as_slice());
    let header = reader.headers().unwrap().clone();
    let mut numbers = Numbers::new();
    for record in reader.records() {
        let record = record.unwrap();
        let text = |name: &str| record[header.iter().position(|column| column == name).unwrap()].to_owned();
        let place = match (text("level").as_str(), text("case"), text("phase")) {
            ("cell", case, phase) => Some((case, phase)),
            (_, case, phase) if case.is_empty() && phase.is_empty() => None,
            _ => continue,
        };
        numbers.insert((text("code"), place), text("mentions").parse().ok());
    }
    numbers
}

fn of_html(report: &Report, html: &str) -> Numbers {
    let table = html.split("id=\"heat\"").nth(1).unwrap().split("</table>").next().unwrap();
    let rows = table.split("<tr data-code=").skip(1).map(|row| {
        let row = row.split("</tr>").next().unwrap();
        let cells: Vec<String> = row.split("<td ").skip(1).map(inner_text).collect();
        // Sums by phase stand between the cells and the sum of everything.
        let n_cells = columns(report).len() - 1;
        cells[..n_cells].iter().chain(cells.last()).cloned().collect()
    });
    by_position(report, &rows.collect::<Vec<_>>())
}

/// The text of a cell, which begins within its tag.
fn inner_text(cell: &str) -> String {
    let cell = cell.split("</td>").next().unwrap();
    cell.split('>').skip(1).map(|piece| piece.split('<').next().unwrap()).collect()
}

fn of_markdown(report: &Report, markdown: &str) -> Numbers {
    let table = markdown.split("Antall omtaler").nth(1).unwrap();
    let lines = table.lines().skip_while(|line| !line.starts_with('|')).take_while(|line| line.starts_with('|'));
    let rows = lines.skip(2).map(|line| line.trim_matches('|').split(" | ").skip(1).map(str::to_owned).collect());
    by_position(report, &rows.collect::<Vec<_>>())
}

/// A part of an Office file.
fn part(archive: &[u8], name: &str) -> String {
    let mut text = String::new();
    let mut archive = zip::ZipArchive::new(Cursor::new(archive)).unwrap();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

/// All parts of an Office file, and of the workbooks in it, as one text.
fn parts(archive: &[u8]) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(archive)).unwrap();
    let mut all = String::new();
    for index in 0..archive.len() {
        let mut bytes = Vec::new();
        let mut file = archive.by_index(index).unwrap();
        file.read_to_end(&mut bytes).unwrap();
        match String::from_utf8(bytes) {
            Ok(text) => all.push_str(&text),
            Err(error) => all.push_str(&parts(error.as_bytes())),
        }
    }
    all
}

/// The tables of a Word file with the paragraph above each.
fn word_tables(document: &str) -> Vec<(String, Vec<Vec<String>>)> {
    let mut reader = quick_xml::Reader::from_str(document);
    let (mut tables, mut above, mut text) = (Vec::<(String, Vec<Vec<String>>)>::new(), String::new(), String::new());
    let (mut is_in_table, mut is_text) = (false, false);
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) => match start.name().as_ref() {
                "w:tbl" => {
                    is_in_table = true;
                    tables.push((above.clone(), Vec::new()));
                }
                "w:tr" => tables.last_mut().unwrap().1.push(Vec::new()),
                "w:tc" | "w:p" => text.clear(),
                "w:t" => is_text = true,
                _ => {}
            },
            Event::Text(piece) if is_text => text.push_str(&piece),
            Event::End(end) => match end.name().as_ref() {
                "w:tbl" => is_in_table = false,
                "w:tc" => tables.last_mut().unwrap().1.last_mut().unwrap().push(text.clone()),
                "w:p" if !is_in_table => above.clone_from(&text),
                "w:t" => is_text = false,
                _ => {}
            },
            Event::Eof => return tables,
            _ => {}
        }
    }
}

fn of_word(report: &Report, file: &[u8]) -> Numbers {
    let tables = word_tables(&part(file, "word/document.xml"));
    let (_, rows) = tables.iter().find(|(above, _)| above.contains("Antall omtaler")).unwrap();
    // Two lines of names stand above the codes.
    let rows: Vec<Vec<String>> = rows.iter().skip(2).map(|row| row[1..].to_vec()).collect();
    by_position(report, &rows)
}

fn sheets(file: &[u8]) -> calamine::Xlsx<Cursor<&[u8]>> {
    calamine::Xlsx::new(Cursor::new(file)).unwrap()
}

fn of_workbook(report: &Report, file: &[u8]) -> Numbers {
    let range = sheets(file).worksheet_range("Omtaler").unwrap();
    let n_cells = columns(report).len() - 1;
    let rows = range.rows().skip(3).map(|row| {
        let text = |cell: &Data| match cell {
            Data::Empty => "–".to_owned(),
            Data::Float(number) => number.to_string(),
            other => panic!("a number is {other:?}"),
        };
        row[1..=n_cells].iter().chain(row.last()).map(text).collect()
    });
    by_position(report, &rows.collect::<Vec<_>>())
}

/// A study with a case that has no material in one phase, a code below another, and a code that is never met.
fn small_study() -> Study {
    let study = Study::empty();
    study.write(
        "codebook.toml",
        "format = 1\nname = \"Prøve\"\nlanguages = [\"nb\"]\n\
         [[code]]\nid = \"forankring\"\nlabel = \"Forankring\"\ndefinition = \"Hvor godt det er forankret.\"\npatterns = [\"forankring\"]\n\
         [[code]]\nid = \"politisk\"\nlabel = \"Politisk forankring\"\nparent = \"forankring\"\npatterns = [\"politisk vedtak\"]\n\
         [[code]]\nid = \"tillit\"\nlabel = \"Tillit\"\npatterns = [\"tillit\"]\nexamples = [\"De har tillit til oss.\"]\n",
    );
    study.write("temakart.toml", "format = 1\nname = \"Prøvestudien\"\ncodebook = \"codebook.toml\"\n[phase]\nvalues = [{ id = \"start\" }, { id = \"slutt\" }]\n[layout]\npath = \"{case}/{phase}/*\"\n");
    study.write(
        "documents/øya/start/a.txt",
        "Det er god forankring i ledelsen, og et politisk vedtak.\n\nForankringen mangler.\n",
    );
    study.write("documents/øya/slutt/b.txt", "Særegent uttrykk: kvernkallen maler, og forankringa er ujevn.\n");
    study.write("documents/dalen/start/c.txt", "Her er ingenting å melde, men forankring er det.\n");
    study
}

#[track_caller]
fn check_same(study: &Study) {
    let report = report(study, Quotes::Shown);
    let expected = of_json(&report);
    assert!(expected.values().flatten().any(|number| *number > 0));
    let paper = Paper::of(&report, Lang::Nb);
    assert_eq!(of_csv(&tidy_tables(&report, Lang::Nb)), expected, "CSV");
    assert_eq!(of_html(&report, &page(&report, Lang::Nb)), expected, "HTML");
    assert_eq!(of_markdown(&report, &paper.markdown()), expected, "Markdown");
    assert_eq!(of_word(&report, &docx(&paper).unwrap()), expected, "Word");
    assert_eq!(of_workbook(&report, &workbook(&report, Lang::Nb).unwrap()), expected, "workbook");
}

#[test]
fn all_files_have_the_same_numbers() {
    let study = small_study();
    let found = of_json(&report(&study, Quotes::Shown));
    let at = |case: &str, phase: &str| ("forankring".to_owned(), Some((case.to_owned(), phase.to_owned())));
    assert_eq!((found[&at("øya", "start")], found[&at("dalen", "slutt")]), (Some(3), None));
    check_same(&study);
    check_same(&Study::example());
}

#[test]
fn grades_add_up_to_mentions_where_people_coded_too() {
    let study = small_study();
    study.write(
        "decisions/kari.jsonl",
        r#"{"coder":"kari","action":"add","document":"documents/dalen/start/c.txt","segment":1,"quote":"ingenting å melde","code":"tillit"}"#,
    );
    let report = report(&study, Quotes::Shown);
    let table = tidy_tables(&report, Lang::En).into_iter().find(|table| table.name == "frequencies").unwrap();
    let bytes = table.csv(CsvStyle::Tidy);
    let mut reader = csv::Reader::from_reader(bytes.as_slice());
    let header = reader.headers().unwrap().clone();
    let place = |name: &str| header.iter().position(|column| column == name).unwrap();
    let grades = place("exact")..place("words_total");
    let mut of_people = 0;
    for record in reader.records().map(Result::unwrap) {
        let number = |place: usize| record[place].parse::<u64>().unwrap_or(0);
        assert_eq!(grades.clone().map(number).sum::<u64>(), number(place("mentions")), "{record:?}");
        of_people += number(place("manual"));
    }
    assert!(of_people > 0);
}

#[test]
fn the_quotes_of_a_number_are_as_many_as_it_says() {
    let report = report(&Study::example(), Quotes::Shown);
    let tables = tidy_tables(&report, Lang::Nn);
    let quotes = tables.iter().find(|table| table.name == "quotes").unwrap();
    let mentions: u64 = (0..report.codebook.codes.len())
        .filter(|code| report.codebook.codes[*code].parent.is_none())
        .filter_map(|code| report.headline(code, temakart::report::Summed::All))
        .map(|all| all.counts.mentions)
        .sum();
    assert_eq!(quotes.rows.len() as u64, mentions);
}

#[test]
fn the_same_study_is_the_same_bytes_in_every_file() {
    let study = small_study();
    let (first, second) = (report(&study, Quotes::Shown), report(&study, Quotes::Shown));
    for lang in [Lang::Nb, Lang::Nn, Lang::En] {
        let (one, other) = (Paper::of(&first, lang), Paper::of(&second, lang));
        assert!(docx(&one).unwrap() == docx(&other).unwrap());
        assert!(workbook(&first, lang).unwrap() == workbook(&second, lang).unwrap());
        assert_eq!(one.markdown(), other.markdown());
    }
}

#[test]
fn without_quotes_no_word_of_the_material_leaves() {
    let study = small_study();
    let report = report(&study, Quotes::Withheld);
    let paper = Paper::of(&report, Lang::Nb);
    let mut all = vec![paper.markdown(), parts(&docx(&paper).unwrap()), parts(&workbook(&report, Lang::Nb).unwrap())];
    for table in tidy_tables(&report, Lang::Nb) {
        all.push(String::from_utf8(table.csv(CsvStyle::Tidy)).unwrap());
    }
    for text in &all {
        for word in ["kvernkallen", "ujevn", "i ledelsen", "De har tillit"] {
            assert!(!text.contains(word), "`{word}` stands in {text}");
        }
    }
    assert!(all[0].contains("documents/øya/start/a.txt") || all[0].contains("øya/start/a.txt"), "{}", all[0]);
}

#[test]
fn hostile_text_is_shown_as_text() {
    let study = Study::empty();
    let label = "=1+1 <script>x</script> ]]> & \u{202e}snudd";
    study.write(
        "codebook.toml",
        format!("format = 1\nname = \"@SUM(A1)\"\nlanguages = [\"nb\"]\n[[code]]\nid = \"a\"\nlabel = {label:?}\npatterns = [\"forankring\"]\n").replace("\\u{202e}", "\\u202e"),
    );
    study.write("temakart.toml", "format = 1\nname = \"=cmd|' /C calc'!A0\"\ncodebook = \"codebook.toml\"\n[layout]\npath = \"{case}/{phase}/*\"\n");
    let long = "ord ".repeat(125_000);
    study.write(
        "documents/=1+1/start/a.txt",
        format!("=HYPERLINK(\"x\") forankring <img src=x> \u{1}\u{b}\u{202e} \u{ffff} | `x` **y**\n\n{long} forankring {long}\n"),
    );
    study.write("documents/b/slutt/b.txt", "@SUM(1) forankring\n");
    let report = report(&study, Quotes::Shown);
    let paper = Paper::of(&report, Lang::Nb);
    let markdown = paper.markdown();
    assert!(!markdown.contains("<script") && !markdown.contains("<img") && !markdown.contains('\u{202e}'));
    let word = docx(&paper).unwrap();
    let document = part(&word, "word/document.xml");
    assert!(!word_tables(&document).is_empty(), "the document is sound");
    assert!(document.contains("&lt;script&gt;") && !document.contains(['\u{1}', '\u{202e}', '\u{ffff}']));
    let file = workbook(&report, Lang::Nb).unwrap();
    let mut sheets = sheets(&file);
    for name in sheets.sheet_names() {
        assert!(sheets.worksheet_formula(&name).unwrap().is_empty(), "`{name}` has formulas");
        let range = sheets.worksheet_range(&name).unwrap();
        let texts = range.cells().filter_map(|(_, _, cell)| cell.as_string());
        texts.for_each(|text| assert!(!text.contains(['\u{1}', '\u{202e}']), "{text}"));
    }
    for table in tidy_tables(&report, Lang::Nb) {
        let bytes = table.csv(CsvStyle::Excel);
        let mut reader = csv::ReaderBuilder::new().delimiter(b';').from_reader(bytes.as_slice());
        for record in reader.records() {
            for cell in &record.unwrap() {
                let is_number = cell.replace(',', ".").parse::<f64>().is_ok();
                assert!(is_number || !cell.starts_with(['=', '+', '-', '@']), "`{cell}` is a formula");
            }
        }
    }
}

/// Word and Excel files read by libraries that others wrote in another language.
#[test]
fn python_readers_find_the_same_numbers() {
    let study = small_study();
    let report = report(&study, Quotes::Shown);
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    std::fs::write(path("report.docx"), docx(&Paper::of(&report, Lang::Nb)).unwrap()).unwrap();
    std::fs::write(path("report.xlsx"), workbook(&report, Lang::Nb).unwrap()).unwrap();
    let table = tidy_tables(&report, Lang::Nb).into_iter().find(|table| table.name == "frequencies").unwrap();
    std::fs::write(path("frequencies.csv"), table.csv(CsvStyle::Tidy)).unwrap();
    let script = root().join("tests/it/report_files/read.py");
    let Ok(run) = Command::new("python3").arg(script).arg(folder.path()).output() else {
        println!("skipped: there is no Python");
        return;
    };
    match run.status.code() {
        Some(77) => println!("skipped: {}", String::from_utf8_lossy(&run.stdout).trim()),
        _ => assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr)),
    }
}

#[test]
fn tables_can_be_joined_with_those_of_a_run_by_grade() {
    let report = report(&small_study(), Quotes::Shown);
    for name in ["quotes", "forms"] {
        let table = tidy_tables(&report, Lang::Nb).into_iter().find(|table| table.name == name).unwrap();
        let bytes = table.csv(CsvStyle::Tidy);
        let mut reader = csv::Reader::from_reader(bytes.as_slice());
        let header = reader.headers().unwrap().clone();
        let at = |column: &str| header.iter().position(|own| own == column).unwrap();
        let grades: Vec<(String, String)> = reader
            .records()
            .map(Result::unwrap)
            .map(|row| (row[at("grade")].to_owned(), row[at("grade_id")].to_owned()))
            .collect();
        assert!(grades.contains(&("selve ordet".to_owned(), "exact".to_owned())), "{name}: {grades:?}");
    }
}
