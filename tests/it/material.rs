//! What is said of the material before its numbers are compared agrees with the tables and with `compare`.

use temakart::diag::Warning;
use temakart::pipeline::{self, Request};
use temakart::report::Quotes;

use crate::study::{Study, open, run};

const CODEBOOK: &str = "format = 1\n[[code]]\nid = \"kurs\"\npatterns = [\"kurs\"]\n";

fn study(files: &[(&str, &str)]) -> Study {
    let study = Study::empty();
    study.write("codebook.toml", CODEBOOK);
    files.iter().for_each(|(path, content)| drop(study.write(path, content)));
    study
}

/// The messages of one kind, each with the document that it is about.
fn told(request: &Request, id: &str) -> Vec<String> {
    let warnings: Vec<Warning> = run(request).study.warnings;
    let of_kind = warnings.into_iter().filter(|warning| warning.id == id);
    of_kind.map(|warning| warning.path.map_or_else(String::new, |path| path + ": ") + &warning.message).collect()
}

#[test]
fn excluded_speakers_are_asked_about_in_documents_of_the_run_alone() {
    let asks = "Intervjuer: Hva har dere gjort, og hvordan gikk det med alt dette, tror du?\n\nKari: Kurs.\n\nIntervjuer: Ja?\n";
    let tells = "Intervjuer: Hva?\n\nKari: Vi har hatt kurs hver vår siden pilotene begynte med dette her.\n\nIntervjuer: Ja?\n";
    let project = "format = 1\nname = \"P\"\n[speakers]\nexclude = [\"Intervjuer\"]\n";
    let study =
        study(&[("temakart.toml", project), ("documents/a/start/01.txt", asks), ("documents/b/start/01.txt", tells)]);
    let id = "material/excluded-speaker-dominates";
    let all = told(&study.request(), id);
    assert_eq!(all.len(), 1, "{all:?}");
    assert!(all[0].starts_with("documents/a/start/01.txt: excluded speakers account for 14 of 15 words"), "{all:?}");
    let of_b = Request { filter: Some("case:b".to_owned()), ..study.request() };
    assert_eq!(told(&of_b, id), Vec::<String>::new());
    // Of what a filter leaves of a document, who speaks most says nothing.
    let asked = Request { filter: Some("case:b AND speaker:Intervjuer".to_owned()), ..study.request() };
    assert_eq!(told(&asked, id), Vec::<String>::new());
}

#[test]
fn cells_are_called_unequal_by_the_numbers_of_the_table() {
    // A joint meeting: half of it is of the other case.
    let meeting =
        "Kari: Vi har hatt kurs i dalen hver vår.\n\nOla: Vi har hatt kurs i byen hver vår.\n\nKari: Ja.\n\nOla: Ja.\n";
    let speakers = "document,speaker,case\ndocuments/a/start/01.txt,Ola,b\n";
    let alone = "Vi har hatt kurs.\n";
    let study = study(&[
        ("temakart.toml", "format = 1\nname = \"P\"\n"),
        ("speakers.csv", speakers),
        ("documents/a/start/01.txt", meeting),
        ("documents/b/start/01.txt", alone),
    ]);
    let table = run(&study.request()).coded.frequencies.material;
    let totals = table.iter().map(|cell| cell.totals.unwrap());
    let totals: Vec<(u64, u64)> = totals.map(|totals| (totals.documents_total, totals.words_total)).collect();
    assert_eq!(totals, [(1, 9), (2, 13)]);
    assert_eq!(told(&study.request(), "material/unequal"), Vec::<String>::new());
}

#[test]
fn cells_of_a_project_without_phases_are_named_by_what_they_have() {
    let study = study(&[
        ("documents.csv", "path,case,phase\na.txt,a,\nb.txt,b,\n"),
        ("a.txt", "Vi har hatt kurs i dalen hver vår."),
        ("b.txt", "Vi har kurs."),
    ]);
    assert_eq!(
        told(&study.request(), "material/unequal")[0],
        "a and b: 8 vs 3 words; 8 vs 3 words in the median segment"
    );
}

#[test]
fn documents_are_alike_whatever_short_ones_came_later() {
    let words: Vec<String> = (0..200).map(|n| format!("ord{n}")).collect();
    let study = study(&[
        ("documents/a/start/1.txt", &format!("{} først.", words.join(" "))),
        ("documents/a/start/2.txt", &format!("{} sist.", words.join(" "))),
    ]);
    let alike = || told(&study.request(), "material/near-duplicate");
    let first = alike();
    assert_eq!(first.len(), 1, "{first:?}");
    study.write("documents/a/start/3.txt", "Vi har kurs.");
    assert_eq!(alike(), first);
}

#[test]
fn a_report_keeps_what_is_told_of_its_cells() {
    let study = Study::example();
    let opened = study.open();
    let told = opened.warnings().iter().filter(|warning| warning.id == "material/unequal").count();
    let request = pipeline::ReportRequest {
        run: study.request(),
        quotes: Quotes::Withheld,
        from: None,
        to: None,
        claims: Vec::new(),
    };
    let (report, _) = pipeline::study_report(&opened, &request).unwrap();
    let pairs: Vec<&[temakart::tally::Unequal]> = report.unequal.chunk_by(|a, b| a.cells == b.cells).collect();
    assert!(told > 0 && pairs.len() == told, "{told} told, {} kept", pairs.len());
}

#[test]
fn an_attribute_that_mostly_goes_with_phase_is_told_of_as_compare_tells_it() {
    let text = |kind: &str| format!("---\ntype: {kind}\n---\n\nVi har hatt kurs.\n");
    let kinds = |phase: &str, kinds: &[&str]| -> Vec<(String, String)> {
        kinds.iter().enumerate().map(|(n, kind)| (format!("documents/a/{phase}/{n}.md"), text(kind))).collect()
    };
    let mut files = kinds("start", &["soknad", "soknad", "soknad", "intervju"]);
    files.extend(kinds("slutt", &["vurdering", "vurdering", "vurdering", "intervju"]));
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let study = study(&[&[("temakart.toml", "format = 1\nname = \"P\"\n")], files.as_slice()].concat());
    let told = told(&study.request(), "compare/confounded");
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(
        told[0],
        "phase largely coincides with `type` (start: intervju 1, soknad 3; slutt: intervju 1, vurdering 3): a \
         difference may be due to either"
    );
}

#[test]
fn whoever_goes_by_another_name_anywhere_is_not_named_beside_labels_that_nobody_has() {
    let study = Study::empty();
    study.write("codebook.toml", "format = 1\n[[code]]\nid = \"a\"\npatterns = [\"kurs\"]\n");
    let turns = "Intervjuer: Hva?\n\nKari Nordmann: Vi har hatt kurs.\n\nIntervjuer: Ja?\n\nOla: Ja.\n";
    study.write("A/start/a.txt", turns);
    study.write("speakers.csv", "document,speaker,pseudonym\nA/start/a.txt,Kari Nordmann,P1\n,Karl Nordmann,P2\n");
    let opened = open(&study.request());
    let told: Vec<String> = opened.material.diagnostics().iter().map(|message| format!("{message:?}")).collect();
    let told = told.join("\n");
    assert!(told.contains("labels in the documents: `Intervjuer`, `Ola`"), "{told}");
    assert!(!told.contains("Kari Nordmann"), "{told}");
}
