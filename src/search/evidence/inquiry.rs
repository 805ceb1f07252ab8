//! A study that claims are put to, and the way from claims to what is found.

use std::collections::BTreeMap;
use std::ops::Range;

use rayon::prelude::*;

use super::answer::{Claim, ClaimEvidence, Directions, Passage};
use super::direction::Direction;
use super::forms::{Forms, SURE};
use super::layout::Layout;
use super::names::Named;
use super::rank::{By, Ranked, Ranking, RankingWeights, Term};
use super::references::without_references;
use super::spread::{Origin, evident, spread};
use super::understood::Understood;
use crate::codebook::Codebook;
use crate::coding::{Mentions, StanceRules};
use crate::index::Corpus;
use crate::language::{Language, language_of_tag};
use crate::material::{Material, RowState};
use crate::project::{CASE, PHASE};

/// What claims are put to.
#[derive(Debug)]
pub struct Evidence<'a> {
    pub(super) corpus: &'a Corpus,
    pub(super) material: &'a Material,
    pub(super) codebook: &'a Codebook,
    pub(super) mentions: &'a Mentions,
    pub(super) cases: Vec<Named>,
    pub(super) phases: Vec<Named>,
    pub(super) languages: Vec<Language>,
    /// What those who speak in the material are called, each once.
    pub(super) labels: Vec<&'a str>,
    pub(super) stances: StanceRules<'a>,
    pub(super) layout: Layout,
    weights: RankingWeights,
}

/// A claim needs this much of its words on the page of one passage, or so many of them, or its theme, or there is no
/// evidence for it.
const MIN_COVERAGE: f64 = 0.3;
const MIN_WORDS: f64 = 1.7;
/// A language that fewer of the documents have than one in so many is left to its stemmer's neighbours.
const RARE_LANGUAGE: usize = 10;
/// Forms that are shown for a word.
const FORMS_SHOWN: usize = 8;

impl<'a> Evidence<'a> {
    /// Prepares a study. `cases` and `phases` are in the study's order.
    #[must_use]
    pub fn new(
        corpus: &'a Corpus,
        material: &'a Material,
        codebook: &'a Codebook,
        mentions: &'a Mentions,
        cases: Vec<Named>,
        phases: Vec<Named>,
    ) -> Self {
        Self {
            corpus,
            material,
            codebook,
            mentions,
            cases,
            phases,
            languages: languages(corpus, material, codebook),
            labels: labels(corpus, material),
            stances: StanceRules::new(codebook),
            layout: Layout::new(corpus, material),
            weights: RankingWeights::default(),
        }
    }

    /// Ranks with other weights than those that were measured to be best.
    #[must_use]
    pub fn with_weights(mut self, weights: RankingWeights) -> Self {
        self.weights = weights;
        self
    }

