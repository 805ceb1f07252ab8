//! The pattern language, by examples and by laws.

use proptest::prelude::*;

use super::{Atom, AtomKind, Context, Element, Filter, Pattern, PatternProblem, lint, parse, word_regex};
use crate::text::Span;

/// `source` must be read as the pattern whose plain form is `plain`, and the plain form as itself.
#[track_caller]
fn check_in(context: Context, source: &str, plain: &str) {
    let pattern = parse(source, context).unwrap_or_else(|problems| panic!("`{source}`: {problems:#?}"));
    assert_eq!(pattern.to_string(), plain, "{source}");
    let again = parse(plain, context).unwrap_or_else(|problems| panic!("`{plain}`: {problems:#?}"));
    assert_eq!(again.to_string(), plain, "the plain form changes");
}

#[track_caller]
fn check(source: &str, plain: &str) {
    check_in(Context::Codebook, source, plain);
}

/// `source` must not be read: a problem called `id` at the part of it that is `place`.
#[track_caller]
fn check_bad(context: Context, source: &str, id: &str, place: &str) {
    let problems = match parse(source, context) {
        Ok(pattern) => panic!("`{source}` is read as `{pattern}`"),
        Err(problems) => problems,
    };
    let first = &problems[0];
    assert_eq!((first.id, first.span.of(source)), (id, place), "{source}: {problems:#?}");
    well_formed(&problems);
}

#[track_caller]
fn bad(source: &str, id: &str, place: &str) {
    check_bad(Context::Codebook, source, id, place);
}

#[track_caller]
fn well_formed(problems: &[PatternProblem]) {
    for problem in problems {
        assert!(problem.id.starts_with("pattern/"));
        assert!(!problem.label.is_empty(), "{problem:?}");
        assert!(!problem.message.ends_with('.') && !problem.label.ends_with('.'), "{problem:?}");
    }
}

#[test]
fn words_in_every_form() {
    check("forankring", "forankring");
    check("  Forankring\n", "forankring");
    check("IDÉ", "ide");
    check("ÆØÅ", "æøå");
    check("=Forankret", "=forankret");
    check("==SI", "==SI");
    check("==Møte", "==Møte");
    check("forankr*", "forankr*");
    check("*Sjel**", "*sjel*");
    check("prosjektt?etthet", "prosjektt?etthet");
    check("??", "??");
    check("prosjekttretthet~1", "prosjekttretthet~1");
    check("Prosjekttretthet~2", "prosjekttretthet~2");
    check("for\u{ad}ankring", "forankring");
}

#[test]
fn what_a_word_is_the_tokeniser_decides() {
    check("e-læring", "e-læring");
    check("FoU\u{2011}miljø", "fou-miljø");
    check("f.eks.", "f.eks");
    check("12.5%", "12.5");
    check("12,5", "12,5");
    check("12.*", "12.*");
    check("*,5", "*,5");
    check("*-læring", "*-læring");
    check("forankr*,", "forankr*");
    check("(forankring)", "forankring");
    check("¿forankring!", "forankring");
    check("R&D", "\"r d\"");
    check("=R&D", "\"=r =d\"");
    check("2016", "2016");
}

#[test]
fn phrases() {
    check("institusjonell forankring", "\"institusjonell forankring\"");
    check("\"institusjonell forankring\"", "\"institusjonell forankring\"");
    check("\"ny giv\" i skolen", "\"ny giv i skolen\"");
    check("\"=ny ==Giv\"", "\"=ny ==Giv\"");
    check("støtte * ledelsen", "\"støtte * ledelsen\"");
    check("* støtte **", "\"* støtte *\"");
    check("støtt* /ledels(e|en)/ stab~1", "\"støtt* /ledels(e|en)/ stab~1\"");
    check("«ny giv»", "\"ny giv\"");
    check("“ny giv”", "\"ny giv\"");
    check("\"forankring\"", "forankring");
    check("\"A AND B\"", "\"a and b\"");
    check("\"Kultur & idrett\"", "\"kultur idrett\"");
    check("\"(støtte)\"", "støtte");
    check("\"støtte.\"", "støtte");
    check("and near", "\"and near\"");
    check("\\NEAR \\AND", "\"near and\"");
    check("\"politiker- og ledernettverk\"", "\"politiker- og ledernettverk\"");
}

