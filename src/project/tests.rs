//! Whole projects, opened: each row of a table is a folder and what is found in it or said about it.

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::{
    Project, open,
    sheet::tests::{text_cell, workbook},
    testing::brief,
};
use crate::{
    diag::{Diagnostic, Severity},
    ingest::Properties,
};

fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder for the test");
    for (path, text) in files {
        write(folder.path(), path, text.as_bytes());
    }
    folder
}

fn write(folder: &Path, path: &str, bytes: &[u8]) {
    let location = folder.join(path);
    fs::create_dir_all(location.parent().expect("it has one")).expect("a folder for the test");
    fs::write(location, bytes).expect("a file for the test");
}

fn is_readable(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "txt" || extension == "md")
}

fn open_folder(files: &[(&str, &str)]) -> Result<Project, Vec<Diagnostic>> {
    open(folder(files).path(), None, is_readable)
}

/// Documents as `path case phase further=…`, `-` for a case or phase that is not known.
#[track_caller]
fn check_documents(files: &[(&str, &str)], expected: &[&str]) -> Project {
    match open_folder(files) {
        Ok(project) => {
            assert_eq!(documents(&project), expected);
            project
        }
        Err(errors) => panic!("{:#?}", errors.iter().map(brief).collect::<Vec<_>>()),
    }
}

fn documents(project: &Project) -> Vec<String> {
    let shown = |source: &super::Source| {
        let values = project.attributes(&source.path, &Properties::default()).values;
        let value = |name: &str| values.get(name).map_or("-", String::as_str).to_owned();
        let mut line = format!("{} {} {}", source.path, value("case"), value("phase"));
        for (name, value) in values.iter().filter(|(name, _)| !matches!(name.as_str(), "case" | "phase")) {
            line += &format!(" {name}={value}");
        }
        line
    };
    project.sources().iter().map(shown).collect()
}

#[track_caller]
fn check_errors(files: &[(&str, &str)], expected: &[&str]) {
    match open_folder(files) {
        Ok(project) => panic!("it opened, with {:?}", documents(&project)),
        Err(messages) => {
            let errors = messages.iter().filter(|message| message.severity == Severity::Error);
            assert_eq!(errors.map(brief).collect::<Vec<_>>(), expected);
        }
    }
}

#[track_caller]
fn check_messages(files: &[(&str, &str)], expected: &[&str]) {
    match open_folder(files) {
        Ok(project) => {
            let messages = project.messages().iter();
            let messages: Vec<String> = messages.filter(|message| !message.id.ends_with("/form")).map(brief).collect();
            assert_eq!(messages, expected);
        }
        Err(errors) => panic!("{:#?}", errors.iter().map(brief).collect::<Vec<_>>()),
    }
}

const DECLARED: &str = r#"
documents = ["documents"]
[case]
label = "Delpilot"
values = [{ id = "omsorg-3.0", label = "Omsorg 3.0", aliases = ["Øyer"] }, "hadeland"]
[phase]
values = [{ id = "start", aliases = ["oppstart"] }, "slutt"]
"#;

#[test]
fn a_plain_folder_is_a_project_by_its_folders() {
    check_documents(
        &[
            ("README.md", ""),
            ("codebook.toml", ""),
            ("omsorg/start/01.txt", ""),
            ("omsorg/start/møter/02.md", ""),
            ("Gjo\u{308}vik (øst)/slutt/01.txt", ""),
            ("omsorg/notat.txt", ""),
            ("results/a/b.txt", ""),
            ("decisions/a/b.txt", ""),
            (".temakart/a/b.txt", ""),
            ("omsorg/.git/b.txt", ""),
            ("omsorg/start/~$02.txt", ""),
            ("omsorg/start/opptak.mp3", ""),
        ],
        &[
            "Gjövik (øst)/slutt/01.txt Gjövik (øst) slutt",
            "omsorg/start/01.txt omsorg start",
            "omsorg/start/møter/02.md omsorg start",
        ],
    );
}

