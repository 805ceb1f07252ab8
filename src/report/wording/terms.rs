//! Single words and short phrases, each in three languages: one table, so that they can be read against each other.

use super::Lang;
use crate::compare::Verdict;
use crate::language::{Grade, Stance};
use crate::search::{Direction, Flag};

macro_rules! terms {
    ($($name:ident: $nb:literal, $nn:literal, $en:literal;)*) => {
        /// A word or phrase of reports.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Term {
            $(#[doc = $en] $name,)*
        }

        impl Term {
            /// Every term, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];
        }

        impl Lang {
            /// A term in this language.
            #[must_use]
            pub fn term(self, term: Term) -> &'static str {
                match term {
                    $(Term::$name => self.pick($nb, $nn, $en),)*
                }
            }
        }
    };
}

terms! {
    // Name of term: bokmål, nynorsk, English.
    Tagline: "temakart – koding av kvalitativt materiale", "temakart – koding av kvalitativt materiale", "temakart – coding of qualitative material";
    Report: "Temarapport", "Temarapport", "Theme report";
    Contents: "Innhold", "Innhald", "Contents";
    // Sections
    Glance: "Hovedbildet", "Hovudbiletet", "At a glance";
    Material: "Materialet", "Materialet", "The material";
    FrequencyMap: "Hvor ofte temaene kommer opp", "Kor ofte temaa kjem opp", "How often each theme comes up";
    ChangeSection: "Endring", "Endring", "Change";
    TogetherSection: "Temaer som opptrer sammen", "Tema som opptrer saman", "Themes that appear together";
    TimelineSection: "Over tid", "Over tid", "Over time";
    WordsSection: "Ord som skiller fasene", "Ord som skil fasane", "Words that set phases apart";
    StanceSection: "Framstilling", "Framstilling", "Stance";
    CodesSection: "Kode for kode", "Kode for kode", "Code by code";
    QuotesSection: "Sitater", "Sitat", "Quotes";
    EvidenceSection: "Belegg for påstandene", "Belegg for påstandane", "Evidence for the claims";
    MethodSection: "Metode", "Metode", "Method";
    MethodParagraph: "Metodeavsnitt til rapporten", "Metodeavsnitt til rapporten", "Method paragraph for your report";
    DataParagraph: "Avsnitt om behandling av data", "Avsnitt om behandling av data", "Paragraph on data handling";
    CountingRules: "Telleregler", "Teljereglar", "Counting rules";
    Limits: "Forbehold", "Atterhald", "Limits";
    CodebookAppendix: "Kodeboka", "Kodeboka", "The codebook";
    Versions: "Versjoner og kontrollsummer", "Versjonar og kontrollsummar", "Versions and checksums";
    WarningsHeading: "Dette må leseren vite", "Dette må lesaren vite", "What readers must know";
    SkippedHeading: "Dokumenter som ikke kunne leses", "Dokument som ikkje kunne lesast", "Documents that could not be read";
    // Things
    Case: "Case", "Case", "Case";
    Phase: "Fase", "Fase", "Phase";
    Code: "Kode", "Kode", "Code";
    Theme: "Tema", "Tema", "Theme";
    Document: "dokument", "dokument", "document";
    Documents: "dokumenter", "dokument", "documents";
    Segment: "tekstsegment", "tekstsegment", "segment";
    Segments: "tekstsegmenter", "tekstsegment", "segments";
    Word: "ord", "ord", "word";
    Words: "ord", "ord", "words";
    WordsLabel: "Ord", "Ord", "Words";
    Speaker: "taler", "talar", "speaker";
    Speakers: "talere", "talarar", "speakers";
    Mention: "omtale", "omtale", "mention";
    Mentions: "omtaler", "omtalar", "mentions";
    Quote: "sitat", "sitat", "quote";
    Quotes: "sitater", "sitat", "quotes";
    Per1000: "per 1\u{202f}000 ord", "per 1\u{202f}000 ord", "per 1,000 words";
    UnitMentions: "Omtaler", "Omtalar", "Mentions";
    UnitSegments: "Tekstsegmenter", "Tekstsegment", "Segments";
    UnitDocuments: "Dokumenter", "Dokument", "Documents";
    UnitRate: "Per 1\u{202f}000 ord", "Per 1\u{202f}000 ord", "Per 1,000 words";
    UnitSpeakers: "Talere", "Talarar", "Speakers";
    Unit: "Enhet", "Eining", "Unit";
    All: "Alle", "Alle", "All";
    Total: "I alt", "I alt", "Total";
    None: "(ikke oppgitt)", "(ikkje oppgitt)", "(not given)";
    NoMaterial: "ikke materiale", "ikkje materiale", "no material";
    Unknown: "ukjent", "ukjend", "unknown";
    Of: "av", "av", "of";
    Own: "herav koden selv", "herav koden sjølv", "of which the code's own";
    // Stance
    Present: "til stede", "til stades", "present";
    Missing: "mangler", "manglar", "missing";
    Mixed: "varierende", "varierande", "mixed";
    Needed: "etterlyst", "etterlyst", "needed";
    StanceLabel: "Framstilling", "Framstilling", "Stance";
    // Change
    From: "fra", "frå", "from";
    To: "til", "til", "to";
    Difference: "Forskjell", "Skilnad", "Difference";
    Interval: "95 % intervall", "95 % intervall", "95% interval";
    AdjustedP: "Justert p", "Justert p", "Adjusted p";
    VerdictLabel: "Vurdering", "Vurdering", "Verdict";
    More: "oftere", "oftare", "more often";
    Less: "sjeldnere", "sjeldnare", "less often";
    NoDifferenceShown: "ingen påvist forskjell", "ingen påvist skilnad", "no difference shown";
    TooLittleMaterial: "for lite materiale", "for lite materiale", "too little material";
    Overall: "Samlet", "Samla", "Overall";
    // Together
    Both: "Begge", "Begge", "Both";
    CCoefficient: "c", "c", "c";
    ShareOfFirst: "Andel av den første", "Andel av den fyrste", "Share of the first";
    ShareOfSecond: "Andel av den andre", "Andel av den andre", "Share of the second";
    Npmi: "NPMI", "NPMI", "NPMI";
    Few: "få", "få", "few";
    Uneven: "ujevnt par", "ujamt par", "uneven";
    Note: "Merknad", "Merknad", "Note";
    // Words
    WordForm: "Ordform", "Ordform", "Word form";
    MoreFrequent: "Hyppigere her", "Hyppigare her", "More frequent here";
    LessFrequent: "Sjeldnere her", "Sjeldnare her", "Less frequent here";
    Elsewhere: "ellers", "elles", "elsewhere";
    LogRatio: "Log Ratio", "Log Ratio", "Log Ratio";
    // Codes
    Definition: "Definisjon", "Definisjon", "Definition";
    Include: "Tas med", "Skal med", "Include";
    Exclude: "Tas ikke med", "Skal ikkje med", "Exclude";
    Examples: "Eksempler", "Døme", "Examples";
    Patterns: "Mønstre", "Mønster", "Patterns";
    Pattern: "Mønster", "Mønster", "Pattern";
    VoidedBy: "Teller ikke når teksten også treffer", "Tel ikkje når teksten òg treffer", "Not counted where the text also matches";
    FormsCaught: "Ordformer som ble funnet", "Ordformer som vart funne", "Forms matched";
    NotCaught: "ingen treff", "ingen treff", "no hits";
    Form: "Form", "Form", "Form";
    GradeLabel: "Treffmåte", "Treffmåte", "Grade";
    CountLabel: "Antall", "Tal", "Count";
    Parent: "Hører til", "Høyrer til", "Parent";
    // Quotes
    Citation: "Kilde", "Kjelde", "Citation";
    Cue: "Signalord", "Signalord", "Cue";
    Line: "linje", "linje", "line";
    Paragraph: "avsnitt", "avsnitt", "paragraph";
    Turn: "replikk", "replikk", "turn";
    Sentence: "setning", "setning", "sentence";
    Respondent: "respondent", "respondent", "respondent";
    SheetRow: "rad", "rad", "row";
    Page: "s.", "s.", "p.";
    DocumentLabel: "Dokument", "Dokument", "Document";
    SpeakerLabel: "Taler", "Talar", "Speaker";
    Date: "Dato", "Dato", "Date";
    Kind: "Type", "Type", "Type";
    Filter: "Filtrer sitatene", "Filtrer sitata", "Filter the quotes";
    ClearFilters: "Nullstill", "Nullstill", "Clear";
    Previous: "Forrige", "Førre", "Previous";
    Next: "Neste", "Neste", "Next";
    PageOf: "Side", "Side", "Page";
    NoQuotes: "Ingen sitater svarer til utvalget.", "Ingen sitat svarar til utvalet.", "No quotes match this choice.";
    QuotesLeftOut: "Sitatene er utelatt i denne utgaven; her står bare kildene.", "Sitata er utelatne i denne utgåva; her står berre kjeldene.", "Quotes are omitted from this edition; only their citations are shown.";
    NeedsScript: "Utvalg og blaing i sitater krever at nettleseren tillater skript på denne sida. Alle tabeller og figurer kan leses uten.", "Utval og blading i sitat krev at nettlesaren tillèt skript på denne sida. Alle tabellar og figurar kan lesast utan.", "Selecting and paging through quotes requires scripts to be allowed on this page. All tables and figures can be read without.";
    ShowQuotes: "Vis sitatene", "Vis sitata", "Show the quotes";
    SkipToContent: "Gå til innholdet", "Gå til innhaldet", "Skip to the content";
    FoldAll: "Bare hovedkoder", "Berre hovudkodar", "Top codes only";
    UnfoldAll: "Alle koder", "Alle kodar", "All codes";
    Fold: "Skjul underkoder av", "Gøym underkodar av", "Hide the codes below";
    Unfold: "Vis underkoder av", "Vis underkodar av", "Show the codes below";
    Copy: "Kopier", "Kopier", "Copy";
    Copied: "Kopiert", "Kopiert", "Copied";
    Darkness: "Lys eller mørk", "Lys eller mørk", "Light or dark";
    Table: "Tabell", "Tabell", "Table";
    Figure: "Figur", "Figur", "Figure";
    AsTable: "Vis tallene som tabell", "Vis tala som tabell", "Show the numbers as a table";
    // Evidence
    Claim: "Påstand", "Påstand", "Claim";
    Supports: "Belegg", "Belegg", "Evidence";
    Opposes: "Motbelegg", "Motbelegg", "Counter-evidence";
    Unclear: "Uavklart", "Uavklart", "Unclear";
    NothingFound: "Ingen belegg funnet", "Ingen belegg funne", "No evidence found";
    // Method
    Program: "Program", "Program", "Program";
    CodebookLabel: "Kodebok", "Kodebok", "Codebook";
    ChosenMaterial: "Utvalg", "Utval", "Selection";
    Decisions: "Avgjørelser", "Avgjerder", "Decisions";
    RepeatedText: "Gjentatt tekst", "Gjenteken tekst", "Repeated text";
    CountedOnce: "telt én gang", "talt éin gong", "counted once";
    CountedEachTime: "telt hver gang", "talt kvar gong", "counted each time";
    Seed: "Frø for tilfeldige trekk", "Frø for tilfeldige trekk", "Random seed";
    AllNumbers: "Alle tall", "Alle tal", "All numbers";
    Item: "Opplysning", "Opplysning", "Item";
    ItemValue: "Verdi", "Verdi", "Value";
    File: "Fil", "Fil", "File";
    Checksum: "SHA-256", "SHA-256", "SHA-256";
    Reason: "Grunn", "Grunn", "Reason";
    // Spread
    Spread: "Spredning", "Spreiing", "Spread";
    CodeWord: "kode", "kode", "code";
    CodeWords: "koder", "kodar", "codes";
    MostMentioned: "Mest omtalt", "Mest omtala", "Most mentioned";
    MaterialHow: "Dokumenter, ord og talere i hver rute. Streken viser ord, målt mot ruta med flest.", "Dokument, ord og talarar i kvar rute. Streken viser ord, målt mot ruta med flest.", "Documents, words and speakers in each cell. The bar shows words, relative to the cell with the most.";
    DocumentList: "Dokument for dokument", "Dokument for dokument", "Document by document";
    InAll: "i alt", "i alt", "in all";
    HeatmapHow: "Jo kraftigere farge, jo oftere.", "Di sterkare farge, di oftare.", "The stronger the colour, the more mentions.";
    FewPersons: "én eller to personer bak tallet", "éin eller to personar bak talet", "based on one or two people";
    PrintedQuotes: "Utskriften viser {n} av {all} omtaler; alle står i HTML-fila.", "Utskrifta viser {n} av {all} omtalar; alle står i HTML-fila.", "Print shows {n} of {all} mentions; all are in the HTML file.";
    ChooseCell: "Velg en rute for å lese sitatene bak tallet.", "Vel ei rute for å lese sitata bak talet.", "Choose a cell to read the quotes behind its number.";
    Scrolls: "Tabellen er bredere enn vinduet. Rull sidelengs for å se resten.", "Tabellen er breiare enn vindauget. Rull sidelengs for å sjå resten.", "The table is wider than the window. Scroll sideways to see the rest.";
    HeatmapKey: "° én eller to personer bak tallet · kursiv: færre enn fem omtaler · – ikke materiale", "° éin eller to personar bak talet · kursiv: færre enn fem omtalar · – ikkje materiale", "° number based on one or two people · italics: fewer than five mentions · – no material";
    PictureKey: "° én eller to personer bak tallet · – ikke materiale", "° éin eller to personar bak talet · – ikkje materiale", "° number based on one or two people · – no material";
    ChangeHow: "Omtaler per 1\u{202f}000 ord i hver av de to fasene. Tykk strek: påvist forskjell. Tynn strek: ingen påvist forskjell, eller for lite materiale til å teste.", "Omtalar per 1\u{202f}000 ord i kvar av dei to fasane. Tjukk strek: påvist skilnad. Tynn strek: ingen påvist skilnad, eller for lite materiale til å teste.", "Mentions per 1,000 words in each of the two phases. Thick line: a difference is shown. Thin line: no difference shown, or too little material to test.";
    DifferenceWithInterval: "Forskjell, 95 % intervall", "Skilnad, 95 % intervall", "Difference, 95% interval";
    TogetherHow: "Antall tekstsegmenter der begge temaer er nevnt. Jo kraftigere farge, jo større andel av segmentene med minst ett av dem har begge (c). At temaer opptrer sammen, betyr ikke at de henger sammen.", "Talet på tekstsegment der begge tema er nemnde. Di sterkare farge, di større andel av segmenta med minst eitt av dei har begge (c). At tema opptrer saman, tyder ikkje at dei heng saman.", "Number of segments with both themes. The stronger the colour, the larger the proportion of the segments with either theme that have both (c). That themes occur together does not mean that they are related.";
    TogetherKey: "Tallet på skrålinja er radens nummer; det gjelder også kolonnen.", "Talet på skrålina er nummeret til rada; det gjeld òg kolonnen.", "The number on the diagonal is that of the row, and also of the column.";
    TimelineHow: "Omtaler per 1\u{202f}000 ord i hver periode. Der det ikke er dokumenter, er det heller ingen linje.", "Omtalar per 1\u{202f}000 ord i kvar periode. Der det ikkje er dokument, er det heller inga line.", "Mentions per 1,000 words in each period. Where there are no documents, there is no line.";
    StanceHow: "Lengden på strekene er antall omtaler. «Mangler» betyr at teksten sier at temaet mangler; det er også omtaler av temaet.", "Lengda på strekane er talet på omtalar. «Manglar» vil seie at teksten seier at temaet manglar; det er òg omtalar av temaet.", "The length of the bars is the number of mentions. “Missing” means that the text says that the theme is missing; that too is a mention of the theme.";
    WordOfMedian: "ord i et vanlig tekstsegment", "ord i eit vanleg tekstsegment", "word in the median segment";
    WordsOfMedian: "ord i et vanlig tekstsegment", "ord i eit vanleg tekstsegment", "words in the median segment";
    VerdictWithP: "Vurdering (justert p)", "Vurdering (justert p)", "Verdict (adjusted p)";
    HereDocuments: "Her (dokumenter)", "Her (dokument)", "Here (documents)";
    ElsewhereDocuments: "Ellers (dokumenter)", "Elles (dokument)", "Elsewhere (documents)";
    ClaimsHow: "Utdragene er funnet ved søk og fordelt på belegg og motbelegg etter signalord; les dem før de brukes.", "Utdraga er funne ved søk og fordelte på belegg og motbelegg etter signalord; les dei før dei blir brukte.", "The passages were found by search and sorted into evidence and counter-evidence by cue words; read them before you use them.";
    DirectionLabel: "Retning", "Retning", "Direction";
    QuoteLabel: "Sitat", "Sitat", "Quote";
    Test: "test", "test", "test";
    Tests: "tester", "testar", "tests";
    Nobody: "ingen", "ingen", "none";
    NotCompared: "Det er ikke noe å sammenligne.", "Det er ikkje noko å samanlikne.", "There is nothing to compare.";
    InWords: "Vurderingene i ord", "Vurderingane i ord", "The verdicts in words";
    TheFirst: "Det ene temaet", "Det eine temaet", "The first theme";
    TheSecond: "Det andre temaet", "Det andre temaet", "The second theme";
    SegmentsWithBoth: "Segmenter med begge", "Segment med begge", "Segments with both";
    DocumentsWithBoth: "Dokumenter med begge", "Dokument med begge", "Documents with both";
    WordsHow: "Ord som er hyppigere i en fase enn i de andre: en liste å lete i etter temaer som kodeboka mangler, ikke en test. Log Ratio 1 betyr dobbelt så hyppig; ~ at ordet ikke står i resten, og er regnet som et halvt der.", "Ord som er hyppigare i ein fase enn i dei andre: ei liste å leite i etter tema som kodeboka manglar, ikkje ein test. Log Ratio 1 vil seie dobbelt så hyppig; ~ at ordet ikkje står i resten, og er rekna som eit halvt der.", "Words that are more frequent in one phase than in the others: a list to search for themes that the codebook lacks, not a test. A Log Ratio of 1 means twice as frequent; ~ that the word does not occur in the rest, and is counted as half a word there.";
    Here: "Her", "Her", "Here";
    NoWords: "ingen ord skiller seg ut", "ingen ord skil seg ut", "no words stand out";
    CodeId: "Kodens id", "Id til koden", "Code id";
    FormsShutOut: "Utelatte ordformer", "Utelatne ordformer", "Excluded forms";
    TogetherWith: "Sammen med", "Saman med", "Together with";
    PeriodLabel: "Periode", "Periode", "Period";
    ProgramMessages: "Meldinger fra programmet (på engelsk)", "Meldingar frå programmet (på engelsk)", "Messages from the program";
    Files: "Filene bak tallene", "Filene bak tala", "The files behind the numbers";
    DocumentsWithTheme: "dokumenter med temaet", "dokument med temaet", "documents with the theme";
}