#[test]
fn operators_and_their_binding() {
    check("støtte NEAR/5 ledelse", "støtte NEAR/5 ledelse");
    check("støtte THEN/5 ledelse", "støtte THEN/5 ledelse");
    check("kurs NOT NEAR/3 aksje", "kurs NOT NEAR/3 aksje");
    check("a b NEAR/2 c d", "\"a b\" NEAR/2 \"c d\"");
    check("a NEAR/1 b NEAR/2 c", "a NEAR/1 b NEAR/2 c");
    check("(a NEAR/1 b) NEAR/2 c", "a NEAR/1 b NEAR/2 c");
    check("a NEAR/1 (b NEAR/2 c)", "a NEAR/1 (b NEAR/2 c)");
    check("a NEAR/1 b NOT NEAR/2 c", "a NEAR/1 b NOT NEAR/2 c");
    check("a AND NOT b NEAR/2 c", "a AND NOT b NEAR/2 c");
    check("a OR b AND c", "a OR (b AND c)");
    check("(a OR b) AND c", "(a OR b) AND c");
    check("a AND (b AND c)", "a AND b AND c");
    check("a OR (b OR c) OR d", "a OR b OR c OR d");
    check("a AND (NOT b)", "a AND NOT b");
    check("NOT a AND b", "NOT a AND b");
    check("a AND NOT (b OR c)", "a AND NOT (b OR c)");
    check("(a OR b) NEAR/5 c", "(a OR b) NEAR/5 c");
    check("a NEAR/5(b)", "a NEAR/5 b");
    check("((((a))))", "a");
}

#[test]
fn the_tree_is_what_the_binding_says() {
    let Ok(Pattern::Or(parts)) = parse("a OR b c NEAR/2 d AND NOT e", Context::Codebook) else { panic!("no OR") };
    let Pattern::And(parts) = &parts[1] else { panic!("no AND") };
    assert!(matches!(&parts[0], Pattern::Near { left, distance: 2, .. } if matches!(**left, Pattern::Phrase(_))));
    assert!(matches!(&parts[1], Pattern::Not(_)));
}

#[test]
fn spans_point_into_the_source() {
    let source = "støtte  \"=ny R&D\"";
    let Ok(Pattern::Phrase(elements)) = parse(source, Context::Codebook) else { panic!("no phrase") };
    let words: Vec<&str> = elements
        .iter()
        .map(|element| match element {
            Element::Atom(atom) => atom.span.of(source),
            Element::Any => "*",
        })
        .collect();
    assert_eq!(words, ["støtte", "ny", "R", "D"]);
}

#[test]
fn escapes() {
    check("\\=forankret", "forankret");
    check("foran\\kring", "forankring");
    check("\"si \\\"ja\\\" nå\"", "\"si ja nå\"");
    check("a\\:b", "a\\:b");
    bad("forankring\\", "pattern/dangling-escape", "\\");
}

