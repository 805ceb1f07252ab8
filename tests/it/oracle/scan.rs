//! The plain scan: what a codebook matches in one segment, read off the text word by word.
//!
//! Written from the rules of the pattern language and the counting rules, and for nothing but being obvious. What it
//! shares with the program is the tokeniser, the definition of which forms a bare word accepts, and the compiled
//! regular expressions; words, phrases, operators, `not` and overlaps are decided here once more.

use std::cell::RefCell;
use std::collections::BTreeMap;

use temakart::codebook::pattern::{Atom, AtomKind, Element, GlobPart, Pattern, word_regex};
use temakart::codebook::{Code, CodePattern, Codebook};
use temakart::language::{BROKEN, GROUP, Grade, Language, Tokens, WordMatcher, WordQuery};
use temakart::text::fold;
use unicode_normalization::UnicodeNormalization as _;

/// A mention: words from – to in its segment, by which pattern of its code, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Found {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) pattern: usize,
    pub(super) grade: Grade,
}

/// One code, ready to be looked for in one segment after another.
pub(super) struct Scan {
    patterns: Vec<Node>,
    not: Vec<Node>,
}

impl Scan {
    pub(super) fn new(codebook: &Codebook, code: &Code) -> Self {
        let nodes = |patterns: &[CodePattern]| {
            let options = |pattern| Options { languages: &codebook.languages, forms_not: &code.forms_not, pattern };
            patterns.iter().map(|pattern| options(pattern).node(&pattern.pattern)).collect()
        };
        Self { patterns: nodes(&code.patterns), not: nodes(&code.not) }
    }

    /// The code's mentions in a segment with this text, in their order.
    pub(super) fn mentions(&self, text: &str) -> Vec<Found> {
        let passage = Passage { text, tokens: Tokens::of(text) };
        let void: Vec<Fit> = self.not.iter().flat_map(|node| node.fits(&passage)).collect();
        let mut matches = Vec::new();
        for (pattern, node) in self.patterns.iter().enumerate() {
            let fits = node.fits(&passage).into_iter().filter(|fit| !void.iter().any(|void| fit.shares(void)));
            matches.extend(fits.map(|fit| (fit, pattern)));
        }
        matches.sort_by_key(|(fit, pattern)| (std::cmp::Reverse(fit.to - fit.from), fit.from, *pattern));
        let mut taken: Vec<(Fit, usize)> = Vec::new();
        for (fit, pattern) in matches {
            if !taken.iter().any(|(other, _)| fit.shares(other)) {
                taken.push((fit, pattern));
            }
        }
        taken.sort();
        taken.into_iter().map(|(Fit { from, to, grade }, pattern)| Found { from, to, pattern, grade }).collect()
    }
}

/// A place where a pattern or a part of one fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Fit {
    from: usize,
    to: usize,
    grade: Grade,
}

impl Fit {
    fn shares(&self, other: &Self) -> bool {
        self.from < other.to && other.from < self.to
    }

    /// How many words stand between the two; `None` where they share one.
    fn words_between(&self, other: &Self) -> Option<usize> {
        other.from.checked_sub(self.to).or_else(|| self.from.checked_sub(other.to))
    }
}

/// Every place once, in order, with its best grade.
fn in_order(mut fits: Vec<Fit>) -> Vec<Fit> {
    fits.sort();
    fits.dedup_by_key(|fit| (fit.from, fit.to));
    fits
}

/// A segment's text and its words.
struct Passage<'text> {
    text: &'text str,
    tokens: Tokens,
}

impl Passage<'_> {
    fn n_words(&self) -> usize {
        self.tokens.words().len()
    }

    /// Whether a phrase may go on with word `index`.
    fn goes_on_with(&self, index: usize) -> bool {
        index < self.n_words() && !self.tokens.words()[index].after_break
    }

    /// What words `from` to `to` look like, but for what nobody sees.
    fn written(&self, from: usize, to: usize) -> String {
        let words = self.tokens.words();
        visible(&self.text[words[from].start as usize..words[to - 1].end as usize])
    }

    /// All words and all groups of words that stand for one.
    fn forms(&self) -> impl Iterator<Item = (usize, usize, &str)> {
        let words = (0..self.n_words()).map(|index| (index, index + 1, self.tokens.form(index)));
        let groups = self.tokens.groups().iter();
        words.chain(groups.map(|group| (group.first as usize, group.last as usize + 1, group.form.as_str())))
    }
}

/// Composed, without soft hyphens and the like, hyphens alike, none at the ends.
fn visible(written: &str) -> String {
    let seen = written.nfc().filter(|c| !matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}'));
    let alike = seen.map(|c| if matches!(c, '\u{2010}' | '\u{2011}') { '-' } else { c });
    alike.collect::<String>().trim_matches('-').to_owned()
}

