//! Search and coding never disagree; conditions, orders, suggestions; queries that are none are answered at once.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use proptest::prelude::*;
use rayon::prelude::*;
use temakart::codebook::pattern::Pattern;
use temakart::codebook::{self, Codebook};
use temakart::coding::{Counted, Mentions};
use temakart::pipeline::{self, Study as Opened};
use temakart::search::{Answer, Excerpt, Order, Searcher, Window, did_you_mean, excerpts};

use crate::study::{Study, quick};
use crate::{random, root};

/// What a query finds, with a codebook whose codes may be asked for.
struct Asked<'a> {
    opened: &'a Opened,
    codebook: &'a Codebook,
    mentions: Mentions,
}

impl<'a> Asked<'a> {
    fn new(opened: &'a Opened, codebook: &'a Codebook) -> Self {
        let mentions = pipeline::mentions(opened, codebook).unwrap();
        Self { opened, codebook, mentions }
    }

    fn searcher(&self) -> Searcher<'_> {
        Searcher::new(&self.opened.corpus, &self.opened.material, self.codebook, &self.mentions)
    }

    #[track_caller]
    fn ask(&self, query: &str) -> Answer {
        self.searcher().search(&parsed(query)).unwrap_or_else(|errors| panic!("{query}: {errors:#?}"))
    }

    #[track_caller]
    fn excerpts(&self, query: &str, order: Order) -> Vec<Excerpt> {
        let answer = self.ask(query);
        excerpts(&self.searcher(), &parsed(query), &answer.hits, Window { words: 8 }, order, None).unwrap()
    }
}

#[track_caller]
fn parsed(query: &str) -> Pattern {
    pipeline::parse_query(query, "query").unwrap_or_else(|errors| panic!("{query}: {errors:#?}"))
}

/// How many mentions a code of each of these patterns has, read with the settings of `like`.
fn mentions(opened: &Opened, like: &Codebook, patterns: &[&str]) -> Vec<u64> {
    let study = Study::empty();
    let code = |(index, pattern): (usize, &&str)| {
        let pattern = serde_json::to_string(pattern).unwrap();
        format!("[[code]]\nid = \"k{index}\"\npatterns = [{pattern}]\n")
    };
    let text = format!("format = 1\n{}", patterns.iter().enumerate().map(code).collect::<String>());
    let (mut codebook, _) = codebook::load(&study.write("codebook.toml", text)).unwrap();
    codebook.languages.clone_from(&like.languages);
    for code in &mut codebook.codes {
        code.patterns[0].compounds = like.compounds;
        code.patterns[0].derive = like.derive;
    }
    let mentions = pipeline::mentions(opened, &codebook).unwrap();
    mentions.codes.iter().map(|mentions| mentions.len() as u64).collect()
}

#[test]
fn a_search_counts_what_a_code_of_that_one_pattern_counts() {
    let study = Study::example();
    let opened = study.open();
    let (mut n, mut hits) = (0, 0);
    for file in std::fs::read_dir(root().join("codebooks")).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "toml") {
            continue;
        }
        let (codebook, _) = codebook::load(&path).unwrap();
        let patterns: Vec<&str> = codebook
            .codes
            .iter()
            .flat_map(|code| code.patterns.iter().chain(&code.not))
            .map(|p| p.source.as_str())
            .collect();
        // A code a pattern is a codebook a pattern: codes do not touch each other.
        let each = mentions(&opened, &codebook, &patterns);
        let mentions = Mentions::none(codebook.codes.len());
        let asked = Asked { opened: &opened, codebook: &codebook, mentions };
        let found = patterns.par_iter().map(|pattern| asked.searcher().unranked(&parsed(pattern)).unwrap().total);
        for ((pattern, coded), found) in patterns.iter().zip(&each).zip(found.collect::<Vec<u64>>()) {
            assert_eq!(found, *coded, "{}: {pattern}", path.display());
        }
        n += patterns.len();
        hits += each.iter().sum::<u64>();
    }
    assert!(n > 100 && hits > 100, "{n} patterns with {hits} hits");
}

proptest! {
    #![proptest_config(quick(24))]

    #[test]
    fn a_search_counts_what_coding_counts_for_any_pattern(
        documents in random::documents(),
        patterns in prop::collection::vec(random::pattern(), 1..6),
    ) {
        let study = Study::empty();
        for (path, text) in &documents {
            study.write(path, text);
        }
        let opened = study.open();
        let codebook = Codebook::empty();
        let asked = Asked::new(&opened, &codebook);
        for pattern in patterns {
            let Ok(query) = pipeline::parse_query(&pattern, "query") else { continue };
            let total = asked.searcher().search(&query).unwrap().total;
            prop_assert_eq!(total, mentions(&opened, &codebook, &[pattern.as_str()])[0], "{}", pattern);
        }
    }
}

