//! What tables are counted by: names that columns may not take, sums told from missing values, speakers that are known.

use std::process::Command;

use temakart::project::is_reserved;
use temakart::report::{CsvStyle, frequencies_csv};

use crate::study::{Study, run};

const CODEBOOK: &str = "format = 1\n[[code]]\nid = \"kurs\"\npatterns = [\"kurs\"]\n";

/// A plain folder with a codebook.
fn study(files: &[(&str, &str)]) -> Study {
    let study = Study::empty();
    study.write("codebook.toml", CODEBOOK);
    for (path, content) in files {
        study.write(path, content);
    }
    study
}

fn header(csv: &[u8]) -> Vec<String> {
    let text = std::str::from_utf8(csv).unwrap();
    text.lines().next().unwrap().split(',').map(str::to_owned).collect()
}

#[test]
fn every_column_beside_attributes_has_a_name_of_its_own() {
    // Names that people give to columns of their own too: where tables have such a column, theirs is called otherwise.
    let stepping_aside = ["id", "start", "end", "line", "page", "time", "read", "counted"];
    let own = stepping_aside.join(",");
    let values = stepping_aside.map(|name| format!("min-{name}")).join(",");
    let manifest = format!(
        "path,case,phase,type,date,title,informant,{own}\na.txt,A,start,intervju,2016-03-12,Tittel,P1,{values}\n"
    );
    let study = study(&[("documents.csv", &manifest), ("a.txt", "Vi har hatt kurs.")]);
    let program = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_temakart")).current_dir(study.path()).args(arguments).output();
        let output = output.unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        output.stdout
    };
    let mut headers = vec![header(&program(&["documents", "--format", "csv"]))];
    headers.push(header(&program(&["code", "--format", "csv", "--by", "case,phase,type,id"])));
    program(&["export", "--csv", "tabeller"]);
    for name in ["codings", "documents", "frequencies"] {
        let table = std::fs::read(study.path().join(format!("tabeller/{name}.csv"))).unwrap();
        let has_all = |value: &&str| std::str::from_utf8(&table).unwrap().contains(&format!("min-{value}"));
        assert!(name == "frequencies" || stepping_aside.iter().all(has_all), "{name}");
        headers.push(header(&table));
    }
    let attributes = ["case", "phase", "type", "date", "title", "informant", "language"];
    for header in headers {
        let mut once = header.clone();
        once.sort_unstable();
        once.dedup();
        assert_eq!(once.len(), header.len(), "{header:?}");
        for column in header.iter().filter(|column| !attributes.contains(&column.as_str())) {
            let steps_aside = stepping_aside.contains(&column.trim_start_matches("document_"));
            assert!(steps_aside || is_reserved(column), "`{column}` may be the name of an attribute: {header:?}");
        }
    }
}

#[test]
fn a_document_that_only_repeats_another_leaves_nothing_behind() {
    let interview = "Intervjuer: Hva er skjedd?\n\nKari: Vi har hatt kurs i det nye, alle som en, hele det første \
                     året her hos oss.\n\nIntervjuer: Ja?\n\nKari: Ja.\n";
    let only_repeated = interview.replace("Kari: Ja.\n", "").replace("Intervjuer: Ja?", "Intervjuer: Takk!");
    let study = study(&[("A/slutt/a.txt", interview), ("A/start/a.txt", &only_repeated)]);
    let request = temakart::pipeline::Request { unique: true, ..study.request() };
    let cells = run(&request).coded.frequencies.material;
    let documents: Vec<Option<u64>> =
        cells.iter().map(|cell| cell.totals.map(|totals| totals.documents_total)).collect();
    assert_eq!(documents, [None, Some(1)], "of start nothing is left, and so it is no 0 of one document");
}

#[test]
fn what_stands_near_is_another() {
    let text = "Kurs. Det var et kurs til, og mye senere, etter mange andre ting, kom enda et kurs.";
    let study = study(&[("A/start/a.txt", text)]);
    let found = |pattern: &str| {
        study.write("codebook.toml", format!("format = 1\n[[code]]\nid = \"k\"\npatterns = ['{pattern}']\n"));
        let run = run(&study.request());
        run.coded.codings.own(0).iter().map(|mention| mention.from).collect::<Vec<_>>()
    };
    assert_eq!(found("kurs NOT NEAR/5 kurs"), [16]);
    assert_eq!(found("kurs NOT NEAR/5 (kurs til)"), [16], "a phrase that has the word is another");
}