/// A pattern with every word ready to be asked.
enum Node {
    Word(Box<Word>),
    /// `None` is any one word.
    Phrase(Vec<Option<Word>>),
    Near {
        left: Box<Node>,
        right: Box<Node>,
        distance: usize,
        ordered: bool,
    },
    NotNear {
        left: Box<Node>,
        right: Box<Node>,
        distance: usize,
    },
    And(Vec<Node>),
    Or(Vec<Node>),
    Not(Box<Node>),
}

impl Node {
    fn fits(&self, passage: &Passage<'_>) -> Vec<Fit> {
        match self {
            Self::Word(word) => word.fits(passage),
            Self::Phrase(elements) => phrase(elements, passage),
            Self::Near { left, right, distance, ordered } => {
                near(&left.fits(passage), &right.fits(passage), *distance, *ordered)
            }
            Self::NotNear { left, right, distance } => {
                let others = right.fits(passage);
                let is_near = |fit: &Fit, other: &Fit| {
                    let is_other = (fit.from, fit.to) != (other.from, other.to);
                    is_other && fit.words_between(other).is_none_or(|words| words < *distance)
                };
                let fits = left.fits(passage).into_iter();
                fits.filter(|fit| !others.iter().any(|other| is_near(fit, other))).collect()
            }
            Self::And(parts) => {
                let is_met = |part: &Self| match part {
                    Self::Not(inner) => inner.fits(passage).is_empty(),
                    part => !part.fits(passage).is_empty(),
                };
                let all = parts.iter().all(is_met);
                in_order(parts.iter().filter(|_| all).flat_map(|part| part.fits(passage)).collect())
            }
            Self::Or(parts) => in_order(parts.iter().flat_map(|part| part.fits(passage)).collect()),
            Self::Not(_) => Vec::new(),
        }
    }
}

/// Words next to each other without a break between them.
fn phrase(elements: &[Option<Word>], passage: &Passage<'_>) -> Vec<Fit> {
    let fits: Vec<Vec<Fit>> = elements
        .iter()
        .map(|element| match element {
            Some(word) => word.fits(passage),
            None => (0..passage.n_words()).map(|from| Fit { from, to: from + 1, grade: Grade::Exact }).collect(),
        })
        .collect();
    let mut found = Vec::new();
    for from in 0..passage.n_words() {
        let mut ends: Vec<usize> = fits[0].iter().filter(|fit| fit.from == from).map(|fit| fit.to).collect();
        for next in &fits[1..] {
            let goes_on = |fit: &&Fit| ends.contains(&fit.from) && passage.goes_on_with(fit.from);
            ends = next.iter().filter(goes_on).map(|fit| fit.to).collect();
        }
        found.extend(ends.into_iter().map(|to| Fit { from, to, grade: Grade::Phrase }));
    }
    in_order(found)
}

/// Each left part, in the order of the text, with its nearest right part that no other left part has.
fn near(left: &[Fit], right: &[Fit], distance: usize, ordered: bool) -> Vec<Fit> {
    let mut free = right.to_vec();
    let mut found = Vec::new();
    for part in left {
        let mut nearest: Option<(usize, Fit)> = None;
        for other in free.iter().filter(|other| !ordered || part.to <= other.from) {
            if let Some(words) = part.words_between(other)
                && words < distance
                && nearest.is_none_or(|(fewest, _)| words < fewest)
            {
                nearest = Some((words, *other));
            }
        }
        if let Some((_, other)) = nearest {
            free.retain(|fit| *fit != other);
            found.push(Fit { from: part.from.min(other.from), to: part.to.max(other.to), grade: Grade::Near });
        }
    }
    in_order(found)
}

/// One word of a pattern.
struct Word {
    test: Test,
    forms_not: Vec<String>,
    /// The same forms come again and again, and the slow answer is slow.
    known: RefCell<BTreeMap<String, Option<Grade>>>,
}

enum Test {
    Bare(Box<WordMatcher>),
    Exact(String),
    ExactCase(String),
    Wildcard(Vec<GlobPart>),
    Fuzzy(String, usize),
    Regex(regex::Regex),
}

impl Word {
    fn fits(&self, passage: &Passage<'_>) -> Vec<Fit> {
        let mut fits = Vec::new();
        for (from, to, form) in passage.forms().filter(|(_, _, form)| !self.forms_not.iter().any(|not| not == form)) {
            let is_written_so = || match &self.test {
                Test::ExactCase(wanted) => passage.written(from, to) == *wanted,
                _ => true,
            };
            fits.extend(self.accept(form).filter(|_| is_written_so()).map(|grade| Fit { from, to, grade }));
        }
        in_order(fits)
    }

