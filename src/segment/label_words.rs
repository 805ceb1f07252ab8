//! What the words of a label tell: that somebody speaks, or that it heads a part of minutes, a report or a form.

use std::collections::BTreeSet;
use std::sync::LazyLock;

/// First words, folded, that only labels of transcripts have.
const SPEAKERS: &str = "\
    deltager, deltakar, deltaker, elev, fasilitator, fokusgruppe, forskar, forsker, gruppeleder, informant, \
    informanten, int, interv, interviewee, interviewer, intervjuar, intervjuer, intervjuobjekt, intervjuperson, \
    kandidat, moderator, moderatoren, ordstyrar, ordstyrer, participant, person, researcher, resp, respondent, \
    respondenten, speaker, spørsmålsstiller, taler";

/// First or last words, folded, of labels that head a part of minutes, reports and forms.
const HEADS: &str = "\
    adr, adresse, agenda, aksjon, aksjoner, aksjonspunkt, alder, anbefaling, anbefalinger, ansvar, ansvarleg, ansvarlig, \
    antall, bakgrunn, beslutning, beslutninger, budsjett, dag, dagsorden, dato, definisjon, delmål, delprosjekt, \
    deltok, desse møtte, diskusjon, diverse, dokument, drøfting, drøftinger, e-post, effekt, effekter, effektmål, \
    eks, eksempel, emne, epost, erfaring, erfaringar, erfaringer, eventuelt, fase, fig, figur, fordeler, forfall, \
    forfattar, forfatter, formål, forslag, forutsetninger, framdrift, framlegg, frammøtte, fravær, fredag, \
    fremdrift, fremmøtte, frist, frister, fråvær, funn, fylke, føremål, gjeld, gjelder, godkjenning, hovedmål, \
    hovudmål, innhald, innhold, innkalling, innledning, innleiing, kap, kapittel, kl, kilde, kilder, kjelde, kjelder, \
    kjønn, klokkeslett, kommentar, kommentarar, kommentarer, kommune, konklusjon, konklusjoner, konsekvens, \
    konsekvenser, kontakt, kopi, kostnad, kostnader, lenke, lokale, lunsj, lærdom, lærdommer, læringspunkter, \
    mandag, meldinger, merk, merknad, merknader, metode, milepæl, milepæler, mobil, moglegheiter, mottaker, \
    muligheter, mål, målgruppa, målgruppe, måloppnåelse, målsetting, måndag, møte, møterom, namn, navn, nb, \
    nettside, notat, note, nr, nøkkelord, obs, onsdag, oppdrag, oppfølging, oppgave, oppgaver, oppgåve, oppgåver, \
    oppsummering, organisering, orientering, orienteringer, oversikt, pause, periode, pkt, plan, praktisk, \
    problemstilling, program, prosess, prosessmål, prosjekt, prosjektnavn, ps, punkt, rammer, referat, ressursar, \
    ref, ressurser, resultat, resultater, resultatmål, risiko, risikoer, rom, sak, saker, saksliste, saksnr, saksnummer, \
    samandrag, sammendrag, sist, stad, status, sted, stikkord, strategi, styrker, svakheter, søndag, tabell, \
    telefon, tema, temaer, tid, tidspunkt, tidsrom, til stades, til stede, tilbakemelding, tilbakemeldinger, \
    tilråding, tilstades, tilstede, tiltak, tirsdag, tittel, tlf, torsdag, type, tysdag, utdanning, utfordring, \
    utfordringar, utfordringer, varighet, vedlegg, vedr, vedtak, veke, velkommen, versjon, visjon, vurdering, vurderinger, \
    yrke, årsak, økonomi";

/// Words of the same kind in English.
const ENGLISH_HEADS: &str = "\
    absent, abstract, action, actions, agenda, apologies, author, background, budget, conclusion, conclusions, date, \
    deadline, decision, decisions, example, figure, goal, goals, introduction, item, keywords, location, method, \
    methods, note, notes, objective, place, present, results, risk, risks, source, subject, summary, table, time, \
    title, topic";

/// First words, folded, that persons are called by, in transcripts and elsewhere.
const PERSONS: &str = "\
    ansatt, ansatte, avdelingsleder, bruker, brukar, enhetsleder, far, forelder, gründer, inf, \
    jente, kommunalsjef, konsulent, koordinator, kvinne, leder, lederen, lege, leiar, leiaren, lærar, lærer, mann, \
    medarbeidar, medarbeider, mor, ordførar, ordfører, politikar, politiker, prosjektleder, prosjektleiar, pårørande, \
    pårørende, rektor, representant, rådgivar, rådgiver, rådmann, saksbehandlar, saksbehandler, sjukepleiar, \
    spesialist, student, styreleder, styreleiar, sykepleier, tilsett, virksomhetsleder";