#[test]
fn a_sum_is_told_from_a_missing_value() {
    let study = study(&[
        ("documents.csv", "path,case,phase,type\na.txt,A,start,\nb.txt,A,start,x\n"),
        ("a.txt", "Vi har hatt kurs."),
        ("b.txt", "Kurs og kurs."),
    ]);
    let request = temakart::pipeline::Request { by: Some(vec!["type".to_owned()]), ..study.request() };
    let coded = run(&request).coded;
    let csv = String::from_utf8(frequencies_csv(&coded.codebook, &coded.frequencies, CsvStyle::Tidy)).unwrap();
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let rows: Vec<Vec<String>> = reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
    // Level, type, mentions, and what is summed over.
    let told: Vec<[&str; 4]> =
        rows.iter().map(|row| [&row[2], &row[3], &row[4], &row[row.len() - 1]].map(String::as_str)).collect();
    assert_eq!(told, [["cell", "x", "2", ""], ["cell", "", "1", ""], ["margin", "", "3", "type"]]);
}

#[test]
fn who_speaks_in_a_document_of_headings_is_the_informant_or_unknown() {
    let speakers = |files: &[(&str, &str)]| {
        let run = study(files).run();
        run.coded.frequencies.material[0].totals.unwrap().speakers_total
    };
    assert_eq!(speakers(&[("A/start/a.md", "# Kurs\n")]), None);
    assert_eq!(speakers(&[("A/start/a.md", "---\ninformant: P1\n---\n# Kurs\n")]), Some(1));
    assert_eq!(speakers(&[("A/start/a.md", "# Kurs\n"), ("A/start/b.md", "---\ninformant: P1\n---\nKurs\n")]), None);
    let asked_only = "Intervjuer: Hva med kurs?\n\nIntervjuer: Og kurs?\n\nKari:\n";
    assert_eq!(speakers(&[("A/start/a.txt", asked_only)]), Some(0));
}

#[test]
fn near_forms_are_counted_as_caught_ones_are() {
    let study = study(&[
        (
            "A/start/a.txt",
            "Intervjuer: forankring forankring?\n\nKari: forankring, forankring, forankre.\n\nIntervjuer: ja?\n\nKari: forankring.\n",
        ),
        ("B/start/b.txt", "forankring forankring i B"),
        ("C/start/c.txt", "Intervjuer: forankring?\n\nOla: Nei.\n\nIntervjuer: Ikke?\n\nOla: Nei.\n"),
    ]);
    study.write("codebook.toml", "format = 1\n[[code]]\nid = \"f\"\npatterns = [\"forankre\"]\n");
    let near = |filter: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_temakart"))
            .args(["codebook", "forms", study.path().to_str().unwrap(), "--format", "json"])
            .args(filter)
            .output()
            .unwrap();
        let found: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        let rejected = found["patterns"][0]["rejected"].as_array().unwrap().clone();
        rejected.iter().map(|near| format!("{} {}", near["form"], near["count"]).replace('"', "")).collect::<Vec<_>>()
    };
    // Words of the material: not segments, and not what interviewers say.
    assert_eq!(near(&[]), ["forankring 5"]);
    assert_eq!(near(&["--where", "case:B"]), ["forankring 2"]);
    assert_eq!(near(&["--where", "case:C"]), [""; 0]);
}

/// What the program says: its output, then its messages.
fn program(study: &Study, arguments: &[&str]) -> (String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_temakart")).current_dir(study.path()).args(arguments).output();
    let output = output.unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (text(output.stdout), text(output.stderr))
}

#[test]
fn a_document_that_was_not_read_is_named_by_every_verb() {
    let study = study(&[
        ("A/start/a.txt", "Vi har hatt kurs.\n\nKurset var godt.\n"),
        ("A/slutt/b.txt", "Kurs og kurs."),
        ("A/slutt/c.docx", "PK\u{3}\u{4}broken"),
    ]);
    for verb in [
        &["search", ".", "kurs"][..],
        &["evidence", ".", "Kursene var gode"],
        &["codebook", "forms", "."],
        &["code", ".", "--out", "ut"],
        &["compare", "."],
        &["together", "."],
        &["words", "."],
        &["documents", "."],
    ] {
        let (out, said) = program(&study, &[verb, &["--format", "json"]].concat());
        let data: serde_json::Value = serde_json::from_str(&out).unwrap();
        let paths: Vec<&str> = data["warnings"].as_array().unwrap().iter().filter_map(|w| w["path"].as_str()).collect();
        assert!(paths.contains(&"A/slutt/c.docx"), "{verb:?}: {out}");
        assert!(said.contains("A/slutt/c.docx: ") && said.contains("1 of 3 documents could not be read"), "{said}");
    }
    for verb in [&["decide", "read", ".", "a.txt", "--coder", "k"][..], &["sample", ".", "--out", "ark.csv"]] {
        let (_, said) = program(&study, verb);
        assert!(said.contains("A/slutt/c.docx: "), "{said}");
    }
}

