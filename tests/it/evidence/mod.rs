//! Claims and their passages: directions against our own reading, lists of claims, names, flags.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::process::Command;
use std::time::{Duration, Instant};

use serde::Deserialize;
use temakart::codebook::{self, Codebook};
use temakart::pipeline;
use temakart::search::{Claim, ClaimEvidence, Direction, Flag, claims_of_file, typed_claim};

use crate::ingest::make;
use crate::root;
use crate::study::Study;

#[derive(Deserialize)]
struct Gold {
    claim: Vec<Read>,
}

#[derive(Deserialize)]
struct Read {
    text: String,
    #[serde(default)]
    same: Vec<String>,
    #[serde(default)]
    opposite: Vec<String>,
    #[serde(default)]
    unclear: Vec<String>,
}

fn claim(text: &str) -> Claim {
    Claim { id: "1".to_owned(), text: text.to_owned() }
}

fn put(study: &Study, codebook: &Codebook, claims: &[Claim], limit: usize) -> Vec<ClaimEvidence> {
    let opened = study.open();
    let mentions = pipeline::mentions(&opened, codebook).unwrap();
    pipeline::evidence(&opened, codebook, &mentions, claims, limit).unwrap()
}

fn shipped() -> Codebook {
    codebook::load(&root().join("codebooks/piloten.toml")).unwrap().0
}

/// What the rule tells of passages that a reader has judged.
struct Judged {
    /// Passages by what the reader says and what the rule tells.
    table: BTreeMap<(Direction, Direction), usize>,
    misses: String,
}

impl Judged {
    fn count(&self, is: impl Fn(Direction, Direction) -> bool) -> usize {
        self.table.iter().filter(|((read, told), _)| is(*read, *told)).map(|(_, n)| n).sum()
    }

    /// Passages that the rule gives a direction, rightly or not.
    fn given(&self) -> usize {
        self.count(|_, told| told != Direction::Unclear)
    }

    fn rightly_given(&self) -> usize {
        self.count(|read, told| told != Direction::Unclear && told == read)
    }

    /// Passages that have a direction.
    fn directed(&self) -> usize {
        self.count(|read, _| read != Direction::Unclear)
    }

    /// Told the opposite of what they say.
    fn turned(&self) -> usize {
        self.count(|read, told| told != Direction::Unclear && read != Direction::Unclear && told != read)
    }
}

/// Every passage is a document; all claims of a list are put to all of its passages.
fn judge(gold: &str) -> Judged {
    let gold: Gold = toml::from_str(gold).unwrap();
    let study = Study::empty();
    let mut passages: Vec<(usize, String, &str, Direction)> = Vec::new();
    for (index, claim) in gold.claim.iter().enumerate() {
        let read = [
            (&claim.same, Direction::Same),
            (&claim.opposite, Direction::Opposite),
            (&claim.unclear, Direction::Unclear),
        ];
        for (text, direction) in
            read.into_iter().flat_map(|(texts, direction)| texts.iter().map(move |t| (t, direction)))
        {
            let path = format!("documents/a/b/{:02}.txt", passages.len());
            study.write(&path, text);
            passages.push((index, path, text, direction));
        }
    }
    let claims: Vec<Claim> = gold.claim.iter().map(|read| typed_claim(&read.text).unwrap()).collect();
    let opened = study.open();
    let codebook = shipped();
    let mentions = pipeline::mentions(&opened, &codebook).unwrap();
    let found = pipeline::evidence(&opened, &codebook, &mentions, &claims, passages.len()).unwrap();
    let mut judged = Judged { table: BTreeMap::new(), misses: String::new() };
    for (index, path, text, read) in &passages {
        let of_path = |document: usize| opened.corpus.documents()[document].path == *path;
        let passage = found[*index].passages.iter().find(|passage| of_path(passage.document));
        let told = passage.map_or(Direction::Unclear, |passage| passage.direction);
        *judged.table.entry((*read, told)).or_default() += 1;
        if told != *read {
            let cue = passage.and_then(|passage| passage.cue.clone());
            let _ = writeln!(judged.misses, "{read:?}, told {told:?} by {cue:?}: {} | {text}", claims[*index].text);
        }
    }
    judged
}

