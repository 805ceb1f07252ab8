//! A claim, taken apart: its words and what they are there for, what it names, what it says.

use std::ops::Range;

use super::inquiry::Evidence;
use super::names;
use super::reading::{self, Reading, Spot, Told};
use super::verbatim::Wording;
use super::words::{ClaimWord, Role, claim_words};
use crate::coding;
use crate::index::Corpus;
use crate::language::{Stances, Tokens, Vote};
use crate::text::Span;

/// Weight of a cue word, as a share of its normal weight (0 to 1).
const A_CUES_WEIGHT: f64 = 0.1;
/// How much `prosjektet` weighs beside a theme, likewise.
const THE_PROJECTS_WEIGHT: f64 = 0.4;

/// A claim as it is looked for.
#[derive(Debug)]
pub(super) struct Understood {
    pub(super) words: Vec<ClaimWord>,
    /// Codes that it mentions.
    pub(super) codes: Vec<Mentioned>,
    /// Cases and phases that it names, by index.
    pub(super) cases: Vec<usize>,
    pub(super) phases: Vec<usize>,
    /// Speakers that it names, and how surely.
    pub(super) speakers: Vec<(String, f64)>,
    /// Words written as proper names, by their places in `words`.
    pub(super) proper: Vec<usize>,
    pub(super) reading: Reading,
    pub(super) wording: Wording,
}

/// A code that a claim mentions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mentioned {
    pub(super) code: usize,
    /// By which words of the claim, and how they put it.
    places: Vec<(Range<usize>, Told)>,
}

impl Mentioned {
    /// The words of `words` that it is mentioned by, by their places in that list.
    pub(super) fn words<'w>(&'w self, words: &'w [ClaimWord]) -> impl Iterator<Item = usize> + 'w {
        words.iter().enumerate().filter(|(_, word)| self.is_at(word.at)).map(|(term, _)| term)
    }

    /// Whether word `at` of the claim mentions it.
    fn is_at(&self, at: usize) -> bool {
        self.places.iter().any(|(place, _)| place.contains(&at))
    }

    /// The words of the claim that tell how it is put.
    fn cues(&self) -> impl Iterator<Item = Span> {
        let cues = self.places.iter().filter_map(|(_, (_, cue))| *cue);
        cues.flat_map(|cue| std::iter::once(cue.span).chain(cue.also))
    }
}

impl Understood {
    /// The words that the claim is about, by index, and whether they all mention one theme. What any claim may be about
    /// (`prosjektet`) is none of them where others mention a theme.
    pub(super) fn subjects(&self) -> (Vec<usize>, bool) {
        let is_subject = |term: &usize| self.words[*term].is_spoken_of() && !self.proper.contains(term);
        let mut subjects: Vec<usize> = (0..self.words.len()).filter(is_subject).collect();
        let is_of = |mentioned: &Mentioned, term: usize| mentioned.is_at(self.words[term].at);
        let is_of_any = |term: usize| self.codes.iter().any(|mentioned| is_of(mentioned, term));
        if !subjects.iter().any(|term| is_of_any(*term)) {
            return (subjects, false);
        }
        subjects.retain(|term| is_of_any(*term) || !self.words[*term].is_the_project());
        let is_of_one = self.codes.iter().any(|mentioned| subjects.iter().all(|term| is_of(mentioned, *term)));
        (subjects, is_of_one)
    }
}

