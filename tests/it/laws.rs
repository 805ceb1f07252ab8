//! What holds of every study, whatever is in it: words and segments cover the text, sums add up, each line leads to its
//! words, and neither threads nor order nor history show in a result.

use std::collections::BTreeMap;
use std::path::Path;

use proptest::prelude::*;
use serde_json::Value;
use temakart::ingest::{self, Limits};
use temakart::language::{GROUP, Tokens};
use temakart::pipeline::Request;
use temakart::report::{CsvStyle, frequencies_csv, frequencies_json};
use temakart::segment::{SegmentKind, SegmentUnit, split};
use temakart::tally::{Cell, Counts, Frequencies};
use temakart::text::fold;

use crate::random;
use crate::study::{self, Run, Study, quick};

/// Any text, and texts that look more like ours.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![random::document(), "\\PC{0,60}", "[a-zæøå .,:#<>|\n\t-]{0,60}"]
}

fn words(text: &str) -> Vec<String> {
    let tokens = Tokens::of(text);
    (0..tokens.words().len()).map(|word| tokens.form(word).trim_matches('-').to_owned()).collect()
}

/// All white space does but the narrow blank within numbers (`12\u{202f}000`), which UAX #29 counts among joiners.
fn parts_words(letter: char) -> bool {
    letter.is_whitespace() && letter != '\u{202f}'
}

#[test]
fn a_number_with_a_narrow_blank_is_one_word() {
    assert_eq!(words("12\u{202f}000 kroner"), ["12\u{202f}000", "kroner"]);
}

proptest! {
    #![proptest_config(quick(300))]

    #[test]
    fn a_word_is_its_place_in_the_text_folded(text in text()) {
        let tokens = Tokens::of(&text);
        let mut end = 0;
        for (index, word) in tokens.words().iter().enumerate() {
            let (form, written) = (tokens.form(index), &text[word.start as usize..word.end as usize]);
            prop_assert!(word.start >= end, "words overlap");
            end = word.end;
            let written = fold(written);
            prop_assert_eq!(form.trim_matches('-'), written.trim_matches('-'));
            prop_assert!(form.contains(char::is_alphanumeric) && !form.contains(parts_words));
            prop_assert!(!form.contains(GROUP));
        }
        for group in tokens.groups() {
            prop_assert!(group.first < group.last && (group.last as usize) < tokens.words().len());
            prop_assert!(group.form.contains(GROUP));
        }
        prop_assert!(tokens.groups().is_sorted_by_key(|group| (group.first, group.last)));
    }

    #[test]
    fn words_of_two_paragraphs_are_those_of_each(first in text(), second in text()) {
        let both = words(&format!("{first}\n\n{second}"));
        prop_assert_eq!(both, [words(&first), words(&second)].concat());
    }

    #[test]
    fn segments_tile_the_text(text in random::document(), is_markdown in any::<bool>()) {
        let study = Study::empty();
        let path = study.write(if is_markdown { "a.md" } else { "a.txt" }, &text);
        let Ok(read) = ingest::read(&path, &Limits::default()) else { return Ok(()) };
        let extracted = read.extracted;
        let text = extracted.text.as_str();
        prop_assert_eq!(text, plain(text), "the text is decoded and nothing else");
        let mut counted = Vec::new();
        for unit in [SegmentUnit::Paragraph, SegmentUnit::Turn, SegmentUnit::Sentence] {
            let segments = split(&extracted, unit, &|_| false).segments;
            let mut end = 0;
            for (number, segment) in (1..).zip(&segments) {
                let (start, said) = (segment.span.start(), segment.span.of(text));
                prop_assert!(start >= end && !said.is_empty() && said.trim() == said, "{:?}", segment);
                end = segment.span.end();
                prop_assert_eq!(segment.number, number);
                prop_assert_eq!(segment.code_point as usize, text[..start].chars().count());
                prop_assert_eq!(segment.line as usize, 1 + text[..start].matches('\n').count());
            }
            let is_said = |segment: &&temakart::segment::Segment| segment.kind != SegmentKind::Heading;
            let said: Vec<String> = segments.iter().filter(is_said).flat_map(|s| words(s.span.of(text))).collect();
            // Speakers' labels and time marks are all that stands outside; a turn may hold a mark between paragraphs.
            // A label is short, but `kurs/aksje/møte` is one word of it.
            let n_outside = 12 * text.matches(':').count() + 20 * text.matches("# ").count();
            prop_assert!(words(text).len() - said.len() <= n_outside);
            counted.push(said);
        }
        prop_assert_eq!(&counted[0], &counted[2], "sentences hold the words of their paragraphs");
    }
}

/// A text without what decoding takes away.
fn plain(text: &str) -> String {
    text.trim_start_matches('\u{feff}').replace("\r\n", "\n")
}

