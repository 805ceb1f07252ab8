//! Which of a text's labels name speakers, and whether the text is a transcript at all.
//!
//! A text is a transcript when the project says so, be it by listing a speaker of this very document, or when it has two
//! labels or more of which one recurs, and either at least every fourth paragraph carries a label, or at least every
//! third label is one that only transcripts have (`Intervjuer`, `I`, `Informant 3`) and one of these recurs, or two
//! labels take turns and every tenth paragraph has one. Labels of minutes and reports (`Til stede`, `Vedtak`, `Mål`) do
//! not make a text a transcript, unless they take turns with one that only transcripts have.
//!
//! In a transcript a label names a speaker when it recurs, when only transcripts have it, when a time stands beside it,
//! when it begins like another speaker's, or when it begins a paragraph in a text where most paragraphs carry a label.
//! The beginning of a sentence (`Poenget er:`) is no label. A label of minutes does name one when it takes turns with
//! speakers (`Kommune`, `Ordfører kommune`): what stands under it would else be taken for the words of whoever spoke
//! before.

use std::collections::{BTreeMap, BTreeSet};

use super::label::is_invisible;
use super::label_words::{begins_like_speaker, begins_sentence, first_word, heads_part, is_head};
use crate::text::fold;

/// In a transcript whose labels say nothing by themselves, at least one paragraph in so many has one.
const SPARSEST: usize = 4;
/// And in one whose labels take turns.
const SPARSEST_IN_TURN: usize = 10;
/// Labels take turns when two of them come so many times.
const MIN_TURNS: usize = 3;
/// A head of minutes, such as `Kommune`, is a speaker when no other speaks more than so many times as often.
const MAX_TIMES_AS_OFTEN: usize = 5;

/// The labels of one text, as they are met, by the letters they are written in.
#[derive(Debug, Default)]
pub(super) struct Labels<'text> {
    met: BTreeMap<&'text str, Count>,
    /// As they follow each other.
    in_order: Vec<&'text str>,
}

#[derive(Debug, Default, Clone, Copy)]
struct Count {
    times: usize,
    begins_paragraph: bool,
    is_timed: bool,
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

/// Labels by their folded spelling.
type Known<'text> = BTreeMap<String, Met<'text>>;

/// What was found out about a text's labels.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Decided<'text> {
    /// Those that name speakers; `None` when the text is no transcript.
    pub(super) speakers: Option<Speakers<'text>>,
    /// Those of a text that is none, though they take turns as speakers do or only transcripts have them.
    pub(super) doubtful: Vec<String>,
}

/// The labels of a text as they follow each other, by their folded spelling.
struct Order(Vec<String>);

impl Order {
    fn new(in_order: &[&str], labels: [&Known<'_>; 2]) -> Self {
        let all = labels.iter().flat_map(|labels| labels.iter());
        let folded: BTreeMap<&str, &String> =
            all.flat_map(|(label, met)| met.written.iter().map(move |written| (*written, label))).collect();
        Self(in_order.iter().filter_map(|written| folded.get(written).map(|label| (*label).clone())).collect())
    }

    /// Those of `heads` that recur and stand beside speakers, as far as `is_speaker` says so of `labels`, and the rest.
    ///
    /// A head by itself, such as `Dato` at the top of each of several interviews in one file, must stand between
    /// speakers, and about as often as they speak; for `Ordfører kommune` one beside it is enough.
    fn take_turns<'text>(
        &self,
        heads: Known<'text>,
        labels: &Known<'text>,
        is_speaker: impl Fn(&Met<'text>) -> bool,
    ) -> (Known<'text>, Known<'text>) {
        let is_speaker = |at: Option<&String>| at.and_then(|label| labels.get(label)).is_some_and(&is_speaker);
        let most = labels.values().map(|met| met.count.times).max().unwrap_or(0);
        // How often each head stands beside speakers.
        let mut beside: BTreeMap<&String, usize> = BTreeMap::new();
        for (at, label) in self.0.iter().enumerate().filter(|(_, label)| heads.contains_key(*label)) {
            let (before, after) = (at.checked_sub(1).and_then(|at| self.0.get(at)), self.0.get(at + 1));
            let is_beside = match is_head(label) {
                true => is_speaker(before) && (after.is_none() || is_speaker(after)),
                false => is_speaker(before) || is_speaker(after),
            };
            *beside.entry(label).or_default() += usize::from(is_beside);
        }
        let is_in_turn = |label: &String, met: &Met<'_>| {
            let beside = beside.get(label).copied().unwrap_or_default();
            let is_often = !is_head(label) || met.count.times * MAX_TIMES_AS_OFTEN >= most;
            met.count.times > 1 && is_often && beside * 2 >= met.count.times + usize::from(is_head(label))
        };
        heads.into_iter().partition(|(label, met)| is_in_turn(label, met))
    }