impl Lang {
    /// How a passage puts a theme.
    #[must_use]
    pub fn stance(self, stance: Stance) -> &'static str {
        self.term(match stance {
            Stance::Present => Term::Present,
            Stance::Missing => Term::Missing,
            Stance::Mixed => Term::Mixed,
            Stance::Needed => Term::Needed,
        })
    }

    /// What may be said of a difference.
    #[must_use]
    pub fn verdict(self, verdict: Verdict) -> &'static str {
        self.term(match verdict {
            Verdict::More => Term::More,
            Verdict::Less => Term::Less,
            Verdict::NoDifferenceShown => Term::NoDifferenceShown,
            Verdict::TooLittleMaterial => Term::TooLittleMaterial,
        })
    }

    /// Whether a passage speaks for a claim or against it.
    #[must_use]
    pub fn direction(self, direction: Direction) -> &'static str {
        self.term(match direction {
            Direction::Same => Term::Supports,
            Direction::Opposite => Term::Opposes,
            Direction::Unclear => Term::Unclear,
        })
    }

    /// What must be seen beside a claim's passages.
    #[must_use]
    pub fn flags(self, flags: &[Flag]) -> Vec<&'static str> {
        let says_same = !flags.contains(&Flag::NothingSaysSame);
        flags.iter().map(|flag| self.flag(*flag, says_same)).collect()
    }

    fn flag(self, flag: Flag, says_same: bool) -> &'static str {
        match flag {
            Flag::OneDocument if says_same => self.pick(
                "Det som sier det samme, er fra ett dokument.",
                "Det som seier det same, er frå eitt dokument.",
                "What says the same is from one document.",
            ),
            Flag::OneSpeaker if says_same => self.pick(
                "Det som sier det samme, er én persons ord.",
                "Det som seier det same, er orda til éin person.",
                "What says the same is one person's words.",
            ),
            Flag::OneCase if says_same => self.pick(
                "Det som sier det samme, er fra én case.",
                "Det som seier det same, er frå éin case.",
                "What says the same is from one case.",
            ),
            Flag::NoEvidence => self.term(Term::NothingFound),
            Flag::OneDocument => self.pick(
                "Utdragene er fra ett dokument.",
                "Utdraga er frå eitt dokument.",
                "The passages are from one document.",
            ),
            Flag::OneSpeaker => self.pick(
                "Utdragene er én persons ord.",
                "Utdraga er orda til éin person.",
                "The passages are one person's words.",
            ),
            Flag::OneCase => {
                self.pick("Utdragene er fra én case.", "Utdraga er frå éin case.", "The passages are from one case.")
            }
            Flag::CounterEvidence => {
                self.pick("Det finnes motbelegg.", "Det finst motbelegg.", "There is counter-evidence.")
            }
            Flag::NothingSaysSame => self.pick(
                "Ingen av utdragene sier klart det samme som påstanden.",
                "Ingen av utdraga seier klart det same som påstanden.",
                "No passage clearly says the same as the claim.",
            ),
        }
    }

    /// How a form met a pattern.
    #[must_use]
    pub fn grade(self, grade: Grade) -> &'static str {
        match grade {
            Grade::Exact => self.pick("selve ordet", "sjølve ordet", "the word itself"),
            Grade::Inflection => self.pick("bøyning", "bøying", "inflection"),
            Grade::Derived => self.pick("avledning", "avleiing", "derivation"),
            Grade::Head => self.pick(
                "sammensetning som ender på ordet",
                "samansetjing som endar på ordet",
                "compound ending in the word",
            ),
            Grade::Modifier => self.pick(
                "sammensetning som begynner med ordet",
                "samansetjing som byrjar med ordet",
                "compound beginning with the word",
            ),
            Grade::Wildcard => self.pick("jokertegn", "jokerteikn", "wildcard"),
            Grade::Fuzzy => self.pick("skrivefeil", "skrivefeil", "spelling error"),
            Grade::Regex => self.pick("regulært uttrykk", "regulært uttrykk", "regular expression"),
            Grade::Phrase => self.pick("frase", "frase", "phrase"),
            Grade::Manual => self.pick("kodet av en person", "koda av ein person", "coded by a person"),
            Grade::Near => self.pick("ord nær hverandre", "ord nær kvarandre", "words near each other"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_term_is_there_in_every_language() {
        for term in Term::ALL {
            for lang in [Lang::Nb, Lang::Nn, Lang::En] {
                let text = lang.term(*term);
                assert!(!text.trim().is_empty() && text.trim() == text, "{term:?} in {lang:?}: `{text}`");
            }
        }
    }
}
