//! Where a decision goes when its document changes: to its own passage, never to one like it, else nowhere.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use proptest::prelude::*;
use temakart::decisions::{self, Action, Anchors, Decision};

use crate::study::{self, Study, quick};

const PATH: &str = "documents/nord/start/a.txt";

fn study_of(paragraphs: &[String]) -> Study {
    let study = Study::empty();
    study.write("temakart.toml", "format = 1\n");
    study.write("codebook.toml", "format = 1\n[[code]]\nid = \"f\"\npatterns = [\"forankring\"]\n");
    study.write(PATH, paragraphs.join("\n\n"));
    study
}

/// Accepts some words in a paragraph, as `decide` does.
fn accept(study: &Study, paragraph: usize, quote: &str, coder: &str) {
    let opened = study.open();
    let document = opened.corpus.document_at(PATH).unwrap();
    let segment = Some(u32::try_from(paragraph).unwrap() + 1);
    let wanted = Decision { segment, quote: quote.to_owned(), ..Decision::new(Action::Accept, PATH) };
    let mut anchors = Anchors::new(&opened.corpus);
    let places = anchors.places(document, &wanted).unwrap().found;
    let decision = anchors.decision(Action::Accept, &places[0], "f").unwrap().unwrap();
    drop(opened);
    decisions::append(study.path(), coder, &[decision]).unwrap();
}

/// The paragraph that each coder's decision is found in, and how many are told of as lost.
fn found(study: &Study, paragraphs: &[String]) -> (BTreeMap<String, usize>, usize) {
    study.write(PATH, paragraphs.join("\n\n"));
    let mut request = study.request();
    request.rehash = true;
    let run = study::run(&request);
    let mut found = BTreeMap::new();
    for line in String::from_utf8(run.lines.clone()).unwrap().lines() {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        let coders = line["accepted_by"]
            .as_array()
            .into_iter()
            .flatten()
            .chain(line.get("coder").filter(|_| line["grade"] == "manual"));
        let coders: BTreeSet<&str> = coders.filter_map(|coder| coder.as_str()).collect();
        for coder in coders {
            let segment = usize::try_from(line["segment"].as_u64().unwrap()).unwrap();
            assert_eq!(found.insert(coder.to_owned(), segment - 1), None);
        }
    }
    let lost = run.study.warnings.iter().filter(|warning| warning.id == "decisions/lost");
    (found, lost.count())
}

/// `before` and `after` are paragraphs; the one whose mention is accepted is marked by `*` before, and so is the one
/// where it must be found after; none is where it is lost.
#[track_caller]
fn check(before: &[&str], after: &[&str]) {
    check_words("forankring", before, after);
}

/// The same of other words.
#[track_caller]
fn check_words(quote: &str, before: &[&str], after: &[&str]) {
    let plain = |marked: &[&str]| marked.iter().map(|p| p.trim_start_matches('*').to_owned()).collect::<Vec<_>>();
    let marked = |marked: &[&str]| marked.iter().position(|p| p.starts_with('*'));
    let study = study_of(&plain(before));
    accept(&study, marked(before).unwrap(), quote, "kari");
    let (places, n_lost) = found(&study, &plain(after));
    let expected = marked(after);
    assert_eq!((places.get("kari").copied(), n_lost), (expected, usize::from(expected.is_none())), "{after:?}");
}