    fn accept(&self, form: &str) -> Option<Grade> {
        let mut known = self.known.borrow_mut();
        *known.entry(form.to_owned()).or_insert_with(|| self.test.accept(form))
    }
}

impl Test {
    fn accept(&self, form: &str) -> Option<Grade> {
        let is_whole = |word: &str| !form.contains(GROUP) && form.trim_matches('-') == word;
        let any_piece = |is_met: &dyn Fn(&str) -> bool| pieces(form).iter().any(|piece| is_met(piece));
        match self {
            Self::Bare(matcher) => matcher.accept(form),
            Self::Exact(word) => is_whole(word).then_some(Grade::Exact),
            Self::ExactCase(word) => is_whole(&fold(word)).then_some(Grade::Exact),
            Self::Wildcard(parts) => any_piece(&|piece| covers(parts, piece)).then_some(Grade::Wildcard),
            Self::Fuzzy(word, edits) => {
                any_piece(&|piece| strsim::osa_distance(word, piece) <= *edits).then_some(Grade::Fuzzy)
            }
            Self::Regex(regex) => any_piece(&|piece| regex.is_match(piece)).then_some(Grade::Regex),
        }
    }
}

/// What a form shows to wildcards, edits and expressions: the word, and its parts between hyphens; of a word that
/// a line end broke, the whole; of a suspended compound nothing beyond its words.
fn pieces(form: &str) -> Vec<String> {
    if let Some((parts, _)) = form.rsplit_once(GROUP) {
        let broken = parts.split_once(BROKEN);
        return broken.map(|(left, right)| left.trim_end_matches('-').to_owned() + right).into_iter().collect();
    }
    let word = form.trim_matches('-');
    std::iter::once(word).chain(word.split('-').filter(|part| !part.is_empty())).map(str::to_owned).collect()
}

fn covers(parts: &[GlobPart], word: &str) -> bool {
    let Some((part, rest)) = parts.split_first() else { return word.is_empty() };
    match part {
        GlobPart::Literal(literal) => word.strip_prefix(literal.as_str()).is_some_and(|word| covers(rest, word)),
        GlobPart::One => word.chars().next().is_some_and(|first| covers(rest, &word[first.len_utf8()..])),
        GlobPart::Any => {
            let tails = word.char_indices().map(|(at, _)| &word[at..]).chain([""]);
            tails.into_iter().any(|tail| covers(rest, tail))
        }
    }
}

/// What decides about a pattern's words besides the words.
struct Options<'a> {
    languages: &'a [Language],
    forms_not: &'a [String],
    pattern: &'a CodePattern,
}

impl Options<'_> {
    fn node(&self, pattern: &Pattern) -> Node {
        let boxed = |pattern: &Pattern| Box::new(self.node(pattern));
        let all = |parts: &[Pattern]| parts.iter().map(|part| self.node(part)).collect();
        match pattern {
            Pattern::Word(atom) => Node::Word(Box::new(self.word(atom))),
            Pattern::Phrase(elements) => Node::Phrase(
                elements
                    .iter()
                    .map(|element| match element {
                        Element::Atom(atom) => Some(self.word(atom)),
                        Element::Any => None,
                    })
                    .collect(),
            ),
            Pattern::Near { left, right, distance, ordered } => {
                Node::Near { left: boxed(left), right: boxed(right), distance: *distance as usize, ordered: *ordered }
            }
            Pattern::NotNear { left, right, distance } => {
                Node::NotNear { left: boxed(left), right: boxed(right), distance: *distance as usize }
            }
            Pattern::And(parts) => Node::And(all(parts)),
            Pattern::Or(parts) => Node::Or(all(parts)),
            Pattern::Not(inner) => Node::Not(boxed(inner)),
            Pattern::Filter(filter) => unreachable!("a codebook holds no filter: {}", filter.name),
        }
    }

    fn word(&self, atom: &Atom) -> Word {
        let test = match &atom.kind {
            AtomKind::Word(word) => Test::Bare(Box::new(WordMatcher::new(&WordQuery {
                word: word.clone(),
                languages: self.languages.to_vec(),
                compounds: self.pattern.compounds,
                derive: self.pattern.derive,
            }))),
            AtomKind::Exact(word) => Test::Exact(word.clone()),
            AtomKind::ExactCase(word) => Test::ExactCase(visible(word)),
            AtomKind::Wildcard(parts) => Test::Wildcard(parts.clone()),
            AtomKind::Fuzzy { word, edits } => Test::Fuzzy(word.clone(), usize::from(*edits)),
            AtomKind::Regex(source) => Test::Regex(word_regex(source).expect("the pattern was read")),
        };
        Word { test, forms_not: self.forms_not.to_vec(), known: RefCell::default() }
    }
}