fn small() -> Study {
    let study = Study::empty();
    study.write("temakart.toml", "format = 1\n[layout]\npath = \"{case}/{phase}/*\"\n");
    study.write(
        "documents/nord/start/a.txt",
        "Manglende forankring var et problem.\n\nForankringen i ledelsen er god.\n\nVi må ha bedre forankring.\n",
    );
    study.write(
        "documents/sor/slutt/b.txt",
        "Alle er enige om forankring nå. Forankring mangler ikke i kommunen, men opplæring gjør det.\n\nForankring i skuffen.\n",
    );
    study
}

const CODEBOOK: &str = "format = 1\n[[code]]\nid = \"forankring\"\npatterns = [\"forankring\"]\n\
    cues = { missing = [\"i skuffen\"] }\n[[code]]\nid = \"opp\"\npatterns = [\"opplæring\"]\n";

#[test]
fn a_negation_that_a_pattern_asks_for_is_no_cue_in_codings_and_in_searches() {
    let study = Study::empty();
    let text = "Folk orka ikke mer.\n\nStøtte mangler fra ledelsen.\n\nStøtte uten ledelsen.\n\nIngen orka ikke.\n\n\
        Det er sju- ledelsesstøtte her, og det er god lederstøtte.\n";
    study.write("documents/nord/start/a.txt", text);
    let patterns = ["orke ikke", "støtte NEAR/5 ledelse", "(uten OR mangle) NEAR/4 ledelse", "støtte THEN/2 =uten"];
    let opened = study.open();
    for (pattern, expected) in patterns.into_iter().zip([
        &["ikke:present", "ikke:missing"][..],
        &["ledelsen:missing", "ledelsen:missing"],
        &["ledelsen:missing", "ledelsen:missing"],
        &["uten:missing"],
    ]) {
        let toml = format!("format = 1\n[[code]]\nid = \"a\"\npatterns = [\"{pattern}\"]\n");
        let (codebook, _) = codebook::load(&study.write("codebook.toml", &toml)).unwrap();
        let asked = Asked::new(&opened, &codebook);
        let told = |query: &str| -> Vec<String> {
            let last = |excerpt: &Excerpt| excerpt.quote.rsplit(' ').next().unwrap_or_default().to_owned();
            let found = asked.excerpts(query, Order::Document);
            found.iter().map(|hit| format!("{}:{}", last(hit), hit.stance.name())).collect()
        };
        assert_eq!(told(pattern), expected, "{pattern}");
        assert_eq!(told("code:a"), expected, "code of {pattern}");
        let missing = asked.ask(&format!("({pattern}) AND stance:missing")).total;
        assert_eq!(missing, asked.ask("code:a AND stance:missing").total, "{pattern}");
    }
    // What is denied is the theme where the code has a pattern for it alone.
    let toml = "format = 1\n[[code]]\nid = \"a\"\npatterns = [\"orke ikke\", \"orke\"]\n";
    let (codebook, _) = codebook::load(&study.write("codebook.toml", toml)).unwrap();
    assert_eq!(Asked::new(&opened, &codebook).ask("code:a AND stance:missing").total, 2);
}

#[test]
fn a_stance_is_a_condition_on_the_hit_and_agrees_with_the_codings() {
    let study = small();
    let (codebook, _) = codebook::load(&study.write("codebook.toml", CODEBOOK)).unwrap();
    let opened = study.open();
    let asked = Asked::new(&opened, &codebook);
    let codings = pipeline::codings(&opened, &codebook).unwrap();
    for (name, stance) in [
        ("present", temakart::language::Stance::Present),
        ("missing", temakart::language::Stance::Missing),
        ("mixed", temakart::language::Stance::Mixed),
        ("needed", temakart::language::Stance::Needed),
    ] {
        let coded = codings.counted(0).filter(|counted| counted.stance == stance).count() as u64;
        assert_eq!(asked.ask(&format!("code:forankring AND stance:{name}")).total, coded, "{name}");
        for excerpt in asked.excerpts(&format!("code:forankring AND stance:{name}"), Order::Document) {
            assert_eq!(excerpt.stance, stance, "{excerpt:?}");
        }
        let shut_out = asked.ask(&format!("code:forankring AND NOT stance:{name}")).total;
        assert_eq!(shut_out, codings.own(0).len() as u64 - coded, "NOT {name}");
    }
    assert_eq!(asked.ask("forankring AND stance:missing").total, 1, "a word has the shipped cues only");
    assert_eq!(asked.ask("code:forankring AND stance:missing").total, 2, "a code has its own too");
    let all = asked.ask("stance:missing").total;
    let is_missing = |counted: &Counted<'_>| counted.stance == temakart::language::Stance::Missing;
    let coded: usize = (0..codings.n_codes()).map(|code| codings.counted(code).filter(is_missing).count()).sum();
    assert_eq!(all, coded as u64, "alone it finds the mentions of all codes");
    for (query, id) in [
        ("forankring AND stance:borte", "search/filter-value"),
        ("ledelse OR (forankring AND stance:missing)", "search/filter-place"),
    ] {
        assert_eq!(asked.searcher().search(&parsed(query)).unwrap_err()[0].id, id, "{query}");
    }
}