#[test]
fn regular_expressions() {
    check("/forankr(et|a)/", "/forankr(et|a)/");
    check("/idé(en|ar)/", "/ide(en|ar)/");
    check("/Å[a-zæøå]{2,}/", "/å[a-zæøå]{2,}/");
    check("/a\\/b/", "/a\\/b/");
    check("/\\d+\\.\\d+/ AND kroner", "/\\d+\\.\\d+/ AND kroner");
    bad("/forankr(et/", "pattern/bad-regex", "(");
    bad("/forankr", "pattern/unclosed-regex", "/");
    bad("//", "pattern/bad-regex", "//");
    bad("/a(?=b)/", "pattern/bad-regex", "(?=");
    bad("/(a)\\1/", "pattern/bad-regex", "\\1");
    bad("/a b/", "pattern/bad-regex", " ");
    bad("/a/i", "pattern/bad-regex", "i");
    bad("/a\"b/", "pattern/bad-regex", "\"");
    bad("/(\\w{500}){500}/", "pattern/bad-regex", "/(\\w{500}){500}/");
    bad("/a)(b/", "pattern/bad-regex", ")");
    bad("/[å-ê]/", "pattern/bad-regex", "/[å-ê]/");
    bad("/(?x)a#b/", "pattern/bad-regex", "/(?x)a#b/");
    let nested = format!("/{}a{}/", "(".repeat(200), ")".repeat(200));
    bad(&nested, "pattern/bad-regex", &nested[51..nested.len() - 51]);
    bad("\"ny /a\"", "pattern/unclosed-regex", "/");
}

#[test]
fn a_regular_expression_is_held_to_the_whole_word() {
    let Ok(Pattern::Word(atom)) = parse("/a|ab|É+x/", Context::Codebook) else { panic!("no word") };
    let AtomKind::Regex(source) = atom.kind else { panic!("no expression") };
    let regex = word_regex(&source).expect("a parsed pattern compiles");
    for (form, expected) in [("a", true), ("ab", true), ("eex", true), ("abc", false), ("xa", false)] {
        assert_eq!(regex.is_match(form), expected, "{form}");
    }
}

#[test]
fn filters_in_queries() {
    let check = |source, plain| check_in(Context::Query, source, plain);
    check("code:forankring", "code:forankring");
    check("speaker:\"Informant 3\"", "speaker:\"Informant 3\"");
    check("speaker:«Informant 3»", "speaker:\"Informant 3\"");
    check("date:2016-01..2016-06", "date:2016-01..2016-06");
    check("date:2016-01..", "date:2016-01..");
    check("date:..2016-06", "date:..2016-06");
    check("rolle:\"a..b\"", "rolle:\"a..b\"");
    check("from:\"a b\"..\"c d\"", "from:\"a b\"..\"c d\"");
    check("document:omsorg-3.0/start/01.txt", "document:omsorg-3.0/start/01.txt");
    check("Type\\ intervju:gruppe", "Type\\ intervju:gruppe");
    check("ildsjel AND (case:a OR case:b) AND NOT phase:start", "ildsjel AND (case:a OR case:b) AND NOT phase:start");
    check("NOT phase:start", "NOT phase:start");
    check("case:a OR NOT phase:start", "case:a OR NOT phase:start");
    check("NOT case:a AND NOT phase:start", "NOT case:a AND NOT phase:start");
    check("case:a AND NOT forankring", "case:a AND NOT forankring");
    check("\"i case:a\"", "\"i case\\:a\"");
}

#[test]
fn filters_that_cannot_be_read() {
    let bad = |source, id, place| check_bad(Context::Query, source, id, place);
    bad("case:", "pattern/bad-filter", "");
    bad("case: a", "pattern/bad-filter", "");
    bad("date:..", "pattern/bad-filter", "..");
    bad("date:a..b..c", "pattern/bad-filter", "a..b..c");
    bad("case:had*", "pattern/bad-filter", "had*");
    bad("case:\"a", "pattern/unclosed-quote", "\"");
    bad("case:a forankring", "pattern/missing-operator", "forankring");
    bad("forankring case:a", "pattern/missing-operator", "case:a");
    bad("forankring NEAR/5 case:a", "pattern/filter-near", "case:a");
    bad("forankring OR NOT ildsjel", "pattern/lone-not", "NOT ildsjel");
    check_bad(Context::Codebook, "case:hadeland", "pattern/filter-in-codebook", "case:hadeland");
    check_bad(Context::Codebook, "mål:", "pattern/filter-in-codebook", "mål:");
}

