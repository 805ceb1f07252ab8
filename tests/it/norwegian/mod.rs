//! How well words are matched in Norwegian: theme words, and word lists and families that are not part of the project.
//!
//! Theme words with their forms lie beside this file. The other files lie in `reference/norwegian` under the folder
//! that the environment variable TEMAKART_SHARED names; without it their tests say that they are skipped. The figures
//! are printed (`cargo test --test it norwegian -- --nocapture`), and a test fails where one falls below what was
//! reached.

#![expect(clippy::unwrap_used, reason = "a reference file that cannot be read is a failed test")]
#![expect(clippy::print_stdout, reason = "the figures are there to be read")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use rust_stemmers::{Algorithm, Stemmer};
use temakart::language::{Compounds, Grade, Language, WordMatcher, WordQuery, resolve};
use temakart::text::fold;

use super::shared;

const BOTH: [Language; 2] = [Language::Bokmaal, Language::Nynorsk];

fn reference(name: &str) -> Option<String> {
    let path = shared(&format!("reference/norwegian/{name}"))?;
    Some(fs::read_to_string(path).unwrap())
}

/// A row of a word list: a form, the lemma it has in running text, and how often.
struct Row {
    form: String,
    lemma: String,
    count: u64,
}

/// The nouns, verbs and adjectives of a list.
fn rows(text: &str) -> Vec<Row> {
    let fields = text.lines().skip(1).map(|line| line.split('\t').collect::<Vec<_>>());
    fields
        .filter(|fields| matches!(fields[2], "NOUN" | "VERB" | "ADJ"))
        .map(|fields| Row { form: fold(fields[0]), lemma: fold(fields[1]), count: fields[3].parse().unwrap() })
        .collect()
}

/// Precision, recall and F1.
#[derive(Clone, Copy)]
struct Score {
    precision: f64,
    recall: f64,
    f1: f64,
}

/// Each lemma of `min` letters or more is a query; `found` lists the lemmas that a method links a form to.
fn score(rows: &[Row], min: usize, found: &BTreeMap<&str, BTreeSet<&str>>) -> Score {
    let is_long = |lemma: &str| lemma.chars().count() >= min;
    let (mut right, mut wrong, mut missed) = (0, 0, 0);
    for row in rows {
        let lemmas = found.get(row.form.as_str());
        let is_found = lemmas.is_some_and(|lemmas| lemmas.contains(row.lemma.as_str()));
        if is_long(&row.lemma) {
            if is_found { right += row.count } else { missed += row.count }
        }
        let others = lemmas.into_iter().flatten().filter(|lemma| **lemma != row.lemma && is_long(lemma));
        wrong += row.count * others.count() as u64;
    }
    let share = |of: u64| right as f64 / (right + of) as f64;
    let (precision, recall) = (share(wrong), share(missed));
    Score { precision, recall, f1: 2.0 * precision * recall / (precision + recall) }
}

/// Form → lemmas, by our matching.
fn by_rules<'r>(rows: &'r [Row], languages: &[Language]) -> BTreeMap<&'r str, BTreeSet<&'r str>> {
    let lemmas: BTreeSet<&str> = rows.iter().map(|row| row.lemma.as_str()).collect();
    let forms: BTreeSet<&str> = rows.iter().map(|row| row.form.as_str()).collect();
    let (lemmas, forms) = (Vec::from_iter(lemmas), Vec::from_iter(forms));
    let queries: Vec<WordQuery> = lemmas.iter().map(|lemma| query(lemma, languages, Compounds::None)).collect();
    let mut found: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (lemma, accepted) in lemmas.iter().zip(resolve(&queries, &forms)) {
        for (form, _) in accepted {
            found.entry(forms[form as usize]).or_default().insert(lemma);
        }
    }
    found
}

/// Form → lemmas, where both have one Snowball stem.
fn by_snowball(rows: &[Row]) -> BTreeMap<&str, BTreeSet<&str>> {
    let stemmer = Stemmer::create(Algorithm::Norwegian);
    let mut lemmas: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for row in rows {
        lemmas.entry(stemmer.stem(&row.lemma).into_owned()).or_default().insert(&row.lemma);
    }
    let of = |form: &str| lemmas.get(stemmer.stem(form).as_ref()).cloned().unwrap_or_default();
    rows.iter().map(|row| (row.form.as_str(), of(&row.form))).collect()
}

fn query(word: &str, languages: &[Language], compounds: Compounds) -> WordQuery {
    WordQuery { word: fold(word), languages: languages.to_vec(), compounds, derive: false }
}

#[track_caller]
fn check_list(name: &str, own: Language, least: f64, least_long: f64) {
    let Some(text) = reference(name) else { return };
    let rows = rows(&text);
    println!("{name}                        all terms P/R/F1     terms of 7 letters and more");
    let print = |method: &str, found: &BTreeMap<&str, BTreeSet<&str>>| {
        let (all, long) = (score(&rows, 1, found), score(&rows, 7, found));
        println!(
            "  {method:<28} {:.3}/{:.3}/{:.3}   {:.3}/{:.3}/{:.3}",
            all.precision, all.recall, all.f1, long.precision, long.recall, long.f1
        );
        (all.f1, long.f1)
    };
    print("Snowball", &by_snowball(&rows));
    for (method, languages) in [("own language", &[own][..]), ("bokmål and nynorsk", &BOTH[..])] {
        let (all, long) = print(method, &by_rules(&rows, languages));
        assert!(all >= least && long >= least_long, "{method}: {all:.4}, {long:.4}");
    }
}