#[test]
fn where_two_codes_put_one_place_differently_the_stance_of_either_is_found() {
    let study = small();
    let code = |id: &str, cues: &str| format!("[[code]]\nid = \"{id}\"\npatterns = [\"forankring\"]\n{cues}");
    let (first, second) = (code("en", ""), code("to", "cues = { missing = [\"i skuffen\"] }\n"));
    let path = study.write("codebook.toml", format!("format = 1\n{first}{second}"));
    let (codebook, _) = codebook::load(&path).unwrap();
    let opened = study.open();
    let asked = Asked::new(&opened, &codebook);
    assert_eq!(asked.ask("stance:missing").total, 2);
    assert_eq!(asked.ask("code:to AND stance:missing").total, 2);
    assert_eq!(asked.ask("code:en AND stance:missing").total, 1);
    assert_eq!(asked.ask("code:en OR code:to").total, 6, "a place is one hit");
}

#[test]
fn hits_come_in_the_order_that_is_asked_for() {
    let study = small();
    let opened = study.open();
    let codebook = Codebook::empty();
    let asked = Asked::new(&opened, &codebook);
    let of = |order: Order| asked.excerpts("forankring", order);
    let by_document: Vec<(usize, u32)> = of(Order::Document).iter().map(|hit| (hit.document, hit.start)).collect();
    assert!(by_document.is_sorted() && by_document.len() == 6, "{by_document:?}");
    let by_rank: Vec<f64> = of(Order::Rank).iter().map(|hit| hit.score).collect();
    assert!(by_rank.is_sorted_by(|a, b| a >= b) && by_rank[0] > by_rank[5], "{by_rank:?}");
    let words = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
    };
    let by_right: Vec<Vec<String>> = of(Order::Right).iter().map(|hit| words(&hit.right)).collect();
    assert!(by_right.is_sorted(), "{by_right:?}");
    let nearest = |hit: &Excerpt| hit.left.split_whitespace().next_back().unwrap_or_default().to_lowercase();
    let by_left: Vec<String> = of(Order::Left).iter().map(nearest).collect();
    assert!(by_left.is_sorted(), "{by_left:?}");
}

#[test]
fn hits_are_sorted_by_all_words_of_their_segments() {
    let study = Study::empty();
    let text = "Kurs (hos oss).\n\nKurs av dem.\n\nKurs åpner.\n\nKurs ærlig talt.\n\nKurs, Av alle.\n\nVi tok kurs.\n\nDe tok kurs.\n";
    study.write("documents/a/b/1.txt", text);
    let opened = study.open();
    let codebook = Codebook::empty();
    let asked = Asked::new(&opened, &codebook);
    let lines = |order: Order, words: usize| -> Vec<u32> {
        let hits = asked.ask("kurs").hits;
        let found = excerpts(&asked.searcher(), &parsed("kurs"), &hits, Window { words }, order, None).unwrap();
        found.iter().map(|hit| hit.line).collect()
    };
    for words in [0, 1, 8] {
        assert_eq!(lines(Order::Right, words), [11, 13, 9, 3, 1, 7, 5], "{words} words shown");
        assert_eq!(lines(Order::Left, words), [1, 3, 5, 7, 9, 13, 11], "{words} words shown");
    }
}

#[test]
fn what_is_cut_is_told_apart_from_what_the_text_says() {
    let study = Study::empty();
    study.write("documents/a/b/1.txt", "Det var … forankring i alle ledd.");
    let opened = study.open();
    let codebook = Codebook::empty();
    let asked = Asked::new(&opened, &codebook);
    let cut = |words: usize| {
        let hits = asked.ask("forankring").hits;
        let found =
            excerpts(&asked.searcher(), &parsed("forankring"), &hits, Window { words }, Order::Document, None).unwrap();
        (found[0].left.clone(), found[0].is_cut)
    };
    assert_eq!(cut(2), ("Det var … ".to_owned(), (false, true)));
    assert_eq!(cut(1), ("var … ".to_owned(), (true, true)));
    assert_eq!(cut(3).1, (false, false));
}

