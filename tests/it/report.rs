//! The report: numbers lead to their quotes, the same input gives the same bytes, hostile text stays text.

use std::collections::BTreeSet;

use temakart::pipeline::{self, ReportRequest};
use temakart::report::{self, Lang, Links, Paper, Quotes, Report, Summed, Unit};

use crate::study::{Study, open};

fn report(study: &Study, quotes: Quotes) -> Report {
    let run = study.request();
    let opened = open(&run);
    let request = ReportRequest { run, quotes, from: None, to: None, claims: Vec::new() };
    pipeline::study_report(&opened, &request).unwrap_or_else(|messages| panic!("{messages:#?}")).0
}

/// The page's data, as its script reads it.
fn data(page: &str) -> serde_json::Value {
    let (_, rest) = page.split_once("<script type=\"application/json\" id=\"data\">").unwrap();
    serde_json::from_str(rest.split_once("</script>").unwrap().0).unwrap()
}

fn nested() -> Study {
    let study = Study::empty();
    study.write("documents/nord/start/a.txt", "Samarbeid og nettverk. Nettverket manglet ledelse.\n\nIngenting her.");
    study.write("documents/nord/slutt/b.txt", "Et nettverk av ledere, og samarbeid mellom nettverkene.");
    study.write("documents/sør/start/c.txt", "Vi må ha samarbeid.");
    study.write("temakart.toml", "format = 1\nname = \"Nettverk\"\n[layout]\npath = \"{case}/{phase}/*\"\n");
    study.write(
        "codebook.toml",
        "format = 1\n[[code]]\nid = \"samarbeid\"\npatterns = [\"samarbeid\"]\n[[code]]\nid = \"nettverk\"\nparent = \"samarbeid\"\npatterns = [\"nettverk\"]\n",
    );
    study
}

#[track_caller]
fn check_quotes_behind_numbers(report: &Report) {
    let margins = (0..report.case.values.len()).map(Summed::Case);
    let margins = margins.chain((0..report.phase.values.len()).map(Summed::Phase)).chain([Summed::All]);
    let places: Vec<Summed> = report.cells().chain(margins).collect();
    for code in 0..report.codebook.codes.len() {
        for at in &places {
            let quotes: Vec<_> = report.quotes_of(code, *at).collect();
            let segments: BTreeSet<(usize, u32)> = quotes.iter().map(|quote| (quote.document, quote.segment)).collect();
            let documents: BTreeSet<usize> = quotes.iter().map(|quote| quote.document).collect();
            let found = report.headline(code, *at);
            let counts = found.map(|found| (found.counts.mentions, found.counts.segments, found.counts.documents));
            let behind = (quotes.len() as u64, segments.len() as u64, documents.len() as u64);
            assert_eq!(counts.unwrap_or_default(), behind, "{} in {at:?}", report.codebook.codes[code].id);
        }
    }
}

#[test]
fn as_many_quotes_stand_behind_a_number_as_it_says() {
    check_quotes_behind_numbers(&report(&Study::example(), Quotes::Shown));
    let nested = report(&nested(), Quotes::Shown);
    check_quotes_behind_numbers(&nested);
    assert_eq!(nested.headline(0, Summed::All).unwrap().counts.mentions, 7);
    assert_eq!(nested.gaps(), [Summed::Cell(1, 1)]);
}

#[test]
fn the_page_holds_every_quote_where_its_data_say() {
    let study = nested();
    let report = report(&study, Quotes::Shown);
    let data = data(&report::page(&report, Lang::Nb));
    let columns = &data["quotes"];
    for (index, quote) in report.quotes.iter().enumerate() {
        let passage = &data["passages"][columns["passage"][index].as_u64().unwrap() as usize];
        let text: Vec<u16> = passage[8].as_str().unwrap().encode_utf16().collect();
        let (at, length) = (columns["at"][index].as_u64().unwrap(), columns["length"][index].as_u64().unwrap());
        let words = String::from_utf16(&text[at as usize..(at + length) as usize]).unwrap();
        assert_eq!(words, quote.words);
    }
    // Codings of one segment share a passage.
    assert_eq!(data["passages"].as_array().unwrap().len(), 3);
}

