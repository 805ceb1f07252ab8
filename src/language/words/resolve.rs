//! Many words against many forms at once, as coding does it: which forms of the material does each word accept?
//!
//! Every form that a word may have is known beforehand, so the question is turned round: for each form, each of its
//! ends and beginnings is looked up among the forms of all words. Only what is found there is asked about.

use rayon::prelude::*;

use super::compound::Whole;
use super::keys::{Direction, Keys};
use super::list::FormList;
use super::matcher::{WordMatcher, WordQuery, bare};
use super::shape::Shape;
use super::stemmer;
use crate::language::{Grade, OtherLanguage};

/// Forms that one task works through.
const CHUNK: usize = 4096;
/// To look up one ending or beginning in a list takes as long as to look at so many of its forms.
const LOOK_UP: usize = 8;
/// More endings and beginnings than this are not looked up in any list.
const MAX_ENDS: usize = 1 << 15;

/// For each query, the forms it accepts (their places in `forms`, ascending) and how.
///
/// The answers are those of [`WordMatcher::accept`] for every pair. For several lists of forms, see [`Resolver`].
#[must_use]
pub fn resolve(queries: &[WordQuery], forms: &[&str]) -> Vec<Vec<(u32, Grade)>> {
    let mut order: Vec<u32> = (0..offset(forms.len())).collect();
    order.sort_by_key(|place| forms[*place as usize]);
    let list = order.iter().map(|place| forms[*place as usize]).collect();
    let mut resolved = Resolver::new(queries).resolve(&list);
    for found in &mut resolved {
        found.iter_mut().for_each(|(form, _)| *form = order[*form as usize]);
        found.sort_unstable();
    }
    resolved
}

/// Word queries made ready, and where to look for those that a form concerns.
#[derive(Debug)]
pub struct Resolver {
    matchers: Vec<WordMatcher>,
    /// The words and their forms, as ends of forms.
    tails: Keys,
    /// The first parts of compounds, as beginnings of forms.
    heads: Keys,
    /// Languages that are stemmed, and the stems in each.
    stems: Vec<(OtherLanguage, Keys)>,
    /// What a plain form has for its end, or for its beginning, if it is any word's; nothing where that is too much to
    /// be looked up.
    by_ends: Option<Ends>,
}

#[derive(Debug)]
struct Ends {
    endings: Vec<String>,
    beginnings: Vec<String>,
}

impl Resolver {
    /// The resolver for `queries`.
    #[must_use]
    pub fn new(queries: &[WordQuery]) -> Self {
        let matchers: Vec<WordMatcher> = queries.par_iter().map(WordMatcher::new).collect();
        let numbered = || (0_u32..).zip(&matchers);
        let tails = numbered().flat_map(|(number, matcher)| {
            let bases = matcher.bases.iter().flat_map(|(base, _)| base.forms().chain([base.word.as_str()]));
            let own = [matcher.query.word.as_str(), bare(&matcher.query.word)];
            bases.chain(own).map(move |form| (form, number))
        });
        let tails: Vec<(&str, u32)> = tails.collect();
        let heads = numbered()
            .filter(|(_, matcher)| matcher.takes_modifiers())
            .flat_map(|(number, matcher)| matcher.first_parts.iter().map(move |part| (part.as_str(), number)));
        let heads: Vec<(&str, u32)> = heads.collect();
        let mut languages: Vec<OtherLanguage> =
            matchers.iter().flat_map(|matcher| matcher.stems.iter().map(|(language, _)| *language)).collect();
        languages.sort_unstable();
        languages.dedup();
        let stems_in = |language| {
            numbered().flat_map(move |(number, matcher)| {
                let stems = matcher.stems.iter().filter(move |(of, _)| *of == language);
                stems.map(move |(_, stem)| (stem.as_str(), number))
            })
        };
        let stems = languages.into_iter();
        let stems: Vec<_> =
            stems.map(|language| (language, Keys::new(Direction::Forwards, stems_in(language)))).collect();
        Self {
            by_ends: (stems.is_empty() && tails.len() + heads.len() <= MAX_ENDS).then(|| Ends {
                endings: shortest(tails.iter().map(|(tail, _)| *tail), Direction::Backwards),
                beginnings: shortest(heads.iter().map(|(head, _)| *head), Direction::Forwards),
            }),
            tails: Keys::new(Direction::Backwards, tails.into_iter()),
            heads: Keys::new(Direction::Forwards, heads.into_iter()),
            stems,
            matchers,
        }
    }

