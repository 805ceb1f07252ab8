//! How it was done, as paragraphs with the numbers filled in that a researcher can paste and edit.

use super::change::by_unit;
use super::{Lang, Term};
use crate::compare::{MIN_MENTIONS, MIN_UNITS};
use crate::report::Report;

impl Lang {
    /// The method paragraph.
    #[must_use]
    pub fn method_paragraph(self, report: &Report) -> String {
        [self.what_was_coded(report), self.how_it_was_coded(report), self.how_it_was_compared(report)]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
    }

    fn what_was_coded(self, report: &Report) -> String {
        let totals = report.run.totals;
        let documents = self.counted(totals.documents, Term::Document, Term::Documents);
        let segments = self.counted(totals.segments, Term::Segment, Term::Segments);
        let words = self.counted(totals.words, Term::Word, Term::Words);
        let axis = |axis: &crate::report::LabelledAxis| {
            let values: Vec<String> = (0..axis.values.len()).map(|value| self.value(axis, value).to_owned()).collect();
            format!("{} ({})", self.axis(axis).to_lowercase(), self.list(&values))
        };
        let (case, phase) = (axis(&report.case), axis(&report.phase));
        let mut text = self.pick(
            format!("Materialet består av {documents} med {segments} og {words}, ordnet etter {case} og {phase}."),
            format!(
                "Materialet er sett saman av {documents} med {segments} og {words}, ordna etter {case} og {phase}."
            ),
            format!("The material comprises {documents} with {segments} and {words}, organised by {case} and {phase}."),
        );
        if !report.skipped.is_empty() {
            let n = report.skipped.len() as u64;
            let skipped = self.counted(n, Term::Document, Term::Documents);
            text.push_str(&self.pick(
                format!(" Ytterligere {skipped} kunne ikke leses og er ikke med i tallene."),
                format!(" Ytterlegare {skipped} kunne ikkje lesast og er ikkje med i tala."),
                format!(
                    " A further {skipped} could not be read and {} not counted.",
                    if n == 1 { "is" } else { "are" }
                ),
            ));
        }
        if let Some(filter) = &report.run.options.filter {
            let filter = self.quoted(filter);
            text.push_str(&self.pick(
                format!(" Bare den delen av materialet som svarer til utvalget {filter}, er med."),
                format!(" Berre den delen av materialet som svarar til utvalet {filter}, er med."),
                format!(" Only the part of the material that matches the selection {filter} is included."),
            ));
        }
        text
    }

    fn how_it_was_coded(self, report: &Report) -> String {
        let version = &report.run.temakart;
        let codebook = self.quoted(&report.codebook.name);
        let codes = self.count(report.codebook.codes.len() as u64);
        let patterns = self.count(report.codebook.codes.iter().map(|code| code.patterns.len() as u64).sum());
        let mentions = self.counted(report.run.totals.mentions, Term::Mention, Term::Mentions);
        let found = if report.run.totals.mentions == 1 { "was found" } else { "were found" };
        let repeated = if report.run.options.unique {
            self.pick(
                " Tekstsegmenter på tolv ord eller mer som gjentar et annet ord for ord, er talt én gang.",
                " Tekstsegment på tolv ord eller meir som tek opp att eit anna ord for ord, er talde éin gong.",
                " Segments of twelve words or more that repeat another segment word for word were counted once.",
            )
        } else {
            ""
        };
        let stance = if report.tells_stance() {
            self.pick(
                " Om en omtale framstiller temaet som til stede, manglende, varierende eller etterlyst, er avgjort av \
                 signalord i samme hel- eller leddsetning, ikke av nektelser som temaet selv kjennes igjen på.",
                " Om ein omtale framstiller temaet som til stades, manglande, varierande eller etterlyst, er avgjort \
                 av signalord i same hel- eller leddsetning, ikkje av nektingar som temaet sjølv blir kjent att på.",
                " Whether a mention describes the theme as present, missing, mixed or needed was determined from cue \
                 words in the same clause, other than negations that the theme itself is recognised by.",
            )
        } else {
            ""
        };
        self.pick(
            format!(
                "Materialet ble kodet med temakart {version} etter kodeboka {codebook}, som har {codes} koder med til \
                 sammen {patterns} mønstre. Kodingen er regelbasert: hvert tema kjennes igjen på ord og fraser som \
                 står i kodeboka, i alle bøyningsformer og i de sammensetningene kodeboka åpner for, og samme \
                 materiale og kodebok gir alltid de samme tallene. Overskrifter og ytringer fra talere som prosjektet \
                 har utelatt, for eksempel intervjuere, er ikke kodet og inngår ikke i nevnerne. I alt ble det funnet \
                 {mentions}. Hvor ofte et tema kommer opp, er oppgitt som antall omtaler, som omtaler per 1\u{202f}000 ord og \
                 som antall dokumenter med minst én omtale.{stance}{repeated}"
            ),
            format!(
                "Materialet vart koda med temakart {version} etter kodeboka {codebook}, som har {codes} kodar med til \
                 saman {patterns} mønster. Kodinga er regelbasert: kvart tema blir kjent att på ord og frasar som står \
                 i kodeboka, i alle bøyingsformer og i dei samansetjingane kodeboka opnar for, og same materiale og \
                 kodebok gjev alltid dei same tala. Overskrifter og ytringar frå talarar som prosjektet har halde \
                 utanfor, til dømes intervjuarar, er ikkje koda og inngår ikkje i nemnarane. I alt vart det funne \
                 {mentions}. Kor ofte eit tema kjem opp, er oppgjeve som tal på omtalar, som omtalar per 1\u{202f}000 ord og \
                 som tal på dokument med minst éin omtale.{stance}{repeated}"
            ),
            format!(
                "The material was coded with temakart {version} using the codebook {codebook}, which has {codes} codes \
                 with a total of {patterns} patterns. Coding is rule-based: each theme is recognised by the words and \
                 phrases listed in the codebook, in all their inflected forms and in the compounds that the codebook \
                 allows, and the same material and codebook always give the same numbers. Headings and speech by \
                 speakers whom the project excludes, such as interviewers, were not coded and are not included in the \
                 denominators. A total of {mentions} {found}. The frequency of a theme is reported as the number of \
                 mentions, as mentions per 1,000 words, and as the number of documents with at least one \
                 mention.{stance}{repeated}"
            ),
        )
    }

