//! Which of a text's labels name speakers, and whether the text is a transcript at all.
//!
//! A text is a transcript when the project says so, or when it has two labels or more of which one recurs, and
//! either at least every fourth paragraph carries a label, or at least every third label is one that only
//! transcripts have (`Intervjuer`, `I`, `Informant 3`) and one of these recurs. Labels of minutes and reports
//! (`Til stede`, `Vedtak`, `Mål`) never count.
//!
//! In a transcript a label names a speaker when it recurs, when only transcripts have it, when it begins like
//! another speaker's, or when it begins a paragraph in a text where most paragraphs carry a label.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use super::label::is_invisible;
use crate::text::fold;

/// First words, folded, that only labels of transcripts have.
const SPEAKERS: &str = "\
    deltager, deltakar, deltaker, elev, fasilitator, fokusgruppe, forskar, forsker, gruppeleder, informant, \
    informanten, interviewee, interviewer, intervjuar, intervjuer, intervjuobjekt, intervjuperson, kandidat, \
    moderator, moderatoren, ordstyrar, ordstyrer, participant, person, researcher, respondent, respondenten, \
    speaker, spørsmålsstiller, taler";

/// First or last words, folded, of labels that head a part of minutes, reports and forms.
const HEADS: &str = "\
    adresse, agenda, aksjon, aksjoner, aksjonspunkt, alder, anbefaling, anbefalinger, ansvar, ansvarleg, ansvarlig, \
    antall, bakgrunn, beslutning, beslutninger, budsjett, dag, dagsorden, dato, definisjon, delmål, delprosjekt, \
    deltok, desse møtte, diskusjon, diverse, dokument, drøfting, drøftinger, e-post, effekt, effekter, effektmål, \
    eks, eksempel, emne, epost, erfaring, erfaringar, erfaringer, eventuelt, fase, fig, figur, fordeler, forfall, \
    forfattar, forfatter, formål, forslag, forutsetninger, framdrift, framlegg, frammøtte, fravær, fredag, \
    fremdrift, fremmøtte, frist, frister, fråvær, funn, fylke, føremål, gjeld, gjelder, godkjenning, hovedmål, \
    hovudmål, innhald, innhold, innkalling, innledning, innleiing, kap, kapittel, kilde, kilder, kjelde, kjelder, \
    kjønn, klokkeslett, kommentar, kommentarar, kommentarer, kommune, konklusjon, konklusjoner, konsekvens, \
    konsekvenser, kontakt, kopi, kostnad, kostnader, lenke, lokale, lunsj, lærdom, lærdommer, læringspunkter, \
    mandag, meldinger, merk, merknad, merknader, metode, milepæl, milepæler, mobil, moglegheiter, mottaker, \
    muligheter, mål, målgruppa, målgruppe, måloppnåelse, målsetting, måndag, møte, møterom, namn, navn, nb, \
    nettside, notat, note, nr, nøkkelord, obs, onsdag, oppdrag, oppfølging, oppgave, oppgaver, oppgåve, oppgåver, \
    oppsummering, organisering, orientering, orienteringer, oversikt, pause, periode, pkt, plan, praktisk, \
    problemstilling, program, prosess, prosessmål, prosjekt, prosjektnavn, ps, punkt, rammer, referat, ressursar, \
    ressurser, resultat, resultater, resultatmål, risiko, risikoer, rom, sak, saker, saksliste, saksnr, saksnummer, \
    samandrag, sammendrag, sist, stad, status, sted, stikkord, strategi, styrker, svakheter, søndag, tabell, \
    telefon, tema, temaer, tid, tidspunkt, tidsrom, til stades, til stede, tilbakemelding, tilbakemeldinger, \
    tilråding, tilstades, tilstede, tiltak, tirsdag, tittel, tlf, torsdag, type, tysdag, utdanning, utfordring, \
    utfordringar, utfordringer, varighet, vedlegg, vedtak, veke, velkommen, versjon, visjon, vurdering, vurderinger, \
    yrke, årsak, økonomi";

/// Words of the same kind in English.
const ENGLISH_HEADS: &str = "\
    absent, abstract, action, actions, agenda, apologies, author, background, budget, conclusion, conclusions, date, \
    deadline, decision, decisions, example, figure, goal, goals, introduction, item, keywords, location, method, \
    methods, note, notes, objective, place, present, results, risk, risks, source, subject, summary, table, time, \
    title, topic";