#[test]
fn a_decision_stays_with_its_own_passage_among_passages_like_it() {
    const OYER: &str = "*I Øyer er det god forankring i ledelsen og i lagene.";
    const OYER_WITHOUT: &str = "I Øyer er det god forankring i ledelsen og i lagene.";
    const GAUSDAL: &str = "I Gausdal er det god forankring i ledelsen og i lagene.";
    const RINGEBU: &str = "I Ringebu er det god forankring i ledelsen og i lagene.";
    const INTRO: &str = "Innledning om opplegget.";
    const OUTRO: &str = "Vi avslutter her.";
    let before: &[&str] = &[OYER, GAUSDAL];
    check(before, &[OYER, GAUSDAL]);
    check(before, &[GAUSDAL, OYER]);
    check(before, &[GAUSDAL]);
    check(before, &[INTRO, OYER, GAUSDAL]);
    check(before, &[GAUSDAL, "Noe nytt som kom inn her etter en runde med kommentarer fra de andre.", OYER]);
    let before: &[&str] = &[INTRO, OYER, GAUSDAL, OUTRO];
    check(before, &[INTRO, RINGEBU, OYER, GAUSDAL, OUTRO]);
    check(before, &[INTRO, OYER, RINGEBU, GAUSDAL, OUTRO]);
    check(before, &[INTRO, GAUSDAL, OYER, OUTRO]);
    check(before, &[INTRO, GAUSDAL, OUTRO]);
    check(before, &[OYER]);
    check(before, &[OUTRO, OYER, INTRO]);
    // A series of them, from which it goes.
    check(&[INTRO, RINGEBU, OYER, GAUSDAL, OUTRO], &[INTRO, RINGEBU, GAUSDAL, OUTRO]);
    check(&[INTRO, OYER, RINGEBU, GAUSDAL, OUTRO], &[INTRO, RINGEBU, GAUSDAL, OUTRO]);
    check(&[RINGEBU, GAUSDAL, OYER], &[RINGEBU, GAUSDAL]);
    check(&[OYER, RINGEBU, GAUSDAL], &[RINGEBU, GAUSDAL]);
    // The same question before each.
    const QUESTION: &str = "Hva er det viktigste som har skjedd hos dere det siste året?";
    let before: &[&str] = &[QUESTION, OYER, QUESTION, GAUSDAL, QUESTION, OUTRO];
    check(before, &[QUESTION, GAUSDAL, QUESTION, OUTRO]);
    check(before, &[QUESTION, GAUSDAL, QUESTION, OYER, QUESTION, OUTRO]);
    // What distinguishes them stands behind the words, or far from them.
    let (here, there) = ("*Det er god forankring i ledelsen i Øyer.", "Det er god forankring i ledelsen i Gausdal.");
    check(&[here, there], &[there, here]);
    check(&[here, there], &[there]);
    let far =
        "kommune har det de siste årene vært arbeidet svært godt med forankring i ledelsen og i lagene, og ellers.";
    let (here, there) = (format!("*I Øyer {far}"), format!("I Gausdal {far}"));
    check(&[&here, &there], &[&there, &here]);
    check(&[&here, &there], &[&there]);
    // Word for word the same: its neighbours tell.
    let before: &[&str] = &[INTRO, OYER, OUTRO, OYER_WITHOUT, QUESTION];
    check(before, &[OUTRO, OYER_WITHOUT, QUESTION, INTRO, OYER]);
    check(before, &[INTRO, OUTRO, OYER, QUESTION]);
}

#[test]
fn a_decision_is_lost_with_its_passage_where_the_words_stand_between_others() {
    let first = "*Første avsnitt om forankring og mer.";
    let (second, third) = ("Andre avsnitt om forankring og mer.", "Tredje om samarbeid.");
    check(&[first, second, third], &[second, third]);
    check(&[first, second, third], &[second, third, first]);
    check(&[first, second, third], &["Helt annen tekst om forankring som ikke ligner.", third]);
    check(&["*Forankring i laget er god.", third], &["God forankring i laget er god.", "Slutt.", third]);
}

#[test]
fn a_decision_stays_with_a_passage_that_is_edited() {
    let speech = "*Dagen begynte med en lang tale om forankring fra ordføreren.";
    let (other, third) = ("Vi hadde god forankring hos alle.", "Tredje om samarbeid.");
    let before: &[&str] = &[speech, other, third];
    for edited in [
        "*Dagen begynte med en kort tale om forankring fra ordføreren.",
        "*Dagen begynte med en lang, god tale om forankring fra ordføreren.",
        "*Dagen begynte med tale om forankring fra ordføreren.",
        "*Dagen begynte med en lang tale om forankring fra den nye ordføreren.",
        "*Dagen begynte med en lang tale om politisk forankring, sier ordføreren.",
        "*Om morgenen: Dagen begynte med en lang tale om forankring fra ordføreren.",
    ] {
        check(before, &[edited, other, third]);
        check(&[third, speech, other], &[third, edited, other]);
    }
    // A paragraph that is parted or joined.
    check(before, &["Dagen begynte med en lang", "*tale om forankring fra ordføreren.", other, third]);
    check(
        &[third, speech, other],
        &["*Tredje om samarbeid. Dagen begynte med en lang tale om forankring fra ordføreren.", other],
    );
    // Far from its ends, and with other neighbours.
    let long = "og det som gjorde at vi kom i gang var en lang tale om forankring fra ordføreren som alle husker godt";
    let (front, back) = ("Vi var mange ".repeat(20), " og slik gikk det".repeat(20));
    let (whole, edited) =
        (format!("*{front}{long}{back}."), format!("*{front}{}{back}.", long.replace("lang", "kort")));
    check(&[other, &whole, third], &[third, &edited]);
}