    fn how_it_was_compared(self, report: &Report) -> String {
        let (Some(comparison), Some([from, to])) = (&report.comparison, self.sides(report)) else {
            return String::new();
        };
        let case = self.axis(&report.case).to_lowercase();
        let tests = |n: usize| self.counted(n as u64, Term::Test, Term::Tests);
        let (overall, within) = (tests(comparison.families.overall), tests(comparison.families.within));
        let seed = comparison.plan.seed;
        let reassigned = self.pick(
            by_unit(report, "hele dokumenter", "informanter, hver med alle sine dokumenter,"),
            by_unit(report, "heile dokument", "informantar, kvar med alle sine dokument,"),
            by_unit(report, "whole documents", "informants, each with all their documents,"),
        );
        let units = self.pick(
            by_unit(report, "dokumenter", "informanter"),
            by_unit(report, "dokument", "informantar"),
            by_unit(report, "documents", "informants"),
        );
        self.pick(
            format!(
                "Forskjeller mellom {from} og {to} ble testet med en permutasjonstest der {reassigned} ble fordelt \
                 tilfeldig på nytt mellom de to innenfor hver {case}. Det ble gjort {overall} på hele materialet og \
                 {within} på én {case} om gangen, med p-verdier justert etter Benjamini og Hochbergs metode (frø \
                 {seed}). En forskjell regnes som påvist når justert p er 0,05 eller lavere; temaer med færre enn \
                 {MIN_MENTIONS} omtaler eller færre enn {MIN_UNITS} {units} på en av sidene ble ikke testet."
            ),
            format!(
                "Skilnader mellom {from} og {to} vart testa med ein permutasjonstest der {reassigned} vart fordelte \
                 tilfeldig på nytt mellom dei to innanfor kvar {case}. Det vart gjort {overall} på heile materialet og \
                 {within} på éin {case} om gongen, med p-verdiar justerte etter metoden til Benjamini og Hochberg (frø \
                 {seed}). Ein skilnad blir rekna som påvist når justert p er 0,05 eller lågare; tema med færre enn \
                 {MIN_MENTIONS} omtalar eller færre enn {MIN_UNITS} {units} på ei av sidene vart ikkje testa."
            ),
            format!(
                "Differences between {from} and {to} were tested with a permutation test in which {reassigned} were \
                 randomly reassigned between the two within each {case}. This comprised {overall} on all material and \
                 {within} on one {case} at a time, with p values adjusted by the Benjamini–Hochberg procedure (random \
                 seed {seed}). A difference is reported as shown where the adjusted p is .05 or lower; themes with \
                 fewer than {MIN_MENTIONS} mentions or fewer than {MIN_UNITS} {units} on either side were not tested."
            ),
        )
    }

