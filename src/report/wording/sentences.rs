//! Short sentences with numbers in them, and citations.

use super::{Lang, Term};
use crate::report::codings::time_code;
use crate::report::{Answered, ClaimPassage, ClaimTable, Headline, Quote, Report, Spot};

/// How many passages of a claim are shown and were found, and whether there are more.
pub(in crate::report) struct PassageNumbers {
    pub(in crate::report) shown: usize,
    pub(in crate::report) found: usize,
    pub(in crate::report) has_more: bool,
}

impl Lang {
    /// A code's numbers with their denominators: `12 omtaler, 3,54 per 1000 ord, 4 av 5 dokumenter`.
    #[must_use]
    pub fn headline(self, found: &Headline) -> String {
        let (counts, totals) = (&found.counts, &found.totals);
        let of = self.term(Term::Of);
        format!(
            "{}, {} {}, {} {of} {}, {} {of} {}",
            self.counted(counts.mentions, Term::Mention, Term::Mentions),
            self.rate(found.per_1000_words()),
            self.term(Term::Per1000),
            self.count(counts.segments),
            self.counted(totals.segments_total, Term::Segment, Term::Segments),
            self.count(counts.documents),
            self.counted(totals.documents_total, Term::Document, Term::Documents),
        )
    }

    /// Where a quote stands, as people cite it: document, page or line, speaker, time.
    #[must_use]
    pub fn citation(self, report: &Report, quote: &Quote) -> String {
        let place = (quote.spot, quote.page, quote.time);
        self.cited(&report.documents[quote.document].path, place, quote.speaker.as_deref(), quote.answered.as_ref())
    }

    /// Where a passage for or against a claim stands.
    #[must_use]
    pub fn claim_citation(self, report: &Report, passage: &ClaimPassage) -> String {
        let place = (passage.spot, passage.page, passage.time);
        let path = &report.documents[passage.document].path;
        self.cited(path, place, passage.speaker.as_deref(), passage.answered.as_ref())
    }

    fn cited(
        self,
        path: &str,
        (spot, page, time): (Spot, Option<u32>, Option<u64>),
        speaker: Option<&str>,
        answered: Option<&Answered>,
    ) -> String {
        let mut parts = vec![path.to_owned()];
        parts.push(match (page, answered) {
            (Some(page), _) => format!("{}\u{a0}{page}", self.term(Term::Page)),
            (None, Some(answered)) => self.answered(answered),
            (None, None) => spot.written(self),
        });
        parts.extend(speaker.filter(|_| answered.is_none()).map(str::to_owned));
        parts.extend(time.map(clock));
        parts.join(", ")
    }

    /// Where an answer stands, who gives it and to what.
    pub(in crate::report) fn answered(self, answered: &Answered) -> String {
        let respondent = answered.respondent.as_deref().map(|name| self.respondent(name));
        let parts = [Some(answered.place(self)), respondent, answered.question()];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }

    /// Who answers: a bare number, as sheets give respondents, says what it counts.
    pub(in crate::report) fn respondent(self, name: &str) -> String {
        let is_number = name.bytes().all(|byte| byte.is_ascii_digit());
        if is_number { format!("{}\u{a0}{name}", self.term(Term::Respondent)) } else { name.to_owned() }
    }

    /// What a claim's passages rest on.
    #[must_use]
    pub fn behind_claim(self, claim: &ClaimTable) -> String {
        let numbers = PassageNumbers { shown: claim.passages.len(), found: claim.found, has_more: claim.has_more };
        self.passages_from(numbers, claim.documents, claim.speakers)
    }

    /// How many passages are shown of how many, and of how many documents and persons those that were found are.
    pub(in crate::report) fn passages_from(self, n: PassageNumbers, documents: u64, speakers: Option<u64>) -> String {
        let documents = self.counted(documents, Term::Document, Term::Documents);
        let speakers = speakers.map(|speakers| self.counted(speakers, Term::Speaker, Term::Speakers));
        let from: Vec<String> = std::iter::once(documents).chain(speakers).collect();
        let [shown, found] = [n.shown, n.found].map(|n| self.count(n as u64));
        let from = self.list(&from);
        if n.shown == n.found && !n.has_more {
            return self.pick(
                format!("{found} utdrag fra {from}."),
                format!("{found} utdrag frå {from}."),
                format!("{found} passages from {from}."),
            );
        }
        if n.has_more {
            return self.pick(
                format!("Vist er {shown} av de {found} beste utdragene, fra {from}."),
                format!("Viste er {shown} av dei {found} beste utdraga, frå {from}."),
                format!("{shown} of the {found} best passages, from {from}, are shown."),
            );
        }
        self.pick(
            format!("Vist er {shown} av {found} utdrag fra {from}."),
            format!("Viste er {shown} av {found} utdrag frå {from}."),
            format!("{shown} of {found} passages from {from} are shown."),
        )
    }

