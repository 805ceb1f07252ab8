//! What must be known with the numbers, in the report's language.
//!
//! The program's own messages are English; those that the report can say from its own numbers are said anew, the
//! others get a sentence for their kind, with the message itself as a detail.

use std::collections::BTreeMap;

use super::{Lang, Term};
use crate::diag::Warning;
use crate::ingest::is_failure;
use crate::report::{Report, Summed};
use crate::tally::{Amount, Unequal};

/// Unlike pairs that are named.
const MAX_PAIRS: usize = 6;

/// One thing to know.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Remark {
    /// Its kind, a stable id.
    pub id: String,
    /// The sentence.
    pub text: String,
    /// The documents that it is about.
    pub about: Vec<String>,
    /// The program's own words, English; where the sentence says less than they do.
    pub details: Vec<String>,
    /// More about the documents, in the report's language; stands in place of `about` where people read.
    pub told: Vec<String>,
}

impl Remark {
    /// What stands below the sentence, and what goes between: the documents, with more about them where it is known.
    #[must_use]
    pub fn named(&self) -> (&[String], &'static str) {
        if self.told.is_empty() { (&self.about, ", ") } else { (&self.told, "; ") }
    }
}

impl Lang {
    /// Everything that must be known with the report's numbers, one entry a kind.
    #[must_use]
    pub fn remarks(self, report: &Report) -> Vec<Remark> {
        let confounders = report.comparison.iter().flat_map(|comparison| &comparison.confounders);
        let mut sentences = vec![("material/gap", self.gaps(report)), ("material/unequal", self.unequal(report))];
        sentences.extend(confounders.map(|found| ("compare/confounded", Some(self.confounder(report, found)))));
        sentences.extend([
            ("report/no-stance", self.without_stance(report)),
            ("report/few-persons", self.few_persons(report)),
            ("material/repeated", self.repeated(report)),
            ("material/other-languages", self.other_languages(report)),
        ]);
        let sentence =
            |(id, text): (&str, Option<String>)| Some(Remark { id: id.to_owned(), text: text?, ..Remark::default() });
        let mut remarks: Vec<Remark> = sentences.into_iter().filter_map(sentence).collect();
        let said = ["material/unequal", "compare/confounded", "material/repeated", "material/other-languages"];
        let mut rows: Vec<&Warning> = report.run.warnings.iter().filter(|row| !said.contains(&&*row.id)).collect();
        rows.sort_by_key(|row| &row.id);
        for kind in rows.chunk_by(|a, b| a.id == b.id) {
            match self.kind(&kind[0].id, kind.len() as u64) {
                // The program's own words are English, and say more.
                Some(_) if self == Self::En && kind.iter().all(|row| row.message == kind[0].message) => {
                    remarks.push(remark(kind, &kind[0].message));
                }
                Some(text) => remarks.push(Remark { told: self.shared(kind), ..remark(kind, text) }),
                None => {
                    let mut kind = kind.to_vec();
                    kind.sort_by_key(|row| &row.message);
                    let same = kind.chunk_by(|a, b| a.message == b.message);
                    remarks.extend(same.map(|same| remark(same, &same[0].message)));
                }
            }
        }
        remarks
    }

    /// The sentence about cells without material.
    fn gaps(self, report: &Report) -> Option<String> {
        let gaps: Vec<String> = report.gaps().iter().map(|gap| self.place(report, *gap)).collect();
        let named = self.list(&gaps);
        (!gaps.is_empty()).then(|| {
            self.pick(
                format!("Det er ikke materiale fra {named}."),
                format!("Det er ikkje materiale frå {named}."),
                format!("There is no material from {named}."),
            )
        })
    }

