//! Dictionaries of other programs: the reference cases through import and coding, and every format out and in.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use serde_json::Value;
use temakart::codebook;
use temakart::codebook::Codebook;
use temakart::coding;
use temakart::diag::Severity;
use temakart::index::Corpus;
use temakart::interchange::{CodebookFormat, Draft, Matching, ReadAs, read_codebook, write_codebook};

use crate::shared;

/// Cases that ours cannot express, and why.
const INEXPRESSIBLE: [(&str, &str); 11] = [
    ("lookup-09", "wildcards ignore case, here"),
    ("lookup-12", "expressions ignore case, here"),
    ("lookup-34", "codes never shut each other out"),
    ("lookup-40", "codes never shut each other out"),
    ("lookup-43", "codes never shut each other out"),
    ("lookup-44", "codes never shut each other out"),
    ("lookup-45", "codes never shut each other out"),
    ("lookup-46", "codes never shut each other out"),
    ("lookup-48", "joined tokens are made inside quanteda; a text has none"),
    ("kwic-12", "wildcards ignore case, here"),
    ("error-1", "pairs without names are R objects; the YAML of them is error-2's"),
];

fn read_as(text: &str, extension: &str, how: &ReadAs) -> Result<(Draft, usize), String> {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join(format!("ordbok.{extension}"));
    std::fs::write(&path, text).unwrap();
    match read_codebook(&path, how) {
        Ok((draft, notes)) => Ok((draft, notes.iter().filter(|n| n.severity == Severity::Warning).count())),
        Err(errors) => Err(errors.iter().map(|error| error.message.clone()).collect::<Vec<_>>().join("\n")),
    }
}

fn codebook_of(draft: &Draft) -> Codebook {
    codebook::from_str(Path::new("codebook.toml"), &draft.toml()).unwrap().0
}

/// The names from the top down, joined with points.
fn full_name(codebook: &Codebook, code: usize) -> String {
    let mut names: Vec<&str> = codebook.ancestors(code).map(|index| codebook.codes[index].label.as_str()).collect();
    names.reverse();
    names.push(&codebook.codes[code].label);
    names.join(".")
}

struct Options {
    how: ReadAs,
    exclusive: bool,
    capitals: bool,
    nomatch: Option<String>,
}

fn options(case: &Value) -> Options {
    let options = &case["options"];
    let matching = match options["valuetype"].as_str() {
        Some("fixed") => Matching::Fixed,
        Some("regex") => Matching::Regex,
        _ => Matching::Glob,
    };
    let levels = options["levels"].as_array().into_iter().flatten().map(|level| level.as_u64().unwrap() as usize);
    let separator = options["separator"].as_str().and_then(|text| text.chars().next()).filter(|c| *c != ' ');
    Options {
        how: ReadAs {
            matching: Some(matching),
            case_sensitive: options["case_insensitive"] == Value::Bool(false),
            separator,
            levels: levels.collect(),
            ..ReadAs::default()
        },
        exclusive: options["exclusive"] != Value::Bool(false),
        capitals: options["capkeys"] == Value::Bool(true),
        nomatch: options["nomatch"].as_str().map(str::to_owned),
    }
}

/// The text of some tokens, and the token that each of its words is. What was removed breaks phrases.
fn text_of(tokens: &Value) -> (Vec<String>, String, Vec<usize>) {
    let tokens: Vec<String> = tokens.as_array().unwrap().iter().map(|t| t.as_str().unwrap().to_owned()).collect();
    let text: Vec<&str> = tokens.iter().map(|token| if token.is_empty() { "." } else { token }).collect();
    let is_word = |token: &String| token.chars().any(char::is_alphanumeric);
    let words = (0..tokens.len()).filter(|index| is_word(&tokens[*index])).collect();
    (tokens.clone(), text.join(" "), words)
}

