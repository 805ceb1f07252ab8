//! What is found in a project.

use std::path::{Path, PathBuf};

use super::{DECLARED, check_documents, check_messages, documents, folder, is_readable, open_folder, write};
use crate::{
    diag::Severity,
    ingest::Properties,
    project::{Meant, open, testing::brief},
    sheet::testing::{text_cell, workbook},
};

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
fn other_projects_and_results_are_no_documents() {
    let files = [
        ("a/start/1.txt", ""),
        ("min-studie/temakart.toml", ""),
        ("min-studie/documents/b/start/2.txt", ""),
        ("a/prøve/run.json", ""),
        ("a/prøve/codings.jsonl", ""),
        ("a/prøve/forms.csv", ""),
    ];
    check_documents(&files, &["a/start/1.txt a start"]);
    check_messages(
        &files,
        &[
            "project/other-project `min-studie` is a project of its own and not read | this folder has no \
             `temakart.toml`; if you mean a project in it, name that: `min-studie`",
            "project/results results written by `code` are not read as documents: `a/prøve`",
        ],
    );
}

#[test]
fn documents_outside_the_documents_folders_are_named() {
    let files = [
        ("temakart.toml", DECLARED),
        ("documents/hadeland/start/1.txt", ""),
        ("hadeland/slutt/2.docx", ""),
        ("hadeland/slutt/3.txt", ""),
        ("referat.txt", ""),
        ("README.md", ""),
        ("gull.csv", ""),
        ("rapport.html", ""),
        ("a/b/c/for-dypt.txt", ""),
    ];
    check_messages(
        &files,
        &["project/outside-documents 3 files are outside `documents` and not read: `referat.txt`, `hadeland/` \
             (2 files) | to read them, name their folder in `documents` in temakart.toml; to leave them out, in `ignore`"],
    );
    let ignored = format!("ignore = [\"hadeland/**\", \"referat.txt\"]\n{DECLARED}");
    let files = files.map(|(path, text)| (path, if path == "temakart.toml" { ignored.as_str() } else { text }));
    check_messages(&files, &[]);
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
            "project/not-listed 4 files are not listed in `manifest.csv` and therefore not documents: `CODES.md`, `a/andre.txt`, `vtt/` (2 files)",
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
            "project/unknown-value a.txt `hadelan` in the path (also of `documents/hadelan/start/b.txt`) is not a declared value of `case` and counts under (none); did you mean `hadeland`? | rename the folder, or add it to `values` of `[case]` in temakart.toml",
            "project/outside-layout 1 document does not match the layout `{case}/{phase}/*`: `documents/løs.txt` | their case and phase must come from a manifest or their front matter",
            "project/unread-type 1 file is of a type that temakart does not read: `documents/hadeland/start/lyd.mp3`",
        ],
    );
}