    /// The sentence about cells with much more material than others.
    fn unequal(self, report: &Report) -> Option<String> {
        let pair = |pair: &Unequal| {
            let (one, many) = match pair.what {
                Amount::Documents => (Term::Document, Term::Documents),
                Amount::Words => (Term::Word, Term::Words),
                Amount::SegmentLength => (Term::WordOfMedian, Term::WordsOfMedian),
            };
            let (less, more) = if pair.amounts[0] < pair.amounts[1] { (0, 1) } else { (1, 0) };
            let place = |side: usize| self.place(report, report.cell_at(pair.cells[side]));
            let (most, least) = (self.counted(pair.amounts[more], one, many), self.count(pair.amounts[less]));
            let (more, less) = (place(more), place(less));
            self.pick(
                format!("{more} har {most}, mot {least} i {less}"),
                format!("{more} har {most}, mot {least} i {less}"),
                format!("{more} has {most}, compared with {least} in {less}"),
            )
        };
        let unequal = &report.unequal;
        let mut pairs: Vec<String> = unequal.iter().take(MAX_PAIRS).map(pair).collect();
        if unequal.len() > MAX_PAIRS {
            pairs.push(self.further((unequal.len() - MAX_PAIRS) as u64).trim_end_matches('.').to_owned());
        }
        let pairs = pairs.join("; ");
        (!pairs.is_empty()).then(|| {
            self.pick(
                format!(
                    "Materialet er ujevnt fordelt: {pairs}. Sammenlign andeler og tall per 1\u{202f}000 ord, ikke antall \
                     omtaler."
                ),
                format!(
                    "Materialet er ujamt fordelt: {pairs}. Samanlikn andelar og tal per 1\u{202f}000 ord, ikkje talet på \
                     omtalar."
                ),
                format!("The material is uneven: {pairs}. Compare shares and rates, not counts."),
            )
        })
    }

    /// The sentence about segments that repeat others.
    fn repeated(self, report: &Report) -> Option<String> {
        let (segments, words) = report.repeated;
        if segments == 0 {
            return None;
        }
        let all = report.run.totals.words + if report.run.options.unique { words } else { 0 };
        let share = self.percent_finely(words as f64 / all.max(1) as f64);
        let repeat = if segments == 1 { "repeats" } else { "repeat" };
        let segments = self.counted(segments, Term::Segment, Term::Segments);
        let words = self.counted(words, Term::Word, Term::Words);
        let counted = self.term(if report.run.options.unique { Term::CountedOnce } else { Term::CountedEachTime });
        Some(self.pick(
            format!(
                "{segments} på tolv ord eller mer gjentar et annet ord for ord ({words}, {share} av materialet). Slik \
                 tekst er {counted}."
            ),
            format!(
                "{segments} på tolv ord eller meir tek opp att eit anna ord for ord ({words}, {share} av materialet). \
                 Slik tekst er {counted}."
            ),
            format!(
                "{segments} of twelve words or more {repeat} another word for word ({words}, {share} of the material). \
                 Such text is {counted}."
            ),
        ))
    }

    /// The sentence about documents in languages that neither the project nor the codebook is in.
    fn other_languages(self, report: &Report) -> Option<String> {
        let mut others: BTreeMap<&str, u64> = BTreeMap::new();
        for language in report.documents.iter().filter_map(|document| document.language.as_deref()) {
            let is_expected = report.languages.iter().any(|own| own == language) || report.codebook.is_in(language);
            if language.len() == 2 && !is_expected {
                *others.entry(language).or_default() += 1;
            }
        }
        if others.is_empty() {
            return None;
        }
        let n = self.count(others.values().sum());
        let all = self.counted(report.documents.len() as u64, Term::Document, Term::Documents);
        let named: Vec<String> = others.iter().map(|(code, n)| format!("{code} {}", self.count(*n))).collect();
        let (named, own) = (named.join(", "), self.list(&report.languages));
        Some(self.pick(
            format!(
                "{n} av {all} er på andre språk ({named}) enn prosjektet regner med ({own}). Ord finnes bare i de \
                 bøyningsformene som kodebokas språk har."
            ),
            format!(
                "{n} av {all} er på andre språk ({named}) enn prosjektet reknar med ({own}). Ord blir funne berre i dei \
                 bøyingsformene som språket til kodeboka har."
            ),
            format!(
                "{n} of {all} are in other languages ({named}) than the project expects ({own}). Words are found only \
                 in the inflected forms of the codebook's languages."
            ),
        ))
    }