/// `rightly` of the `given` directions are those of a reader, at least, and of `total` passages: the figures reached,
/// raised, never lowered silently.
#[track_caller]
fn check_directions(name: &str, judged: &Judged, total: usize, (rightly, given): (usize, usize)) {
    assert_eq!(judged.count(|_, _| true), total);
    let (found, told, directed) = (judged.rightly_given(), judged.given(), judged.directed());
    println!(
        "direction, {name}: {found} of {told} given are right, of {directed} that have one; {} turned round; \
         {} of {total} as a reader has it",
        judged.turned(),
        judged.count(|read, told| read == told),
    );
    assert!(found >= rightly, "{name}: {found} right directions");
    assert!(told - found <= given - rightly, "{name}: {} wrong directions", told - found);
}

#[test]
fn directions_of_short_passages_agree_with_a_reader() {
    let judged = judge(include_str!("short.toml"));
    println!("{}", judged.misses);
    check_directions("short passages", &judged, 60, (36, 36));
}

#[test]
fn directions_of_report_prose_agree_with_a_reader() {
    let judged = judge(include_str!("prose.toml"));
    println!("{}", judged.misses);
    check_directions("report prose, mended on", &judged, 60, (25, 25));
}

#[test]
fn directions_of_unseen_prose_agree_with_a_reader() {
    let judged = judge(include_str!("unseen.toml"));
    check_directions("report prose, unseen", &judged, 30, (16, 18));
}

#[test]
fn directions_of_pairs_that_differ_in_one_thing_agree_with_a_reader() {
    let judged = judge(include_str!("pairs.toml"));
    println!("{}", judged.misses);
    check_directions("pairs", &judged, 69, (49, 49));
}

#[test]
fn directions_that_hang_on_how_a_thing_is_worded_agree_with_a_reader() {
    let judged = judge(include_str!("worded.toml"));
    println!("{}", judged.misses);
    check_directions("wordings", &judged, 55, (37, 37));
}

#[test]
fn directions_of_claims_about_a_theme_agree_with_a_reader() {
    // Among passages of other things, so that the theme's words are as rare as in a study.
    let judged = judge(&[include_str!("themes.toml"), include_str!("prose.toml")].concat());
    println!("{}", judged.misses);
    check_directions("themes", &judged, 86, (39, 39));
}

#[test]
fn a_verb_of_the_letters_of_a_phase_does_not_name_it() {
    let study = Study::empty();
    let values = "[{ id = \"start\" }, { id = \"slutt\", label = \"Slutt\", aliases = [\"Avslutning\"] }]";
    study.write(
        "temakart.toml",
        format!("format = 1\n[phase]\nvalues = {values}\n[layout]\npath = \"{{case}}/{{phase}}/*\"\n"),
    );
    study.write("documents/nord/start/a.txt", "Rektor sluttet i mai, og da startet uroen.");
    study.write("documents/nord/slutt/b.txt", "Det var stille på skolen, sier rektor.");
    let named = |text: &str| put(&study, &Codebook::empty(), &[claim(text)], 5)[0].phases.clone();
    for text in [
        "Rektor har sluttet",
        "Rektor sluttet i mai",
        "Leiaren slutta",
        "Rådmannen startet arbeidet",
        "De startet med ledelsen",
        "Me starta seint",
        "Kurset slutter sent",
    ] {
        assert_eq!(named(text), [] as [String; 0], "{text}");
    }
    for (text, phase) in [
        ("Rektor var skeptisk i starten", "start"),
        ("Rektor var skeptisk ved slutten", "slutt"),
        ("Rektor var skeptisk i sluttfasen", "slutt"),
        ("Rektor var skeptisk ved avslutningen", "slutt"),
    ] {
        assert_eq!(named(text), [phase], "{text}");
    }
    let found = put(&study, &Codebook::empty(), &[claim("Rektor sluttet i mai")], 5);
    assert_eq!(found[0].passages[0].direction, Direction::Same);
}

#[test]
fn a_claim_finds_what_speaks_of_it_with_its_theme_and_place() {
    let study = Study::example();
    let found = put(&study, &shipped(), &[claim("Forankringen var svak i Matnavet ved starten")], 5);
    let found = &found[0];
    assert_eq!(found.cases, ["matnavet"]);
    assert_eq!(found.phases, ["start"]);
    assert_eq!(found.codes.len(), 1, "the theme is recognised");
    assert!(!found.passages.is_empty() && found.passages.len() <= 5);
    let codes = &found.passages[0].codes;
    assert!(codes.contains(&found.codes[0]), "the best passage is coded with the theme");
}

