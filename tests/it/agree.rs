//! Agreement between rules and people, on studies small enough to count by hand.

use temakart::agreement::{
    self, Agreement, Coder, Difference, PassageAgreement, Passages, compare_passages, measure, read_gold,
};
use temakart::diag::Diagnostic;
use temakart::stats::bootstrap::Resampling;

use crate::shared;
use crate::study::{Opened, Study};

const CODEBOOK: &str = r#"
format = 1
[[code]]
id = "forankring"
patterns = ["forankring", "forankre"]
[[code]]
id = "politisk"
parent = "forankring"
patterns = ["kommunestyret"]
[[code]]
id = "læring"
label = "Læring og kunnskap"
patterns = ["lære"]
"#;

/// Eight segments; the rules find forankring in 1, 2, 4 (through its child) and 5, læring in 3.
const TEXT: &str = "Vi snakket om forankring.\n\nVi mangler forankring.\n\nVi lærte mye.\n\nKommunestyret sa ja.\n\n\
                    Forankringen var god.\n\nRådmannen var med.\n\nIngenting her.\n\nHeller ikke her.\n";

fn study() -> Study {
    let study = Study::empty();
    study.write("temakart.toml", "format = 1\nname = \"Liten\"\ncodebook = \"codebook.toml\"\n");
    study.write("codebook.toml", CODEBOOK);
    study.write("documents/a/start/1.txt", TEXT);
    study
}