#[test]
fn what_is_empty_or_matches_everything() {
    bad("", "pattern/empty", "");
    bad("  ", "pattern/empty", "  ");
    bad("\"\"", "pattern/empty-quotes", "\"\"");
    bad("« »", "pattern/empty-quotes", "« »");
    bad("()", "pattern/missing-operand", "()");
    bad("*", "pattern/matches-everything", "*");
    bad("a OR **", "pattern/matches-everything", "**");
    bad("?*", "pattern/matches-everything", "?*");
    bad("\"* *\"", "pattern/matches-everything", "\"* *\"");
    bad("* ?*", "pattern/matches-everything", "* ?*");
    bad("* NEAR/3 a", "pattern/matches-everything", "*");
    bad("%", "pattern/no-word", "%");
    bad("\"% –\"", "pattern/no-word", "\"% –\"");
    bad("=", "pattern/no-word", "=");
    bad("=\"ny giv\"", "pattern/no-word", "=");
    bad("~1", "pattern/no-word", "~1");
    bad("Kultur & idrett", "pattern/no-word", "&");
    bad("a && b", "pattern/no-word", "&&");
}

#[test]
fn what_is_unclosed_or_dangling() {
    bad("\"ny giv", "pattern/unclosed-quote", "\"");
    bad("«ny giv", "pattern/unclosed-quote", "«");
    bad("(a OR b", "pattern/unclosed-parenthesis", "(");
    bad("a OR b)", "pattern/unopened-parenthesis", ")");
    bad("a AND", "pattern/missing-operand", "");
    bad("AND a", "pattern/missing-operand", "AND");
    bad("a OR OR b", "pattern/missing-operand", "OR");
    bad("a NEAR/5", "pattern/missing-operand", "");
    bad("NEAR/5 a", "pattern/missing-operand", "NEAR/5");
    bad("(a OR) b", "pattern/missing-operand", ")");
    bad("a AND NOT", "pattern/missing-operand", "");
    bad("a NOT b", "pattern/missing-operator", "NOT");
    bad("(a OR b) c", "pattern/missing-operator", "c");
    bad("a (b OR c)", "pattern/missing-operator", "(");
}

#[test]
fn what_makes_no_sense() {
    bad("NOT a", "pattern/lone-not", "NOT a");
    bad("(NOT a)", "pattern/lone-not", "(NOT a)");
    bad("a OR NOT b", "pattern/lone-not", "NOT b");
    bad("NOT a AND NOT b", "pattern/lone-not", "NOT a AND NOT b");
    bad("(NOT a) NEAR/3 b", "pattern/lone-not", "(NOT a)");
    bad("a AND NOT NOT b", "pattern/double-not", "NOT NOT");
    bad("a NOT THEN/3 b", "pattern/not-then", "NOT THEN/3");
    bad("a NEAR b", "pattern/bad-distance", "NEAR");
    bad("a NEAR/0 b", "pattern/bad-distance", "0");
    bad("a NEAR/x b", "pattern/bad-distance", "x");
    bad("a NEAR/ b", "pattern/bad-distance", "NEAR/");
    bad("a THEN/99999999999 b", "pattern/bad-distance", "99999999999");
    bad("ord~3", "pattern/bad-edits", "~3");
    bad("ord~", "pattern/bad-edits", "~");
    bad("\"ny giv\"~3", "pattern/bad-edits", "~3");
    bad("=forankr*", "pattern/mixed-forms", "=forankr*");
    bad("forankr*~1", "pattern/mixed-forms", "forankr*~1");
    bad("og/eller", "pattern/broken-phrase", "og/eller");
    bad("støtte near/5 ledelse", "pattern/broken-phrase", "near/5");
    bad("ja, men", "pattern/broken-phrase", "ja, men");
    bad("\"støtte (fra) ledelsen\"", "pattern/broken-phrase", "støtte (fra");
    bad("støtte – ledelsen", "pattern/broken-phrase", "støtte – ledelsen");
    bad("støtt*, ledelsen", "pattern/broken-phrase", "støtt*, ledelsen");
    bad("a/b*", "pattern/not-one-word", "a/b*");
    bad("_\u{1056}*", "pattern/not-one-word", "_\u{1056}*");
    bad("R&D~1", "pattern/not-one-word", "R&D~1");
}