#[test]
fn a_plain_folder_with_a_manifest_has_exactly_the_listed_documents() {
    let files = [
        ("manifest.csv", "path,case,phase,lang\na/b.txt,x,2017,nb\nc.txt,y,2018,\n./d/../a/lyd.mp3,,,\n"),
        ("a/b.txt", ""),
        ("c.txt", ""),
        ("a/lyd.mp3", ""),
        ("a/andre.txt", ""),
        ("vtt/1.vtt", ""),
        ("vtt/2.vtt", ""),
        ("CODES.md", ""),
    ];
    check_documents(&files, &["a/b.txt x 2017 lang=nb", "a/lyd.mp3 - -", "c.txt y 2018"]);
    check_messages(
        &files,
        &[
            "project/not-listed 4 files are not listed in `manifest.csv` and no document: `CODES.md`, `a/andre.txt`, `vtt/` (2 files)",
        ],
    );
}

#[test]
fn a_project_file_reads_the_layout() {
    check_documents(
        &[
            ("temakart.toml", DECLARED),
            ("documents/O\u{308}YER/Oppstart/a.txt", ""),
            ("documents/Omsorg 3.0/slutt/b.txt", ""),
            ("documents/hadeland/Start/c/d.txt", ""),
            ("notater/hadeland/start/e.txt", ""),
        ],
        &[
            "documents/Omsorg 3.0/slutt/b.txt omsorg-3.0 slutt",
            "documents/hadeland/Start/c/d.txt hadeland start",
            "documents/ÖYER/Oppstart/a.txt - start",
        ],
    );
    check_documents(
        &[
            ("temakart.toml", "[layout]\npath = \"{delpilot}/{dato}_{type}\"\n"),
            ("documents/hadeland/12.03.2016_intervju.txt", ""),
        ],
        &["documents/hadeland/12.03.2016_intervju.txt hadeland - date=2016-03-12 type=intervju"],
    );
}

#[test]
fn a_folder_may_be_named_in_another_composition_than_on_disk() {
    check_documents(
        &[("temakart.toml", "documents = [\"tekster/på\"]\n"), ("tekster/pa\u{30a}/x/y/a.txt", "")],
        &["tekster/på/x/y/a.txt x y"],
    );
}

#[test]
fn documents_that_fit_no_layout_and_unknown_folders_are_warned_of() {
    check_messages(
        &[
            ("temakart.toml", DECLARED),
            ("documents/hadelan/start/a.txt", ""),
            ("documents/hadelan/start/b.txt", ""),
            ("documents/løs.txt", ""),
            ("documents/hadeland/start/lyd.mp3", ""),
        ],
        &[
            "project/unknown-value a.txt `hadelan` in the path of 2 documents is none of the declared values of `case` | did you mean `hadeland`?",
            "project/outside-layout 1 document does not fit the layout `{case}/{phase}/*`: `documents/løs.txt` | their case and phase must come from a manifest or their front matter",
            "project/unread-type 1 file is of a type that temakart does not read: `documents/hadeland/start/lyd.mp3`",
        ],
    );
}

#[test]
fn a_manifest_beside_named_folders_adds_to_them() {
    let files = [
        ("temakart.toml", DECLARED),
        ("Documents.CSV", "Fil;Dato;Rolle\ndocuments/hadeland/start/a.txt;12.03.2016;leder\ntillegg/b.txt;1.4.2016;\n"),
        ("documents/hadeland/start/a.txt", ""),
        ("documents/hadeland/slutt/c.txt", ""),
        ("tillegg/b.txt", ""),
    ];
    check_documents(
        &files,
        &[
            "documents/hadeland/slutt/c.txt hadeland slutt",
            "documents/hadeland/start/a.txt hadeland start date=2016-03-12 rolle=leder",
            "tillegg/b.txt - - date=2016-04-01",
        ],
    );
    check_messages(
        &files,
        &[
            "project/not-in-manifest 1 document is not listed in `Documents.CSV`: `documents/hadeland/slutt/c.txt` | what is known of them comes from their paths and from the documents themselves",
        ],
    );
}

