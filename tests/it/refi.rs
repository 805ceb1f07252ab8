//! REFI-QDA: what we write is valid and comes back to the byte; what others write comes in, or says why not.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use proptest::prelude::*;
use temakart::interchange::{
    Draft, DraftCode, Exchange, OffsetUnit, OwnProject, OwnReading, OwnSource, OwnSpeaker, OwnValue, Selection, Source,
    Variable, Writing, read_qdpx, unpack, write_qdpx,
};
use tempfile::TempDir;

use crate::shared;
use crate::study::Study;

fn run(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_temakart")).current_dir(folder).env("COLUMNS", "100").args(args).output().unwrap()
}

#[track_caller]
fn done(folder: &Path, args: &[&str]) -> String {
    let output = run(folder, args);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{args:?}: {said}");
    said
}

#[track_caller]
fn refused(folder: &Path, args: &[&str], expected: &str) {
    let output = run(folder, args);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains(expected), "{said}");
}

/// A study with what makes trouble: emoji, CR LF, marks, equal names, persons, odd signs.
fn study() -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    let write = |path: &str, bytes: &str| {
        let path = dir.path().join("studie").join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    };
    write(
        "temakart.toml",
        "format = 1\nname = \"Piloten & «co» <1>\"\n[case]\nlabel = \"Delpilot\"\nvalues = [{ id = \"vest\", label = \
         \"Vest-Fjellet\" }, { id = \"øst\" }]\n[phase]\nlabel = \"Fase\"\nvalues = [{ id = \"start\" }, { id = \"slutt\" }]\n",
    );
    write(
        "codebook.toml",
        "format = 1\n[[code]]\nid = \"forankring\"\nlabel = \"Forankring\"\ndefinition = \"Plass i <planer> & \
         budsjett.\"\ninclude = \"også når\\ndet mangler\"\ncolor = \"#2b6a99\"\npatterns = [\"forankring\"]\n\
         [[code]]\nid = \"politisk\"\nlabel = \"forankring\"\nparent = \"forankring\"\npatterns = [\"politisk forankring\"]\n\
         [[code]]\nid = \"ildsjel\"\npatterns = [\"ildsjel\"]\n",
    );
    write(
        "documents/vest/start/intervju.txt",
        "Kari 😀: forankringen er \"svak\".\r\n\r\nIldsjelene 🇳🇴 bar politisk forankring.\r\n",
    );
    write("documents/øst/start/intervju.txt", "\u{feff}Vi manglet forankring.\n\nEn ildsjel & en <til>.\n");
    write("documents/øst/slutt/referat.md", "# Forankring\n\nDet må forankres. Forankring, forankring!\n");
    let add = |start: u32, end: u32, quote: &str, code: &str| {
        serde_json::json!({"at": "2026-11-23T12:00:00Z", "coder": "Kari", "action": "add", "segment": 2,
            "document": "documents/vest/start/intervju.txt", "start": start, "end": end, "quote": quote, "code": code,
            "note": "etter \"møtet\" <1>"})
    };
    let lines = [add(33, 46, "Ildsjelene 🇳🇴", "ildsjel"), add(33, 43, "Ildsjelene", "forankring")];
    write("decisions/Kari.jsonl", &lines.map(|line| format!("{line}\n")).concat());
    dir
}

/// The parts of a zip archive by name.
fn parts(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts = BTreeMap::new();
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).unwrap();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        drop(part);
        parts.insert(archive.name_for_index(index).unwrap().unwrap().into_owned(), bytes);
    }
    parts
}

fn zipped(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(name.as_str(), zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// Whether `xml` is valid, asked of xmllint where it is there.
fn assert_valid(schema: &str, xml: &[u8]) {
    let Some(schema) = shared(schema) else { return };
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("it.xml");
    std::fs::write(&path, xml).unwrap();
    let lint = Command::new("xmllint").arg("--noout").arg("--nonet").arg("--schema").arg(&schema).arg(&path).output();
    match lint {
        Err(_) => println!("skipped: xmllint is not there"),
        Ok(output) => assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr)),
    }
}

#[test]
fn a_project_of_ours_comes_back_to_the_byte() {
    let dir = study();
    let folder = dir.path();
    let said = done(folder, &["export", "studie", "--qdpx", "en.qdpx"]);
    assert!(said.contains("3 documents, 3 codes and"), "{said}");
    let first = std::fs::read(folder.join("en.qdpx")).unwrap();
    done(folder, &["export", "studie", "--qdpx", "igjen.qdpx"]);
    assert_eq!(std::fs::read(folder.join("igjen.qdpx")).unwrap(), first, "two runs");
    assert_valid("refi/Project.xsd", &parts(&first)["project.qde"]);
    let said = done(folder, &["import", "en.qdpx", "inn"]);
    assert!(!said.contains("not carried over"), "{said}");
    let said = done(folder, &["export", "inn", "--qdpx", "to.qdpx"]);
    let second = std::fs::read(folder.join("to.qdpx")).unwrap();
    let text = |bytes: &[u8]| String::from_utf8(parts(bytes).remove("project.qde").unwrap()).unwrap();
    assert_eq!(text(&second), text(&first), "{said}");
    assert_eq!(second, first);
}

