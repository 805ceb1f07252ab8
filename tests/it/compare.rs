//! Comparisons of small studies whose numbers are worked out by hand, and laws that hold for all.

use std::fmt::Write as _;

use proptest::prelude::*;
use temakart::compare::{
    Comparison, ComparisonRow, Direction, FromTo, Remark, SideName, TogetherTable, Verdict, together,
};
use temakart::material::Extent;
use temakart::pipeline::{self, Coded, CompareRequest, WordsRequest};
use temakart::report::{ComparisonReport, comparison_blocks, comparison_json, row_sentence};
use temakart::stats::Adjustment;
use temakart::stats::permutation::Plan;

use crate::study::{Study, open, quick};

const CODEBOOK: &str = r#"format = 1
name = "Prøve"
languages = ["nb"]
[[code]]
id = "ildsjel"
patterns = ["=ildsjel"]
[[code]]
id = "tillit"
patterns = ["=tillit"]
"#;

/// A document: case, phase, how often `ildsjel` stands in it, how many words it has, front matter.
type Document<'a> = (&'a str, &'a str, usize, usize, &'a str);

/// A study of such documents; their words besides are all `ord`.
fn study(documents: &[Document<'_>]) -> Study {
    let study = Study::empty();
    study.write("codebook.toml", CODEBOOK);
    study.write("temakart.toml", "format = 1\ncodebook = \"codebook.toml\"\n[layout]\npath = \"{case}/{phase}/*\"\n");
    for (number, (case, phase, mentions, words, front)) in documents.iter().enumerate() {
        let mut text = String::new();
        if !front.is_empty() {
            let _ = writeln!(text, "---\n{front}\n---\n");
        }
        text.push_str(&"ildsjel ".repeat(*mentions));
        text.push_str(&"ord ".repeat(words - mentions));
        study.write(&format!("documents/{case}/{phase}/{number:02}.txt"), text);
    }
    study
}

/// A coded study, whose folder goes away with it.
struct Run {
    study: pipeline::Study,
    coded: Coded,
    _folder: Study,
}

impl Run {
    fn of(folder: Study, threads: usize) -> Self {
        let study = open(&pipeline::Request { threads, ..folder.request() });
        let coded = pipeline::count(&study, None).unwrap_or_else(|messages| panic!("{messages:#?}"));
        Self { study, coded, _folder: folder }
    }

    fn codebook(&self) -> &temakart::codebook::Codebook {
        &self.coded.codebook
    }
}

fn run(documents: &[Document<'_>]) -> Run {
    Run::of(study(documents), 2)
}

fn phases(case: &'static str, start: &[usize], slutt: &[usize]) -> Vec<Document<'static>> {
    let of = |phase: &'static str, counts: &[usize]| -> Vec<Document<'static>> {
        counts.iter().map(|count| (case, phase, *count, 20, "")).collect()
    };
    [of("start", start), of("slutt", slutt)].concat()
}

fn asked() -> CompareRequest {
    CompareRequest {
        attribute: None,
        from: None,
        to: None,
        rows_by: None,
        within: None,
        unit: None,
        paired_by: None,
        adjustment: Adjustment::BenjaminiHochberg,
        plan: Plan::usual(1),
    }
}

fn compared(run: &Run, request: &CompareRequest) -> Comparison {
    pipeline::compare(&run.study, &run.coded, request).unwrap_or_else(|messages| panic!("{messages:#?}"))
}

fn compare(documents: &[Document<'_>], request: &CompareRequest) -> Comparison {
    compared(&run(documents), request)
}

/// The first code, overall.
fn first(comparison: &Comparison) -> &ComparisonRow {
    &comparison.rows[0]
}

#[track_caller]
fn near(found: f64, expected: f64) {
    assert!((found - expected).abs() < 1e-9, "{found} is not {expected}");
}

#[test]
fn a_difference_that_only_two_of_seventy_reassignments_show() {
    let comparison = compare(&phases("a", &[1, 1, 1, 2], &[3, 3, 4, 5]), &asked());
    let row = first(&comparison);
    // 15 of 80 words less 5 of 80, per 1,000.
    near(row.difference.unwrap(), 125.0);
    near(row.log_ratio.unwrap().log2, 3_f64.log2());
    let tested = row.tested.unwrap();
    near(tested.statistic, 125.0);
    near(tested.p, 2.0 / 70.0);
    near(tested.p_min, 2.0 / 70.0);
    near(tested.p_adjusted, 2.0 / 70.0);
    assert_eq!((row.verdict, tested.assignments), (Verdict::More, 70));
    // Four documents a phase are too few for an interval.
    assert_eq!(row.interval, None);
    assert_eq!((comparison.families.overall, comparison.families.within), (1, 1));
}

#[test]
fn small_cells_are_printed_and_not_tested() {
    let few_mentions = compare(&phases("a", &[1, 1, 1, 1], &[3, 3, 4, 5]), &asked());
    let row = first(&few_mentions);
    assert_eq!((row.verdict, row.tested), (Verdict::TooLittleMaterial, None));
    assert_eq!(row.remarks, [Remark::FewMentions(SideName::From)]);
    assert_eq!((row.from.mentions(), row.to.mentions()), (4, 15));
    near(row.difference.unwrap(), 137.5);

    let few_documents = compare(&phases("a", &[9, 9], &[3, 3, 4]), &asked());
    assert_eq!(first(&few_documents).remarks, [Remark::FewUnits(SideName::From)]);
    assert_eq!(first(&few_documents).verdict, Verdict::TooLittleMaterial);
}

#[test]
fn what_could_not_be_shown_is_said_not_to_be() {
    let two_cases = [phases("a", &[1, 2], &[5, 6]), phases("b", &[1, 2], &[5, 6])].concat();
    let comparison = compare(&two_cases, &asked());
    let row = first(&comparison);
    // Six reassignments in each case, and a mirror image: 2 of 36.
    near(row.tested.unwrap().p_min, 2.0 / 36.0);
    assert_eq!(row.verdict, Verdict::NoDifferenceShown);
    assert!(row.remarks.contains(&Remark::CannotShow));
    let within: Vec<Verdict> =
        comparison.rows.iter().filter(|row| row.group.is_some()).map(|row| row.verdict).collect();
    assert_eq!(within, [Verdict::TooLittleMaterial; 4]);
}

#[test]
fn another_mix_of_cases_does_not_pass_for_a_difference_nor_hide_one() {
    // Within each case the theme rises; the second phase has more of the case that mentions it less.
    let documents = [phases("a", &[4; 6], &[8; 3]), phases("b", &[0, 1, 1], &[2; 24])].concat();
    let run = run(&documents);
    let comparison = compared(&run, &asked());
    let row = first(&comparison);
    assert!(row.difference.unwrap() < 0.0 && row.tested.unwrap().statistic > 0.0, "{row:?}");
    assert_eq!(row.verdict, Verdict::More);
    assert!(row.remarks.contains(&Remark::AgainstTheMix));
    let sentence = row_sentence(&comparison, run.codebook(), row);
    assert!(sentence.contains("within the same case") && sentence.contains("the rate is lower"), "{sentence}");
}

#[test]
fn the_same_informants_are_compared_with_themselves() {
    let informants: Vec<String> = (1..=7).map(|number| format!("informant: i{number}")).collect();
    let mut documents: Vec<Document<'_>> = Vec::new();
    for (informant, (start, slutt)) in informants.iter().zip([(0, 3), (0, 2), (1, 4), (2, 4), (1, 3), (2, 5)]) {
        documents.push(("a", "start", start, 20, informant));
        documents.push(("a", "slutt", slutt, 20, informant));
    }
    // One who was asked once is in no pair.
    documents.push(("a", "start", 9, 20, &informants[6]));
    let comparison = compare(&documents, &CompareRequest { paired_by: Some("informant".to_owned()), ..asked() });
    let row = first(&comparison);
    let pairs = row.pairs.unwrap();
    assert_eq!((pairs.pairs, pairs.higher, pairs.lower), (6, 6, 0));
    assert_eq!((pairs.only_from, pairs.only_to), (0, 2));
    near(pairs.mcnemar.unwrap().p_exact, 0.5);
    assert_eq!((row.from.mentions(), row.to.mentions()), (6, 21));
    assert!(row.documents.from.is_some() && row.documents.difference.is_none());
    // All six the same way: 2 of 64 ways to set the signs.
    near(row.tested.unwrap().p, 2.0 / 64.0);
    near(row.tested.unwrap().statistic, 1_000.0 * 15.0 / 120.0);
    assert_eq!(row.verdict, Verdict::More);
}

#[test]
fn too_few_pairs_of_many_documents_are_not_tested_in_any_way() {
    let mut documents: Vec<Document<'_>> = Vec::new();
    for (informant, start, slutt) in [("informant: i1", 0, 4), ("informant: i2", 4, 4)] {
        documents.extend([("a", "start", start, 20, informant); 4]);
        documents.extend([("a", "slutt", slutt, 20, informant); 4]);
    }
    let comparison = compare(&documents, &CompareRequest { paired_by: Some("informant".to_owned()), ..asked() });
    let row = first(&comparison);
    let pairs = row.pairs.unwrap();
    assert_eq!((pairs.pairs, pairs.only_from, pairs.only_to), (2, 0, 1));
    assert!(row.tested.is_none() && pairs.mcnemar.is_none(), "{row:?}");
    assert_eq!(row.verdict, Verdict::TooLittleMaterial);
}

/// A study of meetings that speakers of several cases attend: phase, and how often each case's speaker says `ildsjel`.
fn joint_meetings(meetings: &[(&str, &[usize])]) -> Run {
    let study = Study::empty();
    study.write("codebook.toml", CODEBOOK);
    let layout = "[layout]\npath = \"{case}/{phase}/*\"\n[segments]\nby = \"turn\"\n";
    study.write("temakart.toml", format!("format = 1\ncodebook = \"codebook.toml\"\n{layout}"));
    let mut speakers = "document,speaker,case\n".to_owned();
    for (number, (phase, mentions)) in meetings.iter().enumerate() {
        let path = format!("documents/felles/{phase}/{number:02}.txt");
        let mut text = String::new();
        for (case, mentions) in mentions.iter().enumerate() {
            let _ = writeln!(text, "Leder {case}: {}{}\n", "ildsjel ".repeat(*mentions), "ord ".repeat(40 - mentions));
            let _ = writeln!(speakers, "{path},Leder {case},c{case}");
        }
        study.write(&path, text);
    }
    study.write("speakers.csv", speakers);
    Run::of(study, 2)
}

#[test]
fn a_joint_meeting_is_one_observation_however_many_cases_attend() {
    // One meeting a side: as many parts as there are cases, and no more than one thing that was observed.
    let two = compared(&joint_meetings(&[("start", &[1; 8]), ("slutt", &[6; 8])]), &asked());
    assert_eq!(two.material[0].units, FromTo { from: 1, to: 1 });
    assert_eq!(first(&two).verdict, Verdict::TooLittleMaterial);

    let (start, slutt) = (("start", &[2, 3][..]), ("slutt", &[6, 7][..]));
    let three = compared(&joint_meetings(&[start, start, start, slutt, slutt, slutt]), &asked());
    let row = first(&three);
    assert_eq!((three.material[0].units, row.tested.unwrap().p), (FromTo { from: 3, to: 3 }, 2.0 / 20.0));
    // Within a case its part of each meeting is a unit.
    let within = three.rows.iter().find(|row| row.group.is_some() && row.tested.is_some()).unwrap();
    near(within.tested.unwrap().p, 2.0 / 20.0);
}

#[test]
fn documents_of_one_informant_are_taken_together() {
    let informants: Vec<String> = (0..4).map(|number| format!("informant: i{number}")).collect();
    let mut documents: Vec<Document<'_>> = Vec::new();
    for (number, informant) in informants.iter().enumerate() {
        let (phase, mentions) = if number < 2 { ("start", 1) } else { ("slutt", 6) };
        documents.extend([("a", phase, mentions, 20, informant.as_str()); 5]);
    }
    let run = run(&documents);
    let comparison = compared(&run, &asked());
    assert_eq!((comparison.unit.as_str(), comparison.material[0].units), ("informant", FromTo { from: 2, to: 2 }));
    let row = first(&comparison);
    assert_eq!(row.verdict, Verdict::TooLittleMaterial);
    assert!(
        row.documents.difference.is_none() && row.documents.fisher.is_none(),
        "documents depend on their informants"
    );
    let text = format!("{:?}", comparison_blocks(&comparison, run.codebook()));
    assert!(text.contains("reassigns informants, each with all its documents, at random"), "{text}");

    // Whoever knows better may say so.
    let by_document = CompareRequest { unit: Some("document".to_owned()), ..asked() };
    assert_eq!(compared(&run, &by_document).material[0].units, FromTo { from: 10, to: 10 });
    assert!(pipeline::likely_pairs(&run.study, &comparison).is_none());
    // Each is asked on one side only.
    let once: Vec<Document<'_>> = documents.iter().step_by(5).copied().collect();
    assert_eq!(compare(&once, &asked()).unit, "document");
}

#[test]
fn an_informant_of_several_cases_is_one_pair() {
    let informants: Vec<String> = (0..3).map(|number| format!("informant: i{number}")).collect();
    let mut documents: Vec<Document<'_>> = Vec::new();
    for informant in &informants {
        for case in ["a", "b"] {
            documents.push((case, "start", 2, 20, informant));
            documents.push((case, "slutt", 5, 20, informant));
        }
    }
    let comparison = compare(&documents, &CompareRequest { paired_by: Some("informant".to_owned()), ..asked() });
    let row = first(&comparison);
    assert_eq!(row.pairs.unwrap().pairs, 3);
    near(row.tested.unwrap().p, 2.0 / 8.0);
    let in_a = comparison.rows.iter().find(|row| row.group.is_some()).unwrap();
    assert_eq!(in_a.pairs.unwrap().pairs, 3);

    let run = run(&documents);
    assert!(pipeline::likely_pairs(&run.study, &comparison).is_none(), "they are pairs already");
    let note = pipeline::likely_pairs(&run.study, &compared(&run, &asked())).unwrap();
    assert_eq!(note.message, "3 informants are on both sides, `start` and `slutt`");
}

#[test]
fn a_trend_is_that_within_cases_whatever_their_mix() {
    let of =
        |case: &'static str, phase: &'static str, mentions: usize, n: usize| vec![(case, phase, mentions, 100, ""); n];
    // In both cases the rate rises; the last phase has most of its material from the case with the lower one.
    let documents = [
        of("a", "start", 20, 8),
        of("a", "underveis", 24, 6),
        of("a", "slutt", 28, 3),
        of("b", "start", 2, 3),
        of("b", "underveis", 6, 6),
        of("b", "slutt", 10, 8),
    ]
    .concat();
    let comparison = compare(&documents, &asked());
    let trend = first(&comparison).trend.as_ref().unwrap();
    near(trend.slope.unwrap(), 40.0);
    assert_eq!(trend.direction, Direction::Rising);
}

#[test]
fn three_phases_show_a_trend() {
    let mut documents = phases("a", &[2; 3], &[6; 3]);
    documents.extend([("a", "underveis", 4, 20, ""); 3]);
    let comparison = compare(&documents, &asked());
    let trend = first(&comparison).trend.as_ref().unwrap();
    let values: Vec<&str> = trend.values.iter().map(|(value, _, _)| comparison.values[*value].as_str()).collect();
    assert_eq!(values, ["start", "underveis", "slutt"]);
    // From .1 over .2 to .3: 100 per 1,000 words and phase; the observed assignment and its mirror of 9! / 3!³.
    near(trend.slope.unwrap(), 100.0);
    near(trend.p.unwrap(), 2.0 / 1_680.0);
    assert_eq!(trend.direction, Direction::Rising);
}

#[test]
fn what_else_differs_is_said_first_and_no_verdict_speaks_of_change() {
    let of =
        |phase: &'static str, counts: [usize; 4], kind: &'static str| counts.map(|count| ("a", phase, count, 20, kind));
    let documents =
        [of("start", [1, 1, 1, 2], "type: undersøkelse"), of("slutt", [3, 3, 4, 5], "type: intervju")].concat();
    let run = run(&documents);
    let comparison = compared(&run, &asked());
    let confounder = &comparison.confounders[0];
    assert_eq!((confounder.attribute.as_str(), confounder.extent), ("type", Extent::Whole));
    let text = format!("{:?}", comparison_blocks(&comparison, run.codebook()));
    assert!(text.find("NB: `phase` coincides with `type`").unwrap() < text.find("slutt compared with start").unwrap());
    let sentence = row_sentence(&comparison, run.codebook(), first(&comparison));
    assert!(sentence.contains("may be the reason") && !sentence.contains("change"), "{sentence}");

    let within = CompareRequest { within: Some(vec!["case".to_owned(), "type".to_owned()]), ..asked() };
    let comparison = compared(&run, &within);
    assert!(comparison.confounders.is_empty());
    assert_eq!(comparison.material[0].weighed, FromTo { from: 0, to: 0 });
    assert_eq!(first(&comparison).remarks, [Remark::NothingToCompare]);
}

#[test]
fn one_document_that_holds_most_is_named() {
    let comparison = compare(&phases("a", &[2, 2, 2, 2], &[0, 1, 1, 8]), &asked());
    let row = first(&comparison);
    assert!(row.remarks.contains(&Remark::OneUnit(SideName::To)));
    let (name, share) = row.to.largest.as_ref().unwrap();
    assert!(name.ends_with("a/slutt/07.txt"), "{name}");
    near(*share, 0.8);
}

#[test]
fn intervals_come_with_ten_documents_a_phase() {
    let comparison = compare(&phases("a", &[1; 10], &[2, 4, 2, 4, 2, 4, 2, 4, 2, 4]), &asked());
    let row = first(&comparison);
    let interval = row.interval.unwrap();
    assert!(
        interval.lower > 50.0 && interval.upper < 150.0 && interval.contains(row.difference.unwrap()),
        "{interval:?}"
    );
    // Wilson's interval of 10 of 10.
    near((row.documents.to.unwrap().1.lower * 1e6).round() / 1e6, 0.722_467);
}

#[test]
fn wrong_questions_are_answered_with_what_there_is() {
    let run = run(&phases("a", &[1], &[2]));
    let error = |request: &CompareRequest| {
        let messages = pipeline::compare(&run.study, &run.coded, request).unwrap_err();
        format!("{} {}", messages[0].id, messages[0].message)
    };
    let from = |value: &str| CompareRequest { from: Some(value.to_owned()), ..asked() };
    assert_eq!(error(&from("strat")), "compare/unknown-value `phase` has no value `strat`");
    assert_eq!(error(&from("slutt")), "compare/same-value `slutt` cannot be compared with itself");
    let case = CompareRequest { attribute: Some("case".to_owned()), ..asked() };
    assert!(error(&case).starts_with("compare/one-value"), "{}", error(&case));
    let within = CompareRequest { within: Some(vec!["phase".to_owned()]), ..asked() };
    assert_eq!(error(&within), "compare/within-itself `phase` cannot be compared within itself");
}

fn json(run: &Run, comparison: &Comparison) -> String {
    comparison_json(&ComparisonReport { project: "p", codebook: run.codebook(), comparison, warnings: &[] })
}

#[test]
fn threads_do_not_matter() {
    let documents = [phases("a", &[1; 12], &[2, 4, 2, 4, 2, 4, 2, 4, 2, 4]), phases("b", &[3; 4], &[1; 5])].concat();
    let with = |threads: usize| {
        let run = Run::of(study(&documents), threads);
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        json(&run, &pool.install(|| compared(&run, &asked())))
    };
    assert_eq!(with(1), with(3));
}

#[test]
fn the_order_that_documents_came_in_does_not_matter() {
    let documents = [phases("a", &[1; 12], &[2, 4, 2, 4, 2, 4, 2, 4, 2, 4]), phases("b", &[3; 4], &[1; 5])].concat();
    let compared_in = |folder: Study| {
        let run = Run::of(folder, 2);
        json(&run, &compared(&run, &asked()))
    };
    let at_once = compared_in(study(&documents));
    // The last ones are indexed first, so that all rows have other numbers.
    let folder = study(&documents);
    let late = folder.path().join("documents/a");
    let aside = folder.path().join("aside");
    std::fs::rename(&late, &aside).unwrap();
    drop(open(&folder.request()));
    std::fs::rename(&aside, &late).unwrap();
    assert_eq!(compared_in(folder), at_once);
}

fn any_study() -> impl Strategy<Value = Vec<Document<'static>>> {
    let document = (0..2_usize, 0..3_usize, 0..6_usize, 6..40_usize);
    prop::collection::vec(document, 0..16).prop_map(|rows| {
        let phase = ["start", "underveis", "slutt"];
        let rows =
            rows.into_iter().map(|(case, at, mentions, words)| (["a", "b"][case], phase[at], mentions, words, ""));
        let mut documents: Vec<Document<'static>> = rows.collect();
        documents.extend(phases("a", &[2, 2, 1], &[3, 1, 1]));
        documents
    })
}

proptest! {
    #![proptest_config(quick(12))]

    #[test]
    fn exchanging_the_sides_changes_signs_and_nothing_else(documents in any_study()) {
        let run = run(&documents);
        let plan = Plan { exact_limit: 2_000, draws: 199, seed: 7 };
        let sides = |from: &str, to: &str| {
            let request = CompareRequest { from: Some(from.to_owned()), to: Some(to.to_owned()), plan, ..asked() };
            compared(&run, &request)
        };
        let (forward, backward) = (sides("start", "slutt"), sides("slutt", "start"));
        for (one, other) in forward.rows.iter().zip(&backward.rows) {
            prop_assert_eq!(&one.from, &other.to);
            prop_assert_eq!(one.difference, other.difference.map(|difference| -difference + 0.0));
            prop_assert_eq!(one.tested.map(|t| (t.p, t.p_min, t.p_adjusted)), other.tested.map(|t| (t.p, t.p_min, t.p_adjusted)));
            prop_assert_eq!(&one.trend, &other.trend);
            let expected = match one.verdict {
                Verdict::More => Verdict::Less,
                Verdict::Less => Verdict::More,
                same => same,
            };
            prop_assert_eq!(other.verdict, expected);
            let mirrored = other.interval.map(|interval| (-interval.upper, -interval.lower));
            prop_assert_eq!(one.interval.map(|interval| (interval.lower, interval.upper)), mirrored);
        }
    }

    #[test]
    fn a_verdict_never_says_more_than_its_p(documents in any_study()) {
        let run = run(&documents);
        let comparison = compared(&run, &CompareRequest { plan: Plan { exact_limit: 2_000, draws: 199, seed: 7 }, ..asked() });
        for row in &comparison.rows {
            let is_shown = matches!(row.verdict, Verdict::More | Verdict::Less);
            prop_assert_eq!(is_shown, row.tested.is_some_and(|tested| tested.p_adjusted <= 0.05));
            prop_assert_eq!(row.verdict == Verdict::TooLittleMaterial, row.tested.is_none());
            if let Some(tested) = row.tested {
                prop_assert!(tested.p >= tested.p_min && tested.p_adjusted >= tested.p);
                prop_assert!(row.from.mentions() >= 5 && row.to.mentions() >= 5);
            }
        }
    }
}

/// A study whose paragraphs are given, each document a list of them.
fn paragraphs(documents: &[(&str, &str)]) -> Run {
    let study = study(&[]);
    for (number, (phase, text)) in documents.iter().enumerate() {
        study.write(&format!("documents/a/{phase}/{number:02}.txt"), text);
    }
    Run::of(study, 2)
}

#[test]
fn codes_meet_in_segments_and_documents() {
    let run = paragraphs(&[
        ("start", "ildsjel og tillit\n\nbare ildsjel her\n\ningenting her"),
        ("slutt", "tillit og tillit\n\nildsjel igjen"),
        ("slutt", "tillit til en ildsjel"),
    ]);
    let axis = pipeline::axis(&run.study, "phase").unwrap();
    let table: TogetherTable = together(run.coded.themes(&run.study), Some(&axis));
    let pair = &table.pairs[0];
    let counts = |meeting: temakart::compare::Meeting| [meeting.both, meeting.first, meeting.second, meeting.units];
    assert_eq!(
        pair.segments.iter().map(|meeting| counts(*meeting)).collect::<Vec<_>>(),
        [[2, 4, 3, 6], [1, 2, 1, 3], [1, 2, 2, 3]]
    );
    assert_eq!(
        pair.documents.iter().map(|meeting| counts(*meeting)).collect::<Vec<_>>(),
        [[3, 3, 3, 3], [1, 1, 1, 1], [2, 2, 2, 2]]
    );
    near(pair.segments[0].coefficients().unwrap().c_coefficient().unwrap(), 0.4);
}

#[test]
fn words_that_set_a_phase_apart_are_counted_from_the_index() {
    let text = |word: &str| format!("{} {}", format!("{word} ").repeat(4), "ord ".repeat(16));
    let documents: Vec<(&str, String)> = [
        ("start", "plan"),
        ("start", "plan"),
        ("start", "plan"),
        ("slutt", "drift"),
        ("slutt", "drift"),
        ("slutt", "ildsjel"),
    ]
    .map(|(phase, word)| (phase, text(word)))
    .into();
    let documents: Vec<(&str, &str)> = documents.iter().map(|(phase, text)| (*phase, text.as_str())).collect();
    let run = paragraphs(&documents);
    let request = WordsRequest { attribute: None, sides: None, uncoded: false, fewest: 5, fewest_documents: 3 };
    let lists = pipeline::words(&run.study, &request).unwrap().lists;
    let start = &lists[0];
    assert_eq!((start.name.as_str(), start.group.words_total, start.group.rest_words_total), ("start", 60, 60));
    let plan = &start.group.words[0];
    assert_eq!((plan.form.as_str(), plan.count, plan.documents, plan.rest_count), ("plan", 12, 3, 0));
    // 2 · 12 ln(12 / 6); 12 to ½ in as many words; all three documents alike.
    near(plan.keyness.g2, 24.0 * 2_f64.ln());
    near(plan.keyness.log_ratio, 24_f64.log2());
    near(plan.keyness.dp_norm.unwrap(), 0.0);
    // `drift` is in two documents, `ord` is even.
    assert_eq!(start.group.words.len(), 1);

    let uncoded = pipeline::words(&run.study, &WordsRequest { uncoded: true, ..request }).unwrap().lists;
    assert_eq!((uncoded[0].name.as_str(), uncoded[0].group.words_total), ("uncoded segments", 100));
    assert_eq!(uncoded[0].group.rest_words_total, 20);
}