/// First and last token of every mention of each code.
fn mentions(codebook: &Codebook, text: &str, words: &[usize]) -> Vec<(usize, usize, usize)> {
    let corpus = Corpus::of_texts(&[text]).unwrap();
    let which: Vec<usize> = (0..codebook.codes.len()).collect();
    let all = coding::apply(&corpus, codebook, &which, &vec![true; corpus.rows().len()]).unwrap();
    let mut found = Vec::new();
    for (code, mentions) in all.codes.iter().enumerate() {
        found.extend(mentions.iter().map(|m| (words[m.from as usize], words[m.to as usize - 1], code)));
    }
    found.sort_unstable_by_key(|(from, _, code)| (*from, *code));
    found
}

/// A dictionary in the order of its file.
enum Ordered {
    Names(Vec<(String, Self)>),
    Other(Value),
}

impl<'de> serde::Deserialize<'de> for Ordered {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> serde::de::Visitor<'de> for Visitor {
            type Value = Ordered;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("names or words")
            }
            fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<Ordered, A::Error> {
                let mut names = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    names.push(entry);
                }
                Ok(Ordered::Names(names))
            }
            fn visit_seq<A: serde::de::SeqAccess<'de>>(self, mut seq: A) -> Result<Ordered, A::Error> {
                let mut words: Vec<Value> = Vec::new();
                while let Some(word) = seq.next_element()? {
                    words.push(word);
                }
                Ok(Ordered::Other(Value::from(words)))
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

impl Ordered {
    fn yaml(&self) -> String {
        match self {
            // JSON is YAML.
            Self::Other(value) => value.to_string(),
            Self::Names(names) => {
                let entries: Vec<String> = names
                    .iter()
                    .map(|(name, value)| format!("{}: {}", Value::from(name.as_str()), value.yaml()))
                    .collect();
                format!("{{{}}}", entries.join(", "))
            }
        }
    }
}

/// The cases' dictionaries by their ids, names in the order of the file, which counts.
fn dictionaries(file: &[u8]) -> BTreeMap<String, String> {
    #[derive(serde::Deserialize)]
    struct File {
        cases: Vec<Case>,
    }
    #[derive(serde::Deserialize)]
    struct Case {
        id: String,
        dictionary: Option<Ordered>,
    }
    let file: File = serde_json::from_slice(file).unwrap();
    file.cases.into_iter().filter_map(|case| Some((case.id, case.dictionary?.yaml()))).collect()
}

fn lookup(case: &Value, dictionary: &str) -> Result<(), String> {
    let Options { how, exclusive, capitals, nomatch } = options(case);
    let (draft, _) = match read_as(dictionary, "yml", &how) {
        Err(why) if why == "this file has no codes" => (Draft::default(), 0),
        other => other?,
    };
    for (document, expected) in case["expected"].as_object().unwrap() {
        let (tokens, text, words) = text_of(&case["tokens"][document]);
        let found = if draft.codes.is_empty() || words.is_empty() {
            Vec::new()
        } else {
            let codebook = codebook_of(&draft);
            let name = |code| full_name(&codebook, code);
            mentions(&codebook, &text, &words).into_iter().map(|(from, to, code)| (from, to, name(code))).collect()
        };
        let mut given = Vec::new();
        for (index, token) in tokens.iter().enumerate() {
            let keys = found.iter().filter(|(from, ..)| *from == index).map(|(_, _, key)| key.clone());
            given.extend(keys.map(|key| if capitals { key.to_uppercase() } else { key }));
            if found.iter().any(|(from, to, _)| (*from..=*to).contains(&index)) {
                continue;
            }
            match &nomatch {
                Some(nomatch) => given.push(nomatch.clone()),
                None if !exclusive => given.push(token.clone()),
                None => {}
            }
        }
        let expected: Vec<&str> = expected.as_array().unwrap().iter().map(|key| key.as_str().unwrap()).collect();
        if given != expected {
            return Err(format!("{document}: {given:?}, expected {expected:?}"));
        }
    }
    Ok(())
}

