//! What may be said of a comparison. No sentence claims more than its numbers carry: none speaks of change in a
//! programme, and what is not shown is not said to be absent.

use super::{Lang, Term};
use crate::compare::{ComparisonRow, MIN_MENTIONS, MIN_UNITS, Remark, Side, SideName, Verdict};
use crate::material::{Confounder, Extent};
use crate::project::INFORMANT;
use crate::report::Report;

impl Lang {
    /// The label of a value of an axis; a value that is not given has a name too.
    #[must_use]
    pub fn value(self, axis: &crate::report::LabelledAxis, value: usize) -> &str {
        match axis.values.get(value) {
            Some(value) if !value.label.is_empty() => &value.label,
            _ => self.term(Term::None),
        }
    }

    /// What an axis is called: as the project says, or by this language's word for cases and phases.
    #[must_use]
    pub fn axis(self, axis: &crate::report::LabelledAxis) -> &str {
        match (&axis.label, axis.name.as_str()) {
            (Some(label), _) => label,
            (None, "case") => self.term(Term::Case),
            (None, "phase") => self.term(Term::Phase),
            (None, name) => name,
        }
    }

    /// The first and the second side of the report's comparison, in quotation marks.
    #[must_use]
    pub fn sides(self, report: &Report) -> Option<[String; 2]> {
        let comparison = report.comparison.as_ref()?;
        Some([comparison.from, comparison.to].map(|value| self.quoted(self.value(&report.phase, value))))
    }

    /// In quotation marks; those within are single ones.
    #[must_use]
    pub fn quoted(self, text: &str) -> String {
        let (open, close) = self.pick(("«", "»"), ("«", "»"), ("“", "”"));
        format!("{open}{}{close}", text.replace(open, "‘").replace(close, "’"))
    }

    /// The outcome of one row, with its numbers and what must be known with them.
    #[must_use]
    pub fn change(self, report: &Report, row: &ComparisonRow) -> String {
        let Some([from, to]) = self.sides(report) else { return String::new() };
        let within = row.group.map(|group| format!("{}: ", self.value(&report.case, group)));
        let mut sentences = vec![self.outcome(report, row, &from, &to)];
        if matches!(row.verdict, Verdict::More | Verdict::Less) {
            sentences.extend(self.against_the_mix(row));
            sentences.extend(self.other_reasons(report));
        }
        sentences.extend(self.cannot_show(row));
        sentences.extend(self.one_unit(report, row, SideName::From, &row.from, &from));
        sentences.extend(self.one_unit(report, row, SideName::To, &row.to, &to));
        within.unwrap_or_default() + &sentences.join(" ")
    }

    fn outcome(self, report: &Report, row: &ComparisonRow, from: &str, to: &str) -> String {
        let theme = &report.codebook.codes[row.code].label;
        let (first, second) = (self.side(&row.from), self.side(&row.to));
        let numbers = self.pick(
            format!("{second} i {to} mot {first} i {from}"),
            format!("{second} i {to} mot {first} i {from}"),
            format!("{second} in {to} compared with {first} in {from}"),
        );
        let p = row.tested.map_or_else(String::new, |tested| {
            let adjusted = self.pick("justert ", "justert ", "adjusted ");
            format!(" ({adjusted}{})", self.p(tested.p_adjusted))
        });
        match row.verdict {
            Verdict::TooLittleMaterial => {
                let why = self.why_not(report, row);
                self.pick(
                    format!("{theme} er ikke testet, fordi {why}. {}.", capital(&numbers)),
                    format!("{theme} er ikkje testa, fordi {why}. {}.", capital(&numbers)),
                    format!("{theme} was not tested, because {why}. {}.", capital(&numbers)),
                )
            }
            Verdict::NoDifferenceShown => self.pick(
                format!("Ingen påvist forskjell for {theme}: {numbers}{p}. Det betyr ikke at det ikke finnes noen."),
                format!("Ingen påvist skilnad for {theme}: {numbers}{p}. Det tyder ikkje at det ikkje finst nokon."),
                format!(
                    "No difference shown for {theme}: {numbers}{p}. This does not show that there is no difference."
                ),
            ),
            Verdict::More | Verdict::Less => {
                let more = self.verdict(row.verdict);
                self.pick(
                    format!("{theme} kommer {more} opp i {to} enn i {from}: {numbers}{p}."),
                    format!("{theme} kjem {more} opp i {to} enn i {from}: {numbers}{p}."),
                    format!("{theme} comes up {more} in {to} than in {from}: {numbers}{p}."),
                )
            }
        }
    }

