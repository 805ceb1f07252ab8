//! Claims → passages with their directions, and what stands behind each claim.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use serde::Serialize;

use super::direction::{self, Direction};
use super::forms::Forms;
use super::layout::Layout;
use super::names::{self, Named};
use super::rank::{By, Ranked, Ranking, Term, Weights};
use super::spread::{Origin, spread};
use super::words::{ClaimWord, Role, claim_words};
use crate::codebook::Codebook;
use crate::coding::{self, Codings};
use crate::index::{Corpus, Row};
use crate::language::{Language, Tokens, Vote, language_of_tag};
use crate::material::{Material, RowState};
use crate::segment::sentence_breaks;

/// A claim to be looked into.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// As the user numbers it, or its place in the list.
    pub id: String,
    /// The claim.
    pub text: String,
}

/// One passage for or against a claim.
#[derive(Debug, Clone, PartialEq)]
pub struct Passage {
    /// Index of the document.
    pub document: usize,
    /// Its rows.
    pub rows: Range<usize>,
    /// First code point in the document's text, of the first segment's words.
    pub start: u32,
    /// One past the last code point of the last segment.
    pub end: u32,
    /// Its segments' words, a line break between.
    pub text: String,
    /// The sentence that has most of the claim's words.
    pub quote: String,
    /// Whether text is left out before and after the quote.
    pub is_cut: (bool, bool),
    /// See [`super::rank`].
    pub score: f64,
    /// For or against, by rule.
    pub direction: Direction,
    /// The words that the rule went by.
    pub cue: Option<String>,
    /// The row of the quote, and whose words it is.
    pub row: usize,
    /// Line of the quote's segment, from 1.
    pub line: u32,
    /// Page of the quote's segment.
    pub page: Option<u32>,
    /// Time code of the quote's segment.
    pub time: Option<u64>,
    /// Indices of the codes that it has.
    pub codes: Vec<usize>,
}

/// What a researcher must see beside a claim's passages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Flag {
    /// Nothing in the material has enough of the claim's words.
    NoEvidence,
    /// All passages are from one document.
    OneDocument,
    /// All passages are one person's words.
    OneSpeaker,
    /// All passages are from one case.
    OneCase,
    /// A passage says the opposite, by rule.
    CounterEvidence,
    /// No passage says the same, by rule.
    NothingSaysSame,
}

/// What the passages that are shown rest on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Behind {
    /// How many documents.
    pub documents: u64,
    /// How many persons; `None` where one of the documents does not tell.
    pub speakers: Option<u64>,
    /// Cases, in the study's order.
    pub cases: Vec<String>,
    /// Phases, in the study's order.
    pub phases: Vec<String>,
}

/// All that was found for one claim.
#[derive(Debug, Clone, PartialEq)]
pub struct ClaimEvidence {
    /// The claim.
    pub claim: Claim,
    /// Its passages, the best first.
    pub passages: Vec<Passage>,
    /// What they rest on.
    pub behind: Behind,
    /// What to see.
    pub flags: Vec<Flag>,
    /// What the claim was understood to be about.
    pub words: Vec<(String, Role)>,
    /// Codes whose patterns the claim itself mentions, by index.
    pub codes: Vec<usize>,
    /// Case ids that it names.
    pub cases: Vec<String>,
    /// Phase ids that it names.
    pub phases: Vec<String>,
    /// Speakers that it names.
    pub speakers: Vec<String>,
    /// The forms of the material that its words stand for, the surest first, without compounds.
    pub forms: Vec<(String, Vec<String>)>,
}

/// What claims are put to.
#[derive(Debug)]
pub struct Evidence<'a> {
    corpus: &'a Corpus,
    material: &'a Material,
    codebook: &'a Codebook,
    codings: &'a Codings,
    cases: Vec<Named>,
    phases: Vec<Named>,
    languages: Vec<Language>,
    layout: Layout,
    weights: Weights,
    /// The claim has at least this much of its words in one passage, else there is no evidence.
    least_coverage: f64,
}

/// A claim needs this much of its words in one passage, or there is no evidence for it.
const LEAST_COVERAGE: f64 = 0.25;
/// A language that fewer of the documents have than one in so many is left to its stemmer's neighbours.
const RARE_LANGUAGE: usize = 10;
/// A form that speaks of a word less surely than this says nothing of direction.
const SURE: f32 = 0.5;
/// Forms that are shown for a word.
const FORMS_SHOWN: usize = 8;

