//! The report: numbers lead to their quotes, the same input gives the same bytes, hostile text stays text.

use std::collections::BTreeSet;

use temakart::pipeline::{self, ReportRequest};
use temakart::report::{self, Lang, Links, Quotes, Report, Summed, Unit};

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