#[test]
fn the_same_study_gives_the_same_bytes() {
    let study = Study::example();
    let first = report::page(&report(&study, Quotes::Shown), Lang::Nb);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    let second = pool.install(|| report::page(&report(&study, Quotes::Shown), Lang::Nb));
    assert!(first == second);
}

#[test]
fn a_page_without_quotes_has_no_words_of_the_material() {
    let study = Study::empty();
    study.write("documents/nord/start/a.txt", "Ordføreren Hjallis sa at forankringen var en hemmelighet.");
    study.write("documents/nord/slutt/b.txt", "Hjallis ville ha ledelsesforankring og enda en hemmelighet.");
    study.write("temakart.toml", "format = 1\n[layout]\npath = \"{case}/{phase}/*\"\n");
    study.write("codebook.toml", "format = 1\n[[code]]\nid = \"f\"\nlabel = \"Tema\"\npatterns = [\"forankring\"]\n");
    let page = report::page(&report(&study, Quotes::Withheld), Lang::Nb);
    for word in ["Hjallis", "hemmelighet", "forankringen", "ledelsesforankring"] {
        assert!(!page.contains(word), "{word}");
    }
    assert!(page.contains("2\u{a0}omtaler"), "the number stays");
    let page = report::page(&report(&study, Quotes::Shown), Lang::Nb);
    assert!(page.contains("Hjallis"));
}

#[test]
fn hostile_text_is_text_everywhere() {
    let evil = "</script><script>alert(1)</script><img src=x onerror=alert(2)> \u{202e}snu\u{2066} \u{0}";
    let study = Study::empty();
    let long = format!("{}forankring", "et ord til ".repeat(100_000));
    study.write("documents/nord/start/a.txt", format!("{evil} forankring {evil}\n\n{long}"));
    study.write("documents/nord/slutt/b<b>.txt", format!("Manglende forankring {evil}"));
    let toml = |text: &str| serde_json::to_string(&text.replace('\u{0}', "")).unwrap();
    study.write(
        "temakart.toml",
        format!("format = 1\nname = {}\n[layout]\npath = \"{{case}}/{{phase}}/*\"\n", toml(evil)),
    );
    study.write(
        "codebook.toml",
        format!(
            "format = 1\n[[code]]\nid = \"f\"\nlabel = {}\ndefinition = {}\npatterns = [\"forankring\"]\n",
            toml(evil),
            toml(evil)
        ),
    );
    let report = report(&study, Quotes::Shown);
    let page = report::page(&report, Lang::Nb);
    assert_eq!(page.matches("<script").count(), 2, "the data and the page's own");
    assert_eq!(page.matches("</script").count(), 2);
    assert!(!page.contains("<img") && !page.contains('\u{202e}') && !page.contains('\u{0}'));
    data(&page);
    let picture = report::heatmap(&report, Lang::Nb, Unit::Mentions, Links::None).file();
    assert!(!picture.contains("<script") && !picture.contains("<img"));
}

#[test]
fn the_page_asks_for_nothing_from_elsewhere() {
    let page = report::page(&report(&nested(), Quotes::Shown), Lang::Nn);
    assert!(page.contains("default-src &#39;none&#39;"));
    for word in ["http://", "https://", "@import", "url(", " style=", " onclick"] {
        let allowed = if word == "http://" { page.matches("http://www.w3.org/2000/svg").count() } else { 0 };
        assert_eq!(page.matches(word).count(), allowed, "{word}");
    }
}