/// In a transcript whose labels say nothing by themselves, at least one paragraph in so many has one.
const SPARSEST: usize = 4;

static SPEAKER_WORDS: LazyLock<BTreeSet<&str>> = LazyLock::new(|| SPEAKERS.split(", ").collect());
static HEAD_WORDS: LazyLock<BTreeSet<&str>> =
    LazyLock::new(|| HEADS.split(", ").chain(ENGLISH_HEADS.split(", ")).collect());

/// The labels of one text, as they are met, by the letters they are written in.
#[derive(Debug, Default)]
pub(super) struct Labels<'text> {
    met: BTreeMap<&'text str, Count>,
}

#[derive(Debug, Default, Clone, Copy)]
struct Count {
    times: usize,
    begins_paragraph: bool,
}

/// A label, all its ways of being written taken together.
#[derive(Debug, Default)]
struct Met<'text> {
    /// The most frequent of them.
    spelling: String,
    spelled: usize,
    written: Vec<&'text str>,
    count: Count,
}

/// The labels that name speakers: from a label as written to the spelling that stands for it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Speakers<'text>(BTreeMap<&'text str, String>);

impl<'text> Labels<'text> {
    /// Takes in a label.
    pub(super) fn meet(&mut self, name: &'text str, begins_paragraph: bool) {
        let count = self.met.entry(name).or_default();
        count.times += 1;
        count.begins_paragraph |= begins_paragraph;
    }

    /// Decides, given the number of paragraphs without a label; `None` when the text is no transcript.
    pub(super) fn decide(self, unlabelled: usize, is_declared: bool) -> Option<Speakers<'text>> {
        let mut labels = self.by_folded_spelling();
        labels.retain(|label, _| !is_head(label));
        let total: usize = labels.values().map(|met| met.count.times).sum();
        let is_dense = |one_in: usize| total * one_in >= total + unlabelled;
        let known: Vec<usize> = labels.values().filter(|met| met.is_known()).map(|met| met.count.times).collect();
        let has_known = known.iter().sum::<usize>() * 3 >= total && known.iter().any(|times| *times > 1);
        let has_enough = labels.len() > 1 && labels.values().any(|met| met.count.times > 1);
        if !is_declared && !(has_enough && (is_dense(SPARSEST) || has_known)) {
            return None;
        }
        let is_sure = |met: &Met<'_>| met.count.times > 1 || met.is_known();
        let sure = labels.iter().filter(|(_, met)| is_sure(met));
        let first_words: BTreeSet<String> = sure.map(|(label, _)| first_word(label).to_owned()).collect();
        labels.retain(|label, met| {
            is_sure(met) || first_words.contains(first_word(label)) || (met.count.begins_paragraph && is_dense(2))
        });
        let mut speakers = BTreeMap::new();
        for met in labels.into_values() {
            for written in met.written {
                speakers.insert(written, met.spelling.clone());
            }
        }
        (!speakers.is_empty()).then_some(Speakers(speakers))
    }

    fn by_folded_spelling(self) -> BTreeMap<String, Met<'text>> {
        let mut labels = BTreeMap::new();
        for (written, count) in self.met {
            let spelling = spelling(written);
            let met = labels.entry(fold(&spelling)).or_insert_with(Met::default);
            if count.times > met.spelled {
                (met.spelling, met.spelled) = (spelling, count.times);
            }
            met.written.push(written);
            met.count.times += count.times;
            met.count.begins_paragraph |= count.begins_paragraph;
        }
        labels
    }
}

impl Met<'_> {
    fn is_known(&self) -> bool {
        names_only_speakers(&self.spelling)
    }
}

/// Whether only transcripts have such a label: `Informant 3`, `I`, `IP`, `S1`, `npsc_179`.
pub(super) fn names_only_speakers(label: &str) -> bool {
    let letters = label.chars().take_while(|c| c.is_uppercase()).count();
    let is_initials = matches!(letters, 1 | 2) && label.chars().skip(letters).all(|c| c.is_ascii_digit());
    let is_numbered =
        !label.contains(' ') && label.starts_with(char::is_alphabetic) && label.ends_with(|c: char| c.is_ascii_digit());
    is_initials || is_numbered || SPEAKER_WORDS.contains(first_word(&fold(label)))
}

