//! What a newcomer meets when something is wrong: each case is a small project with one fault, and a golden file with
//! the exit code and everything that is printed. `TEMAKART_BLESS=1` writes the golden files anew.

use std::path::Path;
use std::process::Command;

use crate::root;

const TEXT: &str = "Prosjektet er godt forankret i ledelsen.\n\nMen ildsjelene bærer det.\n";
const CODEBOOK: &str = "format = 1\n[[code]]\nid = \"forankring\"\npatterns = [\"forankring\", \"forankre\"]\n";

/// A project with two cases and two phases, changed by `files`: a path and its text, or `None` to leave it out.
fn project(files: &[(&str, Option<&[u8]>)]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let mut all: Vec<(&str, Option<&[u8]>)> = vec![
        ("temakart.toml", Some(b"format = 1\nname = \"Studien\"\n")),
        ("codebook.toml", Some(CODEBOOK.as_bytes())),
        ("documents/nord/start/a.txt", Some(TEXT.as_bytes())),
        ("documents/nord/slutt/b.txt", Some(TEXT.as_bytes())),
        ("documents/sør/start/c.txt", Some(TEXT.as_bytes())),
    ];
    all.retain(|(path, _)| !files.iter().any(|(changed, _)| changed == path));
    all.extend(files);
    for (path, content) in all {
        let path = dir.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        if let Some(content) = content {
            std::fs::write(path, content).unwrap();
        }
    }
    dir
}

/// Runs temakart in the project and compares exit code and output with the golden file `name`.
#[track_caller]
fn check(name: &str, files: &[(&str, Option<&[u8]>)], arguments: &[&str]) {
    let dir = project(files);
    check_in(name, dir.path(), arguments);
}

#[track_caller]
fn check_in(name: &str, dir: &Path, arguments: &[&str]) {
    let output = Command::new(env!("CARGO_BIN_EXE_temakart"))
        .args(arguments)
        .current_dir(dir)
        .env("COLUMNS", "100")
        .env("NO_COLOR", "1")
        .output()
        .unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).replace(&dir.display().to_string(), "PROJECT");
    let found = format!(
        "status {}\n-- stdout\n{}-- stderr\n{}",
        output.status.code().unwrap_or(-1),
        text(&output.stdout),
        text(&output.stderr)
    );
    let golden = root().join("tests/it/bad_input").join(format!("{name}.txt"));
    if std::env::var_os("TEMAKART_BLESS").is_some() && std::env::var_os("CI").is_none() {
        std::fs::write(&golden, &found).unwrap();
    }
    let expected = std::fs::read_to_string(&golden).unwrap_or_default();
    assert!(found == expected, "{name}: expected\n{expected}\nfound\n{found}");
}

fn codebook(text: &str) -> Vec<(&'static str, Option<Vec<u8>>)> {
    vec![("codebook.toml", Some(text.as_bytes().to_vec()))]
}

#[track_caller]
fn check_codebook(name: &str, text: &str) {
    let files = codebook(text);
    let files: Vec<(&str, Option<&[u8]>)> = files.iter().map(|(path, text)| (*path, text.as_deref())).collect();
    check(name, &files, &["code"]);
}

#[test]
fn unknown_key() {
    check("unknown_key", &[("temakart.toml", Some(b"format = 1\nlangauges = [\"nb\"]\n"))], &["code"]);
    check_codebook(
        "unknown_key_in_codebook",
        "format = 1\n[[code]]\nid = \"forankring\"\npatterns = [\"forankring\"]\nexampels = []\n",
    );
}

#[test]
fn unknown_parent_and_cycle() {
    check_codebook(
        "unknown_parent",
        "format = 1\n[[code]]\nid = \"ildsjel\"\npatterns = [\"ildsjel\"]\n[[code]]\nid = \"løft\"\nparent = \"ildsjell\"\npatterns = [\"løft\"]\n",
    );
    check_codebook(
        "cycle",
        "format = 1\n[[code]]\nid = \"a\"\nparent = \"b\"\npatterns = [\"x\"]\n[[code]]\nid = \"b\"\nparent = \"a\"\npatterns = [\"y\"]\n",
    );
}