#[test]
fn several_words_that_cannot_be_read_are_all_reported() {
    let problems = parse("a NEAR/0 b NEAR/x c ~3", Context::Codebook).expect_err("it is broken thrice");
    assert_eq!(problems.len(), 3, "{problems:#?}");
}

#[test]
fn limits_hold_at_once() {
    let begin = std::time::Instant::now();
    let long = "a ".repeat(5_000);
    assert!(parse(&long, Context::Codebook).is_err_and(|problems| problems[0].id == "pattern/many-words"));
    let phrase = |n: usize| vec!["a"; n].join(" ");
    assert!(parse(&phrase(100), Context::Codebook).is_ok());
    assert!(parse(&phrase(101), Context::Codebook).is_err_and(|problems| problems[0].id == "pattern/long-phrase"));
    assert!(parse(&"å".repeat(200), Context::Codebook).is_ok());
    assert!(parse(&"å".repeat(201), Context::Codebook).is_err_and(|problems| problems[0].id == "pattern/long-word"));
    bad(&(long + "a"), "pattern/too-long", "");
    bad(&"æ".repeat(10_000_000), "pattern/too-long", "");
    let nested = |depth: usize| format!("{}a{}", "(".repeat(depth), ")".repeat(depth));
    check(&nested(100), "a");
    bad(&nested(101), "pattern/too-deep", "(");
    assert!(parse(&nested(4_000), Context::Codebook).is_err());
    let chain = |n: usize| format!("a{}", " NEAR/1 a".repeat(n));
    assert!(parse(&chain(99), Context::Codebook).is_ok());
    assert!(parse(&chain(1_000), Context::Codebook).is_err_and(|problems| problems[0].id == "pattern/too-deep"));
    assert!(parse(&format!("a{}", " OR a".repeat(499)), Context::Codebook).is_ok());
    assert!(begin.elapsed().as_secs() < 10);
}

#[test]
fn what_is_likely_not_meant_is_pointed_out() {
    #[track_caller]
    fn check(source: &str, expected: &[&str]) {
        let problems = lint(source, Context::Codebook);
        well_formed(&problems);
        assert_eq!(problems.iter().map(|problem| problem.span.of(source)).collect::<Vec<_>>(), expected, "{source}");
    }
    check("kurs and aksje", &["and"]);
    check("kurs Or aksje", &["Or"]);
    check("kurs OG aksje", &["OG"]);
    check("kurs og aksje", &[]);
    check("støtte NEAR5 ledelse", &["NEAR5"]);
    check("støtte then2 ledelse", &["then2"]);
    check("NEAR5", &[]);
    check("støtte NEARE ledelse", &[]);
    check("\"kurs and aksje\"", &[]);
    check("and", &[]);
    check("kurs -aksje", &["-aksje"]);
    check("nå~2", &["nå~2"]);
    check("prosjekttretthet~2", &[]);
    check("/.+/ OR /\\w*e?/", &["/.+/"]);
    check("/forankr.*/", &[]);
    check("støtte NEAR/5 ledelse", &[]);
}

fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "forankring",
        "Ildsjel",
        "ÆØÅ",
        "idé",
        "e-læring",
        "=ny",
        "==SI",
        "støtt*",
        "*",
        "?",
        "ord~1",
        "~2",
        "/a+b/",
        "/É|[æø]/",
        "AND",
        "OR",
        "NOT",
        "NEAR/3",
        "THEN/1",
        "NEAR",
        "(",
        ")",
        "\"",
        "«",
        "»",
        "case:a",
        "d:1..2",
        "s:\"x y\"",
        "\\",
        "\\*",
        ",",
        ".",
        "–",
        "&",
        "og/eller",
        "12.5%",
        "R&D",
        "\u{ad}",
        "e\u{301}",
        "-",
        ":",
        "politiker-",
        "K",
        "ß",
        "İ",
    ]);
    let blank = prop::sample::select(vec![" ", " ", " ", ""]);
    prop::collection::vec((piece, blank), 0..12)
        .prop_map(|parts| parts.into_iter().flat_map(|(piece, blank)| [piece, blank]).collect())
}

