//! `--where` with codes and stances: the segments that fit are those that a search and the codings of the whole
//! material tell, and what is counted in them is what was counted before.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use serde_json::Value;
use temakart::codebook::{self, Code};
use temakart::decisions::Whose;
use temakart::pipeline::{self, Request};
use temakart::search::Searcher;

use crate::root;
use crate::study::{Study, open, quick, run};

/// A segment: its document and its number.
type Place = (String, u64);

fn narrowed(study: &Study, filter: &str) -> Request {
    Request { filter: Some(filter.to_owned()), ..study.request() }
}

/// The segments of the material that a filter lets pass.
#[track_caller]
fn kept(request: &Request) -> BTreeSet<Place> {
    let opened = open(request);
    let rows = opened.corpus.rows();
    let place = |row: usize| {
        let document = rows.document(row).unwrap();
        (opened.corpus.documents()[document].path.clone(), u64::from(rows.number(row)))
    };
    let open = opened.material.rows_to_code();
    (0..rows.len()).filter(|row| open[*row]).map(place).collect()
}

/// The lines of `codings.jsonl`.
fn codings(request: &Request) -> Vec<Value> {
    let lines = String::from_utf8(run(request).lines).unwrap();
    lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn place(line: &Value) -> Place {
    (line["document"].as_str().unwrap().to_owned(), line["segment"].as_u64().unwrap())
}

/// Whether a line counts in the row of a code.
fn is_of(line: &Value, code: &str) -> bool {
    line["code"] == code && line["counted"] == true
        || line["counts_for"].as_array().unwrap().iter().any(|parent| parent == code)
}

/// What a search for each code finds in the whole material.
fn searched(request: &Request) -> Vec<u64> {
    let opened = open(request);
    let (codebook, _) = codebook::load(opened.project.codebook()).unwrap();
    let mentions = pipeline::mentions(&opened, &codebook).unwrap();
    let searcher = Searcher::new(&opened.corpus, &opened.material, &codebook, &mentions);
    let total = |code: &Code| {
        let query = pipeline::parse_query(&format!("code:{}", code.id), "query").unwrap();
        searcher.unranked(&query).unwrap().total
    };
    codebook.codes.iter().map(total).collect()
}

#[track_caller]
fn check_code(whole: &Request, code: &str) {
    let lines = codings(whole);
    let segments: BTreeSet<Place> = lines.iter().filter(|line| is_of(line, code)).map(place).collect();
    assert!(segments.len() > 2, "{code} is hardly coded");
    let request = Request { filter: Some(format!("code:{code}")), threads: 1, ..whole.clone() };
    assert_eq!(kept(&request), segments, "{code}");
    let expected: Vec<&Value> = lines.iter().filter(|line| segments.contains(&place(line))).collect();
    assert_eq!(codings(&request).iter().collect::<Vec<_>>(), expected, "{code}");
    let run = run(&request);
    let (table, row) = (&run.coded.frequencies, run.codebook().index_of(code).unwrap());
    let counts = (0..table.material.len()).filter_map(|cell| table.counts(row, cell));
    let counted: u64 = counts.map(|counts| counts.mentions).sum();
    drop(run);
    assert_eq!(counted, searched(whole)[row], "{code}");
}

#[test]
fn a_code_keeps_its_segments_with_all_that_was_coded_in_them() {
    let study = Study::example();
    check_code(&study.request(), "forankring");
    check_code(&study.request(), "ildsjeler");
    let parents = root().join("codebooks/brems-og-push.toml");
    let request = Request { codebook: Some(parents), ..study.request() };
    check_code(&request, "push");
    check_code(&request, "push-kultur");
}

const CODEBOOK: &str = "format = 1\n\
    [[code]]\nid = \"forankring\"\npatterns = [\"forankring\"]\ncues = { missing = [\"i skuffen\"] }\n\
    [[code]]\nid = \"tiltak\"\npatterns = [\"tiltak\"]\n\
    [[code]]\nid = \"opp\"\nparent = \"tiltak\"\npatterns = [\"opplæring\"]\n";

/// Segments a1 and a2 and so on of two documents; a4 is coded with nothing.
fn small() -> Study {
    let study = Study::empty();
    study.write("temakart.toml", "format = 1\n[layout]\npath = \"{case}/{phase}/*\"\n");
    study.write("codebook.toml", CODEBOOK);
    study.write(
        "documents/nord/start/a.txt",
        "Manglende forankring var et problem.\n\nForankringen i ledelsen er god.\n\nVi må ha bedre forankring.\n\nVi spiste lunsj.\n",
    );
    study.write(
        "documents/sor/slutt/b.txt",
        "Alle er enige om forankring nå. Forankring mangler ikke i kommunen. Det er manglende opplæring.\n\nForankring i skuffen.\n",
    );
    study
}

/// The segments that a filter keeps of the small study, as `a1 b2`.
#[track_caller]
fn short(request: &Request) -> String {
    let name = |(document, number): Place| format!("{}{number}", &document[document.len() - 5..document.len() - 4]);
    kept(request).into_iter().map(name).collect::<Vec<_>>().join(" ")
}

#[test]
fn codes_and_stances_are_joined_with_each_other_and_with_all_other_conditions() {
    let study = small();
    for (filter, expected) in [
        ("code:forankring", "a1 a2 a3 b1 b2"),
        ("code:Forankring", "a1 a2 a3 b1 b2"),
        ("code:tiltak", "b1"),
        ("NOT code:opp", "a1 a2 a3 a4 b2"),
        ("case:nord AND code:forankring", "a1 a2 a3"),
        ("case:nord AND NOT code:forankring", "a4"),
        ("code:opp OR phase:start", "a1 a2 a3 a4 b1"),
        // Of any code: in b1 it is the training that is missing.
        ("stance:missing", "a1 b1 b2"),
        ("case:sor AND stance:missing", "b1 b2"),
        // Of the same mention.
        ("code:forankring AND stance:missing", "a1 b2"),
        ("code:forankring AND (case:sor AND stance:missing)", "b2"),
        ("code:tiltak AND stance:missing", "b1"),
        ("(code:forankring OR code:tiltak) AND stance:missing", "a1 b1 b2"),
        ("stance:missing AND stance:present", ""),
        ("code:forankring AND NOT stance:missing", "a2 a3 b1"),
        ("NOT stance:missing", "a2 a3 b1"),
        // Of the segment.
        ("NOT (code:forankring AND stance:missing)", "a2 a3 a4 b1"),
        ("(code:opp AND stance:missing) OR (code:forankring AND stance:needed)", "a3 b1"),
        ("stance:needed OR code:opp", "a3 b1"),
        // In b1 it is not the anchoring that is missing.
        ("code:forankring AND (stance:missing OR stance:needed)", "a1 a3 b2"),
        ("code:forankring AND (stance:missing OR case:nord)", "a1 a2 a3 b2"),
    ] {
        assert_eq!(short(&narrowed(&study, filter)), expected, "{filter}");
    }
}

#[test]
fn what_people_decided_is_what_is_coded() {
    let study = small();
    let lines = codings(&study.request());
    let first = lines.iter().find(|line| place(line) == ("documents/nord/start/a.txt".to_owned(), 1)).unwrap();
    let mut decision = first.clone();
    decision["action"] = "reject".into();
    decision["coder"] = "kari".into();
    study.write("decisions/kari.jsonl", format!("{decision}\n"));
    let request = narrowed(&study, "code:forankring AND case:nord");
    assert_eq!(short(&request), "a2 a3");
    assert_eq!(short(&Request { decisions: Whose::None, ..request }), "a1 a2 a3");
}

#[test]
fn the_codebook_of_the_run_decides() {
    let study = small();
    let other = study.write("other.toml", "format = 1\n[[code]]\nid = \"lunsj\"\npatterns = [\"lunsj\"]\n");
    let request = Request { codebook: Some(other), ..narrowed(&study, "code:lunsj") };
    assert_eq!(short(&request), "a4");
}

/// A filter expression as a tree.
#[derive(Debug, Clone)]
enum Asked {
    Is(&'static str, &'static str),
    Not(Box<Asked>),
    And(Vec<Asked>),
    Or(Vec<Asked>),
}

impl Asked {
    fn any() -> impl Strategy<Value = Self> {
        let leaf = prop_oneof![
            prop::sample::select(&["forankring", "tiltak", "opp"][..]).prop_map(|code| Self::Is("code", code)),
            prop::sample::select(&["missing", "present", "needed"][..]).prop_map(|name| Self::Is("stance", name)),
            prop::sample::select(&["nord", "sor"][..]).prop_map(|case| Self::Is("case", case)),
        ];
        leaf.prop_recursive(3, 12, 3, |inner| {
            let parts = prop::collection::vec(inner.clone(), 2..4);
            prop_oneof![
                inner.prop_map(|inner| Self::Not(Box::new(inner))),
                parts.clone().prop_map(Self::And),
                parts.prop_map(Self::Or)
            ]
        })
    }

    fn written(&self) -> String {
        let joined = |parts: &[Self], operator: &str| {
            let parts: Vec<String> = parts.iter().map(|part| format!("({})", part.written())).collect();
            parts.join(operator)
        };
        match self {
            Self::Is(name, value) => format!("{name}:{value}"),
            Self::Not(inner) => format!("NOT ({})", inner.written()),
            Self::And(parts) => joined(parts, " AND "),
            Self::Or(parts) => joined(parts, " OR "),
        }
    }

    /// The stance that this part asks of a mention, and whether a mention must have it or must not.
    fn stance(&self) -> Option<(&'static str, bool)> {
        match self {
            Self::Is("stance", name) => Some((name, true)),
            Self::Not(inner) => match **inner {
                Self::Is("stance", name) => Some((name, false)),
                _ => None,
            },
            _ => None,
        }
    }

    /// What is joined by AND, through parentheses.
    fn parts(&self) -> Vec<&Self> {
        match self {
            Self::And(parts) => parts.iter().flat_map(Self::parts).collect(),
            other => vec![other],
        }
    }

    fn codes(&self) -> Vec<&'static str> {
        match self {
            Self::Is("code", code) => vec![code],
            Self::And(parts) | Self::Or(parts) => parts.iter().flat_map(Self::codes).collect(),
            _ => Vec::new(),
        }
    }

    fn asks_stance(&self) -> bool {
        match self {
            Self::Is(name, _) => *name == "stance",
            Self::Not(inner) => inner.asks_stance(),
            Self::And(parts) | Self::Or(parts) => parts.iter().any(Self::asks_stance),
        }
    }

    /// The definition: whether a segment with these codings fits.
    fn fits(&self, case: &str, lines: &[Value]) -> bool {
        let parts = self.parts();
        // AND is distributed over an OR that asks for stances: each alternative is of one mention.
        let several = parts.iter().position(|part| matches!(part, Self::Or(_)) && part.asks_stance());
        if let (Some(index), true) = (several, parts.len() > 1)
            && let Self::Or(alternatives) = parts[index]
        {
            let others =
                || parts.iter().enumerate().filter(|(other, _)| *other != index).map(|(_, part)| (*part).clone());
            return alternatives.iter().any(|own| Self::And(others().chain([own.clone()]).collect()).fits(case, lines));
        }
        let wanted: Vec<(&str, bool)> = parts.iter().filter_map(|part| part.stance()).collect();
        if !wanted.is_empty() {
            let rest: Vec<&Self> = parts.into_iter().filter(|part| part.stance().is_none()).collect();
            let codes: Vec<&str> = rest.iter().flat_map(|part| part.codes()).collect();
            let is_it = |line: &Value| {
                (codes.is_empty() || codes.iter().any(|code| is_of(line, code)))
                    && wanted.iter().all(|(name, must)| (line["stance"] == *name) == *must)
            };
            return rest.iter().all(|part| part.fits(case, lines)) && lines.iter().any(is_it);
        }
        match self {
            Self::Is("code", code) => lines.iter().any(|line| is_of(line, code)),
            Self::Is(_, value) => case == *value,
            Self::Not(inner) => !inner.fits(case, lines),
            Self::And(parts) => parts.iter().all(|part| part.fits(case, lines)),
            Self::Or(parts) => parts.iter().any(|part| part.fits(case, lines)),
        }
    }
}