#[test]
fn a_sentence_that_is_a_segment_is_found_by_a_context_that_other_programs_give() {
    let text = "---\ntype: referat\n---\nEt referat.\n\nEn forankring. To forankring. Ingenting.\n";
    let study = study_of(&[text.to_owned()]);
    study.write("temakart.toml", "format = 1\n[segments]\nby = \"sentence\"\n");
    for (nth, coder) in ["kari", "ola"].into_iter().enumerate() {
        let (at, quote) = text.match_indices("forankring").nth(nth).unwrap();
        let place = |at: usize| Some(u32::try_from(text[..at].chars().count()).unwrap());
        let decision = Decision {
            start: place(at),
            end: place(at + quote.len()),
            quote: quote.to_owned(),
            before: text[..at].to_owned(),
            after: text[at + quote.len()..].to_owned(),
            code: Some("f".to_owned()),
            ..Decision::new(Action::Accept, PATH)
        };
        decisions::append(study.path(), coder, &[decision]).unwrap();
    }
    let expected = BTreeMap::from([("kari".to_owned(), 1), ("ola".to_owned(), 2)]);
    assert_eq!(found(&study, &[text.to_owned()]), (expected, 0));
}

/// A decision on the `nth` of some words, with so many characters of the text around.
fn cut(text: &str, quote: &str, nth: usize, around: usize) -> Decision {
    let (at, _) = text.match_indices(quote).nth(nth).unwrap();
    let n = |text: &str| u32::try_from(text.chars().count()).unwrap();
    let (before, after) = (&text[..at], &text[at + quote.len()..]);
    let n_skipped = before.chars().count().saturating_sub(around);
    Decision {
        start: Some(n(before)),
        end: Some(n(before) + n(quote)),
        quote: quote.to_owned(),
        before: before.chars().skip(n_skipped).collect(),
        after: after.chars().take(around).collect(),
        code: Some("f".to_owned()),
        ..Decision::new(Action::Accept, PATH)
    }
}

#[test]
fn labels_at_any_distance_are_no_words_of_a_passage() {
    let study = study_of(&[]);
    std::fs::remove_file(study.path().join(PATH)).unwrap();
    let filler = "Vi har jobbet lenge med dette og snakket om det med hverandre i alle de møtene ".repeat(5);
    let text_at = |distance: usize| {
        let said: String = filler.chars().skip(filler.chars().count() - distance).collect();
        let said = said.trim_start();
        format!(
            "Informant 1: {said}forankring i laget.\n\nIntervjuer: Hva mener du?\n\nInformant 1: {said}forankring, sa jeg \
             {said}.\n\nIntervjuer: Takk for det.\n\nInformant 2: Vi er ferdige.\n"
        )
    };
    let path_at = |distance: usize| format!("documents/nord/start/{distance}.txt");
    let mut decided = Vec::new();
    for distance in 0..=300 {
        let text = text_at(distance);
        let document = path_at(distance);
        decided.extend([0, 1].map(|nth| Decision { document: document.clone(), ..cut(&text, "forankring", nth, 240) }));
        study.write(&document, text);
    }
    decisions::append(study.path(), "kari", &decided).unwrap();
    let check = |expected: [u64; 2]| {
        let mut request = study.request();
        request.rehash = true;
        let run = study::run(&request);
        let mut places = BTreeSet::new();
        for line in String::from_utf8(run.lines.clone()).unwrap().lines() {
            let line: serde_json::Value = serde_json::from_str(line).unwrap();
            if !line["accepted_by"].is_null() {
                places.insert((line["document"].as_str().unwrap().to_owned(), line["segment"].as_u64().unwrap()));
            }
        }
        for distance in 0..=300 {
            let is_there = expected.map(|segment| places.contains(&(path_at(distance), segment)));
            assert_eq!(is_there, [true; 2], "{distance}");
        }
        assert_eq!(places.len(), 602);
    };
    check([1, 3]);
    for distance in 0..=300 {
        study.write(&path_at(distance), format!("Intervjuer: Da begynner vi.\n\n{}", text_at(distance)));
    }
    check([2, 4]);
}