/// Words, folded, at the end of words before a colon that introduce what follows, and name nobody.
const INTRODUCING: &str = "\
    at, blei, blir, ble, er, it, kalla, kalles, kalt, sa, said, says, seier, sier, skal, slik, som, spurde, spurte, spør, svara, \
    svarar, svarer, svarte, tenkte, var, vart, was, were, is, are";

/// Words, folded, at the beginning of several words before a colon that do so.
const BEGINNING: &str = "\
    da, dei, den, denne, dere, desse, det, dette, disse, dykk, eg, eller, for, fordi, han, her, hun, hva, hvis, ho, hvor, \
    hvordan, ja, jeg, jo, korleis, kva, men, nei, når, og, så, the, there, these, they, this, vi, we, what";

static INTRODUCING_WORDS: LazyLock<BTreeSet<&str>> = LazyLock::new(|| INTRODUCING.split(", ").collect());
static BEGINNING_WORDS: LazyLock<BTreeSet<&str>> = LazyLock::new(|| BEGINNING.split(", ").collect());
static SPEAKER_WORDS: LazyLock<BTreeSet<&str>> = LazyLock::new(|| SPEAKERS.split(", ").collect());
static PERSON_WORDS: LazyLock<BTreeSet<&str>> = LazyLock::new(|| PERSONS.split(", ").collect());
static HEAD_WORDS: LazyLock<BTreeSet<&str>> =
    LazyLock::new(|| HEADS.split(", ").chain(ENGLISH_HEADS.split(", ")).collect());

/// Whether only transcripts have labels that begin like the folded `label`: `informant kommune`.
pub(super) fn begins_like_speaker(label: &str) -> bool {
    SPEAKER_WORDS.contains(first_word(label))
}

/// Whether the folded `label` is all one word or phrase that heads a part of minutes: `dato`, `til stede`.
pub(super) fn is_head(label: &str) -> bool {
    HEAD_WORDS.contains(label.trim_end_matches('.'))
}

/// Whether the folded `label` is of the kind that heads a part of minutes, by its first or last word, and does not begin
/// with what a person is called: `sak 9/21`, `neste møte`, `til stede`; not `leder kommune`.
pub(super) fn heads_part(label: &str) -> bool {
    let is_letter = |c: char| c.is_alphabetic() || c == '-';
    let words = || label.split(|c: char| !is_letter(c)).filter(|word| !word.is_empty());
    let is_listed = |word: Option<&str>| word.is_some_and(|word| HEAD_WORDS.contains(word));
    let is_like_head = is_head(label) || is_listed(words().next()) || is_listed(words().next_back());
    is_like_head && !begins_like_speaker(label) && !PERSON_WORDS.contains(first_word(label))
}

/// Whether the folded `label` is the beginning of a sentence rather than a name: `poenget er`, `hun sa`, `det første`.
pub(super) fn begins_sentence(label: &str) -> bool {
    let words: Vec<&str> = label.split_whitespace().collect();
    let [first, .., last] = words.as_slice() else { return false };
    INTRODUCING_WORDS.contains(last) || BEGINNING_WORDS.contains(first)
}

pub(super) fn first_word(label: &str) -> &str {
    label.split(|c: char| !c.is_alphabetic()).find(|word| !word.is_empty()).unwrap_or(label)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold;

    #[test]
    fn the_lists_are_folded() {
        for word in SPEAKER_WORDS
            .iter()
            .chain(&*PERSON_WORDS)
            .chain(&*HEAD_WORDS)
            .chain(&*INTRODUCING_WORDS)
            .chain(&*BEGINNING_WORDS)
        {
            assert_eq!(fold(word), *word);
        }
        assert!(HEAD_WORDS.contains("til stede") && HEAD_WORDS.contains("vedtak"));
    }

    #[test]
    fn sentences_that_go_on_behind_a_colon_name_nobody() {
        for label in ["poenget er", "hun sa", "det første er", "men da", "the point is"] {
            assert!(begins_sentence(label), "{label}");
        }
        for label in ["informant 3", "leder omsorg", "ja", "i 2", "er 1", "kari moe"] {
            assert!(!begins_sentence(label), "{label}");
        }
    }

    #[test]
    fn heads_of_minutes_are_known_by_their_first_or_last_word() {
        for label in ["sak 9/21", "neste møte", "til stede", "vedtak", "kilde 1", "nav kommune", "kl."] {
            assert!(heads_part(label), "{label}");
        }
        for label in ["informant kommune", "leder kommune", "informant nr. 1", "int.", "kari moe", "ordfører tiltak"] {
            assert!(!heads_part(label), "{label}");
        }
    }
}