#[test]
fn what_the_material_does_not_speak_of_has_no_evidence() {
    let study = Study::example();
    let found = put(&study, &shipped(), &[claim("Romfergen landet på Jupiter"), claim("og det som er")], 5);
    assert_eq!(found[0].flags, [Flag::NoEvidence]);
    assert_eq!(found[1].flags, [Flag::NoEvidence], "a claim of words of grammar alone");
}

#[test]
fn one_document_one_voice_and_one_case_are_said_and_so_is_counter_evidence() {
    let study = Study::empty();
    study.write("temakart.toml", "format = 1\n[layout]\npath = \"{case}/{phase}/*\"\n");
    let other = "Ola: Vi spiste middag.\n\nPer: Den var god.\n\nOla: Det var den.\n";
    let kari = "Kari: Opplæringen var god for alle ansatte.\n\nPer: Javel.\n\nKari: Slik var det.\n\nPer: Ja.\n";
    study.write("documents/nord/start/a.txt", kari);
    study.write("documents/sor/start/b.txt", other);
    let codebook = Codebook::empty();
    let found = put(&study, &codebook, &[claim("Opplæringen var god for de ansatte")], 5);
    assert_eq!(found[0].flags, [Flag::OneDocument, Flag::OneSpeaker, Flag::OneCase]);
    study.write("documents/sor/start/b.txt", other.replace("Den var god", "Opplæringen var dårlig for de ansatte"));
    let found = put(&study, &codebook, &[claim("Opplæringen var god for de ansatte")], 5);
    // What speaks for it rests on one voice, whoever speaks against it.
    assert_eq!(found[0].flags, [Flag::OneDocument, Flag::OneSpeaker, Flag::OneCase, Flag::CounterEvidence]);
    assert_eq!((found[0].behind.documents, found[0].behind.speakers), (2, Some(2)));
    assert_eq!(found[0].behind.cases, ["nord", "sor"]);
}

#[test]
fn flags_are_of_all_that_is_found_and_not_of_what_is_shown() {
    let study = Study::empty();
    study.write("temakart.toml", "format = 1\n[layout]\npath = \"{case}/{phase}/*\"\n");
    study.write(
        "documents/nord/start/a.txt",
        "Anne: Opplæringen var god for de ansatte.\n\nPer: Ja.\n\nAnne: Nettopp.\n",
    );
    study.write(
        "documents/sor/start/b.txt",
        "Kari: Opplæringen var dårlig for de ansatte.\n\nOla: Ja.\n\nKari: Nettopp.\n",
    );
    let flags = |limit: usize| {
        let found = put(&study, &Codebook::empty(), &[claim("Opplæringen var god for de ansatte")], limit);
        (found[0].passages.len(), found[0].found.total(), found[0].flags.clone())
    };
    let expected = vec![Flag::OneDocument, Flag::OneSpeaker, Flag::OneCase, Flag::CounterEvidence];
    assert_eq!(flags(0), (0, 2, expected.clone()));
    assert_eq!(flags(1), (1, 2, expected.clone()));
    assert_eq!(flags(9), (2, 2, expected));
}

#[test]
fn what_is_counted_does_not_depend_on_how_much_is_shown() {
    let study = Study::empty();
    study.write("temakart.toml", "format = 1\n[layout]\npath = \"{case}/{phase}/*\"\n");
    for n in 0..60 {
        let how = ["god", "dårlig", "ny"][n % 3];
        let text =
            format!("Kari {n}: I {n} var opplæringen {how} for de ansatte.\n\nOla: Ja, {n}.\n\nKari {n}: Nei.\n");
        study.write(&format!("documents/sted{}/start/{n:02}.txt", n % 5), text);
    }
    let all = |limit: usize| {
        let found = put(&study, &Codebook::empty(), &[claim("Opplæringen var god for de ansatte")], limit).remove(0);
        assert_eq!(found.passages.len(), limit.min(found.found.total()));
        assert!(!found.has_more);
        (found.found, found.behind, found.flags)
    };
    let (found, behind, flags) = all(8);
    assert_eq!((found.same, found.opposite, found.unclear), (20, 20, 20));
    assert_eq!((behind.documents, behind.speakers, behind.cases.len()), (60, Some(60), 5));
    assert_eq!(flags, [Flag::CounterEvidence]);
    for limit in [0, 1, 59, 200] {
        assert_eq!(all(limit), (found, behind.clone(), flags.clone()), "{limit}");
    }
}