    /// What a picture of the comparison shows.
    #[must_use]
    pub fn change_title(self, from: &str, to: &str) -> String {
        self.pick(format!("Fra {from} til {to}"), format!("Frå {from} til {to}"), format!("From {from} to {to}"))
    }

    /// What a picture of the comparison within each case shows; `case` is what the project calls cases.
    #[must_use]
    pub fn change_within_title(self, from: &str, to: &str, case: &str) -> String {
        let case = case.to_lowercase();
        self.pick(
            format!("Fra {from} til {to}, {case} for {case}"),
            format!("Frå {from} til {to}, {case} for {case}"),
            format!("From {from} to {to}, {case} by {case}"),
        )
    }

    /// How many themes differ, of how many that could be tested.
    #[must_use]
    pub fn differences_in_short(self, shown: usize, tested: usize, all: usize) -> String {
        let of = format!("{} {} {}", self.count(tested as u64), self.term(Term::Of), self.count(all as u64));
        let shown_text = self.count(shown as u64);
        match (shown, tested) {
            (_, 0) => self.pick(
                "Det er for lite materiale til å teste om noe tema kommer oftere eller sjeldnere opp.".to_owned(),
                "Det er for lite materiale til å teste om noko tema kjem oftare eller sjeldnare opp.".to_owned(),
                "There is too little material to test whether any theme comes up more or less often.".to_owned(),
            ),
            (0, _) => self.pick(
                format!(
                    "Materialet er stort nok til å teste {of} temaer. Ingen forskjell er påvist; det betyr ikke at det \
                     ikke finnes noen."
                ),
                format!(
                    "Materialet er stort nok til å teste {of} tema. Ingen skilnad er påvist; det tyder ikkje at det \
                     ikkje finst nokon."
                ),
                format!(
                    "There is enough material to test {of} themes. No difference is shown, which does not mean that \
                     there is none."
                ),
            ),
            _ => self.pick(
                format!("Materialet er stort nok til å teste {of} temaer. Forskjell er påvist for {shown_text}."),
                format!("Materialet er stort nok til å teste {of} tema. Skilnad er påvist for {shown_text}."),
                format!("There is enough material to test {of} themes. A difference is shown for {shown_text}."),
            ),
        }
    }

    /// The themes without a mention.
    #[must_use]
    pub fn never(self, themes: &[String]) -> String {
        let themes = self.list(themes);
        self.pick(
            format!("Ikke omtalt i det hele tatt: {themes}."),
            format!("Ikkje omtala i det heile: {themes}."),
            format!("Never mentioned: {themes}."),
        )
    }

    /// How even the material is, in a sentence.
    #[must_use]
    pub fn material_in_short(self, report: &Report) -> String {
        let cells = report.cells().count() as u64;
        let (gaps, all) = (report.gaps().len() as u64, self.count(cells));
        if gaps > 0 {
            let with = self.count(cells - gaps);
            return self.pick(
                format!("{with} av {all} ruter har materiale. Der det mangler, kan ingenting sies."),
                format!("{with} av {all} ruter har materiale. Der det manglar, kan ingenting seiast."),
                format!("{with} of {all} cells have material. Where there is none, nothing can be said."),
            );
        }
        self.pick(
            "Alle ruter har materiale.".to_owned(),
            "Alle ruter har materiale.".to_owned(),
            "All cells have material.".to_owned(),
        )
    }

    /// How many lines a table leaves out.
    #[must_use]
    pub fn further(self, n: u64) -> String {
        let n = self.count(n);
        self.pick(format!("og {n} til."), format!("og {n} til."), format!("and {n} more."))
    }

    /// How many documents are in no period.
    #[must_use]
    pub fn undated(self, n: u64) -> String {
        let documents = self.counted(n, Term::Document, Term::Documents);
        self.pick(
            format!("{documents} har ingen dato som kan plasseres, og er ikke med i figuren."),
            format!("{documents} har ingen dato som kan plasserast, og er ikkje med i figuren."),
            format!(
                "{documents} without a usable date {} not included in the figure.",
                if n == 1 { "is" } else { "are" }
            ),
        )
    }
}

/// A time code without fractions: `00:12:31`.
pub(crate) fn clock(milliseconds: u64) -> String {
    time_code(milliseconds).split('.').next().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_respondent_without_a_name_is_called_one() {
        assert_eq!(Lang::Nb.respondent("1"), "respondent\u{a0}1");
        assert_eq!(Lang::En.respondent("R1"), "R1");
    }
}