#[test]
fn the_table_of_documents_tells_the_case_of_each_where_a_speaker_has_another() {
    let interview = "Intervjuer: Kurs?\n\nKari: Kurs, ja.\n\nIntervjuer: Flere?\n\nOla: Kurs og kurs.\n";
    let study = study(&[
        ("temakart.toml", "format = 1\ncodebook = \"codebook.toml\"\n"),
        ("documents/A/start/a.txt", interview),
        ("documents/A/slutt/b.txt", "Kurs og kurs."),
        ("documents/B/start/c.txt", interview),
        ("documents/B/slutt/d.docx", "PK\u{3}\u{4}broken"),
        ("speakers.csv", "document,speaker,case\ndocuments/A/start/a.txt,Ola,B\n"),
    ]);
    program(&study, &["report", ".", "--out", "tabeller"]);
    let table = std::fs::read_to_string(study.path().join("tabeller/documents.csv")).unwrap();
    let rows: Vec<String> = table.lines().map(|line| line.split(',').take(3).collect::<Vec<_>>().join(" ")).collect();
    let expected = [
        "document case phase",
        "documents/A/start/a.txt A start",
        "documents/A/slutt/b.txt A slutt",
        "documents/B/start/c.txt B start",
        "documents/B/slutt/d.docx B slutt",
    ];
    assert_eq!(rows, expected);
}

#[test]
fn a_remark_on_several_documents_does_not_say_of_one_what_holds_of_another() {
    let study = study(&[("A/start/a.txt", "Vi har hatt kurs nå."), ("A/slutt/b.txt", "Kurs.")]);
    program(&study, &["report", ".", "--out", "rapport.md", "--lang", "en"]);
    let report = std::fs::read_to_string(study.path().join("rapport.md")).unwrap();
    assert!(report.contains("Some documents contain hardly any text. A/slutt/b.txt, A/start/a.txt."), "{report}");
    std::fs::remove_file(study.path().join("A/start/a.txt")).unwrap();
    program(&study, &["report", ".", "--out", "rapport.md", "--lang", "en"]);
    let report = std::fs::read_to_string(study.path().join("rapport.md")).unwrap();
    assert!(report.contains("the document has only 1 word"), "{report}");
}

#[test]
fn what_is_hardly_there_is_asked_of_what_is_counted() {
    let question = "Intervjuer: Hva mener dere om alt det som har skjedd her i kommunen det siste året, og om kursene?";
    let study = study(&[("A/start/a.txt", &format!("{question}\n\nKari: Kurs.\n\n{question}\n\nKari: Ja.\n"))]);
    let run = study.run();
    let near_empty = run.study.warnings.iter().find(|warning| warning.id == "material/near-empty").unwrap();
    assert_eq!(near_empty.message, "the document has only 2 words");
}

#[test]
fn who_asks_by_the_label_and_is_not_in_the_projects_own_list_is_told_of() {
    let interview = "Intervjuer: Kurs?\n\nKari: Kurs, ja.\n\nIntervjuer: Flere?\n\nKari: Nei.\n";
    let of = |list: &str, speakers: &str| {
        let study = study(&[
            ("A/start/a.txt", interview),
            ("temakart.toml", &format!("format = 1\ndocuments = [\".\"]\n{list}")),
        ]);
        if !speakers.is_empty() {
            study.write("speakers.csv", speakers);
        }
        let run = study.run();
        let own = run.study.warnings.iter().filter(|warning| warning.id == "speakers/not-excluded");
        own.map(|warning| warning.message.clone()).collect::<Vec<_>>()
    };
    let own = "[speakers]\nexclude = [\"Moderator\"]\n";
    let told = "`Intervjuer` in a document is counted because `[speakers] exclude` does not list this label";
    assert_eq!(of(own, ""), [told]);
    assert_eq!(of(own, "speaker,exclude\nIntervjuer,nei\n"), [""; 0]);
    assert_eq!(of("", ""), [""; 0]);
    assert_eq!(of("[speakers]\nexclude = []\n", ""), [""; 0]);
}