    /// What the material says to each of `claims`, `limit` passages at most.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn answer(&self, claims: &[Claim], limit: usize) -> std::io::Result<Vec<ClaimEvidence>> {
        let texts: Vec<String> = claims.iter().map(|claim| without_references(&claim.text)).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let codes = self.codes_of(&texts)?;
        let understood: Vec<Understood> =
            texts.iter().zip(codes).map(|(text, codes)| self.understand(text, codes)).collect();
        let words = understood.iter().flat_map(|claim| claim.words.iter().map(|word| word.word.clone())).collect();
        let forms = Forms::resolve(self.corpus, &self.languages, words);
        let each = claims.par_iter().zip(&understood);
        each.map(|(claim, understood)| self.one(claim, understood, &forms, limit)).collect()
    }

    fn one(
        &self,
        claim: &Claim,
        understood: &Understood,
        forms: &Forms,
        limit: usize,
    ) -> std::io::Result<ClaimEvidence> {
        let of_words = understood.words.iter().map(|word| Term { weight: word.weight(), by: By::Word(word) });
        let of_codes = understood.codes.iter().map(|mentioned| {
            let mentions = &self.mentions.codes[mentioned.code];
            let words = mentioned.words(&understood.words).collect();
            Term { weight: self.weights.code, by: By::Code { code: mentioned.code, mentions, words } }
        });
        let terms = of_words.chain(of_codes).collect();
        let ranking = Ranking::new(self.corpus, self.material, &self.layout, forms, terms, self.weights)?;
        let (ranked, has_more) = ranking.passages(&|rows| self.boost(understood, rows));
        let has_theme = understood.codes.iter().any(|mentioned| !self.mentions.codes[mentioned.code].is_empty());
        let speaks_of_it = |passage: &Ranked| passage.coverage >= MIN_COVERAGE || passage.n_words >= MIN_WORDS;
        let ranked = if has_theme || ranked.iter().any(speaks_of_it) { ranked } else { Vec::new() };
        let origins: Vec<Origin> = ranked.iter().map(|passage| self.origin(passage)).collect();
        let evident = evident(&ranked, understood.subjects().1);
        // What is not read has fewer of the words than all that is; where some of that is too faint, it is too.
        let has_more = has_more && evident.len() == ranked.len();
        let read: Vec<Vec<Passage>> = spread(&ranked, &origins, evident)
            .into_par_iter()
            .map(|index| self.passages(&ranking, understood, &ranked[index]))
            .collect::<std::io::Result<_>>()?;
        let found = each_once(read);
        let (directions, flags) = (Directions::of(&found), self.flags(&found));
        let behind = self.behind(&found.iter().collect::<Vec<_>>());
        let passages = with_both_sides(found, limit);
        let name = |values: &[Named], found: &[usize]| found.iter().map(|index| values[*index].id.clone()).collect();
        Ok(ClaimEvidence {
            claim: claim.clone(),
            found: directions,
            has_more,
            flags,
            behind,
            passages,
            words: understood.words.iter().map(|word| (word.word.clone(), word.role)).collect(),
            codes: understood.codes.iter().map(|mentioned| mentioned.code).collect(),
            cases: name(&self.cases, &understood.cases),
            phases: name(&self.phases, &understood.phases),
            speakers: understood.speakers.iter().map(|(label, _)| label.clone()).collect(),
            forms: understood
                .words
                .iter()
                .map(|word| (word.word.clone(), self.forms_shown(forms, &word.word)))
                .collect(),
        })
    }

    fn forms_shown(&self, forms: &Forms, word: &str) -> Vec<String> {
        let texts = forms.texts(self.corpus, word);
        let mut sure: Vec<(String, f32)> = texts.into_iter().filter(|(_, weight)| *weight >= SURE).collect();
        sure.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        sure.into_iter().take(FORMS_SHOWN).map(|(form, _)| form).collect()
    }

    /// The factor for a passage from the case, phase or speaker that the claim names.
    fn boost(&self, understood: &Understood, rows: &Range<usize>) -> f64 {
        let mut boost = 1.0;
        if !understood.speakers.is_empty() {
            let (mut said, mut all) = (0.0, 0.0);
            for row in rows.clone() {
                let n_words = f64::from(self.corpus.rows().n_words(row));
                let speaker = self.material.speaker(row);
                let sure = understood.speakers.iter().find(|(label, _)| Some(label.as_str()) == speaker);
                said += sure.map_or(0.0, |(_, sure)| sure * n_words);
                all += n_words;
            }
            boost *= 1.0 + self.weights.speaker * said / f64::max(all, 1.0);
            let opener = self.material.speaker(rows.start);
            if understood.speakers.iter().any(|(label, _)| Some(label.as_str()) == opener) {
                boost *= 1.0 + self.weights.opens;
            }
        }
        if understood.cases.is_empty() && understood.phases.is_empty() {
            return boost;
        }
        let named = [(&self.cases, &understood.cases, CASE), (&self.phases, &understood.phases, PHASE)];
        for (values, found, name) in named {
            let own = self.material.value(self.corpus, rows.start, name);
            if found.iter().any(|index| Some(values[*index].id.as_str()) == own) {
                boost *= 1.0 + self.weights.cell;
            }
        }
        boost
    }

    fn origin(&self, passage: &Ranked) -> Origin {
        let place = |values: &[Named], name: &str| {
            let own = self.material.value(self.corpus, passage.rows.start, name);
            values.iter().position(|value| Some(value.id.as_str()) == own).unwrap_or(values.len())
        };
        let cell = place(&self.cases, CASE) * (self.phases.len() + 1) + place(&self.phases, PHASE);
        let repeat = if passage.rows.len() == 1 { self.corpus.rows().repeat(passage.rows.start) } else { 0 };
        Origin { document: passage.document, cell, repeat }
    }
}