#[test]
fn what_is_coded_in_a_transcript_is_found_when_it_came_in_and_changed() {
    let dir = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| {
        let path = dir.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    write("studie/temakart.toml", "format = 1\nname = \"Samtaler\"\n");
    write("studie/codebook.toml", "format = 1\n[[code]]\nid = \"f\"\npatterns = [\"forankring\"]\n");
    let filler = "Vi har jobbet lenge med dette og snakket om det med hverandre i alle de møtene ".repeat(5);
    for distance in (0..=300).step_by(3) {
        let said: String = filler.chars().skip(filler.chars().count() - distance).collect();
        let said = said.trim_start();
        write(
            &format!("studie/documents/nord/start/{distance}.txt"),
            &format!(
                "Informant 1: {said}forankring i laget.\n\nIntervjuer: Hva da?\n\nInformant 1: {said}forankring\n"
            ),
        );
    }
    done(dir.path(), &["export", "studie", "--qdpx", "ut.qdpx"]);
    done(dir.path(), &["import", "ut.qdpx", "inn"]);
    let same = run(dir.path(), &["code", "inn"]);
    assert!(!String::from_utf8_lossy(&same.stderr).contains("decisions/lost"));
    for entry in walk(&dir.path().join("inn/documents")) {
        let text = std::fs::read_to_string(&entry).unwrap();
        std::fs::write(&entry, format!("Intervjuer: Da begynner vi.\n\n{text}")).unwrap();
    }
    let moved = run(dir.path(), &["code", "inn"]);
    let said = String::from_utf8_lossy(&moved.stdout).into_owned() + &String::from_utf8_lossy(&moved.stderr);
    assert!(said.contains("decisions/moved") && !said.contains("decisions/lost"), "{said}");
}

/// All files in a folder.
fn walk(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { walk(&path) } else { vec![path] }).collect()
}

/// A study in which context, cases and persons are told in every way that there is.
fn study_of_many_voices() -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| {
        let path = dir.path().join("studie").join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    write(
        "temakart.toml",
        "format = 1\nname = \"Stemmer\"\nlanguages = [\"nn\", \"en\"]\n[case]\nvalues = [{ id = \"a\", label = \
         \"Anne\", aliases = [\"Aa\"] }, { id = \"b\" }, \"c\"]\n[segments.types]\nreferat = \"sentence\"\n\
         [speakers]\nexclude = [\"Ordstyrer\", \"Nora Hemmelig\"]\n",
    );
    write("codebook.toml", "format = 1\n[[code]]\nid = \"eple\"\npatterns = [\"eple\"]\n");
    write(
        "documents/Aa/start/1.txt",
        "Ordstyrer: hva med eple da dere?\n\nKari: eple\n\nOrdstyrer: ja\n\nOla: eple og eple\n\nKari: ja\n",
    );
    write("documents/a/slutt/2.md", "---\ntype: referat\n---\n# Eple\n\nEt eple. To eple. Ingenting.\n");
    write("documents/b/start/3.txt", "et eple til\n");
    write(
        "speakers.csv",
        "document,speaker,id,role,case,pseudonym,exclude\n\
         documents/Aa/start/1.txt,Kari,K1,leder,c,Bjørk,\n,Ola,O1,,,,nei\n",
    );
    let line = r#"{"coder":"kn","action":"read","document":"documents/a/slutt/2.md""#;
    write(
        "decisions/kn.jsonl",
        &format!("{line}}}\n{}\n", line.replace("a/slutt/2.md\"", "Aa/start/1.txt\",\"segment\":2}")),
    );
    dir
}

#[test]
fn a_project_of_ours_counts_as_before_when_it_comes_back() {
    let dir = study_of_many_voices();
    let folder = dir.path();
    let said = done(folder, &["export", "studie", "--qdpx", "en.qdpx"]);
    for expected in ["export/descriptions", "export/real-names", "not carried over: the patterns of 1 code"] {
        assert!(said.contains(expected), "{expected}: {said}");
    }
    let project =
        String::from_utf8(parts(&std::fs::read(folder.join("en.qdpx")).unwrap()).remove("project.qde").unwrap());
    let project = project.unwrap();
    assert_valid("refi/Project.xsd", project.as_bytes());
    assert!(!project.contains("Nora Hemmelig"), "a name that no text has: {project}");
    let said = done(folder, &["import", "en.qdpx", "inn"]);
    assert!(!said.contains("not carried over") && said.contains("refi/stayed-behind"), "{said}");
    let numbers = |study: &str| {
        let output = run(folder, &["code", study, "--format", "json"]);
        let object: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        let of_row = |row: &serde_json::Value| {
            ["code", "case", "phase", "mentions", "segments", "documents", "speakers"].map(|name| row[name].clone())
        };
        let rows: Vec<_> = object["frequencies"].as_array().unwrap().iter().map(of_row).collect();
        (object["material"].clone(), rows)
    };
    assert_eq!(numbers("inn"), numbers("studie"));
    let read = std::fs::read_to_string(folder.join("inn/decisions/kn.jsonl")).unwrap();
    let read: Vec<serde_json::Value> = read.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let of = |line: &serde_json::Value| (line["action"].clone(), line["document"].clone(), line["segment"].clone());
    assert_eq!(
        read.iter().map(of).collect::<Vec<_>>(),
        [
            ("read".into(), "documents/1.txt".into(), 2.into()),
            ("read".into(), "documents/2.md".into(), serde_json::Value::Null)
        ]
    );
    done(folder, &["export", "inn", "--qdpx", "to.qdpx"]);
    let again = parts(&std::fs::read(folder.join("to.qdpx")).unwrap()).remove("project.qde").unwrap();
    assert_eq!(String::from_utf8(again).unwrap(), project);
}

/// The rows of `code`, without the columns that say which pattern found a mention and how.
fn rows_of(folder: &Path) -> BTreeMap<String, Vec<serde_json::Value>> {
    let of_patterns = "exact inflection derived head modifier wildcard fuzzy regex phrase near pattern manual";
    let output = run(folder, &["code", ".", "--format", "json"]);
    let object: BTreeMap<String, serde_json::Value> = serde_json::from_slice(&output.stdout).unwrap();
    let mut tables = BTreeMap::new();
    for name in ["frequencies", "margins", "material", "material_margins"] {
        let mut rows = object[name].as_array().unwrap().clone();
        for row in &mut rows {
            row.as_object_mut().unwrap().retain(|column, _| of_patterns.split(' ').all(|own| own != column));
        }
        tables.insert(name.to_owned(), rows);
    }
    tables
}

