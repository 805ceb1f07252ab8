//! The house rules that can be checked: who may use whom, where printing happens, what every file opens with.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::root;

/// The rooms from upstream to downstream; a room uses what stands before it.
const ROOMS: [&str; 23] = [
    "text",
    "diag",
    "disk",
    "sheet",
    "stats",
    "ingest",
    "segment",
    "project",
    "language",
    "codebook",
    "index",
    "material",
    "coding",
    "decisions",
    "tally",
    "compare",
    "agreement",
    "diff",
    "search",
    "report",
    "interchange",
    "pipeline",
    "cli",
];

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// The room that a file belongs to, and its text without its tests.
fn files() -> Vec<(PathBuf, String, String)> {
    let src = root().join("src");
    sources(&src)
        .into_iter()
        .map(|path| {
            let relative = path.strip_prefix(&src).unwrap();
            let first = relative.components().next().unwrap().as_os_str().to_str().unwrap();
            let room = first.trim_end_matches(".rs").to_owned();
            let text = std::fs::read_to_string(&path).unwrap();
            (relative.to_owned(), room, without_tests(&text))
        })
        .collect()
}

/// Without the items that only tests have: a line each, or to the brace that closes them.
fn without_tests(text: &str) -> String {
    let mut code = String::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if line.trim() != "#[cfg(test)]" {
            code.push_str(line);
            code.push('\n');
            continue;
        }
        let indent = &line[..line.len() - line.trim_start().len()];
        let ends = [format!("{indent}}}"), format!("{indent}}};")];
        let first = lines.by_ref().find(|line| !line.trim_start().starts_with("#[")).unwrap();
        if !first.ends_with(';') && !first.ends_with('}') {
            lines.by_ref().find(|line| ends.iter().any(|end| end == line)).unwrap();
        }
    }
    code
}

/// The rooms that a text names: in paths, and in lists of imports, nested or not.
fn rooms_used(code: &str) -> BTreeSet<&str> {
    let mut used = BTreeSet::new();
    for (at, start) in code.match_indices("crate::") {
        let rest = &code[at + start.len()..];
        let Some(list) = rest.strip_prefix('{') else {
            used.insert(first_name(rest));
            continue;
        };
        let mut depth = 0;
        let mut begins = true;
        for (at, character) in list.char_indices() {
            match character {
                '{' => depth += 1,
                '}' if depth == 0 => break,
                '}' => depth -= 1,
                ',' if depth == 0 => begins = true,
                character if begins && character.is_alphabetic() => {
                    used.insert(first_name(&list[at..]));
                    begins = false;
                }
                _ => {}
            }
        }
    }
    used
}

fn first_name(path: &str) -> &str {
    let end = path.find(|character: char| !character.is_alphanumeric() && character != '_').unwrap_or(path.len());
    &path[..end]
}

#[test]
fn imports_are_seen_wherever_they_stand() {
    let text = "//! Doc.\n#[cfg(test)]\nmod testing;\npub use crate::{\n    diag::{A, b::{C, pipeline}},\n    ingest,\n};\n\
                fn f() -> crate::text::Span {}\n#[cfg(test)]\nmod tests {\n    use crate::cli;\n}\nuse crate::stats::x;\n";
    let used = rooms_used(&without_tests(text)).into_iter().map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(used, ["diag", "ingest", "stats", "text"]);
}

#[test]
fn data_flows_one_way() {
    let place: BTreeMap<&str, usize> = ROOMS.iter().copied().zip(0..).collect();
    let mut wrong = Vec::new();
    for (path, room, code) in files() {
        let Some(own) = place.get(room.as_str()) else { continue };
        for other in rooms_used(&code) {
            if place.get(other).is_some_and(|other| other > own) {
                wrong.push(format!("{}: `{room}` uses `{other}`, which stands below it", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_room_is_in_the_order() {
    for (path, room, _) in files() {
        let is_known = ROOMS.contains(&room.as_str()) || ["lib", "main"].contains(&room.as_str());
        assert!(is_known, "{}: add `{room}` to the order of rooms", path.display());
    }
}

#[test]
fn only_the_command_line_prints_and_only_the_index_names_tantivy() {
    for (path, room, code) in files() {
        let is_test = path.file_name().is_some_and(|name| name == "tests.rs" || name == "testing.rs");
        if room != "cli" && room != "main" && !is_test {
            for word in ["println!", "eprintln!", "std::process::exit"] {
                assert!(!code.contains(word), "{}: `{word}` belongs in cli", path.display());
            }
        }
        if room != "index" {
            assert!(!code.contains("tantivy"), "{}: only index names tantivy", path.display());
        }
    }
}

/// The names in code that reading or writing a file takes, by whatever way.
fn names_of_files(code: &str) -> Vec<&str> {
    let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
    let names = lines.flat_map(|line| line.split(|letter: char| !letter.is_alphanumeric() && letter != '_'));
    names.filter(|name| ["fs", "File", "OpenOptions", "disk", "tempfile", "walkdir"].contains(name)).collect()
}

#[test]
fn who_codes_and_counts_touches_no_files() {
    assert_eq!(names_of_files("//! fs\nuse std::{fs, io};\nuse crate::disk::read_bytes;\n"), ["fs", "disk"]);
    assert_eq!(names_of_files("fn f(file: CodebookFile) { std::fs::File::open(file.path()) }"), ["fs", "File"]);
    for (path, room, code) in files() {
        if ["coding", "tally", "compare", "stats"].contains(&room.as_str()) {
            let named = names_of_files(&code);
            assert!(named.is_empty(), "{}: this room touches no files, and names {named:?}", path.display());
        }
    }
}

#[test]
fn every_file_says_what_it_defines() {
    for (path, _, code) in files() {
        assert!(code.starts_with("//!"), "{}: no `//!` at its top", path.display());
    }
}

/// The files of the repository, without what is built or kept by tools.
fn everything(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        match path.is_dir() {
            true if name == "target" || name == ".git" => {}
            true => found.extend(everything(&path)),
            false if name == ".git" => {}
            false => found.push(path),
        }
    }
    found
}

#[test]
fn nothing_of_the_machine_it_was_made_on_is_in_the_repository() {
    let texts = everything(root());
    for known in ["README.md", "Cargo.toml", ".ci/run", "tests/it/main.rs", "benches/speed.rs", "docs/temakart.svg"] {
        assert!(texts.contains(&root().join(known)), "{known} is looked at");
    }
    for path in texts {
        // What is no text names no path either.
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        for word in [concat!("/wo", "rk/"), concat!("/ro", "ot/"), concat!("/ho", "me/")] {
            assert!(!text.contains(word), "{}: names a path of a machine: {word}", path.display());
        }
    }
}