    /// The forms that each query accepts, with their grades, for the queries that the resolver was built from.
    #[must_use]
    pub fn resolve(&self, forms: &FormList) -> Vec<Vec<(u32, Grade)>> {
        let places = self.places(forms);
        let work = |places: &[u32]| {
            let mut task = Task { resolver: self, accepted: Vec::new(), candidates: Vec::new() };
            places.iter().for_each(|place| task.form(*place, forms.form(*place as usize)));
            task.accepted
        };
        let chunks: Vec<Vec<Accepted>> = places.par_chunks(CHUNK).map(work).collect();
        let mut counts = vec![0; self.matchers.len()];
        for accepted in chunks.iter().flatten() {
            counts[accepted.query as usize] += 1;
        }
        let mut resolved: Vec<Vec<(u32, Grade)>> = counts.into_iter().map(Vec::with_capacity).collect();
        for accepted in chunks.into_iter().flatten() {
            resolved[accepted.query as usize].push((accepted.form, accepted.grade));
        }
        resolved
    }

    /// The places of the forms that must be looked at, ascending.
    fn places(&self, forms: &FormList) -> Vec<u32> {
        let all = || (0..offset(forms.len())).collect();
        let Some(Ends { endings, beginnings }) = &self.by_ends else { return all() };
        if endings.len() + beginnings.len() > forms.len() / LOOK_UP {
            return all();
        }
        let mut places = forms.unusual().to_vec();
        endings.iter().for_each(|ending| places.extend(forms.ending_with(ending)));
        for beginning in beginnings {
            places.extend(forms.beginning_with(beginning).map(offset));
        }
        places.sort_unstable();
        places.dedup();
        places
    }
}

struct Accepted {
    query: u32,
    form: u32,
    grade: Grade,
}

/// One thread's work.
struct Task<'r> {
    resolver: &'r Resolver,
    accepted: Vec<Accepted>,
    candidates: Vec<Candidate>,
}

/// A word that a form may belong to; `at` says where the word begins or ends in it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Candidate {
    query: u32,
    grade: Grade,
    at: usize,
}

impl Task<'_> {
    fn form(&mut self, number: u32, form: &str) {
        self.candidates.clear();
        match Shape::of(form) {
            Shape::Plain(form) => self.plain(number, form),
            shape => {
                self.parts(form, shape);
                self.ask(number, form);
            }
        }
    }

    /// The usual case: each candidate knows which question to ask.
    fn plain(&mut self, number: u32, form: &str) {
        let Self { resolver, candidates, .. } = self;
        resolver.tails.find(form, |at, query| {
            let grade = if at == 0 { Grade::Exact } else { Grade::Head };
            candidates.push(Candidate { query, grade, at });
        });
        resolver.heads.find(form, |at, query| candidates.push(Candidate { query, grade: Grade::Modifier, at }));
        self.stems(form);
        self.candidates.sort_unstable();
        let whole = Whole::of(form);
        let mut candidates = self.candidates.as_slice();
        while let Some(first) = candidates.first() {
            let (own, rest) = candidates.split_at(candidates.partition_point(|other| other.query == first.query));
            candidates = rest;
            let matcher = &self.resolver.matchers[first.query as usize];
            let asked = own.iter().find_map(|candidate| match candidate.grade {
                Grade::Head => (matcher.takes_heads() && matcher.is_head(&whole, candidate.at)).then_some(Grade::Head),
                Grade::Modifier => matcher.fits_first_part(&whole, candidate.at).then_some(Grade::Modifier),
                _ => matcher.whole(form),
            });
            self.accepted.extend(asked.map(|grade| Accepted { query: first.query, form: number, grade }));
        }
    }

    /// Every word that any part of an unusual form may concern.
    fn parts(&mut self, form: &str, shape: Shape<'_>) {
        match shape {
            Shape::Suspended(group) => group.joined().for_each(|joined| self.part(&joined)),
            Shape::Broken { left, right } => {
                self.part(&format!("{left}{right}"));
            }
            Shape::Plain(whole)
            | Shape::Hyphenated(whole)
            | Shape::SuspendedLeft(whole)
            | Shape::SuspendedRight(whole) => {
                for part in whole.split('-').chain([whole, form]) {
                    self.part(part);
                    self.part(part.strip_suffix('s').unwrap_or_default());
                }
            }
        }
    }

    fn part(&mut self, part: &str) {
        let Self { resolver, candidates, .. } = self;
        let mut add = |at, query| candidates.push(Candidate { query, grade: Grade::Exact, at });
        resolver.tails.find(part, &mut add);
        resolver.heads.find(part, &mut add);
        self.stems(part);
    }

    fn stems(&mut self, form: &str) {
        for (language, stems) in &self.resolver.stems {
            let stem = stemmer::stem(form, *language);
            stems.find(&stem, |at, query| {
                if at == stem.len() {
                    self.candidates.push(Candidate { query, grade: Grade::Exact, at: 0 });
                }
            });
        }
    }

    fn ask(&mut self, number: u32, form: &str) {
        self.candidates.sort_unstable();
        self.candidates.dedup_by_key(|candidate| candidate.query);
        for candidate in &self.candidates {
            let grade = self.resolver.matchers[candidate.query as usize].accept(form);
            self.accepted.extend(grade.map(|grade| Accepted { query: candidate.query, form: number, grade }));
        }
    }
}