#[test]
fn any_expression_keeps_what_its_definition_says() {
    let study = small();
    let mut by_segment: BTreeMap<Place, Vec<Value>> =
        kept(&study.request()).into_iter().map(|place| (place, Vec::new())).collect();
    for line in codings(&study.request()) {
        by_segment.get_mut(&place(&line)).unwrap().push(line);
    }
    let mut runner = proptest::test_runner::TestRunner::new(quick(96));
    let law = |asked: Asked| {
        let filter = asked.written();
        let case = |document: &str| if document.contains("nord") { "nord" } else { "sor" };
        let expected: BTreeSet<Place> = by_segment
            .iter()
            .filter(|((document, _), lines)| asked.fits(case(document), lines))
            .map(|(place, _)| place.clone())
            .collect();
        prop_assert_eq!(kept(&narrowed(&study, &filter)), expected, "{}", filter);
        Ok(())
    };
    runner.run(&Asked::any(), law).unwrap();
}

#[test]
fn repeated_text_is_told_of_as_far_as_it_is_in_the_material() {
    let study = small();
    let long = "Forankring er noe som alle i prosjektet snakket mye om gjennom hele denne perioden.";
    study.write("documents/nord/start/c.txt", format!("{long}\n\nVi spiste lunsj en gang til.\n"));
    study.write("documents/sor/slutt/d.txt", format!("{long}\n"));
    let repeated = |request: &Request| {
        let warnings = run(request).study.warnings;
        let repeated = warnings.iter().find(|warning| warning.id == "material/repeated");
        repeated.map(|warning| warning.message.split(" (").nth(1).unwrap_or_default()[..16].to_owned())
    };
    let in_south = narrowed(&study, "case:sor AND document:\"documents/sor/slutt/d.txt\"");
    assert_eq!(repeated(&in_south).as_deref(), Some("14 words, 100.0 "), "the other one stands elsewhere");
    let unique = Request { unique: true, ..in_south };
    assert_eq!(repeated(&unique).as_deref(), Some("14 words, 100.0 "), "of what there was before it was left out");
    assert_eq!(repeated(&narrowed(&study, "code:opp")), None);
    assert!(repeated(&study.request()).is_some());
}