    /// Whether at least two of `labels` come back again and again at the start of paragraphs, and by turns.
    fn is_dialogue(&self, labels: &Known<'_>) -> bool {
        let often = labels.values().filter(|met| met.count.times >= MIN_TURNS && met.count.begins_paragraph);
        let order: Vec<&String> = self.0.iter().filter(|label| labels.contains_key(*label)).collect();
        let turns = order.windows(2).filter(|pair| pair[0] != pair[1]).count();
        let all_recur = labels.values().all(|met| met.count.times > 1);
        all_recur && often.count() > 1 && turns * 4 >= order.len().saturating_sub(1) * 3
    }
}

/// The labels that name speakers: from a label as written to the spelling that stands for it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Speakers<'text>(BTreeMap<&'text str, String>);

impl<'text> Labels<'text> {
    /// Takes in a label, which may begin a paragraph and have a time beside it.
    pub(super) fn meet(&mut self, name: &'text str, begins_paragraph: bool, is_timed: bool) {
        self.in_order.push(name);
        let count = self.met.entry(name).or_default();
        count.times += 1;
        count.begins_paragraph |= begins_paragraph;
        count.is_timed |= is_timed;
    }

    /// Decides, given the number of paragraphs without a label; `is_listed` says of a label whether the project lists it.
    pub(super) fn decide(
        mut self,
        unlabelled: usize,
        is_declared: bool,
        is_listed: impl Fn(&str) -> bool,
    ) -> Decided<'text> {
        let is_declared = is_declared || self.met.keys().any(|written| is_listed(written));
        let in_order = std::mem::take(&mut self.in_order);
        let mut all = self.by_folded_spelling();
        all.retain(|label, met| met.count.is_timed || !begins_sentence(label));
        let (heads, mut labels): (Known<'_>, Known<'_>) = all.into_iter().partition(|(label, _)| heads_part(label));
        let order = Order::new(&in_order, [&labels, &heads]);
        // A text where `Intervjuer` and `Kommune` take turns is a transcript though it has no third label.
        let (in_turn, heads) = order.take_turns(heads, &labels, Met::is_known);
        labels.extend(in_turn);
        let total: usize = labels.values().map(|met| met.count.times).sum();
        let is_dense = |one_in: usize| total * one_in >= total + unlabelled;
        let known: Vec<usize> = labels.values().filter(|met| met.is_known()).map(|met| met.count.times).collect();
        let has_known = known.iter().sum::<usize>() * 3 >= total && known.iter().any(|times| *times > 1);
        let has_enough = labels.len() > 1 && labels.values().any(|met| met.count.times > 1);
        let is_dialogue = order.is_dialogue(&labels);
        let is_spoken = is_dense(SPARSEST) || has_known || is_dialogue && is_dense(SPARSEST_IN_TURN);
        let is_transcript = is_declared || has_enough && is_spoken;
        if !is_transcript {
            let is_like_speech = labels.len() > 1
                && is_dense(SPARSEST)
                && labels.keys().any(|label| begins_like_speaker(label) && !heads_part(label));
            let doubtful = match is_dialogue || is_like_speech {
                true => labels.into_values().map(|met| met.spelling).collect(),
                false => Vec::new(),
            };
            return Decided { speakers: None, doubtful };
        }
        let is_sure = |met: &Met<'_>| met.count.times > 1 || met.is_known() || met.count.is_timed;
        let (in_turn, heads) = order.take_turns(heads, &labels, is_sure);
        labels.extend(in_turn);
        if is_declared {
            // Whoever declared it knows that `NAV kommune` speaks; `Dato` stands above an interview there too.
            labels.extend(heads.into_iter().filter(|(label, _)| !is_head(label)));
        }
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
        Decided { speakers: (!speakers.is_empty()).then_some(Speakers(speakers)), doubtful: Vec::new() }
    }

    fn by_folded_spelling(self) -> Known<'text> {
        let mut labels = BTreeMap::new();
        for (written, count) in self.met {
            let spelling = spelling(written);
            // `Int.` and `Int` are one.
            let folded = fold(spelling.trim_end_matches('.'));
            let met = labels.entry(folded).or_insert_with(Met::default);
            if count.times > met.spelled {
                (met.spelling, met.spelled) = (spelling, count.times);
            }
            met.written.push(written);
            met.count.times += count.times;
            met.count.begins_paragraph |= count.begins_paragraph;
            met.count.is_timed |= count.is_timed;
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
    let label = label.trim_end_matches('.');
    let letters = label.chars().take_while(|c| c.is_uppercase()).count();
    let is_initials = matches!(letters, 1 | 2) && label.chars().skip(letters).all(|c| c.is_ascii_digit());
    let is_numbered =
        !label.contains(' ') && label.starts_with(char::is_alphabetic) && label.ends_with(|c: char| c.is_ascii_digit());
    is_initials || is_numbered || begins_like_speaker(&fold(label))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(labels: &[(&str, usize)], unlabelled: usize, expected: Option<&[&str]>) {
        let decide = |is_declared| {
            let mut met = Labels::default();
            for (label, count) in labels {
                for _ in 0..*count {
                    met.meet(label, true, false);
                }
            }
            met.decide(unlabelled, is_declared, |_| false)
        };
        let names = decide(false).speakers.map(|speakers| speakers.0.into_values().collect::<BTreeSet<_>>());
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
        labels.meet("farsund_uib_02", true, false);
        let speakers = labels.decide(0, true, |_| false).speakers.unwrap();
        assert_eq!((speakers.get("farsund_uib_02"), speakers.get("Vedtak")), (Some("farsund_uib_02"), None));
        assert_eq!(Labels::default().decide(3, true, |_| false), Decided::default());
    }

    #[test]
    fn a_listed_speaker_makes_a_transcript_and_labels_of_transcripts_alone_a_doubt() {
        let met = || {
            let mut labels = Labels::default();
            ["Intervjuer", "Kari"].into_iter().for_each(|label| labels.meet(label, true, false));
            labels
        };
        let doubt = met().decide(0, false, |_| false);
        assert_eq!((doubt.speakers, doubt.doubtful), (None, vec!["Intervjuer".to_owned(), "Kari".to_owned()]));
        assert!(met().decide(100, false, |_| false).doubtful.is_empty(), "a head above a long text");
        let listed = met().decide(0, false, |label| label == "Kari").speakers.unwrap();
        assert_eq!((listed.get("Intervjuer"), listed.get("Kari")), (Some("Intervjuer"), Some("Kari")));
    }

    #[test]
    fn the_beginning_of_a_sentence_is_no_label() {
        speakers_of("Intervjuer, Det første er, Kari, Intervjuer, Hun sa, Kari", 0, false, &["Intervjuer", "Kari"]);
    }

    /// The speakers of a text with these labels, in this order.
    #[track_caller]
    fn speakers_of(order: &str, unlabelled: usize, is_declared: bool, expected: &[&str]) {
        let mut labels = Labels::default();
        order.split(", ").for_each(|label| labels.meet(label, true, false));
        let found = labels.decide(unlabelled, is_declared, |_| false).speakers.unwrap_or_default();
        let found: BTreeSet<String> = found.0.into_values().collect();
        assert_eq!(found.into_iter().collect::<Vec<_>>(), expected, "{order}");
    }

    #[test]
    fn a_label_that_ends_like_a_head_is_a_speaker_when_it_speaks() {
        let named = "Intervjuer, Informant kommune, Intervjuer, Informant NAV";
        speakers_of(named, 0, false, &["Informant NAV", "Informant kommune", "Intervjuer"]);
        speakers_of("Kari, Leder kommune, Kari", 0, false, &["Kari", "Leder kommune"]);
        let by_place = "Intervjuer, NAV kommune, Intervjuer, NAV kommune, Kilde 1, Intervjuer, Kilde 1";
        speakers_of(by_place, 0, false, &["Intervjuer", "Kilde 1", "NAV kommune"]);
        speakers_of("Intervjuer, Kommune, Intervjuer, Kommune", 0, false, &["Intervjuer", "Kommune"]);
        speakers_of("Kari, Ola, Kari, Prosjekt, Ola, Prosjekt", 0, false, &["Kari", "Ola", "Prosjekt"]);
        speakers_of("NAV kommune, NAV kommune, Leder", 0, true, &["Leder", "NAV kommune"]);
        speakers_of("Dato, Intervjuer, NAV kommune", 0, true, &["Intervjuer", "NAV kommune"]);
    }

    #[test]
    fn the_head_of_an_interview_is_no_speaker() {
        let once = "Dato, Sted, Intervjuer, Kari, Intervjuer, Kari, Merknad";
        speakers_of(once, 0, false, &["Intervjuer", "Kari"]);
        let thrice = "Dato, Sted, Intervjuer, Kari, Intervjuer, Kari, Dato, Sted, Intervjuer, Ola, Intervjuer, Ola";
        speakers_of(thrice, 0, false, &["Intervjuer", "Kari", "Ola"]);
        speakers_of("Dato, Intervjuer, Dato", 0, true, &["Intervjuer"]);
        let twelve = "Intervjuer, Kari, ".repeat(12);
        speakers_of(&format!("{twelve}Tema, {twelve}Tema, {twelve}Kari"), 0, false, &["Intervjuer", "Kari"]);
        speakers_of("Bakgrunn, Mål, Tiltak, Mål, Tiltak, Kilde", 3, false, &[]);
    }

    #[test]
    fn labels_that_take_turns_may_stand_far_apart() {
        let turns = "Kari, Ola, Kari, Ola, Kari, Ola";
        speakers_of(turns, 30, false, &["Kari", "Ola"]);
        speakers_of(turns, 100, false, &[]);
        speakers_of("Kari, Kari, Kari, Ola, Ola, Ola", 30, false, &[]);
        speakers_of("Fordel, Ulempe, Fordel, Ulempe, Bedriftene", 30, false, &[]);
        let mut labels = Labels::default();
        turns.split(", ").for_each(|label| labels.meet(label, true, false));
        assert_eq!(labels.decide(100, false, |_| false).doubtful, ["Kari", "Ola"]);
    }

    #[test]
    fn a_full_stop_makes_no_other_speaker() {
        speakers_of("Int., Inf., Int, Inf.", 0, false, &["Inf.", "Int"]);
    }
}
