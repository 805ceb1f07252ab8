//! Conditions on who speaks and where: whatever a speaker and a document are called, they are found.

use serde_json::Value;
use temakart::pipeline::Request;

use crate::study::{Run, Study, run};

fn study() -> Study {
    let study = Study::empty();
    study.write("temakart.toml", "format = 1\nname = \"P\"\n");
    study.write("codebook.toml", "format = 1\n[[code]]\nid = \"kurs\"\npatterns = [\"kurs\"]\n");
    study.write("speakers.csv", "document,speaker,id,pseudonym\n,Informant 1,P1,Bjørk\n,Kari,P2,\n");
    let meeting = "Intervjuer: Kurs?\n\nInformant 1: Ja, kurs.\n\nKari: Kurs, kurs.\n\nIntervjuer: Ja?\n\nOla: Kurs.\n";
    study.write("documents/a/start/01.txt", meeting);
    study.write("documents/a/slutt/01.txt", "---\ninformant: P2\n---\nKurs igjen.\n");
    study
}

fn narrowed(study: &Study, filter: &str) -> Run {
    run(&Request { filter: Some(filter.to_owned()), ..study.request() })
}

/// How many mentions a filter leaves, and the messages about it.
fn found(study: &Study, filter: &str) -> (usize, Vec<String>) {
    let run = narrowed(study, filter);
    let told = run.study.warnings.iter().filter(|warning| warning.id.starts_with("where/"));
    (
        run.lines.split(|byte| *byte == b'\n').count() - 1,
        told.map(|own| format!("{}: {}", own.id, own.message)).collect(),
    )
}

#[test]
fn a_speaker_is_asked_for_by_label_id_and_pseudonym_and_shown_by_the_pseudonym() {
    let study = study();
    for name in ["Bjørk", "P1", "\"Informant 1\"", "\"informant 1\""] {
        assert_eq!(found(&study, &format!("speaker:{name}")), (1, vec![]), "{name}");
    }
    assert_eq!(found(&study, "speaker:Kari").0, 2);
    assert_eq!(found(&study, "speaker:\"Informant 1\"..\"Informant 3\""), (1, vec![]));
    assert_eq!(found(&study, "speaker:\"Informant 2\"..\"Informant 3\"").1.len(), 1);
    assert_eq!(found(&study, "NOT speaker:P1").0, 4);
    let lines = String::from_utf8(narrowed(&study, "speaker:P1").lines).unwrap();
    assert!(lines.contains("\"speaker\":\"Bjørk\""), "{lines}");
    let (n, told) = found(&study, "speaker:Nora");
    assert_eq!(n, 0);
    assert!(told[0].starts_with("where/no-such-value") && !told[0].contains("Informant 1"), "{told:?}");
}

#[test]
fn who_asks_is_context() {
    let (n, told) = found(&study(), "speaker:Intervjuer");
    assert_eq!(n, 0);
    assert_eq!(told.len(), 1);
    assert!(told[0].starts_with("where/only-context: `--where` selects only context"), "{told:?}");
}

/// One person under two names: as a label with an id, and as a document's own informant.
#[test]
fn an_informant_is_the_person_that_a_label_stands_for() {
    let study = study();
    assert_eq!(found(&study, "informant:P2"), (3, vec![]));
    assert_eq!(found(&study, "informant:P1"), (1, vec![]));
    let by = Request { by: Some(vec!["informant".to_owned()]), ..study.request() };
    let run = run(&by);
    let table = &run.coded.frequencies;
    let values: Vec<&str> = table.material.iter().filter_map(|row| row.key[0].as_deref()).collect();
    let mentions: Vec<u64> = (0..values.len()).map(|cell| table.counts(0, cell).unwrap().mentions).collect();
    assert_eq!((values, mentions), (vec!["P1", "P2", ""], vec![1, 3, 1]));
}

#[test]
fn a_document_is_asked_for_by_the_end_of_its_path() {
    let study = study();
    study.write("documents/a/slutt/møte.txt", "Kurs.\n");
    assert_eq!(found(&study, "document:\"documents/a/start/01.txt\"").0, 4);
    assert_eq!(found(&study, "document:møte.txt"), (1, vec![]));
    assert_eq!(found(&study, "document:slutt/01.txt"), (1, vec![]));
    let (n, told) = found(&study, "document:01.txt");
    assert_eq!(n, 5);
    assert!(told[0].starts_with("where/several-documents: `document:01.txt` matches 2 documents"), "{told:?}");
    assert_eq!(found(&study, "document:1.txt").0, 0);
}

/// What stands first in the whole material is kept, so that the cells of a filtered run are those of the whole one.
#[test]
fn a_repeated_segment_counts_where_it_stands_first_in_all() {
    let study = study();
    let said = "Vi hadde kurs hver eneste uke gjennom hele våren, og alle kom hver gang.\n";
    study.write("documents/b/start/1.txt", said);
    study.write("documents/c/start/2.txt", said);
    let once = |filter: &str| {
        let request = Request { filter: Some(filter.to_owned()), unique: true, ..study.request() };
        let lines = String::from_utf8(run(&request).lines).unwrap();
        let documents = lines.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()["document"].to_string());
        documents.collect::<Vec<_>>()
    };
    assert_eq!(once("case:b"), ["\"documents/b/start/1.txt\""]);
    assert_eq!(once("case:c"), Vec::<String>::new());
}