#[test]
fn a_claim_with_more_passages_than_are_read_says_so() {
    let study = Study::empty();
    study.write("temakart.toml", "format = 1\n[layout]\npath = \"{case}/{phase}/*\"\n");
    let text = |n: usize| format!("Opplæring nummer {n} var god for de ansatte.\n\n");
    let has_more = |n_passages: usize| {
        study.write("documents/nord/start/a.txt", (0..n_passages).map(text).collect::<String>());
        let found = put(&study, &Codebook::empty(), &[claim("Opplæringen var god for de ansatte")], 5).remove(0);
        (found.found.total(), found.has_more)
    };
    assert_eq!([has_more(400), has_more(401)], [(400, false), (400, true)]);
}

#[test]
fn who_answers_in_the_same_passage_speaks_for_themselves() {
    let study = Study::empty();
    study.write("temakart.toml", "format = 1\n[layout]\npath = \"{case}/{phase}/*\"\n");
    study.write(
        "documents/a/start/gruppe.txt",
        "Anne: Jeg synes forankringen i kommunen er god.\n\nPer: Nei, forankringen i kommunen er dårlig.\n\nAnne: Ja.\n",
    );
    let opened = study.open();
    let codebook = Codebook::empty();
    let mentions = pipeline::mentions(&opened, &codebook).unwrap();
    let told = |text: &str| -> (Vec<(String, Direction)>, Option<u64>, Vec<Flag>) {
        let found = pipeline::evidence(&opened, &codebook, &mentions, &[claim(text)], 9).unwrap().remove(0);
        let speaker = |row: usize| opened.material.speaker(row).unwrap_or_default().to_owned();
        let passages = found.passages.iter().map(|p| (speaker(p.row), p.direction)).collect();
        (passages, found.behind.speakers, found.flags)
    };
    let (anne, per) = ("Anne".to_owned(), "Per".to_owned());
    let flags = vec![Flag::OneDocument, Flag::OneSpeaker, Flag::CounterEvidence];
    let (passages, speakers, told_flags) = told("Forankringen i kommunen er god");
    assert_eq!(passages, [(anne.clone(), Direction::Same), (per.clone(), Direction::Opposite)]);
    assert_eq!((speakers, told_flags), (Some(2), flags.clone()));
    let (mut passages, speakers, told_flags) = told("Forankringen i kommunen er dårlig");
    passages.sort();
    assert_eq!(passages, [(anne, Direction::Opposite), (per.clone(), Direction::Same)]);
    assert_eq!((speakers, told_flags), (Some(2), flags));
    let (passages, ..) = told("Per mente at forankringen i kommunen er god");
    assert_eq!(passages, [(per, Direction::Opposite)]);
}

#[test]
fn what_leads_up_to_the_best_turn_is_heard_too() {
    let study = Study::empty();
    study.write("temakart.toml", "format = 1\n[layout]\npath = \"{case}/{phase}/*\"\n");
    study.write(
        "documents/a/start/m.txt",
        "Kari: Det første året var tungt. Samarbeidet med sykehuset ble bedre i løpet av året, og vi fikk raskere svar. \
         Pengene forsvant likevel.\n\nNils: Samarbeidet med sykehuset ble dårligere i løpet av året.\n\nKari: Ja.\n",
    );
    let found = put(&study, &Codebook::empty(), &[claim("Samarbeidet med sykehuset ble dårligere")], 9);
    let directions: Vec<Direction> = found[0].passages.iter().map(|passage| passage.direction).collect();
    assert_eq!(directions, [Direction::Same, Direction::Opposite], "{:#?}", found[0].passages);
    assert!(found[0].flags.contains(&Flag::CounterEvidence));
    // What Nils says is not what Kari meant.
    let found = put(&study, &Codebook::empty(), &[claim("Kari mente at samarbeidet med sykehuset ble dårligere")], 9);
    let directions: Vec<Direction> = found[0].passages.iter().map(|passage| passage.direction).collect();
    assert_eq!(directions, [Direction::Opposite], "{:#?}", found[0].passages);
}

