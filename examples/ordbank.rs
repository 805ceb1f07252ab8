//! Rebuilds the embedded lexicon, `src/language/data/ordbank_nb.fst` and `ordbank_nb.tsv`, from Norsk ordbank.
//!
//! The word forms come in the Python package `spacy-lookups-data` (the data: Norsk ordbank, Språkbanken, CC BY 4.0;
//! see NOTICE). Rebuild with:
//!
//! ```text
//! pip download --no-deps spacy-lookups-data==1.0.5
//! unzip -p spacy_lookups_data-1.0.5-*.whl spacy_lookups_data/data/nb_lemma_exc.json.gz | gunzip > nb.json
//! cargo run --release --example ordbank -- nb.json src/language/data
//! ```
//!
//! The automaton maps a folded form to the number of a line of the table; the line lists the form's readings.
//! A reading is `n2+er`: word class (noun, verb, adjective, adverb), how many bytes of the form's end go, and
//! what comes instead to make the base form.
//!
//! What is changed on the way:
//! - names, abbreviations, phrases and hyphenated words are left out, since those are never inflected here;
//! - imperatives that are spelt like a noun, an adjective or an adverb are left out (`innover` is no form of `innovere`);
//! - the source holds one word of a class per form, so that `årene` is a form of `åre` only and `viser` of `visere`;
//!   words get back what they lost in this way ([`restore_lost_forms`]).

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;

use temakart::text::fold;

/// Word class → form → base forms, as the source has it.
type Source = BTreeMap<String, BTreeMap<String, Vec<String>>>;
/// Form → readings (class, base form).
type Readings = BTreeMap<String, BTreeSet<(char, String)>>;

/// Prepositions and adverbs that the source lacks and that are spelt like an imperative.
const NEVER_IMPERATIVES: [&str; 24] = [
    "av", "bak", "etter", "for", "fra", "før", "her", "hos", "i", "inn", "innover", "med", "mellom", "mot", "nær", "om",
    "opp", "over", "på", "rundt", "til", "under", "ut", "ved",
];

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [json, folder] = arguments.as_slice() else {
        return Err("usage: ordbank NB_LEMMA_EXC.json FOLDER".into());
    };
    let source: Source = serde_json::from_slice(&std::fs::read(json)?)?;
    let mut readings = readings(&source);
    restore_lost_forms(&mut readings);
    drop_imperatives(&mut readings);
    let (automaton, table) = encode(&readings)?;
    println!("{} forms, {} bytes, {} sets of readings", readings.len(), automaton.len(), table.lines().count());
    std::fs::write(Path::new(folder).join("ordbank_nb.fst"), automaton)?;
    std::fs::write(Path::new(folder).join("ordbank_nb.tsv"), table)?;
    Ok(())
}

fn readings(source: &Source) -> Readings {
    let is_word = |word: &str| word.chars().all(|c| c.is_lowercase());
    let mut readings = Readings::new();
    for (class, letter) in [("noun", 'n'), ("verb", 'v'), ("adj", 'a'), ("adv", 'd')] {
        for (form, bases) in source.get(class).into_iter().flatten() {
            for base in bases.iter().filter(|base| is_word(form) && is_word(base)) {
                readings.entry(fold(form)).or_default().insert((letter, fold(base)));
            }
        }
    }
    readings
}

/// Gives base forms back the forms that the source ascribes to another word of their class only.
///
/// Every word has one form to a slot, or several; where it has none, a regular form that is known as another word's
/// is taken to be shared.
fn restore_lost_forms(readings: &mut Readings) {
    let mut forms_of: BTreeMap<(char, &str), BTreeSet<&str>> = BTreeMap::new();
    for (form, of_form) in &*readings {
        for (class, base) in of_form {
            forms_of.entry((*class, base)).or_default().insert(form);
        }
    }
    let mut found: Vec<(String, char, String)> = Vec::new();
    for ((class, base), forms) in &forms_of {
        let is_known = |form: &str| readings.get(form).is_some_and(|all| all.iter().any(|(of_form, _)| of_form == class));
        let regular = |endings: &[&str]| {
            let stems = stems(base);
            let forms = endings.iter().flat_map(move |ending| stems.clone().into_iter().map(move |stem| stem + ending));
            forms.collect::<BTreeSet<String>>()
        };
        let has = |endings: &[&str]| regular(endings).iter().any(|form| form != base && forms.contains(form.as_str()));
        // Not of participles, whose base form is a verb.
        if *class != 'a' {
            found.push(((*base).to_owned(), *class, (*base).to_owned()));
        }
        let mut fill = |endings: &[&str]| {
            if !has(endings) {
                let lost = regular(endings).into_iter().filter(|form| form != base && is_known(form));
                found.extend(lost.map(|form| (form, *class, (*base).to_owned())));
            }
        };
        match class {
            'n' if has(&["et"]) => {
                fill(&["ene", "ne"]);
                fill(&["a"]);
                if ["e", "um", "el", "er"].iter().any(|ending| base.ends_with(ending)) {
                    fill(&["er", "r", "e"]);
                }
            }
            'n' if has(&["en"]) || forms.len() > 1 => {
                fill(&["en"]);
                fill(&["a"]);
                fill(&["er", "e", "r"]);
                fill(&["ene", "ne"]);
            }
            'n' => {
                fill(&["et"]);
                fill(&["en"]);
                fill(&["a"]);
                fill(&["ene", "ne"]);
                let is_neuter = regular(&["et"]).iter().any(|form| is_known(form));
                if !is_neuter || ["e", "um", "el", "er"].iter().any(|ending| base.ends_with(ending)) {
                    fill(&["er", "e", "r"]);
                }
            }
            'v' => {
                fill(&["er", "r"]);
                fill(&["es", "s"]);
                fill(&["te", "de", "dde", "et", "a"]);
                fill(&["t", "d", "dd", "et", "a"]);
            }
            'a' if forms.contains(base) => ["t", "e", "ere", "est", "este"].iter().for_each(|ending| fill(&[*ending])),
            _ => {}
        }
    }
    for (form, class, base) in found {
        if let Some(of_form) = readings.get_mut(&form) {
            of_form.insert((class, base));
        }
    }
}