impl Evidence<'_> {
    /// The codes that each claim mentions, by their own patterns.
    ///
    /// # Errors
    /// When the claims cannot be indexed in memory.
    pub(super) fn codes_of(&self, texts: &[&str]) -> std::io::Result<Vec<Vec<Mentioned>>> {
        let mut mentioned: Vec<Vec<Mentioned>> = vec![Vec::new(); texts.len()];
        if self.codebook.codes.is_empty() || texts.is_empty() {
            return Ok(mentioned);
        }
        let corpus = Corpus::of_texts(texts)?;
        let which: Vec<usize> = (0..self.codebook.codes.len()).collect();
        let mentions = coding::apply(&corpus, self.codebook, &which, &vec![true; corpus.rows().len()])?;
        let tokens: Vec<Tokens> = texts.iter().map(|text| Tokens::of(text)).collect();
        for (code, mentions) in mentions.codes.iter().enumerate() {
            for mention in mentions {
                let Some(claim) = corpus.rows().document(mention.row as usize) else { continue };
                let mut around = Stances::new(texts[claim], &tokens[claim]);
                let told = self.told(code, mention, &tokens[claim], &mut around);
                let place = (mention.from as usize..mention.to as usize, told);
                match mentioned[claim].iter_mut().find(|known| known.code == code) {
                    Some(known) => known.places.push(place),
                    None => mentioned[claim].push(Mentioned { code, places: vec![place] }),
                }
            }
        }
        Ok(mentioned)
    }

    pub(super) fn understand(&self, text: &str, codes: Vec<Mentioned>) -> Understood {
        let tokens = Tokens::of(text);
        let mut languages = self.languages.clone();
        languages.extend(Vote::of_text(text).language());
        let cases = names::find(text, &tokens, &self.cases);
        let phases = names::find(text, &tokens, &self.phases);
        let mut speakers: Vec<(String, f64)> = Vec::new();
        let mut of_speakers: Vec<usize> = Vec::new();
        for label in &self.labels {
            let (sure, places) = names::names_speaker(text, &tokens, label, &self.labels);
            if sure > 0.0 {
                speakers.push(((*label).to_owned(), sure));
                of_speakers.extend(places);
            }
        }
        let is_name =
            |at: usize| of_speakers.contains(&at) || cases.iter().chain(&phases).any(|(_, words)| words.contains(&at));
        let mut words = claim_words(&tokens, &languages, &is_name);
        let cues: Vec<Span> = codes.iter().flat_map(Mentioned::cues).collect();
        let is_cue = |word: &ClaimWord| {
            let at = tokens.words()[word.at].start as usize;
            cues.iter().any(|cue| (cue.start()..cue.end()).contains(&at))
                && !codes.iter().any(|mentioned| mentioned.is_at(word.at))
        };
        // Others may put the theme in the same way by other words, and what speaks against the claim has none of them: it
        // must not stand behind all that speaks for it.
        words.iter_mut().filter(|word| word.is_spoken_of() && is_cue(word)).for_each(|word| {
            word.role = Role::Measure;
            word.place *= A_CUES_WEIGHT;
        });
        // Beside a theme the project's own name tells little.
        let is_theme = |word: &ClaimWord| codes.iter().any(|mentioned| mentioned.is_at(word.at));
        if words.iter().any(is_theme) {
            let others = words.iter_mut().filter(|word| word.is_the_project() && !is_theme(word));
            others.for_each(|word| word.place *= THE_PROJECTS_WEIGHT);
        }
        let proper = proper_names(text, &tokens, &words, &of_speakers);
        let spots: Vec<Spot> = (0..words.len()).map(|term| self.spot(&words, term, &codes)).collect();
        let reading = reading::read(text, &tokens, 0..tokens.words().len(), &spots);
        let index = |found: Vec<(usize, Range<usize>)>| found.into_iter().map(|(index, _)| index).collect();
        let wording = Wording::of(text, &tokens);
        Understood { wording, words, codes, cases: index(cases), phases: index(phases), speakers, proper, reading }
    }

    /// A word of the claim as something is said of it.
    fn spot(&self, words: &[ClaimWord], term: usize, codes: &[Mentioned]) -> Spot {
        let at = words[term].at;
        let told =
            codes.iter().find_map(|mentioned| Some(mentioned.places.iter().find(|(place, _)| place.contains(&at))?.1));
        Spot { at, term, is_about: words[term].is_spoken_of(), told }
    }
}

/// The words of a claim that begin with a capital where a sentence would not: names of places, people and things.
/// None where most words do, as in a title.
fn proper_names(text: &str, tokens: &Tokens, words: &[ClaimWord], of_speakers: &[usize]) -> Vec<usize> {
    let has_capital =
        |at: usize| text[tokens.words()[at].start as usize..].chars().next().is_some_and(char::is_uppercase);
    let n = tokens.words().len();
    if (0..n).filter(|at| has_capital(*at)).count() * 2 > n {
        return Vec::new();
    }
    let is_speaker = |at: usize| of_speakers.contains(&at);
    let is_name =
        |word: &ClaimWord| has_capital(word.at) && (is_speaker(word.at) || word.at > 0 && word.role == Role::Subject);
    (0..words.len()).filter(|term| is_name(&words[*term])).collect()
}