#[test]
fn numbers_of_few_persons_are_marked_and_said() {
    let study = Study::empty();
    let turns = |names: &[&str]| -> String {
        names.iter().map(|name| format!("{name}: Her er forankring viktig for oss alle.\n\n")).collect()
    };
    study.write("documents/nord/start/a.txt", turns(&["Kari", "Ola"]));
    study.write("documents/nord/slutt/b.txt", turns(&["Kari", "Ola", "Per", "Liv"]));
    study.write("temakart.toml", "format = 1\n[layout]\npath = \"{case}/{phase}/*\"\n[segments]\nby = \"turn\"\n");
    study.write("codebook.toml", "format = 1\n[[code]]\nid = \"f\"\npatterns = [\"forankring\"]\n");
    let report = report(&study, Quotes::Shown);
    let few = report.few_persons();
    assert_eq!((few.numbers, few.known, few.cells.len()), (1, 2, 1));
    let page = report::page(&report, Lang::Nb);
    assert!(page.contains("2°"));
    assert!(Lang::Nb.few_persons(&report).unwrap().contains("færre enn tre personer"));
}

/// Two cases and two phases whose declared order is not that of their names.
fn in_declared_order() -> Study {
    let study = Study::empty();
    for (case, phase) in [("nord", "start"), ("nord", "avslutning"), ("aust", "start"), ("aust", "avslutning")] {
        study.write(&format!("documents/{case}/{phase}/a.txt"), "Det manglet forankring her.");
    }
    study.write(
        "temakart.toml",
        "format = 1\n[case]\nvalues = [{ id = \"nord\" }, { id = \"aust\" }]\n\
         [phase]\nvalues = [{ id = \"start\" }, { id = \"avslutning\" }]\n[layout]\npath = \"{case}/{phase}/*\"\n",
    );
    study.write("codebook.toml", "format = 1\n[[code]]\nid = \"f\"\npatterns = [\"forankring\"]\n");
    study
}

#[test]
fn quotes_and_documents_stand_as_cases_and_phases_are_declared() {
    let report = report(&in_declared_order(), Quotes::Shown);
    let expected = ["nord/start", "nord/avslutning", "aust/start", "aust/avslutning"];
    let place = |path: &str| path["documents/".len()..path.len() - "/a.txt".len()].to_owned();
    let documents: Vec<String> = report.documents.iter().map(|document| place(&document.path)).collect();
    assert_eq!(documents, expected);
    let quotes: Vec<String> = report.quotes.iter().map(|quote| place(&report.documents[quote.document].path)).collect();
    assert_eq!(quotes, expected);
    let markdown = Paper::of(&report, Lang::Nb).markdown();
    let at = |path: &str| markdown.find(&format!("({}", format!("documents/{path}/a.txt").replace('_', "\\_")));
    let places: Vec<Option<usize>> = expected.iter().map(|path| at(path)).collect();
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{places:?}");
}

/// Phases of English interviews.
fn english(cues: &str) -> Study {
    let study = Study::empty();
    let text = "We did not have enough support from the leaders, and that was what they all said to us.\n\n\
                There was no support at all in the first year, which is why the people who were there left.\n";
    study.write("documents/north/start/a.txt", text);
    study.write("documents/north/slutt/b.txt", text.replace("first", "second"));
    study.write("temakart.toml", "format = 1\n[layout]\npath = \"{case}/{phase}/*\"\n");
    study.write(
        "codebook.toml",
        format!("format = 1\nlanguages = [\"en\"]\n[[code]]\nid = \"s\"\npatterns = [\"support\"]\n{cues}"),
    );
    study
}

#[test]
fn where_no_cue_can_tell_the_stance_it_is_left_out_and_said() {
    let of = |cues: &str| report(&english(cues), Quotes::Shown);
    let found = of("");
    assert_eq!(Lang::of_study(&found), Lang::En, "nothing in the study is Norwegian");
    let page = report::page(&found, Lang::En);
    let markdown = Paper::of(&found, Lang::En).markdown();
    for text in [&page, &markdown] {
        assert!(text.contains("Stance is not available"), "{text}");
        assert!(!text.contains("four of five") && !text.contains("Mentions by stance"));
        assert!(!text.contains("cue words in the same clause"));
    }
    assert!(!page.contains("id=\"stance\"") && !page.contains("class=\"chip"));
    assert_eq!(data(&page)["words"]["stances"], serde_json::json!([]));
    // The codebook says that English is meant.
    assert!(!markdown.contains("other languages"));
    let cued = of("[code.cues]\nmissing = [\"no\"]\n");
    let page = report::page(&cued, Lang::Nb);
    assert!(page.contains("id=\"stance\"") && page.contains("bare kodebokas egne signalord"));
}

