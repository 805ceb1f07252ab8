//! The words of claims → the forms of the material that speak of them, each with how surely it does.
//!
//! Claims are running text, so a word is a form of some base first, perhaps of several (`vant`: vinne, vant); a stem
//! catches what the lexicon does not know. In the material the word then has five ways to stand: as itself or
//! inflected, as what the other written standard has for it, as another word of its stem, as part of a compound (or,
//! where the claim's own word is a compound, as its last part), or misspelt. A compound names something narrower or
//! wider, so it weighs little.

use std::collections::BTreeMap;

use crate::index::Corpus;
use crate::language::{self, Compounds, FormList, GROUP, Grade, Language, Resolver, WordMatcher, WordQuery};

/// A form in a part's vocabulary, and how surely it speaks of the word: 0 to 1.
pub(super) type Weighted = (u32, f32);

/// A form that speaks of a word less surely than this is another word: nothing is said of it, and it is not shown.
pub(super) const SURE: f32 = 0.5;
/// Inflected like another reading of the claim's word, or with its stem, or of the other written standard.
const OTHER_READING: f32 = 0.9;
const DERIVED: f32 = 0.5;
const COMPOUND: f32 = 0.15;
const LAST_PART: f32 = 0.15;
/// A part between hyphens is a word of its own: `Bosnia-Hercegovina`, `Moria-leiren`.
const HYPHENATED: f32 = 0.7;
const MISSPELT: f32 = 0.8;
/// Words shorter than this have neighbours everywhere.
const MIN_MISSPELT_LENGTH: usize = 6;
/// A word of this many letters may have two wrong ones.
const TWO_EDITS: usize = 8;
/// The last part of a compound is looked for from this length on.
const MIN_PART_LENGTH: usize = 4;

/// The forms of each of many words, in each part: `[word][part]`, sorted by form.
#[derive(Debug)]
pub(super) struct Forms {
    words: Vec<String>,
    forms: Vec<Vec<Vec<Weighted>>>,
}

impl Forms {
    /// Decides for all `words`, folded, at once.
    pub(super) fn resolve(corpus: &Corpus, languages: &[Language], mut words: Vec<String>) -> Self {
        words.sort_unstable();
        words.dedup();
        let query = |word: String, derive: bool| WordQuery {
            word,
            languages: languages.to_vec(),
            compounds: Compounds::Both,
            derive,
        };
        let is_norwegian = languages.iter().any(|language| !matches!(language, Language::Other(_)));
        let mut asked: Vec<usize> = (0..words.len()).collect();
        let mut queries: Vec<WordQuery> = words.iter().map(|word| query(word.clone(), true)).collect();
        for (number, word) in words.iter().enumerate().filter(|_| is_norwegian) {
            let parts =
                word.split('-').filter(|part| part.len() < word.len() && part.chars().count() >= MIN_PART_LENGTH);
            for base in language::base_forms(word).into_iter().chain(parts.map(str::to_owned)) {
                asked.push(number);
                queries.push(query(base, false));
            }
        }
        let mut forms: Vec<Vec<Vec<Weighted>>> = vec![Vec::with_capacity(corpus.parts().len()); words.len()];
        let mut is_known = vec![false; words.len()];
        let resolver = Resolver::new(&queries);
        for part in corpus.parts() {
            let vocabulary = part.vocabulary().forms();
            let mut of_part: Vec<BTreeMap<u32, f32>> = vec![BTreeMap::new(); words.len()];
            for (number, found) in resolver.resolve(vocabulary).into_iter().enumerate() {
                let word = asked[number];
                let most = if number < words.len() { 1.0 } else { OTHER_READING };
                let is_one_word = |(form, _): &(u32, Grade)| !vocabulary.form(*form as usize).contains(GROUP);
                for (form, grade) in found.into_iter().filter(is_one_word) {
                    let is_hyphenated = vocabulary.form(form as usize).contains('-') && grade >= Grade::Head;
                    let weight = if is_hyphenated { HYPHENATED } else { weight(grade) };
                    let known = of_part[word].entry(form).or_default();
                    *known = known.max(weight.min(most));
                }
            }
            for (number, word) in words.iter().enumerate().filter(|(_, word)| is_norwegian && !word.contains('-')) {
                for form in with_stem(word, vocabulary) {
                    let known = of_part[number].entry(form).or_default();
                    *known = known.max(OTHER_READING);
                }
            }
            for (number, word) in words.iter().enumerate().filter(|_| is_norwegian) {
                let twins = language::twins(word).into_iter().filter_map(|twin| vocabulary.find(&twin));
                for form in twins.filter_map(|place| u32::try_from(place).ok()) {
                    let known = of_part[number].entry(form).or_default();
                    *known = known.max(OTHER_READING);
                }
            }
            for (word, weighted) in of_part.into_iter().enumerate() {
                is_known[word] |= weighted.values().any(|weight| *weight >= DERIVED);
                forms[word].push(weighted.into_iter().collect());
            }
        }
        let mut resolved = Self { words, forms };
        for word in (0..resolved.words.len()).filter(|word| !is_known[*word]) {
            resolved.misspelt(corpus, word);
        }
        for word in 0..resolved.words.len() {
            resolved.last_parts(corpus, languages, word);
        }
        resolved
    }

