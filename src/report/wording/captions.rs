//! What stands over tables and charts, and below them, where a report is running text.

use super::{Lang, Term};
use crate::report::Report;

impl Lang {
    /// BCP 47 tag of the language as it is written in its country.
    #[must_use]
    pub fn tag(self) -> &'static str {
        self.pick("nb-NO", "nn-NO", "en-GB")
    }

    /// Below the report's title: how much it is made of.
    #[must_use]
    pub fn subtitle(self, report: &Report) -> String {
        let totals = report.run.totals;
        format!(
            "{} · {}, {}, {}",
            self.term(Term::Report),
            self.counted(totals.documents, Term::Document, Term::Documents),
            self.counted(totals.words, Term::Word, Term::Words),
            self.counted(totals.mentions, Term::Mention, Term::Mentions)
        )
    }

    /// What the report is and how it is to be read.
    #[must_use]
    pub fn introduction(self, report: &Report) -> String {
        let codebook = self.quoted(&report.codebook.name);
        let chapter = self.quoted(self.term(Term::CodesSection));
        let what = self.pick(
            format!(
                "Rapporten viser hvor ofte temaene i kodeboka {codebook} kommer opp i materialet, hvor de kommer opp, \
                 og med hvilke ord."
            ),
            format!(
                "Rapporten viser kor ofte temaa i kodeboka {codebook} kjem opp i materialet, kvar dei kjem opp, og med \
                 kva ord."
            ),
            format!(
                "The report shows how often the themes of the codebook {codebook} come up in the material, where, and \
                 in which words."
            ),
        );
        let links = if report.shows_quotes {
            self.pick(
                format!(
                    "I tabellene er kodene lenket til kapitlet {chapter}, der hver kode har et utvalg sitater med \
                     kilde. Alle sitatene bak hvert tall står i HTML-utgaven av rapporten og i Excel-arbeidsboka."
                ),
                format!(
                    "I tabellane er kodane lenkja til kapittelet {chapter}, der kvar kode har eit utval sitat med \
                     kjelde. Alle sitata bak kvart tal står i HTML-utgåva av rapporten og i Excel-arbeidsboka."
                ),
                format!(
                    "The codes in the tables link to the chapter {chapter}, where each code has a selection of quotes \
                     with citations. All quotes behind each number are in the HTML edition of the report and in the \
                     Excel workbook."
                ),
            )
        } else {
            self.pick(
                format!("I tabellene er kodene lenket til kapitlet {chapter}, med kilder til et utvalg av omtalene."),
                format!(
                    "I tabellane er kodane lenkja til kapittelet {chapter}, med kjelder til eit utval av omtalane."
                ),
                format!("The codes in the tables link to the chapter {chapter}, with citations of some mentions."),
            )
        };
        format!("{what} {links}")
    }

    /// `Materialet etter delpilot og fase`.
    #[must_use]
    pub fn material_caption(self, report: &Report) -> String {
        let (case, phase) = self.axes_in_sentence(report);
        self.pick(
            format!("Materialet etter {case} og {phase}"),
            format!("Materialet etter {case} og {phase}"),
            format!("The material by {case} and {phase}"),
        )
    }

    /// What a table of codes by cells shows, in one unit.
    #[must_use]
    pub fn cells_caption(self, report: &Report, unit: Term) -> String {
        let (case, phase) = self.axes_in_sentence(report);
        let by = self.pick("etter", "etter", "by");
        let and = self.pick("og", "og", "and");
        format!("{} {by} {case} {and} {phase}", self.unit_in_caption(unit))
    }

    /// The part of a table that does not fit on one page: `1 av 3`.
    #[must_use]
    pub fn part_of(self, part: usize, parts: usize) -> String {
        format!("({part} {} {parts})", self.term(Term::Of))
    }

    fn unit_in_caption(self, unit: Term) -> &'static str {
        match unit {
            Term::UnitRate => {
                self.pick("Omtaler per 1\u{202f}000 ord", "Omtalar per 1\u{202f}000 ord", "Mentions per 1,000 words")
            }
            Term::UnitDocuments => {
                self.pick("Dokumenter med temaet", "Dokument med temaet", "Documents with the theme")
            }
            _ => self.pick("Antall omtaler", "Talet på omtalar", "Number of mentions"),
        }
    }

    fn axes_in_sentence(self, report: &Report) -> (String, String) {
        (self.axis(&report.case).to_lowercase(), self.axis(&report.phase).to_lowercase())
    }

    /// Below the table of rates.
    #[must_use]
    pub fn shade_note(self) -> &'static str {
        self.pick(
            "Jo mørkere rute, jo flere omtaler per 1\u{202f}000 ord; trinnene er de samme for alle koder.",
            "Di mørkare rute, di fleire omtalar per 1\u{202f}000 ord; stega er dei same for alle kodar.",
            "The darker the cell, the more mentions per 1,000 words; the steps are the same for all codes.",
        )
    }

    /// What `–` and `°` mean in tables.
    #[must_use]
    pub fn marks_note(self, has_gaps: bool, has_few: bool) -> String {
        let mut notes = Vec::new();
        if has_gaps {
            notes.push(self.pick(
                "– betyr at det ikke er materiale.",
                "– tyder at det ikkje er materiale.",
                "– means no material.",
            ));
        }
        if has_few {
            notes.push(self.pick(
                "° betyr at tallet bygger på én eller to personer.",
                "° tyder at talet byggjer på éin eller to personar.",
                "° means that the number is based on one or two people.",
            ));
        }
        notes.join(" ")
    }

    /// Where there are too many cells for a page.
    #[must_use]
    pub fn too_many_cells(self, cells: usize) -> String {
        let cells = self.count(cells as u64);
        self.pick(
            format!("Materialet har {cells} ruter, som er for mange for en side. Her står summene; hver rute står i Excel-arbeidsboka og i CSV-filene."),
            format!("Materialet har {cells} ruter, som er for mange for ei side. Her står summane; kvar rute står i Excel-arbeidsboka og i CSV-filene."),
            format!("The material has {cells} cells, too many for a page. The totals are given here; all cells are in \
                     the Excel workbook and in the CSV files."),
        )
    }

    /// Over the table of changes.
    #[must_use]
    pub fn change_caption(self, report: &Report) -> String {
        let Some([from, to]) = self.sides(report) else { return String::new() };
        self.pick(
            format!("Omtaler per 1\u{202f}000 ord i {from} og {to}, med forskjell"),
            format!("Omtalar per 1\u{202f}000 ord i {from} og {to}, med skilnad"),
            format!("Mentions per 1,000 words in {from} and {to}, with the difference"),
        )
    }

    /// Over the chart of changes; `n` of `all` codes are in it.
    #[must_use]
    pub fn change_chart_caption(self, report: &Report, n: usize, all: usize) -> String {
        let Some([from, to]) = self.sides(report) else { return String::new() };
        let (n, total) = (self.count(n as u64), self.count(all as u64));
        let which = self.pick(
            format!(". De {n} kodene med flest omtaler, av {total}"),
            format!(". Dei {n} kodane med flest omtalar, av {total}"),
            format!(". The {n} codes with the most mentions, of {total}"),
        );
        let text = self.pick(
            format!("Omtaler per 1\u{202f}000 ord i {from} og {to}"),
            format!("Omtalar per 1\u{202f}000 ord i {from} og {to}"),
            format!("Mentions per 1,000 words in {from} and {to}"),
        );
        if n == total { text } else { text + &which }
    }

    /// Below the table of changes.
    #[must_use]
    pub fn change_note(self) -> &'static str {
        self.pick(
            "Intervallet og p gjelder forskjellen i omtaler per 1\u{202f}000 ord. Et intervall mangler der en av sidene har færre enn ti dokumenter. \
             At ingen forskjell er påvist, betyr ikke at det ikke finnes noen.",
            "Intervallet og p gjeld skilnaden i omtalar per 1\u{202f}000 ord. Eit intervall manglar der ei av sidene har færre enn ti dokument. At \
             ingen skilnad er påvist, tyder ikkje at det ikkje finst nokon.",
            "The interval and p refer to the difference in mentions per 1,000 words. There is no interval where either \
             side has fewer than ten documents. That no difference is shown does not mean that there is none.",
        )
    }

    /// Over the table of changes within cases.
    #[must_use]
    pub fn within_caption(self, report: &Report) -> String {
        let Some([from, to]) = self.sides(report) else { return String::new() };
        let case = self.axis(&report.case).to_lowercase();
        self.pick(
            format!("Forskjell fra {from} til {to} i omtaler per 1\u{202f}000 ord, innenfor hver {case}"),
            format!("Skilnad frå {from} til {to} i omtalar per 1\u{202f}000 ord, innanfor kvar {case}"),
            format!("Difference from {from} to {to} in mentions per 1,000 words, within each {case}"),
        )
    }

    /// Below the table of changes within cases.
    #[must_use]
    pub fn within_note(self) -> &'static str {
        self.pick(
            "* betyr at en forskjell er påvist (justert p ≤ 0,05). Tall i parentes er ikke testet, fordi det er for \
             lite materiale.",
            "* tyder at ein skilnad er påvist (justert p ≤ 0,05). Tal i parentes er ikkje testa, fordi det er for lite \
             materiale.",
            "* means that a difference is shown (adjusted p ≤ .05). Numbers in parentheses were not tested, because \
             there is too little material.",
        )
    }

    /// Why there is no chapter on change.
    #[must_use]
    pub fn nothing_compared(self) -> &'static str {
        self.pick(
            "Det er ikke materiale fra to faser, så ingen endring kan vises.",
            "Det er ikkje materiale frå to fasar, så inga endring kan visast.",
            "There is no material from two phases, so no change can be shown.",
        )
    }

    /// Over the table of pairs; `n` of `all` pairs are in it.
    #[must_use]
    pub fn together_caption(self, n: usize, all: usize) -> String {
        let (shown, total) = (self.count(n as u64), self.count(all as u64));
        if n == all {
            self.pick(
                "Par av temaer i samme tekstsegment".to_owned(),
                "Par av tema i same tekstsegment".to_owned(),
                "Pairs of themes in the same segment".to_owned(),
            )
        } else {
            self.pick(
                format!("De {shown} parene av temaer som oftest opptrer i samme tekstsegment, av {total}"),
                format!("Dei {shown} para av tema som oftast opptrer i same tekstsegment, av {total}"),
                format!("The {shown} pairs of themes that most often occur in the same segment, of {total}"),
            )
        }
    }

    /// Below the table of pairs.
    #[must_use]
    pub fn together_note(self) -> &'static str {
        self.pick(
            "c er andelen av tekstsegmentene med minst ett av de to temaene som har begge: 0 aldri sammen, 1 alltid. Få: færre enn fem felles \
             segmenter. Ujevnt par: det ene temaet er mer enn fem ganger så vanlig som det andre.",
            "c er andelen av tekstsegmenta med minst eitt av dei to temaa som har begge: 0 aldri saman, 1 alltid. Få: \
             færre enn fem felles segment. Ujamt par: det eine temaet er meir enn fem gonger så vanleg som det andre.",
            "c is the proportion of segments with at least one of the two themes that have both: 0 never together, 1 \
             always. Few: fewer than five segments in common. Uneven: one theme is more than five times as common as \
             the other.",
        )
    }

    /// Over the chart and the table over time.
    #[must_use]
    pub fn timeline_caption(self) -> &'static str {
        self.pick(
            "Omtaler per 1\u{202f}000 ord over tid",
            "Omtalar per 1\u{202f}000 ord over tid",
            "Mentions per 1,000 words over time",
        )
    }

    /// Below the chart over time, where documents have no date.
    #[must_use]
    pub fn undated_note(self, undated: u64) -> String {
        let are = if undated == 1 { "is" } else { "are" };
        let documents = self.counted(undated, Term::Document, Term::Documents);
        self.pick(
            format!("{documents} uten dato er ikke med."),
            format!("{documents} utan dato er ikkje med."),
            format!("{documents} without a date {are} not included."),
        )
    }

    /// Over the words that set one part of the material apart.
    #[must_use]
    pub fn words_caption(self, name: &str) -> String {
        let name = self.quoted(name);
        self.pick(
            format!("Ordformer som er hyppigere i {name} enn ellers"),
            format!("Ordformer som er hyppigare i {name} enn elles"),
            format!("Word forms that are more frequent in {name} than elsewhere"),
        )
    }

    /// Below the list of words that set a part apart.
    #[must_use]
    pub fn words_note(self) -> &'static str {
        self.pick(
            "Lista er ment for gjennomlesing, ikke som en test. Log Ratio er antall fordoblinger sammenlignet med \
             resten av materialet; ~ betyr at ordet ikke står der, og er regnet som et halvt.",
            "Lista er meint for gjennomlesing, ikkje som ein test. Log Ratio er talet på doblingar samanlikna med \
             resten av materialet; ~ tyder at ordet ikkje står der, og er rekna som eit halvt.",
            "The list is for reading through; it is not a test. Log Ratio is the number of doublings relative to the \
             rest of the material; ~ means that the word does not occur there and is counted as half a word.",
        )
    }

    /// Over the table of stances.
    #[must_use]
    pub fn stance_caption(self, report: &Report) -> String {
        let phase = self.axis(&report.phase).to_lowercase();
        self.pick(
            format!("Omtaler etter framstilling og {phase}"),
            format!("Omtalar etter framstilling og {phase}"),
            format!("Mentions by stance and {phase}"),
        )
    }

    /// One code's headline numbers in a sentence.
    #[must_use]
    pub fn code_numbers(self, report: &Report, code: usize) -> String {
        let Some(all) = report.headline(code, crate::report::Summed::All) else {
            return capitalised(self.term(Term::NoMaterial)) + ".";
        };
        let mentions = self.counted(all.counts.mentions, Term::Mention, Term::Mentions);
        let (rate, per) = (self.rate(all.per_1000_words()), self.term(Term::Per1000));
        let (with, of) = (self.count(all.counts.documents), self.count(all.totals.documents_total));
        let own = if report.has_children(code) {
            format!(" ({} {})", self.term(Term::Own), self.count(all.counts.own_mentions))
        } else {
            String::new()
        };
        self.pick(
            format!("{mentions}{own}, {rate} {per}, i {with} av {of} dokumenter."),
            format!("{mentions}{own}, {rate} {per}, i {with} av {of} dokument."),
            format!("{mentions}{own}, {rate} {per}, in {with} of {of} documents."),
        )
    }

    /// How many passages of a code are shown, with how many of its mentions.
    #[must_use]
    pub fn quotes_shown(self, passages: usize, mentions: usize, all: usize) -> String {
        let passages = self.counted(passages as u64, Term::Quote, Term::Quotes);
        let (left, mentions) = (self.count((all - mentions) as u64), self.count(mentions as u64));
        let total = self.counted(all as u64, Term::Mention, Term::Mentions);
        if left == "0" {
            return self.pick(
                format!("{passages} med alle omtalene ({total})."),
                format!("{passages} med alle omtalane ({total})."),
                format!("{passages} with all mentions ({total})."),
            );
        }
        self.pick(
            format!("{passages} med {mentions} av {total}, valgt fra så mange dokumenter og ruter som mulig. {left} er utelatt her; alle står i HTML-utgaven av rapporten og i Excel-arbeidsboka."),
            format!("{passages} med {mentions} av {total}, valde frå så mange dokument og ruter som råd. {left} er utelatne her; alle står i HTML-utgåva av rapporten og i Excel-arbeidsboka."),
            format!("{passages} with {mentions} of {total}, from as many documents and cells as possible. {left} are left out here; all are in the HTML edition of the report and in the Excel workbook."),
        )
    }

    /// How many of a code's quotes stand on paper; on a screen all can be chosen.
    #[must_use]
    pub fn samples_shown(self, shown: usize, all: usize) -> String {
        let (shown, all) = (self.count(shown as u64), self.counted(all as u64, Term::Quote, Term::Quotes));
        self.pick(
            format!("{shown} av {all}; alle står i HTML-fila."),
            format!("{shown} av {all}; alle står i HTML-fila."),
            format!("{shown} of {all}; all are in the HTML file."),
        )
    }

    /// A code whose mentions are all its children's, or that has none.
    #[must_use]
    pub fn no_own_quotes(self) -> &'static str {
        self.pick(
            "Koden har ingen egne omtaler.",
            "Koden har ingen eigne omtalar.",
            "The code has no mentions of its own.",
        )
    }
}

fn capitalised(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map(|first| first.to_uppercase().chain(characters).collect()).unwrap_or_default()
}