fn kwic(case: &Value) -> Result<(), String> {
    let how = options(case).how;
    let mut rows = Vec::new();
    for (rank, pattern) in case["patterns"].as_array().unwrap().iter().enumerate() {
        let label = pattern["label"].as_str().unwrap();
        for phrase in pattern["phrases"].as_array().unwrap() {
            let words: Vec<&str> = phrase.as_array().unwrap().iter().map(|word| word.as_str().unwrap()).collect();
            let dictionary = serde_json::json!({ label: [words.join(" ")] }).to_string();
            let codebook = codebook_of(&read_as(&dictionary, "yml", &how)?.0);
            for (document, tokens) in case["tokens"].as_object().unwrap() {
                let (tokens, text, words) = text_of(tokens);
                for (from, to, _) in mentions(&codebook, &text, &words) {
                    let keyword = tokens[from..=to].join(" ");
                    rows.push((document.clone(), from + 1, to + 1, rank, label.to_owned(), keyword));
                }
            }
        }
    }
    rows.sort();
    let given: Vec<Value> = rows
        .into_iter()
        .map(|(document, from, to, _, label, keyword)| serde_json::json!([document, from, to, keyword, label]))
        .collect();
    let expected: Vec<Value> = case["expected"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| serde_json::json!([row["doc"], row["from"], row["to"], row["keyword"], row["pattern"]]))
        .collect();
    if given == expected { Ok(()) } else { Err(format!("{given:?}, expected {expected:?}")) }
}

/// A dictionary as names and lists, words of our patterns as they would stand in one, sorted.
fn as_nested(draft: &Draft, parent: Option<usize>) -> Value {
    let mut map = serde_json::Map::new();
    for (index, code) in draft.codes.iter().enumerate().filter(|(_, code)| code.parent == parent) {
        let mut words: Vec<String> =
            // In quanteda a dictionary is in lower case from the start.
            code.patterns.iter().map(|p| p.source.replace(['=', '"', '\\'], "").to_lowercase()).collect();
        words.sort();
        let words = Value::from(words);
        let children = as_nested(draft, Some(index));
        let value = match children {
            Value::Object(mut below) if !below.is_empty() => {
                if words != Value::from(Vec::<String>::new()) {
                    below.insert("__".to_owned(), words);
                }
                Value::Object(below)
            }
            _ => words,
        };
        map.insert(code.label.clone(), value);
    }
    Value::Object(map)
}

fn sorted(value: &Value) -> Value {
    match value {
        Value::Object(map) => map.iter().map(|(key, value)| (key.clone(), sorted(value))).collect(),
        Value::Array(list) => {
            let mut words: Vec<String> = list.iter().map(|word| word.as_str().unwrap().replace('_', " ")).collect();
            words.sort();
            Value::from(words)
        }
        other => other.clone(),
    }
}

/// Pairs of names and values as YAML, in which a name may stand twice.
fn yaml_of(pairs: &Value) -> String {
    let Some(pairs) = pairs.as_array().filter(|pairs| pairs.iter().all(Value::is_array)) else {
        return pairs.to_string();
    };
    let mut out = String::from("{");
    for pair in pairs {
        let name = if pair[0].is_null() { "~".to_owned() } else { pair[0].to_string() };
        let _ = write!(out, "{name}: {}, ", pair[1]);
    }
    out.push('}');
    out
}