#[track_caller]
fn comes_back_the_same(study: &Study) {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path();
    let path = study.path().to_str().unwrap();
    done(folder, &["export", path, "--qdpx", "en.qdpx"]);
    done(folder, &["import", "en.qdpx", "inn"]);
    done(folder, &["export", "inn", "--qdpx", "to.qdpx"]);
    let read = |name: &str| std::fs::read(folder.join(name)).unwrap();
    assert!(read("en.qdpx") == read("to.qdpx"), "the second file is another");
    let (before, after) = (rows_of(study.path()), rows_of(&folder.join("inn")));
    assert!(before["frequencies"].iter().any(|row| row["missing"].as_u64() > Some(0)));
    for (name, rows) in before {
        assert_eq!(after[&name], rows, "{name}");
    }
}

/// Its labels are ids in capitals, and some stances are told by patterns and cues that stay behind.
#[test]
fn the_example_study_comes_back_to_the_byte_and_to_the_number() {
    comes_back_the_same(&Study::example());
}

#[test]
fn the_pilot_study_comes_back_to_the_byte_and_to_the_number() {
    let Some(folder) = shared("data/piloten") else { return };
    let study = Study::copy_of(&folder);
    study.write("codebook.toml", std::fs::read(crate::root().join("codebooks/piloten.toml")).unwrap());
    comes_back_the_same(&study);
}

/// A name that differs from another of the same value in capitals or accents only is a name of it still.
#[test]
fn labels_and_aliases_come_back_as_they_were() {
    let study = Study::empty();
    let values = "[{ id = \"aa\", label = \"AA\", aliases = [\"Aa\", \"Åå\"] }, { id = \"idé\", aliases = [\"ide\"] }]";
    study.write("temakart.toml", format!("format = 1\nname = \"N\"\n[case]\nlabel = \"Sted\"\nvalues = {values}\n"));
    study.write("codebook.toml", "format = 1\n[[code]]\nid = \"f\"\npatterns = [\"forankring\"]\n");
    study.write("documents/Aa/start/1.txt", "Mangler forankring.\n");
    study.write("documents/idé/start/2.txt", "God forankring.\n");
    comes_back_the_same(&study);
}

/// What rules coded keeps its stance when the words around no longer tell it, also by way of a part of the study.
#[test]
fn a_stance_that_no_word_tells_comes_back() {
    let study = Study::empty();
    let folder = study.path();
    study.write("studie/temakart.toml", "format = 1\nname = \"N\"\n");
    study.write(
        "studie/codebook.toml",
        "format = 1\n[[code]]\nid = \"f\"\npatterns = [{ match = \"uforankret\", stance = \"missing\" }]\n",
    );
    study.write("studie/documents/nord/start/1.txt", "Planen er uforankret.\n");
    done(folder, &["export", "studie", "--qdpx", "en.qdpx"]);
    done(folder, &["import", "en.qdpx", "inn"]);
    done(folder, &["export", "inn", "--where", "case:nord", "--qdpx", "to.qdpx"]);
    done(folder, &["import", "to.qdpx", "inn-igjen"]);
    for project in ["studie", "inn", "inn-igjen"] {
        let rows = rows_of(&folder.join(project));
        assert_eq!(rows["frequencies"][0]["missing"], 1, "{project}");
    }
    // What a person says of it counts here, and has no place there.
    let lines = std::fs::read_to_string(folder.join("inn/decisions/temakart 0.1.0.jsonl")).unwrap();
    std::fs::write(folder.join("inn/decisions/Kari.jsonl"), lines.replace("temakart 0.1.0", "Kari")).unwrap();
    std::fs::remove_file(folder.join("inn/decisions/temakart 0.1.0.jsonl")).unwrap();
    assert_eq!(rows_of(&folder.join("inn"))["frequencies"][0]["missing"], 1);
    let said = done(folder, &["export", "inn", "--qdpx", "Kari.qdpx"]);
    assert!(said.contains("not carried over: the stance of 1 coding in `decisions/`"), "{said}");
}

#[test]
fn what_does_not_come_back_is_listed() {
    let dir = study_of_many_voices();
    let folder = dir.path();
    std::fs::write(folder.join("studie/documents/b/start/svar.csv"), "id;Hva er bra?\n1;Et eple om dagen\n").unwrap();
    std::fs::write(folder.join("studie/documents/b/start/side.html"), "<p>Et eple.</p><p>To eple.</p>").unwrap();
    let lines = r#"{"coder":"kn","action":"note","document":"documents/b/start/3.txt","note":"hm"}
{"coder":"kn","action":"reject","document":"documents/b/start/3.txt","start":3,"end":7,"quote":"eple","code":"eple"}
"#;
    std::fs::write(folder.join("studie/decisions/kn.jsonl"), lines).unwrap();
    let said = done(folder, &["export", "studie", "--qdpx", "en.qdpx", "--where", "case:b"]);
    for expected in [
        "not carried over: 1 rejection in",
        "not carried over: 1 note in",
        "not carried over: the selection made by `--where` or `--unique`",
        "read as plain text, it is counted differently: `documents/b/start/svar.csv`",
    ] {
        assert!(said.contains(expected), "{expected}: {said}");
    }
}

#[test]
fn segments_that_were_read_stay_behind_where_the_text_is_cut_otherwise() {
    let dir = study_of_many_voices();
    let folder = dir.path();
    let write = |path: &str, text: &str| std::fs::write(folder.join("studie").join(path), text).unwrap();
    write(
        "documents/b/start/svar.csv",
        "id;Hva er bra?;Hva er galt?\n1;Et eple om dagen;To eple\n2;Ingen eple;Fire eple\n",
    );
    write("documents/b/slutt.html", "<h1>Eple</h1><p>Et eple.</p>");
    let lines = r#"{"coder":"kn","action":"read","document":"documents/b/start/svar.csv","segment":3}
{"coder":"kn","action":"read","document":"documents/a/slutt/2.md","segment":2}
{"coder":"ab","action":"read","document":"documents/b/start/svar.csv"}
"#;
    write("decisions/kn.jsonl", lines);
    let said = done(folder, &["export", "studie", "--qdpx", "en.qdpx"]);
    let expected = "which segments of 1 document were read, since plain text is segmented differently: \
                    `documents/b/start/svar.csv`";
    assert!(said.contains(expected), "{said}");
    done(folder, &["import", "en.qdpx", "inn"]);
    let read = |coder: &str| std::fs::read_to_string(folder.join(format!("inn/decisions/{coder}.jsonl"))).unwrap();
    assert!(read("kn").contains("documents/2.md") && !read("kn").contains("svar"), "{}", read("kn"));
    assert!(read("ab").contains("svar"), "{}", read("ab"));
}

