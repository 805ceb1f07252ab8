//! Claims put to a study that is open: how long each takes, and that it finds what it was taken from.

use std::fs;

use temakart::codebook;
use temakart::language::Tokens;
use temakart::pipeline;
use temakart::search::{Claim, Evidence, named_values};

use crate::aims::{observer, request, tell};
use crate::generator::Study;
use crate::measure::{Cost, cost, median};

/// How many claims are put, one by one.
const CLAIMS: usize = 30;
/// Words of a claim: a sentence of a document of its own, so common and rare words are mixed as they are there.
const WORDS: std::ops::RangeInclusive<usize> = 6..=14;
/// Passages that are shown of each.
const LIMIT: usize = 8;
/// So many claims of ten find the document that they are from. The others are of phrases that come back in many.
const FOUND: usize = 7;

/// Puts claims to the study one by one.
pub(crate) fn run(study: &Study) {
    let opened = pipeline::open(&request(study), &observer()).expect("the generated project is sound");
    let (codebook, _) = codebook::load(&study.small_codebook()).expect("the generator wrote it");
    let mentions = pipeline::mentions(&opened, &codebook).expect("the index can be read");
    let claims = claims(study);
    let cases = || named_values(opened.project.case(), &opened.cases);
    let phases = || named_values(opened.project.phase(), &opened.phases.values);
    let (evidence, prepared) =
        cost(|| Evidence::new(&opened.corpus, &opened.material, &codebook, &mentions, cases(), phases()));
    let mut costs: Vec<Cost> = Vec::new();
    let mut n_found = 0;
    for (path, claim) in &claims {
        let ask = || evidence.answer(std::slice::from_ref(claim), LIMIT).expect("the index can be read");
        let (first, _) = cost(ask);
        let (again, cost) = cost(ask);
        assert!(first == again, "the same claim has the same evidence");
        let mut documents = first[0].passages.iter().map(|passage| &opened.corpus.documents()[passage.document].path);
        n_found += usize::from(documents.any(|own| path.ends_with(own)));
        costs.push(cost);
    }
    assert!(n_found * 10 >= claims.len() * FOUND, "{n_found} of {} claims find where they are from", claims.len());
    let Cost { cpu, wall } = median(&costs);
    let longest = costs.iter().map(|cost| cost.wall).fold(0.0, f64::max);
    tell(
        "evidence: a study made ready, ms (CPU)",
        format!("{:.1} ({:.1})", prepared.wall * 1e3, prepared.cpu * 1e3),
        "",
    );
    tell("evidence: a claim, ms (CPU)", format!("{:.1} ({:.1})", wall * 1e3, cpu * 1e3), "< 100 ms");
    tell("evidence: the slowest claim, ms", format!("{:.1}", longest * 1e3), "");
}

/// Sentences of documents that lie far apart, with their paths.
fn claims(study: &Study) -> Vec<(std::path::PathBuf, Claim)> {
    let files = study.files();
    let mut claims = Vec::new();
    for path in files.iter().step_by((files.len() / (2 * CLAIMS)).max(1)) {
        let text = fs::read_to_string(path).expect("the generator wrote it");
        let sentence = text.lines().flat_map(|line| line.split(". ")).map(str::trim).find(|sentence| {
            !sentence.starts_with("Intervjuer") && WORDS.contains(&Tokens::of(sentence).words().len())
        });
        claims
            .extend(sentence.map(|text| (path.clone(), Claim { id: claims.len().to_string(), text: text.to_owned() })));
        if claims.len() == CLAIMS {
            break;
        }
    }
    assert_eq!(claims.len(), CLAIMS);
    claims
}