#[test]
fn what_norwegian_excel_writes_is_read_and_said() {
    let folder = folder(&[("intervju æ.txt", ""), ("b.txt", "")]);
    let table = "sep=;\r\nSti;Delpilot;Fase;Dato;Andel\r\nintervju æ.txt;Østre Toten – nord;før;12.03.2016;3,5\r\nb.txt;\"Østre \"\"Toten\"\"\";etter;01.04.2016;\r\n;;;;\r\n";
    let (bytes, ..) = encoding_rs::WINDOWS_1252.encode(table);
    write(folder.path(), "documents.csv", &bytes);
    let project = open(folder.path(), None, is_readable).expect("it is right");
    assert_eq!(
        documents(&project),
        [
            "b.txt Østre \"Toten\" etter date=2016-04-01",
            "intervju æ.txt Østre Toten – nord før andel=3,5 date=2016-03-12"
        ]
    );
    let notes: Vec<String> = project.messages().iter().map(brief).collect();
    assert_eq!(
        notes,
        [
            "manifest/form `documents.csv` lists 2 documents; `;` between columns, Windows-1252; `Sti` is `path`; `Delpilot` is `case`; `Fase` is `phase`; `Dato` is `date`; dates in `Dato` written as 12.03.2016"
        ]
    );
}

#[test]
fn a_workbook_will_do_for_a_manifest() {
    let folder = folder(&[("a.txt", "")]);
    let header: String = [("A1", "path"), ("B1", "case"), ("C1", "phase"), ("D1", "date")]
        .iter()
        .map(|(place, text)| text_cell(place, text))
        .collect();
    let row: String = [("A2", "a.txt"), ("B2", "hadeland"), ("C2", "start")]
        .iter()
        .map(|(place, text)| text_cell(place, text))
        .collect();
    let data = format!(
        r#"<row r="1">{header}</row><row r="2">{row}<c r="D2" s="1"><v>42441</v></c></row><row r="3">{}</row>"#,
        text_cell("A3", "borte.txt")
    );
    write(folder.path(), "documents.xlsx", &workbook(&data));
    let errors: Vec<String> = open(folder.path(), None, is_readable)
        .expect_err("a file is missing")
        .iter()
        .filter(|message| message.severity == Severity::Error)
        .map(brief)
        .collect();
    assert_eq!(
        errors,
        [
            "manifest/no-such-file documents.xlsx:3:1 `borte.txt` does not exist | no file of the project has this path | paths are relative to the project folder"
        ]
    );
    write(folder.path(), "borte.txt", b"");
    let project = open(folder.path(), None, is_readable).expect("it is right");
    assert_eq!(documents(&project), ["a.txt hadeland start date=2016-03-12", "borte.txt - -"]);
    assert!(brief(&project.messages()[0]).contains("sheet `Ark1`"));
}

#[test]
fn front_matter_stands_between_manifest_and_path() {
    let project = open_folder(&[
        ("temakart.toml", DECLARED),
        ("documents.csv", "path,type\ndocuments/hadeland/start/a.txt,intervju\n"),
        ("documents/hadeland/start/a.txt", ""),
    ])
    .expect("it is right");
    let map =
        |pairs: &[(&str, &str)]| pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
    let properties = Properties {
        front_matter: map(&[
            ("Fase", "SLUTT"),
            ("delpilot", "Ringerike"),
            ("Type", "referat"),
            ("dato", "12. mars 2016"),
            ("words", "3"),
            ("tittel", " Møte "),
        ]),
        document: map(&[("title", "Dokument1"), ("date", "2015-01-01"), ("case", "omsorg-3.0"), ("form", "A4")]),
    };
    let attributes = project.attributes("documents/hadeland/start/a.txt", &properties);
    let values: Vec<String> = attributes.values.iter().map(|(name, value)| format!("{name}={value}")).collect();
    assert_eq!(
        values,
        ["case=hadeland", "date=2016-03-12", "phase=slutt", "title=Dokument1", "tittel=Møte", "type=intervju"]
    );
    assert_eq!((attributes.get("phase"), attributes.get("role")), ("slutt", ""));
    let warnings: Vec<String> =
        project.attribute_warnings([("documents/hadeland/start/a.txt", &attributes)]).iter().map(brief).collect();
    assert_eq!(
        warnings,
        [
            "project/unknown-value a.txt `Ringerike` in the front matter of a document is none of the declared values of `case` | declared are `omsorg-3.0`, `hadeland`",
            "project/reserved-key a.txt `words` in the front matter of a document stands for something else in results and is not used",
        ]
    );
}