#[test]
fn a_quote_without_its_first_words_is_another() {
    let sentence = "Informantene sier at det er god forankring i kommunen";
    let (told, plain) = (format!("*{sentence}."), "Det er god forankring i kommunen og i lagene.");
    let third = "Tredje om samarbeid.";
    check_words(sentence, &[&told, third], &[plain, third]);
    check_words(sentence, &[&told, plain, third], &[plain, third]);
    check_words(sentence, &[third, &told, plain], &[third, &format!("Alle sammen: {sentence}."), plain]);
    // The label of who speaks is none of them.
    let text = "Kari: Det er god forankring i kommunen.\n\nOla: Nei.\n\nKari: Jo da.\n\nOla: Nei.\n";
    let study = study_of(&[text.to_owned()]);
    let decision = cut(text, "Kari: Det er god forankring i kommunen", 0, 240);
    decisions::append(study.path(), "kari", &[Decision { action: Action::Add, ..decision }]).unwrap();
    let n_lost = |text: &str| {
        let run = study::run(&{
            study.write(PATH, text);
            let mut request = study.request();
            request.rehash = true;
            request
        });
        run.study.warnings.iter().filter(|warning| warning.id == "decisions/lost").count()
    };
    assert_eq!(n_lost(text), 0);
    assert_eq!(n_lost(&format!("Ola: Hva nå?\n\n{text}")), 0);
    let other =
        "Ola: Nei.\n\nKari: Det er god forankring i kommunen ved siden av, sier de.\n\nOla: Hm.\n\nKari: Takk.\n";
    assert_eq!(n_lost(other), 1);
}

#[test]
fn long_quotes_that_parallel_passages_share_go_with_their_own() {
    let shared = "er det god forankring i ledelsen og i lagene, og det har det vært lenge";
    let (here, there) = (format!("*I Øyer {shared}."), format!("I Gausdal {shared}."));
    let (intro, outro) = ("Innledning om opplegget.", "Vi avslutter her.");
    check_words(shared, &[&here, &there], &[&there]);
    check_words(shared, &[&here, &there], &[&there, &here]);
    check_words(shared, &[intro, &here, &there, outro], &[intro, &there, outro]);
    check_words(shared, &[intro, &there, &here, outro], &[intro, &there, outro]);
    let rewritten = format!("*For hele dalen {shared}.");
    check_words(shared, &[intro, &here, outro], &[intro, &rewritten, outro]);
}

#[test]
fn a_short_context_of_others_is_no_edge() {
    let text = "Vi har forankring i dag og ellers.\n\nDe andre har ikke noe forankring i laget.\n";
    let study = study_of(&[text.to_owned()]);
    let decision = |before: &str, nth| {
        let whole = cut(text, "forankring", nth, 240);
        let after = whole.after.chars().take(6).collect();
        Decision { before: before.to_owned(), after, ..whole }
    };
    for (coder, before, nth) in [("kari", "har ", 0), ("ola", "noe ", 1), ("per", "", 1)] {
        decisions::append(study.path(), coder, &[decision(before, nth)]).unwrap();
    }
    let expected = [("kari", 0), ("ola", 1), ("per", 1)].map(|(coder, at)| (coder.to_owned(), at));
    assert_eq!(found(&study, &[text.to_owned()]), (BTreeMap::from(expected.clone()), 0));
    assert_eq!(found(&study, &[format!("X{text}")]), (BTreeMap::from(expected), 0));
}

#[test]
fn the_first_words_of_a_passage_are_no_label_because_of_a_colon() {
    let (own, edited) = ("*Konklusjon: god forankring i ledelsen.", "Konklusjonen er god forankring i ledelsen.");
    let other = "God forankring i ledelsen.";
    let (intro, third, outro) = ("Innledning om opplegget.", "Tredje om samarbeid.", "Vi avslutter her.");
    // It may be found where it is or not at all, but nowhere else.
    for before in [&[intro, own, third, other, outro], &[intro, other, third, own, outro]] {
        check(before, &before.map(|text| if text == own { edited } else { text }));
        check(before, &before.map(|text| if text == own { "Helt annen tekst." } else { text }));
        check(before, &before.iter().copied().filter(|text| *text != own).collect::<Vec<_>>());
        check(before, &[third, own, outro, other]);
    }
}