#[test]
fn a_search_takes_every_filter_that_where_takes() {
    let study = small();
    let path = study.write("codebook.toml", CODEBOOK);
    let (codebook, _) = codebook::load(&path).unwrap();
    let opened = study.open();
    let asked = Asked::new(&opened, &codebook);
    for (query, total) in [
        ("code:forankring AND (stance:missing OR stance:needed)", 3),
        ("code:forankring AND NOT stance:missing AND NOT stance:needed", 3),
        ("forankring AND (stance:missing OR stance:needed)", 2),
        ("(code:forankring AND stance:missing) OR (code:opp AND stance:present)", 3),
        ("code:forankring AND (stance:needed OR phase:slutt)", 4),
        ("NOT (code:forankring AND stance:missing)", 3),
        ("ledelse AND (stance:missing OR code:forankring)", 1),
        ("stance:missing OR stance:needed", 3),
    ] {
        let answer = asked.ask(query);
        assert_eq!(answer.total, total, "{query}");
        let places: BTreeSet<_> = answer.hits.iter().map(|hit| (hit.mention.row, hit.mention.from)).collect();
        assert_eq!(places.len(), answer.hits.len(), "{query}: a place is one hit");
        let Ok(rows) = asked.searcher().segments(&parsed(query)) else { continue };
        let kept: Vec<usize> = (0..rows.len()).filter(|row| rows[*row]).collect();
        let mut hit: Vec<usize> = answer.hits.iter().map(|hit| hit.mention.row as usize).collect();
        hit.sort_unstable();
        hit.dedup();
        assert_eq!(hit, kept, "{query}: the segments of its hits are those that --where keeps");
    }
    let many = ["(stance:missing OR phase:start)"; 12].join(" AND ");
    assert_eq!(asked.searcher().search(&parsed(&many)).unwrap_err()[0].id, "search/filter-place");
    let shut_out = parsed("ledelse AND NOT (forankring AND stance:missing)");
    assert_eq!(asked.searcher().search(&shut_out).unwrap_err()[0].id, "search/filter-place");
}

#[test]
fn a_word_that_is_not_there_is_held_against_those_that_are() {
    let study = small();
    let opened = study.open();
    let near = did_you_mean(&opened.corpus, &parsed("forankrning AND ledelsen"));
    assert_eq!(near, [("forankrning".to_owned(), vec!["forankring".to_owned()])]);
    assert!(did_you_mean(&opened.corpus, &parsed("forankring")).is_empty());
    assert!(did_you_mean(&opened.corpus, &parsed("xyzzyplugh")).is_empty());
}

#[test]
fn hostile_queries_are_answered_at_once() {
    let study = Study::example();
    let opened = study.open();
    let codebook = Codebook::empty();
    let asked = Asked::new(&opened, &codebook);
    let many = |piece: &str, n: usize| vec![piece; n].join(" ");
    let queries = [
        String::new(),
        " ".repeat(500),
        "(".repeat(9_000),
        "\"".to_owned(),
        "\"a \"b".to_owned(),
        ")a(".to_owned(),
        "AND OR NOT".to_owned(),
        "NEAR/5".to_owned(),
        "a NEAR/99999999999999999999 b".to_owned(),
        "stance:".to_owned(),
        "case:..".to_owned(),
        "/(/".to_owned(),
        "/((((a{1,100}){1,100}){1,100}){1,100})/".to_owned(),
        "/(.*)*(.*)*(.*)*x/".to_owned(),
        "x~9".to_owned(),
        "\u{0}\u{1}\u{7f}\u{202e}".to_owned(),
        "a".repeat(10_000),
        "a".repeat(10_001),
        format!("{}~2", "forankring".repeat(900)),
        many("a", 5_000),
        many("det OR", 1_600) + " det",
        many("det AND", 1_400) + " det",
        many("og NEAR/9", 900) + " det",
        format!("{}*", "*a".repeat(4_000)),
        "*".to_owned(),
        "*e* NEAR/10000 *e*".to_owned(),
        many("*", 3_000),
        "\\".repeat(9_999),
    ];
    for query in queries {
        let started = Instant::now();
        let shown: String = query.chars().take(40).collect();
        if let Ok(pattern) = pipeline::parse_query(&query, "query") {
            let _ = asked.searcher().search(&pattern).map(|answer| answer.total);
        }
        // Tests run unoptimised and beside each other; a query that grows without bounds takes minutes.
        assert!(started.elapsed() < Duration::from_secs(10), "{shown}: {:?}", started.elapsed());
        if std::env::var_os("TEMAKART_TIMES").is_some() {
            println!("{:>10.1?}  {shown}", started.elapsed());
        }
    }
}