#[test]
fn duplicate_id() {
    check_codebook(
        "duplicate_id",
        "format = 1\n[[code]]\nid = \"a\"\npatterns = [\"x\"]\n[[code]]\nid = \"a\"\npatterns = [\"y\"]\n",
    );
}

#[test]
fn broken_pattern() {
    check_codebook(
        "broken_pattern",
        "format = 1\n[[code]]\nid = \"støtte\"\npatterns = [\"støtte NEAR ledelse\", \"(løft OR tak\"]\n",
    );
}

#[test]
fn missing_manifest_column_and_document_in_two_cases() {
    let manifest = |text: &'static [u8]| {
        [("temakart.toml", None), ("documents.csv", Some(text)), ("x/a.txt", Some(TEXT.as_bytes()))]
    };
    check("missing_column", &manifest(b"path,phase\nx/a.txt,start\n"), &["code"]);
    check("two_cases", &manifest(b"path,case,phase\nx/a.txt,nord,start\nx/a.txt,vest,start\n"), &["code"]);
    check("listed_but_not_there", &manifest(b"path,case,phase\nx/b.txt,nord,start\n"), &["code"]);
}

#[test]
fn unreadable_and_empty_documents_are_warned_of_and_the_others_coded() {
    let files: [(&str, Option<&[u8]>); 3] = [
        ("documents/sør/start/c.txt", Some(b"  \n\n")),
        ("documents/sør/start/d.docx", Some(b"PK\x03\x04 cut off")),
        ("documents/sør/slutt/e.txt", Some(b"\x00\x01\x02\x00\x00\x00\x7f\x00\x01")),
    ];
    check("unreadable", &files, &["code"]);
    check("unreadable_strict", &files, &["code", "--strict"]);
}

#[test]
fn no_documents() {
    let files = [
        ("documents/nord/start/a.txt", None),
        ("documents/nord/slutt/b.txt", None),
        ("documents/sør/start/c.txt", None),
    ];
    check("no_documents", &files, &["code"]);
    let empty = tempfile::tempdir().unwrap();
    check_in("empty_folder", empty.path(), &["code"]);
    check_in("no_such_folder", empty.path(), &["code", "finnes-ikke"]);
}

#[test]
fn unknown_attribute() {
    check("unknown_attribute", &[], &["code", "--by", "case,fasa"]);
    check("unknown_attribute_in_where", &[], &["code", "--where", "kjønn:k"]);
    check("where_with_words", &[], &["code", "--where", "forankring"]);
}

#[test]
fn unwritable_output_folder() {
    check("unwritable_output", &[("opptatt", Some(b"en fil"))], &["code", "--out", "opptatt"]);
}

#[test]
fn an_index_from_another_version_is_built_anew() {
    let dir = project(&[]);
    check_in("index_first", dir.path(), &["code"]);
    std::fs::write(dir.path().join(".temakart/format"), "0\n").unwrap();
    check_in("index_of_another_version", dir.path(), &["code"]);
    std::fs::write(dir.path().join(".temakart/meta.json"), "{").unwrap();
    check_in("index_damaged", dir.path(), &["code", "--format", "csv"]);
}

#[test]
fn no_codebook_and_no_such_code() {
    check("no_codebook", &[("codebook.toml", None)], &["code"]);
    check("no_such_code", &[], &["codebook", "forms", "--code", "forankrnig"]);
    check("usage", &[], &["kode"]);
}

#[test]
fn searches_that_cannot_be_read_or_find_nothing() {
    check("search_broken", &[], &["search", "(ledelse"]);
    check("search_empty", &[], &["search", ""]);
    check("search_nothing", &[], &["search", "forankrett"]);
}