#[test]
fn words_of_nobody_between_labelled_turns_leave_speakers_known() {
    let study = Study::empty();
    study.write("temakart.toml", "format = 1\n[layout]\npath = \"{case}/{phase}/*\"\n");
    let text = "Opplæringen er tema i dag.\n\nOla: Opplæringen er god her.\n\nPer: Vi har tid.\n\nOla: Nettopp det.\n";
    study.write("documents/a/start/x.txt", text);
    let found = put(&study, &Codebook::empty(), &[claim("Opplæringen er god")], 9);
    assert_eq!(found[0].behind.speakers, Some(1), "{:#?}", found[0].passages);
}

#[test]
fn what_is_said_of_another_place_is_not_for_or_against() {
    let study = Study::empty();
    study.write("temakart.toml", "format = 1\n[layout]\npath = \"{case}/{phase}/*\"\n");
    study.write("documents/nord/start/a.txt", "Opplæringen i hjemmetjenesten var dårlig, sier de ansatte.");
    study.write("documents/sor/start/b.txt", "Opplæringen i hjemmetjenesten var god, sier de ansatte.");
    study.write("documents/sor/slutt/vestas.txt", "I hjemmetjenesten var opplæringen god.");
    study.write("documents/sor/slutt/c.txt", "På Vestås var opplæringen i hjemmetjenesten god.");
    let told = |text: &str| -> Vec<(String, Direction)> {
        let opened = study.open();
        let codebook = Codebook::empty();
        let mentions = pipeline::mentions(&opened, &codebook).unwrap();
        let found = pipeline::evidence(&opened, &codebook, &mentions, &[claim(text)], 9).unwrap();
        let path = |document: usize| opened.corpus.documents()[document].path["documents/".len()..].to_owned();
        let mut told: Vec<_> = found[0].passages.iter().map(|p| (path(p.document), p.direction)).collect();
        told.sort();
        told
    };
    let expected = |directions: [Direction; 4]| -> Vec<(String, Direction)> {
        let paths = ["nord/start/a.txt", "sor/slutt/c.txt", "sor/slutt/vestas.txt", "sor/start/b.txt"];
        paths.into_iter().map(str::to_owned).zip(directions).collect()
    };
    let (same, opposite, unclear) = (Direction::Same, Direction::Opposite, Direction::Unclear);
    assert_eq!(told("Opplæringen i hjemmetjenesten var god"), expected([opposite, same, same, same]));
    assert_eq!(told("Opplæringen i hjemmetjenesten i nord var god"), expected([opposite, unclear, unclear, unclear]));
    assert_eq!(told("Opplæringen i hjemmetjenesten på Vestås var god"), expected([unclear, same, same, unclear]));
}

#[test]
fn what_says_the_opposite_is_shown_though_it_ranks_low() {
    let study = Study::empty();
    for index in 0..6 {
        study.write(&format!("documents/a/b/{index}.txt"), "Samarbeidet med høgskolen fungerte godt, sier lederen.");
    }
    study.write(
        "documents/a/b/9.txt",
        "Det er mye å si om det året. Samarbeidet med høgskolen var svakt, og vi så dem lite.",
    );
    let found = put(&study, &Codebook::empty(), &[claim("Samarbeidet med høgskolen fungerte godt")], 3);
    let directions: Vec<Direction> = found[0].passages.iter().map(|passage| passage.direction).collect();
    assert_eq!(directions.last(), Some(&Direction::Opposite), "{:#?}", found[0].passages);
    assert!(found[0].flags.contains(&Flag::CounterEvidence));
    let found = put(&study, &Codebook::empty(), &[claim("Samarbeidet med høgskolen fungerte dårlig")], 3);
    let directions: Vec<Direction> = found[0].passages.iter().map(|passage| passage.direction).collect();
    assert!(directions.contains(&Direction::Same), "what says the same too: {:#?}", found[0].passages);
}