    fn against_the_mix(self, row: &ComparisonRow) -> Option<String> {
        let text = self.pick(
            "Forskjellen gjelder innenfor de samme casene; samlet går tallene motsatt vei fordi de to sidene er ulikt \
             satt sammen.",
            "Skilnaden gjeld innanfor dei same casane; samla går tala motsett veg fordi dei to sidene er ulikt sette \
             saman.",
            "The difference holds within the same cases; across all material the numbers go the other way, because the \
             two sides are composed differently.",
        );
        row.remarks.contains(&Remark::AgainstTheMix).then(|| text.to_owned())
    }

    /// What else differs between the sides.
    fn other_reasons(self, report: &Report) -> Option<String> {
        let confounders = report.comparison.iter().flat_map(|comparison| &comparison.confounders);
        let others: Vec<String> = confounders.map(|other| self.quoted(&other.attribute)).collect();
        let named = self.list(&others);
        (!others.is_empty()).then(|| {
            self.pick(
                format!("De to sidene er også ulikt satt sammen etter {named}, og det kan være grunnen."),
                format!("Dei to sidene er òg ulikt sette saman etter {named}, og det kan vere grunnen."),
                format!("The two sides also differ in {named}, which may be the reason."),
            )
        })
    }

    fn cannot_show(self, row: &ComparisonRow) -> Option<String> {
        let p_min = row.tested.map(|tested| self.p(tested.p_min)).unwrap_or_default();
        row.remarks.contains(&Remark::CannotShow).then(|| {
            self.pick(
                format!(
                    "Så lite materiale kunne uansett ikke ha vist noen forskjell: den minste p-verdien det kan gi, er \
                     {p_min}."
                ),
                format!(
                    "Så lite materiale kunne uansett ikkje ha vist nokon skilnad: den minste p-verdien det kan gje, er \
                     {p_min}."
                ),
                format!(
                    "So little material could not have shown a difference: the smallest p value it can give is {p_min}."
                ),
            )
        })
    }

    /// That one document or informant has most of a side's mentions.
    fn one_unit(
        self,
        report: &Report,
        row: &ComparisonRow,
        name: SideName,
        side: &Side,
        value: &str,
    ) -> Option<String> {
        let (_, share) = side.largest.as_ref().filter(|_| row.remarks.contains(&Remark::OneUnit(name)))?;
        let share = self.percent(*share);
        let one = |documents, informants| by_unit(report, documents, informants);
        Some(self.pick(
            format!("{} står for {share} av omtalene i {value}.", one("Ett dokument", "Én informant")),
            format!("{} står for {share} av omtalane i {value}.", one("Eitt dokument", "Éin informant")),
            format!("{} accounts for {share} of the mentions in {value}.", one("One document", "One informant")),
        ))
    }