#[test]
fn undeclared_values_that_look_alike_are_warned_of() {
    let project = open_folder(&[("a/Start/1.txt", ""), ("a/start/2.txt", "")]).expect("it is right");
    let attributes: Vec<_> = project
        .sources()
        .iter()
        .map(|source| (source.path.as_str(), project.attributes(&source.path, &Properties::default())))
        .collect();
    let warnings = project.attribute_warnings(attributes.iter().map(|(path, attributes)| (*path, attributes)));
    assert_eq!(
        warnings.iter().map(brief).collect::<Vec<_>>(),
        [
            "project/alike values of `phase` that look alike are counted apart: `Start`, `start` | declare the values in temakart.toml, with the others as aliases"
        ]
    );
}

#[test]
fn the_order_of_phases_has_its_reason() {
    let declared = check_documents(
        &[("temakart.toml", DECLARED), ("documents/hadeland/start/a.txt", "")],
        &["documents/hadeland/start/a.txt hadeland start"],
    );
    assert_eq!(declared.order("phase", ["slutt", "start"]).values, ["start", "slutt"]);
    assert_eq!(declared.order("case", ["hadeland"]).values, ["omsorg-3.0", "hadeland"]);
    assert_eq!(declared.order("type", ["10", "9"]).values, ["9", "10"]);
    let files = [("documents.csv", "path,case,phase\na.txt,x,slutt\nb.txt,x,start\n"), ("a.txt", ""), ("b.txt", "")];
    let listed = check_documents(&files, &["a.txt x slutt", "b.txt x start"]);
    assert_eq!(listed.order("phase", ["slutt", "start"]).values, ["slutt", "start"]);
    check_messages(
        &files,
        &[
            "manifest/phase-order documents.csv phases stand in the order of `documents.csv`: `slutt`, `start` | by their names the order would be `start`, `slutt` | declare the order in temakart.toml: `[phase]` with `values = [\"…\"]`",
        ],
    );
}

#[test]
fn ignored_files_are_no_documents_even_when_listed() {
    let files = [
        ("temakart.toml", "ignore = [\"utkast/\"]\n"),
        ("documents.csv", "path,case,phase\na.txt,x,y\nutkast/b.txt,x,y\n"),
        ("a.txt", ""),
        ("utkast/b.txt", ""),
        ("utkast/c.txt", ""),
    ];
    check_documents(&files, &["a.txt x y"]);
    check_messages(&files, &["manifest/ignored documents.csv:3:1 a listed document is left out by `ignore`"]);
}

#[test]
fn a_codebook_that_the_user_names_is_no_document() {
    let folder = folder(&[("a/b/kodebok.md", ""), ("a/b/c.txt", "")]);
    let codebook: PathBuf = folder.path().join("a/b/kodebok.md");
    let project = open(folder.path(), Some(&codebook), is_readable).expect("it is right");
    assert_eq!(documents(&project), ["a/b/c.txt a b"]);
    assert_eq!(project.codebook(), codebook);
    assert!(open(folder.path(), None, is_readable).expect("it is right").codebook().ends_with("codebook.toml"));
}

#[test]
fn the_record_of_a_run_has_the_hash_of_each_input() {
    let project = open_folder(&[
        ("temakart.toml", "\u{feff}name = \"Æ\"\n"),
        ("documents.csv", "path,case,phase\na.txt,x,y\n"),
        ("speakers.csv", "speaker,role\nLeder,leder\n"),
        ("a.txt", ""),
    ])
    .expect("it is right");
    assert_eq!(project.name(), "Æ");
    let inputs: Vec<(&str, &str)> =
        project.inputs().iter().map(|input| (input.path.as_str(), &input.sha256[..8])).collect();
    assert_eq!(
        inputs.iter().map(|(path, _)| *path).collect::<Vec<_>>(),
        ["temakart.toml", "documents.csv", "speakers.csv"]
    );
    assert_eq!(inputs[1].1, "5bc34d69");
}

