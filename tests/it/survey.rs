//! Sheets of answers: whose row an answer is of, where it counts, and how one finds it again.

use serde_json::Value;
use temakart::pipeline::Request;
use temakart::tally::Cell;

use crate::study::{Run, Study, run};

const SHEET: &str = "Respondent;Kommune;Dato;Delpilot;Fase;Hva er bra?;Hva er dårlig?\n\
    R1;Gran;12.03.2016;a;start;Et kurs;Ingen kurs\n\
    R2;Lunner;13.03.2016;b;start;kurs;kurs\n\
    R1;Jevnaker;1.4.2017;a;slutt;;kurs igjen\n";

fn study(attributes: &str) -> Study {
    let study = Study::empty();
    study.write(
        "temakart.toml",
        format!(
            "format = 1\nname = \"P\"\n[survey]\ntext = [\"Hva er bra?\", \"Hva er dårlig?\"]\n\
             attributes = [{attributes}]\n"
        ),
    );
    study.write("codebook.toml", "format = 1\n[[code]]\nid = \"kurs\"\npatterns = [\"kurs\"]\n");
    study.write("documents/a/start/svar.csv", SHEET);
    study
}

const ALL: &str = "\"Kommune\", \"Dato\", \"Delpilot\", \"Fase\"";

/// Segments and words of each cell of a table.
fn cells(run: &Run) -> Vec<(Vec<&str>, u64, u64)> {
    fn cell(cell: &Cell) -> Option<(Vec<&str>, u64, u64)> {
        let totals = cell.totals.as_ref()?;
        let values = cell.key.iter().map(|value| value.as_deref().unwrap_or("*")).collect();
        Some((values, totals.segments_total, totals.words_total))
    }
    run.coded.frequencies.material.iter().filter_map(cell).collect()
}

