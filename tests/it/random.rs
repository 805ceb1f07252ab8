//! Random texts and codebooks for laws and for the oracle: few words in many guises, so that patterns hit often.

use std::collections::BTreeMap;

use proptest::prelude::*;

/// Words that meet each other in patterns: inflected, compound, hyphenated, suspended, in capitals, decomposed.
const WORDS: [&str; 46] = [
    "forankring",
    "forankringen",
    "forankringa",
    "forankre",
    "forankret",
    "Forankra",
    "ledelsesforankring",
    "forankringsarbeid",
    "båt",
    "båten",
    "ba\u{30a}ten",
    "kurs",
    "kurset",
    "kursa",
    "aksjekurs",
    "aksje",
    "aksjene",
    "øve",
    "øving",
    "øvingene",
    "e-læring",
    "læring",
    "læringa",
    "FoU-miljø",
    "miljøet",
    "FoU\u{2011}miljø",
    "SI",
    "si",
    "Sør-Gudbrandsdal",
    "idé",
    "ide",
    "ideer",
    "for\u{ad}ankring",
    "politiker-",
    "ledernettverk",
    "politikernettverk",
    "innovasjonsprosess",
    "-produkt",
    "innovasjons-",
    "ledelse",
    "og",
    "eller",
    "2016",
    "f.eks.",
    "vi|1",
    "i",
];

/// What stands between two words: mostly a blank.
const SEPARATORS: [&str; 24] = [
    " ",
    " ",
    " ",
    " ",
    " ",
    " ",
    " ",
    " ",
    " ",
    " ",
    " og ",
    ", ",
    ". ",
    ": ",
    " – ",
    " - ",
    "/",
    "\n",
    "-",
    " (",
    ") ",
    "» «",
    " <ee> ",
    " #00:01:23-4# ",
];

/// Whole patterns of one word that the words above can meet.
const ATOMS: [&str; 48] = [
    "forankring",
    "forankre",
    "Forankringen",
    "båt",
    "kurs",
    "aksje",
    "øve",
    "øving",
    "læring",
    "e-læring",
    "miljø",
    "fou-miljø",
    "si",
    "ide",
    "politikernettverk",
    "ledernettverk",
    "nettverk",
    "ledelse",
    "innovasjonsprodukt",
    "innovasjonsledelse",
    "og",
    "=forankring",
    "=båten",
    "=læring",
    "=e-læring",
    "=si",
    "=produkt",
    "==SI",
    "==si",
    "==Forankra",
    "==FoU-miljø",
    "==båten",
    "forankr*",
    "*forankring*",
    "*læring",
    "kurs*",
    "b?ten",
    "*miljø*",
    "?",
    "forankrng~1",
    "kurst~1",
    "læringen~2",
    "ledernetverk~1",
    "/forankr(et|a|ing)/",
    "/.*(en|ene|a)/",
    "/[a-m].*/",
    "/[0-9]+/",
    "/.*produkt/",
];

/// A segment: words and what stands between them, on one line or several.
pub(crate) fn segment() -> impl Strategy<Value = String> {
    let piece = (prop::sample::select(&WORDS[..]), prop::sample::select(&SEPARATORS[..]));
    prop::collection::vec(piece, 0..14)
        .prop_map(|pieces| pieces.into_iter().flat_map(|(word, separator)| [word, separator]).collect())
}

/// A pattern as a researcher would type it, operators and all.
pub(crate) fn pattern() -> impl Strategy<Value = String> {
    let atom = || prop::sample::select(&ATOMS[..]).prop_map(str::to_owned);
    let element = prop_oneof![6 => atom(), 1 => Just("*".to_owned())];
    let phrase = prop::collection::vec(element, 2..4).prop_map(|elements| format!("\"{}\"", elements.join(" ")));
    let leaf = prop_oneof![4 => atom(), 2 => phrase];
    leaf.prop_recursive(3, 8, 3, |inner| {
        let operand = || inner.clone().prop_map(|pattern| format!("({pattern})"));
        let binary = prop_oneof![
            (1_u32..6).prop_map(|n| format!("NEAR/{n}")),
            (1_u32..6).prop_map(|n| format!("THEN/{n}")),
            (1_u32..6).prop_map(|n| format!("NOT NEAR/{n}")),
            Just("AND".to_owned()),
            Just("AND NOT".to_owned()),
            Just("OR".to_owned()),
        ];
        (operand(), binary, operand()).prop_map(|(left, operator, right)| format!("{left} {operator} {right}"))
    })
}

/// A codebook file of a few codes, some with a parent, `not`, `forms_not`, compounds, derivation.
pub(crate) fn codebook() -> impl Strategy<Value = String> {
    let compounds = prop::sample::select(vec!["none", "head", "head", "both"]);
    let forms_not =
        prop::collection::vec(prop::sample::select(vec!["forankringen", "kurset", "e-læring", "ide"]), 0..2);
    let code = (
        prop::collection::vec(pattern(), 1..4),
        prop::collection::vec(pattern(), 0..2),
        forms_not,
        compounds,
        any::<bool>(),
        any::<bool>(),
    );
    prop::collection::vec(code, 1..4).prop_map(|codes| {
        let mut file = "format = 1\nlanguages = [\"nb\", \"nn\"]\n".to_owned();
        for (index, (patterns, not, forms_not, compounds, derive, has_parent)) in codes.into_iter().enumerate() {
            file.push_str(&format!("[[code]]\nid = \"k{index}\"\npatterns = {}\n", list(&readable(patterns))));
            file.push_str(&format!("not = {}\nforms_not = {}\n", list(&readable(not)), list(&forms_not)));
            file.push_str(&format!("compounds = \"{compounds}\"\nderive = {derive}\n"));
            if has_parent && index > 0 {
                file.push_str(&format!("parent = \"k{}\"\n", index - 1));
            }
        }
        file
    })
}

/// The patterns that can be read, once each; a bare one if there is none.
fn readable(patterns: Vec<String>) -> Vec<String> {
    use temakart::codebook::pattern::{Context, parse};
    let mut kept: Vec<String> = Vec::new();
    for pattern in patterns {
        if parse(&pattern, Context::Codebook).is_ok() && !kept.contains(&pattern) {
            kept.push(pattern);
        }
    }
    kept
}

/// A list of texts as TOML has it, which is as JSON has it.
fn list<S: serde::Serialize>(texts: &[S]) -> String {
    serde_json::to_string(texts).expect("texts are JSON")
}

/// A study's documents: their paths in the project, with case and phase as folders, and their bytes.
pub(crate) fn documents() -> impl Strategy<Value = BTreeMap<String, String>> {
    let path =
        ("[ab]", "[xyz]", "[1-3]").prop_map(|(case, phase, name)| format!("documents/{case}/{phase}/{name}.txt"));
    prop::collection::btree_map(path, document(), 1..7)
}

/// A document as people and programs leave them: speakers, signs beyond the basic plane, Windows line ends, a mark
/// at the beginning.
pub(crate) fn document() -> impl Strategy<Value = String> {
    let label = prop::sample::select(vec!["", "", "Leder: ", "Intervjuer: ", "🙂 ", "# "]);
    let paragraph = (label, segment()).prop_map(|(label, text)| format!("{label}forankring {text}"));
    let paragraphs = prop::collection::vec(paragraph, 1..6);
    (paragraphs, any::<bool>(), any::<bool>()).prop_map(|(paragraphs, has_mark, is_windows)| {
        let text = paragraphs.join("\n\n");
        let text = if is_windows { text.replace('\n', "\r\n") } else { text };
        if has_mark { format!("\u{feff}{text}") } else { text }
    })
}