#[test]
fn speakers_are_known_in_one_document_and_in_all() {
    let project = open_folder(&[
        ("temakart.toml", DECLARED),
        (
            "speakers.csv",
            "Dokument;Taler;ID;Rolle;Delpilot;Pseudonym;Utelat;Telefon\n;Leder;;virksomhetsleder;;P1;;123\ndocuments\\hadeland\\start\\a.txt;LEDER:;th-03;;Øyer;;nei;\n;Referent;;;;;ja;\n",
        ),
        ("documents/hadeland/start/a.txt", ""),
        ("documents/hadeland/start/b.txt", ""),
    ])
    .expect("it is right");
    let speakers = project.speakers();
    let here = speakers.get("documents/hadeland/start/a.txt", "leder").expect("he is listed");
    assert_eq!(
        (here.id.as_deref(), here.role.as_deref(), here.case.as_deref(), here.pseudonym.as_deref()),
        (Some("th-03"), Some("virksomhetsleder"), Some("omsorg-3.0"), Some("P1"))
    );
    let there = speakers.get("documents/hadeland/start/b.txt", "Leder").expect("he is listed");
    assert_eq!((there.id.as_deref(), there.pseudonym.as_deref()), (None, Some("P1")));
    assert!(speakers.get("b.txt", "Informant").is_none());
    for (label, expected) in [("Referent", true), ("Leder", false), ("Intervjuer", true), ("Informant 1", false)] {
        assert_eq!(speakers.is_excluded("documents/hadeland/start/a.txt", label), expected, "{label}");
    }
    assert_eq!(
        project.messages().iter().map(brief).collect::<Vec<_>>(),
        ["speakers/form `speakers.csv` lists 3 speakers; `;` between columns, UTF-8; not used: `Telefon`"]
    );
}

#[cfg(unix)]
#[test]
fn a_link_is_a_second_document_or_none() {
    use std::os::unix::fs::symlink;
    let outside = folder(&[("hemmelig.txt", "")]);
    let folder = folder(&[("a/b/c.txt", "")]);
    symlink("c.txt", folder.path().join("a/b/d.txt")).expect("a link");
    symlink(outside.path(), folder.path().join("a/ute")).expect("a link");
    symlink("../..", folder.path().join("a/b/ring")).expect("a link");
    let project = open(folder.path(), None, is_readable).expect("it is right");
    assert_eq!(documents(&project), ["a/b/c.txt a b", "a/b/d.txt a b"]);
    assert_eq!(
        project.messages().iter().map(brief).collect::<Vec<_>>(),
        [
            "project/same-file d.txt `a/b/c.txt` and `a/b/d.txt` are one file and count as two documents",
            "project/link links to folders, and out of the project, are not followed: `a/b/ring`, `a/ute`",
        ]
    );
    write(folder.path(), "documents.csv", b"path,case,phase\na/ute/hemmelig.txt,x,y\n");
    let errors = open(folder.path(), None, is_readable).expect_err("it lies outside");
    assert_eq!(
        brief(&errors[0]),
        "manifest/link documents.csv:2:1 `a/ute/hemmelig.txt` is reached by a link that is not followed | links to folders, and out of the project, are not followed"
    );
}

// What is wrong, one thing each.

#[test]
fn a_folder_that_is_none() {
    let folder = folder(&[("temakart.toml", "")]);
    let errors = open(&folder.path().join("temakart.toml"), None, is_readable).expect_err("it is a file");
    assert_eq!(
        errors.iter().map(brief).collect::<Vec<_>>(),
        [
            "project/no-project temakart.toml a project is a folder, and this is a file | give the folder that the file lies in"
        ]
    );
    let errors = open(&folder.path().join("borte"), None, is_readable).expect_err("it is not there");
    assert_eq!(errors.iter().map(brief).collect::<Vec<_>>(), ["project/no-project borte there is no such folder"]);
}

