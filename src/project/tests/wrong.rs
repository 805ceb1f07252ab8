//! What is wrong with a project, one thing at a time.

use super::{DECLARED, check_documents, check_errors, check_messages, folder, is_readable, open_folder, write};
use crate::{
    diag::Severity,
    project::{open, testing::brief},
};

#[test]
fn a_folder_that_is_none() {
    let folder = folder(&[("temakart.toml", "")]);
    let errors = open(&folder.path().join("temakart.toml"), None, is_readable).expect_err("it is a file");
    assert_eq!(
        errors.iter().map(brief).collect::<Vec<_>>(),
        [
            "project/no-project temakart.toml a project is a folder, but this is a file | give the folder that contains the file"
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
        let is_bare = !files.iter().any(|(path, _)| ["temakart.toml", "documents.csv"].contains(path));
        let message = match is_bare {
            true => "this is not a project: it has no `temakart.toml`, and there are no documents in it",
            false => "there are no documents",
        };
        assert_eq!((error.id, error.message.as_str()), ("project/no-documents", message));
        assert_eq!(error.hints, hints);
    };
    named(
        &[("a.txt", ""), ("b/c.txt", "")],
        &[
            "no readable file matches the layout `{case}/{phase}/*`",
            "put the documents in a folder for each case with a subfolder for each phase, or list them in documents.csv",
            "`temakart new DIR` creates a project to start from",
            "2 other files were found, such as `a.txt`",
        ],
    );
    named(
        &[("a/temakart.toml", ""), ("a/documents/x/y/a.txt", ""), ("notat.txt", "")],
        &["`a` is a project of its own: name it"],
    );
    named(
        &[("a/temakart.toml", ""), ("b/c/temakart.toml", "")],
        &["these are projects of their own: `a`, `b/c`; name one"],
    );
    named(
        &[("temakart.toml", ""), ("documents/x/y/a.mp3", "")],
        &["there are no readable files in `documents`", "1 other file was found: `documents/x/y/a.mp3`"],
    );
    named(&[("documents.csv", "path,case,phase\n")], &["`documents.csv` lists no documents"]);
}

#[test]
fn a_documents_folder_that_is_not_there() {
    check_errors(
        &[("temakart.toml", "documents = [\"dokument\", \"a.txt\"]\n"), ("dokumenter/x/y/a.txt", ""), ("a.txt", "")],
        &[
            "project/no-folder temakart.toml:1:14 the documents folder `dokument` does not exist | not a folder of the project | did you mean `dokumenter`?",
            "project/no-folder temakart.toml:1:26 the documents folder `a.txt` does not exist | this is a file",
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
            "manifest/missing-column documents.csv:1:1 `documents.csv` has no column `phase` | the header names the columns | the columns are `path`, `delpilot` | cells may be empty for documents that have none",
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
            "manifest/reserved-column documents.csv:1:17 a column may not be called `words` | this name has another meaning in results | rename the column, or remove it",
            "manifest/reserved-column documents.csv:1:29 a column may not be called `code` | this name has another meaning in results | rename the column, or remove it",
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
            "manifest/two-cases documents.csv:3:1 `a.txt` is listed in two cases, `x` and `y` | listed again here | also documents.csv:2:1 listed first here | list a joint meeting once, and give each speaker's case in speakers.csv",
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
            "manifest/outside documents.csv:2:1 `../a.txt` is outside the project | must be a file of the project | paths are relative to the project folder",
            "manifest/outside documents.csv:9:1 `C:\\b.txt` is outside the project | must be a file of the project | paths are relative to the project folder",
            "manifest/never-a-document documents.csv:4:1 `results/r.txt` is one of temakart's own files and cannot be a document | remove this row",
            "manifest/never-a-document documents.csv:5:1 `.skjult/a.txt` is hidden and cannot be a document | names that begin with `.` or `~$` are never read",
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
            "manifest/unknown-value documents.csv:2:17 `hadelan` is not a declared value of `case` | not an id, label or alias | did you mean `hadeland`?",
            "manifest/unknown-value documents.csv:2:25 `sluttt` is not a declared value of `phase` | not an id, label or alias; the same in 2 rows | did you mean `slutt`?",
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
            "table/too-many-cells documents.csv:2:11 a row has more cells than the header, which has 3 | this cell belongs to no column | text that contains the column separator must be in quotation marks",
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
        &["project/two-lists documents.csv `documents.csv` is used and `manifest.csv` ignored | keep one of them"],
    );
}

#[cfg(target_os = "linux")]
#[test]
fn two_files_of_one_name() {
    let errors = open_folder(&[("a/b/Å.txt", ""), ("a/b/A\u{30a}.txt", "")]).expect_err("they are one document");
    assert_eq!(
        errors.iter().filter(|error| error.severity == Severity::Error).map(brief).collect::<Vec<_>>(),
        [
            "project/same-path A\u{30a}.txt two files are called `a/b/Å.txt` | also Å.txt | their names look the same but consist of different characters; rename one"
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
            "speakers/unknown-value speakers.csv:2:8 `hadelan` is not a declared value of `case` | not an id, label or alias | did you mean `hadeland`?",
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
            "manifest/reserved-column documents.csv:1:17 a column may not be called `code` | this name has another meaning in results | rename the column, or remove it",
            "manifest/outside documents.csv:2:1 `../a.txt` is outside the project | must be a file of the project | paths are relative to the project folder",
            "speakers/missing-column speakers.csv:1:1 `speakers.csv` has no column `speaker` | the header names the columns | the columns are `document`, `role`",
        ],
    );
}

#[test]
fn characters_that_may_not_be_what_was_written() {
    let folder = folder(&[("a.txt", "")]);
    write(
        folder.path(),
        "documents.csv",
        "path,case,phase,note\na.txt,x,y,bl\u{c3}\u{a5}b\u{c3}\u{a6}r p\u{c3}\u{a5} \u{f8}y".as_bytes(),
    );
    let project = open(folder.path(), None, is_readable).expect("it can be read");
    assert_eq!(
        project.messages().iter().map(brief).next().as_deref(),
        Some(
            "table/characters documents.csv:2:1 `documents.csv` was encoded twice (`Ã¥` for `å`) and is used as it is"
        )
    );
}

#[cfg(unix)]
#[test]
fn a_list_of_speakers_out_of_reach() {
    let folder = folder(&[("a/b/c.txt", "")]);
    std::os::unix::fs::symlink("/borte/speakers.csv", folder.path().join("speakers.csv")).expect("a link");
    let errors = open(folder.path(), None, is_readable).expect_err("its names would not be hidden");
    assert!(brief(&errors[0]).starts_with("file/unreadable speakers.csv `speakers.csv` cannot be read: "));
}

#[cfg(target_os = "linux")]
#[test]
fn a_name_that_is_not_unicode() {
    use std::os::unix::ffi::OsStrExt;
    let folder = folder(&[("a/b/c.txt", "")]);
    let name = std::ffi::OsStr::from_bytes(b"m\xf8te.txt");
    std::fs::write(folder.path().join("a/b").join(name), "").expect("a file for the test");
    let project = open(folder.path(), None, is_readable).expect("it is only strange");
    assert_eq!(
        project.messages().iter().map(brief).collect::<Vec<_>>(),
        ["project/garbled-name invalid Unicode in names is shown as `\u{fffd}`: `a/b/m\u{fffd}te.txt`"]
    );
    assert!(project.sources()[1].location.path().exists());
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config::with_cases(48))]

    #[test]
    fn no_file_is_too_odd(
        project in "(format = 1\n)?(documents = \\[\"[a./{]{0,4}\"\\]\n)?(\\[layout\\]\npath = \"[{}case/*.]{0,12}\"\n)?.{0,10}",
        manifest in "(path|sti)?[;,](case|fase)?[;,\"\n]{0,3}([a-c./\\\\]{1,8}[;,\"\n]{1,3}){0,6}.{0,10}",
        speakers in "(document,speaker,exclude\n)?([a-c./]{0,6}[,\"\n]){0,8}",
        bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..40),
    ) {
        let files = [("a/b/c.txt", ""), ("temakart.toml", &project), ("documents.csv", &manifest), ("speakers.csv", &speakers)];
        let folder = folder(&files);
        for odd in ["temakart.toml", "speakers.csv", "documents.csv", "documents.xlsx"] {
            // Whatever comes of it, it comes without a panic, and an error is among the messages of a refusal.
            if let Err(messages) = open(folder.path(), None, is_readable) {
                proptest::prop_assert_eq!(messages[0].severity, Severity::Error);
            }
            write(folder.path(), odd, &bytes);
        }
    }
}

#[test]
fn a_listed_document_of_another_project_or_among_results() {
    check_errors(
        &[
            ("documents.csv", "path,case,phase\nb/documents/1.txt,x,y\na/ny/forms.csv,x,y\n"),
            ("b/temakart.toml", ""),
            ("b/documents/1.txt", ""),
            ("a/ny/run.json", ""),
            ("a/ny/codings.jsonl", ""),
            ("a/ny/forms.csv", ""),
        ],
        &[
            "manifest/other-project documents.csv:2:1 `b/documents/1.txt` is in `b`, which is a project of its own | \
             documents of another project are not read",
            "manifest/never-a-document documents.csv:3:1 `a/ny/forms.csv` is in `a/ny`, which `temakart code` wrote | \
             results are never documents",
        ],
    );
}