/// The passages that were read, without those beside one that stand in another or came up before.
fn each_once(read: Vec<Vec<Passage>>) -> Vec<Passage> {
    let ranges: Vec<Range<usize>> = read.iter().filter_map(|own| Some(own.first()?.rows.clone())).collect();
    let mut found: Vec<Passage> = Vec::new();
    for own in read {
        let home = own.first().map(|own| own.rows.clone());
        for (index, passage) in own.into_iter().enumerate() {
            let is_elsewhere = |rows: &Range<usize>| Some(rows) != home.as_ref() && rows.contains(&passage.row);
            let is_known = |other: &Passage| other.row == passage.row && other.quote == passage.quote;
            if index == 0 || !ranges.iter().any(is_elsewhere) && !found.iter().any(is_known) {
                found.push(passage);
            }
        }
    }
    found
}

/// The first `limit` passages; where none of them says the same, or the opposite, the best that does takes the place
/// of the last that tells nothing.
fn with_both_sides(mut passages: Vec<Passage>, limit: usize) -> Vec<Passage> {
    let mut rest = passages.split_off(limit.min(passages.len()));
    for direction in [Direction::Same, Direction::Opposite] {
        let says_it = |passage: &Passage| passage.direction == direction;
        if passages.len() < 2 || passages.iter().any(says_it) {
            continue;
        }
        let Some(found) = rest.iter().position(says_it) else { continue };
        let tells_nothing = |passage: &Passage| passage.direction == Direction::Unclear;
        let place = passages.iter().rposition(tells_nothing).filter(|place| *place > 0).unwrap_or(passages.len() - 1);
        passages.remove(place);
        passages.push(rest.remove(found));
    }
    passages
}

/// The languages that words are inflected by: those of the material, and the codebook's where it is Norwegian.
fn languages(corpus: &Corpus, material: &Material, codebook: &Codebook) -> Vec<Language> {
    let mut by_tag: BTreeMap<&str, usize> = BTreeMap::new();
    let mut n = 0;
    for document in material.documents_read(corpus) {
        if let Some(tag) = corpus.documents()[document].outcome.language.as_deref() {
            *by_tag.entry(tag).or_default() += 1;
            n += 1;
        }
    }
    let often = by_tag.into_iter().filter(|(_, documents)| documents * RARE_LANGUAGE >= n);
    let mut languages: Vec<Language> = often.filter_map(|(tag, _)| language_of_tag(tag)).collect();
    if languages.is_empty() || languages.contains(&Language::Bokmaal) || languages.contains(&Language::Nynorsk) {
        languages.extend(codebook.languages.iter().copied());
    }
    languages.sort_unstable();
    languages.dedup();
    languages
}

fn labels<'a>(corpus: &Corpus, material: &'a Material) -> Vec<&'a str> {
    let open = (0..corpus.rows().len()).filter(|row| material.state(*row) == RowState::Material);
    let mut labels: Vec<&str> = open.filter_map(|row| material.speaker(row)).collect();
    labels.dedup();
    labels.sort_unstable();
    labels.dedup();
    labels
}