    /// The sentence about documents whose language has no cue words, where there are any.
    fn without_stance(self, report: &Report) -> Option<String> {
        let n = report.documents.iter().filter(|document| document.is_without_cues()).count() as u64;
        let all = self.counted(report.documents.len() as u64, Term::Document, Term::Documents);
        let which = format!("{} {} {all}", self.count(n), self.term(Term::Of));
        let text = match (n, report.tells_stance(), report.has_own_cues()) {
            (0, ..) => return None,
            (_, false, _) => self.pick(
                "Framstillingen av temaene er ikke vurdert: programmets signalord er norske, og det er ikke \
                 dokumentene. Alle omtaler står derfor som «til stede» i resultatfilene, også der teksten sier at noe \
                 mangler."
                    .to_owned(),
                "Framstillinga av temaa er ikkje vurdert: signalorda til programmet er norske, og det er ikkje \
                 dokumenta. Alle omtalar står difor som «til stades» i resultatfilene, òg der teksten seier at noko \
                 manglar."
                    .to_owned(),
                "Stance is not available: the program's cue words are Norwegian and the documents are not. All mentions \
                 therefore stand as “present” in the result files, even where the text says that something is missing."
                    .to_owned(),
            ),
            (_, true, true) => self.pick(
                format!(
                    "I {which} er det bare kodebokas egne signalord som viser framstillingen, fordi språket ikke er \
                     norsk. Uten et slikt signalord står omtalene som «til stede»."
                ),
                format!(
                    "I {which} er det berre signalorda i kodeboka som viser framstillinga, fordi språket ikkje er \
                     norsk. Utan eit slikt signalord står omtalane som «til stades»."
                ),
                format!(
                    "In {which}, only the codebook's own cue words tell the stance, because the language is not \
                     Norwegian. Without such a cue, mentions stand as “present”."
                ),
            ),
            (_, true, false) => self.pick(
                format!(
                    "I {which} kan framstillingen ikke vurderes, fordi språket ikke er norsk. Omtalene der står som \
                     «til stede»."
                ),
                format!(
                    "I {which} kan framstillinga ikkje vurderast, fordi språket ikkje er norsk. Omtalane der står som \
                     «til stades»."
                ),
                format!(
                    "In {which}, stance is not available, because the language is not Norwegian. Mentions there stand \
                     as “present”."
                ),
            ),
        };
        Some(text)
    }

    /// Document by document, what it shares with which other one.
    fn shared(self, rows: &[&Warning]) -> Vec<String> {
        let told = rows.iter().filter_map(|row| {
            let (path, shared) = (row.path.as_ref()?, row.shared.as_ref()?);
            let (other, share) = (&shared.with, self.percent(f64::from(shared.percent) / 100.0));
            Some(self.pick(
                format!("{path}: om lag {share} felles med {other}"),
                format!("{path}: om lag {share} felles med {other}"),
                format!("{path}: about {share} shared with {other}"),
            ))
        });
        told.collect()
    }

    /// The sentence about cells and numbers that stand on one or two persons, where there are any.
    #[must_use]
    pub fn few_persons(self, report: &Report) -> Option<String> {
        let few = report.few_persons();
        if few.numbers == 0 && few.cells.is_empty() {
            return None;
        }
        let mut text = String::new();
        if !few.cells.is_empty() {
            let cells: Vec<String> =
                few.cells.iter().map(|(case, phase)| self.place(report, Summed::Cell(*case, *phase))).collect();
            let cells = self.list(&cells);
            text.push_str(&self.pick(
                format!("I {cells} snakker færre enn tre personer. "),
                format!("I {cells} snakkar færre enn tre personar. "),
                format!("In {cells}, fewer than three people speak. "),
            ));
        }
        let (numbers, known) = (self.count(few.numbers as u64), self.count(few.known as u64));
        text.push_str(&self.pick(
            format!(
                "Frekvenstabellen har {known} tall over 0 der det er kjent hvor mange som snakker; {numbers} av dem \
                 bygger på én eller to personer og er merket med °. Slå sammen ruter eller utelat dem før tabellen deles."
            ),
            format!(
                "Frekvenstabellen har {known} tal over 0 der det er kjent kor mange som snakkar; {numbers} av dei \
                 byggjer på éin eller to personar og er merkte med °. Slå saman ruter eller utelat dei før tabellen \
                 blir delt."
            ),
            format!(
                "The frequency table has {known} numbers above 0 for which the number of speakers is known; {numbers} \
                 of them are based on one or two people and are marked °. Merge cells or leave them out before the \
                 table is shared."
            ),
        ));
        Some(text)
    }

