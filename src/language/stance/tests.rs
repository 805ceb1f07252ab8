//! Stance on sentences of our own, and on the hand-coded report where it is at hand.

use super::*;

/// A sentence with its theme in brackets: the text without them, and the theme's words.
fn marked(sentence: &str) -> (String, Range<usize>) {
    let text = sentence.replace(['[', ']'], "");
    let at = |bracket| sentence.find(bracket).expect("a sentence marks its theme");
    let (start, end) = (at('['), at(']') - 1);
    let tokens = Tokens::of(&text);
    let is_theme = |word: &&crate::language::Word| word.start as usize >= start && word.end as usize <= end;
    let first = tokens.words().iter().position(|word| is_theme(&word)).expect("the theme is a word");
    (text, first..first + tokens.words().iter().filter(is_theme).count())
}

fn read(sentence: &str, cues: &CueSet) -> (Stance, String) {
    let (text, theme) = marked(sentence);
    let (stance, cue) = stance_of(&text, &Tokens::of(&text), theme, cues);
    (stance, cue.map_or_else(|| "-".to_owned(), |cue| cue.written(&text)))
}

fn stance(name: &str) -> Stance {
    match name {
        "present" => Stance::Present,
        "needed" => Stance::Needed,
        "missing" => Stance::Missing,
        "mixed" => Stance::Mixed,
        other => panic!("`{other}` is not a stance"),
    }
}