fn dictionary(case: &Value) -> Result<(), String> {
    let (extension, text) = match case["format"].as_str().unwrap() {
        "yaml" => ("yml", case["content"].as_str().unwrap().to_owned()),
        "pairs" => ("yml", yaml_of(&case["content"])),
        "liwc" => ("dic", case["content"].as_str().unwrap().to_owned()),
        "wordstat" => ("cat", case["content"].as_str().unwrap().to_owned()),
        "yoshikoder" => ("ykd", case["content"].as_str().unwrap().to_owned()),
        "lexicoder" => ("lc3", case["content"].as_str().unwrap().to_owned()),
        other => return Err(format!("no format `{other}`")),
    };
    let read = read_as(&text, extension, &ReadAs::default());
    if case["error"] == Value::Bool(true) {
        return if read.is_err() { Ok(()) } else { Err("expected an error".to_owned()) };
    }
    let (draft, n_warnings) = read?;
    let mut expected = sorted(&case["expected"]);
    // The outermost node of a .ykd is the dictionary, which is the codebook's name with us.
    if extension == "ykd" {
        expected = expected[&draft.name].clone();
    }
    // A word of a category below counts for the one above with us, so it stands once.
    if case["id"] == "dict-09" {
        expected["Skole"].as_object_mut().unwrap().remove("__");
    }
    let n_expected = case["warnings"].as_array().map_or(0, Vec::len);
    let given = as_nested(&draft, None);
    if given != expected {
        return Err(format!("{given}, expected {expected}"));
    }
    if n_warnings < n_expected { Err(format!("{n_warnings} warnings, expected {n_expected}")) } else { Ok(()) }
}

fn flatten(case: &Value) -> Result<(), String> {
    let codebook = codebook_of(&read_as(&case["dictionary"].to_string(), "yml", &options(case).how)?.0);
    let mut given: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (index, code) in codebook.codes.iter().enumerate().filter(|(_, code)| !code.patterns.is_empty()) {
        let words = code.patterns.iter().map(|pattern| pattern.source.replace('=', "")).collect();
        given.insert(full_name(&codebook, index), words);
    }
    let mut expected: BTreeMap<String, Vec<String>> = serde_json::from_value(case["expected"].clone()).unwrap();
    // No pattern stands twice in a code.
    expected.values_mut().for_each(|words| words.dedup());
    if given == expected { Ok(()) } else { Err(format!("{given:?}, expected {expected:?}")) }
}