#[test]
fn cases_and_phases_of_others_are_not_in_the_file() {
    let dir = study_of_many_voices();
    let folder = dir.path();
    let toml = std::fs::read_to_string(folder.join("studie/temakart.toml")).unwrap();
    let toml = format!("{toml}[phase]\nvalues = [\"start\", {{ id = \"slutt\", label = \"Til slutt\" }}]\n");
    std::fs::write(folder.join("studie/temakart.toml"), toml).unwrap();
    done(folder, &["export", "studie", "--qdpx", "en.qdpx", "--where", "case:b"]);
    let project = parts(&std::fs::read(folder.join("en.qdpx")).unwrap()).remove("project.qde").unwrap();
    let project = String::from_utf8(project).unwrap();
    for other in ["Anne", "Aa", "Til slutt"] {
        assert!(!project.contains(other), "{other}: {project}");
    }
    done(folder, &["export", "studie", "--qdpx", "alle.qdpx"]);
    let project = parts(&std::fs::read(folder.join("alle.qdpx")).unwrap()).remove("project.qde").unwrap();
    assert!(String::from_utf8(project).unwrap().contains("Til slutt"));
}

/// A table has rows of nothing for them before, and none when the project comes back.
#[test]
fn cases_and_phases_without_documents_are_told_of_by_number() {
    let dir = study();
    let folder = dir.path();
    let path = folder.join("studie/temakart.toml");
    let toml = std::fs::read_to_string(&path).unwrap();
    let more = toml.replace("{ id = \"slutt\" }", "{ id = \"slutt\" }, \"etter\", \"lenge-etter\"");
    std::fs::write(&path, more.replace("{ id = \"øst\" }", "{ id = \"øst\" }, \"hemmelig\"")).unwrap();
    let said = done(folder, &["export", "studie", "--qdpx", "en.qdpx"]);
    assert!(said.contains("not carried over: 1 case and 2 phases without documents"), "{said}");
    assert!(!said.contains("hemmelig"), "{said}");
}

#[test]
fn a_project_in_another_encoding_than_it_says_is_read_and_told() {
    let mut bytes = Cursor::new(Vec::new());
    write_qdpx(&small(), &Writing::default(), &mut bytes).unwrap();
    let mut parts = parts(bytes.get_ref());
    let project = String::from_utf8(parts.remove("project.qde").unwrap()).unwrap();
    let named = project.replace("name=\"en\"", "name=\"Å være på møter\"").replace("😀", "x").replace("🇳🇴", "y");
    let latin_1 = named.chars().map(|letter| u8::try_from(u32::from(letter)).unwrap()).collect();
    parts.insert("project.qde".to_owned(), latin_1);
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("en.qdpx");
    std::fs::write(&path, zipped(&parts.into_iter().collect::<Vec<_>>())).unwrap();
    let read = read_qdpx(&path).unwrap();
    assert_eq!(read.exchange.codes.codes[0].label, "Å være på møter");
    assert!(read.notes.iter().any(|note| note.id == "xml/encoding"), "{:?}", read.notes);
}