#[test]
fn sentences_have_the_stance_and_cue_given_with_them() {
    let mut wrong = Vec::new();
    let lines = include_str!("sentences.txt").lines().filter(|line| !line.starts_with('#'));
    for line in lines {
        let [expected, cue, sentence] = line.split(" | ").collect::<Vec<_>>()[..] else {
            panic!("three fields: {line}")
        };
        let (found, words) = read(sentence, &CueSet::default());
        if found != stance(expected) || (cue != "-" && cue != words) {
            wrong.push(format!("{line}\n    found {found:?} by `{words}`"));
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

proptest::proptest! {
    /// A sentence without a word that tells a stance is not looked into; looked into, it would say the same.
    #[test]
    fn quiet_sentences_are_those_that_say_nothing(words in proptest::collection::vec(0..WORDS.len(), 1..14), theme in 0..14_usize) {
        let text = words.iter().map(|word| WORDS[*word]).collect::<Vec<_>>().join(" ");
        let tokens = Tokens::of(&text);
        proptest::prop_assume!(!tokens.words().is_empty());
        let theme = theme % tokens.words().len();
        let mention = theme..theme + 1;
        let mut sentence = Sentence::around(&text, &tokens, mention.clone(), &CueSet::default());
        negation::cancel(&mut sentence);
        let in_full = told(&sentence, &tokens);
        proptest::prop_assert_eq!(stance_of(&text, &tokens, mention, &CueSet::default()), in_full);
    }
}

#[test]
fn a_codebooks_own_cues_hold_anywhere_in_the_clause_and_go_before_shipped_ones() {
    let own = |missing: &[&str], needed: &[&str]| {
        let owned = |list: &[&str]| list.iter().map(|cue| (*cue).to_owned()).collect::<Vec<_>>();
        CueSet::new(&owned(missing), &[], &owned(needed))
    };
    let cues = own(&["På papiret", "kaffikoppen"], &["ikke minst", ""]);
    assert_eq!(read("[Forankringa] sit i kaffikoppen, sa ho.", &cues), (Stance::Missing, "kaffikoppen".to_owned()));
    assert_eq!(read("Ikke minst [forankring].", &cues), (Stance::Needed, "Ikke minst".to_owned()));
    assert_eq!(read("Kaffikoppen er tom. [Forankringa] er god.", &cues), (Stance::Present, "-".to_owned()));
    assert_eq!(read("Det mangler [forankring].", &cues), (Stance::Missing, "mangler".to_owned()));
}

#[test]
fn cues_among_the_words_of_a_long_mention_count() {
    assert_eq!(read("[manglende forankring] i ledelsen", &CueSet::default()).0, Stance::Missing);
    assert_eq!(read("Prosjektet [må forankres] der.", &CueSet::default()).0, Stance::Needed);
    assert_eq!(read("[institusjonell forankring] finnes", &CueSet::default()).0, Stance::Present);
}

#[test]
fn words_that_make_the_mention_are_no_cues_and_words_among_them_are() {
    for (sentence, own, expected) in [
        ("Folk [orka ikke] mer.", &["orka", "ikke"][..], Stance::Present),
        ("Folk [orka ikke] mer.", &[], Stance::Missing),
        // What stands around it still tells.
        ("Det var ingen som [gadd ikkje] lenger.", &["gadd", "ikkje"], Stance::Missing),
        ("[Støtten som mangler fra ledelsen], hemmer oss.", &["støtten", "ledelsen"], Stance::Missing),
        ("[Støtte må vi ha fra ledelsen].", &["støtte", "ledelsen"], Stance::Needed),
        // Only a negation is a part of the theme: what lacks, lacks whoever asks for the word.
        ("[Støtte mangler fra ledelsen].", &["støtte", "mangler"], Stance::Missing),
        ("[Manglende forankring] i ledelsen.", &["manglende", "forankring"], Stance::Missing),
        // A longer cue that has one of them gives way to a shorter one that has none.
        ("I liten [grad av forankring].", &["grad", "av", "forankring"], Stance::Missing),
        ("Vi har [noen som lærer av andre] i teamet.", &["lærer", "andre"], Stance::Present),
    ] {
        let (text, theme) = marked(sentence);
        let is_own = |form: &str| own.contains(&form);
        let found = Stances::new(&text, &Tokens::of(&text)).of(theme, &is_own, &CueSet::default());
        assert_eq!(found.0, expected, "{sentence} {own:?} {found:?}");
    }
    // What a codebook says of its own themes goes before.
    let (text, theme) = marked("Folk [orka ikke] mer.");
    let cues = CueSet::new(&["ikke".to_owned()], &[], &[]);
    assert_eq!(Stances::new(&text, &Tokens::of(&text)).of(theme, &|_| true, &cues).0, Stance::Missing);
}

#[test]
fn mentions_that_are_empty_or_beyond_the_words_are_present() {
    let tokens = Tokens::of("ikke her");
    for mention in [0..0, 5..6, 1..9] {
        assert_eq!(stance_of("ikke her", &tokens, mention, &CueSet::default()), (Stance::Present, None));
    }
}

#[test]
fn a_segment_is_mixed_where_its_theme_is_present_and_missing() {
    use Stance::{Missing, Mixed, Needed, Present};
    for (mentions, expected) in [
        (vec![], None),
        (vec![Present, Present], Some(Present)),
        (vec![Present, Needed], Some(Needed)),
        (vec![Needed, Missing], Some(Missing)),
        (vec![Present, Missing], Some(Mixed)),
        (vec![Missing, Mixed], Some(Mixed)),
    ] {
        assert_eq!(stance_of_segment(mentions.clone()), expected, "{mentions:?}");
    }
}

/// The report that two readers coded by hand: a paragraph's words for forankring by their first letters only.
#[test]
fn forankring_in_the_hand_coded_report_has_the_stance_its_readers_gave_it() {
    let Some(shared) = std::env::var_os("TEMAKART_SHARED").map(std::path::PathBuf::from) else {
        println!("skipped: TEMAKART_SHARED is not set");
        return;
    };
    let folder = shared.join("data/piloten");
    let gold = std::fs::read_to_string(folder.join("gold.jsonl")).expect("the gold can be read");
    let (mut right, mut wrong) = (0, Vec::new());
    for line in gold.lines() {
        let row: serde_json::Value = serde_json::from_str(line).expect("a line of the gold is JSON");
        let Some(expected) = row["forankring_polarity"].as_str() else { continue };
        let (path, start) = (row["path"].as_str().expect("a path"), row["start"].as_str().expect("a start"));
        let document = std::fs::read_to_string(folder.join(path)).expect("the document can be read");
        let paragraph = document.lines().find(|line| line.starts_with(start)).expect("the paragraph stands there");
        let tokens = Tokens::of(paragraph);
        let themes = ["forank", "eierskap", "eigarskap", "tilslutning", "støtte"];
        let mentions: Vec<_> = (0..tokens.words().len())
            .filter(|index| themes.iter().any(|theme| tokens.form(*index).starts_with(theme)))
            .map(|index| stance_of(paragraph, &tokens, index..index + 1, &CueSet::default()))
            .collect();
        let found = stance_of_segment(mentions.iter().map(|(stance, _)| *stance));
        if found == Some(stance(expected)) {
            right += 1;
        } else {
            let cues: Vec<_> = mentions.iter().map(|(_, cue)| cue.map(|cue| cue.written(paragraph))).collect();
            wrong.push(format!("{path}: expected {expected}, found {found:?} by {cues:?}"));
        }
    }
    println!("right in {right} of {}\n{}", right + wrong.len(), wrong.join("\n"));
    assert!(right >= 13, "right in {right} of {}\n{}", right + wrong.len(), wrong.join("\n"));
}

/// Words that make sentences with all kinds of cues when they are put one behind another.
const WORDS: [&str; 29] = [
    "ikke",
    "må",
    "uten",
    "forankring",
    "er",
    "svak",
    "at",
    "som",
    "og",
    "men",
    ",",
    ".",
    "–",
    "ingen",
    "noen",
    "andre",
    "mangler",
    "tid",
    "ha",
    "i",
    "liten",
    "grad",
    "av",
    "vi",
    "viktig",
    "å",
    "det",
    ";",
    "tro",
];

proptest::proptest! {
    /// No text and no place in it is a trouble, and a cue's words stand in the text.
    #[test]
    fn any_text_has_a_stance(
        words in proptest::collection::vec(proptest::sample::select(&WORDS[..]), 0..40),
        at in 0_usize..40,
        length in 1_usize..4,
    ) {
        let text = words.join(" ");
        let tokens = Tokens::of(&text);
        let (stance, cue) = stance_of(&text, &tokens, at..at + length, &CueSet::default());
        proptest::prop_assert_eq!(stance == Stance::Present, cue.is_none());
        if let Some(cue) = cue {
            proptest::prop_assert!(!cue.written(&text).is_empty());
        }
    }

    /// What is kept of a sentence from mention to mention never changes what a mention has.
    #[test]
    fn mentions_asked_together_have_the_stances_that_each_has_alone(
        words in proptest::collection::vec(proptest::sample::select(&WORDS[..]), 0..80),
        mentions in proptest::collection::vec((0_usize..80, 1_usize..4, proptest::bool::ANY), 0..20),
    ) {
        let text = words.join(" ");
        let tokens = Tokens::of(&text);
        let sets = [CueSet::default(), CueSet::new(&["er i".to_owned()], &[], &["tid".to_owned()])];
        let mut stances = Stances::new(&text, &tokens);
        for (at, length, has_own) in mentions {
            let (words, cues) = (at..at + length, &sets[usize::from(has_own)]);
            let found = stances.of(words.clone(), &|_| false, cues);
            proptest::prop_assert_eq!(found, stance_of(&text, &tokens, words, cues));
        }
    }
}