#[test]
fn no_documents() {
    let named = |files: &[(&str, &str)], hints: &[&str]| {
        let errors = open_folder(files).expect_err("there are none");
        let error = errors.iter().find(|error| error.severity == Severity::Error).expect("one is an error");
        assert_eq!((error.id, error.message.as_str()), ("project/no-documents", "there are no documents"));
        assert_eq!(error.hints, hints);
    };
    named(
        &[("a.txt", ""), ("b/c.txt", "")],
        &[
            "no file that can be read fits the layout `{case}/{phase}/*`",
            "put the documents in a folder for each case, and in it one for each phase, or list them in documents.csv",
            "2 other files were found, such as `a.txt`",
        ],
    );
    named(
        &[("temakart.toml", ""), ("documents/x/y/a.mp3", "")],
        &["nothing that can be read lies in `documents`", "1 other file was found: `documents/x/y/a.mp3`"],
    );
    named(&[("documents.csv", "path,case,phase\n")], &["`documents.csv` lists none"]);
}

#[test]
fn a_documents_folder_that_is_not_there() {
    check_errors(
        &[("temakart.toml", "documents = [\"dokument\", \"a.txt\"]\n"), ("dokumenter/x/y/a.txt", ""), ("a.txt", "")],
        &[
            "project/no-folder temakart.toml:1:14 there is no documents folder `dokument` | not a folder of the project | did you mean `dokumenter`?",
            "project/no-folder temakart.toml:1:26 there is no documents folder `a.txt` | this is a file",
        ],
    );
}

#[test]
fn a_project_file_that_is_not_utf_8() {
    let folder = folder(&[("a/b/c.txt", "")]);
    write(folder.path(), "temakart.toml", b"name = \"x\"\n[case]\nlabel = \"\xd8vre\"\n");
    let errors = open(folder.path(), None, is_readable).expect_err("it is not UTF-8");
    assert_eq!(
        errors.iter().map(brief).collect::<Vec<_>>(),
        [
            "project/encoding temakart.toml:3:10 `temakart.toml` is not UTF-8 | this byte is not UTF-8 | save it as UTF-8"
        ]
    );
}

#[test]
fn a_manifest_without_a_column_that_it_must_have() {
    check_errors(
        &[("documents.csv", "pat,case,phase\na.txt,x,y\n"), ("a.txt", "")],
        &[
            "manifest/missing-column documents.csv:1:1 `documents.csv` has no column `path` | the header names the columns | is the column `pat` meant? | the column with the documents' paths is called `path`, `document` or `file`",
        ],
    );
    check_errors(
        &[("documents.csv", "path,delpilot\na.txt,x\n"), ("a.txt", "")],
        &[
            "manifest/missing-column documents.csv:1:1 `documents.csv` has no column `phase` | the header names the columns | the columns are `path`, `delpilot` | its cells may be empty where a document has none",
        ],
    );
    // The layout leaves phases out on purpose.
    check_documents(
        &[
            ("temakart.toml", "[layout]\npath = \"{case}/*\"\n"),
            ("documents.csv", "path,case\na.txt,x\n"),
            ("a.txt", ""),
        ],
        &["a.txt x -"],
    );
}

#[test]
fn columns_of_a_reserved_or_of_one_name_or_of_none() {
    check_errors(
        &[("documents.csv", "path,case,phase,Words,fase,,Code\na.txt,x,y,1,z,w,c\n"), ("a.txt", "")],
        &[
            "table/same-column documents.csv:1:23 two columns are called `phase` | also documents.csv:1:11 the first of them",
            "table/unnamed-column documents.csv:1:28 column 6 has no name | the name belongs here | also documents.csv:2:15 this cell belongs to it",
            "manifest/reserved-column documents.csv:1:17 a column may not be called `words` | this name stands for something else in results | give the column another name, or take it out",
            "manifest/reserved-column documents.csv:1:29 a column may not be called `code` | this name stands for something else in results | give the column another name, or take it out",
        ],
    );
}