/// What endings are put to: `krav`, `skol` of `skole`, `regl` of `regel`, `muse` of `museum`.
fn stems(base: &str) -> Vec<String> {
    let mut stems = vec![base.to_owned()];
    stems.extend(["e", "um"].iter().find_map(|ending| base.strip_suffix(ending)).map(str::to_owned));
    stems.extend(stems.clone().iter().filter_map(|stem| single(stem)));
    if base.ends_with('m') {
        stems.push(format!("{base}m"));
    }
    for ending in ["el", "en", "er"] {
        if let Some(stem) = base.strip_suffix(ending) {
            stems.push(format!("{}{}", single(stem).as_deref().unwrap_or(stem), &ending[1..]));
        }
    }
    stems
}

/// `snill`, `snil`.
fn single(stem: &str) -> Option<String> {
    let mut letters: Vec<char> = stem.chars().collect();
    let last = letters.pop()?;
    (letters.last() == Some(&last)).then(|| letters.into_iter().collect())
}

/// Removes imperatives that are something else as well.
fn drop_imperatives(readings: &mut Readings) {
    for (form, of_form) in readings.iter_mut() {
        let is_more = of_form.iter().any(|(class, _)| *class != 'v') || NEVER_IMPERATIVES.contains(&form.as_str());
        if is_more {
            of_form.retain(|(class, base)| *class != 'v' || !is_imperative(form, base));
        }
    }
    readings.retain(|_, of_form| !of_form.is_empty());
}

/// `samarbeid` of `samarbeide`, `kom` of `komme`; where infinitive and imperative are one form, it is the infinitive.
fn is_imperative(form: &str, base: &str) -> bool {
    base.strip_suffix('e').is_some_and(|stem| {
        stem == form || (stem.strip_prefix(form).is_some_and(|rest| rest.len() == 1 && form.ends_with(rest)))
    })
}

fn encode(readings: &Readings) -> Result<(Vec<u8>, String), Box<dyn Error>> {
    let mut uses: BTreeMap<String, usize> = BTreeMap::new();
    let line = |form: &str, of_form: &BTreeSet<(char, String)>| {
        let edits: BTreeSet<String> = of_form.iter().map(|(class, base)| edit(form, *class, base)).collect();
        edits.into_iter().collect::<Vec<_>>().join(" ")
    };
    for (form, of_form) in readings {
        *uses.entry(line(form, of_form)).or_default() += 1;
    }
    let mut lines: Vec<(&String, &usize)> = uses.iter().collect();
    // The commonest sets get the smallest numbers, which take the least room in the automaton.
    lines.sort_by(|a, b| b.1.cmp(a.1).then(a.0.cmp(b.0)));
    let number: BTreeMap<&String, u64> = (0..).zip(&lines).map(|(number, (line, _))| (*line, number)).collect();
    let mut automaton = fst::MapBuilder::memory();
    for (form, of_form) in readings {
        automaton.insert(form, number[&line(form, of_form)])?;
    }
    let mut table = String::new();
    for (line, _) in &lines {
        writeln!(table, "{line}")?;
    }
    Ok((automaton.into_inner()?, table))
}

/// See the top of the file.
fn edit(form: &str, class: char, base: &str) -> String {
    let shared: usize = form.chars().zip(base.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum();
    format!("{class}{}+{}", form.len() - shared, &base[shared..])
}
