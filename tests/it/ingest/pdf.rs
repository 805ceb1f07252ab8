//! PDF: columns, paragraphs, hyphens, and what repeats on every page.

use temakart::ingest::{Extracted, Format};

use super::make::{self, Placed, lines, wrapped};
use super::{extracted, notices, read, shown};

fn pdf(pages: &[Vec<Placed<'_>>]) -> Extracted {
    extracted(&make::pdf(pages), Format::Pdf)
}

#[test]
fn columns_are_read_one_after_the_other() {
    let mut page = vec![Placed { x: 72, y: 740, size: 18, text: "En overskrift som går over begge spaltene" }];
    let left = "I den venstre spalten står det seks linjer som alle er omtrent like lange, så det er tydelig at dette \
                er en spalte med løpende tekst. Den slutter her.";
    let right = "Den høyre spalten begynner først når den venstre er lest til ende, selv om den står ved siden av og \
                 har linjer i samme høyde som den venstre har.";
    let columns = [wrapped(left, 28), wrapped(right, 28)];
    page.extend(lines(72, 700, &columns[0]));
    page.extend(lines(320, 700, &columns[1]));
    let expected = [format!("P {left}"), format!("P {right}")];
    let extracted = pdf(&[page]);
    assert_eq!(shown(&extracted)[1..], expected);
    assert_eq!(shown(&extracted)[0], "H En overskrift som går over begge spaltene");
}

#[test]
fn headers_footers_and_page_numbers_are_left_out() {
    let page = |number: &'static str, text: &'static str| {
        let mut page = vec![Placed { x: 72, y: 600, size: 10, text }];
        page.push(Placed { x: 72, y: 770, size: 8, text: "Evaluering av Piloten" });
        page.push(Placed { x: 500, y: 770, size: 8, text: number });
        page.push(Placed { x: 280, y: 30, size: 8, text: number });
        page
    };
    let pages = [page("1", "Første side."), page("2", "Andre side."), page("3", "Tredje side.")];
    let extracted = pdf(&pages);
    assert_eq!(shown(&extracted), ["P Første side.", "P Andre side.", "P Tredje side."]);
    assert_eq!(extracted.blocks.iter().map(|block| block.page).collect::<Vec<_>>(), [Some(1), Some(2), Some(3)]);
    let told: Vec<(&str, &str)> = extracted.notices.iter().map(|notice| (&*notice.id, &*notice.message)).collect();
    let message =
        "3 lines that come again on other pages were left out as headers or footers: `Evaluering av Piloten 1`";
    assert_eq!(told, [("ingest/running-lines-left-out", message)]);
}

#[test]
fn headers_of_loosely_set_pages_are_left_out() {
    let page = |texts: &'static [&'static str]| {
        let mut page = lines(72, 700, texts);
        // Paragraphs stand as far from each other as the header from them.
        page.iter_mut().enumerate().for_each(|(at, line)| line.y = 700 - 12 * at as u32 - 24 * (at as u32 / 3));
        page.push(Placed { x: 72, y: 736, size: 10, text: "Evaluering av Piloten" });
        page
    };
    let pages = [
        &["Første linje her", "og en til.", "Et avsnitt", "med to linjer.", "Og enda", "et av dem."],
        &["Andre side her", "og mer tekst.", "Nok et avsnitt", "med linjer i.", "Så er det", "slutt her."],
        &["Tredje side her", "og siste ord.", "Et nytt avsnitt", "som er kort.", "Og så er", "alt over."],
    ];
    let extracted = pdf(&pages.map(|texts| page(texts)));
    assert!(!extracted.text.contains("Piloten"), "{}", extracted.text);
    assert_eq!(notices(&extracted), ["ingest/running-lines-left-out"]);
}

#[test]
fn text_that_comes_again_at_the_edge_of_pages_stays() {
    // A form a page, an interview, and paragraphs that begin alike.
    for answers in [
        ["Ja, vi har god forankring.", "Ja, vi har god forankring.", "Ja, vi har god forankring.", "Nei."],
        ["Leder: Ja, forankring, ja.", "Ansatt: Nei.", "Leder: Ja, forankring, ja.", "Ansatt: Jo, jo."],
        ["Gruppe 1 har god forankring.", "Gruppe 2 har god forankring.", "Gruppe 3 har god forankring.", "Slutt."],
        ["Vi som jobber med dette har", "Alle andre mener at de har", "Vi som jobber med dette har", "De fleste har"],
        ["Hvordan er samarbeidet mellom oss og"; 4],
    ] {
        let texts = answers
            .map(|answer| [answer, "Så kommer det en linje til.", "Og enda en, som er lengre enn den.", "Til slutt."]);
        let extracted = pdf(&texts.iter().map(|texts| lines(72, 780, texts)).collect::<Vec<_>>());
        for (answer, n) in answers.iter().map(|answer| (answer, answers.iter().filter(|own| own == &answer).count())) {
            assert_eq!(extracted.text.matches(answer).count(), n, "{answer}: {}", extracted.text);
        }
        assert_eq!(notices(&extracted), [""; 0]);
    }
}