#[test]
fn speech_that_nobody_punctuated_is_quoted_in_pieces_and_not_judged() {
    let study = Study::empty();
    let before = "og så var det det at vi kjørte ned til byen og så på dette ".repeat(8);
    let after = " og etterpå dro vi hjem igjen og spiste middag hos naboen".repeat(8);
    study.write("documents/a/b/1.txt", format!("{before}forankringen i ledelsen var god{after}"));
    let found = put(&study, &Codebook::empty(), &[claim("Forankringen i ledelsen var god")], 3);
    let passage = &found[0].passages[0];
    assert!(passage.quote.contains("forankringen i ledelsen var god"), "{}", passage.quote);
    assert!(passage.quote.split(' ').count() <= 40, "{}", passage.quote);
    assert_eq!((passage.is_cut, passage.direction), ((true, true), Direction::Unclear));
}

#[track_caller]
fn check_list(name: &str, content: &str, expected: &[(&str, &str)]) {
    let study = Study::empty();
    let claims = claims_of_file(&study.write(name, content)).unwrap().claims;
    let found: Vec<(&str, &str)> = claims.iter().map(|claim| (claim.id.as_str(), claim.text.as_str())).collect();
    assert_eq!(found, expected, "{name}");
}

#[test]
fn claims_come_as_lines_sheets_lists_and_drafts() {
    check_list("a.txt", "Det gikk bra.\n\nDet gikk dårlig.\n", &[("1", "Det gikk bra."), ("2", "Det gikk dårlig.")]);
    check_list("a.csv", "id;påstand\nA1;Det gikk bra\nB2;Ikke bra\n", &[("A1", "Det gikk bra"), ("B2", "Ikke bra")]);
    check_list("b.csv", "claim\n\"Bra, sa de\"\n", &[("1", "Bra, sa de")]);
    check_list("a.md", "# Funn\n\n- Det gikk bra\n- Ikke bra\n", &[("1", "Det gikk bra"), ("2", "Ikke bra")]);
    check_list("n.md", "1. Det gikk bra\n2. Ikke bra\n", &[("1", "Det gikk bra"), ("2", "Ikke bra")]);
    let marked = "Funn 3: Det gikk bra.\n3. Ikke bra\n1) Ikke bra\n";
    check_list("b.txt", marked, &[("1", "Det gikk bra."), ("2", "Ikke bra"), ("3", "Ikke bra")]);
    check_list(
        "b.md",
        "- [ ] Det gikk *svakere*\n- [x] Ikke **bra**\n",
        &[("1", "Det gikk svakere"), ("2", "Ikke bra")],
    );
    check_list(
        "draft.md",
        "# Resultater\n\nForankringen var svak i Øyer. Det var bedre andre steder, sier de.\n",
        &[("1", "Forankringen var svak i Øyer."), ("2", "Det var bedre andre steder, sier de.")],
    );
}

#[test]
fn short_sentences_of_a_draft_are_claims_if_they_have_a_verb() {
    let study = Study::empty();
    let draft = "# Funn\n\nPrefekten sluttet. Se tabell 1. Han kom tilbake.\n\n- Opplæringen uteble\n- Nei\n\nTakk.\n";
    let list = claims_of_file(&study.write("utkast.md", draft)).unwrap();
    let texts: Vec<&str> = list.claims.iter().map(|claim| claim.text.as_str()).collect();
    assert_eq!(texts, ["Prefekten sluttet.", "Han kom tilbake.", "Opplæringen uteble"]);
    let told = list.left_out.unwrap();
    assert_eq!(told.id, "evidence/left-out");
    assert!(told.message.starts_with("3 sentences in "), "{}", told.message);
    assert!(
        told.message.ends_with("are not claims: fewer than 4 words and no verb (`Se tabell 1.`, `Nei`, `Takk.`)"),
        "{}",
        told.message
    );
    assert_eq!(claims_of_file(&study.write("b.md", "Forankringen var svak i Øyer.\n")).unwrap().left_out, None);
}

#[test]
fn a_line_that_is_too_long_is_not_sent_where_it_came_from() {
    let study = Study::empty();
    let error = claims_of_file(&study.write("a.txt", "ord ".repeat(600))).unwrap_err().remove(0);
    assert_eq!(error.id, "evidence/long-claim");
    assert_eq!(
        error.hints,
        ["a text file has one claim per line; to have a draft read sentence by sentence, save it as .md or .docx"]
    );
}