/// Figures, and warnings, of the rules against a sheet.
fn agree(study: &Study, name: &str, sheet: &str) -> Result<(Agreement, Vec<&'static str>), Vec<&'static str>> {
    let path = study.write(name, sheet);
    let ids = |messages: Vec<Diagnostic>| messages.iter().map(|message| message.id).collect::<Vec<_>>();
    let gold = read_gold(&path).map_err(ids)?;
    let run = study.run();
    let opened: &Opened = &run.study;
    let judged = gold.place(run.codebook(), &opened.corpus, &opened.material).map_err(ids)?;
    let found = Coder::of_codings(&run.coded.codings, &judged.units);
    let resampling = Resampling { draws: 199, seed: 1 };
    let sizes = judged.draws.as_ref().map(|strata| {
        let sizes = agreement::read_weights(&path).unwrap().sizes();
        strata.iter().map(|number| sizes[number]).collect::<Vec<_>>()
    });
    Ok((measure(&judged.coder, &found, sizes.as_deref(), resampling), ids(judged.warnings)))
}

const GOLD: &str = "document,segment,codes,stance_forankring\n\
    documents/a/start/1.txt,1,forankring,present\n\
    documents/a/start/1.txt,2,forankring,present\n\
    documents/a/start/1.txt,3,,\n\
    documents/a/start/1.txt,4,politisk,\n\
    documents/a/start/1.txt,6,forankring,needed\n\
    documents/a/start/1.txt,7,,\n";

#[test]
fn figures_are_those_counted_by_hand() {
    let study = study();
    let (agreement, warnings) = agree(&study, "gold.csv", GOLD).unwrap();
    assert!(warnings.is_empty(), "{warnings:?}");
    // Segments 1, 2, 3, 4, 6, 7: the gold has forankring in 1, 2, 4, 6 and the rules in 1, 2, 4; segment 5, where
    // they find it too, is not listed and no matter.
    let forankring = &agreement.codes[0];
    assert_eq!((forankring.units, forankring.gold, forankring.found, forankring.both), (6, 4, 3, 3));
    assert_eq!((forankring.precision.value, forankring.recall.value), (Some(1.0), Some(0.75)));
    assert_eq!(forankring.f1.value, Some(6.0 / 7.0));
    assert_eq!(forankring.percent, Some(5.0 / 6.0));
    // κ: chance is 4/6·3/6 + 2/6·3/6 = 1/2, so (5/6 - 1/2) / (1/2).
    assert!((forankring.kappa.unwrap() - 2.0 / 3.0).abs() < 1e-12);
    // α: coincidences 6 of code, 4 of none, 1 + 1 between; n = 12 with 7 and 5: 1 - 11 · 2 / (2 · 7 · 5).
    assert!((forankring.alpha.value.unwrap() - (1.0 - 11.0 * 2.0 / 70.0)).abs() < 1e-12);
    // AC1: chance is 2 · 7/12 · 5/12.
    let chance = 2.0 * 7.0 / 12.0 * 5.0 / 12.0;
    assert!((forankring.ac1.unwrap() - (5.0 / 6.0 - chance) / (1.0 - chance)).abs() < 1e-12);
    assert_eq!(forankring.prevalence, Some(7.0 / 12.0));
    // The gold never has læring: no recall, and no part in the mean.
    let laering = &agreement.codes[2];
    assert_eq!((laering.gold, laering.found, laering.both), (0, 1, 0));
    assert_eq!((laering.precision.value, laering.recall.value), (Some(0.0), None));
    assert_eq!(agreement.macro_codes, 2);
    assert_eq!(agreement.macro_f1.value, Some((6.0 / 7.0 + 1.0) / 2.0));
    // Stance: segments 1 and 2 have one on both sides, and the rules read 2 as missing.
    let stance = agreement.stances[0];
    assert_eq!((stance.gold, stance.units, stance.agree), (3, 2, 1));
}

#[test]
fn what_was_never_found_by_anybody_has_no_coefficient() {
    let sheet = "document,segment,codes\ndocuments/a/start/1.txt,6,\ndocuments/a/start/1.txt,7,\n";
    let (agreement, _) = agree(&study(), "gold.csv", sheet).unwrap();
    for code in &agreement.codes {
        assert_eq!((code.f1.value, code.alpha.value, code.kappa), (None, None, None));
        assert_eq!(code.percent, Some(1.0));
    }
    assert_eq!(agreement.macro_f1.value, None);
}

#[test]
fn every_form_of_a_sheet_says_the_same() {
    let study = study();
    let lines = GOLD.lines().skip(1).map(|line| {
        let cells: Vec<&str> = line.split(',').collect();
        let codes: Vec<&str> = cells[2].split(';').filter(|code| !code.is_empty()).collect();
        let stance = if cells[3].is_empty() { serde_json::Value::Null } else { cells[3].into() };
        serde_json::json!({"path": cells[0], "paragraph": cells[1].parse::<u32>().unwrap(), "codes": codes,
            "forankring_polarity": stance, "disputed": []})
        .to_string()
    });
    let lines = lines.collect::<Vec<_>>().join("\n");
    let expected = agree(&study, "gold.csv", GOLD).unwrap();
    assert_eq!(agree(&study, "gold.jsonl", &lines).unwrap(), expected);
    let excel = GOLD.replace(',', ";").replace('\n', "\r\n");
    assert_eq!(agree(&study, "excel.csv", &format!("\u{feff}{excel}")).unwrap(), expected);
    let arrays = GOLD.replace(",forankring,", ",\"[\"\"forankring\"\"]\",");
    assert_eq!(agree(&study, "arrays.csv", &arrays).unwrap(), expected);
    let by_label = GOLD.replace(",politisk,", ",Politisk,").replace("codes", "code");
    assert_eq!(agree(&study, "labels.csv", &by_label).unwrap(), expected);
}

#[test]
fn a_sheet_names_documents_as_everything_else_does() {
    let study = study();
    let path = study.write("kort.csv", GOLD.replace("documents/a/start/", ""));
    let gold = read_gold(&path).unwrap().with_whole_paths(&study.open().project);
    assert!(gold.rows.iter().all(|row| row.document == "documents/a/start/1.txt"), "{:?}", gold.rows);
}

#[test]
fn what_does_not_fit_is_told() {
    let study = study();
    let with = |line: &str| format!("{GOLD}{line}\n");
    for (line, expected) in [
        ("documents/a/start/2.txt,1,,", "agreement/unknown-document"),
        ("documents/a/start/1.txt,99,,", "agreement/unknown-segment"),
    ] {
        assert_eq!(agree(&study, "gold.csv", &with(line)).unwrap().1, [expected], "{line}");
    }
    for (line, expected) in [
        ("documents/a/start/1.txt,7,forankrin,", "agreement/unknown-code"),
        ("documents/a/start/1.txt,x,,", "agreement/no-segment"),
        (",1,forankring,", "agreement/no-document"),
        ("documents/a/start/1.txt,1,forankring,kanskje", "agreement/unknown-stance"),
    ] {
        assert_eq!(agree(&study, "gold.csv", &with(line)).unwrap_err(), [expected], "{line}");
    }
    assert_eq!(agree(&study, "gold.csv", "document,codes\na,b\n").unwrap_err(), ["agreement/missing-column"]);
    assert_eq!(agree(&study, "gold.jsonl", "{\"path\": 1}\n").unwrap_err(), ["agreement/wrong-field"]);
    assert_eq!(agree(&study, "gold.jsonl", "nei\n").unwrap_err(), ["agreement/syntax"]);
    assert_eq!(agree(&study, "gold.jsonl", "\n").unwrap_err(), ["agreement/empty"]);
    let other_text = "document,segment,codes,text\ndocuments/a/start/1.txt,1,forankring,Noe annet\n";
    assert_eq!(agree(&study, "gold.csv", other_text).unwrap().1, ["agreement/other-text"]);
}

#[test]
fn disagreements_come_with_text_and_pattern() {
    let study = study();
    let path = study.write("gold.csv", GOLD);
    let run = study.run();
    let judged = read_gold(&path).unwrap().place(run.codebook(), &run.study.corpus, &run.study.material).unwrap();
    let rules = &run.coded.codings;
    let found = Coder::of_codings(rules, &judged.units);
    let coders = (&judged.coder, &found);
    let listed =
        agreement::disagreements(&run.study.corpus, run.codebook(), &judged.units, coders, Some(rules)).unwrap();
    let shown: Vec<(usize, u32, Difference, &str)> = listed
        .iter()
        .map(|one| (one.code, one.unit.segment, one.difference, one.finds.first().map_or("", |find| &find.pattern)))
        .collect();
    use temakart::language::Stance::{Missing, Present};
    let stance = Difference::Stance { gold: Present, found: Some(Missing) };
    let expected = [(0, 6, Difference::Missed, ""), (0, 2, stance, "forankring"), (2, 3, Difference::Extra, "lære")];
    assert_eq!(shown, expected);
    assert_eq!(listed[0].text, "Rådmannen var med.");
}

/// Boundaries of the rules against those of a sheet of passages.
fn passages(study: &Study, name: &str, sheet: &str) -> Option<Vec<PassageAgreement>> {
    let path = study.write(name, sheet);
    let run = study.run();
    let judged = read_gold(&path).unwrap().place(run.codebook(), &run.study.corpus, &run.study.material).unwrap();
    let found = Passages::of_codings(&run.coded.codings, &judged.units);
    let resampling = Resampling { draws: 199, seed: 1 };
    judged.passages.map(|gold| compare_passages(&run.study.corpus, &judged.units, &gold, &found, resampling))
}

#[test]
fn boundaries_of_passages_are_compared_word_by_word() {
    let study = study();
    // Segment 1 is `Vi snakket om forankring.`, from 0: the person marks `om forankring`, the rule the last word.
    // Segment 2 is `Vi mangler forankring.`, from 27: both mark the last word. Segment 7 has no code.
    let sheet = "document,segment,codes,start,end\n\
        documents/a/start/1.txt,1,forankring,11,24\n\
        documents/a/start/1.txt,2,forankring,38,48\n\
        documents/a/start/1.txt,7,,,\n";
    let found = passages(&study, "passages.csv", sheet).unwrap()[0];
    assert_eq!((found.gold, found.found), (2, 2));
    // Of 9 words one differs; 5 are marked and 13 not in both together. Squares 4 + 1 + 1 + 1 and gaps 13:
    // expected 2 · 5 · 13 · 18 / (18² - 20), observed 2.
    let expected = 2.0 * 5.0 * 13.0 * 18.0 / (18.0 * 18.0 - 20.0);
    assert!((found.alpha.value.unwrap() - (1.0 - 2.0 / expected)).abs() < 1e-12, "{found:?}");
    // JSON lines say the same; a place alone, without a passage, is no passage.
    let line = |segment: u32, start: u32, end: u32| {
        format!(
            "{{\"document\":\"documents/a/start/1.txt\",\"segment\":{segment},\"code\":\"forankring\",\"start\":{start},\"end\":{end}}}\n"
        )
    };
    let none = "{\"document\":\"documents/a/start/1.txt\",\"segment\":7,\"codes\":[]}\n";
    let lines = line(1, 11, 24) + &line(2, 38, 48) + none;
    assert_eq!(passages(&study, "passages.jsonl", &lines).unwrap()[0], found);
    assert_eq!(passages(&study, "gold.csv", GOLD), None);
}

#[test]
fn a_file_of_decisions_is_no_sheet() {
    let line =
        "{\"action\":\"reject\",\"document\":\"documents/a/start/1.txt\",\"segment\":1,\"code\":\"forankring\"}\n";
    assert_eq!(agree(&study(), "kari.jsonl", &line.repeat(2)).unwrap_err(), ["agreement/decisions"]);
}

/// Two strata by hand: of 4 segments with the code two were judged, of 6 without it two.
#[test]
fn a_drawn_sheet_stands_for_the_material() {
    let study = study();
    study.write(
        "sheet.strata.json",
        r#"{"format":1,"seed":1,"strata":[{"stratum":1,"drawn":2,"of":4},{"stratum":2,"drawn":2,"of":6}]}"#,
    );
    let sheet = "document,segment,stratum,text,codes,note\n\
        documents/a/start/1.txt,1,1,Vi snakket om forankring.,forankring,\n\
        documents/a/start/1.txt,7,2,Ingenting her.,-,\n\
        documents/a/start/1.txt,2,1,Vi mangler forankring.,-,\n\
        documents/a/start/1.txt,6,2,Rådmannen var med.,forankring,sikker\n\
        documents/a/start/1.txt,3,2,Vi lærte mye.,,ikke lest\n";
    let (agreement, warnings) = agree(&study, "sheet.csv", sheet).unwrap();
    assert_eq!(warnings, ["agreement/empty-rows"]);
    assert_eq!(agreement.stand_for, Some(10));
    // Weights 2 and 3: found rightly 2, found wrongly 2, missed 3, neither 3.
    let forankring = &agreement.codes[0];
    assert_eq!((forankring.units, forankring.gold, forankring.found, forankring.both), (4, 2, 2, 1));
    assert_eq!((forankring.precision.value, forankring.recall.value), (Some(0.5), Some(0.4)));
    assert_eq!((forankring.f1.value, forankring.percent), (Some(4.0 / 9.0), Some(0.5)));
    let blank = "document,segment,stratum,text,codes,note\ndocuments/a/start/1.txt,1,1,,,\n";
    assert_eq!(agree(&study, "sheet.csv", blank).unwrap_err()[0], "agreement/nothing-judged");
}

/// Which rows are of one stratum stands beside the sheet alone, and gives the same figures.
#[test]
fn a_drawn_sheet_does_not_tell_which_rows_are_of_one_stratum() {
    let study = study();
    let weights = |format: &str, rows: &str| {
        let strata = r#"[{"stratum":1,"drawn":2,"of":4},{"stratum":2,"drawn":2,"of":6}]"#;
        study.write("sheet.strata.json", format!("{{\"format\":{format},\"seed\":1,\"strata\":{strata}{rows}}}"));
    };
    let sheet = |column: &str, numbers: [u32; 4]| {
        let rows = [("1", "forankring"), ("7", "-"), ("2", "-"), ("6", "forankring")].into_iter().zip(numbers);
        let rows =
            rows.map(|((segment, codes), number)| format!("documents/a/start/1.txt,{segment},{number},{codes}\n"));
        format!("document,segment,{column},codes\n{}", rows.collect::<String>())
    };
    weights("1", "");
    let (old, _) = agree(&study, "sheet.csv", &sheet("stratum", [1, 2, 1, 2])).unwrap();
    weights("2", r#","rows":[1,2,1,2]"#);
    let (new, _) = agree(&study, "sheet.csv", &sheet("draw", [1, 2, 3, 4])).unwrap();
    assert_eq!((old.stand_for, new.stand_for), (Some(10), Some(10)));
    assert_eq!(new.codes[0].precision.value, old.codes[0].precision.value);
    assert_eq!(new.codes[0].f1.value, old.codes[0].f1.value);
}

/// A sample in which everything was drawn gives the figures of the material itself.
#[test]
fn a_sample_of_everything_is_the_material() {
    let study = study();
    let plain = "document,segment,codes\n".to_owned()
        + &(1..=8)
            .map(|n| format!("documents/a/start/1.txt,{n},{}\n", if n % 3 == 0 { "forankring" } else { "-" }))
            .collect::<String>();
    let (all, _) = agree(&study, "gold.csv", &plain).unwrap();
    study.write("sheet.strata.json", r#"{"format":1,"seed":1,"strata":[{"stratum":1,"drawn":8,"of":8}]}"#);
    let drawn =
        plain.replace("codes\n", "codes,stratum\n").replace("-\n", "-,1\n").replace("forankring\n", "forankring,1\n");
    let (drawn, _) = agree(&study, "sheet.csv", &drawn).unwrap();
    for (all, drawn) in all.codes.iter().zip(&drawn.codes) {
        assert_eq!(
            (all.precision.value, all.recall.value, all.f1),
            (drawn.precision.value, drawn.recall.value, drawn.f1)
        );
        assert_eq!((all.alpha, all.kappa, all.ac1, all.percent), (drawn.alpha, drawn.kappa, drawn.ac1, drawn.percent));
    }
}

/// Who codes needs nothing but the workbook: the codes are described in its second sheet.
#[test]
fn a_drawn_workbook_says_what_the_codes_mean() {
    use calamine::Reader as _;
    let study = study();
    study.write(
        "codebook.toml",
        CODEBOOK
            .replace("label = ", "definition = \"At noen lærer.\"\ninclude = \"Kurs.\"\nexclude = \"=A1\"\nlabel = "),
    );
    let sheet = study.path().join("ark.xlsx");
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_temakart"))
        .args(["sample".as_ref(), study.path().as_os_str(), "--out".as_ref(), sheet.as_os_str()])
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let mut workbook: calamine::Xlsx<_> = calamine::open_workbook(&sheet).unwrap();
    assert_eq!(workbook.sheet_names(), ["segments", "codes"]);
    let rows = |range: calamine::Range<calamine::Data>| -> Vec<Vec<String>> {
        range.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect()
    };
    assert_eq!(
        rows(workbook.worksheet_range("codes").unwrap()),
        [
            ["code", "label", "definition", "include", "exclude"],
            ["forankring", "forankring", "", "", ""],
            ["politisk", "politisk", "", "", ""],
            ["læring", "Læring og kunnskap", "At noen lærer.", "Kurs.", "=A1"],
        ]
    );
    assert_eq!(
        rows(workbook.worksheet_range("segments").unwrap())[0],
        ["document", "segment", "draw", "text", "codes", "note"]
    );
}

/// The figures on real paragraphs are printed (`cargo test --test it agree -- --nocapture`), and may only rise.
#[test]
fn the_shipped_codebook_reads_reports_about_as_a_person_does() {
    let Some(folder) = shared("data/piloten") else { return };
    let study = Study::copy_of(&folder);
    let codebook = std::fs::read_to_string(crate::root().join("codebooks/piloten.toml")).unwrap();
    study.write("codebook.toml", codebook);
    let gold = std::fs::read_to_string(folder.join("gold.jsonl")).unwrap();
    let (agreement, warnings) = agree(&study, "gold.jsonl", &gold).unwrap();
    assert!(warnings.is_empty(), "{warnings:?}");
    for (code, figures) in agreement.codes.iter().enumerate() {
        println!("code {code}: {} gold, F1 {:.2}", figures.gold, figures.f1.value.unwrap_or(f64::NAN));
        assert!(figures.gold < 10 || figures.f1.value.is_some_and(|f1| f1 >= 0.5), "code {code}");
    }
    println!("macro F1 {:.3}", agreement.macro_f1.value.unwrap());
    assert!(agreement.macro_f1.value.is_some_and(|f1| f1 >= 0.8));
    assert_eq!((agreement.stance.units, agreement.stance.agree), (15, 13));
}