impl<'a> Evidence<'a> {
    /// Prepares a study. `cases` and `phases` are in the study's order.
    #[must_use]
    pub fn new(
        corpus: &'a Corpus,
        material: &'a Material,
        codebook: &'a Codebook,
        codings: &'a Codings,
        cases: Vec<Named>,
        phases: Vec<Named>,
    ) -> Self {
        let mut by_tag: BTreeMap<&str, usize> = BTreeMap::new();
        let mut n = 0;
        for document in material.documents_read(corpus) {
            if let Some(tag) = corpus.documents()[document].language.as_deref() {
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
        let layout = Layout::new(corpus, material);
        Self {
            corpus,
            material,
            codebook,
            codings,
            cases,
            phases,
            languages,
            layout,
            weights: Weights::default(),
            least_coverage: LEAST_COVERAGE,
        }
    }

    /// Ranks with other weights than those that were measured to be best.
    #[must_use]
    pub fn with_weights(mut self, weights: Weights) -> Self {
        self.weights = weights;
        self
    }

    /// What the material says to each of `claims`, `limit` passages at most.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn answer(&self, claims: &[Claim], limit: usize) -> std::io::Result<Vec<ClaimEvidence>> {
        let understood: Vec<Understood> = claims.iter().map(|claim| self.understand(&claim.text)).collect();
        let words = understood.iter().flat_map(|claim| claim.words.iter().map(|word| word.word.clone())).collect();
        let forms = Forms::resolve(self.corpus, &self.languages, words);
        let mentioned = self.codes_of(claims)?;
        claims
            .iter()
            .zip(&understood)
            .zip(mentioned)
            .map(|((claim, understood), codes)| self.one(claim, understood, codes, &forms, limit))
            .collect()
    }

    /// The codes that each claim mentions by their own patterns.
    fn codes_of(&self, claims: &[Claim]) -> std::io::Result<Vec<Vec<usize>>> {
        let mut mentioned = vec![Vec::new(); claims.len()];
        if self.codebook.codes.is_empty() || claims.is_empty() {
            return Ok(mentioned);
        }
        let texts: Vec<&str> = claims.iter().map(|claim| claim.text.as_str()).collect();
        let corpus = Corpus::of_texts(&texts)?;
        let which: Vec<usize> = (0..self.codebook.codes.len()).collect();
        let codings = coding::apply(&corpus, self.codebook, &which, &vec![true; corpus.rows().len()])?;
        for (code, mentions) in codings.codes.iter().enumerate() {
            for mention in mentions {
                if let Some(claim) = corpus.rows().document(mention.row as usize)
                    && !mentioned[claim].contains(&code)
                {
                    mentioned[claim].push(code);
                }
            }
        }
        Ok(mentioned)
    }

    fn understand(&self, text: &str) -> Understood {
        let tokens = Tokens::of(text);
        let mut languages = self.languages.clone();
        languages.extend(Vote::of_text(text).language());
        let cases = names::find(&tokens, &self.cases);
        let phases = names::find(&tokens, &self.phases);
        let mut speakers: Vec<(String, f64)> = Vec::new();
        let mut of_speakers: BTreeSet<usize> = BTreeSet::new();
        for label in self.labels() {
            let (sure, places) = names::names_speaker(text, &tokens, label);
            if sure > 0.0 {
                speakers.push((label.to_owned(), sure));
                of_speakers.extend(places);
            }
        }
        let is_name =
            |at: usize| of_speakers.contains(&at) || cases.iter().chain(&phases).any(|(_, words)| words.contains(&at));
        let words = claim_words(&tokens, &languages, &is_name);
        let subjects: Vec<usize> = words.iter().filter(|word| word.role == Role::Subject).map(|word| word.at).collect();
        let reading = direction::read(text, &tokens, &subjects);
        let index = |found: Vec<(usize, Range<usize>)>| found.into_iter().map(|(index, _)| index).collect();
        Understood { words, cases: index(cases), phases: index(phases), speakers, reading }
    }

    /// Labels of those who speak in the material.
    fn labels(&self) -> BTreeSet<&str> {
        let open = (0..self.corpus.rows().len()).filter(|row| self.material.state(*row) == RowState::Material);
        open.filter_map(|row| self.material.speaker(row)).collect()
    }

    fn one(
        &self,
        claim: &Claim,
        understood: &Understood,
        codes: Vec<usize>,
        forms: &Forms,
        limit: usize,
    ) -> std::io::Result<ClaimEvidence> {
        let of_words = understood.words.iter().map(|word| Term { weight: word.weight(), by: By::Word(word) });
        let of_codes = codes.iter().map(|code| {
            let rows = self.codings.codes[*code].iter().map(|mention| mention.row).collect();
            Term { weight: self.weights.code, by: By::Code(rows) }
        });
        let ranking = Ranking {
            corpus: self.corpus,
            material: self.material,
            layout: &self.layout,
            forms,
            terms: of_words.chain(of_codes).collect(),
            weights: self.weights,
        };
        let has_subject = understood.words.iter().any(|word| word.role == Role::Subject) || !codes.is_empty();
        let (ranked, rarity) = ranking.passages(&|rows| self.boost(understood, rows))?;
        let best = ranked.iter().map(|passage| passage.coverage).fold(0.0, f64::max);
        let ranked = if has_subject && best < self.least_coverage { Vec::new() } else { ranked };
        let origins: Vec<Origin> = ranked.iter().map(|passage| self.origin(passage)).collect();
        let shown = spread(&ranked, &origins, limit);
        let passages: Vec<Passage> = shown
            .into_iter()
            .map(|index| self.passage(&ranking, understood, &rarity, &ranked[index]))
            .collect::<std::io::Result<_>>()?;
        let behind = self.behind(&passages);
        let flags = self.flags(&passages, &behind);
        let name = |values: &[Named], found: &[usize]| found.iter().map(|index| values[*index].id.clone()).collect();
        Ok(ClaimEvidence {
            claim: claim.clone(),
            flags,
            behind,
            passages,
            words: understood.words.iter().map(|word| (word.word.clone(), word.role)).collect(),
            codes,
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
        let sure = texts.into_iter().filter(|(_, weight)| *weight > 0.5);
        let mut sure: Vec<(String, f32)> = sure.collect();
        sure.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        sure.into_iter().take(FORMS_SHOWN).map(|(form, _)| form).collect()
    }

    /// What it is worth that a passage is where the claim says, and by whom.
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
        let Some(document) = self.corpus.rows().document(rows.start) else { return boost };
        for (values, found, name) in
            [(&self.cases, &understood.cases, "case"), (&self.phases, &understood.phases, "phase")]
        {
            let own = self.material.attribute(document, name);
            if found.iter().any(|index| Some(values[*index].id.as_str()) == own) {
                boost *= 1.0 + self.weights.cell;
            }
        }
        boost
    }

    fn origin(&self, passage: &Ranked) -> Origin {
        let document = self.corpus.rows().document(passage.rows.start).unwrap_or(0);
        let place = |values: &[Named], name: &str| {
            let own = self.material.attribute(document, name);
            values.iter().position(|value| Some(value.id.as_str()) == own).unwrap_or(values.len())
        };
        let cell = place(&self.cases, "case") * (self.phases.len() + 1) + place(&self.phases, "phase");
        let repeat = if passage.rows.len() == 1 { self.corpus.rows().repeat(passage.rows.start) } else { 0 };
        Origin { document, cell, repeat }
    }

    fn passage(
        &self,
        ranking: &Ranking<'_>,
        understood: &Understood,
        rarity: &[f64],
        ranked: &Ranked,
    ) -> std::io::Result<Passage> {
        let texts = self.corpus.part_of(ranked.rows.start).texts()?;
        let rows: Vec<Row> = ranked.rows.clone().map(|row| texts.get(row)).collect::<std::io::Result<_>>()?;
        let hits = ranking.hits(&ranked.rows)?;
        let mut best: Option<Sentence> = None;
        let mut tokens = Tokens::default();
        for (offset, row) in rows.iter().enumerate() {
            if self.material.state(ranked.rows.start + offset) != RowState::Material {
                continue;
            }
            tokens.read(&row.text);
            let first = self.layout.offset(&ranked.rows, ranked.rows.start + offset);
            let mut breaks = vec![0];
            breaks.extend(sentence_breaks(&row.text));
            breaks.push(row.text.len());
            for sentence in breaks.windows(2) {
                let is_in = |word: usize| {
                    tokens
                        .words()
                        .get(word)
                        .is_some_and(|word| (sentence[0]..sentence[1]).contains(&(word.start as usize)))
                };
                let mut worth: BTreeMap<usize, f64> = BTreeMap::new();
                let mut about: BTreeMap<usize, f64> = BTreeMap::new();
                let mut places = Vec::new();
                for (at, term, weight) in hits.iter().filter(|(at, ..)| *at >= first) {
                    let word = usize::try_from(at - first).unwrap_or(usize::MAX);
                    if is_in(word) {
                        let By::Word(of_claim) = &ranking.terms[*term].by else { continue };
                        let value = f64::from(*weight) * rarity[*term];
                        let known = worth.entry(*term).or_default();
                        *known = known.max(value);
                        if of_claim.role == Role::Subject && *weight >= SURE {
                            places.push(word);
                            let known = about.entry(*term).or_default();
                            *known = known.max(value);
                        }
                    }
                }
                let worth: f64 = worth.values().sum();
                if best.as_ref().is_none_or(|best| worth > best.worth) {
                    let about = about.values().sum();
                    best = Some(Sentence { worth, offset, range: sentence[0]..sentence[1], places, about });
                }
            }
        }
        let nothing = Sentence { worth: 0.0, offset: 0, range: 0..rows[0].text.len(), places: Vec::new(), about: 0.0 };
        let Sentence { offset, range: sentence, places, about, .. } = best.unwrap_or(nothing);
        let is_subject = |term: &Term<'_>| matches!(term.by, By::Word(word) if word.role == Role::Subject);
        let all: f64 =
            ranking.terms.iter().zip(rarity).filter(|(term, _)| is_subject(term)).map(|(_, rarity)| rarity).sum();
        let row = &rows[offset];
        tokens.read(&row.text);
        let (direction, cue) = if places.is_empty() {
            (Direction::Unclear, None)
        } else {
            direction::compare(
                &understood.reading,
                &direction::read(&row.text, &tokens, &places),
                about / all.max(f64::MIN_POSITIVE),
            )
        };
        let last = &rows[rows.len() - 1];
        let text: Vec<&str> = rows.iter().map(|row| row.text.as_str()).collect();
        let n_last = u32::try_from(last.text.chars().count()).expect("a segment is shorter than 4 GiB");
        let quote = row.text[sentence.clone()].trim();
        let n_lines = row.text[..sentence.start].matches('\n').count();
        Ok(Passage {
            document: self.corpus.rows().document(ranked.rows.start).unwrap_or(0),
            rows: ranked.rows.clone(),
            start: rows[0].code_point,
            end: last.code_point + n_last,
            text: text.join("\n"),
            quote: quote.to_owned(),
            is_cut: (!row.text[..sentence.start].trim().is_empty(), !row.text[sentence.end..].trim().is_empty()),
            score: ranked.score,
            direction,
            cue,
            row: ranked.rows.start + offset,
            line: row.line + u32::try_from(n_lines).unwrap_or(0),
            page: row.page,
            time: row.time,
            codes: self.codes_in(&ranked.rows),
        })
    }

    /// The codes with a mention in these rows.
    fn codes_in(&self, rows: &Range<usize>) -> Vec<usize> {
        let has = |code: &usize| {
            let mentions = &self.codings.codes[*code];
            let at = mentions.partition_point(|mention| (mention.row as usize) < rows.start);
            mentions.get(at).is_some_and(|mention| (mention.row as usize) < rows.end)
        };
        (0..self.codings.codes.len()).filter(has).collect()
    }

    fn behind(&self, passages: &[Passage]) -> Behind {
        let documents: BTreeSet<usize> = passages.iter().map(|passage| passage.document).collect();
        let voices: Option<BTreeSet<u32>> = passages.iter().map(|passage| self.material.voice(passage.row)).collect();
        let values = |known: &[Named], name: &str| {
            let own: BTreeSet<&str> = documents
                .iter()
                .filter_map(|document| self.material.attribute(*document, name))
                .filter(|own| !own.is_empty())
                .collect();
            let mut ordered: Vec<String> =
                known.iter().filter(|value| own.contains(value.id.as_str())).map(|value| value.id.clone()).collect();
            ordered
                .extend(own.into_iter().filter(|own| !known.iter().any(|value| value.id == *own)).map(str::to_owned));
            ordered
        };
        Behind {
            documents: documents.len() as u64,
            speakers: voices.map(|voices| voices.len() as u64),
            cases: values(&self.cases, "case"),
            phases: values(&self.phases, "phase"),
        }
    }

    fn flags(&self, passages: &[Passage], behind: &Behind) -> Vec<Flag> {
        if passages.is_empty() {
            return vec![Flag::NoEvidence];
        }
        let is = |direction: Direction| passages.iter().any(|passage| passage.direction == direction);
        let several_cases = self.cases.len() > 1;
        let flags = [
            (behind.documents == 1, Flag::OneDocument),
            (behind.speakers == Some(1), Flag::OneSpeaker),
            (behind.cases.len() == 1 && several_cases, Flag::OneCase),
            (is(Direction::Opposite), Flag::CounterEvidence),
            (!is(Direction::Same), Flag::NothingSaysSame),
        ];
        flags.into_iter().filter(|(holds, _)| *holds).map(|(_, flag)| flag).collect()
    }
}

/// A sentence of a passage and what it has of a claim.
struct Sentence {
    /// Rarity of the claim's words in it.
    worth: f64,
    /// Its segment's place in the passage.
    offset: usize,
    /// Its bytes in the segment.
    range: Range<usize>,
    /// The words of the segment that the claim is about.
    places: Vec<usize>,
    /// Their rarity.
    about: f64,
}

/// A claim, taken apart.
struct Understood {
    words: Vec<ClaimWord>,
    cases: Vec<usize>,
    phases: Vec<usize>,
    speakers: Vec<(String, f64)>,
    reading: direction::Reading,
}