#[test]
fn the_reference_cases_give_what_quanteda_gives() {
    let Some(path) = shared("reference/dictionary_lookup.json") else { return };
    let bytes = std::fs::read(path).unwrap();
    let file: Value = serde_json::from_slice(&bytes).unwrap();
    let dictionaries = dictionaries(&bytes);
    let cases = file["cases"].as_array().unwrap();
    let mut wrong = Vec::new();
    let mut n_checked = 0;
    for case in cases {
        let id = case["id"].as_str().unwrap();
        if INEXPRESSIBLE.iter().any(|(other, _)| *other == id) {
            continue;
        }
        n_checked += 1;
        let result = match case["kind"].as_str().unwrap() {
            "lookup" => lookup(case, &dictionaries[id]),
            "kwic" => kwic(case),
            "dictionary" => dictionary(case),
            "flatten" => flatten(case),
            _ => match read_as(&yaml_of(&case["dictionary"]), "yml", &ReadAs::default()) {
                Ok(_) => Err("expected an error".to_owned()),
                Err(_) => Ok(()),
            },
        };
        if let Err(why) = result {
            wrong.push(format!("{id}: {why}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {n_checked} differ:\n{}", wrong.len(), wrong.join("\n"));
    assert_eq!(n_checked + INEXPRESSIBLE.len(), cases.len());
}

/// One codebook as each format writes it: two levels, a wildcard, a phrase.
const SAME: [(&str, &str); 7] = [
    ("yml", "Skole:\n  __: [skole*]\n  Folk: [rektor, \"grønn skole\"]\nno:\n  - ildsjel*\n  - \"ja\"\n"),
    ("dic", "%\n1\tSkole\n\t2\tFolk\n3\tno\n%\nskole*\t1\nrektor\t1\t2\ngrønn skole\t1\t2\nildsjel*\t3\nja\t3\n"),
    ("dicx", "DicTerm,Skole,Folk,no\nskole*,X,,\nrektor,,X,\ngrønn skole,,X,\nildsjel*,,,X\nja,,,X\n"),
    ("cat", "Skole\n\tskole* (1)\n\tFolk\n\t\trektor (1)\n\t\tgrønn_skole (1)\nno\n\tildsjel* (1)\n\tja (1)\n"),
    (
        "ykd",
        "<dictionary><cnode name=\"d\"><cnode name=\"Skole\"><pnode name=\"skole*\"/><cnode name=\"Folk\">\
         <pnode name=\"rektor\"/><pnode name=\"grønn skole\"/></cnode></cnode><cnode name=\"no\">\
         <pnode name=\"ildsjel*\"/><pnode name=\"ja\"/></cnode></cnode></dictionary>",
    ),
    ("lc3", "+Skole\nskole*\n+Folk\nrektor\ngrønn skole\n+no\nildsjel*\nja\n"),
    (
        "csv",
        "code;parent;definition;pattern\nSkole;;;skole*\nFolk;Skole;;'=rektor\nFolk;;;\"\"\"=grønn =skole\"\"\"\n\
         no;;;ildsjel*\nno;;;=ja\n",
    ),
];

/// Codes with their patterns; with their parents where the format knows of any.
fn essence(draft: &Draft, with_parents: bool) -> Vec<(String, Option<usize>, Vec<String>)> {
    let patterns = |code: &temakart::interchange::DraftCode| code.patterns.iter().map(|p| p.source.clone()).collect();
    draft.codes.iter().map(|code| (code.id.clone(), code.parent.filter(|_| with_parents), patterns(code))).collect()
}

#[test]
fn the_same_codebook_is_the_same_from_every_format() {
    let read = |extension: &str, text: &str| read_as(text, extension, &ReadAs::default()).unwrap().0;
    let (first, text) = SAME[1];
    let expected = read(first, text);
    for (extension, text) in SAME {
        let with_parents = !matches!(extension, "dicx" | "lc3");
        let found = read(extension, text);
        assert_eq!(essence(&found, with_parents), essence(&expected, with_parents), "{extension}");
    }
}

#[test]
fn every_format_survives_export_and_import() {
    let draft = read_as(SAME[1].1, "dic", &ReadAs::default()).unwrap().0;
    let codebook = codebook_of(&draft);
    for format in CodebookFormat::ALL {
        let (bytes, _) = write_codebook(&codebook, format);
        let text = String::from_utf8(bytes).unwrap();
        let again = read_as(&text, format.name(), &ReadAs::default()).unwrap_or_else(|why| panic!("{why}\n{text}")).0;
        let with_parents = !matches!(format, CodebookFormat::Liwc22 | CodebookFormat::Lexicoder);
        let sorted = |draft: &Draft| {
            let mut essence = essence(draft, with_parents);
            essence.iter_mut().for_each(|(_, _, patterns)| patterns.sort());
            essence
        };
        // The flat formats have the words of a category below in the one above too.
        let mut expected = sorted(&draft);
        if !with_parents {
            let below = expected[1].2.clone();
            expected[0].2.extend(below);
            expected[0].2.sort();
        }
        assert_eq!(sorted(&again), expected, "{format:?}\n{text}");
    }
}

/// The other programs tell `én` from `en`: what is written is what the codebook says, and beside it only what is no
/// other word. Here the two are one pattern again.
#[test]
fn words_keep_their_accents_in_every_format() {
    let text = "format = 1\n[[code]]\nid = \"a\"\npatterns = [\"=kafé\", \"=én\", '\"=entré =billett\"', \"idé*\"]\n";
    let codebook = codebook::from_str(Path::new("codebook.toml"), text).unwrap().0;
    for format in CodebookFormat::ALL {
        let (bytes, notes) = write_codebook(&codebook, format);
        let written = String::from_utf8(bytes).unwrap();
        let again = read_as(&written, format.name(), &ReadAs::default()).unwrap().0;
        let patterns: Vec<String> =
            codebook_of(&again).codes[0].patterns.iter().map(|p| p.pattern.to_string()).collect();
        let mut expected = ["=kafe", "=en", "\"=entre =billett\"", "ide*"];
        if format == CodebookFormat::Liwc {
            // Its words are in the order of the alphabet.
            expected = ["\"=entre =billett\"", "ide*", "=kafe", "=en"];
        }
        assert_eq!(patterns, expected, "{format:?}\n{written}");
        if matches!(format, CodebookFormat::Csv | CodebookFormat::Qdc) {
            continue;
        }
        let words: Vec<&str> = written.split(|c: char| !c.is_alphabetic()).collect();
        for (word, is_written) in
            [("kafé", true), ("kafe", true), ("én", true), ("en", false), ("entré", true), ("entre", false)]
        {
            assert_eq!(words.contains(&word), is_written, "{word} in {format:?}\n{written}");
        }
        let said: Vec<String> = notes.iter().map(|note| format!("{}: {}", note.id, note.message)).collect();
        let said = said.join("\n");
        assert!(said.contains("dictionary/narrower: `=én`, `\"=entré =billett\"`, `idé*`: written with"), "{said}");
        assert!(said.contains("dictionary/both-spellings: `=kafé`: written both with and without accents"), "{said}");
    }
}

/// What `codebook import` says of bytes in a file.
fn said_of(bytes: &[u8], extension: &str, how: &ReadAs) -> (Draft, String) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join(format!("ordbok.{extension}"));
    std::fs::write(&path, bytes).unwrap();
    let (draft, notes) = read_codebook(&path, how).unwrap();
    let said: Vec<String> = notes.iter().map(|note| format!("{}: {}", note.id, note.message)).collect();
    (draft, said.join("\n"))
}

#[test]
fn signs_that_are_not_looked_for_are_told_when_a_dictionary_comes_in() {
    let text = "A: ['100 %', 'c++', 'C#', 'prosent', 'e-læring']\n";
    let (_, said) = said_of(text.as_bytes(), "yml", &ReadAs::default());
    let expected = "dictionary/wider: special characters beside words are ignored here: `\"=100 =%\"` matches like \
                    `=100`, `=c++` matches like `=c`, `=C#` matches like `=c`";
    assert_eq!(said, expected);
}

/// XML that says UTF-8, or nothing, and is not: read as what it is, with a warning; or as what the user says it is.
#[test]
fn xml_in_another_encoding_than_it_says_is_read_and_told() {
    let latin_1 = |text: &str| text.chars().map(|letter| u8::try_from(u32::from(letter)).unwrap()).collect::<Vec<u8>>();
    let body = "<dictionary><cnode name=\"d\"><cnode name=\"Åpenhet\"><pnode name=\"åpenhet\"/>\
                <pnode name=\"kjøre\"/><pnode name=\"være\"/></cnode></cnode></dictionary>";
    let qdc = "<CodeBook xmlns=\"urn:QDA-XML:codebook:1.0\"><Codes>\
               <Code guid=\"1\" name=\"Åpenhet\" isCodable=\"true\"><Description>Definisjon: Å være åpen for å kjøre.\nMønstre: åpenhet</Description></Code></Codes></CodeBook>";
    let patterns = |draft: &Draft| draft.codes[0].patterns.iter().map(|p| p.source.clone()).collect::<Vec<_>>();
    for (extension, body, expected) in [("ykd", body, &["=åpenhet", "=kjøre", "=være"][..]), ("qdc", qdc, &["åpenhet"])]
    {
        for declaration in ["<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n", ""] {
            let bytes = latin_1(&format!("{declaration}{body}"));
            let (draft, said) = said_of(&bytes, extension, &ReadAs::default());
            assert!(said.contains("xml/encoding") && said.contains("it was read as Latin-1"), "{said}");
            assert_eq!(
                (draft.codes[0].label.as_str(), patterns(&draft)),
                ("Åpenhet", expected.iter().map(|p| (*p).to_owned()).collect())
            );
            let how = ReadAs { encoding: Some("latin1".to_owned()), ..ReadAs::default() };
            let (told, said) = said_of(&bytes, extension, &how);
            assert_eq!((told, said.contains("encoding")), (draft, false), "{said}");
        }
        let right = format!("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n{body}");
        let (draft, said) = said_of(&latin_1(&right), extension, &ReadAs::default());
        assert!(patterns(&draft) == expected && !said.contains("encoding"), "{said}");
    }
}

/// WordStat takes `_` for a blank.
#[test]
fn a_word_that_a_format_would_read_otherwise_is_left_out_and_told() {
    let text = "format = 1\n[[code]]\nid = \"a\"\npatterns = [\"=a_b\", '\"=c =d\"']\n";
    let codebook = codebook::from_str(Path::new("codebook.toml"), text).unwrap().0;
    let (bytes, notes) = write_codebook(&codebook, CodebookFormat::WordStat);
    assert_eq!(String::from_utf8(bytes).unwrap(), "a\n\tc_d (1)\n");
    assert_eq!(notes[0].message, "`a_b`: left out, since WordStat cannot express it");
    assert!(String::from_utf8(write_codebook(&codebook, CodebookFormat::Yaml).0).unwrap().contains("a_b"));
}

#[test]
fn a_table_keeps_all_that_a_codebook_says() {
    for name in ["piloten", "prosjektsuksess", "brems-og-push"] {
        let path = crate::root().join(format!("codebooks/{name}.toml"));
        let codebook = codebook::load(&path).unwrap().0;
        let (bytes, notes) = write_codebook(&codebook, CodebookFormat::Csv);
        assert!(notes.is_empty());
        let again = read_as(&String::from_utf8(bytes).unwrap(), "csv", &ReadAs::default()).unwrap().0;
        let plain =
            |draft: &Draft| codebook_of(draft).codes.into_iter().map(|code| format!("{code:?}")).collect::<Vec<_>>();
        // Where passages stand in the file is not what they say.
        let without_places = |text: String| {
            text.split("span: ")
                .map(|part| part.split_once('}').map_or(part.to_owned(), |(_, rest)| rest.to_owned()))
                .collect::<String>()
        };
        let before: Vec<String> = plain(&Draft::of(&codebook)).into_iter().map(without_places).collect();
        let after: Vec<String> = plain(&again).into_iter().map(without_places).collect();
        assert_eq!(after, before, "{name}");
    }
}

#[track_caller]
fn refused(extension: &str, text: &str, expected: &str) {
    let why = read_as(text, extension, &ReadAs::default()).expect_err("it is refused");
    assert!(why.contains(expected), "{why}");
}

#[test]
fn hostile_dictionaries_are_refused() {
    refused("yml", &"a: ".repeat(1000), "this is not valid YAML");
    refused("yml", &format!("{}a{}", "{a: ".repeat(100), "}".repeat(100)), "more than 50 levels deep");
    refused("yml", &format!("{}a{}", "{a: ".repeat(5000), "}".repeat(5000)), "this is not valid YAML");
    refused("yml", "a: &x [a, a]\nb: &y [*x, *x]\nc: [*y, *y]\n", "a list of words contains something else");
    refused("yml", "- a\n- b\n", "no categories");
    let laughs =
        "<!DOCTYPE d [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\">]><dictionary><cnode name=\"x\">&b;</cnode></dictionary>";
    refused("ykd", laughs, "never expanded");
    let outside = "<!DOCTYPE d [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><dictionary>&a;</dictionary>";
    refused("ykd", outside, "never expanded");
    refused("ykd", &"<cnode name=\"x\">".repeat(100_000), "more than 200 levels deep");
    refused("ykd", "<dictionary><cnode", "not well-formed");
    refused(
        "cat",
        &(0..100).map(|depth| format!("{}a\n", "\t".repeat(depth))).collect::<String>(),
        "more than 50 levels deep",
    );
    refused("csv", "a,b\n1,2\n", "no column `code`");
    refused("csv", "code,pattern\nx,NEAR/\n", "cannot be read as a pattern");
}