    /// The forms of `word` in part `part`; none for a word that was not resolved.
    pub(super) fn of(&self, word: &str, part: usize) -> &[Weighted] {
        match self.words.binary_search_by(|known| known.as_str().cmp(word)) {
            Ok(index) => &self.forms[index][part],
            Err(_) => &[],
        }
    }

    /// All forms of `word` as texts, with their weights.
    pub(super) fn texts(&self, corpus: &Corpus, word: &str) -> BTreeMap<String, f32> {
        let mut texts = BTreeMap::new();
        for (index, part) in corpus.parts().iter().enumerate() {
            for (form, weight) in self.of(word, index) {
                texts.insert(part.vocabulary().forms().form(*form as usize).to_owned(), *weight);
            }
        }
        texts
    }

    /// A word that the material does not have may be misspelt, in the claim or there.
    fn misspelt(&mut self, corpus: &Corpus, word: usize) {
        let wanted = self.words[word].clone();
        let length = wanted.chars().count();
        if length < MIN_MISSPELT_LENGTH || wanted.contains(|c: char| c.is_ascii_digit()) {
            return;
        }
        let edits = if length < TWO_EDITS { 1 } else { 2 };
        let mut near: Vec<(usize, usize, u32)> = Vec::new();
        for (index, part) in corpus.parts().iter().enumerate() {
            let forms = part.vocabulary().forms();
            let candidates = (0_u32..)
                .zip(forms.iter())
                .filter(|(_, form)| form.len().abs_diff(wanted.len()) <= edits && !form.contains(GROUP));
            near.extend(candidates.filter_map(|(number, form)| {
                let distance = strsim::osa_distance(&wanted, form);
                (distance <= edits).then_some((distance, index, number))
            }));
        }
        let Some(nearest) = near.iter().map(|(distance, ..)| *distance).min() else { return };
        for (_, part, form) in near.into_iter().filter(|(distance, ..)| *distance == nearest) {
            add(&mut self.forms[word][part], form, MISSPELT);
        }
    }

    /// `kommunepolitikerne` in a claim speaks of `politikere` too.
    fn last_parts(&mut self, corpus: &Corpus, languages: &[Language], word: usize) {
        let wanted = self.words[word].clone();
        let cuts: Vec<usize> = wanted.char_indices().map(|(at, _)| at).skip(3).collect();
        for at in cuts {
            let tail = &wanted[at..];
            if tail.chars().count() < MIN_PART_LENGTH {
                break;
            }
            if corpus.parts().iter().all(|part| part.vocabulary().forms().find(tail).is_none()) {
                continue;
            }
            let query = WordQuery {
                word: tail.to_owned(),
                languages: languages.to_vec(),
                compounds: Compounds::Head,
                derive: false,
            };
            let matcher = WordMatcher::new(&query);
            if matcher.accept(&wanted) != Some(Grade::Head) {
                continue;
            }
            for (index, part) in corpus.parts().iter().enumerate() {
                let forms = part.vocabulary().forms();
                // A form of the last part begins as it does, but for a changed vowel, which is not worth a search.
                let stem: String = tail.chars().take(MIN_PART_LENGTH).collect();
                let mut form = forms.first_at_or_after(&stem);
                while form < forms.len() && forms.form(form).starts_with(&stem) {
                    if matcher.whole_word(forms.form(form)) {
                        add(&mut self.forms[word][index], u32::try_from(form).unwrap_or(u32::MAX), LAST_PART);
                    }
                    form += 1;
                }
            }
            break;
        }
    }
}

/// The forms with the Snowball stem of `word`: it is a beginning of each of them. What is left of `synlig` is `syn`, which
/// `synes` has too, and of `billig` it is `bil`: an adjective of this kind has forms of its kind only.
fn with_stem(word: &str, vocabulary: &FormList) -> Vec<u32> {
    let stem = language::norwegian_stem(word);
    let is_adjective = is_adjective_in_ig(word);
    let has_stem = |place: &usize| {
        let form = vocabulary.form(*place);
        !form.contains(GROUP) && language::norwegian_stem(form) == stem && is_adjective_in_ig(form) == is_adjective
    };
    vocabulary.beginning_with(&stem).filter(has_stem).filter_map(|place| u32::try_from(place).ok()).collect()
}

/// A guess by the ending: `synlig`, `billigere`, `farleg`; not `bolig`.
fn is_adjective_in_ig(form: &str) -> bool {
    const ENDINGS: [&str; 10] = ["ig", "ige", "igere", "igst", "igste", "leg", "lege", "legare", "legast", "legaste"];
    ENDINGS.iter().any(|ending| form.strip_suffix(ending).is_some_and(|stem| stem.chars().count() >= 2))
        && form.chars().count() > 4
        && !language::is_noun(form)
}

fn add(forms: &mut Vec<Weighted>, form: u32, weight: f32) {
    if let Err(at) = forms.binary_search_by_key(&form, |(known, _)| *known) {
        forms.insert(at, (form, weight));
    }
}

fn weight(grade: Grade) -> f32 {
    match grade {
        Grade::Exact | Grade::Inflection => 1.0,
        Grade::Derived => DERIVED,
        _ => COMPOUND,
    }
}
