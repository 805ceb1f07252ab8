//! What another codebook changes, on the example study.

use std::path::Path;

use temakart::codebook;
use temakart::diff::{self, FoundMention, read_results};
use temakart::pipeline;

use crate::study::{Study, open, run};

fn mentions(study: &pipeline::Study, text: &str) -> Vec<FoundMention> {
    let (codebook, _) = codebook::from_str(Path::new("codebook.toml"), text).unwrap();
    pipeline::found(study, &codebook).unwrap()
}

const OLD: &str = r#"
format = 1
[[code]]
id = "forankring"
patterns = ["forankring"]
[[code]]
id = "borte"
patterns = ["kommunen"]
"#;
const NEW: &str = r#"
format = 1
[[code]]
id = "forankring"
patterns = ["politisk forankring", "kommunen"]
"#;

#[test]
fn the_mentions_of_a_codebook_are_those_of_the_results_that_a_run_writes() {
    let study = Study::example();
    let lines = run(&study.request()).lines;
    study.write("ut/codings.jsonl", lines);
    let opened = open(&study.request());
    let (codebook, _) = codebook::load(opened.project.codebook()).unwrap();
    let found = pipeline::found(&opened, &codebook).unwrap();
    assert!(!found.is_empty());
    assert_eq!(read_results(&study.path().join("ut")).unwrap(), found);
    study.write("ut/codings.jsonl", "\n{\"code\":1}\n");
    assert!(read_results(&study.path().join("ut")).unwrap_err().message.contains("mention 1: "));
}

#[test]
fn gains_losses_and_changes_are_told_with_their_patterns() {
    let study = Study::empty();
    study.write("a/start/1.txt", "Vi har politisk forankring.\n\nDet er forankring.\n\nKommunen var med.\n");
    let opened = open(&study.request());
    let (old, new) = (mentions(&opened, OLD), mentions(&opened, NEW));
    let changes = diff::compare(&old, &new, &["forankring".to_owned()]);
    let counts: Vec<_> =
        changes.codes.iter().map(|c| (c.code.as_str(), c.old, c.new, c.changed, c.gained, c.lost)).collect();
    assert_eq!(counts, [("forankring", 2, 2, 1, 1, 1), ("borte", 1, 0, 0, 0, 1)]);
    let shown: Vec<(Option<&str>, Option<&str>)> = changes.codes[0]
        .changes
        .iter()
        .map(|change| (change.old.map(|old| old.quote.as_str()), change.new.map(|new| new.pattern.as_str())))
        .collect();
    assert_eq!(
        shown,
        [(Some("forankring"), Some("politisk forankring")), (Some("forankring"), None), (None, Some("kommunen"))]
    );
}

#[test]
fn a_codebook_changes_nothing_against_itself_and_swapping_swaps_gains_and_losses() {
    let study = Study::empty();
    study.write("a/start/1.txt", "Vi har politisk forankring.\n\nDet er forankring.\n\nKommunen var med.\n");
    let opened = open(&study.request());
    let (old, new) = (mentions(&opened, OLD), mentions(&opened, NEW));
    assert!(diff::compare(&old, &old, &[]).codes.iter().all(|code| code.changes.is_empty() && code.same == code.old));
    let (there, back) = (diff::compare(&old, &new, &[]), diff::compare(&new, &old, &[]));
    for (there, back) in there.codes.iter().zip(&back.codes) {
        assert_eq!(
            (there.gained, there.lost, there.same, there.changed),
            (back.lost, back.gained, back.same, back.changed)
        );
    }
}