fn law_of_the_plain_form(source: &str, context: Context) {
    match parse(source, context) {
        Ok(pattern) => {
            let plain = pattern.to_string();
            let again = parse(&plain, context)
                .unwrap_or_else(|problems| panic!("`{source}` is `{plain}`, which fails: {problems:#?}"));
            assert_eq!(again.to_string(), plain, "{source}");
            assert_eq!(without_places(again), without_places(pattern), "{source}");
        }
        Err(problems) => {
            assert!(!problems.is_empty());
            well_formed(&problems);
            for problem in &problems {
                assert!(problem.span.end() <= source.len());
                let _on_character_boundaries = problem.span.of(source);
            }
        }
    }
    let _never_panics = lint(source, context);
}

/// The same tree, as if every word of it stood at the beginning of the source.
fn without_places(pattern: Pattern) -> Pattern {
    let nowhere = Span::new(0, 0);
    let boxed = |part: Box<Pattern>| Box::new(without_places(*part));
    let all = |parts: Vec<Pattern>| parts.into_iter().map(without_places).collect();
    match pattern {
        Pattern::Word(atom) => Pattern::Word(Atom { span: nowhere, ..atom }),
        Pattern::Phrase(elements) => Pattern::Phrase(
            elements
                .into_iter()
                .map(|element| match element {
                    Element::Atom(atom) => Element::Atom(Atom { span: nowhere, ..atom }),
                    Element::Any => Element::Any,
                })
                .collect(),
        ),
        Pattern::Near { left, right, distance, ordered } => {
            Pattern::Near { left: boxed(left), right: boxed(right), distance, ordered }
        }
        Pattern::NotNear { left, right, distance } => {
            Pattern::NotNear { left: boxed(left), right: boxed(right), distance }
        }
        Pattern::And(parts) => Pattern::And(all(parts)),
        Pattern::Or(parts) => Pattern::Or(all(parts)),
        Pattern::Not(part) => Pattern::Not(boxed(part)),
        Pattern::Filter(filter) => Pattern::Filter(Filter { span: nowhere, ..filter }),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_string_is_read_or_refused(source in ".{0,40}") {
        law_of_the_plain_form(&source, Context::Codebook);
        law_of_the_plain_form(&source, Context::Query);
    }

    #[test]
    fn a_regular_expression_that_is_read_compiles(body in r"([a-zéÅø]|[\[\](){}*+?.|^$#&,:=!-]|\\[wdpbx/é]|[0-9]){0,12}") {
        if let Ok(Pattern::Word(Atom { kind: AtomKind::Regex(source), .. })) = parse(&format!("/{body}/"), Context::Codebook) {
            prop_assert!(word_regex(&source).is_ok(), "{source}");
        }
        law_of_the_plain_form(&format!("/{body}/"), Context::Codebook);
    }

    #[test]
    fn the_plain_form_of_a_pattern_is_its_own(source in pieces()) {
        law_of_the_plain_form(&source, Context::Codebook);
        law_of_the_plain_form(&source, Context::Query);
    }
}

/// Found by the laws above.
#[test]
fn signs_that_are_seen_by_nobody_change_no_plain_form() {
    for source in ["_\u{202a}a", "\u{130}- forankring"] {
        law_of_the_plain_form(source, Context::Codebook);
        law_of_the_plain_form(source, Context::Query);
    }
}

#[test]
fn an_accent_behind_a_soft_hyphen_belongs_to_its_letter() {
    let pattern = parse("/kaf\u{e9}|kafe\u{ad}\u{301}/", Context::Codebook).expect("a pattern");
    assert_eq!(pattern.to_string(), "/kafe|kafe/");
}