#[test]
fn how_often_a_stance_is_right_is_said_with_where_it_was_measured() {
    let report = report(&in_declared_order(), Quotes::Shown);
    for (lang, where_) in [(Lang::Nb, "nye setninger"), (Lang::Nn, "nye setningar"), (Lang::En, "new sentences")] {
        let limits = lang.limits(&report).join(" ");
        assert!(limits.contains(where_), "{limits}");
    }
}

#[test]
fn the_sum_of_everything_stays_in_sight_and_unknown_speakers_are_not_missing_material() {
    let page = report::page(&report(&in_declared_order(), Quotes::Shown), Lang::Nb);
    let heat = page.split("id=\"heat\"").nth(1).unwrap().split("</table>").next().unwrap();
    assert!(page.contains("<div class=\"scroll wide\""));
    assert_eq!(heat.matches("class=\"total\"").count() + heat.matches(" total\"").count(), 1 + 1 + 4, "{heat}");
    assert!(heat.contains(">ukjent<") && !heat.contains("–"));
    assert!(page.contains("Jo kraftigere farge, jo oftere.") && !page.contains("mørkere"));
}

#[test]
fn a_picture_by_itself_asks_nobody_to_choose() {
    let report = report(&in_declared_order(), Quotes::Shown);
    let picture = report::heatmap(&report, Lang::Nb, Unit::Mentions, Links::None);
    assert!(!picture.description.contains("Velg") && !picture.svg.contains("Velg"));
    assert!(picture.svg.contains("1\u{a0}omtale") && !picture.svg.contains("1\u{a0}omtaler"));
}

#[test]
fn files_without_lines_are_cited_by_paragraph() {
    let study = in_declared_order();
    study.write("documents/nord/start/b.html", "<h1>Møte</h1><p>Innledning.</p><p>Det er god forankring.</p>");
    let report = report(&study, Quotes::Shown);
    let of = |path: &str| {
        let found = report.quotes.iter().find(|quote| report.documents[quote.document].path.ends_with(path));
        found.map(|quote| Lang::Nb.citation(&report, quote))
    };
    assert_eq!(of("start/b.html").as_deref(), Some("documents/nord/start/b.html, avsnitt\u{a0}3"));
    assert_eq!(of("nord/start/a.txt").as_deref(), Some("documents/nord/start/a.txt, linje\u{a0}1"));
    let data = data(&report::page(&report, Lang::Nb));
    let spots: Vec<&str> =
        data["documents"].as_array().unwrap().iter().map(|document| document[2].as_str().unwrap()).collect();
    assert_eq!(spots, ["linje", "avsnitt", "linje", "linje", "linje"]);
}

#[test]
fn a_document_that_is_like_another_is_told_with_the_other_and_how_much() {
    let study = in_declared_order();
    let same = "Prosjektet hadde god forankring i ledelsen, og alle var med fra første stund til siste møte.\n\n\
                Etterpå ble det vanskelig, for folk sluttet, og ingen hadde skrevet ned hva de hadde lært.\n";
    study.write("documents/aust/start/a.txt", same);
    study.write("documents/aust/start/b.txt", format!("{same}\nNoe nytt kom til.\n"));
    let report = report(&study, Quotes::Shown);
    let remarks = Lang::Nb.remarks(&report);
    let remark = remarks.iter().find(|remark| remark.id == "material/near-duplicate").unwrap();
    let (told, _) = remark.named();
    let [told] = told else { panic!("{told:?}") };
    assert!(told.contains("aust/start/a.txt") && told.contains("aust/start/b.txt") && told.contains("\u{a0}% felles"));
}