#[test]
fn a_document_that_is_listed_twice() {
    check_errors(
        &[
            (
                "documents.csv",
                "path,case,phase\na.txt,x,start\n./a.txt,y,start\nb.txt,x,start\nb.txt,x,slutt\nA\u{30a}.txt,x,start\nÅ.txt,x,start\n",
            ),
            ("a.txt", ""),
            ("b.txt", ""),
            ("Å.txt", ""),
        ],
        &[
            "manifest/two-cases documents.csv:3:1 `a.txt` is listed in two cases, `x` and `y` | listed again here | also documents.csv:2:1 listed first here | list a joint meeting once, and say in speakers.csv who speaks for which case",
            "manifest/two-phases documents.csv:5:1 `b.txt` is listed in two phases, `start` and `slutt` | listed again here | also documents.csv:4:1 listed first here",
            "manifest/listed-twice documents.csv:7:1 `Å.txt` is listed twice | listed again here | also documents.csv:6:1 listed first here",
        ],
    );
}

#[test]
fn listed_documents_that_can_be_none() {
    check_errors(
        &[
            (
                "documents.csv",
                "path,case,phase\n../a.txt,x,y\n,x,y\nresults/r.txt,x,y\n.skjult/a.txt,x,y\nmappe,x,y\nmappe/intervjuu.txt,x,y\nintervju.txt,x,y\nC:\\b.txt,x,y\n",
            ),
            ("mappe/intervju.txt", ""),
            ("results/r.txt", ""),
            (".skjult/a.txt", ""),
        ],
        &[
            "manifest/no-path documents.csv:3:2 a row names no document | this row has no path",
            "manifest/outside documents.csv:2:1 `../a.txt` lies outside the project | must be a file of the project | paths are relative to the project folder",
            "manifest/outside documents.csv:9:1 `C:\\b.txt` lies outside the project | must be a file of the project | paths are relative to the project folder",
            "manifest/never-a-document documents.csv:4:1 `results/r.txt` is temakart's own and can be no document | take this row out",
            "manifest/never-a-document documents.csv:5:1 `.skjult/a.txt` is hidden and can be no document | names that begin with `.` or `~$` are never read",
            "manifest/not-a-file documents.csv:6:1 `mappe` is a folder | list each document in it",
            "manifest/no-such-file documents.csv:7:1 `mappe/intervjuu.txt` does not exist | no file of the project has this path | did you mean `mappe/intervju.txt`?",
            "manifest/no-such-file documents.csv:8:1 `intervju.txt` does not exist | no file of the project has this path | did you mean `mappe/intervju.txt`?",
        ],
    );
}

#[test]
fn many_errors_of_one_kind_are_counted() {
    let rows: String = (1..=9).map(|n| format!("borte-{n}.txt,x,y\n")).collect();
    let errors = open_folder(&[("documents.csv", &format!("path,case,phase\n{rows}"))]).expect_err("none is there");
    let errors: Vec<String> = errors.iter().filter(|error| error.severity == Severity::Error).map(brief).collect();
    assert_eq!(errors.len(), 6);
    assert_eq!(
        errors[5],
        "manifest/no-such-file documents.csv:7:1 and 4 more listed documents that are not there | the next of them"
    );
}

#[test]
fn values_that_are_none_of_the_declared() {
    check_errors(
        &[
            ("temakart.toml", DECLARED),
            ("documents.csv", "path,case,phase\ndocuments/a.txt,hadelan,sluttt\ndocuments/b.txt,øyer,sluttt\n"),
            ("documents/a.txt", ""),
            ("documents/b.txt", ""),
        ],
        &[
            "manifest/unknown-value documents.csv:2:17 `hadelan` is none of the declared values of `case` | not an id, label or alias | did you mean `hadeland`?",
            "manifest/unknown-value documents.csv:2:25 `sluttt` is none of the declared values of `phase` | not an id, label or alias; so in 2 rows | did you mean `slutt`?",
        ],
    );
}