    /// The paragraph on data handling, for a privacy notice or an appendix.
    #[must_use]
    pub fn data_paragraph(self, report: &Report) -> String {
        let mut text = self
            .pick(
                "Materialet er behandlet lokalt med temakart på forskerens egen maskin. Programmet sender ikke noe fra seg: verken tekst, \
                 lyd eller tall går til nettjenester eller språkmodeller. Indeksen som programmet lager, ligger i prosjektmappa eller i \
                 brukerens egen hurtiglagermappe, og kan slettes når som helst. Der prosjektet oppgir pseudonymer for dem som snakker, \
                 står pseudonymet i alt som skrives ut. Når en deltaker trekker samtykket, tas dokumentet ut av indeks, resultater og \
                 avgjørelser.",
                "Materialet er handsama lokalt med temakart på maskina til forskaren. Programmet sender ikkje noko frå \
                 seg: verken tekst, lyd eller tal går til nettenester eller språkmodellar. Indeksen som programmet \
                 lagar, ligg i prosjektmappa eller i hurtiglagermappa til brukaren, og kan slettast når som helst. Der \
                 prosjektet oppgjev pseudonym for dei som snakkar, står pseudonymet i alt som blir skrive ut. Når ein \
                 deltakar trekkjer samtykket, blir dokumentet teke ut av indeks, resultat og avgjerder.",
                "The material was processed locally with temakart on the researcher's own computer. The program \
                 transmits nothing: no text, sound or numbers are sent to web services or language models. The index \
                 that it builds is stored in the project folder or in the user's own cache folder and can be deleted \
                 at any time. Where the project gives pseudonyms for speakers, all output uses them. When a \
                 participant withdraws consent, the document is removed from index, results and decisions.",
            )
            .to_owned();
        let forgotten = report.run.totals.forgotten;
        if forgotten > 0 {
            let n = self.counted(forgotten, Term::Document, Term::Documents);
            text.push_str(&self.pick(
                format!(" {n} er tatt ut på denne måten."),
                format!(" {n} er tekne ut på denne måten."),
                format!(" {n} {} removed in this way.", if forgotten == 1 { "was" } else { "were" }),
            ));
        }
        text.push(' ');
        text.push_str(if report.shows_quotes {
            self.pick(
                "Sitatene i denne utgaven er ordrette utdrag av materialet og kan gjøre personer gjenkjennelige; de må vurderes før \
                 rapporten deles utenfor prosjektet.",
                "Sitata i denne utgåva er ordrette utdrag av materialet og kan gjere personar attkjennelege; dei må vurderast før \
                 rapporten blir delt utanfor prosjektet.",
                "The quotes in this edition are verbatim excerpts from the material and may make people identifiable; \
                 assess them before the report is shared outside the project.",
            )
        } else {
            self.pick(
                "Denne utgaven inneholder ingen ord fra materialet, bare tall og kildehenvisninger.",
                "Denne utgåva inneheld ingen ord frå materialet, berre tal og kjeldetilvisingar.",
                "This edition contains no words from the material, only numbers and citations.",
            )
        });
        text
    }