#[test]
fn a_claim_that_is_none_is_refused_at_once() {
    for (text, id) in [("", "evidence/empty-claim"), ("  … !", "evidence/empty-claim")] {
        assert_eq!(typed_claim(text).unwrap_err().id, id, "{text:?}");
    }
    assert_eq!(typed_claim(" \u{7}\u{1b} ").unwrap_err().id, "evidence/empty-claim");
    assert_eq!(typed_claim("Den\u{1b}[31m var\tgod\u{202e}").unwrap().text, "Den [31m var god");
    assert_eq!(typed_claim(&"ord ".repeat(2_500)).unwrap_err().id, "evidence/long-claim");
    let study = Study::empty();
    let empty = claims_of_file(&study.write("a.txt", "\n\n")).unwrap_err();
    assert_eq!(empty[0].id, "evidence/no-claims");
    let sheet = claims_of_file(&study.write("a.csv", "navn,alder\nKari,3\n")).unwrap_err();
    assert_eq!(sheet[0].id, "evidence/no-claim-column");
    let half = claims_of_file(&study.write("a.csv", "id,claim\n1,Bra\n2,Bra, sa de\n")).unwrap_err();
    assert_eq!(half[0].id, "evidence/row-too-long");
    assert!(half[0].message.starts_with("row 3 of"), "{}", half[0].message);
    let half = claims_of_file(&study.write("a.csv", "claim\nBra, sa de\n")).unwrap_err();
    assert_eq!(half[0].id, "evidence/row-too-long");
    assert_eq!(
        claims_of_file(&study.write("a.csv", "id,claim\n1,Bra,,\n")).unwrap().claims.len(),
        1,
        "empty cells are none"
    );
    assert!(!claims_of_file(&study.path().join("not there.csv")).unwrap_err().is_empty());
}