#[test]
fn tables_that_cannot_be_read() {
    check_errors(&[("documents.csv", ""), ("a/b/c.txt", "")], &["table/empty documents.csv `documents.csv` is empty"]);
    check_errors(
        &[("documents.csv", "path,case,phase\n\"a.txt,x,y\nb.txt,x,y\n"), ("a.txt", "")],
        &[
            "table/open-quote documents.csv:2:1 a quotation mark is never closed | opened here; all that follows would be one cell",
        ],
    );
    check_errors(
        &[("documents.csv", "path,case,phase\na.txt,x,y,z\n"), ("a.txt", "")],
        &[
            "table/too-many-cells documents.csv:2:11 a row has more than the 3 cells of the header | this cell belongs to no column | text that holds the character between the columns must stand between quotation marks",
        ],
    );
    check_errors(
        &[("documents.xlsx", "path,case"), ("a/b/c.txt", "")],
        &[
            "table/unreadable documents.xlsx `documents.xlsx` cannot be read: not a workbook that can be read: Zip error: invalid Zip archive: Could not find EOCD",
        ],
    );
    check_errors(
        &[("documents.csv", "\0\0\0\0\0\0\0\0\0\u{1}\u{2}\u{3}"), ("a/b/c.txt", "")],
        &["table/unreadable documents.csv `documents.csv` cannot be read: not a text file: 9 of its 12 bytes are NUL"],
    );
}

#[test]
fn two_manifests() {
    check_messages(
        &[("documents.csv", "path,case,phase\na.txt,x,y\n"), ("manifest.csv", "x"), ("a.txt", "")],
        &["project/two-lists documents.csv `documents.csv` is read, and `manifest.csv` left aside | keep one of them"],
    );
}

#[cfg(target_os = "linux")]
#[test]
fn two_files_of_one_name() {
    let errors = open_folder(&[("a/b/Å.txt", ""), ("a/b/A\u{30a}.txt", "")]).expect_err("they are one document");
    assert_eq!(
        errors.iter().filter(|error| error.severity == Severity::Error).map(brief).collect::<Vec<_>>(),
        [
            "project/same-path A\u{30a}.txt two files are called `a/b/Å.txt` | also Å.txt | their names look alike but are composed of other characters; rename one"
        ]
    );
}

#[test]
fn speakers_that_are_not_right() {
    check_errors(
        &[
            ("temakart.toml", DECLARED),
            (
                "speakers.csv",
                "document,speaker,case,psevdonym,exclude\n,Leder,hadelan,,\nhadeland/start/a.txt,Leder,,,\n,leder:,,,kanskje\n,,,P,\n,Ordfører,,,kanskje\n",
            ),
            ("documents/hadeland/start/a.txt", ""),
        ],
        &[
            "speakers/unknown-column speakers.csv:1:23 unknown column `psevdonym` | not a column of speakers.csv | did you mean `pseudonym`?",
            "speakers/unknown-value speakers.csv:2:8 `hadelan` is none of the declared values of `case` | not an id, label or alias | did you mean `hadeland`?",
            "speakers/no-speaker speakers.csv:5:4 a row names no speaker | this row has no speaker",
            "speakers/unknown-document speakers.csv:3:1 `hadeland/start/a.txt` is not a document of the project | no document has this path | did you mean `documents/hadeland/start/a.txt`?",
            "speakers/listed-twice speakers.csv:4:2 the speaker `leder:` is listed twice | listed again here | also speakers.csv:2:2 listed first here",
            "speakers/unclear speakers.csv:6:13 `kanskje` is neither yes nor no | expected ja, nei, yes, no, x or nothing",
        ],
    );
    check_errors(
        &[("speakers.csv", "document,role\n,leder\n"), ("a/b/c.txt", "")],
        &[
            "speakers/missing-column speakers.csv:1:1 `speakers.csv` has no column `speaker` | the header names the columns | the columns are `document`, `role`",
        ],
    );
}

#[test]
fn errors_of_all_files_are_told_at_once() {
    check_errors(
        &[
            ("temakart.toml", "nmae = \"x\"\n"),
            ("documents.csv", "path,case,phase,code\n../a.txt,x,y,\n"),
            ("speakers.csv", "document,role\n,leder\n"),
        ],
        &[
            "project/unknown-key temakart.toml:1:1 unknown key `nmae` | not a key of this table | did you mean `name`?",
            "manifest/reserved-column documents.csv:1:17 a column may not be called `code` | this name stands for something else in results | give the column another name, or take it out",
            "manifest/outside documents.csv:2:1 `../a.txt` lies outside the project | must be a file of the project | paths are relative to the project folder",
            "speakers/missing-column speakers.csv:1:1 `speakers.csv` has no column `speaker` | the header names the columns | the columns are `document`, `role`",
        ],
    );
}