#[test]
fn many_files_of_other_types_are_counted_by_type() {
    let names: Vec<String> = (1..=4).flat_map(|n| [format!("a/b/{n}.MP3"), format!("a/b/{n}.jpg")]).collect();
    let mut files: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "")).collect();
    files.extend([("a/b/c.txt", ""), ("a/b/5.mp3", ""), ("a/b/LESMEG", "")]);
    check_messages(
        &files,
        &[
            "project/unread-type 10 files are of types that temakart does not read: `.mp3` (5 files), `.jpg` (4 files), no ending (1 file)",
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
fn a_plain_folder_that_looks_like_a_project_is_told_what_it_is_taken_for() {
    let notes = |files: &[(&str, &str)]| {
        let project = open_folder(files).expect("it is right");
        project.messages().iter().map(|message| message.id).collect::<Vec<_>>()
    };
    let below = ("documents/hadeland/start/a.txt", "");
    assert_eq!(notes(&[below]), ["project/folder-as-case"]);
    assert_eq!(notes(&[below, ("valdres/start/a.txt", "")]), [""; 0]);
    assert_eq!(notes(&[("documents/start/a.txt", "")]), [""; 0]);
    assert_eq!(notes(&[below, ("temakart.toml", "format = 1\n")]), [""; 0]);
}

#[test]
fn dates_written_by_several_hands_are_dates_and_what_is_none_is_said() {
    let table =
        "path;case;phase;dato\na.txt;x;;12.03.2016\nb.txt;x;;våren 2016\nc.txt;x;;2016-04-01\nd.txt;x;;3. mai 2016\n";
    let files = [("a.txt", ""), ("b.txt", ""), ("c.txt", ""), ("d.txt", ""), ("documents.csv", table)];
    let project = check_documents(
        &files,
        &[
            "a.txt x - date=2016-03-12",
            "b.txt x - date=våren 2016",
            "c.txt x - date=2016-04-01",
            "d.txt x - date=2016-05-03",
        ],
    );
    let notes: Vec<String> = project.messages().iter().map(brief).collect();
    assert_eq!(
        notes,
        [
            "manifest/no-date documents.csv:3:10 `våren 2016` in `documents.csv` is not a date | kept as it is | write `2016-03-12`, or `2016` or `2016-03` where the day is not known",
            "manifest/form `documents.csv` lists 4 documents; `;` between columns, UTF-8; `dato` is `date`; dates in `dato` written as 12.03.2016, 12. mars 2016"
        ]
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
        ..Properties::default()
    };
    let attributes = project.attributes("documents/hadeland/start/a.txt", &properties);
    let values: Vec<String> = attributes.values.iter().map(|(name, value)| format!("{name}={value}")).collect();
    assert_eq!(
        values,
        ["case=hadeland", "date=2016-03-12", "phase=slutt", "title=Dokument1", "tittel=Møte", "type=intervju"]
    );
    assert_eq!((attributes.get("phase"), attributes.get("role")), ("slutt", ""));
    let warnings: Vec<String> =
        project.attribute_warnings([("documents/hadeland/start/a.txt", &attributes)], []).iter().map(brief).collect();
    assert_eq!(
        warnings,
        [
            "project/unknown-value a.txt `Ringerike` in the front matter is not a declared value of `case` | declared: `omsorg-3.0`, `hadeland`",
            "project/reserved-key a.txt `words` in the front matter has another meaning in results and is ignored",
        ]
    );
    let properties = Properties { front_matter: map(&[("dato", "en gang i april")]), ..Properties::default() };
    let path = "documents/hadeland/start/a.txt";
    let undated = project.attributes(path, &properties);
    assert_eq!(undated.get("date"), "en gang i april");
    let of_both = [(path, &undated), ("documents/hadeland/start/b.txt", &undated)];
    assert_eq!(
        project.attribute_warnings(of_both, []).iter().map(brief).collect::<Vec<_>>(),
        [
            "project/no-date a.txt `en gang i april` in the front matter (also of `documents/hadeland/start/b.txt`) is not a date and is kept as written | write `2016-03-12`, or `2016` or `2016-03` where the day is not known",
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
    let warnings = project.attribute_warnings(attributes.iter().map(|(path, attributes)| (*path, attributes)), []);
    assert_eq!(
        warnings.iter().map(brief).collect::<Vec<_>>(),
        [
            "project/alike similar values of `phase` are counted separately: `Start`, `start` | if they mean the same, declare one value in temakart.toml, with the others as aliases"
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
            "manifest/phase-order documents.csv phases are in the order of `documents.csv`: `slutt`, `start` | going by their names, the order would be `start`, `slutt` | declare the order in temakart.toml: `[phase]` with `values = [\"…\"]`",
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
    check_messages(&files, &["manifest/ignored documents.csv:3:1 1 listed document is excluded by `ignore`"]);
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
        assert_eq!(speakers.label(label).is_excluded("documents/hadeland/start/a.txt"), expected, "{label}");
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
            "project/same-file d.txt `a/b/c.txt` and `a/b/d.txt` are the same file but count as two documents",
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

#[test]
fn a_document_is_found_by_any_path_that_means_it() {
    let paths = ["by/start/å.txt", "by/start/brev.txt", "by/slutt/brev.txt", "by/slutt/referat.txt"];
    let folder = folder(&paths.map(|path| (path, "Tekst.")));
    let project = open(folder.path(), None, is_readable).expect("it is whole");
    let absolute = folder.path().join("by/slutt/brev.txt");
    for (typed, expected) in [
        ("by/start/brev.txt", paths[1]),
        ("./by/start/brev.txt", paths[1]),
        ("by\\start\\brev.txt", paths[1]),
        ("start/brev.txt", paths[1]),
        // As a Mac writes it.
        ("by/start/a\u{30a}.txt", paths[0]),
        ("a\u{30a}.txt", paths[0]),
        (absolute.to_str().expect("it is UTF-8"), paths[2]),
    ] {
        match project.find(Path::new(typed)) {
            Meant::One(source) => assert_eq!(source.path, expected, "{typed}"),
            other => panic!("{typed}: {other:?}"),
        }
    }
    assert!(matches!(project.find(Path::new("brev.txt")), Meant::Several(several) if several.len() == 2));
    assert_eq!(project.find(Path::new("refrat.txt")), Meant::None(Some(paths[3])));
    assert_eq!(project.find(Path::new("start/noe-helt-annet.txt")), Meant::None(None));
    assert_eq!(project.find(Path::new("")), Meant::None(None));
}