/// A document of Word with these paragraphs.
fn draft(paragraphs: &[&str]) -> Vec<u8> {
    let body: String = paragraphs.iter().map(|text| format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")).collect();
    make::docx(&body, &[])
}

#[test]
fn ids_that_several_claims_have_are_told_of() {
    let with = |ids: &[&str]| -> Option<String> {
        let claims: Vec<Claim> = ids.iter().map(|id| Claim { id: (*id).to_owned(), text: "Bra".to_owned() }).collect();
        pipeline::repeated_ids(&claims).map(|warning| warning.message)
    };
    assert_eq!(with(&["1", "2", "3"]), None);
    assert_eq!(with(&["b", "a", "b", "a", "c"]).unwrap(), "several claims have the same id: `a`, `b`");
}

#[test]
fn claims_come_from_a_draft_in_word() {
    let study = Study::empty();
    let file = study.write(
        "utkast.docx",
        draft(&["Resultater", "Forankringen var svak i Øyer. Det var bedre andre steder, sier de.", "Se tabell 1."]),
    );
    let texts: Vec<String> = claims_of_file(&file).unwrap().claims.into_iter().map(|claim| claim.text).collect();
    assert_eq!(texts, ["Forankringen var svak i Øyer.", "Det var bedre andre steder, sier de."]);
}

#[test]
fn how_a_claim_is_composed_changes_nothing() {
    let study = Study::empty();
    study.write("documents/nord/start/a.txt", "Pårørende i Øyer var fornøyde med måltidene.");
    study.write("documents/nord/start/b.txt", "Bråket på kjøkkenet var ille.");
    // The letters å and ø as one character, and å as a letter with a ring.
    let composed = "De pårørende var fornøyde med måltidene";
    let decomposed = composed.replace('å', "a\u{30a}");
    let passages = |text: &str| put(&study, &Codebook::empty(), &[claim(text)], 5)[0].passages.clone();
    assert_eq!(passages(composed).len(), 1);
    assert_eq!(passages(&decomposed), passages(composed));
}

#[test]
fn threads_change_no_byte() {
    let study = Study::example();
    study.write(
        "claims.txt",
        "Forankringen var svak i Matnavet ved starten\nDet var for lite tid\nIldsjelene bar arbeidet\n",
    );
    for format in ["table", "json", "csv", "markdown"] {
        let of_threads = |threads: &str| {
            let output = Command::new(env!("CARGO_BIN_EXE_temakart"))
                .current_dir(study.path())
                .env("COLUMNS", "80")
                .args(["evidence", ".", "--claims", "claims.txt", "--format", format, "--threads", threads])
                .output()
                .unwrap();
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            output.stdout
        };
        let one = of_threads("1");
        assert!(one.len() > 500, "{format}");
        assert!(one == of_threads("2"), "{format} with one thread and with two");
    }
}

#[test]
fn a_hostile_claim_is_answered_at_once() {
    let study = Study::example();
    let opened = study.open();
    let codebook = shipped();
    let mentions = pipeline::mentions(&opened, &codebook).unwrap();
    let long: String = (0..250).map(|n| format!("ord{n} ")).collect();
    let same = "forankring ".repeat(180);
    let claims = [
        long.as_str(),
        same.as_str(),
        "\"((( forankring AND NOT",
        "a\u{0}b\u{1b}[2J\u{202e} forankring",
        "\u{301}\u{301}\u{301} å\u{30a}\u{30a}",
        "🙂🙂🙂 ½ ²",
        "og i det som",
    ];
    let started = Instant::now();
    for text in claims {
        if let Ok(claim) = typed_claim(text) {
            pipeline::evidence(&opened, &codebook, &mentions, &[claim], 8).unwrap();
        }
    }
    assert!(started.elapsed() < Duration::from_secs(20), "{:?}", started.elapsed());
}

/// A whole document in one line: each of its sentences is read by itself, not with all of the others.
#[test]
fn a_document_in_one_line_is_read_sentence_by_sentence() {
    let study = Study::empty();
    study.write("temakart.toml", "format = 1\n");
    let sentences = "Forankringen i ledelsen er god. Ledelsen har ildsjelene med seg. ".repeat(5_000);
    study.write("documents/nord/start/a.txt", format!("{sentences}Forankringen i ledelsen mangler.\n"));
    let started = Instant::now();
    let found = put(&study, &shipped(), &[claim("Forankringen i ledelsen er god")], 8);
    assert!(started.elapsed() < Duration::from_secs(40), "{:?}", started.elapsed());
    let directions: Vec<Direction> = found[0].passages.iter().map(|passage| passage.direction).collect();
    assert_eq!(directions, [Direction::Same, Direction::Opposite]);
}

#[test]
fn a_report_has_the_claims_in_every_file_that_is_read() {
    let study = Study::example();
    study.write(
        "claims.csv",
        "id;påstand\nA1;Forankringen var svak i Matnavet ved starten\nB2;Romfergen landet på Jupiter\n",
    );
    let run = |args: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_temakart"));
        let output = command.current_dir(study.path()).args(args).args(["--claims", "claims.csv"]).output().unwrap();
        (output.status.code(), String::from_utf8(output.stdout).unwrap())
    };
    let (_, json) = run(&["evidence", ".", "--format", "json"]);
    let found: serde_json::Value = serde_json::from_str(&json).unwrap();
    let quotes: Vec<&str> =
        found["claims"][0]["passages"].as_array().unwrap().iter().map(|p| p["quote"].as_str().unwrap()).collect();
    assert!(quotes.len() > 2);
    for file in ["report.md", "report.docx", "report.html"] {
        assert_eq!(run(&["report", ".", "--out", file]).0, Some(0), "{file}");
        let read = temakart::ingest::read(&study.path().join(file), &temakart::ingest::Limits::default()).unwrap();
        let words = |text: &str| -> String { text.split_whitespace().collect::<Vec<_>>().join(" ").replace('\\', "") };
        let text = words(&read.extracted.text);
        assert!(text.contains("A1. Forankringen var svak"), "{file}");
        let n = quotes.iter().filter(|quote| text.contains(&words(quote))).count();
        // The report shows no more passages than it has room for.
        assert!(n >= quotes.len().min(6), "{file}: {n} of {} quotes", quotes.len());
        let (_, claim) = text.split_once("B2. Romfergen").unwrap_or_else(|| panic!("{file}"));
        assert!(claim.contains("Ingen belegg funnet"), "{file}");
    }
}
