//! The statistics give the figures that their sources print and that other software computes, and keep their laws.
//!
//! `stats/reference.json` holds worked examples with their sources, `stats/wider.json` further values that
//! `stats/wider.py` computed with other software. [`measures`] says which function stands behind which measure's name.
#![expect(clippy::unwrap_used, reason = "an example file that cannot be read is a failed test")]

mod laws;
mod measures;
mod studies;
mod undefined;

use std::path::Path;

use serde_json::{Map, Value};
use temakart::stats::permutation::Plan;

/// One example, however its file is laid out.
struct Example {
    name: String,
    measure: String,
    inputs: Value,
    expected: Value,
    tolerance: f64,
    /// What a source prints, each with half its rounding.
    printed: Vec<(String, f64, f64)>,
}

#[test]
fn every_measure_gives_its_reference_value() {
    let examples = grouped(include_str!("reference.json"));
    assert_eq!(examples.len(), 70);
    check_all(&examples);
}

#[test]
fn other_software_gives_the_same_values() {
    let examples = grouped(include_str!("wider.json"));
    assert!(examples.len() >= 100, "{} examples", examples.len());
    check_all(&examples);
}

#[test]
fn a_list_from_elsewhere_is_met_too() {
    let Ok(shared) = std::env::var("TEMAKART_SHARED") else {
        println!("skipped: TEMAKART_SHARED is not set");
        return;
    };
    let text = std::fs::read_to_string(Path::new(&shared).join("reference/statistics.json")).unwrap();
    check_all(&flat(&text));
}

#[test]
fn where_nothing_differs_the_headline_seldom_says_so() {
    // Fewer draws than usual: the shares are the same, and the test is quick.
    let plan = Plan { exact_limit: 100, draws: 399, seed: 6 };
    for design in studies::DESIGNS {
        let spoken = studies::study_many(design, 1.0, 200, plan);
        let most = 18;
        assert!(
            spoken.pooled <= most && spoken.within <= most,
            "{}: {}, {}",
            design.name,
            spoken.pooled,
            spoken.within
        );
        // What the word-level test would have done with the same studies.
        assert!(spoken.g2 >= 80, "{}: {}", design.name, spoken.g2);
        assert!(spoken.p_min <= 0.05, "{}: {}", design.name, spoken.p_min);
    }
}

/// Examples grouped by measure, as our own files have them.
fn grouped(text: &str) -> Vec<Example> {
    let file: Value = serde_json::from_str(text).unwrap();
    let mut examples = Vec::new();
    for group in file["measures"].as_array().unwrap() {
        let measure = group["measure"].as_str().unwrap();
        for case in group["cases"].as_array().unwrap() {
            assert!(case["source"].as_str().is_some_and(|source| !source.is_empty()), "an example without a source");
            let printed = case["printed"].as_object().into_iter().flatten();
            examples.push(Example {
                name: format!("{measure}/{}", case["id"].as_str().unwrap()),
                measure: measure.to_owned(),
                inputs: case["inputs"].clone(),
                expected: case["expected"].clone(),
                tolerance: group["tolerance"].as_f64().unwrap(),
                printed: printed
                    .map(|(key, pair)| (key.clone(), pair[0].as_f64().unwrap(), pair[1].as_f64().unwrap()))
                    .collect(),
            });
        }
    }
    examples
}

/// A flat list of examples, each with its measure, tolerance and published figures.
fn flat(text: &str) -> Vec<Example> {
    let entries: Vec<Value> = serde_json::from_str(text).unwrap();
    let published = |entry: &Value| -> Vec<(String, f64, f64)> {
        let figures = entry["published"].as_object().into_iter().flatten();
        figures
            .map(|(key, figure)| (key.clone(), figure["value"].as_f64().unwrap(), figure["rounding"].as_f64().unwrap()))
            .collect()
    };
    entries
        .iter()
        .map(|entry| Example {
            name: entry["id"].as_str().unwrap().to_owned(),
            measure: entry["measure"].as_str().unwrap().to_owned(),
            inputs: entry["inputs"].clone(),
            expected: entry["expected"].clone(),
            tolerance: entry["tolerance"].as_f64().unwrap(),
            printed: published(entry),
        })
        .collect()
}

#[track_caller]
fn check_all(examples: &[Example]) {
    let mut wrong = Vec::new();
    for example in examples {
        let found = measures::compute(&example.measure, &example.inputs);
        let mut compare = Comparison { tolerance: example.tolerance, wrong: Vec::new() };
        compare.values("", &found, &example.expected);
        for (key, value, rounding) in &example.printed {
            let found = found[key.as_str()].as_f64();
            if !found.is_some_and(|found| (found - value).abs() <= rounding + 1e-12) {
                compare.wrong.push(format!("{key}: {found:?}, printed {value}"));
            }
        }
        wrong.extend(compare.wrong.iter().map(|what| format!("{}{what}", example.name)));
    }
    assert!(wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong.join("\n"));
}

/// Compares trees of values; what is not expected is not compared.
struct Comparison {
    tolerance: f64,
    wrong: Vec<String>,
}

impl Comparison {
    fn values(&mut self, path: &str, found: &Value, expected: &Value) {
        match (found, expected) {
            (Value::Object(found), Value::Object(expected)) => self.objects(path, found, expected),
            (Value::Array(found), Value::Array(expected)) if found.len() == expected.len() => {
                for (index, (found, expected)) in found.iter().zip(expected).enumerate() {
                    self.values(&format!("{path}/{index}"), found, expected);
                }
            }
            (Value::Number(a), Value::Number(b)) => {
                let (a, b) = (a.as_f64().unwrap(), b.as_f64().unwrap());
                if (a - b).abs() > self.tolerance * b.abs().max(1.0) {
                    self.wrong.push(format!("{path}: {a}, expected {b}"));
                }
            }
            _ if found == expected => {}
            _ => self.wrong.push(format!("{path}: {found}, expected {expected}")),
        }
    }

    fn objects(&mut self, path: &str, found: &Map<String, Value>, expected: &Map<String, Value>) {
        for (key, expected) in expected {
            match found.get(key) {
                Some(found) => self.values(&format!("{path}/{key}"), found, expected),
                None => self.wrong.push(format!("{path}/{key} is missing")),
            }
        }
    }
}
