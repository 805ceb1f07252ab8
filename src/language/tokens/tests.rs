//! Words, breaks, hyphens, groups, and that the quick way never differs from the full rules.

use super::*;

fn forms(text: &str) -> Vec<String> {
    let tokens = Tokens::of(text);
    (0..tokens.words().len())
        .map(|i| format!("{}{}", if tokens.words()[i].after_break { "|" } else { "" }, tokens.form(i)))
        .collect()
}

#[track_caller]
fn check(text: &str, expected: &str) {
    assert_eq!(forms(text).join(" "), expected, "{text}");
}

#[test]
fn words_and_breaks() {
    check("Prosjektet må forankres.", "prosjektet må forankres");
    check("Ja. Nei, men: «ledelse» (og) styret!", "ja |nei |men |ledelse |og |styret");
    check("e-læring og FoU-miljø i Sør-Gudbrandsdal", "e-læring og fou-miljø i sør-gudbrandsdal");
    check("ledelse – eller ikke - her 2015–2016", "ledelse |eller ikke |her 2015 2016");
    check("3.5 prosent, kl. 12:30, 50 % bl.a. dette", "3.5 prosent |kl |12 |30 |50 bl.a |dette");
    check("og/eller *markert* _tekst_ **fet**", "og |eller markert tekst fet");
    check("det er <ee> viktig at vi|1 kan #00:01:23-4# her [00:12:31] ja", "det er viktig at vi kan her ja");
    check("__viktig__ og _Sør_-Fron, snake_case og _", "viktig og sør fron |snake_case og");
    check("Ola’s hus", "ola's hus");
    check("to\u{2000}\u{9d7} tre", "to \u{9d7} tre");
    check("a < b og c > d", "a b og c d");
    check("", "");
    check("- punkt en", "punkt en");
    check("-Vi må", "vi må");
}

#[test]
fn hyphens_that_suspend_interrupt_or_are_dashes() {
    check("politiker- og ledernettverk", "politiker- og ledernettverk");
    check("det er viktig- vi må", "det er viktig vi må");
    check("innovasjons- ledelse", "innovasjons- ledelse");
    check("prosess og -produkt", "prosess og -produkt");
    check("minus -5 grader", "minus 5 grader");
    check("ord--ord", "ord |ord");
}

fn groups(text: &str) -> Vec<String> {
    Tokens::of(text)
        .groups()
        .iter()
        .map(|group| format!("{}-{} {}", group.first, group.last, group.form.replace(GROUP, "+").replace(BROKEN, "~")))
        .collect()
}

#[test]
fn suspended_compounds_and_broken_words_form_groups() {
    for (text, expected) in [
        ("politiker- og ledernettverk", vec!["0-2 politiker-+ledernettverk+3"]),
        (
            "helse-, omsorgs- og velferdstjenester",
            vec!["0-3 helse-+velferdstjenester+4", "1-3 omsorgs-+velferdstjenester+3"],
        ),
        ("innovasjonsprosess og -produkt", vec!["0-2 innovasjonsprosess+-produkt+3"]),
        ("innovasjonsprosess og – produkt", vec!["0-2 innovasjonsprosess+-produkt+3"]),
        ("innovasjons- ledelse", vec!["0-1 innovasjons-~ledelse+2"]),
        ("Sør- Gudbrandsdal", vec![]),
        ("nytt- nyttig-", vec![]),
        ("e-læring", vec![]),
    ] {
        assert_eq!(groups(text), expected, "{text}");
    }
}

#[test]
fn underlines_and_accents_without_end_are_read_at_once() {
    let text = "_\u{300}".repeat(200_000) + "a";
    assert_eq!(forms(&text), ["a"]);
    check("_\u{300}_\u{300}a_b", "a_b");
    check("_\u{202a}a", "a");
}

/// In a line without end, each word must not be held against each group.
#[test]
fn a_line_of_nothing_else_is_read_at_once() {
    let tokens = Tokens::of(&"helse- og omsorgsplan ".repeat(50_000));
    assert_eq!(tokens.groups().len(), 50_000);
    assert_eq!(tokens.words().len(), 150_000);
}

#[test]
fn spans_are_the_words_as_written() {
    let text = "«Forankring», A\u{30a}pen";
    let tokens = Tokens::of(text);
    let words: Vec<_> = tokens.words().iter().map(|word| &text[word.start as usize..word.end as usize]).collect();
    assert_eq!(words, ["Forankring", "A\u{30a}pen"]);
    assert_eq!(tokens.form(1), "åpen");
}

proptest::proptest! {
    /// The fast path never differs from the full rules.
    #[test]
    fn plain_chunks_equal_the_full_rules(text in "[a-zæøåA-ZÆØÅé0-9 .,;:!?'_/()«»<>#|–\n-]{0,60}") {
        let fast = Tokens::of(&text);
        let mut slow = Tokens::default();
        slow.begin(&text);
        let mut scan = Scan::new(&text, &mut slow);
        let mut at = 0;
        for chunk in text.split_inclusive(|c: char| c.is_ascii_whitespace()) {
            let end = at + chunk.trim_end_matches(|c: char| c.is_ascii_whitespace()).len();
            scan.full_chunk(at, end);
            at += chunk.len();
        }
        slow.find_groups(&text);
        proptest::prop_assert_eq!(fast.words(), slow.words());
        proptest::prop_assert_eq!(fast.groups(), slow.groups());
        proptest::prop_assert_eq!(fast.forms, slow.forms);
    }

    #[test]
    fn forms_are_folded_words(text in "[a-zæøåA-ZÆØÅéÈ\u{ad}\u{e4} .'-]{0,60}") {
        let tokens = Tokens::of(&text);
        for (index, word) in tokens.words().iter().enumerate() {
            let folded = crate::text::fold(&text[word.start as usize..word.end as usize]);
            proptest::prop_assert_eq!(tokens.form(index).trim_end_matches('-'), folded.trim_end_matches('-'));
        }
    }

    #[test]
    fn any_text_is_read(text in "\\PC{0,80}") {
        let tokens = Tokens::of(&text);
        let mut last = 0;
        for word in tokens.words() {
            proptest::prop_assert!(word.start >= last && word.end > word.start);
            proptest::prop_assert!(text.is_char_boundary(word.start as usize) && text.is_char_boundary(word.end as usize));
            last = word.end;
        }
    }
}