const PROJECT: &str = "format = 1\nname = \"Studie\"\ndocuments = [\"documents\"]\n";

/// A project of these documents, written in the order given, and of what two persons decided about each.
fn project<'a>(documents: impl IntoIterator<Item = (&'a String, &'a String)>, codebook: &str) -> Study {
    let study = Study::empty();
    study.write("temakart.toml", PROJECT);
    study.write("codebook.toml", codebook);
    let documents: Vec<(&String, &String)> = documents.into_iter().collect();
    for (path, text) in &documents {
        study.write(path, text);
    }
    study.write("decisions/alle.jsonl", decisions(documents));
    study
}

/// Some decisions of each kind, which depend on each document alone; not all of them find their place or their code.
fn decisions<'a>(documents: impl IntoIterator<Item = (&'a String, &'a String)>) -> String {
    let mut lines = String::new();
    for (path, text) in documents.into_iter().collect::<BTreeMap<_, _>>() {
        for nth in text.len()..text.len() + 4 {
            let (coder, action) = (["kn", "ola"][nth % 2], ["add", "reject", "accept", "add", "recode"][nth % 5]);
            let line = serde_json::json!({
                "coder": coder,
                "action": action,
                "document": path,
                "segment": nth / 2 % 4 + 1,
                "quote": "forankring",
                "code": format!("k{}", nth / 3 % 2),
            });
            lines.push_str(&format!("{line}\n"));
        }
    }
    lines
}

/// The lines of `codings.jsonl`.
fn lines(run: &Run) -> Vec<Value> {
    let text = std::str::from_utf8(&run.lines).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Everything that a run tells in numbers and lines.
fn told(run: &Run) -> String {
    let Run { study, coded, .. } = run;
    let lines = std::str::from_utf8(&run.lines).unwrap();
    frequencies_json("Studie", &coded.codebook, &coded.frequencies, &study.warnings) + lines
}

/// The counts that add up over cells.
fn additive(counts: &Counts) -> [u64; 15] {
    // Speakers are not: one may speak in several cells. None of the others is forgotten here.
    let Counts {
        mentions,
        own_mentions,
        segments,
        documents,
        speakers: _,
        missing,
        mixed,
        needed,
        exact,
        inflection,
        derived,
        head,
        modifier,
        pattern,
        phrase,
        manual,
    } = *counts;
    [
        mentions,
        own_mentions,
        segments,
        missing,
        mixed,
        needed,
        exact,
        inflection,
        derived,
        head,
        modifier,
        pattern,
        phrase,
        manual,
        documents,
    ]
}

/// Sums; no material counts as nothing.
fn sum<'a>(counts: impl Iterator<Item = Option<&'a Counts>>) -> [u64; 15] {
    counts.flatten().fold([0; 15], |mut sum, counts| {
        sum.iter_mut().zip(additive(counts)).for_each(|(sum, count)| *sum += count);
        sum
    })
}

fn totals<'a>(cells: impl Iterator<Item = &'a Cell>) -> [u64; 3] {
    cells.filter_map(|cell| cell.totals).fold([0; 3], |sum, totals| {
        [sum[0] + totals.documents_total, sum[1] + totals.segments_total, sum[2] + totals.words_total]
    })
}

/// Whether a cell lies in a margin.
fn is_in(cell: &Cell, margin: &Cell) -> bool {
    cell.key.iter().zip(&margin.key).all(|(own, kept)| kept.is_none() || own == kept)
}

/// How many mentions met their patterns in some way, or none.
fn of_grades(counts: &Counts) -> u64 {
    let Counts { exact, inflection, derived, head, modifier, pattern, phrase, manual, .. } = *counts;
    exact + inflection + derived + head + modifier + pattern + phrase + manual
}