/// A description of ours in a file that anybody may have written.
#[test]
fn what_a_description_claims_breaks_no_project() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("en.qdpx");
    let mut exchange = small();
    let value = |id: &str, label: &str| OwnValue { id: id.to_owned(), label: label.to_owned(), ..OwnValue::default() };
    exchange.own = OwnProject {
        languages: vec!["klingon".to_owned()],
        segments: Some("chapter".to_owned()),
        case: Some("Fase".to_owned()),
        phase: Some("Fase".to_owned()),
        types: BTreeMap::from([("a\"]\n[x]".to_owned(), "turn".to_owned())]),
        exclude: Some(vec!["\u{1b}[31m\n\"".to_owned()]),
        phases: vec![value("slutt", "start"), value("slutt", "slutt"), value("", "tom")],
        ..OwnProject::default()
    };
    let speaker = |label: &str| OwnSpeaker {
        label: label.to_owned(),
        case: Some("nord\n,\"".to_owned()),
        pseudonym: Some("=1+1".to_owned()),
        ..OwnSpeaker::default()
    };
    exchange.sources[0].own.speakers = vec![speaker("Kari"), speaker("KARI:"), speaker(" \n"), speaker("../x,\"y")];
    exchange.sources[0].own.read =
        vec![OwnReading { coder: "../../kn".to_owned(), segments: vec![(1, u32::MAX)] }, OwnReading::default()];
    let mut bytes = Cursor::new(Vec::new());
    write_qdpx(&exchange, &Writing::default(), &mut bytes).unwrap();
    std::fs::write(&path, bytes.get_ref()).unwrap();
    done(dir.path(), &["import", "en.qdpx", "inn"]);
    let output = run(dir.path(), &["documents", "inn", "--format", "json"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn what_persons_coded_is_exact_and_what_rules_coded_is_traced() {
    let dir = study();
    done(dir.path(), &["export", "studie", "--qdpx", "en.qdpx"]);
    let read = read_qdpx(&dir.path().join("en.qdpx")).unwrap().exchange;
    let source = read.sources.iter().find(|source| source.name == "vest - start - intervju").unwrap();
    let quote = |selection: &Selection| {
        let range = selection.start as usize..selection.end as usize;
        source.text.chars().collect::<Vec<char>>()[range].iter().collect::<String>()
    };
    let own: Vec<(String, String)> = source
        .selections
        .iter()
        .filter(|selection| selection.user == "Kari")
        .map(|selection| (quote(selection), read.codes.codes[selection.code].id.clone()))
        .collect();
    assert_eq!(
        own,
        [("Ildsjelene".to_owned(), "forankring".to_owned()), ("Ildsjelene 🇳🇴".to_owned(), "ildsjel".to_owned())]
    );
    let rule = source.selections.iter().find(|selection| quote(selection) == "forankringen").unwrap();
    assert!(rule.note.starts_with("rule: forankring; grade: inflection; stance: "), "{}", rule.note);
    assert_eq!(source.values["Delpilot"], "Vest-Fjellet");
    assert_eq!(read.variables[0].groups, ["Vest-Fjellet", "øst"]);
}

#[test]
fn of_what_a_person_said_the_last_word_is_written() {
    let dir = study();
    let path = dir.path().join("studie/decisions/Kari.jsonl");
    let document = "documents/vest/start/intervju.txt";
    // Neither line names the code that it is about, and one writes the new one in other case.
    let id = |start, end| temakart::coding::coding_id(document, "forankring", start, end);
    let line = |action: &str, start: u32, end: u32, quote: &str, code: Option<&str>| {
        serde_json::json!({"coder": "Kari", "action": action, "document": document, "id": id(start, end),
            "start": start, "end": end, "quote": quote, "code": code})
    };
    let more = [line("recode", 33, 43, "Ildsjelene", Some("ILDSJEL")), line("accept", 8, 20, "forankringen", None)];
    let lines = std::fs::read_to_string(&path).unwrap() + &more.map(|line| format!("{line}\n")).concat();
    std::fs::write(&path, lines).unwrap();
    done(dir.path(), &["export", "studie", "--qdpx", "en.qdpx"]);
    let read = read_qdpx(&dir.path().join("en.qdpx")).unwrap().exchange;
    let source = read.sources.iter().find(|source| source.name == "vest - start - intervju").unwrap();
    let own = source.selections.iter().filter(|selection| selection.user == "Kari");
    let own: Vec<_> = own.map(|own| (own.start, own.end, read.codes.codes[own.code].id.as_str())).collect();
    assert_eq!(own, [(8, 20, "forankring"), (33, 43, "ildsjel")]);
}

#[test]
fn utf16_positions_are_written_with_a_warning_and_found_out() {
    let dir = study();
    let said = done(dir.path(), &["export", "studie", "--qdpx", "en.qdpx"]);
    assert!(said.contains("--offset-unit utf16"), "{said}");
    let said = done(dir.path(), &["export", "studie", "--qdpx", "win.qdpx", "--offset-unit", "utf16"]);
    assert!(said.contains("UTF-16"), "{said}");
    let said = done(dir.path(), &["import", "win.qdpx", "inn"]);
    assert!(said.contains("count UTF-16 units"), "{said}");
    let of = |name: &str| read_qdpx(&dir.path().join(name)).unwrap().exchange;
    assert_eq!(of("win.qdpx"), of("en.qdpx"));
}

#[test]
fn a_codebook_comes_back_from_qdc_with_its_patterns() {
    let dir = study();
    done(dir.path(), &["codebook", "export", "studie", "--qdc", "kodebok.qdc"]);
    let qdc = std::fs::read(dir.path().join("kodebok.qdc")).unwrap();
    assert_valid("refi/Codebook.xsd", &qdc);
    done(dir.path(), &["codebook", "import", "kodebok.qdc", "--out", "igjen.toml"]);
    done(dir.path(), &["codebook", "export", "igjen.toml", "--qdc", "igjen.qdc"]);
    assert_eq!(std::fs::read(dir.path().join("igjen.qdc")).unwrap(), qdc);
    let toml = std::fs::read_to_string(dir.path().join("igjen.toml")).unwrap();
    assert!(toml.contains("id = \"politisk\"") && toml.contains("\"politisk forankring\""), "{toml}");
}

#[test]
fn the_example_comes_in_with_every_coding_on_its_words() {
    let Some(path) = shared("refi/example.qdpx") else { return };
    let read = read_qdpx(&path).unwrap();
    let mut quotes = Vec::new();
    for source in &read.exchange.sources {
        let text: Vec<char> = source.text.chars().collect();
        for selection in &source.selections {
            let quote: String = text[selection.start as usize..selection.end as usize].iter().collect();
            let code = &read.exchange.codes.codes[selection.code];
            quotes.push(format!("{quote} | {} | {}", code.label, selection.user));
        }
    }
    quotes.sort();
    assert_eq!(
        quotes,
        [
            "Forankringen i kommunestyret | forankring | temakart-auto",
            "Forankringen | forankring | Kari",
            "Forankringen | forankring | temakart-auto",
            "Forankringen | ildsjeler | temakart-auto",
            "Ildsjelene | ildsjeler | temakart-auto",
            "politisk forankring | politisk forankring | temakart-auto",
            "prosjekttretthet | prosjekttretthet | temakart-auto",
            "Østre Toten | forankring | Kari",
        ]
    );
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("inn");
    assert_eq!(unpack(&read, &folder).unwrap().codings, 8);
    let ignored = std::fs::read_to_string(folder.join(".gitignore")).unwrap();
    assert!(ignored.lines().any(|line| line == "speakers.xlsx"), "{ignored}");
    let said = done(dir.path(), &["code", "inn", "--format", "json"]);
    assert!(!said.contains("warning[decisions"), "{said}");
}

#[test]
fn another_program_s_files_come_in_or_say_why_not() {
    let dir = tempfile::tempdir().unwrap();
    if let Some(path) = shared("data/formats/plain/qdpx/qualitative-coding__qualitative_coding_demo.qdpx") {
        let said = done(dir.path(), &["import", path.to_str().unwrap(), "demo"]);
        assert!(said.contains("2 documents") && said.contains("positions from qc 1.3.2 count"), "{said}");
        done(dir.path(), &["code", "demo"]);
    }
    if let Some(path) = shared("refi/example.qdc") {
        done(dir.path(), &["codebook", "import", path.to_str().unwrap(), "--out", "kodebok.toml"]);
        refused(dir.path(), &["import", path.to_str().unwrap(), "x"], "is a codebook");
    }
}

/// A small project as another program would write it, and what becomes of it by changing its parts.
fn variant(change: impl Fn(&mut String, &mut Vec<(String, Vec<u8>)>)) -> Exchange {
    read_variant(change).unwrap()
}

/// A change of the project's XML and of its sources by name.
type Change<'a> = dyn Fn(&mut String, &mut Vec<(String, Vec<u8>)>) + 'a;

fn read_variant(change: impl Fn(&mut String, &mut Vec<(String, Vec<u8>)>)) -> Result<Exchange, String> {
    let exchange = small();
    let mut bytes = Cursor::new(Vec::new());
    write_qdpx(&exchange, &Writing::default(), &mut bytes).unwrap();
    let mut parts = parts(bytes.get_ref());
    let mut project = String::from_utf8(parts.remove("project.qde").unwrap()).unwrap();
    let mut sources: Vec<(String, Vec<u8>)> = parts.into_iter().collect();
    change(&mut project, &mut sources);
    if !sources.iter().any(|(name, _)| name.ends_with(".qde")) {
        sources.insert(0, ("project.qde".to_owned(), project.into_bytes()));
    }
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("x.qdpx");
    std::fs::write(&path, zipped(&sources)).unwrap();
    read_qdpx(&path)
        .map(|read| read.exchange)
        .map_err(|errors| errors.iter().map(|error| error.message.clone()).collect::<Vec<_>>().join("\n"))
}

fn small() -> Exchange {
    let code = |id: &str| DraftCode { id: id.to_owned(), label: id.to_owned(), ..DraftCode::default() };
    let select = |start, end, code| Selection { start, end, code, user: "Kari".to_owned(), ..Selection::default() };
    Exchange {
        name: "Liten".to_owned(),
        codes: Draft { name: "Liten".to_owned(), codes: vec![code("en"), code("to")], ..Draft::default() },
        variables: vec![Variable { name: "Fase".to_owned(), groups: vec!["start".to_owned()] }],
        sources: vec![Source {
            name: "Intervju".to_owned(),
            text: "Hei 😀 alle\nher 🇳🇴 på møtet\n".to_owned(),
            values: BTreeMap::from([("Fase".to_owned(), "start".to_owned())]),
            selections: vec![select(6, 10, 0), select(11, 14, 1), select(18, 26, 0)],
            own: OwnSource::default(),
        }],
        own: OwnProject::default(),
    }
}

#[test]
fn what_others_do_otherwise_is_understood() {
    let expected = variant(|_, _| {});
    assert_eq!(expected.sources, small().sources);
    for (name, from, to) in [
        ("namespace", "project:1.0", "project:1:0"),
        ("origin", concat!(" origin=\"temakart ", env!("CARGO_PKG_VERSION"), "\""), ""),
        ("path", "internal://", ""),
        ("relative", "internal://", "relative:///C:\\x\\"),
    ] {
        let found = variant(|project, _| {
            assert!(project.contains(from), "{name}");
            *project = project.replace(from, to);
        });
        assert_eq!(found, expected, "{name}");
    }
    let other_names = variant(|project, parts| {
        parts.iter_mut().for_each(|(name, _)| *name = name.replace("sources/", "Sources/"));
        parts.push(("Pilot.qde".to_owned(), project.clone().into_bytes()));
    });
    assert_eq!(other_names, expected);
    let braces = variant(|project, _| {
        let guid = project.split("targetGUID=\"").nth(1).unwrap()[..36].to_owned();
        *project =
            project.replace(&format!("targetGUID=\"{guid}"), &format!("targetGUID=\"{{{}}}", guid.to_lowercase()));
    });
    assert_eq!(braces, expected);
    let marked = variant(|_, parts| parts.iter_mut().for_each(|(_, text)| drop(text.splice(0..0, *b"\xef\xbb\xbf"))));
    assert_eq!(marked, expected);
    let crlf = variant(|project, parts| {
        for (_, text) in parts {
            *text = String::from_utf8(text.clone()).unwrap().replace('\n', "\r\n").into_bytes();
        }
        for (from, to) in [("\"11\"", "\"12\""), ("\"14\"", "\"15\""), ("\"18\"", "\"19\""), ("\"26\"", "\"27\"")] {
            *project = project.replace(&format!("Position={from}"), &format!("Position={to}"));
        }
    });
    assert_eq!(crlf, expected);
    let inline = variant(|project, parts| {
        let start = project.find("plainTextPath").unwrap();
        let end = start + project[start..].find(".txt\"").unwrap() + 5;
        project.replace_range(start..end, "");
        let content = format!("<PlainTextContent>{}</PlainTextContent><PlainText", small().sources[0].text);
        *project = project.replacen("<PlainText", &content, 1);
        parts.clear();
    });
    assert_eq!(inline, expected);
}

#[test]
fn hostile_projects_are_refused_or_harmless() {
    let check = |change: &Change<'_>, expected: &str| {
        let why = read_variant(change).expect_err(expected);
        assert!(why.contains(expected), "{why}");
    };
    let entity = "<!DOCTYPE p [<!ENTITY a \"haha\"><!ENTITY b \"&a;&a;&a;\">]>";
    check(
        &|project, _| {
            *project = project.replace("<Project ", &format!("{entity}<Project ")).replace("<Users>", "<Users>&b;");
        },
        "never expanded",
    );
    let outside = "<!DOCTYPE p [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>";
    check(
        &|project, _| {
            *project = project.replace("<Project ", &format!("{outside}<Project ")).replace("<Users>", "<Users>&a;");
        },
        "never expanded",
    );
    check(&|project, _| *project = project.replace("<Codes>", &format!("<Codes>{}", "<Code>".repeat(100_000))), "deep");
    check(&|project, _| project.truncate(project.find("<CodeBook").unwrap()), "cut off");
    check(
        &|project, _| *project = project.replace("<Project ", "<Prosjekt ").replace("</Project>", "</Prosjekt>"),
        "not a REFI-QDA project",
    );
    check(&|_, parts| parts.extend([("a.qde".to_owned(), vec![]), ("b.qde".to_owned(), vec![])]), "2 projects");
    check(&|_, parts| parts[0].1 = vec![b' '; 60 << 20], "bomb");

    // A name or a path leads nowhere but into the archive and below the new folder.
    let traversing = read_variant(|project, _| {
        *project = project.replace("name=\"Intervju\"", "name=\"../../../tmp/Intervju\"");
        *project = project.replace("internal://", "internal://../../../../etc/passwd/../");
    });
    assert_eq!(traversing.unwrap().sources[0].name, "-..-..-tmp-Intervju");
    let absurd = variant(|project, _| {
        *project = project.replace("\"6\" endPosition=\"10\"", "\"-99999999999999999999\" endPosition=\"10\"");
        *project = project.replace("\"11\" endPosition=\"14\"", "\"11\" endPosition=\"9223372036854775807\"");
        *project = project.replace("\"18\" endPosition=\"26\"", "\"26\" endPosition=\"18\"");
    });
    assert!(absurd.sources[0].selections.is_empty());
}

#[test]
fn codes_without_names_come_in_under_one() {
    let dir = tempfile::tempdir().unwrap();
    let mut bytes = Cursor::new(Vec::new());
    write_qdpx(&small(), &Writing::default(), &mut bytes).unwrap();
    let mut parts = parts(bytes.get_ref());
    let project = String::from_utf8(parts.remove("project.qde").unwrap()).unwrap();
    let within = "<Code guid=\"1\" name=\"\" isCodable=\"true\"/></Code>";
    let nameless = project.replace("name=\"en\"", "name=\"\"").replace("name=\"to\"", "name=\"  \"");
    let nameless = nameless.replacen("</Code>", within, 1);
    parts.insert("project.qde".to_owned(), nameless.clone().into_bytes());
    std::fs::write(dir.path().join("en.qdpx"), zipped(&parts.into_iter().collect::<Vec<_>>())).unwrap();
    let said = done(dir.path(), &["import", "en.qdpx", "inn"]);
    assert!(said.contains("3 codes have no names and are called here `code`, `code (2)`, `code (3)`"), "{said}");
    done(dir.path(), &["check", "inn"]);
    let codes = &nameless[nameless.find("<Codes>").unwrap()..nameless.find("</CodeBook>").unwrap()];
    let qdc = format!("<CodeBook xmlns=\"urn:QDA-XML:codebook:1.0\">{codes}</CodeBook>");
    std::fs::write(dir.path().join("en.qdc"), qdc).unwrap();
    let said = done(dir.path(), &["codebook", "import", "en.qdc", "--out", "en.toml"]);
    assert!(said.contains("3 codes have no names"), "{said}");
}

/// A file may call everything the same, and say of everything what it says of everything.
#[test]
fn large_projects_take_time_by_their_size() {
    let many = |n: usize, one: &dyn Fn(usize) -> String| (0..n).map(one).collect::<String>();
    let with = |n_variables: usize, n_sources: usize| {
        let source = |at: usize| {
            format!("<TextSource guid=\"s{at}\" name=\"Intervju\"><PlainTextContent>x</PlainTextContent></TextSource>")
        };
        let case =
            |at: usize| format!("<Case guid=\"c{at}\" name=\"Sak {at}\"><SourceRef targetGUID=\"s{at}\"/></Case>");
        let set = |at: usize| format!("<Set name=\"Kull: {at}\"><MemberSource targetGUID=\"s{at}\"/></Set>");
        let variable = |at: usize| format!("<Variable guid=\"v{at}\" name=\"V{at}\"/>");
        let code = |_: usize| "<Code name=\"tema\"/>".to_owned();
        let xml = format!(
            "<Project><CodeBook><Codes>{}</Codes></CodeBook><Variables>{}</Variables><Cases>{}</Cases><Sources>{}</Sources><Sets>{}</Sets></Project>",
            many(n_sources, &code),
            many(n_variables, &variable),
            many(n_sources, &case),
            many(n_sources, &source),
            many(n_sources, &set),
        );
        read_variant(|_, parts| *parts = vec![("project.qde".to_owned(), xml.clone().into_bytes())])
    };
    let started = std::time::Instant::now();
    let exchange = with(100, 20_000).unwrap();
    assert!(started.elapsed() < std::time::Duration::from_secs(60), "{:?}", started.elapsed());
    assert!(exchange.sources.iter().any(|source| source.name == "Intervju (20000)"));
    assert_eq!(exchange.codes.codes[19_999].id, "tema (20000)");
    let why = with(4_000, 4_000).unwrap_err();
    assert!(why.contains("4000 variables of 4000 sources are more than"), "{why}");
}

#[test]
fn what_rules_of_another_version_coded_is_by_the_rules_still() {
    let of_rules = variant(|project, _| *project = project.replace("\"Kari\"", "\"temakart 0.0.9\""));
    assert!(of_rules.sources[0].selections.iter().all(|selection| selection.user.is_empty()));
    let of_person = variant(|project, _| *project = project.replace("\"Kari\"", "\"temakart Kari\""));
    assert!(of_person.sources[0].selections.iter().all(|selection| selection.user == "temakart Kari"));
}

#[test]
fn damaged_archives_are_refused() {
    let mut bytes = Cursor::new(Vec::new());
    write_qdpx(&small(), &Writing::default(), &mut bytes).unwrap();
    let whole = bytes.into_inner();
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("x.qdpx");
    for end in (0..whole.len()).step_by(37) {
        std::fs::write(&path, &whole[..end]).unwrap();
        assert!(read_qdpx(&path).is_err(), "cut at {end}");
    }
    for at in (0..whole.len()).step_by(11) {
        let mut damaged = whole.clone();
        damaged[at] ^= 0x55;
        std::fs::write(&path, &damaged).unwrap();
        // What cannot be noticed may come in; nothing panics.
        let _ = read_qdpx(&path);
    }
    // Two parts of one name: the second is written where the first's name is patched in.
    let twice =
        zipped(&[("project.qde".to_owned(), b"<Project/>".to_vec()), ("project.qdf".to_owned(), b"<P/>".to_vec())]);
    let mut twice = twice;
    for at in 0..twice.len() - 11 {
        if &twice[at..at + 11] == b"project.qdf" {
            twice[at + 10] = b'e';
        }
    }
    std::fs::write(&path, &twice).unwrap();
    let errors = read_qdpx(&path).expect_err("two parts of one name");
    assert!(errors[0].message.contains("same name"), "{}", errors[0].message);
}

#[test]
fn nothing_is_overwritten_and_nothing_half_made_is_left() {
    let dir = study();
    done(dir.path(), &["export", "studie", "--qdpx", "en.qdpx"]);
    refused(dir.path(), &["import", "en.qdpx", "studie"], "already exists");
    std::fs::write(dir.path().join("daarlig.qdpx"), b"PK\x03\x04").unwrap();
    refused(dir.path(), &["import", "daarlig.qdpx"], "damaged or cut off");
    refused(dir.path(), &["import", "ingen.qdpx"], "ingen.qdpx");
    let mut left: Vec<PathBuf> = std::fs::read_dir(dir.path()).unwrap().map(|entry| entry.unwrap().path()).collect();
    left.retain(|path| path.is_dir());
    assert_eq!(left.len(), 1, "{left:?}");
}

#[test]
fn tables_are_tidy() {
    let dir = study();
    done(dir.path(), &["export", "studie", "--csv", "ut"]);
    let read = |name: &str| std::fs::read_to_string(dir.path().join("ut").join(name)).unwrap();
    let codings = read("codings.csv");
    let mut reader = csv::Reader::from_reader(codings.as_bytes());
    let header = reader.headers().unwrap().clone();
    let column = |name: &str| header.iter().position(|own| own == name).unwrap();
    let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.unwrap()).collect();
    let politisk = rows.iter().find(|row| &row[column("code")] == "politisk").unwrap();
    assert_eq!((&politisk[column("code_1")], &politisk[column("code_2")]), ("forankring", "politisk"));
    assert_eq!(&politisk[column("quote")], "politisk forankring");
    assert_eq!(&politisk[column("case")], "vest");
    assert!(read("documents.csv").starts_with("document,case,phase,"));
    assert_eq!(read("documents.csv").lines().count(), 4);
    assert!(read("frequencies.csv").starts_with("code,label,level,case,phase,mentions"));
    done(dir.path(), &["export", "studie", "--csv", "excel", "--excel"]);
    let excel = std::fs::read(dir.path().join("excel/codings.csv")).unwrap();
    assert!(excel.starts_with(b"\xef\xbb\xbfid;document;"));
    refused(dir.path(), &["export", "studie"], "no output is given");
}