    /// One attribute that may be the reason instead.
    #[must_use]
    pub fn confounder(self, report: &Report, confounder: &Confounder) -> String {
        let Some([from, to]) = self.sides(report) else { return String::new() };
        let list = |values: &[(String, usize)]| -> String {
            let named =
                |value: &str| if value.is_empty() { self.term(Term::None).to_owned() } else { value.to_owned() };
            values.iter().map(|(value, n)| format!("{} {n}", named(value))).collect::<Vec<_>>().join(", ")
        };
        let attribute = self.quoted(&confounder.attribute);
        let (first, second) = (list(&confounder.values[0]), list(&confounder.values[1]));
        match confounder.extent {
            Extent::Whole => self.pick(
                format!("{from} og {to} har ikke noen felles verdi av {attribute} ({from}: {first}; {to}: {second}). En forskjell kan like gjerne skyldes dette som at noe har endret seg."),
                format!("{from} og {to} har ingen felles verdi av {attribute} ({from}: {first}; {to}: {second}). Ein skilnad kan like gjerne kome av dette som av at noko har endra seg."),
                format!("{from} and {to} have no value of {attribute} in common ({from}: {first}; {to}: {second}). A \
                         difference may just as well be due to this as to a change."),
            ),
            Extent::Mostly => self.pick(
                format!("{from} og {to} er ulikt satt sammen etter {attribute} ({from}: {first}; {to}: {second}). En forskjell kan skyldes dette."),
                format!("{from} og {to} er ulikt sette saman etter {attribute} ({from}: {first}; {to}: {second}). Ein skilnad kan kome av dette."),
                format!("{from} and {to} differ in their composition by {attribute} ({from}: {first}; {to}: {second}). \
                         A difference may be due to this."),
            ),
        }
    }

    fn why_not(self, report: &Report, row: &ComparisonRow) -> String {
        let Some([from, to]) = self.sides(report) else { return String::new() };
        let side = |name: SideName| if name == SideName::From { &from } else { &to };
        let by_unit = |documents, informants| by_unit(report, documents, informants);
        let reason = |remark: &Remark| {
            Some(match remark {
                Remark::NoMaterial(name) => self.pick(
                    format!("det ikke er materiale i {}", side(*name)),
                    format!("det ikkje er materiale i {}", side(*name)),
                    format!("there is no material in {}", side(*name)),
                ),
                Remark::FewUnits(name) => self.pick(
                    format!("det er færre enn {MIN_UNITS} {} i {}", by_unit("dokumenter", "informanter"), side(*name)),
                    format!("det er færre enn {MIN_UNITS} {} i {}", by_unit("dokument", "informantar"), side(*name)),
                    format!(
                        "there are fewer than {MIN_UNITS} {} in {}",
                        by_unit("documents", "informants"),
                        side(*name)
                    ),
                ),
                Remark::FewMentions(name) => self.pick(
                    format!("det er færre enn {MIN_MENTIONS} omtaler i {}", side(*name)),
                    format!("det er færre enn {MIN_MENTIONS} omtalar i {}", side(*name)),
                    format!("there are fewer than {MIN_MENTIONS} mentions in {}", side(*name)),
                ),
                Remark::NothingToCompare => self
                    .pick(
                        "ingen case har materiale på begge sider",
                        "ingen case har materiale på begge sider",
                        "no case has material on both sides",
                    )
                    .to_owned(),
                _ => return None,
            })
        };
        let mut reasons: Vec<String> = row.remarks.iter().filter_map(reason).collect();
        reasons.dedup();
        self.list(&reasons)
    }

    fn side(self, side: &Side) -> String {
        let Some((counts, totals)) = side.counts.zip(side.totals) else {
            return self.term(Term::NoMaterial).to_owned();
        };
        let mentions = self.counted(counts.mentions, Term::Mention, Term::Mentions);
        let rate = self.rate(side.per_1000_words());
        let documents = format!(
            "{} {} {}",
            self.count(counts.documents),
            self.term(Term::Of),
            self.counted(totals.documents_total, Term::Document, Term::Documents)
        );
        format!("{mentions} ({rate} {}; {documents})", self.term(Term::Per1000))
    }
}

/// With a capital first letter.
fn capital(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}

/// What speaks of the units that were compared: of documents, or of informants, each with all its documents.
pub(super) fn by_unit(report: &Report, documents: &'static str, informants: &'static str) -> &'static str {
    let is_informant = report.comparison.as_ref().is_some_and(|comparison| comparison.unit == INFORMANT);
    if is_informant { informants } else { documents }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotation_marks_within_are_single_ones() {
        assert_eq!(Lang::Nb.quoted("«Enda et prosjekt», sukket hun."), "«‘Enda et prosjekt’, sukket hun.»");
        assert_eq!(Lang::En.quoted("“Another one”, she said."), "“‘Another one’, she said.”");
    }
}