impl Speakers<'_> {
    /// The speaker that `name` names.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }
}

/// The label with single spaces and nothing invisible.
fn spelling(name: &str) -> String {
    let visible: String = name.chars().filter(|c| !is_invisible(*c)).collect();
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn first_word(label: &str) -> &str {
    label.split(|c: char| !c.is_alphabetic()).find(|word| !word.is_empty()).unwrap_or(label)
}

/// `Sak 9/21`, `Neste møte`, `Til stede`.
fn is_head(label: &str) -> bool {
    let is_letter = |c: char| c.is_alphabetic() || c == '-';
    let words = || label.split(|c: char| !is_letter(c)).filter(|word| !word.is_empty());
    let is_listed = |word: Option<&str>| word.is_some_and(|word| HEAD_WORDS.contains(word));
    HEAD_WORDS.contains(label) || is_listed(words().next()) || is_listed(words().next_back())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(labels: &[(&str, usize)], unlabelled: usize, expected: Option<&[&str]>) {
        let decide = |is_declared| {
            let mut met = Labels::default();
            for (label, count) in labels {
                for _ in 0..*count {
                    met.meet(label, true);
                }
            }
            met.decide(unlabelled, is_declared)
        };
        let names = decide(false).map(|speakers| speakers.0.into_values().collect::<BTreeSet<_>>());
        let names = names.map(|names| names.into_iter().collect::<Vec<_>>());
        assert_eq!(
            names.as_deref(),
            expected.map(|names| names.iter().map(|n| (*n).to_owned()).collect::<Vec<_>>()).as_deref()
        );
    }

    #[test]
    fn transcripts_have_two_labels_of_which_one_recurs() {
        check(&[("Dan", 3), ("Kari Moe", 1)], 0, Some(&["Dan", "Kari Moe"]));
        check(&[("Dan", 1), ("Kari", 1)], 0, None);
        check(&[("Dan", 5)], 0, None);
        check(&[("Intervjuer", 2), ("Ergoterapeut", 2)], 30, Some(&["Ergoterapeut", "Intervjuer"]));
        check(&[], 10, None);
    }

    #[test]
    fn spelling_without_case_and_invisible_letters_is_one_speaker() {
        check(
            &[("INTERVJUER", 1), ("Intervjuer", 2), ("In\u{ad}formant\u{a0}1", 1)],
            0,
            Some(&["Informant 1", "Intervjuer"]),
        );
    }

    #[test]
    fn minutes_and_reports_are_no_transcripts() {
        check(
            &[("Til stede", 1), ("Forfall", 1), ("Sak 1", 1), ("Sak 2", 1), ("Vedtak", 2), ("Neste møte", 1)],
            5,
            None,
        );
        check(&[("Mål", 2), ("Tiltak", 2), ("Vegen vidare", 2), ("Bedriftene", 1)], 40, None);
        check(&[("B", 2), ("Mobil fase", 5), ("Total tid", 4)], 100, None);
    }

    #[test]
    fn in_a_transcript_a_rare_label_must_look_like_the_others() {
        let labels = [("Intervjuer", 10), ("Informant 1", 10), ("Informant 2", 1), ("Poenget er", 1)];
        check(&labels, 30, Some(&["Informant 1", "Informant 2", "Intervjuer"]));
        check(&[("Dan", 10), ("Participant", 10), ("Particpant", 1)], 0, Some(&["Dan", "Participant", "Particpant"]));
    }

    #[test]
    fn a_declared_transcript_needs_no_second_label() {
        let mut labels = Labels::default();
        labels.meet("farsund_uib_02", true);
        let speakers = labels.decide(0, true).unwrap();
        assert_eq!((speakers.get("farsund_uib_02"), speakers.get("Vedtak")), (Some("farsund_uib_02"), None));
        assert_eq!(Labels::default().decide(3, true), None);
    }

    #[test]
    fn the_lists_are_folded() {
        for word in SPEAKER_WORDS.iter().chain(HEAD_WORDS.iter()) {
            assert_eq!(fold(word), *word);
        }
        assert!(HEAD_WORDS.contains("til stede") && HEAD_WORDS.contains("vedtak"));
    }
}
