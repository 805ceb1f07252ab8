//! The project file, right and wrong.

use std::path::Path;

use super::*;

fn read(text: &str) -> (Config, Vec<Diagnostic>) {
    let mut errors = Vec::new();
    let file = TomlFile::new(Path::new(FILE), text, IDS);
    let config = Config::read(&file, &mut errors);
    (config, errors)
}

/// Each error as `line:column message | label`, from its id and first place.
#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let found: Vec<String> = read(text).1.iter().map(crate::project::testing::brief).collect();
    assert_eq!(found, expected);
}

#[test]
fn the_whole_file_is_read() {
    let (config, errors) = read(
        r#"
format = 1
name = "Piloten"
languages = ["nn", "NB"]
documents = ["documents", "./ekstra/"]
ignore = ["**/utkast/**", "*.bak"]
codebook = "../koder/felles.toml"
[case]
label = "Delpilot"
values = [{ id = "omsorg-3.0", label = "Omsorg 3.0", aliases = ["Øyer"] }, "hadeland"]
[phase]
label = "Runde"
values = ["start", "slutt"]
[layout]
path = "{delpilot}/{runde}/*"
[segments]
by = "paragraph"
types = { Intervju = "turn" }
[speakers]
exclude = ["Intervjuer"]
[survey]
text = ["Hva har fungert?"]
informant = "Nr"
"#,
    );
    assert_eq!(errors, []);
    assert_eq!(config.name.as_deref(), Some("Piloten"));
    assert_eq!(config.languages, ["nn", "nb"]);
    let folders: Vec<String> = config.documents.unwrap_or_default().into_iter().map(|(path, _)| path).collect();
    assert_eq!(folders, ["documents", "ekstra"]);
    assert_eq!(config.codebook, "../koder/felles.toml");
    assert_eq!(config.case.resolve("øyer").as_deref(), Some("omsorg-3.0"));
    assert!(config.layout.names(PHASE) && config.says_layout);
    assert_eq!(config.segments.unit(Some("intervju")), crate::segment::SegmentUnit::Turn);
    assert_eq!((config.survey.text.len(), config.survey.informant.as_deref()), (1, Some("Nr")));
    assert_eq!(config.exclude, Some(vec!["Intervjuer".to_owned()]));
}

#[test]
fn an_empty_file_is_a_project() {
    let (config, errors) = read("");
    assert_eq!(errors, []);
    assert_eq!((config.documents, config.languages.len()), (None, 2));
}

#[test]
fn everything_wrong_is_told_at_once() {
    check(
        "nmae = \"x\"\nformat = \"1\"\n[case]\nlable = \"Delpilot\"\nvalues = [1]\n[segments]\nby = \"setning\"\n",
        &[
            "project/wrong-type temakart.toml:2:10 `format` must be a whole number | this is a string",
            "project/wrong-type temakart.toml:5:11 each of `values` must be a string: `\"…\"` | this is a whole number",
            "project/unknown-key temakart.toml:4:1 unknown key `lable` | not a key of this table | did you mean `label`?",
            "project/unknown-value temakart.toml:7:6 `setning` is not a valid value for `by` | expected one of `paragraph`, `turn`, `sentence`",
            "project/unknown-key temakart.toml:1:1 unknown key `nmae` | not a key of this table | did you mean `name`?",
        ],
    );
}

#[test]
fn norwegian_names_of_case_and_phase_are_known_for_what_they_mean() {
    check(
        "[fase]\nlabel = \"Fase\"\n[delpilot]\n",
        &[
            "project/unknown-key temakart.toml:1:2 unknown key `fase` | not a key of this table | did you mean `phase`?",
            "project/unknown-key temakart.toml:3:2 unknown key `delpilot` | not a key of this table | did you mean `case`?",
        ],
    );
}

#[test]
fn typographic_quotation_marks_are_no_quotation_marks() {
    let (_, errors) = read("format = 1\nname = “Piloten”\n");
    let hints: Vec<&str> = errors.iter().flat_map(|error| &error.hints).map(String::as_str).collect();
    assert_eq!(hints, ["`“` is not a quotation mark in TOML: use a straight `\"`"]);
}

#[test]
fn broken_syntax_has_its_place() {
    let (_, errors) = read("name = \"æ\nformat = 1\n");
    assert_eq!(errors[0].id, "project/syntax");
    assert!(
        crate::project::testing::brief(&errors[0]).starts_with("project/syntax temakart.toml:1:10 "),
        "{}",
        crate::project::testing::brief(&errors[0])
    );
}

#[test]
fn another_format_is_said_so() {
    check(
        "format = 2",
        &["project/format temakart.toml:1:10 this version cannot read `format = 2` | this version reads format 1"],
    );
}

#[test]
fn unknown_languages_are_listed() {
    check(
        "languages = [\"nb\", \"no\"]",
        &[
            "project/unknown-language temakart.toml:1:20 unknown language `no` | not a known language code | Norwegian is `nb` (bokmål) or `nn` (nynorsk); list both if both occur",
        ],
    );
}

#[test]
fn document_folders_lie_in_the_project_and_apart() {
    check(
        "documents = [\"../andre\", \"documents\", \"documents/x\"]",
        &[
            "project/outside temakart.toml:1:14 the documents folder `../andre` is outside the project | must be a folder of the project",
            "project/folder-in-folder temakart.toml:1:39 the documents folder `documents/x` overlaps with another | its documents would count twice | also temakart.toml:1:26 the other",
        ],
    );
    check(
        "documents = []",
        &["project/empty-value temakart.toml:1:1 `documents` names no folder | name one, or omit the key"],
    );
}

#[test]
fn a_name_means_one_value() {
    check(
        "[phase]\nvalues = [\"start\", { id = \"slutt\", aliases = [\"START\"] }, { label = \"x\" }, \"\"]",
        &[
            "project/same-name temakart.toml:2:27 two values of `phase` are named `START` | a name must refer to one value only | also temakart.toml:2:11 the first of them, `start`",
            "project/missing-key temakart.toml:2:59 the key `id` is missing | expected `id = \"…\"` in this table",
            "project/empty-value temakart.toml:2:76 a value needs an id | this is empty",
        ],
    );
}

#[test]
fn a_bad_layout_is_shown_where_it_is_bad() {
    check(
        "[layout]\npath = \"{case}/{phase\"",
        &["project/bad-layout temakart.toml:2:16 the layout `{case}/{phase` cannot be used | `{` without a `}`"],
    );
}

#[test]
fn a_bad_glob_is_shown() {
    check(
        "ignore = [\"a[\"]",
        &[
            "project/bad-glob temakart.toml:1:11 `a[` is not a valid file pattern: unclosed character class; missing ']'",
        ],
    );
}

#[test]
fn ignore_patterns_hold_as_people_expect() {
    let (config, _) =
        read("ignore = [\"**/utkast/**\", \"*.bak\", \"privat/\", \"documents/a/b.txt\", \"Gjo\u{308}vik\"]");
    for (path, expected) in [
        ("documents/utkast/a.txt", true),
        ("documents/a.bak", true),
        ("x/privat/a/b.txt", true),
        ("x/privat", false),
        ("documents/a/b.txt", true),
        ("documents/a/b.txt.md", false),
        ("x/Gjövik/a.txt", true),
        ("documents/a.txt", false),
    ] {
        assert_eq!(config.ignore.is_match(path), expected, "{path}");
    }
}