#[test]
fn chapters_and_notes_are_no_running_heads() {
    let page = |head: &'static str, note: &'static str| {
        let mut page = vec![Placed { x: 72, y: 770, size: 10, text: head }];
        page.push(Placed { x: 72, y: 600, size: 10, text: "Noe som står på hver side." });
        page.push(Placed { x: 72, y: 60, size: 10, text: note });
        page
    };
    let pages = [
        page("Kapittel 1", "Note 2 til kapittel 1."),
        page("Kapittel 4", "Note 5 til kapittel 4."),
        page("Kapittel 5", "Note 6 til kapittel 3."),
        page("Kapittel 9", "Note 1 til kapittel 9."),
    ];
    let extracted = pdf(&pages);
    for text in ["Kapittel 4", "Kapittel 9", "Note 5 til kapittel 4.", "Note 1 til kapittel 9."] {
        assert!(extracted.text.contains(text), "{text} is missing: {}", extracted.text);
    }
}

#[test]
fn numbers_of_notes_are_no_part_of_the_word_before_them() {
    let raised = vec![
        Placed { x: 72, y: 700, size: 10, text: "Prosjektet startet i 2014" },
        Placed { x: 188, y: 704, size: 6, text: "1" },
        Placed { x: 72, y: 680, size: 10, text: "Et areal er to km" },
        Placed { x: 151, y: 684, size: 6, text: "2" },
    ];
    let extracted = pdf(&[raised]);
    assert!(extracted.text.contains("i 2014\n"), "{}", extracted.text);
    assert!(extracted.text.contains("to km2"), "{}", extracted.text);
}

#[test]
fn a_cell_of_several_lines_is_one_cell() {
    let mut page = lines(72, 700, &["Kommune", "Øyer"]);
    page.extend(lines(200, 700, &["Kommentar", "Gjennomført", "i 2015"]));
    assert_eq!(shown(&pdf(&[page])), ["C Kommune", "C Kommentar", "C Øyer", "C Gjennomført i 2015"]);
}

#[test]
fn numbers_in_the_margin_are_left_out_with_a_word() {
    let text = "Hun sa at det var bra, og at hun ville det, og så ble det stille lenge før noen andre tok ordet, men det \
                var ikke lett å si noe til det, for alle visste hvordan det hadde gått sist i en sak som denne.";
    let texts = wrapped(text, 44);
    let mut page = lines(100, 700, &texts);
    let numbers: Vec<String> = (1..=texts.len()).map(|number| number.to_string()).collect();
    page.extend(lines(60, 700, &numbers));
    let extracted = pdf(&[page]);
    assert_eq!(shown(&extracted), [format!("P {text}")]);
    assert_eq!(notices(&extracted), ["ingest/margin-numbers-left-out"]);
}

#[test]
fn paragraphs_go_on_across_pages_and_words_across_lines() {
    let one = lines(
        72,
        200,
        &[
            "Prosjektet skulle styrke samarbeidet mellom kom-",
            "munene, og det gjaldt både forsknings-",
            "og utviklingsarbeid i hele regionen som nå",
        ],
    );
    let other = lines(72, 700, &["ligger der. Det var kommunene enige om, men kom-", "munestyrene var det ikke."]);
    let extracted = pdf(&[one, other]);
    let expected = "P Prosjektet skulle styrke samarbeidet mellom kommunene, og det gjaldt både forsknings- og utviklingsarbeid \
                    i hele regionen som nå ligger der. Det var kommunene enige om, men kommunestyrene var det ikke.";
    assert_eq!(shown(&extracted), [expected]);
    assert_eq!(extracted.blocks[0].page, Some(1));
}