proptest! {
    #![proptest_config(quick(12))]

    #[test]
    fn margins_are_sums_of_their_cells(documents in random::documents(), codebook in random::codebook()) {
        let run = project(&documents, &codebook).run();
        let Frequencies { material, material_margins, .. } = &run.coded.frequencies;
        for (index, margin) in material_margins.iter().enumerate() {
            let inside: Vec<usize> = (0..material.len()).filter(|cell| is_in(&material[*cell], margin)).collect();
            let cells = inside.iter().map(|cell| &material[*cell]);
            prop_assert_eq!(totals(std::iter::once(margin)), totals(cells.clone()));
            prop_assert_eq!(margin.totals.is_none(), cells.clone().all(|cell| cell.totals.is_none()));
            for code in 0..run.codebook().codes.len() {
                let cells = inside.iter().map(|cell| run.coded.frequencies.counts(code, *cell));
                let whole = run.coded.frequencies.margin_counts(code, index);
                prop_assert_eq!(sum(std::iter::once(whole)), sum(cells.clone()));
                let speakers: Vec<u64> = cells.flatten().filter_map(|counts| counts.speakers).collect();
                if let Some(all) = whole.and_then(|counts| counts.speakers) {
                    prop_assert!(all <= speakers.iter().sum() && speakers.iter().all(|some| *some <= all));
                }
            }
        }
    }

    #[test]
    fn counting_by_case_is_the_margin_over_phases(documents in random::documents(), codebook in random::codebook()) {
        let run = project(&documents, &codebook).run();
        let study = project(&documents, &codebook);
        let by_case = study::run(&Request { by: Some(vec!["case".to_owned()]), ..study.request() });
        let Frequencies { material_margins, .. } = &run.coded.frequencies;
        for (index, cell) in by_case.coded.frequencies.material.iter().enumerate() {
            let margin = material_margins.iter().position(|m| m.key[0] == cell.key[0] && m.key[1].is_none()).unwrap();
            prop_assert_eq!(cell.totals, material_margins[margin].totals);
            for code in 0..run.codebook().codes.len() {
                let (one, other) = (&by_case.coded.frequencies, &run.coded.frequencies);
                prop_assert_eq!(one.counts(code, index), other.margin_counts(code, margin));
            }
        }
    }

    #[test]
    fn a_filter_and_its_complement_add_up(
        documents in random::documents(),
        codebook in random::codebook(),
        filter in prop::sample::select(vec!["phase:x", "case:a AND phase:y", "speaker:Leder", "document:\"documents/a/x/1.txt\""]),
    ) {
        let study = project(&documents, &codebook);
        let filtered = |filter: String| study::run(&Request { filter: Some(filter), ..study.request() });
        let whole = study.run();
        let has_speakers = whole.study.material.attribute_names(&whole.study.corpus).contains(&"speaker".to_owned());
        prop_assume!(has_speakers || !filter.starts_with("speaker"));
        let (some, rest) = (filtered(filter.to_owned()), filtered(format!("NOT ({filter})")));
        let all = |run: &Run| totals(run.coded.frequencies.material.iter());
        // A document may have segments on both sides of a speaker's filter.
        let skip = usize::from(filter.starts_with("speaker"));
        prop_assert_eq!(all(&whole)[skip..].to_vec(), (skip..3).map(|i| all(&some)[i] + all(&rest)[i]).collect::<Vec<_>>());
        for code in 0..whole.codebook().codes.len() {
            let n_cells = |run: &Run| run.coded.frequencies.material.len();
            let of = |run: &Run| sum((0..n_cells(run)).map(|cell| run.coded.frequencies.counts(code, cell)));
            let (whole, some, rest) = (of(&whole), of(&some), of(&rest));
            for unit in 0..15 - skip {
                prop_assert_eq!(whole[unit], some[unit] + rest[unit]);
            }
        }
    }

    #[test]
    fn lines_add_up_to_the_rows_that_they_count_in(documents in random::documents(), codebook in random::codebook()) {
        let run = project(&documents, &codebook).run();
        let lines = lines(&run);
        let Frequencies { material, .. } = &run.coded.frequencies;
        for (code, entry) in run.codebook().codes.iter().enumerate() {
            for (index, cell) in material.iter().enumerate() {
                let is_here = |line: &&Value| {
                    let value = |name: &str| line[name].as_str().unwrap_or_default().to_owned();
                    cell.key == [Some(value("case")), Some(value("phase"))]
                };
                let is_own = |line: &Value| line["code"] == entry.id.as_str();
                let counts_here = |line: &Value| {
                    let ancestors = line["counts_for"].as_array().unwrap();
                    is_own(line) && line["counted"] == true || ancestors.iter().any(|id| id == entry.id.as_str())
                };
                let here = || lines.iter().filter(is_here);
                let counted = here().filter(|line| counts_here(line)).count() as u64;
                let own = here().filter(|line| is_own(line)).count() as u64;
                let counts = run.coded.frequencies.counts(code, index).copied().unwrap_or_default();
                prop_assert_eq!((counts.mentions, counts.own_mentions), (counted, own), "{} in {:?}", entry.id, cell.key);
                let manual = here().filter(|line| counts_here(line) && line["grade"] == "manual").count() as u64;
                prop_assert_eq!(of_grades(&counts), counts.mentions, "grades of {} in {:?}", entry.id, cell.key);
                prop_assert_eq!(counts.manual, manual, "{} in {:?}", entry.id, cell.key);
                for stance in ["missing", "mixed", "needed"] {
                    let lines = here().filter(|line| counts_here(line) && line["stance"] == stance).count() as u64;
                    let row = [("missing", counts.missing), ("mixed", counts.mixed), ("needed", counts.needed)];
                    prop_assert!(row.contains(&(stance, lines)), "{stance}: {lines} lines, {row:?}");
                }
            }
        }
        let ids: std::collections::BTreeSet<&str> = lines.iter().map(|line| line["id"].as_str().unwrap()).collect();
        prop_assert_eq!(ids.len(), lines.len(), "an id stands for two mentions");
    }

    #[test]
    fn each_quote_stands_where_its_line_says(documents in random::documents(), codebook in random::codebook()) {
        let run = project(&documents, &codebook).run();
        let mut last = (String::new(), 0);
        for line in lines(&run) {
            let path = line["document"].as_str().unwrap().to_owned();
            let text: Vec<char> = plain(&documents[&path]).chars().collect();
            let [start, end] = ["start", "end"].map(|end| usize::try_from(line[end].as_u64().unwrap()).unwrap());
            let quote: String = text[start..end].iter().collect();
            prop_assert_eq!(&quote, line["quote"].as_str().unwrap());
            let n_line = 1 + text[..start].iter().filter(|c| **c == '\n').count();
            prop_assert_eq!(n_line as u64, line["line"].as_u64().unwrap());
            let form = line["form"].as_str().unwrap().split(' ').map(|word| word.trim_matches('-'));
            prop_assert_eq!(words(&quote), form.collect::<Vec<_>>());
            prop_assert!(line["speaker"] != "Intervjuer", "an interviewer is coded");
            let place = (path, start);
            prop_assert!(last <= place, "lines are not in the order of the documents");
            last = place;
        }
    }

    #[test]
    fn further_documents_change_no_coding(
        documents in random::documents(),
        more in random::documents(),
        codebook in random::codebook(),
    ) {
        let before = project(&documents, &codebook).run();
        let after = project(&more.into_iter().chain(documents.clone()).collect::<BTreeMap<_, _>>(), &codebook).run();
        let of_first = |line: &Value| documents.contains_key(line["document"].as_str().unwrap());
        let kept: Vec<Value> = lines(&after).into_iter().filter(of_first).collect();
        prop_assert_eq!(lines(&before), kept);
    }

    #[test]
    fn forms_add_up_to_mentions(documents in random::documents(), codebook in random::codebook()) {
        let run = project(&documents, &codebook).run();
        for (code, entry) in run.codebook().codes.iter().enumerate() {
            for pattern in 0..entry.patterns.len() {
                let by_form: u64 = run.coded.forms.of(code, pattern).iter().map(|form| form.count).sum();
                let mentions = run.coded.codings.own(code).iter().filter(|m| usize::from(m.pattern) == pattern).count();
                prop_assert_eq!(by_form, mentions as u64);
            }
        }
    }

    #[test]
    fn threads_and_the_order_of_files_do_not_show(documents in random::documents(), codebook in random::codebook()) {
        let study = project(&documents, &codebook);
        let first = told(&study.run());
        let alone = study::run(&Request { threads: 1, ..study.request() });
        prop_assert_eq!(&first, &told(&alone), "a second run");
        let other = project(documents.iter().rev(), &codebook);
        let together = study::run(&Request { threads: 4, ..other.request() });
        prop_assert_eq!(&first, &told(&together), "another folder, more threads");
        let csv = |run: &Run| frequencies_csv(&run.coded.codebook, &run.coded.frequencies, CsvStyle::Tidy);
        prop_assert_eq!(csv(&alone), csv(&together));
        prop_assert_eq!(&alone.coded.forms, &together.coded.forms);
    }

    #[test]
    fn what_was_there_before_does_not_show(
        before in random::documents(),
        after in random::documents(),
        codebook in random::codebook(),
    ) {
        let clean = project(&after, &codebook).run();
        let study = project(&before, &codebook);
        drop(study.run());
        before.keys().for_each(|path| std::fs::remove_file(study.path().join(path)).unwrap());
        after.iter().for_each(|(path, text)| drop(study.write(path, text)));
        study.write("decisions/alle.jsonl", decisions(&after));
        let updated = study.run();
        prop_assert_eq!(told(&clean), told(&updated));
        prop_assert_eq!(&clean.coded.forms, &updated.coded.forms);
    }
}

#[test]
fn the_example_study_is_told_the_same_by_one_thread_and_by_many() {
    let study = Study::example();
    let alone = study::run(&Request { threads: 1, ..study.request() });
    let together = study::run(&Request { threads: 4, ..Study::example().request() });
    assert!(told(&alone) == told(&together));
    for line in lines(&alone) {
        let path = Path::new(line["document"].as_str().unwrap());
        let text: Vec<char> = plain(&std::fs::read_to_string(study.path().join(path)).unwrap()).chars().collect();
        let [start, end] = ["start", "end"].map(|end| usize::try_from(line[end].as_u64().unwrap()).unwrap());
        assert_eq!(text[start..end].iter().collect::<String>(), line["quote"].as_str().unwrap());
    }
}