#[test]
fn a_long_quote_stays_where_one_side_of_it_is_as_it_was() {
    let words = |n: usize| (0..200).map(|at| name(n * 200 + at)).collect::<Vec<_>>().join(" ");
    let quote = "Det er god forankring i ledelsen, og det har det vært lenge hos oss i kommunen";
    let (front, back) = (words(0), words(1));
    let own = format!("*{front}. {quote}. {back}.");
    let (intro, outro) = ("Innledning om opplegget.", "Vi avslutter her.");
    let before: &[&str] = &[intro, &own, outro];
    check_words(quote, before, &[intro, &format!("*{front}. {quote}. {}.", "Alt er nytt. ".repeat(40)), outro]);
    check_words(quote, before, &[intro, &format!("*{}. {quote}. {back}.", "Alt er nytt. ".repeat(40)), outro]);
    let inserted = "Dette er en ny setning på tolv ord som noen satte inn";
    check_words(quote, before, &[intro, &format!("*{front}. {quote}. {inserted}. {back}."), outro]);
    // Not where two are like it, nor where nothing beside it is the same.
    let (one, other) = (format!("{front}. {quote}. Ett."), format!("{front}. {quote}. To."));
    check_words(quote, before, &[intro, &one, &other, outro]);
    check_words(quote, before, &[intro, &format!("Ny. {quote}. Ny."), outro]);
}

#[test]
fn among_many_parallel_passages_an_edited_one_is_still_looked_at() {
    let passage = |n: usize| format!("I {} er det god forankring i ledelsen og i lagene.", name(n));
    let mut paragraphs: Vec<String> = (0..100).map(passage).collect();
    let study = study_of(&paragraphs);
    accept(&study, 80, "forankring", "kari");
    paragraphs[80] = paragraphs[80].replace("god forankring i", "nokså god forankring i hele");
    let (places, n_lost) = found(&study, &paragraphs);
    assert_eq!((places.get("kari").copied(), n_lost), (Some(80), 0));
}

/// A paragraph with its name, and the one that it was before the edits.
#[derive(Debug, Clone, PartialEq)]
struct Paragraph {
    origin: Option<usize>,
    form: usize,
    name: usize,
}

/// What paragraphs are like; but for the last two all have the mention, and all but the last a name.
const FORMS: [&str; 5] = [
    "I @ er det god forankring i ledelsen og i lagene.",
    "Det er god forankring i ledelsen hos dem i @ nå.",
    "Forankring er det lite av i @ for tiden.",
    "Samarbeidet med @ går som det skal.",
    "Hva mener dere om dette?",
];
const N_MENTION: usize = 3;

/// What is quoted of each that has the mention: it alone, or all that stands in every paragraph of the form.
const QUOTES: [[&str; 2]; N_MENTION] = [
    ["forankring", "er det god forankring i ledelsen og i lagene"],
    ["forankring", "Det er god forankring i ledelsen hos dem i"],
    ["Forankring", "Forankring er det lite av i"],
];

impl Paragraph {
    fn text(&self) -> String {
        FORMS[self.form].replace('@', &name(self.name))
    }
}

/// A word for a number.
fn name(number: usize) -> String {
    let letters = ["ba", "ke", "lo", "mi", "su", "ty", "ræ", "dø"];
    let mut name = String::new();
    for place in 0..3 {
        write!(name, "{}", letters[(number >> (3 * place)) % 8]).unwrap();
    }
    name
}

#[derive(Debug, Clone)]
enum Edit {
    Insert(prop::sample::Index, usize),
    Delete(prop::sample::Index),
    Swap(prop::sample::Index, prop::sample::Index),
    Reword(prop::sample::Index, usize),
}

fn edit() -> impl Strategy<Value = Edit> {
    let at = any::<prop::sample::Index>;
    prop_oneof![
        (at(), 0..FORMS.len()).prop_map(|(at, form)| Edit::Insert(at, form)),
        at().prop_map(Edit::Delete),
        (at(), at()).prop_map(|(one, other)| Edit::Swap(one, other)),
        (at(), 0..FORMS.len()).prop_map(|(at, form)| Edit::Reword(at, form)),
    ]
}