    /// The counting rules, one by one.
    #[must_use]
    pub fn counting_rules(self) -> &'static [&'static str] {
        self.pick(
            &[
                "Et ord har minst én bokstav eller ett siffer; et ord med bindestrek er ett ord.",
                "Innenfor én kode telles det lengste treffet først, så det som står først i teksten; treff som deler ord med et som alt er \
                 talt, telles ikke. Ulike koder kan telle samme ord.",
                "Et treff som deler ord med et av kodens unntak, telles ikke.",
                "En overordnet kode teller både sine egne og underkodenes omtaler, som om de var én kode; samme sted \
                 telles bare én gang.",
                "Overskrifter og det intervjuere og møteledere sier, kan søkes fram, men kodes ikke og inngår ikke i \
                 nevnerne.",
                "En rute uten dokumenter har ikke noe tall: den er merket «ikke materiale», ikke 0.",
                "Antall talere er ukjent i en rute så snart ett av dokumentene ikke sier hvem som snakker.",
            ],
            &[
                "Eit ord har minst éin bokstav eller eitt siffer; eit ord med bindestrek er eitt ord.",
                "Innanfor éin kode blir det lengste treffet talt fyrst, så det som står fyrst i teksten; treff som deler ord med eit som \
                 alt er talt, blir ikkje talde. Ulike kodar kan telje same ord.",
                "Eit treff som deler ord med eit av unntaka til koden, blir ikkje talt.",
                "Ein overordna kode tel sine eigne omtalar og dei underkodane har, som om dei var éin kode; same stad blir talt berre éin \
                 gong.",
                "Overskrifter og det intervjuarar og møteleiarar seier, kan søkjast fram, men blir ikkje koda og \
                 inngår ikkje i nemnarane.",
                "Ei rute utan dokument har ikkje noko tal: ho er merkt «ikkje materiale», ikkje 0.",
                "Talet på talarar er ukjent i ei rute så snart eitt av dokumenta ikkje seier kven som snakkar.",
            ],
            &[
                "A word has at least one letter or digit; a hyphenated word is one word.",
                "Within one code the longest match is counted first, then the leftmost; a match that shares a word \
                 with one already counted is not counted. Different codes may count the same word.",
                "A match that shares a word with one of the code's exceptions is not counted.",
                "A parent code counts its own mentions and those of its descendants as if they were one code; the same \
                 place is counted once.",
                "Headings and what interviewers and chairs say can be searched, but are not coded and not included in \
                 the denominators.",
                "A cell without documents has no number: it is marked “no material”, not 0.",
                "The number of speakers in a cell is unknown if any of its documents does not say who is speaking.",
            ],
        )
    }

    /// What the numbers cannot carry.
    #[must_use]
    pub fn limits(self, report: &Report) -> Vec<&'static str> {
        let mut limits = self.general_limits().to_vec();
        if report.tells_stance() {
            // After what is said of rules in general.
            limits.insert(2, self.limit_of_stance());
        }
        limits
    }

    /// How good the stances are, as far as it is known.
    fn limit_of_stance(self) -> &'static str {
        self.pick(
            "Framstillingen er bestemt av signalord i samme hel- eller leddsetning. På nye setninger som var skrevet \
             for å prøve reglene, stemte den i om lag fire av fem tilfeller; hvor ofte den stemmer i dette materialet, \
             er ikke målt.",
            "Framstillinga er bestemt av signalord i same hel- eller leddsetning. På nye setningar som var skrivne for \
             å prøve reglane, stemde ho i om lag fire av fem tilfelle; kor ofte ho stemmer i dette materialet, er ikkje \
             målt.",
            "Stance is determined from cue words in the same clause. On new sentences written for testing the rules, it \
             was right in about four of five cases; how often it is right in this material has not been measured.",
        )
    }

    fn general_limits(self) -> &'static [&'static str] {
        self.pick(
            &[
                "Tallene viser hva det snakkes og skrives om, ikke hva som er tilfelle. At et tema nevnes oftere, er ikke det samme som at \
                 det er blitt mer av det.",
                "Reglene finner ord, ikke mening. Omskrivinger, ironi og det som ikke blir sagt, fanges ikke opp; les sitatene.",
                "Få dokumenter gir usikre tall. At ingen forskjell er påvist, betyr ikke at det ikke finnes noen.",
                "At to temaer opptrer i samme tekstsegment, betyr ikke at de henger sammen.",
                "Ordlistene er ment for gjennomlesing: målene går ut fra at ord er uavhengige av hverandre, og det er de ikke.",
            ],
            &[
                "Tala viser kva det blir snakka og skrive om, ikkje kva som er tilfelle. At eit tema blir nemnt oftare, er ikkje det same \
                 som at det er vorte meir av det.",
                "Reglane finn ord, ikkje meining. Omskrivingar, ironi og det som ikkje blir sagt, blir ikkje fanga opp; les sitata.",
                "Få dokument gjev usikre tal. At ingen skilnad er påvist, tyder ikkje at det ikkje finst nokon.",
                "At to tema opptrer i same tekstsegment, tyder ikkje at dei heng saman.",
                "Ordlistene er meinte for gjennomlesing: måla går ut frå at ord er uavhengige av kvarandre, og det er dei ikkje.",
            ],
            &[
                "The numbers show what people speak and write about, not what is the case. That a theme is mentioned \
                 more often does not mean that there is more of it.",
                "Rules find words, not meaning. Paraphrase, irony and what is left unsaid are not caught; read the quotes.",
                "With few documents, the numbers are uncertain. That no difference is shown does not mean that there \
                 is none.",
                "That two themes appear in the same segment does not mean that they are related.",
                "The word lists are for reading through, not tests: their measures assume that words are independent \
                 of each other, which they are not.",
            ],
        )
    }
}