    /// A cell or margin by its labels.
    #[must_use]
    pub fn place(self, report: &Report, at: Summed) -> String {
        match at {
            Summed::Cell(case, phase) => {
                format!("{} · {}", self.value(&report.case, case), self.value(&report.phase, phase))
            }
            Summed::Case(case) => self.value(&report.case, case).to_owned(),
            Summed::Phase(phase) => self.value(&report.phase, phase).to_owned(),
            Summed::All => self.term(Term::Total).to_owned(),
        }
    }

    /// What a kind of warning means; `None` for kinds that only their message tells of.
    fn kind(self, id: &str, n: u64) -> Option<&'static str> {
        let one = n == 1;
        let (nb, nn, en) = match id {
            "material/duplicate" => (
                "Noen filer er helt like og er talt hver for seg.",
                "Nokre filer er heilt like og er talde kvar for seg.",
                "Some files are identical; each is counted.",
            ),
            "material/near-duplicate" => (
                "Noen dokumenter har halvparten eller mer av teksten felles med et annet; begge er talt.",
                "Nokre dokument har halvparten eller meir av teksten felles med eit anna; begge er talde.",
                "Some documents share half of their text or more with another; both are counted.",
            ),
            "material/near-empty" => (
                "Noen dokumenter har nesten ingen tekst.",
                "Nokre dokument har nesten ingen tekst.",
                "Some documents contain hardly any text.",
            ),
            "material/excluded-speaker-dominates" => (
                "I noen dokumenter er det meste av teksten sagt av noen som er utelatt fra kodingen.",
                "I nokre dokument er det meste av teksten sagt av nokon som er halden utanfor kodinga.",
                "In some documents, most of the text is by speakers who are excluded from coding.",
            ),
            id if is_failure(id) && one => (
                "Ett dokument kunne ikke leses og er ikke med i tallene.",
                "Eitt dokument kunne ikkje lesast og er ikkje med i tala.",
                "One document could not be read and is not counted.",
            ),
            id if is_failure(id) => (
                "Noen dokumenter kunne ikke leses og er ikke med i tallene.",
                "Nokre dokument kunne ikkje lesast og er ikkje med i tala.",
                "Some documents could not be read and are not counted.",
            ),
            "decisions/not-applied" => (
                "Prosjektet har avgjørelser som det ikke er tatt hensyn til i tallene.",
                "Prosjektet har avgjerder som det ikkje er teke omsyn til i tala.",
                "The project has decisions that are not applied.",
            ),
            "where/by-codings" => (
                "Materialet er valgt etter hva det er kodet med: andeler og tall per 1\u{202f}000 ord gjelder bare disse tekstsegmentene.",
                "Materialet er valt etter kva det er koda med: andelar og tal per 1\u{202f}000 ord gjeld berre desse \
                 tekstsegmenta.",
                "The material was selected by how it is coded: shares and rates describe these segments only.",
            ),
            "project/unreadable-folder" => (
                "En mappe eller flere kunne ikke åpnes: dokumenter i dem er ikke med i tallene.",
                "Ei mappe eller fleire kunne ikkje opnast: dokument i dei er ikkje med i tala.",
                "One or more folders could not be opened: documents in them are not counted.",
            ),
            id if id.starts_with("ingest/") => (
                "Ved innlesingen ble noe utelatt eller tolket.",
                "Ved innlesinga vart noko utelate eller tolka.",
                "Some content was left out or interpreted when documents were read.",
            ),
            id if id.starts_with("speakers/") || id.starts_with("manifest/") || id.starts_with("project/") => (
                "Noe i prosjektets egne filer er uklart eller ikke brukt.",
                "Noko i filene til prosjektet er uklårt eller ikkje brukt.",
                "Something in the project's own files is unclear or was ignored.",
            ),
            _ => return None,
        };
        Some(self.pick(nb, nn, en))
    }
}

/// One entry for rows of a kind.
fn remark(rows: &[&Warning], text: &str) -> Remark {
    let mut about: Vec<String> = rows.iter().filter_map(|row| row.path.clone()).collect();
    about.dedup();
    let details = rows.iter().map(|row| row.message.clone()).filter(|message| *message != text).collect();
    Remark { id: rows[0].id.to_string(), text: text.to_owned(), about, details, told: Vec::new() }
}