fn edited(paragraphs: &[Paragraph], edits: &[Edit]) -> Vec<Paragraph> {
    let mut edited = paragraphs.to_vec();
    for (number, edit) in edits.iter().enumerate() {
        let name = 100 + number;
        match edit {
            Edit::Insert(at, form) => {
                edited.insert(at.index(edited.len() + 1), Paragraph { origin: None, form: *form, name });
            }
            Edit::Delete(at) if edited.len() > 1 => drop(edited.remove(at.index(edited.len()))),
            Edit::Delete(_) => {}
            Edit::Swap(one, other) => {
                let (one, other) = (one.index(edited.len()), other.index(edited.len()));
                edited.swap(one, other);
            }
            Edit::Reword(at, form) => {
                let at = at.index(edited.len());
                edited[at] = Paragraph { form: *form, name, ..edited[at] };
            }
        }
    }
    edited
}

/// The texts beside one, as far as a decision knows them.
fn beside(paragraphs: &[Paragraph], at: usize) -> (Vec<String>, Vec<String>) {
    let texts = |some: &[Paragraph]| some.iter().map(Paragraph::text).collect::<Vec<_>>();
    (texts(&paragraphs[at.saturating_sub(3)..at]), texts(&paragraphs[at + 1..paragraphs.len().min(at + 4)]))
}

proptest! {
    #![proptest_config(quick(60))]

    /// A decision whose passage still stands is found there; one whose passage is gone is lost, unless another has come
    /// between the very neighbours that it had, as an edit would.
    #[test]
    fn a_decision_goes_where_its_passage_goes(
        forms in proptest::collection::vec(0..FORMS.len(), 1..9),
        edits in proptest::collection::vec(edit(), 1..5),
        is_long in any::<bool>(),
    ) {
        let paragraphs: Vec<Paragraph> =
            forms.iter().enumerate().map(|(n, form)| Paragraph { origin: Some(n), form: *form, name: n }).collect();
        let texts = |paragraphs: &[Paragraph]| paragraphs.iter().map(Paragraph::text).collect::<Vec<_>>();
        let study = study_of(&texts(&paragraphs));
        let decided: Vec<usize> = (0..forms.len()).filter(|at| forms[*at] < N_MENTION).collect();
        for at in &decided {
            accept(&study, *at, QUOTES[forms[*at]][usize::from(is_long)], &format!("k{at}"));
        }
        let edited = edited(&paragraphs, &edits);
        let (places, _) = found(&study, &texts(&edited));
        for at in decided {
            let place = places.get(&format!("k{at}")).copied();
            if let Some(own) = edited.iter().position(|paragraph| *paragraph == paragraphs[at]) {
                prop_assert_eq!(place, Some(own), "{} in {:#?}", paragraphs[at].text(), texts(&edited));
            } else if let Some(place) = place {
                let (left, right) = beside(&paragraphs, at);
                let (left_now, right_now) = beside(&edited, place);
                let is_between = left.last() == left_now.last() && right.first() == right_now.first();
                prop_assert!(is_between, "{} at {place} in {:#?}", paragraphs[at].text(), texts(&edited));
            }
        }
    }
}

#[test]
fn many_decisions_on_one_large_document_take_time_by_their_number() {
    let words = |n: usize| (0..20).map(|at| name(n * 31 + at * 7)).collect::<Vec<_>>().join(" ");
    let paragraphs: Vec<String> =
        (0..2000).map(|n| format!("{} forankring {}", words(n * 2).repeat(4), words(n * 2 + 1).repeat(4))).collect();
    let study = study_of(&paragraphs);
    let opened = study.open();
    let document = opened.corpus.document_at(PATH).unwrap();
    let wanted = Decision { quote: "forankring".to_owned(), ..Decision::new(Action::Accept, PATH) };
    let mut anchors = Anchors::new(&opened.corpus);
    let places = anchors.places(document, &wanted).unwrap().found;
    let decided: Vec<Decision> =
        places.iter().map(|place| anchors.decision(Action::Accept, place, "f").unwrap().unwrap()).collect();
    drop(opened);
    assert_eq!(decided.len(), 2000);
    decisions::append(study.path(), "kari", &decided).unwrap();
    study.write(PATH, format!("X{}", paragraphs.join("\n\n")));
    let mut request = study.request();
    request.rehash = true;
    let begun = std::time::Instant::now();
    let run = study::run(&request);
    assert_eq!(String::from_utf8(run.lines.clone()).unwrap().matches("\"accepted_by\"").count(), 2000);
    assert!(begun.elapsed().as_secs() < 60, "{:?}", begun.elapsed());
}
