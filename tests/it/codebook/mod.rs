//! Codebook files: those that are broken, each with the message it must give; those that are odd; those that are fine.
//!
//! A broken file and its message stand side by side, `codebook/invalid/NAME.toml` and `NAME.stderr`. With
//! `TEMAKART_BLESS=1` in the environment the messages are written anew; read them before you keep them.

use std::{
    fs,
    path::{Path, PathBuf},
};

use temakart::{
    codebook::{Codebook, from_str, load, pattern::Pattern},
    diag::{Diagnostic, Severity, Style, render},
    language::{Compounds, Language, OtherLanguage, Stance},
};

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/codebook").join(name)
}

fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .expect("the folder is part of the repository")
        .map(|entry| entry.expect("the folder can be read").path())
        .filter(|path| path.extension().is_some_and(|found| found == extension))
        .collect();
    files.sort();
    files
}

/// Compares the messages about each file of a folder with those beside it.
fn check_messages(name: &str, messages_of: impl Fn(&Path) -> Vec<Diagnostic>) {
    let folder = folder(name);
    let is_blessing =
        std::env::var_os("TEMAKART_BLESS").is_some_and(|value| value == "1") && std::env::var_os("CI").is_none();
    let mut wrong = String::new();
    for path in files(&folder, "toml") {
        let mut messages = messages_of(&path);
        for place in messages.iter_mut().flat_map(|message| &mut message.places) {
            place.path = place.path.strip_prefix(&folder).expect("each place is in the file").to_owned();
        }
        let found = render(&messages, Style { color: false, width: 100 });
        let golden = path.with_extension("stderr");
        if is_blessing {
            fs::write(&golden, &found).expect("the folder can be written");
        }
        let expected = fs::read_to_string(&golden).unwrap_or_default();
        if found != expected {
            wrong.push_str(&format!("{}: expected\n{expected}\nfound\n{found}\n", path.display()));
        }
    }
    for golden in files(&folder, "stderr") {
        if !golden.with_extension("toml").exists() {
            wrong.push_str(&format!("{} belongs to no file\n", golden.display()));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn each_broken_file_gives_its_message() {
    check_messages("invalid", |path| match load(path) {
        Ok(_) => panic!("{} loads", path.display()),
        Err(messages) => messages,
    });
}

#[test]
fn each_odd_file_loads_with_its_warning() {
    check_messages("odd", |path| match load(path) {
        Ok((_, warnings)) => {
            assert!(warnings.iter().all(|warning| warning.severity == Severity::Warning));
            warnings
        }
        Err(messages) => panic!("{} does not load: {messages:?}", path.display()),
    });
}

fn loaded(name: &str) -> Codebook {
    match load(&folder("valid").join(name)) {
        Ok((codebook, warnings)) if warnings.is_empty() => codebook,
        Ok((_, messages)) | Err(messages) => panic!("{}", render(&messages, Style { color: false, width: 100 })),
    }
}

#[test]
fn every_key_has_its_effect() {
    let codebook = loaded("kitchen-sink.toml");
    assert_eq!(codebook.name, "Alt på én gang");
    assert_eq!(codebook.languages, [Language::Bokmaal, Language::Nynorsk, Language::Other(OtherLanguage::English)]);
    assert_eq!(codebook.sha256.len(), 64);
    let [code, child] = codebook.codes.as_slice() else { panic!("{} codes", codebook.codes.len()) };

    assert_eq!((code.id.as_str(), code.label.as_str()), ("forankring", "Forankring"));
    assert!(
        code.definition.starts_with("Hvorvidt") && code.include.starts_with("Eier") && code.exclude.starts_with("At")
    );
    assert_eq!(code.color.as_deref(), Some("#2b6A99"));
    assert_eq!(code.patterns.len(), 17);
    assert_eq!(code.patterns[0].compounds, Compounds::Head);
    assert!(!code.patterns[0].derive && code.patterns[0].stance.is_none());
    assert!(matches!(code.patterns[5].pattern, Pattern::Phrase(_)));
    let uforankret = &code.patterns[16];
    assert_eq!((uforankret.source.as_str(), uforankret.stance), ("uforankret", Some(Stance::Missing)));
    assert_eq!((uforankret.compounds, uforankret.derive), (Compounds::None, true));
    assert_eq!((code.not.len(), code.not[1].compounds), (2, Compounds::None));
    assert_eq!(code.forms_not, ["forankringspunkt"]);
    assert_eq!((code.cues.missing.len(), code.cues.mixed.len(), code.cues.needed.len()), (1, 1, 1));
    let example = &code.examples[0];
    assert_eq!(example.span.of(&codebook.text), format!("\"{}\"", example.text));
    assert_eq!(code.near_misses.len(), 1);

    assert_eq!((child.label.as_str(), child.parent), ("Institusjonell forankring (ø)", Some(0)));
    assert_eq!((child.patterns[0].compounds, child.patterns[0].derive), (Compounds::Both, true));
    assert_eq!(codebook.ancestors(1).collect::<Vec<_>>(), [0]);
    assert_eq!(codebook.index_of("forankring"), Some(0));
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_do_no_harm() {
    let codebook = loaded("bom.toml");
    assert_eq!(codebook.codes[0].id, "løft");
    assert_eq!((codebook.name.as_str(), codebook.languages.len()), ("bom", 2));
}

#[test]
fn a_file_that_is_not_there_is_named() {
    let messages = load(Path::new("no/such/codebook.toml")).unwrap_err();
    let found = render(&messages, Style { color: false, width: 100 });
    assert!(found.starts_with("error[codebook/unreadable]: the codebook does not exist\n--> no/such/codebook.toml\n"));
}

#[test]
fn nothing_hostile_takes_long_or_crashes() {
    let begin = std::time::Instant::now();
    let name = Path::new("codebook.toml");
    for text in [
        String::new(),
        "\u{feff}".to_owned(),
        "[".repeat(20_000),
        format!("a = {}", "[".repeat(20_000)),
        format!("a = {}", "{a=".repeat(20_000)),
        format!("format = 1\n{}", "[[code]]\n".repeat(3_000)),
        format!("format = 1\n[[code]]\nid = \"{}\"\nparent = \"{0}x\"\npatterns = [\"a\"]", "æ".repeat(100_000)),
        format!("format = 1\n[[code]]\nid = \"a\"\npatterns = [{}]", "\"a AND\",".repeat(3_000)),
        format!("format = 1\n[[code]]\nid = \"a\"\npatterns = [{}]", "\"a\",".repeat(70_000)),
        format!("format = 1\n{}", (0..3_000).map(|n| format!("key{n} = 1\n")).collect::<String>()),
        (0..2_000).fold("format = 1\n".to_owned(), |text, n| {
            text + &format!("[[code]]\nid = \"k{n}\"\nparent = \"k{}\"\npatterns = [\"a\"]\n", (n + 1) % 2_000)
        }),
    ] {
        let messages = from_str(name, &text).expect_err("it is broken");
        assert!(render(&messages, Style { color: true, width: 80 }).len() < 100_000);
    }
    assert!(begin.elapsed().as_secs() < 30, "{:?}", begin.elapsed());
}

#[test]
fn a_code_is_found_by_id_or_label_in_other_writing() {
    let codebook = loaded("kitchen-sink.toml");
    for name in ["forankring", "FORANKRING"] {
        assert_eq!(codebook.find(name).unwrap(), 0, "{name}");
    }
    assert_eq!(codebook.find("institusjonell-forankring_(Ø)").unwrap(), 1);
    let unknown = |name: &str| codebook.find(name).unwrap_err().hints;
    assert_eq!(unknown("forankrin"), ["did you mean `forankring`?"]);
    assert_eq!(unknown("noe annet"), ["codes: forankring, Institusjonell forankring (ø)"]);
    // Two that are alike mean neither, unless one is written so.
    let text = "format = 1\n[[code]]\nid = \"a\"\nlabel = \"To\"\npatterns = [\"x\"]\n\
                [[code]]\nid = \"b\"\nlabel = \"to\"\npatterns = [\"y\"]\n";
    let (two, _) = from_str(Path::new("to.toml"), text).unwrap();
    let error = two.find("to").unwrap_err();
    assert_eq!(error.message, "`to` matches several codes: `a`, `b`");
    assert_eq!(two.find("B").unwrap(), 1);
}