fn lines(run: &Run) -> Vec<Value> {
    String::from_utf8_lossy(&run.lines).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn a_row_counts_in_its_own_case_and_phase() {
    let study = study(ALL);
    let run = study.run();
    assert_eq!(cells(&run), [(vec!["a", "start"], 2, 4), (vec!["a", "slutt"], 1, 2), (vec!["b", "start"], 2, 2)]);
    let cases: Vec<Value> = lines(&run).iter().map(|line| line["case"].clone()).collect();
    assert_eq!(cases, ["a", "a", "b", "b", "a"]);
}

/// Without a word in `[survey]`, as a manifest is read; labels of the project are known too.
#[test]
fn columns_of_cases_and_phases_need_not_be_listed() {
    let study = Study::empty();
    study.write("codebook.toml", "format = 1\n[[code]]\nid = \"kurs\"\npatterns = [\"kurs\"]\n");
    study.write("documents/svar.csv", "id;case;phase;Hva savnet du?\n1;b;slutt;Kurs\n2;a;start;Tid\n3;B;start;Kurs\n");
    study.write("temakart.toml", "format = 1\n[case]\nvalues = [\"a\", \"b\"]\n");
    let run = study.run();
    assert_eq!(cells(&run), [(vec!["a", "start"], 1, 1), (vec!["b", "start"], 1, 1), (vec!["b", "slutt"], 1, 1)]);
    assert!(!run.study.warnings.iter().any(|own| own.id == "ingest/columns-left-out"));
    drop(run);
    study.write("documents/svar.csv", "id;Kommune;Runde;Hva savnet du?\n1;Beta;slutt;Kurs\n2;a;start;Tid\n");
    study.write(
        "temakart.toml",
        "format = 1\n[case]\nlabel = \"Kommune\"\nvalues = [{ id = \"a\" }, { id = \"b\", aliases = [\"Beta\"] }]\n\
         [phase]\nlabel = \"Runde\"\n",
    );
    assert_eq!(cells(&study.run()), [(vec!["a", "start"], 1, 1), (vec!["b", "slutt"], 1, 1)]);
}

#[test]
fn columns_are_called_as_other_attributes_are() {
    let study = study(ALL);
    let narrowed = |filter: &str| {
        let request = Request { filter: Some(filter.to_owned()), ..study.request() };
        lines(&run(&request)).len()
    };
    assert_eq!(narrowed("kommune:Gran"), 2);
    assert_eq!(narrowed("date:2016-03"), 4);
    assert_eq!(narrowed("Dato:..2016-03-12"), 2);
    assert_eq!(narrowed("fase:slutt"), 1);
    assert_eq!(narrowed("informant:R1"), 3);
    let by = Request { by: Some(vec!["Kommune".to_owned()]), ..study.request() };
    assert_eq!(cells(&run(&by)), [(vec!["Gran"], 2, 4), (vec!["Jevnaker"], 1, 2), (vec!["Lunner"], 2, 2)]);
}

#[test]
fn a_value_that_is_not_declared_is_told_of() {
    let study = study(ALL);
    let toml = std::fs::read_to_string(study.path().join("temakart.toml")).unwrap();
    study.write("temakart.toml", format!("{toml}[case]\nvalues = [\"a\", \"c\"]\n"));
    let run = study.run();
    let told: Vec<&str> = run
        .study
        .warnings
        .iter()
        .filter(|own| own.id == "project/unknown-value")
        .map(|own| own.message.as_str())
        .collect();
    assert_eq!(told, ["`b` in a column is not a declared value of `case`"]);
}

#[test]
fn what_a_date_means_its_whole_column_tells() {
    let study = study("\"Dato\"");
    let sheet = "Respondent;Dato;Hva er bra?;Hva er dårlig?\n\
        R1;03/04/2016;kurs;\nR2;03/25/2016;kurs;\nR3;våren 2016;kurs;\nR4;ukjent;kurs;\nR5;2016-05-01;kurs;\n";
    study.write("documents/a/start/svar.csv", sheet);
    let narrowed = |filter: &str| run(&Request { filter: Some(filter.to_owned()), ..study.request() });
    assert_eq!(lines(&narrowed("date:2016-03")).len(), 2);
    assert_eq!(lines(&narrowed("date:2016-04")).len(), 0);
    let told = study.run().study.warnings;
    let told: Vec<&str> =
        told.iter().filter(|own| own.id == "project/no-date").map(|own| own.message.as_str()).collect();
    assert_eq!(told, ["`våren 2016` in a column is not a date, nor is 1 more: kept as written"]);
}

#[test]
fn an_answer_is_found_again_by_its_row_who_gave_it_and_to_what() {
    let study = study("");
    let run = study.run();
    let of = |line: &Value| (line["informant"].clone(), line["question"].clone(), line["row"].clone());
    let found: Vec<_> = lines(&run).iter().map(of).collect();
    assert_eq!(found[0], ("R1".into(), "Hva er bra?".into(), 2.into()));
    assert_eq!(found[4], ("R1".into(), "Hva er dårlig?".into(), 4.into()));
    study.write("documents/a/start/svar.csv", "Hva er bra?\nEt kurs\n");
    study.write("documents/a/start/intervju.txt", "Kurs.\n");
    drop(run);
    let lines = lines(&study.run());
    assert_eq!(lines[0].get("informant"), None, "no answer");
    assert_eq!(of(&lines[1]), (Value::Null, "Hva er bra?".into(), 2.into()));
}

/// Respondents that are listed are shown by their pseudonyms, as speakers are, and found by all their names.
#[test]
fn a_respondent_has_a_pseudonym_too() {
    let study = study("");
    study.write("speakers.csv", "speaker,id,pseudonym,case\nR1,P7,Bjørk,\nR2,,Or,c\nR9,,Eik,\n");
    let run = study.run();
    let names: Vec<Value> = lines(&run).iter().map(|line| line["informant"].clone()).collect();
    assert_eq!(names, ["Bjørk", "Bjørk", "Or", "Or", "Bjørk"]);
    assert_eq!(lines(&run)[2]["case"], "c");
    let told: Vec<&str> = run
        .study
        .warnings
        .iter()
        .filter(|own| own.id == "speakers/not-heard")
        .map(|own| own.message.as_str())
        .collect();
    assert!(told.len() == 1 && told[0].contains("R9") && !told[0].contains("R1"), "{told:?}");
    drop(run);
    for (name, n) in [("R1", 3), ("P7", 3), ("Bjørk", 3), ("Or", 2), ("r2", 2), ("R9", 0)] {
        let request = Request { filter: Some(format!("informant:{name}")), ..study.request() };
        assert_eq!(lines(&self::run(&request)).len(), n, "{name}");
    }
}