/// Any project: texts with all that counts differently, codings anywhere in them, codes in any order.
fn any_exchange() -> impl Strategy<Value = (Exchange, OffsetUnit)> {
    let text = "[a-c😀🇳æ \n]{0,40}";
    let selection = (0_u32..40, 1_u32..20, 0_usize..3, "[a-c]{1,2}", "[a<&\"\n]{0,3}");
    let source = (text, proptest::collection::vec(selection, 0..6), "[x<& ]{0,2}");
    let sources = proptest::collection::vec(source, 1..4);
    (sources, any::<bool>()).prop_map(|(sources, utf16)| {
        let code = |(index, parent): (usize, Option<usize>)| DraftCode {
            id: format!("k{index}"),
            label: format!("Kode <{index}>"),
            parent,
            definition: "to\nlinjer & <litt>".to_owned(),
            ..DraftCode::default()
        };
        let codes = [(0, None), (1, Some(0)), (2, None)].map(code).to_vec();
        let sources = sources.into_iter().enumerate().map(|(index, (text, selections, value))| {
            let length = text.chars().count() as u32;
            let mut selections: Vec<Selection> = selections
                .into_iter()
                .filter(|(start, ..)| *start < length)
                .map(|(start, long, code, user, note)| Selection {
                    start,
                    end: (start + long).min(length),
                    code,
                    user,
                    note: note.trim().to_owned(),
                    at: String::new(),
                })
                .collect();
            selections.sort();
            selections.dedup_by(|a, b| (a.start, a.end, a.code, &a.user) == (b.start, b.end, b.code, &b.user));
            let value = value.trim().to_owned();
            let speaker = OwnSpeaker { label: value.clone(), pseudonym: Some(value.clone()), ..OwnSpeaker::default() };
            let speakers = if value.is_empty() { Vec::new() } else { vec![speaker] };
            let own = OwnSource { speakers, ..OwnSource::default() };
            let values = Some(value).filter(|value| !value.is_empty()).map(|value| ("Tema".to_owned(), value));
            Source { name: format!("s{index}"), text, values: values.into_iter().collect(), selections, own }
        });
        let exchange = Exchange {
            name: "Navn & <tegn>".to_owned(),
            codes: Draft { name: "Navn & <tegn>".to_owned(), codes, ..Draft::default() },
            variables: vec![Variable { name: "Tema".to_owned(), groups: Vec::new() }],
            sources: sources.collect(),
            own: OwnProject { exclude: Some(vec!["Ordstyrer".to_owned()]), ..OwnProject::default() },
        };
        (exchange, if utf16 { OffsetUnit::Utf16 } else { OffsetUnit::CodePoint })
    })
}

proptest! {
    #![proptest_config(crate::study::quick(60))]
    #[test]
    fn any_project_is_read_as_it_was_written((exchange, unit) in any_exchange()) {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("x.qdpx");
        let mut bytes = Cursor::new(Vec::new());
        write_qdpx(&exchange, &Writing { unit, timestamp: None }, &mut bytes).unwrap();
        std::fs::write(&path, bytes.get_ref()).unwrap();
        let read = read_qdpx(&path).unwrap().exchange;
        // Where a quote stands twice, UTF-16 positions can seem to be code points; texts and codes never suffer.
        if unit == OffsetUnit::CodePoint {
            prop_assert_eq!(read, exchange);
        } else {
            let texts = |exchange: &Exchange| exchange.sources.iter().map(|s| s.text.clone()).collect::<Vec<_>>();
            prop_assert_eq!(texts(&read), texts(&exchange));
            prop_assert_eq!(read.codes, exchange.codes);
        }
    }
}