/// Those of `keys` that no other is the end of, or the beginning.
fn shortest<'k>(keys: impl Iterator<Item = &'k str>, direction: Direction) -> Vec<String> {
    let mut keys: Vec<&str> = keys.collect();
    match direction {
        Direction::Forwards => keys.sort_unstable(),
        Direction::Backwards => keys.sort_unstable_by(|a, b| a.bytes().rev().cmp(b.bytes().rev())),
    }
    keys.dedup_by(|key, shorter| match direction {
        Direction::Forwards => key.starts_with(*shorter),
        Direction::Backwards => key.ends_with(*shorter),
    });
    keys.into_iter().map(str::to_owned).collect()
}

fn offset(place: usize) -> u32 {
    u32::try_from(place).expect("an index holds fewer forms than 4 billion")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::sample::{Index, select};

    use super::super::lexicon::Lexicon;
    use super::*;
    use crate::language::{Compounds, Language};

    /// The law: the fast way gives what the obvious way gives.
    #[track_caller]
    fn check_equal(queries: &[WordQuery], forms: &[&str]) {
        let resolved = resolve(queries, forms);
        for (query, resolved) in queries.iter().zip(resolved) {
            let matcher = WordMatcher::new(query);
            let accepted = (0_u32..).zip(forms).filter_map(|(place, form)| Some((place, matcher.accept(form)?)));
            assert_eq!(resolved, accepted.collect::<Vec<_>>(), "{query:?}");
        }
    }

    fn query(word: &str, number: usize) -> WordQuery {
        let languages = match number % 4 {
            0 => vec![Language::Bokmaal],
            1 => vec![Language::Nynorsk, Language::Other(OtherLanguage::English)],
            _ => vec![Language::Bokmaal, Language::Nynorsk],
        };
        let compounds = [Compounds::Both, Compounds::Head, Compounds::None][number % 3];
        WordQuery { word: word.to_owned(), languages, compounds, derive: number % 5 < 2 }
    }

    const WORDS: [&str; 17] = [
        "forankring",
        "forankre",
        "ledelse",
        "lede",
        "samarbeid",
        "mann",
        "bok",
        "nettverk",
        "e-læring",
        "tålmodig",
        "ildsjeler",
        "delta",
        "leiing",
        "å",
        "innovasjon",
        "owner",
        "leder-",
    ];

    #[test]
    fn equals_the_definition_on_the_lexicon() {
        let known = Lexicon::get().forms();
        let mut forms: Vec<String> = known.iter().step_by(2003).cloned().collect();
        let pairs = known.iter().step_by(4001).zip(known.iter().skip(17).step_by(4003));
        forms.extend(pairs.clone().map(|(one, two)| format!("{one}s{two}")));
        forms.extend(pairs.map(|(one, two)| format!("{one}-{two}")));
        forms.extend(WORDS.iter().flat_map(|word| WORDS.iter().map(move |other| format!("{other}s{word}er"))));
        let forms: Vec<&str> = forms.iter().map(String::as_str).collect();
        let words = known.iter().step_by(50_021).map(String::as_str).chain(WORDS);
        let queries: Vec<WordQuery> = (0..).zip(words).map(|(number, word)| query(word, number)).collect();
        check_equal(&queries, &forms);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn equals_the_definition_on_made_up_forms(
            parts in prop::collection::vec((select(&WORDS[..]), select(&["", "s", "e", "-", "-\u{1f}", "\u{1e}", "en", "er"][..]), select(&WORDS[..]), select(&["", "s", "ene", "-", "ar", "te", "\u{1f}3"][..])), 1..20),
            noise in prop::collection::vec("[a-eæøå\u{1e}\u{1f}-]{0,9}", 0..10),
            numbers in prop::collection::vec((select(&WORDS[..]), any::<Index>()), 1..6),
        ) {
            let made = parts.iter().map(|(one, link, two, ending)| format!("{one}{link}{two}{ending}"));
            let forms: Vec<String> = made.chain(noise).collect();
            let forms: Vec<&str> = forms.iter().map(String::as_str).collect();
            let queries: Vec<WordQuery> = numbers.iter().map(|(word, number)| query(word, number.index(60))).collect();
            check_equal(&queries, &forms);
        }
    }
}