#[test]
fn inflection_of_bokmaal() {
    check_list("ud_nb_dev.tsv", Language::Bokmaal, 0.960, 0.990);
}

#[test]
fn inflection_of_nynorsk() {
    check_list("ud_nn_dev.tsv", Language::Nynorsk, 0.940, 0.985);
}

#[test]
fn theme_words() {
    let lines = include_str!("theme_words.txt").lines().filter(|line| !line.starts_with('#'));
    let mut wrong = Vec::new();
    for line in lines {
        let (word, forms) = line.split_once(':').unwrap();
        let matcher = WordMatcher::new(&query(word, &BOTH, Compounds::Both));
        let mut expected = Some(Grade::Inflection);
        for form in forms.split_whitespace() {
            match form {
                "+H" => expected = Some(Grade::Head),
                "+M" => expected = Some(Grade::Modifier),
                "-" => expected = None,
                form if matcher.accept(form) == expected => {}
                form => wrong.push(format!("{word}: {form} is {:?}", matcher.accept(form))),
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[derive(serde::Deserialize)]
struct Families {
    families: Vec<Family>,
}

#[derive(serde::Deserialize)]
struct Family {
    terms: Vec<String>,
    must_match: Vec<String>,
    compound_head_must_match: Vec<String>,
    compound_modifier_about: Vec<String>,
    near_miss_must_not: Vec<String>,
}

#[test]
fn families_of_theme_words() {
    let Some(text) = reference("families_open.json") else { return };
    let families: Families = serde_json::from_str(&text).unwrap();
    let (mut problems, mut n_heads, mut n_heads_right, mut counts) = (Vec::new(), 0, 0, [0; 3]);
    for family in &families.families {
        for derive in [false, true] {
            if derive && family.terms.len() == 1 {
                continue;
            }
            let matchers: Vec<WordMatcher> = family
                .terms
                .iter()
                .map(|term| WordMatcher::new(&WordQuery { derive, ..query(term, &BOTH, Compounds::Both) }))
                .collect();
            let best = |form: &String| matchers.iter().filter_map(|matcher| matcher.accept(form)).min();
            let name = &family.terms[0];
            for form in &family.must_match {
                counts[0] += 1;
                let grade = best(form);
                if grade.is_none_or(|grade| grade > Grade::Derived) {
                    problems.push(format!("{name}: {form} is {grade:?}"));
                }
            }
            for form in &family.near_miss_must_not {
                counts[1] += 1;
                problems.extend(best(form).map(|grade| format!("{name}: {form} is {grade:?}")));
            }
            for form in &family.compound_modifier_about {
                counts[2] += 1;
                if best(form) != Some(Grade::Modifier) {
                    problems.push(format!("{name}: {form} is {:?}", best(form)));
                }
            }
            for form in &family.compound_head_must_match {
                n_heads += 1;
                if best(form) == Some(Grade::Head) {
                    n_heads_right += 1;
                } else {
                    println!("  {name}: {form} is {:?}", best(form));
                }
            }
        }
    }
    let [n_forms, n_misses, n_modifiers] = counts;
    println!("families: {n_forms} forms, {n_misses} near misses, {n_modifiers} modifiers: {} wrong", problems.len());
    println!("families: heads {n_heads_right} of {n_heads}");
    assert!(problems.is_empty(), "{problems:#?}");
    assert!(n_heads - n_heads_right <= n_heads * 3 / 55);
}

#[test]
fn heads_of_compounds() {
    let Some(text) = reference("compounds_open.tsv") else { return };
    let rows: Vec<Vec<&str>> = text.lines().skip(1).map(|line| line.split('\t').collect()).collect();
    let heads: BTreeSet<&str> = rows.iter().filter(|row| row[4] == "C").map(|row| row[3]).collect();
    let (mut n, mut n_right, mut n_false) = (0, 0, 0);
    for row in &rows {
        let form = fold(row[0]);
        if row[4] == "C" {
            n += 1;
            let grade = WordMatcher::new(&query(row[3], &BOTH, Compounds::Head)).accept(&form);
            if grade == Some(Grade::Head) {
                n_right += 1;
            } else {
                println!("  {form}: {} is {grade:?}", row[3]);
            }
        } else {
            for head in &heads {
                if let Some(grade) = WordMatcher::new(&query(head, &BOTH, Compounds::Both)).accept(&form) {
                    n_false += 1;
                    println!("  {form}, no compound: {head} is {grade:?}");
                }
            }
        }
    }
    println!("compounds: head found {n_right} of {n}; in words that are none {n_false}");
    assert!(n_right * 100 >= n * 95 && n_false == 0);
}