#[test]
fn gaps_and_bullets_part_paragraphs() {
    let mut page = lines(72, 700, &["Det første avsnittet går over to linjer, der den", "siste er kort."]);
    page.extend(lines(
        72,
        664,
        &[
            "Det andre avsnittet er også på to linjer, for",
            "det må det være.",
            "• en ting",
            "• en ting til som er så lang at den absolutt må",
            "gå over to linjer",
        ],
    ));
    assert_eq!(
        shown(&pdf(&[page])),
        [
            "P Det første avsnittet går over to linjer, der den siste er kort.",
            "P Det andre avsnittet er også på to linjer, for det må det være.",
            "L • en ting",
            "L • en ting til som er så lang at den absolutt må gå over to linjer",
        ]
    );
}

#[test]
fn rows_of_a_table_are_cells() {
    let mut page = lines(72, 700, &["Kommune", "Øyer", "Gausdal"]);
    page.extend(lines(300, 700, &["Deltakere", "12", "7"]));
    assert_eq!(shown(&pdf(&[page])), ["C Kommune", "C Deltakere", "C Øyer", "C 12", "C Gausdal", "C 7"]);
}

/// A page whose font is a subset without any word on what its codes show; `text` is drawn with it.
fn untold(text: &str, more: &str) -> Vec<u8> {
    let draw = format!("BT /F 10 Tf 72 700 Td ({text}) Tj /G 10 Tf 0 -20 Td ({more}) Tj ET");
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F 5 0 R/G 6 0 R>>>>>>".to_owned(),
        format!("<</Length {}>>\nstream\n{draw}\nendstream", draw.len()),
        "<</Type/Font/Subtype/Type0/Encoding/Identity-H/DescendantFonts[<</DW 500>>]>>".to_owned(),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_owned(),
    ];
    make::pdf_of(&objects, "")
}

#[test]
fn letters_that_a_font_does_not_tell_are_said_to_be_unknown() {
    let some = untold("\\0\\001\\0\\002", "Resten av siden kan leses som den skal.");
    let extracted = extracted(&some, Format::Pdf);
    assert_eq!(notices(&extracted), ["ingest/unknown-letters"]);
    assert_eq!(shown(&extracted), ["P \u{fffd}\u{fffd}", "P Resten av siden kan leses som den skal."]);
    let error = read(&untold(&"\\0\\001".repeat(150), "x"), Format::Pdf).unwrap_err();
    assert_eq!(error.id(), "ingest/no-text");
}

#[test]
fn pages_without_letters_are_said_to_be() {
    let error = read(&make::pdf(&[Vec::new()]), Format::Pdf).unwrap_err();
    assert_eq!(error.id(), "ingest/no-text");
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>>>>>",
        "<</Length 5>>\nstream\n/I Do\nendstream",
        "<</Subtype/Image/Length 1>>\nstream\nx\nendstream",
    ];
    let error = read(&make::pdf_of(&objects.map(str::to_owned), ""), Format::Pdf).unwrap_err();
    assert_eq!(error.id(), "ingest/no-text");
    assert!(error.to_string().contains("OCR"), "{error}");
}

#[test]
fn objects_are_found_without_their_table() {
    let whole = make::pdf(&[lines(72, 700, &["Teksten er her."])]);
    let table = whole.windows(4).rposition(|window| window == b"xref").unwrap();
    let start = whole.windows(6).position(|window| window == b"xref\n0").unwrap();
    let mut shifted = b"%junk before the header\n".to_vec();
    shifted.extend(&whole);
    for bytes in [&whole[..table], &whole[..start], &shifted] {
        assert_eq!(shown(&extracted(bytes, Format::Pdf)), ["P Teksten er her."]);
    }
}

#[test]
fn what_is_missing_from_a_cut_off_file_is_told() {
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R 9 0 R]/Count 2>>",
        "<</Type/Page/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        "<</Length 41>>\nstream\nBT /F 10 Tf 72 700 Td (Teksten er her.) Tj ET\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ];
    let extracted = extracted(&make::pdf_of(&objects.map(str::to_owned), ""), Format::Pdf);
    assert_eq!(shown(&extracted), ["P Teksten er her."]);
    assert_eq!(notices(&extracted), ["ingest/damaged-page"]);
}

#[test]
fn artifacts_and_text_that_stands_for_pictures() {
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        "<</Length 0>>\nstream\n/Artifact <</Type/Pagination>> BDC BT /F 10 Tf 72 760 Td (Topptekst) Tj ET EMC\n\
         BT /F 10 Tf 72 700 Td (Det er ) Tj /Span <</ActualText(bra)>> BDC (XYZ) Tj EMC ET\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ];
    let extracted = extracted(&make::pdf_of(&objects.map(str::to_owned), ""), Format::Pdf);
    assert_eq!(shown(&extracted), ["P Det er bra"]);
}
